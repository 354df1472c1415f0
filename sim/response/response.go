package response

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// Response is the state of all units, calls and shelters.
type Response struct {
	sc     *scenario.Scenario
	sites  *scenario.Sites
	router sim.Router
	fleet  []unitSpec
	meet   []sim.NodeID // of each zone: where its boats go when nobody has called yet
	keys   []sim.NodeID // of each shelter: where who has its key sets out; None when he is at hand

	now      sim.Time // start of the next tick
	edition  int      // of the layers that were last looked at
	agenda   sim.Agenda[entry]
	units    []unit
	shelters []shelter
	homeward []bool  // of each zone: coaches bring its people home
	told     []news  // what the staff of each shelter, and in the last row who directs units, was told of each one
	sent     []uint8 // how often each party was sent on from a shelter
	board    board
	count    counters
	trail    sim.Trail

	// Valid during Step only.
	ports   *sim.Ports
	log     *sim.Log
	layers  *sim.Layers
	turning []sim.UnitID // on the network, with a new task
	near    geo.Nearest
}

// counters are kept by every change and compared with a recount by Check.
type counters struct {
	boarded, alighted int64 // persons into and out of units
	admitted          int64 // persons registered in shelters
	idle              int32 // boats that wait on scene for a call
}

// What is mixed into the trail.
const (
	trailStatus uint8 = iota
	trailAboard
	trailTask
	trailCall
	trailClaim
	trailShelter
	trailRegister
	trailHold
	trailHeads
	trailNews
)

// New makes the units at their stations and the shelters, at time 0, of a scenario that has been checked. Nothing here
// is left to chance, so that seed has no use yet; it is taken as by every subsystem.
func New(sc *scenario.Scenario, sites *scenario.Sites, names *scenario.Directory, _ uint64,
	router sim.Router) *Response {
	r := &Response{sc: sc, sites: sites, router: router}
	r.meet = meetingNodes(sc, sites)
	r.fleet = newFleet(sc, sites, names)
	r.units = make([]unit, len(sc.Units))
	for u := range r.units {
		r.units[u] = unit{node: r.fleet[u].station, dest: sim.None, claim: sim.None, shelter: sim.None,
			away: sim.None}
		r.units[u].place = r.nodePoint(r.fleet[u].station)
		r.agenda.Put(0, entry{kind: entryMuster, id: int32(u)})
	}
	r.shelters = make([]shelter, len(sc.Shelters))
	for s := range r.shelters {
		open := sc.Shelters[s].Open
		r.shelters[s] = shelter{open: open, staffed: open, due: true, zones: make([]int32, len(sc.Zones)+1)}
		r.agenda.Put(0, entry{kind: entryCount, id: int32(s)})
		if open {
			r.shelters[s].crew = int32(sc.Shelters[s].Staff)
			r.nextHeads(0, int32(s))
		}
	}
	r.keys, r.told, r.homeward = keyNodes(sc, names), newNews(sc), make([]bool, len(sc.Zones))
	parties := len(sc.Persons) + len(sc.Households)
	r.board, r.sent = newBoard(len(sc.Zones), parties), make([]uint8, parties)
	return r
}

// meetingNodes finds, for each zone, the node nearest to its middle that a vehicle can reach, inside it where there is
// one.
func meetingNodes(sc *scenario.Scenario, sites *scenario.Sites) []sim.NodeID {
	drivable := make([]bool, len(sc.Nodes))
	for i := range sc.Links {
		if sc.Links[i].Class != scenario.RoadPath {
			drivable[sc.Links[i].From], drivable[sc.Links[i].To] = true, true
		}
	}
	out := make([]sim.NodeID, len(sc.Zones))
	for z := range out {
		poly := make(geo.Polygon, len(sc.Zones[z].Polygon))
		for i, p := range sc.Zones[z].Polygon {
			poly[i] = scenario.Point(p)
		}
		middle := poly.Centroid()
		best, inside, nearest := sim.NodeID(sim.None), false, 0.0
		for n := range sc.Nodes {
			in, d := sites.Node[n] == sim.ZoneID(z), sc.Nodes[n].At.Dist2(middle)
			if drivable[n] && (best < 0 || (in && !inside) || (in == inside && d < nearest)) {
				best, inside, nearest = sim.NodeID(n), in, d
			}
		}
		out[z] = best
	}
	return out
}

// Step carries on with everything up to the end of the tick.
func (r *Response) Step(end sim.Time, layers *sim.Layers, ports *sim.Ports, log *sim.Log) {
	r.ports, r.log, r.layers = ports, log, layers
	r.drain()
	if layers != nil {
		if news, _ := layers.News(&r.edition); news {
			r.agenda.Put(r.now, entry{kind: entryWater})
		}
	}
	for {
		at, e, ok := r.agenda.Take(end)
		if !ok {
			break
		}
		r.handle(at, e)
	}
	for _, id := range r.turning {
		r.redirect(end-1, id)
	}
	r.turning = r.turning[:0]
	r.now = end
	r.ports, r.log, r.layers = nil, nil, nil
}

// Trail returns the rolling digest.
func (r *Response) Trail() sim.Trail { return r.trail }

// entry is something that happens at an instant. What the fields mean is said at each kind.
type entry struct {
	kind              entryKind
	flag              uint8
	id, a, b, c, d, e int32
	x, y              float64
}

type entryKind uint8

const (
	entryMuster    entryKind = iota // id = unit: it tells the posts that it is there
	entryTask                       // flag = order, id = unit, a = zone, b = shelter
	entryCall                       // flag = open, id = party, a = zone, b = persons, c = node, d = depth, e = chairs
	entryArrival                    // id = unit, a = node
	entryStrand                     // flag = cause, id = unit, a = link, b = node, c = depth, d = rise [mm]; x, y
	entryBoarded                    // id = unit, a = persons, b = assisted, c = waiting
	entryPickedUp                   // id = unit, a = persons, b = assisted, c = party, e = chairs
	entryKnock                      // a visitor; c = 1: kept at the door
	entryWater                      // there is a new publication of the layers
	entryTimer                      // id = unit, a = its turn: what it was busy with is done
	entryOpen                       // id = shelter, a = its turn: the staff is there
	entryDesk                       // a visitor: they are registered, or taken off the list
	entryCount                      // id = shelter: the time to tell its count
	entryDeparture                  // id = unit, a = persons, b = assisted
	entryKey                        // id = shelter, a = its turn: who has the key sets out
	entryStaff                      // id = shelter, a = its turn: one more of the staff is there
	entryHeads                      // id = shelter: heads are to be counted
	entryCounted                    // id = shelter: they have been
	entryStay                       // flag = kind, id = shelter, a = party, b = persons, c = zone, d = special
	entryNews                       // flag = open, shut; id = to, a = about, b = taken, c = since when [s]
	entryKindCount
)

func (r *Response) handle(at sim.Time, e entry) {
	switch e.kind {
	case entryMuster:
		r.report(at, sim.UnitID(e.id))
	case entryTask:
		r.task(at, sim.Task{Order: sim.OrderID(e.flag), Unit: sim.UnitID(e.id), Zone: sim.ZoneID(e.a),
			Shelter: sim.ShelterID(e.b), On: e.c > 0})
	case entryCall:
		r.call(at, e)
	case entryArrival:
		r.arrival(at, sim.UnitID(e.id), sim.NodeID(e.a))
	case entryStrand:
		r.strand(at, e)
	case entryBoarded:
		r.boarded(at, e)
	case entryPickedUp:
		r.pickedUp(at, e)
	case entryKnock:
		r.knock(at, e)
	case entryWater:
		r.lookAtWater(at)
		r.lookAtShelters(at)
	case entryTimer:
		r.timer(at, e)
	case entryOpen:
		r.staffArrives(at, e)
	case entryDesk:
		r.registered(at, e)
	case entryCount:
		r.tellCount(at, e.id)
	case entryDeparture:
		r.departed(at, e)
	default:
		r.handleShelter(at, e)
	}
}

// drain takes the messages of the other subsystems into the agenda. A message of an instant that has passed is handled
// at the start of the tick.
func (r *Response) drain() {
	p := r.ports
	p.Tasks.Drain(func(at sim.Time, m sim.Task) {
		r.put(at, entry{kind: entryTask, flag: uint8(m.Order), id: int32(m.Unit), a: int32(m.Zone), b: int32(m.Shelter),
			c: int32(bit(m.On))})
	})
	p.Calls.Drain(func(at sim.Time, m sim.Call) {
		r.put(at, entry{kind: entryCall, flag: bit(m.Open), id: int32(m.Party), a: int32(m.Zone), b: m.Persons,
			c: int32(m.Node), d: millimetres(m.Depth), e: m.Chairs, x: m.X, y: m.Y})
	})
	p.UnitArrivals.Drain(func(at sim.Time, m sim.Arrival) {
		r.put(at, entry{kind: entryArrival, id: m.Mover.ID, a: int32(m.Node)})
	})
	p.UnitStrands.Drain(func(at sim.Time, m sim.Stranding) {
		r.put(at, entry{kind: entryStrand, flag: uint8(m.Cause), id: m.Mover.ID, a: int32(m.Link), b: int32(m.Node),
			c: millimetres(m.Depth), d: millimetres(m.Rise), x: m.X, y: m.Y})
	})
	p.Boarded.Drain(func(at sim.Time, m sim.Boarded) {
		r.put(at, entry{kind: entryBoarded, id: int32(m.Unit), a: m.Persons, b: m.Assisted, c: m.Waiting})
	})
	p.Departures.Drain(func(at sim.Time, m sim.Departure) {
		r.put(at, entry{kind: entryDeparture, id: int32(m.Unit), a: m.Persons, b: m.Assisted})
	})
	p.PickedUp.Drain(func(at sim.Time, m sim.PickedUp) {
		r.put(at, entry{kind: entryPickedUp, id: int32(m.Unit), a: m.Persons, b: m.Assisted, c: int32(m.Party),
			e: m.Chairs})
	})
	p.Knocks.Drain(func(at sim.Time, m sim.Knock) {
		r.put(at, visitor{m.Party, m.Persons, m.Mode, m.Out}.entry(entryKnock, m.Shelter))
	})
	p.Stays.Drain(func(at sim.Time, m sim.Stay) {
		r.put(at, entry{kind: entryStay, flag: uint8(m.Kind), id: int32(m.Shelter), a: int32(m.Party), b: m.Persons,
			c: int32(m.Zone), d: m.Special})
	})
	p.ShelterNews.Drain(func(at sim.Time, m sim.ShelterNews) {
		r.put(at, entry{kind: entryNews, flag: bit(m.Open) | bit(m.Shut)<<1, id: int32(m.To), a: int32(m.About), b: m.Taken,
			c: num.Int32(num.Round(m.Asof.Seconds()))})
	})
}

func (r *Response) put(at sim.Time, e entry) { r.agenda.Put(max(at, r.now), e) }

// millimetres rounds a depth or height [m]; what is none gives 0.
func millimetres(metres float64) int32 {
	if !(metres > -1e6 && metres < 1e6) {
		return 0
	}
	return num.Int32(num.Round(float64(metres * 1000)))
}

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}
