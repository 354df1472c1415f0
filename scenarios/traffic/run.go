package traffic

import (
	"cmp"
	"fmt"
	"slices"

	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/rng"
	"sandtable/sim/road"
)

// CapacityRule says which capacity the lanes of a case have.
type CapacityRule uint8

// Capacity rules.
const (
	CapacityGiven   CapacityRule = iota // that of the files, at most the fundamental diagram's
	CapacityDiagram                     // the fundamental diagram's
	CapacityFixed                       // the same for all, at most the diagram's
)

// Options say how a case is run.
type Options struct {
	Junctions bool // nodes have a capacity of their own
	UTurn     road.UTurnRule
	Capacity  CapacityRule
	Lane      float64  // capacity of each lane with CapacityFixed [veh/h]
	Until     sim.Time // when the run ends at the latest

	Gridlock      road.GridlockRule
	GridlockAfter sim.Duration // from when a ring has closed until police wave it on
	Guided        float64      // share of the drivers who know how long links take at present [-]
	GuidedEvery   sim.Duration // how often they hear it; 0 for the usual
}

// DefaultOptions are those of the command line.
func DefaultOptions() Options {
	return Options{Junctions: true, UTurn: road.UTurnDeadEnd, Until: sim.Time(48 * sim.Hour)}
}

// step is how far the roads are taken at a time: how finely waiting is integrated and rings are looked at.
const step = sim.Second

// Network builds the roads of a case.
func (c *Case) Network(o Options) (*road.Network, error) {
	rules := road.DefaultRules()
	rules.Gridlock, rules.GridlockAfter = o.Gridlock, o.GridlockAfter
	rules.TravelEvery = o.GuidedEvery
	rules.Free, rules.UTurn, rules.Bans = !o.Junctions, o.UTurn, c.bansOf(o.UTurn)
	links := slices.Clone(c.Links)
	for k := range links {
		l := &links[k]
		switch {
		case l.Capacity == 0: // closed in the file
		case o.Capacity == CapacityDiagram:
			l.Capacity = maxFlow
		case o.Capacity == CapacityFixed:
			l.Capacity = o.Lane
		}
	}
	net, problems := road.NewNetwork(c.Nodes, links, rules)
	if len(problems) > 0 {
		p := problems[0]
		return nil, sim.Fail("路网有误：%s：%s", "the network is wrong: %s: %s", p.Path, p.Text)
	}
	return net, nil
}

// Ring is a ring of full links that was found.
type Ring struct {
	At    sim.Time
	Links int       // in the ring
	Arcs  []sim.Arc // in the order in which each waits for the next; empty when it had come apart by the end of the second
	Link  sim.LinkID
}

// Arrival is a vehicle that has arrived.
type Arrival struct {
	Trip   int // its number in the case
	At     sim.Time
	Metres float64
}

// Watcher looks at a run after every step.
type Watcher interface{ Watch(r *Run) }

// Run is a case on its way.
type Run struct {
	Case    *Case
	Roads   *road.Traffic
	Options Options

	Arrived []Arrival // in the order of time
	Rings   []Ring
	Locked  bool // nothing moves any more, though vehicles are there

	ports    sim.Ports
	log      sim.Log
	watchers []Watcher
	next     int     // trip that sets out next
	inside   float64 // vehicle-seconds on links
	waiting  float64 // at the start of their first link, or without a way
	before   road.Tally
	most     int64 // vehicles at once
}

// NewRun puts the vehicles of a case at the start of their trips. Trips to where no way leads are reported, left out
// and counted. The case is the run's from then on.
func NewRun(c *Case, o Options) (*Run, scenarios.Diagnostics, error) {
	net, err := c.Network(o)
	if err != nil {
		return nil, nil, err
	}
	r := &Run{Case: c, Roads: road.New(net, nil), Options: o}
	found := r.leaveOutUnreachable()
	return r, found, c.empty("trips")
}

// trip returns a trip as the roads take it.
func (c *Case) trip(k int) sim.Trip {
	t := &c.Trips[k]
	return sim.Trip{Mover: sim.Ref{Kind: sim.KindParty, ID: int32(k)}, Mode: sim.ModeCar, From: t.From, To: t.To,
		Persons: 1, Vehicles: 1, Zone: sim.None, First: t.First, Last: t.Last}
}

// byDestination returns the numbers of the trips, those to one destination one after the other.
func (c *Case) byDestination() []int32 {
	order := make([]int32, len(c.Trips))
	for k := range order {
		order[k] = int32(k)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		s, t := &c.Trips[a], &c.Trips[b]
		return cmp.Or(cmp.Compare(s.To, t.To), cmp.Compare(s.Last, t.Last))
	})
	return order
}

// maxUnreachable is how many trips without a way are listed before they are only counted.
const maxUnreachable = 1000

// leaveOutUnreachable takes trips out of the case to whose destination no way leads.
func (r *Run) leaveOutUnreachable() (found scenarios.Diagnostics) {
	c := r.Case
	lost := make([]bool, len(c.Trips))
	for _, k := range c.byDestination() { // each has a tree of ways, and not all are kept
		lost[k] = !r.Roads.Reaches(c.trip(int(k)))
	}
	kept := c.Trips[:0]
	count := 0
	for k, t := range c.Trips {
		if !lost[k] {
			kept = append(kept, t)
			continue
		}
		if count++; count <= maxUnreachable {
			found = append(found, scenarios.Diagnostic{Path: c.tripFile, Line: int(t.line), Col: int(t.col),
				Text: sim.Say("行程 %.40q：没有路通往目的地；应为可达的目的地", "trip %.40q: no way leads there; want a destination that can be "+
					"reached", t.Name)})
		}
	}
	if count > maxUnreachable {
		found = append(found, scenarios.Diagnostic{Path: c.tripFile, Text: sim.Say("另有 %d 次行程没有路，未列出",
			"%d more trips without a way are not listed", count-maxUnreachable)})
	}
	slices.SortFunc(found, func(a, b scenarios.Diagnostic) int { return a.Line - b.Line })
	c.Trips = kept
	c.LeftOut.Trips += count
	return found
}

// Add has somebody look at the run from now on.
func (r *Run) Add(w Watcher) { r.watchers = append(r.watchers, w) }

// Advance takes the run a second further, and says whether there is more to come.
func (r *Run) Advance() (bool, error) {
	now := r.Roads.Now()
	end := now.Add(step)
	for ; r.next < len(r.Case.Trips) && r.Case.Trips[r.next].Depart < end; r.next++ {
		r.ports.Trips.Post(r.Case.Trips[r.next].Depart, int32(r.next), r.guide(r.Case.trip(r.next)))
	}
	r.Roads.Step(end, nil, &r.ports, &r.log)
	r.ports.PartyArrivals.Drain(r.arrive)
	r.ports.PartyStrands.Drain(func(sim.Time, sim.Stranding) {}) // the roads count them
	r.ports.Crossings.Drain(func(sim.Time, sim.Crossing) {})
	r.takeRings()
	after := r.Roads.Tally(sim.ModeCar)
	// A vehicle that sets out and one that arrives within the second count half of it.
	r.inside += float64(r.before.Inside+after.Inside) / 2 * step.Seconds()
	r.waiting += float64(r.before.Waiting+after.Waiting) / 2 * step.Seconds()
	r.before, r.most = after, max(r.most, after.Inside+after.Waiting)
	for _, w := range r.watchers {
		w.Watch(r)
	}
	if !Balanced(after) {
		return false, fmt.Errorf("traffic: at %v: vehicles are lost: %+v", end, after)
	}
	idle := r.next == len(r.Case.Trips) && r.Roads.Next() == sim.Never
	r.Locked = idle && after.Inside+after.Waiting > 0
	return !idle && end < r.Options.Until, nil
}

// guide tells the driver of a trip how long links take, when he is one of those who know.
func (r *Run) guide(trip sim.Trip) sim.Trip {
	if rng.New(1, "traffic.guided").Float64(uint64(trip.Mover.ID), 0, 0) < r.Options.Guided {
		trip.Knows = sim.KnowsTravel
	}
	return trip
}

// arrive notes an arrival.
func (r *Run) arrive(at sim.Time, m sim.Arrival) {
	r.Arrived = append(r.Arrived, Arrival{int(m.Mover.ID), at, m.Distance})
}

// takeRings notes the rings that were found in the last step.
func (r *Run) takeRings() {
	var standing []road.Ring
	for _, e := range r.log.Events {
		if e.Kind != sim.EvGridlock {
			continue
		}
		if standing == nil {
			standing = r.Roads.Rings()
		}
		ring := Ring{At: e.At, Links: int(e.Count), Link: sim.LinkID(e.A.ID)}
		for _, s := range standing {
			if link, _ := s.Links[0].Link(); link == ring.Link && s.Closed == e.At {
				ring.Arcs = s.Links
			}
		}
		r.Rings = append(r.Rings, ring)
	}
	r.log.Events = r.log.Events[:0]
}

// Now returns how far the run has come.
func (r *Run) Now() sim.Time { return r.Roads.Now() }

// Tally returns what has become of the vehicles that have set out.
func (r *Run) Tally() road.Tally { return r.Roads.Tally(sim.ModeCar) }
