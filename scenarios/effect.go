package scenarios

import (
	"reflect"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// keyVisit is called for every key of every table that stands in the files: with its table and values, the place of
// the table, and that of the key, nil for a key that is not there. It says whether to go into a table below the key.
type keyVisit func(f *scenario.Field, s *scenario.Scope, table, key *node) (inside bool)

// eachKey visits the keys of all tables.
func (l *loader) eachKey(visit keyVisit) {
	sc := reflect.ValueOf(l.sc).Elem()
	eachKey(&scenario.Scope{Table: scenario.Schema(), Value: sc}, l.root, visit)
	list := l.root.keys["hazard"]
	for i := range l.sc.Hazards {
		h := &l.sc.Hazards[i]
		if h.Spec == nil || list == nil || i >= len(list.items) {
			continue
		}
		v := reflect.ValueOf(h.Spec).Elem()
		eachKey(&scenario.Scope{Table: scenario.TableOf(v.Type()), Value: v, Spec: h.Spec}, list.items[i], visit)
	}
}

// eachKey visits the keys of one table, and of those below it.
func eachKey(s *scenario.Scope, n *node, visit keyVisit) {
	for i := range s.Table.Fields {
		f := &s.Table.Fields[i]
		key, v := n.keys[f.Key], s.Value.Field(f.Index)
		if !visit(f, s, n, key) || key == nil || key.reported {
			continue
		}
		if f.Pointer {
			if v.IsNil() {
				continue
			}
			v = v.Elem()
		}
		switch {
		case f.Value.Form == scenario.FormRecord:
			eachKey(&scenario.Scope{Table: f.Value.Table, Value: v, Above: s, Path: f.Key, Spec: s.Spec}, key, visit)
		case f.Tables():
			for k := range min(v.Len(), len(key.items)) {
				at := &scenario.Scope{Table: f.Value.Elem.Table, Value: v.Index(k), Above: s, Path: f.Key, Spec: s.Spec}
				eachKey(at, key.items[k], visit)
			}
		}
	}
}

// needed reports keys that are not there and must be, under the choices that the scenario makes.
func (l *loader) needed() {
	l.eachKey(func(f *scenario.Field, s *scenario.Scope, table, key *node) bool {
		if f.Needed && key == nil && f.When.Fails(s) == nil {
			l.addAtKey(table.missing(f.Key), sim.Say("%[2]s 时缺少 %[1]s；应为%[3]s", "%[1]s is missing with %[2]s; want %[3]s",
				keyword(f), f.When.Now(s), example(f)))
		}
		return true
	})
}

// idle warns of keys that have no effect under the choices that the scenario makes.
func (l *loader) idle() {
	l.eachKey(func(f *scenario.Field, s *scenario.Scope, _, key *node) bool {
		if key == nil {
			return false
		}
		fails := f.When.Fails(s)
		if fails != nil {
			d := key.src.at(int(key.key), fails.Idle(s, f.Key))
			d.Severity = Warning
			l.add(d)
		}
		return fails == nil
	})
}
