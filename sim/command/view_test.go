package command

import (
	"testing"

	"sandtable/sim"
)

// known returns what a post knows of the order that it gave last.
func (b *bench) known(post sim.PostID) sim.OrderKnown {
	o := b.observe(post)
	return o.Orders[len(o.Orders)-1]
}

// Town-a orders village-1, where nobody is: the holder is called at 0 and 5 minutes, the deputies in turn at 10, 15 and
// 20. Town-a knows its own calls, and whom it called by its duty roster. When the first deputy is back at 12 minutes he
// takes no call until it is his turn again at 20 minutes; a minute later he has it.
func TestGiverKnowsItsCalls(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	for _, who := range []sim.OfficialID{head, deputy1, deputy2} {
		b.c.SetOfficial(0, who, sim.OfficialAbsent)
	}
	b.run(1)
	b.give(zoneOrderTo(sim.OrderPrepareZone, townA, z1))
	for _, c := range []struct {
		minute int
		calls  int32
		called sim.OfficialID
	}{{1, 1, head}, {6, 2, head}, {11, 3, deputy1}, {16, 4, deputy2}} {
		b.run(60 * c.minute)
		want := sim.OrderKnown{Order: sim.OrderPrepareZone, Target: sim.RefTo(sim.KindZone, z1), Sent: at(1), Acked: -1,
			To: village1, Calls: c.calls, Of: 6, Over: phone, Called: c.called}
		if got := b.known(townA); got != want {
			t.Errorf("after %d min town-a knows %+v; want %+v", c.minute, got, want)
		}
		if c.minute == 11 {
			b.c.SetOfficial(b.now, deputy1, sim.OfficialPresent)
		}
	}
	b.run(60*20 + 30)
	if k := b.known(townA); k.Calls != 5 || k.Called != deputy1 {
		t.Errorf("after 20 min town-a knows %+v; want that the first deputy is called again", k)
	}
	var truth sim.Truth
	b.c.FillTruth(&truth)
	if p := truth.Posts[village1]; p.Acting != deputy1 || !p.Manned || p.Called != 1 || truth.Posts[townA].Waits != 1 ||
		truth.Officials[head].State != sim.OfficialAbsent {
		t.Errorf("the truth of village-1 is %+v, of its head %+v", p, truth.Officials[head])
	}
	b.run(25 * 60)
	o := b.observe(townA)
	if k := o.Orders[0]; !k.Taken || k.Calls != 5 || k.Acked < 0 || o.Posts[0].By != deputy1 {
		t.Errorf("in the end town-a knows %+v, and of village-1 %+v", k, o.Posts[0])
	}
}

// The county gives an order for village-1: it calls town-a and no other, and what happens below it does not know. To
// a unit it calls the station; what a post decides for itself needs no call.
func TestGiverKnowsOnlyItsFirstHop(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	for _, who := range []sim.OfficialID{head, deputy1, deputy2} {
		b.c.SetOfficial(0, who, sim.OfficialAbsent)
	}
	b.run(1)
	b.give(zoneOrderTo(sim.OrderPrepareZone, county, z1))
	b.run(600)
	if k := b.known(county); k.To != townA || !k.Taken || k.Calls != 1 || k.Of != 6 || k.Acked >= 0 {
		t.Errorf("the county knows %+v; want one call of town-a, which has taken it", k)
	}
	d := order0(sim.OrderRecallUnit, county)
	d.Unit = 0
	b.give(d)
	b.run(610)
	if k := b.known(county); k.To != sim.None || k.Taken || k.Calls != 1 || k.Called != sim.None {
		t.Errorf("of an order to a coach the county knows %+v", k)
	}
}

// The truth tells which lines of a post carry something. Its superior does not know that before it tries them.
func TestTruthOfLines(t *testing.T) {
	b, whole := newBench(t, testCounty()), newBench(t, testCounty())
	for _, x := range []*bench{b, whole} {
		x.run(1)
	}
	b.fault(radio, z1, false)
	b.fault(speaker, z1, false)
	b.run(2)
	whole.run(2)
	var truth sim.Truth
	b.c.FillTruth(&truth)
	if p := truth.Posts[village1]; p.Links != 1 || p.Public != 2 {
		t.Errorf("of village-1's lines work %b, to the public %b; want 1 and 10", p.Links, p.Public)
	}
	if p := truth.Posts[village2]; p.Links != 3 || p.Public != 3 || p.CutOff >= 0 || p.Mandate != sim.None {
		t.Errorf("village-2 is %+v; want all its lines", p)
	}
	if bytesOf(b.observe(county)) != bytesOf(whole.observe(county)) {
		t.Error("the county knows of lines that nobody has tried")
	}
}

// What the county orders for a zone of village-1 goes down through town-a: each of the two has received it once it has
// come there, and neither the county, which has given it, nor town-b has.
func TestPostsKnowWhatTheyHaveReceived(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	b.run(1)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	if n := len(b.observe(village1).Received) + len(b.observe(townA).Received); n != 0 {
		t.Errorf("%d orders are received as soon as they are given", n)
	}
	b.run(30 * 60)
	want := sim.OrderReceived{Order: sim.OrderEvacuateZone, Zone: z1, From: county, Given: at(1)}
	for post, n := range map[sim.PostID]int{county: 0, townA: 1, townB: 0, village1: 1} {
		got := b.observe(post).Received
		if len(got) != n || n == 1 && got[0] != want {
			t.Errorf("post %d has received %+v", post, got)
		}
	}
}

// A count that the deputy of village-1 sends up meanwhile says nothing of an order for which its holder is called.
func TestACountIsNoAnswer(t *testing.T) {
	sc := mannedCounty()
	sc.Posts[village1].Report = 2 * sim.Minute
	b, _ := mannedBench(t, sc)
	b.c.SetOfficial(0, head, sim.OfficialAbsent)
	b.run(1)
	b.give(zoneOrderTo(sim.OrderPrepareZone, townA, z1))
	b.ports.ZoneReports.Post(b.now, int32(z1), sim.ZoneReport{Zone: z1, Persons: 100, Left: 5})
	b.run(240)
	if o := b.observe(townA); o.Zones[z1].Report.Left != 5 || o.Posts[0].Answered < at(60) || o.Orders[0].Taken {
		t.Errorf("town-a knows %+v of the order, and %+v of village-1; want its count, and no answer", o.Orders[0], o.Posts[0])
	}
	b.run(900)
	if k := b.known(townA); !k.Taken || k.Acked < 0 {
		t.Errorf("when the deputy was called town-a knows %+v", k)
	}
}
