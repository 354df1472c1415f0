package importer

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"

	"sandtable/sim/geo"
)

// waterClass is the kind of a water line.
type waterClass uint8

// Kinds, from the largest.
const (
	waterRiver waterClass = iota
	waterCanal
	waterStream
	waterDitch
	waterClassCount
)

// waterClasses describes the kinds: width and depth of the channel up to its banks where the map does not say (assumed;
// with a width given, the depth of rivers follows it, see bankfullDepth), and how much a metre of it counts when the
// main river is looked for.
var waterClasses = [waterClassCount]struct {
	width, depth float64 // [m]
	weight       float64
}{{15, 2.0, 8}, {12, 2.0, 2}, {2.5, 0.7, 1}, {1.2, 0.5, 0.1}}

// waterClassOf returns the kind of a water line, and whether the tags are of one.
func waterClassOf(t tags) (waterClass, bool) {
	switch t.get("waterway") {
	case "river":
		return waterRiver, true
	case "canal":
		return waterCanal, true
	case "stream", "tidal_channel":
		return waterStream, true
	case "ditch", "drain":
		return waterDitch, true
	}
	return 0, false
}

// chain is a stretch of a river or brook on the map, from its upper end to its lower one.
type chain struct {
	class waterClass
	names tags // those of its first part
	width float64
	depth float64 // of the channel up to its banks; what is burnt in has the same conveyance [m]
	line  geo.Line
	enter bool // it comes onto the map at its upper end
	leave bool // it leaves the map at its lower end

	along []float64 // stations [m]
	at    geo.Line  // their places
	bank  []float64 // level of the banks [m]
	low   []float64 // level of the bed as burnt in [m]
}

// length returns the length of the chain [m].
func (c *chain) length() float64 { return c.line.Length() }

// stretch is a way, or a part of one, on which water flows.
type stretch struct {
	nodes []int32
	class waterClass
	tags  tags
}

// findChains joins the map's water lines to chains and cuts them at the map's edge.
func (m *town) findChains() {
	var list []stretch
	for i := range m.osm.ways {
		w := &m.osm.ways[i]
		if class, ok := waterClassOf(w.tags); ok {
			w.runs(func(nodes []int32) { list = append(list, stretch{nodes, class, w.tags}) })
		}
	}
	for _, group := range joinStretches(list) {
		m.cutChain(list, group)
	}
	for i := range m.chains {
		m.chains[i].turnDownhill(m)
	}
	slices.SortStableFunc(m.chains, func(a, b chain) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(b.length(), a.length()))
	})
}

// joinStretches puts stretches one behind the other: a stretch goes on in one of the same kind that begins where it
// ends, first of all in one of the same name, and never in one that is the continuation of another one by its name.
func joinStretches(list []stretch) [][]int {
	begin := make(map[int32][]int) // stretches by the node at which they begin
	end := make(map[int32][]int)
	for i, s := range list {
		begin[s.nodes[0]] = append(begin[s.nodes[0]], i)
		end[s.nodes[len(s.nodes)-1]] = append(end[s.nodes[len(s.nodes)-1]], i)
	}
	name := func(i int) string { return list[i].tags.get("name") }
	follows := func(i, j int) bool { // j goes on where i ends
		if list[i].class != list[j].class || i == j {
			return false
		}
		return name(i) == name(j) || !slices.ContainsFunc(end[list[j].nodes[0]], func(k int) bool {
			return k != i && list[k].class == list[j].class && name(k) == name(j)
		})
	}
	used := make([]bool, len(list))
	var out [][]int
	walk := func(i int) {
		var group []int
		for i >= 0 {
			used[i] = true
			group = append(group, i)
			next := -1
			last := list[i].nodes[len(list[i].nodes)-1]
			for _, j := range begin[last] {
				if !used[j] && follows(i, j) && (next < 0 || name(j) == name(i) && name(next) != name(i)) {
					next = j
				}
			}
			i = next
		}
		out = append(out, group)
	}
	for i, s := range list {
		if !used[i] && !slices.ContainsFunc(end[s.nodes[0]], func(k int) bool { return follows(k, i) }) {
			walk(i)
		}
	}
	for i := range list { // rings have no first part
		if !used[i] {
			walk(i)
		}
	}
	return out
}

// minPiece is the shortest piece of a chain on the map that is kept [cells].
const minPiece = 1.5

// cutChain makes chains of the parts of a group that are on the map.
func (m *town) cutChain(list []stretch, group []int) {
	var line orb.LineString
	first := list[group[0]]
	width := 0.0
	for _, i := range group {
		for k, n := range list[i].nodes {
			if k > 0 || len(line) == 0 {
				line = append(line, orb.Point{m.at[n].X, m.at[n].Y})
			}
		}
		if w, ok := parseMetres(list[i].tags.get("width")); ok {
			width = math.Max(width, w)
		}
	}
	b := m.grid.Bounds()
	inner := 0.01 * m.grid.Cell // ends lie in cells, not on the map's edge
	box := orb.Bound{Min: orb.Point{b.Min.X + inner, b.Min.Y + inner}, Max: orb.Point{b.Max.X - inner, b.Max.Y - inner}}
	for _, piece := range clip.LineString(box, line) {
		c := chain{class: first.class, names: first.tags, width: width}
		for _, p := range piece {
			q := geo.Point{X: p[0], Y: p[1]}
			if n := len(c.line); n == 0 || c.line[n-1].Dist(q) > 0.05 {
				c.line = append(c.line, q)
			}
		}
		if len(c.line) < 2 || c.length() < minPiece*m.grid.Cell {
			continue
		}
		c.enter, c.leave = piece[0] != line[0], piece[len(piece)-1] != line[len(line)-1]
		m.chains = append(m.chains, c)
	}
}

// A water line that ends higher than it begins by so much was drawn against the current.
const (
	uphill      = 3.0    // [m]
	uphillShare = 0.0003 // of its length
)

// turnDownhill reverses a chain that was drawn uphill.
func (c *chain) turnDownhill(m *town) {
	first, last := m.lowest(c.line[0], 2*m.grid.Cell), m.lowest(c.line[len(c.line)-1], 2*m.grid.Cell)
	if last-first > math.Max(uphill, uphillShare*c.length()) {
		slices.Reverse(c.line)
		c.enter, c.leave = c.leave, c.enter
		m.rep.reversed++
	}
}

// lowest returns the lowest ground within a distance of a place [m].
func (m *town) lowest(p geo.Point, reach float64) float64 {
	i0, j0 := m.grid.ClampIJ(geo.Point{X: p.X - reach, Y: p.Y - reach})
	i1, j1 := m.grid.ClampIJ(geo.Point{X: p.X + reach, Y: p.Y + reach})
	low := math.Inf(1)
	for j := j0; j <= j1; j++ {
		for i := i0; i <= i1; i++ {
			low = math.Min(low, m.ground[m.grid.Index(i, j)])
		}
	}
	return low
}
