package scenarios

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"sandtable/sim"
)

// maxTOML is the largest TOML file that is read [bytes].
const maxTOML = 4 << 20

// document is a TOML file that has been parsed: its values, and the places of its keys.
type document struct {
	src    *source
	values map[string]any
	root   *node
}

// parseTOML reads a TOML text. It returns nil and what is wrong when the text is no TOML.
func parseTOML(path string, data []byte) (*document, *Diagnostic) {
	if len(data) > maxTOML {
		return nil, &Diagnostic{Path: path, Text: sim.Say("文件 %d 字节；最多 %d 字节", "a file of %d bytes; want at most %d",
			len(data), maxTOML)}
	}
	src := newSource(path, data)
	root, tooDeep := scanKeys(src)
	if tooDeep >= 0 {
		d := src.at(tooDeep, sim.Say("嵌套过深；最多 %d 层", "nested too deep; want at most %d levels", maxDepth))
		return nil, &d
	}
	values, err := parseValues(src)
	if err != nil {
		return nil, err
	}
	return &document{src, values, root}, nil
}

// parseValues is the call of the TOML library, and the only place that knows it.
func parseValues(src *source) (values map[string]any, wrong *Diagnostic) {
	defer func() {
		// The library panics where it finds a mistake of its own; for the reader of a file that is a mistake in
		// the file, and he is told how far it is good.
		if r := recover(); r != nil {
			d := src.at(0, sim.Say("不是合法的 TOML：%v；应为 TOML 1.0", "cannot be read as TOML: %v; want TOML 1.0", r))
			values, wrong = nil, &d
		}
	}()
	_, err := toml.Decode(string(src.data), &values)
	if err == nil {
		return values, nil
	}
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		d := src.at(0, sim.Say("%v；应为 TOML 1.0", "%v; want TOML 1.0", err))
		return nil, &d
	}
	d := src.at(mistakeOffset(src.data, pe), tidyMessage(pe.Message))
	return nil, &d
}

// mistakeOffset returns the offset of what a syntax error is about. The library gives the bytes that it has read since
// the last complete item; which of them is wrong depends on the message.
func mistakeOffset(data []byte, pe toml.ParseError) int {
	start, end := pe.Position.Start, min(pe.Position.Start+pe.Position.Len, len(data))
	switch {
	case strings.Contains(pe.Message, "invalid UTF-8"):
		return end // the bad byte has not been read
	case strings.Contains(pe.Message, "control characters"):
		return start + 1 // the same, and the library counts one byte back
	case start >= 0 && start < end && runeExpected.MatchString(pe.Message):
		_, size := utf8.DecodeLastRune(data[start:end])
		return end - size // the wrong character was the last one read
	}
	return start
}

// runeExpected matches messages about one wrong character.
var runeExpected = regexp.MustCompile(`but (got|found) '`)

// doubled are the library's messages about a key that is there twice, with what they mean. TOML calls for a list of
// tables to be opened before what belongs to it.
var doubled = []struct {
	said   *regexp.Regexp
	zh, en string
}{
	{regexp.MustCompile(`^Key '(.+)' has already been defined$`),
		"%s 被再次定义；只应一次", "%s is defined a second time; want it once"},
	{regexp.MustCompile(`^Key '(.+)' was already created and cannot be used as an array$`),
		"[[%[1]s]] 上方已有属于它的表，或写成 [%[1]s] 的表；应先写 [[%[1]s]]，再在其下写属于它的表",
		"[[%[1]s]] below a table that belongs to it, or that is written as [%[1]s]; want [[%[1]s]] first, and what belongs " +
			"to it below"},
	{regexp.MustCompile(`^Key '(.+)' was already created as a hash$`), "%s 已有值，不能再作表；只应一次",
		"%s has a value and cannot be a table as well; want one of them"},
}

// tidyMessage makes one line of the library's message, and says what is wanted. The library speaks English only.
func tidyMessage(text string) sim.Text {
	text = strings.TrimSuffix(strings.Join(strings.Fields(text), " "), ".")
	for _, d := range doubled {
		if m := d.said.FindStringSubmatch(text); m != nil {
			return sim.Say(d.zh, d.en, strings.ReplaceAll(m[1], `"`, ""))
		}
	}
	if strings.Contains(text, "; want") {
		return sim.Say("语法错误（%s）", "%s", text)
	}
	return sim.Say("语法错误（%s）；应为 TOML 1.0", "%s; want TOML 1.0", text)
}
