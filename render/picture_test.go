package render

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// TestPictureDesk draws the desk into $SANDTABLE_PICTURES, to be looked at.
func TestPictureDesk(t *testing.T) {
	dir := os.Getenv("SANDTABLE_PICTURES")
	if dir == "" {
		t.Skip("draws only into $SANDTABLE_PICTURES")
	}
	sc := valley()
	for _, c := range []struct {
		name          string
		width, height float64
		lang          sim.Lang
		zoom          float64
		zone          sim.ZoneID
		phase         Phase
		overlay       Overlay
	}{
		{"whole-zh", 1600, 900, sim.Chinese, 1, sim.None, PhaseLive, OverlayDepth},
		{"zone-en", 1920, 1080, sim.English, 2.2, 1, PhaseLive, OverlayDepth},
		{"past-zh", 1280, 720, sim.Chinese, 5, 1, PhasePast, OverlayDepth},
		{"far-en", 1280, 720, sim.English, 0.2, sim.None, PhaseReplay, OverlayDepth},
		{"deepest-zh", 1600, 900, sim.Chinese, 1, sim.None, PhaseLive, OverlayDeepest},
		{"arrival-en", 1600, 900, sim.English, 1, sim.None, PhaseLive, OverlayArrival},
		{"danger-zh", 1600, 900, sim.Chinese, 1, sim.None, PhaseLive, OverlayDanger},
	} {
		ctl := &recorder{frame: charted(flooded(sc))}
		ctl.frame.Status.Phase = c.phase
		d := NewDesk(sc, scenario.NewDirectory(sc), DefaultFont(), ctl, c.lang, 1)
		d.Resize(c.width, c.height)
		d.Select(c.zone)
		d.ShowOverlay(c.overlay)
		m := d.cam.Screen(scenario.Point([2]float64{3000, 1500}))
		d.SetCamera(d.cam.ZoomAt(float64(m.X), float64(m.Y), c.zoom))
		d.Draw()
		img := NewPainter(d.font).Paint(d.Draw())
		f, err := os.Create(filepath.Join(dir, "desk-"+c.name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, img); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
