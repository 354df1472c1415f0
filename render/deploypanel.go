package render

import (
	"image/color"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// bundleRow is a row of the panel of deployments: a consultation, a deployment, or one of its orders.
type bundleRow struct {
	mark   Mark
	ink    tone
	indent bool
	title  sim.Text
	note   sim.Text // the second line; may be empty
	order  sim.OrderID
	value  string           // of the order that can be given for it; empty for none
	button sim.Text         // its caption
	bundle sim.DeploymentID // whose orders a click lists or hides; None
	open   bool
}

// tone is how a row is to be taken.
type tone uint8

const (
	toneText tone = iota
	toneFaint
	toneGood
	toneAlarm
	toneOrder
)

// ink returns the colour of a tone.
func (t tone) ink() color.NRGBA {
	return [...]color.NRGBA{toneText: deskText, toneFaint: deskFaint, toneGood: deskGood, toneAlarm: deskAlarm,
		toneOrder: deskOrder}[t]
}

// ownBundle says whether something with that post named, or none for the highest, is the seat's.
func (d *Desk) ownBundle(post string) bool {
	p := d.postNamed(post)
	if post == "" {
		p = d.sc.HighestPost()
	}
	return p >= 0 && p == d.frame.Seen.Post
}

// bundleRows lists consultations and deployments of the seat: those that it has called or sent out with what became of
// them as far as it knows, and those that it has in its drawer.
func (d *Desk) bundleRows() []bundleRow {
	var rows []bundleRow
	for m := range d.sc.Meetings {
		if d.ownBundle(d.sc.Meetings[m].Post) {
			rows = append(rows, d.meetingRow(sim.MeetingID(m)))
		}
	}
	for i := range d.sc.Deployments {
		if d.ownBundle(d.sc.Deployments[i].Post) {
			rows = append(rows, d.deploymentRows(sim.DeploymentID(i))...)
		}
	}
	return rows
}

// meetingRow says how far a consultation has come.
func (d *Desk) meetingRow(m sim.MeetingID) bundleRow {
	spec := &d.sc.Meetings[m]
	r := bundleRow{mark: MarkRing, ink: toneFaint, title: d.names.TitleOf(sim.RefTo(sim.KindMeeting, m)),
		order: sim.OrderConsult, value: spec.Name, button: panelWords.Convene, bundle: sim.None}
	r.note = sim.Say("未召集；成员 %d 人，召集 %s，会期 %s", "not called; %d members, %s to gather, takes %s", len(spec.Members),
		spanWords(spec.Gather), spanWords(spec.Duration))
	for _, k := range d.frame.Seen.Meetings {
		if k.Meeting != m {
			continue
		}
		at := d.shortClock(k.Since)
		switch k.Step {
		case sim.MeetingCalled:
			r.mark, r.ink, r.note = MarkHourglass, toneOrder, sim.Say("%s 起召集，已到 %d/%d 人", "called %s, %d of %d there", at,
				k.Present, len(spec.Members))
		case sim.MeetingSits:
			r.mark, r.ink, r.note = MarkHourglass, toneOrder, sim.Say("%s 开始，到会 %d/%d 人", "began %s with %d of %d", at,
				k.Present, len(spec.Members))
		case sim.MeetingEnded:
			r.mark, r.ink, r.note = MarkDisc, toneGood, sim.Say("%s 结束，到会 %d/%d 人", "ended %s; %d of %d took part", at,
				k.Present, len(spec.Members))
		case sim.MeetingFailed:
			r.mark, r.ink, r.note = MarkCross, toneAlarm, sim.Say("%s 未能召开", "came to nothing %s", at)
		}
		if k.Step == sim.MeetingCalled || k.Step == sim.MeetingSits {
			r.value = ""
		}
	}
	return r
}

// deploymentRows are a deployment and its orders.
func (d *Desk) deploymentRows(id sim.DeploymentID) []bundleRow {
	spec := &d.sc.Deployments[id]
	var sent *sim.DeploymentKnown
	for i := range d.frame.Seen.Deployments {
		if k := &d.frame.Seen.Deployments[i]; k.Deployment == id {
			sent = k
		}
	}
	head := bundleRow{mark: MarkRing, ink: toneFaint, title: d.names.TitleOf(sim.RefTo(sim.KindDeployment, id)),
		order: sim.OrderDeploy, value: spec.Name, button: panelWords.SendOut, bundle: id}
	var items []bundleRow
	n := 0
	for i := range d.sc.Items {
		if d.sc.Items[i].Of != spec.Name {
			continue
		}
		var known *sim.ItemKnown
		if sent != nil && n < len(sent.Items) {
			known = &sent.Items[n]
		}
		items = append(items, d.itemRow(&d.sc.Items[i], known))
		n++
	}
	head.note = sim.Say("未下发，共 %d 项", "not sent out; orders: %d", n)
	if sent != nil {
		head.value = ""
		d.countItems(&head, sent)
	}
	head.open = sent != nil && head.ink != toneGood // what is done, or not begun, is listed on demand
	if open, chosen := d.bundles[id]; chosen {
		head.open = open
	}
	if !head.open {
		items = nil
	}
	return append([]bundleRow{head}, items...)
}

// countItems says what became of the orders of a deployment, all together.
func (d *Desk) countItems(head *bundleRow, k *sim.DeploymentKnown) {
	acked, late, refused, failed, held := 0, 0, 0, 0, 0
	for _, x := range k.Items {
		switch {
		case x.Held:
			held++
		case x.Refused:
			refused++
		case x.Failed:
			failed++
		case x.Acked >= 0:
			acked++
		case d.frame.Seen.Now > x.Due:
			late++
		}
	}
	head.mark, head.ink = MarkHourglass, toneOrder
	switch {
	case late+refused+failed > 0:
		head.ink = toneAlarm
	case acked == len(k.Items)-held:
		head.mark, head.ink = MarkDisc, toneGood
	}
	head.note = sim.Say("%s 下发，叫应 %d/%d", "sent %s, %d of %d acknowledged", d.shortClock(k.Sent), acked,
		len(k.Items)-held)
	if held > 0 {
		head.note = sim.Say("%s，暂不下达 %d", "%s, %d held back", head.note, held)
	}
	if late > 0 {
		head.note = sim.Say("%s，逾期 %d", "%s, %d overdue", head.note, late)
	}
	if failed > 0 {
		head.note = sim.Say("%s，失败 %d", "%s, %d failed", head.note, failed)
	}
	if refused > 0 {
		head.note = sim.Say("%s，被拒绝 %d", "%s, %d refused", head.note, refused)
	}
}

// itemRow says what an order of a deployment is, who is to acknowledge it by when, and what became of it.
func (d *Desk) itemRow(x *scenario.DeploymentItem, k *sim.ItemKnown) bundleRow {
	r := bundleRow{mark: MarkRing, ink: toneFaint, indent: true, title: sim.Said(x.Order)}
	spec := sim.OrderByName(x.Order)
	if spec == nil {
		return r
	}
	command := sim.Command{Order: x.Order, Args: x.Args}
	r.title = spec.Words(command, d.names)
	if k == nil {
		r.note = sim.Say("下发后 %s内叫应", "to be acknowledged within %s", spanWords(x.Due))
		if t := d.sc.Condition(d.names, x); t.Gauge >= 0 {
			r.note = sim.Say("%s；条件：%s", "%s; only when %s", r.note,
				t.Words(d.names.TitleOf(sim.RefTo(sim.KindGauge, t.Gauge)), true))
		}
		return r
	}
	if k.Held {
		r.note = because(sim.Text{ZH: "暂不下达", EN: "held back"}, k.Reason)
		return r
	}
	who, due := d.receiver(k.Order, k.Target), d.shortClock(k.Due)
	atOnce := k.Target.Kind == sim.KindCounty // nobody has to acknowledge it
	switch {
	case atOnce && k.Refused:
		r.mark, r.ink, r.note = MarkCross, toneAlarm, because(panelWords.Refused, k.Reason)
	case atOnce && k.Acked >= 0:
		r.mark, r.ink, r.note = MarkDisc, toneGood, sim.Say("%s 生效", "in force %s", d.shortClock(k.Acked))
	case k.Refused:
		r.mark, r.ink, r.note = MarkCross, toneAlarm, because(sim.Say("%s：被拒绝", "%s: refused", who), k.Reason)
	case k.Failed && k.Reason.Empty():
		r.mark, r.ink, r.note = MarkCross, toneAlarm, sim.Say("%s：叫应失败", "%s: not reached", who)
	case k.Failed:
		r.mark, r.ink, r.note = MarkCross, toneAlarm, because(sim.Say("%s：未执行", "%s: not carried out", who), k.Reason)
	case k.Acked >= 0:
		r.mark, r.ink, r.note = MarkDisc, toneGood, sim.Say("%s：%s 叫应", "%s: acknowledged %s", who, d.shortClock(k.Acked))
		if k.Acked > k.Due {
			r.note = sim.Say("%s，迟于时限 %s", "%s, after its time %s", r.note, due)
		}
	case d.frame.Seen.Now > k.Due:
		late := int64(d.frame.Seen.Now.Sub(k.Due) / sim.Minute)
		r.mark, r.ink = MarkHourglass, toneAlarm
		r.note = sim.Say("%s：时限 %s，逾期 %d 分钟未叫应", "%s: due %s, %d min overdue", who, due, late)
	default:
		r.mark, r.ink, r.note = MarkHourglass, toneOrder, sim.Say("%s：待叫应，时限 %s", "%s: not acknowledged, due %s", who, due)
	}
	if k.Calls > 0 {
		r.note = sim.Say("%s，已再呼 %d 次", "%s, called again: %d", r.note, k.Calls)
	}
	return r
}

// because adds a reason, where there is one.
func because(text, reason sim.Text) sim.Text {
	if reason.Empty() {
		return text
	}
	return sim.Say("%s，原因：%s", "%s because: %s", text, reason)
}

// receiver names who acknowledges an order: the post of a zone, an entity itself, or who works there. Mains are
// switched by who keeps them, and not by the post.
func (d *Desk) receiver(order sim.OrderID, target sim.Ref) sim.Text {
	mains := order == sim.OrderCutPower || order == sim.OrderRestorePower
	if target.Kind == sim.KindZone && int(target.ID) < len(d.sc.Zones) && !mains {
		if p := d.zonePost(sim.ZoneID(target.ID)); p >= 0 {
			return d.names.TitleOf(sim.RefTo(sim.KindPost, p))
		}
	}
	return d.names.ReceiverOf(target)
}

// drawDeployments draws the panel of consultations and deployments.
func (d *Desk) drawDeployments(s *Sheet, a area) {
	k, lang := d.look.Scale, d.look.Lang
	a.y0 = d.drawOwner(s, a, panelWords.DeployTitle)
	rows := d.bundleRows()
	if len(rows) == 0 {
		d.paragraph(s, area{a.x0, a.y0, a.x1, a.y1}, 15*k, deskFaint, panelWords.NoDeployments.In(lang))
		return
	}
	narrow := area{a.x0, a.y0, a.x1 - listBar*k, a.y1} // as it is with a bar beside it
	d.list(s, a, &d.bundleAt, len(rows), func(i int) float32 { return d.bundleHeight(narrow, &rows[i]) },
		func(i int, a area) { d.drawBundle(s, a, &rows[i]) })
}

// bundleLines breaks title and note of a row into lines.
func (d *Desk) bundleLines(a area, r *bundleRow) (title, note []string) {
	k, lang := d.look.Scale, d.look.Lang
	room := a.x1 - a.x0 - 40*k
	if !r.indent {
		room -= 76 * k // for a button, or the mark that it can be opened
	}
	return d.font.Wrap(r.title.In(lang), 15*k, room), d.font.Wrap(r.note.In(lang), 13*k, room)
}

func (d *Desk) bundleHeight(a area, r *bundleRow) float32 {
	title, note := d.bundleLines(a, r)
	height := float32(19*len(title) + 16*len(note) + 8)
	if !r.indent {
		height += 10
	}
	return height * d.look.Scale
}

// drawBundle draws a row of it.
func (d *Desk) drawBundle(s *Sheet, a area, r *bundleRow) {
	k := d.look.Scale
	ink, x, y := r.ink.ink(), a.x0+32*k, a.y0
	title, note := d.bundleLines(a, r)
	if !r.indent {
		d.drawBundleHead(s, area{a.x0, a.y0 + 2*k, a.x1, a.y1 - 3*k}, r)
		x, y = a.x0+28*k, a.y0+5*k
	}
	s.mark(r.mark, x-14*k, y+12*k, 12*k, ink)
	for _, l := range title {
		s.text(x, y+17*k, 15*k, deskText, l)
		y += 19 * k
	}
	for _, l := range note {
		s.text(x, y+14*k, 13*k, ink, l)
		y += 16 * k
	}
}

// drawBundleHead draws what lies behind a consultation or a deployment: its button, and that it can be opened.
func (d *Desk) drawBundleHead(s *Sheet, box area, r *bundleRow) {
	k, lang := d.look.Scale, d.look.Lang
	s.rect(box.x0, box.y0, box.x1-box.x0, box.y1-box.y0, rgb(0x1A2530))
	right, mid := box.x1-8*k, (box.y0+box.y1)/2
	if r.value != "" && d.frame.Status.TakesOrders() {
		caption := r.button.In(lang)
		width := d.font.Width(caption, 15*k) + 18*k
		spec, value := &sim.Orders[r.order], r.value
		d.button(s, area{right - width, mid - 16*k, right, mid + 16*k}, spec.Name+"-"+value, caption, buttonStyle{},
			func() { d.orderFor(spec, value) })
		right -= width + 8*k
	}
	if id := r.bundle; id >= 0 {
		d.hits = append(d.hits, button{area{box.x0, box.y0, right, box.y1}, func() { d.bundles[id] = !r.open },
			"bundle-" + d.names.NameOf(sim.RefTo(sim.KindDeployment, id))})
		turn := MarkPlay
		if r.open {
			turn = MarkDown
		}
		s.mark(turn, right-10*k, mid, 11*k, deskFaint)
	}
}

// orderFor opens the form of an order with its first parameter set.
func (d *Desk) orderFor(spec *sim.OrderSpec, value string) {
	d.openTab(tabOrders)
	d.openForm(spec)
	if d.orders.form != nil && len(d.orders.form.values) > 0 {
		d.orders.form.values[0] = value
		d.focusOn(d.orders.form.firstEmpty())
	}
}

// drawOwner draws the title of a panel with the post whose it is, and returns the lower edge.
func (d *Desk) drawOwner(s *Sheet, a area, title sim.Text) float32 {
	k, lang := d.look.Scale, d.look.Lang
	text := title.In(lang)
	if p := d.frame.Seen.Post; p >= 0 && int(p) < len(d.sc.Posts) {
		text += " · " + d.names.Title(sim.RefTo(sim.KindPost, p), lang)
	}
	s.text(a.x0, a.y0+18*k, 16*k, deskText, d.font.Cut(text, 16*k, a.x1-a.x0))
	return a.y0 + 30*k
}
