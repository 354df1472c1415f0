package flood

import (
	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/flood/soil"
	"sandtable/sim/flood/storm"
	"sandtable/sim/num"
	"sandtable/sim/par"
	"sandtable/sim/scenario"
)

// classes is the number of classes of a cell: none for no direct rain, and one for each land cover.
const classes = int(scenario.CoverCount) + 1

// rain is direct rain on the cells, and what soaks into them. It falls in pulses; between two of them the ground waits.
type rain struct {
	field  *storm.Field
	wrong  *rainError // of a member of a forecast; nil in the flood itself
	blocks *storm.Blocks
	until  sim.Time // all rain up to here has fallen
	share  [scenario.CoverCount]float64
	laws   [scenario.CoverCount]soil.Law
	method string

	class  []uint8   // per cell of the grid: 0 for no direct rain, else 1 + land cover; nil without any
	column []int32   // per column of the grid: its rain cells' place in a row of depths
	line   []int32   // per row of the grid: where its rain cells' depths begin
	count  []float64 // per rain cell and class: cells
	depth  []float64 // per rain cell and class: of the present pulse, what stays on the ground [m]
	fallen []float64 // curve number: rain on each rain cell so far [m]

	ground []uint8   // Green-Ampt, Horton: per cell 1 + land cover where water can soak in, else 0; nil without
	taken  []float64 // the same: what open ground has taken [m]
	lost   []float64 // per row of tiles: depth that has soaked in during the pulse, summed over cells [m]
	span   float64   // of the present pulse [s]
	rows   func(row int)

	layer  *sim.Layer    // published intensity; nil without rain
	shown  *storm.Blocks // of the layer
	basins basins
}

// rainPulse is how often direct rain is put on the cells; at 100 mm/h it is 0.3 mm at a time. Where water soaks in it
// is soakPulse: the laws are exact over any span, and a film of 0.8 mm does not run away within it.
const (
	rainPulse = 10 * sim.Second
	soakPulse = 30 * sim.Second
)

// pause returns the time between two pulses.
func (r *rain) pause() sim.Duration {
	if r.soaks() {
		return soakPulse
	}
	return rainPulse
}

// soaks says whether standing water soaks in.
func (r *rain) soaks() bool { return r.ground != nil }

// fall puts the rain up to an instant on the cells, and lets water soak in.
func (r *rain) fall(m *model, to sim.Time) {
	from := r.until
	r.until = to
	wet := r.class != nil && r.pulse(m, from, to)
	if r.span = to.Sub(from).Seconds(); !wet && !r.soaks() || r.span <= 0 {
		return
	}
	if !wet {
		clear(r.depth)
	}
	par.Tiles(m.TY, m.Workers, r.rows)
	for row := range r.lost {
		m.books.losses.add(float64(r.lost[row] * m.area))
		r.lost[row] = 0
	}
}

// on returns what falls on rain cells between two instants [m]; valid until the next call for the same cells.
func (r *rain) on(blocks *storm.Blocks, from, to sim.Time) []float64 {
	return r.wrong.on(blocks, from, to)
}

// common returns what falls everywhere between two instants, where rain is even [m].
func (r *rain) common(from, to sim.Time) float64 { return r.wrong.common(r.field, from, to) }

// pulse computes the depths of a pulse, books it, and says whether there is any.
func (r *rain) pulse(m *model, from, to sim.Time) bool {
	any := false
	for b, depth := range r.on(r.blocks, from, to) {
		any = any || depth > 0
		kept := r.kept(b, max(depth, 0))
		for cover, stays := range kept {
			k := b*classes + 1 + cover
			r.depth[k] = stays
			if cells := float64(m.area * r.count[k]); cells > 0 && depth > 0 {
				m.books.rain.add(float64(depth * cells))
				m.books.losses.add(float64((depth - stays) * cells))
			}
		}
	}
	return any
}

// kept returns what stays of the rain on a rain cell, by land cover [m]. With Green-Ampt and Horton that is all of it;
// what soaks in depends on the cell.
func (r *rain) kept(block int, depth float64) (kept [scenario.CoverCount]float64) {
	for cover := range kept {
		switch {
		case r.soaks():
			kept[cover] = depth
		case r.method == soil.MethodCurveNumber:
			soaked, _ := r.laws[cover].Soak(r.fallen[block], 0, depth, 1)
			kept[cover] = depth - soaked
		default:
			kept[cover] = float64(depth * r.share[cover])
		}
	}
	if r.fallen != nil {
		r.fallen[block] += depth
	}
	return kept
}

// pour returns the function that puts a pulse on the tiles of a row.
func (r *rain) pour(m *model) func(int) {
	return func(row int) {
		for t := row * m.TX; t < (row+1)*m.TX; t++ {
			c := m.Corner(t)
			columns := r.column[c%m.Width:][:shallow.Side]
			for j := range shallow.Side {
				depth := r.depth[r.line[c/m.Width]:]
				r.dilute(m, c, columns, depth)
				cells, top, any := m.Cells[c:c+shallow.Side], 0.0, uint8(0)
				for i, class := range r.class[c : c+shallow.Side] {
					any |= class
					h := cells[i].H + depth[columns[i]+int32(class)]
					if cells[i].H = h; h > top {
						top = h
					}
				}
				if any != 0 {
					m.Risen(t, j, top)
				}
				c += m.Width
			}
		}
	}
}

// dilute spreads the momentum of a row of cells over the rain that is about to fall on it: rain brings none along the
// ground. With local inertia momentum is that of faces, and rain leaves it alone.
func (r *rain) dilute(m *model, c int, columns []int32, depth []float64) {
	if m.Scheme != shallow.Finite {
		return
	}
	for i, class := range r.class[c : c+shallow.Side] {
		m.Dilute(c+i, depth[columns[i]+int32(class)])
	}
}

// soak returns the function that puts a pulse on the tiles of a row and lets what stands there soak in.
func (r *rain) soak(m *model) func(int) {
	return func(row int) {
		lost := 0.0
		for t := row * m.TX; t < (row+1)*m.TX; t++ {
			c, changed := m.Corner(t), false
			columns := r.column[c%m.Width:][:shallow.Side]
			for range shallow.Side {
				depth := r.depth[r.line[c/m.Width]:]
				for i := range shallow.Side {
					fell := 0.0
					if r.class != nil {
						fell = depth[columns[i]+int32(r.class[c+i])]
					}
					if fell > 0 || m.Cells[c+i].H > 0 {
						lost += r.soakCell(m, c+i, fell)
						changed = true
					}
				}
				c += m.Width
			}
			if changed {
				m.Survey(t)
			}
		}
		r.lost[row] = lost
	}
}

// soakCell puts rain on a cell, lets water soak in, and returns how much did [m].
func (r *rain) soakCell(m *model, c int, fell float64) float64 {
	m.Dilute(c, fell)
	at := &m.Cells[c]
	ground := r.ground[c]
	if ground == 0 {
		at.H += fell
		return 0
	}
	var soaked float64
	soaked, r.taken[c] = r.laws[ground-1].Soak(r.taken[c], at.H, fell, r.span)
	at.H = max(at.H+fell-soaked, 0)
	return soaked
}

// publish writes the mean intensity since the publication before, at an instant.
func (r *rain) publish(at sim.Time, pause sim.Duration) {
	if r.layer == nil || at <= 0 {
		return
	}
	from := max(at-sim.Time(pause), 0)
	seconds := at.Sub(from).Seconds()
	for c, depth := range r.on(r.shown, from, at) {
		r.layer.Set(c, int32(num.ClampInt(float64(depth*(1e6*3600/seconds)), 0, shownMax)))
	}
}

// window is the span for which the rain on the catchments is averaged; within it their rain is even.
const window = 10 * sim.Second

// basins is the rain on the catchments.
type basins struct {
	of    []basin
	begin sim.Time  // of the window
	known bool      // that the rates are those of the window
	rate  []float64 // mean of the window [m/s]
	depth []float64 // of the present step [m]
}

// basin says which rain cells a catchment lies in, and with which parts.
type basin struct {
	blocks []int32
	parts  []float64
}

// over returns the depth of rain on each catchment between two instants [m]. The slice is valid until the next call.
func (r *rain) over(from, to sim.Time) []float64 {
	b := &r.basins
	clear(b.depth)
	if r.field.Even() {
		common := r.common(from, to)
		for k := range b.depth {
			b.depth[k] = common
		}
		return b.depth
	}
	for from < to {
		begin := from - from%sim.Time(window)
		if !b.known || b.begin != begin {
			r.average(begin)
		}
		end := min(begin.Add(window), to)
		for k, rate := range b.rate {
			b.depth[k] += float64(rate * end.Sub(from).Seconds())
		}
		from = end
	}
	return b.depth
}

// average computes the mean rates of the window that begins at an instant.
func (r *rain) average(begin sim.Time) {
	b := &r.basins
	b.begin, b.known = begin, true
	fell := r.on(r.blocks, begin, begin.Add(window))
	for k := range b.of {
		sum := 0.0
		for i, block := range b.of[k].blocks {
			sum += float64(b.of[k].parts[i] * fell[block])
		}
		b.rate[k] = sum / window.Seconds()
	}
}
