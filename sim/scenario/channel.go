package scenario

import (
	"slices"

	"sandtable/sim"
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
}

// ChannelLaw is what a channel is like: its own keys, and where it gives none those of its kind.
type ChannelLaw struct {
	Kind     ChannelKind
	DelayT50 sim.Duration
	DelayT90 sim.Duration
	Reach    float64 // by day [-]
	Night    float64 // from 22:00 to 06:00 [-]
	Doors    float64 // [1/h]
}

// Law returns what the channel is like.
func (c *Channel) Law() ChannelLaw {
	kind := ChannelKind(max(slices.Index(channelKindNames[:], c.Kind), 0))
	l := ChannelKinds[kind].law()
	l.Kind = kind
	set(&l.DelayT50, c.DelayT50)
	set(&l.DelayT90, c.DelayT90)
	set(&l.Reach, c.Reach)
	set(&l.Night, c.Night)
	set(&l.Doors, c.Doors)
	return l
}

// set puts a value that is given in the place of one that is not.
func set[T any](to *T, given *T) {
	if given != nil {
		*to = *given
	}
}
