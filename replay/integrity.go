package replay

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"

	"sandtable/sim"
)

// What can be made again is checked twice: its bytes against the checksums that were written with them, and events
// and telemetry also against what the run gives, which finds a file that is whole but of another run.

// checkFiles holds the checksums of the packed files and of the keyframes that the journal names against their
// bytes.
func (r *Run) checkFiles() ([]Damage, error) {
	var all []Damage
	for _, name := range [2]string{eventsFile, telemetryFile} {
		d, err := r.checkPackedFile(name)
		if err != nil {
			return all, err
		}
		if d != nil {
			all = append(all, *d)
		}
	}
	for i := range r.journal.records {
		if rec := &r.journal.records[i]; rec.Kind == KindKey {
			d, err := r.checkKeyframe(rec)
			if err != nil {
				return all, err
			}
			if d != nil {
				all = append(all, *d)
			}
		}
	}
	return all, nil
}

// checkPackedFile checks one packed file. That of an unfinished run may end anywhere.
func (r *Run) checkPackedFile(name string) (*Damage, error) {
	file, err := os.Open(filepath.Join(r.Dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return &Damage{File: name, Offset: -1, Why: "it is missing"}, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close() // read only
	d, cut, err := checkPacked(file, name)
	if cut && !r.Finished {
		d = nil
	}
	return d, err
}

// checkKeyframe checks the keyframe of a record. Whether the state in it is the run's is seen when it is used: a
// keyframe is believed only when its state, once loaded, has the digest that the journal names.
func (r *Run) checkKeyframe(rec *Record) (*Damage, error) {
	path := keyframePath(r.Dir, rec.At)
	name := keyframeDir + "/" + filepath.Base(path)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &Damage{File: name, Offset: -1, Why: "it is missing"}, nil
	}
	if err != nil {
		return nil, err
	}
	at, full, _, err := decodeKeyframe(data, maxState)
	switch {
	case err != nil:
		return &Damage{File: name, Offset: -1, Why: err.Error()}, nil
	case at != rec.At || full != rec.Full:
		why := fmt.Sprintf("it is of %v and has the digest %x…; the journal says %v and %x…", at, full[:8], rec.At,
			rec.Full[:8])
		return &Damage{File: name, Offset: -1, Why: why}, nil
	}
	return nil, nil
}

// proof holds a run's events and telemetry against what it gives when it is played again. It tells the first
// difference in each.
type proof struct {
	finished bool
	events   *EventReader     // nil when there is nothing more to compare
	rows     *TelemetryReader // likewise
	damage   []Damage
	begun    bool
	row      sim.Truth // as the file has it
	truth    sim.Truth // as it is

	got, want []byte // events, as the file has them and as they are
}

// newProof opens both files of a run. What cannot be opened is not compared: checkFiles has told it.
func newProof(run *Run) *proof {
	p := &proof{finished: run.Finished}
	p.events, _ = run.Events()
	p.rows, _ = run.Telemetry()
	return p
}

// after compares what the tick that ended now has given.
func (p *proof) after(now sim.Time, events []sim.Event, view sim.Viewer) {
	for i := 0; i < len(events) && p.events != nil; i++ {
		want := events[i]
		got, err := p.events.Next()
		switch {
		case err != nil:
			p.eventsEnd(now, err)
		case !p.same(&got, &want):
			p.fail(eventsFile, now, fmt.Sprintf("it has %s; the run gives %s", eventText(&got), eventText(&want)))
			p.dropEvents()
		}
	}
	if p.rows != nil && rowDue(&p.begun, now) {
		p.compareRow(view)
	}
}

// eventsEnd says what it means that no further event can be read.
func (p *proof) eventsEnd(now sim.Time, err error) {
	if cut := err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF); !cut {
		p.fail(eventsFile, now, err.Error())
	} else if p.finished {
		p.fail(eventsFile, now, "it ends too early")
	}
	p.dropEvents()
}

func (p *proof) compareRow(view sim.Viewer) {
	view.Truth(&p.truth)
	switch err := p.rows.Next(&p.row); {
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		if p.finished {
			p.fail(telemetryFile, p.truth.Now, "it ends too early")
		}
		p.dropRows()
	case err != nil:
		p.fail(telemetryFile, p.truth.Now, err.Error())
		p.dropRows()
	default:
		if what := p.rows.difference(&p.row, &p.truth); what != "" {
			p.fail(telemetryFile, p.truth.Now, what)
			p.dropRows()
		}
	}
}

// end compares the last row and finds what a finished run's files hold beyond it.
func (p *proof) end(view sim.Viewer) {
	now := view.Now()
	if p.rows != nil && lastRowDue(p.begun, now) && p.finished {
		p.compareRow(view)
	}
	if p.events != nil && p.finished {
		if _, err := p.events.Next(); err != io.EOF {
			p.fail(eventsFile, now, "it goes on after the end of the run")
		}
	}
	if p.rows != nil && p.finished {
		if err := p.rows.Next(&p.row); err != io.EOF {
			p.fail(telemetryFile, now, "it goes on after the end of the run")
		}
	}
}

func (p *proof) fail(file string, at sim.Time, why string) {
	p.damage = append(p.damage, Damage{File: file, Offset: -1, Why: fmt.Sprintf("at %v: %s", at, why)})
}

func (p *proof) dropEvents() {
	_ = p.events.Close() // read only
	p.events = nil
}

func (p *proof) dropRows() {
	_ = p.rows.Close() // read only
	p.rows = nil
}

// close lets go of the files.
func (p *proof) close() {
	if p.events != nil {
		p.dropEvents()
	}
	if p.rows != nil {
		p.dropRows()
	}
}

// same compares two events as they stand in the file.
func (p *proof) same(got, want *sim.Event) bool {
	p.got, p.want = appendEvent(p.got[:0], 0, got), appendEvent(p.want[:0], 0, want)
	return bytes.Equal(p.got, p.want)
}

func eventText(e *sim.Event) string { return fmt.Sprintf("%v at %v", e.Kind, e.At) }

// difference says where two rows differ in what both the file and this program know; "" when nowhere.
func (t *TelemetryReader) difference(got, want *sim.Truth) string {
	if got.Now != want.Now {
		return fmt.Sprintf("it has a row of %v", got.Now)
	}
	a, b := reflect.ValueOf(got).Elem(), reflect.ValueOf(want).Elem()
	for i := range t.tables {
		tab := &t.tables[i]
		if tab.field < 0 {
			continue
		}
		x, y := a.Field(tab.field), b.Field(tab.field)
		if !tab.slice {
			if c := tab.differs(x, y); c != "" {
				return fmt.Sprintf("another %s.%s than the run gives", tab.Name, c)
			}
			continue
		}
		if x.Len() != y.Len() {
			return fmt.Sprintf("it has %d %s; the run has %d", x.Len(), tab.Name, y.Len())
		}
		for k := range x.Len() {
			if c := tab.differs(x.Index(k), y.Index(k)); c != "" {
				return fmt.Sprintf("another %s[%d].%s than the run gives", tab.Name, k, c)
			}
		}
	}
	return ""
}

// differs names the first column in which two entries of a table differ, or gives "".
func (t *table) differs(x, y reflect.Value) string {
	for c, way := range t.leaves {
		if way == nil {
			continue
		}
		a, b := leaf(x, way), leaf(y, way)
		same := a.Equal(b)
		if a.CanFloat() {
			same = math.Float64bits(a.Float()) == math.Float64bits(b.Float())
		}
		if !same {
			return t.Columns[c]
		}
	}
	return ""
}
