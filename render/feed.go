package render

import (
	"fmt"
	"reflect"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

func wordList() []sim.Text {
	v := reflect.ValueOf(words)
	out := make([]sim.Text, v.NumField())
	for i := range out {
		out[i] = v.Field(i).Interface().(sim.Text)
	}
	return out
}

// headlines are the sentences of the feed, by kind of event; %A and %B stand for the names of the event's entities,
// %N for its number, %T for its text, %C for its count, %O for the title of the order.
var headlines = map[sim.EventKind]sim.Text{
	sim.EvAccepted:       {ZH: "%B下达：%O %A", EN: "%B: %O %A"},
	sim.EvRejected:       {ZH: "指令被拒：%T", EN: "Refused: %T"},
	sim.EvMessage:        {ZH: "情景信息（%A）：%T", EN: "Message to %A: %T"},
	sim.EvWarningLevel:   {ZH: "发布预警：%W", EN: "Warning level: %W"},
	sim.EvResponseLevel:  {ZH: "响应级别：%R", EN: "Response level: %R"},
	sim.EvOrderAcked:     {ZH: "%A已叫应：%O", EN: "%A acknowledged: %O"},
	sim.EvOrderLost:      {ZH: "%A叫应不通：%O", EN: "%A not reached: %O"},
	sim.EvPartyStranded:  {ZH: "首批群众被困", EN: "First people stranded"},
	sim.EvPartyCaught:    {ZH: "有人在深急水中遇险", EN: "People caught in dangerous water"},
	sim.EvPersonHurt:     {ZH: "有人受伤", EN: "Somebody hurt"},
	sim.EvPersonDied:     {ZH: "有人死亡", EN: "Somebody died"},
	sim.EvGauge:          {ZH: "%A水位 %N 米，超过%H", EN: "%A at %N m, above %H"},
	sim.EvGaugeFell:      {ZH: "%A水位 %N 米，回落至%H以下", EN: "%A at %N m, below %H again"},
	sim.EvStructure:      {ZH: "%A：%S", EN: "%A: %S"},
	sim.EvChannel:        {ZH: "%A%X", EN: "%A: %X"},
	sim.EvShelterOpened:  {ZH: "%A已启用", EN: "%A is open"},
	sim.EvShelterClosed:  {ZH: "%A停止接收", EN: "%A takes nobody in any more"},
	sim.EvShelterFull:    {ZH: "%A已满（%C 人）", EN: "%A is full (%C persons)"},
	sim.EvUnitFailed:     {ZH: "%A无法完成任务：%T", EN: "%A cannot do its task: %T"},
	sim.EvPlaceDestroyed: {ZH: "有房屋垮塌", EN: "A building gave way"},
	sim.EvGridlock:       {ZH: "道路拥堵成环", EN: "Gridlock on the roads"},
	sim.EvHazardFailed:   {ZH: "灾害模型中止：%T", EN: "The hazard model failed: %T"},
	sim.EvScript:         {ZH: "脚本：%T", EN: "Script: %T"},
}

// structureWords say what was done to a structure, channelWords what a channel does.
var (
	structureWords = map[sim.StructureAction]sim.Text{
		sim.StructureSetOpening: {ZH: "开度 %N %", EN: "opening %N %"},
		sim.StructureSetCrest:   {ZH: "顶高 %N 米", EN: "crest at %N m"},
		sim.StructureBreach:     {ZH: "开始溃决", EN: "begins to fail"},
		sim.StructureSwitch:     {ZH: "启停", EN: "switched"},
	}
	channelWords = [2]sim.Text{{ZH: "中断", EN: "fails"}, {ZH: "恢复", EN: "works again"}}
)

// reasons are the Chinese words for why a unit cannot do its task.
var reasons = map[string]string{
	"it is lost":                                "已失联",
	"it is not a coach":                         "不是大巴",
	"it is not a boat":                          "不是冲锋舟",
	"it is not a task for a unit":               "不是救援力量的任务",
	"no zone is named":                          "未指明转移单元",
	"the zone has no assembly point":            "该单元没有集合点",
	"the road was closed under it":              "所在道路已封闭",
	"no way is left":                            "已无路可走",
	"it stands in a jam that does not dissolve": "堵在无法疏解的车流中",
	"no shelter can be reached":                 "没有可到达的避难场所",
	"no way to a party that calls":              "没有通往求救群众的道路",
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
		case sim.OrderDispatchCoach, sim.OrderRescueZone, sim.OrderRecallUnit, sim.OrderOpenShelter, sim.OrderCloseShelter:
			return true
		}
		return false
	case sim.EvOrderAcked, sim.EvOrderLost, sim.EvGaugeFell, sim.EvScript, sim.EvUnitFailed, sim.EvShelterOpened,
		sim.EvShelterClosed, sim.EvShelterFull:
		return true
	}
	return false
}

// once are kinds of events of which only the first makes the feed: later ones are counted at the top.
var once = map[sim.EventKind]bool{
	sim.EvPartyStranded: true, sim.EvPartyCaught: true, sim.EvPersonHurt: true, sim.EvPersonDied: true,
	sim.EvPlaceDestroyed: true, sim.EvGridlock: true,
}

// Reporter picks from the events of a run those that the feed and the timeline show.
type Reporter struct {
	sc    *scenario.Scenario
	names *scenario.Directory
	seen  map[sim.EventKind]bool
}

// NewReporter returns a reporter for the beginning of a run.
func NewReporter(sc *scenario.Scenario, names *scenario.Directory) *Reporter {
	return &Reporter{sc: sc, names: names, seen: make(map[sim.EventKind]bool)}
}

// Report returns the moment of an event, and whether it is one that is shown.
func (r *Reporter) Report(e sim.Event) (Moment, bool) {
	form, ok := headlines[e.Kind]
	if !ok || (once[e.Kind] && r.seen[e.Kind]) {
		return Moment{}, false
	}
	if (e.Kind == sim.EvOrderAcked || e.Kind == sim.EvOrderLost) && e.A.Kind == sim.KindUnit {
		return Moment{}, false // told by what the unit does
	}
	if e.Kind == sim.EvAccepted && toldBy(sim.OrderID(e.Count)) {
		return Moment{}, false
	}
	m := Moment{At: e.At, Kind: MomentHazard, Minor: minor(e)}
	r.seen[e.Kind] = true
	m.Text.ZH = r.fill(form.ZH, e, sim.Chinese)
	m.Text.EN = r.fill(form.EN, e, sim.English)
	switch e.Kind {
	case sim.EvAccepted, sim.EvRejected, sim.EvOrderAcked, sim.EvOrderLost, sim.EvShelterOpened,
		sim.EvShelterClosed, sim.EvMessage, sim.EvWarningLevel, sim.EvResponseLevel, sim.EvScript:
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
	case 'N':
		return fmt.Sprintf("%.2f", e.Num)
	case 'C':
		return count(e.Count)
	case 'T':
		if zh, ok := reasons[e.Text]; ok && lang == sim.Chinese {
			return zh
		}
		return e.Text
	case 'O':
		if k >= 0 && k < len(sim.Orders) {
			return sim.Orders[k].Title.In(lang)
		}
	case 'W':
		if k >= 0 && k < len(levelTitles) {
			return levelTitles[k].In(lang)
		}
	case 'R':
		if k >= 0 && k < len(responseTitles) {
			return responseTitles[k].In(lang)
		}
	case 'H':
		if g := int(e.A.ID); g >= 0 && g < len(r.sc.Gauges) && k >= 0 && k < len(r.sc.Gauges[g].Thresholds) {
			return r.sc.Gauges[g].Thresholds[k].Title.In(lang)
		}
	case 'S':
		return r.fill(structureWords[sim.StructureAction(e.Count)].In(lang), e, lang)
	case 'X':
		return channelWords[min(max(k, 0), 1)].In(lang)
	}
	return ""
}

// title names an entity; the county and nothing at all have no name.
func (r *Reporter) title(ref sim.Ref, lang sim.Lang) string {
	if ref.Kind == sim.KindNone || ref.Kind == sim.KindCounty || ref.ID < 0 {
		return ""
	}
	return r.names.Title(ref, lang)
}
