package scenarios

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// Write writes a scenario into a directory, which is made where it is missing: scenario.toml, and the files that
// the scenario names. Files that are there already are replaced, others are left alone. Loading what was written
// gives the same scenario; the same scenario gives the same bytes.
func Write(dir string, sc *scenario.Scenario) error {
	files, err := Encode(sc)
	if err != nil {
		return err
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return fmt.Errorf("scenarios: %w", err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			return fmt.Errorf("scenarios: %w", err)
		}
	}
	return nil
}

// Encode returns the files that Write writes, scenario.toml first. It fails when the scenario names no file for
// something that it holds, or holds what a file cannot: a line break in a name, a grid of the wrong size.
func Encode(sc *scenario.Scenario) ([]File, error) {
	files := []File{{MainFile, encodeMain(sc)}}
	var errs []error
	add := func(name, what string, needed bool, write func(*bytes.Buffer) error) {
		if name == "" && needed {
			errs = append(errs, fmt.Errorf("scenarios: no file named for %s", what))
		}
		if name == "" {
			return
		}
		var b bytes.Buffer
		err := write(&b)
		data := b.Bytes()
		if err == nil && strings.HasSuffix(name, ".gz") {
			data, err = pack(data)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("scenarios: %s: %w", name, err))
		}
		files = append(files, File{name, data})
	}
	add(sc.Drill.Director, "the director's script", sc.Director != "", func(b *bytes.Buffer) error {
		b.WriteString(sc.Director)
		return nil
	})
	t := &sc.Terrain
	covered := bytes.Count(t.Cover, []byte{scenario.CoverFarmland}) < len(t.Cover)
	add(sc.Place.Terrain, "the terrain", true, func(b *bytes.Buffer) error {
		return WriteGrid(b, t.Grid, len(t.Bed), func(buf []byte, cell int) []byte { return appendMillis(buf, t.Bed[cell]) })
	})
	add(sc.Place.Cover, "the land cover", covered, func(b *bytes.Buffer) error {
		return WriteGrid(b, t.Grid, len(t.Cover), func(buf []byte, cell int) []byte {
			return strconv.AppendUint(buf, uint64(t.Cover[cell]), 10)
		})
	})
	add(sc.Roads.Nodes, "the nodes", true, func(b *bytes.Buffer) error { return writeNodes(b, sc) })
	add(sc.Roads.Links, "the links", true, func(b *bytes.Buffer) error { return writeLinks(b, sc) })
	add(sc.Population.Buildings, "the buildings", true, func(b *bytes.Buffer) error { return writeBuildings(b, sc) })
	add(sc.Population.Households, "the households", true, func(b *bytes.Buffer) error { return writeHouseholds(b, sc) })
	add(sc.Population.Persons, "the persons", true, func(b *bytes.Buffer) error { return writePersons(b, sc) })
	for i := range sc.Hazards {
		for _, a := range attached(sc.Hazards[i].Spec) {
			add(a.File, "a part of a hazard", true, func(b *bytes.Buffer) error { return writeAttachment(b, a) })
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return files, nil
}

// encodeMain writes scenario.toml.
func encodeMain(sc *scenario.Scenario) []byte {
	out := *sc
	out.Units = scenario.Gather(sc.Units)
	e := &encoder{commented: map[string]bool{}}
	e.body("", sectionOf(reflect.ValueOf(&out)))
	return []byte(e.b.String())
}

// pack compresses without name and time, so that equal data give equal bytes.
func pack(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// NoData stands in an ESRI ASCII grid where a cell has no value.
const NoData = "-9999"

// WriteGrid writes an ESRI ASCII grid, the northern row first. Value appends the text of a cell, of which there must be
// n.
func WriteGrid(b *bytes.Buffer, g geo.Grid, n int, value func(buf []byte, cell int) []byte) error {
	if g.NX < 1 || g.NY < 1 || n != g.Len() {
		return fmt.Errorf("%d values for a grid of %d x %d", n, g.NX, g.NY)
	}
	fmt.Fprintf(b, "ncols %d\nnrows %d\nxllcorner %s\nyllcorner %s\ncellsize %s\nNODATA_value %s\n", g.NX, g.NY,
		exact(g.Origin.X), exact(g.Origin.Y), exact(g.Cell), NoData)
	var line []byte
	for j := g.NY - 1; j >= 0; j-- {
		line = line[:0]
		for i := range g.NX {
			if i > 0 {
				line = append(line, ' ')
			}
			line = value(line, g.Index(i, j))
		}
		b.Write(append(line, '\n'))
	}
	return nil
}

// exact writes a number so that reading gives it back.
func exact(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// appendMillis writes thousandths as a decimal number.
func appendMillis(buf []byte, mm int32) []byte {
	v := int64(mm)
	if v < 0 {
		buf, v = append(buf, '-'), -v
	}
	buf = strconv.AppendInt(buf, v/1000, 10)
	f := v % 1000
	if f == 0 {
		return buf
	}
	buf = append(buf, '.', byte('0'+f/100), byte('0'+f/10%10), byte('0'+f%10))
	for buf[len(buf)-1] == '0' {
		buf = buf[:len(buf)-1]
	}
	return buf
}
