package response

import (
	"fmt"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

func (b *bench) knock(s sim.ShelterID, p sim.PartyID, persons int32) {
	b.ports.Knocks.Post(b.now, int32(p), sim.Knock{Party: p, Shelter: s, Persons: persons})
}

func (b *bench) knockByCar(s sim.ShelterID, p sim.PartyID, persons int32) {
	b.ports.Knocks.Post(b.now, int32(p), sim.Knock{Party: p, Shelter: s, Persons: persons, Mode: sim.ModeCar})
}

func (b *bench) shelterOrder(id sim.OrderID, s sim.ShelterID) {
	b.ports.Tasks.Post(b.now, int32(s), sim.Task{Order: id, Unit: sim.None, Zone: sim.None, Shelter: s})
}

func (b *bench) news(m sim.ShelterNews) { b.ports.ShelterNews.Post(b.now, int32(m.To), m) }

// answers lists the admissions: when, party, "in" or to which other shelter.
func (b *bench) answers() []string {
	b.people.step(b)
	var out []string
	for _, a := range b.admissions {
		what := fmt.Sprintf("to %d", a.msg.Next)
		if a.msg.Admitted {
			what = "in"
		}
		out = append(out, fmt.Sprintf("%d %d %s", int64(a.at)/int64(sim.Second), a.msg.Party, what))
	}
	return out
}

func wantAnswers(t *testing.T, b *bench, want ...string) {
	t.Helper()
	if got := b.answers(); !slices.Equal(got, want) {
		t.Errorf("answers %q; want %q", got, want)
	}
}

// Two desks of 45 s a person. At 0 come 3, 2 and 4 persons, at 10 one more: desk 1 takes the first until 135, desk 2
// the second until 90, then the third until 270; the fourth gets desk 1 at 135 and is done at 180.
func TestDesks(t *testing.T) {
	b := newBench(t, testCounty())
	b.knock(0, 1, 3)
	b.knock(0, 2, 2)
	b.knock(0, 3, 4)
	b.run(10)
	b.knock(0, 4, 1)
	b.run(100)
	if x := b.truth().Shelters[0]; x != (sim.ShelterTruth{Open: true, Inside: 2, Waiting: 8, Capacity: 1000}) {
		t.Errorf("at 100 s the shelter is %+v", x)
	}
	b.run(301)
	wantAnswers(t, b, "90 2 in", "135 1 in", "180 4 in", "270 3 in")
	// A count at the start, then what has changed, at the most once a minute.
	if want := []sim.Time{0, at(60), at(120), at(180), at(240), at(300)}; !slices.Equal(b.counts, want) {
		t.Errorf("counts told at %v; want %v", b.counts, want)
	}
}

// Ten places: 6 and 3 persons have theirs. 2 on foot are sent to s2, 2 km away, which has room for 3; 5 by car to s3, 5 km
// away; 5 on foot have nowhere to go and do not fit above the capacity either, 3 do: 12 are 120 % of it.
func TestFull(t *testing.T) {
	sc := testCounty()
	sc.Shelters[0].Capacity, sc.Shelters[1].Capacity = 10, 2
	b := newBench(t, sc)
	for p, n := range []int32{6, 3, 2} {
		b.knock(0, sim.PartyID(p), n)
	}
	b.knockByCar(0, 3, 5)
	b.knock(0, 4, 5)
	b.knock(0, 5, 3)
	b.run(1)
	wantAnswers(t, b, "0 2 to 1", "0 3 to 2")
	if x := b.truth().Shelters[0]; x.Waiting != 9+5+3 {
		t.Errorf("the shelter is %+v; want 17 at its door", x)
	}
	b.run(1500)
	n := 0
	for _, e := range b.events {
		if e.Kind == sim.EvShelterFull {
			n++
		}
	}
	if x := b.truth().Shelters[0]; n != 1 || x.Inside != 12 || x.Waiting != 5 {
		t.Errorf("full was said %d times, the shelter is %+v", n, x)
	}
}

// Kept at the door from 0 on, a party gets no answer until the staff is told that s2 has opened its doors again; then, at
// the next look after 10 minutes, it is sent there.
func TestHeldAtTheDoor(t *testing.T) {
	sc := testCounty()
	sc.Shelters[0].Capacity = 1
	b := newBench(t, sc)
	b.shelterOrder(sim.OrderCloseShelter, 1)
	b.news(sim.ShelterNews{To: 0, About: 1, Shut: true, Asof: at(1)})
	b.run(1)
	b.knock(0, 1, 2)
	b.run(700)
	wantAnswers(t, b)
	b.shelterOrder(sim.OrderOpenShelter, 1)
	b.news(sim.ShelterNews{To: 0, About: 1, Open: true, Asof: at(700)})
	b.run(1300)
	wantAnswers(t, b, "1201 1 to 1")
	if x := b.truth().Shelters[0]; x.Waiting != 0 {
		t.Errorf("the shelter is %+v; want nobody at its door", x)
	}
}

// A party is sent on three times, and then squeezed in or kept.
func TestSentOnThreeTimes(t *testing.T) {
	sc := testCounty()
	sc.Shelters[0].Capacity, sc.Shelters[1].Capacity = 10, 10
	b := newBench(t, sc)
	b.knock(0, 1, 10)
	for k := range 4 {
		b.knock(0, 2, 2)
		b.run(k + 1)
	}
	b.run(1000)
	wantAnswers(t, b, "0 2 to 1", "1 2 to 1", "2 2 to 1", "93 2 in", "450 1 in")
}

// No way leads to the other shelters: nobody is sent there.
func TestNotSentThroughTheFlood(t *testing.T) {
	sc := testCounty()
	sc.Shelters[0].Capacity = 1
	b := newBench(t, sc)
	b.roads.cut = []sim.NodeID{nodeS2, nodeS3}
	b.knock(0, 1, 2)
	b.knockByCar(0, 2, 2)
	b.run(1300)
	wantAnswers(t, b)
	if x := b.truth().Shelters[0]; x.Waiting != 4 || x.Inside != 0 {
		t.Errorf("the shelter is %+v; want 4 persons at its door", x)
	}
}

// Closed shelters: one opens half an hour after the order, one after the first knock, one is shut by order and turns
// away who waits, while who is at a desk is taken in.
func TestOpenAndClose(t *testing.T) {
	sc := testCounty()
	sc.Shelters[0].Open, sc.Shelters[1].Open, sc.Shelters[0].Desks = false, false, 1
	b := newBench(t, sc)
	b.shelterOrder(sim.OrderOpenShelter, 0)
	b.run(600)
	b.knock(0, 1, 1)
	b.knock(0, 2, 2)
	b.knock(0, 3, 1)
	b.knock(1, 4, 1)
	b.run(1801)
	if e, ok := b.has(sim.EvShelterOpened); !ok || e.At != at(1800) || e.A.ID != 0 {
		t.Errorf("opened: %+v; want at 1800 s", e)
	}
	b.run(1850)
	b.shelterOrder(sim.OrderCloseShelter, 0)
	b.run(1860)
	b.knock(0, 5, 1)
	b.run(1900)
	b.shelterOrder(sim.OrderOpenShelter, 0)
	b.run(1901)
	b.knock(0, 6, 1)
	b.run(2500)
	// Party 1 is in at 1845; 2 is at the desk until 1935; 3 is turned away at 1850 to s2, the only other one that can be
	// walked to, and so is 5; s2 opens at 2400; s1, with its staff there, opens again at once, and 6 has the desk after 2.
	wantAnswers(t, b, "1845 1 in", "1850 3 to 1", "1860 5 to 1", "1935 2 in", "1980 6 in", "2445 4 in")
}

// A coach whose shelter has no room left drives on to one that has.
func TestCoachFindsShelterFull(t *testing.T) {
	sc := testCounty()
	sc.Shelters[0].Capacity = 45
	b := newBench(t, sc)
	b.wait(4, 10, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1300)
	b.knock(0, 99, 10) // while the coach is on its way
	b.run(2000)
	// At s1 at 1363, on to s2 (2000 m) 1364-1564, out by 1644.
	if len(b.alightings) != 1 || b.alightings[0].msg.Shelter != 1 || b.alightings[0].at != at(1644) {
		t.Errorf("let out %v; want at s2 at 1644 s", b.alightings)
	}
}

// An ordered shelter comes before the zone's list.
func TestOrderedShelter(t *testing.T) {
	b := newBench(t, testCounty())
	b.wait(4, 10, 0)
	b.ports.Tasks.Post(0, 0, sim.Task{Order: sim.OrderDispatchCoach, Unit: coach1, Zone: 0, Shelter: 2})
	b.run(2200)
	if len(b.alightings) != 1 || b.alightings[0].msg.Shelter != 2 {
		t.Errorf("let out %v; want at s3", b.alightings)
	}
}

// The key is at the town's post, 1,000 m along the road: 30 minutes after the order its keeper drives 2,000 m to s1, which
// takes 200 s. He serves one of two desks; the second of the staff comes half an hour later, the third an hour later. Of
// three parties of ten persons, at 45 s each, the first has the desk until 2000+450, the second until 2900, the third
// until 3350: they are done before another desk works. Two more of 40 persons then stand at two desks at once: from 3800 on,
// when the second is there, and from 3600 on.
func TestKeyAndStaff(t *testing.T) {
	sc := testCounty()
	sc.Posts = []scenario.Post{{Name: "town", Level: "town", Place: [2]float64{1000, 0}}}
	s1 := &sc.Shelters[0]
	s1.Open, s1.Post, s1.Staff, s1.StaffOver = false, "town", 3, sim.Hour
	b := newBench(t, sc)
	b.shelterOrder(sim.OrderOpenShelter, 0)
	b.run(10)
	for p := range sim.PartyID(3) {
		b.knock(0, p, 10)
	}
	b.run(3600)
	b.knock(0, 3, 40)
	b.run(3700)
	b.knock(0, 4, 40)
	b.run(5700)
	if e, ok := b.has(sim.EvShelterOpened); !ok || e.At != at(2000) {
		t.Errorf("opened %+v; want at 2000 s", e)
	}
	wantAnswers(t, b, "2450 0 in", "2900 1 in", "3350 2 in", "5400 3 in", "5600 4 in")
	if x := &b.r.shelters[0]; x.crew != 3 {
		t.Errorf("%d of the staff are there; want 3", x.crew)
	}
}

// No way is open to who has the key until 25 minutes after he is ready: he tries every 10 minutes, and what keeps the
// shelter closed is said once.
func TestKeyWithoutWay(t *testing.T) {
	sc := testCounty()
	sc.Posts = []scenario.Post{{Name: "town", Level: "town", Place: [2]float64{1000, 0}}}
	sc.Shelters[0].Open, sc.Shelters[0].Post = false, "town"
	b := newBench(t, sc)
	b.roads.cut = []sim.NodeID{nodeS1}
	b.shelterOrder(sim.OrderOpenShelter, 0)
	b.run(1800 + 1500)
	b.roads.cut = nil
	b.run(4000)
	closed := 0
	for _, e := range b.events {
		if e.Kind == sim.EvShelterClosed && e.Text == cutOff {
			closed++
		}
	}
	// Ready at 1800, in vain at 1800, 2400 and 3000, on the way at 3600, there at 3800.
	if e, ok := b.has(sim.EvShelterOpened); !ok || e.At != at(3800) || closed != 1 {
		t.Errorf("opened %+v, said %d times why not; want at 3800 s, once", e, closed)
	}
}

// A guard takes one of two: with him there is one desk, and without him two.
func TestGuardTakesADesk(t *testing.T) {
	sc := testCounty()
	sc.Shelters[0].Staff = 2
	b := newBench(t, sc)
	b.ports.Tasks.Post(0, 0, sim.Task{Order: sim.OrderGuardShelter, Unit: sim.None, Shelter: 0, On: true})
	b.run(1)
	if n := b.r.desks(0); n != 1 || !b.r.shelters[0].watched {
		t.Errorf("%d desks, watched %v; want 1 desk and a guard", n, b.r.shelters[0].watched)
	}
	b.ports.Tasks.Post(b.now, 0, sim.Task{Order: sim.OrderGuardShelter, Unit: sim.None, Shelter: 0})
	b.run(2)
	if n := b.r.desks(0); n != 2 || b.r.shelters[0].watched {
		t.Errorf("%d desks, watched %v; want 2 desks and nobody at the door", n, b.r.shelters[0].watched)
	}
}

// Three parties stand on the list. One slips out and comes back before heads are counted: it stands there once. One slips
// out for good: it is found gone, and its places are kept until then. One leaves past a guard: it is off at once.
func TestListAndHeadCount(t *testing.T) {
	sc := testCounty()
	sc.Shelters[0].Capacity, sc.Shelters[0].CountTime = 10, 2*sim.Second
	b := newBench(t, sc)
	b.knock(0, 1, 2)
	b.knock(0, 2, 3)
	b.knock(0, 3, 4)
	b.run(400)
	x := &b.r.shelters[0]
	b.people.left(0, party{id: 1, persons: 2})
	b.stay(sim.StayOff, 0, 1, 2)
	b.people.left(0, party{id: 2, persons: 3})
	b.stay(sim.StayOff, 0, 2, 3)
	b.run(410)
	if x.inside != 9 || x.present() != 4 || b.r.room(0) != 1 {
		t.Fatalf("%d on the list, %d there, room for %d; want 9, 4 and 1", x.inside, x.present(), b.r.room(0))
	}
	b.knock(0, 1, 2)
	b.run(600)
	if x.inside != 9 || x.present() != 6 {
		t.Fatalf("%d on the list, %d there; want 9 and 6", x.inside, x.present())
	}
	b.ports.Tasks.Post(b.now, 0, sim.Task{Order: sim.OrderGuardShelter, Unit: sim.None, Shelter: 0, On: true})
	b.run(700)
	// Six who are there at two desks' worth of counters: 3 x 2 s.
	if e, ok := b.has(sim.EvHeadCount); !ok || e.At != at(606) || e.Count != 6 || e.Num != 9 {
		t.Errorf("counted %+v; want 6 of 9 at 606 s", e)
	}
	if x.inside != 6 || x.missing != 3 {
		t.Errorf("%d on the list, %d missing; want 6 and 3", x.inside, x.missing)
	}
	b.people.left(0, party{id: 3, persons: 4})
	b.stay(sim.StayOff, 0, 3, 4)
	b.run(710)
	if x.inside != 2 || x.present() != 2 {
		t.Errorf("%d on the list, %d there; want 2 and 2: the guard has seen them go", x.inside, x.present())
	}
}

// Who leaves the door waits there no more: a party that was kept there knocks no more, and one in the queue loses its turn,
// while one at a desk is seen to. The third comes back and is kept from then on, to be asked for ten minutes later.
func TestLeavesTheDoor(t *testing.T) {
	sc := testCounty()
	sc.Shelters[0].Capacity, sc.Shelters[0].Desks = 10, 1
	b := newBench(t, sc)
	b.roads.cut = []sim.NodeID{nodeS2, nodeS3}
	b.knock(0, 1, 4) // at the desk until 180
	b.knock(0, 2, 6) // in the queue
	b.knock(0, 3, 5) // kept at the door
	b.run(10)
	x := &b.r.shelters[0]
	if x.waiting != 10 || x.held != 5 {
		t.Fatalf("%d wait, %d are kept; want 10 and 5", x.waiting, x.held)
	}
	b.stay(sim.StayAway, 0, 1, 0)
	b.stay(sim.StayAway, 0, 2, 0)
	b.stay(sim.StayAway, 0, 3, 0)
	b.run(20)
	if x.waiting != 4 || x.held != 0 || len(x.queue) != x.head {
		t.Fatalf("%d wait, %d are kept, queue %v; want the one at the desk", x.waiting, x.held, x.queue[x.head:])
	}
	b.knock(0, 4, 10) // there is no room for it beside the four at the desk: kept till 620
	b.run(30)
	b.stay(sim.StayAway, 0, 4, 0)
	b.run(40)
	b.knock(0, 4, 10) // kept till 640
	b.run(630)
	if x.held != 10 || len(x.doorstep) != 1 || x.doorstep[0].due != at(640) {
		t.Errorf("%d are kept, %+v; want party 4, until 640 s", x.held, x.doorstep)
	}
	twin := newBench(t, sc)
	d := sim.Decoder{Buf: save(b.r)}
	if twin.r.LoadState(&d); d.Err != nil || len(twin.r.shelters[0].doorstep) != 1 {
		t.Errorf("%v, %+v; want the one at the door to come back", d.Err, twin.r.shelters[0].doorstep)
	}
}
