package scenario

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// unitFor says which kind of unit an order is for.
var unitFor = []struct {
	order  sim.OrderID
	kind   string
	zh, en string // the kind, as it stands in a sentence
}{
	{sim.OrderDispatchCoach, "coach", "大巴", "a coach"},
	{sim.OrderRescueZone, "boat", "冲锋舟", "a boat"},
	{sim.OrderFetchZone, "van", "无障碍车", "a van"},
}

// misfit reports an order to a unit of another kind, or to a road of which more is wanted than there is. What a file
// could not give, so that nothing is known of it, is taken to fit.
func misfit(spec *sim.OrderSpec, values []sim.Value, names *Directory, blind func(sim.Kind) bool) []sim.Problem {
	var problems []sim.Problem
	for i, p := range spec.Params {
		if !values[i].Given || p.Kind != sim.ParamRef || blind != nil && blind(p.Ref) {
			continue
		}
		switch p.Ref {
		case sim.KindUnit:
			problems = append(problems, wrongKind(spec, &names.sc.Units[values[i].Ref.ID], p.Name)...)
		case sim.KindLink:
			problems = append(problems, wrongRoad(spec, values, &names.sc.Links[values[i].Ref.ID], p.Name)...)
		}
	}
	return problems
}

// wrongKind reports a unit that an order is not for.
func wrongKind(spec *sim.OrderSpec, unit *Unit, path string) []sim.Problem {
	for _, u := range unitFor {
		if u.order == spec.ID && u.kind != unit.Kind {
			return []sim.Problem{{Path: path, Text: sim.Say("%q 的 kind 为 %q；应为%s（kind = %q）",
				"%q has the kind %q; want %s (kind = %q)", unit.Name, unit.Kind, sim.Text{ZH: u.zh, EN: u.en}, u.kind)}}
		}
	}
	return nil
}

// wrongRoad reports lanes that a road does not have, and lanes of the other direction on a one-way road.
func wrongRoad(spec *sim.OrderSpec, values []sim.Value, link *Link, path string) (problems []sim.Problem) {
	if spec.ID != sim.OrderReduceRoad && spec.ID != sim.OrderContraflow {
		return nil
	}
	if link.Class == RoadPath {
		return []sim.Problem{{Path: path, Text: sim.Say("该路段是步行路（path），不通车；应为通车的路段",
			"this link is a path, on which nobody drives; want a road")}}
	}
	for i, p := range spec.Params {
		v := &values[i]
		switch {
		case !v.Given:
		case p.Name == "lanes" && v.Num > float64(link.Lanes):
			problems = append(problems, sim.Problem{Path: p.Name, Text: sim.Say("%g；该路段每个方向的车道数为 %d，应不多于此",
				"%g; want no more than the lanes that the link has in each direction, %d", v.Num, link.Lanes)})
		case spec.ID == sim.OrderContraflow && p.Name == "way" && link.OneWay && p.Choices[num.Int(v.Num)] == "forward":
			problems = append(problems, sim.Problem{Path: p.Name, Text: sim.Say("该路段是单行路，没有对向车道；整路逆行应写 back",
				"a one-way link has no lanes of the other direction; want back, to turn the whole road")})
		}
	}
	return problems
}
