package flood

import (
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/flood/storm"
	"sandtable/sim/geo"
)

// doubts are what a hurried designer writes, with the path and the words of the warning.
var doubts = []struct {
	path, want string
	spoil      func(*Config)
}{
	{"", "a flood without water; want rain", func(c *Config) {
		c.RiverDepth, c.Rain, c.Ponds, c.Inflows, c.Reservoirs, c.Boundaries = 0, Rain{}, nil, nil, nil, nil
		c.Catchments[0].InitialFlow, c.Catchments[1].InitialFlow = 0, 0
	}},
	{"rain.area", "no cell has its centre in it", func(c *Config) { c.Rain.Area = [][2]float64{{100, 100}, {101, 100}, {101, 101}} }},
	{"rain.gridded[0].files[0]", "its rain begins at 4h, after the end of the drill, at 3h", func(c *Config) {
		c.Rain.Gridded = hourly(4*sim.Hour, 5*sim.Hour)
	}},
	{"rain.gridded[0].files[0]", "2h after 30m, where other steps are 30m", func(c *Config) {
		c.Rain.Gridded = hourly(0, 30*sim.Minute, 2*sim.Hour, 150*sim.Minute, 3*sim.Hour)
	}},
	{"forecast.delay", "the first forecast arrives at 3h", func(c *Config) {
		f := DefaultForecast()
		f.First, f.Delay = 2*sim.Hour, sim.Hour
		c.Forecast = &f
	}},
	{"catchment[0].polygon", "no cell has its centre in it", func(c *Config) {
		c.Catchments[0].Polygon = [][2]float64{{100, 100}, {101, 100}, {101, 101}}
	}},
	{"catchment[0].area", "its polygon holds", func(c *Config) { c.Catchments[0].Area = 0.03 }},
	{"inflow[0].place", "is higher than around it", func(c *Config) { c.Inflows[0].Place = [][2]float64{{1210, 610}} }},
	{"pond[0].level", "the lowest ground in the polygon is", func(c *Config) { c.Ponds[0].Level = 3 }},
	{"reservoir[0].level", "it overtops from the start", func(c *Config) { c.Reservoirs[0].Level = 129.5 }},
	{"reservoir[0].breach.level", "so that it fails at once", func(c *Config) {
		c.Reservoirs[0].Breach.Trigger, c.Reservoirs[0].Breach.Level = TriggerLevel, 126
	}},
	{"reservoir[0].spillway.crest", "not below the dam's crest", func(c *Config) { c.Reservoirs[0].Spillway.Crest = 129 }},
	{"reservoir[0].gate[0].sill", "not below the dam's crest", func(c *Config) { c.Reservoirs[0].Gates[0].Sill = 130 }},
	{"reservoir[0].gate[0].sill", "below the lowest level of the curve", func(c *Config) { c.Reservoirs[0].Gates[0].Sill = 11 }},
	{"reservoir[0].spillway.crest", "the reservoir runs empty", func(c *Config) { c.Reservoirs[0].Spillway.Crest = 0 }},
	{"reservoir[0].lake", "no cell has its centre in it", func(c *Config) {
		c.Reservoirs[0].Lake = [][2]float64{{100, 100}, {101, 100}, {101, 101}}
	}},
	{"boundary[1].levels", "no water comes in", func(c *Config) { c.Boundaries[1].Levels = []float64{0.4, 1.2} }},
	{"dyke[0].breach[0].level", "so that it fails with the first water", func(c *Config) {
		c.Dykes[0].Breaches[0].Trigger, c.Dykes[0].Breaches[0].Level = TriggerLevel, 4
	}},
	{"dyke[0].breach[0].bottom", "counts instead", func(c *Config) { c.Dykes[0].Breaches[0].Bottom = -1 }},
	{"dyke[0].breach[0].hold", "does not fail by itself", func(c *Config) { c.Dykes[0].Breaches[0].Hold = 3 * sim.Hour }},
	{"barrier[1].foot", "counts instead", func(c *Config) { low := 3.0; c.Barriers[1].Foot = &low }},
	{"sluice[0].sill", "counts instead", func(c *Config) { c.Sluices[0].Sill = 3 }},
	{"sluice[0].sill", "not below the dyke's crest there", func(c *Config) { c.Sluices[0].Sill = 110 }},
	{"sluice[1].sill", "counts instead", func(c *Config) { c.Sluices[1].Sill = 3 }},
	{"bridge[0].soffit", "counts instead", func(c *Config) { c.Bridges[0].Soffit = 3 }},
	{"culvert[0].inverts[0]", "more than the culvert's height above the ground", func(c *Config) { c.Culverts[0].Inverts[0] = 110 }},
	{"pump[0].start", "starts with any water", func(c *Config) { low := 3.0; c.Pumps[0].Start = &low }},
	{"pump[0].stop", "stops only when that is dry", func(c *Config) { low := 3.0; c.Pumps[0].Stop = &low }},
}

// hourly is rain from a file with values at some times.
func hourly(times ...sim.Duration) []storm.Gridded {
	g := storm.Gridded{Files: []string{"rain.csv"}, Factor: 1}
	r := sim.Rasters{Grid: geo.Grid{Origin: geo.Point{X: -5000, Y: -5000}, NX: 2, NY: 2, Cell: 10000}, Times: times}
	for range times {
		r.Values = append(r.Values, []float64{1, 2, 3, 4})
	}
	g.Series = []sim.Rasters{r}
	return []storm.Gridded{g}
}

// mixed is a configuration with everything that can be doubted.
func mixed(ground *sim.Terrain) *Config {
	c := everything(ground)
	works := built(ground, false)
	c.Forecast = nil
	c.Dykes, c.Barriers, c.Sluices, c.Bridges = works.Dykes, works.Barriers, works.Sluices, works.Bridges
	c.Culverts, c.Pumps, c.Drains = works.Culverts, works.Pumps, works.Drains
	return c
}

// What can be played but hardly means what it says is doubted where it stands; what is meant is not.
func TestDoubts(t *testing.T) {
	ground := valley(90, 60)
	for i := range 90 { // a wall across the plain, one cell wide
		ground.Bed[ground.Grid.Index(60, min(i, 59))] += 3000
	}
	const lasts = 3 * sim.Hour
	for _, p := range mixed(ground).Doubts(ground, lasts) {
		t.Errorf("%s: %s", p.Path, p.Text.EN)
	}
	for _, d := range doubts {
		c := mixed(ground)
		d.spoil(c)
		list := c.Doubts(ground, lasts)
		if len(list) != 1 || list[0].Path != d.path || !strings.Contains(list[0].Text.EN, d.want) || list[0].Text.ZH == "" {
			t.Errorf("%s: %q; found %v", d.path, d.want, list)
		}
	}
}
