package scenarios

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

//go:generate go test -count=1 -run TestDocs . -rewrite

// ScenarioDocs returns docs/scenario.md: every table and key of scenario.toml, with the keys of each kind of
// hazard, and the columns of the big tables.
func ScenarioDocs(kinds Kinds) []byte {
	w := &docWriter{}
	w.line(scenarioIntro)
	w.tables(scenario.Schema(), "", kinds)
	w.line("## Grids\n\n" + gridDocs)
	w.line("## Tables\n\n" + tableDocs)
	columnDocs(w, "Nodes", nodeColumns)
	columnDocs(w, "Links", linkColumns)
	w.roadClasses()
	columnDocs(w, "Buildings", buildingColumns)
	w.words("Uses", scenario.BuildingUseNames[:])
	w.words("Constructions", scenario.ConstructionNames[:])
	columnDocs(w, "Households", householdColumns)
	columnDocs(w, "Persons", personColumns)
	w.words("Classes of mobility", scenario.MobilityNames[:])
	columnDocs(w, "Values on a grid over time", rasterColumns(sim.Attachment{}, 0))
	w.line(rasterDocs)
	w.line("## Measures\n\nWhat `measure` of an objective may be; docs/measures.md defines them:\n" +
		strings.Join(scenario.Measures, ", ") + ".")
	return w.bytes()
}

const scenarioIntro = `# Scenario files

This page is made from the program (` + "`go generate ./scenarios`" + `); a test fails when it is out of date.

A drill is a directory with ` + "`scenario.toml`" + `, the grids and tables that it names, and, where there is one, the
director's script. All names of files are inside that directory. ` + "`sandtable lint DIRECTORY`" + ` reports everything
that is wrong or doubtful, with line and column.

- ` + "`include = [\"units.toml\", …]`" + ` at the top reads further TOML files. Their lists of tables (such as
  ` + "`[[zone]]`" + `) go behind those already there; any other table stands in one file only.
- A span of time is text such as "2h30m", "45m", "90s" or "1d". Where a moment since the start is wanted, a local time
  stands as well: "06:40" is the first one after the start, "2026-07-19 06:40" a certain one.
- Text on screen is ` + "`{zh = \"…\", en = \"…\"}`" + `, or one text for both languages.
- A place is ` + "`[x, y]`" + `: metres east and north of the map's origin. Levels are metres above the datum.
- Short names have no spaces, commas or quotes, and are given once per kind.
- "Allowed" is what lint accepts; a key without default is required unless it is called optional.
- What can be played but hardly means what it says is a warning: a moment from the end of the drill on, a level under
  the ground at its place, a key that has no effect.
- "Only with" says under which other keys of its table a key has an effect (` + "`law.name`" + ` is the key name of
  the table law); lint warns of one that stands there without it. "Required with it" is required where it has an effect.
`

const gridDocs = `Terrain and land cover are ESRI ASCII grids, .asc or .asc.gz: a head with ncols, nrows,
xllcorner, yllcorner (or xllcenter, yllcenter), cellsize and, if wanted, NODATA_value, then one line per row, the
northern row first. Elevations are in metres from -500 to 9000 and are kept in whole millimetres. Cells without data
are an error: fill them first. Both grids have the same head, at most 67,108,864 cells. The bounds of the terrain are
the bounds of the map.

`

const tableDocs = `Tables are CSV files in UTF-8, .csv or .csv.gz, with commas, and quotes where a cell holds a
comma. The first line names the columns, in any order. The number of a row, from 0 for the line below the head, is
its id; other tables refer to it by that number. A table has at most 5,000,000 rows.
`

const rasterDocs = `Such a table, for rain, has a row for every cell of a grid of square cells at every time, in any
order. A grid may lie beyond the map, and its cells need not be those of the terrain.
`

// docWriter puts a page together.
type docWriter struct{ b strings.Builder }

func (w *docWriter) line(text string) { w.b.WriteString(strings.TrimRight(text, "\n") + "\n\n") }

func (w *docWriter) bytes() []byte { return []byte(strings.TrimRight(w.b.String(), "\n") + "\n") }

// tables writes a section for every table below one.
func (w *docWriter) tables(table *scenario.Table, path string, kinds Kinds) {
	for i := range table.Fields {
		f := &table.Fields[i]
		full := strings.TrimPrefix(path+"."+f.Key, ".")
		var inner *scenario.Table
		head := "[" + full + "]"
		switch {
		case f.Value.Form == scenario.FormRecord:
			inner = f.Value.Table
		case f.Tables():
			inner, head = f.Value.Elem.Table, "["+head+"]"
		default:
			continue
		}
		doc := strings.TrimSuffix(f.Doc, ".")
		if f.When != nil {
			doc += "; only with " + f.When.Words()
		}
		w.section(head, doc, strings.Count(full, "."), inner)
		w.tables(inner, full, nil)
		if full == "hazard" {
			w.hazards(kinds)
		}
	}
}

// section writes one table.
func (w *docWriter) section(head, doc string, depth int, table *scenario.Table) {
	w.line(fmt.Sprintf("%s `%s`\n\n%s.", strings.Repeat("#", 2+depth), head, capital(doc)))
	w.fields(table)
}

// hazards writes the keys of each kind of hazard.
func (w *docWriter) hazards(kinds Kinds) {
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		table := scenario.TableOf(reflect.TypeOf(kinds[kind]()))
		w.line(fmt.Sprintf("### `[[hazard]]` with `kind = \"%s\"`", kind))
		w.fields(table)
		w.tables(table, "hazard", nil)
	}
}

// fields writes the keys of a table that are no tables themselves. Where some depend on others a column says on which.
func (w *docWriter) fields(table *scenario.Table) {
	var rows []string
	head := "| key | form | unit | allowed | default | meaning |\n|---|---|---|---|---|---|\n"
	depends := slices.ContainsFunc(table.Fields, func(f scenario.Field) bool {
		return f.When != nil && f.Value.Form != scenario.FormRecord && !f.Tables()
	})
	if depends {
		head = "| key | form | unit | allowed | default | only with | meaning |\n|---|---|---|---|---|---|---|\n"
	}
	for i := range table.Fields {
		f := &table.Fields[i]
		if f.Value.Form == scenario.FormRecord || f.Tables() {
			continue
		}
		cells := []string{keyColumn(f), formText(f, &f.Value), f.Unit, allowed(f), given(f)}
		if depends {
			cells = append(cells, f.When.Words())
		}
		rows = append(rows, "| "+strings.Join(append(cells, strings.ReplaceAll(f.Doc, "|", `\|`)), " | ")+" |")
	}
	if rows == nil {
		return
	}
	w.line(head + strings.Join(rows, "\n"))
}

func keyColumn(f *scenario.Field) string {
	if f.Value.Form == scenario.FormFurther {
		return "further keys"
	}
	return "`" + f.Key + "`"
}

// formText says how a value is written.
func formText(f *scenario.Field, v *scenario.Value) string {
	switch v.Form {
	case scenario.FormBool:
		return "true or false"
	case scenario.FormInt:
		return "whole number"
	case scenario.FormFloat:
		return "number"
	case scenario.FormWord:
		if f.Ref != sim.KindNone {
			return "name of " + article(f.Ref)
		}
		return "text"
	case scenario.FormSpan:
		if f.Instant {
			return "moment"
		}
		return "span of time"
	case scenario.FormCivil:
		return "local date and time"
	case scenario.FormText:
		return "text on screen"
	case scenario.FormFurther:
		return "text, number, true or false"
	}
	switch {
	case f.Places() && v.Len == 2:
		return "place"
	case f.Places():
		return "list of places"
	case v.Len > 0:
		return fmt.Sprintf("list of %d: %s", v.Len, formText(f, v.Elem))
	}
	return "list: " + formText(f, v.Elem)
}

// allowed says what a value may be.
func allowed(f *scenario.Field) string {
	if f.Choices != nil {
		return strings.Join(f.Choices, ", ")
	}
	if f.Range.Bounded() {
		return f.Range.String()
	}
	return ""
}

// given says what holds without the key.
func given(f *scenario.Field) string {
	switch {
	case f.HasDefault:
		return f.Default
	case f.Needed:
		return "required with it"
	case f.Optional || f.Pointer:
		return "optional"
	case f.Value.Form == scenario.FormFurther:
		return ""
	}
	return "required"
}

// columnDocs writes the columns of one table.
func columnDocs[T any](w *docWriter, title string, columns []column[T]) {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n| column | | meaning |\n|---|---|---|\n", title)
	for _, c := range columns {
		need := "may be left out"
		if c.required {
			need = "required"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.name, need, c.doc)
	}
	w.line(b.String())
}

// roadClasses writes what the classes of roads stand for.
func (w *docWriter) roadClasses() {
	var b strings.Builder
	b.WriteString("Classes of roads: what holds where a cell is empty, the width on which people walk, and what the " +
		"importer gives to slip roads:\n\n")
	b.WriteString("| class | capacity [veh/h per lane] | free speed [km/h] | lanes per direction | for walkers [m] " +
		"| slip road: capacity | free speed |\n|---|---|---|---|---|---|---|\n")
	for _, c := range scenario.RoadClasses {
		fmt.Fprintf(&b, "| `%s` | %g | %g | %d | %g | %g | %g |\n", c.Name, c.Capacity, c.Speed, c.Lanes, c.Walk,
			c.Slip.Capacity, c.Slip.Speed)
	}
	w.line(b.String())
	w.words("Forms", scenario.RoadFormNames[:])
}

func (w *docWriter) words(title string, names []string) {
	w.line(title + ": `" + strings.Join(names, "`, `") + "`.")
}
