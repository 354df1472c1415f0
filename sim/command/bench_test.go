package command

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Posts, zones and channels of the test county:
//
//	county ── town-a ── village-1 (zone z1)
//	     │         └─── village-2 (zone z2)
//	     └─── town-b ── village-3 (zone z3)
const (
	county sim.PostID = iota
	townA
	village1
	village2
	townB
	village3
)

const (
	z1 sim.ZoneID = iota
	z2
	z3
)

const (
	phone   sim.ChannelID = iota // 60 s
	radio                        // 30 s
	speaker                      // public
	door                         // public
)

// dam is a hazard that only brings a structure with it.
type dam struct{}

func (dam) Version() string                       { return "none" }
func (dam) Structures() []sim.StructureSpec       { return []sim.StructureSpec{{Name: "dam"}} }
func (dam) Check(*sim.Terrain) []sim.Problem      { return nil }
func (dam) New(sim.HazardEnv) (sim.Hazard, error) { return nil, nil }

// testCounty has constant delays, and posts that always answer and acknowledge at once, so that times can be worked
// out by hand.
func testCounty() *scenario.Scenario {
	sc := &scenario.Scenario{}
	post := func(name, level, superior string) scenario.Post {
		return scenario.Post{Name: name, Level: level, Superior: superior, Links: []string{"phone", "radio"},
			Public: []string{"speaker", "door"}, Answer: 1, Timeout: 5 * sim.Minute, Report: 30 * sim.Minute}
	}
	sc.Posts = []scenario.Post{post("county", "county", ""), post("town-a", "town", "county"),
		post("village-1", "village", "town-a"), post("village-2", "village", "town-a"), post("town-b", "town", "county"),
		post("village-3", "village", "town-b")}
	for p := range sc.Posts {
		sc.Posts[p].Place = [2]float64{float64(p), 50} // no two in one house
	}
	channel := func(name, use string, delay sim.Duration) scenario.Channel {
		return scenario.Channel{Name: name, Use: use, DelayT50: &delay, DelayT90: &delay}
	}
	sc.Channels = []scenario.Channel{channel("phone", "command", sim.Minute), channel("radio", "command", 30*sim.Second),
		channel("speaker", "public", 0), channel("door", "door", 0)}
	square := func(x float64) [][2]float64 { return [][2]float64{{x, 0}, {x + 300, 0}, {x + 300, 300}, {x, 300}} }
	for i, name := range []string{"z1", "z2", "z3"} {
		sc.Zones = append(sc.Zones, scenario.Zone{Name: name, Post: "village-" + name[1:], Shelters: []string{"s1"},
			Polygon: square(float64(i) * 300)})
	}
	sc.Zones[0].Assembly = "a1"
	sc.Assemblies = []scenario.AssemblyPoint{{Name: "a1", Place: [2]float64{100, 100}}}
	sc.Shelters = []scenario.Shelter{{Name: "s1", Place: [2]float64{950, 100}}, {Name: "s2", Place: [2]float64{400, 100}}}
	sc.Stations = []scenario.Station{{Name: "depot", Place: [2]float64{950, 100}}}
	sc.Units = []scenario.Unit{{Name: "coach-1", Kind: "coach", Station: "depot"},
		{Name: "boat-1", Kind: "boat", Station: "depot"}}
	sc.Gauges = []scenario.Gauge{{Name: "g1"}}
	sc.Hazards = []scenario.Hazard{{Name: "flood", Kind: "flood", Spec: dam{}}}
	for _, x := range []float64{100, 400, 700, 950} {
		sc.Nodes = append(sc.Nodes, scenario.Node{At: geo.Point{X: x, Y: 100}})
	}
	for k := range 3 {
		sc.Links = append(sc.Links, scenario.Link{From: sim.NodeID(k), To: sim.NodeID(k + 1)})
	}
	grid := geo.Grid{NX: 10, NY: 3, Cell: 100}
	sc.Terrain = sim.Terrain{Grid: grid, Bed: make([]int32, grid.Len())}
	return sc
}

// bench runs a Command and keeps what comes out.
type bench struct {
	t          testing.TB
	c          *Command
	ports      sim.Ports
	now        sim.Time
	layers     *sim.Layers // nil for no water at all
	events     []sim.Event
	broadcasts []stamped[sim.Broadcast]
	silences   []stamped[sim.ChannelFault]
	tasks      []stamped[sim.Task]
	roads      []stamped[sim.RoadOrder]
	structures []stamped[sim.StructureMessage]
	workers    []stamped[sim.PostWorkers]
}

type stamped[M any] struct {
	at  sim.Time
	msg M
}

func newCommand(sc *scenario.Scenario, seed uint64) *Command {
	names := scenario.NewDirectory(sc)
	return New(sc, scenario.Locate(sc, names), names, seed, nil)
}

func newBench(t testing.TB, sc *scenario.Scenario) *bench { return &bench{t: t, c: newCommand(sc, 7)} }

func keep[M any](box *sim.Mailbox[M], list *[]stamped[M]) {
	box.Drain(func(at sim.Time, m M) { *list = append(*list, stamped[M]{at, m}) })
}

func (b *bench) tick() {
	var log sim.Log
	b.now = b.now.Add(sim.Tick)
	b.c.Step(b.now, b.layers, &b.ports, &log)
	b.events = append(b.events, log.Events...)
	keep(&b.ports.Broadcasts, &b.broadcasts)
	keep(&b.ports.Silences, &b.silences)
	keep(&b.ports.Tasks, &b.tasks)
	keep(&b.ports.RoadOrders, &b.roads)
	keep(&b.ports.Structures, &b.structures)
	keep(&b.ports.PostWorkers, &b.workers)
}

// run plays up to an instant in seconds and checks the invariants there.
func (b *bench) run(until int) {
	b.t.Helper()
	for b.now < at(until) {
		b.tick()
	}
	if err := b.c.Check(true); err != nil {
		b.t.Fatal(err)
	}
}

// at returns the instant so many seconds after the start.
func at(s int) sim.Time { return sim.Time(s) * sim.Time(sim.Second) }

// order returns an order without any targets.
func order0(id sim.OrderID, from sim.PostID) sim.Directive {
	return sim.Directive{Order: id, From: from, Zone: sim.None, Shelter: sim.None, Unit: sim.None, Link: sim.None,
		Structure: sim.None, Post: sim.None, Official: sim.None}
}

func zoneOrderTo(id sim.OrderID, from sim.PostID, zone sim.ZoneID) sim.Directive {
	d := order0(id, from)
	d.Zone = zone
	return d
}

func (b *bench) give(d sim.Directive) {
	b.t.Helper()
	if why := b.c.Refuse(d); !why.Empty() {
		b.t.Fatalf("refused: %s", why.EN)
	}
	b.ports.Directives.Post(b.now, d.Serial, d)
}

func (b *bench) fault(ch sim.ChannelID, zone sim.ZoneID, up bool) {
	b.ports.ChannelFaults.Post(b.now, int32(ch), sim.ChannelFault{Channel: ch, Zone: zone, Up: up})
}

// when returns the instants of the events of one kind.
func (b *bench) when(kind sim.EventKind) []sim.Time {
	var out []sim.Time
	for _, e := range b.events {
		if e.Kind == kind {
			out = append(out, e.At)
		}
	}
	return out
}

func (b *bench) observe(post sim.PostID) *sim.Observation {
	var o sim.Observation
	b.c.Observe(post, &o)
	return &o
}

func bytesOf(o *sim.Observation) string {
	var e sim.Encoder
	sim.AppendObservation(&e, o)
	return string(e.Buf)
}
