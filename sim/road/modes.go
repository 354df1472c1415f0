package road

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/num"
)

// Water on a link acts in steps, so that a film of rain does not send the whole county on other ways every half
// minute: depth in steps of 5 cm, depth times speed in steps of 0.05 m2/s, both rounded down. A step is left downwards
// only when the value has fallen half a step below it.
const (
	depthStep = 50 // [mm]
	flowStep  = 50 // [0.001 m2/s]
	maxStep   = 255
)

// limits are what a mode bears, as steps of depth and of depth times speed. At or above one of them it is too much.
type limits struct{ depth, flow uint8 }

// never is a limit that no water reaches.
const never = maxStep

func (l limits) exceeded(w wet) bool {
	return l.depth != never && w.depth >= l.depth || l.flow != never && w.flow >= l.flow
}

// limitsOf turns a limit into steps, rounded down.
func limitsOf(l harm.Limit) limits {
	return limits{stepsOf(l.Depth, depthStep), stepsOf(l.Product, flowStep)}
}

// stepsOf returns the steps in a value [m or m2/s], of which one has that size [0.001 m or m2/s].
func stepsOf(value float64, size int) uint8 { return uint8(num.RoundInt(value*1000) / size) }

// modeSpec is what a mode of travel is like.
type modeSpec struct {
	units int32   // room and capacity that one vehicle takes, in cars; 0 on foot
	top   float64 // own highest speed [m/s]; 0 for the link's
	crawl float64 // speed in water that the fit of speeds does not cover [m/s]
	enter limits  // at which it does not enter a link
	stall limits  // at which it is stranded on a link
}

// Speeds [m/s].
const (
	walkSpeed   = 1.2        // adult on dry level ground: 1.2-1.4; the lower, for groups
	towSpeed    = 40.0 / 3.6 // boat on a trailer, assumed
	dragSpeed   = 3.0 / 3.6  // boat pulled through water too shallow to float in, assumed
	floatSpeed  = 12.0 / 3.6 // boat afloat: 10-20 km/h; the lower part, for flooded streets
	carCrawl    = 2.0 / 3.6  // lowest value of the fit by Pregnolato et al. (2017), at 307 mm
	floatDepth  = 400 / depthStep
	trailerMost = 150 / depthStep // depth from which a boat is taken off its trailer, assumed
	bikeSpeed   = 17.1 / 3.6      // e-bike on a road: mean of Hangzhou (Jin et al. 2015), 17.09 km/h
	bikeOnPath  = 10.0 / 3.6      // and on a footpath, assumed
)

// modes is the table of modes. How far one enters water and goes on in it is harm.RoadUse. Coach 2 cars: KLD TR-497;
// trailer 2,
// emergency vehicle and van 1, assumed.
var modes = [sim.ModeCount]modeSpec{
	sim.ModeFoot:      useOf(harm.OnFoot, modeSpec{}),
	sim.ModeCar:       useOf(harm.ByCar, modeSpec{units: 1, crawl: carCrawl}),
	sim.ModeCoach:     useOf(harm.ByCoach, modeSpec{units: 2, crawl: harm.StopAndGo}),
	sim.ModeBoat:      {2, towSpeed, 0, limits{never, never}, limits{never, never}},
	sim.ModeEmergency: useOf(harm.ByCoach, modeSpec{units: 1, crawl: harm.StopAndGo}),
	sim.ModeBike:      useOf(harm.ByBike, modeSpec{top: bikeSpeed, crawl: carCrawl}),
	sim.ModeVan:       useOf(harm.ByCoach, modeSpec{units: 1, crawl: harm.StopAndGo}),
}

// useOf adds a traveller's limits to a mode.
func useOf(who harm.Traveller, m modeSpec) modeSpec {
	use := &harm.RoadUse.Rows[who]
	m.enter, m.stall = limitsOf(use.Enter), limitsOf(use.Stop)
	return m
}

// linkSpeed returns the speed [m/s] of a mode on a link with that free speed and water; of walkers, that of one who
// walks at walkSpeed on dry ground. It is never 0: whether the mode may be there at all is for limits to say.
func linkSpeed(mode sim.Mode, l *LinkSpec, free float64, w wet) float64 {
	depth := float64(w.depth) * depthStep
	m := &modes[mode]
	switch {
	case mode == sim.ModeFoot:
		return walkSpeed * harm.WadeFactor(depth/1000)
	case mode == sim.ModeBoat && w.depth >= floatDepth:
		return floatSpeed
	case mode == sim.ModeBoat && (w.depth >= trailerMost || l.FootOnly):
		return dragSpeed
	}
	v := free
	switch {
	case mode == sim.ModeBike && l.FootOnly:
		v = bikeOnPath
	case m.top > 0:
		v = math.Min(v, m.top)
	}
	if w.depth > 0 {
		v = math.Min(v, math.Max(harm.RoadSpeed(depth), m.crawl))
	}
	return v
}

// afloat says whether the mode swims in that water and needs no road.
func afloat(mode sim.Mode, w wet) bool { return mode == sim.ModeBoat && w.depth >= floatDepth }

// roomless says whether the mode takes no room among the vehicles on a link with that water. Two-wheelers ride at the
// edge of the road and past a queue.
func roomless(mode sim.Mode, w wet) bool {
	return mode == sim.ModeFoot || mode == sim.ModeBike || afloat(mode, w)
}

// serves says whether the arc is there for the mode at all, whatever is closed by order or by water.
func (t *Traffic) serves(mode sim.Mode, arc int32, w wet) bool {
	if afloat(mode, w) && t.net.links[arc>>1].Tunnel {
		return false // there is a roof over the water
	}
	switch {
	case mode == sim.ModeBike:
		return t.net.links[arc>>1].FootOnly || !t.flows[arc].closed
	case roomless(mode, w):
		return true
	}
	return !t.flows[arc].closed
}
