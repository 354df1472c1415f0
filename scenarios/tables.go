package scenarios

import (
	"bytes"
	"fmt"
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

var nodeColumns = []column[scenario.Node]{
	{"x", true, "metres east of the map's origin", func(n *scenario.Node, c []byte) string {
		return readFloat(&n.At.X, c, "an x coordinate [m]")
	}},
	{"y", true, "metres north of the map's origin", func(n *scenario.Node, c []byte) string {
		return readFloat(&n.At.Y, c, "a y coordinate [m]")
	}},
}

var linkColumns = []column[scenario.Link]{
	{"name", false, "of the road; empty for a road without a name", func(l *scenario.Link, c []byte) string {
		return readName(&l.Name, c)
	}},
	{"from", true, "number of the node where it begins", func(l *scenario.Link, c []byte) string {
		return readID(&l.From, c, "node")
	}},
	{"to", true, "number of the node where it ends", func(l *scenario.Link, c []byte) string {
		return readID(&l.To, c, "node")
	}},
	{"oneway", false, "1 for a road from `from` to `to` only; both directions when empty",
		func(l *scenario.Link, c []byte) string { return readBool(&l.OneWay, c) }},
	{"class", true, "class of the road after OpenStreetMap; nobody drives on a path",
		func(l *scenario.Link, c []byte) string { return readWord(&l.Class, c, roadClassNames) }},
	{"lanes", false, "lanes per direction, 1 to 12; when empty as the class says",
		func(l *scenario.Link, c []byte) string { return readByte(&l.Lanes, c, 1, 12) }},
	{"speed_kmh", false, "free speed [km/h]; when empty as the class says",
		func(l *scenario.Link, c []byte) string { return readPositive(&l.Speed, c, "a speed [km/h]") }},
	{"capacity", false, "vehicles per hour and lane; when empty as the class says",
		func(l *scenario.Link, c []byte) string {
			return readPositive(&l.Capacity, c, "a capacity [veh/h per lane]")
		}},
	{"form", false, "what the level of the road is: the terrain's, that of a bridge's deck, a dyke's crest, a tunnel's " +
		"floor; the terrain's when empty. Into a tunnel water comes at its portals alone",
		func(l *scenario.Link, c []byte) string { return readWord(&l.Form, c, scenario.RoadFormNames[:]) }},
	{"level_m", false, "that level, metres above the datum; empty for a road on the ground",
		func(l *scenario.Link, c []byte) string { return readFloat(&l.Level, c, "a level [m]") }},
	{"shape", false, "points between the ends as `x y;x y`; a straight line when empty",
		func(l *scenario.Link, c []byte) string { return readShape(&l.Shape, c) }},
}

var buildingColumns = []column[scenario.Building]{
	{"name", false, "of an institution; empty for ordinary houses", func(b *scenario.Building, c []byte) string {
		return readName(&b.Name, c)
	}},
	{"x", true, "metres east of the map's origin", func(b *scenario.Building, c []byte) string {
		return readFloat(&b.At.X, c, "an x coordinate [m]")
	}},
	{"y", true, "metres north of the map's origin", func(b *scenario.Building, c []byte) string {
		return readFloat(&b.At.Y, c, "a y coordinate [m]")
	}},
	{"use", false, "what it is for; home when empty", func(b *scenario.Building, c []byte) string {
		return readWord(&b.Use, c, scenario.BuildingUseNames[:])
	}},
	{"construction", false, "decides when it gives way in flowing water; masonry when empty",
		func(b *scenario.Building, c []byte) string {
			return readWord(&b.Build, c, scenario.ConstructionNames[:])
		}},
	{"storeys", false, "storeys above the ground, 1 to 150; 1 when empty", func(b *scenario.Building, c []byte) string {
		return readByte(&b.Storeys, c, 1, 150)
	}},
	{"floor_m", false, "height of the ground floor above the terrain [m]; 0 when empty",
		func(b *scenario.Building, c []byte) string { return readFloat(&b.Floor, c, "a height [m]") }},
	{"node", false, "number of the node where its people get on the roads; empty for none",
		func(b *scenario.Building, c []byte) string { return readID(&b.Node, c, "node") }},
}

var householdColumns = []column[scenario.Household]{
	{"home", true, "number of the building where it lives", func(h *scenario.Household, c []byte) string {
		return readID(&h.Home, c, "building")
	}},
	{"cars", false, "cars, 0 to 20; 0 when empty", func(h *scenario.Household, c []byte) string {
		return readByte(&h.Cars, c, 0, 20)
	}},
}

var personColumns = []column[scenario.Person]{
	{"household", true, "number of the household; persons stand in the order of their households",
		func(p *scenario.Person, c []byte) string { return readID(&p.Household, c, "household") }},
	{"age", true, "in years, 0 to 125", func(p *scenario.Person, c []byte) string { return readByte(&p.Age, c, 0, 125) }},
	{"mobility", false, "limited: walks slowly, cannot swim, needs help to get into a vehicle; none: cannot walk; able " +
		"when empty",
		func(p *scenario.Person, c []byte) string { return readWord(&p.Mobility, c, scenario.MobilityNames[:]) }},
	{"special", false, "1 for special care (特殊群体)", func(p *scenario.Person, c []byte) string {
		return readBool(&p.Special, c)
	}},
	{"helper", false, "number of the person responsible for her (包保责任人); empty for none",
		func(p *scenario.Person, c []byte) string { return readID(&p.Helper, c, "person") }},
	{"work", false, "number of the building where she works; empty for none",
		func(p *scenario.Person, c []byte) string { return readID(&p.Work, c, "building") }},
	{"school", false, "number of the building where she is at school; empty for none",
		func(p *scenario.Person, c []byte) string { return readID(&p.School, c, "building") }},
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

func readName(to *string, cell []byte) string {
	*to = string(cell)
	return ""
}

func readFloat(to *float64, cell []byte, want string) string {
	x, err := strconv.ParseFloat(string(cell), 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return want
	}
	*to = x
	return ""
}

func readPositive(to *float64, cell []byte, want string) string {
	var x float64
	if readFloat(&x, cell, want) != "" || x < 0 {
		return want + " of at least 0"
	}
	*to = x
	return ""
}

// readID reads a row number of another table; that there is such a row is checked later.
func readID[ID ~int32](to *ID, cell []byte, kind string) string {
	n, err := strconv.ParseInt(string(cell), 10, 32)
	if err != nil || n < 0 {
		return fmt.Sprintf("the number of a %s, from 0", kind)
	}
	*to = ID(n)
	return ""
}

func readByte(to *uint8, cell []byte, lo, hi uint64) string {
	n, err := strconv.ParseUint(string(cell), 10, 8)
	if err != nil || n < lo || n > hi {
		return fmt.Sprintf("a whole number from %d to %d", lo, hi)
	}
	*to = uint8(n)
	return ""
}

func readBool(to *bool, cell []byte) string {
	switch string(cell) {
	case "1", "true", "yes":
		*to = true
	case "0", "false", "no":
		*to = false
	default:
		return "1 or 0"
	}
	return ""
}

func readWord[E ~uint8](to *E, cell []byte, names []string) string {
	for i, name := range names {
		if string(cell) == name {
			*to = E(i)
			return ""
		}
	}
	if guess := scenario.Closest(string(cell), names); guess != "" {
		return fmt.Sprintf("one of %s; did you mean %q?", strings.Join(names, ", "), guess)
	}
	return "one of " + strings.Join(names, ", ")
}

// readShape reads the points of a link between its ends, as "x y;x y". Room for the ends is left.
func readShape(to *geo.Line, cell []byte) string {
	const want = `points between the ends as "x y;x y" [m]`
	n := bytes.Count(cell, []byte(";")) + 1
	if n > maxShape {
		return fmt.Sprintf("at most %d points", maxShape)
	}
	line := make(geo.Line, 1, n+2)
	for pair := range bytes.SplitSeq(cell, []byte(";")) {
		var p geo.Point
		x, y, _ := bytes.Cut(bytes.TrimSpace(pair), []byte(" "))
		if readFloat(&p.X, x, want) != "" || readFloat(&p.Y, bytes.TrimSpace(y), want) != "" {
			return want
		}
		line = append(line, p)
	}
	*to = line
	return ""
}

// checkLink looks at what one cell of a link says about another.
func checkLink(l *scenario.Link) (column, text string) {
	given := !math.IsInf(l.Level, -1)
	switch {
	case l.Form != scenario.FormGround && !given:
		return "level_m", fmt.Sprintf("level_m: an empty cell; want the level of the %s [m]", scenario.RoadFormNames[l.Form])
	case l.Form == scenario.FormGround && given:
		return "level_m", "level_m: a level of a road on the ground, which has the terrain's; want it empty"
	}
	return "", ""
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
	check func(*T) (string, string)) ([]T, bool) {
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
