package harm

import "sandtable/sim"

// WaterSpeed are the fits of the speed of vehicles by depth of the water on the road.
var WaterSpeed = Table[SpeedRow]{
	Head{
		Name:  "water-speed",
		Title: sim.Text{ZH: "积水路面的车速", EN: "speed of vehicles by depth of water"},
		Source: "Pregnolato, Ford, Wilkinson, Dawson (2017), Transportation Research D 55, eq. 1, doi " +
			"10.1016/j.trd.2017.06.020",
		Status: Checked,
		Note: "v = a w² + b w + c with w in millimetres: an upper bound, so that the lower of it and the free " +
			"speed holds. The road is closed beyond the last column, before the parabola rises again: published " +
			"for the first row, the minimum for the others, which are variants of another work (second-hand).",
		Columns: []Column{{"", ""}, {"a", "km/h/mm²"}, {"b", "km/h/mm"}, {"c", "km/h"}, {"up to", "mm"}},
	},
	[]SpeedRow{
		{sim.Text{ZH: "公布的拟合", EN: "as published"}, 0.0009, -0.5529, 86.9448, 300},
		{sim.Text{ZH: "保守", EN: "conservative"}, 0.0002415, -0.2898, 86.94, 600},
		{sim.Text{ZH: "激进", EN: "aggressive"}, 0.003864, -1.1592, 86.94, 150},
	},
}

// SpeedRow is a parabola of speed by depth.
type SpeedRow struct {
	Name   sim.Text
	Square float64 // [km/h/mm2]
	Linear float64 // [km/h/mm]
	Free   float64 // [km/h]
	Most   float64 // depth up to which it holds [mm]
}

// Cells returns the row for a document.
func (r SpeedRow) Cells() []string { return cells(r.Name, r.Square, r.Linear, r.Free, r.Most) }

// Speed returns the highest speed of vehicles [m/s] in water of that depth [mm]; 0 beyond the depth up to which the
// parabola holds.
func (r SpeedRow) Speed(depth float64) float64 {
	if depth > r.Most {
		return 0
	}
	kmh := float64(r.Square*depth*depth) + float64(r.Linear*depth) + r.Free
	return max(kmh, 0) / 3.6
}

// RoadSpeed returns the highest speed of vehicles [m/s] in water of that depth [mm] by the published fit.
func RoadSpeed(depth float64) float64 { return WaterSpeed.Rows[0].Speed(depth) }

// StopAndGo is the speed of vehicles on a road with any water in LifeSim, 4 mph [m/s].
const StopAndGo = 1.79

// Traveller is who uses a road, as far as water matters.
type Traveller uint8

// Travellers.
const (
	OnFoot Traveller = iota
	ByCar
	ByCoach // coaches, vans and emergency vehicles
	ByBike  // bicycles and e-bikes
)

// RoadUse are the limits at which travellers do not enter a road, and at which they are stranded on it.
var RoadUse = Table[UseRow]{
	Head{
		Name:  "road-use",
		Title: sim.Text{ZH: "道路通行限值", EN: "who enters a wet road, and who is stranded on it"},
		Source: "cars: Shand et al. (2011), small and large car; coaches: HEC-LifeSim, high clearance, low " +
			"estimate; walkers: HEC-LifeSim (2 ft) and Cox et al. (2010), adults: low hazard to enter, 1.2 m " +
			"and the working limit to go on",
		Status: Assumed,
		Note: "Assumed are 0.6 m and 0.9 m²/s at which a coach is stranded, and all limits of two-wheelers: at 0.2 m water " +
			"reaches the hub motor, that is half of the wheel, beyond which riders are told to turn back. At or above either " +
			"limit it is too much; the roads round down to steps of 5 cm and 0.05 m²/s.",
		Columns: []Column{{"", ""}, {"enters below", "m"}, {"and below", "m²/s"}, {"stranded from", "m"},
			{"or from", "m²/s"}},
	},
	[]UseRow{
		OnFoot: {sim.Text{ZH: "步行", EN: "on foot"}, Wading.Rows[WalkerAble].Limit,
			Limit{People.Rows[Adult].Depth, boundless, RescuerProduct()}},
		ByCar: {sim.Text{ZH: "小汽车", EN: "car"}, Vehicles.Rows[SmallCar].Limit, Vehicles.Rows[LargeCar].Limit},
		ByCoach: {sim.Text{ZH: "大巴、无障碍车、应急车", EN: "coach, van, emergency vehicle"}, VehicleLimit(HighClearance, LowEstimate),
			Limit{0.6, boundless, 0.9}},
		ByBike: {sim.Text{ZH: "两轮车", EN: "two-wheeler"}, Limit{0.2, boundless, 0.3}, Limit{0.3, boundless, 0.6}},
	},
}

// UseRow is how far a traveller uses a road under water; of the limits only depth and depth times speed count.
type UseRow struct {
	Name        sim.Text
	Enter, Stop Limit
}

// Cells returns the row for a document.
func (r UseRow) Cells() []string {
	return cells(r.Name, r.Enter.Depth, r.Enter.Product, r.Stop.Depth, r.Stop.Product)
}
