package road

import (
	"testing"
	"time"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/rng"
)

// BenchmarkCounty is twelve hours of a county of 60,000 persons: 10,000 cars and 10,000 parties on foot leave for 60
// shelters over three hours, 60 coaches and boats make 1,200 trips, and a flood comes and goes, published every 30 s
// with ripples in every cell, so that a quarter of all links is wet at its height. What it costs is the roads' share of
// a run: Step and 43,000 questions about distances.
func BenchmarkCounty(b *testing.B) {
	const side = 70
	nodes, links := gridParts(side)
	for k := range nodes {
		nodes[k].At = nodes[k].At.Scale(1.5)
	}
	net := mustNetwork(b, nodes, links)
	grid := geo.Grid{NX: 400, NY: 400, Cell: 40, Origin: geo.Point{X: -100, Y: -100}}
	ground := &sim.Terrain{Grid: grid, Bed: make([]int32, grid.Len())}
	for cell := range ground.Bed {
		i, j := grid.IJ(cell)
		ground.Bed[cell] = int32(100_000 + (i-200)*(i-200) + 2*(j%13)*(i%11))
	}
	b.ReportAllocs()
	var stranded, out int64
	var cpu, mark time.Duration
	for b.Loop() {
		b.StopTimer()
		roads, ports, log := New(net, ground), &sim.Ports{}, &sim.Log{}
		layers := sim.NewLayers(ground)
		depth := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, grid)
		layers.Add(depth)
		postCounty(ports, nodes)
		b.StartTimer()
		mark = cpuTime()
		for end := at(1); end <= at(12*3600); end += at(1) {
			if tick := int32(end / at(1)); tick%30 == 1 {
				cpu += cpuTime() - mark
				raise(layers, depth, tick)
				mark = cpuTime()
			}
			roads.Step(end, layers, ports, log)
			if end < at(4*3600) {
				k := int(end / at(1))
				for q := range 3 {
					roads.Distance(sim.ModeFoot, sim.NodeID(k*37%len(nodes)), sim.NodeID((k+q)%60*83%len(nodes)))
				}
			}
			ports.PartyArrivals.Drain(func(sim.Time, sim.Arrival) {})
			ports.PartyStrands.Drain(func(sim.Time, sim.Stranding) {})
			ports.Crossings.Drain(func(sim.Time, sim.Crossing) {})
			ports.UnitArrivals.Drain(func(sim.Time, sim.Arrival) {})
			ports.UnitStrands.Drain(func(sim.Time, sim.Stranding) {})
		}
		cpu += cpuTime() - mark
		stranded, out = 0, 0
		for mode := range sim.ModeCount {
			stranded += roads.Tally(mode).Stranded
			out += roads.Tally(mode).Out
		}
	}
	b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(float64(out), "arrived")
	b.ReportMetric(float64(stranded), "stranded")
}

// postCounty posts the trips of a day. Parties go to the nearest of four shelters out of sixty.
func postCounty(ports *sim.Ports, nodes []NodeSpec) {
	draw := rng.New(3, "road.county")
	for k := range 20000 {
		mode := sim.ModeCar
		if k%2 == 1 {
			mode = sim.ModeFoot
		}
		start := at(3600 + 3*3600*draw.Float64(uint64(k), 0, 0))
		from, to := draw.IntN(len(nodes), uint64(k), 1, 0), 0
		for n := range uint32(4) {
			s := draw.IntN(60, uint64(k), 2, n) * 83 % len(nodes)
			if n == 0 || nodes[s].At.Dist(nodes[from].At) < nodes[to].At.Dist(nodes[from].At) {
				to = s
			}
		}
		ports.Trips.Post(start, int32(k), sim.Trip{Mover: party(k), Mode: mode, From: sim.NodeID(from), To: sim.NodeID(to),
			Vehicles: 1, Persons: 3, Zone: 0})
	}
	for k := range 1200 {
		mode := sim.ModeCoach
		if k%2 == 1 {
			mode = sim.ModeBoat
		}
		ports.Trips.Post(at(float64(1800+30*k)), int32(k%60), sim.Trip{Mover: unit(k % 60), Mode: mode, Vehicles: 1,
			From: sim.NodeID(draw.IntN(len(nodes), uint64(k), 3, 0)), To: sim.NodeID(draw.IntN(len(nodes), uint64(k), 4, 0)),
			Zone: sim.None})
	}
}

// raise publishes a flood that rises for six hours in the middle of the map and falls again, with ripples.
func raise(layers *sim.Layers, depth *sim.Layer, tick int32) {
	layers.Begin(at(float64(tick - 1)))
	level := 100_000 + min(tick, 43200-tick)/5
	for cell, bed := range layers.Ground.Bed {
		d := max(level-bed+int32(cell*7+int(tick))%9, 0)
		depth.Set(cell, min(d, 4000))
	}
}
