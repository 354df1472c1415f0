package harm

import "sandtable/sim"

// RoadRain are the shares of capacity and of free speed that rain leaves to a road.
var RoadRain = Table[RainRow]{
	Head{
		Name:  "road-rain",
		Title: sim.Text{ZH: "降雨时的通行能力与车速", EN: "capacity and speed of roads in rain"},
		Source: "capacity: HCM 2010, exhibit 10-15, in FHWA-HOP-13-042, table 33 (2.01, 7.24 and 14.13 % less); speed: " +
			"HCM, 6th edition, exhibit 11-21, free speed of 55 mph; field: Smith, Byrne, Copperman, Hennessy, Goodall " +
			"(2004), 83rd TRB meeting (capacity 4–10 % and 25–30 % less, speed 5–6.5 % less)",
		Status: Recalled,
		Note: "The capacities and the field values are checked, against FHWA's copies and summaries; the speeds of HCM are " +
			"recalled, and the one in light rain is assumed. All are of freeways. The field values are the middles of " +
			"their ranges; Prevedouros and Kongsil (2003) give 8.4 % and 20 % less as means of other studies.",
		Columns: []Column{{"rain up to", "mm/h"}, {"capacity, HCM", "-"}, {"speed, HCM", "-"}, {"capacity, field", "-"},
			{"speed, field", "-"}},
	},
	[]RainRow{
		{0, Share{1, 1}, Share{1, 1}},
		{0.10 * inch, Share{1 - 0.0201, 0.98}, Share{0.93, 0.9425}},
		{0.25 * inch, Share{1 - 0.0724, 0.96}, Share{0.93, 0.9425}},
		{boundless, Share{1 - 0.1413, 0.94}, Share{0.725, 0.9425}},
	},
}

// inch is an inch [mm].
const inch = 25.4

// Share is what is left of the capacity and of the free speed of a road [-].
type Share struct{ Capacity, Speed float64 }

// RainRow is what rain up to an intensity leaves to a road.
type RainRow struct {
	Upto       float64 // [mm/h]
	HCM, Field Share
}

// Cells returns the row for a document.
func (r RainRow) Cells() []string {
	return cells(r.Upto, r.HCM.Capacity, r.HCM.Speed, r.Field.Capacity, r.Field.Speed)
}

// RainClass returns the row of RoadRain for rain of that intensity [mm/h].
func RainClass(rate float64) int {
	k := 0
	for rate > RoadRain.Rows[k].Upto {
		k++
	}
	return k
}

// RoadDark is what is left to a road without lights at night.
var RoadDark = Table[DarkRow]{
	Head{
		Name:  "road-dark",
		Title: sim.Text{ZH: "夜间道路的通行能力与车速", EN: "capacity and speed of roads at night"},
		Source: "capacity: van Goeverden, Botma, Bovy (1998), Transportation Research Record 1628 (road lights gave a " +
			"motorway 2.5 % more); speed: Jägerbrand, Sjöbergh (2016), SpringerPlus 5:505 (no difference in 60 million " +
			"passages at 25 places)",
		Status: SecondHand,
		Note: "The first by a later paper that cites it; Ben-Edigbe (2014) found no significant difference on a motorway. " +
			"That it holds for all roads is assumed.",
		Columns: []Column{{"", ""}, {"capacity", "-"}, {"speed", "-"}},
	},
	[]DarkRow{{sim.Text{ZH: "无路灯", EN: "without lights"}, Share{1 / 1.025, 1}}},
}

// DarkRow is what darkness leaves to a road.
type DarkRow struct {
	Name sim.Text
	Share
}

// Cells returns the row for a document.
func (r DarkRow) Cells() []string { return cells(r.Name, r.Capacity, r.Speed) }
