package road

import (
	"math"
	"testing"

	"sandtable/sim"
)

// through is a stream from one node to another for an hour, at equal intervals.
func through(from, to sim.NodeID, perHour float64) Stream {
	return Stream{From: []sim.NodeID{from}, To: []sim.NodeID{to}, PerHour: perHour, End: at(3600), Persons: 2}
}

func (w *testWorld) background(streams ...Stream) {
	w.t.Helper()
	if problems := w.roads.AddBackground(streams, 1); problems != nil {
		w.t.Fatal(problems)
	}
}

// A stream at equal intervals: 600 veh/h come on every 6 s, the first one after 3 s, for an hour; they are counted apart,
// and nobody is told that they arrive.
func TestBackgroundIsCountedApart(t *testing.T) {
	w := newWorld(t, mustNetwork(t, row(0, 500, 1000), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800)}), nil)
	w.background(through(0, 2, 600))
	w.car(0, 1, 0, 2)
	w.run(2)
	if c, _ := w.roads.Outsiders(); c != (Tally{}) {
		t.Errorf("after 2 s %+v; want nobody", c)
	}
	w.run(4)
	if c, _ := w.roads.Outsiders(); c != (Tally{In: 1, Inside: 1}) {
		t.Errorf("after 4 s %+v; want one inside", c)
	}
	w.run(3000)
	// Number k sets out at 6 k + 3 and is on its way for 100 s: those up to 482 are there, those up to 499 under way.
	if c, _ := w.roads.Outsiders(); c != (Tally{In: 500, Out: 483, Inside: 17}) {
		t.Errorf("after 50 min %+v", c)
	}
	w.run(4000)
	if c, left := w.roads.Outsiders(); c != (Tally{In: 600, Out: 600}) || left != 0 {
		t.Errorf("at the end %+v, %d persons left", c, left)
	}
	if c := w.roads.Tally(sim.ModeCar); c != (Tally{In: 1, Out: 1}) || len(w.arrived) != 1 {
		t.Errorf("cars %+v, arrivals %+v; want the one of the household", c, w.arrived)
	}
}

// Two equal roads that merge share the one behind 1:1. Cars that leave over it alone do so every 2 s; when background
// traffic comes from the other side at capacity, every 4 s.
func TestBackgroundAtAMerge(t *testing.T) {
	nodes := row(0, 300, 1300)
	nodes = append(nodes, NodeSpec{At: nodes[1].At, Zone: sim.None})
	nodes[3].At.Y += 300
	nodes[1].Control = ControlFree
	links := []LinkSpec{street(0, 1, 15, 1800), street(3, 1, 15, 1800), street(1, 2, 15, 1800)}
	for _, c := range []struct {
		name    string
		streams []Stream
		apart   float64 // between two arrivals [s]
	}{
		{"alone", nil, 2},
		{"half full", []Stream{through(3, 2, 450)}, 2 / (1 - 450.0/1800)},
		{"full", []Stream{through(3, 2, 1800)}, 4},
	} {
		net, problems := NewNetwork(nodes, links, freeRules())
		if problems != nil {
			t.Fatal(problems)
		}
		w := newWorld(t, net, nil)
		w.background(c.streams...)
		for id := range 300 {
			w.car(300, id, 0, 2)
		}
		w.run(2400)
		if len(w.arrived) != 300 {
			t.Fatalf("%s: %d arrivals", c.name, len(w.arrived))
		}
		first, last := w.arrived[20].at, w.arrived[299].at
		if got := last.Sub(first).Seconds() / 279; math.Abs(got-c.apart) > 0.02 {
			t.Errorf("%s: a car every %v s; want %v", c.name, got, c.apart)
		}
	}
}

// At random instants the number of vehicles in an hour is Poisson: its mean over 240 streams lies within four standard
// errors, its variance too (standard error 200·√(2/239)). Another seed gives other instants, the same seed the same.
// Reference: Cox and Lewis (1966), The statistical analysis of series of events, chapter 2.
func TestBackgroundAtRandom(t *testing.T) {
	net := mustNetwork(t, row(0, 100), []LinkSpec{street(0, 1, 10, 1800)})
	count := func(seed uint64, perHour float64) []int64 {
		roads := New(net, nil)
		var streams []Stream
		for range 240 {
			s := through(0, 1, perHour)
			s.Poisson = true
			streams = append(streams, s)
		}
		if problems := roads.AddBackground(streams, seed); problems != nil {
			t.Fatal(problems)
		}
		roads.Step(at(4000), nil, &sim.Ports{}, &sim.Log{})
		var out []int64
		for k := range roads.through.streams {
			out = append(out, roads.through.streams[k].count)
		}
		return out
	}
	a := count(1, 200)
	mean, square := 0.0, 0.0
	for _, n := range a {
		mean += float64(n) / 240
		square += float64(n*n) / 240
	}
	if variance := square - mean*mean; math.Abs(mean-200) > 4*math.Sqrt(200.0/240) || math.Abs(variance-200) > 74 {
		t.Errorf("mean %v, variance %v; want 200 both", mean, variance)
	}
	b, c := count(1, 200), count(2, 200)
	same := 0
	for k := range a {
		if a[k] != b[k] {
			t.Fatalf("stream %d: %d and %d with one seed", k, a[k], b[k])
		}
		if a[k] == c[k] {
			same++
		}
	}
	if same > 40 {
		t.Errorf("%d of 240 streams alike with another seed", same)
	}
}

// A share of capacity, and several ends: the cars come by the capacity of the roads there, and nobody goes where he came
// from.
func TestBackgroundByCapacity(t *testing.T) {
	wide := street(1, 2, 20, 1500)
	wide.Lanes = 3
	net := mustNetwork(t, row(0, 1000, 2000), []LinkSpec{street(0, 1, 20, 1500), wide})
	w := newWorld(t, net, nil)
	ends := []sim.NodeID{0, 2}
	w.background(Stream{From: ends, To: ends, Share: 0.1, End: at(3600), Persons: 2})
	w.run(5000)
	c, _ := w.roads.Outsiders()
	east, _ := w.roads.Flow(0)
	if c.In != 600 || c.Out != 600 || math.Abs(float64(east)-150) > 4*math.Sqrt(600*0.25*0.75) {
		t.Errorf("%+v, of them %d eastward; want 600, a tenth of 6,000 veh/h, and a quarter of them", c, east)
	}
}

// Who is stranded on a closed road is told with the persons in the car, and nobody else hears of it.
func TestBackgroundIsStranded(t *testing.T) {
	w := newWorld(t, mustNetwork(t, row(0, 500, 1000), []LinkSpec{street(0, 1, 10, 1800), street(1, 2, 10, 1800)}), nil)
	s := through(0, 2, 600)
	s.Persons = 3
	w.background(s)
	w.order(40, 0, true, sim.ClosureStrand)
	w.run(41)
	events := w.events(sim.EvVehicleStranded)
	c, left := w.roads.Outsiders()
	// Those who set out at 3, 9, …, 39 s.
	if c.Stranded != 7 || left != 21 || len(events) != 7 || len(w.strands) != 0 {
		t.Fatalf("%+v, %d persons, events %+v, strandings %+v; want seven cars", c, left, events, w.strands)
	}
	e := events[0]
	if e.A.Kind != sim.KindOutsider || e.B != sim.RefTo(sim.KindLink, sim.LinkID(0)) || e.C.ID != 3 ||
		e.Count != int32(sim.StrandClosed) {
		t.Errorf("%+v", e)
	}
	// Who comes on now has no way, waits for ten minutes at the node, and is given up there.
	w.run(700)
	last := w.events(sim.EvVehicleStranded)[7]
	if last.B != sim.RefTo(sim.KindNode, sim.NodeID(0)) || last.Count != int32(sim.StrandNoRoute) || last.At != at(645) {
		t.Errorf("%+v; want one at node 0 at 0:10:45", last)
	}
}

func TestWrongStreams(t *testing.T) {
	net := mustNetwork(t, row(0, 100), []LinkSpec{street(0, 1, 10, 1800)})
	good := through(0, 1, 100)
	for _, c := range []struct {
		path string
		edit func(s *Stream)
	}{
		{"background[1].from", func(s *Stream) { s.From = nil }},
		{"background[1].from", func(s *Stream) { s.From = []sim.NodeID{5} }},
		{"background[1].to", func(s *Stream) { s.To = []sim.NodeID{0} }},
		{"background[1].vehicles", func(s *Stream) { s.PerHour = math.NaN() }},
		{"background[1].share", func(s *Stream) { s.Share = 1.5 }},
		{"background[1].end", func(s *Stream) { s.Start = at(7200) }},
		{"background[1].persons", func(s *Stream) { s.Persons = 0 }},
	} {
		s := good
		c.edit(&s)
		roads := New(net, nil)
		problems := roads.AddBackground([]Stream{good, s}, 1)
		if len(problems) != 1 || problems[0].Path != c.path {
			t.Errorf("%v; want one at %s", problems, c.path)
		}
		if roads.Step(at(4000), nil, &sim.Ports{}, &sim.Log{}); roads.through.tally.In != 0 {
			t.Errorf("%s: vehicles of streams that are wrong", c.path)
		}
	}
}
