package generate

import (
	"fmt"
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// How institutions leave (assumed; a nursing home takes longer than a school because nobody walks to the coach alone).
const (
	readySchool = 20 * sim.Minute
	readyCare   = 60 * sim.Minute
)

// addInstitutions lists those in zones: schools keep their pupils until they are fetched, nursing homes
// leave, and the hospital, which has storeys, brings its patients upstairs.
func (c *county) addInstitutions() {
	add := func(b int, kind string, change func(*scenario.Institution)) {
		in := scenario.Filled[scenario.Institution]()
		in.Name, in.Title = fmt.Sprintf("i%02d", len(c.sc.Institutions)+1), c.titleOf(b)
		in.Kind, in.Building = kind, int64(b)
		change(&in)
		c.sc.Institutions = append(c.sc.Institutions, in)
	}
	for b := range c.buildings {
		if c.zoneAt(c.buildings[b].At) < 0 {
			continue // nobody tells it to leave
		}
		switch c.buildings[b].Use {
		case scenario.UseSchool:
			add(b, "school", func(in *scenario.Institution) {
				in.Ready, in.ReadyT90, in.Pupils = readySchool, 2*readySchool, "keep"
			})
		case scenario.UseCare:
			add(b, "care", func(in *scenario.Institution) { in.Ready, in.ReadyT90 = readyCare, 2*readyCare })
		case scenario.UseHospital:
			add(b, "hospital", func(in *scenario.Institution) { in.Plan = "up" })
		}
	}
}

// titleOf is the name of a building on screen.
func (c *county) titleOf(b int) sim.Text {
	if title, ok := c.titles[b]; ok {
		return title
	}
	return sim.Said(c.buildings[b].Name)
}

// zoneAt returns the zone at a place, -1 for none.
func (c *county) zoneAt(at geo.Point) int {
	return slices.IndexFunc(c.zones, func(z zone) bool { return z.ring.Contains(at) })
}
