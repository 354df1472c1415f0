package importer_test

import (
	"os"
	"path/filepath"
	"testing"

	"sandtable/scenarios/importer"
	"sandtable/sim"
)

// bayreuth returns the parameters of the import of the real place, or skips the test where its files are not there.
func bayreuth(t testing.TB) importer.Params {
	t.Helper()
	dir := os.Getenv("SANDTABLE_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	dir = filepath.Join(dir, "bayreuth")
	p := importer.Params{OSM: filepath.Join(dir, "north-bayreuth.osm.gz"), Name: "bayreuth",
		DEM: []string{filepath.Join(dir, "N49E011.hgt.zip"), filepath.Join(dir, "N50E011.hgt.zip")}}
	for _, name := range append([]string{p.OSM}, p.DEM...) {
		if _, err := os.Stat(name); err != nil {
			t.Skipf("no test data of a real place (%v); set SANDTABLE_DATA to the directory that holds bayreuth/", err)
		}
	}
	return p
}

// The real place can be played: it lints without a word, its people are there, its river floods some of them.
func TestBayreuthPlays(t *testing.T) {
	p := bayreuth(t)
	p.Cell, p.Duration, p.Peak = 30, 3*sim.Hour, 600
	sc := imported(t, p)
	if n := len(sc.Persons); n < 12_000 || n > 25_000 {
		t.Errorf("%d persons; want about 18,000", n)
	}
	if len(sc.Zones) < 3 || len(sc.Links) < 3000 || len(sc.Buildings) < 3000 {
		t.Errorf("%d zones, %d links, %d buildings", len(sc.Zones), len(sc.Links), len(sc.Buildings))
	}
	w := played(t, sc, 3*sim.Hour)
	var truth sim.Truth
	w.Truth(&truth)
	wet := 0
	for _, z := range truth.Zones {
		if z.WetShare > 0 {
			wet++
		}
	}
	if wet == 0 || truth.Total.Warned == 0 || truth.Total.Left == 0 {
		t.Errorf("%d wet zones, %+v; want water in some, and people warned and gone", wet, truth.Total)
	}
	t.Logf("%d persons, %d zones, %d of them wet, %d warned, %d left", len(sc.Persons), len(sc.Zones), wet, truth.Total.Warned,
		truth.Total.Left)
}

func TestBayreuthIsRepeatable(t *testing.T) {
	if testing.Short() {
		t.Skip("imports a real place twice; not with -short")
	}
	repeatable(t, bayreuth(t))
}
