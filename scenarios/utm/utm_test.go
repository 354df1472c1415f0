package utm

import (
	"math"
	"testing"

	"github.com/wroge/wgs84"
	"pgregory.net/rapid"
)

// Eastings and northings agree with another implementation within its error, which grows to a metre at a zone's edge;
// Krüger's series up to n^3, worked out apart, gives the second place.
func TestProjectionAgainstWGS84(t *testing.T) {
	for zone := 1; zone <= 60; zone += 7 {
		for _, lat := range []float64{0.5, 12.98, 34, 50, 66, 79.5} {
			for _, off := range []float64{-2.9, -1, 0, 0.7, 2.5} {
				lon := float64(6*zone-183) + off
				x, y := New(zone, true).Forward(lon, lat)
				wx, wy, _ := wgs84.Transform(wgs84.LonLat(), wgs84.UTM(float64(zone), true))(lon, lat, 0)
				if math.Abs(x-wx) > 1 || math.Abs(y-wy) > 0.1 {
					t.Errorf("zone %d, %g, %g: %.3f %.3f; want %.3f %.3f", zone, lon, lat, x, y, wx, wy)
				}
			}
		}
	}
	x, y := New(32, true).Forward(11.54, 50)
	if math.Abs(x-682024.0675) > 1e-3 || math.Abs(y-5541722.3816) > 1e-3 {
		t.Errorf("%.4f %.4f; want 682024.0675 5541722.3816", x, y)
	}
}

// There and back is the same place, to a tenth of a millimetre.
func TestZoneIsInvertible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.IntRange(1, 60).Draw(t, "zone")
		u := New(zone, rapid.Bool().Draw(t, "north"))
		lon := float64(6*zone-183) + rapid.Float64Range(-4, 4).Draw(t, "off")
		lat := rapid.Float64Range(-80, 80).Draw(t, "lat")
		x, y := u.Forward(lon, lat)
		lon2, lat2 := u.Inverse(x, y)
		if math.Abs(lon2-lon) > 1e-9 || math.Abs(lat2-lat) > 1e-9 {
			t.Fatalf("%v, %v came back as %v, %v", lon, lat, lon2, lat2)
		}
	})
}
