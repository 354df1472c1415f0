package command

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// thresholdEvery is how often thresholds of zones are looked at, as often as the standing plan looks.
const thresholdEvery = 30 * sim.Second

// threshold is a threshold of a zone: what its post waits for, and whether that has come.
type threshold struct {
	zone    sim.ZoneID       // never changes, as the next four
	post    sim.PostID       // that watches it
	asks    sim.OrderID      // what is to be ordered then
	trigger scenario.Trigger // as the post knows it; Gauge is None for a threshold that waits for a published warning
	level   int              // the published warning level that it waits for; 0 for one that waits for a gauge
	passed  bool
}

func (c *Command) newThresholds() []threshold {
	list := make([]threshold, len(c.sc.Thresholds))
	for i := range list {
		spec := &c.sc.Thresholds[i]
		line := spec.Line()
		t := threshold{asks: spec.Asks(), post: c.sc.HighestPost(), trigger: scenario.Trigger{Gauge: sim.None}}
		if id, ok := c.names.Resolve(sim.KindPost, spec.Post); ok {
			t.post = sim.PostID(id)
		}
		if id, ok := c.names.Resolve(sim.KindZone, spec.Zone); ok {
			t.zone = sim.ZoneID(id)
		}
		if id, ok := c.names.Resolve(sim.KindGauge, spec.Gauge); ok {
			t.trigger = scenario.NewTrigger(&line, &c.sc.Gauges[id], sim.GaugeID(id))
		}
		t.level, _ = sim.WarningByName(spec.Public)
		list[i] = t
	}
	return list
}

// watchThresholds looks whether thresholds of zones are passed, and tells their posts. It goes on while any is not.
func (c *Command) watchThresholds(at sim.Time) {
	waits := false
	for i := range c.council.thresholds {
		t := &c.council.thresholds[i]
		if t.passed || t.post < 0 || t.trigger.Gauge < 0 && t.level == 0 {
			continue
		}
		if !c.manned(t.post) || !c.isPassed(at, t) { // nobody looks, or it is not so
			waits = true
			continue
		}
		t.passed = true
		c.trail.Change(at, trailCouncil, int32(i), uint64(t.asks))
		zone := sim.RefTo(sim.KindZone, t.zone)
		gauge, what := sim.Ref{}, sim.Say("发布%s预警", "%s warning published", sim.WarningTitle(t.level))
		if t.level == 0 {
			gauge = sim.RefTo(sim.KindGauge, t.trigger.Gauge)
			what = c.title(gauge)
		}
		text := sim.Say("%s达到阈值（%s）：%s", "%s: threshold passed (%s): %s", c.title(zone), what, sim.Orders[t.asks].Title)
		c.inform(at, t.post, gauge, text)
		c.log.Emit(sim.Event{At: at, Kind: sim.EvThreshold, A: zone, B: sim.RefTo(sim.KindPost, t.post), C: gauge,
			Count: int32(t.asks), Num: float64(i), Text: text})
	}
	if waits {
		c.put(at.Add(thresholdEvery), entry{kind: entryThreshold})
	}
}

// isPassed says whether what a threshold waits for is so, as its post knows it.
func (c *Command) isPassed(at sim.Time, t *threshold) bool {
	if t.level > 0 {
		return c.hasHeard(t.post, t)
	}
	return c.shows(at, t.post, &t.trigger)
}

// hasHeard says whether a post knows that the warning level is published for which a threshold waits.
func (c *Command) hasHeard(p sim.PostID, t *threshold) bool {
	return int(c.levelsOf(p).ofZone(t.zone)) >= t.level
}

// passedText names the zones whose thresholds are passed, as far as any of some posts knows: it watches them, or has
// the readings of the gauge, or has heard of the warning.
func (c *Command) passedText(posts []sim.PostID) sim.Text {
	var list []sim.Text
	for i := range c.council.thresholds {
		t := &c.council.thresholds[i]
		if t.passed && slices.ContainsFunc(posts, func(p sim.PostID) bool {
			return p == t.post || t.level > 0 && c.hasHeard(p, t) || t.level == 0 && c.reads(p, t.trigger.Gauge)
		}) {
			list = append(list, sim.Say("%s（%s）", "%s (%s)", c.title(sim.RefTo(sim.KindZone, t.zone)),
				sim.Orders[t.asks].Title))
		}
	}
	if list == nil {
		return sim.Text{}
	}
	return sim.Say("已达阈值：%s", "thresholds passed: %s", list)
}
