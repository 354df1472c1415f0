package sim

import "fmt"

// Event is something that happened. Events are the only output of the core; who evaluates a run listens to them
// and to nothing else. What A, B, C, Count, Num and Text mean is said at each kind; C is what the event is about where
// A and B only say between whom it happens.
type Event struct {
	At      Time
	Kind    EventKind
	A, B, C Ref
	Count   int32
	Num     float64
	Text    Text
}

// EventKind says what happened.
type EventKind uint8

// Event kinds. The numbers are part of the event log's format: new kinds go to the end.
const (
	EvNone EventKind = iota
	// EvAccepted: a command was taken. A = its main target, B = the post in whose name, C = what it names next (the
	// zone of a coach, the shelter of a zone), Count = OrderID, Num = OriginKind, Text = the command in words.
	EvAccepted
	// EvRejected: a command was refused. B = the post in whose name, where it is known, Count = number of the command in
	// the run, Text = the command and the reasons. When a hazard refused a change of a structure, or a post did not carry
	// out what it had received: A = the structure or what the order is about, C = that post, Count = -1, Text = why.
	EvRejected
	// EvMessage: the director's message reached a post. A = post, C = the county when it went to every post, each of
	// which has an event of its own; Text = message.
	EvMessage
	// EvWarningLevel and EvResponseLevel: a level was set. A = the zone for which, nothing for the county,
	// Count = index into WarningLevels or ResponseLevels.
	EvWarningLevel
	EvResponseLevel
	// EvOrderSent: an order left a post. A = who is to receive it: a post on the way, or what it is about; B = sending
	// post, C = what the order is about: zone, unit, shelter, link, structure; Count = OrderID, Num = ChannelID it travels
	// on, Text = who is called, where one of several is.
	EvOrderSent
	// EvOrderLost: the channel did not carry it, or nobody answered; the next channel is tried. As EvOrderSent;
	// Text = why nothing more is tried, where it is the last try, or why a messenger could not go.
	EvOrderLost
	// EvOrderDelivered and EvOrderAcked: it arrived; it was acknowledged (叫应). As EvOrderSent; Text = who acknowledged
	// it, where that is known.
	EvOrderDelivered
	EvOrderAcked
	// EvBroadcast: a post began to warn its zone over a channel. A = zone, B = channel, Count = OrderID.
	EvBroadcast
	// EvPartyWarned: a party heard it. A = party, B = channel, the party that told it, or nothing when it goes round in
	// the zone, Count = OrderID.
	EvPartyWarned
	// EvPartyDecided: a party decided, or the one with which it goes did so for it. A = party, Count = 1 to leave or 0 to
	// stay, Num = preparation time [s]; C has no kind, its ID is the DecisionCue that made it decide. When it goes back to
	// its building, into one near by, or upstairs, or stays in it for the storey above, Count = 0 and B = that building;
	// to higher ground near by, B = the street that it leaves.
	EvPartyDecided
	// EvPartyLeft: a party left its building, or went on on foot from an assembly point or a unit. A = party, B = where it
	// is bound, Count = Mode.
	EvPartyLeft
	// EvPartyLeftZone: a party came on the road to the end of a link outside its zone, was carried over its border, or
	// reached a shelter inside it; at most once per party. A = party, B = zone (None for a place outside every zone),
	// Count = Mode by which it moves, Num = 1 when water at its place had passed 0.15 m.
	EvPartyLeftZone
	// EvPartyAtAssembly: a party waits at an assembly point. A = party, B = assembly point.
	EvPartyAtAssembly
	// EvPartyBoarded: a party got into a unit. A = party, B = unit.
	EvPartyBoarded
	// EvPartyAtShelter: a party stands at a shelter's door. A = party, B = shelter.
	EvPartyAtShelter
	// EvPartySheltered: a party was registered. A = party, B = shelter.
	EvPartySheltered
	// EvPartyTurnedAway: the shelter is full or shut, or guards let nobody into a zone. A = party, B = shelter or zone.
	EvPartyTurnedAway
	// EvPartyOutside: a party left the map. A = party.
	EvPartyOutside
	// EvPartyStranded: a party cannot go on or leave. A = party, B = where (building; unit that is lost or stuck; street
	// or vehicle, whose id is the node at which it stands or the next one behind it).
	EvPartyStranded
	// EvPartyCaught: a party was in water of class H3 or above outside a stable refuge for 60 s, or was swept away or
	// lost its refuge before that; at most once per party. A = party, B = where, Num = depth [m].
	EvPartyCaught
	// EvPartyRescued: a party was taken up by a rescue unit. A = party, B = unit.
	EvPartyRescued
	// EvPersonHurt and EvPersonDied: A = person, B = where, Count = Cause, Num = depth [m].
	EvPersonHurt
	EvPersonDied
	// EvPlaceWet: water at a building passed 0.15 m for the first time. A = building, Num = depth [m].
	EvPlaceWet
	// EvPlaceDanger: a building's worst danger class rose. A = building, Count = DangerClass, Num = depth [m].
	EvPlaceDanger
	// EvPlaceDestroyed: a building gave way. A = building, Num = depth [m].
	EvPlaceDestroyed
	// EvLinkClosed and EvLinkOpened: a link became impassable, or passable again. A = link,
	// Count = StrandWater, StrandClosed or, by cars that were left in a jam, StrandJam: by what.
	EvLinkClosed
	EvLinkOpened
	// EvVehicleStranded: a vehicle stands in water or on a closed link, or was left in a jam. A = its mover, B = link,
	// Count = StrandCause, Num = depth [m].
	EvVehicleStranded
	// EvGridlock: links that block each other in a ring. A = the least of them, Count = how many, Num = vehicles on them.
	// An EvGridlockLink for each of them follows.
	EvGridlock
	// EvUnitStatus: a unit's status changed. A = unit, Count = UnitStatus, B = its place or target.
	EvUnitStatus
	// EvUnitFailed: a unit's task is impossible. A = unit, B = target, Text = why.
	EvUnitFailed
	// EvShelterOpened, EvShelterClosed, EvShelterFull: A = shelter, Count = persons on its list, Text = why it closes or
	// cannot open, when that is not by order.
	EvShelterOpened
	EvShelterClosed
	EvShelterFull
	// EvGauge: a gauge crossed a threshold upwards, each threshold by itself. A = gauge, Count = index of the threshold,
	// Num = level [m] or rain in the threshold's window [mm], Text = the warning level and the action that it stands for,
	// if any. What is worth a line to a duty officer is EvGaugeAlarm.
	EvGauge
	// EvGaugeFell: a gauge fell below a threshold. As EvGauge.
	EvGaugeFell
	// EvStructure: a structure changed. A = structure, Count = StructureAction, Num = value, Text = what brought it about
	// when it was no order. B has no kind; its ID is the time over which the structure goes there [s].
	EvStructure
	// EvChannel: a channel failed (Count = 0) or works again (1). A = channel, B = zone or county.
	EvChannel
	// EvReport: a post reported upward. A = reporting post, B = receiving post, or the outside, Count = ReportKind,
	// Num = number of the report from 1, or 0 for a routine count of the zones, Text = content.
	EvReport
	// EvHazardFailed: a hazard's state is no longer finite; the run stops. A = hazard, Text = cell and cause.
	EvHazardFailed
	// EvScript: a note or an error of a script. Text = it.
	EvScript
	// EvPartyFree: a stranded party can move again, goes on in its unit, or is no longer cut off; rescue and death end a
	// stranding without it.
	// A = party, B = where, as at EvPartyStranded.
	EvPartyFree
	// EvForecast: a hazard issued a forecast, which nobody has yet. A = hazard, Count = its members, Num = lead [s].
	EvForecast
	// EvForecastReceived: it reached a post. A = post, B = hazard, Count = its members, Num = when it was issued [s],
	// Text = what it says of the gauges.
	EvForecastReceived
	// EvGaugeAlarm: what a gauge shows became graver than all that still stands of it: it stands for a higher warning
	// level or a more urgent action, or a stage gauge passed a higher level. As EvGauge, of the threshold that carried it.
	EvGaugeAlarm
	// EvGaugeClear: a gauge that had alarmed has been below all its thresholds for half an hour. As EvGauge, of the
	// threshold below which it fell last; Num = what it reads now.
	EvGaugeClear
	// EvForecastLost: a member of a forecast failed and is left out (Count = its number, from 1), or all did and there is
	// none (Count = 0). A = hazard, Num = when it is issued [s], Text = that in words, with cell and cause.
	EvForecastLost
	// EvGridlockLink: a link of a ring that has just closed. A = link, B = the link of its EvGridlock, Count = its place
	// in the ring, from 0, each one waiting for the next, Num = vehicles on it.
	EvGridlockLink
	// EvGridlockReleased: police waved a ring on: the first vehicles of all its links moved on at once, each to the place
	// that the next one left. A = as at EvGridlock, Count = vehicles that moved, Num = how often so far, Text = in words.
	// Count = 0 when it could not be done, and is not tried again; Text = why.
	EvGridlockReleased
	// EvGridlockOver: a ring is none any more. A = as at EvGridlock, Count = links, Num = how long it stood [s].
	EvGridlockOver
	// EvGridlockStuck: every minute, when it has changed, while rings stand, and when none does any more: what stands in
	// rings and behind them. Count = vehicles, Num = persons in them.
	EvGridlockStuck
	// EvRoadCapacity: an order or stalled vehicles changed what one direction of a link lets through. A = link,
	// Count = its lanes that are open, Num = its capacity [veh/h]. B has no kind; its ID is 0 for the direction from From
	// to To, 1 for the other.
	EvRoadCapacity
	// EvContraflow: lanes of a link change hands. A = link, Count = 1 set up: the lanes are closed; 2 they run the other
	// way; 3 the end: they are closed; 4 they are back; 0 the order cannot be carried out. Num = lanes. B has no kind; its
	// ID is the direction that gains, as at EvRoadCapacity. Text = in words.
	EvContraflow
	// EvRoadCleared: stalled vehicles are off a link. A = link, Count = how many, Num = 1 when the water carried them off.
	EvRoadCleared
	// EvRoadPolice: police control a node (Count = 1) or do no longer (0). A = node, Text = in words.
	EvRoadPolice
	// EvPost: a post changed how it works. A = post, Count = PostState, C = who holds it now, Text = in words.
	EvPost
	// EvOfficial: an official's state changed. A = official, B = post, Count = OfficialState, Text = why.
	EvOfficial
	// EvPower and EvNetwork: mains or the public network of a zone failed (Count = 0) or work again (1). A = zone or
	// county, B = the utility that brought it about or nothing, Text = why.
	EvPower
	EvNetwork
	// EvDoors: workers of a post went round a zone. A = zone, B = post, Count = doors knocked at so far, Num = persons
	// who were still there behind them, C = the county while they go on and the zone when the last house is done;
	// Text = in words.
	EvDoors
	// EvRumour: a rumour began in a zone, reached a further quarter of its households, or died there (Count = 0): nobody
	// believes it any more. A = zone, Count = households that believe it, Num = 0 to stay, 1 to leave; Text = what it
	// says.
	EvRumour
	// EvPartyJoined: a party joined another one, with which it goes on. A = party, B = the one that it joined,
	// Count = JoinKind.
	EvPartyJoined
	// EvPartyParted: it goes on by itself. As EvPartyJoined.
	EvPartyParted
	// EvPartyBack: a party sets out back into its zone, for property, animals or people. A = party, B = building,
	// Count = BackKind.
	EvPartyBack
	// EvHeadCount: people were counted at an assembly point, when a coach left it, or at a shelter. A = it, B = zone or
	// none, Count = those there (of an assembly point: or known to have left), Num = those on the list.
	EvHeadCount
	// EvHelper: somebody who is responsible for a special-care person did something. A = person, B = helper (person or
	// post), Count = HelperStep, Text = why not.
	EvHelper
	// EvInstitution: a school, hospital or nursing home did something. A = building, Count = InstitutionStep,
	// Num = persons.
	EvInstitution
	// EvControl: an emergency control holds (Num = 1) or is lifted (0). A = zone or county, Count = OrderID,
	// B has no kind; its ID is the Suspension. Text = in words.
	EvControl
	// EvPartyWentOff: a party left a shelter against orders. A = party, B = shelter, Count = BackKind.
	EvPartyWentOff
	// EvPartyHome: a party is home again. A = party, B = building.
	EvPartyHome
	// EvPersonIll: somebody in a shelter needs a doctor. A = person, B = shelter.
	EvPersonIll
	// EvMeeting: a consultation was called (Count = 0), began (1), ended (2), or cannot be held (3). A = meeting,
	// B = post, C = its deployment or nothing, Num = members who take part, Text = in words.
	EvMeeting
	// EvDeployment: a deployment went out (Count = 0), an item of it is overdue (1), all are acknowledged
	// (2), or an item of it is held back since its condition was not so (3).
	// A = deployment, B = post, Num = number of the item, from 0, Text = in words.
	EvDeployment
	// EvThreshold: a threshold of a zone is passed, as the post knows it that watches it. A = zone, B = post, C = gauge,
	// nothing for a published warning, Count = OrderID that it asks for, Num = number of the threshold in the scenario,
	// from 0, Text = in words.
	EvThreshold
	eventCount
)

var eventNames = [eventCount]string{
	"none", "accepted", "rejected", "message", "warning-level", "response-level", "order-sent", "order-lost",
	"order-delivered", "order-acked", "broadcast", "party-warned", "party-decided", "party-left", "party-left-zone",
	"party-at-assembly", "party-boarded", "party-at-shelter", "party-sheltered", "party-turned-away", "party-outside",
	"party-stranded", "party-caught", "party-rescued", "person-hurt", "person-died", "place-wet", "place-danger",
	"place-destroyed", "link-closed", "link-opened", "vehicle-stranded", "gridlock", "unit-status", "unit-failed",
	"shelter-opened", "shelter-closed", "shelter-full", "gauge", "gauge-fell", "structure", "channel", "report",
	"hazard-failed", "script", "party-free", "forecast", "forecast-received", "gauge-alarm", "gauge-clear",
	"forecast-lost", "gridlock-link", "gridlock-released", "gridlock-over", "gridlock-stuck", "road-capacity",
	"contraflow", "road-cleared", "road-police", "post", "official", "power", "network", "doors", "rumour", "party-joined",
	"party-parted", "party-back", "head-count", "helper", "institution", "control", "party-went-off", "party-home",
	"person-ill", "meeting", "deployment", "threshold",
}

// String returns the kind's name in files and scripts.
func (k EventKind) String() string {
	if k < eventCount {
		return eventNames[k]
	}
	return fmt.Sprintf("event%d", uint8(k))
}

// OfOrder says whether events of the kind speak of one order, whose OrderID is in Count.
func (k EventKind) OfOrder() bool {
	switch k {
	case EvAccepted, EvOrderSent, EvOrderLost, EvOrderDelivered, EvOrderAcked, EvBroadcast, EvPartyWarned, EvThreshold:
		return true
	}
	return false
}

// EventByName returns the kind of that name.
func EventByName(name string) (EventKind, bool) {
	for k, n := range eventNames {
		if n == name {
			return EventKind(k), k > 0
		}
	}
	return EvNone, false
}

// Mode is how somebody or something moves.
type Mode uint8

// Modes.
const (
	ModeNone Mode = iota
	ModeFoot
	ModeCar
	ModeCoach
	ModeBoat      // towed on dry roads, afloat where the water carries it
	ModeEmergency // with a siren
	ModeBike      // two-wheelers: bicycles and e-bikes (自行车、电动自行车)
	ModeVan       // fetches who cannot leave by himself (无障碍车), without a siren
	ModeCount
)

var modeNames = [ModeCount]string{"none", "foot", "car", "coach", "boat", "emergency", "bike", "van"}

// String returns the mode's name in files.
func (m Mode) String() string {
	if m < ModeCount {
		return modeNames[m]
	}
	return fmt.Sprintf("mode%d", uint8(m))
}

// Cause is why somebody was hurt or died.
type Cause uint8

// Causes.
const (
	CauseNone      Cause = iota
	CauseSweptFoot       // swept away on foot
	CauseVehicle         // in a vehicle that stalled, floated or was swept away
	CauseBuilding        // in a building that gave way
	CauseSubmerged       // indoors, no storey or roof left above the water
	CauseExposure        // cold and exhaustion
	causeCount
)

var causeNames = [causeCount]string{"none", "swept-on-foot", "in-vehicle", "building-failure", "submerged-indoors",
	"exposure"}

// String returns the cause's name in files.
func (c Cause) String() string {
	if c < causeCount {
		return causeNames[c]
	}
	return fmt.Sprintf("cause%d", uint8(c))
}

// UnitStatus is the stage of a unit's work.
type UnitStatus uint8

// Statuses, in the order in which a unit passes them.
const (
	UnitAvailable UnitStatus = iota
	UnitNotified
	UnitTurnedOut
	UnitUnderWay
	UnitOnScene
	UnitWorking
	UnitTransporting
	UnitReturning
	UnitResting
	UnitLost
	UnitStuck // cannot go on for the moment, and tries again
	unitStatusCount
)

var unitStatusNames = [unitStatusCount]string{"available", "notified", "turned-out", "under-way", "on-scene",
	"working", "transporting", "returning", "resting", "lost", "stuck"}

// String returns the status's name in files.
func (s UnitStatus) String() string {
	if s < unitStatusCount {
		return unitStatusNames[s]
	}
	return fmt.Sprintf("status%d", uint8(s))
}
