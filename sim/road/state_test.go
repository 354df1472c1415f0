package road

import (
	"slices"
	"testing"

	"sandtable/sim"
)

// busyWorld is a jammed town in the middle of a flood, with something of everything.
func busyWorld(t testing.TB) (*Traffic, *Network, *sim.Terrain) {
	net := gridNetwork(t, 5)
	net.rules.TravelEvery = 11 * sim.Second
	ground := plain(70, 70)
	roads, ports, log := New(net, ground), &sim.Ports{}, &sim.Log{}
	layers := sim.NewLayers(ground)
	depth := sim.NewLayer(sim.LayerKey{Quantity: sim.QDepth}, ground.Grid)
	layers.Add(depth)
	for k := range 600 {
		mode := sim.Mode(1 + k%5)
		ports.Trips.Post(sim.Time(k)*200_000, int32(k), sim.Trip{Mover: party(k), Mode: mode, Vehicles: 1,
			From: sim.NodeID(k * 7 % 25), To: sim.NodeID(k * 3 % 5), Zone: sim.ZoneID(k % 2),
			Knows: sim.Knowledge(k / 5 % 3), Bold: k%4 == 0})
	}
	for end := at(1); end <= at(120); end += at(1) {
		if end%at(30) == 0 {
			layers.Begin(end)
			for cell := range ground.Grid.Len() {
				depth.Set(cell, int32(end/at(1))*int32(cell%70)/12)
			}
			ports.RoadOrders.Post(end, 3, sim.RoadOrder{Do: sim.RoadClose, Link: 3, Policy: sim.ClosureTurnBack})
		}
		roads.Step(end, layers, ports, log)
	}
	return roads, net, ground
}

// tryState gives a state to the decoder. It may refuse it; what it takes must keep its own rules and go on without a
// panic.
func tryState(t *testing.T, net *Network, ground *sim.Terrain, data []byte) (taken bool) {
	got := New(net, ground)
	d := &sim.Decoder{Buf: data}
	got.LoadState(d)
	if d.Err != nil {
		return false
	}
	if err := got.Check(true); err != nil {
		t.Fatal(err)
	}
	ports, log := &sim.Ports{}, &sim.Log{}
	for range 5 {
		got.Step(got.Now()+sim.Time(sim.Second), nil, ports, log)
	}
	return true
}

// FuzzLoadState gives anything to the decoder.
func FuzzLoadState(f *testing.F) {
	roads, net, ground := busyWorld(f)
	f.Add(save(roads))
	f.Fuzz(func(t *testing.T, data []byte) { tryState(t, net, ground, data) })
}

// A state with one damaged byte is refused, or goes on by the rules.
func TestDamagedStates(t *testing.T) {
	roads, net, ground := busyWorld(t)
	saved := save(roads)
	refused := 0
	for k := 0; k < len(saved); k += 1 + len(saved)/1500 {
		data := slices.Clone(saved)
		data[k] ^= byte(k*37 + 1)
		if !tryState(t, net, ground, data) {
			refused++
		}
	}
	if refused == 0 {
		t.Error("none was refused")
	}
}

// A state of another network is refused.
func TestLoadOfAnotherNetwork(t *testing.T) {
	roads, _, ground := busyWorld(t)
	other := New(gridNetwork(t, 4), ground)
	before := save(other)
	d := &sim.Decoder{Buf: save(roads)}
	other.LoadState(d)
	if d.Err == nil {
		t.Error("taken")
	}
	if string(save(other)) != string(before) {
		t.Error("a refused state has left traces")
	}
}

// Roads on which everybody has arrived are saved like new ones, but for what they count.
func TestRestLeavesNothing(t *testing.T) {
	w := newWorld(t, gridNetwork(t, 4), nil)
	fresh := len(save(w.roads))
	for id := range 100 {
		w.car(float64(id%10), id, id%16, (id*5+3)%16)
	}
	w.run(4000)
	if len(w.arrived) != 100 {
		t.Fatalf("%d arrived; want 100", len(w.arrived))
	}
	passed := 0
	for arc := range w.roads.arcs {
		if w.roads.arcs[arc].passed > 0 {
			passed++
		}
	}
	// Free slots take a byte and their number each.
	if got, want := len(save(w.roads)), fresh+12*passed+5*int(w.roads.slots); got != want {
		t.Errorf("%d bytes; want %d", got, want)
	}
}

// In the steady state a step allocates nothing.
func TestNoAllocation(t *testing.T) {
	net := gridNetwork(t, 6)
	roads, ports, log := New(net, nil), &sim.Ports{}, &sim.Log{}
	id, end := 0, sim.Time(0)
	step := func() {
		for range 3 {
			k := id % 500
			if roads.slotOf(party(k)) < 0 {
				ports.Trips.Post(end, int32(k), sim.Trip{Mover: party(k), Mode: sim.Mode(1 + k%5), Vehicles: 1,
					From: sim.NodeID(k * 7 % 36), To: sim.NodeID(k % 5), Zone: sim.None})
			}
			id++
		}
		end += at(1)
		roads.Step(end, nil, ports, log)
		ports.PartyArrivals.Drain(func(sim.Time, sim.Arrival) {})
	}
	for range 3000 {
		step()
	}
	if n := testing.AllocsPerRun(1000, step); n > 0 {
		t.Errorf("%v allocations per step; want none", n)
	}
	if roads.Tally(sim.ModeCar).Out == 0 {
		t.Error("nobody arrives")
	}
}

// A step in which nothing happens costs next to nothing, however many links and waiting vehicles there are.
func BenchmarkIdleStep(b *testing.B) {
	roads, ports, log := New(gridNetwork(b, 100), nil), &sim.Ports{}, &sim.Log{}
	for end := at(1); b.Loop(); end += at(1) {
		roads.Step(end, nil, ports, log)
	}
}

// BenchmarkSave saves a jammed town.
func BenchmarkSave(b *testing.B) {
	roads, _, _ := busyWorld(b)
	var e sim.Encoder
	b.ReportAllocs()
	for b.Loop() {
		e.Buf = e.Buf[:0]
		roads.AppendState(&e)
	}
	b.ReportMetric(float64(len(e.Buf)), "bytes")
}
