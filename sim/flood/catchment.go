package flood

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/flood/soil"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// referenceExcess is the rain excess at which a catchment's lag is given [m/s]: 10 mm/h.
const referenceExcess = 10.0 / 1000 / 3600

// catchment is a sub-catchment: losses, and one store that drains.
type catchment struct {
	area    float64   // [m2]
	factor  float64   // on the rain
	loss    float64   // continuing loss [m/s]
	law     *soil.Law // in place of the losses; nil without
	flow    float64   // discharge at the reference excess [m3/s]
	full    float64   // storage at that discharge [m3]
	inverse float64   // 1/exponent
	to      target

	initial float64 // initial loss still to come [m]
	memory  float64 // of the law: what the ground has taken, or rain that has fallen [m]
	store   float64 // [m3]
}

// lossesLaw is the choice of initial and continuing loss.
const lossesLaw = "losses"

func newCatchment(c *Catchment, soils *soil.Config, to target) catchment {
	area := float64(c.Area * 1e6)
	k := catchment{
		area: area, factor: c.RainFactor, loss: c.Loss / 1000 / 3600, flow: float64(area * referenceExcess),
		inverse: 1 / c.Exponent, to: to, initial: c.InitialLoss / 1000,
	}
	k.full = float64(sim.Duration(c.Lag).Seconds() * k.flow)
	k.store = float64(k.full * num.Pow(c.InitialFlow/k.flow, c.Exponent))
	if c.Law != lossesLaw {
		laws := soils.Laws(c.Law)
		k.law = &laws[max(slices.Index(scenario.CoverNames[:], c.Cover), 0)]
	}
	return k
}

// discharge returns what flows out of the store [m3/s].
func (k *catchment) discharge() float64 {
	if k.store <= 0 {
		return 0
	}
	return float64(k.flow * num.Pow(k.store/k.full, k.inverse))
}

// take returns how much of a depth of rain the ground takes in dt seconds [m].
func (k *catchment) take(rain, dt float64) float64 {
	if k.law != nil {
		var lost float64
		lost, k.memory = k.law.Soak(k.memory, 0, rain, dt)
		return lost
	}
	first := min(rain, k.initial)
	k.initial -= first
	return first + min(rain-first, float64(k.loss*dt))
}

// step takes rain [m] for dt seconds and returns the volume that flows out [m3].
func (k *catchment) step(rain, dt float64, b *books) float64 {
	out := float64(k.discharge() * dt)
	if rain > 0 {
		rain = float64(rain * k.factor)
		lost := k.take(rain, dt)
		fell, gone := float64(rain*k.area), float64(lost*k.area)
		b.rain.add(fell)
		b.losses.add(gone)
		k.store += fell - gone
	}
	out = min(out, k.store)
	k.store -= out
	return out
}
