package harm

import (
	"math"
	"strconv"

	"sandtable/sim"
)

// Status says how far the values of a table can be trusted.
type Status uint8

// Statuses, from the best.
const (
	Checked    Status = iota + 1 // held against the source, or against two transcriptions of it that agree
	SecondHand                   // as another work gives them; the source was not to be had
	Recalled                     // known from the literature, not yet held against the source
	Assumed                      // chosen here
)

// String returns the status's name in documents.
func (s Status) String() string {
	switch s {
	case Checked:
		return "checked"
	case SecondHand:
		return "second-hand"
	case Recalled:
		return "recalled"
	case Assumed:
		return "assumed"
	}
	return "no status"
}

// Head is what a table says of itself. Where its rows differ in status it has that of the least certain one,
// and the note or the rows say which are better.
type Head struct {
	Name    string   // short name, in documents
	Title   sim.Text // name on screen
	Source  string   // citation
	Status  Status
	Note    string // what to know before use; for the documents, which are in English
	Columns []Column
}

// Column is one column of a table.
type Column struct{ Name, Unit string }

// Row is one row of a table as a document shows it: one cell per column.
type Row interface{ Cells() []string }

// Table is a table of limits or curves. Nobody changes one.
type Table[R Row] struct {
	Head
	Rows []R
}

// Sheet is a table as a document shows it.
type Sheet struct {
	Head
	Cells [][]string
}

// Sheet returns the table for a document.
func (t *Table[R]) Sheet() Sheet {
	s := Sheet{Head: t.Head}
	for _, r := range t.Rows {
		s.Cells = append(s.Cells, r.Cells())
	}
	return s
}

// Sheets returns all tables in the order of the document.
func Sheets() []Sheet {
	return []Sheet{
		Classes.Sheet(), Ratings.Sheet(), PlanningDebris.Sheet(), CoverDebris.Sheet(),
		People.Sheet(), Wading.Sheet(), Escape.Sheet(), Footings.Sheet(), WadingSpeed.Sheet(),
		Cold.Sheet(), Hayward.Sheet(), Exposure.Sheet(),
		Vehicles.Sheet(), LifeSimVehicles.Sheet(), Friction.Sheet(), Willing.Sheet(), Xia.Sheet(), Shu.Sheet(),
		WaterSpeed.Sheet(), RoadUse.Sheet(), RoadRain.Sheet(), RoadDark.Sheet(),
		Published.Sheet(), Collapse.Sheet(), Storeys.Sheet(), Submerged.Sheet(), Damage.Sheet(),
		CarDamage.Sheet(), CropDamage.Sheet(), CropDuration.Sheet(),
		LifeSimHigh.Sheet(), LifeSimLow.Sheet(), Jonkman.Sheet(), Logistic.Sheet(), FD2321.Sheet(), Onset.Sheet(),
		Injury.Sheet(),
	}
}

// number writes a value for a document; with seven digits at most; what has no limit is a dash.
func number(v float64) string {
	if math.IsInf(v, 1) {
		return "–"
	}
	return strconv.FormatFloat(v, 'g', 7, 64)
}

// cells makes the cells of a row: numbers and words.
func cells(values ...any) []string {
	out := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case float64:
			out[i] = number(v)
		case string:
			out[i] = v
		case sim.Text:
			out[i] = v.EN
		case Status:
			out[i] = v.String()
		}
	}
	return out
}

// boundless is the limit that no water reaches.
var boundless = math.Inf(1)

// Limit is what somebody or something stands: up to and with each of the three.
type Limit struct {
	Depth   float64 // [m]
	Speed   float64 // [m/s]
	Product float64 // depth times speed [m2/s]
}

// Allows says whether water of that depth [m] and speed [m/s] keeps all three limits.
func (l Limit) Allows(depth, speed float64) bool {
	return depth <= l.Depth && speed <= l.Speed && float64(depth*speed) <= l.Product
}

// limitColumns are the columns of a row that begins with a name and ends with a limit.
var limitColumns = []Column{{"", ""}, {"depth", "m"}, {"speed", "m/s"}, {"depth × speed", "m²/s"}}

// Named is a limit with the name of who or what it is for.
type Named struct {
	Name sim.Text
	Limit
}

// Cells returns the row for a document.
func (r Named) Cells() []string { return cells(r.Name, r.Depth, r.Speed, r.Product) }

// Film is the depth up to which water counts as none at a building, on a road and to who stands in it, whatever its
// speed [m] (assumed): a shallow solver gives thin fast films on slopes, and rain that runs off wets nobody's feet.
const Film = 0.15

// FilmSteps is Film in the steps of published layers [mm].
const FilmSteps = 150
