package command

import (
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// supply cuts or restores mains or network, as the director does.
func (b *bench) supply(zone sim.ZoneID, network, up bool) {
	b.ports.Supplies.Post(b.now, int32(zone), sim.Supply{Zone: zone, Network: network, Up: up})
}

// told lists the events of a kind: "120 z1 0" is that of 120 s about z1 with Count 0.
func (b *bench) told(kind sim.EventKind) []string {
	var out []string
	for _, e := range b.events {
		if e.Kind != kind {
			continue
		}
		who := []string{"at " + e.At.String(), b.c.names.NameOf(e.A)}
		switch e.B.Kind {
		case sim.KindNone:
		case sim.KindCounty:
			who = append(who, "county")
		default:
			who = append(who, b.c.names.NameOf(e.B))
		}
		who = append(who, map[int32]string{0: "fails", 1: "works"}[e.Count])
		out = append(out, strings.Join(who, " "))
	}
	return out
}

func wantLines(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A loudspeaker runs on its battery for ten minutes without mains, then it fails. Mains that come back before that leave
// it as it was; the next cut gives it its full ten minutes again.
func TestBattery(t *testing.T) {
	sc := testCounty()
	sc.Channels[speaker].Needs, sc.Channels[speaker].Battery = []string{"power"}, new(10*sim.Minute)
	b := newBench(t, sc)
	b.supply(z1, false, false)
	b.run(300)
	b.supply(z1, false, true)
	b.run(400)
	b.supply(z1, false, false)
	b.run(1200)
	b.supply(z1, false, true)
	b.run(1300)
	wantLines(t, "mains", b.told(sim.EvPower), "at 0:00:00 z1 fails", "at 0:05:00 z1 works", "at 0:06:40 z1 fails",
		"at 0:20:00 z1 works")
	wantLines(t, "loudspeaker", b.told(sim.EvChannel), "at 0:16:40 speaker z1 fails", "at 0:20:00 speaker z1 works")
}

// What one cause has cut, only its own end restores: the director's channel_up does not give a loudspeaker mains, and
// mains do not undo the director's channel_down.
func TestCausesAreCountedApart(t *testing.T) {
	sc := testCounty()
	sc.Channels[speaker].Needs = []string{"power"}
	b := newBench(t, sc)
	b.supply(sim.None, false, false)
	b.run(10)
	b.fault(speaker, sim.None, false)
	b.run(20)
	b.fault(speaker, sim.None, true)
	b.run(30)
	b.fault(speaker, z2, false)
	b.run(40)
	b.supply(sim.None, false, true)
	b.run(50)
	wantLines(t, "loudspeaker", b.told(sim.EvChannel), "at 0:00:00 speaker z1 fails", "at 0:00:00 speaker z2 fails",
		"at 0:00:00 speaker z3 fails", "at 0:00:40 speaker z1 works", "at 0:00:40 speaker z3 works")
	b.fault(speaker, z2, true)
	b.run(60)
	if !b.c.works(speaker, z2) {
		t.Error("the loudspeaker of z2 does not work with mains and without a fault")
	}
}

// A post at one end without network cannot be called by phone; the radio, which runs on batteries, reaches it after the
// wait for the phone.
func TestPhoneNeedsTheNetworkAtBothEnds(t *testing.T) {
	for name, cut := range map[string]sim.ZoneID{"receiver": z1, "sender": z3} {
		sc := testCounty()
		sc.Channels[phone].Needs = []string{"network"}
		sc.Posts[village1].Place, sc.Posts[townA].Place = [2]float64{100, 100}, [2]float64{700, 100} // z1 and z3
		b := newBench(t, sc)
		b.supply(cut, true, false)
		b.run(10)
		b.give(zoneOrderTo(sim.OrderEvacuateZone, townA, z1))
		b.run(600)
		wantTimes(t, name+" without network: sent", b.when(sim.EvOrderSent), 10, 310)
		wantTimes(t, name+" without network: acknowledged", b.when(sim.EvOrderAcked), 340)
	}
}

// Without network at the post above nothing comes up by phone either: who has no other line is cut off, and his report
// waits until the network is back.
func TestReportsNeedTheNetworkAtBothEnds(t *testing.T) {
	for name, cut := range map[string]sim.ZoneID{"below": z1, "above": z3} {
		sc := testCounty()
		sc.Channels[phone].Needs = []string{"network"}
		sc.Posts[village1].Place, sc.Posts[townA].Place = [2]float64{100, 100}, [2]float64{700, 100} // z1 and z3
		sc.Posts[village1].Links = []string{"phone"}
		b := newBench(t, sc)
		b.supply(cut, true, false)
		b.count(z1, 3)
		b.run(3000)
		if k := b.observe(townA).Zones[z1]; k.Reported >= 0 {
			t.Errorf("no network %s: the town has a count of %v", name, k.Reported)
		}
		if since := b.observe(village1).CutOff; since < 0 {
			t.Errorf("no network %s: the village is not cut off", name)
		}
		b.supply(cut, true, true)
		b.run(3600 + 61) // the report at one hour, and a minute on the phone
		if k := b.observe(townA).Zones[z1]; k.Reported < 0 {
			t.Errorf("network back %s: the town has no count", name)
		}
	}
}

// A base station of z1 and z2 stands in z1. Without mains its batteries last an hour; the network of both zones is gone
// then, and back with the mains. z3 has the network that no listed station carries.
func TestBaseStationWithoutMains(t *testing.T) {
	sc := testCounty()
	sc.Utilities = []scenario.Utility{{Name: "mast", Kind: "network", Place: [2]float64{150, 150},
		Zones: []string{"z1", "z2"}, FailsAt: 0.5, Backup: sim.Hour}}
	b := newBench(t, sc)
	b.supply(z2, false, false) // not its own place
	b.run(10)
	b.supply(z1, false, false)
	b.run(5000)
	b.supply(z1, false, true)
	b.run(5010)
	wantLines(t, "network", b.told(sim.EvNetwork), "at 1:00:10 z1 mast fails", "at 1:00:10 z2 mast fails",
		"at 1:23:20 z1 mast works", "at 1:23:20 z2 mast works")
}

// flood sets the depth of water everywhere and publishes it.
func (b *bench) flood(metres float64) {
	grid := b.c.sc.Terrain.Grid
	if b.layers == nil {
		b.layers = sim.NewLayers(&b.c.sc.Terrain)
		for _, q := range []sim.Quantity{sim.QDepth, sim.QVelocityX, sim.QVelocityY} {
			b.layers.Add(sim.NewLayer(sim.LayerKey{Quantity: q}, grid))
		}
	}
	b.layers.Begin(b.now)
	for c := range grid.Len() {
		b.layers.All()[0].Set(c, int32(metres*1000))
	}
}

// A substation of all zones fails in 0.6 m of water. It works again six hours after the water has gone, or when it is
// restored by order; while the water stands the order does nothing. A film of 0.1 m counts as gone.
func TestSubstationInTheWater(t *testing.T) {
	for name, order := range map[string]bool{"by itself": false, "by order": true} {
		sc := testCounty()
		sc.Utilities = []scenario.Utility{{Name: "substation", Kind: "power", Place: [2]float64{150, 150}, FailsAt: 0.5,
			Repair: 6 * sim.Hour}}
		b := newBench(t, sc)
		b.flood(0.4)
		b.run(10)
		b.flood(0.6)
		b.run(20)
		b.flood(0.3)
		b.run(30)
		if order {
			b.give(zoneOrderTo(sim.OrderRestorePower, county, z1))
		}
		b.run(1000)
		b.flood(0.1)
		b.run(1100)
		want := []string{"at 0:00:10 z1 substation fails", "at 0:00:10 z2 substation fails", "at 0:00:10 z3 substation fails"}
		end := "at 6:16:40 "
		if order { // sent at 1100 s, 60 s by phone to the people on duty, who acknowledge when the draw says
			b.give(zoneOrderTo(sim.OrderRestorePower, county, z1))
			b.run(2000)
			acked := b.when(sim.EvOrderAcked)
			end = "at " + acked[len(acked)-1].String() + " "
		}
		b.run(7 * 3600)
		for _, z := range []string{"z1", "z2", "z3"} {
			want = append(want, end+z+" substation works")
		}
		wantLines(t, name, b.told(sim.EvPower), want...)
	}
}

// Two substations feed z1; only when both are out is it dark.
func TestTwoSubstations(t *testing.T) {
	sc := testCounty()
	u := scenario.Utility{Name: "a", Kind: "power", Place: [2]float64{150, 150}, FailsAt: 0.5, Zones: []string{"z1"}}
	v := u
	v.Name, v.FailsAt = "b", 1
	sc.Utilities = []scenario.Utility{u, v}
	b := newBench(t, sc)
	b.flood(0.7)
	b.run(10)
	b.flood(1.2)
	b.run(20)
	wantLines(t, "mains", b.told(sim.EvPower), "at 0:00:10 z1 b fails")
}

// A television that is on from 06:00 to 22:00 is silent before: the drill begins at 00:00 and the order of 01:00 is said
// at 06:00, and again in no other way.
func TestHours(t *testing.T) {
	sc := testCounty()
	sc.Channels[speaker].Hours = "06:00-22:00"
	b := newBench(t, sc)
	b.run(3600)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, village1, z1))
	b.run(24 * 3600)
	wantLines(t, "television", b.told(sim.EvChannel), "at 6:00:00 speaker county works", "at 22:00:00 speaker county fails")
	var said []sim.Time
	for _, m := range b.broadcasts {
		if m.msg.Channel == speaker {
			said = append(said, m.at)
		}
	}
	wantTimes(t, "said", said, 6*3600)
}

// A line takes one call every two minutes: what a town has for one of its villages is said in one call, the other
// village has to wait for the next; and with two callers half as long.
func TestCallsOfAPostQueue(t *testing.T) {
	for callers, second := range map[int64]int{1: 120, 2: 60} {
		sc := testCounty()
		sc.Channels[phone].Capacity = new(30.0)
		sc.Posts[townA].Callers = callers
		b := newBench(t, sc)
		give := func(id sim.OrderID, zone sim.ZoneID) {
			d := zoneOrderTo(id, townA, zone)
			b.give(d)
		}
		give(sim.OrderPrepareZone, z1)
		give(sim.OrderPrepareZone, z2)
		give(sim.OrderEvacuateZone, z1)
		b.run(600)
		wantTimes(t, "sent", b.when(sim.EvOrderSent), 0, 0, second)
		wantTimes(t, "acknowledged", b.when(sim.EvOrderAcked), 60, 60, second+60)
	}
}

// The village sees at once that its mains are gone; the town knows when it is reported, and nobody else.
func TestWhoKnowsOfTheLines(t *testing.T) {
	sc := testCounty()
	b := newBench(t, sc)
	before := bytesOf(b.observe(townB))
	b.run(60)
	b.supply(z1, false, false)
	b.run(61)
	known := func(p sim.PostID) sim.LineKnown { return b.observe(p).Zones[z1].Lines }
	want := sim.LineKnown{Reported: at(60), NoPower: true}
	if known(village1) != want || known(townA) != (sim.LineKnown{}) {
		t.Errorf("the village knows %+v, the town %+v; want %+v and nothing", known(village1), known(townA), want)
	}
	if in := b.observe(village1).Inbox; len(in) != 1 || in[0].Text.EN != "z1: no mains, the network works" {
		t.Errorf("inbox of the village %+v", in)
	}
	b.run(1900) // the report of 30 min takes 60 s
	if known(townA) != want || known(county) != (sim.LineKnown{}) {
		t.Errorf("the town knows %+v, the county %+v; want %+v and nothing", known(townA), known(county), want)
	}
	o := b.observe(townB)
	o.Now = 0
	if bytesOf(o) != before {
		t.Error("a town that nobody told knows something")
	}
}

// The result of a search goes up at once, from post to post, and says when the last house was done.
func TestSearchIsReportedAtOnce(t *testing.T) {
	b := newBench(t, testCounty())
	b.give(zoneOrderTo(sim.OrderSearchZone, village1, z1))
	b.run(10)
	if n := len(b.broadcasts); n != 1 || b.broadcasts[0].msg.Order != sim.OrderSearchZone || b.broadcasts[0].msg.Channel != door {
		t.Fatalf("%+v; want the search, from door to door", b.broadcasts)
	}
	b.ports.ZoneReports.Post(b.now, 0, sim.ZoneReport{Zone: z1, Persons: 40, Left: 37, Doors: 12, Searched: 12, Remaining: 3,
		Done: b.now})
	b.run(200)
	if k := b.observe(county).Zones[z1].Report; k.Done != at(10) || k.Remaining != 3 {
		t.Errorf("the county knows %+v; want the result of 10 s, by 130 s", k)
	}
	wantTimes(t, "reports", b.when(sim.EvReport), 70, 130)
}

// Without a channel from door to door nobody can search.
func TestSearchNeedsAChannel(t *testing.T) {
	sc := testCounty()
	sc.Posts[village1].Public = []string{"speaker"}
	c := newCommand(sc, 1)
	if why := c.Refuse(zoneOrderTo(sim.OrderSearchZone, county, z1)); !strings.Contains(why.EN, "door to door") {
		t.Errorf("refused with %q; want that nobody goes from door to door", why.EN)
	}
}
