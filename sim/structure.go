package sim

import (
	"math"

	"sandtable/sim/geo"
)

// StructureSpec names a structure.
type StructureSpec struct {
	Name    string
	Title   Text
	Place   geo.Point
	Actions []StructureAction // none for one that only stands there
	Work    Work              // its kind
	Line    geo.Line          // along it; one point or none for a structure without length
	Start   float64           // what it is set to at the start, as StructureChange.Value
	Pace    float64           // how fast it goes to what it is set to, at the most [as Start, per second]; 0 for at once
	Most    float64           // barrier: highest crest above its foot that it takes [m]; 0: not known
}

// Work is a kind of structure: it says how one is drawn.
type Work uint8

// Kinds of structures.
const (
	WorkDam     Work = iota // of a reservoir; may fail
	WorkGate                // of a reservoir, a river or a dyke
	WorkDyke                // holds water back along its line
	WorkSpot                // of a dyke; may fail
	WorkBarrier             // a crest that is set
	WorkBridge
	WorkCulvert
	WorkPump
	WorkDrain
	workCount
)

var workNames = [workCount]struct {
	name  string
	title Text
}{
	{"dam", Text{"大坝", "dam"}},
	{"gate", Text{"闸门", "gate"}},
	{"dyke", Text{"堤防", "dyke"}},
	{"dyke-spot", Text{"险段", "weak spot"}},
	{"barrier", Text{"挡水子堤", "barrier"}},
	{"bridge", Text{"桥梁", "bridge"}},
	{"culvert", Text{"涵洞", "culvert"}},
	{"pump", Text{"泵站", "pump"}},
	{"drain", Text{"排水管网", "drain"}},
}

// String returns the kind's name in files.
func (w Work) String() string {
	if w < workCount {
		return workNames[w].name
	}
	return "unknown"
}

// Title returns the kind on screen.
func (w Work) Title() Text {
	if w < workCount {
		return workNames[w].title
	}
	return Text{}
}

// Dot returns how a structure stands at an instant: its settings and failures are those of the changes, in the order of
// their times, that name it by its id. What moves goes on from where it is at its own pace, or at a slower one when the
// change gives it longer.
func (s *StructureSpec) Dot(id StructureID, changes []StructureChange, now Time) StructureDot {
	d := StructureDot{Set: s.Start, At: s.Start}
	var pace float64
	var since Time
	goOn := func(to Time) {
		if to == since {
			return // also what goes at once takes effect from its instant on, not in it
		}
		way := math.Abs(d.Set - d.At)
		if pace > 0 {
			way = min(way, float64(pace*to.Sub(since).Seconds()))
		}
		if d.Set < d.At {
			way = -way
		}
		d.At, since = d.At+way, to
	}
	for _, c := range changes {
		switch {
		case c.Structure != id || c.At > now:
		case c.Action == StructureBreach:
			d.Failed = true
		case c.Action == StructureWait:
			d.Failed = false // it was told to fail, and has not yet
		default:
			goOn(c.At)
			d.Set, pace = c.Value, s.Pace
			if over := c.Over.Seconds(); over > 0 {
				if slow := math.Abs(d.Set-d.At) / over; pace == 0 || slow < pace {
					pace = slow
				}
			}
		}
	}
	goOn(now)
	return d
}
