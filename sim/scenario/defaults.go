package scenario

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"sandtable/sim"
)

// Fill sets every field that has a default to it, in a struct with tags and the records inside it. It takes a
// pointer to the struct; fields without a default stay as they are.
func Fill(pointer any) { FillValue(TableOf(reflect.TypeOf(pointer)), reflect.ValueOf(pointer).Elem()) }

// FillValue is Fill for a struct whose table is known.
func FillValue(table *Table, v reflect.Value) {
	for i := range table.Fields {
		f := &table.Fields[i]
		switch {
		case f.HasDefault:
			f.SetDefault(v.Field(f.Index))
		case f.Value.Form == FormRecord && !f.Pointer:
			FillValue(f.Value.Table, v.Field(f.Index))
		}
	}
}

// SetDefault sets a Go field to the default of f, which has one.
func (f *Field) SetDefault(v reflect.Value) {
	if f.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if err := f.Value.parse(v, f.Default); err != nil {
		panic(fmt.Sprintf("scenario: default of %s: %v", f.Key, err))
	}
}

// IsDefault says whether a Go field holds what a file without its key gives.
func (f *Field) IsDefault(v reflect.Value) bool {
	missing := reflect.New(v.Type()).Elem()
	switch {
	case f.HasDefault:
		f.SetDefault(missing)
	case f.Value.Form == FormRecord && !f.Pointer:
		FillValue(f.Value.Table, missing)
	case f.Value.Form == FormList && f.Value.Len == 0:
		return v.Len() == 0
	}
	return reflect.DeepEqual(v.Interface(), missing.Interface())
}

// parse sets v to a simple value that stands as text in a tag.
func (d *Value) parse(v reflect.Value, text string) error {
	switch d.Form {
	case FormBool:
		b, err := strconv.ParseBool(text)
		v.SetBool(b)
		return err
	case FormInt:
		return d.parseInt(v, text)
	case FormFloat:
		x, err := strconv.ParseFloat(text, 64)
		v.SetFloat(x)
		return err
	case FormWord:
		v.SetString(text)
		return nil
	case FormSpan:
		span, err := sim.ParseDuration(text)
		v.SetInt(int64(span))
		return err
	case FormCivil:
		at, err := sim.ParseCivil(text)
		v.SetInt(int64(at))
		return err
	case FormText:
		v.Set(reflect.ValueOf(sim.Text{ZH: text, EN: text}))
		return nil
	}
	return errors.New("lists and tables have no default")
}

func (d *Value) parseInt(v reflect.Value, text string) error {
	n, err := strconv.ParseInt(text, 10, 64)
	if err == nil && !SetInt(v, n) {
		err = fmt.Errorf("%d does not fit %s", n, v.Type())
	}
	return err
}

// SetInt sets an integer field of any size and says whether the number fits.
func SetInt(v reflect.Value, n int64) bool {
	if v.CanUint() {
		if n < 0 || v.OverflowUint(uint64(n)) {
			return false
		}
		v.SetUint(uint64(n))
		return true
	}
	if v.OverflowInt(n) {
		return false
	}
	v.SetInt(n)
	return true
}
