package importer

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// Zones (assumed).
const (
	zoneMargin = 1.0   // houses up to so far above the estimated flood are in a zone [m]
	zoneMost   = 25    // zones
	zoneWanted = 12    // about so many, where there are people enough
	zoneLeast  = 30    // persons of a zone; fewer join the next one
	zoneLarge  = 150   // persons of a zone that is not divided
	zoneAlone  = 600.0 // people whose next zone is further away have one of their own [m]
	zoneLink   = 250.0 // houses not further apart begin as one zone [m]
	zoneEdge   = 25.0  // of a zone's border from its houses [m]
)

// zone is a transfer unit in the making.
type zone struct {
	name    string
	title   sim.Text
	site    geo.Point // places of it are nearer to this than to the site of any other zone
	houses  []int
	ring    geo.Polygon
	persons int       // residents inside the border
	at      geo.Point // middle of its residents
	margin  float64   // of its low houses above the flood, mean over those who live there [m]
}

// findZones groups the houses that the flood may reach.
func (m *town) findZones() error {
	low := m.lowHouses()
	if len(low) == 0 {
		return sim.Fail("地图上没有住宅；应有 building=…",
			"no house in which somebody lives on the map; want an extract with building=…")
	}
	sites := m.divide(low, m.firstSites(low))
	groups := m.nearestSites(low, sites)
	for k, g := range groups {
		if len(g) > 0 {
			m.zones = append(m.zones, zone{site: sites[k], houses: g})
		}
	}
	for k := range m.zones {
		m.zones[k].ring = m.border(k)
	}
	m.countZones()
	m.zones = slices.DeleteFunc(m.zones, func(z zone) bool { return z.persons == 0 || len(z.ring) < 3 })
	slices.SortStableFunc(m.zones, func(a, b zone) int { return cmp.Compare(a.margin, b.margin) })
	m.nameZones()
	return nil
}

// lowHouses returns the inhabited houses that the flood may reach; where there is none, the lowest twentieth.
func (m *town) lowHouses() []int {
	var homes, low []int
	margin := make([]float64, len(m.houses))
	for i := range m.houses {
		if h := &m.houses[i]; h.persons > 0 {
			c, _ := m.grid.CellAt(h.at)
			margin[i] = m.margin(c)
			homes = append(homes, i)
			if margin[i] < zoneMargin {
				low = append(low, i)
			}
		}
	}
	if len(low) == 0 && len(homes) > 0 {
		m.rep.nobodyLow = true
		slices.SortStableFunc(homes, func(a, b int) int { return cmp.Compare(margin[a], margin[b]) })
		low = slices.Clone(homes[:(len(homes)+19)/20])
		slices.Sort(low)
	}
	for _, i := range low {
		m.rep.lowPersons += m.houses[i].persons
	}
	return low
}

// firstSites are the middles of groups of houses: from any house of a group one comes to any other in steps of at most
// zoneLink.
func (m *town) firstSites(low []int) []geo.Point {
	type bucket [2]int32
	at := func(i int) bucket {
		p := m.houses[i].at
		return bucket{int32(math.Floor(p.X / zoneLink)), int32(math.Floor(p.Y / zoneLink))}
	}
	inside := make(map[bucket][]int) // places in low
	for n, i := range low {
		inside[at(i)] = append(inside[at(i)], n)
	}
	group := newParts(len(low))
	for n, i := range low {
		b := at(i)
		for dy := int32(-1); dy <= 1; dy++ {
			for dx := int32(-1); dx <= 1; dx++ {
				for _, k := range inside[bucket{b[0] + dx, b[1] + dy}] {
					if k < n && m.houses[low[k]].at.Dist(m.houses[i].at) <= zoneLink {
						group.join(k, n)
					}
				}
			}
		}
	}
	members := make([][]int, len(low))
	for n, i := range low {
		members[group.of(n)] = append(members[group.of(n)], i)
	}
	var sites []geo.Point
	for _, list := range members {
		if len(list) > 0 {
			sites = append(sites, tidy(m.middle(list)))
		}
	}
	return sites
}

// nearestSites groups houses by the nearest site.
func (m *town) nearestSites(low []int, sites []geo.Point) [][]int {
	groups := make([][]int, len(sites))
	for _, i := range low {
		best := 0
		for k := range sites {
			if m.houses[i].at.Dist2(sites[k]) < m.houses[i].at.Dist2(sites[best]) {
				best = k
			}
		}
		groups[best] = append(groups[best], i)
	}
	return groups
}

// residents counts who lives in some houses.
func (m *town) residents(list []int) int {
	n := 0
	for _, i := range list {
		n += m.houses[i].persons
	}
	return n
}

// middle is the mean place of who lives in some houses.
func (m *town) middle(list []int) geo.Point {
	var sum geo.Point
	n := 0.0
	for _, i := range list {
		w := float64(m.houses[i].persons)
		sum = sum.Add(m.houses[i].at.Scale(w))
		n += w
	}
	return sum.Scale(1 / math.Max(n, 1))
}

// divide makes sites of which each has neither too many nor too few people: those with few people near another one are
// given up, those with many are divided in two, until nothing is left to do.
func (m *town) divide(low []int, sites []geo.Point) []geo.Point {
	total := m.residents(low)
	most := max(zoneLarge, num.CeilInt(float64(total)/zoneWanted))
	for range 200 {
		groups := m.nearestSites(low, sites)
		if k := m.tooSmall(groups, sites); k >= 0 {
			sites = slices.Delete(slices.Clone(sites), k, k+1)
			continue
		}
		k := -1
		for i, g := range groups {
			if m.residents(g) > most && (k < 0 || m.residents(g) > m.residents(groups[k])) {
				k = i
			}
		}
		if k < 0 || len(sites) >= zoneMost {
			break
		}
		a, b, ok := m.halve(groups[k])
		if !ok {
			break
		}
		sites = append(slices.Delete(slices.Clone(sites), k, k+1), a, b)
	}
	return sites
}

// tooSmall returns the site with the fewest people among those that must be given up; -1 for none.
func (m *town) tooSmall(groups [][]int, sites []geo.Point) int {
	best := -1
	for k, g := range groups {
		n := m.residents(g)
		next := math.Inf(1)
		for j := range sites {
			if j != k {
				next = math.Min(next, sites[k].Dist(sites[j]))
			}
		}
		if len(sites) > 1 && (n == 0 || n < zoneLeast && next < zoneAlone || len(sites) > zoneMost) &&
			(best < 0 || n < m.residents(groups[best])) {
			best = k
		}
	}
	return best
}

// halve finds two sites that divide a group: two means, from the two houses furthest apart.
//
// Reference: S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28 (1982)
// 129-137.
func (m *town) halve(g []int) (a, b geo.Point, ok bool) {
	furthest := func(p geo.Point) geo.Point {
		best := p
		for _, i := range g {
			if m.houses[i].at.Dist2(p) > best.Dist2(p) {
				best = m.houses[i].at
			}
		}
		return best
	}
	a = furthest(m.middle(g))
	b = furthest(a)
	for range 12 {
		parts := m.nearestSites(g, []geo.Point{a, b})
		if len(parts[0]) == 0 || len(parts[1]) == 0 {
			return a, b, false
		}
		a, b = m.middle(parts[0]), m.middle(parts[1])
	}
	return tidy(a), tidy(b), a.Dist(b) > 4*zoneEdge
}

// border is the convex hull of a zone's houses, a little outside them, as far as the zone's site is the nearest.
func (m *town) border(k int) geo.Polygon {
	z := &m.zones[k]
	var pts []geo.Point
	for _, i := range z.houses {
		p := m.houses[i].at
		for _, d := range [4]geo.Point{{X: zoneEdge, Y: zoneEdge}, {X: -zoneEdge, Y: zoneEdge}, {X: -zoneEdge, Y: -zoneEdge},
			{X: zoneEdge, Y: -zoneEdge}} {
			pts = append(pts, p.Add(d))
		}
	}
	ring := geo.Hull(pts)
	for j := range m.zones {
		if j != k {
			other := m.zones[j].site
			mid, dir := z.site.Lerp(other, 0.5), other.Sub(z.site)
			ring = cutHalf(ring, func(p geo.Point) float64 { return (p.X-mid.X)*dir.X + (p.Y-mid.Y)*dir.Y })
		}
	}
	b := m.grid.Bounds()
	ring = cutHalf(ring, func(p geo.Point) float64 { return b.Min.X - p.X })
	ring = cutHalf(ring, func(p geo.Point) float64 { return p.X - b.Max.X })
	ring = cutHalf(ring, func(p geo.Point) float64 { return b.Min.Y - p.Y })
	ring = cutHalf(ring, func(p geo.Point) float64 { return p.Y - b.Max.Y })
	return plainRing(ring)
}

// cutHalf keeps the part of a convex ring where f, which is linear, is not positive.
func cutHalf(ring geo.Polygon, f func(geo.Point) float64) geo.Polygon {
	var out geo.Polygon
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		a, b := f(p), f(q)
		if a <= 0 {
			out = append(out, p)
		}
		if a < 0 && b > 0 || a > 0 && b < 0 {
			out = append(out, p.Lerp(q, a/(a-b)))
		}
	}
	return out
}

// plainRing rounds the corners of a ring and leaves out those that are too near to another or on a line with others.
func plainRing(ring geo.Polygon) geo.Polygon {
	var out geo.Polygon
	for _, p := range ring {
		p = tidy(p)
		if n := len(out); n == 0 || out[n-1].Dist(p) > 1 {
			out = append(out, p)
		}
	}
	for len(out) > 1 && out[0].Dist(out[len(out)-1]) <= 1 {
		out = out[:len(out)-1]
	}
	for i := 0; i < len(out) && len(out) > 2; {
		a, b := out[(i+len(out)-1)%len(out)], out[(i+1)%len(out)]
		if math.Abs(geo.Turn(a, out[i], b)) < 0.1*a.Dist(b) { // within a decimetre of their line
			out = slices.Delete(out, i, i+1)
			continue
		}
		i++
	}
	if len(out) < 3 {
		return nil
	}
	return out
}

// countZones counts who lives inside each border and where in the mean, and how high its low houses stand.
func (m *town) countZones() {
	for i := range m.houses {
		h := &m.houses[i]
		if h.persons == 0 {
			continue
		}
		for k := range m.zones {
			z := &m.zones[k]
			if !z.ring.Contains(h.at) {
				continue
			}
			z.persons += h.persons
			z.at = z.at.Add(h.at.Scale(float64(h.persons)))
			break
		}
	}
	for k := range m.zones {
		z := &m.zones[k]
		z.at = tidy(z.at.Scale(1 / math.Max(float64(z.persons), 1)))
		for _, i := range z.houses {
			c, _ := m.grid.CellAt(m.houses[i].at)
			z.margin += m.margin(c) * float64(m.houses[i].persons)
		}
		z.margin /= math.Max(float64(m.residents(z.houses)), 1)
	}
}

// nameZones names zones after the nearest place, several of one place with numbers.
func (m *town) nameZones() {
	near := make([]int, len(m.zones))
	count := make([]int, len(m.settled))
	for k := range m.zones {
		near[k] = m.nearestPlace(m.zones[k].at)
		if near[k] >= 0 {
			count[near[k]]++
		}
	}
	given := make([]int, len(m.settled))
	for k := range m.zones {
		z := &m.zones[k]
		z.name = fmt.Sprintf("z%02d", k+1)
		if near[k] < 0 {
			z.title = sim.Text{ZH: fmt.Sprintf("第%d片区", k+1), EN: fmt.Sprintf("Zone %d", k+1)}
			continue
		}
		zh, en := m.settled[near[k]].tags.title()
		z.title = sim.Text{ZH: plainText(zh) + "片区", EN: plainText(en)}
		if count[near[k]] > 1 {
			given[near[k]]++
			z.title.ZH = fmt.Sprintf("%s%d片区", plainText(zh), given[near[k]])
			z.title.EN = fmt.Sprintf("%s %d", plainText(en), given[near[k]])
		}
	}
}

// nearestPlace returns the settlement nearest to a point; -1 where the map names none.
func (m *town) nearestPlace(p geo.Point) int {
	best := -1
	for i := range m.settled {
		if best < 0 || m.settled[i].at.Dist2(p) < m.settled[best].at.Dist2(p) {
			best = i
		}
	}
	return best
}

// addZones puts the zones into the scenario, with their assembly points.
func (m *town) addZones() {
	for k := range m.zones {
		z := &m.zones[k]
		out := scenario.Zone{Name: z.name, Title: z.title, Post: "v" + z.name[1:], Shelters: m.sheltersOf(k)}
		for _, p := range z.ring {
			out.Polygon = append(out.Polygon, pair(p))
		}
		if z.persons >= coachFrom {
			out.Assembly = "a" + z.name[1:]
			m.sc.Assemblies = append(m.sc.Assemblies, scenario.AssemblyPoint{Name: out.Assembly,
				Title: with(z.title, "集合点", " assembly point"), Place: pair(m.assembly(k))})
		}
		m.sc.Zones = append(m.sc.Zones, out)
	}
}

// assembly is where a zone's coaches load: among the nodes inside it one that is high and near its middle.
func (m *town) assembly(k int) geo.Point {
	z := &m.zones[k]
	best, least := -1, math.Inf(1)
	for i := range m.sc.Nodes {
		at := m.sc.Nodes[i].At
		if !m.roads.core[i] || !z.ring.Contains(at) {
			continue
		}
		c, ok := m.grid.CellAt(at)
		if !ok {
			continue
		}
		if score := at.Dist(z.at) - assemblyHeight*math.Min(m.margin(c), 3); score < least {
			best, least = i, score
		}
	}
	if best < 0 {
		return m.sc.Nodes[m.door(z.at)].At
	}
	return m.sc.Nodes[best].At
}

// Coaches and assembly points (assumed).
const (
	coachFrom      = 40    // persons of a zone from which on it has an assembly point
	assemblyHeight = 100.0 // of the way that a metre of height is worth [m]
)

// with adds a word to a name.
func with(t sim.Text, zh, en string) sim.Text { return sim.Text{ZH: t.ZH + zh, EN: t.EN + en} }
