package flood

import (
	"fmt"
	"math"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/num"
)

// fastestWave is the speed of waves beyond which the water is out of all proportion: that over a depth of 10 km [m/s].
const fastestWave = 313.0

// model is the flood as a hazard.
type model struct {
	*shallow.Water
	config  *Config
	env     sim.HazardEnv
	terrain *sim.Terrain
	area    float64 // of a cell [m2]
	pause   sim.Duration
	stepMax sim.Duration

	clock      sim.Time
	rain       rain
	catchments []catchment
	inflows    []inflow
	reservoirs []reservoir
	outlets    []outlet
	boundaries []boundary
	structures *structures
	pipe       func(outlet int, volume float64) // puts water into an outlet; kept, so that a step allocates nothing
	faces      []shallow.Face                   // workspace: those that are ruled
	ruled      []shallow.Ruled                  // faces of boundaries and structures
	books      books

	depth, east, north *sim.Layer
	shown              []bool // tiles in which the last publication had water

	effort Effort

	told []sim.StructureChange // dams and dykes that failed by themselves during the last Advance
}

// target says where water goes: to an outlet, or (when outlet is negative) into a reservoir.
type target struct{ outlet, reservoir int }

// inflow is an inflow hydrograph.
type inflow struct {
	flow series // [m3/s]
	to   target
}

// outlet is a place where water enters the map.
type outlet struct {
	cells  []int
	volume float64 // that has come during this step [m3]
	rate   float64 // of the last step: rise of its cells if nothing flowed away [m/s]
}

// Interval returns the time between two publications.
func (m *model) Interval() sim.Duration { return m.pause }

// Layers returns the layers of depth and velocity, and of rain where there is any.
func (m *model) Layers() []*sim.Layer {
	list := []*sim.Layer{m.depth, m.east, m.north}
	if m.rain.layer != nil {
		list = append(list, m.rain.layer)
	}
	return list
}

// Advance computes the water at the instant to.
func (m *model) Advance(to sim.Time) error {
	if to <= m.clock {
		panic(fmt.Sprintf("flood: advance to %v at %v", to, m.clock))
	}
	m.told = m.told[:0]
	for m.clock < to {
		dt, err := m.choose(to.Sub(m.clock))
		if err != nil {
			return err
		}
		if err := m.move(m.clock, m.clock.Add(dt)); err != nil {
			return fmt.Errorf("flood: at %v: %w", m.clock.Add(dt), err)
		}
		m.clock = m.clock.Add(dt)
	}
	m.rain.fall(m, m.clock)
	return nil
}

// Told returns the dams and dykes that failed by themselves during the last Advance.
func (m *model) Told() []sim.StructureChange { return m.told }

// move makes one step between two instants.
func (m *model) move(from, to sim.Time) error {
	dt := to.Sub(from).Seconds()
	if m.structures.prepare(m.Water, from, dt, &m.told) {
		m.rerule()
	}
	for i := range m.boundaries {
		m.boundaries[i].look(m, from, to)
	}
	m.structures.rule(m.Water, dt)
	if err := m.Step(dt); err != nil {
		return err
	}
	m.effort.note(m.Water)
	m.force(from, to)
	for i := range m.boundaries {
		m.boundaries[i].book(m, dt)
	}
	if to.Sub(m.rain.until) >= m.rain.pause() {
		m.rain.fall(m, to)
	}
	return nil
}

// choose returns the next step: the rest of the block in equal parts, of whole microseconds, none of them longer than
// is stable.
func (m *model) choose(rest sim.Duration) (sim.Duration, error) {
	depth := 0.0
	for i := range m.boundaries {
		depth = max(depth, m.boundaries[i].deepest(m))
	}
	limit := min(m.stepMax.Seconds(), m.Longest(depth))
	// Water that comes in during the step must not make it too long either: first for the longest step, then for what
	// comes in during the one that follows from that.
	cautious := m.Longest(max(depth, m.filled(limit)))
	limit = min(limit, m.Longest(max(depth, m.filled(min(limit, cautious)))))
	if !(limit >= min(float64(m.Alpha*m.Size)/fastestWave, m.stepMax.Seconds())) {
		return 0, fmt.Errorf("flood: at %v: %w", m.clock, m.tooDeep())
	}
	longest := max(sim.Duration(num.Int64(math.Floor(float64(limit*float64(sim.Second))))), 1)
	parts := (rest + longest - 1) / longest
	return (rest + parts - 1) / parts, nil
}

// filled returns the greatest depth of the outlets' cells after a step [s] in which the water came in at the last rate
// and none flowed away [m].
func (m *model) filled(step float64) float64 {
	depth := 0.0
	for i := range m.outlets {
		o := &m.outlets[i]
		for _, c := range o.cells {
			depth = max(depth, m.Cells[c].H+float64(o.rate*step))
		}
	}
	return depth
}

// tooDeep names the cell that makes the step too short.
func (m *model) tooDeep() error {
	worst, depth := 0, -1.0
	for c := range m.Cells {
		if h := m.Cells[c].H; h > depth || !num.Finite(h) {
			worst, depth = c, h
			if !num.Finite(h) {
				break
			}
		}
	}
	i, j := m.IJ(worst)
	return &sim.Failure{Text: sim.Say("格（%d，%d）水深 %g 米：来流超出所在格网的容纳能力",
		"cell (%d, %d): depth of %g m; inflows are too large for the cells that take them", i, j, depth)}
}

// force lets rain and inflows run through the catchments and reservoirs onto the map.
func (m *model) force(from, to sim.Time) {
	dt := to.Sub(from).Seconds()
	if len(m.catchments) > 0 {
		depth := m.rain.over(from, to)
		for i := range m.catchments {
			c := &m.catchments[i]
			m.pour(c.to, c.step(depth[i], dt, &m.books))
		}
	}
	for i := range m.inflows {
		volume := m.inflows[i].flow.between(from, to)
		m.books.inflow.add(volume)
		m.pour(m.inflows[i].to, volume)
	}
	for i := range m.reservoirs {
		r := &m.reservoirs[i]
		before := r.stage
		out := r.step(from, to)
		if r.stage != before {
			m.told = append(m.told, sim.StructureChange{At: from, Structure: r.dam, Action: r.stage.told()})
		}
		m.pour(r.to, out)
	}
	m.structures.exchange(m.Water, from, to, m.pipe)
	for i := range m.outlets {
		m.outlets[i].release(m, dt)
	}
}

// pour puts water where it is to go.
func (m *model) pour(to target, volume float64) {
	if to.outlet >= 0 {
		m.outlets[to.outlet].volume += volume
	} else {
		m.reservoirs[to.reservoir].inflow += volume
	}
}

// release spreads an outlet's water over its cells.
func (o *outlet) release(m *model, dt float64) {
	depth := o.volume / float64(m.area*float64(len(o.cells)))
	o.rate, o.volume = depth/dt, 0
	if depth == 0 {
		return
	}
	for _, c := range o.cells {
		m.Raise(c, depth)
	}
}

// Refuse says why a gate cannot be moved or a dam cannot fail.
func (m *model) Refuse(change sim.StructureChange, past []sim.StructureChange) sim.Text {
	if r := m.damOf(change.Structure); r != nil {
		return r.refuse(change, past)
	}
	if g := m.gateOf(change.Structure); g != nil {
		return refuseGate(g.Title.Or(g.Name), change)
	}
	if why, known := m.structures.refuse(change, past); known {
		return why
	}
	return sim.Say("本灾害没有该工程", "this hazard has no such structure")
}

// Apply changes a structure or lets it fail.
func (m *model) Apply(change sim.StructureChange) {
	if r := m.damOf(change.Structure); r != nil {
		r.fail(m.clock, stageDue)
		return
	}
	if g := m.gateOf(change.Structure); g != nil {
		g.position.order(change.Value/100, paceOf(g.Stroke), change.Over)
		return
	}
	m.structures.apply(change, m.Water, m.clock)
}

// damOf returns the reservoir whose dam, which can fail, is that structure; nil when none is.
func (m *model) damOf(id sim.StructureID) *reservoir {
	for i := range m.reservoirs {
		if r := &m.reservoirs[i]; r.dam == id && r.Breach.Trigger != TriggerNone {
			return r
		}
	}
	return nil
}

// gateOf returns the gate that is that structure; nil when none is.
func (m *model) gateOf(id sim.StructureID) *gate {
	for i := range m.reservoirs {
		for k := range m.reservoirs[i].gates {
			if g := &m.reservoirs[i].gates[k]; g.id == id {
				return g
			}
		}
	}
	return nil
}

// refuse says why the dam cannot fail: it has, by an order or by itself, or something else is asked of it.
func (r *reservoir) refuse(change sim.StructureChange, past []sim.StructureChange) sim.Text {
	if change.Action != sim.StructureBreach {
		return sim.Say("%s是大坝，只能溃决", "%s is a dam; it can only fail", r.Title.Or(r.Name))
	}
	return onceOnly(r.Title.Or(r.Name), change, past)
}

// Ledger returns the balance of the water [m3]: on the cells, in the stores of the catchments, in the reservoirs.
func (m *model) Ledger() sim.Ledger {
	b := &m.books
	var in, out account
	for _, a := range []*account{&b.rain, &b.inflow, &b.edgeIn} {
		in.add(a.value())
	}
	for _, a := range []*account{&b.losses, &b.edgeOut, &m.structures.out.pumps, &m.structures.out.drains} {
		out.add(a.value())
	}
	return sim.Ledger{
		Unit: "m3", Initial: b.initial.value(), In: in.value(), Out: out.value(), Stored: m.stored(),
	}
}

// stored returns all the water that is there [m3].
func (m *model) stored() float64 {
	var sum account
	for t := range m.Tiles {
		if m.Tiles[t].Top == 0 {
			continue
		}
		depth, c := 0.0, m.Corner(t)
		for range shallow.Side {
			for i := range shallow.Side {
				depth += m.Cells[c+i].H
			}
			c += m.Width
		}
		sum.add(float64(depth * m.area))
	}
	for i := range m.catchments {
		sum.add(m.catchments[i].store)
	}
	for i := range m.reservoirs {
		sum.add(m.reservoirs[i].volume)
		sum.add(m.reservoirs[i].inflow)
	}
	for i := range m.outlets {
		sum.add(m.outlets[i].volume)
	}
	sum.add(m.structures.pooled())
	return sum.value()
}
