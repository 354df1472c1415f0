package scenario

import (
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
}
