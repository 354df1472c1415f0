package sim

import (
	"fmt"
	"slices"
	"strings"
)

// OriginKind says where a command comes from.
type OriginKind uint8

// Origins. New ones go to the end.
const (
	FromPlan     OriginKind = iota // the standing plan of the scenario
	FromPlayer                     // a seat
	FromDirector                   // the director's script or hand
	FromPolicy                     // an automatic commander
	originCount
)

var originNames = [originCount]string{"plan", "player", "director", "policy"}

// String returns the origin's name in files.
func (k OriginKind) String() string {
	if k < originCount {
		return originNames[k]
	}
	return fmt.Sprintf("origin%d", uint8(k))
}

// OriginByName returns the origin of that name.
func OriginByName(name string) (OriginKind, bool) {
	k := slices.Index(originNames[:], name)
	return OriginKind(max(k, 0)), k >= 0
}

// Command is anything that enters the core: an order of a player or of the plan, an inject of the director.
// It is as the giver wrote it, in words; the engine reads it against the catalogue, and a bad one becomes a
// Rejected event with its reason. Its text form is the same in order files, in Lua and in the journal.
type Command struct {
	At     Time       // the instant from which it holds; an instant in the past counts as now
	Origin OriginKind // who sends it
	Post   string     // the post in whose name it is given; empty for the director, and for "the highest post"
	Order  string     // name in the catalogue
	Args   []Arg      // sorted by name
}

// Arg is one parameter of a command, as text.
type Arg struct{ Name, Value string }

// NewCommand makes a command from name and value pairs, sorted as they must be.
func NewCommand(origin OriginKind, order string, pairs ...string) Command {
	c := Command{Origin: origin, Order: order}
	for i := 0; i+1 < len(pairs); i += 2 {
		c.Args = append(c.Args, Arg{pairs[i], pairs[i+1]})
	}
	c.Sort()
	return c
}

// Sort puts the arguments in their order.
func (c *Command) Sort() {
	slices.SortStableFunc(c.Args, func(a, b Arg) int { return strings.Compare(a.Name, b.Name) })
}

// Arg returns the value of a parameter and whether it was given.
func (c *Command) Arg(name string) (string, bool) {
	for _, a := range c.Args {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}

// String writes the command as one line: order name=value …
func (c Command) String() string {
	var b strings.Builder
	b.WriteString(c.Order)
	for _, a := range c.Args {
		fmt.Fprintf(&b, " %s=%s", a.Name, a.Value)
	}
	return b.String()
}

// Equal says whether two commands are the same in every part.
func (c Command) Equal(o Command) bool {
	return c.At == o.At && c.Origin == o.Origin && c.Post == o.Post && c.Order == o.Order && slices.Equal(c.Args, o.Args)
}
