package population

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

const (
	// accessDrive is how fast a car gets from the door to the road and from there to a shelter's door [m/s] (assumed).
	accessDrive = 5.0
	// accessRide is the same of a two-wheeler [m/s] (assumed).
	accessRide = 3.0
	// carSeats is how many persons a car takes [persons]; a household with more persons than seats squeezes in.
	carSeats = 5
	// retryEvery is how long a party waits that finds the way blocked before it looks again (assumed).
	retryEvery = 5 * sim.Minute
	// walkFarthest is the longest way on which people set out on foot, however urgent it is [m] (assumed).
	walkFarthest = 5000.0
	// walkFromDoor is the longest way on which people with a refuge at home leave it on foot because of the water at
	// their door [m] (assumed).
	walkFromDoor = 300.0
	// settle is how far the water must have fallen below the limit before a party that was cut off trusts it [m]
	// (assumed).
	settle = 0.1
)

// obstacle is why a party cannot leave its building.
type obstacle uint8

const (
	obstacleNone  obstacle = iota
	obstacleWater          // too deep or too fast at the door or at the road
	obstacleNeed           // needs help to move, or there is no way at all
	obstacleFar            // too far to walk
)

// leave lets a party set off, by the way that it chooses now.
func (p *People) leave(at sim.Time, q sim.PartyID) {
	if p.isWaiting(q) || !p.isWard(q) && p.seesToFamily(at, q) {
		return
	}
	place := p.inside(q)
	mode, goal, why := p.choose(q)
	if mode != sim.ModeCar && p.letsDown(at, q) {
		mode, goal, why = p.choose(q)
	}
	switch {
	case p.sc.Population.Family.LiftOffer > 0 && p.sharesCar(at, q, mode, goal, why):
		return
	case (why == obstacleNeed || why == obstacleWater) && p.fleesHouse(at, q):
		return
	case why == obstacleNeed:
		p.flags[q] |= partyNeedy
		p.strand(at, q, p.holder[q])
		p.plan(at.Add(retryEvery), q)
		return
	case why == obstacleWater && p.isCutOff(q, p.placeWater(place), 0):
		p.flags[q] &^= partyNeedy
		p.strand(at, q, p.holder[q])
		return
	case why == obstacleWater, why == obstacleFar:
		p.plan(at.Add(retryEvery), q)
		return
	case p.isSaferUpstairs(q, mode, goal):
		p.goUpstairs(at, q)
		return
	}
	p.free(at, q)
	p.goes(at, q)
	p.emit(at, sim.EvPartyLeft, q, goal, int32(mode), 0)
	t := &p.trip[q]
	t.Mode, t.Goal, t.Node = mode, goal, p.sc.Buildings[place].Node
	t.stand(p.sc.Buildings[place].At, 0)
	p.goOut(at, q, p.sites.Building[place].Access)
}

// choose picks the way in which a party leaves now: its car; its two-wheeler; on foot to the shelter when that is near
// enough; on foot, or carried, to the assembly point, of which and of its coaches the order to leave tells, unless that
// stands in water or the party waits for a van; else on foot unless it is farther than anybody walks.
func (p *People) choose(q sim.PartyID) (sim.Mode, sim.Ref, obstacle) {
	place := p.inside(q)
	node := p.sc.Buildings[place].Node
	if node < 0 {
		return sim.ModeNone, sim.Ref{}, obstacleNeed
	}
	w, b := p.placeWater(place), p.body[q]
	depth := max(w.Depth, p.router.NodeDepth(node))
	if exit, ok := p.exitOf(q, node, depth); ok {
		return sim.ModeCar, exit, obstacleNone
	}
	shelter, helped := p.shelterOf(q, node), p.care.flags[q]&careHelped != 0
	toShelter := sim.RefTo(sim.KindShelter, shelter)
	if shelter >= 0 && (p.hasCar(q) || p.care.flags[q]&careInCar != 0) && depth <= harm.SmallCarDepth() {
		if p.router.Reaches(p.drive(q, node, p.sites.Shelter[shelter])) {
			return sim.ModeCar, toShelter, obstacleNone
		}
	}
	if shelter >= 0 && depth <= harm.Film && p.hasBike(q) {
		if _, _, ok := p.router.Distance(sim.ModeBike, node, p.sites.Shelter[shelter]); ok {
			return sim.ModeBike, toShelter, obstacleNone
		}
	}
	if !b.wade().Allows(depth, speedOf(w)) {
		return sim.ModeNone, sim.Ref{}, obstacleWater
	}
	metres, walks := 0.0, false
	if shelter >= 0 && (b&bodyHelpless == 0 || helped) {
		metres, _, walks = p.router.Distance(sim.ModeFoot, node, p.sites.Shelter[shelter])
	}
	if walks && metres <= p.walkMax(b) {
		return sim.ModeFoot, toShelter, obstacleNone
	}
	called := helped || p.told[q].Order == int8(sim.OrderEvacuateZone)
	if a := p.assemblyOf(p.zoneOf(q)); a >= 0 && called && !p.isFlooded(a) &&
		p.isCarried(q) {
		if _, _, ok := p.router.Distance(sim.ModeFoot, node, p.sites.Assembly[a]); ok {
			return sim.ModeFoot, sim.RefTo(sim.KindAssembly, a), obstacleNone
		}
	}
	switch {
	case walks && metres <= walkFarthest:
		return sim.ModeFoot, toShelter, obstacleNone
	case walks:
		return sim.ModeNone, sim.Ref{}, obstacleFar
	}
	return sim.ModeNone, sim.Ref{}, obstacleNeed
}

// isFlooded says whether water stands at an assembly point, from which it drives those who wait. That people who set
// out know this is assumed: the wardens who call them out stand there.
func (p *People) isFlooded(a sim.AssemblyID) bool {
	return p.waterAt(p.goalPlace(sim.RefTo(sim.KindAssembly, a))).Depth > harm.Film
}

// isSaferUpstairs says whether a party that is about to walk or ride does better to go upstairs: it has a refuge in its
// building, and there is water on the way (assumed; 来不及转移的就近上楼). Who was told to leave looks at the own door and
// at both ends of the way; who leaves by itself because of the water at the door looks at how long the way is, and at
// its ends.
func (p *People) isSaferUpstairs(q sim.PartyID, mode sim.Mode, goal sim.Ref) bool {
	if mode == sim.ModeCar || !p.hasRefuge(q) {
		return false
	}
	place := p.inside(q)
	from, to := p.sc.Buildings[place].Node, p.goalNode(goal)
	wet := max(p.router.NodeDepth(from), p.router.NodeDepth(to)) > harm.Film
	if p.flags[q]&partyDoor == 0 {
		return wet || p.placeWater(place).Depth > harm.Film
	}
	metres, _, _ := p.router.Distance(mode, from, to)
	return wet || metres > walkFromDoor
}

// goUpstairs lets a party stay in its building till it is told news.
func (p *People) goUpstairs(at sim.Time, q sim.PartyID) {
	p.free(at, q)
	p.flags[q] = p.flags[q]&^(partyWants|partyDoor|partyNeedy) | partyBack
	here := p.holder[q]
	p.staysIn(at, q, here)
	p.move(at, q, here, sim.StageStaying)
}

// hasUpstairs says whether a party's building is a sound one with an upper storey that all of them can get to and that
// is dry: one that stands and is not of earth, which gives way first (assumed: the wardens who call people out know).
func (p *People) hasUpstairs(q sim.PartyID) bool {
	place := p.inside(q)
	return p.sc.Buildings[place].Build != scenario.BuildEarth && p.isDryAbove(place)
}

// walkMax returns the longest way that a party walks to a shelter if it can go by coach instead [m].
func (p *People) walkMax(b body) float64 {
	if b&bodyLimited != 0 {
		return p.sc.Population.Behaviour.WalkMaxWeak
	}
	return p.sc.Population.Behaviour.WalkMax
}

// assemblyOf returns the assembly point of a zone, or None.
func (p *People) assemblyOf(z sim.ZoneID) sim.AssemblyID {
	if z < 0 || p.sites.Zone[z].Assembly < 0 {
		return sim.None
	}
	return p.sites.Zone[z].Assembly
}

// shelterOf returns where a party is to go: where it was told, else the first one of its zone, else the one that is
// reached soonest on foot from the node; None when there is none, or no node.
func (p *People) shelterOf(q sim.PartyID, node sim.NodeID) sim.ShelterID {
	if s := p.trip[q].Shelter; s >= 0 {
		return s
	}
	if z := p.zoneOf(q); z >= 0 && len(p.sites.Zone[z].Shelters) > 0 {
		return p.sites.Zone[z].Shelters[0]
	}
	if node < 0 {
		return sim.None
	}
	to, _, ok := p.router.NearestRefuge(node)
	if !ok {
		return sim.None
	}
	return p.shelterAt[to]
}

// sheltersAt returns the first shelter at each node, or None.
func sheltersAt(sc *scenario.Scenario, sites *scenario.Sites) []sim.ShelterID {
	at := make([]sim.ShelterID, len(sc.Nodes))
	for node := range at {
		at[node] = sim.None
	}
	for s := len(sites.Shelter) - 1; s >= 0; s-- {
		if node := sites.Shelter[s]; node >= 0 {
			at[node] = sim.ShelterID(s)
		}
	}
	return at
}

// goOut starts the leg from where a party stands to the network: that many metres to its trip's node.
func (p *People) goOut(at sim.Time, q sim.PartyID, metres float64) {
	p.kin.forget(q)
	p.takeBackCall(at, q)
	p.flags[q] &^= partyNeedy | partyArrived | partyOnNetwork | partySeeks
	if p.trip[q].Mode == sim.ModeCar {
		p.move(at, q, sim.RefTo(sim.KindVehicle, p.trip[q].Node), sim.StageDriving)
	} else {
		p.move(at, q, sim.RefTo(sim.KindStreet, p.trip[q].Node), sim.StageWalking)
	}
	p.plan(at.Add(span(metres/p.legSpeed(q))), q)
}

// legSpeed returns how fast a party gets to the network and from it [m/s].
func (p *People) legSpeed(q sim.PartyID) float64 {
	switch p.trip[q].Mode {
	case sim.ModeCar:
		return accessDrive
	case sim.ModeBike:
		return accessRide
	}
	return p.speed(q)
}

// enter puts a party on the road network.
func (p *People) enter(at sim.Time, q sim.PartyID) {
	t := &p.trip[q]
	m := sim.Trip{Mode: t.Mode, From: t.Node, To: p.goalNode(t.Goal)}
	switch t.Mode {
	case sim.ModeCar:
		m = p.drive(q, m.From, m.To)
		m.Stays = p.body[q]&bodyHelpless != 0
		m.Route = p.planned(q, m.Knows)
		m.Vehicles = p.carsOf(q)
	case sim.ModeBike:
		m.Vehicles = 1
	default:
		m.Speed, m.Wading = p.speed(q), p.wading(at)
	}
	m.Mover, m.Persons, m.Zone = sim.RefTo(sim.KindParty, q), p.heads(q), p.zoneToLeave(q)
	if p.kin.errand[q] != errandNone {
		m.Zone, m.Enters = p.entersZone(q), true
		if m.Zone >= 0 {
			p.kin.flag[q] |= kinBorder
		}
	}
	p.hide(q)
	p.flags[q] |= partyOnNetwork
	p.show(q)
	p.ports.Trips.Post(at, int32(q), m)
}

// drive returns a trip of a party's car, with what its driver knows of the roads and dares. Who has come to a closed
// road before asks.
func (p *People) drive(q sim.PartyID, from, to sim.NodeID) sim.Trip {
	house, roads := uint64(p.roll.entry[q].Household), &p.sc.Roads
	m := sim.Trip{Mode: sim.ModeCar, From: from, To: to, Knows: sim.KnowsHabit}
	m.Bold = p.draw.driver.Float64(house, driveBold, 0) < roads.Bold
	switch known := p.draw.driver.Float64(house, driveKnows, 0); {
	case known < roads.Guided:
		m.Knows = sim.KnowsTravel
	case known < roads.Informed || p.flags[q]&partyAsks != 0:
		m.Knows = sim.KnowsClosures
	}
	return m
}

// planned returns the route of its zone when a party that was told to leave takes it on its way to the zone's first
// shelter, or 0. Who is guided by his screen does not, nor who has come to a closed road.
func (p *People) planned(q sim.PartyID, knows sim.Knowledge) int32 {
	e, goal := &p.roll.entry[q], p.trip[q].Goal
	if e.Zone < 0 || p.told[q].Order != int8(sim.OrderEvacuateZone) || knows == sim.KnowsTravel ||
		p.flags[q]&partyAsks != 0 || goal.Kind != sim.KindShelter ||
		p.draw.driver.Float64(uint64(e.Household), drivePlan, 0) >= p.sc.Roads.Follow {
		return 0
	}
	z := &p.sites.Zone[e.Zone]
	if len(z.Shelters) == 0 || goal.ID != int32(z.Shelters[0]) {
		return 0
	}
	return z.Route
}

// wading returns the factor on the speed in water of who sets off on foot [-].
func (p *People) wading(at sim.Time) float64 {
	if p.sc.Drill.Start.Add(at).IsNight() {
		return p.sc.Population.Behaviour.NightWalk
	}
	return 1
}

// goalNode returns the node of a shelter, assembly point or building.
func (p *People) goalNode(goal sim.Ref) sim.NodeID {
	switch goal.Kind {
	case sim.KindAssembly:
		return p.sites.Assembly[goal.ID]
	case sim.KindBuilding:
		return p.sc.Buildings[goal.ID].Node
	case sim.KindNode:
		return sim.NodeID(goal.ID)
	}
	return p.sites.Shelter[goal.ID]
}

// goalPlace returns where a shelter, assembly point or building is.
func (p *People) goalPlace(goal sim.Ref) geo.Point {
	switch goal.Kind {
	case sim.KindAssembly:
		return scenario.Point(p.sc.Assemblies[goal.ID].Place)
	case sim.KindBuilding:
		return p.sc.Buildings[goal.ID].At
	case sim.KindStreet:
		return p.sc.Terrain.Grid.Centre(p.sc.Terrain.Grid.IJ(int(goal.ID)))
	case sim.KindNode:
		return p.sc.Nodes[goal.ID].At
	}
	return scenario.Point(p.sc.Shelters[goal.ID].Place)
}

// zoneToLeave returns whose border counts on a trip: that of the zone of the first one of a party and its riders who is
// not out of it yet, None when there is none.
func (p *People) zoneToLeave(q sim.PartyID) sim.ZoneID {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		if z := p.roll.entry[r].Zone; z >= 0 && p.flags[r]&partyLeft == 0 {
			return z
		}
	}
	return sim.None
}

// leftZone notes that a party, and all who ride with it, are out of their zones, each once.
func (p *People) leftZone(at sim.Time, q sim.PartyID, mode sim.Mode) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		p.leftZoneOne(at, r, mode)
	}
}

// leftIfOutside notes the same of those whose zone does not hold the node at which they are.
func (p *People) leftIfOutside(at sim.Time, q sim.PartyID, node sim.NodeID, mode sim.Mode) {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		if p.sites.Node[node] != p.roll.entry[r].Zone {
			p.leftZoneOne(at, r, mode)
		}
	}
}

func (p *People) leftZoneOne(at sim.Time, q sim.PartyID, mode sim.Mode) {
	if p.flags[q]&partyLeft != 0 {
		return
	}
	e := &p.roll.entry[q]
	p.flags[q] |= partyLeft
	p.leftBy[q] = mode
	p.markOne(q, personLeft)
	late := 1.0
	if !p.water.ever[e.Place] {
		late = 0
		p.markMoved(q, mode)
	}
	p.log.Emit(sim.Event{At: at, Kind: sim.EvPartyLeftZone, A: sim.RefTo(sim.KindParty, q),
		B: sim.RefTo(sim.KindZone, e.Zone), Count: int32(mode), Num: late})
}

// markMoved notes that the living members of a party left before water reached their place.
func (p *People) markMoved(q sim.PartyID, mode sim.Mode) {
	for _, i := range p.roll.members(q) {
		if p.person[i]&personDead == 0 {
			p.person[i] |= personMoved
		}
	}
	for _, c := range p.counts.of(p.roll.entry[q].Zone) {
		c.MovedBy[mode] += int(p.alive[q])
	}
}
