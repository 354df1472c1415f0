package generate

import (
	"math"

	"sandtable/scenarios/dice"
	"sandtable/sim/num"
)

// meanHousehold is the mean size of a household (Seventh National Population Census of China, 2020: 2.62).
const meanHousehold = 2.62

// householdSizes are the shares of households with 1, 2, … members (assumed; close to the census of 2020, mean 2.62).
var householdSizes = []float64{0.250, 0.297, 0.212, 0.134, 0.062, 0.029, 0.011, 0.005}

// agePyramid holds the shares of persons of 0-4, 5-9, … years, the last of 85 and above (Seventh National Population
// Census of China, 2020, rounded; counties are somewhat older).
var agePyramid = []float64{5.5, 6.4, 6.0, 5.2, 5.3, 6.5, 8.8, 7.0, 6.6, 8.1, 8.6, 7.2, 5.2, 5.3, 3.5, 2.2, 1.5, 1.1}

// ageBetween draws an age from the pyramid within limits.
func ageBetween(d *dice.Dice, lo, hi int) int {
	var weights []float64
	for k, share := range agePyramid {
		a, b := max(5*k, lo), min(5*k+5, hi+1)
		if k == len(agePyramid)-1 {
			b = min(5*k+12, hi+1)
		}
		width := math.Max(float64(b-a), 0)
		weights = append(weights, share*width)
	}
	k := d.Pick(weights)
	a, b := max(5*k, lo), min(5*k+5, hi+1)
	if k == len(agePyramid)-1 {
		b = min(5*k+12, hi+1)
	}
	return a + d.Below(max(b-a, 1))
}

// Who lives together (assumed).
const (
	elderAlone    = 0.42 // of the persons who live alone are old
	elderCouple   = 0.34 // of the households of two are an old couple
	grandchildren = 0.10 // and so many grandparent and child (留守儿童)
	threeOld      = 0.16 // of the households of three are a couple with a parent
	fourOld       = 0.35 // of the households of four are three generations
)

// household draws the ages of the members of a household of that size.
func household(d *dice.Dice, size int) []uint8 {
	var ages []int
	add := func(all ...int) { ages = append(ages, all...) }
	spouse := func(age int) int { return min(max(age+d.Below(7)-3, 20), 97) }
	child := func(parent int) int { return min(max(parent-22-d.Below(13), 0), 40) }
	parent := func(age int) int { return min(age+23+d.Below(8), 97) }
	switch {
	case size == 1 && d.Chance(elderAlone):
		add(ageBetween(d, 65, 95))
	case size == 1:
		add(ageBetween(d, 20, 64))
	case size == 2 && d.Chance(elderCouple):
		a := ageBetween(d, 60, 92)
		add(a, spouse(a))
	case size == 2 && d.Chance(grandchildren):
		add(ageBetween(d, 55, 80), ageBetween(d, 4, 15))
	case size == 2:
		a := ageBetween(d, 24, 64)
		add(a, spouse(a))
	case size == 3 && d.Chance(threeOld):
		a := ageBetween(d, 35, 60)
		add(a, spouse(a), parent(a))
	case size == 3:
		a := ageBetween(d, 26, 56)
		add(a, spouse(a), child(a))
	default:
		a := ageBetween(d, 28, 52)
		add(a, spouse(a))
		if size > 4 || d.Chance(fourOld) {
			add(parent(a))
		}
		if size > 5 || size == 5 && d.Chance(0.5) {
			add(parent(a))
		}
		for len(ages) < size {
			add(child(a))
		}
	}
	out := make([]uint8, len(ages))
	for i, a := range ages {
		out[i] = uint8(a)
	}
	return out
}

// households draws households with so many members in all.
func households(d *dice.Dice, persons int) [][]uint8 {
	var out [][]uint8
	for left := persons; left > 0; {
		size := min(d.Pick(householdSizes)+1, left)
		out = append(out, household(d, size))
		left -= size
	}
	return out
}

// Cars per household (assumed: 0.45 on average; more in towns and in large households).
const (
	carsCountyTown = 0.52 // cars per household in the county town, before its size counts
	carsElsewhere  = 0.38 // the same elsewhere
	carsElder      = 0.08 // households in which nobody is younger than 65
	carsSecond     = 0.07 // of the households with a car have two
)

// cars draws how many cars a household has.
func cars(d *dice.Dice, r rank, ages []uint8) uint8 {
	share := carsElsewhere
	if r == countyTown {
		share = carsCountyTown
	}
	adults := 0
	for _, a := range ages {
		if a >= 18 && a < 65 {
			adults++
		}
	}
	switch {
	case adults == 0:
		share = carsElder
	default:
		share = math.Min(float64(share*(0.75+float64(0.25*float64(adults)))), 0.95)
	}
	if !d.Chance(share) {
		return 0
	}
	if adults > 1 && d.Chance(carsSecond) {
		return 2
	}
	return 1
}

// quotas spreads n things over places by weight, whole ones, so that the sum is n.
func quotas(n int, weights []float64) []int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	out := make([]int, len(weights))
	if n == 0 {
		return out
	}
	part, given := 0.0, 0
	for i, w := range weights {
		part += w
		upto := num.RoundInt(float64(n) * part / sum)
		out[i] = upto - given
		given = upto
	}
	return out
}
