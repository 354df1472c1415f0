package engine

import (
	"fmt"

	"sandtable/sim"
)

// begin takes the commands of the tick. A bad one becomes a Rejected event with its reasons, never an error.
func (w *World) begin(cmds []sim.Command) {
	w.log.Events = w.log.Events[:0]
	for _, c := range cmds {
		serial := w.serial
		w.serial++
		if reasons := w.take(c, &order{serial: serial}); len(reasons) > 0 {
			w.log.Emit(sim.Event{At: w.now, Kind: sim.EvRejected, B: w.sender(c), Count: serial,
				Text: w.refusal(c, reasons)})
		}
	}
	w.issue()
}

// refusal says what is refused and why.
func (w *World) refusal(c sim.Command, reasons []sim.Text) sim.Text {
	return sim.Say("%s；原因：%s", "%s; reason: %s", w.words(c), sim.Join(reasons, sim.Sentences))
}

// take accepts one command, or says why not. o has its number, and is filled with what it says.
func (w *World) take(c sim.Command, o *order) []sim.Text {
	spec := sim.OrderByName(c.Order)
	if spec == nil {
		return []sim.Text{sim.Say("没有名为 %.80q 的指令，见 docs/orders.md",
			"no order is called %.80q; docs/orders.md lists them", c.Order)}
	}
	if !mayGive(spec, c.Origin) {
		return []sim.Text{sim.Say("“%s”只能由导调下达", "%s is for the director", spec.Title)}
	}
	post, reason := w.giver(c)
	if !reason.Empty() {
		return []sim.Text{reason}
	}
	values, wrong := spec.Parse(c, w.names)
	if len(wrong) > 0 {
		return wrong
	}
	o.spec, o.values, o.post, o.origin = spec, values, post, c.Origin
	if reason := handlers[spec.ID](w, o); !reason.Empty() {
		return []sim.Text{reason}
	}
	w.log.Emit(sim.Event{At: w.now, Kind: sim.EvAccepted, A: o.target(), B: sim.RefTo(sim.KindPost, post),
		C: o.named(1), Count: int32(spec.ID), Num: float64(c.Origin), Text: spec.Words(c, w.names)})
	return nil
}

// mayGive says whether a command of that origin may give the order.
func mayGive(spec *sim.OrderSpec, origin sim.OriginKind) bool {
	if origin == sim.FromDirector {
		return true
	}
	return spec.Givers&sim.GiverPost != 0
}

// giver returns the post in whose name the command is given: the named one, else the highest.
func (w *World) giver(c sim.Command) (sim.PostID, sim.Text) {
	if c.Post != "" {
		id, ok := w.names.Resolve(sim.KindPost, c.Post)
		if !ok {
			return sim.None, sim.Say("没有名为 %.80q 的岗位", "no post is called %.80q", c.Post)
		}
		return sim.PostID(id), sim.Text{}
	}
	for i, superior := range w.sites.Tree {
		if superior < 0 {
			return sim.PostID(i), sim.Text{}
		}
	}
	if c.Origin == sim.FromDirector {
		return sim.None, sim.Text{}
	}
	return sim.None, sim.Say("本演练没有可下达指令的岗位", "the scenario has no command post that could give it")
}

// sender returns the post in whose name a command is given, nothing where that is not known.
func (w *World) sender(c sim.Command) sim.Ref {
	if post, _ := w.giver(c); post >= 0 {
		return sim.RefTo(sim.KindPost, post)
	}
	return sim.Ref{}
}

// words writes a command for the screen; one that the catalogue does not have stands as it was written.
func (w *World) words(c sim.Command) sim.Text {
	if spec := sim.OrderByName(c.Order); spec != nil {
		return spec.Words(c, w.names)
	}
	return sim.Said(sim.Brief(c.String()))
}

// order is a command that has been read.
type order struct {
	spec   *sim.OrderSpec
	values []sim.Value
	post   sim.PostID
	origin sim.OriginKind
	serial int32

	item    int32 // its number among the orders of deployments, from 1; 0 for one that was given by itself
	travels bool  // it went down the chain of command, and is to be acknowledged
}

// value returns a parameter; the zero Value when it was not given.
func (o *order) value(name string) sim.Value {
	for i, p := range o.spec.Params {
		if p.Name == name {
			return o.values[i]
		}
	}
	panic(fmt.Sprintf("engine: order %s has no parameter %.80q", o.spec.Name, name))
}

// has says whether the order has a parameter of that name at all.
func (o *order) has(name string) bool {
	for _, p := range o.spec.Params {
		if p.Name == name {
			return true
		}
	}
	return false
}

// ref returns the id that a parameter names, None when it was not given or does not exist in this order.
func (o *order) ref(name string) int32 {
	if !o.has(name) {
		return sim.None
	}
	if v := o.value(name); v.Given {
		return v.Ref.ID
	}
	return sim.None
}

// target returns the order's main target: its first reference, or the whole county.
func (o *order) target() sim.Ref {
	if r := o.named(0); r.Kind != sim.KindNone {
		return r
	}
	return sim.Ref{Kind: sim.KindCounty}
}

// named returns the n-th of the order's references that are given, nothing beyond the last.
func (o *order) named(n int) sim.Ref {
	for i, p := range o.spec.Params {
		if p.Kind != sim.ParamRef || !o.values[i].Given {
			continue
		}
		if n == 0 {
			return o.values[i].Ref
		}
		n--
	}
	return sim.Ref{}
}
