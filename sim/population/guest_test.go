package population

import (
	"bytes"
	"testing"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// noWayAt is one party on foot that has found no way on from node 3, at x = 350; change makes the place.
func noWayAt(t *testing.T, change func(w *place), members ...scenario.Person) *place {
	sc := testScenario()
	household(sc, 0, 0, members...)
	w := newPlace(t, sc)
	for ; w.p.accessTo(0) != harm.AccessNone; w.seed++ { // no roof to go home to
		w.begin()
	}
	w.evacuate()
	w.run(seconds(690))
	w.trips()
	w.road.closed[sim.ModeFoot] = true
	if change != nil {
		change(w)
	}
	w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: sim.None,
		Node: 3, X: 350, Y: 250, Cause: sim.StrandNoRoute})
	w.run(seconds(691))
	return w
}

func TestNoWayLeft(t *testing.T) {
	small := func(w *place) { w.sc.Buildings[3].Storeys = 1 }
	for name, c := range map[string]struct {
		change func(w *place)
		inside sim.BuildingID // at 900 s; None for in the street
		calls  int
	}{
		"a house with a storey": {nil, 3, 0},
		"through water":         {func(w *place) { w.flood(400, 500, 0.5, 0) }, 3, 0},
		"water between":         {func(w *place) { w.flood(400, 450, 0.7, 0) }, sim.None, 0},
		"the house has fallen":  {func(w *place) { w.p.water.broken[3] = true }, sim.None, 0},
		"no house with storeys": {small, sim.None, 0},
		"in water":              {func(w *place) { small(w); w.flood(300, 400, 0.3, 0) }, sim.None, 1},
		"home, a way is left": {func(w *place) {
			w.road.closed[sim.ModeFoot] = false
			w.sc.Buildings[0].Storeys = 2
		}, sim.None, 0},
	} {
		w := noWayAt(t, c.change, adult(0))
		w.run(seconds(900))
		if got := sim.BuildingID(w.p.holder[0].ID); w.p.holder[0].Kind == sim.KindBuilding && got != c.inside ||
			w.p.holder[0].Kind != sim.KindBuilding && c.inside >= 0 {
			t.Errorf("%s: %v; want %d", name, w.p.holder[0], c.inside)
		}
		wantCounts(t, name+": calls", len(w.calls()), c.calls)
		trips, _ := w.trips()
		if home := len(trips) == 1 && trips[0].To == 0; home != (name == "home, a way is left") {
			t.Errorf("%s: trips %+v", name, trips)
		}
	}
}

// A guest is in the house as who lives there: cut off by water he calls, and what falls on the house falls on him.
func TestGuest(t *testing.T) {
	w := noWayAt(t, nil, adult(0), adult(0))
	w.run(seconds(900))
	if w.p.stage[0] != sim.StageStaying || w.p.counts.total.Home != 2 || len(w.p.guests.list) != 1 {
		t.Fatalf("stage %v, %+v; want a guest", w.p.stage[0], w.p.counts.total)
	}
	if e := w.find(sim.EvPartyDecided, 0); len(e) != 2 || e[1].B != sim.RefTo(sim.KindBuilding, sim.BuildingID(3)) {
		t.Errorf("decisions %+v; want the second for building 3", e)
	}
	state := w.save()
	twin := newPlace(t, w.sc)
	if d := (sim.Decoder{Buf: state}); true {
		if twin.p.LoadState(&d); d.Err != nil || !bytes.Equal(twin.save(), state) {
			t.Fatalf("a guest does not come back: %v", d.Err)
		}
	}
	w.flood(400, 500, 1.0, 0)
	w.run(seconds(1000))
	if e := w.once(sim.EvPartyStranded, 0); e.B != sim.RefTo(sim.KindBuilding, sim.BuildingID(3)) {
		t.Errorf("%+v; want stranded in building 3", e)
	}
	if calls := w.calls(); len(calls) != 1 || calls[0].X != 450 || calls[0].Node != 4 || calls[0].Depth != 1 ||
		calls[0].Zone != sim.None {
		t.Errorf("calls %+v; want from building 3, outside every zone", calls)
	}
	w.never(sim.EvPartyCaught)
	w.flood(400, 500, 5, 4)
	w.run(seconds(1002))
	w.once(sim.EvPartyCaught, 0)
	if len(w.p.guests.list) != 0 {
		t.Errorf("guests %v after the house has fallen", w.p.guests.list)
	}
}

// Who is cut off on dry ground does not call before water comes, looks for a way every ten minutes, and goes when
// there is one.
func TestCutOffOnDryGround(t *testing.T) {
	small := func(w *place) { w.sc.Buildings[3].Storeys = 1 }
	w := noWayAt(t, small, adult(0))
	w.once(sim.EvPartyStranded, 0)
	w.road.closed[sim.ModeFoot] = false
	w.run(seconds(1280))
	wantCounts(t, "calls", len(w.calls()), 0)
	w.never(sim.EvPartyFree)
	w.run(seconds(1300))
	if e := w.once(sim.EvPartyFree, 0); e.At != seconds(1290) {
		t.Errorf("free at %v; want ten minutes later", e.At)
	}
	wantCounts(t, "calls", len(w.calls()), 0)

	w = noWayAt(t, small, adult(0))
	w.flood(300, 400, 0.16, 0)
	w.run(seconds(700))
	if calls := w.calls(); len(calls) != 1 || !calls[0].Open {
		t.Errorf("calls %+v; want one when the water comes", calls)
	}
}
