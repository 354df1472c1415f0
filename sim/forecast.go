package sim

import "slices"

// Forecaster is a hazard that foresees: at its issue times it runs copies of itself ahead, the members of a forecast.
// They know the future forcing as it will be, but for rain, which each of them has wrong by a factor of its own that
// wanders away from 1 with the lead time.
type Forecaster interface {
	Hazard
	Outlook() Outlook
	// Ahead returns a member of an issue, both from 0: a hazard of its own that stands where this one stands now and
	// whose structures stay as they are ordered now. It advances by the same Interval. What it does depends on the
	// present state, the configuration, the hazard's seed, issue and member alone. One whose Advance gives an error is
	// left out of the forecast.
	Ahead(issue, member int) (Hazard, error)
}

// Outlook says when a hazard forecasts, how far, and who gets it. The zero Outlook is none.
type Outlook struct {
	First   Duration // from the start to the first issue
	Every   Duration // from one issue to the next
	Lead    Duration // how far a forecast reaches
	Step    Duration // between two of its values
	Members int
	Delay   Duration // from the issue until the posts have it
	To      []string // names of the posts; none for the highest
}

// Wanted says whether there are forecasts at all.
func (o Outlook) Wanted() bool { return o.Members > 0 }

// Issue returns the number of the issue at an instant, and whether there is one.
func (o Outlook) Issue(at Time) (int, bool) {
	since := at.Sub(Time(o.First))
	if !o.Wanted() || since < 0 || since%o.Every != 0 {
		return 0, false
	}
	return int(since / o.Every), true
}

// Steps is the number of values of a forecast's curve.
func (o Outlook) Steps() int { return int(o.Lead / o.Step) }

// Faults says what is wrong with an outlook of a hazard with that interval between publications, each fault at the key
// of the forecast's table that it is about.
func (o Outlook) Faults(interval Duration) []Problem {
	var list []Problem
	add := func(key string, text Text) { list = append(list, Problem{Path: key, Text: text}) }
	if !o.Wanted() || interval <= 0 { // a hazard without an interval has a fault of its own
		return nil
	}
	if o.Step <= 0 || o.Step%interval != 0 {
		add("step", Say("预报步长 %v；应为发布间隔 %v 的整倍数", "a step of %v; want a multiple of the hazard's interval, %v",
			o.Step, interval))
	}
	if o.Lead <= 0 || o.Step > 0 && o.Lead%o.Step != 0 {
		add("lead", Say("预见期 %v；应为预报步长 %v 的整倍数", "a lead of %v; want a multiple of the step, %v", o.Lead, o.Step))
	}
	if o.First < 0 || o.First%interval != 0 {
		add("first", Say("首次发布 %v；应为发布间隔 %v 的整倍数", "a first issue at %v; want a multiple of the hazard's interval, %v",
			o.First, interval))
	}
	if o.Every <= 0 || o.Every%interval != 0 {
		add("every", Say("每 %v 发布一次；应为发布间隔 %v 的整倍数", "an issue every %v; want a multiple of the hazard's interval, %v",
			o.Every, interval))
	}
	if o.Delay < 0 {
		add("delay", Say("延时 %v；不得为负", "a delay of %v; want none below 0", o.Delay))
	}
	return list
}

// Outlooker is a HazardSpec that says before the hazard is made when it will forecast.
type Outlooker interface{ Outlook() Outlook }

// Forecast is what a hazard foresaw at one instant: at every gauge and in every zone, by every member, at so many
// instants as Steps says, the first of them one Step after the issue. It never changes once it is made. A member whose
// state became impossible on its way is left out; without any member nothing is foreseen.
type Forecast struct {
	Hazard  HazardID
	Issued  Time
	Step    Duration
	Steps   int
	Members []Foreseen   // that reached the end
	Lost    []LostMember // that did not
}

// LostMember is a member that failed.
type LostMember struct {
	Member int  // its number, from 0
	At     Time // the publication that it did not reach
	Why    Text // cell and cause
}

// Foreseen is what one member foresees.
type Foreseen struct {
	Gauges []GaugeAhead // by id
	Zones  []ZoneAhead  // by id
}

// GaugeAhead is what a gauge will read, in thousandths of its unit.
type GaugeAhead struct {
	Level []int32                   // stage: [mm above the datum]; nil at a rain gauge
	Rain  [len(RainWindows)][]int32 // rain: in each window up to then [0.001 mm]; nil at a stage gauge
}

// ZoneAhead is how a zone's buildings will stand in the water.
type ZoneAhead struct {
	Wet  []int32 // share of them with more than 0.15 m [1/1000]
	Deep []int32 // deepest water at any [mm]
}

// At returns the instant of value k.
func (f *Forecast) At(k int) Time { return f.Issued.Add(Duration(k+1) * f.Step) }

// Curve returns what a member foresees at a gauge: levels, or with a window the rain in it. It is nil where the gauge
// measures something else.
func (m *Foreseen) Curve(gauge GaugeID, window Duration) []int32 {
	if gauge < 0 || int(gauge) >= len(m.Gauges) {
		return nil
	}
	if k, ok := RainWindow(window); ok {
		return m.Gauges[gauge].Rain[k]
	}
	return m.Gauges[gauge].Level
}

// Passes returns the first instant up to a last one at which a member foresees a gauge at or above a limit [m], or with
// a window so much rain in it [mm].
func (f *Forecast) Passes(member int, gauge GaugeID, window Duration, limit float64, last Time) (Time, bool) {
	for k, v := range f.Members[member].Curve(gauge, window) {
		if at := f.At(k); at <= last && float64(v)/1000 >= limit {
			return at, true
		}
	}
	return 0, false
}

// Fan returns the lowest, the median and the highest of the members' values number k at a gauge, in thousandths; of an
// even number of members the median is the lower one of the middle two. It gives false where there is no such value.
func (f *Forecast) Fan(gauge GaugeID, window Duration, k int) (low, median, high int32, ok bool) {
	var buf [16]int32
	list := buf[:0]
	for m := range f.Members {
		if c := f.Members[m].Curve(gauge, window); k >= 0 && k < len(c) {
			list = append(list, c[k])
		}
	}
	if len(list) == 0 {
		return 0, 0, 0, false
	}
	slices.Sort(list)
	return list[0], list[(len(list)-1)/2], list[len(list)-1], true
}

// Append writes the forecast as Load reads it: curves as differences, which are small.
func (f *Forecast) Append(e *Encoder) {
	e.Section("forecast-2")
	e.I32(int32(f.Hazard))
	e.Time(f.Issued)
	e.I64(int64(f.Step))
	e.Len(f.Steps)
	e.Len(len(f.Members))
	for m := range f.Members {
		x := &f.Members[m]
		e.Len(len(x.Gauges))
		for g := range x.Gauges {
			appendCurve(e, x.Gauges[g].Level)
			for _, c := range x.Gauges[g].Rain {
				appendCurve(e, c)
			}
		}
		e.Len(len(x.Zones))
		for z := range x.Zones {
			appendCurve(e, x.Zones[z].Wet)
			appendCurve(e, x.Zones[z].Deep)
		}
	}
	e.Len(len(f.Lost))
	for _, x := range f.Lost {
		e.U32(uint32(x.Member))
		e.Time(x.At)
		e.Text(x.Why)
	}
}

// Load reads what Append wrote.
func (f *Forecast) Load(d *Decoder) {
	d.Section("forecast-2")
	*f = Forecast{Hazard: HazardID(d.I32()), Issued: d.Time(), Step: Duration(d.I64()), Steps: int(d.U32())}
	if d.Err == nil && (f.Hazard < 0 || f.Issued < 0 || f.Step <= 0 || f.Steps <= 0 || f.Steps > forecastSteps ||
		f.Step > forecastLead) {
		d.Fail("a forecast of a time that cannot be")
	}
	f.Members = make([]Foreseen, d.Len(8))
	for m := range f.Members {
		x := &f.Members[m]
		x.Gauges = make([]GaugeAhead, d.Len(1+len(RainWindows)))
		for g := range x.Gauges {
			x.Gauges[g].Level = loadCurve(d, f.Steps)
			for w := range x.Gauges[g].Rain {
				x.Gauges[g].Rain[w] = loadCurve(d, f.Steps)
			}
		}
		x.Zones = make([]ZoneAhead, d.Len(2))
		for z := range x.Zones {
			x.Zones[z] = ZoneAhead{Wet: loadCurve(d, f.Steps), Deep: loadCurve(d, f.Steps)}
		}
	}
	for range d.Len(4 + 8 + 4 + 4) {
		x := LostMember{Member: int(d.U32()), At: d.Time(), Why: d.Text()}
		if d.Err == nil && (x.Member > forecastMembers || x.At <= f.Issued || x.At > f.At(f.Steps-1)) {
			d.Fail("a member that cannot have been lost")
		}
		f.Lost = append(f.Lost, x)
	}
}

// Limits of what a saved forecast can say.
const (
	forecastSteps   = 10_000
	forecastMembers = 10_000
	forecastLead    = 1000 * Hour
)

// Fits says whether a forecast speaks of so many gauges and zones in every member, and of any member.
func (f *Forecast) Fits(gauges, zones int) bool {
	for m := range f.Members {
		if len(f.Members[m].Gauges) != gauges || len(f.Members[m].Zones) != zones {
			return false
		}
	}
	return len(f.Members)+len(f.Lost) > 0
}

// appendCurve writes whether there is a curve, and its differences.
func appendCurve(e *Encoder, c []int32) {
	e.Bool(c != nil)
	last := int64(0)
	for _, v := range c {
		e.Varint(int64(v) - last)
		last = int64(v)
	}
}

// loadCurve reads a curve of n values.
func loadCurve(d *Decoder, n int) []int32 {
	if !d.Bool() || d.Err != nil {
		return nil
	}
	if n > len(d.Buf) {
		d.Fail("a curve beyond its end")
		return nil
	}
	c, last := make([]int32, n), int64(0)
	for k := range c {
		if last += d.Varint(); last != int64(int32(last)) {
			d.Fail("a value of a curve out of all proportion")
			return nil
		}
		c[k] = int32(last)
	}
	return c
}
