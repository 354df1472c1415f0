package render

import (
	"strings"
	"testing"

	"sandtable/sim"
)

// panelText is what stands in the panel at the right, as the list describes it.
func panelText(d *Desk) string {
	d.Draw()
	var b strings.Builder
	s := &d.scene.list.Sheets[LayerDesk]
	left := float32(d.cam.Width) - d.panelWidth()*d.look.Scale
	for i := range s.Shapes {
		if p := &s.Shapes[i]; p.Kind != ShapeLine && p.X >= left && p.Y >= barSize && p.Y < float32(d.cam.Height)-dockSize {
			b.WriteString(s.describe(p) + "\n")
		}
	}
	return b.String()
}

// The panels as they are drawn, in both languages.
func TestGoldenPanels(t *testing.T) {
	for _, c := range []struct {
		panel, file string
		lang        sim.Lang
	}{
		{"orders", "panel-orders-zh.txt", sim.Chinese},
		{"orders:evacuate_zone", "panel-form-en.txt", sim.English},
	} {
		d, _ := orderDesk(c.lang)
		show(t, d, c.panel)
		golden(t, c.file, panelText(d))
	}
}

// Every panel has its writing inside, and its buttons whole and apart, on every size of screen that the page names.
func TestPanelsFitTheScreen(t *testing.T) {
	for _, size := range [][2]float64{{1280, 720}, {1440, 810}, {1920, 1080}, {3840, 2160}} {
		for _, lang := range []sim.Lang{sim.Chinese, sim.English} {
			for _, panel := range append(PanelNames(), "orders:evacuate_zone", "orders:contraflow") {
				d, _ := orderDesk(lang)
				d.Resize(size[0], size[1])
				show(t, d, panel)
				checkButtons(t, d, panel)
				s := &d.scene.list.Sheets[LayerDesk]
				left := float32(size[0]) - d.panelWidth()*d.look.Scale
				for i := range s.Shapes {
					p := &s.Shapes[i]
					if p.Kind == ShapeText && p.X >= left && p.X+d.font.Width(p.Text, p.W) > float32(size[0]) {
						t.Errorf("%s at %v: %q goes over the edge of the screen", panel, size, p.Text)
					}
				}
			}
		}
	}
}

// A list that is longer than its place can be moved by wheel and by its bar, as far as its last row and no farther.
func TestLongListMoves(t *testing.T) {
	d, _ := orderDesk(sim.English)
	show(t, d, "orders")
	for range 60 {
		d.Input(Input{X: 1000, Y: 400, Wheel: -1})
		d.Draw()
	}
	end := d.orders.at
	if _, _, ok := d.Button("order-inform_shelter"); ok || end == 0 {
		t.Errorf("after turning the wheel the list stands at row %d", end)
	}
	if _, _, ok := d.Button("order-divert_traffic"); !ok {
		t.Error("the last order cannot be reached")
	}
	bar := d.bars[0].box
	x, y := float64(bar.x0+bar.x1)/2, float64(bar.y0+bar.y1)/2
	d.Input(Input{X: x, Y: y, Down: true, Pressed: true})
	d.Draw()
	if d.orders.at == 0 || d.orders.at == end {
		t.Errorf("with its bar held in the middle the list stands at row %d of %d", d.orders.at, end)
	}
	d.Input(Input{X: x, Y: 0, Down: true})
	d.Input(Input{X: x, Y: 0, Released: true})
	if d.orders.at != 0 {
		t.Errorf("with its bar dragged up the list stands at row %d", d.orders.at)
	}
}
