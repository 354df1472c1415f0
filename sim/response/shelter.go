package response

import (
	"slices"

	"sandtable/sim"
)

// shelter is one shelter with its staff, its list and its queue.
type shelter struct {
	open, opening bool
	shut          bool // by order
	staffed       bool // its staff has come, or the first of it
	full          bool // it has been said that it is full
	due           bool // a count is due to be told
	guarded       bool // the door is to be watched
	watched       bool // it is: somebody is free for it
	flooded       bool // water stands above the floor
	said          bool // it has been said why it cannot open
	counting      bool // heads are being counted
	rounds        bool // the next regular count is on the agenda
	turn          int32
	crew          int32    // of the staff, who are there, where it is counted
	inside        int32    // persons on the list
	special       int32    // of them, who need special care or cannot walk
	ill           int32    // who have needed a doctor so far
	missing       int32    // found gone at the last head count
	waiting       int32    // persons at the door or at a desk, who have their place
	held          int32    // persons at the door for whom there is none
	busy          int32    // desks at work
	zones         []int32  // persons on the list by the zone of their home; the last is for those without
	gone          []absent // who stand on the list and have left
	doorstep      []keptOut
	queue         []visitor
	head          int // first of the queue that is still there
	told          sim.Time
}

// visitor is a party at the door, or with out one that goes home and has its name taken off the list.
type visitor struct {
	party   sim.PartyID
	persons int32
	mode    sim.Mode
	out     bool
}

// keptOut is a party that the staff keeps at the door, and when it looks again for a place for it.
type keptOut struct {
	party   sim.PartyID
	persons int32
	due     sim.Time
}

// maskOut marks in an entry's flag who goes out.
const maskOut = 1 << 7

// entry makes an entry about a visitor.
func (v visitor) entry(kind entryKind, s sim.ShelterID) entry {
	e := entry{kind: kind, flag: uint8(v.mode), id: int32(s), a: int32(v.party), b: v.persons}
	if v.out {
		e.flag |= maskOut
	}
	return e
}

// visitorOf reads the visitor of an entry.
func visitorOf(e entry) visitor {
	return visitor{sim.PartyID(e.a), e.b, sim.Mode(e.flag &^ maskOut), e.flag&maskOut != 0}
}

const (
	// countEvery is the shortest time between two counts that a shelter tells (assumed).
	countEvery = 1 * sim.Minute
	// walkMost is the farthest that a party on foot is sent on [m] (assumed: three quarters of an hour).
	walkMost = 3000.0
	// mostSent is how often a party is sent on (assumed).
	mostSent = 3
	// holdEvery is when the staff looks again for a place for a party that it keeps at the door (assumed).
	holdEvery = 10 * sim.Minute
	// squeeze is the part of its capacity that a shelter takes in above it, 1/squeeze [-] (assumed: the areas per person
	// of GB 51143, from which capacities come, are for a stay of days).
	squeeze = 5
)

// room returns how many persons a shelter can still take, as its staff sees it: those on the list and those at its door
// have their place. A shut one, and one with water in it, takes none.
func (r *Response) room(s sim.ShelterID) int32 {
	x := &r.shelters[s]
	if x.shut || x.flooded {
		return 0
	}
	return int32(r.sc.Shelters[s].Capacity) - x.inside - x.waiting
}

// openShelter calls who has the key. Staff that has been there before is still there.
func (r *Response) openShelter(at sim.Time, s sim.ShelterID) {
	x := &r.shelters[s]
	x.shut = false
	if x.open || x.opening {
		return
	}
	delay := r.sc.Shelters[s].OpenDelay
	if x.staffed {
		delay = 0
	}
	x.opening = true
	x.turn++
	r.trail.Change(at, trailShelter, int32(s), 1)
	kind := entryOpen
	if !x.staffed && r.keys[s] >= 0 {
		kind = entryKey
	}
	r.agenda.Put(at.Add(delay), entry{kind: kind, id: int32(s), a: x.turn})
}

func (r *Response) staffArrives(at sim.Time, e entry) {
	x := &r.shelters[e.id]
	if x.turn != e.a || !x.opening {
		return
	}
	if x.flooded {
		r.cannotOpen(at, e, inWater)
		return
	}
	if !x.staffed {
		r.callStaff(at, e.id)
	}
	x.opening, x.open, x.staffed, x.said = false, true, true, false
	r.watch(at, e.id)
	r.nextHeads(at, e.id)
	r.trail.Change(at, trailShelter, e.id, 2)
	r.log.Emit(sim.Event{At: at, Kind: sim.EvShelterOpened, A: sim.Ref{Kind: sim.KindShelter, ID: e.id}, Count: x.inside})
	r.changed(at, e.id)
	r.serve(at, e.id)
}

// closeShelter turns away who waits at the door; who is at a desk is still taken in.
func (r *Response) closeShelter(at sim.Time, s sim.ShelterID) {
	x := &r.shelters[s]
	if x.shut {
		return
	}
	x.open, x.opening, x.shut = false, false, true
	x.turn++
	r.trail.Change(at, trailShelter, int32(s), 3)
	r.log.Emit(sim.Event{At: at, Kind: sim.EvShelterClosed, A: sim.RefTo(sim.KindShelter, s), Count: x.inside})
	r.emptyQueue(at, s)
	r.changed(at, int32(s))
}

// emptyQueue sends away who waits at the door of a shelter that takes nobody in any more. Who is about to go home still
// does.
func (r *Response) emptyQueue(at sim.Time, s sim.ShelterID) {
	x := &r.shelters[s]
	kept := x.queue[:0]
	for _, v := range x.queue[x.head:] {
		if v.out {
			kept = append(kept, v)
			continue
		}
		x.waiting -= v.persons
		r.turnAway(at, s, v, r.nextShelter(s, v))
	}
	x.queue, x.head = kept, 0
}

// knock is a party at the door. With a place it waits for a desk; without one it is sent on, squeezed in, or kept at
// the door. A shelter that nobody has opened calls its staff when the first party knocks. Who stands on the list
// already has a place.
func (r *Response) knock(at sim.Time, e entry) {
	s, v := sim.ShelterID(e.id), visitorOf(e)
	x := &r.shelters[s]
	if e.c > 0 && !r.leavesStep(at, e.id, func(k keptOut) bool { return k.party == v.party && k.due == at }) {
		return // it has gone meanwhile
	}
	if v.out {
		x.queue = append(x.queue, v)
		r.serve(at, e.id)
		return
	}
	if v.persons > r.room(s)+x.kept(v.party) {
		if !x.shut && !x.flooded {
			r.sayFull(at, s)
		}
		next := r.nextShelter(s, v)
		switch {
		case x.shut || x.flooded || next >= 0:
			r.turnAway(at, s, v, next)
			return
		case v.persons > r.room(s)+int32(r.sc.Shelters[s].Capacity)/squeeze:
			r.hold(at, s, v)
			return
		}
	}
	x.waiting += v.persons
	x.queue = append(x.queue, v)
	if r.room(s) <= 0 {
		r.sayFull(at, s)
	}
	if !x.open && !x.opening {
		r.openShelter(at, s)
	}
	r.changed(at, e.id)
	r.serve(at, e.id)
}

// hold keeps a party at the door, in the dry, until there is a place here or somewhere else.
func (r *Response) hold(at sim.Time, s sim.ShelterID, v visitor) {
	x := &r.shelters[s]
	x.held += v.persons
	x.doorstep = append(x.doorstep, keptOut{v.party, v.persons, at.Add(holdEvery)})
	r.trail.Change(at, trailHold, int32(v.party), uint64(uint32(s)))
	e := v.entry(entryKnock, s)
	e.c = 1
	r.agenda.Put(at.Add(holdEvery), e)
	r.changed(at, int32(s))
}

// leavesStep takes the first of those that is meant from among who is kept at the door; it says whether there was one.
func (r *Response) leavesStep(at sim.Time, s int32, meant func(keptOut) bool) bool {
	x := &r.shelters[s]
	k := slices.IndexFunc(x.doorstep, meant)
	if k < 0 {
		return false
	}
	x.held -= x.doorstep[k].persons
	x.doorstep = slices.Delete(x.doorstep, k, k+1)
	r.changed(at, s)
	return true
}

// away notes that a party has left the door: it is kept there no more, and nobody keeps its turn. Who is at a desk
// already is seen to all the same.
func (r *Response) away(at sim.Time, s int32, party sim.PartyID) {
	x := &r.shelters[s]
	for r.leavesStep(at, s, func(k keptOut) bool { return k.party == party }) {
	}
	for k := x.head; k < len(x.queue); k++ {
		if v := x.queue[k]; v.party == party && !v.out {
			x.waiting -= v.persons
			x.queue = slices.Delete(x.queue, k, k+1)
			r.trail.Change(at, trailHold, int32(party), uint64(uint32(s)))
			return
		}
	}
}

func (r *Response) sayFull(at sim.Time, s sim.ShelterID) {
	x := &r.shelters[s]
	if x.full {
		return
	}
	x.full = true
	r.log.Emit(sim.Event{At: at, Kind: sim.EvShelterFull, A: sim.RefTo(sim.KindShelter, s), Count: x.inside})
}

// nextShelter returns where a party may be sent on: the nearest other shelter that has room for all that the staff has
// been told, open ones first, to which there is a way now by the mode in which the party came, within walkMost for
// walkers; None when there is none, or when it has been sent on mostSent times.
func (r *Response) nextShelter(s sim.ShelterID, v visitor) sim.ShelterID {
	if r.sent[v.party] >= mostSent {
		return sim.None
	}
	mode := sim.ModeFoot
	if v.mode == sim.ModeCar {
		mode = sim.ModeCar
	}
	from := r.sites.Shelter[s]
	for _, open := range [...]bool{true, false} {
		r.near.Reset()
		for k := range r.shelters {
			o := sim.ShelterID(k)
			metres, t := r.router.AtLeast(mode, from, r.sites.Shelter[o])
			tooFar := mode == sim.ModeFoot && metres > walkMost
			if o != s && r.newsOf(s, o).open == open && r.believedRoom(s, o) >= v.persons && !tooFar {
				r.near.Offer(int32(k), t)
			}
		}
		next, _ := r.near.Find(func(k int32) (float64, bool) {
			metres, t, ok := r.router.Distance(mode, from, r.sites.Shelter[k])
			return t, ok && (mode != sim.ModeFoot || metres <= walkMost)
		})
		if next >= 0 {
			return sim.ShelterID(next)
		}
	}
	return sim.None
}

// turnAway tells a party that it cannot come in, and where to go instead. The staff remembers whom it has sent where.
func (r *Response) turnAway(at sim.Time, s sim.ShelterID, v visitor, next sim.ShelterID) {
	if next >= 0 {
		r.sent[v.party]++
		r.newsOf(s, next).taken += v.persons
	}
	r.trail.Change(at, trailRegister, int32(v.party), uint64(uint32(next)))
	r.ports.Admissions.Post(at, int32(v.party), sim.Admission{Party: v.party, Shelter: s, Next: next})
}

// serve gives free desks to the parties in front. A desk registers a party person by person, and takes it off the list
// in the same time.
func (r *Response) serve(at sim.Time, s int32) {
	x, spec := &r.shelters[s], &r.sc.Shelters[s]
	for (x.open || x.staffed && x.shut) && x.head < len(x.queue) && x.busy < r.desks(s) {
		v := x.queue[x.head]
		x.head++
		x.busy++
		r.agenda.Put(at.Add(sim.Duration(v.persons)*spec.Registration), v.entry(entryDesk, sim.ShelterID(s)))
	}
	if x.head*2 >= len(x.queue) { // the front half has gone
		x.queue = x.queue[:copy(x.queue, x.queue[x.head:])]
		x.head = 0
	}
}

// registered takes a party in, or lets it out, and calls the next one to the desk. The place of who comes in is kept
// until those who are in are on the list: see stay.
func (r *Response) registered(at sim.Time, e entry) {
	v := visitorOf(e)
	r.shelters[e.id].busy--
	r.trail.Change(at, trailRegister, e.a, uint64(uint32(e.id))<<32|uint64(uint32(e.b)))
	r.ports.Admissions.Post(at, e.a, sim.Admission{Party: v.party, Shelter: sim.ShelterID(e.id), Persons: v.persons,
		Next: sim.None, Admitted: !v.out, Out: v.out})
	r.changed(at, e.id)
	r.serve(at, e.id)
}

// changed has the new count told, at the most once in countEvery.
func (r *Response) changed(at sim.Time, s int32) {
	x := &r.shelters[s]
	if x.due {
		return
	}
	x.due = true
	r.agenda.Put(max(at, x.told.Add(countEvery)), entry{kind: entryCount, id: s})
}

func (r *Response) tellCount(at sim.Time, s int32) {
	x := &r.shelters[s]
	x.due, x.told = false, at
	r.ports.ShelterCounts.Post(at, s, sim.ShelterCount{Shelter: sim.ShelterID(s), Open: x.open, Shut: x.shut || x.flooded,
		Inside: x.inside, Waiting: x.waiting + x.held, Special: x.special, Ill: x.ill, Missing: x.missing})
}
