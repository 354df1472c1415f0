package scenarios

import (
	"strings"
	"testing"
)

// A sheet is read whatever the order of its columns and the ends of its lines; what is wrong with it has its place.
func TestSheet(t *testing.T) {
	for name, c := range map[string]struct{ data, rows, found string }{
		"plain":                    {"id,x\na,1\nb,2\n", "a=1 b=2", ""},
		"as spreadsheets write it": {"\ufeffX,note,Id\r\n1,\"p, q\",a\r\n\r\n2,,b", "a=1 b=2", ""},
		"slip":                     {"id,x,idd\na,1,2", "a=1", ""},
		"a column with a slip": {"id,y,z_m\na,1,2\n",
			"", "t.csv:1:1: no column x; want id,x,zoom_m"},
		"guess":          {"id,x,zoon_m\na,1,2", "a=1", "t.csv:1:6: warning: column \"zoon_m\" is not read; did you mean \"zoom_m\"?"},
		"twice":          {"id,x,x\na,1,2", "a=1", "t.csv:1:6: column x a second time; want it once"},
		"cells":          {"id,x\na\nb,2,3\nc,4\n", "c=4", "t.csv:2:1: a row of 1 cells; want 2|t.csv:3:1: a row of 3 cells; want 2"},
		"quotes":         {"id,x\n学,\"1\nb,2\n", "b=2", "t.csv:2:3: a text whose quotes do not close; want \"…\", with \"\" for a quote"},
		"empty":          {"", "", "t.csv:1:1: an empty file; want a line with the columns id,x,zoom_m"},
		"nothing but it": {"\ufeff", "", "t.csv:1:1: no column id; want id,x,zoom_m|t.csv:1:1: no column x; want id,x,zoom_m"},
	} {
		s := NewSheet("t.csv", []byte(c.data), "id", "x", "zoom_m")
		var rows, found []string
		if s.Need(0, 1) {
			for s.Next() {
				rows = append(rows, string(s.Cell(0))+"="+string(s.Cell(1)))
			}
		}
		for _, d := range s.Finish() {
			found = append(found, d.String())
		}
		if got := strings.Join(rows, " "); got != c.rows {
			t.Errorf("%s: rows %q; want %q", name, got, c.rows)
		}
		if got := strings.Join(found, "|"); got != c.found {
			t.Errorf("%s: found\n%s\nwant\n%s", name, got, c.found)
		}
	}
}

// Of thousands of mistakes the rest is counted.
func TestSheetCountsMistakes(t *testing.T) {
	s := NewSheet("t.csv", []byte("id\n"+strings.Repeat("a,b\n", maxPerSheet+7)), "id")
	for s.Next() {
		t.Fatal("a row of two cells under one name")
	}
	found := s.Finish()
	if want := "t.csv: 7 more mistakes are not listed"; len(found) != maxPerSheet+1 ||
		found[maxPerSheet].String() != want || s.Skipped != maxPerSheet+7 {
		t.Errorf("%d findings, the last %v, %d rows skipped; want %d, the last %q", len(found), found[len(found)-1], s.Skipped,
			maxPerSheet+1, want)
	}
}
