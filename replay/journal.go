package replay

import (
	"errors"
	"fmt"
	"io"

	"sandtable/sim"
)

// journal is what is good of a journal.jsonl.
type journal struct {
	records []Record
	good    int64   // bytes
	damage  *Damage // nil when the whole file is good
}

// readJournal reads a journal that begins at the hash start. Its records are those up to the first line that is cut
// off, has a wrong hash, or cannot follow the lines before it.
func readJournal(r io.Reader, start string, reach sim.Time) (*journal, error) {
	j := &journal{}
	order := sequence{reach: reach}
	var err error
	j.good, j.damage, err = scanChain(r, journalFile, start, func(body []byte, hash string) error {
		rec, err := decodeRecord(body, hash)
		if err == nil {
			err = order.accept(&rec)
		}
		if err == nil {
			j.records = append(j.records, rec)
		}
		return err
	})
	return j, err
}

// finished says whether the journal ends as a run that was played to its end does.
func (j *journal) finished() bool {
	return len(j.records) > 0 && j.records[len(j.records)-1].Kind == KindEnd
}

// last returns the hash of the last good line, or start.
func (j *journal) last(start string) string {
	if len(j.records) == 0 {
		return start
	}
	return j.records[len(j.records)-1].Hash
}

// sequence holds what the order of records must keep.
type sequence struct {
	reach  sim.Time // last instant of the run
	begun  bool
	ended  bool
	at     sim.Time // of the record before
	played sim.Time // up to here commands are known
}

// accept says why a record cannot come next, or takes it.
func (s *sequence) accept(r *Record) error {
	switch {
	case s.ended:
		return errors.New("a record after the end")
	case (r.Kind == KindBegin) == s.begun:
		return fmt.Errorf("a journal has one begin, as its first record, and here is %s", r.Kind)
	case r.At < s.at || r.At > s.reach || r.Kind == KindBegin && r.At != 0:
		return fmt.Errorf("%s at %v after %v in a run until %v", r.Kind, r.At, s.at, s.reach)
	case r.Kind != KindNote && r.Kind != KindScript && r.At%sim.Time(sim.Tick) != 0:
		return fmt.Errorf("%s at %v; want the instant of a tick", r.Kind, r.At)
	case r.Kind == KindCmds && (r.At < s.played || r.At == s.reach || len(r.Commands) == 0):
		return fmt.Errorf("commands at %v; want some, once per tick, before the end at %v", r.At, s.reach)
	}
	if r.Kind == KindCmds {
		s.played = r.At.Add(sim.Tick)
	}
	s.begun, s.ended, s.at = true, r.Kind == KindEnd, r.At
	return nil
}

// witnessed returns the instant up to which the records know the commands: every tick before it has its commands
// in the journal or had none. The commands of a tick are on the disk before the tick is played, in one line; so a
// line of commands speaks for its tick, and any other line for the ticks before it.
func witnessed(records []Record) sim.Time {
	at := sim.Time(0)
	for i := range records {
		if r := &records[i]; r.Kind == KindCmds {
			at = max(at, r.At.Add(sim.Tick))
		} else {
			at = max(at, r.At)
		}
	}
	return at - at%sim.Time(sim.Tick)
}
