package render

import (
	"fmt"
	"image/color"

	"sandtable/sim"
)

// drawDock draws what lies at the bottom: buttons, and the timeline under them.
func (d *Desk) drawDock(s *Sheet) {
	k := d.look.Scale
	width, height := float32(d.cam.Width), float32(d.cam.Height)
	top := height - dockSize*k
	d.block(s, area{0, top, width, height}, deskBack)
	s.rect(0, top, width, 1, deskLine)
	d.drawButtons(s, top+8*k)
	d.drawTimeline(s, area{14 * k, top + 48*k, width - 14*k, height - 8*k})
}

func (d *Desk) drawButtons(s *Sheet, y float32) {
	k, lang := d.look.Scale, d.look.Lang
	st := &d.frame.Status
	r := row{x: 14 * k, y: y, height: 32 * k, gap: 5 * k}
	d.markButton(s, r.next(38*k), "back", MarkBack, buttonStyle{}, func() { d.ctl.Step(-sim.Minute) })
	play := MarkPause
	if st.Paused {
		play = MarkPlay
	}
	d.markButton(s, r.next(50*k), "pause", play, buttonStyle{on: st.Paused}, d.togglePause)
	d.markButton(s, r.next(38*k), "forward", MarkForward, buttonStyle{}, func() { d.ctl.Step(sim.Minute) })
	r.x += 8 * k
	for i, x := range speeds {
		caption := words.Max.In(lang)
		if x > 0 {
			caption = fmt.Sprintf("%g×", x)
		}
		d.button(s, r.next(50*k), fmt.Sprintf("speed%d", i+1), caption, buttonStyle{on: x == st.Speed},
			func() { d.ctl.Speed(x) })
	}
	r.x += 8 * k
	d.caption(s, &r, "next", words.Next.In(lang), buttonStyle{}, func() { d.nextMoment(false) })
	d.caption(s, &r, "bookmark", words.Bookmark.In(lang), buttonStyle{}, d.ctl.Bookmark)
	d.drawViewButtons(s, y, r.x)
}

// drawViewButtons draws the buttons that only change the picture, from the right.
func (d *Desk) drawViewButtons(s *Sheet, y, left float32) {
	k, lang := d.look.Scale, d.look.Lang
	zoom := func(f float64) func() {
		return func() {
			m := d.look.Margins
			d.whole = false
			d.cam = d.cam.ZoomAt((d.cam.Width+m.Left-m.Right)/2, (d.cam.Height+m.Top-m.Bottom)/2, f)
		}
	}
	buttons := []struct {
		name, caption string
		do            func()
	}{
		{"in", words.In.In(lang), zoom(1.5)},
		{"out", words.Out.In(lang), zoom(1 / 1.5)},
		{"whole", words.Whole.In(lang), d.fit},
		{"overlay", overlayTitles[d.frame.overlay(d.look.Overlay)].In(lang), func() { d.nextOverlay(false) }},
		{"legend", words.Legend.In(lang), func() { d.look.NoLegend = !d.look.NoLegend }},
		{"language", words.Language.In(lang), d.toggleLanguage},
		{"help", words.Help.In(lang), func() { d.help = !d.help }},
		{"fullscreen", words.Full.In(lang), func() { d.Fullscreen = !d.Fullscreen }},
	}
	total := float32(0)
	for _, b := range buttons {
		total += max(d.font.Width(b.caption, 15*k)+18*k, 34*k) + 5*k
	}
	r := row{x: max(float32(d.cam.Width)-14*k-total+5*k, left), y: y, height: 32 * k, gap: 5 * k}
	for _, b := range buttons {
		width := max(d.font.Width(b.caption, 15*k)+18*k, 34*k)
		style := buttonStyle{}
		if b.name == "overlay" {
			style = buttonStyle{off: !d.frame.Status.Charted, on: d.frame.overlay(d.look.Overlay) != OverlayDepth}
		}
		d.button(s, r.next(width), b.name, b.caption, style, b.do)
	}
}

// timeAt returns the moment under a place of the timeline, in whole seconds.
func (d *Desk) timeAt(x float32) sim.Time {
	if d.frame == nil || d.track.x1 <= d.track.x0 {
		return 0
	}
	share := min(max((x-d.track.x0)/(d.track.x1-d.track.x0), 0), 1)
	return whole(sim.Time(float64(share) * float64(d.frame.Status.End)))
}

// xOf returns where a moment is on the timeline.
func (d *Desk) xOf(t sim.Time) float32 {
	if d.frame.Status.End <= 0 {
		return d.track.x0
	}
	share := min(max(float64(t)/float64(d.frame.Status.End), 0), 1)
	return d.track.x0 + float32(share)*(d.track.x1-d.track.x0)
}

// drawTimeline draws the whole drill as a line: what has been computed, curves, moments, now.
func (d *Desk) drawTimeline(s *Sheet, a area) {
	k := d.look.Scale
	d.track = area{a.x0, a.y0, a.x1, a.y1 - 16*k}
	t := d.track
	d.solid = append(d.solid, a)
	st := &d.frame.Status
	s.rect(t.x0, t.y0, t.x1-t.x0, t.y1-t.y0, rgb(0x0B1218))
	s.rect(t.x0, t.y0, d.xOf(st.Head)-t.x0, t.y1-t.y0, rgb(0x1D2B38))
	d.drawCurves(s)
	d.drawHours(s, a.y1)
	var last [momentKinds]float32
	for i := range st.Marks {
		m := &st.Marks[i]
		if m.Minor {
			continue
		}
		x, c := d.xOf(m.At), laneColors[m.Kind]
		h := (t.y1 - t.y0) / float32(momentKinds)
		c.A = 90
		s.rect(x-0.5*k, t.y0, k, t.y1-t.y0, c)
		if last[m.Kind] > 0 && x-last[m.Kind] < 5*k {
			continue // one mark stands for those close by
		}
		last[m.Kind] = x
		s.mark(laneMarks[m.Kind], x, t.y0+(float32(m.Kind)+0.5)*h, 10*k, laneColors[m.Kind])
	}
	now := d.xOf(d.frame.Snapshot.Now)
	s.rect(now-1*k, t.y0-3*k, 2*k, t.y1-t.y0+6*k, paper)
	s.mark(MarkTriangle, now, t.y1+4*k, 10*k, paper)
	if d.scrub >= 0 {
		x := d.xOf(d.scrub)
		s.rect(x-1*k, t.y0-3*k, 2*k, t.y1-t.y0+6*k, rgb(0xCDA9F0))
	}
}

// drawCurves draws how many have left and how many are stranded, each as a share of its own scale.
func (d *Desk) drawCurves(s *Sheet) {
	st, t := &d.frame.Status, d.track
	if len(st.Curve) < 2 {
		return
	}
	most := 1
	for _, c := range st.Curve {
		most = max(most, c.Left, c.Stranded)
	}
	height := t.y1 - t.y0
	plot := func(value func(Sample) int, width float32, ink color.NRGBA) {
		first, last := len(s.Points), float32(-10)
		for i, c := range st.Curve {
			x := d.xOf(c.At)
			if x-last < 1 && i < len(st.Curve)-1 {
				continue
			}
			last = x
			s.Points = append(s.Points, XY{x, t.y1 - 2 - (height-6)*float32(value(c))/float32(most)})
		}
		s.line(first, width, ink)
	}
	k := d.look.Scale
	plot(func(c Sample) int { return c.Left }, 1.6*k, rgba(0x7FD6B2, 200))
	plot(func(c Sample) int { return c.Stranded }, 1.6*k, rgba(0xFF8AC8, 230))
}

// drawHours writes full hours under the timeline, as many as there is room for.
func (d *Desk) drawHours(s *Sheet, y float32) {
	k := d.look.Scale
	step := sim.Time(10 * sim.Minute)
	for _, next := range [...]sim.Duration{30 * sim.Minute, sim.Hour, 2 * sim.Hour, 3 * sim.Hour, 6 * sim.Hour,
		12 * sim.Hour, 24 * sim.Hour} {
		if d.xOf(step)-d.xOf(0) > 64*k {
			break
		}
		step = sim.Time(next)
	}
	for t := sim.Time(0); t <= d.frame.Status.End; t += step {
		x, text := d.xOf(t), d.shortClock(t)
		s.rect(x, d.track.y1, 1, 4*k, deskFaint)
		width := d.font.Width(text, 14*k)
		s.text(min(max(x-width/2, d.track.x0), d.track.x1-width), y, 14*k, deskFaint, text)
	}
}

// drawTip tells what lies under the cursor on the timeline.
func (d *Desk) drawTip(s *Sheet) {
	if !d.track.has(d.hover) {
		return
	}
	k, lang := d.look.Scale, d.look.Lang
	text := d.shortClock(d.timeAt(d.hover.X))
	near := 5 * k
	for i := range d.frame.Status.Marks {
		m := &d.frame.Status.Marks[i]
		if m.Minor {
			continue
		}
		if dx := d.xOf(m.At) - d.hover.X; max(dx, -dx) < near {
			near = max(dx, -dx)
			text = d.shortClock(m.At) + "  " + m.Text.In(lang)
		}
	}
	text = d.font.Cut(text, 15*k, float32(d.cam.Width)*0.6)
	width := d.font.Width(text, 15*k) + 16*k
	x := min(max(d.hover.X-width/2, 4), float32(d.cam.Width)-width-4)
	y := d.track.y0 - 34*k
	s.rect(x, y, width, 28*k, deskBack)
	s.border(x, y, width, 28*k, 1, deskLine)
	s.text(x+8*k, y+19*k, 15*k, deskText, text)
}

// drawHelp lists mouse and keys.
func (d *Desk) drawHelp(s *Sheet) {
	k, lang := d.look.Scale, d.look.Lang
	keys, does := float32(0), float32(0)
	for _, h := range helpLines {
		keys = max(keys, d.font.Width(h.keys.In(lang), 17*k))
		does = max(does, d.font.Width(h.does.In(lang), 17*k))
	}
	width, height := keys+does+84*k, float32(len(helpLines))*30*k+80*k
	x, y := (float32(d.cam.Width)-width)/2, (float32(d.cam.Height)-height)/2
	a := area{x, y, x + width, y + height}
	d.block(s, area{0, 0, float32(d.cam.Width), float32(d.cam.Height)}, rgba(0x000000, 120))
	d.hits = append(d.hits, button{area{0, 0, float32(d.cam.Width), float32(d.cam.Height)},
		func() { d.help = false }, "helpclose"})
	s.rect(a.x0, a.y0, width, height, rgb(0x16212B))
	s.border(a.x0, a.y0, width, height, 1, deskLine)
	s.text(x+30*k, y+42*k, 22*k, deskText, words.HelpTitle.In(lang))
	for i, h := range helpLines {
		line := y + 80*k + float32(i)*30*k
		s.text(x+30*k, line, 17*k, rgb(0xCDA9F0), h.keys.In(lang))
		s.text(x+54*k+keys, line, 17*k, deskText, h.does.In(lang))
	}
}
