package sim

// The orders of the chain of command, of emergency controls (断、禁、停、撤、疏), and of shelters. They stand in the catalogue
// behind those of zones, units, roads and structures.

var (
	postParam     = ParamSpec{Name: "to", Kind: ParamRef, Ref: KindPost, Doc: Text{"岗位", "the post"}}
	officialParam = ParamSpec{Name: "official", Kind: ParamRef, Ref: KindOfficial, Doc: Text{"责任人", "the official"}}
	stateParam    = ParamSpec{Name: "state", Title: Text{"状态", "state"},
		Kind: ParamChoice, Choices: []string{"off", "on"},
		Words: []Text{{"取消", "off"}, {"实施", "on"}}, Doc: Text{"实施或取消", "on or off"}}
)

// suspensions are what can be suspended (六停).
var (
	suspensions = []string{"school", "kindergarten", "work", "business", "transport", "navigation"}

	suspensionWords = []Text{{"停课", "school"}, {"停园", "kindergartens"}, {"停工", "building sites and factories"},
		{"停业", "shops and venues"}, {"停运", "public transport"}, {"停航", "navigation"}}
	suspendParam = ParamSpec{Name: "what", Title: Text{"事项", "what"},
		Kind: ParamChoice, Choices: suspensions, Words: suspensionWords,
		Doc: Text{"停什么", "what is suspended"}}
)

// Suspension is what an order suspends (六停: 停课、停园、停工、停业、停运、停航).
type Suspension uint8

// Suspensions, in the order of the catalogue's choices.
const (
	SuspendSchool Suspension = iota
	SuspendKindergarten
	SuspendWork
	SuspendBusiness
	SuspendTransport
	SuspendNavigation
	SuspensionCount
)

// OfficialState is what has become of somebody who holds a post.
type OfficialState uint8

// States of officials, in the order of the catalogue's choices.
const (
	OfficialPresent OfficialState = iota // can be called and acts
	OfficialAbsent                       // away, and cannot be called
	OfficialBusy                         // in a meeting or on an errand, and does not answer
	OfficialHurt
	OfficialDead
	OfficialStateCount
)

var officialStates = []string{"present", "absent", "busy", "hurt", "dead"}

var officialWords = []Text{{"在岗", "present"}, {"离岗", "absent"}, {"忙", "busy"}, {"受伤", "hurt"}, {"死亡", "dead"}}

// String returns the state's name in files.
func (s OfficialState) String() string { return officialStates[min(s, OfficialStateCount-1)] }

// Title returns the state in words.
func (s OfficialState) Title() Text { return officialWords[min(s, OfficialStateCount-1)] }

// ReportKind is which report of an incident one is (首报、续报、终报).
type ReportKind uint8

// Kinds of reports, in the order of the catalogue's choices.
const (
	ReportFirst ReportKind = iota
	ReportFollowUp
	ReportFinal
	ReportKindCount
)

var reportKinds = []string{"first", "follow_up", "final"}

var reportWords = []Text{{"首报", "first report"}, {"续报", "follow-up"}, {"终报", "final report"}}

// Title returns the kind in words.
func (k ReportKind) Title() Text { return reportWords[min(k, ReportKindCount-1)] }

var (
	orderCallPost = OrderSpec{
		ID: OrderCallPost, Name: "call_post", Title: Text{"点名叫应", "Call a post"},
		Group: GroupPosts, Givers: GiverPost | GiverDirector, Scope: ScopePost, Params: []ParamSpec{postParam},
		Effect: Text{"按叫应阶梯逐级呼叫该岗位，直至有人应答或用尽办法；应答后上级知其在岗。",
			"The post is called along its ladder until somebody answers or nothing is left to try; the answer says that it " +
				"is there."},
		Example: "call_post to=v01",
	}
	orderStaffPost = OrderSpec{
		ID: OrderStaffPost, Name: "staff_post", Title: Text{"转入应急指挥", "Run a command post"},
		Group: GroupPosts, Givers: GiverPost | GiverDirector, Scope: ScopePost, Protective: true,
		Params: []ParamSpec{postParam},
		Effect: Text{"由平时值班转为应急指挥：人员到位后应答更快、可入户人员增加。",
			"From peace-time duty to a running command post: when its people have come it answers faster and has more of " +
				"them to knock at doors."},
		Example: "staff_post to=t01",
	}
	orderAppoint = OrderSpec{
		ID: OrderAppoint, Name: "appoint", Title: Text{"指定代理", "Appoint a substitute"},
		Group: GroupPosts, Givers: GiverPost | GiverDirector, Scope: ScopePost, Protective: true,
		Params: []ParamSpec{postParam, officialParam},
		Effect: Text{"该责任人赶到后代行该岗位职责，原岗位由其副手接替。",
			"The official takes the post over when he has got there; his own goes to its deputy."},
		Example: "appoint to=v01 official=chen",
	}
	orderDelegate = OrderSpec{
		ID: OrderDelegate, Name: "delegate", Title: Text{"授权", "Delegate authority"},
		Group: GroupPosts, Givers: GiverPost | GiverDirector, Scope: ScopePost, Protective: true,
		Params: []ParamSpec{postParam, stateParam},
		Effect: Text{"授权该岗位自行决定其辖区的转移，并调度救援力量、避难场所和道路。",
			"The post may decide by itself on its zones, and command units, shelters and roads as its superior does."},
		Example: "delegate to=t01 state=on",
	}
	injectOfficial = OrderSpec{
		ID: InjectOfficial, Name: "official_state", Title: Text{"责任人状态", "State of an official"},
		Group: GroupPosts, Givers: GiverDirector, Params: []ParamSpec{officialParam,
			{Name: "state", Title: Text{"状态", "state"}, Kind: ParamChoice, Choices: officialStates, Words: officialWords,
				Doc: Text{"在岗、离岗、忙、受伤或死亡", "present, absent, busy, hurt or dead"}}},
		Effect:  Text{"该责任人自此如此；不在岗时由副手接替。", "From then on the official is so; a deputy stands in for who is not present."},
		Example: "official_state official=chen state=absent",
	}
	orderCutPower = OrderSpec{
		ID: OrderCutPower, Name: "cut_power", Title: Text{"断电", "Cut the power"},
		Group: GroupControls, Givers: GiverPost | GiverDirector, Protective: true, Params: []ParamSpec{zoneOptional},
		Effect: Text{"停止供电：依赖市电的信道在备用电源耗尽后失效。",
			"No mains: channels that depend on them fail when their batteries are empty."},
		Example: "cut_power zone=z01",
	}
	orderRestorePower = OrderSpec{
		ID: OrderRestorePower, Name: "restore_power", Title: Text{"恢复供电", "Restore the power"},
		Group: GroupControls, Givers: GiverPost | GiverDirector, Params: []ParamSpec{zoneOptional},
		Effect:  Text{"恢复供电；设备仍受淹的除外。", "Mains again, except where what feeds them is under water."},
		Example: "restore_power zone=z01",
	}
	injectNetworkDown = OrderSpec{
		ID: InjectNetworkDown, Name: "network_down", Title: Text{"断网", "The network fails"},
		Group: GroupInjects, Givers: GiverDirector, Params: []ParamSpec{zoneOptional},
		Effect:  Text{"公众通信网中断：依赖网络的信道失效。", "The public network fails, and with it the channels that depend on it."},
		Example: "network_down zone=z01",
	}
	injectNetworkUp = OrderSpec{
		ID: InjectNetworkUp, Name: "network_up", Title: Text{"网络恢复", "The network works again"},
		Group: GroupInjects, Givers: GiverDirector, Params: []ParamSpec{zoneOptional},
		Effect:  Text{"公众通信网恢复。", "The public network works again."},
		Example: "network_up",
	}
	orderSearchZone = OrderSpec{
		ID: OrderSearchZone, Name: "search_zone", Title: Text{"逐户清查", "Check house by house"},
		Group: GroupZones, Givers: GiverPost, Scope: ScopeZone, Protective: true, Params: []ParamSpec{zoneParam},
		Effect: Text{"该单元入户人员逐户清查至最后一户：记录在家人数，劝离留守者，结果上报。",
			"Workers go from house to house to the last one, count who is still there, urge them to leave, and report."},
		Example: "search_zone zone=z01",
	}
	injectRumour = OrderSpec{
		ID: InjectRumour, Name: "rumour", Title: Text{"谣言", "Rumour"},
		Group: GroupInjects, Givers: GiverDirector, Params: []ParamSpec{zoneOptional,
			{Name: "says", Title: Text{"说法", "it says"}, Kind: ParamChoice, Choices: []string{"stay", "leave"},
				Words: []Text{{"不必转移", "no need to leave"}, {"赶快逃", "flee"}},
				Doc:   Text{"让人留下还是逃走", "whether it makes people stay or leave"}},
			{Name: "heard", Title: Text{"最初听到", "heard by"}, Kind: ParamNumber, Unit: "%", Min: 0, Max: 100, Optional: true,
				Form: Text{"最初 %g %% 的住户听到", "%g %% of the households hear it at first"},
				Doc:  Text{"最初听到的住户比例；缺省为 5", "of the households hear it at first; 5 when left out"}},
			textParam, englishParam},
		Effect: Text{"在住户之间口口相传，改变听到者对预警的相信程度，直至官方声明澄清。",
			"Spreads from household to household and changes how far those who hear it believe warnings, until a statement " +
				"puts it right."},
		Example: "rumour zone=z01 says=stay text=水库没有险情",
	}
	orderStatement = OrderSpec{
		ID: OrderStatement, Name: "statement", Title: Text{"发布官方声明", "Official statement"},
		Group: GroupZones, Givers: GiverPost, Scope: ScopeZone, Protective: true, Params: []ParamSpec{zoneParam,
			textOptional, englishParam},
		Effect: Text{"责任岗位经其各信道发布：听到者不再相信谣言，并更相信此后的指令。",
			"The zone's post says it over its channels: who hears it drops the rumour and believes orders more."},
		Example: "statement zone=z01 text=水库泄洪属实，请立即转移",
	}
	orderSuspend = OrderSpec{
		ID: OrderSuspend, Name: "suspend", Title: Text{"六停", "Suspend"},
		Group: GroupControls, Givers: GiverPost | GiverDirector, Scope: ScopeControl, Protective: true,
		Params: []ParamSpec{suspendParam, zoneOptional},
		Effect: Text{"停课停园：逐一通知学校，年满者自行回家，年幼者留校待接，或按学校规定全部留校；停工停业：在岗人员步行回家，" +
			"5 公里以内。停运：过境的公共客运不再驶入。停航只作记录：模型中没有救援以外的船只。开始时在家者不受影响。",
			"School, kindergartens: heads are called one by one; pupils who are old enough go home, the young wait to be " +
				"fetched, or all are kept, as the school's table says. Work, business: who is there walks home, up to 5 km. " +
				"Transport: public through traffic comes in no more. Navigation is noted only: there are no boats but those of " +
				"rescue. Who is at home at the start is not affected."},
		Example: "suspend what=school",
	}
	orderResume = OrderSpec{
		ID: OrderResume, Name: "resume", Title: Text{"恢复", "Resume"},
		Group: GroupControls, Givers: GiverPost | GiverDirector, Scope: ScopeControl,
		Params: []ParamSpec{suspendParam, zoneOptional},
		Effect: Text{"恢复所停事项：公共客运重新驶入；已回家者不再返回。",
			"What was suspended may go on: public through traffic comes again. Who has gone home stays there."},
		Example: "resume what=transport",
	}
	orderBanEntry = OrderSpec{
		ID: OrderBanEntry, Name: "ban_entry", Title: Text{"禁止进入", "Ban entry"},
		Group: GroupControls, Givers: GiverPost | GiverDirector, Scope: ScopeZone, Protective: true,
		Params: []ParamSpec{zoneParam, stateParam},
		Effect: Text{"守卡人员到位后无人再进入该单元：回家和返回者在边界被劝往避难场所；救援力量和过境车辆不受限，区内人员可离开。",
			"When the guards are there nobody enters the zone: who goes home or comes back is sent from its border to a " +
				"shelter. Units and through traffic pass, and who is inside may leave."},
		Example: "ban_entry zone=z01 state=on",
	}
	orderBanGathering = OrderSpec{
		ID: OrderBanGathering, Name: "ban_gathering", Title: Text{"禁止聚集", "Ban gatherings"},
		Group: GroupControls, Givers: GiverPost | GiverDirector, Scope: ScopeControl, Protective: true,
		Params: []ParamSpec{zoneOptional, stateParam},
		Effect: Text{"关闭景区和公共场所：游客收拾后离开，有车者驶出图外，其余去避难场所。",
			"Sights and public places close: visitors pack and leave, by car off the map, the others to a shelter."},
		Example: "ban_gathering state=on",
	}
	orderWithdraw = OrderSpec{
		ID: OrderWithdraw, Name: "withdraw", Title: Text{"撤离一线人员", "Withdraw crews"},
		Group: GroupControls, Givers: GiverPost | GiverDirector, Scope: ScopeZone, Protective: true,
		Params: []ParamSpec{zoneParam},
		Effect: Text{"该单元的入户人员停止敲门，包保责任人停止接人、返回家中并随家人转移；此后的新指令可再派出。",
			"Who goes from door to door in the zone stops; helpers turn round, go home and leave with their households. A " +
				"later order sends them out again."},
		Example: "withdraw zone=z01",
	}
	orderDivert = OrderSpec{
		ID: OrderDivert, Name: "divert_traffic", Title: Text{"疏导过境交通", "Divert through traffic"},
		Group: GroupControls, Givers: GiverPost | GiverDirector, Scope: ScopeCounty, Protective: true,
		Params: []ParamSpec{stateParam},
		Effect: Text{"过境车辆在图外绕行，不再驶入；已在路上的驶离。",
			"Through traffic is sent round outside the map: none comes in any more, and who is inside drives on."},
		Example: "divert_traffic state=on",
	}
	orderReturnZone = OrderSpec{
		ID: OrderReturnZone, Name: "return_zone", Title: Text{"组织返家", "The way home"},
		Group: GroupZones, Givers: GiverPost, Scope: ScopeZone, Params: []ParamSpec{zoneParam},
		Effect: Text{"解除后由避难场所通知并组织返家：房屋无恙且道路可通者回家，其余继续安置。",
			"After the all-clear the shelters send people home whose house stands and whose way is open; the others stay."},
		Example: "return_zone zone=z01",
	}
	orderGuardShelter = OrderSpec{
		ID: OrderGuardShelter, Name: "guard_shelter", Title: Text{"值守避难场所", "Guard a shelter"},
		Group: GroupShelters, Givers: GiverPost, Protective: true, Params: []ParamSpec{shelterParam, stateParam},
		Effect: Text{"门口昼夜值守、登记出入：擅自离开者多数被劝回。",
			"The door is watched day and night: most who would leave against orders are talked out of it."},
		Example: "guard_shelter shelter=s1 state=on",
	}
	orderInformShelter = OrderSpec{
		ID: OrderInformShelter, Name: "inform_shelter", Title: Text{"通报情况", "Inform a shelter"},
		Group: GroupShelters, Givers: GiverPost, Protective: true, Params: []ParamSpec{shelterParam},
		Effect: Text{"向安置人员通报水情和家中情况，减少擅自离开。",
			"Those inside are told how things stand, so that fewer go and look for themselves."},
		Example: "inform_shelter shelter=s1",
	}
	orderConsult = OrderSpec{
		ID: OrderConsult, Name: "consult", Title: Text{"会商", "Consultation"},
		Group: GroupCouncil, Givers: GiverPost, Scope: ScopeOwn, Params: []ParamSpec{
			{Name: "meeting", Kind: ParamRef, Ref: KindMeeting, Doc: Text{"会商", "the meeting"}},
			{Name: "deployment", Kind: ParamRef, Ref: KindDeployment, Optional: true,
				Doc: Text{"会后下发的部署；缺省只会商", "what is sent out when it ends; nothing when left out"}}},
		Effect: Text{"召集成员会商：与会期间其不在岗位；据届时所有的预报研判，结束时下发部署。",
			"Calls its members together, who are away from their posts meanwhile; it judges by the forecasts there are, and " +
				"ends with the deployment."},
		Example: "consult meeting=m1 deployment=d1",
	}
	orderDeploy = OrderSpec{
		ID: OrderDeploy, Name: "deploy", Title: Text{"下发部署", "Send out a deployment"},
		Group: GroupCouncil, Givers: GiverPost, Scope: ScopeOwn, Params: []ParamSpec{
			{Name: "deployment", Kind: ParamRef, Ref: KindDeployment, Doc: Text{"部署", "the deployment"}}},
		Effect: Text{"部署中的各项指令同时下达，逐项叫应；逾期未应者记录在案。",
			"All of its orders go out at once, each to be acknowledged; what is not by its time is noted."},
		Example: "deploy deployment=d1",
	}
	orderReport = OrderSpec{
		ID: OrderReport, Name: "report", Title: Text{"信息报告", "Report upward"},
		Group: GroupCouncil, Givers: GiverPost, Scope: ScopeOwn, Params: []ParamSpec{
			{Name: "kind", Title: Text{"种类", "which report"}, Kind: ParamChoice, Choices: reportKinds, Words: reportWords,
				Doc: Text{"首报、续报、终报", "first, follow-up or final"}}},
		Effect: Text{"按本岗位此刻所知编成报告并上报；最高岗位报往上级机关。",
			"Sent upward, made of what the post knows at that instant; that of the highest post leaves the county."},
		Example: "report kind=first",
	}
)
