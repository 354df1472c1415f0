package render

import (
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// built is a hazard of structures alone.
type built struct {
	sim.HazardSpec
	list []sim.StructureSpec
}

func (b built) Structures() []sim.StructureSpec { return b.list }

// Structures are drawn as they stand: a gate with its opening and where it moves, a pump that runs, a barrier that is up
// as a line and one that is down as dashes, and a place that has failed as an alarm.
func TestWorksAreDrawn(t *testing.T) {
	at := geo.Point{X: 4800, Y: 3000}
	spec := func(name string, work sim.Work, line ...geo.Point) sim.StructureSpec {
		if len(line) == 0 {
			line = geo.Line{at}
		}
		return sim.StructureSpec{Name: name, Title: sim.Said(name), Place: geo.Line(line).At(1), Work: work, Line: line}
	}
	sc := valley()
	sc.Hazards = []scenario.Hazard{{Name: "flood", Spec: built{list: []sim.StructureSpec{
		spec("Bank", sim.WorkDyke, geo.Point{X: 1000, Y: 1500}, geo.Point{X: 5000, Y: 1500}),
		spec("Weak", sim.WorkSpot), spec("Gate", sim.WorkGate),
		spec("Bags", sim.WorkBarrier, geo.Point{X: 2000, Y: 900}, geo.Point{X: 3000, Y: 900}),
		spec("Pump", sim.WorkPump, geo.Point{X: 4000, Y: 1000}),
	}}}}
	names := scenario.NewDirectory(sc)
	s := NewScene(sc, names, DefaultFont())
	cam := Camera{Centre: geo.Point{X: 3000, Y: 2000}, Zoom: 0.2, Width: 1280, Height: 900}
	draw := func(dots ...sim.StructureDot) string {
		f := &Frame{Snapshot: sim.Snapshot{Structures: dots}}
		l := s.Draw(cam, f, Look{Lang: sim.English, Scale: 1, Selected: sim.None, Hover: sim.None, NoLegend: true})
		return l.String()
	}
	before := draw(sim.StructureDot{}, sim.StructureDot{}, sim.StructureDot{Set: 40, At: 40}, sim.StructureDot{},
		sim.StructureDot{})
	for _, want := range []string{"Gate", "40 %", "Pump", "off", "Bags"} {
		if !strings.Contains(before, want) {
			t.Errorf("%q is not on the map", want)
		}
	}
	after := draw(sim.StructureDot{}, sim.StructureDot{Failed: true}, sim.StructureDot{Set: 40, At: 54.6},
		sim.StructureDot{Set: 1.2, At: 1.2},
		sim.StructureDot{Set: 1})
	for _, want := range []string{"Weak", words.Breached.EN, "star", "1.2 m", "55 %, to 40 %"} {
		if !strings.Contains(after, want) {
			t.Errorf("%q is not on the map", want)
		}
	}
	if strings.Contains(before, words.Breached.EN) {
		t.Error("what has not failed is shown as failed")
	}
}
