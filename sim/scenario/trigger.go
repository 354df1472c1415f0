package scenario

import (
	"sandtable/sim"
	"sandtable/sim/num"
)

// Trigger is what a line of the standing plan, or a threshold of a zone, waits for at a gauge: that what a post knows
// of the gauge, or the last forecast that it has, passes one of some limits.
type Trigger struct {
	Gauge sim.GaugeID

	warning int         // the gauge's warning level that triggers it; 0 for a limit
	limits  []Threshold // of which any one triggers it
	lead    sim.Duration
	share   float64 // of the members of a forecast
}

// usualShare is the share of a forecast's members that must see a limit passed when nobody says otherwise [-].
const usualShare = 0.5

// NewTrigger returns what a line of the plan waits for at its gauge.
func NewTrigger(p *PlannedOrder, gauge *Gauge, id sim.GaugeID) Trigger {
	t := Trigger{Gauge: id, lead: p.Lead, share: p.Share}
	if t.share == 0 {
		t.share = usualShare
	}
	level, ok := sim.WarningByName(p.Warning)
	if !ok {
		above := p.Above
		t.limits = []Threshold{{Level: &above, Window: p.Window, Depth: above}}
		return t
	}
	t.warning = level
	for _, limit := range gauge.Limits() {
		if levelOf(limit.Warning) >= level {
			t.limits = append(t.limits, limit)
		}
	}
	return t
}

// Holds says whether it is so, as somebody knows it who has these readings of all gauges and these last forecasts.
func (t *Trigger) Holds(now sim.Time, gauges []sim.GaugeKnown, forecasts []sim.ForecastKnown) bool {
	if t.lead > 0 {
		return t.foreseen(now, forecasts)
	}
	if int(t.Gauge) >= len(gauges) {
		return false
	}
	g := &gauges[t.Gauge]
	if g.Reported < 0 {
		return false
	}
	if t.warning > 0 {
		return g.Warning >= t.warning
	}
	_, above := t.limits[0].Check(g.Level, g.Rain)
	return above
}

// foreseen says whether enough members of a forecast see one of the limits passed in time.
func (t *Trigger) foreseen(now sim.Time, forecasts []sim.ForecastKnown) bool {
	for _, k := range forecasts {
		f, votes := k.Forecast, 0
		for m := range f.Members {
			for i := range t.limits {
				if _, ok := f.Passes(m, t.Gauge, t.limits[i].Window, t.limits[i].Value(), now.Add(t.lead)); ok {
					votes++
					break
				}
			}
		}
		if votes > 0 && float64(votes) >= float64(t.share*float64(len(f.Members))) {
			return true
		}
	}
	return false
}

// Words says what is so at a gauge, or is not.
func (t *Trigger) Words(gauge sim.Text, so bool) sim.Text {
	limit := sim.Say("%s预警阈值", "a threshold of level %s", sim.WarningTitle(t.warning))
	if t.warning == 0 {
		limit = sim.Say("%g米", "%g m", t.limits[0].Value())
		if window := t.limits[0].Window; window > 0 {
			limit = sim.Say("%[2]s %[1]g毫米", "%g mm in %s", t.limits[0].Value(), window)
		}
	}
	share := num.RoundInt64(float64(t.share * 100))
	switch {
	case t.lead > 0 && so:
		return sim.Say("预报%[3]s内%[1]s超过%[2]s（成员占比不低于%[4]d%%）",
			"%s is forecast to pass %s within %s (by %d %% of the members or more)", gauge, limit, t.lead, share)
	case t.lead > 0:
		return sim.Say("并无预报%[3]s内%[1]s超过%[2]s（成员占比不低于%[4]d%%）",
			"%s is not forecast to pass %s within %s (by %d %% of the members or more)", gauge, limit, t.lead, share)
	case so:
		return sim.Say("%s已超过%s", "%s has passed %s", gauge, limit)
	}
	return sim.Say("%s未超过%s", "%s has not passed %s", gauge, limit)
}

// Line returns the condition of an order of a deployment as a line of the standing plan of the post that sends it.
func (x *DeploymentItem) Line(post string) PlannedOrder {
	return PlannedOrder{Gauge: x.Gauge, Above: x.Above, Window: x.Window, Warning: x.Warning, Lead: x.Lead,
		Share: x.Share, Post: post, Order: x.Order, Args: x.Args}
}

// Condition returns what an order of a deployment waits for; its gauge is None for one that waits for nothing.
func (sc *Scenario) Condition(names *Directory, x *DeploymentItem) Trigger {
	line := x.Line("")
	id, ok := names.Resolve(sim.KindGauge, line.Gauge)
	if !ok {
		return Trigger{Gauge: sim.None}
	}
	return NewTrigger(&line, &sc.Gauges[id], sim.GaugeID(id))
}

// Line returns a threshold of a zone as the line of the standing plan for which it is short.
func (t *ZoneThreshold) Line() PlannedOrder {
	p := PlannedOrder{Gauge: t.Gauge, Above: t.Above, Window: t.Window, Warning: t.Warning, Lead: t.Lead, Share: t.Share,
		Public: t.Public, Delay: t.Delay, Post: t.Post, Order: sim.Orders[t.Asks()].Name}
	p.Args = []sim.Arg{{Name: "zone", Value: t.Zone}}
	return p
}

// Asks returns the order that a threshold of a zone asks for.
func (t *ZoneThreshold) Asks() sim.OrderID {
	if t.Action == "prepare" {
		return sim.OrderPrepareZone
	}
	return sim.OrderEvacuateZone
}

// Standing returns all lines of the standing plan: those that are written as such, and the thresholds of the zones.
func (sc *Scenario) Standing() []PlannedOrder {
	lines := append([]PlannedOrder(nil), sc.Plan...)
	for i := range sc.Thresholds {
		lines = append(lines, sc.Thresholds[i].Line())
	}
	return lines
}

// HighestPost returns the post above all others, None when there is no post.
func (sc *Scenario) HighestPost() sim.PostID {
	for i := range sc.Posts {
		if sc.Posts[i].Superior == "" {
			return sim.PostID(i)
		}
	}
	return sim.None
}
