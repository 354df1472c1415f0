package road

import (
	"math"
	"testing"

	"sandtable/sim"
)

// An emergency vehicle passes who stands, where there is a lane for it: what they take up at 20 km/h, the rest at its
// own speed. On a one-way road of one lane it waits as the others do.
func TestEmergencyVehiclesPassQueues(t *testing.T) {
	// 40 cars, of 134 or 267 that have room, stand on 1 km of road, and then come 10 s on a free one.
	passing := func(share float64) float64 { return share*1000/passSpeed + (1-share)*100 + 10 }
	for _, c := range []struct {
		name   string
		mode   sim.Mode
		oneWay bool
		lanes  int
		want   float64 // travel time; 0 when it waits
	}{
		{"on the lane of who comes towards it", sim.ModeEmergency, false, 1, passing(40.0 / 134)},
		{"between two lanes", sim.ModeEmergency, true, 2, passing(40.0 / 267)},
		{"no lane", sim.ModeEmergency, true, 1, 0},
		{"no siren", sim.ModeVan, false, 1, 0},
		{"no siren and two lanes", sim.ModeVan, true, 2, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			nodes := row(0, 1000, 1100, 1000)
			nodes[3].At.Y = 105
			road := street(0, 1, 10, 1800)
			road.OneWay, road.Lanes = c.oneWay, c.lanes
			slow := street(1, 2, 10, 0.5) // takes one car every two hours
			w := newWorld(t, mustNetwork(t, nodes, []LinkSpec{road, slow, street(1, 3, 10, 1800)}), nil)
			for k := range 42 {
				w.car(float64(3*k), 10+k, 0, 2)
			}
			w.trip(222.5, sim.Trip{Mover: unit(1), Mode: c.mode, From: 0, To: 3, Vehicles: 1, Zone: sim.None})
			w.run(1000)
			took := w.cameAt(unit(1)) - 222.5
			if c.want == 0 && took > 0 || c.want > 0 && math.Abs(took-c.want) > 1e-5 {
				t.Errorf("took %.6f s; want %.6f", took, c.want)
			}
		})
	}
}

// Where roads merge on which it cannot pass, it has the next place.
func TestEmergencyVehiclesMergeFirst(t *testing.T) {
	for mode, most := range map[sim.Mode]float64{sim.ModeEmergency: 10, sim.ModeCar: 40, sim.ModeVan: 40} {
		one := func(from, to int, capacity float64) LinkSpec {
			l := street(from, to, 10, capacity)
			l.OneWay = true
			return l
		}
		nodes := row(0, 0, 1000, 1100)
		nodes[1].At.Y = 100
		w := newWorld(t, mustNetwork(t, nodes, []LinkSpec{one(0, 2, 1600), one(1, 2, 400), one(2, 3, 360)}), nil)
		for k := range 40 {
			w.car(float64(3*k), 10+k, 0, 3)
		}
		w.car(50, 2, 1, 3) // on the minor road, of which one in five comes, and behind it who is looked at
		w.trip(60, sim.Trip{Mover: unit(1), Mode: mode, From: 1, To: 3, Vehicles: 1, Zone: sim.None})
		w.run(600)
		// It comes to the end of its road after 100 s, finds a place within 10 s and needs 10 s more.
		wait := w.cameAt(unit(1)) - 60 - w.net.Length(1)/10 - 10
		if wait < most-10 || wait > most {
			t.Errorf("%v waits %.1f s; want %v to %v", mode, wait, most-10, most)
		}
	}
}
