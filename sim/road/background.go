package road

import (
	"fmt"
	"slices"

	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/rng"
)

// Stream is background traffic: cars of people who are strangers to the scenario and only drive through.
type Stream struct {
	From, To   []sim.NodeID // where they come on and leave; of several each car has one, by the capacity of its roads
	PerHour    float64      // vehicles [veh/h]
	Share      float64      // instead of PerHour where that is 0: of the capacity of the roads out of From [-]
	Start, End sim.Time     // from when and until when they come on
	Persons    int32        // in each car
	Poisson    bool         // at random instants; else one after the other at equal intervals
	Public     bool         // public transport, which is suspended by itself
}

// background is all streams and where they stand.
type background struct {
	streams []stream
	draw    rng.Stream
	serial  int32 // of the next vehicle
	tally   Tally
	left    int64 // persons in the vehicles that were given up
	kept    int64 // vehicles that would have come on and were kept out
	divert  bool  // all streams are sent round outside the map
	stopped bool  // those of public transport do not run
}

// stream is a stream as it runs.
type stream struct {
	Stream
	gap      float64 // mean time between two vehicles [µs]
	from, to []float64
	count    int64 // vehicles so far
}

// What is drawn for the vehicles of a stream.
const (
	drawGap uint32 = iota
	drawFrom
	drawTo
)

// AddBackground puts background traffic on empty roads. What is wrong with the streams is returned; then there is none.
func (t *Traffic) AddBackground(streams []Stream, seed uint64) []sim.Problem {
	if problems := checkStreams(t.net, streams); len(problems) > 0 {
		return problems
	}
	t.through.draw = rng.New(seed, "background")
	for _, own := range streams {
		k := int32(len(t.through.streams))
		s := stream{Stream: own}
		for _, node := range s.From {
			s.from = append(s.from, t.net.flowAt(t.net.out.of(int32(node))))
		}
		for _, node := range s.To {
			s.to = append(s.to, t.net.flowAt(t.net.in.of(int32(node))))
		}
		perHour := s.PerHour
		if perHour == 0 {
			perHour = s.Share * sum(s.from)
		}
		t.through.streams = append(t.through.streams, s)
		if perHour > 0 {
			last := &t.through.streams[k]
			last.gap = 3600e6 / perHour
			t.planNext(k, last.Start)
		}
	}
	return nil
}

// checkStreams returns what is wrong with streams.
func checkStreams(n *Network, streams []Stream) []sim.Problem {
	c := &specCheck{}
	for k := range streams {
		c.stream(n, &streams[k], fmt.Sprintf("background[%d]", k))
	}
	return c.problems
}

// stream checks one stream.
func (c *specCheck) stream(n *Network, s *Stream, path string) {
	ok := true
	for _, end := range [...]struct {
		name  string
		nodes []sim.NodeID
	}{{".from", s.From}, {".to", s.To}} {
		if len(end.nodes) == 0 {
			c.add(path+end.name, "没有路口；至少一个", "no node; want at least one")
			ok = false
		}
		for _, node := range end.nodes {
			ok = c.end(path+end.name, node, n.Nodes()) && ok
		}
	}
	if ok && !slices.ContainsFunc(s.To, func(to sim.NodeID) bool {
		return slices.ContainsFunc(s.From, func(from sim.NodeID) bool { return from != to })
	}) {
		c.add(path+".to", "起点与终点为同一路口；应不同", "it ends where it begins; want another node")
	}
	c.within(path+".vehicles", s.PerHour, 0, maxStream, "veh/h")
	c.within(path+".share", s.Share, 0, 1, "")
	if s.Start < 0 || s.End < s.Start || s.End > lastInstant {
		c.add(path+".end", "时段 %v 至 %v；结束不得早于开始", "from %v to %v; want an end after the start", s.Start, s.End)
	}
	if s.Persons < 1 || s.Persons > maxOccupants {
		c.add(path+".persons", "每车 %d 人；应为 1 至 %d", "%d persons in a car; want 1 to %d", s.Persons, maxOccupants)
	}
}

// Ranges of streams.
const (
	maxStream    = 100_000.0 // [veh/h]
	maxOccupants = 100
)

// flowAt returns the capacity of arcs together [veh/h].
func (n *Network) flowAt(arcs []int32) float64 {
	flow := 0.0
	for _, arc := range arcs {
		if h := n.headway[arc>>1]; h > 0 && !n.against(arc) {
			flow += 3600e6 / float64(h)
		}
	}
	return flow
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}

// planNext puts the next vehicle of a stream on the agenda. The one before it came on at the given instant; the first
// one comes half an interval after the start.
func (t *Traffic) planNext(k int32, last sim.Time) {
	s := &t.through.streams[k]
	from, wait := s.Start, (float64(s.count)+0.5)*s.gap
	if s.Poisson {
		u := t.through.draw.Open(uint64(k), drawGap, uint32(s.count))
		from, wait = last, max(-num.Log(u)*s.gap, 1)
	}
	if wait < float64(s.End-from) {
		t.agenda.Put(from+sim.Time(num.RoundInt64(wait)), entry{what: doStream, id: k})
	}
}

// comeOn starts the next vehicle of a stream.
func (t *Traffic) comeOn(k int32) {
	if int(k) >= len(t.through.streams) {
		return // only a forged state names another
	}
	b := &t.through
	s := &b.streams[k]
	n := uint32(s.count)
	from := pick(s.From, s.from, sim.None, b.draw.Float64(uint64(k), drawFrom, n))
	to := pick(s.To, s.to, from, b.draw.Float64(uint64(k), drawTo, n))
	s.count++
	if b.divert || b.stopped && s.Public {
		b.kept++
	} else if to != sim.None {
		t.takeTrip(t.now, sim.Trip{Mover: sim.Ref{Kind: sim.KindOutsider, ID: b.serial}, Mode: sim.ModeCar,
			From: from, To: to, Persons: s.Persons, Vehicles: 1, Zone: sim.None})
		b.serial = (b.serial + 1) % (maxID + 1)
	}
	t.planNext(k, t.now)
}

// pick draws one of several nodes by their weights, not the one that is left out; of nodes without weight all alike.
// u is uniform in [0, 1). None when there is no other.
func pick(nodes []sim.NodeID, weights []float64, out sim.NodeID, u float64) sim.NodeID {
	total := 0.0
	for k, node := range nodes {
		if node != out {
			total += weights[k]
		}
	}
	last := sim.NodeID(sim.None)
	rest := float64(u * total)
	for k, node := range nodes {
		if node == out || total > 0 && weights[k] == 0 {
			continue
		}
		last = node
		if rest < weights[k] {
			break
		}
		rest -= weights[k]
	}
	return last
}

// Outsiders returns the counts of the vehicles of background traffic, and how many persons were in those that were
// given up.
func (t *Traffic) Outsiders() (vehicles Tally, left int64) { return t.through.tally, t.through.left }

// tallyOf returns the counts to which a mover belongs.
func (t *Traffic) tallyOf(m *mover) *Tally {
	if m.is(tagOutsider) {
		return &t.through.tally
	}
	return &t.tally[m.mode]
}

// KeptOut returns how many vehicles of background traffic would have come on and did not, because they were diverted or
// their service was suspended.
func (t *Traffic) KeptOut() int64 { return t.through.kept }

// holdStreams keeps streams out or lets them come on again. The vehicles that would have come meanwhile do not come
// later; those on the roads drive on.
func (t *Traffic) holdStreams(o sim.RoadOrder) {
	b := &t.through
	if o.Do == sim.RoadTransport {
		b.stopped = o.On
		return // told with the other suspensions
	}
	if b.divert == o.On {
		return
	}
	b.divert = o.On
	m := sim.Control{Order: sim.OrderDivert, Zone: sim.None, On: o.On}
	e := sim.Event{At: t.now, Kind: sim.EvControl, A: sim.Ref{Kind: sim.KindCounty}, Count: int32(m.Order),
		Text: m.Title()}
	if o.On {
		e.Num = 1
	}
	t.log.Emit(e)
}

// appendBackground saves where the streams stand.
func (t *Traffic) appendBackground(e *sim.Encoder) {
	b := &t.through
	e.I32(b.serial)
	e.I64(b.left)
	e.I64(b.kept)
	e.Bool(b.divert)
	e.Bool(b.stopped)
	c := &b.tally
	for _, v := range [...]int64{c.In, c.Out, c.Inside, c.Waiting, c.Stranded} {
		e.I64(v)
	}
	e.Len(len(b.streams))
	for k := range b.streams {
		e.I64(b.streams[k].count)
	}
}

// loadBackground reads what appendBackground wrote, into streams that are there already.
func (t *Traffic) loadBackground(d *sim.Decoder) {
	b := &t.through
	b.serial, b.left, b.kept = d.I32(), d.I64(), d.I64()
	b.divert, b.stopped = d.Bool(), d.Bool()
	c := &b.tally
	for _, v := range [...]*int64{&c.In, &c.Out, &c.Inside, &c.Waiting, &c.Stranded} {
		*v = d.I64()
	}
	if !d.Fixed(len(b.streams), "streams of background traffic") {
		return
	}
	for k := range b.streams {
		if b.streams[k].count = d.I64(); b.streams[k].count < 0 {
			refuse(d, "a stream of background traffic that has not begun")
		}
	}
	if d.Err == nil && (b.serial < 0 || b.serial > maxID) {
		refuse(d, "a number of an outsider that cannot be")
	}
}

// inherit takes the streams over from other roads, to begin with.
func (b *background) inherit(o *background) {
	b.draw, b.streams = o.draw, slices.Clone(o.streams)
}
