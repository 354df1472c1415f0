package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxColumns is the longest line of Go source, counted in runes: a tab and a Chinese character count one each.
const maxColumns = 120

// maxTestColumns is the same for tests, whose tables are easier to read with one case on one line.
const maxTestColumns = 160

// directive matches comment lines that the toolchain reads and that cannot be broken.
var directive = regexp.MustCompile(`^\s*//(go:|line |export |nolint)`)

// bareURL matches a comment line that is nothing but an address.
var bareURL = regexp.MustCompile(`^\s*(//|\*)?\s*<?https?://\S+$`)

// structTag matches the tag of a struct's field, which cannot be broken either.
var structTag = regexp.MustCompile("`\\w+:\".*\"`")

// checkColumns reports long lines of Go files.
func checkColumns(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.goFiles() {
		if ast.IsGenerated(f.Syntax) {
			continue
		}
		most := maxColumns
		if f.IsTest() {
			most = maxTestColumns
		}
		for i, line := range lines(f) {
			n := utf8.RuneCountInString(structTag.ReplaceAllString(line, ""))
			if n > most && !directive.MatchString(line) && !bareURL.MatchString(line) {
				out = append(out, Finding{f.Path, i + 1, most + 1, "columns",
					fmt.Sprintf("line of %d columns", n), fmt.Sprintf("at most %d", most)})
			}
		}
	}
	return out
}

// lines splits a file into lines without their ends.
func lines(f *File) []string {
	var out []string
	for line := range bytes.Lines(f.Src) {
		out = append(out, strings.TrimRight(string(line), "\r\n"))
	}
	return out
}

// wordExts are the kinds of file in which words are checked.
var wordExts = []string{".go", ".lua", ".toml", ".md"}

// bannedWord is an expression that has no place in finished work.
type bannedWord struct {
	match *regexp.Regexp // with one group: the word
	want  string
}

// bannedWords are written in pieces, so that this file does not hold them.
var bannedWords = []bannedWord{
	{regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`), "the work done, or a sentence in the docs"},
	{regexp.MustCompile(`(?i)\b(for ` + `now|for the time ` + `being|simplified ` + `version)\b`),
		"the final shape, with what is assumed said to be assumed"},
	{regexp.MustCompile(`(?i)\b(st` + `ubs?|st` + `ubbed|place` + `holders?|ha` + `cks?|ha` + `cky|klu` + `dge)\b`),
		"the real thing, or the field's word for it"},
	{regexp.MustCompile(`(?:^|[\s"'=(\x60])(/(?:home|root|Users|work)/\w+)`), "a path relative to the repository"},
}

// tagKey is the key of a struct tag: the field's own vocabulary, as that of a library for command lines.
var tagKey = regexp.MustCompile(`\b\w+:"`)

// checkWords reports words that promise work instead of doing it, and paths of one person's machine.
func checkWords(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Files {
		if !slices.Contains(wordExts, path.Ext(f.Path)) {
			continue
		}
		for i, line := range lines(f) {
			line = tagKey.ReplaceAllStringFunc(line, blank)
			for _, w := range bannedWords {
				for _, m := range w.match.FindAllStringSubmatchIndex(line, -1) {
					col := utf8.RuneCountInString(line[:m[2]]) + 1
					out = append(out, Finding{f.Path, i + 1, col, "words", fmt.Sprintf("%q", line[m[2]:m[3]]), w.want})
				}
			}
		}
	}
	return out
}

// blank replaces a text by as many spaces, so that columns stay what they are.
func blank(text string) string { return strings.Repeat(" ", utf8.RuneCountInString(text)) }
