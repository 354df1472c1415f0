package harm

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var rewrite = flag.Bool("rewrite", false, "write the tables of docs/models/harm.md anew")

const page = "../../docs/models/harm.md"

// write returns a table as the page shows it: title, source, status, note, rows.
func write(s Sheet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** (%s). Source: %s. Status: *%s*.", s.Title.EN, s.Title.ZH, s.Source, s.Status)
	if s.Note != "" {
		fmt.Fprintf(&b, " %s", s.Note)
	}
	text := wrap(b.String()) + "\n\n|"
	for _, c := range s.Columns {
		name := c.Name
		if c.Unit != "" && c.Unit != "-" {
			name += " [" + c.Unit + "]"
		}
		text += " " + name + " |"
	}
	text += "\n|" + strings.Repeat("---|", len(s.Columns)) + "\n"
	for _, row := range s.Cells {
		text += "| " + strings.Join(row, " | ") + " |\n"
	}
	return text
}

// wrap breaks a paragraph into lines.
func wrap(text string) string {
	var b strings.Builder
	width := 0
	for i, w := range strings.Fields(text) {
		n := len([]rune(w))
		switch {
		case i == 0:
		case width+1+n > 112:
			b.WriteByte('\n')
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(w)
		width += n
	}
	return b.String()
}

// The page shows every table once, between marks with its name, as the code has it.
func TestPageShowsTheTables(t *testing.T) {
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if n := strings.Count(text, "<!-- table "); n != len(Sheets()) {
		t.Errorf("%d tables on the page; want %d", n, len(Sheets()))
	}
	for _, s := range Sheets() {
		open := "<!-- table " + s.Name + " -->\n"
		before, rest, ok := strings.Cut(text, open)
		old, after, ends := strings.Cut(rest, "<!-- end -->")
		if !ok || !ends {
			t.Errorf("%s has no place for table %s: want the line %q and, below, <!-- end -->", page, s.Name, strings.TrimSpace(open))
			continue
		}
		if want := write(s); old != want {
			text = before + open + want + "<!-- end -->" + after
			t.Errorf("%s: table %s is not that of the code; go test ./sim/harm -rewrite writes it", page, s.Name)
		}
	}
	if *rewrite && text != string(data) {
		if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Every table says what it is, whence, and how sure; every row fills its columns.
func TestTablesAreComplete(t *testing.T) {
	names := map[string]bool{}
	for _, s := range Sheets() {
		if s.Name == "" || names[s.Name] || s.Title.ZH == "" || s.Title.EN == "" || s.Source == "" || s.Status < Checked || s.Status > Assumed {
			t.Errorf("table %q lacks a name of its own, a title, a source or a status: %+v", s.Name, s.Head)
		}
		names[s.Name] = true
		if len(s.Cells) == 0 {
			t.Errorf("table %s has no rows", s.Name)
		}
		for i, row := range s.Cells {
			if len(row) != len(s.Columns) {
				t.Errorf("table %s, row %d: %d cells; want %d", s.Name, i, len(row), len(s.Columns))
			}
			for k, cell := range row {
				if cell == "" {
					t.Errorf("table %s, row %d: column %d is empty", s.Name, i, k)
				}
			}
		}
	}
}
