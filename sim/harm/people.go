package harm

import "sandtable/sim"

// Person is a kind of person in flowing water, by height times mass.
type Person uint8

// Kinds of persons.
const (
	Adult Person = iota // above 50 m kg
	Child               // 25 to 50 m kg
	Frail               // up to 25 m kg: infants, small children, frail old people
)

// Regime is how dangerous flowing water is to a person.
type Regime uint8

// Regimes, after Cox, Shand and Blacka.
const (
	RegimeDry Regime = iota
	RegimeLow
	RegimeModerate    // for adults only: dangerous to some; up to the working limit of trained rescuers
	RegimeSignificant // dangerous to most
	RegimeExtreme     // dangerous to all
)

// People are the limits of people who stand in flowing water.
var People = Table[PersonRow]{
	Head{
		Name:  "people",
		Title: sim.Text{ZH: "人在水流中的安全限值", EN: "people in flowing water"},
		Source: "Cox, Shand, Blacka (2010), Appropriate safety criteria for people, Australian Rainfall and " +
			"Runoff P10/S1/006",
		Status: Recalled,
		Note: "Upper limits of depth × speed of each regime; deeper or faster water than the last two columns " +
			"allow is extreme. 0.8 m²/s is the working limit of trained rescuers with equipment. For who is " +
			"frail any flow is unsafe; young children of less than 20 m kg are not safe at 0.4 m²/s (Cox, Yee, " +
			"Ball 2004; checked). The row of adults and the children's 0.4 m²/s, 0.5 m and 3 m/s are held against a " +
			"transcription of the report and of AIDR Guideline 7-3; the children's 0.6 m²/s and the row of the frail " +
			"are not.",
		Columns: []Column{{"", ""}, {"height × mass", "m kg"}, {"low", "m²/s"}, {"moderate", "m²/s"}, {"significant", "m²/s"},
			{"depth", "m"}, {"speed", "m/s"}},
	},
	[]PersonRow{
		Adult: {sim.Text{ZH: "成人", EN: "adult"}, 50, 0.6, 0.8, 1.2, 1.2, 3.0},
		Child: {sim.Text{ZH: "儿童", EN: "child"}, 25, 0.4, 0.4, 0.6, 0.5, 3.0},
		Frail: {sim.Text{ZH: "婴幼儿、体弱者", EN: "infant, frail"}, 0, 0, 0, 0, 0, 0},
	},
}

// PersonRow are the limits of a kind of person.
type PersonRow struct {
	Name        sim.Text
	Build       float64 // height times mass, above [m kg]
	Low         float64 // depth times speed [m2/s]
	Moderate    float64 // [m2/s]
	Significant float64 // [m2/s]
	Depth       float64 // [m]
	Speed       float64 // [m/s]
}

// Cells returns the row for a document.
func (r PersonRow) Cells() []string {
	return cells(r.Name, r.Build, r.Low, r.Moderate, r.Significant, r.Depth, r.Speed)
}

// PersonOf returns the kind of a person of that height [m] and mass [kg].
func PersonOf(height, mass float64) Person {
	build := float64(height * mass)
	for _, k := range [...]Person{Adult, Child} {
		if build > People.Rows[k].Build {
			return k
		}
	}
	return Frail
}

// Regime returns how dangerous water of that depth [m] and speed [m/s] is to a kind of person.
func (k Person) Regime(depth, speed float64) Regime {
	r, product := &People.Rows[k], float64(depth*speed)
	switch {
	case depth <= 0:
		return RegimeDry
	case depth > r.Depth || speed > r.Speed || product > r.Significant:
		return RegimeExtreme
	case product > r.Moderate:
		return RegimeSignificant
	case product > r.Low:
		return RegimeModerate
	}
	return RegimeLow
}

// RescuerProduct returns the working limit of trained rescuers [m2/s].
func RescuerProduct() float64 { return People.Rows[Adult].Moderate }

// Walker is how well somebody on foot gets on in water.
type Walker uint8

// Walkers.
const (
	WalkerAble     Walker = iota
	WalkerWeak            // children under twelve, the elderly, who walks badly
	WalkerHelpless        // who cannot walk, and infants
)

// walkerNames are the walkers in words.
var walkerNames = [...]sim.Text{
	{ZH: "行动自如者", EN: "able"},
	{ZH: "儿童、老人、行动不便者", EN: "child, elderly, walks badly"},
	{ZH: "婴儿、不能行走者", EN: "infant, cannot walk"},
}

// pedestrianDepth is the depth up to which people enter a flooded road on foot, 2 ft [m]: LifeSim, chapter 11. At the
// door its default is the same: chapter 7, table 18.
const pedestrianDepth = 0.61

// Wading is the water up to which people set out on foot.
var Wading = Table[Named]{
	Head{
		Name:  "wading",
		Title: sim.Text{ZH: "徒步涉水的限值", EN: "setting out on foot"},
		Source: "depth of the able: HEC-LifeSim Technical Reference Manual, chapter 11 (2 ft); the rest: Cox, " +
			"Shand, Blacka (2010), low hazard",
		Status: Assumed,
		Note: "Assumed are the row of the helpless, who are not carried through more than what counts as water " +
			"at a place, and that the elderly and who walks badly go as children.",
		Columns: limitColumns,
	},
	[]Named{
		WalkerAble: {walkerNames[WalkerAble], Limit{pedestrianDepth, People.Rows[Adult].Speed, People.Rows[Adult].Low}},
		WalkerWeak: {walkerNames[WalkerWeak],
			Limit{People.Rows[Child].Depth, People.Rows[Child].Speed, People.Rows[Child].Low}},
		WalkerHelpless: {walkerNames[WalkerHelpless], Limit{Film, People.Rows[Child].Speed, People.Rows[Child].Low}},
	},
}

// Escape is the water up to which people go on foot when the choice is to stand in water that rises.
var Escape = Table[Named]{
	Head{
		Name:  "escape",
		Title: sim.Text{ZH: "避险涉水的限值", EN: "wading to safety"},
		Source: "able: Cox, Shand, Blacka (2010), adults: 1.2 m and moderate hazard, the working limit of trained " +
			"rescuers; the product of the weak: the same, children, significant hazard",
		Status: Assumed,
		Note: "Assumed is that people who stand in water go so far to get out of it, and so are the depths of the weak, " +
			"about the hips, and of the helpless, who are carried. Nobody sets out into it from dry ground. A child or " +
			"frail person whom an able adult of the party holds up takes the adult's depth, as where it stands.",
		Columns: limitColumns,
	},
	[]Named{
		WalkerAble: {walkerNames[WalkerAble],
			Limit{People.Rows[Adult].Depth, People.Rows[Adult].Speed, People.Rows[Adult].Moderate}},
		WalkerWeak: {walkerNames[WalkerWeak], Limit{0.8, People.Rows[Child].Speed, People.Rows[Child].Significant}},
		WalkerHelpless: {walkerNames[WalkerHelpless],
			Limit{People.Rows[Child].Depth, People.Rows[Child].Speed, People.Rows[Child].Low}},
	},
}

// Footing is what keeps a person standing.
type Footing struct {
	Depth   float64 // beyond which even still water overwhelms [m]
	Product float64 // depth times speed beyond which moving water sweeps off the feet [m2/s]
}

// Still is the speed below which water is too slow to sweep anybody off the feet, whatever its depth [m/s]
// (assumed).
const Still = 0.3

// IsLost says whether water of that depth [m] and speed [m/s] takes the person.
func (f Footing) IsLost(depth, speed float64) bool {
	return depth > f.Depth || speed >= Still && float64(depth*speed) > f.Product
}

// Depths beyond which a person outside a refuge is overwhelmed are those about the neck, 0.85 of the height
// (assumed). Heights are 1.65 m for adults, 1.53 m for the elderly and the infirm; children are 0.77 m and
// 0.062 m more for each year of age tall, which is near the medians from two to eleven (recalled from growth
// tables, so assumed).
const (
	neckShare   = 0.85  // of the height [-]
	heightAdult = 1.65  // [m]
	heightWeak  = 1.53  // [m]
	heightBirth = 0.77  // [m]
	heightYear  = 0.062 // [m/a]
)

// Footings are what takes people off their feet.
var Footings = Table[FootingRow]{
	Head{
		Name:   "footing",
		Title:  sim.Text{ZH: "被水冲倒、淹没的限值", EN: "swept off the feet, overwhelmed"},
		Source: "depth × speed: Cox, Shand, Blacka (2010), extreme hazard; depth: 0.85 of the height",
		Status: Assumed,
		Note: "Limits of depth in Cox et al., 1.2 m and 0.5 m, are of safe wading and not of death; these are " +
			"about the neck. For infants and who cannot walk Cox et al. know no safe flow: low hazard for " +
			"children is taken. A child of a years is 0.77 + 0.062 a metres tall. Water slower than 0.3 m/s " +
			"sweeps nobody away.",
		Columns: []Column{{"", ""}, {"height", "m"}, {"depth", "m"}, {"depth × speed", "m²/s"}},
	},
	[]FootingRow{
		{sim.Text{ZH: "成人", EN: "adult"}, heightAdult,
			Footing{neckShare * heightAdult, People.Rows[Adult].Significant}},
		{sim.Text{ZH: "老人、行动不便者", EN: "elderly, infirm"}, heightWeak,
			Footing{neckShare * heightWeak, People.Rows[Child].Significant}},
		{sim.Text{ZH: "六岁儿童", EN: "child of six"}, heightBirth + 6*heightYear, ChildFooting(6)},
		{sim.Text{ZH: "一岁婴儿", EN: "infant of one"}, heightBirth + 1*heightYear, InfantFooting(1)},
	},
}

// FootingRow is the footing of a kind of person.
type FootingRow struct {
	Name   sim.Text
	Height float64 // [m]
	Footing
}

// Cells returns the row for a document.
func (r FootingRow) Cells() []string { return cells(r.Name, r.Height, r.Depth, r.Product) }

// AdultFooting returns the footing of an able adult, and the depth of whom one holds up.
func AdultFooting() Footing { return Footings.Rows[0].Footing }

// WeakFooting returns the footing of somebody elderly or infirm.
func WeakFooting() Footing { return Footings.Rows[1].Footing }

// ChildFooting returns the footing of a child of that age [a].
func ChildFooting(age float64) Footing {
	return Footing{neckShare * (heightBirth + float64(heightYear*age)), People.Rows[Child].Significant}
}

// InfantFooting returns the footing of an infant of that age [a].
func InfantFooting(age float64) Footing {
	return Footing{ChildFooting(age).Depth, HelplessProduct()}
}

// HelplessProduct returns the depth times speed that sweeps away who cannot walk [m2/s].
func HelplessProduct() float64 { return People.Rows[Child].Low }

// WadingSpeed is the share of the dry walking speed left in still water.
var WadingSpeed = Table[ShareRow]{
	Head{
		Name:  "wading-speed",
		Title: sim.Text{ZH: "涉水步行速度折减", EN: "walking speed in water"},
		Source: "188 persons in still water, Acta Polytechnica CTU Proceedings, 11596: 38.6 % slower for men, " +
			"44.8 % for women at 0.35 m",
		Status: Assumed,
		Note: "Only the first two rows are published; those at 0.60 and 0.90 m are interpolated by judgement. " +
			"Linear between, constant beyond.",
		Columns: []Column{{"depth", "m"}, {"share of the dry speed", "-"}},
	},
	[]ShareRow{{0, 1}, {0.35, 0.58}, {0.60, 0.48}, {0.90, 0.40}},
}

// ShareRow is a share at a depth.
type ShareRow struct {
	Depth float64 // [m]
	Share float64 // [-]
}

// Cells returns the row for a document.
func (r ShareRow) Cells() []string { return cells(r.Depth, r.Share) }

// shareAt interpolates between rows; before the first and beyond the last their values hold.
func shareAt(rows []ShareRow, depth float64) float64 {
	for i := 1; i < len(rows); i++ {
		a, b := rows[i-1], rows[i]
		if depth < b.Depth {
			return a.Share + float64((b.Share-a.Share)*(max(depth-a.Depth, 0)/(b.Depth-a.Depth)))
		}
	}
	return rows[len(rows)-1].Share
}

// WadeFactor returns the share of the dry walking speed left in water of that depth [m].
func WadeFactor(depth float64) float64 { return shareAt(WadingSpeed.Rows, depth) }
