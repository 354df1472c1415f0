package scenario

import "sandtable/sim"

// Post is a command post.
type Post struct {
	Name     string       `toml:"name" doc:"short name"`
	Title    sim.Text     `toml:"title" doc:"name on screen"`
	Level    string       `toml:"level" choices:"county,town,village" doc:"level of command"`
	Superior string       `toml:"superior" ref:"post" optional:"true" doc:"the post above; empty for the highest"`
	Place    [2]float64   `toml:"place" unit:"m" doc:"where it sits [x, y]"`
	Links    []string     `toml:"links" ref:"channel" when:"superior" optional:"true" doc:"command channels to its superior, tried in this order"`
	Public   []string     `toml:"public" ref:"channel" optional:"true" doc:"channels over which it warns its zones, all at once"`
	Workers  int64        `toml:"workers" unit:"persons" range:"[0,10000]" default:"3" doc:"people who can knock at doors"`
	AckT50   sim.Duration `toml:"ack_t50" range:"[1s,12h]" default:"3m" doc:"median time to acknowledge an order (assumed)"`
	Answer   float64      `toml:"answer" unit:"-" range:"[0,1]" default:"0.9" doc:"chance that a call is answered; the next channel is tried after ack_timeout (assumed)"`
	Timeout  sim.Duration `toml:"ack_timeout" range:"[10s,6h]" default:"5m" doc:"how long a superior waits for the acknowledgement before it tries the next channel (叫应; 5 min: practice of a city, docs/models)"`
	Report   sim.Duration `toml:"report_every" range:"[1m,24h]" default:"30m" doc:"how often it reports its zones upward (assumed)"`

	FirstReport sim.Duration `toml:"first_report" range:"[0s,24h]" default:"20m" doc:"from when it learns of harm in its zones, water in houses or people stranded, hurt or dead, to its first report of that (首报); 0s for by order alone (assumed; rules ask for 20 min by phone up to 1 h in writing)"`
	FollowUp    sim.Duration `toml:"follow_up" range:"[0s,48h]" default:"1h" doc:"between two reports of an incident (续报); 0s for by order alone (assumed)"`

	Ladder      string       `toml:"ladder,omitempty" ref:"ladder" optional:"true" doc:"how it is called; when missing, over its links in turn, three rounds"`
	OnDuty      bool         `toml:"on_duty" default:"false" doc:"peace-time duty (平时值班) at the start, until its people are called in; else it is a running command post"`
	StaffedAt   string       `toml:"staffed_at,omitempty" when:"on_duty" choices:"IV,III,II,I" optional:"true" doc:"response level at which its people are called in without an order; by order alone when missing"`
	StaffT50    sim.Duration `toml:"staff_t50" when:"on_duty" range:"[0s,24h]" default:"30m" doc:"from the call until the command post runs, median (assumed; Weibull through t50 and t90)"`
	StaffT90    sim.Duration `toml:"staff_t90" when:"on_duty" range:"[0s,48h]" default:"1h" doc:"the same, 90th percentile (assumed)"`
	DutyWorkers int64        `toml:"duty_workers" when:"on_duty" unit:"persons" range:"[0,10000]" default:"1" doc:"on duty: people who can knock at doors, at most workers (assumed)"`
	DutyAckT50  sim.Duration `toml:"duty_ack_t50" when:"on_duty" range:"[1s,12h]" default:"3m" doc:"on duty: median time to acknowledge an order (assumed: as a running post, for the one on duty answers for it himself)"`
	NightFactor float64      `toml:"night_factor" when:"on_duty" unit:"-" range:"[1,20]" default:"1.5" doc:"on duty: how many times as long that takes from 22:00 to 06:00 (assumed: six in ten are then called awake within the 5 min that rules ask for)"`
	Callers     int64        `toml:"callers" unit:"persons" range:"[1,100]" default:"1" doc:"who can make calls at the same time over a channel that takes so many calls an hour; all that is for one receiver is said in one call (assumed)"`
	Couriers    int64        `toml:"couriers" unit:"persons" range:"[0,1000]" default:"1" doc:"messengers whom it can send out, over channels of kind courier (assumed)"`
	CourierBy   string       `toml:"courier_by" choices:"foot,bike" default:"bike" doc:"how these go: on foot, or on a two-wheeler"`
}

// Senior says whether a post by its level commands more than its own zones: units, shelters, roads, structures, and
// what is for everybody.
func (p *Post) Senior() bool { return p.Level != "village" }

// CommandLinks returns the command channels of a post to its superior, in the order in which they are tried: its links,
// or all channels between posts where it names none.
func (sc *Scenario) CommandLinks(names *Directory, post sim.PostID) []sim.ChannelID {
	links := names.channels(sc.Posts[post].Links)
	for i := range sc.Channels {
		if len(sc.Posts[post].Links) == 0 && sc.Channels[i].Use == "command" {
			links = append(links, sim.ChannelID(i))
		}
	}
	return links
}

// PublicChannels returns the channels over which a post warns its zones.
func (sc *Scenario) PublicChannels(names *Directory, post sim.PostID) []sim.ChannelID {
	return names.channels(sc.Posts[post].Public)
}

// channels resolves a list of names of channels; what is no channel is left out.
func (d *Directory) channels(list []string) []sim.ChannelID {
	var out []sim.ChannelID
	for _, name := range list {
		if id, ok := d.Resolve(sim.KindChannel, name); ok {
			out = append(out, sim.ChannelID(id))
		}
	}
	return out
}

// Ladder is how a post is called (叫应阶梯): its steps one after the other, until somebody acknowledges.
type Ladder struct {
	Name  string       `toml:"name" doc:"short name, by which posts name it"`
	Steps []LadderStep `toml:"step" doc:"whom to call over what; the first one first"`
}

// LadderStep is one way of calling, so many times.
type LadderStep struct {
	Who     string       `toml:"who" choices:"holder,deputy,any" default:"any" doc:"who is called: who holds the post, its deputies one after the other, or whoever is there"`
	Channel string       `toml:"channel" ref:"channel" doc:"over which command channel; one of kind courier sends somebody there, who finds him at the post or not"`
	Wait    sim.Duration `toml:"wait" range:"[10s,6h]" default:"5m" doc:"how long the caller waits for the acknowledgement; for a messenger until he is back (5 min: practice of a city, docs/models)"`
	Tries   int64        `toml:"tries" range:"[1,20]" default:"1" doc:"how often before the next step"`
}

// MaxCalls is how many calls a ladder may have in all: the draws of an order's luck number them in 8 bits.
const MaxCalls = 200
