package generate

import (
	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// Shops, hotels and animals (assumed).
const (
	shopEvery    = 5    // every fifth workplace of a town is a shop, a market, an eating place
	hotelGuests  = 20   // a hotel is a house of the county town in which at least so many live
	perHotel     = 4000 // persons of the county town per hotel
	animalsShare = 0.25 // of the households outside towns have large animals
	animalsMost  = 6
)

// openShops makes shops of some of the workplaces of the towns.
func (c *county) openShops() {
	for k := range c.settlements {
		s, n := &c.settlements[k], 0
		for b := s.houses[0]; s.rank <= town && b < s.houses[1]; b++ {
			if c.buildings[b].Use != scenario.UseWork {
				continue
			}
			if n++; n%shopEvery == 0 {
				c.buildings[b].Use = scenario.UseTrade
			}
		}
	}
}

// lodge makes hotels of some large houses of the county town, and visitors of who lives there: they have no work and no
// school here, and nobody looks after them.
func (c *county) lodge() {
	live := make([]int, len(c.buildings))
	for i := range c.sc.Persons {
		live[c.sc.Households[c.sc.Persons[i].Household].Home]++
	}
	s := &c.settlements[0]
	hotels := max(s.persons/perHotel, 1)
	for b := s.houses[0]; b < s.houses[1] && hotels > 0; b++ {
		if live[b] >= hotelGuests && c.buildings[b].Use == scenario.UseHome {
			c.buildings[b].Use = scenario.UseHotel
			hotels--
		}
	}
	for i := range c.sc.Persons {
		p := &c.sc.Persons[i]
		if c.buildings[c.sc.Households[p.Household].Home].Use == scenario.UseHotel {
			p.Work, p.School = sim.None, sim.None
		}
	}
}

// keepAnimals gives some of the households outside towns cattle or pigs that they look after.
func (c *county) keepAnimals() {
	of := c.settlementOf()
	stream := rng.New(c.p.Seed, "generate.animals")
	for h := range c.sc.Households {
		x := &c.sc.Households[h]
		d := dice.Roll(stream, h)
		if r := c.settlements[of[x.Home]].rank; (r == village || r == hamlet) && d.Chance(animalsShare) {
			x.Animals = uint8(1 + d.Below(animalsMost))
		}
	}
}
