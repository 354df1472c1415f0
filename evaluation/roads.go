package evaluation

import (
	"slices"

	"sandtable/sim"
	"sandtable/sim/geo"
)

// Roads are the figures of the roads, of all vehicles on them. docs/measures.md defines each of them.
type Roads struct {
	Gridlocks    int     `json:"gridlocks"`
	GridlocksEnd int     `json:"gridlocks_end"` // of them, those that stand at the end
	GridlockS    float64 `json:"gridlock_s"`    // how long the longest stood [s]
	StuckMax     int     `json:"stuck_max"`     // vehicles in rings and behind them, at most
	StuckPersons int     `json:"stuck_persons_max"`
	StuckEnd     int     `json:"stuck_end"`
	CarsLeft     int     `json:"cars_left"` // parties that left their cars in a jam

	OutsidersStranded int `json:"outsiders_stranded"` // vehicles of background traffic
	OutsidersIn       int `json:"outsiders_stranded_persons"`
	OutsidersNoWay    int `json:"outsiders_no_way"` // of those vehicles, the ones that waited at a node for a way
}

// Gridlock is a ring of full links of a run.
type Gridlock struct {
	At       sim.Time
	Links    []sim.LinkID // each waits for the next, the last one for the first
	Vehicles int          // on them when it closed
	Stood    float64      // [s], up to the end of the run when it stands then
	Over     bool
	Waves    int // how often police waved it on
}

// gridlocksOf lists the rings of a run in the order in which they closed.
func gridlocksOf(in *Input) []Gridlock {
	var list []Gridlock
	standing := func(name sim.Ref) *Gridlock {
		for k := len(list) - 1; k >= 0; k-- {
			if g := &list[k]; !g.Over && len(g.Links) > 0 && g.Links[0] == sim.LinkID(name.ID) {
				return g
			}
		}
		return nil
	}
	for _, e := range in.Events {
		switch e.Kind {
		case sim.EvGridlock:
			list = append(list, Gridlock{At: e.At, Vehicles: int(e.Num), Stood: in.Until.Sub(e.At).Seconds()})
		case sim.EvGridlockLink:
			if len(list) > 0 {
				g := &list[len(list)-1] // they follow their ring
				g.Links = append(g.Links, sim.LinkID(e.A.ID))
			}
		case sim.EvGridlockReleased:
			if g := standing(e.A); g != nil && e.Count > 0 {
				g.Waves = int(e.Num)
			}
		case sim.EvGridlockOver:
			if g := standing(e.A); g != nil {
				g.Over, g.Stood = true, e.Num
			}
		}
	}
	return list
}

// roadsOf works out the figures of the roads.
func roadsOf(in *Input) *Roads {
	r := &Roads{}
	for _, g := range gridlocksOf(in) {
		r.Gridlocks++
		r.GridlockS = max(r.GridlockS, g.Stood)
		if !g.Over {
			r.GridlocksEnd++
		}
	}
	for _, e := range in.Events {
		switch e.Kind {
		case sim.EvGridlockStuck:
			r.StuckEnd = int(e.Count)
			r.StuckMax, r.StuckPersons = max(r.StuckMax, int(e.Count)), max(r.StuckPersons, int(e.Num))
		case sim.EvVehicleStranded:
			switch {
			case e.A.Kind == sim.KindOutsider:
				r.OutsidersStranded++
				r.OutsidersIn += int(e.C.ID)
				if sim.StrandCause(e.Count) == sim.StrandNoRoute {
					r.OutsidersNoWay++
				}
			case e.A.Kind == sim.KindParty && sim.StrandCause(e.Count) == sim.StrandJam:
				r.CarsLeft++
			}
		}
	}
	return r
}

// value returns a figure by its name.
func (r *Roads) value(name string) (float64, bool) {
	if r == nil {
		r = &Roads{}
	}
	switch name {
	case "gridlocks":
		return float64(r.Gridlocks), true
	case "gridlocks_end":
		return float64(r.GridlocksEnd), true
	case "gridlock_s":
		return r.GridlockS, true
	case "stuck_max":
		return float64(r.StuckMax), true
	case "stuck_end":
		return float64(r.StuckEnd), true
	case "cars_left":
		return float64(r.CarsLeft), true
	case "outsiders_stranded":
		return float64(r.OutsidersStranded), true
	case "outsiders_no_way":
		return float64(r.OutsidersNoWay), true
	}
	return 0, false
}

// Any says whether there is anything to tell.
func (r *Roads) Any() bool { return *r != Roads{} }

// gridlockRow is a ring as the report lists it.
type gridlockRow struct {
	Gridlock
	Place, Roads string
	Point        geo.Point // the middle of its first link [m]
}

// gridlockRows puts the rings of a run into words.
func gridlockRows(in *Input, lang sim.Lang) []gridlockRow {
	var rows []gridlockRow
	for _, g := range gridlocksOf(in) {
		if len(g.Links) == 0 || int(g.Links[0]) >= len(in.Scenario.Links) {
			continue
		}
		row := gridlockRow{Gridlock: g, Roads: roadsText(in, g.Links).In(lang), Place: placeOf(in, g.Links[0]).In(lang)}
		shape := in.Scenario.Links[g.Links[0]].Shape
		row.Point = shape.At(shape.Length() / 2)
		rows = append(rows, row)
	}
	return rows
}

// placeOf names the zone in which a link ends.
func placeOf(in *Input, link sim.LinkID) sim.Text {
	if zone := in.Sites.Node[in.Scenario.Links[link].To]; zone >= 0 {
		return in.Names.TitleOf(sim.RefTo(sim.KindZone, zone))
	}
	return sim.Text{ZH: "转移单元之外", EN: "outside the zones"}
}

// roadsText names the roads of a ring in their order, each once; links without a name have their numbers.
func roadsText(in *Input, links []sim.LinkID) sim.Text {
	var names []sim.Text
	for _, link := range links {
		if name := in.Names.RoadOf(link); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return sim.Join(names, sim.Text{ZH: "、", EN: ", "})
}
