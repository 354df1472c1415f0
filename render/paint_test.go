package render

import (
	"image/color"
	"testing"
)

// inkOf counts how much a painted list differs from an empty one [pixels of full coverage].
func inkOf(t *testing.T, fill func(s *Sheet)) float64 {
	t.Helper()
	l := &List{Width: 100, Height: 100}
	fill(&l.Sheets[LayerFrame])
	img := NewPainter(DefaultFont()).Paint(l)
	sum := 0.0
	for y := range 100 {
		for x := range 100 {
			sum += float64(int(img.RGBAAt(x, y).R)-int(paperEdge.R)) / float64(255-int(paperEdge.R))
		}
	}
	return sum
}

// What is painted must have the area that geometry says.
func TestPainterAreas(t *testing.T) {
	white := color.NRGBA{255, 255, 255, 255}
	for _, c := range []struct {
		name       string
		want, slip float64
		fill       func(s *Sheet)
	}{
		{"rectangle", 20 * 30, 0.5, func(s *Sheet) { s.rect(10, 10, 20, 30, white) }},
		{"border", 2*20 + 2*28, 0.5, func(s *Sheet) { s.border(10, 10, 20, 30, 1, white) }},
		{"half transparent rectangle", 20 * 30 * 0.5, 4, func(s *Sheet) { s.rect(10, 10, 20, 30, rgba(0xFFFFFF, 128)) }},
		{"disc", 3.1416 * 19 * 19, 20, func(s *Sheet) { s.mark(MarkDisc, 50, 50, 40, white) }},
		{"square", 36 * 36, 4, func(s *Sheet) { s.mark(MarkSquare, 50, 50, 40, white) }},
		{"diamond", 40 * 36 / 2, 4, func(s *Sheet) { s.mark(MarkDiamond, 50, 50, 40, white) }},
		{"slanting line", 50 * 4, 3, func(s *Sheet) {
			s.Points = append(s.Points, XY{20, 20}, XY{50, 60})
			s.line(0, 4, white)
		}},
		{"area", 40 * 40 / 2, 1, func(s *Sheet) {
			s.Points = append(s.Points, XY{20, 20}, XY{60, 20}, XY{20, 60})
			s.Shapes = append(s.Shapes, Shape{Kind: ShapeArea, Count: 3, Color: white})
		}},
		{"outside", 0, 0.01, func(s *Sheet) { s.rect(200, 10, 20, 30, white); s.text(-500, 50, 20, white, "外") }},
	} {
		if got := inkOf(t, c.fill); got < c.want-c.slip || got > c.want+c.slip {
			t.Errorf("%s covers %.1f pixels; want %.1f", c.name, got, c.want)
		}
	}
	one := inkOf(t, func(s *Sheet) { s.text(20, 60, 40, white, "田") })
	two := inkOf(t, func(s *Sheet) { s.text(10, 60, 40, white, "田田") })
	if one < 100 || two < 1.99*one || two > 2.01*one {
		t.Errorf("a letter covers %.1f pixels, two of it %.1f", one, two)
	}
}

// Every mark shows something, at every size, and no two are the same.
func TestMarksDiffer(t *testing.T) {
	seen := map[string]Mark{}
	for m := range MarkCount {
		for _, n := range []int{1, 3, 8, 40} {
			mask := MarkMask(m, n)
			sum := 0
			for _, v := range mask.Pix {
				sum += int(v)
			}
			if sum == 0 && n > 1 {
				t.Errorf("%v at %d pixels is empty", m, n)
			}
			if n == 40 {
				if other, twice := seen[string(mask.Pix)]; twice {
					t.Errorf("%v looks like %v", m, other)
				}
				seen[string(mask.Pix)] = m
			}
		}
	}
}
