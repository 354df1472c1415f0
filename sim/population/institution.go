package population

import (
	"sandtable/sim"
	"sandtable/sim/scenario"
)

// An institution moves the people in its building, who do not decide by themselves: its wards. The post of its zone
// calls its head, after the calls before on its list; from then on it prepares. When it is ready and the zone is to
// leave, its people leave group by group: who walks well enough goes on foot to the shelter or to the assembly point,
// who cannot walk calls for a van at the door. Or it brings all upstairs.

// institution is a school, hospital or nursing home as it is known.
type institution struct {
	Building sim.BuildingID
	To       sim.ShelterID
	Kind     institutionKind
	Up       bool // stays, upstairs
	Keeps    bool // its pupils when school is suspended
	Group    int32
	Ready    delay
}

type institutionKind uint8

const (
	institutionSchool institutionKind = iota
	institutionKindergarten
	institutionHospital
	institutionCare
)

// ward is how far an institution has come.
type ward struct {
	Order  int8     // that it was told last, or -1
	Serial int32    // of its broadcast, or -1
	Ready  sim.Time // when its people can leave; Never before it prepares
	Next   int32    // of the parties in its building, the next one to leave
	Flags  wardFlag
}

type wardFlag uint8

const (
	wardReady wardFlag = 1 << iota // was ready
	wardGoes                       // its groups leave
	wardEmpty                      // all have left
	wardEnds                       // school is suspended: pupils are sent home or kept for who fetches them
	wardFlagEnd
)

// initInstitutions looks up the institutions of a scenario.
func (p *People) initInstitutions(names *scenario.Directory) {
	kinds := map[string]institutionKind{
		scenario.InstitutionSchool: institutionSchool, scenario.InstitutionKindergarten: institutionKindergarten,
		scenario.InstitutionHospital: institutionHospital, scenario.InstitutionCare: institutionCare,
	}
	for i := range p.sc.Institutions {
		x := &p.sc.Institutions[i]
		to := sim.ShelterID(sim.None)
		if id, ok := names.Resolve(sim.KindShelter, x.To); ok {
			to = sim.ShelterID(id)
		}
		p.institutions = append(p.institutions, institution{
			Building: sim.BuildingID(x.Building), To: to, Kind: kinds[x.Kind], Up: x.Plan == "up",
			Keeps: x.Pupils == "keep", Group: int32(x.Group), Ready: newDelay(x.Ready, x.ReadyT90),
		})
		p.wards = append(p.wards, ward{Order: -1, Serial: -1, Ready: sim.Never})
	}
	if len(p.institutions) == 0 {
		return
	}
	p.wardOf = make([]int32, len(p.sc.Buildings))
	for b := range p.wardOf {
		p.wardOf[b] = -1
	}
	for i := range p.institutions {
		p.wardOf[p.institutions[i].Building] = int32(i)
	}
}

// isWard says whether a party is where it was at the start, in an institution that decides for it.
func (p *People) isWard(q sim.PartyID) bool {
	place := p.roll.entry[q].Place
	return len(p.wardOf) > 0 && p.wardOf[place] >= 0 && p.inside(q) == place && p.holder[q].Kind == sim.KindBuilding
}

// people returns the parties of an institution: those in its building at the start.
func (p *People) people(i int32) []int32 {
	return p.roll.inBuilding.of(int32(p.institutions[i].Building))
}

// tellInstitution reports a step of an institution, and how many persons it concerns.
func (p *People) tellInstitution(at sim.Time, i int32, step sim.InstitutionStep, persons int32) {
	p.log.Emit(sim.Event{At: at, Kind: sim.EvInstitution, A: sim.RefTo(sim.KindBuilding, p.institutions[i].Building),
		Count: int32(step), Num: float64(persons)})
}

// stillThere counts the living persons of an institution who are in its building.
func (p *People) stillThere(i int32) int32 {
	n := int32(0)
	for _, q := range p.people(i) {
		if p.isWard(sim.PartyID(q)) {
			n += p.alive[q]
		}
	}
	return n
}

// callInstitutions lets a zone's post call the heads of its institutions about an order, one after the other.
func (p *People) callInstitutions(at sim.Time, z sim.ZoneID, serial int32) {
	n := sim.Duration(0)
	for i := range p.institutions {
		if p.sites.Building[p.institutions[i].Building].Zone == z && p.wards[i].Order != int8(p.broadcasts[serial].Order) {
			n++
			p.agenda.Put(at.Add(n*p.sc.Population.Care.Call), entry{what: doHead, id: int32(i), arg: serial})
		}
	}
}

// tellHead is the call to the head of an institution about an order of its zone, or with heard what his people have
// heard of it. Where no telephone rings he is called again.
func (p *People) tellHead(at sim.Time, i, serial int32, heard bool) {
	w, b := &p.wards[i], &p.broadcasts[serial]
	if w.Order == int8(b.Order) || serial < w.Serial ||
		b.Order == sim.OrderPrepareZone && w.Order == int8(sim.OrderEvacuateZone) {
		return
	}
	if !heard && !p.rings(b.Zone) {
		p.agenda.Put(at.Add(max(p.sc.Population.Care.Call, sim.Minute)), entry{what: doHead, id: i, arg: serial})
		return
	}
	w.Order, w.Serial = int8(b.Order), serial
	p.changeWard(at, i)
	if b.Order == sim.OrderAllClear {
		w.Ready, w.Next, w.Flags = sim.Never, 0, w.Flags&wardEnds
		p.wardsHear(at, i, serial)
		return
	}
	p.wardsHear(at, i, serial)
	if w.Ready == sim.Never {
		w.Ready = at.Add(span(p.institutions[i].Ready.quantile(p.draw.care.Float64(uint64(i), careReady, 0))))
		p.tellInstitution(at, i, sim.InstitutionTold, p.stillThere(i))
		p.agenda.Put(w.Ready, entry{what: doWard, id: i})
	} else if w.Flags&wardReady != 0 {
		p.agenda.Put(at, entry{what: doWard, id: i})
	}
}

// headHears lets the head of an institution to whom no telephone rings act on an order that one of his people hears.
// Where one rings he waits for the call.
func (p *People) headHears(at sim.Time, q sim.PartyID, serial int32) {
	b := &p.broadcasts[serial]
	place := p.roll.entry[q].Place
	if b.Order <= sim.OrderAllClear && p.sites.Building[place].Zone == b.Zone && !p.rings(b.Zone) &&
		p.understands(q, b) {
		p.tellHead(at, p.wardOf[place], serial, true)
	}
}

func (p *People) changeWard(at sim.Time, i int32) {
	w := &p.wards[i]
	p.trail.Change(at, changeWard, i, uint64(w.Flags)<<48|uint64(uint8(w.Order))<<40|uint64(uint32(w.Next)))
}

// wardsHear lets the people of an institution know what its head has been told. They do not decide on it.
func (p *People) wardsHear(at sim.Time, i, serial int32) {
	b := &p.broadcasts[serial]
	for _, k := range p.people(i) {
		q := sim.PartyID(k)
		if p.alive[q] == 0 || !p.isWard(q) || p.told[q].Order == int8(b.Order) {
			continue
		}
		before := p.told[q].Order
		p.told[q] = told{int8(b.Order), serial}
		p.noteKnows(at, q, b.Order, before)
		p.trail.Change(at, changeTold, k, uint64(b.Order)<<32|uint64(uint32(serial)))
		p.log.Emit(sim.Event{At: at, Kind: sim.EvPartyWarned, A: sim.RefTo(sim.KindParty, q),
			B: sim.RefTo(sim.KindChannel, b.Channel), Count: int32(b.Order)})
		if b.Order == sim.OrderAllClear {
			if !p.kin.rides(q) {
				p.standDown(at, q)
			}
			continue
		}
		p.markOne(q, personWarned)
		p.sendTo(q, b)
		if p.stage[q] == sim.StageUnaware && !p.kin.rides(q) {
			p.move(at, q, p.holder[q], sim.StageWarned)
		}
	}
}

// goOnWard is the next step of an institution: it is ready, or its next group leaves.
func (p *People) goOnWard(at sim.Time, i int32) {
	w := &p.wards[i]
	if w.Ready == sim.Never || at < w.Ready {
		return // the order was taken back meanwhile
	}
	if w.Flags&wardReady == 0 {
		w.Flags |= wardReady
		p.changeWard(at, i)
		p.tellInstitution(at, i, sim.InstitutionReady, p.stillThere(i))
	}
	if w.Order != int8(sim.OrderEvacuateZone) {
		return
	}
	if p.institutions[i].Up {
		p.bringUpstairs(at, i)
		return
	}
	if w.Flags&wardGoes == 0 {
		w.Flags |= wardGoes
		p.tellInstitution(at, i, sim.InstitutionLeaves, p.stillThere(i))
	}
	p.sendGroup(at, i)
}

// bringUpstairs keeps the people of an institution in the building, on its upper floors.
func (p *People) bringUpstairs(at sim.Time, i int32) {
	for _, k := range p.people(i) {
		if q := sim.PartyID(k); p.alive[q] > 0 && !p.kin.rides(q) && p.isWard(q) && p.flags[q]&partyBack == 0 {
			p.goUpstairs(at, q)
		}
	}
}

// sendGroup lets the next group of an institution leave, party by party in the order of the persons until it is full,
// and plans the next one.
func (p *People) sendGroup(at sim.Time, i int32) {
	w, x, list := &p.wards[i], &p.institutions[i], p.people(i)
	for persons := int32(0); w.Next < int32(len(list)) && persons < x.Group; w.Next++ {
		q := sim.PartyID(list[w.Next])
		if p.alive[q] == 0 || !p.isWard(q) || p.kin.rides(q) {
			continue
		}
		persons += p.heads(q)
		if x.To >= 0 {
			p.trip[q].Shelter = x.To
		}
		p.flags[q] = p.flags[q]&^(partyBack|partyDoor) | partyWants
		p.emitDecided(at, q, sim.Event{C: sim.CueOrder.Ref(), Count: 1})
		if p.stage[q] != sim.StageStranded {
			p.move(at, q, p.holder[q], sim.StagePreparing)
			p.plan(at, q)
		}
	}
	p.changeWard(at, i)
	if w.Next < int32(len(list)) {
		p.agenda.Put(at.Add(sim.Duration(p.sc.Institutions[i].Every)), entry{what: doWard, id: i})
	}
}

// leftWard notes that a party has left an institution's building, and when that was the last one.
func (p *People) leftWard(at sim.Time, b sim.BuildingID) {
	i := p.wardOf[b]
	if i < 0 || p.wards[i].Flags&wardEmpty != 0 || p.stillThere(i) > 0 {
		return
	}
	p.wards[i].Flags |= wardEmpty
	p.changeWard(at, i)
	n := int32(0)
	for _, q := range p.people(i) {
		n += p.alive[q]
	}
	p.tellInstitution(at, i, sim.InstitutionEmpty, n)
}

// SchoolState is what a school does with its pupils: what who wants to fetch a child finds.
type SchoolState uint8

// States.
const (
	SchoolNone   SchoolState = iota // no institution: nobody holds the child
	SchoolOpen                      // in session: hands a child over to who fetches it
	SchoolHolds                     // suspended: keeps the child until it is fetched
	SchoolSends                     // suspended: has sent the child home, or is about to
	SchoolLeaves                    // its zone is to leave: takes its pupils to the shelter
)

// School returns what the school at whose building a pupil was at the start does with him.
func (p *People) School(i sim.PersonID) SchoolState {
	q := p.roll.party[i]
	place := p.roll.entry[q].Place
	if len(p.wardOf) == 0 || p.wardOf[place] < 0 || p.sc.Persons[i].School != place {
		return SchoolNone
	}
	x, w := &p.institutions[p.wardOf[place]], &p.wards[p.wardOf[place]]
	switch {
	case w.Order == int8(sim.OrderEvacuateZone):
		return SchoolLeaves
	case w.Flags&wardEnds == 0:
		return SchoolOpen
	case x.Keeps || int64(p.eldest(q)) < p.sc.Population.Care.Alone:
		return SchoolHolds
	}
	return SchoolSends
}

// eldest returns the age of the oldest living member of a party: whether it can go alone goes by that [a].
func (p *People) eldest(q sim.PartyID) uint8 {
	age := uint8(0)
	for _, i := range p.roll.members(q) {
		if p.person[i]&personDead == 0 {
			age = max(age, p.sc.Persons[i].Age)
		}
	}
	return age
}

// callLists starts what an order that has gone out to a zone sets off besides: the post calls helpers and heads of
// institutions.
func (p *People) callLists(at sim.Time, serial int32) {
	b := &p.broadcasts[serial]
	if b.Order > sim.OrderAllClear {
		return // a statement moves nobody
	}
	p.startList(at, b.Zone, b.Order, serial)
	p.callInstitutions(at, b.Zone, serial)
}

// orderFor returns what an order says to a party: to who is not weak, one that is for the weak first says to prepare.
func (p *People) orderFor(q sim.PartyID, b *broadcast) sim.OrderID {
	if b.Weak && b.Order == sim.OrderEvacuateZone && !p.isWeak(q) {
		return sim.OrderPrepareZone
	}
	return b.Order
}

// isWeak says whether a party is one of those who are moved first (老幼病残): with a child, somebody old, who walks
// badly or not, or who is in special care.
func (p *People) isWeak(q sim.PartyID) bool {
	if p.body[q]&(bodyWeak|bodyLimited|bodyHelpless) != 0 {
		return true
	}
	for _, i := range p.roll.members(q) {
		if p.sc.Persons[i].Special && p.person[i]&personDead == 0 {
			return true
		}
	}
	return false
}
