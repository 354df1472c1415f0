package sim

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Encoder appends state to a buffer, little-endian. Equal state gives equal bytes.
type Encoder struct{ Buf []byte }

// U8 appends one byte.
func (e *Encoder) U8(v uint8) { e.Buf = append(e.Buf, v) }

// Bool appends a truth value.
func (e *Encoder) Bool(v bool) {
	if v {
		e.U8(1)
	} else {
		e.U8(0)
	}
}

// U16 appends 16 bits.
func (e *Encoder) U16(v uint16) { e.Buf = binary.LittleEndian.AppendUint16(e.Buf, v) }

// U32 appends 32 bits.
func (e *Encoder) U32(v uint32) { e.Buf = binary.LittleEndian.AppendUint32(e.Buf, v) }

// U64 appends 64 bits.
func (e *Encoder) U64(v uint64) { e.Buf = binary.LittleEndian.AppendUint64(e.Buf, v) }

// I32 appends a signed 32-bit number, also an id.
func (e *Encoder) I32(v int32) { e.U32(uint32(v)) }

// I64 appends a signed 64-bit number.
func (e *Encoder) I64(v int64) { e.U64(uint64(v)) }

// Varint appends a signed number in as few bytes as it needs.
func (e *Encoder) Varint(v int64) { e.Buf = binary.AppendVarint(e.Buf, v) }

// Time appends an instant.
func (e *Encoder) Time(t Time) { e.U64(uint64(t)) }

// F64 appends the bits of a number.
func (e *Encoder) F64(v float64) { e.U64(math.Float64bits(v)) }

// Len appends the length of a slice.
func (e *Encoder) Len(n int) { e.U32(uint32(n)) }

// Str appends a string.
func (e *Encoder) Str(s string) {
	e.Len(len(s))
	e.Buf = append(e.Buf, s...)
}

// Text appends a text in both languages.
func (e *Encoder) Text(t Text) {
	e.Str(t.ZH)
	e.Str(t.EN)
}

// Bytes appends a length and so many bytes.
func (e *Encoder) Bytes(b []byte) {
	e.Len(len(b))
	e.Buf = append(e.Buf, b...)
}

// Ref appends a reference.
func (e *Encoder) Ref(r Ref) {
	e.U8(uint8(r.Kind))
	e.I32(r.ID)
}

// Section opens a part with a name that Decoder.Section must meet again: it turns a layout mistake into an error
// at its place instead of nonsense later.
func (e *Encoder) Section(name string) { e.Str(name) }

// ErrState says that saved bytes are not a state of this program.
var ErrState = errors.New("saved state is damaged or from another version")

// Decoder reads what Encoder wrote. The first mistake is kept in Err, after which everything reads as zero; it
// never panics on any input, and Len never allows more elements than there are bytes left.
type Decoder struct {
	Buf []byte
	Err error
}

// Fail keeps the first mistake, also one that a reader finds in what it has read.
func (d *Decoder) Fail(what string) {
	if d.Err == nil {
		d.Err = fmt.Errorf("%w: %s", ErrState, what)
	}
	d.Buf = nil
}

func (d *Decoder) take(n int) []byte {
	if d.Err != nil || len(d.Buf) < n {
		d.Fail("it ends too early")
		return nil
	}
	b := d.Buf[:n]
	d.Buf = d.Buf[n:]
	return b
}

// U8 reads one byte.
func (d *Decoder) U8() uint8 {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

// Bool reads a truth value.
func (d *Decoder) Bool() bool {
	v := d.U8()
	if v > 1 {
		d.Fail("a truth value that is neither 0 nor 1")
	}
	return v == 1
}

// U16 reads 16 bits.
func (d *Decoder) U16() uint16 {
	if b := d.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

// U32 reads 32 bits.
func (d *Decoder) U32() uint32 {
	if b := d.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// U64 reads 64 bits.
func (d *Decoder) U64() uint64 {
	if b := d.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// I32 reads a signed 32-bit number.
func (d *Decoder) I32() int32 { return int32(d.U32()) }

// I64 reads a signed 64-bit number.
func (d *Decoder) I64() int64 { return int64(d.U64()) }

// Varint reads a number that Encoder.Varint wrote.
func (d *Decoder) Varint() int64 {
	v, n := binary.Varint(d.Buf)
	if d.Err != nil || n <= 0 {
		d.Fail("it ends too early")
		return 0
	}
	d.Buf = d.Buf[n:]
	return v
}

// Time reads an instant.
func (d *Decoder) Time() Time { return Time(d.U64()) }

// F64 reads a number.
func (d *Decoder) F64() float64 { return math.Float64frombits(d.U64()) }

// numberMax is a limit of what Number takes: no quantity of a saved world comes near it, in any unit.
const numberMax = 1e18

// Number reads a float64 that is a quantity: finite, and not out of all proportion.
func (d *Decoder) Number() float64 {
	v := d.F64()
	if !(v >= -numberMax && v <= numberMax) {
		d.Fail("a number out of all proportion")
		return 0
	}
	return v
}

// Amount reads a quantity that is never below zero.
func (d *Decoder) Amount() float64 {
	v := d.Number()
	if v < 0 {
		d.Fail("an amount below zero")
		return 0
	}
	return v
}

// Len reads the length of a slice whose elements take at least size bytes each.
func (d *Decoder) Len(size int) int {
	n := int(d.U32())
	if d.Err == nil && n > len(d.Buf)/max(size, 1) {
		d.Fail("a length beyond its end")
		return 0
	}
	return n
}

// Fixed reads the length of a slice that must have exactly n elements.
func (d *Decoder) Fixed(n int, what string) bool {
	got := int(d.U32())
	if d.Err == nil && got != n {
		d.Fail(fmt.Sprintf("%d %s; this scenario has %d", got, what, n))
	}
	return d.Err == nil
}

// Index reads an id that must lie in [-1, n).
func (d *Decoder) Index(n int, what string) int32 {
	v := d.I32()
	if d.Err == nil && (v < -1 || int(v) >= n) {
		d.Fail(fmt.Sprintf("%s %d of %d", what, v, n))
		return None
	}
	return v
}

// Str reads a string.
func (d *Decoder) Str() string { return string(d.take(d.Len(1))) }

// Text reads a text in both languages.
func (d *Decoder) Text() Text { return Text{ZH: d.Str(), EN: d.Str()} }

// Ref reads a reference.
func (d *Decoder) Ref() Ref {
	k := Kind(d.U8())
	if k >= kindCount {
		d.Fail("an unknown kind of entity")
	}
	return Ref{k, d.I32()}
}

// Section reads the name of a part and fails when it is another one.
func (d *Decoder) Section(name string) {
	if got := d.Str(); d.Err == nil && got != name {
		d.Fail(fmt.Sprintf("part %q where %q was expected", got, name))
	}
}

// Saver is a subsystem that can be saved. After LoadState of what AppendState wrote, every later step gives the
// same bytes as in the world that was saved.
type Saver interface {
	AppendState(e *Encoder)
	LoadState(d *Decoder)
}

// Bytes reads a length and so many bytes; they are valid as long as the decoder's buffer.
func (d *Decoder) Bytes() []byte { return d.take(d.Len(1)) }
