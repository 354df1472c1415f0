package importer

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmxml"
)

const osmHead = "<osm version='0.6'>\n"

func TestMistakesOfXMLHaveTheirPlace(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "f.osm:1:1: the file ends too early; want </osm>"},
		{"no xml", "hello", "the file ends too early"},
		{"other element", "<gpx></gpx>", `f.osm:1:6: element <gpx>; want <osm>`},
		{"cut off", osmHead + "<node id='1' lat='1' lon='2'/>\n", "f.osm:3:1: the file ends too early"},
		{"cut off inside", osmHead + "<way id='1'><nd ref='1'/>", "f.osm:2:26: the file ends inside <way>; want </way>"},
		{"bad syntax", osmHead + "<node id='1' lat=1 lon='2'/></osm>", "f.osm:2:19: broken XML: "},
		{"no id", osmHead + "<node lat='1' lon='2'/></osm>", "f.osm:2:24: <node> without id"},
		{"id no number", osmHead + "<node id='x' lat='1' lon='2'/></osm>", `<node> with id="x"; want a whole number`},
		{"no lat", osmHead + "<node id='1' lon='2'/></osm>", "f.osm:2:23: <node> without lat"},
		{"lat too large", osmHead + "\n<node id='1' lat='91' lon='2'/></osm>", `f.osm:3:32: <node> with lat="91"; want a number from -90 to 90`},
		{"lat no number", osmHead + "<node id='1' lat='NaN' lon='2'/></osm>", `lat="NaN"`},
		{"lon infinite", osmHead + "<node id='1' lat='1' lon='1e999'/></osm>", `lon="1e999"`},
		{"bounds", osmHead + "<bounds minlat='1' minlon='2' maxlat='x' maxlon='4'/></osm>", `maxlat="x"`},
		{"ref no number", osmHead + "<way id='1'><nd ref='a'/></way></osm>", `<nd> with ref="a"`},
		{"tag without v", osmHead + "<way id='1'><tag k='highway'/></way></osm>", "<tag> without k or v"},
		{"wrong end", osmHead + "<way id='1'></node></osm>", "</node> inside <way>; want </way>"},
		{"end of nothing", "</osm>", "</osm> that closes nothing"},
		{"deep", osmHead + strings.Repeat("<a>", 100), "nested more than 16 deep"},
		{"deep in a node", osmHead + "<node id='1' lat='1' lon='2'>" + strings.Repeat("<a>", 100), "nested more than 16 deep"},
		{"entity", "<!DOCTYPE x [<!ENTITY a 'b'>]>" + osmHead + "<node id='&a;' lat='1' lon='2'/></osm>", "broken XML"},
	} {
		_, err := readOSM("f.osm", strings.NewReader(c.text), Box{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v; want %q", c.name, err, c.want)
		}
	}
}

// All mistakes come at once, up to a limit.
func TestMistakesComeAtOnce(t *testing.T) {
	text := osmHead + strings.Repeat("<node id='1' lat='100' lon='200'/>\n", 3) + "</osm>"
	_, err := readOSM("f.osm", strings.NewReader(text), Box{})
	if n := strings.Count(fmt.Sprint(err), "\n") + 1; n != 6 {
		t.Errorf("%d mistakes; want 6:\n%v", n, err)
	}
	text = osmHead + strings.Repeat("<node lat='1' lon='2'/>\n", 1000) + "</osm>"
	_, err = readOSM("f.osm", strings.NewReader(text), Box{})
	if n := strings.Count(fmt.Sprint(err), "\n") + 1; n != maxFaults {
		t.Errorf("%d mistakes; want %d", n, maxFaults)
	}
}

// endless gives the same bytes over and over.
type endless struct {
	head, text string
	at         int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.head != "" {
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	}
	n := 0
	for n < len(p) {
		k := copy(p[n:], e.text[e.at:])
		n += k
		e.at = (e.at + k) % len(e.text)
	}
	return n, nil
}

// A file that never ends, such as a gzip bomb, is given up in bounded memory.
func TestSizesAreBounded(t *testing.T) {
	for _, in := range []io.Reader{
		&endless{head: osmHead + "<node id='1' lat='1' lon='2' user='", text: "aaaaaaaaaaaaaaaa"},
		&endless{head: osmHead, text: "                "},
		&endless{head: osmHead + "<!-- ", text: "comment and "},
		&endless{text: "<"},
	} {
		if _, err := readOSM("f.osm", in, Box{}); err == nil {
			t.Error("an endless file is read")
		}
	}
}

func TestNodesThatAreMissingOrRepeated(t *testing.T) {
	text := osmHead + `
		<way id="7"><nd ref="1"/><nd ref="1"/><nd ref="2"/><nd ref="99"/><nd ref="3"/><nd ref="4"/><tag k="highway" v="track"/></way>
		<way id="8"><nd ref="98"/><nd ref="97"/></way>
		<way id="9"><nd ref="98"/><nd ref="1"/><nd ref="2"/><nd ref="96"/></way>
		<way id="9"><nd ref="1"/></way>
		<node id="1" lat="1" lon="1"/><node id="2" lat="1" lon="2"/><node id="3" lat="1" lon="3"/><node id="4" lat="1" lon="4"/>
		<node id="4" lat="5" lon="5"/><node id="5" visible="false"/></osm>`
	d, err := readOSM("f.osm", strings.NewReader(text), Box{})
	if err != nil {
		t.Fatal(err)
	}
	if d.missing != 5 || d.repeated != 1 || d.twice != 2 || len(d.nodes) != 4 || len(d.ways) != 2 {
		t.Errorf("missing %d, repeated %d, twice %d, %d nodes, %d ways; want 5, 1, 2, 4, 2", d.missing, d.repeated, d.twice,
			len(d.nodes), len(d.ways))
	}
	var got [][]int32
	for i := range d.ways {
		d.ways[i].runs(func(nodes []int32) { got = append(got, nodes) })
	}
	if want := "[[0 1] [2 3] [0 1]]"; fmt.Sprint(got) != want {
		t.Errorf("runs %v; want %s", got, want)
	}
	if d.nodes[3].lat != 1 {
		t.Error("the second node 4 counts; want the first")
	}
}

// A wood that reaches far off the map is still a wood.
func TestRingsThatReachOffTheMapStayRings(t *testing.T) {
	text := osmHead + `<node id="1" lat="1" lon="1"/><node id="2" lat="1" lon="2"/><node id="3" lat="2" lon="2"/>
		<node id="4" lat="9" lon="9"/><node id="5" lat="2" lon="1"/>
		<way id="1"><nd ref="4"/><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="5"/><nd ref="4"/></way>
		<way id="2"><nd ref="1"/><nd ref="2"/><nd ref="4"/><nd ref="3"/></way>
		<way id="3"><nd ref="1"/><nd ref="2"/><nd ref="4"/></way></osm>`
	d, err := readOSM("f.osm", strings.NewReader(text), Box{0, 0, 3, 3})
	if err != nil {
		t.Fatal(err)
	}
	if w := &d.ways[0]; !w.closed() || w.whole() || len(w.nodes) != 4 {
		t.Errorf("ring of %d nodes, closed %v, whole %v; want 4, true, false", len(w.nodes), w.closed(), w.whole())
	}
	if w := &d.ways[1]; w.closed() || !w.whole() {
		t.Error("a line with a node missing inside cannot be joined")
	}
	if d.ways[2].whole() {
		t.Error("a line without its end can be joined")
	}
}

func TestNodesOutsideTheBoxAreLeftOut(t *testing.T) {
	text := osmHead + `<node id="1" lat="1" lon="1"/><node id="2" lat="3" lon="1"/><way id="1"><nd ref="1"/><nd ref="2"/></way></osm>`
	d, err := readOSM("f.osm", strings.NewReader(text), Box{0, 0, 2, 2})
	if err != nil || len(d.nodes) != 1 || d.missing != 1 {
		t.Errorf("%v, %d nodes, %d missing; want 1 and 1", err, len(d.nodes), d.missing)
	}
}

// What is read is what the library of OpenStreetMap's Go programmers reads.
func TestReaderAgainstOsmxml(t *testing.T) {
	text := littleTown().String()
	d, err := readOSM("f.osm", strings.NewReader(text), Box{})
	if err != nil {
		t.Fatal(err)
	}
	s := osmxml.New(context.Background(), strings.NewReader(text))
	defer s.Close()
	nodes, ways := 0, 0
	for s.Scan() {
		switch o := s.Object().(type) {
		case *osm.Node:
			n := d.nodes[nodes]
			if n.id != int64(o.ID) || n.lon != o.Lon || n.lat != o.Lat {
				t.Fatalf("node %d: %+v; want %+v", nodes, n, o)
			}
			nodes++
		case *osm.Way:
			w := d.ways[ways]
			var ids []int64
			for _, n := range w.nodes {
				ids = append(ids, d.nodes[n].id)
			}
			var want []int64
			for _, n := range o.Nodes {
				want = append(want, int64(n.ID))
			}
			if w.id != int64(o.ID) || !slices.Equal(ids, want) {
				t.Fatalf("way %d: %v; want %v", w.id, ids, want)
			}
			for _, g := range w.tags {
				if o.Tags.Find(g.key) != g.value {
					t.Errorf("way %d: %s=%s; want %s", w.id, g.key, g.value, o.Tags.Find(g.key))
				}
			}
			ways++
		}
	}
	if err := s.Err(); err != nil || nodes != len(d.nodes) || ways != len(d.ways) {
		t.Errorf("%v, %d nodes and %d ways; want %d and %d", err, len(d.nodes), len(d.ways), nodes, ways)
	}
}

// hamlet is a map of a few lines: a river, two roads, a bridge, two houses, a pond of two ways.
func hamlet() string {
	s := newSketch(valleyBox)
	s.way([][2]float64{place(-1400, 0), place(1400, 0)}, "waterway", "river")
	s.way([][2]float64{place(0, 100), place(0, 20)}, "highway", "tertiary", "maxspeed", "30 mph")
	s.way([][2]float64{place(0, 20), place(0, -100)}, "highway", "tertiary", "bridge", "yes", "oneway", "-1")
	s.house(place(30, 60)[0], place(30, 60)[1], 20, 10)
	s.house(place(30, 700)[0], place(30, 700)[1], 20, 10, "amenity", "school", "building:levels", "2")
	a := s.way([][2]float64{place(300, 300), place(400, 300), place(400, 400)})
	b := s.way([][2]float64{place(400, 400), place(300, 400), place(300, 300)})
	fmt.Fprintf(&s.body, `<relation id="1"><member type="way" ref="%d" role="outer"/><member type="way" ref="%d" role=""/>`+
		`<tag k="type" v="multipolygon"/><tag k="natural" v="water"/></relation>`, a, b)
	return s.String()
}

// The hamlet is a map that can be imported, or the fuzz target would test only errors.
func TestHamletIsImported(t *testing.T) {
	d, err := readOSM("f.osm", strings.NewReader(hamlet()), Box{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := build(Params{Name: "x", Persons: 9}.complete(), d, []*tile{tileOf(t, 49, 11, valleyGround)})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.sc.Persons) != 9 || len(m.sc.Links) < 2 || m.rep.lakes != 1 {
		t.Errorf("%d persons, %d links, %d lakes; want 9, at least 2, and 1", len(m.sc.Persons), len(m.sc.Links), m.rep.lakes)
	}
}

// FuzzOSM: no text makes the reader or what follows it panic, or hang.
func FuzzOSM(f *testing.F) {
	f.Add(hamlet())
	f.Add(osmHead + `<bounds minlat="49.49" minlon="11.49" maxlat="49.51" maxlon="11.51"/><way id="1"><nd ref="1"/><nd ref="1"/></way></osm>`)
	f.Add(osmHead + `<relation id="1"><member type="way" ref="1" role="outer"/><tag k="type" v="multipolygon"/></relation></osm>`)
	f.Add("<osm><node id='1' lat='0' lon='0'><tag k='place' v='town'/></node></osm>")
	f.Add("<osm></osm><osm>")
	tl, err := readTile("t", "N49E011.hgt", strings.NewReader(string(tileBytes(49, 11, hgtSmall, valleyGround))))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := readOSM("f.osm", strings.NewReader(text), Box{})
		if err != nil {
			return
		}
		d.bounds = valleyBox
		p := Params{Name: "x", Cell: 100, Persons: 50}.complete()
		if _, err := build(p, d, []*tile{tl}); err != nil && strings.Contains(err.Error(), "please report") {
			t.Error(err)
		}
	})
}
