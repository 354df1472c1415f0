package generate

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

func TestZonesDoNotOverlap(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		var rings []geo.Polygon
		for _, z := range c.sc.Zones {
			var ring geo.Polygon
			for _, p := range z.Polygon {
				ring = append(ring, scenario.Point(p))
			}
			rings = append(rings, ring)
		}
		for i, a := range rings {
			for k, b := range rings[:i] {
				if box := geo.Bounds(a); box.Overlaps(geo.Bounds(b)) {
					for y := box.Min.Y; y < box.Max.Y; y += 7 {
						for x := box.Min.X; x < box.Max.X; x += 7 {
							if p := (geo.Point{X: x, Y: y}); a.Contains(p) && b.Contains(p) {
								t.Fatalf("zones %d and %d overlap at %v", k, i, p)
							}
						}
					}
				}
			}
		}
	})
}

func TestZonesHoldTheirHouses(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		sites := scenario.Locate(c.sc, scenario.NewDirectory(c.sc))
		persons := make([]int, len(c.sc.Zones))
		for _, p := range c.sc.Persons {
			if z := sites.Building[c.sc.Households[p.Household].Home].Zone; z != sim.None {
				persons[z]++
			}
		}
		for z, n := range persons {
			if n != c.zones[z].persons || n == 0 {
				t.Errorf("zone %d has %d persons; want %d", z, n, c.zones[z].persons)
			}
		}
	})
}

func TestSheltersCanTakeThem(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		room, need := int64(0), 0
		for _, s := range c.sc.Shelters {
			room += s.Capacity
			if c.low(scenario.Point(s.Place)) {
				t.Errorf("shelter %s stands where water may come", s.Name)
			}
		}
		for _, z := range c.zones {
			need += z.persons
		}
		if room < int64(need)*9/10 || c.p.Persons == 60_000 && room < int64(need) {
			t.Errorf("room for %d persons; %d live in zones", room, need)
		}
	})
}

func TestEveryZoneHasAWayOut(t *testing.T) {
	c := linjiang()
	planned := map[string]bool{}
	for _, p := range c.sc.Items {
		if p.Order == "evacuate_zone" {
			for _, a := range p.Args {
				planned[a.Value] = true
			}
		}
	}
	for _, z := range c.sc.Zones {
		if len(z.Shelters) == 0 || !planned[z.Name] {
			t.Errorf("zone %s: shelters %v, planned %v", z.Name, z.Shelters, planned[z.Name])
		}
	}
}

func TestChainOfCommandHasThreeLevels(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		var count [3]int
		for _, p := range c.sc.Posts {
			switch p.Level {
			case "county":
				count[0]++
			case "town":
				count[1]++
			case "village":
				count[2]++
			}
		}
		if count[0] != 1 || count[1] == 0 || count[2] != len(c.sc.Zones) {
			t.Errorf("posts %v; want 1, some, and one per zone", count)
		}
	})
}
