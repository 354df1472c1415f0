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

// The standing plan (assumed): what the county does when gauges pass their thresholds. It moves the places on the flood
// plain when the upstream gauge passes its watch level, the quarters behind the dyke when the town's gauge does, and
// what lies below the dam at the reservoir's design flood level, or when the town's gauge passes its alert level. It
// shuts the reservoir's gate when the upstream gauge passes its alert level, so that the two floods do not meet. For
// some that is too late: the drill is to show it.
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
)

// planner writes the standing plan.
type planner struct {
	c       *county
	coaches int // sent so far
	bundles []bundle
}

// bundle is a deployment: what goes out when a gauge has passed a threshold, and the heads have met over it.
type bundle struct {
	gauge     *scenario.Gauge
	threshold int
	title     sim.Text
	orders    []sim.Command
}

// when puts an order into the deployment that follows a threshold.
func (pl *planner) when(g *scenario.Gauge, threshold int, order string, args ...string) {
	k := slices.IndexFunc(pl.bundles, func(b bundle) bool { return b.gauge == g && b.threshold == threshold })
	if k < 0 {
		k = len(pl.bundles)
		pl.bundles = append(pl.bundles, bundle{gauge: g, threshold: threshold,
			title: sim.Say("%s%s转移部署", "Evacuation, %s at %s", g.Title, g.Thresholds[threshold].Title)})
	}
	pl.bundles[k].orders = append(pl.bundles[k].orders, sim.NewCommand(sim.FromPlan, order, args...))
}

// deploy writes the deployments, each with the consultation that ends in it: the heads of county and towns by video, or
// where the dam is in danger nobody waits for them.
func (pl *planner) deploy() {
	sc := pl.c.sc
	for k, b := range pl.bundles {
		name := fmt.Sprintf("d%d", k+1)
		sc.Deployments = append(sc.Deployments, scenario.Deployment{Name: name, Title: b.title, Post: "county"})
		for _, o := range b.orders {
			item := scenario.Filled[scenario.DeploymentItem]()
			item.Of, item.Order, item.Args = name, o.Order, o.Args
			sc.Items = append(sc.Items, item)
		}
		if b.gauge == pl.reservoir() {
			pl.above(b.gauge, b.threshold, decideQuick, "deploy", "deployment", name)
			continue
		}
		m := scenario.Meeting{Name: fmt.Sprintf("m%d", len(sc.Meetings)+1), Title: with(b.title, "会商", ": consultation"),
			Post: "county", Form: "video", Gather: meetGather, Duration: meetDuration}
		for _, o := range sc.Officials {
			if strings.HasSuffix(o.Name, "-1") && (o.Post == "county" || strings.HasPrefix(o.Post, "t")) {
				m.Members = append(m.Members, o.Name)
			}
		}
		sc.Meetings = append(sc.Meetings, m)
		pl.above(b.gauge, b.threshold, decideQuick, "consult", "meeting", m.Name, "deployment", name)
	}
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
	pl.at(0, "warning_level", "level", "yellow")
	pl.at(0, "response_level", "level", "IV")
	pl.above(up, watchLevel, decideQuick, "response_level", "level", "III")
	pl.above(up, watchLevel, decideQuick, "warning_level", "level", "orange")
	for _, s := range c.sc.Shelters {
		pl.above(up, watchLevel, decideQuick, "open_shelter", "shelter", s.Name)
	}
	pl.above(up, alertLevel, decideQuick, "response_level", "level", "II")
	pl.above(town, alertLevel, decideQuick, "response_level", "level", "I")
	pl.above(town, alertLevel, decideQuick, "warning_level", "level", "red")
	if c.land.dam != nil { // keep its flood back while that of the river passes the town
		pl.above(up, alertLevel, decideMove, "set_gate", "structure", gateName, "opening", "0")
	}
	lowest := c.lowestFirst()
	for _, k := range lowest {
		pl.zone(k, up, town)
	}
	pl.deploy()
	if len(lowest) == 0 {
		return
	}
	boats, vans := 0, 0
	for _, u := range c.sc.Units {
		switch u.Kind {
		case "boat":
			pl.above(up, ensureLevel, boatsDelay, "rescue_zone", "unit", u.Name, "zone", zoneName(lowest[boats%len(lowest)]))
			boats++
		case "van":
			pl.van(u.Name, vans, lowest)
			vans++
		}
	}
}

// van sends a van: the first ones to the zones with nursing homes, the others to the lowest zones.
func (pl *planner) van(unit string, k int, lowest []int) {
	var homes []int
	for _, in := range pl.c.sc.Institutions {
		if in.Kind == "care" {
			homes = append(homes, pl.c.zoneAt(pl.c.buildings[in.Building].At))
		}
	}
	zones := append(homes, lowest...)
	pl.above(&pl.c.sc.Gauges[0], watchLevel, decideMove, "fetch_zone", "unit", unit, "zone", zoneName(zones[k%len(zones)]))
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

// zone plans the move of one zone.
func (pl *planner) zone(k int, up, town *scenario.Gauge) {
	z := &pl.c.zones[k]
	name := zoneName(k)
	move, threshold := up, watchLevel
	switch {
	case z.below && pl.reservoir() != nil:
		move, threshold = pl.reservoir(), designLevel
	case z.quarter && pl.c.land.dyke != nil:
		move = town
	}
	pl.above(up, watchLevel, decideQuick, "prepare_zone", "zone", name)
	pl.when(move, threshold, "evacuate_zone", "zone", name)
	if z.below && move != up { // the river may come before the dam is in danger
		pl.when(town, alertLevel, "evacuate_zone", "zone", name)
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
		pl.when(move, threshold, "dispatch_coach", "unit", unit, "zone", name)
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
	sc.Roads.Nodes, sc.Roads.Links = "nodes.csv.gz", "links.csv.gz"
	sc.Terrain = c.terrain()
	sc.Nodes, sc.Links, sc.Buildings = c.nodes, c.links, c.buildings
	sc.Hazards = []scenario.Hazard{{Name: "flood", Kind: "flood", Spec: c.storm()}}
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
// they are at home elsewhere and are neither warned nor moved.
const (
	warnShare = 0.8 // of those at risk are warned
	moveShare = 0.7 // of those at risk leave before the water
)

// objectives says what the drill is to show.
func (c *county) objectives() {
	most := func(x float64) *float64 { return &x }
	c.sc.Objectives = []scenario.Objective{
		{Name: "warn", Title: sim.Text{ZH: "受威胁群众预警覆盖率不低于八成", EN: "Warn at least eight in ten of those at risk"},
			Measure: "warned_share", AtLeast: most(warnShare)},
		{Name: "move", Title: sim.Text{ZH: "应转尽转：水到之前转移七成以上", EN: "Move at least seven in ten before the water"},
			Measure: "moved_before_water_share", AtLeast: most(moveShare)},
		{Name: "safe", Title: sim.Text{ZH: "不死人", EN: "No deaths"}, Measure: "dead", AtMost: most(0)},
	}
}
