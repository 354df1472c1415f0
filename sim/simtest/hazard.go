package simtest

import (
	"bytes"
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/rng"
)

// Length of the kit's runs, in publications: when the structures are changed, where the state is saved, the end.
const (
	changesAt = 6
	runLength = 24
)

var savedAt = [...]int{0, 1, 5, 6, 7, 17}

// balance is the largest relative error of the ledger that passes.
const balance = 1e-9

// TestHazard checks that a hazard keeps the promises of sim.Hazard: equal runs and equal bits with any number of
// workers, velocities that come after the depth of their water, exact saving and loading, publications that mark what
// they change and nothing else, a balanced ledger, refusals without effect that depend on the story alone, damaged
// states that are reported, and, of a hazard that forecasts, members that begin in the present state and leave no trace
// in it. The spec must be valid on the terrain, and something should happen in its first publications.
func TestHazard(t *testing.T, spec sim.HazardSpec, terrain *sim.Terrain) {
	t.Helper()
	for _, p := range spec.Check(terrain) {
		t.Fatalf("the spec is not valid: %s: %s", p.Path, p.Text.EN)
	}
	k := kit{spec, terrain}
	for _, c := range k.checks() {
		t.Run(c.name, func(t *testing.T) { c.run(t) })
	}
}

// check is one promise of the kit.
type check struct {
	name string
	run  func(reporter)
}

func (k kit) checks() []check {
	return []check{
		{"interval", k.interval}, {"waters", k.waters},
		{"workers", k.workers}, {"publication", k.publication}, {"ledger", k.ledger},
		{"refusal", k.refusal}, {"story", k.story}, {"save", k.save}, {"damage", k.damage},
		{"ahead", k.ahead},
	}
}

// reporter is what the kit needs of a test; the kit's own tests use another one to see what it catches.
type reporter interface {
	Helper()
	Error(args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// kit is a hazard under test.
type kit struct {
	spec    sim.HazardSpec
	terrain *sim.Terrain
}

// run is one hazard with its layers, published up to a number of intervals.
type run struct {
	kit    kit
	hazard sim.Hazard
	layers *sim.Layers
	n      int                   // publications after the first
	past   []sim.StructureChange // changes of structures so far
}

// start makes a hazard and publishes its start.
func (k kit) start(t reporter, workers int) *run {
	t.Helper()
	r := &run{kit: k, hazard: k.build(t, workers), layers: sim.NewLayers(k.terrain)}
	for _, l := range r.hazard.Layers() {
		r.layers.Add(l)
	}
	r.publish(0)
	return r
}

func (k kit) build(t reporter, workers int) sim.Hazard {
	t.Helper()
	structures := k.spec.Structures()
	h, err := k.spec.New(sim.HazardEnv{
		Terrain: k.terrain, Seed: 7, Workers: workers,
		Structure: func(name string) (sim.StructureID, bool) {
			for i, s := range structures {
				if s.Name == name {
					return sim.StructureID(i), true
				}
			}
			return sim.None, false
		},
	})
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return h
}

func (r *run) now() sim.Time { return sim.Time(r.n) * sim.Time(r.hazard.Interval()) }

func (r *run) publish(at sim.Time) {
	r.layers.Begin(at)
	r.hazard.Publish()
}

// advance goes on to publication n, and changes every structure on the way.
func (r *run) advance(t reporter, n int) {
	t.Helper()
	for r.n < n {
		if r.n == changesAt {
			for i, s := range r.kit.spec.Structures() {
				for _, a := range s.Actions[:min(len(s.Actions), 1)] { // some only stand there
					r.change(sim.StructureChange{Structure: sim.StructureID(i), Action: a, Value: ordinary(a)})
				}
			}
		}
		r.n++
		if err := r.hazard.Advance(r.now()); err != nil {
			t.Fatalf("Advance to %v: %v", r.now(), err)
		}
		if herald, ok := r.hazard.(sim.Herald); ok {
			r.past = append(r.past, herald.Told()...)
		}
		r.publish(r.now())
	}
}

// change makes a change now, unless the hazard refuses it.
func (r *run) change(c sim.StructureChange) {
	c.At = r.now()
	if r.hazard.Refuse(c, r.past).Empty() {
		r.hazard.Apply(c)
		r.past = append(r.past, c)
	}
}

// ordinary is a value that most structures accept for an action.
func ordinary(a sim.StructureAction) float64 {
	if a == sim.StructureSetOpening {
		return 50
	}
	return 1
}

func (r *run) state() []byte {
	var e sim.Encoder
	r.hazard.AppendState(&e)
	return e.Buf
}

// digest is a digest of all published values.
func (r *run) digest() sim.Trail {
	var d sim.Trail
	for _, l := range r.layers.All() {
		for _, v := range l.Values {
			d.Mix(uint64(uint32(v)))
		}
	}
	return d
}

func (k kit) interval(t reporter) {
	h := k.build(t, 1)
	if fault := sim.IntervalFault(h.Interval()); !fault.Empty() {
		t.Error(fault.EN)
	}
	for i, l := range h.Layers() {
		for _, v := range l.Values {
			if v != 0 {
				t.Fatalf("layer %d is not zero before the first publication", i)
			}
		}
	}
}

// waters wants every layer of velocity to belong to a water.
func (k kit) waters(t reporter) {
	ls, loose := sim.NewLayers(k.terrain), 0
	for _, l := range k.build(t, 1).Layers() {
		if ls.Add(l); l.Key.Quantity == sim.QVelocityX || l.Key.Quantity == sim.QVelocityY {
			loose++
		}
	}
	for _, b := range ls.Bodies() {
		for _, l := range [...]*sim.Layer{b.VX, b.VY} {
			if l != nil {
				loose--
			}
		}
	}
	if loose > 0 {
		t.Errorf("%d layers of velocity come before their depth, or lie on another grid", loose)
	}
}

// workers compares runs with several numbers of workers, and two with the same.
func (k kit) workers(t reporter) {
	first := k.start(t, 1)
	others := []*run{k.start(t, 1), k.start(t, 2), k.start(t, 7)}
	counts := []int{1, 2, 7}
	moved := false
	for n := 1; n <= runLength; n++ {
		before := first.digest()
		first.advance(t, n)
		moved = moved || first.digest() != before
		for i, o := range others {
			o.advance(t, n)
			if o.digest() != first.digest() {
				t.Fatalf("publication %d: other layers with %d workers", n, counts[i])
			}
			if !bytes.Equal(o.state(), first.state()) {
				t.Fatalf("publication %d: another state with %d workers", n, counts[i])
			}
		}
	}
	if !moved {
		t.Error("nothing changed in the whole run: the spec tests nothing")
	}
}

// publication checks that a second Publish changes nothing and that the marks are right.
func (k kit) publication(t reporter) {
	r := k.start(t, 1)
	var before [][]int32
	for _, l := range r.layers.All() {
		before = append(before, append([]int32(nil), l.Values...))
	}
	for n := 1; n <= runLength; n++ {
		r.advance(t, n)
		for i, l := range r.layers.All() {
			changed := make([]bool, len(l.Dirty))
			for c, v := range l.Values {
				if v != before[i][c] {
					changed[l.Tile(c)] = true
				}
			}
			for tile, dirty := range l.Dirty {
				if dirty != changed[tile] {
					t.Fatalf("publication %d: layer %d, tile %d: marked %v, changed %v", n, i, tile, dirty, changed[tile])
				}
			}
			copy(before[i], l.Values)
		}
		r.again(t, n)
	}
}

// again publishes the same state once more.
func (r *run) again(t reporter, n int) {
	t.Helper()
	digest := r.digest()
	r.publish(r.now())
	if r.digest() != digest {
		t.Fatalf("publication %d: the same state published twice gives other layers", n)
	}
	for i, l := range r.layers.All() {
		for tile, dirty := range l.Dirty {
			if dirty {
				t.Fatalf("publication %d: layer %d: tile %d marked without a change", n, i, tile)
			}
		}
	}
}

func (k kit) ledger(t reporter) {
	r := k.start(t, 1)
	for n := 0; n <= runLength; n++ {
		r.advance(t, n)
		l := r.hazard.Ledger()
		if e := l.Error(); !(e < balance) {
			t.Fatalf("publication %d: relative imbalance %g: %+v", n, e, l)
		}
	}
	if r.hazard.Ledger().Unit == "" {
		t.Error("the ledger has no unit")
	}
}

// impossible are changes of which no hazard can take the first two, and few the others.
func (k kit) impossible() []sim.StructureChange {
	n := sim.StructureID(len(k.spec.Structures()))
	changes := []sim.StructureChange{
		{Structure: n, Action: sim.StructureBreach},
		{Structure: sim.None, Action: sim.StructureSetOpening, Value: 50},
	}
	for id := range n {
		for action := sim.StructureSetOpening; action <= sim.StructureWait+1; action++ {
			for _, v := range []float64{-5, 7, 105, math.NaN(), math.Inf(1)} {
				changes = append(changes, sim.StructureChange{Structure: id, Action: action, Value: v})
			}
		}
	}
	return changes
}

// refusal asks for changes that no hazard can take. To ask must leave no trace.
func (k kit) refusal(t reporter) {
	r := k.start(t, 1)
	r.advance(t, 3)
	refused, changes := 0, k.impossible()
	for _, c := range changes {
		c.At = r.now()
		before := r.state()
		if why := r.hazard.Refuse(c, r.past); !why.Empty() {
			refused++
			if why.ZH == "" || why.EN == "" {
				t.Fatalf("%+v was refused in one language alone: %+v", c, why)
			}
		}
		if !bytes.Equal(before, r.state()) {
			t.Fatalf("to ask whether %+v is refused changed the state", c)
		}
	}
	if refused < 2 {
		t.Errorf("%d of %d impossible changes were refused", refused, len(changes))
	}
}

// story asks a hazard that has run, and a new one that is told the same past: the answers must be the same, for while
// a film is shown the solver stands at another instant.
func (k kit) story(t reporter) {
	r, idle := k.start(t, 1), k.build(t, 1)
	for n := 1; n <= runLength; n++ {
		r.advance(t, n)
		changes := k.impossible()
		for i, s := range k.spec.Structures() {
			for _, a := range s.Actions {
				changes = append(changes, sim.StructureChange{Structure: sim.StructureID(i), Action: a, Value: ordinary(a)})
			}
		}
		for _, c := range changes {
			c.At = r.now()
			if ran, stands := r.hazard.Refuse(c, r.past), idle.Refuse(c, r.past); ran != stands {
				t.Fatalf("publication %d: %+v is answered with %q by a hazard that has run and with %q by one that has not",
					n, c, ran, stands)
			}
		}
	}
}

// save loads the state of several instants into a new hazard, which must go on with the same bits.
func (k kit) save(t reporter) {
	for _, at := range savedAt {
		r := k.start(t, 1)
		r.advance(t, at)
		saved := r.state()
		o := k.start(t, 2)
		o.advance(t, at/2) // what it did before must not matter
		d := sim.Decoder{Buf: saved}
		o.hazard.LoadState(&d)
		if d.Err != nil || len(d.Buf) != 0 {
			t.Fatalf("state of publication %d: %v, %d bytes left", at, d.Err, len(d.Buf))
		}
		if !bytes.Equal(o.state(), saved) {
			t.Fatalf("state of publication %d: other bytes after loading", at)
		}
		o.n = at
		o.publish(o.now())
		for n := at; n <= min(at+8, runLength); n++ {
			r.advance(t, n)
			o.advance(t, n)
			if o.digest() != r.digest() {
				t.Fatalf("loaded at %d: other layers at %d", at, n)
			}
			if !bytes.Equal(o.state(), r.state()) {
				t.Fatalf("loaded at %d: another state at %d", at, n)
			}
		}
	}
}

// damage loads states that are cut short or changed. None may panic, and what is cut short must be noticed.
func (k kit) damage(t reporter) {
	r := k.start(t, 1)
	r.advance(t, changesAt+1)
	saved := r.state()
	o := k.build(t, 1)
	load := func(b []byte) error {
		d := sim.Decoder{Buf: b}
		o.LoadState(&d)
		return d.Err
	}
	draw := rng.New(1, "simtest.damage")
	for n := range uint32(60) {
		if cut := draw.IntN(len(saved), 0, 0, n); load(saved[:cut]) == nil {
			t.Fatalf("a state of %d bytes cut to %d was taken", len(saved), cut)
		}
		garbage := make([]byte, 1+draw.IntN(2*len(saved), 0, 1, n))
		for i := range garbage {
			garbage[i] = byte(draw.Uint64(uint64(i), 2, n))
		}
		if load(garbage) == nil {
			t.Fatalf("%d random bytes were taken for a state", len(garbage))
		}
		b := bytes.Clone(saved)
		for i := range uint32(1 + n%5) {
			b[draw.IntN(len(b), uint64(i), 3, n)] ^= 1 << draw.IntN(8, uint64(i), 4, n)
		}
		_ = load(b) // a changed number may still be a number
	}
	if err := load(saved); err != nil {
		t.Errorf("the undamaged state after all the damaged ones: %v", err)
	}
}
