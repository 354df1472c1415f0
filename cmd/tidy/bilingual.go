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
	"unicode"
)

// checkBilingual looks at the sentences that the program makes: wherever a function takes a form in Chinese and one in
// English (parameters `zh, en string`), and wherever the core writes a sim.Text, both must be there, each in its
// language, and both must show the same values. Forms that are put together at run time are not seen.
func checkBilingual(t *Tree) []Finding {
	sayers := findSayers(t)
	var out []Finding
	for _, f := range t.goFiles() {
		if f.IsTest() {
			continue
		}
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if at, ok := sayers[t.callee(f, n)]; ok && at+1 < len(n.Args) {
					out = append(out, t.pair(n.Args[at], n.Args[at+1], true)...)
				}
			case *ast.CompositeLit:
				if zh, en := textParts(n); isCore(f.Dir()) && zh != nil && en != nil {
					out = append(out, t.pair(zh, en, false)...)
				}
			}
			return true
		})
	}
	return out
}

// findSayers returns the functions and methods with parameters `zh, en string`, by directory and name, and the index
// of zh.
func findSayers(t *Tree) map[string]int {
	out := map[string]int{}
	for _, f := range t.goFiles() {
		for _, d := range f.Syntax.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			var names []string
			for _, field := range fn.Type.Params.List {
				for _, name := range field.Names {
					names = append(names, name.Name)
				}
			}
			if i := slices.Index(names, "zh"); i >= 0 && i+1 < len(names) && names[i+1] == "en" {
				out[f.Dir()+"."+fn.Name.Name] = i
			}
		}
	}
	return out
}

// callee names what a call calls: a function of a package of ours that the file imports, or a function or method of
// the file's own package.
func (t *Tree) callee(f *File, call *ast.CallExpr) string {
	switch fn := call.Fun.(type) {
	case *ast.Ident:
		return f.Dir() + "." + fn.Name
	case *ast.SelectorExpr:
		if pkg, ok := fn.X.(*ast.Ident); ok {
			for _, spec := range f.Syntax.Imports {
				target := strings.Trim(spec.Path.Value, `"`)
				if dir, ours := strings.CutPrefix(target, t.Module+"/"); ours && path.Base(dir) == pkg.Name {
					return dir + "." + fn.Sel.Name
				}
			}
		}
		return f.Dir() + "." + fn.Sel.Name
	}
	return ""
}

// textParts returns the two halves of a literal of sim.Text.
func textParts(lit *ast.CompositeLit) (zh, en ast.Expr) {
	switch kind := lit.Type.(type) {
	case *ast.SelectorExpr:
		if kind.Sel.Name != "Text" {
			return nil, nil
		}
	case *ast.Ident:
		if kind.Name != "Text" {
			return nil, nil
		}
	default:
		return nil, nil
	}
	for i, e := range lit.Elts {
		pair, keyed := e.(*ast.KeyValueExpr)
		switch {
		case !keyed && i == 0:
			zh = e
		case !keyed:
			en = e
		case fmt.Sprint(pair.Key) == "ZH":
			zh = pair.Value
		case fmt.Sprint(pair.Key) == "EN":
			en = pair.Value
		}
	}
	return zh, en
}

// pair checks a sentence in its two languages.
func (t *Tree) pair(zhExpr, enExpr ast.Expr, form bool) []Finding {
	zh, ok := literal(zhExpr)
	en, both := literal(enExpr)
	if !ok || !both {
		return nil
	}
	const rule = "bilingual"
	var out []Finding
	if hasLetters(zh) && !strings.ContainsFunc(zh, isHan) {
		out = append(out, t.at(zhExpr.Pos(), rule, fmt.Sprintf("%q is no Chinese", zh), "the Chinese sentence first"))
	}
	if strings.ContainsFunc(en, isHan) {
		out = append(out, t.at(enExpr.Pos(), rule, fmt.Sprintf("%q is no English", en), "the English sentence second"))
	}
	if hasLetters(zh) != hasLetters(en) && (zh == "" || en == "") {
		out = append(out, t.at(zhExpr.Pos(), rule, "a sentence in one language", "both"))
	}
	if a, b := valuesShown(zh), valuesShown(en); form && !slices.Equal(a, b) {
		out = append(out, t.at(zhExpr.Pos(), rule,
			fmt.Sprintf("the Chinese form shows the values %v, the English one %v", a, b),
			"the same values in both, in another order with %[2]s"))
	}
	return out
}

// literal returns the value of a constant string that is written out.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			return s, err == nil
		}
	case *ast.BinaryExpr:
		a, ok := literal(e.X)
		b, both := literal(e.Y)
		return a + b, ok && both && e.Op == token.ADD
	case *ast.ParenExpr:
		return literal(e.X)
	}
	return "", false
}

// verb matches a formatting verb, with the number of its value where it has one.
var verb = regexp.MustCompile(`%[-+# 0]*\d*(?:\.\d+)?(?:\[(\d+)\])?([a-zA-Z%])`)

// valuesShown returns the numbers of the values that a form shows, in order, each once.
func valuesShown(form string) []int {
	var out []int
	next := 1
	for _, m := range verb.FindAllStringSubmatch(form, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		out = append(out, next)
		next++
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// hasLetters says whether a form has words of its own besides verbs and punctuation.
func hasLetters(form string) bool {
	return strings.ContainsFunc(verb.ReplaceAllString(form, ""), unicode.IsLetter)
}
