package population

import "sandtable/sim"

// The coaches' list of a zone names who is to go by coach: who was in the zone at the start, lives in a household
// without a car, and has his shelter out of reach on foot. When a coach leaves an assembly point, the warden there
// counts who of each of its zones is accounted for, and who is missing. The zone's people on the spot report it upward
// with their other counts.

// isListed says whether a party stands on the coaches' list of its zone. The way is the shortest on a dry network,
// which the plan knows.
func (p *People) isListed(q sim.PartyID) bool {
	e := &p.roll.entry[q]
	if e.Zone < 0 || p.sc.Households[e.Household].Cars > 0 || len(p.sites.Zone[e.Zone].Shelters) == 0 {
		return false
	}
	node := p.sc.Buildings[e.Place].Node
	if node < 0 {
		return true
	}
	metres, _ := p.router.AtLeast(sim.ModeFoot, node, p.sites.Shelter[p.sites.Zone[e.Zone].Shelters[0]])
	return metres > p.walkMax(p.bodyOfOne(q))
}

// isAccounted says whether the warden knows where a party is: it has left the zone, waits at an assembly point, or sits
// in a unit.
func (p *People) isAccounted(q sim.PartyID) bool {
	k := p.holder[q].Kind
	return p.flags[q]&partyLeft != 0 || k == sim.KindAssembly || k == sim.KindUnit
}

// countHeads counts at an assembly point when a coach leaves it.
func (p *People) countHeads(at sim.Time, a sim.AssemblyID) {
	for z := range p.missing {
		if p.sites.Zone[z].Assembly != a {
			continue
		}
		there, listed := int32(0), int32(0)
		for _, k := range p.roll.inZone.of(int32(z)) {
			q := sim.PartyID(k)
			if !p.isListed(q) {
				continue
			}
			listed += p.alive[q]
			if p.isAccounted(q) {
				there += p.alive[q]
			}
		}
		p.missing[z] = listed - there
		p.log.Emit(sim.Event{At: at, Kind: sim.EvHeadCount, A: sim.RefTo(sim.KindAssembly, a),
			B: sim.RefTo(sim.KindZone, sim.ZoneID(z)), Count: there, Num: float64(listed)})
	}
}
