package scenario

import (
	"sandtable/sim"
	"sandtable/sim/geo"
)

// Cover classes of the land cover grid.
const (
	CoverFarmland uint8 = iota
	CoverForest
	CoverUrban
	CoverWater
	CoverBare
	CoverWetland
	CoverCount
)

// CoverNames are the names of the cover classes in files.
var CoverNames = [CoverCount]string{"farmland", "forest", "urban", "water", "bare", "wetland"}

// Node is a junction or an end of roads.
type Node struct {
	At      geo.Point
	Control NodeControl
}

// NodeControl says who goes first where roads meet.
type NodeControl uint8

// Controls.
const (
	ControlAuto     NodeControl = iota // by the classes of the roads
	ControlFree                        // nobody hinders anybody
	ControlEqual                       // one after the other, as they come
	ControlPriority                    // the larger roads
	ControlSignal                      // traffic lights
	NodeControlCount
)

// NodeControlNames are the controls' names in files.
var NodeControlNames = [NodeControlCount]string{"auto", "free", "equal", "priority", "signal"}

// RoadClass is the class of a road, after OpenStreetMap.
type RoadClass uint8

// Classes, from the largest.
const (
	RoadMotorway RoadClass = iota
	RoadTrunk
	RoadPrimary
	RoadSecondary
	RoadTertiary
	RoadUnclassified
	RoadResidential
	RoadService
	RoadTrack
	RoadPath // on foot only
	RoadClassCount
)

// RoadClasses holds each class's name, what its roads and its slip roads are like when nobody knows better, and the
// width on which people walk. Values: the defaults by class of OpenStreetMap of MATSim's plug-in for JOSM, as genet
// lists them (matsim_xml_values.py), speeds rounded to whole km/h; of track and path assumed. Widths are assumed: two
// pavements of the least width of 2 m along streets, two hard shoulders of a motorway, verges elsewhere.
var RoadClasses = [RoadClassCount]struct {
	Name string
	Usual
	Slip Usual   // of its slip roads, which have one lane
	Walk float64 // width on which people walk [m]
}{
	{"motorway", Usual{2000, 120, 2}, Usual{1500, 80, 1}, 5}, {"trunk", Usual{2000, 80, 1}, Usual{1500, 50, 1}, 4},
	{"primary", Usual{1500, 80, 1}, Usual{1500, 60, 1}, 4}, {"secondary", Usual{1000, 60, 1}, Usual{1000, 60, 1}, 4},
	{"tertiary", Usual{600, 45, 1}, Usual{600, 45, 1}, 4}, {"unclassified", Usual{600, 45, 1}, Usual{600, 45, 1}, 3},
	{"residential", Usual{600, 30, 1}, Usual{600, 30, 1}, 4}, {"service", Usual{300, 15, 1}, Usual{300, 15, 1}, 3},
	{"track", Usual{150, 15, 1}, Usual{150, 15, 1}, 3}, {"path", Usual{0, 0, 1}, Usual{0, 0, 1}, 2},
}

// Usual is what a road is like when nobody knows better.
type Usual struct {
	Capacity float64 // [veh/h/lane]
	Speed    float64 // [km/h]
	Lanes    uint8   // per direction
}

// RoadRanks are the ranks of the classes where roads meet: without traffic lights the roads of the highest rank have
// priority (assumed; a village's streets are equal among themselves).
var RoadRanks = [RoadClassCount]uint8{
	RoadMotorway: 7, RoadTrunk: 6, RoadPrimary: 5, RoadSecondary: 4, RoadTertiary: 3, RoadUnclassified: 2,
	RoadResidential: 2, RoadService: 1, RoadTrack: 0, RoadPath: 0,
}

// Structure of a road that decides its level.
type RoadForm uint8

// Forms. The level of a road is the terrain's, except on a bridge (deck), an embankment (crest) and in a tunnel,
// where it is Link.Level.
const (
	FormGround RoadForm = iota
	FormBridge
	FormEmbankment
	FormTunnel
	RoadFormCount
)

// RoadFormNames are the forms' names in files.
var RoadFormNames = [RoadFormCount]string{"ground", "bridge", "embankment", "tunnel"}

// Link is a stretch of road between two nodes, in both directions unless OneWay. A LinkID names it, whatever the
// direction.
type Link struct {
	Name     string // of the road, may be empty
	From, To sim.NodeID
	OneWay   bool
	Circle   bool // part of a roundabout
	Class    RoadClass
	Lanes    uint8   // per direction
	Speed    float64 // free speed [km/h]
	Capacity float64 // per lane and direction [veh/h]; 0 on a path
	Form     RoadForm
	Level    float64  // of deck, crest or tunnel floor above the datum [m]; for FormGround unused
	Shape    geo.Line // from From to To, both ends included
}

// BuildingUse says what a building is for.
type BuildingUse uint8

// Uses.
const (
	UseHome BuildingUse = iota
	UseWork
	UseSchool
	UseHospital
	UseCare // nursing home
	UseShelter
	UsePost // office of a command post
	UseStation
	UseDepot
	UsePlant // chemical or other industrial plant
	UseHotel // its households are visitors
	UseTrade // shops, markets, restaurants, venues
	BuildingUseCount
)

// Suspension says what ends the day of those who work at a building or buy there: SuspensionCount where nothing does,
// for hospitals, schools, shelters, posts and stations go on.
func (u BuildingUse) Suspension() sim.Suspension {
	switch u {
	case UseTrade, UseHotel:
		return sim.SuspendBusiness
	case UseSchool, UseHospital, UseCare, UseShelter, UsePost, UseStation:
		return sim.SuspensionCount
	}
	return sim.SuspendWork
}

// BuildingUseNames are the uses' names in files.
var BuildingUseNames = [BuildingUseCount]string{"home", "work", "school", "hospital", "care", "shelter", "post",
	"station", "depot", "plant", "hotel", "trade"}

// Construction decides when a building gives way in flowing water.
type Construction uint8

// Constructions.
const (
	BuildMasonry  Construction = iota // brick or block walls
	BuildEarth                        // rammed earth or adobe; treated as unanchored wood by the criteria
	BuildConcrete                     // reinforced frame
	BuildWood
	ConstructionCount
)

// ConstructionNames are the constructions' names in files.
var ConstructionNames = [ConstructionCount]string{"masonry", "earth", "concrete", "wood"}

// Building is a building.
type Building struct {
	Name    string // of institutions; empty for ordinary houses
	At      geo.Point
	Use     BuildingUse
	Build   Construction
	Storeys uint8
	Floor   float64    // height of the ground floor above the terrain [m]
	Node    sim.NodeID // where its people get on the road network
}

// Mobility is how well a person can move.
type Mobility uint8

// Classes of mobility.
const (
	MobilityAble    Mobility = iota
	MobilityLimited          // walks slowly, cannot swim, needs help to get into a vehicle
	MobilityNone             // wheelchair or bed: cannot walk away
	MobilityCount
)

// MobilityNames are the classes' names in files.
var MobilityNames = [MobilityCount]string{"able", "limited", "none"}

// Household is a household.
type Household struct {
	Home    sim.BuildingID
	Cars    uint8
	Bikes   uint8 // two-wheelers: bicycles, e-bikes
	Animals uint8 // large animals that somebody sees to: cattle, pigs
	Visitor bool  // stays only, and is on no list: see IsVisitor
}

// IsVisitor says whether a household is one of visitors, such as tourists: it is marked so, or lives in a hotel.
func (sc *Scenario) IsVisitor(h sim.HouseholdID) bool {
	x := &sc.Households[h]
	return x.Visitor || sc.Buildings[x.Home].Use == UseHotel
}

// Person is a person. Persons of one household stand together, households in the order of their ids.
type Person struct {
	Household sim.HouseholdID
	Age       uint8
	Mobility  Mobility
	Special   bool           // special care (特殊群体)
	Helper    sim.PersonID   // responsible helper (包保责任人); None without one
	Work      sim.BuildingID // None without work
	School    sim.BuildingID // None when not at school
}
