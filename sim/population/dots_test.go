package population

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

func TestDotsNearAndFar(t *testing.T) {
	w := coachParties(t) // everybody at the assembly point, x = 350
	all := geo.Rect{Max: geo.Point{X: 1000, Y: 500}}
	var s sim.Snapshot
	w.p.Dots(sim.View{Rect: all, Zoom: 1}, &s)
	if len(s.Parties) != 3 || len(s.Cells) != 0 {
		t.Fatalf("near: %d parties, %d cells; want 3, 0", len(s.Parties), len(s.Cells))
	}
	for _, d := range s.Parties {
		if d.At != (geo.Point{X: 350, Y: 250}) || d.Stage != sim.StageWaiting || d.Stranded {
			t.Errorf("dot %+v; want waiting at 350, 250", d)
		}
	}
	w.p.Dots(sim.View{Rect: all, Zoom: 0.01}, &s)
	want := sim.CellCount{At: geo.Point{X: 375, Y: 375}, Persons: 6}
	if len(s.Parties) != 0 || len(s.Cells) != 1 || s.Cells[0] != want {
		t.Errorf("far: %+v; want 6 persons in one cell", s.Cells)
	}
	w.p.Dots(sim.View{Rect: geo.Rect{Min: geo.Point{X: 500}, Max: geo.Point{X: 900, Y: 500}}, Zoom: 1}, &s)
	if len(s.Parties) != 0 {
		t.Errorf("elsewhere: %+v; want nobody", s.Parties)
	}
	w.flood(300, 400, 0.7, 0)
	w.run(w.p.now.Add(sim.Second))
	w.p.Dots(sim.View{Rect: all, Zoom: 0.01}, &s)
	if len(s.Cells) != 1 || s.Cells[0].Danger != 6 {
		t.Errorf("flooded: %+v; want 6 in danger", s.Cells)
	}
	if s.Zones[0].Persons != 6 || s.Zones[0].Warned != 6 || s.Total.Stranded != 6 {
		t.Errorf("zone %+v, total %+v", s.Zones[0], s.Total)
	}
}

func TestWhoIsOnTheNetworkIsNoDot(t *testing.T) {
	sc := testScenario()
	household(sc, 0, 0, adult(0))
	w := newPlace(t, sc)
	all := sim.View{Rect: geo.Rect{Max: geo.Point{X: 1000, Y: 500}}, Zoom: 1}
	var s sim.Snapshot
	w.evacuate()
	if w.p.Dots(all, &s); len(s.Parties) != 1 || s.Parties[0].Stage != sim.StageWalking {
		t.Errorf("on the way to the street: %+v; want one walker", s.Parties)
	}
	w.run(seconds(680))
	if w.p.Dots(all, &s); len(s.Parties) != 0 {
		t.Errorf("on the network: %+v; want none", s.Parties)
	}
	w.settleOnTrips()
	w.run(seconds(682))
	if w.p.Dots(all, &s); len(s.Parties) != 1 || s.Parties[0].At.X != 950 || s.Parties[0].Stage != sim.StageAtDoor {
		t.Errorf("at the shelter: %+v", s.Parties)
	}
}

func TestDotsDoNotAllocate(t *testing.T) {
	w := coachParties(t)
	view := sim.View{Rect: geo.Rect{Max: geo.Point{X: 1000, Y: 500}}, Zoom: 1}
	var s sim.Snapshot
	w.p.Dots(view, &s)
	if n := testing.AllocsPerRun(20, func() { w.p.Dots(view, &s) }); n != 0 {
		t.Errorf("%v allocations per picture", n)
	}
}

func TestNestedLayersAreRead(t *testing.T) {
	w := threeHouseholds(t)
	fine := sim.NewLayer(keyDepth, geo.Grid{NX: 40, NY: 40, Cell: 5, Origin: geo.Point{X: 40, Y: 200}})
	w.layers.Add(fine)
	w.run(seconds(1))
	w.layers.Begin(w.p.now)
	cell, _ := fine.Grid.CellAt(w.sc.Buildings[0].At)
	fine.Set(cell, 700)
	w.run(seconds(2))
	w.once(sim.EvPlaceWet, 0)
	w.once(sim.EvPartyStranded, 1)
	wantCounts(t, "wet places", len(w.find(sim.EvPlaceWet, -1)), 1)
}
