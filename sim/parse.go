package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sandtable/sim/geo"
)

// Names resolves the names of entities.
type Names interface {
	Resolve(kind Kind, name string) (int32, bool)
	NameOf(r Ref) string // in files
	TitleOf(r Ref) Text  // on screen
}

// Parse reads the command's arguments against the order's parameters. It returns one value per parameter, in the
// order of Params, or all the reasons why it cannot, in one sentence each.
func (s *OrderSpec) Parse(c Command, names Names) ([]Value, []Text) {
	values, problems := s.Examine(c, names)
	var wrong []Text
	for _, p := range problems {
		wrong = append(wrong, p.Text)
	}
	return values, wrong
}

// Examine is Parse with each reason at the parameter that it is about: Problem.Path is the parameter's name, also
// of one that is unknown or missing.
func (s *OrderSpec) Examine(c Command, names Names) ([]Value, []Problem) {
	values := make([]Value, len(s.Params))
	var wrong []Problem
	add := func(name string, why Text) { wrong = append(wrong, Problem{name, why}) }
	for _, a := range c.Args {
		if s.param(a.Name) == nil {
			add(a.Name, Say("没有参数 %.80q；格式为 %s", "unknown parameter %.80q; want %s", a.Name, s.usage()))
		}
	}
	for i, p := range s.Params {
		text, ok := c.Arg(p.Name)
		if !ok {
			if !p.Optional {
				add(p.Name, Say("缺少参数 %.80q；格式为 %s", "parameter %.80q is missing; want %s", p.Name, s.usage()))
			}
			continue
		}
		v, reason := p.read(text, names)
		if !reason.Empty() {
			add(p.Name, reason)
		}
		values[i] = v
	}
	return values, wrong
}

// param returns the parameter of a name, or nil.
func (s *OrderSpec) param(name string) *ParamSpec {
	k := slices.IndexFunc(s.Params, func(p ParamSpec) bool { return p.Name == name })
	if k < 0 {
		return nil
	}
	return &s.Params[k]
}

func (s *OrderSpec) usage() string {
	var b strings.Builder
	b.WriteString(s.Name)
	for _, p := range s.Params {
		if p.Optional {
			fmt.Fprintf(&b, " [%s=…]", p.Name)
		} else {
			fmt.Fprintf(&b, " %s=…", p.Name)
		}
	}
	return b.String()
}

// read reads one parameter; reason says why it cannot.
func (p *ParamSpec) read(text string, names Names) (v Value, reason Text) {
	v.Given = true
	switch p.Kind {
	case ParamRef:
		id, ok := names.Resolve(p.Ref, text)
		if !ok {
			return v, Say("没有名为 %.80[2]q 的%[1]s", "no %[1]s is called %.80[2]q", p.Ref.Title(), text)
		}
		v.Ref = Ref{p.Ref, id}
	case ParamNumber:
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || !(n >= p.Min && n <= p.Max) {
			return v, Say("参数 %s：%.80q；应为 %g 至 %g %s 的数", "%s: %.80q; want a number from %g to %g %s",
				p.Name, text, p.Min, p.Max, p.UnitTitle())
		}
		v.Num = n
	case ParamDuration:
		d, err := ParseDuration(text)
		if err != nil || d.Seconds() < p.Min || d.Seconds() > p.Max {
			return v, Say("参数 %s：%.80q；应为时长，如 2h30m，%g 至 %g 秒",
				"%s: %.80q; want a span of time such as 2h30m, %g to %g s", p.Name, text, p.Min, p.Max)
		}
		v.Num = d.Seconds()
	case ParamChoice:
		k := slices.Index(p.Choices, text)
		if k < 0 {
			return v, Say("参数 %s：%.80q；应为 %s 之一", "%s: %.80q; want one of %s", p.Name, text, strings.Join(p.Choices, ", "))
		}
		v.Num = float64(k)
	case ParamText:
		if n := len([]rune(text)); n > maxText {
			return v, Say("参数 %s：%d 字；最多 %d 字", "%s: a text of %d characters; want at most %d", p.Name, n, maxText)
		}
		v.Text = text
	case ParamXY:
		xs, ys, _ := strings.Cut(text, ",")
		x, err1 := strconv.ParseFloat(strings.TrimSpace(xs), 64)
		y, err2 := strconv.ParseFloat(strings.TrimSpace(ys), 64)
		if err1 != nil || err2 != nil || !(geo.Point{X: x, Y: y}).Finite() {
			return v, Say("参数 %s：%.80q；应为坐标，如 1200,350（米）", "%s: %.80q; want a place such as 1200,350 [m]", p.Name, text)
		}
		v.X, v.Y = x, y
	}
	return v, Text{}
}

// maxText is how many characters a ParamText may have.
const maxText = 500
