package road

import "sandtable/sim"

// policeShare is what a junction directed by the police carries of what its roads carry without a break: as a signal of
// two phases (assumed; how Mahalel, Gur and Shiftan 1991 found officers to direct full junctions: by long greens).
const policeShare = 1 - 2*signalLost/signalCycle

// setPolice has an officer direct the traffic at a node, or leave it. Where vehicles do not hinder each other there is
// nothing to direct.
func (t *Traffic) setPolice(node int32, on bool) {
	j := t.net.junctions.at[node]
	if j < 0 || t.crossings[j].policed == on {
		return
	}
	t.crossings[j].policed = on
	for _, arc := range t.net.in.of(node) {
		t.arcs[arc].turn, t.arcs[arc].turnOf = 0, -1
	}
	for _, arc := range t.net.out.of(node) {
		t.arcs[arc].clock, t.arcs[arc].startTurn = 0, 0
	}
	what, count, words := changePoliceOff, int32(0), sim.Say("交警撤离", "the police leave")
	if on {
		what, count, words = changePoliceOn, 1, sim.Say("交警到岗指挥", "police take over")
	}
	at := sim.RefTo(sim.KindNode, sim.NodeID(node))
	t.change(what, at, node)
	t.log.Emit(sim.Event{At: t.now, Kind: sim.EvRoadPolice, A: at, Count: count, Text: words})
	t.mark(node)
}

// clock returns what the arcs that begin at the junction show after a contender has passed. An officer serves the whole
// junction by turns: all of them show the earliest turn of those who wait.
func (j *junctionNow) clock(c *contender) int64 {
	turn := c.turn
	for k := range j.contenders {
		if o := &j.contenders[k]; !o.gone && o.target >= 0 {
			turn = min(turn, o.turn)
		}
	}
	if c.target >= 0 {
		turn = max(turn, j.arcs[c.target].clock)
	}
	return turn
}
