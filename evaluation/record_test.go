package evaluation

import (
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Of n times the q-quantile is the first by which at least the share q of them has come.
func TestQuantile(t *testing.T) {
	for _, c := range []struct {
		n    int
		q    float64
		want sim.Time // the times are 1, 2, 3, …
	}{
		{0, 0.5, never}, {1, 0.5, 1}, {1, 0.9, 1}, {2, 0.5, 1}, {3, 0.5, 2}, {4, 0.5, 2}, {5, 0.5, 3},
		{10, 0.9, 9}, {11, 0.9, 10}, {100, 0.9, 90}, {1000, 0.9, 900}, {4, 0, 1}, {4, 1, 4},
	} {
		var times []sim.Time
		for k := range c.n {
			times = append(times, sim.Time(k+1))
		}
		if got := quantile(slices.Clone(times), c.q); got != c.want {
			t.Errorf("quantile %v of 1 to %d: got %v, want %v", c.q, c.n, got, c.want)
		}
	}
}

// Places outside every zone make no zone wet: who lives outside has no first water of a zone to be ahead of.
func TestNoFirstWaterOutsideZones(t *testing.T) {
	in := &Input{
		Scenario: &scenario.Scenario{Zones: make([]scenario.Zone, 1)}, Roster: &sim.Roster{},
		Sites: &scenario.Sites{Building: []scenario.BuildingSite{{Zone: sim.None}, {Zone: 0}}},
		Events: []sim.Event{
			{At: 5, Kind: sim.EvPlaceWet, A: sim.Ref{Kind: sim.KindBuilding, ID: 0}},
			{At: 9, Kind: sim.EvPlaceWet, A: sim.Ref{Kind: sim.KindBuilding, ID: 1}},
		},
	}
	wet := collect(in).firstWet
	if at, ok := wet[sim.None]; ok {
		t.Errorf("outside every zone the first water is at %v; want none", at)
	}
	if wet[0] != 9 {
		t.Errorf("zone 0: first water at %v, want 9", wet[0])
	}
}
