package shallow

import (
	"math"
	"testing"
)

// Water that is put into a cell brings no momentum: in a channel that is closed behind, the momentum that leaves per
// second with the steady flow q downstream of the inlet is the pressure of the still water behind the inlet less that
// of the flow, g h0^2/2 = q^2/h + g h^2/2.
func TestInflowBringsNoMomentum(t *testing.T) {
	const q, inlet = 4.0, 40
	w := channel(400, 2000, func(float64) float64 { return 0 })
	w.start(func(float64) (float64, float64) { return 3, 0 })
	last := 0.0
	w.run(t, 90, func(at float64) {
		w.Raise(w.At(inlet, 0), q*(at-last)/w.Size)
		last = at
	})
	s := w.scheme.(*finite)
	behind, down := w.Cells[w.At(inlet-20, 0)].H, w.At(inlet+20, 0)
	h := w.Cells[down].H
	flux := h * s.u[down]
	want := math.Sqrt(h*h + 2*flux*flux/(Gravity*h))
	t.Logf("%.3f m behind the inlet, %.3f m below it with %.3f m2/s; want %.3f m behind", behind, h, flux, want)
	if math.Abs(behind-want) > 0.03 {
		t.Errorf("%.3f m behind the inlet; want %.3f m", behind, want)
	}
}
