package replay

import (
	"sandtable/sim"
)

// scribe turns what a run gives into the records of its journal. It alone decides what a journal holds, so that
// recording, resuming and verifying cannot differ.
type scribe struct {
	put   func(Record) error
	save  func(at sim.Time, full [32]byte, state []byte) error // keeps a keyframe; nil where none is wanted
	state sim.Encoder                                          // of the last keyframe; its memory is used again
}

// before puts the commands of the tick that begins now.
func (s *scribe) before(now sim.Time, cmds []sim.Command) error {
	if len(cmds) == 0 {
		return nil
	}
	return s.put(Record{Kind: KindCmds, At: now, Commands: cmds})
}

// after puts what the tick that ended now has given. What was refused stands at the tick's start, as the commands do.
func (s *scribe) after(now sim.Time, events []sim.Event, digest *sim.Digest, w World) error {
	start := now.Add(-sim.Tick)
	for i := range events {
		e := &events[i]
		if e.Kind != sim.EvRejected {
			continue
		}
		if err := s.put(Record{Kind: KindReject, At: start, Serial: e.Count, Why: e.Text}); err != nil {
			return err
		}
	}
	if digest != nil {
		if err := s.put(Record{Kind: KindDigest, At: now, Parts: digest.Parts}); err != nil {
			return err
		}
	}
	if now%sim.Time(KeyframeEvery) == 0 {
		return s.key(w)
	}
	return nil
}

// key keeps a keyframe, after a full recount of the world.
func (s *scribe) key(w World) error {
	w.Recount()
	full, err := s.digest(w)
	if err != nil {
		return err
	}
	return s.put(Record{Kind: KindKey, At: w.Now(), Full: full})
}

// digest returns the full digest of a world of which a keyframe is due, and has the keyframe kept where that is wanted.
func (s *scribe) digest(w World) (full [32]byte, err error) {
	if s.save == nil {
		return w.FullDigest(), nil
	}
	s.state.Buf = s.state.Buf[:0]
	full = w.Keyframe(&s.state)
	return full, s.save(w.Now(), full, s.state.Buf)
}

// What an end record says. After stoppedText stands why.
const (
	playedText  = "played to its end"
	stoppedText = "stopped: "
)

// endText says why a run has ended.
func endText(w World) string {
	if err := w.Err(); err != nil {
		return stoppedText + err.Error()
	}
	return playedText
}

// end puts the last records of a run that has come to its end, or to where a hazard failed.
func (s *scribe) end(w World) error {
	now := w.Now()
	if now%sim.Time(KeyframeEvery) != 0 || now == 0 {
		if err := s.key(w); err != nil {
			return err
		}
	}
	return s.put(Record{Kind: KindEnd, At: now, Parts: w.Digest().Parts, Full: w.FullDigest(),
		Ticks: int64(now / sim.Time(sim.Tick)), Text: endText(w)})
}
