package sim

import (
	"fmt"
	"strconv"
	"strings"
)

// Seed is three seeds in one, so that an alternative can keep the weather and change the people.
type Seed struct {
	Hazard uint64 // rain error, breach, forecasts
	People uint64 // who hears, who decides what, who survives
	Drill  uint64 // chance in injects
}

// SeedOf spreads one number over the three parts.
func SeedOf(n uint64) Seed { return Seed{n, n, n} }

// String writes "42" when the three parts are equal, and "1:2:3" otherwise.
func (s Seed) String() string {
	if s.Hazard == s.People && s.People == s.Drill {
		return strconv.FormatUint(s.Hazard, 10)
	}
	return fmt.Sprintf("%d:%d:%d", s.Hazard, s.People, s.Drill)
}

// ParseSeed reads what String writes.
func ParseSeed(text string) (Seed, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 1 && len(parts) != 3 {
		return Seed{}, Fail("种子 %q；应为一个数，或“灾害:人群:演练”三个数",
			"seed %q; want one number, or three as hazard:people:drill", text)
	}
	var n [3]uint64
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 64)
		if err != nil {
			return Seed{}, Fail("种子 %q；应为 0 至 2^64-1 的整数", "seed %q; want whole numbers from 0 to 2^64-1", text)
		}
		n[i] = v
	}
	if len(parts) == 1 {
		return SeedOf(n[0]), nil
	}
	return Seed{n[0], n[1], n[2]}, nil
}

// MarshalText writes the seed as String does.
func (s Seed) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the seed as ParseSeed does.
func (s *Seed) UnmarshalText(text []byte) error {
	v, err := ParseSeed(string(text))
	if err != nil {
		return err
	}
	*s = v
	return nil
}
