package scenarios

import (
	"embed"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// embedded are the drills that are shipped with the program.
//
//go:embed hamlet linjiang-flood
var embedded embed.FS

// Location is where a scenario lies.
type Location struct {
	Name  string // of the drill's directory
	FS    fs.FS
	Dir   string // inside FS
	Shown string // put before the names of files in messages; "" for a drill that is shipped
}

// List returns the names of the drills that are shipped, sorted.
func List() []string {
	entries, err := embedded.ReadDir(".")
	if err != nil {
		panic("scenarios: the embedded drills cannot be listed: " + err.Error())
	}
	var names []string
	for _, e := range entries {
		if _, err := fs.Stat(embedded, path.Join(e.Name(), MainFile)); err == nil {
			names = append(names, e.Name())
		}
	}
	return names
}

// Open finds a scenario: a drill that is shipped, by its name, else a directory, or the scenario.toml in it. It
// looks no further than that there is one.
func Open(nameOrPath string) (Location, error) {
	if !strings.ContainsAny(nameOrPath, `/\`) && fs.ValidPath(nameOrPath) {
		if _, err := fs.Stat(embedded, path.Join(nameOrPath, MainFile)); err == nil {
			return Location{Name: nameOrPath, FS: embedded, Dir: nameOrPath}, nil
		}
	}
	dir := nameOrPath
	if filepath.Base(dir) == MainFile {
		dir = filepath.Dir(dir)
	}
	if _, err := os.Stat(filepath.Join(dir, MainFile)); err != nil {
		if _, wrong := os.Stat(dir); wrong == nil {
			return Location{}, sim.Fail("%s：%v；应为含 %s 的目录", "%s: %v; want a directory with %s", dir, errNoScenario, MainFile)
		}
		want := sim.Say("应为含 %s 的目录，或内置演练：%s", "want a directory with %s, or a drill that is shipped: %s", MainFile,
			strings.Join(List(), ", "))
		if near := scenario.Closest(nameOrPath, List()); near != "" {
			want = sim.Say("是否为 %q？%s", "did you mean %q? %s", near, want)
		}
		return Location{}, sim.Fail("没有演练 %q；%s", "no scenario %q; %s", nameOrPath, want)
	}
	name := filepath.Base(dir)
	if abs, err := filepath.Abs(dir); err == nil {
		name = filepath.Base(abs)
	}
	return Location{Name: name, FS: os.DirFS(dir), Dir: ".", Shown: filepath.ToSlash(dir)}, nil
}

// Load is Load for the scenario at this place.
func (l Location) Load(kinds Kinds) (*scenario.Scenario, Diagnostics) {
	sc, ds := Load(l.FS, l.Dir, kinds)
	return sc, l.show(ds)
}

// Lint is Lint for the scenario at this place.
func (l Location) Lint(kinds Kinds) Diagnostics {
	_, ds := l.Examine(kinds)
	return ds
}

// Examine is Lint that also returns the scenario as far as it could be read: when the findings have failed it is for
// further checks only, and nil when there is nothing to check.
func (l Location) Examine(kinds Kinds) (*scenario.Scenario, Diagnostics) {
	sc, ds := lint(l.FS, l.Dir, l.Name, kinds)
	return sc, l.show(ds)
}

// Bundle is Bundle for the scenario at this place.
func (l Location) Bundle(kinds Kinds) ([]File, error) { return Bundle(l.FS, l.Dir, kinds) }

// show puts the way to the directory before the names of files.
func (l Location) show(ds Diagnostics) Diagnostics {
	if l.Shown == "" || l.Shown == "." {
		return ds
	}
	for i := range ds {
		ds[i].Path = path.Join(l.Shown, ds[i].Path)
	}
	return ds
}
