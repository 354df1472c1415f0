package command

import "sandtable/sim"

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
	hop     int32      // number of the present hop, from 0
	try     int32      // number of the present try of this hop, from 0
	flight  int32      // tries of this hop that were answered and are not yet acknowledged
	repeats int32      // orders of the same kind to the same target given before: each has its own luck
	state   orderState
	known   sim.Time // when the giver learnt that it was acknowledged at the end of the chain; -1 before
	failed  bool     // the giver has learnt that it failed
}

type orderState uint8

const (
	orderWaiting    orderState = iota // accepted, its instant has not come
	orderTravelling                   // on its way
	orderActed                        // acknowledged by its target
	orderFailed                       // every channel was tried maxRounds times
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
	o := order{d: d, holder: d.From, to: sim.None, known: -1}
	for i := range c.orders {
		if c.orders[i].d.Order == d.Order && target(c.orders[i].d) == target(d) {
			o.repeats++
		}
	}
	c.orders = append(c.orders, o)
	c.count.given++
	return int32(len(c.orders) - 1)
}

func (c *Command) start(at sim.Time, k int32) {
	o := &c.orders[k]
	o.given, o.state = at, orderTravelling
	c.count.travelling++
	c.trail.Change(at, trailOrder, k, uint64(o.d.Order)<<32|uint64(uint32(target(o.d).ID)))
	c.pass(at, k)
}

// pass sends an order on from the post that holds it, or acts when it has arrived.
func (c *Command) pass(at sim.Time, k int32) {
	o := &c.orders[k]
	o.to, o.try, o.flight = sim.None, 0, 0
	if zoneOrder(o.d.Order) {
		post := c.sites.Zone[o.d.Zone].Post
		if post == o.holder {
			if o.hop == 0 { // the zone's own post decides: nobody has to be called
				c.emitOrder(at, sim.EvOrderAcked, o, sim.None, sim.RefTo(sim.KindPost, post), sim.Text{})
			}
			c.finish(at, k)
			return
		}
		o.to = c.stepDown(o.holder, post)
	}
	c.send(at, k)
}

// send makes the next try of the present hop.
func (c *Command) send(at sim.Time, k int32) {
	o := &c.orders[k]
	list := c.hopChannels(o)
	if len(list) == 0 {
		c.emitOrder(at, sim.EvOrderLost, o, sim.None, c.receiver(o), noChannel)
	}
	if int(o.try) >= maxRounds*len(list) {
		if o.flight == 0 {
			c.fail(at, k)
		}
		return
	}
	ch := list[int(o.try)%len(list)]
	c.emitOrder(at, sim.EvOrderSent, o, ch, c.receiver(o), sim.Text{})
	answer, t50, wait := c.duty(o)
	entity, n := c.luck(o), uint32(o.repeats)<<8|uint32(o.try)
	e := entry{a: k, b: o.hop, n: [5]int32{o.try}}
	if c.carries(o, ch) && c.orderLuck.Float64(entity, drawAnswer, n) < answer {
		o.flight++
		there := at.Add(c.plan.delay[ch].at(c.orderLuck.Open(entity, drawDelay, n)))
		e.kind = entryDelivered
		c.agenda.Put(there, e)
		e.kind = entryAcked
		c.agenda.Put(there.Add(ackTime(t50, c.orderLuck.Open(entity, drawAck, n))), e)
	}
	e.kind = entryTimeout
	c.agenda.Put(at.Add(wait), e)
	o.try++
	c.trail.Change(at, trailOrder, k, uint64(uint32(o.hop))<<32|uint64(uint32(o.try)))
}

// luck keys the draws of a hop by what is ordered, to whom, and who receives it, so that an order keeps its luck when
// other orders come or go or when it is given earlier.
func (c *Command) luck(o *order) uint64 {
	return uint64(o.d.Order)<<56 | uint64(uint32(o.to)&0xFFFFFF)<<32 | uint64(uint32(target(o.d).ID))
}

// hopChannels returns the channels of the present hop in the order in which they are tried.
func (c *Command) hopChannels(o *order) []sim.ChannelID {
	if o.to >= 0 {
		return c.plan.links[o.to]
	}
	return c.plan.links[o.holder]
}

// duty returns the chance that the receiver of the present hop answers, its median time to acknowledge, and how long
// the sender waits.
func (c *Command) duty(o *order) (answer float64, t50, wait sim.Duration) {
	if o.to >= 0 {
		p := &c.sc.Posts[o.to]
		return p.Answer, p.AckT50, p.Timeout
	}
	return dutyAnswer, dutyAck, dutyTimeout
}

// carries says whether a channel works where the receiver of the present hop is.
func (c *Command) carries(o *order, ch sim.ChannelID) bool {
	if o.to >= 0 {
		return c.reaches(ch, o.to)
	}
	return c.works(ch, c.zoneOf(c.receiver(o)))
}

// zoneOf returns the zone where a unit is stationed, a shelter or a road lies; None for what is nowhere in particular.
func (c *Command) zoneOf(r sim.Ref) sim.ZoneID {
	node := sim.NodeID(sim.None)
	switch r.Kind {
	case sim.KindUnit:
		if s, ok := c.names.Resolve(sim.KindStation, c.sc.Units[r.ID].Station); ok {
			node = c.sites.Station[s]
		}
	case sim.KindShelter:
		node = c.sites.Shelter[r.ID]
	case sim.KindLink:
		return c.plan.linkZone[r.ID]
	case sim.KindNode:
		node = sim.NodeID(r.ID)
	}
	if node < 0 {
		return sim.None
	}
	return c.sites.Node[node]
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
func (c *Command) channelOf(o *order, try int32) sim.ChannelID {
	list := c.hopChannels(o)
	return list[int(try)%len(list)]
}

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
	c.emitOrder(at, sim.EvOrderAcked, o, c.channelOf(o, e.n[0]), c.receiver(o), sim.Text{})
	if o.to < 0 {
		c.finish(at, e.a)
		return
	}
	c.inform(at, o.to, sim.RefTo(sim.KindPost, o.holder), o.d.Words(c.names))
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
	var text sim.Text
	if int(o.try) >= maxRounds*len(c.hopChannels(o)) && o.flight == 0 {
		text = givenUp
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
	post := o.holder
	if zoneOrder(o.d.Order) && o.hop > 0 {
		post = c.sites.Tree[post] // it has the acknowledgement
	}
	c.tellGiver(at, k, post, false)
}

// fail gives an order up.
func (c *Command) fail(at sim.Time, k int32) {
	o := &c.orders[k]
	o.state = orderFailed
	c.count.travelling--
	c.count.failed++
	c.trail.Change(at, trailOrder, k, uint64(o.state))
	c.tellGiver(at, k, o.holder, true)
}

// tellGiver sends word of an order's end from the post that knows it up to the post that gave it.
func (c *Command) tellGiver(at sim.Time, k int32, post sim.PostID, failed bool) {
	c.notice(at, entry{kind: entryNotice, a: k, b: int32(post), flag: bit(failed)})
}

// notice is word of an order's end at a post on the way up. Where no channel works it gets no further.
func (c *Command) notice(at sim.Time, e entry) {
	o := &c.orders[e.a]
	here := sim.PostID(e.b)
	if here == o.d.From {
		if e.flag == 1 {
			o.failed = true
		} else {
			o.known = at
		}
		c.trail.Change(at, trailKnown, e.a, uint64(e.flag))
		return
	}
	entity := uint64(o.d.Order)<<56 | uint64(uint32(here)&0xFFFFFF)<<32 | uint64(uint32(target(o.d).ID))
	arrival, ok := c.upward(at, here, c.noticeLuck.Open(entity, uint32(e.flag), uint32(o.repeats)))
	if !ok {
		return
	}
	e.b = int32(c.sites.Tree[here])
	c.agenda.Put(arrival, e)
}

// upward returns when a message from a post reaches the post above it, over the first channel that works.
func (c *Command) upward(at sim.Time, from sim.PostID, u float64) (sim.Time, bool) {
	for _, ch := range c.plan.links[from] {
		if c.reaches(ch, from) {
			return at.Add(c.plan.delay[ch].at(u)), true
		}
	}
	return 0, false
}
