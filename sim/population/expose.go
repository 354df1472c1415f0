package population

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// catchTime is how long somebody must be in H3 or above outside a stable refuge to count as caught.
const catchTime = 60 * sim.Second

// isCutOff says whether the water at its place keeps a party in its building, on foot and by car. The margin [m] is
// how much lower it must be.
func (p *People) isCutOff(q sim.PartyID, w sim.Water, margin float64) bool {
	depth := w.Depth + margin
	if p.hasCar(q) && depth <= harm.SmallCarDepth() {
		return false
	}
	return !p.body[q].wade().Allows(depth, speedOf(w))
}

// indoors sees what the water at its building means for a party in it.
func (p *People) indoors(at sim.Time, q sim.PartyID, w sim.Water, class sim.DangerClass) {
	stranded := p.stage[q] == sim.StageStranded
	switch {
	case !stranded && p.isCutOff(q, w, 0):
		if p.fleesHouse(at, q) {
			return
		}
		p.strand(at, q, p.holder[q])
	case stranded && p.flags[q]&partyNeedy == 0 && !p.isCutOff(q, w, settle):
		p.relieve(at, q)
	}
	b := &p.sc.Buildings[p.inside(q)]
	inside := w.Depth - b.Floor // above the ground floor [m]
	p.feelIndoors(at, q, b.Storeys, inside)
	if inside > 0 {
		p.soak(at, q, sim.CauseSubmerged, w.Depth)
	}
	if inside <= 0 || class < sim.H3 { // water that drowns indoors is H4 by its depth alone
		p.threaten(at, q, false)
		return
	}
	a := p.accessTo(q)
	p.submerge(at, q, b.Storeys, a, inside, w.Depth)
	if p.alive[q] > 0 {
		p.threaten(at, q, inside > p.refuge(b.Storeys, a, q))
	}
}

// relieve lets a party in its building go on when the water has fallen: who wanted to leave does so now.
func (p *People) relieve(at sim.Time, q sim.PartyID) {
	p.free(at, q)
	switch {
	case p.flags[q]&partyWants != 0:
		p.move(at, q, p.holder[q], sim.StagePreparing)
		p.plan(at.Add(sim.Tick), q) // the roads read the new water later in this tick
	case p.told[q].Order < 0:
		p.move(at, q, p.holder[q], sim.StageUnaware)
	case p.told[q].Order == int8(sim.OrderPrepareZone):
		p.move(at, q, p.holder[q], sim.StageWarned)
	default:
		p.move(at, q, p.holder[q], sim.StageStaying)
	}
}

// threaten keeps the clock of how long a party has been in danger outside a refuge.
func (p *People) threaten(at sim.Time, q sim.PartyID, exposed bool) {
	switch {
	case !exposed:
		p.danger[q] = sim.Never
	case p.danger[q] == sim.Never && p.flags[q]&partyCaught == 0:
		p.danger[q] = at
		p.agenda.Put(at.Add(catchTime), entry{what: doCatch, id: int32(q)})
	}
}

// onExposure keeps the clock of a party that moves through dangerous water on the road network. The message has the
// time of the tick before, and the clock goes by that; but a danger that ends in the very tick in which the minute is
// over counts as a full one. What the water does to the party it does now.
func (p *People) onExposure(at sim.Time, m sim.Exposure) {
	q := sim.PartyID(m.Mover.ID)
	if m.Mover.Kind != sim.KindParty || !p.party(q) || p.flags[q]&partyOnNetwork == 0 || !isDepth(m.Depth) {
		return
	}
	since := max(at, p.now.Add(-sim.Tick))
	at = p.start(at)
	p.trip[q].Depth = m.Depth
	if here := (sim.Holder{Kind: p.holder[q].Kind, ID: int32(m.Node)}); p.isNode(m.Node) && here != p.holder[q] {
		p.move(at, q, here, p.stage[q])
	}
	p.trail.Change(at, changeDanger, int32(q), uint64(m.Danger))
	p.threaten(since, q, m.Danger >= sim.H3)
	if p.causeOutdoors(q) == sim.CauseSweptFoot && m.Speed >= 0 {
		x := inWater(m.Depth, m.Speed, false) // nothing when the danger is over
		p.feel(at, q, x, x)
	}
	threat := m.Danger >= sim.H3 || m.Danger == sim.H2 && p.trip[q].Mode == sim.ModeFoot
	if spot := (geo.Point{X: m.X, Y: m.Y}); threat && p.isNode(m.Node) && spot.Finite() {
		p.trip[q].Node = m.Node
		p.trip[q].stand(spot, 0)
		if (p.sweepOnRoad(at, q, m) || p.turnsToSafety(q, m)) && p.flags[q]&partyOnNetwork != 0 { // the dead are off it
			p.leaveRoad(at, q)
		}
	}
}

// sweepOnRoad lets dangerous water on the road take those of a party whom it is too much for; it says whether it took
// anybody, alive or dead. Who survives is in the water there.
func (p *People) sweepOnRoad(at sim.Time, q sim.PartyID, m sim.Exposure) bool {
	return m.Speed >= 0 && p.sweep(at, q, sim.Water{Depth: m.Depth, VX: m.Speed})
}

// catchIfStill catches a party that has been in danger all the time.
func (p *People) catchIfStill(at sim.Time, q sim.PartyID) {
	since := p.danger[q]
	if p.alive[q] == 0 || since == sim.Never || at < since.Add(catchTime) {
		return
	}
	switch {
	case p.holder[q].Kind == sim.KindBuilding:
		p.catch(at, q, p.placeWater(p.inside(q)).Depth)
	case p.flags[q]&partyOnNetwork != 0:
		p.catch(at, q, p.trip[q].Depth)
	default:
		p.catch(at, q, p.waterOutdoors(q).Depth)
	}
}

// catch notes that a party, and all who ride with it, are caught, each once, and who is hurt by it.
func (p *People) catch(at sim.Time, q sim.PartyID, depth float64) {
	for r := q; r >= 0; {
		next := p.kin.after(q, r) // who dies rides no more
		p.catchOne(at, r, depth)
		r = next
	}
}

func (p *People) catchOne(at sim.Time, q sim.PartyID, depth float64) {
	if p.flags[q]&partyCaught != 0 {
		return
	}
	p.flags[q] |= partyCaught
	p.markOne(q, personCaught)
	p.log.Emit(sim.Event{At: at, Kind: sim.EvPartyCaught, A: sim.RefTo(sim.KindParty, q), B: p.holder[q], Num: depth})
	cause := sim.CauseSweptFoot
	switch p.holder[q].Kind {
	case sim.KindBuilding:
		cause = sim.CauseSubmerged
	case sim.KindShelter:
		if p.isInside(q) {
			cause = sim.CauseSubmerged
		}
	case sim.KindVehicle, sim.KindUnit:
		cause = sim.CauseVehicle
	}
	p.endure(at, q, 0, injury{harm.HurtCaught, cause, depth}, everybody)
}

// refuge returns the depth above the ground floor up to which a party has a dry place in a building [m]: the attic or
// roof counts only when all its members can climb there.
func (p *People) refuge(storeys uint8, a harm.Access, q sim.PartyID) float64 {
	return harm.Refuge(storeys, a, p.body[q]&bodyLimited == 0)
}

// submerge exposes those members of a party to the high-hazard zone for whom the building is no refuge any more.
func (p *People) submerge(at sim.Time, q sim.PartyID, storeys uint8, a harm.Access, inside, depth float64) {
	if inside <= harm.SubmergenceLeast(storeys) {
		return
	}
	limited, able := harm.Submergence(storeys, a, p.draw.fate.Float64(p.roll.key(q), fateDepth, 0))
	hit := func(x *scenario.Person) bool {
		if x.Mobility != scenario.MobilityAble {
			return inside > limited
		}
		return inside > able
	}
	p.overwhelm(at, q, injury{harm.HurtSwept, sim.CauseSubmerged, depth}, hit)
}

// collapse is the end of a building: everybody in it is in the high-hazard zone, and who survives is in the water.
func (p *People) collapse(at sim.Time, b sim.BuildingID, w sim.Water) {
	place := sim.RefTo(sim.KindBuilding, b)
	for _, k := range p.roll.inBuilding.of(int32(b)) {
		if q := sim.PartyID(k); p.holder[q] == place && !p.kin.rides(q) {
			p.fall(at, q, b, w)
		}
	}
	for k := len(p.guests.list) - 1; k >= 0; k-- {
		if q := p.guests.list[k]; p.holder[q] == place {
			p.fall(at, q, b, w)
		}
	}
}

// fall is what the end of its building means for a party in it.
func (p *People) fall(at sim.Time, q sim.PartyID, b sim.BuildingID, w sim.Water) {
	if p.alive[q] == 0 {
		return
	}
	if q = p.overwhelm(at, q, injury{harm.HurtSwept, sim.CauseBuilding, w.Depth}, everybody); q >= 0 {
		p.outOf(at, q, b)
	}
}

// outOf puts who has survived the end of a building into the water in front of it.
func (p *People) outOf(at sim.Time, q sim.PartyID, b sim.BuildingID) {
	t := &p.trip[q]
	t.Mode, t.Node = sim.ModeFoot, p.nodeNear(b)
	t.stand(p.sc.Buildings[b].At, 0)
	street := sim.RefTo(sim.KindStreet, t.Node)
	if p.stage[q] == sim.StageStranded {
		p.move(at, q, street, sim.StageStranded)
		p.exposeOutdoors(at, q)
	} else {
		p.strand(at, q, street)
	}
	if p.alive[q] > 0 {
		p.flags[q] &^= partyNeedy
		p.retry(at, q)
	}
}

// exposeOutdoors sees what the water does to a party that stands in it, on foot or in a stranded car or coach.
func (p *People) exposeOutdoors(at sim.Time, q sim.PartyID) {
	t := &p.trip[q]
	if p.isAfloat(q) || p.danger[q] == sim.Never && t.Rise >= 0 && !p.isChilled(q) &&
		p.layers.At(keyDepth, t.At) <= harm.FilmSteps {
		return
	}
	p.feelOutdoors(at, q)
	w := p.waterOutdoors(q)
	if p.stage[q] == sim.StageWaiting && p.giveUpWaiting(at, q, w) {
		return
	}
	if p.stage[q] == sim.StageAtDoor && p.leavesDoor(at, q, w) {
		return
	}
	class := dangerOf(w)
	if p.stage[q] == sim.StageStranded && class > sim.H0 {
		p.soak(at, q, p.causeOutdoors(q), w.Depth)
	}
	if p.flags[q]&partyCutOff != 0 && w.Depth > harm.Film && p.waterComes(at, q) {
		return
	}
	if p.alive[q] > 0 && class > sim.H0 { // an infant is swept away in H2
		p.sweep(at, q, w)
	}
	if p.alive[q] > 0 {
		p.threaten(at, q, class >= sim.H3)
	}
}

// giveUpWaiting says whether a party leaves the queue of an assembly point that the water has reached: who can goes
// back to a refuge at home or walks on, and whom it is too deep for is stranded.
func (p *People) giveUpWaiting(at sim.Time, q sim.PartyID, w sim.Water) bool {
	a := p.holder[q].ID
	if w.Depth > harm.Film && (p.goBack(at, q) || p.walkOn(at, q, 0) || p.seek(at, q, nearHouse)) {
		p.dequeue(a, q)
		return true
	}
	if p.body[q].wade().Allows(w.Depth, speedOf(w)) {
		return false
	}
	p.dequeue(a, q)
	p.strand(at, q, sim.RefTo(sim.KindStreet, p.trip[q].Node))
	if p.alive[q] > 0 {
		p.plan(at.Add(retryEvery), q)
	}
	return true
}

// leavesDoor says whether a party gives up waiting at a shelter's door, where the water is more than it wades: it
// goes to safety near by, or calls for help.
func (p *People) leavesDoor(at sim.Time, q sim.PartyID, w sim.Water) bool {
	if p.body[q].wade().Allows(w.Depth, speedOf(w)) {
		return false
	}
	if !p.seek(at, q, nearHouse) {
		p.strand(at, q, sim.RefTo(sim.KindStreet, p.trip[q].Node))
		p.retry(at, q)
	}
	return true
}

func (p *People) causeOutdoors(q sim.PartyID) sim.Cause {
	if k := p.holder[q].Kind; k == sim.KindVehicle || k == sim.KindUnit {
		return sim.CauseVehicle
	}
	return sim.CauseSweptFoot
}

// sweep exposes those to the high-hazard zone whom the water takes off their feet, or all when it takes the car or
// coach; it says whether it took anybody.
func (p *People) sweep(at sim.Time, q sim.PartyID, w sim.Water) bool {
	v, b, took := speedOf(w), p.body[q], false
	hit := func(x *scenario.Person) bool {
		lost := footingOf(x, b).IsLost(w.Depth, v)
		took = took || lost
		return lost
	}
	if p.causeOutdoors(q) == sim.CauseVehicle {
		clearance := harm.LowClearance
		if p.holder[q].Kind == sim.KindUnit {
			clearance = harm.HighClearance
		}
		swept := !harm.VehicleLimit(clearance, harm.BestEstimate).Allows(w.Depth, v)
		took = swept
		hit = func(*scenario.Person) bool { return swept }
	}
	p.overwhelm(at, q, injury{harm.HurtSwept, p.causeOutdoors(q), w.Depth}, hit)
	return took
}

// injury is how people are hurt or die.
type injury struct {
	hurt  float64 // chance to be hurt of those who survive [-]
	cause sim.Cause
	depth float64 // of the water [m]
}

func everybody(*scenario.Person) bool { return true }

// overwhelm exposes those members of a party, and of all who ride with it, whom hit names to the high-hazard zone. Who
// gets there is caught. It returns who leads those that are left, or None.
func (p *People) overwhelm(at sim.Time, q sim.PartyID, h injury, hit func(*scenario.Person) bool) sim.PartyID {
	for r := p.kin.next[q]; r >= 0 && !p.kin.rides(q); {
		next := p.kin.next[r] // who dies rides no more
		p.overwhelmOne(at, r, h, hit)
		r = next
	}
	heir := p.kin.after(q, q)
	p.overwhelmOne(at, q, h, hit) // the lead last: should it die, the first of those who are left leads
	if p.alive[q] > 0 {
		return q
	}
	return heir
}

func (p *People) overwhelmOne(at sim.Time, q sim.PartyID, h injury, hit func(*scenario.Person) bool) {
	for _, i := range p.roll.members(q) {
		if p.person[i]&personDead == 0 && hit(&p.sc.Persons[i]) {
			p.catchOne(at, q, h.depth)
			p.endure(at, q, harm.HighRate(p.frequency(q)), h, hit)
			return
		}
	}
}

// soak exposes a party in a flooded place, and all who ride with it, to the low-hazard zone, each once.
func (p *People) soak(at sim.Time, q sim.PartyID, cause sim.Cause, depth float64) {
	for r := p.kin.next[q]; r >= 0 && !p.kin.rides(q); {
		next := p.kin.next[r]
		p.soakOne(at, r, cause, depth)
		r = next
	}
	p.soakOne(at, q, cause, depth)
}

func (p *People) soakOne(at sim.Time, q sim.PartyID, cause sim.Cause, depth float64) {
	if p.flags[q]&partySoaked != 0 {
		return
	}
	p.flags[q] |= partySoaked
	if rate := harm.LowRate(p.frequency(q)); rate > 0 {
		p.endure(at, q, rate, injury{0, cause, depth}, everybody)
	}
}

// frequency places a party on the fatality curves: one number for its whole drill, so that a party that has been in a
// zone once gains or loses nothing by being there again.
func (p *People) frequency(q sim.PartyID) float64 {
	return p.draw.fate.Float64(p.roll.key(q), fateRate, 0)
}

// endure lets those members of a party whom hit names die at a rate or be hurt. Each person has one number for the
// whole drill.
func (p *People) endure(at sim.Time, q sim.PartyID, rate float64, h injury, hit func(*scenario.Person) bool) {
	p.strike(at, q, func(i sim.PersonID) {
		switch {
		case !hit(&p.sc.Persons[i]):
		case p.draw.fate.Float64(uint64(i), fateDeath, 0) < rate:
			p.die(at, i, q, h)
		case p.person[i]&personHurt == 0 && p.draw.fate.Float64(uint64(i), fateHurt, 0) < h.hurt:
			p.hurt(at, i, q, h)
		}
	})
}

// strike lets something happen to the living members of a party, one by one, and sees to what follows when any die.
func (p *People) strike(at sim.Time, q sim.PartyID, each func(i sim.PersonID)) {
	p.hideOne(q)
	before, assisted, special := p.alive[q], p.assistedOne(q), p.special(q)
	for _, i := range p.roll.members(q) {
		if p.person[i]&personDead == 0 {
			each(i)
		}
	}
	p.showOne(q)
	if p.alive[q] != before {
		p.tellDied(at, q, before, special)
		p.body[q] = p.bodyOf(q)
		if lead := p.kin.lead[q]; lead >= 0 {
			p.body[lead] = p.bodyOf(lead)
		}
		if u := p.holder[q]; u.Kind == sim.KindUnit {
			p.ports.Departures.Post(at, u.ID, sim.Departure{Unit: sim.UnitID(u.ID), Persons: before - p.alive[q],
				Assisted: assisted - p.assistedOne(q)})
		}
	}
	if p.alive[q] == 0 {
		p.bury(at, q)
	}
}

// die takes one person out of the living. The party is hidden meanwhile.
func (p *People) die(at sim.Time, i sim.PersonID, q sim.PartyID, h injury) {
	hurt := p.person[i]&personHurt != 0
	p.person[i] = p.person[i]&^personHurt | personDead
	p.alive[q]--
	for _, c := range p.counts.of(p.roll.entry[q].Zone) {
		*bucket(c, p.holder[q].Kind)--
		c.Dead++
		if p.stage[q] == sim.StageStranded {
			c.Stranded--
		}
		if hurt {
			c.Hurt--
		}
	}
	p.tellFate(at, sim.EvPersonDied, i, q, h)
}

// hurt notes that a person is hurt.
func (p *People) hurt(at sim.Time, i sim.PersonID, q sim.PartyID, h injury) {
	p.person[i] |= personHurt
	for _, c := range p.counts.of(p.roll.entry[q].Zone) {
		c.Hurt++
	}
	p.tellFate(at, sim.EvPersonHurt, i, q, h)
}

func (p *People) tellFate(at sim.Time, kind sim.EventKind, i sim.PersonID, q sim.PartyID, h injury) {
	p.seesFate(kind, q)
	p.trail.Change(at, changeFate, int32(i), uint64(p.person[i]))
	p.log.Emit(sim.Event{
		At: at, Kind: kind, A: sim.RefTo(sim.KindPerson, i), B: p.holder[q], Count: int32(h.cause), Num: h.depth,
	})
}

// bury takes a party without living members out of everything.
func (p *People) bury(at sim.Time, q sim.PartyID) {
	switch {
	case p.kin.rides(q):
		p.kin.unlink(q)
		p.move(at, q, sim.Holder{Kind: sim.KindDead, ID: sim.None}, sim.StageDead)
		return
	case p.kin.next[q] >= 0:
		p.succeed(at, q)
	case p.stage[q] == sim.StageWaiting:
		p.dequeue(p.holder[q].ID, q)
	case p.holder[q].Kind == sim.KindUnit:
		p.disembark(p.holder[q].ID, q)
	}
	p.endCall(at, q)
	if p.flags[q]&partyOnNetwork != 0 {
		p.leaveRoad(at, q)
	}
	p.due[q] = sim.Never
	p.flags[q] &^= partyOnNetwork | partyArrived | partySeeks
	p.move(at, q, sim.Holder{Kind: sim.KindDead, ID: sim.None}, sim.StageDead)
}
