package num

import (
	"math"
	"math/bits"
)

const (
	pio2A = 0x1.921fb544p0   // pi/2 to 33 bits
	pio2B = 0x1.0b4611a6p-34 // the next 33 bits
	pio2C = math.Pi/2 - pio2A - pio2B

	cwLimit = 0x1p20 // Cody and Waite's way holds below this: the multiple of pi/2 then has at most 20 bits

	pio2Hi  = 0x1.921fb54442d18p0 // pi/2 in two doubles, and the first one cut in 26 + 27 bits
	pio2Lo  = math.Pi/2 - pio2Hi
	pio2Hi1 = 0x1.921fb5p0
	pio2Hi2 = pio2Hi - pio2Hi1
)

// reduce returns n and y + tail = x - n*pi/2 with |y| <= pi/4 (a little more by rounding), n modulo 4 counting. For x
// not finite y is NaN.
func reduce(x float64) (n int, y, tail float64) {
	if math.Abs(x) < cwLimit {
		fn := float64(x*(2/math.Pi)) + toInt
		n = int(int32(math.Float64bits(fn)))
		fn -= toInt
		// The first product and difference are exact, so is the second product.
		t := x - float64(fn*pio2A)
		w := float64(fn * pio2B)
		r := t - w
		w = float64(fn*pio2C) - ((t - r) - w)
		y = r - w
		if math.Abs(y) > 0x1p-20 { // else x is so near a multiple that more than 119 bits of pi/2 are wanted
			return n, y, (r - y) - w
		}
	}
	if !Finite(x) {
		return 0, math.NaN(), 0
	}
	n, y, tail = reduceBig(math.Abs(x))
	if x < 0 {
		return -n, -y, -tail
	}
	return n, y, tail
}

// reduceBig is reduce for finite x >= pi/4, by Payne and Hanek: only those 192 bits of 2/pi are multiplied that make a
// difference modulo 4. The fraction of x*2/pi is never below 2^-62, so at least 75 significant bits are right.
func reduceBig(x float64) (n int, y, tail float64) {
	b := math.Float64bits(x)
	m := b&mantMask | minNormBits // x = m * 2^e
	e := int(b>>52) - 1075
	p0, p1, p2 := timesTwoOverPi(m, uint(e-2+64))
	n = int(p0 >> 62)
	f0, f1, f2 := p0<<2|p1>>62, p1<<2|p2>>62, p2<<2
	sign := 1.0
	if f0>>63 == 1 { // the fraction is half or more: take the next multiple and a negative rest
		var borrow uint64
		f2, borrow = bits.Sub64(0, f2, 0)
		f1, borrow = bits.Sub64(0, f1, borrow)
		f0, _ = bits.Sub64(0, f0, borrow)
		n++
		sign = -1
	}
	shift := 0
	if f0 == 0 {
		f0, f1, f2, shift = f1, f2, 0, 64
	}
	z := bits.LeadingZeros64(f0)
	f0, f1 = f0<<z|f1>>(64-z), f1<<z|f2>>(64-z)
	scale := sign * pow2(int64(-shift-z))
	// the fraction as a 26-bit, a 27-bit and a 53-bit part
	a := float64(float64(f0>>38) * 0x1p-26)
	c := float64(float64(f0>>11&(1<<27-1)) * 0x1p-53)
	d := float64((f0<<53|f1>>11)>>11) * 0x1p-106
	f := a + c // exact
	hi := float64(f * pio2Hi)
	lo := (float64(a*pio2Hi1) - hi) + float64(a*pio2Hi2) + float64(c*pio2Hi1)
	lo += float64(c*pio2Hi2) + (float64(f*pio2Lo) + float64(d*pio2Hi))
	y = hi + lo
	tail = (hi - y) + lo
	return n, y * scale, tail * scale
}

// timesTwoOverPi returns the low 192 bits of m times the 192 bits of 2/pi that start at bit pos of the table.
func timesTwoOverPi(m uint64, pos uint) (p0, p1, p2 uint64) {
	w := twoOverPi[pos/64 : pos/64+4]
	s := pos % 64
	w0 := w[0]<<s | w[1]>>(64-s)
	w1 := w[1]<<s | w[2]>>(64-s)
	w2 := w[2]<<s | w[3]>>(64-s)
	h2, l2 := bits.Mul64(m, w2)
	h1, l1 := bits.Mul64(m, w1)
	p1, carry := bits.Add64(l1, h2, 0)
	return m*w0 + h1 + carry, p1, l2
}
