package works

import (
	"math"

	"sandtable/sim/num"
)

// Entrance is the kind of a culvert's inlet.
type Entrance uint8

// Entrances, of a pipe and of a box.
const (
	EntranceSquare Entrance = iota // square edge in a headwall; headwall at 90 degrees
	EntranceEased                  // groove end in a headwall; wingwalls flared by 30 to 75 degrees
	EntranceBare                   // groove end that projects; wingwalls in line with the barrel
	EntranceCount
)

// inlet holds an entrance's constants: K and M of the unsubmerged form 1, c and Y of the submerged form (HDS-5,
// Hydraulic Design of Highway Culverts, FHWA 2012, table A.1), and the entrance loss under outlet control (table C.2).
// Both are held against transcriptions: table A.1 in culvert.c of EPA SWMM 5, table C.2 in the manual of SWMM.
type inlet struct{ k, m, c, y, loss float64 }

var (
	pipeInlets = [EntranceCount]inlet{
		{0.0098, 2, 0.0398, 0.67, 0.5}, {0.0018, 2, 0.0292, 0.74, 0.2}, {0.0045, 2, 0.0317, 0.69, 0.2},
	}
	boxInlets = [EntranceCount]inlet{
		{0.061, 0.75, 0.0400, 0.80, 0.5}, {0.026, 1, 0.0347, 0.81, 0.4}, {0.061, 0.75, 0.0423, 0.82, 0.7},
	}
)

// Validity of the two forms of inlet control: Q/(A D^0.5) up to the first and from the second [m^(1/2)/s]; between them
// a straight line. The factor turns it into the feet of table A.1.
const (
	unsubmergedTo = 1.93
	submergedFrom = 2.21
	toFeet        = 1.811
)

// CulvertSpec is what a culvert is built as.
type CulvertSpec struct {
	Circular  bool
	Width     float64  // of a box [m]
	Height    float64  // of a box, or the diameter [m]
	Barrels   int      // side by side
	Length    float64  // [m]
	Roughness float64  // Manning's n [s/m^(1/3)]
	Entrance  Entrance // of both ends
	Left      float64  // invert at the left end [m]
	Right     float64  // at the right end [m]
	Flap      bool     // a flap at the right end lets nothing back
}

// Culvert is a conduit between two bodies of water.
type Culvert struct {
	spec   CulvertSpec
	inlet  inlet
	area   float64      // of a barrel [m2]
	rating [][2]float64 // unsubmerged inlet: head [m] and discharge of a barrel [m3/s], rising
	depths []reach      // outlet control: depths that the stream can have at the outlet
}

// reach is a barrel that runs so deep: what passes is gain times the root of the fall [m3/s per m^(1/2)].
type reach struct{ depth, gain float64 }

// steps is how many depths a barrel is divided into.
const steps = 32

// NewCulvert prepares a culvert.
func NewCulvert(s CulvertSpec) *Culvert {
	c := &Culvert{spec: s, inlet: boxInlets[s.Entrance]}
	if s.Circular {
		c.inlet = pipeInlets[s.Entrance]
	}
	_, c.area, _, _ = s.cut(1)
	full := float64(c.area * math.Sqrt(s.Height))
	c.rating = append(c.rating, [2]float64{0, 0})
	for i := 1; i < steps; i++ {
		depth, area, top, _ := s.cut(float64(i) / steps)
		flow := float64(area * math.Sqrt(float64(Gravity*area)/top)) // critical
		x := flow / full
		if x > unsubmergedTo {
			break
		}
		head := depth + float64(0.5*area)/top + float64(s.Height*float64(c.inlet.k*num.Pow(toFeet*x, c.inlet.m)))
		c.rating = append(c.rating, [2]float64{head, flow})
	}
	x := toFeet * submergedFrom
	head := float64(s.Height * (float64(c.inlet.c*float64(x*x)) + c.inlet.y))
	c.rating = append(c.rating, [2]float64{head, float64(submergedFrom * full)})
	for i := 1; i <= steps; i++ {
		depth, area, _, wetted := s.cut(float64(i) / steps)
		radius := area / wetted
		friction := float64(2*Gravity*s.Roughness*s.Roughness*s.Length) / float64(radius*num.Cbrt(radius))
		gain := float64(area * math.Sqrt(2*Gravity/(1+c.inlet.loss+friction)))
		c.depths = append(c.depths, reach{depth, gain})
	}
	for i := range c.depths { // a pipe that is almost full passes a little more than a full one: left out
		c.depths[i].gain = min(c.depths[i].gain, c.depths[steps-1].gain)
	}
	return c
}

// cut returns depth [m], area [m2], width of the surface [m] and wetted perimeter [m] of a barrel that is filled to a
// share of its angle (a pipe) or of its height (a box); with 1 it is full all round.
func (s *CulvertSpec) cut(share float64) (depth, area, top, wetted float64) {
	d := s.Height
	if !s.Circular {
		depth = float64(share * d)
		wetted = s.Width + float64(2*depth)
		if share >= 1 {
			wetted += s.Width
		}
		return depth, float64(s.Width * depth), s.Width, wetted
	}
	half := float64(share * math.Pi)
	sin, cos := num.Sin(half), num.Cos(half)
	depth = float64(d * 0.5 * (1 - cos))
	area = float64(d * d * 0.25 * (half - float64(sin*cos)))
	return depth, area, float64(d * sin), float64(d * half)
}

// Flow returns the discharge of all barrels [m3/s]: the lesser of what the inlet lets in and what the barrel passes.
func (c *Culvert) Flow(left, right float64) float64 {
	up, down, sign := sides(left, right)
	from, to := c.spec.Left, c.spec.Right
	if sign < 0 {
		if c.spec.Flap {
			return 0
		}
		from, to = to, from
	}
	head := up - from
	if head <= 0 {
		return 0
	}
	flow := min(c.inletFlow(head), c.outletFlow(up-to, down-to))
	return float64(float64(sign*float64(c.spec.Barrels)) * flow)
}

// inletFlow returns what a barrel's inlet lets in at a head over its invert [m3/s]: form 1 of HDS-5, the specific head
// at critical depth and a loss, until the inlet is under water, then HW/D = c (1.811 Q/(A D^0.5))^2 + Y. The small
// term of the barrel's slope is left out.
func (c *Culvert) inletFlow(head float64) float64 {
	last := c.rating[len(c.rating)-1]
	if head >= last[0] {
		full := float64(c.area * math.Sqrt(c.spec.Height))
		return full / toFeet * math.Sqrt((head/c.spec.Height-c.inlet.y)/c.inlet.c)
	}
	k := 1
	for head > c.rating[k][0] {
		k++
	}
	a, b := c.rating[k-1], c.rating[k]
	return a[1] + float64((head-a[0])/(b[0]-a[0])*(b[1]-a[1]))
}

// outletFlow returns what a barrel passes between two levels over the invert of its outlet [m3/s], with the losses of
// entrance, friction (Manning) and exit: H = (1 + ke + 2 g n2 L/R^(4/3)) V2/2g (HDS-5, equation 3.5). It runs as deep
// at its outlet as passes most: full where the water behind covers it.
func (c *Culvert) outletFlow(up, down float64) float64 {
	most := 0.0
	for _, r := range c.depths {
		if fall := up - max(down, r.depth); fall > 0 {
			most = max(most, float64(r.gain*math.Sqrt(fall)))
		}
	}
	return most
}
