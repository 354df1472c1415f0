package scenario

import (
	"reflect"
	"strings"
	"testing"

	"sandtable/sim"
)

// everyField calls f for every field of the schema, with its path.
func everyField(table *Table, path string, f func(path string, field *Field)) {
	for i := range table.Fields {
		field := &table.Fields[i]
		at := strings.TrimPrefix(path+"."+field.Key, ".")
		f(at, field)
		if leaf := field.Value.leaf(); leaf.Form == FormRecord {
			everyField(leaf.Table, at, f)
		}
	}
}

func TestEveryKeyIsDocumented(t *testing.T) {
	everyField(Schema(), "", func(path string, f *Field) {
		if f.Doc == "" {
			t.Errorf("%s has no doc", path)
		}
		if f.Value.leaf().Form == FormFloat && f.Unit == "" {
			t.Errorf("%s is a number without a unit; want one, or -", path)
		}
		if f.HasDefault && f.Optional {
			t.Errorf("%s has a default and is optional; want one of them", path)
		}
	})
}

func TestDefaultsAreAllowed(t *testing.T) {
	everyField(Schema(), "", func(path string, f *Field) {
		if !f.HasDefault {
			return
		}
		v := reflect.New(goType(f)).Elem()
		f.SetDefault(v)
		c := newChecker(&Scenario{}, Missing{})
		c.value(f, &f.Value, v, path)
		if len(c.found) > 0 {
			t.Errorf("default of %s: %v", path, c.found)
		}
		if !f.IsDefault(v) {
			t.Errorf("the default of %s does not count as default", path)
		}
	})
}

// goType is the type of the Go field that a simple field is for.
func goType(f *Field) reflect.Type {
	return map[Form]reflect.Type{
		FormBool: reflect.TypeFor[bool](), FormInt: reflect.TypeFor[int64](), FormFloat: reflect.TypeFor[float64](),
		FormWord: reflect.TypeFor[string](), FormSpan: reflect.TypeFor[sim.Duration](),
		FormCivil: reflect.TypeFor[sim.CivilTime](), FormText: reflect.TypeFor[sim.Text](),
	}[f.Value.Form]
}

func TestTagsAreReadAsWritten(t *testing.T) {
	zone := Schema().Field("zone")
	if zone == nil || !zone.Tables() || zone.Required() {
		t.Fatalf("zone: %+v; want a list of tables that may be empty", zone)
	}
	table := zone.Value.Elem.Table
	if got := strings.Join(table.Keys(), " "); got != "name title post shelters assembly polygon hazard grade route" {
		t.Errorf("keys of a zone: %s", got)
	}
	if f := table.Field("post"); f.Ref != sim.KindPost || !f.Required() {
		t.Errorf("post of a zone: %+v; want a required reference", f)
	}
	if f := table.Field("polygon"); !f.Places() {
		t.Errorf("polygon of a zone: %+v; want places on the map", f)
	}
	plan := Schema().Field("plan").Value.Elem.Table
	if f := plan.Field("at"); !f.Instant || !f.Pointer || f.Required() {
		t.Errorf("at of an order: %+v; want an optional instant", f)
	}
	if plan.Further() == nil || table.Further() != nil {
		t.Error("further keys: want them in a plan's order and not in a zone")
	}
}

func TestWrongTagsPanic(t *testing.T) {
	for name, pointer := range map[string]any{
		"no key": new(struct{ A int }),
		"bad range": new(struct {
			A int `toml:"a" range:"1..2"`
		}),
		"bad limit": new(struct {
			A int `toml:"a" range:"[x,2]"`
		}),
		"bad default": new(struct {
			A int `toml:"a" default:"x"`
		}),
		"large default": new(struct {
			A uint8 `toml:"a" default:"300"`
		}),
		"bad ref": new(struct {
			A string `toml:"a" ref:"ghost"`
		}),
		"bad type": new(struct {
			A map[string]int `toml:"a"`
		}),
		"list default": new(struct {
			A []int `toml:"a" default:"1"`
		}),
		"no struct": new(int),
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			TableOf(reflect.TypeOf(pointer))
		}()
	}
}

func TestFillSetsDefaultsInside(t *testing.T) {
	var sc Scenario
	Fill(&sc)
	if sc.Drill.Seed != 1 || sc.Drill.Language != "zh" || sc.Roads.JamMetres != 7.5 || sc.Place.CRS != "local" {
		t.Errorf("filled: %+v %+v %+v", sc.Drill, sc.Roads, sc.Place)
	}
	if b := sc.Population.Behaviour; b.DelayT50 != 25*sim.Minute || b.HeedEvacuate != 0.9 {
		t.Errorf("behaviour: %+v; want the defaults", b)
	}
	if sc.Drill.Name != "" || sc.Drill.Duration != 0 {
		t.Errorf("filled what has no default: %+v", sc.Drill)
	}
	u := Unit{Name: "boat"}
	Fill(&u)
	if u.Name != "boat" || u.Count != 1 || u.Turnout != 15*sim.Minute {
		t.Errorf("unit: %+v", u)
	}
}

func TestRange(t *testing.T) {
	for _, c := range []struct {
		tag  string
		form Form
		yes  []float64
		no   []float64
		text string
	}{
		{"", FormFloat, []float64{-1e300, 0, 7}, nil, "any number"},
		{"[0,1]", FormFloat, []float64{0, 0.5, 1}, []float64{-0.1, 1.1}, "0 to 1"},
		{"(0,1]", FormFloat, []float64{1e-9, 1}, []float64{0, 1.1}, "more than 0 and at most 1"},
		{"[0,1)", FormFloat, []float64{0}, []float64{1}, "at least 0 and less than 1"},
		{"[0,]", FormInt, []float64{0, 1e18}, []float64{-1}, "at least 0"},
		{"(,5)", FormInt, []float64{-9, 4}, []float64{5}, "less than 5"},
		{"[1m,2h]", FormSpan, []float64{60e6, 7200e6}, []float64{59e6, 7201e6}, "1m to 2h"},
	} {
		r := parseRange(c.tag, c.form, "test")
		for _, x := range c.yes {
			if !r.Contains(x) {
				t.Errorf("%q does not contain %g", c.tag, x)
			}
		}
		for _, x := range c.no {
			if r.Contains(x) {
				t.Errorf("%q contains %g", c.tag, x)
			}
		}
		if got := r.String(); got != c.text {
			t.Errorf("%q reads %q; want %q", c.tag, got, c.text)
		}
	}
}
