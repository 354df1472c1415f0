package sim

import "fmt"

// Quantity is something that a hazard writes and that people, roads and units react to.
type Quantity uint8

// Quantities. New ones go to the end.
const (
	QDepth         Quantity = iota // water above the ground [mm]
	QVelocityX                     // depth-averaged velocity to the east [mm/s]
	QVelocityY                     // depth-averaged velocity to the north [mm/s]
	QRain                          // rain intensity [0.001 mm/h]
	QConcentration                 // of one substance in air [0.001 mg/m3]
	QHeatFlux                      // thermal radiation [W/m2]
	QOverpressure                  // side-on overpressure [Pa]
	// What sim/maps makes of the water of a run so far. Instants are whole seconds since the start, -1 for never.
	QArrival       // instant at which the depth first reached the maps' threshold [s]
	QDepthMax      // greatest depth [mm]
	QDepthMaxTime  // instant of the greatest depth [s]
	QSpeedMax      // greatest speed [mm/s]
	QDepthSpeedMax // greatest product of depth and speed at one instant [0.001 m2/s]
	QDuration      // time with a depth of the threshold or more [s]
	QDangerMax     // worst class of danger, H1 to H6 as 1 to 6
	quantityCount
)

// Combine is how several layers of one quantity make one value.
type Combine uint8

// Rules.
const (
	CombineMax Combine = iota // the one that is larger in size
	CombineSum
	CombineFirst // the earliest of instants; negative ones are none
	CombineWater // that of the water which governs; see Body. Such values make no sense without their depth
)

// quantities holds what each quantity owns: its name, its unit, the value of one published step, and its rule.
var quantities = [quantityCount]struct {
	name, unit string
	step       float64
	combine    Combine
}{
	{"depth", "m", 1e-3, CombineMax},
	{"velocity-x", "m/s", 1e-3, CombineWater},
	{"velocity-y", "m/s", 1e-3, CombineWater},
	{"rain", "mm/h", 1e-3, CombineSum},
	{"concentration", "mg/m3", 1e-3, CombineSum},
	{"heat-flux", "W/m2", 1, CombineSum},
	{"overpressure", "Pa", 1, CombineMax},
	{"arrival", "s", 1, CombineFirst},
	{"depth-max", "m", 1e-3, CombineMax},
	{"depth-max-time", "s", 1, CombineFirst},
	{"speed-max", "m/s", 1e-3, CombineMax},
	{"depth-speed-max", "m2/s", 1e-3, CombineMax},
	{"duration", "s", 1, CombineMax},
	{"danger-max", "class", 1, CombineMax},
}

// String returns the quantity's name in files.
func (q Quantity) String() string {
	if q < quantityCount {
		return quantities[q].name
	}
	return fmt.Sprintf("quantity%d", uint8(q))
}

// Unit returns the unit of the quantity's values.
func (q Quantity) Unit() string { return quantities[q].unit }

// Step returns the value of one published step in Unit.
func (q Quantity) Step() float64 { return quantities[q].step }

// Combine returns the rule for several layers.
func (q Quantity) Combine() Combine { return quantities[q].combine }

// Substance names what a concentration is of; 0 for quantities that need none.
type Substance uint8

// LayerKey names a layer.
type LayerKey struct {
	Quantity  Quantity
	Substance Substance
}
