package replay_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"sandtable/replay"
	"sandtable/scenarios/generate"
	"sandtable/sim"
	"sandtable/sim/engine"
)

// Most ticks of a night have no command and no digest; they must not cost anything.
func TestQuietTickAllocatesNothing(t *testing.T) {
	cfg := config(t)
	rec, err := replay.Create(filepath.Join(t.TempDir(), "run"), header(cfg), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer rec.Close()
	w, err := engine.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	second := sim.Time(sim.Second)
	if err := rec.After(second, nil, nil, w); err != nil {
		t.Fatal(err)
	}
	events := []sim.Event{{At: second, Kind: sim.EvPartyWarned, A: sim.Ref{Kind: sim.KindParty, ID: 3}}}
	n := testing.AllocsPerRun(100, func() {
		if rec.Before(second, nil) != nil || rec.After(2*second, events, nil, w) != nil {
			t.Fatal("a quiet tick failed")
		}
	})
	if n > 0 {
		t.Errorf("%v allocations in a tick without commands; want none", n)
	}
}

// county is a world of 60,000 persons at its start.
func county(b *testing.B) (engine.Config, *engine.World) {
	b.Helper()
	sc, err := generate.County(generate.Linjiang())
	if err != nil {
		b.Fatal(err)
	}
	cfg := engine.Config{Scenario: sc, Seed: sim.SeedOf(1), Workers: 1}
	w, err := engine.New(cfg)
	if err != nil {
		b.Fatal(err)
	}
	return cfg, w
}

// A keyframe of a county, with recount and full digest. DESIGN allows all keyframes of a run 5 % of it.
func BenchmarkKeyframe(b *testing.B) {
	cfg, w := county(b)
	defer w.Close()
	var data []byte
	b.Run("save", func(b *testing.B) {
		dir := b.TempDir()
		k := replay.NewKeyframes(dir)
		for b.Loop() {
			w.Recount()
			if err := k.Save(w); err != nil {
				b.Fatal(err)
			}
		}
		var err error
		if data, err = os.ReadFile(replay.KeyframePath(dir, 0)); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(data)), "bytes")
	})
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			state, err := replay.DecodeKeyframe(data)
			if err != nil {
				b.Fatal(err)
			}
			loaded, err := engine.Load(cfg, state)
			if err != nil {
				b.Fatal(err)
			}
			loaded.FullDigest()
			if err := loaded.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// Recording a small drill, against playing it.
func BenchmarkRecord(b *testing.B) {
	cfg := config(b)
	for b.Loop() {
		rec, err := replay.Create(filepath.Join(b.TempDir(), "run"), header(cfg), bundle)
		if err != nil {
			b.Fatal(err)
		}
		if err := finish(b, rec, cfg, usual(1)).Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// Playing the same drill without recording it.
func BenchmarkPlay(b *testing.B) {
	cfg := config(b)
	for b.Loop() {
		w, err := engine.New(cfg)
		if err == nil {
			src := usual(1).sources(b, w, func(sim.Time, string) {})
			err = engine.Drive(context.Background(), w, src, sim.Time(townUntil))
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
