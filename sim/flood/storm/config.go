package storm

import (
	"fmt"

	"sandtable/sim"
)

// Config is the rain of a flood, the table rain of a hazard in a scenario. The tags are those of package scenario.
// All that is given falls together.
type Config struct {
	Times   []sim.Duration `toml:"times" when:"rates" needed:"true" range:"[0s,60d]" instant:"true" optional:"true" doc:"from when each rate holds; rising"`
	Rates   []float64      `toml:"rates" when:"times" needed:"true" unit:"mm/h" range:"[0,500]" optional:"true" doc:"intensity from that time until the next; the last one holds to the end, none before the first"`
	Area    [][2]float64   `toml:"area" unit:"m" optional:"true" doc:"polygon in which cells get rain directly; everywhere without"`
	Side    float64        `toml:"side" unit:"m" range:"[100,50000]" optional:"true" doc:"of the rain cells, within each of which rain is the same and in which it is published; 1000 when missing"`
	Chicago []Chicago      `toml:"chicago" optional:"true" doc:"design storms after a storm intensity formula (暴雨强度公式), the same everywhere"`
	Moving  []Moving       `toml:"moving" optional:"true" doc:"storms that move over the map"`
	Gridded []Gridded      `toml:"gridded" optional:"true" doc:"rates on a regular grid over time, from files"`
}

// Chicago is a design storm after the formula q = 167 A1 (1 + C lg P)/(t + b)^n of GB 50014, with q in L/(s ha) and
// t in minutes. The share Peak of every window around the most intense instant lies before it (Keifer and Chu 1957).
type Chicago struct {
	At       sim.Duration `toml:"at" range:"[0s,60d]" instant:"true" default:"0s" doc:"when it begins"`
	A1       float64      `toml:"a1" unit:"mm/min" range:"(0,1000]" doc:"A1 of the formula; the factor before the bracket over 167"`
	C        float64      `toml:"c" unit:"-" range:"[0,10]" doc:"C of the formula"`
	B        float64      `toml:"b" unit:"min" range:"(0,200]" doc:"b of the formula"`
	N        float64      `toml:"n" unit:"-" range:"(0,2]" doc:"n of the formula"`
	Period   float64      `toml:"period" unit:"a" range:"[0.1,10000]" doc:"return period P"`
	Duration sim.Duration `toml:"duration" range:"[5m,72h]" doc:"of the storm; its depth is the formula's for this duration"`
	Peak     float64      `toml:"peak" unit:"-" range:"[0,1]" default:"0.4" doc:"share of the duration before the most intense instant (0.3 to 0.5 is usual; assumed)"`
	Factor   float64      `toml:"factor" unit:"-" range:"(0,10]" default:"1" doc:"factor on its rain, as an areal reduction"`
}

// Profiles of a moving storm.
const (
	ProfileGaussian = "gaussian"
	ProfileDisc     = "disc"
)

// Moving is a storm whose centre moves in straight lines from place to place. Position and intensity are linear between
// the times; before the first and after the last it gives nothing.
type Moving struct {
	Times      []sim.Duration `toml:"times" range:"[0s,60d]" instant:"true" doc:"rising; at least two"`
	X          []float64      `toml:"x" unit:"m" range:"[-1e7,1e7]" doc:"of the centre at each time; it may lie outside the map"`
	Y          []float64      `toml:"y" unit:"m" range:"[-1e7,1e7]" doc:"of the centre at each time"`
	Rates      []float64      `toml:"rates" unit:"mm/h" range:"[0,500]" doc:"intensity at the centre at each time"`
	Profile    string         `toml:"profile" choices:"gaussian,disc" default:"gaussian" doc:"bell-shaped, or the same intensity as far as the radii and none beyond"`
	Along      float64        `toml:"along" unit:"m" range:"[100,1e6]" doc:"radius in the direction of travel: of a bell the standard deviation"`
	Across     float64        `toml:"across" unit:"m" range:"[100,1e6]" doc:"radius across it"`
	Background float64        `toml:"background" unit:"mm/h" range:"[0,100]" default:"0" doc:"intensity everywhere while the storm lasts, besides its own"`
}

// Gridded is rain on a regular grid, whose cells each have one rate from a time until the next. The last one holds to
// the end.
type Gridded struct {
	Files  []string       `toml:"files" doc:"one CSV with the columns time, x, y, value (.csv), or one ESRI ASCII grid for each time (.asc), rates in mm/h; each may be packed (.gz)"`
	Times  []sim.Duration `toml:"times" range:"[0s,60d]" instant:"true" optional:"true" doc:"ASCII grids: from when each holds; rising"`
	Factor float64        `toml:"factor" unit:"-" range:"(0,10]" default:"1" doc:"factor on its rain"`
	Series []sim.Rasters  `toml:"-"` // what stands in the files, one for each
}

// Attachments lists the files of the grids, with their paths inside the table.
func (c *Config) Attachments() []sim.Attachment {
	var list []sim.Attachment
	for i := range c.Gridded {
		g := &c.Gridded[i]
		if len(g.Series) != len(g.Files) {
			g.Series = make([]sim.Rasters, len(g.Files))
		}
		for k, name := range g.Files {
			list = append(list, sim.Attachment{
				Path: fmt.Sprintf("gridded[%d].files[%d]", i, k), File: name, Into: &g.Series[k],
				Unit: "mm/h", Low: 0, High: RateMax,
			})
		}
	}
	return list
}

// usualSide is the side of the rain cells when none is given [m].
const usualSide = 1000.0

// CellSide returns the side of the rain cells [m].
func (c *Config) CellSide() float64 {
	if c.Side > 0 {
		return c.Side
	}
	return usualSide
}

// Wet says whether there is any rain in the configuration.
func (c *Config) Wet() bool {
	return len(c.Rates)+len(c.Chicago)+len(c.Moving)+len(c.Gridded) > 0
}
