package main

import (
	"fmt"
	"path"
	"slices"
)

// figureDir holds the figures of the documents, which tests draw (`make figures`).
const figureDir = "docs/figures"

// mostFigure is what a figure may weigh [bytes]; package figure draws none that is heavier.
const mostFigure = 60_000

// checkFigures wants every file among the figures to be an SVG of moderate size that a document shows. That a figure
// which a document shows exists is the business of checkMarkdown.
func checkFigures(t *Tree) []Finding {
	shown := map[string]bool{}
	for _, f := range t.Files {
		if path.Ext(f.Path) != ".md" {
			continue
		}
		for _, line := range prose(f) {
			for _, m := range inlineLink.FindAllStringSubmatch(line, -1) {
				if rel, ok := relative(m[1]); ok {
					shown[path.Join(f.Dir(), rel)] = true
				}
			}
		}
	}
	var names []string
	for name := range t.Exists {
		if path.Dir(name) == figureDir {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out []Finding
	for _, name := range names {
		report := func(what, want string) { out = append(out, Finding{name, 1, 1, "figures", what, want}) }
		f := t.file(name)
		switch {
		case path.Ext(name) != ".svg" || f == nil:
			report("no figure of the documents", "SVG files that make figures has drawn")
		case len(f.Src) >= mostFigure:
			report(fmt.Sprintf("%d bytes", len(f.Src)), fmt.Sprintf("less than %d: fewer points", mostFigure))
		case !shown[name]:
			report("no document shows it", "a page with a sentence about it, or no such file")
		}
	}
	return out
}
