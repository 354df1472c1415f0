package road

import (
	"math"
	"testing"

	"sandtable/sim"
)

// skyWorld is a stretch of 1,000 m at 20 m/s with one lane of 1,500 veh/h, under rain that can be published.
func skyWorld(t *testing.T, weather Weather, planning bool) *testWorld {
	rules := DefaultRules()
	rules.Weather, rules.Planning = weather, planning
	net, problems := NewNetwork(row(5, 1005), []LinkSpec{street(0, 1, 20, 1500)}, rules)
	if problems != nil {
		t.Fatal(problems)
	}
	return newWorld(t, net, plain(101, 1))
}

// rains publishes even rain [mm/h].
func (w *testWorld) rains(rate float64) {
	w.layers.Begin(w.roads.now)
	rain := w.layers.Of(sim.LayerKey{Quantity: sim.QRain})
	for cell := range rain.Values {
		rain.Set(cell, int32(rate*1000))
	}
}

// Rain lowers the capacity by 2.0, 7.2 and 14.1 %, or as measured in heavy rain by 7 and 27.5 %; darkness by 2.4 % more.
// Speeds fall with it, and everybody on the link goes on from where he is.
//
// Reference: HCM 2010, exhibit 10-15; Smith et al. (2004); van Goeverden, Botma, Bovy (1998).
func TestRainAndDarkness(t *testing.T) {
	for _, c := range []struct {
		weather         Weather
		rain            float64
		dark            bool
		capacity, speed float64
	}{
		{WeatherHCM, 0, false, 1, 1},
		{WeatherHCM, 0.001, false, 1 - 0.0201, 0.98},
		{WeatherHCM, 2.5, false, 1 - 0.0201, 0.98},
		{WeatherHCM, 2.6, false, 1 - 0.0724, 0.96},
		{WeatherHCM, 6.3, false, 1 - 0.0724, 0.96},
		{WeatherHCM, 6.4, false, 1 - 0.1413, 0.94},
		{WeatherHCM, 80, false, 1 - 0.1413, 0.94},
		{WeatherHCM, 80, true, (1 - 0.1413) / 1.025, 0.94},
		{WeatherHCM, 0, true, 1 / 1.025, 1},
		{WeatherField, 5, false, 0.93, 0.9425},
		{WeatherField, 20, false, 0.725, 0.9425},
		{WeatherNone, 80, true, 1, 1},
	} {
		w := skyWorld(t, c.weather, false)
		w.roads.SetDark(c.dark)
		w.car(0, 1, 0, 1)
		w.run(10) // 200 m
		w.rains(c.rain)
		w.run(11)
		if got := w.roads.Capacity(0, false); math.Abs(got/1500-c.capacity) > 1e-5 {
			t.Errorf("%+v: capacity %v; want %v", c, got, 1500*c.capacity)
		}
		w.run(100)
		if got, want := w.arrived[0].at.Seconds(), 10+800/(20*c.speed); math.Abs(got-want) > 1e-5 {
			t.Errorf("%+v: arrival at %v; want %v", c, got, want)
		}
	}
}

// It does not rain in a tunnel.
func TestNoRainInATunnel(t *testing.T) {
	rules := DefaultRules()
	rules.Weather = WeatherHCM
	bore, out := street(0, 1, 20, 1500), street(1, 2, 20, 1500)
	bore.OnGround, bore.Tunnel, bore.Level = false, true, 100
	net, problems := NewNetwork(row(5, 505, 1005), []LinkSpec{bore, out}, rules)
	if problems != nil {
		t.Fatal(problems)
	}
	w := newWorld(t, net, plain(101, 1))
	w.rains(80)
	w.run(1)
	if in, open := w.roads.Capacity(0, false), w.roads.Capacity(1, false); in != 1500 || open > 1300 {
		t.Errorf("capacity %v in the tunnel and %v behind it; want 1500 and less", in, open)
	}
}

// When the rain stops everything is as before; a queue discharges at the capacity of the moment.
func TestRainComesAndGoes(t *testing.T) {
	w := skyWorld(t, WeatherField, false)
	for id := range 200 {
		w.car(0, id, 0, 1)
	}
	w.run(100)
	w.rains(30)
	w.run(101)
	before := len(w.arrived)
	w.run(301)
	if got, want := len(w.arrived)-before, 200*0.725*1500/3600; math.Abs(float64(got)-want) > 1 {
		t.Errorf("%d in 200 s of rain; want %.1f", got, want)
	}
	w.rains(0)
	w.run(302)
	if got := w.roads.Capacity(0, false); math.Abs(got-1500) > 1e-9 {
		t.Errorf("capacity %v after the rain", got)
	}
}

// In plans of evacuations a lane carries 600 veh/h, and 900 where traffic runs against its usual direction; less where it
// carries less at its best.
//
// Reference: TRB paper 11-4115: sustained flows of 600, and of 800 to 1,000 in contraflow.
func TestPlanningRates(t *testing.T) {
	w := skyWorld(t, WeatherNone, true)
	if got := w.roads.Capacity(0, false); got != 600 {
		t.Errorf("capacity %v; want 600", got)
	}
	w.works(0, 0, sim.RoadOrder{Do: sim.RoadContraflow, Way: sim.WayForward, Lanes: sim.AllLanes})
	w.run(1)
	if got := w.roads.Capacity(0, false); math.Abs(got-1500) > 1e-3 {
		t.Errorf("capacity %v with a turned lane; want 600 and 900", got)
	}
	rules := DefaultRules()
	rules.Planning = true
	net, problems := NewNetwork(row(5, 1005), []LinkSpec{street(0, 1, 20, 450)}, rules)
	if problems != nil {
		t.Fatal(problems)
	}
	if got := New(net, nil).Capacity(0, false); got != 450 {
		t.Errorf("capacity %v of a small road; want 450", got)
	}
}
