package population

import (
	"testing"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Nobody may wait for what cannot come any more.

// disabled is a person who cannot walk.
func disabled() scenario.Person {
	x := adult(0)
	x.Mobility, x.Special = scenario.MobilityNone, true
	return x
}

// quickCare are calls and errands that take seconds.
func quickCare(sc *scenario.Scenario) {
	sc.Population.Care = scenario.Care{Call: 10 * sim.Second, Ready: sim.Minute, Door: 10 * sim.Second,
		HelpOn: "evacuate", Heed: 1, Far: 2000, Alone: 10, Home: 10 * sim.Second, HomeT9: 20 * sim.Second,
		Guard: 15 * sim.Second}
}

// Those who came with somebody who dies at a shelter's door ask to be taken in themselves: the answer to his knock is for
// nobody.
func TestWhoLosesItsLeadAtTheDoorKnocks(t *testing.T) {
	w := couples(t)
	together(w)
	w.evacuate()
	w.run(sim.Time(12 * sim.Minute))
	w.settleOnTrips()
	w.run(w.p.now.Add(2 * sim.Minute))
	if k := w.knocks(); len(k) != 1 || k[0].Party != 0 {
		t.Fatalf("knocks %+v; want one of the lead", k)
	}
	w.p.endure(w.p.now, 0, 1, injury{}, everybody)
	w.ports.Admissions.Post(w.p.now, 0, sim.Admission{Party: 0, Shelter: 0, Admitted: true, Persons: 4})
	w.run(w.p.now.Add(sim.Second))
	if k := w.knocks(); len(k) != 1 || k[0].Party != 1 || k[0].Persons != 2 {
		t.Errorf("knocks %+v; want one of party 1, of two persons", k)
	}
}

// A helper with charges in two zones goes to one after the other, in whatever order he is called.
func TestAHelperIsInOnePlace(t *testing.T) {
	sc := testScenario()
	quickCare(sc)
	sc.Zones = append(sc.Zones, scenario.Zone{Name: "z1", Post: "village", Shelters: []string{"s1"}, Assembly: "a0",
		Polygon: [][2]float64{{400, 0}, {600, 0}, {600, 500}, {400, 500}}})
	household(sc, 0, 0, adult(0))
	near, far := disabled(), disabled()
	near.Helper, far.Helper = 0, 0
	household(sc, 1, 0, near)
	household(sc, 3, 0, far)
	w := newPlace(t, sc)
	for _, zone := range []sim.ZoneID{1, 0} {
		w.ports.Broadcasts.Post(w.p.now, 0, sim.Broadcast{Zone: zone, Order: sim.OrderEvacuateZone, Shelter: sim.None})
		w.run(w.p.now.Add(20 * sim.Second))
	}
	for w.p.now < sim.Time(3*sim.Hour) {
		w.run(w.p.now.Add(sim.Second))
		out := 0
		for _, x := range w.p.care.help {
			if x.Step > helpCalled && x.Step < helpDone {
				out++
			}
		}
		if out > 1 {
			t.Fatalf("at %v the helper is on %d errands: %+v", w.p.now, out, w.p.care.help)
		}
	}
	for k, x := range w.p.care.help {
		if x.Step != helpDone {
			t.Errorf("errand %d ended at step %d; want %d", k, x.Step, helpDone)
		}
	}
}

// Who waits for a helper that the all-clear has called off, and has not heard of it, calls for a van.
func TestNobodyWaitsForAHelperWhoWasCalledOff(t *testing.T) {
	sc := testScenario()
	quickCare(sc)
	sc.Population.Family.Phone = "siren"
	household(sc, 0, 0, adult(0))
	x := disabled()
	x.Helper = 0
	household(sc, 1, 0, x)
	w := newPlace(t, sc)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(90)) // both have heard it
	w.ports.Silences.Post(w.p.now, 0, sim.ChannelFault{Channel: 0, Zone: 0})
	w.p.care.help[0].Step = helpListed // his telephone was dead all the time
	w.p.care.help[0].Due = sim.Never
	w.run(seconds(1200))
	w.never(sim.EvPartyStranded)
	w.ports.PostWorkers.Post(w.p.now, 0, sim.PostWorkers{})
	w.run(w.p.now.Add(sim.Second))
	w.broadcast(sim.OrderAllClear, 1) // at doors to which nobody comes
	w.run(w.p.now.Add(sim.Minute))
	if len(w.find(sim.EvPartyStranded, 1)) != 1 {
		t.Errorf("events %v; want party 1 to call for help", w.find(sim.EvPartyStranded, -1))
	}
}

// Who has called because he cannot leave without help takes that back when all is clear, and stays.
func TestAllClearEndsTheCallOfWhoCannotLeave(t *testing.T) {
	sc := testScenario()
	sc.Population.Behaviour.CarryShare = 0
	household(sc, 0, 0, disabled())
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(900))
	w.once(sim.EvPartyStranded, 0)
	w.broadcast(sim.OrderAllClear, 0)
	w.run(seconds(1800))
	w.once(sim.EvPartyFree, 0)
	if c := w.calls(); len(c) != 2 || c[1].Open {
		t.Errorf("calls %+v; want one and its end", c)
	}
	sc.Population.Behaviour.CarryShare = 1 // somebody would carry him now
	w.run(seconds(7200))
	w.never(sim.EvPartyLeft)
	if w.p.stage[0] != sim.StageStaying {
		t.Errorf("stage %v; want staying", w.p.stage[0])
	}
}

// Who goes home on foot because the road is closed to cars does not find at home the car that stands at the shelter.
func TestACarLeftAtTheShelterIsNotAtHome(t *testing.T) {
	sc := testScenario()
	household(sc, 0, 1, adult(0))
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(720))
	w.settleOnTrips()
	w.run(w.p.now.Add(sim.Minute))
	w.ports.Admissions.Post(w.p.now, 0, sim.Admission{Shelter: 0, Admitted: true, Persons: 1, Next: sim.None})
	w.run(w.p.now.Add(sim.Second))
	if w.p.stage[0] != sim.StageSheltered || w.p.trip[0].Mode != sim.ModeCar {
		t.Fatalf("stage %v by %v; want sheltered by car", w.p.stage[0], w.p.trip[0].Mode)
	}
	w.road.closed[sim.ModeCar] = true
	if !w.p.slipOut(w.p.now, 0, sim.BackHome) {
		t.Fatal("it did not set out")
	}
	w.run(w.p.now.Add(5 * sim.Minute))
	w.settleOnTrips()
	w.run(w.p.now.Add(5 * sim.Minute))
	w.once(sim.EvPartyHome, 0)
	if w.p.hasCar(0) {
		t.Error("the car has come home by itself")
	}
}

// Who stands at a shelter's door in deep water does not wait there for an answer.
func TestNobodyWaitsAtADoorInDeepWater(t *testing.T) {
	sc := testScenario()
	household(sc, 0, 0, adult(0))
	w := newPlace(t, sc)
	w.ruin()
	w.evacuate()
	w.run(seconds(720))
	w.settleOnTrips()
	w.run(w.p.now.Add(sim.Minute))
	w.flood(800, 1000, 0.9, 0)
	w.run(w.p.now.Add(sim.Minute))
	w.once(sim.EvPartyStranded, 0)
	if c := w.calls(); len(c) != 1 || !c[0].Open {
		t.Errorf("calls %+v; want one", c)
	}
}

// When all is clear, who still waits at the assembly point walks home.
func TestAllClearSendsHomeWhoWaitsForACoach(t *testing.T) {
	sc := testScenario()
	sc.Population.Behaviour.WalkMax = 0
	household(sc, 0, 0, adult(0))
	w := newPlace(t, sc)
	w.evacuate()
	w.run(seconds(720))
	w.settleOnTrips()
	w.run(w.p.now.Add(5 * sim.Minute))
	w.once(sim.EvPartyAtAssembly, 0)
	w.broadcast(sim.OrderAllClear, 0)
	w.run(w.p.now.Add(sim.Minute))
	w.settleOnTrips()
	w.run(w.p.now.Add(10 * sim.Minute))
	w.once(sim.EvPartyHome, 0)
	if w.p.stage[0] != sim.StageStaying || w.p.holder[0] != sim.RefTo(sim.KindBuilding, sim.BuildingID(0)) {
		t.Errorf("stage %v at %v; want at home", w.p.stage[0], w.p.holder[0])
	}
}

// A head to whom no telephone rings hears of the order from who comes to the door, or when the telephone works again.
func TestAHeadWithoutATelephone(t *testing.T) {
	for name, c := range map[string]struct {
		knock bool
		until float64 // by when he knows [s]
		after float64 // and not before [s]
	}{
		"knocked at":   {true, 1200, 100},
		"called later": {false, 1000, 900},
	} {
		t.Run(name, func(t *testing.T) {
			sc := testScenario()
			quickCare(sc)
			sc.Population.Family.Phone = "phone"
			sc.Channels = append(sc.Channels, scenario.Channel{Name: "phone", Use: "public", Reach: new(0.0)})
			sc.Institutions = []scenario.Institution{{Name: "i", Building: 1, Kind: "care", Plan: "up",
				Ready: 10 * sim.Second, ReadyT90: 20 * sim.Second, Group: 4, Every: 5 * sim.Second}}
			household(sc, 1, 0, adult(0))
			w := newPlace(t, sc)
			w.ports.Silences.Post(0, 0, sim.ChannelFault{Channel: 2, Zone: sim.None})
			w.run(seconds(60))
			if c.knock {
				w.broadcast(sim.OrderEvacuateZone, 1)
			} else {
				w.broadcast(sim.OrderEvacuateZone, 2)
				w.p.broadcasts = append(w.p.broadcasts, broadcast{Order: sim.OrderEvacuateZone, Shelter: sim.None})
				w.p.callInstitutions(w.p.now, 0, 0)
			}
			w.run(seconds(c.after))
			if c.knock {
				w.run(seconds(c.until))
			} else {
				w.never(sim.EvInstitution)
				w.ports.Silences.Post(w.p.now, 0, sim.ChannelFault{Channel: 2, Zone: sim.None, Up: true})
				w.run(seconds(c.until))
			}
			if len(w.find(sim.EvInstitution, -1)) == 0 {
				t.Error("the head knows nothing")
			}
		})
	}
}

// Of a charge who is dead or gone nobody says that the helper failed her.
func TestAHelperDoesNotFailWhoIsGone(t *testing.T) {
	sc := testScenario()
	quickCare(sc)
	household(sc, 0, 0, adult(0))
	x := disabled()
	x.Helper = 0
	household(sc, 1, 0, x)
	w := newPlace(t, sc)
	w.broadcast(sim.OrderEvacuateZone, 0)
	w.run(seconds(30)) // called, and getting ready
	w.p.endure(w.p.now, 1, 1, injury{}, everybody)
	w.p.hurt(w.p.now, 0, 0, injury{})
	w.run(seconds(600))
	if e := w.find(sim.EvHelper, -1); len(e) != 0 || w.p.care.help[0].Step != helpDone {
		t.Errorf("%v, step %d; want nothing said", e, w.p.care.help[0].Step)
	}
}

// Who dies of cold on the road is taken off it.
func TestTheDeadAreTakenOffTheRoad(t *testing.T) {
	w := onTheRoad(t, 0)
	w.p.endure(w.p.now, 0, 1, injury{cause: sim.CauseExposure}, everybody)
	n := 0
	w.ports.Leavings.Drain(func(_ sim.Time, m sim.Leaving) {
		if m.Mover == sim.RefTo(sim.KindParty, sim.PartyID(0)) {
			n++
		}
	})
	if w.p.alive[0] != 0 || n != 1 {
		t.Errorf("%d alive, %d words to the road; want 0 and 1", w.p.alive[0], n)
	}
}

// With whom a helper comes too late to bring out over the roads, and who flees to higher ground near by, goes there by
// herself: the helper walks home.
func TestAHelperOfWhoFleesGoesHome(t *testing.T) {
	sc := testScenario()
	quickCare(sc)
	for c := range sc.Terrain.Bed {
		if i, j := sc.Terrain.Grid.IJ(c); i >= 4 && i < 6 && j == 5 {
			sc.Terrain.Bed[c] = 6000
		}
	}
	household(sc, 0, 0, adult(0))
	x := limited()
	x.Special = true
	x.Helper = 0
	household(sc, 1, 0, x)
	w := newPlace(t, sc)
	w.ruin(0, 1)
	w.run(seconds(10))
	w.road.closed[sim.ModeFoot] = true
	w.flood(0, 200, 0.4, 0)
	w.p.setHelp(w.p.now, 0, helpDoor)
	w.p.bringOut(w.p.now, 0)
	if w.p.stage[1] != sim.StageWalking || w.p.flags[1]&partySeeks == 0 || w.p.trip[1].Goal.Kind != sim.KindStreet {
		t.Fatalf("%v for %v; want on her way to higher ground", w.p.stage[1], w.p.trip[1].Goal)
	}
	if e := w.p.care.help[0]; e.Step != helpBack || e.Due < w.p.now || e.Due > w.p.now.Add(30*sim.Minute) {
		t.Errorf("errand %+v; want the helper on his way home", e)
	}
}
