package generate

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/flood"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Shape of the dyke (assumed).
const (
	dykePersons  = 3000 // a county town from this size on has a dyke
	dykeShare    = 0.58 // height of the dyke above the bank over the river's bankfull depth
	dykeBase     = 0.5  // and so much more [m]
	weakDip      = 0.45 // how far the crest has settled at the weak place [m]
	weakShare    = 0.11 // length of the weak place over that of the town
	dykeReach    = 0.60 // from the middle of the town to the dyke's ends, in lengths of the town
	dykeOffCells = 1.6  // from the river's edge to the dyke's axis in cells
	frailCells   = 4.0  // half length of the stretch at the weak place that is a structure and can fail, in cells
	frailWidth   = 80.0 // of the gap there [m]
	frailLeast   = 0.3  // its crest stands so far above the ground beside it, however low the river's banks are [m]
	frailHead    = 0.1  // depth over the crest that the dyke does not stand [m]
)

// dyke is the dyke along the county town's bank, with walls at both ends up to the terrace.
type dyke struct {
	line  geo.Line  // axis along the river, from its upper to its lower end
	crest []float64 // level at each point [m]
	weak  geo.Point // where the crest has settled
	weakX float64   // the same, along the river [m]
	river [2]int    // first and last point of the main river's line beside it
}

// raiseDyke builds the dyke into the ground.
func (l *land) raiseDyke() {
	if l.town.persons < dykePersons {
		return
	}
	height := dykeBase + float64(dykeShare*l.bankDepth())
	weak := l.town.x - float64(0.12*l.town.length)
	dy := &dyke{weakX: weak}
	first, last := l.town.x-float64(dykeReach*l.town.length), l.town.x+float64(dykeReach*l.town.length)
	for i, q := range l.main.line {
		if q.X < first || q.X > last {
			continue
		}
		if len(dy.line) == 0 {
			dy.river[0] = i
		}
		dy.river[1] = i
		at := geo.Point{X: q.X, Y: q.Y + float64(l.inland()*l.dykeOffset())}
		settled := ramp(math.Abs(q.X-weak), weakShare*l.town.length, weakShare*l.town.length/2)
		crest := l.bank(q.X) + height - float64(weakDip*settled)
		dy.line, dy.crest = append(dy.line, at), append(dy.crest, crest)
		if q.X <= weak {
			dy.weak = at
		}
		if math.Abs(q.X-weak) > frailCells*l.grid.Cell {
			l.lift(at, crest)
		}
	}
	l.dyke = dy
	for _, end := range []int{0, len(dy.line) - 1} {
		l.raiseWall(dy.line[end], dy.crest[end]+0.3)
	}
}

// inland is the direction away from the river on the county town's side: 1 to the north, -1 to the south.
func (l *land) inland() float64 {
	if l.town.side == south {
		return -1
	}
	return 1
}

// dykeOffset is the distance of the dyke's axis from the river's centre line [m].
func (l *land) dykeOffset() float64 {
	return float64(math.Max(l.main.width, l.grid.Cell)/2) + float64(dykeOffCells*l.grid.Cell)
}

// raiseWall builds the wall at one end of the dyke, inland until the ground is as high.
func (l *land) raiseWall(at geo.Point, crest float64) {
	step := l.grid.Cell / 2
	for range l.grid.NY * 2 {
		if !l.grid.Bounds().Contains(at) || l.ground(at) > crest {
			return
		}
		l.lift(at, crest)
		at.Y += float64(l.inland() * step)
	}
}

// lift raises a place, and the one beside it where the dyke's line changes its row, to a level.
func (l *land) lift(at geo.Point, level float64) {
	side := geo.Point{X: float64(l.grid.Cell / 2)}
	for _, p := range []geo.Point{at, at.Add(side), at.Sub(side)} {
		if c, ok := l.grid.CellAt(p); ok && l.flow.owner[c] < 0 {
			l.z[c] = math.Max(l.z[c], level)
		}
	}
}

// frailDyke is the stretch of the dyke at the weak place: a structure and no raised ground, because it can fail. It
// reaches into the raised ground at both ends.
func (c *county) frailDyke() flood.Dyke {
	l := c.land
	dy := l.dyke
	d := scenario.Filled[flood.Dyke]()
	d.Name, d.Title = dykeName, with(c.base(), "江堤险段", " Dyke, weak stretch")
	reach := (frailCells + 2) * l.grid.Cell
	for i, p := range dy.line {
		if math.Abs(p.X-dy.weakX) <= reach {
			d.Line = append(d.Line, [2]float64{round(p.X, 0), round(p.Y, 0)})
			crest := dy.crest[i]
			if math.Abs(p.X-dy.weakX) < (frailCells-2)*l.grid.Cell { // further out ground is raised
				crest = math.Max(crest, l.highest(p)+frailLeast)
			}
			d.Crest = append(d.Crest, round(crest, 2))
		}
	}
	b := scenario.Filled[flood.DykeBreach]()
	b.Name, b.Title = breachName, with(c.base(), "江堤溃口", " Dyke Breach")
	b.Place = pair(dy.weak)
	b.Trigger, b.Head, b.Hold = flood.TriggerOvertopping, frailHead, 10*sim.Minute
	b.Bottom, b.Width, b.Growth = round(l.bank(dy.weakX), 2), frailWidth, 30*sim.Minute
	d.Breaches = []flood.DykeBreach{b}
	return d
}

// highest is the highest ground in and around a place's cell [m].
func (l *land) highest(p geo.Point) float64 {
	i, j := l.grid.ClampIJ(p)
	cell := int32(l.grid.Index(i, j))
	top := l.z[cell]
	l.around(cell, func(next int32) { top = math.Max(top, l.z[next]) })
	return top
}

// Names of the dyke's weak stretch and of its breach.
const (
	dykeName   = "town-dyke"
	breachName = "town-dyke-breach"
)
