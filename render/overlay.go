package render

import (
	"fmt"
	"image/color"
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// Overlay says what of the water a picture shows.
type Overlay uint8

// Overlays. All but the first need the frame's charts.
const (
	OverlayDepth   Overlay = iota // depth now
	OverlayDeepest                // greatest depth so far
	OverlayArrival                // when the water came
	OverlayDanger                 // worst class of danger so far
	OverlayCount
)

var overlayNames = [OverlayCount]string{"depth", "deepest", "arrival", "danger"}

// String returns the overlay's name on the command line.
func (o Overlay) String() string { return overlayNames[o] }

// OverlayByName reads the name of an overlay.
func OverlayByName(name string) (Overlay, bool) {
	for o, n := range overlayNames {
		if n == name {
			return Overlay(o), true
		}
	}
	return OverlayDepth, false
}

// Charts are what the water has done up to the moment shown (sim/maps). They are what is really so: for the director
// and the review. A picture for a player's seat has none.
type Charts struct {
	Deepest   *sim.Layer
	Arrival   *sim.Layer
	Danger    *sim.Layer
	Rated     bool    // Danger holds levels of the hazard rating, harm.LevelCaution as 1, and not classes
	Threshold float64 // depth above which the water has arrived [m]
	Edition   int     // the same number, the same charts
	Scale     ArrivalScale
}

// ArrivalScale says what the colours of the arrival stand for: the first one for what came before First + Step, the
// last one for all that came later than the others.
type ArrivalScale struct {
	First sim.Time
	Step  sim.Duration
}

// ScaleOf is made for one map: the colours lie where most of the arrivals are, from the first one after the start to
// the last, but for a fiftieth of all at either end. Steps are round, so that a map that grows seldom changes its
// colours.
func ScaleOf(arrival *sim.Layer) ArrivalScale {
	var all []int32
	for _, at := range arrival.Values {
		if at > 0 {
			all = append(all, at)
		}
	}
	if len(all) == 0 {
		return ArrivalScale{0, arrivalStep(0)}
	}
	slices.Sort(all)
	instant := func(k int) sim.Time { return sim.Time(all[k]) * sim.Time(sim.Second) }
	from, to := instant(len(all)/50), instant(len(all)-1-len(all)/50)
	step := arrivalStep(to.Sub(from))
	first := from - from%sim.Time(step)
	if to >= first+sim.Time(len(arrivalColors))*sim.Time(step) { // rounding down the first took room at the end
		step = arrivalStep(to.Sub(from) + step)
		first = from - from%sim.Time(step)
	}
	return ArrivalScale{first, step}
}

// class returns the colour of an arrival [s].
func (a *ArrivalScale) class(at int32) int {
	since := max(sim.Time(at)*sim.Time(sim.Second)-a.First, 0)
	return int(min(since/sim.Time(max(a.Step, sim.Second)), sim.Time(len(arrivalColors)-1)))
}

// Of returns the layer of an overlay; nil for the depth now, and where there are no charts.
func (c *Charts) Of(o Overlay) *sim.Layer {
	if c == nil || o == OverlayDepth {
		return nil
	}
	return [OverlayCount]*sim.Layer{nil, c.Deepest, c.Arrival, c.Danger}[o]
}

// overlay returns what a picture can show of what is wanted.
func (f *Frame) overlay(wanted Overlay) Overlay {
	if f.Charts.Of(wanted) == nil {
		return OverlayDepth
	}
	return wanted
}

// arrivalStep returns the round time that one colour of the arrival stands for, so that the colours last for a span.
func arrivalStep(span sim.Duration) sim.Duration {
	for _, step := range [...]sim.Duration{10 * sim.Minute, 15 * sim.Minute, 30 * sim.Minute, sim.Hour, 2 * sim.Hour,
		3 * sim.Hour, 6 * sim.Hour, 12 * sim.Hour} {
		if span <= sim.Duration(len(arrivalColors))*step {
			return step
		}
	}
	return 24 * sim.Hour
}

// waterKey holds all that the picture of the water depends on, besides its grid.
type waterKey struct {
	overlay Overlay
	edition int
	rated   bool
	scale   ArrivalScale
}

// color is the colour of a cell with that value; none where there is nothing to be shown. Only overlays that are drawn
// cell by cell have one: between an hour and never there is nothing to interpolate.
func (k *waterKey) color(value int32) color.NRGBA {
	switch {
	case value <= 0: // never, wet at the start, or dry
		return color.NRGBA{}
	case k.overlay == OverlayDanger && k.rated:
		return ratingColors[min(int(value), len(ratingColors))-1]
	case k.overlay == OverlayDanger:
		return dangerColors[min(int(value), len(dangerColors))-1]
	}
	return arrivalColors[k.scale.class(value)]
}

// cells draws a map cell by cell.
func (w *water) cells(l *sim.Layer) {
	f := w.factor
	for c, value := range l.Values {
		i, j := w.grid.IJ(c)
		tint := w.key.color(value)
		a := uint32(tint.A) * uint32(w.dry[c]) / 255
		shade := color.RGBA{uint8(uint32(tint.R) * a / 255), uint8(uint32(tint.G) * a / 255),
			uint8(uint32(tint.B) * a / 255), uint8(a)}
		for b := range f {
			o := w.pic.Pixels.PixOffset(i*f, (w.grid.NY-1-j)*f+b)
			for p := range f {
				pix := w.pic.Pixels.Pix[o+4*p : o+4*p+4 : o+4*p+4]
				pix[0], pix[1], pix[2], pix[3] = shade.R, shade.G, shade.B, shade.A
			}
		}
	}
}

// drawWater draws the overlay that is wanted, or the depth now.
func (s *Scene) drawWater(cam Camera, f *Frame, look Look) {
	sheet := &s.list.Sheets[LayerWater]
	sheet.reset()
	key := waterKey{overlay: f.overlay(look.Overlay), edition: f.Water}
	layer := f.Snapshot.Water
	if key.overlay != OverlayDepth {
		layer, key.edition, key.scale = f.Charts.Of(key.overlay), f.Charts.Edition, f.Charts.Scale
		key.rated = f.Charts.Rated
	}
	if layer == nil {
		return
	}
	s.water.show(layer, key)
	s.list.Images[ImageWater] = s.water.pic
	g := layer.Grid.Bounds()
	p := cam.Screen(geo.Point{X: g.Min.X, Y: g.Max.Y})
	sheet.Shapes = append(sheet.Shapes, Shape{Kind: ShapeImage, Image: ImageWater, X: p.X, Y: p.Y,
		W: float32(g.Width() * cam.Zoom), H: float32(g.Height() * cam.Zoom)})
}

// swatch is one colour of the legend; its name stands under its left end.
type swatch struct {
	color color.NRGBA
	name  string
}

// scale returns what explains an overlay: its title and its colours.
func (s *Scene) scale(o Overlay, f *Frame, lang sim.Lang) (title sim.Text, list []swatch) {
	switch o {
	case OverlayArrival:
		for k, c := range arrivalColors {
			name := ""
			if k%2 == 0 { // there is room for every second clock
				name = s.sc.Drill.Start.Clock(f.Charts.Scale.First + sim.Time(k)*sim.Time(f.Charts.Scale.Step))
			}
			list = append(list, swatch{c, name})
		}
		return sim.Say("水到时间（每色 %v）", "Arrival of water (%v each)", f.Charts.Scale.Step), list
	case OverlayDanger:
		if f.Charts.Rated {
			for k, c := range ratingColors {
				list = append(list, swatch{c, ratingNames[k].In(lang)})
			}
			return words.Rating, list
		}
		for k, c := range dangerColors {
			list = append(list, swatch{c, sim.DangerClass(k + 1).String()})
		}
		return words.Danger, list
	}
	for k, c := range depthColors {
		list = append(list, swatch{c, fmt.Sprintf("%g", depthBreaks[k])})
	}
	if o == OverlayDeepest {
		return words.Deepest, list
	}
	return words.Depth, list
}

// drawScale draws the colours of the water that is shown.
func (s *Scene) drawScale(sheet *Sheet, x, y float32, f *Frame, look Look) {
	k, lang := look.Scale, look.Lang
	if f.Status.SeatOnly {
		for i, line := range s.font.Wrap(panelWords.NoWater.In(lang), 14*k, float32(len(depthBreaks))*34*k) {
			sheet.text(x, y+(4+18*float32(i))*k, 14*k, inkDark, line)
		}
		sheet.rect(x, y+48*k, 30*k, 12*k, coverColors[3])
		sheet.text(x+34*k, y+59*k, 14*k, inkDark, words.River.In(lang))
		return
	}
	title, list := s.scale(f.overlay(look.Overlay), f, lang)
	sheet.text(x, y+4*k, 14*k, inkDark, title.In(lang))
	y += 12 * k
	w := float32(34*len(depthColors)/len(list)) * k
	for i, c := range list {
		c.color.A = 255
		sheet.rect(x+float32(i)*w, y, w, 13*k, c.color)
		if c.name != "" {
			sheet.text(x+float32(i)*w, y+28*k, 14*k, inkDark, c.name)
		}
	}
	sheet.border(x, y, w*float32(len(list)), 13*k, 1, inkSoft)
	sheet.rect(x, y+36*k, 30*k, 12*k, coverColors[3])
	sheet.text(x+34*k, y+47*k, 14*k, inkDark, words.River.In(lang))
}
