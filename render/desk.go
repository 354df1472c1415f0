package render

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Key is a key that the desk knows.
type Key uint8

// Keys.
const (
	KeyPause Key = iota
	KeySpeed1
	KeySpeed2
	KeySpeed3
	KeySpeed4
	KeySpeed5
	KeyFaster
	KeySlower
	KeyBack
	KeyForward
	KeyNext
	KeyBookmark
	KeyLanguage
	KeyHelp
	KeyEscape
	KeyFullscreen
	KeyHome
	KeyEnd
	KeyLegend
	KeyOverlay
	KeyPanel
	KeyOrders
	KeyEnter
	KeyErase
	KeyUp
	KeyDown
	KeyLeft
	KeyRight
	KeyCount
)

// Input is what hands did since the last picture.
type Input struct {
	X, Y     float64 // of the cursor [pixel]
	Down     bool    // the left button, or a finger, is held
	Pressed  bool    // went down just now
	Released bool    // went up just now
	Drag     bool    // another button is held: moves the map wherever it began
	Wheel    float64 // notches away from the user
	Keys     []Key   // that went down just now
	Text     string  // that was typed just now
	Shift    bool
	Elapsed  float64 // wall time since the last input [s]
}

// speeds are the steps of the clock [simulated s/s]; 0 is as fast as it goes.
var speeds = [...]float64{1, 10, 60, 300, 0}

// Desk is everything between hands and world: the map with its camera, bar, panels, timeline and buttons. It is for
// one goroutine.
type Desk struct {
	Fullscreen bool // wanted
	Quiet      bool // no buttons: for pictures

	scene  *Scene
	ctl    Controller
	sc     *scenario.Scenario
	names  *scenario.Directory
	font   *Font
	cam    Camera
	look   Look
	gauge  sim.GaugeID // whose panel is open instead of a zone's, or None
	zoom   float32     // of writing, set by the user
	frame  *Frame
	help   bool
	hover  XY
	grip   grip
	from   XY // where the button went down
	moved  bool
	armed  int // button under the cursor when it went down, or -1
	hits   []button
	solid  []area // what a click does not go through
	track  area   // the timeline
	scrub  sim.Time
	notice int     // serial of the notice that is shown
	toast  float64 // how long it stays [s]
	fitted bool
	whole  bool // the whole map is shown, and is to be when the panel becomes wider

	tab      panelTab
	orders   orderPanel
	posts    postPanel
	bundleAt int                       // first row of the panel of deployments
	bundles  map[sim.DeploymentID]bool // those whose orders somebody wants listed, or not; the others as is usual
	known    knownPart
	knownAt  int
	truth    bool // the panel of posts shows what is so, where that may be seen
	typing   bool // what is typed goes into a field
	shift    bool // is held
	lists    []longList
	bars     []longList
	bar      longList // whose bar is held
	turned   float64  // part of a row by which the wheel has turned
}

// grip is what the held button moves.
type grip uint8

const (
	gripNone grip = iota
	gripMap
	gripTime
	gripButton
	gripBar
)

// button is a part of the screen that does something when it is clicked.
type button struct {
	box  area
	do   func()
	name string // for tests and tips
}

// NewDesk returns the desk of a scenario, steered by a controller. Zoom enlarges all writing; 1 is made for a screen
// of 1080 lines, and larger screens get larger writing by themselves.
func NewDesk(sc *scenario.Scenario, names *scenario.Directory, font *Font, ctl Controller, lang sim.Lang,
	zoom float64) *Desk {
	return &Desk{
		scene: NewScene(sc, names, font), gauge: sim.None, ctl: ctl,
		sc: sc, names: names, font: font, armed: -1, zoom: float32(zoom),
		look: Look{Lang: lang, Scale: 1, Selected: sim.None, Hover: sim.None}, scrub: -1,
		posts: postPanel{open: sim.None}, bundles: make(map[sim.DeploymentID]bool),
	}
}

// Font returns the font that the desk measures with.
func (d *Desk) Font() *Font { return d.font }

// Camera returns the part of the map that is shown.
func (d *Desk) Camera() Camera { return d.cam }

// SetCamera shows a part of the map.
func (d *Desk) SetCamera(c Camera) {
	d.cam, d.fitted, d.whole = c, true, false
	d.cam.Fine = float64(d.look.Scale)
}

// Select shows a zone's panel; None closes it.
func (d *Desk) Select(z sim.ZoneID) { d.look.Selected, d.gauge = z, sim.None }

// Selected returns the zone whose panel is open, or None.
func (d *Desk) Selected() sim.ZoneID { return d.look.Selected }

// Resize tells the size of the screen. The first one fits the whole map into it.
func (d *Desk) Resize(width, height float64) {
	if width == d.cam.Width && height == d.cam.Height {
		return
	}
	d.look.Scale = max(float32(height)/1080, 1) * d.zoom
	d.cam.Width, d.cam.Height, d.cam.Fine = width, height, float64(d.look.Scale)
	d.look.Margins = d.margins()
	if !d.fitted {
		d.fit()
	}
}

func (d *Desk) margins() Margins {
	k := float64(d.look.Scale)
	m := Margins{Top: barSize * k, Bottom: dockSize * k, Right: float64(d.panelWidth()) * k}
	if d.Quiet {
		m.Right, m.Bottom = 0, 0
	}
	return m
}

func (d *Desk) fit() {
	m := d.margins()
	if !d.look.NoLegend {
		m.Left = d.scene.legendRoom(d.look)
	}
	d.SetCamera(Fit(d.cam.Width, d.cam.Height, m, d.scene.Bounds()))
	d.whole = true
}

// Button returns the middle of a button by its name, and whether it is on the screen.
func (d *Desk) Button(name string) (x, y float64, ok bool) {
	for _, b := range d.hits {
		if b.name == name {
			return float64(b.box.x0+b.box.x1) / 2, float64(b.box.y0+b.box.y1) / 2, true
		}
	}
	return 0, 0, false
}

// Input works on what hands did. Call it once per picture, before Draw.
func (d *Desk) Input(in Input) {
	at := XY{float32(in.X), float32(in.Y)}
	d.shift = in.Shift
	typing := d.typing
	for _, k := range in.Keys {
		if !d.fieldKey(k, typing) {
			d.key(k, in.Shift)
		}
	}
	if typing && d.typing {
		d.typed(in.Text)
	}
	if in.Wheel != 0 && !d.wheel(at, in.Wheel) && d.overMap(at) {
		d.cam = d.cam.ZoomAt(in.X, in.Y, zoomFactor(in.Wheel)).Hold(d.scene.Bounds())
		d.whole = false
	}
	if in.Pressed {
		d.press(at)
	}
	if in.Down || in.Drag {
		d.drag(at, in.Drag)
	}
	if in.Released {
		d.release(at)
	}
	d.hover = at
	d.look.Hover = sim.None
	if d.grip == gripNone && d.overMap(at) {
		d.look.Hover = d.scene.ZoneAt(d.cam.World(in.X, in.Y))
	}
	d.toast = max(d.toast-in.Elapsed, 0)
}

// zoomFactor is how much a turn of the wheel enlarges: a quarter per notch.
func zoomFactor(notches float64) float64 {
	f := 1.0
	for ; notches >= 1; notches-- {
		f *= 1.25
	}
	for ; notches <= -1; notches++ {
		f /= 1.25
	}
	return f * (1 + 0.25*notches)
}

func (d *Desk) overMap(at XY) bool {
	return !slices.ContainsFunc(d.solid, func(a area) bool { return a.has(at) })
}

func (a area) has(p XY) bool { return p.X >= a.x0 && p.X < a.x1 && p.Y >= a.y0 && p.Y < a.y1 }

// hit returns the uppermost button at a place, or -1.
func (d *Desk) hit(at XY) int {
	for i := len(d.hits) - 1; i >= 0; i-- {
		if d.hits[i].box.has(at) {
			return i
		}
	}
	return -1
}

func (d *Desk) press(at XY) {
	d.from, d.moved, d.armed, d.grip = at, false, d.hit(at), gripNone
	switch bar := slices.IndexFunc(d.bars, func(l longList) bool { return l.box.has(at) }); {
	case bar >= 0 && !d.help:
		d.grip, d.bar = gripBar, d.bars[bar]
		d.dragBar(at)
	case d.armed >= 0:
		d.grip = gripButton
	case d.help:
	case d.track.has(at):
		d.grip = gripTime
		d.scrub = d.timeAt(at.X)
	case d.overMap(at):
		d.grip = gripMap
	}
}

func (d *Desk) drag(at XY, other bool) {
	if other && d.grip == gripNone {
		d.pan(at)
		return
	}
	switch d.grip {
	case gripTime:
		d.scrub = d.timeAt(at.X)
	case gripBar:
		d.dragBar(at)
	case gripMap:
		dx, dy := at.X-d.from.X, at.Y-d.from.Y
		if slop := 4 * d.look.Scale; dx*dx+dy*dy > slop*slop {
			d.moved = true
		}
		if d.moved {
			d.pan(at)
		}
	}
}

func (d *Desk) pan(at XY) {
	d.cam = d.cam.Pan(float64(at.X-d.hover.X), float64(at.Y-d.hover.Y)).Hold(d.scene.Bounds())
	d.whole = false
}

func (d *Desk) release(at XY) {
	switch d.grip {
	case gripButton:
		if d.armed < len(d.hits) && d.armed == d.hit(at) {
			d.hits[d.armed].do()
		}
	case gripTime:
		d.ctl.Seek(d.timeAt(at.X))
		d.scrub = -1
	case gripMap:
		if !d.moved {
			d.clickMap(at)
		}
	}
	d.grip = gripNone
}

// clickMap shows what lies at a place of the map; the form of an order takes it first.
func (d *Desk) clickMap(at XY) {
	if d.pointAt(at) {
		return
	}
	d.typing = false
	if g := d.scene.GaugeAt(d.cam, at, d.look.Scale); g >= 0 {
		d.gauge = g
		d.openTab(tabEvents)
		return
	}
	d.Select(d.scene.ZoneAt(d.cam.World(float64(at.X), float64(at.Y))))
	if d.look.Selected >= 0 {
		d.openTab(tabEvents)
	}
}

// fieldKey gives a key to the field in which one types, and says whether it stays there: what is a character is no
// command while one types.
func (d *Desk) fieldKey(k Key, typing bool) bool {
	switch {
	case !typing:
		return k >= KeyEnter && d.tab == tabOrders && d.orderKey(k) && d.beginTyping()
	case k == KeyEscape || k == KeyFullscreen:
		return false
	}
	d.orderKey(k)
	return true
}

func (d *Desk) beginTyping() bool {
	d.typing = true
	return true
}

// findOrder opens the panel of orders, ready to type what is looked for.
func (d *Desk) findOrder() {
	if d.tabThere(tabOrders) {
		d.openTab(tabOrders)
		d.orders.form, d.typing = nil, true
	}
}

func (d *Desk) key(k Key, shift bool) {
	switch k {
	case KeyPause:
		d.togglePause()
	case KeySpeed1, KeySpeed2, KeySpeed3, KeySpeed4, KeySpeed5:
		d.ctl.Speed(speeds[k-KeySpeed1])
	case KeyFaster:
		d.shiftSpeed(1)
	case KeySlower:
		d.shiftSpeed(-1)
	case KeyBack:
		d.ctl.Step(-sim.Minute)
	case KeyForward:
		d.ctl.Step(sim.Minute)
	case KeyNext:
		d.nextMoment(shift)
	case KeyBookmark:
		d.ctl.Bookmark()
	case KeyLanguage:
		d.toggleLanguage()
	case KeyHelp:
		d.help = !d.help
	case KeyEscape:
		d.escape()
	case KeyFullscreen:
		d.Fullscreen = !d.Fullscreen
	case KeyHome:
		d.fit()
	case KeyEnd:
		d.ctl.Live()
	case KeyLegend:
		d.look.NoLegend = !d.look.NoLegend
	case KeyOverlay:
		d.nextOverlay(shift)
	case KeyPanel:
		d.nextTab(shift)
	case KeyOrders:
		d.findOrder()
	}
}

// nextOverlay shows the next thing that is known of the water, or the one before, where it may be seen here.
func (d *Desk) nextOverlay(back bool) {
	if d.frame == nil || !d.frame.Status.Charted {
		return
	}
	by := Overlay(1)
	if back {
		by = OverlayCount - 1
	}
	d.ShowOverlay((d.look.Overlay + by) % OverlayCount)
}

// ShowOverlay shows an overlay as soon as there is a frame with it.
func (d *Desk) ShowOverlay(o Overlay) {
	d.look.Overlay = o
	d.ctl.Charts(o != OverlayDepth)
}

func (d *Desk) togglePause() {
	if d.frame != nil {
		d.ctl.Pause(!d.frame.Status.Paused)
	}
}

func (d *Desk) toggleLanguage() {
	d.look.Lang = sim.English - d.look.Lang
}

func (d *Desk) escape() {
	switch {
	case d.help:
		d.help = false
	case d.tab == tabOrders && d.orders.form != nil:
		d.closeForm()
	case d.typing:
		d.typing = false
	case d.tab != tabEvents:
		d.openTab(tabEvents)
	default:
		d.Select(sim.None)
		d.gauge = sim.None
	}
}

// shiftSpeed goes to the next step of the clock, up or down.
func (d *Desk) shiftSpeed(by int) {
	if d.frame == nil {
		return
	}
	at := len(speeds) - 1
	for i, x := range speeds {
		if x != 0 && d.frame.Status.Speed != 0 && d.frame.Status.Speed <= x {
			at = i
			break
		}
	}
	d.ctl.Speed(speeds[min(max(at+by, 0), len(speeds)-1)])
}

// nextMoment goes to the next mark of the timeline, or back to the one before.
func (d *Desk) nextMoment(back bool) {
	if d.frame == nil {
		return
	}
	now, best := d.frame.Snapshot.Now, sim.Time(-1)
	for _, m := range d.frame.Status.Marks {
		if m.Minor {
			continue
		}
		if back && m.At < now-sim.Time(sim.Second) && m.At > best {
			best = m.At
		}
		if !back && m.At > now && (best < 0 || m.At < best) {
			best = m.At
		}
	}
	if best >= 0 {
		d.ctl.Seek(best)
	}
}

// goOn takes the moment shown as the front. What was given later is as if it had not been given.
func (d *Desk) goOn() {
	if f := d.orders.form; f != nil && f.asked >= len(d.frame.Status.Answers) {
		f.asked = -1
	}
	d.ctl.Continue()
}

// evacuate gives the order for the selected zone.
func (d *Desk) evacuate() {
	z := d.look.Selected
	if z < 0 || d.frame == nil || !d.frame.Status.TakesOrders() {
		return
	}
	c := sim.NewCommand(sim.FromPlayer, sim.Orders[sim.OrderEvacuateZone].Name,
		"zone", d.names.NameOf(sim.RefTo(sim.KindZone, z)))
	d.give(c)
}

// Draw makes the list of the next picture. It is valid until the next call.
func (d *Desk) Draw() *List {
	if f := d.ctl.Frame(d.cam.View()); f != nil {
		d.frame = f
	}
	d.hits, d.solid, d.lists, d.bars = d.hits[:0], d.solid[:0], d.lists[:0], d.bars[:0]
	if d.frame == nil {
		return d.drawNothing()
	}
	d.look.Margins = d.margins()
	if d.frame.Status.Phase != PhaseLive {
		d.look.Margins.Top += bannerSize * float64(d.look.Scale)
	}
	l := d.scene.Draw(d.cam, d.frame, d.look)
	d.drawChosen(l)
	s := &l.Sheets[LayerDesk]
	d.drawBar(s)
	if !d.Quiet {
		d.drawBanner(s)
		d.drawSide(s)
		d.drawDock(s)
		d.drawToast(s)
		d.drawTip(s)
		if d.help {
			d.drawHelp(s)
		}
	}
	return l
}

// drawNothing is shown until the first picture is there.
func (d *Desk) drawNothing() *List {
	l := &d.scene.list
	l.Width, l.Height = int(d.cam.Width), int(d.cam.Height)
	for k := range l.Sheets {
		l.Sheets[k].reset()
	}
	l.Sheets[LayerGround].Edition, l.Sheets[LayerRoads].Edition = 0, 0
	size := 24 * d.look.Scale
	text := d.sc.Drill.Title.In(d.look.Lang) + " …"
	l.Sheets[LayerDesk].text(float32(d.cam.Width)/2-d.font.Width(text, size)/2, float32(d.cam.Height)/2, size,
		deskText, text)
	return l
}
