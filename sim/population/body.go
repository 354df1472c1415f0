package population

import (
	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// Ages at which the tables change [a]. The limits of the age classes are assumed; below twelve the product of height
// and mass is about 50 m kg, where Cox, Shand and Blacka (2010) part children from adults.
const (
	ageCarried = 3  // younger ones are carried
	ageChild   = 12 // younger ones stand in water like children
	ageCarrier = 16 // from here on a person can carry or hold another
	ageElderly = 65
)

// Walking speeds on dry level ground [m/s].
const (
	walkMost    = 1.3            // in company: Weidmann's mean over everybody, 1.34, rounded down
	walkLimited = 0.7            // who walks badly: 0.46-0.76 (RiMEA, after Weidmann)
	walkCarried = 0.6            // somebody without mobility, carried or pushed (assumed)
	walkInfant  = walkMost * 0.8 // the adult who carries an infant (recalled from the literature, assumed)
)

// ageWalk is the speed of a single able walker by age: the limits that the RiMEA guideline gives after Weidmann for
// people under 30 (0.58-1.61), from 30 to 50 (1.54-1.41) and over 50 (1.41-0.68). At which ages the first, the greatest
// and the last of them hold is assumed. Linear between, constant beyond.
var ageWalk = [...]struct {
	age   float64 // [a]
	speed float64 // [m/s]
}{{5, 0.58}, {20, 1.61}, {30, 1.54}, {50, 1.41}, {80, 0.68}}

// walkAt returns the speed of an able walker of that age in company [m/s].
func walkAt(age float64) float64 {
	v := ageWalk[len(ageWalk)-1].speed
	for i := 1; i < len(ageWalk); i++ {
		if a, b := ageWalk[i-1], ageWalk[i]; age < b.age {
			v = a.speed + float64((b.speed-a.speed)*(max(age-a.age, 0)/(b.age-a.age)))
			break
		}
	}
	return min(v, walkMost)
}

// walkSpeed returns the speed of one person on dry level ground [m/s].
func walkSpeed(x *scenario.Person) float64 {
	switch v := walkAt(float64(x.Age)); {
	case x.Mobility == scenario.MobilityNone:
		return walkCarried
	case x.Age < ageCarried:
		return walkInfant
	case x.Mobility == scenario.MobilityLimited:
		return min(walkLimited, v)
	default:
		return v
	}
}

// body says what a party is able to do: the sum of its living members. It follows from them and is not saved.
type body uint8

const (
	bodyCarrier  body = 1 << iota // an able adult, who can hold or carry another
	bodyWeak                      // somebody who stands in water like a child
	bodyLimited                   // somebody who walks badly
	bodyHelpless                  // somebody who cannot walk away
	bodyDrives                    // it has a car at hand and is willing to take it
)

// standsWeakly says whether a person stands in flowing water like a child.
func standsWeakly(x *scenario.Person) bool {
	return x.Age < ageChild || x.Age >= ageElderly || x.Mobility != scenario.MobilityAble
}

// canCarry says whether a person can hold or carry another.
func canCarry(x *scenario.Person) bool {
	return x.Age >= ageCarrier && x.Age < ageElderly && x.Mobility == scenario.MobilityAble
}

// bodyOf sums up the living members of a party, and of those who ride with it: they go as their weakest does. The car
// is that of the lead.
func (p *People) bodyOf(q sim.PartyID) body {
	var b body
	for r := q; r >= 0; r = p.kin.after(q, r) {
		b |= p.bodyOfOne(r)
	}
	if p.drives(q) {
		b |= bodyDrives
	}
	return b
}

func (p *People) bodyOfOne(q sim.PartyID) body {
	var b body
	for _, i := range p.roll.members(q) {
		if p.person[i]&personDead != 0 {
			continue
		}
		x := &p.sc.Persons[i]
		if canCarry(x) {
			b |= bodyCarrier
		}
		if standsWeakly(x) {
			b |= bodyWeak
		}
		switch x.Mobility {
		case scenario.MobilityLimited:
			b |= bodyLimited
		case scenario.MobilityNone:
			b |= bodyLimited | bodyHelpless
		}
	}
	return b
}

// drives says whether a party has a car at hand, which stands at home, and is willing to take it.
func (p *People) drives(q sim.PartyID) bool {
	e := &p.roll.entry[q]
	h := &p.sc.Households[e.Household]
	return h.Cars > 0 && h.Home == e.Place && p.flags[q]&partyNoCar == 0 &&
		p.draw.decision.Float64(uint64(e.Household), willDrive, 0) < p.sc.Population.Behaviour.CarOwnerDrive
}

// hasCar says whether a party in a building can take its car: that stands where the party was at the start, or where it
// has driven since.
func (p *People) hasCar(q sim.PartyID) bool {
	place := p.roll.entry[q].Place
	if p.kin.carAt[q] >= 0 {
		place = p.kin.carAt[q]
	}
	return p.body[q]&bodyDrives != 0 && p.inside(q) == place
}

// bikeSeats is how many persons ride a two-wheeler [persons] (assumed; the law allows a child behind an adult).
const bikeSeats = 2

// hasBike says whether a party in a building rides its two-wheeler, which stands where the party was at the start: of
// one or two who all walk well, with an adult to ride it.
func (p *People) hasBike(q sim.PartyID) bool {
	e, b := &p.roll.entry[q], p.body[q]
	h := &p.sc.Households[e.Household]
	return h.Bikes > 0 && h.Home == e.Place && p.inside(q) == e.Place && p.flags[q]&partyNoCar == 0 &&
		p.heads(q) <= bikeSeats && b&bodyCarrier != 0 && b&(bodyLimited|bodyHelpless) == 0 &&
		p.draw.decision.Float64(uint64(e.Household), willRide, 0) < p.sc.Population.Behaviour.BikeOwnerRide
}

// speed returns how fast a party walks on dry level ground: as the slowest living one of all who go with it [m/s].
func (p *People) speed(q sim.PartyID) float64 {
	v := walkMost
	for r := q; r >= 0; r = p.kin.after(q, r) {
		for _, i := range p.roll.members(r) {
			if p.person[i]&personDead == 0 {
				v = min(v, walkSpeed(&p.sc.Persons[i]))
			}
		}
	}
	return v
}

// assisted counts the living members, with those who ride with them, who need help to get into a vehicle.
func (p *People) assisted(q sim.PartyID) int32 {
	n := int32(0)
	for r := q; r >= 0; r = p.kin.after(q, r) {
		n += p.assistedOne(r)
	}
	return n
}

func (p *People) assistedOne(q sim.PartyID) int32 {
	n := int32(0)
	for _, i := range p.roll.members(q) {
		if p.person[i]&personDead == 0 && p.sc.Persons[i].Mobility != scenario.MobilityAble {
			n++
		}
	}
	return n
}

// chairs counts the living members, with those who ride with them, who cannot walk.
func (p *People) chairs(q sim.PartyID) int32 {
	n := int32(0)
	if p.body[q]&bodyHelpless == 0 {
		return n
	}
	for r := q; r >= 0; r = p.kin.after(q, r) {
		for _, i := range p.roll.members(r) {
			if p.person[i]&personDead == 0 && p.sc.Persons[i].Mobility == scenario.MobilityNone {
				n++
			}
		}
	}
	return n
}

// isCarried says whether somebody brings a party with who cannot walk to the assembly point: its helper or the post's
// worker who is there, or, of who has no helper by name, one of those that the scenario counts on. Else it waits at
// home for a van, as the people of institutions do.
func (p *People) isCarried(q sim.PartyID) bool {
	if p.body[q]&bodyHelpless == 0 || p.care.flags[q]&careHelped != 0 {
		return true
	}
	return !p.hasNamedHelper(q) && !p.isWard(q) &&
		p.draw.decision.Float64(p.roll.key(q), willCarry, 0) < p.sc.Population.Behaviour.CarryShare
}

// wade returns how far a party goes through water on foot: as its weakest member.
func (b body) wade() harm.Limit { return harm.Wading.Rows[b.walker()].Limit }

// escape returns how far a party that stands in water goes through it to get out. Whom an able adult holds up has the
// adult's depth, as in footingOf; who has to be carried has not.
func (b body) escape() harm.Limit {
	limit := harm.Escape.Rows[b.walker()].Limit
	if b.walker() == harm.WalkerWeak && b&bodyCarrier != 0 {
		limit.Depth = harm.Escape.Rows[harm.WalkerAble].Limit.Depth
	}
	return limit
}

// walker returns how well the weakest member of a party gets on in water.
func (b body) walker() harm.Walker {
	switch {
	case b&bodyHelpless != 0:
		return harm.WalkerHelpless
	case b&bodyWeak != 0:
		return harm.WalkerWeak
	}
	return harm.WalkerAble
}

// footingOf returns a person's footing in a party. A child or frail person whom an able adult of the party holds up
// keeps its limit of flow but has the adult's depth (assumed).
func footingOf(x *scenario.Person, b body) harm.Footing {
	f := harm.AdultFooting()
	switch {
	case !standsWeakly(x):
		return f
	case x.Age < ageChild:
		f = harm.ChildFooting(float64(x.Age))
	default:
		f = harm.WeakFooting()
	}
	if x.Age < ageCarried || x.Mobility == scenario.MobilityNone {
		f.Product = harm.HelplessProduct()
	}
	if b&bodyCarrier != 0 {
		f.Depth = harm.AdultFooting().Depth
	}
	return f
}
