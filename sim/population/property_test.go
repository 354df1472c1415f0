package population

import (
	"bytes"
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"

	"pgregory.net/rapid"
)

// drawScenario makes a place of up to twelve households of all sorts.
func drawScenario(t *rapid.T) *scenario.Scenario {
	sc := testScenario()
	b := &sc.Population.Behaviour
	b.HeedEvacuate, b.HeedPrepare = rapid.Float64Range(0, 1).Draw(t, "heed"), rapid.Float64Range(0, 0.5).Draw(t, "early")
	b.HeedWater = rapid.Float64Range(0, 1).Draw(t, "heed water")
	b.DelayT50, b.DelayT90, b.WaitMax = 20*sim.Second, 60*sim.Second, 40*sim.Second
	b.WalkMax = rapid.Float64Range(0, 1000).Draw(t, "walk max")
	sc.Channels[0].DelayT50, sc.Channels[0].DelayT90 = new(5*sim.Second), new(30*sim.Second)
	sc.Channels[1].Doors = new(300.0)
	if rapid.Bool().Draw(t, "of little faith") {
		drawBelief(t, sc)
	}
	if rapid.Bool().Draw(t, "queue") {
		sc.Channels[0].Capacity = new(float64(rapid.IntRange(30, 3000).Draw(t, "an hour")))
	}
	if rapid.Bool().Draw(t, "day") {
		sc.Drill.Start, _ = sim.ParseCivil("2026-07-18 12:00")
	}
	for range rapid.IntRange(4, 12).Draw(t, "households") {
		members := make([]scenario.Person, rapid.IntRange(1, 5).Draw(t, "members"))
		for i := range members {
			members[i] = adult(0)
			members[i].Age = rapid.Uint8Range(0, 95).Draw(t, "age")
			members[i].Mobility = scenario.Mobility(rapid.IntRange(0, 2).Draw(t, "mobility"))
			if rapid.IntRange(0, 2).Draw(t, "works") == 0 {
				members[i].Work = 3
				if members[i].Age < 16 {
					members[i].Work, members[i].School = sim.None, 3
				}
			}
		}
		home := sim.BuildingID(rapid.IntRange(0, 2).Draw(t, "home"))
		household(sc, home, rapid.Uint8Range(0, 2).Draw(t, "cars"), members...)
	}
	drawFamilies(t, sc)
	drawCare(t, sc)
	drawRules(t, sc)
	for i := range sc.Buildings {
		sc.Buildings[i].Build = scenario.Construction(rapid.IntRange(0, 3).Draw(t, "build"))
		sc.Buildings[i].Storeys = rapid.Uint8Range(1, 3).Draw(t, "storeys")
	}
	if rapid.IntRange(0, 3).Draw(t, "remote house") == 0 {
		sc.Buildings[1].Node = sim.None
	}
	return sc
}

// drawPlace makes the world of such a place, on ground that rises here and there, with roads that are raised.
func drawPlace(t testing.TB, r *rapid.T) *place {
	sc := drawScenario(r)
	if rapid.Bool().Draw(r, "hills") {
		for c := range sc.Terrain.Bed {
			if i, j := sc.Terrain.Grid.IJ(c); j == 5 && i < 12 {
				sc.Terrain.Bed[c] = rapid.SampledFrom([]int32{0, 0, 0, 700, 5000}).Draw(r, "bed")
			}
		}
	}
	w := &place{t: t, sc: sc, seed: 1, perch: make([]float64, len(sc.Nodes))}
	if rapid.Bool().Draw(r, "raised roads") {
		for n := range w.perch {
			w.perch[n] = rapid.SampledFrom([]float64{0, 0, 1, 6}).Draw(r, "perch")
		}
	}
	w.begin()
	return w
}

// drawBelief makes people who ask, talk, look at each other and believe rumours, all of it quickly.
func drawBelief(t *rapid.T, sc *scenario.Scenario) {
	share, b := rapid.Float64Range(0, 1), &sc.Population.Belief
	*b = scenario.Filled[scenario.Belief]()
	b.AtOnce, b.Understood, b.Neighbours = share.Draw(t, "at once"), share.Draw(t, "understood"), 0.9*share.Draw(t, "neighbours")
	b.Talk, b.TalkNight, b.RumourRate = 200*share.Draw(t, "talk"), 1, 100*share.Draw(t, "rumour rate")
	b.MillingT50, b.MillingT90, b.NoticeIn = 10*sim.Second, 30*sim.Second, 2*sim.Second
	b.Diffusion = rapid.SampledFrom([]string{"channels", "rogers-sorensen"}).Draw(t, "diffusion")
	b.Mobilisation = rapid.SampledFrom([]string{"weibull", "rayleigh", "logistic"}).Draw(t, "mobilisation")
	sc.Channels[0].Kind = rapid.SampledFrom([]string{"plain", "siren", "sms"}).Draw(t, "kind")
}

// drawFamilies lets households gather, fetch, take along and go back.
func drawFamilies(t *rapid.T, sc *scenario.Scenario) {
	share := func(name string) float64 { return rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, name) }
	sc.Population.Family = scenario.Family{Tell: share("tell"), Phone: "siren", CallDelay: 10 * sim.Second,
		GatherHome: share("gather"), GatherWait: 30 * sim.Second, Fetch: share("fetch"), FetchWait: 50 * sim.Second,
		LiftOffer: share("lift"), LiftWindow: 20 * sim.Second, LiftReach: 120, Back: share("back"),
		BackAnimals: share("animals"), BackPeople: share("people"), BackT50: 20 * sim.Second, BackT90: 60 * sim.Second,
		BackStay: 20 * sim.Second, Relatives: share("relatives")}
	for h := range sc.Households {
		sc.Households[h].Animals = rapid.Uint8Range(0, 1).Draw(t, "animals")
	}
}

// drawRules lets people in shelters grow restless and fall ill, all of it quickly.
func drawRules(t *rapid.T, sc *scenario.Scenario) {
	share := func(name string) float64 { return rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, name) }
	sc.Rules = scenario.ShelterRules{LeaveRate: 100 * share("leave rate"), Patience: 20 * sim.Second,
		NightFactor: share("night factor"), DrawnShare: share("drawn"), DrawnFactor: 2, CrowdFactor: 2 * share("crowd"),
		RumourFactor: 2, GuardStops: share("guard stops"), InformStops: share("inform stops"), InformLasts: sim.Minute,
		IllRate: 500 * share("ill rate"), ReturnEvery: sim.Minute}
	for s := range sc.Shelters {
		sc.Shelters[s].Capacity = rapid.Int64Range(1, 12).Draw(t, "capacity")
		sc.Shelters[s].Floor = share("floor")
		sc.Shelters[s].Storeys = rapid.Int64Range(1, 2).Draw(t, "storeys of a shelter")
	}
}

// official has the posts' people and the published warnings change.
func (w *place) official(t *rapid.T, at sim.Time) {
	w.ports.PostWorkers.Post(at, 0, sim.PostWorkers{Post: 0, Workers: rapid.Int32Range(0, 4).Draw(t, "workers")})
	w.ports.Warnings.Post(at, 0, sim.PublicWarning{Zone: sim.ZoneID(rapid.Int32Range(-1, 2).Draw(t, "zone")),
		Level: rapid.Int32Range(-1, 5).Draw(t, "level")})
}

// trouble does one thing to the world: water, orders, or a message that may or may not make sense.
func (w *place) trouble(t *rapid.T) {
	id := func(name string) int32 { return rapid.Int32Range(-1, 13).Draw(t, name) }
	party, unit := sim.PartyID(id("party")), sim.UnitID(id("unit")%3)
	shelter, node := sim.ShelterID(id("shelter")%3), sim.NodeID(id("node"))
	at := w.p.now.Add(sim.Duration(rapid.Int64Range(-2e6, 1e6-1).Draw(t, "at")))
	mover := sim.RefTo(sim.KindParty, party)
	k := int32(party)
	switch rapid.IntRange(0, 26).Draw(t, "what") {
	case 26:
		w.official(t, at)
	case 0:
		x, deepest := rapid.Float64Range(0, 1000).Draw(t, "x"), rapid.SampledFrom([]float64{0, 0.5, 1, 1, 6}).Draw(t, "most")
		w.flood(x, x+200, rapid.Float64Range(0, deepest).Draw(t, "depth"), rapid.Float64Range(0, 4).Draw(t, "speed"))
	case 1:
		w.road.depth[rapid.IntRange(0, 9).Draw(t, "wet node")] = rapid.Float64Range(0, 2).Draw(t, "node depth")
		w.road.closed[rapid.IntRange(0, int(sim.ModeCar)).Draw(t, "mode")] = rapid.Bool().Draw(t, "closed")
	case 2:
		order := rapid.SampledFrom([]sim.OrderID{0, 1, 1, 1, 2, 5, sim.OrderStatement, sim.OrderSearchZone}).Draw(t, "order")
		w.ports.Broadcasts.Post(at, 0, sim.Broadcast{Zone: sim.ZoneID(id("zone") % 2),
			Channel: sim.ChannelID(id("channel") % 3), Order: order, Shelter: shelter, Weak: rapid.Bool().Draw(t, "weak")})
	case 3:
		w.ports.Silences.Post(at, 0, sim.ChannelFault{Channel: sim.ChannelID(id("channel") % 3),
			Zone: sim.ZoneID(id("zone") % 2), Up: rapid.Bool().Draw(t, "up")})
	case 4:
		w.ports.PartyArrivals.Post(at, k, sim.Arrival{Mover: mover, Node: node})
	case 5:
		w.ports.PartyStrands.Post(at, k, sim.Stranding{Mover: mover, Node: node, X: rapid.Float64Range(0, 1000).Draw(t, "x"),
			Y: 250, Depth: rapid.Float64Range(0, 2).Draw(t, "depth"),
			Cause: sim.StrandCause(rapid.IntRange(0, 3).Draw(t, "cause"))})
	case 6:
		w.ports.Crossings.Post(at, k, sim.Crossing{Mover: mover, Node: node})
	case 7:
		w.ports.Boardings.Post(at, int32(unit), sim.Boarding{Unit: unit, Assembly: sim.AssemblyID(id("assembly") % 2),
			Seats: rapid.Int32Range(-1, 8).Draw(t, "seats"), Home: rapid.Bool().Draw(t, "home"), Shelter: shelter,
			Zone: sim.ZoneID(id("zone") % 2)})
	case 8:
		w.ports.Alightings.Post(at, int32(unit), sim.Alighting{Unit: unit, Shelter: shelter, Node: node,
			Home: rapid.Bool().Draw(t, "homeward")})
	case 9:
		w.ports.Pickups.Post(at, int32(unit), sim.Pickup{Unit: unit, Party: party,
			Seats: rapid.Int32Range(-1, 8).Draw(t, "seats")})
	case 10:
		w.ports.Admissions.Post(at, k, sim.Admission{Party: party, Shelter: shelter,
			Admitted: rapid.Bool().Draw(t, "admitted"), Next: sim.ShelterID(id("next") % 3)})
	case 11:
		w.ports.Exposures.Post(at, k, sim.Exposure{Mover: mover, Depth: rapid.Float64Range(-1, 2).Draw(t, "link depth"),
			Speed: rapid.Float64Range(0, 3).Draw(t, "link speed"), Node: max(node, 0), X: rapid.Float64Range(0, 1000).Draw(t, "x"), Y: 250,
			Danger: sim.DangerClass(rapid.SampledFrom([]int{0, 2, 3, 5}).Draw(t, "class"))})
	case 12:
		w.ports.Maroonings.Post(at, int32(unit), sim.Marooning{Unit: unit, Over: rapid.Bool().Draw(t, "over"), Node: node,
			X: rapid.Float64Range(0, 1000).Draw(t, "x"), Y: 250})
	case 13:
		w.mingle(t)
	case 19, 20:
		w.orderControl(t, at)
	case 16, 17:
		w.ports.Wards.Post(at, int32(shelter), sim.Ward{Shelter: shelter, Zone: sim.ZoneID(id("zone") % 2),
			Do:   sim.WardKind(rapid.IntRange(0, int(sim.WardKindCount)).Draw(t, "do")),
			Next: sim.ShelterID(rapid.IntRange(-1, 1).Draw(t, "next"))})
	case 18:
		w.ports.Admissions.Post(at, k, sim.Admission{Party: party, Shelter: shelter, Out: true, Persons: 1, Next: sim.None})
	case 15:
		w.p.StartRumour(w.p.now, sim.ZoneID(id("zone")%2), rapid.Bool().Draw(t, "flee"), rapid.Float64Range(0, 1).Draw(t, "heard"),
			sim.Said("rumour"), &w.log)
	case 14:
		w.p.bar(w.p.now, 0, rapid.Bool().Draw(t, "guarded"))
	default:
		w.oblige(t)
	}
}

// oblige plays the other subsystems as they should be: trips end, coaches come and go, boats fetch one party, shelters
// answer.
func (w *place) oblige(t *rapid.T) {
	w.settleOnTrips()
	for _, k := range w.knocks() {
		admitted := !k.Out && rapid.Bool().Draw(t, "admitted")
		w.ports.Admissions.Post(w.p.now, int32(k.Party), sim.Admission{Party: k.Party, Shelter: k.Shelter,
			Admitted: admitted, Out: k.Out, Persons: k.Persons, Next: sim.ShelterID(rapid.IntRange(-1, 1).Draw(t, "next"))})
	}
	calls := w.calls()
	if len(calls) > 0 && len(w.p.aboard[1]) == 0 {
		w.ports.Pickups.Post(w.p.now, 1, sim.Pickup{Unit: 1, Party: calls[0].Party, Seats: 3})
	}
	for u := range sim.UnitID(2) {
		if len(w.p.aboard[u]) > 0 {
			w.ports.Alightings.Post(w.p.now, int32(u), sim.Alighting{Unit: u, Node: 5,
				Shelter: sim.ShelterID(rapid.IntRange(-1, 1).Draw(t, "shelter"))})
		}
	}
	if len(w.p.aboard[0]) == 0 {
		w.ports.Boardings.Post(w.p.now, 0, sim.Boarding{Seats: 4})
	}
}

func (w *place) save() []byte {
	var e sim.Encoder
	w.p.AppendState(&e)
	return e.Buf
}

func TestPropertyEverybodyIsInOnePlaceWhateverHappens(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := drawPlace(t, r)
		total := len(w.sc.Persons)
		for range rapid.IntRange(30, 80).Draw(r, "steps") {
			w.trouble(r)
			w.run(w.p.now.Add(sim.Duration(rapid.SampledFrom([]int{1, 7, 20, 61, 310}).Draw(r, "seconds")) * sim.Second))
			w.listsAgree(r)
			c := w.p.counts.total
			if c.Persons != total {
				r.Fatalf("%d persons; want %d", c.Persons, total)
			}
			for i := 1; i < len(w.events); i++ {
				if w.events[i].At < 0 {
					r.Fatalf("event before the start: %+v", w.events[i])
				}
			}
		}
	})
}

func TestPropertySaveLoadStepEqualsStep(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := drawPlace(t, r)
		for range rapid.IntRange(10, 40).Draw(r, "steps before") {
			w.trouble(r)
			w.run(w.p.now.Add(sim.Duration(rapid.SampledFrom([]int{1, 7, 20, 61}).Draw(r, "seconds")) * sim.Second))
		}
		var ports sim.Encoder
		w.ports.AppendState(&ports)
		state := w.save()

		twin := &place{t: t, sc: w.sc, seed: 1, perch: w.perch}
		twin.begin()
		twin.layers, twin.road = w.layers, w.road
		twin.p.router = w.road
		twin.ports.LoadState(&sim.Decoder{Buf: ports.Buf})
		d := sim.Decoder{Buf: state}
		if twin.p.LoadState(&d); d.Err != nil || len(d.Buf) != 0 {
			r.Fatalf("load: %v, %d bytes left", d.Err, len(d.Buf))
		}
		if !bytes.Equal(twin.save(), state) {
			r.Fatal("saving what was loaded gives other bytes")
		}
		w.events = nil
		until := w.p.now.Add(10 * sim.Minute)
		w.run(until)
		twin.run(until)
		if !bytes.Equal(w.save(), twin.save()) || w.p.Trail() != twin.p.Trail() {
			r.Fatal("the loaded world goes another way")
		}
		if len(w.events) != len(twin.events) {
			r.Fatalf("%d events; the loaded world has %d", len(w.events), len(twin.events))
		}
		for i := range w.events {
			if w.events[i] != twin.events[i] {
				r.Fatalf("event %d: %+v; the loaded world has %+v", i, w.events[i], twin.events[i])
			}
		}
	})
}

// listsAgree compares what the staff of each shelter was told with who is inside.
func (w *place) listsAgree(t *rapid.T) {
	if w.lists == nil {
		w.lists = make([]int32, len(w.sc.Shelters))
	}
	w.ports.Stays.Drain(func(_ sim.Time, m sim.Stay) {
		switch m.Kind {
		case sim.StayIn:
			w.lists[m.Shelter] += m.Persons
		case sim.StayOff, sim.StaySent, sim.StayDied:
			w.lists[m.Shelter] -= m.Persons
		}
	})
	for s, n := range w.lists {
		if inside := w.p.lodge.of[s].people; inside != n {
			t.Fatalf("%d persons are in shelter %d; its staff was told of %d", inside, s, n)
		}
	}
}

// eventful is a world in which everything has happened to somebody.
func eventful(t testing.TB) *place {
	w := coachParties(t)
	w.board(0, 4)
	w.flood(0, 400, 0.7, 0.5)
	w.broadcast(sim.OrderEvacuateZone, 1)
	w.run(w.p.now.Add(10 * sim.Second))
	return w
}

// FuzzLoadState: damaged state is refused, or what was loaded is sound.
func FuzzLoadState(f *testing.F) {
	w := eventful(f)
	state := w.save()
	f.Add(state)
	f.Add(state[:len(state)/2])
	for _, k := range []int{30, 60, 120, 200, len(state) - 20} {
		bad := bytes.Clone(state)
		bad[k] ^= 0x41
		f.Add(bad)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p := newPlace(t, w.sc).p
		d := sim.Decoder{Buf: data}
		p.LoadState(&d)
		if d.Err != nil {
			return
		}
		if err := p.Check(true); err != nil {
			t.Fatal(err)
		}
	})
}

func TestDamagedStateIsRefused(t *testing.T) {
	w := eventful(t)
	state := w.save()
	refused := 0
	for k := 0; k < len(state); k += 7 {
		bad := bytes.Clone(state)
		bad[k] ^= 0x80
		d := sim.Decoder{Buf: bad}
		if newPlace(t, w.sc).p.LoadState(&d); d.Err != nil {
			refused++
		}
	}
	if refused < len(state)/7/5 {
		t.Errorf("%d of %d damaged states refused", refused, len(state)/7)
	}
	d := sim.Decoder{Buf: state[:len(state)-1]}
	if newPlace(t, w.sc).p.LoadState(&d); d.Err == nil {
		t.Error("a state that ends too early was taken")
	}
}
