package render

import (
	"cmp"
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// SeatFrame makes a picture of what a seat knows and of nothing else: it is made from the scenario and the observation
// alone. People, vehicles and water are not on it, since nobody sees them from above; zones, shelters, units, gauges
// and roads are as they were told last.
func SeatFrame(sc *scenario.Scenario, names *scenario.Directory, o *sim.Observation, f *Frame) {
	f.Truth, f.Charts, f.Water = sim.Truth{}, nil, 0
	s := &f.Snapshot
	*s = sim.Snapshot{Now: o.Now, Warning: o.Warning, Response: o.Response, Zones: s.Zones[:0], Shelters: s.Shelters[:0],
		Gauges: s.Gauges[:0], Units: s.Units[:0], Closed: s.Closed[:0]}
	for z := range sc.Zones {
		s.Zones = append(s.Zones, zoneKnown(o, sim.ZoneID(z), &s.Total))
	}
	for i := range sc.Shelters {
		dot := sim.ShelterDot{Capacity: int32(sc.Shelters[i].Capacity)}
		if i < len(o.Shelters) && o.Shelters[i].Reported >= 0 {
			c := o.Shelters[i].Count
			dot.Open, dot.Inside, dot.Waiting = c.Open, c.Inside, c.Waiting
			s.Total.Sheltered += int(c.Inside)
		}
		s.Shelters = append(s.Shelters, dot)
	}
	for _, k := range o.Gauges {
		s.Gauges = append(s.Gauges, sim.GaugeTruth{Level: k.Level, Rain: k.Rain, Above: k.Above, Warning: k.Warning,
			Action: k.Action})
	}
	for i := range sc.Units {
		s.Units = append(s.Units, unitKnown(sc, names, o, sim.UnitID(i)))
	}
	for _, r := range o.Roads {
		if r.Closed {
			s.Closed = append(s.Closed, r.Link)
		}
	}
	slices.Sort(s.Closed)
}

// zoneKnown is a zone as the seat was told, and adds what was reported to a total.
func zoneKnown(o *sim.Observation, z sim.ZoneID, total *sim.Counts) sim.ZoneDot {
	var dot sim.ZoneDot
	last := sim.Time(-1)
	ordered := func(order sim.OrderID, given sim.Time) {
		if (order == sim.OrderEvacuateZone || order == sim.OrderAllClear) && given >= last {
			dot.Ordered, last = order == sim.OrderEvacuateZone, given
		}
	}
	for i := range o.Orders {
		if x := &o.Orders[i]; x.Target == sim.RefTo(sim.KindZone, z) && x.Acked >= 0 {
			ordered(x.Order, x.Sent)
		}
	}
	for _, x := range o.Received {
		if x.Zone == z {
			ordered(x.Order, x.Given)
		}
	}
	if int(z) >= len(o.Zones) {
		return dot
	}
	k := &o.Zones[z]
	dot.NoPower, dot.NoNetwork = k.Lines.NoPower, k.Lines.NoNetwork
	if k.Reported < 0 {
		return dot
	}
	r := &k.Report
	dot.Persons, dot.Warned, dot.Left = r.Persons, r.Warned, r.Left
	total.Persons += int(r.Persons)
	total.Warned += int(r.Warned)
	total.Left += int(r.Left)
	total.Stranded += int(r.Stranded)
	total.Hurt += int(r.Hurt)
	total.Dead += int(r.Dead)
	return dot
}

// unitKnown is a unit where it said last that it is; before that at its station.
func unitKnown(sc *scenario.Scenario, names *scenario.Directory, o *sim.Observation, id sim.UnitID) sim.UnitDot {
	spec := &sc.Units[id]
	dot := sim.UnitDot{Unit: id, Mode: sim.ModeCoach}
	switch spec.Kind {
	case "boat":
		dot.Mode = sim.ModeBoat
	case "van":
		dot.Mode = sim.ModeVan
	}
	if int(id) < len(o.Units) && o.Units[id].Reported >= 0 {
		r := &o.Units[id].Report
		dot.At.X, dot.At.Y, dot.Status, dot.Aboard = r.X, r.Y, r.Status, r.Aboard
		return dot
	}
	if station, ok := names.Resolve(sim.KindStation, spec.Station); ok {
		dot.At = scenario.Point(sc.Stations[station].Place)
	}
	return dot
}

// SeatMoments are what a seat has received and done, in the order of time: its messages, and its orders with their
// acknowledgements.
func SeatMoments(names *scenario.Directory, o *sim.Observation) []Moment {
	var out []Moment
	for i := range o.Inbox {
		m := &o.Inbox[i]
		text := m.Text
		if m.From.Kind != sim.KindNone {
			text = sim.Say("%s：%s", "%s: %s", names.TitleOf(m.From), m.Text)
		}
		out = append(out, Moment{At: m.At, Kind: MomentHazard, Text: text})
	}
	for i := range o.Orders {
		x := &o.Orders[i]
		title := sim.Orders[x.Order].Title
		if x.Target.Kind != sim.KindCounty {
			title = sim.Say("%s（%s）", "%s (%s)", title, names.TitleOf(x.Target))
		}
		out = append(out, Moment{At: x.Sent, Kind: MomentOrder, Text: sim.Say("下达%s", "ordered: %s", title)})
		if x.Acked > x.Sent {
			out = append(out, Moment{At: x.Acked, Kind: MomentOrder, Minor: true,
				Text: sim.Say("已叫应：%s", "acknowledged: %s", title)})
		}
	}
	slices.SortStableFunc(out, func(a, b Moment) int { return cmp.Compare(a.At, b.At) })
	return out
}

// SeatSample is a point of the curves behind the timeline, as the seat knows it. A gauge whose readings it does not get
// has no number there (NaN).
func SeatSample(sc *scenario.Scenario, o *sim.Observation) Sample {
	var total sim.Counts
	for z := range o.Zones {
		zoneKnown(o, sim.ZoneID(z), &total)
	}
	p := Sample{At: o.Now, Persons: total.Persons, Warned: total.Warned, Left: total.Left, Stranded: total.Stranded}
	hour, _ := sim.RainWindow(sim.Hour)
	for i, k := range o.Gauges {
		value := k.Level
		switch {
		case k.Reported < 0:
			value = math.NaN()
		case sc.Gauges[i].Kind == scenario.GaugeRain:
			value = k.Rain[hour]
		}
		p.Gauges = append(p.Gauges, float32(value))
	}
	return p
}
