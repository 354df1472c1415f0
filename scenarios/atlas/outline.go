package atlas

import "sandtable/sim/geo"

// corner is a corner of cells: column and row of the cell to its north-east.
type corner struct{ i, j int32 }

// patch is a part of the map whose cells have one class and hang together by their sides: its border, outer ring first,
// then its holes. The outer ring runs counter-clockwise, holes clockwise; no ring repeats its first corner.
type patch struct {
	class int16
	cells int
	rings [][]corner
}

// outline cuts a map into patches along the borders of cells; cells of a class below 0 belong to none. Patches are in
// the order of their southernmost, westernmost cells.
//
// Cells are the model's own statement, so the border is theirs: areas are exact, patches of neighbouring classes share
// their border, and nothing is drawn between two cell centres that the model does not say.
func outline(g geo.Grid, class []int16) []patch {
	o := outliner{grid: g, label: make([]int32, g.Len()), walked: make([]bool, g.Len())}
	for c := range o.label {
		o.label[c] = -1
	}
	for c, k := range class {
		if k >= 0 && o.label[c] < 0 {
			o.patches = append(o.patches, patch{class: k, cells: o.fill(c, class)})
		}
	}
	for c, id := range o.label {
		i, j := g.IJ(c)
		if id >= 0 && !o.walked[c] && o.at(i, j-1) != id {
			o.patches[id].rings = append(o.patches[id].rings, o.walk(i, j, id))
		}
	}
	return o.patches
}

// outliner is the workspace of outline.
type outliner struct {
	grid    geo.Grid
	label   []int32 // patch of each cell, -1 for none
	walked  []bool  // the southern border of the cell is part of a ring
	patches []patch
	queue   []int
}

// at returns the patch of a cell; -1 outside the grid.
func (o *outliner) at(i, j int) int32 {
	if !o.grid.Inside(i, j) {
		return -1
	}
	return o.label[o.grid.Index(i, j)]
}

// fill gives a new label to all cells that hang together with one, and returns how many there are.
func (o *outliner) fill(first int, class []int16) int {
	id := int32(len(o.patches))
	o.label[first] = id
	o.queue = append(o.queue[:0], first)
	for n := 0; n < len(o.queue); n++ {
		i, j := o.grid.IJ(o.queue[n])
		for _, d := range directions {
			x, y := i+d[0], j+d[1]
			if !o.grid.Inside(x, y) {
				continue
			}
			if c := o.grid.Index(x, y); o.label[c] < 0 && class[c] == class[first] {
				o.label[c] = id
				o.queue = append(o.queue, c)
			}
		}
	}
	return len(o.queue)
}

// directions are east, north, west and south: to turn left is to go on by one.
var directions = [4][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}

// beside are, for a border that leaves a corner in each direction, the cell to its left and the one to its right,
// counted from the cell to the corner's north-east.
var beside = [4][2][2]int{
	{{0, 0}, {0, -1}}, {{-1, 0}, {0, 0}}, {{-1, -1}, {-1, 0}}, {{0, -1}, {-1, -1}},
}

// border says whether a patch has a border from a corner in a direction, with itself to the left.
func (o *outliner) border(i, j, dir int, id int32) bool {
	l, r := beside[dir][0], beside[dir][1]
	return o.at(i+l[0], j+l[1]) == id && o.at(i+r[0], j+r[1]) != id
}

// straight is how many cells long a side of a ring is at most: a straight line in the plane bends in longitude and
// latitude, and neighbours have the same corners on it.
const straight = 16

// walk follows a border from the south-western corner of a cell to the east until it comes back. Where two cells of
// the patch touch at a corner only it turns right, so that a ring never meets itself: the cells are connected by their
// sides on one way round that corner, and what lies between is a hole of its own.
func (o *outliner) walk(i, j int, id int32) []corner {
	var ring []corner
	dir, i0, j0 := 0, i, j
	for {
		if dir == 0 {
			o.walked[o.grid.Index(i, j)] = true
		}
		i, j = i+directions[dir][0], j+directions[dir][1]
		next := dir
		for _, turn := range [3]int{3, 0, 1} { // right, straight on, left
			if next = (dir + turn) % 4; o.border(i, j, next, id) {
				break
			}
		}
		if next != dir || (dir%2 == 0 && i%straight == 0) || (dir%2 == 1 && j%straight == 0) {
			ring = append(ring, corner{int32(i), int32(j)})
		}
		if dir = next; i == i0 && j == j0 && dir == 0 {
			return ring
		}
	}
}
