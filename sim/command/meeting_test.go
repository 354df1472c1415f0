package command

import (
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// roomBench is the manned county, where everybody acknowledges at once, with a meeting m1 at the county of the chief, the
// mayor and the head of village-1: 20 min to gather, 30 min long, 10 min to drive from anywhere.
func roomBench(t testing.TB, change func(sc *scenario.Scenario)) (*bench, *ways) {
	sc := mannedCounty()
	sc.Meetings = []scenario.Meeting{{Name: "m1", Post: "county", Members: []string{"chief", "mayor", "head"},
		Form: "room", Gather: 20 * sim.Minute, Duration: 30 * sim.Minute}}
	if change != nil {
		change(sc)
	}
	return mannedBench(t, sc)
}

func (b *bench) consult(deployment sim.DeploymentID) {
	b.t.Helper()
	if why := b.c.RefuseConsult(county, 0, deployment); !why.Empty() {
		b.t.Fatalf("refused: %s", why.EN)
	}
	b.c.Consult(b.now, county, 0, deployment, 0, sim.FromPlayer)
}

// last returns what the last event of one kind says, in English.
func (b *bench) last(kind sim.EventKind) string {
	list := b.texts(kind)
	return list[max(len(list)-1, 0)]
}

// A member who is hurt on his way does not arrive, one who dies at the table is not among those who decide.
func TestWhoComesToHarmDecidesNothing(t *testing.T) {
	b, _ := roomBench(t, nil)
	b.consult(sim.None)
	b.run(300)
	b.c.SetOfficial(b.now, head, sim.OfficialHurt)
	b.run(1201)
	if got, want := b.last(sim.EvMeeting), "begins with chief, mayor; not there: head"; !strings.Contains(got, want) {
		t.Errorf("%q; want %q in it", got, want)
	}
	b.c.SetOfficial(b.now, mayor, sim.OfficialDead)
	b.run(1203)
	if k := b.observe(county).Meetings[0]; k.Present != 1 {
		t.Errorf("%d take part; want the chief alone", k.Present)
	}
	b.run(3002)
	if got, want := b.last(sim.EvMeeting), "there were chief; not there: mayor (dead), head"; !strings.Contains(got, want) {
		t.Errorf("%q; want %q in it", got, want)
	}
	b.run(6000)
	if n := b.c.officials[head].errands + b.c.officials[mayor].errands; n != 0 {
		t.Errorf("%d errands are left", n)
	}
}

// When nobody is left who could decide, nothing goes out.
func TestNobodyIsLeft(t *testing.T) {
	b, _ := roomBench(t, func(sc *scenario.Scenario) {
		sc.Meetings[0].Members = []string{"chief"}
		sc.Deployments = []scenario.Deployment{{Name: "d1", Post: "county"}}
	})
	b.consult(0)
	b.run(1300)
	b.c.SetOfficial(b.now, chief, sim.OfficialHurt)
	b.run(4000)
	if got := b.last(sim.EvMeeting); !strings.Contains(got, "broken off") {
		t.Errorf("%q", got)
	}
	if b.ports.Issues.Len() > 0 {
		t.Error("the deployment goes out")
	}
}

// With the road cut behind him a member stays where the meeting was, and drives when it is open.
func TestNoWayBack(t *testing.T) {
	b, w := roomBench(t, nil)
	b.consult(sim.None)
	b.run(2000)
	w.closed = true
	b.run(3600)
	if s := b.c.officials[mayor].state(); s != sim.OfficialBusy {
		t.Errorf("the mayor is %v, through the water; want busy", s)
	}
	w.closed = false
	b.run(3600 + 60 + 600 + 1)
	if s := b.c.officials[mayor].state(); s != sim.OfficialPresent {
		t.Errorf("the mayor is %v; want present", s)
	}
}

// A consultation that is called again while its members drive home calls them once they are there.
func TestCalledOnceMore(t *testing.T) {
	b, _ := roomBench(t, nil)
	b.consult(sim.None)
	b.run(3002)
	b.consult(sim.None) // 10 min on the way home, 10 min back: in time
	b.run(3002 + 1260)
	if got, want := b.last(sim.EvMeeting), "begins with chief"; !strings.Contains(got, want) {
		t.Errorf("%q; want %q in it", got, want)
	}
	b.run(3002 + 1500)
	if k := b.observe(county).Meetings[0]; k.Present != 3 {
		t.Errorf("%d take part; want all three", k.Present)
	}
}

// Who does not hear the calls of one consultation may hear those of the next: each has its own luck.
func TestEachConsultationHasItsOwnLuck(t *testing.T) {
	var heard []bool
	b, _ := roomBench(t, func(sc *scenario.Scenario) {
		sc.Posts[townA].Answer, sc.Posts[townA].Timeout = 0.5, sim.Hour // one call each
		sc.Meetings[0].Members, sc.Meetings[0].Form = []string{"chief", "mayor"}, "video"
	})
	for k := range 12 {
		b.consult(sim.None)
		b.run(k*3600 + 3599)
		heard = append(heard, strings.Contains(b.last(sim.EvMeeting), "there were chief, mayor"))
	}
	if !slices.Contains(heard, true) || !slices.Contains(heard, false) {
		t.Errorf("heard: %v; want some and not others", heard)
	}
}

// The minutes name no threshold that nobody who is there knows to be passed.
func TestMinutesTellWhatIsKnown(t *testing.T) {
	b, _ := roomBench(t, nil)
	b.c.council.thresholds = []threshold{{zone: z3, post: village3, asks: sim.OrderEvacuateZone, passed: true,
		trigger: scenario.Trigger{Gauge: 0}}}
	if text := b.c.passedText([]sim.PostID{townA}); !text.Empty() {
		t.Errorf("a town that has no such gauge: %q", text.EN)
	}
	for _, p := range []sim.PostID{village3, county} { // who watches it, and who has the readings
		if b.c.passedText([]sim.PostID{townA, p}).Empty() {
			t.Errorf("post %d says nothing", p)
		}
	}
}

// A post where nobody is calls no consultation and sends no deployment out; one that a consultation has decided waits
// until somebody is back who signs it.
func TestDeploymentWaitsForWhoSigns(t *testing.T) {
	b, _ := roomBench(t, func(sc *scenario.Scenario) {
		sc.Officials = slices.DeleteFunc(sc.Officials, func(o scenario.Official) bool { return o.Name == "vice" })
		sc.Deployments = []scenario.Deployment{{Name: "d1", Post: "town-a"}}
	})
	b.consult(0)
	b.run(3002) // over, and the mayor drives home
	if why := b.c.RefuseDeploy(county, 0); !strings.Contains(why.EN, "nobody is at") {
		t.Errorf("refused: %q", why.EN)
	}
	if b.ports.Issues.Len() > 0 {
		t.Fatal("it goes out in the name of nobody")
	}
	b.run(3000 + 600 + 62)
	if b.ports.Issues.Len() != 1 {
		t.Error("it does not go out")
	}
	b.c.SetOfficial(b.now, chief, sim.OfficialAbsent)
	b.run(3700)
	if why := b.c.RefuseConsult(county, 0, sim.None); !strings.Contains(why.EN, "nobody is at") {
		t.Errorf("consult: %q", why.EN)
	}
}

// Word of a road waits at a post where nobody is who could pass it on.
func TestNobodyPassesOnWordOfARoad(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	for _, id := range []sim.OfficialID{head, deputy1, deputy2} {
		b.c.SetOfficial(b.now, id, sim.OfficialAbsent)
	}
	b.run(10)
	b.ports.RoadReports.Post(b.now, 0, sim.RoadReport{Link: 0, Closed: true})
	b.run(1000)
	if n := len(b.observe(townA).Roads); n != 0 {
		t.Errorf("the town knows of %d closed roads", n)
	}
	b.c.SetOfficial(b.now, head, sim.OfficialPresent)
	b.run(1800 + 61)
	if n := len(b.observe(townA).Roads); n != 1 {
		t.Errorf("the town knows of %d closed roads after the report; want 1", n)
	}
}

// An order whose refusal its sender knows of is not called overdue, and the sender knows why it is not carried out. One
// that could not even be given stands with its reason.
func TestRefusalIsNotOverdue(t *testing.T) {
	sc := testCounty()
	sc.Deployments = []scenario.Deployment{{Name: "d1", Post: "town-a"}}
	sc.Items = []scenario.DeploymentItem{{Of: "d1", Order: "all_clear", Due: 10 * sim.Minute,
		Args: []sim.Arg{{Name: "zone", Value: "z1"}}}}
	b := newBench(t, sc)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	b.run(600)
	b.c.SendOut(b.now, 0, &sim.Log{})
	d := zoneOrderTo(sim.OrderAllClear, townA, z1) // the village does not lift what the county has ordered
	d.Item, d.Serial = 1, 1
	b.ports.Directives.Post(b.now, 1, d)
	b.c.ItemGiven(b.now, 0, sim.Text{}, true)
	if k := b.observe(townA).Deployments[0].Items[0]; k.Failed || k.Refused || !k.Reason.Empty() {
		t.Errorf("before the answer is back the town knows %+v", k)
	}
	b.run(3600)
	if k := b.observe(townA).Deployments[0].Items[0]; !k.Failed || k.Refused || !strings.Contains(k.Reason.EN, "does not carry out") {
		t.Errorf("after it the town knows %+v", k)
	}
	if k := b.known(townA); !k.Failed || k.Reason.Empty() {
		t.Errorf("of the order itself the town knows %+v", k)
	}
	b.c.ItemGiven(b.now, 0, sim.Text{EN: "no such zone"}, false)
	if k := b.observe(townA).Deployments[0].Items[0]; !k.Refused {
		t.Errorf("of one that could not be given the town knows %+v", k)
	}
	if n := len(b.when(sim.EvRejected)); n != 1 {
		t.Fatalf("%d refusals", n)
	}
	if list := b.texts(sim.EvDeployment); len(list) > 0 {
		t.Errorf("%q", list)
	}
}

// The first report of a second incident does not come at the time of a report of the first one.
func TestReportsOfTwoIncidents(t *testing.T) {
	sc := testCounty()
	sc.Posts[village1].FirstReport = 30 * sim.Minute
	b := newBench(t, sc)
	b.c.alert(0, village1) // due at 30 min
	b.c.ReportNow(b.now, village1, sim.ReportFirst)
	b.run(60)
	b.c.ReportNow(b.now, village1, sim.ReportFinal)
	b.run(1200)
	b.c.alert(b.now, village1) // due at 50 min
	b.run(2000)
	if k := b.observe(village1).Incident; k.Reports != 0 {
		t.Errorf("%d reports at 33 min; want none before 50 min", k.Reports)
	}
	b.run(3001)
	if k := b.observe(village1).Incident; k.Reports != 1 || k.Kind != sim.ReportFirst {
		t.Errorf("%+v at 50 min; want the first report", k)
	}
}

// While a messenger is on his way with an order nobody gives it up, though every call after him was in vain.
func TestMessengerOnHisWayIsWaitedFor(t *testing.T) {
	sc := mannedCounty()
	sc.Posts[village1].Ladder, sc.Posts[village1].Links = "", []string{"runner", "phone"}
	sc.Deployments = []scenario.Deployment{{Name: "d1", Post: "town-a"}}
	b, w := mannedBench(t, sc)
	w.seconds = 3000
	b.fault(phone, z1, false)
	d := zoneOrderTo(sim.OrderEvacuateZone, townA, z1)
	b.give(d)
	b.run(10)
	for k := range 8 { // the sender calls again and again
		b.c.ports, b.c.log = &b.ports, &sim.Log{}
		b.c.callAgain(b.now, 0)
		b.run(20 + k)
	}
	b.run(3100)
	if o := &b.c.orders[0]; o.state != orderActed {
		t.Errorf("the order is in state %d after the messenger has arrived; want acted on", o.state)
	}
	b.run(9000)
}
