package road

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// peer is a second model of the same roads, written from docs/models/roads.md and not from the package's code: no heap,
// no lists, no wake-ups; at every instant at which anything could happen it looks at every road again. It knows one-way
// roads, fixed ways and nodes without a capacity of their own. What both models say must be the same.
type peer struct {
	arcs []peerArc
	cars []peerCar
	way  [][]int32 // next arc from a node to a node, -1 for none
	now  sim.Time
}

type peerArc struct {
	from, to         int
	free, head, wave sim.Time // free time, headway, time of a hole from end to start
	room             int
	queue            []int      // cars on it, first to last
	ready            []sim.Time // when they can be at its end
	origin           []int      // cars that wait to enter it where they set off
	opens            sim.Time   // the headway since the last entry has passed
	lets             sim.Time   // the headway since the last departure has passed
	taken            int        // room that is not free
	holes            []hole     // that are on their way back
	clock            sim.Time   // turn of the one who entered last
	turn             []sim.Time // of each queue that feeds it: by arc, and last its own origin
	gone             int        // vehicles that have left it
	along            geo.Point  // from its start to its end
	lanes            int
	sides            [2]sim.Time // its lanes for turns to the right and to the left are free again
}

// hole is room that becomes free at the start of a road.
type hole struct {
	back sim.Time
	size int
}

type peerCar struct {
	start    sim.Time
	from, to int
	size     int // in cars
	vehicles int
	arrived  sim.Time
}

// newPeer builds it from what the network says of its roads; shortest free times decide the ways.
func newPeer(net *Network) *peer {
	p := &peer{}
	for k := range net.Links() {
		link := net.Link(sim.LinkID(k))
		p.arcs = append(p.arcs, peerArc{from: int(link.From), to: int(link.To),
			free: at(net.Length(sim.LinkID(k)) / link.Speed), wave: at(net.Length(sim.LinkID(k)) / WaveSpeed),
			head: sim.Time(net.Headway(sim.LinkID(k))), room: net.Storage(sim.LinkID(k)),
			turn: make([]sim.Time, net.Links()+1), lanes: link.Lanes,
			along: net.Node(link.To).At.Sub(net.Node(link.From).At)})
	}
	p.findWays(net.Nodes())
	return p
}

// findWays is Floyd and Warshall's algorithm on free times; of equal ways any may be taken, so tests avoid them.
func (p *peer) findWays(nodes int) {
	const far = sim.Never / 4
	dist := make([][]sim.Time, nodes)
	for i := range nodes {
		dist[i], p.way = slices.Repeat([]sim.Time{far}, nodes), append(p.way, slices.Repeat([]int32{-1}, nodes))
		dist[i][i] = 0
	}
	for k, a := range p.arcs {
		if a.free < dist[a.from][a.to] {
			dist[a.from][a.to], p.way[a.from][a.to] = a.free, int32(k)
		}
	}
	for m := range nodes {
		for i := range nodes {
			for j := range nodes {
				if d := dist[i][m] + dist[m][j]; d < dist[i][j] {
					dist[i][j], p.way[i][j] = d, p.way[i][m]
				}
			}
		}
	}
}

// add puts a car down at its node; cars must be added in the order in which they set off.
func (p *peer) add(c peerCar) {
	first := p.way[c.from][c.to]
	p.arcs[first].origin = append(p.arcs[first].origin, len(p.cars))
	c.arrived = sim.Never
	p.cars = append(p.cars, c)
}

// play goes from instant to instant until nothing more can happen.
func (p *peer) play() {
	for p.now = 0; p.now < sim.Never; p.now = p.next() {
		for k := range p.arcs {
			p.settle(k)
		}
		for k := range p.arcs {
			p.admit(k)
		}
	}
}

// next is the earliest instant after now at which a road could take or let go of somebody.
func (p *peer) next() sim.Time {
	next := sim.Never
	later := func(t sim.Time) {
		if t > p.now {
			next = min(next, t)
		}
	}
	for k := range p.arcs {
		a := &p.arcs[k]
		later(a.opens)
		later(a.sides[0])
		later(a.sides[1])
		if len(a.queue) > 0 {
			later(max(a.ready[0], a.lets))
		}
		if len(a.origin) > 0 {
			later(p.cars[a.origin[0]].start)
		}
		if len(a.holes) > 0 {
			later(a.holes[0].back)
		}
	}
	return next
}

// settle fills the holes that have come back, and lets those at their destination off the road.
func (p *peer) settle(k int) {
	a := &p.arcs[k]
	for len(a.holes) > 0 && a.holes[0].back <= p.now {
		a.taken -= a.holes[0].size
		a.holes = a.holes[1:]
	}
	if car, ok := p.first(k); ok && p.cars[car].to == a.to {
		p.cars[car].arrived = p.now
		p.leave(k)
	}
}

// first returns the first car of a road if it can go on now.
func (p *peer) first(k int) (car int, ok bool) {
	a := &p.arcs[k]
	if len(a.queue) == 0 || max(a.ready[0], a.lets) > p.now {
		return 0, false
	}
	return a.queue[0], true
}

// leave takes the first car off a road.
func (p *peer) leave(k int) {
	a := &p.arcs[k]
	size := p.cars[a.queue[0]].size
	a.gone += p.cars[a.queue[0]].vehicles
	a.lets = p.now + sim.Time(size)*a.head
	a.holes = append(a.holes, hole{p.now + a.wave, size})
	a.queue, a.ready = a.queue[1:], a.ready[1:]
}

// admit lets the one onto a road whose turn it is: of the first cars of the roads that end where it starts and are
// bound for it, and of those who set off there, the one of the queue with the earliest turn.
func (p *peer) admit(k int) {
	a := &p.arcs[k]
	if a.opens > p.now {
		return
	}
	best, turn := -1, sim.Never
	for q := range a.turn {
		if _, ok := p.candidate(k, q); ok && max(a.turn[q], a.clock) < turn {
			best, turn = q, max(a.turn[q], a.clock)
		}
	}
	if best < 0 {
		return
	}
	car, _ := p.candidate(k, best)
	size := p.cars[car].size
	if a.taken > 0 && a.taken+size > a.room {
		return
	}
	pace := a.head
	if best < len(p.arcs) {
		pace = p.arcs[best].head
		if count, side := p.turnLanes(best, k); count > 0 {
			from := &p.arcs[best]
			from.sides[side] = p.now + sim.Time(size)*(from.head*sim.Time(from.lanes)/sim.Time(count))
		}
		p.leave(best)
	} else {
		a.origin = a.origin[1:]
	}
	a.clock, a.turn[best] = turn, turn+sim.Time(size)*pace
	a.queue, a.ready = append(a.queue, car), append(a.ready, p.now+a.free)
	a.opens, a.taken = p.now+sim.Time(size)*a.head, a.taken+size
}

// candidate returns the car that a queue would send onto a road now: q is another road, or the road's own origin.
func (p *peer) candidate(k, q int) (car int, ok bool) {
	a := &p.arcs[k]
	if q == len(p.arcs) {
		if len(a.origin) == 0 || p.cars[a.origin[0]].start > p.now {
			return 0, false
		}
		return a.origin[0], true
	}
	if p.arcs[q].to != a.from {
		return 0, false
	}
	if car, ok = p.first(q); !ok || p.way[a.from][p.cars[car].to] != int32(k) {
		return 0, false
	}
	count, side := p.turnLanes(q, k)
	return car, count == 0 || p.arcs[q].sides[side] <= p.now
}

// straightOn is the angle below which going on is no turn [degrees]: a little over 45, for the cosine of the page is
// rounded to 0.7071, and places on a grid give 45 degrees exactly.
const straightOn = 45.0005

// turnLanes returns how many lanes of a road lead on to the next one, and on which side they lie; 0 for all of them.
// All lanes lead straight on, by up to 45 degrees; who turns has one of his side, the left one for who turns right round;
// where nothing leads straight on, the turns share the lanes.
func (p *peer) turnLanes(q, k int) (count, side int) {
	ways, ahead, best := 0, -1, straightOn
	for j := range p.arcs {
		if p.arcs[j].from == p.arcs[q].to {
			ways++
			if angle := math.Abs(p.angle(q, j)); angle < best {
				ahead, best = j, angle
			}
		}
	}
	if angle := p.angle(q, k); angle > 0 || angle < 1e-6-180 {
		side = 1
	}
	switch lanes := p.arcs[q].lanes; {
	case lanes == 1 || ways < 2 || ahead == k:
		return 0, 0
	case ahead >= 0:
		return 1, side
	default:
		return max(lanes/ways, 1), side
	}
}

// angle returns by how much one turns from a road into another, to the left [degrees].
func (p *peer) angle(q, k int) float64 {
	a, b := p.arcs[q].along, p.arcs[k].along
	return math.Atan2(a.X*b.Y-a.Y*b.X, a.X*b.X+a.Y*b.Y) * 180 / math.Pi
}

// drawRoad draws a one-way road between two nodes.
func drawRoad(rt *rapid.T, from, to int) LinkSpec {
	l := street(from, to, float64(rapid.IntRange(5, 30).Draw(rt, "speed")), float64(rapid.IntRange(200, 2400).Draw(rt, "capacity")))
	l.Lanes, l.OneWay = rapid.IntRange(1, 4).Draw(rt, "lanes"), true
	return l
}

// freeNodes builds a network whose nodes have no capacity of their own.
func freeNodes(t testing.TB, nodes []NodeSpec, links []LinkSpec) *Network {
	t.Helper()
	net, problems := NewNetwork(nodes, links, Rules{JamMetres: DefaultJamMetres, Capacity: 1, Free: true})
	if problems != nil {
		t.Fatal(problems)
	}
	return net
}

// drawPlaces draws nodes anywhere in a square.
func drawPlaces(rt *rapid.T, n int) []NodeSpec {
	var nodes []NodeSpec
	for k := range n {
		nodes = append(nodes, NodeSpec{Zone: sim.None, At: geo.Point{
			X: float64(300*(k%3)) + float64(rapid.IntRange(0, 200).Draw(rt, "x")),
			Y: float64(300*(k/3)) + float64(rapid.IntRange(0, 200).Draw(rt, "y"))}})
	}
	return nodes
}

// race gives equal trips to both models and compares what has gone along each road. It returns when each trip arrived in
// the package's model, and the other one.
func race(t *testing.T, rt *rapid.T, net *Network, origins, ends, sizes []int) ([]sim.Time, *peer) {
	p, w := newPeer(net), newWorld(t, net, nil)
	start := sim.Time(0)
	for range rapid.IntRange(1, 400).Draw(rt, "trips") {
		from := origins[rapid.IntRange(0, len(origins)-1).Draw(rt, "from")]
		to := ends[rapid.IntRange(0, len(ends)-1).Draw(rt, "to")]
		if from == to || p.way[from][to] < 0 {
			continue
		}
		mode, size := sim.ModeCar, rapid.SampledFrom(sizes).Draw(rt, "cars")
		trip := sim.Trip{Mover: party(len(p.cars)), Mode: mode, From: sim.NodeID(from), To: sim.NodeID(to),
			Vehicles: int32(size), Zone: sim.None}
		if size == 2 && rapid.Bool().Draw(rt, "coach") {
			trip.Mode, trip.Vehicles = sim.ModeCoach, 1
		}
		start += sim.Time(rapid.SampledFrom([]int{0, 1, 900_000, 3_000_000}).Draw(rt, "gap"))
		w.ports.Trips.Post(start, trip.Mover.ID, trip)
		p.add(peerCar{start: start, from: from, to: to, size: size, vehicles: int(trip.Vehicles)})
	}
	p.play()
	for end := at(60); len(w.arrived) < len(p.cars) && end < at(40_000); end += at(60) {
		w.roads.Step(end, nil, w.ports, &w.log)
		w.collect()
	}
	for k := range p.arcs {
		if gone, back := w.roads.Flow(sim.LinkID(k)); gone != int64(p.arcs[k].gone) || back != 0 {
			rt.Fatalf("%d and %d vehicles have gone along road %d; by the other model %d", gone, back, k, p.arcs[k].gone)
		}
	}
	got := slices.Repeat([]sim.Time{sim.Never}, len(p.cars))
	for _, a := range w.arrived {
		got[a.Mover.ID] = a.at
	}
	return got, p
}

// upTo returns 0, 1 ... n-1.
func upTo(n int) []int {
	var list []int
	for k := range n {
		list = append(list, k)
	}
	return list
}

// On trees of one-way roads, from whose root everybody sets out, nobody merges, and theory leaves nothing open: both
// models let every car arrive at the same microsecond, through diverges, queues and spillback.
//
// Reference: Newell (1993), parts I-III; Daganzo (1995), part II: first-in-first-out diverge.
func TestPeerOnTrees(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(rt, "nodes")
		nodes := drawPlaces(rt, n)
		var links []LinkSpec
		for k := 1; k < n; k++ {
			links = append(links, drawRoad(rt, rapid.IntRange(0, k-1).Draw(rt, "parent"), k))
		}
		got, p := race(t, rt, freeNodes(t, nodes, links), []int{0}, upTo(n), []int{1, 1, 1, 2, 3})
		for k, car := range p.cars {
			if got[k] != car.arrived {
				rt.Fatalf("car %d, %d cars large, from 0 to %d at %v: %v; by the other model %v", k, car.size, car.to,
					car.start, got[k], car.arrived)
			}
		}
	})
}

// On trees whose roads all lead to one exit, the narrowest of them, the exit road is in use as long as anybody can
// reach it. Who goes first at a merge is a matter of rules, and the two models break ties in different ways; but the
// number of cars that are out at any instant is the same in both, to the microsecond, and so is the clearance time.
//
// Reference: Newell (1993), part II; Daganzo (1995), part II: merges conserve flow.
func TestPeerOnMerges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(3, 9).Draw(rt, "nodes")
		nodes := drawPlaces(rt, n)
		var links []LinkSpec
		capacity := []float64{0, float64(rapid.IntRange(200, 1000).Draw(rt, "capacity of the exit"))}
		for k := 1; k < n; k++ {
			to := min(k-1, rapid.IntRange(1, max(1, k-1)).Draw(rt, "to")) // only node 1 has the exit, to node 0
			l := drawRoad(rt, k, to)
			if k > 1 {
				capacity = append(capacity, capacity[to]+float64(rapid.IntRange(0, 300).Draw(rt, "more")))
			}
			l.Lanes, l.Speed, l.Capacity = 1, 20, capacity[k]
			links = append(links, l)
		}
		got, p := race(t, rt, freeNodes(t, nodes, links), upTo(n)[1:], []int{0}, []int{1})
		want := make([]sim.Time, len(p.cars))
		for k, car := range p.cars {
			want[k] = car.arrived
		}
		slices.Sort(got)
		slices.Sort(want)
		for k := range want {
			if got[k] != want[k] {
				rt.Fatalf("arrival %d of %d is at %v; by the other model at %v", k, len(want), got[k], want[k])
			}
		}
	})
}

// In any network without rings nobody can be locked in: by both models everybody arrives, nobody before his free time,
// and every road has been gone along equally often.
func TestPeerOnNetworks(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(3, 9).Draw(rt, "nodes")
		nodes := drawPlaces(rt, n)
		var links []LinkSpec
		for k := range n - 1 {
			for range rapid.IntRange(1, 2).Draw(rt, "roads") {
				links = append(links, drawRoad(rt, k, rapid.IntRange(k+1, n-1).Draw(rt, "to")))
			}
		}
		net := freeNodes(t, nodes, links)
		got, p := race(t, rt, net, upTo(n), upTo(n), []int{1, 1, 2, 3})
		for k, car := range p.cars {
			free := car.start
			for node := car.from; node != car.to; {
				arc := &p.arcs[p.way[node][car.to]]
				free, node = free+arc.free, arc.to
			}
			if got[k] < free || car.arrived < free || got[k] == sim.Never || car.arrived == sim.Never {
				rt.Fatalf("car %d from %d to %d is there at %v, by the other model at %v; on empty roads it would be at %v",
					k, car.from, car.to, got[k], car.arrived, free)
			}
		}
	})
}
