package render

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"image/color"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

var rewrite = flag.Bool("rewrite", false, "rewrite the golden files; look at the difference before you commit")

// golden compares a list with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *rewrite {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s was rewritten", path)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("%s:%d: drawn %q; want %q (-rewrite takes the new one)", path, i+1, at(g, i), at(w, i))
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}

func deskOf(frame *Frame, sc *scenario.Scenario, lang sim.Lang) (*Desk, *recorder) {
	ctl := &recorder{frame: frame}
	d := NewDesk(sc, scenario.NewDirectory(sc), DefaultFont(), ctl, lang, 1)
	d.Resize(1280, 720)
	return d, ctl
}

// few keeps a handful of people, so that a golden file can be read.
func few(f *Frame) *Frame {
	f.Snapshot.Parties = f.Snapshot.Parties[:9]
	f.Snapshot.Movers = f.Snapshot.Movers[:4]
	return f
}

func TestGoldenLists(t *testing.T) {
	sc := valley()
	for _, c := range []struct {
		file  string
		lang  sim.Lang
		phase Phase
		zone  sim.ZoneID
		zoom  float64
	}{
		{"live-zh.txt", sim.Chinese, PhaseLive, sim.None, 1},
		{"past-en.txt", sim.English, PhasePast, 1, 3},
		{"replay-zh.txt", sim.Chinese, PhaseReplay, sim.None, 0.3},
	} {
		f := few(flooded(sc))
		f.Status.Phase = c.phase
		f.Snapshot.Cells = []sim.CellCount{{At: geo.Point{X: 3000, Y: 1500}, Persons: 400, Danger: 30}}
		d, _ := deskOf(f, sc, c.lang)
		d.Select(c.zone)
		d.SetCamera(d.cam.ZoomAt(500, 400, c.zoom))
		golden(t, c.file, d.Draw().String())
	}
}

// The same frame drawn twice must give the same list: nothing may depend on what was drawn before.
func TestDrawIsAFunction(t *testing.T) {
	sc := valley()
	d, ctl := deskOf(flooded(sc), sc, sim.Chinese)
	first := d.Draw().String()
	frame := ctl.frame
	ctl.frame = &Frame{Status: Status{End: frame.Status.End, Seeking: -1}}
	d.Draw()
	ctl.frame = frame
	if again := d.Draw().String(); again != first {
		t.Error("the same frame gave another list the second time")
	}
}

func TestCameraRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Camera{
			Centre: geo.Point{X: rapid.Float64Range(-1e5, 1e5).Draw(t, "x"), Y: rapid.Float64Range(-1e5, 1e5).Draw(t, "y")},
			Zoom:   rapid.Float64Range(minZoom, maxZoom).Draw(t, "zoom"),
			Width:  rapid.Float64Range(320, 7680).Draw(t, "w"), Height: rapid.Float64Range(200, 4320).Draw(t, "h"),
		}
		x, y := rapid.Float64Range(0, c.Width).Draw(t, "px"), rapid.Float64Range(0, c.Height).Draw(t, "py")
		p := c.World(x, y)
		q := c.Screen(p)
		// The screen is in float32: a thousandth of a pixel on a wall.
		if dx, dy := float64(q.X)-x, float64(q.Y)-y; dx*dx+dy*dy > 0.002*0.002 {
			t.Fatalf("pixel %v, %v shows %v, which is at pixel %v", x, y, p, q)
		}
		z := c.ZoomAt(x, y, rapid.Float64Range(0.1, 10).Draw(t, "factor"))
		r := z.Screen(p)
		if dx, dy := float64(r.X)-x, float64(r.Y)-y; dx*dx+dy*dy > 0.01*0.01 {
			t.Fatalf("zooming at %v, %v moved what lies there to %v", x, y, r)
		}
		if back := c.Pan(31, -17).Pan(-31, 17); back.Centre.Dist(c.Centre) > 1e-6 {
			t.Fatalf("panning to and fro ended at %v; want %v", back.Centre, c.Centre)
		}
	})
}

func TestFitShowsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Margins{Left: 20, Top: 60, Right: 350, Bottom: 110}
		b := geo.Rect{Max: geo.Point{X: rapid.Float64Range(100, 1e5).Draw(t, "w"), Y: rapid.Float64Range(100, 1e5).Draw(t, "h")}}
		c := Fit(1600, 900, m, b)
		lo, hi := c.Screen(geo.Point{X: b.Min.X, Y: b.Max.Y}), c.Screen(geo.Point{X: b.Max.X, Y: b.Min.Y})
		const slack = 0.01
		if lo.X < float32(m.Left)-slack || lo.Y < float32(m.Top)-slack || hi.X > 1600-float32(m.Right)+slack ||
			hi.Y > 900-float32(m.Bottom)+slack {
			t.Fatalf("%v is shown from %v to %v, under what surrounds the map", b, lo, hi)
		}
	})
}

func TestZoneAt(t *testing.T) {
	sc := valley()
	s := NewScene(sc, scenario.NewDirectory(sc), DefaultFont())
	for _, c := range []struct {
		p    geo.Point
		want sim.ZoneID
	}{
		{geo.Point{X: 1000, Y: 2000}, 0}, {geo.Point{X: 3000, Y: 1500}, 1}, {geo.Point{X: 4500, Y: 1000}, 2},
		{geo.Point{X: 5000, Y: 1450}, sim.None}, // in the notch of the third zone
		{geo.Point{X: -5, Y: 4}, sim.None},
	} {
		if got := s.ZoneAt(c.p); got != c.want {
			t.Errorf("zone at %v is %d; want %d", c.p, got, c.want)
		}
	}
}

// The triangles of a polygon must cover its area, no more and no less.
func TestTriangulateCovers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 24).Draw(t, "n")
		poly := make(geo.Polygon, n)
		for i, p := range circleOf(n) {
			r := rapid.Float64Range(20, 100).Draw(t, "r") // star-shaped: simple, and with notches
			poly[i] = geo.Point{X: float64(p.X) * r, Y: float64(p.Y) * r}
		}
		if rapid.Bool().Draw(t, "clockwise") {
			for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
				poly[i], poly[j] = poly[j], poly[i]
			}
		}
		sum, tri := 0.0, triangulate(poly)
		for k := 0; k < len(tri); k += 3 {
			a := cross(poly[tri[k]], poly[tri[k+1]], poly[tri[k+2]]) / 2
			if a < 0 {
				t.Fatalf("triangle %d runs the wrong way", k/3)
			}
			sum += a
		}
		if want := poly.Area(); sum < want*0.999999 || sum > want*1.000001 {
			t.Fatalf("%d triangles cover %v m2 of %v", len(tri)/3, sum, want)
		}
	})
}

func circleOf(n int) ring {
	out := make(ring, n)
	for i := range out {
		c := circle(0, 0, 1, false)
		out[i] = c[i*24/n]
	}
	return out
}

func TestDepthClasses(t *testing.T) {
	for _, c := range []struct {
		depth float64
		want  int
	}{{0, -1}, {0.049, -1}, {0.05, 0}, {0.149, 0}, {0.15, 1}, {0.3, 2}, {0.5, 3}, {1, 4}, {1.99, 4}, {2, 5}, {30, 5}} {
		if got := depthClass(c.depth); got != c.want {
			t.Errorf("%v m is in class %d; want %d", c.depth, got, c.want)
		}
	}
}

// Red, orange, yellow and blue are for levels: no other colour may come near one of them.
func TestWarningColoursAreReserved(t *testing.T) {
	used := []struct {
		name string
		c    [3]int
	}{}
	add := func(name string, r, g, b uint8) {
		used = append(used, struct {
			name string
			c    [3]int
		}{name, [3]int{int(r), int(g), int(b)}})
	}
	for st, s := range stageStyles {
		add(sim.PartyStage(st).String(), s.color.R, s.color.G, s.color.B)
	}
	for k, c := range coverColors {
		add(scenario.CoverNames[k], c.R, c.G, c.B)
	}
	for _, c := range laneColors {
		add("lane", c.R, c.G, c.B)
	}
	for _, list := range [][]color.NRGBA{arrivalColors[:], dangerColors[:]} {
		for _, c := range list {
			add("water", c.R, c.G, c.B)
		}
	}
	for _, u := range used {
		for k, l := range levelColors[1:] {
			dr, dg, db := u.c[0]-int(l.R), u.c[1]-int(l.G), u.c[2]-int(l.B)
			if dr*dr+dg*dg+db*db < 60*60 {
				t.Errorf("the colour of %s is nearly that of warning level %d", u.name, k+1)
			}
		}
	}
}

// Stages are told by shape as well as by colour: two stages that stand side by side on the map may share a mark only
// when they are of one kind and one is larger.
func TestStagesDifferWithoutColour(t *testing.T) {
	shown := legendStages[:]
	for i, a := range shown {
		for _, b := range shown[i+1:] {
			p, q := stageStyles[a], stageStyles[b]
			if p.mark == q.mark && p.size == q.size {
				t.Errorf("%v and %v differ by colour only", a, b)
			}
		}
	}
}

func TestLabelsDoNotOverlap(t *testing.T) {
	sc := valley()
	// A crowd of shelters, many of them in one place.
	for k := range 300 {
		x, y := float64(k*67%6000), float64(k*131%4000)
		if k%5 == 0 {
			x, y = 3000, 1500
		}
		sc.Shelters = append(sc.Shelters, scenario.Shelter{Name: "x", Title: sim.Text{ZH: "临时安置点", EN: "Shelter"},
			Place: [2]float64{x, y}, Capacity: 10})
	}
	f := flooded(sc)
	for range 300 {
		f.Snapshot.Shelters = append(f.Snapshot.Shelters, sim.ShelterDot{Open: true, Capacity: 10})
	}
	d, _ := deskOf(f, sc, sim.Chinese)
	d.Draw()
	boxes := d.scene.labels.taken[d.scene.labels.marks:]
	if len(boxes) < 20 {
		t.Fatalf("only %d names found a place", len(boxes))
	}
	for i, a := range boxes {
		for _, b := range boxes[i+1:] {
			if a.overlaps(b) {
				t.Fatalf("two names overlap: %v and %v", a, b)
			}
		}
	}
}

// The sentences of the core come onto the screen as they are: every Chinese letter that its sources hold is in the font.
func TestWordsOfTheCoreHaveGlyphs(t *testing.T) {
	f, n := DefaultFont(), 0
	err := filepath.WalkDir("../sim", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			lit, ok := node.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING || !strings.ContainsFunc(lit.Value, han) {
				return true
			}
			n++
			if r := f.Missing(lit.Value); len(r) > 0 {
				t.Errorf("%s: the font has no %q, wanted by %s", path, string(r), lit.Value)
			}
			return true
		})
		return nil
	})
	if err != nil || n < 200 {
		t.Errorf("%d sentences were found, %v; want at least 200", n, err)
	}
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

func TestOwnWordsHaveGlyphs(t *testing.T) {
	f := DefaultFont()
	texts := append(Words(), "0123456789:.,%×±·—…()/→")
	for _, o := range sim.Orders {
		texts = append(texts, o.Title.ZH, o.Title.EN, o.Effect.ZH, o.Effect.EN)
		for _, p := range o.Params {
			texts = append(texts, p.Doc.ZH, p.Doc.EN)
		}
	}
	if len(texts) < 300 {
		t.Fatalf("only %d texts were found", len(texts))
	}
	for _, text := range texts {
		if r := f.Missing(text); len(r) > 0 {
			t.Errorf("the font has no %q, wanted by %q", string(r), text)
		}
	}
	if len(f.Missing("龘")) != 1 {
		t.Error("a character outside GB 2312 is not reported as missing; the test proves nothing")
	}
}

func TestWrapKeepsWidthAndText(t *testing.T) {
	f := DefaultFont()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"warning", "水位", "超过警戒，", "red ", " ", "a", "转移。", "1,204",
			"（滨江社区）", "【县】"}), 1, 30)
		text := strings.TrimSpace(strings.Join(words.Draw(t, "words"), ""))
		width := float32(rapid.IntRange(80, 400).Draw(t, "width"))
		lines := f.Wrap(text, 15, width)
		for _, line := range lines {
			if f.Width(strings.TrimRight(line, " "), 15) > width+0.5 {
				t.Fatalf("line %q is %v wide; want at most %v", line, f.Width(line, 15), width)
			}
			if last, _ := utf8.DecodeLastRuneInString(line); opening(last) {
				t.Fatalf("%q ends with an opening mark", line)
			}
		}
		strip := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if strip(strings.Join(lines, "")) != strip(text) {
			t.Fatalf("%q was broken into %q", text, lines)
		}
	})
}

// From the back of the room everything must be legible: no writing is smaller than 14 pixels on 1080 lines, and it grows
// with the screen.
func TestWritingIsLargeEnough(t *testing.T) {
	sc := valley()
	for _, size := range [][2]float64{{1280, 720}, {1920, 1080}, {3840, 2160}} {
		d, ctl := deskOf(flooded(sc), sc, sim.English)
		d.Resize(size[0], size[1])
		d.Select(1)
		d.help = true
		ctl.frame.Status.Phase = PhasePast
		ctl.frame.Status.Seeking = 5
		least := float32(14 * max(1, size[1]/1080))
		l, n := d.Draw(), 0
		for k := range l.Sheets {
			for _, s := range l.Sheets[k].Shapes {
				if s.Kind == ShapeText {
					n++
					if s.W < least-0.01 {
						t.Errorf("%v: %q is %v pixels high; want at least %v", size, s.Text, s.W, least)
					}
				}
			}
		}
		if n < 50 {
			t.Errorf("%v: only %d texts", size, n)
		}
	}
}

// A screen with twice as many lines shows the same things, twice as fine.
func TestFinerScreenShowsTheSame(t *testing.T) {
	sc := valley()
	for _, zoom := range []float64{0.25, 1, 4} {
		var marks [2]map[Mark]int
		for i, size := range [2][2]float64{{1920, 1080}, {3840, 2160}} {
			d, _ := deskOf(flooded(sc), sc, sim.Chinese)
			d.Resize(size[0], size[1])
			d.fit()
			d.SetCamera(d.cam.ZoomAt(d.cam.Width/2, d.cam.Height/2, zoom))
			marks[i] = map[Mark]int{}
			l := d.Draw()
			for _, k := range []Layer{LayerRoads, LayerZones, LayerPeople, LayerPlaces} {
				for _, s := range l.Sheets[k].Shapes {
					if s.Kind == ShapeMark {
						marks[i][s.Mark]++
					}
				}
			}
		}
		for m := range MarkCount {
			// At the edge of the screen, and where marks stand close together, rounding may decide.
			if d := marks[0][m] - marks[1][m]; d > 8 || d < -8 {
				t.Errorf("zoom %v: %d times %v on 1080 lines, %d times on 2160", zoom, marks[0][m], m, marks[1][m])
			}
		}
	}
}
