package scenarios

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

func TestOpenFindsADirectory(t *testing.T) {
	for _, where := range []string{baseDir, baseDir + "/", baseDir + "/scenario.toml"} {
		l, err := Open(where)
		if err != nil {
			t.Fatal(err)
		}
		sc, ds := l.Load(testKinds)
		if sc == nil || len(ds) > 0 || l.Name != "base" {
			t.Errorf("%s: name %q, %s", where, l.Name, ds)
		}
	}
}

func TestOpenSaysWhatThereIs(t *testing.T) {
	if _, err := Open("no/such/place"); err == nil || !strings.Contains(err.Error(), "want a directory with scenario.toml") {
		t.Errorf("no such place: %v", err)
	}
	if _, err := Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no scenario.toml there") {
		t.Errorf("an empty directory: %v", err)
	}
	for _, name := range List() {
		l, err := Open(name)
		if err != nil || l.Name != name {
			t.Errorf("%s: %v, %v", name, l.Name, err)
		}
	}
}

func TestMessagesNameTheFileAsTheUserDid(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, MainFile), []byte("[drill\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	l, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if ds := l.Lint(testKinds); !strings.HasPrefix(ds.String(), filepath.ToSlash(dir)+"/scenario.toml:1:7: ") {
		t.Errorf("lint says %s; want the path of the file", ds)
	}
	if _, err := l.Bundle(testKinds); err == nil {
		t.Error("a bundle of a file that is no TOML")
	}
}

func TestTheDirectoryIsCalledLikeTheDrill(t *testing.T) {
	l, err := Open(baseDir)
	if err != nil {
		t.Fatal(err)
	}
	want := baseDir + "/scenario.toml:3:8: warning: \"valley\" lies in a directory called \"base\"; want the same name\n"
	if ds := l.Lint(testKinds); ds.String() != want || ds.Failed() {
		t.Errorf("lint says %s; want %s", ds, want)
	}
}

func TestWriteFillsADirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "valley")
	sc := loadBase(t)
	sc.Population.Persons = "people/persons.csv.gz"
	if err := Write(dir, sc); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "people", "persons.csv.gz")); err != nil {
		t.Error(err)
	}
	l, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, ds := l.Load(testKinds)
	if len(ds) > 0 || again.Drill.Name != "valley" {
		t.Fatalf("written: %s", ds)
	}
	files, err := l.Bundle(testKinds)
	if err != nil || HashFiles(files) != again.Hash {
		t.Errorf("the bundle's hash is not the scenario's: %v", err)
	}
}

func TestBundleHoldsWhatTheScenarioConsistsOf(t *testing.T) {
	files := baseFiles(t)
	files["README.md"] = files["director.lua"]
	text := append([]byte("include = [\"units.toml\"]\n"), files[MainFile].Data...)
	files[MainFile].Data = text
	list, err := Bundle(files, ".", testKinds)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range list {
		names = append(names, f.Name)
	}
	want := "buildings.csv cover.asc director.lua households.csv links.csv nodes.csv persons.csv scenario.toml terrain.asc units.toml"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("bundle of %s; want %s", got, want)
	}
	sc, ds := Load(asFS(list), ".", testKinds)
	if len(ds) > 0 || sc.Hash != HashFiles(list) {
		t.Errorf("the bundle does not load as it was: %s", ds)
	}
	delete(files, "cover.asc")
	if _, err := Bundle(files, ".", testKinds); err == nil || !strings.Contains(err.Error(), "scenario.toml:13:9: there is no file cover.asc") {
		t.Errorf("a bundle without a file: %v", err)
	}
}

func TestHashChangesWithEveryFile(t *testing.T) {
	first := loadBase(t).Hash
	for name := range baseFiles(t) {
		files := baseFiles(t)
		files[name].Data = append(files[name].Data, "\n"...)
		sc, ds := Load(files, ".", testKinds)
		if name == "units.toml" {
			if sc.Hash != first {
				t.Errorf("%s is no part of the scenario and changes its hash", name)
			}
			continue
		}
		if sc == nil || sc.Hash == first {
			t.Errorf("a change of %s leaves the hash: %s", name, ds)
		}
	}
}

func TestEncodeRefusesWhatNoFileHolds(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*scenario.Scenario)
		want  string
	}{
		"line break": {func(s *scenario.Scenario) { s.Links = slices.Clone(s.Links); s.Links[0].Name = "a\nb" }, "link 0: the name"},
		"class":      {func(s *scenario.Scenario) { s.Links = slices.Clone(s.Links); s.Links[1].Class = 99 }, "link 1: class 99"},
		"no file":    {func(s *scenario.Scenario) { s.Roads.Nodes = "" }, "no file named for the nodes"},
		"cover":      {func(s *scenario.Scenario) { s.Place.Cover = "" }, "no file named for the land cover"},
		"grid":       {func(s *scenario.Scenario) { s.Terrain.Bed = s.Terrain.Bed[1:] }, "19 values for a grid of 5 x 4"},
		"mobility":   {func(s *scenario.Scenario) { s.Persons = slices.Clone(s.Persons); s.Persons[0].Mobility = 9 }, "person 0: class 9"},
	} {
		sc := loadBase(t)
		c.spoil(sc)
		if _, err := Encode(sc); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %s", name, err, c.want)
		}
	}
}

func TestDatesOfTOMLAndTextAreEqual(t *testing.T) {
	for _, start := range []string{"2026-07-18T18:00:00", "2026-07-18 18:00:00", `"2026-07-18T18:00"`} {
		files := baseFiles(t)
		files[MainFile].Data = bytes.Replace(files[MainFile].Data, []byte(`start = "2026-07-18 18:00"`), []byte("start = "+start), 1)
		files[MainFile].Data = bytes.Replace(files[MainFile].Data, []byte(`at = "20:30"`), []byte("at = 2026-07-18 20:30:00"), 1)
		sc, ds := Load(files, ".", testKinds)
		if len(ds) > 0 || sc.Drill.Start != loadBase(t).Drill.Start || *sc.Plan[2].At != 2*sim.Hour+30*sim.Minute {
			t.Errorf("%s: %s", start, ds)
		}
	}
}

func TestATimeAfterMidnightIsOnTheNextDay(t *testing.T) {
	files := baseFiles(t)
	files[MainFile].Data = bytes.Replace(files[MainFile].Data, []byte(`at = "20:30"`), []byte(`at = "06:40"`), 1)
	files[MainFile].Data = bytes.Replace(files[MainFile].Data, []byte(`duration = "3h"`), []byte(`duration = "13h"`), 1)
	sc, ds := Load(files, ".", testKinds)
	if len(ds) > 0 || *sc.Plan[2].At != 12*sim.Hour+40*sim.Minute {
		t.Errorf("06:40 after a start at 18:00: %s", ds)
	}
}

// The drills that are shipped can be played.
func TestShippedDrillsAreRight(t *testing.T) {
	for _, name := range List() {
		l, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, ds := l.Load(realKinds); ds.Failed() {
			t.Errorf("%s is wrong:\n%s", name, ds)
		}
	}
}
