package population

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// crew are the people of a post who can be sent out: to knock at doors, to search a zone, to help a special-care
// person. This is their one account: how many there are command says (sim.PostWorkers), which has messengers of its
// own; whoever sends somebody out takes him with takeWorker and gives him back.
type crew struct {
	Size int32 // at hand in all
	Busy int32 // of them, out; more than Size when there are fewer than before: then rounds let theirs go
}

// takeWorker sends one worker of a post out for something else than a round, and says whether one was free.
func (p *People) takeWorker(post sim.PostID) bool {
	c := &p.crews[post]
	if c.Busy >= c.Size {
		return false
	}
	c.Busy++
	return true
}

// giveWorker takes a worker back who was sent out by takeWorker.
func (p *People) giveWorker(at sim.Time, post sim.PostID) {
	p.crews[post].Busy--
	p.agenda.Put(at, entry{what: doAllot, id: int32(post)})
}

// onPostWorkers notes how many people a post has for such things from now on.
func (p *People) onPostWorkers(at sim.Time, m sim.PostWorkers) {
	if m.Post < 0 || int(m.Post) >= len(p.crews) {
		return
	}
	c := &p.crews[m.Post]
	more := m.Workers > c.Size
	if c.Size = max(m.Workers, 0); more {
		p.agenda.Put(p.start(at), entry{what: doAllot, id: int32(m.Post)})
	}
}

// worker is one person of a post on a round. The record of one who is back is used again.
type worker struct {
	Post     sim.PostID // None for a record that is free
	Round    int32      // none on the way back
	From, To int32      // stops of the tour that are his, the present one first
	Door     int32      // of the present stop: doors done there
	Due      sim.Time   // when he is at the next door, or back
	At       geo.Point  // where he was last
	Node     sim.NodeID // of the network there
}

// mostWorkers is the most people of one post.
const mostWorkers = 10000

// none is the id of nothing, for plain int32 ids.
const none int32 = sim.None

const (
	// roundabout is how much longer the way between two houses is than the straight line [-] (assumed; 1.2 to 1.4 is
	// usual in built-up places).
	roundabout = 1.3
	// nearDoor is up to how far a worker walks to the next house without looking at the roads [m] (assumed).
	nearDoor = 300.0
	// doorGap is the way between two doors of one building (assumed).
	doorGap = 10 * sim.Second
	// knockTime is how long a worker knocks where nobody answers, or who has heard already is on the point of leaving
	// (assumed).
	knockTime = 20 * sim.Second
)

// allot sends out who is free at a post, to where most is left to be done.
func (p *People) allot(at sim.Time, post sim.PostID) {
	for p.crews[post].Busy < p.crews[post].Size {
		if p.neediest(at, post) < 0 {
			return
		}
		k := p.newWorker(post)
		if !p.assign(at, k) {
			p.release(k)
			return
		}
	}
}

// newWorker lets a worker step out of the door of his post.
func (p *People) newWorker(post sim.PostID) int32 {
	p.crews[post].Busy++
	w := worker{Post: post, Round: none, Due: sim.Never, At: scenario.Point(p.sc.Posts[post].Place),
		Node: p.sites.Post[post]}
	for k := range p.workers {
		if p.workers[k].Post < 0 {
			p.workers[k] = w
			return int32(k)
		}
	}
	p.workers = append(p.workers, w)
	return int32(len(p.workers) - 1)
}

// release frees a worker for something else.
func (p *People) release(k int32) {
	p.crews[p.workers[k].Post].Busy--
	p.workers[k] = worker{Post: sim.None, Round: none, Due: sim.Never}
}

// assign gives a worker the next piece of the round that needs him most and sends him there, and says whether there was
// one that he can reach.
func (p *People) assign(at sim.Time, k int32) bool {
	for {
		best := p.neediest(at, p.workers[k].Post)
		if best < 0 {
			return false
		}
		from, to, ok := p.piece(at, &p.rounds[best])
		if !ok {
			return false
		}
		w := &p.workers[k]
		w.Round, w.From, w.To, w.Door = best, from, to, 0
		p.rounds[best].Workers++
		if p.walkOnTo(at, k) {
			return true
		}
		p.leaveRound(at, k)
	}
}

// walkOnTo sends a worker to the first stop of his piece that he can reach; stops that he cannot reach are left for
// later. It says whether there was one.
func (p *People) walkOnTo(at sim.Time, k int32) bool {
	w := &p.workers[k]
	r := &p.rounds[w.Round]
	stops := p.tourOf(p.broadcasts[r.Serial].Zone).stops
	passed := false
	for ; w.From < w.To; w.From++ {
		if way, ok := p.workerWay(w, stops[w.From].B); ok {
			w.Due = at.Add(way)
			p.agenda.Put(w.Due, entry{what: doDoor, id: k})
			return true
		}
		r.Left = append(r.Left, left{w.From, at.Add(retryDoor)})
		if !passed {
			p.agenda.Put(at.Add(retryDoor), entry{what: doAllot, id: int32(w.Post)})
		}
		passed = true
	}
	return false
}

// leaveRound takes a worker off his round; the stops of his piece that are not done are there for others.
func (p *People) leaveRound(at sim.Time, k int32) {
	w := &p.workers[k]
	r := &p.rounds[w.Round]
	for ; w.From < w.To; w.From++ {
		r.Left = append(r.Left, left{w.From, at})
	}
	r.Workers--
	over := w.Round
	w.Round = none
	p.closeRound(at, over)
}

// workerWay returns how long a worker takes to a building, and whether he gets there: straight on foot to one near by,
// and to one farther off by the roads where that is faster. He goes through water as able adults do.
func (p *People) workerWay(w *worker, b sim.BuildingID) (sim.Duration, bool) {
	to := p.sc.Buildings[b].At
	if !workerLimit().Allows(p.wetness(p.placeWater(b))) {
		return 0, false
	}
	far := w.At.Dist(to)
	way, ok := walkFor(far*roundabout), p.canGo(w.At, to, workerLimit())
	if ok && far <= nearDoor {
		return way, true
	}
	if road, open := p.workerRoad(w, b); open && (!ok || road < way) {
		return road, true
	}
	return way, ok
}

// workerRoad returns how long a worker takes to a building by the roads, on a two-wheeler or else on foot, and whether
// he gets there.
func (p *People) workerRoad(w *worker, b sim.BuildingID) (sim.Duration, bool) {
	to, node := p.sc.Buildings[b].At, p.sc.Buildings[b].Node
	if w.Node < 0 || node < 0 || !p.canGo(w.At, p.sc.Nodes[w.Node].At, workerLimit()) ||
		!p.canGo(p.sc.Nodes[node].At, to, workerLimit()) {
		return 0, false
	}
	legs := walkFor(w.At.Dist(p.sc.Nodes[w.Node].At) + p.sites.Building[b].Access)
	if _, seconds, ok := p.router.Distance(sim.ModeBike, w.Node, node); ok {
		return legs + span(seconds), true
	}
	metres, _, ok := p.router.Distance(sim.ModeFoot, w.Node, node)
	return legs + walkFor(metres), ok
}

// walkFor returns how long a worker takes on foot.
func walkFor(metres float64) sim.Duration { return span(metres / scenario.TourSpeed) }

// workerLimit is the water through which a worker goes.
func workerLimit() harm.Limit { return harm.Wading.Rows[harm.WalkerAble].Limit }

func (p *People) wetness(w sim.Water) (depth, speed float64) { return w.Depth, speedOf(w) }

// canGo says whether somebody can go straight from one place to another: it looks at the water every half cell.
func (p *People) canGo(from, to geo.Point, limit harm.Limit) bool {
	way := to.Sub(from)
	steps := max(1, num.CeilInt(from.Dist(to)/(p.water.grid.Cell/2)))
	for k := 1; k <= steps; k++ {
		w := p.waterAt(from.Add(way.Scale(float64(k) / float64(steps))))
		if !limit.Allows(w.Depth, speedOf(w)) {
			return false
		}
	}
	return true
}

// atNextDoor is what a worker does at the next door, when he has done the last one, or when he is back.
func (p *People) atNextDoor(at sim.Time, k int32) {
	w := &p.workers[k]
	if w.Post < 0 || w.Due != at {
		return
	}
	w.Due = sim.Never
	if w.Round < 0 {
		post := w.Post
		p.release(k)
		p.allot(at, post)
		return
	}
	r := &p.rounds[w.Round]
	crew := &p.crews[w.Post]
	switch {
	case crew.Busy > crew.Size: // he is wanted elsewhere
		p.leaveRound(at, k)
		p.release(k)
	case p.stopped(r) || w.From >= w.To || r.Workers > 1 && p.forsaken(at, w.Post, w.Round):
		p.leaveRound(at, k)
		if !p.assign(at, k) {
			p.goBackToPost(at, k)
		}
	case w.Door == 0 && p.waterInTheWay(w, p.tourOf(p.broadcasts[r.Serial].Zone).stops[w.From].B):
		p.stopAtWater(at, k)
	default:
		p.knockHere(at, k)
	}
}

// waterInTheWay says whether a worker who was on his way to a building does not come to it for water that was not there
// when he set out: more than an able adult wades at its door, or straight between it and where he was last, with no way
// round by the roads. Who is in a building goes through it to its last door.
func (p *People) waterInTheWay(w *worker, b sim.BuildingID) bool {
	if !workerLimit().Allows(p.wetness(p.placeWater(b))) {
		return true
	}
	if p.canGo(w.At, p.sc.Buildings[b].At, workerLimit()) {
		return false
	}
	_, open := p.workerRoad(w, b)
	return !open
}

// stopAtWater lets a worker whom water has stopped go on from where he was last. That he is there when he would have
// been at the door means that he has turned round half-way (assumed). The door is tried again later, like any that
// cannot be reached.
func (p *People) stopAtWater(at sim.Time, k int32) {
	if !p.walkOnTo(at, k) {
		p.workers[k].Due = at
		p.agenda.Put(at, entry{what: doDoor, id: k})
	}
}

// knockHere is a worker's visit to one door: who is in is told, and he goes on.
func (p *People) knockHere(at sim.Time, k int32) {
	w := &p.workers[k]
	r := &p.rounds[w.Round]
	b := &p.broadcasts[r.Serial]
	here := p.tourOf(b.Zone).stops[w.From]
	w.At, w.Node = p.sc.Buildings[here.B].At, p.sc.Buildings[here.B].Node
	p.answers = p.behind(here.B, here.From+w.Door, p.answers[:0])
	stay, helping, found := knockTime, sim.Duration(0), int32(0)
	for _, q := range p.answers {
		found += p.alive[q]
		if p.told[q].Order != int8(b.Order) || p.stage[q] != sim.StagePreparing {
			stay = p.ways[b.Channel].talk
		}
	}
	for _, q := range p.answers {
		p.hear(at, q, r.Serial)
		if r.Also >= 0 {
			p.hear(at, q, r.Also)
		}
		helping += p.workerAtDoor(at, q)
	}
	stay += helping
	p.knocked(at, w.Round, found)
	if w.Door++; here.From+w.Door < here.To {
		w.Due = at.Add(stay + doorGap)
		p.agenda.Put(w.Due, entry{what: doDoor, id: k})
		return
	}
	w.From, w.Door = w.From+1, 0
	if !p.walkOnTo(at.Add(stay), k) {
		w.Due = at.Add(stay)
		p.agenda.Put(w.Due, entry{what: doDoor, id: k})
	}
}

// goBackToPost sends a worker home for whom nothing is left to be done.
func (p *People) goBackToPost(at sim.Time, k int32) {
	w := &p.workers[k]
	w.Round, w.From, w.To = none, 0, 0
	home := p.sites.Post[w.Post]
	way := walkFor(w.At.Dist(scenario.Point(p.sc.Posts[w.Post].Place)) * roundabout)
	if w.Node >= 0 && home >= 0 {
		if _, seconds, ok := p.router.Distance(sim.ModeBike, w.Node, home); ok {
			way = min(way, span(seconds))
		}
	}
	w.Due = at.Add(way)
	p.agenda.Put(w.Due, entry{what: doDoor, id: k})
}
