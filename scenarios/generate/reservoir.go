package generate

import (
	"math"
	"slices"

	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// Shape of the reservoir (assumed; a reservoir of middle size, 中型水库, holds 10 to 100 million m3).
const (
	damShare     = 0.055  // height of the dam over the relief
	damMin       = 8.0    // and at least [m]
	damMax       = 60.0   // and at most [m]
	damAbove     = 0.045  // way from the foot of the hills up to the dam, share of the map's height
	poolSlope    = 0.0055 // of the valley's floor under the pool
	poolHalf     = 0.021  // half width of that floor, share of the map's height
	damHalf      = 0.0045 // half width of the valley at the dam, share of the map's height
	shoulderRise = 18.0   // how far the hills beside the pool stand above the dam's crest [m]
	poolBelow    = 0.12   // normal pool level below the crest, share of the dam's height
	curveLevels  = 24     // points of the level-storage curve
)

// dam is the reservoir's dam across a tributary.
type dam struct {
	river  int       // index into land.rivers
	along  float64   // way from that river's head [m]
	height float64   // crest above the stream's bed [m]
	shelf  float64   // length over which the valley is wide above the dam [m]
	unit   float64   // of lengths: the map's height [m]
	foot   float64   // level of the stream's bed at the dam [m]
	crest  float64   // level of the crest [m]
	at     geo.Point // middle of the crest
	ends   [2]geo.Point
	levels []float64 // of the level-storage curve [m]
	store  []float64 // volume at each level [m3]
	cells  []int32   // of the dam
	basin  []int32   // cells behind it below its crest
	normal float64   // normal level of the pool [m]
	pool   []int32   // cells under water at that level
	outlet int32     // cell of the stream below the dam
	safe   float64   // discharge that the stream below was trained for [m3/s]
	reach  []int32   // cells of that reach
}

// siteDam chooses the tributary on the county town's side next above the town, and the place of the dam on it.
func (l *land) siteDam() {
	best := -1
	for k, ch := range l.rivers {
		if ch.order != 1 || ch.length() < 0.3*l.p.Height {
			continue
		}
		mouth, head := ch.line[len(ch.line)-1], ch.line[0]
		onSide := (head.Y > mouth.Y) == (l.town.side == north)
		if onSide && mouth.X < l.town.x && (best < 0 || mouth.X > l.rivers[best].line[len(l.rivers[best].line)-1].X) {
			best = k
		}
	}
	if best < 0 {
		return
	}
	ch := l.rivers[best]
	height := math.Min(math.Max(damShare*l.p.Relief, damMin), damMax)
	edge := 0
	for i, at := range ch.line { // the last point that is still in the hills
		if side, beyond, _ := l.lateral(at); beyond > l.riser()+l.tread[side][l.column(at.X)] {
			edge = i
		}
	}
	along := ch.along[edge] - float64(damAbove*l.p.Height)
	l.dam = &dam{river: best, along: along, height: height, shelf: 1.15 * height / poolSlope, unit: l.p.Height}
}

// raised says whether the hills beside a point of a river are those that hold the pool.
func (l *land) raised(k int, along float64) bool {
	return l.dam != nil && l.dam.river == k && along <= l.dam.along+float64(0.05*l.dam.unit)
}

// flatten gives the valley floor under the pool its gentle slope and lifts what lies above.
func (m *dam) flatten(ch *channel, level []float64) {
	at := len(level) - 1
	for at > 0 && ch.along[at] > m.along {
		at--
	}
	base := level[at]
	for i := at; i >= 0; i-- {
		up := m.along - ch.along[i]
		steep := math.Max(up-m.shelf, 0)
		level[i] = base + float64(poolSlope*up) + float64(0.035*steep)
	}
}

// widen makes the valley narrow at the dam and wide above it.
func (m *dam) widen(half, along float64) float64 {
	narrow, wide := float64(damHalf*m.unit), float64(poolHalf*m.unit)
	up := m.along - along
	half = mix(half, narrow, ramp(math.Abs(up), 0.05*m.unit, 0.01*m.unit))
	if up > 0 {
		half = math.Max(half, float64(wide*ramp(up, 0.012*m.unit, 0.06*m.unit)*ramp(up, 1.25*m.shelf, 0.7*m.shelf)))
	}
	return half
}

// shoulder is how high the hills stand above the valley floor, out from its edge [m]; below the dam they run out.
func (m *dam) shoulder(out, along float64) float64 {
	rise := ramp(out, 0, 0.014*m.unit) * ramp(out, 0.095*m.unit, 0.04*m.unit)
	rise *= ramp(along, m.along+float64(0.05*m.unit), m.along+float64(0.008*m.unit))
	return float64((m.height + shoulderRise) * rise)
}

// buildDam puts the dam into the ground and measures the level-storage curve of the valley behind it.
func (l *land) buildDam() {
	m := l.dam
	if m == nil {
		return
	}
	ch := l.rivers[m.river]
	k := 0
	for k < len(ch.line)-1 && ch.along[k] < m.along {
		k++
	}
	m.at = ch.line[k]
	m.foot = l.ground(m.at)
	m.crest = m.foot + m.height
	a, b := ch.line[max(k-10, 0)], ch.line[min(k+10, len(ch.line)-1)]
	down := b.Sub(a).Scale(1 / a.Dist(b))
	across := geo.Point{X: -down.Y, Y: down.X}
	left, right := l.abutment(across), l.abutment(across.Scale(-1))
	m.ends = [2]geo.Point{left, right}
	m.outlet = l.below(ch)
	inside, ok := l.cellUpstream(ch)
	for m.basin == nil {
		if !ok || m.crest-math.Max(m.foot, l.z[inside]) < damMin/2 {
			l.dam = nil // this valley holds nothing
			return
		}
		if m.basin = l.behind(inside); m.basin != nil {
			break
		}
		m.crest -= 0.5 // somewhere a saddle is lower than the dam
		for _, c := range m.cells {
			l.z[c] = math.Min(l.z[c], m.crest)
		}
	}
	m.height = m.crest - m.foot
	m.storeCurve(l)
}

// abutment builds the dam from its middle to one side, until the hill is higher than the crest, and returns that end.
func (l *land) abutment(across geo.Point) geo.Point {
	m := l.dam
	at := m.at
	step := l.grid.Cell / 3
	thick := geo.Point{X: -across.Y, Y: across.X}.Scale(float64(0.75 * l.grid.Cell))
	for s := 0.0; s < 0.12*l.p.Height; s += step {
		at = m.at.Add(across.Scale(s))
		if !l.grid.Bounds().Contains(at) || l.ground(at) > m.crest {
			break
		}
		for _, p := range []geo.Point{at, at.Add(thick), at.Sub(thick)} {
			if c, ok := l.grid.CellAt(p); ok && l.z[c] < m.crest {
				l.z[c] = m.crest
				m.cells = append(m.cells, int32(c))
			}
		}
	}
	return at
}

// below returns the stream's cell a little way under the dam, where its outflow comes out.
func (l *land) below(ch *channel) int32 {
	want := l.dam.along + float64(4*l.grid.Cell)
	for i, p := range ch.line {
		if c, ok := l.grid.CellAt(p); ok && ch.along[i] >= want && slices.Contains(ch.cells, int32(c)) {
			return int32(c)
		}
	}
	return ch.cells[len(ch.cells)-1]
}

// cellUpstream returns the stream's cell next above the dam, and whether there is one.
func (l *land) cellUpstream(ch *channel) (int32, bool) {
	for i := len(ch.line) - 1; i >= 0; i-- {
		if c, ok := l.grid.CellAt(ch.line[i]); ok && ch.along[i] <= l.dam.along-float64(3*l.grid.Cell) {
			return int32(c), true
		}
	}
	return 0, false
}

// behind returns the cells below the dam's crest that water behind it reaches; nil where it finds a way around.
func (l *land) behind(from int32) []int32 {
	m := l.dam
	seen := make([]bool, l.grid.Len())
	seen[from] = true
	basin := []int32{from}
	for k := 0; k < len(basin); k++ {
		i, j := l.grid.IJ(int(basin[k]))
		if basin[k] == m.outlet || i == 0 || j == 0 || i == l.grid.NX-1 || j == l.grid.NY-1 {
			return nil
		}
		l.around(basin[k], func(next int32) {
			if !seen[next] && l.z[next] < m.crest {
				seen[next] = true
				basin = append(basin, next)
			}
		})
	}
	return basin
}

// storeCurve measures what the basin holds at levels from its floor to the dam's crest, and where the pool stands.
func (m *dam) storeCurve(l *land) {
	floor := m.crest
	for _, c := range m.basin {
		floor = math.Min(floor, l.z[c])
	}
	cell := float64(l.grid.Cell * l.grid.Cell)
	for k := range curveLevels {
		level := mix(floor, m.crest, float64(k)/float64(curveLevels-1))
		level = float64(num.RoundInt(float64(level*100))) / 100
		sum := 0.0
		for _, c := range m.basin {
			sum += math.Max(level-l.z[c], 0)
		}
		m.levels = append(m.levels, level)
		m.store = append(m.store, math.Max(float64(num.RoundInt(float64(sum*cell))), float64(k)))
	}
	m.normal = m.crest - float64(poolBelow*m.height)
	for _, c := range m.basin {
		if l.z[c] < m.normal {
			m.pool = append(m.pool, c)
		}
	}
}
