package scenarios

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// node is where one key, table or element of a list stands in a file. The decoder walks these nodes beside the
// values that the TOML parser returns, which know no places.
type node struct {
	src      *source
	key      int32 // offset of the key, of the header for a table, of the value for an element
	val      int32 // offset of the value; of the header for a table
	reported bool  // something is wrong here that has been said
	head     *heading
	keys     map[string]*node
	items    []*node
}

// heading is the line in brackets that a table was first made by.
type heading struct {
	name string // of the table, as "hazard.dyke"
	line string // as it is written; "[[hazard.dyke.breach]]" also makes hazard.dyke where that is not there
	own  bool   // it is the table's own line, and not that of a table below it
}

// child returns the node of a key, made where it is missing.
func (n *node) child(name string, src *source, key int) *node {
	if n.keys == nil {
		n.keys = make(map[string]*node)
	}
	c := n.keys[name]
	if c == nil {
		c = &node{src: src, key: int32(key), val: int32(key)}
		n.keys[name] = c
	}
	return c
}

// maxDepth is how deep tables, lists and dotted keys may be nested.
const maxDepth = 32

// keyScan finds the places of keys in a TOML text. It takes every text: in one that is no TOML the places end at
// the mistake, which the parser reports.
type keyScan struct {
	src     *source
	data    []byte
	pos     int
	root    *node
	tooDeep int // offset at which nesting passes maxDepth; -1 when it does not
}

// scanKeys returns the places of all keys, and the offset at which the text is nested too deep, or -1.
func scanKeys(src *source) (root *node, tooDeep int) {
	s := &keyScan{src: src, data: src.data, root: &node{src: src}, tooDeep: -1}
	table := s.root
	for s.skipSpace(true); s.pos < len(s.data) && s.tooDeep < 0; s.skipSpace(true) {
		before := s.pos
		if s.data[s.pos] == '[' {
			table = s.header()
		} else {
			s.pair(table, 0)
		}
		if s.pos == before {
			s.pos++ // no TOML; go on behind it
		}
	}
	return s.root, s.tooDeep
}

// skipSpace moves over blanks and comments, with lines over line ends also.
func (s *keyScan) skipSpace(lines bool) {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; {
		case c == ' ' || c == '\t' || c == '\r':
			s.pos++
		case c == '\n' && lines:
			s.pos++
		case c == '#' && lines:
			s.skipLine()
		default:
			return
		}
	}
}

func (s *keyScan) skipLine() {
	for s.pos < len(s.data) && s.data[s.pos] != '\n' {
		s.pos++
	}
}

func (s *keyScan) peek(text string) bool {
	return strings.HasPrefix(string(s.data[s.pos:min(len(s.data), s.pos+3)]), text)
}

// header reads [a.b] or [[a.b]] and returns the table that it opens.
func (s *keyScan) header() *node {
	start := s.pos
	list := s.peek("[[")
	s.pos++
	if list {
		s.pos++
	}
	names, _ := s.dotted()
	for s.pos < len(s.data) && s.data[s.pos] == ']' {
		s.pos++
	}
	line := string(s.data[start:s.pos])
	n := s.root
	for i, name := range names {
		n = n.child(name, s.src, start)
		last := i == len(names)-1
		if n.head == nil || last {
			n.head = &heading{strings.Join(names[:i+1], "."), line, last}
		}
		switch {
		case last && list:
			item := &node{src: s.src, key: int32(start), val: int32(start)}
			n.items = append(n.items, item)
			n = item
		case last:
			n.key, n.val = int32(start), int32(start)
		case len(n.items) > 0:
			n = n.items[len(n.items)-1]
		}
	}
	return n
}

// dotted reads a key of one or more parts and returns them with their offsets.
func (s *keyScan) dotted() (names []string, at []int) {
	for {
		s.skipSpace(false)
		at = append(at, s.pos)
		names = append(names, s.part())
		if len(names) > maxDepth {
			s.tooDeep = at[0]
			return names, at
		}
		s.skipSpace(false)
		if s.pos >= len(s.data) || s.data[s.pos] != '.' {
			return names, at
		}
		s.pos++
	}
}

// part reads one part of a key: bare or in quotes.
func (s *keyScan) part() string {
	if s.pos < len(s.data) && (s.data[s.pos] == '"' || s.data[s.pos] == '\'') {
		start, quote := s.pos, s.data[s.pos]
		s.text()
		raw := string(s.data[min(start+1, s.pos):max(start+1, s.pos-1)])
		if quote == '"' {
			return unescape(raw)
		}
		return raw
	}
	start := s.pos
	for s.pos < len(s.data) && !strings.ContainsRune(" \t\r\n.=]#[{},", rune(s.data[s.pos])) {
		s.pos++
	}
	return string(s.data[start:s.pos])
}

// pair reads key = value into a table.
func (s *keyScan) pair(table *node, depth int) {
	names, at := s.dotted()
	s.skipSpace(false)
	n := table
	for i, name := range names {
		n = n.child(name, s.src, at[i])
	}
	if s.pos >= len(s.data) || s.data[s.pos] != '=' {
		if depth == 0 {
			s.skipLine() // no TOML
		}
		return
	}
	s.pos++
	s.value(n, depth)
	if depth == 0 {
		s.skipLine()
	}
}

// value reads a value into its node.
func (s *keyScan) value(n *node, depth int) {
	s.skipSpace(depth > 0)
	n.val = int32(s.pos)
	if s.pos >= len(s.data) {
		return
	}
	if depth > maxDepth {
		s.tooDeep = s.pos
		return
	}
	switch c := s.data[s.pos]; c {
	case '"', '\'':
		s.text()
	case '[':
		s.list(n, depth)
	case '{':
		s.inline(n, depth)
	default:
		for s.pos < len(s.data) && !strings.ContainsRune(",]}#\n", rune(s.data[s.pos])) {
			s.pos++
		}
	}
}

// list reads [a, b, …].
func (s *keyScan) list(n *node, depth int) {
	s.pos++
	for s.tooDeep < 0 {
		s.skipSpace(true)
		if s.pos >= len(s.data) {
			return
		}
		switch s.data[s.pos] {
		case ']':
			s.pos++
			return
		case ',':
			s.pos++
			continue
		case '}', '=':
			return // no TOML
		}
		item := &node{src: s.src, key: int32(s.pos)}
		n.items = append(n.items, item)
		s.value(item, depth+1)
	}
}

// inline reads {a = 1, b = 2}.
func (s *keyScan) inline(n *node, depth int) {
	s.pos++
	for s.tooDeep < 0 {
		s.skipSpace(true)
		if s.pos >= len(s.data) {
			return
		}
		before := s.pos
		switch s.data[s.pos] {
		case '}':
			s.pos++
			return
		case ',':
			s.pos++
			continue
		}
		s.pair(n, depth+1)
		if s.pos == before {
			return // no TOML
		}
	}
}

// text moves over a string of any kind.
func (s *keyScan) text() {
	quote := string(s.data[s.pos])
	multi := s.peek(quote + quote + quote)
	end := quote
	if multi {
		end = quote + quote + quote
	}
	s.pos += len(end)
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; {
		case c == '\\' && quote == "\"":
			s.pos += 2
		case c == '\n' && !multi:
			return // no TOML
		case s.peek(end):
			s.pos += len(end)
			for multi && s.pos < len(s.data) && string(s.data[s.pos]) == quote {
				s.pos++ // """…""""" may end with quotes of its own
			}
			return
		default:
			s.pos++
		}
	}
	s.pos = len(s.data)
}

// unescape replaces the escapes of a basic string.
func unescape(raw string) string {
	if !strings.Contains(raw, `\`) {
		return raw
	}
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' || i+1 == len(raw) {
			b.WriteByte(raw[i])
			continue
		}
		i++
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[raw[i]]
		switch {
		case digits > 0 && i+digits < len(raw):
			if r, err := strconv.ParseUint(raw[i+1:i+1+digits], 16, 32); err == nil && utf8.ValidRune(rune(r)) {
				b.WriteRune(rune(r))
			}
			i += digits
		default:
			b.WriteByte(strings.NewReplacer("n", "\n", "t", "\t", "r", "\r", "b", "\b", "f", "\f", "e", "\x1b").
				Replace(raw[i : i+1])[0])
		}
	}
	return b.String()
}
