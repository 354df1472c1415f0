package scenario

import (
	"testing"

	"pgregory.net/rapid"
)

func TestClosest(t *testing.T) {
	orders := []string{"prepare_zone", "evacuate_zone", "close_road", "open_road"}
	for _, c := range []struct {
		word  string
		among []string
		want  string
	}{
		{"evacuate_zones", orders, "evacuate_zone"},
		{"Evacuate_Zone", orders, "evacuate_zone"},
		{"clsoe_road", orders, "close_road"},
		{"fly_home", orders, ""},
		{"speed", []string{"lanes", "speed_kmh"}, "speed_kmh"},
		{"z1", []string{"z01", "z02"}, "z01"},
		{"ab", []string{"xy"}, ""},
		{"学小", []string{"小学", "礼堂"}, "小学"},
		{"临江镇小学校", []string{"临江镇小学", "临江镇中学"}, "临江镇小学"},
		{"x", nil, ""},
	} {
		if got := Closest(c.word, c.among); got != c.want {
			t.Errorf("Closest(%q) = %q; want %q", c.word, got, c.want)
		}
	}
}

func TestWantOneOf(t *testing.T) {
	many := []string{"a0", "b1", "c2", "d3", "e4", "f5", "g6", "h7", "i8", "j9", "k10", "l11", "m12"}
	for _, c := range []struct {
		word  string
		among []string
		want  string
	}{
		{"shool", []string{"school", "hall"}, `did you mean "school"? want one of school, hall`},
		{"shool", []string{"school"}, `did you mean "school"?`},
		{"pier", []string{"school", "hall"}, "want one of school, hall"},
		{"pier", nil, "want none: there are none"},
		{"0000000", many, "want one of a0, b1, c2, d3, e4, f5, g6, h7, i8, j9, k10, l11, … (13 in all)"},
	} {
		if got := WantOneOf(c.word, c.among).EN; got != c.want {
			t.Errorf("WantOneOf(%q) = %q; want %q", c.word, got, c.want)
		}
	}
}

// slowDistance is the definition of the distance, without a table: optimal string alignment.
func slowDistance(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	x, y := a[len(a)-1], b[len(b)-1]
	cost := 1
	if x == y {
		cost = 0
	}
	best := min(slowDistance(a[:len(a)-1], b)+1, slowDistance(a, b[:len(b)-1])+1,
		slowDistance(a[:len(a)-1], b[:len(b)-1])+cost)
	if len(a) > 1 && len(b) > 1 && x == b[len(b)-2] && y == a[len(a)-2] {
		best = min(best, slowDistance(a[:len(a)-2], b[:len(b)-2])+1)
	}
	return best
}

func TestEditDistanceIsItsDefinition(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("ab江")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		want := slowDistance([]rune(a), []rune(b))
		if got := editDistance(a, b, 100); got != want {
			t.Fatalf("distance of %q and %q is %d; want %d", a, b, got, want)
		}
		if got := editDistance(a, b, 2); got != min(want, 2) {
			t.Fatalf("distance of %q and %q up to 2 is %d; want %d", a, b, got, min(want, 2))
		}
	})
}
