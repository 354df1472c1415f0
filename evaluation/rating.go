package evaluation

import (
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// RatingMap is a sink that keeps the worst level of the hazard rating in every cell of the terrain, as the scenario
// wants it: harm.LevelCaution as 1. A film has none. Like Peaks it reads the published layers in the tiles that have
// changed, and must be a sink from the first tick on. Of nested layers it shows those on the terrain's own grid. The
// map of classes is one of sim/maps.
type RatingMap struct {
	Layer *sim.Layer // nil before the first water was published

	sc      *scenario.Scenario
	debris  harm.Debris
	wide    bool       // upper limit of FD2321
	in      []sim.Body // the waters on the terrain's grid
	edition int        // of the publication that was read last
}

// NewRatingMap returns a map without water.
func NewRatingMap(sc *scenario.Scenario) *RatingMap {
	return &RatingMap{sc: sc, debris: harm.DebrisByName(sc.Danger.Debris), wide: sc.Danger.Upper == "fd2321"}
}

// Before does nothing.
func (m *RatingMap) Before(sim.Time, []sim.Command) error { return nil }

// After takes what was published in the tick.
func (m *RatingMap) After(_ sim.Time, _ []sim.Event, _ *sim.Digest, view sim.Viewer) error {
	layers := view.Layers()
	if layers == nil {
		return nil
	}
	news, all := layers.News(&m.edition)
	if !news {
		return nil
	}
	if m.Layer == nil {
		m.find(layers)
	}
	for tile := range m.tiles() {
		if all || m.isDirty(tile) {
			m.take(tile)
		}
	}
	return nil
}

// find looks for the layers of water on the terrain's grid; the set of a world never changes.
func (m *RatingMap) find(layers *sim.Layers) {
	for _, b := range layers.Bodies() {
		if b.Depth.Grid == m.sc.Terrain.Grid {
			m.in = append(m.in, b)
		}
	}
	if len(m.in) > 0 {
		m.Layer = sim.NewLayer(sim.LayerKey{}, m.sc.Terrain.Grid)
	}
}

func (m *RatingMap) tiles() int {
	if m.Layer == nil {
		return 0
	}
	return len(m.Layer.Dirty)
}

func (m *RatingMap) isDirty(tile int) bool {
	return slices.ContainsFunc(m.in, func(b sim.Body) bool { return b.Dirty(tile) })
}

// take grades the water in the cells of a tile.
func (m *RatingMap) take(tile int) {
	g := m.Layer.Grid
	i0, i1, j0, j1 := m.Layer.TileCells(tile)
	for j := j0; j < j1; j++ {
		for c := g.Index(i0, j); c <= g.Index(i1-1, j); c++ {
			f := sim.FlowIn(m.in, int32(c))
			if f.Depth <= harm.FilmSteps {
				continue
			}
			vx, vy := float64(f.VX), float64(f.VY)
			grade := m.grade(float64(f.Depth)/1000, math.Sqrt(vx*vx+vy*vy)/1000, c)
			m.Layer.Values[c] = max(m.Layer.Values[c], grade)
		}
	}
}

// grade returns the number of the level of water of that depth [m] and speed [m/s] in a cell.
func (m *RatingMap) grade(depth, speed float64, cell int) int32 {
	return int32(harm.Grade(harm.Rating(depth, speed, m.debris, groundIn(&m.sc.Terrain, cell)), m.wide))
}
