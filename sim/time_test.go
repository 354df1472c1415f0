package sim

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParseDuration(t *testing.T) {
	for _, c := range []struct {
		text string
		want Duration
		ok   bool
	}{
		{"2h30m", 2*Hour + 30*Minute, true},
		{"90s", 90 * Second, true},
		{"1.5h", 90 * Minute, true},
		{"0.5s", 500 * Millisecond, true},
		{"-10m", -10 * Minute, true},
		{"1d", 24 * Hour, true},
		{"0", 0, true},
		{"250ms", 250 * Millisecond, true},
		{"10min", 10 * Minute, true},
		{"", 0, false},
		{"12", 0, false},
		{"h", 0, false},
		{"1.h.2m", 0, false},
		{"3 Stunden", 0, false},
		{"99999999999h", 0, false},
		{"100000d", 0, false},
		{"1.1234567s", 0, false},
	} {
		got, err := ParseDuration(c.text)
		if (err == nil) != c.ok || got != c.want {
			t.Errorf("ParseDuration(%q) = %v, %v; want %v, %v", c.text, got, err, c.want, c.ok)
		}
	}
}

func TestDurationRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Duration(rapid.Int64Range(-int64(1000*Hour), int64(1000*Hour)).Draw(t, "d"))
		got, err := ParseDuration(d.String())
		if err != nil || got != d {
			t.Fatalf("%d written as %q, read as %d, %v", d, d.String(), got, err)
		}
	})
}

func TestTimeString(t *testing.T) {
	for _, c := range []struct {
		t    Time
		want string
	}{
		{0, "0:00:00"},
		{Time(3*Hour + 20*Minute + 5*Second), "3:20:05"},
		{Time(-1 * Second), "-0:00:01"},
		{Time(1500 * Millisecond), "0:00:01.5"},
		{Never, "never"},
	} {
		if got := c.t.String(); got != c.want {
			t.Errorf("%d: %q; want %q", int64(c.t), got, c.want)
		}
	}
}

func TestCivilTime(t *testing.T) {
	for _, text := range []string{"2026-07-18 18:00", "1969-12-31 23:59", "2024-02-29 00:00", "2100-12-31 12:34"} {
		c, err := ParseCivil(text)
		if err != nil || c.String() != text {
			t.Errorf("%q read and written as %q, %v", text, c, err)
		}
	}
	for _, text := range []string{"", "2026-02-29 10:00", "2026-13-01 00:00", "2026-01-01 24:00", "today", "2026-07-18 18:00xyz",
		"2026-7-18 18:00"} {
		if c, err := ParseCivil(text); err == nil {
			t.Errorf("%q was read as %v; want an error", text, c)
		}
	}
	start, _ := ParseCivil("2026-07-18 22:30")
	if got := start.Clock(Time(2 * Hour)); got != "00:30" {
		t.Errorf("two hours after 22:30 the clock says %s; want 00:30", got)
	}
	if got := start.Add(Time(2 * Hour)).String(); got != "2026-07-19 00:30" {
		t.Errorf("two hours after 22:30 it is %s; want the next day", got)
	}
}
