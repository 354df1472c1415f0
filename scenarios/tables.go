package scenarios

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Cells that are empty take what the class of the road says; no cell can be read as these.
const (
	lanesByClass = math.MaxUint8
	byClass      = -1.0
)

// maxShape is the largest number of points of a link between its ends.
const maxShape = 10000

// What is wanted in a cell.
var (
	wantX        = sim.Text{ZH: "x 坐标 [m]", EN: "an x coordinate [m]"}
	wantY        = sim.Text{ZH: "y 坐标 [m]", EN: "a y coordinate [m]"}
	wantSpeed    = sim.Text{ZH: "速度 [km/h]", EN: "a speed [km/h]"}
	wantCapacity = sim.Text{ZH: "通行能力 [辆/小时·车道]", EN: "a capacity [veh/h per lane]"}
	wantLevel    = sim.Text{ZH: "高程 [m]", EN: "a level [m]"}
	wantHeight   = sim.Text{ZH: "高度 [m]", EN: "a height [m]"}

	numberOfNode      = sim.Text{ZH: "节点的编号（从 0 起）", EN: "the number of a node, from 0"}
	numberOfBuilding  = sim.Text{ZH: "建筑的编号（从 0 起）", EN: "the number of a building, from 0"}
	numberOfHousehold = sim.Text{ZH: "户的编号（从 0 起）", EN: "the number of a household, from 0"}
	numberOfPerson    = sim.Text{ZH: "人的编号（从 0 起）", EN: "the number of a person, from 0"}
	wantShape         = sim.Text{ZH: `两端之间的点，写作 "x y;x y" [m]`, EN: `points between the ends as "x y;x y" [m]`}
)

var nodeColumns = []column[scenario.Node]{
	{"x", true, "metres east of the map's origin", func(n *scenario.Node, c []byte) sim.Text {
		return readFloat(&n.At.X, c, wantX)
	}},
	{"y", true, "metres north of the map's origin", func(n *scenario.Node, c []byte) sim.Text {
		return readFloat(&n.At.Y, c, wantY)
	}},
	{"control", false, "who goes first where roads meet: `auto`, by the classes of the roads (priority where they differ" +
		", else one after the other), `free`, nobody waits, `equal`, one after the other, `priority`, the larger roads, or " +
		"`signal`, traffic lights; `auto` when empty",
		func(n *scenario.Node, c []byte) sim.Text {
			return readWord(&n.Control, c, scenario.NodeControlNames[:])
		}},
}

var linkColumns = []column[scenario.Link]{
	{"name", false, "of the road; empty for a road without a name", func(l *scenario.Link, c []byte) sim.Text {
		return readName(&l.Name, c)
	}},
	{"from", true, "number of the node where it begins", func(l *scenario.Link, c []byte) sim.Text {
		return readID(&l.From, c, numberOfNode)
	}},
	{"to", true, "number of the node where it ends", func(l *scenario.Link, c []byte) sim.Text {
		return readID(&l.To, c, numberOfNode)
	}},
	{"oneway", false, "1 for a road from `from` to `to` only; both directions when empty",
		func(l *scenario.Link, c []byte) sim.Text { return readBool(&l.OneWay, c) }},
	{"circle", false, "1 for a part of a roundabout, which is one-way: it has priority over roads that lead to it",
		func(l *scenario.Link, c []byte) sim.Text { return readBool(&l.Circle, c) }},
	{"class", true, "class of the road after OpenStreetMap; nobody drives on a path",
		func(l *scenario.Link, c []byte) sim.Text { return readWord(&l.Class, c, roadClassNames) }},
	{"lanes", false, "lanes per direction, 1 to 12; when empty as the class says",
		func(l *scenario.Link, c []byte) sim.Text { return readByte(&l.Lanes, c, 1, 12) }},
	{"speed_kmh", false, "free speed [km/h]; when empty as the class says",
		func(l *scenario.Link, c []byte) sim.Text { return readPositive(&l.Speed, c, wantSpeed) }},
	{"capacity", false, "vehicles per hour and lane; when empty as the class says",
		func(l *scenario.Link, c []byte) sim.Text {
			return readPositive(&l.Capacity, c, wantCapacity)
		}},
	{"form", false, "what the level of the road is: the terrain's, that of a bridge's deck, a dyke's crest, a tunnel's " +
		"floor; the terrain's when empty. Into a tunnel water comes at its portals alone",
		func(l *scenario.Link, c []byte) sim.Text { return readWord(&l.Form, c, scenario.RoadFormNames[:]) }},
	{"level_m", false, "that level, metres above the datum; empty for a road on the ground",
		func(l *scenario.Link, c []byte) sim.Text { return readFloat(&l.Level, c, wantLevel) }},
	{"shape", false, "points between the ends as `x y;x y`; a straight line when empty",
		func(l *scenario.Link, c []byte) sim.Text { return readShape(&l.Shape, c) }},
}

var buildingColumns = []column[scenario.Building]{
	{"name", false, "of an institution; empty for ordinary houses", func(b *scenario.Building, c []byte) sim.Text {
		return readName(&b.Name, c)
	}},
	{"x", true, "metres east of the map's origin", func(b *scenario.Building, c []byte) sim.Text {
		return readFloat(&b.At.X, c, wantX)
	}},
	{"y", true, "metres north of the map's origin", func(b *scenario.Building, c []byte) sim.Text {
		return readFloat(&b.At.Y, c, wantY)
	}},
	{"use", false, "what it is for; home when empty", func(b *scenario.Building, c []byte) sim.Text {
		return readWord(&b.Use, c, scenario.BuildingUseNames[:])
	}},
	{"construction", false, "decides when it gives way in flowing water; masonry when empty",
		func(b *scenario.Building, c []byte) sim.Text {
			return readWord(&b.Build, c, scenario.ConstructionNames[:])
		}},
	{"storeys", false, "storeys above the ground, 1 to 150; 1 when empty", func(b *scenario.Building, c []byte) sim.Text {
		return readByte(&b.Storeys, c, 1, 150)
	}},
	{"floor_m", false, "height of the ground floor above the terrain [m]; 0 when empty",
		func(b *scenario.Building, c []byte) sim.Text { return readFloat(&b.Floor, c, wantHeight) }},
	{"node", false, "number of the node where its people get on the roads; empty for none",
		func(b *scenario.Building, c []byte) sim.Text { return readID(&b.Node, c, numberOfNode) }},
}

var householdColumns = []column[scenario.Household]{
	{"home", true, "number of the building where it lives", func(h *scenario.Household, c []byte) sim.Text {
		return readID(&h.Home, c, numberOfBuilding)
	}},
	{"cars", false, "cars, 0 to 20; 0 when empty", func(h *scenario.Household, c []byte) sim.Text {
		return readByte(&h.Cars, c, 0, 20)
	}},
	{"bikes", false, "two-wheelers (bicycles, e-bikes), 0 to 20; 0 when empty",
		func(h *scenario.Household, c []byte) sim.Text { return readByte(&h.Bikes, c, 0, 20) }},
	{"animals", false, "large animals (cattle, pigs) that somebody sees to, 0 to 250; 0 when empty",
		func(h *scenario.Household, c []byte) sim.Text { return readByte(&h.Animals, c, 0, 250) }},
	{"visitor", false, "1 for visitors, who are on no list of the zone: as are all households of a hotel; 0 when empty",
		func(h *scenario.Household, c []byte) sim.Text { return readBool(&h.Visitor, c) }},
}

var personColumns = []column[scenario.Person]{
	{"household", true, "number of the household; persons stand in the order of their households",
		func(p *scenario.Person, c []byte) sim.Text { return readID(&p.Household, c, numberOfHousehold) }},
	{"age", true, "in years, 0 to 125",
		func(p *scenario.Person, c []byte) sim.Text { return readByte(&p.Age, c, 0, 125) }},
	{"mobility", false, "limited: walks slowly, cannot swim, needs help to get into a vehicle; none: cannot walk; able " +
		"when empty",
		func(p *scenario.Person, c []byte) sim.Text {
			return readWord(&p.Mobility, c, scenario.MobilityNames[:])
		}},
	{"special", false, "1 for special care (特殊群体)", func(p *scenario.Person, c []byte) sim.Text {
		return readBool(&p.Special, c)
	}},
	{"helper", false, "number of the person responsible for her (包保责任人); empty for none",
		func(p *scenario.Person, c []byte) sim.Text { return readID(&p.Helper, c, numberOfPerson) }},
	{"work", false, "number of the building where she works; empty for none",
		func(p *scenario.Person, c []byte) sim.Text { return readID(&p.Work, c, numberOfBuilding) }},
	{"school", false, "number of the building where she is at school; empty for none",
		func(p *scenario.Person, c []byte) sim.Text { return readID(&p.School, c, numberOfBuilding) }},
}

// What a row holds where a cell is empty or a column is not there.
var (
	freshLink     = scenario.Link{Lanes: lanesByClass, Speed: byClass, Capacity: byClass, Level: math.Inf(-1)}
	freshBuilding = scenario.Building{Storeys: 1, Node: sim.None}
	freshPerson   = scenario.Person{Helper: sim.None, Work: sim.None, School: sim.None}
)

var roadClassNames = func() []string {
	var names []string
	for _, c := range scenario.RoadClasses {
		names = append(names, c.Name)
	}
	return names
}()

func readName(to *string, cell []byte) (want sim.Text) {
	*to = string(cell)
	return want
}

func readFloat(to *float64, cell []byte, want sim.Text) sim.Text {
	x, err := strconv.ParseFloat(string(cell), 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return want
	}
	*to = x
	return sim.Text{}
}

func readPositive(to *float64, cell []byte, want sim.Text) sim.Text {
	var x float64
	if !readFloat(&x, cell, want).Empty() || x < 0 {
		return sim.Say("不小于 0 的%s", "%s of at least 0", want)
	}
	*to = x
	return sim.Text{}
}

// readID reads a row number of another table; that there is such a row is checked later.
func readID[ID ~int32](to *ID, cell []byte, want sim.Text) sim.Text {
	n, err := strconv.ParseInt(string(cell), 10, 32)
	if err != nil || n < 0 {
		return want
	}
	*to = ID(n)
	return sim.Text{}
}

func readByte(to *uint8, cell []byte, lo, hi uint64) sim.Text {
	n, err := strconv.ParseUint(string(cell), 10, 8)
	if err != nil || n < lo || n > hi {
		return sim.Say("%d 至 %d 的整数", "a whole number from %d to %d", lo, hi)
	}
	*to = uint8(n)
	return sim.Text{}
}

func readBool(to *bool, cell []byte) sim.Text {
	switch string(cell) {
	case "1", "true", "yes":
		*to = true
	case "0", "false", "no":
		*to = false
	default:
		return sim.Text{ZH: "1 或 0", EN: "1 or 0"}
	}
	return sim.Text{}
}

func readWord[E ~uint8](to *E, cell []byte, names []string) sim.Text {
	for i, name := range names {
		if string(cell) == name {
			*to = E(i)
			return sim.Text{}
		}
	}
	list := strings.Join(names, ", ")
	if guess := scenario.Closest(string(cell), names); guess != "" {
		return sim.Say(" %s 之一；是否想写 %q？", "one of %s; did you mean %q?", list, guess)
	}
	return sim.Say(" %s 之一", "one of %s", list)
}

// readShape reads the points of a link between its ends, as "x y;x y". Room for the ends is left.
func readShape(to *geo.Line, cell []byte) sim.Text {
	n := bytes.Count(cell, []byte(";")) + 1
	if n > maxShape {
		return sim.Say("最多 %d 个点", "at most %d points", maxShape)
	}
	line := make(geo.Line, 1, n+2)
	for pair := range bytes.SplitSeq(cell, []byte(";")) {
		var p geo.Point
		x, y, _ := bytes.Cut(bytes.TrimSpace(pair), []byte(" "))
		if !readFloat(&p.X, x, wantShape).Empty() || !readFloat(&p.Y, bytes.TrimSpace(y), wantShape).Empty() {
			return wantShape
		}
		line = append(line, p)
	}
	*to = line
	return sim.Text{}
}

// checkLink looks at what one cell of a link says about another.
func checkLink(l *scenario.Link) (column string, text sim.Text) {
	given := !math.IsInf(l.Level, -1)
	switch {
	case l.Form != scenario.FormGround && !given:
		return "level_m", sim.Say("level_m：空格；应为 %s 的高程 [m]", "level_m: an empty cell; want the level of the %s [m]",
			scenario.RoadFormNames[l.Form])
	case l.Form == scenario.FormGround && given:
		return "level_m", sim.Text{ZH: "level_m：地面道路的高程即地形高程；应留空",
			EN: "level_m: a level of a road on the ground, which has the terrain's; want it empty"}
	}
	return "", text
}

// tables reads the big tables of a scenario and says which could not be read in full.
func (d *decoder) tables(sc *scenario.Scenario, root *node, missing *scenario.Missing) {
	var ok bool
	sc.Nodes, ok = readNamed(d, root, "roads.nodes", sc.Roads.Nodes, scenario.Node{}, nodeColumns, nil)
	missing.Nodes = !ok
	sc.Links, ok = readNamed(d, root, "roads.links", sc.Roads.Links, freshLink, linkColumns, checkLink)
	missing.Links = !ok
	finishLinks(sc)
	sc.Buildings, ok = readNamed(d, root, "population.buildings", sc.Population.Buildings, freshBuilding,
		buildingColumns, nil)
	missing.Buildings = !ok
	sc.Households, ok = readNamed(d, root, "population.households", sc.Population.Households, scenario.Household{},
		householdColumns, nil)
	missing.Households = !ok
	sc.Persons, ok = readNamed(d, root, "population.persons", sc.Population.Persons, freshPerson, personColumns, nil)
	missing.Persons = !ok
}

// readNamed reads the table that a key names. It says whether there is a row for every line.
func readNamed[T any](d *decoder, root *node, path, name string, fresh T, columns []column[T],
	check func(*T) (string, sim.Text)) ([]T, bool) {
	n := d.nodeAt(root, path)
	if name == "" || n.reported {
		return nil, false
	}
	b := d.open(name, n, ".csv")
	if b == nil {
		return nil, false
	}
	rows, whole := readTable(b, fresh, columns, check)
	if len(b.bad) > 0 {
		d.bad[name] = b.bad
	}
	return slices.Clip(rows), whole
}

// finishLinks sets what a link's class says and puts the ends to the shapes.
func finishLinks(sc *scenario.Scenario) {
	ends := make(geo.Line, 0, 2*len(sc.Links)) // most links are straight: one array for all of them
	for i := range sc.Links {
		l := &sc.Links[i]
		class := &scenario.RoadClasses[l.Class]
		if l.Lanes == lanesByClass {
			l.Lanes = class.Lanes
		}
		if l.Speed == byClass {
			l.Speed = class.Speed
		}
		if l.Capacity == byClass {
			l.Capacity = class.Capacity
		}
		if l.Form == scenario.FormGround {
			l.Level = 0
		}
		if int(l.From) >= len(sc.Nodes) || int(l.To) >= len(sc.Nodes) {
			continue // Validate says so
		}
		from, to := sc.Nodes[l.From].At, sc.Nodes[l.To].At
		if l.Shape == nil {
			ends = append(ends, from, to)
			l.Shape = ends[len(ends)-2 : len(ends) : len(ends)]
			continue
		}
		l.Shape[0] = from
		l.Shape = append(l.Shape, to)
	}
}
