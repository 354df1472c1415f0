package sim

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// The table of phases in docs/ARCHITECTURE.md says of every mailbox who fills it and who drains it.
func TestMailboxesAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	drains, fills := map[string]bool{}, map[string]bool{}
	for _, line := range strings.Split(string(page), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 7 || !strings.Contains(cells[2], "sim/") {
			continue
		}
		for _, box := range strings.Split(cells[4], ",") {
			drains[strings.TrimSpace(box)] = true
		}
		for _, box := range strings.Split(cells[5], ",") {
			fills[strings.TrimSpace(box)] = true
		}
	}
	boxes := reflect.TypeFor[Ports]()
	for i := range boxes.NumField() {
		if name := boxes.Field(i).Name; !drains[name] || !fills[name] {
			t.Errorf("%s: drained %v, filled %v in the table of phases", name, drains[name], fills[name])
		}
	}
}
