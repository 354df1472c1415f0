package flood

import "sandtable/sim"

// Works are the hydraulic structures on the grid, part of Config. A line of theirs becomes the stairs of cell faces
// that separate the cells on its two sides, however narrow the structure is; each face has its part of the line's
// length. The discharge laws are in package works and docs/models/flood.md.

// Dyke is a bank that holds water back up to its crest. Over the crest it flows as over a broad weir. A dam with its
// reservoir in real cells is a dyke with a breach.
type Dyke struct {
	Name        string       `toml:"name" doc:"short name"`
	Title       sim.Text     `toml:"title" optional:"true" doc:"name on screen"`
	Line        [][2]float64 `toml:"line" unit:"m" doc:"along its crest; its ends less than half a cell from the map's edge reach it"`
	Crest       []float64    `toml:"crest" unit:"m" range:"[-500,9000]" optional:"true" doc:"level above the datum: one, or one per point of the line and straight between them; crest or height must be there"`
	Height      float64      `toml:"height" unit:"m" range:"[0,300]" default:"0" doc:"of the crest above the ground beside it, instead of crest"`
	Coefficient float64      `toml:"coefficient" unit:"m^(1/2)/s" range:"[0.5,3]" default:"1.7" doc:"of the overflow, q = C H^1.5 (broad crest; HDS-5: 1.6-1.7 for embankments)"`
	Breaches    []DykeBreach `toml:"breach" optional:"true" doc:"where and how it may fail"`
}

// TriggerOvertopping starts a dyke's breach when water runs over its crest; the other triggers are those of a dam.
const TriggerOvertopping = "overtopping"

// DykeBreach is a place at which a dyke may fail. The gap grows in straight lines to its bottom and width, in a time
// that is given or, with Froehlich 2008, follows from the water behind it; without any it waits for some. It can also
// be failed by order.
type DykeBreach struct {
	Name        string       `toml:"name" doc:"short name, by which orders name it"`
	Title       sim.Text     `toml:"title" optional:"true" doc:"name on screen"`
	Place       [2]float64   `toml:"place" unit:"m" doc:"on the dyke, or beside it: the nearest point of its line"`
	Trigger     string       `toml:"trigger" choices:"order,time,level,overtopping" default:"order" doc:"what starts it: an order, a time, a level of the water there, water over the crest"`
	At          sim.Duration `toml:"at" when:"trigger=time" needed:"true" range:"[0s,30d]" instant:"true" optional:"true" doc:"trigger time: when, since the start"`
	Level       float64      `toml:"level" when:"trigger=level" needed:"true" unit:"m" range:"[-500,9000]" optional:"true" doc:"trigger level: of the water at the place, on the higher side"`
	Head        float64      `toml:"head" when:"trigger=overtopping" unit:"m" range:"[0,20]" default:"0.1" doc:"trigger overtopping: depth over the crest (assumed)"`
	Hold        sim.Duration `toml:"hold" when:"trigger=level,overtopping" range:"[0s,30d]" default:"0s" doc:"triggers level and overtopping: how long it must last"`
	Bottom      float64      `toml:"bottom" unit:"m" range:"[-500,9000]" doc:"level to which the gap cuts down; no lower than the ground"`
	Width       float64      `toml:"width" unit:"m" range:"[0,5000]" default:"0" doc:"of the gap's bottom in the end; 0 for Froehlich 2008"`
	Slope       float64      `toml:"slope" when:"width" unit:"-" range:"[0,5]" default:"1" doc:"with width: of the gap's sides, horizontal to vertical"`
	Growth      sim.Duration `toml:"growth" when:"width" range:"[0s,240h]" default:"1h" doc:"with width: time until then (assumed)"`
	Overtopping bool         `toml:"overtopping" when:"!width" default:"true" doc:"Froehlich: fails by overtopping, else by piping"`
	Water       [][2]float64 `toml:"water" unit:"m" optional:"true" doc:"Froehlich: polygon; the most that stands above the bottom in it from the breach on counts, and without water there the breach waits"`
}

// Barrier is a crest that obeys orders: sandbags, panels, a movable weir.
type Barrier struct {
	Name        string       `toml:"name" doc:"short name, by which orders name it"`
	Title       sim.Text     `toml:"title" optional:"true" doc:"name on screen"`
	Line        [][2]float64 `toml:"line" unit:"m" doc:"along it"`
	Foot        *float64     `toml:"foot" unit:"m" range:"[-500,9000]" doc:"level of a fixed sill on which it stands; the ground when missing"`
	Height      float64      `toml:"height" unit:"m" range:"(0,20]" doc:"highest crest above its foot"`
	Start       float64      `toml:"start" unit:"m" range:"[0,20]" default:"0" doc:"crest above its foot at the start, in steps of 0.1 m"`
	Rate        float64      `toml:"rate" unit:"m/h" range:"(0,1000]" default:"0.5" doc:"how fast the crest rises or sinks (assumed: a wall of sandbags with a crew for its length)"`
	Coefficient float64      `toml:"coefficient" unit:"m^(1/2)/s" range:"[0.5,3]" default:"1.7" doc:"of the overflow, q = C H^1.5"`
}

// Sluice is an opening with a gate, across a river on a line of its own, or in a dyke.
type Sluice struct {
	Name        string       `toml:"name" doc:"short name, by which orders name it"`
	Title       sim.Text     `toml:"title" optional:"true" doc:"name on screen"`
	Line        [][2]float64 `toml:"line" unit:"m" optional:"true" doc:"across the water; line, or dyke and place, must be there"`
	Crest       float64      `toml:"crest" when:"line" needed:"true" unit:"m" range:"[-500,9000]" optional:"true" doc:"with line: level over which water runs beside and above the gates"`
	Dyke        string       `toml:"dyke" optional:"true" doc:"the dyke that it is in"`
	Place       [][2]float64 `toml:"place" when:"dyke" needed:"true" unit:"m" optional:"true" doc:"with dyke: one point, where in it"`
	Sill        float64      `toml:"sill" unit:"m" range:"[-500,9000]" doc:"level above the datum; no lower than the ground"`
	Width       float64      `toml:"width" unit:"m" range:"(0,2000]" doc:"of all its bays together"`
	Height      float64      `toml:"height" unit:"m" range:"(0,50]" doc:"of the opening when fully open"`
	Contraction float64      `toml:"contraction" unit:"-" range:"[0.5,1]" default:"0.61" doc:"of the jet under the gate (sharp edge: 0.61, Henderson 1966)"`
	Opening     float64      `toml:"opening" unit:"%" range:"[0,100]" default:"0" doc:"at the start, in steps of 5"`
	Stroke      sim.Duration `toml:"stroke" range:"[0s,24h]" default:"10m" doc:"time from shut to fully open (assumed)"`
}

// Shapes of a culvert.
const (
	ShapePipe = "pipe"
	ShapeBox  = "box"
)

// Culvert is a conduit below a road or dyke, from one cell to another.
type Culvert struct {
	Name      string       `toml:"name" doc:"short name"`
	Title     sim.Text     `toml:"title" optional:"true" doc:"name on screen"`
	Ends      [][2]float64 `toml:"ends" unit:"m" doc:"its two ends"`
	Shape     string       `toml:"shape" choices:"pipe,box" default:"pipe" doc:"cross section"`
	Height    float64      `toml:"height" unit:"m" range:"(0,20]" doc:"of a box, or the diameter"`
	Width     float64      `toml:"width" when:"shape=box" unit:"m" range:"(0,50]" default:"1" doc:"of a box"`
	Barrels   int          `toml:"barrels" range:"[1,100]" default:"1" doc:"side by side"`
	Roughness float64      `toml:"roughness" unit:"s/m^(1/3)" range:"[0.005,0.05]" default:"0.013" doc:"Manning's n (concrete; Chow 1959)"`
	Entrance  string       `toml:"entrance" choices:"square,eased,bare" default:"square" doc:"square edge in a headwall; groove end in a headwall or flared wingwalls; groove end that projects or wingwalls in line (HDS-5)"`
	Inverts   []float64    `toml:"inverts" unit:"m" range:"[-500,9000]" optional:"true" doc:"level of its floor at each end; the ground there when missing"`
	Flap      bool         `toml:"flap" default:"false" doc:"a flap at its second end lets nothing back"`
}

// Bridge is a deck over a river: free until the water reaches its soffit, then an opening under pressure, and a weir
// over the deck.
type Bridge struct {
	Name        string       `toml:"name" doc:"short name"`
	Title       sim.Text     `toml:"title" optional:"true" doc:"name on screen"`
	Line        [][2]float64 `toml:"line" unit:"m" doc:"along the deck"`
	Soffit      float64      `toml:"soffit" unit:"m" range:"[-500,9000]" doc:"level of the deck's underside"`
	Deck        float64      `toml:"deck" unit:"m" range:"[-500,9000]" doc:"level over which water runs, with parapets that hold it back"`
	Open        float64      `toml:"open" unit:"-" range:"(0,1]" default:"0.95" doc:"share of the length that piers leave open (assumed)"`
	Coefficient float64      `toml:"coefficient" unit:"-" range:"[0.3,1]" default:"0.8" doc:"of pressure flow (Bradley 1978: 0.8)"`
}

// Pump lifts water from a place to another, or out of the map.
type Pump struct {
	Name     string       `toml:"name" doc:"short name, by which orders name it"`
	Title    sim.Text     `toml:"title" optional:"true" doc:"name on screen"`
	Place    [2]float64   `toml:"place" unit:"m" doc:"where it draws from"`
	Outfall  [][2]float64 `toml:"outfall" unit:"m" optional:"true" doc:"where its water enters the map again: a point, or a line of several; out of the map when missing"`
	Capacity float64      `toml:"capacity" unit:"m3/s" range:"(0,1000]" doc:"of all its sets"`
	On       bool         `toml:"on" default:"false" doc:"switched on at the start"`
	Start    *float64     `toml:"start" unit:"m" range:"[-500,9000]" doc:"level at which it starts when it is on; at once, or above the level at which it stops, when missing"`
	Stop     *float64     `toml:"stop" unit:"m" range:"[-500,9000]" doc:"level at which it stops; when the ground is dry when missing"`
}

// Drain is a sewer net below a quarter.
type Drain struct {
	Name     string       `toml:"name" doc:"short name, by which orders name it"`
	Title    sim.Text     `toml:"title" optional:"true" doc:"name on screen"`
	Polygon  [][2]float64 `toml:"polygon" unit:"m" doc:"its area"`
	Capacity float64      `toml:"capacity" unit:"mm/h" range:"(0,500]" doc:"what it takes off each part of the area"`
	Outfall  [][2]float64 `toml:"outfall" unit:"m" optional:"true" doc:"where its water enters the map again: a point, or a line of several; out of the map when missing"`
	On       bool         `toml:"on" default:"true" doc:"works at the start"`
}
