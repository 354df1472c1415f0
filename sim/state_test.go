package sim

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestEncoderRoundTrip(t *testing.T) {
	var e Encoder
	e.Section("part")
	e.U8(7)
	e.Bool(true)
	e.U16(65535)
	e.I32(-5)
	e.I64(math.MinInt64)
	e.F64(math.Copysign(0, -1))
	e.Time(Never)
	e.Str("水位")
	e.Ref(Ref{KindZone, 3})
	d := Decoder{Buf: e.Buf}
	d.Section("part")
	got := []any{d.U8(), d.Bool(), d.U16(), d.I32(), d.I64(), math.Signbit(d.F64()), d.Time(), d.Str(), d.Ref()}
	want := []any{uint8(7), true, uint16(65535), int32(-5), int64(math.MinInt64), true, Never, "水位", Ref{KindZone, 3}}
	if !slices.Equal(got, want) || d.Err != nil || len(d.Buf) != 0 {
		t.Errorf("read %v, %v, %d bytes left; want %v", got, d.Err, len(d.Buf), want)
	}
}

func TestDecoderRefusesBadBytes(t *testing.T) {
	for name, c := range map[string]struct {
		buf  []byte
		read func(*Decoder)
	}{
		"short":          {[]byte{1, 2}, func(d *Decoder) { d.U32() }},
		"length too big": {[]byte{255, 255, 255, 127, 0}, func(d *Decoder) { d.Len(1) }},
		"other section":  {[]byte{1, 0, 0, 0, 'x'}, func(d *Decoder) { d.Section("y") }},
		"bad bool":       {[]byte{2}, func(d *Decoder) { d.Bool() }},
		"bad kind":       {[]byte{250, 0, 0, 0, 0}, func(d *Decoder) { d.Ref() }},
		"bad index":      {[]byte{9, 0, 0, 0}, func(d *Decoder) { d.Index(3, "zone") }},
	} {
		d := Decoder{Buf: c.buf}
		c.read(&d)
		if !errors.Is(d.Err, ErrState) {
			t.Errorf("%s: error %v; want ErrState", name, d.Err)
		}
		if v := d.U64(); v != 0 {
			t.Errorf("%s: reading on gave %d; want 0", name, v)
		}
	}
}

func TestAgendaOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type entry struct {
			at Time
			k  int
		}
		var (
			a    Agenda[int]
			want []entry
		)
		for k := range rapid.IntRange(0, 200).Draw(t, "n") {
			at := Time(rapid.Int64Range(0, 20).Draw(t, "at"))
			a.Put(at, k)
			want = append(want, entry{at, k})
		}
		slices.SortStableFunc(want, func(x, y entry) int { return int(x.at - y.at) })
		cut := Time(rapid.Int64Range(0, 25).Draw(t, "cut"))
		var got []entry
		take := func(a *Agenda[int], end Time) {
			for {
				at, k, ok := a.Take(end)
				if !ok {
					return
				}
				got = append(got, entry{at, k})
			}
		}
		take(&a, cut)
		var e Encoder
		a.Append(&e, func(e *Encoder, k int) { e.I32(int32(k)) })
		var b Agenda[int]
		d := Decoder{Buf: e.Buf}
		b.Load(&d, func(d *Decoder) int { return int(d.I32()) })
		if d.Err != nil {
			t.Fatal(d.Err)
		}
		take(&b, Never)
		if !slices.Equal(got, want) {
			t.Fatalf("came out as %v; want %v", got, want)
		}
	})
}

func TestAgendaRefusesThePast(t *testing.T) {
	var a Agenda[string]
	a.Put(10, "x")
	a.Take(11)
	defer func() {
		if recover() == nil {
			t.Error("an entry before the last one taken was accepted; want a panic")
		}
	}()
	a.Put(9, "y")
}

func TestMailboxOrderAndState(t *testing.T) {
	fill := func() *Mailbox[Crossing] {
		var b Mailbox[Crossing]
		b.Post(5, 2, Crossing{Node: 1})
		b.Post(5, 1, Crossing{Node: 2})
		b.Post(3, 9, Crossing{Node: 3})
		b.Post(5, 1, Crossing{Node: 4})
		return &b
	}
	var e Encoder
	fill().AppendState(&e)
	var loaded Mailbox[Crossing]
	d := Decoder{Buf: e.Buf}
	loaded.LoadState(&d)
	if d.Err != nil || len(d.Buf) != 0 {
		t.Fatalf("load: %v, %d bytes left", d.Err, len(d.Buf))
	}
	for name, b := range map[string]*Mailbox[Crossing]{"as posted": fill(), "loaded": &loaded} {
		var got []NodeID
		b.Drain(func(_ Time, c Crossing) { got = append(got, c.Node) })
		if want := []NodeID{3, 2, 4, 1}; !slices.Equal(got, want) || b.Len() != 0 {
			t.Errorf("%s: drained %v, %d left; want %v", name, got, b.Len(), want)
		}
	}
}

// Every message type must be flat, or a world could not be saved.
func TestPortsCanBeSaved(t *testing.T) {
	var p Ports
	p.Directives.Post(1, 1, Directive{Zone: 3, Num: 0.5})
	p.Calls.Post(2, 1, Call{Party: 4, Open: true, X: 1.5})
	p.UnitReports.Post(2, 1, UnitReport{Unit: 1, Status: UnitOnScene})
	var e Encoder
	p.AppendState(&e)
	var q Ports
	d := Decoder{Buf: e.Buf}
	q.LoadState(&d)
	if d.Err != nil {
		t.Fatal(d.Err)
	}
	var f Encoder
	q.AppendState(&f)
	if !slices.Equal(e.Buf, f.Buf) {
		t.Error("ports that were loaded are saved as other bytes")
	}
	if n := len(p.boxes()); n != 27 {
		t.Errorf("%d mailboxes are saved; the struct has 27", n)
	}
}

func FuzzPorts(f *testing.F) {
	var e Encoder
	var p Ports
	p.Calls.Post(2, 1, Call{Party: 4, Open: true, X: 1.5})
	p.AppendState(&e)
	f.Add(e.Buf)
	f.Fuzz(func(_ *testing.T, buf []byte) {
		var q Ports
		q.LoadState(&Decoder{Buf: buf})
	})
}

func TestTrailSeesEveryChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(rapid.Uint64(), 1, 20).Draw(t, "xs")
		k := rapid.IntRange(0, len(xs)-1).Draw(t, "k")
		bit := rapid.IntRange(0, 63).Draw(t, "bit")
		var a, b Trail
		for i, x := range xs {
			a.Mix(x)
			if i == k {
				x ^= 1 << bit
			}
			b.Mix(x)
		}
		if a == b {
			t.Fatal("one flipped bit gave the same trail")
		}
	})
}
