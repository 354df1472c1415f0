package evaluation

import (
	"fmt"
	"slices"
	"strings"

	"sandtable/sim"
)

// Entry is one line of the timeline.
type Entry struct {
	At    sim.Time
	Until sim.Time // of the last thing that the line says, when that is minutes later; else 0
	Class string   // order, water, people, unit, level, inject: how it is marked
	Text  string
	Key   bool // it belongs to the short story: levels, orders to people and units, water, and what happens first
}

// Timeline tells the run in the events that matter to a commander, in the order of time. What happens a hundred
// times over, such as single parties, appears when it happens first; the same thing said of several places within
// ten minutes is one line that names them.
func Timeline(in *Input, lang sim.Lang) []Entry {
	t := teller{in: in, lang: lang, first: make(map[string]bool)}
	var groups []group
	dry, implied := dryBreaches(in.Events), implied(in)
	for i, e := range in.Events {
		class, text := t.tell(e)
		if text == "" || dry[i] || implied[i] {
			continue
		}
		groups = join(groups, group{at: e.At, end: e.At, class: class, key: isKey(e)}, text, t.target(e))
	}
	for i := range groups {
		g := &groups[i]
		t.entries = append(t.entries, Entry{At: g.at, Until: g.span(), Class: g.class, Text: g.write(lang), Key: g.key})
	}
	return t.entries
}

// implied marks the events that other lines imply: that somebody is at a consultation or back from one, and who acts
// for him meanwhile, for the lines of the consultation name its members; and that channels fail or work again in the
// instant in which mains or network do.
func implied(in *Input) map[int]bool {
	why := []sim.Text{sim.BackFromMeeting()}
	for m := range in.Scenario.Meetings {
		why = append(why, sim.AtMeeting(in.Names.TitleOf(sim.RefTo(sim.KindMeeting, int32(m)))))
	}
	told := make(map[int]bool)
	var away []sim.Event // of officials, for a consultation
	var supply sim.Event // of mains or network
	for i, e := range in.Events {
		switch {
		case e.Kind == sim.EvOfficial && slices.Contains(why, e.Text):
			told[i], away = true, append(away, e)
		case e.Kind == sim.EvPost && e.Count == int32(sim.PostTakenOver):
			told[i] = slices.ContainsFunc(away, func(x sim.Event) bool { return x.At == e.At && x.B == e.A })
		case e.Kind == sim.EvPower, e.Kind == sim.EvNetwork:
			supply = e
		case e.Kind == sim.EvChannel:
			told[i] = supply.Kind != 0 && supply.At == e.At && supply.A == e.B && supply.Count == e.Count
		}
	}
	return told
}

// target names what an event's line is about: of a building its zone, of a channel where it fails, of an order to a
// unit or in a deployment all that it says; nothing where a line is about everybody.
func (t *teller) target(e sim.Event) string {
	switch {
	case e.Kind == sim.EvDeployment && (e.Count == 1 || e.Count == 3):
		return t.item(e)
	case e.Kind == sim.EvAccepted && e.A.Kind == sim.KindUnit:
		words := e.Text.In(t.lang)
		if _, after, ok := strings.Cut(words, t.say("：", ": ")); ok {
			return after
		}
		return t.title(e.A)
	case e.Kind == sim.EvChannel:
		return t.title(e.B)
	case e.Kind == sim.EvInstitution:
		return t.institution(e)
	case e.Kind == sim.EvHeadCount:
		return t.counted(e)
	}
	switch e.A.Kind {
	case sim.KindNone, sim.KindCounty:
		return ""
	case sim.KindBuilding:
		if zone := t.in.Sites.Building[e.A.ID].Zone; zone >= 0 {
			return t.title(sim.RefTo(sim.KindZone, zone))
		}
	}
	return t.title(e.A)
}

// group is a line that says one thing of one or several targets.
type group struct {
	at, end sim.Time
	class   string
	key     bool
	pattern string // the text with the target's name taken out
	targets []string
}

// hole stands for the target's name in a pattern.
const hole = "\x00"

// together is within what time of the first of them things that say the same are told in one line.
const together = 10 * sim.Minute

// join adds a line to the group of the last minutes that says the same, or begins a new group.
func join(groups []group, line group, text, target string) []group {
	line.pattern, line.targets = text, []string{target}
	if target != "" {
		line.pattern = strings.Replace(text, target, hole, 1)
	}
	for i := len(groups) - 1; i >= 0 && line.at.Sub(groups[i].at) < together; i-- {
		if g := &groups[i]; g.class == line.class && g.pattern == line.pattern && line.pattern != text {
			if !slices.Contains(g.targets, target) {
				g.targets, g.end = append(g.targets, target), line.at
			}
			return groups
		}
	}
	return append(groups, line)
}

// isKey says whether an event belongs to the short story that a commander reads: warning and response levels, orders to
// zones, units, shelters and structures, gauges, what fails, and what happens to people for the first time. Who was
// called and did not answer, single posts and shelters, and hourly messages are in the whole timeline.
func isKey(e sim.Event) bool {
	switch e.Kind {
	case sim.EvWarningLevel, sim.EvResponseLevel, sim.EvGaugeAlarm, sim.EvStructure, sim.EvHazardFailed, sim.EvPower,
		sim.EvControl, sim.EvShelterFull, sim.EvGridlock, sim.EvContraflow, sim.EvRumour:
		return true
	case sim.EvAccepted:
		id := sim.OrderID(e.Count)
		return id != sim.OrderConsult && id != sim.OrderDeploy
	case sim.EvDeployment:
		return e.Count == 0
	case sim.EvPost:
		return sim.PostState(e.Count) == sim.PostSelfStarts
	case sim.EvPlaceDestroyed, sim.EvPartyLeftZone, sim.EvPartySheltered, sim.EvPartyStranded, sim.EvPartyCaught,
		sim.EvPartyRescued, sim.EvPersonDied:
		return true
	}
	return false
}

// span is when the last thing of a group happened, where that shows on a clock without seconds; else 0.
func (g *group) span() sim.Time {
	if g.end/sim.Time(sim.Minute) == g.at/sim.Time(sim.Minute) {
		return 0
	}
	return g.end
}

// named is how many targets a line names before it only counts them.
const named = 6

func (g *group) write(lang sim.Lang) string {
	comma, rest := "、", " 等，共 %d 个"
	if lang == sim.English {
		comma, rest = ", ", " and others, %d in all"
	}
	list := strings.Join(g.targets[:min(len(g.targets), named)], comma)
	if len(g.targets) > named {
		list += fmt.Sprintf(rest, len(g.targets))
	}
	return strings.Replace(g.pattern, hole, list, 1)
}

type teller struct {
	in      *Input
	lang    sim.Lang
	first   map[string]bool
	entries []Entry
}

// say picks the language.
func (t *teller) say(zh, en string, args ...any) string {
	if t.lang == sim.English {
		return fmt.Sprintf(en, args...)
	}
	return fmt.Sprintf(zh, args...)
}

func (t *teller) title(r sim.Ref) string { return t.in.Names.Title(r, t.lang) }

// institution names the school, hospital or nursing home of an event, and says how many persons it is about.
func (t *teller) institution(e sim.Event) string {
	return t.say("%s（%g 人）", "%s (%g persons)", t.in.Names.InstitutionIn(e.A).In(t.lang), e.Num)
}

// tellInstitution tells what schools, hospitals and nursing homes do.
func (t *teller) tellInstitution(e sim.Event) string {
	who := t.institution(e)
	switch sim.InstitutionStep(e.Count) {
	case sim.InstitutionTold:
		return t.say("接到通知，开始准备：%s", "Told, and preparing: %s", who)
	case sim.InstitutionReady:
		return t.say("准备完毕：%s", "Ready: %s", who)
	case sim.InstitutionLeaves:
		return t.say("开始撤离：%s", "Beginning to leave: %s", who)
	case sim.InstitutionEmpty:
		return t.say("已全部撤出：%s", "The last have left: %s", who)
	}
	return t.say("停课，学生自行回家：%s", "Suspended, and the pupils go home: %s", who)
}

// counted says what a shelter's head count found.
func (t *teller) counted(e sim.Event) string {
	return t.say("%s（名册 %g 人，实到 %d 人）", "%s (%g on the list, %d there)", t.title(e.A), e.Num, e.Count)
}

// once says whether this is the first event of its sort.
func (t *teller) once(format string, args ...any) bool {
	key := fmt.Sprintf(format, args...)
	if t.first[key] {
		return false
	}
	t.first[key] = true
	return true
}

func (t *teller) tell(e sim.Event) (class, text string) {
	switch e.Kind {
	case sim.EvAccepted:
		return "order", t.tellOrder(e)
	case sim.EvRejected:
		return "order", t.say("指令被拒：%s", "Order refused: %s", e.Text.In(t.lang))
	case sim.EvOrderLost, sim.EvOrderAcked, sim.EvBroadcast:
		return "order", t.tellChain(e)
	case sim.EvWarningLevel:
		return "level", t.tellWarning(e)
	case sim.EvResponseLevel:
		return "level", t.tellResponse(e)
	case sim.EvMessage:
		return "inject", t.tellMessage(e)
	case sim.EvScript:
		return "inject", e.Text.In(t.lang)
	case sim.EvGaugeAlarm, sim.EvGaugeClear:
		return "water", t.tellGauge(e)
	case sim.EvForecastReceived:
		return "water", t.say("%s收到%s", "%s has it: %s", t.title(e.A), e.Text.In(t.lang))
	case sim.EvContraflow, sim.EvRoadPolice:
		return "order", t.say("%s：%s", "%s: %s", t.title(e.A), e.Text.In(t.lang))
	case sim.EvMeeting, sim.EvDeployment:
		return "order", t.tellCouncil(e)
	case sim.EvPower, sim.EvNetwork:
		return "water", t.tellSupply(e)
	case sim.EvThreshold:
		return "level", t.say("%s", "%s", e.Text.In(t.lang))
	case sim.EvReport:
		return "order", t.tellReport(e)
	case sim.EvPost:
		return "order", t.say("%s：%s", "%s: %s", t.title(e.A), e.Text.In(t.lang))
	case sim.EvOfficial:
		return "order", t.tellOfficial(e)
	case sim.EvControl:
		return "order", t.say("%s：%s", "%s: %s", t.title(e.A), e.Text.In(t.lang))
	case sim.EvInstitution:
		return "people", t.tellInstitution(e)
	case sim.EvForecastLost:
		return "water", t.say("%s：%s", "%s: %s", t.title(e.A), e.Text.In(t.lang))
	case sim.EvStructure, sim.EvChannel, sim.EvHazardFailed:
		return "water", t.tellStructure(e)
	case sim.EvPlaceWet, sim.EvPlaceDanger, sim.EvPlaceDestroyed:
		return "water", t.tellPlace(e)
	case sim.EvShelterOpened, sim.EvShelterFull, sim.EvShelterClosed:
		return "unit", t.tellShelter(e)
	case sim.EvUnitFailed:
		return "unit", t.tellFailed(e)
	case sim.EvHeadCount, sim.EvPartyWentOff, sim.EvPersonIll:
		return "people", t.tellStay(e)
	}
	return "people", t.tellPeople(e)
}

func (t *teller) tellOrder(e sim.Event) string {
	spec := sim.Orders[e.Count]
	if spec.ID == sim.OrderWarningLevel || spec.ID == sim.OrderResponseLevel || spec.ID == sim.InjectMessage {
		return "" // told by the event that follows
	}
	origin := []sim.Text{{ZH: "预案", EN: "plan"}, {ZH: "席位", EN: "player"}, {ZH: "导调", EN: "director"},
		{ZH: "自动", EN: "policy"}}[int(e.Num)&3].In(t.lang)
	if e.Num == float64(sim.FromPlayer) && e.B.Kind == sim.KindPost && e.B.ID >= 0 {
		origin = t.say("席位：%s", "player: %s", t.title(e.B))
	}
	return t.say("【%s】%s", "[%s] %s", origin, e.Text.In(t.lang))
}

func (t *teller) tellChain(e sim.Event) string {
	if e.Kind == sim.EvBroadcast {
		if sim.OrderID(e.Count) != sim.OrderEvacuateZone || !t.once("spread %d", e.A.ID) {
			return ""
		}
		return t.say("%s 开始通知群众", "%s: people are being told to leave", t.title(e.A))
	}
	order := sim.Orders[e.Count].Title
	if e.C.Kind != sim.KindNone && e.C != e.A {
		order = sim.Say("%s（%s）", "%s (%s)", order, t.in.Names.TitleOf(e.C))
	}
	who := t.in.Names.ReceiverOf(e.A).In(t.lang)
	switch {
	case e.Kind == sim.EvOrderAcked: // the zones' pages have when
	case !e.Text.Empty():
		return t.say("指令未送达 %s：%s，%s", "%s was not reached: %s, %s", who, order.In(t.lang), e.Text.In(t.lang))
	case t.once("silent %v %d", e.A, e.Count): // the tries that follow are told when they are given up
		return t.say("%s 未应答：%s", "No answer from %s yet: %s", who, sim.Orders[e.Count].Title.In(t.lang))
	}
	return ""
}

func (t *teller) tellWarning(e sim.Event) string {
	if e.A.Kind == sim.KindZone {
		return t.say("%s 发布预警：%s", "%s: warning level %s", t.title(e.A), LevelName(int(e.Count), t.lang))
	}
	return t.say("发布预警：%s", "Warning level: %s", LevelName(int(e.Count), t.lang))
}

// tellCouncil tells of consultations and deployments; of an order that is overdue once, however often it is called
// again: the table of deployments counts that.
func (t *teller) tellCouncil(e sim.Event) string {
	if e.Kind == sim.EvDeployment && e.Count == 1 {
		if !t.once("overdue %v %g", e.A, e.Num) {
			return ""
		}
		return t.say("%s逾期未叫应，再次呼叫：%s", "%s, overdue and called again: %s", t.title(e.A), t.item(e))
	}
	return e.Text.In(t.lang)
}

// item says which order of a deployment an event is about.
func (t *teller) item(e sim.Event) string {
	k := int(e.Num)
	if k < 0 || k >= len(t.in.Scenario.Items) {
		return ""
	}
	order, c := itemOrder(t.in, k)
	if order == nil {
		return ""
	}
	return order.Words(c, t.in.Names).In(t.lang)
}

// tellSupply tells that mains or the public network of a place fail or are back.
func (t *teller) tellSupply(e sim.Event) string {
	where := t.title(e.A)
	switch {
	case e.Kind == sim.EvPower && e.Count == 0:
		return t.say("停电：%s", "Mains fail: %s", where)
	case e.Kind == sim.EvPower:
		return t.say("恢复供电：%s", "Mains are back: %s", where)
	case e.Count == 0:
		return t.say("公众通信网中断：%s", "The public network fails: %s", where)
	}
	return t.say("公众通信网恢复：%s", "The public network is back: %s", where)
}

// tellReport tells of the first report of a post on an incident, not of routine counts; the table of reports has
// those that follow, and all that they say.
func (t *teller) tellReport(e sim.Event) string {
	if e.Num != 1 || e.Count < 0 || e.Count >= int32(sim.ReportKindCount) {
		return ""
	}
	return t.say("%s%s（第%g号）报%s", "%s: %s (no. %g) reaches %s", t.title(e.A),
		sim.ReportKind(e.Count).Title().In(t.lang), e.Num, outsideTitle(t.in, e.B).In(t.lang))
}

func (t *teller) tellResponse(e sim.Event) string {
	if e.Count == 0 {
		return t.say("终止应急响应", "The response is ended")
	}
	return t.say("启动响应：%s 级", "Response level: %s", sim.ResponseLevels()[e.Count])
}

// tellOfficial tells of somebody who holds a post: how he is now, and why.
func (t *teller) tellOfficial(e sim.Event) string {
	state := sim.OfficialState(e.Count).Title()
	if !e.Text.Empty() {
		state = sim.Say("%s（%s）", "%s (%s)", state, e.Text)
	}
	return t.say("%s（%s）：%s", "%s (%s): %s", t.title(e.A), t.title(e.B), state.In(t.lang))
}

func (t *teller) tellFailed(e sim.Event) string {
	where := ""
	if e.B.Kind != sim.KindNone {
		where = t.say("（%s）", " (%s)", t.title(e.B))
	}
	return t.say("%s 任务无法完成%s：%s", "%s: task impossible%s: %s", t.title(e.A), where, e.Text.In(t.lang))
}

// tellMessage tells a message to all posts once.
func (t *teller) tellMessage(e sim.Event) string {
	switch {
	case e.C.Kind != sim.KindCounty:
		return t.say("致%s：%s", "To %s: %s", t.title(e.A), e.Text.In(t.lang))
	case e.A.ID > 0:
		return ""
	}
	return t.say("致各岗位：%s", "To all posts: %s", e.Text.In(t.lang))
}

func (t *teller) tellGauge(e sim.Event) string {
	g := &t.in.Scenario.Gauges[e.A.ID]
	limit := g.Limit(int(e.Count))
	if limit == nil {
		return ""
	}
	reading, mark := limit.Reading(e.Num).In(t.lang), limit.Full().In(t.lang)
	if e.Kind == sim.EvGaugeClear {
		return t.say("%s %s，回落至%s以下", "%s at %s, below %s again", t.title(e.A), reading, mark)
	}
	return t.say("%s %s，超%s", "%s at %s, above %s", t.title(e.A), reading, mark)
}

func (t *teller) tellStructure(e sim.Event) string {
	switch {
	case e.Kind == sim.EvHazardFailed:
		return t.say("灾害模型停止：%s", "The hazard model stopped: %s", e.Text.In(t.lang))
	case e.Kind == sim.EvChannel && e.Count == 0:
		return t.say("信道中断：%s（%s）", "Channel down: %s (%s)", t.title(e.A), t.title(e.B))
	case e.Kind == sim.EvChannel:
		return t.say("信道恢复：%s（%s）", "Channel works again: %s (%s)", t.title(e.A), t.title(e.B))
	case sim.StructureAction(e.Count) == sim.StructureBreach && !e.Text.Empty():
		return t.say("%s 自行溃决", "%s has failed by itself", t.title(e.A))
	case sim.StructureAction(e.Count) == sim.StructureBreach:
		return t.say("%s 溃决", "%s has failed", t.title(e.A))
	case sim.StructureAction(e.Count) == sim.StructureWait:
		return t.say("%s 尚无水作用，来水后溃决", "%s will fail when water stands at it", t.title(e.A))
	case sim.StructureAction(e.Count) == sim.StructureSwitch && e.Num != 0:
		return t.say("%s 开机", "%s switched on", t.title(e.A))
	case sim.StructureAction(e.Count) == sim.StructureSwitch:
		return t.say("%s 停机", "%s switched off", t.title(e.A))
	}
	return t.say("%s 调至 %g%s%s", "%s goes to %g%s%s", t.title(e.A), e.Num, t.unitOf(sim.StructureAction(e.Count)),
		overText(e).In(t.lang))
}

// unitOf is the unit of what a structure is set to.
func (t *teller) unitOf(a sim.StructureAction) string {
	switch a {
	case sim.StructureSetOpening:
		return t.say("%%", " %%")
	case sim.StructureSetCrest:
		return t.say(" 米", " m")
	}
	return ""
}

func (t *teller) tellPlace(e sim.Event) string {
	zone := t.in.Sites.Building[e.A.ID].Zone
	if zone < 0 {
		return ""
	}
	name := t.title(sim.RefTo(sim.KindZone, zone))
	switch {
	case e.Kind == sim.EvPlaceWet && t.once("wet %d", zone):
		return t.say("%s 首处房屋进水", "%s: water at the first house", name)
	case e.Kind == sim.EvPlaceDanger && sim.DangerClass(e.Count) >= sim.H3 && t.once("danger %d", zone):
		return t.say("%s 出现 %v 级危险", "%s: danger class %v", name, sim.DangerClass(e.Count))
	case e.Kind == sim.EvPlaceDestroyed && t.once("destroyed %d", zone):
		return t.say("%s 首处房屋倒塌", "%s: the first house has given way", name)
	}
	return ""
}

func (t *teller) tellShelter(e sim.Event) string {
	switch e.Kind {
	case sim.EvShelterOpened:
		return t.say("%s 启用", "%s opened", t.title(e.A))
	case sim.EvShelterFull:
		return t.tellFull(e)
	}
	if !e.Text.Empty() {
		return t.say("%s 不能接收：%s", "%s takes nobody in: %s", t.title(e.A), e.Text.In(t.lang))
	}
	return t.say("%s 停止接收", "%s takes nobody in any more", t.title(e.A))
}

// tellFull tells that a shelter has given all its places away: to those inside, and to those who wait at its door.
func (t *teller) tellFull(e sim.Event) string {
	rest := int(t.in.Scenario.Shelters[e.A.ID].Capacity) - int(e.Count)
	if rest <= 0 {
		return t.say("%s 满员（%d 人）", "%s is full (%d persons)", t.title(e.A), e.Count)
	}
	return t.say("%s 满员（在内 %d 人，其余 %d 个名额已由门口等候者占用）",
		"%s is full (%d persons inside, the other %d places taken by those at its door)", t.title(e.A), e.Count, rest)
}

// tellStay tells of those in shelters: who was missing at a head count, and the first who go off, fall ill or are home.
func (t *teller) tellStay(e sim.Event) string {
	switch {
	case e.Kind == sim.EvHeadCount && e.A.Kind == sim.KindShelter && e.B.Kind == sim.KindNone && float64(e.Count) < e.Num:
		return t.say("清点缺员：%s", "Missing at the head count: %s", t.counted(e))
	case e.Kind == sim.EvPartyWentOff && t.once("off %d", e.B.ID):
		return t.say("%s 首次有人擅自离开", "%s: the first people leave against orders", t.title(e.B))
	case e.Kind == sim.EvPersonIll && t.once("ill %d", e.B.ID):
		return t.say("%s 首次有人需就医", "%s: somebody needs a doctor", t.title(e.B))
	}
	return ""
}

func (t *teller) tellPeople(e sim.Event) string {
	switch e.Kind {
	case sim.EvPartyLeftZone:
		if t.once("left") {
			return t.say("首批群众撤出", "The first people have left their zone")
		}
	case sim.EvPartySheltered:
		if t.once("sheltered") {
			return t.say("首批群众完成安置登记", "The first people are registered at a shelter")
		}
	case sim.EvPartyStranded:
		if t.once("stranded") {
			return t.say("首次有人被困", "The first people are stranded")
		}
	case sim.EvPartyCaught:
		if t.once("caught") {
			return t.say("首次有人遇险（H3 以上水中）", "The first people are caught in dangerous water")
		}
	case sim.EvPartyRescued:
		if t.once("rescued") {
			return t.say("首批被困群众获救", "The first stranded people are rescued")
		}
	case sim.EvPersonDied:
		if t.once("died") {
			return t.say("首例死亡", "The first death")
		}
	case sim.EvVehicleStranded:
		return t.tellVehicle(e)
	case sim.EvGridlock, sim.EvGridlockReleased, sim.EvGridlockOver:
		return t.tellGridlock(e)
	}
	return ""
}

// tellVehicle tells of cars that are given up: of the first one that is left in a jam, and of the first outsider.
func (t *teller) tellVehicle(e sim.Event) string {
	cause := sim.StrandCause(e.Count)
	switch {
	case e.A.Kind == sim.KindOutsider && t.once("outsider"):
		return t.say("首辆过境车辆被困（%s）", "The first through vehicle is stranded (%s)", cause.Title().In(t.lang))
	case e.A.Kind == sim.KindParty && cause == sim.StrandJam && t.once("jam"):
		return t.say("首批群众在堵死的路上弃车步行", "The first people leave their car in a jam and walk")
	}
	return ""
}

// tellGridlock tells of rings: where they close, when police first wave one on, and when it is over.
func (t *teller) tellGridlock(e sim.Event) string {
	link := sim.LinkID(e.A.ID)
	if e.A.Kind != sim.KindLink || int(link) >= len(t.in.Scenario.Links) {
		return ""
	}
	road, place := t.in.Names.LinkOn(link).In(t.lang), placeOf(t.in, link).In(t.lang)
	switch {
	case e.Kind == sim.EvGridlock:
		return t.say("道路锁死：%s一带，%s，%d 段互相堵塞，段内 %g 辆", "Gridlock at %s, %s: %d links block each other, %g vehicles on them",
			road, place, e.Count, e.Num)
	case e.Kind == sim.EvGridlockOver:
		return t.say("锁死解除：%s一带，%s，历时 %s", "Gridlock at %s, %s, is over after %s", road, place, spanText(e.Num, t.lang))
	case e.Count == 0:
		return t.say("%s一带，%s：%s", "%s, %s: %s", road, place, e.Text.In(t.lang))
	case e.Num == 1:
		return t.say("锁死疏导：%s一带，%s：%s", "Gridlock at %s, %s: %s", road, place, e.Text.In(t.lang))
	}
	return ""
}

// LevelName names a warning level.
func LevelName(level int, lang sim.Lang) string {
	names := []sim.Text{{ZH: "无", EN: "none"}, {ZH: "蓝色", EN: "blue"}, {ZH: "黄色", EN: "yellow"},
		{ZH: "橙色", EN: "orange"}, {ZH: "红色", EN: "red"}}
	if level < 0 || level >= len(names) {
		return fmt.Sprint(level)
	}
	return names[level].In(lang)
}
