package flood

import (
	"sandtable/sim"
)

// series is a value over time, linear between its points and level beyond them; as steps it keeps each value until
// the next time and is zero before the first.
type series struct {
	times  []sim.Time
	values []float64
	total  []float64 // integral up to each time [value x s]
	steps  bool
}

// newSeries makes a series whose values are multiplied by factor.
func newSeries(times []sim.Duration, values []float64, factor float64, steps bool) series {
	s := series{steps: steps}
	for i, t := range times {
		s.times = append(s.times, sim.Time(t))
		s.values = append(s.values, float64(values[i]*factor))
		s.total = append(s.total, 0)
		if i == 0 {
			continue
		}
		mean := s.values[i-1]
		if !steps {
			mean = (mean + s.values[i]) / 2
		}
		s.total[i] = s.total[i-1] + float64(mean*sim.Duration(times[i]-times[i-1]).Seconds())
	}
	return s
}

// segment returns how many times of the series are not after t.
func (s *series) segment(t sim.Time) int {
	lo, hi := 0, len(s.times)
	for lo < hi {
		if mid := (lo + hi) / 2; s.times[mid] <= t {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// at returns the value at an instant; 0 for an empty series.
func (s *series) at(t sim.Time) float64 {
	k := s.segment(t)
	switch {
	case len(s.times) == 0 || (k == 0 && s.steps):
		return 0
	case k == 0:
		return s.values[0]
	case k == len(s.times) || s.steps:
		return s.values[k-1]
	}
	share := t.Sub(s.times[k-1]).Seconds() / s.times[k].Sub(s.times[k-1]).Seconds()
	return s.values[k-1] + float64(share*(s.values[k]-s.values[k-1]))
}

// upTo returns the integral from the first time (for steps) or from time 0 (else) to t.
func (s *series) upTo(t sim.Time) float64 {
	k := s.segment(t)
	switch {
	case len(s.times) == 0 || (k == 0 && s.steps):
		return 0
	case k == 0:
		return float64(s.values[0] * t.Sub(s.times[0]).Seconds()) // negative: before the first point
	}
	span := t.Sub(s.times[k-1]).Seconds()
	mean := s.values[k-1]
	if !s.steps && k < len(s.times) {
		mean = (mean + s.at(t)) / 2
	}
	return s.total[k-1] + float64(mean*span)
}

// between returns the integral from one instant to another.
func (s *series) between(from, to sim.Time) float64 { return s.upTo(to) - s.upTo(from) }

// active says whether the series gives anything after t.
func (s *series) active(t sim.Time) bool {
	for k := max(s.segment(t)-1, 0); k < len(s.values); k++ {
		if s.values[k] != 0 {
			return true
		}
	}
	return false
}
