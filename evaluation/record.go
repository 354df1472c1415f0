package evaluation

import (
	"math"
	"slices"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Input is a run as evaluation sees it.
type Input struct {
	Scenario *scenario.Scenario
	Names    *scenario.Directory
	Sites    *scenario.Sites
	Roster   *sim.Roster
	Events   []sim.Event
	Peaks    []Peak   // worst water by building; nil when it was not kept
	Tracks   []Track  // how the water at the buildings came up; nil when it was not kept
	Until    sim.Time // the instant up to which the run was played
	Foretold []Foretold
	// Arrival is the map of when water came to each cell (QArrival); nil when it was not kept.
	Arrival *sim.Layer
	// Deepest and Standing are the maps of the greatest depth and of the time above 0.15 m (QDepthMax, QDuration); nil
	// when they were not kept.
	Deepest, Standing *sim.Layer
	// Untouched is the water without orders to structures; nil when there were none.
	Untouched *Untouched
}

// partyRecord is what happened to one party.
type partyRecord struct {
	warned    sim.Time // -1 while it never was
	decided   sim.Time // to leave
	set       sim.Time // set off
	left      sim.Time // left its zone
	dry       bool     // before water at its place had passed 0.15 m
	mode      sim.Mode // by which it left
	sheltered sim.Time
	caught    sim.Time
	rescued   sim.Time // by a boat
	stranded  sim.Time
	out       sim.Time        // set off for the first time, or was fetched
	relief    sim.Time        // got a place in a shelter, came home or left the map
	wentOff   bool            // left a shelter against orders
	home      bool            // came home when it was allowed
	back      bool            // is on its way back against orders
	turned    int             // how often it was turned away
	stuck     bool            // stranded at the end
	leaves    sim.DecisionCue // what made it decide to leave, first
	stays     sim.DecisionCue // what made it decide to stay, last
}

// records holds every party's and every person's story.
type records struct {
	party    []partyRecord
	hurt     []bool
	died     []sim.Time // -1 while alive
	cause    []sim.Cause
	ill      []bool
	boats    []bool                  // of each unit: it is a boat
	firstWet map[sim.ZoneID]sim.Time // looked up by zone
	ordered  []zoneOrders
}

// zoneOrders is when a zone's orders were given and acknowledged; -1 for never.
type zoneOrders struct {
	prepareSent, evacuateSent, evacuateAcked sim.Time
}

const never = sim.Time(-1)

// collect reads the events once.
func collect(in *Input) *records {
	r := &records{
		party:    make([]partyRecord, len(in.Roster.Parties)),
		hurt:     make([]bool, len(in.Roster.Persons)),
		ill:      make([]bool, len(in.Roster.Persons)),
		died:     make([]sim.Time, len(in.Roster.Persons)),
		boats:    make([]bool, len(in.Scenario.Units)),
		cause:    make([]sim.Cause, len(in.Roster.Persons)),
		firstWet: make(map[sim.ZoneID]sim.Time),
		ordered:  make([]zoneOrders, len(in.Scenario.Zones)),
	}
	for i := range r.party {
		r.party[i] = partyRecord{warned: never, decided: never, set: never, left: never, sheltered: never,
			caught: never, rescued: never, stranded: never, out: never, relief: never}
	}
	for i := range r.ordered {
		r.ordered[i] = zoneOrders{never, never, never}
	}
	for i := range r.died {
		r.died[i] = never
	}
	for i := range r.boats {
		r.boats[i] = in.Scenario.Units[i].Kind == "boat"
	}
	for _, e := range in.Events {
		switch e.A.Kind {
		case sim.KindParty:
			if int(e.A.ID) < len(r.party) {
				r.hear(&r.party[e.A.ID], e, homeward(in, &e))
			}
		case sim.KindPerson:
			if int(e.A.ID) < len(r.hurt) {
				r.harm(e)
			}
		case sim.KindZone:
			r.order(e)
		case sim.KindBuilding:
			if e.Kind == sim.EvPlaceWet {
				zone := in.Sites.Building[e.A.ID].Zone
				if _, seen := r.firstWet[zone]; !seen && zone >= 0 {
					r.firstWet[zone] = e.At
				}
			}
		}
	}
	return r
}

// homeward says whether an event is the setting out of a party for its own home.
func homeward(in *Input, e *sim.Event) bool {
	home := in.Scenario.Households[in.Roster.Parties[e.A.ID].Household].Home
	return e.Kind == sim.EvPartyLeft && e.B == sim.RefTo(sim.KindBuilding, home)
}

// hear takes an event of the party; first times count. Who only goes home, from work that is suspended or to the
// family, has not had to leave.
func (r *records) hear(p *partyRecord, e sim.Event, homeward bool) {
	first := func(t *sim.Time) {
		if *t < 0 {
			*t = e.At
		}
	}
	switch e.Kind {
	case sim.EvPartyWarned:
		if id := sim.OrderID(e.Count); id == sim.OrderPrepareZone || id == sim.OrderEvacuateZone {
			first(&p.warned)
		}
	case sim.EvPartyDecided:
		switch cue := sim.CueOf(e); {
		case e.Count != 1:
			p.stays = cue
		case p.decided < 0:
			p.decided, p.leaves = e.At, cue
		}
	case sim.EvPartyLeft:
		first(&p.set)
		if !homeward {
			first(&p.out)
		}
		p.back = false
	case sim.EvPartyBack:
		p.back = true
	case sim.EvPartyWentOff:
		p.wentOff = true
	case sim.EvPartyOutside:
		first(&p.relief)
	case sim.EvPartyHome:
		if !p.back && p.out >= 0 {
			p.home = true
			first(&p.relief)
		}
	case sim.EvPartyLeftZone:
		if p.left < 0 {
			p.left, p.dry, p.mode = e.At, e.Num == 0, sim.Mode(e.Count)
		}
	case sim.EvPartySheltered:
		first(&p.sheltered)
		p.stuck = false
	case sim.EvPartyCaught:
		first(&p.caught)
	case sim.EvPartyFree:
		p.stuck = false
	case sim.EvPartyRescued:
		p.stuck = false
		first(&p.out)
		if int(e.B.ID) < len(r.boats) && r.boats[e.B.ID] {
			first(&p.rescued)
		}
	case sim.EvPartyStranded:
		first(&p.stranded)
		p.stuck = true
	case sim.EvPartyTurnedAway:
		if e.B.Kind == sim.KindShelter {
			p.turned++
		}
	}
}

func (r *records) harm(e sim.Event) {
	switch e.Kind {
	case sim.EvPersonIll:
		r.ill[e.A.ID] = true
	case sim.EvPersonHurt:
		r.hurt[e.A.ID] = true
	case sim.EvPersonDied:
		r.died[e.A.ID], r.cause[e.A.ID] = e.At, sim.Cause(e.Count)
	}
}

func (r *records) order(e sim.Event) {
	if int(e.A.ID) >= len(r.ordered) {
		return
	}
	z := &r.ordered[e.A.ID]
	first := func(t *sim.Time) {
		if *t < 0 {
			*t = e.At
		}
	}
	switch {
	case e.Kind == sim.EvAccepted && sim.OrderID(e.Count) == sim.OrderPrepareZone:
		first(&z.prepareSent)
	case e.Kind == sim.EvAccepted && sim.OrderID(e.Count) == sim.OrderEvacuateZone:
		first(&z.evacuateSent)
	case e.Kind == sim.EvBroadcast && sim.OrderID(e.Count) == sim.OrderEvacuateZone:
		first(&z.evacuateAcked)
	}
}

// dangerOf returns the worst danger class of every building in a run.
func dangerOf(buildings int, events []sim.Event) []sim.DangerClass {
	worst := make([]sim.DangerClass, buildings)
	for _, e := range events {
		if e.Kind == sim.EvPlaceDanger && e.A.Kind == sim.KindBuilding && int(e.A.ID) < buildings {
			worst[e.A.ID] = max(worst[e.A.ID], sim.DangerClass(e.Count))
		}
	}
	return worst
}

// atRisk says of every person whether home, work or school saw class H3 or above in the reference run.
func atRisk(sc *scenario.Scenario, reference []sim.DangerClass) []bool {
	risky := func(b sim.BuildingID) bool { return b >= 0 && reference[b] >= sim.H3 }
	risk := make([]bool, len(sc.Persons))
	for i := range sc.Persons {
		p := &sc.Persons[i]
		risk[i] = risky(sc.Households[p.Household].Home) || risky(p.Work) || risky(p.School)
	}
	return risk
}

// quantile returns the q-quantile of sorted times: the first by which at least that share has happened.
func quantile(sorted []sim.Time, q float64) sim.Time {
	if len(sorted) == 0 {
		return never
	}
	k := int(math.Ceil(q*float64(len(sorted))-1e-9)) - 1 // the k-th has k+1 up to and with it
	return sorted[min(max(k, 0), len(sorted)-1)]
}

func sortedTimes(times []sim.Time) []sim.Time {
	slices.Sort(times)
	return times
}
