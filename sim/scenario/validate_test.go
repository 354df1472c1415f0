package scenario

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// dryHazard is a hazard that asks for nothing, with one structure.
type dryHazard struct {
	Depth float64 `toml:"depth" unit:"m" range:"[0,5]" default:"1"`
}

func (*dryHazard) Version() string                 { return "dry-1" }
func (*dryHazard) Structures() []sim.StructureSpec { return []sim.StructureSpec{{Name: "gate"}} }
func (d *dryHazard) Check(*sim.Terrain) []sim.Problem {
	if d.Depth == 4 {
		return []sim.Problem{{Path: "depth", Text: sim.Said("four is unlucky; want another")}, {Text: sim.Said("and so is all of it; want none")}}
	}
	return nil
}
func (*dryHazard) New(sim.HazardEnv) (sim.Hazard, error) { return nil, nil }

// valley returns a small scenario without mistakes: 4 x 4 cells of 100 m.
func valley() *Scenario {
	sc := &Scenario{}
	Fill(sc)
	both := sim.Text{ZH: "谷", EN: "valley"}
	sc.Drill.Name, sc.Drill.Title, sc.Drill.Duration = "valley", both, 3*sim.Hour
	sc.Place.Title, sc.Place.Terrain, sc.Place.ElevationSource = both, "terrain.asc", sim.Said("made up")
	sc.Population.Buildings, sc.Population.Households, sc.Population.Persons = "b.csv", "h.csv", "p.csv"
	sc.Roads.Nodes, sc.Roads.Links = "n.csv", "l.csv"
	sc.Terrain.Grid = geo.Grid{NX: 4, NY: 4, Cell: 100}
	sc.Terrain.Bed, sc.Terrain.Cover = make([]int32, 16), make([]uint8, 16)
	sc.Posts = []Post{{Name: "county", Title: both, Level: "county"},
		{Name: "village", Title: both, Level: "village", Superior: "county", Links: []string{"phone"}, Public: []string{"siren"}}}
	sc.Channels = []Channel{{Name: "phone", Title: both, Use: "command"}, {Name: "siren", Title: both, Use: "public"}}
	sc.Shelters = []Shelter{{Name: "school", Title: both, Capacity: 9}}
	sc.Zones = []Zone{{Name: "z01", Title: both, Post: "village", Shelters: []string{"school"},
		Polygon: [][2]float64{{0, 0}, {200, 0}, {200, 200}}}}
	sc.Stations = []Station{{Name: "depot", Title: both}}
	sc.Units = []Unit{{Name: "coach", Title: both, Kind: "coach", Station: "depot", Seats: 40}}
	sc.Gauges = []Gauge{{Name: "bridge", Title: both, Thresholds: []Threshold{{Level: new(1.0), Title: both}, {Level: new(2.0), Title: both}}}}
	sc.Hazards = []Hazard{{Name: "water", Kind: "dry", Spec: &dryHazard{1}}}
	least := 0.5
	sc.Objectives = []Objective{{Name: "dry", Title: both, Measure: "dead", AtLeast: &least}}
	at := sim.Duration(0)
	sc.Plan = []PlannedOrder{{At: &at, Order: "evacuate_zone", Args: []sim.Arg{{Name: "zone", Value: "z01"}}}}
	for i := range sc.Posts {
		Fill(&sc.Posts[i])
	}
	for i := range sc.Channels {
		Fill(&sc.Channels[i])
	}
	Fill(&sc.Shelters[0])
	Fill(&sc.Units[0])
	Fill(&sc.Gauges[0])
	valleyTables(sc)
	return sc
}

func valleyTables(sc *Scenario) {
	sc.Nodes = []Node{{At: geo.Point{X: 10, Y: 10}}, {At: geo.Point{X: 90, Y: 10}}}
	sc.Links = []Link{{From: 0, To: 1, Class: RoadTertiary, Lanes: 1, Speed: 45, Capacity: 600,
		Shape: geo.Line{sc.Nodes[0].At, sc.Nodes[1].At}}}
	sc.Buildings = []Building{{At: geo.Point{X: 20, Y: 20}, Storeys: 1, Node: 0}}
	sc.Households = []Household{{}, {}}
	person := Person{Helper: sim.None, Work: sim.None, School: sim.None}
	sc.Persons = []Person{person, person, person}
	sc.Persons[2].Household = 1
}

func TestValleyIsRight(t *testing.T) {
	if found := append(Validate(valley()), Warnings(valley())...); len(found) > 0 {
		t.Errorf("the valley has problems: %v", found)
	}
}

func onlyPaths(s *Scenario) {
	for i := range s.Links {
		s.Links[i].Class = RoadPath
	}
}

func manyZones(s *Scenario) {
	zone := s.Zones[0]
	for i := range 32767 {
		zone.Name = fmt.Sprint("more-", i)
		s.Zones = append(s.Zones, zone)
	}
}

// Mistakes that a program can make and a file cannot; those of files are in testdata/bad-scenarios.
func TestValidateFinds(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, c := range map[string]struct {
		spoil func(*Scenario)
		path  string
		text  string
	}{
		"no terrain":      {func(s *Scenario) { s.Terrain.Grid.NX = 0 }, "place.terrain", "want at least 2 x 2"},
		"huge terrain":    {func(s *Scenario) { s.Terrain.Grid.NX = 1 << 40 }, "place.terrain", "cells"},
		"cell":            {func(s *Scenario) { s.Terrain.Grid.Cell = nan }, "place.terrain", "cells of NaN m"},
		"origin":          {func(s *Scenario) { s.Terrain.Grid.Origin.X = inf }, "place.terrain", "no place"},
		"bed":             {func(s *Scenario) { s.Terrain.Bed = s.Terrain.Bed[:3] }, "place.terrain", "3 elevations; want 16"},
		"cover":           {func(s *Scenario) { s.Terrain.Cover = nil }, "place.cover", "0 cells of land cover; want 16"},
		"cover class":     {func(s *Scenario) { s.Terrain.Cover[5] = 77 }, "place.cover", "class 77 in cell 5"},
		"count":           {func(s *Scenario) { s.Units[0].Count = 3 }, "unit[0].count", "want them singly"},
		"wheelchairs":     {func(s *Scenario) { s.Units[0].Chairs = 41 }, "unit[0].wheelchairs", "want no more than seats"},
		"place":           {func(s *Scenario) { s.Shelters[0].Place = [2]float64{nan, 0} }, "shelter[0].place", "is no place"},
		"far":             {func(s *Scenario) { s.Shelters[0].Place = [2]float64{401, 0} }, "shelter[0].place", "x from 0 to 400"},
		"corner":          {func(s *Scenario) { s.Zones[0].Polygon[1][0] = inf }, "zone[0].polygon[1]", "is no place"},
		"number":          {func(s *Scenario) { s.Place.ElevationError = nan }, "place.elevation_error", "want 0 to 100 m"},
		"no limit":        {func(s *Scenario) { s.Place.Easting = inf }, "place.easting", "want any number"},
		"spec":            {func(s *Scenario) { s.Hazards[0].Spec = nil }, "hazard[0].kind", "no configuration"},
		"spec field":      {func(s *Scenario) { s.Hazards[0].Spec = &dryHazard{6} }, "hazard[0].depth", "want 0 to 5 m"},
		"spec check":      {func(s *Scenario) { s.Hazards[0].Spec = &dryHazard{4} }, "hazard[0].depth", "unlucky"},
		"spec whole":      {func(s *Scenario) { s.Hazards[0].Spec = &dryHazard{4} }, "hazard[0]", "want none"},
		"structures":      {func(s *Scenario) { s.Hazards = append(s.Hazards, s.Hazards[0]) }, "hazard[1]", `structure called "gate"`},
		"node":            {func(s *Scenario) { s.Nodes[0].At.X = nan }, "node[0].x", "no place"},
		"link from":       {func(s *Scenario) { s.Links[0].From = -1 }, "link[0].from", "no node has the number -1; want 0 to 1"},
		"link class":      {func(s *Scenario) { s.Links[0].Class = 99 }, "link[0].class", "class 99"},
		"link form":       {func(s *Scenario) { s.Links[0].Form = 9 }, "link[0].form", "form 9"},
		"link lanes":      {func(s *Scenario) { s.Links[0].Lanes = 0 }, "link[0].lanes", "0 lanes"},
		"link speed":      {func(s *Scenario) { s.Links[0].Speed = nan }, "link[0].speed_kmh", "NaN"},
		"link capacity":   {func(s *Scenario) { s.Links[0].Capacity = 0 }, "link[0].capacity", "more than 0"},
		"link level":      {func(s *Scenario) { s.Links[0].Level = 1e6 }, "link[0].level_m", "above the datum"},
		"link shape":      {func(s *Scenario) { s.Links[0].Shape = nil }, "link[0].shape", "want both ends in it"},
		"link bend":       {func(s *Scenario) { s.Links[0].Shape = bend(s, 9e9) }, "link[0].shape", "outside the map"},
		"link length":     {func(s *Scenario) { s.Nodes[1] = s.Nodes[0]; s.Links[0].Shape[1] = s.Nodes[0].At }, "link[0].to", "without length"},
		"building use":    {func(s *Scenario) { s.Buildings[0].Use = 99 }, "building[0].use", "use 99"},
		"construction":    {func(s *Scenario) { s.Buildings[0].Build = 99 }, "building[0].construction", "construction 99"},
		"storeys":         {func(s *Scenario) { s.Buildings[0].Storeys = 0 }, "building[0].storeys", "0 storeys"},
		"floor":           {func(s *Scenario) { s.Buildings[0].Floor = nan }, "building[0].floor_m", "NaN"},
		"only paths":      {onlyPaths, "roads.links", "no road for vehicles"},
		"building node":   {func(s *Scenario) { s.Buildings[0].Node = 2 }, "building[0].node", "no node has the number 2"},
		"home":            {func(s *Scenario) { s.Households[1].Home = -1 }, "household[1].home", "no building"},
		"no building":     {func(s *Scenario) { s.Buildings = nil }, "household[0].home", "want none: the table is empty"},
		"household":       {func(s *Scenario) { s.Persons[0].Household = 7 }, "person[0].household", "no household has the number 7"},
		"crowd":           {func(s *Scenario) { s.Persons = make([]Person, 65536) }, "person[65535].household", "more than 65535 persons"},
		"zones":           {manyZones, "zone", "32768 zones; want at most 32767"},
		"household order": {func(s *Scenario) { s.Persons[0].Household = 1 }, "person[1].household", "order of their households"},
		"age":             {func(s *Scenario) { s.Persons[0].Age = 200 }, "person[0].age", "0 to 125 years"},
		"mobility":        {func(s *Scenario) { s.Persons[0].Mobility = 9 }, "person[0].mobility", "mobility 9"},
		"helper":          {func(s *Scenario) { s.Persons[0].Helper = 3 }, "person[0].helper", "no person has the number 3"},
		"work":            {func(s *Scenario) { s.Persons[0].Work = 1 }, "person[0].work", "no building has the number 1"},
		"school":          {func(s *Scenario) { s.Persons[0].School = -2 }, "person[0].school", "no building has the number -2"},
		"own superior":    {func(s *Scenario) { s.Posts[0].Superior = "county" }, "post[0].superior", "county → county"},
		"no text":         {func(s *Scenario) { s.Zones[0].Title = sim.Text{} }, "zone[0].title", "empty"},
		"long name":       {func(s *Scenario) { s.Gauges[0].Name = strings.Repeat("x", 200) }, "gauge[0].name", "short name"},
	} {
		sc := valley()
		c.spoil(sc)
		found := Validate(sc)
		ok := false
		for _, p := range found {
			ok = ok || p.Path == c.path && strings.Contains(p.Text.EN, c.text)
		}
		if !ok {
			t.Errorf("%s: found %v; want %s: …%s…", name, found, c.path, c.text)
		}
	}
}

// bend returns the shape of the first link with a point in the middle.
func bend(sc *Scenario, x float64) geo.Line {
	return geo.Line{sc.Nodes[0].At, {X: x, Y: 0}, sc.Nodes[1].At}
}

func TestMissingPartsAreNotSpokenOf(t *testing.T) {
	sc := valley()
	sc.Terrain, sc.Nodes, sc.Links, sc.Buildings, sc.Households, sc.Persons = sim.Terrain{}, nil, nil, nil, nil, nil
	sc.Hazards[0].Spec = nil
	sc.Plan = append(sc.Plan, PlannedOrder{At: sc.Plan[0].At, Order: "close_road", Args: []sim.Arg{{Name: "link", Value: "5"}}},
		PlannedOrder{At: sc.Plan[0].At, Order: "set_gate",
			Args: []sim.Arg{{Name: "opening", Value: "5"}, {Name: "structure", Value: "gate"}}})
	missing := Missing{true, true, true, true, true, true, []bool{true}}
	if found := ValidateWithout(sc, missing); len(found) > 0 {
		t.Errorf("spoke of what is missing: %v", found)
	}
	if found := Validate(sc); len(found) < 3 {
		t.Errorf("nothing missing: found %v; want terrain, hazard, gate and road", found)
	}
}

func TestBigTablesListFewProblems(t *testing.T) {
	sc := valley()
	sc.Persons = make([]Person, 1000)
	for i := range sc.Persons {
		sc.Persons[i] = Person{Household: 9}
	}
	found := Validate(sc)
	last := found[len(found)-1]
	if len(found) != maxProblems+1 || last.Path != "person[50]" || !strings.HasPrefix(last.Text.EN, "950 more") {
		t.Errorf("%d problems, the last %v; want %d and the number of the others", len(found), last, maxProblems)
	}
}

func TestWarningsFind(t *testing.T) {
	for name, c := range map[string]struct {
		spoil      func(*Scenario)
		path, text string
	}{
		"channel":  {func(s *Scenario) { s.Posts[1].Links = nil }, "channel[0]", "no post uses"},
		"links":    {func(s *Scenario) { s.Posts[1].Links = nil }, "post[1]", "no order reaches"},
		"public":   {func(s *Scenario) { s.Posts[1].Public = nil }, "post[1]", "cannot warn zone"},
		"highest":  {func(s *Scenario) { s.Posts[1].Superior = "" }, "post[1]", "no superior"},
		"shelter":  {func(s *Scenario) { s.Shelters[0].Capacity = 2; inZone(s) }, "zone[0].shelters", "room for 2 of the zone's 3"},
		"in all":   {func(s *Scenario) { s.Shelters[0].Capacity = 2; inZone(s) }, "shelter", "room for 2 of the 3"},
		"overlaps": {func(s *Scenario) { s.Zones = append(s.Zones, s.Zones[0]); inZone(s) }, "zone[1].polygon", "shares 1 buildings"},
		"late":     {func(s *Scenario) { at := 4 * sim.Hour; s.Plan[0].At = &at }, "plan[0].at", "the drill ends at"},
	} {
		sc := valley()
		c.spoil(sc)
		ok := false
		for _, p := range Warnings(sc) {
			ok = ok || p.Path == c.path && strings.Contains(p.Text.EN, c.text)
		}
		if !ok {
			t.Errorf("%s: %v; want %s: …%s…", name, Warnings(sc), c.path, c.text)
		}
	}
}

// inZone moves the building into the zone, which is the triangle below the diagonal.
func inZone(sc *Scenario) { sc.Buildings[0].At = geo.Point{X: 50, Y: 20} }

// star returns a ring around the middle of the map whose corners go round by angle: it never crosses itself.
func star(t *rapid.T) geo.Polygon {
	directions := []geo.Point{{X: 5, Y: 0}, {X: 4, Y: 3}, {X: 3, Y: 4}, {X: 0, Y: 5}, {X: -3, Y: 4}, {X: -4, Y: 3}, {X: -5, Y: 0},
		{X: -4, Y: -3}, {X: 0, Y: -5}, {X: 3, Y: -4}, {X: 4, Y: -3}}
	var poly geo.Polygon
	for _, d := range directions {
		r := rapid.IntRange(1, 20).Draw(t, "r")
		poly = append(poly, d.Scale(float64(r)))
	}
	return poly
}

func TestStarsDoNotCrossThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		poly := star(t)
		if i, j := selfCrossing(poly); i >= 0 {
			t.Fatalf("edges %d and %d of %v are said to cross", i, j, poly)
		}
	})
}

// meetSlowly says whether two segments between whole points meet: it solves a + s u = p + t v in fractions.
func meetSlowly(a, b, p, q geo.Point) bool {
	u, v, w := b.Sub(a), q.Sub(p), p.Sub(a)
	cross := func(a, b geo.Point) int { return int(a.X)*int(b.Y) - int(a.Y)*int(b.X) }
	dot := func(a, b geo.Point) int { return int(a.X)*int(b.X) + int(a.Y)*int(b.Y) }
	d := cross(u, v)
	if d != 0 {
		s, t := cross(w, v), cross(w, u)
		if d < 0 {
			s, t, d = -s, -t, -d
		}
		return s >= 0 && s <= d && t >= 0 && t <= d
	}
	if cross(w, u) != 0 {
		return false
	}
	t0 := dot(w, u)
	t1 := t0 + dot(v, u)
	return max(t0, t1) >= 0 && min(t0, t1) <= dot(u, u)
}

func TestSegmentsMeetAsFractionsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p [4]geo.Point
		for i := range p {
			p[i] = geo.Point{X: float64(rapid.IntRange(0, 5).Draw(t, "x")), Y: float64(rapid.IntRange(0, 5).Draw(t, "y"))}
		}
		if p[0] == p[1] || p[2] == p[3] {
			t.Skip("no segment")
		}
		if got, want := segmentsMeet(p[0], p[1], p[2], p[3]), meetSlowly(p[0], p[1], p[2], p[3]); got != want {
			t.Fatalf("%v: meet is %v; want %v", p, got, want)
		}
	})
}

func TestPolygonsThatCross(t *testing.T) {
	for name, c := range map[string]struct {
		poly geo.Polygon
		want bool
	}{
		"square":     {geo.Polygon{{X: 0, Y: 0}, {X: 1, Y: 0}, {X: 1, Y: 1}, {X: 0, Y: 1}}, false},
		"eight":      {geo.Polygon{{X: 0, Y: 0}, {X: 1, Y: 1}, {X: 1, Y: 0}, {X: 0, Y: 1}}, true},
		"spike":      {geo.Polygon{{X: 0, Y: 0}, {X: 2, Y: 0}, {X: 1, Y: 0}, {X: 1, Y: 1}}, true},
		"last spike": {geo.Polygon{{X: 1, Y: 0}, {X: 1, Y: 1}, {X: 0, Y: 1}, {X: 0, Y: 0}, {X: 2, Y: 0}}, true},
		"touching":   {geo.Polygon{{X: 0, Y: 0}, {X: 2, Y: 0}, {X: 2, Y: 2}, {X: 1, Y: 0}, {X: 0, Y: 2}}, true},
		"straight":   {geo.Polygon{{X: 0, Y: 0}, {X: 1, Y: 0}, {X: 2, Y: 0}, {X: 2, Y: 2}}, false},
	} {
		if i, j := selfCrossing(c.poly); (i >= 0) != c.want {
			t.Errorf("%s: edges %d, %d; want crossing %v", name, i, j, c.want)
		}
	}
}

// An order to a unit of the wrong kind, or to lanes that are not there, would be refused or do nothing when it is given.
func TestOrdersThatDoNotFit(t *testing.T) {
	sc := valley()
	oneWay, path := sc.Links[0], sc.Links[0]
	oneWay.OneWay, oneWay.Lanes, path.Class = true, 2, RoadPath
	sc.Links = append(sc.Links, oneWay, path)
	names := NewDirectory(sc)
	for text, want := range map[string]string{
		"dispatch_coach unit=coach zone=z01":          "",
		"rescue_zone unit=coach zone=z01":             `unit: "coach" has the kind "coach"; want a boat (kind = "boat")`,
		"fetch_zone unit=coach zone=z01":              `unit: "coach" has the kind "coach"; want a van (kind = "van")`,
		"reduce_road link=0 lanes=1 capacity=50":      "",
		"reduce_road link=0 lanes=2":                  "lanes: 2; want no more than the lanes that the link has in each direction, 1",
		"reduce_road link=2 capacity=5":               "link: this link is a path, on which nobody drives; want a road",
		"close_road link=2":                           "",
		"contraflow link=0 way=forward lanes=1":       "",
		"contraflow link=1 way=back lanes=2":          "",
		"contraflow link=1 way=forward":               "way: a one-way link has no lanes of the other direction; want back, to turn the whole road",
		"contraflow link=1 way=back lanes=3 setup=5m": "lanes: 3; want no more than the lanes that the link has in each direction, 2",
	} {
		name, rest, _ := strings.Cut(text, " ")
		command := sim.Command{Order: name}
		for word := range strings.FieldsSeq(rest) {
			arg, value, _ := strings.Cut(word, "=")
			command.Args = append(command.Args, sim.Arg{Name: arg, Value: value})
		}
		got := ""
		for _, p := range CheckOrder(name, command.Args, names, nil) {
			got += p.Path + ": " + p.Text.EN
			if p.Text.ZH == "" {
				t.Errorf("%s: %q has no Chinese", text, p.Text.EN)
			}
		}
		if got != want {
			t.Errorf("%s: %q; want %q", text, got, want)
		}
	}
	blind := func(k sim.Kind) bool { return k == sim.KindLink || k == sim.KindUnit }
	if found := CheckOrder("reduce_road", []sim.Arg{{Name: "link", Value: "7"}, {Name: "lanes", Value: "9"}}, names, blind); len(found) > 0 {
		t.Errorf("a link of which nothing is known: %v", found)
	}
}

// In a table of the plan an order's parameters stand beside the keys of the plan: one that had the name of a key could
// not be given.
func TestParametersAreNoKeysOfThePlan(t *testing.T) {
	keys := make(map[string]bool)
	for f := range reflect.TypeFor[PlannedOrder]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
		keys[name] = true
	}
	if !keys["share"] || !keys["order"] {
		t.Fatalf("keys of the plan: %v", keys)
	}
	for i := range sim.Orders {
		for _, p := range sim.Orders[i].Params {
			if keys[p.Name] {
				t.Errorf("parameter %q of %s is a key of the plan; want another name", p.Name, sim.Orders[i].Name)
			}
		}
	}
}

func FuzzOrders(f *testing.F) {
	for i := range sim.Orders {
		name, args, _ := strings.Cut(sim.Orders[i].Example, " ")
		f.Add(name, args)
	}
	f.Add("evacuate_zone", "zone=z01 zone=z02 zone= =z01")
	f.Add("set_gate", "opening=NaN structure=gate")
	names := NewDirectory(valley())
	f.Fuzz(func(t *testing.T, order, text string) {
		command := sim.Command{Order: order}
		for word := range strings.FieldsSeq(text) {
			name, value, _ := strings.Cut(word, "=")
			command.Args = append(command.Args, sim.Arg{Name: name, Value: value})
		}
		command.Sort()
		problems := CheckOrder(command.Order, command.Args, names, nil)
		spec := sim.OrderByName(order)
		if spec == nil {
			if len(problems) != 1 {
				t.Errorf("unknown order %q: %v", order, problems)
			}
			return
		}
		values, wrong := spec.Parse(command, names)
		if len(wrong) > 0 && len(wrong) != len(problems) || len(values) != len(spec.Params) {
			t.Errorf("%s: %d reasons and %d problems, %d values", command, len(wrong), len(problems), len(values))
		}
		for i, v := range values {
			p := spec.Params[i]
			if len(wrong) == 0 && v.Given && p.Kind == sim.ParamNumber && !(v.Num >= p.Min && v.Num <= p.Max) {
				t.Errorf("%s: %s is %g; want %g to %g", command, p.Name, v.Num, p.Min, p.Max)
			}
			if !finite(v.Num) || !finite(v.X) || !finite(v.Y) {
				t.Errorf("%s: %s is not finite", command, p.Name)
			}
		}
	})
}
