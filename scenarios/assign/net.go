package assign

import (
	"container/heap"
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// net is the roads that matter, with chains of roads made one: nodes are zones' and shelters' doors and junctions.
type net struct {
	nodes []sim.NodeID // of the scenario
	at    []int32      // of each node of the scenario: its number here, or -1
	roads []road
}

// road is a way from one node of the net to another in one direction.
type road struct {
	from, to int32
	seconds  float64
	perHour  float64 // [vehicles]
	links    []sim.LinkID
	closed   []Span
}

func (n *net) size() int { return len(n.nodes) + 1 }

// newNet takes the roads from tertiary ones up and those on the fastest ways from the zones to the shelters.
func newNet(p *problem) *net {
	g := newStreets(p.sc)
	wanted := make([]bool, len(p.sc.Links))
	for i := range p.sc.Links {
		wanted[i] = p.sc.Links[i].Class <= scenario.RoadTertiary
	}
	terminal := make([]bool, len(p.sc.Nodes))
	for _, node := range p.sites.Shelter {
		if node >= 0 {
			terminal[node] = true
		}
	}
	for z := range p.zones {
		node := p.zones[z].node
		if node < 0 {
			continue
		}
		terminal[node] = true
		t := g.tree(node, driving)
		for _, s := range p.sites.Shelter {
			for _, link := range t.way(g, s) {
				wanted[link] = true
			}
		}
	}
	return condense(p, wanted, terminal)
}

// condense makes chains of roads one, and drops roads that end at nothing.
func condense(p *problem, wanted, terminal []bool) *net {
	var roads []road
	for i, want := range wanted {
		l := &p.sc.Links[i]
		if !want || l.Class == scenario.RoadPath {
			continue
		}
		r := road{from: int32(l.From), to: int32(l.To), seconds: driving.seconds(l),
			perHour: float64(l.Lanes) * l.Capacity * p.sc.Roads.Capacity, links: []sim.LinkID{sim.LinkID(i)},
			closed: p.water.Links[i]}
		roads = append(roads, r)
		if !l.OneWay {
			r.from, r.to = r.to, r.from
			roads = append(roads, r)
		}
	}
	for node := range terminal {
		if !terminal[node] {
			roads = bypass(roads, int32(node))
		}
	}
	n := &net{at: make([]int32, len(p.sc.Nodes))}
	for i := range n.at {
		n.at[i] = -1
	}
	number := func(node int32) int32 {
		if n.at[node] < 0 {
			n.at[node] = int32(len(n.nodes))
			n.nodes = append(n.nodes, sim.NodeID(node))
		}
		return n.at[node]
	}
	for node, is := range terminal {
		if is {
			number(int32(node))
		}
	}
	for _, r := range roads {
		r.from, r.to = number(r.from), number(r.to)
		n.roads = append(n.roads, r)
	}
	return n
}

// bypass takes a node out of the roads when it is a dead end or only joins two of them; else it leaves them alone.
func bypass(roads []road, node int32) []road {
	var in, out []int
	for k := range roads {
		if roads[k].to == node {
			in = append(in, k)
		}
		if roads[k].from == node {
			out = append(out, k)
		}
	}
	var gone []int
	neighbours := map[int32]bool{}
	for _, k := range in {
		neighbours[roads[k].from] = true
	}
	for _, k := range out {
		neighbours[roads[k].to] = true
	}
	if len(neighbours) > 2 || len(in) > 2 || len(out) > 2 {
		return roads
	}
	gone = append(append(gone, in...), out...)
	var joined []road
	for _, i := range in {
		for _, o := range out {
			if a, b := &roads[i], &roads[o]; a.from != b.to {
				joined = append(joined, join(a, b))
			}
		}
	}
	slices.Sort(gone)
	gone = slices.Compact(gone)
	for k := len(gone) - 1; k >= 0; k-- {
		roads = slices.Delete(roads, gone[k], gone[k]+1)
	}
	return append(roads, joined...)
}

// join makes one road of two that follow each other.
func join(a, b *road) road {
	r := road{from: a.from, to: b.to, seconds: a.seconds + b.seconds, perHour: math.Min(a.perHour, b.perHour)}
	r.links = append(append(r.links, a.links...), b.links...)
	r.closed = append(append(r.closed, a.closed...), b.closed...)
	return r
}

// pace is how somebody moves.
type pace struct {
	walks bool
	speed float64 // of a walker [m/s]
}

var (
	driving = pace{}
	walking = pace{walks: true, speed: footSpeed}
)

// seconds returns how long a link takes.
func (m pace) seconds(l *scenario.Link) float64 {
	length := l.Shape.Length()
	if m.walks {
		return length / m.speed
	}
	return length / (l.Speed / 3.6)
}

// streets are all roads of the scenario, by node.
type streets struct {
	sc    *scenario.Scenario
	links [][]sim.LinkID // of each node
}

func newStreets(sc *scenario.Scenario) *streets {
	g := &streets{sc: sc, links: make([][]sim.LinkID, len(sc.Nodes))}
	for i := range sc.Links {
		l := &sc.Links[i]
		g.links[l.From] = append(g.links[l.From], sim.LinkID(i))
		g.links[l.To] = append(g.links[l.To], sim.LinkID(i))
	}
	return g
}

// tree holds the fastest ways from one node.
type tree struct {
	root    sim.NodeID
	seconds []float64
	by      []sim.LinkID // the link by which a node is reached; None at the root and where it is not
}

// tree finds the fastest ways from a node on dry roads.
func (g *streets) tree(from sim.NodeID, m pace) *tree {
	t := &tree{root: from, seconds: make([]float64, len(g.sc.Nodes)), by: make([]sim.LinkID, len(g.sc.Nodes))}
	for i := range t.seconds {
		t.seconds[i], t.by[i] = math.Inf(1), sim.None
	}
	t.seconds[from] = 0
	q := &line{{node: from}}
	for q.Len() > 0 {
		top := heap.Pop(q).(waiting)
		if top.seconds > t.seconds[top.node] {
			continue
		}
		for _, id := range g.links[top.node] {
			l := &g.sc.Links[id]
			to := l.To
			if to == top.node {
				to = l.From
			}
			if !m.walks && (l.Class == scenario.RoadPath || l.OneWay && l.From != top.node) {
				continue
			}
			if d := top.seconds + m.seconds(l); d < t.seconds[to] {
				t.seconds[to], t.by[to] = d, id
				heap.Push(q, waiting{to, d})
			}
		}
	}
	return t
}

// way returns the links from the root to a node, the last one first; nothing when there is no way.
func (t *tree) way(g *streets, to sim.NodeID) []sim.LinkID {
	var links []sim.LinkID
	for to >= 0 && to != t.root && t.by[to] >= 0 {
		l := &g.sc.Links[t.by[to]]
		links = append(links, t.by[to])
		if to == l.To {
			to = l.From
		} else {
			to = l.To
		}
	}
	return links
}

type waiting struct {
	node    sim.NodeID
	seconds float64
}

type line []waiting

func (q line) Len() int { return len(q) }
func (q line) Less(i, j int) bool {
	return q[i].seconds < q[j].seconds || q[i].seconds == q[j].seconds && q[i].node < q[j].node
}
func (q line) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *line) Push(x any)   { *q = append(*q, x.(waiting)) }
func (q *line) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}
