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

	stage  stage
	holds  sim.Time // from when on its trigger has held, or -1
	breach erosion
	looked sim.Time // when it was last asked how much water stands behind it
	now    works.Gap
}

// breachLook is how often a gap after Froehlich looks whether more water stands behind it than ever.
const breachLook = 10 * sim.Second

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
		b := dykeGap{DykeBreach: &spec.Breaches[i], holds: -1}
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
	if through := d.through(f, left, right); math.Abs(through) > math.Abs(q) {
		q = through
	}
	for _, s := range d.sluices {
		q += s.through(f, left, right)
	}
	return q
}

// gapParts is into how many parts a face is cut where several gaps reach into it.
const gapParts = 32

// through returns what the gaps that reach into a face let through, with what runs over its crest beside them; 0 where
// there is none. Of several gaps the one through which most passes counts in each part of the face, so that gaps beside
// each other add up and those that have grown into each other count once.
func (d *dyke) through(f *bankFace, left, right float64) float64 {
	only, count := 0, 0
	for i := range d.gaps {
		if d.gaps[i].reaches(f) {
			only, count = i, count+1
		}
	}
	switch count {
	case 0:
		return 0
	case 1:
		return d.gaps[only].flow(d, f, f.from, f.to, left, right)
	}
	sum, part := 0.0, float64(f.length()/gapParts)
	for k := range gapParts {
		from, most := f.from+float64(float64(k)*part), 0.0
		for i := range d.gaps {
			if b := &d.gaps[i]; b.reaches(f) {
				if q := b.flow(d, f, from, from+part, left, right); math.Abs(q) > math.Abs(most) {
					most = q
				}
			}
		}
		sum += most
	}
	return sum
}

// reaches says whether the gap has begun and is in a face's part of the line.
func (b *dykeGap) reaches(f *bankFace) bool {
	half := b.now.Half(f.crest)
	return b.stage == stageOpen && f.overlap(b.place-half, b.place+half) > 0
}

// flow returns what passes between two places along the line, both in a face's part of it, through the gap and over the
// crest beside it [m3/s].
func (b *dykeGap) flow(d *dyke, f *bankFace, from, to, left, right float64) float64 {
	gap := b.now
	gap.Bottom = max(gap.Bottom, f.ground)
	return gap.Flow(f.crest, from-b.place, to-b.place, d.Coefficient, left, right)
}

// age lets gaps begin that are due, and lets those that there are grow. It returns those that have begun by themselves,
// and those that wait for water.
func (d *dyke) age(w *shallow.Water, now sim.Time, told []sim.StructureChange) []sim.StructureChange {
	for i := range d.gaps {
		b := &d.gaps[i]
		before := b.stage
		switch {
		case b.stage == stageOpen:
			d.erode(b, w, now)
		case b.stage != stageSound || b.due(d, w, now):
			d.fail(b, w, now, stageWaits)
		}
		if b.stage != before {
			told = append(told, sim.StructureChange{At: now, Structure: b.id, Action: b.stage.told()})
		}
		if b.stage == stageOpen {
			b.now = b.breach.growth.At(b.breach.age(now))
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
	wet := w.Cells[f.left].H > 0 || w.Cells[f.right].H > 0 // else a level is that of the ground
	holds := false
	switch b.Trigger {
	case TriggerTime:
		return now >= sim.Time(b.At)
	case TriggerLevel:
		holds = wet && max(left, right) >= d.over(b.Level)
	case TriggerOvertopping:
		holds = wet && max(left, right) >= f.crest+b.Head
	}
	if !holds {
		b.holds = -1
		return false
	}
	if b.holds < 0 {
		b.holds = now
	}
	return now.Sub(b.holds) >= b.Hold
}

// fail begins a gap, or leaves it at a stage at which it waits for water.
func (d *dyke) fail(b *dykeGap, w *shallow.Water, now sim.Time, waits stage) {
	if len(d.faces) == 0 {
		b.stage, b.breach = stageOpen, begin(now, 0, works.Growth{})
		return
	}
	f := &d.faces[b.face]
	bottom := max(d.over(b.Bottom), f.ground)
	if b.Width > 0 {
		b.stage, b.breach = stageOpen, begin(now, 0, works.Growth{Crest: f.crest, Bottom: min(bottom, f.crest),
			Width: b.Width, Slope: b.Slope, Time: b.Growth.Seconds()})
	} else {
		left, right := d.levels(w, f)
		volume := d.volume(b, w, bottom)
		if volume == 0 || max(left, right) < bottom+breachHead {
			b.stage = waits
			return
		}
		b.stage, b.breach, b.looked = stageOpen, begin(now, volume, d.froehlich(b, volume)), now
	}
	b.now = b.breach.growth.At(0)
}

// froehlich returns the growth of a gap for a volume of water above its bottom [m3].
func (d *dyke) froehlich(b *dykeGap, volume float64) works.Growth {
	f := &d.faces[b.face]
	bottom := max(d.over(b.Bottom), f.ground)
	return works.FroehlichGrowth(f.crest, min(bottom, f.crest), volume, b.Overtopping)
}

// erode lets a gap after Froehlich follow the water behind it.
func (d *dyke) erode(b *dykeGap, w *shallow.Water, now sim.Time) {
	if b.Width > 0 || len(d.faces) == 0 || now.Sub(b.looked) < breachLook {
		return
	}
	b.looked = now
	if volume := d.volume(b, w, b.breach.growth.Bottom); volume > b.breach.volume {
		b.breach.follow(now, volume, d.froehlich(b, volume))
	}
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

// onceOnly refuses to let something fail that has failed, or is to fail as soon as it has water.
func onceOnly(title sim.Text, change sim.StructureChange, past []sim.StructureChange) sim.Text {
	why := sim.Text{}
	for _, p := range past {
		switch {
		case p.Structure != change.Structure:
		case p.Action == sim.StructureWait:
			why = sim.Say("%s自推演%v起待来水溃决", "%s is waiting for water to fail, since %v", title, p.At)
		case p.Action == sim.StructureBreach:
			why = sim.Say("%s已于推演%v溃决", "%s has failed already, at %v", title, p.At)
		}
	}
	return why
}

func (b *dykeGap) append(e *sim.Encoder) {
	appendStage(e, b.stage)
	e.Time(b.holds)
	e.Time(b.looked)
	b.breach.append(e)
}

func (b *dykeGap) load(d *sim.Decoder, now sim.Time) {
	b.stage, b.holds, b.looked = loadStage(d), d.Time(), d.Time()
	if b.holds < -1 || b.holds > now || b.looked < 0 || b.looked > now {
		d.Fail("a breach at a time that cannot be")
		b.holds, b.looked = -1, 0
	}
	b.breach.load(d, now)
	b.now = works.Gap{}
	if b.stage == stageOpen {
		b.now = b.breach.growth.At(b.breach.age(now))
	}
}
