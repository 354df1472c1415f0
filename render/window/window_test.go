package window

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/hajimehoshi/ebiten/v2"

	"sandtable/render"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// stage runs the tests inside a game, because images can be read only there.
type stage struct {
	run  func() int
	code int
}

func (s *stage) Update() error {
	s.code = s.run()
	return ebiten.Termination
}
func (s *stage) Draw(*ebiten.Image)               {}
func (s *stage) Layout(w, h int) (width, hei int) { return w, h }

func TestMain(m *testing.M) {
	s := &stage{run: m.Run}
	ebiten.SetWindowSize(640, 360)
	if err := ebiten.RunGame(s); err != nil {
		fmt.Fprintln(os.Stderr, "window: this test needs a display (xvfb-run -a):", err)
		os.Exit(1)
	}
	os.Exit(s.code)
}

// world is a controller with a place of two zones and a clock that goes on with every picture.
type world struct {
	frame render.Frame
	given []sim.Command
	seeks []sim.Time
}

func (w *world) Frame(sim.View) *render.Frame {
	if !w.frame.Status.Paused {
		w.frame.Snapshot.Now = w.frame.Snapshot.Now.Add(sim.Minute)
	}
	w.frame.Status.Head = max(w.frame.Status.Head, w.frame.Snapshot.Now)
	return &w.frame
}
func (w *world) Order(c sim.Command) int {
	w.given = append(w.given, c)
	return len(w.given) - 1
}
func (w *world) Pause(on bool)     { w.frame.Status.Paused = on }
func (w *world) Speed(x float64)   { w.frame.Status.Speed = x }
func (w *world) Step(sim.Duration) {}
func (w *world) Seek(at sim.Time)  { w.seeks = append(w.seeks, at) }
func (w *world) Live()             {}
func (w *world) Continue()         {}
func (w *world) Bookmark()         {}
func (w *world) Charts(bool)       {}

func place() *scenario.Scenario {
	g := geo.Grid{NX: 80, NY: 60, Cell: 40}
	sc := &scenario.Scenario{Terrain: sim.Terrain{Grid: g, Bed: make([]int32, g.Len()), Cover: make([]uint8, g.Len())}}
	for c := range g.Len() {
		i, j := g.IJ(c)
		sc.Terrain.Bed[c] = int32(50000 + 80*i + 60*j)
	}
	sc.Drill = scenario.Drill{Title: sim.Text{ZH: "窗口测试", EN: "Window test"}, Duration: 2 * sim.Hour}
	sc.Place.ElevationSource = sim.Said("made up")
	sc.Posts = []scenario.Post{{Name: "p", Title: sim.Text{ZH: "村委会", EN: "Village"}, Level: "county"}}
	sc.Zones = []scenario.Zone{
		{Name: "west", Title: sim.Text{ZH: "西村", EN: "West"}, Post: "p", Polygon: [][2]float64{{200, 400}, {1400, 400}, {1400, 1800}, {200, 1800}}},
		{Name: "east", Title: sim.Text{ZH: "东村", EN: "East"}, Post: "p", Polygon: [][2]float64{{1800, 400}, {3000, 400}, {3000, 1800}, {1800, 1800}}},
	}
	return sc
}

// hands plays mouse and keys.
type hands struct{ queue []render.Input }

func (h *hands) next() render.Input {
	if len(h.queue) == 0 {
		return render.Input{X: -1, Y: -1}
	}
	in := h.queue[0]
	h.queue = h.queue[1:]
	return in
}

// click presses and lets go in two pictures, as a hand does.
func (h *hands) click(x, y float64) {
	h.queue = append(h.queue, render.Input{X: x, Y: y, Down: true, Pressed: true}, render.Input{X: x, Y: y, Released: true})
}

type player struct {
	t      *testing.T
	game   *Game
	desk   *render.Desk
	hands  *hands
	world  *world
	screen *ebiten.Image
}

func newPlayer(t *testing.T) *player {
	sc := place()
	p := &player{t: t, world: &world{}, hands: &hands{}, screen: ebiten.NewImage(1280, 720)}
	p.world.frame.Status = render.Status{Speed: 60, End: sim.Time(2 * sim.Hour), Seeking: -1, Seed: "1"}
	p.world.frame.Snapshot.Zones = make([]sim.ZoneDot, 2)
	depth := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, sc.Terrain.Grid)
	for c := range depth.Values {
		if i, _ := depth.Grid.IJ(c); i > 60 {
			depth.Values[c] = int32(i-60) * 120
		}
	}
	p.world.frame.Snapshot.Water, p.world.frame.Water = depth, 1
	p.desk = render.NewDesk(sc, scenario.NewDirectory(sc), render.DefaultFont(), p.world, sim.Chinese, 1)
	p.game = New(p.desk, nil)
	p.game.hands = p.hands.next
	return p
}

// play shows so many pictures.
func (p *player) play(frames int) {
	p.t.Helper()
	for range frames {
		if err := p.game.Update(); err != nil {
			p.t.Fatal(err)
		}
		p.game.Draw(p.screen)
	}
}

func (p *player) press(name string) {
	p.t.Helper()
	x, y, ok := p.desk.Button(name)
	if !ok {
		p.t.Fatalf("there is no button %q on the screen", name)
	}
	p.hands.click(x, y)
	p.play(3)
}

func (p *player) picture() *image.RGBA {
	img := image.NewRGBA(p.screen.Bounds())
	p.screen.ReadPixels(img.Pix)
	return img
}

func TestClickZoneAndEvacuate(t *testing.T) {
	p := newPlayer(t)
	p.play(3)
	at := p.desk.Camera().Screen(geo.Point{X: 2000, Y: 600})
	p.hands.click(float64(at.X), float64(at.Y))
	p.play(3)
	if got := p.desk.Selected(); got != 1 {
		t.Fatalf("a click into the eastern zone selected %d; want 1", got)
	}
	p.press("evacuate")
	want := sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", "east")
	if len(p.world.given) != 1 || !p.world.given[0].Equal(want) {
		t.Fatalf("the button gave %v; want %v", p.world.given, want)
	}
	save(t, p.picture())
}

// An order by keyboard in the window: G, a name, Enter, a zone, and the button at the end.
func TestOrderByKeyboard(t *testing.T) {
	p := newPlayer(t)
	p.play(2)
	key := func(keys ...render.Key) {
		p.hands.queue = append(p.hands.queue, render.Input{X: -1, Y: -1, Keys: keys})
	}
	key(render.KeyOrders)
	p.hands.queue = append(p.hands.queue, render.Input{X: -1, Y: -1, Text: "准备转移"})
	key(render.KeyEnter)
	p.hands.queue = append(p.hands.queue, render.Input{X: -1, Y: -1, Text: "东村"})
	key(render.KeyEnter)
	key(render.KeyEnter)
	p.play(8)
	want := sim.NewCommand(sim.FromPlayer, "prepare_zone", "zone", "east")
	if len(p.world.given) != 1 || !p.world.given[0].Equal(want) {
		t.Fatalf("the keyboard gave %v; want %v", p.world.given, want)
	}
	save(t, p.picture())
}

// A key that is held counts at once, and after half a second again and again; one that is not held never.
func TestHeldKeysRepeat(t *testing.T) {
	n := 0
	for updates := range 61 {
		if again(updates) {
			n++
		}
	}
	if again(0) || !again(1) || again(30) || n != 1+6 {
		t.Errorf("in a second a held key counts %d times; want 7", n)
	}
}

func TestButtonsAndTimeline(t *testing.T) {
	p := newPlayer(t)
	p.play(2)
	p.press("pause")
	if !p.world.frame.Status.Paused {
		t.Error("the pause button did not pause")
	}
	p.press("speed4")
	if got := p.world.frame.Status.Speed; got != 300 {
		t.Errorf("the fourth speed is %v; want 300", got)
	}
	p.hands.click(640, 720-40)
	p.play(3)
	if len(p.world.seeks) != 1 || p.world.seeks[0] < sim.Time(50*sim.Minute) || p.world.seeks[0] > sim.Time(70*sim.Minute) {
		t.Errorf("a click in the middle of two hours went to %v; want about 1:00:00", p.world.seeks)
	}
}

// What the window shows must be what the painter of reports draws, but for the softness of edges.
func TestWindowAgreesWithPainter(t *testing.T) {
	p := newPlayer(t)
	p.world.frame.Status.Paused = true
	p.play(3)
	seen := p.picture()
	drawn := render.NewPainter(p.desk.Font()).Paint(p.desk.Draw())
	off := 0
	for i := range seen.Pix {
		if d := int(seen.Pix[i]) - int(drawn.Pix[i]); d > 48 || d < -48 {
			off++
		}
	}
	if share := float64(off) / float64(len(seen.Pix)); share > 0.01 {
		save(t, seen)
		t.Errorf("%.2f %% of the values differ by more than 48; want at most 1 %%", 100*share)
	}
}

// The atlas must be able to begin anew in the middle of a game.
func TestAtlasStartsAgainWhenFull(t *testing.T) {
	p := newPlayer(t)
	p.play(2)
	for size := float32(100); !p.game.painter.atlas.full; size++ {
		p.game.painter.atlas.glyph('镇', size)
		if size > 2000 {
			t.Fatal("the atlas never fills up")
		}
	}
	p.play(2)
	if p.game.painter.atlas.full {
		t.Error("the atlas is still full after two pictures")
	}
}

// save writes a picture into $SANDTABLE_PICTURES.
func save(t *testing.T, img image.Image) {
	dir := os.Getenv("SANDTABLE_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, t.Name()+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}
