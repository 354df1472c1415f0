package flood

import (
	"math"

	"sandtable/sim"
)

// motion is something that an order moves: the opening of a gate, the crest of a barrier.
type motion struct {
	at, wanted float64
	pace       float64 // per second; 0 for at once
}

// rest returns a motion that stands still.
func rest(at float64) motion { return motion{at: at, wanted: at} }

// order makes it go to a value: at its own pace [1/s, 0 for at once], or slower when a longer time is given.
func (m *motion) order(to, pace float64, over sim.Duration) {
	m.wanted, m.pace = to, pace
	if over > 0 {
		if slow := math.Abs(to-m.at) / over.Seconds(); pace == 0 || slow < pace {
			m.pace = slow
		}
	}
}

// move brings it nearer to where it is wanted, in dt seconds.
func (m *motion) move(dt float64) {
	if m.pace == 0 {
		m.at = m.wanted
		return
	}
	way := float64(m.pace * dt)
	m.at = min(max(m.wanted, m.at-way), m.at+way)
}

func (m *motion) append(e *sim.Encoder) {
	e.F64(m.at)
	e.F64(m.wanted)
	e.F64(m.pace)
}

func (m *motion) load(d *sim.Decoder) { m.at, m.wanted, m.pace = d.Amount(), d.Amount(), d.Amount() }
