package generate

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

// Zones, shelters and forces (assumed).
const (
	zonePersons   = 2500 // a quarter of the county town that is moved as one
	zoneMost      = 24   // quarters
	zoneShare     = 0.3  // a place is a zone when water may come to this share of its houses
	coachFrom     = 40   // zones of so many persons have an assembly point
	shelterSpare  = 1.25 // capacity of a shelter over those who are sent there
	shelterTight  = 0.85 // of every fourth one
	shelterSpread = 2500 // a shelter is planned for at most so many before the next nearest is taken
	deskPersons   = 400  // persons per registration desk
	perCoach      = 2000 // persons of the county per coach
	perBoat       = 5000 // and per boat
	coachSeats    = 45
	boatSeats     = 8
	bedShare      = 0.004 // hospital beds per person
)

// zone is a transfer unit in the making.
type zone struct {
	title      sim.Text
	settlement int
	ring       geo.Polygon
	persons    int
	at         geo.Point
	quarter    bool
	below      bool    // below the dam
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
		low, all, below := 0, 0, 0
		for b := s.houses[0]; b < s.houses[1]; b++ {
			all++
			if c.low(c.buildings[b].At) {
				low++
			}
			if c.belowTheDam(c.buildings[b].At) {
				below++
			}
		}
		if float64(low) < float64(zoneShare*float64(all)) {
			continue
		}
		zones = append(zones, zone{title: s.title, settlement: k, ring: s.outline, at: s.at, below: 2*below > all})
	}
	c.countPersons(zones)
	return slices.DeleteFunc(zones, func(z zone) bool { return z.persons == 0 })
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
	n := num.ClampInt(float64(homes)*meanHousehold/zonePersons, 1, zoneMost)
	bands := 1
	if n >= 4 && rows >= 4 {
		bands = 2
	}
	across := max((n+bands-1)/bands, 1)
	names := [2][]string{{"滨江", "西门", "码头", "东门", "沿河", "老街", "船厂", "江滩", "渡口", "河街", "下河", "柳堤"},
		{"城西", "文昌", "鼓楼", "城东", "南市", "北市", "三元", "四方", "五里", "六合", "七里", "八角"}}
	english := [2][]string{{"Riverside", "West Gate", "Quay", "East Gate", "Waterfront", "Old Street", "Shipyard", "River Flat", "Ferry",
		"River Street", "Lower Bank", "Willow Dyke"}, {"West Town", "Wenchang", "Drum Tower", "East Town", "South Market", "North Market",
		"Sanyuan", "Sifang", "Wuli", "Liuhe", "Qili", "Bajiao"}}
	var zones []zone
	for band := range bands {
		for k := range across {
			i0, i1 := k*s.frame.cols/across, (k+1)*s.frame.cols/across
			j0, j1 := band*rows/bands, (band+1)*rows/bands
			ring := s.frame.ring(i0, i1, j0, j1)
			name := sim.Text{ZH: names[band][k%12], EN: english[band][k%12]}
			zones = append(zones, zone{title: with(name, "社区", " Community"), ring: ring, at: ring.Centroid(), quarter: true})
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
			if n > 0 && at.X >= box.Min.X && at.X <= box.Max.X && at.Y >= box.Min.Y && at.Y <= box.Max.Y && zones[z].ring.Contains(at) {
				zones[z].persons += n
				sum += float64((c.land.ground(at) - c.land.bank(at.X)) * float64(n))
			}
		}
		zones[z].level = sum / float64(max(zones[z].persons, 1))
	}
}

// command sets up everything that people command: zones, posts, channels, shelters, stations, units, gauges.
func (c *county) command() {
	sc := c.sc
	c.zones = c.findZones()
	sc.Channels = channels()
	c.addPosts()
	c.addShelters()
	for k, z := range c.zones {
		out := scenario.Zone{Name: zoneName(k), Title: z.title, Post: postName(k), Shelters: c.shelterOf[k]}
		for _, p := range z.ring {
			out.Polygon = append(out.Polygon, [2]float64{p.X, p.Y})
		}
		if z.persons >= coachFrom {
			out.Assembly = "a" + zoneName(k)[1:]
			sc.Assemblies = append(sc.Assemblies, scenario.AssemblyPoint{Name: out.Assembly, Title: with(z.title, "集合点", " Assembly Point"),
				Place: pair(c.assembly(k))})
		}
		sc.Zones = append(sc.Zones, out)
	}
	sc.Hospitals = []scenario.Hospital{{Name: "hospital", Title: c.hospital.title, Place: pair(c.buildings[c.hospital.building].At),
		Beds: int64(max(num.RoundInt(bedShare*float64(c.p.Persons)), 5))}}
	c.addUnits()
	c.addGauges()
}

func zoneName(k int) string { return fmt.Sprintf("z%02d", k+1) }
func postName(k int) string { return fmt.Sprintf("v%02d", k+1) }

// assembly is where a zone's coaches load: its highest street corner among those near the middle.
func (c *county) assembly(k int) geo.Point {
	z := &c.zones[k]
	s := &c.settlements[z.settlement]
	best, bestScore := z.at, math.Inf(1)
	for n := s.nodes[0]; n < s.nodes[1]; n++ {
		at := c.nodes[n].At
		if !z.ring.Contains(at) {
			continue
		}
		if score := at.Dist(z.at) - float64(150*c.land.ground(at)); score < bestScore {
			best, bestScore = at, score
		}
	}
	return best
}

// channels are the ways of orders and warnings. Delays and reach are assumed.
func channels() []scenario.Channel {
	make := func(name, zh, en, use string, t50, t90 sim.Duration, day, night float64) scenario.Channel {
		var ch scenario.Channel
		scenario.Fill(&ch)
		ch.Name, ch.Title, ch.Use = name, sim.Text{ZH: zh, EN: en}, use
		ch.DelayT50, ch.DelayT90, ch.Reach, ch.Night = t50, t90, day, night
		return ch
	}
	s, m := sim.Second, sim.Minute
	return []scenario.Channel{
		make("phone", "电话", "Telephone", "command", 20*s, 2*m, 1, 1),
		make("radio", "370兆应急电台", "370 MHz radio", "command", 15*s, 90*s, 1, 1),
		make("satphone", "卫星电话", "Satellite phone", "command", 60*s, 5*m, 1, 1),
		make("loudspeaker", "应急广播（大喇叭）", "Village loudspeakers", "public", 1*m, 5*m, 0.75, 0.55),
		make("broadcast", "短信与小区广播", "SMS and cell broadcast", "public", 2*m, 12*m, 0.70, 0.40),
		make("wechat", "微信群", "WeChat groups", "public", 5*m, 40*m, 0.55, 0.20),
		make("gong", "铜锣与手摇报警器", "Gong and hand siren", "public", 8*m, 25*m, 0.45, 0.55),
		make("door", "入户叫应", "Door to door", "door", 0, 1*m, 1, 1),
	}
}

// addPosts sets up the chain of command: county, towns, and a village or community for each zone.
func (c *county) addPosts() {
	post := func(name string, title sim.Text, level, superior string, at geo.Point, workers int) scenario.Post {
		var p scenario.Post
		scenario.Fill(&p)
		p.Name, p.Title, p.Level, p.Superior, p.Place, p.Workers = name, title, level, superior, pair(at), int64(workers)
		return p
	}
	sc := c.sc
	county := post("county", with(c.placeTitle, "应急指挥部", " Emergency Headquarters"), "county", "", c.buildings[c.offices[0].building].At, 20)
	county.Public = []string{"broadcast"}
	sc.Posts = append(sc.Posts, county)
	seat := make([]string, len(c.settlements))
	n := 0
	for k := range c.settlements {
		s := &c.settlements[k]
		if s.rank > town || len(s.blocks) == 0 {
			continue
		}
		title, at := with(s.title, "指挥所", " Command Post"), s.at
		if k == 0 && c.p.Persons >= townsFrom {
			title = sim.Text{ZH: "城关镇指挥所", EN: "Chengguan Town Command Post"}
		} else if k > 0 {
			at = c.buildings[c.offices[k].building].At
		} else {
			at = c.buildings[c.hospital.building].At
		}
		n++
		seat[k] = fmt.Sprintf("t%02d", n)
		p := post(seat[k], title, "town", "county", at, 8)
		p.Links, p.Public = []string{"phone", "radio", "satphone"}, []string{"broadcast"}
		sc.Posts = append(sc.Posts, p)
	}
	for k, z := range c.zones {
		title, workers := with(z.title, "村委会", " Committee"), max(2, z.persons/150)
		links, public := []string{"phone", "radio"}, []string{"loudspeaker", "wechat", "gong", "door"}
		if z.quarter {
			title = with(z.title, "居委会", " Committee")
			links, public = []string{"phone", "radio"}, []string{"loudspeaker", "broadcast", "wechat", "door"}
		}
		p := post(postName(k), title, "village", seat[c.settlements[z.settlement].seat], z.at, workers)
		if at := c.settlements[z.settlement].seat; z.settlement == 0 || c.settlements[z.settlement].rank == town {
			at = z.settlement
			p.Superior = seat[at]
		}
		p.Links, p.Public = links, public
		sc.Posts = append(sc.Posts, p)
	}
}

// addShelters sends each zone to the nearest halls on ground that no water reaches, and opens those that are needed.
func (c *county) addShelters() {
	type hall struct {
		institution
		planned int
		name    string
	}
	var halls []hall
	for _, h := range c.halls {
		if !h.low {
			halls = append(halls, hall{institution: h})
		}
	}
	distance := func(a, b geo.Point) float64 {
		d := a.Dist(b)
		if (a.Y > c.riverY(a.X)) != (b.Y > c.riverY(b.X)) {
			d += crossPenalty
		}
		return d
	}
	c.shelterOf = make([][]string, len(c.zones))
	used := 0
	for k, z := range c.zones {
		order := make([]int, len(halls))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int {
			return cmp.Compare(distance(z.at, halls[a].at)+float64(halls[a].planned), distance(z.at, halls[b].at)+float64(halls[b].planned))
		})
		for n, i := range order[:min(2, len(order))] {
			h := &halls[i]
			if h.name == "" {
				used++
				h.name = fmt.Sprintf("s%02d", used)
			}
			if n == 0 {
				h.planned += z.persons
			}
			c.shelterOf[k] = append(c.shelterOf[k], h.name)
		}
	}
	for _, h := range halls {
		if h.name != "" {
			c.sc.Shelters = append(c.sc.Shelters, c.shelter(h.institution, h.name, h.planned))
		}
	}
	slices.SortFunc(c.sc.Shelters, func(a, b scenario.Shelter) int { return cmp.Compare(a.Name, b.Name) })
}

// shelter makes a shelter of a hall for so many persons; every fourth one is tight.
func (c *county) shelter(h institution, name string, planned int) scenario.Shelter {
	var s scenario.Shelter
	scenario.Fill(&s)
	spare := shelterSpare
	if len(c.sc.Shelters)%4 == 2 && planned > 200 {
		spare = shelterTight
	}
	s.Name, s.Title, s.Place = name, with(h.title, "避难场所", " Shelter"), pair(c.buildings[h.building].At)
	s.Capacity = int64(max(num.CeilInt(float64(planned)*spare/50)*50, 100))
	s.Desks = int64(max(num.CeilInt(float64(planned)/deskPersons), 2))
	return s
}

// addUnits stations coaches and boats.
func (c *county) addUnits() {
	sc := c.sc
	sc.Stations = []scenario.Station{{Name: "coaches", Title: c.coaches.title, Place: pair(c.buildings[c.coaches.building].At)},
		{Name: "brigade", Title: c.brigade.title, Place: pair(c.buildings[c.brigade.building].At)}}
	var coach, boat scenario.Unit
	scenario.Fill(&coach)
	scenario.Fill(&boat)
	coach.Name, coach.Title, coach.Kind, coach.Station = "coach", sim.Text{ZH: "大巴", EN: "Coach"}, "coach", "coaches"
	coach.Seats, coach.Count = coachSeats, int64(num.ClampInt(float64(c.p.Persons)/perCoach, 2, 400))
	boat.Name, boat.Title, boat.Kind, boat.Station = "boat", sim.Text{ZH: "冲锋舟", EN: "Boat"}, "boat", "brigade"
	boat.Seats, boat.Count = boatSeats, int64(num.ClampInt(float64(c.p.Persons)/perBoat, 2, 150))
	boat.Boarding, boat.Assisted = 60*sim.Second, 120*sim.Second
	sc.Units, _ = scenario.Expand([]scenario.Unit{coach, boat})
}

// Gauges (assumed): warning levels over the bank and the dyke.
const (
	alertBelow   = 0.4 // the warning level (警戒水位) lies so far below the bank [m]
	ensureBelow  = 0.7 // the guaranteed level (保证水位) lies so far below the dyke's crest [m]
	ensureAbove  = 0.6 // and where there is no dyke, so far above the bank [m]
	upstreamAt   = 0.13
	downstreamAt = 0.88
)

// addGauges puts gauges on the main river above, at and below the county town, and one on the reservoir.
func (c *county) addGauges() {
	l := c.land
	gauge := func(name string, title sim.Text, x, ensure float64) {
		at := c.riverAt(x)
		bank := l.bank(at.X)
		c.addGauge(name, title, at, []scenario.Threshold{
			{Level: round(bank-alertBelow, 2), Title: sim.Text{ZH: "警戒水位", EN: "warning level"}},
			{Level: round(bank+ensure, 2), Title: sim.Text{ZH: "保证水位", EN: "guaranteed level"}}})
	}
	ensure := ensureAbove
	if l.dyke != nil {
		ensure = dykeBase + float64(dykeShare*l.bankDepth()) - ensureBelow
	}
	base := c.base()
	gauge("upstream", sim.Text{ZH: "上游水文站", EN: "Upstream gauge"}, upstreamAt*c.p.Width, ensureAbove)
	gauge("town", sim.Text{ZH: base.ZH + "水文站", EN: base.EN + " gauge"}, l.town.x, ensure)
	gauge("downstream", sim.Text{ZH: "下游水文站", EN: "Downstream gauge"}, downstreamAt*c.p.Width, ensureAbove)
	if m := l.dam; m != nil && len(m.pool) > 0 {
		c.addGauge("reservoir", with(c.damName(), "水库水位站", " Reservoir gauge"), l.centre(m.pool[0]), []scenario.Threshold{
			{Level: round(m.normal, 2), Title: sim.Text{ZH: "正常蓄水位", EN: "normal level"}},
			{Level: round(m.crest-freeboard, 2), Title: sim.Text{ZH: "设计洪水位", EN: "design flood level"}},
			{Level: round(m.crest-0.5, 2), Title: sim.Text{ZH: "校核洪水位", EN: "check flood level"}}})
	}
}

func (c *county) addGauge(name string, title sim.Text, at geo.Point, list []scenario.Threshold) {
	var g scenario.Gauge
	scenario.Fill(&g)
	g.Name, g.Title, g.Place, g.Thresholds = name, title, pair(at), list
	c.sc.Gauges = append(c.sc.Gauges, g)
}

// riverAt is the middle of the main river at x, at the centre of a cell of its channel.
func (c *county) riverAt(x float64) geo.Point {
	best, dist := c.land.main.cells[0], math.Inf(1)
	for _, cell := range c.land.main.cells {
		if d := math.Abs(c.land.centre(cell).X - x); d < dist {
			best, dist = cell, d
		}
	}
	return c.land.centre(best)
}
