package render

import (
	"cmp"
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// fact is something that the seat knows: since when it was so, and from whom.
type fact struct {
	at    sim.Time // -1 without one
	alarm bool
	text  sim.Text
	from  sim.Text
}

// knownPart is a part of what a seat knows.
type knownPart uint8

// Parts, in the order in which they are offered.
const (
	knownWater knownPart = iota
	knownZones
	knownShelters
	knownUnits
	knownRoads
	knownInbox
	knownParts
)

// knownNames are their names on the command line.
var knownNames = [knownParts]string{"water", "zones", "shelters", "units", "roads", "inbox"}

var knownTitles = [knownParts]sim.Text{knownWater: {ZH: "水情预报", EN: "Water"}, knownZones: {ZH: "单元", EN: "Zones"},
	knownShelters: {ZH: "场所", EN: "Shelters"}, knownUnits: {ZH: "力量", EN: "Units"}, knownRoads: {ZH: "道路", EN: "Roads"},
	knownInbox: {ZH: "来信", EN: "Inbox"}}

// telemetry is where the readings of gauges come from.
var telemetry = sim.Text{ZH: "自动测报", EN: "telemetry"}

// facts lists what the seat knows of a part, each with its time and source; nothing but the observation goes in.
func (d *Desk) facts(part knownPart) []fact {
	switch part {
	case knownWater:
		return append(d.levelFacts(), append(d.gaugeFacts(), d.forecastFacts()...)...)
	case knownZones:
		return d.zoneFacts()
	case knownShelters:
		return d.shelterFacts()
	case knownUnits:
		return d.unitFacts()
	case knownRoads:
		return d.roadFacts()
	}
	return d.inboxFacts()
}

// levelFacts are the published levels, and the state of the post itself.
func (d *Desk) levelFacts() []fact {
	o := &d.frame.Seen
	out := []fact{{at: o.LevelsHeard, text: sim.Say("预警 %s，响应 %s", "warning %s, response %s", sim.WarningTitle(o.Warning),
		sim.ResponseTitle(o.Response)), from: sim.Text{ZH: "已发布", EN: "published"}}}
	if o.CutOff >= 0 {
		out = append(out, fact{o.CutOff, true, sim.Text{ZH: "与上级失去联络", EN: "no contact with the post above"},
			sim.Text{ZH: "本岗位", EN: "this post"}})
	}
	if i := o.Incident; i.Since >= 0 {
		text := sim.Text{ZH: "险情，尚未上报", EN: "an incident, not reported upward yet"}
		if i.Last >= 0 {
			text = sim.Say("险情，已上报 %d 次，最近为 %s %s", "an incident; reports upward: %d, last: %s %s", i.Reports,
				d.shortClock(i.Last), i.Kind.Title())
		}
		out = append(out, fact{i.Since, true, text, sim.Text{ZH: "本岗位", EN: "this post"}})
	}
	return out
}

func (d *Desk) gaugeFacts() []fact {
	var out []fact
	for i, k := range d.frame.Seen.Gauges {
		if k.Reported < 0 || i >= len(d.sc.Gauges) {
			continue
		}
		g := &d.sc.Gauges[i]
		f := fact{at: k.Reported, from: telemetry, text: sim.Say("%s %s", "%s %s",
			d.names.TitleOf(sim.RefTo(sim.KindGauge, sim.GaugeID(i))), g.Shows(k.Level, k.Rain, k.Above))}
		if limit := g.Limit(k.Above); limit != nil {
			f.alarm = true
			f.text = sim.Say("%s，超%s", "%s, above %s", f.text, limit.Title)
		}
		out = append(out, f)
	}
	return out
}

// forecastFacts say how high the median of each forecast goes at each gauge, and when.
func (d *Desk) forecastFacts() []fact {
	var out []fact
	for _, k := range d.frame.Seen.Forecasts {
		issued := sim.Say("%s 发布的预报", "forecast of %s", d.shortClock(k.Forecast.Issued))
		for g := range d.sc.Gauges {
			window := sim.Duration(0)
			if d.sc.Gauges[g].Kind == scenario.GaugeRain {
				window = sim.Hour
			}
			best, low, high, when := int32(-1), int32(0), int32(0), sim.Time(-1)
			for s := range k.Forecast.Steps {
				if l, m, h, ok := k.Forecast.Fan(sim.GaugeID(g), window, s); ok && (when < 0 || m > best) {
					best, low, high, when = m, l, h, k.Forecast.At(s)
				}
			}
			if when < 0 {
				continue
			}
			unit, scale := sim.Text{ZH: "米", EN: "m"}, 1000.0
			if window > 0 {
				unit = sim.Text{ZH: "毫米/时", EN: "mm in an hour"}
			}
			out = append(out, fact{at: k.Received, from: issued,
				text: sim.Say("%s 最高 %.2f（%.2f–%.2f）%s，%s", "%s highest %.2f (%.2f to %.2f) %s at %s",
					d.names.TitleOf(sim.RefTo(sim.KindGauge, sim.GaugeID(g))), float64(best)/scale, float64(low)/scale,
					float64(high)/scale, unit, d.shortClock(when))})
		}
	}
	return out
}

func (d *Desk) zoneFacts() []fact {
	var out []fact
	for z := range d.frame.Seen.Zones {
		k := &d.frame.Seen.Zones[z]
		title := d.names.TitleOf(sim.RefTo(sim.KindZone, sim.ZoneID(z)))
		if z < len(d.frame.Seen.Seen) {
			if eye := d.frame.Seen.Seen[z]; eye.At >= 0 {
				out = append(out, fact{eye.At, eye.Depth >= 0.15, sim.Say("%s目视水深 %.2f 米", "%s: %.2f m of water in sight", title,
					eye.Depth), sim.Text{ZH: "本岗位人员", EN: "own people"}})
			}
		}
		out = append(out, d.outageFacts(sim.ZoneID(z), title)...)
		if k.Reported < 0 {
			continue
		}
		r := &k.Report
		text := sim.Say("%s 在册 %d，已预警 %d，已转移 %d", "%s: %d on the roster, %d warned, %d left", title, r.Persons, r.Warned,
			r.Left)
		for _, x := range [...]struct {
			n      int32
			zh, en string
		}{{r.Waiting, "%s，候车 %d", "%s, %d waiting"}, {r.Stranded, "%s，被困 %d", "%s, %d stranded"},
			{r.Missing, "%s，未点到 %d", "%s, %d missing"}, {r.Wet, "%s，进水房屋 %d", "%s, %d houses wet"},
			{r.Hurt, "%s，受伤 %d", "%s, %d hurt"}, {r.Dead, "%s，死亡 %d", "%s, %d dead"}} {
			if x.n > 0 {
				text = sim.Say(x.zh, x.en, text, x.n)
			}
		}
		out = append(out, fact{k.Reported, r.Stranded+r.Dead+r.Hurt > 0, text, d.viaWords(k.Via)})
	}
	return out
}

// outageFacts say what a zone is without: mains and network as its post reports them, roads by the last word of one.
func (d *Desk) outageFacts(z sim.ZoneID, title sim.Text) []fact {
	var out []fact
	o, told := d.scene.knownOutage(z, d.frame)
	if lines := (outage{power: o.power, network: o.network}); lines.any() {
		out = append(out, fact{told, true, sim.Say("%s %s", "%s: %s", title, lines.words()),
			d.viaWords(d.frame.Seen.Zones[z].Via)})
	}
	if o.closed == 0 {
		return out
	}
	roads := fact{at: -1, alarm: o.cutOff(), text: sim.Say("%s %s", "%s: %s", title,
		outage{closed: o.closed, roads: o.roads}.words())}
	for _, r := range d.frame.Seen.Roads {
		if r.Closed && r.Reported > roads.at && slices.Contains(d.scene.exits[z], r.Link) {
			roads.at, roads.from = r.Reported, d.viaWords(r.Via)
		}
	}
	return append(out, roads)
}

func (d *Desk) shelterFacts() []fact {
	var out []fact
	for i, k := range d.frame.Seen.Shelters {
		if k.Reported < 0 || i >= len(d.sc.Shelters) {
			continue
		}
		title, c := d.names.TitleOf(sim.RefTo(sim.KindShelter, sim.ShelterID(i))), k.Count
		state := sim.Text{ZH: "未启用", EN: "not open"}
		switch {
		case c.Shut:
			state = sim.Text{ZH: "停止接收", EN: "takes nobody in"}
		case c.Open:
			state = sim.Text{ZH: "已启用", EN: "open"}
		}
		text := sim.Say("%s%s，%d/%d 人", "%s %s, %d of %d", title, state, c.Inside, d.sc.Shelters[i].Capacity)
		if c.Waiting > 0 {
			text = sim.Say("%s，门口等候 %d", "%s, %d at the door", text, c.Waiting)
		}
		if c.Missing > 0 {
			text = sim.Say("%s，点名缺 %d", "%s, %d missing", text, c.Missing)
		}
		out = append(out, fact{k.Reported, c.Shut || c.Missing > 0, text, d.viaWords(k.Via)})
	}
	return out
}

func (d *Desk) unitFacts() []fact {
	var out []fact
	for i, k := range d.frame.Seen.Units {
		if k.Reported < 0 {
			continue
		}
		r := &k.Report
		status := sim.Said(r.Status.String())
		if int(r.Status) < len(statusTitles) {
			status = statusTitles[r.Status]
		}
		text := sim.Say("%s %s", "%s: %s", d.names.TitleOf(sim.RefTo(sim.KindUnit, sim.UnitID(i))), status)
		if r.Aboard > 0 {
			text = sim.Say("%s，载 %d 人", "%s, %d aboard", text, r.Aboard)
		}
		if r.Carried > 0 {
			text = sim.Say("%s，累计 %d 人", "%s, %d in all", text, r.Carried)
		}
		out = append(out, fact{k.Reported, r.Status == sim.UnitLost || r.Status == sim.UnitStuck, text, d.viaWords(k.Via)})
	}
	return out
}

// roadFacts are the roads that are closed, then those that were, the last word first.
func (d *Desk) roadFacts() []fact {
	var out []fact
	roads := slices.Clone(d.frame.Seen.Roads)
	slices.SortStableFunc(roads, func(a, b sim.RoadKnown) int { return cmp.Compare(b.Reported, a.Reported) })
	for _, closed := range [...]bool{true, false} {
		for _, k := range roads {
			if k.Closed != closed {
				continue
			}
			where := d.names.LinkOn(k.Link)
			if z := d.where(d.sc.Links[k.Link].Shape[0]); !z.Empty() {
				where = sim.Say("%s，%s", "%s, %s", z, where)
			}
			text := sim.Say("%s 已恢复通行", "%s open again", where)
			if closed {
				text = sim.Say("%s 中断（%s）", "%s closed (%s)", where, k.Cause.Title())
			}
			out = append(out, fact{k.Reported, closed, text, d.viaWords(k.Via)})
		}
	}
	return out
}

// inboxFacts are the messages, the newest first.
func (d *Desk) inboxFacts() []fact {
	var out []fact
	for i := len(d.frame.Seen.Inbox) - 1; i >= 0; i-- {
		m := &d.frame.Seen.Inbox[i]
		from := sim.Text{ZH: "导调", EN: "the director"}
		if m.From.Kind != sim.KindNone {
			from = d.names.TitleOf(m.From)
		}
		out = append(out, fact{m.At, false, m.Text, from})
	}
	return out
}

// drawKnown draws the panel of what the seat knows.
func (d *Desk) drawKnown(s *Sheet, a area) {
	k, lang := d.look.Scale, d.look.Lang
	a.y0 = d.drawOwner(s, a, panelWords.KnownTitle)
	x, gap := a.x0, 4*k
	total := float32(0)
	for _, t := range knownTitles {
		total += d.font.Width(t.In(lang), 14*k)
	}
	pad := (a.x1 - a.x0 - total - gap*float32(knownParts-1)) / float32(knownParts)
	for part := range knownParts {
		caption := knownTitles[part].In(lang)
		box := area{x, a.y0, x + d.font.Width(caption, 14*k) + pad, a.y0 + 28*k}
		d.smallButton(s, box, numbered("known", int(part)), caption, part == d.known, func() { d.known, d.knownAt = part, 0 })
		x = box.x1 + gap
	}
	a.y0 += 36 * k
	list := d.facts(d.known)
	if len(list) == 0 {
		s.text(a.x0, a.y0+18*k, 15*k, deskFaint, panelWords.NothingKnown.In(lang))
		return
	}
	wrap := func(i int) []string { return d.font.Wrap(list[i].text.In(lang), 14*k, a.x1-a.x0-70*k) }
	d.list(s, a, &d.knownAt, len(list), func(i int) float32 { return (27 + 18*float32(len(wrap(i)))) * k },
		func(i int, a area) { d.drawFact(s, a, &list[i], wrap(i)) })
}

// drawFact draws one of the things that the seat knows.
func (d *Desk) drawFact(s *Sheet, a area, f *fact, lines []string) {
	k, lang := d.look.Scale, d.look.Lang
	ink := deskText
	if f.alarm {
		ink = deskAlarm
	}
	at := "—"
	if f.at >= 0 {
		at = d.shortClock(f.at)
	}
	s.text(a.x0, a.y0+16*k, 14*k, deskFaint, at)
	for i, l := range lines {
		s.text(a.x0+52*k, a.y0+(16+18*float32(i))*k, 14*k, ink, l)
	}
	from := sim.Say("来源：%s", "source: %s", f.from).In(lang)
	s.text(a.x0+52*k, a.y1-7*k, 12*k, deskFaint, d.font.Cut(from, 12*k, a.x1-a.x0-56*k))
	s.rect(a.x0, a.y1-1, a.x1-a.x0, 1, rgb(0x24313D))
}
