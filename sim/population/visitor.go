package population

import (
	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// exitOf returns where a party of visitors with a car, or of people who drive to relatives, leaves the map from a node,
// with so much water at its door [m]: at the nearest end of a road there. Visitors without a car, and all where no road
// leads out of the map, go to a shelter as everybody does.
func (p *People) exitOf(q sim.PartyID, node sim.NodeID, depth float64) (sim.Ref, bool) {
	if len(p.exits) == 0 || !p.isVisitor(q) && !p.drivesAway(q) || !p.hasCar(q) || depth > harm.SmallCarDepth() {
		return sim.Ref{}, false
	}
	p.near.Reset()
	for k, exit := range p.exits {
		metres, _ := p.router.AtLeast(sim.ModeCar, node, exit)
		p.near.Offer(int32(k), metres)
	}
	best, _ := p.near.Find(func(k int32) (float64, bool) {
		metres, _, ok := p.router.Distance(sim.ModeCar, node, p.exits[k])
		return metres, ok
	})
	if best < 0 {
		return sim.Ref{}, false
	}
	return sim.RefTo(sim.KindNode, p.exits[best]), true
}

// goOutside takes a party off the map at the end of the road by which it leaves.
func (p *People) goOutside(at sim.Time, q sim.PartyID) {
	p.due[q] = sim.Never
	p.leftZone(at, q, p.trip[q].Mode)
	p.emit(at, sim.EvPartyOutside, q, sim.Ref{}, 0, 0)
	p.move(at, q, sim.Holder{Kind: sim.KindOutside, ID: sim.None}, sim.StageOutside)
}

// isByList says whether a kind of channel reaches only who is on a list of the zone, by name or number: visitors are
// not. What everybody hears who is there, reaches them too.
func isByList(k scenario.ChannelKind) bool {
	switch k {
	case scenario.KindSMS, scenario.KindPhone, scenario.KindPhoneTree, scenario.KindWeChat:
		return true
	}
	return false
}
