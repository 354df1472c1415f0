package render

import (
	"sandtable/sim"
	"sandtable/sim/harm"
)

// words are the words on the screen that are neither names of a scenario nor titles of orders.
var words = struct {
	Sim, Warning, Response, Persons, Warned, Left, Sheltered, Stranded, Caught, Hurt, Dead, Rescued,
	Past, Replay, Ended, Paused, Max, Seeking, Recording, Next, Bookmark, ToLive, Continue, Language,
	Help, Full, In, Out, Whole, Legend, Depth, River, Closed, Planning, Source, ErrorOf, Metres,
	Evacuate, Ordered, NotOrdered, NotHeard, Seat, Truth, NoReport, ReportOf, Roster, Waiting, Remain, DepthMax,
	WetShare, Shelters, Shut, NoOrders, Sent, Acked, NotAcked, Failed, Feed, NoEvents, Seed, Coaches,
	Boats, Aboard, Above, CellCounts, Gauge, Shelter, Post, Assembly, Hospital, HelpTitle,
	Deepest, Danger, Rating, Jam, CarStands,
	Breached, Running, Standing, ForecastOf, NoForecast sim.Text
}{
	Sim:        sim.Text{ZH: "推演", EN: "T+"},
	Breached:   sim.Text{ZH: "已溃决", EN: "has failed"},
	Running:    sim.Text{ZH: "开机", EN: "on"},
	Standing:   sim.Text{ZH: "停机", EN: "off"},
	Warning:    sim.Text{ZH: "预警", EN: "Warning"},
	Response:   sim.Text{ZH: "响应", EN: "Response"},
	Persons:    sim.Text{ZH: "总人数", EN: "Persons"},
	Warned:     sim.Text{ZH: "已预警", EN: "Warned"},
	Left:       sim.Text{ZH: "已转移", EN: "Left zone"},
	Sheltered:  sim.Text{ZH: "已安置", EN: "Sheltered"},
	Stranded:   sim.Text{ZH: "被困", EN: "Stranded"},
	Caught:     sim.Text{ZH: "遇险", EN: "Caught"},
	Hurt:       sim.Text{ZH: "受伤", EN: "Hurt"},
	Dead:       sim.Text{ZH: "死亡", EN: "Dead"},
	Rescued:    sim.Text{ZH: "获救", EN: "Rescued"},
	Past:       sim.Text{ZH: "回放中", EN: "IN THE PAST"},
	Replay:     sim.Text{ZH: "回放中 · 录像", EN: "REPLAY OF A RECORDED RUN"},
	Ended:      sim.Text{ZH: "推演结束", EN: "END OF DRILL"},
	Paused:     sim.Text{ZH: "已暂停", EN: "Paused"},
	Max:        sim.Text{ZH: "最快", EN: "max"},
	Seeking:    sim.Text{ZH: "正在跳转至", EN: "going to"},
	Recording:  sim.Text{ZH: "正在记录", EN: "recording"},
	Next:       sim.Text{ZH: "下一事件", EN: "Next event"},
	Bookmark:   sim.Text{ZH: "书签", EN: "Bookmark"},
	ToLive:     sim.Text{ZH: "回到最新", EN: "To the front"},
	Continue:   sim.Text{ZH: "从此处继续", EN: "Continue from here"},
	Language:   sim.Text{ZH: "English", EN: "中文"},
	Help:       sim.Text{ZH: "帮助", EN: "Help"},
	Full:       sim.Text{ZH: "全屏", EN: "Full screen"},
	In:         sim.Text{ZH: "+", EN: "+"},
	Out:        sim.Text{ZH: "-", EN: "-"},
	Whole:      sim.Text{ZH: "全图", EN: "Whole map"},
	Legend:     sim.Text{ZH: "图例", EN: "Legend"},
	Depth:      sim.Text{ZH: "水深（米）", EN: "Depth of water (m)"},
	River:      sim.Text{ZH: "常年水面", EN: "river, lake"},
	CarStands:  sim.Text{ZH: "停着的车", EN: "car that stands"},
	Jam:        sim.Text{ZH: "车辆排队", EN: "queue of cars"},
	Closed:     sim.Text{ZH: "道路中断", EN: "road closed"},
	Planning:   sim.Text{ZH: "仅供演练，不得用于规划", EN: "For drills only. Not for planning"},
	Source:     sim.Text{ZH: "高程：", EN: "Elevation: "},
	ErrorOf:    sim.Text{ZH: "误差", EN: "error"},
	Metres:     sim.Text{ZH: "米", EN: "m"},
	Evacuate:   sim.Text{ZH: "立即转移", EN: "Evacuate now"},
	Ordered:    sim.Text{ZH: "已下令转移", EN: "Ordered to leave"},
	NotHeard:   sim.Text{ZH: "未得知有转移指令", EN: "Not heard of an order"},
	NotOrdered: sim.Text{ZH: "未下令", EN: "No order yet"},
	Seat:       sim.Text{ZH: "席位所知", EN: "Seat knows"},
	Truth:      sim.Text{ZH: "真实（导调）", EN: "Truth"},
	NoReport:   sim.Text{ZH: "尚无报告", EN: "no report yet"},
	ReportOf:   sim.Text{ZH: "报告时间", EN: "Report of"},
	Roster:     sim.Text{ZH: "在册", EN: "Roster"},
	Waiting:    sim.Text{ZH: "候车", EN: "Waiting"},
	Remain:     sim.Text{ZH: "未转移", EN: "Still there"},
	DepthMax:   sim.Text{ZH: "最大水深", EN: "Deepest water"},
	WetShare:   sim.Text{ZH: "进水房屋", EN: "Buildings wet"},
	Shelters:   sim.Text{ZH: "避难场所", EN: "Shelters"},
	Shut:       sim.Text{ZH: "未启用", EN: "shut"},
	NoOrders:   sim.Text{ZH: "回放中不能下达指令", EN: "No orders while looking back"},
	Sent:       sim.Text{ZH: "已下达", EN: "sent"},
	Acked:      sim.Text{ZH: "已叫应", EN: "acknowledged"},
	NotAcked:   sim.Text{ZH: "未叫应", EN: "not acknowledged"},
	Failed:     sim.Text{ZH: "叫应失败", EN: "not reached"},
	Feed:       sim.Text{ZH: "态势动态", EN: "What happened"},
	NoEvents:   sim.Text{ZH: "暂无", EN: "nothing yet"},
	Seed:       sim.Text{ZH: "种子", EN: "seed"},
	Coaches:    sim.Text{ZH: "大巴", EN: "coach"},
	Boats:      sim.Text{ZH: "冲锋舟", EN: "boat"},
	Aboard:     sim.Text{ZH: "载", EN: "aboard"},
	Above:      sim.Text{ZH: "，超", EN: ", above "},
	CellCounts: sim.Text{ZH: "人数（圆面积）", EN: "persons (area of disc)"},
	Gauge:      sim.Text{ZH: "测站", EN: "gauge"},
	Shelter:    sim.Text{ZH: "避难场所", EN: "shelter"},
	Post:       sim.Text{ZH: "指挥岗位", EN: "command post"},
	Assembly:   sim.Text{ZH: "集合点", EN: "assembly point"},
	Hospital:   sim.Text{ZH: "医院", EN: "hospital"},
	ForecastOf: sim.Text{ZH: "预报（最低、中位、最高），发布于", EN: "forecast (low, median, high) of"},
	NoForecast: sim.Text{ZH: "本席位没有预报", EN: "the seat has no forecast"},
	HelpTitle:  sim.Text{ZH: "操作帮助", EN: "Help"},
	Deepest:    sim.Text{ZH: "迄今最大水深（米）", EN: "Greatest depth so far (m)"},
	Rating:     sim.Text{ZH: "洪水危险度：危及", EN: "Hazard rating: danger for"},
	Danger:     sim.Text{ZH: "迄今最高危险等级", EN: "Worst danger class so far"},
}

// levelTitles are the warning levels as they are written.
var levelTitles = [...]sim.Text{{ZH: "未发布", EN: "none"}, {ZH: "蓝色", EN: "BLUE"}, {ZH: "黄色", EN: "YELLOW"},
	{ZH: "橙色", EN: "ORANGE"}, {ZH: "红色", EN: "RED"}}

// responseTitles are the response levels as they are written.
var responseTitles = [...]sim.Text{{ZH: "未启动", EN: "none"}, {ZH: "IV级", EN: "IV"}, {ZH: "III级", EN: "III"},
	{ZH: "II级", EN: "II"}, {ZH: "I级", EN: "I"}}

// stageTitles are the stages in the legend.
var stageTitles = [sim.StageCount]sim.Text{
	sim.StageUnaware: {ZH: "未获预警", EN: "unaware"}, sim.StageWarned: {ZH: "已获预警", EN: "warned"},
	sim.StageStaying: {ZH: "决定不走", EN: "staying"}, sim.StagePreparing: {ZH: "准备出发", EN: "preparing"},
	sim.StageWalking: {ZH: "步行转移", EN: "walking"}, sim.StageDriving: {ZH: "驾车转移", EN: "driving"},
	sim.StageWaiting: {ZH: "集合点候车", EN: "waiting for a coach"}, sim.StageRiding: {ZH: "乘车", EN: "riding"},
	sim.StageAtDoor: {ZH: "等待登记", EN: "at a shelter's door"}, sim.StageSheltered: {ZH: "已安置", EN: "sheltered"},
	sim.StageOutside: {ZH: "已离开", EN: "outside"}, sim.StageStranded: {ZH: "被困", EN: "stranded"},
	sim.StageDead: {ZH: "死亡", EN: "dead"},
}

// statusTitles are the stages of a unit's work.
var statusTitles = [...]sim.Text{
	sim.UnitAvailable: {ZH: "待命", EN: "available"}, sim.UnitNotified: {ZH: "已通知", EN: "notified"},
	sim.UnitTurnedOut: {ZH: "已出动", EN: "turned out"}, sim.UnitUnderWay: {ZH: "途中", EN: "under way"},
	sim.UnitOnScene: {ZH: "到达", EN: "on scene"}, sim.UnitWorking: {ZH: "作业", EN: "working"},
	sim.UnitTransporting: {ZH: "运送", EN: "carrying"}, sim.UnitReturning: {ZH: "返回", EN: "returning"},
	sim.UnitResting: {ZH: "休整", EN: "resting"}, sim.UnitLost: {ZH: "失联", EN: "lost"},
	sim.UnitStuck: {ZH: "受阻", EN: "stuck"},
}

// overlayTitles are the overlays on their button.
var overlayTitles = [OverlayCount]sim.Text{
	OverlayDepth: {ZH: "水深", EN: "Depth"}, OverlayDeepest: {ZH: "最大水深", EN: "Deepest"},
	OverlayArrival: {ZH: "水到时间", EN: "Arrival"}, OverlayDanger: {ZH: "危险等级", EN: "Danger"},
}

// StatusName names the stage of a unit's work.
func StatusName(s sim.UnitStatus, lang sim.Lang) string {
	if int(s) < len(statusTitles) {
		return statusTitles[s].In(lang)
	}
	return s.String()
}

// key is what is printed on a key, which is the same in every language.
func key(name string) sim.Text { return sim.Text{ZH: name, EN: name} }

// helpLines explain mouse and keys: what, and what it does.
var helpLines = []struct {
	keys sim.Text
	does sim.Text
}{
	{sim.Text{ZH: "空格", EN: "Space"}, sim.Text{ZH: "暂停或继续", EN: "pause, play"}},
	{key("1 2 3 4 5"), sim.Text{ZH: "倍速 1、10、60、300、最快", EN: "speed 1, 10, 60, 300, as fast as it goes"}},
	{key("+  -"), sim.Text{ZH: "加速、减速", EN: "faster, slower"}},
	{key("[  ]"), sim.Text{ZH: "后退、前进 1 分钟", EN: "back, on by a minute"}},
	{key("Tab"), sim.Text{ZH: "跳到下一事件（Shift+Tab 上一事件）", EN: "next event (Shift+Tab: the one before)"}},
	{key("M"), sim.Text{ZH: "设置书签", EN: "set a bookmark"}},
	{key("Home  End"), sim.Text{ZH: "全图；回到最新", EN: "whole map; to the front of the run"}},
	{sim.Text{ZH: "滚轮", EN: "Wheel"}, sim.Text{ZH: "以光标为中心缩放", EN: "zoom at the cursor"}},
	{sim.Text{ZH: "拖动", EN: "Drag"}, sim.Text{ZH: "平移地图；在时间轴上为跳转", EN: "move the map; on the timeline: go to that time"}},
	{sim.Text{ZH: "单击", EN: "Click"}, sim.Text{ZH: "查看转移单元并下达指令；查看测站", EN: "a zone: see it, give the order; a gauge"}},
	{key("G"), sim.Text{ZH: "下达指令：键入查找，方向键选择，Enter 确定", EN: "give an order: type to find it, arrows, Enter"}},
	{key("P"), sim.Text{ZH: "切换右侧面板（Shift+P 反向）", EN: "next panel at the right (Shift+P: the one before)"}},
	{key("L"), sim.Text{ZH: "中文 / English", EN: "English / 中文"}},
	{key("O"), sim.Text{ZH: "水情：水深、迄今最大水深、水到时间、危险等级", EN: "water: depth, greatest depth, arrival, danger so far"}},
	{key("K"), sim.Text{ZH: "显示、隐藏图例", EN: "show, hide the legend"}},
	{key("F11"), sim.Text{ZH: "全屏", EN: "full screen"}},
	{key("H"), sim.Text{ZH: "打开、关闭帮助", EN: "open, close this help"}},
	{key("Esc"), sim.Text{ZH: "返回：关闭帮助、表单、面板、所选", EN: "back: close help, form, panel, what was clicked"}},
}

// ratingNames are the levels of the hazard rating below their colours.
var ratingNames = [harm.LevelCount - 1]sim.Text{
	{ZH: "注意", EN: "care"}, {ZH: "部分人", EN: "some"}, {ZH: "多数人", EN: "most"}, {ZH: "所有人", EN: "all"},
}

// Words returns every text that this package itself can put on the screen, in both languages.
func Words() []string {
	var out []string
	add := func(t sim.Text) { out = append(out, t.ZH, t.EN) }
	for _, t := range wordList() {
		add(t)
	}
	for _, list := range [][]sim.Text{levelTitles[:], responseTitles[:], stageTitles[:], statusTitles[:],
		overlayTitles[:], ratingNames[:]} {
		for _, t := range list {
			add(t)
		}
	}
	for _, list := range [][]sim.Text{tabTitles[:], knownTitles[:], outageTitles[:], workTitles[:], {telemetry}} {
		for _, t := range list {
			add(t)
		}
	}
	for _, h := range helpLines {
		add(h.keys)
		add(h.does)
	}
	for _, t := range headlines {
		add(t)
	}
	return out
}
