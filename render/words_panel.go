package render

import "sandtable/sim"

// panelWords are the words of the panels at the right.
var panelWords = struct {
	Search, NoMatch, Impossible, GivenLast, Refused, Colon, Taken, Give, UnderWay, Point, SpanForm, LeftOut, PleaseSet,
	OtherOrders sim.Text
}{
	Search:      sim.Text{ZH: "查找指令（G）", EN: "Find an order (G)"},
	NoMatch:     sim.Text{ZH: "没有这样的指令", EN: "no such order"},
	Impossible:  sim.Text{ZH: "本演练没有此项指令的对象", EN: "this drill has nothing that the order could be about"},
	GivenLast:   sim.Text{ZH: "本席位最近下达", EN: "Given here last"},
	Refused:     sim.Text{ZH: "被拒绝", EN: "Refused"},
	Colon:       sim.Text{ZH: "：", EN: ": "},
	Taken:       sim.Text{ZH: "已受理", EN: "accepted"},
	Give:        sim.Text{ZH: "下达", EN: "Give the order"},
	UnderWay:    sim.Text{ZH: "已交出，推演继续时下达", EN: "Handed over, goes out when the drill goes on"},
	Point:       sim.Text{ZH: "也可在地图上点选", EN: "or click it on the map"},
	SpanForm:    sim.Text{ZH: "时长，如 45m、1h30m", EN: "a span of time such as 45m or 1h30m"},
	LeftOut:     sim.Text{ZH: "缺省", EN: "left out"},
	PleaseSet:   sim.Text{ZH: "请选择", EN: "choose"},
	OtherOrders: sim.Text{ZH: "其他指令", EN: "Other orders"},
}
