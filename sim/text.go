package sim

// Lang is a language of screens and reports.
type Lang uint8

// Languages.
const (
	Chinese Lang = iota
	English
)

// LangByName reads "zh" or "en".
func LangByName(name string) (Lang, bool) {
	switch name {
	case "zh", "zh-CN":
		return Chinese, true
	case "en":
		return English, true
	}
	return Chinese, false
}

// String returns "zh" or "en".
func (l Lang) String() string {
	if l == English {
		return "en"
	}
	return "zh"
}

// Text is a name or sentence in both languages. Where one is empty the other stands in.
type Text struct {
	ZH string `toml:"zh,omitempty"`
	EN string `toml:"en,omitempty"`
}

// In returns the text in that language.
func (t Text) In(l Lang) string {
	if (l == English && t.EN != "") || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}

// Empty says that there is no text at all.
func (t Text) Empty() bool { return t.ZH == "" && t.EN == "" }
