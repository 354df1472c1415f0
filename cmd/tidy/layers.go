package main

import (
	"fmt"
	"go/ast"
	"slices"
	"strconv"
	"strings"
)

// policy says which package may import which.
//
// IT IS A STATEMENT OF POLICY. DO NOT CHANGE IT TO FIX A BUILD. An import that this table forbids is a sign that a
// fact has the wrong owner: move the code, or pass what is needed through a port, an interface of `sim`, or the
// command that assembles the parts. A change here is a change of the design and needs a decision record.
//
// A package may import packages on lines above its own, and nothing else of this module. Packages on the same line
// never import each other; `|` sets groups apart for the reader, and names in parentheses are one family whose members
// may import each other. A package that is not listed is an error.
//
// `never A but B -> C` forbids non-test files of A, except those of B, to import C. `nowhere` binds test files also.
// `x/...` is x and everything below it; a lone `...` is every package; `modules` is any third-party module.
//
// Test files are free otherwise, with one exception: the packages on the `fixtures` line may be used only by external
// tests (`package x_test`) of L4 and later lines, so that tests of low layers stay small.
const policy = `
L0  sim/geo  sim/num  sim/rng  sim/par
L1  (sim sim/harm)
L2  sim/scenario  sim/road  sim/simtest  sim/maps | sim/flood/shallow  sim/flood/storm  sim/flood/soil  sim/flood/works
L3  sim/flood  sim/hazmat | sim/population  sim/response | sim/command
L4  sim/engine
L5  sim/lab | sim/drilltest | replay | scripting | evaluation | scenarios/assign
L5  (scenarios scenarios/dice scenarios/generate scenarios/importer scenarios/utm scenarios/atlas scenarios/traffic)
L5  (render render/window render/window/display) | figure
L6  cmd/internal/stage
L7  cmd/sandtable | cmd/sandbox | cmd/tidy

never  sim/flood sim/hazmat -> sim/road
never  sim/population sim/response -> sim/flood sim/hazmat
never  render/... scripting evaluation -> sim/engine sim/lab
never  sim/... -> render/... replay scripting scenarios/... evaluation

never  sim/... but sim/lab sim/drilltest -> modules
never  sim/... -> github.com/BurntSushi/toml/... github.com/yuin/gopher-lua/...
never  ... -> figure
never  ... but figure -> gonum.org/v1/plot/...
nowhere  sim/... -> github.com/hajimehoshi/ebiten/...
nowhere  ... but render/window cmd/sandbox -> github.com/hajimehoshi/ebiten/...
nowhere  ... but render/window cmd/sandbox -> render/window

fixtures  scenarios/... scripting
`

// fixtureLayer is the first layer whose external tests may use the fixtures.
const fixtureLayer = 4

// coreLayer is the last layer of the core; sim/simtest lies below it but is made for tests.
const coreLayer = 4

// layering is the parsed policy.
type layering struct {
	layer    map[string]int // line of each listed package
	family   map[string]int // number of its family; packages outside parentheses have one each
	bans     []ban
	fixtures []string // patterns
}

// ban is a `never` or `nowhere` line.
type ban struct {
	from, but, to []string // patterns
	tests         bool     // binds test files also
}

// parsePolicy reads the table; a mistake in it is a programmer's mistake.
func parsePolicy(text string) *layering {
	p := &layering{layer: map[string]int{}, family: map[string]int{}}
	for line := range strings.Lines(text) {
		words := strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(line))
		switch {
		case len(words) == 0:
		case words[0] == "never" || words[0] == "nowhere":
			p.bans = append(p.bans, parseBan(words))
		case words[0] == "fixtures":
			p.fixtures = words[1:]
		default:
			level, err := strconv.Atoi(strings.TrimPrefix(words[0], "L"))
			if err != nil {
				panic(fmt.Sprintf("tidy: line of the policy %q does not begin with a layer or a keyword", line))
			}
			p.addLayer(level, words[1:])
		}
	}
	return p
}

// addLayer enters the packages of one line.
func (p *layering) addLayer(level int, words []string) {
	inFamily, family := false, len(p.layer)
	for _, w := range words {
		switch w {
		case "|":
		case "(":
			inFamily, family = true, len(p.layer)
		case ")":
			inFamily = false
		default:
			if !inFamily {
				family = len(p.layer)
			}
			if _, twice := p.layer[w]; twice {
				panic("tidy: the policy lists " + w + " twice")
			}
			p.layer[w], p.family[w] = level, family
		}
	}
}

// parseBan reads `never FROM [but EXCEPT] -> TO`.
func parseBan(words []string) ban {
	b := ban{tests: words[0] == "nowhere"}
	arrow := slices.Index(words, "->")
	if arrow < 0 {
		panic("tidy: a line of the policy has no arrow: " + strings.Join(words, " "))
	}
	b.from, b.to = words[1:arrow], words[arrow+1:]
	if but := slices.Index(b.from, "but"); but >= 0 {
		b.from, b.but = b.from[:but], b.from[but+1:]
	}
	return b
}

// matchAny says whether a package or module path fits one of the patterns.
func matchAny(patterns []string, p string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		stem, below := strings.CutSuffix(pattern, "...")
		stem = strings.TrimSuffix(stem, "/")
		switch {
		case pattern == "modules":
			return isModule(p)
		case below:
			return stem == "" || p == stem || strings.HasPrefix(p, stem+"/")
		}
		return p == pattern
	})
}

// isModule says whether an import path belongs to a third-party module: its first element has a dot.
func isModule(p string) bool {
	first, _, _ := strings.Cut(p, "/")
	return strings.Contains(first, ".")
}

// design is the policy in force.
var design = parsePolicy(policy)

// isCore says whether a package belongs to the deterministic core.
func isCore(pkg string) bool {
	level, listed := design.layer[pkg]
	return listed && level <= coreLayer && pkg != "sim/simtest"
}

// checkLayers compares every import of the tree with the policy.
func checkLayers(t *Tree) []Finding {
	var out []Finding
	unlisted := map[string]bool{}
	for _, f := range t.goFiles() {
		dir := f.Dir()
		if _, ok := design.layer[dir]; !ok && !unlisted[dir] {
			unlisted[dir] = true
			out = append(out, t.at(f.Syntax.Name.Pos(), "layers",
				fmt.Sprintf("package %s is not in the table of layers", dir),
				"it in the policy of cmd/tidy/layers.go, with a decision record"))
		}
		for _, spec := range f.Syntax.Imports {
			if what, want := design.violation(t, f, spec); what != "" {
				out = append(out, t.at(spec.Pos(), "layers", what, want))
			}
		}
	}
	return out
}

// violation says what is wrong with one import, or "".
func (p *layering) violation(t *Tree, f *File, spec *ast.ImportSpec) (what, want string) {
	target, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return "", "" // the parser has reported it
	}
	from := f.Dir()
	to, ours := strings.CutPrefix(target, t.Module+"/")
	if target == "C" {
		return from + " uses cgo", "pure Go: only third-party modules may need a C compiler"
	}
	for _, b := range p.bans {
		if (!f.IsTest() || b.tests) && matchAny(b.from, from) && !matchAny(b.but, from) && matchAny(b.to, to) {
			return fmt.Sprintf("%s imports %s, which the design forbids", from, to), b.advice()
		}
	}
	level, listed := p.layer[from]
	toLevel, toListed := p.layer[to]
	switch {
	case !ours || !listed || !toListed || from == to || p.family[from] == p.family[to]:
		return "", ""
	case f.IsTest() && toLevel >= level && matchAny(p.fixtures, to) && (level < fixtureLayer || !f.IsExternalTest()):
		return fmt.Sprintf("test of %s (L%d) in package %s imports %s", from, level, f.Syntax.Name.Name, to),
			"scenarios and scripting only in external tests (package x_test) from L4 up"
	case f.IsTest() || toLevel < level:
		return "", ""
	case toLevel == level:
		return fmt.Sprintf("%s imports %s on its own line L%d", from, to, level),
			"siblings that talk through ports and interfaces of sim"
	}
	return fmt.Sprintf("%s (L%d) imports %s (L%d)", from, level, to, toLevel),
		fmt.Sprintf("imports from lines above L%d only", level)
}

// advice says in words what a ban wants.
func (b ban) advice() string {
	to := strings.Join(b.to, ", ")
	if len(b.but) > 0 {
		return fmt.Sprintf("%s only in %s", to, strings.Join(b.but, ", "))
	}
	return fmt.Sprintf("no %s there: an interface of sim, handed in by cmd", to)
}
