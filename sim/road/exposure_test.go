package road

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// exposures takes what the road has said, as "time mover class depth speed".
func (w *testWorld) exposures() (out []string) {
	for _, m := range w.exposed {
		out = append(out, fmt.Sprintf("%v %v %v %v %v", m.at, m.Mover, m.Danger, m.Depth, m.Speed))
	}
	w.exposed = nil
	return out
}

// walker starts a party on foot at 1.5 m/s.
func (w *testWorld) walker(seconds float64, id, from, to int) {
	w.trip(seconds, sim.Trip{Mover: party(id), Mode: sim.ModeFoot, From: sim.NodeID(from), To: sim.NodeID(to), Persons: 1,
		Speed: 1.5, Zone: sim.None})
}

// wantExposures compares what the road has said.
func (w *testWorld) wantExposures(want ...string) {
	w.t.Helper()
	if got := w.exposures(); !slices.Equal(got, want) {
		w.t.Errorf("exposures\n%v\nwant\n%v", got, want)
	}
}

// The street of these tests: 150 m dry, 150 m that may be wet (columns 15 to 29 of the ground), 150 m dry, 150 m that
// may be wet too (columns 45 to 59). A walker is 100 s on each while it is dry.
func exposedStreet(t *testing.T) *testWorld {
	net := mustNetwork(t, row(0, 150, 300, 450, 600), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800),
		street(2, 3, 10, 1800), street(3, 4, 10, 1800)})
	return newWorld(t, net, plain(61, 1))
}

// A walker comes to a link with 0.55 m (H3), where he walks at 0.50 of his speed (the step of 0.55 m), and leaves it
// 200 s later: 150 m at 0.75 m/s.
func TestExposureByWalkingIn(t *testing.T) {
	w := exposedStreet(t)
	w.flood(20, 21, 550, 0)
	w.walker(0, 1, 0, 4)
	w.run(500)
	left := 100 + 150/(1.5*wadeFactor(0.55))
	w.wantExposures("0:01:40 "+party(1).String()+" H3 0.55 0", at(left).String()+" "+party(1).String()+" - 0 0")
}

// Water rises under a walker to 0.70 m (H3), changes its class, falls: he is told of each class once, and of nothing
// below H3. The coach on the same link hears nothing: it is no party.
func TestExposureByWater(t *testing.T) {
	w := exposedStreet(t)
	name := party(1).String()
	w.walker(0, 1, 0, 4)
	w.trip(95, sim.Trip{Mover: unit(1), Mode: sim.ModeCoach, To: 4, Vehicles: 1, Zone: sim.None})
	w.run(120)
	w.flood(20, 21, 450, 0)
	w.run(150)
	w.wantExposures()
	w.flood(20, 21, 700, 0)
	w.run(180)
	w.wantExposures("0:02:30 " + name + " H3 0.7 0")
	w.flood(20, 21, 720, 0)
	w.run(210)
	w.wantExposures()
	w.flood(20, 21, 700, 900) // 0.63 m2/s
	w.run(240)
	w.wantExposures("0:03:30 " + name + " H4 0.7 0.9")
	w.flood(20, 21, 499, 0)
	w.run(241)
	w.wantExposures("0:04:00 " + name + " - 0 0")
}

// From one dangerous link straight to another the danger goes on: there is a message of the new water and none of an
// end. Arrival ends it.
func TestExposureFromLinkToLink(t *testing.T) {
	net := mustNetwork(t, row(0, 150, 300), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800)})
	w := newWorld(t, net, plain(31, 1))
	w.flood(5, 6, 510, 0)
	w.flood(20, 21, 560, 0)
	w.walker(0, 1, 0, 2)
	w.run(500)
	name := party(1).String()
	first := 150 / (1.5 * wadeFactor(0.5))
	w.wantExposures("0:00:00 "+name+" H3 0.51 0", at(first).String()+" "+name+" H3 0.56 0",
		at(first+150/(1.5*wadeFactor(0.55))).String()+" "+name+" - 0 0")
}

// Shallow fast water is H5 to a car that crawls on: 0.2 m at 2.1 m/s, 0.42 m2/s. A film of 0.15 m is nothing.
func TestExposureOfCars(t *testing.T) {
	w := exposedStreet(t)
	w.car(0, 1, 0, 4)
	w.run(20)
	w.flood(20, 21, 150, 2500)
	w.run(21)
	w.wantExposures()
	w.flood(20, 21, 200, 2100)
	w.run(22)
	w.wantExposures("0:00:21 " + party(1).String() + " H5 0.2 2.1")
	w.run(300)
	if got := w.exposures(); len(got) != 1 || len(w.arrived) != 1 {
		t.Errorf("then %v, arrived %v; want one end and an arrival", got, w.arrived)
	}
}

// A stranding ends the danger without a message, whether the water comes at once or rises.
func TestExposureEndsWithStranding(t *testing.T) {
	for _, first := range []int32{1300, 700} {
		w := exposedStreet(t)
		w.walker(0, 1, 0, 4)
		w.run(120)
		w.flood(20, 21, first, 0)
		w.run(150)
		w.flood(20, 21, 1300, 0)
		w.run(180)
		got := w.exposures()
		if want := map[int32]int{1300: 0, 700: 1}[first]; len(got) != want || len(w.strands) != 1 {
			t.Errorf("%d mm: %v, strandings %v; want %d messages and one stranding", first, got, w.strands, want)
		}
	}
}

// Turned back on a dangerous link, a walker stays in danger until he is at its start, and waits there without a way.
func TestExposureOfWhoTurnsBack(t *testing.T) {
	w := exposedStreet(t)
	w.flood(20, 21, 550, 0)
	w.walker(0, 1, 0, 4)
	w.order(130, 1, true, sim.ClosureTurnBack)
	w.run(300)
	w.wantExposures("0:01:40 "+party(1).String()+" H3 0.55 0", "0:02:40 "+party(1).String()+" - 0 0")
}

// On a bridge the class is that of the water above the deck; the worst cell counts, not the deepest.
func TestPeril(t *testing.T) {
	deck := street(0, 1, 10, 1800)
	deck.OnGround, deck.Level = false, 100.5
	net := mustNetwork(t, row(5, 305), []LinkSpec{street(0, 1, 10, 1800), deck})
	w := newWorld(t, net, plain(31, 1))
	w.flood(0, 10, 1000, 0)
	w.flood(10, 20, 700, 1500)
	w.run(1)
	for link, want := range []linkState{
		{worst: peril{700, 1500}, danger: sim.H5}, {worst: peril{500, 0}, danger: sim.H2},
	} {
		if got := w.roads.links[link]; got.worst != want.worst || got.danger != want.danger {
			t.Errorf("link %d: %v %v; want %v %v", link, got.worst, got.danger, want.worst, want.danger)
		}
	}
}

// A walker in the dark has his own factor in water, and on dry ground none: 150 m at 1.5 m/s, 150 m in 0.35 m of water
// at 1.5·0.58·0.6 m/s, and on.
//
// Reference: as TestWadeFactor; Mizuno and Nihei (2016): 30 to 50 % slower in the dark.
func TestWadingInTheDark(t *testing.T) {
	for _, c := range []struct{ wading, factor float64 }{{0, 1}, {1, 1}, {0.6, 0.6}} {
		w := exposedStreet(t)
		w.flood(20, 21, 350, 0)
		w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, To: 3, Persons: 1, Speed: 1.5, Wading: c.wading,
			Zone: sim.None})
		w.run(600)
		want := 200 + 150/(1.5*0.58*c.factor)
		if len(w.arrived) != 1 || math.Abs(w.arrived[0].at.Seconds()-want) > 2e-6 {
			t.Errorf("factor %v: arrived %v; want after %v s", c.wading, w.arrived, want)
		}
	}
}

// Water that comes under a walker in the dark slows him from where he is; a trip with a new destination brings its own
// factor, which holds from the next change on.
func TestWadingOnTheWay(t *testing.T) {
	w := exposedStreet(t)
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, To: 2, Persons: 1, Speed: 1.5, Wading: 0.5, Zone: sim.None})
	w.run(150)
	w.flood(20, 21, 350, 0)
	w.run(160)
	p, _ := w.roads.Place(party(1))
	if want := 225 + 10*1.5*0.58*0.5; math.Abs(p.X-want) > 1e-5 {
		t.Errorf("at %v; want %v", p.X, want)
	}
}

func TestBadWading(t *testing.T) {
	for _, wading := range []float64{-1, 0.001, 1.5, math.NaN()} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a trip with a factor of %v was taken", wading)
				}
			}()
			w := exposedStreet(t)
			w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, To: 2, Wading: wading, Zone: sim.None})
			w.run(1)
		}()
	}
}

// Whatever happens, who is in danger by what the road has said, arrivals and strandings included, is who is on a link
// with a cell of H3 or above.
func TestExposuresAreWhoIsInDanger(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawStory(rt, 60)
		w := newWorld(t, s.net, s.ground)
		inDanger := map[sim.Ref]bool{}
		for tick := range s.trips {
			s.tell(w, tick, false)
			for _, m := range w.exposed {
				inDanger[m.Mover] = m.Danger >= sim.H3
				if m.Danger != sim.H0 && m.Danger < sim.H3 || m.Mover.Kind != sim.KindParty {
					rt.Fatalf("%+v", m)
				}
			}
			w.exposed = nil
			for _, g := range w.strands {
				delete(inDanger, g.Mover)
			}
			for slot := range w.roads.movers {
				m := &w.roads.movers[slot]
				want := m.ref.Kind == sim.KindParty && (m.stage == stageFree || m.stage == stageQueue) && worstCell(w, m.arc/2)
				if m.stage > stagePending && inDanger[m.ref] != want {
					rt.Fatalf("tick %d: %v in danger: %v; want %v", tick, m.ref, inDanger[m.ref], want)
				}
			}
			for _, a := range w.arrived {
				if inDanger[a.Mover] {
					rt.Fatalf("tick %d: %v has arrived and is in danger", tick, a.Mover)
				}
			}
		}
	})
}

// worstCell says whether the water over a link is of H3 or above, and more than a film, in any cell.
func worstCell(w *testWorld, link int32) bool {
	c, l := w.roads.cover, w.net.Link(sim.LinkID(link))
	for _, cell := range c.cells[c.start[link]:c.start[link+1]] {
		water := w.layers.WaterInCell(cell)
		depth := int32(math.Round(water.Depth * 1000))
		if !l.OnGround {
			depth += w.layers.Ground.Bed[cell] - int32(l.Level*1000)
		}
		if water.Depth > 0 && depth > 150 && sim.ClassifyWater(float64(depth)/1000, math.Abs(water.VX)) >= sim.H3 {
			return true
		}
	}
	return false
}
