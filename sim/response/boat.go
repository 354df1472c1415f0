package response

import (
	"sandtable/sim"
	"sandtable/sim/harm"
)

const (
	sceneWait = 60 * sim.Minute // a boat waits so long for a new call (assumed)
	tryWait   = 10 * sim.Minute // until a call that could not be reached, or a way that was shut, is tried again (assumed)
	idleMost  = 15 * sim.Minute // a boat that has found no call of its own for so long answers any call (assumed)
	nearCalls = 16              // so many calls, the nearest in a straight line, are compared by way (assumed)
)

// noWay is why a boat waits although people call.
var noWay = sim.Text{ZH: "没有通往求救群众的路线", EN: "no way to a party that calls"}

// candidates are open calls, the nearest in a straight line, from the nearest.
type candidates struct {
	n     int
	cards [nearCalls]*callCard
	dist  [nearCalls]float64 // squared [m2]
	again sim.Time           // when the next one that was tried in vain may be tried again; Never without one
}

func (c *candidates) offer(card *callCard, d float64) {
	i := c.n
	for i > 0 && (d < c.dist[i-1] || (d == c.dist[i-1] && card.party < c.cards[i-1].party)) {
		i--
	}
	if i == nearCalls {
		return
	}
	c.n = min(c.n+1, nearCalls)
	copy(c.cards[i+1:c.n], c.cards[i:])
	copy(c.dist[i+1:c.n], c.dist[i:])
	c.cards[i], c.dist[i] = card, d
}

// pick returns the call that a boat should go to: of its zone, or, with passengers from another zone, of that; when
// there is none, from outside every zone; when there is none either and the boat may roam, from any zone. One that
// nobody goes to, that fits the free seats, the nearest by way. A party larger than all its seats squeezes into an
// empty boat. why tells what kept it from calls of its own that are there, again when one tried in vain is due.
func (r *Response) pick(at sim.Time, id sim.UnitID) (best *callCard, why sim.Text, again sim.Time) {
	u := &r.units[id]
	zone, none := u.task.Zone, len(r.board.open)-1
	if u.aboard > 0 && u.away >= 0 {
		zone = u.away
	}
	own := int(zone)
	if own < 0 {
		own = none
	}
	again = sim.Never
	for _, zones := range [2][2]int{{own, own + 1}, {none, none + 1}} {
		near := r.nearest(at, id, zones[0], zones[1])
		again = min(again, near.again)
		if best, lost := r.nearestByWay(id, &near); best != nil {
			return best, sim.Text{}, again
		} else if lost {
			why = noWay
		}
	}
	if r.mayRoam(at, id) {
		near := r.nearest(at, id, 0, len(r.board.open))
		if best, _ := r.nearestByWay(id, &near); best != nil {
			return best, sim.Text{}, again
		}
	}
	return nil, why, again
}

// mayRoam says whether a boat may leave its zone for a call: it is empty, and has waited long enough or is away
// already.
func (r *Response) mayRoam(at sim.Time, id sim.UnitID) bool {
	u := &r.units[id]
	waited := u.away >= 0 || (u.phase == phaseScene && at.Sub(u.since) >= idleMost)
	return r.fleet[id].mode == sim.ModeBoat && u.aboard == 0 && waited
}

// nearestByWay returns the candidate that a boat reaches soonest, and whether no way leads to some.
func (r *Response) nearestByWay(id sim.UnitID, near *candidates) (best *callCard, lost bool) {
	soonest := 0.0
	for i := range near.n {
		card := near.cards[i]
		t, ok := r.wayToCall(id, card)
		if !ok {
			lost = true
			continue
		}
		if best == nil || t < soonest || (t == soonest && card.party < best.party) {
			best, soonest = card, t
		}
	}
	return best, lost
}

// nearest offers the calls of the board's lists from one to before another.
func (r *Response) nearest(at sim.Time, id sim.UnitID, from, to int) (near candidates) {
	u := &r.units[id]
	near.again = sim.Never
	for _, list := range r.board.open[from:to] {
		for _, k := range list {
			card := &r.board.calls[k]
			switch {
			case card.claim >= 0 || !r.fits(id, card):
			case card.again > at:
				near.again = min(near.again, card.again)
			default:
				near.offer(card, u.place.Dist2(card.place))
			}
		}
	}
	return near
}

// fits says whether a unit can take a party in: it has seats, and a van places for wheelchairs and no water to cross.
func (r *Response) fits(id sim.UnitID, card *callCard) bool {
	u, spec := &r.units[id], &r.fleet[id]
	if spec.mode != sim.ModeBoat && card.depth > harm.FilmSteps {
		return false
	}
	chairs := spec.chairs == 0 || card.chairs == 0 || u.chairs+card.chairs <= spec.chairs
	return u.aboard == 0 || card.persons <= r.free(id) && chairs
}

// wayToCall returns how long a unit needs to a party [s]: by the network, and straight at both ends; straight all the
// way when both are at the same node. The way is measured from the party to the unit, which makes a difference on
// one-way streets only: so one tree of ways serves all the calls that are compared.
func (r *Response) wayToCall(id sim.UnitID, card *callCard) (float64, bool) {
	u, speed := &r.units[id], r.legSpeed(id)
	if u.node == card.node {
		return u.place.Dist(card.place) / speed, true
	}
	_, t, ok := r.router.Distance(r.fleet[id].mode, card.node, u.node)
	ends := r.nodePoint(card.node).Dist(card.place) + u.place.Dist(r.nodePoint(u.node))
	return t + ends/speed, ok
}

// seekCall sends a boat to the next call. Without one it brings its passengers to a shelter; without passengers it
// goes to the zone, when it has not been there, and waits.
func (r *Response) seekCall(at sim.Time, id sim.UnitID, begin bool) {
	u := &r.units[id]
	card, why, again := r.pick(at, id)
	switch {
	case card != nil:
		r.claim(at, id, card)
		r.goToCall(at, id, card)
	case u.aboard > 0:
		r.toShelter(at, id)
	case begin && r.meet[u.task.Zone] >= 0:
		r.travel(at, id, aimZone, r.meet[u.task.Zone])
	default:
		u.since = at
		r.rest(at, id, why, again)
	}
}

func (r *Response) goToCall(at sim.Time, id sim.UnitID, card *callCard) {
	u := &r.units[id]
	if u.node == card.node {
		u.aim, u.dest = aimCall, card.node
		r.set(at, id, sim.UnitUnderWay)
		r.approach(at, id)
		return
	}
	r.travel(at, id, aimCall, card.node)
}

// approach goes the last leg from the node, or from another party at the same node, straight to the party.
func (r *Response) approach(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	card := r.board.card(u.claim)
	if card == nil {
		r.seekCall(at, id, false)
		return
	}
	r.leg(at, id, card.place, true)
}

// reachCall asks population to let the party get in.
func (r *Response) reachCall(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	switch {
	case u.hasNext:
		r.takeUp(at, id)
	case r.board.card(u.claim) == nil:
		r.seekCall(at, id, false)
	default:
		r.stop(id, phaseAsking)
		r.set(at, id, sim.UnitOnScene)
		r.ports.Pickups.Post(at, int32(id), sim.Pickup{Unit: id, Party: u.claim, Seats: r.free(id)})
	}
}

// pickedUp is population's answer. It is counted whatever has become of the unit meanwhile.
func (r *Response) pickedUp(at sim.Time, e entry) {
	id, party := sim.UnitID(e.id), sim.PartyID(e.c)
	if card := r.board.card(party); card != nil {
		if e.a > 0 {
			r.closeCard(at, card)
		} else {
			card.again = at.Add(tryWait)
		}
	}
	u := &r.units[id]
	u.chairs += e.e
	switch {
	case u.phase != phaseAsking:
		r.stray(at, e)
	case e.a > 0:
		r.release(at, id)
		r.takeIn(at, id, e.a, e.b)
	case u.hasNext:
		r.takeUp(at, id)
	default:
		r.release(at, id)
		r.seekCall(at, id, false)
	}
}

func (r *Response) closeCard(at sim.Time, card *callCard) {
	if card.claim >= 0 {
		r.units[card.claim].claim = sim.None
	}
	r.trail.Change(at, trailCall, int32(card.party), 0)
	r.board.remove(card.party)
}

// rest lets a boat wait where it is. It looks again when there are calls that it could not take, or that may be tried
// again.
func (r *Response) rest(at sim.Time, id sim.UnitID, why sim.Text, again sim.Time) {
	u := &r.units[id]
	until := min(u.since.Add(sceneWait), again)
	if t := u.since.Add(idleMost); t > at {
		until = min(until, t)
	}
	if !why.Empty() {
		until = min(until, at.Add(tryWait))
		if !u.said {
			u.said = true
			r.failed(at, id, u.task, why)
		}
	}
	r.set(at, id, sim.UnitOnScene)
	r.wait(until, id, phaseScene)
}

// keepWaiting looks for a call again, and goes home when the boat has waited long enough.
func (r *Response) keepWaiting(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	card, why, again := r.pick(at, id)
	switch {
	case card != nil:
		r.claim(at, id, card)
		r.goToCall(at, id, card)
	case at.Sub(u.since) >= sceneWait:
		r.goHome(at, id)
	default:
		r.rest(at, id, why, again)
	}
}
