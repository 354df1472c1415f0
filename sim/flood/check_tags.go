package flood

import (
	"fmt"
	"reflect"
	"slices"

	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// tags checks what the tags say of numbers, spans of time and words.
func (k *checker) tags(table *scenario.Table, v reflect.Value, path string) {
	for i := range table.Fields {
		f, x := &table.Fields[i], v.Field(table.Fields[i].Index)
		if f.Optional && !f.Pointer && f.IsDefault(x) || f.Pointer && x.IsNil() {
			continue // missing
		}
		if f.Pointer {
			x = x.Elem()
		}
		k.value(f, &f.Value, x, path+f.Key)
	}
}

func (k *checker) value(f *scenario.Field, form *scenario.Value, v reflect.Value, path string) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return // the key is missing, and may be
		}
		v = v.Elem()
	}
	switch form.Form {
	case scenario.FormRecord:
		k.tags(form.Table, v, path+".")
	case scenario.FormList:
		for i := range v.Len() {
			k.value(f, form.Elem, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case scenario.FormFloat:
		if x := v.Float(); !f.Range.Contains(x) || !num.Finite(x) {
			k.add(path, "%g；应为 %s", "%g; want %s", x, f.Range.Words())
		}
	case scenario.FormInt:
		if x := float64(v.Int()); !f.Range.Contains(x) {
			k.add(path, "%g；应为 %s", "%g; want %s", x, f.Range.Words())
		}
	case scenario.FormSpan:
		if !f.Range.Contains(float64(v.Int())) {
			k.add(path, "%v；应为 %s", "%v; want %s", sim.Duration(v.Int()), f.Range.Words())
		}
	case scenario.FormWord:
		word := v.String()
		if len(f.Choices) > 0 && !slices.Contains(f.Choices, word) && !(word == "" && f.Optional) {
			k.add(path, "%q；%s", "%q; %s", word, scenario.WantOneOf(word, f.Choices))
		}
	}
}
