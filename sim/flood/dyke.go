package flood

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/flood/works"
)

// dyke is a dyke on the grid.
type dyke struct {
	*Dyke
	bank
	gaps    []dykeGap
	sluices []*sluice // that are in it
}

// dykeGap is a place at which a dyke may fail.
type dykeGap struct {
	*DykeBreach
	id     sim.StructureID
	place  float64 // along the line [m]
	face   int     // that stands for it
	behind []int   // cells whose water counts for Froehlich

	broken bool
	since  sim.Time // when it broke; before, from when on its trigger has held, or -1
	growth works.Growth
	now    works.Gap
}

// newDyke makes a dyke with its crest.
func newDyke(m *mason, spec *Dyke) *dyke {
	d := &dyke{Dyke: spec, bank: newBank(m.water, m.grid, spec.Line)}
	along := line(spec.Line)
	for i := range d.faces {
		f := &d.faces[i]
		if len(spec.Crest) > 0 {
			f.crest = max(f.ground, d.over(valueAlong(along, spec.Crest, (f.from+f.to)/2)))
		} else {
			f.crest = f.ground + spec.Height
		}
	}
	for i := range spec.Breaches {
		b := dykeGap{DykeBreach: &spec.Breaches[i], since: -1}
		b.place, _ = nearestOn(along, point(b.Place))
		b.face = d.at(b.place)
		inside(m.grid, b.Water, func(k int) { b.behind = append(b.behind, m.cellOf(k)) })
		d.gaps = append(d.gaps, b)
	}
	return d
}

func (d *dyke) body() *bank { return &d.bank }

func (d *dyke) rules(int) bool { return true }

// flow returns what a face of the dyke lets through: over its crest, through gaps, and through sluices.
func (d *dyke) flow(f *bankFace, left, right float64) float64 {
	q := float64(works.Weir{Crest: f.crest, Coefficient: d.Coefficient}.Flow(left, right) * f.length())
	for i := range d.gaps {
		b := &d.gaps[i]
		if !b.broken || f.overlap(b.place-b.now.Half(f.crest), b.place+b.now.Half(f.crest)) <= 0 {
			continue
		}
		gap := b.now
		gap.Bottom = max(gap.Bottom, f.ground)
		through := gap.Flow(f.crest, f.from-b.place, f.to-b.place, d.Coefficient, left, right)
		if math.Abs(through) > math.Abs(q) {
			q = through
		}
	}
	for _, s := range d.sluices {
		q += s.through(f, left, right)
	}
	return q
}

// age lets gaps begin that are due, and lets those that there are grow. It returns those that have begun by themselves.
func (d *dyke) age(w *shallow.Water, now sim.Time, told []sim.StructureChange) []sim.StructureChange {
	for i := range d.gaps {
		b := &d.gaps[i]
		if !b.broken && b.due(d, w, now) {
			d.fail(b, w, now)
			told = append(told, sim.StructureChange{At: now, Structure: b.id, Action: sim.StructureBreach})
		}
		if b.broken {
			b.now = b.growth.At(now.Sub(b.since).Seconds())
		}
	}
	return told
}

// due says whether a gap begins by itself.
func (b *dykeGap) due(d *dyke, w *shallow.Water, now sim.Time) bool {
	if len(d.faces) == 0 {
		return false
	}
	f := &d.faces[b.face]
	left, right := d.levels(w, f)
	holds := false
	switch b.Trigger {
	case TriggerTime:
		return now >= sim.Time(b.At)
	case TriggerLevel:
		holds = max(left, right) >= d.over(b.Level)
	case TriggerOvertopping:
		holds = max(left, right) >= f.crest+b.Head
	}
	if !holds {
		b.since = -1
		return false
	}
	if b.since < 0 {
		b.since = now
	}
	return now.Sub(b.since) >= b.Hold
}

// fail begins a gap.
func (d *dyke) fail(b *dykeGap, w *shallow.Water, now sim.Time) {
	b.broken, b.since = true, now
	if len(d.faces) == 0 {
		return
	}
	f := &d.faces[b.face]
	bottom := max(d.over(b.Bottom), f.ground)
	if b.Width > 0 {
		b.growth = works.Growth{Crest: f.crest, Bottom: min(bottom, f.crest), Width: b.Width, Slope: b.Slope,
			Time: b.Growth.Seconds()}
	} else {
		b.growth = works.FroehlichGrowth(f.crest, min(bottom, f.crest), d.volume(b, w, bottom), b.Overtopping)
	}
	b.now = b.growth.At(0)
}

// volume returns the water above a level that stands in a gap's polygon [m3].
func (d *dyke) volume(b *dykeGap, w *shallow.Water, bottom float64) float64 {
	var sum account
	for _, c := range b.behind {
		h := w.Cells[c].H
		if over := d.bed(w, c) + h - bottom; h > 0 && over > 0 {
			sum.add(min(over, h))
		}
	}
	return float64(sum.value() * float64(w.Size*w.Size))
}

// refuse says why a gap cannot begin: it has, or something else is asked of it.
func (b *dykeGap) refuse(change sim.StructureChange, past []sim.StructureChange) sim.Text {
	title := b.Title.Or(b.Name)
	if change.Action != sim.StructureBreach {
		return sim.Say("%s是堤防险段，只能溃决", "%s is a place in a dyke; it can only fail", title)
	}
	return onceOnly(title, change, past)
}

// onceOnly refuses to let something fail that has failed.
func onceOnly(title sim.Text, change sim.StructureChange, past []sim.StructureChange) sim.Text {
	for _, p := range past {
		if p.Structure == change.Structure && p.Action == sim.StructureBreach {
			return sim.Say("%s已于推演%v溃决", "%s has failed already, at %v", title, p.At)
		}
	}
	return sim.Text{}
}

func (b *dykeGap) append(e *sim.Encoder) {
	e.Bool(b.broken)
	e.Time(b.since)
	for _, v := range [...]float64{b.growth.Crest, b.growth.Bottom, b.growth.Width, b.growth.Slope, b.growth.Time} {
		e.F64(v)
	}
}

func (b *dykeGap) load(d *sim.Decoder, now sim.Time) {
	b.broken, b.since = d.Bool(), d.Time()
	for _, v := range [...]*float64{&b.growth.Crest, &b.growth.Bottom, &b.growth.Width, &b.growth.Slope, &b.growth.Time} {
		*v = d.Number()
	}
	if b.since < -1 || b.since > now || b.broken && b.since < 0 {
		d.Fail("a breach at a time that cannot be")
		b.since = 0
	}
	b.now = works.Gap{}
	if b.broken {
		b.now = b.growth.At(now.Sub(b.since).Seconds())
	}
}
