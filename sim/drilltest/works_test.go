package drilltest_test

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/flood"
	"sandtable/sim/scenario"
)

// guarded is hamlet with twice the river and structures of every kind that obeys orders: a dyke along the bank with a
// place that fails, one that waits for water to do so, and a gate, a barrier across the valley, a pump and drains.
func guarded(t testing.TB) *scenario.Scenario {
	t.Helper()
	sc := *flooded(t, 2, 0)
	spec := *sc.Hazards[0].Spec.(*flood.Config)
	ground := func(x, y float64) float64 { return float64(sc.Terrain.At(scenario.Point([2]float64{x, y}))) / 1000 }
	d, gap := flood.DefaultDyke(), flood.DefaultDykeBreach()
	d.Name, d.Line, d.Height = "bank", [][2]float64{{31, 1460}, {700, 1490}, {1400, 1450}}, 1
	gap.Name, gap.Place, gap.Trigger = "spot", [2]float64{640, 1490}, flood.TriggerOvertopping
	gap.Bottom, gap.Width = ground(640, 1490), 30
	dry := flood.DefaultDykeBreach()
	dry.Name, dry.Place, dry.Bottom = "dry", [2]float64{300, 1475}, ground(300, 1475)
	dry.Water = [][2]float64{{40, 1480}, {690, 1510}, {690, 1560}, {40, 1560}}
	d.Breaches = []flood.DykeBreach{gap, dry}
	b := flood.DefaultBarrier()
	b.Name, b.Line, b.Height, b.Rate = "bags", [][2]float64{{1700, 1250}, {1700, 1850}}, 2, 4
	s := flood.DefaultSluice()
	s.Name, s.Dyke, s.Place, s.Width, s.Height = "sluice", "bank", [][2]float64{{1000, 1470}}, 10, 2
	s.Sill = ground(1000, 1470)
	p := flood.DefaultPump()
	p.Name, p.Place, p.Capacity = "pump", [2]float64{900, 1400}, 2
	q := flood.DefaultDrain()
	q.Name, q.Capacity = "sewer", 30
	q.Polygon = [][2]float64{{700, 1250}, {1300, 1250}, {1300, 1440}, {700, 1440}}
	q.Outfall = [][2]float64{{1350, 1480}}
	spec.Dykes, spec.Barriers, spec.Sluices = []flood.Dyke{d}, []flood.Barrier{b}, []flood.Sluice{s}
	spec.Pumps, spec.Drains = []flood.Pump{p}, []flood.Drain{q}
	sc.Hazards[0].Spec = &spec
	return &sc
}

// workOrders draws a stream of orders to the structures of guarded, by the director and by posts.
func workOrders(n int, pick func(n int) int) []sim.Command {
	var all []sim.Command
	for range n {
		var c sim.Command
		switch pick(6) {
		case 0:
			c = sim.NewCommand(sim.FromDirector, "breach", "structure", []string{"dry", "spot"}[pick(2)])
		case 1:
			c = sim.NewCommand(sim.FromPlayer, "set_gate", "structure", "sluice", "opening", strconv.Itoa(pick(101)),
				"over", strconv.Itoa(pick(40))+"m")
		case 2, 3:
			c = sim.NewCommand(sim.FromDirector, "set_crest", "structure", "bags", "height",
				strconv.FormatFloat(float64(pick(24))/10, 'g', -1, 64))
		case 4:
			c = sim.NewCommand(sim.FromPlayer, "switch_pump", "structure", "pump", "state", []string{"on", "off"}[pick(2)])
		default:
			c = sim.NewCommand(sim.FromDirector, "switch_pump", "structure", "sewer", "state", []string{"on", "off"}[pick(2)])
		}
		c.At = sim.Time(pick(9000)) * sim.Time(sim.Second)
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b sim.Command) int { return int((a.At - b.At) / sim.Time(sim.Second)) })
	return all
}

// Random streams of orders to structures tell the same story whether the water is solved, filmed on the way, or read
// from the film; the structures do change the water.
func TestStructuresFilmed(t *testing.T) {
	cfg := engine.Config{Scenario: guarded(t)}
	seen := map[sim.StructureAction]bool{}
	streams := uint64(5)
	if os.Getenv("SANDTABLE_SOAK") != "" {
		streams = 50
	}
	for seed := range streams {
		cfg.Seed, cfg.Films = sim.SeedOf(seed), nil
		given := workOrders(6, picker(100+seed))
		solved := play(t, cfg, given)
		cfg.Films = films(t)
		for _, how := range []string{"filming", "filmed"} {
			if d := difference(solved, play(t, cfg, given)); d != "" {
				t.Errorf("seed %d: solved and %s differ %s", seed, how, d)
			}
		}
		for _, e := range solved.events {
			if e.Kind == sim.EvStructure {
				seen[sim.StructureAction(e.Count)] = true
			}
		}
	}
	for a := sim.StructureSetOpening; a <= sim.StructureWait; a++ {
		if !seen[a] {
			t.Errorf("no structure ever did action %d: the streams test nothing", a)
		}
	}
}

// A world with structures that is saved at any second goes on as the saved one.
func TestStructuresSaved(t *testing.T) {
	cfg := engine.Config{Scenario: guarded(t), Seed: sim.SeedOf(4)}
	pick := picker(7)
	given := due(workOrders(8, pick))
	w := newWorld(t, cfg)
	for range 5 {
		tell(t, w, given, w.Now().Add(sim.Duration(1000+pick(900))*sim.Second))
		twin, err := engine.Load(cfg, saved(w))
		if err != nil {
			t.Fatal(err)
		}
		until := w.Now().Add(5 * sim.Minute)
		if d := difference(tell(t, w, given, until), tell(t, twin, given, until)); d != "" {
			t.Errorf("saved at %v: another story %s", w.Now(), d)
		}
		if err := twin.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
