package render

import (
	"image/color"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// charted adds charts to the flooded valley: the water came from the river outwards, and is deepest and worst there.
func charted(f *Frame) *Frame {
	depth := f.Snapshot.Water
	layer := func(q sim.Quantity) *sim.Layer { return sim.NewLayer(sim.LayerKey{Quantity: q}, depth.Grid) }
	f.Charts = &Charts{Deepest: layer(sim.QDepthMax), Arrival: layer(sim.QArrival), Danger: layer(sim.QDangerMax),
		Threshold: 0.15, Edition: 1,
		Scale: ArrivalScale{0, sim.Hour}}
	f.Status.Charted = true
	for c, d := range depth.Values {
		f.Charts.Deepest.Values[c] = d + d/3
		f.Charts.Arrival.Values[c] = -1
		if d >= 150 {
			f.Charts.Arrival.Values[c] = int32(6*3600) - 7*d
		}
		f.Charts.Danger.Values[c] = int32(harm.Classify(float64(d)/1000, 1.2))
	}
	return f
}

// Each overlay gives its own picture and legend; where there are no charts the depth now is shown, whatever is wanted.
func TestOverlays(t *testing.T) {
	sc := valley()
	d, ctl := deskOf(charted(few(flooded(sc))), sc, sim.English)
	lists := map[string]Overlay{}
	for o := range OverlayCount {
		d.ShowOverlay(o)
		text := d.Draw().String() + string(d.scene.water.pic.Pixels.Pix)
		if other, twice := lists[text]; twice {
			t.Errorf("%s looks like %s", o, other)
		}
		lists[text] = o
		if o == OverlayArrival {
			golden(t, "arrival-en.txt", d.Draw().String())
		}
	}
	if want := "no charts charts charts charts"; strings.Join(ctl.calls, " ") != want {
		t.Errorf("the controller was asked for %q; want %q", ctl.calls, want)
	}
	ctl.frame.Charts = nil
	text := d.Draw().String() + string(d.scene.water.pic.Pixels.Pix)
	if !strings.Contains(text, words.Depth.EN) || strings.Contains(text, words.Danger.EN) {
		t.Error("without charts the depth now is to be shown")
	}
}

// A picture for a player's seat has no charts, and neither the key nor the button asks for any.
func TestSeatHasNoOverlays(t *testing.T) {
	sc := valley()
	d, ctl := deskOf(flooded(sc), sc, sim.Chinese)
	before := d.Draw().String()
	d.Input(Input{Keys: []Key{KeyOverlay}})
	clickButton(t, d, "overlay")
	d.Input(Input{X: 1, Y: 1}) // the cursor leaves the button
	if after := d.Draw().String(); after != before || len(ctl.calls) != 0 {
		t.Errorf("the picture changed, or the controller was asked for %q", ctl.calls)
	}
	if f := flooded(sc); f.overlay(OverlayArrival) != OverlayDepth {
		t.Error("an overlay without charts")
	}
}

func TestKeyGoesThroughOverlays(t *testing.T) {
	sc := valley()
	d, _ := deskOf(charted(flooded(sc)), sc, sim.Chinese)
	d.Draw()
	for _, want := range []Overlay{OverlayDeepest, OverlayArrival, OverlayDanger, OverlayDepth} {
		d.Input(Input{Keys: []Key{KeyOverlay}})
		if d.look.Overlay != want {
			t.Errorf("the key shows %s; want %s", d.look.Overlay, want)
		}
	}
	d.Input(Input{Keys: []Key{KeyOverlay}, Shift: true})
	if d.look.Overlay != OverlayDanger {
		t.Errorf("with shift it shows %s; want %s", d.look.Overlay, OverlayDanger)
	}
	for o := range OverlayCount {
		if got, ok := OverlayByName(o.String()); !ok || got != o {
			t.Errorf("%s is read as %s, %v", o, got, ok)
		}
	}
	if _, ok := OverlayByName("heat"); ok {
		t.Error("an overlay called heat")
	}
}

// Cells keep their class: nothing is drawn between a cell that was reached early and one that never was, nor where
// water stood at the start, nor over the river.
func TestArrivalIsDrawnCellByCell(t *testing.T) {
	g := geo.Grid{NX: 4, NY: 1, Cell: 10}
	terrain := &sim.Terrain{Grid: g, Bed: make([]int32, 4), Cover: make([]uint8, 4)}
	terrain.Cover[3] = scenario.CoverWater
	l := sim.NewLayer(sim.LayerKey{Quantity: sim.QArrival}, g)
	copy(l.Values, []int32{3600, -1, 0, 3600})
	w := newWater(terrain)
	w.show(l, waterKey{overlay: OverlayArrival, edition: 1, scale: ArrivalScale{0, sim.Hour}})
	for c, want := range []uint8{arrivalColors[1].A, 0, 0, 0} {
		for p := range w.factor {
			if got := w.pic.Pixels.RGBAAt(c*w.factor+p, 0).A; got != want {
				t.Errorf("cell %d, pixel %d: alpha %d; want %d", c, p, got, want)
			}
		}
	}
	copy(l.Values, []int32{90 * 3600, 3599, 1, 1})
	w.show(l, waterKey{overlay: OverlayArrival, edition: 2, scale: ArrivalScale{0, sim.Hour}})
	for c, k := range []int{len(arrivalColors) - 1, 0, 0} {
		a := arrivalColors[k]
		pre := func(v uint8) uint8 { return uint8(uint32(v) * uint32(a.A) / 255) }
		if got, want := w.pic.Pixels.RGBAAt(c*w.factor, 0), (color.RGBA{pre(a.R), pre(a.G), pre(a.B), a.A}); got != want {
			t.Errorf("cell %d: %v; want %v", c, got, want)
		}
	}
}

func TestArrivalStepLasts(t *testing.T) {
	for span, want := range map[sim.Duration]sim.Duration{10 * sim.Minute: 10 * sim.Minute, sim.Hour: 10 * sim.Minute,
		3 * sim.Hour: 30 * sim.Minute, 12 * sim.Hour: 2 * sim.Hour, 13 * sim.Hour: 3 * sim.Hour, 900 * sim.Hour: 24 * sim.Hour} {
		if got := arrivalStep(span); got != want {
			t.Errorf("a span of %v: %v each; want %v", span, got, want)
		}
	}
}

// The colours of one map lie where its arrivals are: none before the first, one early and one late straggler in a
// hundred do not count.
func TestScaleOfAMap(t *testing.T) {
	l := sim.NewLayer(sim.LayerKey{Quantity: sim.QArrival}, geo.Grid{NX: 102, NY: 1, Cell: 1})
	for c := range l.Values {
		l.Values[c] = int32(5400 + 60*c) // 1 h 30 min and then every minute, up to 3 h 10 min
	}
	l.Values[0], l.Values[101] = -1, 40000
	s := ScaleOf(l)
	if want := (ArrivalScale{sim.Time(90 * sim.Minute), 30 * sim.Minute}); s != want {
		t.Errorf("%+v; want %+v", s, want)
	}
	for at, want := range map[int32]int{60: 0, 5400: 0, 7199: 0, 7200: 1, 40000: 5} {
		if got := s.class(at); got != want {
			t.Errorf("%d s has colour %d; want %d", at, got, want)
		}
	}
	if s := ScaleOf(sim.NewLayer(l.Key, l.Grid)); s.Step <= 0 {
		t.Errorf("a dry map has the scale %+v", s)
	}
}

// A map of the hazard rating has the levels for names and four of the colours of danger.
func TestOverlayOfRatings(t *testing.T) {
	sc := valley()
	s := NewScene(sc, scenario.NewDirectory(sc), DefaultFont())
	f := flooded(sc)
	level := sim.NewLayer(sim.LayerKey{}, sc.Terrain.Grid)
	f.Charts = &Charts{Danger: level, Rated: true, Edition: 1}
	l := s.Draw(Fit(1600, 1080, Margins{}, s.Bounds()), f,
		Look{Lang: sim.English, Scale: 1, Selected: sim.None, Hover: sim.None, Overlay: OverlayDanger, NoPeople: true})
	texts := map[string]bool{}
	for _, shape := range l.Sheets[LayerFrame].Shapes {
		texts[shape.Text] = true
	}
	if !texts["some"] || !texts["all"] || !texts[words.Rating.EN] || texts["H6"] {
		t.Errorf("the legend has %v; want the levels of the rating", texts)
	}
	rated, classed := waterKey{overlay: OverlayDanger, rated: true}, waterKey{overlay: OverlayDanger}
	if rated.color(4) != dangerColors[5] || classed.color(4) != dangerColors[3] || rated.color(0) != (color.NRGBA{}) {
		t.Errorf("level 4 is %v, class H4 %v, dry %v", rated.color(4), classed.color(4), rated.color(0))
	}
}
