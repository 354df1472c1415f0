package flood

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/flood/works"
)

// sluice is an opening with a gate, on the grid. One in a dyke has no bank of its own.
type sluice struct {
	*Sluice
	bank
	id       sim.StructureID
	sill     float64 // above the zero of its bank, or of its dyke's [m]
	from, to float64 // the part of the line that it takes [m]
	opening  motion  // [share]
}

// newSluice makes a sluice. One in a dyke is joined to it.
func newSluice(m *mason, spec *Sluice, dykes []*dyke) *sluice {
	s := &sluice{Sluice: spec, opening: rest(spec.Opening / 100)}
	middle := 0.0
	if spec.Dyke == "" {
		s.bank = newBank(m.water, m.grid, spec.Line)
		for i := range s.faces {
			s.faces[i].crest = max(s.faces[i].ground, s.over(spec.Crest))
		}
		middle, s.sill = line(spec.Line).Length()/2, s.over(spec.Sill)
	}
	for _, d := range dykes {
		if spec.Dyke != "" && d.Name == spec.Dyke {
			middle, _ = nearestOn(line(d.Line), point(spec.Place[0]))
			s.sill = d.over(spec.Sill)
			d.sluices = append(d.sluices, s)
		}
	}
	half := float64(spec.Width * 0.5)
	s.from, s.to = middle-half, middle+half
	return s
}

func (s *sluice) body() *bank { return &s.bank }

func (s *sluice) rules(int) bool { return true }

// flow returns what a face of a sluice with its own line lets through.
func (s *sluice) flow(f *bankFace, left, right float64) float64 {
	over := works.Weir{Crest: f.crest, Coefficient: works.BroadCrest}.Flow(left, right)
	return float64(over*f.length()) + s.through(f, left, right)
}

// through returns what goes through the part of the opening that a face has.
func (s *sluice) through(f *bankFace, left, right float64) float64 {
	width := f.overlap(s.from, s.to)
	if width <= 0 || s.opening.at <= 0 {
		return 0
	}
	gate := works.Gate{Sill: max(s.sill, f.ground), Opening: float64(s.opening.at * s.Height), Contraction: s.Contraction}
	return float64(gate.Flow(left, right) * width)
}

// order sets the opening that is wanted.
func (s *sluice) order(c sim.StructureChange) { s.opening.order(c.Value/100, paceOf(s.Stroke), c.Over) }

// paceOf returns the share of a stroke that a gate makes in a second; 0 for at once.
func paceOf(stroke sim.Duration) float64 {
	if stroke <= 0 {
		return 0
	}
	return 1 / stroke.Seconds()
}

func (s *sluice) refuse(c sim.StructureChange) sim.Text { return refuseGate(s.Title.Or(s.Name), c) }

// refuseGate says why a gate cannot be moved as is wanted.
func refuseGate(title sim.Text, c sim.StructureChange) sim.Text {
	if c.Action != sim.StructureSetOpening {
		return sim.Say("%s是闸门，只能启闭", "%s is a gate; it can only be opened or closed", title)
	}
	if v := c.Value; !(v >= 0 && v <= 100) || v != 5*math.Floor(v/5) {
		return sim.Say("开度 %g%%；应为 0 至 100%%，按 5%% 取整",
			"an opening of %g %%; want 0 to 100 %% in steps of 5", v)
	}
	return sim.Text{}
}
