package scenario

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"sandtable/sim"
)

// Range is what a number or a span of time may be. Spans are in microseconds.
type Range struct {
	Lo, Hi         float64 // limits [unit of the field]; infinite where a side is open
	LoOpen, HiOpen bool    // the limit itself is not allowed
	lo, hi         string  // as written
}

// parseRange reads a tag such as "[0,100]", "(0,1]" or "[0,]". An empty tag allows every finite value.
func parseRange(tag string, form Form, where string) Range {
	r := Range{Lo: math.Inf(-1), Hi: math.Inf(1)}
	if tag == "" {
		return r
	}
	bad := func() { panic(fmt.Sprintf("scenario: range %q of %s; want such as [0,100] or (0,]", tag, where)) }
	lo, hi, ok := strings.Cut(tag[1:len(tag)-1], ",")
	if !ok || !strings.ContainsAny(tag[:1], "[(") || !strings.ContainsAny(tag[len(tag)-1:], "])") {
		bad()
	}
	r.LoOpen, r.HiOpen = tag[0] == '(', tag[len(tag)-1] == ')'
	r.lo, r.hi = strings.TrimSpace(lo), strings.TrimSpace(hi)
	limit := func(text string, to *float64) {
		if text == "" {
			return
		}
		v, err := strconv.ParseFloat(text, 64)
		if form == FormSpan {
			var span sim.Duration
			span, err = sim.ParseDuration(text)
			v = float64(span)
		}
		if err != nil {
			bad()
		}
		*to = v
	}
	limit(r.lo, &r.Lo)
	limit(r.hi, &r.Hi)
	return r
}

// Bounded says whether the range leaves anything out.
func (r Range) Bounded() bool { return r.lo != "" || r.hi != "" }

// Contains says whether a value is allowed; a NaN never is.
func (r Range) Contains(v float64) bool {
	above := v >= r.Lo && !(r.LoOpen && v == r.Lo)
	below := v <= r.Hi && !(r.HiOpen && v == r.Hi)
	return above && below
}

// String says in words what is allowed: "0 to 100", "more than 0 and at most 1", "at least 0".
func (r Range) String() string { return r.Words().EN }

// Words writes the range for people.
func (r Range) Words() sim.Text {
	lo, hi := sim.Say("不小于 %s", "at least %s", r.lo), sim.Say("不大于 %s", "at most %s", r.hi)
	if r.LoOpen {
		lo = sim.Say("大于 %s", "more than %s", r.lo)
	}
	if r.HiOpen {
		hi = sim.Say("小于 %s", "less than %s", r.hi)
	}
	switch {
	case r.lo == "" && r.hi == "":
		return sim.Say("任意数", "any number")
	case r.lo == "":
		return hi
	case r.hi == "":
		return lo
	case !r.LoOpen && !r.HiOpen:
		return sim.Say("%s 至 %s", "%s to %s", r.lo, r.hi)
	}
	return sim.Say("%s 且%s", "%s and %s", lo, hi)
}
