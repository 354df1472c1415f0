package render

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// click presses and lets go at a place, with a picture between, as a window does.
func click(d *Desk, x, y float64) {
	d.Input(Input{X: x, Y: y, Down: true, Pressed: true})
	d.Draw()
	d.Input(Input{X: x, Y: y, Released: true})
	d.Draw()
}

func clickButton(t *testing.T, d *Desk, name string) {
	t.Helper()
	x, y, ok := d.Button(name)
	if !ok {
		t.Fatalf("there is no button %q", name)
	}
	click(d, x, y)
}

func TestEvacuateByMouse(t *testing.T) {
	sc := valley()
	d, ctl := deskOf(flooded(sc), sc, sim.Chinese)
	d.Draw()
	p := d.cam.Screen(geo.Point{X: 4500, Y: 1100})
	click(d, float64(p.X), float64(p.Y))
	if d.Selected() != 2 {
		t.Fatalf("a click into the third zone selected %d; want 2", d.Selected())
	}
	clickButton(t, d, "evacuate")
	want := sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", "z3")
	if len(ctl.given) != 1 || !ctl.given[0].Equal(want) {
		t.Fatalf("the button gave %v; want %v", ctl.given, want)
	}
	ctl.frame.Status.Phase = PhasePast
	d.Draw()
	clickButton(t, d, "evacuate")
	if len(ctl.given) != 1 {
		t.Error("an order was given while looking back")
	}
	clickButton(t, d, "close")
	if d.Selected() != sim.None {
		t.Error("the panel did not close")
	}
}

// Whatever a key does must have a button, and every button must be whole on the screen and free of the others.
func TestEveryButtonIsReachable(t *testing.T) {
	sc := valley()
	for _, size := range [][2]float64{{1280, 720}, {1600, 900}, {1920, 1080}, {3840, 2160}} {
		for _, lang := range []sim.Lang{sim.Chinese, sim.English} {
			d, ctl := deskOf(flooded(sc), sc, lang)
			d.Resize(size[0], size[1])
			d.Select(1)
			ctl.frame.Status.Phase = PhasePast
			d.Draw()
			screen := area{0, 0, float32(size[0]), float32(size[1])}
			for _, name := range []string{"back", "pause", "forward", "speed1", "speed5", "next", "bookmark", "in", "out",
				"whole", "legend", "language", "help", "fullscreen", "live", "continue", "evacuate", "close"} {
				if !slices.ContainsFunc(d.hits, func(b button) bool { return b.name == name }) {
					t.Errorf("%v: no button %q", size, name)
				}
			}
			for i, a := range d.hits {
				if a.box.x0 < 0 || a.box.y0 < 0 || a.box.x1 > screen.x1 || a.box.y1 > screen.y1 {
					t.Errorf("%v %v: button %q at %v is not whole on the screen", size, lang, a.name, a.box)
				}
				for _, b := range d.hits[i+1:] {
					if a.box.overlaps(b.box) {
						t.Errorf("%v %v: buttons %q and %q overlap", size, lang, a.name, b.name)
					}
				}
			}
		}
	}
}

func TestButtonsCallTheController(t *testing.T) {
	sc := valley()
	d, ctl := deskOf(flooded(sc), sc, sim.English)
	d.Draw()
	for name, want := range map[string]string{"back": "step -1m", "forward": "step 1m", "bookmark": "bookmark",
		"speed2": "speed", "feed1": "seek 3:20:00"} {
		ctl.calls = nil
		clickButton(t, d, name)
		if !slices.Equal(ctl.calls, []string{want}) {
			t.Errorf("button %q called %q; want %q", name, ctl.calls, want)
		}
	}
	ctl.frame.Status.Phase = PhasePast
	d.Draw()
	for name, want := range map[string]string{"live": "live", "continue": "continue"} {
		ctl.calls = nil
		clickButton(t, d, name)
		if !slices.Equal(ctl.calls, []string{want}) {
			t.Errorf("button %q called %q; want %q", name, ctl.calls, want)
		}
	}
	clickButton(t, d, "language")
	if d.look.Lang != sim.Chinese {
		t.Error("the language button did not change the language")
	}
	clickButton(t, d, "help")
	if !d.help {
		t.Error("the help button opened nothing")
	}
	click(d, 640, 300)
	if d.help {
		t.Error("a click did not close the help")
	}
}

func TestKeys(t *testing.T) {
	sc := valley()
	for _, c := range []struct {
		key   Key
		shift bool
		want  string
	}{
		{KeyPause, false, "pause"}, {KeyBack, false, "step -1m"}, {KeyForward, false, "step 1m"},
		{KeyBookmark, false, "bookmark"}, {KeyEnd, false, "live"}, {KeySpeed3, false, "speed"},
		{KeyNext, true, "seek 3:30:00"},
	} {
		d, ctl := deskOf(flooded(sc), sc, sim.Chinese)
		d.Draw()
		d.Input(Input{Keys: []Key{c.key}, Shift: c.shift})
		if !slices.Equal(ctl.calls, []string{c.want}) {
			t.Errorf("key %d called %q; want %q", c.key, ctl.calls, c.want)
		}
	}
	d, ctl := deskOf(flooded(sc), sc, sim.Chinese)
	d.Draw()
	for _, want := range []float64{300, 0, 0} {
		d.Input(Input{Keys: []Key{KeyFaster}})
		if got := ctl.frame.Status.Speed; got != want {
			t.Errorf("faster gave %v; want %v", got, want)
		}
	}
	for _, want := range []float64{300, 60, 10, 1, 1} {
		d.Input(Input{Keys: []Key{KeySlower}})
		if got := ctl.frame.Status.Speed; got != want {
			t.Errorf("slower gave %v; want %v", got, want)
		}
	}
}

func TestDragPansAndWheelZooms(t *testing.T) {
	sc := valley()
	d, ctl := deskOf(flooded(sc), sc, sim.Chinese)
	d.Draw()
	under := d.cam.World(400, 300)
	d.Input(Input{X: 400, Y: 300})
	d.Input(Input{X: 400, Y: 300, Down: true, Pressed: true})
	for k := range 20 {
		d.Input(Input{X: 400 + 5*float64(k), Y: 300 + 3*float64(k), Down: true})
	}
	d.Input(Input{X: 495, Y: 357, Released: true})
	if p := d.cam.Screen(under); p.X < 490 || p.X > 500 || p.Y < 352 || p.Y > 362 {
		t.Errorf("what was under the cursor is at %v after dragging to 495, 357", p)
	}
	if d.Selected() != sim.None {
		t.Error("dragging selected a zone")
	}
	zoom := d.cam.Zoom
	d.Input(Input{X: 500, Y: 300, Wheel: 2})
	if d.cam.Zoom <= zoom*1.5 || d.cam.Zoom >= zoom*1.6 {
		t.Errorf("two notches zoomed by %v; want 1.5625", d.cam.Zoom/zoom)
	}
	zoom = d.cam.Zoom
	d.Input(Input{X: 1200, Y: 300, Wheel: 1})
	if d.cam.Zoom != zoom {
		t.Error("the wheel over the side panel zoomed the map")
	}
	d.Input(Input{X: 640, Y: 680, Down: true, Pressed: true})
	d.Input(Input{X: 320, Y: 680, Down: true})
	d.Input(Input{X: 320, Y: 680, Released: true})
	if len(ctl.calls) != 1 || ctl.calls[0][:4] != "seek" {
		t.Errorf("dragging on the timeline called %q; want one seek", ctl.calls)
	}
}

// The help must be readable by somebody who reads only one of the two languages: a Latin word on the Chinese panel
// is the name on a key, and nothing else.
func TestHelpIsInTheLanguageOfTheScreen(t *testing.T) {
	printed := []string{"Tab", "Shift", "M", "Home", "End", "L", "O", "K", "F11", "H", "Esc", "G", "P", "Enter",
		"English"}
	word := regexp.MustCompile(`[A-Za-z]+[0-9]*`)
	for _, h := range helpLines {
		for _, w := range word.FindAllString(h.keys.ZH+" "+h.does.ZH, -1) {
			if !slices.Contains(printed, w) {
				t.Errorf("%q stands on the Chinese help panel", w)
			}
		}
		if h.keys.EN == "" || strings.ContainsFunc(h.keys.EN, han) {
			t.Errorf("%q stands on the English help panel", h.keys.EN)
		}
	}
}

// Where there is room, the legend explains posts, assembly points and hospitals; where there is little, it keeps
// what it must explain.
func TestLegendTakesTheRoomItHas(t *testing.T) {
	sc := valley()
	for _, c := range []struct {
		width, height float64
		places        bool
	}{{1280, 680, false}, {1600, 900, true}} {
		d, _ := deskOf(flooded(sc), sc, sim.English)
		d.Resize(c.width, c.height)
		var stranded, post bool
		for _, s := range d.Draw().Sheets[LayerFrame].Shapes {
			stranded = stranded || s.Text == words.Stranded.EN || s.Text == stageTitles[sim.StageStranded].EN
			post = post || s.Text == words.Post.EN
		}
		if !stranded || post != c.places {
			t.Errorf("%v x %v: stranded %v, posts %v; want true, %v", c.width, c.height, stranded, post, c.places)
		}
	}
}

// A click on a gauge opens its chart: the reading that the seat has, the readings so far, the thresholds around them, and
// the last forecast. What the seat does not have is not there.
func TestGaugePanel(t *testing.T) {
	sc := valley()
	f := flooded(sc)
	f.Seen.Gauges = []sim.GaugeKnown{{Reported: f.Snapshot.Now, Level: 60.42, Above: 1}}
	now := f.Snapshot.Now
	for m := range 30 {
		f.Status.Curve = append(f.Status.Curve, Sample{At: now.Add(sim.Duration(m-30) * sim.Minute),
			Gauges: []float32{57 + float32(m)/10}})
	}
	d, _ := deskOf(f, sc, sim.English)
	d.Draw()
	p := d.cam.Screen(geo.Point{X: sc.Gauges[0].Place[0], Y: sc.Gauges[0].Place[1]})
	click(d, float64(p.X), float64(p.Y))
	for _, text := range []string{"Bridge gauge", "60.42 m, above danger level", "alert level", "the seat has no forecast"} {
		if !strings.Contains(drawn(d), text) {
			t.Errorf("the panel has no %q", text)
		}
	}
	f.Seen.Gauges[0].Level = 6042.42 // its line is too long for the panel, and goes on in the next one
	sc.Gauges[0].Thresholds[1].Title.EN = "the level at which everybody goes"
	d.Draw()
	if strings.Contains(drawn(d), "…") {
		t.Error("the panel cuts the name of the threshold off")
	}
	f.Seen.Gauges[0].Level, sc.Gauges[0].Thresholds[1].Title.EN = 60.42, "danger level"
	ahead := &sim.Forecast{Issued: now.Add(-10 * sim.Minute), Step: 30 * sim.Minute, Steps: 3}
	for m := range int32(3) {
		ahead.Members = append(ahead.Members, sim.Foreseen{Gauges: []sim.GaugeAhead{
			{Level: []int32{60500, 60800 + 100*m, 61000 + 300*m}}}})
	}
	before := strings.Count(drawn(d), "line")
	f.Seen.Forecasts = []sim.ForecastKnown{{Received: now, Forecast: ahead}}
	d.Draw()
	if !strings.Contains(drawn(d), "forecast (low, median, high) of") || strings.Count(drawn(d), "line") <= before {
		t.Error("the forecast is not drawn")
	}
	if c := d.newGaugeChart(0); c.high < 61.6 || c.low > 57 || c.to != ahead.At(2) || len(c.fan[1]) != 3 || c.fan[1][2].value != 61.3 {
		t.Errorf("the chart goes from %.2f to %.2f m until %v: %+v", c.low, c.high, c.to, c.fan[1])
	}
	clickButton(t, d, "close")
	if strings.Contains(drawn(d), "low, median") {
		t.Error("the panel did not close")
	}
}

// drawn is all that the desk has drawn last, as text.
func drawn(d *Desk) string { return d.scene.list.String() }

// A feed for which there is no room does not say that nothing has happened; one before the first event does.
func TestFeedWithoutRoom(t *testing.T) {
	sc := valley()
	f := flooded(sc)
	d, _ := deskOf(f, sc, sim.English)
	d.Draw()
	says := func() bool {
		var s Sheet
		d.drawFeed(&s, area{0, 0, 300, 24})
		return slices.ContainsFunc(s.Shapes, func(p Shape) bool { return p.Text == words.NoEvents.EN })
	}
	if says() {
		t.Error("the feed says that nothing has happened where it has no room")
	}
	if f.Status.Marks = nil; !says() {
		t.Error("the feed does not say that nothing has happened")
	}
}
