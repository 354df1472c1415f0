package drilltest_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"sandtable/scenarios"
	"sandtable/scripting"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/flood"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// load reads the shipped drill hamlet, once.
var load = sync.OnceValues(func() (*scenario.Scenario, error) {
	place, err := scenarios.Open("hamlet")
	if err != nil {
		return nil, err
	}
	sc, found := place.Load(engine.Kinds())
	return sc, found.Err()
})

// hamlet returns the drill hamlet. It is shared and must not be changed.
func hamlet(t testing.TB) *scenario.Scenario {
	t.Helper()
	sc, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

// flooded returns hamlet with another river: every inflow so many times as large, and so much later. A larger flood
// drowns more people than the shipped one.
func flooded(t testing.TB, times float64, later sim.Duration) *scenario.Scenario {
	t.Helper()
	sc := *hamlet(t)
	sc.Hazards = slices.Clone(sc.Hazards)
	spec := *sc.Hazards[0].Spec.(*flood.Config)
	spec.Inflows = slices.Clone(spec.Inflows)
	for i := range spec.Inflows {
		flows := slices.Clone(spec.Inflows[i].Flows)
		for k := range flows {
			flows[k] *= times
		}
		spec.Inflows[i].Flows = flows
		spec.Inflows[i].Times = slices.Clone(spec.Inflows[i].Times)
		for k := range spec.Inflows[i].Times {
			if k > 0 {
				spec.Inflows[i].Times[k] += later
			}
		}
	}
	sc.Hazards[0].Spec = &spec
	return &sc
}

// end is the end of a scenario's drill.
func end(sc *scenario.Scenario) sim.Time { return sim.Time(sc.Drill.Duration) }

// films opens a cache of films that lives as long as the test.
func films(t testing.TB) *lab.Films {
	t.Helper()
	f, err := lab.OpenFilms(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// newWorld makes a world that is closed when the test ends.
func newWorld(t testing.TB, cfg engine.Config) *engine.World {
	t.Helper()
	w, err := engine.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() }) // a film that is cut short is none of the test's business
	return w
}

// planned is the drill's standing plan and then the given commands.
func planned(w *engine.World, given []sim.Command) sim.Source {
	return engine.Join{lab.NewPlan(w.Scenario(), w.Names()), &lab.List{Given: given}}
}

// story is what a run has shown: every digest and every event.
type story struct {
	digests []sim.Digest
	events  []sim.Event
	full    [32]byte
}

// recorder is the sink that keeps a story, with a full count every thousand ticks.
type recorder struct {
	story
	world *engine.World
}

func (*recorder) Before(sim.Time, []sim.Command) error { return nil }

func (r *recorder) After(now sim.Time, events []sim.Event, digest *sim.Digest, _ sim.Viewer) error {
	r.events = append(r.events, events...)
	if digest != nil {
		r.digests = append(r.digests, *digest)
	}
	if now%sim.Time(1000*sim.Tick) == 0 {
		r.world.Recount()
	}
	return nil
}

// tell plays a world on to an instant and returns its story, with a full count at the end.
func tell(t testing.TB, w *engine.World, src sim.Source, until sim.Time) story {
	t.Helper()
	r := &recorder{world: w}
	if err := engine.Drive(context.Background(), w, src, until, r); err != nil {
		t.Fatal(err)
	}
	w.Recount()
	r.full = w.FullDigest()
	return r.story
}

// play makes a world, plays it to its end with plan and commands, and returns its story.
func play(t testing.TB, cfg engine.Config, given []sim.Command) story {
	t.Helper()
	w := newWorld(t, cfg)
	s := tell(t, w, planned(w, given), end(cfg.Scenario))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

// difference names the first instant and subsystem in which two stories differ; "" when they are equal.
func difference(a, b story) string {
	for i := range min(len(a.digests), len(b.digests)) {
		if same, part := a.digests[i].Equal(b.digests[i]); !same {
			return fmt.Sprintf("at %v: %s", a.digests[i].At, part)
		}
	}
	switch {
	case len(a.digests) != len(b.digests):
		return fmt.Sprintf("%d digests and %d", len(a.digests), len(b.digests))
	case !slices.Equal(a.events, b.events):
		return "the events"
	case a.full != b.full:
		return "the full digest at the end"
	}
	return ""
}

// orders are the commands of a player that the tests give where any will do: some good, one late, one refused.
func orders() []sim.Command {
	give := func(minutes int, post, order string, pairs ...string) sim.Command {
		c := sim.NewCommand(sim.FromPlayer, order, pairs...)
		c.At, c.Post = sim.Time(sim.Duration(minutes)*sim.Minute), post
		return c
	}
	return []sim.Command{
		give(5, "county", "open_shelter", "shelter", "s01"),
		give(8, "v03", "evacuate_zone", "zone", "z03", "shelter", "s01"),
		give(9, "county", "dispatch_coach", "unit", "coach-1", "zone", "z03"),
		give(20, "t01", "prepare_zone", "zone", "z01"),
		give(35, "county", "dance"),
		give(50, "county", "close_road", "link", "17", "policy", "turn_back"),
		give(80, "county", "open_road", "link", "17"),
		give(95, "county", "rescue_zone", "unit", "boat-1", "zone", "z04"),
		give(120, "county", "all_clear", "zone", "z05"),
		give(150, "county", "recall_unit", "unit", "boat-1"),
	}
}

// directorText is a director's script that uses everything a script can do.
const directorText = `
local left = 0
on.at("20m", function() inject("message", {to = "county", text = "上游水库请求泄洪"}) end)
on.every("15m", function() note(clock() .. " left " .. left) end)
on.event("party-left", function(e) left = left + 1 end)
when(function() return truth.gauge("upstream").above >= 1 end, function()
	inject("channel_down", {channel = "loudspeaker", zone = "z01"})
	order("evacuate_zone", {zone = "z02"})
	if random() < 0.5 then order("rescue_zone", {unit = "boat-2", zone = "z03"}) end
end)
on.at("100m", function() inject("channel_up", {channel = "loudspeaker", zone = "z01"}) end)
`

// director makes the source of the director's script; note takes what it says and may be nil.
func director(t testing.TB, w *engine.World, note func(sim.Time, string)) sim.Source {
	t.Helper()
	h, err := scripting.New("director.lua", directorText, scripting.Env{Scenario: w.Scenario(), Names: w.Names(),
		Seed: w.Seed().Drill, Seat: sim.None, Note: note})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

// saved returns a world's saved bytes.
func saved(w *engine.World) []byte {
	var e sim.Encoder
	w.AppendState(&e)
	return bytes.Clone(e.Buf)
}
