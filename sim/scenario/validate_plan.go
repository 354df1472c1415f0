package scenario

import (
	"fmt"
	"strings"

	"sandtable/sim"
)

// plan checks the standing plan, the thresholds of zones and the orders of deployments against the catalogue of orders.
func (c *checker) plan() {
	for i := range c.sc.Plan {
		p := &c.sc.Plan[i]
		path := fmt.Sprintf("plan[%d]", i)
		c.trigger(p, path)
		c.ordered(path, p.Order, p.Args)
	}
	for i := range c.sc.Thresholds {
		line, path := c.sc.Thresholds[i].Line(), fmt.Sprintf("zone_threshold[%d]", i)
		switch {
		case line.Public == "":
			c.reading(&line, path)
		case line.Gauge != "":
			c.add(path+".published", "同时写了 published 和 gauge；只能写其一", "both published and gauge; want one of them")
		default:
			c.withoutGauge(&line, path)
		}
	}
	for i := range c.sc.Items {
		x, path := &c.sc.Items[i], fmt.Sprintf("item[%d]", i)
		c.ordered(path, x.Order, x.Args)
		if line := x.Line(""); x.Gauge == "" {
			c.withoutGauge(&line, path)
		} else {
			c.reading(&line, path)
		}
		if x.Order == "deploy" || x.Order == "consult" {
			c.add(path+".order", "部署中不能再下发部署或会商；应写具体指令",
				"a deployment within a deployment, or a consultation; want an order that does something")
		}
	}
}

// ordered checks an order that a post is to give.
func (c *checker) ordered(path, order string, args []sim.Arg) {
	if order == "" || c.full() {
		return // reported as empty
	}
	for _, problem := range CheckOrder(order, args, c.names, c.blind) {
		at := path
		if problem.Path != "" {
			at += "." + problem.Path
		}
		c.say(at, problem.Text)
	}
	if spec := sim.OrderByName(order); spec != nil && spec.Givers&sim.GiverPost == 0 {
		c.add(path+".order", "%q 只能由导调下达；应改为岗位可下达的指令，或写入导调脚本",
			"%q is for the director alone; want an order that a post may give, or the director's script", order)
	}
}

// trigger checks that an order of the plan has exactly one.
func (c *checker) trigger(p *PlannedOrder, path string) {
	switch {
	case p.At == nil && p.Gauge == "" && p.Response == "" && p.Public == "" && p.Seen == 0 && p.CutOff == 0:
		c.add(path, "指令没有下达时机；应写 at = \"2h30m\"，或写 gauge 和 above",
			"an order without a moment; want at = \"2h30m\", or gauge and above")
	case p.At != nil && p.Gauge != "":
		c.add(path+".gauge", "同时写了 at 和 gauge；只能写其一", "both at and gauge; want one of them")
	case p.Response != "" && (p.At != nil || p.Gauge != ""):
		c.add(path+".response", "同时写了 response 和 at 或 gauge；只能写其一",
			"both response and at or gauge; want one of them")
	case p.Public != "" && (p.At != nil || p.Gauge != "" || p.Response != ""):
		c.add(path+".published", "同时写了 published 和 at、gauge 或 response；只能写其一",
			"both published and at, gauge or response; want one of them")
	case p.Seen != 0 && (p.At != nil || p.Gauge != "" || p.Response != "" || p.Public != ""):
		c.add(path+".seen", "同时写了 seen 和 at、gauge、response 或 published；只能写其一",
			"both seen and at, gauge, response or published; want one of them")
	case p.Gauge == "":
		c.withoutGauge(p, path)
	default:
		c.reading(p, path)
	}
}

// withoutGauge reports what has a meaning only with a gauge.
func (c *checker) withoutGauge(p *PlannedOrder, path string) {
	for _, x := range []struct {
		key   string
		given bool
	}{
		{"above", p.Above != 0}, {"window", p.Window != 0}, {"warning", p.Warning != ""}, {"lead", p.Lead != 0},
		{"share", p.Share != 0},
	} {
		if x.given {
			c.add(path+"."+x.key, "有触发条件而无测站；还应写 gauge", "a condition without a gauge; want gauge as well")
		}
	}
}

// reading checks what is asked of the gauge: something that it measures.
func (c *checker) reading(p *PlannedOrder, path string) {
	if p.Share != 0 && p.Lead == 0 {
		c.add(path+".share", "只有预报才有成员比例；还应写 lead", "a share of members without a forecast; want lead as well")
	}
	id, ok := c.names.Resolve(sim.KindGauge, p.Gauge)
	if !ok {
		return // the reference has been reported
	}
	rain := c.sc.Gauges[id].Kind == GaugeRain
	switch {
	case p.Warning != "" && p.Above != 0:
		c.add(path+".warning", "同时写了 above 和 warning；只能写其一", "both above and warning; want one of them")
	case p.Warning != "" && p.Window != 0:
		c.add(path+".window", "按预警级别触发时不用时段", "a window besides a warning level; want one of them")
	case p.Warning != "":
	case !rain && p.Window != 0:
		c.add(path+".window", "%q 是水位站，没有时段；应只写 above", "%q is a stage gauge and has no window; want above alone", p.Gauge)
	case rain:
		c.window(path+".window", p.Window)
		if !(p.Above > 0) {
			c.add(path+".above", "缺少雨量；应写 window 内的雨量（毫米）", "missing; want the depth of rain in the window [mm]")
		}
	}
}

// CheckOrder checks an order and its arguments against the catalogue. Paths are "order" or the argument's name.
// Kinds for which blind is true are not looked up; nil looks all up.
func CheckOrder(order string, args []sim.Arg, names *Directory, blind func(sim.Kind) bool) []sim.Problem {
	spec := sim.OrderByName(order)
	if spec == nil {
		var all []string
		for i := range sim.Orders {
			all = append(all, sim.Orders[i].Name)
		}
		want := sim.Say("应为 docs/orders.md 所列之一：%s", "want one of docs/orders.md: %s", joinWords(all))
		if g := Closest(order, all); g != "" {
			want = sim.Say("是否为 %q？全部指令见 docs/orders.md", "did you mean %q? docs/orders.md has them all", g)
		}
		return []sim.Problem{{Path: "order", Text: sim.Say("没有名为 %q 的指令；%s", "unknown order %q; %s", order, want)}}
	}
	command := sim.Command{Order: order, Args: args}
	values, problems := spec.Examine(command, lookup{names, blind})
	for i := range problems {
		if more := hint(spec, &command, problems[i].Path, names); !more.Empty() {
			problems[i].Text = sim.Join([]sim.Text{problems[i].Text, more}, sim.Sentences)
		}
	}
	if len(problems) > 0 || names == nil {
		return problems
	}
	if problems = misfit(spec, values, names, blind); len(problems) == 0 && (blind == nil || !blind(sim.KindStructure)) {
		return unfit(spec, values, names)
	}
	return problems
}

// hint completes a reason against an argument with a guess at what was meant.
func hint(spec *sim.OrderSpec, command *sim.Command, arg string, names *Directory) sim.Text {
	value, given := command.Arg(arg)
	if !given {
		return sim.Text{}
	}
	var known []string
	for _, p := range spec.Params {
		known = append(known, p.Name)
		if p.Name != arg {
			continue
		}
		switch {
		case p.Kind == sim.ParamChoice:
			return guess(value, p.Choices)
		case p.Kind != sim.ParamRef || names == nil:
			return sim.Text{}
		}
		if n := names.numbered(p.Ref); n > 0 {
			return sim.Say("编号应为 0 至 %d", "want a number from 0 to %d", n-1)
		}
		return WantOneOf(value, names.All(p.Ref))
	}
	return guess(arg, known)
}

// guess asks for the word that was probably meant, if there is one.
func guess(word string, among []string) sim.Text {
	if g := Closest(word, among); g != "" {
		return sim.Say("是否为 %q？", "did you mean %q?", g)
	}
	return sim.Text{}
}

// lookup resolves names, and takes every name of a kind that could not be read.
type lookup struct {
	names *Directory
	blind func(sim.Kind) bool
}

// Resolve returns the id of an entity; 0 for one of which nothing can be known.
func (l lookup) Resolve(kind sim.Kind, name string) (int32, bool) {
	if l.names == nil || l.blind != nil && l.blind(kind) {
		return 0, true
	}
	return l.names.Resolve(kind, name)
}

// NameOf returns the name of an entity.
func (l lookup) NameOf(r sim.Ref) string {
	if l.names == nil {
		return r.String()
	}
	return l.names.NameOf(r)
}

// TitleOf returns the name of an entity on screen.
func (l lookup) TitleOf(r sim.Ref) sim.Text {
	if l.names == nil {
		return sim.Said(r.String())
	}
	return l.names.TitleOf(r)
}

func joinWords(words []string) string { return strings.Join(words, ", ") }
