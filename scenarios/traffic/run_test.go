package traffic

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/road"
)

// town returns a small grid town.
func town(t testing.TB, trips int) *Case {
	t.Helper()
	g, err := ParseGrid(fmt.Sprintf("grid:8,%d,20m,2,1,3,0.8", trips))
	if err != nil {
		t.Fatal(err)
	}
	return g.Case()
}

// mustRun puts a case on the roads.
func mustRun(t testing.TB, c *Case, o Options) *Run {
	t.Helper()
	r, found, err := NewRun(c, o)
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	return r
}

// table reads a CSV table by its heading.
func table(t testing.TB, data []byte) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := make(map[string]string)
		for k, cell := range cells {
			row[all[0][k]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// A road of 1 km at 10 m/s with 720 veh/h: ten cars at once leave 5 s apart, and wait so long to enter.
func TestRunOfOneRoad(t *testing.T) {
	files := map[string]string{
		"nodes.csv": "id,x_m,y_m\na,0,0\nb,1000,0\nc,2000,0\n",
		"edges.csv": "id,from,to,lanes,speed_mps,capacity_vph\nab,a,b,1,10,720\nbc,b,c,1,20,1800\n",
		"trips.csv": "id,depart_s,from_edge,to_edge\n",
	}
	for k := range 10 {
		files["trips.csv"] += fmt.Sprintf("car %d,60,ab,bc\n", k)
	}
	c, found, err := Read(write(t, files), DefaultUnits())
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	r := mustRun(t, c, DefaultOptions())
	entries, flows, path := &Entries{}, NewFlows(sim.Minute), NewSpaceTime([]sim.Arc{c.Edges[0].Arc, c.Edges[1].Arc})
	r.Add(entries)
	r.Add(flows)
	r.Add(path)
	play(t, r)
	flows.Close(r)
	v := r.Result()
	// 60 s, 100 s on the first road, 50 s on the second one, and 5 s for each one ahead.
	if *v.T50 != 60+150+4*5 || *v.Clearance != 60+150+9*5 || v.MeanMetres != 2000 || v.Entries != 20 || v.Out != 10 {
		t.Errorf("t50 %v, clearance %v, %v m, %d entries, %d out; want 230, 255, 2000, 20, 10", *v.T50, *v.Clearance, v.MeanMetres,
			v.Entries, v.Out)
	}
	if math.Abs(v.MeanWait-22.5) > 0.5 || math.Abs(v.MeanTrip-150) > 0.5 {
		t.Errorf("mean wait %v, trip %v; want 22.5 s and 150 s", v.MeanWait, v.MeanTrip)
	}
	var out bytes.Buffer
	if err := r.WriteArrivals(&out, entries); err != nil {
		t.Fatal(err)
	}
	for k, row := range table(t, out.Bytes()) {
		entered := 60 + 5*float64(k)
		if row["id"] != fmt.Sprintf("car %d", k) || number(t, row["entered_s"]) != entered ||
			number(t, row["arrive_s"]) != entered+150 || row["metres"] != "2000.0" {
			t.Errorf("row %d: %v; want entered at %v, and 150 s", k, row, entered)
		}
	}
	out.Reset()
	if err := flows.WriteCSV(&out, c); err != nil {
		t.Fatal(err)
	}
	rows := table(t, out.Bytes())
	first := rows[0]
	// From 60 s to 120 s all ten come onto the first road: 10·60 s - 5·(0+…+9) s of 60 s, over 1 km.
	if first["end_s"] != "120" || first["edge"] != "ab" || first["entered"] != "10" || first["left"] != "0" ||
		math.Abs(number(t, first["density_vpkm"])-(600-225)/60.0) > 0.2 {
		t.Errorf("flows %v; want ten cars in, none out, 6.25 veh/km", first)
	}
	for _, row := range rows {
		if row["edge"] == "bc" && row["end_s"] == "240" {
			if row["left"] != "6" || row["flow_vph"] != "360.0" || math.Abs(number(t, row["speed_mps"])-20) > 0.5 {
				t.Errorf("flows %v; want six cars out at 20 m/s", row)
			}
		}
	}
	checkGeoJSON(t, flows, c)
	checkField(t, path, r)
}

func checkGeoJSON(t *testing.T, flows *Flows, c *Case) {
	t.Helper()
	var out bytes.Buffer
	if err := flows.WriteGeoJSON(&out, c); err != nil {
		t.Fatal(err)
	}
	var v struct {
		Ends     []float64 `json:"period_end_s"`
		Features []struct {
			Geometry   struct{ Coordinates [][2]float64 }
			Properties flowProperties
		}
	}
	if err := json.Unmarshal(out.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Features) != 2 || v.Features[1].Geometry.Coordinates[1] != [2]float64{2000, 0} ||
		v.Features[0].Properties.Vehicle != 10 || len(v.Features[0].Properties.Flow) != len(v.Ends) {
		t.Errorf("%s: want two lines of ten vehicles", out.String())
	}
	for _, f := range v.Features {
		for p, speed := range f.Properties.Mean {
			if nobody := f.Properties.Flow[p] == 0 && f.Properties.Density[p] == 0; nobody != (speed == nil) {
				t.Errorf("edge %s, period %d: nobody there is %v, and the speed is null %v", f.Properties.Edge, p, nobody, speed == nil)
			}
		}
	}
}

// On the first road cars drive 10 m/s in a band: 720 veh/h at 36 km/h are 20 veh/km.
func checkField(t *testing.T, path *SpaceTime, r *Run) {
	t.Helper()
	f := path.Field(r.Case, r.Roads.Network())
	at := func(x, time float64) int { return int(x/f.Cell)*f.Columns + int(time/f.Span) }
	if k := at(500, 60+50+22); math.Abs(f.Density[k]-20) > 3 || math.Abs(f.Speed[k]-1) > 0.1 {
		t.Errorf("in the band %v veh/km at %v of the free speed; want 20 and 1", f.Density[k], f.Speed[k])
	}
	if k := at(500, 60+20); f.Density[k] != 0 || !math.IsNaN(f.Speed[k]) {
		t.Errorf("before the first car %v veh/km at %v; want nobody", f.Density[k], f.Speed[k])
	}
	if f.Starts[2] != 2000 {
		t.Errorf("the path is %v; want 2 km", f.Starts)
	}
}

// A queue in the field: 1,600 veh/h come to a narrow place for 360 veh/h; behind it the jam density of the triangle.
func TestFieldOfAQueue(t *testing.T) {
	files := map[string]string{
		"nodes.csv": "id,x_m,y_m\na,0,0\nb,2000,0\nc,3000,0\n",
		"edges.csv": "id,from,to,lanes,speed_mps,capacity_vph\nab,a,b,1,10,\nbc,b,c,1,10,360\n",
		"trips.csv": "id,depart_s,from_edge,to_edge\n",
	}
	for k := range 200 {
		files["trips.csv"] += fmt.Sprintf("%d,0,ab,bc\n", k)
	}
	c, _, err := Read(write(t, files), DefaultUnits())
	if err != nil {
		t.Fatal(err)
	}
	r := mustRun(t, c, DefaultOptions())
	path := NewSpaceTime(r.LoadedPath())
	r.Add(path)
	play(t, r)
	f := path.Field(c, r.Roads.Network())
	k := int(1900/f.Cell)*f.Columns + int(800/f.Span)
	// q = w·(kj - k): 360/h = 18 km/h·(133.3/km - k), and v = q/k.
	density := 1000/7.5 - 360.0/18
	if math.Abs(f.Density[k]-density) > 4 || math.Abs(f.Speed[k]-360/density/36) > 0.03 {
		t.Errorf("in the queue %v veh/km at %v of the free speed; want %v and %v", f.Density[k], f.Speed[k], density, 360/density/36)
	}
}

// In = out + inside + waiting + stranded in every second, and everything counts up.
func TestTownIsBalanced(t *testing.T) {
	c := town(t, 1500)
	r := mustRun(t, c, DefaultOptions())
	entries := &Entries{}
	r.Add(entries)
	for more := true; more; {
		var err error
		if more, err = r.Advance(); err != nil {
			t.Fatal(err)
		}
		if tally := r.Tally(); !Balanced(tally) || tally.Out != int64(len(r.Arrived)) {
			t.Fatalf("at %v: %+v, %d arrived", r.Now(), tally, len(r.Arrived))
		}
	}
	v := r.Result()
	if v.Out != 1500 || v.Locked || v.Clearance == nil {
		t.Fatalf("%+v; want all to arrive", v)
	}
	total, lower := 0.0, 0.0
	for _, a := range r.Arrived {
		trip := &c.Trips[a.Trip]
		total += a.At.Sub(trip.Depart).Seconds()
		if entered := entries.At[a.Trip]; entered < trip.Depart || entered >= a.At {
			t.Errorf("trip %s: departs %v, enters %v, arrives %v", trip.Name, trip.Depart, entered, a.At)
		} else {
			lower += entered.Sub(trip.Depart).Seconds()
		}
	}
	if d := v.MeanTrip + v.MeanWait - total/1500; math.Abs(d) > 0.5 {
		t.Errorf("mean trip %v and wait %v; want %v together", v.MeanTrip, v.MeanWait, total/1500)
	}
	if d := v.MeanWait - lower/1500; math.Abs(d) > 0.5 {
		t.Errorf("mean wait %v; want %v by single vehicles", v.MeanWait, lower/1500)
	}
}

// Another order of the rows of trips.csv changes nothing at all.
func TestOrderOfTripsIsOfNoAccount(t *testing.T) {
	dir := t.TempDir()
	if err := town(t, 800).WriteCSV(dir); err != nil {
		t.Fatal(err)
	}
	results := func() (list []string) {
		c, found, err := Read(dir, DefaultUnits())
		if err != nil || len(found) > 0 {
			t.Fatal(err, found)
		}
		r := mustRun(t, c, DefaultOptions())
		play(t, r)
		for _, a := range r.Arrived {
			list = append(list, fmt.Sprint(c.Trips[a.Trip].Name, a.At, a.Metres))
		}
		return append(list, fmt.Sprint(r.Roads.Trail()))
	}
	want := results()
	file := filepath.Join(dir, "trips.csv")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	slices.Reverse(lines[1:])
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := results(); !slices.Equal(got, want) {
		t.Error("arrivals differ")
	}
}

// Four streets around a block, one-way, with more vehicles than room that all go three sides of it: they lock.
func TestLockIsTold(t *testing.T) {
	files := map[string]string{
		"nodes.csv": "id,x_m,y_m\na,0,0\nb,100,0\nc,100,100\nd,0,100\n",
		"edges.csv": "id,from,to,lanes,speed_mps,capacity_vph\nab,a,b,1,10,\nbc,b,c,1,10,\ncd,c,d,1,10,\nda,d,a,1,10,\n",
		"trips.csv": "id,depart_s,from_edge,to_edge\n",
	}
	edges := []string{"ab", "bc", "cd", "da"}
	for k := range 160 {
		files["trips.csv"] += fmt.Sprintf("%d,0,%s,%s\n", k, edges[k%4], edges[(k+3)%4])
	}
	c, _, err := Read(write(t, files), DefaultUnits())
	if err != nil {
		t.Fatal(err)
	}
	r := mustRun(t, c, DefaultOptions())
	play(t, r)
	v := r.Result()
	if !v.Locked || len(v.Cycles) != 1 || v.Inside+v.Waiting == 0 || v.Out+v.Inside+v.Waiting != 160 {
		t.Fatalf("%+v; want a lock", v)
	}
	ring := v.Cycles[0]
	if got := strings.Join(ring.Edges, " "); got != "ab bc cd da" || ring.X != 50 || ring.Y != 50 || ring.Links != 4 {
		t.Errorf("the cycle is %+v; want ab bc cd da around 50, 50", ring)
	}
	if len(v.Rings) == 0 || v.Rings[0].Links != 4 || v.End > 3600 {
		t.Errorf("rings %+v, end %v; want one of 4 links, and an end", v.Rings, v.End)
	}
}

// Capacities are those of the files, of the diagram, or one for all.
func TestCapacities(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want float64
	}{{Options{}, 1200}, {Options{Capacity: CapacityDiagram}, Diagram(10)}, {Options{Capacity: CapacityFixed, Lane: 600}, 600}} {
		k, _, err := Read(write(t, square()), DefaultUnits())
		if err != nil {
			t.Fatal(err)
		}
		net, err := k.Network(c.o)
		if err != nil {
			t.Fatal(err)
		}
		link, _ := k.Edges[k.EdgeNamed("da")].Arc.Link()
		if got := 3600 / net.Headway(link).Seconds(); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%+v: %v veh/h; want %v", c.o, got, c.want)
		}
	}
}

// Where vehicles turn round at dead ends only, they do not do so by two one-way links side by side either.
func TestTurningRoundOverUnequalEdges(t *testing.T) {
	files := square() // bc has two lanes, cb one
	files["trips.csv"] = "id,depart_s,from_edge,to_edge\n0,0,ab,cb\n"
	files["edges.csv"] += "cy,c,y,,1,10,,\nyc,y,c,,1,10,,\n"
	files["nodes.csv"] += "y,100,200\n"
	for rule, want := range map[road.UTurnRule]string{road.UTurnAnywhere: "ab bc cb", road.UTurnDeadEnd: "ab bc cy yc cb"} {
		c, _, err := Read(write(t, files), DefaultUnits())
		if err != nil {
			t.Fatal(err)
		}
		r, _, err := NewRun(c, Options{UTurn: rule, Until: sim.Time(sim.Hour)})
		var way []string
		if err == nil {
			for _, arc := range r.ways()[0] {
				way = append(way, c.EdgeName(arc))
			}
		}
		if got := strings.Join(way, " "); got != want {
			t.Logf("%v", err)
			t.Errorf("rule %d: the way is %q; want %q", rule, got, want)
		}
	}
}

// Written for SUMO, a case has all its nodes, edges and vehicles, and each route is a chain of edges from the first to
// the last.
func TestSUMO(t *testing.T) {
	c := town(t, 200)
	r := mustRun(t, c, DefaultOptions())
	dir := t.TempDir()
	if err := r.WriteSUMO(dir); err != nil {
		t.Fatal(err)
	}
	type element struct {
		ID    string `xml:"id,attr"`
		From  string `xml:"from,attr"`
		To    string `xml:"to,attr"`
		Route struct {
			Edges string `xml:"edges,attr"`
		} `xml:"route"`
	}
	read := func(name, kind string) (list []element) {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(data))
		for {
			token, err := d.Token()
			if err == io.EOF {
				return list
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if start, ok := token.(xml.StartElement); ok && start.Name.Local == kind {
				var e element
				if err := d.DecodeElement(&e, &start); err != nil {
					t.Fatal(err)
				}
				list = append(list, e)
			}
		}
	}
	ends := make(map[string]element)
	for _, e := range read(sumoEdges, "edge") {
		ends[e.ID] = e
	}
	vehicles := read(sumoRoutes, "vehicle")
	if n := len(read(sumoNodes, "node")); n != len(c.Nodes) || len(ends) != len(c.Edges) || len(vehicles) != len(c.Trips) {
		t.Fatalf("%d nodes, %d edges, %d vehicles; want %d, %d, %d", n, len(ends), len(vehicles), len(c.Nodes), len(c.Edges),
			len(c.Trips))
	}
	for k, v := range vehicles {
		route := strings.Fields(v.Route.Edges)
		for i := 1; i < len(route); i++ {
			if ends[route[i-1]].To != ends[route[i]].From {
				t.Fatalf("route %v does not hang together", route)
			}
		}
		first, last := r.sumoEdge(c.Trips[k].First), r.sumoEdge(c.Trips[k].Last)
		if route[0] != first || route[len(route)-1] != last {
			t.Errorf("route %v; want from %s to %s", route, first, last)
		}
	}
}

func TestSUMONames(t *testing.T) {
	for name, want := range map[string]string{"e1_2": "e1_2", "解放路": "解放路", "a b": "e7", "": "e7", "-x": "e7", "a>b": "e7"} {
		if got := sumoName('e', 7, name); got != want {
			t.Errorf("%q becomes %q; want %q", name, got, want)
		}
	}
}

// A town that is written and read is the same town.
func TestGridIsWrittenAndRead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		g := Grid{Junctions: rapid.IntRange(4, 12).Draw(rt, "junctions"), Trips: rapid.IntRange(1, 50).Draw(rt, "trips"),
			Window: sim.Duration(rapid.IntRange(1, 3600).Draw(rt, "window")) * sim.Second, Exits: 1,
			Lanes: rapid.IntRange(1, 3).Draw(rt, "lanes"), Seed: rapid.Uint64().Draw(rt, "seed"), Near: 0.5}
		c := g.Case()
		dir, err := os.MkdirTemp("", "grid")
		if err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(dir) // it is checked by now
		if err := c.WriteCSV(dir); err != nil {
			rt.Fatal(err)
		}
		again, found, err := Read(dir, DefaultUnits())
		if err != nil || len(found) > 0 {
			rt.Fatal(err, found)
		}
		for k := range again.Trips {
			again.Trips[k].line, again.Trips[k].col = 0, 0
		}
		if !slices.Equal(c.Trips, again.Trips) || !slices.Equal(c.Edges, again.Edges) || !slices.Equal(c.Nodes, again.Nodes) {
			rt.Fatal("the town has changed")
		}
		for k := range c.Links {
			if a, b := c.Links[k], again.Links[k]; a.Metres != b.Metres || a.Capacity != b.Capacity || a.Rank != b.Rank ||
				a.OneWay != b.OneWay || c.Classes[a.Class] != again.Classes[b.Class] {
				rt.Fatalf("link %d: %+v; want %+v", k, b, a)
			}
		}
	})
}

func TestParseGrid(t *testing.T) {
	if g, err := ParseGrid("grid:50,20000,1h,8,2,1,0.7"); err != nil || g != (Grid{50, 20000, sim.Hour, 8, 2, 1, 0.7}) {
		t.Errorf("%+v, %v", g, err)
	}
	for _, text := range []string{"", "grid", "grid:1", "ring:50,20000,1h,8,2,1,0.7", "grid:50,20000,1h,8,2,1,x",
		"grid:2,20000,1h,8,2,1,0.7", "grid:50,0,1h,8,2,1,0.7", "grid:50,2,0s,8,2,1,0.7", "grid:50,2,1h,800,2,1,0.7",
		"grid:50,2,1h,8,20,1,0.7", "grid:50,2,1h,8,2,1,NaN"} {
		if _, err := ParseGrid(text); err == nil || !strings.Contains(err.Error(), "want") {
			t.Errorf("%q: %v; want an error that says what is wanted", text, err)
		}
	}
}
