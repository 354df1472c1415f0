package drilltest_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sandtable/evaluation"
	"sandtable/sim"
	"sandtable/sim/drilltest"
	"sandtable/sim/scenario"
)

// What a commander can pull, one lever at a time: each variant differs from its base in that lever alone, is played on
// the same people, and must move its own measure in the right direction, surely (the 95 % interval of the paired
// differences lies on that side of nought).

// seedsLevers is how many draws of the people each lever is tried on.
const seedsLevers = 20

// pull is one lever.
type pull struct {
	name    string
	place   func(t testing.TB, pulled bool) *scenario.Scenario
	orders  func(sc *scenario.Scenario, pulled bool) []sim.Command
	measure func(m *evaluation.Measures, r *sim.Result) float64
	unit    string
	better  float64 // +1 when more is better, -1 when less is
}

// give makes an order at an instant.
func give(at sim.Duration, order string, pairs ...string) sim.Command {
	c := sim.NewCommand(sim.FromPlayer, order, pairs...)
	c.At = sim.Time(at)
	return c
}

// late is the hamlet with the river two and a half times as large and three quarters of an hour later, so that orders
// have time to work.
func late(t testing.TB, _ bool) *scenario.Scenario { return flooded(t, 2.5, 45*sim.Minute) }

// heard is the late hamlet whose village posts warn over some channels, and over more when the lever is pulled.
func heard(base, more []string) func(t testing.TB, pulled bool) *scenario.Scenario {
	return func(t testing.TB, pulled bool) *scenario.Scenario {
		sc := late(t, pulled)
		sc.Posts = slices.Clone(sc.Posts)
		for i := range sc.Posts {
			if sc.Posts[i].Level == "village" {
				sc.Posts[i].Public = base
				if pulled {
					sc.Posts[i].Public = more
				}
			}
		}
		return sc
	}
}

// carless is the late hamlet without cars and two-wheelers, where nobody walks farther than 300 m, with two coaches, and
// eight when the lever is pulled.
func carless(t testing.TB, pulled bool) *scenario.Scenario {
	sc := late(t, pulled)
	sc.Households = slices.Clone(sc.Households)
	for i := range sc.Households {
		sc.Households[i].Cars, sc.Households[i].Bikes = 0, 0
	}
	sc.Population.Behaviour.WalkMax, sc.Population.Behaviour.WalkMaxWeak = 300, 300
	sc.Units = slices.Clone(sc.Units)
	if pulled {
		for k := 3; k <= 8; k++ {
			u := sc.Units[0]
			u.Name = fmt.Sprint("coach-", k)
			sc.Units = append(sc.Units, u)
		}
	}
	return sc
}

// coaches orders everybody to leave and sends every coach there is to a zone in turn.
func coaches(sc *scenario.Scenario, _ bool) []sim.Command {
	all := evacuation(sc, 45*sim.Minute)
	all = slices.DeleteFunc(all, func(c sim.Command) bool { return c.Order == "dispatch_coach" })
	n := 0
	for i := range sc.Units {
		if sc.Units[i].Kind == "coach" {
			all = append(all, give(30*sim.Minute, "dispatch_coach", "unit", sc.Units[i].Name, "zone", sc.Zones[n%len(sc.Zones)].Name))
			n++
		}
	}
	return all
}

// road is a dry place: 400 households with a car each leave over one road of two lanes each way.
func road(t testing.TB, _ bool) *scenario.Scenario {
	var b strings.Builder
	b.WriteString(`
map 100x20 cell=50 level=10
node west 500,500
node east 4500,500
road r1 west east speed=60 lanes=2 capacity=150
roads junctions=false
behaviour heed_evacuate=0.9 delay_t50=10m delay_t90=30m
channel phone use=command delay=1m
channel siren delay=2m reach=0.9
post village 600,600 public=siren
zone z1 0,0 1000,1000 post=village shelters=s1
shelter s1 4500,500 capacity=5000 open
`)
	for i := range 400 {
		fmt.Fprintf(&b, "house h%d %d,490 cars=1 : 40 38 10\n", i, 480+i%40)
	}
	return townOf(t, b.String())
}

// night is a dry place at nightfall: 100 households of a zone are told to leave for a shelter where they have seen all
// there is to see after an hour.
func night(t testing.TB, _ bool) *scenario.Scenario {
	var b strings.Builder
	b.WriteString(`
map 100x20 cell=50 level=10
start 2026-07-18 19:00
node west 500,500
node east 2500,500
road r1 west east
channel phone use=command delay=1m
channel siren delay=2m
post village 600,600 public=siren
zone z1 0,0 1000,1000 post=village shelters=s1
shelter s1 2500,500 capacity=5000 desks=10 open
shelter-rules leave_rate=0.05 patience=1h
`)
	for i := range 100 {
		fmt.Fprintf(&b, "house h%d %d,490 cars=1 animals=%d : 40 38 10\n", i, 480+i%40, i%2)
	}
	return townOf(t, b.String())
}

func townOf(t testing.TB, text string) *scenario.Scenario {
	t.Helper()
	town, err := drilltest.NewTown(text)
	if err != nil {
		t.Fatal(err)
	}
	return town.Scenario
}

func evacuate45(sc *scenario.Scenario, _ bool) []sim.Command { return evacuation(sc, 45*sim.Minute) }

// atDoors returns how long people waited on average from a shelter's door to their registration [min].
func atDoors(_ *evaluation.Measures, r *sim.Result) float64 {
	came := make(map[int32]sim.Time)
	sum, n := 0.0, 0.0
	for i := range r.Events {
		e := &r.Events[i]
		switch e.Kind {
		case sim.EvPartyAtShelter:
			came[e.A.ID] = e.At
		case sim.EvPartySheltered:
			if at, ok := came[e.A.ID]; ok {
				persons := float64(r.Roster.Parties[e.A.ID].Persons)
				sum, n = sum+e.At.Sub(at).Seconds()/60*persons, n+persons
			}
		}
	}
	return sum / max(n, 1)
}

// wentOff counts persons, each time that they leave a shelter against orders.
func wentOff(_ *evaluation.Measures, r *sim.Result) float64 {
	n := 0
	for i := range r.Events {
		if e := &r.Events[i]; e.Kind == sim.EvPartyWentOff {
			n += int(r.Roster.Parties[e.A.ID].Persons)
		}
	}
	return float64(n)
}

func moved(m *evaluation.Measures, _ *sim.Result) float64 { return float64(m.MovedBeforeWater) }

func pulls() []pull {
	speakers, more := []string{"loudspeaker"}, []string{"loudspeaker", "broadcast", "wechat"}
	return []pull{
		{"order 15 min earlier", late, func(sc *scenario.Scenario, pulled bool) []sim.Command {
			if pulled {
				return evacuation(sc, 30*sim.Minute)
			}
			return evacuation(sc, 45*sim.Minute)
		}, moved, "moved before water", 1},
		{"SMS and chat groups beside loudspeakers", heard(speakers, more), evacuate45, moved, "moved before water", 1},
		{"door knocking beside loudspeakers", heard(speakers, []string{"loudspeaker", "door"}), evacuate45, moved,
			"moved before water", 1},
		{"eight coaches instead of two", carless, coaches, moved, "moved before water", 1},
		{"contraflow", road, func(_ *scenario.Scenario, pulled bool) []sim.Command {
			all := []sim.Command{give(0, "evacuate_zone", "zone", "z1")}
			if pulled {
				all = append(all, give(0, "contraflow", "link", "0", "way", "forward", "setup", "5m"))
			}
			return all
		}, func(m *evaluation.Measures, _ *sim.Result) float64 { return m.T90S / 60 }, "nine tenths have left [min]", -1},
		{"shelters opened 30 min before the order", late, func(sc *scenario.Scenario, pulled bool) []sim.Command {
			all := evacuation(sc, 45*sim.Minute)
			for i := range all {
				if pulled && all[i].Order == "open_shelter" {
					all[i].At = sim.Time(15 * sim.Minute)
				}
			}
			return all
		}, atDoors, "wait at the door [min]", -1},
		{"night guard", night, func(_ *scenario.Scenario, pulled bool) []sim.Command {
			all := []sim.Command{give(0, "evacuate_zone", "zone", "z1")}
			if pulled {
				all = append(all, give(0, "guard_shelter", "shelter", "s1", "state", "on"))
			}
			return all
		}, wentOff, "went off against orders", -1},
	}
}

// gain plays a lever with and without on so many draws of the people.
func (p *pull) gain(t testing.TB, seeds uint64) (base, pulled float64, gain interval) {
	t.Helper()
	var values [2][]float64
	for k := range 2 {
		sc := p.place(t, k == 1)
		l := newLaboratory(t, sc)
		commands := p.orders(sc, k == 1)
		for people := range seeds {
			seed := sim.Seed{Hazard: 1, People: people, Drill: 1}
			play := func(protective bool) *sim.Result {
				r, err := l.runner.Run(context.Background(), sim.Job{Name: p.name, Seed: seed, Until: end(sc),
					Commands: commands, KeepProtective: protective})
				if err != nil {
					t.Fatal(err)
				}
				return r
			}
			r := play(true)
			m := l.measure(r, play(false).Events)
			values[k] = append(values[k], p.measure(&m, r))
		}
	}
	for _, v := range values[0] {
		base += v / float64(seeds)
	}
	for _, v := range values[1] {
		pulled += v / float64(seeds)
	}
	return base, pulled, paired(values[1], values[0])
}

// TestLevers: every lever moves its own measure the right way.
func TestLevers(t *testing.T) {
	seeds := uint64(seedsLevers)
	if testing.Short() {
		seeds = 5
	}
	for _, p := range pulls() {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			base, pulled, gain := p.gain(t, seeds)
			t.Logf("| %s | %s | %.1f | %.1f | %v |", p.name, p.unit, base, pulled, gain)
			if p.better*gain.low <= 0 || p.better*gain.high <= 0 {
				t.Errorf("%s: %s from %.1f to %.1f, %v; want it surely %s", p.name, p.unit, base, pulled, gain,
					map[float64]string{1: "more", -1: "less"}[p.better])
			}
		})
	}
}
