package evaluation

import "testing"

// The axis ends at or little above the number of persons at risk, and its quarters are whole and round.
func TestAxisEndsLittleAboveTheGreatestNumber(t *testing.T) {
	for _, c := range []struct{ n, want int }{{1, 4}, {4, 4}, {5, 8}, {33, 40}, {100, 120}, {235, 240}, {22687, 24000},
		{24001, 32000}, {60000, 80000}} {
		if got := niceCeil(c.n); got != c.want {
			t.Errorf("for %d the axis ends at %d; want %d", c.n, got, c.want)
		}
	}
}
