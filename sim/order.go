package sim

import (
	"slices"

	"sandtable/sim/num"
)

// OrderID indexes the catalogue.
type OrderID uint8

// The orders and injects. The numbers index Orders; new ones go to the end.
const (
	OrderPrepareZone OrderID = iota
	OrderEvacuateZone
	OrderAllClear
	OrderOpenShelter
	OrderCloseShelter
	OrderDispatchCoach
	OrderRescueZone
	OrderRecallUnit
	OrderCloseRoad
	OrderOpenRoad
	OrderSetGate
	OrderWarningLevel
	OrderResponseLevel
	InjectMessage
	InjectBreach
	InjectChannelDown
	InjectChannelUp
	OrderSetCrest
	OrderSwitchPump
	OrderReduceRoad
	OrderContraflow
	OrderEndContraflow
	OrderClearRoad
	OrderPoliceNode
	OrderWaveRing
	OrderAnnounceClosures
	OrderFetchZone
	OrderCallPost
	OrderStaffPost
	OrderAppoint
	OrderDelegate
	InjectOfficial
	OrderCutPower
	OrderRestorePower
	InjectNetworkDown
	InjectNetworkUp
	OrderSearchZone
	InjectRumour
	OrderStatement
	OrderSuspend
	OrderResume
	OrderBanEntry
	OrderBanGathering
	OrderWithdraw
	OrderDivert
	OrderReturnZone
	OrderGuardShelter
	OrderInformShelter
	OrderConsult
	OrderDeploy
	OrderReport
	orderCount
)

// ParamKind is the type of a parameter.
type ParamKind uint8

// Kinds of parameters.
const (
	ParamRef      ParamKind = iota // the name of an entity of ParamSpec.Ref
	ParamNumber                    // a number in ParamSpec.Unit within [Min, Max]
	ParamDuration                  // a span such as 2h30m within [Min, Max] seconds
	ParamChoice                    // one of ParamSpec.Choices
	ParamText                      // free text of at most 500 characters
	ParamXY                        // a place as "x,y" [m]
)

// ParamSpec describes one parameter of an order.
type ParamSpec struct {
	Name     string
	Title    Text // on screen; that of Ref where it is empty
	Kind     ParamKind
	Ref      Kind // for ParamRef
	Optional bool
	Unit     string
	Min, Max float64
	Choices  []string
	Words    []Text // the choices on screen, one for each
	Form     Text   // how a number or a span [min] stands on screen, with %g; the usual way when empty
	English  string // of a text: the optional parameter that says the same in English
	Doc      Text
}

// Giver says who may give an order.
type Giver uint8

// Givers, as a set.
const (
	GiverPost     Giver = 1 << iota // a post with authority over the target, thus players, plan and policies
	GiverDirector                   // the director only
)

// OrderScope says which posts may give an order.
type OrderScope uint8

// Scopes.
const (
	// About units, shelters, roads, structures: posts of the county and of towns, and those to whom they delegate.
	ScopeSenior  OrderScope = iota
	ScopeCounty             // about everybody: posts of the county and of towns
	ScopeZone               // the post of a zone and those above it
	ScopeControl            // with a zone like ScopeZone, without one like ScopeCounty
	ScopePost               // about a post or its people: those above it, and partly itself
	ScopeOwn                // every post, about what it calls, sends out and tells itself
	scopeCount
)

var scopeTitles = [scopeCount]Text{
	ScopeSenior: {"县级、乡镇级岗位，或经其授权的岗位",
		"a post of the county or of a town, or one to which such a post has delegated its authority"},
	ScopeCounty: {"县级、乡镇级岗位", "a post of the county or of a town"},
	ScopeZone:   {"转移单元的责任岗位及其上级", "the post of the zone, or one above it"},
	ScopeControl: {"转移单元的责任岗位及其上级；全县范围的由县级、乡镇级岗位下达",
		"the post of the zone, or one above it; without a zone a post of the county or of a town"},
	ScopePost: {"该岗位的上级；本岗位人员由本岗位自行安排",
		"a post above it; a post itself about its own people"},
	ScopeOwn: {"任何岗位，就本岗位事务", "every post, about its own business"},
}

// Title says who that is.
func (s OrderScope) Title() Text { return scopeTitles[min(s, scopeCount-1)] }

// OrderGroup is what an order is about: under this the catalogue is shown, in docs/orders.md and in the order panel.
type OrderGroup uint8

// Groups, in the order in which they are shown.
const (
	GroupZones OrderGroup = iota
	GroupShelters
	GroupUnits
	GroupRoads
	GroupWorks
	GroupCouncil
	GroupPosts
	GroupControls
	GroupInjects
	OrderGroupCount
)

var groupTitles = [OrderGroupCount]Text{
	GroupZones: {"人员转移", "Moving people"}, GroupShelters: {"避难场所", "Shelters"},
	GroupUnits: {"救援力量", "Units"}, GroupRoads: {"道路交通", "Roads"}, GroupWorks: {"水利工程", "Water works"},
	GroupCouncil: {"预警、响应与会商", "Levels, consultation, reports"}, GroupPosts: {"岗位与人员", "Posts and people"},
	GroupControls: {"断、禁、停、撤、疏", "Emergency controls"}, GroupInjects: {"情景注入", "Injects"},
}

// Title returns the group's name on screen.
func (g OrderGroup) Title() Text { return groupTitles[min(g, OrderGroupCount-1)] }

// Label returns the parameter's name on screen.
func (p *ParamSpec) Label() Text {
	if p.Title.Empty() {
		return p.Ref.Title()
	}
	return p.Title
}

// UnitTitle returns the unit of a number on screen.
func (p *ParamSpec) UnitTitle() Text {
	if p.Unit == "lanes" {
		return Text{"条车道", "lanes"}
	}
	return Said(p.Unit)
}

// OrderSpec is one line of the catalogue. TOML, order files, Lua, the order panel, docs/orders.md and the reasons
// in Rejected events all come from here.
type OrderSpec struct {
	ID         OrderID
	Name       string
	Title      Text
	Group      OrderGroup
	Givers     Giver
	Scope      OrderScope // of the posts
	Protective bool       // changes who is where: left out of the reference run
	Params     []ParamSpec
	Effect     Text
	Example    string // in the form of Command.String
}

// levels are the colours of warnings, from the lowest.
var levels = []string{"none", "blue", "yellow", "orange", "red"}

// responses are the levels of response, from the lowest.
var responses = []string{"none", "IV", "III", "II", "I"}

// The levels on screen.
var (
	levelWords = []Text{{"解除预警", "none"}, {"蓝色", "blue"}, {"黄色", "yellow"}, {"橙色", "orange"}, {"红色", "red"}}

	responseWords = []Text{{"终止响应", "none"}, {"IV级", "IV"}, {"III级", "III"}, {"II级", "II"}, {"I级", "I"}}
)

// Orders is the catalogue.
var Orders = [orderCount]OrderSpec{
	{
		ID: OrderPrepareZone, Name: "prepare_zone", Title: Text{"准备转移", "Prepare to move"},
		Group: GroupZones, Givers: GiverPost, Scope: ScopeZone, Protective: true,
		Params: []ParamSpec{zoneParam},
		Effect: Text{"通知该转移单元做好准备：责任岗位叫应后逐户预警，群众收拾物品但不出发。",
			"Tells the zone to get ready: the zone's post acknowledges and warns households, who pack but do not leave."},
		Example: "prepare_zone zone=z01",
	},
	{
		ID: OrderEvacuateZone, Name: "evacuate_zone", Title: Text{"立即转移", "Evacuate now"},
		Group: GroupZones, Givers: GiverPost, Scope: ScopeZone, Protective: true,
		Params: []ParamSpec{zoneParam, {Name: "shelter", Kind: ParamRef, Ref: KindShelter, Optional: true,
			Doc: Text{"去哪个避难场所；缺省按预案分配", "where to; the plan's shelter when left out"}},
			{Name: "how", Title: Text{"方式", "how"}, Kind: ParamChoice, Optional: true, Choices: []string{"leave", "up"},
				Words: []Text{{"离开", "leave"}, {"就近上楼", "go upstairs"}},
				Doc: Text{"怎样转移：离开，或有稳固楼房上层的就近上楼、其余离开；缺省为离开",
					"how: leave, or who has an upper storey in a sound building goes there and the others leave; " +
						"leave when left out"}},
			whomParam},
		Effect: Text{"指令经信道下达至责任岗位，叫应后用本地信道通知各户；各户自行决定、准备并转移至避难场所，或就近上楼。岗位另逐一呼叫包保责任人、" +
			"学校医院养老机构负责人。先老幼病残时，其余住户只作准备。",
			"Travels to the zone's post, which acknowledges and spreads it over its channels; households decide, prepare " +
				"and move to the shelter, or go upstairs. The post calls helpers of special-care persons and heads of " +
				"schools, hospitals and nursing homes one by one. With the weak first the other households only prepare."},
		Example: "evacuate_zone zone=z01 shelter=s1",
	},
	{
		ID: OrderAllClear, Name: "all_clear", Title: Text{"解除转移", "All clear"},
		Group: GroupZones, Givers: GiverPost, Scope: ScopeZone, Protective: true,
		Params: []ParamSpec{zoneParam},
		Effect: Text{"停止该转移单元的转移：尚未出发的留在原地，已出发的继续前往避难场所。",
			"Stops the evacuation of the zone: who has not left stays, who has left goes on to the shelter."},
		Example: "all_clear zone=z01",
	},
	{
		ID: OrderOpenShelter, Name: "open_shelter", Title: Text{"启用避难场所", "Open a shelter"},
		Group: GroupShelters, Givers: GiverPost, Protective: true, Params: []ParamSpec{shelterParam},
		Effect:  Text{"工作人员到位后开始登记接收。", "Takes people in once its staff has arrived."},
		Example: "open_shelter shelter=s1",
	},
	{
		ID: OrderCloseShelter, Name: "close_shelter", Title: Text{"停止接收", "Close a shelter to newcomers"},
		Group: GroupShelters, Givers: GiverPost, Protective: true, Params: []ParamSpec{shelterParam},
		Effect:  Text{"不再接收新到人员；已安置人员不受影响。", "Takes nobody in any more; who is inside stays."},
		Example: "close_shelter shelter=s1",
	},
	{
		ID: OrderDispatchCoach, Name: "dispatch_coach", Title: Text{"调派大巴", "Send coaches"},
		Group: GroupUnits, Givers: GiverPost, Protective: true,
		Params: []ParamSpec{unitParam, zoneParam, {Name: "shelter", Kind: ParamRef, Ref: KindShelter, Optional: true,
			Doc: Text{"送往哪里；缺省按预案分配", "where to; the plan's shelter when left out"}}},
		Effect: Text{"大巴往返于该单元集合点与避难场所之间，直至无人候车。",
			"The coach shuttles between the zone's assembly point and the shelter until nobody waits."},
		Example: "dispatch_coach unit=coach-01 zone=z01",
	},
	{
		ID: OrderRescueZone, Name: "rescue_zone", Title: Text{"舟艇救援", "Rescue by boat"},
		Group: GroupUnits, Givers: GiverPost, Protective: true,
		Params: []ParamSpec{unitParam, zoneParam},
		Effect: Text{"冲锋舟前往该单元，逐点营救被困群众并送往干燥地点，再转避难场所。",
			"The boat goes to the zone and fetches stranded people, place by place, to a shelter."},
		Example: "rescue_zone unit=boat-01 zone=z01",
	},
	{
		ID: OrderRecallUnit, Name: "recall_unit", Title: Text{"召回", "Recall a unit"},
		Group: GroupUnits, Givers: GiverPost, Protective: true, Params: []ParamSpec{unitParam},
		Effect:  Text{"放下车上人员后返回驻地。", "Brings whom it carries to the shelter, then returns to its station."},
		Example: "recall_unit unit=coach-01",
	},
	{
		ID: OrderCloseRoad, Name: "close_road", Title: Text{"封闭道路", "Close a road"},
		Group: GroupRoads, Givers: GiverPost | GiverDirector, Protective: true,
		Params: []ParamSpec{linkParam, policyParam, {Name: "announce", Title: Text{"向驾驶人发布", "announce"},
			Kind: ParamChoice, Optional: true,
			Choices: []string{"no", "yes"}, Words: []Text{{"不发布", "not announced"}, {"同时发布", "announced"}},
			Doc: Text{"是否同时向驾驶人发布；缺省为发布，否则到了才知道",
				"whether drivers are told at once; they are when left out, and else see it when they are there"}}},
		Effect: Text{"任何人不得再驶入；已在路上者按规定处理并上报。",
			"Nobody enters any more; who is on it follows the policy, and is reported."},
		Example: "close_road link=120 policy=finish",
	},
	{
		ID: OrderOpenRoad, Name: "open_road", Title: Text{"开放道路", "Reopen a road"},
		Group: GroupRoads, Givers: GiverPost | GiverDirector, Protective: true, Params: []ParamSpec{linkParam},
		Effect:  Text{"恢复通行（被水淹没的仍不能通行）。", "Opens it again; water on it still closes it."},
		Example: "open_road link=120",
	},
	{
		ID: OrderSetGate, Name: "set_gate", Title: Text{"调节闸门", "Set a gate"},
		Group: GroupWorks, Givers: GiverPost | GiverDirector,
		Params: []ParamSpec{structureParam, {Name: "opening", Title: Text{"开度", "opening"},
			Kind: ParamNumber, Unit: "%", Min: 0, Max: 100,
			Doc: Text{"开度，按 5% 取整", "opening, rounded to 5 %"}}, overParam},
		Effect: Text{"闸门自下一水力计算段起启闭，速度不超过启闭机所能。",
			"The gate moves from the flood model's next block on, no faster than its hoist can."},
		Example: "set_gate structure=dam opening=60",
	},
	{
		ID: OrderWarningLevel, Name: "warning_level", Title: Text{"发布预警", "Publish a warning level"},
		Group: GroupCouncil, Givers: GiverPost | GiverDirector, Scope: ScopeCounty,
		Params: []ParamSpec{{Name: "level", Title: Text{"级别", "level"},
			Kind: ParamChoice, Choices: levels, Words: levelWords,
			Doc: Text{"红橙黄蓝", "red, orange, yellow, blue or none"}}, zoneOptional},
		Effect: Text{"记录并发布预警级别；写明转移单元的只对该单元，与全县级别取其高者。有电或有网之处的群众得知后，更相信转移指令。",
			"Published, and recorded; with a zone for it alone, where the higher one of its level and the county's holds. " +
				"Where there are mains or the network people hear of it, and believe orders more."},
		Example: "warning_level level=red zone=z01",
	},
	{
		ID: OrderResponseLevel, Name: "response_level", Title: Text{"启动响应", "Set the response level"},
		Group: GroupCouncil, Givers: GiverPost, Scope: ScopeCounty,
		Params: []ParamSpec{{Name: "level", Title: Text{"级别", "level"},
			Kind: ParamChoice, Choices: responses, Words: responseWords,
			Doc: Text{"I–IV级", "I to IV, or none"}}},
		Effect: Text{"指挥员的决定：按预案随该级别下达的指令随即下达，并记录时刻供评估对照。",
			"A commander's decision: what is to be ordered at that level by standing rules is ordered, and its time is kept " +
				"for the review."},
		Example: "response_level level=II",
	},
	{
		ID: InjectMessage, Name: "message", Title: Text{"情景信息", "Message to the players"},
		Group: GroupInjects, Givers: GiverDirector,
		Params: []ParamSpec{
			{Name: "to", Kind: ParamRef, Ref: KindPost, Optional: true, Doc: Text{"收件岗位", "the post that receives it"}},
			textParam, englishParam},
		Effect:  Text{"导调信息，送达席位并记录。", "The director's message, delivered to the seat and recorded."},
		Example: "message text=大坝下游坡面发现渗水",
	},
	{
		ID: InjectBreach, Name: "breach", Title: Text{"溃决", "Breach"},
		Group: GroupWorks, Givers: GiverDirector, Params: []ParamSpec{structureParam},
		Effect: Text{"该坝（堤）于下一水力计算段开始溃决；口门按库（堤）内水量发展的，无水时待来水后开始。",
			"The dam or dyke begins to fail at the flood model's next block; a gap that grows by the water behind it waits " +
				"until there is some."},
		Example: "breach structure=dam",
	},
	{
		ID: InjectChannelDown, Name: "channel_down", Title: Text{"信道中断", "A channel fails"},
		Group: GroupInjects, Givers: GiverDirector, Params: []ParamSpec{channelParam, zoneOptional},
		Effect:  Text{"该信道（在该单元或全县）不能再传递。", "The channel carries nothing any more, in the zone or everywhere."},
		Example: "channel_down channel=loudspeaker zone=z01",
	},
	{
		ID: InjectChannelUp, Name: "channel_up", Title: Text{"信道恢复", "A channel works again"},
		Group: GroupInjects, Givers: GiverDirector, Params: []ParamSpec{channelParam, zoneOptional},
		Effect:  Text{"该信道恢复。", "The channel works again."},
		Example: "channel_up channel=loudspeaker",
	},
	{
		ID: OrderSetCrest, Name: "set_crest", Title: Text{"加高挡水", "Set a crest"},
		Group: GroupWorks, Givers: GiverPost | GiverDirector,
		Params: []ParamSpec{structureParam, {Name: "height", Title: Text{"高度", "height"},
			Kind: ParamNumber, Unit: "m", Min: 0, Max: 20,
			Doc: Text{"高出堰脚的高度，按 0.1 米取整；0 为拆除或放平", "of the crest above its foot, rounded to 0.1 m; 0 to take it away"}},
			overParam},
		Effect: Text{"挡水子堤、活动挡板或活动堰自下一水力计算段起升降，速度不超过其所能。",
			"The sandbags, panels or movable weir rise or sink from the flood model's next block on, no faster than they can."},
		Example: "set_crest structure=wall height=1.2",
	},
	{
		ID: OrderSwitchPump, Name: "switch_pump", Title: Text{"启停泵站", "Switch a pump"},
		Group: GroupWorks, Givers: GiverPost | GiverDirector,
		Params: []ParamSpec{structureParam, {Name: "state", Title: Text{"状态", "state"},
			Kind: ParamChoice, Choices: []string{"off", "on"},
			Words: []Text{{"停机", "off"}, {"开机", "on"}}, Doc: Text{"开机或停机", "on or off"}}},
		Effect: Text{"泵站于下一水力计算段启动或停机；设有启停水位的，开机后按水位自动运行。",
			"The pump is switched at the flood model's next block; one with levels to start and stop then runs by itself."},
		Example: "switch_pump structure=pump state=on",
	},
	{
		ID: OrderReduceRoad, Name: "reduce_road", Title: Text{"限制通行能力", "Reduce a road"},
		Group: GroupRoads, Givers: GiverPost | GiverDirector, Protective: true,
		Params: []ParamSpec{linkParam,
			{Name: "way", Title: Text{"方向", "direction"},
				Kind: ParamChoice, Optional: true, Choices: []string{"both", "forward", "back"},
				Words: []Text{{"双向", "both ways"}, {"正向", "forward"}, {"反向", "back"}},
				Doc: Text{"方向：正向为路段起点至终点；缺省为双向",
					"which direction: forward is from the link's from to its to; both when left out"}},
			{Name: "lanes", Title: Text{"车道数", "lanes"}, Kind: ParamNumber, Unit: "lanes", Min: 0, Max: 16, Optional: true,
				Form: Text{"开放 %g 条车道", "lanes open: %g"},
				Doc:  Text{"仍开放的车道数；缺省为全部，0 为谁也不得驶入", "lanes that stay open; all when left out, and with 0 nobody enters"}},
			{Name: "capacity", Title: Text{"通行能力", "capacity"}, Kind: ParamNumber, Unit: "%", Min: 0, Max: 100, Optional: true,
				Form: Text{"通行能力 %g %%", "%g %% of the capacity"},
				Doc: Text{"开放车道剩余的通行能力；缺省为 100，0 为原地等候",
					"what is left of the capacity of the open lanes; 100 when left out, and with 0 those on the road wait"}}},
		Effect: Text{"自该时刻起按剩余车道和通行能力放行；在途车辆不移走，等候通过。车道和通行能力都不写即恢复全部。",
			"From that instant on the road lets through what is left of it; who is on it stays and waits. With neither " +
				"lanes nor capacity it is whole again."},
		Example: "reduce_road link=120 way=forward lanes=1",
	},
	{
		ID: OrderContraflow, Name: "contraflow", Title: Text{"逆向车道", "Turn lanes round"},
		Group: GroupRoads, Givers: GiverPost | GiverDirector, Protective: true,
		Params: []ParamSpec{linkParam,
			{Name: "way", Title: Text{"方向", "direction"}, Kind: ParamChoice, Choices: []string{"forward", "back"},
				Words: []Text{{"供正向使用", "for the way forward"}, {"供反向使用", "for the way back"}},
				Doc:   Text{"哪个方向增加车道：正向为路段起点至终点", "which direction gains: forward is from the link's from to its to"}},
			{Name: "lanes", Title: Text{"车道数", "lanes"}, Kind: ParamNumber, Unit: "lanes", Min: 1, Max: 16, Optional: true,
				Form: Text{"%g 条车道", "lanes: %g"},
				Doc:  Text{"借用对向车道数；缺省为全部", "lanes of the other direction that are turned; all when left out"}},
			setupParam, policyParam},
		Effect: Text{"对向车道立即封闭；布设时间已到且对向车辆驶离后，改供该方向使用，通行能力按正常车道的 70 % 计。",
			"The lanes of the other direction are closed at once. When the set-up is over and the cars on them are gone they " +
				"serve this one, with 70 % of their usual capacity."},
		Example: "contraflow link=120 way=forward setup=45m",
	},
	{
		ID: OrderEndContraflow, Name: "end_contraflow", Title: Text{"恢复双向行车", "End of contraflow"},
		Group: GroupRoads, Givers: GiverPost | GiverDirector, Protective: true,
		Params: []ParamSpec{linkParam, setupParam, policyParam},
		Effect: Text{"借用车道立即封闭；清理时间已到且车辆驶离后，恢复原方向。",
			"The turned lanes are closed at once, and go back when the set-up is over and the cars on them are gone."},
		Example: "end_contraflow link=120 setup=30m",
	},
	{
		ID: OrderClearRoad, Name: "clear_road", Title: Text{"清除障碍车辆", "Clear a road"},
		Group: GroupRoads, Givers: GiverPost | GiverDirector, Protective: true,
		Params: []ParamSpec{linkParam, {Name: "over", Title: Text{"用时", "time taken"},
			Kind: ParamDuration, Min: 0, Max: 86400, Optional: true,
			Doc: Text{"清障用时；缺省为立即", "the time that it takes; at once when left out"}}},
		Effect: Text{"拖离该路段因积水熄火、或堵死后被弃而占道的车辆，车道恢复通行。",
			"The vehicles that water has stalled on the link, or that were left in a jam, are taken away, and their lanes " +
				"are free."},
		Example: "clear_road link=120 over=20m",
	},
	{
		ID: OrderPoliceNode, Name: "police_node", Title: Text{"交警指挥路口", "Police at a junction"},
		Group: GroupRoads, Givers: GiverPost | GiverDirector, Protective: true,
		Params: []ParamSpec{{Name: "node", Kind: ParamRef, Ref: KindNode, Doc: Text{"路口", "the junction"}},
			{Name: "state", Title: Text{"状态", "state"}, Kind: ParamChoice, Choices: []string{"off", "on"},
				Words: []Text{{"撤离", "leave"}, {"到岗", "take over"}}, Doc: Text{"到岗或撤离", "police take over, or leave"}}},
		Effect:  Text{"由交警指挥通行，或恢复原通行规则。", "Police control the junction, or its usual rule holds again."},
		Example: "police_node node=35 state=on",
	},
	{
		ID: OrderWaveRing, Name: "wave_ring", Title: Text{"疏导锁死", "Wave a gridlock on"},
		Group: GroupRoads, Givers: GiverPost | GiverDirector, Protective: true,
		Params: []ParamSpec{linkParam, {Name: "over", Title: Text{"用时", "time taken"},
			Kind: ParamDuration, Min: 0, Max: 86400, Optional: true,
			Form: Text{"%g 分钟后到场", "police there in %g min"},
			Doc:  Text{"交警到场用时；缺省为立即", "the time until police are there; at once when left out"}}},
		Effect: Text{"交警到该路段所在的锁死环疏导：各段首车同时前移，逐次进行，直至解除。",
			"Police wave the ring on in which the link is locked: the first vehicles of all its links move on at once, again " +
				"and again, until it is over."},
		Example: "wave_ring link=120 over=15m",
	},
	{
		ID: OrderAnnounceClosures, Name: "announce_closures", Title: Text{"发布封路信息", "Announce closures"},
		Group: GroupRoads, Givers: GiverPost | GiverDirector, Scope: ScopeCounty, Protective: true,
		Effect: Text{"向全体驾驶人发布下达岗位已知封闭和淹没的道路（自己下令封闭并已叫应的，以及下级报来的；导调则为全部），" +
			"按习惯行车者也从此避开；重新开放的随即知晓。此后得知的须再次发布。",
			"All drivers are told of the roads of which the post has word that they are closed or under water, by its own " +
				"orders or from posts below; by the director, of all. Also those who drive by habit keep off them from then on. " +
				"They hear of it when one opens again; of what the post learns later, with the next order."},
		Example: "announce_closures",
	},
	{
		ID: OrderFetchZone, Name: "fetch_zone", Title: Text{"接转特殊群体", "Fetch by van"},
		Group: GroupUnits, Givers: GiverPost, Protective: true,
		Params: []ParamSpec{unitParam, zoneParam},
		Effect: Text{"无障碍车前往该单元，逐户接走求助的行动不便者并送往避难场所。",
			"The van goes to the zone and fetches, house by house, those who cannot leave by themselves and have called."},
		Example: "fetch_zone unit=van-01 zone=z01",
	},
	orderCallPost, orderStaffPost, orderAppoint, orderDelegate, injectOfficial,
	orderCutPower, orderRestorePower, injectNetworkDown, injectNetworkUp,
	orderSearchZone, injectRumour, orderStatement,
	orderSuspend, orderResume, orderBanEntry, orderBanGathering, orderWithdraw, orderDivert,
	orderReturnZone, orderGuardShelter, orderInformShelter,
	orderConsult, orderDeploy, orderReport,
}

// Steps in which structures are set, so that films are shared more often.
const (
	openingStep = 5  // [%]
	crestSteps  = 10 // per metre
)

// OpeningStep rounds the opening of a gate [%] to the steps in which gates are moved.
func OpeningStep(percent float64) float64 {
	return float64(openingStep * num.Round(percent/openingStep))
}

// CrestStep rounds a crest [m] to the steps in which crests are set.
func CrestStep(metres float64) float64 { return num.Round(float64(metres*crestSteps)) / crestSteps }

var (
	whomParam = ParamSpec{Name: "whom", Title: Text{"对象", "whom"},
		Kind: ParamChoice, Optional: true, Choices: []string{"all", "weak"},
		Words: []Text{{"全体", "all"}, {"先老幼病残", "the weak first"}},
		Doc: Text{"全体，或先老幼病残（有儿童、老人、行动不便者和特殊群体的住户，及机构）；缺省为全体",
			"all, or the weak first: households with children, the old, who cannot walk well or are in special care, and " +
				"institutions; all when left out"}}
	zoneParam    = ParamSpec{Name: "zone", Kind: ParamRef, Ref: KindZone, Doc: Text{"转移单元", "the zone"}}
	zoneOptional = ParamSpec{Name: "zone", Kind: ParamRef, Ref: KindZone, Optional: true,
		Doc: Text{"转移单元；缺省为全县", "the zone; everywhere when left out"}}
	textParam = ParamSpec{Name: "text", Title: Text{"内容", "text"}, Kind: ParamText, English: "text_en",
		Doc: Text{"内容", "what it says"}}
	textOptional = ParamSpec{Name: "text", Title: textParam.Title, Kind: ParamText, English: "text_en", Optional: true,
		Doc: textParam.Doc}
	englishParam = ParamSpec{Name: "text_en", Title: Text{"英文内容", "text in English"}, Kind: ParamText, Optional: true,
		Doc: Text{"英文内容；不写则英文画面上也用 text", "the same in English; without it text stands on every screen"}}
	shelterParam   = ParamSpec{Name: "shelter", Kind: ParamRef, Ref: KindShelter, Doc: Text{"避难场所", "the shelter"}}
	unitParam      = ParamSpec{Name: "unit", Kind: ParamRef, Ref: KindUnit, Doc: Text{"救援力量", "the unit"}}
	linkParam      = ParamSpec{Name: "link", Kind: ParamRef, Ref: KindLink, Doc: Text{"路段", "the road link"}}
	structureParam = ParamSpec{Name: "structure", Kind: ParamRef, Ref: KindStructure, Doc: Text{"工程", "the structure"}}
	overParam      = ParamSpec{Name: "over", Title: Text{"用时", "time taken"},
		Kind: ParamDuration, Min: 0, Max: 86400, Optional: true,
		Doc: Text{"在多长时间内完成；缺省或过短时按其最快速度", "the time that it shall take; as fast as it can when left out or too short"}}
	policyParam = ParamSpec{Name: "policy", Title: Text{"在途车辆", "who is on it"}, Kind: ParamChoice, Optional: true,
		Choices: []string{"finish", "turn_back", "strand"},
		Words:   []Text{{"在途车辆通过", "let finish"}, {"在途车辆掉头", "turn back"}, {"在途车辆滞留", "strand"}},
		Doc:     Text{"已在路上者：走完、掉头或滞留", "who is on it: finish, turn back, or are stranded"}}
	setupParam = ParamSpec{Name: "setup", Title: Text{"布设用时", "set-up time"},
		Kind: ParamDuration, Min: 0, Max: 86400, Optional: true,
		Form: Text{"布设 %g 分钟", "set-up %g min"},
		Doc:  Text{"布设用时；缺省为 2 小时", "the time that the set-up takes; 2 h when left out"}}
	channelParam = ParamSpec{Name: "channel", Kind: ParamRef, Ref: KindChannel, Doc: Text{"信道", "the channel"}}
)

// OrderByName returns the line of the catalogue with that name, or nil.
func OrderByName(name string) *OrderSpec {
	for i := range Orders {
		if Orders[i].Name == name {
			return &Orders[i]
		}
	}
	return nil
}

// Action returns what an order does to the structure that it names; false for an order that names none.
func (s *OrderSpec) Action() (StructureAction, bool) {
	switch s.ID {
	case OrderSetGate:
		return StructureSetOpening, true
	case OrderSetCrest:
		return StructureSetCrest, true
	case OrderSwitchPump:
		return StructureSwitch, true
	case InjectBreach:
		return StructureBreach, true
	}
	return 0, false
}

// Value is a parameter that has been read.
type Value struct {
	Given bool
	Ref   Ref
	Num   float64 // number, seconds, or the index of a choice
	X, Y  float64
	Text  string
}

// WarningLevels returns the names of the warning levels, from none to red.
func WarningLevels() []string { return slices.Clone(levels) }

// ResponseLevels returns the names of the response levels, from none to I.
func ResponseLevels() []string { return slices.Clone(responses) }
