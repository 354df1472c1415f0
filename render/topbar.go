package render

import (
	"fmt"
	"image/color"

	"sandtable/sim"
)

// drawBar draws the bar at the top: what, when, levels, counts.
func (d *Desk) drawBar(s *Sheet) {
	k := d.look.Scale
	width := float32(d.cam.Width)
	d.block(s, area{0, 0, width, barSize * k}, deskBack)
	s.rect(0, barSize*k-1, width, 1, deskLine)
	right := d.drawCounts(s, width-12*k)
	x := d.drawClock(s, 14*k)
	x = d.drawLevels(s, x+16*k)
	d.drawTitle(s, x+16*k, right-16*k)
}

// clock writes an instant as local date and time to the second.
func (d *Desk) clock(t sim.Time) string {
	sec := int64(t) / int64(sim.Second) % 60
	return fmt.Sprintf("%s:%02d", d.sc.Drill.Start.Add(t), sec)
}

// shortClock writes an instant as local time of day.
func (d *Desk) shortClock(t sim.Time) string { return d.sc.Drill.Start.Clock(t) }

// whole is an instant without fractions of a second.
func whole(t sim.Time) sim.Time { return t - t%sim.Time(sim.Second) }

func (d *Desk) drawClock(s *Sheet, x float32) float32 {
	k, lang := d.look.Scale, d.look.Lang
	now := d.frame.Snapshot.Now
	text := d.clock(now)
	s.text(x, 27*k, 25*k, deskText, text[5:])
	width := d.font.Width("00-00 00:00:00", 25*k)
	st := &d.frame.Status
	speed := words.Max.In(lang)
	if st.Speed > 0 {
		speed = fmt.Sprintf("%g×", st.Speed)
	}
	line := fmt.Sprintf("%s %s", words.Sim.In(lang), whole(now))
	if lang == sim.English {
		line = fmt.Sprintf("T+%s", whole(now))
	}
	switch {
	case st.Ended && st.Phase == PhaseLive:
		line += "  " + words.Ended.In(lang)
	case st.Paused:
		line += "  " + words.Paused.In(lang)
	default:
		line += "  " + speed
		if st.Actual > 0 {
			line += fmt.Sprintf(" (%.0f×)", st.Actual)
		}
	}
	s.text(x, 48*k, 15*k, deskFaint, line)
	return x + max(width, d.font.Width(line, 15*k))
}

// drawLevels writes warning and response level; the warning's chip is the only place for these colours.
func (d *Desk) drawLevels(s *Sheet, x float32) float32 {
	k, lang := d.look.Scale, d.look.Lang
	w := min(max(d.frame.Snapshot.Warning, 0), len(levelTitles)-1)
	r := min(max(d.frame.Snapshot.Response, 0), len(responseTitles)-1)
	x = d.chip(s, x, words.Warning.In(lang), levelTitles[w].In(lang), levelColors[w], levelInk[w])
	return d.chip(s, x+8*k, words.Response.In(lang), responseTitles[r].In(lang), deskRaise, deskText)
}

func (d *Desk) chip(s *Sheet, x float32, name, value string, face, ink color.NRGBA) float32 {
	k := d.look.Scale
	width := max(d.font.Width(name, 14*k), d.font.Width(value, 17*k), 44*k) + 16*k
	s.rect(x, 6*k, width, 44*k, face)
	s.border(x, 6*k, width, 44*k, 1, deskLine)
	s.text(x+width/2-d.font.Width(name, 14*k)/2, 21*k, 14*k, ink, name)
	s.text(x+width/2-d.font.Width(value, 17*k)/2, 42*k, 17*k, ink, value)
	return x + width
}

// drawCounts writes the counts from the right, and returns where they begin.
func (d *Desk) drawCounts(s *Sheet, right float32) float32 {
	k, lang := d.look.Scale, d.look.Lang
	t := &d.frame.Snapshot.Total
	for _, c := range []struct {
		name  sim.Text
		n     int
		color color.NRGBA
	}{
		{words.Dead, t.Dead, deskAlarm}, {words.Hurt, t.Hurt, deskAlarm}, {words.Caught, t.Caught, deskAlarm},
		{words.Stranded, t.Stranded, deskAlarm}, {words.Rescued, t.Rescued, deskText},
		{words.Sheltered, t.Sheltered, deskGood}, {words.Left, t.Left, deskGood}, {words.Warned, t.Warned, deskText},
		{words.Persons, t.Persons, deskText},
	} {
		switch seat := d.frame.Status.SeatOnly; {
		case seat && (c.name == words.Caught || c.name == words.Rescued):
			continue // nobody reports them
		case seat && c.name == words.Persons:
			c.name = words.Roster // of the zones that have reported
		}
		name, n, ink := c.name.In(lang), count(c.n), c.color
		if c.n == 0 {
			ink = deskFaint
		}
		width := max(d.font.Width(name, 14*k), d.font.Width(n, 20*k), 34*k)
		s.text(right-width, 21*k, 14*k, deskFaint, name)
		s.text(right-width, 44*k, 20*k, ink, n)
		right -= width + 13*k
	}
	return right
}

// drawTitle writes place and drill in the room that is left.
func (d *Desk) drawTitle(s *Sheet, x, right float32) {
	k, lang := d.look.Scale, d.look.Lang
	if right-x < 60*k {
		return
	}
	s.text(x, 26*k, 18*k, deskText, d.font.Cut(d.sc.Drill.Title.In(lang), 18*k, right-x))
	st := &d.frame.Status
	line := d.sc.Place.Title.In(lang) + " · " + words.Seed.In(lang) + " " + st.Seed
	if st.SeatOnly && d.frame.Seen.Post >= 0 {
		line = words.Seat.In(lang) + " · " + d.names.Title(sim.RefTo(sim.KindPost, d.frame.Seen.Post), lang)
	}
	if st.Record != "" {
		line += " · " + words.Recording.In(lang)
	}
	s.text(x, 47*k, 14*k, deskFaint, d.font.Cut(line, 14*k, right-x))
}

// drawBanner says loudly that this is not the front of the run.
func (d *Desk) drawBanner(s *Sheet) {
	st := &d.frame.Status
	if st.Phase == PhaseLive {
		return
	}
	k, lang := d.look.Scale, d.look.Lang
	top, width := barSize*k, float32(d.cam.Width)
	d.block(s, area{0, top, width, top + bannerSize*k}, rgb(0x5B3A86))
	text := words.Past.In(lang)
	if st.Phase == PhaseReplay {
		text = words.Replay.In(lang) + " " + st.Run
	}
	text += "   " + d.shortClock(d.frame.Snapshot.Now)
	if st.Phase == PhasePast {
		text += " / " + d.shortClock(st.Head)
	}
	s.text(14*k, top+27*k, 21*k, paper, text)
	if st.Phase != PhasePast {
		return
	}
	r := row{x: 34*k + d.font.Width(text, 21*k), y: top + 5*k, height: 30 * k, gap: 8 * k}
	d.caption(s, &r, "live", words.ToLive.In(lang), buttonStyle{}, d.ctl.Live)
	d.caption(s, &r, "continue", words.Continue.In(lang), buttonStyle{}, d.goOn)
}

// noticeSeconds is how long a notice stays.
const noticeSeconds = 6

// drawToast shows the last notice for a while, and what is being computed.
func (d *Desk) drawToast(s *Sheet) {
	st := &d.frame.Status
	if st.Serial != d.notice {
		d.notice, d.toast = st.Serial, noticeSeconds
	}
	lang := d.look.Lang
	y := float32(d.look.Margins.Top) + 12*d.look.Scale
	if st.Seeking >= 0 {
		y = d.plate(s, y, fmt.Sprintf("%s %s …", words.Seeking.In(lang), d.shortClock(st.Seeking)))
	}
	if d.toast > 0 && !st.Notice.Empty() {
		d.plate(s, y, st.Notice.In(lang))
	}
}

// plate writes a line in the middle of the map and returns where the next one goes.
func (d *Desk) plate(s *Sheet, y float32, text string) float32 {
	k := d.look.Scale
	room := float32(d.cam.Width - d.look.Margins.Right)
	text = d.font.Cut(text, 17*k, room-60*k)
	width := d.font.Width(text, 17*k) + 32*k
	x := room/2 - width/2
	s.rect(x, y, width, 36*k, deskBack)
	s.border(x, y, width, 36*k, 1, deskLine)
	s.text(x+16*k, y+24*k, 17*k, deskText, text)
	return y + 44*k
}
