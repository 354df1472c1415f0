package scenario

import (
	"fmt"
	"reflect"

	"sandtable/sim"
)

// late finds moments from the drill's end on: nothing that happens there has an effect. A single moment is named where
// it stands, a series where it begins after the end; one that goes on beyond the end is as it should be.
func (c *checker) late() {
	c.lateIn(&Scope{Table: Schema(), Value: reflect.ValueOf(c.sc).Elem()}, "")
	for i := range c.sc.Hazards {
		spec := c.sc.Hazards[i].Spec
		if spec == nil || reflect.TypeOf(spec).Kind() != reflect.Pointer {
			continue
		}
		v := reflect.ValueOf(spec).Elem()
		c.lateIn(&Scope{Table: TableOf(v.Type()), Value: v, Spec: spec}, fmt.Sprintf("hazard[%d].", i))
	}
	for i := range c.sc.Plan {
		p := &c.sc.Plan[i]
		at := sim.Duration(0)
		if p.At != nil {
			at = *p.At
		}
		if c.within(at) && p.Delay > 0 && !c.within(at+p.Delay) {
			c.add(fmt.Sprintf("plan[%d].delay", i), "加上延时，指令最早在 %s 下达，而演练在 %s 结束；应更短",
				"with this delay the order comes at %s at the earliest, and the drill ends at %s; want a shorter one", at+p.Delay,
				c.sc.Drill.Duration)
		}
	}
}

// lateIn is late for one table and those in it.
func (c *checker) lateIn(s *Scope, path string) {
	for i := range s.Table.Fields {
		f := &s.Table.Fields[i]
		v := s.Value.Field(f.Index)
		if f.Pointer {
			if v.IsNil() {
				continue
			}
			v = v.Elem()
		}
		if f.When.Fails(s) != nil {
			continue // it has no effect at any time
		}
		switch {
		case f.Value.Form == FormRecord:
			c.lateIn(&Scope{Table: f.Value.Table, Value: v, Above: s, Path: f.Key, Spec: s.Spec}, path+f.Key+".")
		case f.Tables():
			for k := range v.Len() {
				at := fmt.Sprintf("%s%s[%d].", path, f.Key, k)
				c.lateIn(&Scope{Table: f.Value.Elem.Table, Value: v.Index(k), Above: s, Path: f.Key, Spec: s.Spec}, at)
			}
		case !f.Instant:
		case f.Value.Form == FormSpan:
			if at := sim.Duration(v.Int()); !c.within(at) {
				c.tooLate(path+f.Key, at)
			}
		case f.Value.Form == FormList && v.Len() > 0:
			if at := sim.Duration(v.Index(0).Int()); !c.within(at) {
				c.add(path+f.Key+"[0]", "%s：整个序列都在演练结束（%s）之后；应从结束前的时刻写起",
					"%s: the whole series lies after the end of the drill, at %s; want it to begin before", at, c.sc.Drill.Duration)
			}
		}
	}
}

// within says whether something at that moment can have an effect.
func (c *checker) within(at sim.Duration) bool { return at < c.sc.Drill.Duration }

// tooLate reports a moment after the end.
func (c *checker) tooLate(path string, at sim.Duration) {
	c.add(path, "%s 不起作用：演练在 %s 结束；应为更早的时刻",
		"%s has no effect: the drill ends at %s; want an earlier moment", at, c.sc.Drill.Duration)
}
