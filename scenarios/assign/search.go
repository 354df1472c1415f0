package assign

import (
	"math"
	"slices"

	"sandtable/sim"
)

// choice is the search for a plan: which shelter each zone goes to first. It judges a plan without the other people on
// the roads, which takes microseconds; what comes out is then played on the net in time.
type choice struct {
	p     *problem
	order []int             // of the zones, those that water reaches first first
	cost  [][]float64       // of each zone and shelter: mean time until somebody is there, alone on the roads [s]
	near  [][]sim.ShelterID // of each zone: the shelters by cost
}

// alone finds what each shelter would cost each zone's people if they were alone on the roads.
func (p *problem) alone() *choice {
	c := &choice{p: p, order: p.order()}
	c.cost, c.near = make([][]float64, len(p.zones)), make([][]sim.ShelterID, len(p.zones))
	g := newStreets(p.sc)
	for z := range p.zones {
		d := &p.zones[z]
		c.cost[z] = make([]float64, len(p.room))
		if d.node < 0 || d.persons == 0 {
			continue
		}
		drives, walks := g.tree(d.node, driving), g.tree(d.node, walking)
		for s, node := range p.sites.Shelter {
			c.cost[z][s] = p.wait(d, node, g, drives, walks)
			c.near[z] = append(c.near[z], sim.ShelterID(s))
		}
		slices.SortStableFunc(c.near[z], func(a, b sim.ShelterID) int {
			switch x, y := c.cost[z][a], c.cost[z][b]; {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return 0
		})
	}
	return c
}

// wait returns the mean time until the people of a zone are at a shelter [s]; who cannot get there counts as in Score.
func (p *problem) wait(d *demand, node sim.NodeID, g *streets, drives, walks *tree) float64 {
	if node < 0 {
		return p.never()
	}
	ride, walk := p.arrivals(d, node, g, drives), p.arrivals(d, node, g, walks)
	if walks.seconds[node]*footSpeed > p.sc.Population.Behaviour.WalkMax {
		walk = ride
	}
	share := float64(d.foot) / float64(d.persons)
	return share*math.Min(walk, ride) + (1-share)*ride
}

// never is what counts for somebody who does not get to a shelter [s].
func (p *problem) never() float64 { return 2 * p.opt.Horizon.Seconds() }

// arrivals returns the mean time until those of a zone are at a node over the fastest dry way [s].
func (p *problem) arrivals(d *demand, node sim.NodeID, g *streets, t *tree) float64 {
	if math.IsInf(t.seconds[node], 1) {
		return p.never()
	}
	var closed []Span
	for _, link := range t.way(g, node) {
		closed = append(closed, p.water.Links[link]...)
	}
	takes := int32(math.Round(t.seconds[node] / p.opt.Step.Seconds()))
	sum, before := 0.0, int32(0)
	for k, n := range d.leaving {
		if n == before {
			continue
		}
		if there := int32(k) + takes; there <= p.steps && p.open(closed, int32(k), takes) {
			sum += float64(n-before) * float64(there) * p.opt.Step.Seconds()
		} else {
			sum += float64(n-before) * p.never()
		}
		before = n
	}
	return sum / float64(d.persons)
}

// firstOf returns the first shelter of each list; None for an empty one.
func firstOf(lists [][]sim.ShelterID) []sim.ShelterID {
	first := make([]sim.ShelterID, len(lists))
	for z, list := range lists {
		first[z] = sim.None
		if len(list) > 0 {
			first[z] = list[0]
		}
	}
	return first
}

// largest returns where most of each zone's people go in a flow.
func (p *problem) largest(zones []ZoneOutcome) []sim.ShelterID {
	first := make([]sim.ShelterID, len(zones))
	for z := range zones {
		first[z] = sim.None
		if len(zones[z].To) > 0 {
			first[z] = zones[z].To[0].Shelter
		}
	}
	return first
}

// fill sends each zone to its first shelter and on to the cheapest that have room, in the order of the water, and
// returns the sum of the costs and the shelters used.
func (c *choice) fill(first []sim.ShelterID) (total float64, lists [][]sim.ShelterID) {
	room := slices.Clone(c.p.room)
	lists = make([][]sim.ShelterID, len(first))
	for _, z := range c.order {
		need := c.p.zones[z].persons
		take := func(s sim.ShelterID) {
			if n := min(need, room[s]); n > 0 && c.cost[z][s] < c.p.never() {
				room[s] -= n
				need -= n
				total += float64(n) * c.cost[z][s]
				lists[z] = append(lists[z], s)
			}
		}
		if first[z] >= 0 {
			take(first[z])
		}
		for _, s := range c.near[z] {
			if need == 0 {
				break
			}
			take(s)
		}
		total += float64(need) * c.p.never()
	}
	return total, lists
}

// improve changes first shelters, of one zone or of two at once, as long as that makes the sum smaller.
func (c *choice) improve(first []sim.ShelterID) [][]sim.ShelterID {
	best, lists := c.fill(first)
	try := func() bool {
		total, l := c.fill(first)
		if total < best-1e-6 {
			best, lists = total, l
			return true
		}
		return false
	}
	for better := true; better; {
		better = false
		for _, z := range c.order {
			for _, s := range c.near[z] {
				old := first[z]
				if first[z] = s; s == old || !try() {
					first[z] = old
				} else {
					better = true
				}
			}
		}
		for i, a := range c.order {
			for _, b := range c.order[i+1:] {
				if len(c.near[a]) == 0 || len(c.near[b]) == 0 || first[a] == first[b] {
					continue
				}
				first[a], first[b] = first[b], first[a]
				if try() {
					better = true
				} else {
					first[a], first[b] = first[b], first[a]
				}
			}
		}
	}
	return lists
}
