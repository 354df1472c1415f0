package scenarios

import (
	"errors"
	"flag"
	"fmt"

	"sandtable/sim"
	"sandtable/sim/flood"
	"sandtable/sim/geo"
)

// rewrite makes the tests write down what they get, for a person to read and judge.
var rewrite = flag.Bool("rewrite", false, "write expectations and generated documents instead of comparing them")

// tide is the configuration of a kind of hazard that exists only in these tests: it has a field of every form.
type tide struct {
	Rate       float64      `toml:"rate" unit:"m/h" range:"(0,10]" doc:"how fast the water rises"`
	Law        string       `toml:"law" choices:"linear,square" default:"linear" doc:"how it grows"`
	Mouth      [2]float64   `toml:"mouth" unit:"m" doc:"where the water comes from [x, y]"`
	Begin      sim.Duration `toml:"begin" range:"[0s,30d]" default:"0s" instant:"true" doc:"when it begins"`
	Tiles      uint8        `toml:"tiles" range:"[1,100]" default:"4" doc:"tiles"`
	Wet        bool         `toml:"wet" default:"true" doc:"wet at the start"`
	Note       sim.Text     `toml:"note" optional:"true" doc:"a remark"`
	Weights    []float64    `toml:"weights" unit:"-" range:"[0,1]" optional:"true" doc:"weights"`
	Rain       tideRain     `toml:"rain" optional:"true" doc:"the rain"`
	Dam        *tideDam     `toml:"dam" optional:"true" doc:"the dam"`
	Hydrograph []tidePoint  `toml:"hydrograph" optional:"true" doc:"inflow"`
	Basins     []tideBasin  `toml:"basin" optional:"true" doc:"basins"`
}

type tideRain struct {
	Intensity float64       `toml:"intensity" unit:"mm/h" range:"[0,300]" default:"20" doc:"intensity"`
	For       *sim.Duration `toml:"for,omitempty" optional:"true" doc:"how long"`
}

type tideDam struct {
	Name  string   `toml:"name" doc:"short name"`
	Title sim.Text `toml:"title" optional:"true" doc:"name on screen"`
	Crest float64  `toml:"crest" unit:"m" doc:"above the datum"`
}

type tidePoint struct {
	At   sim.Duration `toml:"at" range:"[0s,30d]" doc:"when"`
	Flow float64      `toml:"flow" unit:"m3/s" range:"[0,20000]" doc:"flow"`
}

type tideBasin struct {
	Name   string       `toml:"name" doc:"short name"`
	Border [][2]float64 `toml:"border" unit:"m" doc:"border"`
}

var testKinds = Kinds{
	"tide":  func() sim.HazardSpec { return new(tide) },
	"flood": func() sim.HazardSpec { return new(flood.Config) },
}

// Structures implements sim.HazardSpec.
func (t *tide) Structures() []sim.StructureSpec {
	if t.Dam == nil {
		return nil
	}
	return []sim.StructureSpec{{Name: t.Dam.Name, Title: t.Dam.Title, Place: geo.Point{X: t.Mouth[0], Y: t.Mouth[1]},
		Actions: []sim.StructureAction{sim.StructureSetOpening, sim.StructureBreach}}}
}

// Check implements sim.HazardSpec.
func (t *tide) Check(*sim.Terrain) []sim.Problem {
	var found []sim.Problem
	for i := 1; i < len(t.Hydrograph); i++ {
		if t.Hydrograph[i].At <= t.Hydrograph[i-1].At {
			path := fmt.Sprintf("hydrograph[%d].at", i)
			found = append(found, sim.Problem{Path: path, Text: sim.Text{ZH: "时刻倒退；应递增", EN: "time goes back; want later ones"}})
		}
	}
	return found
}

// New implements sim.HazardSpec.
func (t *tide) New(sim.HazardEnv) (sim.Hazard, error) { return nil, errors.New("no tide can be made") }

// Version implements sim.HazardSpec.
func (t *tide) Version() string { return "tide-1" }
