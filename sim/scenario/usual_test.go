package scenario

import (
	"reflect"
	"testing"

	"sandtable/sim"
)

// What the usual channels and posts leave open has the defaults of the tags, and all of it is in range.
func TestUsualChannels(t *testing.T) {
	var names []string
	for _, u := range usualChannels {
		names = append(names, u.name)
	}
	all := UsualChannels(names...)
	for i, c := range all {
		if c.Name != names[i] || c.Title.ZH == "" || c.Title.EN == "" || c.Law().Talk != 138*sim.Second {
			t.Errorf("%+v; want the names of %s, and what is left open by default", c, names[i])
		}
		if l := c.Law(); l.DelayT50 > l.DelayT90 || l.Reach <= 0 || l.Reach > 1 || l.Night <= 0 || l.Night > 1 {
			t.Errorf("%s: delays %v and %v, reach %g and %g", c.Name, l.DelayT50, l.DelayT90, l.Reach, l.Night)
		}
	}
	if !reflect.DeepEqual(UsualChannels("door", "phone"), []Channel{all[len(all)-1], all[0]}) {
		t.Error("two channels are not given in the order asked for")
	}
	defer func() {
		if recover() == nil {
			t.Error("a channel that nobody knows was given")
		}
	}()
	UsualChannels("pigeon")
}

func TestNewPost(t *testing.T) {
	p := NewPost("v01", sim.Text{EN: "Post"}, "village", [2]float64{1, 2}, ZoneWorkers(1000))
	if p.Name != "v01" || p.Title.EN != "Post" || p.Level != "village" || p.Place != [2]float64{1, 2} || p.Workers != 6 ||
		p.Answer != 0.9 {
		t.Errorf("%+v", p)
	}
	if n := ZoneWorkers(10); n != 2 {
		t.Errorf("%d workers for 10 residents; want at least 2", n)
	}
}
