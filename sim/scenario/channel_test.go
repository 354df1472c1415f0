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
		l.Night != 1 || l.Talk != 138*sim.Second || l.Capacity != 0 || l.Needs != 0 || !l.Hours.Open(0) {
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
		for _, f := range []Figure{r.DelayT50, r.DelayT90, r.Reach, r.Night, r.Capacity, r.Battery} {
			if f != (Figure{}) && (f.Status == harm.Assumed) != (strings.TrimSpace(f.Source) == "") {
				t.Errorf("%v: %+v; want a source or that it is assumed", k, f)
			}
		}
	}
}

// Hours are read from the clock, also over midnight, and a worker's time at a door follows from doors per hour.
func TestChannelHoursAndDoors(t *testing.T) {
	for text, want := range map[string]string{"06:00-22:00": "0.1.1.0", "22:00-06:00": "1.0.0.1", "": "1.1.1.1",
		"18:00-24:00": "0.0.0.1"} {
		h, ok := parseHours(text)
		got := ""
		for _, minute := range []int{0, 6 * 60, 17*60 + 59, 22 * 60} {
			got += map[bool]string{true: "1.", false: "0."}[h.Open(minute)]
		}
		if !ok || strings.TrimSuffix(got, ".") != want {
			t.Errorf("%q is open at 00:00, 06:00, 17:59 and 22:00: %s; want %s", text, got, want)
		}
	}
	for _, text := range []string{"6-22", "06:00", "25:00-26:00", "06:00-06:00", "06:70-08:00", "24:00-08:00"} {
		if _, ok := parseHours(text); ok {
			t.Errorf("hours %q are taken", text)
		}
	}
	for perHour, want := range map[float64]sim.Duration{20: 138 * sim.Second, 60: 18 * sim.Second, 1000: 5 * sim.Second} {
		door := Channel{Use: "door", Doors: &perHour}
		if l := door.Law(); l.Talk != want {
			t.Errorf("%g doors an hour are %v at each; want %v", perHour, l.Talk, want)
		}
	}
}

// A post whose only channels need mains or network is doubtful; a gong beside them is enough.
func TestPostsThatDependOnMains(t *testing.T) {
	sc := &Scenario{Posts: []Post{{Name: "v", Public: []string{"a", "b"}}}, Zones: []Zone{{Name: "z", Post: "v"}}}
	for second, want := range map[string]int{"wechat": 1, "gong": 0} {
		sc.Channels = []Channel{{Name: "a", Kind: "loudspeaker"}, {Name: "b", Kind: second}}
		c := newChecker(sc, Missing{})
		c.dependentPosts()
		if len(c.found) != want {
			t.Errorf("loudspeakers and %s: %v; want %d doubts", second, c.found, want)
		}
	}
}
