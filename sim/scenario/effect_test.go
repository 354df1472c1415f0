package scenario

import (
	"reflect"
	"testing"
)

type effectLaw struct {
	Method string `toml:"method"`
	First  string `toml:"first" when:"method=horton|../field.law=horton"`
}

type effectField struct {
	Law  string  `toml:"law"`
	Loss float64 `toml:"loss"`
}

type effectConfig struct {
	Kind   string        `toml:"kind"`
	Peak   float64       `toml:"peak"`
	Width  float64       `toml:"width" when:"kind=a,b;!peak"`
	Slope  float64       `toml:"slope" when:"width"`
	Law    effectLaw     `toml:"soil"`
	Share  float64       `toml:"share" when:"soil.method=share"`
	Fields []effectField `toml:"field"`
}

func (c *effectConfig) Chosen(path string) string {
	if path == "kind" && c.Kind == "auto" {
		return "b"
	}
	return ""
}

// A key has its effect under the choices of its tag; otherwise it is said why, and what would help.
func TestWhen(t *testing.T) {
	top := TableOf(reflect.TypeFor[effectConfig]())
	for _, c := range []struct {
		key    string
		config effectConfig
		en     string // empty: it has its effect
	}{
		{"peak", effectConfig{}, ""},
		{"width", effectConfig{Kind: "a"}, ""},
		{"width", effectConfig{Kind: "auto"}, ""},
		{"width", effectConfig{Kind: "c"}, `width has no effect with kind = "c"; want it left out, or kind = "a" or kind = "b"`},
		{"width", effectConfig{}, `width has no effect with no kind; want it left out, or kind = "a" or kind = "b"`},
		{"width", effectConfig{Kind: "a", Peak: 1}, "width has no effect beside peak; want one of them"},
		{"slope", effectConfig{Width: 1}, ""},
		{"slope", effectConfig{}, "slope has no effect without width; want width as well, or no slope"},
		{"share", effectConfig{Law: effectLaw{Method: "share"}}, ""},
		{"share", effectConfig{Law: effectLaw{Method: "horton"}},
			`share has no effect with soil.method = "horton"; want it left out, or soil.method = "share"`},
		{"soil.first", effectConfig{Law: effectLaw{Method: "horton"}}, ""},
		{"soil.first", effectConfig{Fields: []effectField{{Law: "x"}, {Law: "horton"}}}, ""},
		{"soil.first", effectConfig{Law: effectLaw{Method: "share"}, Fields: []effectField{{Law: "x"}}},
			`first has no effect with method = "share"; want it left out, or method = "horton"`},
	} {
		s := &Scope{Table: top, Value: reflect.ValueOf(&c.config).Elem(), Spec: &c.config}
		f := top.Field(c.key)
		if c.key == "soil.first" {
			soil := top.Field("soil")
			s = &Scope{Table: soil.Value.Table, Value: s.Value.Field(soil.Index), Above: s, Path: "soil", Spec: s.Spec}
			f = s.Table.Field("first")
		}
		en, zh := "", ""
		if fails := f.When.Fails(s); fails != nil {
			text := fails.Idle(s, f.Key)
			en, zh = text.EN, text.ZH
		}
		if en != c.en || (zh == "") != (en == "") {
			t.Errorf("%s of %+v: %q, %q; want %q", c.key, c.config, en, zh, c.en)
		}
	}
	held := effectConfig{Kind: "a", Width: 1}
	here := &Scope{Table: top, Value: reflect.ValueOf(&held).Elem(), Spec: &held}
	if got := parseWhen("kind=a,b;width;!peak").Now(here); got.EN != `kind = "a" and width and no peak` || got.ZH == "" {
		t.Errorf("%+v", got)
	}
	auto := effectConfig{Kind: "auto"}
	look := parseWhen("kind=a")
	s := &Scope{Table: top, Value: reflect.ValueOf(&auto).Elem(), Spec: &auto}
	want := `width has no effect with kind = "auto", which is "b" here; want it left out, or kind = "a"`
	if got := look.Fails(s).Idle(s, "width").EN; got != want {
		t.Errorf("%q; want %q", got, want)
	}
}

// The documents say under which choices a key has an effect.
func TestWhenInWords(t *testing.T) {
	for tag, want := range map[string]string{
		"": "", "kind=a,b": "`kind` a, b", "width": "`width`", "trigger;!peak": "`trigger`; no `peak`",
		"method=x|../field.law=x": "`method` x or `field.law` x",
	} {
		if got := parseWhen(tag).Words(); got != want {
			t.Errorf("%q: %q; want %q", tag, got, want)
		}
	}
}
