package traffic

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"

	"sandtable/sim"
	"sandtable/sim/road"
)

// small are the files of a TNTP network: two zones, 1 and 2, on a street of 3, 4, 5 which also passes zone 6; the way
// by zone 6 is the fastest, but nobody passes it.
func small() map[string]string {
	return map[string]string{
		"s_net.tntp": "<NUMBER OF ZONES> 3\n<NUMBER OF NODES> 6\n<FIRST THRU NODE> 4\n<NUMBER OF LINKS> 9\n<END OF METADATA>\n" +
			"~ \tinit_node\tterm_node\tcapacity\tlength\tfree_flow_time\tb\tpower\tspeed\ttoll\tlink_type\t;\n" +
			"\t1\t4\t99999\t0\t0\t0.15\t4\t0\t0\t1\t;\n\t5\t2\t99999\t0\t0\t0.15\t4\t0\t0\t1\t;\n" +
			"\t4\t5\t1800\t2\t2\t0.15\t4\t0\t0\t1\t;\n\t5\t4\t1800\t2\t2\t0.15\t4\t0\t0\t1\t;\n" +
			"\t4\t3\t1800\t0.5\t0.5\t0.15\t4\t0\t0\t1\t;\n\t3\t5\t1800\t0.5\t0.5\t0.15\t4\t0\t0\t1\t;\n" +
			"\t5\t6\t3600\t1\t1\t0.15\t4\t0\t0\t1\t;\n\t6\t5\t3600\t1\t1\t0.15\t4\t0\t0\t1\t;\n" +
			"\t2\t5\t99999\t0\t0\t0.15\t4\t0\t0\t1\t;\n",
		"s_trips.tntp": "<NUMBER OF ZONES> 3\n<TOTAL OD FLOW> 12.0\n<END OF METADATA>\n\nOrigin \t1\n" +
			"    1 :      2.0;     2 :     8.5;     3 :    2.0;\nOrigin  2\n 1 : 0.0;  3 : 1.5;\n",
	}
}

func TestTNTP(t *testing.T) {
	c, found, err := Read(write(t, small()), DefaultUnits())
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	if len(c.Nodes) != 6 || len(c.Edges) != 9 || len(c.Links) != 6 || len(c.Walls) != 3 {
		t.Errorf("%d nodes, %d edges, %d links, %d zones; want 6, 9, 6, 3", len(c.Nodes), len(c.Edges), len(c.Links), len(c.Walls))
	}
	link, _ := c.Edges[c.EdgeNamed("5-6")].Arc.Link()
	if l := c.Links[link]; l.Metres != 1000 || math.Abs(l.Speed-1000.0/60) > 1e-9 || l.Lanes != 2 || l.Capacity != 1800 {
		t.Errorf("5-6 is %+v; want 1 km at 1 km/min with 1,800 veh/h on each of 2 lanes", l)
	}
	// 2 + 8.5 + 2 + 1.5 trips: 2 within zone 1, then 9 (half carried), 2, and 1 with the half that was owed.
	if len(c.Trips) != 12 || c.LeftOut.Local != 2 {
		t.Errorf("%d trips and %d within a zone; want 12 and 2", len(c.Trips), c.LeftOut.Local)
	}
	r, found, err := NewRun(c, Options{Until: sim.Time(5 * sim.Hour), UTurn: road.UTurnDeadEnd})
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	play(t, r)
	for _, a := range r.Arrived {
		trip := &c.Trips[a.Trip]
		want := map[string]float64{"1-2": 2002, "1-3": 501, "2-3": 2000 + 500 + 1}[trip.Name[:3]]
		if a.Metres != want {
			t.Errorf("%s went %v m; want %v: nobody passes a zone", trip.Name, a.Metres, want)
		}
	}
	if len(r.Arrived) != 12 {
		t.Errorf("%d arrived; want 12", len(r.Arrived))
	}
}

// The same numbers in other units.
func TestTNTPUnits(t *testing.T) {
	u := DefaultUnits()
	u.Time, u.Length, u.Flow, u.Spread, u.Demand = 36*sim.Second, 1609.344, 24*sim.Hour, 24*sim.Hour, 10
	c, found, err := Read(write(t, small()), u)
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	link, _ := c.Edges[c.EdgeNamed("5-6")].Arc.Link()
	if l := c.Links[link]; l.Metres != 1609.344 || math.Abs(l.Speed-1609.344/36) > 1e-9 || l.Lanes != 1 || l.Capacity != 150 {
		t.Errorf("5-6 is %+v; want a mile in 36 s with 150 veh/h", l)
	}
	if last := c.Trips[len(c.Trips)-1].Depart; len(c.Trips) != 120 || last < sim.Time(20*sim.Hour) || last > sim.Time(24*sim.Hour) {
		t.Errorf("%d trips, the last at %v; want 120 over a day", len(c.Trips), last)
	}
}

func TestBadTNTP(t *testing.T) {
	dir := write(t, map[string]string{
		"s_net.tntp": "<NUMBER OF NODES> 4\n<NUMBER OF LINKS> 3\n<END OF METADATA>\n\t1\t2\t1800\t1\t1\t;\n\t1\t9\t1800\t1\t1\n" +
			"\t2\tx\t-5\t1\n\t2\t3\t1800\t0\t0\t;\n\t2\t3\t1800\t1\t0.001\t;\n\t1\t2\t1800\t1\t1\t;\n\t3\t4\t1800\t1e6\t1e6\t;\n",
		"s_node.tntp":  "Node\tX\tY\t;\n1\t5\t50\t;\n1\t6\t50\t;\n9\t6\t50\t;\n2\teast\t50\t;\n",
		"s_trips.tntp": "<NUMBER OF ZONES> 4\n 2 : 5.0;\nOrigin 7\n 1 : 1;\nOrigin 1\n 2 : 5.0;  2 : 6.0; 3 : -1; 4  5 ;\n 3 : 2;\n",
	})
	c, found, err := Read(dir, DefaultUnits())
	if err != nil {
		t.Fatal(err)
	}
	_, more, err := NewRun(c, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range append(found, more...) {
		got = append(got, strings.TrimPrefix(d.String(), filepath.ToSlash(dir)+"/"))
	}
	want := []string{
		`s_net.tntp:5:4: node "9"; want a whole number from 1 to 4`,
		`s_net.tntp:6:4: node "x"; want a whole number from 1 to 4`,
		`s_net.tntp:6:6: capacity "-5"; want a number from 0 to 1e+12`,
		`s_net.tntp:6:10: no free flow time; want a number from 0 to 1e+12`,
		`s_net.tntp:7:11: a link without length and time; want at least one above 0`,
		`s_net.tntp:8:13: 1.667e+04 m/s; want 0.1 to 100 m/s: is the unit of time right?`,
		`s_net.tntp:9:2: link 1-2 a second time; want one row for each pair of nodes`,
		`s_net.tntp:10:11: 1e+09 m; want 0.1 to 1e+06 m: is the unit of length right?`,
		`s_net.tntp: warning: 3 links by the head, but 7 lines; want as many`,
		`s_node.tntp:3:1: node 1 a second time; want one row for each`,
		`s_node.tntp:4:1: node "9"; want a whole number from 1 to 4`,
		`s_node.tntp:5:3: coordinate "east"; want a number from -1e+08 to 1e+08`,
		`s_node.tntp: warning: 3 nodes have no place and are drawn at the origin; want one for each`,
		`s_trips.tntp:2:2: no usable line Origin before it; want the zone of origin first`,
		`s_trips.tntp:3:8: zone "7"; want a whole number from 1 to 4`,
		`s_trips.tntp:4:2: no usable line Origin before it; want the zone of origin first`,
		`s_trips.tntp:6:12: zones 1 to 2 a second time; want each pair once`,
		`s_trips.tntp:6:25: number of trips "-1"; want a number from 0 to 1e+12`,
		`s_trips.tntp:6:32: no colon; want "zone : trips;"`,
		`s_trips.tntp:6:34: no number of trips; want a number from 0 to 1e+12`,
		`s_trips.tntp:7:2: trip "1-3-0": no way leads there; want a destination that can be reached`,
		`s_trips.tntp:7:2: trip "1-3-1": no way leads there; want a destination that can be reached`,
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("found\n%s\nwant\n%s", a, b)
	}
	if want := (LeftOut{Edges: 6, Trips: 7}); c.LeftOut != want {
		t.Errorf("left out %+v; want %+v", c.LeftOut, want)
	}
}

// siouxFalls returns the directory of the network of Sioux Falls of the TNTP collection, or skips.
func siouxFalls(t *testing.T) string {
	base := os.Getenv("SANDTABLE_DATA")
	if base == "" {
		base = "../../../shared/data"
	}
	dir := filepath.Join(base, "traffic", "SiouxFalls")
	if _, err := os.Stat(filepath.Join(dir, "SiouxFalls_net.tntp")); err != nil {
		t.Skipf("the network of Sioux Falls is not in %s: set SANDTABLE_DATA", dir)
	}
	return dir
}

// siouxUnits reads Sioux Falls as is usual: times in minutes, capacities in vehicles per hour; lengths equal the times,
// which with kilometres makes 60 km/h everywhere.
func siouxUnits(demand float64) Units {
	u := DefaultUnits()
	u.Demand = demand
	return u
}

// Hardly anybody on the roads of Sioux Falls: trips take the free time of the shortest way to a hundredth, which
// gonum works out.
// Reference: LeBlanc, Morlok and Pierskalla (1975), network as in the TNTP collection.
func TestSiouxFallsAtLowDemand(t *testing.T) {
	c, found, err := Read(siouxFalls(t), siouxUnits(0.01))
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	if len(c.Nodes) != 24 || len(c.Edges) != 76 || len(c.Trips) < 3000 {
		t.Fatalf("%d nodes, %d edges, %d trips; want 24, 76 and some 3,600", len(c.Nodes), len(c.Edges), len(c.Trips))
	}
	g := simple.NewWeightedDirectedGraph(0, math.Inf(1))
	for _, e := range c.Edges {
		tail, head := c.Ends(e.Arc)
		link, _ := e.Arc.Link()
		l := c.Links[link]
		g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(tail), simple.Node(head), l.Metres/l.Speed))
	}
	ways := path.DijkstraAllPaths(g)
	entries := &Entries{}
	r, found, err := NewRun(c, Options{Until: sim.Time(4 * sim.Hour), UTurn: road.UTurnDeadEnd})
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	r.Add(entries)
	play(t, r)
	if len(r.Arrived) != len(c.Trips) {
		t.Fatalf("%d of %d arrived", len(r.Arrived), len(c.Trips))
	}
	sum, free := 0.0, 0.0
	for _, a := range r.Arrived {
		trip := &c.Trips[a.Trip]
		want := ways.Weight(int64(trip.From), int64(trip.To))
		took := a.At.Sub(trip.Depart).Seconds()
		if sum, free = sum+took, free+want; took < want-1e-3 {
			t.Errorf("%s took %v s; no less than %v s is possible", trip.Name, took, want)
		}
		if took > 1.01*want {
			t.Errorf("%s took %v s; want %v s within 1 %%", trip.Name, took, want)
		}
	}
	if sum > 1.01*free {
		t.Errorf("all together took %v s; want %v s within 1 %%", sum, free)
	}
}

// Far too many for Sioux Falls: no link lets more through than its capacity, in no period, and nobody is lost.
func TestSiouxFallsAtHighDemand(t *testing.T) {
	c, _, err := Read(siouxFalls(t), siouxUnits(0.5))
	if err != nil {
		t.Fatal(err)
	}
	r, _, err := NewRun(c, Options{Until: sim.Time(3 * sim.Hour), UTurn: road.UTurnDeadEnd})
	if err != nil {
		t.Fatal(err)
	}
	flows := NewFlows(10 * sim.Minute)
	r.Add(flows)
	play(t, r)
	flows.Close(r)
	full := 0
	for p := range flows.Periods {
		for k, e := range c.Edges {
			link, _ := e.Arc.Link()
			l := c.Links[link]
			f := &flows.Rows[p*len(c.Edges)+k]
			capacity := math.Min(l.Capacity, Diagram(l.Speed)) * float64(l.Lanes)
			// A vehicle more than the rate may fall into a period of ten minutes, at both of its ends.
			if rate := flows.rate(p, f); rate > capacity*1.0001+6 {
				t.Errorf("%v: %s carries %.0f veh/h; want at most %.0f", flows.Periods[p], e.Name, rate, capacity)
			} else if rate > 0.97*capacity {
				full++
			}
		}
	}
	if full == 0 {
		t.Error("no link was ever at its capacity; want a test with jams")
	}
	if tally := r.Tally(); tally.In != int64(len(c.Trips)) || !Balanced(tally) {
		t.Errorf("%+v of %d trips", tally, len(c.Trips))
	}
}
