package importer

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// connect keeps the largest part of the network that hangs together for cars, with the paths that reach it, and gives
// its nodes and links their numbers.
func (m *town) connect() error {
	r := m.roads
	drives := r.parts(func(d *draft) bool { return d.class != scenario.RoadPath })
	main := r.largest(drives, func(d *draft) bool { return d.class != scenario.RoadPath })
	if main < 0 {
		return sim.Fail("地图上没有道路；应有 highway=…", "no road on the map; want an extract with highway=…")
	}
	// Paths hang together with the main part over paths; cars' parts other than the main one do not count.
	keep := func(d *draft) bool { return d.class == scenario.RoadPath || drives[d.from] == main }
	walks := r.parts(keep)
	home := -1
	for _, d := range r.links {
		if d.class != scenario.RoadPath && drives[d.from] == main {
			home = walks[d.from]
			break
		}
	}
	lost := make(map[int]bool)
	number := make([]sim.NodeID, len(r.nodes))
	for i := range number {
		number[i] = sim.None
	}
	for i := range r.links {
		d := &r.links[i]
		if !keep(d) || walks[d.from] != home {
			r.dropped.links++
			lost[walks[d.from]] = true
			continue
		}
		for _, n := range [2]int{d.from, d.to} {
			if number[n] < 0 {
				number[n] = sim.NodeID(len(m.sc.Nodes))
				m.sc.Nodes = append(m.sc.Nodes, scenario.Node{At: r.nodes[n], Control: r.controlOf(n)})
			}
		}
		l := d.link(number)
		m.sc.Links = append(m.sc.Links, l)
		r.length[l.Class] += l.Shape.Length()
	}
	r.dropped.parts = len(lost)
	m.findCore()
	return nil
}

// parts returns for each node the number of the part that it hangs together with over the links that count.
func (r *roads) parts(counts func(*draft) bool) []int {
	p := newParts(len(r.nodes))
	for i := range r.links {
		if d := &r.links[i]; counts(d) {
			p.join(d.from, d.to)
		}
	}
	out := make([]int, len(p))
	for i := range out {
		out[i] = p.of(i)
	}
	return out
}

// largest returns the part with the greatest length of links that count; -1 when there is none.
func (r *roads) largest(part []int, counts func(*draft) bool) int {
	length := make([]float64, len(r.nodes))
	best := -1
	for i := range r.links {
		if d := &r.links[i]; counts(d) {
			length[part[d.from]] += d.shape.Length()
		}
	}
	for i, l := range length {
		if l > 0 && (best < 0 || l > length[best]) {
			best = i
		}
	}
	return best
}

// findCore marks the nodes that a car can reach from everywhere in the network's largest strongly connected part, and
// from which it reaches that part: a one-way road that leaves the map ends outside it. People and places get on the
// network there.
func (m *town) findCore() {
	out, in := m.arcs()
	n := len(m.sc.Nodes)
	component := make([]int, n)
	for i := range component {
		component[i] = -1
	}
	order := postOrder(out)
	count, best := []int(nil), 0
	for k := len(order) - 1; k >= 0; k-- { // Kosaraju: in reversed order of leaving, against the arcs
		if component[order[k]] >= 0 {
			continue
		}
		id, size := len(count), 0
		stack := []int{order[k]}
		component[order[k]] = id
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if len(out[v])+len(in[v]) > 0 { // else no car gets there at all
				size++
			}
			for _, w := range in[v] {
				if component[w] < 0 {
					component[w] = id
					stack = append(stack, w)
				}
			}
		}
		count = append(count, size)
		if size > count[best] {
			best = id
		}
	}
	m.roads.core, m.roads.touched = make([]bool, n), make([]bool, n)
	pts := make([]geo.Point, n)
	for i := range pts {
		m.roads.touched[i] = len(out[i])+len(in[i]) > 0
		m.roads.core[i] = component[i] == best && m.roads.touched[i]
		pts[i] = m.sc.Nodes[i].At
	}
	m.roads.index = geo.NewIndex(pts, 250)
}

// arcs returns the neighbours of each node by car, with and against the direction of travel.
func (m *town) arcs() (out, in [][]int) {
	out, in = make([][]int, len(m.sc.Nodes)), make([][]int, len(m.sc.Nodes))
	arc := func(a, b sim.NodeID) {
		out[a], in[b] = append(out[a], int(b)), append(in[b], int(a))
	}
	for i := range m.sc.Links {
		l := &m.sc.Links[i]
		if l.Class == scenario.RoadPath {
			continue
		}
		arc(l.From, l.To)
		if !l.OneWay {
			arc(l.To, l.From)
		}
	}
	return out, in
}

// postOrder lists the nodes in the order in which a depth-first search leaves them.
func postOrder(out [][]int) []int {
	type frame struct{ node, next int }
	seen := make([]bool, len(out))
	var order []int
	for start := range out {
		if seen[start] {
			continue
		}
		seen[start] = true
		stack := []frame{{start, 0}}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.next == len(out[top.node]) {
				order = append(order, top.node)
				stack = stack[:len(stack)-1]
				continue
			}
			w := out[top.node][top.next]
			top.next++
			if !seen[w] {
				seen[w] = true
				stack = append(stack, frame{w, 0})
			}
		}
	}
	return order
}

// door returns the node of the network's core nearest to a place.
func (m *town) door(p geo.Point) sim.NodeID {
	k, _ := m.roads.index.Nearest(p, func(i int) bool { return m.roads.core[i] })
	return sim.NodeID(k)
}

// reachable returns a place from which the nearest node for cars belongs to the core: the place itself where that is
// so, else the nearest such node.
func (m *town) reachable(p geo.Point) geo.Point {
	k, _ := m.roads.index.Nearest(p, func(i int) bool { return m.drivable(i) })
	if k >= 0 && m.roads.core[k] {
		return p
	}
	return m.sc.Nodes[m.door(p)].At
}

// drivable says whether a car can get to a node at all.
func (m *town) drivable(i int) bool { return m.roads.touched[i] }

// sorted returns numbers in rising order.
func sorted(x []float64) []float64 {
	slices.Sort(x)
	return x
}
