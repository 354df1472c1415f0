package replay

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"sandtable/sim"
)

// Run is a recorded run, as it is on the disk. It is read only.
type Run struct {
	Dir      string
	Header   Header
	Finished bool     // it has an end: it was played to it, or a hazard failed (Stopped)
	Damage   []Damage // what is wrong with the ends of the journal and of the times

	start   string // hash of the header, with which the journal begins
	journal *journal
	given   []tapeTick // of a branch
}

// Open reads header and journal of a run. What is damaged at the end of the journal is left out and told in Damage;
// nothing is changed on the disk. It gives ErrNoRun when there is no run at that path, ErrDamaged when header and
// journal do not belong together, and ErrFormat for a run of another edition.
func Open(dir string) (*Run, error) {
	r := &Run{Dir: dir}
	if err := r.readHeader(); err != nil {
		return nil, err
	}
	file, err := os.Open(filepath.Join(dir, journalFile))
	if err != nil {
		return nil, sim.Fail("%s：%v：%v", "%s: %v: %v", dir, ErrDamaged, err)
	}
	defer file.Close() // read only
	if err := r.readJournal(file); err != nil {
		return nil, err
	}
	_, _, _, damage, err := readTimes(dir, r.start)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	if damage != nil {
		r.Damage = append(r.Damage, *damage)
	}
	return r, r.readGiven()
}

func (r *Run) readHeader() error {
	data, err := os.ReadFile(filepath.Join(r.Dir, HeaderFile))
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s: %w", r.Dir, r.absent())
	case err != nil:
		return err // it names the path
	}
	if r.Header, err = decodeHeader(data); err != nil {
		return fmt.Errorf("%s: %w", r.Dir, err)
	}
	r.start = chainStart(data)
	return nil
}

// absent says what is the matter with a directory that has no header: a run whose header is lost still has a journal.
func (r *Run) absent() error {
	if _, err := os.Stat(filepath.Join(r.Dir, journalFile)); err == nil {
		return sim.Fail("%v：有 %s 而没有 %s", "%v: there is a %s and no %s", ErrDamaged, journalFile, HeaderFile)
	}
	what := sim.Say("其中没有 %s", "it has no %s", HeaderFile)
	if info, err := os.Stat(r.Dir); err != nil {
		what = sim.Text{ZH: "没有这个目录", EN: "there is nothing of that name"}
	} else if !info.IsDir() {
		what = sim.Text{ZH: "这是文件", EN: "it is a file"}
	}
	return sim.Fail("%v：%s；应为记录了推演的目录，其中有 %s 和 %s",
		"%v: %s; want a directory that a drill was recorded into, with %s and %s", ErrNoRun, what, HeaderFile, journalFile)
}

// readJournal reads the journal from its file. A first line that is whole and yet wrong says that the header was
// changed; then nothing is to be cut off.
func (r *Run) readJournal(file io.Reader) error {
	j, err := readJournal(file, r.start, r.Header.reach())
	if err != nil {
		return fmt.Errorf("%s: %w", r.Dir, err)
	}
	if d := j.damage; d != nil {
		if len(j.records) == 0 && d.Why != errCut.Error() {
			return sim.Fail("%s：%v：%v，或 %s 被改动", "%s: %v: %v, or %s was changed", r.Dir, ErrDamaged, d, HeaderFile)
		}
		r.Damage = append(r.Damage, *d)
	}
	r.journal, r.Finished = j, j.finished()
	return nil
}

// readGiven reads the commands that a branch was given.
func (r *Run) readGiven() error {
	if r.Header.Parent == nil {
		return nil
	}
	file, err := os.Open(filepath.Join(r.Dir, givenFile))
	if err != nil {
		return sim.Fail("%s：%v：%v", "%s: %v: %v", r.Dir, ErrDamaged, err)
	}
	defer file.Close() // read only
	r.given, err = readGiven(file, r.Header.Parent.Given, r.Header.reach())
	if err != nil {
		return sim.Fail("%s：%v：%v", "%s: %v: %v", r.Dir, ErrDamaged, err)
	}
	return nil
}

// Records returns the lines of the journal. They must not be changed.
func (r *Run) Records() []Record { return r.journal.records }

// End returns the record of the end, or nil when the run is unfinished.
func (r *Run) End() *Record {
	if !r.Finished {
		return nil
	}
	return &r.journal.records[len(r.journal.records)-1]
}

// Stopped says why the run was stopped before its end, because a hazard failed. It is empty for a run that was played
// to its end or is unfinished.
func (r *Run) Stopped() string {
	if !r.Finished {
		return ""
	}
	why, stopped := strings.CutPrefix(r.End().Text, stoppedText)
	if !stopped {
		return ""
	}
	return why
}

// Reach returns the instant up to which the run is known: its end, or for an unfinished run the last instant before
// which every command is in the journal. From there on live sources command when it is resumed.
func (r *Run) Reach() sim.Time { return witnessed(r.journal.records) }

// Commands returns all commands in the order in which they were used.
func (r *Run) Commands() []sim.Command {
	var all []sim.Command
	for _, t := range tapeOf(r.journal.records).ticks {
		all = append(all, t.cmds...)
	}
	return all
}

// Source returns the journal as a source: each command in the very tick in which it was used. It serves one run.
func (r *Run) Source() sim.Source { return tapeOf(r.journal.records) }

// Scenario returns the files of the scenario that was played.
func (r *Run) Scenario() fs.FS { return os.DirFS(filepath.Join(r.Dir, scenarioDir)) }

// ScenarioDir returns the directory with the files of the scenario.
func (r *Run) ScenarioDir() string { return filepath.Join(r.Dir, scenarioDir) }

// FilmDir returns the directory for the run's own films. It need not be there.
func (r *Run) FilmDir() string { return filepath.Join(r.Dir, filmDir) }

// Times returns when each line of the journal was written, and by which processes.
func (r *Run) Times() ([]Wall, error) {
	walls, _, _, _, err := readTimes(r.Dir, r.start)
	return walls, err
}

// Events opens the event log.
func (r *Run) Events() (*EventReader, error) {
	file, err := os.Open(filepath.Join(r.Dir, eventsFile))
	if err != nil {
		return nil, err
	}
	log, err := NewEventReader(file)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", r.Dir, err), file.Close())
	}
	log.file = file
	return log, nil
}

// Telemetry opens the telemetry.
func (r *Run) Telemetry() (*TelemetryReader, error) {
	file, err := os.Open(filepath.Join(r.Dir, telemetryFile))
	if err != nil {
		return nil, err
	}
	rows, err := NewTelemetryReader(file)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", r.Dir, err), file.Close())
	}
	rows.file = file
	return rows, nil
}

// canPlay gives ErrOtherEngine when this program would give other results than the one that made the run.
func (r *Run) canPlay() error {
	if r.Header.Engine == Engine {
		return nil
	}
	return sim.Fail("%v：版本 %s；本程序为 %s", "%v: edition %s; this is %s", ErrOtherEngine, r.Header.Engine, Engine)
}
