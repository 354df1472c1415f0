package traffic

import (
	"testing"

	"sandtable/sim"
)

// anyCase checks that what was read makes a network and runs.
func anyCase(t *testing.T, c *Case, err error) {
	if err != nil {
		return
	}
	for k := range c.Trips {
		c.Trips[k].Depart %= sim.Time(sim.Minute)
	}
	r, _, err := NewRun(c, Options{Until: sim.Time(2 * sim.Minute)})
	if err != nil {
		if r != nil {
			return // no trip can be made
		}
		t.Fatal(err)
	}
	play(t, r)
}

// Whatever the tables hold, reading them does not fail, and what is left of them is a network that runs.
func FuzzTables(f *testing.F) {
	files := square()
	f.Add(files["nodes.csv"], files["edges.csv"], files["trips.csv"])
	f.Add("\ufeffid,x_m,y_m\r\na,1,2\r\n", "id,from,to,lanes,speed_mps\nx,a,a,1,1", "id,depart_s,from_edge,to_node\n1,1,x,a")
	f.Add("id,x_m,y_m\na,1,2\nb,1e8,-1e8", "id,from,to,length_m,lanes,speed_mps\nx,a,b,1,16,100", "depart_s,id,from_node,to_node\n1,1,a,b")
	f.Fuzz(func(t *testing.T, nodes, edges, trips string) {
		if len(nodes)+len(edges)+len(trips) > 1<<16 {
			return
		}
		tb := tables{Case: &Case{}}
		tb.readNodes("nodes.csv", []byte(nodes))
		tb.readEdges("edges.csv", []byte(edges))
		tb.readTrips("trips.csv", []byte(trips))
		tb.checkParts("edges.csv", "nodes.csv")
		tb.sortTrips()
		anyCase(t, tb.Case, tb.empty("x"))
	})
}

// The same for TNTP.
func FuzzTNTP(f *testing.F) {
	files := small()
	f.Add(files["s_net.tntp"], files["s_trips.tntp"], "node x y;\n1 1 1;\n")
	f.Add("<NUMBER OF NODES> 2\n1 2 1e12 1 1;\n2 1 0 0 1", "<NUMBER OF ZONES> 9\nOrigin 1\n2:5;1:5", "1 1e8 -1e8")
	f.Fuzz(func(t *testing.T, net, trips, places string) {
		if len(net)+len(trips)+len(places) > 1<<16 {
			return
		}
		n := &tntp{Case: &Case{}, units: DefaultUnits()}
		head := readText("net", []byte(net))
		if head.meta["NUMBER OF NODES"] > 1e4 {
			return // only slow
		}
		table := readText("trips", []byte(trips))
		n.readLinks(head)
		n.readPlaces(readText("places", []byte(places)))
		n.units.Demand = 1e-3
		n.readTable(table)
		if len(n.Trips) > 10000 {
			n.Trips = n.Trips[:10000]
		}
		n.sortTrips()
		anyCase(t, n.Case, n.empty("x"))
	})
}
