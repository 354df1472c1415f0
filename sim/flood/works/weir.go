package works

import (
	"math"

	"sandtable/sim/num"
)

// Gravity is the acceleration of gravity [m/s2].
const Gravity = 9.81

// BroadCrest is the coefficient of a broad crest without losses, (2/3)^1.5 g^0.5 [m^(1/2)/s]: over it the water is at
// its critical depth, two thirds of the head (Belanger 1849; Chow 1959, chapter 3).
const BroadCrest = 1.7048949136725897

// Weir is a broad crest: a dyke, a dam, a road, the bottom of a breach.
type Weir struct {
	Crest       float64 // [m]
	Coefficient float64 // C of q = C H^1.5 [m^(1/2)/s]
}

// Flow returns the discharge per metre of crest [m2/s]. It is free, C H^1.5, as long as the water behind does not
// stand higher over the crest than two thirds of the water before it; above, it stands on the crest as it does behind
// and runs with the fall that is left.
func (w Weir) Flow(left, right float64) float64 {
	up, down, sign := sides(left, right)
	return float64(float64(sign*w.Coefficient/BroadCrest) * section(up-w.Crest, down-w.Crest, math.Inf(1)))
}

// SharpWeir is a thin plate or a beam over which the water falls.
type SharpWeir struct {
	Crest       float64 // [m]
	Coefficient float64 // C of q = C H^1.5 [m^(1/2)/s]
}

// Flow returns the discharge per metre of crest [m2/s]. Water behind that stands above the crest drowns it:
// q = C H1^1.5 (1 - (H2/H1)^1.5)^0.385 (Villemonte 1947, Engineering News-Record 139, 866-869).
func (w SharpWeir) Flow(left, right float64) float64 {
	up, down, sign := sides(left, right)
	head, behind := up-w.Crest, max(down-w.Crest, 0)
	if head <= 0 || behind >= head {
		return 0
	}
	free := float64(w.Coefficient * power15(head))
	if behind > 0 {
		free = float64(free * num.Pow(1-power15(behind/head), 0.385))
	}
	return float64(sign * free)
}

// sides returns the level of the side that the water comes from, that of the other, and the sign of the discharge.
func sides(left, right float64) (up, down, sign float64) {
	if left >= right {
		return left, right, 1
	}
	return right, left, -1
}

// section returns what passes, per metre, through a passage with the water of heads h1 before and h2 behind it over
// its floor, where the stream can be at most so deep [m2/s]. Of all depths y that it can have there it takes the one
// that passes most, y (2 g (h1 - y))^0.5: the critical depth 2/3 h1 when it is free, the depth behind when that is
// greater, and the greatest that fits when neither has room.
func section(h1, h2, deepest float64) float64 {
	h2 = max(h2, 0)
	if h1 <= h2 {
		return 0
	}
	y := min(max(h1*(2.0/3), h2), deepest)
	fall := h1 - max(h2, y)
	if fall <= 0 {
		return 0
	}
	return float64(y * math.Sqrt(float64(2*Gravity*fall)))
}

// power15 returns x^1.5 for x >= 0.
func power15(x float64) float64 { return float64(x * math.Sqrt(x)) }
