package scenario

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"sandtable/sim"
	"sandtable/sim/harm"
)

// A channel without a kind is as it always was, one with a kind has what that brings, and what it gives itself stands.
func TestChannelLaw(t *testing.T) {
	plain := Filled[Channel]()
	if l := plain.Law(); l.Kind != KindPlain || l.DelayT50 != sim.Minute || l.DelayT90 != 5*sim.Minute || l.Reach != 1 ||
		l.Night != 1 || l.Doors != 20 {
		t.Errorf("a plain channel is %+v", l)
	}
	siren := Filled[Channel]()
	siren.Kind = "siren"
	siren.DelayT50 = new(sim.Duration(0))
	if l := siren.Law(); l.Kind != KindSiren || l.DelayT50 != 0 || l.DelayT90 != 12*sim.Minute || l.Reach != 0.765 {
		t.Errorf("a siren is %+v; want its own delay and the reach of Nanticoke", l)
	}
}

// Every kind has a row, in the order of the key's choices, with values that a file could give and a source where it
// is not assumed.
func TestChannelKinds(t *testing.T) {
	choices := TableOf(reflect.TypeFor[Channel]()).Field("kind").Choices
	if !slices.Equal(choices, channelKindNames[:]) {
		t.Errorf("kinds %v; want the choices %v", channelKindNames, choices)
	}
	for i := range ChannelKinds {
		k, r := ChannelKind(i), &ChannelKinds[i]
		if r.Title.ZH == "" || r.Title.EN == "" || len(r.Uses) == 0 {
			t.Errorf("%v has no name or no use", k)
		}
		if l := r.law(); l.DelayT90 < l.DelayT50 || l.Reach < l.Night && k != KindGong || l.Reach > 1 || l.Night < 0 {
			t.Errorf("%v is %+v", k, l)
		}
		for _, f := range []Figure{r.DelayT50, r.DelayT90, r.Reach, r.Night} {
			if (f.Status == harm.Assumed) != (strings.TrimSpace(f.Source) == "") {
				t.Errorf("%v: %+v; want a source or that it is assumed", k, f)
			}
		}
	}
}
