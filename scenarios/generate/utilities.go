package generate

import (
	"fmt"
	"math"

	"sandtable/sim/scenario"
)

// addUtilities sets up what feeds the zones with power, a substation in each town, and what carries the public network,
// a base station in each place that is more than a hamlet. They stand in the middle of their place, on the ground; a
// hamlet has the nearest base station.
func (c *county) addUtilities() {
	power, network := make([][]string, len(c.settlements)), make([][]string, len(c.settlements))
	for k, z := range c.zones {
		seat := c.settlements[z.settlement].seat
		if c.settlements[z.settlement].rank <= town {
			seat = z.settlement
		}
		power[seat] = append(power[seat], zoneName(k))
		mast := c.mast(z)
		network[mast] = append(network[mast], zoneName(k))
	}
	for k := range c.settlements {
		s := &c.settlements[k]
		if len(power[k]) > 0 {
			u := scenario.Filled[scenario.Utility]()
			u.Name, u.Kind, u.Zones = fmt.Sprintf("power-%02d", k), "power", power[k]
			u.Title, u.Place = with(s.title, "变电站", " Substation"), pair(s.at)
			c.sc.Utilities = append(c.sc.Utilities, u)
		}
		if len(network[k]) > 0 {
			u := scenario.Filled[scenario.Utility]()
			u.Name, u.Kind, u.Zones = fmt.Sprintf("mast-%02d", k), "network", network[k]
			u.Title, u.Place = with(s.title, "通信基站", " Base Station"), pair(s.at)
			c.sc.Utilities = append(c.sc.Utilities, u)
		}
	}
}

// mast returns the settlement whose base station serves a zone: its own, or the nearest one that is more than a hamlet.
func (c *county) mast(z zone) int {
	best, least := z.settlement, math.Inf(1)
	for k := range c.settlements {
		s := &c.settlements[k]
		if s.rank >= hamlet || len(s.blocks) == 0 {
			continue
		}
		if d := s.at.Dist(z.at); k == z.settlement || d < least {
			best, least = k, d
		}
		if k == z.settlement {
			break
		}
	}
	return best
}
