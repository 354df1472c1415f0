package replay

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"sandtable/sim"
)

// The event log, unpacked:
//
//	log   := "SANDEVENT2" tick*
//	tick  := uvarint(ticks since the tick before) uvarint(events > 0) event*
//	event := varint(microseconds since the tick's start) kind u8 ref ref ref varint(count) number text
//	ref   := kind u8 varint(id)
//	number:= 0 u8, or 1 u8 and the bits of the float, little-endian
//	text  := string string, in Chinese and in English
//	string:= uvarint(bytes) bytes
//
// Only ticks with events are there.
const (
	eventMagic    = "SANDEVENT2"
	maxEventText  = 1 << 20
	maxTickEvents = 1 << 24
)

// eventLog writes events.zst.
type eventLog struct {
	*packer
	tick int64 // number of the tick written last
}

func createEvents(path string) (*eventLog, error) {
	p, err := createPacked(path)
	if err != nil {
		return nil, err
	}
	p.buf = append(p.buf, eventMagic...)
	return &eventLog{p, -1}, nil
}

// add writes the events of the tick that began at the given instant.
func (l *eventLog) add(start sim.Time, events []sim.Event) error {
	if len(events) == 0 {
		return l.err
	}
	tick := int64(start / sim.Time(sim.Tick))
	l.buf = binary.AppendUvarint(l.buf, uint64(tick-l.tick))
	l.tick = tick
	l.buf = binary.AppendUvarint(l.buf, uint64(len(events)))
	for i := range events {
		l.buf = appendEvent(l.buf, start, &events[i])
	}
	return l.full()
}

func appendEvent(buf []byte, start sim.Time, e *sim.Event) []byte {
	buf = binary.AppendVarint(buf, int64(e.At-start))
	buf = append(buf, byte(e.Kind))
	buf = appendRef(appendRef(appendRef(buf, e.A), e.B), e.C)
	buf = binary.AppendVarint(buf, int64(e.Count))
	if bits := math.Float64bits(e.Num); bits == 0 {
		buf = append(buf, 0)
	} else {
		buf = binary.LittleEndian.AppendUint64(append(buf, 1), bits)
	}
	return appendText(appendText(buf, e.Text.ZH), e.Text.EN)
}

func appendText(buf []byte, text string) []byte {
	text = text[:min(len(text), maxEventText)]
	buf = binary.AppendUvarint(buf, uint64(len(text)))
	return append(buf, text...)
}

func appendRef(buf []byte, r sim.Ref) []byte {
	return binary.AppendVarint(append(buf, byte(r.Kind)), int64(r.ID))
}

// EventReader reads the events of a run in their order, in bounded memory.
type EventReader struct {
	in    *unpacker
	file  io.Closer // nil when the bytes come from elsewhere
	start sim.Time  // of the tick that is being read
	left  int       // its events that have not been read
}

// NewEventReader reads an event log from its packed bytes.
func NewEventReader(r io.Reader) (*EventReader, error) {
	in, err := newUnpacker(r)
	if err != nil {
		return nil, fmt.Errorf("event log: %w", err)
	}
	if in.expect(eventMagic); in.err != nil {
		in.close()
		return nil, fmt.Errorf("event log: %w", in.err)
	}
	return &EventReader{in: in, start: -sim.Time(sim.Tick)}, nil
}

// Close lets go of the file.
func (r *EventReader) Close() error {
	r.in.close()
	if r.file != nil {
		return r.file.Close()
	}
	return nil
}

// Next returns the next event. After the last one it gives io.EOF; an error that wraps io.ErrUnexpectedEOF says
// that the log was cut off.
func (r *EventReader) Next() (sim.Event, error) {
	if r.left == 0 {
		if !r.in.more() && r.in.err == nil {
			return sim.Event{}, io.EOF
		}
		r.nextTick()
	}
	r.left--
	in := r.in
	e := sim.Event{At: r.start + sim.Time(in.varint()), Kind: sim.EventKind(in.u8()), A: in.ref(), B: in.ref(),
		C: in.ref(), Count: int32(in.varint()), Num: in.number(),
		Text: sim.Text{ZH: in.text(maxEventText), EN: in.text(maxEventText)}}
	if in.err != nil {
		return sim.Event{}, fmt.Errorf("event log: after %v: %w", r.start, in.err)
	}
	return e, nil
}

func (r *EventReader) nextTick() {
	skip := r.in.count(int(maxUntil/sim.Tick), "ticks without events")
	r.left = r.in.count(maxTickEvents, "events in one tick")
	if r.in.err == nil && (skip == 0 || r.left == 0 || r.start > sim.Time(maxUntil)) {
		r.in.fail(errors.New("a tick out of order or without events"))
	}
	r.start += sim.Time(skip) * sim.Time(sim.Tick)
}

func (u *unpacker) ref() sim.Ref { return sim.Ref{Kind: sim.Kind(u.u8()), ID: int32(u.varint())} }

func (u *unpacker) number() float64 {
	switch flag := u.u8(); {
	case flag == 0 || u.err != nil:
		return 0
	case flag != 1:
		u.fail(errors.New("a number that is neither there nor missing"))
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(u.bytes(8)))
}
