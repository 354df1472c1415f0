package drilltest_test

import (
	"bytes"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/flood"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// foretold is hamlet with its dam, rain on the whole map, a rain gauge, and a forecast of half an hour every forty
// minutes.
func foretold(t testing.TB, rainError float64, members int64) *scenario.Scenario {
	t.Helper()
	sc := dammed(t)
	spec := *sc.Hazards[0].Spec.(*flood.Config)
	spec.Rain.Times = []sim.Duration{5 * sim.Minute, 40 * sim.Minute, 90 * sim.Minute}
	spec.Rain.Rates = []float64{60, 110, 15}
	f := flood.DefaultForecast()
	f.First, f.Every, f.Lead, f.Step, f.Delay = 20*sim.Minute, 40*sim.Minute, 30*sim.Minute, 5*sim.Minute, 4*sim.Minute
	f.RainError, f.Members = rainError, members
	spec.Forecast = &f
	sc.Hazards[0].Spec = &spec
	rain := scenario.Filled[scenario.Gauge]()
	rain.Name, rain.Title, rain.Kind, rain.Table = "rain", sim.Said("rain gauge"), scenario.GaugeRain, scenario.TableJianghua
	rain.Place = sc.Gauges[0].Place
	sc.Gauges = append(slices.Clone(sc.Gauges), rain)
	if wrong := scenario.Validate(sc); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return sc
}

// prophet is the sink that keeps every forecast that the county receives, and what then came.
type prophet struct {
	seen      sim.Observation
	truth     sim.Truth
	forecasts []sim.ForecastKnown
	came      map[sim.Time][]sim.GaugeTruth
	zones     map[sim.Time][]sim.ZoneTruth
}

func (*prophet) Before(sim.Time, []sim.Command) error { return nil }

func (p *prophet) After(now sim.Time, events []sim.Event, _ *sim.Digest, view sim.Viewer) error {
	for _, e := range events {
		if e.Kind == sim.EvForecastReceived {
			view.Observe(sim.PostID(e.A.ID), &p.seen)
			p.forecasts = append(p.forecasts, p.seen.Forecasts...)
		}
	}
	if at := now.Add(-sim.Tick); at%sim.Time(sim.Minute) == 0 {
		view.Truth(&p.truth)
		p.came[at] = slices.Clone(p.truth.Gauges)
		p.zones[at] = slices.Clone(p.truth.Zones)
	}
	return nil
}

func prophesy(t testing.TB, cfg engine.Config, src sim.Source) *prophet {
	t.Helper()
	w := newWorld(t, cfg)
	p := &prophet{came: make(map[sim.Time][]sim.GaugeTruth), zones: make(map[sim.Time][]sim.ZoneTruth)}
	if err := engine.Drive(t.Context(), w, src, end(cfg.Scenario), p); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *prophet) bytes() []byte {
	var e sim.Encoder
	sim.AppendEach(&e, p.forecasts)
	return e.Buf
}

// A forecast that knows the rain foresees to the millimetre what every gauge then reads and how every zone then stands,
// where nobody moves a gate in between.
func TestPerfectForecastComesTrue(t *testing.T) {
	cfg := engine.Config{Scenario: foretold(t, 0, 1), Seed: sim.SeedOf(1)}
	p := prophesy(t, cfg, engine.Quiet{})
	if len(p.forecasts) != 4 {
		t.Fatalf("%d forecasts; want 4 of three hours", len(p.forecasts))
	}
	moved := false
	for _, k := range p.forecasts {
		f := k.Forecast
		if got := k.Received.Sub(f.Issued); got != 4*sim.Minute {
			t.Errorf("issued at %v, received at %v", f.Issued, k.Received)
		}
		for s := range f.Steps {
			at := f.At(s)
			for g, came := range p.came[at] {
				ahead := f.Members[0].Gauges[g]
				if cfg.Scenario.Gauges[g].Kind == scenario.GaugeStage {
					moved = moved || ahead.Level[s] != ahead.Level[0]
					if level := num.RoundInt(float64(came.Level * 1000)); int(ahead.Level[s]) != level {
						t.Errorf("%v, gauge %d at %v: foreseen %d mm, came %d", f.Issued, g, at, ahead.Level[s], level)
					}
					continue
				}
				for w := range sim.RainWindows {
					if mm := num.RoundInt(float64(came.Rain[w] * 1000)); int(ahead.Rain[w][s]) != mm {
						t.Errorf("%v, %v of rain at %v: foreseen %d, came %d", f.Issued, sim.RainWindows[w], at,
							ahead.Rain[w][s], mm)
					}
				}
			}
			for z, came := range p.zones[at] {
				deep, wet := num.RoundInt(float64(came.DepthMax*1000)), int32(num.Int(float64(came.WetShare*1000)+1e-6))
				if a := f.Members[0].Zones[z]; a.Wet[s] != wet || int(a.Deep[s]) != deep && (deep > 0 || a.Deep[s] > 150) {
					t.Errorf("%v, zone %d at %v: foreseen %d/1000 wet, %d mm; came %d, %d", f.Issued, z, at, a.Wet[s], a.Deep[s],
						wet, deep)
				}
			}
		}
	}
	if !moved {
		t.Error("no level moves in any forecast: the test shows nothing")
	}
}

// The members depend on the flood's seed alone: not on workers, not on people, not on what anybody orders but of the
// structures.
func TestForecastsOfOneFlood(t *testing.T) {
	cfg := engine.Config{Scenario: foretold(t, 0.5, 2), Seed: sim.SeedOf(1), Workers: 1}
	want := prophesy(t, cfg, engine.Quiet{}).bytes()
	other := cfg
	other.Workers, other.Seed = 5, sim.Seed{Hazard: 1, People: 9, Drill: 9}
	w := newWorld(t, other)
	if !bytes.Equal(want, prophesy(t, other, planned(w, orders())).bytes()) {
		t.Error("other people, orders and workers have other forecasts")
	}
	other.Seed = sim.Seed{Hazard: 2, People: 1, Drill: 1}
	if bytes.Equal(want, prophesy(t, other, engine.Quiet{}).bytes()) {
		t.Error("another flood seed has the same forecasts")
	}
	gate := sim.NewCommand(sim.FromDirector, "set_gate", "structure", "gate", "opening", "100")
	gate.At = sim.Time(55 * sim.Minute)
	if bytes.Equal(want, prophesy(t, cfg, due{gate}).bytes()) {
		t.Error("an open gate changes no forecast")
	}
}

// Filmed and solved give the same digests, events and forecasts, whatever is ordered of the gate, also in the very
// second of an issue and in the half minute before it, with films that are made and films that are there.
func TestForecastsAreFilmed(t *testing.T) {
	sc := foretold(t, 0.4, 2)
	sc.Drill.Duration = 66 * sim.Minute
	spec := *sc.Hazards[0].Spec.(*flood.Config)
	f := *spec.Forecast
	f.Lead, f.Every = 10*sim.Minute, 20*sim.Minute
	spec.Forecast = &f
	sc.Hazards[0].Spec = &spec
	store, pick := films(t), picker(11)
	for stream := range 20 {
		var given due
		for range pick(4) {
			at := []int{1200, 2400, 1185, 2375, 600 + pick(3000), 2400}[pick(6)]
			c := sim.NewCommand(sim.FromDirector, "set_gate", "structure", "gate", "opening",
				[]string{"20", "60", "100"}[pick(3)])
			c.At = sim.Time(at) * sim.Time(sim.Second)
			given = append(given, c)
		}
		slices.SortStableFunc(given, func(a, b sim.Command) int { return int(a.At.Sub(b.At) / sim.Duration(sim.Second)) })
		run := func(films sim.FilmStore) (story, []byte) {
			cfg := engine.Config{Scenario: sc, Seed: sim.SeedOf(1), Films: films}
			w := newWorld(t, cfg)
			s := tell(t, w, given, end(sc))
			var o sim.Observation
			w.Observe(0, &o)
			var e sim.Encoder
			sim.AppendObservation(&e, &o)
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			return s, e.Buf
		}
		want, seen := run(nil)
		for k := range 2 {
			got, saw := run(store)
			if d := difference(want, got); d != "" || !bytes.Equal(seen, saw) {
				t.Fatalf("stream %d, run %d: solved and filmed differ %s; the county knows the same: %v", stream, k, d,
					bytes.Equal(seen, saw))
			}
		}
	}
}

// A forecast says nothing before it has come, and nothing of water that its hazard does not have.
func TestForecastTellsOnlyWhatItForesees(t *testing.T) {
	cfg := engine.Config{Scenario: foretold(t, 0.2, 2), Seed: sim.SeedOf(1)}
	one := observe(t, cfg, nil)
	cfg.Scenario = foretold(t, 0.6, 2)
	if n := firstNews(one, observe(t, cfg, nil), "county"); n != 25 { // issued at 20, received in the tick after 24:00
		t.Errorf("the county sees another forecast in minute %d; want 25", n)
	}
	sc := *foretold(t, 0.2, 2)
	woods, ok := emptyCorner(&sc)
	if !ok {
		t.Fatal("hamlet has no empty corner")
	}
	pool := drowned(t, woods).Hazards[1]
	sc.Hazards = append(slices.Clone(sc.Hazards), pool)
	cfg.Scenario = &sc
	wet := observe(t, cfg, nil)
	for _, post := range one.posts {
		if n := firstNews(one, wet, post); n > 0 {
			t.Errorf("%s knows of water in the woods after %d min", post, n)
		}
	}
}

// Of two floods with the same rain each foresees it with errors of its own; the first as if it were alone.
func TestTwoFloodsErrForThemselves(t *testing.T) {
	sc := *foretold(t, 0.5, 2)
	rain := *sc.Hazards[0].Spec.(*flood.Config)
	rain.Reservoirs, rain.Catchments, rain.Inflows = nil, nil, nil
	one, two := sc.Hazards[0], sc.Hazards[0]
	other := rain
	one.Spec, two.Spec, two.Name = &rain, &other, "again"
	foreseen := func(list ...scenario.Hazard) (by [2][]byte) {
		sc.Hazards = list
		last := [2]sim.Time{-1, -1}
		for _, k := range prophesy(t, engine.Config{Scenario: &sc, Seed: sim.SeedOf(1)}, engine.Quiet{}).forecasts {
			f := *k.Forecast
			id := f.Hazard
			if f.Issued <= last[id] {
				continue // seen again as another one came
			}
			last[id], f.Hazard = f.Issued, 0
			var e sim.Encoder
			f.Append(&e)
			by[id] = append(by[id], e.Buf...)
		}
		return by
	}
	alone, both := foreseen(one), foreseen(one, two)
	if len(alone[0]) == 0 || !bytes.Equal(alone[0], both[0]) {
		t.Error("beside a second flood the first has other forecasts than alone")
	}
	if len(both[1]) == 0 || bytes.Equal(both[0], both[1]) {
		t.Error("two floods with the same rain have the same forecasts, or one has none")
	}
}
