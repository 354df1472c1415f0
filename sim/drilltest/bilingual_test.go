package drilltest_test

import (
	"strings"
	"testing"
	"unicode"

	"sandtable/sim"
	"sandtable/sim/engine"
)

// reader notes texts that are not in both languages.
type reader struct {
	seen map[string]sim.Event // the first event of each kind and English text
	own  map[sim.Text]bool    // the director's own words
}

func (reader) Before(sim.Time, []sim.Command) error { return nil }

func (r reader) After(_ sim.Time, events []sim.Event, _ *sim.Digest, _ sim.Viewer) error {
	for _, e := range events {
		if e.Kind == sim.EvMessage {
			r.own[e.Text] = true
		} else if !e.Text.Empty() {
			r.seen[e.Kind.String()+" "+e.Text.EN] = e
		}
	}
	return nil
}

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// Whatever is commanded and whatever happens, what the core says of it is Chinese and English: hamlet's names are in
// both, and only the director's own words, which nonsense always gives as 水位上涨, may be Chinese in English.
func TestEveryTextIsInBothLanguages(t *testing.T) {
	kinds := map[sim.EventKind]bool{}
	for seed := range uint64(4) {
		w, err := engine.New(engine.Config{Scenario: flooded(t, 6, 0), Seed: sim.SeedOf(seed)})
		if err != nil {
			t.Fatal(err)
		}
		r := reader{map[string]sim.Event{}, map[sim.Text]bool{}}
		src := planned(w, nonsense(w, 400, picker(seed)))
		if err := engine.Drive(t.Context(), w, src, end(w.Scenario()), r); err != nil {
			t.Fatal(err)
		}
		for _, e := range r.seen {
			kinds[e.Kind] = true
			checkText(t, e.Kind.String(), e.Text)
		}
		var o sim.Observation
		for p := range w.Scenario().Posts {
			w.Observe(sim.PostID(p), &o)
			for _, m := range o.Inbox {
				if !m.Text.Empty() && !r.own[m.Text] {
					checkText(t, "inbox", m.Text)
				}
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range []sim.EventKind{sim.EvAccepted, sim.EvRejected, sim.EvUnitFailed, sim.EvReport} {
		if !kinds[kind] {
			t.Errorf("no %v was said", kind)
		}
	}
}

func checkText(t *testing.T, where string, text sim.Text) {
	t.Helper()
	if own := strings.ReplaceAll(text.EN, "水位上涨", ""); text.EN == "" || !han(text.ZH) || han(own) {
		t.Errorf("%s: %q, %q; want Chinese and English", where, text.ZH, text.EN)
	}
}

// messages collects what the director says.
type messages []sim.Text

func (*messages) Before(sim.Time, []sim.Command) error { return nil }

func (m *messages) After(_ sim.Time, events []sim.Event, _ *sim.Digest, _ sim.Viewer) error {
	for _, e := range events {
		if e.Kind == sim.EvMessage {
			*m = append(*m, e.Text)
		}
	}
	return nil
}

// A director's message stands on each screen in its language, or in the one in which it was written.
func TestMessageInTwoLanguages(t *testing.T) {
	w := newWorld(t, engine.Config{Scenario: hamlet(t), Seed: sim.SeedOf(1)})
	both := sim.NewCommand(sim.FromDirector, "message", "text", "坝坡渗水", "text_en", "the dam seeps")
	one := sim.NewCommand(sim.FromDirector, "message", "text", "坝坡渗水")
	one.At = sim.Time(sim.Second)
	var said messages
	if err := engine.Drive(t.Context(), w, due{both, one}, sim.Time(10*sim.Second), &said); err != nil {
		t.Fatal(err)
	}
	want := map[sim.Text]bool{{ZH: "坝坡渗水", EN: "the dam seeps"}: true, {ZH: "坝坡渗水", EN: "坝坡渗水"}: true}
	for _, m := range said {
		if !want[m] {
			t.Errorf("%+v was said", m)
		}
	}
	if len(said) < 2 {
		t.Errorf("%d messages; want one to each post, twice", len(said))
	}
}
