package importer

import (
	"fmt"
	"math"

	"sandtable/scenarios/utm"
	"sandtable/sim"
	"sandtable/sim/geo"
)

// frame is the map's plane: UTM, shifted so that the south-western corner of the grid is (0, 0).
type frame struct {
	zone              int
	north             bool
	easting, northing float64 // of the grid's corner [m]
	grid              geo.Grid
	plane             utm.Zone
}

// newFrame lays a grid of cells into a box. The box is a little askew in the plane; the grid is the largest upright
// rectangle inside it, so that all of the map is covered by the data.
func newFrame(b Box, cell float64) (*frame, error) {
	f := &frame{north: b.MinLat+b.MaxLat >= 0}
	f.zone = min(int(math.Floor((b.MinLon+b.MaxLon)/2+180)/6)+1, 60)
	f.plane = utm.New(f.zone, f.north)
	west, south, east, north := math.Inf(-1), math.Inf(-1), math.Inf(1), math.Inf(1)
	const parts = 16 // the sides are curved
	for k := range parts + 1 {
		share := float64(k) / parts
		lon, lat := b.MinLon+(b.MaxLon-b.MinLon)*share, b.MinLat+(b.MaxLat-b.MinLat)*share
		x, _ := f.plane.Forward(b.MinLon, lat)
		west = math.Max(west, x)
		x, _ = f.plane.Forward(b.MaxLon, lat)
		east = math.Min(east, x)
		_, y := f.plane.Forward(lon, b.MinLat)
		south = math.Max(south, y)
		_, y = f.plane.Forward(lon, b.MaxLat)
		north = math.Min(north, y)
	}
	f.easting, f.northing = math.Ceil(west/cell)*cell, math.Ceil(south/cell)*cell
	nx, ny := math.Floor((east-f.easting)/cell), math.Floor((north-f.northing)/cell)
	switch {
	case !finite(nx) || !finite(ny) || nx < minSide || ny < minSide:
		return nil,
			sim.Fail("范围 %v 容不下足够多 %g m 的网格；应至少 %d x %d 格：扩大范围或减小 --cell",
				"box %v holds too few cells of %g m; want at least %d x %d cells: a larger box or a smaller --cell",
				b, cell, minSide, minSide)
	case nx*ny > maxMapCells:
		return nil,
			sim.Fail("范围 %v 有 %.0f x %.0f 格，格宽 %g m；最多 %d 格：缩小 --bbox 或增大 --cell",
				"box %v has %.0f x %.0f cells of %g m; want at most %d cells: a smaller --bbox or a larger --cell",
				b, nx, ny, cell, maxMapCells)
	}
	f.grid = geo.Grid{NX: int(nx), NY: int(ny), Cell: cell}
	return f, nil
}

// minSide is the least number of cells of a map in either direction.
const minSide = 10

// crs names the projection.
func (f *frame) crs() string {
	if f.north {
		return fmt.Sprintf("EPSG:326%02d", f.zone)
	}
	return fmt.Sprintf("EPSG:327%02d", f.zone)
}

// local returns the place of a longitude and latitude on the map, to the decimetre.
func (f *frame) local(lon, lat float64) geo.Point {
	x, y := f.plane.Forward(lon, lat)
	return tidy(geo.Point{X: x - f.easting, Y: y - f.northing})
}

// world returns the longitude and latitude of a place on the map.
func (f *frame) world(p geo.Point) (lon, lat float64) {
	return f.plane.Inverse(p.X+f.easting, p.Y+f.northing)
}

// tidy rounds a place to the decimetre.
func tidy(p geo.Point) geo.Point { return geo.Point{X: round(p.X, 1), Y: round(p.Y, 1)} }

// round rounds to so many decimal places.
func round(x float64, places int) float64 {
	k := 1.0
	for range places {
		k *= 10
	}
	return math.Round(x*k) / k
}

// pair writes a place as a table does.
func pair(p geo.Point) [2]float64 { return [2]float64{round(p.X, 1), round(p.Y, 1)} }
