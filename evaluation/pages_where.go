package evaluation

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// where answers where to: by what people moved, to which shelters the plan sent them, where they came, and what stopped
// those who set off.
func (p *pager) where(l *zoneLog) Question {
	q := Question{Title: sim.Text{ZH: "转到哪", EN: "Where to"}}
	to := p.shelters(l)
	planned := p.in.Sites.Zone[l.zone].Shelters
	inPlan, all := 0, 0
	for s, n := range to {
		all += n
		if slices.Contains(planned, sim.ShelterID(s)) {
			inPlan += n
		}
	}
	q.Answer = sim.Say("%d 人登记安置，其中 %d 人在预案避难场所。", "%d persons were registered, %d of them in shelters of the plan.",
		all, inPlan)
	g := Grid{Head: []sim.Text{{ZH: "避难场所", EN: "shelter"}, {ZH: "预案顺序", EN: "place in the plan"},
		{ZH: "本单元登记", EN: "from this zone"}, {ZH: "全部登记", EN: "from everywhere"}, {ZH: "容量", EN: "capacity"}}}
	total := p.registered()
	rows, rest := most(len(to), func(s int) int { return to[s] })
	for _, s := range planned {
		switch {
		case slices.Contains(rows, int(s)):
		case len(rows) < namedPlanned:
			rows = append(rows, int(s))
			rest = slices.DeleteFunc(rest, func(r int) bool { return r == int(s) })
		case !slices.Contains(rest, int(s)):
			rest = append(rest, int(s))
		}
	}
	slices.Sort(rows)
	for _, s := range rows {
		place := slices.Index(planned, sim.ShelterID(s))
		order := sim.Said("–")
		if place >= 0 {
			order = number(place + 1)
		}
		g.Rows = append(g.Rows, []sim.Text{p.title(sim.Ref{Kind: sim.KindShelter, ID: int32(s)}), order, number(to[s]),
			number(total[s]), number(int(p.in.Scenario.Shelters[s].Capacity))})
	}
	if len(rest) > 0 {
		n := 0
		for _, s := range rest {
			n += to[s]
		}
		g.Rows = append(g.Rows, []sim.Text{sim.Say("其他 %d 处", "others: %d", len(rest)), sim.Said("–"), number(n),
			sim.Said("–"), sim.Said("–")})
	}
	q.Tables = append(q.Tables, g)
	p.sayRoute(&q, l)
	q.say(sim.Text{ZH: "出单元的方式", EN: "how people left the zone"}, p.modes(l))
	p.sayWay(&q, l)
	return q
}

// sayRoute tells by which roads the plan sends the zone's cars and coaches to the first of its shelters.
func (p *pager) sayRoute(q *Question, l *zoneLog) {
	if p.ways == nil {
		p.ways = scenario.NewWays(p.in.Scenario, p.in.Names)
	}
	way := sim.Text{ZH: "预案未规定路线，各自选路", EN: "none is planned; everybody chooses his own"}
	if words := p.ways.Words(p.in.Scenario.Zones[l.zone].Route); !words.Empty() {
		way = words
		if to := p.in.Sites.Zone[l.zone].Shelters; len(to) > 0 {
			way = sim.Say("到%s：%s", "to %s: %s", p.title(sim.RefTo(sim.KindShelter, to[0])), words)
		}
	}
	q.say(sim.Text{ZH: "预案路线", EN: "way of the plan"}, way)
}

// shelters counts persons of a zone by the shelter that registered them last.
func (p *pager) shelters(l *zoneLog) []int {
	last := make(map[int32]int32)
	for _, i := range l.party {
		if e := &p.in.Events[i]; e.Kind == sim.EvPartySheltered {
			last[e.A.ID] = e.B.ID
		}
	}
	to := make([]int, len(p.in.Scenario.Shelters))
	for _, q := range l.parties {
		if s, ok := last[int32(q)]; ok {
			to[s] += p.alive(q)
		}
	}
	return to
}

// alive counts those of a party who live at the end.
func (p *pager) alive(q sim.PartyID) int {
	n := int(p.in.Roster.Parties[q].Persons)
	for _, i := range p.members(q) {
		if p.rec.died[i] >= 0 {
			n--
		}
	}
	return n
}

// members lists the persons of a party. Persons of one household stand together in the roster.
func (p *pager) members(q sim.PartyID) []sim.PersonID {
	if p.of == nil {
		p.of = make([][]sim.PersonID, len(p.in.Roster.Parties))
		for i := range p.in.Roster.Persons {
			party := p.in.Roster.Persons[i].Party
			p.of[party] = append(p.of[party], sim.PersonID(i))
		}
	}
	return p.of[q]
}

// registered counts persons by the shelter that registered them last, of all zones and of none.
func (p *pager) registered() []int {
	if p.inside != nil {
		return p.inside
	}
	last := make([]int32, len(p.in.Roster.Parties))
	for q := range last {
		last[q] = sim.None
	}
	for i := range p.in.Events {
		e := &p.in.Events[i]
		if e.Kind == sim.EvPartySheltered && int(e.A.ID) < len(last) {
			last[e.A.ID] = e.B.ID
		}
	}
	p.inside = make([]int, len(p.in.Scenario.Shelters))
	for q, s := range last {
		if s >= 0 {
			p.inside[s] += p.alive(sim.PartyID(q))
		}
	}
	return p.inside
}

// modes counts the living who left the zone by the way in which they did.
func (p *pager) modes(l *zoneLog) sim.Text {
	var by [sim.ModeCount]int
	for _, q := range l.parties {
		if r := &p.rec.party[q]; r.left >= 0 {
			by[r.mode] += p.alive(q)
		}
	}
	names := [sim.ModeCount]sim.Text{sim.ModeFoot: {ZH: "步行", EN: "on foot"}, sim.ModeCar: {ZH: "自驾", EN: "by car"},
		sim.ModeCoach: {ZH: "大巴", EN: "by coach"}, sim.ModeBoat: {ZH: "冲锋舟", EN: "by boat"},
		sim.ModeBike: {ZH: "两轮车", EN: "by two-wheeler"}, sim.ModeVan: {ZH: "无障碍车", EN: "by van"},
		sim.ModeEmergency: {ZH: "应急车辆", EN: "by emergency vehicle"}, sim.ModeNone: {ZH: "其他", EN: "otherwise"}}
	var out []sim.Text
	for m, n := range by {
		if n > 0 {
			out = append(out, sim.Say("%s %d 人", "%s %d", names[m], n))
		}
	}
	return list(out)
}

// sayWay tells what happened on the way: gathered for coaches, turned away, stranded, back again.
func (p *pager) sayWay(q *Question, l *zoneLog) {
	var gathered, boarded, turned, stranded, rescued, back, outside, joined int
	for _, i := range l.party {
		e := &p.in.Events[i]
		n := int(p.in.Roster.Parties[e.A.ID].Persons)
		switch e.Kind {
		case sim.EvPartyAtAssembly:
			gathered += n
		case sim.EvPartyBoarded:
			if e.B.Kind == sim.KindUnit && p.in.Scenario.Units[e.B.ID].Kind != "boat" {
				boarded += n
			}
		case sim.EvPartyTurnedAway:
			turned += n
		case sim.EvPartyStranded:
			if e.B.Kind != sim.KindBuilding {
				stranded += n
			}
		case sim.EvPartyRescued:
			rescued += n
		case sim.EvPartyBack:
			back += n
		case sim.EvPartyOutside:
			outside += n
		case sim.EvPartyJoined:
			if sim.JoinKind(e.Count) == sim.JoinLift {
				joined += n
			}
		}
	}
	for _, row := range []struct {
		name sim.Text
		n    int
	}{
		{sim.Text{ZH: "到集合点候车（人次）", EN: "came to an assembly point (each time)"}, gathered},
		{sim.Text{ZH: "登上大巴、无障碍车（人次）", EN: "boarded coaches and vans (each time)"}, boarded},
		{sim.Text{ZH: "被拒收（满员、停收、禁入，人次）", EN: "turned away: full, shut or barred (each time)"}, turned},
		{sim.Text{ZH: "途中被困（人次）", EN: "stranded on the way (each time)"}, stranded},
		{sim.Text{ZH: "被救援力量接走（人次）", EN: "fetched by rescue units (each time)"}, rescued},
		{sim.Text{ZH: "折返取物、看管牲畜等（人次）", EN: "went back for things or animals (each time)"}, back},
		{sim.Text{ZH: "出县投亲", EN: "left the map, to relatives"}, outside},
		{sim.Text{ZH: "搭邻居的车", EN: "taken along by neighbours"}, joined},
	} {
		if row.n > 0 {
			q.note(row.name, number(row.n))
		}
	}
}
