package generate

import (
	"math"

	"sandtable/scenarios/dice"
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/rng"
)

// Rank of a settlement.
type rank uint8

const (
	countyTown rank = iota
	town
	village
	hamlet
	park // the chemical park, where nobody lives
)

// Sizes and places of settlements (assumed).
const (
	townsShare    = 0.15  // of the persons outside the county town live in towns: share of all persons
	townsFrom     = 8000  // a county of so many persons has towns besides the county town
	perTown       = 15000 // persons of the county per town
	maxTowns      = 60    // towns at most
	villageShare  = 0.82  // of the rest live in villages, the others in hamlets
	villageMean   = 480   // persons of a village
	hamletMean    = 80    // persons of a hamlet
	villageSpread = 0.45  // of the sizes, relative
	plainShare    = 0.18  // villages on the flood plain
	plainHamlets  = 0.10  // hamlets on the flood plain
	streamClear   = 0.75  // places keep this share of their radius from streams
	terraceShareV = 0.25  // villages on the terraces; the others in side valleys
	buildSlope    = 0.16  // steepest ground for a village
	hamletSlope   = 0.26  // steepest ground for a hamlet
	settleGap     = 130.0 // places keep so far apart [m]
	siteTries     = 400   // places that are looked at for one settlement
)

// settlement is a place where people live.
type settlement struct {
	index   int // in county.settlements
	rank    rank
	title   sim.Text // with its suffix: 青石镇
	at      geo.Point
	axis    geo.Point // direction of its main street
	persons int
	radius  float64 // everything of it lies within [m]
	ends    string  // what its name may end with; tells the kind of ground
	seat    int     // settlement whose post is its superior: town or county town; itself for the county town
	nodes   [2]int  // its nodes: first and one past the last
	frame   frame
	blocks  []block
	houses  [2]int // its buildings: first and one past the last
	outline geo.Polygon
	gates   []int // nodes where roads may come in
}

// settle finds the places of all settlements.
func (c *county) settle() {
	c.placeCountyTown()
	c.placePark()
	rest := c.p.Persons - c.land.town.persons
	if c.p.Persons >= townsFrom {
		n := num.ClampInt(float64(c.p.Persons)/perTown, 2, maxTowns)
		all := num.RoundInt(townsShare * float64(c.p.Persons))
		rest -= c.placeMany(town, n, all)
	}
	villages := num.RoundInt(villageShare * float64(rest))
	mean := math.Min(math.Max(float64(c.p.Persons)/125, 120), villageMean)
	rest -= c.placeMany(village, num.ClampInt(float64(villages)/mean, 2, 1<<20), villages)
	mean = math.Min(math.Max(float64(c.p.Persons)/850, 40), hamletMean)
	c.placeMany(hamlet, num.ClampInt(float64(rest)/mean, 1, 1<<20), rest)
	c.balance()
	c.assignSeats()
}

// placeCountyTown puts the county town where the land was made for it.
func (c *county) placeCountyTown() {
	l := c.land
	at := geo.Point{X: l.town.x, Y: c.riverY(l.town.x) + float64(l.inland()*(l.dykeOffset()+float64(0.5*l.town.depth)))}
	title := c.p.Place
	if title.Empty() {
		title = with(c.names.draw(countyNames), "县", " County")
	}
	c.placeTitle = title
	c.settlements = append(c.settlements, settlement{rank: countyTown, at: at, axis: geo.Point{X: 1},
		persons: l.town.persons, radius: 0.62 * num.Hypot(l.town.length, l.town.depth)})
}

// riverY is the y of the main river at x [m].
func (c *county) riverY(x float64) float64 {
	line := c.land.main.line
	lo, hi := 0, len(line)-1
	for lo+1 < hi { // the river's x grows all the way
		if mid := (lo + hi) / 2; line[mid].X <= x {
			lo = mid
		} else {
			hi = mid
		}
	}
	return line[lo].Y
}

// placeMany places n settlements of one rank with so many persons in all, and returns how many live in those for
// which there was room.
func (c *county) placeMany(r rank, n, persons int) int {
	stream := rng.New(c.p.Seed, "generate.settle")
	sizes := make([]float64, n)
	sum := 0.0
	for k := range sizes {
		normal := num.NormQuantile(dice.Roll(stream, int(r)<<24+k).Between(0.02, 0.98))
		sizes[k] = math.Max(1+float64(villageSpread*normal), 0.3)
		sum += sizes[k]
	}
	placed := 0
	for k := range sizes {
		people := max(num.RoundInt(float64(persons)*sizes[k]/sum), 8)
		if c.place(r, k, people, dice.Roll(stream, 1<<28+int(r)<<24+k)) {
			placed += people
		}
	}
	return placed
}

// place finds a site for one settlement and says whether there is one.
func (c *county) place(r rank, k, persons int, d *dice.Dice) bool {
	s := settlement{rank: r, persons: persons, radius: settlementRadius(r, persons)}
	kind := d.Unit()
	switch {
	case r == village && k < 2 && (c.land.dam != nil || c.p.Persons < townsFrom):
		s.ends = plainEnds // below the dam, or what a small drill is about
	case kind < plainHamlets || kind < plainShare && r == village:
		s.ends = plainEnds
	case kind < plainShare+terraceShareV:
		s.ends = terraceEnds
	default:
		s.ends = valleyEnds
	}
	if r == town && k%3 != 0 {
		s.ends = terraceEnds
	}
	best := -1.0
	for try := 0; try < siteTries && (try < 40 || best < 0); try++ {
		at := geo.Point{X: d.Between(0.03, 0.97) * c.p.Width, Y: d.Between(0.03, 0.97) * c.p.Height}
		if r == village && c.land.dam != nil && k < 2 {
			at = c.belowDam(d)
		} else if s.ends == valleyEnds && try%2 == 0 {
			at = c.besideStream(d)
		}
		if try > siteTries/2 {
			s.ends = valleyEnds // no room there: anywhere that can be built on
		}
		if score := c.suits(&s, at, try > siteTries/2); score > best {
			best, s.at = score, at
		}
	}
	if best < 0 {
		return false
	}
	s.axis = c.contour(s.at)
	c.settlements = append(c.settlements, s)
	return true
}

// belowDam draws a place beside the stream between the dam and the main river.
func (c *county) belowDam(d *dice.Dice) geo.Point {
	ch := c.land.rivers[c.land.dam.river]
	from := num.Int(c.land.dam.along / ch.length() * float64(len(ch.line)))
	p := ch.line[min(from+num.Int(d.Between(0.25, 0.9)*float64(len(ch.line)-from)), len(ch.line)-1)]
	return geo.Point{X: p.X + d.Between(-450, 450), Y: p.Y + d.Between(-150, 150)}
}

// besideStream draws a place near a side stream.
func (c *county) besideStream(d *dice.Dice) geo.Point {
	streams := c.land.rivers[1:]
	if len(streams) == 0 {
		return geo.Point{}
	}
	ch := streams[d.Below(len(streams))]
	p := ch.line[d.Below(len(ch.line))]
	reach := 0.02 * c.p.Height
	return geo.Point{X: p.X + d.Between(-reach, reach), Y: p.Y + d.Between(-reach, reach)}
}

// suits scores a site for a settlement; below 0 it cannot be built on.
func (c *county) suits(s *settlement, at geo.Point, anywhere bool) float64 {
	l := c.land
	if edge := s.radius + 2*l.grid.Cell; at.X < edge || at.Y < edge || at.X > c.p.Width-edge || at.Y > c.p.Height-edge {
		return -1
	}
	side, beyond, _ := l.lateral(at)
	onTerrace := beyond > l.riser() && beyond < l.riser()+l.tread[side][l.column(at.X)]
	switch {
	case !anywhere && s.ends == plainEnds && beyond > -s.radius*0.3:
		return -1
	case !anywhere && s.ends == terraceEnds && !onTerrace:
		return -1
	case !anywhere && s.ends == valleyEnds && beyond < l.riser():
		return -1
	}
	for k := range c.settlements {
		o := &c.settlements[k]
		if gap := o.radius + s.radius + settleGap; o.at.Dist2(at) < float64(gap*gap) {
			return -1
		}
	}
	water := c.stream.at(l, at)
	if c.blocked(at, s.radius) || float64(water) < streamClear*s.radius {
		return -1
	}
	most := buildSlope
	if s.rank == hamlet {
		most = hamletSlope
	}
	steep := c.steepest(at, s.radius)
	if steep > most*1.6 || (!anywhere && steep > most) {
		return -1
	}
	return 3 - steep/most - math.Min(float64(water)/1200, 1)
}

// steepest is the mean slope of the ground in a settlement's circle, by nine places.
func (c *county) steepest(at geo.Point, radius float64) float64 {
	sum := 0.0
	for dj := -1; dj <= 1; dj++ {
		for di := -1; di <= 1; di++ {
			off := geo.Point{X: float64(0.6 * radius * float64(di)), Y: float64(0.6 * radius * float64(dj))}
			i, j := c.land.grid.ClampIJ(at.Add(off))
			sum += c.land.steep(i, j)
		}
	}
	return sum / 9
}

// blocked says whether the pool, the dam, the main river or the dyke's land lie in a circle.
func (c *county) blocked(at geo.Point, radius float64) bool {
	l := c.land
	for dj := -2; dj <= 2; dj++ {
		for di := -2; di <= 2; di++ {
			p := geo.Point{X: at.X + float64(radius*float64(di)/2), Y: at.Y + float64(radius*float64(dj)/2)}
			cell, ok := l.grid.CellAt(p)
			if !ok || c.closed[cell] {
				return true
			}
		}
	}
	return false
}

// contour is the direction along the slope at a place, eastward; along the valley where the ground is flat.
func (c *county) contour(at geo.Point) geo.Point {
	l := c.land
	span := float64(5 * l.grid.Cell)
	dx := l.ground(geo.Point{X: at.X + span, Y: at.Y}) - l.ground(geo.Point{X: at.X - span, Y: at.Y})
	dy := l.ground(geo.Point{X: at.X, Y: at.Y + span}) - l.ground(geo.Point{X: at.X, Y: at.Y - span})
	steep := geo.Point{X: -dy, Y: dx}
	size := steep.Dist(geo.Point{})
	if size < 0.01*span {
		h := l.axisHeading(at.X)
		return geo.Point{X: num.Cos(h), Y: num.Sin(h)}
	}
	if steep.X < 0 {
		size = -size
	}
	return steep.Scale(1 / size)
}

// settlementRadius is the radius of the circle that a settlement's blocks stay in [m].
func settlementRadius(r rank, persons int) float64 {
	return float64(1.35*math.Sqrt(builtArea(r, persons)/math.Pi)) + 25
}

// builtArea is the built-up area of a settlement [m2].
func builtArea(r rank, persons int) float64 {
	switch r {
	case countyTown, town:
		return float64(persons) / townDensity(persons) * 1e6
	}
	return float64(persons) / meanHousehold * lotArea
}

// balance moves the persons for whom there was no room to the towns, so that the county has as many as wanted.
func (c *county) balance() {
	sum := 0
	for k := range c.settlements {
		sum += c.settlements[k].persons
	}
	c.settlements[0].persons += c.p.Persons - sum
}

// assignSeats names the settlements and gives villages and hamlets to the nearest town.
func (c *county) assignSeats() {
	for k := range c.settlements {
		s := &c.settlements[k]
		best := 0
		for t := range c.settlements {
			if c.settlements[t].rank <= town && c.settlements[t].at.Dist2(s.at) < c.settlements[best].at.Dist2(s.at) {
				best = t
			}
		}
		s.seat = best
		switch s.rank {
		case countyTown:
			s.title, s.seat = with(c.placeTitle, "城", " Seat"), k
			if c.p.Persons < townsFrom {
				s.title = with(c.base(), "镇", " Town")
			}
		case town:
			s.title, s.seat = with(c.names.draw(townNames), "镇", " Town"), 0
		case village:
			s.title = with(c.names.place(s.ends), "村", " Village")
		case hamlet:
			s.title = c.names.place(s.ends)
		}
	}
}

// The chemical park (assumed).
const (
	parkFrom   = 20000 // a county of so many persons has one
	parkBlocks = 8     // blocks of it
	parkRadius = 420.0 // everything of it lies within [m]
	parkTries  = 40    // places that are looked at
)

// placePark puts the chemical park by the river below the county town, outside its dyke.
func (c *county) placePark() {
	if c.p.Persons < parkFrom {
		return
	}
	l := c.land
	s := settlement{rank: park, radius: parkRadius, axis: geo.Point{X: 1}}
	s.title = with(c.placeTitle, "化工园区", " Chemical Park")
	for try := range parkTries {
		x := l.town.x + float64((dykeReach+0.02)*l.town.length) + parkRadius + float64(60*float64(try))
		s.at = geo.Point{X: x, Y: c.riverY(min(x, c.p.Width)) + float64(l.inland()*(float64(l.main.width/2)+parkRadius+80))}
		if c.suits(&s, s.at, true) >= 0 {
			c.settlements = append(c.settlements, s)
			return
		}
	}
}
