package render

import (
	"fmt"
	"image/color"
	"strings"

	"sandtable/sim"
)

// orderPanel is the state of the panel of orders: the list, or the form of one of them.
type orderPanel struct {
	query string // what is looked for
	at    int    // first row shown
	pick  int    // number of the cell that the keyboard is at
	form  *form  // nil while the list is shown
}

// orderCell is a place of the list: an order in one of two columns.
type orderCell struct {
	spec *sim.OrderSpec
	row  int
	col  int
}

// orderRow is a row of the list: the title of a group, or up to two orders; or an order that was given.
type orderRow struct {
	group sim.OrderGroup
	cells []int // numbers of cells; none in a row with a title
}

// mayGive says whether the seat may give an order at all.
func (d *Desk) mayGive(spec *sim.OrderSpec) bool { return spec.Givers&sim.GiverPost != 0 }

// barred says why the seat cannot give an order in this drill, or nothing: there is nothing that it could be about, or
// it takes a post of a higher level, as the chain of command would answer.
func (d *Desk) barred(spec *sim.OrderSpec) sim.Text {
	for i := range spec.Params {
		if p := &spec.Params[i]; !p.Optional && p.Kind == sim.ParamRef && d.names.Count(p.Ref) == 0 {
			return panelWords.Impossible
		}
	}
	if d.sc.HighestPost() < 0 {
		return panelWords.NoPost
	}
	post := d.frame.Seen.Post
	if post < 0 || int(post) >= len(d.sc.Posts) || d.sc.Posts[post].Senior() {
		return sim.Text{}
	}
	delegated := d.frame.Seen.Own.Mandate >= 0
	if spec.Scope == sim.ScopeCounty || spec.Scope == sim.ScopeSenior && !delegated {
		return sim.Say("须由%s下达", "takes %s", spec.Scope.Title())
	}
	return sim.Text{}
}

// possible says whether the seat can give an order in this drill.
func (d *Desk) possible(spec *sim.OrderSpec) bool { return d.barred(spec).Empty() }

// orderCells lays the orders out that the seat may give and that match what is looked for.
func (d *Desk) orderCells() (cells []orderCell, rows []orderRow) {
	for g := range sim.OrderGroupCount {
		first := len(cells)
		for i := range sim.Orders {
			spec := &sim.Orders[i]
			if spec.Group != g || !d.mayGive(spec) || !matches(d.orders.query, spec.Title, spec.Name, g.Title()) {
				continue
			}
			n := len(cells)
			if n == first {
				rows = append(rows, orderRow{group: g})
			}
			if (n-first)%2 == 0 {
				rows = append(rows, orderRow{group: g})
			}
			last := &rows[len(rows)-1]
			last.cells = append(last.cells, n)
			cells = append(cells, orderCell{spec, len(rows) - 1, (n - first) % 2})
		}
	}
	return cells, rows
}

// matches says whether what is looked for stands in a title, a name or the title of a group, in either language.
func matches(query string, title sim.Text, name string, more sim.Text) bool {
	query = strings.ToLower(strings.TrimSpace(query))
	for _, text := range [...]string{title.ZH, title.EN, name, more.ZH, more.EN} {
		if strings.Contains(strings.ToLower(text), query) {
			return true
		}
	}
	return query == ""
}

// drawOrders draws the panel of orders.
func (d *Desk) drawOrders(s *Sheet, a area) {
	if d.orders.form != nil {
		d.drawForm(s, a)
		return
	}
	k, lang := d.look.Scale, d.look.Lang
	y := d.drawSearch(s, area{a.x0, a.y0, a.x1, a.y0 + 32*k}) + 8*k
	cells, rows := d.orderCells()
	d.orders.pick = min(max(d.orders.pick, 0), max(len(cells)-1, 0))
	help := area{a.x0, a.y1 - 96*k, a.x1, a.y1}
	given := d.drawGiven(s, area{a.x0, y, a.x1, help.y0})
	if len(cells) == 0 {
		s.text(a.x0, given+20*k, 15*k, deskFaint, panelWords.NoMatch.In(lang))
		return
	}
	d.list(s, area{a.x0, given, a.x1, help.y0 - 8*k}, &d.orders.at, len(rows),
		func(i int) float32 {
			if len(rows[i].cells) == 0 {
				return 28 * k
			}
			return 30 * k
		},
		func(i int, a area) { d.drawOrderRow(s, a, &rows[i], cells) })
	spec := cells[d.orders.pick].spec
	for i, c := range cells {
		if b, ok := d.boxOf("order-" + c.spec.Name); ok && b.has(d.hover) {
			spec = cells[i].spec
		}
	}
	d.drawOrderHelp(s, help, spec)
}

// boxOf returns the place of a button that has been drawn in this picture.
func (d *Desk) boxOf(name string) (area, bool) {
	for _, b := range d.hits {
		if b.name == name {
			return b.box, true
		}
	}
	return area{}, false
}

// drawOrderRow draws the title of a group, or the orders side by side.
func (d *Desk) drawOrderRow(s *Sheet, a area, row *orderRow, cells []orderCell) {
	k, lang := d.look.Scale, d.look.Lang
	if len(row.cells) == 0 {
		s.text(a.x0, a.y1-8*k, 14*k, deskFaint, row.group.Title().In(lang))
		return
	}
	width := (a.x1 - a.x0 - 6*k) / 2
	for c, n := range row.cells {
		spec := cells[n].spec
		x := a.x0 + float32(c)*(width+6*k)
		box := area{x, a.y0 + 1*k, x + width, a.y1 - 2*k}
		style := buttonStyle{off: !d.possible(spec)}
		d.leftButton(s, box, "order-"+spec.Name, spec.Title.In(lang), style, func() { d.openForm(spec) })
		if d.typing && n == d.orders.pick {
			s.border(box.x0, box.y0, box.x1-box.x0, box.y1-box.y0, 2*k, deskOrder)
		}
	}
}

// leftButton is a button whose caption begins at its left end.
func (d *Desk) leftButton(s *Sheet, a area, name, caption string, style buttonStyle, do func()) {
	k := d.look.Scale
	ink := d.buttonFace(s, a, name, style, do)
	s.text(a.x0+8*k, (a.y0+a.y1)/2+5.4*k, 15*k, ink, d.font.Cut(caption, 15*k, a.x1-a.x0-12*k))
}

// drawSearch draws the field in which one types what is looked for, and returns its lower edge.
func (d *Desk) drawSearch(s *Sheet, a area) float32 {
	k, lang := d.look.Scale, d.look.Lang
	s.rect(a.x0, a.y0, a.x1-a.x0, a.y1-a.y0, rgb(0x0B1218))
	edge := deskLine
	if d.typing {
		edge = deskOrder
	}
	s.border(a.x0, a.y0, a.x1-a.x0, a.y1-a.y0, 1, edge)
	text, ink := d.orders.query, deskText
	if text == "" && !d.typing {
		text, ink = panelWords.Search.In(lang), deskFaint
	}
	text = d.font.Cut(text, 15*k, a.x1-a.x0-24*k)
	s.text(a.x0+10*k, a.y1-10*k, 15*k, ink, text)
	if d.typing {
		s.rect(a.x0+11*k+d.font.Width(text, 15*k), a.y0+7*k, 1.5*k, a.y1-a.y0-14*k, deskText)
	}
	d.hits = append(d.hits, button{a, func() { d.typing = true }, "search"})
	return a.y1
}

// drawOrderHelp says what an order does, in as many lines as there is room for.
func (d *Desk) drawOrderHelp(s *Sheet, a area, spec *sim.OrderSpec) {
	k, lang := d.look.Scale, d.look.Lang
	s.rect(a.x0, a.y0, a.x1-a.x0, 1, deskLine)
	s.text(a.x0, a.y0+18*k, 15*k, deskText, spec.Title.In(lang))
	s.text(a.x0+d.font.Width(spec.Title.In(lang), 15*k)+10*k, a.y0+18*k, 13*k, deskFaint, spec.Name)
	text, ink := spec.Effect.In(lang), deskFaint
	if why := d.barred(spec); !why.Empty() {
		text, ink = why.In(lang), deskAlarm
	}
	d.paragraph(s, area{a.x0, a.y0 + 22*k, a.x1, a.y1}, 14*k, ink, text)
}

// paragraph writes a text into an area and returns the lower edge of what is written; what has no room is cut off with
// an ellipsis.
func (d *Desk) paragraph(s *Sheet, a area, size float32, ink color.NRGBA, text string) float32 {
	line := size * 1.3
	lines := d.clip(text, size, a.x1-a.x0, max(int((a.y1-a.y0)/line), 1))
	for i, l := range lines {
		s.text(a.x0, a.y0+size+float32(i)*line, size, ink, l)
	}
	return a.y0 + float32(len(lines))*line
}

// clip breaks a text into lines, at most so many; an ellipsis ends the last one where there is more.
func (d *Desk) clip(text string, size, width float32, most int) []string {
	lines := d.font.Wrap(text, size, width)
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = d.font.Cut(lines[most-1]+"…", size, width)
	}
	return lines
}

// shownGiven is how many of the orders that were given last stand above the list.
const shownGiven = 3

// drawGiven draws what became of the orders that were given here last, and returns where the next thing goes.
func (d *Desk) drawGiven(s *Sheet, a area) float32 {
	k, lang := d.look.Scale, d.look.Lang
	answers := d.frame.Status.Answers
	if len(answers) == 0 {
		return a.y0
	}
	s.text(a.x0, a.y0+14*k, 14*k, deskFaint, panelWords.GivenLast.In(lang))
	y := a.y0 + 20*k
	for i := len(answers) - 1; i >= max(len(answers)-shownGiven, 0); i-- {
		y = d.drawAnswer(s, area{a.x0, y, a.x1, a.y1}, &answers[i])
	}
	return y + 4*k
}

// drawAnswer writes what became of an order that was given here, and returns its lower edge.
func (d *Desk) drawAnswer(s *Sheet, a area, x *Answer) float32 {
	k, lang := d.look.Scale, d.look.Lang
	mark, ink, state := MarkDisc, deskGood, d.fate(x)
	if x.Refused {
		mark, ink, state = MarkCross, deskAlarm, panelWords.Refused
	}
	s.mark(mark, a.x0+7*k, a.y0+10*k, 11*k, ink)
	s.text(a.x0+20*k, a.y0+15*k, 14*k, deskFaint, d.shortClock(x.At))
	text := x.Text.In(lang)
	if !x.Refused {
		text += " · " + state.In(lang)
	} else {
		text = state.In(lang) + panelWords.Colon.In(lang) + text
	}
	most := 1
	if x.Refused {
		most = 3
	}
	lines := d.clip(text, 14*k, a.x1-a.x0-64*k, most)
	for i, l := range lines {
		s.text(a.x0+64*k, a.y0+15*k+float32(i)*18*k, 14*k, ink, l)
	}
	return a.y0 + 20*k + float32(len(lines)-1)*18*k
}

// fate says how far an order that was accepted has come, as the seat knows it.
func (d *Desk) fate(x *Answer) sim.Text {
	for i := range d.frame.Seen.Orders {
		o := &d.frame.Seen.Orders[i]
		if o.Order != x.Order || o.Sent < x.At || o.Sent > x.At.Add(2*sim.Second) ||
			x.Target.Kind == o.Target.Kind && x.Target != o.Target {
			continue
		}
		switch {
		case o.Acked >= 0:
			return sim.Text{ZH: d.shortClock(o.Acked) + " " + words.Acked.ZH, EN: words.Acked.EN + " " + d.shortClock(o.Acked)}
		case o.Failed:
			return because(words.Failed, o.Reason)
		}
		return words.NotAcked
	}
	return panelWords.Taken
}

// orderKey does what a key does in the list of orders, and says whether it does anything there.
func (d *Desk) orderKey(key Key) bool {
	if d.orders.form != nil {
		return d.formKey(key)
	}
	cells, _ := d.orderCells()
	if len(cells) == 0 {
		return key == KeyErase && d.eraseQuery()
	}
	at := cells[min(d.orders.pick, len(cells)-1)]
	move := func(row, col int) {
		for n, c := range cells {
			if c.row == row && c.col <= col {
				d.orders.pick = n
			}
		}
	}
	switch key {
	case KeyDown, KeyUp:
		by := 1
		if key == KeyUp {
			by = -1
		}
		row := at.row + by
		if _, there := cellIn(cells, row); !there {
			row += by // the title of a group lies between
		}
		move(row, at.col)
	case KeyLeft:
		d.orders.pick = max(d.orders.pick-1, 0)
	case KeyRight, KeyNext:
		d.orders.pick = min(d.orders.pick+1, len(cells)-1)
	case KeyEnter:
		if d.possible(at.spec) {
			d.openForm(at.spec)
		}
	case KeyErase:
		return d.eraseQuery()
	default:
		return false
	}
	d.orders.at = min(d.orders.at, max(cells[d.orders.pick].row-1, 0))
	d.orders.at = max(d.orders.at, cells[d.orders.pick].row-d.shownRows())
	return true
}

func cellIn(cells []orderCell, row int) (int, bool) {
	for n, c := range cells {
		if c.row == row {
			return n, true
		}
	}
	return 0, false
}

// shownRows is how many rows of orders surely fit into the list.
func (d *Desk) shownRows() int {
	for _, l := range d.lists {
		if l.at == &d.orders.at {
			return max(int((l.box.y1-l.box.y0)/(30*d.look.Scale))-1, 1)
		}
	}
	return 1
}

func (d *Desk) eraseQuery() bool {
	d.orders.query = eraseLast(d.orders.query)
	d.orders.pick, d.orders.at = 0, 0
	return true
}

// eraseLast takes the last character off.
func eraseLast(text string) string {
	r := []rune(text)
	return string(r[:max(len(r)-1, 0)])
}

// typed takes what is typed: into the form, or as what is looked for.
func (d *Desk) typed(text string) {
	text = strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, text)
	switch {
	case text == "":
	case d.orders.form != nil:
		d.orders.form.typed(text)
	default:
		d.orders.query += text
		d.orders.pick, d.orders.at = 0, 0
	}
}

// giver returns the name of the post in whose name the seat orders; empty for the highest one, which needs none.
func (d *Desk) giver() string {
	p := d.frame.Seen.Post
	if p < 0 || int(p) >= len(d.sc.Posts) || p == d.sc.HighestPost() {
		return ""
	}
	return d.sc.Posts[p].Name
}

// give gives an order, and returns its number among the answers.
func (d *Desk) give(c sim.Command) int {
	c.Post = d.giver()
	return d.ctl.Order(c)
}

// key of an order's number in a name of a button.
func numbered(name string, n int) string { return fmt.Sprintf("%s%d", name, n) }
