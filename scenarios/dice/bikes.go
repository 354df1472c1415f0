package dice

import (
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// BikeShare is the share of households with somebody from 16 to 64 who walks well that have a two-wheeler (assumed; the
// yearbooks of the National Bureau of Statistics count e-bikes per 100 households, recalled as 60 to 75).
const BikeShare = 0.6

// ShareBikes gives two-wheelers to the households of a scenario, by a stream that nothing else draws from.
func ShareBikes(sc *scenario.Scenario, stream rng.Stream) {
	d := Roll(stream, 0)
	rides := make([]bool, len(sc.Households))
	for i := range sc.Persons {
		x := &sc.Persons[i]
		if x.Age >= 16 && x.Age < 65 && x.Mobility == scenario.MobilityAble {
			rides[x.Household] = true
		}
	}
	for i := range rides {
		if has := d.Chance(BikeShare); has && rides[i] {
			sc.Households[i].Bikes = 1
		}
	}
}
