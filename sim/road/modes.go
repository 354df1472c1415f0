package road

import (
	"math"

	"sandtable/sim"
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
	stopAndGo   = 1.79       // 4 mph: LifeSim's speed of vehicles on wet roads
	fitLimit    = 300.0      // depth up to which the fit holds [mm]
	floatDepth  = 400 / depthStep
	trailerMost = 150 / depthStep // depth from which a boat is taken off its trailer, assumed
)

// modes is the table of modes. Sources: depth and depth times speed of cars from Shand et al. (2011), small car
// (0.3 m, 0.3 m2/s) to enter and large car (0.4 m, 0.45 m2/s) to go on; of coaches and emergency vehicles 0.5 m and
// 0.6 m2/s, the lower bound for high vehicles in LifeSim, to enter, and assumed 0.6 m and 0.9 m2/s to go on; of walkers
// LifeSim's 2 ft (0.61 m, the step from 0.60 m) and the low-hazard limit of Cox et al. (2010) for adults (0.6 m2/s) to
// enter, and Cox's 1.2 m and the working limit of 0.8 m2/s to go on. Coach 2 cars: KLD TR-497; trailer 2, assumed.
var modes = [sim.ModeCount]modeSpec{
	sim.ModeFoot: {0, 0, 0, limits{12, 12}, limits{24, 16}},
	sim.ModeCar:  {1, 0, carCrawl, limits{6, 6}, limits{8, 9}},
	sim.ModeCoach: {2, 0, stopAndGo, limits{10, 12},
		limits{12, 18}},
	sim.ModeBoat:      {2, towSpeed, 0, limits{never, never}, limits{never, never}},
	sim.ModeEmergency: {1, 0, stopAndGo, limits{10, 12}, limits{12, 18}},
}

// wadeFactors are the shares of the dry walking speed left in still water, by depth [m]: 188 persons at 0.35 m; the
// last two points interpolated by judgement.
var wadeFactors = [...]struct{ depth, factor float64 }{{0, 1}, {0.35, 0.58}, {0.60, 0.48}, {0.90, 0.40}}

// wadeFactor interpolates in wadeFactors and keeps the last value beyond.
func wadeFactor(depth float64) float64 {
	for i := 1; i < len(wadeFactors); i++ {
		a, b := wadeFactors[i-1], wadeFactors[i]
		if depth < b.depth {
			return a.factor + float64((b.factor-a.factor)*((depth-a.depth)/(b.depth-a.depth)))
		}
	}
	return wadeFactors[len(wadeFactors)-1].factor
}

// waterSpeed returns the highest speed [m/s] of vehicles in water of that depth [mm] by Pregnolato et al. (2017), an
// upper bound; 0 beyond the depth that the fit covers.
func waterSpeed(depth float64) float64 {
	if depth > fitLimit {
		return 0
	}
	kmh := float64(0.0009*depth*depth) - float64(0.5529*depth) + 86.9448
	return kmh / 3.6
}

// linkSpeed returns the speed [m/s] of a mode on a link with that water; of walkers, that of one who walks at
// walkSpeed on dry ground. It is never 0: whether the mode may be there at all is for limits to say.
func linkSpeed(mode sim.Mode, l *LinkSpec, w wet) float64 {
	depth := float64(w.depth) * depthStep
	m := &modes[mode]
	switch {
	case mode == sim.ModeFoot:
		return walkSpeed * wadeFactor(depth/1000)
	case mode == sim.ModeBoat && w.depth >= floatDepth:
		return floatSpeed
	case mode == sim.ModeBoat && (w.depth >= trailerMost || l.FootOnly):
		return dragSpeed
	}
	v := l.Speed
	if m.top > 0 {
		v = math.Min(v, m.top)
	}
	if w.depth > 0 {
		v = math.Min(v, math.Max(waterSpeed(depth), m.crawl))
	}
	return v
}

// afloat says whether the mode swims in that water and needs no road.
func afloat(mode sim.Mode, w wet) bool { return mode == sim.ModeBoat && w.depth >= floatDepth }

// roomless says whether the mode takes no room on a link with that water.
func roomless(mode sim.Mode, w wet) bool { return mode == sim.ModeFoot || afloat(mode, w) }

// serves says whether the arc is there for the mode at all, whatever is closed.
func (n *Network) serves(mode sim.Mode, arc int32, w wet) bool {
	if afloat(mode, w) && n.links[arc>>1].Tunnel {
		return false // there is a roof over the water
	}
	if roomless(mode, w) {
		return true
	}
	return n.headway[arc>>1] > 0 && !n.against(arc)
}
