package population

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// water is what the package knows of the water at buildings.
type water struct {
	edition int      // of the layers that were read last
	depth   []int32  // at each building, while it is above harm.Film, else 0 [mm]
	ever    []bool   // has been above harm.Film
	broken  []bool   // the building has given way
	worst   []uint8  // worst danger class so far
	wet     []int32  // by zone: buildings with water above harm.Film; derived
	deepest []int32  // by zone: greatest depth at its buildings [mm]; derived, and valid unless stale
	stale   []bool   // by zone
	tiles   lists    // buildings by tile of the terrain
	tx, ty  int      // tiles of the terrain
	hit     []bool   // tiles in which something has changed
	layers  int      // how many layers were there at the last survey
	direct  bool     // all layers of water lie on the terrain's grid
	grid    geo.Grid // of the terrain
}

func (w *water) init(p *People) {
	n := len(p.sc.Buildings)
	w.depth, w.ever, w.broken, w.worst = make([]int32, n), make([]bool, n), make([]bool, n), make([]uint8, n)
	zones := len(p.sc.Zones)
	w.wet, w.deepest, w.stale = make([]int32, zones), make([]int32, zones), make([]bool, zones)
	w.grid = p.sc.Terrain.Grid
	w.tx = (w.grid.NX + sim.TileSide - 1) / sim.TileSide
	w.ty = (w.grid.NY + sim.TileSide - 1) / sim.TileSide
	w.hit = make([]bool, w.tx*w.ty)
	w.tiles = group(len(w.hit), n, func(b int) int32 {
		c := p.sites.Building[b].Cell
		if c < 0 {
			return -1
		}
		i, j := w.grid.IJ(int(c))
		return int32(j/sim.TileSide*w.tx + i/sim.TileSide)
	})
	w.layers = -1
}

// derive counts the wet buildings of each zone anew.
func (w *water) derive(p *People) {
	for z := range w.wet {
		w.wet[z], w.stale[z] = 0, true
	}
	for b, d := range w.depth {
		if z := p.sites.Building[b].Zone; z >= 0 && d > 0 {
			w.wet[z]++
		}
	}
}

// ofZone returns the greatest depth at a zone's buildings [m] and the share of them that is wet.
func (w *water) ofZone(p *People, z sim.ZoneID) (deepest, share float64) {
	list := p.sites.Zone[z].Buildings
	if len(list) == 0 {
		return 0, 0
	}
	if w.stale[z] {
		w.stale[z], w.deepest[z] = false, 0
		for _, b := range list {
			w.deepest[z] = max(w.deepest[z], w.depth[b])
		}
	}
	return float64(w.deepest[z]) / 1000, float64(w.wet[z]) / float64(len(list))
}

// isWater says whether a layer belongs to the water.
func isWater(l *sim.Layer) bool {
	q := l.Key.Quantity
	return q == sim.QDepth || q == sim.QVelocityX || q == sim.QVelocityY
}

// survey notes whether the layers of water lie on the terrain's grid, when there are others than last time.
func (p *People) survey() {
	all := p.layers.All()
	if len(all) == p.water.layers {
		return
	}
	p.water.layers, p.water.direct = len(all), true
	for _, l := range all {
		if isWater(l) && l.Grid != p.water.grid {
			p.water.direct = false
		}
	}
}

// readWater looks at a new edition of the water: at the buildings in tiles where something has changed, and at the
// parties outdoors.
func (p *People) readWater() {
	p.survey()
	news, all := p.layers.News(&p.water.edition)
	if !news {
		return
	}
	p.markTiles(all)
	for tile, hit := range p.water.hit {
		if !hit {
			continue
		}
		p.water.hit[tile] = false
		for _, b := range p.water.tiles.of(int32(tile)) {
			p.look(p.now, sim.BuildingID(b))
		}
	}
	for k := len(p.guests.list) - 1; k >= 0; k-- { // backwards: who goes is replaced by one who has had his turn
		q := p.guests.list[k]
		w := p.placeWater(p.inside(q))
		p.indoors(p.now, q, w, dangerOf(w))
	}
	p.lookAtShelters(p.now)
	for k := len(p.outdoors.list) - 1; k >= 0; k-- {
		p.exposeOutdoors(p.now, p.outdoors.list[k])
	}
}

// markTiles marks the terrain's tiles in which a layer of water has changed.
func (p *People) markTiles(all bool) {
	w := &p.water
	for _, l := range p.layers.All() {
		if !isWater(l) {
			continue
		}
		for tile, dirty := range l.Dirty {
			switch {
			case !dirty && !all:
			case l.Grid == w.grid:
				w.hit[tile] = true
			default:
				p.markUnder(l, tile)
			}
		}
	}
}

// markUnder marks the terrain's tiles that a tile of another grid touches.
func (p *People) markUnder(l *sim.Layer, tile int) {
	i0, i1, j0, j1 := l.TileCells(tile)
	lo, hi := l.Grid.Centre(i0, j0), l.Grid.Centre(i1-1, j1-1)
	half := geo.Point{X: l.Grid.Cell, Y: l.Grid.Cell}.Scale(0.5)
	a, b := p.water.grid.ClampIJ(lo.Sub(half))
	c, d := p.water.grid.ClampIJ(hi.Add(half))
	for j := b / sim.TileSide; j <= d/sim.TileSide; j++ {
		for i := a / sim.TileSide; i <= c/sim.TileSide; i++ {
			p.water.hit[j*p.water.tx+i] = true
		}
	}
}

var keyDepth = sim.LayerKey{Quantity: sim.QDepth}

// depthSteps returns the depth at a building [mm].
func (p *People) depthSteps(b sim.BuildingID) int32 {
	cell := p.sites.Building[b].Cell
	if !p.water.direct || cell < 0 {
		return p.layers.At(keyDepth, p.sc.Buildings[b].At)
	}
	depth := int32(0)
	for _, l := range p.layers.All() {
		if l.Key.Quantity == sim.QDepth {
			depth = max(depth, l.Values[cell])
		}
	}
	return depth
}

// placeWater returns the water at a building.
func (p *People) placeWater(b sim.BuildingID) sim.Water {
	cell := p.sites.Building[b].Cell
	if p.water.direct && cell >= 0 {
		return p.layers.WaterInCell(cell)
	}
	return p.layers.WaterAt(p.sc.Buildings[b].At)
}

// waterAt returns the water at a place.
func (p *People) waterAt(at geo.Point) sim.Water { return p.layers.WaterAt(at) }

// speedOf returns the speed of water [m/s].
func speedOf(w sim.Water) float64 { return num.Hypot(w.VX, w.VY) }

// isDepth says whether a number can be a depth of water [m].
func isDepth(depth float64) bool { return depth >= 0 && depth < math.MaxInt32 }

// dangerOf returns the danger class of water; a film is none.
func dangerOf(w sim.Water) sim.DangerClass {
	if w.Depth <= harm.Film {
		return sim.H0
	}
	return harm.Classify(w.Depth, speedOf(w))
}

// waterInSight says whether water stands at a building or in one of the cells around it.
func (p *People) waterInSight(b sim.BuildingID) bool {
	if p.depthSteps(b) > harm.FilmSteps {
		return true
	}
	cell := p.sites.Building[b].Cell
	if cell < 0 {
		return false
	}
	i, j := p.water.grid.IJ(int(cell))
	for dj := -1; dj <= 1; dj++ {
		for di := -1; di <= 1; di++ {
			if p.water.grid.Inside(i+di, j+dj) &&
				p.layers.At(keyDepth, p.water.grid.Centre(i+di, j+dj)) > harm.FilmSteps {
				return true
			}
		}
	}
	return false
}

// look sees what the water does to a building and to who is in it.
func (p *People) look(at sim.Time, b sim.BuildingID) {
	k, steps := &p.water, p.depthSteps(b)
	if steps <= harm.FilmSteps {
		if k.depth[b] == 0 {
			return
		}
		steps = 0
	}
	p.noteDepth(b, steps)
	w := p.placeWater(b)
	class, first := dangerOf(w), steps > 0 && !k.ever[b]
	place := sim.RefTo(sim.KindBuilding, b)
	if first {
		k.ever[b] = true
		p.log.Emit(sim.Event{At: at, Kind: sim.EvPlaceWet, A: place, Num: w.Depth})
	}
	if uint8(class) > k.worst[b] {
		k.worst[b] = uint8(class)
		p.log.Emit(sim.Event{At: at, Kind: sim.EvPlaceDanger, A: place, Count: int32(class), Num: w.Depth})
	}
	gives := !k.broken[b] && p.givesWay(b, w)
	p.sees(b, steps, first, gives)
	if gives {
		k.broken[b] = true
		p.log.Emit(sim.Event{At: at, Kind: sim.EvPlaceDestroyed, A: place, Num: w.Depth})
		p.collapse(at, b, w)
	}
	for _, q := range p.roll.inBuilding.of(int32(b)) {
		if p.holder[q] != place || p.alive[q] == 0 || p.kin.rides(sim.PartyID(q)) {
			continue
		}
		if first {
			p.waterAtDoor(at, sim.PartyID(q))
		}
		p.indoors(at, sim.PartyID(q), w, class)
	}
	if first {
		p.waterInView(at, b)
	}
}

// noteDepth keeps the depth at a building and the zone's share of wet ones.
func (p *People) noteDepth(b sim.BuildingID, steps int32) {
	k := &p.water
	if z := p.sites.Building[b].Zone; z >= 0 {
		if k.depth[b] == 0 && steps > 0 {
			k.wet[z]++
		}
		if k.depth[b] > 0 && steps == 0 {
			k.wet[z]--
		}
		k.stale[z] = true
	}
	if (k.depth[b] > 0) != (steps > 0) {
		p.trail.Change(p.now, changePlace, int32(b), uint64(uint32(steps)))
	}
	k.depth[b] = steps
}

// wallsOf are the constructions of buildings as far as they give way.
var wallsOf = [scenario.ConstructionCount]harm.Walls{
	scenario.BuildMasonry:  harm.WallsMasonry,
	scenario.BuildEarth:    harm.WallsEarth,
	scenario.BuildConcrete: harm.WallsConcrete,
	scenario.BuildWood:     harm.WallsWood,
}

// givesWay says whether a building fails in this water.
func (p *People) givesWay(b sim.BuildingID, w sim.Water) bool {
	v := speedOf(w)
	if float64(w.Depth*v) < harm.CollapseLeast() {
		return false
	}
	product, speed := wallsOf[p.sc.Buildings[b].Build].GivesWay(p.draw.building.Float64(uint64(b), 0, 0))
	return float64(w.Depth*v) >= product && v >= speed
}
