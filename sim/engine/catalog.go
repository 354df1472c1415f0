package engine

import (
	"fmt"

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

// handlers carries out each order of the catalogue. A handler returns why the order is refused, or "".
var handlers = [len(sim.Orders)]func(w *World, o *order) string{
	sim.OrderPrepareZone:   (*World).direct,
	sim.OrderEvacuateZone:  (*World).direct,
	sim.OrderAllClear:      (*World).direct,
	sim.OrderOpenShelter:   (*World).direct,
	sim.OrderCloseShelter:  (*World).direct,
	sim.OrderDispatchCoach: (*World).directUnit,
	sim.OrderRescueZone:    (*World).directUnit,
	sim.OrderRecallUnit:    (*World).directUnit,
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
func (w *World) direct(o *order) string {
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
	if reason := w.command.Refuse(d); reason != "" {
		return reason
	}
	w.ports.Directives.Post(w.now, o.serial, d)
	return ""
}

// directUnit checks that the order suits the unit before it is sent.
func (w *World) directUnit(o *order) string {
	want := map[sim.OrderID]string{sim.OrderDispatchCoach: "coach", sim.OrderRescueZone: "boat"}[o.spec.ID]
	unit := &w.sc.Units[o.ref("unit")]
	if want != "" && unit.Kind != want {
		return fmt.Sprintf("%s is a %s; want a %s", unit.Name, unit.Kind, want)
	}
	if o.spec.ID == sim.OrderDispatchCoach && w.sites.Zone[o.ref("zone")].Assembly < 0 {
		return fmt.Sprintf("zone %s has no assembly point for coaches", w.sc.Zones[o.ref("zone")].Name)
	}
	return w.direct(o)
}

// moveRoad closes or opens a road: the director at once, a post by the chain of command.
func (w *World) moveRoad(o *order) string {
	if o.origin != sim.FromDirector {
		return w.direct(o)
	}
	r := sim.RoadOrder{Link: sim.LinkID(o.ref("link")), Close: o.spec.ID == sim.OrderCloseRoad}
	if r.Close {
		r.Policy = sim.ClosurePolicy(num.Uint8(o.value("policy").Num))
	}
	w.ports.RoadOrders.Post(w.now, int32(r.Link), r)
	return ""
}

// setGate opens or closes a gate: the director at once, a post by the chain of command to the gate's keeper.
func (w *World) setGate(o *order) string {
	if reason := w.hazards.refuse(sim.StructureID(o.ref("structure")), sim.StructureSetOpening); reason != "" {
		return reason
	}
	if o.origin != sim.FromDirector {
		return w.direct(o)
	}
	w.ports.Structures.Post(w.now, o.ref("structure"), sim.StructureMessage{
		Structure: sim.StructureID(o.ref("structure")), Action: sim.StructureSetOpening,
		Value: gateStep(o.value("opening").Num)})
	return ""
}

// gateStep rounds an opening to the steps of 5 % in which gates are moved, so that films are shared more often.
func gateStep(percent float64) float64 { return float64(5 * num.Round(percent/5)) }

func (w *World) breach(o *order) string {
	id := sim.StructureID(o.ref("structure"))
	if reason := w.hazards.refuse(id, sim.StructureBreach); reason != "" {
		return reason
	}
	w.ports.Structures.Post(w.now, int32(id), sim.StructureMessage{Structure: id, Action: sim.StructureBreach})
	return ""
}

func (w *World) setLevel(o *order) string {
	if o.origin != sim.FromDirector {
		if reason := w.command.Refuse(sim.Directive{Order: o.spec.ID, From: o.post, Zone: sim.None, Shelter: sim.None,
			Unit: sim.None, Link: sim.None, Structure: sim.None}); reason != "" {
			return reason
		}
	}
	level := num.Int(o.value("level").Num)
	if o.spec.ID == sim.OrderWarningLevel {
		w.command.SetWarning(w.now, level, &w.log)
	} else {
		w.command.SetResponse(w.now, level, &w.log)
	}
	return ""
}

func (w *World) message(o *order) string {
	w.command.Deliver(w.now, sim.PostID(o.ref("to")), sim.Ref{Kind: sim.KindNone}, o.value("text").Text, &w.log)
	return ""
}

func (w *World) channel(o *order) string {
	f := sim.ChannelFault{Channel: sim.ChannelID(o.ref("channel")), Zone: sim.ZoneID(o.ref("zone")),
		Up: o.spec.ID == sim.InjectChannelUp}
	w.ports.ChannelFaults.Post(w.now, int32(f.Channel), f)
	return ""
}
