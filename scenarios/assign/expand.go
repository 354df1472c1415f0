package assign

import (
	"math"

	"sandtable/sim"
)

// laid is the net laid out in time as a flow: each node once per step.
//
//	source → zone (those who set off in a step) → node → … → node → shelter (its room) → sink
//
// Who walks goes from his zone to a shelter's door at once, in the step in which he gets there. Waiting costs a step.
type laid struct {
	p      *problem
	f      *flow
	source int32
	sink   int32
	leaves []span  // of each zone: the arcs from the source to it, one per step from the first in which somebody leaves
	enters []int32 // of each shelter: the arc from it to the sink
	doors  []span  // of each shelter: the arcs to it, one per step
	roads  []span  // of each road: its arcs
}

// span is a run of arcs of one kind.
type span struct{ arcs, steps []int32 }

func (s *span) add(arc, step int32) { s.arcs, s.steps = append(s.arcs, arc), append(s.steps, step) }

// layOut lays a problem out. Nodes are numbered: net nodes by step, then zones' people by step, shelters' doors, source
// and sink.
func layOut(p *problem) *laid {
	size, t := int32(len(p.net.nodes)), p.steps+1
	zones, shelters := int32(len(p.zones)), int32(len(p.room))
	l := &laid{p: p, f: newFlow(int((size+zones)*t + shelters + 2)), leaves: make([]span, zones),
		enters: make([]int32, shelters), doors: make([]span, shelters), roads: make([]span, len(p.net.roads))}
	l.source, l.sink = (size+zones)*t+shelters, (size+zones)*t+shelters+1
	for v := range size {
		for k := range t - 1 {
			l.f.arc(v*t+k, v*t+k+1, far, 0)
		}
	}
	l.layRoads(t)
	for s := range shelters {
		l.enters[s] = l.f.arc((size+zones)*t+s, l.sink, p.room[s], 0)
		node := p.sites.Shelter[s]
		if node < 0 || p.net.at[node] < 0 {
			continue
		}
		for k := range t {
			l.doors[s].add(l.f.arc(p.net.at[node]*t+k, (size+zones)*t+s, far, k), k)
		}
	}
	g := newStreets(p.sc)
	for z := range zones {
		l.layZone(z, t, size, g)
	}
	return l
}

// layRoads lays the roads out. A road carries in a step what it lets through in that time: the whole persons up to the
// end of the step less those up to its start.
func (l *laid) layRoads(t int32) {
	p := l.p
	for k := range p.net.roads {
		r := &p.net.roads[k]
		takes := int32(math.Round(r.seconds / p.opt.Step.Seconds()))
		perStep := r.perHour * p.load * p.opt.Step.Hours()
		for step := int32(0); step+takes < t; step++ {
			if !p.open(r.closed, step, takes) {
				continue
			}
			room := int32(math.Floor(float64(step+1)*perStep)) - int32(math.Floor(float64(step)*perStep))
			l.roads[k].add(l.f.arc(r.from*t+step, r.to*t+step+takes, room, 0), step)
		}
	}
}

// layZone lets the people of a zone set off: by car or coach at its node, on foot straight to shelters near enough.
func (l *laid) layZone(z, t, size int32, g *streets) {
	p := l.p
	d := &p.zones[z]
	if d.node < 0 || d.persons == 0 {
		return
	}
	zone, shelters := size+z, (size+int32(len(p.zones)))*t
	before := int32(0)
	for k, n := range d.leaving {
		if n > before {
			l.leaves[z].add(l.f.arc(l.source, zone*t+int32(k), n-before, 0), int32(k))
			l.f.arc(zone*t+int32(k), p.net.at[d.node]*t+int32(k), far, 0)
		}
		before = n
	}
	walks := g.tree(d.node, walking)
	share := float64(d.foot) / float64(d.persons)
	for s, node := range p.sites.Shelter {
		if node < 0 || math.IsInf(walks.seconds[node], 1) ||
			walks.seconds[node]*footSpeed > p.sc.Population.Behaviour.WalkMax {
			continue
		}
		takes := int32(math.Round(walks.seconds[node] / p.opt.Step.Seconds()))
		var closed []Span
		for _, link := range walks.way(g, node) {
			closed = append(closed, p.water.Links[link]...)
		}
		for i, k := range l.leaves[z].steps {
			n := int32(math.Round(share * float64(l.f.room[l.leaves[z].arcs[i]])))
			if k+takes >= t || n == 0 || !p.open(closed, k, takes) {
				continue
			}
			l.f.arc(zone*t+k, shelters+int32(s), n, k+takes)
		}
	}
}

// trip is where some persons of a zone go.
type trip struct {
	zone    sim.ZoneID
	shelter sim.ShelterID
	persons int32
	start   int32 // step in which they set off
	end     int32 // step in which they are there
	roads   []int32
	foot    bool
}

// trips takes a flow apart into the ways of its people.
func (l *laid) trips() []trip {
	var out []trip
	p, t := l.p, l.p.steps+1
	size, zones := int32(len(p.net.nodes)), int32(len(p.zones))
	shelters := (size + zones) * t
	left := make([]int32, len(l.f.head)/2)
	for e := range left {
		left[e] = l.f.sent(int32(2 * e))
	}
	owner := l.owners()
	for z := range l.leaves {
		for i, e := range l.leaves[z].arcs {
			for left[e/2] > 0 {
				x := trip{zone: p.zones[z].zone, shelter: sim.None, persons: left[e/2], start: l.leaves[z].steps[i]}
				arcs, ok := l.follow(e, left)
				if !ok {
					panic("assign: a flow that leads nowhere")
				}
				for _, a := range arcs {
					x.persons = min(x.persons, left[a/2])
				}
				for _, a := range arcs {
					left[a/2] -= x.persons
					if r := owner[a/2]; r >= 0 {
						x.roads = append(x.roads, r)
					}
					if to := l.f.head[a]; to >= shelters && to < l.source {
						x.shelter, x.end = sim.ShelterID(to-shelters), l.f.cost[a]
						x.foot = l.f.head[a^1] >= size*t
					}
				}
				out = append(out, x)
			}
		}
	}
	return out
}

// owners says of each pair of arcs which road it belongs to, or -1.
func (l *laid) owners() []int32 {
	owner := make([]int32, len(l.f.head)/2)
	for e := range owner {
		owner[e] = -1
	}
	for r := range l.roads {
		for _, e := range l.roads[r].arcs {
			owner[e/2] = int32(r)
		}
	}
	return owner
}

// follow goes along arcs that carry somebody from an arc to the sink. A ring of them, which takes no time and leads
// nowhere, is taken out on the way.
func (l *laid) follow(e int32, left []int32) ([]int32, bool) {
	arcs := []int32{e}
	seen := map[int32]int{l.f.head[e]: 1} // how many arcs lead there
	for l.f.head[arcs[len(arcs)-1]] != l.sink {
		v, next := l.f.head[arcs[len(arcs)-1]], int32(-1)
		for a := l.f.first[v]; a >= 0; a = l.f.next[a] {
			if a&1 == 0 && left[a/2] > 0 {
				next = a
				break
			}
		}
		if next < 0 {
			return nil, false
		}
		arcs = append(arcs, next)
		to := l.f.head[next]
		if n, ring := seen[to]; ring {
			least := left[next/2]
			for _, a := range arcs[n:] {
				least = min(least, left[a/2])
			}
			for _, a := range arcs[n:] {
				left[a/2] -= least
			}
			for _, a := range arcs[n : len(arcs)-1] {
				delete(seen, l.f.head[a])
			}
			arcs = arcs[:n]
			continue
		}
		seen[to] = len(arcs)
	}
	return arcs, true
}
