package evaluation

import (
	"slices"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// ControlMeasure is an order for an emergency control (断、禁、停、撤、疏): who gave it, when it was in force, and what it did
// as far as events tell. docs/measures.md defines it. Instants are seconds since the start, -1 for never.
type ControlMeasure struct {
	Order   string   `json:"order"`
	What    string   `json:"what,omitempty"` // what is suspended
	Where   sim.Text `json:"where"`
	Title   sim.Text `json:"title"`
	By      sim.Text `json:"ordered_by"`
	GivenS  float64  `json:"ordered_s"`
	EffectS float64  `json:"in_force_s"`
	TakesS  float64  `json:"time_to_effect_s"`
	LiftedS float64  `json:"lifted_s"`
	Already bool     `json:"already_in_force"` // it held when it was ordered, and what it does is counted there
	ControlDid

	Given, Effect, Lifted sim.Time `json:"-"`

	id    sim.OrderID
	about sim.Ref
	what  sim.Suspension // SuspensionCount where nothing is suspended
}

// ControlDid is what a control did from when it was in force until it was lifted. Persons are those alive at the event.
type ControlDid struct {
	TurnedBack   int `json:"turned_back"`     // persons whom guards did not let into the zone
	SentHome     int `json:"set_out_home"`    // persons who set out for home from what was suspended
	CameHome     int `json:"came_home"`       // of them: who got there
	Schools      int `json:"schools_ended"`   // schools and kindergartens that ended their day
	VisitorsLeft int `json:"visitors_left"`   // persons on a visit who set out
	Helpers      int `json:"helpers_turned"`  // errands of helpers that were broken off
	Channels     int `json:"channels_failed"` // failures of channels where the power is off
	Caught       int `json:"vehicles_caught"` // vehicles that were caught on the closed road
	Lanes        int `json:"lanes_turned"`    // lanes that run the other way
}

// controlOrders are the orders that count as emergency controls, each with the one that lifts it: itself where it
// says "off".
var controlOrders = []struct{ on, off sim.OrderID }{
	{sim.OrderCutPower, sim.OrderRestorePower}, {sim.OrderCloseRoad, sim.OrderOpenRoad},
	{sim.OrderBanEntry, sim.OrderBanEntry}, {sim.OrderBanGathering, sim.OrderBanGathering},
	{sim.OrderSuspend, sim.OrderResume}, {sim.OrderWithdraw, sim.OrderWithdraw}, {sim.OrderDivert, sim.OrderDivert},
	{sim.OrderContraflow, sim.OrderEndContraflow}, {sim.OrderPoliceNode, sim.OrderPoliceNode},
}

// controls lists the emergency controls that were ordered, in the order of time.
func controls(in *Input) []ControlMeasure {
	n := len(in.Roster.Parties)
	c := controller{in: in, alive: make([]int, n), sent: make([]*ControlMeasure, n), away: make([]bool, n),
		gone: make([]bool, n), turned: make(map[turnedBack]bool)}
	for q := range c.alive {
		c.alive[q] = int(in.Roster.Parties[q].Persons)
	}
	for i := range in.Events {
		c.take(&in.Events[i])
	}
	list := make([]ControlMeasure, len(c.list))
	for i, x := range c.list {
		x.GivenS, x.EffectS, x.LiftedS, x.TakesS = seconds(x.Given), seconds(x.Effect), seconds(x.Lifted), -1
		if x.Effect >= 0 {
			x.TakesS = x.Effect.Sub(x.Given).Seconds()
		}
		list[i] = *x
	}
	return list
}

// controller follows controls through the events.
type controller struct {
	in    *Input
	list  []*ControlMeasure
	alive []int             // of each party
	sent  []*ControlMeasure // of each party: what sent it home
	away  []bool            // of each party: it is no longer where it was at the start, but has come home or to a shelter
	gone  []bool            // of each party: visitors who have left

	turned map[turnedBack]bool

	pupils []bool  // of each party, when first asked for: somebody is at school
	eldest []uint8 // of each party: age [a]
}

// turnedBack is a party that a ban of entry has turned back; who tries again is counted once.
type turnedBack struct {
	by    *ControlMeasure
	party int32
}

// take follows one event.
func (c *controller) take(e *sim.Event) {
	if e.Kind == sim.EvAccepted {
		c.ordered(e)
		return
	}
	if on, id, what, ok := c.change(e); ok {
		c.turn(e, on, id, what)
		return
	}
	switch {
	case e.Kind == sim.EvVehicleStranded && sim.StrandCause(e.Count) == sim.StrandClosed:
		if x := c.on(e.B, sim.OrderCloseRoad); x != nil {
			x.Caught++
		}
	case e.A.Kind == sim.KindParty && int(e.A.ID) < len(c.alive):
		c.moved(e, e.A.ID)
	case e.Kind == sim.EvPersonDied:
		c.alive[c.in.Roster.Persons[e.A.ID].Party]--
	case e.Kind == sim.EvInstitution && sim.InstitutionStep(e.Count) == sim.InstitutionSendHome:
		if x := c.holds(c.in.Sites.Building[e.A.ID].Zone, sim.OrderSuspend, c.kindOf(sim.BuildingID(e.A.ID))); x != nil {
			x.Schools++
		}
	case e.Kind == sim.EvHelper && sim.HelperStep(e.Count) == sim.HelperFails:
		c.helper(e)
	case e.Kind == sim.EvChannel && e.Count == 0:
		zone := sim.ZoneID(sim.None)
		if e.B.Kind == sim.KindZone {
			zone = sim.ZoneID(e.B.ID)
		}
		if x := c.holds(zone, sim.OrderCutPower, sim.SuspensionCount); x != nil && c.onMains(e.A) {
			x.Channels++
		}
	}
}

// onMains says whether a channel stands still without mains: others fail for another reason.
func (c *controller) onMains(ch sim.Ref) bool {
	list := c.in.Scenario.Channels
	return ch.Kind == sim.KindChannel && int(ch.ID) < len(list) && list[ch.ID].Law().Needs&scenario.NeedsPower != 0
}

// ordered notes an order for a control.
func (c *controller) ordered(e *sim.Event) {
	id := sim.OrderID(e.Count)
	spec := &sim.Orders[id]
	state, what := chosen(spec, "state", e.Text), chosen(spec, "what", e.Text)
	for _, o := range controlOrders {
		if o.on != id || state == 0 {
			continue // another order, or one to lift it
		}
		x := ControlMeasure{Order: spec.Name, Where: c.in.Names.TitleOf(e.A), Title: spec.Title, By: givenBy(c.in, e),
			Given: e.At, Effect: never, Lifted: never, id: id, about: e.A, what: sim.SuspensionCount}
		if what >= 0 {
			p := spec.Params[slices.IndexFunc(spec.Params, func(p sim.ParamSpec) bool { return p.Name == "what" })]
			x.what, x.What = sim.Suspension(what), p.Choices[what]
			x.Title = sim.Say("%s：%s", "%s: %s", spec.Title, p.Words[what])
		}
		for _, o := range c.list {
			if o.id == x.id && o.about == x.about && o.what == x.what && o.isOn() {
				x.Already, x.Effect = true, e.At
			}
		}
		c.list = append(c.list, &x)
	}
}

// chosen returns which choice of a parameter an order in words has made, -1 where there is no such parameter.
func chosen(spec *sim.OrderSpec, name string, words sim.Text) int {
	parts := strings.FieldsFunc(words.EN, func(r rune) bool { return strings.ContainsRune(":(),", r) })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	for _, p := range spec.Params {
		if p.Name == name {
			return slices.IndexFunc(p.Words, func(w sim.Text) bool { return slices.Contains(parts, w.EN) })
		}
	}
	return -1
}

// givenBy says who gave an order.
func givenBy(in *Input, e *sim.Event) sim.Text {
	post := sim.Text{}
	if e.B.Kind == sim.KindPost && e.B.ID >= 0 && int(e.B.ID) < len(in.Scenario.Posts) {
		post = in.Names.TitleOf(e.B)
	}
	switch origin := sim.OriginKind(e.Num); {
	case origin == sim.FromDirector:
		return sim.Text{ZH: "导调", EN: "the director"}
	case post.Empty():
		return sim.Said("–")
	case origin == sim.FromPlan:
		return sim.Say("%s（预案）", "%s (plan)", post)
	}
	return post
}

// change says whether an event is one by which a control is in force or lifted, and of which.
func (c *controller) change(e *sim.Event) (on bool, id sim.OrderID, what sim.Suspension, ok bool) {
	what = sim.SuspensionCount
	switch e.Kind {
	case sim.EvControl:
		id, on = sim.OrderID(e.Count), e.Num == 1
		if id == sim.OrderResume {
			id, on = sim.OrderSuspend, false
		}
		if id == sim.OrderSuspend {
			what = sim.Suspension(e.B.ID)
		}
		return on, id, what, true
	case sim.EvPower:
		return e.Count == 0, sim.OrderCutPower, what, e.B.Kind == sim.KindNone
	case sim.EvLinkClosed, sim.EvLinkOpened:
		return e.Kind == sim.EvLinkClosed, sim.OrderCloseRoad, what, sim.StrandCause(e.Count) == sim.StrandClosed
	case sim.EvContraflow: // 2: the lanes run the other way; 4: they are back
		return e.Count == 2, sim.OrderContraflow, what, e.Count == 2 || e.Count == 4
	case sim.EvRoadPolice:
		return e.Count == 1, sim.OrderPoliceNode, what, true
	}
	return false, 0, what, false
}

// turn puts orders for a control in force that wait for it, or lifts those that are. What is said of the whole county
// holds for its zones when it is lifted, and what is said of zones for an order for the whole county.
func (c *controller) turn(e *sim.Event, on bool, id sim.OrderID, what sim.Suspension) {
	for _, x := range c.list {
		wide := x.about.Kind == sim.KindCounty && e.A.Kind == sim.KindZone && on
		if x.id != id || x.what != what || x.about != e.A && e.A.Kind != sim.KindCounty && !wide {
			continue
		}
		switch {
		case on && x.Effect < 0 && (x.about == e.A || wide):
			x.Effect = e.At
			if id == sim.OrderContraflow {
				x.Lanes = int(e.Num)
			}
		case !on && x.isOn():
			x.Lifted = e.At
		}
	}
}

// isOn says whether a control is in force.
func (x *ControlMeasure) isOn() bool { return x.Effect >= 0 && x.Lifted < 0 }

// InForce says whether a control ever was in force.
func (x *ControlMeasure) InForce() bool { return x.Effect >= 0 }

// on returns the control that is in force on a road or at a junction, if any.
func (c *controller) on(about sim.Ref, id sim.OrderID) *ControlMeasure {
	for _, x := range c.list {
		if x.id == id && x.about == about && x.isOn() && !x.Already {
			return x
		}
	}
	return nil
}

// holds returns the control that is in force in a zone, by an order for it or for the whole county.
func (c *controller) holds(zone sim.ZoneID, id sim.OrderID, what sim.Suspension) *ControlMeasure {
	for _, x := range c.list {
		about := x.about.Kind == sim.KindCounty || zone >= 0 && x.about == sim.RefTo(sim.KindZone, zone)
		if x.id == id && x.what == what && about && x.isOn() && !x.Already {
			return x
		}
	}
	return nil
}

// moved follows a party that is sent home, leaves at the word of a ban, or is turned back.
func (c *controller) moved(e *sim.Event, q int32) {
	n := c.alive[q]
	switch e.Kind {
	case sim.EvPartyTurnedAway:
		if x := c.on(e.B, sim.OrderBanEntry); x != nil && !c.turned[turnedBack{x, q}] {
			x.TurnedBack, c.turned[turnedBack{x, q}] = x.TurnedBack+n, true
		}
	case sim.EvPartyLeft:
		c.setsOutHome(e, q)
		c.visitor(q)
	case sim.EvPartyOutside:
		c.visitor(q)
	case sim.EvPartyHome:
		if x := c.sent[q]; x != nil {
			x.CameHome += n
			c.sent[q] = nil
		}
		c.away[q] = true
	case sim.EvPartySheltered:
		c.away[q] = true
	}
}

// setsOutHome counts who sets out for home from what is suspended: once, and not who has been at home or in a shelter
// meanwhile.
func (c *controller) setsOutHome(e *sim.Event, q int32) {
	p := &c.in.Roster.Parties[q]
	home := c.in.Scenario.Households[p.Household].Home
	if e.B != sim.RefTo(sim.KindBuilding, home) || p.Place == home || c.away[q] || c.sent[q] != nil {
		return
	}
	if x := c.holds(p.Zone, sim.OrderSuspend, c.activity(q)); x != nil {
		x.SentHome += c.alive[q]
		c.sent[q] = x
	}
}

// visitor counts visitors who go when gatherings are banned; who has left before then is not counted when he is off the
// map.
func (c *controller) visitor(q int32) {
	p := &c.in.Roster.Parties[q]
	if c.gone[q] || !c.in.Scenario.IsVisitor(p.Household) {
		return
	}
	if x := c.holds(p.Zone, sim.OrderBanGathering, sim.SuspensionCount); x != nil {
		x.VisitorsLeft += c.alive[q]
	}
	c.gone[q] = true
}

// helper counts an errand that was broken off when crews were withdrawn from the zone.
func (c *controller) helper(e *sim.Event) {
	zone := c.in.Roster.Parties[c.in.Roster.Persons[e.A.ID].Party].Zone
	if x := c.on(sim.RefTo(sim.KindZone, zone), sim.OrderWithdraw); x != nil && x.Effect == e.At {
		x.Helpers++
	}
}

// schoolFrom is from what age on a pupil is at school, and not at a kindergarten [a] (docs/orders.md).
const schoolFrom = 6

// kindOf says which suspension ends the day of a school or kindergarten.
func (c *controller) kindOf(b sim.BuildingID) sim.Suspension {
	if x := c.in.Scenario.InstitutionAt(b); x != nil && x.Kind == scenario.InstitutionKindergarten {
		return sim.SuspendKindergarten
	}
	return sim.SuspendSchool
}

// activity says what a party that is not at home at the start is at; SuspensionCount for what cannot be suspended.
func (c *controller) activity(q int32) sim.Suspension {
	if c.pupils == nil {
		c.pupils, c.eldest = make([]bool, len(c.alive)), make([]uint8, len(c.alive))
		for i := range c.in.Roster.Persons {
			p := &c.in.Roster.Persons[i]
			c.pupils[p.Party] = c.pupils[p.Party] || p.School >= 0 && p.School == c.in.Roster.Parties[p.Party].Place
			c.eldest[p.Party] = max(c.eldest[p.Party], p.Age)
		}
	}
	switch {
	case c.pupils[q] && c.eldest[q] < schoolFrom:
		return sim.SuspendKindergarten
	case c.pupils[q]:
		return sim.SuspendSchool
	}
	return c.in.Scenario.Buildings[c.in.Roster.Parties[q].Place].Use.Suspension()
}
