package engine

import (
	"encoding/binary"

	"sandtable/sim"
)

// frameCoder writes and reads frames: the change of a hazard's layers from one publication to the next. A frame
// holds, per layer, the tiles with a change, and in each tile the differences of all its cells in row order, with
// runs of unchanged cells as one number.
//
//	frame := per layer: { uvarint(tiles to skip)+1, tile }… 0
//	tile  := { varint(difference ≠ 0) | 0 uvarint(unchanged cells - 1) }… until all cells are covered
type frameCoder struct {
	layers []*sim.Layer
	prev   [][]int32 // as readers know them
	buf    []byte
}

func newFrameCoder(layers []*sim.Layer) frameCoder {
	f := frameCoder{layers: layers}
	for _, l := range layers {
		f.prev = append(f.prev, append([]int32(nil), l.Values...))
	}
	return f
}

// sync takes the layers' values as those that readers know.
func (f *frameCoder) sync() {
	for i, l := range f.layers {
		copy(f.prev[i], l.Values)
	}
}

// changed says whether the layers differ from what readers know.
func (f *frameCoder) changed() bool {
	for i, l := range f.layers {
		for c, v := range l.Values {
			if v != f.prev[i][c] {
				return true
			}
		}
	}
	return false
}

// empty returns a frame without any change.
func (f *frameCoder) empty() []byte { return make([]byte, len(f.layers)) }

// encode returns the frame of what has been set since the last one. It is valid until the next call.
func (f *frameCoder) encode() []byte {
	f.buf = f.buf[:0]
	for i, l := range f.layers {
		last := -1
		for tile, dirty := range l.Dirty {
			if !dirty || !f.differs(i, tile) {
				continue
			}
			f.buf = binary.AppendUvarint(f.buf, uint64(tile-last))
			last = tile
			f.encodeTile(i, tile)
		}
		f.buf = append(f.buf, 0)
	}
	return f.buf
}

// differs says whether a marked tile really holds something new: a cell may have been set to and fro.
func (f *frameCoder) differs(layer, tile int) bool {
	l, prev := f.layers[layer], f.prev[layer]
	i0, i1, j0, j1 := l.TileCells(tile)
	for j := j0; j < j1; j++ {
		first, last := l.Grid.Index(i0, j), l.Grid.Index(i1-1, j)
		for c := first; c <= last; c++ {
			if l.Values[c] != prev[c] {
				return true
			}
		}
	}
	return false
}

func (f *frameCoder) encodeTile(layer, tile int) {
	l, prev := f.layers[layer], f.prev[layer]
	i0, i1, j0, j1 := l.TileCells(tile)
	same := uint64(0)
	flush := func() {
		if same > 0 {
			f.buf = append(f.buf, 0)
			f.buf = binary.AppendUvarint(f.buf, same-1)
			same = 0
		}
	}
	for j := j0; j < j1; j++ {
		first, last := l.Grid.Index(i0, j), l.Grid.Index(i1-1, j)
		for c := first; c <= last; c++ {
			diff := int64(l.Values[c]) - int64(prev[c])
			if diff == 0 {
				same++
				continue
			}
			flush()
			f.buf = binary.AppendVarint(f.buf, diff)
			prev[c] = l.Values[c]
		}
	}
	flush()
}

// apply sets the layers as a frame says. It gives false on bytes that are no frame; the layers may then hold a part
// of it, so its digest is to be checked before.
func (f *frameCoder) apply(frame []byte) bool {
	r := frameReader{frame}
	for i, l := range f.layers {
		tile := -1
		for {
			skip, ok := r.uvarint()
			if !ok || skip > uint64(len(l.Dirty)) {
				return false
			}
			if skip == 0 {
				break
			}
			if tile += int(skip); tile >= len(l.Dirty) || !f.applyTile(&r, i, tile) {
				return false
			}
		}
	}
	return len(r.buf) == 0
}

func (f *frameCoder) applyTile(r *frameReader, layer, tile int) bool {
	l, prev := f.layers[layer], f.prev[layer]
	l.Dirty[tile] = true // as Layer.Set would, which has to find the tile of every cell
	i0, i1, j0, j1 := l.TileCells(tile)
	same := 0
	for j := j0; j < j1; j++ {
		first, last := l.Grid.Index(i0, j), l.Grid.Index(i1-1, j)
		for c := first; c <= last; {
			if same > 0 {
				run := min(same, last+1-c)
				c, same = c+run, same-run
				continue
			}
			diff, ok := r.varint()
			if !ok {
				return false
			}
			if diff == 0 {
				run, ok := r.uvarint()
				if !ok || run >= sim.TileSide*sim.TileSide {
					return false
				}
				c, same = c+1, int(run)
				continue
			}
			v := int32(int64(prev[c]) + diff)
			l.Values[c], prev[c] = v, v
			c++
		}
	}
	return same == 0
}

// frameReader takes numbers off a buffer.
type frameReader struct{ buf []byte }

func (r *frameReader) uvarint() (uint64, bool) {
	if len(r.buf) > 0 && r.buf[0] < 0x80 { // most numbers have one byte
		v := uint64(r.buf[0])
		r.buf = r.buf[1:]
		return v, true
	}
	v, n := binary.Uvarint(r.buf)
	if n <= 0 {
		return 0, false
	}
	r.buf = r.buf[n:]
	return v, true
}

func (r *frameReader) varint() (int64, bool) {
	v, ok := r.uvarint()
	return int64(v>>1) ^ -int64(v&1), ok
}

// frameDigest adds a frame to the digest of all frames before it.
func frameDigest(before uint64, frame []byte) uint64 {
	t := sim.Trail(before)
	t.Mix(uint64(len(frame)))
	for len(frame) >= 8 {
		t.Mix(binary.LittleEndian.Uint64(frame))
		frame = frame[8:]
	}
	var rest [8]byte
	copy(rest[:], frame)
	t.Mix(binary.LittleEndian.Uint64(rest[:]))
	return uint64(t)
}

// appendValues saves a layer's values: runs of zeros as one number, the rest as they are.
func appendValues(e *sim.Encoder, values []int32) {
	e.Len(len(values))
	var body []byte
	for i := 0; i < len(values); {
		run := i
		for run < len(values) && values[run] == 0 {
			run++
		}
		if run > i {
			body = append(body, 0)
			body = binary.AppendUvarint(body, uint64(run-i))
			i = run
			continue
		}
		body = binary.AppendVarint(body, int64(values[i]))
		i++
	}
	e.Bytes(body)
}

// loadValues reads what appendValues wrote into values.
func loadValues(d *sim.Decoder, values []int32) {
	if !d.Fixed(len(values), "cells") {
		return
	}
	r := frameReader{d.Bytes()}
	for i := 0; i < len(values); {
		v, ok := r.varint()
		if !ok {
			d.Fail("a layer that ends too early")
			return
		}
		if v != 0 {
			values[i] = int32(v)
			i++
			continue
		}
		run, ok := r.uvarint()
		if !ok || run == 0 || run > uint64(len(values)-i) {
			d.Fail("a layer with a run beyond its end")
			return
		}
		clear(values[i : i+int(run)])
		i += int(run)
	}
	if len(r.buf) != 0 {
		d.Fail("a layer with too many cells")
	}
}
