package drilltest_test

import (
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/flood"
	"sandtable/sim/scenario"
)

// dammed is hamlet with a small reservoir in its corner, which has a gate and a dam that the director can fail.
func dammed(t testing.TB) *scenario.Scenario {
	t.Helper()
	sc := *flooded(t, 1, 0)
	spec := *sc.Hazards[0].Spec.(*flood.Config)
	r, g := flood.DefaultReservoir(), flood.DefaultGate()
	r.Name, r.Title, r.Place = "dam", sim.Said("dam"), [2]float64{300, 2700}
	r.Levels, r.Volumes, r.Level = []float64{100, 110, 120}, []float64{0, 1e5, 3e5}, 116
	r.Release = [][2]float64{{330, 2600}}
	r.Dam.Crest, r.Dam.Length = 119, 100
	g.Name, g.Title, g.Sill, g.Width, g.Height = "gate", sim.Said("gate"), 104, 2, 2
	r.Gates = []flood.Gate{g}
	r.Breach.Trigger, r.Breach.Bottom = flood.TriggerOrder, 102
	spec.Reservoirs = []flood.Reservoir{r}
	sc.Hazards[0].Spec = &spec
	return &sc
}

// damOrders change the water of a dammed hamlet: two orders to the gate in one tick, a breach, and one too many.
func damOrders() due {
	order := func(second int, order string, pairs ...string) sim.Command {
		c := sim.NewCommand(sim.FromDirector, order, pairs...)
		c.At = sim.Time(second) * sim.Time(sim.Second)
		return c
	}
	return due{order(1201, "set_gate", "structure", "gate", "opening", "40"),
		order(1201, "set_gate", "structure", "gate", "opening", "60"), order(2400, "breach", "structure", "dam"),
		order(3000, "breach", "structure", "dam")}
}

// watched is a film store that notes how far each film was read.
type watched struct {
	sim.FilmStore
	last []sim.Time // per opened film: instant of the last record that was read
}

func (s *watched) Open(key sim.FilmKey) sim.FilmReader {
	film := s.FilmStore.Open(key)
	if film == nil {
		return nil
	}
	s.last = append(s.last, -1)
	return &watchedReader{film, s, len(s.last) - 1}
}

type watchedReader struct {
	sim.FilmReader
	store *watched
	k     int
}

func (r *watchedReader) Record(i int) (sim.FilmRecord, error) {
	rec, err := r.FilmReader.Record(i)
	r.store.last[r.k] = max(r.store.last[r.k], rec.At)
	return rec, err
}

// A dam fails once. Whoever has it fail again is refused, and the run goes on with the film that it was reading: to the
// last publication, and with the digests of a run that solves the water.
func TestRefusedStructureKeepsTheFilm(t *testing.T) {
	cfg := engine.Config{Scenario: dammed(t), Seed: sim.SeedOf(2)}
	give := func(minutes int, order string, pairs ...string) sim.Command {
		c := sim.NewCommand(sim.FromDirector, order, pairs...)
		c.At = sim.Time(sim.Duration(minutes) * sim.Minute)
		return c
	}
	once := []sim.Command{give(20, "set_gate", "structure", "gate", "opening", "40"),
		give(40, "breach", "structure", "dam")}
	twice := append(slices.Clone(once), give(70, "breach", "structure", "dam"))
	solved := play(t, cfg, twice)
	store := &watched{FilmStore: films(t)}
	cfg.Films = store
	play(t, cfg, once)
	store.last = nil
	filmed := play(t, cfg, twice)
	if d := difference(solved, filmed); d != "" {
		t.Errorf("solved and filmed differ %s", d)
	}
	final := end(cfg.Scenario).Add(-30 * sim.Second)
	if n := len(store.last); n != 3 || store.last[2] != final {
		t.Errorf("films read up to %v; want three of them, and the last one up to %v", store.last, final)
	}
	refused := slices.IndexFunc(solved.events, func(e sim.Event) bool {
		return e.Kind == sim.EvRejected && e.A.Kind == sim.KindStructure && e.At == sim.Time(70*sim.Minute)
	})
	if refused < 0 {
		t.Error("the second breach was not refused")
	}
}

// At whatever second a world is saved whose story of the water changes on the way, it goes on as the saved one: with the
// films of both stories, with that of the first alone, and with none.
func TestSaveAroundAChangeOfWater(t *testing.T) {
	cfg := engine.Config{Scenario: dammed(t), Seed: sim.SeedOf(3), Films: films(t)}
	given := damOrders()
	first := films(t)
	play(t, engine.Config{Scenario: cfg.Scenario, Seed: cfg.Seed, Films: first}, nil)
	pick := picker(9)
	for _, whole := range []bool{false, true} { // the films are being made, and then they are there
		w := newWorld(t, cfg)
		for _, at := range []int{0, 1, 1170 + pick(60), 1201 + pick(30), 1230 + pick(60), 2399 + pick(40), 4000 + pick(60)} {
			tell(t, w, given, sim.Time(at)*sim.Time(sim.Second))
			until := w.Now().Add(10 * sim.Minute)
			state := saved(w)
			want := story{}
			for k, store := range []sim.FilmStore{nil, first, cfg.Films} {
				twin, err := engine.Load(engine.Config{Scenario: cfg.Scenario, Seed: cfg.Seed, Films: store}, state)
				if err != nil {
					t.Fatalf("films %v: at %d s: %v", whole, at, err)
				}
				got := tell(t, twin, given, until)
				if err := twin.Close(); err != nil {
					t.Fatal(err)
				}
				if k == 0 {
					want = got
				} else if d := difference(want, got); d != "" {
					t.Errorf("films %v: saved at %d s, with store %d: another story %s", whole, at, k, d)
				}
			}
		}
		tell(t, w, given, end(cfg.Scenario))
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
