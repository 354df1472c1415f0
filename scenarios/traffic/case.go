package traffic

import (
	"cmp"
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/road"
)

// Case is a road network and the trips of one run.
type Case struct {
	Nodes     []road.NodeSpec
	NodeNames []string
	Links     []road.LinkSpec
	Edges     []Edge       // in the order of the file
	Classes   []string     // by LinkSpec.Class
	Trips     []Trip       // in the order of departure
	Walls     []sim.NodeID // zones through which nobody passes
	LeftOut   LeftOut

	edgeOf   []int32 // by arc: number of its edge, or -1
	tripFile string  // as it is shown
}

// Edge is one direction of a road, as its file names it.
type Edge struct {
	Name string
	Arc  sim.Arc
}

// Trip is a vehicle that sets out.
type Trip struct {
	Name     string
	Depart   sim.Time
	From, To sim.NodeID
	First    sim.Arc // by which it sets out, from its start; 0 for the best one
	Last     sim.Arc // at whose end it arrives; 0 for any that ends at To
	line     int32   // of its file, 0 for none, and where in it its destination stands
	col      int32
}

// LeftOut counts the rows of a case's files that are not in it.
type LeftOut struct {
	Nodes int `json:"nodes"`
	Edges int `json:"edges"`
	Trips int `json:"trips"`
	Local int `json:"local_trips"` // of a table: trips that begin and end in one zone; they are no mistake
}

// edgeSpec is an edge before opposite ones are made one link.
type edgeSpec struct {
	name     string
	from, to sim.NodeID
	link     road.LinkSpec // without its nodes
}

// addEdges makes links of edges: two that are each other's opposites and alike in everything become one link with both
// directions, the others one-way links.
func (c *Case) addEdges(edges []edgeSpec) {
	type pair struct{ from, to sim.NodeID }
	single := make(map[pair][]int32, len(edges)) // links without a way back
	for _, e := range edges {
		l := e.link
		l.From, l.To, l.OneWay = e.from, e.to, true
		back := single[pair{e.to, e.from}]
		mate := slices.IndexFunc(back, func(k int32) bool { return alike(&c.Links[k], &l) })
		if mate >= 0 && e.from != e.to {
			link := back[mate]
			c.Links[link].OneWay = false
			single[pair{e.to, e.from}] = slices.Delete(back, mate, mate+1)
			c.Edges = append(c.Edges, Edge{e.name, sim.ArcOf(sim.LinkID(link), true)})
			continue
		}
		link := int32(len(c.Links))
		c.Links = append(c.Links, l)
		single[pair{e.from, e.to}] = append(single[pair{e.from, e.to}], link)
		c.Edges = append(c.Edges, Edge{e.name, sim.ArcOf(sim.LinkID(link), false)})
	}
	c.edgeOf = make([]int32, 2*len(c.Links))
	for arc := range c.edgeOf {
		c.edgeOf[arc] = -1
	}
	for k, e := range c.Edges {
		c.edgeOf[e.Arc-1] = int32(k)
	}
}

// alike says whether two edges differ in their direction alone.
func alike(a, b *road.LinkSpec) bool {
	return a.Metres == b.Metres && a.Lanes == b.Lanes && a.Speed == b.Speed && a.Capacity == b.Capacity &&
		a.Class == b.Class && a.Rank == b.Rank
}

// EdgeOf returns the edge of an arc, or -1.
func (c *Case) EdgeOf(arc sim.Arc) int {
	if arc < 1 || int(arc) > len(c.edgeOf) {
		return -1
	}
	return int(c.edgeOf[arc-1])
}

// EdgeName returns the name of the edge of an arc.
func (c *Case) EdgeName(arc sim.Arc) string {
	if k := c.EdgeOf(arc); k >= 0 {
		return c.Edges[k].Name
	}
	return "?"
}

// EdgeNamed returns the edge of a name, or -1.
func (c *Case) EdgeNamed(name string) int {
	return slices.IndexFunc(c.Edges, func(e Edge) bool { return e.Name == name })
}

// Ends returns the nodes at which an arc begins and ends.
func (c *Case) Ends(arc sim.Arc) (tail, head sim.NodeID) {
	link, back := arc.Link()
	if l := &c.Links[link]; back {
		return l.To, l.From
	} else {
		return l.From, l.To
	}
}

// sortTrips puts the trips in an order that does not depend on that of their file: by departure, then by where they go,
// then by name.
func (c *Case) sortTrips() {
	slices.SortStableFunc(c.Trips, func(a, b Trip) int {
		return cmp.Or(cmp.Compare(a.Depart, b.Depart), cmp.Compare(a.First, b.First), cmp.Compare(a.From, b.From),
			cmp.Compare(a.Last, b.Last), cmp.Compare(a.To, b.To), cmp.Compare(a.Name, b.Name))
	})
}

// rankLinks gives roads their rank at junctions where no file tells it: more lanes go before fewer, then faster roads
// before slower ones.
func (c *Case) rankLinks() {
	type kind struct {
		lanes int
		speed float64
	}
	of := func(l *road.LinkSpec) kind { return kind{l.Lanes, l.Speed} }
	compare := func(a, b kind) int { return cmp.Or(cmp.Compare(a.lanes, b.lanes), cmp.Compare(a.speed, b.speed)) }
	seen := make(map[kind]bool)
	var kinds []kind
	for k := range c.Links {
		if n := of(&c.Links[k]); !seen[n] {
			seen[n] = true
			kinds = append(kinds, n)
		}
	}
	slices.SortFunc(kinds, compare)
	for k := range c.Links {
		at, _ := slices.BinarySearchFunc(kinds, of(&c.Links[k]), compare)
		c.Links[k].Rank = uint8(at * min(255, len(kinds)) / max(len(kinds), 1))
	}
}

// Bounds returns the rectangle around all nodes.
func (c *Case) Bounds() geo.Rect {
	places := make([]geo.Point, len(c.Nodes))
	for k := range c.Nodes {
		places[k] = c.Nodes[k].At
	}
	return geo.Bounds(places)
}
