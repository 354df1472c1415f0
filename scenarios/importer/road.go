package importer

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// roads is the network in the making.
type roads struct {
	nodes   []geo.Point
	links   []draft
	control []scenario.NodeControl // of the first nodes; of the others ControlAuto
	touched []bool                 // nodes that a car gets to
	core    []bool                 // nodes from which a car reaches all others of the network, and which it can reach
	index   *geo.Index
	dropped struct{ parts, links int }
	length  [scenario.RoadClassCount]float64 // [m]
}

// draft is a link before its ends have their final numbers.
type draft struct {
	name     string
	from, to int
	class    scenario.RoadClass
	dir      direction
	circle   bool
	lanes    uint8
	speed    float64
	capacity float64 // per lane [veh/h]
	form     scenario.RoadForm
	level    float64
	fixed    bool // level has been set
	shape    geo.Line
}

// Limits of a link's length [m] (assumed). Somebody at the dry end of a flooded link is stranded too, so that long
// links are cut; a link that is shorter than the least is drawn together to one node.
const (
	longestLink  = 300.0
	shortestLink = 1.0
	shapeError   = 0.5 // by which a link's line may differ from the map's
)

// layRoads makes nodes and links of the highways.
func (m *town) layRoads() error {
	m.roads = &roads{}
	m.drawRoads()
	m.setForms()
	m.cutAtChannels()
	m.cutLong()
	m.roads.contract()
	return m.connect()
}

// drawRoads makes drafts of all highways, split where they meet.
func (m *town) drawRoads() {
	uses := make([]uint8, len(m.osm.nodes))
	var list []*osmWay
	for i := range m.osm.ways {
		w := &m.osm.ways[i]
		if _, ok := roadClassOf(w.tags); !ok {
			continue
		}
		list = append(list, w)
		w.runs(func(nodes []int32) {
			for k, n := range nodes {
				add := uint8(1)
				if k == 0 || k == len(nodes)-1 {
					add = 2 // an end is always a node
				}
				uses[n] = min(uses[n]+add, 2)
			}
		})
	}
	number := make(map[int32]int)
	for _, w := range list {
		w.runs(func(nodes []int32) { m.splitWay(w, nodes, uses, number) })
	}
	m.layControls(list, uses, number)
}

// splitWay cuts one highway at its junctions and at the map's edge.
func (m *town) splitWay(w *osmWay, nodes []int32, uses []uint8, number map[int32]int) {
	class, _ := roadClassOf(w.tags)
	dir := directionOf(w.tags)
	if class == scenario.RoadPath {
		dir = bothWays // one-way signs do not bind walkers
	}
	name := w.tags.get("name")
	if name == "" {
		name = w.tags.get("ref")
	}
	base := draft{name: plainText(name), class: class, dir: dir, circle: isCircle(w.tags),
		lanes: lanesOf(w.tags, class, dir), speed: speedOf(w.tags, class), capacity: usualOf(w.tags, class).Capacity,
		form: formOf(w.tags)}
	node := func(n int32) int {
		k, ok := number[n]
		if !ok {
			k = m.roads.addNode(m.at[n])
			number[n] = k
		}
		return k
	}
	var line geo.Line // what has been drawn of the present link
	from := -1
	finish := func(to int) {
		if d := base; len(line) >= 2 {
			d.from, d.to, d.shape = from, to, line
			m.roads.add(d)
		}
	}
	for k, n := range nodes {
		p := m.at[n]
		if !m.inside(p) {
			if k > 0 && len(line) > 0 { // leaves the map
				q := m.edgePoint(m.at[nodes[k-1]], p)
				line = append(line, q)
				finish(m.roads.addNode(q))
			}
			line, from = nil, -1
			continue
		}
		if k > 0 && len(line) == 0 { // comes onto the map
			q := m.edgePoint(p, m.at[nodes[k-1]])
			line, from = geo.Line{q}, m.roads.addNode(q)
		}
		line = append(line, p)
		switch {
		case from < 0:
			from = node(n)
		case uses[n] >= 2:
			to := node(n)
			finish(to)
			line, from = geo.Line{p}, to
		}
	}
}

// edgePoint returns where the line from a place on the map to one off it crosses the edge.
func (m *town) edgePoint(in, out geo.Point) geo.Point {
	b := m.grid.Bounds()
	t := 1.0
	limit := func(from, to, edge float64) {
		if from != to {
			if s := (edge - from) / (to - from); s >= 0 && s < t {
				t = s
			}
		}
	}
	limit(in.X, out.X, b.Min.X)
	limit(in.X, out.X, b.Max.X)
	limit(in.Y, out.Y, b.Min.Y)
	limit(in.Y, out.Y, b.Max.Y)
	p := in.Lerp(out, t)
	return tidy(geo.Point{X: math.Min(math.Max(p.X, b.Min.X), b.Max.X), Y: math.Min(math.Max(p.Y, b.Min.Y), b.Max.Y)})
}

// addNode adds a node.
func (r *roads) addNode(p geo.Point) int {
	r.nodes = append(r.nodes, p)
	return len(r.nodes) - 1
}

// add adds a link; a ring is made of two, so that every link has two ends.
func (r *roads) add(d draft) {
	if d.from != d.to {
		r.links = append(r.links, d)
		return
	}
	if len(d.shape) < 3 || d.shape.Length() < 2*shortestLink {
		return
	}
	a, b := d, d
	mid := len(d.shape) / 2
	n := r.addNode(d.shape[mid])
	a.to, a.shape = n, d.shape[:mid+1:mid+1]
	b.from, b.shape = n, slices.Clone(d.shape[mid:])
	r.links = append(r.links, a, b)
}

// cutLong cuts long links into equal parts.
func (m *town) cutLong() {
	var out []draft
	for _, d := range m.roads.links {
		n := int(math.Ceil(d.shape.Length() / longestLink))
		if n <= 1 || d.fixed { // a bridge is of one level
			out = append(out, d)
			continue
		}
		cuts := make([]float64, 0, n-1)
		for k := 1; k < n; k++ {
			cuts = append(cuts, d.shape.Length()*float64(k)/float64(n))
		}
		out = append(out, m.roads.cut(d, cuts)...)
	}
	m.roads.links = out
}

// cut divides a link at distances from its start, rising.
func (r *roads) cut(d draft, cuts []float64) []draft {
	var out []draft
	from, passed := d.from, 0.0
	rest := d.shape
	for _, at := range cuts {
		if at-passed < shortestLink || d.shape.Length()-at < shortestLink {
			continue
		}
		head, tail := split(rest, at-passed)
		n := r.addNode(head[len(head)-1])
		part := d
		part.from, part.to, part.shape = from, n, head
		out = append(out, part)
		from, rest, passed = n, tail, at
	}
	d.from, d.shape = from, rest
	return append(out, d)
}

// split cuts a line at a distance from its start.
func split(line geo.Line, at float64) (head, tail geo.Line) {
	passed := 0.0
	for k := 1; k < len(line); k++ {
		seg := line[k-1].Dist(line[k])
		if passed+seg >= at && seg > 0 {
			p := tidy(line[k-1].Lerp(line[k], (at-passed)/seg))
			head = append(slices.Clone(line[:k]), p)
			tail = append(geo.Line{p}, line[k:]...)
			return head, tail
		}
		passed += seg
	}
	last := line[len(line)-1]
	return line, geo.Line{last, last}
}

// contract draws links that are too short together to one node each, and leaves corners out that matter little.
func (r *roads) contract() {
	merged := newParts(len(r.nodes))
	for _, d := range r.links {
		if d.shape.Length() < shortestLink {
			merged.join(d.from, d.to)
		}
	}
	kept := r.links[:0]
	for _, d := range r.links {
		r.carry(d.from, merged.of(d.from))
		r.carry(d.to, merged.of(d.to))
		d.from, d.to = merged.of(d.from), merged.of(d.to)
		if d.from == d.to {
			continue
		}
		d.shape = simpler(d.shape)
		d.shape[0], d.shape[len(d.shape)-1] = r.nodes[d.from], r.nodes[d.to]
		if d.shape.Length() >= shortestLink {
			kept = append(kept, d)
		}
	}
	r.links = kept
}

// carry gives the control of a node to the one that it is drawn together with.
func (r *roads) carry(from, to int) {
	if r.controlOf(from) != scenario.ControlAuto && to < len(r.control) {
		r.control[to] = r.control[from]
	}
}

// controlOf returns the control of a node.
func (r *roads) controlOf(node int) scenario.NodeControl {
	if node < len(r.control) {
		return r.control[node]
	}
	return scenario.ControlAuto
}

// simpler leaves out corners that lie within shapeError of the line.
func simpler(line geo.Line) geo.Line {
	if len(line) < 3 {
		return slices.Clone(line)
	}
	ls := make(orb.LineString, len(line))
	for i, p := range line {
		ls[i] = orb.Point{p.X, p.Y}
	}
	ls = simplify.DouglasPeucker(shapeError).LineString(ls)
	out := make(geo.Line, len(ls))
	for i, p := range ls {
		out[i] = geo.Point{X: p[0], Y: p[1]}
	}
	return out
}

// link makes the final link of a draft. A road that is one-way against its line is turned round.
func (d *draft) link(number []sim.NodeID) scenario.Link {
	l := scenario.Link{Name: d.name, From: number[d.from], To: number[d.to], OneWay: d.dir != bothWays, Class: d.class,
		Circle: d.circle && d.dir != bothWays,
		Lanes:  d.lanes, Speed: d.speed, Capacity: d.capacity, Form: d.form, Shape: d.shape}
	if d.form != scenario.FormGround {
		l.Level = round(d.level, 2)
	}
	if d.dir == backward {
		l.From, l.To = l.To, l.From
		l.Shape = slices.Clone(d.shape)
		slices.Reverse(l.Shape)
	}
	return l
}
