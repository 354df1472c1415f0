package drilltest_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"sandtable/evaluation"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// seedsOfLevers is how many draws of the people each lever is tried on. The flood is the same in all of them.
const seedsOfLevers = 20

// laboratory runs variants of one scenario and measures them against the reference run of the same people.
type laboratory struct {
	sc     *scenario.Scenario
	runner lab.Runner
	world  *engine.World // for names and sites
}

func newLaboratory(t testing.TB, sc *scenario.Scenario) *laboratory {
	return &laboratory{sc: sc, runner: lab.Runner{Scenario: sc, Films: films(t)},
		world: newWorld(t, engine.Config{Scenario: sc})}
}

func (l *laboratory) run(t testing.TB, people uint64, protective bool, given []sim.Command) *sim.Result {
	t.Helper()
	r, err := l.runner.Run(context.Background(), sim.Job{Name: "lever", Seed: sim.Seed{Hazard: 1, People: people, Drill: 1},
		Until: end(l.sc), Commands: given, KeepProtective: protective})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (l *laboratory) measure(r *sim.Result, reference []sim.Event) evaluation.Measures {
	in := evaluation.Input{Scenario: l.sc, Names: l.world.Names(), Sites: l.world.Sites(), Roster: r.Roster,
		Events: r.Events, Until: r.Until}
	return evaluation.Measure(&in, reference).Total
}

// evacuation orders every zone to leave at an instant: the shelters are opened, two coaches go to the zones furthest
// from the town.
func evacuation(sc *scenario.Scenario, at sim.Duration) []sim.Command {
	var all []sim.Command
	give := func(order string, pairs ...string) {
		c := sim.NewCommand(sim.FromPlayer, order, pairs...)
		c.At = sim.Time(at)
		all = append(all, c)
	}
	for i := range sc.Shelters {
		give("open_shelter", "shelter", sc.Shelters[i].Name)
	}
	for i := range sc.Zones {
		give("evacuate_zone", "zone", sc.Zones[i].Name)
	}
	give("dispatch_coach", "unit", "coach-1", "zone", "z03")
	give("dispatch_coach", "unit", "coach-2", "zone", "z04")
	return all
}

// interval is the mean of paired differences and its 95 % confidence interval by Student's t.
type interval struct{ mean, low, high float64 }

func (i interval) String() string { return fmt.Sprintf("%+.2f [%+.2f, %+.2f]", i.mean, i.low, i.high) }

func paired(after, before []float64) interval {
	diff := make([]float64, len(after))
	for i := range diff {
		diff[i] = after[i] - before[i]
	}
	mean, deviation := stat.MeanStdDev(diff, nil)
	n := float64(len(diff))
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(0.975)
	half := t * deviation / math.Sqrt(n)
	return interval{mean, mean - half, mean + half}
}

// lever is what one variant gives on every draw of the people.
type lever struct{ moved, caught, dead []float64 }

func (l *lever) add(m evaluation.Measures) {
	l.moved = append(l.moved, float64(m.MovedBeforeWater))
	l.caught = append(l.caught, float64(m.Caught))
	l.dead = append(l.dead, float64(m.Dead))
}

// against logs what a variant gains over another one and holds that against the property: more people are moved before
// the water, and there is no evidence that it costs lives. slack is by how many persons the upper end of the
// interval of the dead may lie above zero: few die in a small flood, whole families at once.
func (l *lever) against(t *testing.T, name string, other *lever, slack float64) {
	t.Helper()
	moved, caught, dead := paired(l.moved, other.moved), paired(l.caught, other.caught), paired(l.dead, other.dead)
	t.Logf("%s: moved before water %v, caught %v, dead %v", name, moved, caught, dead)
	if moved.low <= 0 {
		t.Errorf("%s moves %v more persons before the water; want clearly more", name, moved)
	}
	if dead.low > 0 || dead.high > slack {
		t.Errorf("%s costs %v lives; want none", name, dead)
	}
}

// TestEarlierOrderSaves: the same evacuation, ordered a quarter of an hour earlier and again a quarter of an hour
// earlier, moves more people before the water comes and costs no lives, in the shipped flood and in one that is two and
// a half times as large and comes later. It is a property of the model over many people, not of one run: in one run
// an earlier departure may meet the water on the road that a later one misses.
func TestEarlierOrderSaves(t *testing.T) {
	for _, flood := range []struct {
		river  float64
		later  sim.Duration
		orders []sim.Duration
	}{
		{1, 0, []sim.Duration{45 * sim.Minute, 30 * sim.Minute, 15 * sim.Minute}},
		{2.5, 45 * sim.Minute, []sim.Duration{60 * sim.Minute, 45 * sim.Minute, 30 * sim.Minute}},
	} {
		t.Run(fmt.Sprintf("river x %g, %v later", flood.river, flood.later), func(t *testing.T) {
			l := newLaboratory(t, flooded(t, flood.river, flood.later))
			given := make([]lever, len(flood.orders))
			var nothing lever
			for people := range uint64(seedsOfLevers) {
				reference := l.run(t, people, false, nil)
				nothing.add(l.measure(reference, reference.Events))
				for k, at := range flood.orders {
					given[k].add(l.measure(l.run(t, people, true, evacuation(l.sc, at)), reference.Events))
				}
			}
			tell := func(name string, v *lever) {
				t.Logf("%s: moved before water %.1f, caught %.2f, dead %.2f", name, stat.Mean(v.moved, nil),
					stat.Mean(v.caught, nil), stat.Mean(v.dead, nil))
			}
			tell("never ordered", &nothing)
			for k, at := range flood.orders {
				tell(fmt.Sprint("ordered at ", at), &given[k])
			}
			for k := 1; k < len(given); k++ {
				given[k].against(t, fmt.Sprint(flood.orders[k], " instead of ", flood.orders[k-1]), &given[k-1], 1)
			}
			given[2].against(t, "half an hour earlier", &given[0], 1)
		})
	}
}

// TestPreparationSaves: people who were told to get ready a quarter of an hour before are away sooner.
func TestPreparationSaves(t *testing.T) {
	l := newLaboratory(t, hamlet(t))
	var plain, prepared lever
	for people := range uint64(seedsOfLevers) {
		reference := l.run(t, people, false, nil)
		leave := evacuation(l.sc, 30*sim.Minute)
		var ready []sim.Command
		for i := range l.sc.Zones {
			c := sim.NewCommand(sim.FromPlayer, "prepare_zone", "zone", l.sc.Zones[i].Name)
			c.At = sim.Time(15 * sim.Minute)
			ready = append(ready, c)
		}
		plain.add(l.measure(l.run(t, people, true, leave), reference.Events))
		prepared.add(l.measure(l.run(t, people, true, append(ready, leave...)), reference.Events))
	}
	prepared.against(t, "prepared 15m before", &plain, 1)
}

// TestNobodyIsMovedWithoutAnOrder: without an order nobody is warned and nobody leaves before the water; who leaves
// then does so because the water stands at the door.
func TestNobodyIsMovedWithoutAnOrder(t *testing.T) {
	l := newLaboratory(t, hamlet(t))
	for people := range uint64(5) {
		r := l.run(t, people, false, evacuation(l.sc, 0)) // protective orders, left out of the reference run
		wet := make(map[int32]bool)
		left := 0
		for _, e := range r.Events {
			switch e.Kind {
			case sim.EvPartyWarned, sim.EvAccepted, sim.EvBroadcast:
				t.Errorf("people %d: %v", people, e)
			case sim.EvPlaceWet:
				wet[e.A.ID] = true
			case sim.EvPartyLeft:
				left++
				if !wet[int32(r.Roster.Parties[e.A.ID].Place)] {
					t.Errorf("people %d: %v without an order and without water", people, e)
				}
			}
		}
		if m := l.measure(r, r.Events); m.MovedBeforeWater != 0 || m.Warned != 0 || left == 0 || m.AtRisk < 50 {
			t.Errorf("people %d: %d left, and %+v", people, left, m)
		}
	}
}
