package evaluation

import (
	"math"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/harm"
)

// fiveTracks is how the water of the drill of five persons came up: at building 1 0.3 m at 1:10 and 1.3 m from 1:30 on, at
// building 2 0.3 m at 1:10 and 0.9 m from 1:30 on.
func fiveTracks() []Track {
	at := func(minute int) sim.Time { return sim.Time(minute) * sim.Time(sim.Minute) }
	tracks := make([]Track, 4)
	tracks[0].note(at(72), 0.8, 0.5, 1.8)
	tracks[1].note(at(70), 0.3, 0, 0.15)
	tracks[1].note(at(90), 1.3, 0.2, 1.91)
	tracks[2].note(at(70), 0.3, 0, 0.15)
	tracks[2].note(at(90), 0.9, 0.6, 1.99)
	tracks[3].note(at(90), 0.25, 0, 0.125)
	return tracks
}

// Reference: docs/measures.md, worked out by hand there.
func TestSecondOpinionsOfFive(t *testing.T) {
	in, reference := five()
	if rep := Measure(in, reference); rep.Total.Band != nil {
		t.Errorf("second opinions without the water: %+v", rep.Total.Band)
	}
	in.Tracks = fiveTracks()
	in.Roster.Persons[2].Age = 75
	rep := Measure(in, reference)
	b := rep.Total.Band
	// Chen leaves at 1:20 with 0.3 m at his house, Dai dies with 0.9 m at hers: the other three have left before.
	if b == nil || b.Exposed != 2 || math.Abs(b.DeadJonkman-(0.000684+0.002540)) > 2e-6 {
		t.Fatalf("%+v; want 2 exposed and 0.003224 dead by Jonkman", b)
	}
	// PV is one half. Chen was warned in time, AV = 1 + 1 + 3: 2 · 0.15 · 0.05 · 0.5 = 0.0075 hurt; Dai never was, AV = 3
	// + 1 + 3: 2 · 1.99 · 0.07 · 0.5 = 0.1393. Dead: 0.0075 · 0.003 + 0.1393 · 0.0398.
	if math.Abs(b.InjuredFD2321-0.1468) > 1e-9 || math.Abs(b.DeadFD2321-0.00556664) > 1e-9 {
		t.Errorf("%+v; want 0.1468 hurt and 0.0056 dead by FD2321", b)
	}
	if *rep.Zones[0].Band != *b || rep.rest != (Band{}) {
		t.Errorf("the zone has %+v, who is in none %+v", *rep.Zones[0].Band, rep.rest)
	}
	var text strings.Builder
	if err := WriteHTML(&text, in, rep, Facts{}, nil, sim.English); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Deaths: their causes", "dead: this run", "no confidence interval",
		"building gave way</td><td>1</td><td class=\"l\">fatality curves of LifeSim", "dead: Jonkman", "Estimates of the deaths by zone"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

func TestBandsThatAreWide(t *testing.T) {
	for _, c := range []struct {
		dead           int
		jonkman, defra float64
		wide           bool
	}{{0, 0, 0, false}, {0, 5, 0, false}, {0, 5.1, 0, true}, {6, 0.1, 0.1, true}, {20, 2, 3, false}, {21, 2, 3, true}} {
		b := Band{DeadJonkman: c.jonkman, DeadFD2321: c.defra}
		if got := b.IsWide(c.dead); got != c.wide {
			t.Errorf("%+v: wide %v", c, got)
		}
	}
	for n, want := range map[float64]string{0: "0.0", 0.01: "<0.1", 3.14: "3.1", 9.96: "10", 250.4: "250"} {
		if got := expected(n); got != want {
			t.Errorf("%v is written %q; want %q", n, got, want)
		}
	}
}

// The rise goes from the first water to 1.5 m; marks hold the worst so far and grow only with it.
func TestTrack(t *testing.T) {
	var x Track
	at := func(minute int) sim.Time { return sim.Time(minute) * sim.Time(sim.Minute) }
	x.note(at(10), 0.2, 0, 0.1)
	if x.rise() != 0 {
		t.Error("a rise before it is deep")
	}
	x.note(at(20), 0.22, 0, 0.1)
	x.note(at(64), 1.6, 0.1, 1)
	x.note(at(90), 0.5, 0, 0.2)
	x.note(at(95), 3.5, 2, 9)
	if got, want := x.rise(), 1.35/(54*60); math.Abs(got-want) > 1e-12 {
		t.Errorf("rise %v; want %v", got, want)
	}
	if m, ok := x.until(at(5)); ok {
		t.Errorf("before the water there is %+v", m)
	}
	if m, _ := x.until(at(92)); m.Depth != 1.6 || m.Breach || len(x.Marks) != 3 {
		t.Errorf("until 1:32 %+v of %d marks", m, len(x.Marks))
	}
	if m, _ := x.until(at(95)); !m.Breach || m.Rating != 9 {
		t.Errorf("in the end %+v", m)
	}
}

// Deeper water is not less by either method, but for 2.1 m, where Jonkman changes from one function to another, which is
// the lower one there.
func TestMoreWaterIsNeverLessByTheSecondOpinions(t *testing.T) {
	in, reference := five()
	in.Roster.Persons[2].Age = 75
	last := Band{}
	for depth := 0.2; depth < 6; depth += 0.1 {
		in.Tracks = make([]Track, 4)
		in.Tracks[2].note(sim.Time(70*sim.Minute), depth, 0.3, harm.Rating(depth, 0.3, harm.DebrisCover, harm.GroundUrban))
		in.Tracks[1].note(sim.Time(70*sim.Minute), 0.3, 0, 0.15)
		b := *Measure(in, reference).Total.Band
		if b.DeadJonkman < last.DeadJonkman-1e-12 && math.Abs(depth-2.1) > 0.01 || b.DeadFD2321 < last.DeadFD2321-1e-12 {
			t.Fatalf("%v m: %+v after %+v", depth, b, last)
		}
		last = b
	}
}
