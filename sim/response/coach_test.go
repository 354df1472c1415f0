package response

import (
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

func wantTimeline(t *testing.T, b *bench, u sim.UnitID, want ...string) {
	t.Helper()
	if got := b.timeline(u); !slices.Equal(got, want) {
		t.Errorf("unit %d:\n%q\nwant\n%q", u, got, want)
	}
}

// One coach of 40 seats, 100 persons in parties of 10, 100 s from the depot and 200 s to the shelter. Boarding takes
// 4 s and getting out 2 s a person. Whatever goes to road or population and back costs a tick of 1 s:
//
//	turnout 900, way 901-1001, 40 board 1002-1162, way 1163-1363, out 1443, back 1444-1644,
//	40 board 1645-1805, way 1806-2006, out 2086, back 2087-2287,
//	20 board 2288-2368, asks at 2368 and then every 61 s; at 2674 nobody has come for 5 min: way 2675-2875, out 2915,
//	back 2916-3116, asks every 61 s; at 4032 nobody has come for 15 min: home 4033-4133.
func TestCoachRoundTrips(t *testing.T) {
	b := newBench(t, testCounty())
	b.wait(10, 10, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(5000)
	want := []alighted{
		{at(1443), sim.Alighting{Unit: coach1, Shelter: 0, Node: nodeS1}, 40},
		{at(2086), sim.Alighting{Unit: coach1, Shelter: 0, Node: nodeS1}, 40},
		{at(2915), sim.Alighting{Unit: coach1, Shelter: 0, Node: nodeS1}, 20},
	}
	if !slices.Equal(b.alightings, want) {
		t.Errorf("let out %v; want %v", b.alightings, want)
	}
	wantTimeline(t, b, coach1, "0:00:00 notified", "0:15:00 turned-out", "0:15:00 under-way", "0:16:41 on-scene",
		"0:16:42 working", "0:19:22 transporting", "0:22:43 working", "0:24:03 under-way", "0:27:24 on-scene",
		"0:27:25 working", "0:30:05 transporting", "0:33:26 working", "0:34:46 under-way", "0:38:07 on-scene",
		"0:38:08 working", "0:44:34 transporting", "0:47:55 working", "0:48:35 under-way", "0:51:56 on-scene",
		"1:07:12 returning", "1:08:53 available")
	if u := b.truth().Units[coach1]; u.Carried != 100 || u.Aboard != 0 || u.Status != sim.UnitAvailable ||
		u.Place != (geo.Point{}) {
		t.Errorf("the coach is %+v", u)
	}
	last := b.reports[len(b.reports)-1]
	if last.Unit != coach1 || last.Status != sim.UnitAvailable || last.Carried != 100 {
		t.Errorf("the last report is %+v", last)
	}
}

// Eight able persons and two who need help: 8 x 4 s + 2 x 45 s = 122 s in, 61 s out.
func TestAssistedBoarding(t *testing.T) {
	b := newBench(t, testCounty())
	b.wait(1, 38, 0)
	b.wait(1, 2, 2)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1700)
	// 1002 + 38 x 4 + 2 x 45 = 1244; way 1245-1445; out (152 + 90)/2 = 121.
	if len(b.alightings) != 1 || b.alightings[0].at != at(1566) {
		t.Errorf("let out %v; want at 1566 s", b.alightings)
	}
}

// Two coaches share the queue: 80 persons are away after one trip of each.
func TestTwoCoaches(t *testing.T) {
	b := newBench(t, testCounty())
	b.wait(8, 10, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.order(sim.OrderDispatchCoach, coach2, 0)
	b.run(1500)
	if b.people.safe != 80 || len(b.alightings) != 2 || b.alightings[1].at != at(1443) {
		t.Errorf("%d safe, let out %v; want 80 at 1443 s", b.people.safe, b.alightings)
	}
}

// A party that does not fit lets the coach go at once.
func TestPartyThatDoesNotFit(t *testing.T) {
	b := newBench(t, testCounty())
	b.wait(1, 30, 0)
	b.wait(1, 25, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1130)
	// 30 board 1002-1122; the next answer at 1123 says that 25 wait.
	if got := b.timeline(coach1); got[len(got)-1] != "0:18:43 transporting" {
		t.Errorf("%q; want under way to the shelter at 1123 s", got)
	}
}

func TestRecall(t *testing.T) {
	for _, x := range []struct {
		name    string
		persons int32
		recall  int // when [s]
		want    []string
	}{
		{"while it turns out", 0, 600, []string{"0:00:00 notified", "0:10:00 available"}},
		// At 950 s it is 490 m on its way; it turns at 951 and is back 50 s later.
		{"on its way", 0, 950, []string{"0:00:00 notified", "0:15:00 turned-out", "0:15:00 under-way",
			"0:15:50.999999 returning", "0:16:41 available"}},
		{"while it waits empty", 0, 1100, []string{"0:00:00 notified", "0:15:00 turned-out", "0:15:00 under-way",
			"0:16:41 on-scene", "0:18:20 returning", "0:20:01 available"}},
		// Loading lasts to 1042: then to the shelter (1043-1243), out by 1263, home 1264-1564.
		{"while people get in", 10, 1020, []string{"0:00:00 notified", "0:15:00 turned-out", "0:15:00 under-way",
			"0:16:41 on-scene", "0:16:42 working", "0:17:22 transporting", "0:20:43 working", "0:21:03 returning",
			"0:26:04 available"}},
		// It waits for more from 1042 on.
		{"while it waits for more", 10, 1100, []string{"0:00:00 notified", "0:15:00 turned-out", "0:15:00 under-way",
			"0:16:41 on-scene", "0:16:42 working", "0:18:20 transporting", "0:21:41 working", "0:22:01 returning",
			"0:27:02 available"}},
	} {
		b := newBench(t, testCounty())
		if x.persons > 0 {
			b.wait(1, x.persons, 0)
		}
		b.order(sim.OrderDispatchCoach, coach1, 0)
		b.run(x.recall)
		b.order(sim.OrderRecallUnit, coach1, sim.None)
		b.run(2000)
		if got := b.timeline(coach1); !slices.Equal(got, x.want) {
			t.Errorf("recalled %s:\n%q\nwant\n%q", x.name, got, x.want)
		}
		if b.people.safe != x.persons {
			t.Errorf("recalled %s: %d persons at the shelter; want %d", x.name, b.people.safe, x.persons)
		}
	}
}

// A unit that comes home takes a new task without turning out again.
func TestNewTaskOnTheWayHome(t *testing.T) {
	b := newBench(t, testCounty())
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1950)
	b.wait(1, 10, 0)
	if got := b.timeline(coach1); got[len(got)-1] != "0:31:57 returning" {
		t.Fatalf("%q; want on its way home", got)
	}
	b.run(1980)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(2300)
	// On its way home since 1918; it turns at 1981 after 630 m and is there 63 s later: 2044.
	got := b.timeline(coach1)
	if !slices.Equal(got[len(got)-3:], []string{"0:33:00.999999 under-way", "0:34:04 on-scene", "0:34:05 working"}) {
		t.Errorf("%q", got)
	}
}

// loadedCoach returns a county at 1250 s, with a coach under way to the shelter with 40 persons from 1163 to 1363.
func loadedCoach(t *testing.T) *bench {
	b := newBench(t, testCounty())
	b.wait(4, 10, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1250)
	return b
}

func TestStrandedForHalfAnHour(t *testing.T) {
	b := loadedCoach(t)
	b.roads.strand(b, coach1, sim.Stranding{Link: sim.None, Node: nodeAssembly, Cause: sim.StrandNoRoute})
	b.roads.cut = []sim.NodeID{nodeS1, nodeS2, nodeS3}
	b.run(1250 + 1900)
	if b.people.out != 40 || b.alightings[0].at != at(1250+1800) {
		t.Errorf("let out %v; want at the node after three tries", b.alightings)
	}
}

func TestStranded(t *testing.T) {
	t.Run("in water", func(t *testing.T) {
		b := loadedCoach(t)
		b.roads.strand(b, coach1, sim.Stranding{Link: 1, Node: nodeAssembly, X: 1870, Cause: sim.StrandWater, Depth: 0.6,
			Rise: 0.2})
		b.run(1260)
		if u := b.truth().Units[coach1]; u.Status != sim.UnitLost || u.Aboard != 40 || u.Place.X != 1870 {
			t.Errorf("the coach is %+v; want lost, and its passengers in it", u)
		}
		if e, ok := b.has(sim.EvUnitFailed); !ok || e.Text.EN != "lost in water; 40 persons sit in it and need rescue" {
			t.Errorf("reported %+v", e)
		}
		want := []sim.Marooning{{Unit: coach1, Node: nodeAssembly, X: 1870, Rise: 0.2}}
		if !slices.Equal(b.maroonings, want) || len(b.alightings) != 0 {
			t.Errorf("marooned %+v, let out %v; want %+v and nobody", b.maroonings, b.alightings, want)
		}
		b.ports.Departures.Post(b.now, int32(coach1), sim.Departure{Unit: coach1, Persons: 7})
		b.run(1262)
		if r := b.reports[len(b.reports)-1]; r.Unit != coach1 || r.Status != sim.UnitLost || r.Aboard != 33 {
			t.Errorf("the last report is %+v; want 33 aboard", r)
		}
		b.events = nil
		b.order(sim.OrderRecallUnit, coach1, sim.None)
		b.run(1270)
		if e, ok := b.has(sim.EvUnitFailed); !ok || e.Text.EN != "it is lost" {
			t.Errorf("recall of a lost unit: %+v", e)
		}
	})
	t.Run("no way", func(t *testing.T) {
		b := loadedCoach(t)
		b.roads.strand(b, coach1, sim.Stranding{Link: sim.None, Node: nodeAssembly, Cause: sim.StrandNoRoute})
		b.roads.cut = []sim.NodeID{nodeS1, nodeS2, nodeS3}
		b.run(1800)
		if u := b.truth().Units[coach1]; u.Status != sim.UnitStuck || u.Aboard != 40 {
			t.Errorf("the coach is %+v; want stuck with its passengers", u)
		}
		if e, ok := b.has(sim.EvUnitFailed); !ok || e.Text.EN != "no way is left" {
			t.Errorf("reported %+v", e)
		}
		b.roads.cut = nil
		b.run(2500)
		// Stuck at 1250, again at 1850: the way is open, 1851-2051, out by 2131.
		if len(b.alightings) != 1 || b.alightings[0].at != at(2131) || b.people.safe != 40 {
			t.Errorf("let out %v; want at the shelter at 2131 s", b.alightings)
		}
	})
	t.Run("closed under it", func(t *testing.T) {
		b := loadedCoach(t)
		b.roads.strand(b, coach1, sim.Stranding{Link: 1, Node: nodeAssembly, X: 1870, Cause: sim.StrandClosed})
		b.run(2600)
		// Stuck at 1250; at 1850 it backs 870 m at 5 km/h, 626.4 s; then 200 s from 2477 and 80 s to get out.
		if len(b.alightings) != 0 {
			t.Errorf("let out %v before it could be there", b.alightings)
		}
		b.run(2760)
		if len(b.alightings) != 1 || b.alightings[0].at != at(2757) {
			t.Errorf("let out %v; want at 2757 s", b.alightings)
		}
	})
}

// A coach that stands in deep water is lost, one in shallow water is not.
func TestStandingWater(t *testing.T) {
	b := newBench(t, testCounty())
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1100)
	b.roads.depth[nodeAssembly], b.roads.depth[nodeDepot] = 0.5, 0.49
	b.layers.Begin(b.now)
	b.run(1102)
	if u := b.truth().Units; u[coach1].Status != sim.UnitLost || u[coach2].Status != sim.UnitAvailable {
		t.Errorf("coaches are %v, %v; want lost, available", u[coach1].Status, u[coach2].Status)
	}
}

// Whoever got in while the coach was lost sits in it.
func TestBoardedIntoALostCoach(t *testing.T) {
	b := newBench(t, testCounty())
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1001)
	b.wait(1, 7, 0)
	b.tick() // it arrives at 1001 and asks; the answer comes in the next tick
	b.roads.depth[nodeAssembly] = 1
	b.layers.Begin(b.now)
	b.run(1010)
	want := []sim.Marooning{{Unit: coach1, Node: nodeAssembly, X: 1000}}
	if b.truth().Units[coach1].Aboard != 7 || !slices.Equal(b.maroonings, want) {
		t.Errorf("coach %+v, marooned %+v", b.truth().Units[coach1], b.maroonings)
	}
}

func TestImpossibleTasks(t *testing.T) {
	for _, x := range []struct {
		order sim.OrderID
		unit  sim.UnitID
		zone  sim.ZoneID
		want  string
	}{
		{sim.OrderDispatchCoach, boat1, 0, "it is not a coach"},
		{sim.OrderRescueZone, coach1, 0, "it is not a boat"},
		{sim.OrderDispatchCoach, coach1, 1, "the zone has no assembly point"},
		{sim.OrderRescueZone, boat1, sim.None, "no zone is named"},
		{sim.OrderSetGate, boat1, 0, "it is not a task for a unit"},
	} {
		b := newBench(t, testCounty())
		b.order(x.order, x.unit, x.zone)
		b.run(2)
		if e, ok := b.has(sim.EvUnitFailed); !ok || e.Text.EN != x.want || len(b.timeline(x.unit)) != 0 {
			t.Errorf("order %v to unit %d: %+v; want %q", x.order, x.unit, e, x.want)
		}
	}
}

func TestUnitAt(t *testing.T) {
	b := newBench(t, testCounty())
	if p, onRoad := b.r.UnitAt(coach1); p != (geo.Point{}) || onRoad {
		t.Errorf("at the start: %v, %v", p, onRoad)
	}
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(950)
	if _, onRoad := b.r.UnitAt(coach1); !onRoad {
		t.Error("not on the road at 950 s")
	}
	b.run(1010)
	if p, onRoad := b.r.UnitAt(coach1); p.X != 1000 || onRoad {
		t.Errorf("at the assembly point: %v, %v", p, onRoad)
	}
}

// A coach takes the route of its zone from the assembly point to the zone's first shelter, and no other way by it.
func TestCoachFollowsThePlan(t *testing.T) {
	for to, want := range map[sim.ShelterID][]int32{sim.None: {0, 1, 0}, 1: {0, 0, 0}} {
		sc := testCounty()
		sc.Zones[0].Route = []int64{1, 2}
		b := newBench(t, sc)
		b.wait(1, 10, 0)
		b.ports.Tasks.Post(0, int32(coach1), sim.Task{Order: sim.OrderDispatchCoach, Unit: coach1, Zone: 0, Shelter: to})
		b.run(3000)
		if len(b.roads.routes) < 3 || !slices.Equal(b.roads.routes[:3], want) {
			t.Errorf("to shelter %d: trips by routes %v; want %v", to, b.roads.routes, want)
		}
	}
}
