package generate

import (
	"testing"

	"sandtable/sim/scenario"
)

// TestSizes makes counties from the smallest to the largest.
func TestSizes(t *testing.T) {
	sizes := []int{1_000, 5_000, 20_000, 150_000}
	if !testing.Short() {
		sizes = append(sizes, 1_000_000)
	}
	for _, n := range sizes {
		for _, kind := range []Kind{RiverFlood, ThreatenedDam} {
			sc, err := County(Params{Persons: n, Seed: uint64(n), Kind: kind})
			if err != nil {
				t.Fatal(err)
			}
			if len(sc.Persons) != n {
				t.Errorf("%d persons; want %d", len(sc.Persons), n)
			}
			problems := scenario.Validate(sc)
			for _, p := range problems[:min(len(problems), 10)] {
				t.Errorf("%d %s: %s: %s", n, kind, p.Path, p.Text)
			}
		}
	}
}
