package engine

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// consult calls a consultation.
func (w *World) consult(o *order) sim.Text {
	m, d := sim.MeetingID(o.ref("meeting")), sim.DeploymentID(o.ref("deployment"))
	if o.post < 0 {
		return noPost
	}
	if reason := w.command.RefuseConsult(o.post, m, d); !reason.Empty() {
		return reason
	}
	w.command.Consult(w.now, o.post, m, d, o.serial, o.origin)
	return sim.Text{}
}

// deploy sends a deployment out: its orders follow when the tick's commands have been taken.
func (w *World) deploy(o *order) sim.Text {
	d := sim.DeploymentID(o.ref("deployment"))
	if o.post < 0 {
		return noPost
	}
	if reason := w.command.RefuseDeploy(o.post, d); !reason.Empty() {
		return reason
	}
	w.ports.Issues.Post(w.now, int32(d), sim.Issue{Deployment: d, Post: o.post, Serial: o.serial, Origin: o.origin})
	return sim.Text{}
}

var noPost = sim.Text{ZH: "没有下达岗位；应写明岗位名", EN: "no post gives it; want the name of a post"}

// issue gives the orders of the deployments that go out, each with the authority of the post that sends them.
func (w *World) issue() {
	w.ports.Issues.Drain(func(_ sim.Time, m sim.Issue) {
		post, ok := w.command.SendOut(w.now, m.Deployment, &w.log)
		if !ok {
			return
		}
		for i := range w.sc.Items {
			x := &w.sc.Items[i]
			spec := sim.OrderByName(x.Order)
			if x.Of != w.sc.Deployments[m.Deployment].Name || w.command.Withheld(i) ||
				w.cfg.Reference && spec != nil && spec.Protective {
				continue
			}
			c := sim.Command{At: w.now, Origin: m.Origin, Post: w.sc.Posts[post].Name, Order: x.Order, Args: x.Args}
			o := order{serial: m.Serial, item: int32(i) + 1}
			reasons := w.take(c, &o)
			if len(reasons) > 0 {
				w.log.Emit(sim.Event{At: w.now, Kind: sim.EvRejected, A: sim.RefTo(sim.KindDeployment, m.Deployment),
					B: sim.RefTo(sim.KindPost, post), Count: -1, Text: w.refusal(c, reasons)})
			}
			w.command.ItemGiven(w.now, int32(i), sim.Join(reasons, sim.Sentences), o.travels)
		}
	})
}

// reportUp has a post report upward what it knows.
func (w *World) reportUp(o *order) sim.Text {
	if o.post < 0 {
		return noPost
	}
	kind := sim.ReportKind(num.Uint8(o.value("kind").Num))
	if reason := w.command.RefuseReport(o.post, kind); !reason.Empty() {
		return reason
	}
	w.command.ReportNow(w.now, o.post, kind)
	return sim.Text{}
}

// announce tells the drivers over the air which roads are closed: the director of all of them, a post of those of which
// it has word.
func (w *World) announce(o *order) sim.Text {
	if reason := w.refuseToAll(o); !reason.Empty() {
		return reason
	}
	all := o.spec.RoadOrder(o.values)
	if o.origin == sim.FromDirector {
		w.ports.RoadOrders.Post(w.now, 0, all)
		return sim.Text{}
	}
	for _, link := range w.command.Closures(o.post) {
		one := all
		one.Link = link
		w.ports.RoadOrders.Post(w.now, int32(link), one)
	}
	return sim.Text{}
}

// tellRoads passes on what people see of the roads in the tick that ends: links that close and open.
func (w *World) tellRoads() {
	for i := range w.log.Events {
		e := &w.log.Events[i]
		switch e.Kind {
		case sim.EvLinkClosed, sim.EvLinkOpened:
			w.ports.RoadReports.Post(e.At, e.A.ID, sim.RoadReport{Link: sim.LinkID(e.A.ID),
				Closed: e.Kind == sim.EvLinkClosed, Cause: sim.StrandCause(e.Count)})
		case sim.EvStructure:
			if sim.StructureAction(e.Count) == sim.StructureBreach {
				w.command.KeeperCalls(e.At, e.A)
			}
		}
	}
}
