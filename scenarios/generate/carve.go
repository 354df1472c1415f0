package generate

import (
	"math"
	"slices"

	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// Shape of channels (assumed).
const (
	streamMinDepth = 0.6    // of a stream's channel [m]
	streamMaxDepth = 3.0    // of a stream's channel, apart from its mouth [m]
	bedFall        = 0.001  // every step along a channel falls at least so much [m]
	mouthGrade     = 0.0045 // slope at which a stream's bed comes down to that of the river it joins
	mouthReach     = 900.0  // the way over which it does [m]
	headFlow       = 0.25   // bankfull discharge at a stream's head over that at its mouth
	slopeReach     = 12     // cells over which a channel's slope is measured
)

// traceChannels finds the cells of every channel, the main river first, and marks whose they are. A stream ends where
// it meets the channel of another one.
func (l *land) traceChannels() {
	l.flow.owner = make([]int16, l.grid.Len())
	for c := range l.flow.owner {
		l.flow.owner[c] = -1
	}
	for order := 0; order <= 2; order++ {
		for k, ch := range l.rivers {
			if ch.order == order {
				l.trace(k, ch)
			}
		}
	}
}

// trace walks down one channel, cell by cell across edges.
func (l *land) trace(k int, ch *channel) {
	var path []int32
	for _, p := range ch.line {
		c, ok := l.grid.CellAt(p)
		if !ok {
			continue
		}
		for len(path) > 0 && path[len(path)-1] != int32(c) {
			next := l.stepToward(path[len(path)-1], int32(c))
			path = append(path, next)
		}
		if len(path) == 0 {
			path = append(path, int32(c))
		}
	}
	for _, c := range path {
		if owner := l.flow.owner[c]; owner >= 0 && owner != int16(k) {
			ch.into = int(owner)
			break
		}
		if l.flow.owner[c] == int16(k) { // the line came back to where it was: leave the loop out
			for ch.cells[len(ch.cells)-1] != c {
				l.flow.owner[ch.cells[len(ch.cells)-1]] = -1
				ch.cells = ch.cells[:len(ch.cells)-1]
			}
			continue
		}
		l.flow.owner[c] = int16(k)
		ch.cells = append(ch.cells, c)
	}
}

// stepToward returns the neighbour of a that shares an edge with it and lies nearer to b; of two the lower one.
func (l *land) stepToward(a, b int32) int32 {
	ai, aj := l.grid.IJ(int(a))
	bi, bj := l.grid.IJ(int(b))
	sign := func(v int) int { return max(min(v, 1), -1) }
	byColumn := int32(l.grid.Index(ai+sign(bi-ai), aj))
	byRow := int32(l.grid.Index(ai, aj+sign(bj-aj)))
	switch {
	case ai == bi:
		return byRow
	case aj == bj || l.z[byColumn] <= l.z[byRow]:
		return byColumn
	}
	return byRow
}

// sizeChannels gives every stream its discharge and width by the area that it drains.
func (l *land) sizeChannels() {
	l.measureAreas()
	for _, ch := range l.rivers[1:] {
		ch.bankfull = float64(runoffBankfull * num.Pow(math.Max(ch.area/1e6, 0.05), runoffExponent))
		ch.width = riverWidth(ch.bankfull)
	}
	if l.dam != nil {
		l.dam.safe = float64(safeRelease * l.rivers[l.dam.river].area / 1e6)
	}
}

// carve cuts all channels into the ground: beds that fall all the way, as deep as the bankfull discharge needs in the
// width that the cells give.
func (l *land) carve() {
	l.carveRiver()
	for k, ch := range l.rivers[1:] { // the main river is wider than its line: streams end at its edge
		if at := slices.IndexFunc(ch.cells, func(c int32) bool { return l.flow.owner[c] != int16(k+1) }); at >= 0 {
			ch.cells = ch.cells[:at]
		}
	}
	for order := 1; order <= 2; order++ {
		for _, ch := range l.rivers {
			if ch.order == order && len(ch.cells) > 0 {
				l.carveStream(ch)
			}
		}
	}
}

// carveRiver cuts the main river in its width.
func (l *land) carveRiver() {
	ch := l.main
	fall := float64(l.slope*l.p.Width) / ch.length()
	width := math.Max(ch.width, l.grid.Cell)
	depth := manningDepth(ch.bankfull, width, fall, riverRough)
	bed := make([]float64, len(ch.line))
	for i, p := range ch.line {
		bed[i] = l.bank(math.Min(math.Max(p.X, 0), l.p.Width)) - depth
	}
	near := l.distances(ch, math.Max(width/2, l.grid.Cell))
	for c, d := range near.dist {
		if d != far && float64(d) <= width/2 {
			l.z[c] = math.Min(l.z[c], bed[near.point[c]])
			l.flow.owner[c] = 0
		}
	}
	level := bed[0]
	for _, c := range ch.cells {
		level = math.Min(level-bedFall, bed[near.point[c]])
		l.z[c] = level
		ch.bed = append(ch.bed, level)
		ch.bank = append(ch.bank, level+depth)
	}
}

// carveStream cuts a stream, one cell wide, down to the bed of the river it joins.
func (l *land) carveStream(ch *channel) {
	n := len(ch.cells)
	ch.bank = make([]float64, n)
	level := math.MaxFloat64
	for i, c := range ch.cells {
		level = math.Min(level, l.z[c])
		ch.bank[i] = level
	}
	ch.bed = make([]float64, n)
	trained := l.trainedFrom(ch)
	for i := range ch.cells {
		a, b := max(i-slopeReach, 0), min(i+slopeReach, n-1)
		fall := math.Max((ch.bank[a]-ch.bank[b])/float64(float64(max(b-a, 1))*l.grid.Cell), 0.0008)
		flow := float64(ch.bankfull * mix(headFlow, 1, float64(i+1)/float64(n)))
		depth := manningDepth(flow, math.Max(ch.width, l.grid.Cell), fall, streamRough)
		if i >= trained {
			depth = manningDepth(math.Max(flow, l.dam.safe), l.trainedWidth(), fall, riverRough) + freeboard
		}
		ch.bed[i] = ch.bank[i] - math.Min(math.Max(depth, streamMinDepth), streamMaxDepth)
	}
	l.gradeMouth(ch)
	for i, c := range ch.cells {
		if i > 0 {
			ch.bed[i] = math.Min(ch.bed[i], ch.bed[i-1]-bedFall)
		}
		l.z[c] = ch.bed[i]
	}
	l.widenTrained(ch, trained)
}

// gradeMouth brings the end of a stream's bed down to that of the river it joins, at an even slope, and keeps it above
// that.
func (l *land) gradeMouth(ch *channel) {
	n := len(ch.cells)
	target := l.joins(ch)
	if target < 0 {
		return
	}
	base := l.z[target]
	drop := math.Max(ch.bank[n-1]-base, 0)
	for i := n - 1; i >= 0; i-- {
		up := float64(float64(n-i) * l.grid.Cell)
		own := ch.bank[i] - ch.bed[i]
		cut := mix(own, math.Max(drop, own), ramp(up, mouthReach, 0))
		graded := math.Max(base+float64(mouthGrade*up), ch.bank[i]-cut)
		lowest := base + float64(2*bedFall*float64(n-i))
		ch.bed[i] = math.Max(math.Min(ch.bed[i], graded), lowest)
	}
}

// joins returns the cell of the other channel into which a stream's last cell flows; -1 for none.
func (l *land) joins(ch *channel) int32 {
	last := ch.cells[len(ch.cells)-1]
	i, j := l.grid.IJ(int(last))
	best := int32(-1)
	for _, step := range [4][2]int{{0, -1}, {-1, 0}, {1, 0}, {0, 1}} {
		if !l.grid.Inside(i+step[0], j+step[1]) {
			continue
		}
		c := int32(l.grid.Index(i+step[0], j+step[1]))
		if int(l.flow.owner[c]) == ch.into && l.flow.owner[last] != l.flow.owner[c] && (best < 0 || l.z[c] < l.z[best]) {
			best = c
		}
	}
	return best
}

// inChannel says whether a place lies in a channel.
func (l *land) inChannel(p geo.Point) bool {
	c, ok := l.grid.CellAt(p)
	return ok && l.flow.owner[c] >= 0
}
