package evaluation

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// classOfPeople is a class of people on a zone's list, with what became of them.
type classOfPeople struct {
	title sim.Text
	in    func(p *pager, i sim.PersonID) bool

	persons, risk, warned, moved, late, stayed, caught, dead int
}

// ages that set children and the elderly apart: they count as children up to 14, as elderly from 65 on.
const (
	childTo   = 14
	elderFrom = 65
)

func classesOfPeople() []classOfPeople {
	person := func(p *pager, i sim.PersonID) *scenario.Person { return &p.in.Scenario.Persons[i] }
	return []classOfPeople{
		{title: sim.Text{ZH: "全部在场人员", EN: "everybody there at the start"},
			in: func(*pager, sim.PersonID) bool { return true }},
		{title: sim.Text{ZH: "其中 14 岁以下", EN: "of them up to 14"},
			in: func(p *pager, i sim.PersonID) bool { return person(p, i).Age <= childTo }},
		{title: sim.Text{ZH: "65 岁以上", EN: "65 and older"},
			in: func(p *pager, i sim.PersonID) bool { return person(p, i).Age >= elderFrom }},
		{title: sim.Text{ZH: "行动不便", EN: "walks badly or not at all"},
			in: func(p *pager, i sim.PersonID) bool { return person(p, i).Mobility != scenario.MobilityAble }},
		{title: sim.Text{ZH: "特殊群体，有包保责任人", EN: "special care, with a named helper"},
			in: func(p *pager, i sim.PersonID) bool { return person(p, i).Special && person(p, i).Helper >= 0 }},
		{title: sim.Text{ZH: "特殊群体，无包保责任人", EN: "special care, without a helper"},
			in: func(p *pager, i sim.PersonID) bool { return person(p, i).Special && person(p, i).Helper < 0 }},
		{title: sim.Text{ZH: "医院、养老机构中", EN: "patients and residents of institutions"},
			in: func(p *pager, i sim.PersonID) bool {
				use := p.in.Scenario.Buildings[p.in.Scenario.Households[person(p, i).Household].Home].Use
				return use == scenario.UseHospital || use == scenario.UseCare
			}},
		{title: sim.Text{ZH: "游客等外来人员", EN: "visitors"},
			in: func(p *pager, i sim.PersonID) bool { return p.in.Scenario.IsVisitor(person(p, i).Household) }},
		{title: sim.Text{ZH: "家中无车", EN: "no car in the household"},
			in: func(p *pager, i sim.PersonID) bool {
				return p.in.Scenario.Households[person(p, i).Household].Cars == 0
			}},
		{title: sim.Text{ZH: "在此上班上学，家在别处", EN: "here for work or school, home elsewhere"},
			in: func(p *pager, i sim.PersonID) bool {
				home := p.in.Scenario.Households[person(p, i).Household].Home
				return p.in.Roster.Parties[p.in.Roster.Persons[i].Party].Place != home
			}},
	}
}

// whom answers whom to move: who was there, by class, what became of them, and why some stayed.
func (p *pager) whom(l *zoneLog) Question {
	q := Question{Title: sim.Text{ZH: "转移谁", EN: "Whom to move"}}
	classes := classesOfPeople()
	for _, i := range l.persons {
		for k := range classes {
			if classes[k].in(p, i) {
				classes[k].add(p, i)
			}
		}
	}
	all := &classes[0]
	q.Answer = sim.Say("在场 %d 人，受威胁 %d 人：水到之前撤出 %d 人，水到之后撤出 %d 人，始终未撤 %d 人。在场者中遇险 %d 人，死亡 %d 人。",
		"%d persons there, %d of them at risk: moved before the water %d, after it had come %d, never %d. Of all who were "+
			"there caught %d, dead %d.", all.persons, all.risk, all.moved, all.late, all.stayed, all.caught, all.dead)
	g := Grid{Head: []sim.Text{{ZH: "人员", EN: "people"}, {ZH: "人数", EN: "persons"}, {ZH: "受威胁", EN: "at risk"},
		{ZH: "受威胁者：得知", EN: "at risk: heard"}, {ZH: "水前撤出", EN: "moved in time"}, {ZH: "水后撤出", EN: "after the water"},
		{ZH: "未撤", EN: "never left"}, {ZH: "全部：遇险", EN: "of all: caught"}, {ZH: "死亡", EN: "dead"}}}
	for k := range classes {
		if c := &classes[k]; c.persons > 0 {
			g.Rows = append(g.Rows, []sim.Text{c.title, number(c.persons), number(c.risk), number(c.warned), number(c.moved),
				number(c.late), number(c.stayed), number(c.caught), number(c.dead)})
		}
	}
	q.Tables = append(q.Tables, g)
	p.sayDeaths(&q, l)
	p.sayRoster(&q, l)
	if why := p.whyStayed(l); len(why) > 0 {
		q.say(sim.Text{ZH: "受威胁而未撤者", EN: "at risk and never left"}, list(why))
	}
	p.sayCues(&q, l)
	p.sayHelpers(&q, l)
	return q
}

// sayDeaths tells of what people of the zone died, and what other methods make of it.
func (p *pager) sayDeaths(q *Question, l *zoneLog) {
	m := &p.rep.Zones[l.zone].Measures
	var causes []sim.Text
	for cause := sim.CauseSweptFoot; cause <= sim.CauseExposure; cause++ {
		if n := m.DeadBy[cause.String()]; n > 0 {
			causes = append(causes, sim.Say("%s %d 人", "%s %d", causeText(cause.String()), n))
		}
	}
	if len(causes) > 0 {
		q.say(sim.Text{ZH: "死亡原因", EN: "causes of death"}, list(causes))
	}
	if b := m.Band; b != nil && b.Exposed > 0 {
		q.say(sim.Text{ZH: "死亡：别的方法（期望值）", EN: "deaths by other methods, expected"}, sim.Say(
			"Jonkman %s，FD2321 %s；水到时在场 %d 人", "Jonkman %s, FD2321 %s; %d persons were there when the water came",
			expected(b.DeadJonkman), expected(b.DeadFD2321), b.Exposed))
	}
}

// sayCues tells why people of a zone decided to leave, and why they decided to stay who never did.
func (p *pager) sayCues(q *Question, l *zoneLog) {
	var leaves, stays [sim.DecisionCueCount]int
	for _, i := range l.persons {
		switch r := &p.rec.party[p.in.Roster.Persons[i].Party]; {
		case r.decided >= 0:
			leaves[r.leaves]++
		default:
			stays[r.stays]++
		}
	}
	cues := func(n *[sim.DecisionCueCount]int) []sim.Text {
		var out []sim.Text
		for cue := sim.CueNone + 1; cue < sim.DecisionCueCount; cue++ {
			if n[cue] > 0 {
				out = append(out, sim.Say("%s %d 人", "%s %d", cue.Title(), n[cue]))
			}
		}
		return out
	}
	if all := cues(&leaves); len(all) > 0 {
		q.say(sim.Text{ZH: "为何决定转移", EN: "why people decided to leave"}, list(all))
	}
	if all := cues(&stays); len(all) > 0 {
		q.say(sim.Text{ZH: "为何决定留下", EN: "why people decided to stay"}, list(all))
	}
}

// add counts a person. Warned, moved and stayed are of those at risk, as in Measures.
func (c *classOfPeople) add(p *pager, i sim.PersonID) {
	r := &p.rec.party[p.in.Roster.Persons[i].Party]
	x := person{rec: r, died: p.rec.died[i]}
	left := x.saw(r.left)
	c.persons++
	if p.risk[i] {
		c.risk++
		if x.saw(r.warned) {
			c.warned++
		}
		switch {
		case left && r.dry:
			c.moved++
		case left:
			c.late++
		default:
			c.stayed++
		}
	}
	if x.saw(r.caught) {
		c.caught++
	}
	if p.rec.died[i] >= 0 {
		c.dead++
	}
}

// whyStayed counts those at risk who never left by what is known of them.
func (p *pager) whyStayed(l *zoneLog) []sim.Text {
	reasons := []struct {
		text sim.Text
		n    int
	}{
		{text: sim.Text{ZH: "未得知 %d 人", EN: "%d had not heard"}},
		{text: sim.Text{ZH: "得知而决定不走 %d 人", EN: "%d heard and decided to stay"}},
		{text: sim.Text{ZH: "决定走而未能出门 %d 人", EN: "%d wanted to leave and did not get out"}},
		{text: sim.Text{ZH: "已出门未出单元 %d 人", EN: "%d set off and did not get out of the zone"}},
	}
	for _, i := range l.persons {
		r := &p.rec.party[p.in.Roster.Persons[i].Party]
		if x := (person{rec: r, died: p.rec.died[i]}); !p.risk[i] || x.saw(r.left) {
			continue
		}
		k := 0
		switch {
		case r.set >= 0:
			k = 3
		case r.decided >= 0:
			k = 2
		case r.warned >= 0:
			k = 1
		}
		reasons[k].n++
	}
	var out []sim.Text
	for _, r := range reasons {
		if r.n > 0 {
			out = append(out, sim.Say(r.text.ZH, r.text.EN, r.n))
		}
	}
	return out
}

// sayHelpers tells what those did who are responsible for special-care persons.
func (p *pager) sayHelpers(q *Question, l *zoneLog) {
	var steps [sim.HelperStepCount]int
	var failed []sim.Text
	for _, i := range l.about {
		e := &p.in.Events[i]
		if e.Kind != sim.EvHelper || e.Count < 0 || e.Count >= int32(sim.HelperStepCount) {
			continue
		}
		steps[e.Count]++
		if sim.HelperStep(e.Count) == sim.HelperFails && !e.Text.Empty() && !slices.Contains(failed, e.Text) {
			failed = append(failed, e.Text)
		}
	}
	if steps[sim.HelperSets]+steps[sim.HelperFails] == 0 {
		return
	}
	q.say(sim.Text{ZH: "包保责任人", EN: "named helpers"}, sim.Say("出发 %d 次，到门口 %d 次，带出 %d 次，未成 %d 次",
		"times set out: %d, came to the door: %d, left with the person: %d, came to nothing: %d", steps[sim.HelperSets],
		steps[sim.HelperThere], steps[sim.HelperBrings], steps[sim.HelperFails]))
	if len(failed) > 0 {
		q.say(sim.Text{ZH: "未成的原因（含未能出发）", EN: "why it came to nothing, also before setting out"},
			listUpTo(namedReasons, failed))
	}
}
