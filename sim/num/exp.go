package num

import "math"

const (
	expN     = 128             // table intervals per octave
	expScale = expN / math.Ln2 // x times this counts intervals
	expLn2Hi = 0x1.62e42fefp-1 // ln 2 to 33 bits: times an interval count below 2^18 it is exact
	expHi    = expLn2Hi / expN // one interval, leading part
	expLo    = math.Ln2/expN - expHi
	expBelow = -745.2 // exp of this and less rounds to 0 (the last nonzero is at -745.133)
	expAbove = 709.8  // exp of this and more overflows (the last finite is at 709.783)
)

// expEntry is 2^(j/128) as top*(1 + tail), top given by its bits.
type expEntry struct {
	tail float64
	bits uint64
}

// Exp returns e^x.
//
// Error: at most 0.52 ulp, also where the result is subnormal.
//
// Special cases: Exp(+Inf) = +Inf, Exp(-Inf) = 0, Exp(NaN) = NaN; it overflows to +Inf above 709.782712893384 and
// underflows to 0 below -745.1332191019412.
func Exp(x float64) float64 { return expTail(x, 0) }

// expTail returns e^(x+tail) for |tail| below 2^-20.
func expTail(x, tail float64) float64 {
	if !(x > expBelow && x < expAbove) {
		return expOutside(x)
	}
	// x = k ln2/128 + r, |r| <= ln2/256 = 0.0027
	kd := float64(x*expScale) + toInt
	k := int64(int32(math.Float64bits(kd)))
	kd -= toInt
	r := (x - float64(kd*expHi)) - float64(kd*expLo) + tail
	t := &expTable[k&(expN-1)]
	// p = 2^(tail of the table) e^r - 1; the next term, r^6/720, is below 2^-60
	r2 := r * r
	p := t.tail + r + float64(r2*(1./2+float64(r*(1./6)))) + float64(float64(r2*r2)*(1./24+float64(r*(1./120))))
	if e := k >> 7; e < -1000 || e > 1022 { // near the ends s*p, too, would leave the normal numbers
		return expScaled(t.bits, e, p)
	}
	s := math.Float64frombits(t.bits + uint64(k>>7)<<52)
	return s + float64(s*p)
}

// expScaled returns 2^e top (1+p) where 2^e or the result may lie outside the normal range.
func expScaled(top uint64, e int64, p float64) float64 {
	if e > 0 {
		s := math.Float64frombits(top + uint64(e-1)<<52)
		return 2 * (s + float64(s*p))
	}
	s := math.Float64frombits(top + uint64(e+1022)<<52)
	y := s + float64(s*p)
	if y < 1 {
		// The result is subnormal: round once, at the last place that it will have. Adding 1 puts that place at 2^-52.
		lo := s - y + float64(s*p)
		hi := 1 + y
		lo = 1 - hi + y + lo
		y = (hi + lo) - 1
	}
	return y * 0x1p-1022
}

// expOutside is exp where the result is 0, +Inf or NaN.
func expOutside(x float64) float64 {
	switch {
	case x >= expAbove:
		return math.Inf(1)
	case x <= expBelow:
		return 0
	}
	return x // NaN
}

// Expm1 returns e^x - 1 without the loss of digits near 0.
//
// Error: at most 0.65 ulp.
//
// Special cases: Expm1(+Inf) = +Inf, Expm1(-Inf) = -1, Expm1(±0) = ±0, Expm1(NaN) = NaN.
func Expm1(x float64) float64 {
	switch {
	case x > 42: // the 1 is below 2^-7 ulp
		return expTail(x, 0)
	case x < -38:
		return -1
	case math.Abs(x) < 1./16:
		return expm1Small(x)
	case x != x:
		return x
	}
	kd := float64(x*expScale) + toInt
	k := int64(int32(math.Float64bits(kd)))
	kd -= toInt
	r := (x - float64(kd*expHi)) - float64(kd*expLo)
	t := &expTable[k&(expN-1)]
	r2 := r * r
	p := t.tail + r + float64(r2*(1./2+float64(r*(1./6)))) + float64(float64(r2*r2)*(1./24+float64(r*(1./120))))
	s := math.Float64frombits(t.bits + uint64(k>>7)<<52)
	d := s - 1
	lost := (s - d) - 1
	if s < 1 {
		lost = s - (d + 1)
	}
	return d + (lost + float64(s*p))
}

// expm1Small is the Taylor series for |x| < 1/16; the first omitted term is below 2^-66 of x.
func expm1Small(x float64) float64 {
	if math.Abs(x) < 0x1p-54 {
		return x
	}
	q := madd(x, madd(x, madd(x, madd(x, 1./3628800, 1./362880), 1./40320), 1./5040), 1./720)
	q = madd(x, madd(x, madd(x, q, 1./120), 1./24), 1./6)
	x2 := x * x
	return x + (float64(0.5*x2) + float64(float64(x2*x)*q))
}
