package drilltest_test

import (
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/rng"
)

// nonsense makes so many commands of any kind at any time: most could be given by somebody, some name what is not
// there, give numbers out of range, leave parameters out or name what no order has. pick(n) chooses one of n.
func nonsense(w *engine.World, n int, pick func(n int) int) []sim.Command {
	var all []sim.Command
	for range n {
		spec := &sim.Orders[pick(len(sim.Orders))]
		c := sim.Command{Order: spec.Name, Origin: sim.OriginKind(pick(4)),
			At: sim.Time(pick(10800)) * sim.Time(sim.Second)}
		if posts := w.Names().All(sim.KindPost); pick(3) == 0 {
			c.Post = posts[pick(len(posts))]
		}
		for i := range spec.Params {
			if p := &spec.Params[i]; !p.Optional || pick(2) == 0 {
				c.Args = append(c.Args, sim.Arg{Name: p.Name, Value: anyValue(w, p, pick)})
			}
		}
		spoil(&c, pick)
		c.Sort()
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b sim.Command) int { return int((a.At - b.At) / sim.Time(sim.Second)) })
	return all
}

// anyValue returns a value that a parameter may have.
func anyValue(w *engine.World, p *sim.ParamSpec, pick func(n int) int) string {
	switch p.Kind {
	case sim.ParamRef:
		if p.Ref == sim.KindLink {
			return strconv.Itoa(pick(len(w.Scenario().Links)))
		}
		if p.Ref == sim.KindNode {
			return strconv.Itoa(pick(len(w.Scenario().Nodes)))
		}
		if all := w.Names().All(p.Ref); len(all) > 0 {
			return all[pick(len(all))]
		}
		return "none"
	case sim.ParamNumber:
		return strconv.FormatFloat(p.Min+(p.Max-p.Min)*float64(pick(101))/100, 'g', -1, 64)
	case sim.ParamDuration:
		return fmt.Sprintf("%ds", pick(10000))
	case sim.ParamChoice:
		return p.Choices[pick(len(p.Choices))]
	case sim.ParamXY:
		return fmt.Sprintf("%d,%d", pick(3000), pick(3000))
	}
	return "水位上涨"
}

// spoil makes one command in four wrong.
func spoil(c *sim.Command, pick func(n int) int) {
	bad := []string{"", "nobody", "-1", "1e308", "NaN", "\xff\x00", "99999999999999999999", "z01 ", "s02,s01"}
	switch pick(16) {
	case 0:
		c.Order = bad[pick(len(bad))]
	case 1:
		c.Args = append(c.Args, sim.Arg{Name: bad[pick(len(bad))], Value: "1"})
	case 2:
		c.Post = bad[pick(len(bad))]
	case 3:
		if len(c.Args) > 0 {
			c.Args[pick(len(c.Args))].Value = bad[pick(len(bad))]
		}
	}
}

// picker draws from a stream of a seed.
func picker(seed uint64) func(n int) int {
	stream, k := rng.New(seed, "drilltest.nonsense"), uint32(0)
	return func(n int) int {
		k++
		return int(stream.Uint64(uint64(k), 0, 0) % uint64(n))
	}
}

// soakOnce plays hamlet to its end under a stream of nonsense, with a full count every thousand ticks, and once more with
// saving and loading on the way: both must tell the same story. What goes wrong comes back with the line that does it
// again.
func soakOnce(t testing.TB, seed uint64, cache sim.FilmStore, river float64) (err error) {
	cfg := engine.Config{Scenario: flooded(t, river, 0), Seed: sim.SeedOf(seed), Films: cache}
	now := sim.Time(0)
	defer func() {
		if bad := recover(); bad != nil {
			err = fmt.Errorf("%v\n%s", bad, debug.Stack())
		}
		if err != nil {
			err = fmt.Errorf("after %v: %w\nto do it again: SANDTABLE_SOAK_SEED=%d SANDTABLE_SOAK_RIVER=%g "+
				"go test -run 'TestNonsense$' ./sim/drilltest", now, err, seed, river)
		}
	}()
	whole, err := soakPlay(t, cfg, seed, false, &now)
	if err != nil {
		return err
	}
	parts, err := soakPlay(t, cfg, seed, true, &now)
	if err != nil {
		return err
	}
	if d := difference(whole, parts); d != "" {
		return fmt.Errorf("saved and loaded on the way: another story %s", d)
	}
	return nil
}

// soakPlay plays hamlet under the seed's nonsense, with reloading by way of saved bytes now and then. It keeps now at the
// last instant that was reached in good order.
func soakPlay(t testing.TB, cfg engine.Config, seed uint64, reloading bool, now *sim.Time) (story, error) {
	w, err := engine.New(cfg)
	if err != nil {
		return story{}, err
	}
	pick := picker(seed)
	src := planned(w, nonsense(w, 20+pick(400), pick))
	r := &recorder{}
	for *now = 0; *now < end(cfg.Scenario); *now = w.Now() {
		r.world = w
		until := min(end(cfg.Scenario), w.Now().Add(sim.Duration(1+pick(1200))*sim.Second))
		if err := engine.Drive(t.Context(), w, src, until, r); err != nil {
			return story{}, err
		}
		w.Recount()
		if !reloading {
			continue
		}
		state := saved(w)
		if err := w.Close(); err != nil {
			return story{}, err
		}
		if w, err = engine.Load(cfg, state); err != nil {
			return story{}, err
		}
	}
	r.full = w.FullDigest()
	return r.story, w.Close()
}

// rivers are the sizes of the flood under which nonsense is given, as multiples of the shipped one.
var rivers = []float64{1, 2.5, 6}

// TestNonsense plays hamlet under random orders: the counters agree with a full count, and nothing panics, whatever is
// commanded.
func TestNonsense(t *testing.T) {
	if text := os.Getenv("SANDTABLE_SOAK_SEED"); text != "" {
		seed, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		river, err := strconv.ParseFloat(os.Getenv("SANDTABLE_SOAK_RIVER"), 64)
		if err != nil {
			river = 1
		}
		if err := soakOnce(t, seed, nil, river); err != nil {
			t.Fatal(err)
		}
		return
	}
	soak(t, 0, 10)
}

// TestSoakNonsense is TestNonsense with many more seeds; with SANDTABLE_SOAK=short, with as many again.
func TestSoakNonsense(t *testing.T) {
	switch os.Getenv("SANDTABLE_SOAK") {
	case "":
		t.Skip("long: set SANDTABLE_SOAK=1")
	case "short":
		soak(t, 1000, 10)
	default:
		soak(t, 1000, 1000)
	}
}

func soak(t *testing.T, from, n uint64) {
	cache, err := lab.OpenFilms(t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for seed := from; seed < from+n; seed++ {
		if err := soakOnce(t, seed, cache, rivers[seed%3]); err != nil {
			t.Error(err)
		}
	}
}
