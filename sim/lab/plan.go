package lab

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Plan is the Source that carries out the scenario's standing plan: each order once, at its time, or when a gauge
// is above its level, its depth of rain or its warning level, or is forecast to be, as the giving post knows it. It
// sees only what that post sees.
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

	warning int                  // the gauge's warning level that triggers it; 0 for a limit
	limits  []scenario.Threshold // of which any one triggers it
	share   float64              // of the members of a forecast
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
			o.wait(&sc.Gauges[id], sim.GaugeID(id))
		}
		if o.spec.At != nil {
			o.due = sim.Time(*o.spec.At + o.spec.Delay)
		}
		p.orders = append(p.orders, o)
	}
	return p
}

// wait says what an order waits for at a gauge.
func (o *plannedOrder) wait(gauge *scenario.Gauge, id sim.GaugeID) {
	o.gauge, o.share = id, o.spec.Share
	if o.share == 0 {
		o.share = 0.5
	}
	level, ok := sim.WarningByName(o.spec.Warning)
	if !ok {
		o.limits = []scenario.Threshold{{Level: &o.spec.Above, Window: o.spec.Window, Depth: o.spec.Above}}
		return
	}
	o.warning = level
	for _, t := range gauge.Limits() {
		if own, _ := sim.WarningByName(t.Warning); own >= level {
			o.limits = append(o.limits, t)
		}
	}
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
		if o.holds(now, &p.seen) {
			o.due = now.Add(o.spec.Delay)
		}
	}
}

// holds says whether what an order waits for is so, as its post knows it.
func (o *plannedOrder) holds(now sim.Time, seen *sim.Observation) bool {
	if o.spec.Lead > 0 {
		return o.foreseen(now, seen)
	}
	if int(o.gauge) >= len(seen.Gauges) {
		return false
	}
	g := &seen.Gauges[o.gauge]
	if g.Reported < 0 {
		return false
	}
	if o.warning > 0 {
		return g.Warning >= o.warning
	}
	_, above := o.limits[0].Check(g.Level, g.Rain)
	return above
}

// foreseen says whether enough members of the last forecast that the post has see one of the limits passed in time.
func (o *plannedOrder) foreseen(now sim.Time, seen *sim.Observation) bool {
	for _, k := range seen.Forecasts {
		f, votes := k.Forecast, 0
		for m := range f.Members {
			for i := range o.limits {
				if _, ok := f.Passes(m, o.gauge, o.limits[i].Window, o.limits[i].Value(), now.Add(o.spec.Lead)); ok {
					votes++
					break
				}
			}
		}
		if votes > 0 && float64(votes) >= o.share*float64(len(f.Members)) {
			return true
		}
	}
	return false
}
