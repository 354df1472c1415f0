package engine

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"sandtable/sim"
)

// StateEvery is the time between two records of a film that hold the solver's state.
const StateEvery = 30 * sim.Minute

// reel is one hazard with its film. It is in one of two states. Playing: the layers come from the reader's records
// and the solver stands still. Live: the solver computes, and what it publishes is filmed when a writer is there.
// A change of a structure always ends in the live state unless the new story has a film of its own.
type reel struct {
	id     sim.HazardID
	hazard sim.Hazard
	layers []*sim.Layer
	remake func() (sim.Hazard, error) // a fresh hazard at time 0
	films  sim.FilmStore

	base    sim.FilmKey // of ground, configuration and seed
	changes []sim.StructureChange
	from    sim.Time // instant of the film's record 0: the last change, or 0
	next    sim.Time // instant of the next publication

	live   bool
	reader sim.FilmReader
	writer sim.FilmWriter
	digest uint64                // of everything published so far
	ledger sim.Ledger            // at the last publication
	told   []sim.StructureChange // by the hazard itself, at the last publication
	frame  frameCoder
}

func newReel(id sim.HazardID, spec sim.HazardSpec, env sim.HazardEnv, films sim.FilmStore) (*reel, error) {
	r := &reel{id: id, films: films, remake: func() (sim.Hazard, error) { return spec.New(env) }}
	var err error
	if r.hazard, err = r.remake(); err != nil {
		return nil, err
	}
	if i := r.hazard.Interval(); i <= 0 || i > 30*sim.Second || i%sim.Tick != 0 {
		panic(fmt.Sprintf("engine: hazard %d publishes every %v; want whole seconds, at most 30", id, i))
	}
	if r.base, err = baseKey(spec, env); err != nil {
		return nil, err
	}
	r.layers = r.hazard.Layers()
	r.frame = newFrameCoder(r.layers)
	r.live = true
	r.cue(0)
	return r, nil
}

// baseKey hashes everything that decides the hazard's story besides the changes of structures.
func baseKey(spec sim.HazardSpec, env sim.HazardEnv) (sim.FilmKey, error) {
	config, err := json.Marshal(spec)
	if err != nil {
		return sim.FilmKey{}, fmt.Errorf("hashing the configuration: %w", err)
	}
	e := sim.Encoder{}
	e.Str("film-2")
	e.Str(spec.Version())
	e.Str(string(config))
	e.U64(env.Seed)
	e.I64(int64(env.Start))
	g := env.Terrain.Grid
	e.I64(int64(g.NX))
	e.I64(int64(g.NY))
	e.F64(g.Cell)
	e.F64(g.Origin.X)
	e.F64(g.Origin.Y)
	for _, z := range env.Terrain.Bed {
		e.I32(z)
	}
	e.Buf = append(e.Buf, env.Terrain.Cover...)
	return sha256.Sum256(e.Buf), nil
}

// key identifies the story so far.
func (r *reel) key() sim.FilmKey {
	e := sim.Encoder{Buf: append([]byte(nil), r.base[:]...)}
	for _, c := range r.changes {
		appendChange(&e, c)
	}
	return sha256.Sum256(e.Buf)
}

// cue looks for a film of the present story, whose record 0 is the instant now.
func (r *reel) cue(now sim.Time) {
	r.from = now
	r.letGo()
	if r.films == nil {
		return
	}
	if r.reader = r.films.Open(r.key()); r.reader != nil && r.reader.Len() > 0 {
		r.live = false
		return
	}
	r.reader = nil
	r.writer = r.films.Create(r.key())
}

// letGo closes the film that is open. A film that is cut short stays good up to its end.
func (r *reel) letGo() {
	_ = r.close() // a film is a cache: one that cannot be kept is computed again
}

func (r *reel) close() error {
	var err error
	if r.reader != nil {
		err = r.reader.Close()
	}
	if r.writer != nil {
		if e := r.writer.Close(); err == nil {
			err = e
		}
	}
	r.reader, r.writer = nil, nil
	return err
}

// record returns the number of the record of an instant.
func (r *reel) record(at sim.Time) int {
	return int(at.Sub(r.from) / r.hazard.Interval())
}

// publish brings the layers to the instant now, which is the next publication.
func (r *reel) publish(now sim.Time) error {
	r.next = now.Add(r.hazard.Interval())
	if !r.live && r.play(now) {
		return nil
	}
	if !r.live {
		// The film ends here, or is damaged: compute on from its last state, and film what is missing.
		if err := r.goLive(now.Add(-r.hazard.Interval()), true); err != nil {
			return err
		}
	}
	if now > 0 {
		if err := r.hazard.Advance(now); err != nil {
			return err
		}
	}
	r.hazard.Publish()
	r.told = r.told[:0]
	if herald, ok := r.hazard.(sim.Herald); ok && now > 0 {
		r.told = append(r.told, herald.Told()...)
	}
	frame := r.frame.encode()
	r.digest = frameDigest(r.digest, frame)
	r.ledger = r.hazard.Ledger()
	r.film(now, frame)
	return nil
}

// play takes the record of this instant from the film. It gives false when there is none that is whole.
func (r *reel) play(now sim.Time) bool {
	k := r.record(now)
	if k >= r.reader.Len() {
		return false
	}
	rec, err := r.reader.Record(k)
	if err != nil || rec.At != now || frameDigest(r.digest, rec.Frame) != rec.Digest {
		return false
	}
	if !r.frame.apply(rec.Frame) {
		return false
	}
	r.digest, r.ledger = rec.Digest, rec.Ledger
	r.told = append(r.told[:0], rec.Told...)
	return true
}

// film writes a record of this instant when a film is being made.
func (r *reel) film(now sim.Time, frame []byte) {
	if r.writer == nil {
		return
	}
	rec := sim.FilmRecord{At: now, Digest: r.digest, Frame: frame, Ledger: r.ledger, Told: r.told}
	if now.Sub(r.from)%StateEvery == 0 {
		var e sim.Encoder
		r.hazard.AppendState(&e)
		rec.State = e.Buf
	}
	if r.writer.Append(rec) != nil {
		r.letGo() // the film is given up, the run goes on
	}
}

// goLive brings the solver to the instant at, which has been published from the film: from the film's last state
// before it, or from the very start. With extend the film goes on where it ended.
func (r *reel) goLive(at sim.Time, extend bool) error {
	r.live = true
	if at < 0 {
		r.letGo() // nothing has been published yet: the solver stands where it should
		if r.films != nil {
			r.writer = r.films.Create(r.key()) // the damaged film is made again
		}
		return nil
	}
	start, fresh := r.lastState(at)
	if fresh {
		if err := r.restart(); err != nil {
			return err
		}
	}
	if err := r.advance(start, at, fresh); err != nil {
		return err
	}
	old := r.reader
	r.reader = nil
	if old != nil && extend {
		r.extend(old, r.record(at))
	}
	if old != nil {
		_ = old.Close() // read only
	}
	// What the solver holds now must be what the film has shown.
	r.hazard.Publish()
	if r.frame.changed() {
		return fmt.Errorf("at %v: the film shows other water than the solver computes: "+
			"the film is from another version or damaged; delete it and run again", at)
	}
	return nil
}

// extend begins the film of the present story anew with the records up to number last, so that it can grow.
func (r *reel) extend(old sim.FilmReader, last int) {
	if r.writer = r.films.Create(r.key()); r.writer == nil {
		return
	}
	for k := range last + 1 {
		rec, err := old.Record(k)
		if err == nil {
			err = r.writer.Append(rec)
		}
		if err != nil {
			r.letGo()
			return
		}
	}
}

// lastState loads the film's last solver state up to the instant at. It gives fresh when there is none, and the
// solver has to begin at time 0.
func (r *reel) lastState(at sim.Time) (start sim.Time, fresh bool) {
	if r.reader == nil {
		return 0, true
	}
	perState := int(StateEvery / r.hazard.Interval())
	for k := min(r.record(at), r.reader.Len()-1) / perState * perState; k >= 0; k -= perState {
		rec, err := r.reader.Record(k)
		if err != nil || len(rec.State) == 0 {
			continue
		}
		d := sim.Decoder{Buf: rec.State}
		if r.hazard.LoadState(&d); d.Err == nil && len(d.Buf) == 0 {
			return rec.At, false
		}
	}
	return 0, true
}

// restart puts the hazard back to time 0. The layers stay those that readers know.
func (r *reel) restart() error {
	fresh, err := r.remake()
	if err != nil {
		return err
	}
	var e sim.Encoder
	fresh.AppendState(&e)
	d := sim.Decoder{Buf: e.Buf}
	r.hazard.LoadState(&d)
	return d.Err
}

// advance computes from one published instant to another, with the changes made on the way. A fresh solver also
// needs those of its first instant; a state from a film has them.
func (r *reel) advance(at, to sim.Time, fresh bool) error {
	for {
		for _, c := range r.changes {
			if fresh && c.At == at {
				r.hazard.Apply(c)
			}
		}
		if at >= to {
			return nil
		}
		at, fresh = at.Add(r.hazard.Interval()), true
		if err := r.hazard.Advance(at); err != nil {
			return err
		}
	}
}

// change applies a change of a structure, which holds from the publication at now on. It returns why the hazard
// refuses it.
func (r *reel) change(now sim.Time, c sim.StructureChange) (sim.Text, error) {
	if !r.live {
		if err := r.goLive(now, false); err != nil {
			return sim.Text{}, err
		}
	}
	if reason := r.hazard.Apply(c); !reason.Empty() {
		return reason, nil
	}
	r.changes = append(r.changes, c)
	r.cue(now)
	if r.live {
		r.film(now, r.frame.empty()) // record 0 of the new film: no change of the layers, but the state
	}
	return sim.Text{}, nil
}

// appendState saves layers, changes, and the solver when it is live. A reel that plays saves only its place: the
// film gives the rest.
func (r *reel) appendState(e *sim.Encoder) {
	e.U64(r.digest)
	appendLedger(e, r.ledger)
	e.Time(r.next)
	e.Time(r.from)
	e.Len(len(r.changes))
	for _, c := range r.changes {
		appendChange(e, c)
	}
	for _, l := range r.layers {
		appendValues(e, l.Values)
	}
	e.Bool(r.live)
	if r.live {
		r.hazard.AppendState(e)
	}
}

// loadState reads what appendState wrote. A state that was saved live goes on live, without a film.
func (r *reel) loadState(d *sim.Decoder) {
	r.digest = d.U64()
	r.ledger = loadLedger(d)
	r.next = d.Time()
	from := d.Time()
	r.changes = r.changes[:0]
	for range d.Len(21) {
		r.changes = append(r.changes, loadChange(d))
	}
	for _, l := range r.layers {
		loadValues(d, l.Values)
	}
	r.frame.sync()
	live := d.Bool()
	r.letGo()
	r.from, r.live = from, live
	if live {
		r.hazard.LoadState(d)
		return
	}
	if d.Err != nil {
		return
	}
	if r.films != nil {
		if r.reader = r.films.Open(r.key()); r.reader != nil {
			return
		}
	}
	if err := r.goLive(r.next.Add(-r.hazard.Interval()), false); err != nil {
		d.Fail(err.Error())
	}
}

func appendLedger(e *sim.Encoder, l sim.Ledger) {
	e.Str(l.Unit)
	for _, v := range [4]float64{l.Initial, l.In, l.Out, l.Stored} {
		e.F64(v)
	}
}

func loadLedger(d *sim.Decoder) sim.Ledger {
	return sim.Ledger{Unit: d.Str(), Initial: d.F64(), In: d.F64(), Out: d.F64(), Stored: d.F64()}
}
