package scenario

import (
	"slices"
	"strconv"
	"strings"

	"sandtable/sim"
	"sandtable/sim/num"
)

// Channel is a way in which orders travel to posts, or warnings to people. What it does not give its kind gives: see
// Law, by which everybody reads a channel.
type Channel struct {
	Name     string        `toml:"name" doc:"short name"`
	Title    sim.Text      `toml:"title" doc:"name on screen"`
	Use      string        `toml:"use" choices:"command,public,door" doc:"between posts; to the public at once; from door to door"`
	Kind     string        `toml:"kind" choices:"plain,cell_broadcast,sms,phone,phone_tree,wechat,loudspeaker,siren,radio,satphone,gong,door,courier,tv_radio" default:"plain" doc:"what it is, which gives what is left out below (docs/models/channels.md); plain needs neither mains nor network, and has no limit"`
	DelayT50 *sim.Duration `toml:"delay_t50,omitempty" range:"[0s,24h]" optional:"true" doc:"median time for a message to arrive, or for a reached household to hear it; that of its kind when missing, 1m of a plain one (assumed)"`
	DelayT90 *sim.Duration `toml:"delay_t90,omitempty" range:"[0s,48h]" optional:"true" doc:"the same, 90th percentile; that of its kind when missing, 5m of a plain one (assumed)"`
	Reach    *float64      `toml:"reach,omitempty" when:"use=public" unit:"-" range:"[0,1]" optional:"true" doc:"share of households that it reaches by day (public); that of its kind when missing, 1 of a plain one"`
	Night    *float64      `toml:"reach_night,omitempty" when:"use=public" unit:"-" range:"[0,1]" optional:"true" doc:"the same from 22:00 to 06:00"`
	Doors    *float64      `toml:"doors_per_hour,omitempty" when:"use=door" unit:"1/h" range:"(0,1000]" optional:"true" doc:"households that one worker visits in an hour where doors are 50 m apart (door); 20 when missing (assumed)"`
	DoorTime *sim.Duration `toml:"door_time,omitempty" when:"use=door;!doors_per_hour" range:"[5s,2h]" optional:"true" doc:"instead of doors_per_hour: how long a worker talks at a door (door); 138 s when missing (assumed)"`
	Capacity *float64      `toml:"capacity,omitempty" when:"use=command,public" unit:"1/h" range:"(0,10000000]" optional:"true" doc:"messages or calls that one post makes over it in an hour, one after another: households queue, and orders wait for the line; that of its kind when missing, without limit for a plain one"`
	Needs    []string      `toml:"needs,omitempty" choices:"none,power,network" optional:"true" doc:"what it depends on where it is: mains, the public network, or none of them; that of its kind when missing, none for a plain one"`
	Battery  *sim.Duration `toml:"battery,omitempty" range:"[0s,30d]" optional:"true" doc:"how long it works without mains where it needs them; that of its kind when missing"`
	Hours    string        `toml:"hours,omitempty" optional:"true" doc:"when it is used, by the clock, such as 06:00-22:00; always when missing"`
}

// ChannelLaw is what a channel is like: its own keys, and where it gives none those of its kind.
type ChannelLaw struct {
	Kind     ChannelKind
	DelayT50 sim.Duration
	DelayT90 sim.Duration
	Reach    float64      // by day [-]
	Night    float64      // from 22:00 to 06:00 [-]
	Talk     sim.Duration // at a door where somebody is in
	Capacity float64      // of each post [1/h]; 0 for no limit
	Needs    Needs
	Battery  sim.Duration // without mains
	Hours    Hours
}

// DoorsPerHour returns how many households one worker visits in an hour where doors are DoorSpacing apart.
func (l *ChannelLaw) DoorsPerHour() float64 { return 3600 / (l.Talk.Seconds() + DoorSpacing/TourSpeed) }

// Needs are what a channel depends on, a bit for each.
type Needs uint8

// What a channel can depend on.
const (
	NeedsPower   Needs = 1 << iota // mains
	NeedsNetwork                   // the public network
)

// Hours are the minutes of the day from and up to which a channel is used; both 0 for always.
type Hours struct{ From, To int }

// Open says whether a minute of the day lies within the hours.
func (h Hours) Open(minute int) bool {
	if h.From <= h.To {
		return h == Hours{} || minute >= h.From && minute < h.To
	}
	return minute >= h.From || minute < h.To // over midnight
}

// DoorSpacing is the way between two doors for which doors_per_hour holds [m], and TourSpeed how fast a worker walks
// it [m/s] (assumed; the speed is that of adults on foot).
const (
	DoorSpacing = 50.0
	TourSpeed   = 1.2
)

// leastTalk is the shortest time at a door.
const leastTalk = 5 * sim.Second

// talkOf returns the time at a door of a worker who visits so many an hour.
func talkOf(perHour float64) sim.Duration {
	s := 3600/perHour - DoorSpacing/TourSpeed
	return max(sim.Duration(num.RoundInt64(min(s, 7200)))*sim.Second, leastTalk)
}

// Law returns what the channel is like.
func (c *Channel) Law() ChannelLaw {
	kind := ChannelKind(max(slices.Index(channelKindNames[:], c.Kind), 0)) // lint reports another word
	l := ChannelKinds[kind].law()
	l.Kind = kind
	set(&l.DelayT50, c.DelayT50)
	set(&l.DelayT90, c.DelayT90)
	set(&l.Reach, c.Reach)
	set(&l.Night, c.Night)
	set(&l.Capacity, c.Capacity)
	set(&l.Battery, c.Battery)
	if len(c.Needs) > 0 {
		l.Needs = needsOf(c.Needs)
	}
	l.Hours, _ = parseHours(c.Hours)
	switch {
	case c.Doors != nil && *c.Doors > 0:
		l.Talk = talkOf(*c.Doors)
	case c.DoorTime != nil:
		l.Talk = *c.DoorTime
	}
	return l
}

// needsOf reads the key needs.
func needsOf(words []string) (n Needs) {
	for _, w := range words {
		switch w {
		case "power":
			n |= NeedsPower
		case "network":
			n |= NeedsNetwork
		}
	}
	return n
}

// parseHours reads the key hours, and says whether it could.
func parseHours(text string) (Hours, bool) {
	if text == "" {
		return Hours{}, true
	}
	from, to, ok := strings.Cut(text, "-")
	a, good := minuteOf(from)
	b, fine := minuteOf(to)
	return Hours{a, b % (24 * 60)}, ok && good && fine && a != b && a < 24*60
}

// minuteOf reads a time such as 06:00 as the minute of the day.
func minuteOf(text string) (int, bool) {
	hour, minute, ok := strings.Cut(strings.TrimSpace(text), ":")
	h, err1 := strconv.Atoi(hour)
	m, err2 := strconv.Atoi(minute)
	return h*60 + m, ok && err1 == nil && err2 == nil && h >= 0 && m >= 0 && m < 60 && h*60+m <= 24*60
}

// set puts a value that is given in the place of one that is not.
func set[T any](to *T, given *T) {
	if given != nil {
		*to = *given
	}
}
