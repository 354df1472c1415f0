package sim

// JoinKind is why a party goes with another one.
type JoinKind uint8

// Kinds.
const (
	JoinFamily JoinKind = iota // members of one household who have found each other
	JoinLift                   // neighbours who have a place in their car
	JoinHelper                 // who is responsible for a special-care person
	JoinKindCount
)

// BackKind is why somebody goes back.
type BackKind uint8

// Kinds.
const (
	BackProperty BackKind = iota
	BackAnimals
	BackPeople
	BackHome // weary of the shelter
	BackKindCount
)

// HelperStep is what who is responsible for a special-care person does.
type HelperStep uint8

// Steps.
const (
	HelperSets   HelperStep = iota // sets out for the person
	HelperThere                    // is at the door
	HelperBrings                   // leaves with the person
	HelperFails                    // cannot come, or not bring the person
	HelperStepCount
)

var helperSteps = [HelperStepCount]string{"sets-out", "at-door", "brings", "fails"}

// String returns the step's name in files.
func (s HelperStep) String() string { return helperSteps[min(s, HelperStepCount-1)] }

// InstitutionStep is what a school, hospital or nursing home does.
type InstitutionStep uint8

// Steps.
const (
	InstitutionTold     InstitutionStep = iota // prepares
	InstitutionReady                           // its people can leave
	InstitutionLeaves                          // the first of them leave
	InstitutionEmpty                           // the last have left
	InstitutionSendHome                        // pupils are sent home, or fetched
	InstitutionStepCount
)

var institutionSteps = [InstitutionStepCount]string{"told", "ready", "leaves", "empty", "sends-home"}

// String returns the step's name in files.
func (s InstitutionStep) String() string { return institutionSteps[min(s, InstitutionStepCount-1)] }

// Words says what an institution does, to stand behind its name, and how many persons it concerns.
func (s InstitutionStep) Words(persons int) Text {
	switch s {
	case InstitutionTold:
		return Say("接到通知，开始准备（在场 %d 人）", " is told and prepares (%d persons)", persons)
	case InstitutionReady:
		return Say("准备完毕（在场 %d 人）", " is ready (%d persons)", persons)
	case InstitutionLeaves:
		return Say("开始撤离（在场 %d 人）", " begins to leave (%d persons)", persons)
	case InstitutionEmpty:
		return Say("已全部撤出（先后共 %d 人）", ": the last have left (%d persons in all)", persons)
	}
	return Say("停课，%d 名学生自行回家", " is suspended, and %d pupils go home", persons)
}

// PostState is how a post works.
type PostState uint8

// States.
const (
	PostOnDuty     PostState = iota // peace-time duty
	PostCalling                     // its people are called in
	PostRunning                     // command post
	PostUnmanned                    // nobody holds it
	PostCutOff                      // no channel to its superior works
	PostReached                     // one works again
	PostSelfStarts                  // acts by its standing authority
	PostTakenOver                   // somebody else holds it
	PostStateCount
)

// AtMeeting is why an official is busy who takes part in a consultation.
func AtMeeting(meeting Text) Text { return Say("参加%s", "at %s", meeting) }

// BackFromMeeting is why he is at his post again.
func BackFromMeeting() Text { return Say("会商后返岗", "back from the consultation") }

var postStateNames = [PostStateCount]string{"on-duty", "calling", "running", "unmanned", "cut-off", "reached",
	"self-starts", "taken-over"}

// String returns the state's name in files.
func (s PostState) String() string { return postStateNames[min(s, PostStateCount-1)] }
