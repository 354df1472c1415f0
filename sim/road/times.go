package road

import "sandtable/sim"

// DefaultTravelEvery is how often the times that links take are taken anew for who is guided by them: 5 min, as SUMO
// has it when vehicles look for their ways again.
const DefaultTravelEvery = 5 * sim.Minute

// Of delays [µs].
const (
	delayStep = int64(sim.Second / sim.Microsecond) // in which they are told, rounded down
	mostDelay = 86400 * delayStep                   // that is told
)

// times is what is measured of how long links take, for drivers who know that. Nothing is measured while there are none
// on the roads.
type times struct {
	on    bool
	still bool    // the last period has brought nothing new
	lost  []int64 // by arc: time beyond the free one that vehicles had lost when they left it in this period [µs]
	left  []int32 // … how many they were
	delay []int64 // by arc: what is told of it [µs]
}

// every returns how often times are taken.
func (n *Network) every() sim.Duration {
	if n.rules.TravelEvery > 0 {
		return n.rules.TravelEvery
	}
	return DefaultTravelEvery
}

// isGuided says whether the driver knows how long links take.
func (m *mover) isGuided() bool { return m.mode == sim.ModeCar && m.knows() == sim.KnowsTravel }

// beginTimes begins to take times when the first guided driver sets out. What there is to know then is how long those
// who stand at the ends of their arcs have waited.
func (t *Traffic) beginTimes() {
	s := &t.times
	if s.on {
		return
	}
	s.on = true
	if s.delay == nil {
		s.reserve(len(t.arcs))
	}
	t.tellTimes()
}

func (s *times) reserve(arcs int) {
	s.lost, s.left, s.delay = make([]int64, arcs), make([]int32, arcs), make([]int64, arcs)
}

// memory returns what is kept of times [bytes].
func (s *times) memory() int64 { return int64(8*cap(s.lost) + 4*cap(s.left) + 8*cap(s.delay)) }

// noteLoss counts a vehicle that leaves its arc. Who has passed the others on it says nothing of them.
func (t *Traffic) noteLoss(m *mover) {
	if s := &t.times; s.on && m.mode != sim.ModeEmergency {
		s.lost[m.arc] += int64(m.vehicles) * min(max(int64(t.now-m.ready), 0), mostDelay)
		s.left[m.arc] += int32(m.vehicles)
	}
}

// takeTimes ends a period. When no guided driver is left it is the last one.
func (t *Traffic) takeTimes() {
	t.times.on = t.anyGuided()
	t.tellTimes()
}

// tellTimes tells how long links have taken in the period that ends now, and begins the next one.
func (t *Traffic) tellTimes() {
	s := &t.times
	s.still = true
	for arc := range s.delay {
		delay := int64(0)
		if s.on {
			delay = t.delayOn(int32(arc))
		}
		s.lost[arc], s.left[arc] = 0, 0
		if delay == s.delay[arc] {
			continue
		}
		s.delay[arc], s.still = delay, false
		t.trail.Change(t.now, changeTimes, int32(arc), uint64(delay))
		if t.routes.set(sightTravel, int32(arc), t.costOf(sightTravel, int32(arc))) {
			t.stirred = true
		}
	}
	if s.on {
		t.agenda.Put(t.now.Add(t.net.every()), entry{what: doTimes})
	}
}

// anyGuided says whether a driver who knows how long links take is on the network.
func (t *Traffic) anyGuided() bool {
	for slot := range t.slots {
		if m := t.movers.at(slot); m.stage > stagePending && m.isGuided() {
			return true
		}
	}
	return false
}

// delayOn returns how much longer than its free time an arc takes [µs]: what those who left it in the period that ends
// now had lost, in the mean, and no less than what the first one of a standing queue has lost until now. Where
// nobody has left, it is no less than what the whole queue needs at capacity.
func (t *Traffic) delayOn(arc int32) int64 {
	a, s := &t.arcs[arc], &t.times
	delay := int64(0)
	if s.left[arc] > 0 {
		delay = s.lost[arc] / int64(s.left[arc])
	}
	if head := a.queue.head; head >= 0 && t.movers.at(head).ready <= t.now {
		delay = max(delay, int64(t.now-t.movers.at(head).ready))
		if free := t.routes.cost[sim.ModeCar][arc]; s.left[arc] == 0 && free < closed {
			delay = max(delay, (a.in-a.out)*t.exitHeadway(arc)-free)
		}
	}
	delay = min(delay, mostDelay)
	return delay - delay%delayStep
}

// Delay returns how much longer than its free time an arc takes, as guided drivers are told.
func (t *Traffic) Delay(arc sim.Arc) sim.Duration {
	if t.times.delay == nil {
		return 0
	}
	return sim.Duration(t.times.delay[arc-1]) * sim.Microsecond
}

// appendTimes saves what is measured and told.
func (t *Traffic) appendTimes(e *sim.Encoder) {
	s := &t.times
	e.Bool(s.on)
	e.Bool(s.still)
	for arc := range s.delay {
		if s.delay[arc] == 0 && s.left[arc] == 0 {
			continue
		}
		e.I32(int32(arc))
		e.I64(s.lost[arc])
		e.I32(s.left[arc])
		e.I64(s.delay[arc])
	}
	e.I32(-1)
}

// mostLeft bounds how many vehicles leave an arc in a period.
const mostLeft = 1 << 24

// loadTimes reads what appendTimes wrote.
func (t *Traffic) loadTimes(d *sim.Decoder) {
	s := &t.times
	if s.on = d.Bool(); s.on {
		s.reserve(len(t.arcs))
	}
	s.still = d.Bool()
	for last := int32(-1); ; {
		arc := d.Index(len(t.arcs), "arc")
		if arc < 0 || d.Err != nil {
			break
		}
		lost, left, delay := d.I64(), d.I32(), d.I64()
		if !s.on || arc <= last || left < 0 || left > mostLeft || lost < 0 || lost > int64(left)*mostDelay ||
			delay < 0 || delay > mostDelay || delay%delayStep != 0 {
			refuse(d, "times that cannot be")
			return
		}
		last = arc
		s.lost[arc], s.left[arc], s.delay[arc] = lost, left, delay
		t.routes.set(sightTravel, arc, t.costOf(sightTravel, arc))
	}
	t.stirred = false
}
