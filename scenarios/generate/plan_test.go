package generate

import (
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Boats are sent where coaches are: to the lowest zones, one after the other.
func TestBoatsGoToTheLowestZones(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		lowest := c.lowestFirst()
		sent := 0
		for _, p := range c.sc.Plan {
			if p.Order != sim.Orders[sim.OrderRescueZone].Name {
				continue
			}
			zone := zoneName(lowest[sent%len(lowest)])
			if i := slices.IndexFunc(p.Args, func(a sim.Arg) bool { return a.Name == "zone" }); p.Args[i].Value != zone {
				t.Errorf("boat %d goes to %s; want %s", sent, p.Args[i].Value, zone)
			}
			sent++
		}
		boats := 0
		for _, u := range c.sc.Units {
			if u.Kind == "boat" {
				boats++
			}
		}
		if sent != boats && len(lowest) > 0 {
			t.Errorf("%d of %d boats are sent", sent, boats)
		}
	})
}

// The response rises with the water: what is given by the clock is given at the start, before any gauge can have called
// for more.
func TestResponseDoesNotFall(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		for _, p := range c.sc.Plan {
			if p.Order == sim.Orders[sim.OrderResponseLevel].Name && p.At != nil && *p.At > 0 {
				t.Errorf("a response level at %v; want it at the start", *p.At)
			}
		}
	})
}

// A town has a neighbourhood committee (居委会); village committees (村委会) are those of villages.
func TestCommitteesFitTheirPlaces(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		for k, z := range c.zones {
			i := slices.IndexFunc(c.sc.Posts, func(p scenario.Post) bool { return p.Name == postName(k) })
			village := !z.quarter && c.settlements[z.settlement].rank > town
			if title := c.sc.Posts[i].Title.ZH; strings.HasSuffix(title, "村委会") != village {
				t.Errorf("the committee of %s is called %s", z.title.ZH, title)
			}
		}
	})
}
