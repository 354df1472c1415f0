package flood

import (
	"testing"

	"sandtable/sim"
)

// A dam that fails by itself is told once, at its time; one that fails by an order is not, since who applied it knows.
func TestDamsThatFailByThemselvesAreTold(t *testing.T) {
	for _, ordered := range []bool{false, true} {
		ground := valley(90, 60)
		m := build(t, everything(ground), ground, 1) // its dam fails after nine minutes
		if ordered {
			m.Apply(sim.StructureChange{Structure: 0, Action: sim.StructureBreach})
		}
		var told []sim.StructureChange
		for at := sim.Time(0); at < sim.Time(15*sim.Minute); {
			at = at.Add(m.Interval())
			if err := m.Advance(at); err != nil {
				t.Fatal(err)
			}
			told = append(told, m.Told()...)
		}
		switch {
		case ordered && len(told) > 0:
			t.Errorf("a dam that was ordered to fail told %v", told)
		case !ordered && (len(told) != 1 || told[0].Structure != 0 || told[0].Action != sim.StructureBreach ||
			told[0].At < sim.Time(9*sim.Minute) || told[0].At > sim.Time(9*sim.Minute+10*sim.Second)):
			t.Errorf("told %v; want one breach just after 0:09:00", told)
		}
	}
}
