package render

import (
	"image/color"
	"math"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// Widths of lines of structures at scale 1 [pixel].
const (
	dykeWidth    = 3.4
	barrierWidth = 3.0
	conduitWidth = 2.0
)

// drawWorks adds the hydraulic structures: dykes and barriers as lines, gates, pumps, dams and places that may fail as
// marks with where they stand and go. What has failed is an alarm.
func (s *Scene) drawWorks(cam Camera, f *Frame, look Look) {
	view := cam.Rect()
	specs := s.names.Structures()
	for i := range specs {
		spec := &specs[i]
		dot := sim.StructureDot{Set: spec.Start, At: spec.Start}
		if i < len(f.Snapshot.Structures) {
			dot = f.Snapshot.Structures[i]
		}
		if len(spec.Line) > 1 && touches(geo.Bounds(spec.Line), view) {
			s.drawWorkLine(cam, spec, dot, look.Scale)
		}
		s.drawWorkMark(cam, f, look, specs, i, dot)
	}
}

// drawWorkLine draws a structure along its line. A barrier that is down is dashed.
func (s *Scene) drawWorkLine(cam Camera, spec *sim.StructureSpec, dot sim.StructureDot, k float32) {
	sheet := &s.list.Sheets[LayerZones]
	width := float32(0)
	switch spec.Work {
	case sim.WorkDyke:
		width = dykeWidth
	case sim.WorkBarrier, sim.WorkGate:
		width = barrierWidth
	case sim.WorkCulvert:
		width = conduitWidth
	default:
		return // bridges are drawn with their roads
	}
	if spec.Work == sim.WorkBarrier && dot.At == 0 {
		s.roads.dash(sheet, cam, spec.Line, conduitWidth*k, 4*k)
		return
	}
	for _, stroke := range [...]struct {
		width float32
		color color.NRGBA
	}{{(width + 1.6) * k, paper}, {width * k, colorWork}} {
		first := len(sheet.Points)
		appendLine(sheet, cam, spec.Line)
		sheet.line(first, stroke.width, stroke.color)
	}
}

// workMarks are the marks of structures at one place; those without one are lines alone.
var workMarks = map[sim.Work]Mark{
	sim.WorkDam: MarkDam, sim.WorkGate: MarkSluice, sim.WorkSpot: MarkDiamond, sim.WorkPump: MarkPump,
	sim.WorkDrain: MarkPump, sim.WorkBarrier: MarkDam,
}

// drawWorkMark adds a structure's mark, where it stands and where it goes. Several at one place stand side by side.
func (s *Scene) drawWorkMark(cam Camera, f *Frame, look Look, specs []sim.StructureSpec, i int, dot sim.StructureDot) {
	spec, k := &specs[i], look.Scale
	mark, ok := workMarks[spec.Work]
	at, visible := s.visible(cam, spec.Place)
	quiet := spec.Work == sim.WorkSpot || spec.Work == sim.WorkDrain // not worth a look until something happens
	if !ok || !visible || quiet && !dot.Failed && cam.near() < villageZoom {
		return
	}
	for j := range specs[:i] {
		if _, marked := workMarks[specs[j].Work]; marked && specs[j].Place == spec.Place {
			at.X += 21 * k
		}
	}
	size := 13 * k
	l := label{at: at, text: s.names.Title(sim.RefTo(sim.KindStructure, sim.StructureID(i)), look.Lang), size: 14 * k,
		color: inkSoft, rank: rankPlace, gap: size * 0.8}
	if dot.Failed {
		sheet := &s.list.Sheets[LayerPlaces]
		sheet.mark(MarkDisc, at.X, at.Y, size*2, paper)
		sheet.mark(MarkStar, at.X, at.Y, size*1.8, colorStranded)
		s.labels.keep(at, size)
		l.rank, l.color, l.gap, l.second = rankAlarm, colorStranded, size*1.2, words.Breached.In(look.Lang)
		s.labels.add(l)
		return
	}
	s.badge(at, mark, size)
	if !f.Status.SeatOnly { // how a structure stands is reported to no seat
		l.second = setting(spec.Work, dot).In(look.Lang)
	}
	if cam.near() >= villageZoom || l.second != "" {
		s.labels.add(l)
	}
}

// setting says how a structure stands, and where it goes while it moves; nothing for one that is not set.
func setting(w sim.Work, dot sim.StructureDot) sim.Text {
	var at, to sim.Text
	switch w {
	case sim.WorkGate:
		at, to = percent(math.Round(dot.At)), percent(dot.Set)
	case sim.WorkBarrier:
		at, to = metres(math.Round(dot.At*10)/10), metres(dot.Set)
	case sim.WorkPump, sim.WorkDrain:
		if dot.Set != 0 {
			return words.Running
		}
		return words.Standing
	}
	if at == to {
		return at
	}
	return sim.Say("%s，调至 %s", "%s, to %s", at, to)
}

func percent(v float64) sim.Text { return sim.Say("%g%%", "%g %%", v) }

func metres(v float64) sim.Text { return sim.Say("%g 米", "%g m", v) }
