package sim

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
)

// Mailbox carries messages from one subsystem to another. It is filled in one phase and drained in a later phase
// of the same tick, or in the first of the next. M is a flat struct of fixed-size fields, so that the engine can
// save it.
type Mailbox[M any] struct {
	items []mail[M]
}

type mail[M any] struct {
	at  Time
	id  int32
	msg M
}

// Post puts a message in. id breaks ties of one instant: the mover, party or unit that the message is about.
func (b *Mailbox[M]) Post(at Time, id int32, msg M) {
	b.items = append(b.items, mail[M]{at, id, msg})
}

// Len returns the number of messages.
func (b *Mailbox[M]) Len() int { return len(b.items) }

// Drain calls f with every message in the order (time, id, posting) and leaves the box empty. f must not post
// into the same box.
func (b *Mailbox[M]) Drain(f func(at Time, msg M)) {
	if len(b.items) == 0 {
		return
	}
	slices.SortStableFunc(b.items, func(x, y mail[M]) int {
		switch {
		case x.at != y.at:
			if x.at < y.at {
				return -1
			}
			return 1
		case x.id != y.id:
			return int(x.id) - int(y.id)
		}
		return 0
	})
	for i := range b.items {
		f(b.items[i].at, b.items[i].msg)
	}
	b.items = b.items[:0]
}

// AppendState saves the messages that wait.
func (b *Mailbox[M]) AppendState(e *Encoder) {
	e.Len(len(b.items))
	for i := range b.items {
		e.Time(b.items[i].at)
		e.I32(b.items[i].id)
		buf, err := binary.Append(e.Buf, binary.LittleEndian, &b.items[i].msg)
		if err != nil {
			panic(fmt.Sprintf("sim: mailbox of %T, which is not flat: %v", b.items[i].msg, err))
		}
		e.Buf = buf
	}
}

// LoadState reads what AppendState wrote.
func (b *Mailbox[M]) LoadState(d *Decoder) {
	var m M
	size := binary.Size(m)
	n := d.Len(12 + size)
	b.items = b.items[:0]
	for range n {
		item := mail[M]{at: d.Time(), id: d.I32()}
		raw := d.take(size)
		if d.Err != nil {
			return
		}
		if err := binary.Read(bytes.NewReader(raw), binary.LittleEndian, &item.msg); err != nil {
			d.Fail(err.Error())
			return
		}
		b.items = append(b.items, item)
	}
}
