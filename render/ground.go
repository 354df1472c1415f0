package render

import (
	"image"
	"math"
	"sort"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Sizes of the images under the map: pixels along the longer side that are enough for a wall, and the most pixels per
// cell that make sense.
const (
	groundSide, waterSide = 2400, 1600
	maxFactor             = 8
)

// factorFor returns how many pixels wide a cell becomes: even, so that a block of pixels lies between four centres.
func factorFor(g geo.Grid, side int) int {
	f := side / max(g.NX, g.NY, 1) &^ 1
	return min(max(f, 2), maxFactor)
}

// relief draws the ground once: land cover as tint, lit from the north-west.
type relief struct {
	t        *sim.Terrain
	gx, gy   []float32 // slope per cell to the east and north, exaggerated [-]
	low, top float32   // range of elevations [m]
}

// newGround draws the ground's image.
func newGround(t *sim.Terrain) *Picture {
	f := factorFor(t.Grid, groundSide)
	r := &relief{t: t}
	r.measure()
	img := image.NewRGBA(image.Rect(0, 0, t.Grid.NX*f, t.Grid.NY*f))
	for py := range t.Grid.NY * f {
		v := float32(t.Grid.NY) - (float32(py)+0.5)/float32(f) - 0.5
		for px := range t.Grid.NX * f {
			u := (float32(px)+0.5)/float32(f) - 0.5
			c := r.color(u, v)
			o := img.PixOffset(px, py)
			img.Pix[o], img.Pix[o+1], img.Pix[o+2], img.Pix[o+3] = c[0], c[1], c[2], 255
		}
	}
	return &Picture{Edition: 1, Pixels: img}
}

// measure computes slopes, and exaggerates them so that gentle country shows its forms too.
func (r *relief) measure() {
	g := r.t.Grid
	r.gx, r.gy = make([]float32, g.Len()), make([]float32, g.Len())
	steep := make([]float64, 0, g.Len())
	at := func(i, j int) float64 {
		return float64(r.t.Bed[g.Index(min(max(i, 0), g.NX-1), min(max(j, 0), g.NY-1))]) / 1000
	}
	r.low, r.top = float32(math.Inf(1)), float32(math.Inf(-1))
	for j := range g.NY {
		for i := range g.NX {
			x := (at(i+1, j) - at(i-1, j)) / (2 * g.Cell)
			y := (at(i, j+1) - at(i, j-1)) / (2 * g.Cell)
			c := g.Index(i, j)
			r.gx[c], r.gy[c] = float32(x), float32(y)
			steep = append(steep, math.Hypot(x, y))
			r.low, r.top = min(r.low, float32(at(i, j))), max(r.top, float32(at(i, j)))
		}
	}
	sort.Float64s(steep)
	k := float32(1)
	if typical := steep[len(steep)*9/10]; typical > 0 {
		k = float32(min(max(0.5/typical, 0.6), 6))
	}
	for c := range r.gx {
		r.gx[c] *= k
		r.gy[c] *= k
	}
}

// color is the ground's colour at a place in units of cells, from the centre of the south-west cell.
func (r *relief) color(u, v float32) [3]uint8 {
	g := r.t.Grid
	i0, j0 := floor32(u), floor32(v)
	wx, wy := u-float32(i0), v-float32(j0)
	var rgb [3]float32
	var gx, gy, bed, wet float32
	for k := range 4 {
		i, j := i0+k&1, j0+k>>1
		w := (1 - wx + float32(k&1)*(2*wx-1)) * (1 - wy + float32(k>>1)*(2*wy-1))
		c := g.Index(min(max(i, 0), g.NX-1), min(max(j, 0), g.NY-1))
		cover := scenario.CoverFarmland
		if c < len(r.t.Cover) && int(r.t.Cover[c]) < len(coverColors) {
			cover = r.t.Cover[c]
		}
		if cover == scenario.CoverWater {
			wet += w
		} else {
			tint := coverColors[cover]
			rgb[0] += w * float32(tint.R)
			rgb[1] += w * float32(tint.G)
			rgb[2] += w * float32(tint.B)
		}
		gx += w * r.gx[c]
		gy += w * r.gy[c]
		bed += w * float32(r.t.Bed[c]) / 1000
	}
	shore(&rgb, wet)
	light := shade(gx, gy)
	if span := r.top - r.low; span > 0 {
		light *= 0.97 + 0.06*(bed-r.low)/span
	}
	return [3]uint8{clamp8(rgb[0] * light), clamp8(rgb[1] * light), clamp8(rgb[2] * light)}
}

// shore mixes land and water, of which the land's part is summed up in rgb, with a sharp line between them.
func shore(rgb *[3]float32, wet float32) {
	tint := coverColors[scenario.CoverWater]
	share := sharpen(wet)
	for k, v := range [3]uint8{tint.R, tint.G, tint.B} {
		land := float32(0)
		if wet < 1 {
			land = rgb[k] / (1 - wet)
		}
		rgb[k] = land*(1-share) + float32(v)*share
	}
}

// sharpen turns a share that was interpolated between cells into a narrow step at one half, so that a border runs
// smoothly and not along the cells' edges.
func sharpen(share float32) float32 { return min(max((share-0.5)*6+0.5, 0), 1) }

// shade is the brightness of a slope lit from the north-west at 45 degrees, 1 for flat ground, softened so that
// writing stays legible.
func shade(gx, gy float32) float32 {
	const s = 0.70710678 // sine of 45 degrees
	n := 1 / sqrt32(gx*gx+gy*gy+1)
	lit := max((gx*0.5-gy*0.5+s)*n, 0) / s
	return 0.66 + 0.34*min(lit, 1.3)
}

func floor32(x float32) int { return int(math.Floor(float64(x))) }

func clamp8(x float32) uint8 { return uint8(min(max(x+0.5, 0), 255)) }
