package render

import (
	"fmt"
	"math"

	"sandtable/sim"
)

// drawFrame adds scale bar, north arrow, legend and notes: what a map needs to be read without its maker.
func (s *Scene) drawFrame(cam Camera, f *Frame, look Look) {
	sheet := &s.list.Sheets[LayerFrame]
	k := look.Scale
	bottom := float32(cam.Height-look.Margins.Bottom) - 12*k
	left := float32(look.Margins.Left) + 14*k
	note := s.drawNotes(sheet, left, bottom, k, look.Lang)
	s.drawScaleBar(sheet, left+34*k, note-12*k, cam.Zoom, k)
	sheet.mark(MarkDisc, left+10*k, note-20*k, 34*k, plate)
	sheet.mark(MarkNorth, left+10*k, note-16*k, 22*k, inkDark)
	sheet.haloText(left+10*k-s.font.Width("N", 14*k)/2, note-30*k, 14*k, inkDark, halo, "N")
	if !look.NoLegend {
		s.drawLegend(sheet, left, note-54*k, cam, f, look)
	}
}

// drawNotes writes what must stand on the map whatever it is used for, and returns the upper edge of what it wrote.
func (s *Scene) drawNotes(sheet *Sheet, x, y, k float32, lang sim.Lang) float32 {
	size := 14 * k
	p := &s.sc.Place
	source := words.Source.In(lang) + p.ElevationSource.In(lang)
	if p.ElevationError > 0 {
		source += fmt.Sprintf(" (%s ±%g m)", words.ErrorOf.In(lang), p.ElevationError)
	}
	if p.Attribution != "" {
		source += " · " + p.Attribution
	}
	lines := []string{source}
	if !p.Planning {
		lines = append(lines, words.Planning.In(lang))
	}
	width := float32(0)
	for _, line := range lines {
		width = max(width, s.font.Width(line, size))
	}
	height := size * 1.35 * float32(len(lines))
	sheet.rect(x-4*k, y+5*k-height, width+8*k, height+1*k, plate)
	s.labels.block(x-4*k, y+5*k-height, width+8*k, height+k)
	for _, line := range lines {
		sheet.text(x, y, size, inkDark, line)
		y -= size * 1.35
	}
	return y
}

// drawScaleBar draws a bar of a round length between 70 and 180 pixels.
func (s *Scene) drawScaleBar(sheet *Sheet, x, y float32, zoom float64, k float32) {
	metres := math.Pow(10, math.Ceil(math.Log10(70*float64(k)/zoom)))
	for _, part := range [...]float64{5, 2} {
		if metres/part*zoom >= 70*float64(k) {
			metres /= part
			break
		}
	}
	text := fmt.Sprintf("%g m", metres)
	if metres >= 1000 {
		text = fmt.Sprintf("%g km", metres/1000)
	}
	w, h := float32(metres*zoom), 6*k
	sheet.rect(x-5*k, y-h-22*k, w+10*k, h+27*k, plate)
	s.labels.block(x-44*k, y-h-22*k, w+49*k, h+27*k)
	sheet.rect(x, y-h, w, h, inkDark)
	sheet.rect(x+w/2, y-h+1.5*k, w/2-1.5*k, h-3*k, paper)
	sheet.text(x, y-h-6*k, 14*k, inkDark, text)
}

// legendRow is one line of the legend.
type legendRow struct {
	mark  Mark
	style stageStyle
	text  sim.Text
	more  []Mark // beside the first one
}

// legendStages are the stages that the legend explains, in the order in which people pass them.
var legendStages = [...]sim.PartyStage{sim.StageUnaware, sim.StageWarned, sim.StagePreparing, sim.StageStaying,
	sim.StageWaiting, sim.StageStranded, sim.StageDead}

func legendRows() []legendRow {
	var rows []legendRow
	for _, st := range legendStages {
		rows = append(rows, legendRow{mark: stageStyles[st].mark, style: stageStyles[st], text: stageTitles[st]})
	}
	green := func(m Mark, size float32) stageStyle { return stageStyle{m, size, colorMoving, false} }
	return append(rows,
		legendRow{mark: MarkTriangle, style: green(MarkTriangle, 8), text: stageTitles[sim.StageWalking]},
		legendRow{mark: MarkSquare, style: green(MarkSquare, 7), text: stageTitles[sim.StageDriving]},
		legendRow{mark: MarkBar, style: stageStyle{MarkBar, 14, colorJam, false}, text: words.Jam},
		legendRow{mark: MarkCoach, style: stageStyle{MarkCoach, 15, colorUnit, false}, text: words.Coaches},
		legendRow{mark: MarkBoat, style: stageStyle{MarkBoat, 15, colorUnit, false}, text: words.Boats},
		legendRow{mark: MarkShelter, style: stageStyle{MarkShelter, 14, colorShelter, false}, text: words.Shelter},
		legendRow{mark: MarkGauge, style: stageStyle{MarkGauge, 14, colorPost, false}, text: words.Gauge},
		legendRow{mark: MarkClosed, style: stageStyle{MarkClosed, 11, colorClosed, false}, text: words.Closed},
	)
}

// mapRows is how many rows at the end of legendRows explain neither people nor units.
const mapRows = 3

// seatRows is how many explain what a seat can know of: units, too.
const seatRows = 5

// placeRows are what the legend explains where it has room for it: places, and cars that stand.
func placeRows() []legendRow {
	place := func(m Mark, text sim.Text) legendRow {
		return legendRow{mark: m, style: stageStyle{m, 12, colorPost, false}, text: text}
	}
	return []legendRow{place(MarkPost, words.Post), place(MarkAssembly, words.Assembly),
		place(MarkHospital, words.Hospital), {mark: MarkSquare,
			style: stageStyle{MarkSquare, 7, colorWaiting, false}, text: words.CarStands}}
}

// outageRow explains the marks beside the name of a zone.
func outageRow() legendRow {
	return legendRow{mark: outageMarks[0], style: stageStyle{outageMarks[0], 12, colorStranded, false},
		text: panelWords.OutageMarks, more: outageMarks[1:]}
}

// drawLegend draws the legend upwards from its lower edge.
func (s *Scene) drawLegend(sheet *Sheet, x, bottom float32, cam Camera, f *Frame, look Look) {
	k, lang := look.Scale, look.Lang
	rows := legendRows()
	switch {
	case look.NoPeople:
		rows = rows[len(rows)-mapRows:]
	case f.Status.SeatOnly:
		rows = rows[len(rows)-seatRows:]
	case cam.near() < sim.SnapshotCounts:
		rows = append([]legendRow{{mark: MarkDisc, style: stageStyle{MarkDisc, 12, rgba(0x4A4F55, 150), false},
			text: words.CellCounts}},
			rows[5:]...)
	}
	if s.anyOutage(f) {
		rows = append(rows, outageRow())
	}
	line, pad := 20*k, 10*k
	top := func() float32 { return bottom - line*float32(len(rows)+4) - 2*pad }
	free := float32(look.Margins.Top) + 8*k
	more := placeRows()
	if f.Status.SeatOnly {
		more = more[:len(more)-1] // cars are seen by nobody
	}
	if top()-line*float32(len(more)) >= free {
		rows = append(rows, more...)
	}
	if top() < free {
		return
	}
	width, height := s.legendWidth(rows, k, lang), bottom-top()
	sheet.rect(x-4*k, bottom-height, width, height, rgba(0xFFFFFF, 246))
	s.labels.block(x-4*k, bottom-height, width, height)
	sheet.border(x-4*k, bottom-height, width, height, max(k, 1), rgb(0x9AA5AE))
	x += pad - 4*k
	y := bottom - height + pad + line*0.7
	for _, r := range rows {
		sheet.mark(r.mark, x+8*k, y-5*k, r.style.size*k*1.15, r.style.color)
		text := x + 24*k
		for _, m := range r.more {
			text += 18 * k
			sheet.mark(m, text-16*k, y-5*k, r.style.size*k*1.15, r.style.color)
		}
		sheet.text(text, y, 14*k, inkDark, r.text.In(lang))
		y += line
	}
	s.drawScale(sheet, x, y, f, look)
}

// legendRoom returns how wide the legend is with the gaps beside it [pixel].
func (s *Scene) legendRoom(look Look) float64 {
	return float64(s.legendWidth(append(legendRows(), placeRows()...), look.Scale, look.Lang) + 20*look.Scale)
}

func (s *Scene) legendWidth(rows []legendRow, k float32, lang sim.Lang) float32 {
	width := float32(len(depthBreaks)) * 34 * k
	for _, r := range rows {
		width = max(width, (24+18*float32(len(r.more)))*k+s.font.Width(r.text.In(lang), 14*k))
	}
	return width + 22*k
}
