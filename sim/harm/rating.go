package harm

import "sandtable/sim"

// Level is a class of the hazard rating; 0 is dry.
type Level uint8

// Levels.
const (
	LevelDry     Level = iota
	LevelCaution       // low hazard: caution
	LevelSome          // danger for some: children, the elderly, the infirm
	LevelMost          // danger for most: the general public
	LevelAll           // danger for all, rescuers too
	LevelCount
)

// Ratings are the classes of the hazard rating and their upper limits, of which the two reports give two.
var Ratings = Table[RatingRow]{
	Head{
		Name:  "ratings",
		Title: sim.Text{ZH: "洪水危险度评级（HR）", EN: "hazard rating (HR)"},
		Source: "Defra and Environment Agency (2006), Flood Risks to People, FD2321/TR1; FD2320/TR2 (2005) and " +
			"supplementary note (2008)",
		Status: Checked,
		Note: "HR = d (v + 0.5) + DF with the debris factor DF of the next two tables; 0 where it is dry. Below " +
			"the first two limits, up to and with the third. The upper limit of danger for most is 2.0 in " +
			"FD2320 and 2.5 in FD2321.",
		Columns: []Column{{"level", ""}, {"HR, FD2320", "m²/s"}, {"HR, FD2321", "m²/s"}, {"meaning", ""}, {"含义", ""}},
	},
	[]RatingRow{
		{LevelCaution, 0.75, 0.75, sim.Text{ZH: "注意", EN: "caution"}},
		{LevelSome, 1.25, 1.25, sim.Text{ZH: "部分人危险（老幼病残）", EN: "danger for some: children, the elderly, the infirm"}},
		{LevelMost, 2.0, 2.5, sim.Text{ZH: "多数人危险（一般公众）", EN: "danger for most: the general public"}},
		{LevelAll, boundless, boundless, sim.Text{ZH: "所有人危险（含救援人员）", EN: "danger for all, rescuers too"}},
	},
}

// RatingRow is a level of the hazard rating with its upper limits [m2/s].
type RatingRow struct {
	Level          Level
	FD2320, FD2321 float64 // [m2/s]
	Meaning        sim.Text
}

// Cells returns the row for a document.
func (r RatingRow) Cells() []string {
	return cells(number(float64(r.Level)), r.FD2320, r.FD2321, r.Meaning.EN, r.Meaning.ZH)
}

// Debris says how the debris factor of the hazard rating is chosen.
type Debris uint8

// Choices of the debris factor.
const (
	DebrisNone     Debris = iota // 0 everywhere
	DebrisPlanning               // by depth alone: FD2320
	DebrisCover                  // by depth, speed and what grows or stands there: FD2321
	DebrisCount
)

// DebrisNames are the choices' names in files.
var DebrisNames = [DebrisCount]string{"none", "fd2320", "fd2321"}

// Ground is what the ground bears, from which the water takes debris.
type Ground uint8

// Grounds.
const (
	GroundPasture Ground = iota // pasture and fields
	GroundWood
	GroundUrban
	GroundCount
)

// Limits of the bands of the debris factors: depth [m], and speed [m/s] from which on the last band holds.
const (
	debrisShallow = 0.25
	debrisDeep    = 0.75
	debrisFast    = 2.0
)

// PlanningDebris are the debris factors of FD2320, by depth.
var PlanningDebris = Table[DebrisRow]{
	Head{
		Name:   "debris-fd2320",
		Title:  sim.Text{ZH: "漂浮物系数（FD2320，规划）", EN: "debris factor for planning, FD2320"},
		Source: "Defra and Environment Agency, FD2320/TR2 (2005), table 13.1, and supplementary note (2008)",
		Status: Checked,
		Note: "Unlike FD2321 it has debris in shallow water, too. Depth and speed up to and with the limit; the " +
			"last row is the rest. Held against a quotation of the note.",
		Columns: debrisColumns,
	},
	[]DebrisRow{
		{debrisShallow, boundless, [GroundCount]float64{0.5, 0.5, 0.5}},
		{boundless, boundless, [GroundCount]float64{1, 1, 1}},
	},
}

// CoverDebris are the debris factors of FD2321, by depth, speed and ground.
var CoverDebris = Table[DebrisRow]{
	Head{
		Name:   "debris-fd2321",
		Title:  sim.Text{ZH: "漂浮物系数（FD2321，按地表）", EN: "debris factor by ground, FD2321"},
		Source: "Defra and Environment Agency (2006), FD2321/TR1, table 3.1",
		Status: Checked,
		Note: "Deep or fast water, beyond 0.75 m or 2 m/s, has the last row. Depth and speed up to and with " +
			"the limit.",
		Columns: debrisColumns,
	},
	[]DebrisRow{
		{debrisShallow, debrisFast, [GroundCount]float64{0, 0, 0}},
		{debrisDeep, debrisFast, [GroundCount]float64{0, 0.5, 1}},
		{boundless, boundless, [GroundCount]float64{0.5, 1, 1}},
	},
}

var debrisColumns = []Column{{"depth", "m"}, {"speed", "m/s"}, {"pasture", "m²/s"}, {"woodland", "m²/s"},
	{"urban", "m²/s"}}

// DebrisRow holds the debris factors of water up to a depth and a speed, by ground.
type DebrisRow struct {
	Depth  float64              // [m]
	Speed  float64              // [m/s]
	Factor [GroundCount]float64 // [m2/s]
}

// Cells returns the row for a document.
func (r DebrisRow) Cells() []string {
	return cells(r.Depth, r.Speed, r.Factor[GroundPasture], r.Factor[GroundWood], r.Factor[GroundUrban])
}

// Factor returns the debris factor of water of that depth [m] and speed [m/s] over a ground [m2/s].
func (d Debris) Factor(depth, speed float64, ground Ground) float64 {
	rows := CoverDebris.Rows
	switch d {
	case DebrisNone:
		return 0
	case DebrisPlanning:
		rows = PlanningDebris.Rows
	}
	last := len(rows) - 1
	for _, r := range rows[:last] {
		if depth <= r.Depth && speed <= r.Speed {
			return r.Factor[ground]
		}
	}
	return rows[last].Factor[ground]
}

// Rating returns the hazard rating of water of that depth [m] and speed [m/s] over a ground [m2/s]: 0 when it
// is dry.
func Rating(depth, speed float64, d Debris, ground Ground) float64 {
	if depth <= 0 {
		return 0
	}
	return float64(depth*(speed+0.5)) + d.Factor(depth, speed, ground)
}

// Grade returns the level of a hazard rating [m2/s]; wide takes the upper limit of FD2321 for danger for most.
func Grade(rating float64, wide bool) Level {
	if rating <= 0 {
		return LevelDry
	}
	for _, r := range Ratings.Rows {
		upper := r.FD2320
		if wide {
			upper = r.FD2321
		}
		if rating < upper || rating == upper && r.Level == LevelMost {
			return r.Level
		}
	}
	return LevelAll
}

// Means says what a level means; dry ground has nothing to say.
func (l Level) Means() sim.Text {
	if l == LevelDry || l >= LevelCount {
		return sim.Text{}
	}
	return Ratings.Rows[l-1].Meaning
}

// DebrisByName returns the choice of that name in files, and none for another.
func DebrisByName(name string) Debris {
	for d, n := range DebrisNames {
		if n == name {
			return Debris(d)
		}
	}
	return DebrisNone
}

// levelNames are the levels' names in files.
var levelNames = [LevelCount]string{"dry", "caution", "some", "most", "all"}

// String returns the level's name in files.
func (l Level) String() string { return levelNames[l] }
