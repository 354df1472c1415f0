package replay

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"

	"sandtable/sim"
)

// What becomes of the director, the plan and the policies after a branch.
const (
	// DirectorRecorded: their commands are given again as they were recorded, whatever happens now.
	DirectorRecorded = "recorded"
	// DirectorLive: they run again and command on the new story.
	DirectorLive = "live"
)

// What becomes of the players' commands after the instant of a branch.
const (
	PlayersDropped = "dropped" // the players of the branch command anew
	PlayersKept    = "kept"    // they are given again as they were recorded
)

// BranchSpec says which branch is wanted.
type BranchSpec struct {
	At       sim.Time      // up to here the branch is its trunk; whole ticks
	Director string        // DirectorRecorded or DirectorLive
	Keep     bool          // give the players' commands after At as they were recorded; else they are dropped
	Orders   []sim.Command // given besides, each in the tick of its instant, none before At
	Until    sim.Duration  // when the branch is to end; 0: as its trunk
	Language string        // of its report, zh or en; empty: as its trunk
}

// Branch begins a run that is the trunk up to an instant and then goes its own way. It is a run like any other, and
// complete in itself. Until At the live sources of a DirectorLive branch are compared with the trunk and dropped.
// A branch that changes nothing, with Keep, equals its trunk.
//
// Orders before At and a wrong Director are mistakes of the caller's input, all told at once under ErrSpec.
// ErrUnfinished says that the trunk does not reach At.
func Branch(trunk *Run, dir string, spec BranchSpec) (*Recorder, error) {
	err := spec.Check(trunk)
	if err == nil {
		err = trunk.canPlay()
	}
	if err != nil {
		return nil, sim.Fail("从 %s 另作推演：%v", "branching %s: %v", trunk.Dir, err)
	}
	h := spec.header(trunk)
	given := spec.given(trunk, h.reach())
	file, err := encodeGiven(given)
	if err != nil {
		return nil, sim.Fail("从 %s 另作推演：%v", "branching %s: %v", trunk.Dir, err)
	}
	players := PlayersDropped
	if spec.Keep {
		players = PlayersKept
	}
	h.Parent = &Parent{Journal: trunk.journal.last(trunk.start), At: spec.At, Director: spec.Director, Players: players,
		Given: chainStart(file), Sources: trunk.storySources()}
	h.Sources = nil
	if spec.Director == DirectorLive {
		h.Sources = h.Parent.Sources
	}
	bundle, err := trunk.readBundle()
	if err != nil {
		return nil, sim.Fail("从 %s 另作推演：%v", "branching %s: %v", trunk.Dir, err)
	}
	return create(dir, h, bundle, &givenTape{given, file})
}

// storySources names the live sources of a run, or those that spoke in the story that it repeats.
func (r *Run) storySources() []string {
	if p := r.Header.Parent; p != nil && p.Director == DirectorRecorded {
		return p.Sources
	}
	return r.Header.Sources
}

// givenTape is what a branch is given, with the bytes of its file.
type givenTape struct {
	ticks []tapeTick
	file  []byte
}

// header is that of the trunk, with the end and the language that the branch is to have.
func (s *BranchSpec) header(trunk *Run) Header {
	h := trunk.Header
	if s.Until > 0 {
		h.Until = s.Until
	}
	if s.Language != "" {
		h.Language = s.Language
	}
	return h
}

// Window returns when orders may be given: from At to before the end.
func (s *BranchSpec) Window(trunk *Run) (from, until sim.Time) {
	h := s.header(trunk)
	return s.At, h.reach()
}

// Check says everything that is wrong with a branch of a trunk, under ErrSpec.
func (s *BranchSpec) Check(trunk *Run) error {
	var errs []error
	if s.Director != DirectorRecorded && s.Director != DirectorLive {
		errs = append(errs, sim.Fail("导调 %q；应为 %s 或 %s", "director %q; want %s or %s", s.Director,
			DirectorRecorded, DirectorLive))
	}
	_, until := s.Window(trunk)
	if s.At < 0 || s.At%sim.Time(sim.Tick) != 0 || s.At > until {
		errs = append(errs, sim.Fail("时刻 %v；应为 0:00:00 至 %v 的整秒",
			"an instant of %v; want whole seconds from 0:00:00 to %v", s.At, until))
	} else if reach := trunk.Reach(); s.At > reach {
		errs = append(errs, sim.Fail("%v：只到 %v；应为此前的时刻，而不是 %v",
			"%v: it reaches %v; want an instant up to there, not %v", ErrUnfinished, reach, s.At))
	}
	for _, c := range s.Orders {
		if c.At < s.At || c.At >= until {
			errs = append(errs, sim.Fail("指令 %q 在 %v；应在 %v 至 %v 之前",
				"order %q at %v; want one from %v to before %v", c.String(), c.At, s.At, until))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return sim.Fail("%v：%v", "%v: %v", ErrSpec, err)
	}
	return nil
}

// given lists what the branch is given before its end: the trunk's commands before At, those after it that stay, and
// the orders.
func (s *BranchSpec) given(trunk *Run, until sim.Time) []tapeTick {
	var ticks []tapeTick
	for _, t := range tapeOf(trunk.journal.records).ticks {
		if t.at >= until {
			break
		}
		kept := slices.Clone(t.cmds)
		if t.at >= s.At {
			kept = slices.DeleteFunc(kept, s.drops)
		}
		if len(kept) > 0 {
			ticks = append(ticks, tapeTick{t.at, kept})
		}
	}
	orders := slices.Clone(s.Orders)
	slices.SortStableFunc(orders, func(a, b sim.Command) int {
		switch {
		case a.At < b.At:
			return -1
		case a.At > b.At:
			return 1
		}
		return 0
	})
	for _, c := range orders {
		at := c.At - c.At%sim.Time(sim.Tick)
		i := sort.Search(len(ticks), func(i int) bool { return ticks[i].at >= at })
		if i == len(ticks) || ticks[i].at != at {
			ticks = slices.Insert(ticks, i, tapeTick{at: at})
		}
		ticks[i].cmds = append(ticks[i].cmds, c)
	}
	return ticks
}

// drops says whether a command of the trunk after At is left out.
func (s *BranchSpec) drops(c sim.Command) bool {
	if c.Origin == sim.FromPlayer {
		return !s.Keep
	}
	return s.Director == DirectorLive
}

// encodeGiven writes given.jsonl: chained lines of commands in the form of the journal. The header has the hash of
// the whole file.
func encodeGiven(ticks []tapeTick) ([]byte, error) {
	var out []byte
	prev := chainStart(nil)
	for _, t := range ticks {
		rec := Record{Kind: KindCmds, At: t.at, Commands: t.cmds}
		body, err := rec.encode()
		if err != nil {
			return nil, err
		}
		var line []byte
		line, prev = seal(prev, body)
		out = append(out, line...)
	}
	if len(out) > maxGiven {
		return nil, fmt.Errorf("%d bytes of commands; want at most %d", len(out), maxGiven)
	}
	return out, nil
}

// readGiven reads given.jsonl, which has to be whole.
func readGiven(r io.Reader, want string, reach sim.Time) ([]tapeTick, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxGiven+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxGiven || chainStart(data) != want {
		return nil, fmt.Errorf("%s is not what the header names", givenFile)
	}
	var ticks []tapeTick
	last := sim.Time(-1)
	_, damage, err := scanChain(bytes.NewReader(data), givenFile, chainStart(nil), func(body []byte, hash string) error {
		rec, err := decodeRecord(body, hash)
		switch {
		case err != nil:
			return err
		case rec.Kind != KindCmds || rec.At <= last || rec.At >= reach || rec.At%sim.Time(sim.Tick) != 0:
			return fmt.Errorf("%s at %v; want commands in the order of time", rec.Kind, rec.At)
		}
		last = rec.At
		ticks = append(ticks, tapeTick{rec.At, rec.Commands})
		return nil
	})
	if err == nil && damage != nil {
		err = errors.New(damage.String())
	}
	return ticks, err
}

// maxGiven bounds given.jsonl.
const maxGiven = 1 << 30
