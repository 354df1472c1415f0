package population

import "sandtable/sim"

// onWarning lets the people of a zone hear which warning level is published. They believe orders the more, the higher
// it is; who has an order and has not decided to leave thinks again when it rises.
func (p *People) onWarning(at sim.Time, m sim.PublicWarning) {
	if m.Zone < 0 || int(m.Zone) >= len(p.warned) || m.Level < 0 || int(m.Level) >= len(p.creed.warned) ||
		uint8(m.Level) == p.warned[m.Zone] {
		return
	}
	at = p.start(at)
	rises := uint8(m.Level) > p.warned[m.Zone]
	p.warned[m.Zone] = uint8(m.Level)
	p.trail.Change(at, changeWarned, int32(m.Zone), uint64(m.Level))
	if !rises || p.sc.Population.Belief.Warned <= 1 {
		return
	}
	for _, q := range p.roll.inZone.of(int32(m.Zone)) {
		if q := sim.PartyID(q); p.mind[q].leave|p.mind[q].prepare != 0 && !p.isWard(q) {
			p.reconsider(at, q, sim.CueRepeat)
		}
	}
}
