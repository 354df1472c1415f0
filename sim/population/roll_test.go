package population

import (
	"slices"
	"testing"

	"sandtable/sim"
)

func TestDayWeight(t *testing.T) {
	for _, c := range []struct {
		minute int
		want   float64
	}{{0, 0}, {239, 0}, {240, 0}, {420, 0.5}, {600, 1}, {1019, 1}, {1020, 1}, {1170, 0.5}, {1320, 0}, {1439, 0}} {
		if got := dayWeight(c.minute); got != c.want {
			t.Errorf("minute %d: %v; want %v", c.minute, got, c.want)
		}
	}
}

func TestNightReach(t *testing.T) {
	for minute, want := range map[int]bool{0: true, 359: true, 360: false, 1319: false, 1320: true} {
		if sim.CivilTime(minute).IsNight() != want {
			t.Errorf("minute %d: night is %v", minute, !want)
		}
	}
}

// familyAndNeighbour makes five persons: a couple, of whom one works at building 3, with a pupil whose school is
// building 2; and in building 1 an old couple.
func familyAndNeighbour(start string) *place {
	sc := testScenario()
	sc.Drill.Start, _ = sim.ParseCivil(start)
	worker, pupil, old := adult(0), adult(0), adult(0)
	worker.Work, pupil.School, pupil.Age, old.Age = 3, 2, 10, 70
	household(sc, 0, 1, worker, adult(0), pupil)
	household(sc, 1, 0, old, old)
	return newPlace(nil, sc)
}

func TestRollAtNightAndByDay(t *testing.T) {
	w := familyAndNeighbour("2026-07-18 01:00")
	want := []sim.PartyEntry{{Household: 0, Place: 0, Zone: 0, Persons: 3}, {Household: 1, Place: 1, Zone: 0, Persons: 2}}
	if got := w.p.Roster().Parties; !slices.Equal(got, want) {
		t.Errorf("at night: %+v; want %+v", got, want)
	}
	w = familyAndNeighbour("2026-07-18 12:00")
	want = []sim.PartyEntry{
		{Household: 0, Place: 0, Zone: 0, Persons: 1}, {Household: 0, Place: 2, Zone: 0, Persons: 1},
		{Household: 0, Place: 3, Zone: -1, Persons: 1}, {Household: 1, Place: 1, Zone: 0, Persons: 2},
	}
	r := w.p.Roster()
	if !slices.Equal(r.Parties, want) {
		t.Errorf("by day: %+v; want %+v", r.Parties, want)
	}
	for i, q := range []sim.PartyID{2, 0, 1, 3, 3} {
		if r.Persons[i].Party != q || !slices.Contains(w.p.roll.members(q), sim.PersonID(i)) {
			t.Errorf("person %d is of party %d; want %d", i, r.Persons[i].Party, q)
		}
	}
	if got := w.p.roll.inZone.of(0); !slices.Equal(got, []int32{0, 3, 1}) {
		t.Errorf("parties of the zone by building: %v; want 0 3 1", got)
	}
	e := r.Persons[2]
	if e.Home != 0 || e.Work != sim.None || e.School != 2 || e.Age != 10 {
		t.Errorf("pupil on the roster: %+v", e)
	}
}

func TestRollKeepsShares(t *testing.T) {
	sc := testScenario()
	sc.Drill.Start, _ = sim.ParseCivil("2026-07-18 07:00") // half way from night to day
	sc.Population.Behaviour.NightShare, sc.Population.Behaviour.DayShare = 0.98, 0.40
	for range 4000 {
		x := adult(0)
		x.Work = 3
		household(sc, 0, 0, x)
	}
	w := newPlace(t, sc)
	home := 0
	for _, e := range w.p.Roster().Parties {
		if e.Place == 0 {
			home++
		}
	}
	// 0.69 of 4,000 are 2,760, standard deviation 29.
	if home < 2760-4*29 || home > 2760+4*29 {
		t.Errorf("%d of 4000 at home; want 2760", home)
	}
}

func TestRollOfEmptyPlace(t *testing.T) {
	w := newPlace(t, testScenario())
	w.run(seconds(3))
	if len(w.events) != 0 || len(w.p.Roster().Parties) != 0 {
		t.Errorf("an empty place: %v, %v", w.events, w.p.Roster().Parties)
	}
}
