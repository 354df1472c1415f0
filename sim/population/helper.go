package population

import (
	"sandtable/sim"
	"sandtable/sim/harm"
	"sandtable/sim/scenario"
)

// A helper (包保责任人) is a person who is responsible for a special-care person. When the person's zone is told to
// prepare or to leave, the zone's post calls the helpers of its list one after the other; who has heard the order
// himself does not wait for the call. He goes to the person's home, on foot or in the car that stands at his house,
// takes his time at the door, and leaves with the person: in his car to the shelter, or pushing or leading the person
// to the shelter or the assembly point when nobody else of that household can. Then he goes back, or to the next one.
// Meanwhile his household waits for him, and he counts as being with it: the water on his way is looked at when he sets
// out and when he arrives.

// care is what the package knows of special-care persons, institutions and controls.
type care struct {
	charges  []charge   // special-care persons with a helper, by zone of their place, then in the order of the persons
	ofZone   lists      // charges by zone
	ofHelper lists      // charges by the party of the helper
	ofParty  lists      // charges by the party of the special-care person
	help     []helping  // by charge
	flags    []careFlag // by party
	list     []callList // by zone
}

// charge is a special-care person and her helper.
type charge struct{ Person, Helper sim.PersonID }

// errand is how far a helper has come with one charge.
type helping struct {
	Step  helpStep
	Drive bool     // by car
	Due   sim.Time // of its next step; an agenda entry for another instant is stale
}

type helpStep uint8

const (
	helpNone   helpStep = iota
	helpListed          // the post has the order, and will call
	helpCalled          // the helper knows, and sets out as soon as he can
	helpOut             // on his way to the person
	helpDoor            // at the door
	helpBrings          // on his way with the person
	helpBack            // on his way home, after the last one
	helpDone
	helpFailed
	helpStepEnd
)

// callList is the list that a zone's post calls.
type callList struct {
	Serial int32 // number of the broadcast of the order, or -1
	Next   int32 // of the zone's charges, the next one to be called
	Busy   bool  // calls go on
	Missed bool  // somebody's telephone was dead
}

// careFlag says what care has to do with a party.
type careFlag uint8

const (
	careHelped  careFlag = 1 << iota // somebody helps it out
	careInCar                        // in the helper's car
	careSentOff                      // was sent home from work or school
	careFlagEnd
)

// initCare lists the charges of a scenario.
func (p *People) initCare() {
	c := &p.care
	c.flags = make([]careFlag, len(p.roll.entry))
	c.list = make([]callList, len(p.sc.Zones))
	for z := range c.list {
		c.list[z] = callList{Serial: -1}
	}
	p.controls = make([]controls, len(p.sc.Zones))
	for h := range p.sc.Households {
		if p.sc.IsVisitor(sim.HouseholdID(h)) {
			p.exits = p.sc.EndsOf(scenario.Border)
			break
		}
	}
	byPerson := p.specialWithHelper()
	if len(byPerson) == 0 {
		return
	}
	zoneOf := func(i int) int32 { return int32(p.roll.entry[p.roll.party[byPerson[i].Person]].Zone) }
	sorted := group(len(p.sc.Zones), len(byPerson), zoneOf)
	for _, k := range sorted.items {
		c.charges = append(c.charges, byPerson[k])
	}
	c.ofZone = group(len(p.sc.Zones), len(c.charges), func(k int) int32 {
		return int32(p.roll.entry[p.roll.party[c.charges[k].Person]].Zone)
	})
	parties := len(p.roll.entry)
	c.ofHelper = group(parties, len(c.charges), func(k int) int32 { return int32(p.roll.party[c.charges[k].Helper]) })
	c.ofParty = group(parties, len(c.charges), func(k int) int32 { return int32(p.roll.party[c.charges[k].Person]) })
	c.help = make([]helping, len(c.charges))
	for k := range c.help {
		c.help[k].Due = sim.Never
	}
}

// specialWithHelper lists who has a helper of another party. Who is in one party with the helper needs no errand.
func (p *People) specialWithHelper() []charge {
	var out []charge
	for i := range p.sc.Persons {
		x := &p.sc.Persons[i]
		if x.Special && x.Helper >= 0 && (x.Household != p.sc.Persons[x.Helper].Household ||
			p.roll.entry[p.roll.party[i]].Place != p.roll.entry[p.roll.party[x.Helper]].Place) {
			out = append(out, charge{sim.PersonID(i), x.Helper})
		}
	}
	return out
}

// doCare does what is due of helpers, institutions and controls.
func (p *People) doCare(at sim.Time, e entry) {
	switch e.what {
	case doListed:
		p.callHelper(at, sim.ZoneID(e.id))
	case doHelp:
		p.goOnHelp(at, e.id)
	case doHead:
		p.tellHead(at, e.id, e.arg, false)
	case doWard:
		p.goOnWard(at, e.id)
	case doSchoolEnds:
		p.schoolEnds(at, e.id)
	case doHome:
		p.goHome(at, sim.PartyID(e.id))
	case doGuard:
		p.guardsThere(at)
	}
}

// tellHelper reports a step of an errand.
func (p *People) tellHelper(at sim.Time, k int32, step sim.HelperStep, why sim.Text) {
	c := p.care.charges[k]
	p.log.Emit(sim.Event{At: at, Kind: sim.EvHelper, A: sim.RefTo(sim.KindPerson, c.Person),
		B: sim.RefTo(sim.KindPerson, c.Helper), Count: int32(step), Text: why})
}

// setHelp changes how far an errand has come.
func (p *People) setHelp(at sim.Time, k int32, step helpStep) {
	p.care.help[k].Step = step
	p.trail.Change(at, changeHelp, k, uint64(step))
}

// startList lets a zone's post go through its list of helpers, once for each order that asks for it.
func (p *People) startList(at sim.Time, z sim.ZoneID, order sim.OrderID, serial int32) {
	wanted := order == sim.OrderEvacuateZone || order == sim.OrderPrepareZone && p.sc.Population.Care.HelpOn == "prepare"
	l := &p.care.list[z]
	last := -1
	if l.Serial >= 0 {
		last = int(p.broadcasts[l.Serial].Order)
	}
	if len(p.care.charges) == 0 || int(order) == last {
		return
	}
	if order == sim.OrderAllClear {
		p.forgetList(at, z)
		return
	}
	if !wanted || last == int(sim.OrderEvacuateZone) {
		return
	}
	busy := l.Busy
	*l = callList{Serial: serial, Busy: true}
	for k := p.care.ofZone.start[z]; k < p.care.ofZone.start[z+1]; k++ {
		if s := p.care.help[k].Step; s == helpNone || s == helpFailed {
			p.setHelp(at, k, helpListed)
		}
	}
	if !busy {
		p.agenda.Put(at.Add(p.sc.Population.Care.Call), entry{what: doListed, id: int32(z)})
	}
}

// forgetList drops what is left of a zone's list when the danger is over.
func (p *People) forgetList(at sim.Time, z sim.ZoneID) {
	p.care.list[z] = callList{Serial: -1, Busy: p.care.list[z].Busy}
	for k := p.care.ofZone.start[z]; k < p.care.ofZone.start[z+1]; k++ {
		switch p.care.help[k].Step {
		case helpListed, helpCalled, helpFailed:
			p.endHelp(at, k, helpNone)
			p.resume(at, p.partyOf(p.care.charges[k].Person)) // whom the all-clear does not reach waits for nobody now
		}
	}
}

// callHelper calls the next helper of a zone's list who does not know yet. Who has set out by himself costs no call.
func (p *People) callHelper(at sim.Time, z sim.ZoneID) {
	l, end := &p.care.list[z], p.care.ofZone.start[z+1]
	if l.Serial < 0 {
		l.Busy = false
		return
	}
	for k := p.care.ofZone.start[z] + l.Next; k < end; k++ {
		l.Next++
		if p.care.help[k].Step != helpListed {
			continue
		}
		if p.rings(p.roll.entry[p.roll.party[p.care.charges[k].Helper]].Zone) {
			p.wakeHelper(at, k)
		} else {
			l.Missed = true
		}
		p.agenda.Put(at.Add(p.sc.Population.Care.Call), entry{what: doListed, id: int32(z)})
		return
	}
	if l.Busy = l.Missed; l.Busy { // once more from the top for those whose telephone was dead
		l.Next, l.Missed = 0, false
		p.agenda.Put(at.Add(p.sc.Population.Care.Call), entry{what: doListed, id: int32(z)})
	}
}

// helperHears lets the helpers of a party act who hear an order of the zone of their charges by themselves.
func (p *People) helperHears(at sim.Time, q sim.PartyID, z sim.ZoneID) {
	if len(p.care.charges) == 0 {
		return
	}
	for r := q; r >= 0; r = p.kin.after(q, r) {
		for _, k := range p.care.ofHelper.of(int32(r)) {
			if p.care.help[k].Step == helpListed && p.roll.entry[p.roll.party[p.care.charges[k].Person]].Zone == z {
				p.wakeHelper(at, k)
			}
		}
	}
}

// wakeHelper lets a helper know. He sets out when he is ready, and when he is not on another errand.
func (p *People) wakeHelper(at sim.Time, k int32) {
	p.setHelp(at, k, helpCalled)
	if !p.isBusy(k) {
		p.planHelp(at.Add(p.sc.Population.Care.Ready), k)
	}
}

// isBusy says whether the helper of a charge is on an errand for another one.
func (p *People) isBusy(k int32) bool {
	c := &p.care
	q := p.roll.party[c.charges[k].Helper]
	for _, other := range c.ofHelper.of(int32(q)) {
		busy := c.help[other].Step > helpCalled && c.help[other].Step < helpDone ||
			c.help[other].Step == helpCalled && c.help[other].Due != sim.Never // gets ready for that one
		if other != k && c.charges[other].Helper == c.charges[k].Helper && busy {
			return true
		}
	}
	return false
}

// planHelp sets the instant of the next step of an errand, and makes any earlier plan stale.
func (p *People) planHelp(at sim.Time, k int32) {
	p.care.help[k].Due = at
	p.agenda.Put(at, entry{what: doHelp, id: k})
}

// goOnHelp is the next step of an errand.
func (p *People) goOnHelp(at sim.Time, k int32) {
	if p.care.help[k].Due != at {
		return
	}
	step := p.care.help[k].Step
	if step > helpListed && step < helpBrings {
		if why := p.unable(k); !why.Empty() && p.isGone(p.care.charges[k]) {
			p.endHelp(at, k, helpDone) // nobody needs him there any more
			return
		} else if !why.Empty() {
			p.failHelp(at, k, why)
			return
		}
	}
	switch step {
	case helpCalled:
		p.setOut(at, k)
	case helpOut:
		p.atTheDoor(at, k)
	case helpDoor:
		p.bringOut(at, k)
	case helpBrings, helpBack:
		p.endHelp(at, k, helpDone)
	}
}

// unable says why a helper cannot act any more, or nothing.
func (p *People) unable(k int32) sim.Text {
	c := p.care.charges[k]
	q := p.partyOf(c.Helper)
	switch {
	case p.person[c.Helper]&personDead != 0:
		return sim.Say("包保责任人已遇难", "the helper is dead")
	case p.person[c.Helper]&personHurt != 0:
		return sim.Say("包保责任人受伤", "the helper is hurt")
	case p.holder[q].Kind != sim.KindBuilding:
		return sim.Say("包保责任人已离开", "the helper has left")
	case p.stage[q] == sim.StageStranded && p.flags[q]&partyNeedy == 0 && p.care.help[k].Step == helpCalled:
		return sim.Say("包保责任人被水围困", "the helper is cut off by water")
	}
	return sim.Text{}
}

// setOut lets a helper set out to his charge, by the way that is open to him.
func (p *People) setOut(at sim.Time, k int32) {
	c, e := p.care.charges[k], &p.care.help[k]
	if p.isGone(c) {
		p.endHelp(at, k, helpDone)
		return
	}
	seconds, drive, why := p.wayOf(k)
	if !why.Empty() {
		p.failHelp(at, k, why)
		return
	}
	e.Drive = drive
	p.setHelp(at, k, helpOut)
	p.tellHelper(at, k, sim.HelperSets, sim.Text{})
	p.planHelp(at.Add(span(seconds)), k)
}

// isGone says whether a special-care person is not in a building any more, or dead.
func (p *People) isGone(c charge) bool {
	return p.person[c.Person]&personDead != 0 || p.holder[p.partyOf(c.Person)].Kind != sim.KindBuilding
}

// wayOf returns how long a helper takes to his charge's building [s] and whether he drives, or why he cannot get there.
func (p *People) wayOf(k int32) (seconds float64, drive bool, why sim.Text) {
	c := p.care.charges[k]
	from, to := p.inside(p.partyOf(c.Helper)), p.inside(p.partyOf(c.Person))
	if from == to {
		return 0, false, sim.Text{}
	}
	if why = p.wetWay(c.Helper, from, to); !why.Empty() {
		return 0, false, why
	}
	a, b := p.sc.Buildings[from].Node, p.sc.Buildings[to].Node
	access := p.sites.Building[from].Access + p.sites.Building[to].Access
	least, _ := p.router.AtLeast(sim.ModeFoot, a, b) // costs no search for a way
	ok := true
	if far := p.sc.Population.Care.Far; least <= far {
		metres, _, open := p.router.Distance(sim.ModeFoot, a, b)
		if ok = open; ok && metres <= far {
			return (metres + access) / walkSpeed(&p.sc.Persons[c.Helper]), false, why
		}
	}
	if p.canFetchByCar(c.Helper) {
		if _, s, open := p.router.Distance(sim.ModeCar, a, b); open {
			return s + float64(access/accessDrive), true, why
		}
	}
	if ok {
		return 0, false, sim.Say("路途太远", "the way is too far")
	}
	return 0, false, sim.Say("道路不通", "no way is open")
}

// wetWay says why a helper cannot go from one building to another because of the water at their doors, or nothing.
func (p *People) wetWay(helper sim.PersonID, from, to sim.BuildingID) sim.Text {
	for _, b := range [2]sim.BuildingID{from, to} {
		node := p.sc.Buildings[b].Node
		if node < 0 {
			return sim.Say("没有道路", "no road leads there")
		}
		w := p.placeWater(b)
		if !p.wadeOf(helper).Allows(max(w.Depth, p.router.NodeDepth(node)), speedOf(w)) {
			return sim.Say("道路被水阻断", "water bars the way")
		}
	}
	return sim.Text{}
}

// wadeOf returns through how much water a single person goes on foot.
func (p *People) wadeOf(i sim.PersonID) harm.Limit {
	if standsWeakly(&p.sc.Persons[i]) {
		return bodyWeak.wade()
	}
	return bodyCarrier.wade()
}

// ageDrives is from what age on somebody drives a car [a] (the law; up to which age is not asked).
const ageDrives = 18

// canFetchByCar says whether a helper has a car at hand that he can drive.
func (p *People) canFetchByCar(helper sim.PersonID) bool {
	x := &p.sc.Persons[helper]
	return p.hasCar(p.partyOf(helper)) && x.Age >= ageDrives && x.Mobility == scenario.MobilityAble
}

// atTheDoor is a helper's arrival at his charge's building.
func (p *People) atTheDoor(at sim.Time, k int32) {
	c := p.care.charges[k]
	if p.isGone(c) {
		p.goBackHome(at, k)
		return
	}
	if to := p.inside(p.partyOf(c.Person)); to != p.inside(p.partyOf(c.Helper)) {
		if why := p.wetWay(c.Helper, to, to); !why.Empty() {
			p.failHelp(at, k, why)
			return
		}
	}
	p.setHelp(at, k, helpDoor)
	p.tellHelper(at, k, sim.HelperThere, sim.Text{})
	q := p.partyOf(c.Person)
	if z := p.roll.entry[q].Zone; z >= 0 && p.care.list[z].Serial >= 0 && p.told[q].Order < 0 {
		p.learn(at, q, p.care.list[z].Serial, sourceDoor) // he tells what the order says
	}
	p.planHelp(at.Add(p.sc.Population.Care.Door), k)
}

// bringOut lets a helper leave with his charge's party.
func (p *People) bringOut(at sim.Time, k int32) {
	c, e := p.care.charges[k], &p.care.help[k]
	q := p.partyOf(c.Person)
	if p.isGone(c) {
		p.goBackHome(at, k)
		return
	}
	if p.resistance(q) >= p.sc.Population.Care.Heed && p.flags[q]&partyWants == 0 {
		p.failHelp(at, k, sim.Say("本人或家人不愿离开", "they do not want to leave"))
		return
	}
	p.care.flags[q] |= careHelped
	if e.Drive || p.canFetchByCar(c.Helper) && p.body[q]&bodyLimited != 0 && p.shelterOf(q, p.nodeOf(q)) >= 0 {
		p.care.flags[q] |= careInCar
	}
	p.setHelp(at, k, helpBrings)
	p.tellHelper(at, k, sim.HelperBrings, sim.Text{})
	p.flags[q] = p.flags[q]&^(partyBack|partyDoor|partyNeedy) | partyWants
	if p.stage[q] != sim.StageStranded {
		p.move(at, q, p.holder[q], sim.StagePreparing)
	}
	from := p.inside(q)
	p.leave(at, q)
	if p.flags[q]&partySeeks != 0 || p.kin.rides(q) { // to safety near by, or with neighbours: without him
		p.care.flags[q] &^= careHelped | careInCar
		p.goBackHome(at, k)
		return
	}
	if p.holder[q].Kind == sim.KindBuilding {
		p.care.flags[q] &^= careHelped | careInCar
		p.failHelp(at, k, sim.Say("无法带离", "there is no way to bring them out"))
		return
	}
	helper, t := p.inside(p.partyOf(c.Helper)), &p.trip[q]
	p.planHelp(at.Add(span(p.escort(q, from, t.Mode, t.Goal, helper, walkSpeed(&p.sc.Persons[c.Helper])))), k)
}

// nodeOf returns where the people of a party's building get on the roads.
func (p *People) nodeOf(q sim.PartyID) sim.NodeID { return p.sc.Buildings[p.inside(q)].Node }

// escort returns how long who helps a party out is away from when it leaves the building in which it is until he is
// back at his own [s], at that party's pace to where it goes and at his own from there. A party that goes by itself
// needs him no more.
func (p *People) escort(q sim.PartyID, place sim.BuildingID, mode sim.Mode, goal sim.Ref, home sim.BuildingID,
	own float64) float64 {
	start, to, back := p.sc.Buildings[place].Node, p.goalNode(goal), p.sc.Buildings[home].Node
	if back < 0 {
		back = start
	}
	access := p.sites.Building[place].Access + p.sites.Building[home].Access
	far := func(mode sim.Mode, a, b sim.NodeID) (float64, float64) {
		metres, seconds, _ := p.router.Distance(mode, a, b)
		return metres, seconds
	}
	switch {
	case p.care.flags[q]&careInCar != 0:
		_, there := far(sim.ModeCar, start, to)
		_, here := far(sim.ModeCar, to, back)
		return there + here + float64(access/accessDrive)
	case mode != sim.ModeFoot || p.body[q]&(bodyCarrier|bodyHelpless) == bodyCarrier:
		metres, _ := far(sim.ModeFoot, start, back)
		return (metres + access) / own
	}
	there, _ := far(sim.ModeFoot, start, to)
	here, _ := far(sim.ModeFoot, to, back)
	return (there+p.sites.Building[place].Access)/p.speed(q) + (here+p.sites.Building[home].Access)/own
}

// goBackHome sends a helper home who finds nobody, or whose charge goes without him.
func (p *People) goBackHome(at sim.Time, k int32) {
	p.setHelp(at, k, helpBack)
	c := p.care.charges[k]
	to, own := p.sc.Buildings[p.inside(p.partyOf(c.Person))].Node, p.inside(p.partyOf(c.Helper))
	metres := 0.0
	if home := p.sc.Buildings[own].Node; to >= 0 && home >= 0 {
		metres, _, _ = p.router.Distance(sim.ModeFoot, to, home)
	}
	p.planHelp(at.Add(span(metres/walkSpeed(&p.sc.Persons[c.Helper]))), k)
}

// failHelp ends an errand without success: from then on the person's party does without the helper.
func (p *People) failHelp(at sim.Time, k int32, why sim.Text) {
	p.tellHelper(at, k, sim.HelperFails, why)
	p.endHelp(at, k, helpFailed)
	p.resume(at, p.partyOf(p.care.charges[k].Person))
}

// endHelp ends an errand: the helper goes for his next charge, or his household can leave.
func (p *People) endHelp(at sim.Time, k int32, step helpStep) {
	p.setHelp(at, k, step)
	p.care.help[k].Due = sim.Never
	c := &p.care
	helper := c.charges[k].Helper
	q := p.roll.party[helper]
	for _, other := range c.ofHelper.of(int32(q)) {
		if c.charges[other].Helper == helper && c.help[other].Step == helpCalled {
			p.planHelp(at, other)
			return
		}
	}
	if head := p.kin.head(q); !p.isHelping(head) {
		p.resume(at, head)
	}
}

// isHelping says whether somebody of a company is out on an errand.
func (p *People) isHelping(q sim.PartyID) bool {
	for r := q; r >= 0; r = p.kin.after(q, r) {
		for _, k := range p.care.ofHelper.of(int32(r)) {
			if s := p.care.help[k].Step; s > helpCalled && s < helpDone {
				return true
			}
		}
	}
	return false
}

// partyOf returns the party of a person, or the one with which that goes.
func (p *People) partyOf(i sim.PersonID) sim.PartyID { return p.kin.head(p.roll.party[i]) }

// resume lets a party that waited for a helper leave now, if it wants to.
func (p *People) resume(at sim.Time, q sim.PartyID) {
	if p.alive[q] > 0 && p.stage[q] == sim.StagePreparing && p.due[q] == sim.Never {
		p.plan(at, q)
	}
}

// isWaiting says whether a party that is about to leave its building waits: for one of its own who is out helping, or,
// with somebody who cannot walk, for its helper.
func (p *People) isWaiting(q sim.PartyID) bool {
	c := &p.care
	if len(c.charges) == 0 {
		return false
	}
	if p.isHelping(q) {
		return true
	}
	if p.body[q]&bodyHelpless == 0 || c.flags[q]&careHelped != 0 || p.hasCar(q) {
		return false
	}
	for r := q; r >= 0; r = p.kin.after(q, r) {
		for _, k := range c.ofParty.of(int32(r)) {
			if s := c.help[k].Step; s > helpNone && s < helpBrings {
				return true
			}
		}
	}
	return false
}

// hasNamedHelper says whether somebody in a party has a helper of her own, from another party.
func (p *People) hasNamedHelper(q sim.PartyID) bool {
	if len(p.care.charges) == 0 {
		return false
	}
	for r := q; r >= 0; r = p.kin.after(q, r) {
		if len(p.care.ofParty.of(int32(r))) > 0 {
			return true
		}
	}
	return false
}

// workerAtDoor lets a post's worker who comes to the door of people who wait for help bring them out, and take them
// where they go; it returns how long that keeps him. Whom a helper is with needs nobody else.
func (p *People) workerAtDoor(at sim.Time, q sim.PartyID) sim.Duration {
	if q = p.kin.head(q); p.alive[q] == 0 || p.holder[q].Kind != sim.KindBuilding || p.flags[q]&partyWants == 0 ||
		p.body[q]&bodyHelpless == 0 || p.care.flags[q]&careHelped != 0 || p.isWaiting(q) || p.isWard(q) || p.hasCar(q) {
		return 0
	}
	p.care.flags[q] |= careHelped
	mode, goal, why := p.choose(q)
	if why != obstacleNone {
		p.care.flags[q] &^= careHelped
		return 0
	}
	stays := p.sc.Population.Care.Door
	p.plan(at.Add(stays), q)
	p.emitWorker(at, q)
	return stays + span(p.escort(q, p.inside(q), mode, goal, p.inside(q), walkMost))
}

// emitWorker reports that a worker of the zone's post is at somebody's door to help.
func (p *People) emitWorker(at sim.Time, q sim.PartyID) {
	post := sim.Ref{}
	if z := p.roll.entry[q].Zone; z >= 0 {
		post = sim.RefTo(sim.KindPost, p.sites.Zone[z].Post)
	}
	for _, i := range p.roll.members(q) {
		if p.person[i]&personDead == 0 && p.sc.Persons[i].Mobility == scenario.MobilityNone {
			p.log.Emit(sim.Event{At: at, Kind: sim.EvHelper, A: sim.RefTo(sim.KindPerson, i), B: post,
				Count: int32(sim.HelperThere)})
			return
		}
	}
}
