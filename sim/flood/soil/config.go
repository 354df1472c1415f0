package soil

// Methods.
const (
	MethodRunoff      = "runoff" // a share of the rain, which the flood's own table gives
	MethodGreenAmpt   = "green_ampt"
	MethodHorton      = "horton"
	MethodCurveNumber = "curve_number"
)

// Config is the infiltration of a flood, the table infiltration of a hazard in a scenario. The tags are those of
// package scenario. What is given here takes the place of the value that the source has for the texture or group.
type Config struct {
	Method       string       `toml:"method" choices:"runoff,green_ampt,horton,curve_number" default:"runoff" doc:"how rain on cells soaks in: by the shares of runoff, after Green and Ampt, Horton, or the curve number. With green_ampt and horton water that stands and runs soaks in too"`
	Texture      string       `toml:"texture" when:"method=green_ampt|../catchment.infiltration=green_ampt" choices:"sand,loamy_sand,sandy_loam,loam,silt_loam,sandy_clay_loam,clay_loam,silty_clay_loam,sandy_clay,silty_clay,clay" default:"silt_loam" doc:"green_ampt: texture class of the soil (Rawls, Brakensiek and Miller 1983; the default is assumed)"`
	Saturation   float64      `toml:"saturation" when:"method=green_ampt|../catchment.infiltration=green_ampt" unit:"-" range:"[0,1]" default:"0.5" doc:"green_ampt: effective saturation of the soil at the start (assumed)"`
	Conductivity float64      `toml:"conductivity" when:"method=green_ampt|../catchment.infiltration=green_ampt" unit:"mm/h" range:"(0,500]" optional:"true" doc:"green_ampt: hydraulic conductivity, in place of the texture's"`
	Suction      float64      `toml:"suction" when:"method=green_ampt|../catchment.infiltration=green_ampt" unit:"mm" range:"(0,2000]" optional:"true" doc:"green_ampt: suction at the wetting front, in place of the texture's"`
	Porosity     float64      `toml:"porosity" when:"method=green_ampt|../catchment.infiltration=green_ampt" unit:"-" range:"(0,1]" optional:"true" doc:"green_ampt: effective porosity, in place of the texture's"`
	Group        string       `toml:"group" when:"method=horton,curve_number|../catchment.infiltration=horton,curve_number" choices:"A,B,C,D" default:"B" doc:"horton, curve_number: hydrologic soil group (the default is assumed)"`
	First        float64      `toml:"first" when:"method=horton|../catchment.infiltration=horton" unit:"mm/h" range:"(0,2000]" optional:"true" doc:"horton: f0, capacity of dry ground, in place of the group's (Terstriep and Stall 1974)"`
	Final        float64      `toml:"final" when:"method=horton|../catchment.infiltration=horton" unit:"mm/h" range:"(0,500]" optional:"true" doc:"horton: fc, capacity of wet ground, in place of the group's"`
	Decay        float64      `toml:"decay" when:"method=horton|../catchment.infiltration=horton" unit:"1/h" range:"(0,100]" optional:"true" doc:"horton: k, in place of the group's"`
	Ratio        float64      `toml:"ratio" when:"method=curve_number|../catchment.infiltration=curve_number" unit:"-" range:"[0,0.4]" default:"0.2" doc:"curve_number: initial abstraction over retention (TR-55: 0.2)"`
	CurveNumber  CurveNumbers `toml:"curve_number" when:"method=curve_number|../catchment.infiltration=curve_number" optional:"true" doc:"curve number of each land cover, in place of the group's (TR-55, tables 2-2a to 2-2c)"`
	Sealed       Sealed       `toml:"sealed" when:"method=green_ampt,horton|../catchment.infiltration=green_ampt,horton" optional:"true" doc:"share of each land cover that takes no water"`
}

// CurveNumbers are curve numbers by land cover; 0 for that of the group.
type CurveNumbers struct {
	Farmland float64 `toml:"farmland" unit:"-" range:"[1,100]" optional:"true" doc:"row crops in straight rows, good condition: 67, 78, 85, 89 for A to D"`
	Forest   float64 `toml:"forest" unit:"-" range:"[1,100]" optional:"true" doc:"woods in fair condition: 36, 60, 73, 79"`
	Urban    float64 `toml:"urban" unit:"-" range:"[1,100]" optional:"true" doc:"dense housing, 65 % sealed: 77, 85, 90, 92"`
	Water    float64 `toml:"water" unit:"-" range:"[1,100]" optional:"true" doc:"100: nothing soaks in"`
	Bare     float64 `toml:"bare" unit:"-" range:"[1,100]" optional:"true" doc:"bare fallow: 77, 86, 91, 94"`
	Wetland  float64 `toml:"wetland" unit:"-" range:"[1,100]" optional:"true" doc:"100: it is full of water (assumed)"`
}

// Sealed is the share of each land cover that takes no water.
type Sealed struct {
	Farmland float64 `toml:"farmland" unit:"-" range:"[0,1]" default:"0" doc:"open soil"`
	Forest   float64 `toml:"forest" unit:"-" range:"[0,1]" default:"0" doc:"open soil"`
	Urban    float64 `toml:"urban" unit:"-" range:"[0,1]" default:"0.65" doc:"dense housing (TR-55, table 2-2a)"`
	Water    float64 `toml:"water" unit:"-" range:"[0,1]" default:"1" doc:"the bed is full of water (assumed)"`
	Bare     float64 `toml:"bare" unit:"-" range:"[0,1]" default:"0" doc:"open soil"`
	Wetland  float64 `toml:"wetland" unit:"-" range:"[0,1]" default:"1" doc:"the soil is full of water (assumed)"`
}

// covers is the number of land covers: farmland, forest, urban, water, bare, wetland, in the order of package scenario.
const covers = 6

// Law is how one land cover takes water.
type Law struct {
	method string
	open   float64 // share of the ground that takes water [-]
	green  GreenAmpt
	horton Horton
	curve  CurveNumber
}

// Laws returns the law of each land cover by a method, which need not be that of the table.
func (c *Config) Laws(method string) [covers]Law {
	green, horton := c.green(), c.horton()
	n := &c.CurveNumber
	numbers := [covers]float64{n.Farmland, n.Forest, n.Urban, n.Water, n.Bare, n.Wetland}
	k := group(c.Group)
	usual := [covers]float64{curveRowCrops[k], curveWoods[k], curveTown[k], 100, curveFallow[k], 100}
	s := &c.Sealed
	var laws [covers]Law
	for i, sealed := range [covers]float64{s.Farmland, s.Forest, s.Urban, s.Water, s.Bare, s.Wetland} {
		if numbers[i] == 0 {
			numbers[i] = usual[i]
		}
		laws[i] = Law{method: method, open: 1 - sealed, green: green, horton: horton, curve: Curve(numbers[i], c.Ratio)}
	}
	return laws
}

func (c *Config) green() GreenAmpt {
	t := texture(c.Texture)
	if c.Conductivity > 0 {
		t.Conductivity = c.Conductivity / 1000 / 3600
	}
	if c.Suction > 0 {
		t.Suction = c.Suction / 1000
	}
	if c.Porosity > 0 {
		t.Porosity = c.Porosity
	}
	return GreenAmpt{t.Conductivity, float64(t.Suction * float64((1-c.Saturation)*t.Porosity))}
}

func (c *Config) horton() Horton {
	h := hortonGroups[group(c.Group)]
	if c.First > 0 {
		h.First = c.First / 1000 / 3600
	}
	if c.Final > 0 {
		h.Final = c.Final / 1000 / 3600
	}
	if c.Decay > 0 {
		h.Decay = c.Decay / 3600
	}
	return h
}

// Horton returns the law of Horton as the table gives it, for its check: the capacity of dry ground must not be less
// than that of wet ground.
func (c *Config) Horton() Horton { return c.horton() }

// Open says whether the ground takes any water.
func (l *Law) Open() bool {
	return l.open > 0 && (l.method != MethodCurveNumber || l.curve.Retention > 0)
}

// Soak returns what soaks in on the mean of the ground within a step of even rain [m], and the law's memory after it:
// with the curve number the rain that has fallen, else what the open ground has taken [m]. Standing water is that at
// the beginning of the step; the curve number takes none of it.
func (l *Law) Soak(memory, standing, rain, seconds float64) (soaked, after float64) {
	switch l.method {
	case MethodGreenAmpt:
		soaked = l.green.Soak(memory, standing, rain, seconds)
	case MethodHorton:
		soaked = l.horton.Soak(memory, standing, rain, seconds)
	case MethodCurveNumber:
		return l.curve.Soak(memory, rain), memory + rain
	}
	return float64(soaked * l.open), memory + soaked
}
