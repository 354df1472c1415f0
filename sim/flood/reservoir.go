package flood

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/flood/works"
)

// Broad weirs of a breach: rectangular part C b H^1.5, sloping sides C z H^2.5 (Fread 1988, DAMBRK; 3.1 and 2.45 in
// feet).
const (
	breachWeir  = 1.7  // [m^(1/2)/s]
	breachSides = 1.35 // [m^(1/2)/s]
)

// reservoir is a lake known by its volume.
type reservoir struct {
	*Reservoir
	dam   sim.StructureID
	gates []gate
	to    target
	lake  []int32 // cells of the map that show its level

	volume float64 // [m3]
	inflow float64 // volume that has come in during this step [m3]
	stage  stage
	breach erosion
}

// gate is a gate with its motion.
type gate struct {
	*Gate
	id       sim.StructureID
	position motion // [share]
}

// levelAt returns the level for a volume [m].
func (r *reservoir) levelAt(volume float64) float64 {
	k := 1
	for k < len(r.Volumes)-1 && volume > r.Volumes[k] {
		k++
	}
	return along(volume, r.Volumes[k-1], r.Volumes[k], r.Levels[k-1], r.Levels[k])
}

// volumeAt returns the volume for a level [m3].
func (r *reservoir) volumeAt(level float64) float64 {
	k := 1
	for k < len(r.Levels)-1 && level > r.Levels[k] {
		k++
	}
	return max(along(level, r.Levels[k-1], r.Levels[k], r.Volumes[k-1], r.Volumes[k]), 0)
}

// along maps x on the straight line through (x0, y0) and (x1, y1).
func along(x, x0, x1, y0, y1 float64) float64 { return y0 + float64((x-x0)/(x1-x0)*(y1-y0)) }

// weir returns C L H^1.5 [m3/s].
func weir(coefficient, width, head float64) float64 {
	if head <= 0 {
		return 0
	}
	return float64(float64(coefficient*width) * float64(head*math.Sqrt(head)))
}

// Discharge returns what the gate lets through at a level of the reservoir [m] when it is open by a share [m3/s].
func (g *Gate) Discharge(level, share float64) float64 {
	open := float64(share * g.Height)
	if open <= 0 || level <= g.Sill {
		return 0
	}
	free := weir(theoreticalWeir, g.Width, level-g.Sill)
	if level-g.Sill <= open {
		return free // the water does not reach the edge
	}
	head := level - g.Sill - float64(open*0.5)
	return min(free, float64(float64(float64(g.Coefficient*g.Width)*open)*math.Sqrt(float64(2*shallow.Gravity*head))))
}

// theoreticalWeir is the coefficient of a broad crest, (2/3)^1.5 g^0.5 [m^(1/2)/s].
const theoreticalWeir = 1.705

// step lets the water out that flows out between two instants, and returns its volume [m3].
func (r *reservoir) step(from, to sim.Time) float64 {
	dt := to.Sub(from).Seconds()
	r.volume += r.inflow
	r.inflow = 0
	level := r.levelAt(r.volume)
	b := &r.Breach
	due := b.Trigger == TriggerTime && from >= sim.Time(b.At) || b.Trigger == TriggerLevel && level >= b.Level
	switch {
	case r.stage == stageOpen:
		r.erode(from)
	case r.stage != stageSound || due:
		r.fail(from, stageWaits)
	}
	flow := weir(r.Spillway.Coefficient, r.Spillway.Width, level-r.Spillway.Crest)
	for i := range r.gates {
		r.gates[i].position.move(dt)
		flow += r.gates[i].Discharge(level, r.gates[i].position.at)
	}
	flow += weir(r.Dam.Coefficient, r.Dam.Length, level-r.Dam.Crest)
	out := float64(flow * dt)
	if r.stage == stageOpen {
		out += r.breachVolume(from, to, level)
	}
	out = min(out, r.volume)
	r.volume -= out
	return out
}

// fail begins the breach, or leaves it at a stage at which it waits for water.
func (r *reservoir) fail(at sim.Time, waits stage) {
	volume := r.above()
	switch {
	case r.Breach.Peak > 0: // as it is given
		r.stage, r.breach = stageOpen, begin(at, 0, works.Growth{})
	case volume > 0 && r.levelAt(r.volume) >= r.Breach.Bottom+breachHead:
		r.stage, r.breach = stageOpen, begin(at, volume, r.gap(volume))
	default:
		r.stage = waits
	}
}

// above returns the volume above the gap's bottom [m3].
func (r *reservoir) above() float64 { return max(r.volume-r.volumeAt(r.Breach.Bottom), 0) }

// erode lets a gap that is not given follow the water.
func (r *reservoir) erode(at sim.Time) {
	if r.Breach.Peak > 0 {
		return
	}
	if volume := r.above(); volume > r.breach.volume {
		r.breach.follow(at, volume, r.gap(volume))
	}
}

// gap returns the growth of the gap for a volume of water above its bottom [m3], after Froehlich 2008; no wider than
// the dam.
func (r *reservoir) gap(volume float64) works.Growth {
	g := works.FroehlichGrowth(r.Dam.Crest, r.Breach.Bottom, volume, r.Breach.Overtopping)
	g.Width = min(g.Width, r.Dam.Length)
	return g
}

// breachVolume returns what the breach lets through between two instants [m3].
func (r *reservoir) breachVolume(from, to sim.Time, level float64) float64 {
	dt := to.Sub(from).Seconds()
	if r.Breach.Peak > 0 {
		return r.given(to.Sub(r.breach.since)) - r.given(from.Sub(r.breach.since))
	}
	gap := r.breach.growth.At(r.breach.age(from))
	head := level - gap.Bottom
	if head <= 0 {
		return 0
	}
	sides := float64(breachSides * gap.Slope * float64(head*float64(head*math.Sqrt(head))))
	return float64((weir(breachWeir, gap.Width, head) + sides) * dt)
}

// given returns the volume of the given hydrograph up to an age of the breach [m3]: a triangle.
func (r *reservoir) given(age sim.Duration) float64 {
	rise, end, t := r.Breach.TimeToPeak.Seconds(), r.Breach.Duration.Seconds(), age.Seconds()
	total := float64(float64(r.Breach.Peak*end) * 0.5)
	switch {
	case t <= 0:
		return 0
	case t < rise:
		return float64(r.Breach.Peak*float64(t*t)) / rise / 2
	case t < end:
		return total - float64(float64(r.Breach.Peak*float64((end-t)*(end-t)))/(end-rise)*0.5)
	}
	return total
}
