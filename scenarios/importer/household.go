package importer

import (
	"math"

	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// Who lives in a house. The map knows nothing of this.
const (
	// Floor area per person with walls and stairs, where no total is given [m2] (assumed; in Germany people had 46.5 m2
	// of living space in 2014).
	personArea   = 60.0
	careArea     = 45.0 // in nursing homes [m2] (assumed)
	peopleSeed   = 1    // of the draws: the same map gives the same people
	adultAge     = 18
	workEnd      = 63
	retiredFrom  = 65
	employed     = 0.75 // of the able persons of working age (assumed)
	schoolFrom   = 6
	schoolTo     = 17
	carShare     = 0.75 // of the households with somebody of 18 to 79 have a car (assumed)
	secondCar    = 0.25 // of those with two adults have a second one (assumed)
	oldCarShare  = 0.25 // of the other households (assumed)
	pensionShare = 0.30 // of households of one or two are of pensioners (assumed)
)

// householdSizes are the shares of households with 1, 2, … members (Germany 2014, microcensus, rounded: 41, 34, 12, 9
// and 3 % with five and more; another country's people live in larger households, but as many to the same floor).
var householdSizes = []float64{0.41, 0.34, 0.125, 0.09, 0.025, 0.01}

// settle makes houses, households and persons.
func (m *town) settle() error {
	m.findHouses()
	m.addBuildings()
	m.quarter()
	m.moveIn()
	dice.ShareBikes(m.sc, rng.New(peopleSeed, "importer.bikes"))
	m.employ()
	m.enrol()
	m.entrust()
	m.findSettlements()
	m.rep.people(m)
	return nil
}

// quarter says how many persons live in each house: by floor area, or so that there are as many as were asked for.
func (m *town) quarter() {
	wish := make([]float64, len(m.houses))
	sum := 0.0
	for i := range m.houses {
		switch h := &m.houses[i]; h.use {
		case scenario.UseHome:
			wish[i] = h.floors() / personArea
		case scenario.UseCare:
			wish[i] = h.floors() / careArea
		}
		sum += wish[i]
	}
	if sum == 0 {
		return
	}
	total := float64(m.p.Persons)
	if total == 0 {
		total = math.Min(math.Max(math.Round(sum), 1), maxPersons)
	}
	part, given := 0.0, 0
	for i := range m.houses {
		part += wish[i]
		upto := num.RoundInt(total * (part / sum))
		m.houses[i].persons = upto - given
		given = upto
	}
}

// moveIn makes the households of each house.
func (m *town) moveIn() {
	stream := rng.New(peopleSeed, "importer.households")
	for i := range m.houses {
		h := &m.houses[i]
		d := dice.Roll(stream, i)
		for left := h.persons; left > 0; {
			size := min(d.Pick(householdSizes)+1, left)
			if h.use == scenario.UseCare {
				size = 1
			}
			m.addHousehold(h, size, d)
			left -= size
		}
	}
}

// addHousehold adds one household with its members.
func (m *town) addHousehold(h *house, size int, d *dice.Dice) {
	ages := members(size, d)
	if h.use == scenario.UseCare {
		ages = []int{72 + d.Below(25)}
	}
	id := sim.HouseholdID(len(m.sc.Households))
	m.sc.Households = append(m.sc.Households, scenario.Household{Home: h.id, Cars: cars(ages, h.use == scenario.UseCare,
		d)})
	for _, age := range ages {
		m.sc.Persons = append(m.sc.Persons, scenario.Person{Household: id, Age: uint8(age), Helper: sim.None, Work: sim.None,
			School: sim.None, Mobility: mobility(age, h.use == scenario.UseCare, d)})
	}
}

// members draws the ages of a household (assumed): pensioners, or adults of working age with children.
func members(size int, d *dice.Dice) []int {
	first := adultAge + 4 + d.Below(workEnd-adultAge-4)
	if size <= 2 && d.Chance(pensionShare) {
		first = retiredFrom + d.Below(27)
	} else if size > 2 {
		first = 27 + d.Below(28)
	}
	ages := []int{first}
	if size >= 2 {
		ages = append(ages, min(max(first+d.Below(9)-4, adultAge), 98))
	}
	for len(ages) < size {
		if size >= 4 && len(ages) == size-1 && d.Chance(0.15) {
			ages = append(ages, min(first+25+d.Below(8), 98)) // a grandparent
			continue
		}
		ages = append(ages, max(first-24-d.Below(12), 0))
	}
	return ages
}

// cars draws how many cars a household has.
func cars(ages []int, inCare bool, d *dice.Dice) uint8 {
	drivers, adults := 0, 0
	for _, a := range ages {
		if a >= adultAge && a < 80 {
			drivers++
		}
		if a >= adultAge && a < retiredFrom {
			adults++
		}
	}
	share := carShare
	if drivers == 0 {
		share = oldCarShare
	}
	has, second := d.Chance(share), d.Chance(secondCar)
	switch {
	case inCare || !has:
		return 0
	case adults >= 2 && second:
		return 2
	}
	return 1
}

// Mobility: HEC-LifeSim technical reference manual (limited: 5.1 % below 65 years, 22.6 % from 65 on). Which part of
// those cannot walk at all, and everything about nursing homes, is assumed.
const (
	limitedYoung, limitedOld = 0.051, 0.226
	noneYoung, noneOld       = 0.08, 0.15
	limitedCare, noneCare    = 0.80, 0.30
)

// mobility draws how well a person moves.
func mobility(age int, inCare bool, d *dice.Dice) scenario.Mobility {
	limited, none := limitedYoung, noneYoung
	switch {
	case inCare:
		limited, none = limitedCare, noneCare
	case age >= retiredFrom:
		limited, none = limitedOld, noneOld
	}
	u, v := d.Unit(), d.Unit()
	switch {
	case u >= limited:
		return scenario.MobilityAble
	case v < none:
		return scenario.MobilityNone
	}
	return scenario.MobilityLimited
}
