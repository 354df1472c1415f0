package population

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// onMarooning strands the passengers of a unit that is lost or stuck in water, like people in a stalled car: who can
// wade gets out and walks on or goes into a house near by, and who cannot stays in the unit and calls for help. When it
// is over, those who are still aboard ride on.
func (p *People) onMarooning(at sim.Time, m sim.Marooning) {
	spot := geo.Point{X: m.X, Y: m.Y}
	if m.Unit < 0 || int(m.Unit) >= len(p.carry) || !p.isNode(m.Node) || !spot.Finite() || !isRise(m.Rise) {
		return
	}
	at = p.start(at)
	unit := sim.RefTo(sim.KindUnit, m.Unit)
	// Backwards, since who gets out leaves the list.
	for k := len(p.aboard[m.Unit]) - 1; k >= 0; k-- {
		q := p.aboard[m.Unit][k]
		switch stranded := p.stage[q] == sim.StageStranded; {
		case stranded && m.Over:
			p.rideOn(at, q)
		case !stranded && !m.Over:
			p.setDown(at, q, m.Unit, m.Node, spot, m.Rise)
			if !p.walkOn(at, q, 0) && !p.seek(at, q, nearHouse) {
				p.strand(at, q, unit)
				p.retry(at, q)
			}
		}
	}
}

// rideOn ends the stranding of a party in its unit.
func (p *People) rideOn(at sim.Time, q sim.PartyID) {
	p.endCall(at, q)
	p.emit(at, sim.EvPartyFree, q, p.holder[q], 0, 0)
	p.due[q], p.danger[q] = sim.Never, sim.Never
	p.move(at, q, p.holder[q], sim.StageRiding)
}

// setDown notes where the unit of a party stands. Outside its zone the party has been carried over the border.
func (p *People) setDown(at sim.Time, q sim.PartyID, u sim.UnitID, node sim.NodeID, spot geo.Point, rise float64) {
	t := &p.trip[q]
	t.Mode, t.Node = sim.ModeFoot, node
	t.stand(spot, rise)
	p.leftIfOutside(at, q, node, p.carry[u].mode)
}

// getOut takes a party out of the unit in which it sits, when that is so, and tells the unit.
func (p *People) getOut(at sim.Time, q sim.PartyID) {
	if u := p.holder[q].ID; p.holder[q].Kind == sim.KindUnit && p.disembark(u, q) {
		p.ports.Departures.Post(at, u, sim.Departure{Unit: sim.UnitID(u), Persons: p.heads(q), Assisted: p.assisted(q)})
	}
}

// disembark takes a party out of its unit's list; it says whether it was there.
func (p *People) disembark(u int32, q sim.PartyID) bool {
	k := slices.Index(p.aboard[u], q)
	if k >= 0 {
		p.aboard[u] = slices.Delete(p.aboard[u], k, k+1)
	}
	return k >= 0
}

// isAfloat says whether a party sits in a boat, where the water around is no danger (assumed).
func (p *People) isAfloat(q sim.PartyID) bool {
	return p.holder[q].Kind == sim.KindUnit && p.carry[p.holder[q].ID].mode == sim.ModeBoat
}

// isRise says whether a number can be how far a road lies above the terrain [m].
func isRise(rise float64) bool { return rise > -maxRise && rise < maxRise }
