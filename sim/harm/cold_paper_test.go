package harm

import (
	"math"
	"testing"
)

// Reference: US Search and Rescue Task Force, times to exhaustion or unconsciousness by water temperature: 32.5-40 °F 15-30
// min; 40-50 °F 30-60 min; 50-60 °F 1-2 h; 60-70 °F 2-7 h; 70-80 °F 3-12 h; above indefinite; survival 2-40 h and 3 h to
// indefinite in the last two bands.
func TestTimesInColdWater(t *testing.T) {
	for _, c := range []struct{ fahrenheit, from, to float64 }{
		{35, 0.25, 0.5}, {45, 0.5, 1}, {55, 1, 2}, {65, 2, 7}, {75, 3, 12},
	} {
		celsius := (c.fahrenheit - 32) / 1.8
		near(t, "from", Endurance(celsius, 0), c.from*3600, 1e-6)
		near(t, "to", Endurance(celsius, 1), c.to*3600, 1e-6)
		near(t, "the middle", Endurance(celsius, 0.5), math.Sqrt(c.from*c.to)*3600, 1e-6)
	}
	near(t, "who holds on, 65 °F, from", Survival(18, 0), 2*3600, 1e-6)
	near(t, "who holds on, 65 °F, to", Survival(18, 1), 40*3600, 1e-6)
	near(t, "who holds on, 75 °F, half", Survival(24, 0.5), 3600*math.Sqrt(80), 1e-6) // that at 65 °F
	if !math.IsInf(Endurance(27, 0), 1) || Endurance(-1, 1) != 900 {
		t.Errorf("27 °C %v, -1 °C %v; want for ever and 15 min", Endurance(27, 0), Endurance(-1, 1))
	}
}

// Reference: Hayward, Eckerson, Collis (1975): t = 15 + 7.2/(0.0785 - 0.0034 T) min: 132 min at 5 °C, 177 at 10, 277 at 15,
// 701 at 20. All lie within the times of survival of the Task Force's table.
func TestHayward(t *testing.T) {
	for _, c := range []struct{ celsius, minutes float64 }{{5, 132.07}, {10, 176.80}, {15, 276.82}, {20, 700.71}} {
		got := HaywardTime(c.celsius)
		near(t, "minutes", got/60, c.minutes, 0.01)
		for i := range Cold.Rows {
			if r := &Cold.Rows[i]; c.celsius <= r.Upto {
				if got < r.DeadFrom*3600 || got > r.Dead*3600 {
					t.Errorf("%v °C: %v h; the table has %v to %v", c.celsius, got/3600, r.DeadFrom, r.Dead)
				}
				break
			}
		}
	}
	if !math.IsInf(HaywardTime(23.1), 1) {
		t.Error("there is a time of survival at 23.1 °C")
	}
}

// Colder or deeper or faster water is never easier to bear.
func TestColdIsMonotone(t *testing.T) {
	last := 0.0
	for c := -5.0; c < 40; c += 0.05 {
		for _, u := range []float64{0, 0.3, 1} {
			if Endurance(c, u) > Endurance(c+0.05, u) || Survival(c, u*0.99) > Survival(c+0.05, u*0.99) {
				t.Fatalf("%v °C is borne longer than what is warmer", c)
			}
		}
	}
	for d := 0.0; d < 3; d += 0.01 {
		if x := Immersed(d, 0.5); x < last {
			t.Fatalf("%v m count less than what is shallower", d)
		} else {
			last = x
		}
	}
	near(t, "neck-deep", Immersed(1.4025, 0), 1, 1e-12)
	near(t, "0.6 m2/s", Immersed(0.70125, 0.6/0.70125), 1, 1e-12)
}
