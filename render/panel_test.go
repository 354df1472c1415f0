package render

import (
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
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
		"over Radio for Director Liu", "Telephone: worked 20:30", "Radio: no mains there (told 21:20), on batteries", "120 of 900 have left"} {
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

// What somebody has opened stays open, and what he has closed stays closed, when the deployment goes out and is done.
func TestDeploymentsStayAsTheyWereLeft(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	show(t, d, "deployments")
	clickButton(t, d, "bundle-d1") // usually open, for it waits
	clickButton(t, d, "bundle-d2") // usually closed, for it has not gone out
	check := func(when string) {
		t.Helper()
		if text := panelText(d); strings.Contains(text, "Sports hall") || !strings.Contains(text, "Prepare to move: Xiawan") {
			t.Errorf("%s what was closed is open, or what was open is closed", when)
		}
	}
	check("after the clicks")
	now, z3 := ctl.frame.Snapshot.Now, sim.RefTo(sim.KindZone, sim.ZoneID(2))
	ctl.frame.Seen.Deployments = append(ctl.frame.Seen.Deployments, sim.DeploymentKnown{Deployment: 1, Sent: now,
		Items: []sim.ItemKnown{{Order: sim.OrderPrepareZone, Target: z3, Due: now + 1, Acked: -1}}})
	check("when it has gone out")
	ctl.frame.Seen.Deployments[1].Items[0].Acked = now
	for i := range ctl.frame.Seen.Deployments[0].Items {
		ctl.frame.Seen.Deployments[0].Items[i] = sim.ItemKnown{Acked: now, Due: now}
	}
	check("when both are done")
	if show(t, d, "deployments:d1"); !strings.Contains(panelText(d), "Sports hall") {
		t.Error("it cannot be shown by its name")
	}
}

// An order of a deployment that nobody has to acknowledge is in force or refused, and nothing else is said of it.
func TestOrderThatTakesEffectAtOnce(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	level := scenario.DeploymentItem{Order: "warning_level", Args: []sim.Arg{{Name: "level", Value: "red"}}}
	known := sim.ItemKnown{Order: sim.OrderWarningLevel, Target: sim.Ref{Kind: sim.KindCounty}, Acked: ctl.frame.Snapshot.Now,
		Due: ctl.frame.Snapshot.Now}
	if r := d.itemRow(&level, &known); r.note.EN != "in force 22:00" {
		t.Errorf("it says %q", r.note.EN)
	}
	known.Acked, known.Refused, known.Reason = -1, true, sim.Text{EN: "why"}
	if r := d.itemRow(&level, &known); r.note.EN != "Refused because: why" {
		t.Errorf("of a refusal it says %q", r.note.EN)
	}
	known.Refused, known.Held = false, true
	if r := d.itemRow(&level, &known); r.note.EN != "held back because: why" || r.ink == toneAlarm {
		t.Errorf("of one that is held back it says %q", r.note.EN)
	}
}

// An incident of which nothing has been reported upward says so, instead of counting to nought.
func TestIncidentWithoutReport(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	ctl.frame.Seen.Incident = sim.IncidentKnown{Since: ctl.frame.Snapshot.Now, Last: -1}
	show(t, d, "known:water")
	if !strings.Contains(panelText(d), "an incident, not reported upward yet") {
		t.Error("the panel does not say that nothing has been reported")
	}
}

// A seat does not say that a zone has no order: it has only not heard of one.
func TestSeatHasNotHeardOfAnOrder(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	ctl.frame.Snapshot.Zones[2].Ordered, ctl.frame.Seen.Orders = false, nil
	d.Select(2)
	d.openTab(tabEvents)
	for seat, want := range map[bool]string{false: words.NotOrdered.EN, true: words.NotHeard.EN} {
		ctl.frame.Status.SeatOnly = seat
		if !strings.Contains(panelText(d), want) {
			t.Errorf("a seat %v: the panel has no %q", seat, want)
		}
	}
}

// After the all-clear the panel of a zone tells of it, and no longer of the order to leave.
func TestZoneTellsOfTheAllClear(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	z1, now := sim.RefTo(sim.KindZone, sim.ZoneID(0)), ctl.frame.Snapshot.Now
	ctl.frame.Seen.Orders = []sim.OrderKnown{
		{Order: sim.OrderEvacuateZone, Target: z1, Sent: now - sim.Time(sim.Hour), Acked: now - sim.Time(30*sim.Minute)},
		{Order: sim.OrderAllClear, Target: z1, Sent: now, Acked: -1}}
	d.Select(0)
	d.openTab(tabEvents)
	if text := panelText(d); !strings.Contains(text, "All clear 22:00 sent · not acknowledged") {
		t.Error("the panel does not tell of the all-clear")
	}
}

// Mains are switched by who keeps them, so that the post of the zone has nothing to acknowledge.
func TestWhoAcknowledges(t *testing.T) {
	d, _ := orderDesk(sim.English)
	z3 := sim.RefTo(sim.KindZone, sim.ZoneID(2))
	if post, mains := d.receiver(sim.OrderEvacuateZone, z3), d.receiver(sim.OrderCutPower, z3); post.EN != "District HQ" ||
		mains.EN != "Xiawan" {
		t.Errorf("an order to move is acknowledged by %q, one to cut mains by %q", post.EN, mains.EN)
	}
}

// What is too long for its place ends with an ellipsis, and what is not does not.
func TestLongTextsAreCutWithAnEllipsis(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	ctl.frame.Status.Marks = []Moment{{Text: sim.Text{EN: strings.Repeat("water ", 60)}}}
	d.openTab(tabEvents)
	if n := strings.Count(panelText(d), "…"); n != 1 {
		t.Errorf("%d ellipses; want one in the third line", n)
	}
	if lines := d.clip("short", 15, 300, 1); len(lines) != 1 || lines[0] != "short" {
		t.Errorf("a short text became %q", lines)
	}
}

// Spans are written to the second, without what is 0.
func TestSpanWords(t *testing.T) {
	for span, want := range map[sim.Duration]string{0: "0 s", 90 * sim.Second: "1 min 30 s", 2 * sim.Hour: "2 h",
		sim.Hour + 5*sim.Minute: "1 h 5 min", 20 * sim.Second: "20 s"} {
		if got := spanWords(span).EN; got != want {
			t.Errorf("%v is written %q; want %q", span, got, want)
		}
	}
}

// Drills without posts, zones, gauges or anything else have panels, too; nobody knows anything in them, and nobody can
// order.
func TestPanelsOfOddDrills(t *testing.T) {
	for name, empty := range map[string]func(sc *scenario.Scenario){
		"no posts": func(sc *scenario.Scenario) {
			sc.Posts, sc.Officials, sc.Meetings, sc.Deployments, sc.Items = nil, nil, nil, nil, nil
			for i := range sc.Zones {
				sc.Zones[i].Post = ""
			}
		},
		"no zones":     func(sc *scenario.Scenario) { sc.Zones = nil },
		"no gauges":    func(sc *scenario.Scenario) { sc.Gauges = nil },
		"no shelters":  func(sc *scenario.Scenario) { sc.Shelters, sc.Units, sc.Assemblies = nil, nil, nil },
		"no roads":     func(sc *scenario.Scenario) { sc.Links, sc.Nodes = nil, nil },
		"no officials": func(sc *scenario.Scenario) { sc.Officials = nil },
		"no titles": func(sc *scenario.Scenario) {
			for i := range sc.Posts {
				sc.Posts[i].Title = sim.Text{}
			}
			sc.Zones[0].Title, sc.Gauges[0].Title = sim.Text{}, sim.Text{}
		},
	} {
		t.Run(name, func(t *testing.T) {
			sc := valley()
			empty(sc)
			unseen := sim.Observation{Post: sim.None, CutOff: -1, Incident: sim.IncidentKnown{Since: -1, Last: -1}}
			d, ctl := deskOf(&Frame{Seen: unseen}, sc, sim.English)
			d.Draw()
			for _, panel := range append(PanelNames(), "known:zones", "known:shelters", "known:units", "known:roads",
				"known:inbox", "posts:truth") {
				for _, director := range []bool{true, false} {
					ctl.frame.Status.SeatOnly = !director
					show(t, d, panel)
				}
			}
			if facts := d.facts(knownWater); len(facts) != 1 {
				t.Errorf("%+v are known", facts)
			}
			if len(sc.Posts) == 0 && d.possible(sim.OrderByName("warning_level")) {
				t.Error("somebody can order where there is no post")
			}
		})
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
