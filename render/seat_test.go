package render

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// A seat's picture holds what was reported: by hand, of the valley, 900 and 1,400 persons on the roster of which 120 and
// 210 have left, 8 stranded, 510 in the shelter; the closed bridge; the coaches at their station and one on its way.
func TestSeatFrame(t *testing.T) {
	sc := valley()
	names := scenario.NewDirectory(sc)
	f := flooded(sc)
	f.Seen.Gauges = []sim.GaugeKnown{{Reported: f.Seen.Now, Level: 60.42, Above: 1}}
	f.Seen.Units = []sim.UnitKnown{{Reported: -1}, {Reported: 0, Report: sim.UnitReport{Unit: 1, X: 2900, Y: 1150,
		Status: sim.UnitTransporting, Aboard: 38}}, {Reported: -1}}
	SeatFrame(sc, names, &f.Seen, f)
	s := &f.Snapshot
	want := sim.Counts{Persons: 2300, Warned: 1200, Left: 330, Sheltered: 510, Stranded: 8}
	if s.Total != want {
		t.Errorf("in all %+v; want %+v", s.Total, want)
	}
	if s.Water != nil || len(s.Parties)+len(s.Cells)+len(s.Movers)+len(s.Signs)+len(s.Jams) > 0 ||
		!reflect.DeepEqual(f.Truth, sim.Truth{}) {
		t.Error("the picture holds what nobody reports")
	}
	if !s.Zones[1].Ordered || s.Zones[0].Ordered || !s.Zones[0].NoPower || s.Zones[2].Persons != 0 {
		t.Errorf("the zones are %+v", s.Zones)
	}
	if len(s.Closed) != 1 || s.Closed[0] != 12 || s.Gauges[0].Level != 60.42 {
		t.Errorf("closed %v, gauges %+v", s.Closed, s.Gauges)
	}
	if at := s.Units[1].At; at != (geo.Point{X: 2900, Y: 1150}) || s.Units[1].Aboard != 38 ||
		s.Units[0].At != scenario.Point(sc.Stations[0].Place) || s.Units[2].Mode != sim.ModeBoat {
		t.Errorf("the units are %+v", s.Units)
	}
	given := f.Seen.Now.Add(-sim.Hour)
	for _, c := range []struct {
		order sim.OrderID
		given sim.Time
		want  bool
	}{{sim.OrderPrepareZone, given, false}, {sim.OrderEvacuateZone, given, true}, {sim.OrderAllClear, f.Seen.Now, false}} {
		f.Seen.Received = append(f.Seen.Received, sim.OrderReceived{Order: c.order, Zone: 0, Given: c.given})
		if SeatFrame(sc, names, &f.Seen, f); f.Snapshot.Zones[0].Ordered != c.want {
			t.Errorf("after order %d has come from above the zone is ordered to leave: %v", c.order, !c.want)
		}
	}
	f.Seen.Received = nil
	SeatFrame(sc, names, &f.Seen, f)
	f.Status.SeatOnly, f.Status.Charted = true, false
	d, _ := deskOf(f, sc, sim.Chinese)
	d.Select(1)
	if n := strings.Count(panelText(d), words.Truth.ZH); n > 0 {
		t.Error("the panel of a zone has a column of the truth")
	}
	golden(t, "seat-zh.txt", drawn(d))
}

// What a seat has received and done stands in the feed in the order of time.
func TestSeatMoments(t *testing.T) {
	sc := valley()
	f := flooded(sc)
	var got []string
	for _, m := range SeatMoments(scenario.NewDirectory(sc), &f.Seen) {
		got = append(got, f.Seen.Now.Sub(m.At).String()+" "+m.Text.EN)
	}
	want := "1h10m ordered: Evacuate now (Old Street)|1h6m acknowledged: Evacuate now (Old Street)|" +
		"50m the reservoir releases more|35m Shangba: no mains at Shangba|20m ordered: Evacuate now (Shangba)"
	if strings.Join(got, "|") != want {
		t.Errorf("the feed is %q; want %q", got, want)
	}
}

// The panel of a zone says that there is no report of a shelter of which the seat has not heard; one that is said to be
// shut is shut.
func TestShelterUnheardOf(t *testing.T) {
	sc := valley()
	f := flooded(sc)
	d, _ := deskOf(f, sc, sim.English)
	says := func(want string) bool {
		var s Sheet
		d.drawZoneShelters(&s, area{0, 0, 400, 200}, 0, 2)
		return slices.ContainsFunc(s.Shapes, func(p Shape) bool { return p.Text == want })
	}
	d.Draw()
	if !says(words.NoReport.EN) || says(words.Shut.EN) {
		t.Error("a shelter that nobody has told of is told to be shut")
	}
	f.Seen.Shelters[1] = sim.ShelterKnown{Reported: f.Seen.Now}
	if says(words.NoReport.EN) || !says(words.Shut.EN) {
		t.Error("a shelter that is told to be shut is not")
	}
}
