package scenarios

import (
	"reflect"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/flood"
	"sandtable/sim/scenario"
)

// one gives every list of tables in a struct one element, and every pointer to a struct something to point at.
func one(table *scenario.Table, v reflect.Value) {
	for i := range table.Fields {
		f := &table.Fields[i]
		x := v.Field(f.Index)
		if f.Pointer {
			x.Set(reflect.New(x.Type().Elem()))
			x = x.Elem()
		}
		switch {
		case f.Value.Form == scenario.FormRecord:
			one(f.Value.Table, x)
		case f.Tables():
			x.Set(reflect.MakeSlice(x.Type(), 1, 1))
			one(f.Value.Elem.Table, x.Index(0))
		}
	}
}

// lookAll evaluates every tag when below a table, and returns how many there are. A tag that names what is not there
// panics.
func lookAll(s *scenario.Scope) int {
	n := 0
	for i := range s.Table.Fields {
		f := &s.Table.Fields[i]
		if f.When != nil {
			n++
			if fails := f.When.Fails(s); fails != nil {
				fails.Idle(s, f.Key)
			}
		}
		x := s.Value.Field(f.Index)
		if f.Pointer {
			x = x.Elem()
		}
		switch {
		case f.Value.Form == scenario.FormRecord:
			n += lookAll(&scenario.Scope{Table: f.Value.Table, Value: x, Above: s, Path: f.Key, Spec: s.Spec})
		case f.Tables():
			n += lookAll(&scenario.Scope{Table: f.Value.Elem.Table, Value: x.Index(0), Above: s, Path: f.Key, Spec: s.Spec})
		}
	}
	return n
}

// Every tag when names keys that there are.
func TestEveryConditionCanBeLookedAt(t *testing.T) {
	var sc scenario.Scenario
	v := reflect.ValueOf(&sc).Elem()
	one(scenario.Schema(), v)
	if n := lookAll(&scenario.Scope{Table: scenario.Schema(), Value: v}); n < 6 {
		t.Errorf("%d keys of a scenario depend on others; want more", n)
	}
	for kind, fresh := range realKinds {
		spec := fresh()
		v, table := reflect.ValueOf(spec).Elem(), scenario.TableOf(reflect.TypeOf(spec))
		one(table, v)
		if n := lookAll(&scenario.Scope{Table: table, Value: v, Spec: spec}); n < 40 {
			t.Errorf("%d keys of a %s depend on others; want more", n, kind)
		}
	}
}

// What must be there is written even where it is nothing: a breach at the start, a level at the datum.
func TestWhatMustBeThereIsWritten(t *testing.T) {
	c := flood.Default()
	d := flood.DefaultDyke()
	for _, trigger := range []string{flood.TriggerTime, flood.TriggerLevel, flood.TriggerOrder} {
		b := flood.DefaultDykeBreach()
		b.Trigger = trigger
		d.Breaches = append(d.Breaches, b)
	}
	c.Dykes = []flood.Dyke{d}
	text := string(encodeMain(&scenario.Scenario{Hazards: []scenario.Hazard{{Kind: "flood", Spec: sim.HazardSpec(&c)}}}))
	for line, times := range map[string]int{"\nat = \"0s\"": 1, "\nlevel = 0": 1, "\ntrigger = ": 2} {
		if n := strings.Count(text, line); n != times {
			t.Errorf("%q stands there %d times; want %d:\n%s", line, n, times, text)
		}
	}
}

// The drills that are shipped leave no doubt.
func TestShippedDrillsLeaveNoDoubt(t *testing.T) {
	for _, name := range List() {
		loc, err := Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if ds := loc.Lint(realKinds); len(ds) > 0 {
			t.Errorf("%s:\n%s", name, ds)
		}
	}
}
