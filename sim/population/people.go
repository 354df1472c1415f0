package population

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// People are all persons of a world.
type People struct {
	sc       *scenario.Scenario
	sites    *scenario.Sites
	router   sim.Router
	draw     draws
	roll     roll
	pack     departure     // from the decision to setting off
	backTime delay         // from getting away to going back
	creed    creed         // how much a cue moves
	rogers   bool          // public channels spread all together
	word     talkOrder     // in which an order goes from mouth to mouth; follows from the draws
	gossip   talkOrder     // the same of rumours
	ways     []channelWays // how each channel spreads, by channel
	carry    []carrier     // what each unit is, by unit

	officials officials

	now    sim.Time
	trail  sim.Trail
	agenda sim.Agenda[entry]

	// Persons and parties. The slices are indexed by id.
	person []personFlags
	holder []sim.Holder
	stage  []sim.PartyStage
	flags  []partyFlags
	alive  []int32
	body   []body
	due    []sim.Time // when the party does its next own step; an agenda entry for another instant is stale
	danger []sim.Time // since when it is in H3 or above outside a refuge; Never when it is not
	told   []told
	trip   []trip
	leftBy []sim.Mode // by which it left its zone; ModeNone before
	kin    kin        // who goes with whom
	mind   []mind     // what it has taken in

	talks   []talk   // what people of each zone tell each other
	rumours []rumour // of each zone
	warned  []uint8  // of each zone: the published warning level that its people have heard of
	sight   sight    // who sees whom leave

	broadcasts []broadcast
	rounds     []round
	active     [][]int32        // rounds that are not over, by post, the oldest first; derived
	search     []int32          // last search of each zone, an index of rounds; none before
	crews      []crew           // by post
	workers    []worker         // on rounds, or on the way back
	line       []sim.Time       // until when the line of each (post, channel) is taken by calls to people
	silent     []sim.Time       // last failure of each (zone, channel); -1 before the first
	down       []bool           // it has failed and does not work yet
	queue      [][]sim.PartyID  // who waits at each assembly point, in the order of arrival
	aboard     [][]sim.PartyID  // who is in each unit
	outdoors   register         // parties off the network and outside buildings that water can reach
	lodge      lodgers          // parties in shelters
	guests     register         // parties in buildings where they were not at the start
	barred     []bool           // zones into which guards let nobody
	chills     chills           // parties that are or were in the water, or wet outdoors
	phone      sim.ChannelID    // without which members of a household cannot call each other; None for none
	stayers    stayers          // the same by building; derived
	reported   []sim.ZoneReport // last report of each zone
	missing    []int32          // of each zone: from the coaches' list at the last head count
	spots      []spotted        // of each zone

	care         care
	institutions []institution
	wards        []ward           // by institution
	wardOf       []int32          // institution of each building, or -1; empty without institutions
	controls     []controls       // by zone
	pending      []pendingControl // in the order in which they were told
	raised       []sim.NodeID     // at which a road is high above the terrain
	shelterAt    []sim.ShelterID  // the first one at each node, or None
	exits        []sim.NodeID     // where visitors and who drives to relatives leave the map

	tours   []tour // of the zones that somebody has gone round; derived
	homes   lists  // households by their home, when it is first asked for; derived
	indoor  []sim.PartyID
	answers []sim.PartyID
	near    geo.Nearest // of a search for a way out of the map
	water   water
	counts  counts
	cells   cells

	// The tick that is being played.
	layers *sim.Layers
	ports  *sim.Ports
	log    *sim.Log
}

// personFlags say what has happened to a person. All but personDead and personHurt are for ever.
type personFlags uint16

const (
	personDead      personFlags = 1 << iota
	personHurt                  // and alive
	personWarned                // heard an order to prepare or to evacuate
	personLeft                  // out of its zone
	personMoved                 // out of its zone before water reached its place
	personSheltered             // registered at least once
	personCaught
	personRescued
	personFlagsEnd
)

// partyFlags say what a party has done and is about to do.
type partyFlags uint16

const (
	partyPrepared  partyFlags = 1 << iota // was told to prepare
	partyWants                            // has decided to leave
	partyOnNetwork                        // package road has it
	partyArrived                          // is on the leg from the network to its goal
	partyLeft                             // is out of its zone
	partyCaught
	partySoaked // has been in the low-hazard zone
	partyNeedy  // stranded because it cannot leave without help or finds no way; or has called for a van while it waits
	partyBack   // has gone back into a building, its own or another, and stays there till it is told news
	partyCutOff // stranded on dry ground on foot: has no way, and does not call for help
	partyNoCar  // has left its car, or its two-wheeler, behind on the road
	partyDoor   // wants to leave because water stands at the door, and not because it was told to
	partyAsks   // found its way closed, and asks which roads are open before it drives on
	partySeeks  // goes straight to a house or higher ground near by, off the roads
	partyFlagsEnd
)

// trip is where a party goes, and where it stands when it is not on the network.
type trip struct {
	Mode    sim.Mode      // by which it moves
	Goal    sim.Ref       // shelter, assembly point or building; of kind street for a spot, whose id is its cell
	Shelter sim.ShelterID // where it is to go in the end; None for the plan's
	Node    sim.NodeID    // of the network, at which it is or from which it will go on
	At      geo.Point     // where it stands when no building, shelter or assembly point holds it
	Rise    float64       // how far it stands above the terrain there, on a bridge or an embankment [m]
	Depth   float64       // of the dangerous water on the road where it is, as it was told last, or 0 [m]
}

// entry is one thing to do at an instant.
type entry struct {
	what what
	id   int32 // party, or None
	arg  int32
}

type what uint8

const (
	doStep       what = iota // the party's own next step
	doHear                   // party hears broadcast arg
	doDoor                   // worker id is at the next door, or back at his post
	doAllot                  // post id sends out workers who are free
	doCatch                  // the party has been in danger for as long as it takes to be caught
	doReport                 // the zones report
	doBack                   // the party thinks of going back
	doAsk                    // the party has asked about
	doTalk                   // people of zone id talk
	doRumour                 // the rumour of zone id goes on
	doSee                    // people of square id notice who has left
	doChill                  // somebody of the party is hurt by cold and exhaustion, or dies
	doCall                   // somebody of its household calls the party about broadcast arg
	doRestless               // the party's patience in a shelter, in which it has been since arg [s], is over
	doGoOff                  // of shelter id: who is next goes off, if nothing has changed since turn arg
	doIll                    // one of the party, in a shelter since arg [s], needs a doctor
	doForget                 // what those in shelter id were told does not hold them any more
	doLetGo                  // shelter id looks who may go home
	doNight                  // night begins or ends
	doListed                 // a zone's post calls the next helper of its list
	doHelp                   // a helper's next step: charge
	doHead                   // an institution's head is called about broadcast arg
	doWard                   // an institution's next step
	doSchoolEnds             // an institution's head is told that school is suspended
	doHome                   // party sets out for home
	doGuard                  // guards have come to where they shall stand
	whatEnd
)

// New places everybody of a scenario that has been checked. The seed is the people part of the run's.
func New(sc *scenario.Scenario, sites *scenario.Sites, names *scenario.Directory, seed uint64,
	router sim.Router) *People {
	p := &People{sc: sc, sites: sites, router: router, draw: newDraws(seed)}
	f := &sc.Population.Family
	p.pack, p.creed = newDeparture(sc), newCreed(sc)
	p.rogers = sc.Population.Belief.Diffusion == "rogers-sorensen"
	p.backTime, p.phone = newDelay(f.BackT50, f.BackT90), sim.None
	if c, ok := names.Resolve(sim.KindChannel, f.Phone); ok {
		p.phone = sim.ChannelID(c)
	}
	if f.Relatives > 0 {
		p.exits = sc.EndsOf(scenario.Border)
	}
	for n := range sc.Nodes {
		if id := sim.NodeID(n); router.PerchRise(id) >= worthwhile && router.PerchRise(id) < maxRise {
			p.raised = append(p.raised, id)
		}
	}
	p.roll = newRoll(sc, sites, &p.draw)
	p.shelterAt = sheltersAt(sc, sites)
	p.ways = newChannelWays(sc)
	p.carry = newCarriers(sc)
	p.officials = newOfficials(sc)
	p.allocate()
	p.talks, p.rumours = newTalks(sc), newRumours(sc)
	p.warned = make([]uint8, len(sc.Zones))
	p.sight.init(p)
	p.water.init(p)
	p.cells.init(p)
	for q := range p.alive {
		e := &p.roll.entry[q]
		p.alive[q] = e.Persons
		p.holder[q] = sim.RefTo(sim.KindBuilding, e.Place)
		p.due[q], p.danger[q] = sim.Never, sim.Never
		p.told[q] = told{-1, -1}
		p.trip[q] = trip{Shelter: sim.None, Node: sim.None}
		if q > 0 && e.Place == p.roll.entry[q-1].Place && e.Household == p.roll.entry[q-1].Household {
			p.kin.link(sim.PartyID(q), sim.PartyID(q-1), sim.JoinFamily) // see takesPlace
		}
	}
	p.initCare()
	p.initInstitutions(names)
	p.derive()
	for z := range p.reported {
		p.reported[z] = p.zoneReport(sim.ZoneID(z))
	}
	p.agenda.Put(sim.Time(reportEvery), entry{what: doReport, id: sim.None})
	p.agenda.Put(0, entry{what: doNight, id: sim.None})
	return p
}

func (p *People) allocate() {
	n := len(p.roll.entry)
	p.person = make([]personFlags, len(p.sc.Persons))
	p.holder = make([]sim.Holder, n)
	p.stage = make([]sim.PartyStage, n)
	p.flags = make([]partyFlags, n)
	p.alive = make([]int32, n)
	p.body = make([]body, n)
	p.due = make([]sim.Time, n)
	p.danger = make([]sim.Time, n)
	p.told = make([]told, n)
	p.trip = make([]trip, n)
	p.leftBy = make([]sim.Mode, n)
	p.kin = newKin(n)
	p.mind = make([]mind, n)
	p.outdoors, p.guests = newRegister(n), newRegister(n)
	p.chills = newChills(p.sc, n)
	p.lodge = newLodgers(p.sc, n)
	p.silent = make([]sim.Time, len(p.sc.Zones)*len(p.sc.Channels))
	for i := range p.silent {
		p.silent[i] = -1
	}
	p.down = make([]bool, len(p.silent))
	p.line = make([]sim.Time, len(p.sc.Posts)*len(p.sc.Channels))
	p.active = make([][]int32, len(p.sc.Posts))
	p.crews = make([]crew, len(p.sc.Posts))
	for i := range p.crews {
		p.crews[i].Size = int32(min(p.sc.Posts[i].Workers, mostWorkers))
	}
	p.search = make([]int32, len(p.sc.Zones))
	for z := range p.search {
		p.search[z] = none
	}
	p.tours = make([]tour, len(p.sc.Zones))
	p.stayers = newStayers(len(p.sc.Buildings), n)
	p.queue = make([][]sim.PartyID, len(p.sc.Assemblies))
	p.aboard = make([][]sim.PartyID, len(p.sc.Units))
	p.reported = make([]sim.ZoneReport, len(p.sc.Zones))
	p.missing = make([]int32, len(p.sc.Zones))
	p.barred = make([]bool, len(p.sc.Zones))
	p.spots = make([]spotted, len(p.sc.Zones))
	p.counts.zone = make([]sim.Counts, len(p.sc.Zones))
}

// derive fills what follows from the state: what parties are able to do, counters, dots.
func (p *People) derive() {
	for q := range p.body {
		p.body[q] = p.bodyOf(sim.PartyID(q))
	}
	p.counts.recount(p)
	for s, n := range p.countLodgers() {
		p.lodge.of[s].people = n
	}
	p.deriveRounds()
	p.water.derive(p)
	p.sight.derive(p)
	p.cells.clear()
	for q := range p.body {
		p.showOne(sim.PartyID(q))
	}
}

// Step plays up to end: new water first, then what other subsystems tell, then the parties' own steps in the order of
// their times.
func (p *People) Step(end sim.Time, layers *sim.Layers, ports *sim.Ports, log *sim.Log) {
	p.layers, p.ports, p.log = layers, ports, log
	p.readWater()
	p.readMail()
	for {
		at, e, ok := p.agenda.Take(end)
		if !ok {
			break
		}
		p.do(at, e)
	}
	p.tellFates(end)
	p.now = end
}

func (p *People) do(at sim.Time, e entry) {
	switch e.what {
	case doStep:
		p.step(at, sim.PartyID(e.id))
	case doHear:
		p.hear(at, sim.PartyID(e.id), e.arg)
	case doDoor:
		p.atNextDoor(at, e.id)
	case doAllot:
		p.allot(at, sim.PostID(e.id))
	case doCatch:
		p.catchIfStill(at, sim.PartyID(e.id))
	case doReport:
		p.report(at)
	case doCall:
		p.answerCall(at, sim.PartyID(e.id), e.arg)
	case doBack:
		p.goBackFor(at, sim.PartyID(e.id))
	case doAsk:
		p.answered(at, sim.PartyID(e.id))
	case doTalk:
		p.talkOn(at, sim.ZoneID(e.id))
	case doRumour:
		p.rumourOn(at, sim.ZoneID(e.id))
	case doSee:
		p.lookRound(at, e.id)
	case doChill:
		p.chilled(at, sim.PartyID(e.id))
	default:
		if e.what >= doListed {
			p.doCare(at, e)
		} else {
			p.doInShelter(at, e)
		}
	}
}

// readMail handles what the other subsystems posted, each message at its own time or, when that has passed, at the
// start of the tick. Messages of a tick are handled before the agenda.
func (p *People) readMail() {
	p.ports.PostWorkers.Drain(p.onPostWorkers)
	p.ports.Controls.Drain(p.onControl)
	p.ports.Silences.Drain(p.onSilence)
	p.ports.Warnings.Drain(p.onWarning)
	p.ports.Broadcasts.Drain(p.onBroadcast)
	p.ports.Exposures.Drain(p.onExposure) // before what takes parties off the network
	p.ports.PartyArrivals.Drain(p.onArrival)
	p.ports.PartyStrands.Drain(p.onStranding)
	p.ports.Crossings.Drain(p.onCrossing)
	p.ports.Alightings.Drain(p.onAlighting)
	p.ports.Maroonings.Drain(p.onMarooning)
	p.ports.Admissions.Drain(p.onAdmission)
	p.ports.Wards.Drain(p.onWard)
	p.ports.Pickups.Drain(p.onPickup)
	p.ports.Boardings.Drain(p.onBoarding)
}

// plan sets the instant of a party's next own step, and makes any earlier plan stale.
func (p *People) plan(at sim.Time, q sim.PartyID) {
	p.due[q] = at
	p.agenda.Put(at, entry{what: doStep, id: int32(q)})
}

// step makes a party's own next step.
func (p *People) step(at sim.Time, q sim.PartyID) {
	if p.due[q] != at || p.alive[q] == 0 {
		return
	}
	p.due[q] = sim.Never
	switch p.stage[q] {
	case sim.StagePreparing:
		p.leave(at, q)
	case sim.StageWalking, sim.StageDriving:
		if p.flags[q]&partySeeks != 0 {
			p.stride(at, q)
		} else if p.flags[q]&partyArrived != 0 {
			p.reach(at, q)
		} else {
			p.enter(at, q)
		}
	case sim.StageWaiting:
		p.waitOver(at, q)
	case sim.StageAtDoor:
		p.knock(at, q)
	case sim.StageStranded:
		p.tryAgain(at, q)
	}
}

// party says whether an id that came from outside is that of a party with somebody alive that speaks for itself.
func (p *People) party(id sim.PartyID) bool {
	return id >= 0 && int(id) < len(p.alive) && p.alive[id] > 0 && !p.kin.rides(id)
}

// start returns the instant at which a message is handled.
func (p *People) start(at sim.Time) sim.Time { return max(at, p.now) }

// emit reports something that happened to a party and to those who ride with it.
func (p *People) emit(at sim.Time, kind sim.EventKind, q sim.PartyID, b sim.Ref, count int32, value float64) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		p.log.Emit(sim.Event{At: at, Kind: kind, A: sim.RefTo(sim.KindParty, r), B: b, Count: count, Num: value})
	}
}

// Trail returns the rolling digest of every change.
func (p *People) Trail() sim.Trail { return p.trail }

// Roster returns who was where at the start, in slices of the caller's own.
func (p *People) Roster() *sim.Roster {
	r := &sim.Roster{
		Persons: make([]sim.PersonEntry, len(p.sc.Persons)),
		Parties: append([]sim.PartyEntry(nil), p.roll.entry...),
	}
	for i := range p.sc.Persons {
		x := &p.sc.Persons[i]
		r.Persons[i] = sim.PersonEntry{
			Household: x.Household, Party: p.roll.party[i], Age: x.Age, Special: x.Special,
			Home: p.sc.Households[x.Household].Home, Work: x.Work, School: x.School,
		}
	}
	return r
}

// FillTruth fills the counts of the zones and in all, and the water at the zones' buildings. Whether a zone was
// ordered to leave is left to who knows.
func (p *People) FillTruth(t *sim.Truth) {
	n := len(p.counts.zone)
	for len(t.Zones) < n {
		t.Zones = append(t.Zones, sim.ZoneTruth{})
	}
	t.Zones = t.Zones[:n]
	for z := range n {
		t.Zones[z].Counts = p.counts.zone[z]
		t.Zones[z].DepthMax, t.Zones[z].WetShare = p.water.ofZone(p, sim.ZoneID(z))
	}
	t.Total = p.counts.total
}
