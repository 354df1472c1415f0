package command

import (
	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// lines are what channels run on: mains and the public network of each zone, and the utilities behind them. A column
// is a zone; the last one is outside every zone.
type lines struct {
	power, network []causes   // of each column: why there is none
	since          []sim.Time // of each column: when mains failed; Never while they are there
	utilities      []utility
	edition        int // of the layers that were read last
}

// causes are the reasons why mains or network fail, a bit for each: they are there again when none is left.
type causes uint8

const (
	causeOrder   causes = 1 << iota // cut by order, or by the director
	causeUtility                    // every utility that serves the zone has failed
	causesEnd
)

// utility is a substation or a base station.
type utility struct {
	flooded bool     // in deep water, or not yet repaired after it
	empty   bool     // without mains for longer than its batteries last
	dry     sim.Time // since when the water at a flooded one is gone; Never while it is not
}

func (u *utility) works() bool { return !u.flooded && !u.empty }

// startLines makes everything work, but for channels outside their hours.
func (c *Command) startLines() {
	columns := len(c.sc.Zones) + 1
	c.lines = lines{power: make([]causes, columns), network: make([]causes, columns), since: make([]sim.Time, columns),
		utilities: make([]utility, len(c.sc.Utilities))}
	for k := range c.lines.since {
		c.lines.since[k] = sim.Never
	}
	for i := range c.lines.utilities {
		c.lines.utilities[i].dry = sim.Never
	}
	for i := range c.plan.law {
		h := c.plan.law[i].Hours
		if h == (scenario.Hours{}) {
			continue
		}
		if !h.Open(c.sc.Drill.Start.MinuteOfDay()) {
			for k := range columns {
				c.faults[c.cell(sim.ChannelID(i), k)] = faultHours
			}
		}
		c.nextHours(0, int32(i))
	}
}

// nextHours notes when a channel's hours begin or end next.
func (c *Command) nextHours(at sim.Time, channel int32) {
	const day = 24 * 60
	h, minute := c.plan.law[channel].Hours, c.sc.Drill.Start.Add(at).MinuteOfDay()
	open := h.Open(minute)
	wait := (h.From - minute + day) % day
	if open {
		wait = (h.To - minute + day) % day
	}
	c.agenda.Put(at.Add(sim.Duration(wait)*sim.Minute), entry{kind: entryHours, a: channel, flag: bit(!open)})
}

// handleLines does what concerns mains, network and lines.
func (c *Command) handleLines(at sim.Time, e entry) {
	switch e.kind {
	case entrySupply:
		c.supply(at, sim.ZoneID(e.a), e.flag, sim.Ref{})
	case entryPublic:
		c.tellPublic(at, sim.ZoneID(e.a))
	case entryBattery:
		if c.lines.since[e.b] == e.t {
			c.fault(at, sim.ChannelID(e.a), int(e.b), faultPower, true)
		}
	case entryBackup:
		if c.lines.since[c.column(c.sites.Utility[e.a].Zone)] == e.t {
			c.setUtility(at, e.a, func(u *utility) { u.empty = true }, noMains)
		}
	case entryRepair:
		if u := &c.lines.utilities[e.a]; u.flooded && u.dry == e.t {
			c.setUtility(at, e.a, func(u *utility) { u.flooded, u.dry = false, sim.Never }, repaired)
		}
	case entryHours:
		c.fault(at, sim.ChannelID(e.a), everywhere, faultHours, e.flag == 0)
		c.nextHours(at, e.a)
	case entryTurn:
		if o := &c.orders[e.a]; c.current(e) && o.try == e.n[0] {
			c.send(at, e.a)
		}
	}
}

// lineOrder says whether an order is one to who keeps mains, about a zone or all.
func lineOrder(o sim.OrderID) bool { return o == sim.OrderCutPower || o == sim.OrderRestorePower }

// What happened to mains, network or a utility.
var (
	cutByOrder = sim.Text{ZH: "按指令断电", EN: "cut by order"}
	restored   = sim.Text{ZH: "按指令恢复", EN: "restored by order"}
	netDown    = sim.Text{ZH: "通信网中断", EN: "the network is out"}
	netUp      = sim.Text{ZH: "通信网恢复", EN: "the network is back"}
	flooded    = sim.Text{ZH: "设备受淹", EN: "under water"}
	repaired   = sim.Text{ZH: "水退后修复", EN: "repaired after the water went"}
	noMains    = sim.Text{ZH: "停电，蓄电池耗尽", EN: "no mains, and its batteries are empty"}
	mainsBack  = sim.Text{ZH: "市电恢复", EN: "mains are back"}
)

// Flags of entrySupply.
const (
	flagNetwork uint8 = 1 << iota
	flagUp
)

func supplyFlag(network, up bool) (f uint8) {
	if network {
		f |= flagNetwork
	}
	if up {
		f |= flagUp
	}
	return f
}

// supply cuts mains or network of a zone, or with None everywhere, or restores what was cut so. Who restores power also
// puts utilities right that the water has left.
func (c *Command) supply(at sim.Time, zone sim.ZoneID, flag uint8, by sim.Ref) {
	network, up := flag&flagNetwork != 0, flag&flagUp != 0
	text := cutByOrder
	switch {
	case network && up:
		text = netUp
	case network:
		text = netDown
	case up:
		text = restored
	}
	column := everywhere
	if zone >= 0 {
		column = int(zone)
	}
	c.setSupply(at, network, column, causeOrder, !up, by, text)
	if network || !up {
		return
	}
	for i := range c.lines.utilities {
		if c.sc.Utilities[i].Kind == "power" && (zone < 0 || c.serves(i, zone)) && c.lines.utilities[i].dry < sim.Never {
			c.setUtility(at, int32(i), func(u *utility) { u.flooded, u.dry = false, sim.Never }, restored)
		}
	}
}

// serves says whether a utility serves a zone, or with None what lies outside every zone.
func (c *Command) serves(i int, zone sim.ZoneID) bool {
	s := &c.sites.Utility[i]
	if zone < 0 {
		return s.Rest
	}
	for _, z := range s.Serves {
		if z == zone {
			return true
		}
	}
	return false
}

// setSupply sets or takes away one reason why mains or network fail in a column, or in every one, and lets follow what
// depends on them where that makes a difference.
func (c *Command) setSupply(at sim.Time, network bool, column int, why causes, on bool, by sim.Ref, text sim.Text) {
	list, kind := c.lines.power, sim.EvPower
	if network {
		list, kind = c.lines.network, sim.EvNetwork
	}
	first, last := column, column
	if column == everywhere {
		first, last = 0, len(list)-1
	}
	var changed []int // rare: a cut or a restoration
	for k := first; k <= last; k++ {
		before := list[k]
		if list[k] &^= why; on {
			list[k] |= why
		}
		if (before == 0) != (list[k] == 0) {
			changed = append(changed, k)
		}
	}
	event := sim.Event{At: at, Kind: kind, A: sim.Ref{Kind: sim.KindCounty}, B: by, Count: int32(bit(!on)), Text: text}
	if len(changed) == len(list) {
		c.log.Emit(event)
	}
	for _, k := range changed {
		c.trail.Change(at, trailSupply, int32(k), uint64(kind)<<1|uint64(bit(on)))
		if len(changed) < len(list) && k < len(c.sc.Zones) {
			event.A = sim.RefTo(sim.KindZone, sim.ZoneID(k))
			c.log.Emit(event)
		}
		if network {
			c.networkChanged(at, k, !on)
		} else {
			c.powerChanged(at, k, !on)
		}
		if !on && k < len(c.sc.Zones) {
			c.tellPublic(at, sim.ZoneID(k))
		}
		c.seeLines(at, k)
	}
}

// networkChanged lets the channels follow that need the network in a column.
func (c *Command) networkChanged(at sim.Time, column int, up bool) {
	for i := range c.plan.law {
		if c.plan.law[i].Needs&scenario.NeedsNetwork != 0 {
			c.fault(at, sim.ChannelID(i), column, faultNetwork, !up)
		}
	}
}

// powerChanged lets the channels and base stations follow that need mains in a column: without them they run on
// batteries. One that has had mains again is full (assumed).
func (c *Command) powerChanged(at sim.Time, column int, up bool) {
	c.lines.since[column] = at
	if up {
		c.lines.since[column] = sim.Never
	}
	for i := range c.plan.law {
		switch law := &c.plan.law[i]; {
		case law.Needs&scenario.NeedsPower == 0:
		case up || law.Battery == 0:
			c.fault(at, sim.ChannelID(i), column, faultPower, !up)
		default:
			c.agenda.Put(at.Add(law.Battery), entry{kind: entryBattery, a: int32(i), b: int32(column), t: at})
		}
	}
	for i := range c.sc.Utilities {
		if c.sc.Utilities[i].Kind != "network" || c.column(c.sites.Utility[i].Zone) != column {
			continue
		}
		if up {
			c.setUtility(at, int32(i), func(u *utility) { u.empty = false }, mainsBack)
		} else {
			c.agenda.Put(at.Add(c.sc.Utilities[i].Backup), entry{kind: entryBackup, a: int32(i), t: at})
		}
	}
}

// setUtility changes a utility. Where it fails or works again by that, the zones follow that no other one serves.
func (c *Command) setUtility(at sim.Time, i int32, change func(u *utility), text sim.Text) {
	u := &c.lines.utilities[i]
	before := u.works()
	change(u)
	c.trail.Change(at, trailUtility, i, uint64(bit(u.flooded))<<1|uint64(bit(u.empty)))
	if u.works() == before {
		return
	}
	network := c.sc.Utilities[i].Kind == "network"
	follow := func(zone sim.ZoneID) {
		c.setSupply(at, network, c.column(zone), causeUtility, !c.fed(zone, c.sc.Utilities[i].Kind),
			sim.RefTo(sim.KindUtility, sim.UtilityID(i)), text)
	}
	for _, z := range c.sites.Utility[i].Serves {
		follow(z)
	}
	if c.sites.Utility[i].Rest {
		follow(sim.None)
	}
}

// fed says whether a utility of a kind works that serves a zone, or with None what lies outside.
func (c *Command) fed(zone sim.ZoneID, kind string) bool {
	for i := range c.lines.utilities {
		if c.sc.Utilities[i].Kind == kind && c.lines.utilities[i].works() && c.serves(i, zone) {
			return true
		}
	}
	return false
}

// wetUtilities reads the water at the utilities when there is a new publication. The water is gone when it is no more
// than a film.
func (c *Command) wetUtilities(layers *sim.Layers) {
	if layers == nil || len(c.lines.utilities) == 0 {
		return
	}
	if news, _ := layers.News(&c.lines.edition); !news {
		return
	}
	for i := range c.lines.utilities {
		cell, u, spec := c.sites.Utility[i].Cell, &c.lines.utilities[i], &c.sc.Utilities[i]
		if cell < 0 {
			continue
		}
		depth := layers.WaterInCell(cell).Depth
		switch {
		case depth >= spec.FailsAt && u.flooded && u.dry == sim.Never: // as it was
		case depth >= spec.FailsAt:
			c.setUtility(c.now, int32(i), func(u *utility) { u.flooded, u.dry = true, sim.Never }, flooded)
		case u.flooded && depth > harm.Film:
			u.dry = sim.Never
		case u.flooded && u.dry == sim.Never:
			u.dry = c.now
			c.agenda.Put(c.now.Add(spec.Repair), entry{kind: entryRepair, a: int32(i), t: c.now})
		}
	}
}

// seeLines shows a post the mains and network of its own zones: it sits there.
func (c *Command) seeLines(at sim.Time, column int) {
	if column == len(c.sc.Zones) {
		return
	}
	zone := sim.ZoneID(column)
	post := c.sites.Zone[zone].Post
	if post < 0 {
		return
	}
	k := sim.LineKnown{Reported: at, NoPower: c.lines.power[column] != 0, NoNetwork: c.lines.network[column] != 0}
	for i, z := range c.plan.below[post] {
		if z == zone && c.learnLines(at, post, i, k) {
			c.inform(at, post, sim.RefTo(sim.KindZone, zone), withLineWords(c.title(sim.RefTo(sim.KindZone, zone)), k))
		}
	}
}

// learnLines gives a post a newer state of the lines of the i-th zone below it, and says whether it was news.
func (c *Command) learnLines(at sim.Time, post sim.PostID, i int, k sim.LineKnown) bool {
	p := &c.posts[post]
	old := &p.zones[i].Lines
	if k.Reported <= old.Reported && *old != (sim.LineKnown{}) || k == (sim.LineKnown{}) {
		return false
	}
	if *old == k {
		return false
	}
	*old = k
	p.fresh[i] = true
	c.trail.Change(at, trailKnown, int32(post), uint64(bit(k.NoPower))<<1|uint64(bit(k.NoNetwork)))
	return true
}

// withLineWords tells the state of a zone's lines in words.
func withLineWords(zone sim.Text, k sim.LineKnown) sim.Text {
	switch {
	case k.NoPower && k.NoNetwork:
		return sim.Say("%s停电、断网", "%s: neither mains nor network", zone)
	case k.NoPower:
		return sim.Say("%s停电，网络可用", "%s: no mains, the network works", zone)
	case k.NoNetwork:
		return sim.Say("%s断网，供电正常", "%s: no network, mains are there", zone)
	}
	return sim.Say("%s供电、网络正常", "%s: mains and network are there", zone)
}

// withLines adds to a zone's counts in a report what has failed there and how far a search has come.
func withLines(text sim.Text, k sim.ZoneKnown) sim.Text {
	switch {
	case k.Lines.NoPower && k.Lines.NoNetwork:
		text = sim.Say("%s，停电、断网", "%s, neither mains nor network", text)
	case k.Lines.NoPower:
		text = sim.Say("%s，停电", "%s, no mains", text)
	case k.Lines.NoNetwork:
		text = sim.Say("%s，断网", "%s, no network", text)
	}
	if k.Report.Doors == 0 {
		return text
	}
	return sim.Say("%s，清查%d户中的%d户，其中留有%d人", "%s, of %d doors %d checked, %d persons still there behind them",
		text, k.Report.Doors, k.Report.Searched, k.Report.Remaining)
}

// searchWords tells the result of a search.
func searchWords(zone sim.Text, e entry) sim.Text {
	return sim.Say("%s逐户清查完毕：%d户，其中留有%d人",
		"%s has been searched to the last house: %d doors, %d persons still there behind them", zone, e.n[10], e.n[12])
}

// doorOf returns the channel by which a zone's post goes from door to door; None without one.
func (c *Command) doorOf(zone sim.ZoneID) sim.ChannelID {
	for _, ch := range c.plan.publicOf(c.sites, zone) {
		if c.sc.Channels[ch].Use == "door" {
			return ch
		}
	}
	return sim.None
}

// Lines says whether a zone is without mains, and without the public network.
func (c *Command) Lines(zone sim.ZoneID) (noPower, noNetwork bool) {
	return c.lines.power[zone] != 0, c.lines.network[zone] != 0
}

func (c *Command) appendLines(e *sim.Encoder) {
	e.Len(len(c.faults))
	for _, f := range c.faults {
		e.U8(uint8(f))
	}
	e.Len(len(c.phones))
	for _, l := range c.phones {
		e.Time(l.from)
		e.Time(l.free)
		e.Ref(l.to)
	}
	e.Len(len(c.lines.since))
	for k := range c.lines.since {
		e.U8(uint8(c.lines.power[k]))
		e.U8(uint8(c.lines.network[k]))
		e.Time(c.lines.since[k])
	}
	e.Len(len(c.lines.utilities))
	for i := range c.lines.utilities {
		u := &c.lines.utilities[i]
		e.Bool(u.flooded)
		e.Bool(u.empty)
		e.Time(u.dry)
	}
	e.I64(int64(c.lines.edition))
}

func (c *Command) loadLines(d *sim.Decoder) {
	if d.Fixed(len(c.faults), "channels and zones") {
		for k := range c.faults {
			if c.faults[k] = faults(d.U8()); c.faults[k] >= faultsEnd {
				d.Fail("an unknown reason why a channel fails")
			}
		}
	}
	if d.Fixed(len(c.phones), "posts and channels") {
		for k := range c.phones {
			c.phones[k] = line{from: d.Time(), free: d.Time(), to: d.Ref()}
		}
	}
	if d.Fixed(len(c.lines.since), "zones") {
		for k := range c.lines.since {
			c.lines.power[k], c.lines.network[k], c.lines.since[k] = causes(d.U8()), causes(d.U8()), d.Time()
			if c.lines.power[k] >= causesEnd || c.lines.network[k] >= causesEnd {
				d.Fail("an unknown reason why mains or network fail")
			}
		}
	}
	if d.Fixed(len(c.lines.utilities), "utilities") {
		for i := range c.lines.utilities {
			c.lines.utilities[i] = utility{d.Bool(), d.Bool(), d.Time()}
		}
	}
	c.lines.edition = int(d.I64())
}
