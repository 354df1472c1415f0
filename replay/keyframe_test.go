package replay

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

func keyframeOf(t testing.TB, at sim.Time, full [32]byte, state []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := encodeKeyframe(&out, at, full, state); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestKeyframeRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		at := sim.Time(rapid.Int64().Draw(rt, "at"))
		state := bytes.Repeat(rapid.SliceOf(rapid.Byte()).Draw(rt, "state"), rapid.IntRange(0, 3000).Draw(rt, "times"))
		data := keyframeOf(t, at, [32]byte{9, 8}, state)
		gotAt, full, got, err := decodeKeyframe(data, maxState)
		if err != nil || gotAt != at || full != [32]byte{9, 8} || !bytes.Equal(got, state) {
			rt.Fatalf("%v at %v: %d bytes, %v; want %d at %v", full, gotAt, len(got), err, len(state), at)
		}
	})
}

func TestDamagedKeyframe(t *testing.T) {
	state := bytes.Repeat([]byte("state of the world "), 1000)
	data := keyframeOf(t, 5, [32]byte{1}, state)
	for n := range data {
		if _, _, _, err := decodeKeyframe(data[:n], maxState); err == nil {
			t.Fatalf("a keyframe cut at %d of %d bytes was read", n, len(data))
		}
	}
	for i := keyHead - 8; i < len(data); i++ { // time and digest are compared with the journal
		bad := bytes.Clone(data)
		bad[i] ^= 0x10
		if _, _, got, err := decodeKeyframe(bad, maxState); err == nil && !bytes.Equal(got, state) {
			t.Fatalf("a changed byte %d goes unseen", i)
		}
	}
	if _, _, _, err := decodeKeyframe(data, 100); err == nil {
		t.Error("a state beyond the limit was read")
	}
}

func FuzzKeyframe(f *testing.F) {
	f.Add(keyframeOf(f, 5, [32]byte{1}, []byte("state")))
	f.Fuzz(func(t *testing.T, data []byte) {
		const limit = 1 << 20
		if _, _, state, err := decodeKeyframe(data, limit); err == nil && len(state) > limit {
			t.Fatalf("%d bytes; want at most %d", len(state), limit)
		}
	})
}
