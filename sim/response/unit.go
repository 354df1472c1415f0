package response

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/num"
	"sandtable/sim/scenario"
)

const (
	boatSpeed = 12.0 / 3.6 // off the roads, afloat [m/s]: 12 km/h (assumed; published range 10-20 km/h)
	backSpeed = 5.0 / 3.6  // of a vehicle that backs out of a closed road, or comes to a door [m/s]: 5 km/h (assumed)
)

// unitSpec is what the scenario says of a unit.
type unitSpec struct {
	mode                        sim.Mode
	station                     sim.NodeID
	home                        sim.StationID
	seats, chairs               int32 // chairs for who cannot walk; 0 for as many as there are seats
	calls                       bool  // goes to people who call: a boat, or a van
	turnout, boarding, assisted sim.Duration
}

func newFleet(sc *scenario.Scenario, sites *scenario.Sites, names *scenario.Directory) []unitSpec {
	fleet := make([]unitSpec, len(sc.Units))
	for i := range sc.Units {
		u := &sc.Units[i]
		mode := sim.ModeCoach
		switch u.Kind {
		case "boat":
			mode = sim.ModeBoat
		case "van":
			mode = sim.ModeVan
		}
		station, _ := names.Resolve(sim.KindStation, u.Station)
		fleet[i] = unitSpec{mode: mode, station: sites.Station[station], home: sim.StationID(station),
			seats: int32(u.Seats), chairs: int32(u.Chairs), calls: mode != sim.ModeCoach,
			turnout: u.Turnout, boarding: u.Boarding, assisted: u.Assisted}
	}
	return fleet
}

// unit is a vehicle or boat with its crew.
type unit struct {
	phase  phase
	status sim.UnitStatus
	aim    aim
	node   sim.NodeID // where it is, or where it was last
	dest   sim.NodeID // where it is bound on the network
	place  geo.Point  // where it stands, or where its leg began
	off    bool       // its place is not at the node: at somebody's house, or on a link

	legTo            geo.Point // phaseLeg: a straight way outside the network
	legStart, legEnd sim.Time
	outward          bool // it leads away from the node, to a party

	task, next    sim.Task // what it does; what it will do when it has let its passengers out
	busy, hasNext bool     // task and next hold something
	aboard        int32    // persons
	assisted      int32    // of them, who need help to get in and out
	chairs        int32    // who could not walk when they called
	carried       int32    // persons brought to shelters so far
	claim         sim.PartyID
	shelter       sim.ShelterID // where it is bound with passengers
	since         sim.Time      // when it began to wait
	tries         int32         // how often it was stuck since it last arrived somewhere
	said          bool          // that its task is impossible has been reported
	over          bool          // a party larger than its seats squeezed into it while it was empty
	away          sim.ZoneID    // of its last call, when it was another zone than its own; else None
	fled          bool          // it has tried dry ground since it last tried to reach a shelter
	rise          int32         // of the road above the terrain where it stands on a link, 0 at a house [mm]
	marooned      bool          // population knows that its passengers sit fast in water
	turn          int32         // counts timers: only the newest one holds
}

// phase is what a unit does at the moment.
type phase uint8

const (
	phaseIdle      phase = iota // available: at its station, or where it gave its task up
	phaseTurnout                // the crew gets ready
	phaseRoad                   // on the network
	phaseLeg                    // on a straight way outside it
	phaseAsking                 // has asked population for people
	phaseLoading                // they get in
	phasePolling                // a coach waits at an assembly point
	phaseUnloading              // they get out
	phaseScene                  // a boat waits for a call
	phaseStuck                  // cannot go on
	phaseLost                   // for the rest of the run
	phaseCount
)

// aim is what a unit travels for.
type aim uint8

const (
	aimStation aim = iota
	aimAssembly
	aimZone
	aimCall
	aimShelter
	aimDry   // out of rising water, with passengers
	aimFetch // to a shelter whose people it takes home
	aimHome  // to their assembly point, with them
	aimCount
)

func (r *Response) nodePoint(n sim.NodeID) geo.Point {
	if n < 0 {
		return geo.Point{}
	}
	return r.sc.Nodes[n].At
}

func (r *Response) free(id sim.UnitID) int32 { return max(r.fleet[id].seats-r.units[id].aboard, 0) }

// task gives a unit or a shelter an order that it has acknowledged.
func (r *Response) task(at sim.Time, t sim.Task) {
	switch t.Order {
	case sim.OrderOpenShelter:
		r.openShelter(at, t.Shelter)
		return
	case sim.OrderCloseShelter:
		r.closeShelter(at, t.Shelter)
		return
	case sim.OrderGuardShelter, sim.OrderInformShelter, sim.OrderReturnZone:
		r.careFor(at, t)
		return
	}
	if why := r.impossible(t); !why.Empty() {
		r.failed(at, t.Unit, t, why)
		return
	}
	u := &r.units[t.Unit]
	r.trail.Change(at, trailTask, int32(t.Unit), uint64(t.Order)<<32|uint64(uint32(t.Zone)))
	recall := t.Order == sim.OrderRecallUnit
	switch u.phase {
	case phaseIdle:
		if !recall {
			u.next, u.hasNext = t, true
			r.set(at, t.Unit, sim.UnitNotified)
			r.wait(at.Add(r.fleet[t.Unit].turnout), t.Unit, phaseTurnout)
		}
	case phaseTurnout:
		u.next, u.hasNext = t, !recall
		if recall {
			r.stop(t.Unit, phaseIdle)
			r.set(at, t.Unit, sim.UnitAvailable)
		}
	default:
		u.next, u.hasNext = t, true
		switch u.phase {
		case phasePolling, phaseScene, phaseStuck:
			r.takeUp(at, t.Unit)
		case phaseRoad:
			r.turning = append(r.turning, t.Unit)
		}
	}
}

// impossible says why a unit cannot do a task at all.
func (r *Response) impossible(t sim.Task) sim.Text {
	mode := r.fleet[t.Unit].mode
	switch {
	case r.units[t.Unit].phase == phaseLost:
		return sim.Say("已损毁或进水，失去行动能力", "it is lost")
	case t.Order == sim.OrderRecallUnit:
		return sim.Text{}
	case t.Order == sim.OrderDispatchCoach && mode != sim.ModeCoach:
		return sim.Say("不是大巴", "it is not a coach")
	case t.Order == sim.OrderRescueZone && mode != sim.ModeBoat:
		return sim.Say("不是冲锋舟", "it is not a boat")
	case t.Order == sim.OrderFetchZone && mode != sim.ModeVan:
		return sim.Say("不是无障碍车", "it is not a van")
	case t.Order != sim.OrderDispatchCoach && t.Order != sim.OrderRescueZone && t.Order != sim.OrderFetchZone:
		return sim.Say("不是救援力量的任务", "it is not a task for a unit")
	case t.Zone < 0:
		return sim.Say("未指明转移单元", "no zone is named")
	case t.Order == sim.OrderDispatchCoach && r.sites.Zone[t.Zone].Assembly < 0:
		return sim.Say("该转移单元没有集合点", "the zone has no assembly point")
	}
	return sim.Text{}
}

// failed reports that a task is impossible.
func (r *Response) failed(at sim.Time, id sim.UnitID, t sim.Task, why sim.Text) {
	r.log.Emit(sim.Event{At: at, Kind: sim.EvUnitFailed, A: sim.RefTo(sim.KindUnit, id), B: zoneRef(t.Zone), Text: why})
}

func zoneRef(z sim.ZoneID) sim.Ref {
	if z < 0 {
		return sim.Ref{}
	}
	return sim.RefTo(sim.KindZone, z)
}

// takeUp turns to the next task, once the passengers of the old one have got out.
func (r *Response) takeUp(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	r.release(at, id)
	if u.aboard > 0 {
		r.toShelter(at, id)
		return
	}
	u.task, u.busy, u.said = u.next, true, false
	u.hasNext, u.away, u.tries = false, sim.None, 0
	r.work(at, id)
}

// work begins the task, or its next round.
func (r *Response) work(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	switch {
	case u.hasNext:
		r.takeUp(at, id)
	case !u.busy || u.task.Order == sim.OrderRecallUnit:
		r.goHome(at, id)
	case u.task.Order == sim.OrderDispatchCoach && r.homeward[u.task.Zone]:
		r.fetchHome(at, id)
	case u.task.Order == sim.OrderDispatchCoach:
		r.travel(at, id, aimAssembly, r.sites.Assembly[r.sites.Zone[u.task.Zone].Assembly])
	default:
		r.seekCall(at, id, true)
	}
}

func (r *Response) goHome(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	r.release(at, id)
	u.busy = false
	r.travel(at, id, aimStation, r.fleet[id].station)
}

// redirect gives a unit on the network a new destination, once all that road had to say of this tick has been heard.
// Only road knows where it is, so that the node it set out from stands for its place here. Passengers are brought to a
// shelter first; a unit that brings them there already goes on. A boat looks for calls when it has come to the zone.
func (r *Response) redirect(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	if u.phase != phaseRoad || !u.hasNext {
		return
	}
	if u.aboard > 0 {
		if s := r.chooseShelter(id); u.aim != aimShelter && s >= 0 {
			r.release(at, id)
			u.shelter = s
			r.setOut(at, id, aimShelter, r.sites.Shelter[s])
		}
		return
	}
	why, dest := aimStation, r.fleet[id].station
	switch u.next.Order {
	case sim.OrderDispatchCoach:
		if r.homeward[u.next.Zone] {
			return // it takes that up where it is bound
		}
		why, dest = aimAssembly, r.sites.Assembly[r.sites.Zone[u.next.Zone].Assembly]
	case sim.OrderRescueZone, sim.OrderFetchZone:
		why, dest = aimZone, r.meet[u.next.Zone]
	}
	if dest < 0 {
		return
	}
	r.release(at, id)
	u.task, u.busy, u.said, u.hasNext = u.next, why != aimStation, false, false
	u.away = sim.None
	r.setOut(at, id, why, dest)
}

// underWay are the statuses of a unit that travels for each aim.
var underWay = [aimCount]sim.UnitStatus{sim.UnitReturning, sim.UnitUnderWay, sim.UnitUnderWay, sim.UnitUnderWay,
	sim.UnitTransporting, sim.UnitTransporting, sim.UnitUnderWay, sim.UnitTransporting}

// travel sends a unit to a node. From a place off the network it first goes back to the node.
func (r *Response) travel(at sim.Time, id sim.UnitID, why aim, dest sim.NodeID) {
	u := &r.units[id]
	r.rescue(at, id)
	u.aim, u.dest = why, dest
	switch {
	case u.off:
		r.set(at, id, underWay[why])
		r.leg(at, id, r.nodePoint(u.node), false)
	case u.node == dest:
		r.arrive(at, id)
	default:
		r.setOut(at, id, why, dest)
	}
}

// setOut puts a unit on the network, or gives it another destination when it is there.
func (r *Response) setOut(at sim.Time, id sim.UnitID, why aim, dest sim.NodeID) {
	u := &r.units[id]
	u.aim, u.dest = why, dest
	r.set(at, id, underWay[why])
	r.stop(id, phaseRoad)
	r.ports.Trips.Post(at, int32(id), sim.Trip{Mover: sim.RefTo(sim.KindUnit, id), Mode: r.fleet[id].mode, From: u.node,
		To: dest, Persons: u.aboard, Vehicles: 1, Zone: sim.None, Route: r.planned(id, why)})
}

// planned returns the route of its zone for a coach that brings people from there to the zone's first shelter, or 0.
func (r *Response) planned(id sim.UnitID, why aim) int32 {
	u := &r.units[id]
	if r.fleet[id].mode != sim.ModeCoach || why != aimShelter || !u.busy || u.task.Zone < 0 {
		return 0
	}
	z := &r.sites.Zone[u.task.Zone]
	if len(z.Shelters) == 0 || u.shelter != z.Shelters[0] || z.Assembly < 0 || u.node != r.sites.Assembly[z.Assembly] {
		return 0
	}
	return z.Route
}

// leg sends a unit straight to a place outside the network, or from there back to its node.
func (r *Response) leg(at sim.Time, id sim.UnitID, to geo.Point, outward bool) {
	u, speed := &r.units[id], r.legSpeed(id)
	u.legTo, u.legStart, u.outward = to, at, outward
	u.legEnd = at.Add(seconds(u.place.Dist(to) / speed))
	r.wait(u.legEnd, id, phaseLeg)
}

// legSpeed returns how fast a unit gets on off the network [m/s].
func (r *Response) legSpeed(id sim.UnitID) float64 {
	if r.fleet[id].mode == sim.ModeBoat {
		return boatSpeed
	}
	return backSpeed
}

func seconds(s float64) sim.Duration {
	return sim.Duration(num.RoundInt64(float64(s * float64(sim.Second))))
}

func (r *Response) legDone(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	u.place, u.off, u.rise = u.legTo, u.outward, 0
	switch {
	case u.outward:
		r.reachCall(at, id)
	case u.hasNext && u.aim != aimShelter:
		r.takeUp(at, id)
	default:
		r.travel(at, id, u.aim, u.dest)
	}
}

// arrival is road's word that a unit has reached its destination.
func (r *Response) arrival(at sim.Time, id sim.UnitID, node sim.NodeID) {
	u := &r.units[id]
	if u.phase != phaseRoad {
		return
	}
	u.node, u.place = node, r.nodePoint(node)
	if node != u.dest {
		r.travel(at, id, u.aim, u.dest)
		return
	}
	r.arrive(at, id)
}

// arrive goes on at the node to which the unit was bound.
func (r *Response) arrive(at sim.Time, id sim.UnitID) {
	u := &r.units[id]
	if u.aim != aimDry {
		u.tries = 0
	}
	switch {
	case u.aim == aimShelter:
		r.atShelter(at, id)
	case u.aim == aimDry && u.aboard > 0:
		r.toShelter(at, id)
	case u.aim == aimDry:
		r.work(at, id)
	case u.hasNext:
		r.takeUp(at, id)
	case u.aim == aimStation:
		r.letOut(at, id)
		r.stop(id, phaseIdle)
		r.set(at, id, sim.UnitAvailable)
	case u.aim == aimHome:
		r.unloadHome(at, id)
	case u.aim == aimAssembly || u.aim == aimFetch:
		u.since = at
		r.set(at, id, sim.UnitOnScene)
		r.askBoarding(at, id)
	case u.aim == aimCall:
		r.approach(at, id)
	default:
		r.seekCall(at, id, false)
	}
}

// wait puts a unit into a phase that ends at an instant; stop into one that ends with a message or never.
func (r *Response) wait(until sim.Time, id sim.UnitID, p phase) {
	r.stop(id, p)
	r.agenda.Put(until, entry{kind: entryTimer, id: int32(id), a: r.units[id].turn})
}

func (r *Response) stop(id sim.UnitID, p phase) {
	u := &r.units[id]
	r.count.idle += int32(bit(p == phaseScene)) - int32(bit(u.phase == phaseScene))
	u.phase = p
	u.turn++
}

func (r *Response) timer(at sim.Time, e entry) {
	id := sim.UnitID(e.id)
	u := &r.units[id]
	if u.turn != e.a {
		return
	}
	switch u.phase {
	case phaseTurnout:
		r.set(at, id, sim.UnitTurnedOut)
		r.takeUp(at, id)
	case phaseLeg:
		r.legDone(at, id)
	case phaseLoading:
		r.loaded(at, id)
	case phasePolling:
		r.askBoarding(at, id)
	case phaseUnloading:
		r.unloaded(at, id)
	case phaseScene:
		r.keepWaiting(at, id)
	case phaseStuck:
		r.tryAgain(at, id)
	default:
		panic(fmt.Sprintf("response: %v: unit %d has a timer in phase %d", at, id, u.phase))
	}
}
