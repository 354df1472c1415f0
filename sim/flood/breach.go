package flood

import (
	"math"

	"sandtable/sim/flood/shallow"
	"sandtable/sim/num"
)

// gap returns the bottom width [m] and the time of formation [s] of a full-grown gap for the volume of water above
// its bottom [m3], after Froehlich 2008.
func (r *reservoir) gap(volume float64) (width, grown float64) {
	height := r.Dam.Crest - r.Breach.Bottom
	if volume <= 0 || height <= 0 {
		return 0, 0
	}
	mean := float64(froehlichWidth * num.Pow(volume, froehlichVolume) * num.Pow(height, froehlichHeight))
	if r.Breach.Overtopping {
		mean *= froehlichOver
	}
	// The mean width is at half the height, so that each side takes half its slope times the height from it.
	width = max(mean-float64(r.sideSlope()*height), 0)
	return min(width, r.Dam.Length), froehlichTime * math.Sqrt(volume/(shallow.Gravity*height*height))
}

// sideSlope returns the slope of the gap's sides, horizontal to vertical.
func (r *reservoir) sideSlope() float64 {
	if r.Breach.Overtopping {
		return slopeOvertopping
	}
	return slopePiping
}
