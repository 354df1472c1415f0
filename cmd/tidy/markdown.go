package main

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Patterns of markdown: an inline link or image, a reference definition, code in backquotes, and a fence.
var (
	inlineLink = regexp.MustCompile(`\]\(\s*<?([^)\s>]+)>?(?:\s+["'(][^)]*)?\)`)
	refLink    = regexp.MustCompile(`^ {0,3}\[[^\]^]+\]:\s*<?(\S+?)>?(?:\s.*)?$`)
	codeSpan   = regexp.MustCompile("`+[^`]*`+")
	codeFence  = regexp.MustCompile("^ {0,3}(```+|~~~+)")
	underline  = regexp.MustCompile(`^=+\s*$`)
)

// checkMarkdown wants one title in every markdown file, and relative links that lead to files of the tree.
func checkMarkdown(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Files {
		if path.Ext(f.Path) != ".md" {
			continue
		}
		titles, before := 0, ""
		for i, line := range prose(f) {
			if strings.HasPrefix(line, "# ") || before != "" && underline.MatchString(line) {
				titles++
				if titles == 2 {
					out = append(out, Finding{f.Path, i + 1, 1, "markdown", "a second title", "one title (# …) per file"})
				}
			}
			before = strings.TrimSpace(line)
			out = append(out, brokenLinks(t, f, i+1, line)...)
		}
		if titles == 0 {
			out = append(out, Finding{f.Path, 1, 1, "markdown", "no title", "one title (# …) per file"})
		}
	}
	return out
}

// prose returns the lines of a file with fenced code and code in backquotes blanked, so that places stay true.
func prose(f *File) []string {
	all := lines(f)
	fence := ""
	for i, line := range all {
		m := codeFence.FindStringSubmatch(line)
		switch {
		case fence == "" && m != nil:
			fence = m[1]
			all[i] = ""
		case fence != "":
			if m != nil && strings.HasPrefix(m[1], fence) {
				fence = ""
			}
			all[i] = ""
		default:
			all[i] = codeSpan.ReplaceAllStringFunc(line, func(s string) string {
				return strings.Repeat("·", utf8.RuneCountInString(s))
			})
		}
	}
	return all
}

// brokenLinks returns the links of one line that lead nowhere.
func brokenLinks(t *Tree, f *File, n int, line string) []Finding {
	var out []Finding
	places := append(inlineLink.FindAllStringSubmatchIndex(line, -1), refLink.FindAllStringSubmatchIndex(line, -1)...)
	for _, m := range places {
		target := line[m[2]:m[3]]
		if rel, ok := relative(target); ok && !t.Exists[path.Join(f.Dir(), rel)] {
			out = append(out, Finding{f.Path, n, utf8.RuneCountInString(line[:m[2]]) + 1, "markdown",
				fmt.Sprintf("link to %s leads nowhere", target), "a path of the repository, relative to the file"})
		}
	}
	return out
}

// relative returns the file that a link names, and whether it names one in this repository.
func relative(target string) (string, bool) {
	u, err := url.Parse(target)
	if err != nil {
		return target, true
	}
	if u.Scheme != "" || u.Host != "" || u.Path == "" {
		return "", false
	}
	if strings.HasPrefix(u.Path, "/") {
		return "\x00" + u.Path, true // relative to nothing that we know: no such file
	}
	return u.Path, true
}
