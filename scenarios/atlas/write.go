package atlas

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sandtable/sim"
	"sandtable/sim/maps"
)

// Formats lists the formats by their names on the command line.
var Formats = []string{"geotiff", "asc", "geojson"}

// Options say what is written.
type Options struct {
	Formats []string     // of Formats
	Step    sim.Duration // between isochrones, see StepFault
}

// File is a file of an atlas.
type File struct {
	Name string
	Data []byte
}

// Write writes an atlas into a directory, which is made where it is missing; files of the same names are replaced. done
// is told of each file before it is made. It returns the names of the files. The maps must be settled
// (maps.Maps.Settle).
func Write(dir string, m *maps.Maps, f *Facts, o Options, done func(name string)) (names []string, err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	err = each(m, f, o, done, func(file File) error {
		names = append(names, file.Name)
		return os.WriteFile(filepath.Join(dir, file.Name), file.Data, 0o666)
	})
	return names, err
}

// each makes the files of an atlas one after the other.
func each(m *maps.Maps, f *Facts, o Options, done func(string), put func(File) error) error {
	p := PlaceOf(f.Place)
	var names []string
	add := func(name string, err error, data []byte) error {
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		names = append(names, name)
		return put(File{name, data})
	}
	for _, q := range maps.Quantities {
		r := newRaster(m, q, &p)
		if slices.Contains(o.Formats, "geotiff") {
			done(q.String() + ".tif")
			img := image{grid: r.grid, pixels: r.floats(), epsg: p.EPSG, title: titles[q].title.In(sim.English), unit: q.Unit()}
			data, err := img.encode()
			if err := add(q.String()+".tif", err, data); err != nil {
				return err
			}
		}
		if !slices.Contains(o.Formats, "asc") {
			continue
		}
		done(q.String() + ".asc")
		data, err := r.ascii()
		if err := add(q.String()+".asc", err, data); err != nil {
			return err
		}
		if wkt := p.wkt(); wkt != "" {
			if err := add(q.String()+".prj", nil, []byte(wkt)); err != nil {
				return err
			}
		}
	}
	if slices.Contains(o.Formats, "geojson") {
		for _, b := range []bands{arrivalBands(m, o.Step, f.Start), depthBands(m), dangerBands(m)} {
			name := b.quantity.String() + ".geojson"
			done(name)
			data, err := geoJSON(m, b, &p, f)
			if err := add(name, err, data); err != nil {
				return err
			}
		}
	}
	return put(File{"README.md", readme(m, f, &p, o, names)})
}

// notForPlanning stands on everything that is made of an elevation that is not good enough.
var notForPlanning = sim.Text{ZH: "仅供演练，不得用于规划。", EN: "For drills only. Not for planning."}

// readme says what each file is, in both languages.
func readme(m *maps.Maps, f *Facts, p *Place, o Options, names []string) []byte {
	var b bytes.Buffer
	for k, lang := range []sim.Lang{sim.Chinese, sim.English} {
		if k > 0 {
			b.WriteString("\n")
		}
		say := func(zh, en string) string { return sim.Text{ZH: zh, EN: en}.In(lang) }
		fmt.Fprintf(&b, "%s %s\n\n", strings.Repeat("#", k+1), say("推演的水情图", "Maps of the water of a run"))
		if !f.Place.Planning {
			fmt.Fprintf(&b, "**%s**\n\n", notForPlanning.In(lang))
		}
		for _, row := range f.about(p, m.Threshold()) {
			fmt.Fprintf(&b, "- %s%s%s\n", row[0].In(lang), say("：", ": "), row[1].In(lang))
		}
		fmt.Fprintf(&b, "\n| %s | %s | %s |\n|---|---|---|\n", say("文件", "file"), say("内容", "map"), say("单位", "unit"))
		for _, name := range names {
			quantity, kind, _ := strings.Cut(name, ".")
			if kind == "prj" {
				continue
			}
			q := named(quantity)
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, titles[q].title.In(lang), q.Unit())
		}
		b.WriteString("\n")
		for _, q := range maps.Quantities {
			fmt.Fprintf(&b, "- `%s` %s%s%s\n", q, titles[q].title.In(lang), say("：", ": "), titles[q].means.In(lang))
		}
		b.WriteString("\n" + sim.Say(formsZH, formsEN, noData, o.Step.Seconds()/60).In(lang) + "\n")
	}
	return b.Bytes()
}

// What is to be known of the formats.
const (
	formsZH = `栅格每格一值，北在上；全程无水的格无值（%d）。GeoJSON 沿网格边界勾画：arrival 按到达时间每 %.4g 分钟一级，depth-max 按水深分级，
danger-max 按危险等级；面积与网格面积一致。值取自每次发布的水情（至多每 30 秒一次），两次发布之间视为不变。
此处未列出的文件不是这次写的。`
	formsEN = `Rasters have a value per cell, north is up; a cell that never had water has none (%d). GeoJSON follows
the borders of cells: arrival in steps of %.4g min, depth-max in classes of depth, danger-max in classes of
danger; areas are those of the cells. Values are of the published water (every 30 s at most), which holds from one
publication to the next. Files that are here and not listed were written another time.`
)

// named returns the map of a name.
func named(name string) sim.Quantity {
	for _, q := range maps.Quantities {
		if q.String() == name {
			return q
		}
	}
	panic("atlas: no map is called " + name)
}
