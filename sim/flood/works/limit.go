package works

// Limit holds a discharge [m3/s] between two bodies of water to what a step of dt seconds may exchange: no more than
// makes their levels equal, so that an explicit step never turns the fall round. The areas are those over which the
// water spreads [m2]; a cell that has several such exchanges gives each of them its part.
func Limit(flow, left, right, areaLeft, areaRight, dt float64) float64 {
	fall := left - right
	if float64(flow*fall) <= 0 || areaLeft <= 0 || areaRight <= 0 {
		return 0
	}
	most := fall / (1/areaLeft + 1/areaRight) / dt
	if most > 0 {
		return min(flow, most)
	}
	return max(flow, most)
}
