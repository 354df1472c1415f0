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
}
