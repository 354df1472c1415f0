package drilltest

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Town builds a scenario from lines, each a word, a name and settings:
//
//	map 40x20 cell=50 level=10          a flat map of that many cells [m]; the first line
//	start 2026-07-18 12:00              when the drill begins; noon, when it is not said
//	node n1 25,500                      a junction
//	road r1 n1 n2 speed=40 lanes=1      a road between two junctions; oneway; bridge=12.5 (deck level [m]); path
//	post county 0,0 superior= links=phone public=phone answer=1 ack=1m   a command post
//	channel phone use=command delay=1m reach=1
//	official chen post=village person=0 absent arrives=1h   who holds the post; the next one of a post is his deputy;
//	                                    knocks: he is one of its workers
//	ladder usual holder:phone:5m:2 deputy:phone any:runner   who is called over what, the wait and the tries
//	plan post=village seen=0.3 cut_off=20m : evacuate_zone zone=z1   a line of the standing plan, after the verb plan
//	zone z1 0,0 1000,1000 post=county shelters=s1 assembly=a1            a rectangle from corner to corner; route=n1,n2
//	shelter s1 1900,500 capacity=10 open   further keys of scenario.toml's shelter, such as staff=2 post=county
//	shelter-rules leave_rate=0.1 …      keys of scenario.toml's shelter_rules; without them nobody goes off or falls ill
//	assembly a1 500,500
//	station st 1900,500
//	unit c1 coach station=st seats=40 turnout=5m
//	gauge g1 100,100 at=10.5,11         thresholds [m]
//	gauge r1 100,100 rain=1h:35:orange:prepare,3h:55   of rain: windows, depths [mm], warning levels and actions
//	gauge r2 100,100 table=jianghua before=20   a rain gauge with a table, after 20 mm in the day before the start
//	house h1 100,480 floor=0.3 storeys=1 cars=1 build=masonry : 35 33 8 70-limited
//	house i1 300,480 use=hotel cars=1 visitor : 35 33   what it is for, and that its household only visits
//	resident i1 : 84-none                           another household in a house before
//	institution s1 kind=school ready_t50=10m …      makes it one; keys of scenario.toml's institution
//	care call=1m helper_door=5m …       keys of scenario.toml's population.care
//	water 10m 0,0 600,1000 depth=0.4 vx=0.5    from then on, in a rectangle
//	pond 0,0 1000,1000 level=11         water that moves, in a rectangle at the start
//	barrier b1 1000,1 1000,999 height=2 start=1.5 rate=6
//	dyke d1 1000,1 1000,999 crest=12 gap=1000,500 bottom=10 width=40 growth=5m
//	pump p1 100,100 capacity=2 on
//	rain 10m rate=30                    from then on, everywhere [mm/h]
//	meeting m1 post=county members=li,chen form=room gather=10m duration=20m    a consultation
//	deployment d1 post=county           a bundle of orders, the items of it that follow
//	item d1 due=10m : evacuate_zone zone=z1
//	threshold z1 gauge=g1 above=10.5 lead=30m action=prepare   when a zone is to prepare or to move
//	threshold z1 published=orange              the same, when that warning or a higher one has been published
//	forecast first=10m every=1h lead=1h step=10m members=3 delay=5m rise=0.1 to=county   of the water; see Pool.Rise
//	roads gridlock=rotate informed=0 bold=1 …  keys of scenario.toml's roads
//	background n1 n4 vehicles=600 arrivals=regular end=1h …   through traffic; keys of roads.background
//	building b1 800,480 use=school             a building without a household; before who works or learns there
//	weather water_temperature=8 air_temperature=0   keys of scenario.toml's weather
//	behaviour heed_evacuate=1 delay_t50=10m …  keys of scenario.toml's population.behaviour
//	family gather_home=1 fetch_children=1 …    keys of scenario.toml's population.family
//	belief talk=0.5 neighbours=0.3 …    keys of scenario.toml's population.belief
//
// A member of a household is an age, with -limited or -none for mobility, -care for special care, -@b1 for the building
// where he works or learns, and -helper@4 for a helper, by the number of the person; household h1 may have animals=4.
// Whatever a line does not say has the default of scenario.toml, except that behaviour is certain: everybody heeds an
// evacuation order at once, asks nobody, tells nobody and looks at no neighbour, all delays are short, and drivers know
// which roads are closed and drive into no deep water.
type Town struct {
	Scenario *scenario.Scenario
	Water    *Pool
	nodes    map[string]sim.NodeID
	builds   map[string]sim.BuildingID // of buildings with a name
}

// NewTown builds the scenario, and returns the first line that it does not understand as an error.
func NewTown(text string) (*Town, error) {
	t := &Town{Scenario: &scenario.Scenario{}, Water: &Pool{}, nodes: make(map[string]sim.NodeID),
		builds: make(map[string]sim.BuildingID)}
	sc := t.Scenario
	start, err := sim.ParseCivil("2026-07-18 12:00")
	if err != nil {
		return nil, err
	}
	scenario.Fill(sc)
	sc.Drill = scenario.Drill{Name: "text-drill", Title: sim.Text{EN: "Text drill"}, Start: start, Duration: 12 * sim.Hour}
	sc.Place = scenario.Place{Title: sim.Text{EN: "Nowhere"}, Terrain: "-", ElevationSource: sim.Said("made up")}
	// The tables are not read from files; Validate only wants their names.
	sc.Population = scenario.Population{Buildings: "-", Households: "-", Persons: "-"}
	b := &sc.Population.Behaviour
	scenario.Fill(b)
	scenario.Fill(&sc.Population.Family)
	scenario.Fill(&sc.Population.Care)
	sc.Population.Care.Heed = 1
	b.HeedEvacuate, b.HeedPrepare, b.CarOwnerDrive = 1, 0, 1
	b.DelayT50, b.DelayT90 = 10*sim.Minute, 10*sim.Minute+sim.Second
	b.NightShare, b.DayShare = 1, 1
	setPlain(&sc.Population.Belief)
	sc.Roads.Nodes, sc.Roads.Links = "-", "-"
	scenario.Fill(&sc.Roads)
	sc.Roads.Informed, sc.Roads.Guided, sc.Roads.Bold, sc.Roads.Follow = 1, 0, 0, 1
	sc.Rules.LeaveRate, sc.Rules.IllRate, sc.Rules.DrawnShare = 0, 0, 0
	sc.Hazards = []scenario.Hazard{{Name: "pool", Kind: "pool", Spec: scripted{t.Water}}}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := t.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %s: %w", i+1, line, err)
		}
	}
	if problems := scenario.Validate(sc); len(problems) > 0 {
		return nil, fmt.Errorf("%s: %s", problems[0].Path, problems[0].Text.EN)
	}
	return t, nil
}

// words are the parts of a line: what, name, plain words, settings.
type words struct {
	what  string
	plain []string
	set   map[string]string
	tail  []string // after a colon
}

func split(line string) words {
	head, tail, _ := strings.Cut(line, " : ")
	w := words{set: make(map[string]string), tail: strings.Fields(tail)}
	for i, f := range strings.Fields(head) {
		k, v, isSet := strings.Cut(f, "=")
		switch {
		case i == 0:
			w.what = f
		case isSet:
			w.set[k] = v
		default:
			w.plain = append(w.plain, f)
		}
	}
	return w
}

func (w *words) has(flag string) bool {
	for _, p := range w.plain {
		if p == flag {
			return true
		}
	}
	return false
}

// num, span and list read a setting, or give the default.
func (w *words) num(key string, def float64) float64 {
	if v, err := strconv.ParseFloat(w.set[key], 64); err == nil {
		return v
	}
	return def
}

func (w *words) span(key string, def sim.Duration) sim.Duration {
	if d, err := sim.ParseDuration(w.set[key]); err == nil {
		return d
	}
	return def
}

func (w *words) list(key string) []string {
	if w.set[key] == "" {
		return nil
	}
	return strings.Split(w.set[key], ",")
}

func point(text string) ([2]float64, error) {
	xs, ys, _ := strings.Cut(text, ",")
	x, err1 := strconv.ParseFloat(xs, 64)
	y, err2 := strconv.ParseFloat(ys, 64)
	if err1 != nil || err2 != nil {
		return [2]float64{}, fmt.Errorf("%q; want a place such as 100,480", text)
	}
	return [2]float64{x, y}, nil
}

func rect(a, b string) (geo.Rect, error) {
	p, err := point(a)
	if err != nil {
		return geo.Rect{}, err
	}
	q, err := point(b)
	return geo.Rect{Min: scenario.Point(p), Max: scenario.Point(q)}, err
}

func (t *Town) line(line string) error {
	w := split(line)
	builders := map[string]func(words) error{
		"map": t.makeMap, "start": t.setStart, "node": t.addNode, "road": t.addRoad, "post": t.addPost,
		"channel": t.addChannel, "zone": t.addZone, "shelter": t.addShelter, "assembly": t.addSite,
		"station": t.addSite, "unit": t.addUnit, "gauge": t.addGauge, "house": t.addHouse, "water": t.addWater,
		"behaviour": t.setBehaviour, "belief": t.setBelief,
		"pond": t.addPond, "barrier": t.addBarrier, "dyke": t.addDyke, "pump": t.addPump,
		"meeting": t.addMeeting, "deployment": t.addDeployment, "item": t.addItem, "threshold": t.addThreshold,
		"rain": t.addRain, "forecast": t.addForecast, "roads": t.setRoads, "background": t.addBackground,
		"utility": t.addUtility,
		"family":  t.setFamily, "building": t.addBuilding,
		"official": t.addOfficial, "ladder": t.addLadder, "plan": t.addPlan,
		"weather":       t.setWeather,
		"shelter-rules": t.setShelterRules,
		"institution":   t.addInstitution, "resident": t.addResident,
		"care": t.setCare,
	}
	build := builders[w.what]
	if build == nil {
		return fmt.Errorf("no such word")
	}
	least := map[string]int{"map": 1, "start": 2, "node": 2, "road": 3, "post": 2, "channel": 1, "zone": 3, "shelter": 2,
		"assembly": 2, "station": 2, "unit": 2, "gauge": 2, "house": 2, "water": 3, "rain": 1, "utility": 2, "background": 2,
		"building": 2, "official": 1, "ladder": 2, "pond": 2, "barrier": 3, "dyke": 3, "pump": 2,
		"institution": 1, "resident": 1,
		"meeting": 1, "deployment": 1, "item": 1, "threshold": 1}
	if len(w.plain) < least[w.what] {
		return fmt.Errorf("too few words")
	}
	return build(w)
}

func (t *Town) makeMap(w words) error {
	var nx, ny int
	if _, err := fmt.Sscanf(w.plain[0], "%dx%d", &nx, &ny); err != nil || nx*ny <= 0 || nx*ny > 1e6 {
		return fmt.Errorf("want a size such as 40x20")
	}
	g := geo.Grid{NX: nx, NY: ny, Cell: w.num("cell", 50)}
	bed := make([]int32, g.Len())
	for c := range bed {
		bed[c] = int32(w.num("level", 10) * 1000)
	}
	t.Scenario.Terrain = sim.Terrain{Grid: g, Bed: bed, Cover: make([]uint8, g.Len())}
	return nil
}

func (t *Town) setStart(w words) (err error) {
	t.Scenario.Drill.Start, err = sim.ParseCivil(w.plain[0] + " " + w.plain[1])
	return err
}

func (t *Town) addNode(w words) error {
	p, err := point(w.plain[1])
	if err != nil {
		return err
	}
	t.nodes[w.plain[0]] = sim.NodeID(len(t.Scenario.Nodes))
	t.Scenario.Nodes = append(t.Scenario.Nodes, scenario.Node{At: scenario.Point(p)})
	return nil
}

func (t *Town) addRoad(w words) error {
	from, ok1 := t.nodes[w.plain[1]]
	to, ok2 := t.nodes[w.plain[2]]
	if !ok1 || !ok2 {
		return fmt.Errorf("no such node")
	}
	l := scenario.Link{Name: w.plain[0], From: from, To: to, OneWay: w.has("oneway"), Class: scenario.RoadTertiary,
		Lanes: uint8(w.num("lanes", 1)), Speed: w.num("speed", 36), Capacity: w.num("capacity", 600),
		Shape: geo.Line{t.Scenario.Nodes[from].At, t.Scenario.Nodes[to].At}}
	if w.has("path") {
		l.Class, l.Capacity = scenario.RoadPath, 0
	}
	if w.set["bridge"] != "" {
		l.Form, l.Level = scenario.FormBridge, w.num("bridge", 0)
	}
	t.Scenario.Links = append(t.Scenario.Links, l)
	return nil
}

func (t *Town) addPost(w words) error {
	p, err := point(w.plain[1])
	post := scenario.Post{}
	scenario.Fill(&post)
	post.Name, post.Title, post.Place = w.plain[0], sim.Text{EN: w.plain[0]}, p
	post.Level, post.Superior = "county", w.set["superior"]
	if post.Superior != "" {
		post.Level = "village"
	}
	if w.set["level"] != "" {
		post.Level = w.set["level"]
	}
	post.Links, post.Public = w.list("links"), w.list("public")
	post.Answer = w.num("answer", 1)
	post.AckT50, post.Timeout = w.span("ack", sim.Minute), w.span("timeout", 5*sim.Minute)
	post.Workers = int64(w.num("workers", 3))
	post.Report = w.span("report", 30*sim.Minute)
	if err == nil {
		err = setFields(reflect.ValueOf(&post).Elem(), w.only("ladder", "on_duty", "staffed_at", "staff_t50", "staff_t90",
			"duty_workers", "duty_ack_t50", "night_factor", "couriers", "courier_by"))
	}
	post.FirstReport, post.FollowUp = w.span("first", post.FirstReport), w.span("follow", post.FollowUp)
	t.Scenario.Posts = append(t.Scenario.Posts, post)
	return err
}

func (t *Town) addChannel(w words) error {
	c := scenario.Channel{}
	scenario.Fill(&c)
	c.Name, c.Title, c.Use = w.plain[0], sim.Text{EN: w.plain[0]}, "public"
	if w.set["use"] != "" {
		c.Use = w.set["use"]
	}
	if w.set["kind"] != "" {
		c.Kind = w.set["kind"]
	}
	if c.Kind == "plain" || w.set["delay"] != "" {
		c.DelayT50 = new(w.span("delay", sim.Minute))
		c.DelayT90 = new(w.span("delay90", *c.DelayT50+sim.Second))
	}
	if c.Kind == "plain" || w.set["reach"] != "" {
		c.Reach = new(w.num("reach", 1))
		c.Night = new(w.num("night", *c.Reach))
	}
	if w.set["doors"] != "" {
		c.Doors = new(w.num("doors", 20))
	}
	if w.set["talk"] != "" {
		c.DoorTime = new(w.span("talk", 0))
	}
	if w.set["capacity"] != "" {
		c.Capacity = new(w.num("capacity", 0))
	}
	if w.set["battery"] != "" {
		c.Battery = new(w.span("battery", 0))
	}
	c.Needs, c.Hours = w.list("needs"), w.set["hours"]
	t.Scenario.Channels = append(t.Scenario.Channels, c)
	return nil
}

// addUtility adds a substation or a base station.
func (t *Town) addUtility(w words) error {
	p, err := point(w.plain[1])
	u := scenario.Filled[scenario.Utility]()
	u.Name, u.Title, u.Place = w.plain[0], sim.Text{EN: w.plain[0]}, p
	u.Kind, u.Zones, u.FailsAt = w.set["kind"], w.list("zones"), w.num("fails", u.FailsAt)
	u.Backup, u.Repair = w.span("backup", u.Backup), w.span("repair", u.Repair)
	t.Scenario.Utilities = append(t.Scenario.Utilities, u)
	return err
}

func (t *Town) addZone(w words) error {
	r, err := rect(w.plain[1], w.plain[2])
	var route []int64
	for _, name := range w.list("route") {
		node, ok := t.nodes[name]
		if !ok {
			return fmt.Errorf("no such node: %s", name)
		}
		route = append(route, int64(node))
	}
	t.Scenario.Zones = append(t.Scenario.Zones, scenario.Zone{Name: w.plain[0], Title: sim.Text{EN: w.plain[0]},
		Post: w.set["post"], Shelters: w.list("shelters"), Assembly: w.set["assembly"], Route: route,
		Polygon: [][2]float64{{r.Min.X, r.Min.Y}, {r.Max.X, r.Min.Y}, {r.Max.X, r.Max.Y}, {r.Min.X, r.Max.Y}}})
	return err
}

func (t *Town) addShelter(w words) error {
	p, err := point(w.plain[1])
	s := scenario.Shelter{}
	scenario.Fill(&s)
	s.Name, s.Title, s.Place = w.plain[0], sim.Text{EN: w.plain[0]}, p
	s.Capacity, s.Open = int64(w.num("capacity", 1000)), w.has("open")
	s.Desks, s.Registration = int64(w.num("desks", 1)), w.span("registration", 30*sim.Second)
	s.OpenDelay = w.span("delay", 30*sim.Minute)
	for _, taken := range []string{"capacity", "desks", "registration", "delay"} {
		delete(w.set, taken)
	}
	if e := setFields(reflect.ValueOf(&s).Elem(), w); e != nil {
		return e
	}
	t.Scenario.Shelters = append(t.Scenario.Shelters, s)
	return err
}

func (t *Town) addSite(w words) error {
	p, err := point(w.plain[1])
	title := sim.Text{EN: w.plain[0]}
	if w.what == "station" {
		t.Scenario.Stations = append(t.Scenario.Stations, scenario.Station{Name: w.plain[0], Title: title, Place: p})
	} else {
		t.Scenario.Assemblies = append(t.Scenario.Assemblies,
			scenario.AssemblyPoint{Name: w.plain[0], Title: title, Place: p})
	}
	return err
}

func (t *Town) addUnit(w words) error {
	u := scenario.Unit{}
	scenario.Fill(&u)
	u.Name, u.Title, u.Kind, u.Station = w.plain[0], sim.Text{EN: w.plain[0]}, w.plain[1], w.set["station"]
	u.Count = 1
	u.Seats, u.Turnout = int64(w.num("seats", 40)), w.span("turnout", 5*sim.Minute)
	u.Chairs, u.Assisted = int64(w.num("wheelchairs", 0)), w.span("assisted", u.Assisted)
	t.Scenario.Units = append(t.Scenario.Units, u)
	return nil
}

func (t *Town) addGauge(w words) error {
	p, err := point(w.plain[1])
	g := scenario.Filled[scenario.Gauge]()
	g.Name, g.Title, g.Place, g.Every = w.plain[0], sim.Text{EN: w.plain[0]}, p, w.span("every", 5*sim.Minute)
	g.Table, g.Antecedent = w.set["table"], w.num("before", 0)
	if g.Table != "" || w.set["rain"] != "" {
		g.Kind = scenario.GaugeRain
	}
	for _, v := range w.list("rain") {
		limit, e := rainLimit(v)
		if e != nil {
			return e
		}
		g.Thresholds = append(g.Thresholds, limit)
	}
	for _, v := range w.list("at") {
		level, e := strconv.ParseFloat(v, 64)
		if e != nil {
			return e
		}
		g.Thresholds = append(g.Thresholds, scenario.Threshold{Level: &level, Title: sim.Text{EN: v}})
	}
	t.Scenario.Gauges = append(t.Scenario.Gauges, g)
	return err
}

func (t *Town) addRain(w words) error {
	at, err := sim.ParseDuration(w.plain[0])
	t.Water.Rain = append(t.Water.Rain, PoolRain{at, w.num("rate", 0)})
	return err
}

func (t *Town) addForecast(w words) error {
	t.Water.Sees = sim.Outlook{First: w.span("first", 0), Every: w.span("every", sim.Hour), Lead: w.span("lead", sim.Hour),
		Step: w.span("step", 10*sim.Minute), Members: int(w.num("members", 1)), Delay: w.span("delay", 0),
		To: w.list("to")}
	t.Water.Rise = w.num("rise", 0)
	return nil
}

// rainLimit reads a threshold of rain: window:depth[:warning[:action]].
func rainLimit(v string) (scenario.Threshold, error) {
	parts := append(strings.Split(v, ":"), "", "", "")
	window, err := sim.ParseDuration(parts[0])
	if err != nil {
		return scenario.Threshold{}, err
	}
	depth, err := strconv.ParseFloat(parts[1], 64)
	return scenario.Threshold{Window: window, Depth: depth, Title: sim.Text{EN: v}, Warning: parts[2],
		Action: parts[3]}, err
}
