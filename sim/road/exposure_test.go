package road

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
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

// wantSoon compares what the road has said, up to so many seconds later: borders of cells are found to a hundredth of a
// metre.
func (w *testWorld) wantSoon(late float64, want ...exposeAt) {
	w.t.Helper()
	if len(w.exposed) != len(want) {
		w.t.Fatalf("%v; want %v", w.exposed, want)
	}
	for i, m := range w.exposed {
		m.X, m.Y = 0, 0
		if d := m.at.Sub(want[i].at).Seconds(); m.Exposure != want[i].Exposure || d < -2e-6 || d > late {
			w.t.Errorf("%v; want %v", m, want[i])
		}
	}
	w.exposed = nil
}

// A walker comes to a link with 0.55 m (H3) in 10 m of it, where he walks at 0.50 of his speed (the step of 0.55 m) on
// the whole link: he is in that water from 50 m on, after 50 m at 0.75 m/s, for 10 m.
func TestExposureByWalkingIn(t *testing.T) {
	w := exposedStreet(t)
	w.flood(20, 21, 550, 0)
	w.walker(0, 1, 0, 4)
	w.run(500)
	speed := 1.5 * harm.WadeFactor(0.55)
	in := sim.Exposure{Mover: party(1), Danger: sim.H3, Depth: 0.55, Node: 1}
	w.wantSoon(0.02, exposeAt{at(100 + 50/speed), in},
		exposeAt{at(100 + 60/speed), sim.Exposure{Mover: party(1), Node: 1}})
}

// The other way along the link he comes to the same water from the other side, after 90 m.
func TestExposureAgainstTheLink(t *testing.T) {
	w := exposedStreet(t)
	w.flood(20, 21, 550, 0)
	w.walker(0, 1, 4, 0)
	w.run(900)
	speed := 1.5 * harm.WadeFactor(0.55)
	in := sim.Exposure{Mover: party(1), Danger: sim.H3, Depth: 0.55, Node: 2}
	w.wantSoon(0.02, exposeAt{at(200 + 90/speed), in},
		exposeAt{at(200 + 100/speed), sim.Exposure{Mover: party(1), Node: 2}})
}

// At the dry end of a link with deep water at its other end nobody is in danger: water comes behind a walker who is
// past the place, and before one who turns round in time.
func TestNoExposureOnTheDryPart(t *testing.T) {
	w := exposedStreet(t)
	w.walker(0, 1, 0, 4)
	w.run(150) // 75 m along the second link
	w.flood(15, 20, 700, 0)
	w.run(400)
	w.wantExposures()
	w = exposedStreet(t)
	w.walker(0, 1, 0, 4)
	w.flood(29, 30, 550, 0)
	w.order(130, 1, true, sim.ClosureTurnBack)
	w.run(300)
	w.wantExposures()
}

// Cars that stand in a queue are in the water where they stand: of five that queue for a link of 30 cars/h, 7.5 m
// apart, the first is over, the next ones stand at 150 m, 142.5 m, 135 m and 127.5 m, and 0.2 m at 2.1 m/s (H5) lies
// from 130 m to 140 m. When the second has gone, the others have closed up.
func TestExposureInAQueue(t *testing.T) {
	net := mustNetwork(t, row(0, 150, 300), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 30)})
	w := newWorld(t, net, plain(31, 1))
	for id := range 5 {
		w.car(0, id, 0, 2)
	}
	w.run(60)
	w.flood(13, 14, 200, 2100)
	inDanger := func() (out []int32) {
		for slot := range w.roads.slots {
			if m := w.roads.movers.at(slot); w.roads.besides(m).danger > sim.H0 {
				out = append(out, m.ref().ID)
			}
		}
		return out
	}
	for _, x := range []struct {
		until float64
		car   int32
	}{{90, 3}, {200, 4}} {
		w.run(x.until)
		if got := inDanger(); !slices.Equal(got, []int32{x.car}) {
			t.Errorf("%v s: in danger: %v; want %v", x.until, got, x.car)
		}
	}
	w.run(400)
	if got := inDanger(); len(got) != 0 {
		t.Errorf("in danger: %v; want nobody", got)
	}
}

// Who waits at a node without a way is in the water that stands there, as it rises and falls.
func TestExposureAtANode(t *testing.T) {
	w := exposedStreet(t)
	w.order(0, 1, true, sim.ClosureFinish)
	w.walker(0, 1, 0, 4)
	w.run(150)
	w.flood(0, 1, 700, 0)
	w.run(180)
	w.wantExposures("0:02:30 " + party(1).String() + " H3 0.7 0")
	w.flood(0, 1, 300, 0)
	w.run(210)
	w.wantExposures("0:03:00 " + party(1).String() + " - 0 0")
}

// Where the road goes down from a bridge into water, a driver without another way stops at its end, on the dry bridge,
// and is taken off the network there. When the water comes over the bridge it reaches him.
func TestWaitsOnTheBridge(t *testing.T) {
	deck := street(0, 1, 10, 1800)
	deck.OnGround, deck.Level = false, 101
	w := newWorld(t, mustNetwork(t, row(5, 155, 305), []LinkSpec{deck, street(1, 2, 10, 1800)}), plain(31, 1))
	w.flood(15, 31, 800, 0)
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeCar, To: 2, Persons: 1, Vehicles: 1, Zone: sim.None,
		Knows: sim.KnowsHabit})
	w.run(300)
	if m := w.roads.movers.at(w.roads.slotOf(party(1))); m.stage != stageNoRoute {
		t.Fatalf("%+v; want one who waits for a way", *m)
	}
	w.wantExposures()
	w.flood(0, 31, 1600, 0)
	w.run(330)
	w.wantExposures("0:05:00 " + party(1).String() + " H3 0.6 0")
	w.flood(0, 31, 0, 0)
	w.flood(15, 31, 800, 0)
	w.run(1000)
	if len(w.strands) != 1 || w.strands[0].Rise != 1 || w.strands[0].Depth != 0 || w.strands[0].Node != 1 {
		t.Errorf("%+v; want one at the end of the bridge, 1 m above the ground, in no water", w.strands)
	}
}

// A road over two cells is divided where it crosses their border; its cells' ends come in order and reach its length.
func TestStretchesOfALink(t *testing.T) {
	net := mustNetwork(t, []NodeSpec{{At: geo.Point{X: 3, Y: 5}}, {At: geo.Point{X: 26, Y: 5}}},
		[]LinkSpec{street(0, 1, 10, 1800)})
	c := newCoverage(net, plain(10, 1))
	for k, want := range []float64{7, 17, 23} {
		if len(c.upto) != 3 || math.Abs(c.upto[k]-want) > 0.01 {
			t.Fatalf("the cells reach to %v; want 7, 17, 23", c.upto)
		}
	}
	for _, x := range []struct {
		metres float64
		ahead  bool
		want   int32
	}{{0, true, 0}, {6.9, true, 0}, {7.1, false, 1}, {23, true, 2}, {23, false, 2}, {c.upto[0], true, 1},
		{c.upto[0], false, 0}} {
		if got := c.stretchAt(0, x.metres, x.ahead); got != x.want {
			t.Errorf("%v m, ahead %v: cell %d; want %d", x.metres, x.ahead, got, x.want)
		}
	}
}

// Water rises under a walker to 0.70 m (H3), changes its class, falls: he is told of each class once, and of nothing
// below H2. The coach on the same link hears nothing: it is no party.
func TestExposureByWater(t *testing.T) {
	w := exposedStreet(t)
	name := party(1).String()
	w.walker(0, 1, 0, 4)
	w.trip(95, sim.Trip{Mover: unit(1), Mode: sim.ModeCoach, To: 4, Vehicles: 1, Zone: sim.None})
	w.run(120)
	w.flood(15, 30, 290, 0) // H1
	w.run(150)
	w.wantExposures()
	w.flood(15, 30, 700, 0)
	w.run(180)
	w.wantExposures("0:02:30 " + name + " H3 0.7 0")
	w.flood(15, 30, 720, 0)
	w.run(210)
	w.wantExposures()
	w.flood(15, 30, 700, 900) // 0.63 m2/s
	w.run(240)
	w.wantExposures("0:03:30 " + name + " H4 0.7 0.9")
	w.flood(15, 30, 299, 0)
	w.run(241)
	w.wantExposures("0:04:00 " + name + " - 0 0")
}

// From one dangerous link straight to another the danger goes on: there is a message of the new class, none of an end,
// and none of other water of the same class. Arrival ends it.
func TestExposureFromLinkToLink(t *testing.T) {
	net := mustNetwork(t, row(0, 150, 300), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800)})
	w := newWorld(t, net, plain(31, 1))
	w.flood(0, 5, 540, 0)
	w.flood(5, 15, 510, 0)
	w.flood(15, 31, 250, 2100)
	w.walker(0, 1, 0, 2)
	w.run(500)
	name := party(1).String()
	first := 150 / (1.5 * harm.WadeFactor(0.5))
	w.wantExposures("0:00:00 "+name+" H3 0.54 0", at(first).String()+" "+name+" H5 0.25 2.1",
		at(first+150/(1.5*harm.WadeFactor(0.25))).String()+" "+name+" - 0 0")
}

// Shallow fast water is H5 to a car that crawls on: 0.2 m at 2.1 m/s, 0.42 m2/s. A film of 0.15 m is nothing.
func TestExposureOfCars(t *testing.T) {
	w := exposedStreet(t)
	w.car(0, 1, 0, 4)
	w.run(20)
	w.flood(15, 30, 150, 2500)
	w.run(21)
	w.wantExposures()
	w.flood(15, 30, 200, 2100)
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
		w.flood(15, 30, first, 0)
		w.run(150)
		w.flood(15, 30, 1300, 0)
		w.run(180)
		got := w.exposures()
		if want := map[int32]int{1300: 0, 700: 1}[first]; len(got) != want || len(w.strands) != 1 {
			t.Errorf("%d mm: %v, strandings %v; want %d messages and one stranding", first, got, w.strands, want)
		}
	}
}

// Turned back in dangerous water, which begins 10 m along the link, a walker stays in danger until he is out of it. He
// has gone 22.5 m by then.
func TestExposureOfWhoTurnsBack(t *testing.T) {
	w := exposedStreet(t)
	w.flood(16, 30, 550, 0)
	w.walker(0, 1, 0, 4)
	w.order(130, 1, true, sim.ClosureTurnBack)
	w.run(300)
	speed := 1.5 * harm.WadeFactor(0.55)
	in := sim.Exposure{Mover: party(1), Danger: sim.H3, Depth: 0.55, Node: 1}
	w.wantSoon(0.02, exposeAt{at(100 + 10/speed), in},
		exposeAt{at(130 + 30 - 10/speed), sim.Exposure{Mover: party(1), Node: 1}})
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

// Whatever happens, who is in danger by what the road has said, arrivals and strandings included, is who stands in
// water of H3 or above, on foot of H2. Half a cell is left aside, since so short a way through the corner of a cell is
// not looked at.
func TestExposuresAreWhoIsInDanger(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawStory(rt, 60)
		w := newWorld(t, s.net, s.ground)
		inDanger := map[sim.Ref]bool{}
		for tick := range s.trips {
			s.tell(w, tick, false)
			for _, m := range w.exposed {
				inDanger[m.Mover] = m.Danger >= sim.H2
				if m.Danger != sim.H0 && m.Danger < sim.H2 || m.Mover.Kind != sim.KindParty {
					rt.Fatalf("%+v", m)
				}
			}
			w.exposed = nil
			for _, g := range w.strands {
				delete(inDanger, g.Mover)
			}
			for slot := range w.roads.slots {
				m := w.roads.movers.at(slot)
				if m.stage <= stagePending || !m.isParty() {
					continue
				}
				dry, wet := standsIn(w, slot)
				if got := inDanger[m.ref()]; got && dry || !got && wet {
					rt.Fatalf("tick %d: %+v at %v in danger: %v; dry all around %v, dangerous all around %v", tick, *m,
						w.roads.along(slot), got, dry, wet)
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

// standsIn says whether there is no dangerous water, and nothing but dangerous water, where a mover is: at its node, in
// its tunnel, or on its link within half a cell.
func standsIn(w *testWorld, slot int32) (none, all bool) {
	t, m := w.roads, w.roads.movers.at(slot)
	water := func(p geo.Point, level int32, buried bool) bool {
		i, j := t.cover.ground.Grid.ClampIJ(p)
		cell := int32(t.cover.ground.Grid.Index(i, j))
		water := w.layers.WaterInCell(cell)
		depth := int32(math.Round(water.Depth * 1000))
		if lift := w.layers.Ground.Bed[cell] - level; buried || lift < 0 {
			depth += lift
		}
		return water.Depth > 0 && depth > 150 && harm.Classify(float64(depth)/1000, math.Abs(water.VX)) >= leastThreat(m.mode)
	}
	inTunnel := func(link int32) (in bool) {
		bore := t.cover.bores[t.cover.boreOf[link]]
		for _, node := range bore.portals {
			ground, own := t.cover.ground.Bed[t.cover.node[node]], t.cover.own[link]
			spill := ground - min(ground, max(bore.lip, own)) // what is higher runs through
			outside := w.layers.WaterInCell(t.cover.node[node]).Depth
			in = in || outside > 0.15 && water(t.net.nodes[node].At, own+spill, true)
		}
		return in
	}
	if m.stage == stageOrigin || m.stage == stageNoRoute {
		in, node := false, t.node(m)
		if !t.net.isBuried(node) {
			level := t.cover.level[node]
			for _, arc := range t.net.out.of(node) { // one waits on the bridge, not at its foot
				if l := w.net.Link(sim.LinkID(arc / 2)); !l.OnGround && !l.Tunnel {
					level = max(level, int32(math.Round(l.Level*1000)))
				}
			}
			in = water(t.net.nodes[node].At, level, false)
		} else {
			for _, arc := range t.net.out.of(node) { // the lowest floor there is the wettest
				in = in || inTunnel(arc/2)
			}
		}
		return !in, in
	}
	if t.cover.boreOf[m.arc/2] >= 0 {
		in := inTunnel(m.arc / 2)
		return !in, in
	}
	level, place := t.cover.own[m.arc/2], t.along(slot)
	if w.net.Link(sim.LinkID(m.arc / 2)).OnGround {
		level = math.MinInt32 / 2 // nothing is above it
	}
	none, all = true, true
	for _, d := range []float64{-5, -2.5, 0, 2.5, 5} { // metres of the shape
		d /= t.net.drawn[m.arc/2]
		if water(t.net.at(m.arc, min(max(place+d, 0), t.net.length[m.arc/2])), level, false) {
			none = false
		} else {
			all = false
		}
	}
	return none, all
}

// A party that leaves the road is off it where it is, and nobody is behind a walker: the next one goes on. Of a car the
// wreck stays on the link; who waits at a node leaves nothing. Who is not on the road leaves nothing either.
func TestLeavingTheRoad(t *testing.T) {
	w := exposedStreet(t)
	w.walker(0, 1, 0, 4)
	w.walker(0, 2, 0, 4)
	w.car(0, 3, 0, 4)
	w.run(10)
	for _, id := range []int{1, 3, 7} {
		w.ports.Leavings.Post(w.roads.now, int32(id), sim.Leaving{Mover: party(id)})
	}
	w.ports.Leavings.Post(w.roads.now, 1, sim.Leaving{Mover: unit(1)})
	w.run(11)
	if len(w.strands) != 2 {
		t.Fatalf("stranded %+v; want the walker and the car", w.strands)
	}
	for _, m := range w.strands {
		if m.Cause != sim.StrandLeft || m.Node != 0 || m.Link != 0 {
			t.Errorf("%+v; want left on link 0 behind node 0", m)
		}
	}
	if at := w.strands[0]; at.Mover != party(1) || math.Abs(at.X-15) > 2 {
		t.Errorf("%+v; want the walker 15 m along", at)
	}
	if len(w.roads.wrecks) != 1 || w.roads.wrecks[0].ref != party(3) {
		t.Errorf("wrecks %+v; want the car", w.roads.wrecks)
	}
	w.run(500)
	if len(w.arrived) != 1 {
		t.Errorf("arrived %+v; want the other walker", w.arrived)
	}
}
