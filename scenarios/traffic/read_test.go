package traffic

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/road"
)

// write puts files of a case into a directory.
func write(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// square are the tables of four junctions with a street each way on each side, and an exit.
func square() map[string]string {
	return map[string]string{
		"nodes.csv": "id,x_m,y_m\na,0,0\nb,100,0\nc,100,100\nd,0,100\nx,200,0\n",
		"edges.csv": "id,from,to,length_m,lanes,speed_mps,capacity_vph,type\n" +
			"ab,a,b,120,1,10,1800,local\nba,b,a,120,1,10,1800,local\nbc,b,c,,2,10,1800,main\ncb,c,b,,1,10,1800,main\n" +
			"cd,c,d,,1,10,,\ndc,d,c,,1,10,,\nda,d,a,,1,10,1200,\nad,a,d,,1,10,1200,\nbx,b,x,,1,10,1800,exit\n",
		"trips.csv": "id,depart_s,from_edge,to_edge\n1,5,da,bx\n0,2.5,cd,bx\n",
	}
}

// Nodes may say who goes first; what is no such word leaves the node out.
func TestControls(t *testing.T) {
	files := square()
	files["nodes.csv"] = "id,control,x_m,y_m\na,signal,0,0\nb,,100,0\nc,equal,100,100\nd,auto,0,100\nx,free,200,0\ny,lights,300,0\n"
	c, found, err := Read(write(t, files), DefaultUnits())
	if err != nil {
		t.Fatal(err)
	}
	var got []road.Control
	for k := range c.Nodes {
		got = append(got, c.Nodes[k].Control)
	}
	if want := []road.Control{road.ControlSignal, road.ControlAuto, road.ControlEqual, road.ControlAuto,
		road.ControlFree}; !slices.Equal(got, want) {
		t.Errorf("controls %v; want %v", got, want)
	}
	if len(found) == 0 || found[0].Line != 7 || !strings.Contains(found[0].Text.EN, "want one of auto, free, equal, priority, signal") {
		t.Errorf("found %v; want the word of line 7 first", found)
	}
}

// A case is what its tables say; opposite edges that are alike are one link.
func TestTables(t *testing.T) {
	c, found, err := Read(write(t, square()), DefaultUnits())
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	if len(c.Nodes) != 5 || len(c.Edges) != 9 || len(c.Links) != 6 || len(c.Trips) != 2 || c.LeftOut != (LeftOut{}) {
		t.Errorf("%d nodes, %d edges, %d links, %d trips, %+v left out; want 5, 9, 6, 2 and none", len(c.Nodes), len(c.Edges),
			len(c.Links), len(c.Trips), c.LeftOut)
	}
	ab, ba := c.Edges[c.EdgeNamed("ab")].Arc, c.Edges[c.EdgeNamed("ba")].Arc
	if link, _ := ab.Link(); ba != sim.ArcOf(link, true) || c.Links[link].OneWay || c.Links[link].Metres != 120 {
		t.Errorf("ab is arc %d, ba %d, of %+v; want two directions of one link of 120 m", ab, ba, c.Links[link])
	}
	bc := c.Edges[c.EdgeNamed("bc")].Arc
	if link, _ := bc.Link(); !c.Links[link].OneWay || c.Links[link].Metres != 100 || c.Links[link].Capacity != 900 {
		t.Errorf("bc is %+v; want a one-way link of 100 m with 900 veh/h per lane", c.Links[link])
	}
	if first := c.Trips[0]; first.Name != "0" || first.Depart != sim.Time(2500*sim.Millisecond) ||
		c.EdgeName(first.First) != "cd" || c.EdgeName(first.Last) != "bx" {
		t.Errorf("the first trip is %+v; want that from cd to bx at 2.5 s", first)
	}
	if c.Links[0].Rank >= c.Links[1].Rank {
		t.Errorf("a road of one lane has rank %d, one of two lanes %d", c.Links[0].Rank, c.Links[1].Rank)
	}
}

// The same case, however it was written: byte order mark, line ends of Windows, columns in another order, cells in
// quotes, columns of somebody else, trips in another order.
func TestTablesAsOthersWriteThem(t *testing.T) {
	plain, _, err := Read(write(t, square()), DefaultUnits())
	if err != nil {
		t.Fatal(err)
	}
	files := square()
	files["nodes.csv"] = "\ufeff" + strings.ReplaceAll(files["nodes.csv"], "\n", "\r\n")
	files["trips.csv"] = "To_Edge,note,id,from_edge,depart_s\n\"bx\",\"in, a hurry\",0,cd,2.5\n\nbx,,1,\"da\",5"
	other, found, err := Read(write(t, files), DefaultUnits())
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	for k := range plain.Trips {
		a, b := plain.Trips[k], other.Trips[k]
		if a.line, a.col, b.line, b.col = 0, 0, 0, 0; a != b {
			t.Errorf("trip %d: %+v; want %+v", k, b, a)
		}
	}
	if len(other.Nodes) != len(plain.Nodes) || other.Nodes[4] != plain.Nodes[4] {
		t.Errorf("nodes %v; want %v", other.Nodes, plain.Nodes)
	}
}

// Everything that is wrong is told with its place and what is wanted; the rest is a case that runs.
func TestBadTables(t *testing.T) {
	dir := write(t, map[string]string{
		"nodes.csv": "id,x_m,y_m\na,0,0\nb,100,0\na,5,5\nc,east,100\nd,0,1e99\n,0,0\ne,0,0\nf,500,500\ng,600,500\nh,0,9\n",
		"edges.csv": "id,from,to,length_m,lanes,speed_mps,capacity_vph,type,priority\n" +
			"ab,a,b,,1,10,1800,,\nba,b,a,0,1,10,1800,,\nba,b,a,,1,10,1800,,\nac,a,c,,1,10,1800,,\nxy,,nowhere,,0,fast,-3,,\n" +
			"ab,a,b,,1,10,1800,,\nae,a,e,,1,10,1800,,\nfg,f,g,,1,10,1800,,300\nfg2,f,g,,1.5,10,NaN,,3\ngf,g,f,,1,10,1800,,3\n",
		"trips.csv": "id,depart_s,from_edge,to_edge,to_node\n1,0,ab,,b\n2,-1,ab,ab,\n3,soon,ab,ba,\n1,5,ab,,b\n4,0,ab,gf,\n" +
			"5,0,ac,ab,\n6,0,zz,,zz\n7,0,ab\n8,0,ab,,a\n9,1,gf,gf,\n",
	})
	c, found, err := Read(dir, DefaultUnits())
	if err != nil {
		t.Fatal(err)
	}
	r, more, err := NewRun(c, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range append(found, more...) {
		got = append(got, strings.TrimPrefix(d.String(), filepath.ToSlash(dir)+"/"))
		if d.Text.ZH == "" || d.Text.ZH == d.Text.EN {
			t.Errorf("%q is not in Chinese", d.Text)
		}
	}
	want := []string{
		`nodes.csv:4:1: node "a" a second time; want one row for each`,
		`nodes.csv:5:3: "east"; want a number from -1e+08 to 1e+08 m`,
		`nodes.csv:6:5: "1e99"; want a number from -1e+08 to 1e+08 m`,
		`nodes.csv:7:1: an empty cell; want an id`,
		`edges.csv:3:8: "0"; want a number from 0.1 to 1e+06 m`,
		`edges.csv:4:1: edge "ba" a second time; want one row for each`,
		`edges.csv:5:6: no usable node "c"; want one of nodes.csv`,
		`edges.csv:6:4: an empty cell; want a node of nodes.csv`,
		`edges.csv:6:5: no usable node "nowhere"; want one of nodes.csv`,
		`edges.csv:6:14: "0"; want a whole number from 1 to 16`,
		`edges.csv:6:16: "fast"; want a number from 0.1 to 100 m/s`,
		`edges.csv:6:21: "-3"; want a number from 0 to 10000 veh/h`,
		`edges.csv:7:1: edge "ab" a second time; want one row for each`,
		`edges.csv:8:4: a link whose ends are 0 m apart; want 0.1 to 1e+06 m, or a length_m`,
		`edges.csv:9:20: "300"; want a whole number from 0 to 255`,
		`edges.csv:10:10: "1.5"; want a whole number from 1 to 16`,
		`edges.csv:10:17: "NaN"; want a number from 0 to 10000 veh/h`,
		`trips.csv:3:3: "-1"; want a number from 0 to 1e+07 s`,
		`trips.csv:4:3: "soon"; want a number from 0 to 1e+07 s`,
		`trips.csv:4:11: edge "ba" was left out; want it mended in edges.csv`,
		`trips.csv:5:1: trip "1" a second time; want one row for each`,
		`trips.csv:7:5: edge "ac" was left out; want it mended in edges.csv`,
		`trips.csv:8:5: no edge "zz"; want one of edges.csv`,
		`trips.csv:8:9: no usable node "zz"; want one of nodes.csv`,
		`trips.csv:9:1: a row of 3 cells; want 5`,
		`edges.csv: warning: edge "gf" is in a part of 2 nodes that is not joined to the largest part, of 2; want them ` +
			`joined, or no trips between them`,
		`nodes.csv: warning: node "e" and others, 2 in all, have no edge; want one, or no such nodes`,
		`trips.csv:6:8: trip "4": no way leads there; want a destination that can be reached`,
		`trips.csv:10:9: trip "8": no way leads there; want a destination that can be reached`,
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("found\n%s\nwant\n%s", a, b)
	}
	if want := (LeftOut{Nodes: 4, Edges: 8, Trips: 8}); c.LeftOut != want {
		t.Errorf("left out %+v; want %+v", c.LeftOut, want)
	}
	play(t, r)
	if tally := r.Tally(); tally.Out != 2 || len(c.Trips) != 2 {
		t.Errorf("%+v of %d trips; want both to arrive", tally, len(c.Trips))
	}
}

// Without links or trips, or without the files, there is nothing to run.
func TestNoCase(t *testing.T) {
	for name, change := range map[string]func(f map[string]string){
		"no usable node": func(f map[string]string) { f["nodes.csv"] = "" },
		"no usable link": func(f map[string]string) { f["edges.csv"] = "id,from,to,lanes,speed_mps\n" },
		"no usable trip": func(f map[string]string) { f["trips.csv"] = "id,depart_s,from_edge,to_edge\n1,0,ab,zz\n" },
		"no nodes.csv":   func(f map[string]string) { delete(f, "nodes.csv") },
	} {
		files := square()
		change(files)
		_, found, err := Read(write(t, files), DefaultUnits())
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v; want %q", err, name)
		}
		if len(found) > 1 {
			t.Errorf("%s: %v; want what follows from it left out", name, found)
		}
	}
}

// play runs a case to its end.
func play(t testing.TB, r *Run) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = r.Advance(); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Roads.Check(true); err != nil {
		t.Fatal(err)
	}
}
