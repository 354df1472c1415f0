package generate

import (
	"math"
	"slices"

	"sandtable/sim/num"
)

// Erosion of the hills (assumed, apart from the form of the law).
const (
	erodeRounds   = 26   // rounds of uplift and erosion: enough for the valleys to reach the divides
	erodeStep     = 0.06 // uplift per round as a share of the relief
	erodeExponent = 0.40 // of the drained area (Whipple & Tucker 1999: 0.3 to 0.5 for a slope exponent of 1)
	erodeSlope    = 13.0 // slope in balance for a drained area of 1 m2
	erodeArea     = 0.03 // streams begin where so much drains together [km2]
	creepShare    = 0.40 // how much of the difference to its neighbours a cell of the hills loses per round
	lastCreep     = 3    // rounds of creep after the last cut
	talusSlope    = 0.40 // steepest slope that soil and woods hold
	reliefShare   = 0.97 // this share of the hills' cells stays below the relief
)

// erode lets streams cut valleys and ridges into the hills while they rise, until both are about in balance. The main
// valley stays as it is, and no water leaves over the map's edge elsewhere.
//
// Reference: the stream-power law of K. X. Whipple and G. E. Tucker, Journal of Geophysical Research 104 (1999)
// 17661-17674, solved as in J. Braun and S. D. Willett, Geomorphology 180-181 (2013) 170-179.
func (l *land) erode() {
	hill := make([]bool, len(l.z))
	uplift := make([]float64, len(l.z))
	swell := newNoise(l.p.Seed, "uplift", 0.35*l.p.Height, 3, 0.5)
	for c := range l.z {
		i, j := l.grid.IJ(c)
		at := l.grid.Centre(i, j)
		side, beyond, _ := l.lateral(at)
		up := beyond - l.riser() - l.tread[side][i]
		hill[c] = up > 0
		vary := math.Max(0.75+float64(1.1*swell.at(at)), 0.10)
		uplift[c] = float64(erodeStep * l.p.Relief * vary * ramp(up, -0.02*l.p.Height, 0.28*l.p.Height))
	}
	r := newRouting(l, hill)
	for range erodeRounds {
		r.route()
		r.cut(uplift)
		r.creep()
	}
	for range lastCreep {
		r.creep()
	}
	l.scaleHills(hill)
}

// scaleHills brings the hills to the wanted relief above the river.
func (l *land) scaleHills(hill []bool) {
	var heights []float64
	for c, z := range l.z {
		if hill[c] {
			heights = append(heights, z-l.foot(c))
		}
	}
	if len(heights) == 0 {
		return
	}
	slices.Sort(heights)
	top := heights[num.Int(reliefShare*float64(len(heights)-1))]
	for c, z := range l.z {
		if hill[c] {
			l.z[c] = l.foot(c) + float64((z-l.foot(c))*l.p.Relief/math.Max(top, 1))
		}
	}
}

// foot is the level of the terrace's edge beside a cell [m].
func (l *land) foot(c int) float64 {
	i, j := l.grid.IJ(c)
	at := l.grid.Centre(i, j)
	side, _, _ := l.lateral(at)
	return l.bank(at.X) + footRise + l.rise + float64(terraceSlope*l.tread[side][i])
}

// routing is where water flows on the hills, for one round of erosion.
type routing struct {
	l     *land
	hill  []bool
	order []int32   // cells from the lowest to the highest, pits filled
	level []float64 // elevation with pits filled [m]
	to    []int32   // steepest way down; -1 outside the hills
	run   []float64 // its length [m]
	area  []float64 // drained [m2]
	seen  []bool
	front heap
}

func newRouting(l *land, hill []bool) *routing {
	n := len(l.z)
	return &routing{l: l, hill: hill, level: make([]float64, n), to: make([]int32, n), run: make([]float64, n),
		area: make([]float64, n), seen: make([]bool, n)}
}

// route finds the ways of the water down to the main valley.
func (r *routing) route() {
	r.order, r.front = r.order[:0], r.front[:0]
	for c := range r.hill {
		r.seen[c], r.to[c], r.level[c] = !r.hill[c], -1, r.l.z[c]
		if !r.hill[c] && r.besideHill(int32(c)) {
			r.front.push(r.l.z[c], int32(c))
		}
	}
	for len(r.front) > 0 {
		level, c := r.front.pop()
		r.order = append(r.order, c)
		r.l.around(c, func(next int32) {
			if !r.seen[next] {
				r.seen[next] = true
				r.level[next] = max(r.l.z[next], level+fillStep)
				r.front.push(r.level[next], next)
			}
		})
	}
	for _, c := range r.order {
		if r.hill[c] {
			r.descend(c)
		}
	}
	r.gather()
}

func (r *routing) besideHill(c int32) bool {
	beside := false
	r.l.around(c, func(next int32) { beside = beside || r.hill[next] })
	return beside
}

// descend finds the steepest way down from a cell.
func (r *routing) descend(c int32) {
	best := 0.0
	ci, cj := r.l.grid.IJ(int(c))
	r.l.around(c, func(next int32) {
		run := r.l.grid.Cell
		if i, j := r.l.grid.IJ(int(next)); i != ci && j != cj {
			run = float64(run * math.Sqrt2)
		}
		if slope := (r.level[c] - r.level[next]) / run; slope > best {
			best, r.to[c], r.run[c] = slope, next, run
		}
	})
}

// gather adds up the area that drains through each cell.
func (r *routing) gather() {
	cell := float64(r.l.grid.Cell * r.l.grid.Cell)
	for c := range r.area {
		r.area[c] = cell
	}
	for k := len(r.order) - 1; k >= 0; k-- {
		if c := r.order[k]; r.to[c] >= 0 {
			r.area[r.to[c]] += r.area[c]
		}
	}
}

// cut raises the hills by one round and lets the streams cut, from the valley upward.
func (r *routing) cut(uplift []float64) {
	l := r.l
	scale := float64(erodeStep*l.p.Relief) / erodeSlope
	for _, c := range r.order {
		down := r.to[c]
		if down < 0 {
			continue
		}
		f := float64(scale*num.Pow(math.Max(r.area[c]-erodeArea*1e6, 0), erodeExponent)) / r.run[c]
		z := (r.level[c] + uplift[c] + float64(f*l.z[down])) / (1 + f)
		l.z[c] = math.Min(z, l.z[down]+float64(talusSlope*r.run[c]))
	}
}

// creep lets soil move down the slopes, which rounds ridges and hollows.
func (r *routing) creep() {
	l := r.l
	copy(r.level, l.z)
	for c := range l.z {
		i, j := l.grid.IJ(c)
		if !r.hill[c] || i == 0 || j == 0 || i == l.grid.NX-1 || j == l.grid.NY-1 {
			continue
		}
		nx := l.grid.NX
		mean := float64((r.level[c-1] + r.level[c+1] + r.level[c-nx] + r.level[c+nx]) / 4)
		l.z[c] += float64(creepShare * (mean - r.level[c]))
	}
}
