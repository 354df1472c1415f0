package engine

import (
	"errors"
	"fmt"
	"math"

	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// hazards runs the scenario's hazards and publishes their layers. At every publication it first brings each
// hazard to the present instant, then applies the structure changes that have come in since: they hold from here
// on, as the socket promises.
type hazards struct {
	reels   []*reel
	owners  []structureOwner // of each structure
	layers  *sim.Layers
	end     sim.Time // of the drill
	pending []sim.StructureChange
	trail   sim.Trail
	failed  error
	gauges  *gauges // they catch the rain that is published; nil for nobody
	watch   *watch
	issued  []issued // forecasts on their way to the posts, in the order in which they arrive
}

// structureOwner says which hazard has a structure, and what can be done with it.
type structureOwner struct {
	reel int
	spec sim.StructureSpec
}

func newHazards(cfg Config, names *scenario.Directory, sites *scenario.Sites, layers *sim.Layers) (*hazards, error) {
	h := &hazards{layers: layers, end: sim.Time(cfg.Scenario.Drill.Duration)}
	h.watch = &watch{sc: cfg.Scenario, sites: sites}
	structure := func(name string) (sim.StructureID, bool) {
		id, ok := names.Resolve(sim.KindStructure, name)
		return sim.StructureID(id), ok
	}
	sc := cfg.Scenario
	for i := range sc.Hazards {
		env := sim.HazardEnv{ID: sim.HazardID(i), Terrain: &sc.Terrain, Seed: cfg.Seed.Hazard, Workers: cfg.Workers,
			Start: sc.Drill.Start, Structure: structure}
		r, err := newReel(sc.Hazards[i].Spec, env, cfg.Films, h.watch.key(i))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("hazard %q: %w", sc.Hazards[i].Name, err), h.close())
		}
		for _, s := range sc.Hazards[i].Spec.Structures() {
			h.owners = append(h.owners, structureOwner{i, s})
		}
		for _, l := range r.layers {
			layers.Add(l)
		}
		h.reels = append(h.reels, r)
	}
	return h, nil
}

// refuse says why an action cannot be done to a structure, or nothing.
func (h *hazards) refuse(id sim.StructureID, action sim.StructureAction) sim.Text {
	if id < 0 || int(id) >= len(h.owners) {
		return sim.Say("没有该工程", "no such structure")
	}
	for _, a := range h.owners[id].spec.Actions {
		if a == action {
			return sim.Text{}
		}
	}
	return sim.Say("%s不能这样操作", "%s cannot do that", h.owners[id].spec.Title.Or(h.owners[id].spec.Name))
}

// step publishes what is due at now and takes the structure changes that have arrived.
func (h *hazards) step(now sim.Time, ports *sim.Ports, log *sim.Log) {
	ports.Structures.Drain(func(_ sim.Time, m sim.StructureMessage) {
		if reason := h.refuse(m.Structure, m.Action); !reason.Empty() {
			h.reject(now, m.Structure, reason, log)
			return
		}
		h.pending = append(h.pending, sim.StructureChange{Structure: m.Structure, Action: m.Action, Value: m.Value,
			Over: m.Over - m.Over%sim.Second}) // its event says whole seconds, and from those it is played again
	})
	opened := false
	for i, r := range h.reels {
		if r.next != now {
			continue
		}
		if !opened {
			h.layers.Begin(now)
			opened = true
		}
		if err := r.publish(now); err != nil {
			h.fail(i, now, err, log)
			return
		}
		h.trail.Mix(r.digest)
		if h.gauges != nil {
			h.gauges.catch(i, r.layers, now, r.hazard.Interval())
		}
		for _, c := range r.told {
			h.tell(now, c, sim.Text{ZH: "自行发生", EN: "by itself"}, log)
		}
		if h.apply(i, now, log); h.failed != nil {
			return
		}
		if err := h.foretell(i, now, log); err != nil {
			h.fail(i, now, err, log)
			return
		}
	}
}

// apply gives hazard i the changes that wait for it.
func (h *hazards) apply(i int, now sim.Time, log *sim.Log) {
	rest := h.pending[:0]
	for _, c := range h.pending {
		if h.owners[c.Structure].reel != i {
			rest = append(rest, c)
			continue
		}
		c.At = now
		reason, err := h.reels[i].change(now, c)
		switch {
		case err != nil:
			h.fail(i, now, err, log)
			return
		case !reason.Empty():
			h.reject(now, c.Structure, reason, log)
		default:
			h.tell(now, c, sim.Text{}, log)
		}
	}
	h.pending = rest
}

// dots adds all structures as they stand now.
func (h *hazards) dots(now sim.Time, list []sim.StructureDot) []sim.StructureDot {
	for i := range h.owners {
		o := &h.owners[i]
		list = append(list, o.spec.Dot(sim.StructureID(i), h.reels[o.reel].past, now))
	}
	return list
}

// reject makes known that a change of a structure cannot be made.
func (h *hazards) reject(now sim.Time, id sim.StructureID, reason sim.Text, log *sim.Log) {
	log.Emit(sim.Event{At: now, Kind: sim.EvRejected, A: sim.RefTo(sim.KindStructure, id), Count: -1, Text: reason})
}

// tell makes a change of a structure known, with what brought it about when it was no order.
func (h *hazards) tell(now sim.Time, c sim.StructureChange, why sim.Text, log *sim.Log) {
	h.trail.Change(now, uint8(c.Action), int32(c.Structure), math.Float64bits(c.Value))
	log.Emit(sim.Event{At: now, Kind: sim.EvStructure, A: sim.RefTo(sim.KindStructure, c.Structure),
		B: sim.Ref{ID: num.Int32(c.Over.Seconds())}, Count: int32(c.Action), Num: c.Value, Text: why})
}

func (h *hazards) fail(i int, now sim.Time, err error, log *sim.Log) {
	h.failed = fmt.Errorf("hazard %d: %w", i, err)
	log.Emit(sim.Event{At: now, Kind: sim.EvHazardFailed, A: sim.Ref{Kind: sim.KindHazard, ID: int32(i)},
		Text: sim.TextOf(err)})
}

// Trail returns the rolling digest of everything published.
func (h *hazards) Trail() sim.Trail { return h.trail }

// Check holds the hazards' ledgers against their promise.
func (h *hazards) Check(full bool) error {
	if !full {
		return nil
	}
	for i, r := range h.reels {
		if e := r.ledger.Error(); e > 1e-6 {
			return fmt.Errorf("hazard %d: the ledger is off by %.3g of what it handled", i, e)
		}
	}
	return nil
}

// AppendState saves the published layers, and per hazard either its solver or its place in the film.
func (h *hazards) AppendState(e *sim.Encoder) {
	e.Section("hazards")
	e.U64(uint64(h.trail))
	e.Time(h.layers.Published)
	e.U32(uint32(h.layers.Edition))
	e.Len(len(h.pending))
	for _, c := range h.pending {
		c.Append(e)
	}
	e.Len(len(h.reels))
	for _, r := range h.reels {
		r.appendState(e)
	}
	h.appendIssued(e)
}

// LoadState reads what AppendState wrote.
func (h *hazards) LoadState(d *sim.Decoder) {
	d.Section("hazards")
	h.trail = sim.Trail(d.U64())
	if h.layers.Published = d.Time(); h.layers.Published < -1 || h.layers.Published > h.end {
		d.Fail("a publication outside the drill") // what was filmed may have to be computed up to it
	}
	h.layers.Edition = int(d.U32())
	h.pending = h.pending[:0]
	for range d.Len(sim.ChangeSize) {
		var c sim.StructureChange
		c.Load(d)
		if d.Err == nil && !h.refuse(c.Structure, c.Action).Empty() {
			d.Fail("a change of a structure that there is not")
		}
		h.pending = append(h.pending, c)
	}
	if !d.Fixed(len(h.reels), "hazards") {
		return
	}
	for _, r := range h.reels {
		r.loadState(d, h.layers.Published)
	}
	h.loadIssued(d)
}

// fit says whether loaded hazards can be those of a world at the instant now.
func (h *hazards) fit(now sim.Time) bool {
	for _, r := range h.reels {
		if now > r.next {
			return false
		}
	}
	return h.layers.Published < now || now == 0
}

func (h *hazards) close() error {
	var errs []error
	for _, r := range h.reels {
		errs = append(errs, r.close())
	}
	return errors.Join(errs...)
}
