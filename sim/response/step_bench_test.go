package response

import (
	"fmt"
	"testing"

	"sandtable/sim"
)

// BenchmarkQuietStep is a tick in which nothing happens.
func BenchmarkQuietStep(b *testing.B) {
	w := newBench(b, testCounty())
	w.run(5)
	var log sim.Log
	for b.Loop() {
		w.now = w.now.Add(sim.Tick)
		w.r.Step(w.now, w.layers, &w.ports, &log)
	}
}

// BenchmarkRescue fetches 20,000 parties with 200 boats, from the first call to the last admission of a boat's load.
func BenchmarkRescue(b *testing.B) {
	for b.Loop() {
		sc := testCounty()
		boat := sc.Units[boat1]
		sc.Units = sc.Units[:0]
		for k := range 200 {
			boat.Name = fmt.Sprint("boat-", k)
			sc.Units = append(sc.Units, boat)
		}
		for s := range sc.Shelters {
			sc.Shelters[s].Capacity = 100_000
		}
		w := newBench(b, sc)
		w.r.board = newBoard(len(sc.Zones), 20_000)
		w.people.aboard = make([][]party, len(sc.Units))
		for p := range sim.PartyID(20_000) {
			x, y := float64(500+int(p)*7%1000), float64(int(p)*13%1000-500)
			w.ports.Calls.Post(0, int32(p), sim.Call{Party: p, Zone: 0, Open: true, Persons: 3, Node: nodeAssembly, X: x, Y: y})
			w.people.stranded = append(w.people.stranded, party{id: p, persons: 3})
		}
		for u := range sim.UnitID(200) {
			w.order(sim.OrderRescueZone, u, 0)
		}
		for w.people.safe < 60_000 {
			w.tick()
		}
		b.ReportMetric(w.now.Seconds()/3600, "h")
	}
}
