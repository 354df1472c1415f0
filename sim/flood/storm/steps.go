package storm

import (
	"sandtable/sim"
)

// timeline finds the step of an instant in rising times.
type timeline []sim.Time

func newTimeline(times []sim.Duration) timeline {
	l := make(timeline, len(times))
	for i, t := range times {
		l[i] = sim.Time(t)
	}
	return l
}

// passed returns how many of the times are not after t.
func (l timeline) passed(t sim.Time) int {
	lo, hi := 0, len(l)
	for lo < hi {
		if mid := (lo + hi) / 2; l[mid] <= t {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// steps is a hyetograph: a rate from each time until the next.
type steps struct {
	times timeline
	rates []float64 // [m/s]
	total []float64 // depth up to each time [m]
}

func newSteps(times []sim.Duration, rates []float64) *steps {
	s := &steps{times: newTimeline(times)}
	for i, r := range rates {
		s.rates = append(s.rates, float64(r*perHour))
		s.total = append(s.total, 0)
		if i > 0 {
			s.total[i] = s.total[i-1] + float64(s.rates[i-1]*s.times[i].Sub(s.times[i-1]).Seconds())
		}
	}
	return s
}

func (s *steps) upTo(t sim.Time) float64 {
	k := s.times.passed(t)
	if k == 0 {
		return 0
	}
	return s.total[k-1] + float64(s.rates[k-1]*t.Sub(s.times[k-1]).Seconds())
}

func (s *steps) activeAfter(t sim.Time) bool {
	for k := max(s.times.passed(t)-1, 0); k < len(s.rates); k++ {
		if s.rates[k] > 0 {
			return true
		}
	}
	return false
}
