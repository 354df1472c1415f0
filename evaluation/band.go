package evaluation

import (
	"fmt"
	"math"

	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// Band is what other methods make of the same water and the same people: second opinions on the deaths.
type Band struct {
	// Exposed are the persons to whom water deeper than 0.15 m came where they were: in a building, until they left
	// it, or outdoors, where they were caught.
	Exposed int `json:"exposed"`
	// DeadJonkman and DeadFD2321 are expected deaths [persons]; InjuredFD2321 are the expected injuries, deaths among
	// them.
	DeadJonkman   float64 `json:"dead_jonkman"`
	DeadFD2321    float64 `json:"dead_fd2321"`
	InjuredFD2321 float64 `json:"injured_fd2321"`
}

// add takes in another group.
func (b *Band) add(o Band) {
	b.Exposed += o.Exposed
	b.DeadJonkman += o.DeadJonkman
	b.DeadFD2321 += o.DeadFD2321
	b.InjuredFD2321 += o.InjuredFD2321
}

// wide is the ratio of the largest to the least number of deaths from which on the report warns [-].
const wide = 10

// IsWide says whether the methods differ by more than a factor of ten: dead is what the run itself has. Less than half
// a person counts as half of one.
func (b *Band) IsWide(dead int) bool {
	least := min(float64(dead), b.DeadJonkman, b.DeadFD2321)
	return max(float64(dead), b.DeadJonkman, b.DeadFD2321) > wide*max(least, 0.5)
}

// spell is where a party was for a while.
type spell struct {
	building sim.BuildingID // None for outdoors
	from, to sim.Time
	depth    float64 // outdoors: of the water in which it was caught [m]
}

// spells follows every party through the events: in which building it was from when to when, and where it was caught
// outdoors. Who goes to a building is in it from the decision on (assumed).
func spells(in *Input) [][]spell {
	out := make([][]spell, len(in.Roster.Parties))
	for q := range out {
		out[q] = []spell{{building: in.Roster.Parties[q].Place, to: never}}
	}
	for _, e := range in.Events {
		if e.A.Kind == sim.KindParty && int(e.A.ID) < len(out) {
			out[e.A.ID] = follow(out[e.A.ID], &e)
		}
	}
	for q := range out {
		for k := range out[q] {
			if s := &out[q][k]; s.to < 0 {
				s.to = in.Until
			}
		}
	}
	return out
}

// follow takes in one event of a party.
func follow(list []spell, e *sim.Event) []spell {
	goIn := func() []spell {
		b := sim.BuildingID(e.B.ID)
		if k := len(list) - 1; k >= 0 && list[k].to < 0 && list[k].building == b {
			return list
		}
		return append(end(list, e.At), spell{building: b, from: e.At, to: never})
	}
	inside := e.B.Kind == sim.KindBuilding
	switch e.Kind {
	case sim.EvPartyLeft, sim.EvPartyRescued, sim.EvPartyAtAssembly, sim.EvPartyAtShelter:
		return end(list, e.At)
	case sim.EvPartyDecided:
		if e.Count == 0 && inside {
			return goIn()
		}
	case sim.EvPartyHome:
		return goIn()
	case sim.EvPartyStranded:
		if inside {
			return goIn()
		}
		return end(list, e.At)
	case sim.EvPartyCaught:
		if !inside {
			return append(end(list, e.At), spell{building: sim.None, from: e.At, to: e.At, depth: e.Num})
		}
	}
	return list
}

// end closes the last stay.
func end(list []spell, at sim.Time) []spell {
	if k := len(list) - 1; k >= 0 && list[k].to < 0 {
		list[k].to = at
	}
	return list
}

// ordeal is the worst that a party went through: the terms of both methods.
type ordeal struct {
	persons  int     // alive when the water came
	elderly  int     // of them, as FD2321 counts
	infirm   int     // of them
	jonkman  float64 // mortality [-]
	rating   float64 // [m2/s]
	area     float64 // vulnerability of the area [-]
	severity float64 // rating times area
}

// addBands puts the second opinions into the measures, when the water at the buildings was kept.
func (rep *Report) addBands(in *Input, r *records) {
	if len(in.Tracks) < len(in.Scenario.Buildings) {
		return
	}
	groups := make([][]ordeal, len(rep.Zones)+1) // the last one of those in no zone
	members := make([][]int, len(in.Roster.Parties))
	for i := range in.Roster.Persons {
		q := in.Roster.Persons[i].Party
		members[q] = append(members[q], i)
	}
	for q, list := range spells(in) {
		if x, exposed := suffer(in, r, sim.PartyID(q), list, members[q]); exposed {
			g := len(rep.Zones)
			if z := in.Roster.Parties[q].Zone; z >= 0 {
				g = int(z)
			}
			groups[g] = append(groups[g], x)
		}
	}
	rep.Total.Band = &Band{}
	for g, list := range groups {
		b := bandOf(list)
		rep.Total.Band.add(b)
		if g < len(rep.Zones) {
			rep.Zones[g].Band = &b
		} else {
			rep.rest = b
		}
	}
}

// suffer returns the worst of a party's stays.
func suffer(in *Input, r *records, q sim.PartyID, list []spell, members []int) (ordeal, bool) {
	var x ordeal
	for _, s := range list {
		depth, rating, breach, rise, wet, storeys := s.depth, 0.0, false, 0.0, s.from, uint8(0)
		if s.building >= 0 {
			t := &in.Tracks[s.building]
			m, ok := t.until(s.to)
			if !ok || s.to < s.from {
				continue
			}
			depth, rating, breach, rise, wet = m.Depth, m.Rating, m.Breach, t.rise(), max(t.Wet, s.from)
			storeys = in.Scenario.Buildings[s.building].Storeys
		} else {
			rating = harm.Rating(depth, 0, harm.DebrisCover, harm.GroundUrban)
		}
		x.count(in, r, members, wet)
		zone := harm.ZoneOf(depth, 0, rise)
		if breach {
			zone = harm.ZoneBreach
		}
		x.jonkman = max(x.jonkman, harm.Mortality(zone, depth))
		area := warningScore(r.party[q].warned, wet) + harm.OnsetScore(rise) + harm.AreaScore(storeys)
		if severity := rating * area; severity > x.severity {
			x.rating, x.area, x.severity = rating, area, severity
		}
	}
	return x, x.persons > 0
}

// count counts who was alive when the water came, at the first of the stays.
func (x *ordeal) count(in *Input, r *records, members []int, wet sim.Time) {
	if x.persons > 0 {
		return
	}
	for _, i := range members {
		if r.died[i] >= 0 && r.died[i] < wet {
			continue
		}
		x.persons++
		if in.Roster.Persons[i].Age >= harm.ElderlyFD2321 {
			x.elderly++
		}
		if in.Scenario.Persons[i].Mobility != scenario.MobilityAble {
			x.infirm++
		}
	}
}

// warningScore is FD2321's score of warning: 1 for who was warned before the water, 2 for who was warned later, 3 for
// who never was (assumed).
func warningScore(warned, wet sim.Time) float64 {
	switch {
	case warned < 0:
		return 3
	case warned > wet:
		return 2
	}
	return 1
}

// bandOf adds up a group of parties.
func bandOf(list []ordeal) Band {
	var b Band
	vulnerable := 0
	for _, x := range list {
		b.Exposed += x.persons
		b.DeadJonkman += x.jonkman * float64(x.persons)
		vulnerable += x.elderly + x.infirm
	}
	if b.Exposed == 0 {
		return b
	}
	people := min(float64(vulnerable)/float64(b.Exposed), 1)
	for _, x := range list {
		injured := harm.InjuredFD2321(float64(x.persons), x.rating, x.area, people)
		b.InjuredFD2321 += injured
		b.DeadFD2321 += harm.DeadFD2321(injured, x.rating)
	}
	return b
}

// bandRow is a line of the report's table of second opinions.
type bandRow struct {
	Name     string
	Dead     int
	ByCurves int // of the dead: by LifeSim's curves
	Cold     int // of the dead: of cold and exhaustion
	Band
	Wide bool
	Sum  bool // of everybody
}

// bands are the lines of that table: zones in which somebody was exposed, who is in no zone, all.
func (p *page) bands() []bandRow {
	if p.Rep.Total.Band == nil || p.Rep.Total.Band.Exposed == 0 {
		return nil
	}
	var rows []bandRow
	rest := p.Rep.Total.DeadBy[sim.CauseExposure.String()]
	add := func(name string, m *Measures, cold int, b *Band) {
		if b != nil && (b.Exposed > 0 || m.Dead > 0) {
			rows = append(rows, bandRow{Name: name, Dead: m.Dead, ByCurves: m.Dead - cold, Cold: cold, Band: *b,
				Wide: b.IsWide(m.Dead)})
		}
	}
	for i := range p.Zones {
		z := &p.Zones[i]
		cold := z.DeadBy[sim.CauseExposure.String()]
		rest -= cold
		add(p.In.Names.Title(sim.RefTo(sim.KindZone, z.Zone), p.Lang), &z.Measures, cold, z.Band)
	}
	add(sim.Text{ZH: "不属于任何转移单元", EN: "in no zone"}.In(p.Lang), &p.Rest, rest, &p.Rep.rest)
	total := &p.Rep.Total
	add(sim.Text{ZH: "合计", EN: "all"}.In(p.Lang), total, total.DeadBy[sim.CauseExposure.String()], total.Band)
	rows[len(rows)-1].Sum = true
	return rows
}

// expected writes expected persons: to the tenth below ten.
func expected(n float64) string {
	switch {
	case n > 0 && n < 0.05:
		return "<0.1"
	case n < 9.95:
		return fmt.Sprintf("%.1f", n)
	}
	return fmt.Sprintf("%.0f", math.Round(n))
}
