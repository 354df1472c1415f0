package window

import (
	"fmt"
	"time"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"

	"sandtable/render"
	_ "sandtable/render/window/display" // says so where there is no display
)

// Game shows one desk. It implements ebiten.Game.
type Game struct {
	desk    *render.Desk
	painter *painter
	hands   func() render.Input // reads mouse and keys; tests put in hands of their own
	last    time.Time
	touch   ebiten.TouchID
	touched bool
	at      [2]float64 // of the finger
	full    bool
	quit    func() bool // says whether the window is to close
}

// New returns the game of a desk. Quit is asked once per picture; nil means until the window is closed.
func New(desk *render.Desk, quit func() bool) *Game {
	g := &Game{desk: desk, painter: newPainter(desk.Font()), quit: quit}
	g.hands = g.read
	return g
}

// Run opens a window of that size [pixel] and shows the desk until the window is closed.
func Run(desk *render.Desk, title string, width, height int, quit func() bool) error {
	ebiten.SetWindowTitle(title)
	ebiten.SetWindowSize(width, height)
	ebiten.SetWindowResizingMode(ebiten.WindowResizingModeEnabled)
	if err := ebiten.RunGame(New(desk, quit)); err != nil {
		return fmt.Errorf("window: %w", err)
	}
	return nil
}

// Update hands over what hands did.
func (g *Game) Update() error {
	if g.quit != nil && g.quit() {
		return ebiten.Termination
	}
	in := g.hands()
	now := time.Now()
	if !g.last.IsZero() {
		in.Elapsed = now.Sub(g.last).Seconds()
	}
	g.last = now
	g.desk.Input(in)
	if g.desk.Fullscreen != g.full {
		g.full = g.desk.Fullscreen
		ebiten.SetFullscreen(g.full)
	}
	return nil
}

// Draw draws the desk's list.
func (g *Game) Draw(screen *ebiten.Image) {
	size := screen.Bounds().Size()
	g.desk.Resize(float64(size.X), float64(size.Y))
	g.painter.paint(screen, g.desk.Draw())
}

// Layout makes the screen as fine as the monitor. LayoutF goes before it where there is one.
func (g *Game) Layout(width, height int) (int, int) {
	w, h := g.LayoutF(float64(width), float64(height))
	return int(w), int(h)
}

// LayoutF is Layout with fractions of pixels.
func (g *Game) LayoutF(width, height float64) (float64, float64) {
	k := ebiten.Monitor().DeviceScaleFactor()
	return width * k, height * k
}

// keys maps the keys of the keyboard.
var keys = map[ebiten.Key]render.Key{
	ebiten.KeySpace: render.KeyPause,
	ebiten.Key1:     render.KeySpeed1, ebiten.KeyKP1: render.KeySpeed1,
	ebiten.Key2: render.KeySpeed2, ebiten.KeyKP2: render.KeySpeed2,
	ebiten.Key3: render.KeySpeed3, ebiten.KeyKP3: render.KeySpeed3,
	ebiten.Key4: render.KeySpeed4, ebiten.KeyKP4: render.KeySpeed4,
	ebiten.Key5: render.KeySpeed5, ebiten.KeyKP5: render.KeySpeed5,
	ebiten.KeyEqual: render.KeyFaster, ebiten.KeyKPAdd: render.KeyFaster,
	ebiten.KeyMinus: render.KeySlower, ebiten.KeyKPSubtract: render.KeySlower,
	ebiten.KeyBracketLeft: render.KeyBack, ebiten.KeyBracketRight: render.KeyForward,
	ebiten.KeyTab: render.KeyNext, ebiten.KeyM: render.KeyBookmark, ebiten.KeyL: render.KeyLanguage,
	ebiten.KeyH: render.KeyHelp, ebiten.KeyEscape: render.KeyEscape, ebiten.KeyF11: render.KeyFullscreen,
	ebiten.KeyHome: render.KeyHome, ebiten.KeyEnd: render.KeyEnd, ebiten.KeyK: render.KeyLegend,
	ebiten.KeyO: render.KeyOverlay, ebiten.KeyP: render.KeyPanel, ebiten.KeyG: render.KeyOrders,
	ebiten.KeyEnter: render.KeyEnter, ebiten.KeyNumpadEnter: render.KeyEnter,
}

// repeated are the keys that go on as long as they are held.
var repeated = map[ebiten.Key]render.Key{
	ebiten.KeyBackspace: render.KeyErase, ebiten.KeyArrowUp: render.KeyUp, ebiten.KeyArrowDown: render.KeyDown,
	ebiten.KeyArrowLeft: render.KeyLeft, ebiten.KeyArrowRight: render.KeyRight,
}

// again says whether a key that has been held for so many updates (60 a second) counts once more: at once, and after
// half a second twelve times a second.
func again(updates int) bool { return updates == 1 || updates > 30 && updates%5 == 0 }

// readText reads what is typed.
func readText(in *render.Input) {
	in.Text = string(ebiten.AppendInputChars(nil))
	for k, key := range repeated {
		if again(inpututil.KeyPressDuration(k)) {
			in.Keys = append(in.Keys, key)
		}
	}
}

// read reads mouse, finger and keys.
func (g *Game) read() render.Input {
	x, y := ebiten.CursorPosition()
	in := render.Input{X: float64(x), Y: float64(y),
		Down:     ebiten.IsMouseButtonPressed(ebiten.MouseButtonLeft),
		Pressed:  inpututil.IsMouseButtonJustPressed(ebiten.MouseButtonLeft),
		Released: inpututil.IsMouseButtonJustReleased(ebiten.MouseButtonLeft),
		Drag: ebiten.IsMouseButtonPressed(ebiten.MouseButtonRight) ||
			ebiten.IsMouseButtonPressed(ebiten.MouseButtonMiddle),
		Shift: ebiten.IsKeyPressed(ebiten.KeyShift),
	}
	_, in.Wheel = ebiten.Wheel()
	for _, k := range inpututil.AppendJustPressedKeys(nil) {
		if key, ok := keys[k]; ok {
			in.Keys = append(in.Keys, key)
		}
	}
	readText(&in)
	g.readFinger(&in)
	return in
}

// readFinger lets the first finger be the left button. Further fingers do nothing: on a wall several people touch at
// once, and nobody wants to zoom by accident.
func (g *Game) readFinger(in *render.Input) {
	if !g.touched {
		ids := inpututil.AppendJustPressedTouchIDs(nil)
		if len(ids) == 0 {
			return
		}
		g.touched, g.touch = true, ids[0]
		in.Pressed = true
	}
	if inpututil.IsTouchJustReleased(g.touch) {
		g.touched = false
		in.Released = true
		in.X, in.Y = g.at[0], g.at[1]
		return
	}
	x, y := ebiten.TouchPosition(g.touch)
	g.at = [2]float64{float64(x), float64(y)}
	in.X, in.Y, in.Down = g.at[0], g.at[1], true
}
