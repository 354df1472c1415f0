package sim

import (
	"strings"
	"testing"
)

// town is a Names with one zone z1 (0), one shelter s1 (0), unit c1 (0) and links 0 to 9.
type town struct{}

func (town) Resolve(k Kind, name string) (int32, bool) {
	switch {
	case k == KindZone && name == "z1", k == KindShelter && name == "s1", k == KindUnit && name == "c1",
		k == KindStructure && name == "dam":
		return 0, true
	case k == KindLink && len(name) == 1 && name >= "0" && name <= "9":
		return int32(name[0] - '0'), true
	}
	return None, false
}

func (town) NameOf(r Ref) string { return r.String() }

func (town) TitleOf(r Ref) Text { return Say("%[2]d号%[1]s", "%s %d", r.Kind.Title(), r.ID) }

func TestCatalogueIsComplete(t *testing.T) {
	for i, s := range Orders {
		if int(s.ID) != i || s.Name == "" || s.Title.ZH == "" || s.Title.EN == "" || s.Effect.ZH == "" ||
			s.Effect.EN == "" || s.Givers == 0 || s.Group >= OrderGroupCount {
			t.Errorf("line %d of the catalogue is incomplete: %+v", i, s)
		}
		if OrderByName(s.Name) != &Orders[i] {
			t.Errorf("OrderByName(%q) gives another line", s.Name)
		}
		if name, _, _ := strings.Cut(s.Example, " "); name != s.Name {
			t.Errorf("%s: example %q is of another order", s.Name, s.Example)
		}
		for _, p := range s.Params {
			if label := p.Label(); label.ZH == "" || label.EN == "" || p.Kind != ParamRef && p.Title.Empty() {
				t.Errorf("%s: parameter %s has no name on screen", s.Name, p.Name)
			}
			if p.Doc.ZH == "" || p.Doc.EN == "" {
				t.Errorf("%s: parameter %s has no explanation", s.Name, p.Name)
			}
		}
	}
}

// Under its groups a player looks for an order: none may be empty, and what only the director gives stands by itself.
func TestGroupsOfOrders(t *testing.T) {
	var n [OrderGroupCount]int
	for i := range Orders {
		s := &Orders[i]
		n[s.Group]++
		if s.Group == GroupInjects && s.Givers&GiverPost != 0 {
			t.Errorf("%s is among the injects and can be given by a post", s.Name)
		}
	}
	for g, count := range n {
		if title := OrderGroup(g).Title(); count == 0 || title.ZH == "" || title.EN == "" {
			t.Errorf("group %d, %q, has %d orders", g, title.EN, count)
		}
	}
}

func TestParseOrder(t *testing.T) {
	for _, c := range []struct {
		line string
		want string // part of the first reason; empty when the order is right
	}{
		{"evacuate_zone zone=z1", ""},
		{"evacuate_zone zone=z1 shelter=s1", ""},
		{"close_road link=7 policy=turn_back", ""},
		{"set_gate structure=dam opening=60", ""},
		{"warning_level level=red", ""},
		{"evacuate_zone", `"zone" is missing`},
		{"evacuate_zone zone=z2", `no zone is called "z2"`},
		{"evacuate_zone zone=z1 zon=z1", `unknown parameter "zon"`},
		{"close_road link=7 policy=jump", "want one of finish, turn_back, strand"},
		{"close_road link=77", "no link"},
		{"set_gate structure=dam opening=101", "from 0 to 100 %"},
		{"set_gate structure=dam opening=NaN", "from 0 to 100 %"},
	} {
		words := strings.Fields(c.line)
		var pairs []string
		for _, w := range words[1:] {
			k, v, _ := strings.Cut(w, "=")
			pairs = append(pairs, k, v)
		}
		cmd := NewCommand(FromPlayer, words[0], pairs...)
		_, wrong := OrderByName(words[0]).Parse(cmd, town{})
		if got := Join(wrong, Sentences).EN; (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q; want %q", c.line, got, c.want)
		}
	}
}

func TestNamesOfEnumsAreUnique(t *testing.T) {
	seen := make(map[string]bool)
	for k := EventKind(1); k < eventCount; k++ {
		name := k.String()
		if back, ok := EventByName(name); name == "" || seen[name] || !ok || back != k {
			t.Errorf("event %d is called %q, which reads back as %d", k, name, back)
		}
		seen[name] = true
	}
	for k := Kind(0); k < kindCount; k++ {
		if back, ok := KindByName(k.String()); !ok || back != k {
			t.Errorf("kind %d is called %q, which reads back as %d", k, k, back)
		}
	}
}
