package population

import (
	"testing"

	"sandtable/sim"
)

// What happens to a party under way is told with the node behind which it happens, not with that where it set off.
func TestEventsNameThePresentNode(t *testing.T) {
	for cars, kind := range []sim.Kind{sim.KindStreet, sim.KindVehicle} {
		w := onTheRoad(t, uint8(cars))
		w.ruin()
		w.flood(500, 600, 0.9, 0)
		w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 5,
			Node: 4, X: 510, Y: 250, Depth: 0.9})
		w.run(seconds(800))
		want := sim.RefTo(kind, sim.NodeID(4))
		if a, b := w.once(sim.EvPartyStranded, 0), w.once(sim.EvPartyCaught, 0); a.B != want || b.B != want {
			t.Errorf("stranded %v, caught %v; want %v", a.B, b.B, want)
		}
	}
	w := onTheRoad(t, 0)
	post := func(at float64, node sim.NodeID) {
		w.ports.Exposures.Post(seconds(at), 0, sim.Exposure{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)),
			Danger: sim.H3, Depth: 0.7, Node: node})
	}
	post(690, 2)
	w.run(seconds(720))
	post(720, 3)
	w.run(seconds(800))
	if e := w.once(sim.EvPartyCaught, 0); e.B != sim.RefTo(sim.KindStreet, sim.NodeID(3)) || e.At != seconds(750) {
		t.Errorf("caught %+v; want at 750 s behind node 3: the danger goes on from node to node", e)
	}
}

// Who is stranded on a bridge stands above the water under it.
func TestStrandedOnABridge(t *testing.T) {
	for _, rise := range []float64{0, 3} {
		w := onTheRoad(t, 0)
		w.flood(300, 400, 2.5, 1)
		w.ports.PartyStrands.Post(w.p.now, 0, sim.Stranding{Mover: sim.RefTo(sim.KindParty, sim.PartyID(0)), Link: 3,
			Node: 3, X: 350, Y: 250, Rise: rise, Cause: sim.StrandClosed})
		w.run(seconds(800))
		if got := len(w.find(sim.EvPartyCaught, 0)) == 1; got != (rise == 0) {
			t.Errorf("%v m above the ground: caught %v", rise, got)
		}
	}
}
