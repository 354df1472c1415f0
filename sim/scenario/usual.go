package scenario

import (
	"fmt"

	"sandtable/sim"
)

// Filled returns a T whose fields have the defaults of their tags.
func Filled[T any]() T {
	var v T
	Fill(&v)
	return v
}

// usualChannel is a channel without what has a default.
type usualChannel struct {
	name, zh, en, use string
	t50, t90          sim.Duration
	day, night        float64 // reach [-]
}

// usualChannels are the channels by which counties order and warn. Delays and reach are assumed.
var usualChannels = []usualChannel{
	{"phone", "电话", "Telephone", "command", 20 * sim.Second, 2 * sim.Minute, 1, 1},
	{"radio", "应急电台", "Radio", "command", 15 * sim.Second, 90 * sim.Second, 1, 1},
	{"satphone", "卫星电话", "Satellite phone", "command", sim.Minute, 5 * sim.Minute, 1, 1},
	{"loudspeaker", "应急广播（大喇叭）", "Village loudspeakers", "public", sim.Minute, 5 * sim.Minute, 0.75, 0.55},
	{"siren", "警报器与广播车", "Sirens and loudspeaker vans", "public", 2 * sim.Minute, 12 * sim.Minute, 0.70, 0.60},
	{"broadcast", "短信与小区广播", "SMS and cell broadcast", "public", 2 * sim.Minute, 12 * sim.Minute, 0.70, 0.40},
	{"wechat", "微信群", "WeChat groups", "public", 5 * sim.Minute, 40 * sim.Minute, 0.55, 0.20},
	{"gong", "铜锣与手摇报警器", "Gong and hand siren", "public", 8 * sim.Minute, 25 * sim.Minute, 0.45, 0.55},
	{"door", "入户叫应", "Door to door", "door", 0, sim.Minute, 1, 1},
}

// UsualChannels returns channels that many places have, in the order asked for: phone, radio, satphone, loudspeaker,
// siren, broadcast, wechat, gong, door. It panics on another name.
func UsualChannels(names ...string) []Channel {
	list := make([]Channel, len(names))
	for i, name := range names {
		list[i] = usualOf(name)
	}
	return list
}

func usualOf(name string) Channel {
	for _, u := range usualChannels {
		if u.name == name {
			c := Filled[Channel]()
			c.Name, c.Title, c.Use = u.name, sim.Text{ZH: u.zh, EN: u.en}, u.use
			l := c.Law()
			c.DelayT50, c.DelayT90 = unlike(u.t50, l.DelayT50), unlike(u.t90, l.DelayT90)
			c.Reach, c.Night = unlike(u.day, l.Reach), unlike(u.night, l.Night)
			return c
		}
	}
	panic(fmt.Sprintf("scenario: no usual channel is called %q", name))
}

// unlike returns a value to be given, nil where it is what holds without it.
func unlike[T comparable](value, without T) *T {
	if value == without {
		return nil
	}
	return &value
}

// NewPost returns a post with so many people who can knock at doors, without superior and channels.
func NewPost(name string, title sim.Text, level string, place [2]float64, workers int) Post {
	p := Filled[Post]()
	p.Name, p.Title, p.Level, p.Place, p.Workers = name, title, level, place, int64(workers)
	return p
}

// ResidentsPerWorker is the number of residents of a zone per person of its post who can knock at doors (assumed).
const ResidentsPerWorker = 150

// ZoneWorkers returns how many people of the post of a zone can knock at doors.
func ZoneWorkers(residents int) int { return max(2, residents/ResidentsPerWorker) }
