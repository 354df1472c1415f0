package drilltest_test

import (
	"fmt"
	"testing"

	"sandtable/sim"
)

// seedsBelief is on how many draws of the people the levers of belief are tried.
const seedsBelief = 20

// TestRumourCostsAndAStatementMakesGood: a rumour that nobody need go, which a fifth of the households hear at the start,
// leaves fewer people moved before the water; a statement a quarter of an hour before the order makes most of that
// good. The intervals are over draws of the people, in the late hamlet.
func TestRumourCostsAndAStatementMakesGood(t *testing.T) {
	l := newLaboratory(t, late(t, false))
	const order = 45 * sim.Minute
	rumour := sim.NewCommand(sim.FromDirector, "rumour", "says", "stay", "heard", "20", "text", "no-flood")
	var statements []sim.Command
	for i := range l.sc.Zones {
		c := sim.NewCommand(sim.FromPlayer, "statement", "zone", l.sc.Zones[i].Name)
		c.At = sim.Time(order - 15*sim.Minute)
		statements = append(statements, c)
	}
	var quiet, heard, denied lever
	for people := range uint64(seedsBelief) {
		reference := l.run(t, people, false, nil)
		play := func(to *lever, more ...sim.Command) {
			to.add(l.measure(l.run(t, people, true, append(more, evacuation(l.sc, order)...)), reference.Events))
		}
		play(&quiet)
		play(&heard, rumour)
		play(&denied, append([]sim.Command{rumour}, statements...)...)
	}
	quiet.tell(t, "no rumour")
	heard.tell(t, "a rumour")
	denied.tell(t, "a rumour and a statement")
	denied.over(t, "the statement", &heard)
	if cost := paired(heard.moved, quiet.moved); cost.high >= 0 {
		t.Errorf("the rumour changes who is moved in time by %v; want clearly fewer", cost)
	}
}

// TestWordOfMouthAndNeighboursMove: people who tell each other, and people who look at each other, are moved in larger
// numbers before the water than people who do neither. Posts warn by loudspeaker alone, so that many have not heard.
func TestWordOfMouthAndNeighboursMove(t *testing.T) {
	const order = 45 * sim.Minute
	play := func(set func(talk, neighbours *float64)) lever {
		sc := *heard([]string{"loudspeaker"}, nil)(t, false)
		set(&sc.Population.Belief.Talk, &sc.Population.Belief.Neighbours)
		l := newLaboratory(t, &sc)
		var out lever
		for people := range uint64(seedsBelief) {
			reference := l.run(t, people, false, nil)
			out.add(l.measure(l.run(t, people, true, evacuation(l.sc, order)), reference.Events))
		}
		return out
	}
	plain := play(func(talk, neighbours *float64) { *talk, *neighbours = 0, 0 })
	for name, set := range map[string]func(talk, neighbours *float64){
		"word of mouth": func(talk, neighbours *float64) { *talk, *neighbours = 2, 0 },
		"neighbours":    func(talk, neighbours *float64) { *talk, *neighbours = 0, 0.9 },
	} {
		with := play(set)
		with.tell(t, fmt.Sprint("with ", name))
		with.over(t, name, &plain)
	}
}

// TestPublishedWarningMoves: red published for the county a quarter of an hour before the order has more people moved
// before the water than the order alone, in the late hamlet at 20 min, where half of the people heed an order. Where
// nine of ten do, as by default, or the water is in sight, there is hardly anybody left to convince.
func TestPublishedWarningMoves(t *testing.T) {
	sc := *late(t, false)
	sc.Population.Behaviour.HeedEvacuate = 0.5
	l := newLaboratory(t, &sc)
	const order = 20 * sim.Minute
	red := sim.NewCommand(sim.FromPlayer, "warning_level", "level", "red")
	red.At = sim.Time(order - 15*sim.Minute)
	var alone, warned lever
	for people := range uint64(seedsBelief) {
		reference := l.run(t, people, false, nil)
		play := func(to *lever, more ...sim.Command) {
			to.add(l.measure(l.run(t, people, true, append(more, evacuation(l.sc, order)...)), reference.Events))
		}
		play(&alone)
		play(&warned, red)
	}
	alone.tell(t, "the order alone")
	warned.tell(t, "red before it")
	warned.over(t, "red", &alone)
}
