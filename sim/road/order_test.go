package road

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/rng"
)

// row of a table of trips, as a traffic case has them.
type tripRow struct {
	start    sim.Time
	from, to int
	cars     int
}

// playRows gives the trips to the roads in the order of the rows, whose numbers become the ids, and returns for every
// row when it arrived, with the state at the end.
func playRows(t *testing.T, net *Network, rows []tripRow) (arrived []sim.Time, state []byte) {
	w := newWorld(t, net, nil)
	for id, r := range rows {
		w.ports.Trips.Post(r.start, int32(id), sim.Trip{Mover: party(id), Mode: sim.ModeCar, From: sim.NodeID(r.from),
			To: sim.NodeID(r.to), Vehicles: int32(r.cars), Persons: 2, Zone: sim.None})
	}
	for range 600 {
		w.roads.Step(w.roads.Now()+at(10), nil, w.ports, &w.log)
	}
	w.collect()
	arrived = slices.Repeat([]sim.Time{sim.Never}, len(rows))
	for _, a := range w.arrived {
		arrived[a.Mover.ID] = a.at
	}
	return arrived, save(w.roads)
}

// The rows of a table of trips may come in any order: every row arrives when it did before. Rows that begin in one
// instant at one place and differ are the exception, since there the lower id goes first; equal rows may be many.
func TestOrderOfRowsDoesNotCount(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		nodes, links, exits := drawTown(rt)
		net := freeNodes(t, nodes, links)
		inner := len(nodes) - len(exits)
		var rows []tripRow
		start := sim.Time(0)
		for range rapid.IntRange(1, 60).Draw(rt, "groups") {
			start += sim.Time(rapid.IntRange(1, 3_000_000).Draw(rt, "gap"))
			r := tripRow{start, rapid.IntRange(0, inner-1).Draw(rt, "from"), rapid.IntRange(0, len(nodes)-1).Draw(rt, "to"),
				rapid.IntRange(1, 2).Draw(rt, "cars")}
			rows = append(rows, slices.Repeat([]tripRow{r}, rapid.IntRange(1, 4).Draw(rt, "equal"))...)
		}
		tell := func(rows []tripRow) []string {
			arrived, _ := playRows(t, net, rows)
			var out []string
			for k, r := range rows {
				out = append(out, fmt.Sprint(r, arrived[k]))
			}
			slices.Sort(out)
			return out
		}
		want := tell(rows)
		if got := tell(rapid.Permutation(rows).Draw(rt, "order")); !slices.Equal(got, want) {
			rt.Fatalf("in another order\n%v\nwant\n%v", got, want)
		}
	})
}

// The roads have one thread of their own: nothing in the package starts another, reads the number of processors or
// depends on either. So one and many processors give the same bytes, whatever the rest of the program does with them.
func TestProcessorsDoNotCount(t *testing.T) {
	const side, trips = 8, 3000
	net, draw := gridNetwork(t, side), rng.New(5, "road.processors")
	var rows []tripRow
	for k := range uint64(trips) {
		rows = append(rows, tripRow{sim.Time(draw.IntN(600_000_000, k, 0, 0)), draw.IntN(side*side, k, 1, 0),
			draw.IntN(side*side, k, 2, 0), 1})
	}
	var want []byte
	for _, processors := range []int{1, 2, 8} {
		before := runtime.GOMAXPROCS(processors)
		_, got := playRows(t, net, rows)
		runtime.GOMAXPROCS(before)
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Errorf("with %d processors the state at the end is another one", processors)
		}
	}
}
