package main

import (
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"strings"

	"sandtable/cmd/internal/stage"
	"sandtable/render"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// picture plays up to an instant and writes what the window would show then.
func (o *options) picture(ctx context.Context, st *story) error {
	at, err := sim.ParseDuration(o.At)
	if err != nil || at < 0 || sim.Time(at) > st.end() {
		return stage.Bad("--at %q；应为 0s 至 %v 的时间，如 3h20m", "--at %q; want a span from 0s to %v, such as 3h20m", o.At,
			sim.Duration(st.end()))
	}
	width, height, err := o.size()
	if err != nil {
		return err
	}
	font, err := o.font()
	if err != nil {
		return err
	}
	s := newSession(ctx, st, o.lang(st), o.Speed)
	if err := o.takeSeat(s); err != nil {
		return err
	}
	source, closing, err := s.begin()
	if err != nil {
		return err
	}
	defer closing() // nothing is recorded, films are a cache
	still := &still{session: s}
	if err := engine.Drive(ctx, s.front, source, sim.Time(at), still); err != nil {
		return err
	}
	names := scenario.NewDirectory(st.Scenario)
	desk := render.NewDesk(st.Scenario, names, font, still, o.lang(st), o.TextScale)
	desk.Resize(float64(width), float64(height))
	if err := o.aim(desk, names); err != nil {
		return err
	}
	if o.Panel != "" {
		desk.Draw() // whose run this is, the desk knows from its first frame
		if !desk.ShowPanel(o.Panel) {
			return stage.Bad("--panel %q；应为 %s 之一，或 orders:指令名", "--panel %q; want one of %s, or orders:NAME of an order",
				o.Panel, strings.Join(render.PanelNames(), ", "))
		}
	}
	overlay, _ := render.OverlayByName(o.Overlay) // the command line takes no other
	desk.ShowOverlay(overlay)
	desk.Draw() // with the view of the camera, which the first picture could not know
	return writePNG(o.Screenshot, render.NewPainter(font).Paint(desk.Draw()))
}

// aim points the camera and opens the panel that are asked for.
func (o *options) aim(desk *render.Desk, names *scenario.Directory) error {
	cam := desk.Camera()
	middle := cam.World(cam.Width/2, cam.Height/2)
	if o.Centre != "" {
		if n, err := fmt.Sscanf(strings.ReplaceAll(o.Centre, ",", " "), "%g %g", &middle.X, &middle.Y); err != nil || n != 2 {
			return stage.Bad("--centre %q；应为坐标，如 1200,350（米）", "--centre %q; want a place such as 1200,350 [m]", o.Centre)
		}
	}
	if o.Zoom <= 0 {
		return stage.Bad("--zoom %g；应为大于 0 的数", "--zoom %g; want a number above 0", o.Zoom)
	}
	if o.Zoom != 1 || o.Centre != "" {
		cam = cam.ZoomAt(cam.Width/2, cam.Height/2, o.Zoom)
		at := cam.Screen(geo.Point{X: middle.X, Y: middle.Y})
		desk.SetCamera(cam.Pan(cam.Width/2-float64(at.X), cam.Height/2-float64(at.Y)))
	}
	if o.Zone != "" {
		id, ok := names.Resolve(sim.KindZone, o.Zone)
		if !ok {
			return stage.Bad("没有名为 %q 的转移单元；%s", "no zone is called %q; %s", o.Zone,
				scenario.WantOneOf(o.Zone, names.All(sim.KindZone)))
		}
		desk.Select(sim.ZoneID(id))
	}
	if o.Gauge != "" {
		id, ok := names.Resolve(sim.KindGauge, o.Gauge)
		if !ok {
			return stage.Bad("没有名为 %q 的测站；%s", "no gauge is called %q; %s", o.Gauge,
				scenario.WantOneOf(o.Gauge, names.All(sim.KindGauge)))
		}
		desk.SelectGauge(sim.GaugeID(id))
	}
	return nil
}

// takeSeat makes a session one of the seat that is asked for.
func (o *options) takeSeat(s *session) error {
	if o.Seat == "" {
		return nil
	}
	names := scenario.NewDirectory(s.st.Scenario)
	id, ok := names.Resolve(sim.KindPost, o.Seat)
	if !ok {
		return stage.Bad("没有名为 %q 的岗位；%s", "no post is called %q; %s", o.Seat,
			scenario.WantOneOf(o.Seat, names.All(sim.KindPost)))
	}
	s.post, s.seat, s.story.seat = sim.PostID(id), true, sim.PostID(id)
	return nil
}

func writePNG(path string, img image.Image) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(file, img); err != nil {
		_ = file.Close() // the first error counts
		return fmt.Errorf("%s: %w", path, err)
	}
	return file.Close()
}

// still is a controller that shows a session's world as it stands, and does nothing. As a sink it only remembers.
type still struct {
	*session
	shown buffer
}

// Frame fills the picture anew for each view.
func (s *still) Frame(view sim.View) *render.Frame {
	s.fill(&s.shown, s.front, view, s.charts.front)
	s.shown.Status.Speed, s.shown.Status.Paused = s.speed, true
	return &s.shown.Frame
}

// Charts shows charts of the water, or none.
func (s *still) Charts(on bool) { s.charts.wanted = on }

// After remembers what happened.
func (s *still) After(_ sim.Time, events []sim.Event, _ *sim.Digest, _ sim.Viewer) error {
	for _, e := range events {
		s.story.note(e)
	}
	take(s.charts.front, s.front)
	s.story.sample(s.front, s.charts.front)
	return nil
}
