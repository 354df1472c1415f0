package scenarios

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// maxPerSheet is how many mistakes of one sheet are listed before they are only counted.
const maxPerSheet = 1000

// Sheet reads a CSV table that is not part of a scenario, row by row: columns in any order, under the names in the
// first line, with or without a byte order mark, lines that end with LF or CRLF, packed where the name ends in .gz.
// A row that cannot be cut into cells is a mistake and left out.
type Sheet struct {
	Found   Diagnostics // what is wrong so far, in the order in which it was found
	Skipped int         // rows that could not be cut into cells

	path    string
	columns []string
	place   []int // of each column in the file; -1 where it is not there
	width   int   // columns of the file
	lines   *lineReader
	line    []byte
	cells   []cell
	wrong   int
}

// NewSheet begins to read a table. The columns are those that can be there; others are passed over, with a warning
// where one looks like a slip of the pen.
func NewSheet(path string, data []byte, columns ...string) *Sheet {
	s := &Sheet{path: path, columns: columns}
	for range columns {
		s.place = append(s.place, -1)
	}
	lines, why := newLineReader(path, data)
	if !why.Empty() {
		s.Found = append(s.Found, Diagnostic{Path: path, Text: why})
		return s
	}
	s.lines = lines
	head, ok := lines.next()
	if !ok {
		s.note(Error, 1, 1, "空文件；应有一行列名 %s", "an empty file; want a line with the columns %s", strings.Join(columns, ","))
		return s
	}
	s.line = head
	for k, c := range splitRow(head, nil) {
		s.width++
		name := string(bytes.ToLower(c.text))
		column := slices.Index(columns, name)
		switch {
		case column < 0:
			if guess := scenario.Closest(name, columns); guess != "" && !s.Has(slices.Index(columns, guess)) {
				s.note(Warning, lines.line, s.columnAt(c.at), "列 %.40q 不被读取；是否为 %q？",
					"column %.40q is not read; did you mean %q?", c.text, guess)
			}
		case s.place[column] >= 0:
			s.note(Error, lines.line, s.columnAt(c.at), "列 %s 重复出现；只应一次", "column %s a second time; want it once", name)
		default:
			s.place[column] = k
		}
	}
	return s
}

// Has says whether a column is in the file.
func (s *Sheet) Has(column int) bool { return s.place[column] >= 0 }

// Need reports columns that are missing, and says whether all are there.
func (s *Sheet) Need(columns ...int) bool {
	all := true
	for _, k := range columns {
		if !s.Has(k) && s.lines != nil && s.width > 0 {
			s.note(Error, 1, 1, "缺少列 %s；应有 %s", "no column %s; want %s", s.columns[k], strings.Join(s.columns, ","))
		}
		all = all && s.Has(k)
	}
	return all
}

// Next goes to the next row; false at the end.
func (s *Sheet) Next() bool {
	for s.lines != nil {
		line, ok := s.lines.next()
		if !ok {
			if !s.lines.wrong.Empty() {
				s.note(Error, max(s.lines.line, 1), 1, "%s", "%s", s.lines.wrong)
			}
			s.lines = nil
			break
		}
		if len(line) == 0 {
			continue
		}
		s.line = line
		s.cells = splitRow(line, s.cells[:0])
		k := slices.IndexFunc(s.cells, func(c cell) bool { return c.open })
		switch {
		case k >= 0:
			s.note(Error, s.lines.line, s.columnAt(s.cells[k].at), "文本的引号没有闭合；应为 \"…\"，其中的引号写作 \"\"",
				"a text whose quotes do not close; want \"…\", with \"\" for a quote")
		case len(s.cells) != s.width:
			s.note(Error, s.lines.line, 1, "此行有 %d 格；应为 %d 格", "a row of %d cells; want %d", len(s.cells), s.width)
		default:
			return true
		}
		s.Skipped++
	}
	return false
}

// Line returns the number of the present row's line, from 1.
func (s *Sheet) Line() int { return s.lines.line }

// Cell returns a cell of the present row, valid until Next; nil where the column is not there.
func (s *Sheet) Cell(column int) []byte {
	if !s.Has(column) {
		return nil
	}
	return s.cells[s.place[column]].text
}

// Column returns the column of the text file, from 1, at which a cell of the present row begins.
func (s *Sheet) Column(column int) int {
	if !s.Has(column) {
		return 1
	}
	return s.columnAt(s.cells[s.place[column]].at)
}

// Fault reports a mistake in a cell of the present row.
func (s *Sheet) Fault(column int, zh, en string, args ...any) {
	s.note(Error, s.lines.line, s.Column(column), zh, en, args...)
}

// columnAt counts letters up to a byte of the line.
func (s *Sheet) columnAt(offset int) int {
	return utf8.RuneCount(s.line[:min(offset, len(s.line))]) + 1
}

// note keeps a mistake, or counts it when there are too many.
func (s *Sheet) note(severity Severity, line, col int, zh, en string, args ...any) {
	if severity == Error {
		s.wrong++
	}
	if s.wrong <= maxPerSheet {
		s.Found = append(s.Found, Diagnostic{Path: s.path, Line: line, Col: col, Severity: severity,
			Text: sim.Say(zh, en, args...)})
	}
}

// Finish says how many mistakes are not listed, and returns what was found.
func (s *Sheet) Finish() Diagnostics {
	if more := s.wrong - maxPerSheet; more > 0 {
		s.Found = append(s.Found, Diagnostic{Path: s.path,
			Text: sim.Say("另有 %d 处错误未列出", "%d more mistakes are not listed", more)})
	}
	return s.Found
}
