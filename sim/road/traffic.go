package road

import (
	"fmt"
	"slices"

	"sandtable/sim"
)

// NoRouteWait is how long a mover without a way waits at a node before it is given up (assumed).
const NoRouteWait = 10 * sim.Minute

// Tally counts what became of the movers of one mode: vehicles, and parties on foot. At every instant
// In = Out + Inside + Waiting + Stranded.
type Tally struct {
	In       int64 // have begun a trip
	Out      int64 // have arrived
	Inside   int64 // on links
	Waiting  int64 // at nodes, to enter a link or for a way
	Stranded int64 // were given up
}

// arcState is one direction of a link. The counts of cars that came in and went out number its places, so that the
// hole that a newcomer needs is known by its number.
//
// What every vehicle needs stands in front, in half of the record: with tens of thousands of arcs a step waits for
// memory more than for anything else.
type arcState struct {
	queue     list     // vehicles, the first one in front
	origin    list     // who waits at the start
	nextExit  sim.Time // earliest instant at which the next one may leave
	nextEntry sim.Time // … may enter
	wakeAt    sim.Time // instant for which a look at the end is on the agenda
	acceptAt  sim.Time // … at the start
	in, out   int64    // cars that have entered and left

	sideAt    [sideCount]sim.Time // as nextExit, over the lane to the right, and to the left
	clock     int64               // turn of the last vehicle that was let in
	turn      int64               // of the first vehicle of the queue, among those that want to enter turnOf
	startTurn int64               // of the first one of the origin queue
	nextStart sim.Time            // earliest instant at which the next one of the origin queue may enter
	passed    int64               // vehicles that have reached the end
	free      list                // who takes no room
	turnOf    int32               // -1: any arc's present clock
	blockedOn int32               // full arc that the first vehicle waits for, or -1
	wanted    bool                // somebody waits for the next departure
	ringed    bool                // part of a ring of full links that was reported
	jammed    bool                // the first vehicle has had to wait for a hole on the arc ahead
	late      int32               // how long after its gap had opened the last vehicle went into it [µs]; at most recall
}

// linkState is the water on a link and what it and orders have done.
type linkState struct {
	depth   int32 // worst above the link's own level [mm]
	wet     wet
	worst   peril           // the most dangerous water, exactly as it is
	danger  sim.DangerClass // of that
	ordered bool            // closed by order
	rain    uint8           // class of harm.RoadRain
	told    bool            // all drivers know that it is closed
	shut    bool            // closed to cars, or on a footpath to walkers, by order or water
}

// entry is a thing to do.
type entry struct {
	what doing
	arg  uint8
	id   int32
}

type doing uint8

const (
	doNode    doing = iota // look at node id
	doDepart               // mover id begins its trip
	doFree                 // mover id may have reached the end of its arc
	doGiveUp               // mover id has waited long enough for a way
	doClose                // link id is closed with policy arg
	doOpen                 // link id is opened
	doWatch                // mover id comes to water of another class
	doWave                 // police wave the rings on that begin with arc id
	doPolice               // an officer begins to direct the traffic at node id (arg 1), or ends (arg 0)
	doAbandon              // people look how long they have stood on arc id
	doStream               // the next vehicle of stream id comes on
	doOrder                // order id of those that are due is carried out
	doTurn                 // lanes of link id may change hands
	doClear                // wrecks on link id have lain there long enough
	doTimes                // the times that links take are taken
	doCount
)

// Traffic is everything that changes on a network. It is a subsystem of a world: package sim's Saver, Router, and a
// Step that the engine calls in the phase of the roads.
type Traffic struct {
	net    *Network
	cover  *coverage // nil without ground
	routes *routes
	layers waterLayers

	now     sim.Time
	edition int // of the layers that were read last
	arcs    []arcState
	flows   []flow  // of each arc
	works   []works // of each arc
	links   []linkState
	holes   []sim.Time      // when cars left, by arc and number of the car
	nodes   []int32         // depth of water at each node [mm]
	dark    bool            // it is night
	sky     sky             // what rain leaves to roads, by day or night as it is
	turns   []turning       // lanes of each link that change hands
	wrecks  []wreck         // by arc and place
	due     []sim.RoadOrder // orders that the agenda names; a place with RoadOpen is free
	foot    []footState
	crowds  []crowdState
	waits   []waitState
	movers  table[mover]
	slots   int32 // movers in the table, also free ones
	vacant  int32 // first free one, or -1; the next one is its next
	asides  table[aside]

	crossings []crossing // of each junction
	lastPass  []sim.Time // when each movement of each junction was used last; past

	noRoute list
	stills  []standstill // of each arc; nil when nobody leaves his car
	locks   []lock       // rings of full arcs, in the order in which they closed
	stuck   [2]int64     // vehicles in rings and behind them, and persons in them, as reported last
	agenda  sim.Agenda[entry]
	tally   [sim.ModeCount]Tally // without background traffic
	through background
	trail   sim.Trail

	times times

	asideCount, vacantAside int32 // as with movers

	partySlot, unitSlot table[int32] // slots of movers on the network by id

	// What follows holds nothing between two instants.
	ports      *sim.Ports
	log        *sim.Log
	marked     []int32 // nodes to look at in this instant
	isMarked   []uint8
	waiting    []candidate
	contenders []contender
	fates      []uint8 // of arcs
	stirred    bool    // costs have changed: who waits looks again
	soaked     []int32 // links whose water is to be read
	isSoaked   []bool
	rain       rainLayers
	night      bool     // it is night from the next step on
	places     []placed // of the movers of an arc
	batch      bool     // several are taken off an arc: those behind are looked at after the last
}

// New returns empty dry roads at time 0. Without ground (nil) there is no water on them.
func New(net *Network, ground *sim.Terrain) *Traffic {
	t := &Traffic{
		net: net, routes: newRoutes(net), edition: -1, noRoute: emptyList, vacant: -1, vacantAside: -1,
		arcs: make([]arcState, len(net.tail)), links: make([]linkState, len(net.links)),
		holes: make([]sim.Time, net.rings), nodes: make([]int32, len(net.nodes)),
		turns: make([]turning, len(net.links)),
		foot:  make([]footState, len(net.tail)), crowds: make([]crowdState, len(net.links)),
		waits:    make([]waitState, len(net.nodes)),
		isMarked: make([]uint8, len(net.nodes)), isSoaked: make([]bool, len(net.links)),
		crossings: make([]crossing, len(net.junctions.node)), lastPass: make([]sim.Time, net.junctions.moves),
	}
	t.flows, t.works = newFlows(net)
	if net.rules.AbandonAfter > 0 {
		t.stills = make([]standstill, len(t.arcs))
	}
	t.sky = skyOf(net.rules.Weather, false)
	for arc := range t.arcs {
		t.arcs[arc] = idleArc
		t.foot[arc] = emptyFoot
	}
	for node := range t.waits {
		t.waits[node].at = past
	}
	for j := range t.crossings {
		t.crossings[j].look = past
	}
	for k := range t.lastPass {
		t.lastPass[k] = past
	}
	if ground != nil {
		t.cover = newCoverage(net, ground)
	}
	for link := range t.turns {
		t.turns[link] = settled
	}
	t.priceAll()
	return t
}

// priceAll works out the costs of all arcs of roads at rest.
func (t *Traffic) priceAll() {
	for link := range t.links {
		t.price(int32(link))
		t.links[link].shut = t.isShut(int32(link))
	}
	t.stirred = false
}

// past stands for all instants before the present one, of which nothing depends any more.
const past sim.Time = -1

var idleArc = arcState{
	queue: emptyList, free: emptyList, origin: emptyList,
	nextExit: past, sideAt: [sideCount]sim.Time{past, past}, nextEntry: past, nextStart: past,
	wakeAt: past, acceptAt: past, turnOf: -1, blockedOn: -1,
}

// Step moves the roads up to end. It drains Trips, Leavings and RoadOrders, reads the layers when there is a new
// edition, and fills PartyArrivals, PartyStrands, Crossings, Exposures, UnitArrivals and UnitStrands. A message from
// before the start of the step is handled at its start.
//
// A trip of a mover that is on the network already gives it a new destination: it goes on from where it is.
func (t *Traffic) Step(end sim.Time, layers *sim.Layers, ports *sim.Ports, log *sim.Log) {
	t.ports, t.log = ports, log
	if layers != nil && t.cover != nil {
		t.layers.find(layers, t.cover.ground)
		if news, missed := layers.News(&t.edition); news {
			t.readWater(layers, missed)
			t.readRain(layers, missed)
		}
	}
	if t.dark != t.night {
		t.turnDark()
	}
	if t.now%sim.Time(recountEvery) == 0 {
		t.countStuck()
	}
	ports.RoadOrders.Drain(t.takeOrder)
	ports.Trips.Drain(t.takeTrip)
	ports.Leavings.Drain(t.takeLeaving)
	for {
		at := t.agenda.Next()
		if t.stirred || len(t.marked) > 0 {
			at = t.now // what the water did is due now
		}
		if at >= end {
			break
		}
		t.instant(max(at, t.now))
	}
	t.now = end
	t.ports, t.log = nil, nil
}

// instant does everything that is due at one instant: first single things in the order in which they were put on the
// agenda, then nodes in the order of their ids.
func (t *Traffic) instant(at sim.Time) {
	t.now = at
	for {
		_, e, ok := t.agenda.Take(at + 1)
		if !ok {
			break
		}
		t.do(e)
	}
	if t.stirred {
		t.stirred = false
		t.lookAgain()
	}
	if len(t.marked) > 1 {
		slices.Sort(t.marked)
	}
	// A node that is marked while the nodes are worked through comes up again in the same instant.
	for i := 0; i < len(t.marked); i++ {
		node := t.marked[i]
		all := t.isMarked[node] == markedAll
		t.isMarked[node] = unmarked
		t.workNode(node, all)
	}
	t.marked = t.marked[:0]
}

// do carries out one entry of the agenda.
func (t *Traffic) do(e entry) {
	switch e.what {
	case doNode:
		t.markDue(e.id)
	case doDepart:
		t.depart(e.id)
	case doFree:
		t.endFree(e.id)
	case doGiveUp:
		t.giveUp(e.id)
	case doClose:
		t.closeLink(e.id, sim.ClosurePolicy(e.arg&^closeTold), e.arg&closeTold != 0)
	case doOpen:
		t.openLink(e.id)
	case doWave:
		t.waveOn(e.id)
	case doPolice:
		t.setPolice(e.id, e.arg == 1)
	case doAbandon:
		t.lookStill(e.id)
	case doStream:
		t.comeOn(e.id)
	case doOrder:
		t.obey(e.id)
	case doTurn:
		t.turnLanes(e.id)
	case doClear:
		t.clear(e.id, t.now.Add(-t.net.rules.ClearAfter))
	case doWatch:
		if m := t.movers.at(e.id); t.besides(m).look == t.now && (m.stage == stageQueue || m.stage == stageFree) {
			t.meetWater(e.id)
		}
	case doTimes:
		t.takeTimes()
	}
}

// How a node is looked at in an instant.
const (
	unmarked  uint8 = iota
	markedDue       // those whose time has come
	markedAll       // everybody: who has come there may have another time, or another aim
)

// mark has everybody at a node looked at in this instant.
func (t *Traffic) mark(node int32) {
	t.markDue(node)
	t.isMarked[node] = markedAll
}

// markDue has those at a node looked at in this instant whose time has come.
func (t *Traffic) markDue(node int32) {
	if t.isMarked[node] == unmarked {
		t.isMarked[node] = markedDue
		t.marked = append(t.marked, node)
	}
}

// Trail returns the rolling digest of all changes.
func (t *Traffic) Trail() sim.Trail { return t.trail }

// Now returns the end of the last step.
func (t *Traffic) Now() sim.Time { return t.now }

// Network returns the network.
func (t *Traffic) Network() *Network { return t.net }

// Tally returns the counts of one mode, without background traffic.
func (t *Traffic) Tally(mode sim.Mode) Tally { return t.tally[mode] }

// Kinds of changes in the trail.
const (
	changeEnter uint8 = iota + 1
	changeWait
	changeNoRoute
	changeArrive
	changeStrand
	changeBack
	changeWater
	changeOrder
	changeDivert
	changeDanger
	changeExposure
	changeLearn
	changePoliceOn
	changePoliceOff
	changeFlow
	changeContraflow
	changeCleared
	changeWreck
	changeRain
	changeDark
	changeTimes
	changePlan
	changeTold
	changeCrowd
)

// change notes a change of a mover.
func (t *Traffic) change(what uint8, ref sim.Ref, place int32) {
	t.trail.Change(t.now, what, ref.ID, uint64(ref.Kind)<<32|uint64(uint32(place)))
}

// fail reports a programmer's mistake.
func (t *Traffic) fail(ref sim.Ref, format string, args ...any) {
	panic(fmt.Sprintf("road: %v at %v: %s", ref, t.now, fmt.Sprintf(format, args...)))
}
