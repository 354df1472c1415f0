package scenario

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

func TestExpandNumbersUnits(t *testing.T) {
	units, from := Expand([]Unit{
		{Name: "boat", Title: sim.Text{ZH: "冲锋舟", EN: "Boat"}, Count: 1, Seats: 8},
		{Name: "coach", Title: sim.Text{ZH: "大巴", EN: "Coach"}, Count: 2, Seats: 40},
	})
	want := []Unit{
		{Name: "boat", Title: sim.Text{ZH: "冲锋舟", EN: "Boat"}, Count: 1, Seats: 8},
		{Name: "coach-1", Title: sim.Text{ZH: "大巴1号", EN: "Coach 1"}, Count: 1, Seats: 40},
		{Name: "coach-2", Title: sim.Text{ZH: "大巴2号", EN: "Coach 2"}, Count: 1, Seats: 40},
	}
	if !slices.Equal(units, want) || !slices.Equal(from, []int{0, 1, 1}) {
		t.Errorf("got %+v from %v; want %+v", units, from, want)
	}
	if got := Gather(want); len(got) != 2 || got[1].Count != 2 || got[1].Name != "coach" {
		t.Errorf("gathered: %+v; want one entry for both coaches", got)
	}
}

// What Gather makes of a list of single units expands to that list, whatever their names.
func TestGatherIsTheReverseOfExpand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []Unit
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			name := rapid.SampledFrom([]string{"a", "b", "-1", "a-1", "a-2"}).Draw(t, "name")
			k := rapid.IntRange(0, 3).Draw(t, "k")
			u := Unit{Name: name, Count: 1, Seats: rapid.Int64Range(1, 2).Draw(t, "seats")}
			u.Title.ZH = rapid.SampledFrom([]string{"", "车", "1号"}).Draw(t, "title")
			if k > 0 {
				u = u.numbered(int64(k))
			}
			list = append(list, u)
		}
		back, _ := Expand(Gather(list))
		if !slices.Equal(back, list) {
			t.Fatalf("gathered and expanded:\n%v\nwant\n%v", names(back), names(list))
		}
	})
}

func names(list []Unit) (out []string) {
	for _, u := range list {
		out = append(out, fmt.Sprintf("%s %s %d", u.Name, u.Title.ZH, u.Seats))
	}
	return out
}
