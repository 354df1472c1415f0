package command

import (
	"fmt"
	"testing"

	"sandtable/sim"
)

func (b *bench) count(zone sim.ZoneID, left int32) {
	b.ports.ZoneReports.Post(b.now, int32(zone), sim.ZoneReport{Zone: zone, Persons: 100, Warned: left, Left: left})
}

// The village reports at 30 min; the town has it 60 s later and passes it on at 60 min; the county has it at 61 min.
func TestReportsClimb(t *testing.T) {
	b := newBench(t, testCounty())
	b.run(10)
	b.count(z1, 5)
	b.run(20)
	b.count(z1, 40)
	b.run(4000)
	var got []string
	for _, e := range b.events {
		if e.Kind == sim.EvReport {
			got = append(got, fmt.Sprint(e.At, " ", e.A, " to ", e.B, ": ", e.Text.EN))
		}
	}
	want := []string{
		"0:31:00 post#2 to post#1: z1: 100 persons, 40 warned, 40 left, 0 waiting, 0 stranded",
		"1:01:00 post#1 to post#0: z1: 100 persons, 40 warned, 40 left, 0 waiting, 0 stranded",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("reports\n%v\nwant\n%v", got, want)
	}
	k := b.observe(county).Zones[z1]
	if k.Reported != at(20) || k.Report.Left != 40 {
		t.Errorf("the county knows %+v; want 40 left as of 20 s", k)
	}
	if k := b.observe(county).Zones[z2]; k.Reported != -1 {
		t.Errorf("the county knows %+v of a zone that never reported", k)
	}
	if k := b.observe(townB).Zones[z1]; k.Reported != -1 {
		t.Errorf("another town knows %+v", k)
	}
	b.count(z1, 40) // nothing new
	b.run(4 * 3600)
	if n := len(b.when(sim.EvReport)); n != 2 {
		t.Errorf("%d reports; want no third one without news", n)
	}
}

// A report that no channel carries waits for the next time; what the superior knows stays old.
func TestReportWaitsForChannel(t *testing.T) {
	b := newBench(t, testCounty())
	b.fault(phone, sim.None, false)
	b.fault(radio, z1, false)
	b.count(z1, 5)
	b.run(3000)
	if n := len(b.when(sim.EvReport)); n != 0 {
		t.Fatalf("%d reports over channels that are down", n)
	}
	b.fault(radio, z1, true)
	b.run(3700)
	wantTimes(t, "report", b.when(sim.EvReport), 3630) // at 60 min by radio
}

// Shelters and units are known to the county after the channel's delay, and to the town that gave the unit its order.
func TestShelterAndUnitReports(t *testing.T) {
	b := newBench(t, testCounty())
	recall := order0(sim.OrderRecallUnit, townB)
	recall.Unit = 1
	b.give(recall)
	b.run(3600)
	b.ports.ShelterCounts.Post(b.now, 1, sim.ShelterCount{Shelter: 1, Open: true, Inside: 12, Waiting: 3})
	b.ports.UnitReports.Post(b.now, 1, sim.UnitReport{Unit: 1, Status: sim.UnitReturning, Carried: 8, X: 5})
	b.run(3659)
	if k := b.observe(county); k.Shelters[1].Reported != -1 || k.Units[1].Reported != -1 {
		t.Error("the county knows before the message can be there")
	}
	b.run(3661)
	for _, p := range []sim.PostID{county, townB} {
		k := b.observe(p).Units[1]
		if k.Reported != at(3600) || k.Report.Status != sim.UnitReturning || k.Report.Carried != 8 {
			t.Errorf("post %d knows %+v of the unit", p, k)
		}
	}
	if k := b.observe(county).Shelters[1]; k.Reported != at(3600) || k.Count.Inside != 12 || !k.Count.Open {
		t.Errorf("the county knows %+v of the shelter", k)
	}
	if k := b.observe(townA); k.Units[1].Reported != -1 || k.Shelters[1].Reported != -1 {
		t.Error("a town that has nothing to do with it knows the unit or the shelter")
	}
	b.fault(phone, sim.None, false)
	b.fault(radio, sim.None, false)
	b.run(3700)
	b.ports.ShelterCounts.Post(b.now, 1, sim.ShelterCount{Shelter: 1, Open: true, Inside: 50})
	b.run(4000)
	if k := b.observe(county).Shelters[1]; k.Count.Inside != 12 {
		t.Errorf("the county knows %+v; want the old count while no channel works", k)
	}
}

// Changing a truth that nobody observed leaves an observation's bytes unchanged; observing it changes them.
func TestObservationHoldsOnlyWhatWasReported(t *testing.T) {
	see := func(left int32, cut bool) (c, v string) {
		b := newBench(t, testCounty())
		if cut {
			b.fault(phone, sim.None, false)
			b.fault(radio, sim.None, false)
		}
		b.run(10)
		b.count(z1, left)
		b.ports.ShelterCounts.Post(b.now, 0, sim.ShelterCount{Inside: left})
		b.ports.UnitReports.Post(b.now, 0, sim.UnitReport{Aboard: left})
		b.run(2 * 3600)
		return bytesOf(b.observe(county)), bytesOf(b.observe(village1))
	}
	c1, v1 := see(10, true)
	c2, v2 := see(20, true)
	if c1 != c2 {
		t.Error("the county's observation shows what it was never told")
	}
	if v1 == v2 {
		t.Error("the village's observation does not show its own count")
	}
	c1, _ = see(10, false)
	c2, _ = see(20, false)
	if c1 == c2 {
		t.Error("the county's observation does not show what was reported")
	}
}

func TestGauges(t *testing.T) {
	b := newBench(t, testCounty())
	want := sim.GaugeKnown{Reported: at(5), Level: 31.5, Above: 1, Warning: 2, Action: sim.GaugePrepare}
	b.c.ReadGauge(0, want)
	if got := b.observe(county).Gauges[0]; got != want || b.c.Gauge(0) != want {
		t.Errorf("the county reads %+v; want %+v", got, want)
	}
	if got := b.observe(townA).Gauges[0]; got.Reported != -1 {
		t.Errorf("the town reads %+v; want nothing", got)
	}
}

func TestInbox(t *testing.T) {
	b := newBench(t, testCounty())
	var log sim.Log
	b.c.Deliver(0, sim.None, sim.Ref{}, sim.Said("to all"), &log)
	if len(log.Events) != 6 || len(b.observe(village3).Inbox) != 1 {
		t.Errorf("%d events, %d messages; want 6, 1", len(log.Events), len(b.observe(village3).Inbox))
	}
	for k := range 250 {
		b.c.Deliver(at(k), county, sim.Ref{}, sim.Said(fmt.Sprint(k)), &log)
	}
	in := b.observe(county).Inbox
	if len(in) != maxInbox || in[0].Text.ZH != "50" || in[maxInbox-1].Text.EN != "249" {
		t.Errorf("%d messages from %s to %s; want the last %d", len(in), in[0].Text.ZH, in[len(in)-1].Text.ZH, maxInbox)
	}
	if o := b.observe(sim.None); len(o.Inbox) != 0 || len(o.Zones) != 3 {
		t.Errorf("nobody's observation has %d messages, %d zones", len(o.Inbox), len(o.Zones))
	}
}
