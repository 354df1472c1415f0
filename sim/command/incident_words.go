package command

import (
	"sandtable/sim"
)

// The list of what a report of an incident has to say, and of each point whether the post knows it (assumed order; what
// the county's rules of reporting ask for).
const reportPoints = 9

// unknownText stands where a report has nothing to say.
var unknownText = sim.Text{ZH: "不详", EN: "unknown"}

// tallied sums up what a post has been told of its zones.
type tallied struct {
	sum     sim.ZoneReport
	heard   int // zones of which it was told anything
	harmed  []sim.Text
	deepest float64
	as      sim.Time // the latest instant of which it knows something
}

func (c *Command) tallied(post sim.PostID) tallied {
	t := tallied{as: -1}
	for i, zone := range c.plan.below[post] {
		k := &c.posts[post].zones[i]
		if k.Reported < 0 {
			continue
		}
		r := &k.Report
		t.heard++
		t.as = max(t.as, k.Reported)
		for _, x := range [...]struct {
			to *int32
			n  int32
		}{
			{&t.sum.Persons, r.Persons}, {&t.sum.Left, r.Left}, {&t.sum.Waiting, r.Waiting}, {&t.sum.Stranded, r.Stranded},
			{&t.sum.Dead, r.Dead}, {&t.sum.Hurt, r.Hurt}, {&t.sum.Wet, r.Wet}, {&t.sum.Destroyed, r.Destroyed},
		} {
			*x.to += x.n
		}
		t.deepest = max(t.deepest, r.Depth)
		if harmOf(r) > 0 {
			t.harmed = append(t.harmed, c.title(sim.RefTo(sim.KindZone, zone)))
		}
	}
	return t
}

// reportText writes what a post knows of an incident, point by point, and how many of the points it can fill.
func (c *Command) reportText(at sim.Time, post sim.PostID) sim.Text {
	t := c.tallied(post)
	filled := 2 // time and source are always known
	point := func(known bool, text sim.Text) sim.Text {
		if known {
			filled++
			return text
		}
		return unknownText
	}
	told := t.heard > 0
	if works := c.council.incidents[post].works; works != none {
		t.harmed = append(t.harmed, c.title(sim.RefTo(sim.KindStructure, works)))
	}
	place := point(len(t.harmed) > 0, sim.Say("%s", "%s", t.harmed))
	people := point(told, sim.Say("在册%d人", "%d on the roster", t.sum.Persons))
	moved := point(told, sim.Say("已转移%d人，候车%d人", "%d moved, %d wait for a coach", t.sum.Left, t.sum.Waiting))
	stranded := point(told, sim.Say("被困%d人", "%d stranded", t.sum.Stranded))
	harm := point(told, sim.Say("死亡%d人，受伤%d人，进水房屋%d座，倒塌%d座，最大水深%.1f米",
		"%d dead, %d hurt, water in %d buildings, %d collapsed, at most %.1f m deep", t.sum.Dead, t.sum.Hurt, t.sum.Wet,
		t.sum.Destroyed, t.deepest))
	given := c.measuresOf(post)
	measures := point(len(given) > 0, sim.Say("%s", "%s", given))
	needs := c.needsOf(&t)
	if len(needs) == 0 {
		needs = []sim.Text{{ZH: "暂无", EN: "none"}}
	}
	wanted := point(told, sim.Say("%s", "%s", needs))
	return sim.Say("时间%s；来源%s（%d个转移单元中%d个有报）；地点：%s；人员：%s；转移：%s；被困：%s；伤亡损失：%s；措施：%s；需求：%s；要素%d/%d项",
		"time %s; source %s (%[4]d of %[3]d zones heard of); place: %[5]s; people: %s; moved: %s; stranded: %s; harm: %s; "+
			"measures: %s; needs: %s; %d of %d points filled", c.sc.Drill.Start.Clock(at),
		c.title(sim.RefTo(sim.KindPost, post)), len(c.plan.below[post]), t.heard, place, people, moved, stranded, harm,
		measures, wanted, filled, reportPoints)
}

// mostMeasures is how many orders a report names.
const mostMeasures = 6

// measuresOf names the last orders that a post has given or passed on, and which of those that it gave are acknowledged
// as far as it knows.
func (c *Command) measuresOf(post sim.PostID) []sim.Text {
	var list []sim.Text
	for k := len(c.orders) - 1; k >= 0 && len(list) < mostMeasures; k-- {
		o := &c.orders[k]
		switch {
		case o.state == orderWaiting:
		case o.d.From == post && o.known >= 0:
			list = append(list, sim.Say("%s（已叫应）", "%s (acknowledged)", o.d.Words(c.names)))
		case o.d.From == post:
			list = append(list, o.d.Words(c.names))
		case c.carriesOut(post, o):
			list = append(list, sim.Say("执行%s", "carries out %s", o.d.Words(c.names)))
		}
	}
	return list
}

// carriesOut says whether an order about a zone has come to a post from one above it.
func (c *Command) carriesOut(post sim.PostID, o *order) bool {
	return zoneOrder(o.d.Order) && c.above(o.d.From, post) && c.above(post, o.holder)
}

// needsOf says what is wanted for those who are known to be in need.
func (c *Command) needsOf(t *tallied) []sim.Text {
	var list []sim.Text
	if t.sum.Stranded > 0 {
		list = append(list, sim.Say("救援舟艇（被困%d人）", "boats for %d stranded", t.sum.Stranded))
	}
	if t.sum.Waiting > 0 {
		list = append(list, sim.Say("大巴（候车%d人）", "coaches for %d who wait", t.sum.Waiting))
	}
	if t.sum.Hurt > 0 {
		list = append(list, sim.Say("医疗救护（受伤%d人）", "doctors for %d hurt", t.sum.Hurt))
	}
	return list
}
