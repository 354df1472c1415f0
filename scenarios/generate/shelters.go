package generate

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// Shelters (assumed).
const (
	shelterSpare  = 1.25 // capacity of a shelter over those who are sent there, as far as it has room
	shelterTight  = 0.85 // of every fourth one
	shelterFull   = 20.0 // a zone rather goes so much further than that a shelter has one person too many [m]
	deskPersons   = 400  // persons per registration desk
	doorStaff     = 2    // at the door, besides those at the desks
	areaPerson    = 1.0  // floor for a person for some days [m2] (GB 51143-2015, temporary: recalled)
	specialPlaces = 40   // persons of capacity to one bed or wheelchair place
	lowFactor     = 2.0  // a metre of way over low ground counts so many metres more
	lowStep       = 60.0 // such ways are looked at in steps of so much [m]
)

// hall is an institution that may become a shelter.
type hall struct {
	institution
	planned int
	name    string // of the shelter; empty while nobody is sent there
}

// addShelters sends each zone to the nearest halls on ground that no water reaches, and opens those that are needed.
func (c *county) addShelters() {
	var halls []hall
	for _, h := range c.halls {
		if !h.low && c.dry(h.at) && !slices.ContainsFunc(c.zones, func(z zone) bool { return z.ring.Contains(h.at) }) {
			halls = append(halls, hall{institution: h})
		}
	}
	if len(halls) == 0 { // nothing is quite safe: the best there is
		halls = append(halls, hall{institution: c.safest()})
	}
	c.shelterOf = make([][]string, len(c.zones))
	used := 0
	for k, z := range c.zones {
		h := &halls[c.nearestHall(halls, z, shelterFull, func(h *hall) bool { return true })]
		if h.name == "" {
			used++
			h.name = fmt.Sprintf("s%02d", used)
		}
		h.planned += z.persons
		c.shelterOf[k] = []string{h.name}
	}
	for k, z := range c.zones {
		first := c.shelterOf[k][0]
		if i := c.nearestHall(halls, z, 0, func(h *hall) bool { return h.name != "" && h.name != first }); i >= 0 {
			c.shelterOf[k] = append(c.shelterOf[k], halls[i].name)
		}
	}
	slices.SortFunc(halls, func(a, b hall) int { return cmp.Compare(a.name, b.name) })
	for _, h := range halls {
		if h.name != "" {
			c.sc.Shelters = append(c.sc.Shelters, c.shelter(h))
		}
	}
}

// nearestHall returns the nearest hall for a zone among those that are kept, each person too many counting so many
// metres; -1 for none. Where two are equally far the first one has it.
func (c *county) nearestHall(halls []hall, z zone, full float64, keep func(*hall) bool) int {
	best, least := -1, math.Inf(1)
	for i := range halls {
		h := &halls[i]
		if !keep(h) {
			continue
		}
		d := z.at.Dist(h.at) + c.lowWay(z, h.at) + float64(full*math.Max(float64(h.planned+z.persons-h.room), 0))
		if (z.at.Y > c.riverY(z.at.X)) != (h.at.Y > c.riverY(h.at.X)) {
			d += crossPenalty
		}
		if d < least {
			best, least = i, d
		}
	}
	return best
}

// lowWay is the penalty for ground outside a zone to which water may come, on the straight way from it to a place [m].
func (c *county) lowWay(z zone, to geo.Point) float64 {
	sum, last := 0.0, z.at
	geo.Line{z.at, to}.Visit(lowStep, func(p geo.Point) {
		if c.low(p) && !z.ring.Contains(p) {
			sum += float64(lowFactor * p.Dist(last))
		}
		last = p
	})
	return sum
}

// safest is the hall that stands highest above the flood plain.
func (c *county) safest() institution {
	best := c.halls[0]
	for _, h := range c.halls {
		if c.land.ground(h.at)-c.land.bank(h.at.X) > c.land.ground(best.at)-c.land.bank(best.at.X) {
			best = h
		}
	}
	return best
}

// shelter makes a shelter of a hall; every fourth one is tight.
func (c *county) shelter(h hall) scenario.Shelter {
	var s scenario.Shelter
	scenario.Fill(&s)
	spare := shelterSpare
	if len(c.sc.Shelters)%4 == 2 && h.planned > 200 {
		spare = shelterTight
	}
	s.Name, s.Title, s.Place = h.name, with(h.title, "避难场所", " Shelter"), pair(c.buildings[h.building].At)
	most := math.Max(float64(h.room), float64(shelterTight*float64(h.planned)))
	s.Capacity = int64(max(num.CeilInt(math.Min(float64(h.planned)*spare, most)/50)*50, 100))
	s.Desks = int64(max(num.CeilInt(float64(h.planned)/deskPersons), 2))
	s.Staff = s.Desks + doorStaff
	building := int64(h.building)
	s.Building = &building
	s.Area = float64(s.Capacity) * areaPerson
	s.Special = max(s.Capacity/specialPlaces, 2)
	return s
}
