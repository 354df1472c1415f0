package stage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sandtable/sim"
)

// Who names neither a run nor a scenario is told what was looked for, where, and what he probably meant.
func TestNeither(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, file := range map[string]string{"runs/first": "header.json", "valley": "scenario.toml", "runs/notes": "x.txt"} {
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(name, file), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{
		"nope":             "there is no " + filepath.Join(dir, "nope") + "; want the directory of a run, with header.json, or",
		"hamlte":           `did you mean "hamlet"?`,
		"runs/frist":       `did you mean "runs/first"?`,
		"valey":            `did you mean "valley"?`,
		"runs/note":        "there is no " + filepath.Join(dir, "runs", "note") + "; want",
		"runs/notes":       "has neither header.json nor scenario.toml; want",
		"runs/notes/":      "has neither header.json nor scenario.toml; want",
		"runs/notes/x.txt": "is a file and no directory; want",
		"elsewhere/nope":   "or a drill that is shipped: hamlet, linjiang-flood",
	} {
		said := sim.Words(Neither(path))
		if !strings.Contains(said.EN, want) || !strings.Contains(said.ZH, "既不是推演，也不是演练") {
			t.Errorf("%s: %s\n%s\nwant …%s…", path, said.EN, said.ZH, want)
		}
	}
}
