package replay

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"sandtable/sim"
)

// Format is the edition of the run directory that this package writes. It reads this edition and no other.
const Format = 2

// Engine is the edition of the simulation: it is raised with every change that gives other digests for the same
// scenario, seed and commands. A run of another edition can be shown, but not played again.
const Engine = "4"

// Names of the files of a run.
const (
	HeaderFile    = "header.json"
	scenarioDir   = "scenario"
	givenFile     = "given.jsonl"
	journalFile   = "journal.jsonl"
	timesFile     = "times.jsonl"
	eventsFile    = "events.zst"
	telemetryFile = "telemetry.zst"
	filmDir       = "film"
	keyframeDir   = "keyframes"
	summaryFile   = "summary.json"
	reportFile    = "report.html"
)

// maxUntil bounds what a header may ask for: a scenario lasts 30 days at most.
const maxUntil = 30 * 24 * sim.Hour

var (
	// ErrNoRun says that a path is not that of a run.
	ErrNoRun = sim.Fail("此处不是推演目录", "this is not the directory of a run")
	// ErrDamaged says that a run cannot be read at all: its header, or the first line of its journal.
	ErrDamaged = sim.Fail("推演已损坏", "the run is damaged")
	// ErrFormat says that a run is in another edition of the format.
	ErrFormat = sim.Fail("推演的格式版本不同", "the run is in another format")
	// ErrUnfinished says that a run does not reach the instant that is asked for, because it was cut off.
	ErrUnfinished = sim.Fail("推演未完成", "the run is unfinished")
	// ErrFinished says that a run has come to its end, or was stopped for good, and cannot be resumed.
	ErrFinished = sim.Fail("推演已结束", "the run is finished")
	// ErrOtherScenario says that the scenario at hand is not the one that the run was made with.
	ErrOtherScenario = sim.Fail("情景与推演时的不同", "the scenario is not that of the run")
	// ErrOtherEngine says that the run was made by another edition of the engine.
	ErrOtherEngine = sim.Fail("推演由另一版本的引擎作出", "the run was made by another edition of the engine")
	// ErrInUse says that another process is recording into the directory.
	ErrInUse = sim.Fail("推演正由另一进程记录", "the run is being recorded by another process")
	// ErrSpec says that a branch is asked for that cannot be made.
	ErrSpec = sim.Fail("无法这样另作推演", "no such branch")
	// ErrExists says that a new run was to be made where something is already.
	ErrExists = sim.Fail("目录不是空的", "the directory is not empty")
)

// Header is header.json: everything that decides a run besides the files of its scenario and its commands. It
// holds no wall time and nothing about the machine; those are in times.jsonl.
type Header struct {
	Format   int          `json:"format"`
	Engine   string       `json:"engine"`
	Scenario string       `json:"scenario"`        // name
	Hash     string       `json:"scenario_sha256"` // scenario.Scenario.Hash, in hex
	Seed     sim.Seed     `json:"seed"`
	Language string       `json:"language"` // zh or en
	Until    sim.Duration `json:"until"`    // when it is to end
	// Sources names the live sources that command this run, in the order in which they are asked, such as "plan" and
	// "director". Who resumes it hands in the same ones. A branch whose director is recorded has none.
	Sources []string `json:"sources,omitempty"`
	Parent  *Parent  `json:"parent,omitempty"` // of a branch
}

// Parent says where a branch comes from.
type Parent struct {
	Journal  string   `json:"journal"` // hash of the last line of the trunk's journal when it was branched
	At       sim.Time `json:"at"`      // microseconds
	Director string   `json:"director"`
	Players  string   `json:"players"` // kept or dropped: what became of their commands after At
	Given    string   `json:"given"`   // hash of given.jsonl
	// Sources names the live sources of the trunk's story, for a later branch that lets them speak again.
	Sources []string `json:"sources,omitempty"`
}

// encode writes the header as it stands in the file.
func (h *Header) encode() ([]byte, error) {
	line, err := canonical(h)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, line, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// decodeHeader reads header.json.
func decodeHeader(data []byte) (Header, error) {
	var h Header
	if err := json.Unmarshal(data, &h); err != nil {
		return h, sim.Fail("%v：%s：%v", "%v: %s: %v", ErrDamaged, HeaderFile, err)
	}
	if h.Format != Format {
		return h, sim.Fail("%v：格式 %d；应为 %d", "%v: format %d; want %d", ErrFormat, h.Format, Format)
	}
	if raw, err := hex.DecodeString(h.Hash); err != nil || len(raw) != 32 {
		return h, sim.Fail("%v：%s：scenario_sha256 为 %q；应为 64 位十六进制数",
			"%v: %s: scenario_sha256 %q; want 64 hex digits", ErrDamaged, HeaderFile, h.Hash)
	}
	if h.Until < 0 || h.Until > maxUntil {
		return h, sim.Fail("%v：%s：until 为 %v；应为 0s 至 %v", "%v: %s: until %v; want 0s to %v", ErrDamaged, HeaderFile, h.Until,
			maxUntil)
	}
	return h, nil
}

// reach is the last instant that a journal with this header can speak of.
func (h *Header) reach() sim.Time {
	until := sim.Time(h.Until)
	return until + (sim.Time(sim.Tick)-until%sim.Time(sim.Tick))%sim.Time(sim.Tick)
}

// writeFile puts a file under its name at once: whoever reads it sees all of it or nothing. With sync it is on the
// disk when the function returns.
func writeFile(path string, data []byte, sync bool) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*.tmp")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil && sync {
		err = file.Sync()
	}
	err = errors.Join(err, file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // what went wrong is already known
	}
	return err
}
