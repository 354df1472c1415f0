package scenarios

import (
	"os"
	"testing"

	"sandtable/sim"
	"sandtable/sim/engine"
	"sandtable/sim/scenario"
)

// realKinds are the kinds of hazards that the program has.
var realKinds = Kinds(engine.Kinds())

// TestDocs fails when a generated page is out of date; go generate ./scenarios refreshes them.
func TestDocs(t *testing.T) {
	for name, want := range map[string][]byte{
		"../docs/scenario.md":        ScenarioDocs(realKinds),
		"../docs/orders.md":          OrderDocs(),
		"../docs/models/channels.md": ChannelDocs(),
	} {
		if *rewrite {
			if err := os.WriteFile(name, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		have, err := os.ReadFile(name)
		if err != nil || string(have) != string(want) {
			t.Errorf("%s is out of date (%v); want go generate ./scenarios, and a look at what changed", name, err)
		}
	}
}

// The examples of the catalogue stand in docs/orders.md: each must be right.
func TestExamplesOfTheCatalogue(t *testing.T) {
	for i := range sim.Orders {
		s := &sim.Orders[i]
		c := parseExample(s.Example)
		if c.Order != s.Name {
			t.Errorf("the example of %s is one of %s", s.Name, c.Order)
		}
		if wrong := scenario.CheckOrder(c.Order, c.Args, nil, nil); len(wrong) > 0 {
			t.Errorf("the example of %s: %v", s.Name, wrong)
		}
	}
}
