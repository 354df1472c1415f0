package population

import (
	"math"

	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// foot is the length of a foot [m].
const foot = 0.3048

// Buildings after the LifeSim Technical Reference Manual, chapter 5: heights [m], shares [-].
const (
	storeyHeight = 9 * foot
	atticHeight  = 6 * foot
	accessShare  = 0.95 // of parties that can get into the attic or on the roof
	roofShare    = 0.90 // of those: onto the roof
)

// access is how high able people of a party can get in their building.
type access uint8

const (
	accessNone  access = iota // not above the top storey
	accessAttic               // into the attic
	accessRoof                // onto the roof
)

// accessOf turns a uniform draw into access to attic and roof.
func accessOf(u float64) access {
	switch {
	case u < accessShare*roofShare:
		return accessRoof
	case u < accessShare:
		return accessAttic
	}
	return accessNone
}

// topFloor returns the height of the top storey's floor above the ground floor [m].
func topFloor(storeys uint8) float64 { return float64(float64(max(storeys, 1)-1) * storeyHeight) }

// submergence returns the depths of water above the ground floor from which on a building is no refuge and its people
// are in the high-hazard zone: for people of limited mobility and for able ones [m]. u places the depth within its
// range; 0.5 gives the most likely value. LifeSim Technical Reference Manual, chapter 5.
func submergence(storeys uint8, a access, u float64) (limited, able float64) {
	top := topFloor(storeys)
	limited = top + triangular(4*foot, 5*foot, 6*foot, u)
	switch a {
	case accessRoof:
		return limited, top + storeyHeight + atticHeight + triangular(3*foot, 4*foot, 5*foot, u)
	case accessAttic:
		return limited, top + storeyHeight + atticHeight - triangular(0.5*foot, 1*foot, 1.5*foot, 1-u)
	}
	return limited, top + storeyHeight - triangular(0.5*foot, 1*foot, 1.5*foot, 1-u)
}

// refuge returns the depth of water above the ground floor up to which a party has a dry place in its building [m]:
// the top storey's floor, or the attic or roof when all its members can climb there. Zero on one storey means that the
// ground floor itself must be dry.
func refuge(storeys uint8, a access, b body) float64 {
	if b&bodyLimited != 0 || a == accessNone {
		return topFloor(storeys)
	}
	return topFloor(storeys) + storeyHeight
}

// failure returns from which depth times speed [m2/s] and speed [m/s] on a building gives way; u places it within its
// range. Rammed earth and adobe as unanchored wood, 32.3 ft2/s; anchored wood 75.3 ft2/s (RESCDAM as in USACE
// go-consequences); masonry from 2 m/s on, triangular 6, 7, 8; reinforced frames uniform 7 to 10 (LifeSim Technical
// Reference Manual, appendix F). That earth walls stand like unanchored wood is assumed.
func failure(c scenario.Construction, u float64) (product, speed float64) {
	switch c {
	case scenario.BuildEarth:
		return 3.0, 0
	case scenario.BuildWood:
		return 7.0, 0
	case scenario.BuildMasonry:
		return triangular(6, 7, 8, u), 2.0
	}
	return 7 + float64(3*u), 0
}

// failureLeast is the smallest depth times speed at which any building fails [m2/s].
const failureLeast = 3.0

// curvePoint stands for so many points of a fatality curve, one after the other, with the same rate.
type curvePoint struct {
	points int
	rate   float64
}

// highPoints are the fatality rates of the high-hazard zone at the exceedance frequencies 0/138, 1/138, … 136/138, 1:
// LifeSim, as published with USACE go-consequences (MIT licence).
var highPoints = []curvePoint{
	{66, 1}, {1, 0.975}, {1, 0.9708738}, {1, 0.96}, {1, 0.9565217}, {1, 0.9090909}, {1, 0.9}, {1, 0.8947368},
	{2, 0.8571429}, {1, 0.8333333}, {1, 0.8235294}, {3, 0.8}, {5, 0.75}, {5, 0.6666667}, {2, 0.5714286}, {1, 0.55},
	{13, 0.5}, {2, 0.4285714}, {8, 0.3333333}, {1, 0.2857143}, {3, 0.2}, {1, 0.1666667}, {17, 0},
}

// highCurve and lowCurve are the rates point by point. The low-hazard zone's points lie one person in 311,152 apart,
// and its rate is 0 from the ninth on: LifeSim, as above.
var (
	highCurve = expand(highPoints)
	lowCurve  = []float64{1, 1, 1, 0.5, 0.5, 0.2, 0.1428571, 0.04, 0}
)

// Distances of the curves' points in exceedance frequency [-].
const (
	highStep = 1.0 / 138
	lowStep  = 3.213863e-6
)

func expand(points []curvePoint) []float64 {
	var out []float64
	for _, c := range points {
		for range c.points {
			out = append(out, c.rate)
		}
	}
	return out
}

// highRate returns the fatality rate of the high-hazard zone at an exceedance frequency in [0, 1].
func highRate(frequency float64) float64 { return curve(highCurve, frequency/highStep) }

// lowRate returns the fatality rate of the low-hazard zone at an exceedance frequency in [0, 1].
func lowRate(frequency float64) float64 { return curve(lowCurve, frequency/lowStep) }

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

// Chances to be hurt of those who survive [-], assumed: no published curve was found that gives them apart from deaths.
const (
	hurtCaught = 0.1 // caught in H3 or above
	hurtSwept  = 0.5 // in the high-hazard zone
)
