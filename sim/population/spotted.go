package population

import "sandtable/sim"

// spotted is what those who are still in a zone have seen there of the harm.
type spotted struct {
	dead, hurt, wet, destroyed int32
	depth                      int32 // the deepest water at a building so far, in steps of 0.1 m [mm]
}

// spotStep is how exactly people tell a depth of water [mm].
const spotStep = 100

// watched returns what is seen in the zone where a building stands, nil where nobody is left who could see it: somebody
// of the zone must be in a building (assumed: then its people hear of what happens there).
func (p *People) watched(b sim.BuildingID) *spotted {
	z := p.sites.Building[b].Zone
	if z < 0 || p.counts.zone[z].Home <= 0 {
		return nil
	}
	return &p.spots[z]
}

// sees notes what those in a zone see of the water at one of its buildings: that it comes in, how deep it is, that the
// building gives way.
func (p *People) sees(b sim.BuildingID, steps int32, first, broken bool) {
	s := p.watched(b)
	if s == nil {
		return
	}
	if first {
		s.wet++
	}
	if broken {
		s.destroyed++
	}
	if s.wet > 0 {
		s.depth = max(s.depth, (steps+spotStep/2)/spotStep*spotStep)
	}
}

// seesFate notes that somebody in a building of a zone is hurt or has died, where somebody is left there to see it. Who
// comes to harm on the road is found later.
func (p *People) seesFate(kind sim.EventKind, q sim.PartyID) {
	at := p.holder[q]
	if at.Kind != sim.KindBuilding {
		return
	}
	s := p.watched(sim.BuildingID(at.ID))
	if s == nil {
		return
	}
	if kind == sim.EvPersonDied {
		s.dead++
	} else {
		s.hurt++
	}
}

func (p *People) appendSpots(e *sim.Encoder) {
	for _, s := range p.spots {
		for _, n := range [...]int32{s.dead, s.hurt, s.wet, s.destroyed, s.depth} {
			e.I32(n)
		}
	}
}

func (p *People) loadSpots(d *sim.Decoder) {
	for z := range p.spots {
		p.spots[z] = spotted{d.I32(), d.I32(), d.I32(), d.I32(), d.I32()}
	}
}
