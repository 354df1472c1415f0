package population

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// stuck is one party of the given members stranded in the street at x = 350 with nowhere to go, in water of a depth and
// speed from there on.
func stuck(t testing.TB, weather scenario.Weather, depth, speed float64, members ...scenario.Person) *place {
	sc := testScenario()
	sc.Weather = weather
	household(sc, 0, 0, members...)
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(690))
	w.trips()
	w.ruin()
	w.road.closed[sim.ModeFoot] = true
	w.flood(300, 400, depth, speed)
	w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 2,
		Node: 3, X: 350, Y: 250, Depth: depth, Cause: sim.StrandWater})
	w.run(seconds(691))
	return w
}

// In 0.701 m of still water, half of what reaches the neck of an adult, somebody lasts twice as long as up to the neck,
// with immersion counted in tenths; after half of the time he is hurt. Flow of 0.6 m2/s doubles the effort.
func TestExhaustedInTheStreet(t *testing.T) {
	for name, c := range map[string]struct {
		member       scenario.Person
		depth, speed float64
		share        float64
	}{
		"adult":          {adult(0), 0.70, 0, 0.5},
		"adult, flow":    {adult(0), 0.70, 0.85, 1},
		"old, shallower": {old(), 0.40, 0, 0.3},
	} {
		w := stuck(t, scenario.Weather{Water: 13, Air: 20}, c.depth, c.speed, c.member)
		want := harm.Endurance(13, w.p.toughness(0)) / c.share
		w.run(w.p.now.Add(4 * sim.Hour).Add(4 * sim.Hour))
		died := w.once(sim.EvPersonDied, 0)
		if got := died.At.Sub(seconds(690)).Seconds(); got < want-1 || got > want+2 || died.Count != int32(sim.CauseExposure) ||
			died.Num != c.depth {
			t.Errorf("%s: died after %v s: %+v; want %v", name, got, died, want)
		}
		hurt := w.find(sim.EvPersonHurt, 0)
		if len(hurt) != 1 {
			t.Fatalf("%s: hurt %+v", name, hurt)
		}
		if got := hurt[0].At.Sub(seconds(690)).Seconds(); hurt[0].Count == int32(sim.CauseExposure) && (got < want/2-1 || got > want/2+2) {
			t.Errorf("%s: hurt after %v s; want %v", name, got, want/2)
		}
	}
}

// Children, the elderly and the helpless last less long than an able adult of the same luck.
func TestWeakLastLess(t *testing.T) {
	helpless := adult(0)
	helpless.Mobility = scenario.MobilityNone
	w := stuck(t, scenario.Weather{Water: 13, Air: 20}, 0.3, 0, adult(0), old(), helpless)
	u := func(i sim.PersonID) float64 { return w.p.draw.fate.Float64(uint64(i), fateCold, 0) }
	for i, part := range []float64{1, 2, 4} {
		if got, want := w.p.toughness(sim.PersonID(i)), u(sim.PersonID(i))/part; got != want {
			t.Errorf("person %d: %v; want %v", i, got, want)
		}
	}
}

// Who climbs on the roof is wet in the wind, who cannot climb stands in the water; in the attic it is dry.
func TestOnTheRoof(t *testing.T) {
	limited := adult(0)
	limited.Mobility = scenario.MobilityLimited
	roof := seedFor(t, true, adult(0), limited)
	roof.sc.Weather = scenario.Weather{Water: 8, Air: 0}
	for ; roof.p.accessTo(0) != harm.AccessRoof; roof.seed++ {
		roof.begin()
	}
	w := roof
	w.begin()
	w.run(seconds(5))
	w.flood(0, 100, 1.3, 0) // 1.0 m in the house: 0.72 of what reaches the neck
	w.run(seconds(7))
	x := w.p.chills.of(0)
	if x == nil || x.Clock[climbers].Now != (plight{Wet: true}) || x.Clock[others].Now.Wet || !x.Clock[others].Now.Holds ||
		x.Clock[others].Now.Immersed < 0.79 || x.Clock[others].Now.Immersed > 0.81 {
		t.Fatalf("they bear %+v; want wet air and 0.8 of the water", x)
	}
	w.run(seconds(6 * 3600))
	a, b := w.once(sim.EvPersonDied, 0), w.once(sim.EvPersonDied, 1)
	for _, c := range []struct {
		e    sim.Event
		want float64
	}{{a, harm.Survival(15, w.p.toughness(0))}, {b, harm.Survival(8, w.p.toughness(1)) / 0.8}} {
		if got := c.e.At.Seconds() - 5; got < c.want-1 || got > c.want+2 || c.e.Count != int32(sim.CauseExposure) {
			t.Errorf("%+v: after %v s; want %v", c.e, got, c.want)
		}
	}
}

// Warm water and mild air wear nobody out, and nothing is kept of it; neither does cold water that leaves a storey dry.
func TestNothingToBear(t *testing.T) {
	w := stuck(t, scenario.Weather{Water: 27, Air: 12}, 1, 0, adult(0))
	w.run(seconds(2 * 3600))
	if len(w.p.chills.list) != 0 {
		t.Errorf("kept %+v", w.p.chills.list)
	}
	sc := testScenario()
	sc.Weather = scenario.Weather{Water: 1, Air: -5}
	sc.Buildings[0].Storeys = 2
	household(sc, 0, 0, adult(0))
	w = newPlace(t, sc)
	w.flood(0, 100, 2, 0)
	w.run(seconds(6 * 3600))
	w.never(sim.EvPersonDied)
}

// Who is fetched bears nothing more, and what he has borne he keeps.
func TestFetchedInTime(t *testing.T) {
	w := stuck(t, scenario.Weather{Water: 13, Air: 20}, 0.7, 0, adult(0))
	w.run(seconds(691 + 600))
	w.ports.Pickups.Post(w.p.now, 1, sim.Pickup{Unit: 1, Party: 0, Seats: 3})
	w.run(w.p.now.Add(sim.Tick))
	borne := w.p.chills.of(0).Clock[climbers].Loose
	if w.run(seconds(3 * 3600)); w.p.chills.of(0).Clock[climbers].Loose != borne || borne < 290 || borne > 310 {
		t.Errorf("bore %v s, then %v; want 300 of ten minutes at one half", borne, w.p.chills.of(0).Clock[climbers].Loose)
	}
	w.never(sim.EvPersonDied)
}

// Cut off on dry ground people are wet when it rains.
func TestRainOnWhoIsCutOff(t *testing.T) {
	for rain, wet := range map[int32]bool{0: false, 20000: true} {
		w := stuck(t, scenario.Weather{Water: 13, Air: 5}, 0, 0, adult(0))
		l := sim.NewLayer(keyRain, w.sc.Terrain.Grid)
		w.layers.Add(l)
		w.layers.Begin(w.p.now)
		for c := range w.sc.Terrain.Grid.Len() {
			l.Set(c, rain)
		}
		w.run(seconds(691 + 1300)) // they look again after ten minutes
		if x := w.p.chills.of(0); (x != nil && x.Clock[others].Now.Wet) != wet {
			t.Errorf("rain %d: they bear %+v", rain, x)
		}
	}
}

// What a party has borne is saved and comes back.
func TestChillIsSaved(t *testing.T) {
	w := stuck(t, scenario.Weather{Water: 13, Air: 20}, 0.7, 0, adult(0))
	w.run(seconds(1500))
	state := w.save()
	twin := newPlace(t, w.sc)
	d := sim.Decoder{Buf: state}
	if twin.p.LoadState(&d); d.Err != nil || !bytes.Equal(twin.save(), state) {
		t.Fatalf("it does not come back: %v", d.Err)
	}
	if twin.p.chills.of(0) == nil || *twin.p.chills.of(0) != *w.p.chills.of(0) {
		t.Errorf("%+v; want %+v", twin.p.chills.of(0), w.p.chills.of(0))
	}
}

// deaths counts who has died in a place after some hours.
func deaths(w *place, hours float64) int {
	w.run(w.p.now.Add(sim.Duration(hours * 3600e6)))
	return len(w.find(sim.EvPersonDied, -1))
}

// More water never kills fewer of a party that cannot get away: in the street, and in a house.
func TestMoreWaterNeverKillsFewer(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		members := make([]scenario.Person, rapid.IntRange(1, 4).Draw(rt, "members"))
		for i := range members {
			members[i] = adult(0)
			members[i].Age = rapid.Uint8Range(0, 95).Draw(rt, "age")
			members[i].Mobility = scenario.Mobility(rapid.IntRange(0, 1).Draw(rt, "mobility"))
		}
		weather := scenario.Weather{Water: rapid.Float64Range(0, 30).Draw(rt, "water"),
			Air: rapid.Float64Range(-10, 20).Draw(rt, "air")}
		less := rapid.Float64Range(0.2, 2).Draw(rt, "depth")
		more := less + rapid.Float64Range(0.01, 1).Draw(rt, "more")
		speed := rapid.Float64Range(0, 1.5).Draw(rt, "speed")
		a, b := stuck(t, weather, less, speed, members...), stuck(t, weather, more, speed, members...)
		if x, y := deaths(a, 0.2), deaths(b, 0.2); x > y {
			rt.Fatalf("%d die in the street in %v m, %d in %v m", x, less, y, more)
		}
		house := func(depth float64) *place {
			sc := testScenario()
			sc.Weather = weather
			sc.Buildings[0].Storeys = 1 + uint8(rapid.IntRange(0, 1).Draw(rt, "storeys"))
			household(sc, 0, 0, members...)
			w := newPlace(t, sc)
			w.flood(0, 100, depth, speed)
			return w
		}
		storeys := house(less)
		other := newPlace(t, storeys.sc)
		other.flood(0, 100, more+2, speed)
		if x, y := deaths(storeys, 0.2), deaths(other, 0.2); x > y {
			rt.Fatalf("%d die indoors in %v m, %d in %v m", x, less, y, more+2)
		}
	})
}

// Where the water takes adults off their feet, whoever is alive has got hold of something, and does not stand in the
// current.
func TestHoldsOnWhereNobodyStands(t *testing.T) {
	for name, c := range map[string]struct {
		depth, speed float64
		holds        bool
	}{"stands": {1.0, 1.1, false}, "fast": {1.0, 1.3, true}, "deep": {1.5, 0, true}} {
		w := stuck(t, scenario.Weather{Water: 13, Air: 20}, 0.5, 0, adult(0))
		w.flood(300, 400, c.depth, c.speed)
		w.p.feelOutdoors(w.p.now, 0)
		want := inWater(c.depth, c.speed, false)
		if c.holds {
			want = inWater(c.depth, 0, true)
		}
		if got := w.p.chills.of(0).Clock[others].Now; got != want {
			t.Errorf("%s: bears %+v; want %+v", name, got, want)
		}
	}
}
