package evaluation

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestReviewOnly: what the review works out afterwards, the latest safe departure among it, is written by the program that
// writes reports. Neither the core, nor the window, nor Lua, nor a recorded run can get at it: none of them imports this package.
func TestReviewOnly(t *testing.T) {
	var who []string
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			if dir := filepath.ToSlash(filepath.Dir(path)); i.Path.Value == `"sandtable/evaluation"` && !slices.Contains(who, dir) {
				who = append(who, dir)
			}
		}
		return nil
	})
	if err != nil || !slices.Equal(who, []string{"../cmd/sandtable"}) {
		t.Errorf("evaluation is imported by %v (%v); want ../cmd/sandtable alone", who, err)
	}
}
