package replay

import (
	"bytes"
	"fmt"

	"sandtable/sim"
)

// Mismatch is the first difference between a run as it was recorded and as it is played now.
type Mismatch struct {
	At       sim.Time // first instant at which they are known to differ
	Since    sim.Time // last instant at which they agreed
	Part     string   // the subsystem, "state" for a keyframe, or "journal" for what the journal says
	Recorded string
	Now      string
}

// Error tells when and where the two differ.
func (m *Mismatch) Error() string {
	return fmt.Sprintf("%s differs at %v (they agreed at %v): recorded %s; now %s", m.Part, m.At, m.Since, m.Recorded,
		m.Now)
}

// known is a journal that is there already. As its run is played again, every record that the run gives is held
// against it. Notes are passed over: nothing in the world depends on them. What scripts said is passed over too where
// no script runs, and compared where one does.
type known struct {
	records []Record
	next    int      // of those that the run gives
	script  int      // of those that scripts give
	agreed  sim.Time // of the last digest that was the same
}

// fromRun returns the next record that the run must give, or nil at the end.
func (k *known) fromRun() *Record {
	for ; k.next < len(k.records); k.next++ {
		if r := &k.records[k.next]; r.Kind != KindNote && r.Kind != KindScript {
			return r
		}
	}
	return nil
}

// fromScript returns the next record that a script must give, or nil at the end.
func (k *known) fromScript() *Record {
	for ; k.script < len(k.records); k.script++ {
		if r := &k.records[k.script]; r.Kind == KindScript {
			return r
		}
	}
	return nil
}

// meet compares a record of the run with the one that is due. It gives false when the journal is at its end.
func (k *known) meet(got *Record) (bool, error) {
	want := k.fromRun()
	if want == nil {
		return false, nil
	}
	k.next++
	return true, k.compare(want, got)
}

// meetScript compares what a script says with what it said.
func (k *known) meetScript(got *Record) (bool, error) {
	want := k.fromScript()
	if want == nil {
		return false, nil
	}
	k.script++
	return true, k.compare(want, got)
}

func (k *known) compare(want, got *Record) error {
	body, err := got.encode()
	if err != nil {
		return err
	}
	if bytes.Equal(body, want.body) {
		if got.Kind == KindDigest {
			k.agreed = got.At
		}
		return nil
	}
	m := &Mismatch{At: min(want.At, got.At), Since: k.agreed, Part: "journal", Recorded: want.summary(),
		Now: got.summary()}
	switch {
	case want.Kind != got.Kind || want.At != got.At || want.Kind == KindEnd && want.Text != got.Text:
	case want.Kind == KindDigest || want.Kind == KindEnd && !sameDigest(want, got):
		m.Part, m.Recorded, m.Now = firstPart(want.Digest(), got.Digest())
	case want.Kind == KindKey || want.Kind == KindEnd && want.Full != got.Full:
		m.Part, m.Recorded, m.Now = "state", fmt.Sprintf("%x", want.Full[:8]), fmt.Sprintf("%x", got.Full[:8])
	}
	return m
}

// missing is the mismatch of a record that the run has not given although it is over.
func (k *known) missing(now sim.Time) error {
	want := k.fromRun()
	if want == nil {
		return nil
	}
	return &Mismatch{At: want.At, Since: k.agreed, Part: "journal", Recorded: want.summary(),
		Now: fmt.Sprintf("nothing up to %v", now)}
}

func sameDigest(a, b *Record) bool {
	same, _ := a.Digest().Equal(b.Digest())
	return same
}

// firstPart names the first subsystem that differs, with both values.
func firstPart(want, got sim.Digest) (part, recorded, now string) {
	_, part = want.Equal(got)
	value := func(d sim.Digest) string {
		for _, p := range d.Parts {
			if p.Name == part {
				return fmt.Sprintf("%016x", p.Value)
			}
		}
		return "nothing"
	}
	return part, value(want), value(got)
}

// summary tells in a few words what a record says.
func (r *Record) summary() string {
	switch {
	case r.Kind == KindCmds && len(r.Commands) > 0:
		return fmt.Sprintf("%d commands at %v, the first %q", len(r.Commands), r.At, r.Commands[0].String())
	case !r.Why.Empty():
		return fmt.Sprintf("%s at %v: %q", r.Kind, r.At, r.Why.EN)
	case r.Text != "":
		return fmt.Sprintf("%s at %v: %q", r.Kind, r.At, r.Text)
	}
	return fmt.Sprintf("%s at %v", r.Kind, r.At)
}
