package population

import (
	"fmt"

	"sandtable/sim"
)

// counts are the counters that every move keeps up to date.
type counts struct {
	zone    []sim.Counts // of who was in the zone at the start
	nowhere sim.Counts   // of who was in no zone
	total   sim.Counts
}

// of returns the counters in which a party is counted.
func (c *counts) of(z sim.ZoneID) [2]*sim.Counts {
	if z < 0 {
		return [2]*sim.Counts{&c.nowhere, &c.total}
	}
	return [2]*sim.Counts{&c.zone[z], &c.total}
}

// bucket returns the counter of who is with that kind of holder.
func bucket(c *sim.Counts, kind sim.Kind) *int {
	switch kind {
	case sim.KindBuilding:
		return &c.Home
	case sim.KindStreet:
		return &c.Street
	case sim.KindVehicle:
		return &c.Vehicle
	case sim.KindAssembly:
		return &c.Assembly
	case sim.KindUnit:
		return &c.Unit
	case sim.KindShelter:
		return &c.Shelter
	case sim.KindOutside:
		return &c.Outside
	}
	return &c.Dead
}

// flagCounter returns the counter of persons with a flag.
func flagCounter(c *sim.Counts, f personFlags) *int {
	switch f {
	case personWarned:
		return &c.Warned
	case personLeft:
		return &c.Left
	case personSheltered:
		return &c.Sheltered
	case personCaught:
		return &c.Caught
	case personRescued:
		return &c.Rescued
	}
	return &c.Hurt
}

// mark sets a flag on the living members of a party, and of those who ride with it, and counts those who did not have
// it.
func (p *People) mark(q sim.PartyID, f personFlags) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		p.markOne(r, f)
	}
}

// markOne is mark for a party without those who ride with it.
func (p *People) markOne(q sim.PartyID, f personFlags) {
	n := 0
	for _, i := range p.roll.members(q) {
		if p.person[i]&(personDead|f) == 0 {
			p.person[i] |= f
			n++
		}
	}
	for _, c := range p.counts.of(p.roll.entry[q].Zone) {
		*flagCounter(c, f) += n
	}
}

// Kinds of changes in the trail.
const (
	changeMove    = iota // value: holder and stage
	changePlan           // value: instant of the next own step
	changeTold           // value: order and broadcast
	changePlace          // of a building; value: worst class, wet, destroyed
	changeFate           // of a person; value: flags
	changeDanger         // on the road; value: danger class
	changeKin            // value: lead and kind, or 0
	changeBarred         // of a zone; value: 1 for guarded
	changeMind           // value: what it believes
	changeSight          // of a square; value: share that has been seen to leave
	changeRumour         // of a zone; value: number of the rumour
	changeChill          // value: immersion [0.001]
	changeHelp           // of a special-care person with a helper; value: step
	changeWard           // of an institution; value: flags, order, next party
	changeControl        // of a zone; value: controls that hold
	changeRound          // of a round: it is done; value: doors and who was behind them
	changeWarned         // of a zone; value: published warning level that its people have heard of
)

// move changes where a party is and how far it has come, with all who ride with it. Every change of holder or stage
// goes through here.
func (p *People) move(at sim.Time, q sim.PartyID, to sim.Holder, stage sim.PartyStage) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		p.moveOne(at, r, to, stage)
	}
}

func (p *People) moveOne(at sim.Time, q sim.PartyID, to sim.Holder, stage sim.PartyStage) {
	n := int(p.alive[q])
	from, was := p.holder[q], p.stage[q]
	p.hideOne(q)
	for _, c := range p.counts.of(p.roll.entry[q].Zone) {
		*bucket(c, from.Kind) -= n
		*bucket(c, to.Kind) += n
		if was == sim.StageStranded {
			c.Stranded -= n
		}
		if stage == sim.StageStranded {
			c.Stranded += n
		}
	}
	p.holder[q], p.stage[q] = to, stage
	if p.chills.at[q] >= 0 && (from != to || to.Kind != sim.KindBuilding && was != stage) && p.isChilled(q) {
		p.feelOne(at, q, plight{}, plight{}) // who looks at the water there says what he bears
	}
	if from.Kind != to.Kind || from != to && to.Kind != sim.KindStreet && to.Kind != sim.KindVehicle {
		p.danger[q] = sim.Never // who is on the way goes on from node to node in the same danger
	}
	p.outdoors.set(q, p.isOutdoors(q))
	p.guests.set(q, p.isGuest(q))
	p.noteGuest(q)
	p.settleIn(at, q, from, was)
	p.showOne(q)
	p.trail.Change(at, changeMove, int32(q), uint64(to.Kind)<<48|uint64(stage)<<40|uint64(uint32(to.ID)))
	if len(p.wardOf) > 0 && from.Kind == sim.KindBuilding && to != from && p.wardOf[from.ID] >= 0 {
		p.leftWard(at, sim.BuildingID(from.ID))
	}
}

// isOutdoors says whether a party stands where water can reach it, off the network and outside buildings, and looks at
// it for itself.
func (p *People) isOutdoors(q sim.PartyID) bool {
	if p.kin.rides(q) {
		return false
	}
	switch p.stage[q] {
	case sim.StageWaiting, sim.StageAtDoor:
		return true
	case sim.StageStranded:
		return p.holder[q].Kind != sim.KindBuilding && p.holder[q].Kind != sim.KindShelter
	case sim.StageWalking:
		return p.flags[q]&partySeeks != 0
	}
	return false
}

// isGuest says whether a party is in a building where it was not at the start, and rides with nobody.
func (p *People) isGuest(q sim.PartyID) bool {
	return p.holder[q].Kind == sim.KindBuilding && p.inside(q) != p.roll.entry[q].Place && !p.kin.rides(q)
}

// inside returns the building in which a party is, or for one that is in none its place at the start.
func (p *People) inside(q sim.PartyID) sim.BuildingID {
	if p.holder[q].Kind == sim.KindBuilding {
		return sim.BuildingID(p.holder[q].ID)
	}
	return p.roll.entry[q].Place
}

// recount counts everything anew.
func (c *counts) recount(p *People) {
	for z := range c.zone {
		c.zone[z] = sim.Counts{}
	}
	c.total, c.nowhere = sim.Counts{}, sim.Counts{}
	for q := range p.holder {
		q := sim.PartyID(q)
		for _, k := range c.of(p.roll.entry[q].Zone) {
			n := int(p.alive[q])
			k.Persons += int(p.roll.entry[q].Persons)
			*bucket(k, p.holder[q].Kind) += n
			if p.stage[q] == sim.StageStranded {
				k.Stranded += n
			}
			for _, i := range p.roll.members(q) {
				p.countPerson(k, q, p.person[i])
			}
		}
	}
}

// countPerson counts one person's flags.
func (p *People) countPerson(k *sim.Counts, q sim.PartyID, f personFlags) {
	if f&personDead != 0 {
		k.Dead++
	}
	for bit := personHurt; bit < personFlagsEnd; bit <<= 1 {
		if f&bit == 0 {
			continue
		}
		if bit == personMoved {
			k.MovedBy[p.leftBy[q]]++
			continue
		}
		*flagCounter(k, bit)++
	}
}

// Check compares the counters with each other and, when full, with a recount of every person, party, queue and list.
func (p *People) Check(full bool) error {
	sum := p.counts.nowhere.Persons
	for z := range p.counts.zone {
		if err := balanced(&p.counts.zone[z]); err != nil {
			return fmt.Errorf("population: zone %d: %w", z, err)
		}
		sum += p.counts.zone[z].Persons
	}
	if err := balanced(&p.counts.total); err != nil {
		return fmt.Errorf("population: %w", err)
	}
	if sum != len(p.person) || p.counts.total.Persons != sum {
		return fmt.Errorf("population: %d persons in zones and outside, %d counted, of %d", sum,
			p.counts.total.Persons, len(p.person))
	}
	if !full {
		return nil
	}
	if err := p.checkLodged(); err != nil {
		return fmt.Errorf("population: %w", err)
	}
	if err := p.checkKin(); err != nil {
		return fmt.Errorf("population: %w", err)
	}
	if err := p.checkParties(); err != nil {
		return fmt.Errorf("population: %w", err)
	}
	if err := p.checkLists(); err != nil {
		return fmt.Errorf("population: %w", err)
	}
	if err := p.checkBelief(); err != nil {
		return fmt.Errorf("population: %w", err)
	}
	if err := p.checkRounds(); err != nil {
		return fmt.Errorf("population: %w", err)
	}
	return p.checkCounts()
}

// balanced says whether everybody is somewhere, once.
func balanced(c *sim.Counts) error {
	sum := c.Home + c.Street + c.Vehicle + c.Assembly + c.Unit + c.Shelter + c.Outside + c.Dead
	if sum != c.Persons {
		return fmt.Errorf("%d persons are somewhere, of %d: %+v", sum, c.Persons, *c)
	}
	return nil
}

// checkCounts compares the counters with a recount.
func (p *People) checkCounts() error {
	fresh := counts{zone: make([]sim.Counts, len(p.counts.zone))}
	fresh.recount(p)
	if fresh.total != p.counts.total || fresh.nowhere != p.counts.nowhere {
		return fmt.Errorf("population: counters %+v; a recount gives %+v", p.counts.total, fresh.total)
	}
	for z := range fresh.zone {
		if fresh.zone[z] != p.counts.zone[z] {
			return fmt.Errorf("population: zone %d: counters %+v; a recount gives %+v", z, p.counts.zone[z], fresh.zone[z])
		}
	}
	return p.cells.check(p)
}
