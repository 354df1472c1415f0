package lab_test

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/drilltest"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// cut has the telephone fail at 5:00.
type cut struct{}

func (cut) Commands(now sim.Time, _ []sim.Event, _ sim.Viewer, buf []sim.Command) []sim.Command {
	if now == sim.Time(5*sim.Minute) {
		buf = append(buf, sim.Command{At: now, Origin: sim.FromDirector, Order: "channel_down",
			Args: []sim.Arg{{Name: "channel", Value: "phone"}}})
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
	w, err := engine.New(engine.Config{Scenario: sc})
	if err != nil {
		t.Fatal(err)
	}
	given := &given{}
	source := engine.Join{lab.NewPlan(sc, w.Names()), cut{}}
	if err := engine.Drive(t.Context(), w, source, sim.Time(sim.Hour), given); err != nil {
		t.Fatal(err)
	}
	got := given.String()
	const director = "0:05:00 in 0:05:00 director channel_down channel=phone\n"
	if got != director+want {
		t.Errorf("given:\n%swant:\n%s%s", got, director, want)
	}
}
