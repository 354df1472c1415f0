package works

// SharpContraction is the contraction of a jet under a sharp vertical edge in deep water (von Mises 1917: 0.611;
// Henderson 1966, chapter 6: 0.61).
const SharpContraction = 0.61

// Gate is an opening over a sill that is closed from above: a sluice.
type Gate struct {
	Sill        float64 // [m]
	Opening     float64 // between sill and edge [m]; 0 for shut
	Contraction float64 // of the jet in deep water [-]
}

// Flow returns the discharge per metre of width [m2/s]. The jet below the edge is c a deep, with the opening a and
// the contraction c; free it runs with the head above itself, c a (2 g (H1 - c a))^0.5, and drowned with the fall,
// c a (2 g (H1 - H2))^0.5. Where a broad weir on the sill passes less, the water does not reach the edge, and it is
// that weir. The contraction fades as the upper level nears the edge, c = c0 + (1 - c0)(a/H1)^3 (Weisbach 1855), so
// that the discharge is continuous where the gate leaves the water.
func (g Gate) Flow(left, right float64) float64 {
	up, down, sign := sides(left, right)
	head := up - g.Sill
	if head <= 0 || g.Opening <= 0 {
		return 0
	}
	c := 1.0
	if head > g.Opening {
		r := g.Opening / head
		c = g.Contraction + float64((1-g.Contraction)*float64(r*float64(r*r)))
	}
	return float64(sign * section(head, down-g.Sill, float64(c*g.Opening)))
}

// BridgePressure is the coefficient of a bridge that is under water on both sides, Q = C A (2 g dH)^0.5 (Bradley 1978,
// Hydraulics of Bridge Waterways, HDS-1, FHWA: 0.8).
const BridgePressure = 0.8

// Bridge is a deck over an open bed. While the water is below the soffit it passes as if there were no bridge, and
// Flow has nothing to say; see Pressed.
type Bridge struct {
	Bed         float64 // [m]
	Soffit      float64 // underside of the deck [m]
	Deck        float64 // upper side, with parapets that hold water back [m]
	Open        float64 // share of the length between piers and abutments [-]
	Coefficient float64 // of pressure flow [-]
	Over        float64 // of the weir over the deck [m^(1/2)/s]
}

// Pressed says whether the deck is in the water.
func (b Bridge) Pressed(left, right float64) bool { return max(left, right) > b.Soffit }

// Flow returns the discharge per metre of length [m2/s] when the deck is in the water: what presses through the opening
// below, as under a gate, and what runs over the deck as over a broad crest.
func (b Bridge) Flow(left, right float64) float64 {
	under := Gate{Sill: b.Bed, Opening: b.Soffit - b.Bed, Contraction: b.Coefficient}
	over := Weir{Crest: b.Deck, Coefficient: b.Over}
	return float64(b.Open*under.Flow(left, right)) + over.Flow(left, right)
}
