package evaluation

import (
	"sandtable/sim"
)

// Measures are the figures of one group of people: a zone, or everybody. Persons are counted, not households.
// Shares are of those at risk unless said otherwise. docs/measures.md defines each of them.
type Measures struct {
	Persons  int `json:"persons"`
	AtRisk   int `json:"at_risk"`
	AtRiskAt int `json:"at_risk_present"` // of those at risk: who is in such a place at the start
	NoZone   int `json:"at_risk_no_zone"` // of at_risk_present: in no zone, so that no order is addressed to them
	Warned   int `json:"warned"`          // of those at risk
	AllHeard int `json:"warned_all"`      // of everybody

	MovedBeforeWater int     `json:"moved_before_water"` // of those at risk
	MovedPresent     int     `json:"moved_present"`      // of these: of at_risk_present
	MovedBy          MovedBy `json:"moved_by"`
	MovedSafe        int     `json:"moved_and_safe"` // of moved_before_water: came to no harm on the way
	MovedAll         int     `json:"moved_all"`      // left their zone before water, of everybody
	StrandedEnd      int     `json:"stranded_end"`   // of everybody: stranded when the run ended
	RescuedByBoat    int     `json:"rescued_by_boat"`
	Caught           int     `json:"caught"`
	Injured          int     `json:"injured"`
	Dead             int     `json:"dead"`
	Sheltered        int     `json:"sheltered"`
	NeverMoved       int     `json:"never_moved"` // of those at risk: never left their zone
	TurnedAway       int     `json:"turned_away"` // by a full or shut shelter at least once

	ReliefOf      int `json:"relief_of"`      // alive, and left where they were
	Relief        int `json:"relief_10h"`     // of these: cared for within ten hours
	ReliefPending int `json:"relief_pending"` // of these: not yet, and the ten hours are not over
	WentOff       int `json:"went_off"`       // left a shelter against orders
	HomeAgain     int `json:"home_again"`     // came home when they were allowed to
	Ill           int `json:"ill"`            // needed a doctor in a shelter

	// ClearanceS is when the last person who ever left had left, since the first evacuation order [s]; -1 when
	// nobody was ordered or nobody left. It is to be read with NeverMoved.
	ClearanceS float64 `json:"clearance_s"`
	// T50S and T90S are when half and nine tenths of those who ever left had left, since the start [s]; -1 for none.
	T50S float64 `json:"left_t50_s"`
	T90S float64 `json:"left_t90_s"`
	// LeadS is the median time from leaving to the first water in the zone, of those who left before it [s]; -1 for
	// none.
	LeadS float64 `json:"lead_s"`

	DeadBy map[string]int `json:"dead_by,omitempty"` // by cause

	Band *Band `json:"second_opinions,omitempty"` // on the deaths; nil when the water at the buildings was not kept

	Losses // of buildings

	Roads    *Roads    `json:"roads,omitempty"`    // of the total only
	Property *Property `json:"property,omitempty"` // of the total only; nil when the water was not kept
}

// MovedBy splits MovedBeforeWater by the way of moving.
type MovedBy struct {
	Coach int `json:"coach"`
	Car   int `json:"car"`
	Bike  int `json:"bike"`
	Foot  int `json:"foot"`
	Other int `json:"other"`
}

// ZoneMeasures are the measures of one zone and its orders.
type ZoneMeasures struct {
	Zone sim.ZoneID `json:"-"`
	Name string     `json:"zone"`
	Measures
	PrepareS  float64 `json:"prepare_order_s"`   // since the start [s]; -1 for never
	OrderS    float64 `json:"evacuate_order_s"`  // the order was given
	SpreadS   float64 `json:"evacuate_spread_s"` // the zone's post began to spread it
	FirstWetS float64 `json:"first_water_s"`     // water passed 0.15 m at the zone's first building

	Departure Departure `json:"departure"` // the latest safe one
}

// Report is everything that was measured.
type Report struct {
	Total      Measures          `json:"total"`
	Shelters   []ShelterNeeds    `json:"shelters,omitempty"`
	Zones      []ZoneMeasures    `json:"zones"`
	Controls   []ControlMeasure  `json:"controls,omitempty"` // emergency controls, in the order of time
	Objectives []ObjectiveResult `json:"objectives,omitempty"`
	curves     curves
	rest       Band   // second opinions on who is in no zone
	risk       []bool // of each person
}

// ObjectiveResult is one objective and whether it was met.
type ObjectiveResult struct {
	Name    string   `json:"name"`
	Title   sim.Text `json:"title"`
	Measure string   `json:"measure"`
	Value   float64  `json:"value"`
	AtLeast *float64 `json:"at_least,omitempty"`
	AtMost  *float64 `json:"at_most,omitempty"`
	Met     bool     `json:"met"`
}

// Measure evaluates a run. reference holds the events of the reference run: the same hazard seed and structures,
// no protective order.
func Measure(in *Input, reference []sim.Event) *Report {
	r, lodged := collect(in), shelterNeeds(in)
	for q := range r.party {
		if at, p := lodged.relief[q], &r.party[q]; at >= 0 && (p.relief < 0 || at < p.relief) {
			p.relief = at
		}
	}
	danger := dangerOf(len(in.Scenario.Buildings), reference)
	risk := atRisk(in.Scenario, danger)
	rep := &Report{risk: risk, Zones: make([]ZoneMeasures, len(in.Scenario.Zones)), Shelters: lodged.needs}
	all := newTallier(firstOrder(r))
	zones := make([]*tallier, len(rep.Zones))
	for i := range zones {
		zones[i] = newTallier(r.ordered[i].evacuateSent)
	}
	for i := range in.Roster.Persons {
		party := in.Roster.Persons[i].Party
		entry := &in.Roster.Parties[party]
		wet, isWet := r.firstWet[entry.Zone]
		if !isWet {
			wet = never
		}
		p := person{rec: &r.party[party], risk: risk[i], present: danger[entry.Place] >= sim.H3, hurt: r.hurt[i],
			died: r.died[i], cause: r.cause[i], wet: wet, zoned: entry.Zone >= 0, ill: r.ill[i], until: in.Until}
		all.add(p)
		if entry.Zone >= 0 {
			zones[entry.Zone].add(p)
		}
	}
	rep.Total = all.done()
	for i, z := range zones {
		o := r.ordered[i]
		rep.Zones[i] = ZoneMeasures{Zone: sim.ZoneID(i), Name: in.Scenario.Zones[i].Name, Measures: z.done(),
			PrepareS: seconds(o.prepareSent), OrderS: seconds(o.evacuateSent), SpreadS: seconds(o.evacuateAcked),
			FirstWetS: -1}
		if wet, ok := r.firstWet[sim.ZoneID(i)]; ok {
			rep.Zones[i].FirstWetS = wet.Seconds()
		}
	}
	for i, x := range departures(in, r, reference) {
		rep.Zones[i].Departure = x
	}
	rep.addLosses(in)
	rep.addBands(in, r)
	rep.Total.Roads = roadsOf(in)
	rep.Total.Property = propertyOf(in)
	rep.Controls = controls(in)
	rep.Objectives = judge(in, &rep.Total)
	rep.curves = drawCurves(in, r, risk)
	return rep
}

// firstOrder is when the first evacuation order of all was given.
func firstOrder(r *records) sim.Time {
	first := never
	for _, o := range r.ordered {
		if o.evacuateSent >= 0 && (first < 0 || o.evacuateSent < first) {
			first = o.evacuateSent
		}
	}
	return first
}

func seconds(t sim.Time) float64 {
	if t < 0 {
		return -1
	}
	return t.Seconds()
}

// person is one person's share in the measures.
type person struct {
	rec  *partyRecord
	risk bool
	// present says that the place where the person is at the start saw danger in the reference run.
	present bool
	zoned   bool // that place lies in a zone
	hurt    bool
	ill     bool
	until   sim.Time // the end of the run
	died    sim.Time // -1 when alive at the end
	cause   sim.Cause
	wet     sim.Time // first water in the zone; -1 for never
}

// saw says whether something that happened to the party at that time happened to this person: the dead do not share
// what comes later.
func (p *person) saw(at sim.Time) bool { return at >= 0 && (p.died < 0 || at <= p.died) }

// tallier sums one group.
type tallier struct {
	m     Measures
	order sim.Time
	left  []sim.Time
	leads []sim.Time
}

func newTallier(order sim.Time) *tallier { return &tallier{order: order} }

func (t *tallier) add(p person) {
	m, rec := &t.m, p.rec
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	m.Persons++
	left, dead := p.saw(rec.left), p.died >= 0
	before := left && rec.dry
	count(&m.AtRisk, p.risk)
	count(&m.AtRiskAt, p.risk && p.present)
	count(&m.NoZone, p.risk && p.present && !p.zoned)
	count(&m.StrandedEnd, rec.stuck && !dead)
	count(&m.AllHeard, p.saw(rec.warned))
	count(&m.Warned, p.risk && p.saw(rec.warned))
	count(&m.MovedAll, before)
	count(&m.NeverMoved, p.risk && !left)
	count(&m.RescuedByBoat, p.saw(rec.rescued))
	count(&m.Caught, p.saw(rec.caught))
	count(&m.Injured, p.hurt && !dead)
	count(&m.Sheltered, rec.sheltered >= 0 && !dead)
	count(&m.TurnedAway, rec.turned > 0)
	count(&m.WentOff, rec.wentOff)
	count(&m.HomeAgain, rec.home && !dead)
	count(&m.Ill, p.ill)
	if !dead && rec.out >= 0 {
		relieved := rec.relief >= 0 && rec.relief.Sub(rec.out) <= reliefWithin
		m.ReliefOf++
		count(&m.Relief, relieved)
		count(&m.ReliefPending, !relieved && p.until.Sub(rec.out) < reliefWithin)
	}
	if p.risk && before {
		m.MovedBeforeWater++
		count(&m.MovedPresent, p.present)
		count(&m.MovedSafe, !dead && !rec.stuck && !p.saw(rec.caught))
		m.MovedBy.Add(rec.mode, 1)
	}
	if dead {
		m.Dead++
		if m.DeadBy == nil {
			m.DeadBy = make(map[string]int)
		}
		m.DeadBy[p.cause.String()]++
	}
	if left {
		t.left = append(t.left, rec.left)
		if p.wet > rec.left {
			t.leads = append(t.leads, p.wet-rec.left)
		}
	}
}

// Add counts persons who moved by a mode.
func (m *MovedBy) Add(mode sim.Mode, persons int) {
	switch mode {
	case sim.ModeCoach:
		m.Coach += persons
	case sim.ModeCar:
		m.Car += persons
	case sim.ModeBike:
		m.Bike += persons
	case sim.ModeFoot:
		m.Foot += persons
	default:
		m.Other += persons
	}
}

// done finishes the times.
func (t *tallier) done() Measures {
	left := sortedTimes(t.left)
	t.m.T50S = seconds(quantile(left, 0.5))
	t.m.T90S = seconds(quantile(left, 0.9))
	t.m.LeadS = seconds(quantile(sortedTimes(t.leads), 0.5))
	t.m.ClearanceS = -1
	if len(left) > 0 && t.order >= 0 && left[len(left)-1] >= t.order {
		t.m.ClearanceS = left[len(left)-1].Sub(t.order).Seconds()
	}
	return t.m
}

// Value returns a measure by its name, as objectives and sweeps ask for it.
func (m *Measures) Value(name string) (float64, bool) {
	switch name {
	case "persons":
		return float64(m.Persons), true
	case "at_risk":
		return float64(m.AtRisk), true
	case "at_risk_present":
		return float64(m.AtRiskAt), true
	case "moved_and_safe":
		return float64(m.MovedSafe), true
	case "stranded_end":
		return float64(m.StrandedEnd), true
	case "warned":
		return float64(m.Warned), true
	case "moved_before_water":
		return float64(m.MovedBeforeWater), true
	case "moved_present":
		return float64(m.MovedPresent), true
	case "moved_by_coach":
		return float64(m.MovedBy.Coach), true
	case "moved_by_car":
		return float64(m.MovedBy.Car), true
	case "moved_by_bike":
		return float64(m.MovedBy.Bike), true
	case "moved_by_foot":
		return float64(m.MovedBy.Foot), true
	case "rescued_by_boat":
		return float64(m.RescuedByBoat), true
	case "caught":
		return float64(m.Caught), true
	case "hurt", "injured":
		return float64(m.Injured), true
	case "dead":
		return float64(m.Dead), true
	case "sheltered":
		return float64(m.Sheltered), true
	case "clearance_s":
		return m.ClearanceS, true
	case "relief_10h":
		return float64(m.Relief), true
	case "went_off":
		return float64(m.WentOff), true
	case "home_again":
		return float64(m.HomeAgain), true
	case "ill":
		return float64(m.Ill), true
	}
	if v, ok := m.share(name); ok {
		return v, true
	}
	if v, ok := m.Roads.value(name); ok {
		return v, true
	}
	return m.Losses.value(name)
}

// share returns a measure that is a part of so many persons; all of nobody, for nobody was failed.
func (m *Measures) share(name string) (float64, bool) {
	part := func(n, of int) (float64, bool) {
		if of == 0 {
			return 1, true
		}
		return float64(n) / float64(of), true
	}
	switch name {
	case "warned_share":
		return part(m.Warned, m.AtRisk)
	case "moved_before_water_share":
		return part(m.MovedBeforeWater, m.AtRisk)
	case "moved_and_safe_share":
		return part(m.MovedSafe, m.AtRisk)
	case "moved_present_share":
		return part(m.MovedPresent, m.AtRiskAt)
	case "relief_10h_share": // of those whose ten hours are over
		return part(m.Relief, m.ReliefOf-m.ReliefPending)
	}
	return 0, false
}
