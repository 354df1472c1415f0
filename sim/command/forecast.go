package command

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// outlook is who gets the forecasts of a hazard, and the last one that they have.
type outlook struct {
	to   []sim.PostID // in id order; never changes
	last sim.ForecastKnown
	text sim.Text // what it says
}

func newOutlooks(sc *scenario.Scenario) []outlook {
	list := make([]outlook, len(sc.Hazards))
	for i := range list {
		o := scenario.OutlookOf(sc.Hazards[i].Spec)
		for p := range sc.Posts {
			if o.Wanted() && scenario.Gets(sc, o, sim.PostID(p)) {
				list[i].to = append(list[i].to, sim.PostID(p))
			}
		}
	}
	return list
}

// Foretell gives a forecast to the posts that get those of its hazard, with what it says in words.
func (c *Command) Foretell(at sim.Time, f *sim.Forecast, text sim.Text, log *sim.Log) {
	o := &c.outlooks[f.Hazard]
	o.last, o.text = sim.ForecastKnown{Received: at, Forecast: f}, text
	c.trail.Change(at, trailForecast, int32(f.Hazard), uint64(f.Issued))
	from := sim.RefTo(sim.KindHazard, f.Hazard)
	for _, p := range o.to {
		c.inform(at, p, from, text)
		log.Emit(sim.Event{At: at, Kind: sim.EvForecastReceived, A: sim.RefTo(sim.KindPost, p), B: from,
			Count: int32(len(f.Members)), Num: f.Issued.Seconds(), Text: text})
	}
}

// Miss tells the posts that get the forecasts of a hazard that one is missing, in words. The last one that they have
// stays.
func (c *Command) Miss(at sim.Time, hazard sim.HazardID, text sim.Text) {
	for _, p := range c.outlooks[hazard].to {
		c.inform(at, p, sim.RefTo(sim.KindHazard, hazard), text)
	}
}

// forecastsOf appends the last forecasts that a post has.
func (c *Command) forecastsOf(post sim.PostID, buf []sim.ForecastKnown) []sim.ForecastKnown {
	for i := range c.outlooks {
		if o := &c.outlooks[i]; o.last.Forecast != nil && slices.Contains(o.to, post) {
			buf = append(buf, o.last)
		}
	}
	return buf
}

func (c *Command) appendForecasts(e *sim.Encoder) {
	e.Len(len(c.outlooks))
	for i := range c.outlooks {
		o := &c.outlooks[i]
		e.Bool(o.last.Forecast != nil)
		if o.last.Forecast != nil {
			o.last.Append(e)
			e.Text(o.text)
		}
	}
}

func (c *Command) loadForecasts(d *sim.Decoder) {
	if !d.Fixed(len(c.outlooks), "hazards") {
		return
	}
	for i := range c.outlooks {
		o := &c.outlooks[i]
		o.last = sim.ForecastKnown{}
		if !d.Bool() {
			continue
		}
		o.last = sim.ForecastKnown{Received: d.Time(), Forecast: &sim.Forecast{}}
		o.last.Forecast.Load(d)
		o.text = d.Text()
		if d.Err == nil && (int(o.last.Forecast.Hazard) != i || !o.last.Forecast.Fits(len(c.sc.Gauges), len(c.sc.Zones))) {
			d.Fail("a forecast of another scenario")
		}
	}
}
