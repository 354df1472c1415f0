package population

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"

	"pgregory.net/rapid"
)

// listeners is a place with so many single adults in house 0 whose channels are of the given kinds: all heard by everybody
// after a minute.
func listeners(n int, heed float64, kinds ...string) *scenario.Scenario {
	sc := testScenario()
	sc.Population.Behaviour.HeedEvacuate = heed
	minute, one := sim.Minute, 1.0
	sc.Channels = nil
	for i, kind := range kinds {
		use := "public"
		if kind == "door" {
			use = "door"
		}
		later := minute + sim.Duration(i)*minute // one after the other
		sc.Channels = append(sc.Channels, scenario.Channel{Name: kind, Use: use, Kind: kind, DelayT50: &later,
			DelayT90: &later, Reach: &one, Night: &one, Doors: new(float64)})
		*sc.Channels[i].Doors = 1000
	}
	for range n {
		household(sc, 0, 0, adult(0))
	}
	return sc
}

// order gives an order over all channels.
func (w *place) order(order sim.OrderID) {
	for c := range w.sc.Channels {
		w.broadcast(order, sim.ChannelID(c))
	}
}

// play goes on up to an instant in ticks of a minute, and keeps all events.
func (w *place) play(until sim.Time) {
	w.t.Helper()
	for w.p.now < until {
		w.log.Events = w.log.Events[:0]
		w.p.Step(min(until, w.p.now.Add(sim.Minute)), w.layers, &w.ports, &w.log)
		w.events = append(w.events, w.log.Events...)
	}
	if err := w.p.Check(true); err != nil {
		w.t.Fatalf("at %v: %v", w.p.now, err)
	}
}

// moved returns the parties that want to leave.
func (w *place) moved() map[sim.PartyID]bool {
	out := make(map[sim.PartyID]bool)
	for q := range w.p.flags {
		if w.p.flags[q]&partyWants != 0 {
			out[sim.PartyID(q)] = true
		}
	}
	return out
}

const crowdSize = 2000

// twoStoreys gives the crowd's house an upper storey, for which it takes orders for half as much.
func twoStoreys(sc *scenario.Scenario) {
	sc.Buildings[0].Storeys, sc.Population.Belief.Upstairs = 2, 0.5
}

// wantShare compares the share of a crowd that leaves with what it should be, to four standard deviations.
func wantShare(t *testing.T, name string, w *place, want float64) {
	t.Helper()
	got := float64(len(w.moved())) / crowdSize
	if math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/crowdSize)+1e-9 {
		t.Errorf("%s: %.4f of the households leave; want %.4f", name, got, want)
	}
}

func TestCuesAddUp(t *testing.T) {
	not := func(p, weight float64) float64 { return math.Pow(1-p, weight) }
	for name, c := range map[string]struct {
		kinds []string
		set   func(sc *scenario.Scenario)
		order sim.OrderID
		want  float64
	}{
		"the standard order moves those who heed": {[]string{"loudspeaker"}, nil, sim.OrderEvacuateZone, 0.6},
		"radio as well":  {[]string{"tv_radio"}, nil, sim.OrderEvacuateZone, 0.6},
		"a siren nobody": {[]string{"siren"}, nil, sim.OrderEvacuateZone, 0},
		"a gong, where half know what it means: who is not moved asks, and hears it from neighbours": {[]string{"gong"}, func(sc *scenario.Scenario) {
			sc.Population.Belief.Signals, sc.Population.Belief.Signal = 0.5, 0.6
		}, sim.OrderEvacuateZone, 1 - not(0.6, 0.8)},
		"the same source twice counts once": {[]string{"loudspeaker", "plain"}, nil, sim.OrderEvacuateZone, 0.6},
		"at the door": {[]string{"door"}, func(sc *scenario.Scenario) { sc.Population.Belief.Door = 1.5 },
			sim.OrderEvacuateZone, 1 - not(0.6, 1.5)},
		"SMS": {[]string{"sms"}, func(sc *scenario.Scenario) { sc.Population.Belief.Cell = 0.7 },
			sim.OrderEvacuateZone, 1 - not(0.6, 0.7)},
		"two sources": {[]string{"loudspeaker", "sms"}, func(sc *scenario.Scenario) {
			sc.Population.Belief.Cell, sc.Population.Belief.Again = 0.7, 0.3
		}, sim.OrderEvacuateZone, 1 - not(0.6, 1+0.3*0.7)},
		"no place": {[]string{"loudspeaker"}, func(sc *scenario.Scenario) {
			sc.Zones[0].Shelters, sc.Population.Belief.Vague = nil, 0.5
		}, sim.OrderEvacuateZone, 1 - not(0.6, 0.5)},
		"EES, leave": {[]string{"loudspeaker"}, func(sc *scenario.Scenario) { sc.Population.Belief.Messages = "ees" },
			sim.OrderEvacuateZone, 0.4},
		"EES, leave without a place": {[]string{"loudspeaker"}, func(sc *scenario.Scenario) {
			sc.Population.Belief.Messages, sc.Zones[0].Shelters = "ees", nil
		}, sim.OrderEvacuateZone, 0.3},
		"EES, prepare": {[]string{"loudspeaker"}, func(sc *scenario.Scenario) { sc.Population.Belief.Messages = "ees" },
			sim.OrderPrepareZone, 0.05},
		"EES, statement": {[]string{"loudspeaker"}, func(sc *scenario.Scenario) { sc.Population.Belief.Messages = "ees" },
			sim.OrderStatement, 0.01},
		"two false alarms": {[]string{"loudspeaker"}, func(sc *scenario.Scenario) {
			sc.Population.Belief.FalseAlarms, sc.Population.Belief.FalseAlarm = 2, 0.8
		}, sim.OrderEvacuateZone, 1 - not(0.6, 0.64)},
		"refusers are among those whom it does not move": {[]string{"loudspeaker"}, func(sc *scenario.Scenario) {
			sc.Population.Belief.Attached, sc.Population.Belief.Defiant = 0.3, 0.1
		}, sim.OrderEvacuateZone, 0.6},
		"attached people stay, however often they are told": {[]string{"loudspeaker", "sms", "wechat"},
			func(sc *scenario.Scenario) {
				sc.Population.Belief.Attached, sc.Population.Belief.Defiant, sc.Population.Belief.Again = 0.2, 0.1, 10
			}, sim.OrderEvacuateZone, 0.7},
		"half of them are talked round at the door": {[]string{"loudspeaker", "sms", "door"},
			func(sc *scenario.Scenario) {
				sc.Population.Belief.Attached, sc.Population.Belief.Defiant, sc.Population.Belief.Again = 0.2, 0.1, 10
			}, sim.OrderEvacuateZone, 0.8},
		"who has a storey above does not feel meant": {[]string{"loudspeaker"}, twoStoreys,
			sim.OrderEvacuateZone, 1 - not(0.6, 0.5)},
		"not in a house of earth": {[]string{"loudspeaker"}, func(sc *scenario.Scenario) {
			twoStoreys(sc)
			sc.Buildings[0].Build = scenario.BuildEarth
		}, sim.OrderEvacuateZone, 0.6},
		"somebody at the door means oneself": {[]string{"door"}, twoStoreys, sim.OrderEvacuateZone, 0.6},
		"also after the loudspeakers":        {[]string{"loudspeaker", "door"}, twoStoreys, sim.OrderEvacuateZone, 0.6},
	} {
		sc := listeners(crowdSize, 0.6, c.kinds...)
		if c.set != nil {
			c.set(sc)
		}
		w := newPlace(t, sc)
		w.order(c.order)
		w.play(seconds(5 * 3600)) // two workers are at 2,000 doors within 4:10
		wantShare(t, name, w, c.want)
	}
}

func TestAskingTakesTimeAndMovesAsManyInTheEnd(t *testing.T) {
	sc := listeners(crowdSize, 0.6, "loudspeaker")
	b := &sc.Population.Belief
	b.AtOnce, b.MillingT50, b.MillingT90 = 0.5, 20*sim.Minute, 20*sim.Minute
	w := newPlace(t, sc)
	w.order(sim.OrderEvacuateZone)
	w.play(seconds(15 * 60))
	wantShare(t, "before they have asked", w, 1-math.Pow(0.4, 0.5))
	w.play(seconds(30 * 60))
	wantShare(t, "afterwards", w, 0.6)
	confirmed := 0
	for _, e := range w.find(sim.EvPartyDecided, -1) {
		if cue := sim.CueOf(e); cue == sim.CueConfirmed && e.Count == 1 {
			confirmed++
		} else if e.Count == 0 && cue != sim.CueUnconvinced {
			t.Fatalf("%+v: stays because of %v; want not convinced", e, cue)
		}
	}
	if want := 0.6 - (1 - math.Pow(0.4, 0.5)); math.Abs(float64(confirmed)/crowdSize-want) > 0.03 {
		t.Errorf("%d of %d leave because they found it confirmed; want a share of %.3f", confirmed, crowdSize, want)
	}
}

func TestWhoDoesNotUnderstandAsks(t *testing.T) {
	sc := listeners(crowdSize, 1, "loudspeaker")
	b := &sc.Population.Belief
	b.Understood, b.MillingT50, b.MillingT90 = 0.7, 20*sim.Minute, 20*sim.Minute
	w := newPlace(t, sc)
	w.order(sim.OrderEvacuateZone)
	w.play(seconds(15 * 60))
	wantShare(t, "who understands", w, 0.7)
	w.play(seconds(30 * 60))
	wantShare(t, "who asks", w, 1)
}

func TestOrderThatWasLiftedWithoutWaterIsBelievedLess(t *testing.T) {
	sc := listeners(crowdSize, 0.6, "loudspeaker")
	sc.Population.Belief.FalseAlarm = 0.5
	sc.Population.Behaviour.DelayT50, sc.Population.Behaviour.DelayT90 = 10*sim.Hour, 10*sim.Hour
	w := newPlace(t, sc)
	w.order(sim.OrderEvacuateZone)
	w.play(seconds(600))
	w.order(sim.OrderAllClear)
	w.play(seconds(1200))
	wantShare(t, "after the all-clear", w, 0)
	w.order(sim.OrderEvacuateZone)
	w.play(seconds(1800))
	wantShare(t, "the second order", w, 1-math.Pow(0.4, 0.5))
}

// TestPropertyMoreCuesMoveNobodyLess: whoever leaves on some messages leaves when there is one more.
func TestPropertyMoreCuesMoveNobodyLess(t *testing.T) {
	kinds := []string{"loudspeaker", "siren", "sms", "wechat", "door", "tv_radio"}
	rapid.Check(t, func(r *rapid.T) {
		sc := listeners(60, rapid.Float64Range(0, 1).Draw(r, "heed"), kinds...)
		for h := range sc.Households {
			sc.Households[h].Home = sim.BuildingID(h % 3)
		}
		share := rapid.Float64Range(0, 1)
		b := &sc.Population.Belief
		b.AtOnce, b.Understood, b.Again = share.Draw(r, "at once"), share.Draw(r, "understood"), share.Draw(r, "again")
		b.Neighbours, b.Talk = 0.9*share.Draw(r, "neighbours"), 3*share.Draw(r, "talk")
		b.RumourLeave = 0.9 * share.Draw(r, "flee")
		if rapid.Bool().Draw(r, "silent") { // who has left without having heard tells nobody, so that both together may cost ears
			b.Talk = 0
		} else {
			b.Neighbours, b.RumourLeave = 0, 0
		}
		b.Signals = share.Draw(r, "signals")
		b.Attached, b.Defiant = 0.5*share.Draw(r, "attached"), 0.5*share.Draw(r, "defiant")
		b.Statement, b.Warned = 1+share.Draw(r, "statement"), 1+share.Draw(r, "warned")
		b.Upstairs = share.Draw(r, "upstairs")
		for k := range sc.Buildings {
			sc.Buildings[k].Storeys = uint8(rapid.IntRange(1, 2).Draw(r, "storeys"))
		}
		sc.Population.Behaviour.HeedPrepare = 0.5 * share.Draw(r, "early") * sc.Population.Behaviour.HeedEvacuate
		said := rapid.SliceOfN(rapid.IntRange(0, len(kinds)), 0, 3).Draw(r, "said")
		more := rapid.IntRange(0, len(kinds)+2).Draw(r, "one more")
		run := func(more int) map[sim.PartyID]bool {
			w := newPlace(t, sc)
			if more == len(kinds)+1 {
				w.broadcast(sim.OrderPrepareZone, 0)
			}
			if more == len(kinds)+2 {
				w.ports.Warnings.Post(seconds(240), 0, sim.PublicWarning{Level: 3})
			}
			for _, c := range append(said[:len(said):len(said)], more) {
				switch {
				case c < 0:
				case c < len(kinds):
					w.broadcast(sim.OrderEvacuateZone, sim.ChannelID(c))
				case c == len(kinds) && w.p.rumours[0].Number == 0: // a second one would take the place of the first
					w.p.StartRumour(w.p.now, 0, true, 0.5, sim.Text{}, &w.log)
				}
			}
			w.play(seconds(6 * 3600))
			out := w.moved()
			for q, f := range w.p.mind {
				if f.is&mindGone != 0 {
					out[sim.PartyID(q)] = true
				}
			}
			return out
		}
		without, with := run(-1), run(more)
		for q := range without {
			if !with[q] {
				r.Errorf("party %d leaves on %v, and not with %d besides", q, said, more)
			}
		}
	})
}

func TestNeighboursAreSeenInEighths(t *testing.T) {
	sc := listeners(0, 1, "door")
	for range 9 {
		household(sc, 0, 0, adult(0))
	}
	sc.Population.Belief.Neighbours = 0.5
	sc.Population.Belief.NoticeIn = sim.Minute
	*sc.Channels[0].Doors = 1 // one worker goes through the building: the first door at once, the next after an hour
	w := newPlace(t, sc)
	w.order(sim.OrderEvacuateZone)
	w.play(seconds(600 + 59))
	if got := w.p.shareGone(8); got != 0 {
		t.Errorf("share seen to leave before anybody has noticed: %v", got)
	}
	w.play(seconds(600 + 61))
	if got := w.p.shareGone(8); got != 0.125 {
		t.Errorf("share seen to leave when one of eight has: %v", got)
	}
}
