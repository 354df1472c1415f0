package generate

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"

	"sandtable/sim"
	"sandtable/sim/num"
)

// Kind is the kind of drill.
type Kind string

// Kinds.
const (
	// RiverFlood is a river that rises out of its bed.
	RiverFlood Kind = "river-flood"
	// ThreatenedDam is the same with a reservoir above the county town whose dam is in danger.
	ThreatenedDam Kind = "threatened-dam"
)

// Params are the numbers that a county is made from. Zero values of the second group stand for the defaults that
// Complete fills in.
type Params struct {
	Name    string   // short name of the drill: letters, digits and hyphens
	Title   sim.Text // name of the drill on screen
	Place   sim.Text // name of the county; drawn when empty
	Persons int      // 1,000 to 1,000,000
	Seed    uint64   // of the county
	Kind    Kind

	Width    float64 // extent to the east [m]
	Height   float64 // extent to the north [m]
	Cell     float64 // side of a cell [m]
	Relief   float64 // height of the hills above the river [m]
	Bankfull float64 // bankfull discharge of the main river [m3/s]
	Start    sim.CivilTime
	Duration sim.Duration

	Rain      float64 // of the storm in all [mm]
	RainPeak  float64 // largest intensity [mm/h]
	PeakHour  float64 // when it rains hardest, hours after the start [h]
	FloodPeak float64 // peak of the river's inflow as a multiple of the bankfull discharge [-]
	FloodHour float64 // when the inflow peaks, hours after the start [h]
}

// Limits of the parameters.
const (
	minPersons = 1_000     // smallest county
	maxPersons = 1_000_000 // largest county
	maxCells   = 4_000_000 // what an ESRI grid of elevations can hold in reasonable files (assumed)
)

// density is the assumed population density of a county in hilly country [1/km2]; China's counties outside the plains
// have 50 to 300.
const density = 156.0

// Complete returns the parameters with defaults where they are zero, and an extent of whole cells.
func (p Params) Complete() Params {
	if p.Name == "" {
		p.Name = "county"
	}
	if p.Kind == "" {
		p.Kind = RiverFlood
	}
	area := float64(p.Persons) / density * 1e6
	setDefault(&p.Cell, defaultCell(area))
	setDefault(&p.Width, math.Sqrt(1.5*area))
	setDefault(&p.Height, math.Max(p.Width/1.5, 7.2*townDepth(townPersons(p.Persons))))
	p.Width, p.Height = wholeCells(p.Width, p.Cell), wholeCells(p.Height, p.Cell)
	setDefault(&p.Relief, math.Min(math.Max(0.02*p.Height, 100), 600))
	setDefault(&p.Bankfull, math.Min(math.Max(40*p.Height/1000, 30), 3000))
	if p.Duration == 0 {
		p.Duration = 12 * sim.Hour
	}
	if p.Start == 0 {
		p.Start = defaultStart
	}
	hours := p.Duration.Hours()
	setDefault(&p.Rain, math.Floor(72*math.Sqrt(hours))) // 250 mm in 12 h
	setDefault(&p.RainPeak, math.Max(60, math.Ceil(1.6*p.Rain/math.Max(hours, 1))))
	setDefault(&p.PeakHour, 0.36*hours)
	setDefault(&p.FloodPeak, 3.2)
	setDefault(&p.FloodHour, 0.5*hours)
	return p
}

// defaultStart is a summer evening, 2026-07-18 20:00.
const defaultStart sim.CivilTime = 29740080

func setDefault(value *float64, fallback float64) {
	if *value == 0 {
		*value = fallback
	}
}

// defaultCell keeps a map at about 250,000 cells, with cells of 20 to 120 m.
func defaultCell(area float64) float64 {
	return math.Min(math.Max(float64(5*math.Ceil(math.Sqrt(area/250_000)/5)), 20), 120)
}

// wholeCells is the nearest length of whole cells.
func wholeCells(length, cell float64) float64 { return float64(cell * num.Round(length/cell)) }

var nameForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,63}$`)

// Check reports everything that is wrong with completed parameters.
func (p Params) Check() error {
	var all []error
	wrong := func(zh, en string, args ...any) {
		all = append(all, sim.Fail("%s", "generate: %s", sim.Say(zh, en, args...)))
	}
	between := func(zh, en, unit string, v, lo, hi float64) {
		if !(v >= lo && v <= hi) {
			wrong("%s：%s；应为 %s 至 %s", "%s: %s; want %s to %s", sim.Text{ZH: zh, EN: en},
				strings.TrimSpace(plain(v)+" "+unit), plain(lo), plain(hi))
		}
	}
	if !nameForm.MatchString(p.Name) {
		wrong("演练名：%q；应为字母、数字和连字符，最多 64 个", "name: %q; want letters, digits and hyphens, at most 64", p.Name)
	}
	if p.Kind != RiverFlood && p.Kind != ThreatenedDam {
		wrong("演练类型：%q；应为 %s 或 %s", "kind: %q; want %s or %s", p.Kind, RiverFlood, ThreatenedDam)
	}
	between("人口", "persons", "", float64(p.Persons), minPersons, maxPersons)
	between("网格边长", "cell", "m", p.Cell, 5, 250)
	if len(all) == 0 { // else they may follow from what is wrong already
		between("东西长", "width", "m", p.Width, 40*p.Cell, 500_000)
		between("南北宽", "height", "m", p.Height, 40*p.Cell, 500_000)
	}
	between("山高", "relief", "m", p.Relief, 20, 2000)
	between("平滩流量", "bankfull discharge", "m3/s", p.Bankfull, 1, 20_000)
	between("时长", "duration", "h", p.Duration.Hours(), 1, 240)
	between("雨量", "rain", "mm", p.Rain, 0, 2000)
	between("最大雨强", "rain peak", "mm/h", p.RainPeak, p.Rain/p.Duration.Hours(), 300)
	between("雨峰时刻", "peak hour", "h", p.PeakHour, 0, p.Duration.Hours())
	between("洪峰倍数", "flood peak", "bankfull discharges", p.FloodPeak, 1, 20)
	between("洪峰时刻", "flood hour", "h", p.FloodHour, 0, p.Duration.Hours())
	if len(all) == 0 {
		p.checkExtent(wrong)
	}
	return errors.Join(all...)
}

// plain writes a number without an exponent.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// checkExtent asks whether the map can hold what is wanted of it.
func (p Params) checkExtent(wrong func(zh, en string, args ...any)) {
	if cells := p.Width / p.Cell * (p.Height / p.Cell); cells > maxCells {
		wrong("%.0f 格；最多 %d 格：应增大网格边长或缩小范围", "%.0f cells; want at most %d: larger cells or a smaller extent", cells, maxCells)
	}
	if w := riverWidth(p.Bankfull); p.Height < 40*w {
		wrong("南北宽：%g m，而河宽 %.0f m；应至少 %.0f m", "height: %g m with a river %.0f m wide; want at least %.0f m",
			p.Height, w, 40*w)
	}
	if d := townDepth(townPersons(p.Persons)); p.Height < 7*d || p.Width < 5*d {
		wrong("范围：%g x %g m，%d 人；应至少 %.0f x %.0f m",
			"extent: %g x %g m for %d persons; want at least %.0f x %.0f m", p.Width, p.Height, p.Persons, 5*d, 7*d)
	}
}

// townPersons is how many live in the county town: 45 % (assumed; the urban share of a county of middle size).
func townPersons(persons int) int { return num.RoundInt(0.45 * float64(persons)) }

// townDensity is the population density of the county town [1/km2]: 3,000 for 450 persons, growing with the fourth
// root of its size (assumed; built-up areas of China's county towns have about 10,000).
func townDensity(persons int) float64 { return 3000 * num.Pow(float64(persons)/450, 0.25) }

// townDepth is how far the county town reaches from the river [m]; it is townStretch times as long along the river.
func townDepth(persons int) float64 {
	return math.Sqrt(float64(persons) / townDensity(persons) * 1e6 / townStretch)
}

// townStretch is the length of the county town over its depth (assumed).
const townStretch = 1.7
