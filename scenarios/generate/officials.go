package generate

import (
	"fmt"
	"strings"

	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// Names of people, in pairs as those of places; all are common, and made up by chance.
const (
	surnames = "王 Wang 李 Li 张 Zhang 刘 Liu 陈 Chen 杨 Yang 黄 Huang 赵 Zhao 吴 Wu 周 Zhou 徐 Xu 孙 Sun 马 Ma 朱 Zhu 胡 Hu " +
		"郭 Guo 何 He 林 Lin 高 Gao 罗 Luo"
	givenNames = "志强 Zhiqiang 建国 Jianguo 秀英 Xiuying 海燕 Haiyan 国庆 Guoqing 晓红 Xiaohong 文斌 Wenbin 春梅 Chunmei " +
		"德明 Deming 玉兰 Yulan 卫东 Weidong 丽华 Lihua 振华 Zhenhua 桂芳 Guifang 长江 Changjiang 雪琴 Xueqin"
)

// gridOfficer is the office of who stands in for the head of a village or a community, and is one of those of it who
// knock at doors.
const gridOfficer = "网格员"

// offices are the offices of who holds a post and of who stands in, by level: county, town, community, village.
var offices = map[string][2]sim.Text{
	"county":    {{ZH: "指挥长", EN: "commander"}, {ZH: "副指挥长", EN: "deputy commander"}},
	"town":      {{ZH: "镇长", EN: "town head"}, {ZH: "副镇长", EN: "deputy town head"}},
	"community": {{ZH: "社区书记", EN: "community secretary"}, {ZH: gridOfficer, EN: "grid officer"}},
	"village":   {{ZH: "村主任", EN: "village head"}, {ZH: gridOfficer, EN: "grid officer"}},
}

// Who can hold a post (assumed).
const (
	officeYoung = 28
	officeOld   = 60
)

// addOfficials names for each post who holds it and who stands in, people who live in its zone or, of a county and a
// town, in the county town or the town, and how a post is called: its holder twice, his deputy, whoever is at the
// radio, and at last somebody who goes there.
func (c *county) addOfficials() {
	sc := c.sc
	sc.Ladders = []scenario.Ladder{
		ladder("call-town", "phone", "radio", "satphone"), ladder("call-village", "phone", "radio"),
	}
	d := dice.Roll(rng.New(c.p.Seed, "generate.officials"), 0)
	used := make(map[int]bool) // looked up only
	for i := range sc.Posts {
		p := &sc.Posts[i]
		office, lives := p.Level, c.livesIn(i)
		switch {
		case p.Level == "town":
			p.Ladder = "call-town"
		case p.Level == "village":
			p.Ladder = "call-village"
			if !strings.HasSuffix(p.Title.ZH, "村委会") {
				office = "community"
			}
		}
		if p.Level != "county" {
			p.OnDuty, p.StaffedAt = true, "III"
		}
		for k, title := range offices[office] {
			o := c.official(d, fmt.Sprintf("%s-%d", p.Name, k+1), p.Name, title, lives, used)
			o.Knocks = title.ZH == gridOfficer
			sc.Officials = append(sc.Officials, o)
		}
	}
}

// callWait is how long a caller waits for the acknowledgement of a call (assumed): a responsible person has to be
// called awake within five minutes (practice of a city, docs/models/command.md), so that he is called a second time
// within these.
const callWait = 3 * sim.Minute

// ladder is the usual way of calling a post over some channels, the first of them a telephone.
func ladder(name string, channels ...string) scenario.Ladder {
	step := func(who, channel string, wait sim.Duration, tries int64) scenario.LadderStep {
		return scenario.LadderStep{Who: who, Channel: channel, Wait: wait, Tries: tries}
	}
	l := scenario.Ladder{Name: name}
	l.Steps = append(l.Steps, step("holder", channels[0], callWait, 2), step("deputy", channels[0], callWait, 1))
	for _, ch := range channels[1:] {
		l.Steps = append(l.Steps, step("any", ch, callWait, 1))
	}
	l.Steps = append(l.Steps, step("any", "courier", sim.Hour, 1))
	return l
}

// livesIn says whether a household lives where the post's people live.
func (c *county) livesIn(post int) func(h sim.HouseholdID) bool {
	p := &c.sc.Posts[post]
	home := func(h sim.HouseholdID) sim.BuildingID { return c.sc.Households[h].Home }
	for k := range c.zones {
		if postName(k) == p.Name {
			return func(h sim.HouseholdID) bool { return c.zones[k].ring.Contains(c.buildings[home(h)].At) }
		}
	}
	at := scenario.Point(p.Place)
	for k := range c.settlements {
		s := &c.settlements[k]
		if s.rank <= town && s.outline.Contains(at) {
			return func(h sim.HouseholdID) bool {
				b := int(home(h))
				return b >= s.houses[0] && b < s.houses[1]
			}
		}
	}
	return func(sim.HouseholdID) bool { return false }
}

// official finds somebody for an office among those who live in a place; nobody of the population when none fits.
func (c *county) official(d *dice.Dice, name, post string, office sim.Text, lives func(sim.HouseholdID) bool,
	used map[int]bool,
) scenario.Official {
	family, given := pairs(surnames), pairs(givenNames)
	f, g := family[d.Below(len(family))], given[d.Below(len(given))]
	o := scenario.Official{Name: name, Post: post,
		Title: sim.Text{ZH: f.ZH + g.ZH + "（" + office.ZH + "）", EN: f.EN + " " + g.EN + ", " + office.EN}}
	from := d.Below(len(c.sc.Persons))
	for k := range c.sc.Persons {
		i := (from + k) % len(c.sc.Persons)
		x := &c.sc.Persons[i]
		if used[i] || x.Mobility != scenario.MobilityAble || x.Age < officeYoung || x.Age > officeOld || !lives(x.Household) {
			continue
		}
		used[i] = true
		person := int64(i)
		o.Person = &person
		break
	}
	return o
}
