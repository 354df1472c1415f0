package command

import (
	"testing"

	"sandtable/sim"
)

// Nobody is at village-1 from 10 s to 2000 s. What its people count meanwhile lies there: nobody sees it, and the post has
// no incident. Who comes back reads it, and has an incident since then.
func TestNobodyReadsAtAnEmptyPost(t *testing.T) {
	sc := mannedCounty()
	sc.Posts[village1].FirstReport = 10 * sim.Minute
	b, _ := mannedBench(t, sc)
	b.run(10)
	for _, id := range []sim.OfficialID{head, deputy1, deputy2} {
		b.c.SetOfficial(b.now, id, sim.OfficialAbsent)
	}
	b.run(20)
	empty := *b.observe(village1)
	b.wet(z1, 2)
	b.c.Deliver(b.now, village1, sim.Ref{}, sim.Said("news"), &sim.Log{})
	b.run(1990)
	now := *b.observe(village1)
	if now.Now = empty.Now; !now.Unmanned || bytesOf(&now) != bytesOf(&empty) {
		t.Error("an empty post has learnt something")
	}
	b.run(2000)
	b.c.SetOfficial(b.now, deputy2, sim.OfficialPresent)
	b.run(2001)
	o := b.observe(village1)
	if o.Unmanned || o.Zones[z1].Report.Wet != 2 || len(o.Inbox) != 1 || o.Incident.Since != at(2000) {
		t.Errorf("after somebody has come: wet %d, %d messages, incident since %v", o.Zones[z1].Report.Wet, len(o.Inbox),
			o.Incident.Since)
	}
	b.run(2000 + 600 + 61) // the first report ten minutes later, and a minute on the phone
	wantTimes(t, "report", b.when(sim.EvReport), 2000+600+60)
}

// wet reports that so many houses of a zone have water in them.
func (b *bench) wet(zone sim.ZoneID, houses int32) {
	b.ports.ZoneReports.Post(b.now, int32(zone), sim.ZoneReport{Zone: zone, Persons: 100, Wet: houses})
}

// A post whose people are called in at response level III, and where nobody is when that is set, is called in by who comes.
func TestWhoComesCallsTheOthersIn(t *testing.T) {
	sc := mannedCounty()
	p := &sc.Posts[village1]
	p.OnDuty, p.StaffedAt, p.StaffT50, p.StaffT90 = true, "III", 20*sim.Minute, 20*sim.Minute
	b, _ := mannedBench(t, sc)
	for _, id := range []sim.OfficialID{head, deputy1, deputy2} {
		b.c.SetOfficial(0, id, sim.OfficialAbsent)
	}
	b.run(10)
	b.c.SetResponse(b.now, county, 2, &sim.Log{})
	b.run(100)
	b.c.SetOfficial(b.now, head, sim.OfficialPresent)
	b.run(1400)
	wantTimes(t, "unmanned, taken over, called in, running", b.when(sim.EvPost), 0, 100, 100, 1300)
}

// The keeper of a dam calls the county again every minute until somebody is there.
func TestTheKeeperCallsAgain(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	b.c.SetOfficial(0, chief, sim.OfficialAbsent)
	b.run(10)
	b.c.log = &sim.Log{}
	b.c.KeeperCalls(b.now, sim.Ref{Kind: sim.KindStructure})
	b.run(300)
	b.c.SetOfficial(b.now, chief, sim.OfficialPresent)
	b.run(400)
	if got := b.observe(county).Incident.Since; got != at(310) { // the calls come at 70 s, 130 s, and so on
		t.Errorf("the county knows of it since %v; want 310 s", got)
	}
}

// When the holder of a post and its only deputy are called away in one instant nobody has acted for it between.
func TestNobodyTakesOverForAnInstant(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	b.run(10)
	b.c.SetOfficial(b.now, mayor, sim.OfficialHurt)
	b.c.SetOfficial(b.now, vice, sim.OfficialHurt)
	b.run(20)
	var told []sim.PostState
	for _, e := range b.events {
		if e.Kind == sim.EvPost {
			told = append(told, sim.PostState(e.Count))
		}
	}
	if len(told) != 1 || told[0] != sim.PostUnmanned {
		t.Errorf("told %v; want once that nobody is there", told)
	}
}

// Harm in a zone that nobody was ordered to leave: the first report 10 min after it was learnt, a follow-up every 20 min
// while more comes in or water stands there, and when nothing has changed since the last one the final report.
func TestFinalReportWithoutAnyOrder(t *testing.T) {
	sc := testCounty()
	p := &sc.Posts[village1]
	p.FirstReport, p.FollowUp, p.Workers, p.Report = 10*sim.Minute, 20*sim.Minute, 2, 12*sim.Hour
	b := newBench(t, sc)
	b.wet(z1, 1)
	b.run(1000) // the first at 600 s
	b.wet(z1, 2)
	b.run(1900) // at 1800 s one more house than in the first: a follow-up
	b.flood(0.4)
	b.run(3500) // at 3000 s nothing new, but the water stands there: another
	b.flood(0)
	b.run(8000) // at 4200 s it is gone, and nothing is new: the last
	var kinds []sim.ReportKind
	var times []sim.Time
	for _, e := range b.events {
		if e.Kind == sim.EvReport && e.Num > 0 { // of the incident
			kinds, times = append(kinds, sim.ReportKind(e.Count)), append(times, e.At)
		}
	}
	wantTimes(t, "reports", times, 660, 1860, 3060, 4260)
	if k := b.observe(village1).Incident; len(kinds) != 4 || kinds[3] != sim.ReportFinal || k.Kind != sim.ReportFinal {
		t.Errorf("reports of kinds %v", kinds)
	}
	b.wet(z1, 3) // more than the final report knew: another incident
	b.run(8000 + 661)
	if k := b.observe(village1).Incident; k.Kind != sim.ReportFirst || k.Reports != 1 {
		t.Errorf("after more harm: %+v; want a first report", k)
	}
}

// A dam has given way, and nobody has told of harm yet: the county reports that it is so, every 20 min, and does not say
// that it is over before the orders to leave are lifted.
func TestABrokenDamIsNotOver(t *testing.T) {
	sc := testCounty()
	sc.Posts[county].FirstReport, sc.Posts[county].FollowUp = 10*sim.Minute, 20*sim.Minute
	b := newBench(t, sc)
	b.run(10)
	b.c.log = &sim.Log{}
	b.c.KeeperCalls(b.now, sim.Ref{Kind: sim.KindStructure})
	b.run(3 * 3600)
	if k := b.observe(county).Incident; k.Kind != sim.ReportFollowUp || k.Reports != 9 {
		t.Fatalf("after three hours %+v; want the first report and eight follow-ups", k)
	}
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	b.run(4 * 3600)
	b.give(zoneOrderTo(sim.OrderAllClear, county, z1))
	b.run(5 * 3600)
	if k := b.observe(county).Incident; k.Kind != sim.ReportFinal {
		t.Errorf("after the all-clear %+v; want the final report", k)
	}
}

// A post that makes 30 calls an hour over its telephone makes one in 2 min, upward as downward: while the town calls its
// villages, one after the other, its report waits for the line; what comes up for the same ear goes in the same call.
func TestReportsTakeTheLine(t *testing.T) {
	sc := testCounty()
	calls := 30.0
	sc.Channels[phone].Capacity = &calls
	b := newBench(t, sc)
	b.run(1799)
	b.c.learnZone(b.now, townA, z1, sim.ZoneKnown{Reported: b.now, Report: sim.ZoneReport{Zone: z1, Persons: 7}})
	b.run(1800 - 1)
	b.give(zoneOrderTo(sim.OrderEvacuateZone, townA, z1)) // begins at 1799 s, and takes the line until 1919 s
	b.run(2200)
	wantTimes(t, "report", b.when(sim.EvReport), 1919+60) // due at 1800 s
	b.run(3000)
	b.give(zoneOrderTo(sim.OrderAllClear, townA, z2)) // 3000 s to 3120 s
	b.run(3010)
	b.c.ports, b.c.log = &b.ports, &sim.Log{}
	b.c.reportAtOnce(b.now, townA, sim.Said("one")) // in the call from 3120 s on
	b.c.reportAtOnce(b.now, townA, sim.Said("two")) // in the same, and the same report
	b.run(3020)
	b.give(zoneOrderTo(sim.OrderAllClear, townA, z1)) // after it
	b.run(3600)
	wantTimes(t, "report", b.when(sim.EvReport), 1919+60, 3120+60)
	wantTimes(t, "order", b.when(sim.EvOrderSent), 1799, 3000, 3240)
}

// The county orders something for village-2, and town-a, which has passed it on, is empty when word of it comes back. It
// lies there until the mayor is back at 2000 s: he passes it on at the next full minute since, and a minute later the
// county has it.
func TestWordWaitsAtAnEmptyPost(t *testing.T) {
	b, _ := mannedBench(t, mannedCounty())
	b.run(1)
	b.give(zoneOrderTo(sim.OrderPrepareZone, county, z2))
	b.run(61) // town-a has it, and calls village-2
	for _, id := range []sim.OfficialID{mayor, vice} {
		b.c.SetOfficial(b.now, id, sim.OfficialHurt)
	}
	b.run(1999)
	if k := b.known(county); k.Acked >= 0 {
		t.Fatalf("the county knows %+v; want nothing of the end", k)
	}
	b.c.SetOfficial(b.now, mayor, sim.OfficialPresent)
	b.run(2200)
	if k := b.known(county); k.Acked < at(2060) || k.Acked > at(2120) {
		t.Errorf("the county knows %+v; want the end of it between 2060 and 2120 s", k)
	}
}
