package scenario

import (
	"fmt"
	"reflect"
	"strings"

	"sandtable/sim"
)

// Form is how a value is written in a scenario file.
type Form uint8

// Forms of values.
const (
	FormBool    Form = iota // true or false
	FormInt                 // a whole number
	FormFloat               // a number
	FormWord                // text in one language, a name or a file
	FormSpan                // a span of time such as "2h30m"
	FormCivil               // a local date and time
	FormText                // text in Chinese and English: "…" for both, or {zh = "…", en = "…"}
	FormList                // a list of values of one form
	FormRecord              // a table
	FormFurther             // the remaining keys of the table, as arguments of an order
)

// Value describes a value in a scenario file.
type Value struct {
	Form  Form
	Elem  *Value // of the elements of a list
	Len   int    // of a list of fixed length; 0 for any length
	Table *Table // of a record
}

// Field describes one key of a table.
type Field struct {
	Key        string
	Index      int // of the field in the Go struct
	Value      Value
	Pointer    bool // the Go field is a pointer, nil when the key is missing
	Optional   bool // may be missing without a default
	HasDefault bool
	Default    string // as text, read like the value itself
	Instant    bool   // a span since the start, for which a local time may stand as well
	Unit       string // "" where there is none, "-" for a share or plain number
	Range      Range
	Ref        sim.Kind // the value names an entity of that kind; KindNone when it does not
	Choices    []string
	When       When // has an effect only under these choices; nil for always
	Needed     bool // must be there where When holds
	Doc        string
}

// Required says whether the key must be there. Lists of tables may always be empty.
func (f *Field) Required() bool {
	return !f.Optional && !f.HasDefault && !f.Pointer && f.Value.Form != FormFurther && !f.Tables()
}

// Tables says whether the field is a list of tables, written as [[key]].
func (f *Field) Tables() bool { return f.Value.Form == FormList && f.Value.Elem.Form == FormRecord }

// Places says whether the field holds places on the map [m]: a pair in metres, or a list of pairs.
func (f *Field) Places() bool {
	v := &f.Value
	if v.Form == FormList && v.Len == 0 {
		v = v.Elem
	}
	return f.Unit == "m" && v.Form == FormList && v.Len == 2 && v.Elem.Form == FormFloat
}

// Table describes the keys of one table.
type Table struct {
	Fields []Field
}

// Field returns the field with that key, or nil.
func (t *Table) Field(key string) *Field {
	for i := range t.Fields {
		if t.Fields[i].Key == key {
			return &t.Fields[i]
		}
	}
	return nil
}

// Further returns the field that takes the remaining keys, or nil.
func (t *Table) Further() *Field {
	for i := range t.Fields {
		if t.Fields[i].Value.Form == FormFurther {
			return &t.Fields[i]
		}
	}
	return nil
}

// Keys returns the keys of the table in their order.
func (t *Table) Keys() []string {
	var keys []string
	for _, f := range t.Fields {
		if f.Key != "" {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// Schema describes scenario.toml: the tags of Scenario and what hangs below it. The keys of a hazard's own
// configuration are in TableOf its Spec.
func Schema() *Table { return TableOf(reflect.TypeFor[Scenario]()) }

// TableOf describes the table that a struct is written as, from the tags of its fields (see the package's comment).
// A tag that cannot be read is a programmer's mistake and panics.
func TableOf(t reflect.Type) *Table {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("scenario: %s is written as a table but is no struct", t))
	}
	table := &Table{}
	for i := range t.NumField() {
		if sf := t.Field(i); sf.IsExported() && sf.Tag.Get("toml") != "-" {
			table.Fields = append(table.Fields, fieldOf(t, i))
		}
	}
	return table
}

// fieldOf reads the tags of one field.
func fieldOf(t reflect.Type, index int) Field {
	sf := t.Field(index)
	where := t.String() + "." + sf.Name
	key, options, _ := strings.Cut(sf.Tag.Get("toml"), ",")
	f := Field{Key: key, Index: index, Unit: sf.Tag.Get("unit"), Doc: sf.Tag.Get("doc")}
	if options == "rest" {
		f.Value.Form = FormFurther
		return f
	}
	if key == "" {
		panic(fmt.Sprintf("scenario: %s has no key in a toml tag", where))
	}
	f.Optional = sf.Tag.Get("optional") == "true"
	f.When, f.Needed = parseWhen(sf.Tag.Get("when")), sf.Tag.Get("needed") == "true"
	f.Instant = sf.Tag.Get("instant") == "true" || sf.Type == reflect.TypeFor[sim.Time]()
	f.Default, f.HasDefault = sf.Tag.Lookup("default")
	if text := sf.Tag.Get("choices"); text != "" {
		f.Choices = strings.Split(text, ",")
	}
	if text := sf.Tag.Get("ref"); text != "" {
		kind, ok := sim.KindByName(text)
		if !ok {
			panic(fmt.Sprintf("scenario: %s refers to an unknown kind %q", where, text))
		}
		f.Ref = kind
	}
	gotype := sf.Type
	if gotype.Kind() == reflect.Pointer {
		f.Pointer, gotype = true, gotype.Elem()
	}
	f.Value = valueOf(gotype, where)
	f.Range = parseRange(sf.Tag.Get("range"), f.Value.leaf().Form, where)
	if f.HasDefault {
		if err := f.Value.parse(reflect.New(gotype).Elem(), f.Default); err != nil {
			panic(fmt.Sprintf("scenario: default of %s: %v", where, err))
		}
	}
	return f
}

// leaf returns the innermost element of a list, or the value itself.
func (v *Value) leaf() *Value {
	for v.Form == FormList {
		v = v.Elem
	}
	return v
}

// valueOf tells how a Go type is written.
func valueOf(t reflect.Type, where string) Value {
	switch t {
	case reflect.TypeFor[sim.Text]():
		return Value{Form: FormText}
	case reflect.TypeFor[sim.Duration](), reflect.TypeFor[sim.Time]():
		return Value{Form: FormSpan}
	case reflect.TypeFor[sim.CivilTime]():
		return Value{Form: FormCivil}
	}
	switch t.Kind() {
	case reflect.Bool:
		return Value{Form: FormBool}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return Value{Form: FormInt}
	case reflect.Float64:
		return Value{Form: FormFloat}
	case reflect.String:
		return Value{Form: FormWord}
	case reflect.Slice, reflect.Array:
		elem := valueOf(t.Elem(), where)
		v := Value{Form: FormList, Elem: &elem}
		if t.Kind() == reflect.Array {
			v.Len = t.Len()
		}
		return v
	case reflect.Struct:
		return Value{Form: FormRecord, Table: TableOf(t)}
	}
	panic(fmt.Sprintf("scenario: %s has type %s, which a scenario file cannot hold", where, t))
}
