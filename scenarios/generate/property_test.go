package generate

import (
	"flag"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
)

// TestAnyCountyIsValid makes small counties from all kinds of parameters: an error is fine, a panic or an invalid
// scenario is not.
func TestAnyCountyIsValid(t *testing.T) {
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() == f.DefValue {
		if err := flag.Set("rapid.checks", "40"); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := flag.Set("rapid.checks", f.DefValue); err != nil {
				t.Error(err)
			}
		}()
	}
	rapid.Check(t, func(t *rapid.T) {
		p := Params{
			Name:     "drawn",
			Persons:  rapid.IntRange(1_000, 12_000).Draw(t, "persons"),
			Seed:     rapid.Uint64().Draw(t, "seed"),
			Kind:     rapid.SampledFrom([]Kind{RiverFlood, ThreatenedDam}).Draw(t, "kind"),
			Cell:     rapid.Float64Range(40, 110).Draw(t, "cell"),
			Relief:   rapid.Float64Range(20, 800).Draw(t, "relief"),
			Bankfull: rapid.Float64Range(1, 300).Draw(t, "bankfull"),
			Duration: sim.Duration(rapid.IntRange(1, 48).Draw(t, "hours")) * sim.Hour,
		}
		p.Width = rapid.Float64Range(40, 130).Draw(t, "columns") * p.Cell
		p.Height = rapid.Float64Range(40, 130).Draw(t, "rows") * p.Cell
		sc, err := County(p)
		if err != nil {
			return
		}
		if len(sc.Persons) != p.Persons {
			t.Errorf("%d persons; want %d", len(sc.Persons), p.Persons)
		}
		wantValid(t, sc)
		wantRainOnce(t, sc)
	})
}
