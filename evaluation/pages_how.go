package evaluation

import (
	"slices"

	"sandtable/sim"
)

// stay is what became of the people of a zone in one shelter.
type stay struct {
	opened, full, first, last sim.Time
	persons, wentOff          int
	counted, listed           int // of the last head count
	countedAt                 sim.Time
}

// how answers how to manage: when the shelters that took the zone's people were open, how long people waited at the
// door, who went off again, and who came home.
func (p *pager) how(l *zoneLog) Question {
	q := Question{Title: sim.Text{ZH: "如何管", EN: "How to manage"}}
	m := &p.rep.Zones[l.zone].Measures
	stays, wait, waited := p.stays(l)
	times := 0
	for s := range stays {
		times += stays[s].persons
	}
	if times == 0 {
		q.Answer = sim.Say("本单元无人登记安置。", "Nobody of this zone was registered in a shelter.")
	} else {
		q.Answer = sim.Say("登记 %d 人次；擅自离开 %d 人，经组织返家 %d 人，就医 %d 人。",
			"%d registrations; went off against orders: %d persons, sent home and arrived: %d, in need of a doctor: %d.", times,
			m.WentOff, m.HomeAgain, m.Ill)
		q.Tables = append(q.Tables, p.stayTable(stays))
	}
	if m.ReliefOf > 0 {
		q.say(sim.Text{ZH: "十小时内的基本生活安置", EN: "basic living relief within ten hours"}, sim.Say(
			"离开原处的 %d 人中 %d 人得到足额位、投亲或经组织返家，%d 人时限未到",
			"of %d who left where they were %d had a place with floor, were with relatives or sent home; for %d the time is "+
				"not over", m.ReliefOf, m.Relief, m.ReliefPending))
	}
	if waited > 0 {
		q.note(sim.Text{ZH: "门口至登记的平均等候", EN: "mean wait from the door to registration"}, spanOf(0, wait/sim.Time(waited)))
	}
	if clear := p.first(l.about, func(e *sim.Event) bool {
		return e.Kind == sim.EvBroadcast && sim.OrderID(e.Count) == sim.OrderAllClear
	}); clear >= 0 {
		q.note(sim.Text{ZH: "解除转移", EN: "all-clear"}, p.clockText(clear))
	}
	p.sayControls(&q, l)
	return q
}

// sayControls tells of the emergency controls in the zone or in the whole county.
func (p *pager) sayControls(q *Question, l *zoneLog) {
	var out []sim.Text
	for i := range p.rep.Controls {
		x := &p.rep.Controls[i]
		switch here := x.about.Kind == sim.KindCounty || x.about == sim.RefTo(sim.KindZone, l.zone); {
		case x.Already || !here:
		case !x.InForce():
			out = append(out, sim.Say("%s：%s（%s）", "%[2]s: %[1]s (%[3]s)", x.Where, x.Title, x.Did()))
		default:
			out = append(out, sim.Say("%s：%s（%s 生效，%s）", "%[2]s: %[1]s (in force at %[3]s, %[4]s)", x.Where, x.Title,
				p.clock(x.Effect), x.Did()))
		}
	}
	if len(out) > 0 {
		q.say(sim.Text{ZH: "应急管控", EN: "emergency controls"}, listUpTo(namedControls, out))
	}
}

// stayTable is the table of the shelters that took the zone's people.
func (p *pager) stayTable(stays []stay) Grid {
	g := Grid{Head: []sim.Text{{ZH: "避难场所", EN: "shelter"}, {ZH: "启用", EN: "open"},
		{ZH: "本单元首批登记", EN: "first of the zone"},
		{ZH: "末批登记", EN: "last of the zone"}, {ZH: "满员", EN: "full"}, {ZH: "擅自离开（人次）", EN: "went off (each time)"},
		{ZH: "最近一次清点", EN: "last head count"}}}
	rows, rest := most(len(stays), func(s int) int { return stays[s].persons })
	for _, s := range rows {
		x := &stays[s]
		count := sim.Said("–")
		if x.countedAt >= 0 {
			count = sim.Say("%s 实到 %d，名册 %d", "%s: %d there, %d on the list", p.clock(x.countedAt), x.counted, x.listed)
		}
		g.Rows = append(g.Rows, []sim.Text{p.title(sim.Ref{Kind: sim.KindShelter, ID: int32(s)}), p.clockText(x.opened),
			p.clockText(x.first), p.clockText(x.last), p.clockText(x.full), number(x.wentOff), count})
	}
	if len(rest) > 0 {
		others := stay{first: sim.Never, last: never}
		for _, s := range rest {
			others.first, others.last = min(others.first, stays[s].first), max(others.last, stays[s].last)
			others.wentOff += stays[s].wentOff
		}
		g.Rows = append(g.Rows, []sim.Text{sim.Say("其他 %d 处", "others: %d", len(rest)), sim.Said("–"),
			p.clockText(others.first), p.clockText(others.last), sim.Said("–"), number(others.wentOff), sim.Said("–")})
	}
	return g
}

// shown is how many shelters a zone's page names; what the others took stands in one line.
const shown = 5

// most lists those of n with the greatest numbers, in their own order, and the rest, without those of number 0.
func most(n int, number func(int) int) (named, rest []int) {
	for s := range n {
		if number(s) > 0 {
			named = append(named, s)
		}
	}
	if len(named) <= shown {
		return named, nil
	}
	slices.SortStableFunc(named, func(a, b int) int { return number(b) - number(a) })
	named, rest = named[:shown], named[shown:]
	slices.Sort(named)
	slices.Sort(rest)
	return named, rest
}

// stays follows the zone's people through the shelters, and adds up how long they waited at doors, in person-time.
func (p *pager) stays(l *zoneLog) (stays []stay, wait sim.Time, waited int) {
	stays = make([]stay, len(p.in.Scenario.Shelters))
	for s := range stays {
		stays[s] = stay{opened: never, full: never, first: never, last: never, countedAt: never}
		if p.in.Scenario.Shelters[s].Open {
			stays[s].opened = 0
		}
	}
	p.sheltersSaid(stays)
	door := make(map[int32]sim.Time)
	for _, i := range l.party {
		e := &p.in.Events[i]
		n := int(p.in.Roster.Parties[e.A.ID].Persons)
		switch e.Kind {
		case sim.EvPartyAtShelter:
			door[e.A.ID] = e.At
		case sim.EvPartySheltered:
			x := &stays[e.B.ID]
			if x.first < 0 {
				x.first = e.At
			}
			x.last = e.At
			x.persons += n
			if at, ok := door[e.A.ID]; ok {
				wait += sim.Time(e.At.Sub(at)) * sim.Time(n)
				waited += n
				delete(door, e.A.ID)
			}
		case sim.EvPartyWentOff:
			stays[e.B.ID].wentOff += n
		}
	}
	return stays, wait, waited
}

// sheltersSaid takes what shelters said of themselves.
func (p *pager) sheltersSaid(stays []stay) {
	for _, i := range p.said {
		e := &p.in.Events[i]
		if e.A.Kind != sim.KindShelter {
			continue
		}
		x := &stays[e.A.ID]
		switch e.Kind {
		case sim.EvShelterOpened:
			if x.opened < 0 {
				x.opened = e.At
			}
		case sim.EvShelterFull:
			if x.full < 0 {
				x.full = e.At
			}
		case sim.EvHeadCount:
			if e.B.Kind != sim.KindNone {
				continue // of one zone
			}
			x.counted, x.listed, x.countedAt = int(e.Count), int(e.Num), e.At
		}
	}
}
