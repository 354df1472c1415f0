package lab_test

import (
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/drilltest"
	"sandtable/sim/scenario"
)

// cut has the telephone fail at the first of some instants, work at the second, and so on.
type cut []sim.Duration

func (c cut) Commands(now sim.Time, _ []sim.Event, _ sim.Viewer, buf []sim.Command) []sim.Command {
	for k, at := range c {
		if now == sim.Time(at) {
			buf = append(buf, sim.Command{At: now, Origin: sim.FromDirector, Order: []string{"channel_down", "channel_up"}[k%2],
				Args: []sim.Arg{{Name: "channel", Value: "phone"}}})
		}
	}
	return buf
}

// The village loses its only line at 5:00 and notices at 6:00. Its people see 0.6 m of water at 20:00. Lines of standing
// authority count from when both are so: 6:00 and their cut_off, and what else they wait for; the plan looks every 30 s.
func TestPlanOfStandingAuthority(t *testing.T) {
	town, err := drilltest.NewTown(planTown)
	if err != nil {
		t.Fatal(err)
	}
	sc := town.Scenario
	eight := 8 * sim.Minute
	line := func(p scenario.PlannedOrder, text string) scenario.PlannedOrder {
		if p.Post == "" {
			p.Post = "village"
		}
		p.Order, p.Args = "statement", []sim.Arg{{Name: "zone", Value: "z1"}, {Name: "text", Value: text}}
		return p
	}
	sc.Plan = []scenario.PlannedOrder{
		line(scenario.PlannedOrder{Seen: 0.3, CutOff: 20 * sim.Minute}, "a"),
		line(scenario.PlannedOrder{Seen: 0.6}, "b"),
		line(scenario.PlannedOrder{At: &eight, CutOff: 10 * sim.Minute}, "c"),
		line(scenario.PlannedOrder{CutOff: 15 * sim.Minute, Delay: sim.Minute}, "d"),
		line(scenario.PlannedOrder{Gauge: "g1", Above: 10.5, CutOff: 30 * sim.Minute}, "e"),
		line(scenario.PlannedOrder{Seen: 0.7}, "f"),
		line(scenario.PlannedOrder{Seen: 0.3, Post: "county"}, "g"),
		line(scenario.PlannedOrder{CutOff: sim.Minute, Post: "county"}, "h"),
	}
	want := `0:16:00 in 0:16:00 plan statement zone=z1 text=c
0:20:30 in 0:20:30 plan statement zone=z1 text=b
0:22:00 in 0:22:00 plan statement zone=z1 text=d
0:26:00 in 0:26:00 plan statement zone=z1 text=a
0:36:00 in 0:36:00 plan statement zone=z1 text=e
`
	got := played(t, sc, cut{5 * sim.Minute})
	const director = "0:05:00 in 0:05:00 director channel_down channel=phone\n"
	if got != director+want {
		t.Errorf("given:\n%swant:\n%s%s", got, director, want)
	}
}

// The village is cut off from 6:00 on, may act after ten minutes, and takes five to decide: but at 18:00 the telephone works
// again, and whoever can ask does not decide alone. From 30:00 on it is cut off once more, and acts at 45:00.
func TestContactEndsStandingAuthority(t *testing.T) {
	town, err := drilltest.NewTown(planTown)
	if err != nil {
		t.Fatal(err)
	}
	sc := town.Scenario
	sc.Plan = []scenario.PlannedOrder{{Post: "village", CutOff: 10 * sim.Minute, Delay: 5 * sim.Minute,
		Order: "statement", Args: []sim.Arg{{Name: "zone", Value: "z1"}}}}
	got := played(t, sc, cut{5 * sim.Minute, 17*sim.Minute + 30*sim.Second, 29*sim.Minute + 30*sim.Second})
	if want := "0:45:00 in 0:45:00 plan statement zone=z1\n"; !strings.HasSuffix(got, "channel_down channel=phone\n"+want) {
		t.Errorf("given:\n%swant at last:\n%s", got, want)
	}
}

// Nobody is at the village until 25:00: its line is given at 10:00, and refused, and again when the plan looks next after
// he has come. Where a deputy is there he gives it in its time.
func TestPlanOfAPostWhereNobodyIs(t *testing.T) {
	for _, c := range []struct {
		name   string
		deputy bool
		want   string
	}{
		{"nobody", false, "0:10:00 in 0:10:00 plan statement zone=z1\n0:25:30 in 0:25:30 plan statement zone=z1\n"},
		{"deputy", true, "0:10:00 in 0:10:00 plan statement zone=z1\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			town, err := drilltest.NewTown(planTown)
			if err != nil {
				t.Fatal(err)
			}
			sc := town.Scenario
			back, ten := 25*sim.Minute, 10*sim.Minute
			sc.Officials = []scenario.Official{{Name: "li", Post: "village", Absent: true, Arrives: &back}}
			if c.deputy {
				sc.Officials = append(sc.Officials, scenario.Official{Name: "zhao", Post: "village"})
			}
			sc.Plan = []scenario.PlannedOrder{{At: &ten, Post: "village", Order: "statement",
				Args: []sim.Arg{{Name: "zone", Value: "z1"}}}}
			if got := played(t, sc); got != c.want {
				t.Errorf("given:\n%swant:\n%s", got, c.want)
			}
		})
	}
}
