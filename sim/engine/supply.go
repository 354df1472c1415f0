package engine

import "sandtable/sim"

// supply cuts mains or the public network, or restores them: the director at once, a post by the chain of command to
// who keeps them.
func (w *World) supply(o *order) sim.Text {
	if o.origin != sim.FromDirector {
		return w.direct(o)
	}
	id := o.spec.ID
	s := sim.Supply{
		Zone:    sim.ZoneID(o.ref("zone")),
		Network: id == sim.InjectNetworkDown || id == sim.InjectNetworkUp,
		Up:      id == sim.OrderRestorePower || id == sim.InjectNetworkUp,
	}
	w.ports.Supplies.Post(w.now, int32(s.Zone), s)
	return sim.Text{}
}
