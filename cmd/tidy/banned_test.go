package main

import (
	"fmt"
	"testing"
)

func TestBannedImportsAndNames(t *testing.T) {
	var cases []ruleCase
	for target := range bannedImports {
		cases = append(cases, ruleCase{"import " + target,
			map[string]string{"sim/road/a.go": importing("road", target)},
			[]string{"sim/road/a.go:2:8: banned: import of " + target}})
	}
	for _, use := range []string{"time.Now()", "time.Since(x)", "fmt.Println()", "math.Exp(1)", "math.FMA(1, 2, 3)",
		"math.Round(1)", "math.Hypot(1, 2)", "math.Log2(1)", "math.MaxMin(1)"} {
		src := "package road\nimport \"time\"\nimport \"fmt\"\nimport \"math\"\nvar _ = " + use + "\n"
		cases = append(cases, ruleCase{use, map[string]string{"sim/road/a.go": src},
			[]string{"sim/road/a.go:5:9: banned: " + use[:len("math.E")]}})
	}
	testRule(t, checkBanned, cases)
}

// body is a file of a package with one function.
func body(pkg, statements string) string {
	return fmt.Sprintf("package %s\n\nimport (\n\tm \"math\"\n\t\"fmt\"\n)\n\nfunc f() {\n%s\n}\n", pkg, statements)
}

func TestBannedStatements(t *testing.T) {
	testRule(t, checkBanned, []ruleCase{
		{"renamed import", map[string]string{"sim/a.go": body("sim", "m.Exp(1)")},
			[]string{"sim/a.go:9:1: banned: math.Exp; want num.Exp"}},
		{"math in sim/num", map[string]string{"sim/num/a.go": body("num", "m.Ldexp(1, 2)\nm.Pow(2, 3)")},
			[]string{"sim/num/a.go:10:1: banned: math.Pow; want our own guarded"}},
		{"exact but not in num", map[string]string{"sim/a.go": body("sim", "m.Ldexp(1, 2)")},
			[]string{"sim/a.go:9:1: banned: math.Ldexp"}},
		{"go", map[string]string{"sim/engine/a.go": body("engine", "go f()")},
			[]string{"sim/engine/a.go:9:1: banned: go statement; want par.Tiles"}},
		{"select", map[string]string{"sim/engine/a.go": body("engine", "select {}")},
			[]string{"sim/engine/a.go:9:1: banned: select statement"}},
		{"goroutines in par", map[string]string{"sim/par/a.go": body("par", "go f()\nselect {}")}, nil},
		{"println", map[string]string{"sim/a.go": body("sim", "println(1)")},
			[]string{"sim/a.go:9:1: banned: call of println"}},
		{"pointer", map[string]string{"sim/a.go": body("sim", "fmt.Sprintf(\"%d at %#p\", 1, f)")},
			[]string{"sim/a.go:9:13: banned: format verb %p"}},
		{"dot import", map[string]string{"sim/a.go": "package sim\n\nimport . \"math\"\n"},
			[]string{"sim/a.go:3:8: banned: dot import of math"}},
		{"assembly", map[string]string{"sim/num/exp_arm64.s": "TEXT x"},
			[]string{"sim/num/exp_arm64.s:1:1: banned: assembly"}},
		{"generator", archive(`-- scenarios/generate/a.go --
package generate

import (
	"math"
	"os"
	"math/rand/v2"
	"time"
)

var x = math.Exp(rand.Float64())
var y = time.Now()
var z = os.Args
`),
			[]string{"scenarios/generate/a.go:6:2: banned: import of math/rand/v2",
				"scenarios/generate/a.go:10:9: banned: math.Exp", "scenarios/generate/a.go:11:9: banned: time.Now"}},
		{"good", map[string]string{
			"sim/a.go":         body("sim", "m.Sqrt(m.Pi)\nm.Float64bits(m.Inf(1))\n_ = m.MaxInt64\nfmt.Errorf(\"at 5 %%p\")"),
			"sim/b.go":         "package sim\n\nimport \"time\"\n\nvar d time.Duration = time.Second\n",
			"sim/a_test.go":    importing("sim", "os", "math/rand"),
			"sim/lab/a.go":     importing("lab", "os", "log/slog"),
			"replay/a.go":      importing("replay", "os"),
			"sim/simtest/a.go": importing("simtest", "maps"),
		}, nil},
	})
}

func TestTypedCatches(t *testing.T) {
	testRule(t, checkTyped, []ruleCase{
		{"range over a map", archive(`-- sim/a.go --
package sim

func f(m map[int]bool) {
	for k := range m {
		_ = k
	}
}
`), []string{"sim/a.go:4:2: typed: range over a map"}},
		{"map named in another package", archive(`-- sim/geo/a.go --
package geo

type Set map[int]bool

type Holder struct{ S Set }
-- sim/a.go --
package sim

import "sandtable/sim/geo"

func f(h *geo.Holder) {
	for range h.S {
	}
}
`), []string{"sim/a.go:6:2: typed: range over a map"}},
		{"type parameters", archive(`-- sim/a.go --
package sim

func f[M ~map[K]V, K comparable, V any](m M) {
	for range m {
	}
}

type float interface{ ~float32 | ~float64 }

func g[F float](x F) int { return int(x) }
`), []string{"sim/a.go:4:2: typed: range over a map", "sim/a.go:10:35: typed: conversion of a float to int"}},
	})
}

func TestTypedCatchesConversions(t *testing.T) {
	testRule(t, checkTyped, []ruleCase{
		{"conversions", archive(`-- sim/road/a.go --
package road

import "math"

type ID int32

func f(x float64, y float32) {
	_ = int(x)
	_ = ID(y)
	_ = uint64(math.Floor(x))
	_ = byte(2 * x)
}
`), []string{"sim/road/a.go:8:6: typed: conversion of a float to int",
			"sim/road/a.go:9:6: typed: conversion of a float to road.ID",
			"sim/road/a.go:10:6: typed: conversion of a float to uint64",
			"sim/road/a.go:11:6: typed: conversion of a float to byte"}},
		{"beside an error", archive(`-- sim/a.go --
package sim

import "sandtable/sim/none"

var x, y = none.Y, float64(len("z"))

var n = int(y)
`), []string{"sim/a.go:7:9: typed: conversion of a float to int"}},
		{"only on wasm", archive(`-- sim/par/a_js.go --
package par

func f(m map[int]int) {
	for range m {
	}
}
-- sim/par/a.go --
package par

import "fmt"

var _ = fmt.Sprint
`), []string{"sim/par/a_js.go:4:2: typed: range over a map"}},
	})
}

func TestTypedPasses(t *testing.T) {
	testRule(t, checkTyped, []ruleCase{{"good", archive(`-- sim/num/a.go --
package num

func Int(x float64) int { return int(x) }
-- sim/geo/a.go --
package geo

func floorIndex(f float64) int { return int(f) }
-- sim/a.go --
package sim

import "sort"

const c = 2.0

var a, b = int(c), float64(3)

func f(s []int, m map[int]int) {
	for range s {
		_ = m[1]
	}
	sort.Ints(s)
	for range 3 {
	}
}
-- sim/a_test.go --
package sim

func g(m map[int]int) {
	for range m {
	}
}
-- replay/a.go --
package replay

func g(m map[int]int) {
	for range m {
	}
}
`), nil}})
}
