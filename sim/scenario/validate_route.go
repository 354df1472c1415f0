package scenario

import (
	"fmt"

	"sandtable/sim"
)

// routes checks that the routes of the zones lead by roads for cars from each of their nodes to the next one. Whether
// turns are allowed on the way is not looked at.
func (c *checker) routes() {
	if c.missing.Nodes || c.missing.Links {
		return
	}
	var roads graph
	for i := range c.sc.Zones {
		route, path := c.sc.Zones[i].Route, fmt.Sprintf("zone[%d].route", i)
		if len(route) == 0 {
			continue
		}
		if len(route) == 1 {
			c.add(path, "只有一个路口；至少两个，按行车顺序", "one node; want at least two, in the order of driving")
		}
		if roads == nil {
			roads = newGraph(c.sc)
		}
		c.route(path, route, roads)
	}
}

// route checks one route, up to the first node that does not exist.
func (c *checker) route(path string, route []int64, roads graph) {
	for k, node := range route {
		at := fmt.Sprintf("%s[%d]", path, k)
		if node < 0 || node >= int64(len(roads)) {
			c.add(at, "没有编号为 %d 的路口；应为 %s", "no node has the number %d; want %s", node, numberRange(int32(len(roads))))
			return
		}
		switch {
		case k == 0:
		case node == route[k-1]:
			c.add(at, "与上一路口相同；应写下一个路口", "the same node as before; want the next one")
		case !roads.joins(route[k-1], node):
			c.add(at, "从 %d 号路口没有车行道路可到 %d 号路口；应为能到的路口",
				"no road for cars leads from node %d to node %d; want one that can be reached", route[k-1], node)
		}
	}
}

// graph lists, for each node, the nodes to which a car can go from it over one link.
type graph [][]sim.NodeID

func newGraph(sc *Scenario) graph {
	g := make(graph, len(sc.Nodes))
	for i := range sc.Links {
		l := &sc.Links[i]
		if l.Class == RoadPath || l.From < 0 || l.To < 0 || int(max(l.From, l.To)) >= len(g) {
			continue
		}
		g[l.From] = append(g[l.From], l.To)
		if !l.OneWay {
			g[l.To] = append(g[l.To], l.From)
		}
	}
	return g
}

// joins says whether a car can go from one node to another.
func (g graph) joins(from, to int64) bool {
	seen := make([]bool, len(g))
	seen[from] = true
	for next := []sim.NodeID{sim.NodeID(from)}; len(next) > 0; {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		if int64(at) == to {
			return true
		}
		for _, n := range g[at] {
			if !seen[n] {
				seen[n] = true
				next = append(next, n)
			}
		}
	}
	return false
}
