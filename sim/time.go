package sim

import (
	"fmt"
	"strconv"
	"strings"
)

// Time is an instant: microseconds since the scenario's start.
type Time int64

// Duration is a span of time in microseconds.
type Duration int64

// Spans of time.
const (
	Microsecond Duration = 1
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

// Tick is the cadence of commands, events and digests. It is not the resolution of the models.
const Tick = Second

// Never is later than every instant that can occur.
const Never Time = 1<<63 - 1

// Add returns the instant d after t. Never stays Never.
func (t Time) Add(d Duration) Time {
	if t == Never {
		return Never
	}
	return t + Time(d)
}

// Sub returns the span from u to t.
func (t Time) Sub(u Time) Duration { return Duration(t - u) }

// Seconds returns the instant as seconds since the start [s].
func (t Time) Seconds() float64 { return float64(t) / float64(Second) }

// Seconds returns the span in seconds [s].
func (d Duration) Seconds() float64 { return float64(d) / float64(Second) }

// Hours returns the span in hours [h].
func (d Duration) Hours() float64 { return float64(d) / float64(Hour) }

// String writes the instant as h:mm:ss, with fractions where there are any.
func (t Time) String() string {
	if t == Never {
		return "never"
	}
	sign, us := "", int64(t)
	if us < 0 {
		sign, us = "-", -us
	}
	s := us / int64(Second)
	text := fmt.Sprintf("%s%d:%02d:%02d", sign, s/3600, s/60%60, s%60)
	if f := us % int64(Second); f != 0 {
		text += strings.TrimRight(fmt.Sprintf(".%06d", f), "0")
	}
	return text
}

// String writes the span as 2h30m, 45s, 1.5s; the zero span as 0s. ParseDuration reads it back exactly.
func (d Duration) String() string {
	if d == 0 {
		return "0s"
	}
	var b strings.Builder
	us := int64(d)
	if us < 0 {
		b.WriteByte('-')
		us = -us
	}
	if h := us / int64(Hour); h > 0 {
		fmt.Fprintf(&b, "%dh", h)
	}
	if m := us / int64(Minute) % 60; m > 0 {
		fmt.Fprintf(&b, "%dm", m)
	}
	if s, f := us/int64(Second)%60, us%int64(Second); f != 0 {
		b.WriteString(strings.TrimRight(fmt.Sprintf("%d.%06d", s, f), "0") + "s")
	} else if s > 0 {
		fmt.Fprintf(&b, "%ds", s)
	}
	return b.String()
}

// What may be wrong with a span that is written.
var (
	errDuration = Fail(`应为时长，如 "2h30m"、"45m" 或 "90s"`, `want a span of time such as "2h30m", "45m" or "90s"`)
	errTooLong  = Fail("时长超过十年；应为更短的时长", "a span of more than ten years; want a shorter one")
)

// maxDurationHours bounds a span that is read from text: ten years.
const maxDurationHours = 10 * 366 * 24

// ParseDuration reads a span such as "2h30m", "90s", "1.5h" or "-10m": numbers with the units d, h, m, s, ms.
// It computes in whole microseconds, so that the same text gives the same span everywhere.
func ParseDuration(text string) (Duration, error) {
	rest := strings.TrimSpace(text)
	negative := strings.HasPrefix(rest, "-")
	rest = strings.TrimPrefix(rest, "-")
	if rest == "0" {
		return 0, nil
	}
	if rest == "" {
		return 0, errDuration
	}
	var sum Duration
	for rest != "" {
		end := strings.IndexFunc(rest, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
		if end <= 0 {
			return 0, errDuration
		}
		number := rest[:end]
		rest = rest[end:]
		unit, length := durationUnit(rest)
		if length == 0 {
			return 0, errDuration
		}
		rest = rest[length:]
		d, err := scaleDecimal(number, unit)
		if err != nil {
			return 0, err
		}
		if sum += d; sum > maxDurationHours*Hour {
			return 0, errTooLong
		}
	}
	if negative {
		sum = -sum
	}
	return sum, nil
}

func durationUnit(text string) (Duration, int) {
	switch {
	case strings.HasPrefix(text, "ms"):
		return Millisecond, 2
	case strings.HasPrefix(text, "min"):
		return Minute, 3
	case strings.HasPrefix(text, "d"):
		return 24 * Hour, 1
	case strings.HasPrefix(text, "h"):
		return Hour, 1
	case strings.HasPrefix(text, "m"):
		return Minute, 1
	case strings.HasPrefix(text, "s"):
		return Second, 1
	}
	return 0, 0
}

// scaleDecimal multiplies a decimal number of at most six places with a unit, in integers.
func scaleDecimal(number string, unit Duration) (Duration, error) {
	whole, fraction, point := strings.Cut(number, ".")
	if len(whole) > 10 || len(fraction) > 6 || whole+fraction == "" || (point && fraction == "") {
		return 0, errDuration
	}
	sum := Duration(0)
	if whole != "" {
		n, err := strconv.ParseInt(whole, 10, 64)
		if err != nil {
			return 0, errDuration
		}
		if Duration(n) > maxDurationHours*Hour/unit {
			return 0, errTooLong
		}
		sum = Duration(n) * unit
	}
	if fraction != "" {
		n, err := strconv.ParseInt((fraction + "000000")[:6], 10, 64)
		if err != nil {
			return 0, errDuration
		}
		sum += Duration(n) * (unit / 1000) / 1000
	}
	return sum, nil
}

// MarshalText writes the span as String does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the span as ParseDuration does.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := ParseDuration(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
