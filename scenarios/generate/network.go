package generate

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// linkLength is about how long a link of an open road is [m] (assumed): short enough that water closes only the part
// of a road that it covers.
const linkLength = 450.0

// buildRoads surveys the roads between the places and adds them to the network.
func (c *county) buildRoads() {
	v := newSurveyor(c)
	for _, r := range c.planRoads() {
		v.survey(r)
	}
	w := &weaver{surveyor: v, node: make([]sim.NodeID, v.grid.Len())}
	for k := range w.node {
		w.node[k] = sim.None
	}
	w.weave()
	c.joinPieces()
}

// weaver makes nodes and links of the surveyed ways.
type weaver struct {
	*surveyor
	node []sim.NodeID // of each cell that has become a node
	done [][8]bool
}

// weave walks all ways from junction to junction.
func (w *weaver) weave() {
	w.done = make([][8]bool, w.grid.Len())
	for pass := range 2 { // junctions first, then closed rings that have none
		for k := range w.roads {
			if w.place[k] >= 0 || pass == 0 && !w.junction(int32(k)) {
				continue
			}
			for d := range steps {
				if w.roads[k][d] > 0 && !w.done[k][d] {
					w.chain(int32(k), d)
				}
			}
		}
	}
	for k := range w.roads { // ways that leave one place and enter another at once
		for d := range steps {
			if w.place[k] >= 0 && w.roads[k][d] > 0 && !w.done[k][d] && w.place[w.next(int32(k), d)] != w.place[k] {
				w.chain(int32(k), d)
			}
		}
	}
}

func (w *weaver) next(k int32, d int) int32 {
	i, j := w.grid.IJ(int(k))
	return int32(w.grid.Index(i+steps[d][0], j+steps[d][1]))
}

// junction says whether a cell outside the places is a node: where ways meet, end, or change their class.
func (w *weaver) junction(k int32) bool {
	n, class := 0, uint8(0)
	for d := range steps {
		if has := w.roads[k][d]; has > 0 {
			n++
			if class != 0 && class != has {
				return true
			}
			class = has
		}
	}
	return n > 0 && n != 2
}

// chain walks from a cell along one way until the next junction or place and adds its road.
func (w *weaver) chain(k int32, d int) {
	class := scenario.RoadClass(w.roads[k][d] - 1)
	cells := []int32{k}
	for {
		at := cells[len(cells)-1]
		next := w.next(at, d)
		w.done[at][d], w.done[next][d^1] = true, true
		cells = append(cells, next)
		if w.place[next] >= 0 || w.junction(next) || next == k {
			break
		}
		for e := range steps {
			if e != d^1 && w.roads[next][e] > 0 {
				d = e
				break
			}
		}
	}
	line := make(geo.Line, len(cells))
	for i, cell := range cells {
		line[i] = w.centre(cell)
	}
	a := w.end(cells[0], line[1])
	b := w.end(cells[len(cells)-1], line[len(line)-2])
	if a == b && len(cells) < 4 {
		return
	}
	line[0], line[len(line)-1] = w.c.nodes[a].At, w.c.nodes[b].At
	w.c.addChain(smooth(line), a, b, class)
}

// end returns the node at an end of a way: the junction's, or the corner of a place's streets nearest to where the
// way comes from.
func (w *weaver) end(k int32, from geo.Point) sim.NodeID {
	if p := w.place[k]; p >= 0 {
		return sim.NodeID(w.c.nearestNode(&w.c.settlements[p], from))
	}
	if w.node[k] < 0 {
		w.node[k] = w.c.addNode(w.centre(k))
	}
	return w.node[k]
}

// smooth rounds the corners of a line twice; its ends stay.
//
// Reference: G. M. Chaikin, "An algorithm for high-speed curve generation", Computer Graphics and Image Processing 3
// (1974) 346-349.
func smooth(line geo.Line) geo.Line {
	for range 2 {
		if len(line) < 3 {
			return line
		}
		out := geo.Line{line[0]}
		for i := 0; i+1 < len(line); i++ {
			if i > 0 {
				out = append(out, line[i].Lerp(line[i+1], 0.25))
			}
			if i+2 < len(line) {
				out = append(out, line[i].Lerp(line[i+1], 0.75))
			}
		}
		line = append(out, line[len(line)-1])
	}
	return line
}

// addChain adds an open road in links of about the usual length, with bridges where it crosses channels.
func (c *county) addChain(line geo.Line, a, b sim.NodeID, class scenario.RoadClass) {
	name := c.roadName(class)
	total := line.Length()
	for _, part := range c.spans(line, total) {
		n := max(num.RoundInt((part.to-part.from)/linkLength), 1)
		if part.bridge {
			n = 1
		}
		for i := range n {
			s := mix(part.from, part.to, float64(i)/float64(n))
			e := mix(part.from, part.to, float64(i+1)/float64(n))
			end := b
			if e < total-0.5 {
				end = c.addNode(line.At(e))
			}
			if end == a || c.nodes[end].At == c.nodes[a].At {
				continue
			}
			piece := cut(line, s, e)
			piece[0], piece[len(piece)-1] = c.nodes[a].At, c.nodes[end].At
			c.addRoad(thin(piece), a, end, class, name)
			c.shapeLevel(len(c.links)-1, part)
			a = end
		}
	}
}

// cut returns the part of a line between two distances from its start.
func cut(line geo.Line, from, to float64) geo.Line {
	out := geo.Line{line.At(from)}
	along := 0.0
	for i := 1; i < len(line); i++ {
		along += line[i-1].Dist(line[i])
		if along > from+1 && along < to-1 {
			out = append(out, line[i])
		}
	}
	return append(out, line.At(to))
}

// thin rounds a line to decimetres and leaves out points that lie within 4 m of the way without them.
//
// Reference: D. H. Douglas and T. K. Peucker, "Algorithms for the reduction of the number of points required to
// represent a digitized line or its caricature", Cartographica 10 (1973) 112-122.
func thin(line geo.Line) geo.Line {
	const tolerance = 4.0
	keep := make([]bool, len(line))
	keep[0], keep[len(line)-1] = true, true
	var split func(a, b int)
	split = func(a, b int) {
		worst, at := tolerance, -1
		for i := a + 1; i < b; i++ {
			if d := offLine(line[i], line[a], line[b]); d > worst {
				worst, at = d, i
			}
		}
		if at >= 0 {
			keep[at] = true
			split(a, at)
			split(at, b)
		}
	}
	split(0, len(line)-1)
	var out geo.Line
	for i, p := range line {
		if keep[i] {
			out = append(out, tidy(p))
		}
	}
	return out
}

// offLine is the distance of a point from a segment [m].
func offLine(p, a, b geo.Point) float64 {
	ab := b.Sub(a)
	size := float64(ab.X*ab.X) + float64(ab.Y*ab.Y)
	if size == 0 {
		return p.Dist(a)
	}
	ap := p.Sub(a)
	t := (float64(ap.X*ab.X) + float64(ap.Y*ab.Y)) / size
	return p.Dist(a.Lerp(b, math.Min(math.Max(t, 0), 1)))
}

// roadName names open roads by their class, numbered as they are built.
func (c *county) roadName(class scenario.RoadClass) string {
	switch class {
	case scenario.RoadPrimary:
		return "G319国道"
	case scenario.RoadSecondary:
		return "县道"
	case scenario.RoadTertiary:
		return "乡道"
	}
	return ""
}

// joinPieces connects what is not yet connected to the county town's network by the shortest straight road.
func (c *county) joinPieces() {
	for {
		piece := c.pieces()
		home := piece[c.settlements[0].gates[0]]
		var main []geo.Point
		var mainID []int
		for n := range c.nodes {
			if piece[n] == home {
				main, mainID = append(main, c.nodes[n].At), append(mainID, n)
			}
		}
		index := geo.NewIndex(main, 500)
		best, from, to := math.Inf(1), -1, -1
		for n := range c.nodes {
			if piece[n] == home {
				continue
			}
			if k, d := index.Nearest(c.nodes[n].At, nil); d < best {
				best, from, to = d, n, mainID[k]
			}
		}
		if from < 0 {
			return
		}
		line := geo.Line{c.nodes[from].At, c.nodes[to].At}
		c.addChain(line, sim.NodeID(from), sim.NodeID(to), scenario.RoadUnclassified)
	}
}

// pieces numbers the connected parts of the network, by the lowest node of each.
func (c *county) pieces() []int {
	piece := make([]int, len(c.nodes))
	for n := range piece {
		piece[n] = n
	}
	find := func(n int) int {
		for piece[n] != n {
			piece[n] = piece[piece[n]]
			n = piece[n]
		}
		return n
	}
	for _, l := range c.links {
		a, b := find(int(l.From)), find(int(l.To))
		piece[max(a, b)] = min(a, b)
	}
	for n := range piece {
		piece[n] = find(n)
	}
	return piece
}
