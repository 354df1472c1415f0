package importer

import (
	"testing"

	"sandtable/sim/scenario"
)

func tagged(kv ...string) tags {
	var t tags
	for i := 0; i+1 < len(kv); i += 2 {
		t = append(t, tag{kv[i], kv[i+1]})
	}
	return t
}

func TestParseSpeed(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
		ok   bool
	}{
		{"50", 50, true}, {" 70 ", 70, true}, {"30 mph", 48.28032, true}, {"30mph", 48.28032, true}, {"walk", 7, true},
		{"DE:walk", 7, true}, {"DE:urban", 50, true}, {"FR:rural", 90, true}, {"DE:motorway", 0, false}, {"none", 0, false},
		{"signals", 0, false}, {"variable", 0, false}, {"", 0, false}, {"80;60", 60, true}, {"none;100", 100, true}, {"fast", 0, false},
		{"-30", 0, false}, {"0", 0, false}, {"1e9", 0, false}, {"NaN", 0, false}, {"60 km/h", 60, true}, {"DE:zone:30", 30, true},
	} {
		if got, ok := parseSpeed(c.text); ok != c.ok || ok && !near(got, c.want) {
			t.Errorf("%q: %g %v; want %g %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func near(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }

func TestParseMetres(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
		ok   bool
	}{
		{"12", 12, true}, {"3.5 m", 3.5, true}, {"3,5m", 3.5, true}, {"40 ft", 12.192, true}, {"40'", 12.192, true}, {"1 km", 1000, true},
		{"", 0, false}, {"wide", 0, false}, {"-3", 0, false}, {"0", 0, false}, {"Inf", 0, false}, {"100 km", 0, false},
	} {
		if got, ok := parseMetres(c.text); ok != c.ok || ok && !near(got, c.want) {
			t.Errorf("%q: %g %v; want %g %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestRoadClassOf(t *testing.T) {
	for _, c := range []struct {
		tags tags
		want scenario.RoadClass
		ok   bool
	}{
		{tagged("highway", "motorway"), scenario.RoadMotorway, true}, {tagged("highway", "primary_link"), scenario.RoadPrimary, true},
		{tagged("highway", "living_street"), scenario.RoadResidential, true}, {tagged("highway", "track"), scenario.RoadTrack, true},
		{tagged("highway", "steps"), scenario.RoadPath, true}, {tagged("highway", "residential", "access", "no"), scenario.RoadPath, true},
		{tagged("highway", "service", "motor_vehicle", "no"), scenario.RoadPath, true},
		{tagged("highway", "proposed"), 0, false}, {tagged("highway", "bus_stop"), 0, false}, {tagged("building", "yes"), 0, false},
		{tagged("highway", "pedestrian", "area", "yes"), 0, false}, {nil, 0, false},
	} {
		if got, ok := roadClassOf(c.tags); ok != c.ok || ok && got != c.want {
			t.Errorf("%v: %v %v; want %v %v", c.tags, got, ok, c.want, c.ok)
		}
	}
}

func TestSpeedOf(t *testing.T) {
	for _, c := range []struct {
		tags tags
		want float64
	}{
		{tagged("highway", "primary"), 80}, {tagged("highway", "primary", "maxspeed", "100"), 100},
		{tagged("highway", "motorway", "maxspeed", "none"), 120}, {tagged("highway", "motorway_link"), 80},
		{tagged("highway", "trunk_link"), 50},
		{tagged("highway", "living_street"), 7}, {tagged("highway", "track", "maxspeed", "50"), 15},
		{tagged("highway", "service", "maxspeed", "10"), 10}, {tagged("highway", "residential", "maxspeed", "walk"), 7},
		{tagged("highway", "residential", "maxspeed", "3"), 5}, {tagged("highway", "footway", "maxspeed", "50"), 0},
		{tagged("highway", "tertiary", "maxspeed", "30 mph"), 48},
	} {
		class, _ := roadClassOf(c.tags)
		if got := speedOf(c.tags, class); got != c.want {
			t.Errorf("%v: %g; want %g", c.tags, got, c.want)
		}
	}
}

func TestDirectionAndLanes(t *testing.T) {
	for _, c := range []struct {
		tags  tags
		dir   direction
		lanes uint8
	}{
		{tagged("highway", "primary"), bothWays, 1}, {tagged("highway", "primary", "oneway", "yes", "lanes", "2"), forward, 2},
		{tagged("highway", "primary", "oneway", "-1"), backward, 1}, {tagged("highway", "primary", "oneway", "reverse"), backward, 1},
		{tagged("highway", "primary", "lanes", "4"), bothWays, 2}, {tagged("highway", "primary", "lanes", "3"), bothWays, 1},
		{tagged("highway", "primary", "lanes", "1"), bothWays, 1}, {tagged("highway", "motorway"), forward, 2},
		{tagged("highway", "motorway", "oneway", "no"), bothWays, 2}, {tagged("highway", "motorway_link"), forward, 1},
		{tagged("highway", "tertiary", "junction", "roundabout"), forward, 1},
		{tagged("highway", "primary", "lanes", "5", "lanes:forward", "3", "lanes:backward", "2"), bothWays, 2},
		{tagged("highway", "primary", "lanes", "many"), bothWays, 1}, {tagged("highway", "primary", "lanes", "9999", "oneway", "1"), forward, 8},
		{tagged("highway", "primary", "oneway", "alternating"), bothWays, 1}, {tagged("highway", "path", "lanes", "2"), bothWays, 1},
	} {
		class, _ := roadClassOf(c.tags)
		dir := directionOf(c.tags)
		if got := lanesOf(c.tags, class, dir); dir != c.dir || got != c.lanes {
			t.Errorf("%v: direction %d, %d lanes; want %d and %d", c.tags, dir, got, c.dir, c.lanes)
		}
	}
}

func TestFormOf(t *testing.T) {
	for _, c := range []struct {
		tags tags
		want scenario.RoadForm
	}{
		{tagged("bridge", "yes"), scenario.FormBridge}, {tagged("bridge", "viaduct"), scenario.FormBridge}, {tagged("bridge", "no"), scenario.FormGround},
		{tagged("tunnel", "yes", "layer", "-1"), scenario.FormTunnel}, {tagged("tunnel", "building_passage"), scenario.FormGround},
		{tagged("tunnel", "no"), scenario.FormGround}, {nil, scenario.FormGround},
	} {
		if got := formOf(c.tags); got != c.want {
			t.Errorf("%v: %d; want %d", c.tags, got, c.want)
		}
	}
}

func TestLevelsOf(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
		ok   bool
	}{{"3", 3, true}, {"2.5", 3, true}, {"2,4", 2, true}, {"4;5", 4, true}, {"0.4", 1, true}, {"0", 0, false}, {"-1", 0, false},
		{"1000", 0, false}, {"", 0, false}, {"tall", 0, false}} {
		if got, ok := levelsOf(tagged("building:levels", c.text)); got != c.want || ok != c.ok {
			t.Errorf("%q: %d %v; want %d %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestInstitution(t *testing.T) {
	for _, c := range []struct {
		tags tags
		want string
	}{
		{tagged("amenity", "school"), "school"}, {tagged("building", "kindergarten"), "kindergarten"}, {tagged("healthcare", "hospital"), "hospital"},
		{tagged("amenity", "social_facility", "social_facility", "nursing_home"), "care"}, {tagged("amenity", "fire_station"), "fire_station"},
		{tagged("building", "church"), "church"}, {tagged("leisure", "sports_hall"), "hall"}, {tagged("amenity", "restaurant"), ""}, {nil, ""},
		{tagged("amenity", "restaurant", "building", "public"), "townhall"},
	} {
		got := ""
		if k := institution(c.tags); k >= 0 {
			got = institutions[k].kind
		}
		if got != c.want {
			t.Errorf("%v: %q; want %q", c.tags, got, c.want)
		}
	}
}

func TestPlainText(t *testing.T) {
	for _, c := range [][2]string{{"a\nb\tc", "a b c"}, {"  x ", "x"}, {"\x00y\xff", "y"}, {"临江 县", "临江 县"}} {
		if got := plainText(c[0]); got != c[1] {
			t.Errorf("%q: %q; want %q", c[0], got, c[1])
		}
	}
}
