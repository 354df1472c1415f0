package render

import (
	"slices"

	"sandtable/sim"
)

// postPanel is the state of the panel of posts.
type postPanel struct {
	at   int        // first row shown
	open sim.PostID // whose details are shown; None
	only bool       // those alone that ask for action
}

// postSize is the height of a post in the list at scale 1 [pixel], lineSize that of a line of its details.
const (
	postSize = 44
	lineSize = 19
)

// drawPosts draws the panel of posts.
func (d *Desk) drawPosts(s *Sheet, a area) {
	k, lang := d.look.Scale, d.look.Lang
	all := d.postViews()
	a.y0 = d.drawViewSwitch(s, a, panelWords.PostsTitle)
	text, shown := d.summary(all), all
	r := row{x: a.x0, y: a.y0, height: 28 * k, gap: 8 * k}
	d.caption(s, &r, "only", panelWords.OnlyOpen.In(lang), buttonStyle{on: d.posts.only},
		func() { d.posts.only, d.posts.at = !d.posts.only, 0 })
	s.text(r.x, a.y0+19*k, 14*k, deskFaint, d.font.Cut(text.In(lang), 14*k, a.x1-r.x))
	a.y0 += 36 * k
	if d.posts.only {
		shown = slices.DeleteFunc(slices.Clone(all), func(v postView) bool { return !v.asks() })
	}
	if len(shown) == 0 {
		s.text(a.x0, a.y0+18*k, 15*k, deskGood, panelWords.NothingOpen.In(lang))
		return
	}
	var rows []postRow
	for i := range shown {
		rows = append(rows, postRow{view: &shown[i]})
		if shown[i].post != d.posts.open {
			continue
		}
		for _, x := range d.details(&shown[i]) {
			rows = append(rows, postRow{&shown[i], x, d.font.Wrap(x.text.In(lang), 14*k, a.x1-a.x0-64*k), 0})
		}
		if n := d.postOrders(nil, area{a.x0 + 34*k, 0, a.x1 - listBar*k, 0}, shown[i].post); n > 0 {
			rows = append(rows, postRow{view: &shown[i], orders: n})
		}
	}
	d.list(s, a, &d.posts.at, len(rows), func(i int) float32 {
		switch r := &rows[i]; {
		case len(r.words) > 0:
			return (lineSize*float32(len(r.words)) + 1) * k
		case r.orders > 0:
			return (30*float32(r.orders) + 6) * k
		}
		return postSize * k
	}, func(i int, a area) {
		switch r := &rows[i]; {
		case len(r.words) > 0:
			d.drawLine(s, a, r)
		case r.orders > 0:
			d.postOrders(s, area{a.x0 + 34*k, a.y0 + 2*k, a.x1, a.y1}, r.view.post)
		default:
			d.drawPost(s, a, r.view)
		}
	})
}

// postRow is a row of the list: a post, a line of the details of one, or what can be ordered about it.
type postRow struct {
	view   *postView
	line   line
	words  []string // the line's
	orders int      // lines of buttons
}

// postOrders draws a button for each order about a post, which opens its form; on no sheet it only lays them out. It
// returns how many lines they take, none where nothing can be ordered.
func (d *Desk) postOrders(s *Sheet, a area, p sim.PostID) int {
	if !d.frame.Status.TakesOrders() || p == d.frame.Seen.Post {
		return 0
	}
	k, lang := d.look.Scale, d.look.Lang
	name, x, lines := d.names.NameOf(sim.RefTo(sim.KindPost, p)), a.x0, 0
	for i := range sim.Orders {
		spec := &sim.Orders[i]
		if !d.mayGive(spec) || len(spec.Params) == 0 || spec.Params[0].Ref != sim.KindPost || !d.possible(spec) {
			continue
		}
		title := spec.Title.In(lang)
		width := d.font.Width(title, 14*k) + 16*k
		if lines == 0 || x > a.x0 && x+width > a.x1 {
			x, lines = a.x0, lines+1
		}
		if y := a.y0 + 30*k*float32(lines-1); s != nil {
			d.smallButton(s, area{x, y, x + width, y + 26*k}, spec.Name+"-"+name, title, false,
				func() { d.orderFor(spec, name) })
		}
		x += width + 5*k
	}
	return lines
}

// drawLine draws a line of the details of a post.
func (d *Desk) drawLine(s *Sheet, a area, r *postRow) {
	k := d.look.Scale
	ink := r.line.tone.ink()
	s.mark(r.line.mark, a.x0+34*k, a.y0+10*k, 11*k, ink)
	for i, t := range r.words {
		s.text(a.x0+46*k, a.y0+(15+lineSize*float32(i))*k, 14*k, ink, t)
	}
}

// summary counts the posts by what is known of them.
func (d *Desk) summary(all []postView) sim.Text {
	waits, failed, silent := 0, 0, 0
	for i := range all {
		v := &all[i]
		switch {
		case len(v.waits) > 0:
			waits++
		case v.failed > v.answered:
			failed++
		case v.answered < 0 && v.reported < 0 && v.post != d.frame.Seen.Post:
			silent++
		}
	}
	return sim.Say("岗位 %d，未叫应 %d，失败 %d，无音讯 %d", "posts %d, waiting %d, failed %d, silent %d", len(all), waits,
		failed, silent)
}

// drawPost draws a post.
func (d *Desk) drawPost(s *Sheet, a area, v *postView) {
	k, lang := d.look.Scale, d.look.Lang
	head := area{a.x0, a.y0, a.x1, a.y0 + (postSize-3)*k}
	face := rgb(0x1A2530)
	if head.has(d.hover) || v.post == d.posts.open {
		face = deskHover
	}
	s.rect(head.x0, head.y0, head.x1-head.x0, head.y1-head.y0, face)
	mark, tone, text := d.headline(v)
	ink := tone.ink()
	x := a.x0 + 8*k + float32(v.depth)*12*k
	s.mark(mark, x+6*k, a.y0+14*k, 13*k, ink)
	state := text.In(lang)
	width := d.font.Width(state, 14*k)
	s.text(a.x1-8*k-width, a.y0+18*k, 14*k, ink, state)
	name := d.names.Title(sim.RefTo(sim.KindPost, v.post), lang)
	s.text(x+18*k, a.y0+18*k, 15*k, deskText, d.font.Cut(name, 15*k, a.x1-x-width-34*k))
	report := ""
	if v.reported >= 0 {
		report = sim.Say("报告 %s", "report %s", d.shortClock(v.reported)).In(lang)
	}
	width = d.font.Width(report, 13*k)
	s.text(a.x1-8*k-width, a.y0+36*k, 13*k, deskFaint, report)
	s.text(x+18*k, a.y0+36*k, 13*k, deskFaint, d.font.Cut(d.holder(v).In(lang), 13*k, a.x1-x-width-34*k))
	post := v.post
	d.hits = append(d.hits, button{head, func() {
		if d.posts.open == post {
			post = sim.None
		}
		d.posts.open = post
	}, "post-" + d.names.NameOf(sim.RefTo(sim.KindPost, v.post))})
}

// drawViewSwitch draws the title of a panel and, for the director, whether it shows what the seat knows or what is so.
// It returns the lower edge.
func (d *Desk) drawViewSwitch(s *Sheet, a area, title sim.Text) float32 {
	k, lang := d.look.Scale, d.look.Lang
	text := title.In(lang)
	if p := d.frame.Seen.Post; p >= 0 && int(p) < len(d.sc.Posts) {
		text += " · " + d.names.Title(sim.RefTo(sim.KindPost, p), lang)
	}
	right := a.x1
	if !d.frame.Status.SeatOnly {
		for _, b := range [...]struct {
			name  string
			text  sim.Text
			truth bool
		}{{"truth", words.Truth, true}, {"seat", words.Seat, false}} {
			width := d.font.Width(b.text.In(lang), 14*k) + 16*k
			d.smallButton(s, area{right - width, a.y0, right, a.y0 + 26*k}, b.name, b.text.In(lang), d.truth == b.truth,
				func() { d.truth = b.truth })
			right -= width + 4*k
		}
	}
	s.text(a.x0, a.y0+18*k, 16*k, deskText, d.font.Cut(text, 16*k, right-a.x0-6*k))
	return a.y0 + 34*k
}

// smallButton is a button in small writing.
func (d *Desk) smallButton(s *Sheet, a area, name, caption string, on bool, do func()) {
	k := d.look.Scale
	ink := d.buttonFace(s, a, name, buttonStyle{on: on}, do)
	s.text((a.x0+a.x1-d.font.Width(caption, 14*k))/2, (a.y0+a.y1)/2+5*k, 14*k, ink, caption)
}
