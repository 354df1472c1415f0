package evaluation

import (
	"math"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// flooded is the drill of five persons on a map of two cells of 1 ha, the first of them farmland that was 1 m under water
// for 24 h, with two cars at each house.
func flooded() (*Input, []sim.Event) {
	in, reference := five()
	grid := geo.Grid{NX: 2, NY: 1, Cell: 100}
	in.Scenario.Terrain = sim.Terrain{Grid: grid, Bed: make([]int32, 2),
		Cover: []uint8{scenario.CoverFarmland, scenario.CoverUrban}}
	in.Deepest = sim.NewLayer(sim.LayerKey{Quantity: sim.QDepthMax}, grid)
	in.Standing = sim.NewLayer(sim.LayerKey{Quantity: sim.QDuration}, grid)
	in.Deepest.Set(0, 1000)
	in.Standing.Set(0, 24*3600)
	for h := range in.Scenario.Households {
		in.Scenario.Households[h].Cars = 2
	}
	return in, reference
}

// Reference: docs/measures.md, worked out by hand there.
func TestPropertyOfFive(t *testing.T) {
	in, reference := flooded()
	in.Events = append(in.Events, sim.Event{At: in.Until, Kind: sim.EvVehicleStranded, A: sim.Ref{Kind: sim.KindParty, ID: 3},
		B: sim.Ref{Kind: sim.KindLink, ID: 0}, Count: int32(sim.StrandWater), Num: 0.3})
	rep := Measure(in, reference)
	got := rep.Total.Property
	// Er has driven off with one car; seven stand in 0.8 m (0.5633), 1.3 m (0.7909), 0.9 m (0.6167), two each, and one in
	// 0.25 m (0.212): 3.9419 + 0.212. That on the road stands in 1 m (0.6621), as the map has it in its middle.
	if got == nil || got.CarsParked != 7 || got.CarsWet != 7 || got.CarsStalled != 1 {
		t.Fatalf("%+v; want 7 parked, all wet, and one stalled", got)
	}
	if math.Abs(got.CarsLost-4.8159) > 1e-4 {
		t.Errorf("%v cars lost; want 4.8159", got.CarsLost)
	}
	if got.CropsHa != 1 || got.CropsWetHa != 1 || math.Abs(got.CropsLostHa-0.185) > 1e-12 {
		t.Errorf("%+v; want 1 ha, all wet, 0.185 lost", got)
	}
	var text strings.Builder
	if err := WriteHTML(&text, in, rep, Facts{}, nil, sim.Chinese); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.String(), "车辆与农作物") {
		t.Error("the report says nothing of cars and crops")
	}
	in.Deepest = nil
	if Measure(in, reference).Total.Property != nil {
		t.Error("losses without the water")
	}
}
