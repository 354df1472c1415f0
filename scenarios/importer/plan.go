package importer

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// The standing plan (assumed): the levels of response, shelters, and the zones, the lowest first. Zones that the flood
// reaches early move at the warning level of the upper gauge, the others at its guaranteed level.
const (
	decide       = 10 * sim.Minute // from a threshold to the order
	prepareTime  = 15 * sim.Minute // from the order to prepare to that to move
	coachesDelay = 5 * sim.Minute  // from an evacuation order to the coaches'
	boatsDelay   = 45 * sim.Minute
	personsCoach = 120  // persons of a zone per coach, as far as there are coaches
	earlyMargin  = 0.25 // zones whose low houses lie in the mean below this margin move early [m]
)

// at adds an order at a time.
func (m *town) planAt(t sim.Duration, order string, args ...string) {
	m.plan(scenario.PlannedOrder{At: &t}, order, args)
}

// planAbove adds an order when a gauge passes a threshold, after a time to decide.
func (m *town) planAbove(gauge, threshold int, delay sim.Duration, order string, args ...string) {
	g := &m.sc.Gauges[gauge]
	m.plan(scenario.PlannedOrder{Gauge: g.Name, Above: *g.Thresholds[threshold].Level, Delay: delay}, order, args)
}

func (m *town) plan(p scenario.PlannedOrder, order string, args []string) {
	cmd := sim.NewCommand(sim.FromPlan, order, args...)
	p.Order, p.Args = order, cmd.Args
	m.sc.Plan = append(m.sc.Plan, p)
}

// Indices of gauges and thresholds.
const (
	gaugeUpper, gaugeMiddle = 0, 1
	levelAlert, levelFull   = 0, 1
)

// addPlan writes the standing plan.
func (m *town) addPlan() {
	m.planAt(0, "warning_level", "level", "yellow")
	m.planAt(0, "response_level", "level", "IV")
	m.planAbove(gaugeUpper, levelAlert, decide/2, "response_level", "level", "III")
	m.planAbove(gaugeUpper, levelAlert, decide/2, "warning_level", "level", "orange")
	for _, s := range m.sc.Shelters {
		m.planAbove(gaugeUpper, levelAlert, decide/2, "open_shelter", "shelter", s.Name)
	}
	m.planAbove(gaugeMiddle, levelAlert, decide/2, "response_level", "level", "II")
	m.planAbove(gaugeMiddle, levelFull, decide/2, "response_level", "level", "I")
	m.planAbove(gaugeMiddle, levelFull, decide/2, "warning_level", "level", "red")
	coach := 0
	for k := range m.zones {
		coach = m.planZone(k, coach)
	}
	boats := 0
	for i := range m.sc.Units {
		if m.sc.Units[i].Kind == "boat" {
			m.planAbove(gaugeMiddle, levelFull, boatsDelay, "rescue_zone", "unit", m.sc.Units[i].Name, "zone",
				m.zones[boats%len(m.zones)].name)
			boats++
		}
	}
}

// planZone plans the move of one zone with coaches from the given one on, and returns the next that is free.
func (m *town) planZone(k, coach int) int {
	z := &m.zones[k]
	level, delay := levelFull, decide
	if z.margin < earlyMargin {
		level, delay = levelAlert, decide+prepareTime
	}
	m.planAbove(gaugeUpper, levelAlert, decide, "prepare_zone", "zone", z.name)
	m.planAbove(gaugeUpper, level, delay, "evacuate_zone", "zone", z.name)
	if m.sc.Zones[k].Assembly == "" {
		return coach
	}
	for range max(z.persons/personsCoach, 1) {
		if coach >= len(m.sc.Units) || m.sc.Units[coach].Kind != "coach" {
			return coach
		}
		m.planAbove(gaugeUpper, level, delay+coachesDelay, "dispatch_coach", "unit", m.sc.Units[coach].Name, "zone", z.name)
		coach++
	}
	return coach
}

// addObjectives says what the drill is to show.
func (m *town) addObjectives() {
	x := func(v float64) *float64 { return &v }
	m.sc.Objectives = []scenario.Objective{
		{Name: "warn", Title: sim.Text{ZH: "受威胁群众预警覆盖率不低于九成", EN: "Warn at least nine in ten of those at risk"},
			Measure: "warned_share", AtLeast: x(0.9)},
		{Name: "move", Title: sim.Text{ZH: "水到之前转移八成以上", EN: "Move at least eight in ten before the water"},
			Measure: "moved_before_water_share", AtLeast: x(0.8)},
		{Name: "safe", Title: sim.Text{ZH: "不死人", EN: "No deaths"}, Measure: "dead", AtMost: x(0)},
	}
}

// Attribution is what the licences of the sources ask to be shown.
const Attribution = "© OpenStreetMap contributors, ODbL 1.0; SRTM NASA/USGS public domain"

// elevationError is the error of SRTM, one standard deviation [m] (5-10 m).
const elevationError = 8

// head fills the drill's head, the place and what else is not a list.
func (m *town) head() {
	sc, place := m.sc, m.placeTitle()
	scenario.Fill(&sc.Drill)
	scenario.Fill(&sc.Place)
	scenario.Fill(&sc.Population)
	scenario.Fill(&sc.Roads)
	scenario.Fill(&sc.Danger)
	scenario.Fill(&sc.Weather)
	scenario.Fill(&sc.Rules)
	sc.Drill.Name, sc.Drill.Title = m.p.Name, with(place, "洪水转移演练", " flood evacuation")
	sc.Drill.Start, sc.Drill.Duration = m.p.Start, m.p.Duration
	zh, en := m.river.names.title()
	sc.Drill.Summary = sim.Text{
		ZH: fmt.Sprintf("%s，约%d人。%s上涨，洪峰%.0f立方米每秒，沿岸低处受淹。高程误差大，不可用于规划。", place.ZH, len(sc.Persons),
			plainText(zh), m.river.peak),
		EN: fmt.Sprintf("%s, about %d people. %s rises to a peak of %.0f m3/s and floods low ground. "+
			"Elevation is rough: not for planning.",
			place.EN, len(sc.Persons), orWord(plainText(en), "The river"), m.river.peak)}
	p := &sc.Place
	p.Title, p.Terrain, p.Cover = place, "terrain.asc.gz", "cover.asc.gz"
	p.CRS, p.Easting, p.Northing = m.frame.crs(), m.frame.easting, m.frame.northing
	p.ElevationSource = sim.Say("SRTM %d″（表面模型，含屋顶树冠）", "SRTM %d″ (surface model: sees roofs and trees)",
		m.dem.arcSeconds)
	p.ElevationError, p.Planning, p.Attribution = elevationError, false, Attribution
	sc.Population.Buildings, sc.Population.Households = "buildings.csv.gz", "households.csv.gz"
	sc.Population.Persons = "persons.csv.gz"
	sc.Roads.Nodes, sc.Roads.Links = "nodes.csv.gz", "links.csv.gz"
}

// orWord returns the first text that is not empty.
func orWord(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
