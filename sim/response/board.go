package response

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// board is the board of open calls: who is stranded and has called for help.
type board struct {
	calls  []callCard
	spare  []int32   // cards that are free to be used again
	cardOf []int32   // of each party; none where it has no open call
	open   [][]int32 // cards of each zone; the last list is that of places outside every zone
}

// callCard is one open call.
type callCard struct {
	used    bool
	party   sim.PartyID
	zone    sim.ZoneID
	persons int32
	chairs  int32 // of them, who cannot walk
	depth   int32 // of the water there [mm]
	node    sim.NodeID
	place   geo.Point
	claim   sim.UnitID // the unit that goes there
	again   sim.Time   // no unit tries it before
	pos     int32      // in the zone's list
}

// none is the id of nothing, for plain int32 ids.
const none int32 = sim.None

func newBoard(zones, parties int) board {
	b := board{cardOf: make([]int32, parties), open: make([][]int32, zones+1)}
	for i := range b.cardOf {
		b.cardOf[i] = none
	}
	return b
}

func (b *board) list(z sim.ZoneID) *[]int32 {
	if z < 0 {
		return &b.open[len(b.open)-1]
	}
	return &b.open[z]
}

// card returns the open call of a party, or nil.
func (b *board) card(p sim.PartyID) *callCard {
	if p < 0 || int(p) >= len(b.cardOf) || b.cardOf[p] == none {
		return nil
	}
	return &b.calls[b.cardOf[p]]
}

func (b *board) add(c callCard) {
	k := int32(len(b.calls))
	if n := len(b.spare); n > 0 {
		k, b.spare = b.spare[n-1], b.spare[:n-1]
	} else {
		b.calls = append(b.calls, callCard{})
	}
	list := b.list(c.zone)
	c.used, c.pos = true, int32(len(*list))
	*list = append(*list, k)
	b.calls[k] = c
	b.cardOf[c.party] = k
}

func (b *board) remove(p sim.PartyID) {
	k := b.cardOf[p]
	c := &b.calls[k]
	list := b.list(c.zone)
	last := (*list)[len(*list)-1]
	(*list)[c.pos] = last
	b.calls[last].pos = c.pos
	*list = (*list)[:len(*list)-1]
	*c = callCard{}
	b.cardOf[p] = none
	b.spare = append(b.spare, k)
}

// call opens, changes or closes the call of a party.
func (r *Response) call(at sim.Time, e entry) {
	party := sim.PartyID(e.id)
	if party < 0 || int(party) >= len(r.board.cardOf) {
		panic(fmt.Sprintf("response: %v: a call of party %d of %d", at, party, len(r.board.cardOf)))
	}
	card := callCard{party: party, zone: sim.ZoneID(e.a), persons: e.b, chairs: e.e, depth: e.d, node: sim.NodeID(e.c),
		place: geo.Point{X: e.x, Y: e.y}, claim: sim.None}
	if old := r.board.card(party); old != nil {
		card.claim, card.again = old.claim, old.again
		r.board.remove(party)
	}
	if e.flag == 0 {
		if card.claim >= 0 {
			r.units[card.claim].claim = sim.None
		}
		r.trail.Change(at, trailCall, e.id, 0)
		return
	}
	r.board.add(card)
	r.trail.Change(at, trailCall, e.id, uint64(uint32(e.c))<<32|uint64(uint32(e.b)))
	if card.claim < 0 {
		r.wake(at, card)
	}
}

// wake sends the nearest boat or van that waits for calls of that zone; when there is none, a boat that may leave its
// own.
func (r *Response) wake(at sim.Time, card callCard) {
	if r.count.idle == 0 {
		return
	}
	best, bestOwn, nearest := sim.UnitID(sim.None), false, 0.0
	for k := range r.units {
		id, u := sim.UnitID(k), &r.units[k]
		own := card.zone < 0 || u.task.Zone == card.zone
		if u.phase != phaseScene || !r.fits(id, &card) || !own && (bestOwn || !r.mayRoam(at, id)) {
			continue
		}
		if d := u.place.Dist2(card.place); best < 0 || (own && !bestOwn) || d < nearest {
			best, bestOwn, nearest = id, own, d
		}
	}
	if best >= 0 {
		r.keepWaiting(at, best)
	}
}

// claim gives a call to a unit; release gives it back.
func (r *Response) claim(at sim.Time, id sim.UnitID, card *callCard) {
	card.claim = id
	u := &r.units[id]
	u.claim = card.party
	if u.away = sim.None; card.zone != u.task.Zone {
		u.away = card.zone
	}
	r.trail.Change(at, trailClaim, int32(id), uint64(uint32(card.party)))
}

func (r *Response) release(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	if u.claim < 0 {
		return
	}
	if card := r.board.card(u.claim); card != nil && card.claim == id {
		card.claim = sim.None
	}
	u.claim = sim.None
	r.trail.Change(at, trailClaim, int32(id), 0)
}
