package generate

import (
	"math"
	"strconv"

	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// What people do by day (assumed).
const (
	employed      = 0.72 // of the persons from 18 to 62 who are no pupils
	workAge       = 18   // people work from this age on
	retireAge     = 62   // and up to this age
	farmShare     = 0.55 // of the employed of villages and hamlets farm, and so work about their homes
	commuteCounty = 0.35 // of the others there work in the county town, the rest in their town
	townStays     = 0.80 // of the employed of towns work in their town
	pupilsTeacher = 14.0 // pupils per teacher, all schools together
	parkShare     = 0.06 // of the employed of the county town work in the chemical park
)

// populate makes households and persons of the homes.
func (c *county) populate() {
	d := dice.Roll(rng.New(c.p.Seed, "generate.persons"), 0)
	for _, h := range c.homes {
		id := sim.HouseholdID(len(c.sc.Households))
		c.sc.Households = append(c.sc.Households, scenario.Household{Home: h.building, Cars: cars(d, h.rank, h.ages)})
		for _, age := range h.ages {
			c.sc.Persons = append(c.sc.Persons, scenario.Person{Household: id, Age: age, Helper: sim.None, Work: sim.None,
				School: sim.None, Mobility: mobility(d, age, c.buildings[h.building].Use == scenario.UseCare)})
		}
	}
	dice.ShareBikes(c.sc, rng.New(c.p.Seed, "generate.bikes"))
	c.keepAnimals()
	c.employ()
	c.enrol()
	c.teach()
	c.openShops()
	c.lodge()
	c.entrust()
}

// settlementOf returns the settlement of each building.
func (c *county) settlementOf() []int {
	of := make([]int, len(c.buildings))
	for k := range c.settlements {
		for b := c.settlements[k].houses[0]; b < c.settlements[k].houses[1]; b++ {
			of[b] = k
		}
	}
	return of
}

// employ gives people of working age their work.
func (c *county) employ() {
	d := dice.Roll(rng.New(c.p.Seed, "generate.work"), 0)
	of := c.settlementOf()
	plants := -1
	for k := range c.settlements {
		if c.settlements[k].rank == park && len(c.works[k]) > 0 {
			plants = k
		}
	}
	care := c.care
	for i := range c.sc.Persons {
		p := &c.sc.Persons[i]
		home := c.sc.Households[p.Household].Home
		if p.Age < workAge || p.Age > retireAge || p.Mobility != scenario.MobilityAble || !d.Chance(employed) {
			continue
		}
		k := of[home]
		at := c.workTown(k, plants, d)
		if c.settlements[k].rank <= town && len(care) > 0 && d.Chance(0.05) {
			p.Work, care = care[0], care[1:]
			continue
		}
		if at >= 0 && len(c.works[at]) > 0 {
			p.Work = c.works[at][d.Below(len(c.works[at]))]
		}
	}
}

// workTown draws the settlement where somebody of settlement k works; -1 for work about the home.
func (c *county) workTown(k, plants int, d *dice.Dice) int {
	s := &c.settlements[k]
	switch {
	case s.rank > town && d.Chance(farmShare):
		return -1
	case s.rank > town && d.Chance(commuteCounty), s.rank == town && !d.Chance(townStays):
		return 0
	case s.rank > town:
		return s.seat
	case s.rank == countyTown && plants >= 0 && d.Chance(parkShare):
		return plants
	}
	return k
}

// enrol sends pupils to the nearest school of their level; where there is none, to the nearest of any.
func (c *county) enrol() {
	type nearest [3]sim.BuildingID
	known := make([]nearest, len(c.buildings))
	for i := range known {
		known[i] = nearest{-2, -2, -2}
	}
	for i := range c.sc.Persons {
		p := &c.sc.Persons[i]
		if p.Age < 6 || p.Age > 17 {
			continue
		}
		level := 0
		if p.Age >= 12 {
			level = 1
		}
		if p.Age >= 15 {
			level = 2
		}
		home := c.sc.Households[p.Household].Home
		if known[home][level] == -2 {
			known[home][level] = c.nearestSchool(c.buildings[home].At, level)
		}
		p.School = known[home][level]
	}
}

// teach makes teachers of people of working age who live in the place of a school, or work there in no other
// institution: one for so many pupils, with those who work at the school already.
func (c *county) teach() {
	d := dice.Roll(rng.New(c.p.Seed, "generate.teachers"), 0)
	of := c.settlementOf()
	pupils, staff := make([]int, len(c.buildings)), make([]int, len(c.buildings))
	for i := range c.sc.Persons {
		p := &c.sc.Persons[i]
		if p.School >= 0 {
			pupils[p.School]++
		}
		if p.Work >= 0 {
			staff[p.Work]++
		}
	}
	for _, s := range c.schools {
		wanted := num.CeilInt(float64(pupils[s.building])/pupilsTeacher) - staff[s.building]
		from := d.Below(len(c.sc.Persons))
		for k := range c.sc.Persons {
			if wanted <= 0 {
				break
			}
			p := &c.sc.Persons[(from+k)%len(c.sc.Persons)]
			if p.Age < workAge || p.Age > retireAge || p.Mobility != scenario.MobilityAble ||
				p.Work >= 0 && c.buildings[p.Work].Use != scenario.UseWork {
				continue
			}
			if of[c.sc.Households[p.Household].Home] == s.settlement || p.Work >= 0 && of[p.Work] == s.settlement {
				p.Work = s.building
				wanted--
			}
		}
	}
}

// nearestSchool returns the nearest school of a level.
func (c *county) nearestSchool(at geo.Point, level int) sim.BuildingID {
	best, dist := sim.BuildingID(sim.None), math.Inf(1)
	for _, s := range c.schools {
		d := s.at.Dist(at)
		if s.level != level {
			d += 1e7
		}
		if (at.Y > c.riverY(at.X)) != (s.at.Y > c.riverY(s.at.X)) {
			d += crossPenalty
		}
		if d < dist {
			best, dist = s.building, d
		}
	}
	return best
}

func appendInt(b []byte, i int) []byte { return strconv.AppendInt(b, int64(i), 10) }
