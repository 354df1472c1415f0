package evaluation

import "sandtable/sim"

// who answers who organises: the post and its people, the way of the order down to it, and by what the people heard.
func (p *pager) who(l *zoneLog) Question {
	q := Question{Title: sim.Text{ZH: "谁组织", EN: "Who organises"}}
	post := p.in.Sites.Zone[l.zone].Post
	hops, lost := p.hops(l)
	q.Answer = p.organised(l, post, lost)
	if post >= 0 {
		q.say(sim.Text{ZH: "责任人", EN: "officials"}, p.officials(post))
	}
	if len(hops) > 0 {
		given := p.orderedAt(l)
		g := Grid{Head: []sim.Text{{ZH: "立即转移指令传达", EN: "the order on its way"}, {ZH: "信道", EN: "channel"},
			{ZH: "转出前等候", EN: "waited before"}, {ZH: "发出", EN: "sent"}, {ZH: "叫应", EN: "acknowledged"},
			{ZH: "呼叫次数", EN: "calls"}}}
		for _, h := range hops[:min(len(hops), namedHops)] {
			g.Rows = append(g.Rows, []sim.Text{sim.Say("%s → %s", "%s to %s", p.title(h.from), p.title(h.to)),
				p.channel(h.channel), h.waited(hops, given), p.clockText(h.sent),
				p.clockText(h.acked), number(h.calls)})
		}
		if n := len(hops) - namedHops; n > 0 {
			none := sim.Said("–")
			g.Rows = append(g.Rows, []sim.Text{sim.Say("其后 %d 次", "later ones: %d", n), none, none,
				p.clockText(hops[namedHops].sent), none, none})
		}
		q.Tables = append(q.Tables, g)
	}
	if heard := p.heardBy(l); len(heard) > 0 {
		q.say(sim.Text{ZH: "首次得知的途径", EN: "by what people heard first"}, list(heard))
	}
	p.sayDoors(&q, l)
	p.sayFailures(&q, l)
	return q
}

// organised says in one sentence who moved the zone and how the order came to him.
func (p *pager) organised(l *zoneLog, post sim.PostID, lost int) sim.Text {
	o := p.rec.ordered[l.zone]
	who := sim.Said("–")
	if post >= 0 {
		who = p.title(sim.RefTo(sim.KindPost, post))
	}
	self := p.first(p.posts(post), func(e *sim.Event) bool {
		return e.Kind == sim.EvPost && sim.PostState(e.Count) == sim.PostSelfStarts
	})
	switch {
	case self >= 0:
		return sim.Say("%s 与上级失联，%s 按授权自行启动转移。",
			"%s was cut off and began to move people by its standing authority at %s.", who, p.clock(self))
	case o.evacuateSent < 0:
		return sim.Say("由%s负责；未接到转移指令。", "%s is responsible; no order to evacuate reached it.", who)
	case o.evacuateAcked < 0:
		return sim.Say("由%s负责；转移指令未能传到（%d 次呼叫无应答）。",
			"%s is responsible; the order never got there (calls without an answer: %d).", who, lost)
	}
	return sim.Say("由%s组织；指令用 %s传到并开始通知，其间 %d 次呼叫无应答。",
		"%s organised it; the order took %s to get there and be passed on; calls without an answer: %d.",
		who, spanOf(o.evacuateSent, o.evacuateAcked), lost)
}

// posts lists the events of a post.
func (p *pager) posts(post sim.PostID) []int32 {
	var out []int32
	for _, i := range p.said {
		e := &p.in.Events[i]
		if e.Kind == sim.EvPost && e.A == sim.RefTo(sim.KindPost, post) {
			out = append(out, int32(i))
		}
	}
	return out
}

// officials names who holds a post and what became of them.
func (p *pager) officials(post sim.PostID) sim.Text {
	var names []sim.Text
	for k := range p.in.Scenario.Officials {
		if id, ok := p.in.Names.Resolve(sim.KindPost, p.in.Scenario.Officials[k].Post); !ok || sim.PostID(id) != post {
			continue
		}
		name := p.title(sim.Ref{Kind: sim.KindOfficial, ID: int32(k)})
		var states []sim.Text
		for _, i := range p.said {
			e := &p.in.Events[i]
			if e.Kind == sim.EvOfficial && e.A.ID == int32(k) {
				state := sim.OfficialState(e.Count).Title()
				if !e.Text.Empty() {
					state = sim.Say("%s，%s", "%s, %s", state, e.Text)
				}
				states = append(states, sim.Say("%s %s", "%s %s", p.clock(e.At), state))
			}
		}
		if n := len(states) - namedStates; n > 0 {
			states = append([]sim.Text{sim.Said("…")}, states[n:]...)
		}
		for _, state := range states {
			name = sim.Say("%s（%s）", "%s (%s)", name, state)
		}
		names = append(names, name)
	}
	return listUpTo(namedOfficials, names)
}

// hop is one step of an order's way.
type hop struct {
	from, to    sim.Ref
	channel     sim.ChannelID
	sent, acked sim.Time
	calls       int
}

// waited says how long the sender had the order before he called on: he has other calls to make, one after another over
// one line. Who was called with it has it when he acknowledged; the first sender has it when it is given. An order that
// is given again starts anew.
func (h *hop) waited(hops []hop, given []sim.Time) sim.Text {
	had, called := never, false
	for _, before := range hops {
		if before.to == h.from {
			called = true
			if before.acked <= h.sent {
				had = max(had, before.acked)
			}
		}
	}
	for _, at := range given {
		if !called && at <= h.sent {
			had = max(had, at)
		}
	}
	if had < 0 {
		return sim.Said("–")
	}
	return spanOf(had, h.sent)
}

// orderedAt lists when the zone was ordered to evacuate.
func (p *pager) orderedAt(l *zoneLog) []sim.Time {
	var out []sim.Time
	for _, i := range l.about {
		e := &p.in.Events[i]
		if e.Kind == sim.EvAccepted && sim.OrderID(e.Count) == sim.OrderEvacuateZone {
			out = append(out, e.At)
		}
	}
	return out
}

// hops follows the zone's orders to evacuate down the chain, and counts the calls without an answer until the first of
// them was passed on to the people.
func (p *pager) hops(l *zoneLog) (hops []hop, lost int) {
	there := p.rec.ordered[l.zone].evacuateAcked
	for _, i := range l.about {
		e := &p.in.Events[i]
		if sim.OrderID(e.Count) != sim.OrderEvacuateZone || e.A.Kind != sim.KindPost {
			continue
		}
		k := len(hops) - 1
		for k >= 0 && (hops[k].from != e.B || hops[k].to != e.A) {
			k--
		}
		switch e.Kind {
		case sim.EvOrderSent:
			if k < 0 || hops[k].acked >= 0 {
				hops = append(hops, hop{from: e.B, to: e.A, sent: e.At, acked: never})
				k = len(hops) - 1
			}
			hops[k].calls++
			hops[k].channel = sim.ChannelID(int32(e.Num))
		case sim.EvOrderLost:
			if there < 0 || e.At <= there {
				lost++
			}
		case sim.EvOrderAcked:
			if k >= 0 && hops[k].acked < 0 {
				hops[k].acked, hops[k].channel = e.At, sim.ChannelID(int32(e.Num))
			}
		}
	}
	return hops, lost
}

// channel names a channel; a dash for none.
func (p *pager) channel(c sim.ChannelID) sim.Text {
	if c < 0 {
		return sim.Said("–")
	}
	return p.title(sim.RefTo(sim.KindChannel, c))
}

// heardBy counts persons by the channel over which they first heard.
func (p *pager) heardBy(l *zoneLog) []sim.Text {
	counts := make([]int, len(p.in.Scenario.Channels)+1)
	seen := make(map[int32]bool)
	for _, i := range l.party {
		e := &p.in.Events[i]
		if e.Kind != sim.EvPartyWarned || seen[e.A.ID] || sim.OrderID(e.Count) == sim.OrderAllClear {
			continue
		}
		seen[e.A.ID] = true
		k := len(counts) - 1
		if e.B.Kind == sim.KindChannel {
			k = int(e.B.ID)
		}
		counts[k] += int(p.in.Roster.Parties[e.A.ID].Persons)
	}
	var out []sim.Text
	for c, n := range counts {
		if n == 0 {
			continue
		}
		name := sim.Text{ZH: "口口相传", EN: "from others"}
		if c < len(counts)-1 {
			name = p.channel(sim.ChannelID(c))
		}
		out = append(out, sim.Say("%s %d 人", "%s %d", name, n))
	}
	return out
}

// sayDoors tells how far the workers got who went from house to house.
func (p *pager) sayDoors(q *Question, l *zoneLog) {
	var last *sim.Event
	for _, i := range l.about {
		if e := &p.in.Events[i]; e.Kind == sim.EvDoors {
			last = e
		}
	}
	if last == nil {
		return
	}
	text := last.Text
	if text.Empty() {
		text = sim.Say("敲门 %d 户，门后仍有 %d 人", "%d doors, %d persons still there behind them", last.Count, int(last.Num))
	}
	done := sim.Text{ZH: "未走完", EN: "not finished"}
	if last.C.Kind == sim.KindZone {
		done = sim.Say("最后一户 %s", "last house at %s", p.clock(last.At))
	}
	q.say(sim.Text{ZH: "入户", EN: "door to door"}, sim.Say("%s（%s）", "%s (%s)", text, done))
}

// sayFailures tells which power, network and channels failed in the zone, and when they worked again.
func (p *pager) sayFailures(q *Question, l *zoneLog) {
	var out []sim.Text
	for _, events := range [][]int32{p.all, l.about} {
		for _, i := range events {
			e := &p.in.Events[i]
			what := sim.Text{}
			switch e.Kind {
			case sim.EvPower:
				what = sim.Text{ZH: "供电", EN: "power"}
			case sim.EvNetwork:
				what = sim.Text{ZH: "网络", EN: "network"}
			case sim.EvChannel:
				what = p.title(e.A)
			default:
				continue
			}
			state := sim.Text{ZH: "中断", EN: "fails"}
			if e.Count > 0 {
				state = sim.Text{ZH: "恢复", EN: "works again"}
			}
			out = append(out, sim.Say("%s %s%s", "%s %s %s", p.clock(e.At), what, state))
		}
	}
	if len(out) > 0 {
		q.say(sim.Text{ZH: "三断", EN: "power, network, channels"}, listUpTo(namedFailures, out))
	}
}
