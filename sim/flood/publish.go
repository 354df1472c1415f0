package flood

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/num"
)

// Below these depths nothing is published: a thinner film has no depth in whole millimetres, and the velocity of a
// film of a few millimetres is a quotient of two small numbers.
const (
	shownDepth = 0.001 // [m]
	movedDepth = 0.005 // [m]
)

// shownMax is the greatest value that is published, in steps of a layer: 1,000 m of water, 1,000 m/s.
const shownMax = 1_000_000

// Publish writes depth and velocity into the layers, in the tiles in which something may have changed.
func (m *model) Publish() {
	for t := range m.Tiles {
		tl := &m.Tiles[t]
		if !tl.Touched {
			continue
		}
		tl.Touched = false
		if tl.Top < shownDepth && !m.shown[t] {
			continue
		}
		m.shown[t] = m.publishTile(t)
	}
	for i := range m.reservoirs {
		m.publishLake(&m.reservoirs[i])
	}
	m.rain.publish(m.clock, m.pause)
}

// publishTile writes one tile, and says whether there is water in it. The solver's tiles are the layers' tiles.
func (m *model) publishTile(t int) bool {
	i0, i1, j0, j1 := m.depth.TileCells(t)
	shown := int32(0)
	var changed [3]int32
	for j := j0; j < j1; j++ {
		c, k := m.At(i0, j), m.depth.Grid.Index(i0, j)
		for range i1 - i0 {
			if !m.Closed(c) {
				d, x, y := m.quantise(c)
				shown |= d
				changed[0] |= exchange(&m.depth.Values[k], d)
				changed[1] |= exchange(&m.east.Values[k], x)
				changed[2] |= exchange(&m.north.Values[k], y)
			}
			c++
			k++
		}
	}
	for k, layer := range m.layers() {
		if changed[k] != 0 {
			layer.Dirty[t] = true
		}
	}
	return shown != 0
}

// exchange stores a value and returns 0 when it was there already.
func exchange(at *int32, value int32) int32 {
	old := *at
	*at = value
	return old ^ value
}

// quantise returns depth [mm] and velocity [mm/s] of a cell. The velocity is the discharge at its middle over the
// depth; with local inertia, where that is the mean of opposite faces, held to the highest Froude number.
func (m *model) quantise(c int) (depth, east, north int32) {
	h := m.Cells[c].H
	if h < shownDepth {
		return 0, 0, 0
	}
	depth = int32(num.ClampInt(float64(h*1000), 0, shownMax))
	if h < movedDepth {
		return depth, 0, 0
	}
	qx, qy := m.Discharge(c)
	if qx == 0 && qy == 0 {
		return depth, 0, 0
	}
	scale := 1000 / h // to mm/s
	speed2 := float64((float64(qx*qx) + float64(qy*qy)) / float64(h*h))
	limit := float64(float64(m.Froude*m.Froude) * float64(shallow.Gravity*h))
	if m.Scheme == shallow.Inertial && speed2 > limit {
		scale *= math.Sqrt(limit / speed2)
	}
	return depth, whole(float64(qx * scale)), whole(float64(qy * scale))
}

func whole(v float64) int32 { return int32(num.ClampInt(v, -shownMax, shownMax)) }

// publishLake shows a reservoir's level on the cells of its lake.
func (m *model) publishLake(r *reservoir) {
	if len(r.lake) == 0 {
		return
	}
	level := num.ClampInt(float64(r.levelAt(r.volume)*1000), -1e9, 1e9)
	for _, k := range r.lake {
		m.depth.Set(int(k), int32(max(min(level-int(m.terrain.Bed[k]), shownMax), 0)))
	}
}

// layers returns depth, velocity to the east and velocity to the north.
func (m *model) layers() [3]*sim.Layer { return [3]*sim.Layer{m.depth, m.east, m.north} }
