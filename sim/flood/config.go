package flood

import (
	"sandtable/sim"
	"sandtable/sim/flood/soil"
	"sandtable/sim/flood/storm"
)

// Config is the configuration of a flood: the table of a hazard of kind flood in a scenario. The tags are those of
// package scenario. It is plain data; equal configurations make equal floods.
//
// A place where water enters is a list of points: one point stands for the cell it lies in, several for a line, over
// whose cells the water is spread evenly. Lists of times start at the drill's start.
type Config struct {
	Solver     Solver      `toml:"solver" optional:"true" doc:"numerical parameters"`
	Roughness  Roughness   `toml:"roughness" optional:"true" doc:"Manning's n of each land cover"`
	Runoff     Runoff      `toml:"runoff" when:"infiltration.method=runoff" optional:"true" doc:"share of direct rain that runs off on each land cover"`
	RiverDepth float64     `toml:"river_depth" unit:"m" range:"[0,100]" default:"0" doc:"water standing at the start on cells of the land cover water"`
	Ponds      []Pond      `toml:"pond" optional:"true" doc:"water standing at the start"`
	Rain       Rain        `toml:"rain" optional:"true" doc:"rain on cells and sub-catchments"`
	Soil       soil.Config `toml:"infiltration" optional:"true" doc:"how rain and water soak into the ground"`
	Catchments []Catchment `toml:"catchment" optional:"true" doc:"sub-catchments: hillslopes whose rain becomes runoff at an outlet"`
	Inflows    []Inflow    `toml:"inflow" optional:"true" doc:"inflow hydrographs"`
	Reservoirs []Reservoir `toml:"reservoir" optional:"true" doc:"reservoirs behind dams"`
	Boundaries []Boundary  `toml:"boundary" optional:"true" doc:"open edges of the map; all others are closed"`
	Dykes      []Dyke      `toml:"dyke" optional:"true" doc:"dykes and dams on the grid"`
	Barriers   []Barrier   `toml:"barrier" optional:"true" doc:"crests that obey orders: sandbags, panels, movable weirs"`
	Sluices    []Sluice    `toml:"sluice" optional:"true" doc:"gates across a river or in a dyke"`
	Bridges    []Bridge    `toml:"bridge" optional:"true" doc:"decks that high water reaches"`
	Culverts   []Culvert   `toml:"culvert" optional:"true" doc:"conduits below roads and dykes"`
	Pumps      []Pump      `toml:"pump" optional:"true" doc:"pumps"`
	Drains     []Drain     `toml:"drain" optional:"true" doc:"sewer nets, as a capacity per area"`
	Forecast   *Forecast   `toml:"forecast,omitempty" optional:"true" doc:"forecasts of the flood; none without this table"`
}

// Solver holds the numerical parameters. Their meaning is in docs/models/flood.md.
type Solver struct {
	Scheme   string       `toml:"scheme" choices:"auto,inertial,finite" default:"auto" doc:"local inertia (cheap; water that rises and spreads), finite volume (dam breaks and fast flow, about eight times the cost), or auto: finite when a dam of this hazard can break, else inertial"`
	Advect   bool         `toml:"advect" when:"scheme=inertial" default:"false" doc:"inertial: with advection of momentum, first order upwind"`
	Courant  float64      `toml:"courant" when:"scheme=finite" unit:"-" range:"[0.1,0.5]" default:"0.45" doc:"finite: share of a cell that the fastest wave crosses in a step"`
	Theta    float64      `toml:"theta" when:"scheme=inertial" unit:"-" range:"[0.5,1]" default:"0.9" doc:"inertial: weight of a face's own flux against its two neighbours' (de Almeida et al. 2012)"`
	Alpha    float64      `toml:"alpha" when:"scheme=inertial" unit:"-" range:"[0.1,0.9]" default:"0.7" doc:"inertial: share of the longest stable step (Bates et al. 2010)"`
	Wet      float64      `toml:"wet" when:"scheme=inertial|../boundary" unit:"m" range:"[0.0001,0.1]" default:"0.001" doc:"inertial, and at open edges: depth over a face's sill up to which nothing flows"`
	Froude   float64      `toml:"froude" when:"scheme=inertial|../boundary" unit:"-" range:"[0.1,10]" default:"1" doc:"inertial, and at open edges: highest Froude number of a face's flux"`
	StepMax  sim.Duration `toml:"step_max" range:"[100ms,30s]" default:"10s" doc:"longest step"`
	Interval sim.Duration `toml:"interval" range:"[1s,30s]" default:"30s" doc:"time between two publications, in whole seconds"`
}

// Roughness is Manning's n of each land cover. Values: Chow 1959, table 5-6, normal values; urban is assumed.
type Roughness struct {
	Farmland float64 `toml:"farmland" unit:"s/m^(1/3)" range:"[0.005,0.5]" default:"0.035" doc:"flood plain, mature row crops"`
	Forest   float64 `toml:"forest" unit:"s/m^(1/3)" range:"[0.005,0.5]" default:"0.1" doc:"flood plain, heavy stand of timber, stage below branches"`
	Urban    float64 `toml:"urban" unit:"s/m^(1/3)" range:"[0.005,0.5]" default:"0.08" doc:"streets and houses as a whole (assumed)"`
	Water    float64 `toml:"water" unit:"s/m^(1/3)" range:"[0.005,0.5]" default:"0.03" doc:"natural channel, clean and straight"`
	Bare     float64 `toml:"bare" unit:"s/m^(1/3)" range:"[0.005,0.5]" default:"0.025" doc:"straight channel in clean gravel"`
	Wetland  float64 `toml:"wetland" unit:"s/m^(1/3)" range:"[0.005,0.5]" default:"0.06" doc:"light brush and trees in summer"`
}

// Runoff is the share of direct rain that runs off on each land cover; the rest is lost into the ground. Values:
// Chow, Maidment and Mays 1988, table 15.1.1, return period 100 years, flat ground; where the table has no such
// cover the value is assumed.
type Runoff struct {
	Farmland float64 `toml:"farmland" unit:"-" range:"[0,1]" default:"0.47" doc:"cultivated land"`
	Forest   float64 `toml:"forest" unit:"-" range:"[0,1]" default:"0.39" doc:"forest"`
	Urban    float64 `toml:"urban" unit:"-" range:"[0,1]" default:"0.8" doc:"roofs, asphalt and gardens (assumed mixture)"`
	Water    float64 `toml:"water" unit:"-" range:"[0,1]" default:"1" doc:"all of it"`
	Bare     float64 `toml:"bare" unit:"-" range:"[0,1]" default:"0.6" doc:"bare ground (assumed)"`
	Wetland  float64 `toml:"wetland" unit:"-" range:"[0,1]" default:"0.9" doc:"saturated ground (assumed)"`
}

// Pond is water at rest at the start.
type Pond struct {
	Level   float64      `toml:"level" unit:"m" range:"[-500,9000]" doc:"of the water, above the datum; taken to the millimetre"`
	Polygon [][2]float64 `toml:"polygon" unit:"m" optional:"true" doc:"all ground below the level inside it is under water"`
	Place   [][2]float64 `toml:"place" when:"!polygon" needed:"true" unit:"m" optional:"true" doc:"without a polygon: a point from which the pond reaches as far as ground below the level connects"`
}

// Rain is what falls. It falls on every sub-catchment, and directly on the cells that lie in no sub-catchment's
// polygon, in no lake, and, when Area is given, inside it.
type Rain = storm.Config

// Catchment is a sub-catchment. Its rain is the mean over the rain cells in which the cells inside its polygon lie,
// without a polygon that where its water goes. Rain less what the ground takes goes into a store, which drains as
// storage = lag x Qr x (Q/Qr)^exponent, where Qr is the discharge of a rain excess of 10 mm/h on the whole area
// (Laurenson 1964; initial and continuing loss: Australian Rainfall and Runoff 2019, book 5).
type Catchment struct {
	Name        string       `toml:"name" doc:"short name"`
	Area        float64      `toml:"area" unit:"km2" range:"(0,100000]" doc:"area"`
	Lag         sim.Duration `toml:"lag" range:"[1m,240h]" doc:"storage over discharge at a rain excess of 10 mm/h"`
	Exponent    float64      `toml:"exponent" unit:"-" range:"[0.3,1]" default:"0.8" doc:"of the store; 1 is a linear store (Laurenson and Mein 1997: 0.8)"`
	RainFactor  float64      `toml:"rain_factor" unit:"-" range:"[0,10]" default:"1" doc:"factor on the rain, for higher ground"`
	InitialLoss float64      `toml:"initial_loss" when:"infiltration=losses" unit:"mm" range:"[0,500]" default:"20" doc:"rain that the ground takes before any runs off (assumed)"`
	Loss        float64      `toml:"continuing_loss" when:"infiltration=losses" unit:"mm/h" range:"[0,200]" default:"3" doc:"what it goes on taking while it rains (assumed)"`
	Law         string       `toml:"infiltration" choices:"losses,green_ampt,horton,curve_number" default:"losses" doc:"how its ground takes rain: by initial and continuing loss, or by a law with the parameters of [hazard.infiltration]"`
	Cover       string       `toml:"cover" when:"infiltration=green_ampt,horton,curve_number" choices:"farmland,forest,urban,water,bare,wetland" default:"forest" doc:"land cover by whose parameters the law goes (assumed)"`
	InitialFlow float64      `toml:"initial_flow" unit:"m3/s" range:"[0,100000]" default:"0" doc:"discharge at the start, out of the store"`
	Outlet      [][2]float64 `toml:"outlet" unit:"m" optional:"true" doc:"where its water enters the map: a point, or a line of several; outlet or reservoir must be there"`
	Reservoir   string       `toml:"reservoir" optional:"true" doc:"the reservoir that it feeds"`
	Polygon     [][2]float64 `toml:"polygon" unit:"m" optional:"true" doc:"its border; cells inside get no direct rain"`
}

// Inflow is an inflow hydrograph, linear between its points and level beyond them.
type Inflow struct {
	Name      string         `toml:"name" doc:"short name"`
	Times     []sim.Duration `toml:"times" range:"[0s,60d]" instant:"true" doc:"rising"`
	Flows     []float64      `toml:"flows" unit:"m3/s" range:"[0,500000]" doc:"discharge at each time"`
	Place     [][2]float64   `toml:"place" unit:"m" optional:"true" doc:"where it enters the map: a point, or a line of several; place or reservoir must be there"`
	Reservoir string         `toml:"reservoir" optional:"true" doc:"the reservoir that it feeds"`
}

// Reservoir is a reservoir behind a dam, known by its level and storage and not by its cells.
type Reservoir struct {
	Name     string       `toml:"name" doc:"short name; also that of the dam as a structure"`
	Title    sim.Text     `toml:"title" doc:"name on screen"`
	Place    [2]float64   `toml:"place" unit:"m" doc:"of the dam on the map [x, y]"`
	Levels   []float64    `toml:"levels" unit:"m" range:"[-500,9000]" doc:"levels above the datum, rising; at least two"`
	Volumes  []float64    `toml:"volumes" unit:"m3" range:"[0,1e12]" doc:"storage at each level, rising; linear between them and beyond the last"`
	Level    float64      `toml:"level" unit:"m" range:"[-500,9000]" doc:"at the start"`
	Release  [][2]float64 `toml:"release" unit:"m" doc:"where all its outflow enters the map, below the dam: a point, or a line of several"`
	Lake     [][2]float64 `toml:"lake" unit:"m" optional:"true" doc:"polygon of the lake on the map: its cells show the level and are closed to other water"`
	Dam      Dam          `toml:"dam" doc:"the dam's crest"`
	Spillway Spillway     `toml:"spillway" optional:"true" doc:"free spillway; none without width"`
	Gates    []Gate       `toml:"gate" optional:"true" doc:"gates that obey orders"`
	Breach   Breach       `toml:"breach" optional:"true" doc:"how the dam may fail"`
}

// Dam is the crest of a dam, over which water goes when the reservoir is too full.
type Dam struct {
	Crest       float64 `toml:"crest" unit:"m" range:"[-500,9000]" doc:"level above the datum"`
	Length      float64 `toml:"length" unit:"m" range:"(0,20000]" doc:"along the crest"`
	Coefficient float64 `toml:"coefficient" unit:"m^(1/2)/s" range:"[0.5,3]" default:"1.705" doc:"of the overflow, Q = C L H^1.5; 1.705 is the broad crest of theory, (2/3)^1.5 g^0.5"`
}

// Spillway is a free weir, Q = C L H^1.5.
type Spillway struct {
	Crest       float64 `toml:"crest" when:"width" needed:"true" unit:"m" range:"[-500,9000]" optional:"true" doc:"level above the datum"`
	Width       float64 `toml:"width" unit:"m" range:"[0,5000]" default:"0" doc:"of the crest; 0 for none"`
	Coefficient float64 `toml:"coefficient" when:"width" unit:"m^(1/2)/s" range:"[0.5,3]" default:"2.1" doc:"ogee crest near its design head 2.1-2.2 (USBR 1987)"`
}

// Gate is an outlet with a gate. While the opening is drowned it discharges as an orifice, Q = C W a (2 g H)^0.5 with
// H up to the middle of the opening a; otherwise as a broad weir, and never more than either.
type Gate struct {
	Name        string       `toml:"name" doc:"short name, by which orders name it"`
	Title       sim.Text     `toml:"title" doc:"name on screen"`
	Sill        float64      `toml:"sill" unit:"m" range:"[-500,9000]" doc:"level above the datum"`
	Width       float64      `toml:"width" unit:"m" range:"(0,500]" doc:"of all its bays together"`
	Height      float64      `toml:"height" unit:"m" range:"(0,50]" doc:"of the opening when fully open"`
	Coefficient float64      `toml:"coefficient" unit:"-" range:"[0.3,1]" default:"0.6" doc:"of discharge of the orifice (sharp edge: 0.6)"`
	Opening     float64      `toml:"opening" unit:"%" range:"[0,100]" default:"0" doc:"at the start, in steps of 5"`
	Stroke      sim.Duration `toml:"stroke" range:"[0s,24h]" default:"10m" doc:"time from shut to fully open (assumed)"`
}

// Triggers of a breach.
const (
	TriggerNone  = ""      // the dam cannot fail
	TriggerOrder = "order" // only when the director says so
	TriggerTime  = "time"
	TriggerLevel = "level"
)

// Breach says whether and how a dam fails. With Peak the outflow is a hydrograph that rises to the peak and falls to
// nothing, both in straight lines; without, the gap grows to the width and in the time of Froehlich 2008 and
// discharges as a weir; while no water stands above its bottom it waits for some. Either way only what is stored can
// flow out. A dam that may fail can also be failed by order.
type Breach struct {
	Trigger     string       `toml:"trigger" choices:"order,time,level" optional:"true" doc:"what starts it: an order, a time, a level of the reservoir; the dam cannot fail when missing"`
	At          sim.Duration `toml:"at" when:"trigger=time" needed:"true" range:"[0s,30d]" instant:"true" optional:"true" doc:"trigger time: when, since the start"`
	Level       float64      `toml:"level" when:"trigger=level" needed:"true" unit:"m" range:"[-500,9000]" optional:"true" doc:"trigger level: of the reservoir, above the datum"`
	Bottom      float64      `toml:"bottom" when:"trigger;!peak" needed:"true" unit:"m" range:"[-500,9000]" optional:"true" doc:"level to which the gap cuts down; needed without peak"`
	Overtopping bool         `toml:"overtopping" when:"trigger;!peak" default:"true" doc:"fails by overtopping, else by piping: factor 1.3 or 1 on the width, side slope 1 or 0.7 (Froehlich 2008)"`
	Peak        float64      `toml:"peak" when:"trigger" unit:"m3/s" range:"[0,500000]" default:"0" doc:"peak of a given hydrograph"`
	TimeToPeak  sim.Duration `toml:"time_to_peak" when:"trigger;peak" needed:"true" range:"[0s,240h]" optional:"true" doc:"from the start of the breach to the peak; needed with peak"`
	Duration    sim.Duration `toml:"duration" when:"trigger;peak" needed:"true" range:"[0s,720h]" optional:"true" doc:"from the start of the breach to the end of the hydrograph; needed with peak"`
}

// Kinds of boundary.
const (
	BoundaryOutflow = "outflow"
	BoundaryStage   = "stage"
)

// Boundary is a stretch of the map's edge that is open.
type Boundary struct {
	Kind   string         `toml:"kind" choices:"outflow,stage" doc:"free outflow at normal depth, or a given water level"`
	Edge   string         `toml:"edge" choices:"west,east,south,north" doc:"edge of the map"`
	From   float64        `toml:"from" unit:"m" range:"[-1e7,1e7]" doc:"start along the edge: x on the southern and northern edge, y on the others"`
	To     float64        `toml:"to" unit:"m" range:"[-1e7,1e7]" doc:"end along the edge"`
	Slope  float64        `toml:"slope" when:"kind=outflow" unit:"-" range:"[0.000001,0.1]" default:"0.001" doc:"outflow: energy slope of the normal flow"`
	Times  []sim.Duration `toml:"times" when:"kind=stage" needed:"true" range:"[0s,60d]" instant:"true" optional:"true" doc:"stage: rising"`
	Levels []float64      `toml:"levels" when:"kind=stage" needed:"true" unit:"m" range:"[-500,9000]" optional:"true" doc:"stage: level above the datum at each time, linear between them and level beyond"`
}
