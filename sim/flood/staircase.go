package flood

import (
	"math"

	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// stair is a face between two cells of the map that a line runs along. The line becomes a path along the sides of
// cells; nothing gets from one side to the other but through its faces.
type stair struct {
	i, j     int     // the cell to the east or north of the face
	south    bool    // it is that cell's southern face, else its western one
	sign     float64 // of a flux on the grid that goes from the line's left to its right: 1 to the east or north
	from, to float64 // the part of the line that it stands for, along it from its start [m]
}

// before returns the cell to the west or south of the face.
func (s *stair) before() (i, j int) {
	if s.south {
		return s.i, s.j - 1
	}
	return s.i - 1, s.j
}

// staircase returns the faces of a line, each once, in its order; faces in the map's edge are left out. The line's
// points go to the nearest corners of cells, so that ends less than half a cell from the edge reach it.
func staircase(g geo.Grid, line geo.Line) []stair {
	var list []stair
	seen := map[stair]bool{} // faces that the line has run along, without sign and part
	at := 0.0
	for k := 1; k < len(line); k++ {
		length := line[k-1].Dist(line[k])
		i0, j0 := corner(g, line[k-1])
		i1, j1 := corner(g, line[k])
		climb(i0, j0, i1, j1, func(s stair) {
			s.from, s.to = at+float64(s.from*length), at+float64(s.to*length)
			bi, bj := s.before()
			face := stair{i: s.i, j: s.j, south: s.south}
			if g.Inside(s.i, s.j) && g.Inside(bi, bj) && !seen[face] {
				seen[face] = true
				list = append(list, s)
			}
		})
		at += length
	}
	return list
}

// corner returns the corner of cells nearest to a point, column and row counted from the map's own corner.
func corner(g geo.Grid, p geo.Point) (i, j int) {
	return num.ClampInt(math.Floor((p.X-g.Origin.X)/g.Cell+0.5), 0, g.NX),
		num.ClampInt(math.Floor((p.Y-g.Origin.Y)/g.Cell+0.5), 0, g.NY)
}

// climb calls f with the faces on the way from one corner to another, close to the straight line between them; their
// parts of it are shares of its length.
func climb(i0, j0, i1, j1 int, f func(stair)) {
	stepX, nx := direction(i0, i1)
	stepY, ny := direction(j0, j1)
	square := float64(nx*nx + ny*ny)
	i, j, x, y, at := i0, j0, 0, 0, 0.0
	for x < nx || y < ny {
		// Along x as long as the middle of that step lies no further along the line than that of one along y.
		if y == ny || x < nx && (2*x+1)*ny <= (2*y+1)*nx {
			s := stair{i: min(i, i+stepX), j: j, south: true, sign: -float64(stepX), from: at}
			x, i, at = x+1, i+stepX, at+float64(nx)/square
			s.to = at
			f(s)
			continue
		}
		s := stair{i: i, j: min(j, j+stepY), sign: float64(stepY), from: at}
		y, j, at = y+1, j+stepY, at+float64(ny)/square
		s.to = at
		f(s)
	}
}

// direction returns the sign of the way from a to b, and its length.
func direction(a, b int) (sign, n int) {
	if b < a {
		return -1, a - b
	}
	return 1, b - a
}

// nearestOn returns how far along a line its nearest point to p is, and how far away [m].
func nearestOn(line geo.Line, p geo.Point) (along, away float64) {
	at, away := 0.0, math.Inf(1)
	for k := 1; k < len(line); k++ {
		a, b := line[k-1], line[k]
		length := a.Dist(b)
		share := 0.0
		if length > 0 {
			share = (float64((p.X-a.X)*(b.X-a.X)) + float64((p.Y-a.Y)*(b.Y-a.Y))) / float64(length*length)
			share = min(max(share, 0), 1)
		}
		if d := p.Dist(a.Lerp(b, share)); d < away {
			along, away = at+float64(share*length), d
		}
		at += length
	}
	return along, away
}

// valueAlong returns a value that is given at each point of a line, or once for all, at a distance along it.
func valueAlong(line geo.Line, values []float64, at float64) float64 {
	if len(values) != len(line) {
		return values[0]
	}
	for k := 1; k < len(line); k++ {
		length := line[k-1].Dist(line[k])
		if at <= length && length > 0 {
			return values[k-1] + float64(max(at, 0)/length*(values[k]-values[k-1]))
		}
		at -= length
	}
	return values[len(values)-1]
}
