package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Tree is the source of one module as the rules see it.
type Tree struct {
	Module string // module path of go.mod
	Fset   *token.FileSet
	Files  []*File         // every file with a rule, sorted by path
	Exists map[string]bool // every file and directory, also those that are not read; targets of links
}

// File is one file of the tree.
type File struct {
	Path   string    // slash-separated, relative to the module
	Src    []byte    // content
	Syntax *ast.File // parsed form of a Go file, possibly partial; nil for others
	Err    error     // error of the Go parser
}

// readExts are the kinds of file that are read; of the others only the existence is noted.
var readExts = []string{".go", ".lua", ".toml", ".md", ".mod", ".s", ".c", ".h", ".txt", ".svg"}

// skippedDirs are directories below the root that hold no source of ours: build products and runs.
var skippedDirs = []string{"bin", "runs"}

// readTree reads the module at root. Everything under a testdata directory is left unread, because its content is
// often wrong on purpose.
func readTree(root string) (*Tree, error) {
	sources := map[string][]byte{}
	exists := map[string]bool{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) { // a file that somebody removed while we walk
				return nil
			}
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if entry.IsDir() && rel != "." && skipDir(rel) {
			return fs.SkipDir
		}
		exists[rel] = true
		if entry.IsDir() || !isRead(rel) {
			return nil
		}
		src, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		sources[rel] = src
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the tree: %w", err)
	}
	return newTree(sources, exists), nil
}

// skipDir says whether a directory is left out altogether: version control, editors' own, runs and binaries.
func skipDir(rel string) bool {
	base := path.Base(rel)
	return base == ".git" || slices.Contains(skippedDirs, rel) ||
		(strings.HasPrefix(base, ".") && base != ".ci") || base == "node_modules"
}

// isRead says whether the rules look into the file.
func isRead(rel string) bool {
	return slices.Contains(readExts, path.Ext(rel)) && !slices.Contains(strings.Split(rel, "/"), "testdata")
}

// newTree parses the sources. exists may be nil; the sources then are all there is.
func newTree(sources map[string][]byte, exists map[string]bool) *Tree {
	t := &Tree{Fset: token.NewFileSet(), Exists: map[string]bool{}}
	for p := range sources {
		t.Files = append(t.Files, &File{Path: p, Src: sources[p]})
		for at := p; at != "."; at = path.Dir(at) {
			t.Exists[at] = true
		}
	}
	for p := range exists {
		t.Exists[p] = true
	}
	slices.SortFunc(t.Files, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range t.Files {
		if path.Ext(f.Path) == ".go" {
			f.Syntax, f.Err = parser.ParseFile(t.Fset, f.Path, f.Src, parser.ParseComments|parser.SkipObjectResolution)
		}
		if f.Path == "go.mod" {
			t.Module = modulePath(f.Src)
		}
	}
	return t
}

// modulePath finds the `module` line of a go.mod.
func modulePath(src []byte) string {
	for line := range bytes.Lines(src) {
		if rest, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("module ")); ok {
			return strings.Trim(strings.TrimSpace(string(rest)), `"`)
		}
	}
	return ""
}

// goFiles returns the parsed Go files.
func (t *Tree) goFiles() []*File {
	return slices.DeleteFunc(slices.Clone(t.Files), func(f *File) bool { return f.Syntax == nil })
}

// file returns the file at a path, or nil.
func (t *Tree) file(p string) *File {
	i, ok := slices.BinarySearchFunc(t.Files, p, func(f *File, p string) int { return strings.Compare(f.Path, p) })
	if !ok {
		return nil
	}
	return t.Files[i]
}

// Dir is the directory of the file, which for Go files is the package path inside the module.
func (f *File) Dir() string { return path.Dir(f.Path) }

// IsTest says whether a Go file is built for tests only.
func (f *File) IsTest() bool { return strings.HasSuffix(f.Path, "_test.go") }

// IsExternalTest says whether a test file belongs to the package `x_test` beside package `x`.
func (f *File) IsExternalTest() bool {
	return f.IsTest() && strings.HasSuffix(f.Syntax.Name.Name, "_test")
}

// checkParse reports Go files that do not parse; the other rules then see what could be read of them.
func checkParse(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Files {
		var list scanner.ErrorList
		if !errors.As(f.Err, &list) {
			continue
		}
		for _, e := range list {
			out = append(out, Finding{f.Path, e.Pos.Line, e.Pos.Column, "parse", e.Msg, "Go source that parses"})
		}
	}
	return out
}
