package generate

import (
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

var pictures = flag.String("pictures", "", "draw maps of the shipped counties into this directory; with -water flooded ones")

// TestPictures draws what can only be judged by eye.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("draws only with -pictures DIR")
	}
	for _, c := range []*county{linjiang(), little()} {
		p := newPainter(c)
		p.houses()
		p.roads()
		p.save(t, c.p.Name+".png")
		if *water || c == little() {
			in := runWater(t, c.sc, nil)
			p.flood(&in)
			p.zones()
			p.save(t, c.p.Name+"-water.png")
		}
	}
}

// painter draws a county's map.
type painter struct {
	c     *county
	img   *image.RGBA
	scale int // pixels per cell
}

var coverColors = [scenario.CoverCount]color.RGBA{
	{196, 208, 150, 255}, {112, 150, 96, 255}, {214, 196, 190, 255}, {96, 148, 200, 255}, {190, 180, 160, 255},
	{150, 190, 160, 255},
}

var roadColors = [scenario.RoadClassCount]color.RGBA{
	{255, 0, 0, 255}, {255, 0, 0, 255}, {214, 60, 40, 255}, {235, 140, 40, 255}, {250, 220, 90, 255},
	{255, 255, 255, 255}, {235, 235, 235, 255}, {200, 200, 200, 255}, {160, 140, 120, 255}, {120, 120, 120, 255},
}

// newPainter shades the relief, lit from the north-west, in the colours of the land cover.
func newPainter(c *county) *painter {
	p := &painter{c: c, scale: max(1000/c.land.grid.NX, 4)}
	g := c.land.grid
	p.img = image.NewRGBA(image.Rect(0, 0, g.NX*p.scale, g.NY*p.scale))
	z := func(i, j int) float64 {
		return c.land.z[g.Index(min(max(i, 0), g.NX-1), min(max(j, 0), g.NY-1))]
	}
	for j := range g.NY {
		for i := range g.NX {
			dx := (z(i+1, j) - z(i-1, j)) / (2 * g.Cell) * 2.5
			dy := (z(i, j+1) - z(i, j-1)) / (2 * g.Cell) * 2.5
			s := (0.6*dx - 0.6*dy + 0.6) / math.Sqrt(1+dx*dx+dy*dy)
			p.cell(g.Index(i, j), coverColors[c.land.cover[g.Index(i, j)]], math.Min(math.Max(0.35+0.85*s, 0), 1.15), 0)
		}
	}
	return p
}

// cell paints a cell: so bright, and with so much of what was there before.
func (p *painter) cell(cell int, c color.RGBA, bright, old float64) {
	i, j := p.c.land.grid.IJ(cell)
	for a := range p.scale {
		for b := range p.scale {
			x, y := i*p.scale+a, (p.c.land.grid.NY-1-j)*p.scale+b
			was := p.img.RGBAAt(x, y)
			blend := func(v, w uint8) uint8 { return uint8(math.Min(float64(v)*bright*(1-old)+float64(w)*old, 255)) }
			p.img.SetRGBA(x, y, color.RGBA{blend(c.R, was.R), blend(c.G, was.G), blend(c.B, was.B), 255})
		}
	}
}

// stroke draws a line.
func (p *painter) stroke(line geo.Line, width int, c color.RGBA) {
	g := p.c.land.grid
	line.Visit(g.Cell/float64(2*p.scale), func(at geo.Point) {
		x := int(at.X / g.Cell * float64(p.scale))
		y := g.NY*p.scale - 1 - int(at.Y/g.Cell*float64(p.scale))
		for a := -width / 2; a <= (width-1)/2; a++ {
			for b := -width / 2; b <= (width-1)/2; b++ {
				p.img.SetRGBA(x+a, y+b, c)
			}
		}
	})
}

func (p *painter) houses() {
	for _, b := range p.c.sc.Buildings {
		c := color.RGBA{20, 40, 220, 255}
		switch b.Use {
		case scenario.UseHome:
			c = color.RGBA{150, 60, 50, 255}
		case scenario.UseWork, scenario.UsePlant:
			c = color.RGBA{110, 70, 140, 255}
		}
		p.stroke(geo.Line{b.At}, max(p.scale/4, 1), c)
	}
}

func (p *painter) roads() {
	for class := int(scenario.RoadClassCount) - 1; class >= 0; class-- {
		for _, l := range p.c.sc.Links {
			if int(l.Class) != class {
				continue
			}
			c, width := roadColors[class], 1
			if class <= 3 {
				width = 2
			}
			if l.Form == scenario.FormBridge {
				c = color.RGBA{255, 0, 255, 255}
			}
			p.stroke(l.Shape, width, c)
		}
	}
}

// flood shows the highest depths.
func (p *painter) flood(in *inundation) {
	for cell, d := range in.depth {
		if d >= 0.05 {
			p.cell(cell, color.RGBA{30, 90, 220, 255}, 1, 1-math.Min(0.25+d/3, 0.9))
		}
	}
}

func (p *painter) zones() {
	for _, z := range p.c.sc.Zones {
		var ring geo.Line
		for _, q := range append(z.Polygon, z.Polygon[0]) {
			ring = append(ring, scenario.Point(q))
		}
		p.stroke(ring, 1, color.RGBA{180, 0, 180, 255})
	}
	for _, s := range p.c.sc.Shelters {
		p.stroke(geo.Line{scenario.Point(s.Place)}, 8, color.RGBA{0, 160, 0, 255})
	}
}

func (p *painter) save(t *testing.T, name string) {
	f, err := os.Create(filepath.Join(*pictures, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, p.img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
