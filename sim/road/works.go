package road

import (
	"sandtable/sim"
)

// takeOrder puts an order on the agenda.
func (t *Traffic) takeOrder(at sim.Time, order sim.RoadOrder) {
	if reason := t.wrongOrder(&order); reason != "" {
		t.fail(sim.RefTo(sim.KindLink, order.Link), "a road order with %s: %+v", reason, order)
	}
	at = max(at, t.now)
	switch order.Do {
	case sim.RoadOpen:
		t.agenda.Put(at, entry{what: doOpen, id: int32(order.Link)})
	case sim.RoadClose:
		e := entry{what: doClose, id: int32(order.Link), arg: uint8(order.Policy)}
		if order.Told {
			e.arg |= closeTold
		}
		t.agenda.Put(at, e)
	case sim.RoadPolice:
		e := entry{what: doPolice, id: int32(order.Node)}
		if order.On {
			e.arg = 1
		}
		t.agenda.Put(at, e)
	default:
		t.later(at, order)
	}
}

// wrongOrder returns what is wrong with an order, or nothing.
func (t *Traffic) wrongOrder(o *sim.RoadOrder) string {
	switch {
	case o.Do >= sim.RoadActionCount:
		return "an unknown action"
	case o.Do == sim.RoadPolice && (o.Node < 0 || int(o.Node) >= t.net.Nodes()):
		return "no such node"
	case o.OfLink() && (o.Link < 0 || int(o.Link) >= t.net.Links()):
		return "no such link"
	case o.Policy > sim.ClosureStrand:
		return "an unknown policy"
	case o.Way >= sim.RoadWayCount || o.Do == sim.RoadContraflow && o.Way == sim.WayBoth:
		return "no such direction"
	case !(o.Share >= 0 && o.Share <= 1):
		return "a share that is none"
	case o.Over < 0 || o.Over > longest:
		return "a time that is none"
	}
	return ""
}

// longest bounds how long a set-up or a clearance takes.
const longest = 366 * 24 * sim.Hour

// later puts an order into a free place of those that are due later.
func (t *Traffic) later(at sim.Time, order sim.RoadOrder) {
	slot := 0
	for slot < len(t.due) && t.due[slot].Do != sim.RoadOpen {
		slot++
	}
	if slot == len(t.due) {
		t.due = append(t.due, order)
	}
	t.due[slot] = order
	t.agenda.Put(at, entry{what: doOrder, id: int32(slot)})
}

// obey carries out an order that is due. Places that are free again at the end are given back.
func (t *Traffic) obey(slot int32) {
	if int(slot) >= len(t.due) {
		return // only a forged state names another
	}
	o := t.due[slot]
	t.due[slot] = sim.RoadOrder{}
	for n := len(t.due); n > 0 && t.due[n-1].Do == sim.RoadOpen; n-- {
		t.due = t.due[:n-1]
	}
	link := int32(o.Link)
	switch o.Do {
	case sim.RoadAnnounce:
		t.announce(o.Link)
	case sim.RoadDivert, sim.RoadTransport:
		t.holdStreams(o)
	case sim.RoadReduce:
		t.reduce(link, o)
	case sim.RoadContraflow:
		t.lend(link, o)
	case sim.RoadContraflowEnd:
		t.giveBack(link, o)
	case sim.RoadClear, sim.RoadWave:
		switch {
		case o.Over > 0:
			over := o.Over
			o.Over = 0
			t.later(t.now.Add(over), o)
		case o.Do == sim.RoadClear:
			t.clear(link, t.now)
		default:
			t.comeToRing(link)
		}
	}
}

// reduce leaves one direction of a link, or both, some of the lanes and a share of the capacity.
func (t *Traffic) reduce(link int32, o sim.RoadOrder) {
	for arc := 2 * link; arc < 2*link+2; arc++ {
		if o.Way == sim.WayForward && arc&1 == 1 || o.Way == sim.WayBack && arc&1 == 0 {
			continue
		}
		w := &t.works[arc]
		if w.open == o.Lanes && w.share == o.Share {
			continue
		}
		w.open, w.share = o.Lanes, o.Share
		t.refit(arc)
		if o.Lanes > 0 { // else who is on the road waits
			t.turnBehind(arc)
		}
		t.tellCapacity(arc)
	}
	t.price(link)
	t.tell(link, sim.StrandClosed)
}

// tellCapacity emits what an arc carries from now on, when vehicles may use it at all.
func (t *Traffic) tellCapacity(arc int32) {
	w := &t.works[arc]
	if w.own+w.won == 0 || t.net.headway[arc>>1] == 0 {
		return
	}
	_, moving := t.lanesOf(arc)
	if t.flows[arc].closed {
		moving = laneCount{}
	}
	t.log.Emit(sim.Event{At: t.now, Kind: sim.EvRoadCapacity, A: sim.RefTo(sim.KindLink, sim.LinkID(arc>>1)),
		B: sim.Ref{ID: arc & 1}, Count: int32(moving.own) + int32(moving.won),
		Num: t.Capacity(sim.LinkID(arc>>1), arc&1 == 1)})
}

// Capacity returns what one direction of a link carries at present [veh/h]: 0 where no vehicle comes in, or none moves.
func (t *Traffic) Capacity(link sim.LinkID, back bool) float64 {
	arc := 2 * int32(link)
	if back {
		arc++
	}
	f := &t.flows[arc]
	if f.closed || f.stopped || f.headway == 0 {
		return 0
	}
	return 3600e6 / float64(f.headway)
}
