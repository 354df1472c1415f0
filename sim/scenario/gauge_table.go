package scenario

import "sandtable/sim"

// TableJianghua names the table of critical rain of Jianghua County.
const TableJianghua = "jianghua"

// jianghuaDepths are the critical depths of rain for flash floods and landslides (山洪地质灾害临界雨量) of Jianghua County
// (江华县), Hunan [mm]: four warning levels by four windows, of which any one is enough. Source: the county's table as
// given on fymate.net, page 17315988. The table names levels and no action, so that its thresholds ask for none.
var jianghuaDepths = []struct {
	warning string
	depth   [4]float64 // in 1, 3, 6 and 24 h
}{
	{"blue", [4]float64{35, 55, 70, 100}},   // IV
	{"yellow", [4]float64{45, 75, 95, 130}}, // III
	{"orange", [4]float64{60, 100, 120, 160}},
	{"red", [4]float64{80, 120, 150, 200}}, // I
}

// jianghua is the table as thresholds, from blue to red.
var jianghua = newJianghua()

func newJianghua() []Threshold {
	windows := [4]sim.Duration{sim.Hour, 3 * sim.Hour, 6 * sim.Hour, 24 * sim.Hour}
	var list []Threshold
	for _, row := range jianghuaDepths {
		for k, depth := range row.depth {
			list = append(list, Threshold{Window: windows[k], Depth: depth, Warning: row.warning,
				Title: sim.Say("%s%g毫米", "%[2]g mm in %[1]s", spanWords(windows[k]), depth)})
		}
	}
	return list
}
