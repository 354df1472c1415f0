package sim

import "fmt"

// Typed ids index the slices of a scenario and of the state. None (-1) means that there is none.
type (
	PersonID    int32
	HouseholdID int32
	// PartyID names a party: the members of one household who are together and move as one.
	PartyID     int32
	BuildingID  int32
	ZoneID      int32
	PostID      int32
	ChannelID   int32
	ShelterID   int32
	AssemblyID  int32
	HospitalID  int32
	StationID   int32
	UnitID      int32
	NodeID      int32
	LinkID      int32
	GaugeID     int32
	StructureID int32
	HazardID    int32
	SeatID      int32
	ObjectiveID int32
	ClosureID   int32
	// OfficialID names somebody who holds a post or stands in for who does.
	OfficialID   int32
	UtilityID    int32 // a substation or a base station
	MeetingID    int32 // a consultation (会商)
	DeploymentID int32 // a bundle of orders (部署)
)

// None is the id of nothing.
const None = -1

// Kind says what a Ref or a Holder points at.
type Kind uint8

// Kinds. The numbers are part of the format of saved states and event logs: new kinds go to the end.
const (
	KindNone Kind = iota
	KindPerson
	KindHousehold
	KindParty
	KindBuilding
	KindZone
	KindPost
	KindChannel
	KindShelter
	KindAssembly
	KindHospital
	KindStation
	KindUnit
	KindNode
	KindLink
	KindGauge
	KindStructure
	KindHazard
	KindSeat
	KindObjective
	KindCounty  // the whole area, as a target
	KindStreet  // on a road, on foot; its id is the node at which the party is or which it has left last
	KindVehicle // on a road, in a car of its own; its id is a node, too
	KindOutside // outside the map
	KindDead
	KindOutsider // a vehicle of background traffic; its id is its number in the run
	KindOfficial
	KindUtility
	KindMeeting
	KindDeployment
	KindLadder // how a post is called (叫应阶梯)
	kindCount
)

var kindNames = [kindCount]string{
	"none", "person", "household", "party", "building", "zone", "post", "channel", "shelter", "assembly", "hospital",
	"station", "unit", "node", "link", "gauge", "structure", "hazard", "seat", "objective", "county", "street",
	"vehicle", "outside", "dead", "outsider", "official", "utility", "meeting", "deployment", "ladder",
}

// String returns the kind's name in files.
func (k Kind) String() string {
	if k < kindCount {
		return kindNames[k]
	}
	return fmt.Sprintf("kind%d", uint8(k))
}

// kindTitles are the kinds on screen.
var kindTitles = [kindCount]Text{
	KindNone: {"无", "nothing"}, KindPerson: {"人员", "person"}, KindHousehold: {"住户", "household"},
	KindParty: {"同行人员", "party"}, KindBuilding: {"房屋", "building"}, KindZone: {"转移单元", "zone"},
	KindPost: {"岗位", "post"}, KindChannel: {"信道", "channel"}, KindShelter: {"避难场所", "shelter"},
	KindAssembly: {"集合点", "assembly point"}, KindHospital: {"医院", "hospital"}, KindStation: {"驻地", "station"},
	KindUnit: {"救援力量", "unit"}, KindNode: {"路口", "node"}, KindLink: {"路段", "link"},
	KindGauge: {"测站", "gauge"}, KindStructure: {"工程", "structure"}, KindHazard: {"灾害", "hazard"},
	KindSeat: {"席位", "seat"}, KindObjective: {"目标", "objective"}, KindCounty: {"全县", "the whole county"},
	KindStreet: {"道路", "street"}, KindVehicle: {"车辆", "vehicle"}, KindOutside: {"图外", "outside"},
	KindDead: {"死亡", "dead"}, KindOutsider: {"过境车辆", "through vehicle"},
	KindOfficial: {"责任人", "official"}, KindUtility: {"供电通信设施", "utility"}, KindMeeting: {"会商", "consultation"},
	KindDeployment: {"部署", "deployment"}, KindLadder: {"叫应阶梯", "ladder"},
}

// Title returns the kind's name on screen.
func (k Kind) Title() Text {
	if k < kindCount {
		return kindTitles[k]
	}
	return Said(k.String())
}

// KindByName returns the kind of that name, and whether there is one.
func KindByName(name string) (Kind, bool) {
	for k, n := range kindNames {
		if n == name {
			return Kind(k), true
		}
	}
	return KindNone, false
}

// Ref points at one entity.
type Ref struct {
	Kind Kind
	ID   int32
}

// RefTo makes a Ref of a typed id.
func RefTo[ID ~int32](kind Kind, id ID) Ref { return Ref{kind, int32(id)} }

// String writes the reference as kind#id.
func (r Ref) String() string {
	if r.Kind == KindNone {
		return "-"
	}
	return fmt.Sprintf("%s#%d", r.Kind, r.ID)
}

// Holder tells where a person is: in a building, on a street, in a unit, in a shelter, outside, dead. Exactly one
// holder at any time; population owns it.
type Holder = Ref
