package scenario

import (
	"fmt"
	"slices"

	"sandtable/sim"
)

// deadTriggers finds orders of the plan that wait for what cannot come.
func (c *checker) deadTriggers() {
	for i, p := range c.conditional() {
		c.neverAlone(&p, c.lineOf(i))
		id, ok := c.names.Resolve(sim.KindGauge, p.Gauge)
		if p.Gauge == "" || !ok {
			continue
		}
		g, path := &c.sc.Gauges[id], c.lineOf(i)
		c.neverSeen(&p, path)
		if p.Warning != "" && !warns(g, p.Warning) {
			c.add(path+".warning", "测站 %q 没有%s及以上的阈值，指令永远不会下达；应写更低的级别，或给测站加阈值",
				"gauge %q has no threshold of level %s or higher, so that the order is never given; want a lower level, or a "+
					"threshold", p.Gauge, sim.WarningTitle(levelOf(p.Warning)))
		}
	}
}

// conditional returns what waits for a condition: the lines of the standing plan, the thresholds of the zones and the
// orders of deployments, each in the name of the post that gives it.
func (c *checker) conditional() []PlannedOrder {
	lines := c.sc.Standing()
	for i := range c.sc.Items {
		post := ""
		if id, ok := c.names.Resolve(sim.KindDeployment, c.sc.Items[i].Of); ok {
			post = c.sc.Deployments[id].Post
		}
		lines = append(lines, c.sc.Items[i].Line(post))
	}
	return lines
}

// lineOf names the place of what waits for a condition, as conditional numbers them.
func (c *checker) lineOf(i int) string {
	n, m := len(c.sc.Plan), len(c.sc.Thresholds)
	switch {
	case i >= n+m:
		return fmt.Sprintf("item[%d]", i-n-m)
	case i >= n:
		return fmt.Sprintf("zone_threshold[%d]", i-n)
	}
	return fmt.Sprintf("plan[%d]", i)
}

// neverSeen reports a post that does not get what it waits for.
func (c *checker) neverSeen(p *PlannedOrder, path string) {
	post := c.giver(p)
	if post < 0 {
		return
	}
	name := c.sc.Posts[post].Name
	if p.Lead == 0 {
		if c.sc.Posts[post].Level != "county" && !c.standsAt(p.Gauge, name) {
			c.add(path+".post", "岗位 %q 收不到测站读数，指令永远不会下达；应为县级岗位，或测站所在单元的责任岗位",
				"post %q does not get the readings of gauges, so that the order is never given; want a post of the county, or "+
					"that of the zone in which the gauge stands", name)
		}
		return
	}
	longest := sim.Duration(0)
	for i := range c.sc.Hazards {
		if o := OutlookOf(c.sc.Hazards[i].Spec); o.Wanted() && Gets(c.sc, o, sim.PostID(post)) {
			longest = max(longest, o.Lead)
		}
	}
	switch {
	case longest == 0:
		c.add(path+".lead", "岗位 %q 收不到任何预报，指令永远不会下达；灾害应有 forecast 并发给该岗位",
			"post %q gets no forecast, so that the order is never given; want a hazard with a forecast to that post", name)
	case p.Lead > longest:
		c.add(path+".lead", "%s；预报只到 %s，不得大于它", "%s; the forecasts reach %s, want no more", p.Lead, longest)
	}
}

// giver returns the post that gives an order of the plan, or -1.
func (c *checker) giver(p *PlannedOrder) int {
	return slices.IndexFunc(c.sc.Posts, func(x Post) bool { return x.Name == p.Post || p.Post == "" && x.Superior == "" })
}

// standsAt says whether a gauge stands in a zone that a post moves: such a gauge the post reads itself.
func (c *checker) standsAt(gauge, post string) bool {
	id, ok := c.names.Resolve(sim.KindGauge, gauge)
	if !ok {
		return false
	}
	z := newZoneFinder(c.sc).at(Point(c.sc.Gauges[id].Place))
	return z >= 0 && c.sc.Zones[z].Post == post
}

// neverAlone reports lines that wait for what the post's own people never see, or for a post without a superior to lose
// contact with it.
func (c *checker) neverAlone(p *PlannedOrder, path string) {
	post := c.giver(p)
	if post < 0 {
		return
	}
	name := c.sc.Posts[post].Name
	if p.CutOff > 0 && c.sc.Posts[post].Superior == "" {
		c.add(path+".cut_off", "岗位 %q 没有上级，不会失联，指令永远不会下达；应为下级岗位",
			"post %q has no superior with whom it could lose contact, so that the order is never given; want a post below",
			name)
	}
	zone := ""
	for _, a := range p.Args {
		if a.Name == "zone" {
			zone = a.Value
		}
	}
	if p.Seen > 0 && !slices.ContainsFunc(c.sc.Zones, func(z Zone) bool {
		return z.Post == name && (zone == "" || z.Name == zone)
	}) {
		c.add(path+".seen", "岗位 %q 的人员不在该单元，看不到水情，指令永远不会下达；应为该单元的责任岗位",
			"the people of post %q are not in that zone and see nothing, so that the order is never given; want the zone's "+
				"own post", name)
	}
}

// OutlookOf returns when a hazard will forecast.
func OutlookOf(spec sim.HazardSpec) sim.Outlook {
	if o, ok := spec.(sim.Outlooker); ok {
		return o.Outlook()
	}
	return sim.Outlook{}
}

// Gets says whether a post is one of those that get the forecasts of an outlook.
func Gets(sc *Scenario, o sim.Outlook, post sim.PostID) bool {
	if len(o.To) > 0 {
		return slices.Contains(o.To, sc.Posts[post].Name)
	}
	return int(post) == slices.IndexFunc(sc.Posts, func(p Post) bool { return p.Superior == "" })
}

// warns says whether a gauge has a threshold of a warning level or a higher one.
func warns(g *Gauge, level string) bool {
	return slices.ContainsFunc(g.Limits(), func(t Threshold) bool { return levelOf(t.Warning) >= levelOf(level) })
}

func levelOf(name string) int {
	k, _ := sim.WarningByName(name)
	return k
}
