package command

import (
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// ways is a road network on which every way takes as long, or none is open.
type ways struct {
	seconds float64
	closed  bool
}

func (w *ways) Distance(sim.Mode, sim.NodeID, sim.NodeID) (metres, seconds float64, ok bool) {
	return 0, w.seconds, !w.closed
}
func (w *ways) Reaches(sim.Trip) bool                                   { return !w.closed }
func (w *ways) AtLeast(sim.Mode, sim.NodeID, sim.NodeID) (m, s float64) { return 0, 0 }
func (w *ways) NearestRefuge(sim.NodeID) (sim.NodeID, float64, bool)    { return 0, w.seconds, !w.closed }
func (w *ways) NodeDepth(sim.NodeID) float64                            { return 0 }
func (w *ways) NodeRise(sim.NodeID) float64                             { return 0 }
func (w *ways) PerchRise(sim.NodeID) float64                            { return 0 }

// Officials of the manned county.
const (
	chief   sim.OfficialID = iota // holds the county
	mayor                         // holds town-a
	vice                          // its deputy
	head                          // holds village-1
	deputy1                       // its first deputy
	deputy2                       // its second deputy
)

// mannedCounty is the test county with officials at some posts, a channel of messengers and a ladder for village-1:
// the holder twice by phone, then the deputies in turn, three calls, then a messenger.
func mannedCounty() *scenario.Scenario {
	sc := testCounty()
	for _, x := range [][2]string{{"chief", "county"}, {"mayor", "town-a"}, {"vice", "town-a"}, {"head", "village-1"},
		{"second", "village-1"}, {"third", "village-1"}} {
		sc.Officials = append(sc.Officials, scenario.Official{Name: x[0], Post: x[1]})
	}
	sc.Channels = append(sc.Channels, scenario.Channel{Name: "runner", Use: "command", Kind: "courier"})
	sc.Ladders = []scenario.Ladder{{Name: "usual", Steps: []scenario.LadderStep{
		{Who: "holder", Channel: "phone", Wait: 5 * sim.Minute, Tries: 2},
		{Who: "deputy", Channel: "phone", Wait: 5 * sim.Minute, Tries: 3},
		{Who: "any", Channel: "runner", Wait: 5 * sim.Minute, Tries: 1}}}}
	sc.Posts[village1].Ladder = "usual"
	for p := range sc.Posts {
		sc.Posts[p].Couriers = 1
	}
	return sc
}

func mannedBench(t testing.TB, sc *scenario.Scenario) (*bench, *ways) {
	w := &ways{seconds: 600}
	names := scenario.NewDirectory(sc)
	return &bench{t: t, c: New(sc, scenario.Locate(sc, names), names, 7, w)}, w
}

func postOrderTo(id sim.OrderID, from, to sim.PostID) sim.Directive {
	d := order0(id, from)
	d.Post = to
	return d
}

// texts returns what the events of one kind say, in English.
func (b *bench) texts(kind sim.EventKind) []string {
	var out []string
	for _, e := range b.events {
		if e.Kind == kind && !e.Text.Empty() {
			out = append(out, e.Text.EN)
		}
	}
	return out
}

// A ladder is climbed step by step: the holder twice, each deputy in turn, then a messenger, who finds nobody either.
func TestLadderIsClimbed(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	for _, id := range []sim.OfficialID{head, deputy1, deputy2} {
		b.c.SetOfficial(0, id, sim.OfficialBusy)
	}
	b.give(zoneOrderTo(sim.OrderEvacuateZone, townA, z1))
	b.run(4000)
	wantTimes(t, "sent", b.when(sim.EvOrderSent), 0, 300, 600, 900, 1200, 1500)
	want := []string{"calls head", "calls head", "calls second", "calls third", "calls second"}
	if got := b.texts(sim.EvOrderSent); !slices.Equal(got, want) {
		t.Errorf("called %q; want %q", got, want)
	}
	wantTimes(t, "lost", b.when(sim.EvOrderLost), 300, 600, 900, 1200, 1500, 2700) // the messenger is back after 2 x 600 s
	if got := b.observe(townA).Orders[0]; !got.Failed {
		t.Errorf("the town knows %+v; want failed", got)
	}
}

// Whoever is there first of those on the ladder answers and acts.
func TestDeputyAnswers(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	b.c.SetOfficial(0, head, sim.OfficialDead)
	b.c.SetOfficial(0, deputy1, sim.OfficialAbsent)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, townA, z1))
	b.run(4000)
	wantTimes(t, "acknowledged", b.when(sim.EvOrderAcked), 960) // the fourth call, to the second deputy, and 60 s of delay
	if got := b.texts(sim.EvOrderAcked); !slices.Equal(got, []string{"answered by third"}) {
		t.Errorf("acknowledged: %q", got)
	}
	var who []sim.Ref
	for _, e := range b.events {
		if e.Kind == sim.EvPost {
			who = append(who, e.C)
		}
	}
	if want := []sim.Ref{sim.RefTo(sim.KindOfficial, deputy2)}; !slices.Equal(who, want) { // not deputy1 between
		t.Errorf("village-1 was taken over by %v; want %v", who, want)
	}
}

// A post without a deputy skips the deputies' step of its ladder.
func TestNoDeputyNoCall(t *testing.T) {
	sc := mannedCounty()
	sc.Officials = sc.Officials[:deputy1]
	b, _ := mannedBench(t, sc)
	b.c.SetOfficial(0, head, sim.OfficialAbsent)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, townA, z1))
	b.run(4000)
	wantTimes(t, "sent", b.when(sim.EvOrderSent), 0, 300, 600)
	if got := b.texts(sim.EvOrderLost); !slices.Equal(got, []string{givenUp.EN}) {
		t.Errorf("lost: %q; want given up once", got)
	}
}

// Who has taken a call and is hurt before he has acknowledged it does not acknowledge it: the next call is made.
func TestWhoTookTheCallIsHurt(t *testing.T) {
	sc := mannedCounty()
	sc.Posts[village1].AckT50 = 30 * sim.Minute
	b, _ := mannedBench(t, sc)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, townA, z1))
	b.run(90) // it was delivered at 60 s
	b.c.SetOfficial(b.now, head, sim.OfficialHurt)
	b.run(4 * 3600)
	if got := b.texts(sim.EvOrderAcked); len(got) != 1 || got[0] == "answered by head" {
		t.Errorf("acknowledged: %q; want once, by a deputy or to the messenger", got)
	}
}

// A messenger takes 600 s there, the order is acknowledged at once, and word of it is back after 600 s more. Meanwhile
// a second order finds no messenger left, and waits 5 min before it gives up.
func TestMessengersAreFew(t *testing.T) {
	sc := mannedCounty()
	sc.Posts[village1].Ladder, sc.Posts[village2].Ladder = "foot", "foot"
	sc.Ladders = append(sc.Ladders, scenario.Ladder{Name: "foot",
		Steps: []scenario.LadderStep{{Who: "any", Channel: "runner", Wait: 5 * sim.Minute, Tries: 2}}})
	b, w := mannedBench(t, sc)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, townA, z1))
	b.run(60)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, townA, z2))
	b.run(1199)
	wantTimes(t, "acknowledged", b.when(sim.EvOrderAcked), 600)
	wantTimes(t, "lost", b.when(sim.EvOrderLost), 360, 660)
	if got := b.observe(townA).Orders; got[0].Acked != -1 || !got[1].Failed {
		t.Errorf("the town knows %+v before the messenger is back", got)
	}
	b.run(1202)
	if got := b.observe(townA).Orders[0].Acked; got != at(1200) {
		t.Errorf("the town knows that it is acknowledged at %v; want 1200 s", got)
	}
	w.closed = true
	b.give(zoneOrderTo(sim.OrderPrepareZone, townA, z2))
	b.run(1210)
	if got := b.texts(sim.EvOrderLost); !slices.Equal(got, []string{"all messengers are out",
		"all messengers are out; given up after repeated calls", "no way for a messenger",
		"no way for a messenger; given up after repeated calls"}) {
		t.Errorf("lost: %q", got)
	}
}

// A post on peace-time duty acknowledges slowly until its people have come, 20 min after they were called in.
func TestPeaceTimeDuty(t *testing.T) {
	sc := testCounty()
	sc.Drill.Start, _ = sim.ParseCivil("2026-07-18 23:00")
	p := &sc.Posts[village1]
	p.OnDuty, p.DutyWorkers, p.Workers, p.DutyAckT50, p.NightFactor = true, 1, 5, 10*sim.Minute, 3
	p.StaffT50, p.StaffT90, p.StaffedAt = 20*sim.Minute, 20*sim.Minute, "II"
	b := newBench(t, sc)
	b.run(1)
	if got := b.c.ackMedian(at(1), village1); got != 30*sim.Minute {
		t.Errorf("median to acknowledge at night %v; want 30 min", got)
	}
	if got := b.c.ackMedian(at(8*3600), village1); got != 10*sim.Minute {
		t.Errorf("median to acknowledge in the morning %v; want 10 min", got)
	}
	var log sim.Log
	b.c.SetResponse(b.now, county, 2, &log) // III is not enough
	b.run(100)
	b.c.SetResponse(b.now, county, 3, &log)
	b.run(2000)
	wantTimes(t, "the post", b.when(sim.EvPost), 100, 1300)
	if got := b.c.ackMedian(at(2000), village1); got != p.AckT50 {
		t.Errorf("median to acknowledge of the running post %v; want %v", got, p.AckT50)
	}
	want := []stamped[sim.PostWorkers]{{0, sim.PostWorkers{Post: village1, Workers: 1}},
		{at(1300), sim.PostWorkers{Post: village1, Workers: 5}}}
	if !slices.Equal(b.workers, want) {
		t.Errorf("workers %v; want %v", b.workers, want)
	}
}

// A grid officer is one of his post's workers: while he is absent, hurt or at another post it has one fewer at the doors,
// and one more when he is back. On peace-time duty the one on duty is one of those who are there.
func TestWhoKnocksIsMissed(t *testing.T) {
	sc := mannedCounty()
	sc.Posts[village1].Workers = 3
	sc.Officials[deputy1].Knocks, sc.Officials[deputy1].Absent = true, true
	sc.Officials[deputy1].Arrives = new(100 * sim.Second)
	sc.Officials[deputy2].Knocks = true
	b, _ := mannedBench(t, sc)
	b.run(200)
	b.c.SetOfficial(b.now, head, sim.OfficialHurt) // he knocks at no doors
	b.c.SetOfficial(b.now, deputy2, sim.OfficialHurt)
	b.run(300)
	b.c.Appoint(b.now, deputy1, townA) // 600 s on the way, and then he serves there
	b.run(2000)
	b.c.Appoint(b.now, deputy1, village1)
	b.run(4000)
	var got []int32
	for _, w := range b.workers {
		if w.msg.Post != village1 {
			t.Errorf("workers of post %d were told", w.msg.Post)
		}
		got = append(got, w.msg.Workers)
	}
	// at the start, back, the other one hurt, set out, arrived in the town, set out again (busy), back for good
	if want := []int32{2, 3, 2, 1, 1, 1, 2}; !slices.Equal(got, want) {
		t.Errorf("workers %v; want %v", got, want)
	}
	sc.Posts[village1].OnDuty, sc.Posts[village1].DutyWorkers = true, 2
	b, _ = mannedBench(t, sc)
	b.run(1)
	if got := b.c.workers(village1); got != 2 {
		t.Errorf("on duty with one of three away %d workers; want the two of them on duty", got)
	}
	b.c.SetOfficial(b.now, deputy2, sim.OfficialDead)
	b.run(10)
	if got := b.c.workers(village1); got != 1 {
		t.Errorf("on duty with two of three away %d workers; want 1", got)
	}
}

// The county sends the town's deputy to village-1 (600 s): the town keeps its holder, and in the village he stands
// before those who were there. Who is not free, or finds no way, is not sent, and the giver is told.
func TestAppointment(t *testing.T) {
	b, w := mannedBench(t, mannedCounty())
	send := func(who sim.OfficialID, to sim.PostID) {
		d := postOrderTo(sim.OrderAppoint, county, to)
		d.Official = who
		b.give(d)
	}
	send(vice, village1)
	b.run(700)
	if got := b.c.acting(village1); got != vice {
		t.Errorf("village-1 is held by %d; want the town's deputy", got)
	}
	if got := b.c.acting(townA); got != mayor || len(b.c.staff[townA]) != 1 {
		t.Errorf("town-a is held by %d of %v", got, b.c.staff[townA])
	}
	w.closed = true
	send(mayor, village1)
	b.run(800)
	w.closed = false
	b.c.SetOfficial(b.now, mayor, sim.OfficialBusy)
	b.run(801)
	send(mayor, village1)
	b.run(4000)
	in := b.observe(county).Inbox
	if len(in) != 1 || !strings.Contains(in[0].Text.EN, "mayor finds no way to village-1") {
		t.Errorf("inbox of the county %+v", in)
	}
	if got := b.observe(county).Orders; !got[1].Failed || !got[2].Failed {
		t.Errorf("the county knows %+v; want the second and the third order failed", got)
	}
	why := b.c.Refuse(func() sim.Directive {
		d := postOrderTo(sim.OrderAppoint, townB, village3)
		d.Official = mayor
		return d
	}())
	if !strings.Contains(why.EN, "serves neither at town-b nor below it") {
		t.Errorf("refused with %q", why.EN)
	}
}

// An official who is hurt on the way takes nothing over; one who comes free again after an errand is present.
func TestErrandsEnd(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	d := postOrderTo(sim.OrderAppoint, townA, village1)
	d.Official = vice
	b.give(d)
	b.run(100)
	b.c.SetOfficial(b.now, vice, sim.OfficialHurt)
	b.run(1000)
	if b.c.acting(village1) != head || b.c.officials[vice].post != townA || b.c.officials[vice].errands != 0 {
		t.Errorf("the deputy who was hurt on the way: %+v", b.c.officials[vice])
	}
	b.c.SetOfficial(b.now, vice, sim.OfficialPresent)
	b.run(1010)
	if got := b.c.officials[vice].state(); got != sim.OfficialPresent {
		t.Errorf("he is %v; want present", got)
	}
}

// Who may manage posts: those above them, and for their own people themselves.
func TestAuthorityOverPosts(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	for _, x := range []struct {
		id       sim.OrderID
		from, to sim.PostID
		want     string
	}{
		{sim.OrderCallPost, county, village3, ""},
		{sim.OrderCallPost, village1, townA, "does not stand above"},
		{sim.OrderCallPost, county, county, "cannot give it to itself"},
		{sim.OrderStaffPost, village1, village1, ""},
		{sim.OrderStaffPost, townB, village1, "does not stand above"},
		{sim.OrderDelegate, county, townA, ""},
		{sim.OrderDelegate, townA, townA, "cannot give it to itself"},
	} {
		got := b.c.Refuse(postOrderTo(x.id, x.from, x.to))
		if (x.want == "") != got.Empty() || !strings.Contains(got.EN, x.want) {
			t.Errorf("%s of %d by %d: refused with %q; want %q", sim.Orders[x.id].Name, x.to, x.from, got.EN, x.want)
		}
	}
	b.run(1) // the officials' beginnings have been told
	b.c.SetOfficial(b.now, chief, sim.OfficialAbsent)
	b.run(2)
	if got := b.c.Refuse(zoneOrderTo(sim.OrderEvacuateZone, county, z1)); !strings.Contains(got.EN, "nobody is at county") {
		t.Errorf("an order of a post where nobody is: refused with %q", got.EN)
	}
}

// With authority delegated to it a village commands units and knows of them; taken back, it does no longer.
func TestDelegatedAuthority(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	coach := zoneOrderTo(sim.OrderDispatchCoach, village1, z1)
	coach.Unit = 0
	if b.c.Refuse(coach).Empty() {
		t.Error("a village commands a coach without authority")
	}
	d := postOrderTo(sim.OrderDelegate, townA, village1)
	d.On = true
	b.give(d)
	b.run(100)
	b.give(coach)
	b.run(1200) // some calls of 5 min, if need be
	b.ports.UnitReports.Post(b.now, 0, sim.UnitReport{Unit: 0, Aboard: 3})
	b.run(1300)
	if got := b.observe(village1).Units[0]; got.Report.Aboard != 3 {
		t.Errorf("the village knows %+v of its coach", got)
	}
	if b.c.Refuse(order0(sim.OrderResponseLevel, village1)).Empty() {
		t.Error("a village sets the county's response level")
	}
	d.On = false
	b.give(d)
	b.run(1400)
	if b.c.Refuse(coach).Empty() {
		t.Error("a village commands a coach after its authority was taken back")
	}
}

// Who stands higher prevails; anybody may go further. Orders are given one after the other, each acknowledged before
// the next; the first column is what stands in the end.
func TestContradictions(t *testing.T) {
	evacuate, prepare, clear := sim.OrderEvacuateZone, sim.OrderPrepareZone, sim.OrderAllClear
	type given struct {
		order   sim.OrderID
		from    sim.PostID
		shelter sim.ShelterID
	}
	for _, x := range []struct {
		name    string
		given   []given
		stands  int // index of given
		refused int
	}{
		{"a town lifts the county's order", []given{{evacuate, county, -1}, {clear, townA, -1}}, 0, 1},
		{"a town weakens it", []given{{evacuate, county, -1}, {prepare, townA, -1}}, 0, 1},
		{"a town turns it elsewhere", []given{{evacuate, county, -1}, {evacuate, townA, 1}}, 0, 1},
		{"the plan's shelter is no other", []given{{evacuate, county, -1}, {evacuate, townA, 0}}, 1, 0},
		{"a town goes further", []given{{prepare, county, -1}, {evacuate, townA, -1}}, 1, 0},
		{"a town leaves after an all-clear", []given{{clear, county, -1}, {evacuate, townA, -1}}, 1, 0},
		{"the county lifts the town's", []given{{evacuate, townA, -1}, {clear, county, -1}}, 1, 0},
		{"the county lifts its own", []given{{evacuate, county, -1}, {clear, county, -1}}, 1, 0},
		{"repeated by the town it is still the county's", []given{{evacuate, county, -1}, {evacuate, townA, -1},
			{clear, townA, -1}}, 1, 1},
		{"a town lifts what it has made more of", []given{{prepare, county, -1}, {evacuate, townA, -1}, {clear, townA, -1}},
			2, 0},
	} {
		b := newBench(t, testCounty())
		for _, g := range x.given {
			d := zoneOrderTo(g.order, g.from, z1)
			d.Shelter = g.shelter
			b.give(d)
			b.run(int(b.now/sim.Time(sim.Second)) + 300)
		}
		if got := b.c.zones[z1].standing; int(got) != x.stands {
			t.Errorf("%s: order %d stands; want %d", x.name, got, x.stands)
		}
		if got := len(b.when(sim.EvRejected)); got != x.refused {
			t.Errorf("%s: %d orders refused; want %d", x.name, got, x.refused)
		}
	}
}

// A village that is cut off acts by itself. Its messenger brings word to the town (600 s), which passes it on (60 s).
func TestSelfStartIsReported(t *testing.T) {
	sc := mannedCounty()
	sc.Posts[village1].Links = []string{"phone", "runner"}
	b, _ := mannedBench(t, sc)
	b.fault(phone, z1, false)
	b.run(100)
	if got := b.observe(village1).CutOff; got != at(60) {
		t.Errorf("cut off since %v; want the first minute", got)
	}
	b.give(zoneOrderTo(sim.OrderEvacuateZone, village1, z1))
	b.run(1400)
	wantTimes(t, "reports", b.when(sim.EvReport), 700, 760)
	for _, text := range b.texts(sim.EvReport) {
		if !strings.Contains(text, "village-1: cut off for 0 min, acts by its standing authority: Evacuate now: z1") {
			t.Errorf("reported %q", text)
		}
	}
	if in := b.observe(county).Inbox; len(in) != 1 || in[0].At != at(760) {
		t.Errorf("inbox of the county %+v", in)
	}
	b.fault(phone, z1, true)
	b.run(1500)
	if got := b.observe(village1).CutOff; got != -1 {
		t.Errorf("cut off since %v; want never", got)
	}
}

// A village whose town has nobody left is cut off, too. Its report lies in the town's office until somebody is there
// again, and goes on to the county then (60 s).
func TestReportWaitsForSomebody(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	b.c.SetOfficial(0, mayor, sim.OfficialAbsent)
	b.c.SetOfficial(0, vice, sim.OfficialAbsent)
	b.run(100)
	b.give(zoneOrderTo(sim.OrderPrepareZone, village2, z2))
	b.run(999)
	wantTimes(t, "reports", b.when(sim.EvReport), 160)
	b.c.SetOfficial(b.now, vice, sim.OfficialPresent)
	b.run(1100)
	wantTimes(t, "reports", b.when(sim.EvReport), 160, 1059)
}

// Without a messenger word of a self-start waits for a line; it goes out at the next minute.
func TestReportWaitsForALine(t *testing.T) {
	b, w := mannedBench(t, mannedCounty())
	w.closed = true
	b.fault(phone, z1, false)
	b.fault(radio, z1, false)
	b.run(100)
	b.give(zoneOrderTo(sim.OrderPrepareZone, village1, z1))
	b.run(1000)
	wantTimes(t, "reports", b.when(sim.EvReport))
	b.fault(radio, z1, true)
	b.run(1045)
	wantTimes(t, "reports", b.when(sim.EvReport)) // sent at 1020, 30 s by radio
	b.run(1055)
	wantTimes(t, "reports", b.when(sim.EvReport), 1050)
}

// Officials who are persons share their fate: who is hurt is not well because he gets out of the water.
func TestFates(t *testing.T) {
	sc := mannedCounty()
	person := int64(12)
	sc.Officials[head].Person = &person
	b, _ := mannedBench(t, sc)
	for i, x := range []struct{ told, want sim.OfficialState }{
		{sim.OfficialBusy, sim.OfficialBusy}, {sim.OfficialPresent, sim.OfficialPresent},
		{sim.OfficialHurt, sim.OfficialHurt}, {sim.OfficialPresent, sim.OfficialHurt}, {sim.OfficialDead, sim.OfficialDead},
	} {
		b.ports.Fates.Post(b.now, 12, sim.Fate{Person: 12, State: x.told})
		b.ports.Fates.Post(b.now, 13, sim.Fate{Person: 13, State: sim.OfficialDead}) // nobody
		b.run(10 * (i + 1))
		if got := b.c.officials[head].state(); got != x.want {
			t.Errorf("%d: told %v, he is %v; want %v", i, x.told, got, x.want)
		}
	}
	b.c.SetOfficial(b.now, head, sim.OfficialPresent)
	b.run(100)
	if got := b.c.officials[head].state(); got != sim.OfficialDead {
		t.Errorf("the director makes him %v; he is dead", got)
	}
}

// What the catalogue says of who may give an order is what the chain of command asks for: a village orders about its own
// zones; units, shelters, roads and structures take a senior post or its mandate; what is for everybody takes a senior
// post.
func TestScopesOfOrders(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	asks := func(s *sim.OrderSpec) bool {
		d := order0(s.ID, village1)
		for i := range s.Params {
			switch s.Params[i].Ref {
			case sim.KindZone:
				d.Zone = z1
			case sim.KindUnit:
				d.Unit = 0
			case sim.KindShelter:
				if s.Scope != sim.ScopeZone {
					d.Shelter = 0
				}
			case sim.KindLink:
				d.Link = 0
			case sim.KindStructure:
				d.Structure = 0
			}
		}
		if s.ID == sim.OrderWarningLevel {
			d = order0(s.ID, village1) // as the engine asks about a level, also that of a zone
		}
		return strings.Contains(b.c.Refuse(d).EN, "want a post of the county or of a town")
	}
	check := func(delegated bool) {
		t.Helper()
		for i := range sim.Orders {
			s := &sim.Orders[i]
			if s.Givers&sim.GiverPost == 0 || s.Scope == sim.ScopePost || s.Scope == sim.ScopeOwn {
				continue
			}
			want := s.Scope == sim.ScopeCounty || s.Scope == sim.ScopeSenior && !delegated
			if got := asks(s); got != want {
				t.Errorf("%s by a village, delegated %v: asks for a senior post %v; want %v", s.Name, delegated, got, want)
			}
		}
	}
	check(false)
	if got := b.observe(village1).Own.Mandate; got != sim.None {
		t.Errorf("before, the village's authority comes from %d; want none", got)
	}
	d := postOrderTo(sim.OrderDelegate, townA, village1)
	d.On = true
	b.give(d)
	b.run(1200)
	check(true)
	if got := b.observe(village1).Own.Mandate; got != townA {
		t.Errorf("delegated, the village's authority comes from %d; want %d", got, townA)
	}
}
