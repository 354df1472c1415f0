package sim

// Observation is what one seat knows: reports received, its own sensors, published forecasts; each with its
// source and the time at which it was true. It is made from command's records alone. Changing a truth that nobody
// observed leaves its bytes unchanged.
type Observation struct {
	Now      Time
	Post     PostID
	Warning  int // published level, index into WarningLevels
	Response int // index into ResponseLevels
	Zones    []ZoneKnown
	Shelters []ShelterKnown
	Units    []UnitKnown
	Gauges   []GaugeKnown
	Inbox    []Inbound // newest last
	Orders   []OrderKnown
}

// ZoneKnown is what a seat has been told of a zone. Reported is -1 before the first report.
type ZoneKnown struct {
	Reported Time
	Report   ZoneReport
}

// ShelterKnown is what a seat has been told of a shelter.
type ShelterKnown struct {
	Reported Time
	Count    ShelterCount
}

// UnitKnown is what a seat has been told of a unit.
type UnitKnown struct {
	Reported Time
	Report   UnitReport
}

// GaugeKnown is the last reading of a gauge that the seat receives.
type GaugeKnown struct {
	Reported Time
	Level    float64 // [m] above the datum
	Above    int     // index of the highest threshold it is above, or -1
}

// Inbound is a message in a seat's inbox.
type Inbound struct {
	At   Time
	From Ref
	Text string
}

// OrderKnown is the state of an order that the post has given, as far as the post knows.
type OrderKnown struct {
	Order  OrderID
	Target Ref
	Sent   Time
	Acked  Time // -1 while it is not
	Failed bool // every channel was tried
}
