package main

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
)

// Finding is one place where the tree breaks a rule.
type Finding struct {
	Path      string // slash-separated, relative to the module
	Line, Col int    // both from 1
	Rule      string // short name of the rule
	What      string // what is wrong
	Want      string // what is wanted instead
}

// String gives the finding in the form that editors and CI logs understand.
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s; want %s", f.Path, f.Line, f.Col, f.Rule, f.What, f.Want)
}

// rule is one check over the whole tree.
type rule struct {
	name  string
	check func(*Tree) []Finding
}

// rules lists every check of `tidy`, in the order in which the documentation explains them.
var rules = []rule{
	{"parse", checkParse},
	{"layers", checkLayers},
	{"banned", checkBanned},
	{"typed", checkTyped},
	{"length", checkLength},
	{"columns", checkColumns},
	{"words", checkWords},
	{"bilingual", checkBilingual},
	{"doc", checkDocs},
	{"unit", checkUnits},
	{"markdown", checkMarkdown},
	{"figures", checkFigures},
	{"gomod", checkGoMod},
}

// check applies every rule and returns the findings sorted by place.
func check(tree *Tree) []Finding {
	var all []Finding
	for _, r := range rules {
		all = append(all, r.check(tree)...)
	}
	return sorted(all)
}

// sorted orders findings by place and drops repetitions.
func sorted(list []Finding) []Finding {
	slices.SortFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.What, b.What))
	})
	return slices.Compact(list)
}

// at makes a finding at a position of a parsed file.
func (t *Tree) at(pos token.Pos, rule, what, want string) Finding {
	p := t.Fset.Position(pos)
	return Finding{Path: p.Filename, Line: p.Line, Col: p.Column, Rule: rule, What: what, Want: want}
}
