package population

import (
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// The place of the tests: 1,000 m by 500 m of flat ground, a street from west to east with a node every 100 m, one
// zone in the western 400 m with an assembly point at its eastern border (node 3, inside) and a shelter at node 9.
//
//	x [m]     50   150   250   350 | 450 … 950
//	node       0     1     2     3 |   4 …   9
//	building   0     1     2       |   3 (work)    shelters: 0 at node 9, 1 at node 7
const testCell = 50.0

// fakeRoad is the network of the tests: a straight street.
type fakeRoad struct {
	sc      *scenario.Scenario
	closed  [sim.ModeCount]bool
	depth   []float64
	rise    []float64
	perch   []float64
	queries int
}

func (f *fakeRoad) Distance(mode sim.Mode, from, to sim.NodeID) (metres, seconds float64, ok bool) {
	f.queries++
	if from < 0 || to < 0 {
		panic("a way from nowhere, or to nowhere, is asked for")
	}
	if f.closed[mode] {
		return 0, 0, false
	}
	metres = f.sc.Nodes[from].At.Dist(f.sc.Nodes[to].At)
	return metres, metres, true
}

func (f *fakeRoad) NearestRefuge(from sim.NodeID) (to sim.NodeID, seconds float64, ok bool) {
	if from < 0 {
		panic("a refuge near nowhere is asked for")
	}
	for _, x := range f.sc.Shelters {
		node := sim.NodeID(x.Place[0] / 100)
		if _, s, open := f.Distance(sim.ModeFoot, from, node); open && (!ok || s < seconds) {
			to, seconds, ok = node, s, true
		}
	}
	return to, seconds, ok
}

func (f *fakeRoad) AtLeast(_ sim.Mode, from, to sim.NodeID) (metres, seconds float64) {
	metres = f.sc.Nodes[from].At.Dist(f.sc.Nodes[to].At)
	return metres, metres
}

// Reaches takes the street to be open to who drives by habit.
func (f *fakeRoad) Reaches(trip sim.Trip) bool {
	if trip.Knows == sim.KnowsHabit {
		return trip.From >= 0 && trip.To >= 0
	}
	_, _, ok := f.Distance(trip.Mode, trip.From, trip.To)
	return ok
}

func (f *fakeRoad) NodeDepth(n sim.NodeID) float64 { return f.depth[n] }

func (f *fakeRoad) NodeRise(n sim.NodeID) float64 { return f.rise[n] }

func (f *fakeRoad) PerchRise(n sim.NodeID) float64 { return f.rise[n] + f.perch[n] }

// place is a world of the tests: people, and everything around them faked.
type place struct {
	lists  []int32 // persons on the list of each shelter, by what population tells
	t      testing.TB
	sc     *scenario.Scenario
	road   *fakeRoad
	p      *People
	layers *sim.Layers
	ports  sim.Ports
	log    sim.Log
	events []sim.Event
	seed   uint64
	perch  []float64 // of the nodes above the road there [m]
}

// adult is a person of 40 who can walk; the fields may be changed.
func adult(h sim.HouseholdID) scenario.Person {
	return scenario.Person{Household: h, Age: 40, Helper: sim.None, Work: sim.None, School: sim.None}
}

// testScenario is the place with its three homes and the workplace, one channel that everybody hears after a minute,
// everybody heeding after ten minutes, and no households yet. It starts at 01:00.
func testScenario() *scenario.Scenario {
	sc := &scenario.Scenario{}
	sc.Drill.Start, _ = sim.ParseCivil("2026-07-18 01:00")
	sc.Terrain.Grid = geo.Grid{NX: 20, NY: 10, Cell: testCell}
	sc.Terrain.Bed = make([]int32, sc.Terrain.Grid.Len())
	for i := range 10 {
		sc.Nodes = append(sc.Nodes, scenario.Node{At: geo.Point{X: 50 + 100*float64(i), Y: 250}})
		if i > 0 {
			sc.Links = append(sc.Links, scenario.Link{From: sim.NodeID(i - 1), To: sim.NodeID(i),
				Class: scenario.RoadResidential})
		}
	}
	sc.Posts = []scenario.Post{{Name: "village", Workers: 2, Place: [2]float64{50, 237}}}
	minute := sim.Minute
	sc.Channels = []scenario.Channel{
		{Name: "siren", Use: "public", DelayT50: new(minute), DelayT90: new(minute)},
		{Name: "door", Use: "door", Doors: new(30.0)},
	}
	sc.Shelters = []scenario.Shelter{{Name: "s0", Place: [2]float64{950, 250}}, {Name: "s1", Place: [2]float64{750, 250}}}
	sc.Assemblies = []scenario.AssemblyPoint{{Name: "a0", Place: [2]float64{350, 250}}}
	sc.Zones = []scenario.Zone{{Name: "z0", Post: "village", Shelters: []string{"s0"}, Assembly: "a0",
		Polygon: [][2]float64{{0, 0}, {400, 0}, {400, 500}, {0, 500}}}}
	sc.Units = []scenario.Unit{{Name: "coach", Kind: "coach", Seats: 4}, {Name: "boat", Kind: "boat", Seats: 3}}
	for i := range 4 {
		sc.Buildings = append(sc.Buildings, scenario.Building{
			At: geo.Point{X: 50 + 100*float64(i), Y: 237}, Node: sim.NodeID(i), Storeys: 1, Floor: 0.3,
			Build: scenario.BuildMasonry,
		})
	}
	sc.Buildings[3] = scenario.Building{At: geo.Point{X: 450, Y: 237}, Node: 4, Storeys: 2, Use: scenario.UseWork,
		Build: scenario.BuildConcrete}
	sc.Roads.Informed = 1
	sc.Weather = scenario.Weather{Water: 22, Air: 22}
	sc.Population.Behaviour = scenario.Behaviour{
		HeedEvacuate: 1, HeedPrepare: 0, HeedWater: 0, DelayT50: 10 * minute, DelayT90: 10 * minute, PreparedGain: 0.5,
		CarOwnerDrive: 1, WalkMax: 3000, WalkMaxWeak: 800, NightShare: 1, DayShare: 0, NightWalk: 0.6,
		CarryShare: 1, WaitMax: 60 * minute,
	}
	sc.Population.Belief = plainBelief()
	return sc
}

// plainBelief are people who take every order for true at once and tell nobody.
func plainBelief() scenario.Belief {
	b := scenario.Filled[scenario.Belief]()
	b.AtOnce, b.Understood, b.Again, b.Neighbours, b.Talk, b.Attached, b.Defiant = 1, 1, 0, 0, 0, 0, 0
	b.Door, b.Known, b.Cell, b.Signals = 1, 1, 1, 0
	return b
}

// household adds a household of the given persons at a home.
func household(sc *scenario.Scenario, home sim.BuildingID, cars uint8, members ...scenario.Person) {
	h := sim.HouseholdID(len(sc.Households))
	sc.Households = append(sc.Households, scenario.Household{Home: home, Cars: cars})
	for _, m := range members {
		m.Household = h
		sc.Persons = append(sc.Persons, m)
	}
}

// newPlace makes the world of a scenario.
func newPlace(t testing.TB, sc *scenario.Scenario) *place {
	w := &place{t: t, sc: sc, seed: 1}
	w.begin()
	return w
}

func (w *place) begin() {
	w.road = &fakeRoad{sc: w.sc, depth: make([]float64, len(w.sc.Nodes)), rise: make([]float64, len(w.sc.Nodes)),
		perch: make([]float64, len(w.sc.Nodes))}
	copy(w.road.perch, w.perch)
	w.layers = sim.NewLayers(&w.sc.Terrain)
	for _, q := range []sim.Quantity{sim.QDepth, sim.QVelocityX, sim.QVelocityY} {
		w.layers.Add(sim.NewLayer(sim.LayerKey{Quantity: q}, w.sc.Terrain.Grid))
	}
	names := scenario.NewDirectory(w.sc)
	w.p = New(w.sc, scenario.Locate(w.sc, names), names, w.seed, w.road)
}

// run plays up to an instant and checks every invariant at each tick.
func (w *place) run(until sim.Time) {
	w.t.Helper()
	for w.p.now < until {
		w.log.Events = w.log.Events[:0]
		w.p.Step(w.p.now.Add(sim.Tick), w.layers, &w.ports, &w.log)
		w.events = append(w.events, w.log.Events...)
		if err := w.p.Check(true); err != nil {
			w.t.Fatalf("at %v: %v", w.p.now, err)
		}
	}
}

// flood publishes water of one depth [m] and speed [m/s] for x in [from, to), everywhere else what was there.
func (w *place) flood(from, to, depth, speed float64) {
	w.layers.Begin(w.p.now)
	g := w.sc.Terrain.Grid
	for c := range g.Len() {
		i, j := g.IJ(c)
		if x := g.Centre(i, j).X; x < from || x >= to {
			continue
		}
		w.layers.All()[0].Set(c, int32(depth*1000))
		w.layers.All()[1].Set(c, int32(speed*1000))
	}
}

// ruin takes away every house that could take people in, but those of the given ids.
func (w *place) ruin(but ...sim.BuildingID) {
	for b := range w.p.water.broken {
		w.p.water.broken[b] = !slices.Contains(but, sim.BuildingID(b))
	}
}

// broadcast warns the zone over a channel.
func (w *place) broadcast(order sim.OrderID, channel sim.ChannelID) {
	w.ports.Broadcasts.Post(w.p.now, 0, sim.Broadcast{Zone: 0, Channel: channel, Order: order, Shelter: sim.None})
}

// find returns the events of a kind about one entity; id -1 stands for all.
func (w *place) find(kind sim.EventKind, id int32) []sim.Event {
	var out []sim.Event
	for _, e := range w.events {
		if e.Kind == kind && (id < 0 || e.A.ID == id) {
			out = append(out, e)
		}
	}
	return out
}

// once wants exactly one event of the kind about the entity, and returns it.
func (w *place) once(kind sim.EventKind, id int32) sim.Event {
	w.t.Helper()
	list := w.find(kind, id)
	if len(list) != 1 {
		w.t.Fatalf("%d events %v of %d; want 1: %v", len(list), kind, id, w.events)
	}
	return list[0]
}

// never wants no event of the kind.
func (w *place) never(kind sim.EventKind) {
	w.t.Helper()
	if list := w.find(kind, -1); len(list) != 0 {
		w.t.Fatalf("events %v: %v; want none", kind, list)
	}
}

// trips takes the messages to the road.
func (w *place) trips() (out []sim.Trip, at []sim.Time) {
	w.ports.Trips.Drain(func(t sim.Time, m sim.Trip) { out, at = append(out, m), append(at, t) })
	return out, at
}

// calls takes the cries for help.
func (w *place) calls() (out []sim.Call) {
	w.ports.Calls.Drain(func(_ sim.Time, m sim.Call) { out = append(out, m) })
	return out
}

// knocks takes the knocks at shelters' doors.
func (w *place) knocks() (out []sim.Knock) {
	w.ports.Knocks.Drain(func(_ sim.Time, m sim.Knock) { out = append(out, m) })
	return out
}

// arrive tells that a party has reached a node.
func (w *place) arrive(q sim.PartyID, node sim.NodeID) {
	w.ports.PartyArrivals.Post(w.p.now, int32(q), sim.Arrival{Mover: sim.RefTo(sim.KindParty, q), Node: node})
}

// settleOnTrips plays the road: whoever set off arrives at once.
func (w *place) settleOnTrips() {
	list, _ := w.trips()
	for _, m := range list {
		w.arrive(sim.PartyID(m.Mover.ID), m.To)
	}
}

func wantCounts(t testing.TB, name string, got, want int) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %d; want %d", name, got, want)
	}
}

func seconds(s float64) sim.Time { return sim.Time(s * 1e6) }
