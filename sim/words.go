package sim

import (
	"fmt"
	"math"
	"slices"

	"sandtable/sim/num"
)

// Words writes a command as a duty officer says it: what is ordered, of what, and in brackets the rest, "立即转移：
// 青石单元（县一中）". What cannot be read stands as it was written, so that a refused command can be recognised.
func (s *OrderSpec) Words(c Command, names Names) Text {
	var target Text
	var rest []Text
	for i := range s.Params {
		p := &s.Params[i]
		value, ok := c.Arg(p.Name)
		if !ok {
			continue
		}
		word := p.word(value, names)
		if english, ok := c.Arg(p.English); ok && p.English != "" {
			word.EN = Brief(english)
		}
		if s.isEnglish(p.Name) {
			continue // it stands with its text
		}
		if p.Kind == ParamRef && target.Empty() {
			target = word
		} else {
			rest = append(rest, word)
		}
	}
	for _, a := range c.Args {
		if s.param(a.Name) == nil {
			rest = append(rest, raw(a.Name, a.Value))
		}
	}
	details := Join(rest, Text{"，", ", "})
	switch {
	case target.Empty() && len(rest) == 0:
		return s.Title
	case target.Empty():
		return Say("%s：%s", "%s: %s", s.Title, details)
	case len(rest) == 0:
		return Say("%s：%s", "%s: %s", s.Title, target)
	}
	return Say("%s：%s（%s）", "%s: %s (%s)", s.Title, target, details)
}

// Words writes an order on its way as the command that gave it was written, with all that it asks for.
func (d Directive) Words(names Names) Text {
	spec := &Orders[d.Order]
	c := Command{Order: spec.Name}
	for i := range spec.Params {
		p := &spec.Params[i]
		if value, given := d.arg(p, names); given {
			c.Args = append(c.Args, Arg{Name: p.Name, Value: value})
		}
	}
	return spec.Words(c, names)
}

// arg writes what a parameter of an order was, and says whether the order has it.
func (d Directive) arg(p *ParamSpec, names Names) (value string, given bool) {
	if _, road := Orders[d.Order].RoadAction(); road {
		return d.Road.arg(p)
	}
	switch p.Kind {
	case ParamRef:
		r := Ref{Kind: p.Ref, ID: d.id(p.Ref)}
		return names.NameOf(r), r.ID >= 0
	case ParamNumber:
		return fmt.Sprint(d.Num), true
	case ParamDuration:
		return d.Over.String(), d.Over > 0
	case ParamChoice:
		k := d.choice(p)
		return p.Choices[k], k > 0 || !p.Optional // the first one is what an order means that does not say
	}
	return "", false
}

// choice returns the index of the word that an order has for a parameter.
func (d Directive) choice(p *ParamSpec) int {
	switch {
	case d.Order == OrderSwitchPump:
		return num.ClampInt(d.Num, 0, len(p.Choices)-1)
	case (p.Name == stateParam.Name || p.Name == whomParam.Name) && d.On:
		return 1
	case p.Name == stateParam.Name, p.Name == whomParam.Name:
		return 0
	}
	return min(int(d.Choice), len(p.Choices)-1)
}

// id returns what of a kind an order names, None for nothing.
func (d Directive) id(kind Kind) int32 {
	switch kind {
	case KindZone:
		return int32(d.Zone)
	case KindShelter:
		return int32(d.Shelter)
	case KindUnit:
		return int32(d.Unit)
	case KindLink:
		return int32(d.Link)
	case KindStructure:
		return int32(d.Structure)
	case KindPost:
		return int32(d.Post)
	case KindOfficial:
		return int32(d.Official)
	}
	return None
}

// isEnglish says whether a parameter holds the English of another one.
func (s *OrderSpec) isEnglish(name string) bool {
	return slices.ContainsFunc(s.Params, func(p ParamSpec) bool { return p.English == name })
}

// word writes the value of a parameter.
func (p *ParamSpec) word(value string, names Names) Text {
	v, reason := p.read(value, names)
	switch {
	case !reason.Empty() && p.Kind == ParamRef:
		return Say("%s %.80q", "%s %.80q", p.Ref.Title(), value)
	case !reason.Empty():
		return raw(p.Name, value)
	case p.Kind == ParamRef:
		return names.TitleOf(v.Ref)
	case p.Kind == ParamChoice && len(p.Words) > 0:
		return p.Words[slices.Index(p.Choices, value)]
	case p.Kind == ParamDuration && !p.Form.Empty():
		return p.Form.filled(math.Floor(v.Num/6+0.5) / 10)
	case p.Kind == ParamDuration: // over is the only other one
		return overWords(v.Num)
	case p.Kind == ParamNumber && !p.Form.Empty():
		return p.Form.filled(v.Num)
	case p.Kind == ParamNumber:
		return Say("%g %s", "%g %s", v.Num, p.UnitTitle())
	}
	return Said(Brief(value))
}

// filled puts a number into a pattern.
func (t Text) filled(v float64) Text { return Text{fmt.Sprintf(t.ZH, v), fmt.Sprintf(t.EN, v)} }

// overWords says how long something shall take, so that nobody takes minutes for metres.
func overWords(seconds float64) Text {
	if seconds < 60 {
		return Say("历时 %g 秒", "over %g s", seconds)
	}
	minutes := math.Floor(seconds/6+0.5) / 10
	return Say("历时 %g 分钟", "over %g min", minutes)
}

// briefly is how many characters of what somebody wrote a sentence shows.
const briefly = 200

// Brief shortens what somebody wrote to what fits into a sentence: nonsense can be as long as its author likes.
func Brief(s string) string { return fmt.Sprintf("%.*s", briefly, s) }

// raw writes an argument as it stands in a file.
func raw(name, value string) Text { return Said(fmt.Sprintf("%s=%.80q", name, value)) }
