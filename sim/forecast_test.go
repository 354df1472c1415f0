package sim

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func drawForecast(t *rapid.T) *Forecast {
	f := &Forecast{Hazard: HazardID(rapid.IntRange(0, 3).Draw(t, "hazard")),
		Issued: Time(rapid.IntRange(0, 100).Draw(t, "issued")) * Time(Minute), Step: 10 * Minute,
		Steps: rapid.IntRange(1, 20).Draw(t, "steps")}
	curve := func() []int32 { return rapid.SliceOfN(rapid.Int32(), f.Steps, f.Steps).Draw(t, "curve") }
	kinds := rapid.SliceOfN(rapid.Bool(), 0, 4).Draw(t, "rain gauges")
	zones := rapid.IntRange(0, 3).Draw(t, "zones")
	for range rapid.IntRange(1, 4).Draw(t, "members") {
		m := Foreseen{Gauges: make([]GaugeAhead, len(kinds)), Zones: make([]ZoneAhead, zones)}
		for g, rain := range kinds {
			if !rain {
				m.Gauges[g].Level = curve()
				continue
			}
			for w := range m.Gauges[g].Rain {
				m.Gauges[g].Rain[w] = curve()
			}
		}
		for z := range m.Zones {
			m.Zones[z] = ZoneAhead{Wet: curve(), Deep: curve()}
		}
		f.Members = append(f.Members, m)
	}
	for k := range rapid.IntRange(0, 2).Draw(t, "lost") {
		f.Lost = append(f.Lost, LostMember{Member: 7 * k, At: f.At(rapid.IntRange(0, f.Steps-1).Draw(t, "when")),
			Why: Text{ZH: "格（1，2）", EN: rapid.String().Draw(t, "why")}})
	}
	return f
}

func TestForecastRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawForecast(t)
		var e Encoder
		f.Append(&e)
		var g Forecast
		d := Decoder{Buf: e.Buf}
		if g.Load(&d); d.Err != nil || len(d.Buf) > 0 {
			t.Fatalf("%v, %d bytes left", d.Err, len(d.Buf))
		}
		if !reflect.DeepEqual(*f, g) {
			t.Fatalf("%+v; want %+v", g, *f)
		}
		cut := rapid.IntRange(0, len(e.Buf)-1).Draw(t, "cut")
		d = Decoder{Buf: e.Buf[:cut]}
		if g.Load(&d); d.Err == nil {
			t.Fatalf("%d of %d bytes were taken", cut, len(e.Buf))
		}
	})
}

func FuzzForecast(f *testing.F) {
	var e Encoder
	x := Forecast{Issued: 60, Step: Minute, Steps: 2, Members: []Foreseen{{Gauges: []GaugeAhead{{Level: []int32{1, -7}}},
		Zones: []ZoneAhead{{Wet: []int32{0, 1000}, Deep: []int32{0, 90}}}}}}
	x.Append(&e)
	f.Add(e.Buf)
	f.Fuzz(func(t *testing.T, b []byte) {
		var x, y Forecast
		d := Decoder{Buf: b}
		if x.Load(&d); d.Err != nil {
			return
		}
		var e, again Encoder
		x.Append(&e)
		d = Decoder{Buf: e.Buf}
		y.Load(&d)
		if y.Append(&again); d.Err != nil || !bytes.Equal(e.Buf, again.Buf) {
			t.Errorf("%v: what was read and written reads otherwise", d.Err)
		}
		for k := range x.Steps {
			x.Fan(0, 0, k)
		}
	})
}

func TestFanAndPasses(t *testing.T) {
	f := Forecast{Issued: Time(Hour), Step: 10 * Minute, Steps: 3}
	for _, c := range [][]int32{{5000, 6000, 7000}, {5000, 5000, 5000}, {5000, 6500, 9000}, {5000, 5500, 8000}} {
		f.Members = append(f.Members, Foreseen{Gauges: []GaugeAhead{{Level: c}}})
	}
	if low, mid, high, ok := f.Fan(0, 0, 2); low != 5000 || mid != 7000 || high != 9000 || !ok {
		t.Errorf("fan %d %d %d %v", low, mid, high, ok)
	}
	if _, _, _, ok := f.Fan(0, Hour, 2); ok {
		t.Error("a stage gauge has rain")
	}
	if at, ok := f.Passes(0, 0, 0, 6, Never); at != f.At(1) || !ok {
		t.Errorf("passed at %v %v; want %v", at, ok, f.At(1))
	}
	if _, ok := f.Passes(0, 0, 0, 7, f.At(1)); ok {
		t.Error("passed within the first two steps; it is later")
	}
	if _, ok := f.Passes(1, 0, 0, 6, Never); ok {
		t.Error("passed where it never is")
	}
}

func TestOutlook(t *testing.T) {
	o := Outlook{First: Hour, Every: 2 * Hour, Lead: 3 * Hour, Step: 10 * Minute, Members: 3}
	for at, want := range map[Duration]int{0: -1, Hour: 0, 2 * Hour: -1, 3 * Hour: 1, 3*Hour + Second: -1, 7 * Hour: 3} {
		k, ok := o.Issue(Time(at))
		if !ok {
			k = -1
		}
		if k != want {
			t.Errorf("at %v: issue %d; want %d", at, k, want)
		}
	}
	if list := o.Faults(30 * Second); len(list) > 0 {
		t.Errorf("%+v", list)
	}
	for _, c := range []struct {
		bad Outlook
		at  string // keys of the faults
	}{
		{Outlook{Every: Hour, Lead: Hour, Step: 25 * Second, Members: 1}, "step"},
		{Outlook{Every: Hour, Lead: Hour, Members: 1}, "step"},
		{Outlook{Every: Hour, Lead: 65 * Minute, Step: 10 * Minute, Members: 1}, "lead"},
		{Outlook{Lead: Hour, Step: Minute, Members: 1}, "every"},
		{Outlook{Every: Hour, First: 7 * Second, Lead: Hour, Step: Minute, Members: 1}, "first"},
		{Outlook{Every: Hour, Lead: Hour, Step: Minute, Members: 1, Delay: -1}, "delay"},
		{Outlook{Every: 7 * Second, Lead: Hour, Step: 7 * Second, First: 7 * Second, Members: 1}, "step lead first every"},
	} {
		var at []string
		for _, p := range c.bad.Faults(30 * Second) {
			at = append(at, p.Path)
			if p.Text.EN == "" || p.Text.ZH == "" {
				t.Errorf("%+v: %s is not said in both languages", c.bad, p.Path)
			}
		}
		if got := strings.Join(at, " "); got != c.at {
			t.Errorf("%+v: faults at %q; want %q", c.bad, got, c.at)
		}
	}
	if list := (Outlook{Members: 1}).Faults(0); len(list) > 0 {
		t.Errorf("without an interval: %+v; want none, that fault is another", list)
	}
}
