package works

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// law is a discharge for two levels.
type law struct {
	name string
	flow func(left, right float64) float64
	even bool // the same both ways
}

// laws draws a structure of every kind, for levels from -1 to 12 m.
func laws(t *rapid.T) []law {
	num := func(name string, lo, hi float64) float64 { return rapid.Float64Range(lo, hi).Draw(t, name) }
	crest := num("crest", 0, 6)
	gate := Gate{num("sill", 0, 5), num("opening", 0, 5), num("contraction", 0.5, 0.9)}
	bed := num("bed", 0, 4)
	soffit := bed + num("clear", 0.5, 5)
	bridge := Bridge{bed, soffit, soffit + num("deck", 0.2, 3), num("open", 0.3, 1), 0.8, 1.7}
	gap := Gap{crest - num("depth", 0, 6), num("width", 0, 40), num("slope", 0, 3)}
	from := num("from", -60, 60)
	to := from + num("length", 0, 60)
	spec := CulvertSpec{
		Circular: rapid.Bool().Draw(t, "circular"), Width: num("box", 0.5, 5), Height: num("height", 0.3, 4),
		Barrels: rapid.IntRange(1, 4).Draw(t, "barrels"), Length: num("culvert", 2, 200), Roughness: num("n", 0.01, 0.03),
		Entrance: Entrance(rapid.IntRange(0, int(EntranceCount)-1).Draw(t, "entrance")),
		Left:     num("left invert", 0, 3), Right: num("right invert", 0, 3),
	}
	flap := spec
	flap.Flap = true
	return []law{
		{"weir", Weir{crest, num("c", 0.5, 3)}.Flow, true},
		{"sharp weir", SharpWeir{crest, num("c", 0.5, 3)}.Flow, true},
		{"gate", gate.Flow, true},
		{"bridge", bridge.Flow, true},
		{"gap", func(l, r float64) float64 { return gap.Flow(crest, from, to, 1.7, l, r) }, true},
		{"culvert", NewCulvert(spec).Flow, false},
		{"flap", NewCulvert(flap).Flow, false},
	}
}

// Every law is zero at equal levels, never runs uphill, and is monotone in each level.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		left := rapid.Float64Range(-1, 12).Draw(t, "left")
		right := rapid.Float64Range(-1, 12).Draw(t, "right")
		rise := rapid.OneOf(rapid.Float64Range(0, 2), rapid.Float64Range(0, 0.01)).Draw(t, "rise")
		for _, l := range laws(t) {
			q := l.flow(left, right)
			if z := l.flow(left, left); z != 0 {
				t.Errorf("%s: %g at equal levels", l.name, z)
			}
			if q*(left-right) < 0 || math.IsNaN(q) || math.IsInf(q, 0) {
				t.Errorf("%s: %g from %g m to %g m", l.name, q, left, right)
			}
			if l.even && l.flow(right, left) != -q {
				t.Errorf("%s: %g one way, %g the other", l.name, q, l.flow(right, left))
			}
			slack := 1e-9 * (1 + math.Abs(q))
			if up := l.flow(left+rise, right); up < q-slack {
				t.Errorf("%s: %g at %g over %g, but %g with %g more before it", l.name, q, left, right, up, rise)
			}
			if down := l.flow(left, right+rise); down > q+slack {
				t.Errorf("%s: %g at %g over %g, but %g with %g more behind it", l.name, q, left, right, down, rise)
			}
		}
	})
}

// A tiny change of a level changes a discharge by little: the steepest that any law may be is a root of the fall.
func TestLawsContinuous(t *testing.T) {
	const tiny = 1e-10
	rapid.Check(t, func(t *rapid.T) {
		left := rapid.Float64Range(-1, 12).Draw(t, "left")
		right := rapid.Float64Range(-1, 12).Draw(t, "right")
		for _, l := range laws(t) {
			q := l.flow(left, right)
			for _, d := range []float64{l.flow(left+tiny, right) - q, l.flow(left, right+tiny) - q} {
				// Villemonte: (3/2 d)^0.385; culverts pass up to 80 m2 times 4.43 times the root of the change.
				if !(math.Abs(d) <= 300*math.Pow(tiny, 0.385)) {
					t.Errorf("%s: jumps by %g at %g and %g", l.name, d, left, right)
				}
			}
		}
	})
}

// A gate passes more the wider it is open, without a jump, up to the broad weir.
func TestGateOpening(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		left, right := rapid.Float64Range(0, 8).Draw(t, "left"), rapid.Float64Range(0, 8).Draw(t, "right")
		last := 0.0
		for i := 0; i <= 1000; i++ {
			q := math.Abs(Gate{Opening: float64(i) / 100, Contraction: SharpContraction}.Flow(left, right))
			if q < last-1e-9 {
				t.Fatalf("%g m2/s at %d cm open, %g before; levels %g and %g", q, i, last, left, right)
			}
			if q > last+0.01*math.Sqrt(2*Gravity*8)+1e-9 && i > 0 {
				t.Fatalf("a jump from %g to %g m2/s at %d cm open; levels %g and %g", last, q, i, left, right)
			}
			last = q
		}
		weir := math.Abs(Weir{0, BroadCrest}.Flow(left, right))
		if math.Abs(last-weir) > 1e-9 {
			t.Fatalf("%g m2/s out of the water; a weir passes %g", last, weir)
		}
	})
}

// The parts of a crest pass together what the whole passes.
func TestGapParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		num := func(name string, lo, hi float64) float64 { return rapid.Float64Range(lo, hi).Draw(t, name) }
		g := Gap{num("bottom", -4, 2), num("width", 0, 50), num("slope", 0, 2)}
		left, right := num("left", -2, 6), num("right", -2, 6)
		whole, sum, at := g.Flow(2, -100, 100, 1.7, left, right), 0.0, -100.0
		for at < 100 {
			to := min(at+num("part", 1, 40), 100)
			sum += g.Flow(2, at, to, 1.7, left, right)
			at = to
		}
		// Where the rule of three points is cut it is finer. A fall of 1e-16 m, which is rounding, passes up to 1e-6 m3/s.
		if math.Abs(sum-whole) > 0.01*math.Abs(whole)+1e-6 {
			t.Fatalf("parts pass %g, the whole %g m3/s", sum, whole)
		}
	})
}

// A gap grows from nothing to its final shape.
func TestGrowth(t *testing.T) {
	g := Growth{Crest: 10, Bottom: 4, Width: 30, Slope: 1, Time: 600}
	for _, c := range []struct {
		age  float64
		want Gap
	}{{-5, Gap{10, 0, 1}}, {0, Gap{10, 0, 1}}, {300, Gap{7, 15, 1}}, {600, Gap{4, 30, 1}}, {9e9, Gap{4, 30, 1}}} {
		if got := g.At(c.age); got != c.want {
			t.Errorf("at %g s: %v; want %v", c.age, got, c.want)
		}
	}
	at := g.At(600)
	if half := at.Half(10); half != 21 {
		t.Errorf("reaches %g m from its middle; want 21", half)
	}
	if got := (Growth{Crest: 10, Bottom: 4, Width: 30}).At(0); got.Bottom != 4 {
		t.Errorf("a gap that takes no time is %v at once", got)
	}
}

// What a step exchanges never turns the fall round, and goes downhill only.
func TestLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		num := func(name string, lo, hi float64) float64 { return rapid.Float64Range(lo, hi).Draw(t, name) }
		left, right := num("left", 0, 10), num("right", 0, 10)
		a, b := num("area left", 1, 1e4), num("area right", 1, 1e4)
		flow, dt := num("flow", -1e6, 1e6), num("dt", 0.01, 60)
		got := Limit(flow, left, right, a, b, dt)
		if got*(left-right) < 0 || math.Abs(got) > math.Abs(flow) {
			t.Fatalf("%g of %g m3/s from %g to %g m", got, flow, left, right)
		}
		after := (left - got*dt/a) - (right + got*dt/b)
		if after*(left-right) < -1e-9 {
			t.Fatalf("the fall turns from %g to %g m", left-right, after)
		}
	})
	if got := Limit(5, 3, 1, 100, 100, 1); got != 5 {
		t.Errorf("%g m3/s; a small exchange is left alone", got)
	}
	if got := Limit(500, 3, 1, 100, 100, 1); got != 100 {
		t.Errorf("%g m3/s; want 100, which makes both levels 2 m", got)
	}
}

func TestPumpAndDrain(t *testing.T) {
	p := Pump{Capacity: 2, Start: 3, Stop: 2}
	for _, c := range []struct {
		level         float64
		running, want bool
	}{{3, false, true}, {2.5, false, false}, {2.5, true, true}, {2, true, false}, {1, true, false}} {
		if got := p.Runs(c.level, c.running); got != c.want {
			t.Errorf("at %g m, running %v: %v", c.level, c.running, got)
		}
	}
	d := Drain{Capacity: 36.0 / 1000 / 3600}
	if got := d.Depth(1, 100); math.Abs(got-0.001) > 1e-15 {
		t.Errorf("36 mm/h take %g m in 100 s; want 1 mm", got)
	}
	if d.Depth(0.0002, 100) != 0.0002 || d.Depth(0, 100) != 0 {
		t.Error("a drain takes no more than there is")
	}
}

// A gap that goes on for more water goes on from what it is, no faster than the new growth says, and to its end; for as
// much water as before it goes on as if nothing had been said.
func TestGrowthGoesOn(t *testing.T) {
	one, two := FroehlichGrowth(105, 100, 2e4, true), FroehlichGrowth(105, 100, 8e5, true)
	half := one.Time / 2
	then := one.Onward(half, two)
	if a, b := one.At(half), then.At(0); a != b {
		t.Errorf("%+v goes on as %+v", a, b)
	}
	later := then.At(60)
	if got, want := one.At(half).Bottom-later.Bottom, 5*60/two.Time; math.Abs(got-want) > 1e-9 {
		t.Errorf("%g m deeper after a minute; want %g", got, want)
	}
	if got, want := later.Width-one.At(half).Width, two.Width*60/two.Time; math.Abs(got-want) > 1e-9 {
		t.Errorf("%g m wider after a minute; want %g", got, want)
	}
	if end := then.At(2 * two.Time); end.Bottom != 100 || end.Width != two.Width {
		t.Errorf("%+v in the end; want 100 m and a width of %g m", end, two.Width)
	}
	same := one.Onward(half, one)
	for _, age := range []float64{0, half / 3, half, 2 * half} {
		a, b := one.At(half+age), same.At(age)
		if math.Abs(a.Bottom-b.Bottom) > 1e-12 || math.Abs(a.Width-b.Width) > 1e-12 {
			t.Errorf("at %g s: %+v; want %+v", age, b, a)
		}
	}
}
