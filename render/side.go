package render

import (
	"fmt"
	"image/color"

	"sandtable/sim"
)

// drawEvents draws the selected zone or gauge, and below it what has happened.
func (d *Desk) drawEvents(s *Sheet, a area) {
	k := d.look.Scale
	x0, x1 := a.x0-14*k, a.x1+14*k
	if g := d.gauge; g >= 0 && int(g) < len(d.sc.Gauges) {
		a.y0 = d.drawGaugePanel(s, a, g) + 10*k
		s.rect(x0, a.y0-6*k, x1-x0, 1, deskLine)
	} else if z := d.look.Selected; z >= 0 && int(z) < len(d.sc.Zones) {
		a.y0 = d.drawZone(s, a, z) + 10*k
		s.rect(x0, a.y0-6*k, x1-x0, 1, deskLine)
	}
	d.drawFeed(s, a)
}

// zoneRow is a line of the zone's table: what the seat knows beside what is so.
type zoneRow struct {
	name        sim.Text
	seen, truth string
	color       color.NRGBA
}

// drawZone draws the panel of a zone and returns its lower edge.
func (d *Desk) drawZone(s *Sheet, a area, z sim.ZoneID) float32 {
	k, lang := d.look.Scale, d.look.Lang
	ref := sim.RefTo(sim.KindZone, z)
	y := a.y0 + 18*k
	title := d.font.Cut(d.names.Title(ref, lang), 21*k, a.x1-a.x0-40*k)
	s.text(a.x0, y, 21*k, deskText, title)
	d.markButton(s, area{a.x1 - 28*k, a.y0 - 2*k, a.x1, a.y0 + 24*k}, "close", MarkCross, buttonStyle{},
		func() { d.look.Selected = sim.None })
	y = d.drawOrderState(s, a, y+25*k, z)
	y = d.drawZoneTable(s, a, y+8*k, z)
	y = d.drawOutages(s, a, y, z)
	y = d.drawZoneShelters(s, a, y+2*k, z)
	style := buttonStyle{strong: true}
	caption := words.Evacuate.In(lang)
	if st := &d.frame.Status; !st.TakesOrders() {
		style, caption = buttonStyle{off: true}, st.noOrders().In(lang)
	}
	y += 12 * k
	right := a.x1
	if d.tabThere(tabOrders) {
		more := panelWords.OtherOrders.In(lang)
		right -= d.font.Width(more, 15*k) + 24*k
		d.button(s, area{right + 6*k, y, a.x1, y + 44*k}, "more", more, buttonStyle{}, d.findOrder)
	}
	d.button(s, area{a.x0, y, right, y + 44*k}, "evacuate", caption, style, d.evacuate)
	return y + 50*k
}

// drawOrderState says how far the order to leave has come, or the one that ends it, as the seat knows it.
func (d *Desk) drawOrderState(s *Sheet, a area, y float32, z sim.ZoneID) float32 {
	k, lang := d.look.Scale, d.look.Lang
	text, c := words.NotOrdered.In(lang), deskFaint
	if d.frame.Status.SeatOnly {
		text = words.NotHeard.In(lang) // there may be one from another post
	}
	if int(z) < len(d.frame.Snapshot.Zones) && d.frame.Snapshot.Zones[z].Ordered {
		text, c = words.Ordered.In(lang), rgb(0xCDA9F0)
	}
	orders := d.frame.Seen.Orders
	for i := len(orders) - 1; i >= 0; i-- {
		o := &orders[i]
		if o.Order != sim.OrderEvacuateZone && o.Order != sim.OrderAllClear || !d.concerns(o.Target, z) {
			continue
		}
		text = fmt.Sprintf("%s %s · ", d.shortClock(o.Sent), words.Sent.In(lang))
		if o.Order == sim.OrderAllClear {
			text = sim.Orders[o.Order].Title.In(lang) + " " + text
		}
		switch {
		case o.Acked >= 0:
			text += d.shortClock(o.Acked) + " " + words.Acked.In(lang)
		case o.Failed:
			text += words.Failed.In(lang)
		default:
			text += words.NotAcked.In(lang)
		}
		c = rgb(0xCDA9F0)
		break
	}
	s.text(a.x0, y, 16*k, c, d.font.Cut(text, 16*k, a.x1-a.x0))
	return y + 8*k
}

// concerns says whether an order to that target is about the zone: it is addressed to the zone, or to its post.
func (d *Desk) concerns(target sim.Ref, z sim.ZoneID) bool {
	if target.Kind == sim.KindZone {
		return sim.ZoneID(target.ID) == z
	}
	return target.Kind == sim.KindPost && d.names.NameOf(target) == d.sc.Zones[z].Post
}

// zoneRows compares the last report of a zone with what is so.
func (d *Desk) zoneRows(z sim.ZoneID) (rows []zoneRow, reported sim.Time) {
	reported = -1
	var seen sim.ZoneReport
	if int(z) < len(d.frame.Seen.Zones) {
		reported, seen = d.frame.Seen.Zones[z].Reported, d.frame.Seen.Zones[z].Report
	}
	var so sim.ZoneTruth
	if int(z) < len(d.frame.Truth.Zones) {
		so = d.frame.Truth.Zones[z]
	}
	told := func(n int32) string {
		if reported < 0 {
			return "—"
		}
		return count(n)
	}
	alarm := func(n int) color.NRGBA {
		if n > 0 {
			return deskAlarm
		}
		return deskText
	}
	depth := "—"
	if reported >= 0 {
		depth = fmt.Sprintf("%.2f %s", seen.Depth, words.Metres.In(d.look.Lang))
	}
	return []zoneRow{
		{words.Roster, told(seen.Persons), count(so.Persons), deskText},
		{words.Warned, told(seen.Warned), count(so.Warned), deskText},
		{words.Left, told(seen.Left), count(so.Left), deskGood},
		{words.Remain, told(seen.Persons - seen.Left), count(so.Persons - so.Left), deskText},
		{words.Waiting, told(seen.Waiting), count(so.Assembly), deskText},
		{words.Stranded, told(seen.Stranded), count(so.Stranded), alarm(so.Stranded)},
		{words.Caught, "—", count(so.Caught), alarm(so.Caught)},
		{words.Dead, told(seen.Dead), count(so.Dead), alarm(so.Dead)},
		{words.DepthMax, depth, fmt.Sprintf("%.2f %s", so.DepthMax, words.Metres.In(d.look.Lang)), deskText},
		{words.WetShare, told(seen.Wet), fmt.Sprintf("%.0f%%", 100*so.WetShare), deskText},
	}, reported
}

func (d *Desk) drawZoneTable(s *Sheet, a area, y float32, z sim.ZoneID) float32 {
	k, lang := d.look.Scale, d.look.Lang
	rows, reported := d.zoneRows(z)
	mid, right := a.x0+(a.x1-a.x0)*0.62, a.x1
	cell := func(x, y, size float32, c color.NRGBA, text string) {
		s.text(x-d.font.Width(text, size), y, size, c, text)
	}
	y += 16 * k
	director := !d.frame.Status.SeatOnly
	if !director {
		mid = right
	}
	cell(mid, y, 14*k, deskFaint, words.Seat.In(lang))
	if director {
		cell(right, y, 14*k, deskFaint, words.Truth.In(lang))
	}
	y += 4 * k
	s.rect(a.x0, y, a.x1-a.x0, 1, deskLine)
	for _, r := range rows {
		y += 21 * k
		s.text(a.x0, y, 15*k, deskFaint, r.name.In(lang))
		cell(mid, y, 16*k, deskText, r.seen)
		if director {
			cell(right, y, 16*k, r.color, r.truth)
		}
	}
	y += 22 * k
	text := words.NoReport.In(lang)
	if reported >= 0 {
		text = words.ReportOf.In(lang) + " " + d.shortClock(reported)
	}
	s.text(a.x0, y, 14*k, deskFaint, text)
	return y
}

// drawZoneShelters lists the zone's shelters as the seat knows them.
func (d *Desk) drawZoneShelters(s *Sheet, a area, y float32, z sim.ZoneID) float32 {
	k, lang := d.look.Scale, d.look.Lang
	for _, name := range d.sc.Zones[z].Shelters {
		id, ok := d.names.Resolve(sim.KindShelter, name)
		if !ok {
			continue
		}
		y += 20 * k
		state := words.NoReport.In(lang) // what nobody has told of may be open
		if int(id) < len(d.frame.Seen.Shelters) {
			switch c := d.frame.Seen.Shelters[id]; {
			case c.Reported >= 0 && c.Count.Open:
				state = count(c.Count.Inside) + " / " + count(d.sc.Shelters[id].Capacity)
			case c.Reported >= 0:
				state = words.Shut.In(lang)
			}
		}
		width := d.font.Width(state, 15*k)
		title := d.names.Title(sim.Ref{Kind: sim.KindShelter, ID: id}, lang)
		s.mark(MarkShelter, a.x0+7*k, y-5*k, 14*k, deskGood)
		s.text(a.x0+20*k, y, 15*k, deskText, d.font.Cut(title, 15*k, a.x1-a.x0-width-30*k))
		s.text(a.x1-width, y, 15*k, deskText, state)
	}
	return y
}

// laneColors are the colours of moments by kind, on the dark desk.
var laneColors = [momentKinds]color.NRGBA{rgb(0xCDA9F0), rgb(0x8FC3EA), deskAlarm, deskText}

// laneMarks are their marks, so that they differ without colour too.
var laneMarks = [momentKinds]Mark{MarkPost, MarkGauge, MarkDiamond, MarkStar}

// drawFeed lists what has happened up to the moment shown, the latest first. A click goes to that moment.
func (d *Desk) drawFeed(s *Sheet, a area) {
	k, lang := d.look.Scale, d.look.Lang
	y := a.y0 + 16*k
	s.text(a.x0, y, 16*k, deskFaint, words.Feed.In(lang))
	y += 6 * k
	marks, now := d.frame.Status.Marks, d.frame.Snapshot.Now
	shown, some := 0, false
	for i := len(marks) - 1; i >= 0; i-- {
		m := &marks[i]
		if m.At > now {
			continue
		}
		some = true
		lines := d.clip(m.Text.In(lang), 15*k, a.x1-a.x0-68*k, 3)
		height := float32(len(lines))*20*k + 5*k
		if y+height > a.y1 {
			break
		}
		box := area{a.x0 - 6*k, y, a.x1 + 6*k, y + height}
		if box.has(d.hover) {
			s.rect(box.x0, box.y0, box.x1-box.x0, box.y1-box.y0, deskHover)
		}
		at := m.At
		d.hits = append(d.hits, button{box, func() { d.ctl.Seek(at) }, fmt.Sprintf("feed%d", shown)})
		s.mark(laneMarks[m.Kind], a.x0+6*k, y+12*k, 12*k, laneColors[m.Kind])
		s.text(a.x0+18*k, y+17*k, 14*k, deskFaint, d.shortClock(m.At))
		for j, line := range lines {
			s.text(a.x0+64*k, y+17*k+float32(j)*20*k, 15*k, deskText, line)
		}
		y += height
		shown++
	}
	if !some {
		s.text(a.x0, y+20*k, 15*k, deskFaint, words.NoEvents.In(lang))
	}
}
