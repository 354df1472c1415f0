package generate

import (
	"math"
	"slices"

	"sandtable/scenarios/dice"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
)

// Shape of side valleys (assumed).
const (
	tributaryGap    = 0.30   // between the mouths of tributaries on one side, share of the map's height
	tributaryGapMin = 1500.0 // and at least so far apart [m]
	maxTributaries  = 9      // per side
	tributaryFloor  = 0.016  // half width of a side valley's floor at its mouth, share of the map's height
	fullArea        = 0.16   // a stream with such a valley drains this share of the squared height of the map
	valleyGentle    = 0.08   // slope at the foot of a side valley's flank
	valleySteep     = 0.60   // slope further up
	valleySteepen   = 120.0  // distance over which it steepens [m]
	headShare       = 0.50   // height of a side valley's head over that of the hills there
	branchArea      = 0.006  // streams that drain this share of the squared height of the map are kept as branches
	branchAreaMin   = 4e5    // and at least so much [m2]
	branchShare     = 0.05   // if they are so long, share of the map's height
	runoffBankfull  = 1.6    // bankfull discharge of a stream that drains 1 km2 [m3/s]
	runoffExponent  = 0.75   // its growth with the area
	tributaryMinGap = 0.045  // streams keep this share of the map's height apart
)

// drawTributaries draws the side streams, on each side of the river at about equal distances.
func (l *land) drawTributaries() {
	stream := rng.New(l.p.Seed, "generate.tributaries")
	for side := range 2 {
		d := dice.Roll(stream, side)
		for _, x := range l.mouths(side, d) {
			l.drawTributary(x, side, d)
		}
	}
	if l.p.Kind == ThreatenedDam {
		l.siteDam()
	}
}

// mouths places the mouths of one side's tributaries along the map [m]; none lies beside the county town.
func (l *land) mouths(side int, d *dice.Dice) []float64 {
	n := num.ClampInt(l.p.Width/math.Max(tributaryGap*l.p.Height, tributaryGapMin), 1, maxTributaries)
	gap := l.p.Width / float64(n)
	var out []float64
	for k := range n {
		x := float64((float64(k) + d.Between(0.3, 0.7)) * gap)
		if side == l.town.side {
			x = l.besideTown(x)
		}
		if len(out) == 0 || x-out[len(out)-1] > 0.4*gap {
			out = append(out, x)
		}
	}
	return out
}

// besideTown moves a mouth that lies in the county town's reach up or down the river, out of it.
func (l *land) besideTown(x float64) float64 {
	clear := float64(0.5*l.town.length) + math.Max(0.35*l.town.length, 6*l.grid.Cell)
	if off := x - l.town.x; math.Abs(off) < clear {
		return l.town.x + math.Copysign(clear, off)
	}
	return x
}

// drawTributary draws one stream from its mouth on the main river up to its head in the hills.
func (l *land) drawTributary(x float64, side int, d *dice.Dice) {
	k := slices.IndexFunc(l.main.line, func(q geo.Point) bool { return q.X >= x })
	if k < 0 {
		return
	}
	heading := d.Between(1.75, 2.05) // upstream and away from the river
	if side == south {
		heading = -heading
	}
	up := l.grow(l.main.line[k], heading, 2*l.p.Height, d)
	if up.Length() > 8*l.grid.Cell {
		l.addStream(up, 0, 1, 1)
	}
}

// drawBranches finds the streams that erosion has made: from where much water leaves the hills, or joins a
// tributary, up along the larger stream each time.
func (l *land) drawBranches() {
	l.traceChannels()
	hill := make([]bool, len(l.z))
	for c := range hill {
		_, beyond, _ := l.lateral(l.centre(int32(c)))
		hill[c] = l.flow.owner[c] < 0 && beyond > 0
	}
	r := newRouting(l, hill)
	r.route()
	full := float64(fullArea * l.p.Height * l.p.Height)
	least := math.Max(float64(branchArea*l.p.Height*l.p.Height), branchAreaMin)
	mouths, donor := r.stems(least)
	for _, c := range mouths {
		into, area := r.to[c], r.area[c]
		up := geo.Line{l.centre(into)}
		for ; c >= 0; c = donor[c] {
			up = append(up, l.centre(c))
		}
		if up.Length() < math.Max(float64(branchShare*l.p.Height), 6*l.grid.Cell) {
			continue
		}
		size := math.Min(math.Max(math.Sqrt(area/full), 0.25), 1)
		if owner := l.flow.owner[into]; owner >= 0 {
			l.addStream(up, int(owner), 2, size)
		} else if across := l.across(up[0]); across != nil {
			l.addStream(append(across, up...), 0, 1, size)
		}
	}
	for _, ch := range l.rivers {
		ch.cells = nil
	}
}

// stems returns the last cells of the hills' streams that drain at least so much [m2], and for each cell the
// neighbour that brings it most water; -1 where none brings enough.
func (r *routing) stems(least float64) (mouths, donor []int32) {
	donor = make([]int32, len(r.hill))
	for c := range donor {
		donor[c] = -1
	}
	for _, c := range r.order {
		to := r.to[c]
		if to < 0 || r.area[c] < least {
			continue
		}
		if !r.hill[to] {
			mouths = append(mouths, c)
		} else if donor[to] < 0 || r.area[c] > r.area[donor[to]] {
			donor[to] = c
		}
	}
	return mouths, donor
}

// across draws a stream over the flood plain, from the main river up to a place at its edge; nil where the county
// town lies between.
func (l *land) across(edge geo.Point) geo.Line {
	side, _, _ := l.lateral(edge)
	if side == l.town.side && l.besideTown(edge.X) != edge.X {
		return nil
	}
	to := edge.X + float64(0.3*l.half[side][l.column(edge.X)])
	k := slices.IndexFunc(l.main.line, func(q geo.Point) bool { return q.X >= to })
	if k < 0 {
		return nil
	}
	mouth := l.main.line[k]
	if side == l.town.side && l.besideTown(mouth.X) != mouth.X {
		return nil
	}
	bend := newNoise(l.p.Seed, "brook", 8*l.grid.Cell, 2, 0.5)
	var line geo.Line
	n := num.CeilInt(mouth.Dist(edge) / (l.grid.Cell / 2))
	for i := range n {
		t := float64(i) / float64(n)
		p := mouth.Lerp(edge, t)
		p.X += float64(2.5 * l.grid.Cell * bend.at(p) * ramp(t, 0, 0.2) * ramp(t, 1, 0.8))
		line = append(line, p)
	}
	return line
}

// centre is the middle of a cell.
func (l *land) centre(c int32) geo.Point {
	i, j := l.grid.IJ(int(c))
	return l.grid.Centre(i, j)
}

// grow draws a stream upward from its mouth until it is long enough, near the edge of the map, or near another one.
func (l *land) grow(mouth geo.Point, heading, length float64, d *dice.Dice) geo.Line {
	step := float64(l.grid.Cell / 2)
	wander := newNoise(l.p.Seed, "stream", 0.08*l.p.Height, 3, 0.6)
	offset := float64(d.Unit() * 1e5)
	line := geo.Line{mouth}
	at := mouth
	free := math.Max(float64(1.5*tributaryMinGap*l.p.Height), float64(6*l.grid.Cell))
	for s := 0.0; s < length; s += step {
		turn := heading + float64(1.1*wander.line(s+offset))
		at = at.Add(geo.Point{X: float64(step * num.Cos(turn)), Y: float64(step * num.Sin(turn))})
		if edge := 2 * l.grid.Cell; at.X < edge || at.Y < edge || at.X > l.p.Width-edge || at.Y > l.p.Height-edge {
			break
		}
		if s > free && l.crowded(at, mouth) {
			break
		}
		line = append(line, at)
	}
	return line
}

// crowded says whether a place is too near to a stream other than the one that begins at mouth.
func (l *land) crowded(at, mouth geo.Point) bool {
	gap := float64(tributaryMinGap * l.p.Height)
	for _, ch := range l.rivers[1:] {
		if b := geo.Bounds(ch.line); at.X < b.Min.X-gap || at.X > b.Max.X+gap || at.Y < b.Min.Y-gap || at.Y > b.Max.Y+gap {
			continue
		}
		for i := 0; i < len(ch.line); i += 4 {
			if ch.line[i].Dist2(at) < gap*gap && ch.line[i].Dist2(mouth) > gap*gap {
				return true
			}
		}
	}
	return false
}

// addStream keeps a stream that was drawn upward.
func (l *land) addStream(up geo.Line, into, order int, size float64) {
	slices.Reverse(up)
	ch := &channel{line: up, into: into, order: order, size: size}
	ch.measure()
	l.rivers = append(l.rivers, ch)
}

// shapeStreams cuts the side valleys into the hills, tributaries first, branches after them.
func (l *land) shapeStreams() {
	for order := 1; order <= 2; order++ {
		for k, ch := range l.rivers {
			if ch.order == order {
				l.shapeStream(k, l.profile(k))
			}
		}
	}
}

// profile returns the level of a stream's valley floor at each point of its line: it falls toward the mouth, steeply
// first and then gently, never above the ground.
func (l *land) profile(k int) []float64 {
	ch := l.rivers[k]
	level := make([]float64, len(ch.line))
	mouth := l.ground(ch.line[len(ch.line)-1])
	head := math.Max(l.ground(ch.line[0])-mouth, 0)
	gentle := math.Max(3*l.slope, 0.003)
	total := ch.length()
	for i, at := range ch.line {
		s := total - ch.along[i]
		rest := math.Max(float64(headShare*head)-float64(gentle*total), 0)
		level[i] = mouth + float64(gentle*s) + float64(rest*(s/total)*(s/total))
		if l.dam == nil || l.dam.river != k || ch.along[i] > l.dam.along {
			level[i] = math.Min(level[i], l.ground(at))
		}
	}
	if l.dam != nil && l.dam.river == k {
		l.dam.flatten(ch, level)
	}
	for i := 1; i < len(level); i++ {
		level[i] = math.Min(level[i], level[i-1])
	}
	return level
}

// ground is the present elevation of the cell at a place [m].
func (l *land) ground(p geo.Point) float64 {
	i, j := l.grid.ClampIJ(p)
	return l.z[l.grid.Index(i, j)]
}

// shapeStream cuts one side valley with the given levels along its floor.
func (l *land) shapeStream(k int, level []float64) {
	ch := l.rivers[k]
	limit := math.Max(float64(0.11*l.p.Height), 8*l.grid.Cell)
	near := l.distances(ch, limit)
	for c, dist := range near.dist {
		if dist == far {
			continue
		}
		d, i := float64(dist), near.point[c]
		out := math.Max(d-l.floorHalf(k, ch.along[i]), 0)
		if l.raised(k, ch.along[i]) {
			l.z[c] = math.Max(l.z[c], level[i]+l.dam.shoulder(out, ch.along[i]))
		}
		flank := level[i] + 0.2 + float64(valleyGentle*out) + float64(valleySteep*out*out)/(out+valleySteepen)
		flank += float64(1e3 * ramp(d, 0.8*limit, limit)) // the cut ends where nobody sees it
		l.z[c] = softMin(l.z[c], flank, 0.4+float64(10*ramp(out, 0, 500)))
	}
}

// floorHalf is the half width of a side valley's floor, a way down from its head [m].
func (l *land) floorHalf(k int, along float64) float64 {
	ch := l.rivers[k]
	half := float64(tributaryFloor * l.p.Height * ch.size * mix(0.15, 1, along/ch.length()))
	if l.dam != nil && l.dam.river == k {
		return l.dam.widen(half, along)
	}
	return half
}
