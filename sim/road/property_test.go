package road

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// story is a random network with random trips, closures and water, as messages by tick.
type story struct {
	net     *Network
	ground  *sim.Terrain
	trips   [][]sim.Trip
	delays  [][]int // of the trips within their tick [µs]
	orders  [][]sim.RoadOrder
	streams []Stream
	floods  [][4]int32 // columns, depth and speed; by tick, depth -1 for none
	leaves  []int32    // by tick: party that leaves the road; below 0 for none
	police  []int      // by tick: node to which an officer comes, or from which, counted from -1 down, he goes
}

// layRandomRoute gives the network a route of the plan, if there is a way over the nodes that are drawn.
func (s *story) layRandomRoute(rt *rapid.T) {
	var route []sim.NodeID
	for range rapid.IntRange(2, 4).Draw(rt, "nodes of the route") {
		route = append(route, sim.NodeID(rapid.IntRange(0, len(s.net.nodes)-1).Draw(rt, "node of the route")))
	}
	rules := s.net.rules
	rules.Routes = [][]sim.NodeID{route}
	if net, problems := NewNetwork(s.net.nodes, s.net.links, rules); problems == nil {
		s.net = net
	}
}

// drawStory draws a story of so many ticks.
func drawStory(rt *rapid.T, ticks int) *story {
	rough := rapid.SampledFrom([]int{0, 0, 200, 700}).Draw(rt, "steps of the ground") // [mm]
	s := &story{net: randomNetwork(rt, 12), ground: plain(30, 30)}
	s.net.rules.Weather = Weather(rapid.IntRange(0, int(WeatherCount)-1).Draw(rt, "weather"))
	for cell := range s.ground.Bed {
		s.ground.Bed[cell] += int32(cell%30*7%5) * int32(rough) // the same in each column
	}
	s.net.rules.TravelEvery = 7 * sim.Second
	s.layRandomRoute(rt)
	nodes := len(s.net.nodes)
	id := int32(0)
	for tick := range ticks {
		var trips []sim.Trip
		var delays []int
		for k := range rapid.SampledFrom([]int{0, 0, 0, 1, 1, 5, 20}).Draw(rt, "trips") {
			mode := sim.Mode(rapid.IntRange(1, int(sim.ModeCount)-1).Draw(rt, "mode"))
			kind := rapid.SampledFrom([]sim.Kind{sim.KindParty, sim.KindUnit}).Draw(rt, "kind")
			trips = append(trips, sim.Trip{
				Mover: sim.Ref{Kind: kind, ID: id}, Mode: mode,
				From:     sim.NodeID(rapid.IntRange(0, nodes-1).Draw(rt, "from")),
				To:       sim.NodeID(rapid.IntRange(0, nodes-1).Draw(rt, "to")),
				Persons:  rapid.SampledFrom([]int32{1, 2, 40}).Draw(rt, "persons"),
				Vehicles: int32(rapid.IntRange(1, 3).Draw(rt, "vehicles")),
				Speed:    float64(rapid.IntRange(0, 3).Draw(rt, "pace")) / 2,
				Wading:   rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(rt, "wading"),
				Zone:     sim.ZoneID(rapid.IntRange(-1, 2).Draw(rt, "zone")),
				Knows:    sim.Knowledge(rapid.IntRange(0, int(sim.KnowledgeCount)-1).Draw(rt, "knows")),
				Bold:     rapid.Bool().Draw(rt, "bold"),
				Route:    int32(rapid.IntRange(0, len(s.net.routes)).Draw(rt, "route")),
			})
			delays = append(delays, 40_000*k+rapid.IntRange(0, 39_999).Draw(rt, "delay"))
			id++
		}
		var orders []sim.RoadOrder
		if rapid.IntRange(0, 5).Draw(rt, "order") == 0 {
			orders = append(orders, drawOrder(rt, s.net))
		}
		flood := [4]int32{0, 0, -1, 0}
		if tick%5 == 0 {
			from := int32(rapid.IntRange(0, 25).Draw(rt, "column"))
			flood = [4]int32{from, from + int32(rapid.IntRange(1, 30).Draw(rt, "columns")),
				int32(rapid.IntRange(0, 30).Draw(rt, "depth")) * 50, int32(rapid.IntRange(0, 4).Draw(rt, "speed")) * 500}
		}
		s.police = append(s.police, rapid.IntRange(-nodes, nodes-1).Draw(rt, "police"))
		s.leaves = append(s.leaves, int32(rapid.IntRange(-12, 12).Draw(rt, "leaves")))
		s.trips, s.delays = append(s.trips, trips), append(s.delays, delays)
		s.orders, s.floods = append(s.orders, orders), append(s.floods, flood)
	}
	return s
}

// drawJam draws a story of so many ticks in a small town of one-way streets that is crowded until it locks, with police
// that come at once, later or never.
func drawJam(rt *rapid.T, ticks int) *story {
	const side = 3
	rules := DefaultRules()
	rules.Gridlock = GridlockRule(rapid.IntRange(0, int(GridlockRuleCount)-1).Draw(rt, "gridlock"))
	rules.GridlockAfter = sim.Duration(rapid.IntRange(0, 30).Draw(rt, "after")) * sim.Second
	rules.AbandonAfter = sim.Duration(rapid.SampledFrom([]int{0, 0, 5, 20}).Draw(rt, "bear")) * sim.Second
	var nodes []NodeSpec
	var links []LinkSpec
	for k := range side * side {
		nodes = append(nodes, NodeSpec{At: geo.Point{X: float64(20 + 30*(k%side)), Y: float64(20 + 30*(k/side))},
			Control: Control(rapid.IntRange(0, int(ControlCount)-1).Draw(rt, "control"))})
	}
	for k := range side * side {
		for _, next := range [...]int{k + 1, k + side} {
			if next >= side*side || next == k+1 && k%side == side-1 {
				continue
			}
			l := street(k, next, 10, 1800)
			if rapid.Bool().Draw(rt, "back") {
				l.From, l.To = l.To, l.From
			}
			l.OneWay = rapid.IntRange(0, 3).Draw(rt, "one way") > 0
			links = append(links, l)
		}
	}
	net, problems := NewNetwork(nodes, links, rules)
	if problems != nil {
		panic(fmt.Sprint(problems))
	}
	s := &story{net: net, ground: plain(30, 30), trips: make([][]sim.Trip, ticks), delays: make([][]int, ticks),
		orders: make([][]sim.RoadOrder, ticks), floods: slices.Repeat([][4]int32{{0, 0, -1, 0}}, ticks)}
	for range ticks {
		s.police = append(s.police, rapid.IntRange(-len(nodes), len(nodes)-1).Draw(rt, "police"))
	}
	for id := range int32(300) {
		tick := rapid.IntRange(0, ticks/4).Draw(rt, "tick")
		trip := sim.Trip{Mover: sim.Ref{Kind: sim.KindParty, ID: id}, Mode: sim.ModeCar, Vehicles: 1, Persons: 2,
			From: sim.NodeID(rapid.IntRange(0, len(nodes)-1).Draw(rt, "from")),
			To:   sim.NodeID(rapid.IntRange(0, len(nodes)-1).Draw(rt, "to")), Zone: sim.None}
		trip.Stays = id%5 == 0
		if id%16 == 0 {
			trip.Mode = sim.ModeCoach
		}
		s.trips[tick] = append(s.trips[tick], trip)
		s.delays[tick] = append(s.delays[tick], 3000*int(id)+rapid.IntRange(0, 2999).Draw(rt, "delay"))
	}
	for range rapid.IntRange(0, 2).Draw(rt, "streams") {
		stream := through(0, sim.NodeID(len(nodes)-1), float64(rapid.IntRange(0, 20).Draw(rt, "per hour"))*100)
		stream.To = append(stream.To, 1)
		stream.Poisson = rapid.Bool().Draw(rt, "at random")
		s.streams = append(s.streams, stream)
	}
	if rapid.Bool().Draw(rt, "flooded") {
		s.floods[ticks/2] = [4]int32{2, 5, 350, 0}
	}
	return s
}

// drawAny draws a story of either sort.
func drawAny(rt *rapid.T, ticks int) *story {
	if rapid.Bool().Draw(rt, "jam") {
		return drawJam(rt, ticks)
	}
	if rapid.Bool().Draw(rt, "everything") {
		return drawHunt(rt, ticks)
	}
	return drawStory(rt, ticks)
}

// world puts empty roads under a story, with its background traffic.
func (s *story) world(t *testing.T) *testWorld {
	w := newWorld(t, s.net, s.ground)
	w.background(s.streams...)
	return w
}

// drawOrder draws any order to the roads.
func drawOrder(rt *rapid.T, net *Network) sim.RoadOrder {
	o := sim.RoadOrder{
		Do:     sim.RoadAction(rapid.IntRange(0, int(sim.RoadActionCount)-1).Draw(rt, "order")),
		Link:   sim.LinkID(rapid.IntRange(0, len(net.links)-1).Draw(rt, "link")),
		Node:   sim.NodeID(rapid.IntRange(0, len(net.nodes)-1).Draw(rt, "node")),
		Policy: sim.ClosurePolicy(rapid.IntRange(0, 2).Draw(rt, "policy")),
		Way:    sim.RoadWay(rapid.IntRange(1, 2).Draw(rt, "way")),
		Lanes:  rapid.SampledFrom([]uint8{sim.AllLanes, sim.AllLanes, 0, 1, 2}).Draw(rt, "lanes"),
		Share:  rapid.SampledFrom([]float64{0, 0.3, 1}).Draw(rt, "share"),
		Over:   sim.Duration(rapid.IntRange(0, 20).Draw(rt, "over")) * sim.Second,
		On:     rapid.Bool().Draw(rt, "on"),
		Told:   rapid.Bool().Draw(rt, "told"),
	}
	if o.Do != sim.RoadContraflow && rapid.Bool().Draw(rt, "both ways") {
		o.Way = sim.WayBoth
	}
	return o
}

// tell posts what a tick brings and steps through it. order permutes the posting.
func (s *story) tell(w *testWorld, tick int, backwards bool) {
	if f := s.floods[tick]; f[2] >= 0 {
		w.flood(int(f[0]), int(f[1]), f[2], f[3])
		rain := w.layers.Of(sim.LayerKey{Quantity: sim.QRain})
		for cell := range rain.Values { // heavier to the east
			rain.Set(cell, f[0]%3*int32(cell%30)*200)
		}
	}
	w.roads.SetDark(tick/20 == 1)
	for i := range s.trips[tick] {
		if backwards {
			i = len(s.trips[tick]) - 1 - i
		}
		trip := s.trips[tick][i]
		w.ports.Trips.Post(w.roads.now+sim.Time(s.delays[tick][i]), trip.Mover.ID, trip)
	}
	for _, o := range s.orders[tick] {
		w.ports.RoadOrders.Post(w.roads.now, int32(o.Link), o)
	}
	if tick < len(s.leaves) && s.leaves[tick] >= 0 {
		w.ports.Leavings.Post(w.roads.now, s.leaves[tick], sim.Leaving{Mover: sim.Ref{Kind: sim.KindParty, ID: s.leaves[tick]}})
	}
	if node := s.police[tick]; node >= 0 {
		w.roads.agenda.Put(w.roads.now, entry{what: doPolice, arg: 1, id: int32(node)})
	} else {
		w.roads.agenda.Put(w.roads.now, entry{what: doPolice, id: int32(-1 - node)})
	}
	w.roads.Step(w.roads.now+at(1), w.layers, w.ports, &w.log)
	w.collect()
}

// whereabouts is where a mover was at the end of a tick.
type whereabouts struct {
	at   geo.Point
	mode sim.Mode
	pace float64
}

// At every tick, whatever happens: in = out + inside + waiting + stranded, by counters and by a recount; nobody has
// moved further than its highest speed allows, except that a queue closes up by the length of those that left it.
func TestNothingIsLostAndNothingJumps(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const ticks = 60
		s := drawAny(rt, ticks)
		w := s.world(t)
		last := map[sim.Ref]whereabouts{}
		for tick := range ticks {
			s.tell(w, tick, false)
			if err := w.roads.Check(true); err != nil {
				rt.Fatal(err)
			}
			now := map[sim.Ref]whereabouts{}
			for slot := range w.roads.slots {
				m := w.roads.movers.at(slot)
				if m.stage <= stagePending {
					continue
				}
				p := whereabouts{w.roads.position(slot), m.mode, w.roads.besides(m).pace}
				now[m.ref()] = p
				anew := slices.ContainsFunc(s.trips[tick], func(trip sim.Trip) bool { return trip.Mover == m.ref() })
				if before, ok := last[m.ref()]; ok && !anew {
					// 30 m/s, and a queue that closes up by a departing platoon of three coaches.
					most := 30 + 6*7.5
					if p.mode == sim.ModeFoot {
						most = 1.2 * max(p.pace, 1) * 1.2 // downhill
					}
					stretch := slices.Max(w.net.drawn) // of a link that is drawn longer than it is
					if d := before.at.Dist(p.at); d > (most+1e-3)*stretch {
						rt.Fatalf("tick %d: %v by %v jumped %.1f m", tick, m.ref(), m.mode, d)
					}
				}
			}
			last = now
		}
		seen := map[sim.Ref]int{}
		for _, a := range w.arrived {
			seen[a.Mover]++
		}
		for _, g := range w.strands {
			seen[g.Mover]++
		}
		begun := map[sim.Ref]int{} // who has come to his end may set out again
		for _, trips := range s.trips {
			for _, trip := range trips {
				begun[trip.Mover]++
			}
		}
		for ref, n := range seen {
			if n > begun[ref] {
				rt.Fatalf("%v ended %d times", ref, n)
			}
		}
	})
}

// A mover goes from arc to arc over a common node, and spends no less than the free time on each.
func TestNobodyIsFasterThanFree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawStory(rt, 40)
		w := newWorld(t, s.net, nil)
		s.ground, w.layers = nil, nil
		s.leaves = nil
		for tick := range s.floods {
			s.floods[tick][2] = -1
			for i := range s.orders[tick] {
				s.orders[tick][i].Policy = sim.ClosureFinish
				if s.orders[tick][i].Do == sim.RoadContraflow {
					s.orders[tick][i].Do = sim.RoadContraflowEnd // it opens ways that were none
				}
			}
			s.tell(w, tick, false)
		}
		starts := map[sim.Ref]sim.Time{}
		trips := map[sim.Ref]sim.Trip{}
		for tick := range s.trips {
			for i, trip := range s.trips[tick] {
				starts[trip.Mover] = at(float64(tick)) + sim.Time(s.delays[tick][i])
				trips[trip.Mover] = trip
			}
		}
		for tick := 40; tick < 400; tick++ {
			w.roads.Step(w.roads.now+at(1), nil, w.ports, &w.log)
			w.collect()
		}
		free := New(s.net, nil)
		for _, a := range w.arrived {
			trip := trips[a.Mover]
			_, seconds, ok := free.Distance(trip.Mode, trip.From, trip.To)
			if trip.Mode == sim.ModeFoot && trip.Speed > 0 {
				seconds *= walkSpeed / trip.Speed
			}
			// Every link rounds its time to a microsecond.
			if took := a.at.Sub(starts[a.Mover]).Seconds(); !ok || took < seconds-20e-6 {
				rt.Fatalf("%v took %v s; want at least %v", trip, took, seconds)
			}
		}
	})
}

// Saved, loaded and saved again gives the same bytes, and both go on alike, byte for byte, in what they do and in what
// they say.
func TestSaveLoadStep(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const ticks = 40
		s := drawAny(rt, ticks)
		w := s.world(t)
		cut := rapid.IntRange(1, ticks-1).Draw(rt, "cut")
		for tick := range cut {
			s.tell(w, tick, false)
		}
		saved := save(w.roads)
		v := &testWorld{t: t, net: s.net, roads: New(s.net, s.ground), ports: &sim.Ports{}, layers: w.layers}
		v.background(s.streams...)
		d := &sim.Decoder{Buf: slices.Clone(saved)}
		v.roads.LoadState(d)
		if d.Err != nil || len(d.Buf) > 0 {
			rt.Fatalf("%v, %d bytes left", d.Err, len(d.Buf))
		}
		if !bytes.Equal(saved, save(v.roads)) {
			rt.Fatal("saved again it has other bytes")
		}
		w.arrived, w.strands, w.crossed, w.exposed, w.log = nil, nil, nil, nil, sim.Log{}
		for tick := cut; tick < ticks; tick++ {
			s.tell(w, tick, false)
			v.layers = w.layers
			quiet := *s
			quiet.floods = slices.Repeat([][4]int32{{0, 0, -1, 0}}, ticks) // the layers are shared
			quiet.tell(v, tick, false)
			if !bytes.Equal(save(w.roads), save(v.roads)) {
				rt.Fatalf("tick %d: the states differ", tick)
			}
		}
		a := fmt.Sprint(w.arrived, w.strands, w.crossed, w.exposed, w.log)
		b := fmt.Sprint(v.arrived, v.strands, v.crossed, v.exposed, v.log)
		if a != b {
			rt.Fatalf("they say different things:\n%v\n%v", a, b)
		}
	})
}

func save(r *Traffic) []byte {
	var e sim.Encoder
	r.AppendState(&e)
	return e.Buf
}

// The order in which messages are posted does not count.
func TestPostingOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const ticks = 40
		s := drawAny(rt, ticks)
		a, b := s.world(t), s.world(t)
		for tick := range ticks {
			s.tell(a, tick, false)
			s.tell(b, tick, true)
		}
		if a.roads.Trail() != b.roads.Trail() || !bytes.Equal(save(a.roads), save(b.roads)) {
			rt.Fatal("the states differ")
		}
	})
}

// The same trips in any other order, so that each mover has another id, change nothing but ids, as long as no two trips
// begin in one instant: who arrives, is stranded, crosses a border or is in danger, when and where, what goes over every
// arc, and the counts.
func TestIDsDoNotCount(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const ticks = 40
		s := drawStory(rt, ticks)
		count := 0
		for tick := range ticks {
			count += len(s.trips[tick])
		}
		own := make([]int32, count)
		for id := range own {
			own[id] = int32(id)
		}
		id := rapid.Permutation(own).Draw(rt, "ids")
		other := *s
		other.trips = nil
		for tick := range ticks {
			trips := slices.Clone(s.trips[tick])
			for i := range trips {
				trips[i].Mover.ID = id[trips[i].Mover.ID]
			}
			other.trips = append(other.trips, trips)
		}
		other.leaves = slices.Clone(s.leaves)
		for tick, x := range other.leaves {
			if x >= 0 && int(x) < count {
				other.leaves[tick] = id[x]
			}
		}
		a, b := s.world(t), s.world(t)
		for tick := range ticks {
			s.tell(a, tick, false)
			other.tell(b, tick, false)
		}
		if got, want := b.tale(own), a.tale(id); !slices.Equal(got, want) {
			rt.Fatalf("%v\nwant %v", got, want)
		}
	})
}

// tale is what a world has said and counted, with other ids, in no order.
func (w *testWorld) tale(id []int32) []string {
	var out []string
	for _, x := range w.arrived {
		x.Mover.ID = id[x.Mover.ID]
		out = append(out, fmt.Sprint("arrived", x))
	}
	for _, x := range w.strands {
		x.Mover.ID = id[x.Mover.ID]
		out = append(out, fmt.Sprint("stranded", x))
	}
	for _, x := range w.crossed {
		x.Mover.ID = id[x.Mover.ID]
		out = append(out, fmt.Sprint("crossed", x))
	}
	for _, x := range w.exposed {
		x.Mover.ID = id[x.Mover.ID]
		out = append(out, fmt.Sprint("exposed", x))
	}
	for mode := range sim.ModeCount {
		out = append(out, fmt.Sprint(mode, w.roads.Tally(mode)))
	}
	for link := range w.net.Links() {
		forth, back := w.roads.Flow(sim.LinkID(link))
		out = append(out, fmt.Sprint("link", link, forth, back))
	}
	slices.Sort(out)
	return out
}

// Of two trips that begin at one node in one instant that of the lower id goes first, whichever was posted first.
func TestLowerIDGoesFirst(t *testing.T) {
	for _, posted := range [][]int{{1, 2}, {2, 1}} {
		w := newWorld(t, mustNetwork(t, row(0, 100), []LinkSpec{street(0, 1, 10, 1800)}), nil)
		for _, id := range posted {
			w.car(0, id, 0, 1)
		}
		w.run(20)
		w.wantTimes(10, 12.25)
		if w.arrived[0].Mover != party(1) {
			t.Errorf("posted %v: %v was first", posted, w.arrived[0].Mover)
		}
	}
}
