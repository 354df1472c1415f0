package replay

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strconv"

	"sandtable/sim"
)

// The telemetry, unpacked:
//
//	telemetry := "SANDTELEMETRY1" uvarint(bytes) schema row*
//	schema    := JSON: a list of tables {"name", "columns"}
//	row       := varint(microseconds since the row before) strings, per table: uvarint(entries) values
//	strings   := uvarint(new strings) { uvarint(bytes) bytes }…
//	values    := { varint(difference ≠ 0) | 0 uvarint(unchanged values - 1) }… until entries x columns are covered
//
// The tables are the parts of sim.Truth, the columns their numbers under the names they have there. A value is 64
// bits: an integer, 0 or 1, the bits of a float, or the number of a string in the order of appearance. Its
// difference is taken from the value of the same entry and column in the row before, or from 0. A reader goes by
// names: what it does not know it skips, what is missing stays 0. So a newer program reads older telemetry.
const (
	telemetryMagic = "SANDTELEMETRY1"
	maxSchema      = 1 << 16 // bytes
	maxRowValues   = 1 << 22 // in all tables of a row
	maxEntries     = 1 << 17 // of a table
	maxStrings     = 1 << 12
	maxString      = 1 << 10 // bytes
)

// telemetryEvery is the time between two rows.
const telemetryEvery = sim.Minute

// table is a part of sim.Truth: a slice of entries, or one entry.
type table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	field   int      // of sim.Truth; -1 when this program has no such part
	slice   bool
	leaves  [][]int // per column: the way to its value in an entry; nil when this program has no such column
}

// truthTables lists the parts of sim.Truth as this program has them.
var truthTables = func() []table {
	var out []table
	truth := reflect.TypeFor[sim.Truth]()
	for i := range truth.NumField() {
		f := truth.Field(i)
		if f.Name == "Now" {
			continue
		}
		t := table{Name: f.Name, field: i, slice: f.Type.Kind() == reflect.Slice}
		entry := f.Type
		if t.slice {
			entry = entry.Elem()
		}
		t.walk(entry, "", nil)
		out = append(out, t)
	}
	return out
}()

// walk adds the columns of an entry's type.
func (t *table) walk(typ reflect.Type, name string, way []int) {
	at := func(i int) []int { return append(way[:len(way):len(way)], i) }
	join := func(part string) string {
		if name == "" {
			return part
		}
		return name + "." + part
	}
	switch typ.Kind() {
	case reflect.Struct:
		for i := range typ.NumField() {
			f := typ.Field(i)
			if f.Anonymous {
				t.walk(f.Type, name, at(i))
			} else {
				t.walk(f.Type, join(f.Name), at(i))
			}
		}
	case reflect.Array:
		for i := range typ.Len() {
			t.walk(typ.Elem(), join(strconv.Itoa(i)), at(i))
		}
	default:
		t.Columns = append(t.Columns, name)
		t.leaves = append(t.leaves, append([]int{}, way...))
	}
}

// leaf follows a way into an entry.
func leaf(v reflect.Value, way []int) reflect.Value {
	for _, i := range way {
		if v.Kind() == reflect.Array {
			v = v.Index(i)
		} else {
			v = v.Field(i)
		}
	}
	return v
}

// telemetryLog writes telemetry.zst.
type telemetryLog struct {
	*packer
	at      sim.Time // of the row written last
	prev    [][]uint64
	strings map[string]uint64
	fresh   []string // strings that the row has brought
	values  []uint64
}

func createTelemetry(path string) (*telemetryLog, error) {
	p, err := createPacked(path)
	if err != nil {
		return nil, err
	}
	schema, err := canonical(truthTables)
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	p.buf = append(p.buf, telemetryMagic...)
	p.buf = binary.AppendUvarint(p.buf, uint64(len(schema)))
	p.buf = append(p.buf, schema...)
	return &telemetryLog{packer: p, prev: make([][]uint64, len(truthTables)), strings: map[string]uint64{}}, nil
}

// add writes a row.
func (l *telemetryLog) add(truth *sim.Truth) error {
	v := reflect.ValueOf(truth).Elem()
	head := len(l.buf)
	var rows []byte
	l.fresh = l.fresh[:0]
	for i := range truthTables {
		rows = l.appendTable(rows, i, v.Field(truthTables[i].field))
	}
	l.buf = binary.AppendVarint(l.buf[:head], int64(truth.Now-l.at))
	l.at = truth.Now
	l.buf = binary.AppendUvarint(l.buf, uint64(len(l.fresh)))
	for _, s := range l.fresh {
		l.buf = append(binary.AppendUvarint(l.buf, uint64(len(s))), s...)
	}
	l.buf = append(l.buf, rows...)
	return l.full()
}

// appendTable appends the entries of one table.
func (l *telemetryLog) appendTable(buf []byte, i int, v reflect.Value) []byte {
	t := &truthTables[i]
	l.values = l.values[:0]
	n := 1
	if t.slice {
		n = v.Len()
	}
	for k := range n {
		entry := v
		if t.slice {
			entry = v.Index(k)
		}
		for _, way := range t.leaves {
			l.values = append(l.values, l.number(leaf(entry, way)))
		}
	}
	buf = binary.AppendUvarint(buf, uint64(n))
	buf = appendDifferences(buf, l.values, l.prev[i])
	l.prev[i] = append(l.prev[i][:0], l.values...)
	return buf
}

// number turns a value into 64 bits.
func (l *telemetryLog) number(v reflect.Value) uint64 {
	switch {
	case v.CanInt():
		return uint64(v.Int())
	case v.CanUint():
		return v.Uint()
	case v.CanFloat():
		return math.Float64bits(v.Float())
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			return 1
		}
		return 0
	case v.Kind() == reflect.String:
		n, known := l.strings[v.String()]
		if !known {
			n = uint64(len(l.strings))
			l.strings[v.String()] = n
			l.fresh = append(l.fresh, v.String())
		}
		return n
	}
	panic("replay: sim.Truth has a value that telemetry cannot keep: " + v.Type().String())
}

// appendDifferences appends values as their differences from those of the row before.
func appendDifferences(buf []byte, values, prev []uint64) []byte {
	same := uint64(0)
	flush := func() {
		if same > 0 {
			buf = binary.AppendUvarint(append(buf, 0), same-1)
			same = 0
		}
	}
	for i, v := range values {
		if i < len(prev) {
			v -= prev[i]
		}
		if v == 0 {
			same++
			continue
		}
		flush()
		buf = binary.AppendVarint(buf, int64(v))
	}
	flush()
	return buf
}

// TelemetryReader reads the rows of a run's telemetry in their order, in bounded memory.
type TelemetryReader struct {
	in      *unpacker
	file    io.Closer // nil when the bytes come from elsewhere
	tables  []table
	at      sim.Time
	prev    [][]uint64
	strings []string
	room    int // values that the row may still have
}

// NewTelemetryReader reads telemetry from its packed bytes.
func NewTelemetryReader(r io.Reader) (*TelemetryReader, error) {
	in, err := newUnpacker(r)
	if err != nil {
		return nil, fmt.Errorf("telemetry: %w", err)
	}
	t := &TelemetryReader{in: in}
	in.expect(telemetryMagic)
	schema := in.bytes(in.count(maxSchema, "bytes of schema"))
	if in.err == nil {
		in.err = json.Unmarshal(schema, &t.tables)
	}
	if in.err != nil {
		in.close()
		return nil, fmt.Errorf("telemetry: %w", in.err)
	}
	for i := range t.tables {
		t.tables[i].match()
	}
	t.prev = make([][]uint64, len(t.tables))
	return t, nil
}

// match finds the parts of this program's sim.Truth under their names.
func (t *table) match() {
	t.field, t.leaves = -1, make([][]int, len(t.Columns))
	for i := range truthTables {
		own := &truthTables[i]
		if own.Name != t.Name {
			continue
		}
		t.field, t.slice = own.field, own.slice
		for c, name := range t.Columns {
			for k := range own.Columns {
				if own.Columns[k] == name {
					t.leaves[c] = own.leaves[k]
				}
			}
		}
	}
}

// Close lets go of the file.
func (t *TelemetryReader) Close() error {
	t.in.close()
	if t.file != nil {
		return t.file.Close()
	}
	return nil
}

// Next fills truth with the next row; its slices are used again. After the last row it gives io.EOF; an error that
// wraps io.ErrUnexpectedEOF says that the telemetry was cut off.
func (t *TelemetryReader) Next(truth *sim.Truth) error {
	if !t.in.more() && t.in.err == nil {
		return io.EOF
	}
	t.at += sim.Time(t.in.varint())
	for range t.in.count(maxStrings-len(t.strings), "strings") {
		t.strings = append(t.strings, t.in.text(maxString))
	}
	v := reflect.ValueOf(truth).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice {
			f.SetLen(0)
		} else {
			f.SetZero()
		}
	}
	truth.Now, t.room = t.at, maxRowValues
	for i := range t.tables {
		t.readTable(i, v)
	}
	if t.in.err != nil {
		return fmt.Errorf("telemetry: at %v: %w", t.at, t.in.err)
	}
	return nil
}

// readTable reads the entries of one table into its field of the truth.
func (t *TelemetryReader) readTable(i int, truth reflect.Value) {
	tab := &t.tables[i]
	n := t.in.count(min(maxEntries, t.room/max(len(tab.Columns), 1)), "entries")
	t.room -= n * len(tab.Columns)
	t.prev[i] = t.in.differences(t.prev[i], n*len(tab.Columns))
	if t.in.err != nil || tab.field < 0 {
		return
	}
	v := truth.Field(tab.field)
	if !tab.slice {
		if n == 1 {
			t.fill(v, tab, t.prev[i])
		}
		return
	}
	if v.Cap() < n {
		v.Set(reflect.MakeSlice(v.Type(), n, n))
	}
	v.SetLen(n)
	for k := range n {
		t.fill(v.Index(k), tab, t.prev[i][k*len(tab.Columns):])
	}
}

// fill sets the values of one entry.
func (t *TelemetryReader) fill(entry reflect.Value, tab *table, values []uint64) {
	entry.SetZero()
	for c, way := range tab.leaves {
		if way == nil {
			continue
		}
		x := values[c]
		switch v := leaf(entry, way); {
		case v.CanInt():
			v.SetInt(int64(x))
		case v.CanUint():
			v.SetUint(x)
		case v.CanFloat():
			v.SetFloat(math.Float64frombits(x))
		case v.Kind() == reflect.Bool:
			v.SetBool(x != 0)
		case x < uint64(len(t.strings)):
			v.SetString(t.strings[x])
		}
	}
}

// differences reads n values as their differences from those before.
func (u *unpacker) differences(prev []uint64, n int) []uint64 {
	values := prev[:min(len(prev), n)]
	for len(values) < n {
		values = append(values, 0)
	}
	for i := 0; i < n && u.err == nil; i++ {
		if d := u.varint(); d != 0 {
			values[i] += uint64(d)
			continue
		}
		same := u.count(n-i-1, "unchanged values")
		i += same
	}
	return values
}
