package population

import (
	"slices"
	"testing"

	"sandtable/sim"

	"pgregory.net/rapid"
)

// couples is the place with a family of two and its child, and a neighbour, all in house 0; nobody has a car.
func couples(t testing.TB) *place {
	sc := testScenario()
	household(sc, 0, 0, adult(0), adult(0))
	household(sc, 0, 0, adult(0))
	child := adult(0)
	child.Age = 8
	household(sc, 1, 0, child)
	return newPlace(t, sc)
}

// together lets party 1 and 2 ride with party 0.
func together(w *place) {
	w.p.layers, w.p.ports, w.p.log = w.layers, &w.ports, &w.log
	w.p.join(0, 2, 0, sim.JoinFamily)
	w.p.join(0, 1, 0, sim.JoinFamily)
	w.events = append(w.events, w.log.Events...)
}

func (w *place) wantSame(what string, kind sim.EventKind, parties ...int32) {
	w.t.Helper()
	for _, q := range parties {
		if len(w.find(kind, q)) != 1 {
			w.t.Fatalf("%s: %d events %v of party %d; want one", what, len(w.find(kind, q)), kind, q)
		}
	}
}

func TestACompanyTravelsAsOneAndIsCountedSingly(t *testing.T) {
	w := couples(t)
	together(w)
	w.run(sim.Time(sim.Second))
	if w.p.holder[2] != sim.RefTo(sim.KindBuilding, sim.BuildingID(0)) {
		t.Fatalf("the child is with %v; want its lead's house", w.p.holder[2])
	}
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(12 * sim.Minute))
	w.wantSame("hears", sim.EvPartyWarned, 0, 1, 2)
	w.wantSame("leaves", sim.EvPartyLeft, 0, 1, 2)
	trips, _ := w.trips()
	if len(trips) != 1 || trips[0].Persons != 4 || trips[0].Mover.ID != 0 || !(trips[0].Speed < 0.8) {
		t.Fatalf("trips %+v; want one of 4 persons at a child's speed", trips)
	}
	w.ports.Crossings.Post(w.p.now, 0, sim.Crossing{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Node: 4})
	w.arrive(0, 9)
	w.run(w.p.now.Add(2 * sim.Minute))
	w.wantSame("leaves the zone", sim.EvPartyLeftZone, 0, 1, 2)
	if k := w.knocks(); len(k) != 1 || k[0].Persons != 4 {
		t.Fatalf("knocks %+v; want one of 4", k)
	}
	w.ports.Admissions.Post(w.p.now, 0, sim.Admission{Party: 0, Shelter: 0, Admitted: true})
	w.run(w.p.now.Add(sim.Second))
	w.wantSame("is registered", sim.EvPartySheltered, 0, 1, 2)
	c := w.p.counts.zone[0]
	wantCounts(t, "left", c.Left, 4)
	wantCounts(t, "sheltered", c.Sheltered, 4)
	wantCounts(t, "in the shelter", c.Shelter, 4)
	wantCounts(t, "moved on foot", c.MovedBy[sim.ModeFoot], 4)
}

func TestWhoPartsGoesOnAlone(t *testing.T) {
	w := couples(t)
	together(w)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(2 * sim.Minute))
	w.log.Events = w.log.Events[:0]
	w.p.part(w.p.now, 2)
	if got := w.p.heads(0); got != 3 {
		t.Errorf("%d are left; want 3", got)
	}
	w.run(sim.Time(12 * sim.Minute))
	trips, _ := w.trips()
	if len(trips) != 2 || trips[0].Persons+trips[1].Persons != 4 {
		t.Errorf("trips %+v; want two of 4 persons", trips)
	}
}

func TestACoachTakesACompanyWholeOrNotAtAll(t *testing.T) {
	w := couples(t)
	w.sc.Population.Behaviour.WalkMax, w.sc.Population.Behaviour.WalkMaxWeak = 0, 0
	together(w)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(12 * sim.Minute))
	w.settleOnTrips()
	w.run(w.p.now.Add(2 * sim.Minute))
	if !slices.Equal(w.p.queue[0], []sim.PartyID{0}) {
		t.Fatalf("queue %v; want the lead alone", w.p.queue[0])
	}
	for _, seats := range []int32{3, 4} {
		w.ports.Boardings.Post(w.p.now, 0, sim.Boarding{Seats: seats})
		w.run(w.p.now.Add(sim.Second))
		var b sim.Boarded
		w.ports.Boarded.Drain(func(_ sim.Time, m sim.Boarded) { b = m })
		if want := (sim.Boarded{Waiting: 4}); seats == 3 && b != want {
			t.Errorf("%+v; want %+v", b, want)
		} else if want := (sim.Boarded{Persons: 4}); seats == 4 && b != want {
			t.Errorf("%+v; want %+v", b, want)
		}
	}
	w.wantSame("boards", sim.EvPartyBoarded, 0, 1, 2)
	wantCounts(t, "in the coach", w.p.counts.total.Unit, 4)
}

// When the lead dies, the others go on under the first of them, from its place in every list.
func TestACompanySurvivesItsLead(t *testing.T) {
	w := couples(t)
	w.sc.Population.Behaviour.WalkMax, w.sc.Population.Behaviour.WalkMaxWeak = 0, 0
	together(w)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(12 * sim.Minute))
	w.settleOnTrips()
	w.run(w.p.now.Add(2 * sim.Minute))
	w.log.Events = w.log.Events[:0]
	w.p.endure(w.p.now, 0, 1, injury{}, everybody)
	if err := w.p.Check(true); err != nil {
		t.Fatal(err)
	}
	if w.p.alive[0] != 0 || !slices.Equal(w.p.queue[0], []sim.PartyID{1}) || w.p.kin.lead[2] != 1 {
		t.Errorf("%d alive, queue %v, party 2 rides with %d; want none, 1 and 1", w.p.alive[0], w.p.queue[0],
			w.p.kin.lead[2])
	}
	wantCounts(t, "dead", w.p.counts.total.Dead, 2)
	wantCounts(t, "waiting", w.p.counts.total.Assembly, 2)
}

// Word of water that kills the lead may be older than what the agenda has already done; who rides with it has been in
// danger as long.
func TestLateWordOfTheLeadsDeath(t *testing.T) {
	w := couples(t)
	together(w)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(sim.Time(12 * sim.Minute))
	before := sim.Time(11 * sim.Minute)
	w.p.danger[0] = before.Add(-2 * catchTime)
	w.p.endure(before, 0, 1, injury{}, everybody)
	if w.p.danger[1] != w.p.danger[0] || w.p.kin.lead[2] != 1 {
		t.Errorf("party 1 is in danger since %v, and party 2 rides with %d", w.p.danger[1], w.p.kin.lead[2])
	}
}

// The lists of riders are the same whether they are kept or made anew.
func TestPropertyLinksAreAsTheLeadsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "parties")
		k := newKin(n)
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			r := sim.PartyID(rapid.IntRange(0, n-1).Draw(t, "rider"))
			lead := sim.PartyID(rapid.IntRange(0, n-1).Draw(t, "lead"))
			switch {
			case k.rides(r):
				k.unlink(r)
			case r != lead && !k.rides(lead) && k.next[r] < 0:
				k.link(r, lead, sim.JoinFamily)
			}
			fresh := kin{lead: k.lead, next: make([]sim.PartyID, n)}
			fresh.index()
			if !slices.Equal(fresh.next, k.next) {
				t.Fatalf("leads %v: lists %v; want %v", k.lead, k.next, fresh.next)
			}
		}
	})
}

// mingle lets two parties join, or one part, where that makes sense.
func (w *place) mingle(t *rapid.T) {
	n := len(w.p.alive)
	r := sim.PartyID(rapid.IntRange(0, n-1).Draw(t, "rider"))
	lead := sim.PartyID(rapid.IntRange(0, n-1).Draw(t, "lead"))
	w.p.layers, w.p.ports, w.p.log = w.layers, &w.ports, &w.log
	switch {
	case w.p.kin.rides(r):
		if w.p.flags[w.p.kin.lead[r]]&partyOnNetwork == 0 && w.p.stage[r] != sim.StageAtDoor {
			w.p.part(w.p.now, r)
		}
	case w.p.canJoin(r, lead) && w.p.stage[lead] != sim.StageAtDoor:
		w.p.join(w.p.now, r, lead, sim.JoinKind(rapid.IntRange(0, 2).Draw(t, "why")))
	}
	if err := w.p.Check(true); err != nil {
		t.Fatal(err)
	}
}

func TestRidersAreSaved(t *testing.T) {
	w := couples(t)
	together(w)
	state := w.save()
	d := sim.Decoder{Buf: state}
	twin := newPlace(t, w.sc)
	if twin.p.LoadState(&d); d.Err != nil {
		t.Fatal(d.Err)
	}
	if !slices.Equal(twin.p.kin.lead, w.p.kin.lead) || !slices.Equal(twin.p.kin.next, w.p.kin.next) ||
		!slices.Equal(twin.p.kin.how, w.p.kin.how) || !slices.Equal(twin.p.body, w.p.body) {
		t.Errorf("loaded %+v; want %+v", twin.p.kin, w.p.kin)
	}
}

// What the lead of a company decides is told of each who goes with it: to leave, to stay, to go back.
func TestDecisionsAreEachOnes(t *testing.T) {
	for name, heed := range map[string]float64{"leaves": 1, "stays": 0} {
		sc := testScenario()
		sc.Population.Behaviour.HeedEvacuate = heed
		household(sc, 0, 0, adult(0))
		household(sc, 0, 0, adult(0))
		w := newPlace(t, sc)
		w.p.kin.link(1, 0, sim.JoinFamily)
		w.evacuate()
		w.run(seconds(700))
		for q := range int32(2) {
			if e := w.once(sim.EvPartyDecided, q); e.Count != int32(heed) || e.A.ID != q {
				t.Errorf("%s: party %d: %+v", name, q, e)
			}
		}
		if heed == 0 {
			continue
		}
		w.sc.Buildings[0].Storeys = 2
		w.lostAt(3)
		for q := range int32(2) {
			if d := w.find(sim.EvPartyDecided, q); len(d) != 2 || d[1].B.Kind != sim.KindBuilding {
				t.Errorf("party %d: %+v; want to leave, and then to go back", q, d)
			}
		}
	}
}
