package generate

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

func TestNetworkIsConnected(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		for n, piece := range c.pieces() {
			if piece != 0 {
				t.Fatalf("node %d at %v is in another piece of the network", n, c.nodes[n].At)
			}
		}
	})
}

func TestLinksHaveLengthAndLevels(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		for k, l := range c.sc.Links {
			if l.Shape.Length() < 1 || l.From == l.To {
				t.Errorf("link %d is %.2f m long, from node %d to %d", k, l.Shape.Length(), l.From, l.To)
			}
			if l.Form == scenario.FormGround {
				continue
			}
			for _, p := range l.Shape {
				if off := l.Level - c.land.ground(p); !c.land.inChannel(p) && (off < -3 || off > 9) {
					t.Errorf("link %d, %s: %.1f m above the ground at %v", k, scenario.RoadFormNames[l.Form], off, p)
				}
			}
		}
	})
}

// TestRoadsCrossOnBridges wants a bridge wherever a road lies over a channel.
func TestRoadsCrossOnBridges(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		bridges, wet := 0, 0
		for _, l := range c.sc.Links {
			over := false
			l.Shape.Visit(c.land.grid.Cell/4, func(p geo.Point) { over = over || c.land.inChannel(p) })
			if l.Form == scenario.FormBridge {
				bridges++
			} else if over {
				wet++
			}
		}
		if bridges < 3 {
			t.Errorf("%d bridges; want some", bridges)
		}
		if wet > 0 {
			t.Errorf("%d links lie in channels without a bridge", wet)
		}
	})
}

func TestTheRiverIsBridged(t *testing.T) {
	c := linjiang()
	n := 0
	for _, l := range c.sc.Links {
		a, b := l.Shape[0], l.Shape[len(l.Shape)-1]
		if l.Form == scenario.FormBridge && (a.Y > c.riverY(a.X)) != (b.Y > c.riverY(b.X)) {
			n++
			if bank := c.land.bank(a.X); l.Level < bank+1 {
				t.Errorf("deck at %.1f m over a bank at %.1f m; want at least 1 m more", l.Level, bank)
			}
		}
	}
	if n < 2 {
		t.Errorf("%d bridges over the main river; want at least 2", n)
	}
}

func TestBuildingsHaveDrivableNodes(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		drivable := make([]bool, len(c.sc.Nodes))
		for _, l := range c.sc.Links {
			if l.Class != scenario.RoadPath {
				drivable[l.From], drivable[l.To] = true, true
			}
		}
		for i, b := range c.sc.Buildings {
			if b.Node == sim.None || !drivable[b.Node] {
				t.Fatalf("building %d has no node that a car reaches", i)
			}
			if d := b.At.Dist(c.sc.Nodes[b.Node].At); d > 200 {
				t.Errorf("building %d is %.0f m from its node", i, d)
			}
			if c.land.inChannel(b.At) {
				t.Errorf("building %d stands in a channel at %v", i, b.At)
			}
		}
	})
}

func TestOpenRoadsAreCutIntoLinks(t *testing.T) {
	for k, l := range linjiang().sc.Links {
		if n := l.Shape.Length(); n > 2*linkLength {
			t.Errorf("link %d is %.0f m long; want at most %.0f", k, n, 2*linkLength)
		}
	}
}

// Reference: D. H. Douglas and T. K. Peucker 1973.
func TestThinKeepsTheShape(t *testing.T) {
	line := geo.Line{{X: 0, Y: 0}, {X: 50, Y: 1}, {X: 100, Y: 0}, {X: 100, Y: 60}, {X: 101, Y: 100}}
	got := thin(line)
	if len(got) != 3 || got[1] != (geo.Point{X: 100}) {
		t.Errorf("thin gives %v; want the ends and the corner", got)
	}
}

func TestSmoothKeepsTheEnds(t *testing.T) {
	line := geo.Line{{X: 0}, {X: 100}, {X: 100, Y: 100}}
	got := smooth(line)
	if got[0] != line[0] || got[len(got)-1] != line[2] || got.Length() >= line.Length() {
		t.Errorf("smooth gives %v", got)
	}
}

func TestShapesEndAtTheirNodes(t *testing.T) {
	c := linjiang()
	for k, l := range c.sc.Links {
		if l.Shape[0] != c.sc.Nodes[l.From].At || l.Shape[len(l.Shape)-1] != c.sc.Nodes[l.To].At {
			t.Fatalf("link %d does not end at its nodes", k)
		}
	}
}

func TestDistancesStopAtTheLimit(t *testing.T) {
	g := newPlaceGraph(3)
	g.add(0, 1, 10)
	g.add(1, 2, 10)
	if d := g.distance(0, 2, 100); d != 20 {
		t.Errorf("distance %g; want 20", d)
	}
	if d := g.distance(0, 2, 5); !math.IsInf(d, 1) {
		t.Errorf("distance %g within 5; want none", d)
	}
}
