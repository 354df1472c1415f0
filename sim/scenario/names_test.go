package scenario_test

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// An institution has its title, its name where it has none; a building without one has its number.
func TestInstitutionIn(t *testing.T) {
	sc := &scenario.Scenario{Buildings: make([]scenario.Building, 3), Institutions: []scenario.Institution{
		{Name: "school", Title: sim.Text{ZH: "小学", EN: "School"}, Building: 0}, {Name: "clinic", Building: 1}}}
	d := scenario.NewDirectory(sc)
	for b, want := range []string{"School", "clinic", "building 2"} {
		if got := d.InstitutionIn(sim.RefTo(sim.KindBuilding, sim.BuildingID(b))).EN; got != want {
			t.Errorf("building %d: %q; want %q", b, got, want)
		}
	}
}

// A directory counts what a scenario has, by names or by numbers, and nothing of what only a run has.
func TestDirectoryCounts(t *testing.T) {
	d := scenario.NewDirectory(&scenario.Scenario{Posts: make([]scenario.Post, 2), Links: make([]scenario.Link, 3)})
	for kind, want := range map[sim.Kind]int{sim.KindPost: 2, sim.KindLink: 3, sim.KindZone: 0, sim.KindCounty: 0} {
		if got := d.Count(kind); got != want {
			t.Errorf("%v: %d; want %d", kind, got, want)
		}
	}
}
