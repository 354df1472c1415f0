package replay

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/klauspost/compress/s2"

	"sandtable/sim"
)

// KeyframeEvery is the time between two keyframes.
const KeyframeEvery = 30 * sim.Minute

// A keyframe file:
//
//	"SANDKEY2" time i64 full digest [32] length of the state u64, little-endian; then the state as an s2 stream; then
//	the first 16 bytes of the SHA-256 of everything before
//
// s2 takes a third of the time of zstd and an eighth more room. Time counts here, because a run waits for its
// keyframes.
//
// It is a help for seeking, made again by Verify with Rebuild. A keyframe counts only when the journal names its
// full digest and the state that is in it, once loaded, has that digest.
const (
	keyMagic = "SANDKEY2"
	keyHead  = len(keyMagic) + 8 + 32 + 8
	maxState = 1 << 31 // bytes of a state
)

// keyframePath is the file of the keyframe at an instant.
func keyframePath(dir string, at sim.Time) string {
	return filepath.Join(dir, keyframeDir, fmt.Sprintf("t%07d.key", int64(at)/int64(sim.Second)))
}

// keyframes writes keyframes; its buffers are used again.
type keyframes struct {
	dir string
	out bytes.Buffer
}

// save writes the keyframe of a world that has that state.
func (k *keyframes) save(at sim.Time, full [32]byte, state []byte) error {
	k.out.Reset()
	if err := encodeKeyframe(&k.out, at, full, state); err != nil {
		return fmt.Errorf("keyframe: %w", err)
	}
	if err := writeFile(keyframePath(k.dir, at), k.out.Bytes(), false); err != nil {
		return fmt.Errorf("keyframe: %w", err)
	}
	return nil
}

func encodeKeyframe(out *bytes.Buffer, at sim.Time, full [32]byte, state []byte) error {
	var head sim.Encoder
	head.Buf = append(head.Buf, keyMagic...)
	head.Time(at)
	head.Buf = append(head.Buf, full[:]...)
	head.U64(uint64(len(state)))
	out.Write(head.Buf)
	zip := s2.NewWriter(out, s2.WriterConcurrency(1), s2.WriterBlockSize(packBytes))
	if err := zip.EncodeBuffer(state); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	sum := sha256.Sum256(out.Bytes())
	out.Write(sum[:checkBytes])
	return nil
}

var (
	errKeyframe = errors.New("this is not a whole keyframe")
	errKeySum   = fmt.Errorf("%w: its bytes do not have its checksum", errKeyframe)
)

// decodeKeyframe reads a keyframe whose state has at most limit bytes.
func decodeKeyframe(data []byte, limit uint64) (at sim.Time, full [32]byte, state []byte, err error) {
	if len(data) < keyHead+checkBytes || string(data[:len(keyMagic)]) != keyMagic {
		return 0, full, nil, errKeyframe
	}
	data, check := data[:len(data)-checkBytes], data[len(data)-checkBytes:]
	if sum := sha256.Sum256(data); !bytes.Equal(sum[:checkBytes], check) {
		return 0, full, nil, errKeySum
	}
	d := sim.Decoder{Buf: data[len(keyMagic):]}
	at = d.Time()
	copy(full[:], d.Buf)
	d.Buf = d.Buf[len(full):]
	size := d.U64()
	if size > limit {
		return at, full, nil, fmt.Errorf("%w: a state of %d bytes; want at most %d", errKeyframe, size, limit)
	}
	zip := s2.NewReader(bytes.NewReader(d.Buf), s2.ReaderMaxBlockSize(packBytes))
	// The state grows as it is unpacked: a length that is a lie costs no memory.
	var out bytes.Buffer
	n, err := io.Copy(&out, io.LimitReader(zip, int64(size)+1))
	if err != nil || uint64(n) != size {
		return at, full, nil, fmt.Errorf("%w: %d bytes of %d; %v", errKeyframe, n, size, err)
	}
	return at, full, out.Bytes(), nil
}
