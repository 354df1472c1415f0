package scenario

import (
	"container/heap"
	"fmt"
	"math"
	"slices"

	"sandtable/sim"
)

// Ways says by which roads a route of the plan leads, for people who read it.
type Ways struct {
	sc      *Scenario
	names   *Directory
	links   [][]sim.LinkID // that cars may use, of each node
	seconds []float64      // from where the present search began; infinite where it has not been
	by      []sim.LinkID
}

// NewWays returns the ways over the roads of a scenario that has been checked.
func NewWays(sc *Scenario, names *Directory) *Ways {
	w := &Ways{sc: sc, names: names, links: make([][]sim.LinkID, len(sc.Nodes)), seconds: make([]float64, len(sc.Nodes)),
		by: make([]sim.LinkID, len(sc.Nodes))}
	for i := range sc.Links {
		l := &sc.Links[i]
		if l.Class == RoadPath {
			continue
		}
		w.links[l.From] = append(w.links[l.From], sim.LinkID(i))
		if !l.OneWay {
			w.links[l.To] = append(w.links[l.To], sim.LinkID(i))
		}
	}
	for i := range w.seconds {
		w.seconds[i] = math.Inf(1)
	}
	return w
}

// Links returns the links along a route: from each of its nodes to the next one the fastest way at free speed. It stops
// at the first node to which no road leads.
func (w *Ways) Links(route []int64) []sim.LinkID {
	var all []sim.LinkID
	for k := 1; k < len(route); k++ {
		links := w.between(sim.NodeID(route[k-1]), sim.NodeID(route[k]))
		if links == nil && route[k-1] != route[k] {
			break
		}
		all = append(all, links...)
	}
	return all
}

// between returns the fastest way from one node to another; nothing when there is none.
func (w *Ways) between(from, to sim.NodeID) []sim.LinkID {
	touched := []sim.NodeID{from}
	w.seconds[from] = 0
	q := &nodeQueue{{node: from}}
	for q.Len() > 0 {
		top := heap.Pop(q).(queuedNode)
		if top.node == to {
			break
		}
		if top.seconds > w.seconds[top.node] {
			continue
		}
		for _, id := range w.links[top.node] {
			l := &w.sc.Links[id]
			next := w.end(id, top.node)
			d := top.seconds + l.Shape.Length()/(l.Speed/3.6)
			if d < w.seconds[next] {
				if math.IsInf(w.seconds[next], 1) {
					touched = append(touched, next)
				}
				w.seconds[next], w.by[next] = d, id
				heap.Push(q, queuedNode{next, d})
			}
		}
	}
	var links []sim.LinkID
	if !math.IsInf(w.seconds[to], 1) {
		for at := to; at != from; at = w.end(w.by[at], at) {
			links = append(links, w.by[at])
		}
	}
	for _, node := range touched {
		w.seconds[node] = math.Inf(1)
	}
	slices.Reverse(links)
	return links
}

// end returns the other end of a link.
func (w *Ways) end(link sim.LinkID, node sim.NodeID) sim.NodeID {
	if l := &w.sc.Links[link]; l.From == node {
		return l.To
	}
	return w.sc.Links[link].From
}

// Of a way of more than mostRoads roads the first firstRoads and the last lastRoads are named.
const mostRoads, firstRoads, lastRoads = 6, 3, 2

// Words names the roads of a route in the order in which they come, each once where links of it follow each other, and
// says how long it is. Streets without a name are passed over. It is empty where the route leads nowhere.
func (w *Ways) Words(route []int64) sim.Text {
	links := w.Links(route)
	if len(links) == 0 {
		return sim.Text{}
	}
	metres := 0.0
	var roads []sim.Text
	for _, id := range links {
		l := &w.sc.Links[id]
		metres += l.Shape.Length()
		if road := w.names.RoadOf(id); l.Name != "" && (len(roads) == 0 || roads[len(roads)-1] != road) {
			roads = append(roads, road)
		}
	}
	switch {
	case len(roads) == 0:
		roads = []sim.Text{{ZH: "无名道路", EN: "roads without a name"}}
	case len(roads) > mostRoads:
		roads = slices.Concat(roads[:firstRoads], []sim.Text{sim.Said("…")}, roads[len(roads)-lastRoads:])
	}
	return sim.Say("%s（%s 公里）", "%s (%s km)", sim.Join(roads, sim.Said(" → ")), fmt.Sprintf("%.1f", metres/1000))
}

type queuedNode struct {
	node    sim.NodeID
	seconds float64
}

// nodeQueue has the nearest node first, of two the lower number.
type nodeQueue []queuedNode

func (q nodeQueue) Len() int { return len(q) }
func (q nodeQueue) Less(i, j int) bool {
	return q[i].seconds < q[j].seconds || q[i].seconds == q[j].seconds && q[i].node < q[j].node
}
func (q nodeQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *nodeQueue) Push(x any)   { *q = append(*q, x.(queuedNode)) }
func (q *nodeQueue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}
