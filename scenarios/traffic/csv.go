package traffic

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/road"
)

// What a network of sim/road may be made of.
const (
	minLength   = 0.1   // [m]
	maxLength   = 1e6   // [m]
	minSpeed    = 0.1   // [m/s]
	maxSpeed    = 100.0 // [m/s]
	maxLanes    = 16
	maxFlow     = 10000.0 // per lane [veh/h]
	maxPlace    = 1e8     // of a coordinate, either side of 0 [m]
	maxDepart   = 1e7     // [s]: 116 days
	maxClasses  = 256
	maxPriority = 255
	maxRows     = 8_000_000 // trips: as many parties as the roads can name
)

// Columns of nodes.csv.
const (
	nodeID = iota
	nodeX
	nodeY
	nodeControl
)

var nodeColumns = []string{"id", "x_m", "y_m", "control"}

// controlNames are the words of the column control; an empty cell stands for auto.
var controlNames = [road.ControlCount]string{road.ControlAuto: "auto", road.ControlFree: "free",
	road.ControlEqual: "equal", road.ControlPriority: "priority", road.ControlSignal: "signal"}

// control reads who goes first at a node.
func (r *row) control(column int) road.Control {
	cell := r.sheet.Cell(column)
	if len(cell) == 0 {
		return road.ControlAuto
	}
	k := slices.Index(controlNames[:], string(cell))
	if k < 0 {
		r.fault(column, "%.40q；应为 %s 之一", "%.40q; want one of %s", cell, strings.Join(controlNames[:], ", "))
	}
	return road.Control(max(k, 0))
}

// Columns of edges.csv.
const (
	edgeID = iota
	edgeFrom
	edgeTo
	edgeLength
	edgeLanes
	edgeSpeed
	edgeCapacity
	edgeType
	edgePriority
)

var edgeColumns = []string{"id", "from", "to", "length_m", "lanes", "speed_mps", "capacity_vph", "type", "priority"}

// Columns of trips.csv.
const (
	tripID = iota
	tripDepart
	tripFromEdge
	tripToEdge
	tripFromNode
	tripToNode
)

var tripColumns = []string{"id", "depart_s", "from_edge", "to_edge", "from_node", "to_node"}

// tables reads the three tables of a case.
type tables struct {
	*Case
	found scenarios.Diagnostics
	nodes map[string]sim.NodeID
	edges map[string]int32 // number of the edge; below 0 for one that was left out
}

// readNodes reads nodes.csv.
func (t *tables) readNodes(path string, data []byte) {
	t.nodes = make(map[string]sim.NodeID)
	s := scenarios.NewSheet(path, data, nodeColumns...)
	for s.Need(nodeID, nodeX, nodeY) && s.Next() {
		r := row{sheet: s, ok: true}
		name := r.name(nodeID)
		x, y := r.number(nodeX, -maxPlace, maxPlace, "m"), r.number(nodeY, -maxPlace, maxPlace, "m")
		if _, twice := t.nodes[name]; twice && name != "" {
			r.fault(nodeID, "节点 %.40q 已出现过；每个编号只应一行", "node %.40q a second time; want one row for each", name)
		}
		control := r.control(nodeControl)
		if !r.ok {
			t.LeftOut.Nodes++
			continue
		}
		t.nodes[name] = sim.NodeID(len(t.Nodes))
		node := road.NodeSpec{Zone: sim.None, Control: control}
		node.At.X, node.At.Y = x, y
		t.Nodes = append(t.Nodes, node)
		t.NodeNames = append(t.NodeNames, name)
	}
	t.LeftOut.Nodes += s.Skipped
	t.found = append(t.found, s.Finish()...)
}

// readEdges reads edges.csv.
func (t *tables) readEdges(path string, data []byte) {
	t.edges = make(map[string]int32)
	s := scenarios.NewSheet(path, data, edgeColumns...)
	var specs []edgeSpec
	for s.Need(edgeID, edgeFrom, edgeTo, edgeLanes, edgeSpeed) && s.Next() {
		r := row{sheet: s, ok: true}
		e := t.readEdge(&r)
		if _, twice := t.edges[e.name]; twice && e.name != "" {
			r.fault(edgeID, "路段 %.40q 已出现过；每个编号只应一行", "edge %.40q a second time; want one row for each", e.name)
		} else if !r.ok {
			t.edges[e.name] = -1
		}
		if !r.ok {
			t.LeftOut.Edges++
			continue
		}
		t.edges[e.name] = int32(len(specs))
		specs = append(specs, e)
	}
	t.LeftOut.Edges += s.Skipped
	t.addEdges(specs)
	if !s.Has(edgePriority) {
		t.rankLinks()
	}
	t.found = append(t.found, s.Finish()...)
}

// readEdge reads one row of edges.csv.
func (t *tables) readEdge(r *row) edgeSpec {
	e := edgeSpec{name: r.name(edgeID), from: t.node(r, edgeFrom), to: t.node(r, edgeTo)}
	l := &e.link
	l.OnGround = true
	l.Lanes = int(r.whole(edgeLanes, 1, maxLanes))
	l.Speed = r.number(edgeSpeed, minSpeed, maxSpeed, "m/s")
	l.Capacity = maxFlow // the diagram's
	if r.given(edgeCapacity) {
		l.Capacity = r.number(edgeCapacity, 0, maxFlow*float64(max(l.Lanes, 1)), "veh/h") / float64(max(l.Lanes, 1))
	}
	switch {
	case r.given(edgeLength):
		l.Metres = r.number(edgeLength, minLength, maxLength, "m")
	case e.from >= 0 && e.to >= 0:
		l.Metres = t.Nodes[e.from].At.Dist(t.Nodes[e.to].At)
		if l.Metres < minLength || l.Metres > maxLength {
			r.fault(edgeFrom, "两端相距 %g m；应为 %g 至 %g m，或另写 length_m",
				"a link whose ends are %g m apart; want %g to %g m, or a length_m", l.Metres, minLength, maxLength)
		}
	}
	if r.given(edgeType) {
		l.Class = t.class(r)
	}
	if r.given(edgePriority) {
		l.Rank = uint8(r.whole(edgePriority, 0, maxPriority))
	}
	return e
}

// class returns the number of a class of roads.
func (t *tables) class(r *row) uint8 {
	name := string(r.sheet.Cell(edgeType))
	k := slices.Index(t.Classes, name)
	switch {
	case k >= 0:
	case len(t.Classes) >= maxClasses:
		r.fault(edgeType, "路段类型超过 %d 种；应减少", "more than %d types; want fewer", maxClasses)
		k = 0
	default:
		k = len(t.Classes)
		t.Classes = append(t.Classes, name)
	}
	return uint8(k)
}

// node returns the node that a cell names, or None.
func (t *tables) node(r *row, column int) sim.NodeID {
	cell := r.sheet.Cell(column)
	node, ok := t.nodes[string(cell)]
	switch {
	case len(cell) == 0:
		r.fault(column, "空格；应为 nodes.csv 中的节点", "an empty cell; want a node of nodes.csv")
	case !ok:
		r.fault(column, "没有可用的节点 %.40q；应为 nodes.csv 中的节点", "no usable node %.40q; want one of nodes.csv", cell)
	default:
		return node
	}
	return sim.None
}

// readTrips reads trips.csv.
func (t *tables) readTrips(path string, data []byte) {
	s := scenarios.NewSheet(path, data, tripColumns...)
	t.tripFile = path
	if !s.Has(tripFromNode) {
		s.Need(tripFromEdge)
	}
	if !s.Has(tripToNode) {
		s.Need(tripToEdge)
	}
	seen := make(map[string]struct{})
	for s.Need(tripID, tripDepart) && s.Next() {
		r := row{sheet: s, ok: true}
		trip := t.readTrip(&r)
		if _, twice := seen[trip.Name]; twice && trip.Name != "" {
			r.fault(tripID, "行程 %.40q 已出现过；每个编号只应一行", "trip %.40q a second time; want one row for each", trip.Name)
		}
		seen[trip.Name] = struct{}{}
		if r.ok && len(t.Trips) >= maxRows {
			r.fault(tripID, "行程超过 %d 次；应减少", "more than %d trips; want fewer", maxRows)
		}
		if !r.ok {
			t.LeftOut.Trips++
			continue
		}
		t.Trips = append(t.Trips, trip)
	}
	t.LeftOut.Trips += s.Skipped
	t.found = append(t.found, s.Finish()...)
}

// readTrip reads one row of trips.csv.
func (t *tables) readTrip(r *row) Trip {
	trip := Trip{Name: r.name(tripID), line: int32(r.sheet.Line())}
	trip.Depart = sim.Time(math.Round(r.number(tripDepart, 0, maxDepart, "s") * 1e6))
	if r.given(tripFromEdge) || !r.sheet.Has(tripFromNode) {
		if trip.First = t.edge(r, tripFromEdge); trip.First > 0 {
			trip.From, _ = t.Ends(trip.First)
		}
	} else {
		trip.From = t.node(r, tripFromNode)
	}
	if r.given(tripToEdge) || !r.sheet.Has(tripToNode) {
		trip.col = int32(r.sheet.Column(tripToEdge))
		if trip.Last = t.edge(r, tripToEdge); trip.Last > 0 {
			_, trip.To = t.Ends(trip.Last)
		}
	} else {
		trip.col = int32(r.sheet.Column(tripToNode))
		trip.To = t.node(r, tripToNode)
	}
	if r.ok && trip.First == 0 && trip.Last == 0 && trip.From == trip.To {
		r.fault(tripToNode, "行程起止于同一节点；应为另一节点", "a trip that ends where it begins; want another node")
	}
	return trip
}

// edge returns the arc of the edge that a cell names, or 0.
func (t *tables) edge(r *row, column int) sim.Arc {
	cell := r.sheet.Cell(column)
	k, ok := t.edges[string(cell)]
	switch {
	case len(cell) == 0:
		r.fault(column, "空格；应为 edges.csv 中的路段", "an empty cell; want an edge of edges.csv")
	case !ok:
		r.fault(column, "没有路段 %.40q；应为 edges.csv 中的路段", "no edge %.40q; want one of edges.csv", cell)
	case k < 0:
		r.fault(column, "路段 %.40q 有误，已略去；应先更正 edges.csv", "edge %.40q was left out; want it mended in edges.csv", cell)
	default:
		return t.Edges[k].Arc
	}
	return 0
}

// row is a row of a table while it is read.
type row struct {
	sheet *scenarios.Sheet
	ok    bool // nothing is wrong with it so far
}

// fault reports a mistake in a cell.
func (r *row) fault(column int, zh, en string, args ...any) {
	r.ok = false
	r.sheet.Fault(column, zh, en, args...)
}

// given says whether there is something in a cell.
func (r *row) given(column int) bool { return len(r.sheet.Cell(column)) > 0 }

// name reads what a row is called.
func (r *row) name(column int) string {
	if !r.given(column) {
		r.fault(column, "空格；应有编号", "an empty cell; want an id")
	}
	return string(r.sheet.Cell(column))
}

// number reads a number within a range.
func (r *row) number(column int, lo, hi float64, unit string) float64 {
	cell := r.sheet.Cell(column)
	x, err := strconv.ParseFloat(string(cell), 64)
	if err != nil || !(x >= lo && x <= hi) {
		r.fault(column, "%.40q；应为 %g 至 %g %s 之间的数", "%.40q; want a number from %g to %g %s", cell, lo, hi, unit)
		return lo
	}
	return x
}

// whole reads a whole number within a range.
func (r *row) whole(column int, lo, hi int64) int64 {
	cell := r.sheet.Cell(column)
	n, err := strconv.ParseInt(string(cell), 10, 64)
	if err != nil || n < lo || n > hi {
		r.fault(column, "%.40q；应为 %d 至 %d 之间的整数", "%.40q; want a whole number from %d to %d", cell, lo, hi)
		return lo
	}
	return n
}
