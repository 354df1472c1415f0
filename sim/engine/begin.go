package engine

import (
	"fmt"
	"strings"

	"sandtable/sim"
)

// begin takes the commands of the tick. A bad one becomes a Rejected event with its reasons, never an error.
func (w *World) begin(cmds []sim.Command) {
	w.log.Events = w.log.Events[:0]
	for _, c := range cmds {
		serial := w.serial
		w.serial++
		if reasons := w.take(c, serial); len(reasons) > 0 {
			w.log.Emit(sim.Event{At: w.now, Kind: sim.EvRejected, Count: serial,
				Text: fmt.Sprintf("%s: %s", c, strings.Join(reasons, "; "))})
		}
	}
}

// take accepts one command, or says why not.
func (w *World) take(c sim.Command, serial int32) []string {
	spec := sim.OrderByName(c.Order)
	if spec == nil {
		return []string{fmt.Sprintf("no order is called %q; docs/orders.md lists them", c.Order)}
	}
	if !mayGive(spec, c.Origin) {
		return []string{fmt.Sprintf("%s is for the director", spec.Name)}
	}
	post, reason := w.giver(c)
	if reason != "" {
		return []string{reason}
	}
	values, wrong := spec.Parse(c, w.names)
	if len(wrong) > 0 {
		return wrong
	}
	o := order{spec: spec, values: values, post: post, origin: c.Origin, serial: serial}
	if reason := handlers[spec.ID](w, &o); reason != "" {
		return []string{reason}
	}
	w.log.Emit(sim.Event{At: w.now, Kind: sim.EvAccepted, A: o.target(), B: sim.RefTo(sim.KindPost, post),
		Count: int32(spec.ID), Num: float64(c.Origin), Text: c.String()})
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
func (w *World) giver(c sim.Command) (sim.PostID, string) {
	if c.Post != "" {
		id, ok := w.names.Resolve(sim.KindPost, c.Post)
		if !ok {
			return sim.None, fmt.Sprintf("no post is called %q", c.Post)
		}
		return sim.PostID(id), ""
	}
	for i, superior := range w.sites.Tree {
		if superior < 0 {
			return sim.PostID(i), ""
		}
	}
	if c.Origin == sim.FromDirector {
		return sim.None, ""
	}
	return sim.None, "the scenario has no command post that could give it"
}

// order is a command that has been read.
type order struct {
	spec   *sim.OrderSpec
	values []sim.Value
	post   sim.PostID
	origin sim.OriginKind
	serial int32
}

// value returns a parameter; the zero Value when it was not given.
func (o *order) value(name string) sim.Value {
	for i, p := range o.spec.Params {
		if p.Name == name {
			return o.values[i]
		}
	}
	panic(fmt.Sprintf("engine: order %s has no parameter %q", o.spec.Name, name))
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
	for i, p := range o.spec.Params {
		if p.Kind == sim.ParamRef && o.values[i].Given {
			return o.values[i].Ref
		}
	}
	return sim.Ref{Kind: sim.KindCounty}
}
