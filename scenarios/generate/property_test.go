package generate

import (
	"flag"
	"testing"

	"pgregory.net/rapid"

	"sandtable/sim"
	"sandtable/sim/flood"
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

// A brook has banks lower than the natural levee beside it: there the settled stretch of the town's dyke was no dyke.
func TestDykeOfABrook(t *testing.T) {
	const cell = 54.78576699266705
	p := Params{Name: "brook", Persons: 10926, Seed: 0x2c, Kind: RiverFlood, Cell: cell, Relief: 188.45091252210653,
		Bankfull: 1.4671037197113037, Duration: 42 * sim.Hour, Width: 129.31193078647215 * cell, Height: 116.7778769708468 * cell}
	sc, err := County(p)
	if err != nil {
		t.Fatal(err)
	}
	wantValid(t, sc)
	if spec := sc.Hazards[0].Spec.(*flood.Config); len(spec.Dykes) != 1 {
		t.Errorf("%d dykes; want one", len(spec.Dykes))
	}
}
