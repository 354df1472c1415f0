package scenarios

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sandtable/sim"
)

// Severity says how bad a finding is.
type Severity uint8

// Severities.
const (
	Error   Severity = iota // the scenario cannot be played
	Warning                 // it can, but probably does not mean what it says
)

// Diagnostic is one finding in a file.
type Diagnostic struct {
	Path      string // of the file
	Line, Col int    // from 1; 0 where the file as a whole is meant
	Severity  Severity
	Text      sim.Text // what is wrong; want …
}

// String writes the finding as path:line:col: text, in English.
func (d Diagnostic) String() string { return d.In(sim.English) }

// In writes the finding in one language.
func (d Diagnostic) In(lang sim.Lang) string {
	var b strings.Builder
	b.WriteString(d.Path)
	if d.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", d.Line, d.Col)
	}
	b.WriteString(": ")
	if d.Severity == Warning {
		b.WriteString(sim.Text{ZH: "存疑：", EN: "warning: "}.In(lang))
	}
	b.WriteString(d.Text.In(lang))
	return b.String()
}

// Diagnostics are findings in the order of files and places.
type Diagnostics []Diagnostic

// Failed says whether there is an error among them.
func (ds Diagnostics) Failed() bool {
	return slices.ContainsFunc(ds, func(d Diagnostic) bool { return d.Severity == Error })
}

// Err returns the errors among them as one error of several lines, in both languages; nil when there are none.
func (ds Diagnostics) Err() error {
	var lines []sim.Text
	for _, d := range ds {
		if d.Severity == Error {
			lines = append(lines, sim.Text{ZH: d.In(sim.Chinese), EN: d.In(sim.English)})
		}
	}
	if lines == nil {
		return nil
	}
	return &sim.Failure{Text: sim.Join(lines, sim.Said("\n"))}
}

// String writes one finding per line.
func (ds Diagnostics) String() string {
	var b strings.Builder
	for _, d := range ds {
		b.WriteString(d.String())
		b.WriteByte('\n')
	}
	return b.String()
}

// sorted orders the findings by place and drops repetitions. The files come in the order of first mention.
func (ds Diagnostics) sorted(files []string) Diagnostics {
	rank := func(path string) int {
		if k := slices.Index(files, path); k >= 0 {
			return k
		}
		return len(files)
	}
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(rank(a.Path), rank(b.Path)), cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return slices.Compact(ds)
}
