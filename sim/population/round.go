package population

import (
	"slices"

	"sandtable/sim"
)

// round is the visit to every door of a zone: to warn, or to search it to the last house. Workers of the zone's post
// take pieces of the tour, one worker at a door; what they cannot reach for water they come back to.
type round struct {
	Serial  int32 // of the broadcast that it carries
	Also    int32 // of a statement that workers have to say as well, at every further door; none without
	Post    sim.PostID
	Search  bool
	Over    bool     // nothing more is to be done: the last door, another round, or its workers were called off
	Next    int32    // stop of the tour that is given out next
	Workers int32    // on it now
	Doors   int32    // knocked at
	Found   int32    // persons behind them
	Told    sim.Time // of the last word about it
	Done    sim.Time // when the last door was done; Never before
	Left    []left   // stops that were passed over, in that order
}

// left is a stop that was passed over, and when it is tried again.
type left struct {
	Stop int32
	From sim.Time
}

const (
	// retryDoor is how long a door that water keeps workers from is left alone (assumed).
	retryDoor = 10 * sim.Minute
	// doorsTold is the longest time between two words about a round under way (assumed).
	doorsTold = 15 * sim.Minute
	// leastTenths is from how many doors on every tenth of them is told (assumed).
	leastTenths = 50
	// mostPiece is how many stops a worker takes at once at the most (assumed).
	mostPiece = 20
)

// startRound begins the round of a broadcast, in the place of any other one of its zone. A statement is said by those
// who go round already.
func (p *People) startRound(at sim.Time, serial int32, search bool) {
	zone := p.broadcasts[serial].Zone
	post := p.sites.Zone[zone].Post
	if k := p.roundIn(zone); k >= 0 && p.broadcasts[serial].Order == sim.OrderStatement {
		p.rounds[k].Also = serial
		return
	}
	p.endRounds(zone)
	k := int32(len(p.rounds))
	p.rounds = append(p.rounds, round{Serial: serial, Also: none, Post: post, Search: search, Told: at, Done: sim.Never})
	p.active[post] = append(p.active[post], k)
	if search {
		p.search[zone] = k
	}
	p.agenda.Put(at, entry{what: doAllot, id: int32(post)}) // after the other orders of this instant have come in
}

// roundIn returns the round under way in a zone; none without one.
func (p *People) roundIn(zone sim.ZoneID) int32 {
	if post := p.sites.Zone[zone].Post; post >= 0 {
		for _, k := range p.active[post] {
			if r := &p.rounds[k]; p.broadcasts[r.Serial].Zone == zone && !p.stopped(r) {
				return k
			}
		}
	}
	return none
}

// endRounds ends the rounds of a zone: its workers stop at the door where they are, and go back to their post. Who
// withdraws crews from a zone ends them so.
func (p *People) endRounds(zone sim.ZoneID) {
	post := p.sites.Zone[zone].Post
	if post < 0 {
		return
	}
	for i := len(p.active[post]) - 1; i >= 0; i-- {
		if k := p.active[post][i]; p.broadcasts[p.rounds[k].Serial].Zone == zone {
			p.endRound(k)
		}
	}
}

// endRound ends a round.
func (p *People) endRound(k int32) {
	r := &p.rounds[k]
	r.Over = true
	p.active[r.Post] = slices.DeleteFunc(p.active[r.Post], func(i int32) bool { return i == k })
}

// stopped says whether a round goes on no longer.
func (p *People) stopped(r *round) bool { return r.Over || p.isLost(&p.broadcasts[r.Serial]) }

// rest returns how many stops of a round nobody has been given yet and that can be given now.
func (p *People) rest(at sim.Time, r *round) int32 {
	if p.stopped(r) {
		return 0
	}
	n := int32(len(p.tourOf(p.broadcasts[r.Serial].Zone).stops)) - r.Next
	for _, l := range r.Left {
		if l.From <= at {
			n++
		}
	}
	return n
}

// neediest returns the round of a post with the most stops left for each worker, one more counted; none without any.
func (p *People) neediest(at sim.Time, post sim.PostID) int32 {
	best, most, among := none, int32(0), int32(1)
	for _, k := range p.active[post] {
		r := &p.rounds[k]
		if n := p.rest(at, r); n > 0 && int64(n)*int64(among) > int64(most)*int64(r.Workers+1) {
			best, most, among = k, n, r.Workers+1
		}
	}
	return best
}

// forsaken says whether a round of the post, other than k, has something to be done and no worker.
func (p *People) forsaken(at sim.Time, post sim.PostID, k int32) bool {
	for _, i := range p.active[post] {
		if r := &p.rounds[i]; i != k && r.Workers == 0 && p.rest(at, r) > 0 {
			return true
		}
	}
	return false
}

// piece gives out the next stops of a round: of those not yet given half an even share of what is left, and else one
// that was passed over.
func (p *People) piece(at sim.Time, r *round) (from, to int32, ok bool) {
	stops := int32(len(p.tourOf(p.broadcasts[r.Serial].Zone).stops))
	if r.Next < stops {
		n := max(1, min(mostPiece, (stops-r.Next)/(2*max(p.crews[r.Post].Size, 1))))
		from = r.Next
		r.Next += n
		return from, r.Next, true
	}
	for i, l := range r.Left {
		if l.From <= at {
			r.Left = slices.Delete(r.Left, i, i+1)
			return l.Stop, l.Stop + 1, true
		}
	}
	return 0, 0, false
}

// knocked counts a door and who is behind it, and tells of the round where that is due.
func (p *People) knocked(at sim.Time, k, found int32) {
	r := &p.rounds[k]
	r.Doors++
	r.Found += found
	all := p.tourOf(p.broadcasts[r.Serial].Zone).doors
	if at.Sub(r.Told) >= doorsTold || all >= leastTenths && r.Doors%(all/10) == 0 && r.Doors < all {
		p.tellRound(at, r, sim.Ref{Kind: sim.KindCounty})
	}
}

// closeRound ends a round when its last door is done, and sends the result of a search to the post.
func (p *People) closeRound(at sim.Time, k int32) {
	r := &p.rounds[k]
	zone := p.broadcasts[r.Serial].Zone
	if p.stopped(r) || r.Workers > 0 || int(r.Next) < len(p.tourOf(zone).stops) {
		return
	}
	if len(r.Left) > 0 {
		if at.Sub(r.Told) >= doorsTold && p.rest(at, r) == 0 {
			p.tellRound(at, r, sim.Ref{Kind: sim.KindCounty})
		}
		return
	}
	r.Done = at
	p.endRound(k)
	p.tellRound(at, r, sim.RefTo(sim.KindZone, zone))
	p.trail.Change(at, changeRound, k, uint64(uint32(r.Doors))<<32|uint64(uint32(r.Found)))
	if r.Search {
		p.reportZone(at, zone)
	}
}

// tellRound says how far a round has come.
func (p *People) tellRound(at sim.Time, r *round, done sim.Ref) {
	zone := p.broadcasts[r.Serial].Zone
	r.Told = at
	all := p.tourOf(zone).doors
	text := sim.Say("入户叫应：%d户中已到%d户，在家%d人", "of %d doors %d knocked at, %d persons in", all, r.Doors, r.Found)
	if r.Search {
		text = sim.Say("逐户清查：%d户中已查%d户，仍有%d人", "of %d doors %d checked, %d persons still there", all, r.Doors, r.Found)
	}
	if n := len(r.Left); n > 0 && r.Workers == 0 {
		text = sim.Say("%s；%d处因水暂不能到达", "%s; out of reach for water: %d", text, n)
	}
	p.log.Emit(sim.Event{At: at, Kind: sim.EvDoors, A: sim.RefTo(sim.KindZone, zone), B: sim.RefTo(sim.KindPost, r.Post),
		C: done, Count: r.Doors, Num: float64(r.Found), Text: text})
}

// searched fills in what the last search of a zone has found.
func (p *People) searched(z sim.ZoneID, to *sim.ZoneReport) {
	k := p.search[z]
	if k < 0 {
		return
	}
	r := &p.rounds[k]
	to.Doors, to.Searched, to.Remaining = p.tourOf(z).doors, r.Doors, r.Found
	if r.Done < sim.Never {
		to.Done = r.Done
	}
}

// reportZone sends at once what the people on the spot have counted in a zone.
func (p *People) reportZone(at sim.Time, z sim.ZoneID) {
	p.reported[z] = p.zoneReport(z)
	p.ports.ZoneReports.Post(at, int32(z), p.reported[z])
}
