package render

import (
	"image"
	"image/color"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// water draws what is shown of the water in classes. Depth, now or the greatest, is interpolated between the centres of
// cells, so that the shore is a line and no staircase; the other maps show cells. Where the map always has water the
// ground's own colour stays.
type water struct {
	terrain *sim.Terrain
	grid    geo.Grid
	factor  int
	dry     []uint8 // share of each cell that is not always water [1/255]
	wet     []bool  // blocks that hold colour now
	pic     *Picture
	key     waterKey // what is drawn
}

func newWater(t *sim.Terrain) *water { return &water{terrain: t} }

// update draws the depth now when its edition is a new one.
func (w *water) update(l *sim.Layer, edition int) { w.show(l, waterKey{edition: edition}) }

// show draws an overlay when it is not drawn yet.
func (w *water) show(l *sim.Layer, key waterKey) {
	if w.pic != nil && key == w.key && l.Grid == w.grid {
		return
	}
	if w.pic == nil || l.Grid != w.grid || key.overlay != w.key.overlay {
		w.prepare(l.Grid)
	}
	w.key = key
	w.pic.Edition++
	if key.overlay == OverlayArrival || key.overlay == OverlayDanger {
		w.cells(l)
		return
	}
	for j := -1; j < w.grid.NY; j++ {
		for i := -1; i < w.grid.NX; i++ {
			w.block(l, i, j)
		}
	}
}

func (w *water) prepare(g geo.Grid) {
	w.grid = g
	w.factor = factorFor(g, waterSide)
	w.wet = make([]bool, (g.NX+1)*(g.NY+1))
	w.dry = make([]uint8, g.Len())
	for c := range w.dry {
		w.dry[c] = 255
		i, j := g.IJ(c)
		if k, ok := w.terrain.Grid.CellAt(g.Centre(i, j)); ok && k < len(w.terrain.Cover) &&
			w.terrain.Cover[k] == scenario.CoverWater {
			w.dry[c] = 0
		}
	}
	edition := 0
	if w.pic != nil {
		edition = w.pic.Edition
	}
	w.pic = &Picture{Edition: edition, Pixels: image.NewRGBA(image.Rect(0, 0, g.NX*w.factor, g.NY*w.factor))}
}

// block draws the pixels between the centres of four cells, of which (i, j) is the south-western one.
func (w *water) block(l *sim.Layer, i, j int) {
	g, f := w.grid, w.factor
	i0, i1 := max(i, 0), min(i+1, g.NX-1)
	j0, j1 := max(j, 0), min(j+1, g.NY-1)
	cells := [4]int{g.Index(i0, j0), g.Index(i1, j0), g.Index(i0, j1), g.Index(i1, j1)}
	var depth, dry [4]float32
	any := false
	for k, c := range cells {
		depth[k], dry[k] = float32(l.Values[c])/1000, float32(w.dry[c])/255
		any = any || depth[k] >= float32(depthBreaks[0])
	}
	at := (j+1)*(g.NX+1) + i + 1
	if !any && !w.wet[at] {
		return
	}
	w.wet[at] = any
	half := f / 2
	for b := range f {
		py := (g.NY-1-j)*f - half + (f - 1 - b)
		if py < 0 || py >= g.NY*f {
			continue
		}
		wy := (float32(b) + 0.5) / float32(f)
		for a := range f {
			px := i*f + half + a
			if px < 0 || px >= g.NX*f {
				continue
			}
			wx := (float32(a) + 0.5) / float32(f)
			c := depthColor(bilinear(depth, wx, wy), sharpen(bilinear(dry, wx, wy)))
			o := w.pic.Pixels.PixOffset(px, py)
			pix := w.pic.Pixels.Pix[o : o+4 : o+4]
			pix[0], pix[1], pix[2], pix[3] = c.R, c.G, c.B, c.A
		}
	}
}

func bilinear(v [4]float32, x, y float32) float32 {
	return (v[0]*(1-x)+v[1]*x)*(1-y) + (v[2]*(1-x)+v[3]*x)*y
}

// depthColor is the colour of a depth [m], premultiplied; keep is the share of it that is to be seen.
func depthColor(depth, keep float32) color.RGBA {
	k := depthClass(float64(depth))
	if k < 0 {
		return color.RGBA{}
	}
	c := depthColors[k]
	a := uint32(float32(c.A) * keep)
	return color.RGBA{uint8(uint32(c.R) * a / 255), uint8(uint32(c.G) * a / 255), uint8(uint32(c.B) * a / 255), uint8(a)}
}

// depthClass returns the class of a depth [m], -1 for what is not shown.
func depthClass(depth float64) int {
	k := -1
	for k+1 < len(depthBreaks) && depth >= depthBreaks[k+1] {
		k++
	}
	return k
}
