package importer

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// words are tags of which random maps are made.
var words = [][]string{
	{"highway", "primary"}, {"highway", "residential"}, {"highway", "track"}, {"highway", "footway"}, {"highway", "motorway"},
	{"highway", "service"}, {"oneway", "yes"}, {"oneway", "-1"}, {"junction", "roundabout"}, {"bridge", "yes"}, {"tunnel", "yes"},
	{"lanes", "4"}, {"maxspeed", "30 mph"}, {"waterway", "river"}, {"waterway", "stream"}, {"waterway", "ditch"}, {"waterway", "riverbank"},
	{"natural", "water"}, {"width", "120"}, {"building", "yes"}, {"building", "apartments"}, {"building", "industrial"},
	{"building:levels", "9"}, {"landuse", "forest"}, {"landuse", "industrial"}, {"landuse", "residential"}, {"amenity", "school"},
	{"amenity", "hospital"}, {"amenity", "nursing_home"}, {"amenity", "fire_station"}, {"leisure", "pitch"}, {"name", "A"}, {"name", "B"},
}

// A random map is imported to something that can be played, or refused in words: whatever lies on whatever, also off the
// map, in rings, with nodes repeated.
func TestAnyMapIsImportedOrRefused(t *testing.T) {
	tl := tileOf(t, 49, 11, valleyGround)
	imported := 0
	rapid.Check(t, func(t *rapid.T) {
		s := newSketch(valleyBox)
		var ids []int64
		for i := range rapid.IntRange(5, 40).Draw(t, "nodes") {
			p := place(float64(rapid.IntRange(-14, 14).Draw(t, "e"))*100+float64(i)/10, float64(rapid.IntRange(-11, 11).Draw(t, "n"))*100)
			ids = append(ids, s.node(p[0], p[1]))
		}
		draw := func(most int, kv []string) {
			var list []int64
			for range rapid.IntRange(2, most).Draw(t, "length") {
				list = append(list, rapid.SampledFrom(ids).Draw(t, "node"))
			}
			if rapid.Bool().Draw(t, "closed") {
				list = append(list, list[0])
			}
			for range rapid.IntRange(0, 3).Draw(t, "tags") {
				kv = append(kv, rapid.SampledFrom(words).Draw(t, "tag")...)
			}
			s.wayOf(list, kv...)
		}
		draw(6, []string{"waterway", "river"})
		draw(6, []string{"highway", "tertiary"})
		for range rapid.IntRange(0, 12).Draw(t, "ways") {
			draw(8, nil)
		}
		for range rapid.IntRange(0, 4).Draw(t, "houses") {
			p := place(float64(rapid.IntRange(-12, 12).Draw(t, "e"))*100, float64(rapid.IntRange(-9, 9).Draw(t, "n"))*100)
			s.house(p[0], p[1], 20, 20)
		}
		d, err := readOSM("f.osm", strings.NewReader(s.String()), Box{})
		if err != nil {
			t.Fatal(err)
		}
		p := Params{Name: "x", Cell: 50, Persons: rapid.IntRange(1, 400).Draw(t, "persons")}.complete()
		m, err := build(p, d, []*tile{tl})
		if err != nil {
			if strings.Contains(err.Error(), "please report") {
				t.Fatalf("%v\n%s", err, s)
			}
			return
		}
		imported++
		if len(m.sc.Persons) != p.Persons {
			t.Fatalf("%d persons; want %d", len(m.sc.Persons), p.Persons)
		}
		for i := range m.sc.Buildings {
			if b := &m.sc.Buildings[i]; !m.roads.core[b.Node] {
				t.Fatalf("building %d gets on the network outside its core", i)
			}
		}
	})
	if imported == 0 {
		t.Error("no random map was imported: the test tests nothing")
	}
	t.Logf("%d maps imported", imported)
}
