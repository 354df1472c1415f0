package generate

import (
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

var coverColors = [scenario.CoverCount]color.RGBA{
	{196, 208, 150, 255}, {112, 150, 96, 255}, {214, 196, 190, 255}, {96, 148, 200, 255}, {190, 180, 160, 255}, {150, 190, 160, 255},
}

func hillshade(t *sim.Terrain, scale int) *image.RGBA {
	g := t.Grid
	img := image.NewRGBA(image.Rect(0, 0, g.NX*scale, g.NY*scale))
	z := func(i, j int) float64 {
		return float64(t.Bed[g.Index(min(max(i, 0), g.NX-1), min(max(j, 0), g.NY-1))]) / 1000
	}
	for j := range g.NY {
		for i := range g.NX {
			dx := (z(i+1, j) - z(i-1, j)) / (2 * g.Cell) * 2.5
			dy := (z(i, j+1) - z(i, j-1)) / (2 * g.Cell) * 2.5
			s := (-dx*-0.6 + -dy*0.6 + 0.6) / math.Sqrt(1+dx*dx+dy*dy)
			s = math.Min(math.Max(0.35+0.85*s, 0), 1.15)
			c := coverColors[t.Cover[g.Index(i, j)]]
			f := func(v uint8) uint8 { return uint8(math.Min(float64(v)*s, 255)) }
			for a := range scale {
				for b := range scale {
					img.SetRGBA(i*scale+a, (g.NY-1-j)*scale+b, color.RGBA{f(c.R), f(c.G), f(c.B), 255})
				}
			}
		}
	}
	return img
}

func savePNG(t *testing.T, name string, img image.Image) {
	dir := os.Getenv("GENERATE_PICTURES")
	if dir == "" {
		t.Skip("set GENERATE_PICTURES to a directory to draw maps into it")
	}
	f, err := os.Create(dir + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func stroke(img *image.RGBA, g geo.Grid, scale int, line geo.Line, width int, col color.RGBA) {
	line.Visit(g.Cell/float64(2*scale), func(p geo.Point) {
		x := int(p.X / g.Cell * float64(scale))
		y := g.NY*scale - 1 - int(p.Y/g.Cell*float64(scale))
		for a := -width / 2; a <= (width-1)/2; a++ {
			for b := -width / 2; b <= (width-1)/2; b++ {
				img.SetRGBA(x+a, y+b, col)
			}
		}
	})
}

var roadColors = [scenario.RoadClassCount]color.RGBA{
	{255, 0, 0, 255}, {255, 0, 0, 255}, {214, 60, 40, 255}, {235, 140, 40, 255}, {250, 220, 90, 255}, {255, 255, 255, 255},
	{235, 235, 235, 255}, {200, 200, 200, 255}, {160, 140, 120, 255}, {120, 120, 120, 255},
}

func drawCounty(c *county, scale int) *image.RGBA {
	t := c.terrain()
	img := hillshade(&t, scale)
	g := c.land.grid
	for _, b := range c.buildings {
		col := color.RGBA{150, 60, 50, 255}
		switch b.Use {
		case scenario.UseWork:
			col = color.RGBA{120, 80, 150, 255}
		case scenario.UseHome:
		case scenario.UsePlant:
			col = color.RGBA{40, 40, 40, 255}
		default:
			col = color.RGBA{20, 40, 220, 255}
		}
		stroke(img, g, scale, geo.Line{b.At}, max(scale/4, 1), col)
	}
	for class := int(scenario.RoadClassCount) - 1; class >= 0; class-- {
		for _, l := range c.links {
			if int(l.Class) == class {
				w := 1
				if class <= 3 && scale > 2 {
					w = 2
				}
				col := roadColors[class]
				if l.Form == scenario.FormBridge {
					col = color.RGBA{255, 0, 255, 255}
				}
				stroke(img, g, scale, l.Shape, w, col)
			}
		}
	}
	return img
}

func TestPicture(t *testing.T) {
	for _, p := range []Params{Linjiang(), Hamlet()} {
		p = p.Complete()
		c := grow(p)
		l := c.land
		scale := 4
		if l.grid.NX < 200 {
			scale = 10
		}
		if l.dam != nil {
			t.Logf("dam foot %.1f crest %.1f normal %.1f store %.1f Mm3 pool %.2f km2 at %v", l.dam.foot, l.dam.crest, l.dam.normal,
				l.dam.store[len(l.dam.store)-1]/1e6, float64(len(l.dam.pool))*l.grid.Cell*l.grid.Cell/1e6, l.dam.at)
		}
		var count [8]int
		var people [8]int
		for k := range c.settlements {
			s := &c.settlements[k]
			count[s.rank]++
			people[s.rank] += s.persons
			if s.rank <= village {
				t.Logf("%-14s rank %d persons %5d blocks %3d low %v at %.0f", s.title.ZH, s.rank, s.persons, len(s.blocks), c.low(s.at), s.at)
			}
		}
		t.Log(count, people, "nodes", len(c.nodes), "links", len(c.links), "buildings", len(c.buildings), "homes", len(c.homes), "persons", len(c.sc.Persons))
		img := drawCounty(c, scale)
		savePNG(t, p.Name+"-land.png", img)
		if l.grid.NX > 200 {
			x := int(l.town.x/l.grid.Cell)*scale - 500
			y := (l.grid.NY-int(c.settlements[0].at.Y/l.grid.Cell))*scale - 400
			savePNG(t, p.Name+"-town.png", img.SubImage(image.Rect(x, y, x+1000, y+800)))
		}
	}
}
