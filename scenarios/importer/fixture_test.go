package importer

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sketch writes OpenStreetMap XML.
type sketch struct {
	body   strings.Builder
	bounds Box
	next   int64
	at     map[[2]float64]int64 // nodes by place, so that lines that meet share them
	ways   int64
}

func newSketch(b Box) *sketch {
	return &sketch{bounds: b, next: 1, at: map[[2]float64]int64{}, ways: 1000}
}

// node returns the id of the node at a place.
func (s *sketch) node(lon, lat float64, kv ...string) int64 {
	key := [2]float64{lon, lat}
	if id, ok := s.at[key]; ok && len(kv) == 0 {
		return id
	}
	id := s.next
	s.next++
	s.at[key] = id
	fmt.Fprintf(&s.body, `<node id="%d" lat="%.7f" lon="%.7f">%s</node>`+"\n", id, lat, lon, tagsXML(kv))
	return id
}

func tagsXML(kv []string) string {
	var b strings.Builder
	for i := 0; i+1 < len(kv); i += 2 {
		fmt.Fprintf(&b, `<tag k="%s" v="%s"/>`, kv[i], kv[i+1])
	}
	return b.String()
}

// way draws a line through places.
func (s *sketch) way(places [][2]float64, kv ...string) int64 {
	ids := make([]int64, len(places))
	for i, p := range places {
		ids[i] = s.node(p[0], p[1])
	}
	return s.wayOf(ids, kv...)
}

func (s *sketch) wayOf(ids []int64, kv ...string) int64 {
	s.ways++
	fmt.Fprintf(&s.body, `<way id="%d">`, s.ways)
	for _, id := range ids {
		fmt.Fprintf(&s.body, `<nd ref="%d"/>`, id)
	}
	fmt.Fprintf(&s.body, "%s</way>\n", tagsXML(kv))
	return s.ways
}

// house draws a building of so many metres about a place.
func (s *sketch) house(lon, lat, wide, deep float64, kv ...string) {
	dx, dy := wide/2/metresPerLon, deep/2/metresPerLat
	s.way([][2]float64{{lon - dx, lat - dy}, {lon + dx, lat - dy}, {lon + dx, lat + dy}, {lon - dx, lat + dy},
		{lon - dx, lat - dy}}, append([]string{"building", "yes"}, kv...)...)
}

func (s *sketch) String() string {
	head := ""
	if s.bounds != (Box{}) {
		head = fmt.Sprintf(`<bounds minlat="%g" minlon="%g" maxlat="%g" maxlon="%g"/>`+"\n", s.bounds.MinLat, s.bounds.MinLon,
			s.bounds.MaxLat, s.bounds.MaxLon)
	}
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<osm version="0.6">` + "\n" + head + s.body.String() + "</osm>\n"
}

// The little valley: about 2.2 x 1.8 km at 49.5 N 11.5 E. The river runs from west to east through its middle.
const (
	metresPerLon = 72_400.0
	metresPerLat = 111_200.0
	valleyLon    = 11.500
	valleyLat    = 49.500
)

var valleyBox = Box{valleyLon - 0.015, valleyLat - 0.008, valleyLon + 0.015, valleyLat + 0.008}

// east and north are metres from the middle of the valley.
func place(east, north float64) [2]float64 {
	return [2]float64{math.Round((valleyLon+east/metresPerLon)*1e7) / 1e7, math.Round((valleyLat+north/metresPerLat)*1e7) / 1e7}
}

// valleyGround is the relief [m]: a plain of 250 m to each side of the river that falls 2 per mille to the east, then hills.
func valleyGround(lon, lat float64) float64 {
	e, n := (lon-valleyLon)*metresPerLon, math.Abs(lat-valleyLat)*metresPerLat
	return 300 - 0.002*e + math.Max(n-250, 0)*0.06
}

// littleTown draws the valley's map: a river with two bridges, a brook, roads on both sides, a village on the plain, houses,
// school and church on the hill.
func littleTown() *sketch {
	s := newSketch(valleyBox)
	line := func(from, to [2]float64, n int) [][2]float64 {
		var out [][2]float64
		for k := range n + 1 {
			t := float64(k) / float64(n)
			out = append(out, place(from[0]+(to[0]-from[0])*t, from[1]+(to[1]-from[1])*t))
		}
		return out
	}
	s.way(line([2]float64{-1400, 0}, [2]float64{1400, 0}, 28), "waterway", "river", "name", "Testbach", "width", "20")
	s.way(line([2]float64{300, 700}, [2]float64{300, 0}, 14), "waterway", "stream")
	s.way(line([2]float64{-1300, 150}, [2]float64{1300, 150}, 26), "highway", "primary", "name", "Hauptstraße", "maxspeed", "50")
	s.way(line([2]float64{-1300, -150}, [2]float64{1300, -150}, 26), "highway", "tertiary", "lanes", "2")
	for _, x := range []float64{-500, 400} {
		s.way([][2]float64{place(x, 150), place(x, 30)}, "highway", "secondary")
		s.way([][2]float64{place(x, 30), place(x, -30)}, "highway", "secondary", "bridge", "yes", "layer", "1")
		s.way([][2]float64{place(x, -30), place(x, -150)}, "highway", "secondary")
	}
	s.way([][2]float64{place(0, 150), place(0, 450), place(0, 600)}, "highway", "residential", "name", "Bergweg")
	s.way([][2]float64{place(0, 600), place(100, 650), place(100, 600), place(0, 600)}, "highway", "residential", "oneway", "-1")
	s.way([][2]float64{place(-200, 600), place(-200, 500)}, "highway", "residential") // hangs together with nothing
	s.way([][2]float64{place(0, 450), place(200, 450)}, "highway", "footway")
	for k := range 40 {
		x, y := float64(-400+60*(k%10)), float64(60+45*(k/10))
		if y > 130 && y < 170 {
			y = 185
		}
		p := place(x+20, y)
		s.house(p[0], p[1], 14, 10, "building:levels", "2")
	}
	for k := range 12 {
		p := place(float64(-60), 300+25*float64(k))
		s.house(p[0], p[1], 12, 10)
	}
	p := place(60, 560)
	s.house(p[0], p[1], 40, 25, "amenity", "school", "name", "Bergschule")
	p = place(-30, 520)
	s.house(p[0], p[1], 22, 14, "amenity", "place_of_worship", "name", "St. Test")
	p = place(40, 180)
	s.house(p[0], p[1], 15, 12)
	s.node(p[0]+0.00001, p[1], "amenity", "fire_station", "name", "FF Testdorf")
	p = place(-80, 0)
	s.node(p[0], p[1]+0.001, "place", "village", "name", "Testdorf", "name:zh", "试验村")
	s.way([][2]float64{place(600, 500), place(700, 500), place(700, 560), place(600, 560), place(600, 500)}, "natural", "water")
	s.way([][2]float64{place(-900, 400), place(-500, 400), place(-500, 800), place(-900, 800), place(-900, 400)}, "landuse", "forest")
	return s
}

// tileBytes makes a tile of a relief.
func tileBytes(lat, lon, n int, ground func(lon, lat float64) float64) []byte {
	out := make([]byte, 2*n*n)
	for r := range n {
		for c := range n {
			z := ground(float64(lon)+float64(c)/float64(n-1), float64(lat)+1-float64(r)/float64(n-1))
			binary.BigEndian.PutUint16(out[2*(r*n+c):], uint16(int16(math.Round(math.Max(math.Min(z, 3000), -400)))))
		}
	}
	return out
}

// gzipped and zipped pack bytes.
func gzipped(t testing.TB, data string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipped(t testing.TB, files ...any) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i].(string))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(files[i+1].([]byte)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// LittleTown writes the files of the little valley into a directory and returns the parameters that import them.
func LittleTown(t testing.TB) Params {
	dir := t.TempDir()
	osm, dem := filepath.Join(dir, "town.osm.gz"), filepath.Join(dir, "N49E011.hgt.zip")
	if err := os.WriteFile(osm, gzipped(t, littleTown().String()), 0o600); err != nil {
		t.Fatal(err)
	}
	data := zipped(t, "N49E011.hgt", tileBytes(49, 11, hgtSmall, valleyGround))
	if err := os.WriteFile(dem, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return Params{OSM: osm, DEM: []string{dem}, Name: "town"}
}

// built imports the little valley and returns the work.
func built(t testing.TB, change func(*Params)) *town {
	t.Helper()
	p := LittleTown(t)
	if change != nil {
		change(&p)
	}
	p = p.complete()
	data, err := openOSM(p.OSM, Box{})
	if err != nil {
		t.Fatal(err)
	}
	tl, err := openTile(p.DEM[0])
	if err != nil {
		t.Fatal(err)
	}
	m, err := build(p, data, []*tile{tl})
	if err != nil {
		t.Fatal(err)
	}
	return m
}
