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

// Every deployment comes about on the gauge alone, and on a forecast of its next higher level too where there are
// forecasts; the one that has everybody prepare on a forecast of the same level, for that costs little.
func TestDeploymentsActOnForecasts(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		for _, d := range c.sc.Deployments {
			var levels []float64 // on the gauge, then foreseen
			for _, lead := range []bool{false, true} {
				for _, p := range c.sc.Plan {
					sends := slices.ContainsFunc(p.Args, func(a sim.Arg) bool { return a.Name == "deployment" && a.Value == d.Name })
					if sends && (p.Lead > 0) == lead {
						levels = append(levels, p.Above)
					}
				}
			}
			want := 1
			if c.forecast() != nil {
				want = 2
			}
			if len(levels) != want {
				t.Errorf("%s comes about at levels %v; want %d of them", d.Title.EN, levels, want)
			} else if want == 2 && (levels[1] > levels[0]) == prepares(c, d.Name) {
				t.Errorf("%s comes about at %g m, or foreseen at %g m", d.Title.EN, levels[0], levels[1])
			}
		}
	})
}

// prepares says whether a deployment has people prepare.
func prepares(c *county, deployment string) bool {
	return slices.ContainsFunc(c.sc.Items, func(x scenario.DeploymentItem) bool {
		return x.Of == deployment && x.Order == sim.Orders[sim.OrderPrepareZone].Name
	})
}

// Every zone is told to prepare and to move.
func TestEveryZoneIsInThePlan(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		for k := range c.zones {
			for _, order := range []sim.OrderID{sim.OrderPrepareZone, sim.OrderEvacuateZone} {
				if !slices.ContainsFunc(c.sc.Items, func(x scenario.DeploymentItem) bool {
					return x.Order == sim.Orders[order].Name && slices.Contains(x.Args, sim.Arg{Name: "zone", Value: zoneName(k)})
				}) {
					t.Errorf("no deployment has %s told to %s", zoneName(k), sim.Orders[order].Name)
				}
			}
		}
	})
}

// What people read does not say twice what it is: an order begins with "consultation", or "deployment", by itself.
func TestTitlesDoNotRepeatWhatTheyAre(t *testing.T) {
	eachCounty(t, func(t *testing.T, c *county) {
		for _, m := range c.sc.Meetings {
			if strings.Contains(m.Title.ZH, "会商") || strings.Contains(m.Title.EN, "onsultation") {
				t.Errorf("a consultation is called %s, %s", m.Title.ZH, m.Title.EN)
			}
		}
		for _, d := range c.sc.Deployments {
			if strings.Contains(d.Title.ZH, "部署") || strings.Contains(d.Title.EN, "eployment") {
				t.Errorf("a deployment is called %s, %s", d.Title.ZH, d.Title.EN)
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
