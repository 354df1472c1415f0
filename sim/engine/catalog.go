package engine

import (
	"sandtable/sim"
	"sandtable/sim/flood"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
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
	sim.OrderPrepareZone:      (*World).direct,
	sim.OrderEvacuateZone:     (*World).direct,
	sim.OrderAllClear:         (*World).direct,
	sim.OrderOpenShelter:      (*World).direct,
	sim.OrderCloseShelter:     (*World).direct,
	sim.OrderDispatchCoach:    (*World).direct,
	sim.OrderRescueZone:       (*World).direct,
	sim.OrderRecallUnit:       (*World).direct,
	sim.OrderCloseRoad:        (*World).moveRoad,
	sim.OrderOpenRoad:         (*World).moveRoad,
	sim.OrderReduceRoad:       (*World).moveRoad,
	sim.OrderContraflow:       (*World).moveRoad,
	sim.OrderEndContraflow:    (*World).moveRoad,
	sim.OrderClearRoad:        (*World).moveRoad,
	sim.OrderPoliceNode:       (*World).moveRoad,
	sim.OrderWaveRing:         (*World).moveRoad,
	sim.OrderSetGate:          (*World).setStructure,
	sim.OrderSetCrest:         (*World).setStructure,
	sim.OrderSwitchPump:       (*World).setStructure,
	sim.OrderWarningLevel:     (*World).setLevel,
	sim.OrderResponseLevel:    (*World).setLevel,
	sim.InjectMessage:         (*World).message,
	sim.InjectBreach:          (*World).breach,
	sim.InjectChannelDown:     (*World).channel,
	sim.InjectChannelUp:       (*World).channel,
	sim.OrderAnnounceClosures: (*World).announce,
	sim.OrderFetchZone:        (*World).direct,
	sim.OrderCallPost:         (*World).direct,
	sim.OrderStaffPost:        (*World).managePost,
	sim.OrderAppoint:          (*World).managePost,
	sim.OrderDelegate:         (*World).managePost,
	sim.InjectOfficial:        (*World).officialState,
	sim.OrderCutPower:         (*World).supply,
	sim.OrderRestorePower:     (*World).supply,
	sim.InjectNetworkDown:     (*World).supply,
	sim.InjectNetworkUp:       (*World).supply,
	sim.OrderSearchZone:       (*World).direct,
	sim.InjectRumour:          (*World).rumour,
	sim.OrderStatement:        (*World).direct,
	sim.OrderSuspend:          (*World).control,
	sim.OrderResume:           (*World).control,
	sim.OrderBanEntry:         (*World).control,
	sim.OrderBanGathering:     (*World).control,
	sim.OrderWithdraw:         (*World).control,
	sim.OrderDivert:           (*World).moveRoad,
	sim.OrderReturnZone:       (*World).direct,
	sim.OrderGuardShelter:     (*World).direct,
	sim.OrderInformShelter:    (*World).direct,
	sim.OrderConsult:          (*World).consult,
	sim.OrderDeploy:           (*World).deploy,
	sim.OrderReport:           (*World).reportUp,
}

// direct sends the order down the chain of command.
func (w *World) direct(o *order) sim.Text {
	d := o.directive()
	if reason := w.command.Refuse(d); !reason.Empty() {
		return reason
	}
	w.ports.Directives.Post(w.now, o.serial, d)
	o.travels = true
	return sim.Text{}
}

// directive writes an order as it travels.
func (o *order) directive() sim.Directive {
	d := sim.Directive{
		Order: o.spec.ID, From: o.post, Serial: o.serial, Item: o.item,
		Zone:      sim.ZoneID(o.ref("zone")),
		Shelter:   sim.ShelterID(o.ref("shelter")),
		Unit:      sim.UnitID(o.ref("unit")),
		Link:      sim.LinkID(o.ref("link")),
		Structure: sim.StructureID(o.ref("structure")),
		Post:      sim.PostID(o.ref("to")),
		Official:  sim.OfficialID(o.ref("official")),
	}
	for i := range o.spec.Params {
		if p := &o.spec.Params[i]; p.Kind == sim.ParamChoice && (p.Name == "state" || p.Name == "whom") {
			d.On = o.values[i].Num > 0
		} else if p.Kind == sim.ParamChoice {
			d.Choice = num.Uint8(o.values[i].Num)
		}
	}
	if _, road := o.spec.RoadAction(); road {
		d.Road = o.spec.RoadOrder(o.values)
	}
	if d.Structure >= 0 {
		c := o.setting()
		d.Num, d.Over = c.Value, c.Over
	}
	return d
}

// control carries out an emergency control: the director's at once, that of a post by the chain of command.
func (w *World) control(o *order) sim.Text {
	if o.origin != sim.FromDirector {
		return w.direct(o)
	}
	d := o.directive()
	d.Control().Post(w.now, &w.ports)
	return sim.Text{}
}

// moveRoad changes what a road lets through: the director at once, a post by the chain of command.
func (w *World) moveRoad(o *order) sim.Text {
	r := o.spec.RoadOrder(o.values)
	if r.Link >= 0 && w.sc.Links[r.Link].Class == scenario.RoadPath && r.Do > sim.RoadClose {
		return sim.Say("%s是人行道，不通车辆", "%s is a footpath, without vehicles",
			w.names.TitleOf(sim.RefTo(sim.KindLink, r.Link)))
	}
	if o.origin != sim.FromDirector {
		return w.direct(o)
	}
	w.ports.RoadOrders.Post(w.now, int32(max(int32(r.Link), int32(r.Node))), r)
	return sim.Text{}
}

// refuseToAll says why a post may not give an order to everybody, or nothing; the director may.
func (w *World) refuseToAll(o *order) sim.Text {
	if o.origin == sim.FromDirector {
		return sim.Text{}
	}
	return w.command.Refuse(sim.Directive{Order: o.spec.ID, From: o.post, Zone: sim.None, Shelter: sim.None,
		Unit: sim.None, Link: sim.None, Structure: sim.None, Post: sim.None, Official: sim.None})
}

// setStructure moves a gate, a crest or a pump's switch: the director at once, a post by the chain of command to the
// structure's keeper.
func (w *World) setStructure(o *order) sim.Text {
	m := o.setting()
	if reason := w.hazards.refuse(m.Structure, m.Action); !reason.Empty() {
		return reason
	}
	if o.origin != sim.FromDirector {
		return w.direct(o)
	}
	w.ports.Structures.Post(w.now, int32(m.Structure), m)
	return sim.Text{}
}

// setting is what an order wants of a structure.
func (o *order) setting() sim.StructureMessage {
	m := sim.StructureMessage{Structure: sim.StructureID(o.ref("structure"))}
	switch o.spec.ID {
	case sim.OrderSetGate:
		m.Action, m.Value = sim.StructureSetOpening, sim.OpeningStep(o.value("opening").Num)
	case sim.OrderSetCrest:
		m.Action, m.Value = sim.StructureSetCrest, sim.CrestStep(o.value("height").Num)
	case sim.OrderSwitchPump:
		m.Action, m.Value = sim.StructureSwitch, o.value("state").Num
	}
	if o.has("over") {
		m.Over = sim.Duration(num.RoundInt64(o.value("over").Num)) * sim.Second
	}
	return m
}

func (w *World) breach(o *order) sim.Text {
	id := sim.StructureID(o.ref("structure"))
	if reason := w.hazards.refuse(id, sim.StructureBreach); !reason.Empty() {
		return reason
	}
	w.ports.Structures.Post(w.now, int32(id), sim.StructureMessage{Structure: id, Action: sim.StructureBreach})
	return sim.Text{}
}

func (w *World) setLevel(o *order) sim.Text {
	if reason := w.refuseToAll(o); !reason.Empty() {
		return reason
	}
	level := num.Int(o.value("level").Num)
	if o.spec.ID == sim.OrderWarningLevel {
		w.command.SetWarning(w.now, o.post, level, sim.ZoneID(o.ref("zone")), &w.log)
		w.command.TellPublic(w.now, sim.ZoneID(o.ref("zone")))
	} else {
		w.command.SetResponse(w.now, o.post, level, &w.log)
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

// usualHeard is the share of households that hear a rumour at first when nobody says [%] (assumed).
const usualHeard = 5.0

// rumour lets a rumour begin among the people.
func (w *World) rumour(o *order) sim.Text {
	text := sim.Said(o.value("text").Text)
	if english := o.value("text_en").Text; english != "" {
		text.EN = english
	}
	heard := usualHeard
	if o.has("heard") {
		heard = o.value("heard").Num
	}
	w.people.StartRumour(w.now, sim.ZoneID(o.ref("zone")), o.value("says").Num > 0, heard/100, text, &w.log)
	return sim.Text{}
}

func (w *World) channel(o *order) sim.Text {
	f := sim.ChannelFault{Channel: sim.ChannelID(o.ref("channel")), Zone: sim.ZoneID(o.ref("zone")),
		Up: o.spec.ID == sim.InjectChannelUp}
	w.ports.ChannelFaults.Post(w.now, int32(f.Channel), f)
	return sim.Text{}
}
