package population

import (
	"bytes"
	"testing"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// standing is one party of the given members that water has stopped in the street at x = 360, where no house takes it
// in unless change says so: it stands there when the place begins, in water of a depth from 300 to 400 m.
func standing(t *testing.T, depth float64, change func(w *place), members ...scenario.Person) *place {
	sc := testScenario()
	household(sc, 0, 0, members...)
	w := newPlace(t, sc)
	for ; w.p.accessTo(0) != harm.AccessNone; w.seed++ {
		w.begin()
	}
	w.evacuate()
	w.run(seconds(690))
	w.trips()
	w.ruin()
	w.road.closed[sim.ModeFoot] = true
	if change != nil {
		change(w)
	}
	w.flood(300, 400, depth, 0)
	w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 2,
		Node: 3, X: 360, Y: 250, Depth: depth, Cause: sim.StrandWater})
	w.run(seconds(691))
	return w
}

// Who stands in water goes to a house with a storey above it, through water in which nobody would set out: 40 m at
// 0.4 of 1.3 m/s, and dry from 400 m on.
func TestWadesToAHouse(t *testing.T) {
	house := func(w *place) { w.ruin(3) }
	w := standing(t, 1.0, house, adult(0))
	w.run(seconds(1000))
	if w.p.holder[0] != sim.RefTo(sim.KindBuilding, sim.BuildingID(3)) {
		t.Errorf("%v; want in building 3", w.p.holder[0])
	}
	w.never(sim.EvPartyStranded)
	for name, c := range map[string]struct {
		depth  float64
		member scenario.Person
		goes   bool
	}{
		"adult, neck-deep": {1.25, adult(0), false},
		"elderly":          {0.8, old(), true},
		"elderly, deeper":  {0.85, old(), false},
	} {
		w := standing(t, c.depth, house, c.member)
		if goes := w.p.stage[0] == sim.StageWalking; goes != c.goes {
			t.Errorf("%s: goes %v; want %v", name, goes, c.goes)
		}
	}
}

func old() scenario.Person {
	p := adult(0)
	p.Age = 80
	return p
}

// Without a house people go to higher ground that is dry, and wait there for a way; it must be half a metre higher.
func TestGoesToHigherGround(t *testing.T) {
	for rise, goes := range map[int32]bool{499: false, 500: true, 3000: true} {
		w := standing(t, 0.7, func(w *place) {
			g := &w.sc.Terrain.Grid
			w.sc.Terrain.Bed[g.Index(8, 5)] = rise // x = 425
		}, adult(0))
		w.run(seconds(1000))
		if got := w.p.trip[0].At.X == 425; got != goes || w.p.stage[0] != sim.StageStranded {
			t.Errorf("ground %d mm higher: %v at %v; want there: %v", rise, w.p.stage[0], w.p.trip[0].At, goes)
		}
		if goes {
			if e := w.once(sim.EvPartyStranded, 0); e.B.Kind != sim.KindStreet {
				t.Errorf("stranded %+v; want in the street", e)
			}
			wantCounts(t, "calls", len(w.calls()), 0)
		}
		if d := w.find(sim.EvPartyDecided, 0); goes != (len(d) == 2) {
			t.Errorf("decisions %+v", d)
		}
	}
}

// The water goes on while people wade: they are swept away on the way, or stop where it has become too deep.
func TestWaterOnTheWayToSafety(t *testing.T) {
	house := func(w *place) { w.ruin(3) }
	w := standing(t, 0.7, house, adult(0))
	w.flood(300, 450, 1.3, 0.2)
	w.run(seconds(800))
	w.once(sim.EvPartyStranded, 0)
	w = standing(t, 0.7, house, adult(0))
	w.flood(300, 450, 1.3, 2)
	w.run(seconds(693))
	w.once(sim.EvPartyCaught, 0)
}

// On the way to safety a party is saved and comes back as it was.
func TestSeekingIsSaved(t *testing.T) {
	w := standing(t, 0.7, func(w *place) { w.ruin(3) }, adult(0))
	w.run(seconds(750))
	state := w.save()
	twin := newPlace(t, w.sc)
	d := sim.Decoder{Buf: state}
	if twin.p.LoadState(&d); d.Err != nil || !bytes.Equal(twin.save(), state) {
		t.Fatalf("on the way to safety it does not come back: %v", d.Err)
	}
}

// exposed tells a party on the road of dangerous water at x = 150, behind node 1.
func (w *place) exposed(class sim.DangerClass, depth, speed float64) {
	w.ports.Exposures.Post(w.p.now, 0, sim.Exposure{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Danger: class,
		Depth: depth, Speed: speed, Node: 1, X: 150, Y: 250})
	w.run(w.p.now.Add(sim.Tick))
}

// leavings takes those who leave the road.
func (w *place) leavings() (n int) {
	w.ports.Leavings.Drain(func(sim.Time, sim.Leaving) { n++ })
	return n
}

// Water beyond the limits sweeps away who walks on the road; the road is told, and who survives is stranded where he was.
func TestSweptOnTheRoad(t *testing.T) {
	for name, c := range map[string]struct {
		member scenario.Person
		depth  float64
		speed  float64
		swept  bool
	}{
		"adult":            {adult(0), 0.7, 1.7, false},
		"adult, faster":    {adult(0), 0.7, 1.8, true},
		"elderly":          {old(), 0.6, 1.0, false},
		"elderly, faster":  {old(), 0.6, 1.1, true},
		"elderly, shallow": {old(), 0.3, 2.1, true},
		"adult, shallow":   {adult(0), 0.3, 2.1, false},
	} {
		sc := testScenario()
		household(sc, 0, 0, c.member)
		w := newPlace(t, sc)
		w.evacuate()
		w.run(seconds(690))
		w.ruin()
		w.exposed(harm.Classify(c.depth, c.speed), c.depth, c.speed)
		if swept := len(w.find(sim.EvPartyCaught, 0)) == 1; swept != c.swept || (w.leavings() == 1) != c.swept {
			t.Errorf("%s: swept %v; want %v, and the road told", name, swept, c.swept)
		}
		for _, e := range w.find(sim.EvPersonDied, -1) {
			if e.Count != int32(sim.CauseSweptFoot) || e.B.Kind != sim.KindStreet || w.p.stage[0] != sim.StageDead {
				t.Errorf("%s: died %+v, stage %v", name, e, w.p.stage[0])
			}
		}
	}
}

// Who walks into dangerous water goes to a house near by; not when nobody can take him in, or when he is nearly there.
// Water of H2 is too much for the weak alone: 0.45 m at 1.1 m/s is beyond the 0.4 m2/s that they wade.
func TestLeavesTheRoadForAHouse(t *testing.T) {
	for name, c := range map[string]struct {
		member  scenario.Person
		storeys uint8
		mode    sim.Mode
		depth   float64
		speed   float64
		leaves  bool
	}{
		"a house":                {adult(0), 2, sim.ModeFoot, 0.6, 0, true},
		"no house":               {adult(0), 1, sim.ModeFoot, 0.6, 0, false},
		"in a car, shallow":      {adult(0), 2, sim.ModeCar, 0.3, 0, false},
		"in a car that is stuck": {adult(0), 2, sim.ModeCar, 0.6, 0, true},
		"H2, elderly":            {old(), 2, sim.ModeFoot, 0.45, 1.1, true},
		"H2, elderly, slower":    {old(), 2, sim.ModeFoot, 0.45, 0.8, false},
		"H2, able":               {adult(0), 2, sim.ModeFoot, 0.45, 1.1, false},
	} {
		sc := testScenario()
		household(sc, 0, uint8(map[sim.Mode]int{sim.ModeCar: 1}[c.mode]), c.member)
		w := newPlace(t, sc)
		w.evacuate()
		w.run(seconds(690))
		w.ruin(1)
		w.sc.Buildings[1].Storeys = c.storeys
		if c.storeys == 1 {
			w.ruin()
		}
		w.flood(100, 200, c.depth, 0)
		w.exposed(harm.Classify(c.depth, c.speed), c.depth, c.speed)
		if got := w.leavings() == 1; got != c.leaves {
			t.Errorf("%s: leaves %v; want %v", name, got, c.leaves)
		}
		if !c.leaves {
			continue
		}
		w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 1,
			Node: 1, X: 150, Y: 250, Depth: c.depth, Cause: sim.StrandLeft})
		w.run(seconds(900))
		if w.p.holder[0] != sim.RefTo(sim.KindBuilding, sim.BuildingID(1)) {
			t.Errorf("%s: %v; want in building 1", name, w.p.holder[0])
		}
	}
}

// limited walks badly.
func limited() scenario.Person {
	p := adult(0)
	p.Mobility = scenario.MobilityLimited
	return p
}

// Who cannot get above the water in its own house goes to a neighbour's upper storey when the water is about to cut it
// off there, ordered or not. Who can climb on the own roof stays, and so does who cannot walk and is alone.
func TestFleesALowHouse(t *testing.T) {
	helpless := adult(0)
	helpless.Mobility = scenario.MobilityNone
	for name, c := range map[string]struct {
		members []scenario.Person
		depth   float64
		access  harm.Access
		flees   bool
	}{
		"walks badly":              {[]scenario.Person{adult(0), limited()}, 0.55, harm.AccessRoof, true},
		"can still leave":          {[]scenario.Person{adult(0), limited()}, 0.45, harm.AccessRoof, false},
		"too deep already":         {[]scenario.Person{limited()}, 0.85, harm.AccessRoof, false},
		"held up by an adult":      {[]scenario.Person{adult(0), limited()}, 0.85, harm.AccessRoof, true},
		"climbs on the roof":       {[]scenario.Person{adult(0)}, 0.75, harm.AccessRoof, false},
		"no way to the roof":       {[]scenario.Person{adult(0)}, 0.75, harm.AccessNone, true},
		"cannot walk, carried":     {[]scenario.Person{adult(0), helpless}, 0.3, harm.AccessNone, true},
		"cannot walk, and alone":   {[]scenario.Person{helpless}, 0.3, harm.AccessNone, false},
		"cannot walk, too deep":    {[]scenario.Person{adult(0), helpless}, 0.55, harm.AccessNone, false},
		"deeper than adults go on": {[]scenario.Person{adult(0)}, 1.25, harm.AccessNone, false},
	} {
		sc := testScenario()
		household(sc, 0, 0, c.members...)
		w := newPlace(t, sc)
		for ; w.p.accessTo(0) != c.access; w.seed++ {
			w.begin()
		}
		w.ruin(0, 1)
		sc.Buildings[1].Storeys = 2
		w.run(seconds(10))
		w.flood(0, 200, c.depth, 0)
		w.run(seconds(12))
		if flees := w.p.stage[0] == sim.StageWalking; flees != c.flees {
			t.Errorf("%s: flees %v; want %v", name, flees, c.flees)
		}
		w.run(seconds(1200))
		if in := w.p.holder[0] == sim.RefTo(sim.KindBuilding, sim.BuildingID(1)); in != c.flees {
			t.Errorf("%s: in %v; want with the neighbours: %v", name, w.p.holder[0], c.flees)
		}
	}
}

// Who has no way at all to leave stays at home dry, and goes to the neighbours when water stands at the door.
func TestFleesForWantOfAWay(t *testing.T) {
	sc := testScenario()
	household(sc, 0, 0, adult(0), limited())
	w := newPlace(t, sc)
	w.ruin(0, 1)
	sc.Buildings[1].Storeys = 2
	w.road.closed[sim.ModeFoot] = true
	w.evacuate()
	w.run(seconds(700))
	if w.once(sim.EvPartyStranded, 0); w.p.stage[0] != sim.StageStranded {
		t.Fatalf("%v; want stranded at home", w.p.stage[0])
	}
	w.flood(0, 200, 0.3, 0)
	w.run(seconds(1400)) // it looks again after five minutes
	w.once(sim.EvPartyFree, 0)
	if w.p.holder[0] != sim.RefTo(sim.KindBuilding, sim.BuildingID(1)) {
		t.Errorf("%v; want with the neighbours", w.p.holder[0])
	}
}

// A party that climbs out of the water goes on as long as it sees higher ground, without a stop, and no further than 3 m
// above the water beside it, whose surface is at 0.7 m. The ground rises from 400 m on by a twelfth of the top each 50 m;
// in all cases it stands on 0.5 m or more within 100 m of the start, at 425 m, from where it sees as far as 725 m.
func TestClimbsOnceAndFarEnough(t *testing.T) {
	for top, want := range map[int32]float64{6000: 725, 44000: 725, 45000: 425} {
		w := standing(t, 0.7, func(w *place) {
			g := &w.sc.Terrain.Grid
			for c := range g.Len() {
				if i, j := g.IJ(c); i >= 8 && j == 5 {
					w.sc.Terrain.Bed[c] = top * int32(i-7) / 12
				}
			}
		}, adult(0))
		w.run(seconds(4000))
		if got := w.p.trip[0].At.X; got != want {
			t.Errorf("top %d mm: at %v m; want %v", top, got, want)
		}
		w.once(sim.EvPartyStranded, 0)
		if d := w.find(sim.EvPartyDecided, 0); len(d) != 2 {
			t.Errorf("top %d mm: decisions %+v; want the order's, and one to climb", top, d)
		}
	}
}

// The end of a bridge or an embankment is high ground as well: people stay up there, and go on by road from there when a
// way opens, whatever the water at its foot.
func TestGoesUpOnTheRoad(t *testing.T) {
	up := func(w *place) {
		w.perch = make([]float64, len(w.sc.Nodes))
		w.perch[4] = 1
		w.road.perch[4] = 1
		w.p.raised = []sim.NodeID{4}
	}
	w := standing(t, 0.7, up, adult(0))
	w.run(seconds(900))
	if at := &w.p.trip[0]; at.At != w.sc.Nodes[4].At || at.Rise != 1 || at.Node != 4 || w.p.stage[0] != sim.StageStranded {
		t.Fatalf("%v at %+v; want stranded at the end of the bridge", w.p.stage[0], *at)
	}
	w.flood(300, 1000, 0.9, 2)
	w.road.depth[4] = 0.9
	state := w.save()
	twin := newPlace(t, w.sc)
	up(twin)
	d := sim.Decoder{Buf: state}
	if twin.p.LoadState(&d); d.Err != nil || !bytes.Equal(twin.save(), state) {
		t.Fatalf("on the bridge it does not come back: %v", d.Err)
	}
	w.run(seconds(1200))
	if w.p.danger[0] != sim.Never || w.p.chills.of(0).Clock[others].Now.Immersed > 0 {
		t.Errorf("in danger since %v, bears %+v; want dry", w.p.danger[0], w.p.chills.of(0))
	}
	w.road.closed[sim.ModeFoot] = false
	w.run(seconds(2000))
	if list, _ := w.trips(); len(list) != 1 || list[0].From != 4 || w.p.stage[0] != sim.StageWalking {
		t.Errorf("trips %+v; want one from the bridge", list)
	}
}

// Raised ends are taken from the roads when the place begins.
func TestKnowsRaisedRoads(t *testing.T) {
	w := &place{t: t, sc: testScenario(), seed: 1, perch: []float64{0, 0.4, 0.5, 0, 3, 0, 0, 0, 0, 0}}
	w.begin()
	if got := w.p.raised; len(got) != 2 || got[0] != 2 || got[1] != 4 {
		t.Errorf("raised %v; want 2 and 4", got)
	}
}
