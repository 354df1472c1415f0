package importer

import (
	"math"
	"strconv"
	"strings"

	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// parseNumber reads a plain decimal number.
func parseNumber(text string) (float64, bool) {
	x, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return x, err == nil && finite(x)
}

// parseMetres reads a length such as "12", "12 m", "3.5m", "40 ft" or "40'" [m].
func parseMetres(text string) (float64, bool) {
	s := strings.TrimSpace(strings.ToLower(text))
	factor := 1.0
	for _, unit := range []struct {
		suffix string
		factor float64
	}{{"km", 1000}, {"ft", 0.3048}, {"'", 0.3048}, {"m", 1}} {
		if cut, ok := strings.CutSuffix(s, unit.suffix); ok {
			s, factor = cut, unit.factor
			break
		}
	}
	x, ok := parseNumber(strings.Replace(s, ",", ".", 1))
	return x * factor, ok && x > 0 && x*factor <= 20000
}

// roadClassOf returns the class of a highway, and whether it is a road or way at all. Ways on foot only are paths.
func roadClassOf(t tags) (scenario.RoadClass, bool) {
	class, ok := scenario.RoadPath, true
	switch strings.TrimSuffix(t.get("highway"), "_link") {
	case "motorway":
		class = scenario.RoadMotorway
	case "trunk":
		class = scenario.RoadTrunk
	case "primary":
		class = scenario.RoadPrimary
	case "secondary":
		class = scenario.RoadSecondary
	case "tertiary":
		class = scenario.RoadTertiary
	case "unclassified", "road":
		class = scenario.RoadUnclassified
	case "residential", "living_street", "busway":
		class = scenario.RoadResidential
	case "service":
		class = scenario.RoadService
	case "track":
		class = scenario.RoadTrack
	case "path", "footway", "cycleway", "bridleway", "steps", "pedestrian", "corridor":
	default:
		ok = false
	}
	if ok && (t.is("access", "no") || t.is("motor_vehicle", "no") || t.is("vehicle", "no")) {
		class = scenario.RoadPath
	}
	return class, ok && !t.is("area", "yes")
}

// walkingPace is what "walk" means as a speed limit [km/h] (OpenStreetMap wiki, Key:maxspeed; German courts: 4-7 km/h).
const walkingPace = 7.0

// Limits that a country's name for a kind of road stands for [km/h] (OpenStreetMap wiki, Key:maxspeed, the most usual).
var namedLimits = map[string]float64{"urban": 50, "rural": 90, "motorway": 0, "trunk": 0, "living_street": 10,
	"bicycle_road": 30, "zone20": 20, "zone30": 30, "zone:20": 20, "zone:30": 30}

// parseSpeed reads a speed limit such as "50", "30 mph", "walk", "none" or "DE:urban" [km/h]; of several the lowest
// counts. It says no where the tag says nothing that a number follows from ("none", "signals", "variable").
func parseSpeed(text string) (float64, bool) {
	best, found := 0.0, false
	for part := range strings.SplitSeq(text, ";") {
		if v, ok := parseOneSpeed(strings.TrimSpace(strings.ToLower(part))); ok && (!found || v < best) {
			best, found = v, true
		}
	}
	return best, found
}

func parseOneSpeed(s string) (float64, bool) {
	if s == "walk" || strings.HasSuffix(s, ":walk") {
		return walkingPace, true
	}
	if _, kind, ok := strings.Cut(s, ":"); ok {
		v := namedLimits[kind]
		return v, v > 0
	}
	factor := 1.0
	for _, unit := range []struct {
		suffix string
		factor float64
	}{{"mph", 1.609344}, {"km/h", 1}, {"kmh", 1}, {"kph", 1}, {"knots", 1.852}} {
		if cut, ok := strings.CutSuffix(s, unit.suffix); ok {
			s, factor = cut, unit.factor
			break
		}
	}
	v, ok := parseNumber(s)
	return v * factor, ok && v > 0 && v*factor <= 200
}

// speedOf returns the free speed of a road [km/h]: the limit where there is one, but on service roads and tracks, which
// nobody drives at the limit, no more than the class's own.
func speedOf(t tags, class scenario.RoadClass) float64 {
	own := usualOf(t, class).Speed
	v, ok := parseSpeed(t.get("maxspeed"))
	switch {
	case class == scenario.RoadPath:
		return 0
	case !ok && t.is("highway", "living_street"):
		return walkingPace
	case !ok:
		return own
	case class == scenario.RoadService || class == scenario.RoadTrack:
		return math.Min(v, own)
	}
	return round(math.Max(v, 5), 0)
}

// usualOf returns what a road of that class is like when its tags do not tell, or a slip road of it.
func usualOf(t tags, class scenario.RoadClass) scenario.Usual {
	c := &scenario.RoadClasses[class]
	if strings.HasSuffix(t.get("highway"), "_link") {
		return c.Slip
	}
	return c.Usual
}

// direction is in which way a road may be driven along its line.
type direction int8

const (
	bothWays direction = 0
	forward  direction = 1
	backward direction = -1
)

// directionOf reads oneway and junction.
func directionOf(t tags) direction {
	switch strings.ToLower(t.get("oneway")) {
	case "yes", "true", "1":
		return forward
	case "-1", "reverse":
		return backward
	case "no", "false", "0", "alternating", "reversible":
		return bothWays
	}
	if isCircle(t) || t.is("highway", "motorway", "motorway_link") {
		return forward
	}
	return bothWays
}

// isCircle says whether a road is part of a roundabout.
func isCircle(t tags) bool { return t.is("junction", "roundabout", "circular") }

// lanesOf returns the lanes per direction. The tag counts both directions of a road that is no one-way.
func lanesOf(t tags, class scenario.RoadClass, dir direction) uint8 {
	own := usualOf(t, class).Lanes
	if class == scenario.RoadPath {
		return 1
	}
	f, ok1 := parseNumber(t.get("lanes:forward"))
	b, ok2 := parseNumber(t.get("lanes:backward"))
	all, ok := parseNumber(t.get("lanes"))
	switch {
	case dir == bothWays && ok1 && ok2:
		return clampLanes(math.Min(f, b)) // a link has the same number in both directions
	case !ok:
		return own
	case dir == bothWays:
		return clampLanes(math.Floor(all / 2))
	}
	return clampLanes(all)
}

func clampLanes(x float64) uint8 { return uint8(num.ClampInt(x, 1, 8)) }

// formOf says whether a road is on a bridge or in a tunnel. A way through a building is at the level of the street.
func formOf(t tags) scenario.RoadForm {
	layer, _ := parseNumber(t.get("layer"))
	switch {
	case t.get("bridge") != "" && !t.is("bridge", "no"):
		return scenario.FormBridge
	case t.get("tunnel") != "" && !t.is("tunnel", "no", "building_passage", "culvert", "avalanche_protector") &&
		layer <= 0:
		return scenario.FormTunnel
	}
	return scenario.FormGround
}

// levelsOf returns the storeys of a building, and whether the tags say.
func levelsOf(t tags) (int, bool) {
	first, _, _ := strings.Cut(t.get("building:levels"), ";")
	v, ok := parseNumber(strings.Replace(first, ",", ".", 1))
	if !ok || v <= 0 || v > 120 {
		return 0, false
	}
	return max(num.RoundInt(v), 1), true
}

// title returns a name in Chinese and English as far as the map has them.
func (t tags) title() (zh, en string) {
	name := t.get("name")
	zh, en = t.get("name:zh"), t.get("name:en")
	if zh == "" {
		zh = name
	}
	if en == "" {
		en = name
	}
	return zh, en
}
