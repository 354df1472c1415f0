package render

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Zooms from which the smaller places are named [pixel/m].
const (
	villageZoom = 0.09 // village posts and assembly points are shown
	namesZoom   = 0.25 // … and named
)

// drawPlaces adds shelters, posts, gauges and what else stands still, then the units, and asks for their names.
func (s *Scene) drawPlaces(cam Camera, f *Frame, look Look) {
	for i := range s.sc.Stations {
		ref := sim.RefTo(sim.KindStation, sim.StationID(i))
		s.drawSite(cam, look, ref, s.sc.Stations[i].Place, MarkStation, rankVillage)
	}
	if cam.near() >= villageZoom {
		for i := range s.sc.Assemblies {
			ref := sim.RefTo(sim.KindAssembly, sim.AssemblyID(i))
			s.drawSite(cam, look, ref, s.sc.Assemblies[i].Place, MarkAssembly, rankVillage)
		}
	}
	for i := range s.sc.Hospitals {
		ref := sim.RefTo(sim.KindHospital, sim.HospitalID(i))
		s.drawSite(cam, look, ref, s.sc.Hospitals[i].Place, MarkHospital, rankPlace)
	}
	s.drawPosts(cam, look)
	s.drawGauges(cam, f, look)
	for i := range s.sc.Shelters {
		s.drawShelter(cam, f, look, i)
	}
	if !look.NoPeople {
		s.drawUnits(cam, f, look)
	}
}

// drawSite adds a mark with a name beside it.
func (s *Scene) drawSite(cam Camera, look Look, ref sim.Ref, place [2]float64, mark Mark, rank int) {
	at, ok := s.visible(cam, scenario.Point(place))
	if !ok {
		return
	}
	size := 13 * look.Scale
	s.badge(at, mark, size)
	if rank >= rankVillage && cam.near() < namesZoom {
		return
	}
	s.labels.add(label{at: at, text: s.names.Title(ref, look.Lang), size: 14 * look.Scale, color: inkSoft, rank: rank,
		gap: size * 0.7})
}

// badge draws a dark mark on a white disc.
func (s *Scene) badge(at XY, mark Mark, size float32) {
	sheet := &s.list.Sheets[LayerPlaces]
	sheet.mark(MarkDisc, at.X, at.Y, size*1.5, plate)
	sheet.mark(mark, at.X, at.Y, size, colorPost)
	s.labels.keep(at, size*0.6)
}

// visible returns where a place is on the screen, and whether it is there at all.
func (s *Scene) visible(cam Camera, p geo.Point) (XY, bool) {
	at := cam.Screen(p)
	const edge = 20
	return at, at.X > -edge && at.Y > -edge && float64(at.X) < cam.Width+edge && float64(at.Y) < cam.Height+edge
}

func (s *Scene) drawPosts(cam Camera, look Look) {
	for i := range s.sc.Posts {
		p := &s.sc.Posts[i]
		rank := rankVillage
		switch p.Level {
		case "county":
			rank = rankShelter
		case "town":
			rank = rankTown
		}
		if rank == rankVillage && cam.near() < villageZoom {
			continue
		}
		s.drawSite(cam, look, sim.RefTo(sim.KindPost, sim.PostID(i)), p.Place, MarkPost, rank)
	}
}

// drawGauges adds the gauges with their level; one above a threshold says which.
func (s *Scene) drawGauges(cam Camera, f *Frame, look Look) {
	for i := range s.sc.Gauges {
		g := &s.sc.Gauges[i]
		at, ok := s.visible(cam, scenario.Point(g.Place))
		if !ok {
			continue
		}
		size := 16 * look.Scale
		s.badge(at, MarkGauge, size)
		l := label{at: at, size: 14 * look.Scale, color: colorGauge, rank: rankPlace, gap: size * 0.75,
			text: s.names.Title(sim.RefTo(sim.KindGauge, sim.GaugeID(i)), look.Lang)}
		read := !f.Status.SeatOnly || i < len(f.Seen.Gauges) && f.Seen.Gauges[i].Reported >= 0
		if i < len(f.Snapshot.Gauges) && read {
			now := f.Snapshot.Gauges[i]
			l.second = g.Shows(now.Level, now.Rain, now.Above).In(look.Lang)
			if limit := g.Limit(now.Above); limit != nil {
				l.rank = rankAlarm
				l.color = colorStranded
				l.second += words.Above.In(look.Lang) + limit.Title.In(look.Lang)
			}
		}
		s.labels.add(l)
	}
}

// drawShelter adds a shelter with a bar that fills up.
func (s *Scene) drawShelter(cam Camera, f *Frame, look Look, i int) {
	at, ok := s.visible(cam, scenario.Point(s.sc.Shelters[i].Place))
	if !ok {
		return
	}
	k := look.Scale
	sheet := &s.list.Sheets[LayerPlaces]
	var dot sim.ShelterDot
	if i < len(f.Snapshot.Shelters) {
		dot = f.Snapshot.Shelters[i]
	}
	c := colorZoneCold
	if dot.Open {
		c = colorShelter
	}
	size := 20 * k
	sheet.mark(MarkDisc, at.X, at.Y, size*1.45, plate)
	sheet.mark(MarkShelter, at.X, at.Y, size, c)
	s.labels.keep(at, size*0.7)
	l := label{at: at, text: s.names.Title(sim.RefTo(sim.KindShelter, sim.ShelterID(i)), look.Lang), size: 14 * k,
		color: c, rank: rankShelter, gap: size * 0.75}
	if dot.Open || dot.Inside > 0 {
		w, h := 30*k, 6*k
		x, y := at.X-w/2, at.Y+size*0.68
		sheet.rect(x-1, y-1, w+2, h+2, inkDark)
		sheet.rect(x, y, w, h, paper)
		share := min(float32(dot.Inside)/float32(max(dot.Capacity, 1)), 1)
		sheet.rect(x, y, w*share, h, colorShelter)
		s.labels.keep(XY{at.X, y + h/2}, h)
		l.second = count(dot.Inside) + " / " + count(dot.Capacity)
	} else if cam.near() < villageZoom {
		return
	}
	s.labels.add(l)
}

// unitGroup are units of one mode that stand at one place of the screen.
type unitGroup struct {
	at     XY
	mode   sim.Mode
	n      int
	aboard int32
	status sim.UnitStatus
	first  sim.UnitID
}

// drawUnits adds the units; those of a kind that stand together become one mark with their number.
func (s *Scene) drawUnits(cam Camera, f *Frame, look Look) {
	var groups []unitGroup
	k := look.Scale
	near := 12 * k
next:
	for i := range f.Snapshot.Units {
		u := &f.Snapshot.Units[i]
		at, ok := s.visible(cam, u.At)
		if !ok {
			continue
		}
		for g := range groups {
			dx, dy := groups[g].at.X-at.X, groups[g].at.Y-at.Y
			if groups[g].mode == u.Mode && groups[g].status == u.Status && dx*dx+dy*dy < near*near {
				groups[g].n++
				groups[g].aboard += u.Aboard
				continue next
			}
		}
		groups = append(groups, unitGroup{at, u.Mode, 1, u.Aboard, u.Status, sim.UnitID(i)})
	}
	for i := range groups {
		s.drawUnit(cam, &groups[i], look)
	}
}

func (s *Scene) drawUnit(cam Camera, g *unitGroup, look Look) {
	k := look.Scale
	sheet := &s.list.Sheets[LayerPlaces]
	// Waiting units stand on white, units at work on dark: to be told apart without colour.
	back, c := plate, colorUnit
	if g.status != sim.UnitAvailable && g.status != sim.UnitResting {
		back, c = colorUnit, paper
	}
	at := g.at
	if g.status == sim.UnitAvailable {
		at.Y -= 15 * k // beside the mark of its station
	}
	w := 19 * k
	sheet.mark(MarkDisc, at.X, at.Y, w*1.5, paper)
	sheet.mark(MarkDisc, at.X, at.Y, w*1.38, back)
	sheet.mark(moverStyles[min(int(g.mode), len(moverStyles)-1)].near, at.X, at.Y, w, c)
	s.labels.keep(at, w*0.65)
	l := label{at: at, size: 14 * k, color: colorUnit, rank: rankUnit, gap: w * 0.7}
	switch {
	case g.n > 1:
		l.text, l.rank = fmt.Sprintf("×%d", g.n), rankPlace
	case cam.near() >= villageZoom:
		l.text = s.names.Title(sim.RefTo(sim.KindUnit, g.first), look.Lang)
	}
	if g.aboard > 0 {
		l.second = words.Aboard.In(look.Lang) + " " + count(g.aboard)
		if l.text == "" {
			l.text, l.second = l.second, ""
		}
	}
	s.labels.add(l)
}
