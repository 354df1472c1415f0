package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/types"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
)

// checkTyped looks for what only types can tell in the core: `range` over a map, and conversions from float to
// integer outside sim/num. Packages that do not type-check (the compiler says why) are judged as far as types are
// known.
func checkTyped(t *Tree) []Finding {
	var out []Finding
	for _, platform := range typedPlatforms {
		c := newTypeChecker(t, platform.os, platform.arch)
		for _, pkg := range corePackages(t) {
			c.load(pkg)
		}
		out = append(out, c.found...)
	}
	return sorted(out) // most files are seen on both platforms
}

// typedPlatforms are the platforms whose files are type-checked; a file built for none of them is not judged.
var typedPlatforms = []struct{ os, arch string }{{"linux", "amd64"}, {"js", "wasm"}}

// corePackages returns the packages of the core that the tree has, sorted.
func corePackages(t *Tree) []string {
	var out []string
	for _, f := range t.goFiles() {
		if !f.IsTest() && isCore(f.Dir()) {
			out = append(out, f.Dir())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// typeChecker type-checks packages of the tree from their source, and those of the standard library likewise.
type typeChecker struct {
	tree  *Tree
	build build.Context
	done  map[string]*types.Package
	found []Finding
}

// newTypeChecker returns a checker that sees the files of one platform.
func newTypeChecker(t *Tree, goos, goarch string) *typeChecker {
	c := &typeChecker{tree: t, build: build.Default, done: map[string]*types.Package{}}
	c.build.GOOS, c.build.GOARCH, c.build.CgoEnabled = goos, goarch, false
	c.build.JoinPath = path.Join
	c.build.OpenFile = func(p string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(t.file(p).Src)), nil
	}
	return c
}

// standard imports packages of the standard library from source. It is shared because it remembers what it has read.
var standard = struct {
	sync.Mutex
	importer types.Importer
}{}

// importStandard type-checks the declarations of a standard package for the platform we run on.
func (c *typeChecker) importStandard(p string) (*types.Package, error) {
	standard.Lock()
	defer standard.Unlock()
	if standard.importer == nil {
		build.Default.CgoEnabled = false // reading package net or os/user shall not start the C compiler
		standard.importer = importer.ForCompiler(c.tree.Fset, "source", nil)
	}
	return standard.importer.Import(p)
}

// Import implements [types.Importer].
func (c *typeChecker) Import(p string) (*types.Package, error) {
	if rel, ours := strings.CutPrefix(p, c.tree.Module+"/"); ours {
		pkg := c.load(rel)
		if pkg == nil {
			return nil, fmt.Errorf("no package %s", p)
		}
		return pkg, nil
	}
	if isModule(p) {
		return nil, fmt.Errorf("%s is not part of this module", p)
	}
	return c.importStandard(p)
}

// load type-checks one package of the tree and judges it, once.
func (c *typeChecker) load(pkg string) *types.Package {
	if known, ok := c.done[pkg]; ok {
		return known
	}
	c.done[pkg] = nil // an import cycle ends here
	var files []*ast.File
	for _, f := range c.tree.goFiles() {
		if f.Dir() != pkg || f.IsTest() {
			continue
		}
		if match, err := c.build.MatchFile(pkg, path.Base(f.Path)); err == nil && match {
			files = append(files, f.Syntax)
		}
	}
	if len(files) == 0 {
		return nil
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{
		Importer: c,
		Error:    func(error) {}, // the compiler's business; go on with what is known
		Sizes:    types.SizesFor("gc", c.build.GOARCH),
	}
	// The error repeats what conf.Error was told.
	c.done[pkg], _ = conf.Check(c.tree.Module+"/"+pkg, c.tree.Fset, files, info)
	if isCore(pkg) {
		c.found = append(c.found, judgeTyped(c.tree, pkg, files, info)...)
	}
	return c.done[pkg]
}

// floatGates are the functions that may convert a float to an integer, because they check NaN and range first. All of
// sim/num may; sim/geo stands on the same line of the layers and has its own two.
var floatGates = []string{"sim/geo.floorIndex", "sim/geo.clampIndex"}

// judgeTyped walks through the files of one package.
func judgeTyped(t *Tree, pkg string, files []*ast.File, info *types.Info) []Finding {
	var out []Finding
	for _, f := range files {
		for _, d := range f.Decls {
			gate := pkg == "sim/num"
			if fn, ok := d.(*ast.FuncDecl); ok {
				gate = gate || slices.Contains(floatGates, pkg+"."+funcName(fn))
			}
			ast.Inspect(d, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.RangeStmt:
					if hasTerm(info.TypeOf(n.X), isMap) {
						out = append(out, t.at(n.Pos(), "typed", "range over a map",
							"a slice in a stated order: maps iterate in random order"))
					}
				case *ast.CallExpr:
					if !gate && isFloatToInt(n, info) {
						out = append(out, t.at(n.Pos(), "typed",
							"conversion of a float to "+path.Base(info.TypeOf(n.Fun).String()),
							"num.Int or its like: Go leaves NaN and values out of range to the machine"))
					}
				}
				return true
			})
		}
	}
	return out
}

// isFloatToInt says whether a call is a conversion of a non-constant float to an integer type.
func isFloatToInt(call *ast.CallExpr, info *types.Info) bool {
	fun, ok := info.Types[call.Fun]
	if !ok || !fun.IsType() || len(call.Args) != 1 {
		return false
	}
	arg, ok := info.Types[call.Args[0]]
	return ok && arg.Value == nil &&
		hasTerm(fun.Type, isBasic(types.IsInteger)) && hasTerm(arg.Type, isBasic(types.IsFloat))
}

// isMap says whether an underlying type is a map.
func isMap(u types.Type) bool {
	_, ok := u.(*types.Map)
	return ok
}

// isBasic returns a test for basic types with the given property.
func isBasic(property types.BasicInfo) func(types.Type) bool {
	return func(u types.Type) bool {
		b, ok := u.(*types.Basic)
		return ok && b.Info()&property != 0
	}
}

// hasTerm says whether a type, or any term of a type parameter's constraint, has an underlying type that passes.
func hasTerm(t types.Type, pass func(types.Type) bool) bool {
	switch u := t.(type) {
	case nil:
		return false
	case *types.TypeParam:
		return hasTerm(u.Constraint(), pass)
	case *types.Union:
		for i := range u.Len() {
			if hasTerm(u.Term(i).Type(), pass) {
				return true
			}
		}
		return false
	}
	under := t.Underlying()
	if iface, ok := under.(*types.Interface); ok {
		for i := range iface.NumEmbeddeds() {
			if hasTerm(iface.EmbeddedType(i), pass) {
				return true
			}
		}
	}
	return pass(under)
}
