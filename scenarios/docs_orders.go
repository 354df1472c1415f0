package scenarios

import (
	"fmt"
	"strings"

	"sandtable/sim"
)

// OrderDocs returns docs/orders.md: the catalogue of orders and injects, in Chinese and English.
func OrderDocs() []byte {
	w := &docWriter{}
	w.line(ordersIntro)
	w.overview()
	w.groups(w.order)
	return w.bytes()
}

const ordersIntro = `# Orders and injects (指令与情景注入)

This page is made from the catalogue in sim/order.go (` + "`go generate ./scenarios`" + `); a test fails when it
is out of date.

An order enters a drill in one of four ways, each time with the same name and parameters: a table
` + "`[[plan]]`" + ` of the standing plan in scenario.toml, a table ` + "`[[order]]`" + ` in a file of orders
(` + "`sandtable branch --orders`" + `), the director's Lua (` + "`order`" + ` for orders, ` + "`inject`" + `
for injects), or the order panel. An order that cannot be carried out is no error of the program: it comes back as
rejected, with the reason in Chinese and English, and is in the journal.

A file of orders is a record of what a player gives: each order has its instant, ` + "`at`" + `, and becomes part
of the branch's own record as it stands, so that the branch can be resumed and verified from commands alone. An order
that waits for a gauge or a forecast is given by somebody who looks at the drill while it is played: by the standing
plan (` + "`gauge`, `above`, `window`, `warning`, `lead`, `share`, `delay`" + `: [scenario.md](scenario.md#plan);
for another trigger change the plan and run the drill again with the same seed), or by Lua (` + "`when`" + ` and
` + "`on.event`" + `: [scripting.md](scripting.md)).
`

// groups goes through the catalogue group by group.
func (w *docWriter) groups(do func(s *sim.OrderSpec)) {
	for g := range sim.OrderGroupCount {
		for i := range sim.Orders {
			if sim.Orders[i].Group == g {
				do(&sim.Orders[i])
			}
		}
	}
}

// overview lists all orders by what they are about.
func (w *docWriter) overview() {
	var b strings.Builder
	b.WriteString("| order | 中文 | | given by |\n|---|---|---|---|\n")
	last := sim.OrderGroupCount
	w.groups(func(s *sim.OrderSpec) {
		if s.Group != last {
			last = s.Group
			fmt.Fprintf(&b, "| | **%s** | **%s** | |\n", s.Group.Title().ZH, s.Group.Title().EN)
		}
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s | %s |\n", s.Name, s.Name, s.Title.ZH, s.Title.EN, givers(s))
	})
	w.line(b.String())
}

// givers says who may give an order.
func givers(s *sim.OrderSpec) string {
	var who []string
	if s.Givers&sim.GiverPost != 0 {
		who = append(who, s.Scope.Title().EN)
	}
	if s.Givers&sim.GiverDirector != 0 {
		who = append(who, "the director")
	}
	return strings.Join(who, ", ")
}

// order writes one line of the catalogue.
func (w *docWriter) order(s *sim.OrderSpec) {
	w.line(fmt.Sprintf("## %s\n\n**%s** · %s. Given by %s.", s.Name, s.Title.ZH, s.Title.EN, givers(s)))
	if s.Protective {
		w.line("Protective: it changes who is where, and is left out of the reference run.")
	}
	w.line(s.Effect.ZH + "\n\n" + s.Effect.EN)
	if len(s.Params) > 0 {
		var b strings.Builder
		b.WriteString("| parameter | form | | 含义 | meaning |\n|---|---|---|---|---|\n")
		for i := range s.Params {
			p := &s.Params[i]
			need := "required"
			if p.Optional {
				need = "optional"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", p.Name, paramForm(p), need, p.Doc.ZH, p.Doc.EN)
		}
		w.line(b.String())
	}
	w.examples(s)
}

// paramForm says what a parameter may be.
func paramForm(p *sim.ParamSpec) string {
	switch p.Kind {
	case sim.ParamRef:
		switch p.Ref {
		case sim.KindLink, sim.KindNode, sim.KindBuilding, sim.KindPerson, sim.KindHousehold, sim.KindParty:
			return "number of " + article(p.Ref)
		}
		return "name of " + article(p.Ref)
	case sim.ParamNumber:
		return fmt.Sprintf("number, %g to %g %s", p.Min, p.Max, p.Unit)
	case sim.ParamDuration:
		return fmt.Sprintf("span of time, %g to %g s", p.Min, p.Max)
	case sim.ParamChoice:
		list := make([]string, len(p.Choices))
		for i, choice := range p.Choices {
			list[i] = fmt.Sprintf("%s (%s)", choice, p.Words[i].ZH)
		}
		return strings.Join(list, ", ")
	case sim.ParamXY:
		return "place as `x,y` [m]"
	}
	return "text of at most 500 characters"
}

// examples writes the order's example as TOML and as Lua.
func (w *docWriter) examples(s *sim.OrderSpec) {
	c := parseExample(s.Example)
	if s.Givers&sim.GiverPost != 0 {
		var b strings.Builder
		fmt.Fprintf(&b, "```toml\n[[plan]]\nat = \"1h\"\norder = %s\n", quote(c.Order))
		for _, a := range c.Args {
			fmt.Fprintf(&b, "%s = %s\n", a.Name, argText(a.Value))
		}
		w.line(b.String() + "```")
	}
	call := "order"
	if s.Givers&sim.GiverPost == 0 {
		call = "inject"
	}
	var args []string
	for _, a := range c.Args {
		args = append(args, a.Name+" = "+argText(a.Value))
	}
	w.line(fmt.Sprintf("```lua\n%s(%s, {%s})\n```", call, quote(c.Order), strings.Join(args, ", ")))
}

// argText writes an argument, a number bare.
func argText(value string) string {
	if isNumeric(value) {
		return value
	}
	return quote(value)
}

// parseExample reads an example of the catalogue: order name=value …
func parseExample(text string) sim.Command {
	words := strings.Fields(text)
	c := sim.Command{Order: words[0]}
	for _, w := range words[1:] {
		name, value, _ := strings.Cut(w, "=")
		c.Args = append(c.Args, sim.Arg{Name: name, Value: value})
	}
	return c
}
