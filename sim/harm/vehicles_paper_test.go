package harm

import (
	"math"
	"testing"
)

// Reference: Shand, Cox, Blacka, Smith (2011), Australian Rainfall and Runoff P10/S2/020, table 3.
func TestVehiclesOfARR(t *testing.T) {
	for car, want := range map[Car][3]float64{SmallCar: {0.3, 0.1, 0.3}, LargeCar: {0.4, 0.15, 0.45}, OffRoad: {0.5, 0.2, 0.6}} {
		r := Vehicles.Rows[car]
		if r.Depth != want[0] || r.Fast != want[1] || r.Product != want[2] || r.Speed != 3 {
			t.Errorf("car %d: %+v; want %v and 3 m/s", car, r, want)
		}
		near(t, "depth at 3 m/s by the product", r.Product/r.Speed, r.Fast, 1e-12)
		if !r.Allows(r.Fast-1e-9, 3) || r.Allows(r.Fast+1e-9, 3) || r.Allows(0.01, 3.01) || !r.Allows(r.Depth, 0) || r.Allows(r.Depth+1e-9, 0) {
			t.Errorf("car %d does not keep its limits", car)
		}
	}
	// H1 and H2 are the lower bounds for small and tall cars.
	if SmallCarDepth() != Vehicles.Rows[SmallCar].Depth || Classes.Rows[1].Depth != Vehicles.Rows[OffRoad].Depth {
		t.Error("depths of H1 and H2; want those of small and off-road cars")
	}
}

// Reference: HEC-LifeSim Technical Reference Manual, chapter 7, table 17.
func TestVehiclesOfLifeSim(t *testing.T) {
	for _, c := range []struct {
		c    Clearance
		e    Estimate
		want Limit
	}{
		{LowClearance, LowEstimate, Limit{0.3, 3, 0.3}}, {LowClearance, BestEstimate, Limit{1.2, 4.5, 0.8}},
		{LowClearance, HighEstimate, Limit{1.5, 6, 1.3}}, {HighClearance, LowEstimate, Limit{0.5, 3, 0.6}},
		{HighClearance, BestEstimate, Limit{1.5, 6, 1.2}}, {HighClearance, HighEstimate, Limit{2, 6, 2.4}},
	} {
		if got := VehicleLimit(c.c, c.e); got != c.want {
			t.Errorf("clearance %d, estimate %d: %v; want %v", c.c, c.e, got, c.want)
		}
	}
	best := VehicleLimit(LowClearance, BestEstimate)
	if !best.Allows(1.2, 0.66) || best.Allows(1.2, 0.67) || best.Allows(0.1, 4.6) {
		t.Error("a car of low clearance does not keep its limits")
	}
}

// At the sliding speed the drag is friction times what is left on the road, whichever coefficient holds.
//
// Reference: HEC-LifeSim Technical Reference Manual, appendix G: mu (W - B(d) - L(d, v)) = rho A(d) C_D v^2 / 2, mu 0.30 by
// convention and 0.78 as measured on wet concrete.
func TestSlidingBalance(t *testing.T) {
	const load, drag, lift = 6000.0, 1.1, 0.4
	speeds := []float64{}
	for _, r := range Friction.Rows {
		v := SlidingSpeed(r.Value, load, drag, lift)
		near(t, "balance [N]", r.Value*(load-0.5*1000*lift*v*v), 0.5*1000*drag*v*v, 1e-9*load)
		speeds = append(speeds, v)
	}
	near(t, "without lift, by hand", SlidingSpeed(0.30, load, drag, 0), math.Sqrt(0.30*6000/550), 1e-12)
	if Friction.Rows[0].Value != 0.30 || Friction.Rows[1].Value != 0.78 || speeds[0] >= speeds[1] {
		t.Errorf("friction %v, speeds %v; want 0.30 and 0.78, the second faster", Friction.Rows, speeds)
	}
	if SlidingSpeed(0.3, 0, 1, 0) != 0 || SlidingSpeed(0.3, math.NaN(), 1, 0) != 0 {
		t.Error("a vehicle that floats needs no speed to slide")
	}
}

// By hand for low clearance: at 0.20 m Phi(-0.75) = 0.22663, at 0.06 m Phi(-1.45) = 0.07353, so 1 - 0.15310/0.92647 = 0.8347
// would go on; at 0.60 m 1 - 0.82082/0.92647 = 0.1140.
//
// Reference: HEC-LifeSim Technical Reference Manual, chapter 7, table 20: N(35, 20) cm from 6 cm, N(52, 20) from 10 cm, up
// to 3 m; of drivers who were asked, 43 % named 20 cm and 13 % 60 cm.
func TestWillingnessToEnter(t *testing.T) {
	near(t, "low clearance, 0.20 m", WillEnter(LowClearance, 0.20), 0.8347, 0.0001)
	near(t, "low clearance, 0.60 m", WillEnter(LowClearance, 0.60), 0.1140, 0.0001)
	for _, c := range []Clearance{LowClearance, HighClearance} {
		r := Willing.Rows[c]
		if WillEnter(c, 0) != 1 || WillEnter(c, r.Least) != 1 || WillEnter(c, 3) != 0 || WillEnter(c, 9) != 0 {
			t.Errorf("clearance %d: shares at the ends %v %v", c, WillEnter(c, r.Least), WillEnter(c, r.Greatest))
		}
		near(t, "least", EnterDepth(c, 0), r.Least, 1e-9)
		for _, u := range []float64{0.1, 0.5, 0.9} {
			near(t, "share above the quantile", WillEnter(c, EnterDepth(c, u)), 1-u, 1e-9)
		}
	}
	if WillEnter(HighClearance, 0.4) <= WillEnter(LowClearance, 0.4) {
		t.Error("who sits higher is less willing")
	}
}

// Worked with the formulas by hand, at half the height of a car of 1.5 m whose density is 1.2 times the water's.
//
// Reference: Xia, Teo, Lin, Falconer (2011), Natural Hazards 58, eq. 9 and table 3, partly submerged; Shu, Xia, Falconer,
// Lin (2011), J. Hydraulic Research 49, eq. 12; coefficients at second hand.
func TestIncipientMotion(t *testing.T) {
	// sqrt(2 · 9.81 · 0.2 · 1.5) = 2.42611; 0.5^-0.731 = 1.65983, 0.5^-0.558 = 1.47221, 0.5^-0.708 = 1.63358.
	for i, want := range []float64{1.492 * 1.65983 * 2.42611, 1.116 * 1.47221 * 2.42611, 1.225 * 1.63358 * 2.42611} {
		near(t, Xia.Rows[i].Name, Xia.Rows[i].XiaSpeed(0.75, 1.5, 1200), want, 2e-4)
	}
	// 1.2 · 2 - 0.9 = 1.5; sqrt(2 · 9.81 · 4 · 1.5) = 10.84988; 0.5^-0.178 = 1.13131, 0.5^-0.764 = 1.69820, 0.5^-0.630 = 1.54756.
	for i, want := range []float64{0.5 * 1.13131 * 10.84988, 0.227 * 1.69820 * 10.84988, 0.394 * 1.54756 * 10.84988} {
		near(t, Shu.Rows[i].Name, Shu.Rows[i].ShuSpeed(0.75, 1.5, 4, 1200, 0.9), want, 5e-4)
	}
	if Xia.Rows[0].XiaSpeed(1, 1.5, 900) != 0 || Shu.Rows[0].ShuSpeed(1.5, 1.5, 4, 800, 0.9) != 0 {
		t.Error("what floats needs no speed to move")
	}
	if !math.IsInf(Xia.Rows[0].XiaSpeed(0, 1.5, 1200), 1) || !math.IsInf(Shu.Rows[0].ShuSpeed(0, 1.5, 4, 1200, 0.9), 1) {
		t.Error("no water moves a vehicle")
	}
	for _, table := range []Head{Xia.Head, Shu.Head} {
		if table.Status != SecondHand {
			t.Errorf("%s is %v; want it called second-hand", table.Name, table.Status)
		}
	}
}

// Reference: Pregnolato, Ford, Wilkinson, Dawson (2017), Transportation Research D 55, eq. 1: at 0 to 300 mm [km/h].
func TestSpeedOnWetRoads(t *testing.T) {
	for _, c := range []struct{ depth, kmh float64 }{{0, 86.9}, {50, 61.5}, {100, 40.7}, {150, 24.3}, {200, 12.4}, {250, 5.0}, {300, 2.1}} {
		near(t, "km/h", RoadSpeed(c.depth)*3.6, c.kmh, 0.06)
	}
	for _, r := range WaterSpeed.Rows {
		least := -r.Linear / (2 * r.Square)
		if r.Most > least*1.0001 {
			t.Errorf("%s holds up to %v mm, beyond its minimum at %v", r.Name.EN, r.Most, least)
		}
		last := math.Inf(1)
		for depth := 0.0; depth <= 700; depth++ {
			v := r.Speed(depth)
			if v < 0 || v > last {
				t.Fatalf("%s: %v m/s at %v mm after %v; the rising branch must not be used", r.Name.EN, v, depth, last)
			}
			last = v
		}
	}
	near(t, "the published minimum [mm]", 0.5529/(2*0.0009), 307, 0.2)
	near(t, "conservative at its minimum", WaterSpeed.Rows[1].Speed(600), 0, 0.01)
	near(t, "aggressive at its minimum", WaterSpeed.Rows[2].Speed(150), 0, 0.01)
	if RoadSpeed(301) != 0 {
		t.Error("a speed on a road that is closed")
	}
	near(t, "4 mph", StopAndGo, 4*1609.344/3600, 0.005)
}

// Reference: Shand et al. (2011), small and large car; HEC-LifeSim, high clearance; Cox et al. (2010), adults.
func TestUseOfRoads(t *testing.T) {
	for who, want := range map[Traveller][4]float64{OnFoot: {0.61, 0.6, 1.2, 0.8}, ByCar: {0.3, 0.3, 0.4, 0.45}, ByCoach: {0.5, 0.6, 0.6, 0.9}} {
		r := RoadUse.Rows[who]
		if got := [4]float64{r.Enter.Depth, r.Enter.Product, r.Stop.Depth, r.Stop.Product}; got != want {
			t.Errorf("traveller %d: %v; want %v", who, got, want)
		}
	}
}
