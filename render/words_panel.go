package render

import "sandtable/sim"

// panelWords are the words of the panels at the right.
var panelWords = struct {
	Search, NoMatch, Impossible, GivenLast, Refused, Colon, Taken, Give, UnderWay, Point, SpanForm, LeftOut, PleaseSet,
	OtherOrders, PostsTitle, OnlyOpen, NothingOpen, DeployTitle, NoDeployments, Convene, SendOut, KnownTitle,
	NothingKnown, NotTold, NoPost, Outages, OutageMarks, NoWater sim.Text
}{
	Search:       sim.Text{ZH: "查找指令（G）", EN: "Find an order (G)"},
	NoMatch:      sim.Text{ZH: "没有这样的指令", EN: "no such order"},
	Impossible:   sim.Text{ZH: "本演练没有此项指令的对象", EN: "this drill has nothing that the order could be about"},
	NoPost:       sim.Text{ZH: "本演练没有可下达指令的岗位", EN: "this drill has no post that could order"},
	GivenLast:    sim.Text{ZH: "本席位最近下达", EN: "Given here last"},
	Refused:      sim.Text{ZH: "被拒绝", EN: "Refused"},
	Colon:        sim.Text{ZH: "：", EN: ": "},
	Taken:        sim.Text{ZH: "已受理", EN: "accepted"},
	Give:         sim.Text{ZH: "下达", EN: "Give the order"},
	UnderWay:     sim.Text{ZH: "已交出，推演继续时下达", EN: "Handed over, goes out when the drill goes on"},
	Point:        sim.Text{ZH: "也可在地图上点选", EN: "or click it on the map"},
	SpanForm:     sim.Text{ZH: "时长，如 45m、1h30m", EN: "a span of time such as 45m or 1h30m"},
	LeftOut:      sim.Text{ZH: "缺省", EN: "left out"},
	PleaseSet:    sim.Text{ZH: "请选择", EN: "choose"},
	PostsTitle:   sim.Text{ZH: "岗位与人员", EN: "Posts and people"},
	OnlyOpen:     sim.Text{ZH: "仅看待办", EN: "Only what is open"},
	NothingOpen:  sim.Text{ZH: "没有待叫应的岗位", EN: "no post asks for action"},
	DeployTitle:  sim.Text{ZH: "会商与部署", EN: "Consultations and deployments"},
	Convene:      sim.Text{ZH: "召集", EN: "Call it"},
	SendOut:      sim.Text{ZH: "下发", EN: "Send out"},
	KnownTitle:   sim.Text{ZH: "席位所知", EN: "What you know"},
	NothingKnown: sim.Text{ZH: "尚无", EN: "nothing yet"},
	NoDeployments: sim.Text{ZH: "本岗位没有会商和部署",
		EN: "this post has neither consultations nor deployments"},
	NoWater: sim.Text{ZH: "席位看不到水情分布，只知测站读数和上报内容",
		EN: "A seat sees no water: it has gauges and reports"},
	NotTold:     sim.Text{ZH: "未接报告", EN: "nothing told"},
	Outages:     sim.Text{ZH: "三断（电、网、路）", EN: "Power, network, roads out"},
	OutageMarks: sim.Text{ZH: "停电、断网、断路", EN: "power, net, roads out"},
	OtherOrders: sim.Text{ZH: "其他指令", EN: "Other orders"},
}
