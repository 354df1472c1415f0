package flood

import (
	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/par"
	"sandtable/sim/scenario"
)

// rain is direct rain on the cells. It falls in pulses; between two of them the ground waits.
type rain struct {
	rate  series   // [m/s]
	until sim.Time // all rain up to here has fallen
	class []uint8  // per cell of the grid: 0 for no direct rain, else 1 + land cover; nil without any
	share [scenario.CoverCount + 1]float64
	count [scenario.CoverCount + 1]float64 // cells of each class
	rows  func(row int)                    // puts a pulse on a row of tiles
	depth [scenario.CoverCount + 1]float64 // of the present pulse [m]
}

// fall puts the rain up to an instant on the cells.
func (r *rain) fall(m *model, to sim.Time) {
	depth := r.rate.between(r.until, to)
	r.until = to
	if r.class == nil || depth <= 0 {
		return
	}
	for k := range r.depth {
		r.depth[k] = float64(depth * r.share[k])
		cells := float64(m.area * r.count[k])
		m.books.rain.add(float64(depth * cells))
		m.books.losses.add(float64((depth - r.depth[k]) * cells))
	}
	par.Tiles(m.TY, m.Workers, r.rows)
}

// row returns the function that puts a pulse on the tiles of a row.
func (r *rain) row(m *model) func(int) {
	return func(row int) {
		for t := row * m.TX; t < (row+1)*m.TX; t++ {
			c := m.Corner(t)
			any := uint8(0)
			for range shallow.Side {
				for i, class := range r.class[c : c+shallow.Side] {
					any |= class
					m.Cells[c+i].H += r.depth[class]
				}
				c += m.Width
			}
			if any != 0 {
				m.Survey(t)
			}
		}
	}
}
