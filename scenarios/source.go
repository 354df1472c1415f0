package scenarios

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"sandtable/sim"
)

// source is a text file with its lines, for positions in it.
type source struct {
	path  string // as it is shown
	data  []byte // without a byte order mark
	lines []int  // offset of the start of each line
}

var byteOrderMark = []byte("\xef\xbb\xbf")

func newSource(path string, data []byte) *source {
	s := &source{path: path, data: bytes.TrimPrefix(data, byteOrderMark), lines: []int{0}}
	for i, b := range s.data {
		if b == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// place returns the line and the column of a byte offset, both from 1, the column in characters.
func (s *source) place(offset int) (line, col int) {
	offset = max(0, min(offset, len(s.data)))
	for offset > 0 && offset < len(s.data) && !utf8.RuneStart(s.data[offset]) && s.data[offset-1] >= utf8.RuneSelf {
		offset-- // inside a character
	}
	k, found := slices.BinarySearch(s.lines, offset)
	if !found {
		k--
	}
	return k + 1, utf8.RuneCount(s.data[s.lines[k]:offset]) + 1
}

// at makes an error at a byte offset.
func (s *source) at(offset int, text sim.Text) Diagnostic {
	line, col := s.place(offset)
	return Diagnostic{Path: s.path, Line: line, Col: col, Text: text}
}
