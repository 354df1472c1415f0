package scenario

import (
	"fmt"
	"strconv"

	"sandtable/sim"
)

// Border is the name of all ends of roads at the edge of the map.
const Border = "border"

// borderCells is how far from the edge of the map a road may end to end there [cells].
const borderCells = 2

// planLane is what a lane carries by the rates that plans of evacuations count on [veh/h] (TRB 11-4115).
const planLane = 600.0

// Background is a stream of through traffic: cars of strangers who use the same roads.
type Background struct {
	From     string        `toml:"from" doc:"where it comes on: the number of a node, or border: the ends of roads at the edge of the map, by their capacity"`
	To       string        `toml:"to" doc:"where it leaves, likewise"`
	Vehicles float64       `toml:"vehicles" unit:"veh/h" range:"[0,100000]" optional:"true" doc:"how many; this or share"`
	Share    float64       `toml:"share" unit:"-" range:"[0,1]" optional:"true" doc:"instead of vehicles: of the capacity of the roads out of from"`
	Start    sim.Duration  `toml:"start" range:"[0s,30d]" instant:"true" default:"0s" doc:"from when on they come, since the start (2h30m) or by the clock (06:40)"`
	End      *sim.Duration `toml:"end,omitempty" range:"[0s,30d]" instant:"true" optional:"true" doc:"until when they come; the end of the drill when missing"`
	Arrivals string        `toml:"arrivals" choices:"random,regular" default:"random" doc:"at random instants (Poisson), or at equal intervals"`
	Persons  int64         `toml:"persons" unit:"persons" range:"[1,100]" default:"2" doc:"in each car (assumed)"`
	Public   bool          `toml:"public" default:"false" doc:"coaches and buses of public transport, which stop when transport is suspended"`
}

// Until returns when the last vehicle of a stream may come on.
func (b *Background) Until(sc *Scenario) sim.Duration {
	if b.End == nil {
		return sc.Drill.Duration
	}
	return *b.End
}

// EndsOf returns the nodes that an end of background traffic names, nothing when there are none: the node of that
// number, or all ends of roads at the edge of the map.
func (sc *Scenario) EndsOf(name string) []sim.NodeID {
	if name == Border {
		return sc.borderEnds()
	}
	v, err := strconv.ParseInt(name, 10, 32)
	if err != nil || v < 0 || v >= int64(len(sc.Nodes)) {
		return nil
	}
	return []sim.NodeID{sim.NodeID(v)}
}

// borderEnds returns the ends of roads for vehicles that lie at the edge of the map, in id order.
func (sc *Scenario) borderEnds() []sim.NodeID {
	roads := make([]int, len(sc.Nodes))
	for i := range sc.Links {
		if l := &sc.Links[i]; l.Class != RoadPath {
			roads[l.From]++
			roads[l.To]++
		}
	}
	box, band := sc.Terrain.Grid.Bounds(), borderCells*sc.Terrain.Grid.Cell
	var ends []sim.NodeID
	for i, n := range roads {
		p := sc.Nodes[i].At
		if near := min(p.X-box.Min.X, box.Max.X-p.X, p.Y-box.Min.Y, box.Max.Y-p.Y); n == 1 && near <= band {
			ends = append(ends, sim.NodeID(i))
		}
	}
	return ends
}

// background checks streams of through traffic.
func (c *checker) background() {
	if c.missing.Nodes || c.missing.Links || c.missing.Terrain || c.count["node"] > 0 || c.count["link"] > 0 {
		return
	}
	for i := range c.sc.Roads.Background {
		b, path := &c.sc.Roads.Background[i], fmt.Sprintf("roads.background[%d].", i)
		from, to := c.endOf(path+"from", b.From), c.endOf(path+"to", b.To)
		if len(from) == 1 && len(to) == 1 && from[0] == to[0] {
			c.add(path+"to", "起点与终点同为 %s；应不同", "from and to are both %s; want two places", b.To)
		}
		if (b.Vehicles > 0) == (b.Share > 0) {
			c.add(path+"vehicles", "vehicles 与 share 应写且只写其一，并大于 0", "want either vehicles or share, above 0")
		}
		if b.Until(c.sc) <= b.Start {
			c.add(path+"end", "%s 不晚于开始（%s）；应更晚", "%s, which is not after the start at %s; want a later moment", b.Until(c.sc),
				b.Start)
		}
	}
}

// crowdedEntries finds through traffic that the roads cannot take where it comes on.
func (c *checker) crowdedEntries() {
	for i := range c.sc.Roads.Background {
		b := &c.sc.Roads.Background[i]
		if most := c.sc.flowOut(c.sc.EndsOf(b.From)); b.Vehicles > most {
			c.add(fmt.Sprintf("roads.background[%d].vehicles", i), "驶入处的道路每小时只能驶入 %.0f 辆；应不多于此，其余只能在路边等候",
				"the roads out of there take %.0f veh/h; want no more: the others would only wait beside them", most)
		}
	}
}

// flowOut returns what the roads out of nodes carry together on a dry day [veh/h].
func (sc *Scenario) flowOut(nodes []sim.NodeID) (flow float64) {
	for i := range sc.Links {
		l := &sc.Links[i]
		lane := l.Capacity * sc.Roads.Capacity
		if sc.Roads.Planning == "evacuation" {
			lane = min(lane, planLane)
		}
		for _, node := range nodes {
			if l.From == node || l.To == node && !l.OneWay {
				flow += float64(float64(l.Lanes) * lane)
			}
		}
	}
	return flow
}

// endOf checks an end of background traffic and returns its nodes.
func (c *checker) endOf(path, name string) []sim.NodeID {
	nodes := c.sc.EndsOf(name)
	switch {
	case len(nodes) > 0:
	case name == Border:
		c.add(path, "没有车行道路通到图边（距图边 %d 格以内）；应写路口编号",
			"no road for vehicles ends at the edge of the map, within %d cells of it; want the number of a node", borderCells)
	default:
		c.add(path, "%.40q 不是路口；应为 %s，或 border", "%.40q is no node; want %s, or border", name,
			numberRange(int32(len(c.sc.Nodes))))
	}
	return nodes
}
