package render

import (
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// press goes through keys, with a picture after each, as a window does.
func press(d *Desk, keys ...Key) {
	for _, k := range keys {
		d.Input(Input{Keys: []Key{k}, X: -1, Y: -1})
		d.Draw()
	}
}

// typeText types, together with the keys that carry characters, which must then be no commands.
func typeText(d *Desk, text string) {
	for _, r := range text {
		in := Input{Text: string(r), X: -1, Y: -1}
		switch r {
		case 'm':
			in.Keys = []Key{KeyBookmark}
		case ' ':
			in.Keys = []Key{KeyPause}
		}
		d.Input(in)
		d.Draw()
	}
}

// show opens a panel and draws it.
func show(t *testing.T, d *Desk, panel string) {
	t.Helper()
	if !d.ShowPanel(panel) {
		t.Fatalf("there is no panel %q", panel)
	}
	d.Draw()
}

func orderDesk(lang sim.Lang) (*Desk, *recorder) {
	sc := valley()
	d, ctl := deskOf(flooded(sc), sc, lang)
	d.Draw()
	return d, ctl
}

// The panel lists what a post may give, all of it and nothing else, in the groups of the catalogue.
func TestPanelListsTheCatalogue(t *testing.T) {
	d, _ := orderDesk(sim.English)
	press(d, KeyOrders)
	cells, rows := d.orderCells()
	listed := map[string]bool{}
	for _, c := range cells {
		listed[c.spec.Name] = true
	}
	for i := range sim.Orders {
		if s := &sim.Orders[i]; listed[s.Name] != (s.Givers&sim.GiverPost != 0) {
			t.Errorf("%s: listed %v; givers %b", s.Name, listed[s.Name], s.Givers)
		}
	}
	last := sim.OrderGroup(0)
	for _, r := range rows {
		if r.group < last {
			t.Errorf("group %v stands behind group %v", r.group, last)
		}
		last = r.group
	}
	if rows[len(rows)-1].group == sim.GroupInjects {
		t.Error("a player's panel has a group of injects")
	}
}

// An order by keyboard alone: found by typing, a zone and a shelter chosen from lists, given. Letters that are
// commands elsewhere are text here.
func TestOrderByKeyboard(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	press(d, KeyOrders)
	typeText(d, "evacuate zone m")
	if len(ctl.calls) > 0 || d.orders.query != "evacuate zone m" {
		t.Fatalf("typing %q called %q", d.orders.query, ctl.calls)
	}
	for range len("evacuate zone m") {
		press(d, KeyErase)
	}
	typeText(d, "evacuate")
	press(d, KeyEnter)
	if f := d.orders.form; f == nil || f.spec.ID != sim.OrderEvacuateZone {
		t.Fatalf("Enter opened %+v", d.orders.form)
	}
	typeText(d, "xiawan")
	press(d, KeyEnter)          // the only zone of that name
	press(d, KeyDown, KeyDown)  // the second shelter
	press(d, KeyEnter, KeyNext) // how stays as it is
	press(d, KeyNext)           // and so does whom
	press(d, KeyEnter)
	want := sim.NewCommand(sim.FromPlayer, "evacuate_zone", "zone", "z3", "shelter", "s2")
	if len(ctl.given) != 1 || !ctl.given[0].Equal(want) {
		t.Fatalf("given %v; want %v", ctl.given, want)
	}
	press(d, KeyEscape)
	if d.orders.form != nil || d.typing {
		t.Error("Esc does not lead back to the list")
	}
	press(d, KeyPause)
	if !slices.Equal(ctl.calls, []string{"pause"}) {
		t.Errorf("outside of a field Space called %q; want pause", ctl.calls)
	}
}

// An order by mouse, with the road taken from the map, and numbers typed and chosen.
func TestOrderByMouse(t *testing.T) {
	d, ctl := orderDesk(sim.Chinese)
	clickButton(t, d, "tab-orders")
	for range 40 { // roads are further down the list
		if _, _, ok := d.Button("order-reduce_road"); ok {
			break
		}
		d.Input(Input{X: 1000, Y: 400, Wheel: -0.5})
		d.Draw()
	}
	clickButton(t, d, "order-reduce_road")
	p := d.cam.Screen(geo.Point{X: 3500, Y: 1100})
	click(d, float64(p.X), float64(p.Y))
	if got := d.orders.form.values[0]; got != "12" {
		t.Fatalf("a click on the road to the bridge chose link %q; want 12", got)
	}
	clickButton(t, d, "choice1") // forward
	typeText(d, "1")
	press(d, KeyNext)
	clickButton(t, d, "choice3")
	clickButton(t, d, "give")
	want := sim.NewCommand(sim.FromPlayer, "reduce_road", "link", "12", "way", "forward", "lanes", "1", "capacity", "15")
	if len(ctl.given) != 1 || !ctl.given[0].Equal(want) {
		t.Fatalf("given %v; want %v", ctl.given, want)
	}
	clickButton(t, d, "clear2")
	clickButton(t, d, "give")
	if _, lanes := ctl.given[1].Arg("lanes"); lanes {
		t.Errorf("what was cleared is given: %v", ctl.given[1])
	}
}

// What is missing or wrong is said in the words of the catalogue, and nothing is given.
func TestFormSaysWhatIsWrong(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	show(t, d, "orders:close_road")
	press(d, KeyNext, KeyNext, KeyNext, KeyEnter)
	if len(ctl.given) != 0 || d.orders.form.focus != 0 || !strings.Contains(drawn(d), `parameter \"link\" is missing`) {
		t.Errorf("an empty form gave %v, and says %v", ctl.given, d.wrong(0))
	}
	show(t, d, "orders:contraflow")
	clickButton(t, d, "field2")
	typeText(d, "40")
	press(d, KeyNext)
	if !strings.Contains(drawn(d), "want a number from 1 to 16 lanes") {
		t.Errorf("40 lanes: it says %q", d.wrong(2).EN)
	}
	if d.ShowPanel("orders:breach") {
		t.Error("a player's panel has a form for an inject")
	}
}

// Units are in the language of the screen. Of a road outside every zone it only says that it is closed.
func TestFormSpeaksItsLanguage(t *testing.T) {
	d, _ := orderDesk(sim.Chinese)
	show(t, d, "orders:reduce_road")
	if note := d.orders.form.options[0].note; note.ZH != "21:30 中断" {
		t.Errorf("of the closed road it says %q", note.ZH)
	}
	clickButton(t, d, "field2")
	if text := drawn(d); strings.Contains(text, "lanes\"") || !strings.Contains(text, "0 至 16 条车道") {
		t.Error("the numbers of lanes are not in Chinese")
	}
}

// Every order that the panel lists can be filled in from its lists and is then one that the engine can read.
func TestEveryFormCanBeFilledIn(t *testing.T) {
	for _, lang := range []sim.Lang{sim.Chinese, sim.English} {
		d, ctl := orderDesk(lang)
		cells, _ := d.orderCells()
		for _, c := range cells {
			if !d.possible(c.spec) {
				continue
			}
			ctl.given = nil
			d.openTab(tabOrders)
			d.openForm(c.spec)
			for i := range c.spec.Params {
				d.focusOn(i)
				if o := d.orders.form.options; len(o) > 0 {
					d.choose(o[len(o)-1].value)
				} else {
					d.orders.form.typed("水来了")
				}
				d.Draw()
				checkButtons(t, d, c.spec.Name)
			}
			d.giveForm()
			if len(ctl.given) != 1 {
				t.Errorf("%s: %v was not given", c.spec.Name, d.orders.form.command())
				continue
			}
			if _, wrong := c.spec.Parse(ctl.given[0], d.names); len(wrong) > 0 {
				t.Errorf("%v: %v", ctl.given[0], wrong)
			}
		}
	}
}

// checkButtons looks for buttons that are not whole on the screen or lie on each other.
func checkButtons(t *testing.T, d *Desk, what string) {
	t.Helper()
	for i, a := range d.hits {
		if a.box.x0 < 0 || a.box.y0 < 0 || a.box.x1 > float32(d.cam.Width) || a.box.y1 > float32(d.cam.Height) {
			t.Errorf("%s: button %q at %v is not whole on the screen", what, a.name, a.box)
		}
		for _, b := range d.hits[i+1:] {
			if a.box.overlaps(b.box) {
				t.Errorf("%s: buttons %q and %q overlap", what, a.name, b.name)
			}
		}
	}
}

// What became of an order stands in its form and above the list: accepted and acknowledged, or refused with the reason.
func TestAnswersAreShown(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	show(t, d, "orders:evacuate_zone")
	clickButton(t, d, "choice1")
	clickButton(t, d, "give")
	if !strings.Contains(drawn(d), panelWords.UnderWay.EN) {
		t.Error("it does not say that the order is on its way")
	}
	now := ctl.frame.Snapshot.Now
	ctl.frame.Status.Answers = []Answer{{At: now, Refused: true,
		Text: sim.Text{ZH: "立即转移：老街单元；原因：无人在岗", EN: "Evacuate now: Old Street; reason: nobody is there"}}}
	d.Draw()
	if !strings.Contains(drawn(d), "Refused: Evacuate now: Old Street; reason: nobody") {
		t.Error("the form does not say that the order was refused, and why")
	}
	clickButton(t, d, "give")
	zone := sim.RefTo(sim.KindZone, sim.ZoneID(1))
	ctl.frame.Status.Answers = append(ctl.frame.Status.Answers, Answer{At: now, Order: sim.OrderEvacuateZone, Target: zone,
		Text: sim.Text{EN: "Evacuate now: Old Street"}})
	ctl.frame.Seen.Orders = []sim.OrderKnown{{Order: sim.OrderEvacuateZone, Target: zone, Sent: now, Acked: -1}}
	d.Draw()
	if !strings.Contains(drawn(d), "Old Street · not acknowledged") {
		t.Error("the form does not say how far the order has come")
	}
	ctl.frame.Seen.Orders[0].Acked = now.Add(3 * sim.Minute)
	clickButton(t, d, "formback")
	if !strings.Contains(drawn(d), "Old Street · acknowledged 22:03") || !strings.Contains(drawn(d), "Refused") {
		t.Error("the list does not say what became of both orders")
	}
}

// Of two orders that are handed over while the clock stands each form shows what became of its own, and none shows what
// became of an order of another story.
func TestFormShowsItsOwnAnswer(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	give := func(zone string) {
		show(t, d, "orders:evacuate_zone")
		clickButton(t, d, zone)
		clickButton(t, d, "give")
	}
	give("choice0")
	give("choice1")
	now := ctl.frame.Snapshot.Now
	ctl.frame.Status.Answers = []Answer{{At: now, Refused: true, Text: sim.Text{EN: "the first"}}}
	if x := d.answer(); x != nil {
		t.Errorf("the second form shows %+v; its order has no answer yet", x)
	}
	ctl.frame.Status.Answers = append(ctl.frame.Status.Answers, Answer{At: now, Text: sim.Text{EN: "the second"}})
	if x := d.answer(); x == nil || x.Text.EN != "the second" {
		t.Errorf("the second form shows %+v", x)
	}
	ctl.frame.Status.Phase, ctl.frame.Status.Answers = PhasePast, ctl.frame.Status.Answers[:1]
	if d.Draw(); strings.Contains(drawn(d), panelWords.UnderWay.EN) {
		t.Error("looking back, the form says that the order is on its way")
	}
	clickButton(t, d, "continue")
	ctl.frame.Status.Phase = PhaseLive
	ctl.frame.Status.Answers = append(ctl.frame.Status.Answers, Answer{At: now, Text: sim.Text{EN: "another"}})
	if x := d.answer(); x != nil {
		t.Errorf("in the story that goes on from earlier the form shows %+v", x)
	}
}

// After the end of a drill nothing is given, and the buttons say so. Of two posts without a superior each orders in its
// own name.
func TestOrdersOfOddDrills(t *testing.T) {
	d, ctl := orderDesk(sim.English)
	d.sc.Posts[1].Superior, ctl.frame.Seen.Post = "", 1
	d.Select(0)
	d.openTab(tabEvents)
	d.Draw()
	clickButton(t, d, "evacuate")
	if len(ctl.given) != 1 || ctl.given[0].Post != "v1" {
		t.Fatalf("the second highest post gave %+v; want an order in its own name", ctl.given)
	}
	ctl.frame.Status.Ended = true
	d.Draw()
	clickButton(t, d, "evacuate")
	show(t, d, "orders:evacuate_zone")
	clickButton(t, d, "give")
	if len(ctl.given) != 1 || !strings.Contains(drawn(d), words.Ended.EN) {
		t.Errorf("after the end %+v were given", ctl.given[1:])
	}
}

// Nobody orders in a recorded run, nor while looking back. A seat below the highest orders in its own name.
func TestWhoMayOrder(t *testing.T) {
	d, ctl := orderDesk(sim.Chinese)
	ctl.frame.Seen.Post = 1
	show(t, d, "orders:report")
	clickButton(t, d, "choice0")
	clickButton(t, d, "give")
	if len(ctl.given) != 1 || ctl.given[0].Post != "v1" {
		t.Errorf("the village's seat gave %+v; want an order in the name of v1", ctl.given)
	}
	ctl.frame.Status.Phase = PhasePast
	d.Draw()
	clickButton(t, d, "give")
	if len(ctl.given) != 1 {
		t.Error("an order was given while looking back")
	}
	ctl.frame.Status.Phase = PhaseReplay
	d.Draw()
	press(d, KeyOrders)
	for _, name := range []string{"tab-orders", "give", "search", "more"} {
		if _, _, ok := d.Button(name); ok {
			t.Errorf("in a recorded run there is a button %q", name)
		}
	}
}

// A village's panel offers what a village may order; with the authority of a post above it, units and roads as well.
func TestVillageOrdersWhatItMay(t *testing.T) {
	d, _ := orderDesk(sim.English)
	evacuate, close, level := sim.OrderByName("evacuate_zone"), sim.OrderByName("close_road"), sim.OrderByName("response_level")
	check := func(who string, roads, all bool) {
		t.Helper()
		if !d.possible(evacuate) || d.possible(close) != roads || d.possible(level) != all {
			t.Errorf("%s: may move people %v, close roads %v, set levels %v; want true, %v, %v", who, d.possible(evacuate),
				d.possible(close), d.possible(level), roads, all)
		}
	}
	check("county", true, true)
	d.sc.Posts[1].Level = "village"
	d.frame.Seen.Post, d.frame.Seen.Own.Mandate = 1, sim.None
	check("village", false, false)
	if why := d.barred(close).EN; !strings.Contains(why, "a post of the county or of a town") {
		t.Errorf("a road by a village: %q", why)
	}
	d.frame.Seen.Own.Mandate = 0
	check("village with authority delegated to it", true, false)
}

// The form of an order about a zone lists those over which the seat has authority: all for the county, its own for a
// village.
func TestFormListsOwnZones(t *testing.T) {
	d, _ := orderDesk(sim.English)
	zones := func() int {
		return len(d.options(sim.OrderByName("evacuate_zone"), &sim.OrderByName("evacuate_zone").Params[0]))
	}
	if got, want := zones(), len(d.sc.Zones); got != want {
		t.Errorf("the county is offered %d zones; want %d", got, want)
	}
	d.frame.Seen.Post = d.zonePost(0)
	own := 0
	for z := range d.sc.Zones {
		if d.zonePost(sim.ZoneID(z)) == d.frame.Seen.Post {
			own++
		}
	}
	if got := zones(); got != own || own == len(d.sc.Zones) {
		t.Errorf("a village is offered %d zones; want its own %d of %d", got, own, len(d.sc.Zones))
	}
}
