package importer

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"sandtable/sim"
)

// Box is a rectangle of longitude and latitude, WGS 84 [degrees].
type Box struct{ MinLon, MinLat, MaxLon, MaxLat float64 }

// Limits of what can be imported. UTM holds between the polar circles' far sides; a map of more than two degrees would
// be bent too much by its projection.
const (
	maxLat      = 84.0
	maxExtent   = 2.0     // of a box, in either direction [degrees]
	maxMapCells = 4 << 20 // of the grid
	maxPersons  = 2_000_000
	maxPeak     = 200_000 // of a flood; the Amazon's mean discharge is about as much [m3/s]
	minCell     = 5.0     // [m]
	maxCell     = 200.0   // [m]
)

// ParseBox reads "minlon,minlat,maxlon,maxlat" in degrees.
func ParseBox(text string) (Box, error) {
	var v [4]float64
	words := strings.Split(text, ",")
	if len(words) == len(v) {
		for i, w := range words {
			x, ok := parseNumber(strings.TrimSpace(w))
			if !ok {
				words = nil
				break
			}
			v[i] = x
		}
	}
	b := Box{v[0], v[1], v[2], v[3]}
	if len(words) != len(v) {
		return b, sim.Fail("范围 %q；应为以度表示的 minlon,minlat,maxlon,maxlat，如 11.48,49.97,11.61,50.05",
			"box %q; want minlon,minlat,maxlon,maxlat in degrees, such as 11.48,49.97,11.61,50.05", text)
	}
	return b, b.check()
}

// check says what is wrong with a box.
func (b Box) check() error {
	switch {
	case !(b.MinLon >= -180 && b.MaxLon <= 180 && b.MinLat >= -maxLat && b.MaxLat <= maxLat):
		return sim.Fail("范围 %v；经度应为 -180 至 180，纬度应为 -%g 至 %g",
			"box %v; want longitudes from -180 to 180 and latitudes from -%g to %g", b, maxLat, maxLat)
	case !(b.MinLon < b.MaxLon && b.MinLat < b.MaxLat):
		return sim.Fail("范围 %v；应 minlon < maxlon 且 minlat < maxlat", "box %v; want minlon < maxlon and minlat < maxlat", b)
	case b.MaxLon-b.MinLon > maxExtent || b.MaxLat-b.MinLat > maxExtent:
		return sim.Fail("范围 %v；每个方向最多 %g 度：用 --bbox 选取一部分",
			"box %v; want at most %g degrees in each direction: choose a part with --bbox", b, maxExtent)
	}
	return nil
}

// String writes the box as ParseBox reads it.
func (b Box) String() string {
	return fmt.Sprintf("%g,%g,%g,%g", b.MinLon, b.MinLat, b.MaxLon, b.MaxLat)
}

// wider returns the box with a margin on each side [degrees].
func (b Box) wider(margin float64) Box {
	return Box{b.MinLon - margin, b.MinLat - margin, b.MaxLon + margin, b.MaxLat + margin}
}

// holds says whether a place lies in the box.
func (b Box) holds(lon, lat float64) bool {
	return lon >= b.MinLon && lon <= b.MaxLon && lat >= b.MinLat && lat <= b.MaxLat
}

// Params says what to import. Zero values stand for the defaults that are named.
type Params struct {
	OSM      string         // file, .osm or .osm.gz
	DEM      []string       // files, .hgt or .hgt.zip
	Box      Box            // what to import; the file's own bounds
	Cell     float64        // side of a cell [m]; 20
	Persons  int            // residents; by floor area
	Name     string         // of the drill: letters, digits, hyphens
	Place    sim.Text       // name of the place; that of the largest settlement
	Peak     float64        // of the river's flood [m3/s]; by the river's width
	Start    sim.CivilTime  // local start; 2026-07-18 18:00
	Duration sim.Duration   // 12 h
	Progress func(sim.Text) // told what is being done; may be nil
}

// Defaults of the parameters.
const (
	defaultCell     = 20.0 // [m]
	defaultStart    = "2026-07-18 18:00"
	defaultDuration = 12 * sim.Hour
)

// complete fills in the defaults.
func (p Params) complete() Params {
	if p.Cell == 0 {
		p.Cell = defaultCell
	}
	if p.Duration == 0 {
		p.Duration = defaultDuration
	}
	if p.Start == 0 {
		p.Start, _ = sim.ParseCivil(defaultStart)
	}
	if p.Progress == nil {
		p.Progress = func(sim.Text) {}
	}
	return p
}

// check says everything that is wrong with complete parameters.
func (p Params) check() error {
	var all []error
	add := func(wrong bool, zh, en string, args ...any) {
		if wrong {
			all = append(all, sim.Fail(zh, en, args...))
		}
	}
	add(p.OSM == "", "没有 OpenStreetMap 文件；应给出 --osm FILE.osm 或 FILE.osm.gz",
		"no OpenStreetMap file; want --osm FILE.osm or FILE.osm.gz")
	add(len(p.DEM) == 0, "没有高程；应给出 --dem FILE.hgt 或 FILE.hgt.zip，每一度一个",
		"no elevation; want --dem FILE.hgt or FILE.hgt.zip, one for each degree of the map")
	add(!(p.Cell >= minCell && p.Cell <= maxCell), "网格边长 %g m；应为 %g 至 %g m",
		"cells of %g m; want %g to %g m", p.Cell, minCell, maxCell)
	add(p.Persons < 0 || p.Persons > maxPersons, "人口 %d；应为 0 至 %d", "%d persons; want 0 to %d", p.Persons, maxPersons)
	add(!(p.Peak >= 0 && p.Peak <= maxPeak), "洪峰流量 %g m3/s；应为 0 至 %d", "a flood of %g m3/s; want 0 to %d", p.Peak, maxPeak)
	add(p.Duration < sim.Hour || p.Duration > 10*24*sim.Hour || p.Duration%sim.Tick != 0,
		"时长 %v；应为 1h 至 10d 的整秒", "a duration of %v; want whole seconds from 1h to 10d", p.Duration)
	add(!goodName(p.Name), "演练名 %q；应为字母、数字和连字符", "name %q; want letters, digits and hyphens", p.Name)
	if p.Box != (Box{}) {
		all = append(all, p.Box.check())
	}
	return errors.Join(all...)
}

// goodName says whether a word can name a drill.
func goodName(s string) bool {
	return s != "" && len(s) <= 100 && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-')
	})
}

// finite says whether x is a number.
func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
