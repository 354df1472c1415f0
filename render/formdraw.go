package render

import (
	"image/color"
	"strings"

	"sandtable/sim"
)

// Sizes of a form at scale 1 [pixel].
const (
	fieldSize  = 34 // height of a parameter
	choiceSize = 25 // height of a choice
	labelSize  = 132
	giveSize   = 42
)

// drawForm draws the form of an order: what it does, its parameters, the choices of the one in focus, and the button.
func (d *Desk) drawForm(s *Sheet, a area) {
	k, lang := d.look.Scale, d.look.Lang
	f := d.orders.form
	d.markButton(s, area{a.x0, a.y0 - 2*k, a.x0 + 30*k, a.y0 + 24*k}, "formback", MarkBack, buttonStyle{}, d.closeForm)
	title := f.spec.Title.In(lang)
	s.text(a.x0+40*k, a.y0+18*k, 20*k, deskText, d.font.Cut(title, 20*k, a.x1-a.x0-44*k))
	if x := a.x0 + 50*k + d.font.Width(title, 20*k); x+d.font.Width(f.spec.Name, 13*k) < a.x1 {
		s.text(x, a.y0+18*k, 13*k, deskFaint, f.spec.Name)
	}
	foot := d.formFoot(s, a)
	room := foot - a.y0 - 30*k - float32(len(f.spec.Params))*fieldSize*k
	list := min(float32(len(f.shown())), 5) * choiceSize * k
	docs := float32(0)
	for i := range f.spec.Params {
		room -= d.wrongHeight(a, i)
		docs += d.docHeight(a, i)
	}
	y := a.y0 + 30*k
	effect := float32(len(d.font.Wrap(f.spec.Effect.In(lang), 14*k, a.x1-a.x0))) * 18.2 * k
	if f.explain = room-list-docs-min(effect, 92*k) > 10*k; !f.explain {
		docs = d.docHeight(a, f.focus)
	}
	if effect = min(room-list-docs, 92*k); effect > 20*k || len(f.spec.Params) == 0 {
		y = d.paragraph(s, area{a.x0, y, a.x1, y + max(effect, 60*k)}, 14*k, deskFaint, f.spec.Effect.In(lang)) + 6*k
	}
	rest := float32(0) // of the parameters below the one in focus
	for i := f.focus + 1; i < len(f.spec.Params); i++ {
		rest += fieldSize*k + d.wrongHeight(a, i)
		if f.explain {
			rest += d.docHeight(a, i)
		}
	}
	for i := range f.spec.Params {
		y = d.drawField(s, area{a.x0, y, a.x1, foot - rest}, i)
	}
}

// formFoot draws the lower end of a form: the order in words, what became of it, and the button. It returns the upper
// edge.
func (d *Desk) formFoot(s *Sheet, a area) float32 {
	k, lang := d.look.Scale, d.look.Lang
	f := d.orders.form
	box := area{a.x0, a.y1 - giveSize*k, a.x1, a.y1}
	style, caption := buttonStyle{strong: true}, panelWords.Give.In(lang)
	if st := &d.frame.Status; !st.TakesOrders() {
		style, caption = buttonStyle{off: true}, st.noOrders().In(lang)
	}
	d.button(s, box, "give", caption, style, d.giveForm)
	if d.typing && f.param() == nil {
		s.border(box.x0, box.y0, box.x1-box.x0, box.y1-box.y0, 3*k, paper)
	}
	y := box.y0 - 6*k
	ink, text := deskOrder, f.spec.Words(f.command(), d.names).In(lang)
	switch x := d.answer(); {
	case x != nil && x.Refused:
		ink, text = deskAlarm, d.shortClock(x.At)+" "+panelWords.Refused.In(lang)+panelWords.Colon.In(lang)+x.Text.In(lang)
	case x != nil:
		ink, text = deskGood, d.shortClock(x.At)+" "+x.Text.In(lang)+" · "+d.fate(x).In(lang)
	case f.asked >= 0 && d.frame.Status.TakesOrders():
		text = panelWords.UnderWay.In(lang) + panelWords.Colon.In(lang) + text
	}
	lines := d.clip(text, 15*k, a.x1-a.x0, 6)
	y -= float32(len(lines)) * 20 * k
	s.rect(a.x0, y-4*k, a.x1-a.x0, 1, deskLine)
	for i, l := range lines {
		s.text(a.x0, y+16*k+float32(i)*20*k, 15*k, ink, l)
	}
	return y - 10*k
}

func (d *Desk) closeForm() {
	d.orders.form, d.typing = nil, false
}

// wrongLines is why a parameter cannot stand as it is, in lines.
func (d *Desk) wrongLines(a area, i int) []string {
	why := d.wrong(i)
	if why.Empty() {
		return nil
	}
	k := d.look.Scale
	return d.clip(why.In(d.look.Lang), 14*k, a.x1-a.x0-labelSize*k, 3)
}

func (d *Desk) wrongHeight(a area, i int) float32 {
	return float32(len(d.wrongLines(a, i))) * 18 * d.look.Scale
}

// docLines explain a parameter: what it means, and for the one in focus how it can be given.
func (d *Desk) docLines(a area, i int) []string {
	f := d.orders.form
	if i >= len(f.spec.Params) {
		return nil
	}
	p, focused := &f.spec.Params[i], i == f.focus && d.typing
	k, lang := d.look.Scale, d.look.Lang
	var parts []string
	if doc := p.Doc.In(lang); doc != p.Label().In(lang) && doc != "the "+p.Label().In(lang) {
		parts = append(parts, doc)
	}
	switch {
	case !focused:
	case p.Kind == sim.ParamRef && onMap(p.Ref):
		parts = append(parts, panelWords.Point.In(lang))
	case p.Kind == sim.ParamDuration:
		parts = append(parts, panelWords.SpanForm.In(lang))
	case p.Kind == sim.ParamNumber:
		parts = append(parts, sim.Say("%g 至 %g %s", "%g to %g %s", p.Min, p.Max, p.UnitTitle()).In(lang))
	}
	if len(parts) == 0 {
		return nil
	}
	return d.clip(strings.Join(parts, sim.Sentences.In(lang)), 14*k, a.x1-a.x0-labelSize*k, 4)
}

func (d *Desk) docHeight(a area, i int) float32 {
	if n := len(d.docLines(a, i)); n > 0 {
		return (float32(n)*18 + 4) * d.look.Scale
	}
	return 0
}

// drawField draws a parameter, with its choices when it is in focus, and returns its lower edge. The area ends where
// the parameters below begin.
func (d *Desk) drawField(s *Sheet, a area, i int) float32 {
	k, lang := d.look.Scale, d.look.Lang
	f := d.orders.form
	p := &f.spec.Params[i]
	label := p.Label().In(lang)
	s.text(a.x0, a.y0+20*k, 15*k, deskText, d.font.Cut(label, 15*k, (labelSize-22)*k))
	if !p.Optional {
		s.text(a.x0+4*k+d.font.Width(label, 15*k), a.y0+20*k, 15*k, deskOrder, "*")
	}
	box := area{a.x0 + labelSize*k, a.y0, a.x1, a.y0 + (fieldSize-5)*k}
	d.drawValue(s, box, i)
	y := a.y0 + fieldSize*k
	for j, line := range d.wrongLines(a, i) {
		s.text(box.x0, y+(10+18*float32(j))*k, 14*k, deskAlarm, line)
	}
	y += d.wrongHeight(a, i)
	if f.explain || i == f.focus && d.typing {
		for j, line := range d.docLines(a, i) {
			s.text(box.x0, y+(10+18*float32(j))*k, 14*k, deskFaint, line)
		}
		y += d.docHeight(a, i)
	}
	if i != f.focus || !d.typing {
		return y
	}
	shown := f.shown()
	height := min(float32(len(shown))*choiceSize*k, a.y1-y)
	if len(shown) == 0 || height < choiceSize*k {
		return y
	}
	height -= float32(int(height) % int(choiceSize*k))
	d.list(s, area{box.x0, y, box.x1, y + height}, &f.at, len(shown), func(int) float32 { return choiceSize * k },
		func(n int, a area) { d.drawChoice(s, a, n, &shown[n]) })
	return y + height + 6*k
}

// drawValue draws the field of a parameter with what it is set to.
func (d *Desk) drawValue(s *Sheet, box area, i int) {
	k, lang := d.look.Scale, d.look.Lang
	f := d.orders.form
	p := &f.spec.Params[i]
	focused := i == f.focus && d.typing
	s.rect(box.x0, box.y0, box.x1-box.x0, box.y1-box.y0, rgb(0x0B1218))
	edge := deskLine
	if focused {
		edge = deskOrder
	}
	if !d.wrong(i).Empty() {
		edge = deskAlarm
	}
	s.border(box.x0, box.y0, box.x1-box.x0, box.y1-box.y0, max(k, 1), edge)
	text, ink := d.valueText(f, i), deskText
	switch {
	case focused && f.query != "":
		text = f.query
	case text == "" && focused && !chooses(p):
	case text == "" && p.Optional:
		text, ink = panelWords.LeftOut.In(lang), deskFaint
	case text == "":
		text, ink = panelWords.PleaseSet.In(lang), deskFaint
	}
	text = d.font.Cut(text, 15*k, box.x1-box.x0-44*k)
	s.text(box.x0+8*k, box.y1-9*k, 15*k, ink, text)
	if focused && (f.query != "" || !chooses(p)) {
		s.rect(box.x0+9*k+d.font.Width(text, 15*k), box.y0+6*k, 1.5*k, box.y1-box.y0-12*k, deskText)
	}
	right := box.x1
	if f.values[i] != "" {
		right -= 28 * k
	}
	d.hits = append(d.hits, button{area{box.x0, box.y0, right, box.y1}, func() {
		d.typing = true
		d.focusOn(i)
	}, numbered("field", i)})
	if f.values[i] != "" {
		empty := area{right, box.y0, box.x1, box.y1}
		s.mark(MarkCross, (empty.x0+empty.x1)/2, (empty.y0+empty.y1)/2, 11*k, deskFaint)
		d.hits = append(d.hits, button{empty, func() {
			f.values[i] = ""
			d.typing = true
			d.focusOn(i)
		}, numbered("clear", i)})
	}
}

// valueText is the value of a parameter in words.
func (d *Desk) valueText(f *form, i int) string {
	p, v := &f.spec.Params[i], f.values[i]
	if v == "" {
		return ""
	}
	switch p.Kind {
	case sim.ParamRef:
		if id, ok := d.names.Resolve(p.Ref, v); ok {
			if p.Ref == sim.KindLink {
				return d.names.LinkOn(sim.LinkID(id)).In(d.look.Lang)
			}
			return d.names.Title(sim.Ref{Kind: p.Ref, ID: id}, d.look.Lang)
		}
	case sim.ParamChoice:
		for k, c := range p.Choices {
			if c == v {
				return p.Words[k].In(d.look.Lang)
			}
		}
	case sim.ParamNumber:
		if i != f.focus || !d.typing {
			return v + " " + p.UnitTitle().In(d.look.Lang)
		}
	}
	return v
}

// drawChoice draws one of the choices.
func (d *Desk) drawChoice(s *Sheet, a area, n int, c *choice) {
	k, lang := d.look.Scale, d.look.Lang
	f := d.orders.form
	face, ink := deskRaise, deskText
	switch {
	case n == f.pick:
		face, ink = rgb(0xDCE5EC), inkDark
	case a.has(d.hover):
		face = deskHover
	}
	s.rect(a.x0, a.y0, a.x1-a.x0, a.y1-a.y0-1, face)
	note := ""
	if c.note != c.title {
		note = c.note.In(lang)
	}
	width := d.font.Width(note, 13*k)
	s.text(a.x0+8*k, a.y1-8*k, 15*k, ink, d.font.Cut(c.title.In(lang), 15*k, a.x1-a.x0-width-24*k))
	if ink != inkDark {
		ink = deskFaint
	}
	s.text(a.x1-8*k-width, a.y1-8*k, 13*k, ink, note)
	value := c.value
	d.hits = append(d.hits, button{a, func() { d.choose(value) }, numbered("choice", n)})
}

// drawChosen marks on the map what the form names, and under the cursor what a click would take.
func (d *Desk) drawChosen(l *List) {
	f := d.orders.form
	if d.tab != tabOrders || f == nil || d.Quiet {
		return
	}
	sheet := &l.Sheets[LayerPlaces]
	for i := range f.spec.Params {
		p := &f.spec.Params[i]
		if p.Kind != sim.ParamRef || !onMap(p.Ref) {
			continue
		}
		if id, ok := d.names.Resolve(p.Ref, f.values[i]); ok && f.values[i] != "" {
			d.markEntity(sheet, sim.Ref{Kind: p.Ref, ID: id}, colorChosen)
		}
		if i == f.focus && d.typing && d.grip == gripNone && d.overMap(d.hover) {
			if ref := d.under(p.Ref, d.hover); ref.ID >= 0 {
				d.markEntity(sheet, ref, colorPointed)
			}
		}
	}
}

// markEntity draws a ring around an entity, a line along a link, the border of a zone.
func (d *Desk) markEntity(s *Sheet, ref sim.Ref, ink color.NRGBA) {
	k := d.look.Scale
	switch ref.Kind {
	case sim.KindLink:
		first := len(s.Points)
		appendLine(s, d.cam, d.sc.Links[ref.ID].Shape)
		s.line(first, 6*k, ink)
	case sim.KindZone:
		d.scene.zones[ref.ID].outline(s, d.cam, 5*k, ink)
	default:
		if at, ok := d.placeOf(ref); ok {
			s.mark(MarkRing, at.X, at.Y, 40*k, ink)
		}
	}
}
