package stage

import (
	"os"
	"path/filepath"
	"strings"

	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// maxNeighbours is how many names beside a path are looked at for one that was probably meant.
const maxNeighbours = 1000

// Neither says that a path is neither a run nor a scenario where one of both is wanted: what was looked for, where, and
// which name was probably meant.
func Neither(path string) error {
	full := path
	if abs, err := filepath.Abs(path); err == nil {
		full = abs
	}
	found := sim.Say("没有 %s", "there is no %s", full)
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		found = sim.Say("目录 %s 中没有 %s，也没有 %s", "the directory %s has neither %s nor %s", full, replay.HeaderFile,
			scenarios.MainFile)
	case err == nil:
		found = sim.Say("%s 是文件，不是目录", "%s is a file and no directory", full)
	}
	want := sim.Say("应为含 %s 的推演目录、含 %s 的演练目录，或内置演练：%s",
		"want the directory of a run, with %s, or of a scenario, with %s, or a drill that is shipped: %s",
		replay.HeaderFile, scenarios.MainFile, strings.Join(scenarios.List(), ", "))
	if near := nearby(path); near != "" {
		want = sim.Say("是否为 %q？%s", "did you mean %q? %s", near, want)
	}
	return Bad("%q 既不是推演，也不是演练：%s；%s", "%q is neither a run nor a scenario: %s; %s", path, found, want)
}

// nearby returns the name of a shipped drill, or of a run or scenario beside a path, that differs little from it; empty
// without one.
func nearby(path string) string {
	if near := scenario.Closest(path, scenarios.List()); near != "" {
		return near
	}
	dir, base := filepath.Split(filepath.Clean(path))
	beside, err := os.ReadDir(filepath.Clean(dir))
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range beside[:min(len(beside), maxNeighbours)] {
		if e.IsDir() && (has(dir, e.Name(), replay.HeaderFile) || has(dir, e.Name(), scenarios.MainFile)) {
			names = append(names, e.Name())
		}
	}
	if near := scenario.Closest(base, names); near != "" {
		return filepath.ToSlash(filepath.Join(dir, near))
	}
	return ""
}

// has says whether there is a file in a directory beside a path.
func has(dir, name, file string) bool {
	_, err := os.Stat(filepath.Join(dir, name, file))
	return err == nil
}
