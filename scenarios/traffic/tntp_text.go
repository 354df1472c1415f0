package traffic

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"sandtable/scenarios"
	"sandtable/sim"
)

// maxTold is how many mistakes of one TNTP file are listed before they are only counted.
const maxTold = 1000

// textFile is a TNTP file while it is read.
type textFile struct {
	path  string
	meta  map[string]float64 // numbers of its head, by key
	lines []textLine
	found scenarios.Diagnostics
	wrong int
}

// textLine is a line of a TNTP file, cut into words.
type textLine struct {
	file  *textFile
	line  int // from 1
	text  []byte
	words []word
	bad   bool // something is wrong with it
}

// word is a word of a line and where it begins in it.
type word struct {
	text []byte
	at   int
}

// readText cuts a TNTP file into lines and words, without empty lines and comments. Lines such as <KEY> 24 give the
// numbers of the head.
func readText(path string, data []byte) *textFile {
	f := &textFile{path: path, meta: make(map[string]float64)}
	line := 0
	for text := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		line++
		text = bytes.TrimRight(text, "\r\n")
		trimmed := bytes.TrimSpace(text)
		switch {
		case len(trimmed) == 0 || trimmed[0] == '~':
		case trimmed[0] == '<':
			key, value, _ := bytes.Cut(trimmed[1:], []byte(">"))
			if words := bytes.Fields(value); len(words) > 0 {
				if x, err := strconv.ParseFloat(string(words[0]), 64); err == nil {
					f.meta[string(key)] = x
				}
			}
		default:
			f.lines = append(f.lines, textLine{file: f, line: line, text: text, words: wordsOf(text)})
		}
	}
	return f
}

// wordsOf takes a line apart at blanks, colons and semicolons; the latter two are words of their own.
func wordsOf(text []byte) []word {
	var words []word
	for at := 0; at < len(text); {
		end := at + 1
		switch c := text[at]; c {
		case ' ', '\t':
			at = end
			continue
		case ':', ';':
		default:
			for end < len(text) && !bytes.ContainsRune([]byte(" \t:;"), rune(text[end])) {
				end++
			}
		}
		words = append(words, word{text[at:end], at})
		at = end
	}
	return words
}

// fault reports a mistake at a word of the line, or at its end.
func (l *textLine) fault(k int, zh, en string, args ...any) {
	at := len(l.text)
	if k < len(l.words) {
		at = l.words[k].at
	}
	l.bad = true
	l.file.wrong++
	if l.file.wrong <= maxTold {
		l.file.found = append(l.file.found, scenarios.Diagnostic{Path: l.file.path, Line: l.line,
			Col: utf8.RuneCount(l.text[:at]) + 1, Text: sim.Say(zh, en, args...)})
	}
}

// number reads a word that is a number within a range.
func (l *textLine) number(k int, what sim.Text, lo, hi float64) float64 {
	if k >= len(l.words) || string(l.words[k].text) == ";" {
		l.fault(k, "缺少%s；应为 %g 至 %g 之间的数", "no %s; want a number from %g to %g", what, lo, hi)
		return lo
	}
	x, err := strconv.ParseFloat(string(l.words[k].text), 64)
	if err != nil || !(x >= lo && x <= hi) {
		l.fault(k, "%s %.40q；应为 %g 至 %g 之间的数", "%s %.40q; want a number from %g to %g", what, l.words[k].text, lo, hi)
		return lo
	}
	return x
}

// id reads a word that is the number of a node or zone, from 1.
func (l *textLine) id(k int, what sim.Text, most int) int {
	if k >= len(l.words) {
		l.fault(k, "缺少%s；应为 1 至 %d 的整数", "no %s; want a whole number from 1 to %d", what, most)
		return 1
	}
	n, err := strconv.Atoi(string(l.words[k].text))
	if err != nil || n < 1 || n > most {
		l.fault(k, "%s %.40q；应为 1 至 %d 的整数", "%s %.40q; want a whole number from 1 to %d", what, l.words[k].text, most)
		return 1
	}
	return n
}

// count reads a number of the head that must be there and positive.
func (f *textFile) count(key string, most int) int {
	n, ok := f.meta[key]
	if !ok || n < 1 || n > float64(most) || n != float64(int(n)) {
		f.wrong++
		f.found = append(f.found, scenarios.Diagnostic{Path: f.path, Line: 1, Col: 1,
			Text: sim.Say("文件头没有可用的 <%s>；应为 1 至 %d 的整数", "no usable <%s> in the head; want a whole number from 1 to %d",
				key, most)})
		return 0
	}
	return int(n)
}

// warn notes a doubt about the file as a whole.
func (f *textFile) warn(zh, en string, args ...any) {
	f.found = append(f.found, scenarios.Diagnostic{Path: f.path, Severity: scenarios.Warning,
		Text: sim.Say(zh, en, args...)})
}

// finish says how many mistakes are not listed, and returns what was found.
func (f *textFile) finish() scenarios.Diagnostics {
	if more := f.wrong - maxTold; more > 0 {
		f.found = append(f.found, scenarios.Diagnostic{Path: f.path,
			Text: sim.Say("另有 %d 处错误未列出", "%d more mistakes are not listed", more)})
	}
	return f.found
}
