package scenario

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"sandtable/sim"
)

// When says under which choices a key has an effect: all of its terms must hold. It is read from the tag when.
type When []Term

// Term holds when any of its looks does.
type Term []Look

// Look is a look at another key: it has one of the words, it is given, or it is not.
type Look struct {
	Up    int      // from the table of the key so many tables outwards
	Path  []string // from there on; of a list of tables any one will do
	Words []string // nil: whether it is given at all, which is to be something else than nothing
	Not   bool     // it must not be given
}

// parseWhen reads a tag such as "kind=stage,tide;!table" or "method=horton|../catchment.law=horton".
func parseWhen(tag string) When {
	if tag == "" {
		return nil
	}
	var w When
	for _, text := range strings.Split(tag, ";") {
		var t Term
		for _, text := range strings.Split(text, "|") {
			var l Look
			text, l.Not = strings.CutPrefix(text, "!")
			for strings.HasPrefix(text, "../") {
				text, l.Up = text[len("../"):], l.Up+1
			}
			path, words, chosen := strings.Cut(text, "=")
			if l.Path = strings.Split(path, "."); chosen {
				l.Words = strings.Split(words, ",")
			}
			t = append(t, l)
		}
		w = append(w, t)
	}
	return w
}

// Scope is a table with its values, inside the tables that it is part of.
type Scope struct {
	Table *Table
	Value reflect.Value
	Above *Scope
	Path  string // of the table, as "solver"; empty for the outermost
	Spec  any    // the outermost: what may have decided choices by itself, a Chooser
}

// Chooser is a configuration that decides some of its choices by itself, as a scheme "auto".
type Chooser interface {
	// Chosen returns the word that holds instead of the one at a path such as "solver.scheme"; empty where that holds.
	Chosen(path string) string
}

// Fails returns the first term that does not hold, nil when the key has its effect.
func (w When) Fails(s *Scope) Term {
	for _, t := range w {
		if !slices.ContainsFunc(t, func(l Look) bool { return l.holds(s) }) {
			return t
		}
	}
	return nil
}

// holds says whether a look finds what it looks for.
func (l *Look) holds(s *Scope) bool {
	for range l.Up {
		if s = s.Above; s == nil {
			panic("scenario: a tag when looks beyond the outermost table")
		}
	}
	found := false
	visit(s.Table, s.Value, l.Path, func(f *Field, v reflect.Value) {
		if l.Words == nil {
			found = found || !empty(v)
			return
		}
		word := fmt.Sprint(v.Interface())
		if chosen := s.chosen(l.Path); chosen != "" {
			word = chosen
		}
		found = found || slices.Contains(l.Words, word)
	})
	return found != l.Not
}

// chosen is the word that the configuration has decided on by itself.
func (s *Scope) chosen(path []string) string {
	full := strings.Join(path, ".")
	for ; s.Above != nil; s = s.Above {
		full = s.Path + "." + full
	}
	if c, ok := s.Spec.(Chooser); ok {
		return c.Chosen(strings.TrimPrefix(full, "."))
	}
	return ""
}

// visit calls found for the key at the end of a path, of every element of the lists on the way.
func visit(table *Table, v reflect.Value, path []string, found func(*Field, reflect.Value)) {
	f := table.Field(path[0])
	if f == nil {
		panic(fmt.Sprintf("scenario: a tag when names the key %q, which there is not", path[0]))
	}
	x := v.Field(f.Index)
	switch {
	case len(path) == 1:
		found(f, x)
	case f.Tables():
		for i := range x.Len() {
			visit(f.Value.Elem.Table, x.Index(i), path[1:], found)
		}
	case f.Value.Form == FormRecord && !f.Pointer:
		visit(f.Value.Table, x, path[1:], found)
	default:
		panic(fmt.Sprintf("scenario: a tag when looks into %q, which is no table", path[0]))
	}
}

// empty says whether a key is missing, or as good as missing.
func empty(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() == 0
	}
	return v.IsZero()
}

// Idle says why a key has no effect, by the term that does not hold in its scope, and what is wanted.
func (t Term) Idle(s *Scope, key string) sim.Text {
	l := &t[0] // the others are further ways to the same end
	name, path := l.Path[len(l.Path)-1], strings.Join(l.Path, ".")
	switch {
	case l.Words != nil:
		return l.idleChoice(s, key, path)
	case l.Not:
		return sim.Say("%[1]s 在写了 %[2]s 时不起作用；只应写其一", "%[1]s has no effect beside %[2]s; want one of them", key, name)
	}
	return sim.Say("%[1]s 在没有 %[2]s 时不起作用；应一并写 %[2]s，或删去 %[1]s",
		"%[1]s has no effect without %[2]s; want %[2]s as well, or no %[1]s", key, name)
}

// idleChoice is Idle for a choice.
func (l *Look) idleChoice(s *Scope, key, path string) sim.Text {
	word := l.word(s)
	for range l.Up {
		s = s.Above
	}
	here := sim.Say("%s = %q", "%s = %q", path, word)
	if chosen := s.chosen(l.Path); chosen != "" && chosen != word {
		here = sim.Say("%s（此处即 %q）", "%s, which is %q here", here, chosen)
	}
	if word == "" {
		here = sim.Say("没有 %s", "no %s", path)
	}
	var others []sim.Text
	for _, w := range l.Words {
		others = append(others, sim.Say("%s = %q", "%s = %q", path, w))
	}
	return sim.Say("%[1]s 在 %[2]s 时不起作用；应删去，或改为 %[3]s", "%[1]s has no effect with %[2]s; want it left out, or %[3]s",
		key, here, sim.Join(others, sim.Text{ZH: " 或 ", EN: " or "}))
}

// Now says what is so where the condition holds: trigger = "time", no peak.
func (w When) Now(s *Scope) sim.Text {
	var list []sim.Text
	for _, t := range w {
		l := &t[0] // the others are further ways to the same end
		path := strings.Join(l.Path, ".")
		switch {
		case l.Not:
			list = append(list, sim.Say("没有 %s", "no %s", path))
		case l.Words != nil:
			list = append(list, sim.Say("%s = %q", "%s = %q", path, l.word(s)))
		default:
			list = append(list, sim.Say("有 %s", "%s", path))
		}
	}
	return sim.Join(list, sim.Text{ZH: "、", EN: " and "})
}

// word returns the word that a choice has in the file.
func (l *Look) word(s *Scope) (word string) {
	for range l.Up {
		s = s.Above
	}
	visit(s.Table, s.Value, l.Path, func(f *Field, v reflect.Value) { word = fmt.Sprint(v.Interface()) })
	return word
}

// Words says in a few words when a key has an effect, for the documents: "`kind` stage, tide; `lead`".
func (w When) Words() string {
	var terms []string
	for _, t := range w {
		var looks []string
		for _, l := range t {
			text := "`" + strings.Join(l.Path, ".") + "`"
			switch {
			case l.Not:
				text = "no " + text
			case l.Words != nil:
				text += " " + strings.Join(l.Words, ", ")
			}
			looks = append(looks, text)
		}
		terms = append(terms, strings.Join(looks, " or "))
	}
	return strings.Join(terms, "; ")
}
