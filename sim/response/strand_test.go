package response

import (
	"slices"
	"testing"

	"sandtable/sim"
)

// A coach whose depot is cut off turns out at 900 and is stranded in the next tick; it tries again every 10 minutes and
// a tick, and after the third try in vain its task has failed for good. When the way is open it can be ordered again.
func TestGivesUpAtTheDepot(t *testing.T) {
	b := newBench(t, testCounty())
	b.roads.cut = []sim.NodeID{nodeAssembly}
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(4 * 3600)
	got := b.timeline(coach1)
	if n := len(got); n != 10 || got[n-1] != "0:45:04 available" {
		t.Errorf("%q; want available after three tries", got)
	}
	var said []string
	for _, e := range b.events {
		if e.Kind == sim.EvUnitFailed {
			said = append(said, e.Text.EN)
		}
	}
	if want := []string{"no way is left", "given up: no way is left"}; !slices.Equal(said, want) {
		t.Errorf("reported %q; want %q", said, want)
	}
	if last := b.reports[len(b.reports)-1]; last.Unit != coach1 || last.Status != sim.UnitAvailable {
		t.Errorf("the last report is %+v", last)
	}
	b.roads.cut = nil
	b.wait(1, 10, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(4*3600 + 2400)
	if b.people.safe != 10 {
		t.Errorf("%d safe after the second order; want 10", b.people.safe)
	}
}

// A new order to a unit that has tried in vain begins with all its tries.
func TestNewOrderHasItsOwnTries(t *testing.T) {
	b := newBench(t, testCounty())
	b.roads.cut = []sim.NodeID{nodeAssembly}
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(2600) // stuck since 900, tried twice
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(2600 + 1700)
	if u := b.truth().Units[coach1]; u.Status != sim.UnitStuck {
		t.Errorf("the coach is %v; want stuck", u.Status)
	}
	b.run(2600 + 2000)
	if u := b.truth().Units[coach1]; u.Status != sim.UnitAvailable {
		t.Errorf("the coach is %v; want available", u.Status)
	}
}
