package sim

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math"
	"reflect"
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

// Entries come out in the order of their instants, and of putting in where these are equal, whatever is put in between;
// saved, loaded and saved again an agenda gives the same bytes, and so do both after the same further work.
func TestAgendaOrder(t *testing.T) {
	type entry struct {
		at Time
		k  int
	}
	write := func(e *Encoder, k int) { e.I32(int32(k)) }
	rapid.Check(t, func(t *rapid.T) {
		agendas := []*Agenda[int]{{}}
		var want []entry
		now := Time(0)
		for k := range rapid.IntRange(0, 300).Draw(t, "n") {
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0: // save and load
				var e, again Encoder
				agendas[0].Append(&e, write)
				var b Agenda[int]
				d := Decoder{Buf: slices.Clone(e.Buf)}
				b.Load(&d, func(d *Decoder) int { return int(d.I32()) })
				b.Append(&again, write)
				if d.Err != nil || len(d.Buf) > 0 || !bytes.Equal(e.Buf, again.Buf) {
					t.Fatalf("%v; %d bytes left; saved again % x; want % x", d.Err, len(d.Buf), again.Buf, e.Buf)
				}
				agendas = []*Agenda[int]{agendas[0], &b}
			case 1, 2, 3:
				end := now + Time(rapid.SampledFrom([]Duration{1, Second, 20 * Second, 3 * Minute}).Draw(t, "until"))
				slices.SortStableFunc(want, func(x, y entry) int { return cmp.Compare(x.at, y.at) })
				for _, a := range agendas {
					rest := want
					for len(rest) > 0 && rest[0].at < end {
						if next := a.Next(); next != rest[0].at {
							t.Fatalf("the next is at %v; want %v", next, rest[0].at)
						}
						if at, got, ok := a.Take(end); !ok || got != rest[0].k || at != rest[0].at {
							t.Fatalf("%v: %d at %v; want %v", ok, got, at, rest[0])
						}
						rest = rest[1:]
					}
					if at, got, ok := a.Take(end); ok {
						t.Fatalf("%d at %v came out before %v", got, at, end)
					}
					if a.Len() != len(rest) || len(rest) == 0 && a.Next() != Never {
						t.Fatalf("%d left, the next at %v; want %d", a.Len(), a.Next(), len(rest))
					}
				}
				want = slices.DeleteFunc(want, func(x entry) bool { return x.at < end })
				now = end
			default:
				far := rapid.SampledFrom([]Duration{5, Second, 90 * Second, Hour}).Draw(t, "far")
				at := now + Time(rapid.Int64Range(0, int64(far)).Draw(t, "at"))
				want = append(want, entry{at, k})
				for _, a := range agendas {
					a.Put(at, k)
				}
			}
		}
		if len(agendas) == 2 {
			var one, two Encoder
			agendas[0].Append(&one, write)
			agendas[1].Append(&two, write)
			if !bytes.Equal(one.Buf, two.Buf) {
				t.Fatal("after the same work the agenda that was loaded has other bytes")
			}
		}
	})
}

// An agenda out of order is refused.
func TestDamagedAgenda(t *testing.T) {
	var a Agenda[int]
	for k := range 40 {
		a.Put(Time(k*k)*Time(Second)/2, k)
	}
	a.Take(Time(Second))
	var e Encoder
	a.Append(&e, func(e *Encoder, k int) { e.I32(int32(k)) })
	refused := 0
	for k := range e.Buf {
		for bit := range 8 {
			buf := slices.Clone(e.Buf)
			buf[k] ^= 1 << bit
			var b Agenda[int]
			d := Decoder{Buf: buf}
			b.Load(&d, func(d *Decoder) int { return int(d.I32()) })
			if d.Err != nil {
				refused++
				continue
			}
			count, last := b.Len(), Time(math.MinInt64)
			for at, _, ok := b.Take(Never); ok; at, _, ok = b.Take(Never) {
				if at < last {
					t.Fatalf("bit %d of byte %d: an entry for %v after one for %v", bit, k, at, last)
				}
				last = at
				count--
			}
			if count != 0 && b.Next() != Never {
				t.Fatalf("bit %d of byte %d: %d entries do not come out", bit, k, count)
			}
		}
	}
	if refused == 0 {
		t.Error("none was refused")
	}
}

// BenchmarkAgenda takes and puts in one entry after another, of so many in all, each some seconds later.
func BenchmarkAgenda(b *testing.B) {
	for _, n := range []int{100, 80_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var a Agenda[int]
			for k := range n {
				a.Put(Time(k*997%30_000_000), k)
			}
			b.ReportAllocs()
			for b.Loop() {
				at, k, _ := a.Take(Never)
				a.Put(at+Time(1_000_000+k*7919%29_000_000), k)
			}
		})
	}
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
	if n, want := len(p.boxes()), reflect.TypeFor[Ports]().NumField(); n != want {
		t.Errorf("%d mailboxes are saved; the struct has %d", n, want)
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
