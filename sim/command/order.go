package command

import (
	"slices"

	"sandtable/sim"
)

const (
	// maxRounds is how often a sender goes through all channels before it gives up (assumed).
	maxRounds = 3
	// The people on duty at a station, a shelter, a road crew, a junction or a structure: chance that they answer a
	// call [-], median time to acknowledge, and how long the sender waits (assumed; the wait is that of the posts'
	// default).
	dutyAnswer  = 0.95
	dutyAck     = 1 * sim.Minute
	dutyTimeout = 5 * sim.Minute
)

// order is an order on its way.
type order struct {
	d       sim.Directive
	given   sim.Time
	holder  sim.PostID // the post that has it and sends it on
	to      sim.PostID // the post that receives the present hop; None on the last leg to a unit, shelter, crew or keeper
	end     sim.PostID // the post that acknowledges it in the end; None where it is no post
	hop     int32      // number of the present hop, from 0
	try     int32      // number of the present try of this hop, from 0
	flight  int32      // tries of this hop that were answered and are not yet acknowledged, and messengers under way
	repeats int32      // orders of the same kind to the same target given before: each has its own luck
	state   orderState
	known   sim.Time     // when the giver learnt that it was acknowledged at the end of the chain; -1 before
	failed  bool         // the giver has learnt that it failed
	idle    bool         // all tries of this hop are made and waited for
	back    sim.Duration // way back of the messenger who has the last acknowledgement
	reply   sim.Text     // why its receiver does not carry it out
	calls   int32        // calls that the giver has made: tries of the first hop
}

type orderState uint8

const (
	orderWaiting    orderState = iota // accepted, its instant has not come
	orderTravelling                   // on its way
	orderActed                        // acknowledged by its target
	orderFailed                       // every call was made in vain, or its receiver does not carry it out
	orderStateCount
)

// Why nothing more is tried to pass an order on.
var (
	noChannel = sim.Text{ZH: "没有可用信道", EN: "no channel"}
	givenUp   = sim.Text{ZH: "多次呼叫无应答，已放弃", EN: "given up after repeated calls"}
)

// Purposes of draws in the stream of orders.
const (
	drawAnswer uint32 = iota
	drawDelay
	drawAck
)

// enter takes an order that the engine has accepted and returns its index.
func (c *Command) enter(d sim.Directive) int32 {
	o := order{d: d, holder: d.From, to: sim.None, end: c.destination(&d), known: -1}
	for i := range c.orders {
		if c.orders[i].d.Order == d.Order && target(c.orders[i].d) == target(d) {
			o.repeats++
		}
	}
	c.orders = append(c.orders, o)
	c.count.given++
	k := int32(len(c.orders) - 1)
	if d.Item > 0 {
		c.council.items[d.Item-1].order = k
	}
	return k
}

func (c *Command) start(at sim.Time, k int32) {
	o := &c.orders[k]
	o.given, o.state = at, orderTravelling
	c.count.travelling++
	c.trail.Change(at, trailOrder, k, uint64(o.d.Order)<<32|uint64(uint32(target(o.d).ID)))
	c.selfStart(at, k)
	c.pass(at, k)
}

// pass sends an order on from the post that holds it, or acts when it has arrived.
func (c *Command) pass(at sim.Time, k int32) {
	o := &c.orders[k]
	o.to, o.try, o.flight, o.idle = sim.None, 0, 0, false
	switch {
	case o.end < 0:
	case o.end == o.holder:
		if o.hop == 0 { // a post decides for itself: nobody has to be called
			c.emitOrder(at, sim.EvOrderAcked, o, sim.None, sim.RefTo(sim.KindPost, o.end), sim.Text{})
		}
		if why := c.objection(&o.d); !why.Empty() {
			c.decline(at, k, why)
			return
		}
		c.finish(at, k)
		return
	case o.d.Order == sim.OrderCallPost: // by whoever wants to know, past all between
		o.to = o.end
	default:
		o.to = c.stepDown(o.holder, o.end)
	}
	c.send(at, k)
}

// send makes the next try of the present hop.
func (c *Command) send(at sim.Time, k int32) {
	o := &c.orders[k]
	list, first := c.calls(o), o.try == 0
	o.try = c.next(o)
	if first && int(o.try) >= len(list) {
		c.emitOrder(at, sim.EvOrderLost, o, sim.None, c.receiver(o), noChannel)
	}
	if int(o.try) >= len(list) {
		o.idle = true
		if o.flight == 0 {
			c.fail(at, k)
		}
		return
	}
	x := &list[o.try]
	if turn := c.turnAt(at, o.holder, x.channel, c.partner(o)); turn > at {
		c.agenda.Put(turn, entry{kind: entryTurn, a: k, b: o.hop, n: [counts]int32{o.try}})
		return
	}
	c.takeLine(at, o.holder, x.channel, c.partner(o))
	c.emitOrder(at, sim.EvOrderSent, o, x.channel, c.receiver(o), c.calling(o.to, x))
	if c.plan.courier[x.channel] {
		c.dispatch(at, k, x)
	} else {
		c.ring(at, k, x)
	}
	o.try++
	if o.hop == 0 {
		o.calls = o.try
	}
	c.trail.Change(at, trailOrder, k, uint64(uint32(o.hop))<<32|uint64(uint32(o.try)))
}

// ring makes a try over a line.
func (c *Command) ring(at sim.Time, k int32, x *call) {
	o := &c.orders[k]
	answer, t50 := c.duty(at, o)
	entity, n := c.luck(o), o.number(o.try)
	e := entry{a: k, b: o.hop, n: [counts]int32{o.try}}
	if _, there := c.answering(o.to, x); there && c.carries(o, x.channel) &&
		c.orderLuck.Float64(entity, drawAnswer, n) < answer {
		o.flight++
		there := at.Add(c.plan.delay[x.channel].at(c.orderLuck.Open(entity, drawDelay, n)))
		e.kind = entryDelivered
		c.agenda.Put(there, e)
		e.kind = entryAcked
		c.agenda.Put(there.Add(ackTime(t50, c.orderLuck.Open(entity, drawAck, n))), e)
	}
	e.kind = entryTimeout
	c.agenda.Put(at.Add(x.wait), e)
}

// number numbers the draws of a try.
func (o *order) number(try int32) uint32 { return uint32(o.repeats)<<8 | uint32(try) }

// luck keys the draws of a hop by what is ordered, to whom, and who receives it, so that an order keeps its luck when
// other orders come or go or when it is given earlier.
func (c *Command) luck(o *order) uint64 {
	return uint64(o.d.Order)<<56 | uint64(uint32(o.to)&0xFFFFFF)<<32 | uint64(uint32(target(o.d).ID))
}

// duty returns the chance that the receiver of the present hop hears a call, and its median time to acknowledge.
func (c *Command) duty(at sim.Time, o *order) (answer float64, t50 sim.Duration) {
	if o.to >= 0 {
		return c.sc.Posts[o.to].Answer, c.ackMedian(at, o.to)
	}
	return dutyAnswer, dutyAck
}

// carries says whether a channel works where the receiver of the present hop is.
func (c *Command) carries(o *order, ch sim.ChannelID) bool {
	if !c.supplied(ch, o.holder) {
		return false
	}
	if o.to >= 0 {
		return c.reaches(ch, o.to)
	}
	return c.works(ch, c.zoneOf(c.receiver(o)))
}

// zoneOf returns the zone where a unit is stationed, a shelter or a road lies; None for what is nowhere in particular.
func (c *Command) zoneOf(r sim.Ref) sim.ZoneID {
	node := c.nodeOf(r)
	if node < 0 {
		return sim.None
	}
	return c.sites.Node[node]
}

// nodeOf returns the node of the road network at which somebody is found; None where nobody would know.
func (c *Command) nodeOf(r sim.Ref) sim.NodeID {
	switch r.Kind {
	case sim.KindPost:
		return c.sites.Post[r.ID]
	case sim.KindUnit:
		if s, ok := c.names.Resolve(sim.KindStation, c.sc.Units[r.ID].Station); ok {
			return c.sites.Station[s]
		}
	case sim.KindShelter:
		return c.sites.Shelter[r.ID]
	case sim.KindLink:
		return c.sc.Links[r.ID].From
	case sim.KindNode:
		return sim.NodeID(r.ID)
	}
	return sim.None
}

// receiver returns who gets the present hop.
func (c *Command) receiver(o *order) sim.Ref {
	if o.to >= 0 {
		return sim.RefTo(sim.KindPost, o.to)
	}
	return target(o.d)
}

func (c *Command) emitOrder(at sim.Time, kind sim.EventKind, o *order, ch sim.ChannelID, to sim.Ref,
	text sim.Text,
) {
	c.log.Emit(sim.Event{At: at, Kind: kind, A: to, B: sim.RefTo(sim.KindPost, o.holder), C: target(o.d),
		Count: int32(o.d.Order), Num: float64(ch), Text: text})
}

// current says whether an entry belongs to the present hop of an order that still travels.
func (c *Command) current(e entry) bool {
	o := &c.orders[e.a]
	return o.state == orderTravelling && o.hop == e.b
}

// channelOf returns the channel of a try.
func (c *Command) channelOf(o *order, try int32) sim.ChannelID { return c.calls(o)[try].channel }

func (c *Command) delivered(at sim.Time, e entry) {
	if c.current(e) {
		o := &c.orders[e.a]
		c.emitOrder(at, sim.EvOrderDelivered, o, c.channelOf(o, e.n[0]), c.receiver(o), sim.Text{})
	}
}

func (c *Command) acked(at sim.Time, e entry) {
	if !c.current(e) {
		return // another try was faster
	}
	o := &c.orders[e.a]
	who, there := c.answering(o.to, &c.calls(o)[e.n[0]])
	if !there { // who took the call cannot act on it any more
		if o.flight--; o.idle && o.flight == 0 {
			c.emitOrder(at, sim.EvOrderLost, o, c.channelOf(o, e.n[0]), c.receiver(o), givenUp)
			c.fail(at, e.a)
		}
		return
	}
	c.emitOrder(at, sim.EvOrderAcked, o, c.channelOf(o, e.n[0]), c.receiver(o), c.answered(who))
	o.back = sim.Duration(e.t)
	if o.to < 0 {
		c.finish(at, e.a)
		return
	}
	c.inform(at, o.to, sim.RefTo(sim.KindPost, o.holder), o.d.Words(c.names))
	if ch := c.channelOf(o, e.n[0]); e.t > 0 { // when the messenger is back
		c.agenda.Put(at.Add(o.back), entry{kind: entryHeard, a: int32(o.holder), b: int32(o.to),
			n: [counts]int32{int32(ch), int32(who)}})
	} else {
		c.heardFrom(at, o.holder, o.to, ch, who)
	}
	o.holder = o.to
	o.hop++
	c.pass(at, e.a)
}

// timeout ends the wait for one try. An answer that is only late still counts when it comes.
func (c *Command) timeout(at sim.Time, e entry) {
	if !c.current(e) {
		return
	}
	o := &c.orders[e.a]
	text := lostWords[e.flag]
	if int(c.next(o)) >= len(c.calls(o)) && o.flight == 0 {
		text = sim.Join(slices.DeleteFunc([]sim.Text{text, givenUp}, sim.Text.Empty), sim.Sentences)
	}
	c.emitOrder(at, sim.EvOrderLost, o, c.channelOf(o, e.n[0]), c.receiver(o), text)
	c.send(at, e.a)
}

// finish ends the journey of an order that its target has acknowledged.
func (c *Command) finish(at sim.Time, k int32) {
	o := &c.orders[k]
	o.state = orderActed
	c.count.travelling--
	c.count.acted++
	c.trail.Change(at, trailOrder, k, uint64(o.state))
	c.act(at, k)
	c.tellGiver(at, k, c.caller(o), false)
}

// caller returns the post that has the acknowledgement of an order which has come to its end.
func (c *Command) caller(o *order) sim.PostID {
	switch {
	case o.end < 0 || o.hop == 0:
		return o.holder
	case o.d.Order == sim.OrderCallPost:
		return o.d.From
	}
	return c.sites.Tree[o.end]
}

// fail gives an order up.
func (c *Command) fail(at sim.Time, k int32) {
	c.end(at, k)
	c.orders[k].back = 0
	c.tellGiver(at, k, c.orders[k].holder, true)
}

// decline ends an order that its receiver has acknowledged and does not carry out. Word of it goes back to the giver.
func (c *Command) decline(at sim.Time, k int32, why sim.Text) {
	c.end(at, k)
	o := &c.orders[k]
	o.reply = sim.Say("%s未执行“%s”：%s", "%s does not carry out “%s”: %s", c.title(sim.RefTo(sim.KindPost, o.end)),
		o.d.Words(c.names), why)
	c.log.Emit(sim.Event{At: at, Kind: sim.EvRejected, A: target(o.d), B: sim.RefTo(sim.KindPost, o.d.From),
		C: sim.RefTo(sim.KindPost, o.end), Count: -1, Text: o.reply})
	c.tellGiver(at, k, c.caller(o), true)
}

// end notes that an order has come to nothing.
func (c *Command) end(at sim.Time, k int32) {
	c.orders[k].state = orderFailed
	c.count.travelling--
	c.count.failed++
	c.trail.Change(at, trailOrder, k, uint64(orderFailed))
}

// tellGiver sends word of an order's end from the post that knows it up to the post that gave it. What a messenger
// brings it knows when he is back.
func (c *Command) tellGiver(at sim.Time, k int32, post sim.PostID, failed bool) {
	e := entry{kind: entryNotice, a: k, b: int32(post), flag: bit(failed)}
	if back := c.orders[k].back; back > 0 {
		c.agenda.Put(at.Add(back), e)
		return
	}
	c.notice(at, e)
}

// notice is word of an order's end at a post on the way up. Where nobody is it lies there until somebody comes; where
// no channel works and no messenger can go it gets no further.
func (c *Command) notice(at sim.Time, e entry) {
	o := &c.orders[e.a]
	here := sim.PostID(e.b)
	switch {
	case !c.manned(here):
		c.agenda.Put(at.Add(watchEvery), e)
		return
	case here == o.d.From:
		c.outcome(at, e.a, e.flag == 1)
		return
	}
	entity := uint64(o.d.Order)<<56 | uint64(uint32(here)&0xFFFFFF)<<32 | uint64(uint32(target(o.d).ID))
	arrival, free, _, ok := c.callUp(at, here, c.noticeLuck.Open(entity, uint32(e.flag), uint32(o.repeats)))
	if !ok && free < sim.Never {
		c.agenda.Put(free, e)
		return
	}
	if !ok {
		if arrival, ok = c.carryUp(at, here); !ok {
			return
		}
	}
	e.b = int32(c.sites.Tree[here])
	c.agenda.Put(arrival, e)
}

// outcome is when the giver of an order learns what has become of it.
func (c *Command) outcome(at sim.Time, k int32, failed bool) {
	o := &c.orders[k]
	if failed && o.state != orderFailed {
		return // it has been called again meanwhile
	}
	if failed {
		o.failed = true
	} else {
		o.known = at
	}
	c.trail.Change(at, trailKnown, k, uint64(bit(failed)))
	c.itemHeard(at, k)
	if o.known >= 0 {
		c.ordersRoad(at, o)
	}
	from, title := sim.RefTo(sim.KindPost, o.end), c.title(sim.RefTo(sim.KindPost, o.end))
	switch {
	case !o.reply.Empty():
		c.inform(at, o.d.From, from, o.reply)
	case o.d.Order == sim.OrderCallPost && failed:
		c.inform(at, o.d.From, from, sim.Say("%s叫应不通", "%s does not answer", title))
	case o.d.Order == sim.OrderCallPost:
		c.inform(at, o.d.From, from, sim.Say("%s已叫应，有人在岗", "%s has answered: somebody is there", title))
	}
}
