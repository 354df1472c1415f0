package drilltest_test

import (
	"bytes"
	"context"
	"testing"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/lab"
	"sandtable/sim/maps"
)

// mapsOf plays a world to an instant and returns its maps as they are saved.
func mapsOf(t *testing.T, w *engine.World, sink *maps.Sink, until sim.Time) []byte {
	t.Helper()
	if err := engine.Drive(context.Background(), w, engine.Quiet{}, until, sink); err != nil {
		t.Fatal(err)
	}
	var e sim.Encoder
	sink.Maps.AppendState(&e)
	return e.Buf
}

// Maps are made of what is published: solved, filmed and shown by a film, with one worker or two, and taken up again
// in the middle from saved state, they are the same to the byte.
func TestMapsAreTheSameFilmedAndLive(t *testing.T) {
	sc := flooded(t, 1.5, 0)
	until := end(sc)
	sink := func() *maps.Sink { return &maps.Sink{Threshold: maps.Wet} }
	seed := sim.SeedOf(3)
	solved := mapsOf(t, newWorld(t, engine.Config{Scenario: sc, Seed: seed, Workers: 2}), sink(), until)

	store := films(t)
	first := engine.Config{Scenario: sc, Seed: seed, Workers: 1, Films: store}
	filming := newWorld(t, first)
	if got := mapsOf(t, filming, sink(), until); !bytes.Equal(got, solved) {
		t.Error("maps of a run that is filmed differ from those of one that is not")
	}
	if err := filming.Close(); err != nil {
		t.Fatal(err)
	}
	shown := newWorld(t, first)
	half := sink()
	mapsOf(t, shown, half, until/2+sim.Time(7*sim.Second))
	var world, kept sim.Encoder
	shown.AppendState(&world)
	half.Maps.AppendState(&kept)
	if got := mapsOf(t, shown, half, until); !bytes.Equal(got, solved) {
		t.Error("maps of a run whose water comes from a film differ from those of one that solves it")
	}

	again, err := engine.Load(first, world.Buf)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close() // read only
	loaded := &maps.Sink{Maps: maps.New(again.Layers(), maps.Wet), Threshold: maps.Wet}
	d := &sim.Decoder{Buf: kept.Buf}
	if loaded.Maps.LoadState(d); d.Err != nil {
		t.Fatal(d.Err)
	}
	if got := mapsOf(t, again, loaded, until); !bytes.Equal(got, solved) {
		t.Error("maps that were saved and loaded on the way differ")
	}
	if wet := count(loaded.Maps); wet == 0 {
		t.Error("no cell was reached: the test shows nothing")
	}
}

// count returns how many cells were reached after the start.
func count(m *maps.Maps) int {
	n := 0
	for _, v := range m.Of(sim.QArrival).Values {
		if v > 0 {
			n++
		}
	}
	return n
}

// The hazards alone, given the changes of structures that a run told, publish what was published in the run: the maps
// are the same, with films and without.
func TestWatersAloneGiveTheSameMaps(t *testing.T) {
	store := films(t)
	cfg := engine.Config{Scenario: dammed(t), Seed: sim.SeedOf(4), Films: store}
	given := damOrders()
	w := newWorld(t, cfg)
	sink, told := &maps.Sink{Threshold: maps.Wet}, &lab.Collector{}
	if err := engine.Drive(context.Background(), w, given, end(cfg.Scenario), sink, told); err != nil {
		t.Fatal(err)
	}
	var want sim.Encoder
	sink.Maps.AppendState(&want)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var changes []sim.StructureChange
	for i := range told.Events {
		if c, ok := engine.ChangeOf(&told.Events[i]); ok {
			changes = append(changes, c)
		}
	}
	if len(changes) < 3 {
		t.Fatalf("%d changes of structures; want the gate's two and the breach", len(changes))
	}
	for _, films := range []sim.FilmStore{nil, store} {
		cfg.Films = films
		alone, err := engine.NewWaters(cfg)
		if err != nil {
			t.Fatal(err)
		}
		m := maps.New(alone.Layers(), maps.Wet)
		for rest := changes; alone.Now() < end(cfg.Scenario); {
			n := 0
			for n < len(rest) && rest[n].At == alone.Now() {
				n++
			}
			if err := alone.Step(rest[:n]); err != nil {
				t.Fatal(err)
			}
			m.Take(alone.Layers())
			rest = rest[n:]
		}
		var got sim.Encoder
		if m.AppendState(&got); !bytes.Equal(got.Buf, want.Buf) {
			t.Errorf("films %v: the hazards alone give other maps", films != nil)
		}
		if err := alone.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
