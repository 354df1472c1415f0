package atlas

import (
	"fmt"

	"sandtable/sim"
	"sandtable/sim/maps"
)

// band is a class of a map of polygons.
type band struct {
	label    sim.Text
	from, to float64 // in the map's unit; to is not part of it, and below 0 where there is no upper limit
}

// bands are the classes of a map, and which each cell is in (-1 for none).
type bands struct {
	quantity sim.Quantity
	list     []band
	class    []int16
}

// arrivalBands puts cells into steps of arrival: what is wet at the start, then [0, step), [step, 2 step) and so on.
func arrivalBands(m *maps.Maps, step sim.Duration, start sim.CivilTime) bands {
	arrival := m.Of(sim.QArrival).Values
	b := bands{quantity: sim.QArrival, class: make([]int16, len(arrival)),
		list: []band{{sim.Text{ZH: "开始时已有水", EN: "wet at the start"}, 0, 0}}}
	s := int32(step / sim.Second)
	for c, at := range arrival {
		switch {
		case at < 0:
			b.class[c] = -1
		case at > 0:
			b.class[c] = int16(1 + at/s)
		}
	}
	for k := range maxClass(b.class) {
		from, to := sim.Time(k)*sim.Time(step), sim.Time(k+1)*sim.Time(step)
		b.list = append(b.list, band{sim.Said(start.Clock(from) + "–" + start.Clock(to)), from.Seconds(), to.Seconds()})
	}
	return b
}

func maxClass(class []int16) int {
	most := 0
	for _, k := range class {
		most = max(most, int(k))
	}
	return most
}

// DepthBreaks are the lower limits of the classes of depth [mm], those of the window: 0.15 m stops small children and
// low cars, 0.3 m floats cars, 0.5 m stops adults on foot.
var DepthBreaks = [...]int32{50, 150, 300, 500, 1000, 2000}

// depthBands puts cells into classes of their greatest depth.
func depthBands(m *maps.Maps) bands {
	depth := m.Of(sim.QDepthMax).Values
	b := bands{quantity: sim.QDepthMax, class: make([]int16, len(depth))}
	for c, d := range depth {
		b.class[c] = -1
		for k, from := range DepthBreaks {
			if d >= from {
				b.class[c] = int16(k)
			}
		}
	}
	for k, from := range DepthBreaks {
		lower := float64(from) / 1000
		if k+1 == len(DepthBreaks) {
			b.list = append(b.list, band{sim.Say("%g 米以上", "%g m and more", lower), lower, -1})
			break
		}
		upper := float64(DepthBreaks[k+1]) / 1000
		b.list = append(b.list, band{sim.Say("%g–%g 米", "%g–%g m", lower, upper), lower, upper})
	}
	return b
}

// dangerBands puts cells into their worst class of danger.
func dangerBands(m *maps.Maps) bands {
	worst := m.Of(sim.QDangerMax).Values
	b := bands{quantity: sim.QDangerMax, class: make([]int16, len(worst))}
	for c, k := range worst {
		b.class[c] = int16(k) - 1
	}
	for k := sim.H1; k <= sim.H6; k++ {
		b.list = append(b.list, band{sim.Said(k.String()), float64(k), float64(k) + 1})
	}
	return b
}

// StepFault says what is wrong with a step between isochrones, or nothing: whole seconds, not so short that a drill
// of a week has more steps than a map can tell apart.
func StepFault(step sim.Duration) sim.Text {
	if step >= sim.Minute && step%sim.Second == 0 && step <= 24*sim.Hour {
		return sim.Text{}
	}
	return sim.Say("%v；应为 1m 至 24h 的整秒时长", "%v; want a span of whole seconds from 1m to 24h", fmt.Sprint(step))
}
