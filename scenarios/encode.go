package scenarios

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// encoder writes a scenario as TOML: every key that differs from its default, with unit and meaning as a comment
// where a key stands for the first time, in the order of the schema.
type encoder struct {
	b         strings.Builder
	commented map[string]bool // keys that have been explained, by the path of their table
}

// maxInline is the largest number of keys of a table that is written in one line.
const maxInline = 6

// section is a struct to be written, and its schema.
type section struct {
	table *scenario.Table
	v     reflect.Value
}

func sectionOf(v reflect.Value) section {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	return section{scenario.TableOf(v.Type()), v}
}

// body writes the keys of one table, in parts for a hazard: first what stands in lines, then the tables inside it.
func (e *encoder) body(path string, parts ...section) {
	for _, inner := range []bool{false, true} {
		for _, s := range parts {
			for i := range s.table.Fields {
				f := &s.table.Fields[i]
				if isSection(f, path) == inner {
					e.field(path, f, s)
				}
			}
		}
	}
}

// isSection says whether a field is written under a head of its own.
func isSection(f *scenario.Field, path string) bool {
	return f.Value.Form == scenario.FormRecord || f.Tables() && !inlineTables(f, path)
}

// inlineTables says whether a list of tables is written as inline tables: small ones, inside another table.
func inlineTables(f *scenario.Field, path string) bool {
	if path == "" || !f.Tables() || len(f.Value.Elem.Table.Fields) > maxInline {
		return false
	}
	for _, inner := range f.Value.Elem.Table.Fields {
		if inner.Value.Form == scenario.FormRecord || inner.Value.Form == scenario.FormList {
			return false
		}
	}
	return true
}

// without says whether a field may be left out, because a file without it gives the same.
func (s *section) without(f *scenario.Field) bool {
	v := s.v.Field(f.Index)
	switch {
	case f.Pointer:
		return v.IsNil()
	case f.Required() || f.Needed && f.When.Fails(&scenario.Scope{Table: s.table, Value: s.v}) == nil:
		return false
	}
	return f.IsDefault(v)
}

// field writes one field of a table, unless a file without it gives the same.
func (e *encoder) field(path string, f *scenario.Field, of section) {
	v := of.v.Field(f.Index)
	if f.Value.Form == scenario.FormFurther {
		e.further(v)
		return
	}
	if of.without(f) {
		return
	}
	if f.Pointer {
		v = v.Elem()
	}
	full := strings.TrimPrefix(path+"."+f.Key, ".")
	switch {
	case f.Value.Form == scenario.FormRecord:
		e.head("["+full+"]", f)
		e.body(full, sectionOf(v))
	case f.Tables() && !inlineTables(f, path):
		for i := range v.Len() {
			e.head("[["+full+"]]", f)
			e.body(full, e.withSpec(v.Index(i))...)
		}
	default:
		e.line(full, f, f.Key+" = "+e.value(&f.Value, v))
	}
}

// withSpec is a table, together with the configuration of its kind where it is a hazard.
func (e *encoder) withSpec(v reflect.Value) []section {
	parts := []section{sectionOf(v)}
	if h, ok := v.Interface().(scenario.Hazard); ok && h.Spec != nil {
		parts = append(parts, sectionOf(reflect.ValueOf(h.Spec)))
	}
	return parts
}

// head opens a table, with its meaning above it for the first time.
func (e *encoder) head(head string, f *scenario.Field) {
	if e.b.Len() > 0 {
		e.b.WriteByte('\n')
	}
	if !e.commented[head] && f.Doc != "" {
		fmt.Fprintf(&e.b, "# %s\n", capital(f.Doc))
	}
	e.commented[head] = true
	e.b.WriteString(head + "\n")
}

// maxBeside is the longest line that gets its comment beside it [characters].
const maxBeside = 48

// line writes key = value with what it means.
func (e *encoder) line(full string, f *scenario.Field, line string) {
	comment := ""
	if !e.commented[full] {
		comment = f.Doc
		if f.Unit != "" && f.Unit != "-" {
			comment = "[" + f.Unit + "] " + f.Doc
		}
	}
	e.commented[full] = true
	switch {
	case comment == "":
		e.b.WriteString(line + "\n")
	case utf8.RuneCountInString(line) <= maxBeside && !strings.Contains(line, "\n"):
		fmt.Fprintf(&e.b, "%s  # %s\n", line, comment)
	default:
		fmt.Fprintf(&e.b, "# %s: %s\n%s\n", f.Key, comment, line)
	}
}

// value writes one value.
func (e *encoder) value(d *scenario.Value, v reflect.Value) string {
	switch d.Form {
	case scenario.FormBool:
		return strconv.FormatBool(v.Bool())
	case scenario.FormInt:
		if v.CanUint() {
			return strconv.FormatUint(v.Uint(), 10)
		}
		return strconv.FormatInt(v.Int(), 10)
	case scenario.FormFloat:
		return floatText(v.Float())
	case scenario.FormWord:
		return quote(v.String())
	case scenario.FormSpan:
		return quote(sim.Duration(v.Int()).String())
	case scenario.FormCivil:
		return quote(sim.CivilTime(v.Int()).String())
	case scenario.FormText:
		return textValue(v.Interface().(sim.Text))
	case scenario.FormRecord:
		return e.inline(d.Table, v)
	case scenario.FormList:
		return e.list(d, v)
	}
	panic(fmt.Sprintf("scenarios: a value of form %d cannot stand in a line", d.Form))
}

// maxLineLength is where lists are broken [bytes].
const maxLineLength = 100

// list writes a list in one line, or in several when it is long.
func (e *encoder) list(d *scenario.Value, v reflect.Value) string {
	var words []string
	length := 0
	for i := range v.Len() {
		words = append(words, e.value(d.Elem, v.Index(i)))
		length += len(words[i]) + 2
	}
	if length <= maxLineLength-20 {
		return "[" + strings.Join(words, ", ") + "]"
	}
	var b strings.Builder
	b.WriteString("[\n  ")
	column := 2
	for i, w := range words {
		if i > 0 && (column+len(w) > maxLineLength || d.Elem.Form == scenario.FormRecord) {
			b.WriteString("\n  ")
			column = 2
		}
		b.WriteString(w + ",")
		column += len(w) + 1
		if i < len(words)-1 && column+1+len(words[i+1]) <= maxLineLength && d.Elem.Form != scenario.FormRecord {
			b.WriteByte(' ')
			column++
		}
	}
	b.WriteString("\n]")
	return b.String()
}

// inline writes a small table in one line.
func (e *encoder) inline(table *scenario.Table, v reflect.Value) string {
	var pairs []string
	for i := range table.Fields {
		f := &table.Fields[i]
		x := v.Field(f.Index)
		if of := (section{table, v}); of.without(f) {
			continue
		}
		if f.Pointer {
			x = x.Elem()
		}
		pairs = append(pairs, f.Key+" = "+e.value(&f.Value, x))
	}
	return "{" + strings.Join(pairs, ", ") + "}"
}

// further writes the arguments of an order as keys: numbers bare where the catalogue wants numbers.
func (e *encoder) further(v reflect.Value) {
	for _, a := range v.Interface().([]sim.Arg) {
		value := quote(a.Value)
		if isNumeric(a.Value) {
			value = a.Value
		}
		fmt.Fprintf(&e.b, "%s = %s\n", keyText(a.Name), value)
	}
}

// isNumeric says whether a text is exactly what the decoder makes of a bare number.
func isNumeric(text string) bool {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return strconv.FormatInt(n, 10) == text
	}
	x, err := strconv.ParseFloat(text, 64)
	return err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) && floatText(x) == text &&
		strconv.FormatFloat(x, 'g', -1, 64) == text
}

// keyText writes a key, in quotes where it must.
func keyText(key string) string {
	plain := key != ""
	for _, r := range key {
		plain = plain && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	}
	if plain {
		return key
	}
	return quote(key)
}

// floatText writes a finite number so that TOML gives the same one back.
func floatText(x float64) string {
	if x == 0 {
		return "0"
	}
	if a := math.Abs(x); a >= 1e15 || a < 1e-6 {
		text := strconv.FormatFloat(x, 'e', -1, 64)
		return text
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// textValue writes a text in two languages, as one where they are equal.
func textValue(t sim.Text) string {
	switch {
	case t.ZH == t.EN:
		return quote(t.ZH)
	case t.EN == "":
		return "{zh = " + quote(t.ZH) + "}"
	case t.ZH == "":
		return "{en = " + quote(t.EN) + "}"
	}
	return "{zh = " + quote(t.ZH) + ", en = " + quote(t.EN) + "}"
}

// quote writes a TOML basic string. Chinese text stays as it is; bytes that are not UTF-8 become U+FFFD.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return strings.ToUpper(string(r)) + text[n:]
}
