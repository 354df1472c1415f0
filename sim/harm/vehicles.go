package harm

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
)

// Car is a class of vehicle of Australian Rainfall and Runoff.
type Car uint8

// Classes of vehicles.
const (
	SmallCar Car = iota
	LargeCar
	OffRoad
)

// Vehicles are the limits up to which parked vehicles stay where they are.
var Vehicles = Table[VehicleRow]{
	Head{
		Name:  "vehicles",
		Title: sim.Text{ZH: "车辆稳定限值（ARR）", EN: "vehicles in flowing water, ARR"},
		Source: "Shand, Cox, Blacka, Smith (2011), Appropriate safety criteria for vehicles, Australian " +
			"Rainfall and Runoff P10/S2/020, table 3",
		Status: Checked,
		Note: "The report calls them draft and interim. Small: shorter than 4.3 m, lighter than 1,250 kg, " +
			"clearance below 0.12 m; large: above these; off-road: longer than 4.5 m, heavier than 2,000 kg, " +
			"clearance above 0.22 m. In fast water, at 3 m/s, the depth is what the product leaves. Held " +
			"against a transcription of the printed report.",
		Columns: []Column{{"", ""}, {"depth in still water", "m"}, {"depth at 3 m/s", "m"}, {"depth × speed", "m²/s"},
			{"speed", "m/s"}},
	},
	[]VehicleRow{
		SmallCar: {sim.Text{ZH: "小型轿车", EN: "small car"}, 0.1, Limit{0.3, 3.0, 0.3}},
		LargeCar: {sim.Text{ZH: "大型轿车", EN: "large car"}, 0.15, Limit{0.4, 3.0, 0.45}},
		OffRoad:  {sim.Text{ZH: "大型越野车", EN: "large off-road car"}, 0.2, Limit{0.5, 3.0, 0.6}},
	},
}

// VehicleRow is a class of vehicle with its limits.
type VehicleRow struct {
	Name sim.Text
	Fast float64 // depth up to which it stands at 3 m/s [m]
	Limit
}

// Cells returns the row for a document.
func (r VehicleRow) Cells() []string { return cells(r.Name, r.Depth, r.Fast, r.Product, r.Speed) }

// Clearance is how high a vehicle stands.
type Clearance uint8

// Clearances.
const (
	LowClearance  Clearance = iota // cars
	HighClearance                  // coaches, lorries, off-road cars
)

// Estimate is the place in a range of published limits.
type Estimate uint8

// Estimates.
const (
	LowEstimate Estimate = iota
	BestEstimate
	HighEstimate
)

// LifeSimVehicles are the limits beyond which vehicles are swept away, three for each clearance.
var LifeSimVehicles = Table[Named]{
	Head{
		Name:    "vehicles-lifesim",
		Title:   sim.Text{ZH: "车辆稳定限值（LifeSim）", EN: "vehicles in flowing water, LifeSim"},
		Source:  "USACE, HEC-LifeSim Technical Reference Manual v1.0, chapter 7, table 17",
		Status:  Checked,
		Columns: limitColumns,
	},
	[]Named{
		{sim.Text{ZH: "低底盘，低估计", EN: "low clearance, low"}, Limit{0.3, 3, 0.3}},
		{sim.Text{ZH: "低底盘，最佳估计", EN: "low clearance, best"}, Limit{1.2, 4.5, 0.8}},
		{sim.Text{ZH: "低底盘，高估计", EN: "low clearance, high"}, Limit{1.5, 6, 1.3}},
		{sim.Text{ZH: "高底盘，低估计", EN: "high clearance, low"}, Limit{0.5, 3, 0.6}},
		{sim.Text{ZH: "高底盘，最佳估计", EN: "high clearance, best"}, Limit{1.5, 6, 1.2}},
		{sim.Text{ZH: "高底盘，高估计", EN: "high clearance, high"}, Limit{2, 6, 2.4}},
	},
}

// VehicleLimit returns LifeSim's limit for vehicles of a clearance.
func VehicleLimit(c Clearance, e Estimate) Limit { return LifeSimVehicles.Rows[3*int(c)+int(e)].Limit }

// Friction are the coefficients of friction of tyres on a wet road.
var Friction = Table[ValueRow]{
	Head{
		Name:   "friction",
		Title:  sim.Text{ZH: "轮胎与湿路面的摩擦系数", EN: "friction of tyres on wet roads"},
		Source: "USACE, HEC-LifeSim Technical Reference Manual v1.0, appendix G",
		Status: Checked,
		Note: "For SlidingSpeed: a vehicle slides where drag equals friction times what weight, buoyancy and " +
			"lift leave on the road.",
		Columns: []Column{{"", ""}, {"coefficient", "-"}},
	},
	[]ValueRow{
		{sim.Text{ZH: "设计惯用值", EN: "convention of design"}, 0.30},
		{sim.Text{ZH: "湿混凝土实测值", EN: "measured on wet concrete"}, 0.78},
	},
}

// ValueRow is one value with its name.
type ValueRow struct {
	Name  sim.Text
	Value float64 // in the unit of its table's column [-]
}

// Cells returns the row for a document.
func (r ValueRow) Cells() []string { return cells(r.Name, r.Value) }

// waterDensity and gravity are those of fresh water and of the Earth.
const (
	waterDensity = 1000.0 // [kg/m3]
	gravity      = 9.81   // [m/s2]
)

// SlidingSpeed returns the speed of the water [m/s] at which a vehicle begins to slide: the v of friction (load
// - lift v²) = drag v², with load what weight and buoyancy leave on the road [N]. dragArea and liftArea are the
// wetted areas times their coefficients [m2]. It is 0 when the vehicle floats.
func SlidingSpeed(friction, load, dragArea, liftArea float64) float64 {
	if !(load > 0) {
		return 0
	}
	resistance := 0.5 * waterDensity * (dragArea + float64(friction*liftArea))
	return math.Sqrt(float64(friction*load) / resistance)
}

// Willing are the depths up to which drivers enter water, as truncated normal distributions.
var Willing = Table[WillingRow]{
	Head{
		Name:   "willing",
		Title:  sim.Text{ZH: "驾驶人涉水意愿", EN: "willingness to drive into water"},
		Source: "USACE, HEC-LifeSim Technical Reference Manual v1.0, chapter 7, table 20",
		Status: Checked,
		Note: "Of drivers who were asked, 84 % had entered 10–30 cm; 43 % named 20 cm and 13 % 60 cm. Of the " +
			"roads' model only the limits of the class enter, not this distribution.",
		Columns: []Column{{"", ""}, {"mean", "m"}, {"standard deviation", "m"}, {"least", "m"}, {"greatest", "m"}},
	},
	[]WillingRow{
		LowClearance:  {sim.Text{ZH: "低底盘", EN: "low clearance"}, 0.35, 0.20, 0.06, 3},
		HighClearance: {sim.Text{ZH: "高底盘", EN: "high clearance"}, 0.52, 0.20, 0.10, 3},
	},
}

// WillingRow is a truncated normal distribution of depths.
type WillingRow struct {
	Name            sim.Text
	Mean, Deviation float64 // [m]
	Least, Greatest float64 // [m]
}

// Cells returns the row for a document.
func (r WillingRow) Cells() []string {
	return cells(r.Name, r.Mean, r.Deviation, r.Least, r.Greatest)
}

// WillEnter returns the share of the drivers of vehicles of a clearance who would enter water of that depth [m].
func WillEnter(c Clearance, depth float64) float64 {
	r := &Willing.Rows[c]
	below := func(x float64) float64 { return num.NormCDF((x - r.Mean) / r.Deviation) }
	lo, hi := below(r.Least), below(r.Greatest)
	x := below(min(max(depth, r.Least), r.Greatest))
	return (hi - x) / (hi - lo)
}

// EnterDepth returns the depth up to which a driver enters water [m]; u in [0, 1) places the driver in the
// distribution.
func EnterDepth(c Clearance, u float64) float64 {
	r := &Willing.Rows[c]
	lo, hi := num.NormCDF((r.Least-r.Mean)/r.Deviation), num.NormCDF((r.Greatest-r.Mean)/r.Deviation)
	x := r.Mean + float64(r.Deviation*num.NormQuantile(lo+float64(u*(hi-lo))))
	return min(max(x, r.Least), r.Greatest)
}

// Xia are the coefficients of incipient motion of partly submerged vehicles by Xia et al.
var Xia = Table[MotionRow]{
	Head{
		Name:   "xia",
		Title:  sim.Text{ZH: "车辆起动流速系数（Xia 2011）", EN: "incipient motion of vehicles, Xia et al. 2011"},
		Source: "Xia, Teo, Lin, Falconer (2011), Natural Hazards 58 (1), 1–14, table 3, doi 10.1007/s11069-010-9639-x",
		Status: SecondHand,
		Note: "U = a (h/H)^b √(2 g H (ρc − ρ)/ρ), h depth, H height of the vehicle, ρc its density, up to h = H: a " +
			"car wholly under water has other coefficients. Copied from a transcription that its own author had " +
			"not held against print: not to be used for limits without that.",
		Columns: motionColumns,
	},
	[]MotionRow{{"Pajero", 1.492, -0.731}, {"BMW M5", 1.116, -0.558}, {"Mini", 1.225, -0.708}},
}

// Shu are the coefficients of incipient motion of partly submerged vehicles by Shu et al.
var Shu = Table[MotionRow]{
	Head{
		Name:  "shu",
		Title: sim.Text{ZH: "车辆起动流速系数（Shu 2011）", EN: "incipient motion of vehicles, Shu et al. 2011"},
		Source: "Shu, Xia, Falconer, Lin (2011), J. Hydraulic Research 49 (6), 709–717, doi " +
			"10.1080/00221686.2011.616318",
		Status: SecondHand,
		Note: "U = α (h/H)^β √(2 g L (ρc/ρ · H/h − R)), h depth, H height and L length of the vehicle, ρc its " +
			"density, R the ratio of the load that floats. Copied from a transcription of the manuscript whose " +
			"author says that it agrees with the printed paper.",
		Columns: motionColumns,
	},
	[]MotionRow{{"Focus", 0.500, -0.178}, {"Transit", 0.227, -0.764}, {"XC90", 0.394, -0.630}},
}

var motionColumns = []Column{{"vehicle", ""}, {"factor", "-"}, {"exponent", "-"}}

// MotionRow are the two coefficients of a formula of incipient motion.
type MotionRow struct {
	Name     string
	Factor   float64 // a, α [-]
	Exponent float64 // b, β [-]
}

// Cells returns the row for a document.
func (r MotionRow) Cells() []string { return cells(r.Name, r.Factor, r.Exponent) }

// XiaSpeed returns the speed at which water of that depth [m] moves a vehicle of that height [m] and density
// [kg/m3] by the formula of Xia et al. [m/s]; infinite without water, 0 when the vehicle is lighter than water.
func (r MotionRow) XiaSpeed(depth, height, density float64) float64 {
	if depth <= 0 {
		return boundless
	}
	heavy := (density - waterDensity) / waterDensity
	if heavy <= 0 {
		return 0
	}
	return r.Factor * num.Pow(depth/height, r.Exponent) * math.Sqrt(2*gravity*heavy*height)
}

// ShuSpeed returns the speed at which water of that depth [m] moves a vehicle of that height [m], length [m],
// density [kg/m3] and floating ratio by the formula of Shu et al. [m/s]; infinite without water, 0 when it
// floats.
func (r MotionRow) ShuSpeed(depth, height, length, density, floating float64) float64 {
	if depth <= 0 {
		return boundless
	}
	load := float64(density/waterDensity*(height/depth)) - floating
	if load <= 0 {
		return 0
	}
	return r.Factor * num.Pow(depth/height, r.Exponent) * math.Sqrt(2*gravity*length*load)
}
