package population

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

const (
	// sightCell is the side of the squares within which people of one zone see each other leave, and see the water come
	// [m] (assumed).
	sightCell = 100.0
	// sightSteps is how finely they see which share of them has left: in eighths (assumed).
	sightSteps = 8
)

// sight is who sees whom: the parties of each square of a zone, and how many have left.
type sight struct {
	of    []int32 // square of each building; -1 outside the zones
	list  lists   // parties by square, by their place at the start
	gone  []int32 // parties of each square that have left their place; derived
	seen  []uint8 // share of them that the others have noticed, in steps
	waits []bool  // an entry of the agenda will make them look
	wet   []bool  // water has come to a building of the square; derived
}

func (s *sight) init(p *People) {
	type spot struct {
		zone sim.ZoneID
		cell int64
	}
	n := len(p.sc.Buildings)
	s.of = make([]int32, n)
	spots, order := make([]spot, n), make([]int32, 0, n)
	low := p.sc.Terrain.Grid.Bounds().Min
	for b := range n {
		s.of[b] = -1
		if z := p.sites.Building[b].Zone; z >= 0 {
			spots[b] = spot{z, squareOf(p.sc.Buildings[b].At.Sub(low))}
			order = append(order, int32(b))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := spots[a], spots[b]
		switch {
		case x.zone != y.zone:
			return int(x.zone) - int(y.zone)
		case x.cell != y.cell:
			return int(min(1, max(-1, x.cell-y.cell)))
		}
		return int(a - b)
	})
	squares := int32(0)
	for i, b := range order {
		if i > 0 && spots[b] != spots[order[i-1]] {
			squares++
		}
		s.of[b] = squares
	}
	if len(order) > 0 {
		squares++
	}
	s.list = group(int(squares), len(p.roll.entry), func(q int) int32 { return s.of[p.roll.entry[q].Place] })
	s.gone, s.seen = make([]int32, squares), make([]uint8, squares)
	s.waits, s.wet = make([]bool, squares), make([]bool, squares)
}

// squareOf numbers the square at a distance from the map's corner; places far off the map share one.
func squareOf(d geo.Point) int64 {
	const most = 1 << 20
	clamp := func(x float64) int64 { return num.Int64(min(max(x/sightCell, 0), most)) }
	return clamp(d.Y)*(most+1) + clamp(d.X)
}

// derive counts who has left, and where water has been.
func (s *sight) derive(p *People) {
	clear(s.gone)
	clear(s.wet)
	for q := range p.mind {
		if k := s.of[p.roll.entry[q].Place]; k >= 0 && p.mind[q].is&mindGone != 0 {
			s.gone[k]++
		}
	}
	for b, k := range s.of {
		if k >= 0 && p.water.ever[b] {
			s.wet[k] = true
		}
	}
}

// shareGone returns the share of its neighbours that a party has noticed to have left [-].
func (p *People) shareGone(q sim.PartyID) float64 {
	k := p.sight.of[p.roll.entry[q].Place]
	if k < 0 {
		return 0
	}
	return float64(p.sight.seen[k]) / sightSteps
}

// seesWater says whether a party has water in sight: at its building or in the cells around it, or it has come to a
// house of its square.
func (p *People) seesWater(q sim.PartyID) bool {
	place := p.inside(q)
	if k := p.sight.of[place]; k >= 0 && p.sight.wet[k] {
		return true
	}
	return p.waterInSight(place)
}

// goes lets the neighbours of a party, and of those with it, see that they leave their place, after a while.
func (p *People) goes(at sim.Time, q sim.PartyID) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		p.goesOne(at, r)
	}
}

func (p *People) goesOne(at sim.Time, q sim.PartyID) {
	place := p.roll.entry[q].Place
	k := p.sight.of[place]
	if p.mind[q].is&mindGone != 0 || p.holder[q] != sim.RefTo(sim.KindBuilding, place) {
		return
	}
	p.mind[q].is |= mindGone
	if k < 0 {
		return
	}
	p.sight.gone[k]++
	if p.sc.Population.Belief.Neighbours > 0 && !p.sight.waits[k] && p.sight.share(k) > p.sight.seen[k] {
		p.sight.waits[k] = true
		p.agenda.Put(at.Add(p.sc.Population.Belief.NoticeIn), entry{what: doSee, id: k})
	}
}

// comesHome takes that back.
func (p *People) comesHome(q sim.PartyID) {
	if p.mind[q].is&mindGone == 0 {
		return
	}
	p.mind[q].is &^= mindGone
	if k := p.sight.of[p.roll.entry[q].Place]; k >= 0 {
		p.sight.gone[k]--
	}
}

// share returns which share of the neighbours of who is left in a square has left, in whole steps.
func (s *sight) share(k int32) uint8 {
	others := int32(len(s.list.of(k))) - 1
	if others <= 0 {
		return 0
	}
	return uint8(min(sightSteps, sightSteps*s.gone[k]/others))
}

// isStruck says whether a party that has heard nothing wonders why its neighbours leave: as many do as the sight moves.
func (p *People) isStruck(q sim.PartyID) bool {
	share := 1 - num.Exp(-float64(p.creed.neighbours*p.shareGone(q)))
	return p.draw.decision.Float64(p.roll.key(q), willWonder, 0) < share
}

// lookRound lets who is left in a square notice how many have gone: they decide anew, and some of those who have heard
// nothing ask.
func (p *People) lookRound(at sim.Time, k int32) {
	p.sight.waits[k] = false
	share := p.sight.share(k)
	if share <= p.sight.seen[k] {
		return
	}
	p.sight.seen[k] = share
	p.trail.Change(at, changeSight, k, uint64(share))
	for _, q := range p.sight.list.of(k) {
		q := sim.PartyID(q)
		if p.flags[q]&(partyWants|partyBack) != 0 {
			continue
		}
		if p.told[q].Order < 0 && p.stage[q] == sim.StageUnaware && p.alive[q] > 0 && !p.kin.rides(q) &&
			p.isStruck(q) {
			p.ask(at, q)
		}
		p.reconsider(at, q, sim.CueNeighbours)
	}
}

// waterInView lets the people of a building's square see its first water.
func (p *People) waterInView(at sim.Time, b sim.BuildingID) {
	k := p.sight.of[b]
	if k < 0 || p.sight.wet[k] {
		return
	}
	p.sight.wet[k] = true
	for _, q := range p.sight.list.of(k) {
		if p.told[q].Order == int8(sim.OrderEvacuateZone) {
			p.reconsider(at, sim.PartyID(q), sim.CueWaterSeen)
		}
	}
}
