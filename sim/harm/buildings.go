package harm

import (
	"math"

	"sandtable/sim"
)

// foot is the length of a foot [m].
const foot = 0.3048

// squareFoot turns ft2/s into m2/s.
const squareFoot = foot * foot

// Published are the limits from which on buildings give way, as two sources give them.
var Published = Table[PublishedRow]{
	Head{
		Name:  "collapse-published",
		Title: sim.Text{ZH: "房屋倒塌限值（文献）", EN: "limits of buildings as published"},
		Source: "USACE go-consequences, stability criteria (RESCDAM 2001); HEC-LifeSim Technical Reference " +
			"Manual v1.0, appendix F (masonry, engineered; force: Gallegos et al.)",
		Status: Checked,
		Note: "Both depth × speed and speed must be reached. LifeSim's anchored wood goes by V² D from 9.5 " +
			"m³/s² on, its wood that floats by weight: neither is used, since wood in the model is that of " +
			"go-consequences.",
		Columns: []Column{{"", ""}, {"depth × speed", "m²/s"}, {"least", "m²/s"}, {"greatest", "m²/s"}, {"speed", "m/s"}},
	},
	[]PublishedRow{
		{"wood, unanchored (32.3 ft²/s)", 32.3 * squareFoot, 32.3 * squareFoot, 32.3 * squareFoot, 0},
		{"wood, anchored (75.3 ft²/s)", 75.3 * squareFoot, 75.3 * squareFoot, 75.3 * squareFoot, 0},
		{"masonry, steel (75.3 ft²/s, 6.6 ft/s)", 75.3 * squareFoot, 75.3 * squareFoot, 75.3 * squareFoot, 6.6 * foot},
		{"masonry, LifeSim, triangular", 7, 6, 8, 2},
		{"engineered, LifeSim, uniform", 8.5, 7, 10, 0},
	},
}

// PublishedRow is a published limit of a kind of building.
type PublishedRow struct {
	Name                  string
	Product, Least, Great float64 // [m2/s]
	Speed                 float64 // [m/s]
}

// Cells returns the row for a document.
func (r PublishedRow) Cells() []string { return cells(r.Name, r.Product, r.Least, r.Great, r.Speed) }

// woodForce is the force from which on anchored wood gives way in LifeSim, speed squared times depth [m3/s2].
const woodForce = 9.5

// BreaksWood says whether water of that depth [m] and speed [m/s] breaks anchored wood by LifeSim's limit of force, a
// second opinion to the depth times speed of go-consequences.
func BreaksWood(depth, speed float64) bool { return float64(speed*speed)*depth >= woodForce }

// FloatingSpeed returns the speed from which on water of that depth [m] carries a wooden house off its ground
// [m/s], after Black as LifeSim has it: coefficient of friction between house and ground, share of the weight
// that buoyancy takes, weight [N], and length across the flow [m]. The manual's 1.03 is 2 g over the weight of
// water in feet and pounds.
func FloatingSpeed(friction, buoyancy, weight, depth, length float64) float64 {
	return math.Sqrt(2 * friction * max(1-buoyancy, 0) * weight / (waterDensity * depth * length))
}

// Walls is what a building is made of, as far as it gives way in water.
type Walls uint8

// Walls.
const (
	WallsMasonry  Walls = iota // brick or block
	WallsEarth                 // rammed earth, adobe
	WallsConcrete              // reinforced frame
	WallsWood
	WallsCount
)

// Collapse are the limits from which on buildings give way, as the model uses them.
var Collapse = Table[CollapseRow]{
	Head{
		Name:  "collapse",
		Title: sim.Text{ZH: "房屋倒塌限值", EN: "buildings that give way"},
		Source: "earth, wood: go-consequences, 32.3 and 75.3 ft²/s, rounded; masonry, concrete: HEC-LifeSim " +
			"Technical Reference Manual, appendix F",
		Status: Assumed,
		Note: "Assumed is that rammed earth and adobe stand like unanchored wood. One draw per building " +
			"places it in its range.",
		Columns: []Column{{"", ""}, {"least", "m²/s"}, {"most likely", "m²/s"}, {"greatest", "m²/s"}, {"speed", "m/s"},
			{"range", ""}},
	},
	[]CollapseRow{
		WallsMasonry:  {sim.Text{ZH: "砖混", EN: "masonry"}, 6, 7, 8, 2.0, RangeTriangular},
		WallsEarth:    {sim.Text{ZH: "土坯", EN: "earth"}, 3.0, 3.0, 3.0, 0, RangeNone},
		WallsConcrete: {sim.Text{ZH: "框架", EN: "concrete"}, 7, 8.5, 10, 0, RangeUniform},
		WallsWood:     {sim.Text{ZH: "木结构", EN: "wood"}, 7.0, 7.0, 7.0, 0, RangeNone},
	},
}

// Range says how a limit is spread.
type Range uint8

// Ranges.
const (
	RangeNone Range = iota
	RangeUniform
	RangeTriangular
)

// String returns the range's name in documents.
func (r Range) String() string { return [...]string{"one value", "uniform", "triangular"}[r] }

// CollapseRow is the limit of a kind of building.
type CollapseRow struct {
	Name               sim.Text
	Least, Most, Great float64 // depth times speed [m2/s]
	Speed              float64 // [m/s]
	Range              Range
}

// Cells returns the row for a document.
func (r CollapseRow) Cells() []string {
	return cells(r.Name, r.Least, r.Most, r.Great, r.Speed, r.Range.String())
}

// GivesWay returns from which depth times speed [m2/s] and speed [m/s] on a building gives way; u in [0, 1]
// places it in its range.
func (w Walls) GivesWay(u float64) (product, speed float64) {
	r := &Collapse.Rows[w]
	switch r.Range {
	case RangeTriangular:
		return triangular(r.Least, r.Most, r.Great, u), r.Speed
	case RangeUniform:
		return r.Least + float64((r.Great-r.Least)*u), r.Speed
	}
	return r.Most, r.Speed
}

// CollapseLeast returns the smallest depth times speed at which any building gives way [m2/s].
func CollapseLeast() float64 { return Collapse.Rows[WallsEarth].Least }

// triangular returns the quantile u of the triangular distribution on [lo, hi] with its top at mode.
func triangular(lo, mode, hi, u float64) float64 {
	share := (mode - lo) / (hi - lo)
	if u < share {
		return lo + math.Sqrt(float64(u*float64((hi-lo)*(mode-lo))))
	}
	return hi - math.Sqrt(float64((1-u)*float64((hi-lo)*(hi-mode))))
}

// Heights of buildings [m] and shares of parties [-] after LifeSim.
const (
	storeyHeight = 9 * foot
	atticHeight  = 6 * foot
	accessShare  = 0.95 // of parties that can get into the attic or on the roof
	roofShare    = 0.90 // of those: onto the roof
)

// Storeys are the heights of buildings and who gets to the top of them.
var Storeys = Table[UnitRow]{
	Head{
		Name:    "storeys",
		Title:   sim.Text{ZH: "层高与上屋顶的比例", EN: "storeys, attics and roofs"},
		Source:  "USACE, HEC-LifeSim Technical Reference Manual v1.0, chapter 5",
		Status:  Checked,
		Columns: []Column{{"", ""}, {"value", ""}, {"unit", ""}},
	},
	[]UnitRow{
		{"height of a storey", storeyHeight, "m (9 ft)"}, {"height of an attic", atticHeight, "m (6 ft)"},
		{"parties that get into the attic or onto the roof", accessShare, "-"},
		{"of those: onto the roof", roofShare, "-"},
	},
}

// UnitRow is one value with its unit.
type UnitRow struct {
	Name  string
	Value float64 // in Unit [-]
	Unit  string
}

// Cells returns the row for a document.
func (r UnitRow) Cells() []string { return cells(r.Name, r.Value, r.Unit) }

// Access is how high able people get in their building.
type Access uint8

// Accesses.
const (
	AccessNone  Access = iota // not above the top storey
	AccessAttic               // into the attic
	AccessRoof                // onto the roof
)

// AccessOf turns a uniform draw into access to attic and roof.
func AccessOf(u float64) Access {
	switch {
	case u < accessShare*roofShare:
		return AccessRoof
	case u < accessShare:
		return AccessAttic
	}
	return AccessNone
}

// Depths of submergence [m]: of people of limited mobility above the top storey's floor, of able ones below the
// ceiling of the top storey or attic, or above the roof.
const (
	limitedLeast, limitedMost, limitedGreat = 4 * foot, 5 * foot, 6 * foot
	ceilingLeast, ceilingMost, ceilingGreat = 0.5 * foot, 1 * foot, 1.5 * foot
	roofLeast, roofMost, roofGreat          = 3 * foot, 4 * foot, 5 * foot
)

// Submerged are the depths from which on a building is no refuge.
var Submerged = Table[SubmergedRow]{
	Head{
		Name:    "submergence",
		Title:   sim.Text{ZH: "室内没顶的水深", EN: "submergence indoors"},
		Source:  "USACE, HEC-LifeSim Technical Reference Manual v1.0, chapter 5",
		Status:  Checked,
		Note:    "Triangular; one draw places a party in all three.",
		Columns: []Column{{"", ""}, {"least", "m"}, {"most likely", "m"}, {"greatest", "m"}},
	},
	[]SubmergedRow{
		{"limited mobility: above the top storey's floor", limitedLeast, limitedMost, limitedGreat},
		{"able: below the ceiling of the top storey, or the attic's", ceilingLeast, ceilingMost, ceilingGreat},
		{"able, on the roof: above it", roofLeast, roofMost, roofGreat},
	},
}

// SubmergedRow is a triangular range of depths.
type SubmergedRow struct {
	Name               string
	Least, Most, Great float64 // [m]
}

// Cells returns the row for a document.
func (r SubmergedRow) Cells() []string { return cells(r.Name, r.Least, r.Most, r.Great) }

// StoreyHeight returns the height of a storey [m].
func StoreyHeight() float64 { return storeyHeight }

// TopFloor returns the height of the top storey's floor above the ground floor [m].
func TopFloor(storeys uint8) float64 { return float64(float64(max(storeys, 1)-1) * storeyHeight) }

// Submergence returns the depths of water above the ground floor from which on a building is no refuge and its
// people are in the high-hazard zone: for people of limited mobility and for able ones [m]. u places the depth
// within its range; 0.5 gives the most likely value.
func Submergence(storeys uint8, a Access, u float64) (limited, able float64) {
	top := TopFloor(storeys)
	limited = top + triangular(limitedLeast, limitedMost, limitedGreat, u)
	switch a {
	case AccessRoof:
		return limited, top + storeyHeight + atticHeight + triangular(roofLeast, roofMost, roofGreat, u)
	case AccessAttic:
		return limited, top + storeyHeight + atticHeight - triangular(ceilingLeast, ceilingMost, ceilingGreat, 1-u)
	}
	return limited, top + storeyHeight - triangular(ceilingLeast, ceilingMost, ceilingGreat, 1-u)
}

// SubmergenceLeast returns the least depth above the ground floor that submerges anybody [m].
func SubmergenceLeast(storeys uint8) float64 { return TopFloor(storeys) + limitedLeast }

// Refuge returns the depth of water above the ground floor up to which there is a dry place in a building [m]:
// the top storey's floor, or the attic or roof for who can climb there. Zero on one storey means that the
// ground floor itself must be dry.
func Refuge(storeys uint8, a Access, climbs bool) float64 {
	if !climbs || a == AccessNone {
		return TopFloor(storeys)
	}
	return TopFloor(storeys) + storeyHeight
}

// Damage is the share of the value of a house that water takes, by its depth above the floor.
var Damage = Table[ShareRow]{
	Head{
		Name:  "damage",
		Title: sim.Text{ZH: "住宅水深–损失率（亚洲）", EN: "depth and damage, houses in Asia"},
		Source: "Huizinga, de Moel, Szewczyk (2017), Global flood depth-damage functions, JRC Technical Report " +
			"EUR 28552 EN, doi 10.2760/16510",
		Status: Checked,
		Note: "Published values, rounded here to four digits and held against two programs that carry them. Linear " +
			"between, 0 without water, 1 beyond 6 m. What the measure of losses makes of them is assumed: that depth " +
			"counts from the floor of the ground floor, that they hold for every use and any number of storeys, and that " +
			"a building that gave way has lost all.",
		Columns: []Column{{"depth", "m"}, {"share of the value", "-"}},
	},
	[]ShareRow{{0, 0}, {0.5, 0.3266}, {1, 0.4941}, {1.5, 0.6166}, {2, 0.7207},
		{3, 0.8695}, {4, 0.9315}, {5, 0.9836}, {6, 1}},
}

// DamageShare returns the share of the value of a building lost to water of that depth above its floor [m].
func DamageShare(depth float64) float64 { return shareAt(Damage.Rows, depth) }
