package evaluation

import (
	"fmt"
	"html/template"
	"strings"

	"sandtable/sim"
)

// curves are cumulative counts of persons at risk over time, one value a minute.
type curves struct {
	minutes int
	lines   []curve
}

type curve struct {
	title  sim.Text
	colour string
	dash   string // so that lines can be told apart without colour
	values []int
}

// drawCurves counts, minute by minute, how many of those at risk had been warned, had set off, had left, were
// sheltered, were caught.
func drawCurves(in *Input, r *records, risk []bool) curves {
	c := curves{minutes: int(in.Until/sim.Time(sim.Minute)) + 1}
	pick := []struct {
		title  sim.Text
		colour string
		dash   string
		at     func(p *partyRecord) sim.Time
	}{
		{sim.Text{ZH: "已收到预警", EN: "warned"}, "#555555", "2 3", func(p *partyRecord) sim.Time { return p.warned }},
		{sim.Text{ZH: "已出发", EN: "set off"}, "#0072b2", "8 4", func(p *partyRecord) sim.Time { return p.set }},
		{sim.Text{ZH: "已撤出", EN: "left the zone"}, "#009e73", "", func(p *partyRecord) sim.Time { return p.left }},
		{sim.Text{ZH: "已安置", EN: "sheltered"}, "#56b4e9", "12 3 2 3", func(p *partyRecord) sim.Time { return p.sheltered }},
		{sim.Text{ZH: "遇险", EN: "caught"}, "#d55e00", "4 2", func(p *partyRecord) sim.Time { return p.caught }},
	}
	for _, k := range pick {
		line := curve{title: k.title, colour: k.colour, dash: k.dash, values: make([]int, c.minutes)}
		for i := range in.Roster.Persons {
			if !risk[i] {
				continue
			}
			at := k.at(&r.party[in.Roster.Persons[i].Party])
			if m := int(at / sim.Time(sim.Minute)); at >= 0 && m < c.minutes {
				line.values[m]++
			}
		}
		for m := 1; m < c.minutes; m++ {
			line.values[m] += line.values[m-1]
		}
		c.lines = append(c.lines, line)
	}
	return c
}

// Size of a chart in SVG units.
const (
	chartW, chartH       = 900, 340
	chartLeft, chartBase = 60, 300
	chartTop, chartRight = 20, 760
)

// svg draws the curves with the clock below and the persons at risk as upper bound.
func (c *curves) svg(start sim.CivilTime, atRisk int, lang sim.Lang) template.HTML {
	var b strings.Builder
	top := niceCeil(max(atRisk, 1))
	x := func(minute int) float64 {
		return chartLeft + float64(minute)/float64(max(c.minutes-1, 1))*(chartRight-chartLeft)
	}
	y := func(n int) float64 { return chartBase - float64(n)/float64(top)*(chartBase-chartTop) }
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" class="chart">`, chartW, chartH)
	for k := range 5 {
		n := top * k / 4
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" class="grid"/><text x="%d" y="%.1f" `+
			`class="tick" text-anchor="end">%d</text>`, chartLeft, chartRight, y(n), y(n), chartLeft-8, y(n)+4, n)
	}
	step := timeStep(c.minutes)
	for m := 0; m < c.minutes; m += step {
		fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" class="grid"/><text x="%.1f" y="%d" class="tick" `+
			`text-anchor="middle">%s</text>`, x(m), x(m), chartTop, chartBase, x(m), chartBase+18,
			start.Clock(sim.Time(m)*sim.Time(sim.Minute)))
	}
	fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" class="limit"/>`, chartLeft, chartRight, y(atRisk),
		y(atRisk))
	for i, line := range c.lines {
		c.path(&b, line, x, y)
		ly := chartTop + 24 + 26*i
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%d" y2="%d" stroke="%s" stroke-width="2.5" stroke-dasharray="%s"/>`+
			`<text x="%d" y="%d" class="key">%s</text>`, chartRight+12, chartRight+46, ly, ly, line.colour, line.dash,
			chartRight+52, ly+5, line.title.In(lang))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// path draws one line, with a point only where the count changes.
func (c *curves) path(b *strings.Builder, line curve, x func(int) float64, y func(int) float64) {
	fmt.Fprintf(b, `<path fill="none" stroke="%s" stroke-width="2.5" stroke-dasharray="%s" d="M%.1f %.1f`,
		line.colour, line.dash, x(0), y(line.values[0]))
	for m := 1; m < c.minutes; m++ {
		if line.values[m] != line.values[m-1] || m == c.minutes-1 {
			fmt.Fprintf(b, "H%.1fV%.1f", x(m), y(line.values[m]))
		}
	}
	b.WriteString(`"/>`)
}

// niceCeil returns the smallest number not below n of which a quarter, the step between two labels, is 1, 2, 3, 4, 5,
// 6 or 8 times a power of ten.
func niceCeil(n int) int {
	for scale := 1; ; scale *= 10 {
		for _, k := range []int{1, 2, 3, 4, 5, 6, 8} {
			if 4*k*scale >= n {
				return 4 * k * scale
			}
		}
	}
}

// timeStep returns the minutes between two labels, so that there are at most about ten.
func timeStep(minutes int) int {
	for _, s := range []int{5, 10, 15, 30, 60, 120, 180, 360, 720} {
		if minutes/s <= 12 {
			return s
		}
	}
	return 1440
}
