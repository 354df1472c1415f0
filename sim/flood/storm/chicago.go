package storm

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// chicago is a design storm after Keifer and Chu 1957. With H(t) the formula's depth for the duration t and r the share
// before the most intense instant, r H(x/r) falls in the last x before it and (1-r) H(x/(1-r)) in the first x after it,
// so that the window of length t around it that has the share r before it holds H(t).
type chicago struct {
	begin    sim.Time
	length   float64 // [s]
	peak     float64 // r
	strength float64 // 167 A1 (1 + C lg P) [m/s min^n]
	b        float64 // [s]
	n        float64
	before   float64 // depth before the most intense instant [m]
}

func newChicago(s *Chicago) *chicago {
	c := &chicago{
		begin: sim.Time(s.At), length: s.Duration.Seconds(), peak: s.Peak, b: float64(60 * s.B), n: s.N,
		strength: float64(float64(167*s.A1)*(1+float64(s.C*decadic(s.Period)))) * float64(perHectare*s.Factor),
	}
	c.before = float64(c.peak * c.depth(c.length))
	return c
}

// depth returns the formula's depth for a duration [s]: q t [m].
func (c *chicago) depth(t float64) float64 {
	if !(t > 0) {
		return 0
	}
	return float64(float64(c.strength*t) / num.Pow((t+c.b)/60, c.n))
}

func (c *chicago) upTo(t sim.Time) float64 {
	x := min(max(t.Sub(c.begin).Seconds(), 0), c.length)
	top := float64(c.peak * c.length)
	if x < top {
		return c.before - float64(c.peak*c.depth((top-x)/c.peak))
	}
	if c.peak == 1 {
		return c.before
	}
	return c.before + float64((1-c.peak)*c.depth((x-top)/(1-c.peak)))
}

func (c *chicago) activeAfter(t sim.Time) bool { return t.Sub(c.begin).Seconds() < c.length }
