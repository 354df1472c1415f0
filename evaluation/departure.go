package evaluation

import (
	"math"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Departure is until when people of a zone could be ordered to leave: the latest safe departure (最晚安全转移时刻). It is
// worked out after the run, from water that nobody knew of in advance, and never shown to a seat.
// docs/measures.md defines it.
// Instants are seconds since the start, -1 where there is none.
type Departure struct {
	PlaceS  float64 `json:"danger_s"`    // reference run: class H3 at a house in which somebody is at the start
	WayS    float64 `json:"cut_off_s"`   // reference run: the first such house has no dry way out any more
	TellS   float64 `json:"tell_s"`      // from the order until its post spreads it [s]
	HearS   float64 `json:"hear_pack_s"` // until nine of ten have heard, and nine of ten of these have packed [s]
	ClearS  float64 `json:"clear_s"`     // until the last of them is through the way out [s]
	LatestS float64 `json:"latest_s"`    // the latest safe departure; below 0 the drill begins too late for it
	MarginS float64 `json:"margin_s"`    // the latest safe departure less the order: below 0 the order was late
	Known   bool    `json:"endangered"`  // water endangers or cuts off the zone; without it the figures mean nothing
	Ordered bool    `json:"ordered"`     // there was an order
	Bound   string  `json:"bound"`       // what ends it: place or way
	Longest string  `json:"longest"`     // what takes the longest: tell, hear_pack or clear
}

// walkers go at this speed on the way out [m/s] (assumed: the mean of all ages on the level).
const walkersSpeed = 1.2

// departures works out the latest safe departure of every zone.
func departures(in *Input, rec *records, reference []sim.Event) []Departure {
	d := departer{in: in, rec: rec, place: firstDanger(in, reference), shut: firstWater(in, reference)}
	d.index()
	list := make([]Departure, len(in.Scenario.Zones))
	for z := range list {
		list[z] = d.of(sim.ZoneID(z))
	}
	return list
}

// departer holds what the zones have in common.
type departer struct {
	in    *Input
	rec   *records
	place []float64          // of each building: when it sees class H3 [s]; +Inf for never
	shut  []float64          // of each link: when water first closes it [s]; +Inf for never
	into  [][]int32          // of each node: arcs that enter it, as 2·link, with 1 for the way back
	homes [][]sim.BuildingID // of each zone: buildings in which somebody is at the start
	cars  []float64          // of each zone: cars that take people out
	rest  []float64          // of each zone: people without a car
	seats float64            // of all coaches
	bound float64            // people without a car in zones with an assembly point
}

// firstDanger returns when each building first saw class H3 or above.
func firstDanger(in *Input, events []sim.Event) []float64 {
	at := infinite(len(in.Scenario.Buildings))
	for _, e := range events {
		if e.Kind == sim.EvPlaceDanger && e.A.Kind == sim.KindBuilding && sim.DangerClass(e.Count) >= sim.H3 {
			at[e.A.ID] = min(at[e.A.ID], e.At.Seconds())
		}
	}
	return at
}

// firstWater returns when water first closed each link.
func firstWater(in *Input, events []sim.Event) []float64 {
	at := infinite(len(in.Scenario.Links))
	for _, e := range events {
		if e.Kind == sim.EvLinkClosed && e.A.Kind == sim.KindLink && e.Count == int32(sim.StrandWater) {
			at[e.A.ID] = min(at[e.A.ID], e.At.Seconds())
		}
	}
	return at
}

func infinite(n int) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = math.Inf(1)
	}
	return list
}

// index sorts roads and people.
func (d *departer) index() {
	sc := d.in.Scenario
	d.into = make([][]int32, len(sc.Nodes))
	for i := range sc.Links {
		l := &sc.Links[i]
		if l.Class == scenario.RoadPath {
			continue
		}
		d.into[l.To] = append(d.into[l.To], int32(2*i))
		if !l.OneWay {
			d.into[l.From] = append(d.into[l.From], int32(2*i+1))
		}
	}
	zones := len(sc.Zones)
	d.homes, d.cars, d.rest = make([][]sim.BuildingID, zones), make([]float64, zones), make([]float64, zones)
	seen := make([]bool, len(sc.Buildings))
	for q := range d.in.Roster.Parties {
		p := &d.in.Roster.Parties[q]
		if p.Zone < 0 || p.Place < 0 {
			continue
		}
		if !seen[p.Place] {
			seen[p.Place] = true
			d.homes[p.Zone] = append(d.homes[p.Zone], p.Place)
		}
		if h := &sc.Households[p.Household]; h.Cars > 0 && h.Home == p.Place {
			d.cars[p.Zone]++
		} else {
			d.rest[p.Zone] += float64(p.Persons)
		}
	}
	for i := range sc.Units {
		if sc.Units[i].Kind == "coach" {
			d.seats += float64(sc.Units[i].Seats)
		}
	}
	for z := range d.rest {
		if d.in.Sites.Zone[z].Assembly >= 0 {
			d.bound += d.rest[z]
		}
	}
}

// of works out one zone.
func (d *departer) of(z sim.ZoneID) Departure {
	x := Departure{PlaceS: -1, WayS: -1, LatestS: -1, MarginS: 0}
	place, way := math.Inf(1), math.Inf(1)
	open, ride := d.waysOut(z)
	far := 0.0
	for _, b := range d.homes[z] {
		place = min(place, d.place[b])
		node := d.node(b)
		if node < 0 || math.IsInf(ride[node], 1) {
			continue // no car gets from there to a shelter even on dry roads
		}
		way, far = min(way, open[node]), max(far, ride[node])
	}
	x.TellS, x.HearS, x.ClearS = d.tell(z), d.hearAndPack(z), d.clear(z, far)
	x.Longest = longest(x)
	if order := d.rec.ordered[z].evacuateSent; order >= 0 {
		x.Ordered = true
	}
	end := min(place, way)
	if math.IsInf(end, 1) || len(d.homes[z]) == 0 {
		return x
	}
	x.Known, x.Bound = true, "place"
	if way < place {
		x.Bound = "way"
	}
	x.PlaceS, x.WayS = orNone(place), orNone(way)
	x.LatestS = end - x.TellS - x.HearS - x.ClearS
	if x.Ordered {
		x.MarginS = x.LatestS - d.rec.ordered[z].evacuateSent.Seconds()
	}
	return x
}

// node returns where the people of a building get on the roads, None where there are none.
func (d *departer) node(b sim.BuildingID) sim.NodeID {
	if n := d.in.Scenario.Buildings[b].Node; int(n) < len(d.in.Scenario.Nodes) {
		return n
	}
	return sim.None
}

func orNone(at float64) float64 {
	if math.IsInf(at, 1) {
		return -1
	}
	return at
}

func longest(x Departure) string {
	switch {
	case x.ClearS >= x.HearS && x.ClearS >= x.TellS:
		return "clear"
	case x.HearS >= x.TellS:
		return "hear_pack"
	}
	return "tell"
}

// waysOut returns of every node until when a car can get from it to a shelter of the zone, which is when the last such
// way has its first link closed by water [s], and how long the fastest way takes on empty roads [s].
func (d *departer) waysOut(z sim.ZoneID) (open, ride []float64) {
	n := len(d.in.Scenario.Nodes)
	open, ride = make([]float64, n), infinite(n)
	for i := range open {
		open[i] = math.Inf(-1)
	}
	goals := d.goals(z)
	d.spread(goals, open, math.Inf(1), func(at float64, link int) float64 { return min(at, d.shut[link]) }, longer)
	d.spread(goals, ride, 0, func(at float64, link int) float64 { return at + d.seconds(link) }, shorter)
	return open, ride
}

// seconds is the time that a car takes on a link of an empty road.
func (d *departer) seconds(link int) float64 {
	l := &d.in.Scenario.Links[link]
	return l.Shape.Length() / max(l.Speed/3.6, 1)
}

// spread carries a value from the goals backwards over the roads, each node getting the best one (Dijkstra's method).
func (d *departer) spread(goals []sim.NodeID, value []float64, first float64, step func(float64, int) float64,
	better func(a, b float64) bool,
) {
	var todo heap
	todo.better = better
	for _, g := range goals {
		value[g] = first
		todo.push(queued{first, int32(g)})
	}
	for len(todo.list) > 0 {
		x := todo.pop()
		if value[x.node] != x.value {
			continue
		}
		for _, arc := range d.into[x.node] {
			l := &d.in.Scenario.Links[arc/2]
			from := l.From
			if arc%2 == 1 {
				from = l.To
			}
			if v := step(x.value, int(arc/2)); better(v, value[from]) {
				value[from] = v
				todo.push(queued{v, int32(from)})
			}
		}
	}
}

// tell is the time from the order to its spreading: as it was in the run, and where there was none by what the posts on
// the way need at the median.
func (d *departer) tell(z sim.ZoneID) float64 {
	if o := d.rec.ordered[z]; o.evacuateSent >= 0 && o.evacuateAcked >= o.evacuateSent {
		return o.evacuateAcked.Sub(o.evacuateSent).Seconds()
	}
	s := 0.0
	tree := d.in.Sites.Tree
	for p := d.in.Sites.Zone[z].Post; p >= 0 && int(p) < len(tree) && tree[p] >= 0; p = tree[p] {
		post := &d.in.Scenario.Posts[p]
		s += post.AckT50.Seconds()
		if len(post.Links) == 0 {
			continue
		}
		if id, ok := d.in.Names.Resolve(sim.KindChannel, post.Links[0]); ok {
			s += d.in.Scenario.Channels[id].Law().DelayT50.Seconds()
		}
	}
	return s
}

// hearAndPack is the time by which nine of ten households have heard over the fastest channel of the zone's post, and
// from then on the time in which nine of ten pack.
func (d *departer) hearAndPack(z sim.ZoneID) float64 {
	sc := d.in.Scenario
	hear := math.Inf(1)
	if p := d.in.Sites.Zone[z].Post; p >= 0 && int(p) < len(sc.Posts) {
		for _, name := range sc.Posts[p].Public {
			id, ok := d.in.Names.Resolve(sim.KindChannel, name)
			if !ok {
				continue
			}
			law := sc.Channels[id].Law()
			s := law.DelayT90.Seconds()
			if sc.Channels[id].Use == "door" {
				s += 0.9 * float64(len(d.homes[z])) / max(float64(sc.Posts[p].Workers)*law.DoorsPerHour(), 1e-9) * 3600
			}
			hear = min(hear, s)
		}
	}
	if math.IsInf(hear, 1) {
		hear = 0
	}
	return hear + sc.Population.Behaviour.DelayT90.Seconds()
}

// clear is the time until the last of those who leave is through the way out: the cars one behind the other at the
// narrowest place of the way, the others by coach in so many rounds, or on foot without one; and the way itself.
func (d *departer) clear(z sim.ZoneID, ride float64) float64 {
	cars := 0.0
	if narrow := d.narrowest(z); narrow > 0 {
		cars = d.cars[z] / narrow * 3600
	}
	switch {
	case d.rest[z] == 0:
	case d.in.Sites.Zone[z].Assembly >= 0 && d.seats > 0:
		rounds := math.Ceil(d.bound / d.seats) // all zones share the coaches
		return max(cars+ride, (2*rounds-1)*ride+d.boarding(rounds))
	default:
		return max(cars+ride, d.walk(z))
	}
	return cars + ride
}

// walk is how long those who live the farthest from a shelter walk there by road.
func (d *departer) walk(z sim.ZoneID) float64 {
	metres := infinite(len(d.in.Scenario.Nodes))
	d.spread(d.goals(z), metres, 0, func(at float64, link int) float64 {
		return at + d.in.Scenario.Links[link].Shape.Length()
	}, shorter)
	far := 0.0
	for _, b := range d.homes[z] {
		if node := d.node(b); node >= 0 && !math.IsInf(metres[node], 1) {
			far = max(far, metres[node])
		}
	}
	return far / walkersSpeed
}

// narrowest is what the narrowest place lets through of the widest way from a house to a shelter, for the house that
// has it worst [veh/h]; 0 without a way.
func (d *departer) narrowest(z sim.ZoneID) float64 {
	sc := d.in.Scenario
	width := make([]float64, len(sc.Nodes))
	d.spread(d.goals(z), width, math.Inf(1), func(at float64, link int) float64 {
		l := &sc.Links[link]
		return min(at, l.Capacity*float64(l.Lanes)*sc.Roads.Capacity)
	}, longer)
	worst := math.Inf(1)
	for _, b := range d.homes[z] {
		if node := d.node(b); node >= 0 && width[node] > 0 {
			worst = min(worst, width[node])
		}
	}
	return orZero(worst)
}

func orZero(v float64) float64 {
	if math.IsInf(v, 1) {
		return 0
	}
	return v
}

func shorter(a, b float64) bool { return a < b }
func longer(a, b float64) bool  { return a > b }

// goals are the nodes of a zone's shelters.
func (d *departer) goals(z sim.ZoneID) []sim.NodeID {
	var goals []sim.NodeID
	for _, s := range d.in.Sites.Zone[z].Shelters {
		if int(s) >= len(d.in.Sites.Shelter) {
			continue
		}
		if node := d.in.Sites.Shelter[s]; node >= 0 {
			goals = append(goals, node)
		}
	}
	return goals
}

// boarding is how long the coaches stand to load in so many rounds.
func (d *departer) boarding(rounds float64) float64 {
	for i := range d.in.Scenario.Units {
		if u := &d.in.Scenario.Units[i]; u.Kind == "coach" {
			return rounds * float64(u.Seats) * u.Boarding.Seconds()
		}
	}
	return 0
}

// queued is a node with the value at which it was reached.
type queued struct {
	value float64
	node  int32
}

// heap gives the best of what was put in first.
type heap struct {
	list   []queued
	better func(a, b float64) bool
}

func (h *heap) push(x queued) {
	h.list = append(h.list, x)
	for k := len(h.list) - 1; k > 0; {
		up := (k - 1) / 2
		if !h.better(h.list[k].value, h.list[up].value) {
			return
		}
		h.list[k], h.list[up] = h.list[up], h.list[k]
		k = up
	}
}

func (h *heap) pop() queued {
	best, last := h.list[0], len(h.list)-1
	h.list[0] = h.list[last]
	h.list = h.list[:last]
	for k := 0; ; {
		c := 2*k + 1
		if c >= last {
			return best
		}
		if c+1 < last && h.better(h.list[c+1].value, h.list[c].value) {
			c++
		}
		if !h.better(h.list[c].value, h.list[k].value) {
			return best
		}
		h.list[c], h.list[k] = h.list[k], h.list[c]
		k = c
	}
}

// Late says whether the order came after the latest safe departure, or never.
func (x Departure) Late() bool { return x.Known && (!x.Ordered || x.MarginS < 0) }

// latestText writes the latest safe departure as a time of day; one before the start is said to be so.
func (x Departure) latestText(start sim.CivilTime, lang sim.Lang) string {
	switch {
	case !x.Known:
		return "–"
	case x.LatestS < 0:
		return sim.Say("开始前 %s", "%s before the start", spanText(-x.LatestS, lang)).In(lang)
	}
	return sinceStart(x.LatestS, start)
}

// marginText writes how much time was to spare.
func (x Departure) marginText(lang sim.Lang) string {
	switch {
	case !x.Known:
		return "–"
	case !x.Ordered:
		return sim.Text{ZH: "从未下达", EN: "never ordered"}.In(lang)
	case x.MarginS < 0:
		return sim.Say("晚 %s", "%s late", spanText(-x.MarginS, lang)).In(lang)
	}
	return spanText(x.MarginS, lang)
}

var (
	boundWords = map[string]sim.Text{"place": {ZH: "房屋遇险", EN: "danger at a house"}, "way": {ZH: "出路断绝", EN: "cut off"}}

	longestWords = map[string]sim.Text{"tell": {ZH: "指令下达最慢", EN: "telling takes longest"},
		"hear_pack": {ZH: "得知与收拾最慢", EN: "hearing and packing take longest"},
		"clear":     {ZH: "清空最慢", EN: "clearing takes longest"}}
)

// boundText says what ends the time of a zone and what takes the most of it.
func (x Departure) boundText(lang sim.Lang) string {
	if !x.Known {
		return sim.Text{ZH: "参照推演中水未危及", EN: "no water near it in the reference run"}.In(lang)
	}
	return sim.Say("%s；%s", "%s; %s", boundWords[x.Bound], longestWords[x.Longest]).In(lang)
}

// betweenText writes how long something came after something else.
func betweenText(a, b sim.Time, lang sim.Lang) string {
	switch {
	case a < 0 || b < 0:
		return "–"
	case b < a:
		return sim.Say("早 %s", "%s before it", spanText(a.Sub(b).Seconds(), lang)).In(lang)
	}
	return spanText(b.Sub(a).Seconds(), lang)
}
