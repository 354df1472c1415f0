package assign

import (
	"context"
	"fmt"
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Progress is told what is being done, from 0 to 1.
type Progress func(what sim.Text, done float64)

// Outcome is what an assignment comes to on the net in time.
type Outcome struct {
	Persons   int          // to be moved
	Moved     int          // at a shelter within the horizon
	Total     sim.Duration // from the start until somebody is at a shelter, summed over those moved
	Mean      sim.Duration
	Clearance sim.Duration // until the last of them is
	Zones     []ZoneOutcome
	Shelters  []int        // persons in each
	Full      []Bottleneck // roads that carry all they can for longest, the worst first
}

// Score is the time that counts when outcomes are compared: who is not at a shelter within the horizon counts as
// needing twice the horizon (assumed: any number larger than the horizon orders them alike).
func (o *Outcome) Score(horizon sim.Duration) float64 {
	return o.Total.Seconds() + float64(o.Persons-o.Moved)*2*horizon.Seconds()
}

// ZoneOutcome is where the people of a zone go.
type ZoneOutcome struct {
	Zone      sim.ZoneID
	Persons   int
	Moved     int
	Foot      int // of them on foot
	Mean      sim.Duration
	Clearance sim.Duration
	To        []Share // the largest first
	Route     []sim.NodeID
}

// Share is how many go to a shelter.
type Share struct {
	Shelter sim.ShelterID
	Persons int
}

// Bottleneck is a road that carries all it can.
type Bottleneck struct {
	Links []sim.LinkID
	For   sim.Duration
}

// Result is a proposal, and what it is held against.
type Result struct {
	Bound    Outcome           // the cheapest flow: no assignment does better
	Proposed Outcome           // one shelter after the other for each zone
	Given    Outcome           // the scenario's own plan
	Lists    [][]sim.ShelterID // proposed for each zone, the first one first; empty for one that is not moved
	Options  Options
}

// Gap is how much longer the people of an outcome need than the bound allows [-]; 0 for the bound.
func (r *Result) Gap(o *Outcome) float64 {
	least := r.Bound.Score(r.Options.Horizon)
	if least <= 0 {
		return 0
	}
	return o.Score(r.Options.Horizon)/least - 1
}

// Propose proposes an assignment for a scenario that has been checked, and holds it and the scenario's own against
// the bound. The roster says who is where at the start of the drill.
func Propose(ctx context.Context, sc *scenario.Scenario, sites *scenario.Sites, roster *sim.Roster, water *Water,
	opt Options, tell Progress,
) (*Result, error) {
	if opt.Horizon < 10*sim.Minute || opt.Spare < 0 || opt.Spare >= 1 || opt.Start < 0 {
		return nil, fmt.Errorf("assign: horizon %v, spare %g, start %v; want at least 10 min, a share below 1, not before 0",
			opt.Horizon, opt.Spare, opt.Start)
	}
	if tell == nil {
		tell = func(sim.Text, float64) {}
	}
	p := newProblem(sc, sites, roster, water, opt)
	r := &Result{Options: p.opt}
	tell(sim.Text{ZH: "求下界", EN: "finding the bound"}, 0)
	l := layOut(p)
	l.f.run(l.source, l.sink)
	trips := l.trips()
	r.Bound = l.outcome(trips)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	tell(sim.Text{ZH: "推演本演练的预案", EN: "playing the scenario's own plan"}, 0.3)
	given := make([][]sim.ShelterID, len(p.zones))
	for z := range given {
		if p.zones[z].persons > 0 {
			given[z] = sites.Zone[z].Shelters
		}
	}
	var err error
	if r.Given, err = p.play(ctx, given); err != nil {
		return nil, err
	}
	c := p.alone()
	for i, from := range [][]sim.ShelterID{firstOf(given), p.largest(r.Bound.Zones)} {
		tell(sim.Text{ZH: "拟定方案", EN: "making a proposal"}, 0.5+0.25*float64(i))
		lists := c.improve(from)
		o, err := p.play(ctx, lists)
		if err != nil {
			return nil, err
		}
		if i == 0 || o.Score(p.opt.Horizon) < r.Proposed.Score(p.opt.Horizon) {
			r.Proposed, r.Lists = o, lists
		}
	}
	if r.Given.Score(p.opt.Horizon) <= r.Proposed.Score(p.opt.Horizon) {
		r.Proposed, r.Lists = r.Given, given // nothing better was found
	}
	tell(sim.Text{ZH: "完成", EN: "done"}, 1)
	return r, nil
}

// play sends the people of each zone to its shelters, one shelter after the other as they fill: who has no place in the
// first is taken to know that before he leaves. Zones that water reaches first have the roads first, and the others
// what they leave of them. So what a plan costs here is a cost that can be had.
func (p *problem) play(ctx context.Context, lists [][]sim.ShelterID) (Outcome, error) {
	l := layOut(p)
	room := slices.Clone(p.room)
	for s := range room {
		l.f.room[l.enters[s]] = 0
	}
	supply := make([][]int32, len(p.zones))
	for z := range p.zones {
		for _, e := range l.leaves[z].arcs {
			supply[z] = append(supply[z], l.f.room[e])
			l.f.room[e] = 0
		}
	}
	sent := make([]int32, len(l.f.head)/2)
	for _, z := range p.order() {
		for i, e := range l.leaves[z].arcs {
			l.f.room[e] = supply[z][i]
		}
		for _, s := range lists[z] {
			if err := ctx.Err(); err != nil {
				return Outcome{}, err
			}
			l.f.room[l.enters[s]] = room[s]
			l.f.run(l.source, l.sink)
			room[s] = l.f.room[l.enters[s]]
			l.f.room[l.enters[s]] = 0
			for e := range sent {
				sent[e] += l.f.sent(int32(2 * e))
			}
			l.f.keep()
		}
		for _, e := range l.leaves[z].arcs {
			l.f.room[e] = 0
		}
	}
	for e := range sent {
		l.f.room[2*e+1] = sent[e]
	}
	return l.outcome(l.trips()), nil
}

// order returns the zones, those that water reaches first first.
func (p *problem) order() []int {
	order := make([]int, len(p.zones))
	for z := range order {
		order[z] = z
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := p.water.Zones[a], p.water.Zones[b]; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return order
}

// outcome adds a flow's trips up.
func (l *laid) outcome(trips []trip) Outcome {
	p := l.p
	o := Outcome{Zones: make([]ZoneOutcome, len(p.zones)), Shelters: make([]int, len(p.room))}
	share := make([][]int, len(p.zones))
	best := make([]int32, len(p.zones))
	for z := range o.Zones {
		o.Zones[z] = ZoneOutcome{Zone: sim.ZoneID(z), Persons: int(p.zones[z].persons)}
		o.Persons += o.Zones[z].Persons
		share[z] = make([]int, len(p.room))
	}
	for i := range trips {
		x := &trips[i]
		z := &o.Zones[x.zone]
		n := int(x.persons)
		took := sim.Duration(x.end) * p.opt.Step
		o.Total += took * sim.Duration(n)
		o.Moved += n
		o.Clearance = max(o.Clearance, took)
		o.Shelters[x.shelter] += n
		z.Mean += took * sim.Duration(n)
		z.Moved += n
		z.Clearance = max(z.Clearance, took)
		share[x.zone][x.shelter] += n
		if x.foot {
			z.Foot += n
		} else if x.persons > best[x.zone] {
			best[x.zone], z.Route = x.persons, p.nodesOf(x.roads)
		}
	}
	for z := range o.Zones {
		o.Zones[z].sum(share[z])
	}
	if o.Moved > 0 {
		o.Mean = o.Total / sim.Duration(o.Moved)
	}
	o.Full = l.bottlenecks()
	return o
}

// sum fills in what follows from where a zone's people go.
func (z *ZoneOutcome) sum(share []int) {
	if z.Moved > 0 {
		z.Mean /= sim.Duration(z.Moved)
	}
	for s, n := range share {
		if n > 0 {
			z.To = append(z.To, Share{sim.ShelterID(s), n})
		}
	}
	slices.SortStableFunc(z.To, func(a, b Share) int { return b.Persons - a.Persons })
}

// nodesOf returns the nodes of the scenario along some roads of the net.
func (p *problem) nodesOf(roads []int32) []sim.NodeID {
	var nodes []sim.NodeID
	for i, k := range roads {
		r := &p.net.roads[k]
		if i == 0 {
			nodes = append(nodes, p.net.nodes[r.from])
		}
		nodes = append(nodes, p.net.nodes[r.to])
	}
	return nodes
}

// bottlenecks lists the roads that carry all they can for at least a quarter of an hour, the longest first.
func (l *laid) bottlenecks() []Bottleneck {
	var out []Bottleneck
	for k := range l.roads {
		full := 0
		for _, e := range l.roads[k].arcs {
			if l.f.room[e] == 0 && l.f.sent(e) > 0 {
				full++
			}
		}
		if d := sim.Duration(full) * l.p.opt.Step; d >= 15*sim.Minute {
			out = append(out, Bottleneck{Links: l.p.net.roads[k].links, For: d})
		}
	}
	slices.SortStableFunc(out, func(a, b Bottleneck) int {
		switch {
		case a.For > b.For:
			return -1
		case a.For < b.For:
			return 1
		}
		return 0
	})
	return out
}
