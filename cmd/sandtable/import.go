package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sandtable/cmd/internal/stage"
	"sandtable/scenarios"
	"sandtable/scenarios/importer"
	"sandtable/sim"
)

type importCmd struct {
	Out       string   `arg:"" help:"写入何处 · Directory to write, named after the drill."`
	OSM       string   `name:"osm" required:"" placeholder:"FILE" help:"地图，.osm 或 .osm.gz · OpenStreetMap XML."`
	DEM       []string `name:"dem" required:"" placeholder:"FILE" help:"高程，.hgt 或 .hgt.zip，可多次 · SRTM tiles; once for each."`
	BBox      string   `name:"bbox" placeholder:"W,S,E,N" help:"范围（度），缺省为文件范围 · Box in degrees; the file's own by default."`
	Cell      float64  `default:"20" help:"网格边长（米）· Side of a cell [m]."`
	Persons   int      `help:"人口，缺省按建筑面积 · Residents; by floor area when left out."`
	Name      string   `help:"演练名，缺省同目录 · Name of the drill; that of the directory when left out."`
	Place     string   `help:"地名，缺省取最大居民点 · Name of the place; the largest settlement's when left out."`
	RiverPeak float64  `help:"洪峰流量，缺省按河宽 · Peak of the river's flood [m3/s]; by its width when left out."`
	Start     string   `help:"开始时刻 · Local start, such as '2026-07-18 18:00'."`
	Duration  string   `default:"12h" help:"时长 · How long the drill lasts."`
	Lang      string   `enum:"zh,en" default:"zh" help:"报告语言 · Language of what is reported (${enum})."`
}

func (c *importCmd) Help() string {
	return `示例 Example:
  sandtable import mytown --osm mytown.osm.gz --dem N49E011.hgt.zip --dem N50E011.hgt.zip
  sandtable lint mytown && sandtable run mytown`
}

// Run makes a scenario of a real place and writes it with its report.
func (c *importCmd) Run(a *app) error {
	lang, _ := sim.LangByName(c.Lang)
	p := importer.Params{OSM: c.OSM, DEM: c.DEM, Cell: c.Cell, Persons: c.Persons, Name: c.Name, Peak: c.RiverPeak,
		Place: sim.Said(c.Place), Progress: func(what sim.Text) { fmt.Fprintln(a.err, what.In(lang)) }}
	if p.Name == "" {
		p.Name = filepath.Base(filepath.Clean(c.Out))
	}
	var err1, err2, err3 error
	if c.BBox != "" {
		p.Box, err1 = importer.ParseBox(c.BBox)
	}
	if c.Start != "" {
		p.Start, err2 = sim.ParseCivil(c.Start)
	}
	p.Duration, err3 = sim.ParseDuration(c.Duration)
	err := errors.Join(flagError("bbox", c.BBox, err1), flagError("start", c.Start, err2),
		flagError("duration", c.Duration, err3))
	if err != nil {
		return stage.Input(err)
	}
	if err := mustBeNew(c.Out); err != nil {
		return err
	}
	sc, report, err := importer.Import(p)
	if err != nil {
		return stage.Input(err)
	}
	if err := scenarios.Write(c.Out, sc); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(c.Out, "README.md"), []byte(report.README()), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s\n%s%s\n", c.Out, report.Lines(lang), importer.Attribution)
	return nil
}
