package render

import (
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Over the border of a zone go the roads of which one end lies in it and the other does not, but for footpaths.
func TestExitsOfZones(t *testing.T) {
	sc := &scenario.Scenario{Zones: make([]scenario.Zone, 2), Links: []scenario.Link{
		{From: 0, To: 1}, // from z1 to z2
		{From: 1, To: 2}, // from z2 outside
		{From: 0, To: 0}, // within z1
		{From: 2, To: 0, Class: scenario.RoadPath},    // on foot only
		{From: 2, To: 0, Class: scenario.RoadTrack},   // outside to z1
		{From: 2, To: 2, Class: scenario.RoadPrimary}, // outside
	}}
	zones := []sim.ZoneID{0, 1, sim.None}
	got := exitsOf(sc, func(n sim.NodeID) sim.ZoneID { return zones[n] })
	if want := [][]sim.LinkID{{0, 4}, {0, 1}}; !slices.Equal(got[0], want[0]) || !slices.Equal(got[1], want[1]) {
		t.Errorf("the roads over the borders are %v; want %v", got, want)
	}
}

// What a zone is without stands beside its name with a mark for each, in the legend, and in its panel: there what the
// seat was told, with the time, beside what is so.
func TestOutagesAreShown(t *testing.T) {
	sc := valley()
	f := flooded(sc)
	d, _ := deskOf(f, sc, sim.English)
	marks := func() (n int) {
		for _, sheet := range [...]Layer{LayerLabels, LayerFrame} {
			for _, p := range d.Draw().Sheets[sheet].Shapes {
				if p.Kind == ShapeMark && p.Color == colorStranded && slices.Contains(outageMarks[:], p.Mark) {
					n++
				}
			}
		}
		return n
	}
	if n := marks(); n != 0 {
		t.Fatalf("with everything in order there are %d marks", n)
	}
	f.Snapshot.Zones[2].NoPower, f.Snapshot.Zones[2].NoNetwork = true, true
	if n := marks(); n != 2+3 {
		t.Errorf("without mains and network there are %d marks; want two, and three in the legend", n)
	}
	d.scene.exits[2] = []sim.LinkID{12, 13}
	if n := marks(); n != 3+3 {
		t.Errorf("with both its roads closed too there are %d marks; want three, and three in the legend", n)
	}
	d.Select(2)
	if text := panelText(d); !strings.Contains(text, "no power, no network, no road out") ||
		!strings.Contains(text, "1 of 2 roads out closed") {
		t.Error("the panel does not tell what is so beside what the seat knows, one closed road")
	}
	f.Seen.Zones[2].Lines = sim.LineKnown{Reported: f.Snapshot.Now - sim.Time(sim.Hour), NoPower: true}
	f.Status.SeatOnly = true
	if text := panelText(d); strings.Contains(text, "no network") || !strings.Contains(text, "no power, 1 of 2 roads out closed") ||
		!strings.Contains(text, "told 21:00") {
		t.Error("a player's seat reads something else than it was told")
	}
}
