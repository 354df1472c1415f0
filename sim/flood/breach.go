package flood

import "sandtable/sim/flood/works"

// gap returns the bottom width [m] and the time of formation [s] of a full-grown gap for the volume of water above
// its bottom [m3], after Froehlich 2008.
func (r *reservoir) gap(volume float64) (width, grown float64) {
	if volume <= 0 {
		return 0, 0
	}
	g := works.FroehlichGrowth(r.Dam.Crest, r.Breach.Bottom, volume, r.Breach.Overtopping)
	return min(g.Width, r.Dam.Length), g.Time
}

// sideSlope returns the slope of the gap's sides, horizontal to vertical.
func (r *reservoir) sideSlope() float64 { return works.SideSlope(r.Breach.Overtopping) }
