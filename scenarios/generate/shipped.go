package generate

import "sandtable/sim"

// Linjiang returns the parameters of the shipped drill linjiang-flood.
func Linjiang() Params {
	return Params{
		Name: "linjiang-flood", Title: sim.Text{ZH: "临江县暴雨洪水转移演练", EN: "Linjiang County flood evacuation"},
		Place: sim.Text{ZH: "临江县", EN: "Linjiang County"}, Persons: 60_000, Seed: 7, Kind: ThreatenedDam,
		Width: 24_000, Height: 16_000, Cell: 40, Relief: 420, Bankfull: 900,
		Duration: 12 * sim.Hour, FloodHour: 7,
	}
}

// Hamlet returns the parameters of the shipped drill hamlet.
func Hamlet() Params {
	return Params{
		Name: "hamlet", Title: sim.Text{ZH: "小村洪水转移演练", EN: "Hamlet flood evacuation"},
		Place: sim.Text{ZH: "柳溪", EN: "Liuxi"}, Persons: 1_000, Seed: 1, Kind: RiverFlood,
		Width: 3_000, Height: 3_000, Cell: 30, Relief: 110, Bankfull: 30,
		Duration: 3 * sim.Hour, FloodPeak: 12, FloodHour: 2.2,
	}
}
