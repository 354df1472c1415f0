package render

import (
	"image/color"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// zoneShape is a zone, ready for drawing.
type zoneShape struct {
	poly      geo.Polygon
	bounds    geo.Rect
	triangles []uint16
	heart     geo.Point // where its name goes
}

func newZoneShape(corners [][2]float64) zoneShape {
	z := zoneShape{poly: make(geo.Polygon, len(corners))}
	for i, c := range corners {
		z.poly[i] = scenario.Point(c)
	}
	z.bounds = geo.Bounds(z.poly)
	z.triangles = triangulate(z.poly)
	z.heart = z.findHeart()
	return z
}

// findHeart returns the centroid, or the middle of the largest triangle where the centroid lies outside.
func (z *zoneShape) findHeart() geo.Point {
	c := z.poly.Centroid()
	if z.poly.Contains(c) {
		return c
	}
	best := 0.0
	for t := 0; t+2 < len(z.triangles); t += 3 {
		p, q, r := z.poly[z.triangles[t]], z.poly[z.triangles[t+1]], z.poly[z.triangles[t+2]]
		if a := cross(p, q, r); a > best {
			best, c = a, geo.Polygon{p, q, r}.Centroid()
		}
	}
	return c
}

// area adds the zone as a filled area.
func (z *zoneShape) area(s *Sheet, cam Camera, c color.NRGBA) {
	first, tri := len(s.Points), len(s.Triangles)
	for _, p := range z.poly {
		s.Points = append(s.Points, cam.Screen(p))
	}
	s.Triangles = append(s.Triangles, z.triangles...)
	s.Shapes = append(s.Shapes, Shape{Kind: ShapeArea, Color: c, First: int32(first), Count: int32(len(z.poly)),
		Tri: int32(tri), TriCount: int32(len(z.triangles) / 3)})
}

// outline adds the zone's border.
func (z *zoneShape) outline(s *Sheet, cam Camera, width float32, c color.NRGBA) {
	first := len(s.Points)
	for i := range len(z.poly) + 1 {
		s.Points = append(s.Points, cam.Screen(z.poly[i%len(z.poly)]))
	}
	s.line(first, width, c)
}

// drawZones adds the zones' borders, and their names with a bar of how far they are.
func (s *Scene) drawZones(cam Camera, f *Frame, look Look) {
	sheet := &s.list.Sheets[LayerZones]
	view := cam.Rect()
	for i := range s.zones {
		z := &s.zones[i]
		if !touches(z.bounds, view) {
			continue
		}
		var dot sim.ZoneDot
		if i < len(f.Snapshot.Zones) {
			dot = f.Snapshot.Zones[i]
		}
		id := sim.ZoneID(i)
		width, c := 1.4*look.Scale, colorZoneCold
		if dot.Ordered {
			width, c = 2.4*look.Scale, colorZone
		}
		switch {
		case id == look.Selected:
			z.area(sheet, cam, rgba(0x6B4E8C, 30))
			width += 2 * look.Scale
			c = colorZone
		case id == look.Hover:
			z.area(sheet, cam, rgba(0x6B4E8C, 24))
		case dot.Ordered:
			z.area(sheet, cam, rgba(0x6B4E8C, 16))
		}
		z.outline(sheet, cam, width+2*look.Scale, rgba(0xFFFFFF, 150))
		z.outline(sheet, cam, width, c)
		l := s.zoneLabel(cam, id, dot, s.trueOutage(id, f), look)
		if f.Status.SeatOnly && s.isOf(f.Seen.Post, id) {
			l.rank = rankFirst // whatever else stands there, the seat finds its own
		}
		s.labels.add(l)
	}
}

// isOf says whether a zone is the own one of a post.
func (s *Scene) isOf(p sim.PostID, z sim.ZoneID) bool {
	return p >= 0 && int(p) < len(s.sc.Posts) && s.sc.Zones[z].Post == s.sc.Posts[p].Name
}

// zoneLabel is the name of a zone over a bar: left, warned but still there, the rest; beside it marks for what it is
// without.
func (s *Scene) zoneLabel(cam Camera, id sim.ZoneID, dot sim.ZoneDot, out outage, look Look) label {
	z := &s.zones[id]
	l := label{
		at: cam.Screen(z.heart), text: s.names.Title(sim.RefTo(sim.KindZone, id), look.Lang), size: 15 * look.Scale,
		color: inkDark, rank: rankZone, centred: true, bar: true, out: out.has(),
	}
	switch {
	case id == look.Selected:
		l.rank = rankFirst
	case dot.Persons == 0: // a seat has heard nothing of it, or nobody lives there
		l.rank = rankUnheard
	}
	if dot.Ordered {
		l.color = colorZone
	}
	if dot.Persons > 0 {
		left := min(max(dot.Left, 0), dot.Persons)
		warned := min(max(dot.Warned, left), dot.Persons)
		l.parts = [2]float32{float32(left) / float32(dot.Persons), float32(warned-left) / float32(dot.Persons)}
	}
	return l
}
