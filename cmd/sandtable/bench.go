package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"time"

	"sandtable/cmd/internal/stage"
	"sandtable/sim"
	"sandtable/sim/engine"
)

type benchCmd struct {
	Budget  budgetCmd       `cmd:"" help:"对照预算逐项计时 · Time every part of a drill against the budget."`
	Scale   benchScaleCmd   `cmd:"" help:"测算开销随人口的增长 · See how the cost of a drill grows with its county."`
	Flood   benchFloodCmd   `cmd:"" help:"水力计算测速 · Time the water on standard cases."`
	Traffic benchTrafficCmd `cmd:"" help:"推演交通算例 · Run a traffic case: arrivals, flows, jams, and what it costs."`
}

type budgetCmd struct {
	Scenario string `arg:"" optional:"" default:"linjiang-flood" help:"演练 · Drill."`
	JSON     bool   `help:"供程序读取 · For machines."`
}

// budgetLine is one line of the budget: what was used, and what is allowed.
type budgetLine struct {
	Part  string  `json:"part"`
	S     float64 `json:"core_s"`
	Limit float64 `json:"limit_core_s,omitempty"`
}

// The budget for linjiang-flood on one 2.6 GHz core: water at most 70 core-seconds, everything else together at
// most 5, of which digests 3 %, keyframes 5 %, scripts 3 %, dispatch 5 %.
const (
	budgetWater = 70.0
	budgetRest  = 5.0
)

// Run plays a drill twice on one processor: the first time it solves the water and films it, the second time it plays
// the film, and every phase is timed.
func (c *budgetCmd) Run(a *app) error {
	runtime.GOMAXPROCS(1)
	dir, err := os.MkdirTemp("", "sandtable-budget-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // measured films are of no further use
	s, err := openStory(c.Scenario, &machineFlags{Machine: stage.Machine{Workers: 1, Films: dir}, JSON: true})
	if err != nil {
		return err
	}
	solved, _, err := s.clocked(a)
	if err != nil {
		return err
	}
	filmed, _, err := s.clocked(a)
	if err != nil {
		return err
	}
	lines := budget(solved, filmed)
	if c.JSON {
		return json.NewEncoder(a.out).Encode(lines)
	}
	drill := &s.Scenario.Drill
	fmt.Fprintf(a.out, "%s, %d persons, %v, one processor\n", drill.Name, len(s.Scenario.Persons), drill.Duration)
	for _, l := range lines {
		verdict := ""
		if l.Limit > 0 {
			verdict = fmt.Sprintf("  of %6.2f  %s", l.Limit, map[bool]string{true: "ok", false: "OVER"}[l.S <= l.Limit])
		}
		fmt.Fprintf(a.out, "%-28s %8.3f core-s%s\n", l.Part, l.S, verdict)
	}
	return nil
}

// stopwatch adds up the processor time of phases: on a machine that others use too, the time on the wall says little.
// Where the system does not tell processor time, it takes the wall's.
type stopwatch struct {
	spent map[string]time.Duration
	phase string
	since time.Duration
	start time.Time
}

func (t *stopwatch) enter(phase string) {
	now := cpuTime()
	if now == 0 {
		now = time.Since(t.start)
	}
	if t.phase != "" {
		t.spent[t.phase] += now - t.since
	}
	t.phase, t.since = phase, now
}

// total is what all phases but the setup have taken [s].
func (t *stopwatch) total() float64 {
	sum := 0.0
	for phase, spent := range t.spent {
		if phase != "setup" {
			sum += spent.Seconds()
		}
	}
	return sum
}

// clocked plays the story once with the live sources, timing its phases; digests and keyframes as a recorder would
// make them.
func (s *story) clocked(a *app) (*stopwatch, *keeper, error) {
	watch := &stopwatch{spent: make(map[string]time.Duration), start: time.Now()}
	cfg := s.Config(sim.SeedOf(uint64(s.Scenario.Drill.Seed)))
	cfg.Probe = watch.enter
	watch.enter("setup")
	w, err := engine.New(cfg)
	if err != nil {
		return nil, nil, stage.Input(err)
	}
	live, done, err := s.Live(w, nil)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	watch.enter("outside")
	until := sim.Time(s.Scenario.Drill.Duration)
	k := &keeper{watch: watch, world: w}
	err = engine.Drive(a.ctx, w, timedSource{live, watch}, until, k)
	if err != nil {
		return nil, nil, err
	}
	watch.enter("setup")
	return watch, k, w.Close()
}

// timedSource clocks the plan and the scripts.
type timedSource struct {
	src   sim.Source
	watch *stopwatch
}

// Commands asks the source under the clock.
func (t timedSource) Commands(now sim.Time, last []sim.Event, v sim.Viewer, buf []sim.Command) []sim.Command {
	t.watch.enter("scripts")
	buf = t.src.Commands(now, last, v, buf)
	t.watch.enter("outside")
	return buf
}

// keeper makes the digests and keyframes of a recorded run, without writing them.
type keeper struct {
	watch  *stopwatch
	world  *engine.World
	buf    sim.Encoder
	left   int    // parties that left their places
	memory uint64 // that the program has had from the system, at most [bytes]
}

// Before does nothing.
func (k *keeper) Before(sim.Time, []sim.Command) error { return nil }

// After makes what is due.
func (k *keeper) After(now sim.Time, events []sim.Event, _ *sim.Digest, _ sim.Viewer) error {
	for i := range events {
		if events[i].Kind == sim.EvPartyLeft {
			k.left++
		}
	}
	if now%sim.Time(engine.DigestEvery) == 0 {
		k.watch.enter("digests")
		k.world.Digest()
		k.watch.enter("outside")
	}
	if now%sim.Time(30*sim.Minute) == 0 {
		k.watch.enter("keyframes")
		k.world.Recount()
		k.buf.Buf = k.buf.Buf[:0]
		k.world.Keyframe(&k.buf)
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		k.memory = max(k.memory, m.Sys-m.HeapReleased)
		k.watch.enter("outside")
	}
	return nil
}

// budget sums up.
func budget(solved, filmed *stopwatch) []budgetLine {
	lines := []budgetLine{{"water, solved and filmed", solved.spent["hazards"].Seconds(), budgetWater}}
	rest := 0.0
	limits := map[string]float64{"digests": 0.03, "keyframes": 0.05, "scripts": 0.03, "response": 0.05}
	for _, part := range []string{"hazards", "begin", "command", "people", "roads", "response", "commit", "digests",
		"keyframes", "scripts", "outside"} {
		name := part
		switch part {
		case "hazards":
			name = "water, from the film"
		case "outside":
			name = "loop"
		}
		v := filmed.spent[part].Seconds()
		rest += v
		lines = append(lines, budgetLine{name, v, limits[part] * budgetRest})
	}
	return append(lines, budgetLine{"everything but solving", rest, budgetRest},
		budgetLine{"setup of one world", filmed.spent["setup"].Seconds(), 0})
}
