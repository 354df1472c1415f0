package command

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sandtable/sim"
)

// goOn plays what a state has in store, and looks at it through the eyes of every post.
func goOn(c *Command) {
	var ports sim.Ports
	for k := range 20 {
		var log sim.Log
		c.Step(c.now.Add(sim.Duration(1+k*k)*sim.Second), nil, &ports, &log)
		ports = sim.Ports{}
	}
	var o sim.Observation
	for p := range c.posts {
		c.Observe(sim.PostID(p), &o)
	}
}

// busyState is a saved state with consultations, a deployment, orders on their way and reports.
func busyState(t testing.TB) []byte {
	b := newBench(t, unruly())
	b.give(zoneOrderTo(sim.OrderEvacuateZone, county, z1))
	b.fault(phone, z1, false)
	b.count(z1, 3)
	b.run(301)
	b.c.Consult(b.c.now, county, 0, 0, 1, sim.FromPlayer)
	b.c.Consult(b.c.now, townA, 1, sim.None, 1, sim.FromPlayer)
	b.run(20 * 60)
	b.c.SendOut(b.c.now, 0, &sim.Log{})
	for i, z := range []sim.ZoneID{z1, z3} {
		d := zoneOrderTo(sim.OrderEvacuateZone, county, z)
		d.Item = int32(i) + 1
		b.ports.Directives.Post(b.c.now, int32(i), d)
		b.c.ItemGiven(b.c.now, int32(i), sim.Text{}, true)
	}
	b.run(21 * 60)
	return save(b.c)
}

// A state that was damaged is refused, or can be played on without a panic.
func TestDamagedState(t *testing.T) {
	sc, whole := unruly(), busyState(t)
	played := 0
	for i := range 3000 {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		data := slices.Clone(whole)
		for range 1 + r.IntN(2) {
			k := r.IntN(len(data))
			data[k] = [...]byte{byte(r.Uint32()), data[k] ^ 1<<r.IntN(8), 255}[r.IntN(3)]
		}
		c := newCommand(sc, 7)
		d := sim.Decoder{Buf: data}
		if c.LoadState(&d); d.Err != nil || c.now > at(366*24*3600) {
			continue
		}
		played++
		goOn(c)
	}
	if played < 500 {
		t.Errorf("only %d of 3000 were played", played)
	}
}
