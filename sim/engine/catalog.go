package engine

import (
	"sandtable/sim"
	"sandtable/sim/flood"
	"sandtable/sim/num"
)

// Kinds lists the hazards that a scenario can have: the word in the scenario's kind, and an empty configuration
// to decode it into. A new hazard is a package of its own and one line here.
func Kinds() map[string]func() sim.HazardSpec {
	return map[string]func() sim.HazardSpec{
		"flood": func() sim.HazardSpec { return new(flood.Config) },
	}
}

// handlers carries out each order of the catalogue. A handler returns why the order is refused, or
// nothing.
var handlers = [len(sim.Orders)]func(w *World, o *order) sim.Text{
	sim.OrderPrepareZone:   (*World).direct,
	sim.OrderEvacuateZone:  (*World).direct,
	sim.OrderAllClear:      (*World).direct,
	sim.OrderOpenShelter:   (*World).direct,
	sim.OrderCloseShelter:  (*World).direct,
	sim.OrderDispatchCoach: (*World).direct,
	sim.OrderRescueZone:    (*World).direct,
	sim.OrderRecallUnit:    (*World).direct,
	sim.OrderCloseRoad:     (*World).moveRoad,
	sim.OrderOpenRoad:      (*World).moveRoad,
	sim.OrderSetGate:       (*World).setGate,
	sim.OrderWarningLevel:  (*World).setLevel,
	sim.OrderResponseLevel: (*World).setLevel,
	sim.InjectMessage:      (*World).message,
	sim.InjectBreach:       (*World).breach,
	sim.InjectChannelDown:  (*World).channel,
	sim.InjectChannelUp:    (*World).channel,
}

// direct sends the order down the chain of command.
func (w *World) direct(o *order) sim.Text {
	d := sim.Directive{
		Order: o.spec.ID, From: o.post, Serial: o.serial,
		Zone:      sim.ZoneID(o.ref("zone")),
		Shelter:   sim.ShelterID(o.ref("shelter")),
		Unit:      sim.UnitID(o.ref("unit")),
		Link:      sim.LinkID(o.ref("link")),
		Structure: sim.StructureID(o.ref("structure")),
	}
	switch {
	case o.has("policy"):
		d.Num = o.value("policy").Num
	case o.has("opening"):
		d.Num = gateStep(o.value("opening").Num)
	}
	if reason := w.command.Refuse(d); !reason.Empty() {
		return reason
	}
	w.ports.Directives.Post(w.now, o.serial, d)
	return sim.Text{}
}

// moveRoad closes or opens a road: the director at once, a post by the chain of command.
func (w *World) moveRoad(o *order) sim.Text {
	if o.origin != sim.FromDirector {
		return w.direct(o)
	}
	r := sim.RoadOrder{Link: sim.LinkID(o.ref("link")), Close: o.spec.ID == sim.OrderCloseRoad}
	if r.Close {
		r.Policy = sim.ClosurePolicy(num.Uint8(o.value("policy").Num))
	}
	w.ports.RoadOrders.Post(w.now, int32(r.Link), r)
	return sim.Text{}
}

// setGate opens or closes a gate: the director at once, a post by the chain of command to the gate's keeper.
func (w *World) setGate(o *order) sim.Text {
	if reason := w.hazards.refuse(sim.StructureID(o.ref("structure")), sim.StructureSetOpening); !reason.Empty() {
		return reason
	}
	if o.origin != sim.FromDirector {
		return w.direct(o)
	}
	w.ports.Structures.Post(w.now, o.ref("structure"), sim.StructureMessage{
		Structure: sim.StructureID(o.ref("structure")), Action: sim.StructureSetOpening,
		Value: gateStep(o.value("opening").Num)})
	return sim.Text{}
}

// gateStep rounds an opening to the steps of 5 % in which gates are moved, so that films are shared more often.
func gateStep(percent float64) float64 { return float64(5 * num.Round(percent/5)) }

func (w *World) breach(o *order) sim.Text {
	id := sim.StructureID(o.ref("structure"))
	if reason := w.hazards.refuse(id, sim.StructureBreach); !reason.Empty() {
		return reason
	}
	w.ports.Structures.Post(w.now, int32(id), sim.StructureMessage{Structure: id, Action: sim.StructureBreach})
	return sim.Text{}
}

func (w *World) setLevel(o *order) sim.Text {
	if o.origin != sim.FromDirector {
		if reason := w.command.Refuse(sim.Directive{Order: o.spec.ID, From: o.post, Zone: sim.None, Shelter: sim.None,
			Unit: sim.None, Link: sim.None, Structure: sim.None}); !reason.Empty() {
			return reason
		}
	}
	level := num.Int(o.value("level").Num)
	if o.spec.ID == sim.OrderWarningLevel {
		w.command.SetWarning(w.now, level, &w.log)
	} else {
		w.command.SetResponse(w.now, level, &w.log)
	}
	return sim.Text{}
}

func (w *World) message(o *order) sim.Text {
	text := sim.Said(o.value("text").Text)
	if english := o.value("text_en").Text; english != "" {
		text.EN = english
	}
	w.command.Deliver(w.now, sim.PostID(o.ref("to")), sim.Ref{Kind: sim.KindNone}, text, &w.log)
	return sim.Text{}
}

func (w *World) channel(o *order) sim.Text {
	f := sim.ChannelFault{Channel: sim.ChannelID(o.ref("channel")), Zone: sim.ZoneID(o.ref("zone")),
		Up: o.spec.ID == sim.InjectChannelUp}
	w.ports.ChannelFaults.Post(w.now, int32(f.Channel), f)
	return sim.Text{}
}
