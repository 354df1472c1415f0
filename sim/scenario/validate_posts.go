package scenario

import (
	"fmt"
	"slices"
)

// manning checks what a post says of its peace-time duty.
func (c *checker) manning(path string, p *Post) {
	if !p.OnDuty {
		return
	}
	if t50, t90 := p.StaffT50, p.StaffT90; t90 < t50 || t90 == t50 && t50 != 0 {
		c.add(path+".staff_t90", "%s；应大于 staff_t50（%s）", "%s; want more than staff_t50, which is %s", t90, t50)
	}
	if p.DutyWorkers > p.Workers {
		c.add(path+".duty_workers", "值班 %d 人，多于 workers 的 %d 人；应不多于它",
			"%d on duty and %d workers in all; want no more than workers", p.DutyWorkers, p.Workers)
	}
}

// ladders checks the channels of the ladders, how many calls they have, and that they have any.
func (c *checker) ladders() {
	for i := range c.sc.Ladders {
		l, calls := &c.sc.Ladders[i], int64(0)
		for k := range l.Steps {
			path := fmt.Sprintf("ladder[%d].step[%d].channel", i, k)
			c.fits(path, l.Steps[k].Channel, "command")
			calls += l.Steps[k].Tries
		}
		if len(l.Steps) == 0 {
			c.add(fmt.Sprintf("ladder[%d]", i), "阶梯 %q 没有任何一级；应写 step", "ladder %q has no step; want at least one", l.Name)
		}
		if calls > MaxCalls {
			c.add(fmt.Sprintf("ladder[%d]", i), "阶梯 %q 共 %d 次呼叫；最多 %d 次", "ladder %q has %d calls; want at most %d", l.Name,
				calls, MaxCalls)
		}
	}
}

// knockers checks that no more officials of a post knock at doors than it has workers, of whom they are some.
func (c *checker) knockers() {
	for p := range c.sc.Posts {
		post, found := &c.sc.Posts[p], int64(0)
		for i := range c.sc.Officials {
			o := &c.sc.Officials[i]
			if !o.Knocks || o.Post != post.Name {
				continue
			}
			if found++; found == post.Workers+1 {
				c.add(fmt.Sprintf("official[%d].knocks", i), "岗位 %q 的 workers 为 %d 人，而敲门的责任人比这还多；应不多于 workers",
					"workers of post %q is %d, and more officials than that knock; want no more than workers",
					post.Name, post.Workers)
			}
		}
	}
}

// officials checks that those who are persons of the population are there, each of them once.
func (c *checker) officials() {
	first := make(map[int64]int)
	for i := range c.sc.Officials {
		o := &c.sc.Officials[i]
		if o.Person == nil || c.missing.Persons {
			continue
		}
		path := fmt.Sprintf("official[%d].person", i)
		if n := len(c.sc.Persons); *o.Person >= int64(n) {
			c.add(path, "没有 %d 号人员；编号应为 0 至 %d", "no person has the number %d; want 0 to %d", *o.Person, n-1)
			continue
		}
		if k, twice := first[*o.Person]; twice {
			c.add(path, "%d 号人员已是责任人 %q；一人只能写一次", "person %d is official %q already; want each once",
				*o.Person, c.sc.Officials[k].Name)
			continue
		}
		first[*o.Person] = i
	}
}

// meetings checks that who takes part in a consultation is named once: he sits there once.
func (c *checker) meetings() {
	for i := range c.sc.Meetings {
		members := c.sc.Meetings[i].Members
		for k, name := range members {
			if slices.Contains(members[:k], name) {
				c.add(fmt.Sprintf("meeting[%d].members[%d]", i, k), "责任人 %q 已列入；每人只写一次",
					"official %q is a member already; want each once", name)
			}
		}
	}
}
