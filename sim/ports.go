package sim

import "fmt"

// Ports are all mailboxes of a world. The arrow says who fills and who drains; the phases run in the order
// engine, hazards, command, people, roads, response.
type Ports struct {
	Directives    Mailbox[Directive]        // engine → command: an order to be sent down the chain
	ChannelFaults Mailbox[ChannelFault]     // engine → command
	Structures    Mailbox[StructureMessage] // engine, command → hazards: acknowledged by the keeper of the structure
	RoadOrders    Mailbox[RoadOrder]        // engine, command → road
	Broadcasts    Mailbox[Broadcast]        // command → population
	Silences      Mailbox[ChannelFault]     // command → population: the channel as it is from now on
	Tasks         Mailbox[Task]             // command → response: an order that a unit or shelter acknowledged
	Trips         Mailbox[Trip]             // population, response → road
	PartyArrivals Mailbox[Arrival]          // road → population
	PartyStrands  Mailbox[Stranding]        // road → population
	Crossings     Mailbox[Crossing]         // road → population: a party has left its zone
	Exposures     Mailbox[Exposure]         // road → population: dangerous water where a party is on the road
	UnitArrivals  Mailbox[Arrival]          // road → response
	UnitStrands   Mailbox[Stranding]        // road → response
	Boardings     Mailbox[Boarding]         // response → population: a coach stands at an assembly point
	Boarded       Mailbox[Boarded]          // population → response
	Alightings    Mailbox[Alighting]        // response → population: a unit lets its passengers out
	Maroonings    Mailbox[Marooning]        // response → population: a unit's passengers sit fast in water, or no longer
	Departures    Mailbox[Departure]        // population → response: passengers have left such a unit, or died in it
	Calls         Mailbox[Call]             // population → response: a stranded party calls for help, or no longer
	Pickups       Mailbox[Pickup]           // response → population: a rescue unit reaches a stranded party
	PickedUp      Mailbox[PickedUp]         // population → response
	Knocks        Mailbox[Knock]            // population → response: a party at a shelter's door
	Admissions    Mailbox[Admission]        // response → population
	ZoneReports   Mailbox[ZoneReport]       // population → command: what the zone's people on the spot count
	ShelterCounts Mailbox[ShelterCount]     // response → command: what the shelter's register says
	UnitReports   Mailbox[UnitReport]       // response → command: what a unit says of itself
	Leavings      Mailbox[Leaving]          // population → road: a party leaves the road where it is
	PostWorkers   Mailbox[PostWorkers]      // command → population: how many people of a post can knock at doors
	Fates         Mailbox[Fate]             // population → command: what has become of a person who is an official
	Wards         Mailbox[Ward]             // response → population: how a shelter is run, and what its staff says
	Stays         Mailbox[Stay]             // population → response: what becomes of somebody in a shelter
	ShelterNews   Mailbox[ShelterNews]      // command → response: what a shelter's staff is told of another shelter
	ShelterLists  Mailbox[ShelterList]      // response → command: whom a shelter has on its list, by zone
	Controls      Mailbox[Control]          // engine, command → population: an emergency control holds, or is lifted
	Issues        Mailbox[Issue]            // command → engine: a deployment whose orders go out
	RoadReports   Mailbox[RoadReport]       // engine → command: a link is closed, or open again
	Supplies      Mailbox[Supply]           // engine → command: mains or network are cut or restored at once
	Warnings      Mailbox[PublicWarning]    // command → population: the published warning that people of a zone hear of
}

// Directive is an order that the engine has accepted and that now travels. Fields that the order does not use
// are None or 0.
type Directive struct {
	Order     OrderID
	From      PostID
	Zone      ZoneID
	Shelter   ShelterID
	Unit      UnitID
	Link      LinkID
	Structure StructureID
	Post      PostID     // of an order about another post
	Official  OfficialID // of an order about somebody who holds a post
	Choice    uint8      // index of the choice that the order has besides, such as a Suspension
	On        bool       // of an order that can be taken back; of one to leave: the weak first
	Road      RoadOrder  // of an order to a road: what is done there
	Num       float64    // what a structure is set to, as StructureChange.Value
	Over      Duration   // time that a structure takes to it; 0 for as fast as it can
	Serial    int32      // number of the command in the run, from 0
	Item      int32      // number of the order among those of deployments, from 1; 0 for an order by itself
}

// Issue says that the orders of a deployment go out in the name of a post.
type Issue struct {
	Deployment DeploymentID
	Post       PostID
	Serial     int32 // number of the command in the run that brought it about
	Origin     OriginKind
}

// RoadReport says that a link has been closed by water or by what stands on it, or is open again.
type RoadReport struct {
	Link   LinkID
	Closed bool
	Cause  StrandCause
}

// PublicWarning is the warning level that is out for a zone, as radio, television and telephones tell its people.
type PublicWarning struct {
	Zone  ZoneID
	Level int32 // index into WarningLevels
}

// ChannelFault says that a channel fails or works again, in one zone or (None) everywhere.
type ChannelFault struct {
	Channel ChannelID
	Zone    ZoneID
	Up      bool
}

// StructureMessage asks a hazard to change one of its structures.
type StructureMessage struct {
	Structure StructureID
	Action    StructureAction
	Value     float64
	Over      Duration
}

// ClosurePolicy is what happens to who is on a link that is closed.
type ClosurePolicy uint8

// Policies.
const (
	ClosureFinish   ClosurePolicy = iota // they drive to its end
	ClosureTurnBack                      // they go back to its start
	ClosureStrand                        // they stay, and are reported
)

// Broadcast starts a warning of a zone over one channel. Population works out who hears it and when.
type Broadcast struct {
	Zone    ZoneID
	Channel ChannelID
	Order   OrderID   // what is said: prepare, evacuate, all clear
	Shelter ShelterID // where to; None for the plan's
	Post    PostID    // who says it
	Up      bool      // of an order to leave: who has an upper storey in a sound building goes there instead
	Weak    bool      // of an order to leave: it is for the weak first, and the others are to prepare
}

// Task is an order as a unit or a shelter has acknowledged it.
type Task struct {
	Order   OrderID
	Unit    UnitID
	Zone    ZoneID
	Shelter ShelterID
	On      bool // of an order that can be taken back
}

// Trip puts a mover on the road network. The mover starts at the node at the message's time. A trip of a mover that is
// under way, by the same mode, gives it a new destination instead: it goes on from where it is, and From is not used.
// Of two trips that begin at one node in one instant that of the lower id goes first.
//
// The road refuses a trip that does not fit its record of a mover, which is a programmer's mistake: ids up to
// 8,388,608, persons up to 65,535, vehicles up to 10,000, zones up to 32,766.
type Trip struct {
	Mover    Ref // a party or a unit
	Mode     Mode
	From, To NodeID
	Persons  int32
	Vehicles int32   // cars; 1 for a unit, 0 on foot
	Speed    float64 // own speed of walkers on dry level ground [m/s]; 0 for the mode's
	Wading   float64 // further factor on the speed of walkers where there is water, for the dark [-]; 0 for 1
	Zone     ZoneID  // the zone whose border counts for Crossings; None for units
	Enters   bool    // it counts where the trip comes into the zone, and not where it leaves it

	First Arc       // by which a vehicle sets out, from its start; 0 for the best one
	Last  Arc       // at whose end a vehicle arrives; 0 for any that ends at To
	Knows Knowledge // what its driver knows of the roads ahead
	Bold  bool      // its driver goes into water up to where the vehicle stalls
	Stays bool      // its people never leave their car: not all of them can walk
	Route int32     // of the plan that a car or a coach follows as long as it is open, from 1; 0 for none
}

// Arc is one direction of a link: 2·link+1 from its From to its To, 2·link+2 the other way; 0 stands for none.
type Arc int32

// ArcOf returns the arc of a link, from From to To or back.
func ArcOf(link LinkID, back bool) Arc {
	if back {
		return Arc(2*link + 2)
	}
	return Arc(2*link + 1)
}

// Link returns the link of an arc that is not 0, and whether it goes back from To to From.
func (a Arc) Link() (link LinkID, back bool) { return LinkID((a - 1) / 2), a%2 == 0 }

// Knowledge is what a driver knows of the roads ahead.
type Knowledge uint8

// What drivers know.
const (
	KnowsClosures Knowledge = iota // at once which links are closed or too deep: from a dispatcher, or on a screen
	KnowsHabit                     // the way that he always takes, closures that were announced, and what he comes to
	KnowsTravel                    // as KnowsClosures, and how long links take at present
	KnowledgeCount
)

// Arrival says that a mover has reached its destination.
type Arrival struct {
	Mover    Ref
	Node     NodeID
	Distance float64 // along the network since the trip began, each link in whole millimetres; 4,294 km at most [m]
}

// StrandCause is why a mover cannot go on.
type StrandCause uint8

// Causes.
const (
	StrandWater   StrandCause = iota // the vehicle stalled, or the walker cannot stand
	StrandClosed                     // the link was closed under it
	StrandNoRoute                    // no way is left; it waits at a node
	StrandJam                        // its people have left it in a jam in which nothing moved
	StrandLeft                       // its people have left the road, for safety near by or swept by the water
	strandCauseCount
)

var strandTitles = [strandCauseCount]Text{
	StrandWater: {"水淹", "water"}, StrandClosed: {"道路封闭", "road closed"}, StrandNoRoute: {"无路可走", "no way left"},
	StrandJam: {"堵死弃车", "left in a jam"}, StrandLeft: {"离路避水", "left the road because of the water"},
}

// Title returns the cause in words.
func (c StrandCause) Title() Text {
	if c < strandCauseCount {
		return strandTitles[c]
	}
	return Said(fmt.Sprintf("cause%d", uint8(c)))
}

// Stranding says that a mover is off the network, where and why. It does not move again by itself.
type Stranding struct {
	Mover Ref
	Link  LinkID // the link it stands on, at a node inside a tunnel the lowest one; or None when at another node
	Node  NodeID // the node it stands at, or the next one behind it, or, of who has left his car in a jam, the nearer one
	X, Y  float64
	Cause StrandCause
	Depth float64 // of water there [m]
	Rise  float64 // how far the road lies above the terrain there, on a bridge or an embankment [m]
}

// Crossing says that a mover has come to the end of a link outside its trip's zone, or inside it when its trip enters
// it, for the first time.
type Crossing struct {
	Mover Ref
	Node  NodeID
}

// Exposure says that a party under way is in water of class H3 or above, or on foot of H2: it has come there, or the
// class where it is has become so or another; or, with Danger H0, that this is over. It also ends, without a further
// message, when the party is stranded: then it stands somewhere, and population looks at the water there itself.
type Exposure struct {
	Mover  Ref
	Danger DangerClass // where it is on its link or at its node, above the road's own level; H0 when it is over
	Depth  float64     // of that water [m]
	Speed  float64     // of that water [m/s]
	Node   NodeID      // the node it stands at, or the next one behind it
	X, Y   float64     // where it is
}

// Leaving says that a party on the network leaves it where it is: its people go to safety near by, or have died. The
// road answers with a Stranding, or not at all when the party has got off the network meanwhile.
type Leaving struct {
	Mover Ref
}

// Boarding says that a unit stands at an assembly point with free seats.
// With Home it stands at a shelter, and takes people of a zone home, to its assembly point.
type Boarding struct {
	Unit     UnitID
	Assembly AssemblyID
	Seats    int32
	Home     bool
	Shelter  ShelterID
	Zone     ZoneID
}

// Boarded answers a Boarding: who got in, how many of them need help with it, how many still wait.
type Boarded struct {
	Unit     UnitID
	Assembly AssemblyID
	Persons  int32
	Assisted int32
	Waiting  int32
}

// Alighting says that a unit lets all its passengers out. Shelter is None at a dry place without one; then X, Y and
// Rise tell where they stand.
type Alighting struct {
	Unit    UnitID
	Shelter ShelterID
	Node    NodeID // at which the unit stands, or the next one behind it
	X, Y    float64
	Rise    float64 // of the road above the terrain there, on a bridge or an embankment [m]
	Home    bool    // they are on their way home, and walk there from here
}

// Marooning says that a unit with passengers is lost in water, or stuck in it, and where it stands: they need help.
// With Over it goes on with whom it still has aboard.
type Marooning struct {
	Unit UnitID
	Over bool
	Node NodeID // at which it stands, or the next one behind it
	X, Y float64
	Rise float64 // of the road above the terrain there [m]
}

// Departure says that passengers of a marooned unit are no longer in it: they have walked away, been fetched, or died.
type Departure struct {
	Unit     UnitID
	Persons  int32
	Assisted int32 // of them, who needed help to get in
}

// Call is a cry for help, or its end when Open is false: the party has got away, been fetched, or died.
type Call struct {
	Party   PartyID
	Zone    ZoneID // in which it is, and not that of its home
	Open    bool
	Persons int32
	Chairs  int32  // of them, who cannot walk
	Node    NodeID // the nearest node of the road network
	X, Y    float64
	Depth   float64 // [m]
}

// Pickup says that a rescue unit has reached a party.
type Pickup struct {
	Unit  UnitID
	Party PartyID
	Seats int32
}

// PickedUp answers a Pickup. Persons is 0 when nobody was there to take, or the seats do not suffice.
type PickedUp struct {
	Unit     UnitID
	Party    PartyID
	Persons  int32
	Assisted int32
	Chairs   int32 // of them, who cannot walk
}

// Knock says that a party stands at a shelter's door.
// With Out it is inside, has been told that it may go home, and comes to have its name taken off the list.
type Knock struct {
	Party   PartyID
	Shelter ShelterID
	Persons int32
	Mode    Mode // by which it came and would go on; ModeNone when that is not known: then on foot
	Out     bool
}

// Admission answers a Knock at the time of registration. When the party is turned away, Next is the shelter that
// the staff sends it to, or None.
type Admission struct {
	Party    PartyID
	Shelter  ShelterID
	Admitted bool
	Next     ShelterID
	Persons  int32 // for whom a place was kept; population answers with a Stay
	Out      bool  // it has been taken off the list and may go
}

// WardKind is what the staff of a shelter does.
type WardKind uint8

// What the staff does.
const (
	WardGuards   WardKind = iota // watches the door from now on
	WardUnguards                 // does not any more
	WardInforms                  // tells those inside how things stand
	WardEmpties                  // has everybody leave: there is water in the building
	WardReturns                  // lets the people of a zone go home
	WardKeeps                    // does not any more: the zone is evacuated again
	WardKindCount
)

// Ward says what the staff of a shelter does for, or tells, those inside.
type Ward struct {
	Shelter ShelterID
	Do      WardKind
	Zone    ZoneID    // of WardReturns and WardKeeps
	Next    ShelterID // of WardEmpties: where they are to go; None when the staff knows of none
}

// StayKind is what becomes of somebody in a shelter.
type StayKind uint8

// What becomes of them.
const (
	StayTaken StayKind = iota // an Admission has been heard: the place that was kept for so many persons is free again
	StayIn                    // a party is inside, and on the list
	StayOff                   // a party has left against orders
	StaySent                  // a party has left because the staff said so, or was fetched
	StayDied                  // some of a party have died there
	StayIll                   // one of a party needs a doctor
	StayAway                  // a party has left the door, or has died there, and waits to be let in no more
	StayKindCount
)

// Stay says what becomes of somebody in a shelter.
type Stay struct {
	Party   PartyID
	Shelter ShelterID
	Kind    StayKind
	Persons int32  // who are in, gone, or ill
	Zone    ZoneID // of their home
	Special int32  // of them, who need special care or cannot walk
}

// ShelterNews is what one shelter's staff, or with To None those who direct the units, are told of another shelter.
type ShelterNews struct {
	To, About ShelterID
	Open      bool
	Shut      bool
	Taken     int32 // persons on its list and at its door
	Asof      Time  // when the shelter said so
}

// ShelterList says how many persons of a zone a shelter has on its list after a head count. Several of one instant are
// one list; the last of them says so.
type ShelterList struct {
	Shelter ShelterID
	Zone    ZoneID // None for those whose home is in no zone
	Persons int32
	Last    bool
}

// ZoneReport is what a zone's people on the spot have counted. It is a message like any other: it reaches a post
// only when command carries it.
type ZoneReport struct {
	Zone     ZoneID
	Persons  int32 // on the roster
	Warned   int32
	Left     int32 // out of the zone
	Waiting  int32 // at assembly points
	Stranded int32 // calling for help, or cut off
	Missing  int32 // on the coaches' list, and neither there nor known to be away at the last head count

	// What those who are there see of the harm; nobody sees it in a zone that everybody has left.
	Dead      int32
	Hurt      int32   // so far
	Wet       int32   // buildings into which water has come
	Destroyed int32   // buildings that gave way
	Depth     float64 // the deepest water at a building so far [m]
	Doors     int32   // of the last search of the zone, house by house; 0 before any
	Searched  int32   // of them, checked so far
	Remaining int32   // persons whom it found still there and who have not left since; of the doors checked
	Done      Time    // when the last house was checked; 0 before
}

// ShelterCount is what a shelter's register says.
type ShelterCount struct {
	Shelter ShelterID
	Open    bool
	Shut    bool  // by order, or because of water in it: it takes nobody in
	Inside  int32 // on its list
	Waiting int32
	Special int32 // of those on its list, who need special care or cannot walk
	Ill     int32 // who have needed a doctor so far
	Missing int32 // found gone at its last head count
}

// UnitReport is what a unit says of itself when its status changes.
type UnitReport struct {
	Unit    UnitID
	Status  UnitStatus
	Aboard  int32
	Carried int32 // persons brought to safety so far
	X, Y    float64
}

// PostWorkers says how many people of a post can knock at doors from now on.
type PostWorkers struct {
	Post    PostID
	Workers int32
}

// Fate says what has become of a person of the population who is an official: busy while he is stranded, present when
// he is free again, hurt or dead.
type Fate struct {
	Person PersonID
	State  OfficialState
}

// Supply says that mains or the public network are cut or restored, in one zone or (None) everywhere.
type Supply struct {
	Zone    ZoneID
	Network bool // the public network; else mains
	Up      bool
}

// boxes lists the mailboxes in the order of the struct, which is the order in which they are saved.
func (p *Ports) boxes() []Saver {
	return []Saver{
		&p.Directives, &p.ChannelFaults, &p.Structures, &p.RoadOrders, &p.Broadcasts, &p.Silences, &p.Tasks,
		&p.Trips, &p.PartyArrivals, &p.PartyStrands, &p.Crossings, &p.Exposures, &p.UnitArrivals,
		&p.UnitStrands, &p.Boardings, &p.Boarded, &p.Alightings, &p.Maroonings, &p.Departures,
		&p.Calls, &p.Pickups, &p.PickedUp, &p.Knocks, &p.Admissions,
		&p.ZoneReports, &p.ShelterCounts, &p.UnitReports, &p.Leavings,
		&p.PostWorkers, &p.Fates, &p.Wards, &p.Stays, &p.ShelterNews, &p.ShelterLists, &p.Controls,
		&p.Issues, &p.RoadReports, &p.Supplies, &p.Warnings,
	}
}

// AppendState saves every message that waits.
func (p *Ports) AppendState(e *Encoder) {
	e.Section("ports")
	for _, b := range p.boxes() {
		b.AppendState(e)
	}
}

// LoadState reads what AppendState wrote.
func (p *Ports) LoadState(d *Decoder) {
	d.Section("ports")
	for _, b := range p.boxes() {
		b.LoadState(d)
	}
}
