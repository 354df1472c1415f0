package evaluation

import (
	"cmp"
	"slices"

	"sandtable/sim"
)

// LevelLag is how long a warning level took from the first sign of it to the levels that posts set.
type LevelLag struct {
	Level    int      // index into sim.WarningLevels
	Signal   sim.Time // a gauge stood above a threshold of that level or a higher one; -1 for never
	Foreseen sim.Time // a forecast that somebody had received saw that in at least half of its members; -1 for never
	Warned   sim.Time // the level or a higher one was published for the county or any zone; -1 for never
	Response sim.Time // the response level that goes with it, or a higher one, was set; -1 for never
}

// First is the first sign of the level, -1 without one.
func (l *LevelLag) First() sim.Time {
	if l.Signal < 0 || l.Foreseen >= 0 && l.Foreseen < l.Signal {
		return l.Foreseen
	}
	return l.Signal
}

// levelLags lists the levels of which there was a sign, or which were set. Level IV goes with blue, III with yellow, II
// with orange, I with red.
func levelLags(in *Input) []LevelLag {
	var list []LevelLag
	for level := 1; level < len(sim.WarningLevels()); level++ {
		l := LevelLag{Level: level, Signal: never, Foreseen: foreseen(in, level), Warned: never, Response: never}
		first := func(t *sim.Time, at sim.Time) {
			if *t < 0 {
				*t = at
			}
		}
		for i := range in.Events {
			switch e := &in.Events[i]; {
			case e.Kind == sim.EvGauge && gaugeLevel(in, e) >= level:
				first(&l.Signal, e.At)
			case e.Kind == sim.EvWarningLevel && int(e.Count) >= level:
				first(&l.Warned, e.At)
			case e.Kind == sim.EvResponseLevel && int(e.Count) >= level:
				first(&l.Response, e.At)
			}
		}
		if l.First() >= 0 || l.Warned >= 0 || l.Response >= 0 {
			list = append(list, l)
		}
	}
	return list
}

// gaugeLevel returns the warning level of the threshold that a gauge passed, 0 where it stands for none.
func gaugeLevel(in *Input, e *sim.Event) int {
	if e.A.Kind != sim.KindGauge || int(e.A.ID) >= len(in.Scenario.Gauges) {
		return 0
	}
	if limit := in.Scenario.Gauges[e.A.ID].Limit(int(e.Count)); limit != nil {
		level, _ := sim.WarningByName(limit.Warning)
		return level
	}
	return 0
}

// foreseen returns when posts had the first forecast of which at least half of the members see a gauge above a
// threshold of a level or a higher one; -1 for never.
func foreseen(in *Input, level int) sim.Time {
	for i := range in.Events {
		e := &in.Events[i]
		if e.Kind != sim.EvForecastReceived {
			continue
		}
		k := slices.IndexFunc(in.Foretold, func(f Foretold) bool {
			return f.Forecast.Issued.Seconds() == e.Num && int32(f.Forecast.Hazard) == e.B.ID
		})
		if k >= 0 && foretells(in, in.Foretold[k].Forecast, level) {
			return e.At
		}
	}
	return never
}

func foretells(in *Input, f *sim.Forecast, level int) bool {
	votes := 0
	for m := range f.Members {
		if seesLevel(in, f, m, level) {
			votes++
		}
	}
	return votes > 0 && 2*votes >= len(f.Members)
}

func seesLevel(in *Input, f *sim.Forecast, member, level int) bool {
	for g := range in.Scenario.Gauges {
		for _, limit := range in.Scenario.Gauges[g].Limits() {
			own, _ := sim.WarningByName(limit.Warning)
			if own < level {
				continue
			}
			if _, ok := f.Passes(member, sim.GaugeID(g), limit.Window, limit.Value(), sim.Never); ok {
				return true
			}
		}
	}
	return false
}

// ThresholdLag is when a threshold of a zone was passed and what was ordered then.
type ThresholdLag struct {
	Zone   sim.ZoneID
	Asks   sim.OrderID
	Gauge  sim.Ref  // nothing for a published warning
	Level  int      // the published warning level that it waits for; 0 for one that waits for a gauge
	Passed sim.Time // as the post knew it that watches it; -1 for never
	Given  sim.Time // the order that it asks for, or the one to evacuate; -1 for never
}

// thresholdLags lists the thresholds of the zones in the order of the scenario.
func thresholdLags(in *Input) []ThresholdLag {
	list := make([]ThresholdLag, 0, len(in.Scenario.Thresholds))
	for i := range in.Scenario.Thresholds {
		spec := &in.Scenario.Thresholds[i]
		x := ThresholdLag{Asks: spec.Asks(), Passed: never, Given: never}
		if id, ok := in.Names.Resolve(sim.KindZone, spec.Zone); ok {
			x.Zone = sim.ZoneID(id)
		}
		if id, ok := in.Names.Resolve(sim.KindGauge, spec.Gauge); ok {
			x.Gauge = sim.Ref{Kind: sim.KindGauge, ID: id}
		}
		x.Level, _ = sim.WarningByName(spec.Public)
		for k := range in.Events {
			e := &in.Events[k]
			about := e.A.Kind == sim.KindZone && e.A.ID == int32(x.Zone)
			switch {
			case e.Kind == sim.EvThreshold && e.Num == float64(i):
				x.Passed = e.At
			case x.Given < 0 && about && e.Kind == sim.EvAccepted &&
				(sim.OrderID(e.Count) == x.Asks || sim.OrderID(e.Count) == sim.OrderEvacuateZone):
				x.Given = e.At
			}
		}
		list = append(list, x)
	}
	return list
}

// SentItem is one order of a deployment as the review knows it.
type SentItem struct {
	Deployment string
	Of         sim.Text // the deployment in words
	Text       sim.Text // what was ordered
	To         sim.Text // who acknowledged it last
	Sent       sim.Time
	Due        sim.Time
	Acked      sim.Time // at the end of its chain; -1 for never
	Overdue    int      // how often it was called again
	Refused    sim.Text // why it could not be given
	Held       sim.Text // why it was held back: its condition was not so
}

// sentItems lists the orders of the deployments that went out, in the order of time.
func sentItems(in *Input) []SentItem {
	var list []SentItem
	for d := range in.Scenario.Deployments {
		sent := never
		for i := range in.Events {
			e := &in.Events[i]
			if e.Kind == sim.EvDeployment && e.Count == 0 && e.A.ID == int32(d) {
				sent = e.At
			}
		}
		if sent < 0 {
			continue
		}
		for k := range in.Scenario.Items {
			if in.Scenario.Items[k].Of == in.Scenario.Deployments[d].Name {
				list = append(list, sentItem(in, sim.DeploymentID(d), k, sent))
			}
		}
	}
	slices.SortStableFunc(list, func(a, b SentItem) int { return cmp.Compare(a.Sent, b.Sent) })
	return list
}

// itemOrder is an order of a deployment as a command; nil when no such order is known.
func itemOrder(in *Input, k int) (*sim.OrderSpec, sim.Command) {
	spec := &in.Scenario.Items[k]
	return sim.OrderByName(spec.Order), sim.Command{Order: spec.Order, Args: spec.Args}
}

func sentItem(in *Input, d sim.DeploymentID, k int, sent sim.Time) SentItem {
	spec := &in.Scenario.Items[k]
	x := SentItem{Deployment: spec.Of, Of: in.Names.TitleOf(sim.RefTo(sim.KindDeployment, d)), Sent: sent,
		Due: sent.Add(spec.Due), Acked: never}
	order, c := itemOrder(in, k)
	if order == nil {
		return x
	}
	x.Text = order.Words(c, in.Names)
	about := aboutOf(in, order, c)
	end := endOf(in, about)
	travels := false
	for i := range in.Events {
		e := &in.Events[i]
		switch {
		case e.At < sent:
		case e.Kind == sim.EvDeployment && e.Count == 3 && e.A.ID == int32(d) && e.Num == float64(k):
			x.Held = e.Text
			return x // whatever becomes of another order of the kind
		case e.Kind == sim.EvDeployment && e.Count == 1 && e.A.ID == int32(d) && e.Num == float64(k):
			x.Overdue++
		case e.Kind == sim.EvRejected && e.A == sim.RefTo(sim.KindDeployment, d) && e.At == sent && e.Count == -1 &&
			starts(e.Text.EN, x.Text.EN):
			x.Refused = e.Text
		case e.Kind == sim.EvOrderSent && e.C == about && sim.OrderID(e.Count) == order.ID:
			travels = true
		case e.Kind == sim.EvOrderAcked && e.C == about && (e.A == end || e.A == about) && sim.OrderID(e.Count) == order.ID &&
			x.Acked < 0: // where mains are cut, by the zone itself
			travels, x.Acked, x.To = true, e.At, in.Names.ReceiverOf(e.A)
		}
	}
	if !travels && x.Refused.Empty() {
		x.Acked = sent // it took effect at once
	}
	return x
}

// aboutOf returns what an order is about, as events of its way name it: an official before his post, else the first
// that it names, the whole county where it names nothing.
func aboutOf(in *Input, order *sim.OrderSpec, c sim.Command) sim.Ref {
	about := sim.Ref{Kind: sim.KindCounty}
	for _, p := range order.Params {
		name, ok := c.Arg(p.Name)
		if !ok || p.Kind != sim.ParamRef || about.Kind != sim.KindCounty && p.Ref != sim.KindOfficial {
			continue
		}
		id, _ := in.Names.Resolve(p.Ref, name)
		about = sim.Ref{Kind: p.Ref, ID: id}
	}
	return about
}

// endOf returns who acknowledges an order at the end of its way: the post of a zone, that of an official, or what the
// order is about itself.
func endOf(in *Input, about sim.Ref) sim.Ref {
	switch {
	case about.Kind == sim.KindZone && int(about.ID) < len(in.Sites.Zone):
		return sim.RefTo(sim.KindPost, in.Sites.Zone[about.ID].Post)
	case about.Kind == sim.KindOfficial && int(about.ID) < len(in.Scenario.Officials):
		if id, ok := in.Names.Resolve(sim.KindPost, in.Scenario.Officials[about.ID].Post); ok {
			return sim.Ref{Kind: sim.KindPost, ID: id}
		}
	}
	return about
}

// deploymentSum is what became of the orders of a deployment.
type deploymentSum struct {
	Title                sim.Text
	Sent, Last           sim.Time // Last: the last acknowledgement; -1 for none
	Orders, InTime, Late int
	Never, Refused, Held int
	Again                int // calls again, of all of them
}

// deploymentSums adds the orders of each deployment up.
func deploymentSums(items []SentItem) []deploymentSum {
	var list []deploymentSum
	for i, x := range items {
		if i == 0 || items[i-1].Deployment != x.Deployment {
			list = append(list, deploymentSum{Title: x.Of, Sent: x.Sent, Last: never})
		}
		s := &list[len(list)-1]
		s.Orders++
		s.Again += x.Overdue
		s.Last = max(s.Last, x.Acked)
		switch {
		case !x.Held.Empty():
			s.Held++
		case !x.Refused.Empty():
			s.Refused++
		case x.Acked < 0:
			s.Never++
		case x.Acked > x.Due:
			s.Late++
		default:
			s.InTime++
		}
	}
	return list
}

func starts(s, with string) bool { return len(s) >= len(with) && s[:len(with)] == with }

// UpwardReport is a report of an incident that reached the post above, or left the county.
type UpwardReport struct {
	At     sim.Time
	From   sim.Text
	To     sim.Text
	Kind   sim.Text
	Number int
	Text   sim.Text
}

// upwardReports lists those that left the county, which were made of what all others brought, and those between its
// posts, both in the order in which they arrived.
func upwardReports(in *Input) (outward, within []UpwardReport) {
	for i := range in.Events {
		e := &in.Events[i]
		if e.Kind != sim.EvReport || e.Num < 1 || e.Count < 0 || e.Count >= int32(sim.ReportKindCount) {
			continue
		}
		x := UpwardReport{At: e.At, From: in.Names.TitleOf(e.A), To: outsideTitle(in, e.B),
			Kind: sim.ReportKind(e.Count).Title(), Number: int(e.Num), Text: e.Text}
		if e.B.Kind == sim.KindPost {
			within = append(within, x)
		} else {
			outward = append(outward, x)
		}
	}
	return outward, within
}

func outsideTitle(in *Input, to sim.Ref) sim.Text {
	if to.Kind != sim.KindPost {
		return sim.Text{ZH: "上级机关", EN: "the authority above"}
	}
	return in.Names.TitleOf(to)
}
