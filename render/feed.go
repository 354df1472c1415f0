package render

import (
	"fmt"
	"reflect"
	"strings"

	"sandtable/sim"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

func wordList() (out []sim.Text) {
	for _, list := range [...]any{words, panelWords} {
		v := reflect.ValueOf(list)
		for i := range v.NumField() {
			out = append(out, v.Field(i).Interface().(sim.Text))
		}
	}
	return out
}

// headlines are the sentences of the feed, by kind of event; %A and %B stand for the names of the event's entities, %Z
// for that of B in brackets, %K for the road of the link A, %N for its number, %L for what a gauge reads and %H for the
// threshold, %T for its text, %F for which report it is, %E for the zone for
// which alone a level holds, %C for its count, %O for the order and what it is about, %P for who receives it, %V for
// the channel, %D for how an official is, %G for who gave a command, %M for whom a message is for,
// %J for what a helper or an institution does.
var headlines = map[sim.EventKind]sim.Text{
	sim.EvAccepted:         {ZH: "【%G】%T", EN: "[%G] %T"},
	sim.EvRejected:         {ZH: "指令被拒：%T", EN: "Refused: %T"},
	sim.EvMessage:          {ZH: "情景信息（%M）：%T", EN: "Message to %M: %T"},
	sim.EvWarningLevel:     {ZH: "%E发布预警：%W", EN: "%EWarning level: %W"},
	sim.EvResponseLevel:    {ZH: "响应级别：%R", EN: "Response level: %R"},
	sim.EvOrderAcked:       {ZH: "%P已叫应：%O", EN: "%P acknowledged: %O"},
	sim.EvOrderLost:        {ZH: "%P叫应不通%V：%O", EN: "%P not reached%V: %O"},
	sim.EvPartyStranded:    {ZH: "首批群众被困", EN: "First people stranded"},
	sim.EvPartyCaught:      {ZH: "有人在深急水中遇险", EN: "People caught in dangerous water"},
	sim.EvPartyBack:        {ZH: "有人离开安置点返回家中", EN: "First people go back home"},
	sim.EvPartyOutside:     {ZH: "有人投亲靠友，驶出本地", EN: "First people drive to relatives elsewhere"},
	sim.EvPersonHurt:       {ZH: "有人受伤", EN: "Somebody hurt"},
	sim.EvPersonDied:       {ZH: "有人死亡", EN: "Somebody died"},
	sim.EvGaugeAlarm:       {ZH: "%A%L，超过%H", EN: "%A at %L, above %H"},
	sim.EvGaugeClear:       {ZH: "%A%L，回落至%H以下", EN: "%A at %L, below %H again"},
	sim.EvForecastReceived: {ZH: "%A收到%T", EN: "%A has it: %T"},
	sim.EvForecastLost:     {ZH: "%A：%T", EN: "%A: %T"},
	sim.EvStructure:        {ZH: "%A：%S", EN: "%A: %S"},
	sim.EvChannel:          {ZH: "%A%X（%B）", EN: "%A (%B): %X"},
	sim.EvPower:            {ZH: "%A%U（%T）", EN: "%A: %U (%T)"},
	sim.EvNetwork:          {ZH: "%A%U（%T）", EN: "%A: %U (%T)"},
	sim.EvDoors:            {ZH: "%A入户完毕：%T", EN: "%A, the last door: %T"},
	sim.EvShelterOpened:    {ZH: "%A已启用", EN: "%A is open"},
	sim.EvShelterClosed:    {ZH: "%A停止接收%Y", EN: "%A takes nobody in%Y"},
	sim.EvHeadCount:        {ZH: "%A清点：名册 %N 人，实到 %C 人", EN: "%A counts heads: %N on the list, %C there"},
	sim.EvPartyWentOff:     {ZH: "%B有人擅自离开", EN: "%B: people leave against orders"},
	sim.EvPersonIll:        {ZH: "%B有人需就医", EN: "%B: somebody needs a doctor"},
	sim.EvShelterFull:      {ZH: "%A已满（%C 人）", EN: "%A is full (%C persons)"},
	sim.EvUnitFailed:       {ZH: "%A无法完成任务%Z：%T", EN: "%A cannot do its task%Z: %T"},
	sim.EvPlaceDestroyed:   {ZH: "有房屋垮塌", EN: "A building gave way"},
	sim.EvGridlock:         {ZH: "道路锁死：%K一带 %C 段互相堵塞", EN: "Gridlock at %K: %C links block each other"},
	sim.EvGridlockReleased: {ZH: "%K一带：%T", EN: "%K: %T"},
	sim.EvGridlockOver:     {ZH: "%K一带锁死解除", EN: "The gridlock at %K is over"},
	sim.EvContraflow:       {ZH: "%A：%T", EN: "%A: %T"},
	sim.EvRoadPolice:       {ZH: "%A：%T", EN: "%A: %T"},
	sim.EvRumour:           {ZH: "%A谣言（%C 户相信）：%T", EN: "Rumour in %A, believed by %C households: %T"},
	sim.EvMeeting:          {ZH: "会商：%T", EN: "Consultation: %T"},
	sim.EvDeployment:       {ZH: "部署：%T", EN: "Deployment: %T"},
	sim.EvThreshold:        {ZH: "阈值：%T", EN: "Threshold: %T"},
	sim.EvReport:           {ZH: "%A上报%F", EN: "%A: %F"},
	sim.EvPost:             {ZH: "%A：%T", EN: "%A: %T"},
	sim.EvOfficial:         {ZH: "%A（%B）：%D", EN: "%A (%B): %D"},
	sim.EvControl:          {ZH: "%T（%A）", EN: "%A: %T"},
	sim.EvInstitution:      {ZH: "%J", EN: "%J"},
	sim.EvHelper:           {ZH: "首次：%J", EN: "First: %J"},
	sim.EvHazardFailed:     {ZH: "灾害模型中止：%T", EN: "The hazard model failed: %T"},
	sim.EvScript:           {ZH: "脚本：%T", EN: "Script: %T"},
}

// structureWords say what was done to a structure, switchWords what was done to a pump, channelWords what a channel
// does.
var (
	structureWords = map[sim.StructureAction]sim.Text{
		sim.StructureSetOpening: {ZH: "开度调至 %N%", EN: "opening to %N %"},
		sim.StructureSetCrest:   {ZH: "挡高调至 %N 米", EN: "crest to %N m above its foot"},
		sim.StructureBreach:     {ZH: "开始溃决", EN: "begins to fail"},
		sim.StructureWait:       {ZH: "尚无水作用，来水后溃决", EN: "will fail when water stands at it"},
	}
	switchWords  = [2]sim.Text{{ZH: "停机", EN: "switched off"}, {ZH: "开机", EN: "switched on"}}
	channelWords = [2]sim.Text{{ZH: "中断", EN: "fails"}, {ZH: "恢复", EN: "works again"}}
)

// supplyWords says that mains or the public network of a place fail or are back.
func supplyWords(e sim.Event) sim.Text {
	switch {
	case e.Kind == sim.EvPower && e.Count == 0:
		return sim.Text{ZH: "停电", EN: "no mains"}
	case e.Kind == sim.EvPower:
		return sim.Text{ZH: "恢复供电", EN: "mains are back"}
	case e.Count == 0:
		return sim.Text{ZH: "断网", EN: "no network"}
	}
	return sim.Text{ZH: "网络恢复", EN: "the network is back"}
}

// toldBy says whether an order has an event of its own that tells it better than its acceptance.
func toldBy(o sim.OrderID) bool {
	return o == sim.OrderWarningLevel || o == sim.OrderResponseLevel || o == sim.InjectMessage
}

// minor says whether an event is one of many of its kind.
func minor(e sim.Event) bool {
	switch e.Kind {
	case sim.EvAccepted:
		switch sim.OrderID(e.Count) {
		case sim.OrderDispatchCoach, sim.OrderRescueZone, sim.OrderFetchZone, sim.OrderRecallUnit, sim.OrderOpenShelter,
			sim.OrderCloseShelter:
			return true
		}
		return false
	case sim.EvPost: // how well things go on; that somebody is missing, or acts by himself, is more
		s := sim.PostState(e.Count)
		return s != sim.PostUnmanned && s != sim.PostSelfStarts && s != sim.PostRunning
	case sim.EvOrderAcked, sim.EvOrderLost, sim.EvOfficial, sim.EvGaugeClear, sim.EvScript, sim.EvUnitFailed,
		sim.EvShelterOpened, sim.EvShelterClosed, sim.EvShelterFull, sim.EvGridlockOver,
		sim.EvInstitution, sim.EvHeadCount, sim.EvReport, sim.EvDoors, sim.EvChannel:
		return true
	}
	return false
}

// once are kinds of events of which only the first makes the feed: later ones are counted at the top.
var once = map[sim.EventKind]bool{
	sim.EvPartyBack: true, sim.EvPartyOutside: true, sim.EvPartyStranded: true, sim.EvPartyCaught: true,
	sim.EvPersonHurt: true, sim.EvPersonDied: true,
	sim.EvPlaceDestroyed: true, sim.EvGridlock: true, sim.EvGridlockReleased: true,
	sim.EvPartyWentOff: true, sim.EvPersonIll: true,
}

// Reporter picks from the events of a run those that the feed and the timeline show.
type Reporter struct {
	sc    *scenario.Scenario
	names *scenario.Directory
	seen  map[sim.EventKind]bool

	helper [sim.HelperStepCount]bool // steps of helpers that have been told

	council []sim.Text       // why an official is away for a consultation, or back
	away    []sim.Event      // the officials of whom that was so in the last instant
	supply  sim.Event        // the last mains or network that failed or came back
	silent  map[callKey]bool // calls in vain, and others, of which the first has been told
}

// NewReporter returns a reporter for the beginning of a run.
func NewReporter(sc *scenario.Scenario, names *scenario.Directory) *Reporter {
	r := &Reporter{sc: sc, names: names, seen: make(map[sim.EventKind]bool), silent: make(map[callKey]bool),
		council: []sim.Text{sim.BackFromMeeting()}}
	for m := range sc.Meetings {
		r.council = append(r.council, sim.AtMeeting(names.TitleOf(sim.RefTo(sim.KindMeeting, int32(m)))))
	}
	return r
}

// Report returns the moment of an event, and whether it is one that is shown.
func (r *Reporter) Report(e sim.Event) (Moment, bool) {
	form, ok := headlines[e.Kind]
	if !ok || (once[e.Kind] && r.seen[e.Kind]) {
		return Moment{}, false
	}
	if e.Kind == sim.EvHelper && e.Count >= 0 && e.Count < int32(sim.HelperStepCount) {
		if r.helper[e.Count] {
			return Moment{}, false // the first of each step; the rest are counted in the report
		}
		r.helper[e.Count] = true
	}
	if r.implied(e) || r.again(e) {
		return Moment{}, false
	}
	if e.Kind == sim.EvHeadCount &&
		(e.A.Kind == sim.KindShelter && e.B.Kind != sim.KindNone || float64(e.Count) >= e.Num) {
		return Moment{}, false // nobody is missing
	}
	if e.Kind == sim.EvMessage && e.C.Kind == sim.KindCounty && e.A.ID > 0 {
		return Moment{}, false // told with the first post
	}
	if e.Kind == sim.EvAccepted && toldBy(sim.OrderID(e.Count)) {
		return Moment{}, false
	}
	if e.Kind == sim.EvDoors && e.C.Kind == sim.KindCounty {
		return Moment{}, false // told when the last house is done
	}
	m := Moment{At: e.At, Kind: MomentHazard, Minor: minor(e)}
	r.seen[e.Kind] = true
	m.Text.ZH = r.fill(form.ZH, e, sim.Chinese)
	m.Text.EN = r.fill(form.EN, e, sim.English)
	switch e.Kind {
	case sim.EvAccepted, sim.EvRejected, sim.EvOrderAcked, sim.EvOrderLost, sim.EvShelterOpened,
		sim.EvShelterClosed, sim.EvMessage, sim.EvWarningLevel, sim.EvResponseLevel, sim.EvScript, sim.EvContraflow,
		sim.EvControl, sim.EvRoadPolice, sim.EvPost, sim.EvOfficial, sim.EvMeeting, sim.EvDeployment, sim.EvReport:
		m.Kind = MomentOrder
	case sim.EvPartyCaught, sim.EvPersonHurt, sim.EvPersonDied, sim.EvPartyStranded:
		m.Kind = MomentHarm
	}
	return m, true
}

// fill puts an event's values into a sentence.
func (r *Reporter) fill(form string, e sim.Event, lang sim.Lang) string {
	var b strings.Builder
	for {
		before, rest, more := strings.Cut(form, "%")
		b.WriteString(before)
		if !more {
			return b.String()
		}
		if rest == "" || rest[0] == ' ' {
			b.WriteString("%")
			form = rest
			continue
		}
		b.WriteString(r.value(rest[0], e, lang))
		form = rest[1:]
	}
}

func (r *Reporter) value(letter byte, e sim.Event, lang sim.Lang) string {
	k := int(e.Count)
	switch letter {
	case 'A':
		return r.title(e.A, lang)
	case 'B':
		return r.title(e.B, lang)
	case 'K':
		return r.names.LinkOn(sim.LinkID(e.A.ID)).In(lang)
	case 'N':
		return fmt.Sprintf("%g", e.Num)
	case 'C':
		return count(e.Count)
	case 'T':
		return e.Text.In(lang)
	case 'O':
		return r.order(e).In(lang)
	case 'Z':
		if at := r.title(e.B, lang); at != "" {
			return sim.Say("（%s）", " (%s)", at).In(lang)
		}
	case 'Y':
		if !e.Text.Empty() {
			return sim.Say("：%s", ": %s", e.Text).In(lang)
		}
	case 'P':
		return r.names.ReceiverOf(e.A).In(lang)
	case 'V':
		return r.tried(e).In(lang)
	case 'D':
		return officialWords(e).In(lang)
	case 'M':
		if e.C.Kind == sim.KindCounty {
			return sim.Text{ZH: "各岗位", EN: "all posts"}.In(lang)
		}
		return r.title(e.A, lang)
	case 'G':
		return r.giver(e).In(lang)
	case 'J':
		return r.care(e).In(lang)
	case 'W':
		if k >= 0 && k < len(levelTitles) {
			return levelTitles[k].In(lang)
		}
	case 'R':
		if k >= 0 && k < len(responseTitles) {
			return responseTitles[k].In(lang)
		}
	case 'H':
		if limit := r.limit(e); limit != nil {
			return limit.Full().In(lang)
		}
	case 'L':
		if limit := r.limit(e); limit != nil {
			return limit.Reading(e.Num).In(lang)
		}
	case 'S':
		return r.structure(e, lang)
	case 'E':
		return r.forZone(e).In(lang)
	case 'F':
		return reportWords(e).In(lang)
	case 'X':
		return channelWords[min(max(k, 0), 1)].In(lang)
	case 'U':
		return supplyWords(e).In(lang)
	}
	return ""
}

// structure says what was done to a structure.
func (r *Reporter) structure(e sim.Event, lang sim.Lang) string {
	if sim.StructureAction(e.Count) == sim.StructureSwitch {
		return switchWords[num.ClampInt(e.Num, 0, 1)].In(lang)
	}
	return r.fill(structureWords[sim.StructureAction(e.Count)].In(lang), e, lang)
}

// care says what a helper or an institution does.
func (r *Reporter) care(e sim.Event) sim.Text {
	if e.Kind == sim.EvHelper {
		return helperWords(e)
	}
	return r.institution(e)
}

// institution says what a school, hospital or nursing home does.
func (r *Reporter) institution(e sim.Event) sim.Text {
	return sim.Say("%s%s", "%s%s", r.names.InstitutionIn(e.A),
		sim.InstitutionStep(e.Count).Words(num.ClampInt(e.Num, 0, 1<<30)))
}

// helperWords says what a helper does for a special-care person.
func helperWords(e sim.Event) sim.Text {
	step := sim.HelperStep(max(0, min(e.Count, int32(sim.HelperStepCount)-1)))
	switch step {
	case sim.HelperSets:
		return sim.Say("包保责任人出发", "a helper sets out for a special-care person")
	case sim.HelperThere:
		return sim.Say("包保责任人到门口", "a helper is at the door of a special-care person")
	case sim.HelperBrings:
		return sim.Say("包保责任人带出特殊群体", "a helper leaves with a special-care person")
	}
	return sim.Say("包保责任人未能接出特殊群体：%s", "a helper cannot bring a special-care person: %s", e.Text)
}

// officialWords says how an official is, and why.
func officialWords(e sim.Event) sim.Text {
	state := sim.OfficialState(num.ClampInt(float64(e.Count), 0, int(sim.OfficialStateCount)-1)).Title()
	if e.Text.Empty() {
		return state
	}
	return sim.Say("%s（%s）", "%s (%s)", state, e.Text)
}

// forZone names the zone for which alone something holds.
func (r *Reporter) forZone(e sim.Event) sim.Text {
	if e.A.Kind != sim.KindZone || e.A.ID < 0 {
		return sim.Text{}
	}
	return sim.Say("%s", "%s: ", r.names.TitleOf(e.A))
}

// reportWords says which report of an incident one is.
func reportWords(e sim.Event) sim.Text {
	kind := sim.ReportKind(min(max(e.Count, 0), int32(sim.ReportKindCount)-1))
	return sim.Say("%s（第%g号）", "%s, no. %g", kind.Title(), e.Num)
}

// limit returns the threshold of a gauge's event; nil when there is none.
func (r *Reporter) limit(e sim.Event) *scenario.Threshold {
	if g := int(e.A.ID); e.A.Kind == sim.KindGauge && g >= 0 && g < len(r.sc.Gauges) {
		return r.sc.Gauges[g].Limit(int(e.Count))
	}
	return nil
}

// order names an order on its way and what it is about.
func (r *Reporter) order(e sim.Event) sim.Text {
	k := int(e.Count)
	switch {
	case k < 0 || k >= len(sim.Orders):
		return sim.Text{}
	case e.C.Kind == sim.KindNone || e.C.Kind == sim.KindCounty || e.C == e.A:
		return sim.Orders[k].Title
	}
	return sim.Say("%s（%s）", "%s (%s)", sim.Orders[k].Title, r.names.TitleOf(e.C))
}

// tried says by which channel somebody was called in vain, or why nobody calls any more.
func (r *Reporter) tried(e sim.Event) sim.Text {
	if !e.Text.Empty() {
		return sim.Say("（%s）", " (%s)", e.Text)
	}
	for id := range r.sc.Channels {
		if float64(id) == e.Num {
			return sim.Say("（%s）", " (%s)", r.names.TitleOf(sim.Ref{Kind: sim.KindChannel, ID: int32(id)}))
		}
	}
	return sim.Text{}
}

// giver names who gave a command: the director, or the post in whose name it was.
func (r *Reporter) giver(e sim.Event) sim.Text {
	if e.Num == float64(sim.FromDirector) || e.B.Kind != sim.KindPost || e.B.ID < 0 {
		return sim.Text{ZH: "导调", EN: "Director"}
	}
	return r.names.TitleOf(e.B)
}

// title names an entity; nothing at all has no name.
func (r *Reporter) title(ref sim.Ref, lang sim.Lang) string {
	if ref.Kind == sim.KindNone || ref.ID < 0 {
		return ""
	}
	return r.names.Title(ref, lang)
}
