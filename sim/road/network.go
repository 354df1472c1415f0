package road

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// WaveSpeed is the speed at which a gap travels back through a queue [m/s]: 18 km/h.
const WaveSpeed = 5.0

// DefaultJamMetres is the length of lane that a standing car takes, with its gap [m]: 133 cars/km.
const DefaultJamMetres = 7.5

// NodeSpec is a junction or an end of roads.
type NodeSpec struct {
	At      geo.Point
	Zone    sim.ZoneID // in which it lies; None outside every zone
	Control Control    // who goes first there
	Refuge  bool       // one of the nodes that NearestRefuge looks for
}

// Control says who goes first at a node.
type Control uint8

// Controls.
const (
	ControlAuto     Control = iota // by the rank of the roads that meet: priority where they differ, else as equals
	ControlFree                    // nobody hinders anybody: no capacity of its own
	ControlEqual                   // one after the other, as they come
	ControlPriority                // the roads of the highest rank first
	ControlSignal                  // traffic lights: each road has its share of green
	ControlCount
)

// LinkSpec is a stretch of road between two nodes, in both directions unless OneWay. Walkers may go both ways on
// every link.
type LinkSpec struct {
	From, To sim.NodeID
	OneWay   bool
	FootOnly bool
	OnGround bool     // its own level is the terrain's
	Tunnel   bool     // under the ground: water comes in at the portals alone; not OnGround
	Class    uint8    // the caller's class, kept for it
	Rank     uint8    // of roads that meet, those of the highest rank have priority
	Circle   bool     // part of a roundabout: has priority over roads that are not, whatever their rank
	Lanes    int      // per direction; unused on a link for walkers only
	Speed    float64  // free speed [m/s]; unused on a link for walkers only
	Capacity float64  // [veh/h] per lane; 0 lets no vehicle through; unused on a link for walkers only
	Level    float64  // of deck, crest or tunnel floor above the datum [m]; unused OnGround
	Walk     float64  // width on which people walk, both sides together [m]; 0 for 2 m of a footpath, 4 m of a road
	Shape    geo.Line // from From to To, both ends included; empty for the straight line
	Metres   float64  // length [m]; 0 for that of the shape, which otherwise is only where the link is drawn
}

// Network is a road network. It never changes and may serve many worlds.
//
// Link k makes the arcs 2k, from From to To, and 2k+1, the other way. Arc 2k+1 of a one-way link serves walkers and
// boats afloat.
type Network struct {
	nodes []NodeSpec
	links []LinkSpec
	rules Rules

	length      []float64 // of each link [m]
	millimetres []uint32  // of each link
	drawn       []float64 // metres of its shape to a metre of the link [-]; 1 unless the link has a length of its own
	extent      []geo.Rect
	bounds      bounds
	turns       turns
	routes      [][]int32 // of the plan: arcs, one behind the other
	lanes       lanes
	tail        []int32 // node at which each arc begins
	head        []int32 // node at which it ends
	out         incidence
	in          incidence
	refuges     []int32 // nodes that NearestRefuge looks for

	junctions junctions
	patience  sim.Time // after which who gives way forces his way

	// Of each link, for vehicles in one direction, on dry roads by day and without orders; see flow for the present:
	headway []int64 // between two cars at capacity [µs]; 0 where no vehicle passes
	wave    []int64 // time that a hole takes from end to start [µs]
	storage []int32 // cars that have room
	ring    []int32 // of each arc: where its memory of departures begins
	rings   int     // length of all these memories

	foot []footway // of each link, for walkers
}

// incidence lists the arcs at each node, in the order of their numbers: those of node n are
// arcs[start[n]:start[n+1]].
type incidence struct {
	start []int32
	arcs  []int32
}

func (c *incidence) of(node int32) []int32 { return c.arcs[c.start[node]:c.start[node+1]] }

// Rules hold for a whole network.
type Rules struct {
	JamMetres float64   // length of lane of one standing car [m]
	Capacity  float64   // factor on every capacity [-]: 1 as given; less for the sustained flow of an evacuation
	Free      bool      // nodes have no capacity of their own, whatever their control
	Patience  float64   // after which a driver who has to give way forces his way [s]; 0 for DefaultPatience
	UTurn     UTurnRule // where vehicles may turn round at a node
	Bans      []Ban     // turns that vehicles must not make

	Gridlock      GridlockRule   // what becomes of rings of full links
	GridlockAfter sim.Duration   // from when a ring has closed until police wave it on
	AbandonAfter  sim.Duration   // after which people leave a car that has not moved; 0 for never
	Planning      bool           // lanes carry no more than what plans of evacuations count on
	Weather       Weather        // by which values rain and darkness slow the traffic
	ClearAfter    sim.Duration   // after which stalled vehicles are taken off the road; 0 for by order alone
	TravelEvery   sim.Duration   // how often guided drivers hear how long links take; 0 for DefaultTravelEvery
	Routes        [][]sim.NodeID // of the plan, for who follows it: nodes to pass, and the fastest ways between them
}

// UTurnRule says where vehicles may turn round at a node.
type UTurnRule uint8

// Rules of turning round.
const (
	UTurnAnywhere UTurnRule = iota // at every node, at a cost
	UTurnDeadEnd                   // only where no other arc goes on
	UTurnRuleCount
)

// Ban is a turn that vehicles must not make: from one arc to another that begins where the first one ends.
type Ban struct{ From, To sim.Arc }

// DefaultRules are those of a network about which nothing else is known.
func DefaultRules() Rules { return Rules{JamMetres: DefaultJamMetres, Capacity: 1} }

// NewNetwork builds a network. It returns all that is wrong with the input, and no network then. The slices stay the
// caller's and must not change.
func NewNetwork(nodes []NodeSpec, links []LinkSpec, rules Rules) (*Network, []sim.Problem) {
	if problems := checkSpecs(nodes, links, rules); len(problems) > 0 {
		return nil, problems
	}
	n := &Network{nodes: nodes, rules: rules, links: make([]LinkSpec, len(links))}
	copy(n.links, links)
	for k := range n.links {
		l := &n.links[k]
		if len(l.Shape) == 0 {
			l.Shape = geo.Line{nodes[l.From].At, nodes[l.To].At}
		}
		length, drawn := l.Shape.Length(), 1.0
		if l.Metres > 0 {
			length, drawn = l.Metres, length/l.Metres
		}
		n.length, n.drawn = append(n.length, length), append(n.drawn, drawn)
		n.millimetres = append(n.millimetres, uint32(num.RoundInt64(length*1000)))
		n.extent = append(n.extent, geo.Bounds(l.Shape))
		n.tail = append(n.tail, int32(l.From), int32(l.To))
		n.head = append(n.head, int32(l.To), int32(l.From))
		n.addQueue(k)
		n.foot = append(n.foot, newFootway(l, n.length[k]))
	}
	for k := range nodes {
		if nodes[k].Refuge {
			n.refuges = append(n.refuges, int32(k))
		}
	}
	n.out = newIncidence(len(nodes), n.tail)
	n.in = newIncidence(len(nodes), n.head)
	n.bounds = newBounds(n)
	n.turns = newTurns(n)
	if problems := n.layRoutes(); len(problems) > 0 {
		return nil, problems
	}
	n.lanes = newLanes(n)
	n.junctions = newJunctions(n)
	n.patience = sim.Time(num.RoundInt64(rules.Patience * 1e6))
	if rules.Patience == 0 {
		n.patience = sim.Time(DefaultPatience * 1e6)
	}
	return n, nil
}

// addQueue works out headway, wave time and storage of link k, and sets memory for departures aside.
func (n *Network) addQueue(k int) {
	l, link := &n.links[k], int32(k)
	var headway, wave int64
	var storage, most int32
	if usual := (laneCount{own: uint8(l.Lanes)}); !l.FootOnly {
		if capacity := n.capacity(link, usual, l.Speed, 1); capacity > 0 {
			headway = headwayOf(capacity)
			wave = max(num.RoundInt64(n.length[k]/WaveSpeed*1e6), 1)
			storage = n.room(link, usual, l.Speed, capacity)
			most = max(n.mostRoom(link, l.Lanes), storage)
		}
	}
	n.headway = append(n.headway, headway)
	n.wave = append(n.wave, wave)
	n.storage = append(n.storage, storage)
	for dir := range 2 {
		n.ring = append(n.ring, int32(n.rings))
		if dir == 0 || !l.OneWay {
			n.rings += int(most)
		}
	}
}

// newIncidence sorts arcs by the node that at tells, stably.
func newIncidence(nodes int, at []int32) incidence {
	c := incidence{make([]int32, nodes+1), make([]int32, len(at))}
	for _, node := range at {
		c.start[node+1]++
	}
	for node := range nodes {
		c.start[node+1] += c.start[node]
	}
	next := append([]int32(nil), c.start...)
	for arc, node := range at {
		c.arcs[next[node]] = int32(arc)
		next[node]++
	}
	return c
}

// Nodes returns the number of nodes.
func (n *Network) Nodes() int { return len(n.nodes) }

// Links returns the number of links.
func (n *Network) Links() int { return len(n.links) }

// Node returns a node.
func (n *Network) Node(node sim.NodeID) NodeSpec { return n.nodes[node] }

// Link returns a link. Its shape is never empty and must not be changed.
func (n *Network) Link(link sim.LinkID) LinkSpec { return n.links[link] }

// Length returns the length of a link [m].
func (n *Network) Length(link sim.LinkID) float64 { return n.length[link] }

// Storage returns how many cars have room on one direction of a link, when it is whole.
func (n *Network) Storage(link sim.LinkID) int { return int(n.storage[link]) }

// Headway returns the time between two cars that leave one direction of a link at capacity, when it is whole; 0 where
// no vehicle passes.
func (n *Network) Headway(link sim.LinkID) sim.Duration { return sim.Duration(n.headway[link]) }

// against says whether the arc runs against a one-way link.
func (n *Network) against(arc int32) bool { return arc&1 == 1 && n.links[arc>>1].OneWay }

// at returns the point at distance d [m] from the start of the arc.
func (n *Network) at(arc int32, d float64) geo.Point {
	link := arc >> 1
	if arc&1 == 1 {
		d = n.length[link] - d
	}
	return n.links[link].Shape.At(float64(d * n.drawn[link]))
}
