package scenario

import (
	"strings"
	"testing"

	"sandtable/sim"
)

// The remarks on roads name each choice of the scenario, in both languages.
func TestRemarksOnRoads(t *testing.T) {
	for _, c := range []struct {
		roads Roads
		want  []string
	}{
		{Roads{Planning: "none", Capacity: 1, Weather: "hcm", Junctions: true}, []string{"carry their capacity", "Manual",
			"until an order", "0 % of the drivers know"}},
		{Roads{Planning: "evacuation", Capacity: 0.5, Weather: "field", ClearAfter: 20 * sim.Minute, Informed: 0.4,
			Guided: 0.2, Bold: 0.35}, []string{"600 veh/h", "multiplied by 0.5", "27.5 %", "junctions",
			"stand in the road for 20m", "40 % of the drivers know at once which roads are closed or under water, 20 % also"}},
		{Roads{Capacity: 1, Weather: "none", Junctions: true}, []string{"carry their capacity", "do not lower", "order", "assumed"}},
	} {
		got := c.roads.Remarks()
		if len(got) != len(c.want) {
			t.Fatalf("%+v: %v; want %d remarks", c.roads, got, len(c.want))
		}
		for i, text := range got {
			if !strings.Contains(text.EN, c.want[i]) || text.ZH == "" {
				t.Errorf("%+v: %+v; want one with %q", c.roads, text, c.want[i])
			}
		}
	}
}
