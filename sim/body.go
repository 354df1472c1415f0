package sim

import "sandtable/sim/geo"

// Body is a body of water as a hazard publishes it on one grid: the depth with the velocity that belongs to it. Several
// bodies may lie over one place: those of several hazards, or a fine grid in a coarse one.
//
// Of several waters at a place the deepest governs: what people and roads meet there is its depth together with its
// own velocity, and of equally deep ones the fastest. To take the largest of each quantity for itself would make up a
// water that nobody has computed, as deep as the lake and as fast as the brook that runs into it. The deepest is taken
// and not the one with the greatest depth x speed, because it is what one stands in: fast water slows down where it
// runs into deeper water, gauges and closures of roads read the depth alone, and they must speak of the same water.
type Body struct {
	Depth  *Layer
	VX, VY *Layer // on the grid of Depth; nil for water whose velocity nobody publishes, which counts as still
}

// Flow is the water of a body in one cell in whole steps: depth [mm], velocity to the east and to the north [mm/s].
type Flow struct{ Depth, VX, VY int32 }

// In returns the water of the body in a cell.
func (b *Body) In(cell int32) Flow {
	f := Flow{Depth: b.Depth.Values[cell]}
	if b.VX != nil {
		f.VX = b.VX.Values[cell]
	}
	if b.VY != nil {
		f.VY = b.VY.Values[cell]
	}
	return f
}

// Layers returns the layers of the body, nil for those that it has not.
func (b *Body) Layers() [3]*Layer { return [3]*Layer{b.Depth, b.VX, b.VY} }

// Dirty says whether anything of the body has changed in a tile of its grid in the last publication.
func (b *Body) Dirty(tile int) bool {
	return b.Depth.Dirty[tile] || b.VX != nil && b.VX.Dirty[tile] || b.VY != nil && b.VY.Dirty[tile]
}

// Governs says whether water counts and not another one at the same place, which came first.
func (f Flow) Governs(other Flow) bool {
	return f.Depth > other.Depth || f.Depth == other.Depth && f.Depth > 0 && f.speed2() > other.speed2()
}

// speed2 returns the square of the speed [mm2/s2].
func (f Flow) speed2() int64 {
	x, y := int64(f.VX), int64(f.VY)
	return x*x + y*y
}

// FlowIn returns the water that governs in a cell, of bodies that lie on one grid.
func FlowIn(bodies []Body, cell int32) Flow {
	var f Flow
	for k := range bodies {
		if other := bodies[k].In(cell); other.Governs(f) {
			f = other
		}
	}
	return f
}

// join puts a layer to the body that it belongs to: a depth begins a body, a velocity belongs to the last body before
// it on its grid that has none.
func join(bodies []Body, l *Layer) []Body {
	if l.Key.Quantity == QDepth {
		return append(bodies, Body{Depth: l})
	}
	for k := len(bodies) - 1; k >= 0; k-- {
		b := &bodies[k]
		at := &b.VX
		if l.Key.Quantity == QVelocityY {
			at = &b.VY
		}
		if b.Depth.Grid == l.Grid && *at == nil {
			*at = l
			break
		}
	}
	return bodies
}

// flowAt returns the water that governs at a place.
func (ls *Layers) flowAt(p geo.Point) Flow {
	var f Flow
	for k := range ls.bodies {
		b := &ls.bodies[k]
		cell, ok := b.Depth.Grid.CellAt(p)
		if !ok {
			continue
		}
		if other := b.In(int32(cell)); other.Governs(f) {
			f = other
		}
	}
	return f
}

// water returns a flow over ground of a level [mm above the datum] in metres and seconds; the zero Water for none.
func (f Flow) water(ground int32) Water {
	if f.Depth <= 0 {
		return Water{}
	}
	return Water{
		Depth: float64(f.Depth) / 1000,
		Level: float64(ground+f.Depth) / 1000,
		VX:    float64(f.VX) / 1000,
		VY:    float64(f.VY) / 1000,
	}
}
