package road

import (
	"runtime"
	"testing"

	"sandtable/sim"
)

// memory looks at the heap now and then and keeps what the vehicles add to it at most. What the looking costs is kept
// apart.
type memory struct {
	before uint64 // without vehicles, but with the ways to all exits [bytes]
	most   uint64 // more than that [bytes]
	inside int64  // vehicles then on the network
	cost   float64
}

// heap returns the bytes that are in use.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// look is called at the end of every tick.
func (m *memory) look(roads *Traffic, end sim.Time) {
	if end%at(600) != 0 {
		return
	}
	start := cpuTime()
	if now := heap(); now > m.before+m.most {
		c := roads.Tally(sim.ModeCar)
		m.most, m.inside = now-m.before, c.Inside+c.Waiting
	}
	m.cost += (cpuTime() - start).Seconds()
}

// start builds the roads of a case without vehicles, with the ways to all exits, and weighs them.
func (m *memory) start(c *gridCase) {
	roads := New(c.net, nil)
	for _, exit := range c.exits {
		roads.routes.grow(roads.routes.find(sight(sim.ModeCar), int32(exit)), everywhere)
	}
	m.before = heap()
	runtime.KeepAlive(roads)
}

// BenchmarkScale is the evacuation of a town by so many cars, to clearance, or until it locks: the cost by vehicle and by
// entry into a link, and what the traffic takes.
func BenchmarkScale(b *testing.B) {
	for _, c := range []struct {
		name                string
		n, trips, exits     int
		lanes               int
		window, near, hours float64
		rules               Rules
	}{
		{"10k", 50, 10_000, 8, 3, 7200, 1, 48, freeRules()},
		{"100k", 50, 100_000, 8, 3, 7200, 1, 48, freeRules()},
		{"500k", 100, 500_000, 16, 3, 7200, 1, 48, freeRules()},
		{"1M", 100, 1_000_000, 16, 3, 7200, 1, 48, freeRules()},
		{"500k across", 100, 500_000, 16, 3, 7200, 0.7, 12, freeRules()},
		{"500k junctions", 100, 500_000, 16, 3, 7200, 1, 48, DefaultRules()},
	} {
		b.Run(c.name, func(b *testing.B) {
			town := newGridCase(b, c.n, c.trips, c.exits, c.lanes, c.window, c.near, c.rules)
			var r gridResult
			var m memory
			cpu := 0.0
			for b.Loop() {
				m = memory{}
				m.start(town)
				start := cpuTime()
				r = town.play(b, at(c.hours*3600), m.look)
				cpu += (cpuTime() - start).Seconds() - m.cost
			}
			cpu /= float64(b.N)
			b.ReportMetric(cpu, "cpu-s/op")
			b.ReportMetric(float64(r.entries)/cpu, "entries/cpu-s")
			b.ReportMetric(float64(m.most)/float64(c.trips), "B/vehicle")
			b.Logf("out %d of %d, t50 %v, t90 %v, clearance %v, %d entries; rings of full links: %d; most memory with %d inside, "+
				"%.1f bytes for each", r.out, c.trips, r.t50, r.t90, r.end, r.entries, r.rings, m.inside,
				float64(m.most)/float64(m.inside))
			b.Logf("%+v", r.tally)
		})
	}
}
