package scenarios

import (
	"fmt"
	"math"
	"strings"
	"time"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// describe says what stands in a file where something else is wanted.
func describe(value any) string {
	switch x := value.(type) {
	case string:
		if len([]rune(x)) > 40 {
			return "text"
		}
		return fmt.Sprintf("the text %q", x)
	case int64:
		return fmt.Sprintf("the whole number %d", x)
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Sprintf("%g, which is no number", x)
		}
		return fmt.Sprintf("the number %g", x)
	case bool:
		return fmt.Sprint(x)
	case time.Time:
		return "a date or time, " + localText(x)
	case []any, []map[string]any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return fmt.Sprintf("%T", value)
}

// wanted says what a value should be.
func wanted(f *scenario.Field, v *scenario.Value) string {
	switch v.Form {
	case scenario.FormBool:
		return "true or false"
	case scenario.FormInt:
		return "a whole number" + limits(f)
	case scenario.FormFloat:
		return "a number" + limits(f)
	case scenario.FormWord:
		if f.Choices != nil {
			return "one of " + strings.Join(f.Choices, ", ")
		}
		if f.Ref != 0 {
			return fmt.Sprintf("the name of %s as text", article(f.Ref))
		}
		return "text"
	case scenario.FormSpan:
		if f.Instant {
			return `a time since the start such as "2h30m", or a local time such as "06:40"`
		}
		if f.Range.Bounded() {
			return `a span of time such as "2h30m", ` + f.Range.String()
		}
		return `a span of time such as "2h30m"`
	case scenario.FormCivil:
		return `a local date and time such as "2026-07-18 18:00"`
	case scenario.FormText:
		return `text, or {zh = "…", en = "…"}`
	case scenario.FormRecord:
		return "a table"
	}
	switch {
	case f.Places() && v.Len == 2:
		return "a place [x, y] in metres"
	case f.Places():
		return "a list of places [[x, y], …] in metres"
	case v.Len > 0:
		return fmt.Sprintf("a list of %d values", v.Len)
	case v.Elem.Form == scenario.FormRecord:
		return fmt.Sprintf("a list of tables [[%s]]", f.Key)
	}
	return "a list, each " + wanted(f, v.Elem)
}

// article writes "a zone", "an assembly".
func article(kind sim.Kind) string {
	name := kind.String()
	if strings.ContainsRune("aeiou", rune(name[0])) && kind != sim.KindUnit {
		return "an " + name
	}
	return "a " + name
}

// limits writes range and unit.
func limits(f *scenario.Field) string {
	text := ""
	if f.Range.Bounded() {
		text = ", " + f.Range.String()
	}
	if f.Unit != "" && f.Unit != "-" {
		text += " [" + f.Unit + "]"
	}
	return text
}

// example says what a missing key would hold: its form, and its meaning.
func example(f *scenario.Field) string {
	text := wanted(f, &f.Value)
	if f.Value.Form == scenario.FormRecord {
		text = "the table"
	}
	if f.Doc != "" {
		text += ": " + f.Doc
	}
	return text
}
