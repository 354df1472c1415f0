package sim

// DangerClass is a hazard class of flowing water from H1 (no danger) to H6 (danger to everything); 0 is dry.
type DangerClass uint8

// Classes of the combined hazard curves of the Australian Disaster Resilience guideline 7-3 (Smith, Davey and
// Cox 2014): H1 generally safe; H2 unsafe for small vehicles; H3 unsafe for vehicles, children and the elderly;
// H4 unsafe for people and vehicles; H5 and weak buildings; H6 and all buildings.
const (
	H0 DangerClass = iota
	H1
	H2
	H3
	H4
	H5
	H6
)

// dangerLimits are the upper limits of H1 to H5: depth [m], speed [m/s], depth times speed [m2/s]. A place is in
// the first class whose three limits it keeps.
var dangerLimits = [5][3]float64{
	{0.3, 2.0, 0.3},
	{0.5, 2.0, 0.6},
	{1.2, 2.0, 0.6},
	{2.0, 2.0, 1.0},
	{4.0, 4.0, 4.0},
}

// ClassifyWater returns the class of water of that depth [m] and speed [m/s].
func ClassifyWater(depth, speed float64) DangerClass {
	if depth <= 0 {
		return H0
	}
	for i, limit := range dangerLimits {
		if depth <= limit[0] && speed <= limit[1] && float64(depth*speed) <= limit[2] {
			return DangerClass(i + 1)
		}
	}
	return H6
}

// String returns "H3"; "-" for dry.
func (c DangerClass) String() string {
	if c == H0 {
		return "-"
	}
	return string([]byte{'H', '0' + byte(c)})
}
