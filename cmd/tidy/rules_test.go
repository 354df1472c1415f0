package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestRepository applies every rule to this repository.
func TestRepository(t *testing.T) {
	root, err := moduleRoot(".")
	if err != nil {
		t.Fatal(err)
	}
	findings, err := checkDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

// ruleCase is a small tree and the findings that one rule must make in it. A good tree has none.
type ruleCase struct {
	name  string
	files map[string]string
	want  []string // beginnings of the findings, in order
}

// testRule runs a rule over its cases.
func testRule(t *testing.T, rule func(*Tree) []Finding, cases []ruleCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := rule(treeOf(c.files))
			for i, f := range got {
				if i >= len(c.want) || !strings.HasPrefix(f.String(), c.want[i]) {
					t.Errorf("finding %d: %s", i, f)
				}
				if !strings.Contains(f.String(), "; want ") {
					t.Errorf("finding %d does not say what is wanted: %s", i, f)
				}
			}
			if len(got) != len(c.want) {
				t.Errorf("%d findings; want %d: %q", len(got), len(c.want), c.want)
			}
		})
	}
}

// archive splits a text into files, each beginning with a line `-- path --`.
func archive(text string) map[string]string {
	files := map[string]string{}
	path := ""
	for line := range strings.Lines(text) {
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			path = strings.TrimSuffix(name, " --\n")
			files[path] = ""
		} else if path != "" {
			files[path] += line
		}
	}
	return files
}

// treeOf makes a tree of module `sandtable` from file contents.
func treeOf(files map[string]string) *Tree {
	sources := map[string][]byte{"go.mod": []byte("module sandtable\n\ngo 1.26\n")}
	for p, src := range files {
		sources[p] = []byte(src)
	}
	return newTree(sources, nil)
}

func TestParse(t *testing.T) {
	testRule(t, checkParse, []ruleCase{
		{"good", map[string]string{"sim/a.go": "package sim\n"}, nil},
		{"bad", map[string]string{"sim/a.go": "package sim\n\nfunc {}\n"},
			[]string{"sim/a.go:3:6: parse: expected 'IDENT'"}},
	})
}

// TestFindingsAreSortedAndUnique checks what `check` adds to the rules.
func TestFindingsAreSortedAndUnique(t *testing.T) {
	got := check(treeOf(map[string]string{
		"sim/geo/a.go": "// Package geo has a map.\npackage geo\n\nfunc f(m map[int]int) {\n\tfor range m {\n\t}\n}\n",
		"README.md":    "no title\n",
	}))
	var lines []string
	for _, f := range got {
		lines = append(lines, f.String()[:strings.Index(f.String(), ";")])
	}
	want := "README.md:1:1: markdown: no title\nsim/geo/a.go:5:2: typed: range over a map"
	if text := strings.Join(lines, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

// TestRunExitCodes checks the command itself on directories.
func TestRunExitCodes(t *testing.T) {
	good, bad := t.TempDir(), t.TempDir()
	write(t, good, map[string]string{"go.mod": "module sandtable\n"})
	write(t, bad, map[string]string{
		"go.mod":                   "module sandtable\n",
		"sim/par/par.go":           "// Package par is good.\npackage par\n",
		"sim/par/testdata/skip.go": "this is not Go\n",
		"runs/one/report.md":       "no title, and not ours\n",
		"sim/sim.go":               "package sim\n",
	})
	for _, c := range []struct {
		args   []string
		code   int
		stdout string
	}{
		{[]string{"-C", good}, 0, ""},
		{[]string{"-C", bad}, 1, "sim/sim.go:1:9: doc: package sim has no doc comment"},
		{[]string{"-C", bad + "/sim"}, 1, "sim/sim.go:1:9: doc: "},
		{[]string{"-C", good, "-rewrite"}, 0, "rewrote cmd/tidy/ratchet.txt"},
		{[]string{"-C", good, "nofma"}, 2, ""},
		{[]string{"-C", good, "other"}, 2, ""},
		{[]string{"-unknown"}, 2, ""},
		{[]string{"-C", "/"}, 2, ""},
	} {
		write(t, good, map[string]string{"cmd/tidy/ratchet.txt": ratchetHeader})
		var stdout, stderr bytes.Buffer
		if code := run(c.args, &stdout, &stderr); code != c.code || !strings.HasPrefix(stdout.String(), c.stdout) {
			t.Errorf("tidy %q: exit code %d, output %q %q; want %d, %q",
				c.args, code, stdout.String(), stderr.String(), c.code, c.stdout)
		}
	}
}
