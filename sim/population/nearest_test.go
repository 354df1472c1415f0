package population

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/rng"
	"sandtable/sim/road"
	"sandtable/sim/scenario"
)

// gridTown is a town of n by n junctions about 150 m apart, on real roads, with so many shelters at junctions, one house
// without a zone at each of the first ones, and a household in each.
func gridTown(t testing.TB, n, shelters, houses int) *place {
	sc := testScenario()
	sc.Zones, sc.Assemblies, sc.Buildings, sc.Shelters, sc.Units = nil, nil, nil, nil, nil
	sc.Nodes, sc.Links = nil, nil
	draw := rng.New(7, "population.town")
	var nodes []road.NodeSpec
	var links []road.LinkSpec
	for k := range n * n {
		at := geo.Point{X: float64(150*(k/n)) + float64(40*draw.Float64(uint64(k), 0, 0)),
			Y: float64(150*(k%n)) + float64(40*draw.Float64(uint64(k), 1, 0))}
		sc.Nodes = append(sc.Nodes, scenario.Node{At: at})
		nodes = append(nodes, road.NodeSpec{At: at, Zone: sim.None})
		for _, to := range [...]int{k + n, k + 1} {
			if to < n*n && (to != k+1 || to%n != 0) {
				links = append(links, road.LinkSpec{From: sim.NodeID(k), To: sim.NodeID(to), Lanes: 1, Speed: 10, Capacity: 600,
					OnGround: true})
				sc.Links = append(sc.Links, scenario.Link{From: sim.NodeID(k), To: sim.NodeID(to),
					Class: scenario.RoadResidential})
			}
		}
	}
	for s := range shelters {
		at := sc.Nodes[draw.IntN(n*n, uint64(s), 2, 0)].At
		sc.Shelters = append(sc.Shelters, scenario.Shelter{Name: fmt.Sprint("s", s), Place: [2]float64{at.X, at.Y}})
	}
	for h := range houses {
		node := draw.IntN(n*n, uint64(h), 3, 0)
		sc.Buildings = append(sc.Buildings, scenario.Building{At: sc.Nodes[node].At, Node: sim.NodeID(node), Storeys: 1})
		household(sc, sim.BuildingID(h), 0, adult(0))
	}
	w := newPlace(t, sc)
	for _, node := range w.p.sites.Shelter {
		nodes[node].Refuge = true
	}
	net, problems := road.NewNetwork(nodes, links, road.DefaultRules())
	if problems != nil {
		t.Fatal(problems)
	}
	w.p.router = road.New(net, nil)
	return w
}

// everyShelter looks at all shelters.
func everyShelter(p *People, node sim.NodeID) sim.ShelterID {
	best, least := sim.ShelterID(sim.None), 0.0
	for s, to := range p.sites.Shelter {
		if _, seconds, ok := p.router.Distance(sim.ModeFoot, node, to); ok && (best < 0 || seconds < least) {
			best, least = sim.ShelterID(s), seconds
		}
	}
	return best
}

// Whatever is closed, the shelter is that which looking at all of them would give, also where several share a junction.
func TestNearestShelterIsTheNearestOfAll(t *testing.T) {
	w := gridTown(t, 15, 40, 60)
	roads := w.p.router.(*road.Traffic)
	rapid.Check(t, func(rt *rapid.T) {
		for range 20 {
			o := sim.RoadOrder{Link: sim.LinkID(rapid.IntRange(0, len(w.sc.Links)-1).Draw(rt, "link"))}
			if rapid.IntRange(0, 4).Draw(rt, "close") > 0 {
				o.Do = sim.RoadClose
			}
			w.ports.RoadOrders.Post(roads.Now(), 0, o)
		}
		roads.Step(roads.Now().Add(sim.Tick), w.layers, &w.ports, &w.log)
		for q := range w.p.alive {
			node := w.sc.Buildings[q].Node
			if got, want := w.p.shelterOf(sim.PartyID(q), node), everyShelter(w.p, node); got != want {
				rt.Fatalf("party %d at node %d: shelter %d; looking at all gives %d", q, node, got, want)
			}
		}
	})
}

// BenchmarkShelterOfCounty is what one household without a zone asks in a county with the roads of a million persons
// (90,000 junctions) and 600 shelters, of which the roads keep 124 trees: over the one tree that leads to the
// nearest of all, and looking at all of them.
func BenchmarkShelterOfCounty(b *testing.B) {
	w := gridTown(b, 300, 600, 2000)
	for _, x := range []struct {
		name string
		find func(q sim.PartyID, node sim.NodeID) sim.ShelterID
	}{
		{"one tree", w.p.shelterOf},
		{"all", func(_ sim.PartyID, node sim.NodeID) sim.ShelterID { return everyShelter(w.p, node) }},
	} {
		b.Run(x.name, func(b *testing.B) {
			k := 0
			for b.Loop() {
				q := sim.PartyID(k % len(w.p.alive))
				x.find(q, w.sc.Buildings[q].Node)
				k++
			}
		})
	}
}

// From a building that no road reaches no shelter is the nearest, and nobody asks the roads for one.
func TestNoShelterIsNearestWithoutARoad(t *testing.T) {
	sc := testScenario()
	sc.Zones[0].Shelters = nil
	sc.Buildings[1].Node = sim.None
	household(sc, 0, 1, adult(0))
	household(sc, 1, 1, adult(0))
	w := newPlace(t, sc)
	if a, b := w.p.goesTo(0), w.p.goesTo(1); a != 1 || b != sim.None {
		t.Errorf("they go to shelters %d and %d; want 1 and none", a, b)
	}
}
