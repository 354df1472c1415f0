package shallow

import (
	"cmp"
	"slices"
)

// Face names a face between two cells: the western face of a cell, or its southern one.
type Face struct {
	Cell  int
	South bool
}

// compare orders faces: western ones by cell, then southern ones.
func (f Face) compare(g Face) int {
	if f.South != g.South {
		if g.South {
			return -1
		}
		return 1
	}
	return cmp.Compare(f.Cell, g.Cell)
}

// Before returns the cell on the other side of the face, to the west or south of Cell.
func (g *Grid) Before(f Face) int {
	if f.South {
		return f.Cell - g.Width
	}
	return f.Cell - 1
}

// Ruled is a face whose flux the schemes do not compute: a dyke, a gate, an open edge. Whoever rules it sets Flux
// before each step. Both sides feel a wall's pressure there, less what the flux takes along.
type Ruled struct {
	Face
	Flux   float64 // per metre, to the east or north, for the next step [m2/s]
	Passed float64 // what did pass in the last step: less than Flux where the giving cell had no more
}

// ruled holds the ruled faces, sorted, and where those of each row of cells begin.
type ruled struct {
	faces []Ruled
	rows  [2][]int32 // of western faces, of southern faces: index of the first face of each row
}

// Rule says which faces are ruled, each once, and returns them in their order: western faces by cell, then southern
// ones. The slice is the water's own; the caller writes the fluxes into it. A face that was ruled before keeps what it
// has let through. To rule other faces takes memory: it is for rare events, as when a barrier is put up.
func (w *Water) Rule(faces []Face) []Ruled {
	r := &w.ruled
	ruled := make([]Ruled, len(faces))
	for i, f := range faces {
		ruled[i].Face = f
		if k := r.find(f); k >= 0 {
			ruled[i] = r.faces[k]
		}
	}
	r.faces = ruled
	slices.SortFunc(r.faces, func(a, b Ruled) int { return a.compare(b.Face) })
	for i := range r.faces {
		if i > 0 && r.faces[i].Face == r.faces[i-1].Face {
			panic("shallow: a face is ruled twice")
		}
	}
	rows := len(w.Cells)/w.Width + 1
	k := 0
	for dir := range r.rows {
		r.rows[dir] = make([]int32, rows)
		for row := range rows {
			for k < len(r.faces) && r.faces[k].South == (dir == 1) && r.faces[k].Cell < row*w.Width {
				k++
			}
			r.rows[dir][row] = int32(k)
		}
	}
	return r.faces
}

// of returns the ruled faces in the row of a cell: western ones, or southern ones.
func (r *ruled) of(row, dir int) []Ruled {
	if len(r.faces) == 0 {
		return nil
	}
	return r.faces[r.rows[dir][row]:r.rows[dir][row+1]]
}

// find returns the index of a face, or -1.
func (r *ruled) find(f Face) int {
	i, ok := slices.BinarySearchFunc(r.faces, f, func(a Ruled, f Face) int { return a.compare(f) })
	if !ok {
		return -1
	}
	return i
}

// wake makes the tiles active through whose ruled faces water comes or goes.
func (w *Water) wake() {
	for i := range w.ruled.faces {
		f := &w.ruled.faces[i]
		f.Passed = f.Flux
		if f.Flux == 0 {
			continue
		}
		for _, c := range [2]int{f.Cell, w.Before(f.Face)} {
			if !w.outside(c) {
				w.Tiles[w.TileOf(c)].woken = true
			}
		}
	}
}

// pass ends the wake; what has left through open edges is gone.
func (w *Water) pass() {
	for i := range w.ruled.faces {
		f := &w.ruled.faces[i]
		if f.Flux == 0 {
			continue
		}
		for _, c := range [2]int{f.Cell, w.Before(f.Face)} {
			if !w.outside(c) {
				w.Tiles[w.TileOf(c)].woken = false
			}
			if w.Closed(c) {
				w.Cells[c].H = 0
			}
		}
	}
}

// outside says whether a cell lies in the ring around the tiles.
func (g *Grid) outside(c int) bool {
	i, j := g.IJ(c)
	return i < 0 || j < 0 || i >= g.TX*Side || j >= g.TY*Side
}
