package scenario

import (
	"fmt"
	"slices"

	"sandtable/sim"
)

// settings are the parameters by which orders set a structure, with the steps to which they are rounded.
var settings = []struct {
	param string
	step  func(float64) float64
}{
	{"opening", sim.OpeningStep}, {"height", sim.CrestStep},
}

// ordered is what an order does to the structure that it names.
type ordered struct {
	structure *sim.StructureSpec
	action    sim.StructureAction
	at        string  // the parameter that names the structure
	param     string  // the one that says to what it is set; empty for an order that sets nothing
	given     float64 // as written [of the parameter]
	value     float64 // rounded to its step
}

// orderedOf reads what an order does to a structure; false for an order to none.
func orderedOf(spec *sim.OrderSpec, values []sim.Value, names *Directory) (o ordered, ok bool) {
	o.action, ok = spec.Action()
	if !ok {
		return o, false
	}
	for i, p := range spec.Params {
		if p.Ref == sim.KindStructure && values[i].Given {
			o.structure, o.at = &names.Structures()[values[i].Ref.ID], p.Name
		}
		for _, s := range settings {
			if p.Name == s.param {
				o.param, o.given, o.value = p.Name, values[i].Num, s.step(values[i].Num)
			}
		}
	}
	return o, o.structure != nil
}

// unfit reports an order to a structure that cannot do what is ordered, as a gate that shall fail, or not so much of
// it, as a barrier that shall be higher than it can.
func unfit(spec *sim.OrderSpec, values []sim.Value, names *Directory) []sim.Problem {
	o, ok := orderedOf(spec, values, names)
	s := o.structure
	switch {
	case !ok:
		return nil
	case !slices.Contains(s.Actions, o.action):
		return []sim.Problem{{Path: o.at, Text: sim.Say("%s不能执行“%s”；%s", "%s cannot do this: %s; %s",
			s.Title.Or(s.Name), spec.Title, able(o.action, names))}}
	case o.action == sim.StructureSetCrest && s.Most > 0 && o.value > s.Most:
		return []sim.Problem{{Path: o.param, Text: sim.Say("%g 米；%s最高只能到 %g 米，应为 0 至 %g 米（堰脚以上）",
			"%g m; %s can be raised to %g m and no higher: want 0 to %g m above its foot", o.given, s.Title.Or(s.Name), s.Most,
			s.Most)}}
	}
	return nil
}

// able says which structures can do something.
func able(action sim.StructureAction, names *Directory) sim.Text {
	var list []string
	for _, s := range names.Structures() {
		if slices.Contains(s.Actions, action) {
			list = append(list, s.Name)
		}
	}
	if len(list) == 0 {
		return sim.Say("本情景没有可如此操作的工程，应删去这条指令", "no structure of this scenario can; want no such order")
	}
	return sim.Say("应为可如此操作的工程：%s", "want a structure that can: %s", fewWords(list))
}

// fewWords lists words, the first dozen when there are many.
func fewWords(words []string) string {
	if len(words) > maxListed {
		return joinWords(words[:maxListed]) + ", …"
	}
	return joinWords(words)
}

// roundedAway warns of orders whose little value is rounded to nothing, as a share that stands for a percentage.
func (c *checker) roundedAway() {
	for i := range c.sc.Plan {
		p := &c.sc.Plan[i]
		spec := sim.OrderByName(p.Order)
		if spec == nil {
			continue
		}
		values, wrong := spec.Examine(sim.Command{Order: p.Order, Args: p.Args}, c.names)
		o, ok := orderedOf(spec, values, c.names)
		if len(wrong) > 0 || !ok || o.param == "" || o.given == 0 || o.value != 0 {
			continue
		}
		unit := ""
		for _, q := range spec.Params {
			if q.Name == o.param {
				unit = q.Unit
			}
		}
		c.add(fmt.Sprintf("plan[%d].%s", i, o.param), "%[1]g %[2]s 按级取整后为 0；单位是 %[2]s，应写更大的值，或写 0",
			"%[1]g %[2]s is rounded to 0; the unit is %[2]s: want a larger value, or 0", o.given, unit)
	}
}
