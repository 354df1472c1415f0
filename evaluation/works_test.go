package evaluation

import (
	"testing"

	"sandtable/sim"
)

// Houses that water reaches in one of both stories only are no median: it is said in which story.
func TestShiftText(t *testing.T) {
	for _, c := range []struct {
		a      WorksArrival
		zh, en string
	}{
		{WorksArrival{With: 80}, "仅有指令时进水", "only with the orders"},
		{WorksArrival{Without: 3}, "不再进水", "no longer reached"},
		{WorksArrival{With: 2, Without: 3}, "–", "–"},
		{WorksArrival{With: 164, Without: 143, Both: 143}, "不变", "unchanged"},
		{WorksArrival{With: 9, Without: 9, Both: 9, Shift: -540}, "早 9 分", "9 min sooner"},
		{WorksArrival{With: 9, Without: 9, Both: 9, Shift: 3600}, "晚 1 小时", "1 h later"},
	} {
		if zh, en := c.a.shiftText(sim.Chinese), c.a.shiftText(sim.English); zh != c.zh || en != c.en {
			t.Errorf("%+v: %q, %q; want %q, %q", c.a, zh, en, c.zh, c.en)
		}
	}
}
