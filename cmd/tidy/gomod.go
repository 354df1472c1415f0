package main

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"
)

// pinned matches a released version; a version of a commit is pinned as well, and `+incompatible` is allowed.
var pinned = regexp.MustCompile(`^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+incompatible)?$`)

// recordDir holds the decision records.
const recordDir = "docs/decisions"

// checkGoMod wants direct dependencies with an exact version, each named in a decision record, and no replacements.
func checkGoMod(t *Tree) []Finding {
	f := t.file("go.mod")
	if f == nil {
		return []Finding{{"go.mod", 1, 1, "gomod", "no go.mod", "a module"}}
	}
	var records bytes.Buffer
	for _, r := range t.Files {
		if r.Dir() == recordDir && path.Ext(r.Path) == ".md" {
			records.Write(r.Src)
			records.WriteByte('\n')
		}
	}
	var out []Finding
	block := ""
	for i, line := range lines(f) {
		code, comment, _ := strings.Cut(line, "//")
		words := strings.Fields(code)
		switch {
		case len(words) == 0:
			continue
		case words[0] == ")":
			block = ""
			continue
		case len(words) == 2 && words[1] == "(":
			block = words[0]
			continue
		case block != "":
			words = append([]string{block}, words...)
		}
		if what, want := judgeModLine(words, comment, records.Bytes()); what != "" {
			out = append(out, Finding{"go.mod", i + 1, 1, "gomod", what, want})
		}
	}
	return out
}

// judgeModLine says what is wrong with one directive of go.mod, or "".
func judgeModLine(words []string, comment string, records []byte) (what, want string) {
	switch words[0] {
	case "replace":
		return "replace directive", "a released version: a replacement holds on this machine only"
	case "tool":
		return "tool directive", "tools pinned in scripts/tools.mod, apart from what the program needs"
	case "require":
		if len(words) != 3 || !pinned.MatchString(words[2]) {
			return "requirement without an exact version", "path and vX.Y.Z"
		}
		if strings.TrimSpace(comment) != "indirect" && !names(records, words[1]) {
			return fmt.Sprintf("%s is named in no decision record", words[1]),
				fmt.Sprintf("a record in %s that says why we use it", recordDir)
		}
	}
	return "", ""
}

// names says whether the records name a module, not merely one whose path begins alike.
func names(records []byte, module string) bool {
	return regexp.MustCompile(`(^|[^\w./-])` + regexp.QuoteMeta(module) + `($|[^\w/-])`).Match(records)
}
