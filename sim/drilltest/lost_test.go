package drilltest_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/flood"
)

// sickly is a flood some members of whose forecasts fail after ten minutes, as water does that is no longer finite.
type sickly struct {
	*flood.Config
	Fail [][]int // by issue: the members that do
}

func (s *sickly) New(env sim.HazardEnv) (sim.Hazard, error) {
	h, err := s.Config.New(env)
	if err != nil {
		return nil, err
	}
	return &sicklyFlood{h.(sim.Forecaster), s}, nil
}

type sicklyFlood struct {
	sim.Forecaster
	spec *sickly
}

func (f *sicklyFlood) Told() []sim.StructureChange { return f.Forecaster.(sim.Herald).Told() }

func (f *sicklyFlood) Ahead(issue, member int) (sim.Hazard, error) {
	h, err := f.Forecaster.Ahead(issue, member)
	if err == nil && issue < len(f.spec.Fail) && slices.Contains(f.spec.Fail[issue], member) {
		h = &sickMember{Hazard: h}
	}
	return h, err
}

type sickMember struct {
	sim.Hazard
	steps int
}

func (m *sickMember) Advance(to sim.Time) error {
	if m.steps++; m.steps == 20 {
		return sim.Fail("格（3，4）水流计算失稳", "cell (3, 4): the water is out of bounds")
	}
	return m.Hazard.Advance(to)
}

// A member that fails is left out and told, with its cell, and the others carry the forecast; without any the forecast is
// missing, which is told too, and the posts keep the last one. The run goes on as if nobody had looked ahead. Filmed and
// solved tell the same, and so does a world that was saved before the forecast came.
func TestLostMembers(t *testing.T) {
	cfg := engine.Config{Scenario: foretold(t, 0.5, 3), Seed: sim.SeedOf(1)}
	whole := prophesy(t, cfg, engine.Quiet{})
	sc := *cfg.Scenario
	sc.Hazards = slices.Clone(sc.Hazards)
	sc.Hazards[0].Spec = &sickly{sc.Hazards[0].Spec.(*flood.Config), [][]int{{1}, {0, 1, 2}}}
	cfg.Scenario = &sc
	p := prophesy(t, cfg, engine.Quiet{})
	if len(p.forecasts) != 3 || len(whole.forecasts) != 4 {
		t.Fatalf("%d forecasts of %d; want all but one", len(p.forecasts), len(whole.forecasts))
	}
	first := p.forecasts[0].Forecast
	if want := whole.forecasts[0].Forecast.Members; len(first.Members) != 2 ||
		!sameMember(first.Members[0], want[0]) || !sameMember(first.Members[1], want[2]) {
		t.Errorf("%d members carry the first forecast; want the first and the third", len(first.Members))
	}
	if at := first.Issued.Add(10 * sim.Minute); len(first.Lost) != 1 || first.Lost[0].Member != 1 || first.Lost[0].At != at {
		t.Errorf("%+v was lost; want the second member, at %v", first.Lost, at)
	}
	second := whole.forecasts[1].Forecast.Issued
	if p.forecasts[1].Forecast.Issued <= second || len(p.forecasts[1].Forecast.Members) != 3 {
		t.Errorf("after the missing forecast comes one of %v", p.forecasts[1].Forecast.Issued)
	}
	solved := play(t, cfg, nil)
	lostAsTold(t, solved.events, first.Issued, second)
	cfg.Films = films(t)
	for _, how := range []string{"filming", "filmed"} {
		if d := difference(solved, play(t, cfg, nil)); d != "" {
			t.Errorf("solved and %s differ %s", how, d)
		}
	}
	cfg.Films = nil
	w := newWorld(t, cfg)
	tell(t, w, engine.Quiet{}, second.Add(sim.Minute)) // the missing forecast is on its way
	twin, err := engine.Load(cfg, saved(w))
	if err != nil {
		t.Fatal(err)
	}
	until := second.Add(10 * sim.Minute)
	if d := difference(tell(t, w, engine.Quiet{}, until), tell(t, twin, engine.Quiet{}, until)); d != "" {
		t.Errorf("saved and loaded differ %s", d)
	}
	var seen sim.Observation
	w.Observe(0, &seen)
	if !slices.ContainsFunc(seen.Inbox, func(m sim.Inbound) bool { return strings.HasPrefix(m.Text.EN, "No forecast of") }) ||
		len(seen.Forecasts) != 1 || seen.Forecasts[0].Forecast.Issued != first.Issued {
		t.Errorf("the county has %d forecasts and the messages %+v", len(seen.Forecasts), seen.Inbox)
	}
	if err := twin.Close(); err != nil {
		t.Fatal(err)
	}
}

func sameMember(a, b sim.Foreseen) bool {
	bytesOf := func(m sim.Foreseen) []byte {
		var e sim.Encoder
		f := sim.Forecast{Members: []sim.Foreseen{m}}
		f.Append(&e)
		return e.Buf
	}
	return bytes.Equal(bytesOf(a), bytesOf(b))
}

// lostAsTold wants one member told of the first issue, three and a missing forecast of the second, and what the county
// got of the first.
func lostAsTold(t *testing.T, events []sim.Event, first, second sim.Time) {
	t.Helper()
	var told []int32
	carried := ""
	for _, e := range events {
		switch e.Kind {
		case sim.EvForecastLost:
			told = append(told, e.Count)
			if e.Text.ZH == "" || e.Count > 0 && !strings.Contains(e.Text.EN, "cell (3, 4)") || e.At != first && e.At != second {
				t.Errorf("told at %v: %+v", e.At, e.Text)
			}
		case sim.EvForecastReceived:
			if carried == "" {
				carried = e.Text.EN
			}
		case sim.EvHazardFailed:
			t.Errorf("the run stops: %s", e.Text.EN)
		}
	}
	if want := []int32{2, 1, 2, 3, 0}; !slices.Equal(told, want) {
		t.Errorf("told that %v were lost; want %v", told, want)
	}
	if !strings.Contains(carried, "by 2 of 3 members") {
		t.Errorf("the county got %q; want how many members carry it", carried)
	}
}
