package sim

import (
	"strings"
	"testing"
)

// Whole seconds up to half a minute suit the ticks; what does not is told in both languages.
func TestIntervalFault(t *testing.T) {
	for _, d := range []Duration{Second, 7 * Second, 30 * Second} {
		if fault := IntervalFault(d); !fault.Empty() {
			t.Errorf("%v: %v; want nothing against it", d, fault)
		}
	}
	for _, d := range []Duration{0, -Second, 500 * Millisecond, 1500 * Millisecond, 31 * Second} {
		fault := IntervalFault(d)
		if !strings.Contains(fault.ZH, "应为整秒，1 至 30 秒") || !strings.Contains(fault.EN, "want whole seconds, from 1 to 30") {
			t.Errorf("%v: %v; want what works, in both languages", d, fault)
		}
	}
}

// A change of a structure and a ledger read back as they were written.
func TestChangeAndLedgerRoundTrip(t *testing.T) {
	c := StructureChange{At: 7, Structure: 3, Action: StructureSwitch, Value: -0.5, Over: 90 * Second}
	l := Ledger{Unit: "m3", Initial: 1, In: 2, Out: 3, Stored: 4}
	var e Encoder
	if c.Append(&e); len(e.Buf) != ChangeSize {
		t.Errorf("a change takes %d bytes; want %d", len(e.Buf), ChangeSize)
	}
	l.Append(&e)
	var c2 StructureChange
	var l2 Ledger
	d := Decoder{Buf: e.Buf}
	c2.Load(&d)
	l2.Load(&d)
	if c2 != c || l2 != l || d.Err != nil || len(d.Buf) > 0 {
		t.Errorf("%v and %v, %v, %d bytes left; want %v and %v", c2, l2, d.Err, len(d.Buf), c, l)
	}
}

// A dam that was told to fail and waits for water has not failed; when it begins, it has.
func TestDotOfABreachThatWaits(t *testing.T) {
	story := []StructureChange{{At: 60, Structure: 2, Action: StructureBreach}, {At: 60, Structure: 2, Action: StructureWait},
		{At: 90, Structure: 2, Action: StructureBreach}}
	for n, failed := range []bool{false, true, false, true} {
		if got := (&StructureSpec{}).Dot(2, story[:n], 100); got.Failed != failed {
			t.Errorf("after %d changes: failed %v; want %v", n, got.Failed, failed)
		}
	}
}
