package importer

import (
	"cmp"
	"math"
	"slices"

	"sandtable/sim/geo"
)

// area is a surface with a meaning: rings whose insides are counted by crossing number, so that a ring inside another
// one is a hole.
type area struct {
	tags  tags
	rings []geo.Polygon
	box   geo.Rect
	size  float64 // [m2]
}

// surfaceKeys are the keys that make a closed way a surface.
var surfaceKeys = []string{"building", "landuse", "natural", "leisure", "amenity", "water", "waterway", "shop",
	"office",
	"healthcare", "social_facility", "tourism", "man_made", "place", "emergency"}

// areas returns all surfaces of the map: closed ways, and multipolygons put together from their members. A multipolygon
// without tags of its own has those of its outer ways, as was the custom of older maps.
func (m *town) areas() []area {
	index := make(map[int64]int, len(m.osm.ways))
	for i := range m.osm.ways {
		index[m.osm.ways[i].id] = i
	}
	var out []area
	inRelation := make([]bool, len(m.osm.ways))
	for i := range m.osm.relations {
		if a, ok := m.multipolygon(&m.osm.relations[i], index, inRelation); ok {
			out = append(out, a)
		}
	}
	for i := range m.osm.ways {
		w := &m.osm.ways[i]
		if !w.closed() || inRelation[i] || !isSurface(w.tags) {
			continue
		}
		if a, ok := m.surface(w.tags, []geo.Polygon{m.ring(w.nodes)}); ok {
			out = append(out, a)
		}
	}
	return out
}

// isSurface says whether a closed way with these tags is a surface and no ring road or fence.
func isSurface(t tags) bool {
	if t.get("highway") != "" && !t.is("area", "yes") || t.is("area", "no") {
		return false
	}
	if t.is("waterway", "river", "stream", "canal", "ditch", "drain") {
		return false
	}
	return slices.ContainsFunc(surfaceKeys, func(k string) bool { return t.get(k) != "" })
}

// ring projects a closed list of nodes.
func (m *town) ring(nodes []int32) geo.Polygon {
	if len(nodes) > 0 && nodes[0] == nodes[len(nodes)-1] {
		nodes = nodes[:len(nodes)-1]
	}
	ring := make(geo.Polygon, len(nodes))
	for i, n := range nodes {
		ring[i] = m.at[n]
	}
	return ring
}

// surface makes an area; one that is off the map or has no size is none.
func (m *town) surface(t tags, rings []geo.Polygon) (area, bool) {
	a := area{tags: t, rings: rings}
	for i, r := range rings {
		if len(r) < 3 {
			return a, false
		}
		size := r.Area()
		if i > 0 && rings[0].Contains(r[0]) {
			size = -size // a hole, or what is not worth telling from one
		}
		a.size += size
		b := geo.Bounds(r)
		if i == 0 {
			a.box = b
		}
		a.box.Min = geo.Point{X: math.Min(a.box.Min.X, b.Min.X), Y: math.Min(a.box.Min.Y, b.Min.Y)}
		a.box.Max = geo.Point{X: math.Max(a.box.Max.X, b.Max.X), Y: math.Max(a.box.Max.Y, b.Max.Y)}
	}
	return a, len(rings) > 0 && a.size > 0 && a.box.Overlaps(m.grid.Bounds())
}

// multipolygon puts a relation's ways together to rings.
func (m *town) multipolygon(rel *osmRelation, index map[int64]int, used []bool) (area, bool) {
	t := slices.Clone(rel.tags)
	var open [][]int32
	own := len(t) > 1 // more than its type
	var members []int
	for _, mem := range rel.members {
		i, ok := index[mem.way]
		if !ok {
			continue
		}
		w := &m.osm.ways[i]
		if !own && !mem.inner {
			t = append(t, w.tags...)
		}
		if w.whole() {
			open = append(open, w.nodes)
			if !mem.inner {
				members = append(members, i)
			}
		}
	}
	rings, rest := joinRings(open)
	if rest > 0 || len(rings) == 0 || !isSurface(t) {
		if rest > 0 && isSurface(t) {
			m.rep.brokenAreas++
		}
		return area{}, false
	}
	var polygons []geo.Polygon
	for _, r := range rings {
		polygons = append(polygons, m.ring(r))
	}
	slices.SortStableFunc(polygons, func(a, b geo.Polygon) int { return cmp.Compare(b.Area(), a.Area()) })
	for _, i := range members {
		used[i] = used[i] || !own
	}
	return m.surface(t, polygons)
}

// joinRings joins lines at their ends to closed rings and says how many lines are left over.
func joinRings(lines [][]int32) (rings [][]int32, rest int) {
	done := make([]bool, len(lines))
	ends := make(map[int32][]int) // lines by their end nodes
	for i, l := range lines {
		if len(l) < 2 {
			done[i] = true
			continue
		}
		ends[l[0]] = append(ends[l[0]], i)
		ends[l[len(l)-1]] = append(ends[l[len(l)-1]], i)
	}
	for i, l := range lines {
		if done[i] {
			continue
		}
		done[i] = true
		ring := slices.Clone(l)
		for ring[0] != ring[len(ring)-1] {
			last := ring[len(ring)-1]
			k := slices.IndexFunc(ends[last], func(j int) bool { return !done[j] })
			if k < 0 {
				break
			}
			j := ends[last][k]
			done[j] = true
			next := slices.Clone(lines[j])
			if next[0] != last {
				slices.Reverse(next)
			}
			ring = append(ring, next[1:]...)
		}
		if len(ring) >= 4 && ring[0] == ring[len(ring)-1] {
			rings = append(rings, ring)
		} else {
			rest++
		}
	}
	return rings, rest
}

// contains says whether a point lies in the area.
func (a *area) contains(p geo.Point) bool {
	if p.X < a.box.Min.X || p.X > a.box.Max.X || p.Y < a.box.Min.Y || p.Y > a.box.Max.Y {
		return false
	}
	inside := false
	for _, r := range a.rings {
		if r.Contains(p) {
			inside = !inside
		}
	}
	return inside
}

// cells calls f with the cells of a grid whose centres lie in the area, in order. It works row by row: the crossings of
// a row with all edges, sorted, bound what is inside. Crossings are computed as Polygon.Contains does it, to the bit,
// so that a centre that lies on an edge belongs to the same area either way.
func (a *area) cells(g geo.Grid, f func(c int)) {
	_, j0 := g.ClampIJ(a.box.Min)
	_, j1 := g.ClampIJ(a.box.Max)
	var cross []float64
	for j := j0; j <= j1; j++ {
		cross = a.crossings(cross[:0], g.Centre(0, j).Y)
		for k := 0; k+1 < len(cross); k += 2 {
			from, to := firstCentre(g, cross[k]), firstCentre(g, cross[k+1])
			for i := from; i < to; i++ {
				f(g.Index(i, j))
			}
		}
	}
}

// crossings appends where a row at y crosses the edges of the area, from west to east.
func (a *area) crossings(cross []float64, y float64) []float64 {
	for _, r := range a.rings {
		for i, j := 0, len(r)-1; i < len(r); j, i = i, i+1 {
			p, q := r[i], r[j]
			if (p.Y > y) != (q.Y > y) {
				cross = append(cross, p.X+float64((q.X-p.X)*(y-p.Y))/(q.Y-p.Y))
			}
		}
	}
	slices.Sort(cross)
	return cross
}

// firstCentre returns the first column of a grid whose centres do not lie west of x, NX if there is none.
func firstCentre(g geo.Grid, x float64) int {
	i := int(math.Max(0, math.Min(math.Floor((x-g.Origin.X)/g.Cell-0.5), float64(g.NX))))
	for i > 0 && g.Centre(i-1, 0).X >= x {
		i--
	}
	for i < g.NX && g.Centre(i, 0).X < x {
		i++
	}
	return i
}

// centre returns the middle of the area: that of its largest ring.
func (a *area) centre() geo.Point {
	r := a.rings[0]
	var sum geo.Point
	size := 0.0
	for i := 1; i+1 < len(r); i++ {
		t := geo.Turn(r[0], r[i], r[i+1]) / 2
		size += t
		sum = sum.Add(geo.Point{X: (r[0].X + r[i].X + r[i+1].X) / 3, Y: (r[0].Y + r[i].Y + r[i+1].Y) / 3}.Scale(t))
	}
	if math.Abs(size) < 1e-6 {
		return r.Centroid()
	}
	return sum.Scale(1 / size)
}
