package scenarios

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// openText opens a text as a big file.
func openText(t testing.TB, name, text string) *bulk {
	t.Helper()
	r := newReader(fstest.MapFS{name: {Data: []byte(text)}}, ".")
	b := r.open(name, &node{src: newSource("s.toml", nil)}, ".csv", ".asc")
	if b == nil {
		t.Fatal(r.diags)
	}
	return b
}

func TestLinksAreReadWithTheDefaultsOfTheirClass(t *testing.T) {
	b := openText(t, "l.csv", "class,to,from,name,shape,oneway,lanes,speed_kmh,capacity,form,level_m\n"+
		"primary,1,0,,,,,,,,\n"+
		"track,0,1,\"小桥, \"\"旧\"\"\",1 2; 3.5 4 ;5 6,yes,2,12.5,99,bridge,-1.25\r\n"+
		" path , 1 , 0 , 小路 ,,0,,,,,\n")
	rows, whole := readTable(b, freshLink, linkColumns, checkLink)
	if !whole || len(b.diags) > 0 {
		t.Fatal(b.diags)
	}
	sc := &scenario.Scenario{Nodes: []scenario.Node{{At: geo.Point{X: 0, Y: 0}}, {At: geo.Point{X: 9, Y: 9}}}, Links: rows}
	finishLinks(sc)
	a, z := sc.Nodes[0].At, sc.Nodes[1].At
	want := []scenario.Link{
		{From: 0, To: 1, Class: scenario.RoadPrimary, Lanes: 1, Speed: 80, Capacity: 1500, Shape: geo.Line{a, z}},
		{Name: `小桥, "旧"`, From: 1, To: 0, OneWay: true, Class: scenario.RoadTrack, Lanes: 2, Speed: 12.5, Capacity: 99,
			Form: scenario.FormBridge, Level: -1.25, Shape: geo.Line{z, {X: 1, Y: 2}, {X: 3.5, Y: 4}, {X: 5, Y: 6}, a}},
		{Name: "小路", From: 0, To: 1, Class: scenario.RoadPath, Lanes: 1, Shape: geo.Line{a, z}},
	}
	if !reflect.DeepEqual(rows, want) {
		t.Errorf("read\n%+v\nwant\n%+v", rows, want)
	}
}

func TestPersonsAreReadWithNone(t *testing.T) {
	b := openText(t, "p.csv", "age,household,mobility,special,helper,work,school\n70,0,none,1,2,,\n7,0,,,,,4\n40,1,able,0,,3,")
	rows, _ := readTable(b, freshPerson, personColumns, nil)
	want := []scenario.Person{
		{Household: 0, Age: 70, Mobility: scenario.MobilityNone, Special: true, Helper: 2, Work: sim.None, School: sim.None},
		{Household: 0, Age: 7, Helper: sim.None, Work: sim.None, School: 4},
		{Household: 1, Age: 40, Helper: sim.None, Work: 3, School: sim.None},
	}
	if len(b.diags) > 0 || !reflect.DeepEqual(rows, want) {
		t.Errorf("read\n%+v\nwant\n%+v\n%s", rows, want, b.diags)
	}
}

func TestRowsKeepTheirNumbersBesideWrongOnes(t *testing.T) {
	b := openText(t, "h.csv", "home,cars\n1,\nx,1\n\n3,1\n")
	rows, whole := readTable(b, scenario.Household{}, householdColumns, nil)
	if !whole || len(rows) != 4 || rows[3].Home != 3 {
		t.Errorf("rows %+v, whole %v; want four rows, the last at home in 3", rows, whole)
	}
	if !reflect.DeepEqual(b.bad, map[int]bool{1: true, 2: true}) {
		t.Errorf("bad rows %v; want 1 and 2", b.bad)
	}
}

func TestGridsAreReadFromTheNorth(t *testing.T) {
	b := openText(t, "t.asc", "NCOLS 3\nnrows   2\nxllcenter 50\r\nyllcorner -10.5\ncellsize 100\nnodata_value -9999\n"+
		" 1 -2.0005  3.1239\n+4 5e1 .5 \n\n")
	grid, values, ok := readGrid(b, elevation)
	if !ok {
		t.Fatal(b.diags)
	}
	if want := (geo.Grid{NX: 3, NY: 2, Cell: 100, Origin: geo.Point{X: 0, Y: -10.5}}); grid != want {
		t.Errorf("grid %+v; want %+v", grid, want)
	}
	if want := []int32{4000, 50000, 500, 1000, -2001, 3124}; !reflect.DeepEqual(values, want) {
		t.Errorf("elevations %v; want %v", values, want)
	}
}

func TestElevationsAreRoundedToMillimetres(t *testing.T) {
	for text, want := range map[string]int32{
		"0": 0, "-0": 0, "12": 12000, "12.": 12000, "12.3": 12300, "12.3456": 12346, "12.3454999": 12345, "-0.0005": -1,
		"-0.0004": 0, "8848.86": 8848860, "-430.5": -430500, "1e3": 1000000, "1.5E1": 15000, "000012.5": 12500,
		"0.00000000000000000000000000000000001": 0,
	} {
		if got, why := elevation([]byte(text)); !why.Empty() || got != want {
			t.Errorf("%q reads %d %s; want %d", text, got, why, want)
		}
	}
	for _, text := range []string{"", "-", ".", "+", "x", "1x", "1.2.3", "1,5", "nan", "inf", "1e99", "9000.001", "-501", "0x10",
		"99999999999999999999"} {
		if got, why := elevation([]byte(text)); why.Empty() {
			t.Errorf("%q reads %d; want it refused", text, got)
		}
	}
}

func TestMillimetresAreWrittenAsRead(t *testing.T) {
	for _, mm := range []int32{0, 1, -1, 10, 100, 1000, 12345, -12340, 999, -500000, 9000000, 8848860} {
		text := appendMillis(nil, mm)
		if got, why := elevation(text); !why.Empty() || got != mm {
			t.Errorf("%d is written %q and read %d %s", mm, text, got, why)
		}
	}
}

// zeros is an endless row of noughts.
type zeros struct{ left int64 }

func (z *zeros) Read(p []byte) (int, error) {
	if z.left <= 0 {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), z.left))
	for i := range n {
		p[i] = '0'
	}
	z.left -= int64(n)
	return n, nil
}

func squeeze(t testing.TB, in io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err == nil {
		_, err = io.Copy(w, in)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnEndlessLineIsReported(t *testing.T) {
	data := squeeze(t, io.MultiReader(strings.NewReader("home,cars\n1,1\n"), &zeros{maxLine + 5}))
	b := openText(t, "h.csv.gz", string(data))
	rows, whole := readTable(b, scenario.Household{}, householdColumns, nil)
	if whole || len(rows) != 1 || !strings.Contains(b.diags.String(), "line 3 has more than 16777216 bytes") {
		t.Errorf("%d rows, whole %v: %s", len(rows), whole, b.diags)
	}
}

func TestAnEndlessFileIsReported(t *testing.T) {
	lines, why := newLineReader("t.csv", []byte("a\nb\n"))
	if !why.Empty() {
		t.Fatal(why)
	}
	lines.total = maxUnpacked - 3
	if line, ok := lines.next(); !ok || string(line) != "a" {
		t.Fatalf("first line %q %v", line, ok)
	}
	if _, ok := lines.next(); ok || !strings.Contains(lines.wrong.EN, "bytes when unpacked") {
		t.Errorf("the second line passes the limit: %v %q", ok, lines.wrong)
	}
}

func TestADamagedFileIsReported(t *testing.T) {
	data := squeeze(t, strings.NewReader("home,cars\n"+strings.Repeat("1,1\n", 1000)))
	b := openText(t, "h.csv.gz", string(data[:len(data)-9]))
	_, whole := readTable(b, scenario.Household{}, householdColumns, nil)
	if whole || !strings.Contains(b.diags.String(), "cannot be read further") {
		t.Errorf("whole %v: %s", whole, b.diags)
	}
}

// bigPersons is a table of n persons in households of about three.
func bigPersons(n int) []byte {
	var b bytes.Buffer
	b.WriteString("household,age,mobility,special,helper,work,school\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,%d,,,,%d,\n", i/3, i%90, i%5000)
	}
	return b.Bytes()
}

func BenchmarkPersons1M(b *testing.B) {
	text := string(bigPersons(1_000_000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f := openText(b, "p.csv", text)
		if rows, whole := readTable(f, freshPerson, personColumns, nil); !whole || len(rows) != 1_000_000 {
			b.Fatal(f.diags)
		}
	}
}

func BenchmarkGrid1M(b *testing.B) {
	var text strings.Builder
	text.WriteString("ncols 1000\nnrows 1000\nxllcorner 0\nyllcorner 0\ncellsize 40\n")
	for range 1000 {
		for i := range 1000 {
			fmt.Fprintf(&text, "%d.%03d ", 40+i/10, i%1000)
		}
		text.WriteByte('\n')
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		f := openText(b, "t.asc", text.String())
		if _, _, ok := readGrid(f, elevation); !ok {
			b.Fatal(f.diags)
		}
	}
}
