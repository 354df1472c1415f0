package flood

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/flood/storm"
	"sandtable/sim/scenario"
)

func TestValidConfigHasNoProblems(t *testing.T) {
	ground := valley(90, 60)
	for _, p := range everything(ground).Check(ground) {
		t.Errorf("%s: %s", p.Path, p.Text)
	}
}

// mistake is one thing wrong in a configuration: its path, and a part of what is said.
type mistake struct {
	path, want string
	spoil      func(c *Config)
}

var mistakes = []mistake{
	{"solver.theta", "1.5; want 0.5 to 1", func(c *Config) { c.Solver.Theta = 1.5 }},
	{"solver.interval", "1m; want 1s to 30s", func(c *Config) { c.Solver.Interval = sim.Minute }},
	{"solver.interval", "1.5s between two publications; want whole seconds, from 1 to 30", func(c *Config) {
		c.Solver.Interval = 1500 * sim.Millisecond
	}},
	{"roughness.urban", "-0.03; want 0.005 to 0.5", func(c *Config) { c.Roughness.Urban = -0.03 }},
	{"runoff.forest", "NaN; want 0 to 1", func(c *Config) { c.Runoff.Forest = math.NaN() }},
	{"river_depth", "-1; want 0 to 100", func(c *Config) { c.RiverDepth = -1 }},
	{"rain.times[2]", "time stands still or runs backwards", func(c *Config) { c.Rain.Times[2] = sim.Minute }},
	{"rain.rates", "4 values for 3 times", func(c *Config) { c.Rain.Rates = append(c.Rain.Rates, 1) }},
	{"rain.rates[1]", "600; want 0 to 500", func(c *Config) { c.Rain.Rates[1] = 600 }},
	{"infiltration.final", "of dry ground", func(c *Config) { c.Soil.Final = 400 }},
	{"rain.gridded[0].files", "of which 0 have been read", func(c *Config) {
		c.Rain.Gridded = []storm.Gridded{{Files: []string{"r.csv"}, Factor: 1}}
	}},
	{"rain.chicago[0].b", "0; want more than 0", func(c *Config) {
		c.Rain.Chicago = []storm.Chicago{{A1: 10, C: 1, N: 0.7, Period: 5, Duration: sim.Hour, Factor: 1}}
	}},
	{"rain.area", "2 corners; want at least three", func(c *Config) { c.Rain.Area = [][2]float64{{0, 0}, {1, 1}} }},
	{"pond[0].place", "0 points; want a polygon", func(c *Config) { c.Ponds[0].Polygon = nil }},
	{"pond[0].place[0]", "outside the map", func(c *Config) {
		c.Ponds[0].Polygon, c.Ponds[0].Place = nil, [][2]float64{{-5, 0}}
	}},
	{"pond[0].level", "is not above the ground", func(c *Config) {
		c.Ponds[0] = Pond{Level: 90, Place: [][2]float64{{500, 500}}}
	}},
	{"catchment[0].area", "0; want more than 0 and at most 100000", func(c *Config) { c.Catchments[0].Area = 0 }},
	{"catchment[0].lag", "0s; want 1m to 240h", func(c *Config) { c.Catchments[0].Lag = 0 }},
	{"catchment[0].outlet", "neither outlet nor reservoir; want outlet", func(c *Config) { c.Catchments[0].Outlet = nil }},
	{"catchment[1].reservoir", `there is no reservoir "sea"`, func(c *Config) { c.Catchments[1].Reservoir = "sea" }},
	{"catchment[0].reservoir", "both a reservoir and an outlet", func(c *Config) {
		c.Catchments[0].Reservoir = "lake"
	}},
	{"inflow[0].place[1]", "outside the map; want x from 0 to 1800", func(c *Config) {
		c.Inflows[0].Place[1] = [2]float64{1900, 600}
	}},
	{"inflow[0].times[1]", "time stands still or runs backwards", func(c *Config) { c.Inflows[0].Times[1] = 0 }},
	{"inflow[0].times[0]", "-1s; want 0s to 60d", func(c *Config) { c.Inflows[0].Times[0] = -sim.Second }},
	{"inflow[0].times", "no times", func(c *Config) { c.Inflows[0].Times, c.Inflows[0].Flows = nil, nil }},
	{"inflow[0].flows[2]", "-3; want 0 to 500000", func(c *Config) { c.Inflows[0].Flows[2] = -3 }},
	{"inflow[0].place[0]", "lies in a reservoir's lake", func(c *Config) {
		c.Inflows[0].Place = [][2]float64{{270, 960}}
	}},
	{"reservoir[0].name", "no name", func(c *Config) {
		c.Reservoirs[0].Name = ""
		c.Catchments[1].Reservoir = ""
		c.Catchments[1].Outlet = [][2]float64{{5, 5}}
	}},
	{"reservoir[0].levels[1]", "108 after 110; want rising", func(c *Config) { c.Reservoirs[0].Levels[1] = 108 }},
	{"reservoir[0].volumes", "2 volumes for 3 levels", func(c *Config) {
		c.Reservoirs[0].Volumes = c.Reservoirs[0].Volumes[:2]
	}},
	{"reservoir[0].level", "140 m; want a level of the curve, 110 to 130", func(c *Config) {
		c.Reservoirs[0].Level = 140
	}},
	{"reservoir[0].release", "no point", func(c *Config) { c.Reservoirs[0].Release = nil }},
	{"reservoir[0].dam.length", "0; want more than 0", func(c *Config) { c.Reservoirs[0].Dam = Dam{129, 0, 1.7} }},
	{"reservoir[0].gate[0].opening", "12 %; want 0 to 100 % in steps of 5", func(c *Config) {
		c.Reservoirs[0].Gates[0].Opening = 12
	}},
	{"reservoir[0].gate[0].name", "a second structure", func(c *Config) { c.Reservoirs[0].Gates[0].Name = "lake" }},
	{"reservoir[0].breach.trigger", "no trigger for the breach", func(c *Config) {
		c.Reservoirs[0].Breach.Trigger = TriggerNone
	}},
	{"reservoir[0].breach.trigger", `"soon"`, func(c *Config) { c.Reservoirs[0].Breach.Trigger = "soon" }},
	{"reservoir[0].breach.bottom", "to below the dam's crest, 129 m", func(c *Config) {
		c.Reservoirs[0].Breach.Bottom = 135
	}},
	{"reservoir[0].breach.level", "want a level above the lowest", func(c *Config) {
		c.Reservoirs[0].Breach.Trigger, c.Reservoirs[0].Breach.Level = TriggerLevel, 100
	}},
	{"reservoir[0].breach.time_to_peak", "less than the duration", func(c *Config) {
		c.Reservoirs[0].Breach.Peak, c.Reservoirs[0].Breach.TimeToPeak = 500, sim.Hour
	}},
	{"boundary[0].kind", `"tide"`, func(c *Config) { c.Boundaries[0].Kind = "tide" }},
	{"boundary[0].edge", `"up"`, func(c *Config) { c.Boundaries[0].Edge = "up" }},
	{"boundary[0].from", "5000 m lies beyond the east edge", func(c *Config) { c.Boundaries[0].From = 5000 }},
	{"boundary[0].from", "no cell of the east edge has its centre", func(c *Config) {
		c.Boundaries[0].From, c.Boundaries[0].To = 91, 109
	}},
	{"boundary[0].to", "0 m; want more than from, 100 m", func(c *Config) { c.Boundaries[0].From, c.Boundaries[0].To = 100, 0 }},
	{"boundary[0].to", "5000 m lies beyond the east edge; want 0 to", func(c *Config) { c.Boundaries[0].To = 5000 }},
	{"boundary[1].from", "-40 m lies beyond the west edge", func(c *Config) { c.Boundaries[1].From = -40 }},
	{"boundary[2].from", "overlaps boundary[1] on the west edge", func(c *Config) {
		c.Boundaries = append(c.Boundaries, c.Boundaries[1])
	}},
	{"boundary[1].times", "no times", func(c *Config) { c.Boundaries[1].Times, c.Boundaries[1].Levels = nil, nil }},
	{"boundary[1].levels", "1 values for 2 times", func(c *Config) {
		c.Boundaries[1].Levels = c.Boundaries[1].Levels[:1]
	}},
}

// Every mistake is reported at its field, with what is wanted; the rest of the configuration is valid.
func TestMistakesAreReported(t *testing.T) {
	ground := valley(90, 60)
	for _, c := range mistakes {
		config := everything(ground)
		c.spoil(config)
		list := config.Check(ground)
		if len(list) != 1 || list[0].Path != c.path || !strings.Contains(list[0].Text.EN, c.want) {
			t.Errorf("want %s: %s; got %+v", c.path, c.want, list)
		}
		if _, err := config.New(sim.HazardEnv{Terrain: ground, Workers: 1}); err == nil {
			t.Errorf("%s: New takes a configuration with this mistake", c.path)
		}
	}
}

// Several mistakes are reported at once.
func TestAllMistakesAtOnce(t *testing.T) {
	ground := valley(90, 60)
	c := everything(ground)
	c.Solver.Alpha, c.Roughness.Bare, c.Catchments[1].Area, c.Boundaries[0].Slope = 2, 0, -1, 0
	if list := c.Check(ground); len(list) != 4 {
		t.Errorf("%d problems; want 4: %+v", len(list), list)
	}
}

// Voids in the bed and unknown land covers are reported once, with the first place.
func TestBadTerrain(t *testing.T) {
	for name, c := range map[string]struct {
		want  string
		spoil func(t *sim.Terrain)
	}{
		"void":   {"column 5, row 0 from the south: elevation of -9999 m", func(t *sim.Terrain) { t.Bed[5] = -9_999_000 }},
		"cover":  {"column 4, row 1 from the south: land cover 77", func(t *sim.Terrain) { t.Cover[94] = 77 }},
		"short":  {"90 x 60 cells of 20 m with 7 elevations", func(t *sim.Terrain) { t.Bed = t.Bed[:7] }},
		"covers": {"3 land cover classes for 5400 cells", func(t *sim.Terrain) { t.Cover = t.Cover[:3] }},
	} {
		ground := valley(90, 60)
		config := everything(ground)
		c.spoil(ground)
		list := config.Check(ground)
		if len(list) != 1 || list[0].Path != "terrain" || !strings.Contains(list[0].Text.EN, c.want) {
			t.Errorf("%s: %+v; want %s", name, list, c.want)
		}
	}
}

// The tags of the configuration can be read, and every field says what it means.
func TestTags(t *testing.T) {
	var look func(table *scenario.Table, path string)
	look = func(table *scenario.Table, path string) {
		for i := range table.Fields {
			f := &table.Fields[i]
			if f.Doc == "" {
				t.Errorf("%s%s: no doc", path, f.Key)
			}
			v := &f.Value
			for v.Form == scenario.FormList {
				v = v.Elem
			}
			if v.Form == scenario.FormFloat && f.Unit == "" {
				t.Errorf("%s%s: no unit", path, f.Key)
			}
			if v.Form == scenario.FormRecord {
				look(v.Table, path+f.Key+".")
			}
		}
	}
	look(scenario.TableOf(reflect.TypeFor[Config]()), "")
	if c := Default(); c.Solver.Theta != 0.9 || c.Roughness.Forest != 0.1 || DefaultGate().Stroke != 10*sim.Minute {
		t.Errorf("defaults are not those of the tags: %+v", c)
	}
}
