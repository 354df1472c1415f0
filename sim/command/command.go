package command

import (
	"sandtable/sim"
	"sandtable/sim/rng"
	"sandtable/sim/scenario"
)

// Command is the state of all posts, channels and messages.
type Command struct {
	sc    *scenario.Scenario
	sites *scenario.Sites
	names *scenario.Directory
	plan  layout

	router                                       sim.Router // nil where nobody drives, walks or rides
	orderLuck, noticeLuck, reportLuck, staffLuck rng.Stream

	now       sim.Time // start of the next tick
	agenda    sim.Agenda[entry]
	orders    []order // all that were ever given, in the order of their start
	zones     []zoneState
	faults    []faults // channel x (zones + 1): why it carries nothing there; the last column is outside every zone
	lines     lines
	phones    []line // post x channel: who is called just now
	posts     []postState
	officials []official
	staff     [][]sim.OfficialID // who serves at each post, in the order of succession
	gauges    []sim.GaugeKnown
	outlooks  []outlook    // by hazard
	giver     []sim.PostID // of each unit: the post whose order it last acknowledged
	reports   []report     // on their way upward; free ones are used again
	levels    levels       // as they are; what each post knows of them is in its state
	issued    int32        // how many levels have been published
	count     counters
	trail     sim.Trail
	passed    []sim.Time // of each shelter: the last news of it that the county has passed on
	lists     []int32    // shelter x (zones + 1): persons on its list, as the county was told; the last of no zone
	council   council

	changed []int32 // columns, for use within fault and supply

	// Valid during Step only.
	ports  *sim.Ports
	log    *sim.Log
	layers *sim.Layers // nil where there are none
}

// counters are kept by every change and compared with a recount by Check.
type counters struct{ given, travelling, acted, failed, reports int32 }

// What is mixed into the trail.
const (
	trailOrder uint8 = iota
	trailZone
	trailChannel
	trailKnown
	trailGauge
	trailLevel
	trailInbox
	trailForecast
	trailOfficial
	trailPost
	trailSeen
	trailCouncil
	trailSupply
	trailUtility
)

// New makes the posts of a scenario that has been checked, at time 0. seed is the people part of the run's seed.
// The router tells how far messengers and officials have to go.
func New(sc *scenario.Scenario, sites *scenario.Sites, names *scenario.Directory, seed uint64,
	router sim.Router,
) *Command {
	c := &Command{sc: sc, sites: sites, names: names, router: router,
		orderLuck:  rng.New(seed, "command.order"),
		noticeLuck: rng.New(seed, "command.notice"),
		reportLuck: rng.New(seed, "command.report"),
		staffLuck:  rng.New(seed, "command.staff"),
	}
	c.plan = newLayout(sc, sites, names)
	c.zones = make([]zoneState, len(sc.Zones))
	for z := range c.zones {
		c.zones[z] = zoneState{standing: none, by: sim.None, said: make([]bool, len(c.plan.publicOf(sites, sim.ZoneID(z))))}
	}
	c.faults = make([]faults, len(sc.Channels)*(len(sc.Zones)+1))
	c.phones = make([]line, len(sc.Posts)*len(sc.Channels))
	c.startLines()
	c.levels.zones = make([]mark, len(sc.Zones))
	c.officials, c.staff = newOfficials(sc, names)
	c.posts = make([]postState, len(sc.Posts))
	for p := range c.posts {
		c.posts[p] = c.newPostState(sim.PostID(p))
		if sites.Tree[p] >= 0 {
			c.agenda.Put(sim.Time(sc.Posts[p].Report), entry{kind: entryReport, a: int32(p)})
		}
	}
	c.gauges = make([]sim.GaugeKnown, len(sc.Gauges))
	for g := range c.gauges {
		c.gauges[g] = sim.NoReading()
	}
	c.outlooks = newOutlooks(sc)
	c.startShelters()
	c.giver = make([]sim.PostID, len(sc.Units))
	for u := range c.giver {
		c.giver[u] = sim.None
	}
	c.agenda.Put(0, entry{kind: entryOpen})
	c.agenda.Put(0, entry{kind: entryWatch})
	c.newCouncil(seed)
	return c
}

// Step carries on with everything up to the end of the tick. Of the layers it reads the water in a post's own zones,
// where its people stand, and that at the utilities; everything else that posts know they have been told.
func (c *Command) Step(end sim.Time, layers *sim.Layers, ports *sim.Ports, log *sim.Log) {
	c.ports, c.log, c.layers = ports, log, layers
	c.wetUtilities(layers)
	c.drain()
	for {
		at, e, ok := c.agenda.Take(end)
		if !ok {
			break
		}
		c.handle(at, e)
	}
	c.now = end
	c.ports, c.log, c.layers = nil, nil, nil
}

// Trail returns the rolling digest.
func (c *Command) Trail() sim.Trail { return c.trail }

// counts is how many whole numbers an entry carries besides; in the last one of them stands by which channel it came.
const (
	counts   = 14
	viaCount = counts - 1
)

// entry is something that happens at an instant. What the fields mean is said at each kind.
type entry struct {
	kind entryKind
	flag uint8
	a, b int32
	n    [counts]int32
	x, y float64
	t    sim.Time
}

type entryKind uint8

const (
	entryStart      entryKind = iota // a = order: it starts at the post that gives it
	entryDelivered                   // a = order, b = hop, n[0] = try: it reaches its receiver
	entryAcked                       // a = order, b = hop, n[0] = try, t = way back of a messenger: it is acknowledged
	entryTimeout                     // a = order, b = hop, n[0] = try, flag = why: the sender has waited long enough
	entryNotice                      // a = order, b = post: word of its end reaches a post; flag = it failed
	entryFault                       // a = channel, b = zone or None, flag = it works again
	entryZoneCount                   // a = zone, n, x = what a ZoneReport says: the zone's people tell their post
	entryReport                      // a = post: the time of its report upward
	entryArrival                     // a = report: it reaches the post above
	entryShelterOut                  // a = shelter, flag = open, shut, n = a ShelterCount: the shelter tells it
	entryShelterIn                   // the same, t = when it was so, n[viaCount] = channel: it reaches the posts
	entryUnitOut                     // a = unit, flag = status, n[0], n[1] = aboard, carried; x, y: the unit tells it
	entryUnitIn                      // the same, t = when it was so, n[viaCount] = channel: it reaches the posts
	entryOpen                        // the beginning: what is told of the posts as they are then
	entryWatch                       // the round of all posts, again and again
	entryOfficial                    // a = official, flag = state, b = why: his state changes
	entrySetOut                      // a = official, b = post: he is sent to take it over
	entryTakeOver                    // a = official, b = post: he has got there
	entryCallIn                      // a = post: its people are called in
	entryStaffed                     // a = post: they have come
	entryDelegate                    // a = post, b = post that delegates its authority to it, or None
	entryMessenger                   // a = order, b = hop, n[0] = try, n[1] = post, t = way: its messenger is there
	entryBack                        // a = post: a messenger of it is back
	entryPassOn                      // the county tells the shelters of each other
	entryNews                        // a = about, b = to or None, flag = open, shut, n[0] = taken, t = when: it arrives
	entryListOut                     // a = shelter, b = zone or None, flag = last, n[0] = persons: it is read out
	entryListIn                      // the same, t = when: it reaches the county
	entryReturn                      // a = shelter, b = zone, flag = they may: a post tells it to let people go home
	entryConvene                     // a = meeting: its members are called
	entryCall                        // a = meeting, b = member, n[0] = try, n[1] = held: he is called again
	entrySummoned                    // a = meeting, b = member, n[0] = try, n[1] = held: he has been reached
	entryJoins                       // a = meeting, b = member: he is there
	entryReleased                    // a = meeting, b = member: he is at his post again; flag = he has found no way yet
	entryBegin                       // a = meeting: the time to gather is over
	entryEnd                         // a = meeting: its time is over
	entryDue                         // a = order of deployments: it is to be acknowledged by now
	entryTally                       // a = order of deployments: what became of it is known
	entryThreshold                   // thresholds of zones are looked at
	entryIncident                    // a = post, n[0] = reports made so far, t = since when: the next one is due
	entryOrdered                     // a = post, flag = ReportKind: it is to report now
	entryForward                     // a = report: one more try to send it
	entryRoad                        // a = link, b = post, flag = closed, n = cause, channel, t: word of it goes up
	entryKeeper                      // a = post, b = structure, n[0] = channel: word that it gave way reaches the post
	entryHeard                       // a = post, b = post below it, n[0] = channel, n[1] = official: word comes from there
	entrySupply                      // a = zone or None, flag: see supplyFlag
	entryBattery                     // a = channel, b = column, t = since when without mains: its battery is empty
	entryBackup                      // a = utility, t = since when without mains: its batteries are empty
	entryRepair                      // a = utility, t = since when dry: it works again
	entryHours                       // a = channel, flag = it is used from now on
	entryTurn                        // a = order, b = hop, n[0] = try: the line may be free
	entryIssue                       // a = deployment, b = post that called, flag = origin, n[0] = serial: it is decided
	entryTell                        // a = post, flag = what: its line is free to tell that
	entrySettle                      // a = post: all that happened to its people in this instant has happened
	entryPublic                      // a = zone or None: its people hear which warning level is out
	entryKindCount
)

func (c *Command) handle(at sim.Time, e entry) {
	switch e.kind {
	case entryStart:
		c.start(at, e.a)
	case entryDelivered:
		c.delivered(at, e)
	case entryAcked:
		c.acked(at, e)
	case entryTimeout:
		c.timeout(at, e)
	case entryNotice:
		c.notice(at, e)
	case entryFault:
		column := everywhere
		if e.b >= 0 {
			column = int(e.b)
		}
		c.fault(at, sim.ChannelID(e.a), column, faultInject, e.flag == 0)
	case entryZoneCount:
		c.zoneCounted(at, e)
	case entryReport:
		c.reportUp(at, sim.PostID(e.a))
	case entryArrival:
		c.reportArrives(at, e.a)
	case entryShelterOut, entryUnitOut:
		c.tell(at, e)
	case entryShelterIn:
		c.shelterTold(at, e)
	case entryUnitIn:
		c.unitTold(at, e)
	default:
		c.handlePost(at, e)
	}
}

// handlePost does what concerns the posts themselves and those who hold them.
func (c *Command) handlePost(at sim.Time, e entry) {
	switch e.kind {
	case entryOpen:
		c.open(at)
	case entryWatch:
		c.watch(at)
	case entryOfficial:
		c.officialChanges(at, e)
	case entrySetOut:
		c.setOut(at, sim.OfficialID(e.a), sim.PostID(e.b))
	case entryTakeOver:
		c.takeOver(at, sim.OfficialID(e.a), sim.PostID(e.b))
	case entryCallIn:
		c.callIn(at, sim.PostID(e.a))
	case entryStaffed:
		c.staffed(at, sim.PostID(e.a))
	case entryTell:
		c.lineFree(at, sim.PostID(e.a), e.flag)
	case entrySettle:
		c.settle(at, sim.PostID(e.a))
	case entryDelegate:
		c.delegate(at, sim.PostID(e.a), sim.PostID(e.b))
	case entryMessenger:
		c.messenger(at, e)
	case entryBack:
		c.posts[e.a].away--
	case entryHeard:
		c.heardFrom(at, sim.PostID(e.a), sim.PostID(e.b), sim.ChannelID(e.n[0]), sim.OfficialID(e.n[1]))
	default:
		c.handleShelter(at, e)
	}
}

// drain takes the messages of the other subsystems into the agenda. A message of an instant that has passed is
// handled at the start of the tick.
func (c *Command) drain() {
	c.ports.ChannelFaults.Drain(func(at sim.Time, m sim.ChannelFault) {
		c.put(at, entry{kind: entryFault, a: int32(m.Channel), b: int32(m.Zone), flag: bit(m.Up)})
	})
	c.ports.ZoneReports.Drain(func(at sim.Time, m sim.ZoneReport) {
		c.put(at, entry{kind: entryZoneCount, a: int32(m.Zone),
			n: [counts]int32{m.Persons, m.Warned, m.Left, m.Waiting, m.Stranded, m.Missing, m.Dead, m.Hurt,
				m.Wet, m.Destroyed, m.Doors, m.Searched, m.Remaining}, x: m.Depth, t: m.Done})
	})
	c.ports.ShelterCounts.Drain(func(at sim.Time, m sim.ShelterCount) {
		c.put(at, entry{kind: entryShelterOut, a: int32(m.Shelter), flag: bit(m.Open) | bit(m.Shut)<<1,
			n: [counts]int32{m.Inside, m.Waiting, m.Special, m.Ill, m.Missing}})
	})
	c.ports.ShelterLists.Drain(func(at sim.Time, m sim.ShelterList) {
		c.put(at, entry{kind: entryListOut, a: int32(m.Shelter), b: int32(m.Zone), flag: bit(m.Last),
			n: [counts]int32{m.Persons}})
	})
	c.ports.UnitReports.Drain(func(at sim.Time, m sim.UnitReport) {
		c.put(at, entry{kind: entryUnitOut, a: int32(m.Unit), flag: uint8(m.Status),
			n: [counts]int32{m.Aboard, m.Carried}, x: m.X, y: m.Y})
	})
	c.ports.Supplies.Drain(func(at sim.Time, m sim.Supply) {
		c.put(at, entry{kind: entrySupply, a: int32(m.Zone), flag: supplyFlag(m.Network, m.Up)})
	})
	c.ports.Fates.Drain(func(at sim.Time, m sim.Fate) {
		if k, ok := c.officialWho(m.Person); ok {
			c.put(at, entry{kind: entryOfficial, a: k, flag: uint8(m.State), b: causePerson})
		}
	})
	c.ports.RoadReports.Drain(func(at sim.Time, m sim.RoadReport) { c.roadSeen(at, m) })
	c.ports.Directives.Drain(func(at sim.Time, d sim.Directive) {
		c.put(at, entry{kind: entryStart, a: c.enter(d)})
	})
}

func (c *Command) put(at sim.Time, e entry) { c.agenda.Put(max(at, c.now), e) }

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}
