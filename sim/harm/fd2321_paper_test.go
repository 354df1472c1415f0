package harm

import "testing"

// Reference: FD2321 (recalled): injured = 2 n (HR AV / 100) PV, dead = 2 injured HR / 100. Worked by hand: 1,000 people, HR 2, AV
// 6, PV 25 %: 2 · 1000 · 0.12 · 0.25 = 60 hurt, 2 · 60 · 0.02 = 2.4 dead; HR 4, AV 9, PV 50 %: 360 and 28.8.
func TestCountsOfFD2321(t *testing.T) {
	for _, c := range []struct{ n, rating, area, people, hurt, dead float64 }{
		{1000, 2, 6, 0.25, 60, 2.4}, {1000, 4, 9, 0.5, 360, 28.8}, {100, 0, 9, 1, 0, 0}, {100, 2, 9, 0, 0, 0},
		{100, 60, 9, 1, 100, 100},
	} {
		hurt := InjuredFD2321(c.n, c.rating, c.area, c.people)
		near(t, "hurt", hurt, c.hurt, 1e-9)
		near(t, "dead", DeadFD2321(hurt, c.rating), c.dead, 1e-9)
	}
	for _, c := range []struct{ hourly, score float64 }{{0.1, 1}, {0.3, 2}, {0.99, 2}, {1, 3}, {50, 3}} {
		if got := OnsetScore(c.hourly / 3600); got != c.score {
			t.Errorf("%v m/h: score %v; want %v", c.hourly, got, c.score)
		}
	}
	if AreaScore(0) != 3 || AreaScore(1) != 3 || AreaScore(2) != 2 || AreaScore(5) != 1 {
		t.Error("scores of areas")
	}
}
