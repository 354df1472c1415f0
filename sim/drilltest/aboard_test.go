package drilltest_test

import (
	"fmt"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/drilltest"
	"sandtable/sim/engine"
	"sandtable/sim/scenario"
)

// riverside is a street of nine junctions with a tunnel in its middle, two coaches, two boats and twenty households, on
// which random water comes and goes, deep enough to stop and to lose what drives there.
func riverside(t *testing.T, pick func(n int) int) *scenario.Scenario {
	t.Helper()
	var b strings.Builder
	b.WriteString("map 120x20 cell=50 level=10\nchannel phone use=command delay=1m\nchannel siren delay=2m\n" +
		"post county 5900,600 public=siren links=phone\n" +
		"zone z1 0,0 2000,1000 post=county shelters=s1 assembly=a1\n" +
		"zone z2 2001,0 4000,1000 post=county shelters=s1,s2 assembly=a2\n")
	for n := range 9 {
		fmt.Fprintf(&b, "node n%d %d,500\n", n, 125+700*n)
	}
	b.WriteString("node m1 2225,150\nnode m2 2925,150\n")
	for n := range 8 {
		fmt.Fprintf(&b, "road r%d n%d n%d\n", n, n, n+1)
	}
	b.WriteString("road d1 n3 m1\nroad d2 m1 m2\nroad d3 m2 n4\n" +
		"shelter s1 5725,510 capacity=60 open\nshelter s2 130,520 capacity=20\n" +
		"assembly a1 825,480\nassembly a2 2925,480\nstation st 825,520\nstation boats 3625,520\n" +
		"unit coach-1 coach station=st seats=12 turnout=2m\nunit coach-2 coach station=boats seats=20 turnout=2m\n" +
		"unit boat-1 boat station=boats seats=6 turnout=2m\nunit boat-2 boat station=st seats=3 turnout=2m\n")
	for h := range 20 {
		fmt.Fprintf(&b, "house h%d %d,%d storeys=%d cars=%d : 35 %d-limited 8\n", h, 150+190*h, 440+pick(120), 1+pick(2),
			pick(4)/3, 60+pick(30))
	}
	for k := range 14 {
		x := pick(5000)
		fmt.Fprintf(&b, "water %dm %d,0 %d,1000 depth=%g vx=%g\n", 8+7*k+pick(7), x, x+100+pick(1500),
			float64(pick(18))/10, float64(pick(3))/2)
	}
	town, err := drilltest.NewTown(b.String())
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range [...]int{4, 5} { // n4 to n6
		l := &town.Scenario.Links[k]
		l.Form, l.Level = scenario.FormTunnel, 9.5
	}
	town.Scenario.Drill.Duration = 2 * sim.Hour
	return town.Scenario
}

// sendAll orders both zones out and all units to work, each a little later, and again.
func sendAll(pick func(n int) int) []sim.Command {
	var all []sim.Command
	give := func(second int, order string, pairs ...string) {
		c := sim.NewCommand(sim.FromDirector, order, pairs...)
		if order != "close_road" && order != "open_road" {
			c = sim.NewCommand(sim.FromPlayer, order, pairs...)
		}
		c.At = sim.Time(second) * sim.Time(sim.Second)
		all = append(all, c)
	}
	for _, z := range [...]string{"z1", "z2"} {
		give(60, "evacuate_zone", "zone", z)
	}
	at := 120
	for range 8 {
		give(at, "dispatch_coach", "unit", "coach-1", "zone", "z1")
		give(at, "dispatch_coach", "unit", "coach-2", "zone", []string{"z1", "z2"}[pick(2)])
		give(at, "rescue_zone", "unit", "boat-1", "zone", []string{"z1", "z2"}[pick(2)])
		give(at, "rescue_zone", "unit", "boat-2", "zone", "z1")
		give(at+pick(300), "close_road", "link", fmt.Sprint(pick(8)), "policy", []string{"turn-back", "strand"}[pick(2)])
		give(at+600, "open_road", "link", fmt.Sprint(pick(8)))
		at += 300 + pick(900)
	}
	return all
}

// due gives each command in the tick of its instant, to whichever world.
type due []sim.Command

func (d due) Commands(now sim.Time, _ []sim.Event, _ sim.Viewer, buf []sim.Command) []sim.Command {
	for _, c := range d {
		if c.At >= now && c.At < now.Add(sim.Tick) {
			buf = append(buf, c)
		}
	}
	return buf
}

// aboardCheck holds what the units count aboard against the people whom population has in units. Word of who gets in and
// out takes a tick each way, so that they may differ for a few ticks and no longer.
type aboardCheck struct {
	seed   uint64
	truth  sim.Truth
	differ int
	seen   map[string]int
}

func (*aboardCheck) Before(sim.Time, []sim.Command) error { return nil }

func (c *aboardCheck) After(now sim.Time, events []sim.Event, _ *sim.Digest, view sim.Viewer) error {
	view.Truth(&c.truth)
	aboard := 0
	for _, u := range c.truth.Units {
		aboard += u.Aboard
		if u.Aboard < 0 {
			return fmt.Errorf("seed %d: at %v: a unit with %d aboard", c.seed, now, u.Aboard)
		}
	}
	n := c.truth.Total
	if sum := n.Home + n.Street + n.Vehicle + n.Assembly + n.Unit + n.Shelter + n.Outside + n.Dead; sum != n.Persons {
		return fmt.Errorf("seed %d: at %v: %d persons in all; there are %d", c.seed, now, sum, n.Persons)
	}
	if c.differ++; aboard == n.Unit {
		c.differ = 0
	}
	if c.differ > 3 {
		return fmt.Errorf("seed %d: at %v: the units count %d aboard, of %d who are in units", c.seed, now, aboard, n.Unit)
	}
	for i := range events {
		e := &events[i]
		if e.B.Kind == sim.KindUnit {
			c.seen[e.Kind.String()]++
		}
		if e.Kind == sim.EvUnitStatus {
			c.seen[sim.UnitStatus(e.Count).String()]++
		}
	}
	return nil
}

// Whatever water does to coaches and boats, who is aboard a unit is counted by it once, and nobody is lost or counted
// twice: lost and stuck units, passengers who get out, are fetched or die.
func TestUnitsCountWhoIsAboard(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(40) {
		pick := picker(seed)
		cfg := engine.Config{Scenario: riverside(t, pick), Seed: sim.SeedOf(seed)}
		w := newWorld(t, cfg)
		check := &aboardCheck{seed: seed, seen: seen}
		if err := engine.Drive(t.Context(), w, due(sendAll(pick)), end(cfg.Scenario), check); err != nil {
			t.Error(err)
		}
		w.Recount()
	}
	for _, kind := range []string{"party-stranded", "party-rescued", "party-free", "person-died", "party-boarded",
		"lost", "stuck"} {
		if seen[kind] == 0 {
			t.Errorf("the stories are too tame: no %s in a unit", kind)
		}
	}
}

// At whatever second a world with lost coaches, a tunnel and filmed water is saved, the one that is loaded from the bytes
// tells the rest of the story, with the film or without it, and is the same at every instant.
func TestSaveAtAnySecond(t *testing.T) {
	for seed := range uint64(5) {
		pick := picker(100 + seed)
		cfg := engine.Config{Scenario: riverside(t, pick), Seed: sim.SeedOf(seed), Films: films(t)}
		given := due(sendAll(pick))
		w := newWorld(t, cfg)
		for w.Now() < end(cfg.Scenario) {
			from, until := w.Now(), min(end(cfg.Scenario), w.Now().Add(sim.Duration(1+pick(1500))*sim.Second))
			other := cfg
			if pick(2) == 0 {
				other.Films = nil
			}
			twin, err := engine.Load(other, saved(w))
			if err != nil {
				t.Fatalf("seed %d: at %v: %v", seed, from, err)
			}
			if w.FullDigest() != twin.FullDigest() {
				t.Fatalf("seed %d: at %v: loaded it is another world", seed, from)
			}
			a, b := tell(t, w, given, until), tell(t, twin, given, until)
			if err := twin.Close(); err != nil {
				t.Fatal(err)
			}
			if d := difference(a, b); d != "" {
				t.Fatalf("seed %d: saved at %v: another story %s", seed, from, d)
			}
		}
	}
}
