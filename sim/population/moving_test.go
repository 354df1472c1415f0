package population

import (
	"testing"

	"sandtable/sim"
)

// onTheRoad is a household that is under way on the network since 0:11:10 (on foot) or 0:11:02.6 (by car), at 0:11:30.
func onTheRoad(t *testing.T, cars uint8) *place {
	sc := testScenario()
	household(sc, 0, cars, adult(0), adult(0))
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(690))
	w.trips()
	return w
}

// expose tells the party's danger on its link, at an instant of the tick before, as the road does.
func (w *place) expose(at float64, class sim.DangerClass, depth float64) {
	w.run(seconds(at).Add(sim.Tick) / sim.Time(sim.Tick) * sim.Time(sim.Tick))
	w.ports.Exposures.Post(seconds(at), 0, sim.Exposure{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Danger: class,
		Depth: depth})
}

// exposed is a message of the road: when [s], what, how deep [m].
type exposed struct {
	at    float64
	class sim.DangerClass
	depth float64
}

func TestCaughtWhileMoving(t *testing.T) {
	for name, c := range map[string]struct {
		cars  uint8
		told  []exposed
		at    float64 // caught [s]; 0 for not
		depth float64
	}{
		"a minute in H3":       {0, []exposed{{700, sim.H3, 0.7}}, 760, 0.7},
		"from within a second": {0, []exposed{{700.25, sim.H3, 0.7}}, 760.25, 0.7},
		"in a car":             {1, []exposed{{700, sim.H5, 0.2}}, 760, 0.2},
		"fifty seconds":        {0, []exposed{{700, sim.H3, 0.7}, {750, sim.H0, 0}}, 0, 0},
		"two times fifty": {0, []exposed{{700, sim.H3, 0.7}, {750, sim.H0, 0}, {755, sim.H3, 0.7}, {805, sim.H0, 0}},
			0, 0},
		"out and in again":        {0, []exposed{{700, sim.H3, 0.7}, {750, sim.H0, 0}, {755, sim.H3, 0.8}}, 815, 0.8},
		"over at the 59th second": {0, []exposed{{700, sim.H3, 0.7}, {759, sim.H0, 0}}, 0, 0},
		"over with the minute":    {0, []exposed{{700, sim.H3, 0.7}, {760, sim.H0, 0}}, 760, 0.7},
		"over in the same tick":   {0, []exposed{{700.25, sim.H3, 0.7}, {700.75, sim.H0, 0}}, 0, 0},
		"from link to link":       {0, []exposed{{700, sim.H3, 0.7}, {740, sim.H4, 0.9}}, 760, 0.9},
		"H2 is no danger":         {0, []exposed{{700, sim.H2, 0.5}}, 0, 0},
		"a depth that is none":    {0, []exposed{{700, sim.H3, -1}}, 0, 0},
		"from H4 to H3":           {0, []exposed{{700, sim.H4, 1.3}, {730, sim.H3, 1}}, 760, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := onTheRoad(t, c.cars)
			for _, x := range c.told {
				w.expose(x.at, x.class, x.depth)
			}
			w.run(seconds(900))
			if c.at == 0 {
				w.never(sim.EvPartyCaught)
				return
			}
			e := w.once(sim.EvPartyCaught, 0)
			if e.At != seconds(c.at) || e.Num != c.depth || e.B != w.p.holder[0] {
				t.Errorf("caught %+v; want at %v in %v m, %v", e, seconds(c.at), c.depth, w.p.holder[0])
			}
			if got, want := e.B.Kind, [2]sim.Kind{sim.KindStreet, sim.KindVehicle}[c.cars]; got != want {
				t.Errorf("caught in a %v; want a %v", got, want)
			}
			wantCounts(t, "caught", w.p.counts.total.Caught, 2)
			wantCounts(t, "caught of the zone", w.p.counts.zone[0].Caught, 2)
			wantCounts(t, "dead", w.p.counts.total.Dead, 0)
		})
	}
}

// A tenth of those caught while they move are hurt, as of all who are caught, and the cause is how they move.
func TestCaughtWhileMovingHurtsATenth(t *testing.T) {
	sc := testScenario()
	for range 500 {
		household(sc, 0, 0, adult(0))
	}
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(690))
	for q := range sim.PartyID(500) {
		w.ports.Exposures.Post(seconds(689), int32(q), sim.Exposure{Mover: sim.RefTo(sim.KindParty, q), Danger: sim.H3,
			Depth: 0.7})
	}
	w.run(seconds(760))
	c := w.p.counts.total
	if c.Caught != 500 || c.Hurt < 30 || c.Hurt > 70 || c.Dead != 0 {
		t.Errorf("caught %d, hurt %d, dead %d; want 500, about 50, 0", c.Caught, c.Hurt, c.Dead)
	}
	for _, e := range w.find(sim.EvPersonHurt, -1) {
		if sim.Cause(e.Count) != sim.CauseSweptFoot || e.Num != 0.7 {
			t.Fatalf("hurt %+v; want swept on foot in 0.7 m", e)
		}
	}
}

// Who arrives is in danger no longer; who is stranded stays in it where the water at the very spot is as bad.
func TestExposureEndsOffTheNetwork(t *testing.T) {
	w := onTheRoad(t, 0)
	w.expose(700, sim.H3, 0.7)
	w.run(seconds(720))
	w.ports.Exposures.Post(seconds(719), 0, sim.Exposure{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0))})
	w.arrive(0, 9)
	w.run(seconds(900))
	w.never(sim.EvPartyCaught)

	for _, c := range []struct{ depth, caught float64 }{{0.7, 760}, {0.4, 0}} {
		w := onTheRoad(t, 0)
		w.expose(700, sim.H3, 0.7)
		w.run(seconds(720))
		w.flood(300, 400, c.depth, 0)
		w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 3,
			Node: 3, X: 350, Y: 250, Depth: 1.2})
		w.run(seconds(900))
		if c.caught == 0 {
			w.never(sim.EvPartyCaught)
		} else if e := w.once(sim.EvPartyCaught, 0); e.At != seconds(c.caught) || e.Num != c.depth {
			t.Errorf("caught %+v; want at %v s", e, c.caught)
		}
	}
}

// From 22:00 to 06:00 walkers carry the night's factor with them; drivers none.
func TestWadingByNight(t *testing.T) {
	for _, c := range []struct {
		start  string
		cars   uint8
		wading float64
	}{
		{"21:48", 0, 1}, {"21:49", 0, 0.6}, {"01:00", 0, 0.6}, {"05:48", 0, 0.6}, {"05:49", 0, 1}, {"12:00", 0, 1},
		{"01:00", 1, 0}, {"12:00", 1, 0},
	} {
		sc := testScenario()
		sc.Drill.Start, _ = sim.ParseCivil("2026-07-18 " + c.start)
		sc.Population.Behaviour.DayShare = 1
		household(sc, 0, c.cars, adult(0))
		w := newPlace(t, sc)
		w.evacuate() // on the road 11 minutes after the start
		w.run(seconds(671))
		trips, _ := w.trips()
		if len(trips) != 1 || trips[0].Wading != c.wading {
			t.Errorf("start %s, %d cars: %+v; want a factor of %v", c.start, c.cars, trips, c.wading)
		}
	}
}

// A message of the road has the time of the tick before. Who takes the place of a party that dies of it has been in
// danger for long, and is caught now, not then.
func TestSuccessorInDangerIsCaughtNow(t *testing.T) {
	const pairs = 40
	sc := testScenario()
	for range 2 * pairs {
		household(sc, 0, 0, adult(0))
	}
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(690))
	exposeAll := func(speed float64) {
		for q := sim.PartyID(0); q < 2*pairs; q += 2 {
			w.ports.Exposures.Post(w.p.now.Add(-sim.Tick), int32(q), sim.Exposure{Mover: sim.RefTo(sim.KindParty, q),
				Danger: sim.H3, Depth: 0.7, Speed: speed, Node: 1, X: 150, Y: 250})
		}
	}
	for q := sim.PartyID(0); q < 2*pairs; q += 2 {
		w.p.join(w.p.now, q+1, q, sim.JoinLift)
	}
	w.ruin()
	exposeAll(0.5)
	w.run(seconds(800)) // all are caught
	w.p.agenda.Put(w.p.now.Add(sim.Tick/2), entry{what: doCatch, id: 0})
	w.run(w.p.now.Add(sim.Tick))
	exposeAll(4)
	w.run(w.p.now.Add(sim.Tick))
	if len(w.find(sim.EvPartyParted, -1)) == 0 {
		t.Error("nobody took the place of a party that died")
	}
}
