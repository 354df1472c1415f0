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

	orderLuck, noticeLuck, reportLuck rng.Stream

	now      sim.Time // start of the next tick
	agenda   sim.Agenda[entry]
	orders   []order // all that were ever given, in the order of their start
	zones    []zoneState
	down     []bool // channel x (zones + 1): the channel carries nothing there; the last column is outside every zone
	posts    []postState
	gauges   []sim.GaugeKnown
	outlooks []outlook    // by hazard
	giver    []sim.PostID // of each unit: the post whose order it last acknowledged
	reports  []report     // on their way upward; free ones are used again
	warning  int
	response int
	count    counters
	trail    sim.Trail

	// Valid during Step only.
	ports *sim.Ports
	log   *sim.Log
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
)

// New makes the posts of a scenario that has been checked, at time 0. seed is the people part of the run's seed.
func New(sc *scenario.Scenario, sites *scenario.Sites, names *scenario.Directory, seed uint64) *Command {
	c := &Command{sc: sc, sites: sites, names: names,
		orderLuck:  rng.New(seed, "command.order"),
		noticeLuck: rng.New(seed, "command.notice"),
		reportLuck: rng.New(seed, "command.report"),
	}
	c.plan = newLayout(sc, sites, names)
	c.zones = make([]zoneState, len(sc.Zones))
	for z := range c.zones {
		c.zones[z] = zoneState{standing: none, said: make([]bool, len(c.plan.publicOf(sites, sim.ZoneID(z))))}
	}
	c.down = make([]bool, len(sc.Channels)*(len(sc.Zones)+1))
	c.posts = make([]postState, len(sc.Posts))
	for p := range c.posts {
		c.posts[p] = newPostState(len(c.plan.below[p]), len(sc.Shelters), len(sc.Units), c.plan.senior(sim.PostID(p)))
		if sites.Tree[p] >= 0 {
			c.agenda.Put(sim.Time(sc.Posts[p].Report), entry{kind: entryReport, a: int32(p)})
		}
	}
	c.gauges = make([]sim.GaugeKnown, len(sc.Gauges))
	for g := range c.gauges {
		c.gauges[g] = sim.NoReading()
	}
	c.outlooks = newOutlooks(sc)
	c.giver = make([]sim.PostID, len(sc.Units))
	for u := range c.giver {
		c.giver[u] = sim.None
	}
	return c
}

// Step carries on with everything up to the end of the tick. It reads no layers: what posts know they have been told.
func (c *Command) Step(end sim.Time, _ *sim.Layers, ports *sim.Ports, log *sim.Log) {
	c.ports, c.log = ports, log
	c.drain()
	for {
		at, e, ok := c.agenda.Take(end)
		if !ok {
			break
		}
		c.handle(at, e)
	}
	c.now = end
	c.ports, c.log = nil, nil
}

// Trail returns the rolling digest.
func (c *Command) Trail() sim.Trail { return c.trail }

// entry is something that happens at an instant. What the fields mean is said at each kind.
type entry struct {
	kind entryKind
	flag uint8
	a, b int32
	n    [5]int32
	x, y float64
	t    sim.Time
}

type entryKind uint8

const (
	entryStart      entryKind = iota // a = order: it starts at the post that gives it
	entryDelivered                   // a = order, b = hop, n[0] = try: it reaches its receiver
	entryAcked                       // a = order, b = hop, n[0] = try: the receiver acknowledges
	entryTimeout                     // a = order, b = hop, n[0] = try: the sender has waited long enough
	entryNotice                      // a = order, b = post: word of its end reaches a post; flag = it failed
	entryFault                       // a = channel, b = zone or None, flag = it works again
	entryZoneCount                   // a = zone, n = the counts of a ZoneReport: the zone's people tell their post
	entryReport                      // a = post: the time of its report upward
	entryArrival                     // a = report: it reaches the post above
	entryShelterOut                  // a = shelter, flag = open, n[0], n[1] = inside, waiting: the shelter tells it
	entryShelterIn                   // the same, t = when it was so: it reaches the posts
	entryUnitOut                     // a = unit, flag = status, n[0], n[1] = aboard, carried; x, y: the unit tells it
	entryUnitIn                      // the same, t = when it was so: it reaches the posts
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
		c.fault(at, sim.ChannelFault{Channel: sim.ChannelID(e.a), Zone: sim.ZoneID(e.b), Up: e.flag == 1})
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
			n: [5]int32{m.Persons, m.Warned, m.Left, m.Waiting, m.Stranded}})
	})
	c.ports.ShelterCounts.Drain(func(at sim.Time, m sim.ShelterCount) {
		c.put(at, entry{kind: entryShelterOut, a: int32(m.Shelter), flag: bit(m.Open), n: [5]int32{m.Inside, m.Waiting}})
	})
	c.ports.UnitReports.Drain(func(at sim.Time, m sim.UnitReport) {
		c.put(at, entry{kind: entryUnitOut, a: int32(m.Unit), flag: uint8(m.Status),
			n: [5]int32{m.Aboard, m.Carried}, x: m.X, y: m.Y})
	})
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
