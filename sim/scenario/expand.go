package scenario

import (
	"fmt"
)

// Expand puts every unit with a count above 1 there singly, as name-1, name-2, …, each with its number in the
// title. It returns the units and, for each, the index in list of the one that it comes from.
func Expand(list []Unit) (units []Unit, from []int) {
	for i, u := range list {
		if u.Count <= 1 {
			units, from = append(units, u), append(from, i)
			continue
		}
		for k := int64(1); k <= u.Count; k++ {
			units, from = append(units, u.numbered(k)), append(from, i)
		}
	}
	return units, from
}

// numbered returns the k-th of several alike.
func (u Unit) numbered(k int64) Unit {
	u.Name = fmt.Sprintf("%s-%d", u.Name, k)
	if u.Title.ZH != "" {
		u.Title.ZH = fmt.Sprintf("%s%d号", u.Title.ZH, k)
	}
	if u.Title.EN != "" {
		u.Title.EN = fmt.Sprintf("%s %d", u.Title.EN, k)
	}
	u.Count = 1
	return u
}

// Gather is the reverse of Expand: runs of units that one entry with a count expands to are put there as one. What
// it returns expands to exactly the list.
func Gather(list []Unit) []Unit {
	var out []Unit
	for i := 0; i < len(list); {
		group, n := gatherFrom(list[i:])
		out = append(out, group)
		i += n
	}
	return out
}

// gatherFrom returns the entry that the list begins with, and how many units it stands for.
func gatherFrom(list []Unit) (Unit, int) {
	first := list[0]
	base := first
	var ok1, ok2, ok3 bool
	base.Name, ok1 = cut(first.Name, "-1")
	base.Title.ZH, ok2 = cut(first.Title.ZH, "1号")
	base.Title.EN, ok3 = cut(first.Title.EN, " 1")
	if !ok1 || base.Name == "" || !ok2 || !ok3 || first.Count != 1 {
		return first, 1
	}
	n := 1
	for n < len(list) && n < 500 && list[n] == base.numbered(int64(n+1)) {
		n++
	}
	if n == 1 {
		return first, 1
	}
	base.Count = int64(n)
	return base, n
}

// cut removes the end of a text; of an empty text nothing.
func cut(text, end string) (string, bool) {
	if text == "" {
		return "", true
	}
	k := len(text) - len(end)
	if k <= 0 || text[k:] != end {
		return text, false
	}
	return text[:k], true
}
