package lab

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Plan is the Source that carries out the scenario's standing plan: each order once, at its time, or when a gauge
// is above its level as the giving post knows it. It sees only what that post sees.
type Plan struct {
	orders []plannedOrder
	seen   sim.Observation
}

type plannedOrder struct {
	spec  *scenario.PlannedOrder
	gauge sim.GaugeID // None for an order at a time
	post  sim.PostID
	due   sim.Time // Never until it is triggered
	given bool
}

// NewPlan returns the plan of a scenario.
func NewPlan(sc *scenario.Scenario, names *scenario.Directory) *Plan {
	p := &Plan{}
	for i := range sc.Plan {
		o := plannedOrder{spec: &sc.Plan[i], gauge: sim.None, post: highestPost(sc), due: sim.Never}
		if id, ok := names.Resolve(sim.KindPost, o.spec.Post); ok {
			o.post = sim.PostID(id)
		}
		if id, ok := names.Resolve(sim.KindGauge, o.spec.Gauge); ok {
			o.gauge = sim.GaugeID(id)
		}
		if o.spec.At != nil {
			o.due = sim.Time(*o.spec.At + o.spec.Delay)
		}
		p.orders = append(p.orders, o)
	}
	return p
}

func highestPost(sc *scenario.Scenario) sim.PostID {
	for i := range sc.Posts {
		if sc.Posts[i].Superior == "" {
			return sim.PostID(i)
		}
	}
	return sim.None
}

// Commands gives the orders that are due in this tick.
func (p *Plan) Commands(now sim.Time, _ []sim.Event, v sim.Viewer, buf []sim.Command) []sim.Command {
	if now%sim.Time(30*sim.Second) == 0 {
		p.watch(now, v)
	}
	for i := range p.orders {
		o := &p.orders[i]
		if o.given || o.due >= now.Add(sim.Tick) {
			continue
		}
		o.given = true
		buf = append(buf, sim.Command{At: max(o.due, now), Origin: sim.FromPlan, Post: o.spec.Post,
			Order: o.spec.Order, Args: o.spec.Args})
	}
	return buf
}

// watch looks at the gauges through the eyes of each post that waits for one.
func (p *Plan) watch(now sim.Time, v sim.Viewer) {
	looked := sim.PostID(sim.None)
	for i := range p.orders {
		o := &p.orders[i]
		if o.gauge < 0 || o.due != sim.Never {
			continue
		}
		if o.post != looked {
			v.Observe(o.post, &p.seen)
			looked = o.post
		}
		if k := int(o.gauge); k < len(p.seen.Gauges) {
			if g := p.seen.Gauges[k]; g.Reported >= 0 && g.Level >= o.spec.Above {
				o.due = now.Add(o.spec.Delay)
			}
		}
	}
}
