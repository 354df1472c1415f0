package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// bannedImports are the packages that non-test files of the core may not import, with what to use instead.
var bannedImports = map[string]string{
	"math/rand":    "a stream of sim/rng, keyed by seed part, name, entity and purpose",
	"math/rand/v2": "a stream of sim/rng, keyed by seed part, name, entity and purpose",
	"math/cmplx":   "the functions of sim/num",
	"math/big":     "integers and sim/num (math/big serves as an oracle in tests)",
	"maps":         "a slice in a stated order: maps iterate in random order",
	"os":           "data handed in by the caller: the core does no I/O",
	"io/ioutil":    "data handed in by the caller: the core does no I/O",
	"net":          "commands handed in by a Source: the core does no I/O",
	"log":          "an event: the core does not log",
	"log/slog":     "an event: the core does not log",
	"unsafe":       "encoding/binary or math.Float64bits: memory layout differs between machines",
}

// bannedNames are members of packages that the core may import otherwise, with what to use instead.
var bannedNames = map[string]string{
	"time.Now":          "sim.Time of the world: the core has no clock",
	"time.Since":        "a difference of sim.Time: the core has no clock",
	"time.Until":        "a difference of sim.Time: the core has no clock",
	"time.Sleep":        "an entry in the agenda: the core never waits",
	"time.After":        "an entry in the agenda: the core never waits",
	"time.AfterFunc":    "an entry in the agenda: the core never waits",
	"time.Tick":         "an entry in the agenda: the core never waits",
	"time.NewTimer":     "an entry in the agenda: the core never waits",
	"time.NewTicker":    "an entry in the agenda: the core never waits",
	"time.Local":        "the time zone of the scenario: machines differ",
	"time.LoadLocation": "the offset from the scenario: machines differ in their time zone files",
	"fmt.Print":         "an event: the core writes nothing",
	"fmt.Printf":        "an event: the core writes nothing",
	"fmt.Println":       "an event: the core writes nothing",
}

// mathAllowed are the functions of package math that give the same bits on every machine and that the core may use.
var mathAllowed = []string{
	"Sqrt", "Abs", "Floor", "Ceil", "Min", "Max", "Inf", "NaN", "IsNaN", "IsInf", "Signbit", "Copysign",
	"Float64bits", "Float64frombits", "Float32bits", "Float32frombits",
}

// mathExact are further functions with exactly defined results, which sim/num builds on.
var mathExact = []string{
	"Trunc", "Round", "RoundToEven", "Mod", "Remainder", "Modf", "Frexp", "Ldexp", "Nextafter", "Nextafter32",
}

// mathConstant matches the constants of package math.
var mathConstant = regexp.MustCompile(
	`^(E|Pi|Phi|Sqrt2|SqrtE|SqrtPi|SqrtPhi|Ln2|Log2E|Ln10|Log10E|` +
		`Max(Uint|Int|Float)\d*|MinInt\d*|SmallestNonzeroFloat\d+)$`)

// pointerVerb matches the formatting verb that prints an address.
var pointerVerb = regexp.MustCompile(`%[-+# 0-9]*p\b`)

// reproducible are packages outside the core whose results must also be the same bytes everywhere: they use sim/num,
// and neither clock nor global randomness.
var reproducible = []string{"scenarios/generate", "scenarios/dice"}

// checkBanned looks for imports, calls and statements that the core may not contain. It sees syntax only and takes
// `time.Now` for the package's even where a variable hides the package.
func checkBanned(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Files {
		if ext := path.Ext(f.Path); isCore(f.Dir()) && slices.Contains([]string{".s", ".c", ".h"}, ext) {
			out = append(out, Finding{f.Path, 1, 1, "banned", "assembly or C in the core",
				"Go, which gives the same bits on every machine"})
		}
		core := isCore(f.Dir())
		if f.Syntax == nil || f.IsTest() || !core && !slices.Contains(reproducible, f.Dir()) {
			continue
		}
		s := &banScan{tree: t, dir: f.Dir(), core: core, imports: map[string]string{}}
		s.scanImports(f)
		ast.Inspect(f.Syntax, s.visit)
		out = append(out, s.out...)
	}
	return out
}

// banScan looks through one file.
type banScan struct {
	tree    *Tree
	dir     string
	core    bool              // false: only reproducible
	imports map[string]string // name in the file -> import path
	out     []Finding
}

// add notes a finding.
func (s *banScan) add(pos token.Pos, what, want string) {
	s.out = append(s.out, s.tree.at(pos, "banned", what, want))
}

// scanImports fills the table of names and reports banned packages and dot imports.
func (s *banScan) scanImports(f *File) {
	for _, spec := range f.Syntax.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(target)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		s.imports[name] = target
		want, banned := bannedImports[target]
		if banned && (s.core || strings.HasPrefix(target, "math/")) {
			s.add(spec.Pos(), "import of "+target, want)
		}
		if name == "." {
			s.add(spec.Pos(), "dot import of "+target, "an import with a name, so that calls can be checked")
		}
	}
}

// visit looks at one node.
func (s *banScan) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		s.visitSelector(n)
	case *ast.GoStmt:
		if s.core && s.dir != "sim/par" {
			s.add(n.Pos(), "go statement", "par.Tiles: goroutines exist only in sim/par")
		}
	case *ast.SelectStmt:
		if s.core && s.dir != "sim/par" {
			s.add(n.Pos(), "select statement", "a stated order: select picks among ready channels at random")
		}
	case *ast.CallExpr:
		if id, ok := n.Fun.(*ast.Ident); s.core && ok && (id.Name == "print" || id.Name == "println") {
			s.add(n.Pos(), "call of "+id.Name, "an event: the core writes nothing")
		}
	case *ast.BasicLit:
		if s.core && n.Kind == token.STRING && pointerVerb.MatchString(strings.ReplaceAll(n.Value, "%%", "")) {
			s.add(n.Pos(), "format verb %p", "an id: addresses differ from run to run")
		}
	}
	return true
}

// visitSelector looks at a use of a package's member.
func (s *banScan) visitSelector(n *ast.SelectorExpr) {
	id, ok := n.X.(*ast.Ident)
	if !ok {
		return
	}
	pkg, name := s.imports[id.Name], n.Sel.Name
	if want, banned := bannedNames[pkg+"."+name]; banned && (s.core || pkg == "time") {
		s.add(n.Pos(), pkg+"."+name, want)
	}
	if pkg != "math" || slices.Contains(mathAllowed, name) || mathConstant.MatchString(name) {
		return
	}
	if s.dir != "sim/num" {
		s.add(n.Pos(), "math."+name, fmt.Sprintf("num.%s of sim/num or its like: the same bits everywhere", name))
	} else if !slices.Contains(mathExact, name) {
		s.add(n.Pos(), "math."+name, "our own guarded implementation: math's differs between machines")
	}
}
