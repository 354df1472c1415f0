package evaluation

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// Property is what the water did to cars and crops, of everybody. All cars are worth the same, and so is each hectare
// (assumed).
type Property struct {
	CarsParked  int     `json:"cars_parked"`  // of households, still at home at the end
	CarsWet     int     `json:"cars_wet"`     // of them, in water above 0.15 m
	CarsStalled int     `json:"cars_stalled"` // parties' cars given up in water on the road
	CarsLost    float64 `json:"cars_lost"`    // in whole cars: sum of the shares of their value
	CropsHa     float64 `json:"crops_ha"`     // farmland [ha]
	CropsWetHa  float64 `json:"crops_wet_ha"` // of it, with water above 0.15 m [ha]
	CropsLostHa float64 `json:"crops_lost_ha"`
}

// Any says whether there is something to report.
func (p *Property) Any() bool { return p != nil && (p.CarsWet+p.CarsStalled > 0 || p.CropsWetHa > 0) }

// propertyOf measures the losses of cars and crops; nil when the water was not kept.
func propertyOf(in *Input) *Property {
	if len(in.Peaks) < len(in.Scenario.Buildings) || in.Deepest == nil {
		return nil
	}
	p := &Property{}
	p.addParked(in)
	for _, e := range in.Events {
		if e.Kind != sim.EvVehicleStranded || e.A.Kind != sim.KindParty ||
			sim.StrandCause(e.Count) != sim.StrandWater && sim.StrandCause(e.Count) != sim.StrandLeft {
			continue
		}
		p.CarsStalled++
		p.CarsLost += harm.CarDamageShare(max(e.Num, deepestOn(in, e.B)))
	}
	p.addCrops(in)
	return p
}

// addParked takes the cars that have stayed at home: all but those in which somebody drove away. The party at home
// takes one car for five persons.
func (p *Property) addParked(in *Input) {
	gone := make([]int, len(in.Scenario.Households))
	for _, e := range in.Events {
		if e.Kind != sim.EvPartyLeft || e.A.Kind != sim.KindParty || sim.Mode(e.Count) != sim.ModeCar ||
			int(e.A.ID) >= len(in.Roster.Parties) {
			continue
		}
		if x := in.Roster.Parties[e.A.ID]; gone[x.Household] == 0 {
			gone[x.Household] = max(1, (int(x.Persons)+seatsOfCar-1)/seatsOfCar)
		}
	}
	for h := range in.Scenario.Households {
		x := &in.Scenario.Households[h]
		n := max(int(x.Cars)-gone[h], 0)
		p.CarsParked += n
		if depth := in.Peaks[x.Home].Depth; depth > harm.Film {
			p.CarsWet += n
			p.CarsLost += float64(n) * harm.CarDamageShare(depth)
		}
	}
}

// seatsOfCar is how many persons a car takes [persons].
const seatsOfCar = 5

// deepestOn returns the greatest depth of the run at the middle of a link [m].
func deepestOn(in *Input, r sim.Ref) float64 {
	if r.Kind != sim.KindLink || r.ID < 0 || int(r.ID) >= len(in.Scenario.Links) {
		return 0
	}
	l := &in.Scenario.Links[r.ID]
	a, b := in.Scenario.Nodes[l.From].At, in.Scenario.Nodes[l.To].At
	return depthIn(in.Deepest, a.Add(b.Sub(a).Scale(0.5)))
}

// depthIn reads a map of depths [m].
func depthIn(l *sim.Layer, at geo.Point) float64 {
	cell, ok := l.Grid.CellAt(at)
	if !ok {
		return 0
	}
	return float64(l.Values[cell]) / 1000
}

// addCrops takes the farmland, cell by cell.
func (p *Property) addCrops(in *Input) {
	t := &in.Scenario.Terrain
	ha := t.Grid.Cell * t.Grid.Cell / 1e4
	for cell := range t.Grid.Len() {
		if cell < len(t.Cover) && t.Cover[cell] != scenario.CoverFarmland {
			continue
		}
		p.CropsHa += ha
		at := t.Grid.Centre(t.Grid.IJ(cell))
		depth := depthIn(in.Deepest, at)
		if depth <= harm.Film {
			continue
		}
		p.CropsWetHa += ha
		if k, ok := in.Standing.Grid.CellAt(at); ok {
			p.CropsLostHa += ha * harm.CropDamageShare(depth, float64(in.Standing.Values[k]))
		}
	}
}

// amounts writes numbers of cars and hectares.
func amounts(n float64) string { return fmt.Sprintf("%.0f", n) }
