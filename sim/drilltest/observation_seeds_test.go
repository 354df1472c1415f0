package drilltest_test

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/geo"
	"sandtable/sim/lab"
	"sandtable/sim/scenario"
)

// unseen is one way of changing what is so without anybody seeing it, and the posts that may see it all the same.
type unseen struct {
	name   string
	given  func(sc *scenario.Scenario) []sim.Command                    // in both stories
	change func(t *testing.T, sc *scenario.Scenario) *scenario.Scenario // what the second one differs by: another world,
	befall []sim.Command                                                // or what the director lets happen
	shows  sim.EventKind                                                // what happens more often in the second story
	sees   []string                                                     // the posts whose own people see it
	span   sim.Duration                                                 // of each of its hundred runs; water comes at 10 min
}

// seedsUnseen is how many draws of the people each way is tried on, seedsChanged in how many of them the truth must have
// changed.
const seedsUnseen, seedsChanged = 50, 40

// TestNoPostKnowsWhatNobodySaw: over 50 draws of the people of hamlet the truth is changed in what nobody observes, and
// what every post knows stays the same byte for byte, minute by minute. Where the post that moves a zone has people who see
// it, that post alone learns of it. That the truth has changed is checked: the digests of the two stories differ.
func TestNoPostKnowsWhatNobodySaw(t *testing.T) {
	store := films(t)
	for _, kind := range unseenKinds() {
		t.Run(kind.name, func(t *testing.T) { kind.try(t, store) })
	}
}

func (k *unseen) try(t *testing.T, store *lab.Films) {
	before := hamlet(t)
	after := before
	if k.change != nil {
		after = k.change(t, before)
	}
	changed, learnt := 0, make(map[string]int)
	for people := range uint64(seedsUnseen) {
		cfg := engine.Config{Scenario: before, Seed: sim.SeedOf(1), Films: store}
		cfg.Seed.People = people + 1
		a := glimpse(t, cfg, k.span, k.given(before))
		cfg.Scenario = after
		given := append(slices.Clone(k.befall), k.given(after)...)
		slices.SortStableFunc(given, func(a, b sim.Command) int { return cmp.Compare(a.At, b.At) })
		b := glimpse(t, cfg, k.span, given)
		same, _ := a.digest.Equal(b.digest)
		if !same && (k.shows == 0 || b.happened[k.shows] > a.happened[k.shows]) {
			changed++
		}
		for i, post := range a.posts {
			switch n := firstNews(a, b, post); {
			case n > 0 && !slices.Contains(k.sees, post):
				t.Fatalf("people %d: %s (%d) knows something else after %d min", people+1, post, i, n)
			case n > 0:
				learnt[post]++
			}
		}
	}
	if changed < seedsChanged {
		t.Errorf("the truth has changed in %d of %d draws; want %d at least", changed, seedsUnseen, seedsChanged)
	}
	for _, post := range k.sees {
		if learnt[post] == 0 {
			t.Errorf("%s, whose own people tell it, never knows either", post)
		}
	}
}

// unseenKinds lists what is changed, and why nobody can know.
func unseenKinds() []unseen {
	nothing := func(*scenario.Scenario) []sim.Command { return nil }
	return []unseen{
		// Neither gauge nor building nor road is where the water stands.
		{name: "water in the woods", given: func(*scenario.Scenario) []sim.Command { return orders() }, change: wetWoods,
			span: 45 * sim.Minute},
		// The channels between posts are dead. Later on people of other zones come to that water.
		{name: "parties in the water of a silent zone", given: func(sc *scenario.Scenario) []sim.Command {
			return append(silence(sc), evacuation(sc, 5*sim.Minute)...)
		}, change: wetVillage, shows: sim.EvPartyStranded, sees: []string{"v05"}, span: 45 * sim.Minute},
		// What neighbours tell each other over the fence no official hears; as nobody is told to leave, nobody is counted
		// as refusing either.
		{name: "a rumour without an order", given: nothing, befall: []sim.Command{
			inject(5*sim.Minute, "rumour", "zone", "z05", "says", "stay", "heard", "50",
				"text", "水库没有险情", "text_en", "the reservoir is safe")}, span: 45 * sim.Minute},
		// The head of the village acts for it and z05 has no order, so that nobody calls the one who would stand in for him.
		{name: "a deputy is hurt", given: func(*scenario.Scenario) []sim.Command { return orders() }, befall: []sim.Command{
			inject(5*sim.Minute, "official_state", "official", "v05-2", "state", "hurt")}, span: 45 * sim.Minute},
		// The village leaves by its own order and can tell nobody: its post knows its people, the others never hear of them.
		{name: "other people in a silent zone", given: func(sc *scenario.Scenario) []sim.Command {
			return append(silence(sc), leave("v05", "z05", 5*sim.Minute))
		}, change: otherPeople, sees: []string{"v05"}, span: 45 * sim.Minute},
		// Strangers on the road are on no list, and outside the zones no post has people who pass.
		{name: "strangers in the water on a road outside the zones", given: nothing, change: wetRoad,
			shows: sim.EvVehicleStranded, span: 45 * sim.Minute},
		// Heads are not counted in that time, and the list at the door says who came, not who is inside. At home they are
		// seen again by the people of their own village, which can tell nobody; the shelters and all others can.
		{name: "who slips out between two head counts", given: func(*scenario.Scenario) []sim.Command {
			return append(orders()[:3], inject(45*sim.Minute, "channel_down", "channel", "phone", "zone", "z03"),
				inject(45*sim.Minute, "channel_down", "channel", "radio", "zone", "z03"))
		}, change: restless, shows: sim.EvPartyWentOff, sees: []string{"v03"}, span: 57 * sim.Minute},
		// Levels at which every village would call its people in, while no line works: only who sets them knows.
		{name: "levels that no line carries", given: silence, befall: []sim.Command{
			inject(10*sim.Minute, "response_level", "level", "II"), inject(11*sim.Minute, "warning_level", "level", "red")},
			shows: sim.EvResponseLevel, sees: []string{"county"}, span: 45 * sim.Minute},
	}
}

// inject is something that the director lets happen.
func inject(at sim.Duration, order string, pairs ...string) sim.Command {
	c := sim.NewCommand(sim.FromDirector, order, pairs...)
	c.At = sim.Time(at)
	return c
}

// leave is an order of a village's own post to its zone.
func leave(post, zone string, at sim.Duration) sim.Command {
	c := sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", zone)
	c.At, c.Post = sim.Time(at), post
	return c
}

// glimpse plays the first part of a drill, without its standing plan, and returns what its posts have known.
func glimpse(t *testing.T, cfg engine.Config, span sim.Duration, given []sim.Command) *observer {
	t.Helper()
	w, err := engine.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	o := &observer{posts: w.Names().All(sim.KindPost), known: make(map[string][][]byte), happened: make(map[sim.EventKind]int)}
	if err := engine.Drive(context.Background(), w, &lab.List{Given: given}, sim.Time(span), o); err != nil {
		t.Fatal(err)
	}
	_ = w.Close() // a film that is cut short is none of the test's business
	return o
}

// otherPeople puts other people into the houses of z05: as many, but old, and each household with a car more. Households
// of which somebody works or is at school stay as they are: who is elsewhere can be seen there.
func otherPeople(_ *testing.T, sc *scenario.Scenario) *scenario.Scenario {
	sites := scenario.Locate(sc, scenario.NewDirectory(sc))
	other := *sc
	other.Households, other.Persons = slices.Clone(sc.Households), slices.Clone(sc.Persons)
	out := make([]bool, len(sc.Households))
	for _, x := range sc.Persons {
		out[x.Household] = out[x.Household] || x.Work >= 0 || x.School >= 0
	}
	for i := range other.Persons {
		x := &other.Persons[i]
		zone := sites.Building[sc.Households[x.Household].Home].Zone
		if out[x.Household] || zone < 0 || sc.Zones[zone].Name != "z05" {
			continue
		}
		other.Households[x.Household].Cars = sc.Households[x.Household].Cars + 1
		x.Age, x.Mobility = 80, scenario.MobilityLimited
	}
	return &other
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

// wetRoad lets a stream of strangers come through the map, and water stand on their road between the zones.
func wetRoad(t *testing.T, _ *scenario.Scenario) *scenario.Scenario {
	t.Helper()
	sc := drowned(t, geo.Rect{Min: geo.Point{X: 2250, Y: 900}, Max: geo.Point{X: 2550, Y: 1500}})
	sc.Roads.Background = []scenario.Background{{From: "border", To: "border", Vehicles: 200, Arrivals: "regular", Persons: 2}}
	return sc
}

// restless is hamlet with people who do not stay in a shelter.
func restless(_ *testing.T, sc *scenario.Scenario) *scenario.Scenario {
	out := *sc
	out.Rules.Patience, out.Rules.LeaveRate = 0, 3
	return &out
}
