// Package utm turns longitude and latitude into the plane coordinates of Universal Transverse Mercator, and back.
package utm

import "math"

// Zone is one zone of the Universal Transverse Mercator projection on the WGS 84 ellipsoid, by Krüger's series in the
// third flattening n up to n^4, which is good to a millimetre within a zone and its neighbours.
//
// Reference: L. Krüger, "Konforme Abbildung des Erdellipsoids in der Ebene", Veröffentlichung des Königlich Preußischen
// Geodätischen Instituts 52 (1912); coefficients as in C. F. F. Karney, "Transverse Mercator with an accuracy of a few
// nanometers", Journal of Geodesy 85 (2011) 475-485, equations 35 and 36.
type Zone struct {
	central float64 // meridian [radians]
	north   float64 // false northing [m]
}

// WGS 84 and UTM (DMA TM 8358.2, 1989).
const (
	semiMajor    = 6378137.0 // [m]
	flattening   = 1 / 298.257223563
	utmScale     = 0.9996
	falseEasting = 500_000.0 // [m]
	falseSouth   = 1e7       // false northing of the southern hemisphere [m]

	third     = flattening / (2 - flattening)
	rectified = semiMajor / (1 + third) * (1 + third*third/4 + third*third*third*third/64) // radius of the meridian [m]
)

// forth and back are the coefficients of the series.
var (
	forth = [4]float64{
		third/2 - third*third*2/3 + third*third*third*5/16 + third*third*third*third*41/180,
		third*third*13/48 - third*third*third*3/5 + third*third*third*third*557/1440,
		third*third*third*61/240 - third*third*third*third*103/140,
		third * third * third * third * 49561 / 161280,
	}
	back = [4]float64{
		third/2 - third*third*2/3 + third*third*third*37/96 - third*third*third*third/360,
		third*third/48 + third*third*third/15 - third*third*third*third*437/1440,
		third*third*third*17/480 - third*third*third*third*37/840,
		third * third * third * third * 4397 / 161280,
	}
	eccentricity = math.Sqrt(flattening * (2 - flattening))
)

// New returns a zone, 1 to 60, of a hemisphere.
func New(zone int, north bool) Zone {
	u := Zone{central: float64(6*zone-183) * math.Pi / 180}
	if !north {
		u.north = falseSouth
	}
	return u
}

// Forward returns easting and northing of a place [m].
func (u Zone) Forward(lon, lat float64) (x, y float64) {
	s := math.Sin(lat * math.Pi / 180)
	l := lon*math.Pi/180 - u.central
	t := math.Sinh(math.Atanh(s) - eccentricity*math.Atanh(eccentricity*s)) // tangent of the conformal latitude
	xi, eta := math.Atan2(t, math.Cos(l)), math.Asinh(math.Sin(l)/math.Hypot(t, math.Cos(l)))
	x, y = eta, xi
	for k, c := range forth {
		n := float64(2 * (k + 1))
		x += c * math.Cos(n*xi) * math.Sinh(n*eta)
		y += c * math.Sin(n*xi) * math.Cosh(n*eta)
	}
	return falseEasting + utmScale*rectified*x, u.north + utmScale*rectified*y
}

// Inverse returns the place of an easting and northing [degrees].
func (u Zone) Inverse(x, y float64) (lon, lat float64) {
	eta, xi := (x-falseEasting)/(utmScale*rectified), (y-u.north)/(utmScale*rectified)
	e, p := eta, xi
	for k, c := range back {
		n := float64(2 * (k + 1))
		e -= c * math.Cos(n*xi) * math.Sinh(n*eta)
		p -= c * math.Sin(n*xi) * math.Cosh(n*eta)
	}
	t := math.Sin(p) / math.Hypot(math.Sinh(e), math.Cos(p)) // tangent of the conformal latitude
	tau := t
	for range 6 { // Newton's method; Karney, equations 7 to 9, 19 to 21
		root := math.Sqrt(1 + tau*tau)
		sigma := math.Sinh(eccentricity * math.Atanh(eccentricity*tau/root))
		now := tau*math.Sqrt(1+sigma*sigma) - sigma*root
		e2 := eccentricity * eccentricity
		tau += (t - now) / math.Sqrt(1+now*now) * (1 + (1-e2)*tau*tau) / ((1 - e2) * root)
	}
	return (u.central + math.Atan2(math.Sinh(e), math.Cos(p))) * 180 / math.Pi, math.Atan(tau) * 180 / math.Pi
}
