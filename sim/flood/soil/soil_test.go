package soil

import (
	"math"
	"reflect"
	"testing"

	"sandtable/sim/scenario"

	"pgregory.net/rapid"
)

// laws draws a law of any kind with parameters from its tables, or drawn.
func laws(t *rapid.T) capacity {
	if rapid.Bool().Draw(t, "green") {
		x := rapid.SampledFrom(Textures).Draw(t, "texture")
		return GreenAmpt{x.Conductivity, x.Suction * x.Porosity * rapid.Float64Range(0, 1).Draw(t, "deficit")}
	}
	if rapid.Bool().Draw(t, "group") {
		return rapid.SampledFrom(hortonGroups[:]).Draw(t, "horton")
	}
	last := rapid.Float64Range(0.1, 50).Draw(t, "final")
	return Horton{
		First: (last + rapid.Float64Range(0.1, 300).Draw(t, "extra")) / 3.6e6, Final: last / 3.6e6,
		Decay: rapid.Float64Range(0.1, 20).Draw(t, "decay") / 3600,
	}
}

// Never more than there is, never less than nothing, never more than the ground could take; and a step of even rain is
// as good as many.
func TestSoak(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		law := laws(t)
		taken := rapid.Float64Range(0, 0.3).Draw(t, "taken")
		standing := rapid.SampledFrom([]float64{0, 1e-6, 1e-4, 0.003, 0.05, 2}).Draw(t, "standing")
		rain := rapid.Float64Range(0, 0.08).Draw(t, "rain")
		seconds := rapid.Float64Range(0.5, 7200).Draw(t, "seconds")
		whole := soak(law, taken, standing, rain, seconds)
		if !(whole >= 0 && whole <= standing+rain) {
			t.Fatalf("%g m of %g m soak in", whole, standing+rain)
		}
		if most := law.after(taken, seconds); whole > most*(1+1e-9)+1e-12 {
			t.Fatalf("%g m soak in; under standing water it would be %g m", whole, most)
		}
		parts := rapid.IntRange(2, 40).Draw(t, "parts")
		now, left, n := taken, standing, float64(parts)
		for range parts {
			d := soak(law, now, left, rain/n, seconds/n)
			now, left = now+d, max(left+rain/n-d, 0)
		}
		if sum := now - taken; math.Abs(sum-whole) > 1e-9*(whole+taken)+1e-14 {
			t.Fatalf("%.15g m in one step, %.15g m in %d", whole, sum, parts)
		}
	})
}

// What is soaked in after a time and the time that it takes are inverse to each other, and the rate is the slope.
func TestLawsAreConsistent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		law := laws(t)
		taken := rapid.Float64Range(1e-4, 0.2).Draw(t, "taken")
		seconds := rapid.Float64Range(1, 7200).Draw(t, "seconds")
		if math.IsInf(law.time(0, taken), 1) {
			return // a law whose ground is full
		}
		d := law.after(taken, seconds)
		if back := law.time(taken, d); d > 1e-6 && math.Abs(back-seconds) > 1e-6*seconds+1e-9*law.time(0, taken) {
			t.Fatalf("%g m in %g s; the inverse says %g s", d, seconds, back)
		}
		short := min(1e-5*taken/law.rate(taken), 1)
		little := law.after(taken, short)
		slope, mean := little/short, (law.rate(taken)+law.rate(taken+little))/2
		if math.Abs(slope-mean) > 2e-5*mean {
			t.Fatalf("a mean rate of %g m/s; the slope is %g", mean, slope)
		}
		rain := law.rate(taken) * 1.01
		if back := law.rate(law.ponding(rain)); rain < law.rate(0) && math.Abs(back-rain) > 1e-6*rain {
			t.Fatalf("water stands when the capacity is %g m/s, under rain of %g", back, rain)
		}
	})
}

// The curve number keeps no more than falls, and the parts of a rain make the whole.
func TestCurveNumberParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		law := Curve(rapid.Float64Range(1, 100).Draw(t, "number"), rapid.Float64Range(0, 0.4).Draw(t, "ratio"))
		fallen := rapid.Float64Range(0, 0.5).Draw(t, "fallen")
		rain := rapid.Float64Range(0, 0.2).Draw(t, "rain")
		cut := rapid.Float64Range(0, 1).Draw(t, "cut") * rain
		whole := law.Soak(fallen, rain)
		if !(whole >= 0 && whole <= rain*(1+1e-15)) {
			t.Fatalf("%g m of %g m", whole, rain)
		}
		parts := law.Soak(fallen, cut) + law.Soak(fallen+cut, rain-cut)
		if math.Abs(parts-whole) > 1e-15+1e-13*whole {
			t.Fatalf("%.15g m at once, %.15g m in parts", whole, parts)
		}
	})
}

// Every class and group of the tags is in its table, and the other way round; defaults are what the tables have.
func TestTables(t *testing.T) {
	table := scenario.TableOf(reflect.TypeFor[Config]())
	var names []string
	for _, x := range Textures {
		names = append(names, x.Name)
		if !(x.Porosity > 0.3 && x.Porosity < 0.5 && x.Suction > 0.04 && x.Suction < 0.32 && x.Conductivity > 0) {
			t.Errorf("%+v", x)
		}
	}
	if got := table.Field("texture").Choices; !reflect.DeepEqual(got, names) {
		t.Errorf("textures %q and %q", got, names)
	}
	if got := table.Field("group").Choices; !reflect.DeepEqual(got, Groups) {
		t.Errorf("groups %q and %q", got, Groups)
	}
	if covers != scenario.CoverCount {
		t.Errorf("%d land covers; a scenario has %d", covers, scenario.CoverCount)
	}
	for i, key := range scenario.TableOf(reflect.TypeFor[Sealed]()).Keys() {
		if key != scenario.CoverNames[i] {
			t.Errorf("land cover %d is %s; a scenario has %s", i, key, scenario.CoverNames[i])
		}
	}
}

// The laws of a configuration: what is given replaces the table, water and wetland take nothing, towns a part.
func TestLawsOfAConfig(t *testing.T) {
	c := scenario.Filled[Config]()
	c.Group, c.CurveNumber.Forest, c.Conductivity, c.Final = "C", 55, 36, 9
	for method, want := range map[string][covers]float64{
		// 30 mm on dry ground in an hour
		MethodGreenAmpt:   {30, 30, 30 * 0.35, 0, 30, 0},
		MethodCurveNumber: {23.28, 30, 18.71, 0, 17.55, 0},
	} {
		for i, law := range c.Laws(method) {
			got, memory := law.Soak(0, 0, 0.03, 3600)
			if math.Abs(got*1000-want[i]) > 0.01 {
				t.Errorf("%s, %s: %.2f mm soak in; want %.2f", method, scenario.CoverNames[i], got*1000, want[i])
			}
			if law.Open() != (want[i] > 0) || memory < got {
				t.Errorf("%s, %s: open %v, memory %g", method, scenario.CoverNames[i], law.Open(), memory)
			}
		}
	}
	if h := c.Horton(); math.Abs(h.Final-0.0025e-3) > 1e-15 || h.First != hortonGroups[2].First {
		t.Errorf("%+v", h)
	}
	runoff := c.Laws(MethodRunoff)
	if got, _ := runoff[0].Soak(0, 1, 1, 1); got != 0 {
		t.Errorf("the method of shares soaks %g m in by itself", got)
	}
}

func BenchmarkSoak(b *testing.B) {
	c := scenario.Filled[Config]()
	for _, method := range []string{MethodGreenAmpt, MethodHorton, MethodCurveNumber} {
		law := c.Laws(method)[0]
		for name, x := range map[string][3]float64{"dry": {0.01, 0, 0.0003}, "wet": {0.05, 0.01, 0.0003}} {
			b.Run(method+"/"+name, func(b *testing.B) {
				for b.Loop() {
					law.Soak(x[0], x[1], x[2], 10)
				}
			})
		}
	}
}
