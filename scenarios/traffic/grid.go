package traffic

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/rng"
	"sandtable/sim/road"
)

// Grid is a town of streets that cross at right angles, whose people leave by exits at its edge.
type Grid struct {
	Junctions int          // on a side of the town
	Trips     int          // vehicles
	Window    sim.Duration // over which they set out, most of them in its middle
	Exits     int          // evenly around the edge
	Lanes     int          // of an exit
	Seed      uint64
	Near      float64 // share of those who take the nearest exit; the others take any
}

// What a grid town is made of (all assumed).
const (
	gridPitch  = 150.0 // between junctions [m]
	gridJitter = 20.0  // of a junction to each side, so that hardly any two ways are equally long [m]
	gridWide   = 7     // every so manieth street is a main one
	gridOut    = 400.0 // length of an exit [m]
	laneFlow   = 1800  // capacity of a lane [veh/h]
)

// Kinds of streets of a grid town: lanes, speed [m/s] and priority.
var (
	gridLocal = gridStreet{"local", 1, 11.11, 1}
	gridMain  = gridStreet{"main", 2, 16.67, 2}
	gridExit  = gridStreet{"exit", 0, 22.22, 3}
)

type gridStreet struct {
	class    string
	lanes    int
	speed    float64
	priority uint8
}

// ParseGrid reads "grid:JUNCTIONS,TRIPS,WINDOW,EXITS,LANES,SEED,NEAR", such as grid:50,20000,1h,8,2,1,0.7.
func ParseGrid(text string) (Grid, error) {
	var g Grid
	rest, ok := strings.CutPrefix(text, "grid:")
	parts := strings.Split(rest, ",")
	want := sim.Fail(`%q；应为 "grid:边上路口数,车辆数,时段,出口数,出口车道数,种子,就近比例"，如 grid:50,20000,1h,8,2,1,0.7`,
		`%q; want "grid:JUNCTIONS,TRIPS,WINDOW,EXITS,LANES,SEED,NEAR", such as grid:50,20000,1h,8,2,1,0.7`, text)
	if !ok || len(parts) != 7 {
		return g, want
	}
	var errs [7]error
	g.Junctions, errs[0] = strconv.Atoi(parts[0])
	g.Trips, errs[1] = strconv.Atoi(parts[1])
	g.Window, errs[2] = sim.ParseDuration(parts[2])
	g.Exits, errs[3] = strconv.Atoi(parts[3])
	g.Lanes, errs[4] = strconv.Atoi(parts[4])
	g.Seed, errs[5] = strconv.ParseUint(parts[5], 10, 64)
	g.Near, errs[6] = strconv.ParseFloat(parts[6], 64)
	if errors.Join(errs[:]...) != nil {
		return g, want
	}
	return g, g.check()
}

// check says which of the numbers make no town.
func (g *Grid) check() error {
	switch {
	case g.Junctions < 4 || g.Junctions > 1000:
		return sim.Fail("每边 %d 个路口；应为 4 至 1000", "%d junctions on a side; want 4 to 1000", g.Junctions)
	case g.Trips < 1 || g.Trips > maxRows:
		return sim.Fail("%d 辆车；应为 1 至 %d", "%d trips; want 1 to %d", g.Trips, maxRows)
	case g.Window < sim.Second || g.Window > sim.Duration(maxDepart*1e6):
		return sim.Fail("时段 %v；应为 1s 至 100d", "a window of %v; want 1s to 100d", g.Window)
	case g.Exits < 1 || g.Exits > len(g.gates()):
		return sim.Fail("%d 个出口；此路网应为 1 至 %d 个", "%d exits; want 1 to %d in a town of that size", g.Exits, len(g.gates()))
	case g.Lanes < 1 || g.Lanes > maxLanes:
		return sim.Fail("出口 %d 车道；应为 1 至 %d", "exits of %d lanes; want 1 to %d", g.Lanes, maxLanes)
	case !(g.Near >= 0 && g.Near <= 1):
		return sim.Fail("就近比例 %g；应为 0 至 1", "a share of %g for the nearest exit; want 0 to 1", g.Near)
	}
	return nil
}

// wide says whether street number k is a main one.
func (g *Grid) wide(k int) bool { return k%gridWide == gridWide/2 }

// gates are the junctions at which main streets end, clockwise around the town from its south-western corner.
func (g *Grid) gates() (list []int) {
	n := g.Junctions
	var wide []int
	for k := range n {
		if g.wide(k) {
			wide = append(wide, k)
		}
	}
	list = append(list, wide...) // west
	for _, k := range wide {
		list = append(list, k*n+n-1) // north
	}
	for _, k := range slices.Backward(wide) {
		list = append(list, (n-1)*n+k) // east
	}
	for _, k := range slices.Backward(wide) {
		list = append(list, k*n) // south
	}
	return list
}

// Case builds the town and draws its trips.
func (g *Grid) Case() *Case {
	c := &Case{Classes: []string{gridLocal.class, gridMain.class, gridExit.class}}
	n := g.Junctions
	draw := rng.New(g.Seed, "traffic.grid")
	for k := range n * n {
		shift := func(purpose uint32) float64 { return gridJitter * (2*draw.Float64(uint64(k), purpose, 0) - 1) }
		c.addNode(fmt.Sprintf("n%d-%d", k/n, k%n), gridPitch*float64(k/n)+shift(0), gridPitch*float64(k%n)+shift(1))
	}
	var edges []edgeSpec
	both := func(a, b int, s *gridStreet) {
		edges = append(edges, c.street(a, b, s, s.lanes), c.street(b, a, s, s.lanes))
	}
	kind := func(k int) *gridStreet {
		if g.wide(k) {
			return &gridMain
		}
		return &gridLocal
	}
	for k := range n * n {
		if k/n+1 < n {
			both(k, k+n, kind(k%n))
		}
		if k%n+1 < n {
			both(k, k+1, kind(k/n))
		}
	}
	origins := len(edges)
	gates := g.gates()
	for q := range g.Exits {
		gate := gates[(2*q+1)*len(gates)/(2*g.Exits)]
		at := outside(c.Nodes[gate].At, gate/n, gate%n, n)
		c.addNode(fmt.Sprintf("x%d", q), at.X, at.Y)
		e := c.street(gate, len(c.Nodes)-1, &gridExit, g.Lanes)
		e.name = fmt.Sprintf("exit%d", q)
		edges = append(edges, e)
	}
	c.addEdges(edges)
	g.addTrips(c, origins)
	c.sortTrips()
	return c
}

// outside returns the end of an exit that leads straight out of the town.
func outside(at geo.Point, i, j, n int) geo.Point {
	switch {
	case i == 0:
		at.X -= gridOut
	case i == n-1:
		at.X += gridOut
	case j == 0:
		at.Y -= gridOut
	default:
		at.Y += gridOut
	}
	return at
}

// addNode adds a node; places are whole centimetres, as in files.
func (c *Case) addNode(name string, x, y float64) {
	node := road.NodeSpec{Zone: sim.None}
	node.At = geo.Point{X: math.Round(x*100) / 100, Y: math.Round(y*100) / 100}
	c.Nodes, c.NodeNames = append(c.Nodes, node), append(c.NodeNames, name)
}

// street makes an edge of a street.
func (c *Case) street(a, b int, s *gridStreet, lanes int) edgeSpec {
	class := uint8(0)
	for k, name := range c.Classes {
		if name == s.class {
			class = uint8(k)
		}
	}
	length := math.Round(c.Nodes[a].At.Dist(c.Nodes[b].At)*100) / 100
	return edgeSpec{name: c.NodeNames[a] + ">" + c.NodeNames[b], from: sim.NodeID(a), to: sim.NodeID(b),
		link: road.LinkSpec{OnGround: true, Lanes: lanes, Speed: s.speed, Capacity: laneFlow, Metres: length,
			Class: class, Rank: s.priority}}
}

// addTrips draws who sets out when, where and to which exit.
func (g *Grid) addTrips(c *Case, origins int) {
	draw := rng.New(g.Seed, "traffic.grid.trips")
	exits := c.Edges[origins:]
	for k := range g.Trips {
		id := uint64(k)
		first := c.Edges[draw.IntN(origins, id, 0, 0)].Arc
		tail, _ := c.Ends(first)
		last := exits[draw.IntN(len(exits), id, 1, 0)].Arc
		if draw.Float64(id, 2, 0) < g.Near {
			last = c.nearest(tail, exits)
		}
		_, to := c.Ends(last)
		// To the tenth of a second, as the files have it.
		depart := sim.Time(math.Round(smoothStep(draw.Float64(id, 3, 0))*float64(g.Window)/1e5)) * sim.Time(sim.Second/10)
		c.Trips = append(c.Trips, Trip{Name: strconv.Itoa(k), Depart: depart, From: tail, To: to, First: first, Last: last})
	}
}

// nearest returns the exit that begins nearest to a node.
func (c *Case) nearest(from sim.NodeID, exits []Edge) sim.Arc {
	best, least := sim.Arc(0), math.Inf(1)
	for _, e := range exits {
		tail, _ := c.Ends(e.Arc)
		if d := c.Nodes[tail].At.Dist2(c.Nodes[from].At); d < least {
			best, least = e.Arc, d
		}
	}
	return best
}

// smoothStep returns when the share u has set out, as a share of the window: the inverse of 3x² - 2x³, which begins and
// ends slowly, by bisection.
func smoothStep(u float64) float64 {
	lo, hi := 0.0, 1.0
	for range 40 {
		if x := (lo + hi) / 2; x*x*(3-2*x) < u {
			lo = x
		} else {
			hi = x
		}
	}
	return lo
}

// WriteCSV writes a case as nodes.csv, edges.csv and trips.csv into a directory that holds none yet.
func (c *Case) WriteCSV(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for k, write := range [...]func(*bufio.Writer){c.writeNodes, c.writeEdges, c.writeTrips} {
		err := writeNew(filepath.Join(dir, tableFiles[k]), func(to io.Writer) error {
			out := bufio.NewWriter(to)
			write(out)
			return out.Flush()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// writeNew writes a file that is not there yet.
func writeNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return sim.Fail("%s 已存在；应为新目录", "%s is there already; want a new directory", path)
	}
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

func (c *Case) writeNodes(out *bufio.Writer) {
	fmt.Fprintln(out, strings.Join(nodeColumns, ","))
	for k := range c.Nodes {
		n := &c.Nodes[k]
		fmt.Fprintf(out, "%s,%g,%g,%s\n", appendCell(nil, c.NodeNames[k]), n.At.X, n.At.Y, controlNames[n.Control])
	}
}

func (c *Case) writeEdges(out *bufio.Writer) {
	fmt.Fprintln(out, strings.Join(edgeColumns, ","))
	for _, e := range c.Edges {
		link, _ := e.Arc.Link()
		tail, head := c.Ends(e.Arc)
		l, class := &c.Links[link], ""
		if int(l.Class) < len(c.Classes) {
			class = c.Classes[l.Class]
		}
		fmt.Fprintf(out, "%s,%s,%s,%g,%d,%g,%g,%s,%d\n", appendCell(nil, e.Name), appendCell(nil, c.NodeNames[tail]),
			appendCell(nil, c.NodeNames[head]), l.Metres, l.Lanes, l.Speed, l.Capacity*float64(l.Lanes),
			appendCell(nil, class), l.Rank)
	}
}

func (c *Case) writeTrips(out *bufio.Writer) {
	fmt.Fprintln(out, strings.Join(tripColumns, ","))
	for k := range c.Trips {
		t := &c.Trips[k]
		first, last, from, to := "", "", "", ""
		if t.First > 0 {
			first = c.EdgeName(t.First)
		} else {
			from = c.NodeNames[t.From]
		}
		if t.Last > 0 {
			last = c.EdgeName(t.Last)
		} else {
			to = c.NodeNames[t.To]
		}
		fmt.Fprintf(out, "%s,%g,%s,%s,%s,%s\n", appendCell(nil, t.Name), t.Depart.Seconds(), appendCell(nil, first),
			appendCell(nil, last), appendCell(nil, from), appendCell(nil, to))
	}
}
