package render

import (
	"image/color"
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// roadStyle is how a class of road looks.
type roadStyle struct {
	metres   float64 // width in nature, both directions [m]
	min, max float32 // width on the screen at scale 1 [pixel]
	from     float64 // zoom from which it is shown [pixel/m]
	color    color.NRGBA
	edge     bool // with a dark edge
}

// roadStyles: widths are typical cross-sections (assumed), zooms are chosen so that a county fits a screen without a
// tangle.
var roadStyles = [scenario.RoadClassCount]roadStyle{
	scenario.RoadMotorway:     {26, 3.6, 60, 0, colorRoad, true},
	scenario.RoadTrunk:        {20, 3.2, 48, 0, colorRoad, true},
	scenario.RoadPrimary:      {15, 2.8, 40, 0, colorRoad, true},
	scenario.RoadSecondary:    {12, 2.2, 34, 0, colorRoad, true},
	scenario.RoadTertiary:     {9, 1.4, 28, 0, colorRoadMinor, true},
	scenario.RoadUnclassified: {7, 1, 22, 0.03, colorRoadMinor, true},
	scenario.RoadResidential:  {7, 1, 20, 0.08, colorRoadMinor, true},
	scenario.RoadService:      {4, 0.8, 12, 0.15, colorRoadMinor, true},
	scenario.RoadTrack:        {3, 0.9, 8, 0.08, colorTrack, false},
	scenario.RoadPath:         {2, 0.8, 5, 0.2, colorTrack, false},
}

// network keeps the roads ready for drawing: those of one class side by side, the small ones first.
type network struct {
	links  []scenario.Link
	bounds []geo.Rect
	order  []sim.LinkID
}

func newNetwork(links []scenario.Link) *network {
	n := &network{links: links, bounds: make([]geo.Rect, len(links))}
	for i := range links {
		n.bounds[i] = geo.Bounds(links[i].Shape)
	}
	for class := int(scenario.RoadClassCount) - 1; class >= 0; class-- {
		for i := range links {
			if int(links[i].Class) == class {
				n.order = append(n.order, sim.LinkID(i))
			}
		}
	}
	return n
}

// touches is geo.Rect.Overlaps, true also for bounds without an area, as of a straight road to the east.
func touches(r, s geo.Rect) bool {
	return r.Min.X <= s.Max.X && s.Min.X <= r.Max.X && r.Min.Y <= s.Max.Y && s.Min.Y <= r.Max.Y
}

// draw adds the roads: all dark edges first, then all surfaces, so that junctions are open. Bridges get a heavier
// edge.
func (n *network) draw(s *Sheet, cam Camera, scale float32) {
	view := cam.Rect()
	for pass := range 2 {
		for _, id := range n.order {
			l := &n.links[id]
			style := &roadStyles[l.Class]
			if cam.near() < style.from || !touches(n.bounds[id], view) || (pass == 0 && !style.edge) {
				continue
			}
			width := style.width(cam.Zoom, scale)
			c := style.color
			if pass == 0 {
				c = colorRoadEdge
				width += 1.4 * scale
				if l.Form == scenario.FormBridge && width > 3 {
					c = inkDark
					width += 1.6 * scale
				}
			}
			first := len(s.Points)
			appendLine(s, cam, l.Shape)
			s.line(first, width, c)
		}
	}
}

func (r *roadStyle) width(zoom float64, scale float32) float32 {
	return min(max(float32(r.metres*zoom), r.min*scale), r.max*scale)
}

// appendLine adds a line's points, without those that fall on the pixel before.
func appendLine(s *Sheet, cam Camera, line geo.Line) {
	const near = 1.5 // pixel
	var last XY
	for i, p := range line {
		q := cam.Screen(p)
		dx, dy := q.X-last.X, q.Y-last.Y
		if i > 0 && i < len(line)-1 && dx*dx+dy*dy < near*near {
			continue
		}
		s.Points = append(s.Points, q)
		last = q
	}
}

// houseZoom is the zoom from which single houses are shown [pixel/m].
const houseZoom = 0.12

// drawBuildings adds the buildings as squares: houses 10 m wide, institutions 26 m (assumed; the scenario knows no
// outlines).
func drawBuildings(s *Sheet, cam Camera, buildings []scenario.Building) {
	if cam.near() < houseZoom {
		return
	}
	view := cam.Rect()
	for i := range buildings {
		b := &buildings[i]
		if !view.Contains(b.At) {
			continue
		}
		side, c := float32(10*cam.Zoom), colorHouse
		if b.Use != scenario.UseHome {
			side, c = float32(26*cam.Zoom), colorOffice
		}
		side = max(side, 2)
		p := cam.Screen(b.At)
		s.rect(p.X-side/2, p.Y-side/2, side, side, c)
	}
}

// drawClosures marks closed roads: the road in black dashes, and a cross where there is room for one.
func (n *network) drawClosures(s *Sheet, cam Camera, closed []sim.LinkID, scale float32) {
	view := cam.Rect()
	var crosses []XY
	for _, id := range closed {
		if int(id) >= len(n.links) || !touches(n.bounds[id], view) {
			continue
		}
		l := &n.links[id]
		style := &roadStyles[l.Class]
		width := max(style.width(cam.Zoom, scale)*0.55, 1.6*scale)
		n.dash(s, cam, l.Shape, width, 5*scale)
		if cam.near() < style.from {
			continue
		}
		p := cam.Screen(l.Shape.At(l.Shape.Length() / 2))
		if crowded(crosses, p, 22*scale) {
			continue
		}
		crosses = append(crosses, p)
	}
	for _, p := range crosses {
		s.mark(MarkDisc, p.X, p.Y, 13*scale, paper)
		s.mark(MarkClosed, p.X, p.Y, 11*scale, colorClosed)
	}
}

// dash draws a line as dashes of the given length with gaps of the same length [pixel].
func (n *network) dash(s *Sheet, cam Camera, line geo.Line, width, length float32) {
	length = max(length, float32(line.Length()*cam.Zoom)/600) // a long road close by: most of it is off the screen
	first := len(s.Points)
	on, left := true, length
	var at XY
	for i, p := range line {
		to := cam.Screen(p)
		if i == 0 {
			s.Points = append(s.Points, to)
			at = to
			continue
		}
		for {
			dx, dy := to.X-at.X, to.Y-at.Y
			d := sqrt32(dx*dx + dy*dy)
			if d < left {
				left -= d
				break
			}
			at = XY{at.X + dx/d*left, at.Y + dy/d*left}
			if on {
				s.Points = append(s.Points, at)
				s.line(first, width, colorClosed)
			}
			on, left, first = !on, length, len(s.Points)
			if on {
				s.Points = append(s.Points, at)
			}
		}
		at = to
		if on {
			s.Points = append(s.Points, to)
		}
	}
	if on && len(s.Points)-first > 1 {
		s.line(first, width, colorClosed)
	}
}

// crowded says whether one of the points is nearer than d to p.
func crowded(pts []XY, p XY, d float32) bool {
	for _, q := range pts {
		if dx, dy := p.X-q.X, p.Y-q.Y; dx*dx+dy*dy < d*d {
			return true
		}
	}
	return false
}

// farFrom returns how far a link is from a place of the screen [pixel]; a large number for one that is farther than
// reach.
func (n *network) farFrom(link sim.LinkID, cam Camera, at XY, reach float32) float32 {
	far := float32(math.MaxFloat32)
	low, high := cam.Screen(n.bounds[link].Min), cam.Screen(n.bounds[link].Max)
	if at.X < low.X-reach || at.X > high.X+reach || at.Y > low.Y+reach || at.Y < high.Y-reach {
		return far
	}
	shape := n.links[link].Shape
	for i := 1; i < len(shape); i++ {
		far = min(far, fromStretch(at, cam.Screen(shape[i-1]), cam.Screen(shape[i])))
	}
	return far
}

// fromStretch returns how far a point is from the stretch between two others.
func fromStretch(p, a, b XY) float32 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := float32(0)
	if long := dx*dx + dy*dy; long > 0 {
		t = min(max(((p.X-a.X)*dx+(p.Y-a.Y)*dy)/long, 0), 1)
	}
	ex, ey := a.X+t*dx-p.X, a.Y+t*dy-p.Y
	return sqrt32(ex*ex + ey*ey)
}
