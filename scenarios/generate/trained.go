package generate

import (
	"math"
	"slices"
)

// The trained reach of a stream below a reservoir (assumed).
const (
	safeRelease = 11.0 // the discharge that it carries in safety (下游安全泄量), over its catchment on the map [m3/s/km2]
	freeboard   = 1.0  // of its banks over that discharge [m]
)

// trainedFrom returns the first cell of the trained reach of a stream: from the dam down. It is beyond the stream's end
// where there is no dam.
func (l *land) trainedFrom(ch *channel) int {
	if l.dam == nil || l.rivers[l.dam.river] != ch {
		return len(ch.cells)
	}
	return slices.Index(ch.cells, l.below(ch))
}

// trainedWidth is the width of the trained reach [m]: Lacey's for its discharge, in whole cells.
func (l *land) trainedWidth() float64 {
	return math.Ceil(riverWidth(l.dam.safe)/l.grid.Cell) * l.grid.Cell
}

// widenTrained gives the trained reach of a stream its width: cells beside it are cut down to its bed.
func (l *land) widenTrained(ch *channel, from int) {
	if from >= len(ch.cells) {
		return
	}
	place := make([]int32, len(l.z)) // along the reach, from 1
	for i, c := range ch.cells[from:] {
		place[c] = int32(i + 1)
		l.dam.reach = append(l.dam.reach, c)
	}
	near := l.distances(ch, l.trainedWidth()/2)
	for c, d := range near.dist {
		if d == far || l.flow.owner[c] >= 0 {
			continue
		}
		if beside, ok := l.grid.CellAt(ch.line[near.point[c]]); ok && place[beside] > 0 {
			l.z[c] = math.Min(l.z[c], ch.bed[from+int(place[beside])-1])
			l.flow.owner[c] = int16(l.dam.river)
			l.dam.reach = append(l.dam.reach, int32(c))
		}
	}
}
