package command

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
)

func wantTimes(t *testing.T, what string, got []sim.Time, seconds ...int) {
	t.Helper()
	var want []sim.Time
	for _, s := range seconds {
		want = append(want, at(s))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s at %v; want %v", what, got, want)
	}
}

// An order of the county goes to the town (60 s by phone) and from there to the village (60 s), which warns at once.
func TestChainOfThreePosts(t *testing.T) {
	b := newBench(t, testCounty())
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	b.run(300)
	wantTimes(t, "sent", b.when(sim.EvOrderSent), 0, 60)
	wantTimes(t, "delivered", b.when(sim.EvOrderDelivered), 60, 120)
	wantTimes(t, "acknowledged", b.when(sim.EvOrderAcked), 60, 120)
	wantTimes(t, "broadcast", b.when(sim.EvBroadcast), 120, 120)
	want := sim.Broadcast{Zone: z1, Channel: speaker, Order: sim.OrderEvacuateZone, Shelter: sim.None, Post: village1}
	if len(b.broadcasts) != 2 || b.broadcasts[0].at != at(120) || b.broadcasts[0].msg != want {
		t.Errorf("broadcasts %+v; want first %+v at 120 s", b.broadcasts, want)
	}
	if !b.c.Ordered(z1) || b.c.Ordered(z2) {
		t.Error("want z1 ordered, z2 not")
	}
	// Word of it goes back up over one hop to the town (known there by the acknowledgement) and 60 s to the county.
	if got := b.observe(county).Orders; len(got) != 1 || got[0].Acked != at(180) || got[0].Failed {
		t.Errorf("the county knows %+v; want acknowledged at 180 s", got)
	}
	in := b.observe(village1).Inbox
	if len(in) != 1 || in[0].At != at(120) || in[0].From != sim.RefTo(sim.KindPost, townA) ||
		in[0].Text != (sim.Text{ZH: "立即转移：z1", EN: "Evacuate now: z1"}) {
		t.Errorf("inbox of the village %+v", in)
	}
}

// A channel that is down costs the whole wait, then the next one is tried.
func TestEscalation(t *testing.T) {
	b := newBench(t, testCounty())
	b.fault(phone, z1, false)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	b.run(600)
	wantTimes(t, "sent", b.when(sim.EvOrderSent), 0, 60, 360)
	wantTimes(t, "lost", b.when(sim.EvOrderLost), 360)
	wantTimes(t, "acknowledged", b.when(sim.EvOrderAcked), 60, 390)
	second := slices.IndexFunc(b.events, func(e sim.Event) bool { return e.At == at(360) && e.Kind == sim.EvOrderSent })
	want := sim.Event{At: at(360), Kind: sim.EvOrderSent, A: sim.RefTo(sim.KindPost, village1),
		B: sim.RefTo(sim.KindPost, townA), C: sim.RefTo(sim.KindZone, z1), Count: int32(sim.OrderEvacuateZone), Num: float64(radio)}
	if b.events[second] != want {
		t.Errorf("second try %+v; want from town-a to village-1 by radio", b.events[second])
	}
}

// A post that never answers is tried over both channels three times; then the town gives up and the county hears of it.
func TestUnanswered(t *testing.T) {
	sc := testCounty()
	sc.Posts[village1].Answer = 0
	b := newBench(t, sc)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	b.run(1919)
	wantTimes(t, "lost", b.when(sim.EvOrderLost), 360, 660, 960, 1260, 1560, 1860)
	if b.observe(county).Orders[0].Failed {
		t.Error("the county knows of the failure before it can")
	}
	b.run(1922)
	if got := b.observe(county).Orders[0]; !got.Failed || got.Acked != -1 {
		t.Errorf("the county knows %+v; want failed", got)
	}
	if len(b.broadcasts) != 0 {
		t.Errorf("%d broadcasts of an order that was lost", len(b.broadcasts))
	}
}

// An acknowledgement that is only late counts: the sender tries on meanwhile, and the order is carried out once.
func TestLateAcknowledgement(t *testing.T) {
	sc := testCounty()
	sc.Posts[townA].AckT50 = 12 * sim.Minute
	b := newBench(t, sc)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	b.run(6 * 3600)
	if got := b.when(sim.EvOrderAcked); len(got) != 2 {
		t.Fatalf("acknowledged at %v; want once by each post", got)
	}
	if lost := b.when(sim.EvOrderLost); len(lost) == 0 {
		t.Error("no wait ran out; want some, with a median of 12 min against 5 min")
	}
	if len(b.broadcasts) != 2 {
		t.Errorf("%d broadcasts; want one per channel", len(b.broadcasts))
	}
}

func TestOwnPostActsAtOnce(t *testing.T) {
	b := newBench(t, testCounty())
	b.run(10)
	b.give(zoneOrderTo(sim.OrderPrepareZone, village1, z1))
	b.run(12)
	wantTimes(t, "sent", b.when(sim.EvOrderSent))
	wantTimes(t, "acknowledged", b.when(sim.EvOrderAcked), 10)
	wantTimes(t, "broadcast", b.when(sim.EvBroadcast), 10, 10)
	if got := b.observe(village1).Orders; len(got) != 1 || got[0].Acked != at(10) {
		t.Errorf("the village knows %+v", got)
	}
	if b.c.Ordered(z1) {
		t.Error("z1 counts as ordered to evacuate; it was told to prepare")
	}
}

func TestAuthority(t *testing.T) {
	unit := func(id sim.OrderID, from sim.PostID, u sim.UnitID, zone sim.ZoneID) sim.Directive {
		d := zoneOrderTo(id, from, zone)
		d.Unit = u
		return d
	}
	shelter := func(from sim.PostID) sim.Directive {
		d := order0(sim.OrderOpenShelter, from)
		d.Shelter = 0
		return d
	}
	c := newCommand(testCounty(), 1)
	for _, x := range []struct {
		name string
		d    sim.Directive
		want string // part of the reason; "" for none
	}{
		{"county over a village", zoneOrderTo(sim.OrderEvacuateZone, county, z3), ""},
		{"town over its village", zoneOrderTo(sim.OrderEvacuateZone, townA, z2), ""},
		{"village over itself", zoneOrderTo(sim.OrderAllClear, village2, z2), ""},
		{"town over another's village", zoneOrderTo(sim.OrderEvacuateZone, townA, z3),
			"want one of village-3, town-b, county"},
		{"village over its neighbour", zoneOrderTo(sim.OrderEvacuateZone, village1, z2), "no authority over zone z2"},
		{"nobody", zoneOrderTo(sim.OrderEvacuateZone, sim.None, z2), "no post gives it"},
		{"coach by a town", unit(sim.OrderDispatchCoach, townB, 0, z1), ""},
		{"coach by a village", unit(sim.OrderDispatchCoach, village1, 0, z1), "village-1 has no authority over coach-1"},
		{"boat as coach", unit(sim.OrderDispatchCoach, county, 1, z1), "boat-1 is no coach; want a coach"},
		{"coach as boat", unit(sim.OrderRescueZone, county, 0, z1), "coach-1 is no boat; want a boat"},
		{"coach without assembly point", unit(sim.OrderDispatchCoach, county, 0, z2), "zone z2 has no assembly point"},
		{"recall", unit(sim.OrderRecallUnit, county, 1, sim.None), ""},
		{"shelter by the county", shelter(county), ""},
		{"shelter by a village", shelter(village2), "want a post of the county or of a town"},
		{"level by a village", order0(sim.OrderResponseLevel, village2), "over the whole county"},
	} {
		got := c.Refuse(x.d)
		if (x.want == "") != got.Empty() || !strings.Contains(got.EN, x.want) {
			t.Errorf("%s: refused with %q; want %q", x.name, got, x.want)
		}
	}
}

// A public channel that fails cuts its warning short, and when it works again it is used for the order that stands.
func TestPublicChannelFails(t *testing.T) {
	b := newBench(t, testCounty())
	b.fault(speaker, z1, false)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, village1, z1))
	b.run(5)
	if len(b.broadcasts) != 1 || b.broadcasts[0].msg.Channel != door {
		t.Fatalf("broadcasts %+v; want by the door only", b.broadcasts)
	}
	b.fault(speaker, sim.None, true)
	b.run(10)
	if len(b.broadcasts) != 2 || b.broadcasts[1].msg.Channel != speaker || b.broadcasts[1].at != at(5) {
		t.Fatalf("broadcasts %+v; want one more by loudspeaker at 5 s", b.broadcasts)
	}
	b.fault(speaker, z1, true) // no change
	b.run(15)
	wantTimes(t, "channel events", b.when(sim.EvChannel), 0, 5)
	want := []stamped[sim.ChannelFault]{{0, sim.ChannelFault{Channel: speaker, Zone: z1}},
		{at(5), sim.ChannelFault{Channel: speaker, Zone: sim.None, Up: true}}}
	if !slices.Equal(b.silences, want) || len(b.broadcasts) != 2 {
		t.Errorf("silences %+v, %d broadcasts", b.silences, len(b.broadcasts))
	}
}

// The village decides for itself while an earlier order is still on its way. The later order stands, unless the earlier
// one comes from a higher post and goes further.
func TestOvertakenOrderIsNotSaid(t *testing.T) {
	for _, x := range []struct{ earlier, later, stands sim.OrderID }{
		{sim.OrderPrepareZone, sim.OrderEvacuateZone, sim.OrderEvacuateZone},
		{sim.OrderAllClear, sim.OrderEvacuateZone, sim.OrderEvacuateZone},
		{sim.OrderEvacuateZone, sim.OrderAllClear, sim.OrderEvacuateZone},
		{sim.OrderEvacuateZone, sim.OrderPrepareZone, sim.OrderEvacuateZone},
	} {
		b := newBench(t, testCounty())
		b.give(zoneOrderTo(x.earlier, county, z1))
		b.run(30)
		b.give(zoneOrderTo(x.later, village1, z1))
		b.run(300)
		wantTimes(t, "acknowledged", b.when(sim.EvOrderAcked), 30, 60, 120)
		if last := b.broadcasts[len(b.broadcasts)-1].msg.Order; last != x.stands {
			t.Errorf("%v, then %v by the village: said last %v; want %v", sim.Orders[x.earlier].Name, sim.Orders[x.later].Name,
				sim.Orders[last].Name, sim.Orders[x.stands].Name)
		}
		if further := x.stands == x.earlier; (len(b.broadcasts) == 4) != further {
			t.Errorf("%d broadcasts; want 2 more only for an order that goes further", len(b.broadcasts))
		}
	}
}

// Orders to units, shelters, crews and keepers take effect at the instant of their acknowledgement.
func TestTargetsOutsideThePosts(t *testing.T) {
	b := newBench(t, testCounty())
	coach := zoneOrderTo(sim.OrderDispatchCoach, county, z1)
	coach.Unit, coach.Shelter = 0, 1
	open := order0(sim.OrderOpenShelter, townB)
	open.Shelter = 1
	road := order0(sim.OrderCloseRoad, townA)
	road.Link, road.Road = 2, sim.RoadOrder{Do: sim.RoadClose, Link: 2, Policy: sim.ClosureStrand}
	gate := order0(sim.OrderSetGate, county)
	gate.Structure, gate.Num = 0, 62.5
	for _, d := range []sim.Directive{coach, open, road, gate} {
		b.give(d)
	}
	b.run(4 * 3600)
	acked := map[sim.Ref]sim.Time{}
	for _, e := range b.events {
		if e.Kind == sim.EvOrderAcked {
			acked[e.A] = e.At
		}
	}
	if len(b.tasks) != 2 || len(b.roads) != 1 || len(b.structures) != 1 {
		t.Fatalf("%d tasks, %d road orders, %d structure messages; want 2, 1, 1", len(b.tasks), len(b.roads),
			len(b.structures))
	}
	for _, m := range b.tasks {
		ref, want := sim.RefTo(sim.KindUnit, sim.UnitID(0)), sim.Task{Order: sim.OrderDispatchCoach, Zone: z1, Shelter: 1}
		if m.msg.Order == sim.OrderOpenShelter {
			ref = sim.RefTo(sim.KindShelter, sim.ShelterID(1))
			want = sim.Task{Order: sim.OrderOpenShelter, Unit: sim.None, Zone: sim.None, Shelter: 1}
		}
		if m.msg != want || m.at != acked[ref] || m.at < at(60) {
			t.Errorf("task %+v at %v; want %+v at %v", m.msg, m.at, want, acked[ref])
		}
	}
	if m := b.roads[0]; m.msg != (sim.RoadOrder{Do: sim.RoadClose, Link: 2, Policy: sim.ClosureStrand}) ||
		m.at != acked[sim.RefTo(sim.KindLink, sim.LinkID(2))] {
		t.Errorf("road order %+v", m)
	}
	// 62.5 % lies half way between two steps of 5 %; halves go up.
	if m := b.structures[0]; m.msg != (sim.StructureMessage{Action: sim.StructureSetOpening, Value: 65}) {
		t.Errorf("structure message %+v", m)
	}
}

// An order that is passed on says all that its command asked for: where to, by how much, over which time.
func TestWordsOfOrders(t *testing.T) {
	shelter := zoneOrderTo(sim.OrderEvacuateZone, county, z1)
	shelter.Shelter = 1
	coach := zoneOrderTo(sim.OrderDispatchCoach, county, z2)
	coach.Unit = 0
	gate := order0(sim.OrderSetGate, county)
	gate.Structure, gate.Num, gate.Over = 0, 65, 90*sim.Minute
	quick := gate
	quick.Over = 0
	crest := gate
	crest.Order, crest.Num, crest.Over = sim.OrderSetCrest, 1.2, 45*sim.Second
	pump := quick
	pump.Order, pump.Num = sim.OrderSwitchPump, 1
	road := order0(sim.OrderCloseRoad, townA)
	road.Link, road.Road = 2, sim.RoadOrder{Do: sim.RoadClose, Link: 2, Policy: sim.ClosureTurnBack, Share: 1, Told: true}
	turned := road
	turned.Order = sim.OrderContraflow
	turned.Road = sim.RoadOrder{Do: sim.RoadContraflow, Link: 2, Way: sim.WayBack, Lanes: 2, Over: 30 * sim.Minute, Share: 1}
	fewer := road
	fewer.Order, fewer.Road = sim.OrderReduceRoad, sim.RoadOrder{Do: sim.RoadReduce, Link: 2, Lanes: sim.AllLanes, Share: 0.25}
	police := order0(sim.OrderPoliceNode, townA)
	police.Road = sim.RoadOrder{Do: sim.RoadPolice, Node: 1, On: true, Share: 1}
	c := newCommand(testCounty(), 1)
	for _, x := range []struct {
		d    sim.Directive
		want sim.Text
	}{
		{zoneOrderTo(sim.OrderPrepareZone, county, z2), sim.Text{ZH: "准备转移：z2", EN: "Prepare to move: z2"}},
		{shelter, sim.Text{ZH: "立即转移：z1（s2）", EN: "Evacuate now: z1 (s2)"}},
		{coach, sim.Text{ZH: "调派大巴：coach-1（z2）", EN: "Send coaches: coach-1 (z2)"}},
		{gate, sim.Text{ZH: "调节闸门：dam（65 %，历时 90 分钟）", EN: "Set a gate: dam (65 %, over 90 min)"}},
		{quick, sim.Text{ZH: "调节闸门：dam（65 %）", EN: "Set a gate: dam (65 %)"}},
		{crest, sim.Text{ZH: "加高挡水：dam（1.2 m，历时 45 秒）", EN: "Set a crest: dam (1.2 m, over 45 s)"}},
		{pump, sim.Text{ZH: "启停泵站：dam（开机）", EN: "Switch a pump: dam (on)"}},
		{road, sim.Text{ZH: "封闭道路：2号路段（在途车辆掉头）", EN: "Close a road: link 2 (turn back)"}},
		{turned, sim.Text{ZH: "逆向车道：2号路段（供反向使用，2 条车道，布设 30 分钟，在途车辆通过）",
			EN: "Turn lanes round: link 2 (for the way back, lanes: 2, set-up 30 min, let finish)"}},
		{fewer, sim.Text{ZH: "限制通行能力：2号路段（双向，通行能力 25 %）",
			EN: "Reduce a road: link 2 (both ways, 25 % of the capacity)"}},
		{police, sim.Text{ZH: "交警指挥路口：1号路口（到岗）", EN: "Police at a junction: node 1 (take over)"}},
	} {
		if got := x.d.Words(c.names); got != x.want {
			t.Errorf("%s: %+v; want %+v", sim.Orders[x.d.Order].Name, got, x.want)
		}
	}
}

// What a keeper is told to set: rounded to the steps in which structures move, over the time that was given.
func TestSettings(t *testing.T) {
	for _, c := range []struct {
		order sim.OrderID
		num   float64
		want  sim.StructureMessage
	}{
		{sim.OrderSetGate, 62.5, sim.StructureMessage{Action: sim.StructureSetOpening, Value: 65}},
		{sim.OrderSetCrest, 1.23, sim.StructureMessage{Action: sim.StructureSetCrest, Value: 1.2}},
		{sim.OrderSwitchPump, 1, sim.StructureMessage{Action: sim.StructureSwitch, Value: 1}},
		{sim.OrderSwitchPump, 0, sim.StructureMessage{Action: sim.StructureSwitch}},
	} {
		c.want.Structure, c.want.Over = 3, sim.Minute
		d := sim.Directive{Order: c.order, Structure: 3, Num: c.num, Over: sim.Minute}
		if got := setting(d); got != c.want {
			t.Errorf("%s %g: %+v; want %+v", sim.Orders[c.order].Name, c.num, got, c.want)
		}
	}
}

// An order keeps its luck when it is given earlier and when other orders are given beside it.
func TestCommonRandomNumbers(t *testing.T) {
	sc := testCounty()
	for p := range sc.Posts {
		sc.Posts[p].AckT50, sc.Posts[p].Answer = 3*sim.Minute, 0.6
	}
	sc.Channels[phone].DelayT90 = new(5 * sim.Minute)
	took := func(start int, others bool) sim.Time {
		b := newBench(t, sc)
		b.run(start)
		if others {
			b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z2))
			b.give(zoneOrderTo(sim.OrderPrepareZone, county, z1))
		}
		b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
		b.run(start + 4*3600)
		for _, m := range b.broadcasts {
			if m.msg.Zone == z1 && m.msg.Order == sim.OrderEvacuateZone {
				return m.at - at(start)
			}
		}
		t.Fatal("the order was lost")
		return 0
	}
	want := took(0, false)
	for _, start := range []int{0, 600, 3599} {
		if got := took(start, true); got != want {
			t.Errorf("given at %d s beside others it took %v; want %v as alone", start, got, want)
		}
	}
}

func TestNoChannelAtAll(t *testing.T) {
	sc := testCounty()
	sc.Channels = sc.Channels[speaker:]
	for p := range sc.Posts {
		sc.Posts[p].Links = nil
	}
	b := newBench(t, sc)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	b.run(2)
	if got := b.observe(county).Orders[0]; !got.Failed {
		t.Errorf("the county knows %+v; want failed at once", got)
	}
	lost := slices.DeleteFunc(b.events, func(e sim.Event) bool { return e.Kind == sim.EvPost }) // all are cut off
	if len(lost) != 1 || lost[0].Kind != sim.EvOrderLost || lost[0].Text != noChannel {
		t.Errorf("events %v", b.events)
	}
}

func TestLevels(t *testing.T) {
	b := newBench(t, testCounty())
	var log sim.Log
	b.c.SetWarning(0, county, 4, sim.None, &log)
	b.c.SetResponse(0, county, 2, &log)
	if w, r := b.c.Levels(); w != 4 || r != 2 {
		t.Errorf("levels %d, %d; want 4, 2", w, r)
	}
	if got := fmt.Sprint(log.Events[0].Kind, log.Events[0].Count, log.Events[1].Kind, log.Events[1].Count); got !=
		"warning-level 4 response-level 2" {
		t.Errorf("events %s", got)
	}
	if o := b.observe(village3); o.Warning != 4 || o.Response != 2 {
		t.Errorf("the village knows %d, %d", o.Warning, o.Response)
	}
}
