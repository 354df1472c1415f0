package population

import (
	"fmt"
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// stay is a company's stay in a shelter, by its lead.
type stay struct {
	party sim.PartyID
	since sim.Time
	due   float64 // value of the shelter's clock at which it goes off; infinite while it has patience [-]
	asked bool    // it has asked to be taken off the list, or waits for a coach
}

// lodge is a shelter as those inside see it. Its clock is the integral of the rate at which a family of factor 1 goes
// off; each family goes when the clock has passed its own threshold, so that one entry of the agenda does for all.
type lodge struct {
	list     []stay // heap: who goes first is in front
	people   int32  // persons inside; derived
	clock    float64
	asof     sim.Time
	rate     float64 // of the clock [1/h]
	turn     int32
	guarded  bool
	informed sim.Time // until when news holds
	home     []bool   // of each zone: its people may go home; the last is for homes in no zone
	letsGo   bool     // some may
	wet      bool     // there was water at it when it was last looked at
}

// lodgers are all shelters, and where in their lists each party stands.
type lodgers struct {
	of   []lodge
	at   []int32       // of each party: its place in its shelter's list, or -1
	turn []sim.PartyID // those of one list, while it changes; no state
	off  bool          // who leaves a shelter just now goes off; no state
}

// everybody returns who is on the list of a shelter now, for a loop in which they may leave it.
func (l *lodgers) everybody(s int32) []sim.PartyID {
	l.turn = l.turn[:0]
	for k := range l.of[s].list {
		l.turn = append(l.turn, l.of[s].list[k].party)
	}
	return l.turn
}

func newLodgers(sc *scenario.Scenario, parties int) lodgers {
	l := lodgers{of: make([]lodge, len(sc.Shelters)), at: make([]int32, parties)}
	for s := range l.of {
		l.of[s].home = make([]bool, len(sc.Zones)+1)
	}
	for q := range l.at {
		l.at[q] = -1
	}
	return l
}

// isInside says whether a party has been let into a shelter.
func (p *People) isInside(q sim.PartyID) bool {
	return p.holder[q].Kind == sim.KindShelter && p.stage[q] != sim.StageAtDoor
}

// isLodger says whether a party is in a shelter and leads its company there.
func (p *People) isLodger(q sim.PartyID) bool { return p.isInside(q) && !p.kin.rides(q) }

// settleIn keeps the lists of who is in shelters, and tells their staff, when a party has moved from a place.
func (p *People) settleIn(at sim.Time, q sim.PartyID, from sim.Holder, was sim.PartyStage) {
	before, now := from.Kind == sim.KindShelter && was != sim.StageAtDoor, p.isInside(q)
	if before != now || now && from != p.holder[q] {
		if before {
			p.lodge.of[from.ID].people -= p.alive[q]
			kind := sim.StaySent
			if p.lodge.off {
				kind = sim.StayOff
			}
			p.tellStay(at, q, from.ID, kind, p.alive[q], p.special(q))
			p.drop(at, q, from.ID)
			p.rerate(at, from.ID)
		}
		if now {
			p.lodge.of[p.holder[q].ID].people += p.alive[q]
			p.tellStay(at, q, p.holder[q].ID, sim.StayIn, p.alive[q], p.special(q))
			p.rerate(at, p.holder[q].ID)
		}
	}
	if from.Kind == sim.KindShelter && was == sim.StageAtDoor && from != p.holder[q] && !p.kin.rides(q) {
		p.ports.Stays.Post(at, int32(q), sim.Stay{Party: q, Shelter: sim.ShelterID(from.ID), Kind: sim.StayAway,
			Zone: sim.None})
	}
	switch listed := p.lodge.at[q] >= 0; {
	case listed && !p.isLodger(q):
		p.drop(at, q, p.holder[q].ID)
	case !listed && p.isLodger(q):
		p.lodgeIn(at, q)
	}
}

// tellStay tells the staff of a shelter what has become of persons of a party.
func (p *People) tellStay(at sim.Time, q sim.PartyID, s int32, kind sim.StayKind, persons, special int32) {
	if persons == 0 {
		return
	}
	p.ports.Stays.Post(at, int32(q), sim.Stay{Party: q, Shelter: sim.ShelterID(s), Kind: kind, Persons: persons,
		Zone: p.homeZone(q), Special: special})
}

// lodgeIn puts a company on the list of its shelter. It has patience for a while; and in time one of them may need a
// doctor.
func (p *People) lodgeIn(at sim.Time, q sim.PartyID) {
	s := p.holder[q].ID
	l := &p.lodge.of[s]
	p.lodge.at[q] = int32(len(l.list))
	l.list = append(l.list, stay{party: q, since: at, due: math.Inf(1)})
	p.fix(l, len(l.list)-1)
	if p.sc.Rules.LeaveRate > 0 {
		p.agenda.Put(at.Add(p.sc.Rules.Patience), entry{what: doRestless, id: int32(q), arg: mark(at)})
	}
	p.nextIll(at, q, 0)
}

// drop takes a company off the list of a shelter.
func (p *People) drop(at sim.Time, q sim.PartyID, s int32) {
	k := p.lodge.at[q]
	if k < 0 {
		return
	}
	l := &p.lodge.of[s]
	last := len(l.list) - 1
	p.swap(l, int(k), last)
	l.list = l.list[:last]
	p.lodge.at[q] = -1
	if int(k) < last {
		p.fix(l, int(k))
	}
	if k == 0 {
		p.nextOff(at, s)
	}
}

// mark is an instant in an entry's argument, to the second.
func mark(at sim.Time) int32 { return num.Int32(math.Floor(at.Seconds())) }

// stayOf returns the stay of a company that began at a marked instant, or nil when it has ended.
func (p *People) stayOf(q sim.PartyID, since int32) *stay {
	if p.lodge.at[q] < 0 {
		return nil
	}
	x := &p.lodge.of[p.holder[q].ID].list[p.lodge.at[q]]
	if mark(x.since) != since {
		return nil
	}
	return x
}

// before says which of two stays is in front: of those with one threshold the lower party.
func (l *lodge) before(i, j int) bool {
	a, b := &l.list[i], &l.list[j]
	return a.due < b.due || a.due == b.due && a.party < b.party
}

func (p *People) swap(l *lodge, i, j int) {
	l.list[i], l.list[j] = l.list[j], l.list[i]
	p.lodge.at[l.list[i].party], p.lodge.at[l.list[j].party] = int32(i), int32(j)
}

// fix restores the order of a heap whose k-th stay has changed.
func (p *People) fix(l *lodge, k int) {
	for k > 0 && l.before(k, (k-1)/2) {
		p.swap(l, k, (k-1)/2)
		k = (k - 1) / 2
	}
	for {
		least := k
		for _, child := range [...]int{2*k + 1, 2*k + 2} {
			if child < len(l.list) && l.before(child, least) {
				least = child
			}
		}
		if least == k {
			return
		}
		p.swap(l, k, least)
		k = least
	}
}

// rateOf returns the rate at which a family of factor 1 would go off from a shelter now [1/h].
func (p *People) rateOf(at sim.Time, s int32) float64 {
	l, rules := &p.lodge.of[s], &p.sc.Rules
	rate := rules.LeaveRate
	if p.sc.Drill.Start.Add(at).IsNight() {
		rate = float64(rate * rules.NightFactor)
	}
	if places := p.sc.Shelters[s].Places(); l.people > places && places > 0 {
		over := float64(l.people-places) / float64(places)
		rate = float64(rate * (1 + float64(rules.CrowdFactor*over)))
	}
	if l.guarded {
		rate = float64(rate * (1 - rules.GuardStops))
	}
	if at < l.informed {
		rate = float64(rate * (1 - rules.InformStops))
	}
	return rate
}

// advance brings the clock of a shelter up to an instant.
func (l *lodge) advance(at sim.Time) {
	l.clock += float64(l.rate * at.Sub(l.asof).Hours())
	l.asof = at
}

// rerate lets the clock of a shelter go on at the rate of how things are now, and looks who goes next.
func (p *People) rerate(at sim.Time, s int32) {
	l := &p.lodge.of[s]
	if rate := p.rateOf(at, s); rate != l.rate {
		l.advance(at)
		l.rate = rate
		p.nextOff(at, s)
	}
}

// nextOff puts into the agenda when the next company goes off from a shelter, if things stay as they are.
func (p *People) nextOff(at sim.Time, s int32) {
	l := &p.lodge.of[s]
	l.turn++
	if len(l.list) == 0 || !(l.list[0].due < math.Inf(1)) || !(l.rate > 0) {
		return
	}
	l.advance(at)
	wait := span(float64(max(l.list[0].due-l.clock, 0) / l.rate * 3600))
	if when := at.Add(wait); when <= sim.Time(p.sc.Drill.Duration) {
		p.agenda.Put(when, entry{what: doGoOff, id: s, arg: l.turn})
	}
}

// growRestless ends the patience of a company: from now on the clock counts for it.
func (p *People) growRestless(at sim.Time, q sim.PartyID, since int32) {
	x := p.stayOf(q, since)
	if x == nil || x.due < math.Inf(1) {
		return
	}
	s := p.holder[q].ID
	l := &p.lodge.of[s]
	l.advance(at)
	x.due = l.clock + p.threshold(q)
	p.fix(l, int(p.lodge.at[q]))
	if p.lodge.at[q] == 0 {
		p.nextOff(at, s)
	}
}

// threshold is how far the clock must go on until a company goes off: a unit exponential, one for the whole drill, over
// the factor of the household.
func (p *People) threshold(q sim.PartyID) float64 {
	factor := 1.0
	if p.isDrawn(q) {
		factor = p.sc.Rules.DrawnFactor
	}
	if z := p.roll.entry[q].Zone; z >= 0 && p.mind[q].is&mindRumour != 0 && !p.rumours[z].Flee {
		factor = float64(factor * p.sc.Rules.RumourFactor)
	}
	return -num.Log1p(-p.draw.shelter.Float64(p.roll.key(q), stayLeave, 0)) / factor
}

// isDrawn says whether a household has animals or goods at home to look after.
func (p *People) isDrawn(q sim.PartyID) bool {
	house := p.roll.entry[q].Household
	return p.sc.Households[house].Animals > 0 ||
		p.draw.shelter.Float64(uint64(house), stayDrawn, 0) < p.sc.Rules.DrawnShare
}

// nextIll puts into the agenda when the next of a company needs a doctor, if that is within the drill.
func (p *People) nextIll(at sim.Time, q sim.PartyID, n uint32) {
	rate := float64(p.sc.Rules.IllRate * float64(p.heads(q)))
	if !(rate > 0) {
		return
	}
	days := -num.Log1p(-p.draw.shelter.Float64(p.roll.key(q), stayIll, n)) / rate
	since := p.lodge.of[p.holder[q].ID].list[p.lodge.at[q]].since
	if when := at.Add(span(days * 86400)); when <= sim.Time(p.sc.Drill.Duration) {
		p.agenda.Put(when, entry{what: doIll, id: int32(q), arg: mark(since)})
	}
}

// fallIll is when one of a company needs a doctor: each of them is as likely.
func (p *People) fallIll(at sim.Time, q sim.PartyID, since int32) {
	if p.stayOf(q, since) == nil {
		return
	}
	n := uint32(mark(at)) + 1
	k := p.draw.shelter.IntN(int(p.heads(q)), p.roll.key(q), stayWho, n)
	for r := q; r >= 0; r = p.kin.after(q, r) {
		for _, i := range p.roll.members(r) {
			if p.person[i]&personDead != 0 {
				continue
			}
			if k == 0 {
				p.log.Emit(sim.Event{At: at, Kind: sim.EvPersonIll, A: sim.RefTo(sim.KindPerson, i), B: p.holder[q]})
				p.tellStay(at, r, p.holder[q].ID, sim.StayIll, 1, 0)
			}
			k--
		}
	}
	p.nextIll(at, q, n)
}

// nightfall lets all clocks go on at the rate of night or day, and sets the time of the next change.
func (p *People) nightfall(at sim.Time) {
	for s := range p.lodge.of {
		p.rerate(at, int32(s))
	}
	p.agenda.Put(p.nextNightfall(at), entry{what: doNight, id: sim.None})
}

// nextNightfall returns the next instant at which night begins or ends.
func (p *People) nextNightfall(at sim.Time) sim.Time {
	night := p.sc.Drill.Start.Add(at).IsNight()
	when := at
	for range 24 * 60 {
		if when = when.Add(sim.Minute); p.sc.Drill.Start.Add(when).IsNight() != night {
			break
		}
	}
	return when
}

// appendLodgers saves who is in which shelter, and how things stand there.
func (p *People) appendLodgers(e *sim.Encoder) {
	for s := range p.lodge.of {
		l := &p.lodge.of[s]
		e.F64(l.clock)
		e.Time(l.asof)
		e.F64(l.rate)
		e.I32(l.turn)
		e.Bool(l.guarded)
		e.Time(l.informed)
		e.Bool(l.letsGo)
		e.Bool(l.wet)
		for _, home := range l.home {
			e.Bool(home)
		}
		e.Len(len(l.list))
		for _, x := range l.list {
			e.I32(int32(x.party))
			e.Time(x.since)
			e.F64(x.due)
			e.Bool(x.asked)
		}
	}
}

// loadLodgers reads what appendLodgers wrote.
func (p *People) loadLodgers(d *sim.Decoder) {
	for q := range p.lodge.at {
		p.lodge.at[q] = -1
	}
	for s := range p.lodge.of {
		l := &p.lodge.of[s]
		l.clock, l.asof, l.rate, l.turn = d.F64(), d.Time(), d.F64(), d.I32()
		l.guarded, l.informed, l.letsGo, l.wet = d.Bool(), d.Time(), d.Bool(), d.Bool()
		for z := range l.home {
			l.home[z] = d.Bool()
		}
		l.list = l.list[:0]
		for range d.Len(4 + 8 + 8 + 1) {
			x := stay{party: sim.PartyID(d.Index(len(p.lodge.at), "party"))}
			x.since, x.due, x.asked = d.Time(), d.F64(), d.Bool()
			if d.Err == nil && (x.party < 0 || math.IsNaN(x.due) || p.lodge.at[x.party] >= 0) {
				d.Fail("nobody in a shelter")
			}
			if d.Err != nil {
				return
			}
			p.lodge.at[x.party] = int32(len(l.list))
			l.list = append(l.list, x)
		}
		if d.Err == nil && (math.IsNaN(l.clock) || math.IsNaN(l.rate) || l.rate < 0 || math.IsInf(l.clock, 0)) {
			d.Fail("a shelter's clock that does not go")
		}
	}
}

// countLodgers counts the persons in each shelter.
func (p *People) countLodgers() []int32 {
	people := make([]int32, len(p.lodge.of))
	for q := range p.holder {
		if q := sim.PartyID(q); p.isInside(q) && int(p.holder[q].ID) < len(people) {
			people[p.holder[q].ID] += p.alive[q]
		}
	}
	return people
}

// checkLodgers compares the lists of who is in shelters with the parties.
func (p *People) checkLodgers() error {
	listed, lodgers := 0, 0
	for s := range p.lodge.of {
		l := &p.lodge.of[s]
		listed += len(l.list)
		for k := range l.list {
			q := l.list[k].party
			if !p.isLodger(q) || int(p.holder[q].ID) != s || int(p.lodge.at[q]) != k {
				return fmt.Errorf("party %d is listed in shelter %d, and is with %v", q, s, p.holder[q])
			}
			if k > 0 && l.before(k, (k-1)/2) {
				return fmt.Errorf("the list of shelter %d is out of order at %d", s, k)
			}
		}
	}
	for q := range p.holder {
		if p.isLodger(sim.PartyID(q)) {
			lodgers++
		}
	}
	if listed != lodgers {
		return fmt.Errorf("%d companies are listed in shelters, of %d", listed, lodgers)
	}
	return nil
}

// checkLodged compares the numbers of persons in shelters with a recount.
func (p *People) checkLodged() error {
	fresh := p.countLodgers()
	if !slices.EqualFunc(fresh, p.lodge.of, func(n int32, l lodge) bool { return n == l.people }) {
		return fmt.Errorf("a recount of the persons in shelters gives %v", fresh)
	}
	return nil
}
