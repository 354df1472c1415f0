package replay

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// testReach is the end of the journals that these tests write.
const testReach = sim.Time(sim.Hour)

// testStart is the hash that they begin with.
var testStart = chainStart([]byte("a header"))

// chained writes records as a journal's bytes.
func chained(t testing.TB, start string, records ...Record) []byte {
	t.Helper()
	var out []byte
	for i := range records {
		body, err := records[i].encode()
		if err != nil {
			t.Fatal(err)
		}
		var line []byte
		line, start = seal(start, body)
		out = append(out, line...)
	}
	return out
}

// small returns the records of a small journal with every kind in it.
func small() []Record {
	minute := sim.Time(sim.Minute)
	parts := []sim.DigestPart{{Name: "hazards", Value: 1 << 63}, {Name: "people", Value: 7}}
	order := sim.NewCommand(sim.FromPlayer, "evacuate-zone", "zone", "东街<&>", "by", "\xff\x00 no UTF-8")
	order.Post, order.At = "county", 30*sim.Time(sim.Second)
	return []Record{
		{Kind: KindBegin},
		{Kind: KindScript, Text: "第二轮会商开始"},
		{Kind: KindCmds, At: 0, Commands: []sim.Command{sim.NewCommand(sim.FromDirector, "message", "text", "x")}},
		{Kind: KindReject, At: 0, Serial: 0, Why: sim.Text{ZH: "情景信息；原因：没有岗位", EN: "message: no post"}},
		{Kind: KindCmds, At: 30 * sim.Time(sim.Second), Commands: []sim.Command{order, sim.NewCommand(sim.FromPlan, "z")}},
		{Kind: KindNote, At: 31 * sim.Time(sim.Second), Author: "评估员", Text: "late\u2028<b>"},
		{Kind: KindDigest, At: minute, Parts: parts},
		{Kind: KindKey, At: minute, Full: [32]byte{1, 2, 3}},
		{Kind: KindEnd, At: minute, Parts: parts, Full: [32]byte{1, 2, 3}, Ticks: 60, Text: "played to its end"},
	}
}

func read(t testing.TB, data []byte) *journal {
	t.Helper()
	j, err := readJournal(bytes.NewReader(data), testStart, testReach)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// sameRecord compares what was written with what was read.
func sameRecord(a, b Record) bool {
	return a.Kind == b.Kind && a.At == b.At && a.Serial == b.Serial && a.Author == b.Author && a.Text == b.Text && a.Why == b.Why &&
		slices.Equal(a.Parts, b.Parts) && a.Full == b.Full && a.Ticks == b.Ticks &&
		slices.EqualFunc(a.Commands, b.Commands, sim.Command.Equal)
}

func TestJournalRoundTrip(t *testing.T) {
	want := small()
	j := read(t, chained(t, testStart, want...))
	if j.damage != nil || !j.finished() {
		t.Fatalf("damage %v, finished %v; want a whole journal", j.damage, j.finished())
	}
	if !slices.EqualFunc(j.records, want, sameRecord) {
		t.Errorf("read\n%+v\nwant\n%+v", j.records, want)
	}
}

// Whatever a player sends must come back byte for byte, or a replay would be another run.
func TestCommandsKeepEveryByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		str := rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) })
		c := sim.Command{At: sim.Time(rapid.Int64().Draw(t, "at")), Post: str.Draw(t, "post"), Order: str.Draw(t, "order"),
			Origin: sim.OriginKind(rapid.IntRange(0, 3).Draw(t, "origin"))}
		for range rapid.IntRange(0, 3).Draw(t, "args") {
			c.Args = append(c.Args, sim.Arg{Name: str.Draw(t, "name"), Value: str.Draw(t, "value")})
		}
		rec := Record{Kind: KindCmds, Commands: []sim.Command{c}}
		body, err := rec.encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeRecord(body, "")
		if err != nil || len(got.Commands) != 1 || !got.Commands[0].Equal(c) {
			t.Fatalf("%q came back as %q, %v", c, got.Commands, err)
		}
		if again, err := got.encode(); err != nil || !bytes.Equal(again, body) {
			t.Fatalf("written again as\n%s\n, not as\n%s", again, body)
		}
	})
}

func TestChainSeesEveryChangedByte(t *testing.T) {
	data := chained(t, testStart, small()...)
	for i := range data {
		for _, flip := range []byte{1, 0x20, 0x80} {
			bad := bytes.Clone(data)
			bad[i] ^= flip
			j := read(t, bad)
			if j.damage == nil {
				t.Fatalf("byte %d changed from %q to %q goes unseen", i, data[i], bad[i])
			}
			if line := 1 + bytes.Count(data[:i], []byte("\n")); j.damage.Line != line || len(j.records) != line-1 {
				t.Fatalf("byte %d is in line %d; the damage is said to be in line %d after %d records", i, line,
					j.damage.Line, len(j.records))
			}
		}
	}
	if j, err := readJournal(bytes.NewReader(data), chainStart([]byte("another header")), testReach); err != nil ||
		len(j.records) != 0 || j.damage == nil {
		t.Errorf("a journal behind another header was read: %d records, %v", len(j.records), err)
	}
}

func TestJournalCutAnywhereKeepsWhatIsWhole(t *testing.T) {
	data := chained(t, testStart, small()...)
	for n := range data {
		cut := data[:n]
		whole := bytes.LastIndexByte(cut, '\n') + 1
		j := read(t, cut)
		if got, want := len(j.records), bytes.Count(cut, []byte("\n")); got != want || j.good != int64(whole) {
			t.Fatalf("cut at %d: %d records and %d good bytes; want %d and %d", n, got, j.good, want, whole)
		}
		if (j.damage != nil) != (n > whole) {
			t.Fatalf("cut at %d: damage %v", n, j.damage)
		}
		if j.finished() {
			t.Fatalf("cut at %d: the run counts as finished", n)
		}
	}
}

func TestJournalOrder(t *testing.T) {
	minute := sim.Time(sim.Minute)
	cmds := func(at sim.Time) Record {
		return Record{Kind: KindCmds, At: at, Commands: []sim.Command{{Order: "x"}}}
	}
	begin := Record{Kind: KindBegin}
	for _, c := range []struct {
		name string
		recs []Record
		good int
		why  string
	}{
		{"no begin", []Record{cmds(0)}, 0, "first record"},
		{"two begins", []Record{begin, begin}, 1, "one begin"},
		{"begin later", []Record{{Kind: KindBegin, At: minute}}, 0, "begin at"},
		{"after the end", []Record{begin, {Kind: KindEnd, At: minute}, cmds(minute)}, 2, "after the end"},
		{"backwards", []Record{begin, {Kind: KindDigest, At: minute}, cmds(0)}, 2, "after 0:01:00"},
		{"a tick twice", []Record{begin, cmds(minute), cmds(minute)}, 2, "once per tick"},
		{"between ticks", []Record{begin, {Kind: KindDigest, At: 5}}, 1, "instant of a tick"},
		{"no commands", []Record{begin, {Kind: KindCmds}}, 1, "want some"},
		{"beyond the end", []Record{begin, {Kind: KindDigest, At: testReach + minute}}, 1, "until 1:00:00"},
		{"commands at the end", []Record{begin, cmds(testReach)}, 1, "before the end"},
		{"negative", []Record{begin, {Kind: KindNote, At: -1}}, 1, "after 0:00:00"},
		{"unknown kind", []Record{begin, {Kind: "magic"}}, 1, "unknown kind"},
	} {
		j := read(t, chained(t, testStart, c.recs...))
		if len(j.records) != c.good || j.damage == nil || !strings.Contains(j.damage.Why, c.why) {
			t.Errorf("%s: %d records, damage %v; want %d and %q", c.name, len(j.records), j.damage, c.good, c.why)
		}
	}
}

func TestWitnessed(t *testing.T) {
	second := sim.Time(sim.Second)
	begin := Record{Kind: KindBegin}
	for _, c := range []struct {
		recs []Record
		want sim.Time
	}{
		{nil, 0},
		{[]Record{begin}, 0},
		{[]Record{begin, {Kind: KindCmds, At: 5 * second}}, 6 * second},
		{[]Record{begin, {Kind: KindCmds, At: 5 * second}, {Kind: KindDigest, At: 60 * second}}, 60 * second},
		{[]Record{begin, {Kind: KindDigest, At: 60 * second}, {Kind: KindCmds, At: 60 * second}}, 61 * second},
		{[]Record{begin, {Kind: KindNote, At: 7*second + 5}}, 7 * second},
	} {
		if got := witnessed(c.recs); got != c.want {
			t.Errorf("%v: %v; want %v", c.recs, got, c.want)
		}
	}
}

func TestLongLineIsDamage(t *testing.T) {
	data := chained(t, testStart, Record{Kind: KindBegin})
	good := int64(len(data))
	data = append(data, bytes.Repeat([]byte("x"), maxLine+10)...)
	if j := read(t, data); j.damage == nil || j.damage.Offset != good || j.damage.Why != errLong.Error() {
		t.Errorf("damage %v; want a line that is too long", j.damage)
	}
}

// sealLines chains lines as bodies: a fuzzer does not find hashes.
func sealLines(data []byte) []byte {
	var out []byte
	prev := testStart
	for line := range bytes.Lines(data) {
		if line = bytes.TrimSuffix(line, []byte("\n")); len(line) > 0 {
			line, prev = seal(prev, line)
			out = append(out, line...)
		}
	}
	return out
}

func FuzzJournal(f *testing.F) {
	for _, rec := range small() {
		body, err := rec.encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Add([]byte(`{"k":"begin","t":0}` + "\n" + `{"k":"cmds","t":0,"c":[{"at":0,"from":"plan","order":"x"}]}`))
	f.Add(chained(f, testStart, Record{Kind: KindBegin}))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, file := range [][]byte{data, sealLines(data)} {
			j := read(t, file)
			if j.good > int64(len(file)) || (j.damage == nil) != (j.good == int64(len(file))) {
				t.Fatalf("%d good bytes of %d, damage %v", j.good, len(file), j.damage)
			}
			if at := witnessed(j.records); at < 0 || at > testReach {
				t.Fatalf("a journal that reaches %v of %v", at, testReach)
			}
			for i := range j.records {
				sameAgain(t, &j.records[i])
			}
		}
	})
}

// sameAgain says that a record that was read is written as one that reads the same.
func sameAgain(t *testing.T, rec *Record) {
	t.Helper()
	body, err := rec.encode()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := decodeRecord(body, ""); err != nil || !sameRecord(*rec, again) {
		t.Fatalf("%s came back as %+v, %v", body, again, err)
	}
}
