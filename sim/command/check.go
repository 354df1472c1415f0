package command

import "fmt"

// Check compares the counters with each other, and with full recounts everything. An error is a programmer's mistake.
func (c *Command) Check(full bool) error {
	if n := c.count; n.given != int32(len(c.orders)) || n.travelling+n.acted+n.failed > n.given {
		return fmt.Errorf("command: %v: %d orders given, %d kept, %d travelling, %d acted on, %d failed", c.now, n.given,
			len(c.orders), n.travelling, n.acted, n.failed)
	}
	if !full {
		return nil
	}
	n := counters{given: int32(len(c.orders))}
	for i := range c.orders {
		o := &c.orders[i]
		switch o.state {
		case orderTravelling:
			n.travelling++
		case orderActed:
			n.acted++
		case orderFailed:
			n.failed++
		}
		if o.flight < 0 || (o.failed && o.state != orderFailed) || (o.known >= 0 && o.state != orderActed) {
			return fmt.Errorf("command: %v: order %d is in state %d with %d tries answered, known at %v, failed %v",
				c.now, i, o.state, o.flight, o.known, o.failed)
		}
	}
	for i := range c.reports {
		if c.reports[i].used {
			n.reports++
		}
	}
	if n != c.count {
		return fmt.Errorf("command: %v: counters %+v; a recount gives %+v", c.now, c.count, n)
	}
	for p := range c.posts {
		for i, k := range c.posts[p].zones {
			if k.Reported > c.now {
				return fmt.Errorf("command: %v: post %d knows zone %d as of %v", c.now, p, c.plan.below[p][i], k.Reported)
			}
		}
	}
	return nil
}
