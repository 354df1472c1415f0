package evaluation

import (
	"sandtable/sim"
)

// stay is what became of the people of a zone in one shelter.
type stay struct {
	opened, full, first, last sim.Time
	persons, wentOff, home    int
	counted, listed           int // of the last head count
	countedAt                 sim.Time
}

// how answers how to manage: when the shelters that took the zone's people were open, how long people waited at the
// door, who went off again, and who came home.
func (p *pager) how(l *zoneLog) Question {
	q := Question{Title: sim.Text{ZH: "如何管", EN: "How to manage"}}
	stays, wait, waited := p.stays(l)
	sheltered, off, home := 0, 0, 0
	g := Grid{Head: []sim.Text{{ZH: "避难场所", EN: "shelter"}, {ZH: "启用", EN: "open"},
		{ZH: "本单元首批登记", EN: "first of the zone"},
		{ZH: "末批登记", EN: "last of the zone"}, {ZH: "满员", EN: "full"}, {ZH: "擅自离开", EN: "went off"},
		{ZH: "返家", EN: "home again"}, {ZH: "清点", EN: "head count"}}}
	for s := range stays {
		x := &stays[s]
		sheltered, off, home = sheltered+x.persons, off+x.wentOff, home+x.home
		if x.first < 0 {
			continue
		}
		count := sim.Said("–")
		if x.countedAt >= 0 {
			count = sim.Say("%s 实到 %d，名册 %d", "%s: %d there, %d on the list", p.clock(x.countedAt), x.counted, x.listed)
		}
		g.Rows = append(g.Rows, []sim.Text{p.title(sim.Ref{Kind: sim.KindShelter, ID: int32(s)}), p.clockText(x.opened),
			p.clockText(x.first), p.clockText(x.last), p.clockText(x.full), number(x.wentOff), number(x.home), count})
	}
	switch {
	case sheltered == 0:
		q.Answer = sim.Say("本单元无人登记安置。", "Nobody of this zone was registered in a shelter.")
	case off > 0:
		q.Answer = sim.Say("登记 %d 人次；%d 人次擅自离开，%d 人返家。",
			"%d registrations; %d times somebody went off against orders, %d came home.", sheltered, off, home)
	default:
		q.Answer = sim.Say("登记 %d 人次；无人擅自离开，%d 人返家。",
			"%d registrations; nobody went off against orders, %d came home.", sheltered, home)
	}
	if len(g.Rows) > 0 {
		q.Tables = append(q.Tables, g)
	}
	if waited > 0 {
		q.say(sim.Text{ZH: "门口至登记的平均等候", EN: "mean wait from the door to registration"}, spanOf(0, wait/sim.Time(waited)))
	}
	if clear := p.first(l.about, func(e *sim.Event) bool {
		return e.Kind == sim.EvBroadcast && sim.OrderID(e.Count) == sim.OrderAllClear
	}); clear >= 0 {
		q.say(sim.Text{ZH: "解除转移", EN: "all-clear"}, p.clockText(clear))
	}
	return q
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
			}
		case sim.EvPartyWentOff:
			stays[e.B.ID].wentOff += n
		case sim.EvPartyHome:
			for s := range stays {
				if stays[s].first >= 0 {
					stays[s].home += n
					break
				}
			}
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
