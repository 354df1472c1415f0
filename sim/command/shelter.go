package command

import (
	"slices"

	"sandtable/sim"
)

// drawShelter numbers the draws of what passes between posts and shelters, behind the kinds of entries.
const drawShelter uint32 = 64

// startShelters makes ready what the county knows of shelters' lists, and when it tells the shelters of each other.
func (c *Command) startShelters() {
	c.lists = make([]int32, len(c.sc.Shelters)*(len(c.sc.Zones)+1))
	c.passed = make([]sim.Time, len(c.sc.Shelters))
	for s := range c.passed {
		c.passed[s] = -1
	}
	if c.passesOn() {
		c.agenda.Put(sim.Time(c.sc.Rules.TellEvery), entry{kind: entryPassOn})
	}
}

// passesOn says whether the county tells the shelters of each other.
func (c *Command) passesOn() bool {
	return c.sc.Rules.TellEvery > 0 && len(c.sc.Shelters) > 1 && len(c.plan.county) > 0
}

// handleShelter goes on with what passes between posts and shelters.
func (c *Command) handleShelter(at sim.Time, e entry) {
	switch e.kind {
	case entryPassOn:
		c.passOn(at)
	case entryNews:
		c.ports.ShelterNews.Post(at, e.b, sim.ShelterNews{To: sim.ShelterID(e.b), About: sim.ShelterID(e.a),
			Open: e.flag&1 != 0, Shut: e.flag&2 != 0, Taken: e.n[0], Asof: e.t})
	case entryListOut:
		c.tell(at, e)
	case entryListIn:
		c.listTold(at, e)
	case entryReturn:
		c.ports.Tasks.Post(at, e.a, sim.Task{Order: sim.OrderReturnZone, Unit: sim.None, Zone: sim.ZoneID(e.b),
			Shelter: sim.ShelterID(e.a), On: e.flag == 1})
	default:
		c.deliberate(at, e)
	}
}

// phone returns when a call to a shelter gets through: over the first channel between posts that works where it lies.
func (c *Command) phone(at sim.Time, s sim.ShelterID) (sim.Time, bool) {
	zone := c.zoneOf(sim.RefTo(sim.KindShelter, s))
	for _, ch := range c.plan.trunk {
		if c.works(ch, zone) {
			u := c.reportLuck.Open(uint64(sim.KindShelter)<<32|uint64(uint32(s)), drawShelter, second(at))
			return at.Add(c.plan.delay[ch].at(u)), true
		}
	}
	return 0, false
}

// known returns what the county was told of a shelter.
func (c *Command) known(s sim.ShelterID) sim.ShelterKnown {
	return c.posts[c.plan.county[0]].shelters[s]
}

// news makes the entry with which a shelter, or with None who directs the units, hears of a shelter.
func (c *Command) news(to sim.ShelterID, about sim.ShelterID) entry {
	k := c.known(about)
	return entry{kind: entryNews, a: int32(about), b: int32(to), flag: bit(k.Count.Open) | bit(k.Count.Shut)<<1,
		n: [counts]int32{k.Count.Inside + k.Count.Waiting}, t: k.Reported}
}

// passOn tells every shelter how full the others are, where the county has heard of it since it last did, and sets the
// time of the next round.
func (c *Command) passOn(at sim.Time) {
	c.agenda.Put(at.Add(c.sc.Rules.TellEvery), entry{kind: entryPassOn})
	if !c.manned(c.plan.county[0]) {
		return // nobody is there who could call
	}
	for k := range c.sc.Shelters {
		to := sim.ShelterID(k)
		there, ok := c.phone(at, to)
		if !ok {
			continue
		}
		for j := range c.sc.Shelters {
			if about := sim.ShelterID(j); about != to && c.known(about).Reported > c.passed[j] {
				c.agenda.Put(there, c.news(to, about))
			}
		}
	}
	for j := range c.passed {
		c.passed[j] = c.known(sim.ShelterID(j)).Reported
	}
}

// heardOf is news of a shelter at the county. Who directs the units sits there. A shelter that is full asks where else
// there is room, and is told at once what is known.
func (c *Command) heardOf(at sim.Time, s sim.ShelterID) {
	if len(c.plan.county) == 0 || !c.manned(c.plan.county[0]) || c.known(s).Reported < 0 {
		return
	}
	c.agenda.Put(at, c.news(sim.None, s))
	k := c.known(s).Count
	if k.Shut || int64(k.Inside)+int64(k.Waiting) < c.sc.Shelters[s].Capacity {
		return
	}
	there, ok := c.phone(at, s)
	if !ok {
		return
	}
	for j := range c.sc.Shelters {
		if about := sim.ShelterID(j); about != s && c.known(about).Reported >= 0 {
			c.agenda.Put(there, c.news(s, about))
		}
	}
}

// listTold is one line of a shelter's list at the county. With the last line the posts of the county have the list: who
// of each zone stands on none is missing.
func (c *Command) listTold(at sim.Time, e entry) {
	zones := len(c.sc.Zones)
	slot := zones
	if e.b >= 0 {
		slot = int(e.b)
	}
	c.lists[int(e.a)*(zones+1)+slot] = e.n[0]
	c.trail.Change(at, trailKnown, e.a, uint64(uint32(slot))<<32|uint64(uint32(e.n[0])))
	if e.flag == 0 || len(c.plan.county) == 0 {
		return
	}
	k := c.known(sim.ShelterID(e.a)).Count
	lines := []sim.Text{sim.Say("名册%d人，可容%d人，清点时不在%d人，特殊照护%d人，就医%d人",
		"%d on the list, capacity %d, %d found gone, %d need special care, %d have needed a doctor", k.Inside,
		c.sc.Shelters[e.a].Capacity, k.Missing, k.Special, k.Ill)}
	for z := range c.sc.Zones {
		if slices.Contains(c.sites.Zone[z].Shelters, sim.ShelterID(e.a)) {
			listed := c.listed(sim.ZoneID(z))
			lines = append(lines, sim.Say("%s：在册%d人，各处登记%d人，未登记%d人",
				"%s: %d residents, %d on the lists of all shelters, %d on none", c.title(sim.Ref{Kind: sim.KindZone, ID: int32(z)}),
				c.plan.residents[z], listed, max(c.plan.residents[z]-listed, 0)))
		}
	}
	for _, post := range c.plan.county {
		c.inform(at, post, sim.Ref{Kind: sim.KindShelter, ID: e.a}, sim.Join(lines, sim.Sentences))
	}
}

// listed returns how many persons of a zone stand on the lists of all shelters, as the county was told.
func (c *Command) listed(z sim.ZoneID) int32 {
	n, zones := int32(0), len(c.sc.Zones)
	for s := range c.sc.Shelters {
		n += c.lists[s*(zones+1)+int(z)]
	}
	return n
}

// callHome has the post of a zone call the shelters: they let its people go home, or do not any more.
func (c *Command) callHome(at sim.Time, zone sim.ZoneID, may bool) {
	for k := range c.sc.Shelters {
		if there, ok := c.phone(at, sim.ShelterID(k)); ok {
			c.agenda.Put(there, entry{kind: entryReturn, a: int32(k), b: int32(zone), flag: bit(may)})
		}
	}
}

// wasCalledHome says whether the people of a zone have been let go home before.
func (c *Command) wasCalledHome(zone sim.ZoneID) bool {
	for i := range c.orders {
		if o := &c.orders[i]; o.d.Order == sim.OrderReturnZone && o.d.Zone == zone && o.state == orderActed {
			return true
		}
	}
	return false
}
