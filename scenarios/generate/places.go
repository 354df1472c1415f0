package generate

import (
	"math"
	"strings"

	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// site says where in a settlement an institution stands.
type site uint8

const (
	siteMiddle site = iota // near the middle
	siteHigh               // on ground that no flood reaches, near the middle
	siteLow                // on the flood plain, near the middle
)

// institution is a building with a name.
type institution struct {
	building   sim.BuildingID
	title      sim.Text
	settlement int
	at         geo.Point
	low        bool // where water may come
	room       int  // persons whom it can shelter
}

// school is a school.
type school struct {
	institution
	level int // 0 primary, 1 junior, 2 senior
}

// Schools (assumed): persons per school of a level in the county town.
var perSchool = [3]float64{6500, 12000, 14000}

const (
	villageSchoolFrom = 380  // villages of so many persons have a primary school
	careShare         = 4e-3 // places in the county town's nursing home per person of the county
	careMost          = 240
	careInTown        = 30
	careStaff         = 8 // residents per member of the staff
)

// Persons whom halls can shelter (assumed). In the county town it depends on its size.
const (
	roomVillageHall   = 250  // in the hall of a village
	roomVillageSchool = 500  // in its school
	roomTownHall      = 800  // in the hall of a town
	roomTownSchool    = 1400 // in its schools
)

// careResidents is how many live in a settlement's nursing home.
func (c *county) careResidents(k int) int {
	switch c.settlements[k].rank {
	case countyTown:
		return num.ClampInt(careShare*float64(c.p.Persons), 8, careMost)
	case town:
		return careInTown
	}
	return 0
}

// institute puts an institution into a settlement, one to a block while there are enough.
func (c *county) institute(k int, title sim.Text, use scenario.BuildingUse, where site, storeys int) institution {
	s := &c.settlements[k]
	best, bestScore := 0, math.Inf(1)
	for i := range s.blocks {
		b := &s.blocks[i]
		score := b.centre().Dist(s.at) + float64(2*s.radius*float64(b.institutions))
		low := c.low(b.centre())
		if where == siteHigh && low || where == siteLow && !low {
			score += float64(4 * s.radius)
		}
		if score < bestScore {
			best, bestScore = i, score
		}
	}
	b := &s.blocks[best]
	b.institutions++
	at := b.inside(0.5, 0.36+float64(0.14*float64(b.institutions%3)))
	c.buildings = append(c.buildings, scenario.Building{Name: title.ZH, At: tidy(at), Use: use,
		Build: scenario.BuildConcrete, Storeys: uint8(storeys), Floor: 0.45, Node: c.nearestCorner(b, at)})
	if c.titles == nil {
		c.titles = make(map[int]sim.Text)
	}
	c.titles[len(c.buildings)-1] = title
	return institution{sim.BuildingID(len(c.buildings) - 1), title, k, at, c.low(at), 0}
}

// low says whether water may come to a place: on the flood plain, below the dam, beside a larger stream.
func (c *county) low(p geo.Point) bool {
	i, j := c.land.grid.ClampIJ(p)
	return c.endangered[c.land.grid.Index(i, j)]
}

// dry says whether a place is good for a shelter: no stream near, or high above it.
func (c *county) dry(p geo.Point) bool {
	for _, ch := range c.land.rivers[1:] {
		for i := 0; i < len(ch.line); i += 2 {
			if ch.line[i].Dist(p) < dryReach && c.land.ground(p)-c.land.ground(ch.line[i]) < dryRise {
				return false
			}
		}
	}
	return !c.low(p)
}

// Where water may come, as far as a planner sees it on the map (assumed).
const (
	plainReach  = 0.75  // on the flood plain: up to this share of the terrace's height above the bank
	damReach    = 500.0 // below the dam: so far from the stream [m]
	damRise     = 7.0   // and so high above its bed [m]
	streamReach = 150.0 // beside streams that drain much: so far from them [m]
	streamRise  = 1.8   // and so high above their bank [m]
	streamLarge = 3e6   // drained area of such streams [m2]
	dryReach    = 220.0 // shelters stand so far from streams [m]
	dryRise     = 4.0   // or so high above their beds [m]
)

// markEndangered finds the cells where water may come.
func (c *county) markEndangered() {
	l := c.land
	c.endangered = make([]bool, len(l.z))
	for cell, z := range l.z {
		i, j := l.grid.IJ(cell)
		at := l.grid.Centre(i, j)
		_, beyond, _ := l.lateral(at)
		c.endangered[cell] = beyond < l.riser() && z-l.bank(at.X) < plainReach*l.rise
	}
	for k, ch := range l.rivers {
		dam := l.dam != nil && l.dam.river == k
		if ch.order == 0 || len(ch.cells) == 0 || !dam && ch.area < streamLarge {
			continue
		}
		reach, rise := streamReach, streamRise
		if dam {
			reach = damReach
		}
		near := l.distances(ch, reach)
		for cell, d := range near.dist {
			if d == far {
				continue
			}
			at := ch.line[near.point[cell]]
			base := l.ground(at)
			if below := dam && ch.along[near.point[cell]] > l.dam.along; below {
				rise = damRise
			} else {
				rise = streamRise + streamMinDepth
			}
			if l.z[cell]-base < rise && (!dam || rise == damRise || float64(d) < streamReach) {
				c.endangered[cell] = true
			}
		}
	}
}

// base is the county's name without the word for county.
func (c *county) base() sim.Text {
	return sim.Text{ZH: strings.TrimSuffix(c.placeTitle.ZH, "县"), EN: strings.TrimSuffix(c.placeTitle.EN, " County")}
}

// open founds the institutions of all settlements.
func (c *county) open() {
	c.offices = make([]institution, len(c.settlements))
	for k := range c.settlements {
		if len(c.settlements[k].blocks) == 0 {
			continue
		}
		switch c.settlements[k].rank {
		case countyTown:
			c.openCountyTown()
		case town:
			c.openTown(k)
		case village:
			c.openVillage(k)
		}
	}
}

// openCountyTown founds what a county town has.
func (c *county) openCountyTown() {
	base, people := c.base(), c.settlements[0].persons
	named := func(zh, en string) sim.Text { return sim.Text{ZH: base.ZH + zh, EN: base.EN + " " + en} }
	c.offices[0] = c.institute(0, named("县人民政府", "County Government"), scenario.UsePost, siteHigh, 6)
	if c.p.Persons < townsFrom {
		c.openSmallSeat()
		return
	}
	c.hospital = c.institute(0, named("县人民医院", "People's Hospital"), scenario.UseHospital, siteHigh, 12)
	c.staff(c.hospital, 12)
	names := [3]string{"小学", "中学", "高级中学"}
	english := [3]string{"Primary School", "Middle School", "Senior High School"}
	for level := 2; level >= 0; level-- {
		n := num.ClampInt(float64(people)/perSchool[level], 1, 60)
		for i := range n {
			where := siteHigh
			if i%2 == 1 || level == 1 && n == 1 {
				where = siteLow
			}
			title := named(ordinal(i)+names[level], english[level]+" No. "+numeral(i+1))
			c.foundSchool(0, title, level, where)
		}
	}
	for _, hall := range [][2]string{{"体育馆", "Sports Hall"}, {"文化中心", "Culture Centre"}, {"职业教育中心", "Vocational College"},
		{"会展中心", "Exhibition Hall"}} {
		c.shelterIn(c.institute(0, named(hall[0], hall[1]), scenario.UseShelter, siteHigh, 3), max(people/7, 300))
	}
	c.home(0, named("社会福利院", "Nursing Home"), siteLow)
	c.coaches = c.institute(0, named("公共交通公司", "Coach Company"), scenario.UseStation, siteHigh, 2)
	c.brigade = c.institute(0, named("消防救援大队", "Fire and Rescue Brigade"), scenario.UseStation, siteHigh, 4)
	c.depot = c.institute(0, named("应急物资储备库", "Emergency Depot"), scenario.UseDepot, siteHigh, 2)
}

// openSmallSeat founds what the seat of a very small county has.
func (c *county) openSmallSeat() {
	base := c.base()
	named := func(zh, en string) sim.Text { return sim.Text{ZH: base.ZH + zh, EN: base.EN + " " + en} }
	c.hospital = c.institute(0, named("卫生院", "Clinic"), scenario.UseHospital, siteHigh, 3)
	hall := c.foundSchool(0, named("九年制学校", "School"), 0, siteHigh)
	c.schools = append(c.schools, school{hall, 1})
	c.home(0, named("敬老院", "Nursing Home"), siteLow)
	c.coaches = c.institute(0, named("客运站", "Coach Station"), scenario.UseStation, siteHigh, 1)
	c.brigade = c.coaches
	c.brigade.title = named("消防救援站", "Fire and Rescue Station") // in the same yard
	c.depot = c.institute(0, named("应急物资点", "Emergency Store"), scenario.UseDepot, siteHigh, 1)
}

// openTown founds what a town has.
func (c *county) openTown(k int) {
	name := c.settlements[k].title
	c.offices[k] = c.institute(k, with(name, "人民政府", " Government"), scenario.UsePost, siteMiddle, 4)
	c.foundSchool(k, with(name, "中心小学", " Primary School"), 0, siteMiddle)
	c.foundSchool(k, with(name, "初级中学", " Middle School"), 1, siteHigh)
	c.shelterIn(c.institute(k, with(name, "文体中心", " Community Hall"), scenario.UseShelter, siteHigh, 2), roomTownHall)
	c.home(k, with(name, "敬老院", " Nursing Home"), siteMiddle)
}

// openVillage founds the office of a village, which is its hall too, and a school in a large one.
func (c *county) openVillage(k int) {
	name := c.settlements[k].title
	c.offices[k] = c.institute(k, with(name, "党群服务中心", " Office and Hall"), scenario.UsePost, siteHigh, 2)
	if c.settlements[k].persons >= villageSchoolFrom {
		c.foundSchool(k, with(name, "小学", " Primary School"), 0, siteHigh)
	}
	c.shelterIn(c.offices[k], roomVillageHall)
}

// shelterIn counts an institution among those that can shelter so many persons.
func (c *county) shelterIn(in institution, room int) {
	in.room = room
	c.halls = append(c.halls, in)
}

// foundSchool founds a school, which can shelter people too.
func (c *county) foundSchool(k int, title sim.Text, level int, where site) institution {
	s := c.institute(k, title, scenario.UseSchool, where, 4)
	c.schools = append(c.schools, school{s, level})
	room := roomVillageSchool
	switch c.settlements[k].rank {
	case countyTown:
		room = max(c.settlements[k].persons/12, roomTownSchool/4)
	case town:
		room = roomTownSchool
	}
	c.shelterIn(s, room)
	c.staff(s, 3)
	return s
}

// home founds a nursing home; its residents are households of one.
func (c *county) home(k int, title sim.Text, where site) {
	h := c.institute(k, title, scenario.UseCare, where, 3)
	d := dice.Roll(rng.New(c.p.Seed, "generate.care"), k)
	for range c.careResidents(k) {
		c.homes = append(c.homes, home{h.building, []uint8{uint8(ageBetween(d, 68, 95))}, c.settlements[k].rank})
	}
	for range (c.careResidents(k) + careStaff - 1) / careStaff {
		c.care = append(c.care, h.building)
	}
}

// staff gives an institution so many shares among the workplaces of its settlement.
func (c *county) staff(in institution, shares int) {
	for range shares {
		c.works[in.settlement] = append(c.works[in.settlement], in.building)
	}
}

// ordinal is a number from 0 on as 第一, 第二, …
func ordinal(i int) string {
	digits := []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}
	if i < 10 {
		return "第" + digits[i]
	}
	return "第" + numeral(i+1)
}

// numeral writes a number in digits.
func numeral(i int) string { return string(appendInt(nil, i)) }
