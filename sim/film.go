package sim

// FilmKey identifies a hazard's whole story so far: a hash of ground, configuration, seed and every structure
// change up to now. Equal keys mean equal layers.
type FilmKey [32]byte

// FilmRecord is one record of a film: the change of the layers at one publication, and about every half hour the
// solver's state too.
type FilmRecord struct {
	At     Time
	Digest uint64 // of the published layers after the frame, and of all forecasts up to now
	Frame  []byte // changes of the layers against the record before
	State  []byte // the solver's state at this instant; empty in most records
	Ledger Ledger // the hazard's balance at this instant
	// Forecast is what the hazard foresaw at this instant, as Forecast.Append writes it; empty in most records.
	Forecast []byte
	// Told are the changes of structures that the hazard made by itself since the record before.
	Told []StructureChange
}

// FilmReader reads a film. Record i is the publication i intervals after record 0, which is the start of the run or,
// after a change of a structure, the instant of the last one.
type FilmReader interface {
	// Name says which film it is in a message to people: its file.
	Name() string
	// Len returns the number of records that can be read.
	Len() int
	// Record returns record i. The bytes are valid until the next call. Reading in order is cheap.
	Record(i int) (FilmRecord, error)
	Close() error
}

// FilmWriter takes the records of a new film in order. Close keeps it, also when it is not finished: a shorter
// film is a good film up to its end.
type FilmWriter interface {
	Append(r FilmRecord) error
	Close() error
}

// FilmStore keeps films outside the core. Open returns nil when there is none, Create nil when none is wanted;
// neither ever fails the run.
type FilmStore interface {
	Open(key FilmKey) FilmReader
	Create(key FilmKey) FilmWriter
}
