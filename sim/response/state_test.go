package response

import (
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

func save(r *Response) []byte {
	var e sim.Encoder
	r.AppendState(&e)
	return e.Buf
}

// disturb does something to the county: an order to a unit or a shelter, sensible or not; a party that calls, gets away
// or knocks; a unit that is stranded; a way that is cut; a message from road that nobody waits for.
func disturb(t *rapid.T, b *bench, next *sim.PartyID) {
	unit := sim.UnitID(rapid.IntRange(0, 3).Draw(t, "unit"))
	node := sim.NodeID(rapid.IntRange(0, 5).Draw(t, "node"))
	persons := int32(rapid.IntRange(1, 12).Draw(t, "persons"))
	switch rapid.IntRange(0, 13).Draw(t, "what") {
	case 0, 1:
		order := rapid.SampledFrom([]sim.OrderID{sim.OrderDispatchCoach, sim.OrderRescueZone, sim.OrderRecallUnit,
			sim.OrderSetGate}).Draw(t, "order")
		b.ports.Tasks.Post(b.now, int32(unit), sim.Task{Order: order, Unit: unit,
			Zone:    sim.ZoneID(rapid.IntRange(-1, 1).Draw(t, "zone")),
			Shelter: sim.ShelterID(rapid.IntRange(-1, 2).Draw(t, "shelter"))})
	case 2:
		order := rapid.SampledFrom([]sim.OrderID{sim.OrderOpenShelter, sim.OrderCloseShelter}).Draw(t, "order")
		b.shelterOrder(order, sim.ShelterID(rapid.IntRange(0, 2).Draw(t, "shelter")))
	case 3, 4:
		*next++
		b.strand(*next, persons, sim.ZoneID(rapid.IntRange(-1, 1).Draw(t, "zone")), node,
			rapid.Float64Range(0, 8000).Draw(t, "x"), rapid.Float64Range(-500, 500).Draw(t, "y"))
	case 5:
		b.ports.Calls.Post(b.now, int32(unit), sim.Call{Party: sim.PartyID(unit) + 1, Zone: 0})
	case 6:
		*next++
		p := *next - sim.PartyID(rapid.IntRange(0, 1).Draw(t, "again"))
		if s := sim.ShelterID(rapid.IntRange(0, 2).Draw(t, "shelter")); rapid.Bool().Draw(t, "by car") {
			b.knockByCar(s, p, persons)
		} else {
			b.knock(s, p, persons)
		}
	case 7:
		for _, j := range b.roads.onRoad {
			if j.unit == unit {
				b.roads.strand(b, unit, sim.Stranding{Link: sim.LinkID(rapid.IntRange(-1, 1).Draw(t, "link")), Node: node,
					X: 700, Cause: sim.StrandCause(rapid.IntRange(0, 3).Draw(t, "cause"))})
				break
			}
		}
	case 8:
		b.roads.cut = []sim.NodeID{node}
		b.roads.depth[node] = rapid.Float64Range(0, 1.2).Draw(t, "depth")
		b.layers.Begin(b.now)
	case 9:
		b.wait(1, persons, persons/2)
	default:
		disturbShelter(t, b, sim.ShelterID(rapid.IntRange(0, 2).Draw(t, "shelter")))
	}
}

// disturbShelter gives an order about those in a shelter, or news, or water, or lets somebody leave.
func disturbShelter(t *rapid.T, b *bench, s sim.ShelterID) {
	switch rapid.IntRange(0, 4).Draw(t, "what in a shelter") {
	case 0:
		order := rapid.SampledFrom([]sim.OrderID{sim.OrderGuardShelter, sim.OrderInformShelter, sim.OrderReturnZone}).Draw(t,
			"order")
		b.ports.Tasks.Post(b.now, int32(s), sim.Task{Order: order, Unit: sim.None, Shelter: s,
			On: rapid.Bool().Draw(t, "on")})
	case 1:
		b.news(sim.ShelterNews{To: sim.ShelterID(rapid.IntRange(-1, 2).Draw(t, "to")), About: s,
			Open: rapid.Bool().Draw(t, "open"), Shut: rapid.Bool().Draw(t, "shut"),
			Taken: rapid.Int32Range(0, 40).Draw(t, "taken"), Asof: b.now})
	case 2:
		b.flood(b.r.sc.Shelters[s].Place[0], rapid.Float64Range(0, 1).Draw(t, "deep"))
	default:
		if in := b.people.inside(s); len(in) > 0 {
			q := in[rapid.IntRange(0, len(in)-1).Draw(t, "who")]
			kind := rapid.SampledFrom([]sim.StayKind{sim.StayOff, sim.StayOff, sim.StaySent, sim.StayIll}).Draw(t, "stay")
			if kind != sim.StayIll {
				b.people.left(s, q)
			}
			b.stay(kind, s, q.id, q.persons)
		}
	}
}

// Whatever happens, every unit is in one place, who got in gets out or is aboard, no shelter takes more than it holds,
// a call belongs to one boat, and a saved world goes on as the one that was saved.
func TestAnyStreamOfOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sc := testCounty()
		sc.Shelters[0].Capacity, sc.Shelters[1].Capacity, sc.Shelters[1].Open = 30, 20, false
		drawStaff(t, sc)
		b := newBench(t, sc)
		var next sim.PartyID = 10
		saveAt := rapid.IntRange(1, 29).Draw(t, "save at")
		for k := 1; k <= 30; k++ {
			for range rapid.IntRange(0, 3).Draw(t, "disturbances") {
				disturb(t, b, &next)
			}
			total := b.people.total()
			for range 60 * rapid.IntRange(1, 20).Draw(t, "minutes") {
				b.tick()
				if err := b.r.Check(true); err != nil {
					t.Fatal(err)
				}
			}
			b.listsAgree(t)
			if got := b.people.total(); got != total {
				t.Fatalf("%d persons; there were %d", got, total)
			}
			if k == saveAt {
				compareAfterLoad(t, b)
			}
		}
		for b.ports.Alightings.Len() > 0 { // word of who got out is on its way
			b.tick()
		}
		for u, list := range b.people.aboard {
			n := int32(0)
			for _, q := range list {
				n += q.persons
			}
			if got := b.r.units[u].aboard; got != n {
				t.Fatalf("unit %d counts %d aboard; there are %d", u, got, n)
			}
		}
	})
}

// drawStaff gives shelters a staff, a key, floors and head counts, or none of it.
func drawStaff(t *rapid.T, sc *scenario.Scenario) {
	sc.Posts = []scenario.Post{{Name: "town", Level: "town", Place: [2]float64{1000, 0}}}
	for s := range sc.Shelters {
		x := &sc.Shelters[s]
		x.Staff, x.StaffOver = rapid.Int64Range(0, 5).Draw(t, "staff"), 20*sim.Minute
		x.Post = rapid.SampledFrom([]string{"", "town"}).Draw(t, "key")
		x.Floor = rapid.Float64Range(0, 0.6).Draw(t, "floor")
		x.CountEvery, x.CountTime = rapid.SampledFrom([]sim.Duration{0, 13 * sim.Minute}).Draw(t, "every"), 7*sim.Second
	}
}

// compareAfterLoad saves the state, loads it into another Response and plays one message of each kind against both.
func compareAfterLoad(t *rapid.T, b *bench) {
	other := newResponse(b.r.sc, b.roads)
	d := sim.Decoder{Buf: save(b.r)}
	if other.LoadState(&d); d.Err != nil || len(d.Buf) != 0 {
		t.Fatalf("load: %v, %d bytes left", d.Err, len(d.Buf))
	}
	first := b.r
	twin := &bench{t: b.t, r: other, roads: &roads{sc: b.r.sc, cut: b.roads.cut, depth: b.roads.depth,
		onRoad: append([]journey(nil), b.roads.onRoad...)}, layers: b.layers, now: b.now, ports: clonePorts(&b.ports)}
	other.router = twin.roads
	twin.people.aboard = make([][]party, len(b.people.aboard))
	for u := range b.people.aboard {
		twin.people.aboard[u] = append([]party(nil), b.people.aboard[u]...)
	}
	twin.people.waiting = append([]party(nil), b.people.waiting...)
	twin.people.stranded = append([]party(nil), b.people.stranded...)
	for k := range 1800 {
		b.tick()
		twin.tick()
		if string(save(first)) != string(save(other)) {
			t.Fatalf("%d s after the load the world has gone another way", k)
		}
	}
}

func clonePorts(p *sim.Ports) sim.Ports {
	var e sim.Encoder
	p.AppendState(&e)
	var out sim.Ports
	d := sim.Decoder{Buf: e.Buf}
	out.LoadState(&d)
	return out
}

func TestQuietStepsAllocateNothing(t *testing.T) {
	b := newBench(t, testCounty())
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(1100) // one boat waits on scene
	var log sim.Log
	if n := testing.AllocsPerRun(100, func() {
		b.now = b.now.Add(sim.Tick)
		b.r.Step(b.now, b.layers, &b.ports, &log)
	}); n != 0 {
		t.Errorf("%v allocations in a step in which nothing happens", n)
	}
}

func TestSnapshot(t *testing.T) {
	b := newBench(t, testCounty())
	b.run(1)
	var s sim.Snapshot
	b.r.FillSnapshot(&s)
	if len(s.Units) != 4 || s.Units[boat1].Mode != sim.ModeBoat || b.r.Mode(coach1) != sim.ModeCoach ||
		len(s.Shelters) != 3 || s.Shelters[0] != (sim.ShelterDot{Open: true, Capacity: 1000}) {
		t.Errorf("snapshot %+v %+v", s.Units, s.Shelters)
	}
	if len(b.reports) != 4 {
		t.Errorf("%d units reported at the start; want all 4", len(b.reports))
	}
}

func FuzzLoadState(f *testing.F) {
	sc := testCounty()
	b := newBench(f, sc)
	f.Add(save(b.r))
	b.wait(3, 15, 1)
	b.strand(1, 4, 0, nodeAssembly, 1000, 100)
	b.strand(2, 5, 0, nodeAssembly, 1000, 200)
	b.order(sim.OrderDispatchCoach, coach1, 0)
	b.order(sim.OrderRescueZone, boat1, 0)
	b.run(1050)
	b.knock(0, 9, 3)
	b.tick()
	f.Add(save(b.r))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := newResponse(sc, &roads{sc: sc})
		d := sim.Decoder{Buf: data}
		if r.LoadState(&d); d.Err == nil {
			save(r)
		}
	})
}
