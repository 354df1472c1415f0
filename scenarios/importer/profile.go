package importer

import (
	"math"

	"sandtable/sim/geo"
)

// How the level of the banks along a water line is found.
const (
	stationStep = 0.5   // between stations [cells]
	smoothing   = 150.0 // to each side over which the fitted levels are averaged [m] (assumed)
	bankReach   = 45.0  // the ground of a bank is the lowest within so much: half an SRTM sample, past trees [m] (assumed)
	leastFall   = 1e-5  // of a bed that the relief shows as level
)

// lay finds the stations of a chain and the levels of its banks: the non-increasing line that fits the ground beside it
// best in least squares, smoothed.
func (c *chain) lay(m *town) {
	c.along, c.at = stations(c.line, stationStep*m.grid.Cell)
	raw := make([]float64, len(c.at))
	for i, p := range c.at {
		reach := math.Max(bankReach, c.width)
		if c.class > waterCanal {
			reach = m.grid.Cell
		}
		raw[i] = m.lowest(p, reach)
	}
	c.bank = smooth(falling(raw), int(smoothing/(stationStep*m.grid.Cell)))
	c.low = make([]float64, len(c.bank))
	for i, z := range c.bank {
		c.low[i] = z - c.depth - leastFall*c.along[i]
	}
}

// stations places points along a line at equal distances of about step.
func stations(line geo.Line, step float64) ([]float64, geo.Line) {
	length := line.Length()
	n := max(int(math.Ceil(length/step)), 1)
	along := make([]float64, 0, n+1)
	at := make(geo.Line, 0, n+1)
	k, passed := 1, 0.0
	for i := range n + 1 {
		d := length * float64(i) / float64(n)
		for k < len(line)-1 && passed+line[k-1].Dist(line[k]) < d {
			passed += line[k-1].Dist(line[k])
			k++
		}
		seg := line[k-1].Dist(line[k])
		t := 0.0
		if seg > 0 {
			t = math.Min((d-passed)/seg, 1)
		}
		along, at = append(along, d), append(at, line[k-1].Lerp(line[k], t))
	}
	return along, at
}

// falling returns the non-increasing sequence nearest to z in least squares.
//
// Reference: M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid, E. Silverman, "An empirical distribution function for
// sampling with incomplete information", Annals of Mathematical Statistics 26 (1955) 641-647 (pool adjacent violators).
func falling(z []float64) []float64 {
	type pool struct {
		mean  float64
		count int
	}
	var pools []pool
	for _, v := range z {
		pools = append(pools, pool{v, 1})
		for n := len(pools); n > 1 && pools[n-1].mean > pools[n-2].mean; n = len(pools) {
			a, b := pools[n-2], pools[n-1]
			both := a.count + b.count
			pools = append(pools[:n-2], pool{(a.mean*float64(a.count) + b.mean*float64(b.count)) / float64(both), both})
		}
	}
	out := make([]float64, 0, len(z))
	for _, p := range pools {
		for range p.count {
			out = append(out, p.mean)
		}
	}
	return out
}

// smooth averages over so many values to each side, as far as there are as many on both: what falls goes on falling.
func smooth(z []float64, half int) []float64 {
	sum := make([]float64, len(z)+1)
	for i, v := range z {
		sum[i+1] = sum[i] + v
	}
	out := make([]float64, len(z))
	for i := range z {
		h := min(half, i, len(z)-1-i)
		out[i] = (sum[i+h+1] - sum[i-h]) / float64(2*h+1)
		if i > 0 {
			out[i] = math.Min(out[i], out[i-1]) // rounding
		}
	}
	return out
}

// raise lifts the bed to a floor, that of the water it flows into.
func (c *chain) raise(floor float64) {
	for i := range c.low {
		c.low[i] = math.Max(c.low[i], floor)
		c.bank[i] = math.Max(c.bank[i], c.low[i])
	}
}

// slope returns the mean fall of the banks.
func (c *chain) slope() float64 {
	return math.Max((c.bank[0]-c.bank[len(c.bank)-1])/math.Max(c.along[len(c.along)-1], 1), leastSlope)
}

// leastSlope is taken for a river that the relief shows as level (assumed).
const leastSlope = 1e-4
