package importer_test

import (
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"sandtable/scenarios/importer"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// TestPicture draws the imported map with its deepest water into $SANDTABLE_PICTURES, to be looked at.
func TestPicture(t *testing.T) {
	dir := os.Getenv("SANDTABLE_PICTURES")
	if dir == "" {
		t.Skip("draws only into $SANDTABLE_PICTURES")
	}
	sc, _, err := importer.Import(bayreuth(t))
	if err != nil {
		t.Fatal(err)
	}
	img := relief(&sc.Terrain)
	deepest, end := flooded(t, sc, sc.Drill.Duration)
	drawWater(img, sc.Terrain.Grid, deepest)
	drawTown(img, sc)
	save(t, filepath.Join(dir, "import-deepest.png"), img)
	img = relief(&sc.Terrain)
	drawWater(img, sc.Terrain.Grid, end)
	save(t, filepath.Join(dir, "import-end.png"), img)
	img = relief(&sc.Terrain)
	drawTown(img, sc)
	save(t, filepath.Join(dir, "import-land.png"), img)
}

// flooded plays the water alone and returns the greatest depth of each cell and the one at the end [mm].
func flooded(t *testing.T, sc *scenario.Scenario, until sim.Duration) (deepest, end []int32) {
	h, err := sc.Hazards[0].Spec.New(sim.HazardEnv{Terrain: &sc.Terrain, Workers: 2, Start: sc.Drill.Start})
	if err != nil {
		t.Fatal(err)
	}
	var depth *sim.Layer
	for _, l := range h.Layers() {
		if l.Key.Quantity == sim.QDepth {
			depth = l
		}
	}
	deepest = make([]int32, len(depth.Values))
	for at := sim.Time(0); at <= sim.Time(until); at += sim.Time(h.Interval()) {
		if at > 0 {
			if err := h.Advance(at); err != nil {
				t.Fatal(err)
			}
		}
		h.Publish()
		for c, v := range depth.Values {
			deepest[c] = max(deepest[c], v)
		}
	}
	return deepest, depth.Values
}

const figureScale = 3 // pixels per cell

var covers = [scenario.CoverCount]color.RGBA{{206, 216, 166, 255}, {122, 158, 106, 255}, {222, 206, 200, 255},
	{96, 148, 200, 255}, {200, 190, 170, 255}, {150, 190, 160, 255}}

func relief(t *sim.Terrain) *image.RGBA {
	g := t.Grid
	img := image.NewRGBA(image.Rect(0, 0, g.NX*figureScale, g.NY*figureScale))
	z := func(i, j int) float64 {
		return float64(t.Bed[g.Index(min(max(i, 0), g.NX-1), min(max(j, 0), g.NY-1))]) / 1000
	}
	for c := range t.Bed {
		i, j := g.IJ(c)
		dx, dy := (z(i+1, j)-z(i-1, j))/(2*g.Cell)*2, (z(i, j+1)-z(i, j-1))/(2*g.Cell)*2
		s := math.Min(math.Max(0.3+0.85*(0.6*dx-0.6*dy+0.6)/math.Sqrt(1+dx*dx+dy*dy), 0), 1.1)
		p := covers[t.Cover[c]]
		fill(img, g, c, color.RGBA{shade(p.R, s), shade(p.G, s), shade(p.B, s), 255})
	}
	return img
}

func shade(v uint8, s float64) uint8 { return uint8(math.Min(float64(v)*s, 255)) }

func fill(img *image.RGBA, g geo.Grid, c int, p color.RGBA) {
	i, j := g.IJ(c)
	for a := range figureScale {
		for b := range figureScale {
			img.SetRGBA(i*figureScale+a, (g.NY-1-j)*figureScale+b, p)
		}
	}
}

func drawWater(img *image.RGBA, g geo.Grid, depth []int32) {
	for c, v := range depth {
		switch {
		case v >= 1500:
			fill(img, g, c, color.RGBA{10, 40, 140, 255})
		case v >= 500:
			fill(img, g, c, color.RGBA{40, 90, 200, 255})
		case v >= 150:
			fill(img, g, c, color.RGBA{110, 160, 240, 255})
		case v >= 30:
			fill(img, g, c, color.RGBA{170, 200, 250, 255})
		}
	}
}

func stroke(img *image.RGBA, g geo.Grid, line geo.Line, width int, p color.RGBA) {
	k := figureScale / g.Cell
	line.Visit(g.Cell/(2*figureScale), func(q geo.Point) {
		x, y := int(q.X*k), g.NY*figureScale-1-int(q.Y*k)
		for a := range width {
			for b := range width {
				img.SetRGBA(x+a-width/2, y+b-width/2, p)
			}
		}
	})
}

func drawTown(img *image.RGBA, sc *scenario.Scenario) {
	g := sc.Terrain.Grid
	for _, l := range sc.Links {
		p, w := color.RGBA{90, 90, 90, 255}, 1
		switch {
		case l.Form == scenario.FormBridge:
			p, w = color.RGBA{255, 0, 255, 255}, 2
		case l.Form == scenario.FormEmbankment:
			p, w = color.RGBA{255, 140, 0, 255}, 2
		case l.Form == scenario.FormTunnel:
			p, w = color.RGBA{0, 0, 0, 255}, 3
		case l.Class <= scenario.RoadSecondary:
			p, w = color.RGBA{200, 40, 40, 255}, 2
		case l.Class >= scenario.RoadTrack:
			p = color.RGBA{150, 130, 110, 255}
		}
		stroke(img, g, l.Shape, w, p)
	}
	for _, b := range sc.Buildings {
		p := color.RGBA{120, 40, 30, 255}
		if b.Use != scenario.UseHome {
			p = color.RGBA{90, 30, 160, 255}
		}
		stroke(img, g, geo.Line{b.At, b.At}, 2, p)
	}
	for _, z := range sc.Zones {
		var ring geo.Line
		for _, p := range append(z.Polygon, z.Polygon[0]) {
			ring = append(ring, scenario.Point(p))
		}
		stroke(img, g, ring, 2, color.RGBA{220, 0, 0, 255})
	}
	for _, s := range sc.Shelters {
		stroke(img, g, geo.Line{scenario.Point(s.Place), scenario.Point(s.Place)}, 11, color.RGBA{0, 160, 0, 255})
	}
	for _, s := range sc.Gauges {
		stroke(img, g, geo.Line{scenario.Point(s.Place), scenario.Point(s.Place)}, 9, color.RGBA{0, 220, 255, 255})
	}
	for _, s := range sc.Stations {
		stroke(img, g, geo.Line{scenario.Point(s.Place), scenario.Point(s.Place)}, 9, color.RGBA{230, 200, 0, 255})
	}
}

func save(t *testing.T, name string, img image.Image) {
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}
