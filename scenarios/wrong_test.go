package scenarios

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
)

const wrongDir = "../testdata/bad-scenarios"

// wrongKinds are the kind of hazard of the base, and those that the program has.
var wrongKinds = func() Kinds {
	kinds := maps.Clone(realKinds)
	maps.Copy(kinds, testKinds)
	return kinds
}()

// wrongCase is one file of testdata/bad-scenarios: what is done to the base, and what must be said about it.
type wrongCase struct {
	script string // everything before the expectation
	want   string
	files  fstest.MapFS
}

// readWrongCase reads a case. Its lines are
//
//	# a remark
//	file NAME      the file that the following lines change
//	- old line     consecutive old lines must stand in the file exactly once, …
//	+ new line     … and are replaced by the new ones; new lines without old ones go to the end
//	delete NAME    the file is not there
//	want           the rest of the case is what lint says
func readWrongCase(t testing.TB, text string) wrongCase {
	t.Helper()
	script, want, _ := strings.Cut(text, "\nwant\n")
	c := wrongCase{script: script, want: want, files: baseFiles(t)}
	name := ""
	var before, after []string
	flush := func() {
		if len(before)+len(after) > 0 {
			c.change(t, name, before, after)
		}
		before, after = nil, nil
	}
	for line := range strings.Lines(script) {
		line = strings.TrimSuffix(line, "\n")
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "-":
			if after != nil {
				flush()
			}
			before = append(before, rest)
		case "+":
			after = append(after, rest)
		case "file":
			flush()
			name = rest
		case "delete":
			flush()
			delete(c.files, rest)
		case "#", "":
			flush()
		default:
			t.Fatalf("line %q of a case; want file, delete, -, + or #", line)
		}
	}
	flush()
	return c
}

// change makes one change to a file.
func (c *wrongCase) change(t testing.TB, name string, before, after []string) {
	t.Helper()
	text := ""
	if f := c.files[name]; f != nil {
		text = string(f.Data)
	}
	lines := func(l []string) string { return strings.Join(append(l, ""), "\n") }
	if before == nil {
		text += lines(after)
	} else {
		// A line begins the file or follows a line end.
		padded := "\n" + text
		if n := strings.Count(padded, "\n"+lines(before)); n != 1 {
			t.Fatalf("%s holds these lines %d times; want once:\n%s", name, n, lines(before))
		}
		text = strings.Replace(padded, "\n"+lines(before), "\n"+lines(after), 1)[1:]
	}
	c.files[name] = &fstest.MapFile{Data: []byte(text)}
}

// TestWrongScenarios compares what lint says about wrong scenarios with what was found to be right and helpful.
func TestWrongScenarios(t *testing.T) {
	names, err := filepath.Glob(wrongDir + "/*.txt")
	if err != nil || len(names) < 40 {
		t.Fatalf("%d wrong scenarios (%v); want at least 40", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			c := readWrongCase(t, string(data))
			got := Lint(c.files, ".", wrongKinds).String()
			if got == "" {
				t.Fatal("nothing was found; want something")
			}
			if *rewrite {
				text := strings.TrimRight(c.script, "\n") + "\n\nwant\n" + got
				if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != c.want {
				t.Errorf("lint says\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestFindingsSayWhatIsWanted holds every finding to the form path:line:col: what is wrong; want ….
func TestFindingsSayWhatIsWanted(t *testing.T) {
	names, err := filepath.Glob(wrongDir + "/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range Lint(readWrongCase(t, string(data)).files, ".", testKinds) {
			text := d.String()
			helps := func(word string) bool { return strings.Contains(text, word) }
			if !helps("want") && !helps("did you mean") && !helps("not listed") {
				t.Errorf("%s: %q does not say what is wanted", filepath.Base(name), text)
			}
			if d.Line == 0 && !strings.HasPrefix(filepath.Base(name), "file-") {
				t.Errorf("%s: %q has no line", filepath.Base(name), text)
			}
			if d.Line > 0 && (d.Col < 1 || !strings.HasPrefix(text, fmt.Sprintf("%s:%d:%d: ", d.Path, d.Line, d.Col))) {
				t.Errorf("%s: %q; want path:line:col", filepath.Base(name), text)
			}
		}
	}
}

// TestFindingsSpeakBothLanguages: who asks for Chinese gets no sentence in English, and the other way round. What a
// finding quotes of the file, and names, numbers and the words of a library in brackets, are the same in both.
func TestFindingsSpeakBothLanguages(t *testing.T) {
	names, err := filepath.Glob(wrongDir + "/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	isHan := func(r rune) bool { return unicode.Is(unicode.Han, r) }
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range Lint(readWrongCase(t, string(data)).files, ".", testKinds) {
			zh, en := ownWords(d.Text.ZH), ownWords(d.Text.EN)
			if !strings.ContainsFunc(zh, isHan) || englishSentence.MatchString(zh) {
				t.Errorf("%s: %q; want Chinese", filepath.Base(name), d.Text.ZH)
			}
			if strings.ContainsFunc(en, isHan) || !strings.ContainsFunc(en, unicode.IsLetter) {
				t.Errorf("%s: %q; want English", filepath.Base(name), d.Text.EN)
			}
		}
	}
}

var (
	quotedWords = regexp.MustCompile(`"(\\.|[^"\\])*"`)
	inBrackets  = regexp.MustCompile(`（[^）]*）`)
	fieldTerm   = regexp.MustCompile(`such as 警戒水位`) // a term of the field that an English description explains by
	// englishSentence matches words that no Chinese finding has a use for.
	englishSentence = regexp.MustCompile(`\b(want|the|is|are|of|did|you|mean|missing|unknown|at most|there|no|not)\b`)
)

// ownWords leaves out of a finding what it quotes, what stands in brackets, and the terms of the field.
func ownWords(text string) string {
	for _, others := range []*regexp.Regexp{quotedWords, inBrackets, fieldTerm} {
		text = others.ReplaceAllString(text, "")
	}
	return text
}
