package render

import (
	"math"

	"sandtable/sim"
)

// Zooms from which people and movers are drawn larger, and as what they are [pixel/m].
const (
	edgeZoom  = 0.15 // with a white edge, once they know something
	dotZoom   = 0.25
	glyphZoom = 0.35
)

// drawPeople adds people off the roads, then movers; whoever is in trouble lies on top.
func (s *Scene) drawPeople(cam Camera, snap *sim.Snapshot, scale float32) {
	sheet := &s.list.Sheets[LayerPeople]
	s.drawCells(sheet, cam, snap.Cells, scale)
	size := scale * min(max(float32(math.Sqrt(cam.near()/dotZoom)), 0.62), 1.5)
	s.urgent = s.urgent[:0]
	for i := range snap.Parties {
		p := &snap.Parties[i]
		switch {
		case p.Stage == sim.StageSheltered || p.Stage == sim.StageOutside:
		case p.Stranded || p.Stage == sim.StageStranded || p.Stage == sim.StageDead:
			s.urgent = append(s.urgent, int32(i))
		default:
			s.drawParty(sheet, cam, p, size)
		}
	}
	s.drawMovers(sheet, cam, snap.Movers, scale)
	for _, i := range s.urgent {
		s.drawParty(sheet, cam, &snap.Parties[i], max(size, 0.8*scale))
	}
}

func (s *Scene) drawParty(sheet *Sheet, cam Camera, p *sim.PartyDot, size float32) {
	stage := p.Stage
	if p.Stranded {
		stage = sim.StageStranded
	}
	style := &stageStyles[min(int(stage), len(stageStyles)-1)]
	at := cam.Screen(p.At)
	// Parties of one house stand side by side: on a spiral, each at the place of its number.
	if spread := float32(7 * cam.Zoom); spread > 0.4 {
		k := uint32(p.Party)*2654435761>>20&31 + 1
		a := float64(k) * 2.399963 // the golden angle
		r := spread * sqrt32(float32(k)/32)
		at.X += r * float32(math.Cos(a))
		at.Y += r * float32(math.Sin(a))
	}
	w := style.size * size
	if style.edge || cam.near() >= glyphZoom || (cam.near() >= edgeZoom && stage != sim.StageUnaware) {
		sheet.mark(style.mark, at.X, at.Y, w+2.6*size, paper)
	}
	sheet.mark(style.mark, at.X, at.Y, w, style.color)
}

// drawCells adds the counts of far zooms: discs whose area goes with the number of persons, and a diamond where
// people are stranded.
func (s *Scene) drawCells(sheet *Sheet, cam Camera, cells []sim.CellCount, scale float32) {
	for i := range cells {
		c := &cells[i]
		at := cam.Screen(c.At)
		sheet.mark(MarkDisc, at.X, at.Y, cellSize(c.Persons)*scale, rgba(0x4A4F55, 150))
	}
	for i := range cells {
		if c := &cells[i]; c.Danger > 0 {
			at := cam.Screen(c.At)
			w := max(cellSize(c.Danger), 9) * scale
			sheet.mark(MarkDiamond, at.X, at.Y, w+3*scale, paper)
			sheet.mark(MarkDiamond, at.X, at.Y, w, colorStranded)
		}
	}
}

// cellSize is the diameter of the disc of a count [pixel]: 100 persons are 6 pixels wide.
func cellSize(persons int32) float32 {
	return min(max(0.6*sqrt32(float32(persons)), 2), 26)
}

// moverStyle is how movers of one mode look: far away and close by.
type moverStyle struct {
	far, near   Mark
	small, wide float32
}

var moverStyles = [sim.ModeCount]moverStyle{
	sim.ModeNone:      {MarkDisc, MarkDisc, 4, 8},
	sim.ModeFoot:      {MarkTriangle, MarkWalker, 6, 17},
	sim.ModeCar:       {MarkSquare, MarkCar, 5, 18},
	sim.ModeCoach:     {MarkCoach, MarkCoach, 15, 26},
	sim.ModeBoat:      {MarkBoat, MarkBoat, 15, 24},
	sim.ModeEmergency: {MarkEmergency, MarkEmergency, 15, 24},
	sim.ModeBike:      {MarkTriangle, MarkBike, 6, 17},
	sim.ModeVan:       {MarkEmergency, MarkEmergency, 15, 24},
}

// drawMovers adds who is on the roads. Units have marks of their own, see drawUnits.
func (s *Scene) drawMovers(sheet *Sheet, cam Camera, movers []sim.MoverDot, scale float32) {
	for i := range movers {
		m := &movers[i]
		if m.Mover.Kind == sim.KindUnit {
			continue
		}
		style := &moverStyles[min(int(m.Mode), len(moverStyles)-1)]
		c := colorMoving
		if m.Stopped {
			c = colorWaiting
		}
		at := cam.Screen(m.At)
		if cam.near() < glyphZoom {
			sheet.mark(style.far, at.X, at.Y, style.small*scale, c)
			continue
		}
		w := style.wide * scale
		sheet.mark(MarkDisc, at.X, at.Y, w*1.25, plate)
		sheet.mark(style.near, at.X, at.Y, w, c)
	}
}
