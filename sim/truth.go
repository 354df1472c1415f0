package sim

import "sandtable/sim/geo"

// Truth is what is really so. It is for the director and for the review, never for a player's seat. The engine
// fills the caller's buffer; all slices are indexed by id.
type Truth struct {
	Now      Time
	Zones    []ZoneTruth
	Shelters []ShelterTruth
	Units    []UnitTruth
	Gauges   []GaugeTruth
	Total    Counts
	Warning  int      // index into WarningLevels
	Response int      // index into ResponseLevels
	Ledgers  []Ledger // one per hazard
	Roads    RoadsTruth

	Posts     []PostTruth
	Officials []OfficialTruth
}

// PostTruth is one post.
type PostTruth struct {
	Acting  OfficialID // who acts for it; None where nobody does, or nobody is named
	Manned  bool       // somebody does
	Working PostState  // PostOnDuty, PostCalling or PostRunning
	CutOff  Time       // since when it has no contact with its superior; -1 when it has
	Mandate PostID     // who has delegated authority to it; None
	Called  int32      // orders with which it is being called
	Waits   int32      // orders that it has sent on and that are not acknowledged
	Links   int64      // its command channels by which it reaches its superior now: bit i for the i-th of CommandLinks
	Public  int64      // its channels to the public that work in all of its zones: bit i for the i-th of Post.Public
}

// OfficialTruth is one official.
type OfficialTruth struct {
	State OfficialState
	Post  PostID // at which he serves; None
}

// RoadsTruth is what is on the roads. Vehicles are counted, and of background traffic only what is said.
type RoadsTruth struct {
	Inside    int // on links
	Waiting   int // at nodes, to get on a link or for a way
	Stranded  int // given up so far
	Rings     int // of full links that block each other
	Stuck     int // in rings and in the queues that wait behind them, with background traffic
	StuckIn   int // persons in those
	Outsiders OutsidersTruth
}

// OutsidersTruth is the background traffic.
type OutsidersTruth struct {
	Inside     int // vehicles on links
	Waiting    int // vehicles at nodes
	Through    int // vehicles that have left where they were bound
	Stranded   int // vehicles given up so far
	StrandedIn int // persons in those
}

// Counts tell where people are. Every person is in exactly one of Home (in a building, not at risk of being
// carried away), Street, Vehicle, Unit, Assembly, Shelter, Outside, Dead.
type Counts struct {
	Persons  int
	Home     int // in their building: home, work, school, hospital
	Street   int // on foot, or stranded outdoors
	Vehicle  int
	Assembly int
	Unit     int
	Shelter  int // inside, or at its door
	Outside  int
	Dead     int
	// What follows does not add up to Persons.
	Warned    int
	Left      int            // out of their zone
	Sheltered int            // registered at least once
	Stranded  int            // now
	Caught    int            // ever
	Rescued   int            // ever, by boat or other rescue unit
	Hurt      int            // and alive
	MovedBy   [ModeCount]int // left their zone before water reached their place, by mode
}

// ZoneTruth is one zone.
type ZoneTruth struct {
	Counts
	Ordered  bool    // an evacuation order has been acknowledged
	DepthMax float64 // at its buildings, now [m]
	WetShare float64 // of its buildings with water above 0.15 m, now
}

// ShelterTruth is one shelter.
type ShelterTruth struct {
	Open     bool
	Inside   int
	Waiting  int
	Capacity int
}

// UnitTruth is one unit.
type UnitTruth struct {
	Status  UnitStatus
	Place   geo.Point
	Aboard  int
	Carried int
}

// GaugeTruth is one gauge.
type GaugeTruth struct {
	Level   float64     // stage: [m] above the datum
	Depth   float64     // stage: [m]
	Rain    RainDepths  // rain gauge: up to now [mm]
	Above   int         // index of the highest threshold it is above, or -1
	Warning int         // highest warning level of the thresholds it is above, index into WarningLevels
	Action  GaugeAction // the most urgent one of them
}

// Roster is who is where at the start: what the scenario and the seed make of the population. All slices are
// indexed by id and never change.
type Roster struct {
	Persons []PersonEntry
	Parties []PartyEntry
}

// PersonEntry is one person of the roster.
type PersonEntry struct {
	Household HouseholdID
	Party     PartyID
	Age       uint8
	Special   bool // special care (特殊群体)
	Home      BuildingID
	Work      BuildingID // None without work
	School    BuildingID // None when not at school
}

// PartyEntry is one party of the roster.
type PartyEntry struct {
	Household HouseholdID
	Place     BuildingID // where it is at the start
	Zone      ZoneID     // of that place; None outside every zone
	Persons   int32
}
