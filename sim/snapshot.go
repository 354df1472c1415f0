package sim

import "sandtable/sim/geo"

// View is what a picture needs to see.
type View struct {
	Rect geo.Rect // on the map [m]
	Zoom float64  // screen pixels per metre; below SnapshotCounts people come as counts per cell
}

// SnapshotCounts is the zoom below which single people are not told apart [pixel/m].
const SnapshotCounts = 0.05

// Snapshot is what is drawn: plain values, copied out of the world into the caller's buffer, which is used again
// for the next picture.
type Snapshot struct {
	Now        Time
	Parties    []PartyDot     // near zoom: those in the view
	Cells      []CellCount    // far zoom
	Movers     []MoverDot     // vehicles and walkers on the network, in the view
	Units      []UnitDot      // all
	Shelters   []ShelterDot   // all
	Zones      []ZoneDot      // all
	Gauges     []GaugeTruth   // all
	Closed     []LinkID       // links that are closed, in id order
	Signs      []RoadSign     // wrecks, police and turned lanes, in the view
	Jams       []JamDot       // queues of vehicles at the ends of links, in the view
	Structures []StructureDot // all
	Water      *Layer         // published depth; shared, not copied: valid until the next step. nil without a flood
	Total      Counts
	Warning    int
	Response   int
}

// PartyDot is a party that is not on the network.
type PartyDot struct {
	Party    PartyID
	At       geo.Point
	Persons  int32
	Stage    PartyStage
	Stranded bool
}

// CellCount is how many persons are in a cell of the county's count grid.
type CellCount struct {
	At      geo.Point
	Persons int32
	Danger  int32 // of them stranded
}

// MoverDot is a mover on the network.
type MoverDot struct {
	Mover   Ref
	Mode    Mode
	At      geo.Point
	Persons int32
	Stopped bool
}

// RoadSign is something that stands on a road and changes who may pass.
type RoadSign struct {
	Kind SignKind
	At   geo.Point
	Arc  Arc // of turned lanes: the direction that has them
}

// SignKind says what stands there.
type SignKind uint8

// Kinds of signs.
const (
	SignWreck      SignKind = iota // a vehicle that the water has stalled, or that its people have left
	SignPolice                     // police direct the junction
	SignContraflow                 // lanes of the other direction are turned; in the middle of the link
	SignKinds
)

// JamDot is a queue of vehicles that stand at the end of one direction of a link, or creep there.
type JamDot struct {
	Arc    Arc
	Metres float64 // from the end of the arc to the last of them [m]
	Locked bool    // part of a ring of full links that wait for each other
}

// UnitDot is a unit.
type UnitDot struct {
	Unit   UnitID
	Mode   Mode
	At     geo.Point
	Status UnitStatus
	Aboard int32
}

// StructureDot is a structure.
type StructureDot struct {
	Set    float64 // what it was set to last, as StructureChange.Value: where it goes
	At     float64 // where it stands on the way there
	Failed bool    // breached
}

// ShelterDot is a shelter.
type ShelterDot struct {
	Open     bool
	Inside   int32
	Waiting  int32
	Capacity int32
}

// ZoneDot is a zone.
type ZoneDot struct {
	Ordered   bool
	NoPower   bool // no mains
	NoNetwork bool // no public network
	Persons   int32
	Warned    int32
	Left      int32
	Caught    int32
}

// PartyStage is how far a party has come.
type PartyStage uint8

// Stages, in the order in which a party may pass them.
const (
	StageUnaware   PartyStage = iota // at its place, has heard nothing
	StageWarned                      // has heard, has not decided
	StageStaying                     // has decided to stay, or never will
	StagePreparing                   // will leave
	StageWalking                     // on foot, on the network or on the way to it
	StageDriving
	StageWaiting // at an assembly point
	StageRiding  // in a unit
	StageAtDoor  // at a shelter's door
	StageSheltered
	StageOutside
	StageStranded // cannot go on: at its place, in the street, in a vehicle
	StageDead     // all its members
	StageCount
)

var stageNames = [StageCount]string{"unaware", "warned", "staying", "preparing", "walking", "driving", "waiting",
	"riding", "at-door", "sheltered", "outside", "stranded", "dead"}

// String returns the stage's name in files.
func (s PartyStage) String() string {
	if s < StageCount {
		return stageNames[s]
	}
	return "stage?"
}
