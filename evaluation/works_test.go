package evaluation

import (
	"testing"

	"sandtable/sim"
)

// A structure takes its time: what is told when it begins to move is where it goes, and not where it stands.
func TestActionText(t *testing.T) {
	for _, c := range []struct {
		action sim.StructureAction
		num    float64
		over   int32
		want   sim.Text
	}{
		{sim.StructureSetOpening, 60, 0, sim.Text{ZH: "开度调至 60%", EN: "opening to 60 %"}},
		{sim.StructureSetOpening, 60, 2400, sim.Text{ZH: "开度调至 60%，历时 40 分", EN: "opening to 60 % over 40 min"}},
		{sim.StructureSetCrest, 0.5, 0, sim.Text{ZH: "挡水高度调至 0.5 米", EN: "crest to 0.5 m"}},
		{sim.StructureSwitch, 1, 0, sim.Text{ZH: "开机", EN: "switched on"}},
		{sim.StructureBreach, 0, 0, sim.Text{ZH: "溃决", EN: "fails"}},
	} {
		e := sim.Event{Kind: sim.EvStructure, B: sim.Ref{ID: c.over}, Count: int32(c.action), Num: c.num}
		if got := actionText(e); got != c.want {
			t.Errorf("%+v; want %+v", got, c.want)
		}
	}
}

// Houses that water reaches in one of both stories only are no median: it is said in which story.
func TestShiftText(t *testing.T) {
	for _, c := range []struct {
		a      WorksArrival
		zh, en string
	}{
		{WorksArrival{With: 80}, "仅有指令时进水", "only with the orders"},
		{WorksArrival{Without: 3}, "不再进水", "no longer reached"},
		{WorksArrival{With: 2, Without: 3}, "–", "–"},
		{WorksArrival{With: 164, Without: 143, Both: 143}, "不变", "unchanged"},
		{WorksArrival{With: 9, Without: 9, Both: 9, Shift: -540}, "早 9 分", "9 min sooner"},
		{WorksArrival{With: 9, Without: 9, Both: 9, Shift: 3600}, "晚 1 小时", "1 h later"},
	} {
		if zh, en := c.a.shiftText(sim.Chinese), c.a.shiftText(sim.English); zh != c.zh || en != c.en {
			t.Errorf("%+v: %q, %q; want %q, %q", c.a, zh, en, c.zh, c.en)
		}
	}
}

// A breach that was ordered where no water stood is not told as one: it waits, and is told when the water has come.
func TestBreachThatWaits(t *testing.T) {
	structure := func(id int32, action sim.StructureAction, self bool) sim.Event {
		e := sim.Event{Kind: sim.EvStructure, A: sim.Ref{Kind: sim.KindStructure, ID: id}, Count: int32(action)}
		if self {
			e.Text = sim.Say("自行", "by itself")
		}
		return e
	}
	dry := dryBreaches([]sim.Event{
		structure(0, sim.StructureBreach, false), // ordered, has no water
		structure(1, sim.StructureBreach, false), // ordered, has
		{Kind: sim.EvPlaceWet},
		structure(0, sim.StructureWait, true),
		structure(2, sim.StructureWait, true), // was due by itself
		structure(0, sim.StructureBreach, true),
	})
	if len(dry) != 1 || !dry[0] {
		t.Errorf("left out: %v; want the first alone", dry)
	}
}
