package response

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// Nodes of the test county, all on one road [m east]:
//
//	depot 0 ── assembly 1000 ── shelter s1 3000 ── shelter s2 5000 ── shelter s3 8000
//
// Zone z1 reaches from 500 to 1500 m, zone z2 from 3500 to 4500 m, where a node lies at 4000.
const (
	nodeDepot sim.NodeID = iota
	nodeAssembly
	nodeS1
	nodeS2
	nodeS3
	nodeZ2
)

const (
	coach1 sim.UnitID = iota
	coach2
	boat1
	boat2
)

const speed = 10.0 // of everything on the test's roads [m/s]

func testCounty() *scenario.Scenario {
	sc := &scenario.Scenario{}
	for _, x := range []float64{0, 1000, 3000, 5000, 8000, 4000} {
		sc.Nodes = append(sc.Nodes, scenario.Node{At: geo.Point{X: x}})
	}
	for _, l := range [][2]sim.NodeID{{0, 1}, {1, 2}, {2, 5}, {5, 3}, {3, 4}} {
		sc.Links = append(sc.Links, scenario.Link{From: l[0], To: l[1], Class: scenario.RoadTertiary})
	}
	square := func(x float64) [][2]float64 {
		return [][2]float64{{x, -500}, {x + 1000, -500}, {x + 1000, 500}, {x, 500}}
	}
	sc.Zones = []scenario.Zone{
		{Name: "z1", Shelters: []string{"s1", "s2"}, Assembly: "a1", Polygon: square(500)},
		{Name: "z2", Shelters: []string{"s3", "s2"}, Polygon: square(3500)}}
	sc.Assemblies = []scenario.AssemblyPoint{{Name: "a1", Place: [2]float64{1000, 0}}}
	for i, x := range []float64{3000, 5000, 8000} {
		sc.Shelters = append(sc.Shelters, scenario.Shelter{Name: []string{"s1", "s2", "s3"}[i], Place: [2]float64{x, 0},
			Capacity: 1000, Open: true, OpenDelay: 30 * sim.Minute, Desks: 2, Registration: 45 * sim.Second})
	}
	sc.Stations = []scenario.Station{{Name: "depot", Place: [2]float64{0, 0}}}
	unit := func(name, kind string, seats int64, boarding, assisted sim.Duration) scenario.Unit {
		return scenario.Unit{Name: name, Kind: kind, Station: "depot", Seats: seats, Turnout: 15 * sim.Minute,
			Boarding: boarding, Assisted: assisted}
	}
	sc.Units = []scenario.Unit{unit("coach-1", "coach", 40, 4*sim.Second, 45*sim.Second),
		unit("coach-2", "coach", 40, 4*sim.Second, 45*sim.Second),
		unit("boat-1", "boat", 8, sim.Minute, 2*sim.Minute), unit("boat-2", "boat", 8, sim.Minute, 2*sim.Minute)}
	sc.Persons = make([]scenario.Person, 2000)
	grid := geo.Grid{NX: 90, NY: 10, Cell: 100, Origin: geo.Point{X: -500, Y: -500}}
	sc.Terrain = sim.Terrain{Grid: grid, Bed: make([]int32, grid.Len())}
	return sc
}

// roads are straight ways at constant speed between all nodes, except those that are cut off.
type roads struct {
	sc     *scenario.Scenario
	cut    []sim.NodeID // no way leads there or from there
	depth  [6]float64
	onRoad []journey
	routes []int32 // of all trips
}

type journey struct {
	unit   sim.UnitID
	from   geo.Point
	to     sim.NodeID
	start  sim.Time
	arrive sim.Time
}

func (r *roads) Reaches(trip sim.Trip) bool { return true }

func (r *roads) Distance(_ sim.Mode, from, to sim.NodeID) (metres, seconds float64, ok bool) {
	if slices.Contains(r.cut, from) || slices.Contains(r.cut, to) {
		return 0, 0, false
	}
	d := r.sc.Nodes[from].At.Dist(r.sc.Nodes[to].At)
	return d, d / speed, true
}

func (r *roads) NearestRefuge(sim.NodeID) (sim.NodeID, float64, bool) { return sim.None, 0, false }

func (r *roads) AtLeast(_ sim.Mode, from, to sim.NodeID) (metres, seconds float64) {
	d := r.sc.Nodes[from].At.Dist(r.sc.Nodes[to].At)
	return d, d / speed
}

func (r *roads) NodeDepth(n sim.NodeID) float64 { return r.depth[n] }
func (r *roads) NodeRise(sim.NodeID) float64    { return 0 }
func (r *roads) PerchRise(sim.NodeID) float64   { return 0 }

func (r *roads) step(b *bench, end sim.Time) {
	b.ports.Trips.Drain(func(at sim.Time, m sim.Trip) {
		r.routes = append(r.routes, m.Route)
		at = max(at, b.now)
		id, from := sim.UnitID(m.Mover.ID), r.sc.Nodes[m.From].At
		if k := slices.IndexFunc(r.onRoad, func(j journey) bool { return j.unit == id }); k >= 0 {
			j := r.onRoad[k] // under way: it turns where it is
			from = j.from.Lerp(r.sc.Nodes[j.to].At, at.Sub(j.start).Seconds()/j.arrive.Sub(j.start).Seconds())
			r.onRoad = slices.Delete(r.onRoad, k, k+1)
		}
		if slices.Contains(r.cut, m.To) {
			b.ports.UnitStrands.Post(at, int32(id), sim.Stranding{Mover: m.Mover, Link: sim.None, Node: m.From,
				Cause: sim.StrandNoRoute})
			return
		}
		d := from.Dist(r.sc.Nodes[m.To].At)
		r.onRoad = append(r.onRoad, journey{id, from, m.To, at, at.Add(seconds(d / speed))})
	})
	r.onRoad = slices.DeleteFunc(r.onRoad, func(j journey) bool {
		if j.arrive >= end {
			return false
		}
		b.ports.UnitArrivals.Post(j.arrive, int32(j.unit), sim.Arrival{Mover: sim.RefTo(sim.KindUnit, j.unit), Node: j.to})
		return true
	})
}

// strand takes a unit off the road.
func (r *roads) strand(b *bench, id sim.UnitID, s sim.Stranding) {
	s.Mover = sim.RefTo(sim.KindUnit, id)
	r.onRoad = slices.DeleteFunc(r.onRoad, func(j journey) bool { return j.unit == id })
	b.ports.UnitStrands.Post(b.now, int32(id), s)
}

// people wait at the assembly point in parties, or are stranded and call.
type people struct {
	waiting  []party
	stranded []party
	aboard   [][]party // of each unit
	safe     int32     // brought to shelters
	lodged   []lodger  // let into shelters
	out      int32     // let out elsewhere
}

// lodger is a party in a shelter.
type lodger struct {
	in sim.ShelterID
	party
}

// inside lists who is in a shelter.
func (p *people) inside(s sim.ShelterID) []party {
	var list []party
	for _, l := range p.lodged {
		if l.in == s {
			list = append(list, l.party)
		}
	}
	return list
}

// left takes a party out of a shelter: one that was knocked for twice may be in two.
func (p *people) left(s sim.ShelterID, q party) {
	if k := slices.IndexFunc(p.lodged, func(l lodger) bool { return l.in == s && l.party == q }); k >= 0 {
		p.lodged = slices.Delete(p.lodged, k, k+1)
	}
}

type party struct {
	id                sim.PartyID
	persons, assisted int32
	chairs            int32
	node              sim.NodeID
	place             geo.Point
}

func (p *people) step(b *bench) {
	b.ports.Admissions.Drain(func(at sim.Time, m sim.Admission) {
		b.admissions = append(b.admissions, stamped{at, m})
		if m.Admitted {
			p.lodged = append(p.lodged, lodger{m.Shelter, party{id: m.Party, persons: m.Persons}})
			b.stay(sim.StayTaken, m.Shelter, m.Party, m.Persons)
			b.stay(sim.StayIn, m.Shelter, m.Party, m.Persons)
		}
	})
	b.ports.Alightings.Drain(func(at sim.Time, m sim.Alighting) {
		n := int32(0)
		for _, q := range p.aboard[m.Unit] {
			n += q.persons
		}
		p.aboard[m.Unit] = nil
		if m.Shelter >= 0 {
			p.safe += n
		} else {
			p.out += n
		}
		b.alightings = append(b.alightings, alighted{at, m, n})
	})
	b.ports.Boardings.Drain(func(at sim.Time, m sim.Boarding) {
		answer, seats := sim.Boarded{Unit: m.Unit, Assembly: m.Assembly}, m.Seats
		p.waiting = slices.DeleteFunc(p.waiting, func(q party) bool {
			if q.persons > seats {
				answer.Waiting += q.persons
				return false
			}
			seats -= q.persons
			answer.Persons += q.persons
			answer.Assisted += q.assisted
			p.aboard[m.Unit] = append(p.aboard[m.Unit], q)
			return true
		})
		b.ports.Boarded.Post(max(at, b.now), int32(m.Unit), answer)
	})
	b.ports.Pickups.Drain(func(at sim.Time, m sim.Pickup) {
		answer := sim.PickedUp{Unit: m.Unit, Party: m.Party}
		p.stranded = slices.DeleteFunc(p.stranded, func(q party) bool {
			if q.id != m.Party || (q.persons > m.Seats && len(p.aboard[m.Unit]) > 0) {
				return false
			}
			answer.Persons, answer.Assisted, answer.Chairs = q.persons, q.assisted, q.chairs
			p.aboard[m.Unit] = append(p.aboard[m.Unit], q)
			b.ports.Calls.Post(max(at, b.now), int32(q.id), sim.Call{Party: q.id, Zone: sim.None})
			return true
		})
		b.ports.PickedUp.Post(max(at, b.now), int32(m.Unit), answer)
	})
}

func (p *people) total() int32 {
	n := p.safe + p.out
	for _, list := range append([][]party{p.waiting, p.stranded}, p.aboard...) {
		for _, q := range list {
			n += q.persons
		}
	}
	return n
}

type stamped struct {
	at  sim.Time
	msg sim.Admission
}

type alighted struct {
	at      sim.Time
	msg     sim.Alighting
	persons int32
}

// reporter is a test, a fuzz target or a property test.
type reporter interface {
	Helper()
	Fatal(args ...any)
}

// bench plays a Response against the roads and the people above, phase by phase as the engine does.
type bench struct {
	t          reporter
	r          *Response
	roads      *roads
	people     people
	ports      sim.Ports
	layers     *sim.Layers
	deep       *sim.Layer // of water, once there was some
	now        sim.Time
	events     []sim.Event
	admissions []stamped
	alightings []alighted
	maroonings []sim.Marooning
	counts     []sim.Time // at which shelter 0 told its count
	reports    []sim.UnitReport
}

func newResponse(sc *scenario.Scenario, router sim.Router) *Response {
	names := scenario.NewDirectory(sc)
	return New(sc, scenario.Locate(sc, names), names, 1, router)
}

func newBench(t reporter, sc *scenario.Scenario) *bench {
	r := &roads{sc: sc}
	b := &bench{t: t, roads: r, r: newResponse(sc, r), layers: sim.NewLayers(&sc.Terrain)}
	b.people.aboard = make([][]party, len(sc.Units))
	return b
}

func (b *bench) tick() {
	var log sim.Log
	end := b.now.Add(sim.Tick)
	b.people.step(b)
	b.roads.step(b, end)
	b.r.Step(end, b.layers, &b.ports, &log)
	b.now = end
	b.events = append(b.events, log.Events...)
	b.ports.ShelterCounts.Drain(func(at sim.Time, m sim.ShelterCount) {
		if m.Shelter == 0 {
			b.counts = append(b.counts, at)
		}
	})
	b.ports.Maroonings.Drain(func(_ sim.Time, m sim.Marooning) { b.maroonings = append(b.maroonings, m) })
	b.ports.UnitReports.Drain(func(_ sim.Time, m sim.UnitReport) { b.reports = append(b.reports, m) })
}

func (b *bench) run(until int) {
	b.t.Helper()
	for b.now < at(until) {
		b.tick()
		if err := b.r.Check(true); err != nil {
			b.t.Fatal(err)
		}
	}
}

// at returns the instant so many seconds after the start.
func at(s int) sim.Time { return sim.Time(s) * sim.Time(sim.Second) }

func (b *bench) order(id sim.OrderID, u sim.UnitID, zone sim.ZoneID) {
	b.ports.Tasks.Post(b.now, int32(u), sim.Task{Order: id, Unit: u, Zone: zone, Shelter: sim.None})
}

// stay is word of what becomes of a party in a shelter, whose home lies in z1.
func (b *bench) stay(kind sim.StayKind, s sim.ShelterID, q sim.PartyID, persons int32) {
	b.ports.Stays.Post(b.now, int32(q), sim.Stay{Party: q, Shelter: s, Kind: kind, Persons: persons})
}

// wait puts so many parties of one size at the assembly point.
func (b *bench) wait(parties int, persons, assisted int32) {
	for range parties {
		b.people.waiting = append(b.people.waiting, party{persons: persons, assisted: assisted})
	}
}

// strand lets a party call for help from a place [m].
func (b *bench) strand(id sim.PartyID, persons int32, zone sim.ZoneID, node sim.NodeID, x, y float64) {
	b.people.stranded = append(b.people.stranded, party{id: id, persons: persons, node: node,
		place: geo.Point{X: x, Y: y}})
	b.ports.Calls.Post(b.now, int32(id), sim.Call{Party: id, Zone: zone, Open: true, Persons: persons, Node: node, X: x,
		Y: y, Depth: 1})
}

// timeline lists when a unit got which status, in seconds.
func (b *bench) timeline(u sim.UnitID) []string {
	var out []string
	for _, e := range b.events {
		if e.Kind == sim.EvUnitStatus && e.A == sim.RefTo(sim.KindUnit, u) {
			out = append(out, e.At.String()+" "+sim.UnitStatus(e.Count).String())
		}
	}
	return out
}

func (b *bench) has(kind sim.EventKind) (sim.Event, bool) {
	k := slices.IndexFunc(b.events, func(e sim.Event) bool { return e.Kind == kind })
	if k < 0 {
		return sim.Event{}, false
	}
	return b.events[k], true
}

func (b *bench) truth() *sim.Truth {
	var t sim.Truth
	b.r.FillTruth(&t)
	return &t
}

// flood puts so much still water [m] around a place on the road.
func (b *bench) flood(x, depth float64) {
	if b.deep == nil {
		b.deep = sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, b.r.sc.Terrain.Grid)
		b.layers.Add(b.deep)
	}
	for c := range b.deep.Grid.Len() {
		if i, j := b.deep.Grid.IJ(c); b.deep.Grid.Centre(i, j).Dist(geo.Point{X: x}) < 400 {
			b.deep.Set(c, num.Int32(num.Round(depth*1000)))
		}
	}
	b.layers.Begin(b.now)
}

// listsAgree compares the lists of the shelters with who is inside, once all word of that has come.
func (b *bench) listsAgree(t interface{ Fatalf(string, ...any) }) {
	if b.ports.Admissions.Len()+b.ports.Stays.Len() > 0 {
		return
	}
	for s := range b.r.shelters {
		n := int32(0)
		for _, q := range b.people.inside(sim.ShelterID(s)) {
			n += q.persons
		}
		if got := b.r.shelters[s].present(); got != n {
			t.Fatalf("shelter %d has %d on its list who are there; there are %d", s, got, n)
		}
	}
}
