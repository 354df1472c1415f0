package engine

import (
	"crypto/sha256"
	"fmt"

	"sandtable/sim"
)

// AppendState saves the whole world. Load of these bytes gives a world whose every further step is the same.
func (w *World) AppendState(e *sim.Encoder) {
	w.appendHead(e)
	w.appendRest(e)
}

// appendHead saves the hazards, and what stands before them.
func (w *World) appendHead(e *sim.Encoder) {
	e.Section("world-3")
	e.Time(w.now)
	e.I32(w.serial)
	w.hazards.AppendState(e)
}

// appendRest saves everything but the hazards, whose saved form depends on whether they are filmed.
func (w *World) appendRest(e *sim.Encoder) {
	w.ports.AppendState(e)
	w.gauges.AppendState(e)
	w.command.AppendState(e)
	w.people.AppendState(e)
	w.roads.AppendState(e)
	w.response.AppendState(e)
}

// Load makes a world from saved bytes. The configuration must be that of the world that was saved; films may be
// missing, and then the water is solved again up to the saved instant.
func Load(cfg Config, state []byte) (*World, error) {
	w, err := New(cfg)
	if err != nil {
		return nil, err
	}
	d := sim.Decoder{Buf: state}
	d.Section("world-3")
	w.now = d.Time()
	w.serial = d.I32()
	w.hazards.LoadState(&d)
	if d.Err == nil && !w.hazards.fit(w.now) {
		d.Fail("hazards that stand at another time than the world")
	}
	w.ports.LoadState(&d)
	w.gauges.LoadState(&d)
	w.command.LoadState(&d)
	w.people.LoadState(&d)
	w.roads.LoadState(&d)
	w.response.LoadState(&d)
	if d.Err == nil && len(d.Buf) > 0 {
		d.Fail(fmt.Sprintf("%d bytes too many", len(d.Buf)))
	}
	if d.Err != nil {
		_ = w.Close()
		return nil, fmt.Errorf("engine: %w", d.Err)
	}
	return w, nil
}

// FullDigest is the SHA-256 of the whole state. It is the same whether a hazard is filmed or solved: of the hazards
// it takes the published layers.
func (w *World) FullDigest() [32]byte {
	w.rest.Buf = w.rest.Buf[:0]
	w.appendRest(&w.rest)
	return w.digestWith(w.rest.Buf)
}

// Keyframe is AppendState and FullDigest in one, for less than the two of them.
func (w *World) Keyframe(e *sim.Encoder) (full [32]byte) {
	w.appendHead(e)
	rest := len(e.Buf)
	w.appendRest(e)
	return w.digestWith(e.Buf[rest:])
}

// digestWith is the full digest of a world of which everything but the hazards has that saved form.
func (w *World) digestWith(rest []byte) (full [32]byte) {
	hash := sha256.New()
	var e sim.Encoder
	e.Time(w.now)
	e.I32(w.serial)
	e.U64(uint64(w.hazards.trail))
	for _, l := range w.layers.All() {
		appendValues(&e, l.Values)
	}
	hash.Write(e.Buf)
	hash.Write(rest)
	hash.Sum(full[:0])
	return full
}
