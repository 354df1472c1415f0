package main

import (
	"sandtable/evaluation"
	"sandtable/render"
	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/scenario"
)

// state is what replay shows of an instant, for machines as for people: entities by their names, times in seconds.
type state struct {
	Scenario  string         `json:"scenario"`
	Title     string         `json:"title"`
	AtS       float64        `json:"at_s"`
	Clock     string         `json:"clock"` // local time
	Warning   string         `json:"warning_level"`
	Response  string         `json:"response_level"`
	Total     headcount      `json:"total"`
	Zones     []zoneState    `json:"zones"`
	Shelters  []shelterState `json:"shelters"`
	Gauges    []gaugeState   `json:"gauges"`
	Units     []unitState    `json:"units"`
	Roads     roadsState     `json:"roads"`
	Works     []workState    `json:"structures"`
	Hazards   []hazardState  `json:"hazards"`
	warningIn string         // the level in the language of the screen
}

// headcount says how many people are where: home to dead add up to persons, the rest does not.
type headcount struct {
	Persons   int                `json:"persons"`
	Home      int                `json:"home"`
	Street    int                `json:"street"`
	Vehicle   int                `json:"vehicle"`
	Assembly  int                `json:"assembly"`
	Unit      int                `json:"unit"`
	Shelter   int                `json:"shelter"`
	Outside   int                `json:"outside"`
	Dead      int                `json:"dead"`
	Warned    int                `json:"warned"`
	Left      int                `json:"left"`
	Sheltered int                `json:"sheltered"`
	Stranded  int                `json:"stranded"`
	Caught    int                `json:"caught"`
	Rescued   int                `json:"rescued"`
	Injured   int                `json:"injured"`
	MovedBy   evaluation.MovedBy `json:"moved_by"` // left their zone before water reached their place
}

type zoneState struct {
	Zone  string `json:"zone"`
	Title string `json:"title"`
	headcount
	Ordered  bool    `json:"ordered"`     // an evacuation order has been acknowledged
	DepthMax float64 `json:"depth_max_m"` // at its buildings
	WetShare float64 `json:"wet_share"`   // of its buildings
}

type shelterState struct {
	Shelter  string `json:"shelter"`
	Title    string `json:"title"`
	Open     bool   `json:"open"`
	Inside   int    `json:"inside"`
	Waiting  int    `json:"waiting"`
	Capacity int    `json:"capacity"`
}

type gaugeState struct {
	Gauge string             `json:"gauge"`
	Title string             `json:"title"`
	Kind  string             `json:"kind"`
	Level *float64           `json:"level_m,omitempty"`
	Depth *float64           `json:"depth_m,omitempty"`
	Rain  map[string]float64 `json:"rain_mm,omitempty"` // by window
	Above string             `json:"above,omitempty"`   // the highest threshold that it is above
	shows string
}

type unitState struct {
	Unit    string  `json:"unit"`
	Title   string  `json:"title"`
	Status  string  `json:"status"`
	X       float64 `json:"x_m"`
	Y       float64 `json:"y_m"`
	Aboard  int     `json:"aboard"`
	Carried int     `json:"carried"`
	status  sim.UnitStatus
}

// roadsState is what is on the roads: vehicles of the drill, and through traffic by itself. What is stuck counts both.
type roadsState struct {
	Inside       int            `json:"inside"`   // on links
	Waiting      int            `json:"waiting"`  // at nodes
	Stranded     int            `json:"stranded"` // given up so far
	Closed       []int32        `json:"closed_links"`
	Rings        int            `json:"rings"` // of full links that block each other
	Stuck        int            `json:"stuck"` // in rings and behind them
	StuckPersons int            `json:"stuck_persons"`
	Outsiders    outsidersState `json:"outsiders"`
}

type outsidersState struct {
	Inside          int `json:"inside"`
	Waiting         int `json:"waiting"`
	Through         int `json:"through"` // have left where they were bound
	Stranded        int `json:"stranded"`
	StrandedPersons int `json:"stranded_persons"`
}

// roadsOf says what is on the roads, and which links are closed.
func roadsOf(t *sim.RoadsTruth, closed []sim.LinkID) roadsState {
	r := roadsState{Inside: t.Inside, Waiting: t.Waiting, Stranded: t.Stranded, Closed: []int32{}, Rings: t.Rings,
		Stuck: t.Stuck, StuckPersons: t.StuckIn}
	for _, link := range closed {
		r.Closed = append(r.Closed, int32(link))
	}
	o := &t.Outsiders
	r.Outsiders = outsidersState{o.Inside, o.Waiting, o.Through, o.Stranded, o.StrandedIn}
	return r
}

// workState is a structure that can be set or can fail. It is set where it stands, until it has come to where it goes.
type workState struct {
	Structure string   `json:"structure"`
	Title     string   `json:"title"`
	Kind      string   `json:"kind"`
	Opening   *float64 `json:"opening_percent,omitempty"`
	OpeningTo *float64 `json:"opening_to_percent,omitempty"`
	Crest     *float64 `json:"crest_m,omitempty"` // above its foot
	CrestTo   *float64 `json:"crest_to_m,omitempty"`
	On        *bool    `json:"on,omitempty"`
	Breached  *bool    `json:"breached,omitempty"`
	kind      sim.Work
}

// hazardState is the balance of what a hazard handles, in its unit.
type hazardState struct {
	Hazard  string  `json:"hazard"`
	Unit    string  `json:"unit"`
	Initial float64 `json:"initial"`
	In      float64 `json:"in"`
	Out     float64 `json:"out"`
	Stored  float64 `json:"stored"`
	Error   float64 `json:"relative_error"`
}

// stateOf looks at a world. Titles are in the language.
func stateOf(w *engine.World, lang sim.Lang) *state {
	var t sim.Truth
	w.Truth(&t)
	sc, names := w.Scenario(), w.Names()
	called := func(kind sim.Kind, i int) (name, title string) {
		ref := sim.Ref{Kind: kind, ID: int32(i)}
		return names.NameOf(ref), names.Title(ref, lang)
	}
	s := &state{Scenario: sc.Drill.Name, Title: sc.Drill.Title.In(lang), AtS: t.Now.Seconds(),
		Clock: sc.Drill.Start.Clock(t.Now), Warning: sim.WarningLevels()[t.Warning],
		Response: sim.ResponseLevels()[t.Response], Total: headcountOf(&t.Total),
		warningIn: evaluation.LevelName(t.Warning, lang)}
	for i, z := range t.Zones {
		name, title := called(sim.KindZone, i)
		s.Zones = append(s.Zones, zoneState{name, title, headcountOf(&z.Counts), z.Ordered, z.DepthMax, z.WetShare})
	}
	for i, h := range t.Shelters {
		name, title := called(sim.KindShelter, i)
		s.Shelters = append(s.Shelters, shelterState{name, title, h.Open, h.Inside, h.Waiting, h.Capacity})
	}
	for i, g := range t.Gauges {
		name, title := called(sim.KindGauge, i)
		x := gaugeState{Gauge: name, Title: title, Kind: sc.Gauges[i].Kind}
		if limit := sc.Gauges[i].Limit(g.Above); limit != nil {
			x.Above = limit.Full().In(lang)
		}
		if x.Kind == scenario.GaugeRain {
			x.Rain = make(map[string]float64)
			for k, window := range sim.RainWindows {
				x.Rain[window.String()] = g.Rain[k]
			}
		} else {
			x.Level, x.Depth = &g.Level, &g.Depth
		}
		x.shows = sc.Gauges[i].Shows(g.Level, g.Rain, g.Above).In(lang)
		s.Gauges = append(s.Gauges, x)
	}
	for i, u := range t.Units {
		name, title := called(sim.KindUnit, i)
		s.Units = append(s.Units, unitState{name, title, u.Status.String(), u.Place.X, u.Place.Y, u.Aboard, u.Carried,
			u.Status})
	}
	var now sim.Snapshot
	w.Snapshot(sim.View{}, &now)
	s.Roads, s.Works = roadsOf(&t.Roads, now.Closed), worksOf(w, &now, called)
	for i, l := range t.Ledgers {
		name, _ := called(sim.KindHazard, i)
		s.Hazards = append(s.Hazards, hazardState{name, l.Unit, l.Initial, l.In, l.Out, l.Stored, l.Error()})
	}
	return s
}

// worksOf lists the structures that can be set or can fail.
func worksOf(w *engine.World, now *sim.Snapshot, called func(sim.Kind, int) (name, title string)) []workState {
	list := []workState{} // a list also where there are none
	for i, spec := range w.Names().Structures() {
		name, title := called(sim.KindStructure, i)
		x := workState{Structure: name, Title: title, Kind: spec.Work.String(), kind: spec.Work}
		dot := now.Structures[i]
		for _, action := range spec.Actions {
			switch action {
			case sim.StructureSetOpening:
				x.Opening, x.OpeningTo = moving(dot)
			case sim.StructureSetCrest:
				x.Crest, x.CrestTo = moving(dot)
			case sim.StructureSwitch:
				on := dot.Set != 0
				x.On = &on
			case sim.StructureBreach:
				x.Breached = &dot.Failed
			}
		}
		if len(spec.Actions) > 0 {
			list = append(list, x)
		}
	}
	return list
}

// moving returns where a structure stands, and where it goes when that is elsewhere.
func moving(dot sim.StructureDot) (at, to *float64) {
	if dot.At == dot.Set {
		return &dot.Set, nil
	}
	return &dot.At, &dot.Set
}

func headcountOf(n *sim.Counts) headcount {
	by := evaluation.MovedBy{}
	for mode, moved := range n.MovedBy {
		by.Add(sim.Mode(mode), moved)
	}
	return headcount{n.Persons, n.Home, n.Street, n.Vehicle, n.Assembly, n.Unit, n.Shelter, n.Outside, n.Dead, n.Warned,
		n.Left, n.Sheltered, n.Stranded, n.Caught, n.Rescued, n.Hurt, by}
}

// statusIn names a unit's status in the language of the screen.
func (u *unitState) statusIn(lang sim.Lang) string { return render.StatusName(u.status, lang) }
