package flood

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/flood/storm"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// Over many members the factor of the rain has a mean of 1 at every lead, and its logarithm a standard deviation of
// rain_error at 1 h, which grows with the square root of the lead; in the first ten minutes there is no error.
func TestRainErrorGrows(t *testing.T) {
	f := DefaultForecast()
	const n = 4000
	steps := int(f.Lead / errorSpan)
	sum, logs, squares := make([]float64, steps), make([]float64, steps), make([]float64, steps)
	for i := range n {
		e := newRainError(&f, &sim.HazardEnv{Seed: 7, ID: sim.HazardID(i % 2)}, i/6, i%6/2, 0)
		if len(e.factors) != steps || e.factors[0] != 1 {
			t.Fatalf("%d factors from %g on; want %d from 1 on", len(e.factors), e.factors[0], steps)
		}
		for k, x := range e.factors {
			l := num.Log(x)
			sum[k] += x
			logs[k] += l
			squares[k] += float64(l * l)
		}
	}
	for k := 1; k < steps; k++ {
		lead := float64(k) / 6 // [h]
		want := float64(f.RainError * math.Sqrt(lead))
		mean := logs[k] / n
		sd := math.Sqrt(squares[k]/n - float64(mean*mean))
		if math.Abs(sum[k]/n-1) > 4*want/math.Sqrt(n) {
			t.Errorf("lead %.2f h: mean factor %.4f", lead, sum[k]/n)
		}
		if math.Abs(sd/want-1) > 0.05 {
			t.Errorf("lead %.2f h: standard deviation %.4f; want %.4f", lead, sd, want)
		}
	}
}

// Two floods of one scenario are wrong about the rain each for itself: their walks have nothing to do with each other.
func TestEveryFloodErrsForItself(t *testing.T) {
	f := DefaultForecast()
	const n = 2000
	last := int(f.Lead/errorSpan) - 1
	product, squares := 0.0, 0.0
	for i := range n {
		var walk [2]float64
		for id := range walk {
			e := newRainError(&f, &sim.HazardEnv{Seed: 7, ID: sim.HazardID(id)}, i, 0, 0)
			walk[id] = num.Log(e.factors[last]) + float64(f.RainError*f.RainError)*float64(last)/12 // without its mean
		}
		product += float64(walk[0] * walk[1])
		squares += float64(walk[0]*walk[0]) + float64(walk[1]*walk[1])
	}
	if r := 2 * product / squares; math.Abs(r) > 4/math.Sqrt(n) {
		t.Errorf("the walks of two floods are correlated by %.3f", r)
	}
}

// The error is the same however the time is cut, a factor for each ten minutes, the last one on and on.
func TestRainErrorBetween(t *testing.T) {
	field := storm.Compile(&storm.Config{Times: []sim.Duration{0, 25 * sim.Minute}, Rates: []float64{36, 72}})
	blocks := field.Blocks(geo.Rect{Max: geo.Point{X: 900, Y: 900}}, 500)
	e := &rainError{since: sim.Time(10 * sim.Minute), factors: []float64{1, 2, 0.5}}
	at := func(m int) sim.Time { return sim.Time(sim.Duration(m) * sim.Minute) }
	for _, c := range []struct {
		from, to int
		want     float64 // [mm/h x min]
	}{
		{10, 20, 360}, {15, 25, 5*36 + 5*2*36}, {20, 30, 2 * (5*36 + 5*72)}, {25, 60, 5*2*72 + 30*0.5*72}, {40, 90, 50 * 36},
	} {
		got := append(slices.Clone(e.on(blocks, at(c.from), at(c.to))), e.common(field, at(c.from), at(c.to)))
		for _, depth := range got {
			if x := float64(depth * 60_000); math.Abs(x-c.want) > 1e-9 || len(got) != 5 {
				t.Errorf("from %d to %d min: %g; want %g", c.from, c.to, x, c.want)
			}
		}
	}
	var none *rainError
	if got, want := none.common(field, at(3), at(33)), field.Common(at(3), at(33)); got != want {
		t.Errorf("without error %g; want %g, bit for bit", got, want)
	}
	f := DefaultForecast()
	f.RainError = 0
	if newRainError(&f, &sim.HazardEnv{Seed: 1}, 0, 0, 0) != nil {
		t.Error("a forecast that knows the rain has an error")
	}
}

// Times that do not fit each other are refused, with what is wanted.
func TestForecastTimes(t *testing.T) {
	ground := valley(30, 30)
	for _, c := range []struct {
		change func(*Forecast)
		want   string
	}{
		{func(f *Forecast) { f.Step = 45 * sim.Second }, "a step of 45s; want a multiple"},
		{func(f *Forecast) { f.Lead = 65 * sim.Minute }, "a lead of 1h5m; want a multiple"},
		{func(f *Forecast) { f.First = 10 * sim.Second }, "a first issue at 10s; want a multiple"},
		{func(f *Forecast) { f.Every = 61 * sim.Second }, "an issue every 1m1s; want a multiple"},
		{func(f *Forecast) { f.Members = 0 }, "want 1 to 16"},
	} {
		spec := Default()
		f := DefaultForecast()
		c.change(&f)
		spec.Forecast = &f
		var found []string
		for _, p := range spec.Check(ground) {
			found = append(found, p.Text.EN)
		}
		if all := strings.Join(found, "; "); !strings.Contains(all, c.want) {
			t.Errorf("%q; want %q", all, c.want)
		}
	}
}

// A member whose water is no longer finite says so with its cell; the flood that looked ahead does not feel it.
func TestSickMember(t *testing.T) {
	ground := valley(90, 60)
	c := everything(ground)
	f := DefaultForecast()
	c.Forecast = &f
	m, quiet := build(t, c, ground, 1), build(t, c, ground, 1)
	for at := sim.Time(0); at < sim.Time(5*sim.Minute); {
		at = at.Add(m.Interval())
		for _, x := range []*model{m, quiet} {
			if err := x.Advance(at); err != nil {
				t.Fatal(err)
			}
		}
	}
	h, err := m.Ahead(0, 1)
	if err != nil {
		t.Fatal(err)
	}
	sick := h.(*model)
	cell := sick.At(20, 30)
	sick.Cells[cell].H = math.NaN()
	err = h.Advance(m.clock.Add(m.Interval()))
	if text := sim.TextOf(err); err == nil || !strings.Contains(text.EN, "cell (") || !strings.Contains(text.ZH, "格（") {
		t.Errorf("%v; want a failure that names the cell in both languages", err)
	}
	var a, b sim.Encoder
	m.AppendState(&a)
	quiet.AppendState(&b)
	if !bytes.Equal(a.Buf, b.Buf) {
		t.Error("the flood has another state after its member failed")
	}
}
