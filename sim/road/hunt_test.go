package road

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// drawRules draws bans of turns, a rule of turning round and what becomes of rings, for the parts of a network.
func drawRules(rt *rapid.T, net *Network) Rules {
	rules := DefaultRules()
	rules.Free = rapid.IntRange(0, 3).Draw(rt, "free nodes") == 0
	rules.Patience = rapid.SampledFrom([]float64{0, 2, 600}).Draw(rt, "patience")
	rules.UTurn = UTurnRule(rapid.IntRange(0, int(UTurnRuleCount)-1).Draw(rt, "U-turn"))
	if rapid.Bool().Draw(rt, "police") {
		rules.Gridlock, rules.GridlockAfter = GridlockRotate, 2*sim.Minute
	}
	if rapid.IntRange(0, 3).Draw(rt, "abandon") == 0 {
		rules.AbandonAfter, rules.ClearAfter = 10*sim.Minute, 5*sim.Minute
	}
	for range rapid.IntRange(0, 4).Draw(rt, "bans") {
		from, to := drawArc(rt, net, func(int32) bool { return true }), sim.Arc(0)
		if from > 0 {
			to = drawArc(rt, net, func(arc int32) bool { return net.tail[arc] == net.head[from-1] })
		}
		if to > 0 {
			rules.Bans = append(rules.Bans, Ban{from, to})
		}
	}
	return rules
}

// drawArc draws one of the arcs that vehicles may use, of those that fit; 0 where there is none, and half of the time.
func drawArc(rt *rapid.T, net *Network, fits func(arc int32) bool) sim.Arc {
	var arcs []sim.Arc
	for k := range net.links {
		for _, back := range []bool{false, true} {
			if l := &net.links[k]; l.FootOnly || back && l.OneWay || l.Capacity == 0 {
				continue
			}
			if arc := sim.ArcOf(sim.LinkID(k), back); fits(int32(arc - 1)) {
				arcs = append(arcs, arc)
			}
		}
	}
	if len(arcs) == 0 {
		return 0
	}
	return rapid.SampledFrom(append(arcs, slices.Repeat([]sim.Arc{0}, len(arcs))...)).Draw(rt, "arc")
}

// drawHunt draws a story with everything: every control of nodes, closures with every policy, water, turn bans, rules of
// turning round, trips that name their first and last arc, all that drivers may know, bold ones, and new destinations
// under way.
func drawHunt(rt *rapid.T, ticks int) *story {
	s := drawStory(rt, ticks)
	nodes, links := slices.Clone(s.net.nodes), slices.Clone(s.net.links)
	for k := range nodes {
		nodes[k].Control = Control(rapid.IntRange(0, int(ControlCount)-1).Draw(rt, "control"))
	}
	for k := range links {
		links[k].Rank = uint8(rapid.IntRange(0, 2).Draw(rt, "rank"))
		links[k].Circle = rapid.IntRange(0, 5).Draw(rt, "circle") == 0
	}
	rules := drawRules(rt, s.net)
	rules.Routes, rules.TravelEvery = s.net.rules.Routes, s.net.rules.TravelEvery
	net, problems := NewNetwork(nodes, links, rules)
	if problems != nil { // there is no way along the route without banned turns
		rules.Routes = nil
		net, problems = NewNetwork(nodes, links, rules)
	}
	if problems != nil {
		rt.Fatal(problems)
	}
	net.rules.Weather = s.net.rules.Weather
	s.net = net
	knowledges := rapid.SampledFrom([]int{int(sim.KnowsTravel), int(sim.KnowledgeCount)}).Draw(rt, "knowledges")
	var before []sim.Trip
	for tick := range s.trips {
		for i := range s.trips[tick] {
			trip := &s.trips[tick][i]
			trip.Knows = sim.Knowledge(rapid.IntRange(0, knowledges-1).Draw(rt, "knows"))
			trip.Route = min(trip.Route, int32(len(net.routes)))
			trip.Bold = rapid.IntRange(0, 3).Draw(rt, "bold") == 0
			if trip.Mode == sim.ModeCar || trip.Mode == sim.ModeCoach {
				trip.First = drawArc(rt, net, func(arc int32) bool { return net.tail[arc] == int32(trip.From) })
				trip.Last = drawArc(rt, net, func(arc int32) bool { return net.head[arc] == int32(trip.To) })
			}
			if len(before) > 0 && rapid.IntRange(0, 9).Draw(rt, "divert") == 0 {
				old := rapid.SampledFrom(before).Draw(rt, "whom")
				trip.Mover, trip.Mode, trip.Vehicles, trip.Speed = old.Mover, old.Mode, old.Vehicles, old.Speed
				trip.Persons = old.Persons // a crowd that has no room for more does not grow on the spot
				trip.First, trip.Last = 0, 0
			}
			before = append(before, *trip)
		}
	}
	return s
}

// calm takes all orders to roads back where they did something, clears stalled vehicles, dries the ground, and plays on
// until nothing happens any more.
func (w *testWorld) calm() error {
	for k := range w.net.Links() {
		clock := w.roads.Now().Seconds()
		w.works(clock, k, whole)
		w.works(clock, k, sim.RoadOrder{Do: sim.RoadContraflowEnd})
		w.works(clock, k, sim.RoadOrder{Do: sim.RoadClear})
		if w.roads.LinkClosed(sim.LinkID(k)) {
			w.order(clock, k, false, sim.ClosureFinish)
		}
	}
	w.flood(0, w.layers.Ground.Grid.NX, 0, 0)
	w.roads.Step(w.roads.Now()+at(1), w.layers, w.ports, &w.log)
	long := w.roads.Now() + at(40*3600)
	for range 4000 {
		// Whether people leave cars that stand for good is asked again and again: units stay with theirs.
		asked := w.net.rules.AbandonAfter > 0 && w.roads.Now() > long
		if w.roads.Next() == sim.Never || asked { // who is left closes up behind those who stand
			w.roads.Step(w.roads.Now()+at(3600), w.layers, w.ports, &w.log)
			w.collect()
			return w.roads.Check(true)
		}
		w.roads.Step(max(w.roads.Now(), w.roads.Next())+at(60), w.layers, w.ports, &w.log)
	}
	return fmt.Errorf("things still happen at %v: next at %v", w.roads.Now(), w.roads.Next())
}

// After a random story with everything the roads are opened and dried. Then everybody who is still under way comes to his end: only
// who stands in a ring of full links, or behind one, is left, and rings that police wave on leave nobody, unless they
// say that they cannot. Whoever stands though there is room ahead would be found here: nothing will ever wake him.
func TestNobodyIsForgotten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const ticks = 60
		s := drawHunt(rt, ticks)
		if rapid.Bool().Draw(rt, "undisturbed") { // so that no closure wakes anybody
			clear(s.orders)
			for tick := range s.floods {
				s.floods[tick][2] = -1
			}
		}
		w := newWorld(t, s.net, s.ground)
		for tick := range ticks {
			s.tell(w, tick, false)
		}
		calm := w.roads.Now()
		if err := w.calm(); err != nil {
			rt.Fatal(err)
		}
		left := int64(0)
		for mode := range sim.ModeCount {
			if c := w.roads.Tally(mode); mode == sim.ModeFoot && c.Inside+c.Waiting > 0 && w.roads.Next() == sim.Never {
				rt.Fatalf("walkers are left: %+v", c)
			} else if mode != sim.ModeNone && mode != sim.ModeFoot {
				left += c.Inside + c.Waiting
			}
		}
		stuck, _ := w.roads.Stuck()
		if left != stuck || s.net.rules.Gridlock == GridlockRotate && left > 0 && !w.gaveUp() {
			rt.Fatalf("%d vehicles are left, %d of them in rings and behind them", left, stuck)
		}
		w.wantTrueRings(rt)
		if e, ok := w.opened(calm + at(1)); ok && s.stubborn() {
			rt.Fatalf("a ring that stood for %v s opened at %v by itself", e.Num, e.At)
		}
	})
}

// gaveUp says whether police have told of a ring that they could not wave on.
func (w *testWorld) gaveUp() bool {
	return slices.ContainsFunc(w.events(sim.EvGridlockReleased), func(e sim.Event) bool { return e.Count == 0 })
}

// wantTrueRings looks at the rings that stand: each leads round, and nobody on it moves.
func (w *testWorld) wantTrueRings(rt *rapid.T) {
	for _, r := range w.roads.Rings() {
		vehicles := 0
		for k, arc := range r.Links {
			next := r.Links[(k+1)%len(r.Links)]
			if w.net.head[arc-1] != w.net.tail[next-1] {
				rt.Fatalf("ring %+v: %d does not lead to %d", r, arc, next)
			}
			if w.roads.Queued(arc) == 0 {
				rt.Fatalf("ring %+v: nobody stands on %d", r, arc)
			}
			vehicles += w.roads.Queued(arc)
		}
		if vehicles != r.Vehicles {
			rt.Fatalf("ring %+v: %d stand on it", r, vehicles)
		}
	}
}

// opened returns a ring that has opened after an instant.
func (w *testWorld) opened(after sim.Time) (e sim.Event, ok bool) {
	for _, e := range w.events(sim.EvGridlockOver) {
		if e.At > after {
			return e, true
		}
	}
	return sim.Event{}, false
}

// stubborn says whether nobody in a ring ever does anything else than wait: no police wave it on, nobody leaves his car,
// and nobody who hears of travel times takes another way.
func (s *story) stubborn() bool {
	for _, trips := range s.trips {
		if slices.ContainsFunc(trips, func(trip sim.Trip) bool { return trip.Knows == sim.KnowsTravel }) {
			return false
		}
	}
	return s.net.rules.Gridlock == GridlockStand && s.net.rules.AbandonAfter == 0
}

// To open a link that is open is nothing, and yet whoever waits may look round: if the order changed what comes of a
// story, somebody would have waited who need not have.
func TestOpeningWhatIsOpenChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const ticks = 60
		s := drawHunt(rt, ticks)
		a, b := newWorld(t, s.net, s.ground), newWorld(t, s.net, s.ground)
		for tick := range ticks {
			s.tell(a, tick, false)
			shut := b.roads.Closed(nil)
			for k := range sim.LinkID(s.net.Links()) {
				named := slices.ContainsFunc(s.orders[tick], func(o sim.RoadOrder) bool { return o.Link == k })
				if !named && !slices.Contains(shut, k) {
					b.order(b.roads.Now().Seconds(), int(k), false, sim.ClosureFinish)
				}
			}
			s.tell(b, tick, false)
		}
		for range 60 {
			a.roads.Step(a.roads.Now()+at(60), a.layers, a.ports, &a.log)
			b.roads.Step(b.roads.Now()+at(60), b.layers, b.ports, &b.log)
		}
		a.collect()
		b.collect()
		if x, y := fmt.Sprint(a.arrived, a.strands, a.crossed, a.log), fmt.Sprint(b.arrived, b.strands, b.crossed, b.log); x != y {
			rt.Fatalf("without:\n%s\nwith:\n%s", x, y)
		}
	})
}

// A road that has lost its last lane keeps the headway that had begun, also when it is saved meanwhile: with one of two
// lanes of 60 veh/h open the car behind the one of 1 s sets out at 61 s. That one cannot leave from 10 s to 30 s, and the
// other follows a minute behind it.
func TestRoadWithoutLanesIsSaved(t *testing.T) {
	l := street(0, 1, 10, 60)
	l.Lanes = 2
	w := newWorld(t, freeNodes(t, row(0, 100), []LinkSpec{l}), nil)
	open := func(seconds float64, lanes uint8) {
		w.works(seconds, 0, sim.RoadOrder{Do: sim.RoadReduce, Lanes: lanes, Share: 1})
	}
	open(0, 1)
	w.car(1, 1, 0, 1)
	w.car(2, 2, 0, 1)
	open(10, 0)
	w.run(20)
	d := &sim.Decoder{Buf: save(w.roads)}
	if w.roads.LoadState(d); d.Err != nil {
		t.Fatal(d.Err)
	}
	open(30, 1)
	w.run(100)
	w.wantTimes(30, 90)
}
