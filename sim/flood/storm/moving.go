package storm

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// reach is how far a bell reaches, in radii: beyond is less than 10^-13 of its centre's intensity.
const reach = 8.0

// moving is a storm that moves.
type moving struct {
	disc          bool
	along, across float64 // radii [m]
	legs          []leg
}

// leg is a straight part of a storm's way, with even speed.
type leg struct {
	from, to sim.Time
	at       geo.Point // centre at the beginning
	heading  geo.Point // direction of travel, of length 1
	speed    float64   // [m/s]
	rate     float64   // intensity at the beginning [m/s]
	growth   float64   // of the intensity [m/s2]
}

func newMoving(s *Moving) moving {
	m := moving{disc: s.Profile == ProfileDisc, along: s.Along, across: s.Across}
	heading := firstHeading(s)
	for i := 1; i < len(s.Times); i++ {
		l := leg{
			from: sim.Time(s.Times[i-1]), to: sim.Time(s.Times[i]), at: geo.Point{X: s.X[i-1], Y: s.Y[i-1]},
			rate: float64(s.Rates[i-1] * perHour),
		}
		span := l.to.Sub(l.from).Seconds()
		l.growth = float64((s.Rates[i]-s.Rates[i-1])*perHour) / span
		way := geo.Point{X: s.X[i], Y: s.Y[i]}.Sub(l.at)
		if length := num.Hypot(way.X, way.Y); length > 0 {
			heading = way.Scale(1 / length)
			l.speed = length / span
		}
		l.heading = heading
		m.legs = append(m.legs, l)
	}
	return m
}

// firstHeading returns the direction of the first leg that moves; east when none does.
func firstHeading(s *Moving) geo.Point {
	for i := 1; i < len(s.X); i++ {
		way := geo.Point{X: s.X[i] - s.X[i-1], Y: s.Y[i] - s.Y[i-1]}
		if length := num.Hypot(way.X, way.Y); length > 0 {
			return way.Scale(1 / length)
		}
	}
	return geo.Point{X: 1}
}

// between returns the depth that falls at a place [m].
func (m *moving) between(at geo.Point, from, to sim.Time) float64 {
	sum := 0.0
	for i := range m.legs {
		l := &m.legs[i]
		if l.from >= to || l.to <= from {
			continue
		}
		sum += m.leg(l, at, max(from, l.from).Sub(l.from).Seconds(), min(to, l.to).Sub(l.from).Seconds())
	}
	return sum
}

// leg returns the depth that falls at a place between two times since the beginning of a leg [s]. Across the way the
// place's distance does not change, so that only the way along is to be integrated.
func (m *moving) leg(l *leg, at geo.Point, s1, s2 float64) float64 {
	d := at.Sub(l.at)
	ahead := float64(d.X*l.heading.X) + float64(d.Y*l.heading.Y)
	beside := (float64(d.Y*l.heading.X) - float64(d.X*l.heading.Y)) / m.across
	if m.disc {
		half := 1 - float64(beside*beside)
		if half <= 0 {
			return 0
		}
		return l.inside(ahead, float64(m.along*math.Sqrt(half)), s1, s2)
	}
	if !(math.Abs(beside) < reach) {
		return 0
	}
	return float64(num.Exp(float64(-0.5*float64(beside*beside))) * l.bell(ahead/m.along, l.speed/m.along, s1, s2))
}

// inside integrates the intensity while the centre is within half of a place ahead.
func (l *leg) inside(ahead, half, s1, s2 float64) float64 {
	if l.speed > 0 {
		s1 = max(s1, (ahead-half)/l.speed)
		s2 = min(s2, (ahead+half)/l.speed)
	} else if math.Abs(ahead) > half {
		return 0
	}
	if s2 <= s1 {
		return 0
	}
	return float64((s2 - s1) * (l.rate + float64(l.growth*((s1+s2)/2))))
}

// Nodes and weights of Gauss and Legendre's rule of five points on [-1, 1] (Abramowitz and Stegun 1964, table 25.4).
var (
	legendreNode   = [...]float64{-0.906179845938664, -0.5384693101056831, 0, 0.5384693101056831, 0.906179845938664}
	legendreWeight = [...]float64{
		0.23692688505618908, 0.47862867049936647, 0.5688888888888889, 0.47862867049936647, 0.23692688505618908,
	}
)

// near is the greatest part of a radius that the rule of five points takes at once; its error is below 10^-15 there,
// where the difference of two error functions would lose places.
const near = 0.1

// bell integrates (rate + growth s) exp(-u2/2) with u = speed s - ahead, all distances in radii along.
func (l *leg) bell(ahead, speed, s1, s2 float64) float64 {
	u1, u2 := float64(speed*s1)-ahead, float64(speed*s2)-ahead
	if u1 > reach || u2 < -reach {
		return 0
	}
	if u2-u1 < near {
		sum := 0.0
		middle, half := float64((s1+s2)/2), float64((s2-s1)/2)
		for k, x := range legendreNode {
			s := middle + float64(half*x)
			u := float64(speed*s) - ahead
			v := float64((l.rate + float64(l.growth*s)) * num.Exp(float64(-0.5*float64(u*u))))
			sum += float64(legendreWeight[k] * v)
		}
		return float64(half * sum)
	}
	// The intensity at the instant at which the centre passes, and its growth per radius.
	passing := l.rate + float64(l.growth*(ahead/speed))
	erfs := num.Erf(u2/math.Sqrt2) - num.Erf(u1/math.Sqrt2)
	exps := num.Exp(float64(-0.5*float64(u1*u1))) - num.Exp(float64(-0.5*float64(u2*u2)))
	return (float64(passing*float64(rootHalfPi*erfs)) + float64((l.growth/speed)*exps)) / speed
}

// rootHalfPi is the root of half of pi.
const rootHalfPi = 1.2533141373155003

// activeAfter says whether the storm gives any rain after t.
func (m *moving) activeAfter(t sim.Time) bool {
	for i := range m.legs {
		l := &m.legs[i]
		if l.to > t && (l.rate > 0 || l.growth > 0) {
			return true
		}
	}
	return false
}
