package generate

import (
	"math"

	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
)

// Shape of rivers.
const (
	laceyWidth    = 4.83  // width of a river over the root of its bankfull discharge [m per root m3/s] (G. Lacey 1930)
	meanderWidths = 11.0  // wave of meanders in widths (Leopold & Wolman 1960: 10 to 14)
	meanderAngle  = 0.95  // largest angle of a meander to the valley [rad] (assumed)
	townAngle     = 0.22  // the same along the county town, where the bank is trained [rad] (assumed)
	meanderLength = 1.25  // length of the river over that of its valley, for sections (assumed)
	riverRough    = 0.030 // Manning's n of the main river [s/m^(1/3)] (Chow 1959: clean, straight channels)
	streamRough   = 0.060 // the same of streams with cobbles and brush on the banks (Chow 1959: 0.040 to 0.070)
	homing        = 0.35  // how strongly the river keeps to the valley's axis (assumed)
)

// riverWidth is the width of a river at bankfull discharge [m]: Lacey's regime width.
func riverWidth(bankfull float64) float64 { return float64(laceyWidth * math.Sqrt(bankfull)) }

// manningDepth is the depth of uniform flow in a wide rectangular section [m].
//
// Reference: Manning's formula q = h^(5/3) S^(1/2) / n.
func manningDepth(discharge, width, slope, rough float64) float64 {
	return num.Pow(discharge*rough/float64(width*math.Sqrt(slope)), 0.6)
}

// channel is a watercourse from its upper end to its mouth.
type channel struct {
	title    sim.Text
	line     geo.Line  // points about half a cell apart
	along    []float64 // way from the upper end to each point [m]
	into     int       // the watercourse it joins; -1 for the main river, which leaves the map
	size     float64   // of its valley against that of a full tributary
	order    int       // 0 main river, 1 tributary, 2 its branches
	area     float64   // that drains to its mouth inside the map [m2]
	bankfull float64   // discharge at its mouth [m3/s]
	width    float64   // at its mouth [m]
	cells    []int32   // cells along it from the upper end to the mouth, each sharing an edge with the next
	bed      []float64 // level of the bed in each of those cells [m]
	bank     []float64 // level of the bank in each of those cells [m]
}

// measure fills the distances along the channel.
func (ch *channel) measure() {
	ch.along = make([]float64, len(ch.line))
	for i := 1; i < len(ch.line); i++ {
		ch.along[i] = ch.along[i-1] + ch.line[i-1].Dist(ch.line[i])
	}
}

// length is the way from the upper end to the mouth [m].
func (ch *channel) length() float64 { return ch.along[len(ch.along)-1] }

// drawRiver draws the centre line of the main river, from beyond the western edge to beyond the eastern one: a
// sine-generated curve whose angle and phase wander.
//
// Reference: W. B. Langbein and L. B. Leopold, "River meanders: theory of minimum variance", USGS Professional Paper
// 422-H (1966).
func (l *land) drawRiver() {
	w := riverWidth(l.p.Bankfull)
	wave := float64(meanderWidths * math.Max(w, 1.5*l.grid.Cell))
	path := float64(wave * meanderLength)
	strength := newNoise(l.p.Seed, "meander.angle", 3*wave, 2, 0.5)
	wander := newNoise(l.p.Seed, "meander.phase", 2*wave, 2, 0.5)
	step := float64(l.grid.Cell / 2)
	phase := dice.Roll(rng.New(l.p.Seed, "generate.meander"), 0).Between(0, 2*math.Pi)
	at := geo.Point{X: -2 * l.grid.Cell, Y: l.axis[0]}
	ch := &channel{into: -1, bankfull: l.p.Bankfull, width: w}
	for s := 0.0; at.X < l.p.Width+float64(2*l.grid.Cell); s += step {
		ch.line = append(ch.line, at)
		near := ramp(math.Abs(at.X-l.town.x), l.town.length, 0.55*l.town.length)
		angle := mix(float64(meanderAngle*math.Max(0.8+float64(0.8*strength.line(s)), 0.15)), townAngle, near)
		turn := phase + float64(2*math.Pi*s/path) + float64(3.2*wander.line(s))
		home := float64(homing * math.Min(math.Max((l.axisAt(at.X)-at.Y)/(2*w+l.grid.Cell), -1.5), 1.5))
		heading := l.axisHeading(at.X) + float64(angle*num.Sin(turn)) + home
		heading = math.Min(math.Max(heading, -1.35), 1.35)
		at = at.Add(geo.Point{X: float64(step * num.Cos(heading)), Y: float64(step * num.Sin(heading))})
	}
	ch.measure()
	l.main = ch
	l.rivers = append(l.rivers, ch)
}

// axisAt is the y of the valley's axis at x [m].
func (l *land) axisAt(x float64) float64 { return l.axis[l.column(x)] }

// axisHeading is the direction of the valley at x, from the east [rad].
func (l *land) axisHeading(x float64) float64 {
	span := float64(8 * l.grid.Cell)
	return num.Atan2(l.axisAt(x+span)-l.axisAt(x-span), 2*span)
}

// raiseLevees puts the natural levee beside the main river, on the flood plain.
func (l *land) raiseLevees() {
	near := l.distances(l.main, 4*leveeWidth+l.main.width)
	for c, d := range near.dist {
		if d == far {
			continue
		}
		i, j := l.grid.IJ(c)
		_, beyond, _ := l.lateral(l.grid.Centre(i, j))
		off := math.Max(float64(d)-float64(l.main.width/2), 0) / leveeWidth
		l.z[c] += float64(leveeHeight / (1 + float64(off*off)) * ramp(beyond, 0, -100))
	}
}

// reach holds for each cell the nearest point of a channel and how far it is.
type reach struct {
	dist  []float32 // [m]; far where nothing is near
	point []int32   // index into channel.line
}

const far = float32(math.MaxFloat32)

// distances measures from a channel to the cells within a limit [m].
func (l *land) distances(ch *channel, limit float64) reach {
	r := reach{dist: make([]float32, l.grid.Len()), point: make([]int32, l.grid.Len())}
	for c := range r.dist {
		r.dist[c] = far
	}
	span := num.CeilInt(limit / l.grid.Cell)
	for k, q := range ch.line {
		ci, cj := l.grid.ClampIJ(q)
		for j := max(cj-span, 0); j <= min(cj+span, l.grid.NY-1); j++ {
			for i := max(ci-span, 0); i <= min(ci+span, l.grid.NX-1); i++ {
				c := l.grid.Index(i, j)
				if d := l.grid.Centre(i, j).Dist(q); d <= limit && float32(d) < r.dist[c] {
					r.dist[c], r.point[c] = float32(d), int32(k)
				}
			}
		}
	}
	return r
}
