package figure

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample is a picture with everything that a panel can hold.
func sample() []*Panel {
	var wave []Point
	for i := range 2000 {
		x := float64(i) / 200
		wave = append(wave, Point{x, 2 + math.Sin(x)})
	}
	a := NewPanel("Wave", "time [s]", "depth [m]", TopRight)
	a.Y(0, 4)
	a.Band("envelope", []Point{{0, 1}, {10, 1}}, []Point{{0, 3}, {10, 3}})
	a.Line("model", Ours, wave)
	a.Steps("count", Ours2, []Point{{0, 1}, {4, 2}, {10, 3}})
	a.Dots("published", Truth, []Point{{1, 2.84}, {2, 2.91}})
	a.LimitY(3.5, "limit of 3.5 m")
	a.LimitX(5, 0.8, "5 s")
	b := NewPanel("Errors", "argument [-]", "error [ulp]", BottomLeft)
	b.LogX()
	b.LogY()
	b.Function("line", Truth, 0.1, 100, func(x float64) float64 { return x * x })
	b.Specks("seen", Ours, []Point{{1, 1}, {10, 90}})
	b.Intervals("interval", Ours3, []Point{{10, 10}}, []float64{8}, []float64{12})
	b.Label(Point{10, 10}, "here", 4, 4)
	b.TicksX([]float64{1, 10}, "one", "ten")
	return []*Panel{a, b}
}

func TestPictureIsTheSameTwice(t *testing.T) {
	first, err := render("Source: this test.\nSecond line.", 2, sample())
	if err != nil {
		t.Fatal(err)
	}
	second, err := render("Source: this test.\nSecond line.", 2, sample())
	if err != nil || !bytes.Equal(first, second) {
		t.Fatalf("two drawings differ (%v)", err)
	}
	if len(first) > Most {
		t.Errorf("%d bytes; want at most %d", len(first), Most)
	}
	for _, want := range []string{"time [s]", "depth [m]", "envelope", "limit of 3.5 m", "Second line.", "Arial"} {
		if !strings.Contains(string(first), want) {
			t.Errorf("%q is not in the picture", want)
		}
	}
	d := xml.NewDecoder(bytes.NewReader(first))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("no XML: %v", err)
		}
	}
}

func TestSave(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("SANDTABLE_FIGURES", dir)
	Save(t, "sample", "Source: this test.", 1, sample()[0])
	if svg, err := os.ReadFile(filepath.Join(dir, "sample.svg")); err != nil || !bytes.Contains(svg, []byte("<svg")) {
		t.Errorf("%d bytes written, %v", len(svg), err)
	}
}

// A line keeps its shape with few points; a straight one needs its ends only.
func TestThin(t *testing.T) {
	var straight, bent []Point
	for i := range 1001 {
		x := float64(i) / 100
		straight = append(straight, Point{x, 3 * x})
		bent = append(bent, Point{x, math.Max(0, x-5)})
	}
	if got := thin(straight); len(got) != 2 {
		t.Errorf("%d points of a straight line are left; want 2", len(got))
	}
	if got := thin(bent); len(got) != 3 || got[1] != (Point{5, 0}) {
		t.Errorf("%v are left; want the ends and the bend at 5", got)
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		log    bool
		want   string
	}{{0, 48, false, "0 10 20 30 40"}, {0, 0.58, false, "0.0 0.1 0.2 0.3 0.4 0.5"}, {-500, 500, false, "-400 -200 0 200 400"},
		{-2, 1, true, "0.01 0.1 1 10"}, {-18, -9, true, "1e-18 1e-16 1e-14 1e-12 1e-10"}} {
		list := rounds{}.Ticks(c.lo, c.hi)
		if c.log {
			list = decades{}.Ticks(c.lo, c.hi)
		}
		var got []string
		for _, k := range list {
			if k.Label != "" {
				got = append(got, k.Label)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("from %g to %g: ticks %q; want %q", c.lo, c.hi, got, c.want)
		}
	}
}

func TestNotFinite(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a point that is not a number was drawn")
		}
	}()
	NewPanel("", "", "", TopLeft).Line("x", Ours, []Point{{0, math.NaN()}, {1, 1}})
}
