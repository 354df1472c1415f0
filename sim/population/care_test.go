package population

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"

	"pgregory.net/rapid"
)

// drawCare names helpers, makes the workplace an institution and some households visitors, all of it quick.
func drawCare(t *rapid.T, sc *scenario.Scenario) {
	share := func(name string) float64 { return rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, name) }
	sc.Population.Care = scenario.Care{Call: 10 * sim.Second, Ready: 5 * sim.Second, Door: 10 * sim.Second,
		HelpOn: rapid.SampledFrom([]string{"prepare", "evacuate"}).Draw(t, "help on"), Heed: share("heed a helper"),
		Far: rapid.SampledFrom([]float64{50, 2000}).Draw(t, "far"), Alone: 10, Home: 10 * sim.Second,
		HomeT9: 20 * sim.Second, Guard: 15 * sim.Second, Rest: 0.75,
		Days: rapid.SampledFrom([]string{"working", "calendar", "holidays"}).Draw(t, "days")}
	for i := range sc.Persons {
		if rapid.IntRange(0, 2).Draw(t, "special") == 0 {
			sc.Persons[i].Special = true
			sc.Persons[i].Helper = sim.PersonID(rapid.IntRange(-1, len(sc.Persons)-1).Draw(t, "helper"))
		}
	}
	for h := range sc.Households {
		sc.Households[h].Visitor = rapid.IntRange(0, 5).Draw(t, "visitor") == 0
	}
	for _, b := range []int64{3, 1}[:rapid.IntRange(0, 2).Draw(t, "institutions")] {
		sc.Institutions = append(sc.Institutions, scenario.Institution{Name: "i", Building: b,
			Kind:  rapid.SampledFrom([]string{"school", "kindergarten", "hospital", "care"}).Draw(t, "kind of it"),
			Plan:  rapid.SampledFrom([]string{"leave", "up"}).Draw(t, "plan"),
			Ready: 10 * sim.Second, ReadyT90: 40 * sim.Second, Group: rapid.Int64Range(1, 4).Draw(t, "group"),
			Every: 5 * sim.Second, Pupils: rapid.SampledFrom([]string{"send_home", "keep"}).Draw(t, "pupils"),
			To: rapid.SampledFrom([]string{"", "s1"}).Draw(t, "to")})
	}
	if rapid.Bool().Draw(t, "second zone") {
		sc.Zones = append(sc.Zones, scenario.Zone{Name: "z1", Post: "village", Shelters: []string{"s1"},
			Polygon: [][2]float64{{400, 0}, {600, 0}, {600, 500}, {400, 500}}})
	}
}

// order posts an emergency control that may or may not make sense.
func (w *place) orderControl(t *rapid.T, at sim.Time) {
	order := rapid.SampledFrom([]sim.OrderID{sim.OrderSuspend, sim.OrderSuspend, sim.OrderResume, sim.OrderBanEntry,
		sim.OrderBanGathering, sim.OrderWithdraw}).Draw(t, "control")
	m := sim.Control{Order: order, What: sim.Suspension(rapid.IntRange(0, int(sim.SuspensionCount)).Draw(t, "what stops")),
		Zone: sim.ZoneID(rapid.IntRange(-1, len(w.sc.Zones)).Draw(t, "zone of it")), On: rapid.Bool().Draw(t, "on")}
	w.ports.Controls.Post(at, 0, m)
}

// How long somebody is away who brings people out counts from where they are, also when that is not where they were at the
// start: from node 2 it is 100 m to the assembly point, at 0.6 m/s, and back at 1.3 m/s.
func TestEscortFromWhereTheyAre(t *testing.T) {
	helpless := adult(0)
	helpless.Mobility = scenario.MobilityNone
	sc := testScenario()
	sc.Population.Care.Door, sc.Population.Behaviour.WalkMaxWeak = 10*sim.Minute, 0
	household(sc, 0, 0, helpless)
	for b, far := range map[sim.BuildingID]float64{0: 300, 2: 100} {
		w := newPlace(t, sc)
		w.broadcast(sim.OrderEvacuateZone, 0)
		w.run(seconds(120))
		w.p.move(w.p.now, 0, sim.RefTo(sim.KindBuilding, b), sim.StagePreparing)
		stays := w.p.workerAtDoor(w.p.now, 0).Seconds() - 600
		access := w.p.sites.Building[b].Access
		if want := (far+access)/walkCarried + (far+access)/walkMost; math.Abs(stays-want) > 1e-3 {
			t.Errorf("from building %d: away for %v s; want %v", b, stays, want)
		}
	}
}
