package engine

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// basin is a hazard with one gate: every half minute the water in each cell moves by a rule that depends on all that
// was before, so that any lost or doubled step shows.
type basin struct {
	grid   geo.Grid
	layer  *sim.Layer
	now    sim.Time
	gate   float64
	level  []uint64
	broken bool
}

type basinSpec struct{ Cells int }

func (basinSpec) Version() string                  { return "basin-1" }
func (basinSpec) Structures() []sim.StructureSpec  { return []sim.StructureSpec{{Name: "gate"}} }
func (basinSpec) Check(*sim.Terrain) []sim.Problem { return nil }
func (s basinSpec) New(sim.HazardEnv) (sim.Hazard, error) {
	g := geo.Grid{NX: s.Cells, NY: 20, Cell: 10}
	return &basin{grid: g, layer: sim.NewLayer(sim.LayerKey{}, g), level: make([]uint64, g.Len())}, nil
}

func (b *basin) Interval() sim.Duration { return 30 * sim.Second }
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
	for c := range b.level {
		b.level[c] = b.level[c]*6364136223846793005 + uint64(c) + uint64(b.gate)
	}
	return nil
}

func (b *basin) Publish() {
	for c, v := range b.level {
		if c%7 == 0 {
			b.layer.Set(c, int32(v>>50))
		}
	}
}

func (b *basin) Apply(c sim.StructureChange) sim.Text {
	if c.Value < 0 {
		return sim.Said("a gate cannot be opened by less than nothing")
	}
	b.gate += c.Value
	return sim.Text{}
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

// stage plays a reel alone.
type stage struct {
	h      *hazards
	ports  sim.Ports
	log    sim.Log
	now    sim.Time
	traces []sim.Trail
}

// Told has the gate stick once every seven minutes, so that films must carry what hazards tell.
func (b *basin) Told() []sim.StructureChange {
	if b.now%sim.Time(7*sim.Minute) != 0 {
		return nil
	}
	return []sim.StructureChange{{At: b.now, Value: b.gate}}
}

func newStage(t interface{ Fatal(...any) }, films sim.FilmStore) *stage {
	layers := sim.NewLayers(&sim.Terrain{})
	s := &stage{h: &hazards{layers: layers}}
	r, err := newReel(0, basinSpec{40}, sim.HazardEnv{Terrain: layers.Ground}, films)
	if err != nil {
		t.Fatal(err)
	}
	s.h.reels = []*reel{r}
	s.h.owners = []structureOwner{{0, sim.StructureSpec{Name: "gate",
		Actions: []sim.StructureAction{sim.StructureSetOpening}}}}
	layers.Add(r.layers[0])
	return s
}

// play runs up to an instant with gate orders at given ticks.
func (s *stage) play(until sim.Time, orders map[sim.Time][]float64) {
	for s.now < until {
		for _, v := range orders[s.now] {
			s.ports.Structures.Post(s.now, 0, sim.StructureMessage{Value: v})
		}
		s.h.step(s.now, &s.ports, &s.log)
		if s.now%sim.Time(30*sim.Second) == 0 {
			s.traces = append(s.traces, s.h.trail)
		}
		s.now = s.now.Add(sim.Tick)
	}
}

func drawOrders(t *rapid.T, span sim.Duration) map[sim.Time][]float64 {
	orders := make(map[sim.Time][]float64)
	for range rapid.IntRange(0, 4).Draw(t, "orders") {
		at := sim.Time(rapid.Int64Range(0, int64(span/sim.Second)-1).Draw(t, "at")) * sim.Time(sim.Second)
		orders[at] = append(orders[at], rapid.Float64Range(-1, 3).Draw(t, "value"))
	}
	return orders
}

// The heart of the film: whatever is filmed, cut short or missing, and whatever is ordered, the layers are the same.
func TestFilmedEqualsSolved(t *testing.T) {
	const span = 100 * sim.Minute
	rapid.Check(t, func(t *rapid.T) {
		films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
		stories := []map[sim.Time][]float64{drawOrders(t, span), drawOrders(t, span)}
		for round := range 5 {
			orders := stories[round%2]
			films.cut = rapid.IntRange(0, 250).Draw(t, "cut")
			plain := newStage(t, nil)
			plain.play(sim.Time(span), orders)
			filmed := newStage(t, films)
			filmed.play(sim.Time(span), orders)
			if plain.h.failed != nil || filmed.h.failed != nil {
				t.Fatalf("failed: %v, %v", plain.h.failed, filmed.h.failed)
			}
			if k := firstDifference(plain.traces, filmed.traces); k >= 0 {
				t.Fatalf("round %d: publication %d differs", round, k)
			}
			if err := filmed.h.close(); err != nil {
				t.Fatal(err)
			}
		}
	})
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
		orders := drawOrders(t, span)
		whole := newStage(t, films)
		whole.play(sim.Time(span), orders)
		if rapid.Bool().Draw(t, "closed") {
			_ = whole.h.close()
		}
		var store sim.FilmStore
		if rapid.Bool().Draw(t, "films") {
			store = films
		}
		cut := sim.Time(rapid.Int64Range(1, int64(span/sim.Second)).Draw(t, "cut")) * sim.Time(sim.Second)
		first := newStage(t, store)
		first.play(cut, orders)
		var e sim.Encoder
		first.h.AppendState(&e)
		second := newStage(t, store)
		if rapid.Bool().Draw(t, "films gone") {
			second = newStage(t, nil)
		}
		d := sim.Decoder{Buf: e.Buf}
		if second.h.LoadState(&d); d.Err != nil || len(d.Buf) > 0 {
			t.Fatalf("load: %v, %d bytes left", d.Err, len(d.Buf))
		}
		second.now, second.traces, second.ports = cut, first.traces, first.ports
		second.play(sim.Time(span), orders)
		if k := firstDifference(whole.traces, second.traces); k >= 0 || second.h.failed != nil {
			t.Fatalf("saved at %v: publication %d differs (%v)", cut, k, second.h.failed)
		}
	})
}

func TestFilmIsUsed(t *testing.T) {
	films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
	a := newStage(t, films)
	a.play(sim.Time(sim.Hour), nil)
	if !a.h.reels[0].live || a.h.close() != nil || len(films.films) != 1 {
		t.Fatalf("the first run must solve and leave one film; live %v, %d films", a.h.reels[0].live, len(films.films))
	}
	b := newStage(t, films)
	b.play(sim.Time(sim.Hour), nil)
	if b.h.reels[0].live || films.opens != 1 {
		t.Errorf("the second run must play the film; live %v, opened %d", b.h.reels[0].live, films.opens)
	}
	if b.h.reels[0].ledger.In == 0 {
		t.Error("the film does not give the ledger")
	}
}

// A film whose first record is damaged is made anew.
func TestDamagedFirstRecord(t *testing.T) {
	films := &shelf{films: make(map[sim.FilmKey][]sim.FilmRecord)}
	a := newStage(t, films)
	a.play(sim.Time(10*sim.Minute), nil)
	_ = a.h.close()
	for key := range films.films {
		films.films[key][0].Digest++
	}
	b := newStage(t, films)
	b.play(sim.Time(10*sim.Minute), nil)
	_ = b.h.close()
	c := newStage(t, films)
	c.play(sim.Time(10*sim.Minute), nil)
	if firstDifference(a.traces, b.traces) >= 0 || firstDifference(a.traces, c.traces) >= 0 || c.h.reels[0].live {
		t.Errorf("the third run must play a whole film again; live %v", c.h.reels[0].live)
	}
}

func TestBrokenHazardStopsTheRun(t *testing.T) {
	s := newStage(t, nil)
	s.play(sim.Time(10*sim.Minute), nil)
	s.h.reels[0].hazard.(*basin).broken = true
	s.play(sim.Time(11*sim.Minute), nil)
	if n := len(s.log.Events); s.h.failed == nil || n == 0 || s.log.Events[n-1].Kind != sim.EvHazardFailed {
		t.Errorf("failed %v, events %v; want a hazard-failed event", s.h.failed, s.log.Events)
	}
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
