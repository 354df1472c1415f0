package population

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// Word of mouth and rumours are contagions. Each household of a zone meets one that knows with a chance that grows with
// their share: a pressure dP = a n/N dt, the same for the whole zone, and a household hears when 1 - exp(-P) passes its
// own uniform number (Sellke's construction of the epidemic that Rogers and Sorensen's contagion term stands for). More
// who know early make nobody hear later, and a zone costs one entry of the agenda each half minute while anything can
// still spread.

// talkStep is how often the pressure of a contagion is worked out.
const talkStep = 30 * sim.Second

// contagion is one story that goes round a zone.
type contagion struct {
	Pressure float64
	Next     int32 // how many of the zone's order have been reached
	At       sim.Time
	Runs     bool // an entry of the agenda goes on with it
}

// share returns the share of households that the story has come to.
func (c *contagion) share() float64 { return 1 - num.Exp(-c.Pressure) }

// talk is what people of a zone tell each other: the order that is out.
type talk struct {
	contagion
	Order  int8  // OrderID, or -1
	Serial int32 // of its last broadcast, or -1
	Spoken int32 // of its last broadcast in words, or -1
	Knows  int32 // parties that have it
}

// talkOrder keeps the order in which a contagion reaches the parties of a zone. It follows from the draws.
type talkOrder struct {
	list [][]uint64 // by zone: uniform number and party, packed, rising
}

// of returns a zone's list, and makes it when it is asked for first.
func (o *talkOrder) of(z sim.ZoneID, zones int, parties []int32, draw func(q int32) uint64) []uint64 {
	if o.list == nil {
		o.list = make([][]uint64, zones)
	}
	if o.list[z] == nil && len(parties) > 0 {
		list := make([]uint64, len(parties))
		for i, q := range parties {
			list[i] = draw(q)>>32<<32 | uint64(uint32(q))
		}
		slices.Sort(list)
		o.list[z] = list
	}
	return o.list[z]
}

// spread goes on with a contagion up to an instant under a rate [1/h] and returns the parties that it has come to
// since, with the list of the zone.
func (c *contagion) spread(at sim.Time, rate float64, list []uint64) []uint64 {
	if at > c.At { // a story that began later in the tick may find an entry of the one before
		c.Pressure += float64(rate * at.Sub(c.At).Seconds() / 3600)
		c.At = at
	}
	limit := uint64(num.Int64(float64(c.share() * (1 << 32))))
	from := c.Next
	for int(c.Next) < len(list) && list[c.Next]>>32 < limit {
		c.Next++
	}
	return list[from:c.Next]
}

// talkDraw is the place of a party in the order of a story of its zone, as 64 random bits.
func (p *People) talkDraw(purpose, number uint32) func(q int32) uint64 {
	return func(q int32) uint64 { return p.draw.talk.Uint64(p.roll.key(sim.PartyID(q)), purpose, number) }
}

// sayOut notes an order that begins to be said in a zone. Another order than the last begins a new story.
func (p *People) sayOut(at sim.Time, serial int32, b *broadcast) {
	t := &p.talks[b.Zone]
	switch {
	case b.Order == sim.OrderStatement,
		b.Order == sim.OrderPrepareZone && t.Order == int8(sim.OrderEvacuateZone):
		return
	case t.Order != int8(b.Order):
		*t = talk{contagion: contagion{At: at, Runs: t.Runs}, Order: int8(b.Order), Serial: serial, Spoken: -1}
		t.Knows = p.whoKnows(b.Zone)
	}
	t.Serial = serial
	if p.ways[b.Channel].source != sourceSiren {
		t.Spoken = serial
		if p.isDiffused(b.Channel) {
			p.startTalk(at, b.Zone)
		}
	}
}

// isDiffused says whether a channel is one of those that spread all together: the public ones that speak.
func (p *People) isDiffused(c sim.ChannelID) bool {
	s := p.ways[c].source
	return p.rogers && s != sourceDoor && s != sourceSiren
}

// isSaid says whether a channel still says the order of a zone in words.
func (p *People) isSaid(t *talk) bool { return t.Spoken >= 0 && !p.isLost(&p.broadcasts[t.Spoken]) }

// whoKnows counts the parties of a zone whose last order is the one that is out there.
func (p *People) whoKnows(z sim.ZoneID) int32 {
	n := int32(0)
	for _, q := range p.roll.inZone.of(int32(z)) {
		if p.told[q].Order == p.talks[z].Order {
			n++
		}
	}
	return n
}

// noteKnows counts a party that has just heard the order of its zone.
func (p *People) noteKnows(at sim.Time, q sim.PartyID, order sim.OrderID, before int8) {
	z := p.roll.entry[q].Zone
	if z < 0 || p.talks[z].Order < 0 || int8(order) == before {
		return
	}
	switch t := &p.talks[z]; t.Order {
	case int8(order):
		t.Knows++
		p.startTalk(at, z)
	case before:
		t.Knows-- // has heard something older that is not out any more
	}
}

// startTalk begins to work the contagion of a zone out.
func (p *People) startTalk(at sim.Time, z sim.ZoneID) {
	t := &p.talks[z]
	if t.Runs || p.sc.Population.Belief.Talk == 0 && !p.rogers {
		return
	}
	t.Runs, t.At = true, at
	p.agenda.Put(at.Add(talkStep), entry{what: doTalk, id: int32(z)})
}

// talkRates returns the rates at which a household of a zone hears the order from those who say it and from those who
// know it [1/h].
func (p *People) talkRates(at sim.Time, z sim.ZoneID) (said, word float64) {
	b, t := &p.sc.Population.Belief, &p.talks[z]
	a := b.Talk
	if p.rogers {
		a = float64((1 - b.RSk) * b.RSa2)
		if p.isSaid(t) {
			said = float64(b.RSk * b.RSa1)
		}
	}
	all := len(p.roll.inZone.of(int32(z)))
	if all == 0 {
		return said, 0
	}
	return said, float64(a*p.talkative(at)) * float64(t.Knows) / float64(all)
}

// talkative is how much people talk, by the time of day [-].
func (p *People) talkative(at sim.Time) float64 {
	if p.sc.Drill.Start.Add(at).IsNight() {
		return p.sc.Population.Belief.TalkNight
	}
	return 1
}

// talkOn goes on with what people of a zone tell each other. It ends when everybody has had the word, or when nobody
// can spread it.
func (p *People) talkOn(at sim.Time, z sim.ZoneID) {
	t := &p.talks[z]
	list := p.word.of(z, len(p.talks), p.roll.inZone.of(int32(z)), p.talkDraw(talkWord, 0))
	said, word := p.talkRates(at, z)
	for _, k := range t.spread(at, said+word, list) {
		p.hearWord(at, sim.PartyID(uint32(k)), t, said/(said+word))
	}
	if t.Runs = int(t.Next) < len(list) && said+word > 0; t.Runs {
		p.agenda.Put(at.Add(talkStep), entry{what: doTalk, id: int32(z)})
	}
}

// hearWord tells a party the order of its zone: over the channels with the chance said, else from neighbours.
func (p *People) hearWord(at sim.Time, q sim.PartyID, t *talk, said float64) {
	if p.alive[q] == 0 || p.holder[q].Kind != sim.KindBuilding {
		return
	}
	if said > 0 && p.draw.talk.Float64(p.roll.key(q), talkSaid, 0) < said {
		p.hear(at, q, t.Spoken)
		return
	}
	p.learn(at, q, t.Serial, sourceWord)
}

// newTalks makes the talks of all zones, of nothing.
func newTalks(sc *scenario.Scenario) []talk {
	out := make([]talk, len(sc.Zones))
	for z := range out {
		out[z] = talk{Order: -1, Serial: -1, Spoken: -1}
	}
	return out
}
