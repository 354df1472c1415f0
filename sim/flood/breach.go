package flood

import (
	"sandtable/sim"
	"sandtable/sim/flood/works"
)

// stage is how far a breach has come. A gap after Froehlich 2008 is cut by the water that stands above its bottom:
// where there is none it cannot begin, and waits.
type stage uint8

const (
	stageSound stage = iota
	stageDue         // was ordered to fail, and has no water to do so
	stageWaits       // the same, by order or by itself, and everybody has been told
	stageOpen        // the gap has begun
	stageCount
)

// breachHead is the depth over the bottom of a gap to be from which on it is cut [m] (assumed, as the head over a crest
// by which overtopping is known).
const breachHead = 0.1

// told is what a breach tells of itself after it has come to this stage.
func (s stage) told() sim.StructureAction {
	if s == stageWaits {
		return sim.StructureWait
	}
	return sim.StructureBreach
}

// erosion is a gap that has begun, and how it grows.
type erosion struct {
	since  sim.Time // it began
	volume float64  // Froehlich: the most that has stood above its bottom since [m3]
	growth works.Growth
	from   sim.Time // the growth holds from here on
}

// begin begins a gap.
func begin(now sim.Time, volume float64, growth works.Growth) erosion {
	return erosion{since: now, volume: volume, growth: growth, from: now}
}

// age returns how long the growth has held [s].
func (e *erosion) age(now sim.Time) float64 { return now.Sub(e.from).Seconds() }

// follow lets the gap go on from an instant as a volume [m3] wants it, more than ever stood above its bottom before.
func (e *erosion) follow(now sim.Time, volume float64, growth works.Growth) {
	e.volume, e.growth, e.from = volume, e.growth.Onward(e.age(now), growth), now
}

func (e *erosion) append(to *sim.Encoder) {
	to.Time(e.since)
	to.Time(e.from)
	g := &e.growth
	for _, v := range [...]float64{e.volume, g.Crest, g.Bottom, g.Width, g.Slope, g.Time, g.Cut, g.Open} {
		to.F64(v)
	}
}

// load reads what append wrote of a breach that has begun or not, at the instant now.
func (e *erosion) load(d *sim.Decoder, now sim.Time) {
	e.since, e.from = d.Time(), d.Time()
	e.volume = d.Amount()
	g := &e.growth
	g.Crest, g.Bottom = d.Number(), d.Number()
	for _, v := range [...]*float64{&g.Width, &g.Slope, &g.Time, &g.Cut, &g.Open} {
		*v = d.Amount()
	}
	if e.since < 0 || e.from < e.since || e.from > now || !(g.Cut <= 1) {
		d.Fail("a breach that cannot be")
		*e = erosion{}
	}
}

// appendStage and loadStage save how far a breach has come.
func appendStage(e *sim.Encoder, s stage) { e.U8(uint8(s)) }

func loadStage(d *sim.Decoder) stage {
	s := stage(d.U8())
	if s >= stageCount {
		d.Fail("a breach at a stage that there is not")
		return stageSound
	}
	return s
}
