package render

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// jamWidth is how wide a queue is drawn, of the road's width [-]: it keeps to its side.
const jamWidth = 0.42

// drawJams draws queues of vehicles as they stand: a bar on the right side of the road, as long as the queue. One that
// is locked, since each waits for the next, has a core of white.
func (n *network) drawJams(s *Sheet, cam Camera, jams []sim.JamDot, scale float32) {
	for _, jam := range jams {
		link, back := jam.Arc.Link()
		if int(link) >= len(n.links) {
			continue
		}
		l := &n.links[link]
		road := roadStyles[l.Class].width(cam.Zoom, scale)
		width := max(road*jamWidth, 2*scale)
		first := len(s.Points)
		appendQueue(s, cam, l.Shape, back, jam.Metres, width*0.6)
		s.line(first, width, colorJam)
		if jam.Locked {
			core := len(s.Points)
			s.Points = append(s.Points, s.Points[first:]...)
			s.line(core, max(width*0.35, 1), paper)
		}
	}
}

// appendQueue adds the last metres of a road in the direction of travel, from its end, moved to the right by so many
// pixels.
func appendQueue(s *Sheet, cam Camera, shape geo.Line, back bool, metres float64, aside float32) {
	from := len(shape) - 1
	step := -1
	if back {
		from, step = 0, 1
	}
	p := shape[from]
	for i := from + step; i >= 0 && i < len(shape) && metres > 0; i += step {
		q := shape[i]
		d := p.Dist(q)
		if d == 0 {
			continue
		}
		end := q
		if d > metres {
			end = p.Lerp(q, metres/d)
		}
		metres -= d
		// One drives from end to p; y points downwards on the screen.
		a, b := cam.Screen(p), cam.Screen(end)
		k := aside / float32(d*cam.Zoom)
		full := cam.Screen(q)
		right := XY{(full.Y - a.Y) * k, -(full.X - a.X) * k}
		s.Points = append(s.Points, XY{a.X + right.X, a.Y + right.Y}, XY{b.X + right.X, b.Y + right.Y})
		p = q
	}
}

// signMarks are the marks of what stands on roads; turned lanes have an arrow instead.
var signMarks = [sim.SignKinds]Mark{sim.SignWreck: MarkCar, sim.SignPolice: MarkStar}

// signFrom is the zoom from which single things on a road are told apart [pixel/m].
const signFrom = 0.08

// drawSigns marks wrecks and police where they stand, and turned lanes by an arrow the way they run.
func (n *network) drawSigns(s *Sheet, cam Camera, signs []sim.RoadSign, scale float32) {
	if cam.near() < signFrom {
		return
	}
	for _, sign := range signs {
		p := cam.Screen(sign.At)
		if sign.Kind == sim.SignContraflow {
			n.drawArrow(s, cam, sign, scale)
			continue
		}
		s.mark(MarkDisc, p.X, p.Y, 15*scale, paper)
		s.mark(signMarks[sign.Kind], p.X, p.Y, 12*scale, colorJam)
	}
}

// drawArrow draws an arrow along the middle of a link, the way of an arc.
func (n *network) drawArrow(s *Sheet, cam Camera, sign sim.RoadSign, scale float32) {
	link, back := sign.Arc.Link()
	if int(link) >= len(n.links) {
		return
	}
	shape := n.links[link].Shape
	length := shape.Length()
	a, b := cam.Screen(shape.At(length*0.35)), cam.Screen(shape.At(length*0.65))
	if back {
		a, b = b, a
	}
	dx, dy := b.X-a.X, b.Y-a.Y
	d := sqrt32(dx*dx + dy*dy)
	if d < 4 {
		return
	}
	dx, dy = dx/d*8*scale, dy/d*8*scale
	for _, line := range [...][3]XY{{a, b, b},
		{{b.X - dx - dy*0.6, b.Y - dy + dx*0.6}, b, {b.X - dx + dy*0.6, b.Y - dy - dx*0.6}}} {
		first := len(s.Points)
		s.Points = append(s.Points, line[0], line[1], line[2])
		s.line(first, 3*scale, colorShelter)
	}
}
