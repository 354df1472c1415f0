package road

import (
	"sandtable/sim"
)

// filmDepth is the depth up to which water is no danger to who is in it, whatever its speed [mm]: as at buildings
// (assumed), since a shallow solver gives thin fast films on slopes.
const filmDepth = 150

// peril is the most dangerous water along a link, above the link's own level.
type peril struct {
	depth int32 // [mm]
	speed int32 // [mm/s]
}

// class returns the danger class of the water; a film has none.
func (p peril) class() sim.DangerClass {
	if p.depth <= filmDepth {
		return sim.H0
	}
	return sim.ClassifyWater(float64(p.depth)/1000, float64(p.speed)/1000)
}

// worse says whether the water is more dangerous than other water; of one class the deeper is, then the faster.
func (p peril) worse(o peril) bool {
	switch a, b := p.class(), o.class(); {
	case a != b:
		return a > b
	case p.depth != o.depth:
		return p.depth > o.depth
	}
	return p.speed > o.speed
}

// threatens says whether the water on a link is a danger to who moves through it.
func (l *linkState) threatens() bool { return l.danger >= sim.H3 }

// endanger takes in the most dangerous water of a link, and tells the parties on it when its class matters to them.
func (t *Traffic) endanger(link int32, worst peril) {
	l := &t.links[link]
	was := l.danger
	l.worst, l.danger = worst, worst.class()
	if l.danger == was {
		return
	}
	t.trail.Change(t.now, changeDanger, link, uint64(l.danger))
	if max(was, l.danger) >= sim.H3 {
		t.eachOn(link, func(slot int32) { t.expose(slot, link) })
	}
}

// expose tells what the water means for a party that has come to a link, or whose link has come to another class;
// link -1 stands for a node. Who goes from one dangerous link straight to another is in danger all the time.
func (t *Traffic) expose(slot, link int32) {
	m := &t.movers[slot]
	if m.ref.Kind != sim.KindParty {
		return
	}
	exposed := link >= 0 && t.links[link].threatens()
	if !exposed && !m.exposed {
		return
	}
	m.exposed = exposed
	message := sim.Exposure{Mover: m.ref, Node: sim.NodeID(m.node)}
	if link >= 0 {
		message.Node = sim.NodeID(t.net.tail[m.arc])
	}
	if exposed {
		l := &t.links[link]
		message.Danger = l.danger
		message.Depth, message.Speed = float64(l.worst.depth)/1000, float64(l.worst.speed)/1000
	}
	t.change(changeExposure, m.ref, int32(message.Danger))
	t.ports.Exposures.Post(t.now, m.ref.ID, message)
}

// isExposed says whether the mover is a party on a link with dangerous water.
func (t *Traffic) isExposed(m *mover) bool {
	onLink := m.stage == stageQueue || m.stage == stageFree
	return m.ref.Kind == sim.KindParty && onLink && t.links[m.arc>>1].threatens()
}
