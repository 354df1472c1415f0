package flood

import (
	"math"
	"testing"

	"sandtable/sim"
	"sandtable/sim/flood/shallow"
	"sandtable/sim/flood/soil"
)

// Reference: Chow, Maidment and Mays 1988 (Applied Hydrology), section 8.5: response of a linear reservoir to a rain
// excess that begins at once, Q = i A (1 - exp(-t/K)); losses as in Australian Rainfall and Runoff 2019, book 5.
func TestCatchmentLinearStore(t *testing.T) {
	spec := DefaultCatchment()
	spec.Area, spec.Lag, spec.Exponent, spec.InitialLoss, spec.Loss = 36, sim.Hour, 1, 10, 5
	k := newCatchment(&spec, &soil.Config{}, target{})
	var b books
	const dt, rate = 5.0, 25.0 / 1000 / 3600 // 25 mm/h, of which 5 are lost; the first 10 mm take 24 minutes
	for s := 0.0; s < 24*60+2*3600; s += dt {
		if s < 24*60-dt && k.store > 1e-6 {
			t.Fatalf("runoff after %g s; the initial loss is not yet met", s)
		}
		k.step(rate*dt, dt, &b)
	}
	excess := 20.0 / 1000 / 3600 * 36e6
	if want := excess * (1 - math.Exp(-2)); math.Abs(k.discharge()-want) > 0.002*want {
		t.Errorf("discharge %.2f m3/s after 2 h of excess; want %.2f", k.discharge(), want)
	}
	if lost := (0.010 + 5.0/1000*2) * 36e6; math.Abs(b.losses.value()-lost) > 1e-6*lost {
		t.Errorf("losses of %.0f m3; want %.0f", b.losses.value(), lost)
	}
}

// Reference: Laurenson 1964 (Journal of Hydrology 2, 141-163): storage S = k Q^m. In steady state what comes goes, and
// the storage follows the law; the lag holds at the reference excess.
func TestCatchmentNonlinearStore(t *testing.T) {
	spec := DefaultCatchment()
	spec.Area, spec.Lag, spec.InitialLoss, spec.Loss = 10, 40*sim.Minute, 0, 0
	k := newCatchment(&spec, &soil.Config{}, target{})
	var b books
	out := 0.0
	for _, mm := range []float64{10, 80} {
		for range 12 * 360 {
			out += k.step(mm/1000/3600*10, 10, &b)
		}
		steady := mm / 1000 / 3600 * 1e7
		if math.Abs(k.discharge()-steady) > 1e-4*steady {
			t.Errorf("%g mm/h: discharge %.3f m3/s; want %.3f", mm, k.discharge(), steady)
		}
		if want := 2400 * (1e7 * 10 / 1000 / 3600) * math.Pow(mm/10, 0.8); math.Abs(k.store-want) > 1e-3*want {
			t.Errorf("%g mm/h: storage %.0f m3; want %.0f", mm, k.store, want)
		}
	}
	if balance := b.rain.value() - b.losses.value() - out - k.store; math.Abs(balance) > 1e-10*b.rain.value() {
		t.Errorf("%g m3 are missing", balance)
	}
}

// tank is a reservoir with upright walls: 1 km2, 100 to 120 m.
func tank() reservoir {
	spec := DefaultReservoir()
	spec.Name = "tank"
	spec.Levels, spec.Volumes, spec.Level = []float64{100, 120}, []float64{0, 20e6}, 118
	spec.Dam.Crest, spec.Dam.Length = 120, 300
	r := reservoir{Reservoir: &spec}
	r.volume = r.volumeAt(spec.Level)
	return r
}

// Reference: USBR 1987 (Design of Small Dams), chapter 9: Q = C L H^1.5; Rouse 1946: orifice Q = C A (2 g H)^0.5.
func TestSpillwayAndGate(t *testing.T) {
	r := tank()
	r.Spillway = Spillway{Crest: 116, Width: 50, Coefficient: 2.1}
	out := r.step(0, sim.Time(sim.Second))
	if want := 2.1 * 50 * math.Pow(2, 1.5); math.Abs(out-want) > 1e-9 {
		t.Errorf("spillway %.6f m3/s; want %.6f", out, want)
	}
	g := gate{Gate: &Gate{Sill: 105, Width: 4, Height: 3, Coefficient: 0.6, Stroke: 10 * sim.Minute}}
	for _, c := range []struct{ opening, level, want float64 }{
		{0, 118, 0}, {1, 104, 0},
		{1, 118, 0.6 * 4 * 3 * math.Sqrt(2*shallow.Gravity*(13-1.5))},
		{0.5, 118, 0.6 * 4 * 1.5 * math.Sqrt(2*shallow.Gravity*(13-0.75))},
		{1, 106, theoreticalWeir * 4}, // the opening is not drowned
	} {
		if q := g.Discharge(c.level, c.opening); math.Abs(q-c.want) > 1e-9 {
			t.Errorf("opening %g, level %g m: %.6f m3/s; want %.6f", c.opening, c.level, q, c.want)
		}
	}
	last := 0.0
	for level := 105.0; level < 115; level += 0.01 {
		q := g.Discharge(level, 1)
		if q < last || q > last+0.4 {
			t.Errorf("%.4f m3/s at %.2f m, %.4f a centimetre lower: want it to grow without a step", q, level, last)
		}
		last = q
	}
	g.position = rest(0)
	g.position.order(0.6, paceOf(g.Stroke), 0)
	for range 300 {
		g.position.move(1)
	}
	if math.Abs(g.position.at-0.5) > 1e-12 {
		t.Errorf("opening %g after half the stroke; want 0.5", g.position.at)
	}
	for range 300 {
		g.position.move(1)
	}
	if g.position.at != 0.6 {
		t.Errorf("opening %g in the end; want 0.6", g.position.at)
	}
}

// Reference: Froehlich 2008 (Journal of Hydraulic Engineering 134, 1708-1721) for the gap; Froehlich 1995 (Journal of
// Water Resources Planning and Management 121, 90-97) for the peak, 0.607 V^0.295 h^1.24, with which a gap of that
// size must agree within its scatter, about a factor of two.
func TestBreachOfFroehlich(t *testing.T) {
	for _, over := range []bool{true, false} {
		r := tank()
		r.Breach = Breach{Trigger: TriggerLevel, Level: 117, Bottom: 100, Overtopping: over}
		peak, total, at := 0.0, 0.0, 0.0
		before := r.volume
		for s := range 12 * 3600 {
			out := r.step(sim.Time(s)*sim.Time(sim.Second), sim.Time(s+1)*sim.Time(sim.Second))
			total += out
			if out > peak {
				peak, at = out, float64(s)
			}
		}
		volume, height := 18e6, 20.0
		mean, slope := 0.27*math.Pow(volume, 0.32)*math.Pow(height, 0.04), 0.7
		if over {
			mean, slope = mean*1.3, 1
		}
		grown := 63.2 * math.Sqrt(volume/(shallow.Gravity*height*height))
		if w := r.breach.growth.Width; math.Abs(w-(mean-slope*height)) > 1e-6 {
			t.Errorf("overtopping %v: bottom width %.2f m; want %.2f", over, w, mean-slope*height)
		}
		if g := r.breach.growth.Time; math.Abs(g-grown) > 1e-6 {
			t.Errorf("overtopping %v: formation in %.0f s; want %.0f", over, g, grown)
		}
		expected := 0.607 * math.Pow(volume, 0.295) * math.Pow(18, 1.24)
		t.Logf("overtopping %v: width %.0f m in %.0f s, peak %.0f m3/s at %.0f s; Froehlich 1995: %.0f m3/s",
			over, r.breach.growth.Width, r.breach.growth.Time, peak, at, expected)
		if peak < expected/2 || peak > expected*2 {
			t.Errorf("overtopping %v: peak %.0f m3/s; Froehlich 1995 gives %.0f", over, peak, expected)
		}
		if math.Abs(before-total-r.volume) > 1e-9*before || r.volume < 0 || r.volume > 0.02*before {
			t.Errorf("overtopping %v: %.0f m3 of %.0f flowed out, %.0f are left", over, total, before, r.volume)
		}
	}
}

// A given hydrograph is a triangle, and stops when the reservoir is empty.
func TestBreachAsGiven(t *testing.T) {
	r := tank()
	given := Breach{Trigger: TriggerTime, At: sim.Minute, Peak: 2000, TimeToPeak: 30 * sim.Minute, Duration: 2 * sim.Hour}
	r.Breach = given
	total := 0.0
	for s := 0; s < 3*3600; s += 10 {
		out := r.step(sim.Time(s)*sim.Time(sim.Second), sim.Time(s+10)*sim.Time(sim.Second))
		if s == 60+1800 && math.Abs(out/10-2000) > 2 {
			t.Errorf("%.0f m3/s at the peak; want 2000", out/10)
		}
		total += out
	}
	if want := 2000.0 * 7200 / 2; math.Abs(total-want) > 1e-6*want {
		t.Errorf("%.0f m3; want %.0f", total, want)
	}
	r = tank()
	r.volume = 1e6
	r.Breach = given
	total = 0
	for s := 0; s < 3*3600; s += 10 {
		total += r.step(sim.Time(s)*sim.Time(sim.Second), sim.Time(s+10)*sim.Time(sim.Second))
	}
	if total != 1e6 || r.volume != 0 {
		t.Errorf("%.0f m3 out of 1,000,000, %.3f left", total, r.volume)
	}
}
