package sim

import (
	"errors"
	"fmt"
	"strings"
)

// Lang is a language of screens and reports.
type Lang uint8

// Languages.
const (
	Chinese Lang = iota
	English
)

// LangByName reads "zh" or "en".
func LangByName(name string) (Lang, bool) {
	switch name {
	case "zh", "zh-CN":
		return Chinese, true
	case "en":
		return English, true
	}
	return Chinese, false
}

// String returns "zh" or "en".
func (l Lang) String() string {
	if l == English {
		return "en"
	}
	return "zh"
}

// Text is a name or sentence in both languages. Where one is empty the other stands in.
type Text struct {
	ZH string `toml:"zh,omitempty" json:"zh,omitempty"`
	EN string `toml:"en,omitempty" json:"en,omitempty"`
}

// In returns the text in that language.
func (t Text) In(l Lang) string {
	if (l == English && t.EN != "") || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}

// Empty says that there is no text at all.
func (t Text) Empty() bool { return t.ZH == "" && t.EN == "" }

// Or returns the text, or a name where there is none.
func (t Text) Or(name string) Text {
	if t.Empty() {
		return Said(name)
	}
	return t
}

// Say writes a sentence in both languages, each with its own form of fmt.Sprintf: Say("%s没有集合点", "%s has no
// assembly point", name). A Text or an error among the values appears in each language in its own words, a []Text as a
// list.
func Say(zh, en string, values ...any) Text {
	return Text{ZH: fill(zh, Chinese, values), EN: fill(en, English, values)}
}

func fill(form string, l Lang, values []any) string {
	own := make([]any, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case Text:
			own[i] = v.In(l)
		case []Text:
			own[i] = Join(v, Text{"、", ", "}).In(l)
		case error:
			own[i] = Words(v).In(l)
		default:
			own[i] = v
		}
	}
	return fmt.Sprintf(form, own...)
}

// Said is what somebody wrote in their own words, a director's message for one: it is the same on every screen.
func Said(words string) Text { return Text{words, words} }

// Join writes texts one after the other.
func Join(list []Text, between Text) Text {
	var zh, en strings.Builder
	for i, t := range list {
		if i > 0 {
			zh.WriteString(between.ZH)
			en.WriteString(between.EN)
		}
		zh.WriteString(t.In(Chinese))
		en.WriteString(t.In(English))
	}
	return Text{zh.String(), en.String()}
}

// Sentences is what stands between sentences that are written in one line.
var Sentences = Text{"；", "; "}

// Failure is an error that reaches a screen.
type Failure struct {
	Text  Text
	Cause error // for errors.Is; may be nil
}

// Error returns the English text.
func (f *Failure) Error() string { return f.Text.In(English) }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Cause }

// Fail makes an error that speaks both languages, as Say makes a sentence. Errors among the values are its causes.
func Fail(zh, en string, values ...any) error {
	var causes []error
	for _, v := range values {
		if err, ok := v.(error); ok {
			causes = append(causes, err)
		}
	}
	f := &Failure{Text: Say(zh, en, values...), Cause: errors.Join(causes...)}
	if len(causes) == 1 {
		f.Cause = causes[0]
	}
	return f
}

// Words returns what an error says in both languages: a Failure its text, errors that were joined one per line. Words
// of others, the system for one, are the same in both; so is a place that was put before a Failure.
func Words(err error) Text {
	switch e := err.(type) {
	case nil:
		return Text{}
	case *Failure:
		return e.Text
	case interface{ Unwrap() []error }:
		var lines []Text
		for _, inner := range e.Unwrap() {
			lines = append(lines, Words(inner))
		}
		if all := Join(lines, Said("\n")); all.EN == err.Error() {
			return all
		}
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			if place, ok := strings.CutSuffix(err.Error(), inner.Error()); ok {
				words := Words(inner)
				return Text{place + words.In(Chinese), place + words.In(English)}
			}
		}
	}
	return Said(err.Error())
}

// TextOf returns what an error says in both languages, where a Failure is the cause; others speak English.
func TextOf(err error) Text {
	var f *Failure
	if errors.As(err, &f) {
		return f.Text
	}
	return Say("程序出错：%v", "%v", err)
}
