package main

import (
	"fmt"
	"go/ast"
	"reflect"
	"regexp"
	"slices"
	"strconv"
)

// checkDocs wants a doc comment on every package and every exported identifier: functions, methods of exported types,
// types, constants and variables. The comment of a group serves all in it, and that of a struct or an interface its
// fields and methods.
func checkDocs(t *Tree) []Finding {
	var out []Finding
	first, documented := map[string]*File{}, map[string]bool{}
	var dirs []string
	for _, f := range t.goFiles() {
		if f.IsTest() {
			continue
		}
		if first[f.Dir()] == nil {
			first[f.Dir()] = f
			dirs = append(dirs, f.Dir())
		}
		documented[f.Dir()] = documented[f.Dir()] || f.Syntax.Doc != nil
		for _, d := range f.Syntax.Decls {
			out = append(out, undocumented(t, d)...)
		}
	}
	for _, dir := range dirs {
		if !documented[dir] {
			out = append(out, t.at(first[dir].Syntax.Name.Pos(), "doc", "package "+dir+" has no doc comment",
				"a sentence above one package clause: what it is for"))
		}
	}
	return out
}

// undocumented returns the findings of one declaration.
func undocumented(t *Tree, d ast.Decl) []Finding {
	var out []Finding
	missing := func(id *ast.Ident, kind string) {
		if id.IsExported() {
			out = append(out, t.at(id.Pos(), "doc", fmt.Sprintf("%s %s has no doc comment", kind, id.Name),
				"its meaning, with units, shapes and errors where there are any"))
		}
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		hidden := d.Recv != nil && len(d.Recv.List) > 0 && !ast.IsExported(receiverName(d.Recv.List[0].Type))
		if d.Doc == nil && !hidden {
			missing(d.Name, "function")
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if d.Doc == nil && spec.Doc == nil && spec.Comment == nil {
					missing(spec.Name, "type")
				}
			case *ast.ValueSpec:
				if d.Doc == nil && spec.Doc == nil && spec.Comment == nil {
					for _, id := range spec.Names {
						missing(id, d.Tok.String())
					}
				}
			}
		}
	}
	return out
}

// unitPackages are the packages whose exported structs are what a designer writes: every float in them has a unit.
var unitPackages = []string{"sim/scenario"}

// unitInBrackets matches a unit such as [m], [m3/s], [veh/h/lane], [-] or [1/(s m)].
var unitInBrackets = regexp.MustCompile(`\[(-|[\p{L}0-9%°][\p{L}0-9%°/·^*().,\- ]*)\]`)

// linkInBrackets matches what go doc takes for a link to an identifier, such as [Scenario] or [geo.Point].
var linkInBrackets = regexp.MustCompile(`^\[([a-z]+\.)?[A-Z][a-z]\w\w+(\.\w+)?\]$`)

// checkUnits wants a unit with every float field of exported structs in [unitPackages].
func checkUnits(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.goFiles() {
		if f.IsTest() || !slices.Contains(unitPackages, f.Dir()) {
			continue
		}
		for _, d := range f.Syntax.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range decl.Specs {
				if spec, ok := s.(*ast.TypeSpec); ok && spec.Name.IsExported() {
					out = append(out, unitless(t, spec)...)
				}
			}
		}
	}
	return out
}

// unitless returns the findings of one type, inner structs included.
func unitless(t *Tree, spec *ast.TypeSpec) []Finding {
	var out []Finding
	ast.Inspect(spec.Type, func(n ast.Node) bool {
		fields, ok := n.(*ast.StructType)
		if !ok {
			return true
		}
		for _, field := range fields.Fields.List {
			if !isFloatField(field.Type) || hasUnit(field) {
				continue
			}
			for _, id := range field.Names {
				if id.IsExported() {
					out = append(out, t.at(id.Pos(), "unit", fmt.Sprintf("%s.%s has no unit", spec.Name.Name, id.Name),
						"its unit in the comment, such as [m], [m3/s] or [-], or in a tag unit:\"…\""))
				}
			}
		}
		return true
	})
	return out
}

// isFloatField says whether a field holds floats: a float, or a pointer, slice or array of floats.
func isFloatField(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "float64" || e.Name == "float32"
	case *ast.StarExpr:
		return isFloatField(e.X)
	case *ast.ArrayType:
		return isFloatField(e.Elt)
	}
	return false
}

// hasUnit looks for the unit of a field in its comments and its tag.
func hasUnit(field *ast.Field) bool {
	if field.Tag != nil {
		if tag, err := strconv.Unquote(field.Tag.Value); err == nil && reflect.StructTag(tag).Get("unit") != "" {
			return true
		}
	}
	text := field.Doc.Text() + field.Comment.Text()
	return slices.ContainsFunc(unitInBrackets.FindAllString(text, -1), func(s string) bool {
		return !linkInBrackets.MatchString(s)
	})
}
