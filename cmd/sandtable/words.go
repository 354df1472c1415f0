package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"sandtable/sim"
)

// tr returns a text in a language.
func tr(lang sim.Lang, zh, en string) string { return sim.Text{ZH: zh, EN: en}.In(lang) }

// langOf returns the language that is asked for, else the other one.
func langOf(asked, otherwise string) sim.Lang {
	if asked == "" {
		asked = otherwise
	}
	lang, _ := sim.LangByName(asked)
	return lang
}

// seconds writes a span with as many digits as tell something: 0.03, 2.4, 31.
func seconds(d time.Duration) string {
	s := d.Seconds()
	switch {
	case s < 1:
		return fmt.Sprintf("%.2f", s)
	case s < 10:
		return fmt.Sprintf("%.1f", s)
	}
	return fmt.Sprintf("%.0f", s)
}

// columns is how many columns a text takes on a terminal, where a Chinese character takes two.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r >= 0x1100 { // from Hangul on: CJK, kana, full-width forms; nothing else that names have
			n++
		}
	}
	return n
}

// table is a table on a terminal: names at the left, figures at the right of their columns.
type table struct{ rows [][]string }

// newTable begins a table with its heading: what the names are, and a word for each column.
func newTable(names, figures string) *table {
	return &table{[][]string{append([]string{names}, strings.Fields(figures)...)}}
}

func (t *table) row(name string, cells ...any) {
	row := []string{name}
	for _, c := range cells {
		row = append(row, fmt.Sprint(c))
	}
	t.rows = append(t.rows, row)
}

// print writes the table, with an empty line before it.
func (t *table) print(out io.Writer) {
	width := make([]int, len(t.rows[0]))
	for _, row := range t.rows {
		for i, cell := range row {
			width[i] = max(width[i], columns(cell))
		}
	}
	fmt.Fprintln(out)
	for _, row := range t.rows {
		line := row[0] + strings.Repeat(" ", width[0]-columns(row[0]))
		for i, cell := range row[1:] {
			line += strings.Repeat(" ", 2+width[i+1]-columns(cell)) + cell
		}
		fmt.Fprintln(out, line)
	}
}
