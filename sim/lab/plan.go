package lab

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Plan is the Source that carries out the scenario's standing plan and the thresholds of its zones: each order once,
// at its time, or when a gauge is above its level, its depth of rain or its warning level, or is forecast to be, or
// when a response level is set or a warning level published, or when the post's own people see water, as the giving
// post knows it; a line of standing authority only while the post is cut off. It sees only what that post sees. An
// order of a post where nobody is is refused at its time, and so told, and given again when somebody is there.
type Plan struct {
	orders []plannedOrder
	seen   sim.Observation
}

type plannedOrder struct {
	spec  scenario.PlannedOrder
	post  sim.PostID
	due   sim.Time // Never until it is triggered
	held  bool     // it was refused, for nobody was at its post
	given bool

	trigger  scenario.Trigger // Gauge is None for an order that waits for no gauge
	response int              // the response level that triggers it; 0 for none
	warning  int              // the published warning level that triggers it; 0 for none
	zone     sim.ZoneID       // the zone of the order; None for an order about no zone

	deployment sim.DeploymentID // that it sends out, at once or after a consultation; None for another order
	meeting    sim.MeetingID    // that it calls; None for another order
}

// NewPlan returns the plan of a scenario.
func NewPlan(sc *scenario.Scenario, names *scenario.Directory) *Plan {
	p := &Plan{}
	for _, line := range sc.Standing() {
		o := plannedOrder{spec: line, post: sc.HighestPost(), due: sim.Never, trigger: scenario.Trigger{Gauge: sim.None},
			zone: sim.ZoneID(named(&line, names, sim.KindZone, "zone"))}
		o.deployment = sim.DeploymentID(named(&line, names, sim.KindDeployment, "deployment"))
		o.meeting = sim.MeetingID(named(&line, names, sim.KindMeeting, "meeting"))
		if id, ok := names.Resolve(sim.KindPost, line.Post); ok {
			o.post = sim.PostID(id)
		}
		if id, ok := names.Resolve(sim.KindGauge, line.Gauge); ok {
			o.trigger = scenario.NewTrigger(&o.spec, &sc.Gauges[id], sim.GaugeID(id))
		}
		o.response = max(slices.Index(sim.ResponseLevels(), line.Response), 0)
		o.warning, _ = sim.WarningByName(line.Public)
		if line.At != nil && line.CutOff == 0 {
			o.due = sim.Time(*line.At + line.Delay)
		}
		p.orders = append(p.orders, o)
	}
	return p
}

// Commands gives the orders that are due in this tick.
func (p *Plan) Commands(now sim.Time, _ []sim.Event, v sim.Viewer, buf []sim.Command) []sim.Command {
	looks := now%sim.Time(30*sim.Second) == 0
	if looks {
		p.watch(now, v)
	}
	for i := range p.orders {
		o := &p.orders[i]
		if o.given || o.due >= now.Add(sim.Tick) || o.held && !looks || !o.ready(now, v, &p.seen) {
			continue
		}
		buf = append(buf, sim.Command{At: max(o.due, now), Origin: sim.FromPlan, Post: o.spec.Post,
			Order: o.spec.Order, Args: o.spec.Args})
	}
	return buf
}

// ready looks at the post of an order whose time has come. A line of standing authority lapses when the post has been
// in contact meanwhile, and waits anew; one whose consultation is under way waits for its end, and one whose deployment
// has gone out has nothing left to do. Where nobody is the order is given once, to be refused, and then waits.
func (o *plannedOrder) ready(now sim.Time, v sim.Viewer, seen *sim.Observation) bool {
	v.Observe(o.post, seen)
	switch {
	case o.moot(seen):
		o.given = true
		return false
	case o.underWay(seen): // what it ends with decides
		o.held = true
		return false
	case seen.Unmanned:
		first := !o.held
		o.held = true
		return first
	case !o.alone(now, seen):
		o.due, o.held = sim.Never, false
		return false
	}
	o.given = true
	return true
}

// watch looks at gauges, forecasts and levels through the eyes of each post that waits for one.
func (p *Plan) watch(now sim.Time, v sim.Viewer) {
	looked := sim.PostID(sim.None)
	for i := range p.orders {
		o := &p.orders[i]
		if o.due != sim.Never {
			continue
		}
		if o.post != looked {
			v.Observe(o.post, &p.seen)
			looked = o.post
		}
		if o.holds(now, &p.seen) {
			o.due = now.Add(o.spec.Delay)
		}
	}
}

// holds says whether what an order waits for is so, as its post knows it.
func (o *plannedOrder) holds(now sim.Time, seen *sim.Observation) bool {
	if !o.alone(now, seen) {
		return false
	}
	switch {
	case o.spec.Seen > 0:
		return o.sees(seen)
	case o.response > 0:
		return seen.Response >= o.response
	case o.warning > 0:
		return o.published(seen) >= o.warning
	case o.spec.At != nil:
		return now >= sim.Time(*o.spec.At)
	case o.trigger.Gauge < 0:
		return o.spec.CutOff > 0 // that it is cut off is all that it waits for
	}
	return o.trigger.Holds(now, seen.Gauges, seen.Forecasts)
}

// published returns the warning level that is out for the zone of an order, or for the county when it is about no zone.
func (o *plannedOrder) published(seen *sim.Observation) int {
	if o.zone >= 0 && int(o.zone) < len(seen.ZoneWarnings) {
		return int(seen.ZoneWarnings[o.zone])
	}
	return seen.Warning
}

// alone says whether the post has been cut off for as long as an order of standing authority asks; any other asks
// nothing.
func (o *plannedOrder) alone(now sim.Time, seen *sim.Observation) bool {
	return o.spec.CutOff == 0 || seen.CutOff >= 0 && now.Sub(seen.CutOff) >= o.spec.CutOff
}

// sees says whether the post's own people see water as deep as the order waits for: in its zone, or in any of theirs.
func (o *plannedOrder) sees(seen *sim.Observation) bool {
	for z, k := range seen.Seen {
		if k.At >= 0 && k.Depth >= o.spec.Seen && (o.zone < 0 || o.zone == sim.ZoneID(z)) {
			return true
		}
	}
	return false
}

// named returns what an order of the plan names with a parameter; None where it does not.
func named(line *scenario.PlannedOrder, names *scenario.Directory, kind sim.Kind, param string) int32 {
	for _, a := range line.Args {
		if id, ok := names.Resolve(kind, a.Value); ok && a.Name == param {
			return id
		}
	}
	return sim.None
}

// moot says whether the deployment that an order sends out has gone out already: by another line, or by who knew
// better.
func (o *plannedOrder) moot(seen *sim.Observation) bool {
	return o.deployment >= 0 && slices.ContainsFunc(seen.Deployments, func(k sim.DeploymentKnown) bool {
		return k.Deployment == o.deployment
	})
}

// underWay says whether the consultation that an order calls has been called and is not over.
func (o *plannedOrder) underWay(seen *sim.Observation) bool {
	return o.meeting >= 0 && slices.ContainsFunc(seen.Meetings, func(k sim.MeetingKnown) bool {
		return k.Meeting == o.meeting && (k.Step == sim.MeetingCalled || k.Step == sim.MeetingSits)
	})
}
