package flood

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/flood/works"
)

// barrier is a crest that obeys orders, on the grid.
type barrier struct {
	*Barrier
	bank
	id     sim.StructureID
	height motion // of the crest above its foot [m]
}

// newBarrier makes a barrier; the crests of its faces are its foot.
func newBarrier(m *mason, spec *Barrier) *barrier {
	b := &barrier{Barrier: spec, bank: newBank(m.water, m.grid, spec.Line), height: rest(spec.Start)}
	if spec.Foot != nil {
		for i := range b.faces {
			b.faces[i].crest = max(b.faces[i].ground, b.over(*spec.Foot))
		}
	}
	return b
}

func (b *barrier) body() *bank { return &b.bank }

// rules says whether there is anything: a barrier on the ground that has been taken away lets the water pass freely.
func (b *barrier) rules(int) bool { return b.Foot != nil || b.height.at > 0 }

func (b *barrier) flow(f *bankFace, left, right float64) float64 {
	weir := works.Weir{Crest: f.crest + b.height.at, Coefficient: b.Coefficient}
	return float64(weir.Flow(left, right) * f.length())
}

// order sets the crest that is wanted.
func (b *barrier) order(c sim.StructureChange) { b.height.order(c.Value, b.Rate/3600, c.Over) }

// refuse says why the crest cannot be set as is wanted.
func (b *barrier) refuse(c sim.StructureChange) sim.Text {
	if c.Action != sim.StructureSetCrest {
		return sim.Say("%s只能升降挡水高度", "%s can only be raised or lowered", b.Title.Or(b.Name))
	}
	if v := c.Value; !(v >= 0 && v <= b.Height) || !onStep(v) {
		return sim.Say("%s的高度 %g 米；应为 0 至 %g 米，按 0.1 米取整", "%s: a crest of %g m; want 0 to %g m in steps of 0.1 m",
			b.Title.Or(b.Name), v, b.Height)
	}
	return sim.Text{}
}

// onStep says whether a crest [m] is a whole number of steps.
func onStep(v float64) bool { return math.Abs(v-sim.CrestStep(v)) < 1e-9 }
