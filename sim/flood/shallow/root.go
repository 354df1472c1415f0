package shallow

import (
	"math"

	"sandtable/sim/num"
)

// The friction term needs h^(-7/3), the seventh power of the inverse cube root of the depth, for every wet face in
// every step. num.Pow73 gives h^(7/3) with a division; what follows has none, which makes a step a quarter faster,
// and small enough pieces for the compiler to put them into the loop.

// rootLine is the straight line a - b m through the inverse cube root of m 2^s, m in [1, 2), at the ends of one of 32
// intervals of m, for s = 0, 1, 2, moved so that its error is the same up and down, times 2^341, a third of the
// exponents' bias. The table is longer than it needs to be so that every index of seven bits lies in it.
type rootLine struct{ a, b float64 }

var rootTable = newRootTable()

func newRootTable() (table [128]rootLine) {
	for k := range 96 {
		s, part := k/32, k%32
		scale := float64(int(1) << s)
		lo, hi := 1+float64(float64(part)/32), 1+float64(float64(part+1)/32)
		f := func(m float64) float64 { return 1 / num.Cbrt(float64(m*scale)) }
		b := float64((f(lo) - f(hi)) * 32)
		mid := (lo + hi) / 2
		sag := float64((f(lo)+f(hi))/2) - f(mid) // the curve lies below its chord
		table[k] = rootLine{float64((f(lo) + float64(b*lo) - float64(sag/2)) * 0x1p341), float64(b * 0x1p341)}
	}
	return table
}

// Parts of the bits of a float64.
const (
	fractionBits = 52
	fraction     = 1<<fractionBits - 1
	unitBits     = 1023 << fractionBits
)

// rootStart returns the inverse cube root of a positive normal number, with a relative error below 3e-5.
func rootStart(h float64) float64 {
	// The number is 2^(3(q-341)) 2^s m: q is a third of the biased exponent.
	b := math.Float64bits(h)
	top := b >> 47 // exponent and five bits of the fraction
	q := (top >> 5) * 43691 >> 17
	l := &rootTable[(top-q*96)&127]
	y := l.a - float64(l.b*math.Float64frombits(b&fraction|unitBits))
	return math.Float64frombits(math.Float64bits(y) - q<<fractionBits)
}

// rootFinish makes an inverse cube root exact to a few units of the last place: with e = 1 - h y^3, it is
// y (1-e)^(-1/3) = y (1 + e/3 + 2/9 e^2 + 14/81 e^3 + ...).
func rootFinish(h, y float64) float64 {
	e := 1 - float64(h*y*y*y)
	return y + float64(y*(e*(1./3+float64(e*(2./9+float64(e*(14./81)))))))
}
