package scenarios

import (
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sandtable/sim"
	"sandtable/sim/flood"
)

// rainTable are rates at two times on a grid of 2 x 1 cells, in any order.
const rainTable = `time,x,y,value
30m,-500,250,1.5
20:30,500,250,3
20:30,-500,250,2.25
30m,500,250,0
`

// withRain is the base with a flood that reads its rain from files.
func withRain(t testing.TB) fstest.MapFS {
	files := baseFiles(t)
	text := string(files[MainFile].Data) + `
[[hazard]]
name = "flood"
kind = "flood"
boundary = [{kind = "outflow", edge = "east", from = 0, to = 400}]
[[hazard.rain.gridded]]
files = ["rain/table.csv"]
[[hazard.rain.gridded]]
files = ["rain/a.asc", "rain/b.asc"]
times = ["0s", "1h"]
factor = 0.5
`
	files[MainFile] = &fstest.MapFile{Data: []byte(text)}
	files["rain/table.csv"] = &fstest.MapFile{Data: []byte(rainTable)}
	const head = "ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 600\n"
	files["rain/a.asc"] = &fstest.MapFile{Data: []byte(head + "10 20.5\n")}
	files["rain/b.asc"] = &fstest.MapFile{Data: []byte(head + "0 0\n")}
	return files
}

// Rain from files arrives in the configuration, belongs to bundle and hash, and is written as it was.
func TestAttachments(t *testing.T) {
	files := withRain(t)
	sc, ds := Load(files, ".", wrongKinds)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	check := func(spec *flood.Config) {
		t.Helper()
		table := spec.Rain.Gridded[0].Series[0]
		first := sc.Drill.Start.MinuteOfDay()
		clock := sim.Duration(20*60+30-first) * sim.Minute
		if g := table.Grid; g.NX != 2 || g.NY != 1 || g.Cell != 1000 || g.Origin.X != -1000 || g.Origin.Y != -250 {
			t.Errorf("grid %+v", g)
		}
		if !slices.Equal(table.Times, []sim.Duration{30 * sim.Minute, clock}) {
			t.Errorf("times %v", table.Times)
		}
		if !slices.Equal(table.Values[0], []float64{1.5, 0}) || !slices.Equal(table.Values[1], []float64{2.25, 3}) {
			t.Errorf("values %v", table.Values)
		}
		if g := spec.Rain.Gridded[1].Series; len(g) != 2 || !slices.Equal(g[0].Values[0], []float64{10, 20.5}) {
			t.Errorf("grids %+v", g)
		}
	}
	check(sc.Hazards[1].Spec.(*flood.Config))
	bundle, err := Bundle(files, ".", wrongKinds)
	if err != nil || HashFiles(bundle) != sc.Hash {
		t.Errorf("the bundle's hash is not the scenario's: %v", err)
	}
	if !slices.ContainsFunc(bundle, func(f File) bool { return f.Name == "rain/b.asc" }) {
		t.Error("the bundle lacks a file of the rain")
	}
	written, err := Encode(sc)
	if err != nil {
		t.Fatal(err)
	}
	again, ds := Load(asFS(written), ".", wrongKinds)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	check(again.Hazards[1].Spec.(*flood.Config))
	files["rain/a.asc"].Data = append(files["rain/a.asc"].Data, '\n')
	if other, ds := Load(files, ".", wrongKinds); len(ds) > 0 || other.Hash == sc.Hash {
		t.Errorf("a change of a file leaves the hash as it was: %s", ds)
	}
	delete(files, "rain/table.csv")
	if _, err := Bundle(files, ".", wrongKinds); err == nil || !strings.Contains(err.Error(), "there is no file rain/table.csv") {
		t.Errorf("a bundle without a file: %v", err)
	}
}

// FuzzRasters reads anything as a table of rasters.
func FuzzRasters(f *testing.F) {
	f.Add([]byte(rainTable))
	f.Add([]byte("time,x,y,value\n0s,1e308,-1e308,1\n0s,-1e308,1e308,1\n"))
	f.Add([]byte("value,y,x,time\n1,0,0,1d\n\n2,0,1,-1h\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		files := fstest.MapFS{"r.csv": {Data: data}}
		r := newReader(files, ".")
		b := r.open("r.csv", &node{src: newSource("s.toml", nil)}, ".csv")
		var got sim.Rasters
		readRasters(b, sim.Attachment{File: "r.csv", Into: &got, High: 500}, 0)
		if (len(got.Values) > 0) == r.diags.Failed() {
			t.Errorf("%d rasters with findings %s", len(got.Values), r.diags)
		}
		for k, values := range got.Values {
			if len(values) != got.Grid.Len() || slices.ContainsFunc(values, math.IsNaN) || k > 0 && got.Times[k] <= got.Times[k-1] {
				t.Errorf("raster %d at %v: %v", k, got.Times[k], values)
			}
		}
		checkPlaces(t, r.diags, files)
	})
}
