package scenario

import (
	"fmt"
	"slices"
)

// channel checks one channel: its kind against its use, and its delays.
func (c *checker) channel(path string, ch *Channel) {
	l := ch.Law()
	c.delays(path+".delay_t90", l.DelayT50, l.DelayT90)
	if row := &ChannelKinds[l.Kind]; slices.Contains(all, ch.Use) && !slices.Contains(row.Uses, ch.Use) {
		c.add(path+".kind", "%q 类信道的用途不能是 %q；应为 use = %q", "a channel of kind %q cannot have use %q; want use = %q",
			ch.Kind, ch.Use, row.Uses[0])
	}
	if _, ok := parseHours(ch.Hours); !ok {
		c.add(path+".hours", "%q；应为当地时刻的起止，如 06:00-22:00", "%q; want local times from and to, such as 06:00-22:00",
			ch.Hours)
	}
	if len(ch.Needs) > 1 && slices.Contains(ch.Needs, "none") {
		c.add(path+".needs", "none 与 %[1]q 并列；只应写其一", "none beside %q; want one of them",
			ch.Needs[slices.IndexFunc(ch.Needs, func(w string) bool { return w != "none" })])
	}
}

// dependentPosts finds posts of zones that could warn nobody without mains and network (三断).
func (c *checker) dependentPosts() {
	for i, p := range c.sc.Posts {
		moves := slices.ContainsFunc(c.sc.Zones, func(z Zone) bool { return z.Post == p.Name })
		if !moves || len(p.Public) == 0 {
			continue
		}
		if !slices.ContainsFunc(c.sc.Channels, func(ch Channel) bool {
			return slices.Contains(p.Public, ch.Name) && ch.Law().Needs == 0
		}) {
			c.add(fmt.Sprintf("post[%d].public", i), "岗位 %q 三断（断电、断网、断路）时无法预警；应有不依赖电和网的信道，如铜锣、入户",
				"post %q can warn nobody without mains and network; want a channel that needs neither, such as a gong or door "+
					"to door", p.Name)
		}
	}
}
