package render

import (
	"sandtable/sim"
)

// Frame is all that one picture shows of a run. It is plain data, copied out of the world: whoever draws may take his
// time while the world goes on.
type Frame struct {
	Snapshot sim.Snapshot
	Truth    sim.Truth       // what is really so: the director's view
	Seen     sim.Observation // what the seat knows
	Water    int             // edition of Snapshot.Water: the same number, the same water
	Charts   *Charts         // what the water has done so far; nil when nobody asked, and for a player's seat
	Status   Status
}

// Phase says how the picture relates to the run.
type Phase uint8

// Phases.
const (
	PhaseLive   Phase = iota // the front of a run that is being played; orders are taken
	PhasePast                // an earlier moment of a run that is being played
	PhaseReplay              // a recorded run
)

// Status is what a picture tells about the run itself.
type Status struct {
	Phase   Phase
	Paused  bool
	Ended   bool     // the run has come to its end
	Speed   float64  // wanted, simulated seconds per second; 0 is as fast as it goes
	Actual  float64  // reached
	Head    sim.Time // up to which the run has been computed
	End     sim.Time // of the drill
	Seeking sim.Time // the moment that is being computed; -1 when none
	Marks   []Moment
	Curve   []Sample // one per minute
	Notice  sim.Text // the last message to whoever sits here; empty for none
	Serial  int      // of the notice, so that the same words twice are two notices
	Run     string   // name of the scenario or of the recorded run
	Seed    string
	Record  string // directory in which the run is being recorded; empty when it is not
	Charted bool   // charts can be asked for: never for a player's seat
	Answers []Answer

	SeatOnly bool // a player's seat: what is really so must not be shown
}

// TakesOrders says whether an order that is given now is carried out: at the front of a run, before its end.
func (s *Status) TakesOrders() bool { return s.Phase == PhaseLive && !s.Ended }

// noOrders says why none is taken.
func (s *Status) noOrders() sim.Text {
	if s.Phase == PhaseLive {
		return words.Ended
	}
	return words.NoOrders
}

// Answer is what became of an order that was given here, in the order in which they were given.
type Answer struct {
	At      sim.Time
	Order   sim.OrderID
	Target  sim.Ref
	Refused bool
	Text    sim.Text // the order in words; of one that was refused with the reasons
}

// MomentKind says what a mark on the timeline stands for.
type MomentKind uint8

// Kinds of marks, in the order of the timeline's lanes.
const (
	MomentOrder    MomentKind = iota // an order was given
	MomentHazard                     // gauge above a threshold, breach, road closed first, …
	MomentHarm                       // somebody was caught, hurt, died
	MomentBookmark                   // set by hand
	momentKinds
)

// Moment is a moment on the timeline.
type Moment struct {
	At    sim.Time
	Kind  MomentKind
	Text  sim.Text
	Minor bool // in the feed only: the timeline would be black with them
}

// Sample is a point of the curves behind the timeline.
type Sample struct {
	At                              sim.Time
	Persons, Warned, Left, Stranded int
	Gauges                          []float32 // by id: level [m], or the rain of the hour before [mm]
}

// Notice says it in a line by itself.
func (a *Answer) Notice() sim.Text {
	if a.Refused {
		return sim.Say("被拒绝：%s", "Refused: %s", a.Text)
	}
	return sim.Say("已受理：%s", "Accepted: %s", a.Text)
}

// Controller is what the desk steers: it plays the world somewhere else. No call may block.
type Controller interface {
	// Frame returns the newest picture and asks for the next to show that view. The frame stays as it is until
	// the next call. It is nil before the first one is ready.
	Frame(view sim.View) *Frame
	// Order gives an order of the player, and returns its number among Status.Answers, where what becomes of it will
	// stand; -1 when no orders are taken.
	Order(c sim.Command) int
	// Pause stops and starts the clock. Speed sets the wanted speed [simulated s/s]; 0 is as fast as it goes.
	Pause(on bool)
	Speed(x float64)
	// Step plays a span and pauses; a negative one goes back.
	Step(d sim.Duration)
	// Seek shows an earlier moment, or plays up to a later one as fast as it goes.
	Seek(at sim.Time)
	// Live goes back to the front of the run.
	Live()
	// Continue takes the moment shown as the front: what came later is dropped.
	Continue()
	// Bookmark marks the moment shown.
	Bookmark()
	// Charts asks for charts of the water in the frames to come, or for none. Without Status.Charted it does nothing.
	Charts(on bool)
}
