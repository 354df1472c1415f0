package flood

import (
	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/flood/works"
)

// culvert is a conduit between two cells.
type culvert struct {
	law  *works.Culvert
	ends [2]int
	zero float64 // of its levels, above the datum [mm]
}

var entrances = [...]string{works.EntranceSquare: "square", works.EntranceEased: "eased", works.EntranceBare: "bare"}

func newCulvert(m *mason, spec *Culvert) culvert {
	c := culvert{}
	s := works.CulvertSpec{Circular: spec.Shape == ShapePipe, Width: spec.Width, Height: spec.Height,
		Barrels: spec.Barrels, Length: line(spec.Ends).Length(), Roughness: spec.Roughness, Flap: spec.Flap}
	for k, name := range entrances {
		if name == spec.Entrance {
			s.Entrance = works.Entrance(k)
		}
	}
	for k, p := range spec.Ends {
		c.ends[k] = m.cellAt(p)
	}
	beds := [2]float64{float64(m.water.Cells[c.ends[0]].Bed), float64(m.water.Cells[c.ends[1]].Bed)}
	c.zero = min(beds[0], beds[1])
	for k, at := range [2]*float64{&s.Left, &s.Right} {
		*at = float64((beds[k] - c.zero) * 1e-3)
		if len(spec.Inverts) == 2 {
			*at = spec.Inverts[k] - c.zero/1000
		}
	}
	c.law = works.NewCulvert(s)
	return c
}

// exchange moves the water of dt seconds from one end to the other.
func (c *culvert) exchange(w *shallow.Water, dt float64) {
	a, b := &w.Cells[c.ends[0]], &w.Cells[c.ends[1]]
	if a.H <= 0 && b.H <= 0 {
		return
	}
	left := float64((float64(a.Bed)-c.zero)*1e-3) + a.H
	right := float64((float64(b.Bed)-c.zero)*1e-3) + b.H
	area := float64(w.Size * w.Size)
	depth := float64(works.Limit(c.law.Flow(left, right), left, right, area, area, dt)*dt) / area
	depth = max(min(depth, a.H), -b.H)
	if depth == 0 {
		return
	}
	w.Raise(c.ends[0], -depth)
	w.Raise(c.ends[1], depth)
}

// pump lifts water from a cell.
type pump struct {
	*Pump
	id      sim.StructureID
	law     works.Pump // levels above the ground of its cell [m]
	cell    int
	outlet  int // of the map, or None
	on      bool
	running bool
}

func newPump(m *mason, spec *Pump) *pump {
	p := &pump{Pump: spec, cell: m.cellAt(spec.Place), outlet: sim.None, on: spec.On}
	p.law.Capacity = spec.Capacity
	ground := float64(m.water.Cells[p.cell].Bed) / 1000
	if spec.Stop != nil {
		p.law.Stop = *spec.Stop - ground
		p.law.Start = p.law.Stop // when nothing else is said
	}
	if spec.Start != nil {
		p.law.Start = *spec.Start - ground
	}
	if len(spec.Outfall) > 0 {
		p.outlet = m.outlet(spec.Outfall)
	}
	return p
}

// lift takes the water of dt seconds and returns its volume [m3].
func (p *pump) lift(w *shallow.Water, dt float64) float64 {
	h := w.Cells[p.cell].H
	p.running = p.on && h > 0 && p.law.Runs(h, p.running)
	if !p.running {
		return 0
	}
	area := float64(w.Size * w.Size)
	depth := min(float64(p.law.Capacity*dt)/area, h)
	w.Raise(p.cell, -depth)
	return float64(depth * area)
}

func (p *pump) refuse(c sim.StructureChange) sim.Text { return refuseSwitch(p.Title.Or(p.Name), c) }

// refuseSwitch says why something cannot be switched as is wanted.
func refuseSwitch(title sim.Text, c sim.StructureChange) sim.Text {
	if c.Action != sim.StructureSwitch {
		return sim.Say("%s只能启停", "%s can only be switched on or off", title)
	}
	if c.Value != 0 && c.Value != 1 {
		return sim.Say("启停值 %g；应为 0 或 1", "a switch set to %g; want 0 or 1", c.Value)
	}
	return sim.Text{}
}

// drain takes water off the ground of a quarter.
type drain struct {
	*Drain
	id     sim.StructureID
	law    works.Drain
	cells  []int
	outlet int // of the map, or None
	on     bool
	pool   float64  // on its way to the outfall [m3]
	until  sim.Time // it is out by then
}

func newDrain(m *mason, spec *Drain) *drain {
	d := &drain{Drain: spec, law: works.Drain{Capacity: spec.Capacity / 1000 / 3600}, outlet: sim.None, on: spec.On}
	inside(m.grid, spec.Polygon, func(k int) {
		if c := m.cellOf(k); !m.water.Closed(c) {
			d.cells = append(d.cells, c)
		}
	})
	if len(spec.Outfall) > 0 {
		d.outlet = m.outlet(spec.Outfall)
	}
	return d
}

// take takes the water of dt seconds and returns its volume [m3].
func (d *drain) take(w *shallow.Water, dt float64) float64 {
	if !d.on {
		return 0
	}
	var sum account
	for _, c := range d.cells {
		if h := w.Cells[c].H; h > 0 {
			depth := d.law.Depth(h, dt)
			w.Raise(c, -depth)
			sum.add(depth)
		}
	}
	return float64(sum.value() * float64(w.Size*w.Size))
}

// collect puts what was taken in a pulse that a step ended into the pool. The next pulse comes at the end of a step
// that begins less than drainPulse after this one, so that with steps of one length the pool never runs dry before.
func (d *drain) collect(volume float64, from, to sim.Time) {
	if volume > 0 {
		d.pool, d.until = d.pool+volume, to.Add(drainPulse+to.Sub(from))
	}
}

// release lets out the part of the pool that comes to the outfall between two instants, evenly over the time that is
// left for it [m3].
func (d *drain) release(from, to sim.Time) float64 {
	out := d.pool
	if to < d.until {
		out = float64(d.pool * (to.Sub(from).Seconds() / d.until.Sub(from).Seconds()))
	}
	d.pool -= out
	return out
}

// load reads whether it works, and its pool: one that a drain without an outfall, or one of a time out of all
// proportion, cannot have.
func (d *drain) load(from *sim.Decoder, now sim.Time) {
	d.on, d.pool, d.until = from.Bool(), from.Amount(), from.Time()
	if d.until < 0 || d.until.Sub(now) > drainPulse+sim.IntervalMax || d.pool > 0 && d.outlet < 0 {
		from.Fail("water on its way to an outfall at a time that cannot be")
		d.pool, d.until = 0, 0
	}
}

func (d *drain) refuse(c sim.StructureChange) sim.Text { return refuseSwitch(d.Title.Or(d.Name), c) }
