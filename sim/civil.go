package sim

import (
	"fmt"
	"strings"
)

// CivilTime is a local date and time of day, without a zone: minutes since 1970-01-01 00:00 on the wall clock.
type CivilTime int64

// ParseCivil reads "2026-07-18 18:00".
func ParseCivil(text string) (CivilTime, error) {
	var y, mo, d, h, mi int
	text = strings.Replace(strings.TrimSpace(text), "T", " ", 1)
	n, err := fmt.Sscanf(text, "%4d-%2d-%2d %2d:%2d", &y, &mo, &d, &h, &mi)
	bad := err != nil || n != 5 || mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo) || h < 0 || h > 23 || mi < 0 || mi > 59
	if bad || y < 1900 || y > 2200 {
		return 0, errCivil(text)
	}
	c := CivilTime(int64(daysFromCivil(y, mo, d))*1440 + int64(h)*60 + int64(mi))
	if c.String() != text { // something stands behind it, or a digit is missing
		return 0, errCivil(text)
	}
	return c, nil
}

func errCivil(text string) error {
	return Fail("%q；应为当地日期和时刻，如 2026-07-18 18:00", "%q; want a local date and time such as 2026-07-18 18:00", text)
}

// Date returns the day in the Gregorian calendar; January is month 1.
func (c CivilTime) Date() (year, month, day int) { return civilFromDays(int(floorDiv(int64(c), 1440))) }

// String writes the time as ParseCivil reads it.
func (c CivilTime) String() string {
	y, mo, d := c.Date()
	m := c.MinuteOfDay()
	return fmt.Sprintf("%04d-%02d-%02d %02d:%02d", y, mo, d, m/60, m%60)
}

// Clock writes the time of day of an instant of the run as hh:mm.
func (c CivilTime) Clock(t Time) string {
	m := c.Add(t).MinuteOfDay()
	return fmt.Sprintf("%02d:%02d", m/60, m%60)
}

// Add returns the wall clock at an instant of a run that starts at c, to the minute.
func (c CivilTime) Add(t Time) CivilTime { return c + CivilTime(floorDiv(int64(t), int64(Minute))) }

// MinuteOfDay returns the minutes since midnight [0, 1440).
func (c CivilTime) MinuteOfDay() int { return int(int64(c) - floorDiv(int64(c), 1440)*1440) }

// MarshalText writes the time as String does.
func (c CivilTime) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the time as ParseCivil does.
func (c *CivilTime) UnmarshalText(text []byte) error {
	v, err := ParseCivil(string(text))
	if err != nil {
		return err
	}
	*c = v
	return nil
}

// Weekday returns the day of the week: 0 on Sunday, 6 on Saturday.
func (c CivilTime) Weekday() int {
	day := floorDiv(int64(c), 1440) + 4 // 1970-01-01 was a Thursday
	return int(day - floorDiv(day, 7)*7)
}

// IsWeekend says whether it is a Saturday or a Sunday.
func (c CivilTime) IsWeekend() bool { return c.Weekday()%6 == 0 }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func daysIn(y, m int) int {
	switch {
	case m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0):
		return 29
	case m == 2:
		return 28
	case m == 4 || m == 6 || m == 9 || m == 11:
		return 30
	}
	return 31
}

// daysFromCivil and civilFromDays count days since 1970-01-01 in the Gregorian calendar.
func daysFromCivil(y, m, d int) int {
	days := 0
	for k := 1970; k < y; k++ {
		days += 337 + daysIn(k, 2)
	}
	for k := y; k < 1970; k++ {
		days -= 337 + daysIn(k, 2)
	}
	for k := 1; k < m; k++ {
		days += daysIn(y, k)
	}
	return days + d - 1
}

func civilFromDays(days int) (y, m, d int) {
	y = 1970
	for days < 0 {
		y--
		days += 337 + daysIn(y, 2)
	}
	for days >= 337+daysIn(y, 2) {
		days -= 337 + daysIn(y, 2)
		y++
	}
	for m = 1; days >= daysIn(y, m); m++ {
		days -= daysIn(y, m)
	}
	return y, m, days + 1
}

// IsNight says whether it is dark at that time of day: from 22:00 to 06:00, all year round (assumed).
func (c CivilTime) IsNight() bool {
	minute := c.MinuteOfDay()
	return minute >= 22*60 || minute < 6*60
}
