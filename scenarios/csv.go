package scenarios

import (
	"bytes"
	"slices"
	"strings"

	"sandtable/sim"
	"sandtable/sim/scenario"
)

// Limits of a CSV table.
const (
	maxRows    = 5_000_000
	maxColumns = 64
)

// column is one column of a table whose rows are of type T.
type column[T any] struct {
	name     string
	required bool // no cell may be empty
	doc      string
	// read takes a cell that is not empty, and says what is wanted when it cannot.
	read func(row *T, cell []byte) (want sim.Text)
}

// readTable reads a CSV table. Each row begins as fresh; check looks at a row that has been read and returns the
// column and what is wrong, if anything is. The columns stand in any order, under the names in the first line.
// There is a row for every line even when something is wrong with it (then it is in b.bad), so that numbers of rows
// hold. whole is false when the table was not read to its end.
func readTable[T any](b *bulk, fresh T, columns []column[T],
	check func(row *T) (column string, text sim.Text)) (rows []T, whole bool) {
	order, ok := tableHead(b, columns)
	if !ok {
		b.finish()
		return nil, false
	}
	cells := make([]cell, 0, maxColumns)
	empty := 0 // lines just read; at the end of a file they are no mistake
	for {
		line, more := b.lines.next()
		if !more {
			break
		}
		if len(line) == 0 {
			empty++
			continue
		}
		for ; empty > 0 && len(rows) < maxRows; empty-- {
			b.bad[len(rows)] = true
			rows = append(rows, fresh)
			b.faultAt(b.lines.line-empty, 1, "空行；应为一行数据，行号即编号", "an empty line; want a row, whose number is its id")
		}
		if len(rows) >= maxRows {
			b.fault(line, 0, "多于 %d 行；应减少", "more than %d rows; want fewer", maxRows)
			b.finish()
			return rows, false
		}
		before := b.wrong
		rows = append(rows, fresh)
		cells = tableRow(b, line, cells[:0], columns, order, &rows[len(rows)-1])
		if check != nil && len(cells) == len(order) {
			if name, text := check(&rows[len(rows)-1]); name != "" {
				b.fault(line, cellAt(cells, columnIndex(columns, order, name)), "%s", "%s", text)
			}
		}
		if b.wrong > before {
			b.bad[len(rows)-1] = true
		}
	}
	b.finish()
	return rows, b.lines.wrong.Empty()
}

// cell is one cell of a line.
type cell struct {
	text []byte // without quotes and surrounding blanks
	at   int    // offset in the line
	open bool   // the quotes are not closed
}

// splitRow cuts a line into cells, at most a few more than a table may have.
func splitRow(line []byte, cells []cell) []cell {
	for at := 0; len(cells) <= maxColumns; {
		if at < len(line) && line[at] == '"' {
			text, end, closed := quoted(line, at)
			cells = append(cells, cell{text, at, !closed})
			at = end
			if k := bytes.IndexByte(line[at:], ','); k > 0 {
				cells[len(cells)-1].open = true // something between the quotes and the comma
				at += k
			}
		} else {
			end := bytes.IndexByte(line[at:], ',')
			if end < 0 {
				end = len(line) - at
			}
			text := bytes.TrimLeft(line[at:at+end], " \t")
			start := at + end - len(text)
			cells = append(cells, cell{bytes.TrimRight(text, " \t"), start, false})
			at += end
		}
		if at >= len(line) {
			break
		}
		at++ // over the comma
	}
	return cells
}

// quoted reads a cell in quotes, in which "" stands for one. It returns the offset behind it.
func quoted(line []byte, at int) (text []byte, end int, closed bool) {
	start := at + 1
	doubled := false
	for i := start; i < len(line); i++ {
		if line[i] != '"' {
			continue
		}
		if i+1 < len(line) && line[i+1] == '"' {
			doubled = true
			i++
			continue
		}
		text = line[start:i]
		if doubled {
			text = bytes.ReplaceAll(text, []byte(`""`), []byte(`"`))
		}
		return text, i + 1, true
	}
	return line[start:], len(line), false
}

// tableHead reads the names of the columns and returns, for every column of the file, its index in columns.
func tableHead[T any](b *bulk, columns []column[T]) (order []int, ok bool) {
	var known []string
	for _, c := range columns {
		known = append(known, c.name)
	}
	line, more := b.lines.next()
	if !more {
		if b.lines.wrong.Empty() {
			b.fileFault("空文件；应有一行列名 %s", "an empty file; want a line with the columns %s", strings.Join(known, ","))
		}
		return nil, false
	}
	for _, c := range splitRow(line, nil) {
		k := slices.Index(known, string(c.text))
		switch {
		case k < 0:
			b.fault(line, c.at, "没有名为 %.40q 的列；%s", "unknown column %.40q; %s", c.text,
				scenario.WantOneOf(string(c.text), known))
		case slices.Contains(order, k):
			b.fault(line, c.at, "列 %s 重复出现；只应一次", "column %s a second time; want it once", c.text)
		}
		order = append(order, k)
	}
	for k, c := range columns {
		if c.required && !slices.Contains(order, k) {
			b.fault(line, 0, "缺少列 %s；应有 %s", "no column %s; want %s", c.name, strings.Join(known, ","))
		}
	}
	return order, b.wrong == 0
}

// tableRow reads the cells of one line into a row and returns them.
func tableRow[T any](b *bulk, line []byte, cells []cell, columns []column[T], order []int, row *T) []cell {
	cells = splitRow(line, cells)
	if k := slices.IndexFunc(cells, func(c cell) bool { return c.open }); k >= 0 {
		b.fault(line, cells[k].at, "文本的引号没有闭合；应为 \"…\"，其中的引号写作 \"\"",
			"a text whose quotes do not close; want \"…\", with \"\" for a quote")
		return nil
	}
	if len(cells) != len(order) {
		b.fault(line, 0, "此行有 %d 格；应为 %d 格", "a row of %d cells; want %d", len(cells), len(order))
		return cells
	}
	for i, c := range cells {
		col := &columns[order[i]]
		switch {
		case len(c.text) > 0:
			if want := col.read(row, c.text); !want.Empty() {
				b.fault(line, c.at, "%s：%.40q；应为%s", "%s: %.40q; want %s", col.name, c.text, want)
			}
		case col.required:
			b.fault(line, c.at, "%s：空格；应填写", "%s: an empty cell; want a value", col.name)
		}
	}
	return cells
}

// columnIndex returns the place of a column in the file; -1 when it is not there.
func columnIndex[T any](columns []column[T], order []int, name string) int {
	return slices.IndexFunc(order, func(k int) bool { return columns[k].name == name })
}

// cellAt returns the offset of a cell; 0 for one that is not there.
func cellAt(cells []cell, k int) int {
	if k < 0 || k >= len(cells) {
		return 0
	}
	return cells[k].at
}

// rowPlace asks for the place of a cell in a table that has been read.
type rowPlace struct {
	row    int
	column string
	place  *Diagnostic // gets path, line and column
}

// locateRows fills in the places of cells in one table, in one pass over it. The wants are sorted by row.
func (r *reader) locateRows(name string, wants []rowPlace) {
	for i := range wants {
		wants[i].place.Path = r.shown(name)
	}
	data, why := r.read(name)
	if !why.Empty() {
		return
	}
	lines, wrong := newLineReader(name, data)
	if !wrong.Empty() {
		return
	}
	head, _ := lines.next()
	var names []string
	for _, c := range splitRow(head, nil) {
		names = append(names, string(c.text))
	}
	for row := 0; len(wants) > 0; row++ {
		line, ok := lines.next()
		if !ok {
			return
		}
		for len(wants) > 0 && wants[0].row == row {
			at := cellAt(splitRow(line, nil), slices.Index(names, wants[0].column))
			wants[0].place.Line, wants[0].place.Col = lines.line, len([]rune(string(line[:at])))+1
			wants = wants[1:]
		}
	}
}
