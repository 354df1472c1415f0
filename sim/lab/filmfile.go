package lab

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/klauspost/compress/zstd"

	"sandtable/sim"
)

// A film file:
//
//	"SANDFILM3" key[32]
//	chunk*          each one zstd frame of up to chunkRecords records
//	index           per chunk: offset u64, length u32, records u32
//	chunks u32, "FILMEND1"
//
// A record is its instant, digest, ledger, told changes, frame, state and forecast as sim.Encoder writes them. At the
// usual 30 s between two records one chunk covers the time between two solver states.
const (
	filmMagic    = "SANDFILM3"
	filmEnd      = "FILMEND1"
	chunkRecords = 60
	maxChunk     = 1 << 30 // bytes of a chunk when unpacked
	making       = "making-*.tmp"
)

type chunk struct {
	offset  int64
	length  uint32
	records uint32
}

// filmWriter writes to a temporary file, which becomes the film when it is closed.
type filmWriter struct {
	file    *os.File
	path    string
	zip     *zstd.Encoder
	raw     sim.Encoder // records of the chunk that is being written
	packed  []byte
	records uint32
	offset  int64
	chunks  []chunk
	err     error
	done    func()
}

func createFilm(dir, path string, key sim.FilmKey) (*filmWriter, error) {
	file, err := os.CreateTemp(dir, making)
	if err != nil {
		return nil, fmt.Errorf("lab: film: %w", err)
	}
	hold(file)
	return beginFilm(file, path, key)
}

// beginFilm writes the head of a film to a temporary file, which is its own from here on.
func beginFilm(file *os.File, path string, key sim.FilmKey) (*filmWriter, error) {
	w := &filmWriter{file: file, path: path}
	w.zip, w.err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedDefault))
	w.write([]byte(filmMagic))
	w.write(key[:])
	if w.err != nil {
		return nil, fmt.Errorf("lab: film: %w", errors.Join(w.err, w.shut(), os.Remove(file.Name())))
	}
	return w, nil
}

// shut lets go of what the writer holds.
func (w *filmWriter) shut() error {
	err := w.file.Close()
	if w.zip != nil {
		err = errors.Join(err, w.zip.Close())
	}
	return err
}

func (w *filmWriter) write(b []byte) {
	if w.err == nil {
		var n int
		n, w.err = w.file.Write(b)
		w.offset += int64(n)
	}
}

// Append adds a record.
func (w *filmWriter) Append(r sim.FilmRecord) error {
	e := &w.raw
	e.Time(r.At)
	e.U64(r.Digest)
	r.Ledger.Append(e)
	e.Len(len(r.Told))
	for _, c := range r.Told {
		c.Append(e)
	}
	e.Bytes(r.Frame)
	e.Bytes(r.State)
	e.Bytes(r.Forecast)
	if w.records++; w.records == chunkRecords {
		w.flush()
	}
	return w.err
}

func (w *filmWriter) flush() {
	if w.records == 0 {
		return
	}
	w.packed = w.zip.EncodeAll(w.raw.Buf, w.packed[:0])
	w.chunks = append(w.chunks, chunk{w.offset, uint32(len(w.packed)), w.records})
	w.write(w.packed)
	w.raw.Buf, w.records = w.raw.Buf[:0], 0
}

// Close finishes the film and puts it under its name. A film without records is thrown away.
func (w *filmWriter) Close() error {
	w.flush()
	var e sim.Encoder
	for _, c := range w.chunks {
		e.U64(uint64(c.offset))
		e.U32(c.length)
		e.U32(c.records)
	}
	e.U32(uint32(len(w.chunks)))
	w.write(append(e.Buf, filmEnd...))
	err := errors.Join(w.err, w.shut())
	if err == nil && len(w.chunks) > 0 {
		err = os.Rename(w.file.Name(), w.path)
	}
	if err != nil || len(w.chunks) == 0 {
		err = errors.Join(err, os.Remove(w.file.Name()))
	}
	if err != nil {
		return fmt.Errorf("lab: film: %w", err)
	}
	if w.done != nil {
		w.done()
	}
	return nil
}

// filmReader reads a film chunk by chunk.
type filmReader struct {
	file   *os.File
	zip    *zstd.Decoder
	chunks []chunk
	first  []int // number of each chunk's first record, and the total at the end
	loaded int   // chunk in recs, or -1
	recs   []sim.FilmRecord
	packed []byte // the chunk as it stands in the file
	raw    []byte // and unpacked; the records lie in it
}

func openFilm(path string, key sim.FilmKey) (*filmReader, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("lab: film: %w", err)
	}
	zip, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxChunk))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lab: film: %w", err), file.Close())
	}
	r := &filmReader{file: file, zip: zip, loaded: -1}
	if err := r.readIndex(key); err != nil {
		return nil, errors.Join(fmt.Errorf("lab: %s: %w", path, err), r.Close())
	}
	return r, nil
}

var errFilm = errors.New("this is not a whole film")

// readIndex checks head and tail of the file and reads the list of chunks.
func (r *filmReader) readIndex(key sim.FilmKey) error {
	info, err := r.file.Stat()
	if err != nil {
		return err
	}
	head := make([]byte, len(filmMagic)+len(key))
	if err := readAt(r.file, head, 0); err != nil {
		return err
	}
	if !bytes.Equal(head, append([]byte(filmMagic), key[:]...)) {
		return errFilm
	}
	tail := make([]byte, 4+len(filmEnd))
	end := info.Size() - int64(len(tail))
	if err := readAt(r.file, tail, max(end, 0)); err != nil {
		return err
	}
	if string(tail[4:]) != filmEnd {
		return errFilm
	}
	n := int64(binary.LittleEndian.Uint32(tail))
	start := end - n*16
	if start < int64(len(head)) {
		return errFilm
	}
	raw := make([]byte, n*16)
	if err := readAt(r.file, raw, start); err != nil {
		return err
	}
	d := sim.Decoder{Buf: raw}
	total := 0
	for range n {
		c := chunk{int64(d.U64()), d.U32(), d.U32()}
		if c.offset < int64(len(head)) || c.offset > start-int64(c.length) || c.records == 0 ||
			c.records > chunkRecords {
			return errFilm
		}
		r.first = append(r.first, total)
		r.chunks = append(r.chunks, c)
		total += int(c.records)
	}
	r.first = append(r.first, total)
	return d.Err
}

// readAt fills a buffer from a place of a file. A file that ends before is no whole film.
func readAt(f *os.File, b []byte, at int64) error {
	_, err := f.ReadAt(b, at)
	if errors.Is(err, io.EOF) {
		return errFilm
	}
	return err
}

// Name returns the film's file.
func (r *filmReader) Name() string { return r.file.Name() }

// Len returns the number of records.
func (r *filmReader) Len() int { return r.first[len(r.chunks)] }

// Record returns record i.
func (r *filmReader) Record(i int) (sim.FilmRecord, error) {
	if i < 0 || i >= r.Len() {
		return sim.FilmRecord{}, io.EOF
	}
	k := max(r.loaded, 0)
	for k > 0 && r.first[k] > i {
		k--
	}
	for r.first[k+1] <= i {
		k++
	}
	if err := r.load(k); err != nil {
		return sim.FilmRecord{}, err
	}
	return r.recs[i-r.first[k]], nil
}

// load unpacks chunk k.
func (r *filmReader) load(k int) error {
	if r.loaded == k {
		return nil
	}
	r.loaded = -1
	n := int(r.chunks[k].length)
	r.packed = slices.Grow(r.packed[:0], n)[:n]
	if _, err := r.file.ReadAt(r.packed, r.chunks[k].offset); err != nil {
		return fmt.Errorf("lab: film: %w", err)
	}
	var err error
	if r.raw, err = r.zip.DecodeAll(r.packed, r.raw[:0]); err != nil {
		return fmt.Errorf("lab: film: %w", err)
	}
	d := sim.Decoder{Buf: r.raw}
	r.recs = r.recs[:0]
	for range r.chunks[k].records {
		rec := sim.FilmRecord{At: d.Time(), Digest: d.U64()}
		rec.Ledger.Load(&d)
		rec.Told = make([]sim.StructureChange, d.Len(sim.ChangeSize))
		for i := range rec.Told {
			rec.Told[i].Load(&d)
		}
		rec.Frame, rec.State, rec.Forecast = d.Bytes(), d.Bytes(), d.Bytes()
		r.recs = append(r.recs, rec)
	}
	if d.Err != nil {
		return fmt.Errorf("lab: film: %w", d.Err)
	}
	r.loaded = k
	return nil
}

// Close closes the file.
func (r *filmReader) Close() error {
	if r.zip != nil {
		r.zip.Close()
	}
	return r.file.Close()
}
