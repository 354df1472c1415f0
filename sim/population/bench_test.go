package population

import (
	"fmt"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// bigPlace is a county of so many persons in households of three, one building each, on dry land.
func bigPlace(b *testing.B, persons int) *place {
	sc := testScenario()
	sc.Terrain.Grid = geo.Grid{NX: 600, NY: 400, Cell: 40}
	sc.Terrain.Bed = make([]int32, sc.Terrain.Grid.Len())
	sc.Zones[0].Polygon = [][2]float64{{0, 0}, {24000, 0}, {24000, 16000}, {0, 16000}}
	sc.Buildings = sc.Buildings[:0]
	for h := range persons / 3 {
		at := geo.Point{X: float64(h*37%23990) + 5, Y: float64(h*101%15990) + 5}
		sc.Buildings = append(sc.Buildings, scenario.Building{At: at, Storeys: 1, Floor: 0.3})
		household(sc, sim.BuildingID(h), 1, adult(0), adult(0), adult(0))
	}
	return newPlace(b, sc)
}

func BenchmarkStepIdle(b *testing.B) {
	for _, n := range []int{1_000, 60_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := bigPlace(b, n)
			b.ReportAllocs()
			for b.Loop() {
				w.p.Step(w.p.now.Add(sim.Tick), w.layers, &w.ports, &w.log)
			}
		})
	}
}

// BenchmarkWarnAll warns everybody once and plays until everybody has set off.
func BenchmarkWarnAll(b *testing.B) {
	for _, n := range []int{60_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := bigPlace(b, n)
				w.sc.Population.Behaviour.DelayT90 = 30 * sim.Minute
				w.sc.Population.Belief = scenario.Filled[scenario.Belief]()
				w.p.creed = newCreed(w.sc)
				w.p.pack = newDeparture(w.sc)
				b.StartTimer()
				w.broadcast(sim.OrderEvacuateZone, 0)
				for range 3600 {
					w.log.Events = w.log.Events[:0]
					w.p.Step(w.p.now.Add(sim.Tick), w.layers, &w.ports, &w.log)
					w.ports.Trips.Drain(func(sim.Time, sim.Trip) {})
				}
			}
		})
	}
}

// BenchmarkFamilies is BenchmarkWarnAll with everything that families do, at noon, when half of the adults are at work,
// and every other household without a car.
func BenchmarkFamilies(b *testing.B) {
	for _, n := range []int{60_000, 300_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := bigPlace(b, n)
				w.sc.Drill.Start, _ = sim.ParseCivil("2026-07-18 12:00")
				w.sc.Population.Behaviour.DayShare = 0.5
				for i := range w.sc.Persons {
					w.sc.Persons[i].Work = sim.BuildingID(i * 7919 % len(w.sc.Buildings))
				}
				for h := range w.sc.Households {
					w.sc.Households[h].Cars = uint8(h % 2)
				}
				f := scenario.Filled[scenario.Family]()
				f.Tell, f.GatherHome, f.Fetch, f.LiftOffer, f.Back = 1, 0.5, 0.5, 1, 0.3
				w.sc.Population.Family = f
				w.sc.Population.Behaviour.DelayT90 = 30 * sim.Minute
				w.sc.Population.Belief = scenario.Filled[scenario.Belief]()
				w.begin()
				b.StartTimer()
				w.broadcast(sim.OrderEvacuateZone, 0)
				for range 3600 {
					w.log.Events = w.log.Events[:0]
					w.p.Step(w.p.now.Add(sim.Tick), w.layers, &w.ports, &w.log)
					w.settleOnTrips()
				}
			}
		})
	}
}

// BenchmarkWater reads an edition in which everything has changed, at depths where people are cut off.
func BenchmarkWater(b *testing.B) {
	w := bigPlace(b, 60_000)
	k := 0
	for b.Loop() {
		b.StopTimer()
		k++
		w.flood(0, 24000, 0.7+float64(k%2)*0.1, 0.5)
		b.StartTimer()
		w.log.Events = w.log.Events[:0]
		w.p.Step(w.p.now.Add(sim.Tick), w.layers, &w.ports, &w.log)
		w.ports.Calls.Drain(func(sim.Time, sim.Call) {})
	}
}

func BenchmarkSave(b *testing.B) {
	w := bigPlace(b, 60_000)
	var e sim.Encoder
	for b.Loop() {
		e.Buf = e.Buf[:0]
		w.p.AppendState(&e)
	}
	b.ReportMetric(float64(len(e.Buf)), "bytes")
}
