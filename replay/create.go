package replay

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"sandtable/sim"
)

// Create begins a new run in a directory, which must be empty or not there yet. The header's Format, Engine and
// Parent are set here. The bundle is what the header's hash was taken of.
func Create(dir string, h Header, bundle []File) (*Recorder, error) {
	h.Parent = nil
	return create(dir, h, bundle, nil)
}

// create makes the files that do not change any more, the header as the last of them, and starts the journal.
func create(dir string, h Header, bundle []File, given *givenTape) (*Recorder, error) {
	h.Format, h.Engine = Format, Engine
	data, err := h.encode()
	if err == nil {
		_, err = decodeHeader(data)
	}
	if err != nil {
		return nil, sim.Fail("新推演：%v", "new run: %v", err)
	}
	if err := emptyDir(dir); err != nil {
		return nil, sim.Fail("新推演：%v", "new run: %v", err)
	}
	r := &Recorder{dir: dir, header: h, clock: time.Now}
	if r.journal.file, err = openExclusive(filepath.Join(dir, journalFile)); err != nil {
		return nil, sim.Fail("新推演：%v", "new run: %v", err)
	}
	err = writeBundle(filepath.Join(dir, scenarioDir), bundle)
	if err == nil && given != nil {
		r.given = given.ticks
		err = writeFile(filepath.Join(dir, givenFile), given.file, true)
	}
	if err == nil {
		err = os.MkdirAll(filepath.Join(dir, keyframeDir), 0o777)
	}
	if err == nil {
		err = writeFile(filepath.Join(dir, HeaderFile), data, true)
	}
	if err == nil {
		err = r.start(chainStart(data), &journal{})
	}
	if err != nil {
		return nil, errors.Join(sim.Fail("新推演：%v", "new run: %v", err), r.close())
	}
	return r, nil
}

// emptyDir makes a directory, or finds it empty.
func emptyDir(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s: %w", dir, ErrExists)
	}
	return err
}

// File is a file of a scenario: its name inside the scenario's directory, with slashes, and its bytes.
type File struct {
	Name string
	Data []byte
}

// writeBundle writes the scenario's files.
func writeBundle(dir string, bundle []File) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, f := range bundle {
		if !fs.ValidPath(f.Name) || !filepath.IsLocal(filepath.FromSlash(f.Name)) {
			return fmt.Errorf("%q is no name of a file inside the scenario", f.Name)
		}
		to := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		if err := writeFile(to, f.Data, true); err != nil {
			return err
		}
	}
	return nil
}

// readBundle reads the scenario's files of a run.
func (r *Run) readBundle() ([]File, error) {
	var bundle []File
	fsys := r.Scenario()
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		bundle = append(bundle, File{name, data})
		return err
	})
	return bundle, err
}

// Resume takes up an unfinished run. A damaged end of its journal is moved aside (Recorder.SetAside names the
// file), the rest is played again from time 0: whoever drives a new world of the run's scenario and seed with
// Recorder.Source and the Recorder as its sink gets the recorded part first, compared with the journal record by
// record, and from Run.Reach on the live sources command and the journal grows. When it is finished, journal,
// events and telemetry are those of a run that was never cut off.
func Resume(run *Run) (*Recorder, error) {
	fail := func(err error) (*Recorder, error) {
		return nil, sim.Fail("继续推演 %s：%v", "resuming %s: %v", run.Dir, err)
	}
	file, err := openExclusive(filepath.Join(run.Dir, journalFile))
	if err != nil {
		return fail(err)
	}
	again := &Run{Dir: run.Dir} // now that the file is ours, it is read as it is
	if err = again.readHeader(); err == nil {
		err = again.readJournal(file)
	}
	if err == nil {
		err = again.readGiven()
	}
	if err == nil {
		err = again.canContinue()
	}
	if err != nil {
		return fail(errors.Join(err, file.Close()))
	}
	r := &Recorder{dir: run.Dir, header: again.Header, clock: time.Now, journal: lineLog{file: file}, given: again.given}
	r.past, r.future, r.resumed = tapeOf(again.journal.records).ticks, again.Reach(), true
	if err = os.MkdirAll(filepath.Join(run.Dir, keyframeDir), 0o777); err == nil {
		err = r.start(again.start, again.journal)
	}
	if err != nil {
		return fail(errors.Join(err, r.close()))
	}
	return r, nil
}

func (r *Run) canContinue() error {
	if why := r.Stopped(); why != "" {
		return sim.Fail("%v：已在 %v 中止（%s），无法继续", "%v: it was stopped at %v (%s) and cannot go on", ErrFinished,
			r.End().At, why)
	}
	if r.Finished {
		return sim.Fail("%v：已推演至终点 %v", "%v: it was played to its end at %v", ErrFinished, r.End().At)
	}
	return r.canPlay()
}
