package works

// Pump lifts water at its rated capacity, whatever the levels.
type Pump struct {
	Capacity float64 // [m3/s]
	Start    float64 // level at which it starts [m]
	Stop     float64 // level at which it stops; below Start [m]
}

// Runs says whether a pump that is switched on runs at a level of the water that it draws from: it starts at Start,
// stops at Stop, and in between does as it did.
func (p Pump) Runs(level float64, running bool) bool {
	return level >= p.Start || running && level > p.Stop
}

// Drain takes water off the ground: a sewer net of a given capacity.
type Drain struct {
	Capacity float64 // per area [m/s]
}

// Depth returns what it takes in dt seconds from water of a depth [m].
func (d Drain) Depth(depth, dt float64) float64 { return min(max(depth, 0), float64(d.Capacity*dt)) }
