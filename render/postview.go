package render

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// postView is what the panel of posts tells of one post: as the seat knows it, and what is so.
type postView struct {
	post     sim.PostID
	depth    int      // below the first one shown
	answered sim.Time // when the seat heard from it last: an answer, an acknowledgement, a report; -1 before
	over     sim.ChannelID
	by       sim.OfficialID // who answered last, by name; None
	reported sim.Time       // when its zones were last as the seat knows them; -1 without a report
	via      sim.Ref        // who passed that on
	waits    []int32        // orders of the seat that it has not acknowledged, as numbers in Observation.Orders
	failed   sim.Time       // when an order was given last that did not reach it; -1
	truth    *sim.PostTruth // nil where only the seat's knowledge is shown
}

// postViews collects what is shown of the posts: those from the seat's own down, in the order of the tree; for the
// director all of them.
func (d *Desk) postViews() []postView {
	truth := d.seesTruth()
	var out []postView
	for i := range d.sc.Posts {
		own := sim.PostID(i) == d.frame.Seen.Post
		if truth && d.sc.Posts[i].Superior == "" || !truth && own {
			out = d.addPost(out, sim.PostID(i), 0)
		}
	}
	at := make([]int32, len(d.sc.Posts)) // place of each post in out, from 1
	for i := range out {
		at[out[i].post] = int32(i + 1)
	}
	of := func(p sim.PostID) *postView {
		if p < 0 || int(p) >= len(at) || at[p] == 0 {
			return nil
		}
		return &out[at[p]-1]
	}
	d.addHeard(of)
	d.addOrders(of)
	if truth {
		for i := range out {
			if int(out[i].post) < len(d.frame.Truth.Posts) {
				out[i].truth = &d.frame.Truth.Posts[out[i].post]
			}
		}
	}
	return out
}

// addPost adds a post and those below it.
func (d *Desk) addPost(out []postView, p sim.PostID, depth int) []postView {
	out = append(out, postView{post: p, depth: depth, answered: -1, over: sim.None, by: sim.None, reported: -1,
		failed: -1})
	for i := range d.sc.Posts {
		if d.sc.Posts[i].Superior == d.sc.Posts[p].Name && depth < len(d.sc.Posts) {
			out = d.addPost(out, sim.PostID(i), depth+1)
		}
	}
	return out
}

// addHeard adds when the seat has heard of posts, by themselves and by reports of their zones.
func (d *Desk) addHeard(of func(sim.PostID) *postView) {
	for _, k := range d.frame.Seen.Posts {
		if v := of(k.Post); v != nil {
			v.answered, v.over, v.by = k.Answered, k.Over, k.By
		}
	}
	for z := range d.frame.Seen.Zones {
		k := &d.frame.Seen.Zones[z]
		if v := of(d.zonePost(sim.ZoneID(z))); v != nil && k.Reported > v.reported {
			v.reported, v.via = k.Reported, k.From
		}
	}
}

// addOrders adds which orders of the seat wait for a post, and when one reached it or did not.
func (d *Desk) addOrders(of func(sim.PostID) *postView) {
	for i := range d.frame.Seen.Orders {
		o := &d.frame.Seen.Orders[i]
		first, end := of(o.To), of(d.endOf(o))
		for _, v := range [...]*postView{first, end} {
			switch {
			case v == nil || v == first && end != first && o.Taken:
			case o.Failed:
				v.failed = max(v.failed, o.Sent)
			case o.Acked < 0:
				v.waits = append(v.waits, int32(i))
			case v == end && o.Acked > v.answered:
				v.answered, v.over, v.by = o.Acked, sim.None, sim.None
			}
			if first == end {
				break
			}
		}
	}
}

// endOf returns the post that acknowledges an order in the end; None where it is no post.
func (d *Desk) endOf(o *sim.OrderKnown) sim.PostID {
	switch {
	case o.To < 0 && !o.Taken:
		return sim.None
	case o.Target.Kind == sim.KindZone && int(o.Target.ID) < len(d.sc.Zones):
		return d.zonePost(sim.ZoneID(o.Target.ID))
	case o.Target.Kind == sim.KindPost:
		return sim.PostID(o.Target.ID)
	}
	return o.To
}

// zonePost returns the post of a zone, None without one.
func (d *Desk) zonePost(z sim.ZoneID) sim.PostID { return d.postNamed(d.sc.Zones[z].Post) }

func (d *Desk) postNamed(name string) sim.PostID {
	if id, ok := d.names.Resolve(sim.KindPost, name); ok {
		return sim.PostID(id)
	}
	return sim.None
}

// seesTruth says whether the panels show what is really so: never for a player's seat.
func (d *Desk) seesTruth() bool { return d.truth && !d.frame.Status.SeatOnly }

// asks says whether something about a post asks for action.
func (v *postView) asks() bool {
	if t := v.truth; t != nil && (!t.Manned || t.CutOff >= 0) {
		return true
	}
	return len(v.waits) > 0 || v.failed >= 0 && v.failed > v.answered
}

// headline says how a post is, in few words, with a mark of its own for each case.
func (d *Desk) headline(v *postView) (Mark, tone, sim.Text) {
	own := v.post == d.frame.Seen.Post
	switch t := v.truth; {
	case t != nil && !t.Manned:
		return MarkCross, toneAlarm, sim.Text{ZH: "无人在岗", EN: "nobody there"}
	case t != nil && t.CutOff >= 0:
		return MarkClosed, toneAlarm, sim.Say("%s 起失联", "cut off since %s", d.shortClock(t.CutOff))
	case own && d.frame.Seen.CutOff >= 0:
		return MarkClosed, toneAlarm, sim.Say("%s 起与上级失联", "cut off since %s", d.shortClock(d.frame.Seen.CutOff))
	case own:
		return MarkStar, toneText, sim.Text{ZH: "本岗位", EN: "this post"}
	case len(v.waits) > 0:
		return MarkHourglass, d.patience(v), sim.Say("%d 项未叫应", "not acknowledged: %d", len(v.waits))
	case v.failed >= 0 && v.failed > v.answered:
		return MarkCross, toneAlarm, sim.Say("%s 指令叫应失败", "order of %s not reached", d.shortClock(v.failed))
	case v.answered >= 0:
		return MarkDisc, toneGood, sim.Say("%s 有应答", "answered %s", d.shortClock(v.answered))
	case v.reported >= 0:
		return MarkDisc, toneGood, sim.Say("%s 有报告", "report of %s", d.shortClock(v.reported))
	}
	return MarkRing, toneFaint, sim.Text{ZH: "尚无音讯", EN: "not heard of yet"}
}

// patience says how to take that a post has not acknowledged something: it is an alarm when the first order has waited
// for longer than a superior waits for an answer.
func (d *Desk) patience(v *postView) tone {
	if d.frame.Seen.Now.Sub(d.frame.Seen.Orders[v.waits[0]].Sent) > d.sc.Posts[v.post].Timeout {
		return toneAlarm
	}
	return toneOrder
}

// workTitles are the ways in which a post works.
var workTitles = [...]sim.Text{sim.PostOnDuty: {ZH: "平时值班", EN: "peace-time duty"},
	sim.PostCalling: {ZH: "人员召集中", EN: "staff called in"}, sim.PostRunning: {ZH: "应急指挥", EN: "command post runs"}}

func workTitle(s sim.PostState) sim.Text {
	if int(s) < len(workTitles) {
		return workTitles[s]
	}
	return sim.Said(s.String())
}

// holder says who holds a post: who really acts, or who is on the roster and who answered last.
func (d *Desk) holder(v *postView) sim.Text {
	title := func(id sim.OfficialID) sim.Text { return d.names.TitleOf(sim.RefTo(sim.KindOfficial, id)) }
	acting, known := sim.OfficialID(sim.None), true
	switch {
	case v.truth != nil:
		acting = v.truth.Acting
	case v.post == d.frame.Seen.Post:
		acting = d.frame.Seen.Own.Acting
	default:
		known = false
	}
	roster := d.roster(v.post)
	switch {
	case len(roster) == 0:
		return sim.Text{ZH: "未列责任人", EN: "nobody named"}
	case known && acting < 0:
		return sim.Say("无人履职（责任人 %s）", "nobody acts (holder: %s)", title(roster[0]))
	case known && acting != roster[0]:
		return sim.Say("%s 代 %s 履职", "%s acts for %s", title(acting), title(roster[0]))
	case known:
		return title(acting)
	case v.by >= 0 && v.by != roster[0]:
		return sim.Say("名册 %s，上次应答 %s", "roster: %s, answered last: %s", title(roster[0]), title(v.by))
	}
	return sim.Say("名册 %s", "roster: %s", title(roster[0]))
}

// roster lists who serves at a post by the duty roster: its holder, then the deputies.
func (d *Desk) roster(p sim.PostID) []sim.OfficialID {
	var out []sim.OfficialID
	for i := range d.sc.Officials {
		if d.sc.Officials[i].Post == d.sc.Posts[p].Name {
			out = append(out, sim.OfficialID(i))
		}
	}
	return out
}

// line of the details of a post.
type line struct {
	mark Mark
	tone tone
	text sim.Text
}

// details says all that is known of a post.
func (d *Desk) details(v *postView) []line {
	out := d.peopleLines(v)
	for _, i := range v.waits {
		out = append(out, line{MarkHourglass, d.patience(v), d.waitWords(&d.frame.Seen.Orders[i], v.post)})
	}
	if t := v.truth; t != nil && t.Called > 0 {
		out = append(out, line{MarkHourglass, toneText, sim.Say("正在被呼叫，%d 项指令", "being called with %d orders", t.Called)})
	}
	if t := v.truth; t != nil && t.Waits > 0 {
		out = append(out, line{MarkHourglass, toneText,
			sim.Say("手中待下级叫应 %d 项", "has %d orders that wait for others", t.Waits)})
	}
	out = append(out, d.channelLines(v)...)
	return append(out, d.reportLines(v)...)
}

// peopleLines says who serves at a post, and how it works.
func (d *Desk) peopleLines(v *postView) []line {
	var out []line
	acting := sim.OfficialID(sim.None)
	if v.truth != nil {
		acting = v.truth.Acting
	} else if v.post == d.frame.Seen.Post {
		acting = d.frame.Seen.Own.Acting
	}
	for i, id := range d.roster(v.post) {
		what := sim.Text{ZH: "责任人", EN: "holder"}
		if i > 0 {
			what = sim.Say("第 %d 副手", "deputy %d", i)
		}
		x := line{MarkWalker, toneText, sim.Say("%s：%s", "%s: %s", what, d.names.TitleOf(sim.RefTo(sim.KindOfficial, id)))}
		if v.truth != nil && int(id) < len(d.frame.Truth.Officials) {
			state := d.frame.Truth.Officials[id].State
			if state != sim.OfficialPresent {
				x.tone = toneAlarm
			}
			x.text = sim.Say("%s，%s", "%s, %s", x.text, state.Title())
		}
		if id == acting {
			x.text = sim.Say("%s，现履职", "%s, acts now", x.text)
		} else if id == v.by && v.answered >= 0 {
			x.text = sim.Say("%s，上次应答人", "%s, answered last", x.text)
		}
		out = append(out, x)
	}
	work, known := d.frame.Seen.Own.Working, v.post == d.frame.Seen.Post
	if v.truth != nil {
		work, known = v.truth.Working, true
	}
	if known {
		out = append(out, line{MarkPost, toneText, workTitle(work)})
	}
	return out
}

// waitWords says how far an order of the seat has come that a post has not acknowledged.
func (d *Desk) waitWords(o *sim.OrderKnown, p sim.PostID) sim.Text {
	what := sim.Say("%s %s", "%s %s", d.shortClock(o.Sent), d.orderTitle(o))
	switch {
	case o.To >= 0 && o.To != p:
		to := d.names.TitleOf(sim.RefTo(sim.KindPost, o.To))
		if o.Taken {
			return sim.Say("%s：已交%s转达", "%s: passed on by %s", what, to)
		}
		return sim.Say("%s：%s尚未应答", "%s: %s has not answered", what, to)
	case o.Taken:
		return sim.Say("%s：已接听，待叫应", "%s: taken, not acknowledged", what)
	case o.Calls == 0:
		return sim.Say("%s：待呼叫", "%s: to be called", what)
	}
	whom := sim.Text{ZH: "值班人员", EN: "whoever is there"}
	if o.Called >= 0 {
		whom = d.names.TitleOf(sim.RefTo(sim.KindOfficial, o.Called))
	}
	over := d.names.TitleOf(sim.RefTo(sim.KindChannel, o.Over))
	return sim.Say("%s：已呼叫 %d/%d 次，最近经%s呼叫%s，无应答", "%s: called %d of %d times, last over %s for %s, no answer",
		what, o.Calls, o.Of, over, whom)
}

// orderTitle names an order with what it is about.
func (d *Desk) orderTitle(o *sim.OrderKnown) sim.Text {
	if o.Target.Kind == sim.KindCounty {
		return sim.Orders[o.Order].Title
	}
	return sim.Say("%s（%s）", "%s (%s)", sim.Orders[o.Order].Title, d.names.TitleOf(o.Target))
}

// channelLines says over what a post can be called, and what is known of each line: its own last answer, calls in vain,
// and power or network that are out where it runs on them.
func (d *Desk) channelLines(v *postView) []line {
	var out []line
	if d.sc.Posts[v.post].Superior != "" {
		for i, ch := range d.sc.CommandLinks(d.names, v.post) {
			x := d.channelLine(v, ch)
			if v.truth != nil {
				x = d.trueLine(ch, i < 63 && v.truth.Links>>i&1 == 1)
			}
			out = append(out, x)
		}
	}
	for i, ch := range d.sc.PublicChannels(d.names, v.post) {
		x := d.publicLine(v, ch)
		if v.truth != nil {
			x = d.trueLine(ch, i < 63 && v.truth.Public>>i&1 == 1)
		}
		x.text = sim.Say("对外：%s", "to the public: %s", x.text)
		out = append(out, x)
	}
	return out
}

// publicLine is what the seat knows of a channel over which a post warns its zones.
func (d *Desk) publicLine(v *postView, ch sim.ChannelID) line {
	for z := range d.sc.Zones {
		if d.zonePost(sim.ZoneID(z)) != v.post {
			continue
		}
		out, at := d.outIn(sim.ZoneID(z))
		if x, known := d.lacking(ch, out, at); known {
			return x
		}
	}
	x, known := d.lacking(ch, 0, -1)
	if !known {
		title := d.names.TitleOf(sim.RefTo(sim.KindChannel, ch))
		x = line{MarkRing, toneFaint, sim.Say("%s：情况不明", "%s: not known", title)}
	}
	return x
}

// lacking says that a channel stands still where mains or network are out, or outside its hours; false where neither is
// known.
func (d *Desk) lacking(ch sim.ChannelID, out scenario.Needs, at sim.Time) (line, bool) {
	title := d.names.TitleOf(sim.RefTo(sim.KindChannel, ch))
	law := d.sc.Channels[ch].Law()
	switch last := at.Add(law.Battery); {
	case law.Needs&out&scenario.NeedsNetwork != 0:
		return line{MarkClosed, toneAlarm, sim.Say("%s：当地断网（%s 报）", "%s: no network there (told %s)", title,
			d.shortClock(at))}, true
	case !law.Hours.Open(d.sc.Drill.Start.Add(d.frame.Seen.Now).MinuteOfDay()):
		return line{MarkClosed, toneText, sim.Say("%s：不在使用时段", "%s: outside its hours", title)}, true
	case law.Needs&out == 0:
		return line{}, false
	case d.frame.Seen.Now < last:
		return line{MarkHourglass, toneOrder, sim.Say("%s：当地停电（%s 报），电池至多到 %s",
			"%s: no mains there (told %s), on batteries until %s at most", title, d.shortClock(at), d.shortClock(last))}, true
	}
	return line{MarkClosed, toneAlarm, sim.Say("%s：当地停电（%s 报）", "%s: no mains there (told %s)", title,
		d.shortClock(at))}, true
}

func (d *Desk) trueLine(ch sim.ChannelID, works bool) line {
	title := d.names.TitleOf(sim.RefTo(sim.KindChannel, ch))
	if works {
		return line{MarkDisc, toneGood, sim.Say("%s：可用", "%s: works", title)}
	}
	return line{MarkClosed, toneAlarm, sim.Say("%s：不通", "%s: out", title)}
}

// channelLine is what the seat knows of a line to a post.
func (d *Desk) channelLine(v *postView, ch sim.ChannelID) line {
	title := d.names.TitleOf(sim.RefTo(sim.KindChannel, ch))
	out, at := d.outAt(v.post)
	if x, known := d.lacking(ch, out, at); known {
		return x
	}
	for _, i := range v.waits {
		if o := &d.frame.Seen.Orders[i]; o.To == v.post && !o.Taken && o.Over == ch {
			return line{MarkHourglass, toneAlarm, sim.Say("%s：呼叫无应答", "%s: calls in vain", title)}
		}
	}
	if v.over == ch && v.answered >= 0 {
		return line{MarkDisc, toneGood, sim.Say("%s：%s 通", "%s: worked %s", title, d.shortClock(v.answered))}
	}
	return line{MarkRing, toneFaint, sim.Say("%s：情况不明", "%s: not known", title)}
}

// outAt says what the seat knows to be out where a post sits, and of when the last word of it is: what failed first has
// been out for longer.
func (d *Desk) outAt(p sim.PostID) (out scenario.Needs, at sim.Time) {
	return d.outIn(d.scene.ZoneAt(scenario.Point(d.sc.Posts[p].Place)))
}

// outIn says the same of a zone.
func (d *Desk) outIn(z sim.ZoneID) (out scenario.Needs, at sim.Time) {
	if z < 0 || int(z) >= len(d.frame.Seen.Zones) {
		return 0, -1
	}
	k := d.frame.Seen.Zones[z].Lines
	if k.NoPower {
		out |= scenario.NeedsPower
	}
	if k.NoNetwork {
		out |= scenario.NeedsNetwork
	}
	return out, k.Reported
}

// reportLines says what the seat was told last of each zone of a post, and by whom.
func (d *Desk) reportLines(v *postView) []line {
	var out []line
	for z := range d.sc.Zones {
		if d.zonePost(sim.ZoneID(z)) != v.post || z >= len(d.frame.Seen.Zones) {
			continue
		}
		k := &d.frame.Seen.Zones[z]
		title := d.names.TitleOf(sim.RefTo(sim.KindZone, sim.ZoneID(z)))
		if k.Reported < 0 {
			out = append(out, line{MarkRing, toneFaint, sim.Say("%s：尚无报告", "%s: no report yet", title)})
			continue
		}
		text := sim.Say("%s %s：已转移 %d/%d 人", "%s %s: %d of %d have left", d.shortClock(k.Reported), title,
			k.Report.Left, k.Report.Persons)
		if k.Report.Stranded > 0 {
			text = sim.Say("%s，被困 %d 人", "%s, %d stranded", text, k.Report.Stranded)
		}
		x := line{MarkDisc, toneGood, sim.Say("%s（%s）", "%s (%s)", text, d.viaWords(k.Via))}
		if k.Report.Stranded > 0 {
			x.tone = toneAlarm
		}
		out = append(out, x)
	}
	return out
}

// viaWords says who told something, and over what.
func (d *Desk) viaWords(v sim.Via) sim.Text {
	from := sim.Text{ZH: "本岗位人员", EN: "own people"}
	if v.From.Kind != sim.KindNone && v.From.Kind != sim.KindZone {
		from = d.names.TitleOf(v.From)
	}
	if v.Over < 0 || int(v.Over) >= len(d.sc.Channels) {
		return from
	}
	return sim.Say("%s，%s", "%s, %s", from, d.names.TitleOf(sim.RefTo(sim.KindChannel, v.Over)))
}
