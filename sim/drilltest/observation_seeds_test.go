package drilltest_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/geo"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// unseen is one way of changing what is so without anybody seeing it, and the posts that must not learn of it.
type unseen struct {
	name   string
	given  func(sc *scenario.Scenario) []sim.Command
	change func(t *testing.T, sc *scenario.Scenario) *scenario.Scenario
	sees   string       // the one post that may see it
	span   sim.Duration // of each of its hundred runs; water comes at 10 min
}

// TestNoPostKnowsWhatNobodySaw: over 50 draws of the people of hamlet, what every post knows stays the same byte for byte,
// minute by minute, when somebody lives in another house of the same zone, when water stands where nobody is and no gauge,
// and when parties of a zone whose post is cut off are in water: only that post learns of it.
func TestNoPostKnowsWhatNobodySaw(t *testing.T) {
	store := films(t)
	for _, kind := range []unseen{
		{"a household next door", func(*scenario.Scenario) []sim.Command { return nil }, nextDoor, "", sim.Hour},
		{"water in the woods", func(*scenario.Scenario) []sim.Command { return orders() }, wetWoods, "", sim.Hour},
		{"parties in the water of a silent zone", func(sc *scenario.Scenario) []sim.Command {
			return append(silence(sc), evacuation(sc, 5*sim.Minute)...)
		}, wetVillage, "v05", 45 * sim.Minute}, // later on people of other zones come to that water
	} {
		t.Run(kind.name, func(t *testing.T) {
			before := hamlet(t)
			after := kind.change(t, before)
			differs := false
			for people := range uint64(50) {
				cfg := engine.Config{Scenario: before, Seed: sim.SeedOf(1), Films: store}
				cfg.Seed.People = people + 1
				a := glimpse(t, cfg, kind.span, kind.given(before))
				cfg.Scenario = after
				b := glimpse(t, cfg, kind.span, kind.given(after))
				_, part := a.digest.Equal(b.digest)
				differs = differs || part != ""
				for i, post := range a.posts {
					if n := firstNews(a, b, post); n > 0 && post != kind.sees {
						t.Fatalf("people %d: %s (%d) knows something else after %d min", people+1, post, i, n)
					}
				}
				if kind.sees != "" && slices.EqualFunc(a.known[kind.sees], b.known[kind.sees], bytes.Equal) && people == 0 {
					t.Errorf("%s, whose own people tell it, does not know either", kind.sees)
				}
			}
			if !differs && kind.name != "a household next door" {
				t.Error("nothing was changed")
			}
		})
	}
}

// glimpse plays the first part of a drill, without its standing plan, and returns what its posts have known.
func glimpse(t *testing.T, cfg engine.Config, span sim.Duration, given []sim.Command) *observer {
	t.Helper()
	w, err := engine.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	o := &observer{posts: w.Names().All(sim.KindPost), known: make(map[string][][]byte)}
	if err := engine.Drive(context.Background(), w, &lab.List{Given: given}, sim.Time(span), o); err != nil {
		t.Fatal(err)
	}
	_ = w.Close() // a film that is cut short is none of the test's business
	return o
}

// nextDoor moves the first household that can to another house of its zone.
func nextDoor(t *testing.T, sc *scenario.Scenario) *scenario.Scenario {
	t.Helper()
	sites := scenario.Locate(sc, scenario.NewDirectory(sc))
	moved := *sc
	moved.Households = slices.Clone(sc.Households)
	for h := range moved.Households {
		home := moved.Households[h].Home
		zone := sites.Building[home].Zone
		if zone < 0 {
			continue
		}
		for _, b := range sites.Zone[zone].Buildings {
			if b != home && sc.Buildings[b].Use == sc.Buildings[home].Use {
				moved.Households[h].Home = b
				return &moved
			}
		}
	}
	t.Fatal("nobody can move")
	return nil
}

func wetWoods(t *testing.T, sc *scenario.Scenario) *scenario.Scenario {
	t.Helper()
	woods, ok := emptyCorner(sc)
	if !ok {
		t.Fatal("hamlet has no empty corner")
	}
	return drowned(t, woods)
}

func wetVillage(t *testing.T, _ *scenario.Scenario) *scenario.Scenario {
	t.Helper()
	return drowned(t, geo.Rect{Min: geo.Point{X: 700, Y: 1750}, Max: geo.Point{X: 1000, Y: 2050}}) // all of z05
}
