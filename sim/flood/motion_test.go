package flood

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// What a picture or a table says of a structure, from the changes alone, is where the model has moved it in its steps.
func TestDotIsWhereTheModelIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const id = sim.StructureID(3)
		spec := sim.StructureSpec{Start: float64(rapid.IntRange(0, 20).Draw(t, "start")) * 5,
			Pace: rapid.SampledFrom([]float64{0, 100.0 / 600, 0.02, 1000}).Draw(t, "pace")}
		m, now := rest(spec.Start), sim.Time(0)
		var past []sim.StructureChange
		for range rapid.IntRange(0, 6).Draw(t, "changes") {
			c := sim.StructureChange{At: now, Structure: id, Value: float64(rapid.IntRange(0, 20).Draw(t, "to")) * 5,
				Over: sim.Duration(rapid.IntRange(0, 40).Draw(t, "over")) * sim.Minute}
			past = append(past, c, sim.StructureChange{At: now, Structure: id + 1, Value: 77})
			m.order(c.Value, spec.Pace, c.Over)
			for range rapid.IntRange(0, 30).Draw(t, "blocks") {
				for range 10 { // steps of a block
					m.move(3)
				}
				now = now.Add(30 * sim.Second)
			}
		}
		later := sim.StructureChange{At: now.Add(sim.Second), Structure: id, Action: sim.StructureBreach}
		got := spec.Dot(id, append(past, later), now)
		if math.Abs(got.At-m.at) > 1e-9 || got.Set != m.wanted || got.Failed {
			t.Fatalf("at %v: %+v; the model is at %g on its way to %g", now, got, m.at, m.wanted)
		}
		if !spec.Dot(id, append(past, later), later.At).Failed {
			t.Fatal("it has failed")
		}
	})
}

// The paces that structures are announced with are those at which the model moves them.
func TestPaces(t *testing.T) {
	c := Default()
	gate, bags, weir := Gate{Name: "g", Stroke: 10 * sim.Minute}, DefaultBarrier(), DefaultSluice()
	c.Reservoirs = []Reservoir{{Gates: []Gate{gate}}}
	bags.Rate, bags.Line = 1.8, [][2]float64{{0, 0}, {1, 0}}
	weir.Stroke, weir.Line = 0, [][2]float64{{0, 0}, {1, 0}}
	c.Barriers, c.Sluices = []Barrier{bags}, []Sluice{weir}
	want := map[sim.Work]float64{sim.WorkBarrier: 1.8 / 3600}
	for _, s := range c.Structures() {
		pace, ok := want[s.Work]
		if s.Work == sim.WorkGate && s.Name == "g" {
			pace, ok = 100.0/600, true
		}
		if ok && math.Abs(s.Pace-pace) > 1e-15 || !ok && s.Pace != 0 {
			t.Errorf("%s: %g per second; want %g", s.Work, s.Pace, pace)
		}
	}
}
