package harm

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
)

// LifeSimHigh and LifeSimLow are the fatality rates of LifeSim's high-hazard and low-hazard zone, point by
// point from an exceedance frequency of 0 on. The points lie 1/138 apart in the first, one group in 311,152 in
// the second, whose rate is 0 from the ninth on.
var (
	LifeSimHigh = Table[CurveRow]{
		Head{
			Name:    "fatality-high",
			Title:   sim.Text{ZH: "高危区死亡率曲线", EN: "fatality rate in the high-hazard zone"},
			Source:  curveSource,
			Status:  Checked,
			Note:    "At the exceedance frequencies 0/138, 1/138, … 136/138, 1; linear between.",
			Columns: curveColumns,
		},
		[]CurveRow{
			{66, 1}, {1, 0.975}, {1, 0.9708738}, {1, 0.96}, {1, 0.9565217}, {1, 0.9090909}, {1, 0.9}, {1, 0.8947368},
			{2, 0.8571429}, {1, 0.8333333}, {1, 0.8235294}, {3, 0.8}, {5, 0.75}, {5, 0.6666667}, {2, 0.5714286}, {1, 0.55},
			{13, 0.5}, {2, 0.4285714}, {8, 0.3333333}, {1, 0.2857143}, {3, 0.2}, {1, 0.1666667}, {17, 0},
		},
	}
	LifeSimLow = Table[CurveRow]{
		Head{
			Name:   "fatality-low",
			Title:  sim.Text{ZH: "低危区死亡率曲线", EN: "fatality rate in the low-hazard zone"},
			Source: curveSource,
			Status: Checked,
			Note: "At multiples of 3.213863e-6 of exceedance frequency, one of the 311,152 groups of the manual's " +
				"chapter 10; linear between, 0 beyond.",
			Columns: curveColumns,
		},
		[]CurveRow{{3, 1}, {2, 0.5}, {1, 0.2}, {1, 0.1428571}, {1, 0.04}, {1, 0}},
	}
	highCurve = expand(LifeSimHigh.Rows)
	lowCurve  = expand(LifeSimLow.Rows)
)

const curveSource = "LifeSim (USACE), points as published with go-consequences (MIT licence)"

var curveColumns = []Column{{"points", ""}, {"rate", "-"}}

// CurveRow stands for so many points of a curve, one after the other, with the same rate.
type CurveRow struct {
	Points int
	Rate   float64 // [-]
}

// Cells returns the row for a document.
func (r CurveRow) Cells() []string { return cells(number(float64(r.Points)), r.Rate) }

// Distances of the curves' points in exceedance frequency [-].
const (
	highStep = 1.0 / 138
	lowStep  = 3.213863e-6
)

func expand(rows []CurveRow) []float64 {
	var out []float64
	for _, r := range rows {
		for range r.Points {
			out = append(out, r.Rate)
		}
	}
	return out
}

// HighRate returns the fatality rate of the high-hazard zone at an exceedance frequency in [0, 1].
func HighRate(frequency float64) float64 { return curve(highCurve, frequency/highStep) }

// LowRate returns the fatality rate of the low-hazard zone at an exceedance frequency in [0, 1].
func LowRate(frequency float64) float64 { return curve(lowCurve, frequency/lowStep) }

// curve interpolates between the points of a curve; beyond the last one its value holds.
func curve(rates []float64, x float64) float64 {
	last := len(rates) - 1
	if !(x < float64(last)) {
		return rates[last]
	}
	k := math.Floor(x)
	lo, hi := rates[num.Int(k)], rates[num.Int(k)+1]
	return lo + float64((x-k)*(hi-lo))
}

// Zone is where in a flooded polder somebody is, after Jonkman.
type Zone uint8

// Zones.
const (
	ZoneRemaining Zone = iota
	ZoneRising         // the water rises fast
	ZoneBreach         // near a breach, where houses give way
)

// Limits of Jonkman's zones.
const (
	breachProduct = 7.0                        // depth times speed [m2/s]
	breachSpeed   = 2.0                        // [m/s]
	risingRate    = 0.5                        // [m/h]
	risingDepth   = 2.1                        // [m]
	secondsOfHour = 3600                       // [s]
	risingRateSI  = risingRate / secondsOfHour // [m/s]
)

// Jonkman are the mortality functions of Jonkman, lognormal in the depth.
var Jonkman = Table[MortalityRow]{
	Head{
		Name:  "mortality-jonkman",
		Title: sim.Text{ZH: "Jonkman 死亡率函数", EN: "mortality by depth, Jonkman"},
		Source: "Jonkman (2007), Loss of life estimation in flood risk assessment, Delft; last row: Jonkman et " +
			"al. (2009), New Orleans 2005",
		Status: Recalled,
		Note: "F = Φ((ln h − μ)/σ), h depth in metres. Near a breach, from 7 m²/s and 2 m/s on, everybody dies: " +
			"F = 1. The water rises fast from 0.5 m/h on where it is at least 2.1 m deep. Shares of those " +
			"exposed, for groups of people and not for single ones. No text that states the numbers was found.",
		Columns: []Column{{"", ""}, {"μ", "-"}, {"σ", "-"}},
	},
	[]MortalityRow{
		ZoneRemaining: {sim.Text{ZH: "其余地带", EN: "remaining zone"}, 7.60, 2.75},
		ZoneRising:    {sim.Text{ZH: "快速上涨带", EN: "rapidly rising water"}, 1.46, 0.28},
		{sim.Text{ZH: "新奥尔良 2005 拟合", EN: "fit to New Orleans 2005"}, 5.20, 2.00},
	},
}

// MortalityRow is a lognormal function of mortality.
type MortalityRow struct {
	Name      sim.Text
	Mean      float64 // of the logarithm of the depth in metres [-]
	Deviation float64 // [-]
}

// Cells returns the row for a document.
func (r MortalityRow) Cells() []string { return cells(r.Name, r.Mean, r.Deviation) }

// Share returns the share of people who die in water of that depth [m].
func (r MortalityRow) Share(depth float64) float64 {
	if depth <= 0 {
		return 0
	}
	return num.NormCDF((num.Log(depth) - r.Mean) / r.Deviation)
}

// NewOrleans returns the function fitted to New Orleans 2005.
func NewOrleans() MortalityRow { return Jonkman.Rows[len(Jonkman.Rows)-1] }

// ZoneOf returns Jonkman's zone of water of that depth [m] and speed [m/s] that rises at that rate [m/s].
func ZoneOf(depth, speed, rise float64) Zone {
	switch {
	case float64(depth*speed) >= breachProduct && speed >= breachSpeed:
		return ZoneBreach
	case rise >= risingRateSI && depth >= risingDepth:
		return ZoneRising
	}
	return ZoneRemaining
}

// Mortality returns the share of people who die in water of that depth [m] in a zone.
func Mortality(z Zone, depth float64) float64 {
	if z == ZoneBreach {
		return 1
	}
	return Jonkman.Rows[z].Share(depth)
}

// Logistic is the mortality function of a screening tool of the World Bank.
var Logistic = Table[LogisticRow]{
	Head{
		Name:  "mortality-logistic",
		Title: sim.Text{ZH: "逻辑斯蒂死亡率函数", EN: "mortality by depth, logistic"},
		Source: "World Bank, CCDR tools, flood screening code, which names Jonkman and Vrijling (2008), J. Flood " +
			"Risk Management 1, doi 10.1111/j.1753-318X.2008.00006.x",
		Status: SecondHand,
		Note: "F = top / (1 + exp(shift − slope · h)), h depth in metres; read in the code. Whether the paper has " +
			"this function or only its data is not known.",
		Columns: []Column{{"top", "-"}, {"shift", "-"}, {"slope", "1/m"}},
	},
	[]LogisticRow{{0.985, 6.32, 1.412}},
}

// LogisticRow is a logistic function of mortality.
type LogisticRow struct {
	Top   float64 // [-]
	Shift float64 // [-]
	Slope float64 // [1/m]
}

// Cells returns the row for a document.
func (r LogisticRow) Cells() []string { return cells(r.Top, r.Shift, r.Slope) }

// LogisticMortality returns the share of people who die in water of that depth [m]; 0 where it is dry.
func LogisticMortality(depth float64) float64 {
	if depth <= 0 {
		return 0
	}
	r := &Logistic.Rows[0]
	return r.Top / (1 + num.Exp(r.Shift-float64(r.Slope*depth)))
}

// Chances to be hurt of those who survive [-].
const (
	HurtCaught = 0.1 // caught in H3 or above
	HurtSwept  = 0.5 // in the high-hazard zone
)

// Injury are the chances to be hurt.
var Injury = Table[ValueRow]{
	Head{
		Name:    "injury",
		Title:   sim.Text{ZH: "受伤概率", EN: "chances to be hurt"},
		Source:  "none: no published curve was found that gives injuries apart from deaths",
		Status:  Assumed,
		Columns: []Column{{"of the survivors", ""}, {"share", "-"}},
	},
	[]ValueRow{
		{sim.Text{ZH: "在 H3 级及以上水中遇险", EN: "caught in H3 or above"}, HurtCaught},
		{sim.Text{ZH: "身处高危区", EN: "in the high-hazard zone"}, HurtSwept},
	},
}
