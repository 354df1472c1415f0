package evaluation

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// ZonePage answers the five questions (何时转、转移谁、谁组织、转到哪、如何管) for one zone, on one page of the report. It is made
// from the events of the run alone: what it says happened can be looked up in the event log.
type ZonePage struct {
	Zone      sim.ZoneID
	Measures  *ZoneMeasures
	Questions [5]Question
}

// Question is one of the five, with its answer.
type Question struct {
	Title  sim.Text
	Answer sim.Text // in one sentence
	Brief  []Row    // facts so short that two stand in one line
	Rows   []Row
	Tables []Grid
}

// Row is a fact with its name.
type Row struct{ Name, Text sim.Text }

// Grid is a table whose first column has names.
type Grid struct {
	Head []sim.Text
	Rows [][]sim.Text
}

// say adds a fact.
func (q *Question) say(name, text sim.Text) { q.Rows = append(q.Rows, Row{name, text}) }

// note adds a short fact.
func (q *Question) note(name, text sim.Text) { q.Brief = append(q.Brief, Row{name, text}) }

// zoneLog is what the events say of one zone.
type zoneLog struct {
	zone    sim.ZoneID
	persons []sim.PersonID // who is in the zone at the start
	parties []sim.PartyID
	about   []int32 // events about the zone, its orders, buildings and persons, in order
	party   []int32 // events of its parties
}

// pager makes the pages.
type pager struct {
	in      *Input
	rep     *Report
	rec     *records
	risk    []bool
	logs    []zoneLog
	of      [][]sim.PersonID           // of each party, when first asked for
	inside  []int                      // of each shelter, when first asked for
	all     []int32                    // events about everybody: power and channels of the whole county
	rosters []scenario.Roster          // of each zone, when first asked for
	needs   []scenario.InstitutionNeed // of each institution, when first asked for
	ways    *scenario.Ways             // when first asked for
	said    []int32                    // what posts, officials, shelters and gauges did
}

// pagesOf makes a page for every zone in which somebody is, in the order of the scenario.
func pagesOf(in *Input, rep *Report) []ZonePage {
	p := &pager{in: in, rep: rep, rec: collect(in), risk: rep.risk}
	p.sort()
	var pages []ZonePage
	for z := range p.logs {
		if len(p.logs[z].persons) == 0 {
			continue
		}
		l := &p.logs[z]
		pages = append(pages, ZonePage{Zone: l.zone, Measures: &rep.Zones[z],
			Questions: [5]Question{p.when(l), p.whom(l), p.who(l), p.where(l), p.how(l)}})
	}
	return pages
}

// sort hands the events to the zones that they are about.
func (p *pager) sort() {
	in := p.in
	p.logs = make([]zoneLog, len(in.Scenario.Zones))
	for z := range p.logs {
		p.logs[z].zone = sim.ZoneID(z)
	}
	for i := range in.Roster.Persons {
		if z := in.Roster.Parties[in.Roster.Persons[i].Party].Zone; z >= 0 {
			p.logs[z].persons = append(p.logs[z].persons, sim.PersonID(i))
		}
	}
	for q := range in.Roster.Parties {
		if z := in.Roster.Parties[q].Zone; z >= 0 {
			p.logs[z].parties = append(p.logs[z].parties, sim.PartyID(q))
		}
	}
	for i := range in.Events {
		e := &in.Events[i]
		switch z, own := p.zoneOf(e); {
		case own && e.A.Kind == sim.KindParty:
			p.logs[z].party = append(p.logs[z].party, int32(i))
		case own:
			p.logs[z].about = append(p.logs[z].about, int32(i))
		case e.A.Kind == sim.KindCounty || e.B.Kind == sim.KindCounty:
			p.all = append(p.all, int32(i))
		}
		switch e.A.Kind {
		case sim.KindPost, sim.KindOfficial, sim.KindShelter, sim.KindGauge:
			p.said = append(p.said, int32(i))
		}
	}
}

// zoneOf returns the zone that an event is about, if it is about one.
func (p *pager) zoneOf(e *sim.Event) (sim.ZoneID, bool) {
	in := p.in
	zone := sim.ZoneID(sim.None)
	switch e.A.Kind {
	case sim.KindParty:
		if int(e.A.ID) < len(in.Roster.Parties) {
			zone = in.Roster.Parties[e.A.ID].Zone
		}
	case sim.KindPerson:
		if int(e.A.ID) < len(in.Roster.Persons) {
			zone = in.Roster.Parties[in.Roster.Persons[e.A.ID].Party].Zone
		}
	case sim.KindBuilding:
		zone = in.Sites.Building[e.A.ID].Zone
	case sim.KindLink:
		zone = in.Sites.Node[in.Scenario.Links[e.A.ID].From]
	}
	for _, r := range []sim.Ref{e.A, e.C, e.B} {
		if zone < 0 && r.Kind == sim.KindZone {
			zone = sim.ZoneID(r.ID)
		}
	}
	return zone, zone >= 0 && int(zone) < len(p.logs)
}

// first returns the instant of the first event about a zone for which want holds; never without one.
func (p *pager) first(list []int32, want func(e *sim.Event) bool) sim.Time {
	for _, i := range list {
		if e := &p.in.Events[i]; want(e) {
			return e.At
		}
	}
	return never
}

// clock writes an instant; a dash for never.
func (p *pager) clock(at sim.Time) string {
	if at < 0 {
		return "–"
	}
	return p.in.Scenario.Drill.Start.Clock(at)
}

// title names an entity.
func (p *pager) title(r sim.Ref) sim.Text { return p.in.Names.TitleOf(r) }

// clockText is clock as a text of both languages.
func (p *pager) clockText(at sim.Time) sim.Text { return sim.Said(p.clock(at)) }

// number writes a count.
func number(n int) sim.Text { return sim.Said(fmt.Sprint(n)) }

// spanOf writes the span from one instant to another, in both languages.
func spanOf(from, to sim.Time) sim.Text {
	s := to.Sub(from).Seconds()
	return sim.Text{ZH: spanText(s, sim.Chinese), EN: spanText(s, sim.English)}
}

// Of what a night can bring without end a page names so much: it is to stay one page.
const (
	namedOfficials = 4
	namedStates    = 4 // the last ones, of each official
	namedHops      = 6
	namedReasons   = 3
	namedControls  = 5
	namedFailures  = 8
	namedPlanned   = 6 // shelters, of the plan or not
	namedHouses    = 5 // institutions
	namedStayed    = 3 // institutions of which somebody stayed
)

// listUpTo is list of the first n, and how many more there are.
func listUpTo(n int, all []sim.Text) sim.Text {
	if len(all) > n {
		all = append(all[:n:n], sim.Said(fmt.Sprintf("… +%d", len(all)-n)))
	}
	return list(all)
}

// list joins texts by commas of their language; a dash for none.
func list(all []sim.Text) sim.Text {
	if len(all) == 0 {
		return sim.Said("–")
	}
	return sim.Join(all, sim.Text{ZH: "、", EN: ", "})
}
