package road

import (
	"fmt"
	"math"

	"sandtable/sim"
)

// Ranges of what a network may be made of.
const (
	minLength   = 0.1   // of a link [m]
	maxLength   = 1e6   // of a link [m]
	endGap      = 1.0   // between the end of a shape and its node [m]
	minSpeed    = 0.1   // [m/s]
	maxSpeed    = 100.0 // [m/s]
	minWalk     = 0.01  // own speed of a walker [m/s]
	minWading   = 0.01  // factor on it in water [-]
	maxLanes    = 16
	maxFlow     = 10000.0 // capacity per lane [veh/h]
	maxHeight   = 9000.0  // of a level above or below the datum [m]
	minWalkway  = 0.1     // width for walkers, where one is given [m]
	maxWalkway  = 100.0   // [m]
	minJam      = 1.0     // [m]
	maxJam      = 50.0    // [m]
	maxFactor   = 10.0
	longestWait = 1e9     // [s]
	maxEntries  = 1 << 30 // nodes, and arcs
	maxVehicles = 10000   // of one trip
	maxPatience = 366 * 24 * sim.Hour
)

// specCheck collects problems.
type specCheck struct{ problems []sim.Problem }

func (c *specCheck) add(path, zh, en string, args ...any) {
	c.problems = append(c.problems, sim.Problem{Path: path, Text: sim.Say(zh, en, args...)})
}

// within reports a number outside [lo, hi]; NaN is outside.
func (c *specCheck) within(path string, v, lo, hi float64, unit string) {
	if !(v >= lo && v <= hi) {
		c.add(path, "%v %s；应为 %v 至 %v", "%v %s; want %v to %v", v, unit, lo, hi)
	}
}

// checkSpecs returns everything that is wrong with the parts of a network.
func checkSpecs(nodes []NodeSpec, links []LinkSpec, rules Rules) []sim.Problem {
	c := &specCheck{}
	c.within("jam-metres", rules.JamMetres, minJam, maxJam, "m")
	c.within("capacity-factor", rules.Capacity, 0, maxFactor, "")
	c.within("patience", rules.Patience, 0, longestWait, "s")
	if len(nodes) > maxEntries || len(links) > maxEntries/2 {
		c.add("node", "%d 个路口、%d 条路段；最多 %d 个和 %d 条",
			"%d nodes and %d links; want at most %d and %d", len(nodes), len(links), maxEntries, maxEntries/2)
		return c.problems
	}
	for i, node := range nodes {
		if !node.At.Finite() {
			c.add(fmt.Sprintf("node[%d].at", i), "坐标不是数；单位应为米", "a place that is not a number; want metres")
		}
		if node.Control >= ControlCount {
			c.add(fmt.Sprintf("node[%d].control", i), "通行规则 %d；应小于 %d", "control %d; want one below %d",
				node.Control, ControlCount)
		}
		if node.Zone < sim.None {
			c.add(fmt.Sprintf("node[%d].zone", i), "转移单元 %d；应为单元编号，或以 %d 表示无",
				"zone %d; want a zone or %d for none", node.Zone, sim.None)
		}
	}
	for i := range links {
		c.link(fmt.Sprintf("link[%d]", i), &links[i], nodes)
	}
	if rules.UTurn >= UTurnRuleCount {
		c.add("u-turn", "掉头规则 %d；应小于 %d", "rule %d; want one below %d", rules.UTurn, UTurnRuleCount)
	}
	if rules.Gridlock >= GridlockRuleCount {
		c.add("gridlock", "锁死规则 %d；应小于 %d", "rule %d; want one below %d", rules.Gridlock, GridlockRuleCount)
	}
	if rules.GridlockAfter < 0 || rules.GridlockAfter > maxPatience {
		c.add("gridlock-after", "%v；应为 0 至 %v", "%v; want 0 to %v", rules.GridlockAfter, sim.Duration(maxPatience))
	}
	if rules.AbandonAfter < 0 || rules.AbandonAfter > maxPatience {
		c.add("abandon-after", "%v；应为 0 至 %v", "%v; want 0 to %v", rules.AbandonAfter, sim.Duration(maxPatience))
	}
	c.routes(rules.Routes, len(nodes))
	if rules.TravelEvery != 0 {
		c.within("travel-every", rules.TravelEvery.Seconds(), 1, 86400, "s")
	}
	for i, ban := range rules.Bans {
		c.ban(fmt.Sprintf("ban[%d]", i), ban, links)
	}
	return c.problems
}

// link checks one link.
func (c *specCheck) link(path string, l *LinkSpec, nodes []NodeSpec) {
	fromOK := c.end(path+".from", l.From, len(nodes))
	toOK := c.end(path+".to", l.To, len(nodes))
	if !l.FootOnly {
		if l.Lanes < 1 || l.Lanes > maxLanes {
			c.add(path+".lanes", "车道数 %d；单向应为 1 至 %d", "%d lanes; want 1 to %d per direction", l.Lanes, maxLanes)
		}
		c.within(path+".speed", l.Speed, minSpeed, maxSpeed, "m/s")
		c.within(path+".capacity", l.Capacity, 0, maxFlow, "veh/h per lane")
	}
	if l.Walk != 0 {
		c.within(path+".walk", l.Walk, minWalkway, maxWalkway, "m")
	}
	if l.OnGround && l.Tunnel {
		c.add(path+".tunnel", "既为隧道又在地面；只能写其一", "a tunnel on the ground; want one or the other")
	}
	if !l.OnGround {
		c.within(path+".level", l.Level, -maxHeight, maxHeight, "m")
	}
	if l.Metres != 0 {
		c.within(path+".metres", l.Metres, minLength, maxLength, "m")
	}
	if fromOK && toOK && nodes[l.From].At.Finite() && nodes[l.To].At.Finite() {
		c.shape(path+".shape", l, nodes)
	}
}

// ban checks a turn that is not allowed.
func (c *specCheck) ban(path string, ban Ban, links []LinkSpec) {
	for _, arc := range [...]sim.Arc{ban.From, ban.To} {
		if arc < 1 || int(arc) > 2*len(links) {
			c.add(path, "方向 %d；应为 1 至 %d", "arc %d; want 1 to %d", arc, 2*len(links))
			return
		}
	}
	if head(ban.From, links) != tail(ban.To, links) {
		c.add(path, "两条路不在同一路口相接", "the second arc does not begin where the first one ends")
	}
}

// routes checks the nodes of the plan's routes.
func (c *specCheck) routes(list [][]sim.NodeID, nodes int) {
	if len(list) > maxRoutes {
		c.add("route", "%d 条路线；最多 %d 条", "%d routes; want at most %d", len(list), maxRoutes)
	}
	for k, via := range list {
		path := fmt.Sprintf("route[%d]", k)
		if len(via) < 2 {
			c.add(path, "%d 个路口；至少两个", "%d nodes; want at least two", len(via))
		}
		for i, node := range via {
			at := fmt.Sprintf("%s[%d]", path, i)
			if c.end(at, node, nodes) && i > 0 && node == via[i-1] {
				c.add(at, "与上一路口相同", "the same node as before")
			}
		}
	}
}

// tail returns the node at which an arc begins.
func tail(arc sim.Arc, links []LinkSpec) sim.NodeID {
	link, back := arc.Link()
	if back {
		return links[link].To
	}
	return links[link].From
}

// head returns the node at which an arc ends.
func head(arc sim.Arc, links []LinkSpec) sim.NodeID {
	link, back := arc.Link()
	if back {
		return links[link].From
	}
	return links[link].To
}

// end checks the number of a node.
func (c *specCheck) end(path string, node sim.NodeID, nodes int) bool {
	if node < 0 || int(node) >= nodes {
		c.add(path, "路口 %d；应为 %d 个路口之一，从 0 起", "node %d; want one of the %d nodes, from 0", node, nodes)
		return false
	}
	return true
}

// shape checks the line of a link whose nodes are known.
func (c *specCheck) shape(path string, l *LinkSpec, nodes []NodeSpec) {
	from, to := nodes[l.From].At, nodes[l.To].At
	length := from.Dist(to)
	switch len(l.Shape) {
	case 0:
	case 1:
		c.add(path, "只有一个点；至少两个，直线路段不写", "one point; want at least two, or none for a straight link")
		return
	default:
		for _, p := range l.Shape {
			if !p.Finite() {
				c.add(path, "点坐标不是数；单位应为米", "a point that is not a number; want metres")
				return
			}
		}
		length = l.Shape.Length()
		c.within(path+" start", l.Shape[0].Dist(from), 0, endGap, "m from its node")
		c.within(path+" end", l.Shape[len(l.Shape)-1].Dist(to), 0, endGap, "m from its node")
	}
	if math.IsInf(length, 1) {
		length = math.MaxFloat64
	}
	if l.Metres == 0 { // else the shape is a picture
		c.within(path+" length", length, minLength, maxLength, "m")
	}
}
