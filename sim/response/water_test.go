package response

import (
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

// In 0.5 m the coach is lost; its passengers stay in it until the water reaches the seats at 1.0 m, or until they can
// walk away in 0.3 m.
func TestPassengersStayInALostCoach(t *testing.T) {
	for _, last := range []float64{1.0, 0.3} {
		b := stuckLoaded()
		b.roads.cut = append(b.roads.cut, nodeDepot)
		for _, depth := range []float64{0.5, 0.99, 0.31} {
			b.water(nodeAssembly, depth)
			if u := b.truth().Units[coach1]; u.Status != sim.UnitLost || u.Aboard != 40 || len(b.alightings) != 0 {
				t.Errorf("in %v m the coach is %+v, let out %v", depth, u, b.alightings)
			}
		}
		b.water(nodeAssembly, last)
		b.tick()
		if len(b.alightings) != 1 || b.alightings[0].msg.Shelter != sim.None || b.people.out != 40 {
			t.Errorf("in %v m: let out %v", last, b.alightings)
		}
		if r := b.reports[len(b.reports)-1]; r.Unit != coach1 || r.Status != sim.UnitLost || r.Aboard != 0 {
			t.Errorf("in %v m: the last report is %+v", last, r)
		}
	}
}

// Between two nodes the depth is that of the cell, less what the road lies above it: stalled in 0.6 m where the cell
// has 0.8 m, the coach stands in 0.99 m when the cell has 1.19 m, and in 1.0 m when it has 1.2 m.
func TestLostBetweenNodes(t *testing.T) {
	b := newBench(t, testCounty())
	depth := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, b.r.sc.Terrain.Grid)
	b.layers.Add(depth)
	cell, _ := depth.Grid.CellAt(geo.Point{X: 1870})
	b.wait(4, 10, 0)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.run(1250)
	depth.Set(cell, 800)
	b.roads.strand(b, coach1, sim.Stranding{Link: 1, Node: nodeAssembly, X: 1870, Cause: sim.StrandWater, Depth: 0.6})
	for _, x := range []struct {
		cell   int32
		aboard int
	}{{800, 40}, {1190, 40}, {510, 40}, {1200, 0}} {
		depth.Set(cell, x.cell)
		b.water(nodeAssembly, 0)
		if u := b.truth().Units[coach1]; u.Aboard != x.aboard {
			t.Errorf("cell %d mm: %d aboard; want %d", x.cell, u.Aboard, x.aboard)
		}
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
