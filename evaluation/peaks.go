package evaluation

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// Peak is the worst water at a building so far. A film counts as none.
type Peak struct {
	Depth  float64 // [m]
	Rating float64 // hazard rating with the scenario's debris factor [m2/s]
}

// Peaks is a sink that keeps the worst water at every building of a run, and how it came up. It reads the published
// layers, in the tiles that have changed, so that it is the same whether the water was solved or came from a film. It
// must be a sink from the first tick on.
type Peaks struct {
	List   []Peak  // by building
	Tracks []Track // by building

	sc      *scenario.Scenario
	debris  harm.Debris
	byTile  [][]sim.BuildingID // of the terrain's grid
	edition int                // of the publication that was read last
}

// NewPeaks returns peaks without water.
func NewPeaks(sc *scenario.Scenario, sites *scenario.Sites) *Peaks {
	n := len(sc.Buildings)
	p := &Peaks{List: make([]Peak, n), Tracks: make([]Track, n), sc: sc, debris: harm.DebrisByName(sc.Danger.Debris)}
	tiles := sim.NewLayer(sim.LayerKey{}, sc.Terrain.Grid)
	p.byTile = make([][]sim.BuildingID, len(tiles.Dirty))
	for b := range sc.Buildings {
		if cell := sites.Building[b].Cell; cell >= 0 {
			t := tiles.Tile(int(cell))
			p.byTile[t] = append(p.byTile[t], sim.BuildingID(b))
		}
	}
	return p
}

// Before does nothing.
func (p *Peaks) Before(sim.Time, []sim.Command) error { return nil }

// After looks at what was published in the tick.
func (p *Peaks) After(now sim.Time, _ []sim.Event, _ *sim.Digest, view sim.Viewer) error {
	layers := view.Layers()
	if layers == nil {
		return nil
	}
	news, all := layers.News(&p.edition)
	if !news {
		return nil
	}
	for _, l := range layers.All() {
		if isWater(l.Key.Quantity) && l.Grid != p.sc.Terrain.Grid {
			all = true // nested grids are few and small: their tiles are not looked up
		}
	}
	for tile, list := range p.byTile {
		if len(list) == 0 || !all && !isDirty(layers, tile) {
			continue
		}
		for _, b := range list {
			p.look(now, layers, b)
		}
	}
	return nil
}

func isWater(q sim.Quantity) bool {
	return q == sim.QDepth || q == sim.QVelocityX || q == sim.QVelocityY
}

// isDirty says whether the water has changed in a tile of the terrain's grid.
func isDirty(layers *sim.Layers, tile int) bool {
	for _, l := range layers.All() {
		if isWater(l.Key.Quantity) && l.Dirty[tile] {
			return true
		}
	}
	return false
}

// look reads the water at one building.
func (p *Peaks) look(now sim.Time, layers *sim.Layers, b sim.BuildingID) {
	at := p.sc.Buildings[b].At
	w := layers.WaterAt(at)
	if w.Depth <= harm.Film {
		return
	}
	x := &p.List[b]
	x.Depth = max(x.Depth, w.Depth)
	speed, ground := num.Hypot(w.VX, w.VY), groundAt(&p.sc.Terrain, at)
	x.Rating = max(x.Rating, harm.Rating(w.Depth, speed, p.debris, ground))
	p.Tracks[b].note(now, w.Depth, speed, harm.Rating(w.Depth, speed, harm.DebrisCover, ground))
}

// groundAt returns what the ground bears at a place.
func groundAt(t *sim.Terrain, at geo.Point) harm.Ground {
	cell, ok := t.Grid.CellAt(at)
	if !ok {
		return harm.GroundPasture
	}
	return groundIn(t, cell)
}

// groundIn returns what the ground bears in a cell, as the debris factor has it: towns are urban, woods woodland, and
// everything else pasture.
func groundIn(t *sim.Terrain, cell int) harm.Ground {
	if cell >= len(t.Cover) {
		return harm.GroundPasture
	}
	switch t.Cover[cell] {
	case scenario.CoverUrban:
		return harm.GroundUrban
	case scenario.CoverForest:
		return harm.GroundWood
	}
	return harm.GroundPasture
}
