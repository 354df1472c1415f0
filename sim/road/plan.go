package road

import (
	"fmt"

	"sandtable/sim"
)

// maxRoutes bounds how many routes a plan has.
const maxRoutes = 1 << 15

// layRoutes turns the routes of the plan, which name nodes to pass, into arcs: between two nodes the fastest way on dry
// open roads. It returns the routes of which that cannot be done.
func (n *Network) layRoutes() []sim.Problem {
	if len(n.rules.Routes) == 0 {
		return nil
	}
	r := newRoutes(n)
	for arc := range n.tail {
		cost := int64(closed)
		if n.carries(int32(arc)) {
			link := arc >> 1
			cost = int64(travelTime(n.length[link], linkSpeed(sim.ModeCar, &n.links[link], n.links[link].Speed, wet{})))
		}
		r.cost[sim.ModeCar][arc] = cost
	}
	c := &specCheck{}
	for k, via := range n.rules.Routes {
		arcs, gap := n.layRoute(r, via)
		if gap >= 0 {
			c.add(fmt.Sprintf("route[%d][%d]", k, gap), "从上一路口没有车行道路可到这里",
				"no way for cars from the node before")
		}
		n.routes = append(n.routes, arcs)
	}
	return c.problems
}

// layRoute returns the arcs of a route, and the number of the first node that cannot be reached from the one before, or
// -1.
func (n *Network) layRoute(r *routes, via []sim.NodeID) (arcs []int32, gap int) {
	s := sight(sim.ModeCar)
	for k := 1; k < len(via); k++ {
		dest := int32(via[k])
		arc := int32(-1)
		if len(arcs) == 0 {
			arc, _ = r.from(s, dest, int32(via[k-1]))
		} else {
			arc = r.after(s, dest, arcs[len(arcs)-1])
		}
		for ; arc >= 0; arc = r.after(s, dest, arc) {
			if arcs = append(arcs, arc); n.head[arc] == dest {
				break
			}
		}
		if arc < 0 {
			return arcs, k
		}
	}
	return arcs, -1
}

// followed returns the route of the plan that a mover follows, and the number of its next arc on it; nil when it
// follows none.
func (t *Traffic) followed(m *mover) (route []int32, leg int32) {
	if m.aside < 0 {
		return nil, 0
	}
	x := t.asides.at(m.aside)
	if x.route == 0 {
		return nil, 0
	}
	return t.net.routes[x.route-1], x.leg
}

// byPlan returns the arc by which a mover that follows a route of the plan goes on from a node, to which it has come by
// an arc, or -1. Who knows, or sees, that the route is closed further on leaves it for good and goes for his
// destination, and so does who has come to its end.
func (t *Traffic) byPlan(m *mover, node, by int32) (next int32, follows bool) {
	route, leg := t.followed(m)
	if route == nil {
		return -1, false
	}
	if next = t.nextOf(m, route, leg, node, by); next < 0 {
		t.leavePlan(m)
	}
	return next, next >= 0
}

// expected returns the arc by which a mover will go on from the end of an arc if he learns nothing there, or -1.
func (t *Traffic) expected(m *mover, arc int32) int32 {
	if route, leg := t.followed(m); route != nil {
		if next := t.nextOf(m, route, leg, t.net.head[arc], arc); next >= 0 {
			return next
		}
	}
	return t.routes.after(m.sight(), m.dest, arc)
}

// nextOf returns the arc by which a mover goes on along a route, of which it has reached a leg, or to it: to its
// beginning, and it joins the route where it comes upon it. It is -1 where the route ends or is not open.
func (t *Traffic) nextOf(m *mover, route []int32, leg, node, by int32) int32 {
	for k := leg; int(k) < len(route); k++ {
		arc := route[k]
		if t.net.tail[arc] != node || !t.canTurn(m, by, arc) {
			continue
		}
		if !t.isOpen(m, route[k:]) {
			return -1
		}
		return arc
	}
	start := t.net.tail[route[0]]
	if leg > 0 || node == start || !t.isOpen(m, route) {
		return -1
	}
	var next int32
	if by >= 0 {
		next = t.routes.after(m.sight(), start, by)
	} else {
		next, _ = t.routes.from(m.sight(), start, node)
	}
	if next >= 0 && !t.passable(m, next) {
		return -1
	}
	return next
}

// canTurn says whether a mover may go from one arc, or from the roadside (-1), to another.
func (t *Traffic) canTurn(m *mover, from, to int32) bool {
	if from < 0 || !m.sight().turns() {
		return true
	}
	_, ok := t.net.turn(from, to)
	return ok
}

// isOpen says whether arcs are open as far as the mover knows, and the first one as he sees it.
func (t *Traffic) isOpen(m *mover, arcs []int32) bool {
	cost := t.routes.cost[m.sight()]
	for _, arc := range arcs {
		if cost[arc] >= closed {
			return false
		}
	}
	return t.passable(m, arcs[0])
}

// leavePlan has a mover forget its route.
func (t *Traffic) leavePlan(m *mover) {
	x := *t.asides.at(m.aside)
	x.route, x.leg = 0, 0
	t.change(changePlan, m.ref(), 0)
	t.keepAside(m, x)
}

// tickOff notes that a mover enters an arc, which may be the next one of its route.
func (t *Traffic) tickOff(m *mover) {
	route, leg := t.followed(m)
	for k := leg; int(k) < len(route); k++ {
		if route[k] == m.arc {
			t.asides.at(m.aside).leg = k + 1
			return
		}
	}
}
