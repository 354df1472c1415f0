package render

import (
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

func reporter() *Reporter {
	sc := valley()
	return NewReporter(sc, scenario.NewDirectory(sc))
}

func TestHeadlines(t *testing.T) {
	zone, post := sim.Ref{Kind: sim.KindZone, ID: 1}, sim.Ref{Kind: sim.KindPost, ID: 0}
	gauge, unit := sim.Ref{Kind: sim.KindGauge, ID: 0}, sim.Ref{Kind: sim.KindUnit, ID: 0}
	move := sim.Text{ZH: "立即转移：老街单元", EN: "Evacuate now: Old Street"}
	coach := sim.Text{ZH: "调派大巴：大巴一号（老街单元）", EN: "Send coaches: Coach 1 (Old Street)"}
	breach := sim.Text{ZH: "溃决：大坝", EN: "Breach: dam"}
	for _, c := range []struct {
		event  sim.Event
		zh, en string
		kind   MomentKind
		minor  bool
	}{
		{sim.Event{Kind: sim.EvAccepted, A: zone, B: post, Count: int32(sim.OrderEvacuateZone), Text: move},
			"【区指挥部】立即转移：老街单元", "[District HQ] Evacuate now: Old Street", MomentOrder, false},
		{sim.Event{Kind: sim.EvAccepted, A: zone, B: post, Num: float64(sim.FromDirector), Text: breach},
			"【导调】溃决：大坝", "[Director] Breach: dam", MomentOrder, false},
		{sim.Event{Kind: sim.EvOrderAcked, A: post, B: post, C: zone, Count: int32(sim.OrderEvacuateZone)},
			"区指挥部已叫应：立即转移（老街单元）", "District HQ acknowledged: Evacuate now (Old Street)", MomentOrder, true},
		{sim.Event{Kind: sim.EvOrderLost, A: post, B: post, C: zone, Count: int32(sim.OrderEvacuateZone), Num: -1,
			Text: sim.Text{ZH: "没有可用信道", EN: "no channel"}}, "区指挥部叫应不通（没有可用信道）：立即转移（老街单元）",
			"District HQ not reached (no channel): Evacuate now (Old Street)", MomentOrder, true},
		{sim.Event{Kind: sim.EvAccepted, A: unit, B: post, Count: int32(sim.OrderDispatchCoach), Text: coach},
			"【区指挥部】调派大巴：大巴一号（老街单元）", "[District HQ] Send coaches: Coach 1 (Old Street)", MomentOrder, true},
		{sim.Event{Kind: sim.EvGaugeAlarm, A: gauge, Count: 1, Num: 60.42},
			"青河大桥站水位 60.42 米，超过保证水位", "Bridge gauge at 60.42 m, above danger level", MomentHazard, false},
		{sim.Event{Kind: sim.EvGaugeClear, A: gauge, Count: 0, Num: 57.9},
			"青河大桥站水位 57.90 米，回落至警戒水位以下", "Bridge gauge at 57.90 m, below alert level again", MomentHazard, true},
		{sim.Event{Kind: sim.EvWarningLevel, Count: 4}, "发布预警：红色", "Warning level: RED", MomentOrder, false},
		{sim.Event{Kind: sim.EvResponseLevel, Count: 2}, "响应级别：III级", "Response level: III", MomentOrder, false},
		{sim.Event{Kind: sim.EvUnitFailed, A: unit, Text: sim.Text{ZH: "已无路可走", EN: "no way is left"}},
			"大巴一号无法完成任务：已无路可走", "Coach 1 cannot do its task: no way is left", MomentHazard, true},
		{sim.Event{Kind: sim.EvPersonDied}, "有人死亡", "Somebody died", MomentHarm, false},
		{sim.Event{Kind: sim.EvStructure, A: sim.Ref{Kind: sim.KindStructure, ID: sim.None},
			Count: int32(sim.StructureSetOpening), Num: 60}, "：开度调至 60%", ": opening to 60 %", MomentHazard, false},
		{sim.Event{Kind: sim.EvStructure, A: sim.Ref{Kind: sim.KindStructure, ID: sim.None},
			Count: int32(sim.StructureWait)}, "：尚无水作用，来水后溃决", ": will fail when water stands at it", MomentHazard, false},
		{sim.Event{Kind: sim.EvPost, A: post, Count: int32(sim.PostUnmanned), Text: sim.Text{ZH: "无人在岗", EN: "nobody is there"}},
			"区指挥部：无人在岗", "District HQ: nobody is there", MomentOrder, false},
		{sim.Event{Kind: sim.EvPost, A: post, Count: int32(sim.PostCutOff), Text: sim.Text{ZH: "失去联络", EN: "cut off"}},
			"区指挥部：失去联络", "District HQ: cut off", MomentOrder, true},
		{sim.Event{Kind: sim.EvOfficial, A: sim.Ref{Kind: sim.KindOfficial}, B: post, Count: int32(sim.OfficialHurt),
			Text: sim.Text{ZH: "在灾害中", EN: "in the disaster"}},
			"老周（区指挥部）：受伤（在灾害中）", "Zhou (District HQ): hurt (in the disaster)", MomentOrder, true},
		{sim.Event{Kind: sim.EvOfficial, A: sim.Ref{Kind: sim.KindOfficial}, B: post, Count: int32(sim.OfficialAbsent)},
			"老周（区指挥部）：离岗", "Zhou (District HQ): absent", MomentOrder, true},
		{sim.Event{Kind: sim.EvRejected, Text: sim.Said("100% wrong")}, "指令被拒：100% wrong", "Refused: 100% wrong", MomentOrder, false},
	} {
		m, ok := reporter().Report(c.event)
		if !ok || m.Text.ZH != c.zh || m.Text.EN != c.en || m.Kind != c.kind || m.Minor != c.minor {
			t.Errorf("%v: %v %+v; want %q, %q, kind %d, minor %v", c.event.Kind, ok, m, c.zh, c.en, c.kind, c.minor)
		}
	}
}

// Whatever an event holds, also ids that nobody has, it is told without a hole in the sentence.
func TestHeadlinesOfNonsense(t *testing.T) {
	for kind := sim.EventKind(0); ; kind++ {
		if strings.HasPrefix(kind.String(), "event") {
			break
		}
		for _, id := range []int32{-1, 0, 1 << 20} {
			r := reporter()
			e := sim.Event{Kind: kind, A: sim.Ref{Kind: sim.KindGauge, ID: id}, B: sim.Ref{Kind: sim.KindPost, ID: id},
				Count: id, Num: 1}
			if m, ok := r.Report(e); ok && (strings.Contains(m.Text.ZH, "%!") || strings.Contains(m.Text.EN, "%!") ||
				m.Text.ZH == "" || m.Text.EN == "") {
				t.Errorf("%v of %d is told as %+v", kind, id, m.Text)
			}
		}
	}
}

func TestFeedIsNotFlooded(t *testing.T) {
	r := reporter()
	told := func(e sim.Event) bool {
		_, ok := r.Report(e)
		return ok
	}
	if !told(sim.Event{Kind: sim.EvPartyCaught}) || told(sim.Event{Kind: sim.EvPartyCaught}) {
		t.Error("the first party that is caught is to be told, and only that")
	}
	for _, e := range []sim.Event{{Kind: sim.EvPartyWarned}, {Kind: sim.EvBroadcast}, {Kind: sim.EvPartyLeft},
		{Kind: sim.EvGauge}, {Kind: sim.EvGaugeFell},
		{Kind: sim.EvOrderAcked, A: sim.Ref{Kind: sim.KindUnit}},
		{Kind: sim.EvAccepted, Count: int32(sim.OrderWarningLevel)}} {
		if told(e) {
			t.Errorf("%v is told; there would be thousands, or it is told by another event", e.Kind)
		}
	}
}

// What other lines tell, or what has been told, is no line of its own: calls in vain after the first, a superior that
// passes an order on, further orders that are overdue, reports that follow a village's first, channels that fail with
// the network, who is at a consultation and who acts for him meanwhile.
func TestFeedTellsOnce(t *testing.T) {
	sc := valley()
	sc.Meetings = []scenario.Meeting{{Name: "m1"}}
	names := scenario.NewDirectory(sc)
	r := NewReporter(sc, names)
	low := sim.Ref{Kind: sim.KindPost, ID: int32(len(sc.Posts) - 1)}
	own := sim.Ref{Kind: sim.KindPost, ID: -1}
	for i := range sc.Posts {
		if sc.Posts[i].Name == sc.Zones[0].Post {
			own.ID = int32(i)
		}
	}
	if sc.Posts[low.ID].Superior == "" || own.ID < 0 {
		t.Fatal("the valley has no post below another one, or none for its first zone")
	}
	zone, post, order := sim.Ref{Kind: sim.KindZone}, sim.Ref{Kind: sim.KindPost}, int32(sim.OrderEvacuateZone)
	point := sim.Ref{Kind: sim.KindAssembly}
	other := sim.Ref{Kind: sim.KindPost, ID: (own.ID + 1) % int32(len(sc.Posts))}
	for i, c := range []struct {
		e    sim.Event
		told bool
	}{
		{sim.Event{Kind: sim.EvOrderLost, A: low, B: post, C: zone, Count: order}, true},
		{sim.Event{Kind: sim.EvOrderLost, A: low, B: post, C: zone, Count: order}, false},
		{sim.Event{Kind: sim.EvOrderLost, A: low, B: post, C: zone, Count: order, Text: sim.Said("given up")}, true},
		{sim.Event{Kind: sim.EvOrderAcked, A: other, B: post, C: zone, Count: order}, false},
		{sim.Event{Kind: sim.EvOrderAcked, A: own, B: other, C: zone, Count: order}, true},
		{sim.Event{Kind: sim.EvDeployment, Count: 1, Text: sim.Said("overdue")}, true},
		{sim.Event{Kind: sim.EvDeployment, Count: 1, Num: 1, Text: sim.Said("overdue")}, false},
		{sim.Event{Kind: sim.EvReport, A: low, B: low, Num: 1}, true},
		{sim.Event{Kind: sim.EvReport, A: low, B: low, Num: 2}, false},
		{sim.Event{Kind: sim.EvReport, A: low, B: post, Num: 2}, true},
		{sim.Event{Kind: sim.EvHeadCount, A: point, B: zone, Count: 5, Num: 9}, true},
		{sim.Event{Kind: sim.EvHeadCount, A: point, B: zone, Count: 6, Num: 9}, false},
		{sim.Event{At: 5, Kind: sim.EvNetwork, A: zone}, true},
		{sim.Event{At: 5, Kind: sim.EvChannel, B: zone}, false},
		{sim.Event{At: 6, Kind: sim.EvChannel, B: zone}, true},
		{sim.Event{At: 7, Kind: sim.EvOfficial, B: post, Count: int32(sim.OfficialBusy),
			Text: sim.AtMeeting(names.TitleOf(sim.Ref{Kind: sim.KindMeeting}))}, false},
		{sim.Event{At: 7, Kind: sim.EvPost, A: post, Count: int32(sim.PostTakenOver), Text: sim.Said("deputy")}, false},
		{sim.Event{At: 8, Kind: sim.EvPost, A: post, Count: int32(sim.PostTakenOver), Text: sim.Said("deputy")}, true},
	} {
		if _, ok := r.Report(c.e); ok != c.told {
			t.Errorf("event %d (%v) told: %v; want %v", i, c.e.Kind, ok, c.told)
		}
	}
}
