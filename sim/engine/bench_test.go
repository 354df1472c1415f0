package engine_test

import (
	"context"
	"testing"
	"time"

	"sandtable/scenarios"
	"sandtable/scenarios/generate"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/geo"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// place is what the benchmarks play.
type place struct {
	name   string
	long   bool // left out with -short
	make   func() (*scenario.Scenario, error)
	zones  int          // so many are ordered to leave at the start; 0: the standing plan is carried out
	until  sim.Duration // played so far
	middle sim.Time     // an instant at which much is going on
}

// counties are the two shipped drills, and forty minutes of a county of a million people, a tenth of whom is ordered to
// leave at once and whose storm begins.
var counties = []place{
	{"1k", false, func() (*scenario.Scenario, error) { return shipped("hamlet") }, 0, 3 * sim.Hour,
		sim.Time(80 * sim.Minute)},
	{"60k", true, func() (*scenario.Scenario, error) { return shipped("linjiang-flood") }, 0, 12 * sim.Hour,
		sim.Time(5 * sim.Hour)},
	{"1M", true, func() (*scenario.Scenario, error) {
		return generate.County(generate.Params{Name: "million", Persons: 1_000_000, Seed: 1, Duration: 2 * sim.Hour})
	}, 50, 40 * sim.Minute, sim.Time(30 * sim.Minute)},
}

func shipped(name string) (*scenario.Scenario, error) {
	place, err := scenarios.Open(name)
	if err != nil {
		return nil, err
	}
	sc, found := place.Load(engine.Kinds())
	return sc, found.Err()
}

// bench is one county with its film.
type bench struct {
	place
	sc    *scenario.Scenario
	films *lab.Films
}

func (c *bench) world(b *testing.B) (*engine.World, sim.Source) {
	b.Helper()
	w, err := engine.New(engine.Config{Scenario: c.sc, Seed: sim.SeedOf(1), Workers: 2, Films: c.films})
	if err != nil {
		b.Fatal(err)
	}
	if c.zones == 0 {
		return w, lab.NewPlan(c.sc, w.Names())
	}
	var all []sim.Command
	for i := range c.sc.Zones[:c.zones] {
		all = append(all, sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", c.sc.Zones[i].Name))
	}
	return w, &lab.List{Given: all}
}

// busy returns a world in the middle of its drill.
func (c *bench) busy(b *testing.B) *engine.World {
	b.Helper()
	w, src := c.world(b)
	c.drive(b, w, src, c.middle)
	return w
}

func (c *bench) drive(b *testing.B, w *engine.World, src sim.Source, until sim.Time) {
	b.Helper()
	if err := engine.Drive(context.Background(), w, src, until); err != nil {
		b.Fatal(err)
	}
}

func closeWorld(b *testing.B, w *engine.World) {
	b.Helper()
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkWorld times a whole world: its steps with the film, saving and loading, pictures, digests. The film is made
// first, which takes half a minute for the county.
func BenchmarkWorld(b *testing.B) {
	for _, c := range counties {
		b.Run(c.name, func(b *testing.B) {
			if c.long && testing.Short() {
				b.Skip("takes minutes: leave -short out")
			}
			sc, err := c.make()
			if err != nil {
				b.Fatal(err)
			}
			cache, err := lab.OpenFilms(b.TempDir(), 0)
			if err != nil {
				b.Fatal(err)
			}
			county := &bench{c, sc, cache}
			began := cpuTime()
			w, src := county.world(b)
			county.drive(b, w, src, sim.Time(c.until))
			closeWorld(b, w)
			b.Logf("%d persons, %d households, %d links, %v: filmed in %.2f core-s", len(sc.Persons), len(sc.Households),
				len(sc.Links), c.until, (cpuTime() - began).Seconds())
			county.all(b)
		})
	}
}

func (c *bench) all(b *testing.B) {
	b.Run("drill", c.benchDrill)
	b.Run("new", c.benchNew)
	b.Run("film", c.benchFilm)
	w := c.busy(b)
	defer closeWorld(b, w)
	b.Run("save", func(b *testing.B) { benchSave(b, w) })
	b.Run("load", func(b *testing.B) { c.benchLoad(b, w) })
	b.Run("recount", func(b *testing.B) {
		for b.Loop() {
			w.Recount()
		}
	})
	b.Run("digest", func(b *testing.B) {
		for b.Loop() {
			w.Digest()
		}
	})
	b.Run("full-digest", func(b *testing.B) {
		for b.Loop() {
			w.FullDigest()
		}
	})
	all := c.sc.Terrain.Grid.Bounds()
	home := c.sc.Buildings[len(c.sc.Buildings)/2].At
	near := geo.Rect{Min: home.Sub(geo.Point{X: 960, Y: 540}), Max: home.Add(geo.Point{X: 960, Y: 540})}
	b.Run("snapshot-far", func(b *testing.B) { benchSnapshot(b, w, sim.View{Rect: all, Zoom: sim.SnapshotCounts / 2}) })
	b.Run("snapshot-near", func(b *testing.B) { benchSnapshot(b, w, sim.View{Rect: near, Zoom: 1}) })
	b.Run("truth", func(b *testing.B) {
		var t sim.Truth
		for b.Loop() {
			w.Truth(&t)
		}
	})
}

// benchDrill plays the whole drill with its film. One operation is one drill.
func (c *bench) benchDrill(b *testing.B) {
	began, ticks := cpuTime(), 0.0
	for b.Loop() {
		w, src := c.world(b)
		c.drive(b, w, src, sim.Time(c.until))
		closeWorld(b, w)
		ticks += float64(c.until / sim.Tick)
	}
	used := cpuTime() - began
	b.ReportMetric(used.Seconds()/float64(b.N), "core-s/drill")
	b.ReportMetric(float64(used/time.Nanosecond)/1e3/ticks, "core-µs/step")
}

func (c *bench) benchNew(b *testing.B) {
	for b.Loop() {
		w, _ := c.world(b)
		closeWorld(b, w)
	}
}

// benchFilm plays a world of which nothing but the water is left: no people, no roads, no units.
func (c *bench) benchFilm(b *testing.B) {
	empty := &scenario.Scenario{Drill: c.sc.Drill, Terrain: c.sc.Terrain, Hazards: c.sc.Hazards, Roads: c.sc.Roads}
	publications := 0.0
	began := cpuTime()
	for b.Loop() {
		w, err := engine.New(engine.Config{Scenario: empty, Seed: sim.SeedOf(1), Films: c.films})
		if err != nil {
			b.Fatal(err)
		}
		c.drive(b, w, engine.Quiet{}, sim.Time(c.until))
		closeWorld(b, w)
		publications += float64(c.until / (30 * sim.Second))
	}
	b.ReportMetric(float64((cpuTime()-began)/time.Microsecond)/publications, "core-µs/publication")
}

func benchSave(b *testing.B, w *engine.World) {
	var e sim.Encoder
	for b.Loop() {
		e.Buf = e.Buf[:0]
		w.AppendState(&e)
	}
	b.ReportMetric(float64(len(e.Buf))/1e6, "MB")
}

func (c *bench) benchLoad(b *testing.B, w *engine.World) {
	var e sim.Encoder
	w.AppendState(&e)
	cfg := engine.Config{Scenario: c.sc, Seed: w.Seed(), Workers: 2, Films: c.films}
	for b.Loop() {
		l, err := engine.Load(cfg, e.Buf)
		if err != nil {
			b.Fatal(err)
		}
		closeWorld(b, l)
	}
}

func benchSnapshot(b *testing.B, w *engine.World, v sim.View) {
	var s sim.Snapshot
	w.Snapshot(v, &s)
	b.ReportAllocs()
	for b.Loop() {
		w.Snapshot(v, &s)
	}
	b.ReportMetric(float64(len(s.Parties)+len(s.Cells)+len(s.Movers)), "shapes")
}
