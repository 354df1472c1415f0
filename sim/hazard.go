package sim

// Hazard is the socket for everything that endangers people without being people: water, gas, fire, a debris
// flow. A hazard reads the ground and its own configuration, obeys changes to structures, and writes quantity
// layers. It knows nothing of roads, people or units, and they know nothing of it.
//
// The engine calls, in this order: Publish once at time 0; then, for every publication, Refuse and Apply for each
// structure change due in the block, Advance to the publication's instant, and Publish. A hazard that nobody can
// influence differently gets its layers from a film instead; Save and Load let the engine take it up again from there.
//
// Package simtest has the conformance kit that every hazard must pass.
type Hazard interface {
	// Interval is the time between two publications: whole seconds, at most IntervalMax, and the same for the
	// hazard's whole life.
	Interval() Duration
	// Layers returns the layers that the hazard writes, zero at first. It is called once, before all else. The two
	// velocities of a water come after its depth and on the same grid: they are read together (see Body).
	Layers() []*Layer
	// Advance computes the state at the instant to, one Interval after the last one. Its cost is the hazard's
	// cost; the number of workers must not change a bit of the result. It returns an error (a Failure with place and
	// cause) when the state is no longer finite; the run then stops with everything recorded kept.
	Advance(to Time) error
	// Publish writes the present state into its layers, quantised, through Layer.Set.
	Publish()
	// Refuse says why a change of a structure cannot be made now, or nothing. past holds every change up to now, those
	// that were applied and those that the hazard told (see Herald), in the order in which they happened. The
	// answer depends on the configuration and on past alone: while a film is shown the solver stands elsewhere.
	Refuse(change StructureChange, past []StructureChange) Text
	// Apply makes a change that Refuse has let pass. It holds from the present instant on.
	Apply(change StructureChange)
	// Ledger returns the present balance of what the hazard moves (water, mass of gas).
	Ledger() Ledger
	// AppendState and LoadState save and restore the solver's state: Advance after LoadState gives the bits
	// that it would have given without.
	Saver
}

// IntervalMax is the longest time between two publications of a hazard.
const IntervalMax = 30 * Second

// IntervalFault says what is wrong with a time between two publications, or nothing. The ticks are whole seconds,
// and a publication falls on one.
func IntervalFault(d Duration) Text {
	if d >= Tick && d <= IntervalMax && d%Tick == 0 {
		return Text{}
	}
	return Say("发布间隔 %v；应为整秒，1 至 %g 秒",
		"%v between two publications; want whole seconds, from 1 to %g", d, IntervalMax.Seconds())
}

// Herald is a hazard some of whose structures change by themselves: a dam that fails at its level.
type Herald interface {
	// Told returns the changes that were not applied from outside during the last Advance, each with its instant.
	// The slice is valid until the next Advance.
	Told() []StructureChange
}

// StructureChange is a change of a gate, dam, barrier or pump by an order or an inject.
type StructureChange struct {
	At        Time
	Structure StructureID
	Action    StructureAction
	Value     float64 // opening [%], crest [m above its foot], on (1) or off (0); as the action wants it
	// Over is the time that the change shall take; 0 for as fast as the structure can. None moves faster than it can.
	Over Duration
}

// Append writes the change as Load reads it.
func (c StructureChange) Append(e *Encoder) {
	e.Time(c.At)
	e.I32(int32(c.Structure))
	e.U8(uint8(c.Action))
	e.F64(c.Value)
	e.I64(int64(c.Over))
}

// ChangeSize is the number of bytes that StructureChange.Append writes.
const ChangeSize = 8 + 4 + 1 + 8 + 8

// Load reads what Append wrote.
func (c *StructureChange) Load(d *Decoder) {
	*c = StructureChange{At: d.Time(), Structure: StructureID(d.I32()), Action: StructureAction(d.U8()), Value: d.F64(),
		Over: Duration(d.I64())}
}

// StructureAction is what is done to a structure.
type StructureAction uint8

// Actions. New ones go to the end.
const (
	StructureSetOpening StructureAction = iota // gate: opening in steps of 5 %
	StructureSetCrest                          // barrier, movable weir: crest above its foot, in steps of 10 cm
	StructureBreach                            // dam, dyke: fails now
	StructureSwitch                            // pump: on or off
	StructureWait                              // dam, dyke: is to fail, and waits for water; nobody can order it
)

// Ledger is the balance of a hazard's substance since the start. Error = Stored - Initial - In + Out.
type Ledger struct {
	Unit    string
	Initial float64
	In      float64 // through inflows and rain
	Out     float64 // through boundaries and losses
	Stored  float64
}

// Append writes the ledger as Load reads it.
func (l Ledger) Append(e *Encoder) {
	e.Str(l.Unit)
	for _, v := range [4]float64{l.Initial, l.In, l.Out, l.Stored} {
		e.F64(v)
	}
}

// Load reads what Append wrote.
func (l *Ledger) Load(d *Decoder) {
	*l = Ledger{Unit: d.Str(), Initial: d.F64(), In: d.F64(), Out: d.F64(), Stored: d.F64()}
}

// Error returns the relative imbalance: |Stored - Initial - In + Out| over the volume handled; 0 when there is
// nothing to balance.
func (l Ledger) Error() float64 {
	total := max(l.Initial+l.In, l.Stored, 1e-300)
	diff := l.Stored - l.Initial - l.In + l.Out
	if diff < 0 {
		diff = -diff
	}
	return diff / total
}

// HazardEnv is what a hazard gets to see when it is made.
type HazardEnv struct {
	ID      HazardID // of its own in the scenario: two hazards of one kind draw their own random numbers by it
	Terrain *Terrain
	Seed    uint64 // the hazard part of the seed
	Workers int    // at most so many processors
	Start   CivilTime
	// Structure returns the id of a structure named in the hazard's configuration.
	Structure func(name string) (StructureID, bool)
}

// HazardSpec is the configuration of one hazard, decoded from its table in the scenario. It is plain data; equal
// specs make equal hazards.
type HazardSpec interface {
	// Version names the model and its edition, as "inertia-1". It is part of the film's key and must change
	// with every change of the solver's results.
	Version() string
	// Structures lists the structures that the hazard brings with it, in a fixed order.
	Structures() []StructureSpec
	// Check reports what is wrong with the configuration on this terrain: all of it, each with the field's path.
	Check(t *Terrain) []Problem
	// New makes the hazard at time 0. The spec has been checked.
	New(env HazardEnv) (Hazard, error)
}

// Remarker is a spec that has chosen something by itself, such as the scheme that solves it, and says so.
type Remarker interface {
	// Remarks returns what lint and report should tell, a sentence each.
	Remarks() []Text
}

// Doubter is a spec that finds what is doubtful about itself: what can be played, but hardly means what it says.
type Doubter interface {
	// Doubts returns what lint should warn of, on a terrain and in a drill that lasts so long. The spec has been checked.
	Doubts(t *Terrain, lasts Duration) []Problem
}

// Problem is something wrong with a part of a scenario.
type Problem struct {
	Path string // of the field, as "zone[2].polygon"
	Text Text   // what is wrong; want …
}
