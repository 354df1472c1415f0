package harm

import "sandtable/sim"

// CarDamage is the share of the value of a car that water takes, by its depth above the road.
var CarDamage = Table[ShareRow]{
	Head{
		Name:  "damage-cars",
		Title: sim.Text{ZH: "车辆水深–损失率", EN: "depth and damage, cars"},
		Source: "USACE, Economic Guidance Memorandum 09-04 (2009), generic depth-damage relationships for vehicles, " +
			"sedans: 0.5, 1, 2, … 7 ft",
		Status:  Recalled,
		Note:    "Rounded to centimetres. Linear between, 0 without water, 1 from 7 ft on.",
		Columns: []Column{{"depth", "m"}, {"share of the value", "-"}},
	},
	[]ShareRow{{0, 0}, {0.15, 0.076}, {0.30, 0.28}, {0.61, 0.462}, {0.91, 0.622}, {1.22, 0.76}, {1.52, 0.876},
		{1.83, 0.97}, {2.13, 1}},
}

// CarDamageShare returns the share of the value of a car lost to water of that depth [m].
func CarDamageShare(depth float64) float64 { return shareAt(CarDamage.Rows, depth) }

// CropDamage is the share of the value of a harvest that water takes, by its depth.
var CropDamage = Table[ShareRow]{
	Head{
		Name:  "damage-crops",
		Title: sim.Text{ZH: "农作物水深–损失率（亚洲）", EN: "depth and damage, crops in Asia"},
		Source: "Huizinga, de Moel, Szewczyk (2017), Global flood depth-damage functions, JRC Technical Report EUR 28552 " +
			"EN, agriculture, Asia",
		Status: Recalled,
		Note: "Linear between, 0 without water, 1 beyond 6 m. Means over crops and seasons: a rice field before and after " +
			"flowering are not told apart.",
		Columns: []Column{{"depth", "m"}, {"share of the value", "-"}},
	},
	[]ShareRow{{0, 0}, {0.5, 0.135}, {1, 0.37}, {1.5, 0.524}, {2, 0.558}, {3, 0.66}, {4, 0.834}, {5, 0.988}, {6, 1}},
}

// CropDuration is the part of that loss that has come about when the water has stood for a time.
var CropDuration = Table[ShareRow]{
	Head{
		Name:   "damage-duration",
		Title:  sim.Text{ZH: "淹没历时折减", EN: "crops by the time under water"},
		Source: "none: that most field crops live through hours and few through three days under water is common knowledge",
		Status: Assumed,
		Note: "Linear between, all from 72 h on. A drill ends before most floods: what it reports is what is lost by " +
			"then.",
		Columns: []Column{{"under water", "h"}, {"part of the loss", "-"}},
	},
	[]ShareRow{{0, 0}, {6, 0.25}, {24, 0.5}, {72, 1}},
}

// CropDamageShare returns the share of the value of a harvest lost to water of that depth [m] that has stood for so
// many seconds.
func CropDamageShare(depth, standing float64) float64 {
	return shareAt(CropDamage.Rows, depth) * shareAt(CropDuration.Rows, standing/secondsOfHour)
}
