package soil

import (
	"math"
)

// capacity is a law by which the ground takes less the more it has taken.
type capacity interface {
	// rate returns how fast ground that has taken so much soaks in what stands on it [m/s].
	rate(taken float64) float64
	// after returns what soaks in within a time under standing water [m].
	after(taken, seconds float64) float64
	// time returns how long it takes under standing water until so much more has soaked in [s].
	time(taken, more float64) float64
	// ponding returns how much the ground has taken when its rate has fallen to that of the rain [m]; infinite when it
	// never does.
	ponding(rain float64) float64
}

// soak returns what soaks in within a step of even rain: taken before [m], water that stands at its beginning [m], rain
// that falls [m], seconds. Where water stands, the ground takes what it can; where none does, it takes the rain until
// its capacity has fallen to it.
func soak[C capacity](law C, taken, standing, rain, seconds float64) float64 {
	water := standing + rain
	if !(water > 0) || !(seconds > 0) {
		return 0
	}
	if float64(law.rate(taken+water)*seconds) >= water {
		return water // it could take all even at the rate to which it falls
	}
	soaked, left, fall := 0.0, seconds, rain/seconds
	if standing > 0 {
		most := law.after(taken, seconds)
		soaked = gone(law, taken, standing, rain, fall, most)
		if soaked >= most {
			return min(most, water)
		}
		left -= law.time(taken, soaked)
	}
	if fall > 0 && left > 0 {
		before := min(max(law.ponding(fall)-(taken+soaked), 0), float64(fall*left))
		soaked += before // no water stands yet
		if left -= before / fall; left > 0 {
			soaked += min(law.after(taken+soaked, left), float64(fall*left))
		}
	}
	return min(soaked, water)
}

// gone returns what has soaked in when the standing water has gone for the first time, under rain [m] at an even rate
// [m/s]; most when some stands to the end, by which most soaks in. Newton's rule begins below the first root of a
// convex function and comes to it from below.
func gone[C capacity](law C, taken, standing, rain, fall, most float64) float64 {
	d := standing
	if d >= most || standing+rain > most && fall <= law.rate(taken+most) {
		return most // the function falls all the way and does not come to 0
	}
	for fall > 0 && d < most {
		slope := fall/law.rate(taken+d) - 1
		if !(slope < 0) {
			return most // the rain alone is more than the ground takes
		}
		over := standing + float64(fall*law.time(taken, d)) - d
		step := -over / slope
		if !(step > float64(1e-14*d)) {
			break
		}
		d += step
	}
	return min(d, most)
}

// GreenAmpt is the law of Green and Ampt 1911: a sharp wetting front with constant suction, f = K (1 + S/F), where S is
// suction times the moisture that the ground lacks.
type GreenAmpt struct {
	Conductivity float64 // K [m/s]
	Storage      float64 // S [m]
}

// Soak returns what soaks in within a step of even rain.
func (g GreenAmpt) Soak(taken, standing, rain, seconds float64) float64 {
	return soak(g, taken, standing, rain, seconds)
}

func (g GreenAmpt) rate(taken float64) float64 {
	if g.Storage <= dry {
		return g.Conductivity
	}
	if taken <= 0 {
		return math.Inf(1)
	}
	return float64(g.Conductivity * (1 + g.Storage/taken))
}

func (g GreenAmpt) ponding(rain float64) float64 {
	if rain <= g.Conductivity {
		return math.Inf(1)
	}
	return float64(g.Conductivity*g.Storage) / (rain - g.Conductivity)
}

// Horton is the law of Horton 1940, f = fc + (f0 - fc) exp(-k t), where t is not the clock's time but that at which
// ground under standing water would have taken as much as it has.
type Horton struct {
	First float64 // f0, of dry ground [m/s]
	Final float64 // fc [m/s]
	Decay float64 // k [1/s]
}

// Soak returns what soaks in within a step of even rain.
func (h Horton) Soak(taken, standing, rain, seconds float64) float64 {
	return soak(h, taken, standing, rain, seconds)
}

// CurveNumber is the method of the Soil Conservation Service: of a depth P of rain (P - Ia)^2/(P - Ia + S) runs off.
type CurveNumber struct {
	Retention float64 // S [m]
	Initial   float64 // Ia, all of which the ground takes first [m]
}

// inch is a unit of length [m].
const inch = 0.0254

// Curve makes the law of a curve number, 0 < number <= 100, with the initial abstraction as a ratio of the retention.
func Curve(number, ratio float64) CurveNumber {
	s := float64((1000/number - 10) * inch)
	return CurveNumber{Retention: s, Initial: float64(ratio * s)}
}

// Soak returns what soaks in of a depth of rain, after so much rain has fallen [m].
func (c CurveNumber) Soak(fallen, rain float64) float64 {
	first := min(rain, max(c.Initial-fallen, 0))
	before := max(fallen-c.Initial, 0)
	rest := rain - first
	if !(rest > 0) || c.Retention <= 0 {
		return first
	}
	// S x/(S + x) is what the ground keeps of the rain x beyond the initial abstraction.
	share := (c.Retention / (c.Retention + before)) * (c.Retention / (c.Retention + before + rest))
	return first + float64(rest*share)
}
