package evaluation

import (
	"cmp"
	"slices"

	"sandtable/sim"
)

// Consultation is one consultation (会商) from the call on, as the review knows it.
type Consultation struct {
	Title     sim.Text
	By        sim.Text // the post that called it
	Called    sim.Time
	Began     sim.Time // -1 for never
	Ended     sim.Time // when its time was over, or it came to nothing; -1 for never
	Members   int
	There     int        // when it began
	Who       sim.Text   // came and who did not, in words
	Failed    sim.Text   // why it came to nothing; empty where it did not
	Forecasts []sim.Text // what the last of each hazard said that its caller had
	AsBefore  bool       // these are the ones of the consultation before
	Sends     sim.Text   // the deployment that was to go out at its end; empty without one
	Sent      sim.Time   // when that went out; -1 for never
	Orders    int        // in it
	Held      int        // of these: held back, for what they wait for was not so

	meeting, by, out sim.Ref
}

// LastedS is how long it took from its beginning [s]; -1 where it never began or is not over.
func (c *Consultation) LastedS() float64 {
	if c.Began < 0 || c.Ended < 0 {
		return -1
	}
	return c.Ended.Sub(c.Began).Seconds()
}

// consultations lists those that were called, in the order of the calls. One that was called again stands there again.
func consultations(in *Input) []Consultation {
	var list []Consultation
	for i := range in.Events {
		e := &in.Events[i]
		if e.Kind != sim.EvMeeting {
			continue
		}
		k := len(list) - 1
		for k >= 0 && list[k].meeting != e.A {
			k--
		}
		if e.Count == 0 {
			list = append(list, Consultation{Title: in.Names.TitleOf(e.A), By: in.Names.TitleOf(e.B), Called: e.At,
				Began: never, Ended: never, Sent: never, Members: int(e.Num), meeting: e.A, by: e.B, out: e.C})
			continue
		}
		if k < 0 {
			continue // called before the events begin
		}
		switch c := &list[k]; e.Count {
		case 1:
			c.Began, c.There, c.Who = e.At, int(e.Num), e.Text
		case 2:
			c.Ended = e.At
		case 3:
			c.Ended, c.Failed = e.At, e.Text
		}
	}
	for k := range list {
		list[k].decided(in)
		list[k].Forecasts = forecastsAt(in, list[k].by, list[k].until(in))
	}
	slices.SortStableFunc(list, func(a, b Consultation) int { return cmp.Compare(a.Called, b.Called) })
	for k := range list {
		list[k].AsBefore = k > 0 && len(list[k].Forecasts) > 0 && slices.Equal(list[k].Forecasts, list[k-1].Forecasts)
	}
	return list
}

// until is up to when it took in what came.
func (c *Consultation) until(in *Input) sim.Time {
	if c.Ended >= 0 {
		return c.Ended
	}
	return in.Until
}

// decided fills in the deployment and when it went out: at the end, or later where nobody was there to sign it.
func (c *Consultation) decided(in *Input) {
	if c.out.Kind != sim.KindDeployment {
		return
	}
	c.Sends = in.Names.TitleOf(c.out)
	for i := range in.Scenario.Items {
		if in.Scenario.Items[i].Of == in.Scenario.Deployments[c.out.ID].Name {
			c.Orders++
		}
	}
	for i := range in.Events {
		e := &in.Events[i]
		if e.Kind != sim.EvDeployment || e.A != c.out || c.Ended < 0 || e.At < c.Ended || !c.Failed.Empty() {
			continue
		}
		switch e.Count {
		case 0:
			c.Sent = e.At
		case 3:
			c.Held++
		}
	}
}

// forecastsAt lists what the last forecast of each hazard said that a post had at an instant.
func forecastsAt(in *Input, post sim.Ref, at sim.Time) []sim.Text {
	var last []*sim.Event
	for i := range in.Events {
		e := &in.Events[i]
		if e.Kind != sim.EvForecastReceived || e.A != post || e.At > at {
			continue
		}
		k := slices.IndexFunc(last, func(o *sim.Event) bool { return o.B == e.B })
		if k < 0 {
			last = append(last, e)
		} else {
			last[k] = e
		}
	}
	var said []sim.Text
	for _, e := range last {
		said = append(said, e.Text)
	}
	return said
}
