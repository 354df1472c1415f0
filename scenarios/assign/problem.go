package assign

import (
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Water is what the flood does to the ways and the shelters: of a run without any protective order.
type Water struct {
	Links    [][]Span   // of each link: when nobody passes, in order
	Shelters []sim.Time // of each shelter: when water first stands at it; Never when it stays dry
	Zones    []sim.Time // of each zone: when water first stands at one of its buildings; Never when it stays dry
}

// Span is a stretch of time. An end of Never is open.
type Span struct{ From, To sim.Time }

// Watch gathers what water does to links and buildings from the events of a run. Shelters are left as dry: events do
// not speak of them.
func Watch(sc *scenario.Scenario, sites *scenario.Sites, events []sim.Event) *Water {
	w := &Water{Links: make([][]Span, len(sc.Links)), Shelters: never(len(sc.Shelters)), Zones: never(len(sc.Zones))}
	for i := range events {
		e := &events[i]
		switch {
		case e.Kind == sim.EvLinkClosed && e.Count == int32(sim.StrandWater):
			w.Links[e.A.ID] = append(w.Links[e.A.ID], Span{e.At, sim.Never})
		case e.Kind == sim.EvLinkOpened && e.Count == int32(sim.StrandWater):
			if spans := w.Links[e.A.ID]; len(spans) > 0 {
				spans[len(spans)-1].To = e.At
			}
		case e.Kind == sim.EvPlaceWet:
			if z := sites.Building[e.A.ID].Zone; z >= 0 {
				w.Zones[z] = min(w.Zones[z], e.At)
			}
		}
	}
	return w
}

func never(n int) []sim.Time {
	out := make([]sim.Time, n)
	for i := range out {
		out[i] = sim.Never
	}
	return out
}

// Options say what is planned for.
type Options struct {
	Start   sim.Time     // when everybody is told to leave
	Horizon sim.Duration // from then on, within which people must be at a shelter
	Step    sim.Duration // of time; 0 for one minute, or as much more as keeps the net within bounds
	Spare   float64      // share of each shelter that is kept free [-]
	Keep    bool         // zones that stay dry are not moved
}

// problem is what is to be solved.
type problem struct {
	sc    *scenario.Scenario
	sites *scenario.Sites
	water *Water
	opt   Options
	zones []demand
	net   *net
	room  []int32 // of each shelter [persons]
	load  float64 // persons per passenger car unit on the roads
	steps int32
}

// demand is the people of a zone.
type demand struct {
	zone    sim.ZoneID
	persons int32
	foot    int32      // of them, who have no car and would walk if a shelter is near enough
	node    sim.NodeID // at which they get on the roads: the nearest one to the middle of their homes
	leaving []int32    // of each step from the start: how many set off by then
}

// What counts on the roads.
const (
	// coachSeats is how many persons a coach takes when none of the scenario's says it (assumed).
	coachSeats = 45
	// coachUnits is how many passenger cars a coach is worth on a level road [-] (Highway Capacity Manual: 1.5-2).
	coachUnits = 2.0
	// carSeats is how many persons of a household go in one car (as population has it).
	carSeats = 5
	// footSpeed is how fast people walk who are on their way together [m/s] (Weidmann: 1.34 on average).
	footSpeed = 1.1
)

func newProblem(sc *scenario.Scenario, sites *scenario.Sites, roster *sim.Roster, water *Water, opt Options) *problem {
	p := &problem{sc: sc, sites: sites, water: water, opt: opt}
	p.people(roster)
	for s := range sc.Shelters {
		room := math.Floor(float64(sc.Shelters[s].Capacity) * (1 - opt.Spare))
		if water.Shelters[s] != sim.Never {
			room = 0 // it is no shelter
		}
		p.room = append(p.room, int32(room))
	}
	p.net = newNet(p)
	p.timing()
	return p
}

// people counts the zones' people by how they go.
func (p *problem) people(roster *sim.Roster) {
	p.zones = make([]demand, len(p.sc.Zones))
	type sum struct{ x, y, n float64 }
	middle := make([]sum, len(p.sc.Zones))
	var riders, units float64
	for i := range roster.Parties {
		e := &roster.Parties[i]
		if e.Zone < 0 || p.opt.Keep && p.water.Zones[e.Zone] == sim.Never {
			continue
		}
		d := &p.zones[e.Zone]
		d.persons += e.Persons
		at := p.sc.Buildings[e.Place].At
		m := &middle[e.Zone]
		m.x, m.y, m.n = m.x+at.X*float64(e.Persons), m.y+at.Y*float64(e.Persons), m.n+float64(e.Persons)
		if cars := p.sc.Households[e.Household].Cars; cars > 0 && p.sc.Households[e.Household].Home == e.Place {
			riders += float64(e.Persons)
			units += math.Max(1, math.Min(float64(cars), math.Ceil(float64(e.Persons)/carSeats)))
		} else {
			d.foot += e.Persons
			riders += float64(e.Persons)
			units += float64(e.Persons) / coachSeats * coachUnits
		}
	}
	p.load = 1
	if units > 0 {
		p.load = riders / units
	}
	for z := range p.zones {
		d := &p.zones[z]
		d.zone, d.node = sim.ZoneID(z), sim.None
		if m := middle[z]; m.n > 0 {
			d.node = p.nearest(m.x/m.n, m.y/m.n)
		}
	}
}

// nearest returns the node nearest to a place at which vehicles can pass.
func (p *problem) nearest(x, y float64) sim.NodeID {
	best, least := sim.NodeID(sim.None), math.Inf(1)
	drivable := make([]bool, len(p.sc.Nodes))
	for i := range p.sc.Links {
		if l := &p.sc.Links[i]; l.Class != scenario.RoadPath {
			drivable[l.From], drivable[l.To] = true, true
		}
	}
	for i := range p.sc.Nodes {
		if d := math.Hypot(p.sc.Nodes[i].At.X-x, p.sc.Nodes[i].At.Y-y); drivable[i] && d < least {
			best, least = sim.NodeID(i), d
		}
	}
	return best
}

// maxCells bounds the net in time: nodes times steps.
const maxCells = 250_000

// timing chooses the step, and says who sets off when: everybody is told at the start and takes the time that the
// scenario's people need from hearing to setting off.
func (p *problem) timing() {
	if p.opt.Step <= 0 {
		p.opt.Step = sim.Minute
		for int64(p.opt.Horizon/p.opt.Step)*int64(p.net.size()) > maxCells {
			p.opt.Step += sim.Minute
		}
	}
	p.steps = int32(p.opt.Horizon / p.opt.Step)
	b := &p.sc.Population.Behaviour
	shape := math.Log(math.Ln10/math.Ln2) / math.Log(math.Max(b.DelayT90.Seconds()/b.DelayT50.Seconds(), 1.0001))
	for z := range p.zones {
		d := &p.zones[z]
		d.leaving = make([]int32, p.steps+1)
		for k := range d.leaving {
			t := float64(k) * p.opt.Step.Seconds()
			gone := 1 - math.Exp(-math.Ln2*math.Pow(t/b.DelayT50.Seconds(), shape))
			d.leaving[k] = int32(math.Round(gone * float64(d.persons)))
		}
		// Who has not set off within the horizon is counted as setting off at its end: nobody is left out of the sum.
		d.leaving[p.steps] = d.persons
	}
}

// open says whether a way that is closed in some spans can be passed by who enters in a step and needs so many.
func (p *problem) open(spans []Span, step, takes int32) bool {
	from := p.opt.Start.Add(sim.Duration(step) * p.opt.Step)
	to := from.Add(sim.Duration(takes+1) * p.opt.Step)
	return !slices.ContainsFunc(spans, func(s Span) bool { return s.From < to && s.To > from })
}
