package engine

import (
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// Sliding windows against the sum of every second, with saving and loading on the way; old spells are forgotten.
func TestRainfallAgainstNaiveSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r rainfall
		const day = 24 * 3600
		past := make([]int64, day) // rate of each second before the start
		if mm := rapid.SampledFrom([]float64{0, 24, 100}).Draw(t, "before"); mm > 0 {
			r = evenly(mm)
			for i := range past {
				past[i] = r.spells[0].rate
			}
		}
		now := int64(0)
		step := int64(rapid.IntRange(1, 30).Draw(t, "interval"))
		for range rapid.IntRange(1, 12).Draw(t, "spells") {
			rate := int64(rapid.IntRange(0, 3).Draw(t, "rate")) * 17_000
			for range rapid.IntRange(1, 700).Draw(t, "publications") {
				r.add(sim.Time(now)*sim.Time(sim.Second), sim.Time(now+step)*sim.Time(sim.Second), rate*published)
				for range step {
					past = append(past, rate*published)
				}
				now += step
			}
			if rapid.Bool().Draw(t, "saved") {
				var e sim.Encoder
				r.append(&e)
				var o rainfall
				d := sim.Decoder{Buf: e.Buf}
				if o.load(&d); d.Err != nil || len(d.Buf) > 0 {
					t.Fatalf("load: %v, %d bytes left", d.Err, len(d.Buf))
				}
				r = o
			}
			for _, window := range sim.RainWindows {
				want := int64(0)
				for _, v := range past[len(past)-int(window/sim.Second):] {
					want += v
				}
				if got := r.depth(sim.Time(now)*sim.Time(sim.Second), window); got != want {
					t.Fatalf("at %d s, %v: %d; want %d", now, window, got, want)
				}
			}
		}
	})
}

// Rain that changes all the time is not kept for longer than twice a day's worth, and what is forgotten counts in no
// window: also not in the very publication in which it is forgotten, when the window of a day begins where the first
// spell that is left begins.
func TestRainfallForgets(t *testing.T) {
	var r rainfall
	const inADay = memory / 30
	var rates []int64
	day := int64(0) // the sum of the last day's
	for k := range int64(10_000) {
		end := sim.Time(30*k+30) * sim.Time(sim.Second)
		rates = append(rates, k%7*published)
		r.add(sim.Time(30*k)*sim.Time(sim.Second), end, rates[k])
		if day += rates[k]; k >= inADay {
			day -= rates[k-inADay]
		}
		if got := r.depth(end, memory*sim.Second); got != 30*day {
			t.Fatalf("at %v: %d in a day; want %d", end, got, 30*day)
		}
	}
	if n := len(r.spells); n > 2*memory/30+2 {
		t.Errorf("%d spells are kept", n)
	}
}

// What the decoder takes, it writes again, and it panics on nothing.
func FuzzRainfall(f *testing.F) {
	for _, rates := range [][]int64{{}, {5000}, {0, 7_000, 7_000, 123_456}} {
		var r rainfall
		for k, rate := range rates {
			r.add(sim.Time(k)*sim.Time(sim.Minute), sim.Time(k+1)*sim.Time(sim.Minute), rate)
		}
		var e sim.Encoder
		r.append(&e)
		f.Add(e.Buf)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var r rainfall
		d := sim.Decoder{Buf: b}
		if r.load(&d); d.Err != nil {
			return
		}
		var e sim.Encoder
		r.append(&e)
		var o rainfall
		again := sim.Decoder{Buf: e.Buf}
		if o.load(&again); again.Err != nil || len(o.spells) != len(r.spells) {
			t.Errorf("%v: %d spells, then %d", again.Err, len(r.spells), len(o.spells))
		}
		_ = r.depth(sim.Time(sim.Hour), sim.Hour)
	})
}
