package population

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// broadcast is a warning of a zone over a channel, as it was sent.
type broadcast struct {
	At      sim.Time
	Zone    sim.ZoneID
	Channel sim.ChannelID
	Order   sim.OrderID
	Shelter sim.ShelterID
	Search  bool // by workers who go through the zone house by house
	Up      bool // who has an upper storey in a sound building goes there
	Weak    bool // an order to leave that is for the weak first (先老幼病残): the others are to prepare
}

// told is what a party has been told last.
type told struct {
	Order  int8  // OrderID, or -1 before the first word
	Serial int32 // number of the broadcast, or -1
}

// channelWays is how a channel spreads.
type channelWays struct {
	door   bool
	byList bool         // reaches only who is on a list, and no visitors
	talk   sim.Duration // at a door where somebody is in
	time   delay        // until a household that is reached hears it
	source source       // from whom a household has it
	reach  [2]float64
	slot   sim.Duration // that one call or message takes of the post's line; 0 for a channel without limit
}

func newChannelWays(sc *scenario.Scenario) []channelWays {
	out := make([]channelWays, len(sc.Channels))
	for i := range sc.Channels {
		c := sc.Channels[i].Law()
		out[i] = channelWays{
			door: sc.Channels[i].Use == "door", talk: c.Talk, time: newDelay(c.DelayT50, c.DelayT90),
			reach: [2]float64{c.Reach, c.Night}, source: sourceOf(&sc.Channels[i]),
			byList: isByList(c.Kind),
		}
		if c.Capacity > 0 {
			out[i].slot = max(span(3600/c.Capacity), sim.Microsecond)
		}
	}
	return out
}

// quiet returns the index of a zone and channel in silent and down.
func (p *People) quiet(z sim.ZoneID, c sim.ChannelID) int { return int(z)*len(p.sc.Channels) + int(c) }

// onSilence notes that a channel fails or works again. What was not heard before the failure is lost.
func (p *People) onSilence(at sim.Time, m sim.ChannelFault) {
	if m.Channel < 0 || int(m.Channel) >= len(p.ways) || int(m.Zone) >= len(p.sc.Zones) {
		return
	}
	at = p.start(at)
	for z := range p.sc.Zones {
		if m.Zone >= 0 && int(m.Zone) != z {
			continue
		}
		k := p.quiet(sim.ZoneID(z), m.Channel)
		p.down[k] = !m.Up
		if !m.Up {
			p.silent[k] = at
			p.hangUp(at, sim.ZoneID(z), m.Channel)
		}
	}
}

// isLost says whether a broadcast's channel has failed since it began.
func (p *People) isLost(b *broadcast) bool { return p.silent[p.quiet(b.Zone, b.Channel)] >= b.At }

// onBroadcast works out who hears a warning, and when. A channel reaches the same parties every time and takes the same
// time to each, so that an earlier broadcast is heard earlier by everybody.
func (p *People) onBroadcast(at sim.Time, m sim.Broadcast) {
	search := m.Order == sim.OrderSearchZone
	known := m.Order == sim.OrderPrepareZone || m.Order == sim.OrderEvacuateZone || m.Order == sim.OrderAllClear ||
		m.Order == sim.OrderStatement || search
	if !known || m.Zone < 0 || int(m.Zone) >= len(p.sc.Zones) || m.Channel < 0 || int(m.Channel) >= len(p.ways) ||
		p.down[p.quiet(m.Zone, m.Channel)] {
		return
	}
	if m.Shelter < 0 || int(m.Shelter) >= len(p.sc.Shelters) {
		m.Shelter = sim.None
	}
	serial := int32(len(p.broadcasts))
	b := broadcast{At: p.start(at), Zone: m.Zone, Channel: m.Channel, Order: m.Order, Shelter: m.Shelter,
		Up: m.Up, Weak: m.Weak, Search: search}
	door := p.ways[m.Channel].door
	if door && p.sites.Zone[m.Zone].Post < 0 || search && !door {
		return
	}
	if door {
		p.controls[m.Zone] &^= crewsOut // a new order sends them out again
	}
	if search {
		b.Order = sim.OrderEvacuateZone // which is what workers say who find somebody
	}
	p.broadcasts = append(p.broadcasts, b)
	p.callLists(b.At, serial)
	p.sayOut(b.At, serial, &b)
	if b.Order == sim.OrderAllClear {
		p.sendHome(b.At, b.Zone)
	}
	switch {
	case door:
		p.startRound(b.At, serial, search)
	case !p.isDiffused(b.Channel) || b.Order == sim.OrderStatement:
		p.spread(serial, &b)
	}
}

// spread puts the hearings of a broadcast into the agenda. Over a channel with a limit the households of the zone are
// called one after another, in the order of the list, behind those whom the post calls already; who is away or does not
// answer takes his turn as well.
func (p *People) spread(serial int32, b *broadcast) {
	turn, slot := b.At, p.ways[b.Channel].slot
	line := p.lineOf(b.Zone, b.Channel)
	if slot > 0 {
		turn = max(turn, *line)
	}
	for _, q := range p.roll.inZone.of(int32(b.Zone)) {
		if q := sim.PartyID(q); p.zoneOf(q) == b.Zone {
			p.spreadTo(turn, q, serial, b)
		}
		turn = turn.Add(slot)
	}
	for _, q := range p.guests.list {
		if p.roll.entry[q].Zone != b.Zone && p.zoneOf(q) == b.Zone {
			p.spreadTo(turn, q, serial, b)
			turn = turn.Add(slot)
		}
	}
	if slot > 0 {
		*line = turn
	}
}

// spreadTo puts the hearing of a party that is called at an instant into the agenda, if the broadcast reaches it.
func (p *People) spreadTo(at sim.Time, q sim.PartyID, serial int32, b *broadcast) {
	way := &p.ways[b.Channel]
	share := way.reach[0]
	if p.sc.Drill.Start.Add(b.At).IsNight() {
		share = way.reach[1]
	}
	listens := p.holder[q].Kind == sim.KindBuilding || p.isToldOnTheWay(q, b)
	if p.alive[q] == 0 || !listens || way.byList && p.isVisitor(q) {
		return
	}
	key := p.roll.key(q)
	if p.draw.hearing.Float64(key, hearReach, uint32(b.Channel)) >= share {
		return
	}
	wait := span(way.time.quantile(p.draw.hearing.Float64(key, hearDelay, uint32(b.Channel))))
	p.agenda.Put(at.Add(wait), entry{what: doHear, id: int32(q), arg: serial})
}

// lineOf returns until when the line is taken over which the post of a zone calls people by a channel.
func (p *People) lineOf(z sim.ZoneID, c sim.ChannelID) *sim.Time {
	post := p.sites.Zone[z].Post
	if post < 0 { // nobody calls
		return new(sim.Time)
	}
	return &p.line[int(post)*len(p.sc.Channels)+int(c)]
}

// hangUp ends the calls to a zone over a channel that has failed: the line is free again.
func (p *People) hangUp(at sim.Time, z sim.ZoneID, c sim.ChannelID) {
	line := p.lineOf(z, c)
	*line = min(*line, at)
}

// packTime returns how long a party takes from hearing to setting off.
func (p *People) packTime(q sim.PartyID) sim.Duration {
	t := p.pack.quantile(p.draw.decision.Float64(p.roll.key(q), willTake, 0))
	if p.flags[q]&partyPrepared != 0 {
		t = float64(t * p.sc.Population.Behaviour.PreparedGain)
	}
	return span(t)
}

// willLeave notes that a party has decided to leave, and when. Who prepares already does not take longer. Who cannot
// get away any more keeps the wish.
func (p *People) willLeave(at sim.Time, q sim.PartyID, pack sim.Duration, cue sim.DecisionCue) {
	if p.isWard(q) {
		return // the institution decides
	}
	p.flags[q] = p.flags[q]&^(partyBack|partyDoor) | partyWants
	p.mind[q].is &^= mindFled
	if cue == sim.CueRumour {
		p.mind[q].is |= mindFled
	}
	when := p.sleepOn(q, at.Add(pack), cue)
	p.emitDecided(at, q, sim.Event{C: cue.Ref(), Count: 1, Num: when.Sub(at).Seconds()})
	if p.stage[q] == sim.StageStranded || p.stage[q] == sim.StagePreparing && p.due[q] <= when {
		return
	}
	p.move(at, q, p.holder[q], sim.StagePreparing)
	p.plan(when, q)
	p.trail.Change(at, changePlan, int32(q), uint64(when))
}

// standDown obeys the all-clear: who has not left stays.
func (p *People) standDown(at sim.Time, q sim.PartyID) {
	if p.flags[q]&partyNeedy != 0 { // it has called because it could not leave without help
		p.flags[q] &^= partyNeedy
		if !p.isCutOff(q, p.placeWater(p.inside(q)), 0) {
			p.free(at, q)
			p.move(at, q, p.holder[q], sim.StagePreparing)
		}
	}
	p.alight(at, q, func(r sim.PartyID) { p.goNextDoor(at, r) })
	p.flags[q] &^= partyWants | partyPrepared | partyBack | partyDoor
	p.forgetOrders(q)
	if p.stage[q] == sim.StageStranded {
		return
	}
	if p.stage[q] == sim.StagePreparing {
		p.emitStay(at, q, sim.CueLifted)
	}
	p.due[q] = sim.Never
	p.move(at, q, p.holder[q], sim.StageStaying)
}

// waterAtDoor is what a household does when water first stands at its door: those who heed water leave by themselves,
// in the time that a household takes that is prepared, or go upstairs: see isSaferUpstairs.
func (p *People) waterAtDoor(at sim.Time, q sim.PartyID) {
	if p.flags[q]&(partyWants|partyBack) != 0 || p.stage[q] == sim.StageStranded || p.isWard(q) ||
		p.resistance(q) >= p.sc.Population.Behaviour.HeedWater {
		return
	}
	p.willLeave(at, q, p.packInHaste(q), sim.CueWaterDoor)
	p.flags[q] |= partyDoor
}

// packInHaste returns how long a party takes that sees the water: as one that is prepared.
func (p *People) packInHaste(q sim.PartyID) sim.Duration {
	t := p.pack.quantile(p.draw.decision.Float64(p.roll.key(q), willTake, 0))
	return span(float64(t * p.sc.Population.Behaviour.PreparedGain))
}

// report sends what the zones' people on the spot have counted, where it has changed, and plans the next report.
func (p *People) report(at sim.Time) {
	for z := range p.reported {
		if p.zoneReport(sim.ZoneID(z)) != p.reported[z] {
			p.reportZone(at, sim.ZoneID(z))
		}
	}
	p.agenda.Put(at.Add(reportEvery), entry{what: doReport, id: sim.None})
}

// reportEvery is the time between two reports of a zone's people on the spot (assumed).
const reportEvery = 5 * sim.Minute

func (p *People) zoneReport(z sim.ZoneID) sim.ZoneReport {
	c, s := &p.counts.zone[z], &p.spots[z]
	r := sim.ZoneReport{
		Zone: z, Persons: int32(c.Persons), Warned: int32(c.Warned), Left: int32(c.Left),
		Waiting: int32(c.Assembly), Stranded: int32(c.Stranded), Missing: p.missing[z],
		Dead: s.dead, Hurt: s.hurt, Wet: s.wet, Destroyed: s.destroyed, Depth: float64(s.depth) / 1000,
	}
	p.searched(z, &r)
	return r
}
