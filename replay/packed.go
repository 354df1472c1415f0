package replay

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// A packed file is a row of zstd frames, which any zstd program unpacks as one stream. A frame is written when
// enough has come together, so that memory stays small and a process that is killed leaves whole frames. Before each
// frame stands its label: a skippable frame, which unpacking passes over, with the frame's length and the first 16
// bytes of its SHA-256. zstd has checksums of its own, but they are of what is unpacked: several bytes of a frame can
// change without anybody seeing it.
const (
	packBytes  = 1 << 20    // a frame is written when it holds so much
	maxWindow  = 8 << 20    // of a frame that is read
	labelMagic = 0x184D2A53 // of a skippable frame (RFC 8878, 3.1.2)
	labelHead  = 4 + 4 + 4  // magic, bytes that follow, length of the frame
	labelBytes = labelHead + checkBytes
	checkBytes = 16 // of a SHA-256
)

// packer writes a packed file.
type packer struct {
	file *os.File
	zip  *zstd.Encoder
	buf  []byte // of the frame that is being filled
	out  []byte
	err  error
}

// createPacked begins a packed file; one that is there is overwritten.
func createPacked(path string) (*packer, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	zip, err := newZip()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &packer{file: file, zip: zip}, nil
}

// newZip makes an encoder that works on the caller's processor.
func newZip() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithWindowSize(packBytes))
}

// full writes the frame when it holds enough.
func (p *packer) full() error {
	if len(p.buf) >= packBytes {
		return p.flush()
	}
	return p.err
}

// flush writes the frame, whatever it holds.
func (p *packer) flush() error {
	if p.err != nil || len(p.buf) == 0 {
		return p.err
	}
	p.out = p.zip.EncodeAll(p.buf, append(p.out[:0], make([]byte, labelBytes)...))
	writeLabel(p.out)
	if _, err := p.file.Write(p.out); err != nil {
		p.err = fmt.Errorf("writing %s: %w", p.file.Name(), err)
	}
	p.buf = p.buf[:0]
	return p.err
}

// writeLabel fills in the label at the head of a labelled frame.
func writeLabel(out []byte) {
	frame := out[labelBytes:]
	binary.LittleEndian.PutUint32(out, labelMagic)
	binary.LittleEndian.PutUint32(out[4:], labelBytes-8)
	binary.LittleEndian.PutUint32(out[8:], uint32(len(frame)))
	sum := sha256.Sum256(frame)
	copy(out[labelHead:], sum[:checkBytes])
}

// checkPacked holds every frame of a packed file against its label. It returns nil, or where the file stops being
// what was written; cut says that it merely ends too early, as after a killed process.
func checkPacked(r io.Reader, name string) (damage *Damage, cut bool, err error) {
	in := bufio.NewReaderSize(r, 64<<10)
	offset := int64(0)
	bad := func(why string) *Damage { return &Damage{File: name, Offset: offset, Why: why} }
	for {
		var label [labelBytes]byte
		switch _, err := io.ReadFull(in, label[:]); {
		case err == io.EOF:
			return nil, false, nil
		case err == io.ErrUnexpectedEOF:
			return bad("the file is cut off"), true, nil
		case err != nil:
			return nil, false, err
		}
		if binary.LittleEndian.Uint32(label[:]) != labelMagic || binary.LittleEndian.Uint32(label[4:]) != labelBytes-8 {
			return bad("here should be the label of a frame"), false, nil
		}
		length, sum := int64(binary.LittleEndian.Uint32(label[8:])), sha256.New()
		n, err := io.CopyN(sum, in, length)
		switch {
		case err == io.EOF:
			return bad(fmt.Sprintf("the frame is cut off: %d of %d bytes", n, length)), true, nil
		case err != nil:
			return nil, false, err
		case !bytes.Equal(sum.Sum(nil)[:checkBytes], label[labelHead:]):
			return bad(fmt.Sprintf("the frame of %d bytes that begins here was changed", labelBytes+length)), false, nil
		}
		offset += labelBytes + length
	}
}

// close writes what is left.
func (p *packer) close() error { return errors.Join(p.flush(), p.zip.Close(), p.file.Close()) }

// unpacker reads a packed file as one stream. The first mistake is kept in err, after which everything reads as
// zero.
type unpacker struct {
	in  *bufio.Reader
	zip *zstd.Decoder
	err error
}

func newUnpacker(r io.Reader) (*unpacker, error) {
	zip, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, err
	}
	return &unpacker{in: bufio.NewReaderSize(zip, 64<<10), zip: zip}, nil
}

func (u *unpacker) close() { u.zip.Close() }

// fail keeps the first mistake. The end of the stream is one, wherever something is still expected.
func (u *unpacker) fail(err error) {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if u.err == nil {
		u.err = err
	}
}

// more says whether the stream goes on. A clean end leaves err at nil.
func (u *unpacker) more() bool {
	if u.err != nil {
		return false
	}
	_, err := u.in.Peek(1)
	if err != nil && err != io.EOF {
		u.fail(err)
	}
	return err == nil
}

func (u *unpacker) uvarint() uint64 {
	if u.err != nil {
		return 0
	}
	v, err := binary.ReadUvarint(u.in)
	if err != nil {
		u.fail(err)
		return 0
	}
	return v
}

func (u *unpacker) varint() int64 {
	v := u.uvarint()
	return int64(v>>1) ^ -int64(v&1)
}

func (u *unpacker) u8() byte {
	if u.err != nil {
		return 0
	}
	b, err := u.in.ReadByte()
	if err != nil {
		u.fail(err)
	}
	return b
}

// count reads a number that may not be larger than limit.
func (u *unpacker) count(limit int, what string) int {
	v := u.uvarint()
	if v > uint64(limit) {
		u.fail(fmt.Errorf("%d %s; want at most %d", v, what, limit))
		return 0
	}
	return int(v)
}

// bytes reads n bytes.
func (u *unpacker) bytes(n int) []byte {
	b := make([]byte, n)
	if u.err == nil {
		if _, err := io.ReadFull(u.in, b); err != nil {
			u.fail(err)
		}
	}
	return b
}

// text reads a length and so many bytes.
func (u *unpacker) text(limit int) string {
	if n := u.count(limit, "bytes of text"); n > 0 {
		return string(u.bytes(n))
	}
	return ""
}

// expect reads a magic word.
func (u *unpacker) expect(magic string) {
	if got := u.bytes(len(magic)); u.err == nil && string(got) != magic {
		u.fail(fmt.Errorf("it begins with %q; want %q", got, magic))
	}
}
