package sim

// RainWindows are the spans over which a rain gauge adds up what has fallen, the shortest first.
var RainWindows = [...]Duration{30 * Minute, Hour, 3 * Hour, 6 * Hour, 12 * Hour, 24 * Hour}

// RainDepths is the rain that has fallen in each of RainWindows up to now [mm].
type RainDepths [len(RainWindows)]float64

// RainWindow returns the place of a window in RainWindows, and whether it is one.
func RainWindow(d Duration) (int, bool) {
	for k, w := range RainWindows {
		if w == d {
			return k, true
		}
	}
	return 0, false
}

// GaugeAction is what a threshold of a gauge asks for.
type GaugeAction uint8

// Actions, the more urgent ones later.
const (
	GaugeWatch   GaugeAction = iota // nothing but attention
	GaugePrepare                    // prepare to move (准备转移)
	GaugeMove                       // move now (立即转移)
	gaugeActionCount
)

var gaugeActions = [gaugeActionCount]struct {
	name  string
	title Text
}{
	GaugePrepare: {"prepare", Text{"准备转移", "prepare to move"}},
	GaugeMove:    {"move", Text{"立即转移", "move now"}},
}

// String returns the action's name in files, which is empty for GaugeWatch.
func (a GaugeAction) String() string {
	if a < gaugeActionCount {
		return gaugeActions[a].name
	}
	return "unknown"
}

// Title returns the action on screen, nothing for GaugeWatch.
func (a GaugeAction) Title() Text {
	if a < gaugeActionCount {
		return gaugeActions[a].title
	}
	return Text{}
}

// GaugeActionByName reads a name in files.
func GaugeActionByName(name string) (GaugeAction, bool) {
	for a, x := range gaugeActions {
		if x.name == name {
			return GaugeAction(a), true
		}
	}
	return GaugeWatch, false
}

// WarningByName returns the index into WarningLevels of a level, and whether there is one.
func WarningByName(name string) (int, bool) {
	for k, l := range levels {
		if l == name {
			return k, true
		}
	}
	return 0, false
}

// ResponseTitle returns a response level in words.
func ResponseTitle(level int) Text { return responseWords[min(max(level, 0), len(responseWords)-1)] }

// WarningTitle returns a warning level on screen.
func WarningTitle(level int) Text {
	if level < 0 || level >= len(levelWords) {
		return Text{}
	}
	return levelWords[level]
}
