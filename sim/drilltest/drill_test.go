package drilltest

import (
	"testing"

	"sandtable/sim/lab"
)

func TestDrills(t *testing.T) {
	Run(t, "../../testdata/drills", map[string]Verb{
		// plan has the town's standing plan carried out from now on.
		"plan": func(_ *testing.T, d *Drill, _ []string) string {
			d.Also = lab.NewPlan(d.Town.Scenario, d.Names())
			return "ok"
		},
	})
}
