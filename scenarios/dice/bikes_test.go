package dice

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// Of households with somebody who can ride, the stated share has a two-wheeler; of others none, and it does not depend on
// them who else has one.
func TestShareBikes(t *testing.T) {
	const count = 100_000
	made := func(age uint8) *scenario.Scenario {
		sc := &scenario.Scenario{Households: make([]scenario.Household, count)}
		for k := range count {
			p := scenario.Person{Household: sim.HouseholdID(k), Age: 30}
			if k%2 == 1 {
				p.Age = age
			}
			sc.Persons = append(sc.Persons, p)
		}
		ShareBikes(sc, rng.New(5, "test.bikes"))
		return sc
	}
	all, half := made(40), made(8)
	have := 0
	for k := range count {
		have += int(all.Households[k].Bikes)
		want := all.Households[k].Bikes
		if k%2 == 1 {
			want = 0
		}
		if half.Households[k].Bikes != want {
			t.Fatalf("household %d has %d two-wheelers; want %d", k, half.Households[k].Bikes, want)
		}
	}
	// Four standard deviations of a share of 100,000 draws are 0.0062.
	if share := float64(have) / count; share < BikeShare-0.0062 || share > BikeShare+0.0062 {
		t.Errorf("a share of %v has one; want %v", share, BikeShare)
	}
}
