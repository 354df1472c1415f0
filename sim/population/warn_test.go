package population

import (
	"testing"

	"sandtable/sim"
)

// three households of one adult each, in buildings 2, 0, 1.
func threeHouseholds(t testing.TB) *place {
	sc := testScenario()
	household(sc, 2, 0, adult(0))
	household(sc, 0, 0, adult(0))
	household(sc, 1, 0, adult(0))
	return newPlace(t, sc)
}

func TestHeardAtTheExactTime(t *testing.T) {
	w := threeHouseholds(t)
	w.run(seconds(10))
	w.ports.Broadcasts.Post(seconds(10.25), 0, sim.Broadcast{Order: sim.OrderEvacuateZone, Shelter: sim.None})
	w.run(seconds(200))
	for q := range int32(3) {
		e := w.once(sim.EvPartyWarned, q)
		siren := sim.RefTo(sim.KindChannel, sim.ChannelID(0))
		if e.At != seconds(70.25) || e.Count != int32(sim.OrderEvacuateZone) || e.B != siren {
			t.Errorf("party %d warned: %+v; want at 0:01:10.25", q, e)
		}
		if d := w.once(sim.EvPartyDecided, q); d.Count != 1 || d.Num != 600 {
			t.Errorf("party %d decided: %+v; want to leave after 600 s", q, d)
		}
	}
	wantCounts(t, "warned", w.p.counts.total.Warned, 3)
}

func TestReachByDayAndNight(t *testing.T) {
	for start, want := range map[string]int{"2026-07-18 12:00": 3, "2026-07-18 23:00": 0} {
		w := threeHouseholds(t)
		w.sc.Drill.Start, _ = sim.ParseCivil(start)
		w.sc.Channels[0].Night = new(0.0)
		w.begin()
		w.broadcast(sim.OrderEvacuateZone, 0)
		w.run(seconds(100))
		wantCounts(t, start, len(w.find(sim.EvPartyWarned, -1)), want)
	}
}

func TestReachIsAShareOfParties(t *testing.T) {
	sc := testScenario()
	sc.Channels[0].Night = new(0.7)
	for range 2000 {
		household(sc, 0, 0, adult(0))
	}
	w := newPlace(t, sc)
	w.broadcast(sim.OrderPrepareZone, 0)
	w.broadcast(sim.OrderPrepareZone, 0) // again: reaches the same ones
	w.p.Step(seconds(1), w.layers, &w.ports, &w.log)
	w.p.Step(seconds(100), w.layers, &w.ports, &w.log)
	if n := w.p.counts.total.Warned; n < 1400-4*21 || n > 1400+4*21 { // standard deviation 20.5
		t.Errorf("%d of 2000 warned; want 1400", n)
	}
}

func TestSilenceDropsWhatWasNotHeard(t *testing.T) {
	w := threeHouseholds(t)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(30))
	w.ports.Silences.Post(w.p.now, 0, sim.ChannelFault{Channel: 0, Zone: sim.None})
	w.run(seconds(100))
	w.never(sim.EvPartyWarned)
	w.broadcast(sim.OrderEvacuateZone, 0) // the channel is still down
	w.run(seconds(200))
	w.never(sim.EvPartyWarned)
	w.ports.Silences.Post(w.p.now, 0, sim.ChannelFault{Channel: 0, Zone: 0, Up: true})
	w.run(seconds(201))
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(300))
	wantCounts(t, "warned after it works again", len(w.find(sim.EvPartyWarned, -1)), 3)
}

func TestSilenceStopsTheKnocking(t *testing.T) {
	w := threeHouseholds(t)
	w.broadcast(sim.OrderEvacuateZone, 1)
	w.run(seconds(90))
	w.ports.Silences.Post(w.p.now, 0, sim.ChannelFault{Channel: 1, Zone: 0})
	w.run(seconds(400))
	wantCounts(t, "doors", len(w.find(sim.EvPartyWarned, -1)), 1)
}

func TestOnlyNewsIsHeard(t *testing.T) {
	w := threeHouseholds(t)
	for range 3 {
		w.broadcast(sim.OrderEvacuateZone, 0)
	}
	w.run(seconds(100))
	w.broadcast(sim.OrderPrepareZone, 0) // weaker than what they have heard
	w.run(seconds(200))
	wantCounts(t, "warnings", len(w.find(sim.EvPartyWarned, -1)), 3)
}

func TestOlderMessageThatTookLongerIsNoNews(t *testing.T) {
	w := threeHouseholds(t)
	w.broadcast(sim.OrderEvacuateZone, 1) // by door: 0, 108, 295 s
	w.broadcast(sim.OrderAllClear, 0)     // by siren: 60 s
	w.run(seconds(100))
	w.events = nil
	w.run(seconds(2000))
	w.never(sim.EvPartyWarned)
	w.never(sim.EvPartyLeft)
}

func TestAllClearStopsWhoHasNotLeft(t *testing.T) {
	w := threeHouseholds(t)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(120))
	w.broadcast(sim.OrderAllClear, 0)
	w.run(seconds(2000))
	w.never(sim.EvPartyLeft)
	last := w.find(sim.EvPartyDecided, 0)
	if len(last) != 2 || last[1].Count != 0 || w.p.stage[0] != sim.StageStaying {
		t.Errorf("decisions %v, stage %v; want leave, then stay", last, w.p.stage[0])
	}
	w.broadcast(sim.OrderEvacuateZone, 0) // news again
	w.run(seconds(4000))
	wantCounts(t, "left after the second order", len(w.find(sim.EvPartyLeft, -1)), 3)
}

func TestPreparedHouseholdsLeaveSooner(t *testing.T) {
	w := threeHouseholds(t)
	w.broadcast(sim.OrderPrepareZone, 0)
	w.run(seconds(1000))
	w.never(sim.EvPartyDecided)
	if w.p.stage[0] != sim.StageWarned {
		t.Errorf("stage %v; want warned", w.p.stage[0])
	}
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(2000))
	if e := w.once(sim.EvPartyLeft, 0); e.At != seconds(1000+60+300) {
		t.Errorf("left at %v; want 60 s to hear and half of 600 s later", e.At)
	}
}

func TestSharesOfWhoHeeds(t *testing.T) {
	sc := testScenario()
	sc.Population.Behaviour.HeedPrepare, sc.Population.Behaviour.HeedEvacuate = 0.1, 0.6
	sc.Population.Behaviour.HeedWater = 0.9
	for range 2000 {
		household(sc, 0, 0, adult(0))
	}
	count := func(order sim.OrderID, wet bool) map[sim.PartyID]bool {
		w := newPlace(t, sc)
		if wet {
			w.flood(100, 150, 0.3, 0) // next to building 0, not at it
		}
		w.broadcast(order, 0)
		for range 200 {
			w.p.Step(w.p.now.Add(sim.Second), w.layers, &w.ports, &w.log)
		}
		leaves := map[sim.PartyID]bool{}
		for q := range w.p.stage {
			if w.p.flags[q]&partyWants != 0 {
				leaves[sim.PartyID(q)] = true
			}
		}
		return leaves
	}
	prepare, order, water := count(sim.OrderPrepareZone, false), count(sim.OrderEvacuateZone, false),
		count(sim.OrderEvacuateZone, true)
	for i, c := range []struct{ got, want int }{{len(prepare), 200}, {len(order), 1200}, {len(water), 1800}} {
		if c.got < c.want-90 || c.got > c.want+90 { // four standard deviations at most
			t.Errorf("case %d: %d of 2000 leave; want %d", i, c.got, c.want)
		}
	}
	for q := range prepare {
		if !order[q] {
			t.Errorf("party %d leaves when told to prepare but not when told to leave", q)
		}
	}
	for q := range order {
		if !water[q] {
			t.Errorf("party %d leaves without water in sight but not with it", q)
		}
	}
}

func TestEarlierOrderIsNeverHeardLater(t *testing.T) {
	sc := testScenario()
	sc.Channels[0].DelayT90, sc.Channels[0].Night = new(5*sim.Minute), new(0.8)
	sc.Population.Behaviour.DelayT90, sc.Population.Behaviour.HeedEvacuate = 30*sim.Minute, 0.7
	for range 300 {
		household(sc, 0, 0, adult(0))
	}
	leave := func(after sim.Time) []sim.Time {
		w := newPlace(t, sc)
		w.ports.Broadcasts.Post(after, 0, sim.Broadcast{Order: sim.OrderEvacuateZone, Shelter: sim.None})
		w.p.Step(after.Add(sim.Second), w.layers, &w.ports, &w.log)
		w.p.Step(seconds(20000), w.layers, &w.ports, &w.log)
		out := make([]sim.Time, 300)
		for _, e := range w.log.Events {
			if e.Kind == sim.EvPartyLeft {
				out[e.A.ID] = e.At
			}
		}
		return out
	}
	early, late := leave(seconds(0)), leave(seconds(1800))
	for q := range early {
		if (early[q] == 0) != (late[q] == 0) || early[q] != 0 && late[q] != early[q]+seconds(1800) {
			t.Errorf("party %d leaves at %v, and at %v when the order comes half an hour later", q, early[q], late[q])
		}
	}
}

func TestZoneReportsOnlyChanges(t *testing.T) {
	w := threeHouseholds(t)
	var got []sim.ZoneReport
	var at []sim.Time
	w.run(seconds(310))
	wantCounts(t, "reports of nothing", w.ports.ZoneReports.Len(), 0)
	w.broadcast(sim.OrderPrepareZone, 0)
	w.run(seconds(1300))
	w.ports.ZoneReports.Drain(func(t sim.Time, r sim.ZoneReport) { got, at = append(got, r), append(at, t) })
	if len(got) != 1 || got[0] != (sim.ZoneReport{Persons: 3, Warned: 3}) || at[0] != seconds(600) {
		t.Errorf("reports %+v at %v; want one at 0:10:00 of 3 warned", got, at)
	}
}
