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
		{"posts:v1", "panel-posts-zh.txt", sim.Chinese},
		{"posts:truth,v1", "panel-posts-truth-en.txt", sim.English},
		{"deployments:d2", "panel-deployments-en.txt", sim.English},
		{"known:zones", "panel-known-zh.txt", sim.Chinese},
	} {
		d, _ := orderDesk(c.lang)
		show(t, d, c.panel)
		golden(t, c.file, panelText(d))
	}
}

// Every panel has its writing inside, and its buttons whole and apart, on every size of screen that the page names.
func TestPanelsFitTheScreen(t *testing.T) {
	for _, lang := range []sim.Lang{sim.Chinese, sim.English} {
		d, _ := orderDesk(lang)
		for _, size := range [][2]float64{{1280, 720}, {1440, 810}, {1920, 1080}, {3840, 2160}} {
			d.Resize(size[0], size[1])
			for _, panel := range append(PanelNames(), "orders:evacuate_zone", "orders:contraflow", "posts:truth,v1") {
				d.orders.form = nil
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

// What a panel shows of the seat's knowledge does not change with what is really so; and a player's seat cannot turn to
// the truth.
func TestPanelsKeepTruthAway(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	for _, director := range []bool{true, false} {
		for _, panel := range []string{"orders", "orders:close_road", "posts:v1", "deployments:d2", "known:water",
			"known:zones", "known:shelters", "known:units", "known:roads", "known:inbox"} {
			ctl.frame = flooded(d.sc)
			ctl.frame.Status.SeatOnly = !director
			d.truth, d.orders.form = !director, nil
			show(t, d, panel)
			before := panelText(d)
			if _, _, ok := d.Button("truth"); ok && !director {
				t.Errorf("%s: a player's seat has a button to the truth", panel)
			}
			ctl.frame.Truth = sim.Truth{Posts: make([]sim.PostTruth, 2), Officials: make([]sim.OfficialTruth, 3),
				Zones: make([]sim.ZoneTruth, 3)}
			ctl.frame.Snapshot = sim.Snapshot{Now: ctl.frame.Snapshot.Now}
			if after := panelText(d); after != before {
				t.Errorf("%s, director %v: the panel changes with the truth", panel, director)
			}
		}
	}
}

// The panel of posts tells for each post who holds it, what waits for it and over what it has been called; the director
// may see what is so beside it.
func TestPostsPanel(t *testing.T) {
	d, _ := orderDesk(sim.English)
	show(t, d, "posts:v1")
	for _, want := range []string{"not acknowledged: 1", "roster: Secretary Chen", "called 3 of 6 times, last",
		"over Radio for Director Liu", "Telephone: worked 20:30", "Radio: no mains there since 21:20, on batteries", "120 of 900 have left"} {
		if !strings.Contains(panelText(d), want) {
			t.Errorf("the seat's view of the village has no %q", want)
		}
	}
	clickButton(t, d, "truth")
	for _, want := range []string{"nobody there", "nobody acts", "Secretary Chen, hurt", "Telephone: out", "Radio: works",
		"peace-time duty"} {
		if !strings.Contains(panelText(d), want) {
			t.Errorf("the director's view of the village has no %q", want)
		}
	}
	clickButton(t, d, "seat")
	clickButton(t, d, "only")
	if text := panelText(d); !strings.Contains(text, "Shangba") || strings.Contains(text, "this post") {
		t.Error("what is open is not listed alone")
	}
	clickButton(t, d, "call_post-v1")
	if f := d.orders.form; f == nil || f.spec.ID != sim.OrderCallPost || f.values[0] != "v1" {
		t.Errorf("the button under the details opened %+v", f)
	}
	d.openTab(tabPosts)
	d.Draw()
	clickButton(t, d, "post-v1")
	if strings.Contains(panelText(d), "Telephone") {
		t.Error("a second click does not close the details")
	}
}

// The panel of deployments tells who is to acknowledge what by when, and what became of it; one that has not gone out
// can be sent from there.
func TestDeploymentsPanel(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	show(t, d, "deployments")
	for _, want := range []string{"Flood consultation", "1 of 2 took part", "1 of 3 acknowledged, 1 overdue, 1 refused",
		"Shangba: due 21:55, 5 min overdue", "called again: 1", "staff of Sports hall: acknowledged 21:43", "Coach 1: refused because: zone Old Street",

		"not sent out; orders: 1"} {
		if !strings.Contains(strings.ReplaceAll(panelText(d), "\n", " "), want) {
			t.Errorf("the panel has no %q", want)
		}
	}
	if strings.Contains(panelText(d), "Xiawan") {
		t.Error("what has not gone out is listed in full")
	}
	clickButton(t, d, "bundle-d2")
	if !strings.Contains(panelText(d), "Prepare to move: Xiawan") {
		t.Error("a click does not list its orders")
	}
	clickButton(t, d, "deploy-d2")
	clickButton(t, d, "give")
	want := sim.NewCommand(sim.FromPlayer, "deploy", "deployment", "d2")
	if len(ctl.given) != 1 || !ctl.given[0].Equal(want) {
		t.Errorf("given %v; want %v", ctl.given, want)
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
