package main

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"

	"sandtable/scenarios/traffic"
	"sandtable/sim"
)

// A field of two halves: nobody, and a standing queue at jam density.
func TestDrawField(t *testing.T) {
	f := traffic.Field{Columns: 10, Rows: 4, Cell: 250, Span: 60}
	for range f.Rows {
		for i := range f.Columns {
			if i < 5 {
				f.Density, f.Speed = append(f.Density, 0), append(f.Speed, math.NaN())
			} else {
				f.Density, f.Speed = append(f.Density, 1000/7.5), append(f.Speed, 0)
			}
		}
	}
	for _, lang := range []sim.Lang{sim.Chinese, sim.English} {
		var b bytes.Buffer
		if err := drawField(&b, &f, [2]string{"a<b", "学府路"}, "x.PNG", lang); err != nil {
			t.Fatal(err)
		}
		pic, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		for _, top := range []int{plotTop, plotTop + plotHeight + plotGap} {
			for x, want := range map[int]color.NRGBA{plotLeft + 100: plotEmpty, plotLeft + 700: ramp[len(ramp)-1]} {
				if got := color.NRGBAModel.Convert(pic.At(x, top+150)); got != want {
					t.Errorf("%v: at %d,%d the colour is %v; want %v", lang, x, top+150, got, want)
				}
			}
		}
		b.Reset()
		if err := drawField(&b, &f, [2]string{"a<b", "学府路"}, "x.svg", lang); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "a&lt;b") || strings.Contains(b.String(), "时间") != (lang == sim.Chinese) {
			t.Errorf("%v: %.300s", lang, b.String())
		}
		d := xml.NewDecoder(&b)
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%v: no XML: %v", lang, err)
			}
		}
	}
}

func TestNiceStep(t *testing.T) {
	for span, want := range map[float64]float64{10: 2, 40: 5, 262: 50, 5.7: 1, 0.3: 0.05, 800: 100} {
		if got := niceStep(span, 8); math.Abs(got-want) > 1e-12 {
			t.Errorf("%v in at most 8 parts: %v; want %v", span, got, want)
		}
	}
}

func TestRampGetsDarker(t *testing.T) {
	last := 1e9
	for k := range 21 {
		c := rampAt(float64(k) / 20)
		light := 0.3*float64(c.R) + 0.59*float64(c.G) + 0.11*float64(c.B)
		if light >= last {
			t.Errorf("at %d/20 the colour is as light as %v; want darker", k, last)
		}
		last = light
	}
	if rampAt(-1) != ramp[0] || rampAt(7) != ramp[len(ramp)-1] {
		t.Error("what is outside is not held to the ends")
	}
}

// Names of files that would be written as something else, and a path that nobody draws, are mistakes on the command line.
func TestTrafficFilesAreNamedByWhatTheyAre(t *testing.T) {
	for want, c := range map[string]benchTrafficCmd{
		"":                                    {Flows: []string{"a.csv", "b.GeoJSON"}, XT: "c.svg", Along: []string{"x"}},
		`--flows "a.svg"; want .csv or`:       {Flows: []string{"a.svg"}},
		`--xt "b.csv"; want .svg or .png`:     {XT: "b.csv"},
		"--along without --xt":                {Along: []string{"x"}},
		`--flow-every "100ms"; want 1 s or`:   {FlowEvery: "100ms"},
		`--guided 1.5; want 0 to 1`:           {Guided: 1.5},
		`--capacity "many"; want given, diag`: {Capacity: "many"},
	} {
		c.UTurns, c.Until, c.GuidedEvery = "dead-end", "1h", "5m"
		c.Capacity, c.FlowEvery = cmp.Or(c.Capacity, "given"), cmp.Or(c.FlowEvery, "5m")
		_, _, _, err := c.options()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %q", err, want)
		}
	}
}
