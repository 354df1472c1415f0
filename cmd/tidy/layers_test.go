package main

import (
	"fmt"
	"strings"
	"testing"
)

// importing is the source of a package that imports others.
func importing(name string, paths ...string) string {
	src := "package " + name + "\n"
	for _, p := range paths {
		src += fmt.Sprintf("import _ %q\n", p)
	}
	return src
}

func TestLayersPass(t *testing.T) {
	testRule(t, checkLayers, []ruleCase{
		{"downwards", map[string]string{
			"sim/geo/a.go":             importing("geo", "math", "sort"),
			"sim/a.go":                 importing("sim", "sandtable/sim/geo"),
			"sim/scenario/a.go":        importing("scenario", "sandtable/sim", "sandtable/sim/num"),
			"sim/flood/a.go":           importing("flood", "sandtable/sim/scenario", "sandtable/sim/par"),
			"sim/population/a.go":      importing("population", "sandtable/sim/road"),
			"sim/engine/a.go":          importing("engine", "sandtable/sim/flood", "sandtable/sim/road"),
			"replay/a.go":              importing("replay", "sandtable/sim/engine", "github.com/klauspost/compress/zstd"),
			"cmd/sandtable/a.go":       importing("main", "sandtable/replay", "sandtable/scripting"),
			"sim/lab/a.go":             importing("lab", "sandtable/sim/engine", "gonum.org/v1/gonum/stat"),
			"scripting/a.go":           importing("scripting", "sandtable/sim", "github.com/yuin/gopher-lua"),
			"scenarios/importer/a.go":  importing("importer", "sandtable/scenarios", "github.com/paulmach/osm"),
			"scenarios/a.go":           importing("scenarios", "github.com/BurntSushi/toml"),
			"render/window/a.go":       importing("window", "sandtable/render", "github.com/hajimehoshi/ebiten/v2"),
			"cmd/sandbox/a.go":         importing("main", "sandtable/render/window"),
			"evaluation/a.go":          importing("evaluation", "sandtable/sim/scenario"),
			"cmd/tidy/a.go":            importing("main", "go/parser"),
			"sim/hazmat/a.go":          importing("hazmat", "sandtable/sim"),
			"scenarios/generate/a.go":  importing("generate", "sandtable/sim/num", "sandtable/scenarios"),
			"sim/drilltest/a.go":       importing("drilltest", "sandtable/sim/engine"),
			"sim/simtest/a.go":         importing("simtest", "sandtable/sim", "testing"),
			"sim/flood/a_test.go":      importing("flood_test", "sandtable/sim/simtest", "pgregory.net/rapid"),
			"sim/engine/a_test.go":     importing("engine_test", "sandtable/scenarios", "sandtable/scripting"),
			"evaluation/a_test.go":     importing("evaluation_test", "sandtable/scenarios", "sandtable/sim/engine"),
			"scenarios/a_test.go":      importing("scenarios", "sandtable/scenarios/generate"),
			"render/window/x_test.go":  importing("window_test", "sandtable/render/window"),
			"cmd/sandtable/main_x.go":  importing("main", "sandtable/scenarios/generate"),
			"sim/road/gonum_a_test.go": importing("road", "gonum.org/v1/gonum/graph/path"),
			"figure/a.go":              importing("figure", "gonum.org/v1/plot", "gonum.org/v1/plot/vg"),
			"sim/num/figure_test.go":   importing("num", "sandtable/figure"),
		}, nil},
	})
}

func TestLayersFail(t *testing.T) {
	one := func(path, name, target string) map[string]string {
		return map[string]string{path: importing(name, target)}
	}
	testRule(t, checkLayers, []ruleCase{
		{"upwards", one("sim/a.go", "sim", "sandtable/sim/road"),
			[]string{"sim/a.go:2:8: layers: sim (L1) imports sim/road (L2)"}},
		{"core to outside", one("sim/road/a.go", "road", "sandtable/replay"),
			[]string{"sim/road/a.go:2:8: layers: sim/road imports replay, which the design forbids"}},
		{"same line", one("sim/geo/a.go", "geo", "sandtable/sim/num"),
			[]string{"sim/geo/a.go:2:8: layers: sim/geo imports sim/num on its own line L0"}},
		{"same group", one("sim/flood/a.go", "flood", "sandtable/sim/hazmat"), []string{"sim/flood/a.go:2:8: layers: "}},
		{"other group", one("sim/command/a.go", "command", "sandtable/sim/population"),
			[]string{"sim/command/a.go:2:8: layers: sim/command imports sim/population on its own line L3"}},
		{"L5 siblings", map[string]string{
			"sim/lab/a.go":       importing("lab", "sandtable/replay"),
			"sim/drilltest/a.go": importing("drilltest", "sandtable/sim/lab"),
			"replay/a.go":        importing("replay", "sandtable/sim/lab"),
			"scenarios/a.go":     importing("scenarios", "sandtable/scripting"),
		}, []string{"replay/a.go:2:8: layers: replay imports sim/lab on its own line L5",
			"scenarios/a.go:2:8: layers: ", "sim/drilltest/a.go:2:8: layers: ", "sim/lab/a.go:2:8: layers: "}},
		{"water to roads", one("sim/hazmat/a.go", "hazmat", "sandtable/sim/road"),
			[]string{"sim/hazmat/a.go:2:8: layers: "}},
		{"people to water", one("sim/response/a.go", "response", "sandtable/sim/flood"),
			[]string{"sim/response/a.go:2:8: layers: sim/response imports sim/flood, which the design forbids"}},
		{"scripts to engine", one("scripting/a.go", "scripting", "sandtable/sim/engine"),
			[]string{"scripting/a.go:2:8: layers: "}},
		{"window to lab", one("render/window/a.go", "window", "sandtable/sim/lab"),
			[]string{"render/window/a.go:2:8: layers: "}},
		{"module in the core", one("sim/num/a.go", "num", "gonum.org/v1/gonum/stat"),
			[]string{"sim/num/a.go:2:8: layers: sim/num imports gonum.org/v1/gonum/stat"}},
		{"module in the kits", one("sim/simtest/a.go", "simtest", "pgregory.net/rapid"),
			[]string{"sim/simtest/a.go:2:8: layers: "}},
		{"pictures in a program", map[string]string{
			"evaluation/a.go": importing("evaluation", "sandtable/figure"),
			"scenarios/a.go":  importing("scenarios", "gonum.org/v1/plot/plotter"),
		}, []string{"evaluation/a.go:2:8: layers: evaluation imports figure, which the design forbids",
			"scenarios/a.go:2:8: layers: scenarios imports gonum.org/v1/plot/plotter, which the design forbids"}},
		{"TOML in lab", one("sim/lab/a.go", "lab", "github.com/BurntSushi/toml"),
			[]string{"sim/lab/a.go:2:8: layers: "}},
		{"ebiten in render", one("render/a.go", "render", "github.com/hajimehoshi/ebiten/v2"),
			[]string{"render/a.go:2:8: layers: "}},
		{"ebiten in a test", one("render/a_test.go", "render", "github.com/hajimehoshi/ebiten/v2/text"),
			[]string{"render/a_test.go:2:8: layers: "}},
		{"window elsewhere", one("cmd/sandtable/a.go", "main", "sandtable/render/window"),
			[]string{"cmd/sandtable/a.go:2:8: layers: cmd/sandtable imports render/window"}},
		{"cgo", one("sim/num/a.go", "num", "C"), []string{"sim/num/a.go:2:8: layers: sim/num uses cgo"}},
		{"fixtures in a low test", one("sim/flood/a_test.go", "flood_test", "sandtable/scenarios"),
			[]string{"sim/flood/a_test.go:2:8: layers: test of sim/flood (L3)"}},
		{"fixtures in an internal test", one("sim/engine/a_test.go", "engine", "sandtable/scripting"),
			[]string{"sim/engine/a_test.go:2:8: layers: test of sim/engine (L4) in package engine"}},
		{"unlisted", map[string]string{"sim/fire/a.go": "package fire\n", "sim/fire/b.go": "package fire\n"},
			[]string{"sim/fire/a.go:1:9: layers: package sim/fire is not in the table of layers"}},
		{"root package", map[string]string{"main.go": "package main\n"}, []string{"main.go:1:9: layers: package . is not"}},
	})
}

// TestPolicyMatchesDesign spells out the lines of the design once more: whoever changes the table changes it twice.
func TestPolicyMatchesDesign(t *testing.T) {
	want := []string{
		0: "sim/geo sim/num sim/rng sim/par",
		1: "sim sim/harm",
		2: "sim/scenario sim/road sim/simtest sim/maps sim/flood/shallow sim/flood/storm sim/flood/soil sim/flood/works",
		3: "sim/flood sim/hazmat sim/population sim/response sim/command",
		4: "sim/engine",
		5: "sim/lab sim/drilltest replay scripting evaluation scenarios scenarios/dice scenarios/generate scenarios/importer " +
			"scenarios/utm scenarios/atlas scenarios/traffic scenarios/assign " +
			"render render/window render/window/display figure",
		6: "cmd/internal/stage", 7: "cmd/sandtable cmd/sandbox cmd/tidy",
	}
	n := 0
	for level, line := range want {
		for _, pkg := range strings.Fields(line) {
			n++
			if got, ok := design.layer[pkg]; !ok || got != level {
				t.Errorf("%s is on line L%d (listed: %v); want L%d", pkg, got, ok, level)
			}
		}
	}
	if n != len(design.layer) {
		t.Errorf("the policy lists %d packages; want %d", len(design.layer), n)
	}
}

// TestPolicyMistakes checks that a table which cannot be meant is refused.
func TestPolicyMistakes(t *testing.T) {
	for _, text := range []string{"L0 a a", "L0 a\nL1 a", "never a b", "sometimes a -> b"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("policy %q was accepted", text)
				}
			}()
			parsePolicy(text)
		}()
	}
}
