package sim

import "fmt"

// DecisionCue is what made a party decide: why it leaves, or why it stays.
type DecisionCue uint8

// Cues. The first ones make people leave, those from CueUnconvinced on make them stay.
const (
	CueNone       DecisionCue = iota
	CueOrder                  // it was told to leave
	CuePrepare                // it was told to prepare, and leaves at once
	CueRepeat                 // it heard the order from one more side
	CueConfirmed              // it asked, and found the order confirmed
	CueNeighbours             // it saw its neighbours leave
	CueWaterSeen              // it had been told, and saw the water come
	CueWaterDoor              // water stands at its door
	CueRumour                 // a rumour says flee
	CueStatement              // an official statement put the matter straight
	CueLifted                 // all clear

	CueUnconvinced // it did not believe the order, or not enough
	CueUnconfirmed // it asked, and found nobody who knew more
	CueHearsay     // a rumour says that there is no need
	CueCried       // earlier orders came to nothing
	CueAttached    // does not leave property and animals
	CueDefiant     // believes nothing that officials say
	CueRefuge      // is safer in its own building
	DecisionCueCount
)

var cueNames = [DecisionCueCount]string{"none", "order", "prepare", "repeat", "confirmed", "neighbours", "water-seen",
	"water-door", "rumour", "statement", "lifted", "unconvinced", "unconfirmed", "hearsay", "cried", "attached",
	"defiant", "refuge"}

var cueTitles = [DecisionCueCount]Text{
	CueNone: {"原因不明", "no cause noted"}, CueOrder: {"接到转移指令", "told to leave"},
	CuePrepare: {"接到准备转移通知即走", "told to prepare"}, CueRepeat: {"多渠道听到同一指令", "told from more than one side"},
	CueConfirmed: {"核实后相信", "asked and found it confirmed"}, CueNeighbours: {"见邻居都走了", "saw the neighbours leave"},
	CueWaterSeen: {"看见水来了", "saw the water"}, CueWaterDoor: {"水到门口", "water at the door"},
	CueRumour: {"听信谣言出逃", "a rumour said flee"}, CueStatement: {"官方声明澄清", "an official statement"},
	CueLifted: {"警报解除", "all clear"}, CueUnconvinced: {"不够相信", "not convinced"},
	CueUnconfirmed: {"无从核实", "could not confirm it"}, CueHearsay: {"听信谣言不走", "a rumour said no need"},
	CueCried: {"此前虚惊过", "earlier orders came to nothing"}, CueAttached: {"舍不得财物牲畜", "property and animals"},
	CueDefiant: {"不信官方", "does not believe officials"}, CueRefuge: {"在屋内更安全", "safer indoors"},
}

// String returns the cue's name in files and drills.
func (c DecisionCue) String() string {
	if c < DecisionCueCount {
		return cueNames[c]
	}
	return fmt.Sprintf("cue%d", uint8(c))
}

// Title returns the cue in words.
func (c DecisionCue) Title() Text { return cueTitles[min(c, DecisionCueCount-1)] }

// Ref returns the cue as an event's C: it has no kind, and its ID is the cue.
func (c DecisionCue) Ref() Ref { return Ref{ID: int32(c)} }

// CueOf returns the cue of an EvPartyDecided.
func CueOf(e Event) DecisionCue {
	if e.C.Kind != KindNone || e.C.ID < 0 || e.C.ID >= int32(DecisionCueCount) {
		return CueNone
	}
	return DecisionCue(e.C.ID)
}
