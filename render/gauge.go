package render

import (
	"fmt"
	"image/color"
	"math"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// GaugeAt returns the gauge whose badge is at a place of the screen, or None.
func (s *Scene) GaugeAt(cam Camera, at XY, scale float32) sim.GaugeID {
	for i := range s.sc.Gauges {
		p := cam.Screen(scenario.Point(s.sc.Gauges[i].Place))
		if max(p.X-at.X, at.X-p.X) <= 10*scale && max(p.Y-at.Y, at.Y-p.Y) <= 10*scale {
			return sim.GaugeID(i)
		}
	}
	return sim.None
}

// SelectGauge shows a gauge's panel; None closes it.
func (d *Desk) SelectGauge(g sim.GaugeID) { d.gauge = g }

// Colours of the chart.
var (
	chartRead  = rgb(0x8FC3EA)
	chartFan   = rgba(0xF2C14E, 60)
	chartEdge  = rgba(0xF2C14E, 150)
	chartMid   = rgb(0xF2C14E)
	chartLimit = rgba(0xFF8A70, 170)
)

// reading is a point of a curve of the chart, in the gauge's unit.
type reading struct {
	at    sim.Time
	value float64
}

// gaugeChart is what the panel of a gauge shows: readings so far, thresholds, and the last forecast that the seat has.
type gaugeChart struct {
	read   []reading
	fan    [3][]reading // lowest, median, highest member
	issued sim.Time     // of the forecast
	limits []scenario.Threshold
	rain   bool
	from   sim.Time
	to     sim.Time
	low    float64
	high   float64
}

// chartPast is how much of the readings the chart shows.
const chartPast = 6 * sim.Hour

// newGaugeChart collects the curves of a gauge: levels, or the rain of the hour before each instant.
func (d *Desk) newGaugeChart(g sim.GaugeID) gaugeChart {
	now := d.frame.Snapshot.Now
	c := gaugeChart{from: max(now.Add(-chartPast), 0), to: now.Add(sim.Minute), issued: -1}
	for _, s := range d.frame.Status.Curve {
		if s.At >= c.from && s.At <= now && int(g) < len(s.Gauges) && !math.IsNaN(float64(s.Gauges[g])) {
			c.read = append(c.read, reading{s.At, float64(s.Gauges[g])})
		}
	}
	window := sim.Duration(0)
	if d.sc.Gauges[g].Kind == scenario.GaugeRain {
		window, c.rain = sim.Hour, true
	}
	for _, k := range d.frame.Seen.Forecasts {
		f := k.Forecast
		if f.Issued < c.issued || f.At(f.Steps-1) < c.from {
			continue
		}
		var fan [3][]reading
		for s := range f.Steps {
			if low, mid, high, ok := f.Fan(g, window, s); ok && f.At(s) >= c.from {
				for i, v := range [3]int32{low, mid, high} {
					fan[i] = append(fan[i], reading{f.At(s), float64(v) / 1000})
				}
			}
		}
		if len(fan[0]) > 0 {
			c.fan, c.issued, c.to = fan, f.Issued, max(c.to, f.At(f.Steps-1))
		}
	}
	for _, t := range d.sc.Gauges[g].Limits() {
		if t.Window == window {
			c.limits = append(c.limits, t)
		}
	}
	c.scale()
	return c
}

// scale chooses the range of values: all curves, and the thresholds up to the next one above them.
func (c *gaugeChart) scale() {
	c.low, c.high = math.Inf(1), math.Inf(-1)
	for _, list := range [][]reading{c.read, c.fan[0], c.fan[2]} {
		for _, r := range list {
			c.low, c.high = min(c.low, r.value), max(c.high, r.value)
		}
	}
	if c.low > c.high {
		c.low, c.high = 0, 1
	}
	top := c.high
	for i := range c.limits {
		if v := c.limits[i].Value(); v >= c.low && (v <= top || c.high == top) {
			c.high = max(c.high, v)
		}
	}
	pad := max((c.high-c.low)*0.08, 0.05)
	c.high += pad
	if c.low -= pad; c.rain {
		c.low = 0
	}
}

// place returns where a reading is in a box.
func (c *gaugeChart) place(a area, r reading) XY {
	x := float32(r.at.Sub(c.from).Seconds() / c.to.Sub(c.from).Seconds())
	y := float32((r.value - c.low) / (c.high - c.low))
	return XY{a.x0 + x*(a.x1-a.x0), a.y1 - y*(a.y1-a.y0)}
}

// curve draws readings as a line.
func (c *gaugeChart) curve(s *Sheet, a area, list []reading, width float32, ink color.NRGBA) {
	if len(list) < 2 {
		return
	}
	first := len(s.Points)
	for _, r := range list {
		s.Points = append(s.Points, c.place(a, r))
	}
	s.line(first, width, ink)
}

// fill shades the fan from the lowest to the highest member, in strips of a width.
func (c *gaugeChart) fill(s *Sheet, a area, width float32) {
	for i := 1; i < len(c.fan[0]); i++ {
		low0, low1 := c.place(a, c.fan[0][i-1]), c.place(a, c.fan[0][i])
		high0, high1 := c.place(a, c.fan[2][i-1]), c.place(a, c.fan[2][i])
		for x := low0.X; x < low1.X; x += width {
			t := (x - low0.X) / (low1.X - low0.X)
			top, bottom := high0.Y+t*(high1.Y-high0.Y), low0.Y+t*(low1.Y-low0.Y)
			s.rect(x, top, min(width, low1.X-x), max(bottom-top, 1), chartFan)
		}
	}
}

// drawGaugePanel draws the panel of a gauge and returns its lower edge.
func (d *Desk) drawGaugePanel(s *Sheet, a area, g sim.GaugeID) float32 {
	k, lang := d.look.Scale, d.look.Lang
	y := a.y0 + 18*k
	title := d.font.Cut(d.names.Title(sim.RefTo(sim.KindGauge, g), lang), 21*k, a.x1-a.x0-40*k)
	s.text(a.x0, y, 21*k, deskText, title)
	d.markButton(s, area{a.x1 - 28*k, a.y0 - 2*k, a.x1, a.y0 + 24*k}, "close", MarkCross, buttonStyle{},
		func() { d.gauge = sim.None })
	y += 24 * k
	text, ink := words.NoReport.In(lang), deskFaint
	if int(g) < len(d.frame.Seen.Gauges) {
		if now := d.frame.Seen.Gauges[g]; now.Reported >= 0 {
			text, ink = d.shortClock(now.Reported)+" "+d.sc.Gauges[g].Shows(now.Level, now.Rain, now.Above).In(lang), deskText
			if limit := d.sc.Gauges[g].Limit(now.Above); limit != nil {
				text, ink = text+words.Above.In(lang)+limit.Full().In(lang), deskAlarm
			}
		}
	}
	for _, line := range d.font.Wrap(text, 16*k, a.x1-a.x0) { // a threshold of rain, with its meaning, is long
		s.text(a.x0, y, 16*k, ink, line)
		y += 20 * k
	}
	c := d.newGaugeChart(g)
	box := area{a.x0, y - 8*k, a.x1, y + 152*k}
	d.drawChart(s, box, &c)
	y = box.y1 + 34*k
	text = words.NoForecast.In(lang)
	if c.issued >= 0 {
		text = fmt.Sprintf("%s %s", words.ForecastOf.In(lang), d.shortClock(c.issued))
	}
	s.text(a.x0, y, 14*k, chartMid, d.font.Cut(text, 14*k, a.x1-a.x0))
	return y + 8*k
}

// drawChart draws thresholds, readings, now, and the forecast's members from the lowest to the highest.
func (d *Desk) drawChart(s *Sheet, a area, c *gaugeChart) {
	k, lang := d.look.Scale, d.look.Lang
	s.rect(a.x0, a.y0, a.x1-a.x0, a.y1-a.y0, rgb(0x0B1218))
	now := c.place(a, reading{d.frame.Snapshot.Now, c.low}).X
	s.rect(now, a.y0, 1, a.y1-a.y0, deskLine)
	c.fill(s, a, 3*k)
	c.curve(s, a, c.fan[0], k, chartEdge)
	c.curve(s, a, c.fan[2], k, chartEdge)
	c.curve(s, a, c.fan[1], 2*k, chartMid)
	c.curve(s, a, c.read, 2*k, chartRead)
	below := a.y1 + 100*k
	for i := range c.limits {
		t := &c.limits[i]
		y := c.place(a, reading{c.from, t.Value()}).Y
		if y < a.y0 || y > a.y1 {
			continue
		}
		s.rect(a.x0, y, a.x1-a.x0, 1, chartLimit)
		if below-y >= 14*k { // else its name would lie on the one below
			s.text(a.x0+4*k, y-3*k, 12*k, chartLimit, d.font.Cut(t.Title.In(lang), 12*k, a.x1-a.x0-8*k))
			below = y
		}
	}
	for _, v := range []float64{c.low, c.high} {
		text := fmt.Sprintf("%.1f", v)
		at := c.place(a, reading{c.from, v})
		s.text(a.x1-d.font.Width(text, 12*k)-3*k, min(max(at.Y, a.y0+12*k), a.y1-2*k), 12*k, deskFaint, text)
	}
	ends := [2]string{d.shortClock(c.from), d.shortClock(c.to)}
	s.text(a.x0, a.y1+14*k, 12*k, deskFaint, ends[0])
	s.text(a.x1-d.font.Width(ends[1], 12*k), a.y1+14*k, 12*k, deskFaint, ends[1])
}
