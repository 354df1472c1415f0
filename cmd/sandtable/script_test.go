package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sandtable": main})
}

func setup(env *testscript.Env) error {
	env.Setenv("SANDTABLE_FILMS", filepath.Join(env.WorkDir, "films"))
	env.Setenv("HOME", env.WorkDir)
	return nil
}

// TestScripts runs the program as a user would: testdata/script/*.txtar.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Setup: setup})
}

// TestTutorial runs every command of the tutorials, in their order. A fenced block of another language whose first
// line names a file is that file.
func TestTutorial(t *testing.T) {
	for _, page := range []string{"tutorial.md", "zh/tutorial.md"} {
		t.Run(filepath.Dir(page), func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("../../docs", page))
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			script := scriptOf(string(text))
			if err := os.WriteFile(filepath.Join(dir, "tutorial.txtar"), []byte(script), 0o666); err != nil {
				t.Fatal(err)
			}
			testscript.Run(t, testscript.Params{Dir: dir, Setup: setup})
		})
	}
}

var fence = regexp.MustCompile("(?ms)^```([a-z]+)(?: ([^\n]+))?\n(.*?)^```$")

// scriptOf makes a test script of a page. Files are put in place when the page comes to them.
func scriptOf(page string) string {
	var script, files strings.Builder
	for i, m := range fence.FindAllStringSubmatch(page, -1) {
		switch lang, name, body := m[1], m[2], m[3]; {
		case lang == "sh":
			for _, line := range strings.Split(strings.TrimSpace(body), "\n") {
				script.WriteString(command(line) + "\n")
			}
		case name != "":
			fmt.Fprintf(&files, "-- part%d --\n%s", i, body)
			fmt.Fprintf(&script, "cp part%d %s\n", i, name)
		}
	}
	return script.String() + files.String()
}

// command turns a line of shell into one of the test script.
func command(line string) string {
	if rest, not := strings.CutPrefix(line, "! "); not {
		return "! exec " + rest
	}
	return "exec " + line
}
