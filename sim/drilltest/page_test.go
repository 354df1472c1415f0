package drilltest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPageNamesDrillsThatExist: every row of the tables "which drill shows what" names at least one drill, and every
// drill that it names is a file.
func TestPageNamesDrillsThatExist(t *testing.T) {
	page, err := os.ReadFile("../../docs/models/validation.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(page), "### Which drill shows what\n")
	if !found {
		t.Fatal("the page has no such section")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	names, rows := regexp.MustCompile("`([a-z-]+)`"), 0
	for _, line := range strings.Split(section, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 4 || strings.HasPrefix(cells[1], "---") || strings.TrimSpace(cells[2]) == "drills" {
			continue
		}
		rows++
		drills := names.FindAllStringSubmatch(cells[2], -1)
		if len(drills) == 0 {
			t.Errorf("no drill shows%s", cells[1])
		}
		for _, d := range drills {
			if _, err := os.Stat(filepath.Join("../../testdata/drills", d[1]+".txt")); err != nil {
				t.Errorf("%s:%v", cells[1], err)
			}
		}
	}
	if rows < 24 { // five questions, fourteen failures, five controls
		t.Errorf("%d rows; want the five questions, the failures and the five controls", rows)
	}
}
