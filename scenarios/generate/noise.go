package generate

import (
	"math"

	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
)

// noise is gradient noise in several octaves: smooth, without preferred places, about within [-1, 1].
//
// Reference: K. Perlin, "Improving noise", ACM Transactions on Graphics 21 (2002) 681-682.
type noise struct {
	stream  rng.Stream
	octaves []octave
	norm    float64
}

// octave is one scale of the noise.
type octave struct {
	wave float64 // [m]
	size float64 // its share
}

// newNoise returns noise whose longest wave is given [m]; each further octave has half the wave and the given share of
// the size of the one before.
func newNoise(seed uint64, name string, wave float64, octaves int, share float64) *noise {
	n := &noise{stream: rng.New(seed, "generate."+name)}
	size := 1.0
	for range octaves {
		n.octaves = append(n.octaves, octave{wave, size})
		n.norm += size
		wave, size = wave/2, float64(size*share)
	}
	return n
}

// perlinScale brings gradient noise, which stays within ±0.71, to about ±1.
const perlinScale = 1.4

// at returns the noise at a place.
func (n *noise) at(p geo.Point) float64 {
	sum := 0.0
	for k, o := range n.octaves {
		sum += float64(o.size * n.gradient(uint32(k), p.X/o.wave, p.Y/o.wave))
	}
	return perlinScale * sum / n.norm
}

// line returns the noise along a line, for things that vary in one direction.
func (n *noise) line(x float64) float64 { return n.at(geo.Point{X: x, Y: 0.37 * n.octaves[0].wave}) }

// compass holds eight unit vectors.
var compass = [8]geo.Point{
	{X: 1}, {X: math.Sqrt2 / 2, Y: math.Sqrt2 / 2}, {Y: 1}, {X: -math.Sqrt2 / 2, Y: math.Sqrt2 / 2},
	{X: -1}, {X: -math.Sqrt2 / 2, Y: -math.Sqrt2 / 2}, {Y: -1}, {X: math.Sqrt2 / 2, Y: -math.Sqrt2 / 2},
}

// gradient is one octave on a lattice of unit cells.
func (n *noise) gradient(octave uint32, x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	i, j := num.Int(fx), num.Int(fy)
	x, y = x-fx, y-fy
	corner := func(di, dj int) float64 {
		entity := uint64(uint32(int32(i+di)))<<32 | uint64(uint32(int32(j+dj)))
		g := compass[n.stream.Uint64(entity, octave, 0)>>61]
		return float64(g.X*(x-float64(di))) + float64(g.Y*(y-float64(dj)))
	}
	u, v := fade(x), fade(y)
	low := mix(corner(0, 0), corner(1, 0), u)
	high := mix(corner(0, 1), corner(1, 1), u)
	return mix(low, high, v)
}

// fade is the quintic 6t^5 - 15t^4 + 10t^3.
func fade(t float64) float64 {
	return float64(t*t*t) * (float64(t*(float64(t*6)-15)) + 10)
}

// mix goes from a to b as t goes from 0 to 1.
func mix(a, b, t float64) float64 { return a + float64(t*(b-a)) }

// ramp rises smoothly from 0 at a to 1 at b; with b < a it falls.
func ramp(x, a, b float64) float64 {
	t := math.Min(math.Max((x-a)/(b-a), 0), 1)
	return float64(t*t) * (3 - float64(2*t))
}

// softMin is the smaller of a and b, rounded off over a width k.
func softMin(a, b, k float64) float64 {
	h := math.Max(k-math.Abs(a-b), 0)
	return math.Min(a, b) - float64(h*h)/float64(4*k)
}
