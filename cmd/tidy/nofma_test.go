package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// fusedModule is a module in which sim/geo only multiplies, and a package outside the core fuses as it likes. The
// source of package sim follows its seventh line.
func fusedModule(source string) map[string]string {
	return archive(`-- go.mod --
module sandtable

go 1.26
-- sim/geo/geo.go --
package geo

func Times(x, y float64) float64 { return x * y }

type V struct{ X, Y float64 }
-- sim/lab/lab.go --
package lab

func Free(x, y, z float64) float64 { return x*y + z }
-- sim/sim.go --
package sim

import "sandtable/sim/geo"

var _ geo.V

` + source)
}

func TestNoFMA(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the go command is not in the path")
	}
	for _, c := range []struct {
		name, source string
		line         int    // of the fused product, 0 for none
		arm, amd     string // instruction expected on each machine
	}{
		{"one expression", `
func F(x, y, z float64) float64 {
	return x*y + z
}`, 9, "FMADDD", "VFMADD231SD"},
		{"minus equals", `
func F(x, y, z float64) float64 {
	z -= x * y
	return z
}`, 9, "FMSUBD", ""}, // the compiler does not fuse this one on amd64
		{"across statements", `
func F(x, y, z float64) float64 {
	p := x * y
	return z + p
}`, 10, "FMADDD", "VFMADD231SD"},
		{"inlined from another package", `
func F(x, y, z float64) float64 {
	return geo.Times(x, y) + z
}`, 9, "FMADDD", "VFMADD231SD"},
		{"through memory", `
func F(v *geo.V, z float64) float64 {
	v.X = z * v.Y
	return v.X + z
}`, 10, "FMADDD", "VFMADD231SD"},
		{"single precision", `
func F(x, y, z float32) float32 {
	return z - x*y
}`, 9, "FMSUBS", ""},
		{"generic", `
func g[T float64 | float32](x, y, z T) T {
	return x*y + z
}

var G = g[float64](1, 2, 3)`, 9, "FMADD", ""},
		{"guarded", `
func F(x, y, z float64) float64 {
	z -= float64(x * y)
	return float64(geo.Times(x, y)) + z
}`, 0, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, fusedModule(c.source))
			var out bytes.Buffer
			found, err := nofma(dir, nil, &out)
			if err != nil {
				t.Fatal(err)
			}
			report := ""
			for _, f := range found {
				report += f.String() + "\n"
				if !strings.HasPrefix(f.String(), fmt.Sprintf("sim/sim.go:%d:1: nofma: ", c.line)) {
					t.Errorf("unexpected finding: %s", f)
				}
			}
			if (c.line != 0) != (len(found) > 0) || !strings.Contains(report, c.arm) || !strings.Contains(report, c.amd) {
				t.Errorf("found\n%swant %q and %q at line %d", report, c.arm, c.amd, c.line)
			}
		})
	}
}

// TestNoFMAFromCache checks that a second build, which compiles nothing, still shows the assembly.
func TestNoFMAFromCache(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, fusedModule("func F(x, y, z float64) float64 { return x*y + z }\n"))
	var first, second bytes.Buffer
	one, err := nofma(dir, nil, &first)
	if err != nil {
		t.Fatal(err)
	}
	two, err := nofma(dir, nil, &second)
	if err != nil {
		t.Fatal(err)
	}
	if len(one) != 2 || fmt.Sprint(one) != fmt.Sprint(two) || first.String() != second.String() {
		t.Errorf("first %v, then %v; want the same two findings", one, two)
	}
}

// TestNoFMAReportsErrors checks that code which does not compile is an error and not a pass.
func TestNoFMAReportsErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, fusedModule("func F() int { return nowhere }\n"))
	_, err := nofma(dir, nil, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "undefined: nowhere") {
		t.Errorf("got %v; want the compiler's message", err)
	}
}

// TestNoFMAOfOnePackage checks that a package can be looked at while another does not compile.
func TestNoFMAOfOnePackage(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, fusedModule("func F() int { return nowhere }\n"))
	found, err := nofma(dir, []string{"./sim/geo/"}, &bytes.Buffer{})
	if err != nil || len(found) != 0 {
		t.Errorf("got %v, %v; want no finding", found, err)
	}
	if _, err := nofma(dir, []string{"sim/lab"}, &bytes.Buffer{}); err == nil {
		t.Error("sim/lab was accepted as a package of the core")
	}
}
