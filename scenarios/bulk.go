package scenarios

import (
	"strings"
	"unicode/utf8"

	"sandtable/sim"
)

// maxPerFile is how many mistakes of one table or grid are listed before they are only counted.
const maxPerFile = 50

// bulk is one of the big files while it is read.
type bulk struct {
	*reader
	name  string // inside the scenario's directory
	lines *lineReader
	wrong int          // mistakes so far
	bad   map[int]bool // rows of a table with a mistake
}

// open opens the file that a key names. It returns nil when it cannot be read, which it reports at the key.
func (r *reader) open(name string, key *node, extensions ...string) *bulk {
	plain := strings.TrimSuffix(name, ".gz")
	found := false
	for _, ext := range extensions {
		found = found || strings.HasSuffix(plain, ext)
	}
	if !found {
		r.addAt(key, sim.Say("%q；应为 %s 或 %s.gz 文件", "%q; want a file %s or %s.gz", name, extensions[0], extensions[0]))
		return nil
	}
	data, why := r.read(name)
	if !why.Empty() {
		r.addAt(key, why)
		return nil
	}
	lines, wrong := newLineReader(name, data)
	if !wrong.Empty() {
		r.add(Diagnostic{Path: r.shown(name), Text: wrong})
		return nil
	}
	return &bulk{reader: r, name: name, lines: lines, bad: make(map[int]bool)}
}

// fault notes a mistake in the line read last, at a byte of it.
func (b *bulk) fault(line []byte, offset int, zh, en string, args ...any) {
	b.faultAt(b.lines.line, utf8.RuneCount(line[:min(offset, len(line))])+1, zh, en, args...)
}

// faultAt notes a mistake at a line and column.
func (b *bulk) faultAt(line, col int, zh, en string, args ...any) {
	b.wrong++
	if b.wrong <= maxPerFile {
		b.add(Diagnostic{Path: b.shown(b.name), Line: line, Col: col, Text: sim.Say(zh, en, args...)})
	}
}

// fileFault notes a mistake of the file as a whole, at the line read last.
func (b *bulk) fileFault(zh, en string, args ...any) {
	b.wrong++
	b.add(Diagnostic{Path: b.shown(b.name), Line: max(b.lines.line, 1), Col: 1, Text: sim.Say(zh, en, args...)})
}

// finish notes why the file ended early and how many mistakes were not listed. It says whether all was well.
func (b *bulk) finish() bool {
	if !b.lines.wrong.Empty() {
		b.fileFault("%s", "%s", b.lines.wrong)
	}
	if b.wrong > maxPerFile {
		b.add(Diagnostic{Path: b.shown(b.name), Line: b.lines.line, Col: 1,
			Text: sim.Say("至此另有 %d 处错误未列出", "%d more mistakes up to here are not listed", b.wrong-maxPerFile)})
	}
	return b.wrong == 0
}
