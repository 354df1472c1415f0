package importer

import (
	"os"
	"path/filepath"
	"testing"
)

// In the real place too, roads cross water dry, and every house can be left by car.
func TestBayreuthCrossesWaterDry(t *testing.T) {
	dir := os.Getenv("SANDTABLE_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	dir = filepath.Join(dir, "bayreuth")
	data, err := openOSM(filepath.Join(dir, "north-bayreuth.osm.gz"), Box{})
	if err != nil {
		t.Skipf("no test data of a real place (%v); set SANDTABLE_DATA to the directory that holds bayreuth/", err)
	}
	var tiles []*tile
	for _, name := range []string{"N49E011.hgt.zip", "N50E011.hgt.zip"} {
		tl, err := openTile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		tiles = append(tiles, tl)
	}
	m, err := build(Params{Name: "bayreuth"}.complete(), data, tiles)
	if err != nil {
		t.Fatal(err)
	}
	dryCrossings(t, m)
	for i, b := range m.sc.Buildings {
		c, _ := m.grid.CellAt(b.At)
		if m.wet(c) {
			t.Errorf("building %d stands in the water", i)
		}
		if !m.roads.core[b.Node] {
			t.Errorf("building %d gets on the network outside its core", i)
		}
	}
	if got := m.chains[m.main].names.get("name"); got != "Roter Main" {
		t.Errorf("main river %q; want Roter Main", got)
	}
	if km := m.river.length() / 1000; km < 11 || km > 13 {
		t.Errorf("%.1f km of the main river; want about 12", km)
	}
}
