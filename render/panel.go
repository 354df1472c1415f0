package render

import (
	"slices"
	"strings"

	"sandtable/sim"
)

// panelTab is what the panel at the right shows.
type panelTab uint8

// Tabs, from left to right.
const (
	tabEvents panelTab = iota // a zone or gauge, and what has happened
	tabOrders
	tabPosts
	tabDeploy
	tabKnown
	tabCount
)

var tabNames = [tabCount]string{"events", "orders", "posts", "deployments", "known"}

var tabTitles = [tabCount]sim.Text{tabEvents: {ZH: "动态", EN: "Events"}, tabOrders: {ZH: "指令", EN: "Orders"},
	tabPosts: {ZH: "岗位", EN: "Posts"}, tabDeploy: {ZH: "部署", EN: "Deploy"}, tabKnown: {ZH: "所知", EN: "Known"}}

// PanelNames lists the panels by the names that ShowPanel takes.
func PanelNames() []string { return tabNames[:] }

// ShowPanel opens a panel by its name, and says whether there is one. After a colon stands what is shown in it: the
// name of an order whose form it is, of posts and "truth" with commas between, of a deployment, or of a part of what
// the seat knows.
func (d *Desk) ShowPanel(name string) bool {
	name, rest, more := strings.Cut(name, ":")
	t := panelTab(max(slices.Index(tabNames[:], name), 0))
	if tabNames[t] != name || !d.tabThere(t) {
		return false
	}
	d.openTab(t)
	for _, what := range strings.Split(rest, ",") {
		if more && !d.showIn(t, what) {
			return false
		}
	}
	return true
}

// showIn opens something in a panel.
func (d *Desk) showIn(t panelTab, what string) bool {
	switch t {
	case tabOrders:
		spec := sim.OrderByName(what)
		if spec == nil || !d.mayGive(spec) {
			return false
		}
		d.openForm(spec)
		return d.orders.form != nil
	case tabPosts:
		if what == "truth" {
			d.truth = true
			return true
		}
		d.posts.open = d.postNamed(what)
		d.posts.at = slices.IndexFunc(d.postViews(), func(v postView) bool { return v.post == d.posts.open })
		return d.posts.at >= 0
	case tabDeploy:
		id, ok := d.names.Resolve(sim.KindDeployment, what)
		if ok {
			d.bundles[sim.DeploymentID(id)] = true
		}
		return ok
	case tabKnown:
		k := slices.Index(knownNames[:], what)
		d.known = knownPart(max(k, 0))
		return k >= 0
	}
	return false
}

// Widths of the panel at scale 1 [pixel]: of what has happened, and of everything else.
const (
	panelSize = 348
	panelWide = 476
	tabsSize  = 36 // height of the tabs
	listBar   = 14 // width of the bar beside a list, with the gap
)

// panelWidth returns how wide the panel is at scale 1.
func (d *Desk) panelWidth() float32 {
	if d.tab == tabEvents {
		return panelSize
	}
	return panelWide
}

// tabThere says whether a tab is shown: in a recorded run there is nothing to order.
func (d *Desk) tabThere(t panelTab) bool {
	return t != tabOrders || d.frame == nil || d.frame.Status.Phase != PhaseReplay
}

func (d *Desk) openTab(t panelTab) {
	wider := (d.tab == tabEvents) != (t == tabEvents)
	d.tab, d.typing = t, false
	if wider && d.whole {
		d.fit()
	}
	if t == tabOrders {
		d.orders.query, d.orders.at = "", 0
	}
}

// nextTab opens the panel to the right of the present one, or to the left.
func (d *Desk) nextTab(back bool) {
	by := panelTab(1)
	if back {
		by = tabCount - 1
	}
	for range tabCount {
		if d.openTab((d.tab + by) % tabCount); d.tabThere(d.tab) {
			return
		}
	}
}

// drawTabs draws the tabs and returns the area below them.
func (d *Desk) drawTabs(s *Sheet, a area) area {
	k, lang := d.look.Scale, d.look.Lang
	if !d.tabThere(d.tab) {
		d.openTab(tabEvents)
	}
	wanted, n := float32(0), float32(0)
	for t := range tabCount {
		if d.tabThere(t) {
			wanted += d.font.Width(tabTitles[t].In(lang), 15*k)
			n++
		}
	}
	pad := max((a.x1-a.x0-wanted)/n, 6*k)
	x := a.x0
	for t := range tabCount {
		if !d.tabThere(t) {
			continue
		}
		title := tabTitles[t].In(lang)
		width := d.font.Width(title, 15*k) + pad
		box := area{x, a.y0, min(x+width, a.x1), a.y0 + tabsSize*k}
		ink := deskFaint
		switch {
		case t == d.tab:
			ink = deskText
		case box.has(d.hover):
			s.rect(box.x0, box.y0, box.x1-box.x0, box.y1-box.y0, deskHover)
			ink = deskText
		}
		s.text((box.x0+box.x1-d.font.Width(title, 15*k))/2, box.y0+24*k, 15*k, ink, title)
		if t == d.tab {
			s.rect(box.x0+4*k, box.y1-3*k, box.x1-box.x0-8*k, 3*k, deskOrder)
		}
		d.hits = append(d.hits, button{box, func() { d.openTab(t) }, "tab-" + tabNames[t]})
		x += width
	}
	s.rect(a.x0, a.y0+tabsSize*k, a.x1-a.x0, 1, deskLine)
	return area{a.x0, a.y0 + tabsSize*k, a.x1, a.y1}
}

// drawSide draws the panel at the right.
func (d *Desk) drawSide(s *Sheet) {
	k := d.look.Scale
	x0, x1 := float32(d.cam.Width)-d.panelWidth()*k, float32(d.cam.Width)
	top, bottom := float32(d.look.Margins.Top), float32(d.cam.Height)-dockSize*k
	d.block(s, area{x0, top, x1, bottom}, deskBack)
	s.rect(x0, top, 1, bottom-top, deskLine)
	in := d.drawTabs(s, area{x0, top, x1, bottom})
	a := area{x0 + 14*k, in.y0 + 10*k, x1 - 14*k, bottom - 8*k}
	switch d.tab {
	case tabOrders:
		d.drawOrders(s, a)
	case tabPosts:
		d.drawPosts(s, a)
	case tabDeploy:
		d.drawDeployments(s, a)
	case tabKnown:
		d.drawKnown(s, a)
	default:
		d.drawEvents(s, a)
	}
}

// longList is a list that is longer than its place: which row stands first.
type longList struct {
	box  area
	at   *int
	most int // the greatest useful value of at
}

// list draws n rows of their own heights from *at on, with a bar at the right where not all have room.
func (d *Desk) list(s *Sheet, a area, at *int, n int, height func(i int) float32, draw func(i int, a area)) {
	k := d.look.Scale
	most, left := n, a.y1-a.y0
	for most > 0 && left >= height(most-1) {
		left -= height(most - 1)
		most--
	}
	most = min(most, max(n-1, 0))
	*at = min(max(*at, 0), most)
	if most > 0 {
		a.x1 -= listBar * k
		d.drawListBar(s, area{a.x1 + 4*k, a.y0, a.x1 + listBar*k, a.y1}, at, most, n)
	}
	d.lists = append(d.lists, longList{area{a.x0, a.y0, a.x1 + listBar*k, a.y1}, at, most})
	y := a.y0
	for i := *at; i < n; i++ {
		h := height(i)
		if y+h > a.y1+0.5 && i > *at {
			break
		}
		draw(i, area{a.x0, y, a.x1, y + h})
		y += h
	}
}

// drawListBar draws the bar of a list: which part of it is shown.
func (d *Desk) drawListBar(s *Sheet, a area, at *int, most, n int) {
	long := a.y1 - a.y0
	thumb := max(long*float32(n-most)/float32(n), 24*d.look.Scale)
	y := a.y0 + (long-thumb)*float32(*at)/float32(most)
	s.rect(a.x0, a.y0, a.x1-a.x0, long, rgb(0x1B2630))
	ink := deskLine
	if a.has(d.hover) {
		ink = deskFaint
	}
	s.rect(a.x0, y, a.x1-a.x0, thumb, ink)
	d.bars = append(d.bars, longList{a, at, most})
}

// wheel turns the list under the cursor, three rows a notch, and says whether there was one.
func (d *Desk) wheel(at XY, notches float64) bool {
	for _, l := range d.lists {
		if l.box.has(at) {
			d.turned -= 3 * notches
			rows := int(d.turned)
			d.turned -= float64(rows)
			*l.at = min(max(*l.at+rows, 0), l.most)
			return true
		}
	}
	return false
}

// dragBar moves the list whose bar is held to where the cursor is.
func (d *Desk) dragBar(at XY) {
	if l := d.bar; l.at != nil && l.box.y1 > l.box.y0 {
		share := min(max((at.Y-l.box.y0)/(l.box.y1-l.box.y0), 0), 1)
		*l.at = int(share*float32(l.most) + 0.5)
	}
}
