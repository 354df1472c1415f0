package generate

import (
	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// How well people move. Limited mobility: HEC-LifeSim technical reference manual (5.1 % below 65 years, 22.6 % from 65
// on). Which part of those cannot walk at all is assumed, and so is everything about nursing homes.
const (
	limitedYoung = 0.051 // of persons below 65 years walk badly (LifeSim)
	limitedOld   = 0.226 // of persons from 65 years on (LifeSim)
	noneYoung    = 0.08  // of those with limited mobility sit in a wheelchair or lie in bed
	noneOld      = 0.15  // the same from 65 years on
	careLimited  = 0.55  // of the residents of nursing homes
	careNone     = 0.25  // and so many of them in a wheelchair or in bed
)

// mobility draws how well a person moves.
func mobility(d *dice.Dice, age uint8, inCare bool) scenario.Mobility {
	limited, none := limitedYoung, noneYoung
	if age >= 65 {
		limited, none = limitedOld, noneOld
	}
	u, v := d.Unit(), d.Unit()
	if inCare {
		limited, none = careLimited+careNone, careNone/(careLimited+careNone)
	}
	switch {
	case u >= limited:
		return scenario.MobilityAble
	case v < none:
		return scenario.MobilityNone
	}
	return scenario.MobilityLimited
}

// Who gets special care (特殊群体), and from whom (assumed).
const (
	specialAge   = 70  // persons of limited mobility from this age on
	specialAlone = 80  // and all who live alone from this age on
	helperLoad   = 3   // persons at most whom one helper looks after
	helperLoadIn = 12  // in a nursing home
	helperReach  = 400 // households before and after one's own among which neighbours are found
	helperYoung  = 18  // youngest age of a helper
	helperOld    = 62  // oldest age of a helper
)

// entrust marks the persons of special care and gives each a responsible helper (包保责任人): in a nursing home one of
// its staff, elsewhere an able adult of a household nearby.
func (c *county) entrust() {
	load := make([]uint8, len(c.sc.Persons))
	first := make([]int, len(c.sc.Households)+1)
	for i := range c.sc.Persons {
		first[c.sc.Persons[i].Household+1] = i + 1
	}
	staff := c.staffOf()
	d := dice.Roll(rng.New(c.p.Seed, "generate.helpers"), 0)
	for i := range c.sc.Persons {
		p := &c.sc.Persons[i]
		alone := first[p.Household+1]-first[p.Household] == 1
		inCare := c.buildings[c.sc.Households[p.Household].Home].Use == scenario.UseCare
		p.Special = inCare || p.Mobility == scenario.MobilityNone ||
			p.Mobility == scenario.MobilityLimited && p.Age >= specialAge || alone && p.Age >= specialAlone
		if !p.Special {
			continue
		}
		if inCare {
			p.Helper = c.lightest(staff, c.sc.Households[p.Household].Home, load)
		}
		if p.Helper < 0 {
			p.Helper = c.neighbour(i, first, load, d)
		}
		if p.Helper >= 0 {
			load[p.Helper]++
		}
	}
}

// able says whether a person can look after somebody.
func (c *county) able(i int) bool {
	p := &c.sc.Persons[i]
	return p.Mobility == scenario.MobilityAble && p.Age >= helperYoung && p.Age <= helperOld
}

// staffOf lists the persons who work in nursing homes.
func (c *county) staffOf() []sim.PersonID {
	var staff []sim.PersonID
	for i := range c.sc.Persons {
		if w := c.sc.Persons[i].Work; w >= 0 && c.buildings[w].Use == scenario.UseCare {
			staff = append(staff, sim.PersonID(i))
		}
	}
	return staff
}

// lightest returns the member of a home's staff who looks after the fewest; None where all have enough.
func (c *county) lightest(staff []sim.PersonID, home sim.BuildingID, load []uint8) sim.PersonID {
	best := sim.PersonID(sim.None)
	for _, id := range staff {
		if c.sc.Persons[id].Work == home && load[id] < helperLoadIn && (best < 0 || load[id] < load[best]) {
			best = id
		}
	}
	return best
}

// neighbour finds a helper among the households next to a person's own.
func (c *county) neighbour(i int, first []int, load []uint8, d *dice.Dice) sim.PersonID {
	own := int(c.sc.Persons[i].Household)
	households := len(first) - 1
	side := 1 - 2*d.Below(2)
	for most := uint8(helperLoad); ; most += 20 {
		for off := 1; off <= max(helperReach, households*int(most/20)); off++ {
			for _, h := range [2]int{own + off*side, own - off*side} {
				if h < 0 || h >= households {
					continue
				}
				for k := first[h]; k < first[h+1]; k++ {
					if c.able(k) && load[k] < most {
						return sim.PersonID(k)
					}
				}
			}
		}
		if most > 200 {
			return sim.None
		}
	}
}
