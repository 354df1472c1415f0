package generate

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// docs is the page whose tables are made from the constants of this package.
const docs = "../../docs/generate.md"

// marks stand around the tables.
const (
	tablesBegin = "<!-- tables of numbers: written by go test ./scenarios/generate -rewrite -->\n"
	tablesEnd   = "<!-- end of tables -->\n"
)

// TestDocsListEveryNumber keeps docs/generate.md up to date with the constants.
func TestDocsListEveryNumber(t *testing.T) {
	old, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := bytes.Cut(old, []byte(tablesBegin))
	_, tail, ok2 := bytes.Cut(rest, []byte(tablesEnd))
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the tables", docs)
	}
	var fresh bytes.Buffer
	fresh.Write(head)
	fresh.WriteString(tablesBegin)
	writeTables(t, &fresh)
	fresh.WriteString(tablesEnd)
	fresh.Write(tail)
	if bytes.Equal(fresh.Bytes(), old) {
		return
	}
	if !*rewrite {
		t.Fatalf("%s is out of date; run go test ./scenarios/generate -rewrite", docs)
	}
	if err := os.WriteFile(docs, fresh.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// writeTables writes one table for each group of numeric constants that has a comment.
func writeTables(t *testing.T, out *bytes.Buffer) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "../dice/bikes.go") // which the importer shares
	slices.Sort(files)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST && g.Doc != nil {
				writeTable(out, fset, strings.TrimPrefix(name, "../"), g)
			}
		}
	}
}

// writeTable writes one group.
func writeTable(out *bytes.Buffer, fset *token.FileSet, file string, g *ast.GenDecl) {
	var rows bytes.Buffer
	for _, s := range g.Specs {
		spec := s.(*ast.ValueSpec)
		if len(spec.Values) != 1 || !numeric(spec.Values[0]) {
			continue
		}
		var value bytes.Buffer
		_ = printer.Fprint(&value, fset, spec.Values[0])
		text := strings.ReplaceAll(strings.TrimSpace(spec.Comment.Text()), "\n", " ")
		fmt.Fprintf(&rows, "| `%s` | %s | %s |\n", spec.Names[0].Name, value.String(), text)
	}
	if rows.Len() == 0 {
		return
	}
	doc := strings.ReplaceAll(strings.TrimSpace(g.Doc.Text()), "\n", " ")
	fmt.Fprintf(out, "\n%s (`%s`)\n\n| name | value | meaning |\n|---|---|---|\n%s", doc, file, rows.String())
}

// numeric says whether an expression is a number, or made of numbers.
func numeric(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Kind == token.INT || e.Kind == token.FLOAT
	case *ast.UnaryExpr:
		return numeric(e.X)
	case *ast.BinaryExpr:
		return numeric(e.X) || numeric(e.Y)
	}
	return false
}
