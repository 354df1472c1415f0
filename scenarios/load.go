package scenarios

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Kinds makes an empty configuration for each kind of hazard: a pointer to a struct with tags as in package
// scenario.
type Kinds map[string]func() sim.HazardSpec

// Load reads the scenario in a directory and checks it. It reports everything that is wrong at once; the scenario
// is nil when there is an error. Warnings are Lint's.
func Load(fsys fs.FS, dir string, kinds Kinds) (*scenario.Scenario, Diagnostics) {
	sc, r := load(fsys, dir, kinds)
	ds := r.diags.sorted(r.files)
	if sc == nil || ds.Failed() {
		return nil, ds
	}
	return sc, ds
}

// Lint reads the scenario in a directory and returns everything that is wrong or doubtful about it.
func Lint(fsys fs.FS, dir string, kinds Kinds) Diagnostics {
	_, ds := lint(fsys, dir, path.Base(dir), kinds)
	return ds
}

// lint is Lint for a directory that is known by a name. It also returns what was read.
func lint(fsys fs.FS, dir, name string, kinds Kinds) (*scenario.Scenario, Diagnostics) {
	l := newLoader(fsys, dir, kinds)
	sc := l.scenario()
	if sc != nil && !l.diags.Failed() {
		doubts := scenario.Warnings(sc)
		if name != "." && name != sc.Drill.Name {
			doubts = append(doubts, sim.Problem{Path: "drill.name",
				Text: sim.Say("%q 位于名为 %q 的目录；两者应同名",
					"%q lies in a directory called %q; want the same name", sc.Drill.Name, name)})
		}
		l.place(doubts, Warning)
		l.idle()
	}
	return sc, l.diags.sorted(l.files)
}

func load(fsys fs.FS, dir string, kinds Kinds) (*scenario.Scenario, *reader) {
	l := newLoader(fsys, dir, kinds)
	return l.scenario(), l.reader
}

// loader puts one scenario together.
type loader struct {
	decoder
	kinds    Kinds
	root     *node
	unitFrom []int // entry of each unit in the file
	sc       *scenario.Scenario
}

func newLoader(fsys fs.FS, dir string, kinds Kinds) *loader {
	return &loader{decoder: decoder{reader: newReader(fsys, dir)}, kinds: kinds}
}

// scenario reads and checks everything. It returns nil when scenario.toml cannot be read at all.
func (l *loader) scenario() *scenario.Scenario {
	doc := l.document()
	if doc == nil {
		return nil
	}
	l.root, l.sc = doc.root, &scenario.Scenario{}
	l.head(doc)
	var missing scenario.Missing
	l.table([]part{partOf(l.sc)}, withoutHazards(doc.values), l.root)
	l.hazards(doc.values["hazard"], &missing)
	l.units()
	terrain, ok := l.terrain(&l.sc.Place, l.root)
	l.sc.Terrain, missing.Terrain = terrain, !ok
	l.tables(l.sc, l.root, &missing)
	l.director()
	l.needed()
	l.place(scenario.ValidateWithout(l.sc, missing), Error)
	l.sc.Hash = hashFiles(l.bytes)
	return l.sc
}

// head finds the start of the drill, which local times elsewhere refer to.
func (l *loader) head(doc *merged) {
	drill, _ := doc.values["drill"].(map[string]any)
	text := ""
	switch x := drill["start"].(type) {
	case string:
		text = x
	case interface{ Format(string) string }:
		text = x.Format("2006-01-02 15:04")
	}
	if at, err := parseCivil(text); err == nil {
		l.start, l.started = at, true
	}
}

// maxUnits is how many units a scenario may have.
const maxUnits = 20_000

// units puts units with a count there singly.
func (l *loader) units() {
	count := scenario.TableOf(reflect.TypeFor[scenario.Unit]()).Field("count")
	total := int64(0)
	for i := range l.sc.Units {
		u := &l.sc.Units[i]
		if !count.Range.Contains(float64(u.Count)) {
			n, reported := follow(l.root, fmt.Sprintf("unit[%d].count", i))
			if !reported {
				l.addAt(n, sim.Say("%d；应为 %s", "%d; want %s", u.Count, count.Range.Words()))
			}
			u.Count = min(max(u.Count, 1), int64(count.Range.Hi)) // so that the others are there for the plan
		}
		if total += u.Count; total > maxUnits {
			l.addAt(l.root.keys["unit"], sim.Say("救援力量多于 %d 个；应减少", "more than %d units; want fewer", maxUnits))
			l.sc.Units = l.sc.Units[:i]
			break
		}
	}
	l.sc.Units, l.unitFrom = scenario.Expand(l.sc.Units)
}

// withoutHazards leaves out the tables that need the kinds of hazards.
func withoutHazards(values map[string]any) map[string]any {
	rest := maps.Clone(values)
	delete(rest, "hazard")
	return rest
}

// hazards reads the hazards: the common keys and those of the kind stand in one table.
func (l *loader) hazards(value any, missing *scenario.Missing) {
	if value == nil {
		return
	}
	n := l.nodeOf(l.root, "hazard")
	list, ok := tables(value)
	if !ok {
		l.addAt(n, noList(value, n, sim.Text{ZH: "表的列表 [[hazard]]", EN: "a list of tables [[hazard]]"}))
		return
	}
	l.sc.Hazards = make([]scenario.Hazard, len(list))
	missing.Hazards = make([]bool, len(list))
	for i, values := range list {
		before := len(l.diags)
		h, at := &l.sc.Hazards[i], n.item(i)
		parts := []part{partOf(h)}
		kind, _ := values["kind"].(string)
		if make, known := l.kinds[kind]; known {
			h.Spec = make()
			parts = append(parts, partOf(h.Spec))
		} else {
			if _, isText := values["kind"].(string); isText {
				all := slices.Sorted(maps.Keys(l.kinds))
				l.addAt(l.nodeOf(at, "kind"), sim.Say("没有灾害类型 %q；%s", "unknown kind of hazard %q; %s",
					kind, scenario.WantOneOf(kind, all)))
			}
			values = common(values) // the others belong to a kind that nobody knows
		}
		l.table(parts, values, at)
		l.attachments(h, at)
		missing.Hazards[i] = len(l.diags) > before
	}
}

// common keeps the keys that every hazard has.
func common(values map[string]any) map[string]any {
	rest := make(map[string]any)
	for _, key := range scenario.TableOf(reflect.TypeFor[scenario.Hazard]()).Keys() {
		if v, ok := values[key]; ok {
			rest[key] = v
		}
	}
	return rest
}

// maxDirector is the largest director's script [bytes].
const maxDirector = 4 << 20

// director reads the director's script.
func (l *loader) director() {
	name := l.sc.Drill.Director
	if name == "" {
		return
	}
	n := l.nodeAt(l.root, "drill.director")
	if n.reported {
		return
	}
	if !strings.HasSuffix(name, ".lua") {
		l.addAt(n, sim.Say("%q；应为 Lua 文件（如 director.lua）", "%q; want a Lua file such as director.lua", name))
		return
	}
	data, why := l.read(name)
	switch {
	case !why.Empty():
		l.addAt(n, why)
	case len(data) > maxDirector:
		l.addAt(n, sim.Say("脚本 %d 字节；最多 %d 字节", "a script of %d bytes; want at most %d", len(data), maxDirector))
	case !utf8.Valid(data):
		l.add(Diagnostic{Path: l.shown(name),
			Text: sim.Say("文本不是 UTF-8 编码；应为 UTF-8", "text that is not UTF-8; want UTF-8")})
	}
	l.sc.Director = string(data)
}

// nodeAt returns the place of a path such as "zone[2].polygon", or of the innermost part of it that is there.
func (d *decoder) nodeAt(root *node, path string) *node {
	n, _ := follow(root, path)
	return n
}

// follow walks a path. It says whether something on the way has been reported already.
func follow(root *node, path string) (n *node, reported bool) {
	n = root
	for path != "" && n != nil {
		var name string
		name, path, _ = strings.Cut(path, ".")
		name, indices, _ := strings.Cut(name, "[")
		next := n.keys[name]
		if next == nil {
			return n, reported
		}
		n = next
		reported = reported || n.reported
		for indices != "" {
			var index string
			index, indices, _ = strings.Cut(indices, "]")
			indices = strings.TrimPrefix(indices, "[")
			k, err := strconv.Atoi(index)
			if err != nil || k < 0 || k >= len(n.items) {
				return n, reported
			}
			n = n.items[k]
			reported = reported || n.reported
		}
	}
	return n, reported
}

// bulkFiles are the tables whose rows Validate speaks of, with the file that holds each.
func (l *loader) bulkFile(table string) string {
	switch table {
	case "node":
		return l.sc.Roads.Nodes
	case "link":
		return l.sc.Roads.Links
	case "building":
		return l.sc.Population.Buildings
	case "household":
		return l.sc.Population.Households
	case "person":
		return l.sc.Population.Persons
	}
	return ""
}

// place turns problems into diagnostics at their places. What follows from a mistake that has been reported is left
// out.
func (l *loader) place(problems []sim.Problem, severity Severity) {
	var out []*Diagnostic
	rows := map[string][]rowPlace{}
	for _, p := range problems {
		d := &Diagnostic{Severity: severity, Text: p.Text}
		head, _, _ := strings.Cut(p.Path, "[")
		file := l.bulkFile(head)
		if file != "" {
			row, field := rowOf(p.Path)
			if l.bad[file][row] {
				continue
			}
			d.Path = l.shown(file)
			if row >= 0 {
				rows[file] = append(rows[file], rowPlace{row, field, d})
			}
			out = append(out, d)
			continue
		}
		n, reported := follow(l.root, l.inFile(p.Path))
		if reported {
			continue
		}
		at := n.src.at(int(n.val), p.Text)
		d.Path, d.Line, d.Col = at.Path, at.Line, at.Col
		out = append(out, d)
	}
	for file, wants := range rows {
		slices.SortStableFunc(wants, func(a, b rowPlace) int { return cmp.Compare(a.row, b.row) })
		l.locateRows(file, wants)
	}
	for _, d := range out {
		l.add(*d)
	}
}

// rowOf takes "link[17].from" apart; row is -1 for a path without a row.
func rowOf(path string) (row int, field string) {
	_, rest, ok := strings.Cut(path, "[")
	index, field, _ := strings.Cut(rest, "]")
	field = strings.TrimPrefix(field, ".")
	row, err := strconv.Atoi(index)
	if !ok || err != nil {
		return -1, ""
	}
	return row, field
}

// inFile turns a path with the number of a unit into one with the number of its entry in the file.
func (l *loader) inFile(path string) string {
	rest, isUnit := strings.CutPrefix(path, "unit[")
	if !isUnit {
		return path
	}
	index, field, _ := strings.Cut(rest, "]")
	if k, err := strconv.Atoi(index); err == nil && k >= 0 && k < len(l.unitFrom) {
		return fmt.Sprintf("unit[%d]%s", l.unitFrom[k], field)
	}
	return path
}
