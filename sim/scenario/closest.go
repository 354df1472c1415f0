package scenario

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sandtable/sim"
)

// minBegin is how many letters two words must share at their beginning where one is the beginning of the other.
const minBegin = 3

// Closest returns the word among those given that differs least from a misspelt one, the first of equals, else one
// that is the beginning of the other; "" when none is close: more than a third of its letters, and at least two,
// would have to change.
func Closest(word string, among []string) string {
	best, least := "", max(2, utf8.RuneCountInString(word)/3)+1
	for _, w := range among {
		if d := editDistance(strings.ToLower(word), strings.ToLower(w), least); d < least && d < utf8.RuneCountInString(w) {
			best, least = w, d
		}
	}
	for _, w := range among {
		if best == "" && min(len(w), len(word)) >= minBegin && (strings.HasPrefix(w, word) || strings.HasPrefix(word, w)) {
			best = w
		}
	}
	return best
}

// maxSuggested is the longest word for which a similar one is looked up [runes]: the distance costs its square.
const maxSuggested = 64

// editDistance returns how many letters must be inserted, deleted, replaced or swapped with their neighbour to make
// b of a; limit when it is at least that many.
func editDistance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x) > maxSuggested || len(y) > maxSuggested || len(x)-len(y) >= limit || len(y)-len(x) >= limit {
		return limit
	}
	var rows [3][maxSuggested + 1]int
	for j := range len(y) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		prev2, prev, row := &rows[(i+1)%3], &rows[(i+2)%3], &rows[i%3]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], prev2[j-2]+1)
			}
		}
	}
	return min(rows[len(x)%3][len(y)], limit)
}

// maxListed is how many words a message lists.
const maxListed = 12

// WantOneOf says what is wanted instead of a word that is not among those allowed: a guess at what was meant where
// there is one, and the words, the first dozen when there are many.
func WantOneOf(word string, among []string) sim.Text {
	among = slices.DeleteFunc(slices.Clone(among), func(w string) bool { return w == "" })
	if guess := Closest(word, among); guess != "" {
		if len(among) > maxListed || len(among) == 1 {
			return sim.Say("是否为 %q？", "did you mean %q?", guess)
		}
		return sim.Say("是否为 %q？应为 %s 之一", "did you mean %q? want one of %s", guess, strings.Join(among, ", "))
	}
	if len(among) == 0 {
		return sim.Say("此处不应填写：没有可选的名称", "want none: there are none")
	}
	if len(among) > maxListed {
		return sim.Say("应为 %s 等 %d 个名称之一", "want one of %s, … (%d in all)",
			strings.Join(among[:maxListed], ", "), len(among))
	}
	return sim.Say("应为 %s 之一", "want one of %s", strings.Join(among, ", "))
}
