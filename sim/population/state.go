package population

import (
	"fmt"
	"slices"

	"sandtable/sim"
)

// AppendState saves the people: what does not follow from scenario, seed and the rest of the state.
func (p *People) AppendState(e *sim.Encoder) {
	e.Section("people")
	e.Time(p.now)
	e.U64(uint64(p.trail))
	e.Len(len(p.person))
	for _, f := range p.person {
		e.U16(uint16(f))
	}
	e.Len(len(p.holder))
	for q := range p.holder {
		p.appendParty(e, sim.PartyID(q))
	}
	e.Len(len(p.silent))
	for k := range p.silent {
		e.Time(p.silent[k])
		e.Bool(p.down[k])
	}
	e.Len(len(p.broadcasts))
	for i := range p.broadcasts {
		p.broadcasts[i].append(e)
	}
	p.appendRounds(e)
	appendQueues(e, p.queue)
	appendQueues(e, p.aboard)
	appendQueue(e, p.outdoors.list)
	appendQueue(e, p.guests.list)
	p.appendChills(e)
	p.appendKin(e)
	p.appendLodgers(e)
	p.appendReports(e)
	p.appendOfficials(e)
	p.water.append(e)
	p.appendBelief(e)
	p.appendCare(e)
	p.agenda.Append(e, func(e *sim.Encoder, x entry) {
		e.U8(uint8(x.what))
		e.I32(x.id)
		e.I32(x.arg)
	})
}

// LoadState reads what AppendState wrote. Anything that does not hang together is an error in d.
func (p *People) LoadState(d *sim.Decoder) {
	d.Section("people")
	p.now = d.Time()
	p.trail = sim.Trail(d.U64())
	if !d.Fixed(len(p.person), "persons") {
		return
	}
	for i := range p.person {
		p.person[i] = personFlags(d.U16())
	}
	if !d.Fixed(len(p.holder), "parties") {
		return
	}
	for q := range p.holder {
		p.loadParty(d, sim.PartyID(q))
	}
	if !d.Fixed(len(p.silent), "channels of zones") {
		return
	}
	for k := range p.silent {
		p.silent[k], p.down[k] = d.Time(), d.Bool()
	}
	p.loadBroadcasts(d)
	p.loadRounds(d)
	loadQueues(d, p.queue, len(p.holder), "assembly points")
	loadQueues(d, p.aboard, len(p.holder), "units")
	p.outdoors.list = loadQueue(d, p.outdoors.list, len(p.holder))
	p.guests.list = loadQueue(d, p.guests.list, len(p.holder))
	p.loadChills(d)
	p.loadKin(d)
	p.loadLodgers(d)
	p.loadReports(d)
	p.loadOfficials(d)
	p.water.load(d)
	p.loadBelief(d)
	p.loadCare(d)
	p.agenda.Load(d, func(d *sim.Decoder) entry {
		return entry{what: what(d.U8()), id: d.I32(), arg: d.I32()}
	})
	p.settleState(d)
}

// settleState derives what is not saved, and refuses a state that contradicts itself.
func (p *People) settleState(d *sim.Decoder) {
	if d.Err != nil {
		return
	}
	p.outdoors.index()
	p.guests.index()
	err := p.checkKin()
	if err == nil {
		err = p.checkCare()
	}
	if err == nil {
		err = p.checkParties()
	}
	if err == nil {
		err = p.checkLists()
	}
	if err == nil {
		err = p.checkBelief()
	}
	if err == nil {
		err = p.checkLodgers()
	}
	if err == nil {
		err = p.checkAgenda()
	}
	if err == nil {
		err = p.checkRounds()
	}
	if err != nil {
		d.Err = fmt.Errorf("%w: population: %w", sim.ErrState, err)
		return
	}
	p.derive()
}

func (p *People) appendParty(e *sim.Encoder, q sim.PartyID) {
	e.Ref(p.holder[q])
	e.U8(uint8(p.stage[q]))
	e.U16(uint16(p.flags[q]))
	e.I32(p.alive[q])
	e.Time(p.due[q])
	e.Time(p.danger[q])
	e.U8(uint8(p.told[q].Order))
	e.I32(p.told[q].Serial)
	e.U8(uint8(p.leftBy[q]))
	t := &p.trip[q]
	e.U8(uint8(t.Mode))
	e.Ref(t.Goal)
	e.I32(int32(t.Shelter))
	e.I32(int32(t.Node))
	e.F64(t.At.X)
	e.F64(t.At.Y)
	e.F64(t.Rise)
	e.F64(t.Depth)
}

func (p *People) loadParty(d *sim.Decoder, q sim.PartyID) {
	p.holder[q] = d.Ref()
	p.stage[q] = sim.PartyStage(d.U8())
	p.flags[q] = partyFlags(d.U16())
	p.alive[q] = d.I32()
	p.due[q] = d.Time()
	p.danger[q] = d.Time()
	p.told[q] = told{int8(d.U8()), d.I32()}
	p.leftBy[q] = sim.Mode(d.U8())
	t := &p.trip[q]
	t.Mode = sim.Mode(d.U8())
	t.Goal = d.Ref()
	t.Shelter = sim.ShelterID(d.Index(len(p.sc.Shelters), "shelter"))
	t.Node = sim.NodeID(d.Index(len(p.sc.Nodes), "node"))
	t.At.X = d.F64()
	t.At.Y = d.F64()
	t.Rise = d.F64()
	t.Depth = d.F64()
}

func (b *broadcast) append(e *sim.Encoder) {
	e.Time(b.At)
	e.I32(int32(b.Zone))
	e.I32(int32(b.Channel))
	e.U8(uint8(b.Order))
	e.I32(int32(b.Shelter))
	e.Bool(b.Search)
	e.Bool(b.Up)
	e.Bool(b.Weak)
}

func (p *People) loadBroadcasts(d *sim.Decoder) {
	n := d.Len(8 + 4 + 4 + 1 + 4 + 3)
	p.broadcasts = p.broadcasts[:0]
	for range n {
		b := broadcast{At: d.Time()}
		b.Zone = sim.ZoneID(d.Index(len(p.sc.Zones), "zone"))
		b.Channel = sim.ChannelID(d.Index(len(p.sc.Channels), "channel"))
		b.Order = sim.OrderID(d.U8())
		b.Shelter = sim.ShelterID(d.Index(len(p.sc.Shelters), "shelter"))
		b.Search = d.Bool()
		b.Up = d.Bool()
		b.Weak = d.Bool()
		if d.Err == nil && (b.Zone < 0 || b.Channel < 0) {
			d.Err = fmt.Errorf("%w: a broadcast to nobody", sim.ErrState)
		}
		p.broadcasts = append(p.broadcasts, b)
	}
}

func appendQueue(e *sim.Encoder, list []sim.PartyID) {
	e.Len(len(list))
	for _, q := range list {
		e.I32(int32(q))
	}
}

func appendQueues(e *sim.Encoder, lists [][]sim.PartyID) {
	e.Len(len(lists))
	for _, list := range lists {
		appendQueue(e, list)
	}
}

func loadQueue(d *sim.Decoder, list []sim.PartyID, parties int) []sim.PartyID {
	n := d.Len(4)
	list = list[:0]
	for range n {
		q := sim.PartyID(d.Index(parties, "party"))
		if d.Err == nil && q < 0 {
			d.Err = fmt.Errorf("%w: a queue of nobody", sim.ErrState)
		}
		if d.Err != nil {
			return list[:0]
		}
		list = append(list, q)
	}
	return list
}

func loadQueues(d *sim.Decoder, lists [][]sim.PartyID, parties int, what string) {
	if !d.Fixed(len(lists), what) {
		return
	}
	for k := range lists {
		lists[k] = loadQueue(d, lists[k], parties)
	}
}

func (p *People) appendReports(e *sim.Encoder) {
	e.Len(len(p.reported))
	for _, r := range p.reported {
		for _, v := range [...]int32{r.Persons, r.Warned, r.Left, r.Waiting, r.Stranded, r.Missing, r.Dead, r.Hurt, r.Wet,
			r.Destroyed, r.Doors, r.Searched, r.Remaining} {
			e.I32(v)
		}
		e.Time(r.Done)
		e.F64(r.Depth)
	}
	for _, n := range p.missing {
		e.I32(n)
	}
	p.appendSpots(e)
}

func (p *People) loadReports(d *sim.Decoder) {
	if !d.Fixed(len(p.reported), "zones") {
		return
	}
	for z := range p.reported {
		p.reported[z] = sim.ZoneReport{Zone: sim.ZoneID(z), Persons: d.I32(), Warned: d.I32(), Left: d.I32(),
			Waiting: d.I32(), Stranded: d.I32(), Missing: d.I32(), Dead: d.I32(), Hurt: d.I32(), Wet: d.I32(),
			Destroyed: d.I32(), Doors: d.I32(), Searched: d.I32(), Remaining: d.I32(), Done: d.Time(), Depth: d.F64()}
	}
	for z := range p.missing {
		p.missing[z] = d.I32()
	}
	p.loadSpots(d)
}

func (w *water) append(e *sim.Encoder) {
	e.I64(int64(w.edition))
	e.Len(len(w.depth))
	for b := range w.depth {
		e.I32(w.depth[b])
		e.Bool(w.ever[b])
		e.Bool(w.broken[b])
		e.U8(w.worst[b])
	}
}

func (w *water) load(d *sim.Decoder) {
	w.edition = int(d.I64())
	w.layers = -1
	if !d.Fixed(len(w.depth), "buildings") {
		return
	}
	for b := range w.depth {
		w.depth[b], w.ever[b], w.broken[b], w.worst[b] = d.I32(), d.Bool(), d.Bool(), d.U8()
	}
}

// checkParties compares each party with its members, its holder and its flags.
func (p *People) checkParties() error {
	for q := range p.holder {
		q := sim.PartyID(q)
		alive := int32(0)
		for _, i := range p.roll.members(q) {
			if p.person[i] >= personFlagsEnd || p.person[i]&(personDead|personHurt) == personDead|personHurt {
				return fmt.Errorf("person %d: flags %#x", i, p.person[i])
			}
			if p.person[i]&personDead == 0 {
				alive++
			}
		}
		if alive != p.alive[q] {
			return fmt.Errorf("party %d: %d alive, counted %d", q, alive, p.alive[q])
		}
		if !p.isConsistent(q) {
			return fmt.Errorf("party %d: %v, stage %v, flags %#x, %d alive, trip %+v", q, p.holder[q], p.stage[q],
				p.flags[q], p.alive[q], p.trip[q])
		}
	}
	return nil
}

// isConsistent says whether holder, stage, flags and trip of a party go together.
func (p *People) isConsistent(q sim.PartyID) bool {
	h, t, f, lead := p.holder[q], &p.trip[p.kin.head(q)], p.flags[q], p.flags[p.kin.head(q)]
	if f >= partyFlagsEnd || t.Mode >= sim.ModeCount || p.leftBy[q] >= sim.ModeCount || !t.At.Finite() ||
		!isDepth(t.Depth) || !isRise(t.Rise) ||
		p.told[q].Order > int8(sim.OrderAllClear) || p.told[q].Serial >= int32(len(p.broadcasts)) ||
		(f&partyLeft != 0) != (p.leftBy[q] != sim.ModeNone) {
		return false
	}
	moving := p.stage[q] == sim.StageWalking || p.stage[q] == sim.StageDriving
	if (p.alive[q] == 0) != (h.Kind == sim.KindDead) || f&(partyOnNetwork|partyArrived) != 0 && !moving ||
		moving && (t.Node < 0 || !p.isGoal(t.Goal) && !p.isDoor(t.Goal, lead&partyArrived != 0) &&
			!(lead&partySeeks != 0 && p.isSpot(t.Goal))) ||
		f&partySeeks != 0 && (f&partyArrived == 0 || p.stage[q] != sim.StageWalking ||
			p.isGoal(t.Goal) && t.Goal.Kind != sim.KindNode) ||
		f&partyCutOff != 0 && (p.stage[q] != sim.StageStranded || h.Kind != sim.KindStreet) ||
		h.Kind == sim.KindBuilding && !p.isBuilding(h.ID) {
		return false
	}
	switch p.stage[q] {
	case sim.StageUnaware, sim.StageWarned, sim.StageStaying, sim.StagePreparing:
		return h.Kind == sim.KindBuilding
	case sim.StageWalking:
		return h.Kind == sim.KindStreet && (t.Mode == sim.ModeFoot || t.Mode == sim.ModeBike)
	case sim.StageDriving:
		return h.Kind == sim.KindVehicle && t.Mode == sim.ModeCar
	case sim.StageWaiting:
		return h.Kind == sim.KindAssembly && p.isGoal(h) && t.Node >= 0
	case sim.StageRiding:
		return p.isUnit(h)
	case sim.StageAtDoor, sim.StageSheltered:
		return h.Kind == sim.KindShelter && p.isGoal(h) && t.Node >= 0
	case sim.StageOutside:
		return h.Kind == sim.KindOutside
	case sim.StageStranded:
		return h.Kind == sim.KindStreet || h.Kind == sim.KindVehicle || h.Kind == sim.KindBuilding ||
			h.Kind == sim.KindShelter && p.isGoal(h) || p.isUnit(h) && t.Node >= 0
	case sim.StageDead:
		return h.Kind == sim.KindDead
	}
	return false
}

// isUnit says whether a reference names a unit of the scenario.
func (p *People) isUnit(h sim.Holder) bool {
	return h.Kind == sim.KindUnit && h.ID >= 0 && int(h.ID) < len(p.aboard)
}

// isBuilding says whether an id names a building of the scenario.
func (p *People) isBuilding(id int32) bool { return id >= 0 && int(id) < len(p.sc.Buildings) }

// isDoor says whether a reference names a building to which a party can go: over the network only to one that the
// network reaches.
func (p *People) isDoor(r sim.Ref, near bool) bool {
	return r.Kind == sim.KindBuilding && p.isBuilding(r.ID) && (near || p.sc.Buildings[r.ID].Node >= 0)
}

// isSpot says whether a reference names a cell of the terrain to which a party can go.
func (p *People) isSpot(r sim.Ref) bool {
	return r.Kind == sim.KindStreet && r.ID >= 0 && int(r.ID) < p.sc.Terrain.Grid.Len()
}

// isGoal says whether a reference names a shelter or assembly point of the scenario.
func (p *People) isGoal(r sim.Ref) bool {
	switch r.Kind {
	case sim.KindShelter:
		return r.ID >= 0 && int(r.ID) < len(p.sc.Shelters)
	case sim.KindAssembly:
		return r.ID >= 0 && int(r.ID) < len(p.sc.Assemblies)
	case sim.KindNode:
		return p.isNode(sim.NodeID(r.ID))
	}
	return false
}

// checkLists compares queues, units' passengers and the lists of parties outdoors and of guests with the parties.
func (p *People) checkLists() error {
	waiting, riding := 0, 0
	for q := range p.stage {
		switch {
		case p.kin.rides(sim.PartyID(q)):
		case p.stage[q] == sim.StageWaiting:
			waiting++
		case p.holder[q].Kind == sim.KindUnit:
			riding++
		}
	}
	if err := p.checkQueues(p.queue, sim.KindAssembly, waiting); err != nil {
		return err
	}
	if err := p.checkQueues(p.aboard, sim.KindUnit, riding); err != nil {
		return err
	}
	if !p.outdoors.holds(p.isOutdoors) {
		return fmt.Errorf("the list of parties outdoors does not hold them: %v", p.outdoors.list)
	}
	if !p.guests.holds(p.isGuest) {
		return fmt.Errorf("the list of guests does not hold them: %v", p.guests.list)
	}
	return nil
}

// checkQueues wants each party with a holder of that kind in the one list that its holder names.
func (p *People) checkQueues(lists [][]sim.PartyID, kind sim.Kind, want int) error {
	var all []sim.PartyID
	for k, list := range lists {
		for _, q := range list {
			if p.holder[q] != (sim.Holder{Kind: kind, ID: int32(k)}) {
				return fmt.Errorf("party %d is listed with %v#%d, and is with %v", q, kind, k, p.holder[q])
			}
		}
		all = append(all, list...)
	}
	slices.Sort(all)
	if len(slices.Compact(all)) != want || len(all) != want {
		return fmt.Errorf("%d parties are listed with %vs, of %d", len(all), kind, want)
	}
	return nil
}

// checkAgenda looks for entries about nobody.
func (p *People) checkAgenda() error {
	wrong := 0
	p.agenda.Append(&sim.Encoder{}, func(_ *sim.Encoder, x entry) {
		ok := x.what < whatEnd
		switch x.what {
		case doGoOff, doForget, doLetGo:
			ok = x.id >= 0 && int(x.id) < len(p.lodge.of)
		case doStep, doCatch, doRestless, doIll, doBack, doAsk, doChill:
			ok = x.id >= 0 && int(x.id) < len(p.holder)
		case doHear, doCall:
			ok = x.id >= 0 && int(x.id) < len(p.holder) && x.arg >= 0 && int(x.arg) < len(p.broadcasts)
		case doTalk, doRumour:
			ok = x.id >= 0 && int(x.id) < len(p.talks)
		case doSee:
			ok = x.id >= 0 && int(x.id) < len(p.sight.seen)
		case doDoor:
			ok = x.id >= 0 && int(x.id) < len(p.workers)
		case doAllot:
			ok = x.id >= 0 && int(x.id) < len(p.crews)
		default:
			ok = ok && p.isCareEntry(x)
		}
		if !ok {
			wrong++
		}
	})
	if wrong > 0 {
		return fmt.Errorf("%d entries of the agenda are about nobody", wrong)
	}
	return nil
}
