package atlas

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"sandtable/scenarios/utm"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Place says where on the Earth a map lies.
type Place struct {
	EPSG   int       // code of the map projection; 0 where it is not known: coordinates are then those of the scenario
	Origin geo.Point // of the scenario's coordinates in that projection [m]
	plane  *utm.Zone // of a projection that can be turned into longitude and latitude; nil otherwise
	zone   int
	north  bool
}

// PlaceOf reads the place of a scenario. A projection that is no EPSG code counts as not known.
func PlaceOf(p *scenario.Place) Place {
	name, code, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(p.CRS)), ":")
	n, err := strconv.Atoi(strings.TrimSpace(code))
	if name != "EPSG" || err != nil || n < 1024 || n >= userDefined {
		return Place{}
	}
	out := Place{EPSG: n, Origin: geo.Point{X: p.Easting, Y: p.Northing}}
	// EPSG 32601 to 32660 are the zones of WGS 84 / UTM north of the equator, 32701 to 32760 those south of it.
	if zone := n % 100; (n/100 == 326 || n/100 == 327) && zone >= 1 && zone <= 60 {
		u := utm.New(zone, n/100 == 326)
		out.plane, out.zone, out.north = &u, zone, n/100 == 326
	}
	return out
}

// Geographic says whether longitude and latitude can be given.
func (p *Place) Geographic() bool { return p.plane != nil }

// projected returns a grid in the coordinates of the projection.
func (p *Place) projected(g geo.Grid) geo.Grid {
	g.Origin = g.Origin.Add(p.Origin)
	return g
}

// lonLat returns longitude and latitude of a place given in the projection [degrees].
func (p *Place) lonLat(at geo.Point) (lon, lat float64) {
	lon, lat = p.plane.Inverse(at.X, at.Y)
	return math.Remainder(lon, 360), lat
}

// wkt describes the projection as the .prj file beside an ESRI grid does; empty where it is not known.
func (p *Place) wkt() string {
	if p.plane == nil {
		return ""
	}
	side, shift := "N", 0
	if !p.north {
		side, shift = "S", 10_000_000
	}
	return fmt.Sprintf(`PROJCS["WGS_1984_UTM_Zone_%d%s",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",`+
		`SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],`+
		`PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",%d.0],`+
		`PARAMETER["Central_Meridian",%d.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],`+
		`UNIT["Meter",1.0]]`, p.zone, side, shift, 6*p.zone-183)
}
