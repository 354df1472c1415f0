package engine

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// basin is a hazard with one gate: in every block the water in each cell moves by a rule that depends on all that
// was before, so that any lost or doubled step shows. The gate cannot be closed a second time while it is stuck.
type basin struct {
	spec   basinSpec
	id     sim.StructureID
	grid   geo.Grid
	layer  *sim.Layer
	now    sim.Time
	gate   float64
	level  []uint64
	broken bool
	steps  int // what the solver has cost; no part of the state
}

type basinSpec struct {
	Cells int
	Every sim.Duration
	Name  string // of the gate
	Sees  int    // members of its forecasts; 0 for none
}

func (basinSpec) Version() string                   { return "basin-1" }
func (s basinSpec) Structures() []sim.StructureSpec { return []sim.StructureSpec{s.structure()} }
func (basinSpec) Check(*sim.Terrain) []sim.Problem  { return nil }
func (s basinSpec) New(env sim.HazardEnv) (sim.Hazard, error) {
	id, _ := env.Structure(s.Name)
	g := geo.Grid{NX: s.Cells, NY: 20, Cell: 10}
	return &basin{spec: s, id: id, grid: g, layer: sim.NewLayer(sim.LayerKey{}, g), level: make([]uint64, g.Len())}, nil
}

func (s basinSpec) structure() sim.StructureSpec {
	return sim.StructureSpec{Name: s.Name, Actions: []sim.StructureAction{sim.StructureSetOpening}}
}

func (b *basin) Interval() sim.Duration { return b.spec.Every }
func (b *basin) Layers() []*sim.Layer   { return []*sim.Layer{b.layer} }
func (b *basin) Ledger() sim.Ledger {
	return sim.Ledger{Unit: "m3", In: float64(b.now), Stored: float64(b.now)}
}

func (b *basin) Advance(to sim.Time) error {
	if b.broken {
		return errors.New("cell 3: the depth is not a number")
	}
	if to != b.now.Add(b.Interval()) {
		return fmt.Errorf("advanced from %v to %v", b.now, to)
	}
	b.now = to
	b.steps++
	for c := range b.level {
		b.level[c] = b.level[c]*6364136223846793005 + uint64(c) + uint64(b.gate)
	}
	return nil
}

// Outlook is such that issues fall together with many of the orders of the tests.
func (s basinSpec) Outlook() sim.Outlook {
	return sim.Outlook{First: 3 * s.Every, Every: 8 * s.Every, Lead: 4 * s.Every, Step: 2 * s.Every, Members: s.Sees,
		Delay: 5 * sim.Second}
}

func (b *basin) Outlook() sim.Outlook { return b.spec.Outlook() }

// Ahead has every member and issue go another way.
func (b *basin) Ahead(issue, member int) (sim.Hazard, error) {
	o := *b
	o.layer, o.level = sim.NewLayer(sim.LayerKey{}, b.grid), slices.Clone(b.level)
	o.gate += float64(100*issue + member)
	return &o, nil
}

func (b *basin) Publish() {
	for c, v := range b.level {
		if c%7 == 0 {
			b.layer.Set(c, int32(v>>50)+1)
		}
	}
}

// Refuse: nothing can be done to a gate in the half minute after it has stuck.
func (b *basin) Refuse(c sim.StructureChange, past []sim.StructureChange) sim.Text {
	if c.Value < 0 {
		return sim.Said("a gate cannot be opened by less than nothing")
	}
	for _, p := range past {
		if p.Action == sim.StructureSwitch && c.At.Sub(p.At) <= 30*sim.Second {
			return sim.Said("the gate is stuck")
		}
	}
	return sim.Text{}
}

func (b *basin) Apply(c sim.StructureChange) { b.gate += c.Value }

// Told has the gate stick about once every seven minutes, so that films must carry what hazards tell.
func (b *basin) Told() []sim.StructureChange {
	if b.now%sim.Time(7*sim.Minute) >= sim.Time(b.Interval()) {
		return nil
	}
	return []sim.StructureChange{{At: b.now, Structure: b.id, Action: sim.StructureSwitch, Value: b.gate}}
}

func (b *basin) AppendState(e *sim.Encoder) {
	e.Time(b.now)
	e.F64(b.gate)
	for _, v := range b.level {
		e.U64(v)
	}
}

func (b *basin) LoadState(d *sim.Decoder) {
	b.now, b.gate = d.Time(), d.F64()
	for c := range b.level {
		b.level[c] = d.U64()
	}
}

// shelf is a FilmStore in memory. A film on it may be cut short, as an interrupted run leaves it.
type shelf struct {
	films map[sim.FilmKey][]sim.FilmRecord
	cut   int // at most so many records are kept; 0 for all
	opens int
}

type shelfReader struct{ recs []sim.FilmRecord }

func (r shelfReader) Name() string { return "shelf/1.film" }
func (r shelfReader) Len() int     { return len(r.recs) }
func (r shelfReader) Close() error { return nil }
func (r shelfReader) Record(i int) (sim.FilmRecord, error) {
	if i >= len(r.recs) {
		return sim.FilmRecord{}, io.EOF
	}
	return r.recs[i], nil
}

type shelfWriter struct {
	s    *shelf
	key  sim.FilmKey
	recs []sim.FilmRecord
}

func (w *shelfWriter) Append(r sim.FilmRecord) error {
	r.Frame, r.Told = slices.Clone(r.Frame), slices.Clone(r.Told)
	w.recs = append(w.recs, r)
	return nil
}

func (w *shelfWriter) Close() error {
	if w.s.cut > 0 && len(w.recs) > w.s.cut {
		w.recs = w.recs[:w.s.cut]
	}
	w.s.films[w.key] = w.recs
	return nil
}

func (s *shelf) Open(key sim.FilmKey) sim.FilmReader {
	if recs := s.films[key]; len(recs) > 0 {
		s.opens++
		return shelfReader{recs}
	}
	return nil
}

func (s *shelf) Create(key sim.FilmKey) sim.FilmWriter { return &shelfWriter{s: s, key: key} }

// stage plays reels alone.
type stage struct {
	h      *hazards
	ports  sim.Ports
	log    sim.Log
	now    sim.Time
	traces []sim.Trail
}

// newStage makes one basin with a gate for each interval.
func newStage(t interface{ Fatal(...any) }, films sim.FilmStore, every ...sim.Duration) *stage {
	grid := geo.Grid{NX: 40, NY: 20, Cell: 10}
	layers := sim.NewLayers(&sim.Terrain{Grid: grid, Bed: make([]int32, grid.Len())})
	sc := &scenario.Scenario{Gauges: make([]scenario.Gauge, 2), Zones: make([]scenario.Zone, 1), Terrain: *layers.Ground}
	sites := &scenario.Sites{Gauge: []int32{7, 70}, Zone: []scenario.ZoneSites{{Buildings: []sim.BuildingID{0}}},
		Building: []scenario.BuildingSite{{Cell: 14}}}
	s := &stage{h: &hazards{layers: layers, end: sim.Time(2 * sim.Hour), watch: &watch{sc: sc, sites: sites}}}
	env := sim.HazardEnv{Terrain: layers.Ground, Structure: func(name string) (sim.StructureID, bool) {
		return sim.StructureID(name[0] - 'a'), true
	}}
	for i, d := range every {
		spec := basinSpec{40, d, string(rune('a' + i)), 2}
		r, err := newReel(spec, env, films, s.h.watch.key(i))
		if err != nil {
			t.Fatal(err)
		}
		s.h.reels = append(s.h.reels, r)
		s.h.owners = append(s.h.owners, structureOwner{i, spec.structure()})
		layers.Add(r.layers[0])
	}
	return s
}

func (s *stage) basin(i int) *basin { return s.h.reels[i].hazard.(*basin) }

// gateOrder opens a gate by so much.
type gateOrder struct {
	gate sim.StructureID
	by   float64
}

// story is what is ordered at which tick.
type story map[sim.Time][]gateOrder

// play runs up to an instant.
func (s *stage) play(until sim.Time, orders story) {
	for s.now < until && s.h.failed == nil {
		for _, o := range orders[s.now] {
			s.ports.Structures.Post(s.now, int32(o.gate), sim.StructureMessage{Structure: o.gate, Value: o.by})
		}
		s.h.step(s.now, &s.ports, &s.log)
		s.traces = append(s.traces, s.h.trail)
		s.now = s.now.Add(sim.Tick)
	}
}

func drawOrders(t *rapid.T, span sim.Duration, gates int) story {
	orders := make(story)
	for range rapid.IntRange(0, 4).Draw(t, "orders") {
		at := sim.Time(rapid.Int64Range(0, int64(span/sim.Second)-1).Draw(t, "at")) * sim.Time(sim.Second)
		gate := rapid.IntRange(0, gates-1).Draw(t, "gate")
		orders[at] = append(orders[at], gateOrder{sim.StructureID(gate), rapid.Float64Range(-1, 3).Draw(t, "by")})
	}
	return orders
}

// drawEvery draws the intervals of one or two hazards; only some divide half an hour, and one of them a minute.
func drawEvery(t *rapid.T) []sim.Duration {
	one := rapid.SampledFrom([]sim.Duration{30 * sim.Second, 30 * sim.Second, 7 * sim.Second, 11 * sim.Second,
		12 * sim.Second, 29 * sim.Second})
	return rapid.SliceOfN(one, 1, 2).Draw(t, "every")
}

// The heart of the film: whatever is filmed, cut short or missing, and whatever is ordered, the layers are the same.
func TestFilmedEqualsSolved(t *testing.T) {
	const span = 100 * sim.Minute
	rapid.Check(t, func(t *rapid.T) {
		films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
		every := drawEvery(t)
		stories := []story{drawOrders(t, span, len(every)), drawOrders(t, span, len(every))}
		for round := range 5 {
			orders := stories[round%2]
			films.cut = rapid.IntRange(0, 600).Draw(t, "cut")
			plain := newStage(t, nil, every...)
			plain.play(sim.Time(span), orders)
			filmed := newStage(t, films, every...)
			filmed.play(sim.Time(span), orders)
			if plain.h.failed != nil || filmed.h.failed != nil {
				t.Fatalf("failed: %v, %v", plain.h.failed, filmed.h.failed)
			}
			if k := firstDifference(plain.traces, filmed.traces); k >= 0 {
				t.Fatalf("round %d: tick %d differs", round, k)
			}
			if !bytes.Equal(plain.forecasts(), filmed.forecasts()) {
				t.Fatalf("round %d: other forecasts", round)
			}
			if err := filmed.h.close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// forecasts are all that were issued, as they are saved.
func (s *stage) forecasts() []byte {
	var e sim.Encoder
	s.h.appendIssued(&e)
	return e.Buf
}

func firstDifference(a, b []sim.Trail) int {
	for k := range a {
		if k >= len(b) || a[k] != b[k] {
			return k
		}
	}
	return -1
}

// Saving at any moment, filmed or live, and going on with or without the films gives the same layers.
func TestReelSaveAndLoad(t *testing.T) {
	const span = 80 * sim.Minute
	rapid.Check(t, func(t *rapid.T) {
		films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
		every := drawEvery(t)
		orders := drawOrders(t, span, len(every))
		whole := newStage(t, films, every...)
		whole.play(sim.Time(span), orders)
		if rapid.Bool().Draw(t, "closed") {
			films.cut = rapid.IntRange(0, 600).Draw(t, "cut short")
			_ = whole.h.close()
		}
		var store sim.FilmStore
		if rapid.Bool().Draw(t, "films") {
			store = films
		}
		cut := sim.Time(rapid.Int64Range(0, int64(span/sim.Second)).Draw(t, "cut")) * sim.Time(sim.Second)
		first := newStage(t, store, every...)
		first.play(cut, orders)
		var e sim.Encoder
		first.h.AppendState(&e)
		if rapid.Bool().Draw(t, "films changed") {
			store = rapid.SampledFrom([]sim.FilmStore{nil, films}).Draw(t, "to")
		}
		second := newStage(t, store, every...)
		d := sim.Decoder{Buf: e.Buf}
		if second.h.LoadState(&d); d.Err != nil || len(d.Buf) > 0 {
			t.Fatalf("load: %v, %d bytes left", d.Err, len(d.Buf))
		}
		second.now, second.traces, second.ports = cut, first.traces, first.ports
		second.play(sim.Time(span), orders)
		if k := firstDifference(whole.traces, second.traces); k >= 0 || second.h.failed != nil {
			t.Fatalf("saved at %v: tick %d differs (%v)", cut, k, second.h.failed)
		}
		if !bytes.Equal(whole.forecasts(), second.forecasts()) {
			t.Fatalf("saved at %v: other forecasts", cut)
		}
	})
}

func TestFilmIsUsed(t *testing.T) {
	films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
	a := newStage(t, films, 30*sim.Second)
	a.play(sim.Time(sim.Hour), nil)
	if !a.h.reels[0].live || a.h.close() != nil || len(films.films) != 1 {
		t.Fatalf("the first run must solve and leave one film; live %v, %d films", a.h.reels[0].live, len(films.films))
	}
	b := newStage(t, films, 30*sim.Second)
	b.play(sim.Time(sim.Hour), nil)
	if b.h.reels[0].live || films.opens != 1 {
		t.Errorf("the second run must play the film; live %v, opened %d", b.h.reels[0].live, films.opens)
	}
	if b.h.reels[0].ledger.In == 0 {
		t.Error("the film does not give the ledger")
	}
}

// What is refused costs nothing: the film plays on, and the solver stands. A change that has a film of its own costs
// nothing either, and one that has none costs the way from the film's last state.
func TestWhatAChangeCosts(t *testing.T) {
	const span, at = 100 * sim.Minute, sim.Time(95*sim.Minute + 3*sim.Second)
	every := []sim.Duration{7 * sim.Second, 30 * sim.Second}
	films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
	run := func(store sim.FilmStore, orders story) *stage {
		s := newStage(t, store, every...)
		s.play(sim.Time(span), orders)
		if s.h.failed != nil || s.h.close() != nil {
			t.Fatal(s.h.failed)
		}
		return s
	}
	run(films, nil)
	refused := story{at: {{0, -0.5}, {1, -0.5}}}
	opened := story{at: {{0, 2}, {1, 2}}}
	for _, c := range []struct {
		name   string
		orders story
		most   [2]int // steps of each solver
	}{
		{"refused", refused, [2]int{0, 0}},
		// Half an hour back at the most, and five minutes on.
		{"a new one", opened, [2]int{257 + 43, 60 + 10}},
		{"a known one", opened, [2]int{0, 0}},
	} {
		s := run(films, c.orders)
		if k := firstDifference(run(nil, c.orders).traces, s.traces); k >= 0 {
			t.Errorf("%s: tick %d differs from the solved run", c.name, k)
		}
		for i, most := range c.most {
			if n := s.basin(i).steps; n > most || most > 0 && n == 0 {
				t.Errorf("%s, every %v: the solver made %d steps; want at most %d", c.name, every[i], n, most)
			}
		}
		rejected := 0
		for _, e := range s.log.Events {
			if e.Kind == sim.EvRejected {
				rejected++
			}
		}
		if want := map[string]int{"refused": 2}[c.name]; rejected != want {
			t.Errorf("%s: %d changes were rejected; want %d", c.name, rejected, want)
		}
	}
}

// A film that is whole but shows other water than the run's own is an error that names the film and what to do.
func TestFilmOfOtherWater(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func([]sim.FilmRecord)
		want  string
	}{
		{"other water", func(film []sim.FilmRecord) {
			other := newStage(t, nil, 30*sim.Second)
			other.basin(0).gate = 9
			digest := film[0].Digest
			for k := 1; k < len(film); k++ {
				other.play(sim.Time(k+1)*sim.Time(30*sim.Second), nil)
				film[k].Frame = slices.Clone(other.h.reels[0].frame.buf)
				digest = frameDigest(digest, film[k].Frame)
				film[k].Digest = digest
			}
		}, "shows other layers than the solver computes"},
		{"other shape", func(film []sim.FilmRecord) {
			film[5].Frame = []byte{200, 0}
			film[5].Digest = frameDigest(film[4].Digest, film[5].Frame)
		}, "holds layers of another shape"},
	} {
		films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
		a := newStage(t, films, 30*sim.Second)
		a.play(sim.Time(10*sim.Minute), nil)
		_ = a.h.close()
		for _, film := range films.films {
			c.spoil(film)
		}
		before := len(films.films)
		b := newStage(t, films, 30*sim.Second)
		b.play(sim.Time(20*sim.Minute), nil)
		err := b.h.failed
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "shelf/1.film") ||
			!strings.Contains(err.Error(), "delete it") {
			t.Errorf("%s: %v; want %q, the film's name and what to do", c.name, err, c.want)
		}
		if _ = b.h.close(); len(films.films) != before {
			t.Errorf("%s: it was filmed on", c.name)
		}
	}
}

// A film of the story that a change begins, which takes up from other water than there is, is made anew and stops nothing.
func TestFilmThatTakesUpElsewhere(t *testing.T) {
	orders := story{sim.Time(5 * sim.Minute): {{0, 2}}}
	record := func(gate float64) (*shelf, sim.Trail) {
		films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
		s := newStage(t, films, 30*sim.Second)
		s.basin(0).gate = gate
		s.play(sim.Time(10*sim.Minute), orders)
		_ = s.h.close()
		return films, s.h.trail
	}
	films, want := record(0)
	other, _ := record(9)
	for key, film := range other.films {
		if film[0].At > 0 {
			films.films[key] = film
		}
	}
	for range 2 {
		s := newStage(t, films, 30*sim.Second)
		if s.play(sim.Time(10*sim.Minute), orders); s.h.failed != nil || s.h.trail != want {
			t.Errorf("failed %v; want the story as it was", s.h.failed)
		}
		_ = s.h.close()
	}
	s := newStage(t, films, 30*sim.Second)
	if s.play(sim.Time(10*sim.Minute), orders); s.basin(0).steps != 0 {
		t.Errorf("%d steps of the solver; want the film that was made anew", s.basin(0).steps)
	}
}

// The interval of a hazard must suit the engine's ticks.
func TestIntervalsThatDoNotWork(t *testing.T) {
	for _, d := range []sim.Duration{0, -sim.Second, 1500 * sim.Millisecond, 31 * sim.Second} {
		env := sim.HazardEnv{Terrain: &sim.Terrain{}, Structure: func(string) (sim.StructureID, bool) { return 0, true }}
		_, err := newReel(basinSpec{2, d, "a", 0}, env, nil, nil)
		if err == nil || !strings.Contains(err.Error(), "want whole seconds, from 1 to 30") {
			t.Errorf("every %v: %v; want an error that says what works", d, err)
		}
	}
}

// A saved state whose changes of structures cannot have been made is reported.
func TestSavedChangesAreChecked(t *testing.T) {
	a := newStage(t, nil, 30*sim.Second)
	a.play(sim.Time(sim.Minute), story{0: {{0, 1}}})
	a.h.reels[0].past[0].Value = -7
	var e sim.Encoder
	a.h.AppendState(&e)
	d := sim.Decoder{Buf: e.Buf}
	if newStage(t, nil, 30*sim.Second).h.LoadState(&d); d.Err == nil || !strings.Contains(d.Err.Error(), "less than nothing") {
		t.Errorf("%v; want that the change cannot have been made", d.Err)
	}
}

// A state that was saved while the water was solved and filmed goes on with the film once there is one: to look at a
// moment of the run that made the film costs no water.
func TestSavedLivePlaysTheFilm(t *testing.T) {
	films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
	a := newStage(t, films, 30*sim.Second)
	a.play(sim.Time(40*sim.Minute), nil)
	var e sim.Encoder
	a.h.AppendState(&e)
	a.play(sim.Time(sim.Hour), nil)
	_ = a.h.close()
	b := newStage(t, films, 30*sim.Second)
	d := sim.Decoder{Buf: e.Buf}
	if b.h.LoadState(&d); d.Err != nil {
		t.Fatal(d.Err)
	}
	b.now = sim.Time(40 * sim.Minute)
	b.play(sim.Time(sim.Hour), nil)
	if b.h.trail != a.h.trail || b.basin(0).steps != 0 {
		t.Errorf("%d steps of the solver, the same trail: %v; want none, and the same", b.basin(0).steps, b.h.trail == a.h.trail)
	}
}

// A state that was saved while the water was solved goes on solving it when the film that there is by now shows other
// water.
func TestSavedLiveLeavesAFilmOfOtherWater(t *testing.T) {
	films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
	other := newStage(t, films, 30*sim.Second)
	other.basin(0).gate = 9
	other.play(sim.Time(10*sim.Minute), nil)
	_ = other.h.close()
	a := newStage(t, nil, 30*sim.Second)
	a.play(sim.Time(5*sim.Minute), nil)
	var e sim.Encoder
	a.h.AppendState(&e)
	b := newStage(t, films, 30*sim.Second)
	d := sim.Decoder{Buf: e.Buf}
	if b.h.LoadState(&d); d.Err != nil {
		t.Fatal(d.Err)
	}
	b.now = a.now
	a.play(sim.Time(10*sim.Minute), nil)
	if b.play(sim.Time(10*sim.Minute), nil); b.h.failed != nil || b.h.trail != a.h.trail {
		t.Errorf("failed %v; want the story as it was", b.h.failed)
	}
}

// A film whose first record is damaged is made anew.
func TestDamagedFirstRecord(t *testing.T) {
	films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
	a := newStage(t, films, 30*sim.Second)
	a.play(sim.Time(10*sim.Minute), nil)
	_ = a.h.close()
	for key := range films.films {
		films.films[key][0].Digest++
	}
	b := newStage(t, films, 30*sim.Second)
	b.play(sim.Time(10*sim.Minute), nil)
	_ = b.h.close()
	c := newStage(t, films, 30*sim.Second)
	c.play(sim.Time(10*sim.Minute), nil)
	if firstDifference(a.traces, b.traces) >= 0 || firstDifference(a.traces, c.traces) >= 0 || c.h.reels[0].live {
		t.Errorf("the third run must play a whole film again; live %v", c.h.reels[0].live)
	}
}

func TestBrokenHazardStopsTheRun(t *testing.T) {
	s := newStage(t, nil, 30*sim.Second)
	s.play(sim.Time(10*sim.Minute), nil)
	s.basin(0).broken = true
	s.play(sim.Time(11*sim.Minute), nil)
	if n := len(s.log.Events); s.h.failed == nil || n == 0 || s.log.Events[n-1].Kind != sim.EvHazardFailed {
		t.Errorf("failed %v, events %v; want a hazard-failed event", s.h.failed, s.log.Events)
	}
}

// Whatever bytes are loaded, live ones and filmed ones: no panic and no endless computing.
func FuzzHazards(f *testing.F) {
	films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
	every := []sim.Duration{30 * sim.Second, 7 * sim.Second}
	for range 2 {
		s := newStage(f, films, every...)
		s.play(sim.Time(10*sim.Minute), story{sim.Time(sim.Minute): {{0, 1}, {1, 2}}})
		s.ports.Structures.Post(s.now, 1, sim.StructureMessage{Structure: 1, Value: 3})
		s.h.step(s.now, &s.ports, &s.log)
		var e sim.Encoder
		s.h.AppendState(&e)
		f.Add(e.Buf)
		_ = s.h.close()
	}
	f.Fuzz(func(t *testing.T, state []byte) {
		s := newStage(t, films, every...)
		d := sim.Decoder{Buf: state}
		s.h.LoadState(&d)
		_ = s.h.close()
	})
}

func FuzzFrame(f *testing.F) {
	f.Add([]byte{1, 2, 0, 10, 0})
	f.Add([]byte{0})
	f.Fuzz(func(_ *testing.T, frame []byte) {
		l := sim.NewLayer(sim.LayerKey{}, geo.Grid{NX: 37, NY: 21, Cell: 1})
		c := newFrameCoder([]*sim.Layer{l})
		c.apply(frame)
		var d sim.Decoder
		d.Buf = frame
		loadValues(&d, l.Values)
	})
}

func TestFrameRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		grid := geo.Grid{NX: rapid.IntRange(1, 40).Draw(t, "nx"), NY: rapid.IntRange(1, 40).Draw(t, "ny"), Cell: 1}
		a := []*sim.Layer{sim.NewLayer(sim.LayerKey{}, grid), sim.NewLayer(sim.LayerKey{Quantity: sim.QVelocityX}, grid)}
		b := []*sim.Layer{sim.NewLayer(sim.LayerKey{}, grid), sim.NewLayer(sim.LayerKey{Quantity: sim.QVelocityX}, grid)}
		write, read := newFrameCoder(a), newFrameCoder(b)
		for range 5 {
			for _, l := range a {
				l.Dirty = make([]bool, len(l.Dirty))
				for range rapid.IntRange(0, 30).Draw(t, "n") {
					l.Set(rapid.IntRange(0, grid.Len()-1).Draw(t, "cell"), rapid.Int32().Draw(t, "v"))
				}
			}
			if !read.apply(write.encode()) {
				t.Fatal("a frame that was just written cannot be read")
			}
			for i := range a {
				if !slices.Equal(a[i].Values, b[i].Values) {
					t.Fatalf("layer %d differs", i)
				}
			}
		}
		var e sim.Encoder
		appendValues(&e, a[0].Values)
		d := sim.Decoder{Buf: e.Buf}
		got := make([]int32, grid.Len())
		if loadValues(&d, got); d.Err != nil || !slices.Equal(got, a[0].Values) {
			t.Fatalf("values saved and loaded differ: %v", d.Err)
		}
	})
}

// A film is of one numbering of the structures and of one place among the hazards: changes and forecasts name them so.
func TestFilmsOfOtherNumbers(t *testing.T) {
	grid := geo.Grid{NX: 40, NY: 20, Cell: 10}
	sc, sites := &scenario.Scenario{}, &scenario.Sites{}
	w := &watch{sc: sc, sites: sites}
	key := func(first sim.StructureID, hazard int) sim.FilmKey {
		env := sim.HazardEnv{Terrain: &sim.Terrain{Grid: grid, Bed: make([]int32, grid.Len())},
			Structure: func(string) (sim.StructureID, bool) { return first, true }}
		r, err := newReel(basinSpec{40, 30 * sim.Second, "a", 2}, env, nil, w.key(hazard))
		if err != nil {
			t.Fatal(err)
		}
		return r.key()
	}
	if again := key(0, 0); key(0, 0) != again || again == key(1, 0) || key(0, 0) == key(0, 1) {
		t.Error("one film for different numbers of structures or hazards")
	}
}

// What an event tells of a change is the change that was made: from it the water is played again.
func TestToldChangeIsTheChange(t *testing.T) {
	s := newStage(t, nil, 30*sim.Second)
	s.ports.Structures.Post(0, 0, sim.StructureMessage{Value: 2, Over: 90*sim.Second + 500*sim.Millisecond})
	s.play(sim.Time(sim.Second), nil)
	past := s.h.reels[0].past
	for _, e := range s.log.Events {
		if c, ok := ChangeOf(&e); ok && len(past) == 1 && c == past[0] {
			return
		}
	}
	t.Errorf("made %+v, told %+v", past, s.log.Events)
}
