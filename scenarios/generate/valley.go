package generate

import (
	"math"

	"sandtable/scenarios/dice"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
)

// Sides of the main river, looking at the map: it flows from west to east.
const (
	south = iota
	north
)

// Shape of the main valley (assumed throughout; chosen to look like a county in the hills south of the Yangtze).
const (
	outletLevel   = 46.0  // level of the flood plain at the eastern edge, above the datum [m]
	floorShare    = 0.055 // half width of the flood plain as a share of the map's height
	floorMin      = 280.0 // and at least so wide [m]
	floorWidths   = 5.0   // and at least so many widths of the river
	floorVary     = 1.20  // how much that half width varies along the valley
	plainNoise    = 0.35  // unevenness of the flood plain [m]
	plainWave     = 600.0 // its longest wave [m]
	swampDip      = 0.7   // how far the back swamp lies below the bank [m]
	footRise      = 1.0   // how far the foot of the terrace lies above it [m]
	leveeHeight   = 0.7   // of the natural levee beside the river [m]
	leveeWidth    = 130.0 // distance at which the levee has half its height [m]
	terraceShare  = 0.040 // width of the terrace as a share of the map's height
	terraceSlope  = 0.012 // of its tread
	hillRunShare  = 0.17  // distance from the terrace at which hills have half their height, share of the map's height
	ridgeShare    = 0.20  // size of the first unevenness that erosion works on, as a share of the relief
	ridgeWave     = 0.12  // its longest wave as a share of the map's height
	swellShare    = 0.15  // size of the wide swells as a share of the relief
	taperShare    = 0.15  // the valley is narrower in the first share of its length
	taperWidth    = 0.6   // by this factor at the edge
	townPlain     = 0.58  // share of the county town's depth that stands on the flood plain
	townMargin    = 60.0  // between the dyke's outer foot and the bank [m]
	townPlace     = 0.60  // where the county town stands, share of the map's width
	riserCells    = 2.5   // width of the terrace's edge in cells
	valleySlopeQ  = 0.012 // slope of the valley for a river of 1 m3/s
	valleySlopeEx = -0.40 // its exponent
)

// land is the ground of the county while it is made.
type land struct {
	p    Params
	grid geo.Grid
	z    []float64 // elevation of each cell [m]

	slope  float64      // of the main valley
	axis   []float64    // y of the valley's axis per column [m]
	half   [2][]float64 // half width of the flood plain per column, south and north [m]
	tread  [2][]float64 // width of the terrace per column [m]
	rise   float64      // height of the terrace above the plain [m]
	town   townSite
	main   *channel
	rivers []*channel // the main river first, then the tributaries
	dam    *dam       // nil without one
	dyke   *dyke      // nil without one
	flow   drainage
	cover  []uint8
}

// townSite is the frame of the county town: a rectangle whose first side lies along the river.
type townSite struct {
	persons int
	x       float64 // middle, along the map [m]
	length  float64 // along the river [m]
	depth   float64 // away from it [m]
	side    int
}

// newLand lays out the main valley: its slope, axis, floor and terraces, and the place of the county town.
func newLand(p Params) *land {
	l := &land{p: p, grid: geo.Grid{NX: num.RoundInt(p.Width / p.Cell), NY: num.RoundInt(p.Height / p.Cell), Cell: p.Cell}}
	l.z = make([]float64, l.grid.Len())
	l.slope = float64(valleySlopeQ * num.Pow(p.Bankfull, valleySlopeEx))
	d := dice.Roll(rng.New(p.Seed, "generate.layout"), 0)
	persons := townPersons(p.Persons)
	depth := townDepth(persons)
	l.town = townSite{persons: persons, x: townPlace * p.Width, depth: depth, side: d.Below(2)}
	l.town.length = townStretch * depth
	l.rise = 1.5 + float64(1.4*l.bankDepth())
	l.layAxis()
	l.layFloor()
	return l
}

// bankDepth is the depth of the main river when it is full to the bank [m].
func (l *land) bankDepth() float64 {
	w := math.Max(riverWidth(l.p.Bankfull), l.p.Cell)
	return manningDepth(l.p.Bankfull, w, l.slope/meanderLength, riverRough)
}

// layAxis draws the axis of the valley: it swings slowly about a line a little off the middle, on the far side of
// the county town, which so has the wider half.
func (l *land) layAxis() {
	swing := newNoise(l.p.Seed, "axis", 0.45*l.p.Width, 2, 0.4)
	middle := 0.47
	if l.town.side == south {
		middle = 0.53
	}
	for i := range l.grid.NX {
		x := l.grid.Centre(i, 0).X
		l.axis = append(l.axis, float64(l.p.Height*(middle+float64(0.07*swing.line(x)))))
	}
}

// layFloor draws the half widths of flood plain and terrace on both sides.
func (l *land) layFloor() {
	mean := math.Max(math.Max(floorShare*l.p.Height, floorMin), floorWidths*riverWidth(l.p.Bankfull))
	names := [2]string{"south", "north"}
	for side := range 2 {
		floor := newNoise(l.p.Seed, "floor."+names[side], 0.30*l.p.Width, 3, 0.5)
		tread := newNoise(l.p.Seed, "terrace."+names[side], 0.25*l.p.Width, 6, 0.6)
		for i := range l.grid.NX {
			x := l.grid.Centre(i, 0).X
			w := float64(mean * math.Max(1+float64(floorVary*floor.line(x)), 0.45))
			w = float64(w * mix(taperWidth, 1, ramp(x, 0, taperShare*l.p.Width)))
			t := float64(terraceShare * l.p.Height * math.Max(0.9+float64(2.2*tread.line(x)), 0.12))
			if side == l.town.side {
				near := l.nearTown(x)
				w = mix(w, l.townFloor(), near)
				t = mix(t, float64(0.8*l.town.depth), near)
			}
			l.half[side] = append(l.half[side], w)
			l.tread[side] = append(l.tread[side], t)
		}
	}
}

// townFloor is the half width of the flood plain that leaves the wanted share of the county town on it [m].
func (l *land) townFloor() float64 {
	return float64(riverWidth(l.p.Bankfull)/2) + townMargin + float64(townPlain*l.town.depth)
}

// nearTown is 1 along the county town and falls to 0 within half its length.
func (l *land) nearTown(x float64) float64 {
	off := math.Abs(x - l.town.x)
	return ramp(off, 1.1*l.town.length, 0.6*l.town.length)
}

// column returns the column of a place, held to the map.
func (l *land) column(x float64) int {
	return num.ClampInt(x/l.grid.Cell-0.5, 0, l.grid.NX-1)
}

// bank is the level of the flood plain beside the river [m].
func (l *land) bank(x float64) float64 { return outletLevel + float64(l.slope*(l.p.Width-x)) }

// riser is the width of the terrace's edge [m].
func (l *land) riser() float64 { return math.Max(riserCells*l.p.Cell, 60) }

// lateral tells on which side of the valley's axis a place lies and how far beyond the edge of the flood plain [m];
// inside it is negative. share is 0 on the axis and 1 at the edge.
func (l *land) lateral(p geo.Point) (side int, beyond, share float64) {
	c := l.column(p.X)
	off := p.Y - l.axis[c]
	if off > 0 {
		side = north
	}
	off = math.Abs(off)
	half := l.half[side][c]
	return side, off - half, off / half
}

// shapeValley gives every cell the elevation of the main valley and its hills, still without any stream.
func (l *land) shapeValley() {
	p := l.p
	uneven := newNoise(p.Seed, "plain", plainWave, 3, 0.5)
	ridges := newNoise(p.Seed, "ridges", ridgeWave*p.Height, 5, 0.5)
	swell := newNoise(p.Seed, "swell", 0.5*p.Height, 3, 0.5)
	riser := l.riser()
	run := float64(hillRunShare * p.Height)
	for c := range l.z {
		i, j := l.grid.IJ(c)
		at := l.grid.Centre(i, j)
		side, beyond, share := l.lateral(at)
		z := l.bank(at.X) - float64(swampDip*ramp(share, 0.2, 0.55)*ramp(share, 0.95, 0.7))
		z += float64(footRise * ramp(share, 0.7, 1))
		z += float64(plainNoise * uneven.at(at))
		z += float64(l.rise * ramp(beyond, 0, riser))
		z += float64(terraceSlope * math.Max(beyond-riser, 0))
		if up := beyond - riser - l.tread[side][i]; up > 0 {
			height := 0.10 + float64(ridgeShare*ridges.at(at)) + float64(swellShare*swell.at(at))
			z += float64(p.Relief * math.Max(height, 0.01) * up / (up + run))
		}
		l.z[c] = z
	}
}
