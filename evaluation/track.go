package evaluation

import (
	"sandtable/sim"
	"sandtable/sim/harm"
)

// Track is how the water at a building came up: what the second opinions on deaths need. A film counts as none.
type Track struct {
	Wet   sim.Time // first water; never while it is dry
	Deep  sim.Time // from when it was as deep as harm.CriticalRise; never before
	Marks []Mark   // the worst so far, in the order of time; several publications may share one
}

// Mark is the worst water at a building up to an instant and the next mark.
type Mark struct {
	At     sim.Time
	Depth  float64 // above the ground [m]
	Rating float64 // hazard rating with the debris factor of FD2321 [m2/s]
	Breach bool    // it has torn houses down, after Jonkman
}

// A mark begins when the worst water has grown by so much; less is put to the one before.
const (
	markDepth  = 0.05 // [m]
	markRating = 0.1  // [m2/s]
)

// note takes in the water of an instant.
func (t *Track) note(at sim.Time, depth, speed, rating float64) {
	if len(t.Marks) == 0 {
		t.Wet, t.Deep = at, never
		t.Marks = append(t.Marks, Mark{At: at})
	}
	if t.Deep < 0 && depth >= harm.CriticalRise {
		t.Deep = at
	}
	last := t.Marks[len(t.Marks)-1]
	now := Mark{At: at, Depth: max(last.Depth, depth), Rating: max(last.Rating, rating),
		Breach: last.Breach || harm.ZoneOf(depth, speed, 0) == harm.ZoneBreach}
	grown := now.Depth >= last.Depth+markDepth || now.Rating >= last.Rating+markRating || now.Breach != last.Breach
	if at > last.At && grown {
		t.Marks = append(t.Marks, now)
		return
	}
	now.At = last.At
	t.Marks[len(t.Marks)-1] = now
}

// until returns the worst water up to an instant, and whether there was any.
func (t *Track) until(at sim.Time) (Mark, bool) {
	var worst Mark
	found := false
	for _, m := range t.Marks {
		if m.At > at {
			break
		}
		worst, found = m, true
	}
	return worst, found
}

// shortest is the least time in which the water is taken to have risen: it is published so often [s].
const shortest = 30.0

// rise returns how fast the water rose over the first critical depth [m/s]; 0 when it never got so deep.
func (t *Track) rise() float64 {
	if t.Deep < 0 || len(t.Marks) == 0 {
		return 0
	}
	return (harm.CriticalRise - harm.Film) / max(t.Deep.Sub(t.Wet).Seconds(), shortest)
}
