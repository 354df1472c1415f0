package response

import (
	"sandtable/sim"
	"sandtable/sim/geo"
	"sandtable/sim/scenario"
)

// watchers is how many of the staff stand at a guarded door, when there are four or more (assumed: two who take turns).
const watchers = 2

// Why a shelter cannot open.
var (
	inWater = sim.Text{ZH: "屋内进水", EN: "there is water in the building"}
	cutOff  = sim.Text{ZH: "持钥匙者无路可达", EN: "no way is open to who has the key"}
)

// keyNodes finds where who has the key of each shelter sets out: at the node of a road nearest to his post.
func keyNodes(sc *scenario.Scenario, names *scenario.Directory) []sim.NodeID {
	drivable := make([]bool, len(sc.Nodes))
	points := make([]geo.Point, len(sc.Nodes))
	for i := range sc.Nodes {
		points[i] = sc.Nodes[i].At
	}
	for i := range sc.Links {
		if sc.Links[i].Class != scenario.RoadPath {
			drivable[sc.Links[i].From], drivable[sc.Links[i].To] = true, true
		}
	}
	index := geo.NewIndex(points, 250)
	out := make([]sim.NodeID, len(sc.Shelters))
	for s := range out {
		out[s] = sim.None
		if post, ok := names.Resolve(sim.KindPost, sc.Shelters[s].Post); ok && sc.Shelters[s].Post != "" {
			k, _ := index.Nearest(scenario.Point(sc.Posts[post].Place), func(i int) bool { return drivable[i] })
			out[s] = sim.NodeID(k)
		}
	}
	return out
}

// handleShelter goes on with what shelters do besides opening and registering.
func (r *Response) handleShelter(at sim.Time, e entry) {
	switch e.kind {
	case entryKey:
		r.bringKey(at, e)
	case entryStaff:
		r.staffJoins(at, e)
	case entryHeads:
		r.shelters[e.id].rounds = false
		r.countHeads(at, e.id)
		r.nextHeads(at, e.id)
	case entryCounted:
		r.counted(at, e.id)
	case entryStay:
		r.stay(at, e)
	case entryNews:
		r.hear(at, e)
	}
}

// bringKey lets who has the key set out by car. Where no way is open he tries again.
func (r *Response) bringKey(at sim.Time, e entry) {
	x := &r.shelters[e.id]
	if x.turn != e.a || !x.opening {
		return
	}
	_, t, ok := r.router.Distance(sim.ModeCar, r.keys[e.id], r.sites.Shelter[e.id])
	if r.keys[e.id] == r.sites.Shelter[e.id] {
		t, ok = 0, true
	}
	if !ok {
		r.cannotOpen(at, e, cutOff)
		return
	}
	e.kind = entryOpen
	r.agenda.Put(at.Add(seconds(t)), e)
}

// cannotOpen says once why a shelter stays closed, and tries what the entry stands for again later.
func (r *Response) cannotOpen(at sim.Time, e entry, why sim.Text) {
	x := &r.shelters[e.id]
	if !x.said {
		x.said = true
		r.log.Emit(sim.Event{At: at, Kind: sim.EvShelterClosed, A: sim.Ref{Kind: sim.KindShelter, ID: e.id},
			Count: x.inside, Text: why})
	}
	r.agenda.Put(at.Add(tryWait), e)
}

// callStaff has the others follow who has opened a shelter, one after another.
func (r *Response) callStaff(at sim.Time, s int32) {
	x, spec := &r.shelters[s], &r.sc.Shelters[s]
	if spec.Staff == 0 {
		return
	}
	x.crew = 1
	for k := int64(1); k < spec.Staff; k++ {
		wait := spec.StaffOver * sim.Duration(k) / sim.Duration(spec.Staff-1)
		r.agenda.Put(at.Add(wait), entry{kind: entryStaff, id: s})
	}
}

// staffJoins puts one more of the staff to work.
func (r *Response) staffJoins(at sim.Time, e entry) {
	x := &r.shelters[e.id]
	x.crew = min(x.crew+1, int32(r.sc.Shelters[e.id].Staff))
	r.trail.Change(at, trailShelter, e.id, 8+uint64(uint32(x.crew)))
	r.watch(at, e.id)
	r.serve(at, e.id)
}

// guards returns how many of the staff stand at the door: none while there is only one.
func (r *Response) guards(s int32) int32 {
	x := &r.shelters[s]
	if !x.guarded || r.sc.Shelters[s].Staff == 0 {
		return 0
	}
	return min(watchers, x.crew/2)
}

// desks returns how many desks can work: one needs one of the staff.
func (r *Response) desks(s int32) int32 {
	n := int32(r.sc.Shelters[s].Desks)
	if r.sc.Shelters[s].Staff == 0 {
		return n
	}
	return min(n, r.shelters[s].crew-r.guards(s))
}

// watch tells those inside when the door begins to be watched, or is not any more.
func (r *Response) watch(at sim.Time, s int32) {
	x := &r.shelters[s]
	now := x.guarded && x.staffed && (r.sc.Shelters[s].Staff == 0 || r.guards(s) > 0)
	if now == x.watched {
		return
	}
	x.watched = now
	do := sim.WardUnguards
	if now {
		do = sim.WardGuards
	}
	r.say(at, s, do, sim.None, sim.None)
}

// say tells those inside a shelter something.
func (r *Response) say(at sim.Time, s int32, do sim.WardKind, zone sim.ZoneID, next sim.ShelterID) {
	r.trail.Change(at, trailShelter, s, uint64(do)<<32|uint64(uint32(zone)))
	r.ports.Wards.Post(at, s, sim.Ward{Shelter: sim.ShelterID(s), Do: do, Zone: zone, Next: next})
}

// careFor carries out an order about those inside a shelter. Who begins to watch a door first counts heads.
func (r *Response) careFor(at sim.Time, t sim.Task) {
	s := int32(t.Shelter)
	x := &r.shelters[s]
	switch t.Order {
	case sim.OrderGuardShelter:
		x.guarded = t.On
		r.watch(at, s)
		if t.On && x.staffed {
			r.countHeads(at, s)
		}
		r.serve(at, s)
	case sim.OrderInformShelter:
		r.say(at, s, sim.WardInforms, sim.None, sim.None)
	case sim.OrderReturnZone:
		do := sim.WardKeeps
		if t.On {
			do = sim.WardReturns
		}
		if t.Zone >= 0 {
			r.homeward[t.Zone] = t.On
		}
		r.say(at, s, do, t.Zone, sim.None)
	}
}

// lookAtShelters sees which shelters have water above their floor. Such a one takes nobody in: the staff sends away who
// is at the door, and has everybody leave who can. When the water has gone it is open again.
func (r *Response) lookAtShelters(at sim.Time) {
	if r.layers == nil {
		return
	}
	for k := range r.shelters {
		x, spec := &r.shelters[k], &r.sc.Shelters[k]
		_, floor := spec.House(r.sc.Buildings)
		depth := float64(max(r.layers.At(sim.LayerKey{Quantity: sim.QDepth}, scenario.Point(spec.Place)), 0)) / 1000
		if now := depth > floor; now != x.flooded {
			x.flooded = now
			r.flood(at, sim.ShelterID(k), now)
		}
	}
}

// flood is when water comes over the floor of a shelter, or has gone from it.
func (r *Response) flood(at sim.Time, s sim.ShelterID, wet bool) {
	x := &r.shelters[s]
	r.trail.Change(at, trailShelter, int32(s), 4+uint64(bit(wet)))
	r.changed(at, int32(s))
	if !wet {
		if x.staffed && !x.open && !x.shut {
			r.openShelter(at, s)
		}
		return
	}
	if !x.open {
		return
	}
	x.open = false
	x.turn++
	r.log.Emit(sim.Event{At: at, Kind: sim.EvShelterClosed, A: sim.RefTo(sim.KindShelter, s), Count: x.inside,
		Text: inWater})
	r.emptyQueue(at, s)
	r.say(at, int32(s), sim.WardEmpties, sim.None, r.nextOf(s))
}
