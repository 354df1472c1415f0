package harm

import "sandtable/sim"

// Classes are the upper limits of the hazard classes H1 to H6 and what the classes mean.
var Classes = Table[ClassRow]{
	Head{
		Name:  "classes",
		Title: sim.Text{ZH: "水流危险等级 H1–H6", EN: "hazard classes H1 to H6"},
		Source: "Smith, Davey, Cox (2014), WRL Technical Report 2014/07, tables 5-1 and 5-2; AIDR Guideline 7-3 " +
			"(2017)",
		Status: Checked,
		Note: "A place is in the first class whose three limits it keeps: H2 and H3 have the same depth × speed " +
			"and differ by depth. Held against two transcriptions of the printed table, one of them a program " +
			"for NSW guideline FB03.",
		Columns: []Column{{"class", ""}, {"depth", "m"}, {"speed", "m/s"}, {"depth × speed", "m²/s"}, {"meaning", ""},
			{"含义", ""}},
	},
	[]ClassRow{
		{sim.H1, Limit{0.3, 2.0, 0.3}, sim.Text{ZH: "总体安全", EN: "safe on the whole"}},
		{sim.H2, Limit{0.5, 2.0, 0.6}, sim.Text{ZH: "小型车辆危险", EN: "unsafe for small vehicles"}},
		{sim.H3, Limit{1.2, 2.0, 0.6}, sim.Text{ZH: "所有车辆、儿童和老人危险",
			EN: "unsafe for all vehicles, for children and the elderly"}},
		{sim.H4, Limit{2.0, 2.0, 1.0}, sim.Text{ZH: "所有人和车辆危险", EN: "unsafe for everybody and for all vehicles"}},
		{sim.H5, Limit{4.0, 4.0, 4.0}, sim.Text{ZH: "人车危险；房屋可能受损，不坚固者可能倒塌",
			EN: "as H4; buildings may be damaged, weak ones may give way"}},
		{sim.H6, Limit{boundless, boundless, boundless}, sim.Text{ZH: "人车危险；各类房屋均可能倒塌",
			EN: "as H4; any building may give way"}},
	},
}

// ClassRow is a hazard class: water up to its limit, unless a class before holds.
type ClassRow struct {
	Class sim.DangerClass
	Limit
	Meaning sim.Text
}

// Cells returns the row for a document.
func (r ClassRow) Cells() []string {
	return cells(r.Class.String(), r.Depth, r.Speed, r.Product, r.Meaning.EN, r.Meaning.ZH)
}

// Classify returns the class of water of that depth [m] and speed [m/s]; H0 without water. What is no number is H6.
func Classify(depth, speed float64) sim.DangerClass {
	if depth <= 0 {
		return sim.H0
	}
	for i := range Classes.Rows {
		if Classes.Rows[i].Allows(depth, speed) {
			return Classes.Rows[i].Class
		}
	}
	return sim.H6
}

// Meaning says what a class means; dry ground has nothing to say.
func Meaning(c sim.DangerClass) sim.Text {
	for i := range Classes.Rows {
		if Classes.Rows[i].Class == c {
			return Classes.Rows[i].Meaning
		}
	}
	return sim.Text{}
}

// SmallCarDepth returns the depth up to which small vehicles are safe in still water, and people get out of one
// to walk [m]: that of H1.
func SmallCarDepth() float64 { return Classes.Rows[0].Depth }
