package scenario

import (
	"fmt"

	"sandtable/sim"
)

// TurnBan is a turn that cars and coaches must not make.
type TurnBan struct {
	Node int64 `toml:"node" range:"[0,]" doc:"where: number of the node"`
	From int64 `toml:"from" range:"[0,]" doc:"out of which link"`
	To   int64 `toml:"to" range:"[0,]" doc:"into which link; the same as from for turning round"`
}

// Arcs returns the directions of the two links that the ban is about: the one that ends at the node, and the one that
// begins there; 0 for a link that does not.
func (b *TurnBan) Arcs(sc *Scenario) (from, to sim.Arc) {
	return sc.arcAt(b.From, b.Node, true), sc.arcAt(b.To, b.Node, false)
}

// arcAt returns the direction of a link that ends, or begins, at a node; 0 when there is none.
func (sc *Scenario) arcAt(link, node int64, ends bool) sim.Arc {
	if link < 0 || link >= int64(len(sc.Links)) {
		return 0
	}
	l := &sc.Links[link]
	back := ends // the way from To to From
	switch sim.NodeID(node) {
	case l.To:
		back = !ends
	case l.From:
	default:
		return 0
	}
	if back && l.OneWay {
		return 0
	}
	return sim.ArcOf(sim.LinkID(link), back)
}

// bans checks turn bans.
func (c *checker) bans() {
	if c.missing.Nodes || c.missing.Links || c.count["node"] > 0 || c.count["link"] > 0 {
		return
	}
	seen := map[TurnBan]bool{}
	for i := range c.sc.Roads.Bans {
		b, path := &c.sc.Roads.Bans[i], fmt.Sprintf("roads.ban[%d]", i)
		if b.Node >= int64(len(c.sc.Nodes)) {
			c.add(path+".node", "%d；应为 %d 个路口之一，从 0 起", "%d; want one of the %d nodes, from 0", b.Node, len(c.sc.Nodes))
			continue
		}
		from, to := b.Arcs(c.sc)
		if from == 0 {
			c.add(path+".from", "路段 %d 不通到路口 %d；应为与之相接的路段", "link %d does not lead to node %d; want one that does",
				b.From, b.Node)
		}
		if to == 0 {
			c.add(path+".to", "路段 %d 不从路口 %d 出发；应为与之相接的路段", "link %d does not begin at node %d; want one that does",
				b.To, b.Node)
		}
		if seen[*b] {
			c.add(path, "同一转向写了两次；应写一次", "the same turn a second time; want it once")
		}
		seen[*b] = true
	}
}
