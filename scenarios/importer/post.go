package importer

import (
	"math"
	"strings"
	"unicode"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// organise sets up everything that people command.
func (m *town) organise() error {
	if err := m.findZones(); err != nil {
		return err
	}
	m.findHalls()
	m.assignShelters()
	m.addZones()
	m.sc.Channels = channels()
	m.addPosts()
	m.addForces()
	m.addGauges()
	m.addPlan()
	m.addObjectives()
	m.rep.command(m)
	return nil
}

// plainText makes a name of the map fit for a table: one line, no control characters, not too long.
func plainText(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60])
	}
	return s
}

// channels are the ways of orders and warnings.
func channels() []scenario.Channel {
	return scenario.UsualChannels("phone", "radio", "siren", "broadcast", "door")
}

// addPosts sets up a post for the district and one for each zone.
func (m *town) addPosts() {
	m.seat = m.seatOfDistrict()
	title := with(m.placeTitle(), "应急指挥部", " emergency headquarters")
	top := scenario.NewPost("district", title, "county", pair(m.seat), 10)
	top.Public = []string{"broadcast"}
	m.sc.Posts = append(m.sc.Posts, top)
	for k := range m.zones {
		z := &m.zones[k]
		at := z.at
		if !m.inside(at) {
			at = z.ring.Centroid()
		}
		p := scenario.NewPost("v"+z.name[1:], with(z.title, "责任岗位", " post"), "village", pair(at),
			scenario.ZoneWorkers(z.persons))
		p.Superior, p.Links, p.Public = "district", []string{"phone", "radio"}, []string{"siren", "broadcast", "door"}
		m.sc.Posts = append(m.sc.Posts, p)
	}
}

// seatOfDistrict is the town hall nearest to where people live that lies above the flood, else a road there.
func (m *town) seatOfDistrict() geo.Point {
	all := make([]int, 0, len(m.houses))
	for i := range m.houses {
		all = append(all, i)
	}
	middle := m.middle(all)
	best, least := geo.Point{}, math.Inf(1)
	for i := range m.houses {
		if h := &m.houses[i]; h.kind == "townhall" && m.safe(h.at) && h.at.Dist(middle) < least {
			best, least = h.at, h.at.Dist(middle)
		}
	}
	for i := range m.sc.Nodes {
		if p := m.sc.Nodes[i].At; math.IsInf(least, 1) || least > 1e8 {
			if m.roads.core[i] && m.safe(p) && 1e9+p.Dist(middle) < least {
				best, least = p, 1e9+p.Dist(middle)
			}
		}
	}
	if math.IsInf(least, 1) {
		return m.sc.Nodes[m.door(middle)].At
	}
	return best
}

// placeTitle is the name of the place: as asked for, else that of the largest settlement, else the drill's.
func (m *town) placeTitle() sim.Text {
	if !m.p.Place.Empty() {
		return m.p.Place
	}
	best := -1
	for i := range m.settled {
		if best < 0 || m.settled[i].rank < m.settled[best].rank ||
			m.settled[i].rank == m.settled[best].rank && m.settled[i].persons > m.settled[best].persons {
			best = i
		}
	}
	if best < 0 {
		return sim.Text{ZH: m.p.Name, EN: m.p.Name}
	}
	zh, en := m.settled[best].tags.title()
	return sim.Text{ZH: plainText(zh), EN: plainText(en)}
}
