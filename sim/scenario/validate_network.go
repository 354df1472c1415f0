package scenario

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// Limits of the big tables. They catch mistakes of unit and of column, and are wider than anything real.
const (
	maxSpeed    = 200   // of a link [km/h]
	maxLanes    = 12    // per direction
	maxCapacity = 10000 // per lane [veh/h]
	maxStoreys  = 150
	minFloor    = -10   // height of a ground floor above the terrain [m]
	maxFloor    = 20    // [m]
	maxAge      = 125   // [a]
	maxFamily   = 65535 // persons of one household, who may go in one party
	minLevel    = -500
	maxLevel    = 9000 // of anything above the datum [m]
)

// network checks nodes and links.
func (c *checker) network() {
	if !c.missing.Nodes {
		for i := range c.sc.Nodes {
			c.rowPlace("node", i, "x", c.sc.Nodes[i].At)
			if control := c.sc.Nodes[i].Control; control >= NodeControlCount {
				c.row("node", i, "control", "通行规则 %d；应为 0 至 %d", "control %d; want 0 to %d", control, NodeControlCount-1)
			}
		}
		c.endRows("node")
	}
	if c.missing.Links {
		return
	}
	for i := range c.sc.Links {
		l := &c.sc.Links[i]
		if c.linkEnds(i, l) {
			c.linkShape(i, l)
		}
		c.linkNumbers(i, l)
	}
	c.endRows("link")
	c.drivable()
	c.routes()
	if r := &c.sc.Roads; r.Guided > r.Informed {
		c.add("roads.guided", "%g 大于 informed（%g）；应不大于它", "%g, and informed is %g; want no more than that",
			r.Guided, r.Informed)
	}
}

// drivable checks that the places which are reached by road can be.
func (c *checker) drivable() {
	places := len(c.sc.Shelters) + len(c.sc.Assemblies) + len(c.sc.Hospitals) + len(c.sc.Stations)
	if places > 0 && !slices.ContainsFunc(c.sc.Links, func(l Link) bool { return l.Class != RoadPath }) {
		c.add("roads.links", "没有车行道路通往 %d 处避难场所、集合点、医院和驻地；至少应有一条等级不是 path 的道路",
			"no road for vehicles, by which the %d shelters, assembly points, hospitals and stations "+
				"are reached; want at least one whose class is not path", places)
	}
}

// rowPlace checks the place of a row.
func (c *checker) rowPlace(table string, row int, field string, p geo.Point) {
	switch {
	case !p.Finite():
		c.row(table, row, field, "%g，%g 不是有效坐标；应为有限数值", "%g, %g is no place; want finite coordinates", p.X, p.Y)
	case c.outside(p):
		c.row(table, row, field, "%g，%g 在图外；应为 %s（米）", "%g, %g is outside the map; want %s [m]", p.X, p.Y, c.mapExtent())
	}
}

// rowRef checks that an id of a row points at something; None is fine where it is optional.
func (c *checker) rowRef(table string, row int, field string, id, count int32, missing, optional bool) bool {
	if missing || optional && id == sim.None || id >= 0 && id < count {
		return true
	}
	kind, _ := sim.KindByName(field)
	switch field {
	case "from", "to":
		kind = sim.KindNode
	case "home", "work", "school":
		kind = sim.KindBuilding
	case "helper":
		kind = sim.KindPerson
	}
	c.row(table, row, field, "没有编号为 %[2]d 的%[1]s；应为 %[3]s",
		"no %s has the number %d; want %s", kind.Title(), id, numberRange(count))
	return false
}

func numberRange(count int32) sim.Text {
	if count == 0 {
		return sim.Say("空（该表没有内容）", "none: the table is empty")
	}
	return sim.Say("0 至 %d", "0 to %d", count-1)
}

// linkEnds checks the ends of a link and says whether both are there.
func (c *checker) linkEnds(i int, l *Link) bool {
	nodes := int32(len(c.sc.Nodes))
	from := c.rowRef("link", i, "from", int32(l.From), nodes, c.missing.Nodes, false)
	to := c.rowRef("link", i, "to", int32(l.To), nodes, c.missing.Nodes, false)
	return from && to && !c.missing.Nodes
}

func (c *checker) linkShape(i int, l *Link) {
	n := len(l.Shape)
	if n < 2 || l.Shape[0] != c.sc.Nodes[l.From].At || l.Shape[n-1] != c.sc.Nodes[l.To].At {
		c.row("link", i, "shape", "线形未从 %d 号路口连到 %d 号路口；应含两端点",
			"a shape that does not run from node %d to node %d; want both ends in it", l.From, l.To)
		return
	}
	for _, p := range l.Shape[1 : n-1] {
		if !p.Finite() || c.outside(p) {
			c.rowPlace("link", i, "shape", p)
			return
		}
	}
	if !(l.Shape.Length() > 0) {
		c.row("link", i, "to", "%d 号与 %d 号路口之间的路段长度为零；应为两个不同地点",
			"a link without length from node %d to node %d; want two places", l.From, l.To)
	}
}

func (c *checker) linkNumbers(i int, l *Link) {
	if l.Class >= RoadClassCount {
		c.row("link", i, "class", "道路等级 %d；应为 0 至 %d", "class %d; want 0 to %d", l.Class, RoadClassCount-1)
		return
	}
	if l.Circle && !l.OneWay {
		c.row("link", i, "circle", "环岛路段不是单行；应为单行", "part of a roundabout that is not one-way; want a one-way link")
	}
	if l.Form >= RoadFormCount {
		c.row("link", i, "form", "道路形式 %d；应为 0 至 %d", "form %d; want 0 to %d", l.Form, RoadFormCount-1)
		return
	}
	if l.Lanes < 1 || l.Lanes > maxLanes {
		c.row("link", i, "lanes", "车道数 %d；应为 1 至 %d", "%d lanes; want 1 to %d", l.Lanes, maxLanes)
	}
	if drives := l.Class != RoadPath; drives && !(l.Speed > 0) || !(l.Speed >= 0 && l.Speed <= maxSpeed) {
		c.row("link", i, "speed_kmh", "%g；应大于 0，不超过 %d 千米/时", "%g; want more than 0 and at most %d km/h", l.Speed, maxSpeed)
	} else if drives && !(l.Capacity > 0) || !(l.Capacity >= 0 && l.Capacity <= maxCapacity) {
		c.row("link", i, "capacity", "%g；应大于 0，不超过每车道 %d 辆/时",
			"%g; want more than 0 and at most %d veh/h per lane", l.Capacity, maxCapacity)
	}
	if !(l.Level >= minLevel && l.Level <= maxLevel) {
		c.row("link", i, "level_m", "%g；应为基准面以上 %d 至 %d 米",
			"%g; want %d to %d m above the datum", l.Level, minLevel, maxLevel)
	}
}

// people checks buildings, households and persons.
func (c *checker) people() {
	if !c.missing.Buildings {
		for i := range c.sc.Buildings {
			c.building(i, &c.sc.Buildings[i])
		}
		c.endRows("building")
	}
	buildings := int32(len(c.sc.Buildings))
	if !c.missing.Households {
		for i := range c.sc.Households {
			c.rowRef("household", i, "home", int32(c.sc.Households[i].Home), buildings, c.missing.Buildings, false)
		}
		c.endRows("household")
	}
	if c.missing.Persons {
		return
	}
	for i := range c.sc.Persons {
		c.person(i, buildings)
	}
	c.endRows("person")
}

func (c *checker) building(i int, b *Building) {
	c.rowPlace("building", i, "x", b.At)
	switch {
	case b.Use >= BuildingUseCount:
		c.row("building", i, "use", "用途 %d；应为 0 至 %d", "use %d; want 0 to %d", b.Use, BuildingUseCount-1)
	case b.Build >= ConstructionCount:
		c.row("building", i, "construction", "结构类型 %d；应为 0 至 %d",
			"construction %d; want 0 to %d", b.Build, ConstructionCount-1)
	case b.Storeys < 1 || b.Storeys > maxStoreys:
		c.row("building", i, "storeys", "层数 %d；应为 1 至 %d", "%d storeys; want 1 to %d", b.Storeys, maxStoreys)
	case !(b.Floor >= minFloor && b.Floor <= maxFloor):
		c.row("building", i, "floor_m", "%g；应为地面以上 %d 至 %d 米",
			"%g; want %d to %d m above the terrain", b.Floor, minFloor, maxFloor)
	}
	c.rowRef("building", i, "node", int32(b.Node), int32(len(c.sc.Nodes)), c.missing.Nodes, true)
}

func (c *checker) person(i int, buildings int32) {
	p := &c.sc.Persons[i]
	if !c.rowRef("person", i, "household", int32(p.Household), int32(len(c.sc.Households)), c.missing.Households, false) {
		return
	}
	if i > 0 && p.Household < c.sc.Persons[i-1].Household {
		c.row("person", i, "household", "%d 号住户排在 %d 号住户之后；人员须按住户顺序排列",
			"household %d after household %d; want persons in the order of their households",
			p.Household, c.sc.Persons[i-1].Household)
	}
	if first := i - maxFamily; first >= 0 && c.sc.Persons[first].Household == p.Household &&
		(first == 0 || c.sc.Persons[first-1].Household != p.Household) {
		c.row("person", i, "household", "%d 号住户的人数超过 %d；应不超过",
			"household %d has more than %d persons; want no more", p.Household, maxFamily)
	}
	if p.Age > maxAge {
		c.row("person", i, "age", "%d；应为 0 至 %d 岁", "%d; want 0 to %d years", p.Age, maxAge)
	}
	if p.Mobility >= MobilityCount {
		c.row("person", i, "mobility", "行动能力 %d；应为 0 至 %d", "mobility %d; want 0 to %d", p.Mobility, MobilityCount-1)
	}
	c.rowRef("person", i, "helper", int32(p.Helper), int32(len(c.sc.Persons)), false, true)
	if int(p.Helper) == i {
		c.row("person", i, "helper", "包保责任人是其本人；应为他人", "a person who is her own helper; want another one")
	}
	c.rowRef("person", i, "work", int32(p.Work), buildings, c.missing.Buildings, true)
	c.rowRef("person", i, "school", int32(p.School), buildings, c.missing.Buildings, true)
}
