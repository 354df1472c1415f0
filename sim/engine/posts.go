package engine

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// managePost changes how a post works or who holds it: the director at once, a post by the chain of command.
func (w *World) managePost(o *order) sim.Text {
	if o.origin != sim.FromDirector {
		return w.direct(o)
	}
	to := sim.PostID(o.ref("to"))
	switch o.spec.ID {
	case sim.OrderStaffPost:
		w.command.CallIn(w.now, to)
	case sim.OrderDelegate:
		w.command.Delegate(w.now, to, o.value("state").Num > 0)
	case sim.OrderAppoint:
		who := sim.OfficialID(o.ref("official"))
		if reason := w.command.Unavailable(who, to); !reason.Empty() {
			return reason
		}
		w.command.Appoint(w.now, who, to)
	}
	return sim.Text{}
}

// officialState has an official be absent, busy, hurt or dead, or present again.
func (w *World) officialState(o *order) sim.Text {
	state := sim.OfficialState(num.Uint8(o.value("state").Num))
	w.command.SetOfficial(w.now, sim.OfficialID(o.ref("official")), state)
	return sim.Text{}
}
