package generate

import (
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// Zones (assumed).
const (
	zonePersons = 2500 // a quarter of the county town that is moved as one
	zoneSmall   = 8    // but at most so many of a small county: its persons over this
	zoneMost    = 24   // quarters
	zoneShare   = 0.15 // a place is a zone when water may come to this share of its houses
	zoneHamlet  = 0.6  // a hamlet, when to this share
	zoneWhole   = 0.7  // below this share only the low part of a place is a zone
	zoneMargin  = 6.0  // such a zone reaches so far beyond the low blocks [m]
	coachFrom   = 40   // zones of so many persons have an assembly point
)

// zone is a transfer unit in the making.
type zone struct {
	title      sim.Text
	settlement int
	ring       geo.Polygon
	persons    int
	at         geo.Point
	quarter    bool
	below      bool    // below the dam, and not on the flood plain too
	level      float64 // of its ground above the river's bank [m]
}

// findZones lists the zones: quarters of the county town on the flood plain, and all places to which water may come.
func (c *county) findZones() []zone {
	zones := c.quarters()
	for k := 1; k < len(c.settlements); k++ {
		s := &c.settlements[k]
		if s.rank == park || len(s.blocks) == 0 {
			continue
		}
		low, share := c.lowBlocks(s)
		least := zoneShare
		if s.rank == hamlet {
			least = zoneHamlet
		}
		if share < least {
			continue
		}
		ring := s.outline
		if share < zoneWhole {
			ring = hull(low, zoneMargin)
		}
		at := ring.Centroid()
		zones = append(zones, zone{title: s.title, settlement: k, ring: ring, at: at,
			below: c.belowTheDam(at) && !c.onPlain(at)})
	}
	c.countPersons(zones)
	return slices.DeleteFunc(zones, func(z zone) bool { return z.persons == 0 })
}

// lowBlocks returns the corners of a settlement's blocks to which water may come, and the share of its households in
// them.
func (c *county) lowBlocks(s *settlement) (corners []geo.Point, share float64) {
	low, all := 0, 0
	for i := range s.blocks {
		b := &s.blocks[i]
		all += b.homes
		if c.low(b.centre()) {
			low += b.homes
			corners = append(corners, b.corner[:]...)
		}
	}
	return corners, float64(low) / float64(max(all, 1))
}

// belowTheDam says whether the flood of a breach would come to a place.
func (c *county) belowTheDam(p geo.Point) bool {
	m := c.land.dam
	if m == nil || !c.low(p) {
		return false
	}
	ch := c.land.rivers[m.river]
	for i := 0; i < len(ch.line); i += 3 {
		if ch.along[i] > m.along && ch.line[i].Dist(p) < damReach {
			return true
		}
	}
	return false
}

// quarters divides the part of the county town on the flood plain.
func (c *county) quarters() []zone {
	s := &c.settlements[0]
	low := make([]int, s.frame.rows)
	all := make([]int, s.frame.rows)
	homes := 0
	for i := range s.blocks {
		b := &s.blocks[i]
		all[b.row]++
		if c.low(b.centre()) {
			low[b.row]++
			homes += b.homes
		}
	}
	rows := 0
	for rows < len(low) && 2*low[rows] > all[rows] {
		rows++
	}
	if rows == 0 {
		return nil
	}
	most := math.Min(zonePersons, float64(c.p.Persons)/zoneSmall)
	n := num.ClampInt(float64(homes)*meanHousehold/most, 1, zoneMost)
	bands := 1
	if n >= 4 && rows >= 4 {
		bands = 2
	}
	across := max((n+bands-1)/bands, 1)
	names := [2][]sim.Text{pairs(bankQuarters), pairs(innerQuarters)}
	var zones []zone
	for band := range bands {
		for k := range across {
			i0, i1 := k*s.frame.cols/across, (k+1)*s.frame.cols/across
			j0, j1 := band*rows/bands, (band+1)*rows/bands
			ring := s.frame.ring(i0, i1, j0, j1)
			name := with(names[band][k%len(names[band])], "社区", " Community")
			zones = append(zones, zone{title: name, ring: ring, at: ring.Centroid(), quarter: true})
		}
	}
	return zones
}

// ring is the border of a rectangle of a frame's blocks.
func (f *frame) ring(i0, i1, j0, j1 int) geo.Polygon {
	var out geo.Polygon
	for i := i0; i < i1; i++ {
		out = append(out, tidy(f.at(i, j0)))
	}
	for j := j0; j < j1; j++ {
		out = append(out, tidy(f.at(i1, j)))
	}
	for i := i1; i > i0; i-- {
		out = append(out, tidy(f.at(i, j1)))
	}
	for j := j1; j > j0; j-- {
		out = append(out, tidy(f.at(i0, j)))
	}
	return out
}

// countPersons counts who lives in each zone and how high its houses stand.
func (c *county) countPersons(zones []zone) {
	people := make([]int, len(c.buildings))
	for _, h := range c.homes {
		people[h.building] += len(h.ages)
	}
	for z := range zones {
		box := geo.Bounds(zones[z].ring)
		sum := 0.0
		for b, n := range people {
			at := c.buildings[b].At
			if n > 0 && box.Contains(at) && zones[z].ring.Contains(at) {
				zones[z].persons += n
				sum += float64((c.land.ground(at) - c.land.bank(at.X)) * float64(n))
			}
		}
		zones[z].level = sum / float64(max(zones[z].persons, 1))
	}
}
