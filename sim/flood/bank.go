package flood

import (
	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/flood/works"
	"sandtable/sim/geo"
)

// bank is the stairs of faces of a structure that stands across the water. Its levels are in metres above a zero of its
// own, the lowest ground beside it, so that differences are exact at any altitude.
type bank struct {
	zero  float64 // above the datum [mm]
	faces []bankFace
}

// bankFace is one face of a bank.
type bankFace struct {
	face        shallow.Face
	left, right int        // cells to the left and right of the line
	sign        float64    // of a flux on the grid that goes from left to right
	from, to    float64    // the part of the line that it stands for [m]
	ground      float64    // the higher bed of its two cells, above the bank's zero [m]
	crest       float64    // above the bank's zero, never below the ground [m]
	share       [2]float64 // of the left and right cell's area that is the face's own: 1 over its ruled faces
	ruled       int        // number among the water's ruled faces; negative while the water passes freely
}

// newBank makes the bank of a line. Faces beside cells that take no water are left out.
func newBank(w *shallow.Water, g geo.Grid, pts [][2]float64) bank {
	var l bank
	lowest := float32(shallow.Wall)
	for _, s := range staircase(g, line(pts)) {
		bi, bj := s.before()
		here, before := w.At(s.i, s.j), w.At(bi, bj)
		if w.Closed(here) || w.Closed(before) {
			continue
		}
		f := bankFace{face: shallow.Face{Cell: here, South: s.south}, left: before, right: here, sign: s.sign,
			from: s.from, to: s.to, ruled: sim.None}
		if s.sign < 0 {
			f.left, f.right = here, before
		}
		lowest = min(lowest, w.Cells[here].Bed, w.Cells[before].Bed)
		l.faces = append(l.faces, f)
	}
	l.zero = float64(lowest)
	for i := range l.faces {
		f := &l.faces[i]
		f.ground = max(l.bed(w, f.left), l.bed(w, f.right))
		f.crest = f.ground
	}
	return l
}

// bed returns the ground of a cell above the bank's zero [m].
func (l *bank) bed(w *shallow.Water, c int) float64 {
	return float64((float64(w.Cells[c].Bed) - l.zero) * 1e-3)
}

// over turns a level above the datum into one above the bank's zero [m].
func (l *bank) over(level float64) float64 { return level - l.zero/1000 }

// levels returns the water's levels on the two sides of a face.
func (l *bank) levels(w *shallow.Water, f *bankFace) (left, right float64) {
	return l.bed(w, f.left) + w.Cells[f.left].H, l.bed(w, f.right) + w.Cells[f.right].H
}

// at returns the face that stands for a place along the line, the nearest one where none does.
func (l *bank) at(along float64) int {
	best := 0
	for i := range l.faces {
		if l.faces[i].from <= along {
			best = i
		}
	}
	return best
}

// overlap returns how much of a face's part lies between two places along the line [m].
func (f *bankFace) overlap(from, to float64) float64 { return max(min(f.to, to)-max(f.from, from), 0) }

// length is the length of the line that the face stands for [m].
func (f *bankFace) length() float64 { return f.to - f.from }

// passage is a structure with a bank: what a face of it lets through at two levels [m3/s], and whether it rules the
// face at all.
type passage interface {
	body() *bank
	flow(f *bankFace, left, right float64) float64
	rules(i int) bool
}

// rule sets the fluxes of a structure's faces for a step of dt seconds.
func rule(p passage, w *shallow.Water, ruled []shallow.Ruled, dt float64) {
	l, area := p.body(), float64(w.Size*w.Size)
	for i := range l.faces {
		f := &l.faces[i]
		if f.ruled < 0 {
			continue
		}
		flux := 0.0
		if w.Cells[f.left].H > 0 || w.Cells[f.right].H > 0 {
			left, right := l.levels(w, f)
			flow := p.flow(f, left, right)
			if flow != 0 {
				flow = works.Limit(flow, left, right, float64(f.share[0]*area), float64(f.share[1]*area), dt)
				flux = float64(f.sign*flow) / w.Size
			}
		}
		ruled[f.ruled].Flux = flux
	}
}
