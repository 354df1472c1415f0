package response

import "sandtable/sim"

// shelter is one shelter with its staff, its register and its queue.
type shelter struct {
	open, opening bool
	shut          bool // by order
	staffed       bool // its staff has come
	full          bool // it has been said that it is full
	due           bool // a count is due to be told
	turn          int32
	inside        int32 // persons registered
	waiting       int32 // persons at the door or at a desk, who have their place
	held          int32 // persons at the door for whom there is none
	busy          int32 // desks at work
	queue         []visitor
	head          int // first of the queue that is still there
	told          sim.Time
}

// visitor is a party at the door.
type visitor struct {
	party   sim.PartyID
	persons int32
	mode    sim.Mode
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

// room returns how many persons a shelter can still take: those at its door have their place. A shut one takes none.
func (r *Response) room(s sim.ShelterID) int32 {
	x := &r.shelters[s]
	if x.shut {
		return 0
	}
	return int32(r.sc.Shelters[s].Capacity) - x.inside - x.waiting
}

// openShelter calls the staff. Staff that has been there before is still there.
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
	r.agenda.Put(at.Add(delay), entry{kind: entryOpen, id: int32(s), a: x.turn})
}

func (r *Response) staffArrives(at sim.Time, e entry) {
	x := &r.shelters[e.id]
	if x.turn != e.a || !x.opening {
		return
	}
	x.opening, x.open, x.staffed = false, true, true
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
	queue := x.queue[x.head:]
	for _, v := range queue {
		x.waiting -= v.persons
		r.turnAway(at, s, v, r.nextShelter(s, v))
	}
	x.queue, x.head = x.queue[:0], 0
	r.changed(at, int32(s))
}

// knock is a party at the door. With a place it waits for a desk; without one it is sent on, squeezed in, or kept at
// the door. A shelter that nobody has opened calls its staff when the first party knocks.
func (r *Response) knock(at sim.Time, e entry) {
	s, v := sim.ShelterID(e.id), visitor{sim.PartyID(e.a), e.b, sim.Mode(e.flag)}
	x := &r.shelters[s]
	if e.c > 0 { // it has been kept at the door
		x.held -= v.persons
		r.changed(at, e.id)
	}
	if v.persons > r.room(s) {
		if !x.shut {
			r.sayFull(at, s)
		}
		next := r.nextShelter(s, v)
		switch {
		case x.shut || next >= 0:
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
	r.shelters[s].held += v.persons
	r.trail.Change(at, trailHold, int32(v.party), uint64(uint32(s)))
	r.agenda.Put(at.Add(holdEvery), entry{kind: entryKnock, flag: uint8(v.mode), id: int32(s), a: int32(v.party),
		b: v.persons, c: 1})
	r.changed(at, int32(s))
}

func (r *Response) sayFull(at sim.Time, s sim.ShelterID) {
	x := &r.shelters[s]
	if x.full {
		return
	}
	x.full = true
	r.log.Emit(sim.Event{At: at, Kind: sim.EvShelterFull, A: sim.RefTo(sim.KindShelter, s), Count: x.inside})
}

// nextShelter returns where a party may be sent on: the nearest other shelter with room, open ones first, to which
// there is a way now by the mode in which the party came, within walkMost for walkers; None when there is none, or when
// it has been sent on mostSent times.
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
			if o != s && r.shelters[k].open == open && r.room(o) >= v.persons && !tooFar {
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

// turnAway tells a party that it cannot come in, and where to go instead.
func (r *Response) turnAway(at sim.Time, s sim.ShelterID, v visitor, next sim.ShelterID) {
	if next >= 0 {
		r.sent[v.party]++
	}
	r.trail.Change(at, trailRegister, int32(v.party), uint64(uint32(next)))
	r.ports.Admissions.Post(at, int32(v.party), sim.Admission{Party: v.party, Shelter: s, Next: next})
}

// serve gives free desks to the parties in front. A desk registers a party person by person.
func (r *Response) serve(at sim.Time, s int32) {
	x, spec := &r.shelters[s], &r.sc.Shelters[s]
	for x.open && x.head < len(x.queue) && x.busy < int32(spec.Desks) {
		v := x.queue[x.head]
		x.head++
		x.busy++
		r.agenda.Put(at.Add(sim.Duration(v.persons)*spec.Registration),
			entry{kind: entryDesk, id: s, a: int32(v.party), b: v.persons})
	}
	if x.head*2 >= len(x.queue) { // the front half has gone
		x.queue = x.queue[:copy(x.queue, x.queue[x.head:])]
		x.head = 0
	}
}

// registered takes a party in and calls the next one to the desk.
func (r *Response) registered(at sim.Time, e entry) {
	x := &r.shelters[e.id]
	x.busy--
	x.waiting -= e.b
	x.inside += e.b
	r.count.admitted += int64(e.b)
	r.trail.Change(at, trailRegister, e.a, uint64(uint32(e.id))<<32|uint64(uint32(e.b)))
	r.ports.Admissions.Post(at, e.a, sim.Admission{Party: sim.PartyID(e.a), Shelter: sim.ShelterID(e.id), Admitted: true,
		Next: sim.None})
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
	r.ports.ShelterCounts.Post(at, s, sim.ShelterCount{Shelter: sim.ShelterID(s), Open: x.open, Inside: x.inside,
		Waiting: x.waiting + x.held})
}
