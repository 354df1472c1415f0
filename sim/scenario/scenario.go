// Package scenario holds a drill as plain data: the place, its people, its posts and resources, its hazards, the
// standing plan. Reading and writing files is the business of package scenarios; this package knows no TOML beyond
// the field names in its tags.
//
// The tags of a field are its contract, and the source of docs/scenario.md:
//
//	toml:"name"          its key in scenario.toml (",omitempty" where it may be left out when written)
//	unit:"m"             unit of the value; "-" for a share or a plain number. A pair in metres is a place on the map
//	range:"[0,100]"      what is allowed; "(" and ")" leave the limit out; an empty side is open
//	default:"3"          taken when the key is missing; a field without default and without optional is required
//	optional:"true"      may be missing, and then is the zero value, which the doc explains
//	ref:"zone"           the name of an entity of that kind (or each of a list)
//	choices:"a,b"        the words that are allowed
//	instant:"true"       a span since the start; in the file a local time such as "06:40" may stand for it
//	when:"kind=stage"    has an effect only so: another key of the table has one of some words ("kind=a,b"), is there
//	                     ("lead") or is not ("!lead"); ";" wants several of these, "|" any of them; "../" looks in the
//	                     table around, "a.b" into a table or any of a list
//	needed:"true"        must be there where the condition of when holds
//	doc:"…"              one sentence
package scenario

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// Scenario is one drill, complete. The tables up to Plan come from scenario.toml, what follows from the files that
// it names.
type Scenario struct {
	Drill       Drill            `toml:"drill" doc:"what is played, and when"`
	Place       Place            `toml:"place" doc:"the map"`
	Population  Population       `toml:"population" doc:"the people, and how they behave"`
	Roads       Roads            `toml:"roads" doc:"the road network"`
	Weather     Weather          `toml:"weather" optional:"true" doc:"what people who are in the water, or wet outdoors, have to bear"`
	Danger      Danger           `toml:"danger" optional:"true" doc:"by what the report grades dangerous water"`
	Posts       []Post           `toml:"post" doc:"command posts, from the county down to the village"`
	Channels    []Channel        `toml:"channel" doc:"ways in which orders and warnings travel"`
	Zones       []Zone           `toml:"zone" doc:"transfer units (转移单元): who is moved together"`
	Shelters    []Shelter        `toml:"shelter" doc:"shelters (避难场所)"`
	Rules       ShelterRules     `toml:"shelter_rules" optional:"true" doc:"what people in shelters do, and how shelters hear of each other"`
	Assemblies  []AssemblyPoint  `toml:"assembly" doc:"assembly points (集合点) where coaches load"`
	Hospitals   []Hospital       `toml:"hospital" doc:"hospitals"`
	Stations    []Station        `toml:"station" doc:"where units are stationed"`
	Units       []Unit           `toml:"unit" doc:"units (救援力量)"`
	Gauges      []Gauge          `toml:"gauge" doc:"stage and rain gauges and their thresholds"`
	Hazards     []Hazard         `toml:"hazard" doc:"hazards; the further keys depend on the kind"`
	Objectives  []Objective      `toml:"objective" doc:"what the drill is to show"`
	Officials   []Official       `toml:"official" doc:"who holds the posts, and stands in (责任人): the first of a post holds it, the others are its deputies; without any a post is always held"`
	Ladders     []Ladder         `toml:"ladder" doc:"how posts are called until somebody answers (叫应阶梯)"`
	Utilities   []Utility        `toml:"utility" doc:"what feeds zones with power and carries the public network"`
	Meetings    []Meeting        `toml:"meeting" doc:"consultations (会商)"`
	Deployments []Deployment     `toml:"deployment" doc:"bundles of orders that go out at once (部署)"`
	Items       []DeploymentItem `toml:"item" doc:"the orders of the deployments"`

	Institutions []Institution `toml:"institution" doc:"schools, kindergartens, hospitals and nursing homes, whose people do not decide by themselves"`

	Plan       []PlannedOrder  `toml:"plan" doc:"the standing plan: orders at times or on thresholds"`
	Thresholds []ZoneThreshold `toml:"zone_threshold" doc:"when zones are to prepare or to move (何时转): rules that the standing plan carries out and the review follows"`

	Terrain    sim.Terrain `toml:"-"`
	Nodes      []Node      `toml:"-"`
	Links      []Link      `toml:"-"`
	Buildings  []Building  `toml:"-"`
	Households []Household `toml:"-"`
	Persons    []Person    `toml:"-"`
	Director   string      `toml:"-"` // text of director.lua; empty without one
	Hash       [32]byte    `toml:"-"` // of the bundle's bytes
}

// Drill says what is played.
type Drill struct {
	Name     string        `toml:"name" doc:"short name, letters, digits and hyphens; the directory has the same"`
	Title    sim.Text      `toml:"title" doc:"name on screen, in Chinese and English"`
	Summary  sim.Text      `toml:"summary" optional:"true" doc:"what happens, for the list of drills"`
	Start    sim.CivilTime `toml:"start" doc:"local date and time of the start, such as 2026-07-18 18:00"`
	Duration sim.Duration  `toml:"duration" range:"[1m,30d]" doc:"how long it lasts, such as 12h"`
	Seed     int64         `toml:"seed" range:"[0,]" default:"1" doc:"seed when none is given"`
	Director string        `toml:"director" optional:"true" doc:"Lua file of the director, beside scenario.toml"`
	Language string        `toml:"language" choices:"zh,en" default:"zh" doc:"language of reports when none is given"`
}

// Place says where.
type Place struct {
	Title           sim.Text `toml:"title" doc:"name of the place"`
	Terrain         string   `toml:"terrain" doc:"elevation, ESRI ASCII grid (.asc or .asc.gz) in metres"`
	Cover           string   `toml:"cover" optional:"true" doc:"land cover, ESRI ASCII grid of classes; all farmland without"`
	CRS             string   `toml:"crs" default:"local" doc:"map projection, such as EPSG:32649, or local"`
	Easting         float64  `toml:"easting" unit:"m" default:"0" doc:"of the map's origin in that projection"`
	Northing        float64  `toml:"northing" unit:"m" default:"0" doc:"of the map's origin in that projection"`
	ElevationSource sim.Text `toml:"elevation_source" doc:"where the elevation comes from; printed on map and report"`
	ElevationError  float64  `toml:"elevation_error" unit:"m" range:"[0,100]" doc:"its error, one standard deviation"`
	Planning        bool     `toml:"planning" default:"false" doc:"the elevation is good enough to plan by; else map and report say not for planning"`
	Attribution     string   `toml:"attribution" optional:"true" doc:"licence and attribution of the sources, kept on map and report"`
}

// Population says who lives there and how they behave. Shares and times are of the model in docs/models.
type Population struct {
	Buildings  string    `toml:"buildings" doc:"CSV of buildings"`
	Households string    `toml:"households" doc:"CSV of households"`
	Persons    string    `toml:"persons" doc:"CSV of persons"`
	Behaviour  Behaviour `toml:"behaviour" optional:"true" doc:"how households decide and move"`
	Family     Family    `toml:"family" optional:"true" doc:"who gathers, takes neighbours along, goes back"`
	Belief     Belief    `toml:"belief" optional:"true" doc:"how households come to believe a warning"`
	Care       Care      `toml:"care" optional:"true" doc:"special-care persons, institutions, visitors, emergency controls"`
}

// Behaviour are the parameters of decision and movement.
type Behaviour struct {
	HeedEvacuate  float64      `toml:"heed_evacuate" unit:"-" range:"[0,1]" default:"0.90" doc:"share of households that leave on an evacuation order before water is in sight (assumed; Oroville 2017: 0.67-0.68)"`
	HeedPrepare   float64      `toml:"heed_prepare" unit:"-" range:"[0,1]" default:"0.10" doc:"share that leaves already when told to prepare (assumed)"`
	HeedWater     float64      `toml:"heed_water" unit:"-" range:"[0,1]" default:"0.95" doc:"share that leaves by itself when water stands at the door and the way is passable (assumed)"`
	DelayT50      sim.Duration `toml:"delay_t50" range:"[1s,24h]" default:"25m" doc:"from hearing to setting off, median of those who leave (assumed; Weibull through t50 and t90)"`
	DelayT90      sim.Duration `toml:"delay_t90" range:"[1s,48h]" default:"70m" doc:"the same, 90th percentile (assumed)"`
	PreparedGain  float64      `toml:"prepared_gain" unit:"-" range:"[0,1]" default:"0.5" doc:"factor on the delay of households that were told to prepare before (assumed)"`
	CarOwnerDrive float64      `toml:"car_owner_drive" unit:"-" range:"[0,1]" default:"0.85" doc:"share of households with a car that take it (assumed)"`
	BikeOwnerRide float64      `toml:"bike_owner_ride" unit:"-" range:"[0,1]" default:"0.8" doc:"share of households of one or two with a two-wheeler and no car at hand that ride it (assumed)"`
	WalkMax       float64      `toml:"walk_max" unit:"m" range:"[0,20000]" default:"3000" doc:"the longest way to a shelter that a household without a car walks; else it goes to the assembly point (assumed)"`
	WalkMaxWeak   float64      `toml:"walk_max_weak" unit:"m" range:"[0,20000]" default:"800" doc:"the same for households with somebody who walks badly (assumed)"`
	NightShare    float64      `toml:"night_home" unit:"-" range:"[0,1]" default:"0.98" doc:"share of people at home at night (assumed)"`
	DayShare      float64      `toml:"day_home" unit:"-" range:"[0,1]" default:"0.40" doc:"share of working people at home at day; pupils are at school (assumed)"`
	NightWalk     float64      `toml:"night_walk" unit:"-" range:"[0.1,1]" default:"0.6" doc:"factor on walking speed in water at night (Mizuno & Nihei 2016: 30-50 % slower)"`
	CarryShare    float64      `toml:"carry_share" unit:"-" range:"[0,1]" default:"1" doc:"share of households with somebody who cannot walk that helpers bring to the assembly point; the others wait at home and call for a van (assumed)"`
	WaitMax       sim.Duration `toml:"wait_max" range:"[1m,24h]" default:"60m" doc:"how long a party waits for a coach before it walks, if it can (assumed)"`
}

// Roads says which files hold the road network, and which defaults hold.
type Roads struct {
	Nodes     string  `toml:"nodes" doc:"CSV of nodes"`
	Links     string  `toml:"links" doc:"CSV of links"`
	JamMetres float64 `toml:"jam_metres" unit:"m" range:"[4,12]" default:"7.5" doc:"length of road that a standing car takes (133 veh/km/lane)"`
	Capacity  float64 `toml:"capacity_factor" unit:"-" range:"[0.05,2]" default:"1" doc:"factor on the capacity of every link, 0.33-0.5 for planning rates"`
	Junctions bool    `toml:"junctions" default:"true" doc:"vehicles hinder each other where roads meet: priority, stops, traffic lights, roundabouts (docs/models/roads.md)"`

	UTurns string    `toml:"u_turns" choices:"anywhere,dead-end" default:"anywhere" doc:"where cars and coaches may turn round, which takes 15 s (assumed): at every node, or only where no other road goes on or all that do are closed"`
	Bans   []TurnBan `toml:"ban" optional:"true" doc:"turns that cars and coaches must not make; emergency vehicles, two-wheelers and walkers may"`

	Planning   string       `toml:"planning" choices:"none,evacuation" default:"none" doc:"what a lane carries: its capacity, or at most what plans of evacuations count on for hours: 600 veh/h, and 900 where traffic runs against its usual direction (TRB 11-4115)"`
	Weather    string       `toml:"weather" choices:"none,hcm,field" default:"hcm" doc:"by which values rain and darkness lower capacity and speed: not at all, by the Highway Capacity Manual, or by those measured in heavy rain (docs/models/harm.md)"`
	ClearAfter sim.Duration `toml:"clear_after" range:"[0s,240h]" default:"0s" doc:"after which a vehicle that water has stalled is taken off the road; 0 for by order alone"`

	Gridlock      string       `toml:"gridlock" choices:"stand,rotate" default:"stand" doc:"links that block each other in a ring stand for good, or police wave their first vehicles on, all at once"`
	GridlockAfter sim.Duration `toml:"gridlock_after" when:"gridlock=rotate" range:"[0s,48h]" default:"30m" doc:"from when a ring has closed until police wave it on (assumed)"`
	AbandonAfter  sim.Duration `toml:"abandon_after" range:"[0s,48h]" default:"0s" doc:"after which people leave a car that has not moved and walk; 0s for never (assumed: nobody has counted them)"`

	Informed    float64      `toml:"informed" unit:"-" range:"[0,1]" default:"0.4" doc:"share of households whose drivers know at once which roads are closed; the rest drive by habit and see it when they are there (assumed; 63 % of 1,000 US drivers take the same way to work every day)"`
	Guided      float64      `toml:"guided" unit:"-" range:"[0,1]" default:"0.2" doc:"share, of all, whose drivers also know how long roads take at present; at most informed (assumed)"`
	Follow      float64      `toml:"plan_route" unit:"-" range:"[0,1]" default:"0.8" doc:"share of households told to leave whose drivers take the route of their zone, where it has one; guided ones do not (assumed)"`
	GuidedEvery sim.Duration `toml:"guided_every" range:"[10s,24h]" default:"5m" doc:"how often these hear it anew (5 min: usual in SUMO)"`
	Bold        float64      `toml:"bold" unit:"-" range:"[0,1]" default:"0.35" doc:"share of households that drive into water of 0.30 m and more, up to where the car stalls (43 % at 0.20 m and 13 % at 0.60 m say that they would, in LifeSim's manual; linear between)"`

	Background []Background `toml:"background" optional:"true" doc:"through traffic of people who are no households of the scenario"`
}

// Danger says by what the report grades dangerous water. Who is at risk and who is caught goes by the class H3 in any
// case.
type Danger struct {
	Criterion string `toml:"criterion" choices:"arr,defra" default:"arr" doc:"classes H1 to H6 (ARR, AIDR 7-3), or the hazard rating of FD2321 (Defra); at risk and caught are by H3 in any case"`
	Debris    string `toml:"debris" when:"criterion=defra" choices:"none,fd2320,fd2321" default:"fd2320" doc:"debris factor of the hazard rating: none, by depth, by depth and land cover (docs/models/harm.md)"`
	Upper     string `toml:"upper" when:"criterion=defra" choices:"fd2320,fd2321" default:"fd2320" doc:"rating up to which the danger is one for most, and beyond for all: 2.0 (fd2320) or 2.5 (fd2321)"`
}

// Rated says whether the hazard rating grades the water, and not the classes H1 to H6.
func (d Danger) Rated() bool { return d.Criterion == "defra" }

// Zone is a transfer unit: people who get one order and go to one place.
type Zone struct {
	Name     string       `toml:"name" doc:"short name"`
	Title    sim.Text     `toml:"title" doc:"name on screen"`
	Post     string       `toml:"post" ref:"post" doc:"the post that moves it"`
	Shelters []string     `toml:"shelters" ref:"shelter" doc:"where to, the first one first"`
	Assembly string       `toml:"assembly" ref:"assembly" optional:"true" doc:"where its coaches load; without one there are none"`
	Polygon  [][2]float64 `toml:"polygon" unit:"m" doc:"its border, at least three corners [x, y]"`
	Hazard   string       `toml:"hazard,omitempty" choices:"flash_flood,river,reservoir,dyke,waterlogging,tide,landslide,debris_flow,chemical" optional:"true" doc:"of what it is a zone, for lists and report (山洪、江河、水库、堤防、内涝、风暴潮、滑坡、泥石流、危化品)"`
	Grade    string       `toml:"grade,omitempty" choices:"danger,alert" optional:"true" doc:"how grave, for lists and report: danger zone (危险区) or alert zone (警戒区)"`
	Route    []int64      `toml:"route,omitempty" range:"[0,]" optional:"true" doc:"the way that its cars and coaches take to the first of its shelters: numbers of nodes to pass, at least two, the fastest way between; who finds it closed leaves it"`
}

// Shelter is a place to go to.
type Shelter struct {
	Name         string       `toml:"name" doc:"short name"`
	Title        sim.Text     `toml:"title" doc:"name on screen"`
	Place        [2]float64   `toml:"place" unit:"m" doc:"where it is [x, y]"`
	Capacity     int64        `toml:"capacity" unit:"persons" range:"[1,1000000]" doc:"how many it takes"`
	Open         bool         `toml:"open" default:"false" doc:"open from the start"`
	OpenDelay    sim.Duration `toml:"open_delay" range:"[0s,24h]" default:"30m" doc:"from the order until its staff takes people in (assumed)"`
	Desks        int64        `toml:"desks" range:"[1,1000]" default:"4" doc:"registration desks"`
	Registration sim.Duration `toml:"registration" range:"[1s,1h]" default:"45s" doc:"time per person and desk (assumed; 30-60 s)"`

	Staff     int64        `toml:"staff,omitempty" unit:"persons" range:"[0,1000]" default:"0" doc:"who runs it: one to a desk, up to two at the door when that is guarded; 0 when they are not counted: then all are there when it opens"`
	StaffOver sim.Duration `toml:"staff_over" when:"staff" range:"[0s,24h]" default:"30m" doc:"time in which the others follow who opens it, one after another (assumed)"`
	Post      string       `toml:"post,omitempty" ref:"post" optional:"true" doc:"who has the key and comes by car from his place, after open_delay; without it he is at hand"`
	Building  *int64       `toml:"building,omitempty" range:"[0,]" optional:"true" doc:"number of the building that it is in, whose floor and storeys count; storeys and floor when missing"`
	Storeys   int64        `toml:"storeys" when:"!building" range:"[1,20]" default:"1" doc:"storeys above ground (assumed)"`
	Floor     float64      `toml:"floor" when:"!building" unit:"m" range:"[0,10]" default:"0.3" doc:"ground floor above the terrain: with water above it the shelter takes nobody in, and who is in it must leave or go upstairs (assumed)"`
	Area      float64      `toml:"area,omitempty" unit:"m2" range:"[0,10000000]" optional:"true" doc:"floor on which people stay; 0 when it is not known: then capacity stands for it"`
	Class     string       `toml:"class" choices:"emergency,temporary,short,medium,long" default:"temporary" doc:"how long people can stay: a day, 3, 15, 30 or 100 days, with 0.5, 1.0, 2.0, 3.0 or 4.5 m2 a person (GB 51143-2015, recalled)"`
	Special   int64        `toml:"special_places,omitempty" unit:"persons" range:"[0,1000000]" default:"0" doc:"beds and wheelchair places for who needs special care; 0 when they are not counted"`

	CountEvery sim.Duration `toml:"count_every" range:"[0s,24h]" default:"2h" doc:"how often heads are counted; 0s for only when ordered (assumed)"`
	CountTime  sim.Duration `toml:"count_time" range:"[0s,1m]" default:"3s" doc:"time that counting takes, per person and counter (assumed)"`
}

// AssemblyPoint is where coaches load.
type AssemblyPoint struct {
	Name  string     `toml:"name" doc:"short name"`
	Title sim.Text   `toml:"title" doc:"name on screen"`
	Place [2]float64 `toml:"place" unit:"m" doc:"where it is [x, y]"`
}

// Hospital is a hospital.
type Hospital struct {
	Name  string     `toml:"name" doc:"short name"`
	Title sim.Text   `toml:"title" doc:"name on screen"`
	Place [2]float64 `toml:"place" unit:"m" doc:"where it is [x, y]"`
	Beds  int64      `toml:"beds" unit:"persons" range:"[0,100000]" doc:"beds"`
}

// Station is where units wait.
type Station struct {
	Name  string     `toml:"name" doc:"short name"`
	Title sim.Text   `toml:"title" doc:"name on screen"`
	Place [2]float64 `toml:"place" unit:"m" doc:"where it is [x, y]"`
}

// Unit is a vehicle or boat with its crew. Count above 1 stands for that many alike, called name-1, name-2, …;
// a scenario that has been read holds them singly.
type Unit struct {
	Name     string       `toml:"name" doc:"short name"`
	Title    sim.Text     `toml:"title" doc:"name on screen"`
	Kind     string       `toml:"kind" choices:"coach,boat,van" doc:"what it is; a van fetches from their homes those who cannot leave by themselves"`
	Station  string       `toml:"station" ref:"station" doc:"where it waits"`
	Count    int64        `toml:"count,omitempty" range:"[1,500]" default:"1" doc:"how many alike"`
	Seats    int64        `toml:"seats" unit:"persons" range:"[1,200]" doc:"how many it carries besides its crew"`
	Chairs   int64        `toml:"wheelchairs,omitempty" unit:"persons" range:"[0,200]" default:"0" doc:"of these, places for who cannot walk; 0 for as many as there are seats"`
	Turnout  sim.Duration `toml:"turnout" range:"[0s,12h]" default:"15m" doc:"from the order to setting off (assumed)"`
	Boarding sim.Duration `toml:"boarding" range:"[0s,10m]" default:"4s" doc:"time per able person to get in (assumed; 2-4 s by coach, 1-2 min by boat)"`
	Assisted sim.Duration `toml:"boarding_assisted" range:"[0s,30m]" default:"45s" doc:"time per person who needs help (assumed; 30-60 s by coach, 3-5 min with a wheelchair that is tied down in a van)"`
}

// Kinds of gauge.
const (
	GaugeStage = "stage"
	GaugeRain  = "rain"
)

// Gauge measures the water or the rain at one place.
type Gauge struct {
	Name       string       `toml:"name" doc:"short name"`
	Title      sim.Text     `toml:"title" doc:"name on screen"`
	Kind       string       `toml:"kind" choices:"stage,rain" default:"stage" doc:"what it measures: the level of the water, or rain"`
	Place      [2]float64   `toml:"place" unit:"m" doc:"where it is [x, y]"`
	Table      string       `toml:"table,omitempty" choices:"jianghua" optional:"true" doc:"rain: thresholds of a published table instead of its own; jianghua: four warning levels by 1, 3, 6 and 24 h (Jianghua County)"`
	Antecedent float64      `toml:"antecedent" unit:"mm" range:"[0,2000]" default:"0" doc:"rain: what fell in the 24 h before the start, evenly (assumed)"`
	Thresholds []Threshold  `toml:"threshold" optional:"true" doc:"what counts: levels that rise, or depths of rain in windows"`
	Every      sim.Duration `toml:"every" range:"[30s,24h]" default:"5m" doc:"how often it reports"`
}

// Threshold is a level, or a depth of rain in a window, with a meaning.
type Threshold struct {
	Level   *float64     `toml:"level,omitempty" unit:"m" optional:"true" doc:"stage: above the datum; needed there"`
	Window  sim.Duration `toml:"window,omitempty" range:"[30m,24h]" optional:"true" doc:"rain: over which it is added up: 30m, 1h, 3h, 6h, 12h or 24h; needed there"`
	Depth   float64      `toml:"depth,omitempty" unit:"mm" range:"(0,2000]" optional:"true" doc:"rain: what falls in the window; needed there"`
	Title   sim.Text     `toml:"title" doc:"its name, such as 警戒水位"`
	Warning string       `toml:"warning,omitempty" choices:"blue,yellow,orange,red" optional:"true" doc:"warning level that it stands for"`
	Action  string       `toml:"action,omitempty" choices:"prepare,move" optional:"true" doc:"what it asks for: prepare to move (准备转移), move now (立即转移)"`
}

// Hazard is one hazard. Spec is decoded from the same table by the hazard's own package.
type Hazard struct {
	Name string         `toml:"name" doc:"short name"`
	Kind string         `toml:"kind" doc:"which model: flood"`
	Spec sim.HazardSpec `toml:"-"`
}

// Objective is something that the drill is to show: a measure of docs/measures.md and what is wanted of it.
type Objective struct {
	Name    string   `toml:"name" doc:"short name"`
	Title   sim.Text `toml:"title" doc:"what is wanted, in words"`
	Measure string   `toml:"measure" doc:"name of a measure"`
	AtLeast *float64 `toml:"at_least,omitempty" unit:"of the measure" optional:"true" doc:"met when the measure is at least so much"`
	AtMost  *float64 `toml:"at_most,omitempty" unit:"of the measure" optional:"true" doc:"met when the measure is at most so much"`
}

// PlannedOrder is one line of the standing plan: an order of the catalogue, at a time, or when a gauge is above a
// level, a depth of rain or a warning level, or is forecast to be, as its post knows it, or when a response level is
// set or a warning level published. The order's parameters stand beside as further keys.
type PlannedOrder struct {
	At       *sim.Duration `toml:"at,omitempty" range:"[0s,30d]" instant:"true" optional:"true" doc:"when, since the start (2h30m) or by the clock (06:40); at, gauge, response, published, seen or cut_off must be there"`
	Gauge    string        `toml:"gauge,omitempty" ref:"gauge" optional:"true" doc:"gauge that triggers it"`
	Above    float64       `toml:"above,omitempty" when:"gauge;!warning" needed:"true" unit:"m or mm" optional:"true" doc:"level above the datum that triggers it; with window the depth of rain [mm]"`
	Window   sim.Duration  `toml:"window,omitempty" range:"[30m,24h]" optional:"true" doc:"of a rain gauge: the window of the depth, 30m, 1h, 3h, 6h, 12h or 24h"`
	Warning  string        `toml:"warning,omitempty" choices:"blue,yellow,orange,red" optional:"true" doc:"instead of above: a threshold of this warning level or a higher one triggers it"`
	Lead     sim.Duration  `toml:"lead,omitempty" range:"(0s,48h]" optional:"true" doc:"the trigger is the last forecast that the post has: what it says of the time up to so long from now"`
	Share    float64       `toml:"share,omitempty" unit:"-" range:"(0,1]" optional:"true" doc:"with lead: at least this share of the forecast's members must say so; one half when missing"`
	Response string        `toml:"response,omitempty" choices:"IV,III,II,I" optional:"true" doc:"response level that triggers it: what is to be done by standing rules when this level or a higher one is set"`
	Public   string        `toml:"published,omitempty" choices:"blue,yellow,orange,red" optional:"true" doc:"published warning level (发布的预警级别) that triggers it, that level or a higher one: of the order's zone, where the higher one of its own and the county's holds; without a zone of the county"`
	Seen     float64       `toml:"seen,omitempty" unit:"m" range:"(0,20]" optional:"true" doc:"depth of water that triggers it, as the post's own people see it at houses and road nodes of the order's zone, which the post moves; without a zone in any of the post's own"`
	CutOff   sim.Duration  `toml:"cut_off,omitempty" range:"[1m,24h]" optional:"true" doc:"standing authority (授权自启): the line counts only when the post has had no contact with its superior for so long"`
	Delay    sim.Duration  `toml:"delay,omitempty" range:"[0s,24h]" optional:"true" doc:"from the trigger to the order: the time to decide"`
	Post     string        `toml:"post,omitempty" ref:"post" optional:"true" doc:"who gives it; the highest post when missing"`
	Order    string        `toml:"order" doc:"name of the order (docs/orders.md)"`
	Args     []sim.Arg     `toml:",rest" doc:"the order's parameters"`
}

// Point makes a point of a place in a table.
func Point(p [2]float64) geo.Point { return geo.Point{X: p[0], Y: p[1]} }
