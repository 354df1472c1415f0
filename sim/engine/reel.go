package engine

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"sandtable/sim"
)

// StateEvery is the longest time between two records of a film that hold the solver's state.
const StateEvery = 30 * sim.Minute

// reel is one hazard with its film. It is in one of two states. Playing: the layers come from the reader's records
// and the solver stands still. Live: the solver computes, and what it publishes is filmed when a writer is there.
// A change of a structure begins another story: it is played when there is a film of it, and computed otherwise. A
// change that is refused costs nothing in either state.
type reel struct {
	hazard sim.Hazard
	layers []*sim.Layer
	remake func() (sim.Hazard, error) // a fresh hazard at time 0
	films  sim.FilmStore

	outlook sim.Outlook // of its forecasts

	base sim.FilmKey           // of ground, configuration and seed
	past []sim.StructureChange // all changes of structures so far
	own  []bool                // for each: the hazard made it by itself, so that it is no part of the key
	from sim.Time              // instant of the film's record 0: the last change from outside, or 0
	next sim.Time              // instant of the next publication

	live   bool
	reader sim.FilmReader
	writer sim.FilmWriter
	digest uint64                // of everything published so far
	ledger sim.Ledger            // at the last publication
	told   []sim.StructureChange // by the hazard itself, at the last publication
	frame  frameCoder

	foreseen []byte          // the film's forecast of this instant
	held     *sim.FilmRecord // of this instant, which waits for its forecast
}

// newReel makes the reel of a hazard. watched identifies what its forecasts look at.
func newReel(spec sim.HazardSpec, env sim.HazardEnv, films sim.FilmStore, watched []byte) (*reel, error) {
	r := &reel{films: films, remake: func() (sim.Hazard, error) { return spec.New(env) }}
	var err error
	if r.hazard, err = r.remake(); err != nil {
		return nil, err
	}
	if fault := sim.IntervalFault(r.hazard.Interval()); !fault.Empty() {
		return nil, &sim.Failure{Text: fault}
	}
	if f, ok := r.hazard.(sim.Forecaster); ok {
		r.outlook = f.Outlook()
	}
	if faults := r.outlook.Faults(r.hazard.Interval()); len(faults) > 0 {
		return nil, &sim.Failure{Text: faults[0].Text}
	}
	if !r.outlook.Wanted() {
		watched = nil
	}
	if r.base, err = baseKey(spec, env, watched); err != nil {
		return nil, err
	}
	r.layers = r.hazard.Layers()
	r.frame = newFrameCoder(r.layers)
	r.cue()
	return r, nil
}

// baseKey hashes everything that decides the hazard's story besides the changes of structures.
func baseKey(spec sim.HazardSpec, env sim.HazardEnv, watched []byte) (sim.FilmKey, error) {
	config, err := json.Marshal(spec)
	if err != nil {
		return sim.FilmKey{}, fmt.Errorf("hashing the configuration: %w", err)
	}
	e := sim.Encoder{}
	e.Str("film-3")
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
	for _, s := range spec.Structures() { // changes name them by their numbers, which are the scenario's
		id, _ := env.Structure(s.Name)
		e.I32(int32(id))
	}
	e.Bytes(watched)
	return sha256.Sum256(e.Buf), nil
}

// key identifies the story so far, with the changes given besides.
func (r *reel) key(more ...sim.StructureChange) sim.FilmKey {
	e := sim.Encoder{Buf: append([]byte(nil), r.base[:]...)}
	for k, c := range r.past {
		if !r.own[k] {
			c.Append(&e)
		}
	}
	for _, c := range more {
		c.Append(&e)
	}
	return sha256.Sum256(e.Buf)
}

// note adds a change to the story.
func (r *reel) note(c sim.StructureChange, own bool) {
	r.past, r.own = append(r.past, c), append(r.own, own)
}

// cue takes the film of the story's very beginning, or begins it.
func (r *reel) cue() {
	r.letGo()
	r.reader = r.open(r.key())
	if r.live = r.reader == nil; r.live {
		r.begin()
	}
}

// open returns the film of a story, or nil.
func (r *reel) open(key sim.FilmKey) sim.FilmReader {
	if r.films == nil {
		return nil
	}
	film := r.films.Open(key)
	if film != nil && film.Len() == 0 {
		_ = film.Close() // read only
		return nil
	}
	return film
}

// begin begins the film of the present story, when films are kept.
func (r *reel) begin() {
	if r.films != nil {
		r.writer = r.films.Create(r.key())
	}
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
	r.reader, r.writer, r.held = nil, nil, nil
	return err
}

// record returns the number of the record of an instant.
func (r *reel) record(at sim.Time) int {
	return int(at.Sub(r.from) / r.hazard.Interval())
}

// publish brings the layers to the instant now, which is the next publication.
func (r *reel) publish(now sim.Time) error {
	r.next = now.Add(r.hazard.Interval())
	if !r.live {
		if played, err := r.play(now); played || err != nil {
			return err
		}
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
	r.hear()
	r.film(now, frame)
	return nil
}

// hear adds what the hazard did by itself to the story.
func (r *reel) hear() {
	for _, c := range r.told {
		r.note(c, true)
	}
}

// play takes the record of this instant from the film. It gives false when there is none that is whole.
func (r *reel) play(now sim.Time) (bool, error) {
	rec, ok := r.recordAt(r.reader, now)
	digest := frameDigest(r.digest, rec.Frame)
	if !ok || !r.sealed(now, digest, &rec) {
		return false, nil
	}
	if !r.frame.apply(rec.Frame) {
		return false, fmt.Errorf("at %v: %w", now, badFilm(r.reader, otherShape))
	}
	r.digest, r.ledger, r.foreseen = digest, rec.Ledger, rec.Forecast
	r.told = append(r.told[:0], rec.Told...)
	r.hear()
	return true, nil
}

// recordAt returns a film's record of an instant. It gives false when there is none that is whole.
func (r *reel) recordAt(film sim.FilmReader, at sim.Time) (sim.FilmRecord, bool) {
	k := r.record(at)
	if film == nil || k < 0 || k >= film.Len() {
		return sim.FilmRecord{}, false
	}
	rec, err := film.Record(k)
	return rec, err == nil && rec.At == at
}

// Errors of what was kept, which are none of a hazard.
var (
	// ErrFilm says that a film is whole and yet not of the story that is being played.
	ErrFilm  = errors.New("a film of another story")
	errSaved = &sim.Failure{Text: sim.Text{ZH: "求解结果与保存的图层不一致：保存时用的是其他版本",
		EN: "the solver computes other layers than those that were saved: they were saved by another version of the program"}}
)

// What is wrong with a film that is whole.
var (
	otherShape  = sim.Text{ZH: "的图层格式不符", EN: "holds layers of another shape"}
	otherLayers = sim.Text{ZH: "与求解结果不一致", EN: "shows other layers than the solver computes"}
)

// badFilm is the error of a film that is whole and yet not of the story that is being played. What it has shown so
// far has been acted on, so that the run cannot go on as if nothing had been.
func badFilm(film sim.FilmReader, what sim.Text) error {
	return &sim.Failure{Cause: ErrFilm,
		Text: sim.Say("计算成果文件 %s %s：文件已损坏或由其他版本生成；请删除该文件后重新运行，程序会重新生成",
			"the film %s %s; it was damaged or made by another version of the program: delete it and run again, and it is "+
				"made anew", film.Name(), what)}
}

// film writes a record of this instant when a film is being made. Where a forecast is due it waits for that; when the
// story changes before, it is lost, and the film ends a record earlier.
func (r *reel) film(now sim.Time, frame []byte) {
	if r.writer == nil {
		return
	}
	rec := sim.FilmRecord{At: now, Digest: r.digest, Frame: frame, Ledger: r.ledger, Told: r.told}
	if r.record(now)%r.statesEvery() == 0 {
		var e sim.Encoder
		r.hazard.AppendState(&e)
		rec.State = e.Buf
	}
	if _, due := r.outlook.Issue(now); due {
		r.held = &rec
		return
	}
	r.keep(rec)
}

// keep puts a record into the film that is being made.
func (r *reel) keep(rec sim.FilmRecord) {
	if r.writer.Append(rec) != nil {
		r.letGo() // the film is given up, the run goes on
	}
}

// statesEvery returns the number of records from one with the solver's state to the next.
func (r *reel) statesEvery() int { return int(StateEvery / r.hazard.Interval()) }

// goLive brings the solver to the instant at, which has been published from the film: from the film's last state
// before it, or from the very start. With extend the film goes on where it ended.
func (r *reel) goLive(at sim.Time, extend bool) error {
	r.live = true
	if at < 0 {
		r.letGo() // nothing has been published yet: the solver stands where it should
		r.begin() // the damaged film is made again
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
	if old != nil {
		defer old.Close() // read only
	}
	// What the solver holds now must be what the film has shown.
	r.hazard.Publish()
	switch {
	case r.frame.changed() && old != nil:
		return fmt.Errorf("at %v: %w", at, badFilm(old, otherLayers))
	case r.frame.changed():
		return fmt.Errorf("at %v: %w", at, errSaved)
	case old != nil && extend:
		r.extend(old, r.record(at))
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
	every := r.statesEvery()
	for k := min(r.record(at), r.reader.Len()-1) / every * every; k >= 0; k -= every {
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
		for k, c := range r.past {
			if fresh && c.At == at && !r.own[k] {
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

// change makes a change of a structure, which holds from the publication at now on. It returns why the hazard
// refuses it; then nothing is touched.
func (r *reel) change(now sim.Time, c sim.StructureChange) (sim.Text, error) {
	if reason := r.hazard.Refuse(c, r.past); !reason.Empty() {
		return reason, nil
	}
	if r.cut(now, c) {
		return sim.Text{}, nil
	}
	if !r.live {
		if err := r.goLive(now, false); err != nil {
			return sim.Text{}, err
		}
	}
	r.hazard.Apply(c)
	r.note(c, false)
	r.letGo()
	r.from = now
	r.begin()
	r.film(now, r.frame.empty()) // record 0 of the new film: no change of the layers, but the state
	return sim.Text{}, nil
}

// cut goes over to the film of the story that a change begins, when there is one that takes up where this one stands.
func (r *reel) cut(now sim.Time, c sim.StructureChange) bool {
	film := r.open(r.key(c))
	if film == nil {
		return false
	}
	rec, err := film.Record(0)
	if err != nil || rec.At != now || !r.sealed(now, r.digest, &rec) {
		_ = film.Close() // it is made anew
		return false
	}
	r.note(c, false)
	r.letGo()
	r.reader, r.live, r.from, r.foreseen = film, false, now, rec.Forecast
	return true
}
