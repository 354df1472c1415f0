package harm

import "testing"

// Reference: USACE EGM 09-04, sedans (recalled): 28.0 % at 1 ft, 62.2 % at 3 ft, all from 7 ft on. JRC (2017), agriculture
// in Asia (recalled): 0.37 at 1 m, 0.834 at 4 m; a quarter of that after 6 h (assumed).
func TestDamageOfCarsAndCrops(t *testing.T) {
	near(t, "car, 1 ft", CarDamageShare(0.30), 0.28, 1e-12)
	near(t, "car, 3 ft", CarDamageShare(3*foot), 0.622, 0.003)
	near(t, "car, 8 ft", CarDamageShare(8*foot), 1, 0)
	near(t, "car, dry", CarDamageShare(0), 0, 0)
	near(t, "crops, 1 m, three days", CropDamageShare(1, 72*3600), 0.37, 1e-12)
	near(t, "crops, 4 m, 6 h", CropDamageShare(4, 6*3600), 0.834/4, 1e-12)
	near(t, "crops, 1.25 m, 15 h", CropDamageShare(1.25, 15*3600), 0.447*0.375, 1e-12)
	near(t, "crops, no time", CropDamageShare(2, 0), 0, 0)
	for d := 0.0; d < 8; d += 0.01 {
		if CarDamageShare(d) > CarDamageShare(d+0.01) || CropDamageShare(d, 1e5) > CropDamageShare(d+0.01, 1e5) {
			t.Fatalf("%v m costs more than what is deeper", d)
		}
	}
}
