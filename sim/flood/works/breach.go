package works

import (
	"math"

	"sandtable/sim/num"
)

// Froehlich 2008 (Journal of Hydraulic Engineering 134(12), 1708-1721): mean width 0.27 k V^0.32 h^0.04 [m], time of
// formation 63.2 (V/(g h^2))^0.5 [s], with the volume above the gap's bottom V [m3] and the gap's height h [m].
const (
	froehlichWidth   = 0.27
	froehlichVolume  = 0.32
	froehlichHeight  = 0.04
	froehlichTime    = 63.2
	froehlichOver    = 1.3 // factor on the width when it fails by overtopping; 1 otherwise
	slopeOvertopping = 1.0 // of the gap's sides, horizontal to vertical
	slopePiping      = 0.7
)

// Froehlich returns the mean width [m] of a full-grown gap and the time that it takes to grow [s], for the volume of
// water above its bottom [m3] and its height [m].
func Froehlich(volume, height float64, overtopping bool) (mean, grown float64) {
	if volume <= 0 || height <= 0 {
		return 0, 0
	}
	mean = float64(froehlichWidth * num.Pow(volume, froehlichVolume) * num.Pow(height, froehlichHeight))
	if overtopping {
		mean *= froehlichOver
	}
	return mean, froehlichTime * math.Sqrt(volume/(Gravity*height*height))
}

// SideSlope returns the slope of a gap's sides after Froehlich 2008, horizontal to vertical.
func SideSlope(overtopping bool) float64 {
	if overtopping {
		return slopeOvertopping
	}
	return slopePiping
}

// Growth is how a gap grows in a dam or dyke: from nothing at the crest, or from the gap that there is, bottom and
// width in straight lines over time (Fread 1988, DAMBRK, with the exponent 1).
type Growth struct {
	Crest  float64 // [m]
	Bottom float64 // in the end [m]
	Width  float64 // of the bottom in the end [m]
	Slope  float64 // of the sides, horizontal to vertical [-]
	Time   float64 // that it takes for all of that [s]

	Cut  float64 // share of the depth that was there when this growth began; 0 for a whole crest [-]
	Open float64 // width of the bottom that was there [m]
}

// FroehlichGrowth returns the growth of a gap that Froehlich 2008 gives. The mean width is at half the height, so that
// each side takes half its slope times the height from it.
func FroehlichGrowth(crest, bottom, volume float64, overtopping bool) Growth {
	height := crest - bottom
	mean, grown := Froehlich(volume, height, overtopping)
	slope := SideSlope(overtopping)
	return Growth{Crest: crest, Bottom: bottom, Width: max(mean-float64(slope*height), 0), Slope: slope, Time: grown}
}

// At returns the gap at an age [s].
func (g Growth) At(age float64) Gap {
	share := g.share(age)
	cut := min(g.Cut+share, 1)
	return Gap{Bottom: g.Crest - float64(cut*(g.Crest-g.Bottom)), Width: min(g.Open+float64(share*g.Width),
		max(g.Open, g.Width)), Slope: g.Slope}
}

// share returns the part of the time of growth that has passed at an age [s].
func (g Growth) share(age float64) float64 {
	if age < g.Time {
		return max(age, 0) / g.Time
	}
	return 1
}

// Onward returns how a gap goes on from an age [s], when from there it grows as next says: from what there is, at the
// pace of next.
func (g Growth) Onward(age float64, next Growth) Growth {
	next.Cut, next.Open = min(g.Cut+g.share(age), 1), g.At(age).Width
	return next
}

// Gap is a trapezoid cut into a crest.
type Gap struct {
	Bottom float64 // [m]
	Width  float64 // of the bottom [m]
	Slope  float64 // of the sides, horizontal to vertical [-]
}

// Half returns how far the gap reaches from its middle in a crest [m].
func (g Gap) Half(crest float64) float64 {
	return float64(g.Width*0.5) + float64(g.Slope*max(crest-g.Bottom, 0))
}

// Flow returns the discharge [m3/s] of the part of a crest between two distances from the gap's middle [m], negative
// on one side of it: through the gap as far as it reaches and over the crest beyond. Every metre of bottom, side and
// crest is a broad weir of its own level; coefficient is theirs [m^(1/2)/s].
func (g Gap) Flow(crest, from, to, coefficient, left, right float64) float64 {
	switch {
	case from >= to:
		return 0
	case to <= 0:
		return g.half(crest, -to, -from, coefficient, left, right)
	case from >= 0:
		return g.half(crest, from, to, coefficient, left, right)
	}
	return g.half(crest, 0, -from, coefficient, left, right) + g.half(crest, 0, to, coefficient, left, right)
}

// half is Flow on one side of the middle.
func (g Gap) half(crest, from, to, coefficient, left, right float64) float64 {
	bottom, foot, end := min(g.Bottom, crest), float64(g.Width*0.5), g.Half(crest)
	weir := func(level float64) float64 { return Weir{level, coefficient}.Flow(left, right) }
	sum := 0.0
	if flat := min(to, foot) - from; flat > 0 {
		sum += float64(flat * weir(bottom))
	}
	if over := to - max(from, end); over > 0 {
		sum += float64(over * weir(crest))
	}
	a, b := max(from, foot), min(to, end)
	if !(b > a) || g.Slope <= 0 {
		return sum
	}
	low := bottom + (a-foot)/g.Slope
	high := min(bottom+(b-foot)/g.Slope, max(left, right)) // above the water nothing flows
	if high <= low {
		return sum
	}
	middle, reach := float64(0.5*(low+high)), float64(0.5*(high-low))
	mean := float64(gaussMiddle * weir(middle))
	mean += float64(gaussSide * (weir(middle-float64(gaussAt*reach)) + weir(middle+float64(gaussAt*reach))))
	return sum + float64(float64(2*reach*g.Slope)*mean)
}

// Gauss' rule of three points: places on [-1, 1] and weights of the mean (Abramowitz and Stegun 1964, table 25.4).
const (
	gaussAt     = 0.7745966692414834 // (3/5)^0.5
	gaussMiddle = 4.0 / 9
	gaussSide   = 5.0 / 18
)
