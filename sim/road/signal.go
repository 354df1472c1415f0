package road

import "math"

// A signal gives each road its share of green, on average: it is the headway at its end that is stretched. Cycle: a
// usual one of 90 s, longer for very many phases (assumed). Lost time: the default of the HCM (recalled), 2 s at the
// start and 2 s at the end of each phase. Least green: 7 s (assumed, a usual value for side roads).
const (
	signalCycle = 90.0 // [s]
	signalLost  = 4.0  // of each phase [s]
	signalLeast = 7.0  // green of each phase [s]
)

// opposite is by how much the directions of two arms may differ from facing each other to have green together
// (assumed).
const opposite = math.Pi / 4

// setGreen shares the green of a signal. Arms that face each other have it together; each phase has its part of what
// the least greens and lost times leave, by the capacity of the widest road in it.
func (js *junctions) setGreen(n *Network, arms []arm) {
	if js.green == nil {
		js.green, js.pause = make([]float64, len(n.tail)), make([]float64, len(n.tail))
		for arc := range js.green {
			js.green[arc] = 1
		}
	}
	phase := make([]int, len(arms)) // of each arm, from 1
	var flows []float64
	total := 0.0
	for i, a := range arms {
		if !a.in || phase[i] > 0 {
			continue
		}
		flow := a.flow
		phase[i] = len(flows) + 1
		if k := facing(arms, phase, i); k >= 0 {
			phase[k] = phase[i]
			flow = math.Max(flow, arms[k].flow)
		}
		flows = append(flows, flow)
		total += flow
	}
	least := float64(float64(len(flows)) * (signalLost + signalLeast))
	cycle := math.Max(signalCycle, least)
	for i, a := range arms {
		if a.in {
			part := flows[phase[i]-1] / total
			green := (signalLeast + float64((cycle-least)*part)) / cycle
			js.green[a.out^1] = green
			js.pause[a.out^1] = float64((1-green)*(1-green)) * (cycle / 2)
		}
	}
}

// facing returns the arm without a phase that faces an arm best; -1 when there is none.
func facing(arms []arm, phase []int, i int) int {
	best, least := -1, opposite
	for k, a := range arms {
		if k == i || !a.in || phase[k] > 0 {
			continue
		}
		off := math.Abs(math.Abs(a.angle-arms[i].angle) - math.Pi)
		if off <= least {
			best, least = k, off
		}
	}
	return best
}
