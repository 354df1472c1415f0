package main

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"sandtable/cmd/internal/stage"
	"sandtable/render"
	"sandtable/replay"
	"sandtable/scenarios"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/scenario"
)

// patience is how long a test waits for a session.
const patience = 60 * time.Second

// testStory is the hamlet, its water kept in a cache of the test.
func testStory(t *testing.T, args ...string) *story {
	t.Helper()
	o := &options{Scenario: "hamlet", Machine: stage.Machine{Films: films(t), Workers: 1}}
	if len(args) == 2 && args[0] == "replay" {
		o.Scenario, o.Replay = "", args[1]
	}
	st, err := o.story()
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// filmDir is shared by the tests of this package: the hamlet's water is solved once.
var filmDir string

func films(t *testing.T) string {
	t.Helper()
	if filmDir == "" {
		dir, err := os.MkdirTemp("", "sandbox-films")
		if err != nil {
			t.Fatal(err)
		}
		filmDir = dir
	}
	return filmDir
}

func TestMain(m *testing.M) {
	code := m.Run()
	if filmDir != "" {
		_ = os.RemoveAll(filmDir)
	}
	os.Exit(code)
}

// playing is a session that runs beside the test, as beside a window.
type playing struct {
	*session
	t    *testing.T
	stop context.CancelFunc
	done chan error
}

func start(t *testing.T, st *story, out string) *playing {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	p := &playing{session: newSession(ctx, st, sim.English, 0), t: t, stop: stop, done: make(chan error, 1)}
	if out != "" {
		st.out = out
		rec, err := st.record(out, sim.English)
		if err != nil {
			t.Fatal(err)
		}
		p.rec = rec
	}
	go func() { p.done <- p.play() }()
	t.Cleanup(p.close)
	return p
}

func (p *playing) close() {
	p.stop()
	select {
	case err := <-p.done:
		if err != nil {
			p.t.Error(err)
		}
		p.done <- nil
	case <-time.After(patience):
		p.t.Error("the session does not end")
	}
}

var wholeView = sim.View{Zoom: 1}

// until looks at pictures until one is as wanted.
func (p *playing) until(what string, want func(f *render.Frame) bool) *render.Frame {
	p.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		select {
		case err := <-p.done:
			p.done <- err
			p.t.Fatalf("the session ended while the test waited until %s: %v", what, err)
		default:
		}
		if f := p.Frame(wholeView); f != nil && want(f) {
			return f
		}
	}
	f := p.Frame(wholeView)
	p.t.Fatalf("the session never came so far that %s; it is %v, %+v", what, f.Snapshot.Now, f.Status)
	return nil
}

func (p *playing) at(now sim.Time) *render.Frame {
	p.t.Helper()
	return p.until("it is "+now.String(), func(f *render.Frame) bool {
		return f.Snapshot.Now == now && f.Status.Seeking < 0
	})
}

// story of the hamlet as engine.Drive plays it: totals at every minute.
func totals(t *testing.T, st *story, until sim.Time) map[sim.Time]sim.Counts {
	t.Helper()
	w, err := engine.New(st.config())
	if err != nil {
		t.Fatal(err)
	}
	src, done, err := st.Live(w, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	out := map[sim.Time]sim.Counts{}
	for w.Now() < until {
		if err := engine.Drive(t.Context(), w, src, w.Now().Add(sim.Minute)); err != nil {
			t.Fatal(err)
		}
		var truth sim.Truth
		w.Truth(&truth)
		out[w.Now()] = truth.Total
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

// minutes is an instant so many minutes after the start.
func minutes(n int) sim.Time { return sim.Time(n) * sim.Time(sim.Minute) }

// Whatever way one takes to a moment, it must be the same moment.
func TestSeekingShowsTheRun(t *testing.T) {
	st := testStory(t)
	want := totals(t, st, minutes(100))
	p := start(t, st, "")
	p.Pause(true)
	for _, m := range []int{20, 7, 12, 90, 3, 61, 60, 90, 100, 33} {
		p.Seek(minutes(m))
		f := p.at(minutes(m))
		if f.Truth.Total != want[minutes(m)] || f.Snapshot.Total != want[minutes(m)] {
			t.Fatalf("after %d minutes %+v; want %+v", m, f.Truth.Total, want[minutes(m)])
		}
		live := f.Snapshot.Now == f.Status.Head
		if live != (f.Status.Phase == render.PhaseLive) {
			t.Fatalf("at %v of %v the phase is %d", f.Snapshot.Now, f.Status.Head, f.Status.Phase)
		}
	}
	p.Live()
	if f := p.at(minutes(100)); f.Status.Phase != render.PhaseLive {
		t.Errorf("at the front the phase is %d", f.Status.Phase)
	}
}

func TestStepAndClock(t *testing.T) {
	p := start(t, testStory(t), "")
	p.Pause(true)
	p.Seek(minutes(10))
	p.at(minutes(10))
	p.Step(sim.Minute)
	p.at(minutes(11))
	p.Step(-2 * sim.Minute)
	p.at(minutes(9))
	p.Speed(300) // plays on from the past to the front, and over it
	// The front may have run on a little before the pause was heard.
	p.until("it is past the front, and live", func(f *render.Frame) bool {
		return f.Snapshot.Now > minutes(12) && f.Status.Phase == render.PhaseLive
	})
}

func TestOrderArrives(t *testing.T) {
	p := start(t, testStory(t), "")
	p.Pause(true)
	p.Seek(minutes(5))
	p.at(minutes(5))
	zone := p.st.Scenario.Zones[0].Name
	p.Order(sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", zone))
	p.until("it says that the clock stands", func(f *render.Frame) bool { return f.Status.Notice == orderHeld })
	p.Seek(minutes(30))
	f := p.at(minutes(30))
	sent := slices.ContainsFunc(f.Seen.Orders, func(o sim.OrderKnown) bool {
		return o.Order == sim.OrderEvacuateZone && o.Sent >= minutes(5) && o.Sent < minutes(6)
	})
	if !sent {
		t.Errorf("the highest post does not know that it has given the order: %+v", f.Seen.Orders)
	}
	found := false
	for _, m := range f.Status.Marks {
		found = found || m.Kind == render.MomentOrder && m.At == minutes(5) && !m.Minor
	}
	if !found {
		t.Errorf("the order is not on the timeline: %v", f.Status.Marks)
	}
	p.Seek(minutes(20))
	p.at(minutes(20))
	p.Order(sim.NewCommand(sim.FromPlayer, "all_clear", "zone", zone))
	f = p.until("it says no", func(f *render.Frame) bool { return f.Status.Notice == noOrders })
	p.Order(sim.NewCommand(sim.FromPlayer, "no_such_order"))
	if f.Snapshot.Now != minutes(20) {
		t.Error("an order in the past moved the clock")
	}
	p.Live()
	p.at(minutes(30))
	p.Order(sim.NewCommand(sim.FromPlayer, "no_such_order"))
	p.Step(sim.Minute)
	p.at(minutes(31))
	p.until("the refusal is told", func(f *render.Frame) bool {
		return f.Status.Notice.EN == `Refused: no_such_order; reason: no order is called "no_such_order"; docs/orders.md lists them`
	})
	f = p.until("the refusal is among the answers", func(f *render.Frame) bool { return len(f.Status.Answers) == 2 })
	if a := f.Status.Answers; a[0].Refused || a[0].Order != sim.OrderEvacuateZone || a[0].At != minutes(5) ||
		a[0].Target != sim.RefTo(sim.KindZone, sim.ZoneID(0)) || !a[1].Refused || a[1].Text.Empty() {
		t.Errorf("the answers are %+v; want the order of minute 5, and the refusal", a)
	}
	p.Seek(minutes(20))
	if f := p.at(minutes(20)); len(f.Status.Answers) != 1 {
		t.Errorf("at minute 20 the answers are %+v; want the one of minute 5", f.Status.Answers)
	}
}

// Orders are answered in the order in which they are handed over, whatever is handed over while the clock stands; at
// the instant at which an order is given it has no answer yet. A story that goes on from an earlier moment counts on
// from there.
func TestOrdersAreNumbered(t *testing.T) {
	p := start(t, testStory(t), "")
	p.Pause(true)
	p.Seek(minutes(5))
	p.at(minutes(5))
	wrong, right := sim.NewCommand(sim.FromPlayer, "no_such_order"), sim.NewCommand(sim.FromPlayer, "report", "kind", "first")
	give := func(c sim.Command, want int) {
		t.Helper()
		if n := p.Order(c); n != want {
			t.Fatalf("the order has number %d; want %d", n, want)
		}
	}
	give(wrong, 0)
	give(right, 1)
	p.Seek(minutes(10))
	if a := p.at(minutes(10)).Status.Answers; len(a) != 2 || !a[0].Refused || a[1].Refused {
		t.Errorf("the answers are %+v; want a refusal first", a)
	}
	give(wrong, 2)
	p.Seek(minutes(5))
	if a := p.at(minutes(5)).Status.Answers; len(a) != 0 {
		t.Errorf("at minute 5 the answers are %+v; the orders are only being given", a)
	}
	give(wrong, -1)
	p.Seek(minutes(8))
	p.at(minutes(8))
	p.Continue()
	p.until("the story goes on", func(f *render.Frame) bool { return f.Status.Phase == render.PhaseLive })
	give(right, 2)
	p.Seek(minutes(12))
	if a := p.at(minutes(12)).Status.Answers; len(a) != 3 || a[2].At != minutes(8) {
		t.Errorf("after going on the answers are %+v; want three, the last one of minute 8", a)
	}
}

// A seat's session shows what its post knows, at the front and looking back, and nothing else; it orders in the name of
// its post.
func TestSeat(t *testing.T) {
	st := testStory(t)
	for _, name := range []string{"nobody", st.Scenario.Posts[len(st.Scenario.Posts)-1].Name} {
		o, s := &options{Seat: name}, newSession(t.Context(), st, sim.English, 0)
		if err := o.takeSeat(s); (err == nil) != (name != "nobody") {
			t.Errorf("the seat %q gives %v", name, err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	p := &playing{session: newSession(ctx, st, sim.English, 0), t: t, stop: stop, done: make(chan error, 1)}
	o := &options{Seat: st.Scenario.Posts[0].Name}
	if err := o.takeSeat(p.session); err != nil {
		t.Fatal(err)
	}
	go func() { p.done <- p.play() }()
	t.Cleanup(p.close)
	p.Pause(true)
	for _, m := range []int{60, 25} {
		p.Seek(minutes(m))
		f := p.at(minutes(m))
		var again render.Frame
		render.SeatFrame(st.Scenario, scenario.NewDirectory(st.Scenario), &f.Seen, &again)
		if !reflect.DeepEqual(again.Snapshot.Zones, f.Snapshot.Zones) || again.Snapshot.Total != f.Snapshot.Total ||
			f.Snapshot.Water != nil || len(f.Snapshot.Parties)+len(f.Snapshot.Cells)+len(f.Snapshot.Movers) > 0 ||
			f.Truth.Total != (sim.Counts{}) || f.Charts != nil || f.Status.Charted || !f.Status.SeatOnly {
			t.Errorf("after %d minutes the seat's picture holds more than its observation", m)
		}
		if known := render.SeatMoments(scenario.NewDirectory(st.Scenario), &f.Seen); len(f.Status.Marks) != len(known) {
			t.Errorf("after %d minutes the feed has %d moments; the seat knows of %d", m, len(f.Status.Marks), len(known))
		}
	}
}

// Going on from an earlier moment drops what players ordered later, and nothing else: without their orders the story
// is the same again.
func TestContinueFromThePast(t *testing.T) {
	st := testStory(t)
	want := totals(t, st, minutes(60))
	p := start(t, st, "")
	p.Pause(true)
	p.Seek(minutes(30))
	p.at(minutes(30))
	for _, z := range st.Scenario.Zones {
		p.Order(sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", z.Name))
	}
	p.Seek(minutes(60))
	if f := p.at(minutes(60)); f.Truth.Total == want[minutes(60)] {
		t.Fatal("the order changed nothing; the test proves nothing")
	}
	p.Seek(minutes(25))
	p.at(minutes(25))
	p.Bookmark()
	p.Continue()
	p.until("it is the front", func(f *render.Frame) bool {
		return f.Status.Phase == render.PhaseLive && f.Snapshot.Now == minutes(25)
	})
	p.Seek(minutes(60))
	f := p.at(minutes(60))
	if f.Truth.Total != want[minutes(60)] {
		t.Errorf("an hour after the start %+v; want %+v", f.Truth.Total, want[minutes(60)])
	}
	bookmarks := 0
	for _, m := range f.Status.Marks {
		if m.Kind == render.MomentBookmark {
			bookmarks++
		}
	}
	if bookmarks != 1 {
		t.Errorf("%d bookmarks are left; want 1", bookmarks)
	}
}

func TestRecordBranchVerifyReplay(t *testing.T) {
	st := testStory(t)
	dir := filepath.Join(t.TempDir(), "run")
	p := start(t, st, dir)
	p.Pause(true)
	p.Seek(minutes(20))
	p.at(minutes(20))
	p.Order(sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", st.Scenario.Zones[1].Name))
	low := st.Scenario.Posts[len(st.Scenario.Posts)-1]
	p.Order(sim.NewCommand(sim.FromPlayer, "report", "kind", "first"))
	beyond := sim.NewCommand(sim.FromPlayer, "warning_level", "level", "red")
	beyond.Post = low.Name
	p.Order(beyond)
	p.Seek(minutes(40))
	if a := p.at(minutes(40)).Status.Answers; len(a) != 3 || a[0].Refused || a[1].Refused || !a[2].Refused {
		t.Errorf("of three orders became %+v; want the last one, of a %s, refused", a, low.Level)
	}
	p.Seek(minutes(30))
	p.at(minutes(30))
	p.Continue()
	p.until("it is the front", func(f *render.Frame) bool { return f.Status.Phase == render.PhaseLive })
	p.Order(sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", st.Scenario.Zones[0].Name))
	p.Seek(st.end())
	f := p.until("the drill ends", func(f *render.Frame) bool { return f.Status.Ended })
	total := f.Truth.Total
	p.close()
	for path, finished := range map[string]bool{dir: false, dir + "-branch1": true} {
		run, err := replay.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if run.Finished != finished {
			t.Errorf("%s: finished %v; want %v", path, run.Finished, finished)
		}
		report, err := replay.Verify(t.Context(), run, st.config(), replay.VerifyOptions{})
		if err != nil || !report.Agrees() {
			t.Errorf("%s does not verify: %v, %v", path, report.Mismatch, err)
		}
	}
	again := testStory(t, "replay", dir+"-branch1")
	q := start(t, again, "")
	q.Pause(true)
	q.Seek(again.end())
	if f := q.until("the replay ends", func(f *render.Frame) bool { return f.Snapshot.Now == again.end() }); f.Truth.Total != total {
		t.Errorf("the replay ends with %+v; want %+v", f.Truth.Total, total)
	}
	q.Seek(minutes(25))
	if f := q.at(minutes(25)); f.Status.Phase != render.PhaseReplay || len(f.Status.Marks) == 0 || len(f.Status.Curve) < 60 {
		t.Errorf("replay: phase %d, %d moments, %d samples", f.Status.Phase, len(f.Status.Marks), len(f.Status.Curve))
	}
}

// Every text that the window can show of a shipped drill must be in its font.
func TestShippedDrillsHaveGlyphs(t *testing.T) {
	font := render.DefaultFont()
	check := func(texts ...string) {
		for _, text := range texts {
			if r := font.Missing(text); len(r) > 0 {
				t.Errorf("the font has no %q, wanted by %q", string(r), text)
			}
		}
	}
	for _, s := range spoken() {
		check(s.ZH, s.EN)
	}
	for _, name := range scenarios.List() {
		loc, err := scenarios.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		sc, diags := loc.Load(engine.Kinds())
		if err := diags.Err(); err != nil {
			t.Fatal(err)
		}
		p := &sc.Place
		check(sc.Drill.Title.ZH, sc.Drill.Title.EN, p.Title.ZH, p.Title.EN, p.ElevationSource.ZH, p.ElevationSource.EN, p.Attribution)
		n := 0
		for _, title := range titles(sc) {
			check(title.ZH, title.EN)
			n++
		}
		if n < 20 {
			t.Errorf("%s: only %d titles were found", name, n)
		}
	}
}

func TestCommandLine(t *testing.T) {
	dir := t.TempDir()
	png1 := filepath.Join(dir, "a.png")
	for _, c := range []struct {
		args []string
		want int
	}{
		{[]string{"no-such-drill"}, 2},
		{[]string{"hamlet", "--size", "12"}, 2},
		{[]string{"hamlet", "--size", "12", "--screenshot", png1}, 2},
		{[]string{"hamlet", "--seed", "x"}, 2},
		{[]string{"hamlet", "--screenshot", png1, "--at", "99h"}, 2},
		{[]string{"hamlet", "--screenshot", png1, "--zone", "nowhere"}, 2},
		{[]string{"hamlet", "--screenshot", png1, "--centre", "x"}, 2},
		{[]string{"hamlet", "--screenshot", png1, "--font", filepath.Join(dir, "none.otf")}, 2},
		{[]string{"hamlet", "--replay", dir}, 2},
		{[]string{"--replay", dir}, 2},
		{[]string{"--bogus"}, 2},
		{[]string{"--help"}, 0},
		{[]string{"hamlet", "--screenshot", png1, "--at", "20m", "--size", "1280x720", "--lang", "en"}, 0},
	} {
		args := append(c.args, "--films", films(t))
		if c.args[0] == "--help" {
			args = c.args
		}
		if got := run(t.Context(), args); got != c.want {
			t.Errorf("%q: exit code %d; want %d", c.args, got, c.want)
		}
	}
	file, err := os.Open(png1)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	img, err := png.Decode(file)
	if err != nil || img.Bounds().Dx() != 1280 || img.Bounds().Dy() != 720 {
		t.Errorf("the picture cannot be read back: %v, %v", img, err)
	}
}

// titles collects the names on screen of everything in a scenario.
func titles(sc *scenario.Scenario) []sim.Text {
	var out []sim.Text
	for _, x := range sc.Posts {
		out = append(out, x.Title)
	}
	for _, x := range sc.Channels {
		out = append(out, x.Title)
	}
	for _, x := range sc.Zones {
		out = append(out, x.Title)
	}
	for _, x := range sc.Shelters {
		out = append(out, x.Title)
	}
	for _, x := range sc.Assemblies {
		out = append(out, x.Title)
	}
	for _, x := range sc.Hospitals {
		out = append(out, x.Title)
	}
	for _, x := range sc.Stations {
		out = append(out, x.Title)
	}
	for _, x := range sc.Units {
		out = append(out, x.Title)
	}
	for _, x := range sc.Gauges {
		out = append(out, x.Title)
		for _, h := range x.Thresholds {
			out = append(out, h.Title)
		}
	}
	for _, x := range sc.Hazards {
		for _, s := range x.Spec.Structures() {
			out = append(out, s.Title)
		}
	}
	return out
}
