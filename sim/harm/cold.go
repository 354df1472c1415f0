package harm

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
)

// Cold is how long people last in cold water.
var Cold = Table[ColdRow]{
	Head{
		Name:  "cold",
		Title: sim.Text{ZH: "冷水中的耐受时间", EN: "time in cold water"},
		Source: "United States Search and Rescue Task Force, expected survival time in cold water; bands of 32.5, 40, 50, " +
			"60, 70 and 80 °F",
		Status: Checked,
		Note: "Held against four transcriptions that agree. Below 0.3 °C the table says under 15 min and under 15 to 45 " +
			"min. It is for people who float; in open water exhaustion is taken as the end, and the time of " +
			"survival for who has something to hold on to, and in air (assumed).",
		Columns: []Column{{"water up to", "°C"}, {"exhausted from", "h"}, {"exhausted to", "h"}, {"dead from", "h"},
			{"dead to", "h"}},
	},
	[]ColdRow{
		{0.3, 0.25, 0.25, 0.25, 0.75}, {4.4, 0.25, 0.5, 0.5, 1.5}, {10, 0.5, 1, 1, 3}, {15.6, 1, 2, 1, 6},
		{21.1, 2, 7, 2, 40}, {26.7, 3, 12, 3, boundless}, {boundless, boundless, boundless, boundless, boundless},
	},
}

// ColdRow is a band of water temperatures.
type ColdRow struct {
	Upto                 float64 // [°C]
	ExhaustFrom, Exhaust float64 // [h]
	DeadFrom, Dead       float64 // [h]
}

// Cells returns the row for a document.
func (r ColdRow) Cells() []string { return cells(r.Upto, r.ExhaustFrom, r.Exhaust, r.DeadFrom, r.Dead) }

// Endurance returns how long it takes somebody in water of a temperature [°C] up to the neck to be exhausted [s], +Inf
// for never: the time at a place u in [0, 1) of its range, in equal ratios.
func Endurance(celsius, u float64) float64 {
	k := bandOf(celsius)
	return lasting(Cold.Rows[k].ExhaustFrom, coldSpans[k].exhaust, u)
}

// Survival returns how long somebody lasts who has something to hold on to [s]. A range without an end is taken as
// from/(1 - u), but not less than in the colder band before it (assumed).
func Survival(celsius, u float64) float64 {
	k := bandOf(celsius)
	r := &Cold.Rows[k]
	if k > 0 && math.IsInf(r.Dead, 1) && !math.IsInf(r.DeadFrom, 1) {
		return max(secondsOfHour*r.DeadFrom/(1-u), lasting(Cold.Rows[k-1].DeadFrom, coldSpans[k-1].dead, u))
	}
	return lasting(r.DeadFrom, coldSpans[k].dead, u)
}

// coldSpans are the logarithms of the ratios of the ends of each row's ranges.
var coldSpans = func() []struct{ exhaust, dead float64 } {
	out := make([]struct{ exhaust, dead float64 }, len(Cold.Rows))
	for k, r := range Cold.Rows {
		if !math.IsInf(r.Exhaust, 1) {
			out[k].exhaust = num.Log(r.Exhaust / r.ExhaustFrom)
		}
		if !math.IsInf(r.Dead, 1) {
			out[k].dead = num.Log(r.Dead / r.DeadFrom)
		}
	}
	return out
}()

// bandOf returns the row of a water temperature [°C].
func bandOf(celsius float64) int {
	k := 0
	for celsius > Cold.Rows[k].Upto {
		k++
	}
	return k
}

// lasting returns the time at a place of a range [s] that begins at so many hours and is so wide in its logarithm.
func lasting(from, span, u float64) float64 {
	if math.IsInf(from, 1) {
		return from
	}
	return secondsOfHour * from * num.Exp(u*span)
}

// Hayward is the predicted time of survival of an average adult who holds still in water, lightly clad, with a life
// jacket; from 23.08 °C on there is none.
var Hayward = Table[HaywardRow]{
	Head{
		Name:   "hayward",
		Title:  sim.Text{ZH: "冷水生存时间（Hayward）", EN: "survival in cold water, Hayward"},
		Source: "Hayward, Eckerson, Collis (1975), Canadian J. Physiology and Pharmacology 53, 21–32",
		Status: SecondHand,
		Note: "t = base + factor / (shift − slope · T), T in °C, t in minutes; as a calculator of survival times gives it. " +
			"A second opinion on the table before: no run reads it.",
		Columns: []Column{{"base", "min"}, {"factor", "°C"}, {"shift", "°C/min"}, {"slope", "1/min"}},
	},
	[]HaywardRow{{15, 7.2, 0.0785, 0.0034}},
}

// HaywardRow are the coefficients of the formula.
type HaywardRow struct{ Base, Factor, Shift, Slope float64 }

// Cells returns the row for a document.
func (r HaywardRow) Cells() []string { return cells(r.Base, r.Factor, r.Shift, r.Slope) }

// HaywardTime returns the time of survival in water of a temperature [°C] by Hayward et al. [s]; +Inf where the formula
// has none.
func HaywardTime(celsius float64) float64 {
	r := &Hayward.Rows[0]
	rate := r.Shift - float64(r.Slope*celsius)
	if rate <= 0 {
		return boundless
	}
	return 60 * (r.Base + r.Factor/rate)
}

// What exposure is taken to be. All are assumed.
const (
	WetWarmer   = 15.0 // who is wet, in wind, in air cools as in water that is so much warmer [K]
	VehicleSill = 0.5  // depth at which water reaches who sits in a car [m]
	HurtAt      = 0.5  // share of the time to exhaustion after which somebody needs a doctor [-]
	flowTires   = 0.6  // depth times speed that doubles the effort: the limit of low hazard for adults [m2/s]
)

// Exposure are the assumptions about exposure.
var Exposure = Table[ValueRow]{
	Head{
		Name:   "exposure",
		Title:  sim.Text{ZH: "失温力竭的假设", EN: "exposure"},
		Source: "none: published are the times in water up to the neck; the rest is judgement",
		Status: Assumed,
		Note: "Water of a depth h immerses the share h / 1.4 m of a person, a film none, and time counts by that share; " +
			"flow adds to the effort, up to where it sweeps an adult away. Of the range of times the able have all, " +
			"children, the elderly and who walks badly the lower half, infants and who cannot walk the lower quarter.",
		Columns: []Column{{"", ""}, {"value", ""}},
	},
	[]ValueRow{
		{sim.Text{ZH: "湿身受风相当于水温高出（K）", EN: "wet and in wind as in water warmer by [K]"}, WetWarmer},
		{sim.Text{ZH: "车内及座位的水深（米）", EN: "depth that reaches who sits in a car [m]"}, VehicleSill},
		{sim.Text{ZH: "需就医的耐受时间份额", EN: "share of the time after which somebody is hurt"}, HurtAt},
		{sim.Text{ZH: "使体力消耗加倍的水深×流速（m²/s）", EN: "depth × speed that doubles the effort [m²/s]"}, flowTires},
	},
}

// Immersed returns how fast time in water of that depth [m] and speed [m/s] counts, by time in still water up to the
// neck [-]: 0 in a film. Flow counts up to where it takes an adult off his feet: who lives on there does not stand.
func Immersed(depth, speed float64) float64 {
	if depth <= Film {
		return 0
	}
	f := AdultFooting()
	return min(depth/f.Depth, 1) * (1 + min(float64(depth*speed), f.Product)/flowTires)
}
