package engine

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// calm is how long a threshold stands after a gauge has fallen below it, so that water that laps about it is not told
// again and again (assumed: six readings of a gauge that is read every 5 min).
const calm = 30 * sim.Minute

// alarm follows one gauge as a duty officer does. A threshold stands from the reading that is above it until all
// readings of half an hour were below it. What is graver than all that stands is news; so is that nothing stands now.
type alarm struct {
	stands []bool     // by threshold
	fell   []sim.Time // by threshold: the first of the readings in a row that are below it; Never without one
}

func newAlarm(thresholds int) alarm {
	a := alarm{make([]bool, thresholds), make([]sim.Time, thresholds)}
	for k := range a.fell {
		a.fell[k] = sim.Never
	}
	return a
}

// read takes a reading, as which thresholds it is above. It returns EvGaugeAlarm and the threshold that carried it when
// that is graver than what stood; EvGaugeClear and the threshold below which the gauge fell last when nothing stands
// any more; else EvNone.
func (a *alarm) read(now sim.Time, gauge *scenario.Gauge, passed []bool) (kind sim.EventKind, threshold int32) {
	lifted := a.rest(now, passed)
	gravest := scenario.Grade{}
	for k, stands := range a.stands {
		if stands {
			gravest = gravest.With(gauge.Grade(k))
		}
	}
	calmed := lifted >= 0 && gravest == scenario.Grade{}
	threshold = sim.None
	for k, above := range passed {
		if !above {
			continue
		}
		if g := gauge.Grade(k); g.Exceeds(gravest) {
			gravest, threshold = gravest.With(g), int32(k)
		}
		a.stands[k], a.fell[k] = true, sim.Never
	}
	switch {
	case threshold >= 0:
		return sim.EvGaugeAlarm, threshold
	case calmed:
		return sim.EvGaugeClear, lifted
	}
	return sim.EvNone, sim.None
}

// rest lets go of the thresholds that a gauge has been below for long enough, and returns the lowest of them.
func (a *alarm) rest(now sim.Time, passed []bool) (lifted int32) {
	lifted = sim.None
	for k, above := range passed {
		if above || !a.stands[k] {
			continue
		}
		if a.fell[k] == sim.Never {
			a.fell[k] = now
		}
		if now.Sub(a.fell[k]) < calm {
			continue
		}
		a.stands[k], a.fell[k] = false, sim.Never
		if lifted < 0 {
			lifted = int32(k)
		}
	}
	return lifted
}

// append saves what stands.
func (a *alarm) append(e *sim.Encoder) {
	for k, stands := range a.stands {
		e.Bool(stands)
		if stands {
			e.Time(a.fell[k])
		}
	}
}

// load reads what append wrote.
func (a *alarm) load(d *sim.Decoder) {
	for k := range a.stands {
		a.stands[k], a.fell[k] = d.Bool(), sim.Never
		if a.stands[k] {
			a.fell[k] = d.Time()
		}
	}
}
