package road

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
)

// pregnolato are depths [mm] and speeds [km/h] of the published fit.
var pregnolato = []struct{ depth, kmh float64 }{{0, 86.9}, {50, 61.5}, {100, 40.7}, {150, 24.3}, {200, 12.4},
	{250, 5.0}, {300, 2.1}}

// The fastest time over 300 m of a street of 15 m/s in water of a depth [mm] and speed [mm/s]; 0 where a mode does
// not enter.
//
// Reference: Shand et al. (2011), vehicles: 0.3 m and 0.3 m2/s for small cars, 0.5 m and 0.6 m2/s for high ones;
// LifeSim (USACE): walkers to 2 ft, vehicles on wet roads 4 mph; Cox, Shand, Blacka (2010): adults 0.6 m2/s.
func TestModesInWater(t *testing.T) {
	tow, float, drag := 300/towSpeed, 300/floatSpeed, 300/dragSpeed
	wet100, wet150, wet200, wet250 := 300/harm.RoadSpeed(100), 300/harm.RoadSpeed(150), 300/harm.RoadSpeed(200), 300/harm.RoadSpeed(250)
	high := 300 / harm.StopAndGo
	for _, c := range []struct {
		depth, speed                       int32
		car, coach, emergency, boat, walks float64
	}{
		{0, 0, 20, 20, 20, tow, 250},
		{49, 0, 20, 20, 20, tow, 250},
		{100, 0, wet100, wet100, wet100, tow, 250 / 0.88},
		{149, 0, wet100, wet100, wet100, tow, 250 / 0.88},
		{150, 0, wet150, wet150, wet150, drag, 250 / 0.82},
		{299, 0, wet250, high, high, drag, 250 / 0.70},
		{300, 0, 0, high, high, drag, 250 / 0.64},
		{400, 0, 0, high, high, float, 250 / 0.56},
		{499, 0, 0, high, high, float, 250 / 0.54},
		{500, 0, 0, 0, 0, float, 250 / 0.52},
		{599, 0, 0, 0, 0, float, 250 / 0.50},
		{600, 0, 0, 0, 0, float, 0},
		{3000, 0, 0, 0, 0, float, 0},
		// Fast and shallow: depth times speed counts.
		{200, 1499, wet200, wet200, wet200, drag, 250 / 0.76},
		{200, 1500, 0, wet200, wet200, drag, 250 / 0.76},
		{200, 2999, 0, wet200, wet200, drag, 250 / 0.76},
		{200, 3000, 0, 0, 0, drag, 0},
	} {
		net := mustNetwork(t, row(5, 305), []LinkSpec{street(0, 1, 15, 1800)})
		w := newWorld(t, net, plain(40, 1))
		w.flood(20, 21, c.depth, c.speed)
		w.run(1)
		for mode, want := range map[sim.Mode]float64{sim.ModeCar: c.car, sim.ModeCoach: c.coach,
			sim.ModeEmergency: c.emergency, sim.ModeVan: c.emergency, sim.ModeBoat: c.boat, sim.ModeFoot: c.walks} {
			_, got, ok := w.roads.Distance(mode, 0, 1)
			if ok != (want > 0) || math.Abs(got-want) > 2e-6*want+1e-6 {
				t.Errorf("%v at %d mm, %d mm/s: %v s, %v; want %v", mode, c.depth, c.speed, got, ok, want)
			}
		}
		if got := w.roads.LinkDepth(0); got != float64(c.depth)/1000 {
			t.Errorf("depth %v m; want %d mm", got, c.depth)
		}
	}
}

// A road on a bridge or embankment is wet only above its own level; where the ground is higher it lies on that.
func TestOwnLevel(t *testing.T) {
	ground := plain(40, 1)
	deck, crest, under := street(0, 1, 15, 1800), street(0, 1, 15, 1800), street(0, 1, 15, 1800)
	deck.OnGround, deck.Level = false, 103
	crest.OnGround, crest.Level = false, 100.5
	under.OnGround, under.Level = false, 99
	net := mustNetwork(t, row(5, 305), []LinkSpec{street(0, 1, 15, 1800), deck, crest, under})
	w := newWorld(t, net, ground)
	w.flood(15, 16, 700, 0)
	w.run(1)
	for link, want := range []float64{0.7, 0, 0.2, 0.7} {
		if got := w.roads.LinkDepth(sim.LinkID(link)); got != want {
			t.Errorf("link %d: depth %v; want %v", link, got, want)
		}
	}
	if got := w.roads.Closed(nil); len(got) != 2 || got[0] != 0 || got[1] != 3 {
		t.Errorf("closed %v; want 0 and 3", got)
	}
	w.flood(0, 40, 700, 0)
	w.run(2)
	if got := w.roads.NodeDepth(0); got != 0.7 {
		t.Errorf("depth at the node %v; want that on the ground", got)
	}
}

// Of two waters on a road the deeper one counts with its own speed: 0.4 m that stand and 0.3 m that run at 3 m/s are not
// 0.4 m that run.
func TestTwoWatersOnARoad(t *testing.T) {
	ground := plain(40, 1)
	w := newWorld(t, mustNetwork(t, row(5, 305), []LinkSpec{street(0, 1, 15, 1800)}), ground)
	w.flood(15, 16, 400, 0)
	for k, v := range [3]int32{300, 3000, -3000} {
		l := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth + sim.Quantity(k)}, ground.Grid)
		l.Set(15, v)
		l.Set(20, v)
		w.layers.Add(l)
	}
	r := w.roads
	r.layers.find(w.layers, ground)
	if got := r.layers.overCell(15, 0); got != (peril{400, 0}) {
		t.Errorf("where both are: %+v; want 400 mm that stand", got)
	}
	depth, flow, worst := r.layers.onLink(r.cover, r.net, 0)
	if depth != 400 || flow != 1272 || worst != (peril{300, 4243}) {
		t.Errorf("on the link: %d mm, %d in 0.001 m2/s, worst %+v; want 400, 1272 and the running water", depth, flow, worst)
	}
}

// A node that only raised roads reach is as high as the lowest of them.
func TestNodeOnTheEmbankment(t *testing.T) {
	crest, deck := street(0, 1, 15, 1800), street(1, 2, 15, 1800)
	crest.OnGround, crest.Level = false, 101
	deck.OnGround, deck.Level = false, 104
	net := mustNetwork(t, row(5, 105, 205), []LinkSpec{crest, deck})
	w := newWorld(t, net, plain(40, 1))
	w.flood(0, 40, 1500, 0)
	w.run(1)
	for node, want := range []float64{0.5, 0.5, 0} {
		if got := w.roads.NodeDepth(sim.NodeID(node)); got != want {
			t.Errorf("node %d: depth %v; want %v", node, got, want)
		}
		if got, want := w.roads.NodeRise(sim.NodeID(node)), []float64{1, 1, 4}[node]; got != want {
			t.Errorf("node %d: %v m above the terrain; want %v", node, got, want)
		}
	}
	w.trip(1, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, From: 1, To: 2, Zone: sim.None})
	w.run(20)
	w.order(20, 1, true, sim.ClosureStrand)
	w.run(22)
	if len(w.strands) != 1 || w.strands[0].Rise != 4 || w.strands[0].Link != 1 || w.strands[0].Node != 1 {
		t.Errorf("%+v; want one on the deck, 4 m above the terrain", w.strands)
	}
}

// Rising water slows those on the road, closes it at 0.30 m, strands the car that stands in it at 0.40 m; falling water
// opens it again only half a step lower. The one behind it turns back, and goes on when the road has been cleared.
func TestRisingWater(t *testing.T) {
	net := mustNetwork(t, row(5, 605), []LinkSpec{street(0, 1, 10, 1800)})
	w := newWorld(t, net, plain(61, 1))
	w.car(0, 1, 0, 1)
	w.run(10)
	w.flood(30, 31, 200, 0) // at 100 m; 500 m left at 3.44 m/s
	w.run(11)
	if p, _ := w.roads.Place(party(1)); math.Abs(p.X-(105+harm.RoadSpeed(200))) > 1e-6 {
		t.Errorf("at %v; want %v: slower from where it was", p.X, 105+harm.RoadSpeed(200))
	}
	w.car(11, 2, 0, 1)
	w.run(30)
	w.flood(30, 31, 310, 0)
	w.run(40)
	first, _ := w.roads.Place(party(1))
	want := 105 + 20*harm.RoadSpeed(200) + 10*harm.RoadSpeed(300)
	if math.Abs(first.X-want) > 1e-3 { // it goes on from whole millimetres
		t.Errorf("at %v; want %v: those inside crawl on", first.X, want)
	}
	w.car(40, 3, 0, 1)
	w.run(60)
	w.flood(18, 31, 400, 0)
	w.run(61)
	if len(w.strands) != 1 || w.strands[0].Cause != sim.StrandWater || w.strands[0].Mover != party(1) ||
		w.strands[0].Link != 0 || w.strands[0].Depth != 0.4 || w.strands[0].at != at(60) {
		t.Fatalf("strandings %+v; want the car in the water", w.strands)
	}
	if math.Abs(w.strands[0].X-(want+20*harm.RoadSpeed(300))) > 1e-3 {
		t.Errorf("stranded at %v; want %v", w.strands[0].X, want+20*harm.RoadSpeed(300))
	}
	w.flood(18, 31, 276, 0)
	w.run(62)
	if !w.roads.LinkClosed(0) {
		t.Error("open again less than half a step below 0.30 m")
	}
	w.flood(18, 31, 274, 0)
	w.run(63)
	if w.roads.LinkClosed(0) {
		t.Error("still closed more than half a step below 0.30 m")
	}
	shut, open := w.events(sim.EvLinkClosed), w.events(sim.EvLinkOpened)
	if len(shut) != 1 || shut[0].At != at(30) || shut[0].Count != int32(sim.StrandWater) || len(open) != 1 ||
		open[0].At != at(62) {
		t.Errorf("closed %v, opened %v", shut, open)
	}
	w.run(100)
	if f, _ := w.roads.Flow(0); f != 0 || w.roads.OnLink(0) != 1 {
		t.Errorf("%d past the car that stands on the only lane, %d on the link; want the one that turned back", f,
			w.roads.OnLink(0))
	}
	w.works(100, 0, sim.RoadOrder{Do: sim.RoadClear})
	w.run(900)
	if len(w.arrived) != 2 || w.arrived[0].Mover != party(3) || w.arrived[1].Mover != party(2) {
		t.Errorf("arrivals %+v; want those of the car that waited and of the one that turned back", w.arrived)
	}
}

// Water that comes over the road ahead sends movers round it; an order and water close a link independently.
func TestWaterAndOrder(t *testing.T) {
	ground := plain(101, 53)
	w := newWorld(t, diamond(t), ground)
	w.flood(60, 80, 350, 0)
	w.run(1)
	// The band lies across both ways at first; only the short one has a bridge.
	if _, _, ok := w.roads.Distance(sim.ModeCar, 0, 3); ok {
		t.Error("a way through the water")
	}
	w.order(1, 1, true, sim.ClosureFinish)
	w.run(2)
	w.flood(60, 80, 0, 0)
	w.run(3)
	if !w.roads.LinkClosed(1) || w.roads.LinkClosed(3) {
		t.Error("the order should hold and the water be gone")
	}
	w.order(3, 1, false, sim.ClosureFinish)
	w.run(4)
	if w.roads.LinkClosed(1) {
		t.Error("closed without order or water")
	}
	if shut, open := w.events(sim.EvLinkClosed), w.events(sim.EvLinkOpened); len(shut) != 2 || len(open) != 2 {
		t.Errorf("closed %v, opened %v; want each once per link", shut, open)
	}
}

// Walkers go at their own speed times the factor of the depth, are re-timed when the water changes, and are stranded
// where it takes them off their feet.
//
// Reference: as TestWadeFactor; Cox, Shand, Blacka (2010): adults to 1.2 m, working limit 0.8 m2/s.
func TestWalkers(t *testing.T) {
	net := mustNetwork(t, row(5, 605), []LinkSpec{street(0, 1, 10, 1800)})
	w := newWorld(t, net, plain(61, 1))
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, To: 1, Persons: 3, Speed: 1.5, Zone: sim.None})
	w.trip(0, sim.Trip{Mover: party(2), Mode: sim.ModeFoot, To: 1, Persons: 1, Zone: sim.None})
	w.trip(0, sim.Trip{Mover: party(3), Mode: sim.ModeFoot, From: 1, To: 0, Persons: 1, Speed: 0.8, Zone: sim.None})
	w.run(200)
	w.flood(50, 51, 350, 0)
	w.run(400)
	// 300 m in 200 s, then 300 m at 0.58 of 1.5 m/s would take 345 s.
	if p, _ := w.roads.Place(party(1)); math.Abs(p.X-(5+300+200*1.5*0.58)) > 1e-4 {
		t.Errorf("party 1 at %v", p.X)
	}
	if p, _ := w.roads.Place(party(3)); math.Abs(p.X-(605-160-200*0.8*0.58)) > 1e-4 {
		t.Errorf("party 3 at %v", p.X)
	}
	w.run(546)
	if len(w.arrived) != 1 || math.Abs(w.arrived[0].at.Seconds()-(200+300/(1.5*0.58))) > 1e-5 {
		t.Errorf("arrivals %+v", w.arrived)
	}
	w.flood(25, 51, 700, 1200) // 0.84 m2/s
	w.run(547)
	if len(w.strands) != 2 || w.strands[0].Mover != party(2) || w.strands[1].Node != 1 {
		t.Errorf("strandings %+v; want both who are still under way", w.strands)
	}
	if len(w.events(sim.EvVehicleStranded)) != 0 {
		t.Error("a walker is no vehicle")
	}
}

// A boat goes on its trailer to the water, floats over a flooded street where no car passes, also against a
// one-way sign, and takes no room there.
func TestBoat(t *testing.T) {
	one := street(2, 1, 10, 1800)
	one.OneWay = true
	net := mustNetwork(t, row(5, 305, 605, 905), []LinkSpec{street(0, 1, 20, 1800), one, street(2, 3, 20, 1800)})
	w := newWorld(t, net, plain(91, 1))
	if _, _, ok := w.roads.Distance(sim.ModeBoat, 0, 3); ok {
		t.Error("a boat on its trailer against a one-way street")
	}
	w.flood(31, 60, 1500, 500)
	w.run(1)
	w.order(1, 1, true, sim.ClosureTurnBack) // does not bind who floats
	w.trip(1, sim.Trip{Mover: unit(1), Mode: sim.ModeBoat, To: 3, Vehicles: 1, Zone: sim.None})
	w.trip(1, sim.Trip{Mover: unit(2), Mode: sim.ModeCoach, To: 3, Vehicles: 1, Zone: sim.None})
	w.run(700)
	w.wantTimes(1 + 300/towSpeed + 300/floatSpeed + 300/towSpeed)
	if len(w.strands) != 1 || w.strands[0].Mover != unit(2) {
		t.Errorf("strandings %+v; want the coach's", w.strands)
	}
}

// The layers may move in any grid of tiles: what is read after each publication equals a reading of everything.
func TestDirtyTilesAreEnough(t *testing.T) {
	ground := plain(101, 53)
	w := newWorld(t, diamond(t), ground)
	for k := range 60 {
		w.flood(k*7%100, min(k*7%100+9, 101), int32(k*13%50)*20, int32(k%5)*300)
		w.run(float64(k + 1))
		fresh := New(w.net, ground)
		fresh.log = &sim.Log{}
		fresh.readWater(w.layers, true)
		for link := range w.net.links {
			if got, want := w.roads.links[link].depth, fresh.links[link].depth; got != want {
				t.Fatalf("publication %d, link %d: %d mm; want %d", k, link, got, want)
			}
		}
		for node := range w.net.nodes {
			if w.roads.nodes[node] != fresh.nodes[node] {
				t.Fatalf("publication %d, node %d: %d mm; want %d", k, node, w.roads.nodes[node], fresh.nodes[node])
			}
		}
	}
}

// A link that leaves the map is as deep as the nearest cells.
func TestOutsideTheMap(t *testing.T) {
	nodes := []NodeSpec{{At: geo.Point{X: -500, Y: -50}}, {At: geo.Point{X: 5, Y: 5}}}
	w := newWorld(t, mustNetwork(t, nodes, []LinkSpec{street(0, 1, 10, 1800)}), plain(20, 20))
	w.flood(0, 1, 250, 0)
	w.run(1)
	if w.roads.LinkDepth(0) != 0.25 || w.roads.NodeDepth(0) != 0.25 {
		t.Errorf("depths %v and %v; want 0.25", w.roads.LinkDepth(0), w.roads.NodeDepth(0))
	}
}
