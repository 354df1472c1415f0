package response

import (
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// stuckLoaded returns a county in which coach 1 stands at the assembly point with 40 persons and no way to a shelter,
// since 1250 s.
func stuckLoaded() *bench {
	b := newBench(nil, testCounty())
	b.wait(4, 10, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	for b.now < at(1250) {
		b.tick()
	}
	b.roads.strand(b, coach1, sim.Stranding{Link: sim.None, Node: nodeAssembly, Cause: sim.StrandNoRoute})
	b.roads.cut = []sim.NodeID{nodeS1, nodeS2, nodeS3, nodeZ2}
	b.tick()
	return b
}

func (b *bench) water(node sim.NodeID, depth float64) {
	b.roads.depth[node] = depth
	b.layers.Begin(b.now)
	b.tick()
	b.tick()
}

// Above 0.3 m the coach leaves for the depot, the only dry node with a way, 1000 m and 100 s away; it waits there with
// its passengers, and brings them to the shelter when the way is open.
func TestLoadedCoachGoesToDryGround(t *testing.T) {
	b := stuckLoaded()
	b.water(nodeAssembly, 0.3)
	if u := b.truth().Units[coach1]; u.Status != sim.UnitStuck {
		t.Errorf("at 0.3 m the coach is %v; want stuck", u.Status)
	}
	b.water(nodeAssembly, 0.31)
	if u := b.truth().Units[coach1]; u.Status != sim.UnitTransporting || u.Aboard != 40 {
		t.Errorf("at 0.31 m the coach is %+v; want away with its passengers", u)
	}
	for range 110 {
		b.tick()
	}
	if u := b.truth().Units[coach1]; u.Status != sim.UnitStuck || u.Aboard != 40 || u.Place != (geo.Point{}) {
		t.Errorf("the coach is %+v; want waiting at the depot", u)
	}
	b.roads.cut = nil
	for range 1200 {
		b.tick()
	}
	if b.people.safe != 40 {
		t.Errorf("%d safe; want 40", b.people.safe)
	}
}

// Dry ground out of reach is tried once between two tries of a shelter: no way is asked for at every publication.
func TestNoDryGround(t *testing.T) {
	b := stuckLoaded()
	b.roads.cut = append(b.roads.cut, nodeDepot)
	for range 3 {
		b.water(nodeAssembly, 0.4)
	}
	if u := &b.r.units[coach1]; u.phase != phaseStuck || !u.fled || u.aboard != 40 {
		t.Errorf("the coach is %+v", u)
	}
}

// In 0.5 m the coach is lost; its passengers are marooned in it, once, whatever the water does then.
func TestPassengersOfALostCoach(t *testing.T) {
	b := stuckLoaded()
	b.roads.cut = append(b.roads.cut, nodeDepot)
	for k, depth := range []float64{0.49, 0.5, 1.2, 0.1} {
		b.water(nodeAssembly, depth)
		want := []sim.Marooning{{Unit: coach1, Node: nodeAssembly, X: 1000}}
		if k == 0 {
			want = nil
		}
		if u := b.truth().Units[coach1]; u.Aboard != 40 || !slices.Equal(b.maroonings, want) || len(b.alightings) != 0 {
			t.Errorf("in %v m the coach is %+v, marooned %+v, let out %v", depth, u, b.maroonings, b.alightings)
		}
	}
	b.ports.Departures.Post(b.now, int32(coach1), sim.Departure{Unit: coach1, Persons: 40})
	b.tick()
	if r := b.reports[len(b.reports)-1]; r.Unit != coach1 || r.Status != sim.UnitLost || r.Aboard != 0 {
		t.Errorf("the last report is %+v", r)
	}
}

// A coach that is stuck in 0.4 m, where nobody can walk, has tried in vain at 1250, 1850 and 2450: at the third try its
// passengers are marooned. When a way opens it goes on at the next one with those who are still aboard.
func TestPassengersOfAStuckCoach(t *testing.T) {
	b := stuckLoaded()
	b.t = t
	b.roads.cut = append(b.roads.cut, nodeDepot)
	b.water(nodeAssembly, 0.4)
	b.run(3040)
	if len(b.maroonings) != 0 {
		t.Errorf("marooned %+v before the third try", b.maroonings)
	}
	b.run(3080)
	marooned := sim.Marooning{Unit: coach1, Node: nodeAssembly, X: 1000}
	if !slices.Equal(b.maroonings, []sim.Marooning{marooned}) || b.truth().Units[coach1].Status != sim.UnitStuck {
		t.Errorf("marooned %+v; want once, in a stuck coach", b.maroonings)
	}
	b.roads.cut = nil
	b.run(3700)
	over := sim.Marooning{Unit: coach1, Over: true, Node: nodeAssembly}
	if !slices.Equal(b.maroonings, []sim.Marooning{marooned, over}) {
		t.Errorf("marooned %+v; want its end", b.maroonings)
	}
	b.run(4100)
	if b.people.safe != 40 {
		t.Errorf("%d safe; want 40", b.people.safe)
	}
}

// Between two nodes the depth is that of the cell, less what the road lies above it: a coach under which the road was
// closed, on an embankment of 0.2 m, is lost in 0.7 m of the cell, and not in 0.69 m, whatever the water at its node.
func TestWaterBetweenNodes(t *testing.T) {
	b := newBench(t, testCounty())
	depth := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, b.r.sc.Terrain.Grid)
	b.layers.Add(depth)
	cell, _ := depth.Grid.CellAt(geo.Point{X: 1870})
	b.wait(4, 10, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1250)
	b.roads.cut = []sim.NodeID{nodeDepot, nodeAssembly, nodeS1, nodeS2, nodeS3, nodeZ2}
	b.roads.strand(b, coach1, sim.Stranding{Link: 1, Node: nodeAssembly, X: 1870, Cause: sim.StrandClosed, Rise: 0.2})
	b.tick()
	for _, x := range []struct {
		cell int32
		want sim.UnitStatus
	}{{690, sim.UnitStuck}, {700, sim.UnitLost}} {
		depth.Set(cell, x.cell)
		b.water(nodeAssembly, 0.2)
		if u := b.truth().Units[coach1]; u.Status != x.want {
			t.Errorf("cell %d mm: %v; want %v", x.cell, u.Status, x.want)
		}
	}
}

// Fast water takes a coach that stands in less than 0.5 m: at 0.6 m2/s.
//
// Reference: HEC-LifeSim Technical Reference Manual, table 17, high-clearance vehicles, low estimate.
func TestFastWaterTakesTheCoach(t *testing.T) {
	for _, x := range []struct {
		speed int32 // [mm/s]
		want  sim.UnitStatus
	}{{1490, sim.UnitStuck}, {1500, sim.UnitLost}, {-1500, sim.UnitLost}} {
		b := stuckLoaded()
		b.roads.cut = append(b.roads.cut, nodeDepot)
		depth := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, b.r.sc.Terrain.Grid)
		across := sim.NewLayer(sim.LayerKey{Quantity: sim.QVelocityY}, depth.Grid)
		b.layers.Add(depth)
		b.layers.Add(across)
		cell, _ := depth.Grid.CellAt(geo.Point{X: 1000})
		depth.Set(cell, 400)
		across.Set(cell, x.speed)
		b.water(nodeAssembly, 0.4)
		if u := b.truth().Units[coach1]; u.Status != x.want {
			t.Errorf("%d mm/s: %v; want %v", x.speed, u.Status, x.want)
		}
	}
}

// A coach that backs out of a link is in the water where it is by then: 100 s at 5 km/h from 1,870 m, at 1,731 m. Where
// it was is no matter; where it is it is lost, and its passengers are marooned there.
func TestLostWhileBackingOut(t *testing.T) {
	b := newBench(t, testCounty())
	depth := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, b.r.sc.Terrain.Grid)
	b.layers.Add(depth)
	b.wait(4, 10, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1250)
	b.roads.strand(b, coach1, sim.Stranding{Link: 1, Node: nodeAssembly, X: 1870, Cause: sim.StrandClosed})
	b.run(1951)
	if u := &b.r.units[coach1]; u.phase != phaseLeg || len(b.maroonings) != 0 {
		t.Fatalf("the coach is %+v; want it on its way back", u)
	}
	for _, x := range []struct {
		metres float64
		want   sim.UnitStatus
	}{{1870, sim.UnitTransporting}, {1731, sim.UnitLost}} {
		cell, _ := depth.Grid.CellAt(geo.Point{X: x.metres})
		depth.Set(cell, 700)
		b.water(nodeDepot, 0)
		if u := b.truth().Units[coach1]; u.Status != x.want {
			t.Errorf("water at %v m: %v; want %v", x.metres, u.Status, x.want)
		}
	}
	if len(b.maroonings) != 1 || b.maroonings[0].X < 1720 || b.maroonings[0].X > 1732 {
		t.Errorf("marooned %+v; want where the coach is", b.maroonings)
	}
}

// Water that takes the coach while people get out at a shelter finds them at its door.
func TestLostAtTheShelter(t *testing.T) {
	b := newBench(t, testCounty())
	b.wait(4, 10, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1400) // getting out from 1363 to 1443
	b.water(nodeS1, 0.6)
	b.tick()
	if u := b.truth().Units[coach1]; u.Status != sim.UnitLost || u.Aboard != 0 || b.people.safe != 40 {
		t.Errorf("the coach is %+v, %d safe", u, b.people.safe)
	}
}

// A stuck boat whose passengers have all been fetched sits fast with nobody: whom it takes in then, at a house, is
// marooned in its turn when it cannot get away. They stand on the ground of the house, although the boat was stranded on
// a bank before.
func TestMaroonedAgainInTheSameBoat(t *testing.T) {
	b := newBench(t, testCounty())
	depth := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, b.r.sc.Terrain.Grid)
	b.layers.Add(depth)
	for cell := range depth.Values {
		depth.Set(cell, 600)
	}
	b.roads.depth[nodeAssembly] = 0.6
	b.strand(1, 4, 0, nodeAssembly, 1000, 50)
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(1300) // to the party at 1015, getting in till 1255, and under way to the shelter
	b.roads.cut = []sim.NodeID{nodeDepot, nodeS1, nodeS2, nodeS3, nodeZ2}
	b.roads.strand(b, boat1, sim.Stranding{Link: 1, Node: nodeAssembly, X: 1200, Cause: sim.StrandClosed, Rise: 0.2})
	b.run(3200)
	first := sim.Marooning{Unit: boat1, Node: nodeAssembly, X: 1200, Rise: 0.2}
	if !slices.Equal(b.maroonings, []sim.Marooning{first}) {
		t.Fatalf("marooned %+v; want %+v", b.maroonings, first)
	}
	b.wantUnitsSaved()
	b.people.aboard[boat1] = nil
	b.people.out += 4
	b.ports.Departures.Post(b.now, int32(boat1), sim.Departure{Unit: boat1, Persons: 4})
	b.strand(2, 3, 0, nodeAssembly, 1000, 80)
	b.run(9000)
	again := sim.Marooning{Unit: boat1, Node: nodeAssembly, X: 1000, Y: 80}
	if u := b.truth().Units[boat1]; u.Aboard != 3 || !slices.Equal(b.maroonings, []sim.Marooning{first, again}) {
		t.Errorf("the boat is %+v, marooned %+v; want %+v, too", u, b.maroonings, again)
	}
}

// wantUnitsSaved compares the units with those that come back from saved bytes, field by field.
func (b *bench) wantUnitsSaved() {
	b.t.Helper()
	other := newResponse(b.r.sc, b.roads)
	d := sim.Decoder{Buf: save(b.r)}
	if other.LoadState(&d); d.Err != nil || !slices.Equal(other.units, b.r.units) {
		b.t.Fatal("loaded", other.units, d.Err, "want", b.r.units)
	}
}
