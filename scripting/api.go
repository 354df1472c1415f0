package scripting

import (
	"slices"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"sandtable/sim"
)

// Function is one function that a script can call; docs/scripting.md is made of them.
type Function struct {
	Name    string // with its table, as "on.at"
	Usage   string
	Doc     sim.Text
	Example string
	install func(h *Host, l *lua.LState) int
}

// Functions lists what a script can call besides plain Lua.
var Functions = []Function{
	{"on.at", "on.at(time, function() … end)", sim.Text{
		ZH: "到时刻 time（自演练开始，如 \"1h30m\"）时执行一次。",
		EN: "Calls the function once at a time since the start, such as \"1h30m\"."},
		`on.at("1h30m", function() inject("message", {text = "上游水库请求泄洪"}) end)`, (*Host).luaAt},
	{"on.every", "on.every(span, function() … end)", sim.Text{
		ZH: "每隔一段时间执行，第一次在一个间隔之后。",
		EN: "Calls the function again and again, the first time after one span."},
		`on.every("30m", function() note(clock() .. " 已转移 " .. truth.total().left) end)`, (*Host).luaEvery},
	{"on.event", "on.event(kind, function(e) … end)", sim.Text{
		ZH: "发生某类事件时执行；e 含 at, kind, a, b, c（所涉对象的短名）, " +
			"a_title, b_title, c_title（其中文名称）, a_title_en, b_title_en, c_title_en（英文名称）, " +
			"count, num, text, text_en，指令类事件另有 order，测站事件另有 threshold, warning, action。",
		EN: "Calls the function at each event of that kind; e has at, kind, a, b, c (short names of what it is about), " +
			"a_title, b_title, c_title (their names on the Chinese screen), a_title_en, b_title_en, c_title_en (on the " +
			"English one), count, num, text in Chinese, text_en, for kinds that speak of an order its name as order, and for " +
			"those of gauges threshold (its name in Chinese), warning and action."},
		`on.event("shelter-full", function(e) note(e.a_title .. "已满") end)`, (*Host).luaEvent},
	{"when", "when(function() return … end, function() … end)", sim.Text{
		ZH: "条件首次成立时执行一次；每 10 秒检查。",
		EN: "Calls the second function once, the first time the condition holds; looked at every 10 s."},
		`when(function() return truth.gauge("bridge").above >= 1 end, function() note("超警戒") end)`, (*Host).luaWhen},
	{"inject", "inject(name, {parameter = value, …})", sim.Text{
		ZH: "注入情景（见 docs/orders.md）。仅限导调脚本。",
		EN: "Gives an inject of docs/orders.md. For the director's script only."},
		`inject("channel_down", {channel = "loudspeaker", zone = "z01"})`, (*Host).luaInject},
	{"order", "order(name, {parameter = value, …} [, post])", sim.Text{
		ZH: "以岗位名义下达指令；缺省为最高岗位，席位脚本为本席位。",
		EN: "Gives an order in the name of a post: the highest when none is named, its own for a seat's script."},
		`order("evacuate_zone", {zone = "z01"})`, (*Host).luaOrder},
	{"note", "note(text)", sim.Text{
		ZH: "写入演练记录，供复盘查看。", EN: "Writes into the drill's record, for the review."},
		`note("第二轮会商开始")`, (*Host).luaNote},
	{"print", "print(…)", sim.Text{ZH: "同 note。", EN: "As note."}, `print("time", now())`, (*Host).luaPrint},
	{"now", "now()", sim.Text{
		ZH: "自演练开始的秒数。", EN: "Seconds since the start."}, `if now() > 3600 then note("一小时") end`, (*Host).luaNow},
	{"clock", "clock()", sim.Text{
		ZH: "当地时刻，如 \"21:40\"。", EN: "Local time of day, such as \"21:40\"."}, `note(clock())`, (*Host).luaClock},
	{"random", "random([n])", sim.Text{
		ZH: "由演练种子决定的随机数：[0,1) 或 1 到 n 的整数。",
		EN: "A number from the drill's seed: in [0,1), or a whole one from 1 to n."},
		`if random() < 0.3 then inject("channel_down", {channel = "phone"}) end`, (*Host).luaRandom},
	{"truth.zone", "truth.zone(name)", sim.Text{
		ZH: "转移单元的真实情况：persons, warned, left, sheltered, stranded, caught, dead, depth_max, wet_share, ordered。",
		EN: "What is so in a zone: persons, warned, left, sheltered, stranded, caught, dead, depth_max [m], wet_share, " +
			"ordered. For the director's script."},
		`if truth.zone("z01").depth_max > 0.5 then note("z01 进水") end`, (*Host).luaZone},
	{"truth.total", "truth.total()", sim.Text{
		ZH: "全县人数：字段同 truth.zone。", EN: "The whole county: fields as truth.zone."},
		`note("被困 " .. truth.total().stranded)`, (*Host).luaTotal},
	{"truth.shelter", "truth.shelter(name)", sim.Text{
		ZH: "避难场所：open, inside, waiting, capacity。", EN: "A shelter: open, inside, waiting, capacity."},
		`note(truth.shelter("s1").inside)`, (*Host).luaShelter},
	{"truth.unit", "truth.unit(name)", sim.Text{
		ZH: "救援力量：status, aboard, carried。", EN: "A unit: status, aboard, carried."},
		`note(truth.unit("boat-1").status)`, (*Host).luaUnit},
	{"truth.gauge", "truth.gauge(name)", sim.Text{
		ZH: "水位站：level（米）, depth；雨量站：rain_30m, rain_1h, rain_3h, rain_6h, rain_12h, rain_24h（毫米）；" +
			"above（最高一个已超阈值的序号，从 1 起，0 为无）, " +
			"warning（预警级别，如 \"orange\"）, action（prepare, move 或空）。",
		EN: "A gauge. Stage: level [m], depth [m]; rain: rain_30m, rain_1h, rain_3h, rain_6h, rain_12h, rain_24h [mm]; " +
			"above (number of the highest threshold it is above, from 1; 0 for none), warning (level, such as \"orange\"), " +
			"action (prepare, move or empty)."},
		`note(truth.gauge("bridge").level)`, (*Host).luaGauge},
	{"truth.forecast", "truth.forecast(gauge [, limit [, window]])", sim.Text{
		ZH: "席位已收到的最近一次预报，字段同 seen.forecast。", EN: "The last forecast that any post has; fields as seen.forecast."},
		`if truth.forecast("bridge", 53.2).votes >= 2 then note("多数成员预计超警戒") end`, (*Host).luaForecast},
	{"seen.zone", "seen.zone(name)", sim.Text{
		ZH: "本席位所知：reported（秒，-1 为无报告）, persons, warned, left, waiting, stranded, missing；" +
			"当地人所见 dead, hurt, wet（进水房屋）, destroyed, depth（米）；from（谁报的）, over（经何信道，空为当面）, " +
			"warning（该单元的预警级别）, water（本岗位人员在其责任单元内看到的水深，米，-1 为无人看到）。",
		EN: "What the seat has been told: reported [s] (-1 before the first report), persons, warned, left, waiting, " +
			"stranded, missing; what is seen there: dead, hurt, wet (houses), destroyed, depth [m]; from (who told it), over " +
			"(which channel; empty face to face), warning (the level that holds in the zone), water (the depth that its own " +
			"people see in a zone that it moves [m]; -1 where nobody looks)."},
		`if seen.zone("z01").stranded > 0 then order("rescue_zone", {unit = "boat-1", zone = "z01"}) end`,
		(*Host).luaSeenZone},
	{"seen.closed", "seen.closed(link)", sim.Text{
		ZH: "本席位是否得知该路段（编号）已封闭或被淹。",
		EN: "Whether the seat has word that a link, by its number, is closed or under water."},
		`if seen.closed("17") then order("announce_closures", {}) end`, (*Host).luaSeenClosed},
	{"seen.post", "seen.post(name)", sim.Text{
		ZH: "直属下级岗位：answered（最近一次叫应或来报的秒数，-1 为无）。",
		EN: "A post right below: answered, when it last acknowledged or reported [s]; -1 for never."},
		`if seen.post("v01").answered < 0 then order("call_post", {to = "v01"}) end`, (*Host).luaSeenPost},
	{"seen.deployment", "seen.deployment(name)", sim.Text{
		ZH: "本席位下发的部署：sent（秒，-1 为未下发）, items, acked（已叫应项数）, refused, held（因条件未满足而暂不下达的项数）, overdue（逾期再呼过的项数）。",
		EN: "A deployment that the seat has sent out: sent [s] (-1 before), items, and of these acked, refused, held " +
			"(back, for their condition was not so), overdue (called again)."},
		`if seen.deployment("d1").overdue > 0 then note("有逾期未应") end`, (*Host).luaSeenDeployment},
	{"seen.cut_off", "seen.cut_off()", sim.Text{
		ZH: "本席位自何时起与上级失去联络（秒，-1 为有联络）。",
		EN: "Since when the seat has had no contact with its superior [s]; -1 when it has."},
		`if seen.cut_off() >= 0 and seen.zone("z01").water > 0.3 then order("evacuate_zone", {zone = "z01"}) end`,
		(*Host).luaSeenCutOff},
	{"seen.gauge", "seen.gauge(name)", sim.Text{
		ZH: "本席位收到的读数：reported，其余字段同 truth.gauge（无 depth）。",
		EN: "The gauge as the seat has received it: reported, and the fields of truth.gauge but depth."},
		`if seen.gauge("bridge").level > 52 then order("response_level", {level = "II"}) end`, (*Host).luaSeenGauge},
	{"seen.forecast", "seen.forecast(gauge [, limit [, window]])", sim.Text{
		ZH: "本席位最近收到的预报：issued, received（秒，-1 为无）, step（秒）, members；" +
			"low, median, high 为各步的最低、中位、最高成员（水位米；给出 window 如 \"1h\" 则为时段雨量毫米）；" +
			"给出 limit 时还有 votes（超过它的成员数）, first, last（最早、最晚超过的秒数，-1 为无）。",
		EN: "The last forecast that the seat has received: issued, received [s] (-1 before the first), step [s], members; " +
			"low, median and high are lists of the lowest, median and highest member at each step (level [m], or with a " +
			"window such as \"1h\" the rain in it [mm]); with a limit also votes (how many members pass it), first and last " +
			"(when, [s]; -1 for never)."},
		`if seen.forecast("bridge", 53.2).votes >= 2 then order("prepare_zone", {zone = "z01"}) end`,
		(*Host).luaForecast},
}

// install puts the functions in. A seat's script gets neither inject nor the truth; the director's, who has the
// truth, gets no seat's view.
func (h *Host) install() {
	l := h.state
	for i := range Functions {
		f := &Functions[i]
		table, name, found := strings.Cut(f.Name, ".")
		if seat := h.env.Seat >= 0; seat && (table == "truth" || table == "inject") || !seat && table == "seen" {
			continue
		}
		fn := l.NewFunction(func(l *lua.LState) int { return f.install(h, l) })
		if !found {
			l.SetGlobal(f.Name, fn)
			continue
		}
		t, ok := l.GetGlobal(table).(*lua.LTable)
		if !ok {
			t = l.NewTable()
			l.SetGlobal(table, t)
		}
		t.RawSetString(name, fn)
	}
}

// checkSpan reads a span of time: text such as "1h30m", or seconds.
func checkSpan(l *lua.LState, n int) sim.Duration {
	if v, ok := l.Get(n).(lua.LNumber); ok {
		if !(v >= 0 && v < 1e8) {
			l.ArgError(n, "want a span of time, such as \"1h30m\" or seconds")
		}
		return sim.Duration(float64(v)*1000) * sim.Millisecond
	}
	d, err := sim.ParseDuration(l.CheckString(n))
	if err != nil {
		l.ArgError(n, err.Error())
	}
	return d
}

func (h *Host) luaAt(l *lua.LState) int {
	at := sim.Time(checkSpan(l, 1))
	if at < h.now {
		l.ArgError(1, "this time has passed")
	}
	h.agenda.Put(at, task{call: l.CheckFunction(2)})
	return 0
}

func (h *Host) luaEvery(l *lua.LState) int {
	span := checkSpan(l, 1)
	if span < sim.Tick {
		l.ArgError(1, "want at least one second")
	}
	h.agenda.Put(h.now.Add(span), task{call: l.CheckFunction(2), every: span})
	return 0
}

func (h *Host) luaEvent(l *lua.LState) int {
	kind, ok := sim.EventByName(l.CheckString(1))
	if !ok {
		l.ArgError(1, "no such kind of event; docs/scripting.md lists them")
	}
	h.events[kind] = append(h.events[kind], l.CheckFunction(2))
	return 0
}

func (h *Host) luaWhen(l *lua.LState) int {
	if len(h.whens) >= 1000 {
		l.RaiseError("more than 1000 conditions")
	}
	h.whens = append(h.whens, when{cond: l.CheckFunction(1), call: l.CheckFunction(2)})
	return 0
}

func (h *Host) luaInject(l *lua.LState) int { return h.command(l, sim.FromDirector, "") }

func (h *Host) luaOrder(l *lua.LState) int {
	post := l.OptString(3, "")
	if h.env.Seat >= 0 {
		post = h.env.Names.NameOf(sim.RefTo(sim.KindPost, h.env.Seat))
	}
	return h.command(l, sim.FromPolicy, post)
}

// command reads (name, table) and puts the command out. Whether it is a good one is for the engine to say.
func (h *Host) command(l *lua.LState, origin sim.OriginKind, post string) int {
	c := sim.Command{At: h.now, Origin: origin, Post: post, Order: l.CheckString(1)}
	if sim.OrderByName(c.Order) == nil {
		l.ArgError(1, "no such order; docs/orders.md lists them")
	}
	if h.view == nil {
		l.RaiseError("orders and injects are given in a function of on.at, on.every, on.event or when")
	}
	if len(h.out) >= 1000 {
		l.RaiseError("more than 1000 commands in one second")
	}
	l.OptTable(2, l.NewTable()).ForEach(func(k, v lua.LValue) {
		c.Args = append(c.Args, sim.Arg{Name: k.String(), Value: argText(v)})
	})
	c.Sort()
	h.out = append(h.out, c)
	return 0
}

func argText(v lua.LValue) string {
	if n, ok := v.(lua.LNumber); ok {
		return strconv.FormatFloat(float64(n), 'g', -1, 64)
	}
	return v.String()
}

func (h *Host) luaNote(l *lua.LState) int {
	h.note(l.CheckString(1))
	return 0
}

func (h *Host) luaPrint(l *lua.LState) int {
	var parts []string
	for i := 1; i <= l.GetTop(); i++ {
		switch v := l.Get(i).(type) {
		case lua.LString, lua.LNumber, lua.LBool, *lua.LNilType:
			parts = append(parts, v.String())
		default:
			parts = append(parts, v.Type().String())
		}
	}
	h.note(strings.Join(parts, "\t"))
	return 0
}

func (h *Host) luaNow(l *lua.LState) int {
	l.Push(lua.LNumber(h.now.Seconds()))
	return 1
}

func (h *Host) luaClock(l *lua.LState) int {
	l.Push(lua.LString(h.env.Scenario.Drill.Start.Clock(h.now)))
	return 1
}

func (h *Host) luaRandom(l *lua.LState) int {
	x := h.stream.Float64(0, 0, h.draws)
	h.draws++
	if n := l.OptInt(1, 0); n > 0 {
		x = float64(int(x*float64(n))) + 1
	}
	l.Push(lua.LNumber(x))
	return 1
}

// refresh reads the truth, or what the seat knows, once per tick.
func (h *Host) refresh(l *lua.LState) {
	if h.view == nil {
		l.RaiseError("this can be read only in a function of on.at, on.every, on.event or when")
	}
	if h.fresh {
		return
	}
	h.fresh = true
	if h.env.Seat >= 0 {
		h.view.Observe(h.env.Seat, &h.seen)
	} else {
		h.view.Truth(&h.truth)
	}
}

// lookup resolves the name given as first argument.
func (h *Host) lookup(l *lua.LState, kind sim.Kind) int {
	h.refresh(l)
	id, ok := h.env.Names.Resolve(kind, l.CheckString(1))
	if !ok {
		l.ArgError(1, "no "+kind.String()+" has that name")
	}
	return int(id)
}

// pushTable pushes a table of the given fields, in their order.
func pushTable(l *lua.LState, fields ...any) int {
	t := l.NewTable()
	for pair := range slices.Chunk(fields, 2) {
		switch v := pair[1].(type) {
		case int:
			t.RawSetString(pair[0].(string), lua.LNumber(v))
		case int32:
			t.RawSetString(pair[0].(string), lua.LNumber(v))
		case float64:
			t.RawSetString(pair[0].(string), lua.LNumber(v))
		case bool:
			t.RawSetString(pair[0].(string), lua.LBool(v))
		case string:
			t.RawSetString(pair[0].(string), lua.LString(v))
		}
	}
	l.Push(t)
	return 1
}

func countFields(c *sim.Counts) []any {
	return []any{"persons", c.Persons, "warned", c.Warned, "left", c.Left, "sheltered", c.Sheltered,
		"stranded", c.Stranded, "caught", c.Caught, "hurt", c.Hurt, "dead", c.Dead, "rescued", c.Rescued,
		"waiting", c.Assembly}
}

func (h *Host) luaZone(l *lua.LState) int {
	z := &h.truth.Zones[h.lookup(l, sim.KindZone)]
	return pushTable(l, append(countFields(&z.Counts), "depth_max", z.DepthMax, "wet_share", z.WetShare,
		"ordered", z.Ordered)...)
}

func (h *Host) luaTotal(l *lua.LState) int {
	h.refresh(l)
	return pushTable(l, countFields(&h.truth.Total)...)
}

func (h *Host) luaShelter(l *lua.LState) int {
	s := h.truth.Shelters[h.lookup(l, sim.KindShelter)]
	return pushTable(l, "open", s.Open, "inside", s.Inside, "waiting", s.Waiting, "capacity", s.Capacity)
}

func (h *Host) luaUnit(l *lua.LState) int {
	u := h.truth.Units[h.lookup(l, sim.KindUnit)]
	return pushTable(l, "status", u.Status.String(), "aboard", u.Aboard, "carried", u.Carried)
}

func (h *Host) luaGauge(l *lua.LState) int {
	g := h.truth.Gauges[h.lookup(l, sim.KindGauge)]
	return pushTable(l, append(rainFields(g.Rain), "level", g.Level, "depth", g.Depth, "above", g.Above+1,
		"warning", sim.WarningLevels()[g.Warning], "action", g.Action.String())...)
}

// rainFields are the windows of a rain gauge.
func rainFields(rain sim.RainDepths) []any {
	var fields []any
	for k, window := range sim.RainWindows {
		fields = append(fields, "rain_"+window.String(), rain[k])
	}
	return fields
}

func (h *Host) luaSeenZone(l *lua.LState) int {
	id := h.lookup(l, sim.KindZone)
	z, warning, water := h.seen.Zones[id], 0, -1.0
	if int(id) < len(h.seen.Seen) && h.seen.Seen[id].At >= 0 {
		water = h.seen.Seen[id].Depth
	}
	if int(id) < len(h.seen.ZoneWarnings) {
		warning = int(h.seen.ZoneWarnings[id])
	}
	return pushTable(l, "dead", z.Report.Dead, "hurt", z.Report.Hurt, "wet", z.Report.Wet, "destroyed",
		z.Report.Destroyed, "depth", z.Report.Depth, "from", h.nameOf(z.From), "over", h.channelOf(z.Over), "warning",
		sim.WarningLevels()[warning], "reported", reported(z.Reported), "persons", z.Report.Persons,
		"warned", z.Report.Warned, "left", z.Report.Left, "waiting", z.Report.Waiting, "stranded", z.Report.Stranded,
		"missing", z.Report.Missing, "water", water)
}

func (h *Host) luaSeenCutOff(l *lua.LState) int {
	h.refresh(l)
	l.Push(lua.LNumber(reported(h.seen.CutOff)))
	return 1
}

// nameOf names an entity; nothing has no name.
func (h *Host) nameOf(r sim.Ref) string {
	if r.Kind == sim.KindNone {
		return ""
	}
	return h.env.Names.NameOf(r)
}

// channelOf names the channel over which something came, nothing when it came over none.
func (h *Host) channelOf(ch sim.ChannelID) string {
	if ch < 0 {
		return ""
	}
	return h.nameOf(sim.RefTo(sim.KindChannel, ch))
}

func (h *Host) luaSeenClosed(l *lua.LState) int {
	link, closed := h.lookup(l, sim.KindLink), false
	for _, k := range h.seen.Roads {
		closed = closed || int32(k.Link) == int32(link) && k.Closed
	}
	l.Push(lua.LBool(closed))
	return 1
}

func (h *Host) luaSeenPost(l *lua.LState) int {
	id, at := h.lookup(l, sim.KindPost), sim.Time(-1)
	for _, k := range h.seen.Posts {
		if int32(k.Post) == int32(id) {
			at = k.Answered
		}
	}
	return pushTable(l, "answered", reported(at))
}

func (h *Host) luaSeenDeployment(l *lua.LState) int {
	id, sent := h.lookup(l, sim.KindDeployment), sim.Time(-1)
	var items, acked, refused, held, overdue int
	for _, k := range h.seen.Deployments {
		if int32(k.Deployment) != int32(id) {
			continue
		}
		sent, items = k.Sent, len(k.Items)
		for _, x := range k.Items {
			for _, c := range []struct {
				n   *int
				yes bool
			}{{&acked, x.Acked >= 0}, {&refused, x.Refused}, {&held, x.Held}, {&overdue, x.Calls > 0}} {
				if c.yes {
					*c.n++
				}
			}
		}
	}
	return pushTable(l, "sent", reported(sent), "items", items, "acked", acked, "refused", refused, "held", held,
		"overdue", overdue)
}

func (h *Host) luaSeenGauge(l *lua.LState) int {
	g := h.seen.Gauges[h.lookup(l, sim.KindGauge)]
	return pushTable(l, append(rainFields(g.Rain), "reported", reported(g.Reported), "level", g.Level, "above", g.Above+1,
		"warning", sim.WarningLevels()[g.Warning], "action", g.Action.String())...)
}

// reported gives the time of a report in seconds, -1 before the first.
func reported(at sim.Time) float64 {
	if at < 0 {
		return -1
	}
	return at.Seconds()
}

// eventTable makes an event readable for a script: entities by their names.
func (h *Host) eventTable(e sim.Event) *lua.LTable {
	l := h.state
	name := func(r sim.Ref) string {
		if r.Kind == sim.KindNone {
			return ""
		}
		return h.env.Names.NameOf(r)
	}
	pushTable(l, "at", e.At.Seconds(), "kind", e.Kind.String(), "a", name(e.A), "b", name(e.B),
		"c", name(e.C), "count", int(e.Count), "num", e.Num, "text", e.Text.In(sim.Chinese), "text_en",
		e.Text.In(sim.English))
	t := l.Get(-1).(*lua.LTable)
	for i, r := range [...]sim.Ref{e.A, e.B, e.C} {
		var title sim.Text
		if r.Kind != sim.KindNone {
			title = h.env.Names.TitleOf(r)
		}
		key := [...]string{"a_title", "b_title", "c_title"}[i]
		t.RawSetString(key, lua.LString(title.In(sim.Chinese)))
		t.RawSetString(key+"_en", lua.LString(title.In(sim.English)))
	}
	h.gaugeFields(t, e)
	if e.Kind.OfOrder() && e.Count >= 0 && int(e.Count) < len(sim.Orders) {
		t.RawSetString("order", lua.LString(sim.Orders[e.Count].Name))
	}
	l.Pop(1)
	return t
}
