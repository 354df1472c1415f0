package flood

import (
	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// specs lists the structures on the grid, also those that obey no orders: they have a name and are drawn.
func (c *Config) specs() []sim.StructureSpec {
	var list []sim.StructureSpec
	add := func(kind sim.Work, name string, title sim.Text, pts [][2]float64, at float64,
		actions ...sim.StructureAction) *sim.StructureSpec {
		on := line(pts)
		list = append(list, sim.StructureSpec{Name: name, Title: title, Place: on.At(on.Length() / 2), Actions: actions,
			Work: kind, Line: on, Start: at})
		return &list[len(list)-1]
	}
	for i := range c.Dykes {
		d := &c.Dykes[i]
		add(sim.WorkDyke, d.Name, d.Title, d.Line, 0)
		for k := range d.Breaches {
			b := &d.Breaches[k]
			add(sim.WorkSpot, b.Name, b.Title, [][2]float64{b.Place}, 0, sim.StructureBreach)
		}
	}
	for i := range c.Barriers {
		b := &c.Barriers[i]
		spec := add(sim.WorkBarrier, b.Name, b.Title, b.Line, b.Start, sim.StructureSetCrest)
		spec.Pace, spec.Most = b.Rate/3600, b.Height
	}
	for i := range c.Sluices {
		s := &c.Sluices[i]
		on := s.Line
		if s.Dyke != "" {
			on = s.Place
		}
		add(sim.WorkGate, s.Name, s.Title, on, s.Opening, sim.StructureSetOpening).Pace = 100 * paceOf(s.Stroke)
	}
	for i := range c.Bridges {
		b := &c.Bridges[i]
		add(sim.WorkBridge, b.Name, b.Title, b.Line, 0)
	}
	for i := range c.Culverts {
		add(sim.WorkCulvert, c.Culverts[i].Name, c.Culverts[i].Title, c.Culverts[i].Ends, 0)
	}
	for i := range c.Pumps {
		p := &c.Pumps[i]
		add(sim.WorkPump, p.Name, p.Title, [][2]float64{p.Place}, switched(p.On), sim.StructureSwitch)
	}
	for i := range c.Drains {
		d := &c.Drains[i]
		centre := geo.Polygon(line(d.Polygon)).Centroid()
		add(sim.WorkDrain, d.Name, d.Title, [][2]float64{{centre.X, centre.Y}}, switched(d.On), sim.StructureSwitch)
	}
	return list
}

// switched is a switch as a number.
func switched(on bool) float64 {
	if on {
		return 1
	}
	return 0
}

// point is a place of a configuration.
func point(p [2]float64) geo.Point { return scenario.Point(p) }

// refuse says why a change of a structure on the grid cannot be made; known is false when there is no such structure
// that obeys orders.
func (s *structures) refuse(c sim.StructureChange, past []sim.StructureChange) (why sim.Text, known bool) {
	for _, d := range s.dykes {
		for i := range d.gaps {
			if d.gaps[i].id == c.Structure {
				return d.gaps[i].refuse(c, past), true
			}
		}
	}
	for _, b := range s.barriers {
		if b.id == c.Structure {
			return b.refuse(c), true
		}
	}
	for _, x := range s.sluices {
		if x.id == c.Structure {
			return x.refuse(c), true
		}
	}
	for _, p := range s.pumps {
		if p.id == c.Structure {
			return p.refuse(c), true
		}
	}
	for _, d := range s.drains {
		if d.id == c.Structure {
			return d.refuse(c), true
		}
	}
	return sim.Text{}, false
}

// apply makes a change that refuse has let pass.
func (s *structures) apply(c sim.StructureChange, w *shallow.Water, now sim.Time) {
	for _, d := range s.dykes {
		for i := range d.gaps {
			if d.gaps[i].id == c.Structure {
				d.fail(&d.gaps[i], w, now, stageDue)
			}
		}
	}
	for _, b := range s.barriers {
		if b.id == c.Structure {
			b.order(c)
		}
	}
	for _, x := range s.sluices {
		if x.id == c.Structure {
			x.order(c)
		}
	}
	for _, p := range s.pumps {
		if p.id == c.Structure {
			p.on = c.Value != 0
		}
	}
	for _, d := range s.drains {
		if d.id == c.Structure {
			d.on = c.Value != 0
		}
	}
}

// append saves what the structures are doing.
func (s *structures) append(e *sim.Encoder) {
	e.Section("structures")
	for _, d := range s.dykes {
		for i := range d.gaps {
			d.gaps[i].append(e)
		}
	}
	for _, b := range s.barriers {
		b.height.append(e)
	}
	for _, x := range s.sluices {
		x.opening.append(e)
	}
	for _, b := range s.bridges {
		for _, pressed := range b.pressed {
			e.Bool(pressed)
		}
	}
	for _, p := range s.pumps {
		e.Bool(p.on)
		e.Bool(p.running)
	}
	for _, d := range s.drains {
		e.Bool(d.on)
		e.F64(d.pool)
		e.Time(d.until)
	}
	e.Time(s.drained)
	for _, a := range [...]*account{&s.out.pumps, &s.out.drains} {
		e.F64(a.sum)
		e.F64(a.rest)
	}
}

// load reads what append wrote, at the instant now. Afterwards other faces may be ruled.
func (s *structures) load(d *sim.Decoder, now sim.Time) {
	d.Section("structures")
	for _, k := range s.dykes {
		for i := range k.gaps {
			k.gaps[i].load(d, now)
		}
	}
	for _, b := range s.barriers {
		b.height.load(d)
	}
	for _, x := range s.sluices {
		x.opening.load(d)
	}
	for _, b := range s.bridges {
		for i := range b.pressed {
			b.pressed[i] = d.Bool()
		}
	}
	for _, p := range s.pumps {
		p.on, p.running = d.Bool(), d.Bool()
	}
	for _, k := range s.drains {
		k.load(d, now)
	}
	if s.drained = d.Time(); s.drained < 0 || s.drained > now {
		d.Fail("drains at a time that cannot be")
		s.drained = 0
	}
	for _, a := range [...]*account{&s.out.pumps, &s.out.drains} {
		a.sum, a.rest = d.Number(), d.Number()
	}
}
