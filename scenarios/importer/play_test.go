package importer_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"sandtable/scenarios"
	"sandtable/scenarios/importer"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// imported imports, writes and lints a place, and reads it again.
func imported(t *testing.T, p importer.Params) *scenario.Scenario {
	t.Helper()
	sc, _, err := importer.Import(p)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), p.Name)
	if err := scenarios.Write(dir, sc); err != nil {
		t.Fatal(err)
	}
	loc, err := scenarios.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range loc.Lint(engine.Kinds()) {
		t.Error(d)
	}
	read, diags := loc.Load(engine.Kinds())
	if diags.Failed() {
		t.Fatal(diags)
	}
	return read
}

// played plays a scenario with its standing plan and returns the world.
func played(t *testing.T, sc *scenario.Scenario, until sim.Duration) *engine.World {
	t.Helper()
	w, err := engine.New(engine.Config{Scenario: sc, Seed: sim.SeedOf(1), Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	if err := engine.Drive(context.Background(), w, lab.NewPlan(sc, w.Names()), sim.Time(until)); err != nil {
		t.Fatal(err)
	}
	w.Recount()
	return w
}

func TestLittleTownPlays(t *testing.T) {
	p := importer.LittleTown(t)
	p.Duration, p.Peak = 3*sim.Hour, 400
	sc := imported(t, p)
	w := played(t, sc, 3*sim.Hour)
	var truth sim.Truth
	w.Truth(&truth)
	if truth.Total.Persons != len(sc.Persons) || truth.Total.Left == 0 {
		t.Errorf("%+v; want all persons there and some who have left", truth.Total)
	}
	deepest := int32(0)
	for _, b := range sc.Buildings {
		c, _ := sc.Terrain.Grid.CellAt(b.At)
		deepest = max(deepest, depthAt(t, w, c))
	}
	if deepest < 300 {
		t.Errorf("deepest water at a house %d mm; want a flood in the village", deepest)
	}
}

// depthAt returns the water's depth in a cell now [mm].
func depthAt(t *testing.T, w *engine.World, cell int) int32 {
	t.Helper()
	var s sim.Snapshot
	g := w.Scenario().Terrain.Grid
	w.Snapshot(sim.View{Rect: g.Bounds(), Zoom: 1}, &s)
	if s.Water == nil {
		t.Fatal("no water layer")
	}
	return s.Water.Values[cell]
}

func TestImportIsRepeatable(t *testing.T) {
	p := importer.LittleTown(t)
	repeatable(t, p)
}

// repeatable imports twice and compares every byte.
func repeatable(t *testing.T, p importer.Params) {
	t.Helper()
	var files [2][]scenarios.File
	var readme [2]string
	for i := range files {
		sc, rep, err := importer.Import(p)
		if err != nil {
			t.Fatal(err)
		}
		if files[i], err = scenarios.Encode(sc); err != nil {
			t.Fatal(err)
		}
		readme[i] = rep.README()
	}
	for k, f := range files[0] {
		if g := files[1][k]; f.Name != g.Name || !bytes.Equal(f.Data, g.Data) {
			t.Errorf("%s differs between two imports of the same files", f.Name)
		}
	}
	if readme[0] != readme[1] {
		t.Error("the report differs between two imports of the same files")
	}
}
