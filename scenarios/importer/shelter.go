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

// Shelters. Area per person: GB 51143-2015, short-term (15 days) inside, temporary (3 days) in the open; the rest is
// assumed.
const (
	insideArea     = 2.0    // effective area per person in buildings [m2]
	openArea       = 1.0    // in the open [m2]
	usableShare    = 0.6    // of the floor, or of the open ground, can be used (assumed)
	safeMargin     = 2.0    // height of a shelter's ground above the estimated flood [m] (assumed)
	safeDistance   = 100.0  // from the river [m] (assumed)
	openSize       = 1000.0 // of open ground that is proposed [m2]
	openPenalty    = 600.0  // what open ground is worse than a roof, in way [m]
	crossPenalty   = 2500.0 // what a shelter beyond the river is worse, in way [m]
	tightPenalty   = 800.0  // what a shelter is worse that has not room for all of a zone, in way [m]
	smallHall      = 25     // persons; smaller halls are no shelters
	shelterSpare   = 1.25   // capacity over those who are sent there, as far as there is room
	deskPersons    = 300    // persons per registration desk
	shelterSeveral = 4      // shelters of a zone at most
)

// hall is a place that may become a shelter.
type hall struct {
	title   sim.Text
	at      geo.Point
	room    int // persons
	open    bool
	planned int
	name    string // of the shelter; "" while nobody is sent there
}

// kindWords name institutions that have no name.
var kindWords = map[string]sim.Text{"school": {ZH: "学校", EN: "school"}, "kindergarten": {ZH: "幼儿园", EN: "kindergarten"},
	"townhall": {ZH: "镇公所", EN: "town hall"}, "hall": {ZH: "会堂", EN: "hall"}, "church": {ZH: "教堂", EN: "church"},
	"hospital": {ZH: "医院", EN: "hospital"}, "fire_station": {ZH: "消防站", EN: "fire station"},
	"care": {ZH: "养老院", EN: "nursing home"}, "depot": {ZH: "车站", EN: "coach depot"}}

// shelterKinds are the institutions that can be shelters.
var shelterKinds = []string{"school", "kindergarten", "townhall", "hall", "church"}

// findHalls lists the public buildings and open grounds that lie high enough and outside all zones.
func (m *town) findHalls() {
	for i := range m.houses {
		h := &m.houses[i]
		if !slices.Contains(shelterKinds, h.kind) || !m.safe(h.at) {
			continue
		}
		m.addHall(hall{title: m.titleOf(h.tags, kindWords[h.kind], h.at), at: h.at,
			room: num.FloorInt(usableShare * h.floors() / insideArea)})
	}
	for i := range m.surfaces {
		a := &m.surfaces[i]
		if a.tags.get("building") != "" || a.size < openSize || !a.tags.is("leisure", "pitch", "park", "common", "track") &&
			!a.tags.is("landuse", "recreation_ground", "village_green") && !a.tags.is("amenity", "parking") {
			continue
		}
		if at := tidy(a.centre()); m.inside(at) && m.safe(at) {
			m.addHall(hall{title: m.titleOf(a.tags, sim.Text{ZH: "空地", EN: "open ground"}, at), at: at, open: true,
				room: num.FloorInt(usableShare * a.size / openArea)})
		}
	}
}

func (m *town) addHall(h hall) {
	if h.room >= smallHall {
		h.room = min(h.room, 20_000)
		m.halls = append(m.halls, h)
	}
}

// safe says whether a place is high enough above the flood, away from the river and in no zone.
func (m *town) safe(p geo.Point) bool {
	c, ok := m.grid.CellAt(p)
	if !ok || m.channel[c] >= 0 || m.margin(c) < safeMargin {
		return false
	}
	if m.river.at[m.plain.near[c]].Dist(p) < safeDistance {
		return false
	}
	return !slices.ContainsFunc(m.zones, func(z zone) bool { return z.ring.Contains(p) })
}

// titleOf is the name that the map gives, else that of the nearest place with a word.
func (m *town) titleOf(t tags, word sim.Text, at geo.Point) sim.Text {
	if zh, en := t.title(); zh != "" || en != "" {
		return sim.Text{ZH: plainText(zh), EN: plainText(en)}
	}
	if k := m.nearestPlace(at); k >= 0 {
		zh, en := m.settled[k].tags.title()
		return sim.Text{ZH: plainText(zh) + word.ZH, EN: plainText(en) + " " + word.EN}
	}
	return word
}

// assignShelters sends each zone, the lowest first, to the best places: near, on the same side of the river, with a
// roof, with room for all. Where the map has no room left, open ground at a high road is proposed.
func (m *town) assignShelters() {
	m.shelterOf = make([][]int, len(m.zones))
	for k := range m.zones {
		left := m.zones[k].persons
		for left > 0 {
			h := m.bestHall(k, left)
			if h < 0 || len(m.shelterOf[k]) == shelterSeveral-1 && m.halls[h].room-m.halls[h].planned < left {
				h = m.openGround(k, left)
			}
			take := min(left, m.halls[h].room-m.halls[h].planned)
			m.halls[h].planned += take
			left -= take
			m.shelterOf[k] = append(m.shelterOf[k], h)
		}
	}
	used := 0
	for h := range m.halls {
		if m.halls[h].planned > 0 {
			used++
			m.halls[h].name = fmt.Sprintf("s%02d", used)
			m.sc.Shelters = append(m.sc.Shelters, m.shelter(&m.halls[h]))
		}
	}
}

// bestHall returns the best hall with room for somebody of a zone; -1 for none.
func (m *town) bestHall(k, left int) int {
	best, least := -1, math.Inf(1)
	for i := range m.halls {
		h := &m.halls[i]
		free := h.room - h.planned
		if free < min(left, smallHall) || slices.Contains(m.shelterOf[k], i) {
			continue
		}
		d := h.at.Dist(m.zones[k].at)
		if h.open {
			d += openPenalty
		}
		if free < left {
			d += tightPenalty
		}
		if m.acrossRiver(h.at, m.zones[k].at) {
			d += crossPenalty
		}
		if d < least {
			best, least = i, d
		}
	}
	return best
}

// acrossRiver says whether the straight way between two places crosses the main river an odd number of times.
func (m *town) acrossRiver(p, q geo.Point) bool {
	crossed := false
	for i := 1; i < len(m.river.line); i++ {
		a, b := m.river.line[i-1], m.river.line[i]
		if (geo.Turn(p, q, a) > 0) != (geo.Turn(p, q, b) > 0) && (geo.Turn(a, b, p) > 0) != (geo.Turn(a, b, q) > 0) {
			crossed = !crossed
		}
	}
	return crossed
}

// openGround proposes a field at a road above the flood, as near to a zone as there is one; failing that, the highest.
func (m *town) openGround(k, persons int) int {
	at, least := geo.Point{}, math.Inf(1)
	high, top := geo.Point{}, math.Inf(-1)
	for i := range m.sc.Nodes {
		p := m.sc.Nodes[i].At
		c, ok := m.grid.CellAt(p)
		if !m.roads.core[i] || !ok {
			continue
		}
		if v := m.margin(c); v > top {
			high, top = p, v
		}
		if d := p.Dist(m.zones[k].at); d < least && m.safe(p) {
			if m.acrossRiver(p, m.zones[k].at) {
				d += crossPenalty
			}
			if d < least {
				at, least = p, d
			}
		}
	}
	if math.IsInf(least, 1) {
		at = high
	}
	m.rep.fields++
	m.halls = append(m.halls, hall{title: m.titleOf(nil, sim.Text{ZH: "高地空场", EN: "high ground"}, at), at: at, open: true,
		room: persons})
	return len(m.halls) - 1
}

// shelter makes a shelter of a hall.
func (m *town) shelter(h *hall) scenario.Shelter {
	var s scenario.Shelter
	scenario.Fill(&s)
	s.Name, s.Title, s.Place = h.name, with(h.title, "避难场所", " shelter"), pair(m.reachable(h.at))
	room := max(h.room, h.planned)
	s.Capacity = int64(max(min(roundUp(float64(h.planned)*shelterSpare, 10), room), h.planned))
	s.Desks = int64(max(num.CeilInt(float64(h.planned)/deskPersons), 2))
	return s
}

// sheltersOf names the shelters of a zone, the nearest first.
func (m *town) sheltersOf(k int) []string {
	list := slices.Clone(m.shelterOf[k])
	slices.SortStableFunc(list, func(a, b int) int {
		return cmp.Compare(m.halls[a].at.Dist(m.zones[k].at), m.halls[b].at.Dist(m.zones[k].at))
	})
	var out []string
	for _, h := range list {
		out = append(out, m.halls[h].name)
	}
	return out
}
