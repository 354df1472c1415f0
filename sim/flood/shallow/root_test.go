package shallow

import (
	"math"
	"math/big"
	"testing"
)

// The inverse cube root must be right to a few units of the last place over all depths that can occur.
func TestRoot(t *testing.T) {
	worst := 0.0
	for e := -30.0; e < 14; e += 0.003 {
		h := math.Exp2(e)
		r := rootFinish(h, rootStart(h))
		x := new(big.Float).SetPrec(200).SetFloat64(h)
		y := new(big.Float).SetPrec(200).SetFloat64(r)
		for range 3 {
			x.Mul(x, y)
		}
		x.Sub(x, big.NewFloat(1)) // h r^3 - 1 is three times the relative error
		off, _ := x.Float64()
		worst = max(worst, math.Abs(off)/3)
		if start := math.Abs(rootStart(h)*math.Cbrt(h) - 1); start > 3e-5 {
			t.Fatalf("start at %g: relative error %g", h, start)
		}
	}
	t.Logf("largest relative error %.2g", worst)
	if worst > 5e-16 {
		t.Errorf("largest relative error %g", worst)
	}
}
