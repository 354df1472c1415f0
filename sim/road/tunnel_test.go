package road

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// hill is flat ground with a rise of 50 m from column 15 to column 25 [mm], and its west so much above its east.
func hill(nx int, westHigher int32) *sim.Terrain {
	g := plain(nx, 1)
	for i := range nx {
		switch {
		case i >= 15 && i < 25:
			g.Bed[i] += 50_000
		case i < 15:
			g.Bed[i] += westHigher
		}
	}
	return g
}

// mountain is a road from west to east that passes a hill in a tunnel of two links, whose floor lies at that level.
func mountain(t *testing.T, level float64) *Network {
	in, out := street(1, 2, 15, 1800), street(2, 3, 15, 1800)
	for _, l := range []*LinkSpec{&in, &out} {
		l.OnGround, l.Tunnel, l.Level = false, true, level
	}
	return mustNetwork(t, row(5, 105, 205, 305, 395),
		[]LinkSpec{street(0, 1, 15, 1800), in, out, street(3, 4, 15, 1800)})
}

// Water on the hill is not in the tunnel under it; water at a portal is.
func TestTunnelIsWetFromItsPortals(t *testing.T) {
	const west, top, east = 10, 20, 30 // columns of the portals and of the node inside
	for _, c := range []struct {
		name       string
		level      float64 // of the floor [m]
		westHigher int32   // of the western portal [mm]
		wet        int     // column
		depth      int32   // [mm]
		want       float64 // in the tunnel [m]
	}{
		{"a brook on the hill", 100, 0, top, 700, 0},
		{"level, at its west", 100, 0, west, 700, 0.7},
		{"level, at its east", 100, 0, east, 700, 0.7},
		{"falling, at its upper end: what runs through it", 100, 5000, west, 200, 0.2},
		{"falling, at its lower end", 100, 5000, east, 700, 0.7},
		{"below the ground: it is full to its lip", 95, 0, west, 151, 5.151},
		{"below the ground, falling", 95, 5000, west, 200, 5.2},
		{"below the ground, a film: the sill keeps it out", 95, 0, west, 150, 0.15},
		{"below the ground, a film at its upper end", 95, 5000, west, 100, 0.1},
		{"its mouth above the ground, below the crest", 101, 0, east, 700, 0},
		{"its mouth above the ground, over the crest", 101, 0, east, 1200, 0.2},
		{"its upper mouth at the floor", 103, 3000, west, 200, 0.2},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, mountain(t, c.level), hill(40, c.westHigher))
			w.flood(c.wet, c.wet+1, c.depth, 0)
			w.run(1)
			for _, link := range []sim.LinkID{1, 2} {
				if got := w.roads.LinkDepth(link); got != c.want {
					t.Errorf("link %d: %v m; want %v", link, got, c.want)
				}
			}
			if got := w.roads.NodeDepth(2); got != c.want {
				t.Errorf("inside the hill: %v m; want %v", got, c.want)
			}
			if got := w.roads.NodeRise(2); got != deepBelow {
				t.Errorf("inside the hill: a rise of %v m; want %v", got, deepBelow)
			}
		})
	}
}

// A tunnel that ends under the open sky, without a road, has a portal there.
func TestTunnelThatEnds(t *testing.T) {
	in := street(0, 1, 15, 1800)
	in.OnGround, in.Tunnel, in.Level = false, true, 99
	w := newWorld(t, mustNetwork(t, row(5, 395), []LinkSpec{in}), plain(40, 1))
	w.flood(39, 40, 300, 0)
	w.run(1)
	if got := w.roads.LinkDepth(0); got != 1.3 {
		t.Errorf("%v m in the tunnel; want 1.3", got)
	}
	if got := w.roads.NodeDepth(1); got != 0.3 {
		t.Errorf("%v m at its end; want 0.3", got)
	}
}

// Who is stranded in a flooded tunnel stands in the water at its portal, and not under that on the hill.
func TestStrandedInATunnel(t *testing.T) {
	w := newWorld(t, mountain(t, 99), hill(40, 0))
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, From: 0, To: 4, Persons: 1, Zone: sim.None})
	w.run(120)
	w.flood(30, 31, 500, 0)
	w.run(121)
	if len(w.strands) != 1 {
		t.Fatalf("%d strandings; want one", len(w.strands))
	}
	s := w.strands[0]
	if s.Link != 1 || s.Depth != 1.5 || (geo.Point{X: s.X, Y: s.Y}) != w.net.nodes[3].At || s.Rise != -1 {
		t.Errorf("%+v; want 1.5 m of water on link 1, at the portal of the east, 1 m below the ground", s)
	}
}

// Who waits inside a tunnel for a way, because its next link is shut, is in the water that comes in at a portal, and is
// stranded in that at the end of his patience; a car as one on the link.
func TestWaitingInATunnel(t *testing.T) {
	w := newWorld(t, mountain(t, 99), hill(40, 0))
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, From: 0, To: 4, Persons: 1, Zone: sim.None})
	w.car(152, 2, 0, 4)
	for _, link := range []int{0, 1, 2} { // no way back either
		w.order(163, link, true, sim.ClosureFinish)
	}
	w.run(180)
	w.wantExposures()
	w.flood(10, 11, 200, 0) // far from the junction; 1.2 m in the tunnel
	w.run(240)
	w.wantExposures("0:03:00 "+party(1).String()+" H3 1.2 0", "0:03:00 "+party(2).String()+" H3 1.2 0")
	w.run(900)
	if len(w.strands) != 2 {
		t.Fatalf("%d strandings; want two", len(w.strands))
	}
	for _, s := range w.strands {
		if s.Node != 2 || s.Link != 1 || s.Depth != 1.2 || s.X != 105 || s.Rise != -1 || s.Cause != sim.StrandNoRoute {
			t.Errorf("%+v; want 1.2 m of water at node 2 on link 1, at the portal of the west", s.Stranding)
		}
	}
}

// Who is shut in by an order in a dry tunnel stands at the nearest portal.
func TestShutInATunnel(t *testing.T) {
	w := newWorld(t, mountain(t, 100), hill(40, 0))
	w.trip(0, sim.Trip{Mover: party(1), Mode: sim.ModeFoot, From: 0, To: 4, Persons: 1, Zone: sim.None})
	w.run(120)
	w.order(120, 1, true, sim.ClosureStrand)
	w.run(122)
	if len(w.strands) != 1 || w.strands[0].X != 105 || w.strands[0].Rise != 0 {
		t.Errorf("%+v; want one at the portal of the west", w.strands)
	}
}

// No boat floats through a flooded tunnel.
func TestNoBoatInATunnel(t *testing.T) {
	w := newWorld(t, mountain(t, 100), hill(40, 0))
	w.flood(0, 15, 800, 0)
	w.run(1)
	if _, _, ok := w.roads.Distance(sim.ModeBoat, 0, 4); ok {
		t.Error("a boat through the hill")
	}
	if _, _, ok := w.roads.Distance(sim.ModeBoat, 0, 1); !ok {
		t.Error("no boat to the hill")
	}
}
