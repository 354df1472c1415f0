package drilltest_test

import (
	"fmt"
	"testing"

	"sandtable/figure"
	"sandtable/sim"
)

// TestFigureLevers draws what TestSoakEarlierOrder measures: what an earlier order is worth, over 150 draws of the
// people.
func TestFigureLevers(t *testing.T) {
	figure.Wanted(t)
	var rows []string
	var all []gain
	for _, c := range leverCases {
		for k, g := range c.gains(t, seedsSoak) {
			rows = append(rows, fmt.Sprintf("%s instead of %s", clock(c.orders[leverPairs[k][1]]), clock(c.orders[leverPairs[k][0]])))
			all = append(all, g)
		}
	}
	figure.Save(t, "validation-levers",
		"Mean of the paired differences with its 95 % interval (Student's t), 150 draws of the people of hamlet, 1,000 persons. Right of nought: more.\n"+
			"Times since the start at which everybody is ordered to leave. Circles: the flood as shipped; squares: 2.5 times the river, 45 min later.",
		3, leverPanel("a  Moved before the water", rows, all, 0, 60, func(g *gain) interval { return g.moved }),
		leverPanel("b  Caught in the water", nil, all, -1, 4, func(g *gain) interval { return g.caught }),
		leverPanel("c  Dead", nil, all, -0.2, 0.6, func(g *gain) interval { return g.dead }))
}

// clock gives a time of minutes or an hour in few letters.
func clock(d sim.Duration) string { return fmt.Sprintf("%g min", d.Seconds()/60) }

func leverPanel(title string, rows []string, all []gain, from, to float64, of func(*gain) interval) *figure.Panel {
	p := figure.NewPanel(title, "difference [persons]", "", figure.BottomRight)
	var places []float64
	for k := range all {
		places = append(places, float64(-k))
	}
	if rows == nil {
		rows = make([]string, len(all))
	}
	p.TicksY(places, rows...)
	p.X(from, to)
	p.Y(-float64(len(all))+0.5, 0.5)
	p.LimitX(0, 1, "")
	for half, style := range []figure.Style{figure.Ours, figure.Ours2} {
		var mean []figure.Point
		var low, high []float64
		for k := 3 * half; k < 3*half+3; k++ {
			i := of(&all[k])
			mean = append(mean, figure.Point{X: i.mean, Y: float64(-k)})
			low, high = append(low, i.low), append(high, i.high)
		}
		p.Intervals("", style, mean, low, high)
	}
	return p
}
