package traffic

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
	"sandtable/sim/road"
)

// Units say what the numbers of a TNTP network mean, which differs from network to network, and when the trips of its
// table set out.
type Units struct {
	Time   sim.Duration // one unit of free flow time
	Length float64      // one unit of length [m]
	Flow   sim.Duration // the time to which capacities refer
	Spread sim.Duration // the time over which the trips set out, evenly
	Demand float64      // factor on the trips [-]
	Seed   uint64       // of the instant at which the first trip of each pair of zones sets out
}

// DefaultUnits are minutes, kilometres and vehicles per hour; trips set out over an hour.
func DefaultUnits() Units {
	return Units{Time: sim.Minute, Length: 1000, Flow: sim.Hour, Spread: sim.Hour, Demand: 1, Seed: 1}
}

// Values for what TNTP files leave out (assumed).
const (
	connectorSpeed  = 60 / 3.6 // of links without length or time [m/s]
	connectorLength = 1.0      // of links without length and time, which join zones to the roads [m]
	circleRadius    = 5000.0   // of the circle on which nodes without places are drawn [m]
)

// Limits of a TNTP file.
const (
	maxTNTPNodes = 10_000_000
	maxValue     = 1e12 // of a number in its unit
)

// What is read from TNTP files.
var (
	wordNode     = sim.Text{ZH: "节点", EN: "node"}
	wordZone     = sim.Text{ZH: "小区", EN: "zone"}
	wordCapacity = sim.Text{ZH: "通行能力", EN: "capacity"}
	wordLength   = sim.Text{ZH: "长度", EN: "length"}
	wordTime     = sim.Text{ZH: "自由流时间", EN: "free flow time"}
	wordTrips    = sim.Text{ZH: "出行量", EN: "number of trips"}
	wordPlace    = sim.Text{ZH: "坐标", EN: "coordinate"}
)

// tntp is a network of the TNTP collection while it is read.
type tntp struct {
	*Case
	units Units
	found scenarios.Diagnostics
	carry float64 // of trips that are no whole vehicle yet
}

// readTNTP reads *_net.tntp, the files that go with it, and makes trips.
func readTNTP(dir, net string, units Units) (*Case, scenarios.Diagnostics, error) {
	stem := strings.TrimSuffix(net, "_net.tntp")
	t := &tntp{Case: &Case{}, units: units}
	open := func(name string) (*textFile, error) {
		data, err := os.ReadFile(filepath.Join(dir, name))
		return readText(filepath.ToSlash(filepath.Join(dir, name)), data), err
	}
	links, err := open(net)
	if err != nil {
		return nil, nil, sim.Fail("无法读取 %s：%v", "%s cannot be read: %v", net, err)
	}
	trips, err := open(stem + "_trips.tntp")
	if err != nil {
		return nil, nil, sim.Fail("无法读取 %s_trips.tntp：%v", "%s_trips.tntp cannot be read: %v", stem, err)
	}
	t.readLinks(links)
	if places, err := open(stem + "_node.tntp"); err == nil {
		t.readPlaces(places)
	} else {
		t.drawCircle()
	}
	t.readTable(trips)
	t.tripFile = trips.path
	t.sortTrips()
	return t.Case, t.found, t.empty(dir)
}

// readLinks reads *_net.tntp.
func (t *tntp) readLinks(f *textFile) {
	nodes := f.count("NUMBER OF NODES", maxTNTPNodes)
	for node := range nodes {
		t.Nodes = append(t.Nodes, road.NodeSpec{Zone: sim.None})
		t.NodeNames = append(t.NodeNames, strconv.Itoa(node+1))
		if float64(node+1) < f.meta["FIRST THRU NODE"] {
			t.Walls = append(t.Walls, sim.NodeID(node))
		}
	}
	var specs []edgeSpec
	seen := make(map[string]bool)
	for k := range f.lines {
		if nodes == 0 {
			break
		}
		l := &f.lines[k]
		e := t.readLink(l, nodes)
		if seen[e.name] && !l.bad {
			l.fault(0, "路段 %s 已出现过；每对节点只应一行", "link %s a second time; want one row for each pair of nodes", e.name)
		}
		if l.bad {
			t.LeftOut.Edges++
			continue
		}
		seen[e.name] = true
		specs = append(specs, e)
	}
	if want, given := f.meta["NUMBER OF LINKS"]; given && int(want) != len(f.lines) {
		f.warn("文件头称有 %g 条路段，实有 %d 行", "%g links by the head, but %d lines; want as many", want, len(f.lines))
	}
	t.addEdges(specs)
	t.rankLinks()
	t.found = append(t.found, f.finish()...)
}

// readLink reads a line: init node, term node, capacity, length, free flow time, and what is not needed here.
func (t *tntp) readLink(l *textLine, nodes int) edgeSpec {
	from, to := l.id(0, wordNode, nodes), l.id(1, wordNode, nodes)
	capacity := l.number(2, wordCapacity, 0, maxValue) / t.units.Flow.Hours()
	length := l.number(3, wordLength, 0, maxValue) * t.units.Length
	time := l.number(4, wordTime, 0, maxValue) * t.units.Time.Seconds()
	e := edgeSpec{name: strconv.Itoa(from) + "-" + strconv.Itoa(to), from: sim.NodeID(from - 1), to: sim.NodeID(to - 1)}
	connects := float64(min(from, to)) <= float64(len(t.Walls))
	switch {
	case l.bad:
		return e
	case length == 0 && time == 0 && connects:
		length, time = connectorLength, connectorLength/connectorSpeed
	case length == 0 && time == 0:
		l.fault(3, "长度和自由流时间均为 0；应至少有一项大于 0", "a link without length and time; want at least one above 0")
		return e
	case length == 0:
		length = time * connectorSpeed
	case time == 0:
		time = length / connectorSpeed
	}
	speed := length / time
	if !(length >= minLength && length <= maxLength) {
		l.fault(3, "长 %.4g m；应为 %g 至 %g m：长度单位是否有误？", "%.4g m; want %g to %g m: is the unit of length right?", length,
			minLength, maxLength)
	}
	if !(speed >= minSpeed && speed <= maxSpeed) {
		l.fault(4, "车速 %.4g m/s；应为 %g 至 %g m/s：时间单位是否有误？", "%.4g m/s; want %g to %g m/s: is the unit of time right?",
			speed, minSpeed, maxSpeed)
	}
	if l.bad {
		return e
	}
	e.link = road.LinkSpec{OnGround: true, Metres: length, Speed: speed}
	e.link.Lanes, e.link.Capacity = lanesFor(capacity, speed)
	if e.link.Lanes > maxLanes {
		e.link.Lanes, e.link.Capacity = maxLanes, maxFlow
	}
	return e
}

// lanesFor returns how many lanes carry a capacity [veh/h] at a speed [m/s], each no more than the fundamental diagram
// has, and what each of them carries [veh/h].
func lanesFor(capacity, speed float64) (lanes int, each float64) {
	most := Diagram(speed)
	lanes = num.ClampInt(math.Ceil(capacity/most-1e-9), 1, maxLanes+1)
	return lanes, capacity / float64(lanes)
}

// Diagram returns the capacity of a lane by the triangular fundamental diagram [veh/h].
func Diagram(speed float64) float64 {
	return speed * road.WaveSpeed / (speed + road.WaveSpeed) / road.DefaultJamMetres * 3600
}

// readPlaces reads *_node.tntp: node, x, y. Degrees are projected, everything else is taken as metres.
func (t *tntp) readPlaces(f *textFile) {
	placed := make([]bool, len(t.Nodes))
	degrees := true
	for k := range f.lines {
		l := &f.lines[k]
		if _, err := strconv.Atoi(string(l.words[0].text)); err != nil && k == 0 {
			continue // names of columns
		}
		node := l.id(0, wordNode, len(t.Nodes))
		x, y := l.number(1, wordPlace, -maxPlace, maxPlace), l.number(2, wordPlace, -maxPlace, maxPlace)
		if l.bad {
			continue
		}
		if placed[node-1] {
			l.fault(0, "节点 %d 已出现过；每个节点只应一行", "node %d a second time; want one row for each", node)
			continue
		}
		placed[node-1] = true
		t.Nodes[node-1].At = geo.Point{X: x, Y: y}
		degrees = degrees && math.Abs(x) <= 180 && math.Abs(y) <= 90
	}
	if missing := len(placed) - count(placed); missing > 0 {
		f.warn("有 %d 个节点没有坐标，画在原点", "%d nodes have no place and are drawn at the origin; want one for each", missing)
	}
	if degrees {
		t.project()
	}
	t.found = append(t.found, f.finish()...)
}

// project turns longitude and latitude [degrees] into metres east and north of the south-western corner, on a plane
// that touches the sphere in the middle.
func (t *tntp) project() {
	const metres = 111_195.0 // of a degree of a great circle on a sphere of 6371 km
	if len(t.Nodes) == 0 {
		return
	}
	b := t.Bounds()
	narrow := metres * num.Cos((b.Min.Y+b.Max.Y)/2*math.Pi/180)
	for k := range t.Nodes {
		at := &t.Nodes[k].At
		*at = geo.Point{X: (at.X - b.Min.X) * narrow, Y: (at.Y - b.Min.Y) * metres}
	}
}

// drawCircle gives nodes without places places on a circle, to be drawn at.
func (t *tntp) drawCircle() {
	for k := range t.Nodes {
		angle := 2 * math.Pi * float64(k) / float64(len(t.Nodes))
		t.Nodes[k].At = geo.Point{X: circleRadius * (1 + num.Cos(angle)), Y: circleRadius * (1 + num.Sin(angle))}
	}
}

// readTable reads *_trips.tntp: "Origin n", then "zone : trips;" as often as it takes.
func (t *tntp) readTable(f *textFile) {
	zones := f.count("NUMBER OF ZONES", maxTNTPNodes)
	if zones > len(t.Nodes) {
		f.warn("有 %d 个小区，而路网只有 %d 个节点", "%d zones, but %d nodes; want a node for each", zones, len(t.Nodes))
		zones = len(t.Nodes)
	}
	origin := 0
	seen := make(map[[2]int]bool)
	for k := range f.lines {
		if zones == 0 {
			break
		}
		l := &f.lines[k]
		if strings.EqualFold(string(l.words[0].text), "origin") {
			if origin = l.id(1, wordZone, zones); l.bad {
				origin = 0
			}
			continue
		}
		for at := 0; at < len(l.words); at += 4 {
			t.readPair(l, at, origin, zones, seen)
		}
	}
	t.found = append(t.found, f.finish()...)
}

// readPair reads "zone : trips ;" of a line, from a word of it on.
func (t *tntp) readPair(l *textLine, at, origin, zones int, seen map[[2]int]bool) {
	l.bad = false
	if origin == 0 {
		l.fault(at, "此处之前没有可用的 Origin 行；应先写起点小区", "no usable line Origin before it; want the zone of origin first")
		t.LeftOut.Trips++
		return
	}
	to := l.id(at, wordZone, zones)
	if at+1 >= len(l.words) || string(l.words[at+1].text) != ":" {
		l.fault(at+1, "缺少冒号；应为“小区 : 出行量;”", "no colon; want \"zone : trips;\"")
	}
	trips := l.number(at+2, wordTrips, 0, maxValue)
	pair := [2]int{origin, to}
	if seen[pair] && !l.bad {
		l.fault(at, "小区 %d 至 %d 已出现过；每对只应一次", "zones %d to %d a second time; want each pair once", origin, to)
	}
	if l.bad {
		t.LeftOut.Trips++
		return
	}
	seen[pair] = true
	t.spread(l, at, origin, to, trips*t.units.Demand)
}

// spread makes vehicles of the trips between two zones and has them set out evenly over the stated time, each pair
// of zones beginning at an instant of its own. What is less than a vehicle is carried over to the next pair.
func (t *tntp) spread(l *textLine, at, from, to int, trips float64) {
	if trips+t.carry > float64(maxRows-len(t.Trips)) {
		l.fault(at+2, "行程超过 %d 次；应减少出行量", "more than %d trips; want a smaller demand", maxRows)
		t.LeftOut.Trips++
		return
	}
	whole := max(num.RoundInt(t.carry+trips), 0)
	t.carry += trips - float64(whole)
	if from == to {
		t.LeftOut.Local += whole
		return
	}
	pair := uint64(from)<<32 | uint64(to)
	phase := rng.New(t.units.Seed, "traffic.spread").Float64(pair, 0, 0)
	name := strconv.Itoa(from) + "-" + strconv.Itoa(to) + "-"
	for k := range whole {
		depart := (float64(k) + phase) / float64(whole) * float64(t.units.Spread)
		t.Trips = append(t.Trips, Trip{Name: name + strconv.Itoa(k), Depart: sim.Time(depart),
			From: sim.NodeID(from - 1), To: sim.NodeID(to - 1),
			line: int32(l.line), col: int32(l.words[at].at + 1)})
	}
}
