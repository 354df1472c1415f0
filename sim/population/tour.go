package population

import (
	"cmp"
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
)

// tour is the order in which the buildings of a zone are visited: along a Hilbert curve through the zone, so that one
// house follows another that is near it. It is made when somebody first goes round the zone, never changes, and is not
// saved.
type tour struct {
	stops []stop
	doors int32 // in all
}

// stop is a building, or a part of a large one, such as a staircase: what one worker goes through at a time.
type stop struct {
	B        sim.BuildingID
	From, To int32 // its doors
}

func (s stop) doors() int32 { return s.To - s.From }

// mostDoors is how many doors a stop has at the most (assumed).
const mostDoors = 20

// curveOrder is the order of the Hilbert curve: 1,024 steps on each side of the zone.
const curveOrder = 10

// tourOf returns the tour of a zone.
func (p *People) tourOf(z sim.ZoneID) *tour {
	t := &p.tours[z]
	if t.stops != nil {
		return t
	}
	if p.homes.start == nil {
		p.homes = group(len(p.sc.Buildings), len(p.sc.Households), func(h int) int32 {
			return int32(p.sc.Households[h].Home)
		})
	}
	type place struct {
		along int32
		b     sim.BuildingID
	}
	list := p.sites.Zone[z].Buildings
	box := geo.Bounds(nil)
	points := make([]geo.Point, len(list))
	for i, b := range list {
		points[i] = p.sc.Buildings[b].At
	}
	box = geo.Bounds(points)
	side := max(box.Max.X-box.Min.X, box.Max.Y-box.Min.Y, 1)
	places := make([]place, len(list))
	const most = 1<<curveOrder - 1
	for i, at := range points {
		x := num.Int((at.X - box.Min.X) / side * most)
		y := num.Int((at.Y - box.Min.Y) / side * most)
		places[i] = place{hilbert(int32(min(x, most)), int32(min(y, most))), list[i]}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.along, b.along), cmp.Compare(a.b, b.b))
	})
	t.stops = make([]stop, 0, len(list))
	for _, x := range places {
		doors := p.doorsOf(x.b)
		for from := int32(0); from < doors; from += mostDoors {
			t.stops = append(t.stops, stop{x.b, from, min(from+mostDoors, doors)})
		}
		t.doors += doors
	}
	return t
}

// hilbert returns how far along the Hilbert curve a cell lies.
func hilbert(x, y int32) int32 {
	d := int32(0)
	for s := int32(1) << (curveOrder - 1); s > 0; s /= 2 {
		right, up := x&s != 0, y&s != 0
		switch {
		case right && up:
			d += 2 * s * s
		case right:
			d += 3 * s * s
		case up:
			d += s * s
		}
		if !up {
			if right {
				x, y = s-1-(x&(s-1)), s-1-(y&(s-1))
			}
			x, y = y, x
		}
		x, y = x&(s-1), y&(s-1)
	}
	return d
}

// doorsOf returns how many doors a building has: one for each household that lives there, one where nobody does, and
// one for those who are there at the start and live elsewhere: at work, in school.
func (p *People) doorsOf(b sim.BuildingID) int32 {
	n := int32(len(p.homes.of(int32(b))))
	for _, q := range p.roll.inBuilding.of(int32(b)) {
		if p.sc.Households[p.roll.entry[q].Household].Home != b {
			n++
			break
		}
	}
	return max(n, 1)
}

// behind appends the parties who are now behind the k-th door of a building: a household in its own home, at the last
// door all the others.
func (p *People) behind(b sim.BuildingID, k int32, buf []sim.PartyID) []sim.PartyID {
	homes := p.homes.of(int32(b))
	p.indoor = p.insideOf(b, p.indoor[:0])
	last := k == p.doorsOf(b)-1
	for _, q := range p.indoor {
		h := p.roll.entry[q].Household
		lives := p.sc.Households[h].Home == b
		switch {
		case int(k) < len(homes) && lives && int32(h) == homes[k], last && !lives:
			buf = append(buf, q)
		}
	}
	return buf
}
