package population

import (
	"fmt"
	"math"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

// chills are the parties that have been in water or wet outdoors for a while, with what they have borne so far. Each
// has a clock for those who can climb out of the water indoors and one for the others, and the next instant at which
// somebody of it is hurt or dies of it.
type chills struct {
	list []chill
	at   []int32 // place in the list, by party; -1 outside it. Who is in it stays
	mild bool    // neither this water nor this air wears anybody out
}

// chill is what a party has borne.
type chill struct {
	Party sim.PartyID
	Since sim.Time // up to which the clocks have been counted
	Due   sim.Time // when somebody is hurt or dies; Never for nobody
	Clock [2]clock // of climbers, of the others
}

// Who of a party a clock is of.
const (
	climbers = iota // able people, when the party has a way to attic or roof
	others
)

// clock counts three sorts of exposure: the time in open water, where exhaustion is the end, and in water with
// something to hold on to, both as time up to the neck, and the time wet in air.
type clock struct {
	Loose, Held, Air float64 // [s]
	Now              plight
}

// plight is what one of a party bears now.
type plight struct {
	Immersed float64 // by how much of each second the time in water grows [-]
	Holds    bool    // has something to hold on to in it
	Wet      bool    // the time wet in air grows
}

// plightStep is the step in which immersion counts [-]: smaller changes of the water start no new reckoning.
const plightStep = 0.1

// inWater returns what who stands in water bears.
func inWater(depth, speed float64, holds bool) plight {
	x := math.Ceil(harm.Immersed(depth, speed)/plightStep) * plightStep
	return plight{Immersed: x, Holds: holds && x > 0}
}

func newChills(sc *scenario.Scenario, parties int) chills {
	c := chills{at: make([]int32, parties)}
	w := &sc.Weather
	c.mild = math.IsInf(harm.Endurance(w.Water, 0), 1) && math.IsInf(harm.Survival(w.Air+harm.WetWarmer, 0), 1)
	c.index()
	return c
}

// index finds the places of the parties from the list.
func (c *chills) index() {
	for q := range c.at {
		c.at[q] = -1
	}
	for k := range c.list {
		c.at[c.list[k].Party] = int32(k)
	}
}

// of returns what a party has borne, or nil.
func (c *chills) of(q sim.PartyID) *chill {
	if c.at[q] < 0 {
		return nil
	}
	return &c.list[c.at[q]]
}

// feel notes what the people of a party, and all who ride with it, bear from now on.
func (p *People) feel(at sim.Time, q sim.PartyID, climb, rest plight) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		p.feelOne(at, r, climb, rest)
	}
}

func (p *People) feelOne(at sim.Time, q sim.PartyID, climb, rest plight) {
	c := &p.chills
	if c.mild {
		return
	}
	x := c.of(q)
	if x == nil {
		if climb == (plight{}) && rest == (plight{}) {
			return
		}
		c.at[q] = int32(len(c.list))
		c.list = append(c.list, chill{Party: q, Since: at, Due: sim.Never})
		x = c.of(q)
	}
	now := [2]plight{climb, rest}
	if x.Clock[climbers].Now == climb && x.Clock[others].Now == rest {
		return
	}
	x.count(at)
	for k := range now {
		x.Clock[k].Now = now[k]
	}
	p.trail.Change(at, changeChill, int32(q), uint64(num.RoundInt64(rest.Immersed*1000)))
	p.planChill(x)
}

// isChilled says whether a party bears something at present.
func (p *People) isChilled(q sim.PartyID) bool {
	x := p.chills.of(q)
	return x != nil && (x.Clock[climbers].Now != plight{} || x.Clock[others].Now != plight{})
}

// count brings the clocks up to an instant.
func (x *chill) count(at sim.Time) {
	span := max(at.Sub(x.Since).Seconds(), 0)
	x.Since = max(at, x.Since)
	for k := range x.Clock {
		c := &x.Clock[k]
		if c.Now.Holds {
			c.Held += float64(c.Now.Immersed * span)
		} else {
			c.Loose += float64(c.Now.Immersed * span)
		}
		if c.Now.Wet {
			c.Air += span
		}
	}
}

// bearing is how much of what one person bears is used up [-], and by how much more in each second [1/s].
func (p *People) bearing(x *chill, i sim.PersonID) (share, rate float64) {
	u, c := p.toughness(i), &x.Clock[others]
	if p.sc.Persons[i].Mobility == scenario.MobilityAble {
		c = &x.Clock[climbers]
	}
	weather := &p.sc.Weather
	if now := c.Now.Immersed; c.Loose > 0 || now > 0 && !c.Now.Holds {
		lasts := harm.Endurance(weather.Water, u)
		share += c.Loose / lasts
		if !c.Now.Holds {
			rate += now / lasts
		}
	}
	if now := c.Now.Immersed; c.Held > 0 || c.Now.Holds {
		lasts := harm.Survival(weather.Water, u)
		share += c.Held / lasts
		if c.Now.Holds {
			rate += now / lasts
		}
	}
	if c.Air > 0 || c.Now.Wet {
		lasts := harm.Survival(weather.Air+harm.WetWarmer, u)
		share += c.Air / lasts
		if c.Now.Wet {
			rate += 1 / lasts
		}
	}
	return share, rate
}

// toughness returns a person's place in the range of times that people last: all of it for the able, the lower half
// for those who stand weakly, the lowest quarter for infants and who cannot walk (assumed).
func (p *People) toughness(i sim.PersonID) float64 {
	x, u := &p.sc.Persons[i], p.draw.fate.Float64(uint64(i), fateCold, 0)
	switch {
	case x.Age < ageCarried || x.Mobility == scenario.MobilityNone:
		return u / 4
	case standsWeakly(x):
		return u / 2
	}
	return u
}

// nearlyAll is how much of a limit counts as all of it: instants are whole microseconds [-].
const nearlyAll = 1 - 1e-9

// planChill plans the next instant at which somebody is hurt by what he bears, or dies.
func (p *People) planChill(x *chill) {
	next := math.Inf(1)
	for _, i := range p.roll.members(x.Party) {
		if p.person[i]&personDead != 0 {
			continue
		}
		share, rate := p.bearing(x, i)
		limit := harm.HurtAt
		if p.person[i]&personHurt != 0 || share >= harm.HurtAt*nearlyAll {
			limit = 1
		}
		if rate > 0 {
			next = min(next, max(limit-share, 0)/rate)
		}
	}
	x.Due = sim.Never
	if next < longest.Seconds() {
		x.Due = x.Since.Add(span(next) + 1)
		p.agenda.Put(x.Due, entry{what: doChill, id: int32(x.Party)})
	}
}

// chilled is the instant at which somebody of a party is hurt by what he bears, or dies.
func (p *People) chilled(at sim.Time, q sim.PartyID) {
	x := p.chills.of(q)
	if x == nil || x.Due != at || p.alive[q] == 0 {
		return
	}
	x.count(at)
	h := injury{cause: sim.CauseExposure, depth: p.depthOf(q)}
	p.strike(at, q, func(i sim.PersonID) {
		switch share, _ := p.bearing(x, i); {
		case share >= nearlyAll:
			p.die(at, i, q, h)
		case share >= harm.HurtAt*nearlyAll && p.person[i]&personHurt == 0:
			p.hurt(at, i, q, h)
		}
	})
	if p.alive[q] > 0 {
		p.planChill(p.chills.of(q))
	}
}

// depthOf returns the depth of the water at a party that this package can place, or on the road as it was told last
// [m].
func (p *People) depthOf(q sim.PartyID) float64 {
	q = p.kin.head(q)
	switch {
	case p.holder[q].Kind == sim.KindBuilding:
		return p.placeWater(p.inside(q)).Depth
	case p.flags[q]&partyOnNetwork != 0:
		return p.trip[q].Depth
	}
	return p.waterOutdoors(q).Depth
}

// feelOutdoors notes what a party outdoors bears: who is cut off on dry ground is wet when it rains, or when he has
// been in the water; who sits in a car or coach is in the water only when that has reached the seats.
func (p *People) feelOutdoors(at sim.Time, q sim.PartyID) {
	if p.chills.mild {
		return
	}
	w, x := p.waterOutdoors(q), plight{}
	seated := p.causeOutdoors(q) == sim.CauseVehicle
	switch {
	case p.isAfloat(q):
	case seated:
		x = inWater(w.Depth-harm.VehicleSill, 0, true)
	case harm.AdultFooting().IsLost(w.Depth, speedOf(w)):
		x = inWater(w.Depth, 0, true) // nobody stands there: who is alive has got hold of something
	case w.Depth > harm.Film:
		x = inWater(w.Depth, speedOf(w), false)
	case p.stage[q] == sim.StageStranded:
		x.Wet = p.isWet(q)
	}
	p.feel(at, q, x, x)
}

// keyRain is the rain.
var keyRain = sim.LayerKey{Quantity: sim.QRain}

// isWet says whether who stands outdoors on dry ground is wet.
func (p *People) isWet(q sim.PartyID) bool {
	if x := p.chills.of(q); x != nil && x.Clock[others].Loose+x.Clock[others].Held > 0 {
		return true
	}
	return p.layers.At(keyRain, p.trip[q].At) > 0
}

// feelIndoors notes what a party bears in a building with the water so deep above the ground floor [m]: nothing as long
// as its top storey is dry. Then who can climb is dry in the attic or wet on the roof, and the others stand in water.
func (p *People) feelIndoors(at sim.Time, q sim.PartyID, storeys uint8, inside float64) {
	if p.chills.mild {
		return
	}
	above := inside - harm.TopFloor(storeys)
	if above <= harm.Film && p.chills.at[q] < 0 && !p.kin.leads(q) {
		return
	}
	in := inWater(above, 0, true)
	up := in
	if in != (plight{}) {
		switch p.accessTo(q) {
		case harm.AccessRoof:
			up = plight{Wet: true}
		case harm.AccessAttic:
			up = inWater(above-harm.StoreyHeight(), 0, true)
		}
	}
	p.feel(at, q, up, in)
}

// appendChills saves what parties have borne.
func (p *People) appendChills(e *sim.Encoder) {
	e.Len(len(p.chills.list))
	for k := range p.chills.list {
		x := &p.chills.list[k]
		e.I32(int32(x.Party))
		e.Time(x.Since)
		e.Time(x.Due)
		for _, c := range x.Clock {
			e.F64(c.Loose)
			e.F64(c.Held)
			e.F64(c.Air)
			e.F64(c.Now.Immersed)
			e.Bool(c.Now.Holds)
			e.Bool(c.Now.Wet)
		}
	}
}

// loadChills reads what appendChills wrote.
func (p *People) loadChills(d *sim.Decoder) {
	c := &p.chills
	n := d.Len(4 + 8 + 8 + 2*(4*8+2))
	c.list = c.list[:0]
	for q := range c.at {
		c.at[q] = -1
	}
	for range n {
		x := chill{Party: sim.PartyID(d.Index(len(c.at), "party")), Since: d.Time(), Due: d.Time()}
		ok := true
		for k := range x.Clock {
			y := clock{Loose: d.F64(), Held: d.F64(), Air: d.F64()}
			y.Now = plight{d.F64(), d.Bool(), d.Bool()}
			ok = ok && isClock(y.Loose) && isClock(y.Held) && isClock(y.Air) && isClock(y.Now.Immersed)
			x.Clock[k] = y
		}
		if d.Err == nil && (!ok || x.Party < 0 || c.at[x.Party] >= 0) {
			d.Err = fmt.Errorf("%w: exposure of party %d", sim.ErrState, x.Party)
		}
		if d.Err != nil {
			return
		}
		c.at[x.Party] = int32(len(c.list))
		c.list = append(c.list, x)
	}
}

// isClock says whether a number can be a time of exposure [s] or a rate.
func isClock(v float64) bool { return v >= 0 && v < 1e12 }
