package replay

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"sandtable/sim"
)

// KeyframeEvery is the time between two keyframes.
const KeyframeEvery = 30 * sim.Minute

// A keyframe file:
//
//	"SANDKEY1" time i64 full digest [32] length of the state u64, little-endian; then one zstd frame: the state
//
// It is a help for seeking, made again by Verify with Rebuild. A keyframe counts only when the journal names its
// full digest and the state that is in it, once loaded, has that digest.
const (
	keyMagic = "SANDKEY1"
	keyHead  = len(keyMagic) + 8 + 32 + 8
	maxState = 1 << 31 // bytes of a state
)

// keyframePath is the file of the keyframe at an instant.
func keyframePath(dir string, at sim.Time) string {
	return filepath.Join(dir, keyframeDir, fmt.Sprintf("t%07d.key", int64(at)/int64(sim.Second)))
}

// keyframes writes keyframes; its buffers are used again.
type keyframes struct {
	dir   string
	zip   *zstd.Encoder
	state sim.Encoder
	out   []byte
}

// save writes the keyframe of a world.
func (k *keyframes) save(w World, full [32]byte) error {
	if k.zip == nil {
		var err error
		if k.zip, err = newZip(); err != nil {
			return err
		}
	}
	k.state.Buf = k.state.Buf[:0]
	w.AppendState(&k.state)
	k.out = encodeKeyframe(k.zip, k.out[:0], w.Now(), full, k.state.Buf)
	if err := writeFile(keyframePath(k.dir, w.Now()), k.out, false); err != nil {
		return fmt.Errorf("keyframe: %w", err)
	}
	return nil
}

func encodeKeyframe(zip *zstd.Encoder, buf []byte, at sim.Time, full [32]byte, state []byte) []byte {
	e := sim.Encoder{Buf: append(buf, keyMagic...)}
	e.Time(at)
	e.Buf = append(e.Buf, full[:]...)
	e.U64(uint64(len(state)))
	return zip.EncodeAll(state, e.Buf)
}

var errKeyframe = errors.New("this is not a whole keyframe")

// decodeKeyframe reads a keyframe whose state has at most limit bytes.
func decodeKeyframe(data []byte, limit uint64) (at sim.Time, full [32]byte, state []byte, err error) {
	if len(data) < keyHead || string(data[:len(keyMagic)]) != keyMagic {
		return 0, full, nil, errKeyframe
	}
	d := sim.Decoder{Buf: data[len(keyMagic):]}
	at = d.Time()
	copy(full[:], d.Buf)
	d.Buf = d.Buf[len(full):]
	size := d.U64()
	if size > limit {
		return at, full, nil, fmt.Errorf("%w: a state of %d bytes; want at most %d", errKeyframe, size, limit)
	}
	zip, err := zstd.NewReader(bytes.NewReader(d.Buf), zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return at, full, nil, err
	}
	defer zip.Close()
	// The state grows as it is unpacked: a length that is a lie costs no memory.
	var out bytes.Buffer
	n, err := io.Copy(&out, io.LimitReader(zip, int64(size)+1))
	if err != nil || uint64(n) != size {
		return at, full, nil, fmt.Errorf("%w: %d bytes of %d; %v", errKeyframe, n, size, err)
	}
	return at, full, out.Bytes(), nil
}
