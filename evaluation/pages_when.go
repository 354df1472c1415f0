package evaluation

import (
	"slices"

	"sandtable/sim"
)

// when answers when to move: what gave the warning, when the order went out, when it was heard, and how much time the
// water left.
func (p *pager) when(l *zoneLog) Question {
	q := Question{Title: sim.Text{ZH: "何时转", EN: "When to move"}}
	m := &p.rep.Zones[l.zone]
	o := p.rec.ordered[l.zone]
	wet, isWet := p.rec.firstWet[l.zone]
	if !isWet {
		wet = never
	}
	danger := p.first(l.about, func(e *sim.Event) bool {
		return e.Kind == sim.EvPlaceDanger && e.Count >= int32(sim.H3)
	})
	q.Answer = p.margin(o.evacuateSent, wet)
	if x := m.Departure; x.Known {
		q.Answer = sim.Say("%s%s", "%s %s", q.Answer, p.departure(x))
	}
	q.note(sim.Text{ZH: "首次水文雨情报警", EN: "first alarm of a gauge"}, p.firstAlarm())
	p.sayThreshold(&q, l)
	q.note(sim.Text{ZH: "准备转移指令", EN: "order to prepare"}, p.clockText(o.prepareSent))
	told := p.first(l.about, func(e *sim.Event) bool {
		return e.Kind == sim.EvBroadcast && sim.OrderID(e.Count) == sim.OrderPrepareZone
	})
	q.note(sim.Text{ZH: "开始通知群众准备", EN: "people began to be told to prepare"}, p.clockText(told))
	q.say(sim.Text{ZH: "立即转移指令", EN: "order to evacuate"}, p.given(l, o.evacuateSent))
	q.note(sim.Text{ZH: "开始通知群众转移", EN: "people began to be told to leave"}, p.clockText(o.evacuateAcked))
	heard, left := p.times(l)
	q.note(sim.Text{ZH: "半数、九成的人得知（准备或转移）", EN: "half, nine tenths of all had heard"},
		p.halves(heard, len(l.persons)))
	q.note(sim.Text{ZH: "半数、九成撤出者已离开", EN: "half, nine tenths of who left were gone"}, p.halves(left, len(left)))
	q.note(sim.Text{ZH: "首处房屋进水（0.15 米）", EN: "first water at a house (0.15 m)"}, p.clockText(wet))
	q.note(sim.Text{ZH: "首处房屋出现 H3 级危险", EN: "first danger of class H3 at a house"}, p.clockText(danger))
	closed := p.first(l.about, func(e *sim.Event) bool {
		return e.Kind == sim.EvLinkClosed && e.Count == int32(sim.StrandWater)
	})
	q.note(sim.Text{ZH: "单元内首条道路被淹", EN: "first road of the zone under water"}, p.clockText(closed))
	if x := m.Departure; x.Known {
		q.say(sim.Text{ZH: "最晚时刻的受制因素", EN: "what binds the latest departure"},
			sim.Text{ZH: x.boundText(sim.Chinese), EN: x.boundText(sim.English)})
	}
	if m.LeadS >= 0 {
		q.note(sim.Text{ZH: "首处进水前离开者的中位提前量", EN: "median lead of who left before the first water"},
			spanOf(0, sim.Time(m.LeadS*float64(sim.Second))))
	}
	return q
}

// sayThreshold tells when a threshold of the zone was passed, as the post knew it that watches it.
func (p *pager) sayThreshold(q *Question, l *zoneLog) {
	for _, i := range l.about {
		if e := &p.in.Events[i]; e.Kind == sim.EvThreshold {
			q.note(sim.Text{ZH: "本单元阈值达到", EN: "threshold of the zone passed"}, p.clockText(e.At))
			return
		}
	}
}

// margin says how the order and the water lie to each other.
func (p *pager) margin(order, wet sim.Time) sim.Text {
	switch {
	case order < 0 && wet < 0:
		return sim.Say("未下达转移指令，单元内房屋未进水。", "No order to evacuate was given, and no house got water.")
	case order < 0:
		return sim.Say("房屋 %s 起进水，始终未下达转移指令。",
			"Water came to houses from %s on, and no order to evacuate was ever given.", p.clock(wet))
	case wet < 0:
		return sim.Say("%s 下达转移指令；单元内房屋未进水。", "The order to evacuate was given at %s; no house got water.",
			p.clock(order))
	case order <= wet:
		return sim.Say("%s 下达转移指令，比首处房屋进水（%s）早 %s。",
			"The order was given at %s, %[3]s before the first house got water (%[2]s).", p.clock(order), p.clock(wet),
			spanOf(order, wet))
	}
	return sim.Say("%s 才下达转移指令，比首处房屋进水（%s）晚 %s。",
		"The order was given at %s, %[3]s after the first house got water (%[2]s).", p.clock(order), p.clock(wet),
		spanOf(wet, order))
}

// departure says how the order lies to the latest safe departure. The first water at a house may come long before it,
// or never: 0.15 m is wet, and not yet danger.
func (p *pager) departure(x Departure) sim.Text {
	start := p.in.Scenario.Drill.Start
	latest := sim.Text{ZH: x.latestText(start, sim.Chinese), EN: x.latestText(start, sim.English)}
	switch {
	case !x.Ordered:
		return sim.Say("事后推算的最晚安全转移时刻：%s。", "Latest safe departure, known afterwards: %s.", latest)
	case x.MarginS < 0:
		return sim.Say("事后推算的最晚安全转移时刻：%s，指令晚了 %s。",
			"Latest safe departure, known afterwards: %s; the order came %s too late.", latest, spanOf(0, secondsOf(-x.MarginS)))
	}
	return sim.Say("事后推算的最晚安全转移时刻：%s，指令尚有 %s 富余。",
		"Latest safe departure, known afterwards: %s; the order had %s to spare.", latest, spanOf(0, secondsOf(x.MarginS)))
}

// secondsOf is so many seconds as a time.
func secondsOf(s float64) sim.Time { return sim.Time(s * float64(sim.Second)) }

// firstAlarm tells of the first gauge that alarmed.
func (p *pager) firstAlarm() sim.Text {
	for _, i := range p.said {
		e := &p.in.Events[i]
		if e.Kind == sim.EvGaugeAlarm {
			gauge := &p.in.Scenario.Gauges[e.A.ID]
			return sim.Say("%s %s：%s", "%s %s: %s", p.clock(e.At), p.title(e.A), gauge.Limits()[e.Count].Title)
		}
	}
	return sim.Said("–")
}

// given tells when an order was given and by whom.
func (p *pager) given(l *zoneLog, at sim.Time) sim.Text {
	for _, i := range l.about {
		e := &p.in.Events[i]
		if e.At == at && e.Kind == sim.EvAccepted && sim.OrderID(e.Count) == sim.OrderEvacuateZone {
			return sim.Say("%s，由%s下达", "%s, by %s", p.clock(at), p.title(e.B))
		}
	}
	return p.clockText(at)
}

// times returns when each person of the zone heard and left, in order.
func (p *pager) times(l *zoneLog) (heard, left []sim.Time) {
	for _, i := range l.persons {
		r := &p.rec.party[p.in.Roster.Persons[i].Party]
		if r.warned >= 0 {
			heard = append(heard, r.warned)
		}
		if r.left >= 0 {
			left = append(left, r.left)
		}
	}
	slices.Sort(heard)
	slices.Sort(left)
	return heard, left
}

// halves tells when half and nine tenths of so many were through; a share that was never reached is a dash.
func (p *pager) halves(times []sim.Time, of int) sim.Text {
	at := func(share float64) string {
		if k := int(share*float64(of)+0.999999) - 1; k >= 0 && k < len(times) {
			return p.clock(times[k])
		}
		return "–"
	}
	return sim.Say("%s、%s", "%s, %s", at(0.5), at(0.9))
}
