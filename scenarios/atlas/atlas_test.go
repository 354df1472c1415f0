package atlas

import (
	"encoding/json"
	"errors"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/maps"
	"sandtable/sim/scenario"
)

var rewrite = flag.Bool("rewrite", false, "rewrite the golden files; look at the difference before you commit")

// creek is a made-up map of 5 x 4 cells of 20 m. Water stands in the south-western cell from the start, comes along
// the southern row, one cell every 20 minutes, and goes around a dry cell in the second row.
func creek(t testing.TB) *maps.Maps {
	t.Helper()
	g := geo.Grid{NX: 5, NY: 4, Cell: 20}
	ls := sim.NewLayers(&sim.Terrain{Grid: g, Bed: make([]int32, 20), Cover: make([]uint8, 20)})
	var in [3]*sim.Layer
	for k, q := range []sim.Quantity{sim.QDepth, sim.QVelocityX, sim.QVelocityY} {
		in[k] = sim.NewLayer(sim.LayerKey{Quantity: q}, g)
		ls.Add(in[k])
	}
	m := maps.New(ls, maps.Wet)
	way := [][2]int{{0, 0}, {1, 0}, {2, 0}, {3, 0}, {3, 1}, {3, 2}, {2, 2}, {1, 2}, {1, 1}}
	for k, at := range way {
		ls.Begin(sim.Time(k) * sim.Time(20*sim.Minute))
		cell := g.Index(at[0], at[1])
		in[0].Set(cell, int32(2100-240*k))
		in[1].Set(cell, 600)
		in[2].Set(cell, -800)
		m.Take(ls)
	}
	m.Settle(sim.Time(3 * sim.Hour))
	return m
}

func creekFacts(t testing.TB, crs string) *Facts {
	t.Helper()
	start, err := sim.ParseCivil("2026-07-18 22:30")
	if err != nil {
		t.Fatal(err)
	}
	return &Facts{Place: &scenario.Place{CRS: crs, Easting: 500_000, Northing: 2_765_000, ElevationError: 1.5,
		ElevationSource: sim.Text{ZH: "虚构", EN: "made up"}},
		Title: sim.Text{ZH: "小溪", EN: "Creek"}, Scenario: "creek", Seed: "1", Engine: "test", Models: []string{"creek (by-hand-1)"},
		Start: start, Until: sim.Time(3 * sim.Hour)}
}

// files returns the files of an atlas by their names.
func files(t testing.TB, m *maps.Maps, f *Facts) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := each(m, f, Options{Formats: Formats, Step: 30 * sim.Minute}, func(string) {}, func(f File) error {
		out[f.Name] = f.Data
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestGoldenAtlas(t *testing.T) {
	m := creek(t)
	for dir, crs := range map[string]string{"local": "local", "utm": "EPSG:32649"} {
		all := files(t, m, creekFacts(t, crs))
		for _, name := range []string{"arrival.geojson", "depth-max.geojson", "arrival.asc", "arrival.prj", "README.md"} {
			path := filepath.Join("testdata", dir, name)
			if *rewrite && all[name] != nil {
				if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, all[name], 0o666)); err != nil {
					t.Fatal(err)
				}
				t.Errorf("%s was rewritten", path)
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil && all[name] != nil {
				t.Fatal(err)
			}
			if string(want) != string(all[name]) {
				t.Errorf("%s differs (-rewrite takes the new one):\n%s", path, all[name])
			}
		}
	}
}

// polygons is a file of polygons as a program reads it.
type polygons struct {
	Features []struct {
		Properties struct {
			Class int      `json:"class"`
			From  float64  `json:"from"`
			To    *float64 `json:"to"`
			Area  float64  `json:"area_m2"`
		} `json:"properties"`
		Geometry struct {
			Type        string           `json:"type"`
			Coordinates [][][][2]float64 `json:"coordinates"`
		} `json:"geometry"`
	} `json:"features"`
}

// The areas that are told are those of the rings, and those of the cells with arrival within the step.
func TestAreasOfIsochrones(t *testing.T) {
	m := creek(t)
	var p polygons
	if err := json.Unmarshal(files(t, m, creekFacts(t, "local"))["arrival.geojson"], &p); err != nil {
		t.Fatal(err)
	}
	total := 0.0
	for _, f := range p.Features {
		sum := 0.0
		for _, polygon := range f.Geometry.Coordinates {
			for k, ring := range polygon {
				a := 0.0
				for n := range len(ring) - 1 {
					a += (ring[n][0]*ring[n+1][1] - ring[n+1][0]*ring[n][1]) / 2
				}
				if ring[0] != ring[len(ring)-1] || (k == 0) != (a > 0) {
					t.Errorf("class %d: ring %v", f.Properties.Class, ring)
				}
				sum += a
			}
		}
		cells := 0
		for _, at := range m.Of(sim.QArrival).Values {
			s := float64(at)
			if f.Properties.Class == 0 && at == 0 || s > 0 && s >= f.Properties.From && s < *f.Properties.To {
				cells++
			}
		}
		if sum != f.Properties.Area || sum != float64(cells)*400 {
			t.Errorf("class %d: rings of %v m2, told %v, %d cells of 400 m2", f.Properties.Class, sum, f.Properties.Area, cells)
		}
		total += sum
	}
	if total != 9*400 {
		t.Errorf("%v m2 in all; want those of nine cells", total)
	}
}

// Longitude and latitude are those of the projection: the creek lies on the central meridian of zone 49, 25° north.
func TestLongitudeAndLatitude(t *testing.T) {
	var p polygons
	if err := json.Unmarshal(files(t, creek(t), creekFacts(t, "EPSG:32649"))["depth-max.geojson"], &p); err != nil {
		t.Fatal(err)
	}
	for _, f := range p.Features {
		for _, polygon := range f.Geometry.Coordinates {
			for _, at := range polygon[0] {
				if at[0] < 111 || at[0] > 111.001 || math.Abs(at[1]-25) > 0.01 {
					t.Fatalf("a corner at %v", at)
				}
			}
		}
	}
}

func TestPlaceOf(t *testing.T) {
	for crs, want := range map[string]struct {
		epsg   int
		lonLat bool
	}{
		"local": {}, "": {}, "EPSG:32649": {32649, true}, "epsg: 32733 ": {32733, true}, "EPSG:4547": {4547, false},
		"EPSG:32600": {32600, false}, "EPSG:32661": {32661, false}, "EPSG:99999": {}, "EPSG:0": {}, "UTM 49N": {},
	} {
		p := PlaceOf(&scenario.Place{CRS: crs})
		if p.EPSG != want.epsg || p.Geographic() != want.lonLat || (p.wkt() != "") != want.lonLat {
			t.Errorf("%q: %+v; want %+v", crs, p, want)
		}
	}
	if p := PlaceOf(&scenario.Place{CRS: "local", Easting: 5}); p.Origin.X != 0 {
		t.Error("local coordinates were moved")
	}
	south := PlaceOf(&scenario.Place{CRS: "EPSG:32733"})
	if wkt := south.wkt(); !strings.Contains(wkt, "Zone_33S") || !strings.Contains(wkt, `"Central_Meridian",15.0`) {
		t.Error(wkt)
	}
}

func TestStepFault(t *testing.T) {
	for step, good := range map[sim.Duration]bool{30 * sim.Minute: true, sim.Minute: true, 24 * sim.Hour: true, 0: false,
		-sim.Hour: false, 59 * sim.Second: false, 25 * sim.Hour: false, 2*sim.Minute + 1: false} {
		if got := StepFault(step).Empty(); got != good {
			t.Errorf("%v: %v; want %v", step, got, good)
		}
	}
}
