package evaluation

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// sayRoster tells of what hazard a zone is, and what its list says: who lives there, and who else may be there.
func (p *pager) sayRoster(q *Question, l *zoneLog) {
	if p.rosters == nil {
		p.rosters = scenario.Rosters(p.in.Scenario, p.in.Sites)
	}
	if title := p.in.Scenario.Zones[l.zone].HazardTitle(); !title.Empty() {
		q.say(sim.Text{ZH: "隐患类型", EN: "hazard"}, title)
	}
	r := &p.rosters[l.zone]
	q.say(sim.Text{ZH: "在册居民", EN: "on the list"}, sim.Say(
		"%d 户 %d 人：14 岁以下 %d、65 岁以上 %d、行动不便 %d、不能行走 %d、住院住养 %d；无车 %d 人，车 %d 辆",
		"%d households, %d persons: %d up to 14, %d from 65 on, %d walk badly, %d cannot walk, %d patients and residents; "+
			"%d without a car, %d cars",
		r.Houses, r.Persons, r.Children, r.Elderly, r.Badly, r.Chairs, r.Inmates, r.NoCar, r.Cars))
	if r.Helped+r.Alone > 0 {
		q.say(sim.Text{ZH: "特殊群体", EN: "special care"}, sim.Say("有包保责任人 %d 人，无 %d 人", "%d with a named helper, %d without",
			r.Helped, r.Alone))
	}
	if r.Visitors+r.Pupils+r.Workers > 0 {
		q.say(sim.Text{ZH: "另有", EN: "besides"}, sim.Say("游客 %d 人；日间学生 %d 人、外来务工 %d 人",
			"%d visitors; by day %d pupils and %d who work there and live elsewhere", r.Visitors, r.Pupils, r.Workers))
	}
	p.sayNeeds(q, l)
}

// sayNeeds tells what it takes to move the institutions of a zone, and of which of them somebody at risk never left.
func (p *pager) sayNeeds(q *Question, l *zoneLog) {
	if p.needs == nil && len(p.in.Scenario.Institutions) > 0 {
		p.needs = scenario.InstitutionNeeds(p.in.Scenario, p.in.Sites, p.in.Names)
	}
	var needs, stayed []sim.Text
	for i := range p.needs {
		n := &p.needs[i]
		if n.Zone != l.zone {
			continue
		}
		title := p.in.Names.InstitutionIn(sim.RefTo(sim.KindBuilding, sim.BuildingID(p.in.Scenario.Institutions[i].Building)))
		text := sim.Say("%s %d / %d / %d / %d", "%s %d / %d / %d / %d", title, n.Persons, n.Badly, n.Chairs, n.Seats)
		if n.Upstairs {
			text = sim.Say("%s（按预案上楼）", "%s (upstairs by its plan)", text)
		}
		needs = append(needs, text)
		if why := p.whyInmatesStayed(l, i); !why.Empty() {
			stayed = append(stayed, sim.Say("%s：%s", "%s: %s", title, why))
		}
	}
	if len(needs) > 0 {
		q.say(sim.Text{ZH: "学校、医院等全员：人数 / 行动不便 / 专车轮椅位 / 大巴座位",
			EN: "institutions, all in: persons / walk badly / places for wheelchairs / seats in coaches"},
			listUpTo(namedHouses, needs))
	}
	if len(stayed) > 0 {
		q.say(sim.Text{ZH: "学校、医院等受威胁而未撤者", EN: "at risk in institutions and never left"}, listUpTo(namedStayed, stayed))
	}
}

// howFar says how far an institution of which somebody stayed had come, by the last step that is known of it.
var howFar = [...]sim.Text{
	sim.InstitutionTold:   {ZH: "接到通知，到结束时未准备好", EN: "its head was called, and it was not ready by the end"},
	sim.InstitutionReady:  {ZH: "已准备好，未开始撤离", EN: "ready, and did not begin to leave"},
	sim.InstitutionLeaves: {ZH: "已开始撤离，到结束时未撤完", EN: "it had begun to leave, and was not empty by the end"},
	sim.InstitutionEmpty:  {ZH: "已离开楼房，未出单元", EN: "out of the building, and not out of the zone"},
}

// whyInmatesStayed tells how many of those at risk in an institution never left its zone, and how far it had come;
// nothing when all left.
func (p *pager) whyInmatesStayed(l *zoneLog, institution int) sim.Text {
	x := &p.in.Scenario.Institutions[institution]
	building := sim.BuildingID(x.Building)
	risk, stayed, chairs := 0, 0, 0
	for _, i := range l.persons {
		party := p.in.Roster.Persons[i].Party
		if !p.risk[i] || p.in.Roster.Parties[party].Place != building {
			continue
		}
		risk++
		r := &p.rec.party[party]
		if x := (person{rec: r, died: p.rec.died[i]}); x.saw(r.left) {
			continue
		}
		stayed++
		if p.in.Scenario.Persons[i].Mobility == scenario.MobilityNone {
			chairs++
		}
	}
	if stayed == 0 {
		return sim.Text{}
	}
	how := sim.Text{ZH: "负责人未接到通知", EN: "its head was never called"}
	for _, i := range l.about {
		e := &p.in.Events[i]
		if e.Kind == sim.EvInstitution && e.A == sim.RefTo(sim.KindBuilding, building) &&
			e.Count >= 0 && int(e.Count) < len(howFar) {
			how = howFar[e.Count]
		}
	}
	if x.Plan == "up" {
		how = sim.Text{ZH: "按预案上楼避险", EN: "it stays upstairs by its plan"}
	}
	return sim.Say("%d 人中 %d 人（不能行走 %d 人），%s", "%[2]d of %[1]d (cannot walk: %[3]d): %[4]s", risk, stayed, chairs, how)
}
