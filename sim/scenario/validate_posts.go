package scenario

import "fmt"

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

// ladders checks the channels of the ladders and how many calls they have.
func (c *checker) ladders() {
	for i := range c.sc.Ladders {
		l, calls := &c.sc.Ladders[i], int64(0)
		for k := range l.Steps {
			path := fmt.Sprintf("ladder[%d].step[%d].channel", i, k)
			c.fits(path, l.Steps[k].Channel, "command")
			calls += l.Steps[k].Tries
		}
		if calls > MaxCalls {
			c.add(fmt.Sprintf("ladder[%d]", i), "阶梯 %q 共 %d 次呼叫；最多 %d 次", "ladder %q has %d calls; want at most %d", l.Name,
				calls, MaxCalls)
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
			c.add(path, "%d 号人员已是 official[%d]；一人只能写一次", "person %d is official[%d] already; want each once", *o.Person, k)
			continue
		}
		first[*o.Person] = i
	}
}
