package drilltest_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/drilltest"
	"sandtable/sim/engine"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// observer is the sink that keeps, every minute, the bytes of what each post knows, and how many the truth says have
// left and are stranded.
type observer struct {
	posts  []string
	seen   sim.Observation
	truth  sim.Truth
	known  map[string][][]byte // by post
	real   [][2]int
	digest sim.Digest // the last one

	happened map[sim.EventKind]int // how many events of each kind; nil when they are not counted
}

func (*observer) Before(sim.Time, []sim.Command) error { return nil }

func (o *observer) After(now sim.Time, events []sim.Event, digest *sim.Digest, view sim.Viewer) error {
	if o.happened != nil {
		for i := range events {
			o.happened[events[i].Kind]++
		}
	}
	if digest == nil {
		return nil
	}
	for id, name := range o.posts {
		view.Observe(sim.PostID(id), &o.seen)
		var e sim.Encoder
		sim.AppendObservation(&e, &o.seen)
		o.known[name] = append(o.known[name], e.Buf)
	}
	view.Truth(&o.truth)
	o.real = append(o.real, [2]int{o.truth.Total.Left, o.truth.Total.Stranded})
	o.digest = *digest
	return nil
}

// observe plays a scenario to its end and returns what its posts have known and what was so.
func observe(t *testing.T, cfg engine.Config, given []sim.Command) *observer {
	t.Helper()
	w := newWorld(t, cfg)
	o := &observer{posts: w.Names().All(sim.KindPost), known: make(map[string][][]byte)}
	if err := engine.Drive(context.Background(), w, planned(w, given), end(cfg.Scenario), o); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return o
}

// silence takes every channel between posts out of use from the first second on.
func silence(sc *scenario.Scenario) []sim.Command {
	var all []sim.Command
	for i := range sc.Channels {
		if sc.Channels[i].Use == "command" {
			all = append(all, sim.NewCommand(sim.FromDirector, "channel_down", "channel", sc.Channels[i].Name))
		}
	}
	return all
}

// drowned returns hamlet with a second body of water: from ten minutes on, the rectangle stands in half a metre.
func drowned(t *testing.T, where geo.Rect) *scenario.Scenario {
	t.Helper()
	sc := *hamlet(t)
	pool := &drilltest.Pool{Steps: []drilltest.PoolStep{{At: 10 * sim.Minute, Rect: where, Depth: 0.5}}}
	sc.Hazards = append(slices.Clone(sc.Hazards), scenario.Hazard{Name: "pool", Kind: "pool", Spec: pool})
	return &sc
}

// firstNews returns the first minute at which a post knows something else in two stories; 0 for never.
func firstNews(a, b *observer, post string) int {
	for i := range a.known[post] {
		if !bytes.Equal(a.known[post][i], b.known[post][i]) {
			return i + 1
		}
	}
	return 0
}

// TestNobodyKnowsWhatNobodyTold: with every channel between posts down, what the county knows does not depend on the
// people, nor on water at their houses; only gauges report by themselves. The village post, whose own people tell it
// face to face, sees the difference.
func TestNobodyKnowsWhatNobodyTold(t *testing.T) {
	cfg := engine.Config{Scenario: hamlet(t), Seed: sim.SeedOf(1), Films: films(t)}
	given := append(silence(cfg.Scenario), evacuation(cfg.Scenario, 20*sim.Minute)...)
	want := observe(t, cfg, given)
	for people := range uint64(4) {
		cfg.Seed.People = people + 2
		got := observe(t, cfg, given)
		if slices.Equal(got.real, want.real) {
			t.Errorf("people %d do just what people 1 do", people+2)
		}
		if n := firstNews(got, want, "county"); n > 0 {
			t.Errorf("people %d: the county knows something else than with people 1 after %d min", people+2, n)
		}
		if firstNews(got, want, "v03") == 0 {
			t.Errorf("people %d: the village post knows just what it knows of people 1", people+2)
		}
	}
	cfg.Seed.People = 1
	cfg.Scenario = drowned(t, geo.Rect{Min: geo.Point{X: 700, Y: 1750}, Max: geo.Point{X: 1000, Y: 2050}}) // all of z05
	got := observe(t, cfg, given)
	if slices.Equal(got.real, want.real) {
		t.Error("the water in z05 does nothing to anybody")
	}
	if n := firstNews(got, want, "county"); n > 0 {
		t.Errorf("water in z05: the county knows something else after %d min", n)
	}
}

// TestNobodySeesWaterInTheWoods: with all channels up, water where there is neither gauge nor building nor road leaves
// what every post knows unchanged, byte for byte.
func TestNobodySeesWaterInTheWoods(t *testing.T) {
	cfg := engine.Config{Scenario: hamlet(t), Seed: sim.SeedOf(1), Films: films(t)}
	woods, ok := emptyCorner(cfg.Scenario)
	if !ok {
		t.Fatal("hamlet has no empty corner")
	}
	dry := observe(t, cfg, orders())
	cfg.Scenario = drowned(t, woods)
	wet := observe(t, cfg, orders())
	if _, part := dry.digest.Equal(wet.digest); part != "hazards" {
		t.Errorf("the first subsystem that differs is %q; want the hazards", part)
	}
	for _, post := range dry.posts {
		if n := firstNews(dry, wet, post); n > 0 {
			t.Errorf("%s knows something else after %d min", post, n)
		}
	}
}

// emptyCorner returns a square of 400 m in a corner of the map in which nothing stands.
func emptyCorner(sc *scenario.Scenario) (geo.Rect, bool) {
	b := sc.Terrain.Grid.Bounds()
	const side = 400
	for _, at := range []geo.Point{b.Min, {X: b.Max.X - side, Y: b.Min.Y}, {X: b.Min.X, Y: b.Max.Y - side},
		{X: b.Max.X - side, Y: b.Max.Y - side}} {
		square := geo.Rect{Min: at, Max: geo.Point{X: at.X + side, Y: at.Y + side}}
		free := true
		for i := range sc.Buildings {
			free = free && !square.Contains(sc.Buildings[i].At)
		}
		for i := range sc.Links {
			for _, p := range sc.Links[i].Shape {
				free = free && !square.Contains(p)
			}
		}
		for i := range sc.Gauges {
			free = free && !square.Contains(scenario.Point(sc.Gauges[i].Place))
		}
		if free {
			return square, true
		}
	}
	return geo.Rect{}, false
}
