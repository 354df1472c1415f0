package command

import (
	"sandtable/sim"
)

// zoneState is what the people of a zone were last told by their post.
type zoneState struct {
	by       sim.PostID // who stands behind it: the highest of those who have ordered it
	standing int32      // the order that stands, an index of orders; none before the first
	said     []bool     // for each public channel of the post: used for the standing order and not failed since
}

// act turns an acknowledged order into what it effects.
func (c *Command) act(at sim.Time, k int32) {
	d := c.orders[k].d
	switch d.Order {
	case sim.OrderPrepareZone, sim.OrderEvacuateZone, sim.OrderAllClear:
		c.proclaim(at, k)
		if d.Order == sim.OrderEvacuateZone && c.wasCalledHome(d.Zone) {
			c.callHome(at, d.Zone, false)
		}
	case sim.OrderStaffPost:
		c.callIn(at, d.Post)
	case sim.OrderAppoint:
		c.setOut(at, d.Official, d.Post)
	case sim.OrderDelegate:
		by := d.From
		if !d.On {
			by = sim.None
		}
		c.delegate(at, d.Post, by)
	case sim.OrderStatement:
		c.state(at, k)
	case sim.OrderSearchZone:
		c.ports.Broadcasts.Post(at, int32(d.Zone), sim.Broadcast{Zone: d.Zone, Channel: c.doorOf(d.Zone), Order: d.Order,
			Shelter: sim.None, Post: c.sites.Zone[d.Zone].Post})
	case sim.OrderCutPower, sim.OrderRestorePower:
		c.supply(at, d.Zone, supplyFlag(false, d.Order == sim.OrderRestorePower), sim.Ref{})
	case sim.OrderOpenShelter, sim.OrderCloseShelter, sim.OrderGuardShelter, sim.OrderInformShelter:
		c.ports.Tasks.Post(at, int32(d.Shelter), sim.Task{Order: d.Order, Unit: sim.None, Zone: sim.None,
			Shelter: d.Shelter, On: d.On})
	case sim.OrderReturnZone:
		c.callHome(at, d.Zone, true)
	case sim.OrderDispatchCoach, sim.OrderRescueZone, sim.OrderFetchZone, sim.OrderRecallUnit:
		c.giver[d.Unit] = d.From
		c.ports.Tasks.Post(at, int32(d.Unit), sim.Task{Order: d.Order, Unit: d.Unit, Zone: d.Zone, Shelter: d.Shelter})
	case sim.OrderCloseRoad, sim.OrderOpenRoad, sim.OrderReduceRoad, sim.OrderContraflow, sim.OrderEndContraflow,
		sim.OrderClearRoad, sim.OrderPoliceNode, sim.OrderWaveRing, sim.OrderDivert:
		c.ports.RoadOrders.Post(at, max(int32(d.Road.Link), int32(d.Road.Node)), d.Road)
	case sim.OrderSetGate, sim.OrderSetCrest, sim.OrderSwitchPump:
		c.ports.Structures.Post(at, int32(d.Structure), setting(d))
	case sim.OrderSuspend, sim.OrderResume, sim.OrderBanEntry, sim.OrderBanGathering, sim.OrderWithdraw:
		d.Control().Post(at, c.ports)
	}
}

// setting is what a keeper does to a structure when an order has been acknowledged.
func setting(d sim.Directive) sim.StructureMessage {
	m := sim.StructureMessage{Structure: d.Structure, Over: d.Over}
	switch d.Order {
	case sim.OrderSetGate:
		m.Action, m.Value = sim.StructureSetOpening, sim.OpeningStep(d.Num)
	case sim.OrderSetCrest:
		m.Action, m.Value = sim.StructureSetCrest, sim.CrestStep(d.Num)
	case sim.OrderSwitchPump:
		m.Action, m.Value = sim.StructureSwitch, d.Num
	}
	return m
}

// proclaim makes an order the one that stands in its zone and warns the people. An order that was overtaken on its way
// by a later one is acknowledged and not said any more.
func (c *Command) proclaim(at sim.Time, k int32) {
	zone := c.orders[k].d.Zone
	z := &c.zones[zone]
	if c.overtaken(k) {
		return
	}
	c.standFor(z, k)
	z.standing = k
	c.trail.Change(at, trailZone, int32(zone), uint64(k))
	for i, ch := range c.plan.publicOf(c.sites, zone) {
		z.said[i] = false
		if c.works(ch, zone) {
			c.say(at, zone, i)
		}
	}
}

// state says an official statement over all public channels of the zone's post that work, once. The order that stands
// in the zone goes on standing.
func (c *Command) state(at sim.Time, k int32) {
	d := c.orders[k].d
	for _, ch := range c.plan.publicOf(c.sites, d.Zone) {
		if c.works(ch, d.Zone) {
			c.broadcast(at, d, ch)
		}
	}
}

// say warns a zone over one channel of its post.
func (c *Command) say(at sim.Time, zone sim.ZoneID, i int) {
	z := &c.zones[zone]
	d := c.orders[z.standing].d
	ch := c.plan.publicOf(c.sites, zone)[i]
	z.said[i] = true
	c.broadcast(at, d, ch)
}

// broadcast says an order to its zone over a channel.
func (c *Command) broadcast(at sim.Time, d sim.Directive, ch sim.ChannelID) {
	c.ports.Broadcasts.Post(at, int32(d.Zone), sim.Broadcast{Zone: d.Zone, Channel: ch, Order: d.Order,
		Shelter: d.Shelter, Post: c.sites.Zone[d.Zone].Post, Up: d.Order == sim.OrderEvacuateZone && d.Choice == 1,
		Weak: d.Order == sim.OrderEvacuateZone && d.On})
	c.log.Emit(sim.Event{At: at, Kind: sim.EvBroadcast, A: sim.RefTo(sim.KindZone, d.Zone),
		B: sim.RefTo(sim.KindChannel, ch), Count: int32(d.Order)})
}

// speakAgain follows a fault: what a failed channel had said is cut short, and a channel that works again is used at
// once for the order that stands.
func (c *Command) speakAgain(at sim.Time, f sim.ChannelFault) {
	for k := range c.zones {
		zone, z := sim.ZoneID(k), &c.zones[k]
		if (f.Zone >= 0 && f.Zone != zone) || z.standing == none {
			continue
		}
		for i, ch := range c.plan.publicOf(c.sites, zone) {
			switch {
			case ch != f.Channel:
			case !f.Up:
				z.said[i] = false
			case !z.said[i]:
				c.say(at, zone, i)
			}
		}
	}
}

// Ordered says whether an evacuation order stands in a zone: acknowledged by its post and not lifted.
func (c *Command) Ordered(zone sim.ZoneID) bool {
	k := c.zones[zone].standing
	return k != none && c.orders[k].d.Order == sim.OrderEvacuateZone
}

// FillTruth writes what command owns of the truth: the levels, and in the zones that are there, which are ordered to
// evacuate.
func (c *Command) FillTruth(t *sim.Truth) {
	t.Warning, t.Response = c.Levels()
	for z := range min(len(t.Zones), len(c.zones)) {
		t.Zones[z].Ordered = c.Ordered(sim.ZoneID(z))
	}
	c.fillPosts(t)
}
