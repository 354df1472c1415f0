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

// Forces (assumed).
const (
	perCoach    = 150.0 // persons of all zones per coach
	perBoat     = 250.0 // and per boat
	coachSeats  = 45
	boatSeats   = 8
	stationMost = 4    // fire stations that send boats
	bedArea     = 80.0 // floor area of a hospital per bed [m2]
)

// addForces puts hospitals, stations and units into the scenario.
func (m *town) addForces() {
	for i := range m.houses {
		h := &m.houses[i]
		if h.kind != "hospital" {
			continue
		}
		beds, ok := parseNumber(h.tags.get("beds"))
		if !ok {
			beds = h.floors() / bedArea
		}
		m.sc.Hospitals = append(m.sc.Hospitals, scenario.Hospital{Name: fmt.Sprintf("h%02d", len(m.sc.Hospitals)+1),
			Title: m.titleOf(h.tags, kindWords["hospital"], h.at), Place: pair(m.reachable(h.at)),
			Beds: int64(num.ClampInt(beds, 5, 5000))})
	}
	coaches := m.depots()
	brigades := m.brigades()
	m.addUnits("coach", sim.Text{ZH: "大巴", EN: "Coach"}, coaches, coachSeats, num.ClampInt(float64(m.zoned())/perCoach, 2,
		100))
	m.addUnits("boat", sim.Text{ZH: "冲锋舟", EN: "Boat"}, brigades, boatSeats, num.ClampInt(float64(m.zoned())/perBoat, 2,
		60))
}

// zoned counts who lives in the zones.
func (m *town) zoned() int {
	n := 0
	for k := range m.zones {
		n += m.zones[k].persons
	}
	return n
}

// station adds a station.
func (m *town) station(name string, title sim.Text, at geo.Point) string {
	m.sc.Stations = append(m.sc.Stations, scenario.Station{Name: name, Title: title, Place: pair(m.reachable(at))})
	return name
}

// depots returns the station of the coaches: a depot of the map above the flood, else the seat of the district.
func (m *town) depots() []string {
	for i := range m.houses {
		if h := &m.houses[i]; h.kind == "depot" && m.safe(h.at) {
			return []string{m.station("coaches", m.titleOf(h.tags, kindWords["depot"], h.at), h.at)}
		}
	}
	m.rep.noDepot = true
	return []string{m.station("coaches", with(m.placeTitle(), "大巴集结点", " coach park"), m.seat)}
}

// brigades returns the stations of the boats: the fire stations nearest to the zones, those above the flood first.
func (m *town) brigades() []string {
	type choice struct {
		house int
		cost  float64
	}
	var list []choice
	for i := range m.houses {
		h := &m.houses[i]
		if h.kind != "fire_station" {
			continue
		}
		cost := math.Inf(1)
		for k := range m.zones {
			cost = math.Min(cost, h.at.Dist(m.zones[k].at))
		}
		if c, _ := m.grid.CellAt(h.at); m.margin(c) < 0 {
			cost += 1e6
		}
		list = append(list, choice{i, cost})
	}
	slices.SortStableFunc(list, func(a, b choice) int { return cmp.Compare(a.cost, b.cost) })
	var out []string
	for _, c := range list[:min(len(list), stationMost)] {
		h := &m.houses[c.house]
		out = append(out, m.station(fmt.Sprintf("f%02d", len(out)+1), m.titleOf(h.tags, kindWords["fire_station"], h.at),
			h.at))
	}
	if len(out) == 0 {
		m.rep.noBrigade = true
		out = append(out, m.station("f01", with(m.placeTitle(), "救援队驻地", " rescue base"), m.seat))
	}
	return out
}

// addUnits adds n units of a kind, by turns at their stations.
func (m *town) addUnits(kind string, title sim.Text, stations []string, seats, n int) {
	for i := range n {
		var u scenario.Unit
		scenario.Fill(&u)
		u.Name, u.Kind, u.Station, u.Seats = fmt.Sprintf("%s-%d", kind, i+1), kind, stations[i%len(stations)], int64(seats)
		u.Title = sim.Text{ZH: fmt.Sprintf("%s%d号", title.ZH, i+1), EN: fmt.Sprintf("%s %d", title.EN, i+1)}
		if kind == "boat" {
			u.Boarding, u.Assisted = sim.Minute, 2*sim.Minute
		}
		m.sc.Units = append(m.sc.Units, u)
	}
}

// Gauges (assumed).
const (
	gaugeUp    = 0.06 // place of the upper gauge along the river, share of its length
	gaugeDown  = 0.92 // of the lower one
	gaugeSnap  = 0.06 // a gauge is at a bridge when there is one within this share of the length
	alertShare = 0.75 // the warning level lies at this share of the channel's depth
	fullShare  = 0.30 // the guaranteed level lies above the bank by this share of the flood's height
	fullLeast  = 0.30 // but at least so much [m]
)

// addGauges puts gauges on the main river: where it comes onto the map, at the zones, and where it leaves.
func (m *town) addGauges() {
	r := m.river
	length := r.along[len(r.along)-1]
	near := 0.0 // station of the zones, weighted with people
	for k := range m.zones {
		c, _ := m.grid.CellAt(m.zones[k].at)
		near += r.along[m.plain.near[c]] * float64(m.zones[k].persons)
	}
	near = near / math.Max(float64(m.zoned()), 1) / length
	bridges := m.bridgesOverRiver()
	places := []struct {
		name   string
		zh, en string
		share  float64
	}{{"upper", "上游", "upper gauge", gaugeUp}, {"middle", "中游", "middle gauge", math.Min(math.Max(near, 0.2), 0.8)},
		{"lower", "下游", "lower gauge", gaugeDown}}
	zh, en := r.names.title()
	if zh == "" && en == "" {
		zh, en = "河道", "River"
	}
	for _, p := range places {
		s := m.stationAt(p.share*length, bridges, gaugeSnap*length)
		rise := m.plain.rise[r.reach(s)]
		var g scenario.Gauge
		scenario.Fill(&g)
		g.Name, g.Title = p.name, sim.Text{ZH: plainText(zh) + p.zh + "水位站", EN: plainText(en) + " " + p.en}
		g.Place = pair(r.at[s])
		alert := round(r.bank[s]-(1-alertShare)*r.depth, 2)
		full := round(r.bank[s]+math.Max(fullShare*rise, fullLeast), 2)
		g.Thresholds = []scenario.Threshold{{Level: &alert, Title: sim.Text{ZH: "警戒水位", EN: "warning level"}},
			{Level: &full, Title: sim.Text{ZH: "保证水位", EN: "guaranteed level"}}}
		m.sc.Gauges = append(m.sc.Gauges, g)
	}
}

// bridgesOverRiver returns where along the main river bridges cross it [m].
func (m *town) bridgesOverRiver() []float64 {
	var out []float64
	for i := range m.sc.Links {
		l := &m.sc.Links[i]
		if l.Form != scenario.FormBridge {
			continue
		}
		over := -1
		l.Shape.Visit(m.grid.Cell/4, func(p geo.Point) {
			if c, ok := m.grid.CellAt(p); ok && int(m.channel[c]) == m.main {
				over = c
			}
		})
		if over >= 0 {
			out = append(out, m.river.along[m.plain.near[over]])
		}
	}
	slices.Sort(out)
	return out
}

// stationAt returns the station at a distance along the river, or at the nearest bridge within reach.
func (m *town) stationAt(at float64, bridges []float64, reach float64) int {
	want, least := at, reach
	for _, b := range bridges {
		if d := math.Abs(b - at); d < least {
			want, least = b, d
		}
	}
	r := m.river
	s, _ := slices.BinarySearch(r.along, want)
	return min(max(s, 2), len(r.along)-3)
}
