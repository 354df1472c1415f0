package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A function fits a screen. Lines are counted from `func` to the closing brace, both included.
const (
	maxFuncLines = 70
	maxStepLines = 40 // World.Step names the phases of a tick in order and nothing else
)

// ratchetPath is the file with the functions that were let through longer than the rule.
const ratchetPath = "cmd/tidy/ratchet.txt"

// ratchetHeader begins the ratchet file.
const ratchetHeader = `# Functions that may be longer than the rule, and the lines each may have: path, function, lines.
# THIS FILE MAY ONLY SHRINK. Do not add a line or raise a number to get a change through: split the function.
# "go run ./cmd/tidy -rewrite" lowers the numbers to what the tree needs and drops lines that have no use.
`

// exception is one line of the ratchet file.
type exception struct {
	path, name string
	lines      int
	at         int // line in the ratchet file
}

// function is one declared function of the tree.
type function struct {
	path, name string // name is Type.Method for methods
	lines      int
	decl       *ast.FuncDecl
}

// functions lists every function that has a body, generated files left out.
func functions(t *Tree) []function {
	var out []function
	for _, f := range t.goFiles() {
		if ast.IsGenerated(f.Syntax) {
			continue
		}
		for _, d := range f.Syntax.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			lines := t.Fset.Position(decl.Body.Rbrace).Line - t.Fset.Position(decl.Pos()).Line + 1
			out = append(out, function{f.Path, funcName(decl), lines, decl})
		}
	}
	return out
}

// funcName is the name of a function, with the receiver's type for methods.
func funcName(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return decl.Name.Name
	}
	return receiverName(decl.Recv.List[0].Type) + "." + decl.Name.Name
}

// receiverName strips pointer and type parameters off a receiver's type.
func receiverName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiverName(e.X)
	case *ast.ParenExpr:
		return receiverName(e.X)
	case *ast.IndexExpr:
		return receiverName(e.X)
	case *ast.IndexListExpr:
		return receiverName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// limit is the number of lines that a function may have without an exception.
func (f function) limit() int {
	if f.name == "World.Step" && strings.HasPrefix(f.path, "sim/engine/") {
		return maxStepLines
	}
	return maxFuncLines
}

// checkLength compares functions with the limit and the ratchet, and the ratchet with the functions.
func checkLength(t *Tree) []Finding {
	exceptions, out := readRatchet(t.file(ratchetPath))
	for _, f := range functions(t) {
		allowed := f.limit()
		if i := findException(exceptions, f); i >= 0 && allowed == maxFuncLines {
			e := exceptions[i]
			exceptions = slices.Delete(exceptions, i, i+1)
			if f.lines < e.lines {
				out = append(out, Finding{ratchetPath, e.at, 1, "length",
					fmt.Sprintf("%s has %d lines, and %d are allowed", f.name, f.lines, e.lines),
					"the ratchet lowered: go run ./cmd/tidy -rewrite"})
			}
			allowed = max(e.lines, allowed)
		}
		if f.lines > allowed {
			out = append(out, t.at(f.decl.Pos(), "length",
				fmt.Sprintf("%s has %d lines", f.name, f.lines), fmt.Sprintf("at most %d: split it", allowed)))
		}
	}
	for _, e := range exceptions {
		out = append(out, Finding{ratchetPath, e.at, 1, "length", "no function " + e.name + " in " + e.path,
			"the line dropped: go run ./cmd/tidy -rewrite"})
	}
	return out
}

// findException returns the index of a function's exception, or -1.
func findException(list []exception, f function) int {
	return slices.IndexFunc(list, func(e exception) bool { return e.path == f.path && e.name == f.name })
}

// readRatchet reads the ratchet file; a missing one has no exceptions.
func readRatchet(f *File) (list []exception, wrong []Finding) {
	if f == nil {
		return nil, nil
	}
	n := 0
	for line := range bytes.Lines(f.Src) {
		n++
		words := strings.Fields(string(line))
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		lines, err := 0, error(strconv.ErrSyntax)
		if len(words) == 3 {
			lines, err = strconv.Atoi(words[2])
		}
		if err != nil || lines <= maxFuncLines {
			wrong = append(wrong, Finding{ratchetPath, n, 1, "length", "a line that is no exception",
				fmt.Sprintf("path, function and a number of lines above %d", maxFuncLines)})
			continue
		}
		list = append(list, exception{words[0], words[1], lines, n})
	}
	return list, wrong
}

// lowerRatchet returns the ratchet file with every exception lowered to the present length of its function, and
// without those that are no longer needed.
func lowerRatchet(t *Tree) []byte {
	list, _ := readRatchet(t.file(ratchetPath))
	var lines []string
	for _, f := range functions(t) {
		if i := findException(list, f); i >= 0 && f.lines > f.limit() {
			lines = append(lines, fmt.Sprintf("%s %s %d\n", f.path, f.name, min(f.lines, list[i].lines)))
		}
	}
	slices.Sort(lines)
	return []byte(ratchetHeader + strings.Join(lines, ""))
}

// rewriteRatchet writes the lowered ratchet file.
func rewriteRatchet(root string, stdout io.Writer) error {
	tree, err := readTree(root)
	if err != nil {
		return err
	}
	name := filepath.Join(root, filepath.FromSlash(ratchetPath))
	if err := os.WriteFile(name, lowerRatchet(tree), 0o644); err != nil {
		return fmt.Errorf("rewriting the ratchet: %w", err)
	}
	fmt.Fprintln(stdout, "rewrote", ratchetPath)
	return nil
}
