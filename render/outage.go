package render

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// outage is what a zone is without: mains, the public network, roads out (三断).
type outage struct {
	power, network bool
	closed, roads  int // of the roads over its border, closed and all
}

// cutOff says whether no road leads out of the zone any more.
func (o outage) cutOff() bool { return o.roads > 0 && o.closed == o.roads }

// any says whether there is something to tell.
func (o outage) any() bool { return o.power || o.network || o.cutOff() }

// outageMarks are the marks beside the name of a zone: mains, network, roads.
var outageMarks = [3]Mark{MarkBolt, MarkSignal, MarkClosed}

var outageTitles = [3]sim.Text{{ZH: "停电", EN: "no power"}, {ZH: "断网", EN: "no network"}, {ZH: "断路", EN: "no road out"}}

// has lists which of the three are out.
func (o outage) has() [3]bool { return [3]bool{o.power, o.network, o.cutOff()} }

// words says what a zone is without, and how many of its roads are closed.
func (o outage) words() sim.Text {
	var parts []sim.Text
	for i, out := range o.has() {
		if out {
			parts = append(parts, outageTitles[i])
		}
	}
	if o.closed > 0 && !o.cutOff() {
		parts = append(parts, sim.Say("出口道路 %d/%d 条中断", "%d of %d roads out closed", o.closed, o.roads))
	}
	if len(parts) == 0 {
		return sim.Text{ZH: "电、网、路均通", EN: "mains, network and roads are there"}
	}
	return sim.Join(parts, sim.Text{ZH: "、", EN: ", "})
}

// exitsOf lists for each zone the roads over its border, for vehicles.
func exitsOf(sc *scenario.Scenario, zoneAt func(n sim.NodeID) sim.ZoneID) [][]sim.LinkID {
	out := make([][]sim.LinkID, len(sc.Zones))
	for i := range sc.Links {
		l := &sc.Links[i]
		from, to := zoneAt(l.From), zoneAt(l.To)
		if from == to || l.Class == scenario.RoadPath {
			continue
		}
		for _, z := range [...]sim.ZoneID{from, to} {
			if z >= 0 {
				out[z] = append(out[z], sim.LinkID(i))
			}
		}
	}
	return out
}

// outage returns what a zone is without, where these roads are closed, in rising order.
func (s *Scene) outage(z sim.ZoneID, noPower, noNetwork bool, closed []sim.LinkID) outage {
	o := outage{power: noPower, network: noNetwork, roads: len(s.exits[z])}
	for _, link := range s.exits[z] {
		if _, shut := slices.BinarySearch(closed, link); shut {
			o.closed++
		}
	}
	return o
}

// trueOutage is what a zone really is without.
func (s *Scene) trueOutage(z sim.ZoneID, f *Frame) outage {
	if int(z) >= len(f.Snapshot.Zones) {
		return s.outage(z, false, false, f.Snapshot.Closed)
	}
	dot := f.Snapshot.Zones[z]
	return s.outage(z, dot.NoPower, dot.NoNetwork, f.Snapshot.Closed)
}

// knownOutage is what the seat knows of that, and when it was told of the lines; -1 when it was not.
func (s *Scene) knownOutage(z sim.ZoneID, f *Frame) (o outage, told sim.Time) {
	var closed []sim.LinkID
	for _, r := range f.Seen.Roads {
		if r.Closed {
			closed = append(closed, r.Link)
		}
	}
	slices.Sort(closed)
	if int(z) >= len(f.Seen.Zones) {
		return s.outage(z, false, false, closed), -1
	}
	k := f.Seen.Zones[z].Lines
	told = -1
	if k != (sim.LineKnown{}) {
		told = k.Reported
	}
	return s.outage(z, k.NoPower, k.NoNetwork, closed), told
}

// anyOutage says whether any zone is without something, so that the legend explains it.
func (s *Scene) anyOutage(f *Frame) bool {
	for z := range s.zones {
		if s.trueOutage(sim.ZoneID(z), f).any() {
			return true
		}
	}
	return false
}

// drawOutages says in the panel of a zone what it is without: as the seat knows it, and what is so. It returns the
// lower edge.
func (d *Desk) drawOutages(s *Sheet, a area, y float32, z sim.ZoneID) float32 {
	k, lang := d.look.Scale, d.look.Lang
	known, told := d.scene.knownOutage(z, d.frame)
	text := known.words()
	if told >= 0 {
		text = sim.Say("%s（%s 报）", "%s (told %s)", text, d.shortClock(told))
	} else if !known.any() && known.closed == 0 {
		text = panelWords.NotTold
	}
	rows := []struct {
		name sim.Text
		o    outage
		text sim.Text
	}{{words.Seat, known, text}}
	if !d.frame.Status.SeatOnly {
		o := d.scene.trueOutage(z, d.frame)
		rows = append(rows, struct {
			name sim.Text
			o    outage
			text sim.Text
		}{words.Truth, o, o.words()})
	}
	s.text(a.x0, y+18*k, 14*k, deskFaint, panelWords.Outages.In(lang))
	y += 22 * k
	for _, r := range rows {
		ink := deskText
		if r.o.any() {
			ink = deskAlarm
		}
		name := r.name.In(lang) + panelWords.Colon.In(lang)
		s.text(a.x0, y+15*k, 14*k, deskFaint, name)
		x := a.x0 + d.font.Width(name, 14*k)
		for _, line := range d.font.Wrap(r.text.In(lang), 14*k, a.x1-x) {
			s.text(x, y+15*k, 14*k, ink, line)
			y += 19 * k
		}
	}
	return y
}
