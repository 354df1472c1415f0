package replay

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// eventsOf writes ticks of events and returns the packed bytes. Tick i holds ticks[i].
func eventsOf(t testing.TB, ticks [][]sim.Event) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), eventsFile)
	log, err := createEvents(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, events := range ticks {
		if err := log.add(sim.Time(i)*sim.Time(sim.Tick), events); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// readEvents reads all that is there, and says how it ended.
func readEvents(data []byte) ([]sim.Event, error) {
	r, err := NewEventReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var got []sim.Event
	for {
		e, err := r.Next()
		if err == io.EOF {
			return got, nil
		}
		if err != nil {
			return got, err
		}
		got = append(got, e)
	}
}

func drawEvent(t *rapid.T, start sim.Time) sim.Event {
	ref := rapid.Custom(func(t *rapid.T) sim.Ref {
		return sim.Ref{Kind: sim.Kind(rapid.IntRange(0, 24).Draw(t, "kind")), ID: rapid.Int32().Draw(t, "id")}
	})
	return sim.Event{At: start + sim.Time(rapid.Int64Range(0, 1_000_000).Draw(t, "after")),
		Kind: sim.EventKind(rapid.Byte().Draw(t, "event")), A: ref.Draw(t, "a"), B: ref.Draw(t, "b"), C: ref.Draw(t, "c"),
		Count: rapid.Int32().Draw(t, "count"), Num: rapid.Float64().Draw(t, "num"),
		Text: sim.Text{ZH: rapid.String().Draw(t, "zh"), EN: rapid.String().Draw(t, "en")}}
}

func TestEventsRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		ticks := make([][]sim.Event, rapid.IntRange(0, 20).Draw(rt, "ticks"))
		var want []sim.Event
		for i := range ticks {
			for range rapid.IntRange(0, 3).Draw(rt, "events") {
				ticks[i] = append(ticks[i], drawEvent(rt, sim.Time(i)*sim.Time(sim.Tick)))
			}
			want = append(want, ticks[i]...)
		}
		got, err := readEvents(eventsOf(t, ticks))
		if err != nil || !slices.Equal(got, want) {
			rt.Fatalf("read %v, %v; want %v", got, err, want)
		}
	})
}

// manyEvents returns ticks with more events than one frame holds.
func manyEvents() (ticks [][]sim.Event, n int) {
	for i := range 300 {
		var events []sim.Event
		for k := range 700 {
			events = append(events, sim.Event{At: sim.Time(i) * sim.Time(sim.Tick), Kind: sim.EvPartyWarned,
				A: sim.Ref{Kind: sim.KindParty, ID: int32(i * k % 9973)}, Num: math.Sqrt(float64(i * k))})
		}
		ticks = append(ticks, events)
		n += len(events)
	}
	return ticks, n
}

func TestCutEventLogGivesWhatIsWhole(t *testing.T) {
	ticks, n := manyEvents()
	data := eventsOf(t, ticks)
	last := 0
	for _, share := range []float64{0.3, 0.6, 0.95} {
		got, err := readEvents(data[:int(share*float64(len(data)))])
		if !errors.Is(err, io.ErrUnexpectedEOF) || len(got) < last || len(got) >= n {
			t.Errorf("cut at %v: %d events, %v; want some of %d and an unexpected end", share, len(got), err, n)
		}
		last = len(got)
	}
	if last < n/2 {
		t.Errorf("only %d of %d events are left of 95 %% of the file", last, n)
	}
	if got, err := readEvents(data); err != nil || len(got) != n {
		t.Errorf("the whole log: %d events, %v; want %d", len(got), err, n)
	}
}

// fillTruth sets every number in a truth to a value of its own, also those that are added to sim.Truth later.
func fillTruth(v reflect.Value, entries int, next *int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fillTruth(v.Field(i), entries, next)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), entries, entries))
		for i := range entries {
			fillTruth(v.Index(i), entries, next)
		}
	case reflect.Array:
		for i := range v.Len() {
			fillTruth(v.Index(i), entries, next)
		}
	case reflect.Bool:
		v.SetBool(*next%2 == 0)
	case reflect.String:
		v.SetString([]string{"m3", "kg", "J"}[*next%3])
	case reflect.Float64:
		v.SetFloat(math.Sqrt(float64(*next)) - 3)
	case reflect.Uint8:
		v.SetUint(uint64(*next % 200))
	default:
		v.SetInt(int64(*next) - 10)
	}
	*next += 7
}

func telemetryOf(t testing.TB, rows []sim.Truth) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), telemetryFile)
	log, err := createTelemetry(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := log.add(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTelemetryKeepsEveryNumber(t *testing.T) {
	rows := make([]sim.Truth, 4)
	for i, entries := range []int{3, 5, 2, 4} {
		next := i
		fillTruth(reflect.ValueOf(&rows[i]).Elem(), entries, &next)
		rows[i].Now = sim.Time(i) * sim.Time(sim.Minute)
	}
	r, err := NewTelemetryReader(bytes.NewReader(telemetryOf(t, rows)))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	next := 1000
	var got sim.Truth // begins with other values: a reader's buffer is used again
	fillTruth(reflect.ValueOf(&got).Elem(), 7, &next)
	for i := range rows {
		if err := r.Next(&got); err != nil || !reflect.DeepEqual(got, rows[i]) {
			t.Fatalf("row %d: %v\n%+v\nwant\n%+v", i, err, got, rows[i])
		}
	}
	if err := r.Next(&got); err != io.EOF {
		t.Errorf("after the last row: %v; want io.EOF", err)
	}
}

// An older program may have had columns that are gone, and lacked some that have come.
func TestTelemetryOfAnotherEdition(t *testing.T) {
	now := truthTables
	defer func() { truthTables = now }()
	var row sim.Truth
	row.Zones = []sim.ZoneTruth{{DepthMax: 1.5}, {DepthMax: 2.5}}
	row.Total.Persons, row.Total.Dead = 1000, 3
	truthTables = slices.Clone(now)
	for i := range truthTables {
		switch tab := &truthTables[i]; tab.Name {
		case "Zones":
			tab.Name = "Bezirke"
		case "Total":
			tab.Columns = slices.Clone(tab.Columns)
			tab.Columns[slices.Index(tab.Columns, "Dead")] = "Tote"
		}
	}
	data := telemetryOf(t, []sim.Truth{row})
	truthTables = now
	r, err := NewTelemetryReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var got sim.Truth
	if err := r.Next(&got); err != nil {
		t.Fatal(err)
	}
	if len(got.Zones) != 0 || got.Total.Persons != 1000 || got.Total.Dead != 0 {
		t.Errorf("zones %v, total %+v; want what both editions know and nothing else", got.Zones, got.Total)
	}
}

func TestQuietMinutesCostNothing(t *testing.T) {
	row := sim.Truth{Zones: make([]sim.ZoneTruth, 100), Units: make([]sim.UnitTruth, 50)}
	rows := make([]sim.Truth, 721)
	for i := range rows {
		rows[i] = row
		rows[i].Now = sim.Time(i) * sim.Time(sim.Minute)
	}
	if n := len(telemetryOf(t, rows)); n > 4000 {
		t.Errorf("12 h in which nothing happens take %d bytes; want at most 4000", n)
	}
}

func FuzzEvents(f *testing.F) {
	f.Add(eventsOf(f, [][]sim.Event{{{Kind: sim.EvGauge, Num: 1.5, Text: sim.Said("x")}}, nil, {{At: 2_000_000}}}))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = readEvents(data)
		// Packed bytes are hard to hit: the fuzzer's bytes are also taken as the unpacked log.
		_, _ = readEvents(pack(t, append([]byte(eventMagic), data...)))
	})
}

func FuzzTelemetry(f *testing.F) {
	f.Add(telemetryOf(f, []sim.Truth{{Zones: make([]sim.ZoneTruth, 2)}}))
	f.Add([]byte(`{"name":"Zones","columns":["DepthMax"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, packed := range [][]byte{data, pack(t, append([]byte(telemetryMagic), data...))} {
			r, err := NewTelemetryReader(bytes.NewReader(packed))
			if err != nil {
				continue
			}
			var truth sim.Truth
			for range 100 {
				if r.Next(&truth) != nil {
					break
				}
			}
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// pack makes a packed file of bytes.
func pack(t testing.TB, data []byte) []byte {
	t.Helper()
	zip, err := newZip()
	if err != nil {
		t.Fatal(err)
	}
	defer zip.Close()
	return zip.EncodeAll(data, nil)
}
