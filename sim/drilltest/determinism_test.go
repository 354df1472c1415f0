package drilltest_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// TestSameSeedSameStory plays hamlet with plan, orders and a director's script: equal seeds give equal digests every
// minute and equal events, and each part of the seed changes what it is for and nothing before.
func TestSameSeedSameStory(t *testing.T) {
	scripted := func(seed sim.Seed) story {
		cfg := engine.Config{Scenario: hamlet(t), Seed: seed}
		w := newWorld(t, cfg)
		src := engine.Join{planned(w, orders()), director(t, w, nil)}
		return tell(t, w, src, end(cfg.Scenario))
	}
	first := scripted(sim.SeedOf(1))
	if d := difference(first, scripted(sim.SeedOf(1))); d != "" {
		t.Errorf("seed 1 twice: they differ %s", d)
	}
	if d := difference(first, scripted(sim.Seed{Hazard: 1, People: 2, Drill: 1})); d == "" {
		t.Error("other people have the same story")
	}
	// The director's script draws once, which decides about a boat: one of these seeds must draw otherwise.
	other := false
	for drill := range uint64(8) {
		other = other || difference(first, scripted(sim.Seed{Hazard: 1, People: 1, Drill: drill + 2})) != ""
	}
	if !other {
		t.Error("eight other seeds of the drill all tell the same story")
	}
}

func TestWorkersChangeNothing(t *testing.T) {
	cfg := engine.Config{Scenario: flooded(t, 3, 0), Seed: sim.SeedOf(1), Workers: 1}
	one := play(t, cfg, orders())
	for _, n := range []int{0, 2, 5} {
		cfg.Workers = n
		if d := difference(one, play(t, cfg, orders())); d != "" {
			t.Errorf("%d workers and 1 differ %s", n, d)
		}
	}
}

// TestFilmChangesNothing plays hamlet unfilmed, filming, from the film, from a film that is too short, from the film
// that grew of it, and from one that is damaged.
func TestFilmChangesNothing(t *testing.T) {
	cfg := engine.Config{Scenario: hamlet(t), Seed: sim.SeedOf(3)}
	want := play(t, cfg, orders())
	same := func(name string, f sim.FilmStore) {
		t.Helper()
		cfg.Films = f
		if d := difference(want, play(t, cfg, orders())); d != "" {
			t.Errorf("unfilmed and %s differ %s", name, d)
		}
	}
	whole := films(t)
	same("filming", whole)
	same("film", whole)

	short := films(t)
	cfg.Films = short
	w := newWorld(t, cfg)
	tell(t, w, planned(w, orders()), sim.Time(47*sim.Minute+13*sim.Second))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if n, all := records(t, short, cfg), records(t, whole, cfg); n != 95 || all != 360 {
		t.Fatalf("the films have %d and %d records; want 95 and 360", n, all)
	}
	same("short film", short)
	if n := records(t, short, cfg); n != 360 {
		t.Errorf("the short film has grown to %d records; want 360", n)
	}
	same("film that has grown", short)

	path := whole.Used()[0]
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 0x55
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, filepath.Base(path)), data, 0o666); err != nil {
		t.Fatal(err)
	}
	damaged, err := lab.OpenFilms(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	same("damaged film", damaged)
}

// records returns how many records the only film of a cache has.
func records(t *testing.T, f *lab.Films, cfg engine.Config) int {
	t.Helper()
	spy := &keySpy{}
	cfg.Films = spy
	newWorld(t, cfg)
	r := f.Open(spy.key)
	if r == nil {
		t.Fatal("the cache has no film of this flood")
	}
	defer r.Close()
	return r.Len()
}

// keySpy is an empty film store that remembers what it was asked for.
type keySpy struct{ key sim.FilmKey }

func (s *keySpy) Open(key sim.FilmKey) sim.FilmReader {
	s.key = key
	return nil
}

func (*keySpy) Create(sim.FilmKey) sim.FilmWriter { return nil }

// TestSaveLoadStep saves at any time of a drill with any orders, nonsense among them: the loaded world has the same
// bytes, and goes on with the same events and digests as the world that was saved.
func TestSaveLoadStep(t *testing.T) {
	cache := films(t)
	floods := []*scenario.Scenario{hamlet(t), flooded(t, 2.5, 0)}
	rapid.Check(t, func(t *rapid.T) {
		sc := rapid.SampledFrom(floods).Draw(t, "flood")
		cfg := engine.Config{Scenario: sc, Seed: sim.SeedOf(rapid.Uint64Range(0, 5).Draw(t, "seed")), Films: cache}
		w, err := engine.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		pick := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "pick") }
		given := nonsense(w, rapid.IntRange(0, 60).Draw(t, "orders"), pick)
		at := sim.Time(rapid.IntRange(0, 10700).Draw(t, "second")) * sim.Time(sim.Second)
		on := min(end(sc), at.Add(sim.Duration(rapid.IntRange(60, 1200).Draw(t, "further"))*sim.Second))
		plan := planned(w, given)
		run := func(w *engine.World, until sim.Time) story {
			r := &recorder{world: w}
			if err := engine.Drive(t.Context(), w, plan, until, r); err != nil {
				t.Fatal(err)
			}
			w.Recount()
			r.full = w.FullDigest()
			return r.story
		}
		run(w, at)
		state := saved(w)
		// The plan has a state of its own and goes on with the world that was saved; the loaded one gets what it gave.
		tap := &tapped{src: plan}
		plan = tap
		want := run(w, on)
		if rapid.Bool().Draw(t, "filmless") {
			cfg.Films = nil
		}
		l, err := engine.Load(cfg, state)
		if err != nil {
			t.Fatal(err)
		}
		if cfg.Films != nil && !bytes.Equal(saved(l), state) {
			t.Fatalf("saved at %v, loaded, saved again: other bytes", at)
		}
		plan = &lab.List{Given: tap.given}
		if d := difference(want, run(l, on)); d != "" {
			t.Fatalf("saved at %v, played to %v: they differ %s", at, on, d)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

// tapped keeps what a source gives, each command at the tick in which it was given.
type tapped struct {
	src   sim.Source
	given []sim.Command
}

func (s *tapped) Commands(now sim.Time, last []sim.Event, v sim.Viewer, buf []sim.Command) []sim.Command {
	from := len(buf)
	buf = s.src.Commands(now, last, v, buf)
	for _, c := range buf[from:] {
		c.At = max(c.At, now)
		s.given = append(s.given, c)
	}
	return buf
}

// TestOneDrawMoreShiftsNobody gives one order more, to one zone: until it takes effect nothing differs, and the people
// of the other zones hear, decide and leave as they did (common random numbers). Nothing binds the zones together here:
// posts have lines enough, families call nobody in another zone, and nobody is responsible for somebody there. Where
// they do, others wait for a line, or hear of it, which is an effect and no shift of draws. So it is for who has fled to
// a house of another zone, and hears there what is said there: he is left out.
func TestOneDrawMoreShiftsNobody(t *testing.T) {
	sc := *hamlet(t)
	sc.Channels = slices.Clone(sc.Channels)
	for i := range sc.Channels {
		if c := &sc.Channels[i]; c.Use == "command" && c.Kind != "courier" {
			c.Kind = "plain"
		}
	}
	sc.Population.Family = scenario.Filled[scenario.Family]()
	sc.Persons = slices.Clone(sc.Persons)
	for i := range sc.Persons {
		sc.Persons[i].Helper = sim.None
	}
	cfg := engine.Config{Scenario: &sc, Seed: sim.SeedOf(4), Films: films(t)}
	given := sim.NewCommand(sim.FromPlayer, "prepare_zone", "zone", "z05")
	given.At = sim.Time(10 * sim.Minute)
	without, with := play(t, cfg, nil), play(t, cfg, []sim.Command{given})
	w := newWorld(t, cfg)
	z05, ok := w.Names().Resolve(sim.KindZone, "z05")
	if !ok {
		t.Fatal("hamlet has no zone z05")
	}
	isGuest := func(p sim.Ref, s story) bool {
		return slices.ContainsFunc(s.events, func(e sim.Event) bool {
			return e.A == p && e.Kind == sim.EvPartyDecided && e.C == sim.CueRefuge.Ref() && e.B.Kind == sim.KindBuilding
		})
	}
	decisions := func(s story) map[string]string {
		out := make(map[string]string)
		for _, e := range s.events {
			if e.Kind != sim.EvPartyWarned && e.Kind != sim.EvPartyDecided {
				continue
			}
			if w.Roster().Parties[e.A.ID].Zone != sim.ZoneID(z05) && !isGuest(e.A, without) && !isGuest(e.A, with) {
				out[fmt.Sprint(e.A, e.Kind, e.At)] = fmt.Sprint(e.B, e.Count, e.Num)
			}
		}
		return out
	}
	a, b := decisions(without), decisions(with)
	if difference(without, with) == "" {
		t.Fatal("the order changes nothing at all")
	}
	if len(a) < 100 {
		t.Fatalf("only %d decisions to compare", len(a))
	}
	for k, v := range a {
		if b[k] != v {
			t.Errorf("%s: %q became %q", k, v, b[k])
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d decisions became %d", len(a), len(b))
	}
}
