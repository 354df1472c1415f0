package generate

import (
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"image/color"

	"sandtable/sim"
	"sandtable/sim/flood"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// inundation is what the water of a scenario does when nobody touches a structure.
type inundation struct {
	depth   []float64 // highest per cell [m]
	class   []sim.DangerClass
	arrival []sim.Time // when depth first passes 0.15 m; Never where it does not
	danger  []sim.Time // when the class first is H3
	stage   [][]float64
	seconds float64
	error   float64
}

// runWater runs the flood of a scenario for a while.
func runWater(t testing.TB, sc *scenario.Scenario, span sim.Duration, watch func(at sim.Time, depth *sim.Layer)) inundation {
	t.Helper()
	names := scenario.NewDirectory(sc)
	spec := sc.Hazards[0].Spec
	h, err := spec.New(sim.HazardEnv{Terrain: &sc.Terrain, Seed: 1, Workers: 2, Start: sc.Drill.Start,
		Structure: func(n string) (sim.StructureID, bool) {
			id, ok := names.Resolve(sim.KindStructure, n)
			return sim.StructureID(id), ok
		}})
	if err != nil {
		t.Fatal(err)
	}
	n := sc.Terrain.Grid.Len()
	in := inundation{depth: make([]float64, n), class: make([]sim.DangerClass, n), arrival: make([]sim.Time, n), danger: make([]sim.Time, n)}
	for c := range n {
		in.arrival[c], in.danger[c] = sim.Never, sim.Never
	}
	layers := sim.NewLayers(&sc.Terrain)
	for _, l := range h.Layers() {
		layers.Add(l)
	}
	depth, vx, vy := layers.Of(sim.LayerKey{Quantity: sim.QDepth}), layers.Of(sim.LayerKey{Quantity: sim.QVelocityX}), layers.Of(sim.LayerKey{Quantity: sim.QVelocityY})
	gauges := make([]int, len(sc.Gauges))
	for i, g := range sc.Gauges {
		gauges[i], _ = sc.Terrain.Grid.CellAt(scenario.Point(g.Place))
	}
	begin := time.Now()
	for at := sim.Time(0); ; at = at.Add(h.Interval()) {
		if at > 0 {
			if err := h.Advance(at); err != nil {
				t.Fatal(err)
			}
		}
		layers.Begin(at)
		h.Publish()
		for c := range n {
			d := float64(depth.Values[c]) / 1000
			if d <= 0 {
				continue
			}
			in.depth[c] = max(in.depth[c], d)
			if d > 0.15 && in.arrival[c] == sim.Never {
				in.arrival[c] = at
			}
			k := sim.ClassifyWater(d, math.Hypot(float64(vx.Values[c]), float64(vy.Values[c]))/1000)
			in.class[c] = max(in.class[c], k)
			if k >= sim.H3 && in.danger[c] == sim.Never {
				in.danger[c] = at
			}
		}
		if int64(at)%int64(30*sim.Minute) == 0 {
			row := []float64{sim.Duration(at).Hours()}
			for _, c := range gauges {
				row = append(row, float64(sc.Terrain.Bed[c]+depth.Values[c])/1000)
			}
			in.stage = append(in.stage, row)
		}
		if watch != nil {
			watch(at, depth)
		}
		if at >= sim.Time(span) {
			break
		}
	}
	in.seconds = time.Since(begin).Seconds()
	in.error = h.Ledger().Error()
	return in
}

// atRisk counts persons whose home, work or school sees danger.
func (in inundation) atRisk(sc *scenario.Scenario) (home, any int, danger []bool) {
	danger = make([]bool, len(sc.Buildings))
	for b := range sc.Buildings {
		if c, ok := sc.Terrain.Grid.CellAt(sc.Buildings[b].At); ok {
			danger[b] = in.class[c] >= sim.H3
		}
	}
	for _, p := range sc.Persons {
		h := danger[sc.Households[p.Household].Home]
		if h {
			home++
		}
		if h || p.Work >= 0 && danger[p.Work] || p.School >= 0 && danger[p.School] {
			any++
		}
	}
	return home, any, danger
}

// report prints what a designer wants to know about the water.
func (in inundation) report(t *testing.T, sc *scenario.Scenario, c *county) {
	home, any, _ := in.atRisk(sc)
	t.Logf("%.1f s, volume error %.1e; at risk by home %d, by home, work or school %d of %d", in.seconds, in.error, home, any, len(sc.Persons))
	sites := scenario.Locate(sc, scenario.NewDirectory(sc))
	people := make([]int, len(sc.Buildings))
	for _, p := range sc.Persons {
		people[sc.Households[p.Household].Home]++
	}
	outside := 0
	for z := range sc.Zones {
		all, risk, first, firstDanger, deepest := 0, 0, sim.Never, sim.Never, 0.0
		for _, b := range sites.Zone[z].Buildings {
			c := sites.Building[b].Cell // of the terrain
			all += people[b]
			if in.class[c] >= sim.H3 {
				risk += people[b]
			}
			if people[b] > 0 {
				first, firstDanger, deepest = min(first, in.arrival[c]), min(firstDanger, in.danger[c]), max(deepest, in.depth[c])
			}
		}
		t.Logf("%s %-10s persons %5d at risk %5d first water %8s danger %8s deepest %.2f shelters %v", sc.Zones[z].Name, sc.Zones[z].Title.ZH, all, risk, first, firstDanger, deepest, sc.Zones[z].Shelters)
	}
	for b := range sc.Buildings {
		if sites.Building[b].Zone < 0 && in.class[sites.Building[b].Cell] >= sim.H3 {
			outside += people[b]
		}
	}
	t.Log("at risk outside zones:", outside)
	if c != nil {
		for k := range c.settlements {
			s, risk := &c.settlements[k], 0
			for b := s.houses[0]; b < s.houses[1]; b++ {
				if sites.Building[b].Zone < 0 && in.class[sites.Building[b].Cell] >= sim.H3 {
					risk += people[b]
				}
			}
			if risk > 0 {
				t.Logf("   %s %s persons %d at risk %d at %.0f", s.title.ZH, s.ends, s.persons, risk, s.at)
			}
		}
	}
	for _, s := range sc.Shelters {
		cell, _ := sc.Terrain.Grid.CellAt(scenario.Point(s.Place))
		if in.depth[cell] > 0.05 {
			t.Logf("WET shelter %s %s depth %.2f", s.Name, s.Title.ZH, in.depth[cell])
		}
	}
	for _, g := range sc.Gauges {
		t.Logf("gauge %s thresholds %v", g.Name, g.Thresholds)
	}
	for _, row := range in.stage {
		t.Logf("%5.1f h %v", row[0], fmt.Sprintf("%.2f", row[1:]))
	}
}

func TestWater(t *testing.T) {
	dir := os.Getenv("GENERATE_PICTURES")
	if dir == "" {
		t.Skip("set GENERATE_PICTURES to a directory to run the water and draw maps into it")
	}
	for _, p := range []Params{Linjiang(), Hamlet()} {
		if only := os.Getenv("GENERATE_ONLY"); only != "" && only != p.Name {
			continue
		}
		p = p.Complete()
		c := grow(p)
		for _, pr := range scenario.Validate(c.sc) {
			t.Errorf("%s: %s", pr.Path, pr.Text)
		}
		f := c.sc.Hazards[0].Spec.(*flood.Config)
		if len(f.Reservoirs) > 0 {
			r := f.Reservoirs[0]
			above, all := 0.0, 0.0
			for _, x := range f.Catchments {
				all += x.Area
				if x.Reservoir != "" {
					above += x.Area
				}
			}
			t.Logf("catchments %.1f km2, of which to the reservoir %.1f", all, above)
			t.Logf("reservoir level %.2f normal %.2f crest %.2f spill %.0f m volume %.1f Mm3", r.Level, c.land.dam.normal, r.Dam.Crest, r.Spillway.Width, r.Volumes[len(r.Volumes)-1]/1e6)
		}
		in := runWater(t, c.sc, p.Duration, nil)
		in.report(t, c.sc, c)
		scale := 4
		if c.land.grid.NX < 200 {
			scale = 10
		}
		img := drawCounty(c, scale)
		for cell, d := range in.depth {
			if d < 0.05 {
				continue
			}
			i, j := c.land.grid.IJ(cell)
			shade := math.Min(0.25+d/3, 0.9)
			for a := range scale {
				for b := range scale {
					x, y := i*scale+a, (c.land.grid.NY-1-j)*scale+b
					old := img.RGBAAt(x, y)
					mixc := func(v, w uint8) uint8 { return uint8(float64(v)*(1-shade) + float64(w)*shade) }
					img.SetRGBA(x, y, color.RGBA{mixc(old.R, 30), mixc(old.G, 90), mixc(old.B, 220), 255})
				}
			}
		}
		for z, zone := range c.sc.Zones {
			var ring geo.Line
			for _, q := range append(zone.Polygon, zone.Polygon[0]) {
				ring = append(ring, scenario.Point(q))
			}
			_ = z
			stroke(img, c.land.grid, scale, ring, 1, color.RGBA{180, 0, 180, 255})
		}
		for _, s := range c.sc.Shelters {
			stroke(img, c.land.grid, scale, geo.Line{scenario.Point(s.Place)}, 8, color.RGBA{0, 160, 0, 255})
		}
		savePNG(t, p.Name+"-water.png", img)
	}
}
