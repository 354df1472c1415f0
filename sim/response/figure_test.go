package response

import (
	"testing"

	"sandtable/figure"
	"sandtable/sim"
)

// TestFigureRounds draws who has come to the shelter, by coach and by boat, against the times of the two tests that
// are worked out by hand.
func TestFigureRounds(t *testing.T) {
	figure.Wanted(t)
	coach := newBench(t, testCounty())
	coach.wait(10, 10, 0)
	coach.order(sim.OrderDispatchCoach, coach1, 0)
	boats := newBench(t, testCounty())
	for k, persons := range []int32{4, 5, 3} {
		boats.strand(sim.PartyID(k+1), persons, 0, nodeAssembly, 1000, 100*float64(k+1))
	}
	boats.order(sim.OrderRescueZone, boat1, 0)
	boats.order(sim.OrderRescueZone, boat2, 0)
	a := roundsPanel("a  One coach of 40 seats, 100 persons", coach, 55)
	a.Y(0, 130)
	a.Dots("by hand, at the shelter", figure.Truth, []figure.Point{{X: 1443.0 / 60, Y: 40}, {X: 2086.0 / 60, Y: 80},
		{X: 2915.0 / 60, Y: 100}})
	a.Dots("by hand, begin to get in", figure.Truth2, []figure.Point{{X: 1002.0 / 60, Y: 40}, {X: 1645.0 / 60, Y: 80},
		{X: 2288.0 / 60, Y: 100}})
	b := roundsPanel("b  Two boats, three calls", boats, 40)
	b.Y(0, 16)
	b.Dots("by hand, at the shelter", figure.Truth, []figure.Point{{X: 1773.0 / 60, Y: 5}, {X: 2014.0 / 60, Y: 12}})
	b.Dots("by hand, begin to get in", figure.Truth2, []figure.Point{{X: 1032.0 / 60, Y: 4}, {X: 1062.0 / 60, Y: 9},
		{X: 1333.0 / 60, Y: 12}})
	figure.Save(t, "response-rounds",
		"By hand: the heads of TestCoachRoundTrips and TestTwoBoatsThreeCalls. Turnout 15 min; boarding 4 s a person by coach, 1 min by boat;\n"+
			"getting out half of it; 1 km to the people, 2 km to the shelter at 10 m/s; boats the last 100 to 300 m at 12 km/h.", 2, a, b)
}

// roundsPanel plays so many minutes and draws who has begun to get in, and who is at the shelter.
func roundsPanel(title string, b *bench, minutes int) *figure.Panel {
	var in, out []figure.Point
	for k := range minutes * 60 {
		b.run(k + 1)
		carried := b.people.safe
		for _, list := range b.people.aboard {
			for _, q := range list {
				carried += q.persons
			}
		}
		end := k+1 == minutes*60
		in, out = changed(in, b.now, carried, end), changed(out, b.now, b.people.safe, end)
	}
	p := figure.NewPanel(title, "time since the order [min]", "persons [-]", figure.TopLeft)
	p.X(10, float64(minutes))
	p.Steps("have begun to get in", figure.Ours3, in)
	p.Steps("at the shelter", figure.Ours, out)
	return p
}

// changed appends a count to its steps when it has changed, and at the end.
func changed(steps []figure.Point, now sim.Time, n int32, end bool) []figure.Point {
	if end || len(steps) == 0 || steps[len(steps)-1].Y != float64(n) {
		steps = append(steps, figure.Point{X: now.Seconds() / 60, Y: float64(n)})
	}
	return steps
}
