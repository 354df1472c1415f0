package generate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// The standing plan (assumed): what the county does when gauges pass their thresholds, or are forecast to. How long a
// zone needs, and what follows from it, says docs/generate.md: more than the three hours that a forecast reaches. So
// the plan acts as soon as a forecast shows the next higher level, and without one when the gauge passes the lower.
// Everybody prepares by the upstream gauge; the places on the flood plain move by it too, the quarters behind the
// dyke by the town's, and what lies below the dam by the reservoir's, or by the town's. The reservoir's gate is shut
// when the upstream gauge passes its alert level, so that the two floods do not meet. For some that is too late: the
// drill is to show it.
const (
	decideQuick  = 5 * sim.Minute  // from a threshold to an order that needs no consultation
	decideMove   = 20 * sim.Minute // from a threshold to an order that waits for no consultation
	meetGather   = 5 * sim.Minute  // from its call until a consultation begins
	meetDuration = 10 * sim.Minute // of a consultation
	boatsDelay   = 10 * sim.Minute // from a threshold to the boats' order
	personsCoach = 120             // persons of a zone per coach, as far as there are coaches
)

// Thresholds of gauges, by their place in the list.
const (
	watchLevel = iota // of a gauge on the river
	alertLevel
	ensureLevel
	designLevel = alertLevel // of the reservoir's
	checkLevel  = ensureLevel
)

// planner writes the standing plan.
type planner struct {
	c       *county
	coaches int // sent so far
	bundles []*bundle
}

// bundle is a deployment: what goes out when a gauge has passed a threshold, or is forecast to pass one, and with a
// consultation when the heads have met over it.
type bundle struct {
	gauge      *scenario.Gauge
	passed     int // the threshold
	foreseen   int // the one that a forecast shows
	title      sim.Text
	council    sim.Text // what is consulted about; empty where nobody waits for that
	orders     []sim.Command
	deployment string
}

// order puts an order into a deployment.
func (b *bundle) order(order string, args ...string) {
	b.orders = append(b.orders, sim.NewCommand(sim.FromPlan, order, args...))
}

// bundle returns a deployment of this title, a new one where there is none yet.
func (pl *planner) bundle(b bundle) *bundle {
	k := slices.IndexFunc(pl.bundles, func(x *bundle) bool { return x.title == b.title })
	if k < 0 {
		k = len(pl.bundles)
		b.deployment = fmt.Sprintf("d%d", k+1)
		pl.bundles = append(pl.bundles, &b)
	}
	return pl.bundles[k]
}

// deploy writes the deployments, each with the consultation that ends in it: the heads of county and towns by video.
func (pl *planner) deploy() {
	sc := pl.c.sc
	for _, b := range pl.bundles {
		sc.Deployments = append(sc.Deployments, scenario.Deployment{Name: b.deployment, Title: b.title, Post: "county"})
		for _, o := range b.orders {
			item := scenario.Filled[scenario.DeploymentItem]()
			item.Of, item.Order, item.Args = b.deployment, o.Order, o.Args
			sc.Items = append(sc.Items, item)
		}
		if b.council.Empty() {
			pl.trigger(b, "deploy", "deployment", b.deployment)
			continue
		}
		m := scenario.Meeting{Name: fmt.Sprintf("m%d", len(sc.Meetings)+1), Title: b.council,
			Post: "county", Form: "video", Gather: meetGather, Duration: meetDuration}
		for _, o := range sc.Officials {
			if strings.HasSuffix(o.Name, "-1") && (o.Post == "county" || strings.HasPrefix(o.Post, "t")) {
				m.Members = append(m.Members, o.Name)
			}
		}
		sc.Meetings = append(sc.Meetings, m)
		pl.trigger(b, "consult", "meeting", m.Name, "deployment", b.deployment)
	}
}

// trigger adds the lines by which a deployment comes about: on a forecast, where there are any, and on the gauge.
func (pl *planner) trigger(b *bundle, order string, args ...string) {
	if f := pl.c.forecast(); f != nil {
		pl.add(scenario.PlannedOrder{Gauge: b.gauge.Name, Above: *b.gauge.Thresholds[b.foreseen].Level, Lead: f.Lead,
			Delay: decideQuick}, order, args)
	}
	pl.above(b.gauge, b.passed, decideQuick, order, args...)
}

// at adds an order at a time.
func (pl *planner) at(t sim.Duration, order string, args ...string) {
	pl.add(scenario.PlannedOrder{At: &t}, order, args)
}

// above adds an order when a gauge passes a level, after a time to decide.
func (pl *planner) above(g *scenario.Gauge, threshold int, delay sim.Duration, order string, args ...string) {
	pl.add(scenario.PlannedOrder{Gauge: g.Name, Above: *g.Thresholds[threshold].Level, Delay: delay}, order, args)
}

func (pl *planner) add(p scenario.PlannedOrder, order string, args []string) {
	cmd := sim.NewCommand(sim.FromPlan, order, args...)
	p.Order, p.Args = order, cmd.Args
	pl.c.sc.Plan = append(pl.c.sc.Plan, p)
}

// plan writes the standing plan.
func (c *county) plan() {
	pl := &planner{c: c}
	up, town := &c.sc.Gauges[0], &c.sc.Gauges[1]
	lowest := c.lowestFirst()
	pl.at(0, "warning_level", "level", "yellow")
	pl.at(0, "response_level", "level", "IV")
	pl.above(up, alertLevel, decideQuick, "response_level", "level", "II")
	pl.above(town, alertLevel, decideQuick, "response_level", "level", "I")
	pl.above(town, alertLevel, decideQuick, "warning_level", "level", "red")
	pl.above(town, alertLevel, decideQuick, "ban_gathering", "state", "on")
	if c.land.dam != nil { // keep its flood back while that of the river passes the town
		pl.above(up, alertLevel, decideMove, "set_gate", "structure", gateName, "opening", "0")
	}
	for _, k := range lowest {
		pl.zone(k)
	}
	pl.prepare(lowest)
	if len(lowest) > 0 {
		pl.units(lowest)
	}
	pl.deploy()
}

// prepare has everybody made ready, for that costs little: no consultation, and the watch level is enough to foresee.
// With an orange warning schools, in term, and businesses close, as the guide to warning signals for rainstorms of 2007
// asks of those in danger; with a red one nobody gathers (recalled).
func (pl *planner) prepare(zones []int) {
	b := pl.bundle(bundle{gauge: &pl.c.sc.Gauges[0], passed: watchLevel, foreseen: watchLevel,
		title: sim.Text{ZH: "转移准备方案", EN: "Plan to prepare"}})
	b.order("response_level", "level", "III")
	b.order("warning_level", "level", "orange")
	if !isHoliday(pl.c.p.Start) {
		b.order("suspend", "what", "school")
		b.order("suspend", "what", "kindergarten")
	}
	b.order("suspend", "what", "business")
	for _, s := range pl.c.sc.Shelters {
		b.order("open_shelter", "shelter", s.Name)
	}
	for _, k := range zones {
		b.order("prepare_zone", "zone", zoneName(k))
	}
}

// units sends boats and vans: boats when the upstream gauge passes its guaranteed level, to the lowest zones one after
// the other; vans with the order to move, the first ones to the zones with nursing homes, the others to the lowest.
func (pl *planner) units(lowest []int) {
	var vans []int
	for _, in := range pl.c.sc.Institutions {
		if in.Kind == "care" {
			vans = append(vans, pl.c.zoneAt(pl.c.buildings[in.Building].At))
		}
	}
	vans = append(vans, lowest...)
	boat, van := 0, 0
	for _, u := range pl.c.sc.Units {
		switch u.Kind {
		case "boat":
			pl.above(&pl.c.sc.Gauges[0], ensureLevel, boatsDelay, "rescue_zone", "unit", u.Name, "zone",
				zoneName(lowest[boat%len(lowest)]))
			boat++
		case "van":
			k := vans[van%len(vans)]
			pl.move(k).order("fetch_zone", "unit", u.Name, "zone", zoneName(k))
			van++
		}
	}
}

// lowestFirst returns the zones from the lowest ground to the highest.
func (c *county) lowestFirst() []int {
	order := make([]int, len(c.zones))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.zones[a].level, c.zones[b].level) })
	return order
}

// move returns the deployment with which a zone is moved.
func (pl *planner) move(k int) *bundle {
	z, gauges := &pl.c.zones[k], pl.c.sc.Gauges
	switch {
	case z.below && pl.reservoir() != nil: // nobody waits for a consultation when the dam is in danger
		return pl.bundle(bundle{gauge: pl.reservoir(), passed: designLevel, foreseen: checkLevel,
			title: sim.Text{ZH: "坝下单元转移方案（库水位高）", EN: "Plan for those below the dam, by the lake"}})
	case z.quarter && pl.c.land.dyke != nil:
		return pl.bundle(bundle{gauge: &gauges[1], passed: watchLevel, foreseen: alertLevel,
			title:   sim.Text{ZH: "堤内社区转移方案", EN: "Plan for the quarters behind the dyke"},
			council: sim.Text{ZH: "堤内社区汛情研判", EN: "Outlook for the quarters behind the dyke"}})
	}
	return pl.bundle(bundle{gauge: &gauges[0], passed: watchLevel, foreseen: alertLevel,
		title:   sim.Text{ZH: "沿江单元转移方案", EN: "Plan for the places on the plain"},
		council: sim.Text{ZH: "沿江单元汛情研判", EN: "Outlook for the places on the plain"}})
}

// zone plans the move of one zone.
func (pl *planner) zone(k int) {
	z, name := &pl.c.zones[k], zoneName(k)
	b := pl.move(k)
	b.order("evacuate_zone", "zone", name)
	if z.below && b.gauge == pl.reservoir() { // the river may come before the dam is in danger
		pl.bundle(bundle{gauge: &pl.c.sc.Gauges[1], passed: alertLevel, foreseen: ensureLevel,
			title:   sim.Text{ZH: "坝下单元转移方案（江水高）", EN: "Plan for those below the dam, by the river"},
			council: sim.Text{ZH: "坝下单元汛情研判", EN: "Outlook for those below the dam"}}).order("evacuate_zone", "zone", name)
	}
	if pl.c.sc.Zones[k].Assembly == "" {
		return
	}
	for range max(z.persons/personsCoach, 1) {
		if pl.coaches >= pl.c.coachCount() {
			return
		}
		unit := pl.c.sc.Units[pl.coaches].Name
		pl.coaches++
		b.order("dispatch_coach", "unit", unit, "zone", name)
	}
}

// reservoir returns the gauge on the reservoir; nil when there is none.
func (pl *planner) reservoir() *scenario.Gauge {
	if k := slices.IndexFunc(pl.c.sc.Gauges, func(g scenario.Gauge) bool { return g.Name == "reservoir" }); k >= 0 {
		return &pl.c.sc.Gauges[k]
	}
	return nil
}

// coachCount is how many of the units are coaches; they stand first.
func (c *county) coachCount() int {
	n := 0
	for n < len(c.sc.Units) && c.sc.Units[n].Kind == "coach" {
		n++
	}
	return n
}

// How far households walk to a shelter on a night of heavy rain (assumed); others go by coach.
const (
	walkMost  = 1500.0 // [m]
	walkShare = 0.25   // but at most this share of the map's width
)

// head fills the drill's head, the place and what else is not a list.
func (c *county) head() {
	sc, p := c.sc, c.p
	scenario.Fill(&sc.Drill)
	scenario.Fill(&sc.Place)
	scenario.Fill(&sc.Population)
	scenario.Fill(&sc.Roads)
	scenario.Fill(&sc.Danger)
	scenario.Fill(&sc.Rules)
	scenario.Fill(&sc.Weather)
	if p.Title.Empty() {
		p.Title = with(c.placeTitle, "洪水转移演练", " flood evacuation")
	}
	sc.Drill.Name, sc.Drill.Title = p.Name, p.Title
	sc.Drill.Start, sc.Drill.Duration = p.Start, p.Duration
	sc.Drill.Summary = c.summary()
	sc.Place.Title = c.placeTitle
	sc.Place.Terrain, sc.Place.Cover = "terrain.asc.gz", "cover.asc.gz"
	sc.Place.ElevationSource = sim.Say("虚构地形，由参数生成（种子 %d）", "fictional, generated from parameters (seed %d)", p.Seed)
	sc.Population.Buildings, sc.Population.Households = "buildings.csv.gz", "households.csv.gz"
	sc.Population.Persons = "persons.csv.gz"
	walk := math.Min(walkMost, float64(walkShare*p.Width))
	sc.Population.Behaviour.WalkMax = round(walk, 0)
	sc.Population.Behaviour.WalkMaxWeak = round(walk/3, 0)
	families(&sc.Population.Family)
	sc.Population.Care.Days = "calendar"
	if isHoliday(p.Start) {
		sc.Population.Care.Days = "holidays"
	}
	sc.Roads.Nodes, sc.Roads.Links = "nodes.csv.gz", "links.csv.gz"
	sc.Terrain = c.terrain()
	sc.Nodes, sc.Links, sc.Buildings = c.nodes, c.links, c.buildings
	sc.Hazards = []scenario.Hazard{{Name: "flood", Kind: "flood", Spec: c.storm()}}
}

// School holidays [month, day], first and last: the longest that provinces give primary schools in summer, and what
// most of them share of those around the Spring Festival (assumed: they are set each year, and by each province).
var (
	summerHolidays = [2][2]int{{7, 4}, {8, 31}}
	winterHolidays = [2][2]int{{1, 22}, {2, 18}}
)

// isHoliday says whether schools are on holiday on the day of a drill.
func isHoliday(start sim.CivilTime) bool {
	_, month, day := start.Date()
	for _, h := range [...][2][2]int{summerHolidays, winterHolidays} {
		begun := month > h[0][0] || month == h[0][0] && day >= h[0][1]
		over := month > h[1][0] || month == h[1][0] && day > h[1][1]
		if begun && !over {
			return true
		}
	}
	return false
}

// families says how far the members of a household wait for each other, help their neighbours and go back (assumed).
func families(f *scenario.Family) {
	f.Tell, f.Phone = 0.9, "wechat" // by mobile telephone, which fails with the public network
	f.GatherHome, f.Fetch = 0.3, 0.7
	f.LiftOffer = 0.3
	f.Back, f.BackAnimals, f.BackPeople = 0.03, 0.15, 0.3
	f.Relatives = 0.1
}

// summary says what happens.
func (c *county) summary() sim.Text {
	zh := fmt.Sprintf("%s，约%d人。持续强降雨，河水上涨，沿河村镇受淹。", c.placeTitle.ZH, c.p.Persons)
	en := fmt.Sprintf("%s, about %d people. Heavy rain; the river rises and floods the plain.",
		c.placeTitle.EN, c.p.Persons)
	if c.land.dam != nil {
		zh += "县城上游水库水位逼近坝顶。"
		en += " The reservoir above the county town fills toward the dam's crest."
	}
	return sim.Text{ZH: zh, EN: en}
}

// What is wanted of the drill (assumed). Of those at risk some only work or learn where the water comes: on a night
// they are at home elsewhere, are not warned, and need not move.
const (
	warnShare = 0.8 // of those at risk are warned
	moveShare = 0.8 // of those at risk who are there leave before the water
)

// objectives says what the drill is to show.
func (c *county) objectives() {
	most := func(x float64) *float64 { return &x }
	c.sc.Objectives = []scenario.Objective{
		{Name: "warn", Title: sim.Text{ZH: "受威胁群众预警覆盖率不低于八成", EN: "Warn at least eight in ten of those at risk"},
			Measure: "warned_share", AtLeast: most(warnShare)},
		{Name: "move", Title: sim.Text{ZH: "应转尽转：身在险处者水到之前转移八成以上",
			EN: "Move at least eight in ten of those in danger before the water"},
			Measure: "moved_present_share", AtLeast: most(moveShare)},
		{Name: "safe", Title: sim.Text{ZH: "不死人", EN: "No deaths"}, Measure: "dead", AtMost: most(0)},
	}
}
