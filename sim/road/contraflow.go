package road

import "sandtable/sim"

// Contraflow goes through four stages, of which EvContraflow tells: lanes are taken from one direction, which is closed
// at once when it gives up all of them; when the set-up time is over and those who are still on it have room on the
// lanes that it keeps, the lanes run the other way. It ends likewise.

// turning is what lanes of a link that change hands wait for.
type turning struct {
	ready  sim.Time // when the set-up is over; Never when nothing changes hands
	ending bool     // lanes go back
}

var settled = turning{ready: sim.Never}

// Stages of a contraflow, in the Count of EvContraflow.
const (
	contraflowRefused int32 = iota // it cannot be carried out
	contraflowSetUp
	contraflowRuns
	contraflowEnds
	contraflowOver
)

// gains returns the arc of a link that an order gives lanes to.
func gains(link int32, way sim.RoadWay) int32 {
	if way == sim.WayBack {
		return 2*link + 1
	}
	return 2 * link
}

// lend takes lanes from the direction that faces the one which an order favours. Lanes that run the other way already
// count; where the favoured direction has itself given lanes away, nothing can be done.
func (t *Traffic) lend(link int32, o sim.RoadOrder) {
	gain := gains(link, o.Way)
	give := gain ^ 1
	w, r := &t.works[give], &t.turns[link]
	n := min(o.Lanes, w.own)
	if n <= w.lent || t.works[gain].lent > 0 || r.ending {
		t.tellContraflow(gain, contraflowRefused, n)
		return
	}
	w.lent = n
	t.widen(gain)
	*r = turning{ready: t.now.Add(o.Over)}
	t.tellContraflow(gain, contraflowSetUp, n)
	t.shrink(give, o)
}

// giveBack closes the lanes of a link that run against their direction.
func (t *Traffic) giveBack(link int32, o sim.RoadOrder) {
	gain := 2 * link
	if t.works[gain].lent > 0 {
		gain++
	}
	r := &t.turns[link]
	n := t.works[gain^1].lent
	if n == 0 || r.ending {
		t.tellContraflow(gain, contraflowRefused, n)
		return
	}
	t.works[gain].won = 0
	*r = turning{ready: t.now.Add(o.Over), ending: true}
	t.tellContraflow(gain, contraflowEnds, n)
	t.shrink(gain, o)
}

// shrink takes in that an arc has lost lanes, and has the set-up looked at when it is over.
func (t *Traffic) shrink(arc int32, o sim.RoadOrder) {
	link := arc >> 1
	t.refit(2 * link)
	t.refit(2*link + 1)
	t.price(link)
	t.tell(link, sim.StrandClosed)
	if t.flows[arc].closed {
		t.dismiss(arc, o.Policy)
		t.turnBehind(arc)
	}
	t.agenda.Put(t.turns[link].ready, entry{what: doTurn, id: link})
}

// turnLanes has lanes change hands when nothing is in their way; the entry may be an old one.
func (t *Traffic) turnLanes(link int32) {
	if !t.lanesCanTurn(link) {
		return
	}
	gain := 2 * link
	if t.works[gain].lent > 0 {
		gain++
	}
	give := gain ^ 1
	n := t.works[give].lent
	stage := contraflowRuns
	if t.turns[link].ending {
		t.works[give].lent = 0
		stage = contraflowOver
	} else {
		t.works[gain].won = n
	}
	t.turns[link] = settled
	t.refit(gain)
	t.refit(give)
	t.price(link)
	t.tell(link, sim.StrandClosed)
	t.tellContraflow(gain, stage, n)
}

// lanesCanTurn says whether lanes of a link can change hands now: the set-up is over, no stalled vehicle stands on the
// arc that gives them up, and those who are on it have room on the lanes that it keeps.
func (t *Traffic) lanesCanTurn(link int32) bool {
	r := &t.turns[link]
	if r.ready > t.now {
		return false
	}
	from := 2 * link
	if (t.works[from].lent > 0) == r.ending {
		from++
	}
	w, a := &t.works[from], &t.arcs[from]
	if w.wrecks > 0 {
		return false
	}
	keeps := laneCount{own: w.own - w.lent}
	if keeps.own == 0 {
		return a.in == a.out
	}
	speed := t.freeSpeed(link)
	return a.in-a.out <= int64(t.net.room(link, keeps, speed, t.net.capacity(link, keeps, speed, 1)))
}

// tellContraflow emits a stage of a contraflow in favour of an arc.
func (t *Traffic) tellContraflow(gain, stage int32, n uint8) {
	t.trail.Change(t.now, changeContraflow, gain, uint64(stage)<<8|uint64(n))
	t.log.Emit(sim.Event{At: t.now, Kind: sim.EvContraflow, A: sim.RefTo(sim.KindLink, sim.LinkID(gain>>1)),
		B: sim.Ref{ID: gain & 1}, Count: stage, Num: float64(n), Text: contraflowWords(stage, n)})
}

// contraflowWords says what becomes of so many lanes.
func contraflowWords(stage int32, n uint8) sim.Text {
	switch stage {
	case contraflowSetUp:
		return sim.Say("%d 条对向车道封闭，准备逆向行车", "lanes of the other direction closed, to be turned round: %d", n)
	case contraflowRuns:
		return sim.Say("%d 条车道开始逆向行车", "lanes that run the other way: %d", n)
	case contraflowEnds:
		return sim.Say("%d 条逆向车道封闭，准备恢复", "turned lanes closed, to go back: %d", n)
	case contraflowOver:
		return sim.Say("%d 条车道恢复原方向", "lanes that run as usual again: %d", n)
	}
	return sim.Say("逆向行车指令无法执行：没有可借用或可归还的车道，或正在恢复",
		"contraflow cannot be carried out: no lanes are there to be turned or given back, or they are on their way back")
}
